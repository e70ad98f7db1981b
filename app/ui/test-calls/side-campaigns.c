/* side-campaigns.c - the campaigns of test calls of a project, and how far they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Campaigns are read here; the scenarios they call with and the calls that were
 * made for them are those of SideScenarios. A call whose time comes changes
 * nothing that is written down: whoever shows campaigns is told by a second of
 * the desk.
 */
#include "side-campaigns.h"

#include <glib/gi18n.h>

#include "side-test-rule.h"
#include "side-time.h"
#include "side-wire.h"

#define LEFT_AFTER_MS (2 * SIDE_HOUR_MS)   /* longer than any call */

struct _SideCampaigns
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;        /* of SideCampaign: open ones by their next call, then the closed, the newest first */
  SideScenarios     *scenarios;
  gint64             next_ms;     /* when a call becomes due, or is missed; 0 for never */
};

G_DEFINE_FINAL_TYPE (SideCampaigns, side_campaigns, SIDE_TYPE_DOCUMENT_SHELF)

static SideDesk *
get_desk (SideCampaigns *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
}

/**
 * side_campaigns_get_now_ms:
 * @self: campaigns
 *
 * Returns: the instant that calls are due by; 0 without a desk
 */
gint64
side_campaigns_get_now_ms (SideCampaigns *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), 0);
  return get_desk (self) != NULL ? side_desk_get_write_ms (get_desk (self)) : 0;
}

/* ---- reading ---- */

static gint64
next_of (const SideCampaign *campaign)
{
  const SideCampaignCall *next = side_campaign_next_call (campaign);

  return next != NULL ? next->at_ms : G_MAXINT64;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const SideCampaign *x = *(SideCampaign *const *) a, *y = *(SideCampaign *const *) b;
  gint64 left = next_of (x), right = next_of (y);

  if ((x->closed_ms != 0) != (y->closed_ms != 0))
    return x->closed_ms != 0 ? 1 : -1;
  if (x->closed_ms != y->closed_ms)
    return x->closed_ms > y->closed_ms ? -1 : 1;
  if (left != right)
    return left < right ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* When what is shown is another, although nothing was written. */
static void
find_next_change (SideCampaigns *self)
{
  gint64 now_ms = side_campaigns_get_now_ms (self);

  self->next_ms = 0;
  for (guint i = 0; i < self->list->len; i++)
    {
      const SideCampaign *campaign = self->list->pdata[i];

      for (guint k = 0; campaign->closed_ms == 0 && k < campaign->calls->len; k++)
        {
          const SideCampaignCall *call = campaign->calls->pdata[k];
          gint64 at_ms = call->at_ms > now_ms ? call->at_ms : call->at_ms + SIDE_CAMPAIGN_GRACE_MS;

          if (call->test_call == NULL && call->skipped == NULL && at_ms > now_ms && (self->next_ms == 0 || at_ms < self->next_ms))
            self->next_ms = at_ms;
        }
    }
}

static void
side_campaigns_take (SideDocumentShelf *shelf,
                     GPtrArray         *documents)
{
  SideCampaigns *self = SIDE_CAMPAIGNS (shelf);

  g_ptr_array_set_size (self->list, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (GError) error = NULL;
      SideCampaign *campaign = side_wire_campaign_from_json (document->body, -1, &error);

      if (campaign != NULL)
        g_ptr_array_add (self->list, campaign);
      else
        g_debug ("campaign %s: %s", document->id, error->message);
    }
  g_ptr_array_sort (self->list, compare);
  find_next_change (self);
  side_document_shelf_set_read (shelf);
}

static void
side_campaigns_forget (SideDocumentShelf *shelf)
{
  g_ptr_array_set_size (SIDE_CAMPAIGNS (shelf)->list, 0);
}

static void
side_campaigns_tick (SideDocumentShelf *shelf)
{
  SideCampaigns *self = SIDE_CAMPAIGNS (shelf);

  if (self->next_ms == 0 || side_campaigns_get_now_ms (self) < self->next_ms)
    return;
  find_next_change (self);
  side_document_shelf_changed (shelf);
}

/* ---- the object ---- */

static void
side_campaigns_constructed (GObject *object)
{
  SideCampaigns *self = SIDE_CAMPAIGNS (object);

  G_OBJECT_CLASS (side_campaigns_parent_class)->constructed (object);
  self->scenarios = g_object_ref (side_scenarios_get (get_desk (self)));
  g_signal_connect_object (self->scenarios, "changed", G_CALLBACK (side_document_shelf_changed), self, G_CONNECT_SWAPPED);
}

static void
side_campaigns_finalize (GObject *object)
{
  SideCampaigns *self = SIDE_CAMPAIGNS (object);

  g_ptr_array_unref (self->list);
  g_clear_object (&self->scenarios);
  G_OBJECT_CLASS (side_campaigns_parent_class)->finalize (object);
}

static void
side_campaigns_class_init (SideCampaignsClass *klass)
{
  static const char *const kinds[] = { "campaign", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = side_campaigns_constructed;
  G_OBJECT_CLASS (klass)->finalize = side_campaigns_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_campaigns_forget;
  shelf_class->take = side_campaigns_take;
  shelf_class->tick = side_campaigns_tick;
}

static void
side_campaigns_init (SideCampaigns *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_campaign_unref);
}

/**
 * side_campaigns_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the campaigns of its project; none until "changed"
 */
SideCampaigns *
side_campaigns_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_CAMPAIGNS);
}

/**
 * side_campaigns_get_scenarios:
 * @self: campaigns
 *
 * Returns: (transfer none): what they call with, and the calls that were made
 */
SideScenarios *
side_campaigns_get_scenarios (SideCampaigns *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), NULL);
  return self->scenarios;
}

/**
 * side_campaigns_list:
 * @self: campaigns
 *
 * Returns: (transfer none) (element-type SideCampaign): the open ones by their next
 *   call, then the closed, the newest first; until the next "changed"
 */
GPtrArray *
side_campaigns_list (SideCampaigns *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), NULL);
  return self->list;
}

/**
 * side_campaigns_find:
 * @self: campaigns
 * @id: (nullable): UUID of one
 *
 * Returns: (transfer none) (nullable): it, until the next "changed"
 */
const SideCampaign *
side_campaigns_find (SideCampaigns *self,
                     const char    *id)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), NULL);

  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((const SideCampaign *) self->list->pdata[i])->id, id) == 0)
      return self->list->pdata[i];
  return NULL;
}

/**
 * side_campaigns_list_calls:
 * @self: campaigns
 * @id: of one of them
 *
 * Returns: (transfer container) (element-type SideTestCall): the calls that were made for it, the newest first
 */
GPtrArray *
side_campaigns_list_calls (SideCampaigns *self,
                           const char    *id)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref), *all;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), calls);

  all = side_scenarios_get_calls (self->scenarios);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((const SideTestCall *) all->pdata[i])->campaign, id) == 0)
      g_ptr_array_add (calls, side_test_call_ref (all->pdata[i]));
  return calls;
}

/**
 * side_campaigns_find_call:
 * @self: campaigns
 * @id: (nullable): UUID of a test call
 *
 * Returns: (transfer none) (nullable): it, if it is here, until the next "changed"
 */
const SideTestCall *
side_campaigns_find_call (SideCampaigns *self,
                          const char    *id)
{
  GPtrArray *all;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), NULL);

  all = side_scenarios_get_calls (self->scenarios);
  for (guint i = 0; id != NULL && i < all->len; i++)
    if (g_str_equal (((const SideTestCall *) all->pdata[i])->review->id, id))
      return all->pdata[i];
  return NULL;
}

/**
 * side_campaigns_dup_scenarios:
 * @self: campaigns
 *
 * Returns: (transfer full) (element-type SideScenario): copies of all scenarios of the project, as they are listed
 */
GPtrArray *
side_campaigns_dup_scenarios (SideCampaigns *self)
{
  GPtrArray *scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  GListModel *items;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), scenarios);

  items = side_scenarios_get_items (self->scenarios);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (SideScenarioItem) item = g_list_model_get_item (items, i);

      g_ptr_array_add (scenarios, side_scenario_copy (side_scenario_item_get (item)));
    }
  return scenarios;
}

/**
 * side_campaigns_get_zone:
 * @self: campaigns
 * @campaign: (nullable): one of them
 *
 * Returns: (transfer full): the zone its times are told in; the project's without one of its own
 */
GTimeZone *
side_campaigns_get_zone (SideCampaigns      *self,
                         const SideCampaign *campaign)
{
  const SideProject *project;
  GTimeZone *zone = NULL;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), NULL);

  if (campaign != NULL && campaign->time_zone != NULL)
    zone = side_time_zone_new (campaign->time_zone, NULL);
  project = get_desk (self) != NULL ? side_desk_get_project (get_desk (self)) : NULL;
  if (zone == NULL && project != NULL)
    zone = g_time_zone_ref (project->time_zone);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* ---- how far they are ---- */

/**
 * side_campaigns_is_left:
 * @self: campaigns
 * @campaign: one of them
 * @call: one of its calls
 *
 * A program may die between taking a call and dialling it. Whoever takes one writes the
 * campaign, so that what nothing is known of was taken no later than that.
 *
 * Returns: whether @call was taken hours ago, and nothing was heard of it since
 */
gboolean
side_campaigns_is_left (SideCampaigns          *self,
                        const SideCampaign     *campaign,
                        const SideCampaignCall *call)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL && call != NULL, FALSE);

  return call->test_call != NULL && side_campaigns_find_call (self, call->test_call) == NULL
         && side_campaigns_get_now_ms (self) >= campaign->changed_ms + LEFT_AFTER_MS;
}

/**
 * side_campaigns_judge:
 * @self: campaigns
 * @campaign: one of them
 * @call: one of its calls
 *
 * Returns: how it stands now
 */
SideCampaignCallState
side_campaigns_judge (SideCampaigns          *self,
                      const SideCampaign     *campaign,
                      const SideCampaignCall *call)
{
  gint64 now_ms;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL && call != NULL, SIDE_CAMPAIGN_CALL_WAITING);

  if (call->test_call != NULL && !side_campaigns_is_left (self, campaign, call))
    {
      const SideTestCall *made = side_campaigns_find_call (self, call->test_call);

      return made != NULL && made->ended_ms != 0 ? SIDE_CAMPAIGN_CALL_MADE : SIDE_CAMPAIGN_CALL_MAKING;
    }
  if (call->skipped != NULL)
    return SIDE_CAMPAIGN_CALL_SKIPPED;
  now_ms = side_campaigns_get_now_ms (self);
  if (campaign->closed_ms != 0 || now_ms >= call->at_ms + SIDE_CAMPAIGN_GRACE_MS)
    return SIDE_CAMPAIGN_CALL_MISSED;
  return now_ms >= call->at_ms ? SIDE_CAMPAIGN_CALL_DUE : SIDE_CAMPAIGN_CALL_WAITING;
}

/**
 * side_campaigns_get_progress:
 * @self: campaigns
 * @campaign: one of them
 * @progress: (out): how far it is
 */
void
side_campaigns_get_progress (SideCampaigns        *self,
                             const SideCampaign   *campaign,
                             SideCampaignProgress *progress)
{
  g_return_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL && progress != NULL);

  *progress = (SideCampaignProgress) { .total = campaign->calls->len };
  for (guint i = 0; i < campaign->calls->len; i++)
    {
      const SideCampaignCall *call = campaign->calls->pdata[i];
      SideCampaignCallState state = side_campaigns_judge (self, campaign, call);

      progress->made += state == SIDE_CAMPAIGN_CALL_MADE || state == SIDE_CAMPAIGN_CALL_MAKING;
      progress->skipped += state == SIDE_CAMPAIGN_CALL_SKIPPED;
      progress->due += state == SIDE_CAMPAIGN_CALL_DUE;
      progress->missed += state == SIDE_CAMPAIGN_CALL_MISSED;
      if (state == SIDE_CAMPAIGN_CALL_WAITING && progress->next_ms == 0)
        progress->next_ms = call->at_ms;
    }
}

/**
 * side_campaigns_find_next:
 * @self: campaigns
 * @campaign: one of them
 *
 * Returns: place of the call to be made next: the first that is due, else the first whose
 *   time is to come, else the first that was missed; -1 for none
 */
int
side_campaigns_find_next (SideCampaigns      *self,
                          const SideCampaign *campaign)
{
  static const SideCampaignCallState order[] = { SIDE_CAMPAIGN_CALL_DUE, SIDE_CAMPAIGN_CALL_WAITING, SIDE_CAMPAIGN_CALL_MISSED };

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL, -1);

  for (gsize k = 0; campaign->closed_ms == 0 && k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; i < campaign->calls->len; i++)
      if (side_campaigns_judge (self, campaign, campaign->calls->pdata[i]) == order[k])
        return (int) i;
  return -1;
}

/**
 * side_campaigns_get_number:
 * @self: campaigns
 * @campaign: one of them
 * @call: one of its calls
 * @vendor: (out) (optional) (nullable): whose line it is
 *
 * Returns: (nullable): what to dial, the scenario's own number where the call has none
 */
const char *
side_campaigns_get_number (SideCampaigns           *self,
                           const SideCampaign      *campaign,
                           const SideCampaignCall  *call,
                           const char             **vendor)
{
  const SideCampaignNumber *number;
  SideScenarioItem *item;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL && call != NULL, NULL);

  number = side_campaign_find_number (campaign, call->number);
  if (vendor != NULL)
    *vendor = number != NULL ? number->vendor : NULL;
  if (call->number != NULL)
    return call->number;
  item = side_scenarios_find (self->scenarios, call->scenario);
  return item != NULL ? side_scenario_item_get (item)->number : NULL;
}

/**
 * side_campaigns_fill_call:
 * @self: campaigns
 * @id: of one of them
 * @place: of one of its calls
 * @call: a test call that is made for it: number, vendor and campaign are put in
 */
void
side_campaigns_fill_call (SideCampaigns *self,
                          const char    *id,
                          guint          place,
                          SideTestCall  *call)
{
  const SideCampaign *campaign = side_campaigns_find (self, id);
  const char *vendor = NULL, *number;

  g_return_if_fail (SIDE_IS_CAMPAIGNS (self) && call != NULL);

  if (campaign == NULL || place >= campaign->calls->len)
    return;   /* it was removed meanwhile */
  number = side_campaigns_get_number (self, campaign, campaign->calls->pdata[place], &vendor);
  g_free (call->number);
  call->number = g_strdup (number);
  g_free (call->vendor);
  call->vendor = g_strdup (vendor);
  g_free (call->campaign);
  call->campaign = g_strdup (id);
}

/* ---- who may ---- */

static gboolean
is_author (SideCampaigns      *self,
           const SideCampaign *campaign)
{
  return get_desk (self) != NULL && g_strcmp0 (campaign->author, side_desk_get_user (get_desk (self))) == 0;
}

/**
 * side_campaigns_may_add:
 * @self: campaigns
 *
 * Returns: whether the server takes campaigns from this person
 */
gboolean
side_campaigns_may_add (SideCampaigns *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self), FALSE);
  return side_scenarios_may_add (self->scenarios);
}

/**
 * side_campaigns_may_edit:
 * @self: campaigns
 * @campaign: one of them
 *
 * Returns: whether its title, callers and alarm are this person's to change, and to close it
 */
gboolean
side_campaigns_may_edit (SideCampaigns      *self,
                         const SideCampaign *campaign)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL, FALSE);
  return side_campaigns_may_add (self) && is_author (self, campaign) && campaign->closed_ms == 0;
}

/**
 * side_campaigns_may_call:
 * @self: campaigns
 * @campaign: one of them
 *
 * Returns: whether this person makes its calls
 */
gboolean
side_campaigns_may_call (SideCampaigns      *self,
                         const SideCampaign *campaign)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL, FALSE);

  if (!side_campaigns_may_add (self) || campaign->closed_ms != 0)
    return FALSE;
  for (guint i = 0; i < campaign->callers->len; i++)
    if (g_strcmp0 (campaign->callers->pdata[i], side_desk_get_user (get_desk (self))) == 0)
      return TRUE;
  return is_author (self, campaign);
}

/**
 * side_campaigns_may_remove:
 * @self: campaigns
 * @campaign: one of them
 *
 * Returns: whether this person may remove it: its author, while it has made no call
 */
gboolean
side_campaigns_may_remove (SideCampaigns      *self,
                           const SideCampaign *campaign)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (self) && campaign != NULL, FALSE);
  return side_campaigns_may_add (self) && side_campaign_may_delete (campaign, side_desk_get_user (get_desk (self)), NULL);
}

/* ---- writing ---- */

/* It is shown at once, also before it is on the disk. */
static void
keep (SideCampaigns *self,
      SideCampaign  *campaign)
{
  for (guint i = 0; i < self->list->len; i++)
    if (g_str_equal (((const SideCampaign *) self->list->pdata[i])->id, campaign->id))
      {
        g_ptr_array_remove_index (self->list, i);
        break;
      }
  g_ptr_array_add (self->list, side_campaign_ref (campaign));
  g_ptr_array_sort (self->list, compare);
  find_next_change (self);
}

/**
 * side_campaigns_put:
 * @self: campaigns
 * @campaign: a new one, without an author, or one as it is to be
 * @words: (nullable): what was done, for the sentence after undoing; %NULL for what is not taken back
 *
 * Who makes a new one, where and when is put in here. What goes wrong is told by "failed".
 */
void
side_campaigns_put (SideCampaigns      *self,
                    const SideCampaign *campaign,
                    const char         *words)
{
  g_autoptr (SideCampaign) changed = side_campaign_copy (campaign);
  g_autoptr (SideDocument) document = NULL;
  SideDesk *desk = get_desk (self);

  g_return_if_fail (SIDE_IS_CAMPAIGNS (self) && desk != NULL);

  changed->changed_ms = side_desk_get_write_ms (desk);
  if (changed->author == NULL)
    {
      g_free (changed->project);
      changed->project = g_strdup (side_desk_get_project_id (desk));
      changed->author = g_strdup (side_desk_get_user (desk));
      changed->created_ms = changed->changed_ms;
    }
  document = side_wire_document_for_campaign (changed);
  keep (self, changed);
  if (words != NULL)
    {
      g_autoptr (GPtrArray) changes = side_steps_new_changes ();

      side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (self), changes, document);
      side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), words, changes);
      return;
    }
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (self), document, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}

/**
 * side_campaigns_remove:
 * @self: campaigns
 * @id: of one that has made no call
 */
void
side_campaigns_remove (SideCampaigns *self,
                       const char    *id)
{
  const SideCampaign *campaign = side_campaigns_find (self, id);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (campaign == NULL || !side_campaigns_may_remove (self, campaign))
    return;
  document = side_wire_document_for_campaign (campaign);
  document->changed_ms = side_campaigns_get_now_ms (self);
  document->deleted = TRUE;
  g_clear_pointer (&document->body, g_free);
  changes = side_steps_new_changes ();
  side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (self), changes, document);
  g_ptr_array_remove (self->list, (gpointer) campaign);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), _("campaign removed"), changes);
}

/**
 * side_campaigns_skip:
 * @self: campaigns
 * @id: of one of them
 * @place: of one of its calls
 * @reason: (nullable): why it is not made; %NULL when it is to be made after all
 */
void
side_campaigns_skip (SideCampaigns *self,
                     const char    *id,
                     guint          place,
                     const char    *reason)
{
  const SideCampaign *campaign = side_campaigns_find (self, id);
  g_autoptr (SideCampaign) changed = NULL;
  SideCampaignCall *call;

  if (campaign == NULL || !side_campaigns_may_call (self, campaign) || place >= campaign->calls->len)
    return;
  changed = side_campaign_copy (campaign);
  call = changed->calls->pdata[place];
  if (call->test_call != NULL)
    return;
  g_free (call->skipped);
  call->skipped = g_strdup (reason);
  side_campaigns_put (self, changed, reason != NULL ? _("call skipped") : _("call put back"));
}

/**
 * side_campaigns_close:
 * @self: campaigns
 * @id: of one of this person's, which makes no more calls
 */
void
side_campaigns_close (SideCampaigns *self,
                      const char    *id)
{
  const SideCampaign *campaign = side_campaigns_find (self, id);
  g_autoptr (SideCampaign) changed = NULL;

  if (campaign == NULL || !side_campaigns_may_edit (self, campaign))
    return;
  changed = side_campaign_copy (campaign);
  changed->closed_ms = side_campaigns_get_now_ms (self);
  side_campaigns_put (self, changed, NULL);
}
