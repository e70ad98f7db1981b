/* side-file.h - files that are read without surprise, and written whole or not at all
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file somebody names may be a pipe that nobody writes to; one that is
 * written may find no room. A SideNewFile appears under its name only when it
 * is complete and on the disk.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean     side_file_is_odd     (const char *path);
gboolean     side_file_read       (const char *path, gsize max_bytes, char **text, gsize *len, GError **error);
gboolean     side_file_write      (const char *path, const char *text, gsize len, int mode, GError **error);
gboolean     side_file_cannot_write (const char *path, int saved, GError **error);

typedef struct _SideNewFile SideNewFile;

SideNewFile *side_new_file_open   (const char *path, int mode, GError **error);
int          side_new_file_get_fd (const SideNewFile *self);
gboolean     side_new_file_write  (SideNewFile *self, const void *data, gsize len, GError **error);
gboolean     side_new_file_finish (SideNewFile *self, gboolean replace, GError **error);
void         side_new_file_free   (SideNewFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideNewFile, side_new_file_free)

G_END_DECLS
