/* side-export.h - cuts recordings and writes them to a file for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A whole recording, a part of it, or parts of several, one after the other,
 * as WAV, FLAC, MP3 or Opus. Blanked spans hold digital silence on every
 * channel before anything is encoded, so nothing of them is in what is written.
 */
#pragma once

#include "side-analysis.h"
#include "side-file.h"
#include "side-job.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_EXPORT_WAV,
  SIDE_EXPORT_FLAC,
  SIDE_EXPORT_MP3,
  SIDE_EXPORT_OPUS,
} SideExportFormat;

/* How long the sound takes to go down before a blanked span and up after it. */
#define SIDE_EXPORT_EDGE_MS 5

/* The silence between the pieces of a playlist. */
#define SIDE_EXPORT_GAP_MS 700

#define SIDE_EXPORT_MAX_BLANKS 10000

typedef struct _SideExport SideExport;

/**
 * SideExported:
 * @length_ms: of what was written
 * @sha256: of the file, hex
 * @starts_ms: (element-type gint64): where each piece begins in it
 * @cut_off: a recording ended before the length its header tells; what there was of it is in the file
 * @held: (nullable): the file while it waits for its name, see side_exported_place()
 */
typedef struct {
  gint64  length_ms;
  char   *sha256;
  GArray *starts_ms;
  gboolean cut_off;
  SideNewFile *held;
} SideExported;

SideExport   *side_export_new            (SideExportFormat     format);
void          side_export_free           (SideExport          *self);
void          side_export_add            (SideExport          *self,
                                          const char          *path,
                                          gint64               from_ms,
                                          gint64               to_ms);
void          side_export_blank          (SideExport          *self,
                                          gint64               from_ms,
                                          gint64               to_ms);
void          side_export_change_voices  (SideExport          *self,
                                          double               semitones);
SideExported *side_export_write          (SideExport          *self,
                                          const char          *path,
                                          SideJobProgress      progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);
void          side_export_write_async    (SideExport          *self,
                                          const char          *path,
                                          SideJobProgress      progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
SideExported *side_export_write_finish   (GAsyncResult        *result,
                                          GError             **error);
void          side_export_hold_async     (SideExport          *self,
                                          const char          *path,
                                          SideJobProgress      progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
SideExported *side_export_hold           (SideExport          *self,
                                          const char          *path,
                                          SideJobProgress      progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);
gboolean      side_exported_place        (SideExported        *self,
                                          GError             **error);
void          side_exported_free         (SideExported        *self);

const char   *side_export_format_suffix  (SideExportFormat     format);
gboolean      side_export_format_of      (const char          *path,
                                          SideExportFormat    *format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideExport, side_export_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideExported, side_exported_free)

G_END_DECLS
