/* side-clip-dialog.h - a piece of a recording is put somewhere to be heard again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two ways of keeping a clip share: as an example in a script
 * (side-clip-example.h) and in a coaching note (side-clip-coaching.h).
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-steps.h"

G_BEGIN_DECLS

/**
 * SideClipSource: the piece, and what is known of it.
 * @call: the call, with its recording
 * @from_ms: where it begins
 * @to_ms: where it ends, later
 * @script: (nullable): id of the script the call is being scored with
 * @criterion: (nullable): id of the criterion that is being answered
 * @value: what it was answered: 0..1, or SIDE_ANSWER_NONE
 */
typedef struct {
  const SideCall *call;
  gint64          from_ms;
  gint64          to_ms;
  const char     *script;
  const char     *criterion;
  double          value;
} SideClipSource;

/* Signals: add (): the button was pressed
 *   chosen (GPtrArray *changes, const char *words): for side_steps_write_async();
 *     the words say what is done then */
#define SIDE_TYPE_CLIP_DIALOG (side_clip_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideClipDialog, side_clip_dialog, SIDE, CLIP_DIALOG, AdwWindow)

/**
 * SideClipPiece: what of the piece is kept wherever it is put.
 * @call: id of the call
 * @from_ms: where it begins
 * @to_ms: where it ends, later
 */
typedef struct {
  char   *call;
  gint64  from_ms;
  gint64  to_ms;
} SideClipPiece;

SideClipDialog      *side_clip_dialog_new       (GtkWindow *parent, SideDesk *desk, const char *title, const SideClipSource *source);
SideDesk            *side_clip_dialog_get_desk  (SideClipDialog *self);
const SideClipPiece *side_clip_dialog_get_piece (SideClipDialog *self);
void                 side_clip_dialog_list      (SideClipDialog *self, const char *kind, GAsyncReadyCallback callback, gpointer data);
void                 side_clip_dialog_add_row   (SideClipDialog *self, GtkWidget *row);
AdwComboRow         *side_clip_dialog_add_combo (SideClipDialog *self, const char *title, GCallback changed, gpointer data);
char                *side_clip_dialog_dup_text  (SideClipDialog *self);
void                 side_clip_dialog_sign      (SideClipDialog *self, SideDocument *document);
void                 side_clip_dialog_set_ready (SideClipDialog *self, gboolean ready, const char *words);
void                 side_clip_dialog_choose    (SideClipDialog *self, GPtrArray *changes, const char *words);

G_END_DECLS
