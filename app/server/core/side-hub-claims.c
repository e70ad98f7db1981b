/* side-hub-claims.c - headers of test calls that sources heard of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are kept, and told to nobody but the server's own parts: who talks must
 * not learn that the caller is none.
 */
#include "side-hub-private.h"

typedef struct {
  SideHub *hub;
  char    *project;
  char    *call;
  char    *test;
} Claim;

static void
claim_free (Claim *claim)
{
  g_object_unref (claim->hub);
  g_free (claim->project);
  g_free (claim->call);
  g_free (claim->test);
  g_free (claim);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Claim, claim_free)

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Claim) claim = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error))
    g_message ("the header of a test call could not be kept: %s", error->message);
  else if (!claim->hub->stopped)
    g_signal_emit_by_name (claim->hub, "claimed", claim->project, claim->call, claim->test);
}

void
_side_hub_claim_cb (SideSource *source,
                    const char *project,
                    const char *call,
                    const char *test,
                    SideHub    *self)
{
  SideArchiveItem *item;
  Claim *claim;

  if (self->stopped || self->archive == NULL || side_hub_find_project (self, project) == NULL)
    return;
  item = side_archive_item_new (SIDE_ARCHIVE_CLAIM, side_clock_now_ms (self->clock));
  item->words[0] = g_ascii_strdown (test, -1);
  item->words[1] = g_strdup (call);
  item->words[2] = g_strdup (project);
  claim = g_new (Claim, 1);
  *claim = (Claim) { g_object_ref (self), g_strdup (project), g_strdup (call), g_strdup (item->words[0]) };
  side_archive_write_async (self->archive, item, NULL, kept_cb, claim);
}
