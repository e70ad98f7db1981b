/* side-campaign-notices.c - calls that are due and lines that fail, told once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks whenever the campaigns say that they changed, which they do when a call
 * becomes due, too. What failed when the project was first read is no news:
 * pages show it, and the desktop is not told of it.
 */
#include "side-campaign-notices.h"

#include <glib/gi18n.h>

#include "side-campaign-draw.h"
#include "side-campaign-words.h"

struct _SideCampaignNotices
{
  GObject        parent_instance;
  SideCampaigns *campaigns;
  GHashTable    *told;       /* id of a notice -> what it was about; what is so now */
  GHashTable    *failing;    /* id of a campaign -> words */
  guint          due;
  gboolean       looked;     /* the project was looked at before */
  char          *project;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SideCampaignNotices, side_campaign_notices, G_TYPE_OBJECT)

enum { SIGNAL_RAISE, SIGNAL_WITHDRAW, SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_campaign_notices_finalize (GObject *object)
{
  SideCampaignNotices *self = SIDE_CAMPAIGN_NOTICES (object);

  g_clear_object (&self->campaigns);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->failing);
  g_free (self->project);
  G_OBJECT_CLASS (side_campaign_notices_parent_class)->finalize (object);
}

static void
side_campaign_notices_class_init (SideCampaignNoticesClass *klass)
{
  GType type = SIDE_TYPE_CAMPAIGN_NOTICES;

  G_OBJECT_CLASS (klass)->finalize = side_campaign_notices_finalize;
  signals[SIGNAL_RAISE] = g_signal_new ("raise", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_WITHDRAW] = g_signal_new ("withdraw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_campaign_notices_init (SideCampaignNotices *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->failing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* ---- what is so now ---- */

/* A notice of each line that fails, by what makes it the same one tomorrow. */
static void
find_failing (SideCampaignNotices *self,
              const SideCampaign  *campaign,
              GHashTable          *now)
{
  g_autoptr (GPtrArray) calls = side_campaigns_list_calls (self->campaigns, campaign->id);
  g_autoptr (GPtrArray) alarms = side_campaign_alarms (campaign, calls);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < alarms->len; i++)
    {
      const SideCampaignAlarm *alarm = alarms->pdata[i];
      g_autofree char *words = side_campaign_words_alarm (self->campaigns, campaign, alarm);

      g_string_append_printf (all, "%s%s", i > 0 ? "\n" : "", words);
      g_hash_table_insert (now, g_strdup_printf ("campaign-failing-%s-%s-%s", campaign->id, alarm->scenario != NULL ? alarm->scenario : "",
                                                 alarm->number != NULL ? alarm->number : ""),
                           g_strdup_printf ("%s\n%s", side_campaign_words_title (campaign), words));
    }
  if (all->len > 0)
    g_hash_table_insert (self->failing, g_strdup (campaign->id), g_strdup (all->str));
}

/* Calls that the computer makes remind nobody. */
static void
find_due (SideCampaignNotices *self,
          const SideCampaign  *campaign,
          GHashTable          *now)
{
  SideCampaignProgress progress;

  if (!side_campaigns_may_call (self->campaigns, campaign) || campaign->robot)
    return;
  side_campaigns_get_progress (self->campaigns, campaign, &progress);
  self->due += progress.due;
  for (guint i = 0; i < campaign->calls->len; i++)
    {
      const SideCampaignCall *call = campaign->calls->pdata[i];
      g_autofree char *line = NULL;

      if (side_campaigns_judge (self->campaigns, campaign, call) != SIDE_CAMPAIGN_CALL_DUE)
        continue;
      line = side_campaign_words_line (self->campaigns, campaign, call);
      g_hash_table_insert (now, g_strdup_printf ("campaign-due-%s-%" G_GINT64_FORMAT, campaign->id, call->at_ms),
                           g_strdup_printf ("%s\n%s · %s", _("A test call is due"), side_campaign_words_scenario (self->campaigns, call->scenario),
                                            line));
    }
}

/* ---- what is told ---- */

static void
raise_notice (SideCampaignNotices *self,
              const char          *id,
              const char          *what)
{
  g_auto (GStrv) parts = g_strsplit (what, "\n", 2);

  g_signal_emit (self, signals[SIGNAL_RAISE], 0, id, parts[0], parts[1]);
}

static void
tell (SideCampaignNotices *self,
      GHashTable          *now,
      gboolean             known)
{
  GHashTableIter iter;
  gpointer id, what;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (now, id))
      g_signal_emit (self, signals[SIGNAL_WITHDRAW], 0, id);
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &id, &what))
    if (!g_hash_table_contains (self->told, id) && (known || g_str_has_prefix (id, "campaign-due-")))
      raise_notice (self, id, what);
}

static gboolean
is_read (SideCampaignNotices *self)
{
  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->campaigns))
         && side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (side_campaigns_get_scenarios (self->campaigns)));
}

static void
look (SideCampaignNotices *self)
{
  const char *project = side_document_shelf_get_project (SIDE_DOCUMENT_SHELF (self->campaigns));
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), before = NULL;
  GPtrArray *list = side_campaigns_list (self->campaigns);
  gboolean known;

  if (g_strcmp0 (project, self->project) != 0)
    {
      g_free (self->project);
      self->project = g_strdup (project);
      self->looked = FALSE;
    }
  if (!is_read (self) || side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->campaigns)) == NULL)
    return;
  g_hash_table_remove_all (self->failing);
  self->due = 0;
  for (guint i = 0; i < list->len; i++)
    if (((const SideCampaign *) list->pdata[i])->closed_ms == 0)
      {
        find_failing (self, list->pdata[i], now);
        find_due (self, list->pdata[i], now);
      }
  known = self->looked;
  self->looked = TRUE;
  tell (self, now, known);
  before = g_steal_pointer (&self->told);
  self->told = g_steal_pointer (&now);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_campaign_notices_new:
 * @campaigns: campaigns of a desk that is there
 *
 * Returns: (transfer full): what is told of them from now on
 */
SideCampaignNotices *
side_campaign_notices_new (SideCampaigns *campaigns)
{
  SideCampaignNotices *self;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (campaigns), NULL);

  self = g_object_new (SIDE_TYPE_CAMPAIGN_NOTICES, NULL);
  self->campaigns = g_object_ref (campaigns);
  g_signal_connect_object (campaigns, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

/**
 * side_campaign_notices_get:
 * @desk: a desk
 *
 * Returns: (transfer none): what is told of the desk's campaigns
 */
SideCampaignNotices *
side_campaign_notices_get (SideDesk *desk)
{
  SideCampaignNotices *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-campaign-notices");
  if (self == NULL)
    {
      self = side_campaign_notices_new (side_campaigns_get (desk));
      g_object_set_data_full (G_OBJECT (desk), "side-campaign-notices", self, g_object_unref);
    }
  return self;
}

/**
 * side_campaign_notices_dup_failing:
 * @self: notices
 * @campaign: id of a campaign
 *
 * Returns: (transfer full) (nullable): what fails of it now, a line each
 */
char *
side_campaign_notices_dup_failing (SideCampaignNotices *self,
                                   const char          *campaign)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_NOTICES (self) && campaign != NULL, NULL);
  return g_strdup (g_hash_table_lookup (self->failing, campaign));
}

/**
 * side_campaign_notices_count_due:
 * @self: notices
 *
 * Returns: how many calls this person is to make now
 */
guint
side_campaign_notices_count_due (SideCampaignNotices *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_NOTICES (self), 0);
  return self->due;
}
