/* waveform-place.h - a waveform in a window, and hands and eyes for it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eight seconds of dialogue, what the widget told, its pixels, and what a
 * pointer and keys do to it.
 */
#pragma once

#include "side-waveform-private.h"

#define WIDTH  600
#define HEIGHT 220

typedef struct {
  char         *dir;
  char         *path;
  GtkWidget    *window;
  SideWaveform *wave;
  gint64        sought;
  gint64        span[2];
  char         *activated;
  guint         n_changed;     /* "mark-changed" */
  guint         n_views;       /* "view-changed" */
} WaveformPlace;

void waveform_place_seek_cb (SideWaveform *wave, gint64 ms, WaveformPlace *f);
void waveform_place_setup (WaveformPlace *f, gconstpointer data);
void waveform_place_teardown (WaveformPlace *f, gconstpointer data);
guint32 *waveform_place_picture (WaveformPlace *f);
guint waveform_place_count (const guint32 *pixels, int x, int y, int width, int height, guint32 colour);
GtkEventController *waveform_place_controller (WaveformPlace *f, GType type);
void waveform_place_drag (WaveformPlace *f, double x, double y, double to_x);
gboolean waveform_place_press (WaveformPlace *f, guint key, GdkModifierType modifiers);
