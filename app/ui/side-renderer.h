/* side-renderer.h - keep GTK away from software OpenGL
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean side_renderer_has_gpu (const char *dri_folder);
void     side_renderer_choose  (void);

G_END_DECLS
