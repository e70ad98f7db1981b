/* side-import-batch.h - recordings that are imported together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds them, looks at them one after the other, takes them over one after the
 * other, and takes that back. What is shown of it is the dialog's.
 */
#pragma once

#include "side-desk.h"
#include "side-import-item.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_IMPORT_PHASE_IDLE,
  SIDE_IMPORT_PHASE_LOOKING,
  SIDE_IMPORT_PHASE_IMPORTING,
  SIDE_IMPORT_PHASE_OVER,        /* imported, or broken off; nothing more is done */
} SideImportPhase;

#define SIDE_TYPE_IMPORT_BATCH (side_import_batch_get_type ())
/* A GListModel of SideImportItem.
 * Signals: changed (): phase, counts or progress
 *   failed (GError): nothing could be found, or what was imported could not be taken back */
G_DECLARE_FINAL_TYPE (SideImportBatch, side_import_batch, SIDE, IMPORT_BATCH, GObject)

SideImportBatch *side_import_batch_new               (SideDesk          *desk);
void             side_import_batch_add               (SideImportBatch   *self,
                                                      const char *const *paths);
gboolean         side_import_batch_set_names         (SideImportBatch   *self,
                                                      const char        *pattern,
                                                      SideProject       *project);
void             side_import_batch_set_operator_half (SideImportBatch   *self,
                                                      SideNameHalf       half);
void             side_import_batch_start             (SideImportBatch   *self);
void             side_import_batch_cancel            (SideImportBatch   *self);
void             side_import_batch_undo              (SideImportBatch   *self);

SideImportPhase  side_import_batch_get_phase         (SideImportBatch   *self);
guint            side_import_batch_count             (SideImportBatch   *self,
                                                      SideImportState    state);
gboolean         side_import_batch_has_pairs         (SideImportBatch   *self);
double           side_import_batch_get_progress      (SideImportBatch   *self);
gboolean         side_import_batch_was_cancelled     (SideImportBatch   *self);

G_END_DECLS
