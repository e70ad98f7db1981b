/* side-span-keys.h - keys that mark a recording while it plays
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   marked (const char *tag, gint64 from_ms, gint64 to_ms)   in the recording;
 *     @tag is %NULL for M, after which words are to be asked for; a point has
 *     both times the same
 */
#pragma once

#include "side-player-bar.h"
#include "side-tags.h"
#include "side-waveform.h"

G_BEGIN_DECLS

/* Returns whether marks are taken from this person now. */
typedef gboolean (*SideSpanKeysMay) (gpointer data);

#define SIDE_TYPE_SPAN_KEYS (side_span_keys_get_type ())
G_DECLARE_FINAL_TYPE (SideSpanKeys, side_span_keys, SIDE, SPAN_KEYS, GObject)

SideSpanKeys *side_span_keys_new    (SidePlayerBar   *bar,
                                     SideWaveform    *waveform,
                                     SideTags        *tags,
                                     SideSpanKeysMay  may,
                                     gpointer         data);
void          side_span_keys_attach (SideSpanKeys    *self,
                                     GtkWidget       *page);
void          side_span_keys_forget (SideSpanKeys    *self);
char         *side_span_keys_words  (SideTags        *tags,
                                     const char      *tag,
                                     gint64           from_ms,
                                     gint64           to_ms);

G_END_DECLS
