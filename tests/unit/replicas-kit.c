/* replicas-kit.c - carries documents between caches and a server's archive
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the app's sync and the server's HTTP do, in one step and without a network.
 */
#include "replicas-kit.h"

const char *const replicas_projects[] = { "shop", NULL };

/* A page of the feed. */
void
replicas_read (Kit              *kit,
               SideArchiveStore *archive,
               int               limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideChangePage) page = NULL;
  gint64 since = KIT_WAIT (kit->store, side_store_get_change, &error);

  g_assert_no_error (error);
  page = side_archive_store_find_changes (archive, SIDE_SCOPE (replicas_projects), since, limit, &error);
  g_assert_no_error (error);
  KIT_WAIT (kit->store, side_store_apply_changes, &error, page->documents, page->next);
  g_assert_no_error (error);
}

/* Sends what is next; the answer may get lost, with the program. @taken: what
 * the archive took. Returns: whether there was anything */
gboolean
replicas_send (Kit               *kit,
               SideArchiveStore  *archive,
               const char        *author,
               gboolean           lost,
               SideDocument     **taken)
{
  g_autoptr (SideOutboxItem) item = kit_next (kit);
  g_autoptr (SideArchiveItem) sent = NULL;
  g_autoptr (GError) error = NULL;

  *taken = NULL;
  if (item == NULL)
    return FALSE;
  sent = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, KIT_NOW_MS);
  sent->document = side_document_copy (item->document);
  g_free (sent->document->author);
  sent->document->author = g_strdup (author);
  sent->revision = item->base_revision > 0 ? item->base_revision : -1;
  g_assert_true (side_archive_store_write (archive, (SideArchiveItem *const *) &sent, 1, &error));
  g_assert_no_error (error);
  if (sent->refusal == NULL)
    *taken = side_document_ref (sent->document);
  if (lost)
    {
      kit_reopen (kit);
      return TRUE;
    }
  if (sent->refusal != NULL)
    {
      g_assert_error (sent->refusal, SIDE_ERROR, SIDE_ERROR_CONFLICT);
      KIT_WAIT (kit->store, side_store_mark_conflict, &error, item, sent->result);
    }
  else
    KIT_WAIT (kit->store, side_store_mark_sent, &error, item, sent->result->revision, sent->result->change);
  g_assert_no_error (error);
  return TRUE;
}
