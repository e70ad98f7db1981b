/* side-live-text.c - the words of the Live page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From figures to what stands on a tile. Pure functions: the same figures
 * always read the same.
 */
#include "side-live-text.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_live_title:
 * @indicator: which
 *
 * Returns: (transfer none): its name
 */
const char *
side_live_title (SideIndicator indicator)
{
  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      return _("Waiting now");
    case SIDE_INDICATOR_LONGEST_WAIT:
      return _("Longest wait");
    case SIDE_INDICATOR_SERVICE_LEVEL:
      return _("Service level");
    case SIDE_INDICATOR_ABANDONED:
      return _("Abandoned");
    case SIDE_INDICATOR_ANSWERED:
      return C_("indicator", "Answered");
    case SIDE_INDICATOR_ASA:
      return _("Avg. answer time");
    case SIDE_INDICATOR_AHT:
      return _("Avg. handling time");
    case SIDE_INDICATOR_OCCUPANCY:
      return _("Occupancy");
    case SIDE_INDICATOR_OPERATORS:
      return _("Operators");
    case SIDE_INDICATOR_CALLBACKS:
      return _("Call-backs due");
    case SIDE_N_INDICATORS:
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * side_live_milliseconds:
 * @ms: a mean of durations, NaN for none
 *
 * Returns: (transfer full): "0:11", or "–"
 */
char *
side_live_milliseconds (double ms)
{
  /* A mean is rounded to the second; only a ticking wait is cut. */
  return side_text_duration (isnan (ms) ? -1 : (gint64) (round (ms / 1000.0) * 1000.0));
}

static char *
percent (double ratio)
{
  /* One digit where whole percents would hide what matters. */
  return side_text_percent (ratio, !isnan (ratio) && ratio > 0 && ratio < 0.0995 ? 1 : 0);
}

/**
 * side_live_value:
 * @indicator: which
 * @figures: the figures of a scope
 *
 * Returns: (transfer full): the number as it stands on a tile; "–" for none
 */
char *
side_live_value (SideIndicator         indicator,
                 const SideIndicators *figures)
{
  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      return g_strdup_printf ("%d", figures->waiting);
    case SIDE_INDICATOR_LONGEST_WAIT:
      return side_text_duration (figures->longest_wait_ms);
    case SIDE_INDICATOR_SERVICE_LEVEL:
      return side_text_percent (figures->service_level, 0);
    case SIDE_INDICATOR_ABANDONED:
      return percent (figures->abandoned_ratio);
    case SIDE_INDICATOR_ANSWERED:
      if (figures->counts.offered == 0)
        return g_strdup ("–");
      return g_strdup_printf ("%" G_GINT64_FORMAT, figures->counts.answered);
    case SIDE_INDICATOR_ASA:
      return side_live_milliseconds (figures->asa_ms);
    case SIDE_INDICATOR_AHT:
      return side_live_milliseconds (figures->aht_ms);
    case SIDE_INDICATOR_OCCUPANCY:
      return side_text_percent (figures->occupancy, 0);
    case SIDE_INDICATOR_OPERATORS:
      return g_strdup_printf ("%d / %d", figures->by_state[SIDE_OPERATOR_TALKING], figures->logged_in);
    case SIDE_INDICATOR_CALLBACKS:
      return g_strdup_printf ("%d", figures->callbacks_due);
    case SIDE_N_INDICATORS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
note_waiting (const SideIndicators *figures,
              const SideProject    *config)
{
  int over = figures->waiting - config->waiting_limit;

  if (over > 0)
    return g_strdup_printf (ngettext ("%d over target", "%d over target", (gulong) over), over);
  return g_strdup_printf (ngettext ("target up to %d", "target up to %d", (gulong) config->waiting_limit),
                          config->waiting_limit);
}

static char *
note_abandoned (const SideCounts *counts)
{
  if (counts->offered == 0)
    return g_strdup (_("no calls"));
  if (counts->short_abandoned > 0)
    /* Translators: abandoned calls, all calls, and those of the abandoned that were short: "9 of 218 · 3 short" */
    return g_strdup_printf (_("%d of %d · %d short"), (int) counts->abandoned, (int) counts->offered,
                            (int) counts->short_abandoned);
  /* Translators: abandoned calls and all calls: "9 of 218" */
  return g_strdup_printf (_("%d of %d"), (int) counts->abandoned, (int) counts->offered);
}

static char *
note_handling (const SideIndicators *figures)
{
  g_autofree char *talk = NULL;
  g_autofree char *wrap = NULL;

  if (figures->counts.handled == 0)
    return g_strdup (_("no calls"));
  talk = side_live_milliseconds (figures->talk_ms + figures->hold_ms);
  wrap = side_live_milliseconds (figures->wrap_ms);
  /* Translators: mean talk time and mean after-call time, "talk 3:05 · wrap 0:37" */
  return g_strdup_printf (_("talk %s · wrap %s"), talk, wrap);
}

static char *
note_operators (const SideIndicators *figures)
{
  /* All of them add up to those logged in, who stand above; those who talk do too. */
  int busy = figures->by_state[SIDE_OPERATOR_TALKING] + figures->by_state[SIDE_OPERATOR_RINGING] +
             figures->by_state[SIDE_OPERATOR_WRAP_UP];
  int ready = figures->by_state[SIDE_OPERATOR_READY];
  int resting = figures->by_state[SIDE_OPERATOR_BREAK];

  if (figures->logged_in == 0)
    return g_strdup (_("nobody logged in"));
  /* Translators: operators by state, as short as can be: "2 free · 5 busy · 1 break" */
  return g_strdup_printf (_("%d free · %d busy · %d break"), ready, busy, resting);
}

/**
 * side_live_note:
 * @indicator: which
 * @figures: the figures of a scope
 * @config: the project's targets
 *
 * Returns: (transfer full): the line under the number
 */
char *
side_live_note (SideIndicator         indicator,
                const SideIndicators *figures,
                const SideProject    *config)
{
  g_autofree char *a = NULL;

  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      return note_waiting (figures, config);
    case SIDE_INDICATOR_LONGEST_WAIT:
      a = side_text_duration (config->wait_limit_ms);
      return g_strdup_printf (_("limit %s"), a);
    case SIDE_INDICATOR_SERVICE_LEVEL:
      /* Translators: target of the service level: 80 % within 20 seconds */
      return g_strdup_printf (_("target %d / %d s"), (int) round (config->target * 100.0),
                              (int) (config->threshold_ms / 1000));
    case SIDE_INDICATOR_ABANDONED:
      return note_abandoned (&figures->counts);
    case SIDE_INDICATOR_ANSWERED:
      if (figures->counts.offered == 0)
        return g_strdup (_("no calls"));
      a = side_text_percent (side_ratio ((double) figures->counts.answered, (double) figures->counts.offered), 0);
      /* Translators: share of answered calls and number of all: "96 % of 218" */
      return g_strdup_printf (_("%s of %d"), a, (int) figures->counts.offered);
    case SIDE_INDICATOR_ASA:
      a = side_text_duration (config->answer_target_ms);
      return g_strdup_printf (_("target %s"), a);
    case SIDE_INDICATOR_AHT:
      return note_handling (figures);
    case SIDE_INDICATOR_OCCUPANCY:
      return g_strdup (_("norm 70–75 %"));
    case SIDE_INDICATOR_OPERATORS:
      return note_operators (figures);
    case SIDE_INDICATOR_CALLBACKS:
      if (figures->callbacks_overdue == 0)
        return g_strdup (_("none overdue"));
      return g_strdup_printf (ngettext ("%d overdue", "%d overdue", (gulong) figures->callbacks_overdue),
                              figures->callbacks_overdue);
    case SIDE_N_INDICATORS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * side_live_period:
 * @period: which
 * @zone: the project's time zone
 * @from_ms: when it began
 * @now_ms: now
 *
 * Returns: (transfer full): "Today, 21 November", "Last hour, since 13:02"
 */
char *
side_live_period (SidePeriod  period,
                  GTimeZone  *zone,
                  gint64      from_ms,
                  gint64      now_ms)
{
  g_autofree char *text = NULL;

  if (period == SIDE_PERIOD_TODAY)
    {
      text = side_format_date (zone, now_ms, now_ms);
      /* Translators: the day: "Today, 21 November" */
      return g_strdup_printf (_("Today, %s"), text);
    }
  text = side_format_time (zone, from_ms);
  if (period == SIDE_PERIOD_HOUR)
    /* Translators: the time it began: "Last hour, since 13:02" */
    return g_strdup_printf (_("Last hour, since %s"), text);
  return g_strdup_printf (_("Last 15 minutes, since %s"), text);
}
