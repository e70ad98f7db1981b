/* side-campaign-words.c - campaigns of test calls in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-campaign-words.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-scenario-words.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_campaign_words_title:
 * @campaign: a campaign
 *
 * Returns: (transfer none): its title, or a word in the place of one
 */
const char *
side_campaign_words_title (const SideCampaign *campaign)
{
  return campaign->title != NULL && *campaign->title != '\0' ? campaign->title : _("Untitled");
}

/**
 * side_campaign_words_when:
 * @campaigns: campaigns
 * @campaign: one of them, in whose zone it is told
 * @at_ms: an instant
 *
 * Returns: (transfer full): "Today 22:30"
 */
char *
side_campaign_words_when (SideCampaigns      *campaigns,
                          const SideCampaign *campaign,
                          gint64              at_ms)
{
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (campaigns, campaign);

  return side_format_when (zone, at_ms, side_campaigns_get_now_ms (campaigns));
}

/**
 * side_campaign_words_progress:
 * @campaigns: campaigns
 * @campaign: one of them
 *
 * Returns: (transfer full): "7 of 24 made · next today 22:30"
 */
char *
side_campaign_words_progress (SideCampaigns      *campaigns,
                              const SideCampaign *campaign)
{
  SideCampaignProgress progress;
  g_autoptr (GString) out = g_string_new (NULL);

  side_campaigns_get_progress (campaigns, campaign, &progress);
  /* Translators: so many calls of all that a campaign makes: "7 of 24 made" */
  g_string_append_printf (out, ngettext ("%u of %u made", "%u of %u made", progress.total), progress.made, progress.total);
  if (progress.missed > 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, ngettext ("%u missed", "%u missed", progress.missed), progress.missed);
    }
  if (campaign->closed_ms != 0)
    g_string_append_printf (out, " · %s", C_("campaign", "closed"));
  else if (progress.due > 0)
    {
      g_string_append (out, " · ");
      /* Translators: of calls that are to be made now: "1 is due" */
      g_string_append_printf (out, ngettext ("%u is due", "%u are due", progress.due), progress.due);
    }
  else if (progress.next_ms != 0)
    {
      g_autofree char *when = side_campaign_words_when (campaigns, campaign, progress.next_ms);

      g_string_append (out, " · ");
      /* Translators: when the next call of a campaign is: "next Today 22:30" */
      g_string_append_printf (out, _("next: %s"), when);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_campaign_words_state:
 * @state: of a call
 *
 * Returns: (transfer none): it
 */
const char *
side_campaign_words_state (SideCampaignCallState state)
{
  switch (state)
    {
    case SIDE_CAMPAIGN_CALL_DUE:
      return C_("campaign call", "due now");
    case SIDE_CAMPAIGN_CALL_MISSED:
      return C_("campaign call", "missed");
    case SIDE_CAMPAIGN_CALL_MAKING:
      return C_("campaign call", "being made");
    case SIDE_CAMPAIGN_CALL_MADE:
      return C_("campaign call", "made");
    case SIDE_CAMPAIGN_CALL_SKIPPED:
      return C_("campaign call", "skipped");
    case SIDE_CAMPAIGN_CALL_WAITING:
    default:
      return C_("campaign call", "to come");
    }
}

/**
 * side_campaign_words_icon:
 * @state: of a call
 *
 * Returns: (transfer none): name of the icon that says it
 */
const char *
side_campaign_words_icon (SideCampaignCallState state)
{
  switch (state)
    {
    case SIDE_CAMPAIGN_CALL_DUE:
      return "alarm-symbolic";
    case SIDE_CAMPAIGN_CALL_MISSED:
      return "dialog-warning-symbolic";
    case SIDE_CAMPAIGN_CALL_MAKING:
      return "call-start-symbolic";
    case SIDE_CAMPAIGN_CALL_MADE:
      return "object-select-symbolic";
    case SIDE_CAMPAIGN_CALL_SKIPPED:
      return "action-unavailable-symbolic";
    case SIDE_CAMPAIGN_CALL_WAITING:
    default:
      return "content-loading-symbolic";
    }
}

/**
 * side_campaign_words_scenario:
 * @campaigns: campaigns
 * @id: (nullable): of a scenario
 *
 * Returns: (transfer none): its title, or that it is gone
 */
const char *
side_campaign_words_scenario (SideCampaigns *campaigns,
                              const char    *id)
{
  SideScenarioItem *item = side_scenarios_find (side_campaigns_get_scenarios (campaigns), id);

  return item != NULL ? side_scenario_words_title (side_scenario_item_get (item)) : _("A scenario that was removed");
}

static char *
dup_line (const char *number,
          const char *vendor)
{
  g_autofree char *phone = side_text_phone (number, FALSE);

  return vendor != NULL ? g_strdup_printf ("%s (%s)", vendor, phone) : g_steal_pointer (&phone);
}

/**
 * side_campaign_words_line:
 * @campaigns: campaigns
 * @campaign: one of them
 * @call: one of its calls
 *
 * Returns: (transfer full): whose line is called and its number: "North Calls (+7 495 120-00-07)"
 */
char *
side_campaign_words_line (SideCampaigns          *campaigns,
                          const SideCampaign     *campaign,
                          const SideCampaignCall *call)
{
  const char *vendor = NULL;
  const char *number = side_campaigns_get_number (campaigns, campaign, call, &vendor);

  return dup_line (number, vendor);
}

/**
 * side_campaign_words_alarm:
 * @campaigns: campaigns
 * @campaign: one of them
 * @alarm: one of its alarms
 *
 * Returns: (transfer full): "3 of the last 4 calls failed: Night line, North Calls"
 */
char *
side_campaign_words_alarm (SideCampaigns           *campaigns,
                           const SideCampaign      *campaign,
                           const SideCampaignAlarm *alarm)
{
  const SideCampaignNumber *number = side_campaign_find_number (campaign, alarm->number);
  g_autofree char *line = dup_line (alarm->number, number != NULL ? number->vendor : NULL);

  /* Translators: how many of how many calls; the scenario; the line that was called */
  return g_strdup_printf (ngettext ("%d of the last %d call failed: %s, %s", "%d of the last %d calls failed: %s, %s", (gulong) alarm->of),
                          alarm->failed, alarm->of, side_campaign_words_scenario (campaigns, alarm->scenario), line);
}

static void
append_hours (GString            *out,
              const SideCampaign *campaign)
{
  for (guint i = 0; i < campaign->windows->len; i++)
    {
      g_autofree char *hours = side_scenario_words_hours (&g_array_index (campaign->windows, SideHours, i));

      g_string_append_printf (out, "%s%s", i > 0 ? "; " : " · ", hours);
    }
}

/**
 * side_campaign_words_plan:
 * @campaigns: campaigns
 * @campaign: one of them
 *
 * Returns: (transfer full): when it calls, how often and who does it, in a line
 */
char *
side_campaign_words_plan (SideCampaigns      *campaigns,
                          const SideCampaign *campaign)
{
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (campaigns, campaign);
  gint64 now_ms = side_campaigns_get_now_ms (campaigns);
  g_autofree char *from = side_format_date (zone, campaign->from_ms, now_ms);
  g_autofree char *to = side_format_date (zone, campaign->to_ms - 1, now_ms);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s – %s", from, to);
  append_hours (out, campaign);
  g_string_append_printf (out, " · %s", campaign->robot ? _("called by the computer") : _("called by hand"));
  if (campaign->fail_n > 0 && campaign->fail_m > 0)
    {
      g_string_append (out, " · ");
      /* Translators: when somebody is told that calls fail: "tells of 2 failures in 3 calls" */
      g_string_append_printf (out, _("tells of %d failed of the last %d"), campaign->fail_n, campaign->fail_m);
    }
  if (campaign->seed != NULL)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, _("seed %s"), campaign->seed);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- what is wrong with one ---- */

/* Returns: (nullable): the first of its scenarios that has no number, or with @person needs somebody to talk */
static const SideScenario *
find_wanting (SideCampaigns      *campaigns,
              const SideCampaign *campaign,
              gboolean            person)
{
  for (guint i = 0; i < campaign->scenarios->len; i++)
    {
      SideScenarioItem *item = side_scenarios_find (side_campaigns_get_scenarios (campaigns), campaign->scenarios->pdata[i]);
      const SideScenario *scenario = item != NULL ? side_scenario_item_get (item) : NULL;

      if (scenario != NULL && (person ? !scenario->robot : scenario->number == NULL || *scenario->number == '\0'))
        return scenario;
    }
  return NULL;
}

static gboolean
has_bad_hours (const SideCampaign *campaign)
{
  for (guint i = 0; i < campaign->windows->len; i++)
    {
      const SideHours *hours = &g_array_index (campaign->windows, SideHours, i);

      if (side_hours_is_empty (hours) || !side_hours_are_possible (hours))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_bad_zone (const SideCampaign *campaign)
{
  g_autoptr (GTimeZone) zone = campaign->time_zone != NULL ? side_time_zone_new (campaign->time_zone, NULL) : NULL;

  return campaign->time_zone != NULL && zone == NULL;
}

/**
 * side_campaign_words_check:
 * @campaigns: campaigns
 * @campaign: what somebody fills in
 *
 * Returns: set of 1 << SideCampaignFault
 */
guint
side_campaign_words_check (SideCampaigns      *campaigns,
                           const SideCampaign *campaign)
{
  const gboolean found[SIDE_CAMPAIGN_N_FAULTS] = {
    [SIDE_CAMPAIGN_NO_TITLE] = campaign->title == NULL || *campaign->title == '\0',
    [SIDE_CAMPAIGN_NO_SCENARIO] = campaign->scenarios->len == 0,
    [SIDE_CAMPAIGN_NO_NUMBER] = campaign->numbers->len == 0 && find_wanting (campaigns, campaign, FALSE) != NULL,
    [SIDE_CAMPAIGN_NO_SEED] = campaign->seed == NULL || *campaign->seed == '\0',
    [SIDE_CAMPAIGN_ENDS_EARLY] = campaign->to_ms <= campaign->from_ms,
    [SIDE_CAMPAIGN_TOO_LONG] = campaign->to_ms - campaign->from_ms > SIDE_CAMPAIGN_MAX_DAYS * 24 * SIDE_HOUR_MS,
    [SIDE_CAMPAIGN_NO_HOURS] = has_bad_hours (campaign),
    [SIDE_CAMPAIGN_NO_ZONE] = has_bad_zone (campaign),
    [SIDE_CAMPAIGN_MORE_THAN_LAST] = campaign->fail_n > campaign->fail_m,
    [SIDE_CAMPAIGN_NEEDS_PERSON] = campaign->robot && find_wanting (campaigns, campaign, TRUE) != NULL,
  };
  guint faults = 0;

  for (guint i = 0; i < SIDE_CAMPAIGN_N_FAULTS; i++)
    faults |= found[i] ? 1u << i : 0;
  return faults;
}

/**
 * side_campaign_words_blocks:
 * @fault: what is wrong
 *
 * Returns: whether nothing can be drawn while it is
 */
gboolean
side_campaign_words_blocks (SideCampaignFault fault)
{
  return fault != SIDE_CAMPAIGN_NEEDS_PERSON;
}

/**
 * side_campaign_words_fault:
 * @campaigns: campaigns
 * @campaign: what somebody fills in
 * @fault: something that is wrong with it
 *
 * Returns: (transfer full): what it is, and what helps
 */
char *
side_campaign_words_fault (SideCampaigns      *campaigns,
                           const SideCampaign *campaign,
                           SideCampaignFault   fault)
{
  static const char *const words[SIDE_CAMPAIGN_N_FAULTS] = {
    [SIDE_CAMPAIGN_NO_TITLE] = N_("Give the campaign a title."),
    [SIDE_CAMPAIGN_NO_SCENARIO] = N_("Choose a scenario to call with."),
    [SIDE_CAMPAIGN_NO_SEED] = N_("Type a seed, or draw anew."),
    [SIDE_CAMPAIGN_ENDS_EARLY] = N_("The last day is before the first one."),
    [SIDE_CAMPAIGN_TOO_LONG] = N_("A campaign goes on for 400 days at most."),
    [SIDE_CAMPAIGN_NO_HOURS] = N_("Choose at least one day for all hours, and a time that ends after it begins."),
    [SIDE_CAMPAIGN_NO_ZONE] = N_("There is no such time zone. It is written like Europe/Berlin."),
    [SIDE_CAMPAIGN_MORE_THAN_LAST] = N_("So many cannot fail of fewer calls: look at the alarm."),
  };
  const SideScenario *scenario;

  if (fault != SIDE_CAMPAIGN_NO_NUMBER && fault != SIDE_CAMPAIGN_NEEDS_PERSON)
    return g_strdup (_(words[fault]));
  scenario = find_wanting (campaigns, campaign, fault == SIDE_CAMPAIGN_NEEDS_PERSON);
  if (scenario == NULL)
    return g_strdup ("");
  if (fault == SIDE_CAMPAIGN_NO_NUMBER)
    return g_strdup_printf (_("“%s” has no number of its own: add a number to call."), side_scenario_words_title (scenario));
  return g_strdup_printf (_("“%s” is written for a person who talks. The computer says its steps as they stand."),
                          side_scenario_words_title (scenario));
}
