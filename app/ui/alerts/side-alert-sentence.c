/* side-alert-sentence.c - what a rule of alerts will do, in whole sentences
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-sentence.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-alert-words.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_alert_sentence_end:
 * @rule: a rule with a limit
 *
 * Returns: the figure at which what began at the first of its limits is over
 */
double
side_alert_sentence_end (const SideAlertRule *rule)
{
  double limit;

  g_return_val_if_fail (rule != NULL, NAN);

  limit = isnan (rule->warning) ? rule->alarm : rule->warning;
  return side_alert_rule_is_below (rule) ? limit + rule->back : limit - rule->back;
}

/* Returns: (transfer full): when it is beyond @limit, as the end of a sentence */
static char *
dup_condition (const SideAlertRule *rule,
               double               limit)
{
  g_autofree char *value = side_alert_words_value (rule, limit);
  guint n = (guint) CLAMP (limit, 0, SIDE_ALERT_MAX_LIMIT);

  switch (rule->watch)
    {
    case SIDE_ALERT_WAITING:
      return g_strdup_printf (ngettext ("more than %u caller waits", "more than %u callers wait", n), n);
    case SIDE_ALERT_LONGEST_WAIT:
      return g_strdup_printf (_("a caller waits longer than %s"), value);
    case SIDE_ALERT_SERVICE_LEVEL:
      return g_strdup_printf (_("the service level is below %s"), value);
    case SIDE_ALERT_ABANDONED:
      return g_strdup_printf (_("more than %s of the callers give up"), value);
    case SIDE_ALERT_FREE_OPERATORS:
      return g_strdup_printf (ngettext ("fewer than %u operator is free", "fewer than %u operators are free", n), n);
    case SIDE_ALERT_OCCUPANCY:
      return g_strdup_printf (_("the occupancy is over %s"), value);
    case SIDE_ALERT_OPERATOR_STATE:
      /* Translators: a state and a time: "an operator is in the state “Break” for longer than 30:00" */
      return g_strdup_printf (_("an operator is in the state “%s” for longer than %s"), side_format_operator_state (rule->state), value);
    case SIDE_ALERT_CALLBACKS:
      return g_strdup_printf (ngettext ("more than %u call-back is overdue", "more than %u call-backs are overdue", n), n);
    case SIDE_ALERT_STALE:
      return g_strdup_printf (_("nothing is heard of the telephone exchange for longer than %s"), value);
    case SIDE_N_ALERT_WATCHES:
    default:
      return g_strdup (value);
    }
}

G_GNUC_PRINTF (2, 3)
static void
add_sentence (GString    *out,
              const char *format,
              ...)
{
  va_list args;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  va_start (args, format);
  g_string_append_vprintf (out, format, args);
  va_end (args);
}

/* Of what begins anew from nothing it is said what ends it, not the figure. */
static void
add_end (GString             *out,
         const SideAlertRule *rule)
{
  double at = side_alert_sentence_end (rule);
  g_autofree char *end = side_alert_words_value (rule, at);

  if (rule->watch == SIDE_ALERT_OPERATOR_STATE)
    add_sentence (out, "%s", _("It is over when the operator’s state is another."));
  else if (rule->watch == SIDE_ALERT_STALE)
    add_sentence (out, "%s", _("It is over when the exchange is heard again."));
  else if (side_alert_rule_is_below (rule))
    add_sentence (out, _("It is over at %s or more."), end);
  else if (at > 0)
    add_sentence (out, _("It is over at %s or less."), end);
  else
    add_sentence (out, _("It is over at %s."), end);
}

static void
add_conditions (GString             *out,
                const SideAlertRule *rule)
{
  g_autofree char *warning = isnan (rule->warning) ? NULL : dup_condition (rule, rule->warning);
  g_autofree char *alarm = isnan (rule->alarm) ? NULL : dup_condition (rule, rule->alarm);
  g_autofree char *hold = side_text_duration ((gint64) rule->hold_s * SIDE_SECOND_MS);

  if (warning != NULL)
    add_sentence (out, _("A warning when %s."), warning);
  if (alarm != NULL)
    add_sentence (out, _("An alarm when %s."), alarm);
  if (side_alert_rule_is_share (rule) && rule->minutes > 0)
    add_sentence (out, ngettext ("The last minute counts.", "The last %d minutes count.", (gulong) rule->minutes), rule->minutes);
  else if (side_alert_rule_is_share (rule))
    add_sentence (out, "%s", _("All of today counts."));
  if (rule->least > 0)
    add_sentence (out, ngettext ("Before %d call nothing is said.", "Before %d calls nothing is said.", (gulong) rule->least), rule->least);
  if (rule->hold_s > 0)
    add_sentence (out, _("It is told once it has been so for %s."), hold);
  add_end (out, rule);
}

/**
 * side_alert_sentence_dup:
 * @rule: a rule that can be watched
 * @project: (nullable): its project
 *
 * Returns: (transfer full): when it warns and alarms, when that is over, where and when it is watched
 */
char *
side_alert_sentence_dup (const SideAlertRule *rule,
                         const SideProject   *project)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *hours = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  hours = side_alert_words_hours (&rule->hours);
  add_conditions (out, rule);
  if (rule->queue != NULL)
    add_sentence (out, _("Watched in “%s” only."), side_format_queue_name (project, rule->queue));
  else if (rule->watch != SIDE_ALERT_STALE)
    add_sentence (out, "%s", _("All queues are watched."));
  if (hours != NULL)
    add_sentence (out, _("Hours: %s."), hours);
  return g_strdup (out->str);
}
