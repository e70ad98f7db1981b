/* side-live-tokens.c - whether live streams are still allowed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stream outlives the request that opened it, so its token is looked up
 * again every few seconds, all in one question to the archive. A stream ends
 * when its token or account was revoked or expired, and also when role or
 * projects changed: the reader comes back and gets what is right now.
 */
#include "side-live-private.h"

#include <string.h>

typedef struct {
  guint8       hash[SIDE_TOKEN_HASH_BYTES];
  SideAccount *account;
} Check;

static void
check_clear (gpointer data)
{
  g_clear_pointer (&((Check *) data)->account, side_account_unref);
}

static gboolean
same_account (const SideAccount *a,
              const SideAccount *b)
{
  return a->id == b->id && a->role == b->role && g_strcmp0 (a->operator_id, b->operator_id) == 0
         && g_strv_equal ((const char *const *) a->projects, (const char *const *) b->projects);
}

/* In the archive's thread: the checks that fail. A database that cannot be
 * asked now ends nobody's stream. */
static gpointer
ask_checks (SideArchiveStore  *store,
            gpointer           question,
            GError           **error)
{
  GArray *checks = question;
  GArray *failed = g_array_new (FALSE, FALSE, SIDE_TOKEN_HASH_BYTES);

  for (guint i = 0; i < checks->len; i++)
    {
      const Check *check = &g_array_index (checks, Check, i);
      g_autoptr (GError) reason = NULL;
      g_autoptr (SideAccount) now =
          side_archive_store_find_token (store, check->hash, g_get_real_time () / 1000, &reason);

      if (now != NULL ? !same_account (now, check->account)
                      : g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED))
        g_array_append_vals (failed, check->hash, 1);
    }
  return failed;
}

static gboolean
is_among (GArray       *hashes,
          const guint8 *hash)
{
  for (guint i = 0; i < hashes->len; i++)
    if (memcmp (hashes->data + i * SIDE_TOKEN_HASH_BYTES, hash, SIDE_TOKEN_HASH_BYTES) == 0)
      return TRUE;
  return FALSE;
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideLive) self = user_data;
  g_autoptr (GArray) failed = side_archive_ask_finish (SIDE_ARCHIVE (source), result, NULL);

  self->checking = FALSE;
  for (guint i = 0; failed != NULL && failed->len > 0 && i < self->clients->len; i++)
    {
      SideLiveClient *client = g_ptr_array_index (self->clients, i);

      if (is_among (failed, client->token_hash))
        _side_live_say_goodbye (client, SIDE_WEB_SOCKET_POLICY, "signed out");
    }
}

void
_side_live_check_tokens (SideLive *self)
{
  GArray *checks;

  if (self->checking || self->clients->len == 0)
    return;
  self->checking = TRUE;
  checks = g_array_new (FALSE, FALSE, sizeof (Check));
  g_array_set_clear_func (checks, check_clear);
  for (guint i = 0; i < self->clients->len; i++)
    {
      const SideLiveClient *client = g_ptr_array_index (self->clients, i);
      Check check;

      memcpy (check.hash, client->token_hash, SIDE_TOKEN_HASH_BYTES);
      check.account = side_account_ref (client->account);
      g_array_append_val (checks, check);
    }
  side_archive_ask_async (side_hub_get_archive (self->hub), ask_checks, checks, (GDestroyNotify) g_array_unref,
                          (GDestroyNotify) g_array_unref, self->cancellable, checked_cb, g_object_ref (self));
}
