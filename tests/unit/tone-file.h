/* tone-file.h - sound files with known tones, and how loud a tone is in samples
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   tone_file_write (const char   *path,
                        int           sf_format,
                        int           rate,
                        int           n_channels,
                        double        seconds,
                        const double *hertz,
                        double        amplitude);
double tone_level      (const float  *samples,
                        gsize         n_frames,
                        guint         n_channels,
                        guint         channel,
                        double        rate,
                        double        hertz);
double tone_rms        (const float  *samples,
                        gsize         n_frames,
                        guint         n_channels,
                        guint         channel);

G_END_DECLS
