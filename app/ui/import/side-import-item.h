/* side-import-item.h - one recording that may be imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file or the two halves of a call, what its name and its content say, and
 * what became of it.
 */
#pragma once

#include <glib-object.h>

#include "side-call.h"
#include "side-import.h"
#include "side-project.h"
#include "side-recording-name.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_IMPORT_WAITING,      /* not looked at yet */
  SIDE_IMPORT_READY,
  SIDE_IMPORT_HERE,         /* imported already, or twice among these */
  SIDE_IMPORT_UNREADABLE,
  SIDE_IMPORT_DONE,
  SIDE_IMPORT_FAILED,       /* could be read, but not taken over */
  SIDE_IMPORT_N_STATES,
} SideImportState;

#define SIDE_TYPE_IMPORT_ITEM (side_import_item_get_type ())
/* Signals: changed () */
G_DECLARE_FINAL_TYPE (SideImportItem, side_import_item, SIDE, IMPORT_ITEM, GObject)

SideImportItem        *side_import_item_new          (const char              *path,
                                                      const char              *received);
const char            *side_import_item_get_name     (SideImportItem          *self);
const char            *side_import_item_get_folder   (SideImportItem          *self);
gboolean               side_import_item_is_pair      (SideImportItem          *self);
char                 **side_import_item_dup_paths    (SideImportItem          *self,
                                                      SideNameHalf             operator_half);
void                   side_import_item_read_name    (SideImportItem          *self,
                                                      SideNamePattern         *pattern,
                                                      GTimeZone               *zone);
const SideRecordingName *side_import_item_get_said   (SideImportItem          *self);
gint64                 side_import_item_get_at_ms    (SideImportItem          *self,
                                                      gboolean                *by_file);
const SideImportFacts *side_import_item_get_facts    (SideImportItem          *self);
void                   side_import_item_set_facts    (SideImportItem          *self,
                                                      SideImportFacts         *facts);
SideImportState        side_import_item_get_state    (SideImportItem          *self);
const GError          *side_import_item_get_error    (SideImportItem          *self);
void                   side_import_item_set_state    (SideImportItem          *self,
                                                      SideImportState          state,
                                                      const GError            *error);
SideCall              *side_import_item_make_call    (SideImportItem          *self,
                                                      const SideProject       *project);

G_END_DECLS
