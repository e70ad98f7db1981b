/* side-renderer.c - keep GTK away from software OpenGL
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a machine without a GPU (thin clients, virtual desktops, call centres'
 * terminal servers) GTK finds Mesa's software OpenGL and takes it, which
 * costs 15 to 25 times as much a frame as cairo does and some 70 MB. Asking
 * OpenGL itself would already load it, so we look whether the kernel has a
 * render node at all.
 */
#include "side-renderer.h"

#include <string.h>

/**
 * side_renderer_has_gpu:
 * @dri_folder: where the kernel's render nodes stand, "/dev/dri"
 *
 * Returns: whether there is a node that a program may draw with
 */
gboolean
side_renderer_has_gpu (const char *dri_folder)
{
  g_autoptr (GDir) dir = g_dir_open (dri_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/**
 * side_renderer_choose:
 *
 * Without a GPU, has GTK draw with cairo and leave OpenGL unloaded. To be
 * called before anything of GTK and before any thread; a choice the user made
 * in GSK_RENDERER or GDK_DEBUG stands.
 */
void
side_renderer_choose (void)
{
  if (g_getenv ("GSK_RENDERER") != NULL || side_renderer_has_gpu ("/dev/dri"))
    return;
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  /* With the renderer chosen GDK still probes OpenGL unless told not to. */
  if (g_getenv ("GDK_DEBUG") == NULL)
    g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
}
