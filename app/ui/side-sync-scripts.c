/* side-sync-scripts.c - versions of scripts that reviews name and nobody sent
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The feed of changes has scripts as they are now; reviews may name older
 * versions. Asks the link for those the store lacks, and has the store keep
 * them.
 */
#include "side-sync-scripts.h"

#include "side-error.h"

typedef struct {
  SideLink     *link;
  SideStore    *store;
  GHashTable   *asked;
  GCancellable *cancellable;
} Fetch;

static Fetch *
fetch_new (SideLink     *link,
           SideStore    *store,
           GHashTable   *asked,
           GCancellable *cancellable)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->link = g_object_ref (link);
  fetch->store = g_object_ref (store);
  fetch->asked = g_hash_table_ref (asked);
  fetch->cancellable = g_object_ref (cancellable);
  return fetch;
}

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->link);
  g_object_unref (fetch->store);
  g_hash_table_unref (fetch->asked);
  g_object_unref (fetch->cancellable);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static void
script_kept_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!side_store_keep_script_finish (SIDE_STORE (source), result, &error) && !side_error_is_cancelled (error))
    g_debug ("keeping a version of a script: %s", error->message);
}

static void
script_got_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = side_link_get_script_finish (SIDE_LINK (source), result, &error);

  if (document == NULL && !side_error_is_cancelled (error))
    g_debug ("asking for a version of a script: %s", error->message);
  if (document != NULL && !g_cancellable_is_cancelled (fetch->cancellable))
    side_store_keep_script_async (fetch->store, document, fetch->cancellable, script_kept_cb, NULL);
}

static void
missing_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  g_autoptr (GPtrArray) missing = side_store_list_missing_scripts_finish (SIDE_STORE (source), result, NULL);

  for (guint i = 0; missing != NULL && !g_cancellable_is_cancelled (fetch->cancellable) && i < missing->len; i++)
    {
      const SideScriptRef *ref = g_ptr_array_index (missing, i);
      g_autofree char *key = g_strdup_printf ("%s %d", ref->id, ref->version);

      if (g_hash_table_add (fetch->asked, g_steal_pointer (&key)))
        side_link_get_script_async (fetch->link, ref->id, ref->version, fetch->cancellable, script_got_cb,
                                    fetch_new (fetch->link, fetch->store, fetch->asked, fetch->cancellable));
    }
}

/**
 * side_sync_fetch_scripts:
 * @link: the server
 * @store: an open store
 * @asked: a set of "UUID VERSION", owning its keys: each is asked for once, for
 *   a server that lacks it will not have it later
 * @cancellable: takes it all back
 *
 * Fetches the versions of scripts that are named in reviews and not there.
 */
void
side_sync_fetch_scripts (SideLink     *link,
                         SideStore    *store,
                         GHashTable   *asked,
                         GCancellable *cancellable)
{
  g_return_if_fail (SIDE_IS_LINK (link));
  g_return_if_fail (SIDE_IS_STORE (store));
  side_store_list_missing_scripts_async (store, cancellable, missing_listed_cb, fetch_new (link, store, asked, cancellable));
}
