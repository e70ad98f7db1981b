/* side-archive-lock.h - one server at a time for an archive
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the server program.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SideArchiveLock SideArchiveLock;

/**
 * SideArchiveHolder: a server that has an archive.
 * @listen: (nullable): IP address it listens at; %NULL when it does not tell
 * @port: port
 */
typedef struct {
  char  *listen;
  guint  port;
} SideArchiveHolder;

SideArchiveLock *side_archive_lock_take     (const char *database, GError **error);
void             side_archive_lock_free     (SideArchiveLock *self);
char            *side_archive_lock_get_mark (SideArchiveLock *self);
gboolean         side_archive_lock_set_mark (SideArchiveLock *self, const char *mark, GError **error);
void             side_archive_lock_set_address (SideArchiveLock *self, const char *listen, guint port);

SideArchiveHolder *side_archive_lock_find_holder (const char *database);
void               side_archive_holder_free      (SideArchiveHolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideArchiveHolder, side_archive_holder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideArchiveLock, side_archive_lock_free)

G_END_DECLS
