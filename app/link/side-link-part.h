/* side-link-part.h - a file that is being fetched
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocking functions for a worker thread; one part is used by one thread at a
 * time.
 */
#pragma once

#include <gio/gio.h>

#include "side-hash.h"

G_BEGIN_DECLS

typedef struct {
  char      *path;        /* where the whole file goes */
  char      *part_path;   /* where it grows: path + ".part" */
  int        fd;
  goffset    size;        /* bytes on the disk and in @hash */
  SideHash  *hash;        /* SHA-256 of them */
} SideLinkPart;

SideLinkPart *side_link_part_new     (const char *path);
void          side_link_part_free    (SideLinkPart *part);
gboolean      side_link_part_open    (SideLinkPart *part, gboolean resume, GError **error);
gboolean      side_link_part_restart (SideLinkPart *part, GError **error);
gboolean      side_link_part_write   (SideLinkPart *part, const guint8 *data, gsize n, GError **error);
gboolean      side_link_part_has     (SideLinkPart *part, const char *sha256);
gboolean      side_link_part_finish  (SideLinkPart *part, const char *sha256, char **found, GError **error);
void          side_link_part_discard (SideLinkPart *part);

G_END_DECLS
