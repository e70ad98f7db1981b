/* side-sound-chooser.h - a recording on this computer is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkNativeDialog *side_sound_chooser_new    (GtkWidget *near, const char *title);
char            *side_sound_chooser_finish (GtkNativeDialog *chooser, int response, const char **words);

G_END_DECLS
