/* side-campaign-robot.c - campaigns' calls made by the computer at their times
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks once a second for a call that is due, connects the line, takes the call
 * in the campaign so that nobody else makes it, and dials. A line that cannot
 * be connected is tried again a minute later, until the call was missed; what
 * was missed it leaves alone: at another hour it would find something else.
 */
#include "side-campaign-robot.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-rules.h"
#include "side-settings.h"
#include "side-test-call-maker.h"
#include "side-test-call-pen.h"
#include "side-time.h"

#define RETRY_MS SIDE_MINUTE_MS
#define SETTING  "campaign-lines"   /* which campaigns are called from this computer, and on which line */

struct _SideCampaignRobot
{
  GObject         parent_instance;
  SideCampaigns  *campaigns;
  SideLines      *lines;
  char           *rules;         /* (nullable): file where acknowledging is written down, other than the usual one */
  GHashTable     *wanted;        /* id of a campaign -> id of a line */
  GCancellable   *cancellable;   /* of the call that is being made */
  SideSipAccount *account;       /* (nullable) */
  SideTestCall   *call;          /* (nullable): ready to be dialled */
  SideTestRun    *run;           /* (nullable) */
  SideTestCallPen *pen;          /* (nullable): writes its call down */
  char           *campaign;      /* (nullable): whose call is being made */
  guint           place;         /* of that call in it */
  gint64          again_ms;      /* nothing is tried before */
  char           *trouble;       /* (nullable): why the last call could not be made */
  gboolean        paused;
};

G_DEFINE_FINAL_TYPE (SideCampaignRobot, side_campaign_robot, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_MADE, N_SIGNALS };
static guint signals[N_SIGNALS];

static SideDesk *
desk_of (SideCampaignRobot *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->campaigns));
}

static void
changed (SideCampaignRobot *self)
{
  if (self->pen != NULL && !side_test_run_is_over (self->run))
    side_test_call_pen_follow (self->pen);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Ready for the next call. */
static void
rest (SideCampaignRobot *self)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  if (self->pen != NULL)
    side_test_call_pen_done (self->pen);
  g_clear_object (&self->pen);
  g_clear_object (&self->run);
  g_clear_pointer (&self->call, side_test_call_unref);
  side_test_call_maker_let_go (&self->account);
  g_clear_pointer (&self->campaign, g_free);
  g_clear_object (&self->cancellable);
}

static void
side_campaign_robot_dispose (GObject *object)
{
  SideCampaignRobot *self = SIDE_CAMPAIGN_ROBOT (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->run != NULL)
    side_test_run_hang_up (self->run);
  rest (self);
  G_OBJECT_CLASS (side_campaign_robot_parent_class)->dispose (object);
}

static void
side_campaign_robot_finalize (GObject *object)
{
  SideCampaignRobot *self = SIDE_CAMPAIGN_ROBOT (object);

  g_clear_object (&self->campaigns);
  g_clear_object (&self->lines);
  g_hash_table_unref (self->wanted);
  g_free (self->rules);
  g_free (self->trouble);
  G_OBJECT_CLASS (side_campaign_robot_parent_class)->finalize (object);
}

static void
side_campaign_robot_class_init (SideCampaignRobotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_campaign_robot_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_robot_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_CAMPAIGN_ROBOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MADE] = g_signal_new ("made", SIDE_TYPE_CAMPAIGN_ROBOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_campaign_robot_init (SideCampaignRobot *self)
{
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* ---- one call ---- */

static void
fail (SideCampaignRobot *self,
      const GError      *error)
{
  g_free (self->trouble);
  self->trouble = g_strdup (error->message);   /* in words already, whoever it is from */
  /* What somebody else took is no trouble with the line: the next one may be ours. */
  self->again_ms = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) ? 0 : side_campaigns_get_now_ms (self->campaigns) + RETRY_MS;
  rest (self);
  changed (self);
}

static void
ended_cb (SideCampaignRobot *self)
{
  g_autofree char *campaign = g_strdup (self->campaign);

  if (self->pen != NULL)
    side_test_call_pen_save (self->pen);
  g_clear_pointer (&self->trouble, g_free);
  rest (self);
  g_signal_emit (self, signals[SIGNAL_MADE], 0, campaign);
  changed (self);
}

/* It was taken, and it is not made by anybody: the campaign says why. */
static void
give_back (SideCampaignRobot *self,
           const GError      *error)
{
  side_test_call_maker_keep_unmade (SIDE_DOCUMENT_SHELF (side_campaigns_get_scenarios (self->campaigns)), self->call, error);
  fail (self, error);
}

static void
dial (SideCampaignRobot *self)
{
  SideDesk *desk = desk_of (self);
  g_autofree char *recording = side_test_call_maker_dup_recording (desk, self->call);
  g_autoptr (GError) error = NULL;

  self->run = side_test_run_new (self->account, self->call, recording, side_desk_get_clock (desk));
  side_test_run_set_robot (self->run, TRUE);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  if (!side_test_run_start (self->run, &error))
    {
      give_back (self, error);
      return;
    }
  self->pen = side_test_call_pen_new (side_campaigns_get_scenarios (self->campaigns), side_test_run_get_call (self->run));
  side_test_call_pen_save (self->pen);
  changed (self);
}

static gboolean
is_current (SideCampaignRobot *self,
            GCancellable      *cancellable)
{
  return cancellable != NULL && cancellable == self->cancellable && !g_cancellable_is_cancelled (cancellable) && desk_of (self) != NULL;
}

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCampaignRobot) self = data;
  g_autoptr (GError) error = NULL;
  gboolean ours = side_campaigns_claim_finish (SIDE_CAMPAIGNS (source), result, &error);

  if (!is_current (self, g_task_get_cancellable (G_TASK (result))))
    return;
  if (ours)
    dial (self);
  else
    fail (self, error);
}

/* Returns: (nullable): the line of the call that is made; it may have been stopped meanwhile */
static const SideLine *
wanted_line (SideCampaignRobot *self)
{
  const char *line = g_hash_table_lookup (self->wanted, self->campaign);

  return line != NULL ? side_lines_find (self->lines, line) : NULL;
}

static SideTestCall *
new_call (SideCampaignRobot *self)
{
  const SideCampaign *campaign = side_campaigns_find (self->campaigns, self->campaign);
  const SideCampaignCall *call = campaign != NULL && self->place < campaign->calls->len ? campaign->calls->pdata[self->place] : NULL;
  SideScenarioItem *item = call != NULL ? side_scenarios_find (side_campaigns_get_scenarios (self->campaigns), call->scenario) : NULL;
  SideTestCall *made;

  if (item == NULL || side_campaigns_get_number (self->campaigns, campaign, call, NULL) == NULL)
    return NULL;
  made = side_test_call_maker_new_call (desk_of (self), wanted_line (self),
                                        side_scenario_item_get (item), NULL);
  side_campaigns_fill_call (self->campaigns, self->campaign, self->place, made);
  return made;
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SideCampaignRobot) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSipAccount) account = side_test_call_maker_connect_finish (SIDE_DESK (source), result, &error);

  if (!is_current (self, g_task_get_cancellable (G_TASK (result))))
    {
      side_test_call_maker_let_go (&account);
      return;
    }
  self->account = g_steal_pointer (&account);
  self->call = self->account != NULL ? new_call (self) : NULL;
  if (self->call == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, _("The scenario was removed, or has no number to call."));
      fail (self, error);
      return;
    }
  side_campaigns_claim_async (self->campaigns, self->campaign, self->place, self->call->review->id, self->cancellable, claimed_cb,
                              g_object_ref (self));
}

static void
begin (SideCampaignRobot *self,
       const char        *campaign,
       guint              place)
{
  self->campaign = g_strdup (campaign);
  self->place = place;
  self->cancellable = g_cancellable_new ();
  side_test_call_maker_connect_async (desk_of (self), self->lines, g_hash_table_lookup (self->wanted, campaign), self->cancellable,
                                      connected_cb, g_object_ref (self));
  changed (self);
}

/* ---- what is due ---- */

static gboolean
may_call (SideCampaignRobot  *self,
          const SideCampaign *campaign)
{
  const char *line = g_hash_table_lookup (self->wanted, campaign->id);

  return line != NULL && campaign->robot && side_campaigns_may_call (self->campaigns, campaign) && side_lines_find (self->lines, line) != NULL;
}

static void
look (SideCampaignRobot *self)
{
  GPtrArray *list = side_campaigns_list (self->campaigns);

  if (self->campaign != NULL || self->paused || g_hash_table_size (self->wanted) == 0
      || desk_of (self) == NULL || side_campaigns_get_now_ms (self->campaigns) < self->again_ms)
    return;
  for (guint i = 0; i < list->len; i++)
    {
      const SideCampaign *campaign = list->pdata[i];

      for (guint k = 0; may_call (self, campaign) && k < campaign->calls->len; k++)
        if (side_campaigns_judge (self->campaigns, campaign, campaign->calls->pdata[k]) == SIDE_CAMPAIGN_CALL_DUE)
          {
            if (side_rules_get_acknowledged_ms (desk_of (self), self->rules) != 0)
              begin (self, campaign->id, k);
            return;
          }
    }
}

static void
remember (SideCampaignRobot *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer campaign, line;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &campaign, &line))
    g_variant_builder_add (&builder, "{ss}", campaign, line);
  g_settings_set_value (side_settings_get (), SETTING, g_variant_builder_end (&builder));
}

static void
recall (SideCampaignRobot *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (side_settings_get (), SETTING);
  const char *campaign, *line;
  GVariantIter iter;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&s&s}", &campaign, &line))
    g_hash_table_replace (self->wanted, g_strdup (campaign), g_strdup (line));
}

/**
 * side_campaign_robot_new:
 * @campaigns: campaigns of a desk that is there
 * @lines: what can be called on
 * @rules: (nullable): the file where acknowledging is written down, where it is not the usual one
 *
 * Returns: (transfer full): what calls for those campaigns that it was told to on this computer
 */
SideCampaignRobot *
side_campaign_robot_new (SideCampaigns *campaigns,
                         SideLines     *lines,
                         const char    *rules)
{
  SideCampaignRobot *self;

  g_return_val_if_fail (SIDE_IS_CAMPAIGNS (campaigns) && SIDE_IS_LINES (lines), NULL);

  self = g_object_new (SIDE_TYPE_CAMPAIGN_ROBOT, NULL);
  self->campaigns = g_object_ref (campaigns);
  self->lines = g_object_ref (lines);
  self->rules = g_strdup (rules);
  recall (self);
  g_signal_connect_object (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (campaigns)), "tick", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * side_campaign_robot_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the desk's one robot
 */
SideCampaignRobot *
side_campaign_robot_get (SideDesk *desk)
{
  SideCampaignRobot *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-campaign-robot");
  if (self == NULL)
    {
      self = side_campaign_robot_new (side_campaigns_get (desk), side_lines_get_default (), NULL);
      g_object_set_data_full (G_OBJECT (desk), "side-campaign-robot", self, g_object_unref);
    }
  return self;
}

/**
 * side_campaign_robot_start:
 * @self: the robot
 * @campaign: id of a campaign that is for the computer
 * @line: id of the telephone line to call on
 * @error: SIDE_ERROR_FORBIDDEN while the rules were not acknowledged, SIDE_ERROR_NOT_FOUND
 *   without that line
 *
 * From now on its calls are made from here, also after the program was started anew.
 *
 * Returns: whether they are
 */
gboolean
side_campaign_robot_start (SideCampaignRobot  *self,
                           const char         *campaign,
                           const char         *line,
                           GError            **error)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self) && campaign != NULL, FALSE);

  if (desk_of (self) == NULL || side_rules_get_acknowledged_ms (desk_of (self), self->rules) == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, _("Read the rules of test calls first."));
      return FALSE;
    }
  if (line == NULL || side_lines_find (self->lines, line) == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, _("There is no telephone line to call on."));
      return FALSE;
    }
  g_hash_table_replace (self->wanted, g_strdup (campaign), g_strdup (line));
  self->again_ms = 0;
  remember (self);
  changed (self);
  look (self);
  return TRUE;
}

/**
 * side_campaign_robot_stop:
 * @self: the robot
 * @campaign: id of a campaign
 *
 * Its calls are not made from here any more; one that goes on goes on.
 */
void
side_campaign_robot_stop (SideCampaignRobot *self,
                          const char        *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self) && campaign != NULL);

  if (!g_hash_table_remove (self->wanted, campaign))
    return;
  remember (self);
  changed (self);
}

/**
 * side_campaign_robot_get_line:
 * @self: the robot
 * @campaign: id of a campaign
 *
 * Returns: (nullable): id of the line its calls are made on from here; %NULL when they are not
 */
const char *
side_campaign_robot_get_line (SideCampaignRobot *self,
                              const char        *campaign)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self) && campaign != NULL, NULL);
  return g_hash_table_lookup (self->wanted, campaign);
}

/**
 * side_campaign_robot_set_paused:
 * @self: the robot
 * @paused: whether no further call is begun
 */
void
side_campaign_robot_set_paused (SideCampaignRobot *self,
                                gboolean           paused)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self));

  if (self->paused == paused)
    return;
  self->paused = paused;
  self->again_ms = 0;
  changed (self);
}

/**
 * side_campaign_robot_get_paused:
 * @self: the robot
 *
 * Returns: whether it makes a pause
 */
gboolean
side_campaign_robot_get_paused (SideCampaignRobot *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self), FALSE);
  return self->paused;
}

/**
 * side_campaign_robot_get_calling:
 * @self: the robot
 * @place: (out) (optional): which of its calls
 *
 * Returns: (nullable): id of the campaign it makes a call of
 */
const char *
side_campaign_robot_get_calling (SideCampaignRobot *self,
                                 guint             *place)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self), NULL);

  if (place != NULL)
    *place = self->place;
  return self->campaign;
}

/**
 * side_campaign_robot_get_run:
 * @self: the robot
 *
 * Returns: (transfer none) (nullable): the call, once it was dialled, until it is over
 */
SideTestRun *
side_campaign_robot_get_run (SideCampaignRobot *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self), NULL);
  return self->run;
}

/**
 * side_campaign_robot_get_trouble:
 * @self: the robot
 *
 * Returns: (nullable): why the last call could not be made, in words
 */
const char *
side_campaign_robot_get_trouble (SideCampaignRobot *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self), NULL);
  return self->trouble;
}

/**
 * side_campaign_robot_hang_up:
 * @self: the robot
 *
 * Ends the call it makes, which counts as it is.
 */
void
side_campaign_robot_hang_up (SideCampaignRobot *self)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_ROBOT (self));

  if (self->run != NULL)
    side_test_run_hang_up (self->run);
}
