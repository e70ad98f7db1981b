/* side-export-private.h - what the parts of an export share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SideVoiceChanger raises or lowers voices without changing their pace;
 * SideResampler brings pieces of different rates to one. Both work on
 * interleaved 16-bit frames, block by block, and are flushed at a piece's end.
 */
#pragma once

#include "side-export.h"

G_BEGIN_DECLS

typedef struct {
  char  *path;
  gint64 from_ms;
  gint64 to_ms;      /* 0: to the end */
  GArray *blanks;    /* of SideSpan, ms of the piece's own recording */
} SideExportPiece;

struct _SideExport
{
  SideExportFormat format;
  GPtrArray       *pieces;      /* of SideExportPiece */
  double           semitones;   /* 0: voices as they are */
};

typedef struct _SideVoiceChanger SideVoiceChanger;

SideVoiceChanger *side_voice_changer_new   (guint rate, guint channels, double semitones);
void              side_voice_changer_free  (SideVoiceChanger *self);
void              side_voice_changer_push  (SideVoiceChanger *self, const gint16 *samples, gsize n_frames, gboolean last,
                                            GArray *out);

typedef struct _SideResampler SideResampler;

SideResampler    *side_resampler_new       (guint from_rate, guint to_rate, guint channels);
void              side_resampler_free      (SideResampler *self);
void              side_resampler_push      (SideResampler *self, const gint16 *samples, gsize n_frames, gboolean last,
                                            GArray *out);

void              side_blank_spans         (gint16 *samples, gsize n_frames, guint channels, guint rate, gint64 at_frame,
                                            const GArray *spans);
void              side_blank_join          (GArray *spans);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideVoiceChanger, side_voice_changer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideResampler, side_resampler_free)

G_END_DECLS
