/* side-campaign-claim.c - one call of a campaign, taken by one caller
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several people may make the calls of a campaign. Before one is dialled it is
 * written into the campaign at the server, over the revision that was read a
 * moment before: of two who want the same call the server refuses one. Without
 * a connection only who is alone with a campaign goes on.
 */
#include "side-campaigns.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"
#include "side-wire.h"

#define ATTEMPTS 5   /* others may be writing down what they do */

typedef struct {
  char     *id;
  gint64    at_ms;      /* which call, by what never changes of it */
  char     *scenario;
  char     *number;
  char     *test_call;
  guint     attempts;
} Claim;

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  g_free (claim->id);
  g_free (claim->scenario);
  g_free (claim->number);
  g_free (claim->test_call);
  g_free (claim);
}

static void read_anew (GTask *task);

/* What the link says is put into words here: whoever wanted the call shows it as it is. */
static void
return_words (GTask        *task,
              const GError *error)
{
  g_autofree char *words = side_format_error (error);

  g_task_return_new_error (task, error->domain, error->code, "%s", words);
}

static SideCampaignCall *
find_call (const SideCampaign *campaign,
           const Claim        *claim)
{
  for (guint i = 0; i < campaign->calls->len; i++)
    {
      SideCampaignCall *call = campaign->calls->pdata[i];

      if (call->at_ms == claim->at_ms && g_strcmp0 (call->scenario, claim->scenario) == 0 && g_strcmp0 (call->number, claim->number) == 0)
        return call;
    }
  return NULL;
}

/* Returns: whether it is this person's now, in @campaign */
static gboolean
take (SideCampaigns  *self,
      SideCampaign   *campaign,
      const Claim    *claim,
      GError        **error)
{
  SideCampaignCall *call = find_call (campaign, claim);

  if (call == NULL || campaign->closed_ms != 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, _("The campaign was closed: its calls are not made any more."));
      return FALSE;
    }
  if (call->test_call != NULL && g_strcmp0 (call->test_call, claim->test_call) != 0 && !side_campaigns_is_left (self, campaign, call))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, _("Somebody else has taken this call. Take the next one."));
      return FALSE;
    }
  if (call->skipped != NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, _("Somebody has written down that this call is not made."));
      return FALSE;
    }
  g_free (call->test_call);
  call->test_call = g_strdup (claim->test_call);
  return TRUE;
}

/* What the server took is on this computer, too, before the call is dialled. */
static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!side_store_put_document_finish (SIDE_STORE (source), result, &error))
    side_document_shelf_fail (g_task_get_source_object (task), error);
  side_document_shelf_reload (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Claim *claim = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (SideDocument) written = side_link_put_document_finish (SIDE_LINK (source), result, &current, &error);
  SideStore *store = side_document_shelf_get_store (g_task_get_source_object (task));

  if (written != NULL && store != NULL)
    side_store_put_document_async (store, written, FALSE, NULL, stored_cb, g_steal_pointer (&task));
  else if (written != NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) && ++claim->attempts < ATTEMPTS)
    read_anew (g_steal_pointer (&task));
  else
    return_words (task, error);
}

/* Whether nobody else can want it: there is nobody else, or they have not heard of it. */
static gboolean
is_alone (SideCampaigns      *self,
          const SideCampaign *campaign)
{
  const char *user = side_desk_get_user (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self)));

  if (g_strcmp0 (campaign->author, user) != 0)
    return FALSE;
  for (guint i = 0; i < campaign->callers->len; i++)
    if (g_strcmp0 (campaign->callers->pdata[i], user) != 0)
      return FALSE;
  return TRUE;
}

static void
take_here (SideCampaigns      *self,
           const SideCampaign *campaign,
           GTask              *task)
{
  g_autoptr (SideCampaign) changed = side_campaign_copy (campaign);
  g_autoptr (GError) error = NULL;

  if (!is_alone (self, campaign))
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "%s",
                               _("There is no connection to the server, and somebody else may be making the same call."));
      return;
    }
  if (!take (self, changed, g_task_get_task_data (task), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  side_campaigns_put (self, changed, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  const Claim *claim = g_task_get_task_data (task);
  SideCampaigns *self = g_task_get_source_object (task);
  const SideCampaign *mine = side_campaigns_find (self, claim->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) read = side_link_get_document_finish (SIDE_LINK (source), result, &error), document = NULL;
  GCancellable *cancellable;
  g_autoptr (SideCampaign) campaign = read != NULL && read->body != NULL ? side_wire_campaign_from_json (read->body, -1, &error) : NULL;

  /* It was not sent yet. */
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND) && mine != NULL)
    {
      take_here (self, mine, task);
      return;
    }
  if (read == NULL && !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    {
      return_words (task, error);
      return;
    }
  if (campaign == NULL || !take (self, campaign, claim, &error))
    {
      if (campaign == NULL)
        g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s", _("The campaign was removed."));
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  campaign->changed_ms = side_campaigns_get_now_ms (self);
  document = side_wire_document_for_campaign (campaign);
  document->revision = read->revision;
  document->changed_ms = campaign->changed_ms;
  cancellable = g_task_get_cancellable (task);
  side_link_put_document_async (SIDE_LINK (source), document, cancellable, written_cb, g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_anew (GTask *task)
{
  const Claim *claim = g_task_get_task_data (task);
  SideDesk *desk = side_document_shelf_get_desk (g_task_get_source_object (task));
  SideLink *link = desk != NULL ? side_desk_get_link (desk) : NULL;

  if (link == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "%s", _("There is no connection to the server."));
      g_object_unref (task);
      return;
    }
  side_link_get_document_async (link, "campaign", claim->id, g_task_get_cancellable (task), read_cb, task);
}

/**
 * side_campaigns_claim_async:
 * @self: campaigns
 * @id: of one of them
 * @place: of one of its calls
 * @test_call: UUID of the test call that is about to be made for it
 * @cancellable: (nullable): gives up
 * @callback: called when the call is this person's, or when it is known that it is not
 * @user_data: data for @callback
 */
void
side_campaigns_claim_async (SideCampaigns       *self,
                            const char          *id,
                            guint                place,
                            const char          *test_call,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  const SideCampaign *campaign;
  const SideCampaignCall *call;
  SideDesk *desk;
  g_autoptr (GTask) task = NULL;
  Claim *claim;

  g_return_if_fail (SIDE_IS_CAMPAIGNS (self) && test_call != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_campaigns_claim_async);
  campaign = side_campaigns_find (self, id);
  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  if (campaign == NULL || place >= campaign->calls->len || desk == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s", _("The campaign was removed."));
      return;
    }
  call = campaign->calls->pdata[place];
  claim = g_new0 (Claim, 1);
  claim->id = g_strdup (id);
  claim->at_ms = call->at_ms;
  claim->scenario = g_strdup (call->scenario);
  claim->number = g_strdup (call->number);
  claim->test_call = g_strdup (test_call);
  g_task_set_task_data (task, claim, claim_free);
  if (side_desk_get_state (desk) != SIDE_DESK_LIVE || side_desk_get_link (desk) == NULL)
    take_here (self, campaign, task);
  else
    read_anew (g_steal_pointer (&task));
}

/**
 * side_campaigns_claim_finish:
 * @self: campaigns
 * @result: what the callback was given
 * @error: SIDE_ERROR_CONFLICT when somebody else has it, SIDE_ERROR_DISCONNECTED when nobody
 *   can tell, in words for a person
 *
 * Returns: whether it is this person's
 */
gboolean
side_campaigns_claim_finish (SideCampaigns  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
