/* side-copy-dialog.h - asks how sound is to leave the program, and sees it out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the copy of a call and of key moments have in common: format, voices,
 * sheet, what the telephone exchange marked as payment, writing, and how it
 * ended. Whoever derives from it says what is in the copy. Closed while it
 * writes, it leaves no file behind.
 */
#pragma once

#include <adwaita.h>

#include "side-call-events.h"
#include "side-desk.h"
#include "side-export.h"
#include "side-listening.h"

G_BEGIN_DECLS

#define SIDE_TYPE_COPY_DIALOG (side_copy_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (SideCopyDialog, side_copy_dialog, SIDE, COPY_DIALOG, AdwWindow)

/**
 * SideCopyDialogClass:
 * @dup_name: what name is offered for the format
 * @payments_known: (nullable): what the exchange marked can be asked for now
 * @start: what is chosen is to be written: ends in side_copy_dialog_write() or
 *   side_copy_dialog_fail(), at once or later
 * @write_sheet: the text that goes beside the copy
 */
struct _SideCopyDialogClass
{
  AdwWindowClass parent_class;

  char *(*dup_name)       (SideCopyDialog     *self,
                           SideExportFormat    format);
  void  (*payments_known) (SideCopyDialog     *self);
  void  (*start)          (SideCopyDialog     *self);
  char *(*write_sheet)    (SideCopyDialog     *self,
                           const SideExported *exported);
};

/**
 * SideCopyWords: what one kind of copy is called, all translated.
 * @title: of the window and of what asks for a name
 * @writing: while it is written
 * @sheet: whether a sheet goes with it
 * @sheet_about: what that is
 * @sheet_failed: the copy is there, and the sheet is not
 */
typedef struct {
  const char *title;
  const char *writing;
  const char *sheet;
  const char *sheet_about;
  const char *sheet_failed;
} SideCopyWords;

void                side_copy_dialog_set_up            (SideCopyDialog      *self,
                                                        SideDesk            *desk,
                                                        const SideCopyWords *words,
                                                        GtkWidget           *what,
                                                        GPtrArray           *calls);
void                side_copy_dialog_add_group         (SideCopyDialog      *self,
                                                        GtkWidget           *group);
SideDesk           *side_copy_dialog_get_desk          (SideCopyDialog      *self);
const SidePayments *side_copy_dialog_get_payments      (SideCopyDialog      *self);
SideExportFormat    side_copy_dialog_get_format        (SideCopyDialog      *self);
gboolean            side_copy_dialog_changes_voices    (SideCopyDialog      *self);
GCancellable       *side_copy_dialog_get_cancellable   (SideCopyDialog      *self);
char               *side_copy_dialog_dup_name          (SideCopyDialog      *self);
void                side_copy_dialog_save_to           (SideCopyDialog      *self,
                                                        const char          *path);
void                side_copy_dialog_set_progress      (SideCopyDialog      *self,
                                                        double               fraction,
                                                        double               sound_from);
void                side_copy_dialog_write             (SideCopyDialog      *self,
                                                        SideExport          *export,
                                                        GPtrArray           *records);
void                side_copy_dialog_fail              (SideCopyDialog      *self,
                                                        const char          *words);

G_END_DECLS
