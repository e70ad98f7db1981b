/* side-copy-writer.h - a copy that is written, put on record, and only then named
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps by which sound leaves the program, the same for one recording and
 * for many: what can be found under a name has left its traces.
 */
#pragma once

#include "side-desk.h"
#include "side-export.h"
#include "side-listening.h"

G_BEGIN_DECLS

/**
 * SideCopyOrder: what is to be written.
 * @desk: where it is put on record
 * @export: the sound
 * @target: the file; replaced when the new one is whole and on record
 * @records: (element-type SideExportRecord): one of each piece; what only the
 *   finished copy knows is filled in
 * @progress: (nullable): how far the sound is
 * @committed: (nullable): from here on it is on record and cannot be taken back
 * @write_sheet: (nullable): gives the text that goes beside it, as @target.txt
 * @data: for the three
 */
typedef struct {
  SideDesk        *desk;
  SideExport      *export;
  char            *target;
  GPtrArray       *records;
  SideJobProgress  progress;
  void           (*committed)   (gpointer data);
  char          *(*write_sheet) (const SideExported *exported, gpointer data);
  gpointer         data;
} SideCopyOrder;

void          side_copy_write_async  (SideCopyOrder        *order,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
SideExported *side_copy_write_finish (GAsyncResult         *result,
                                      gboolean             *sheet_failed,
                                      GError              **error);

G_END_DECLS
