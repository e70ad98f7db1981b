/* side-alert-rule-read.c - reads a rule of alerts from the dialog it is filled in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With each field it says what is wrong there, in words for people: those of
 * side_alert_rule_check() are for programs.
 */
#include "side-alert-rule-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "side-alert-sentence.h"
#include "side-text.h"
#include "side-time.h"

const SideOperatorState side_alert_rule_states[SIDE_N_ALERT_RULE_STATES] = {
  SIDE_OPERATOR_BREAK, SIDE_OPERATOR_WRAP_UP, SIDE_OPERATOR_TALKING, SIDE_OPERATOR_RINGING, SIDE_OPERATOR_READY,
};

/* ---- reading what was typed: each returns what is wrong with it, or NULL ---- */

SideAlertUnit
side_alert_rule_unit (SideAlertWatch watch)
{
  if (watch == SIDE_ALERT_LONGEST_WAIT || watch == SIDE_ALERT_OPERATOR_STATE || watch == SIDE_ALERT_STALE)
    return UNIT_TIME;
  return watch == SIDE_ALERT_SERVICE_LEVEL || watch == SIDE_ALERT_ABANDONED || watch == SIDE_ALERT_OCCUPANCY ? UNIT_SHARE : UNIT_COUNT;
}

/* Whether the figure comes back step by step: a time that begins anew does not. */
gboolean
side_alert_rule_comes_back (SideAlertWatch watch)
{
  return watch != SIDE_ALERT_OPERATOR_STATE && watch != SIDE_ALERT_STALE;
}

static char *
dup_text (SideAlertRuleDialog *self,
          FieldId              field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entries[field]))));
}

static const char *
read_time (const char *text,
           double     *value)
{
  gint64 ms;

  if (!side_text_parse_duration (text, &ms))
    return _("This is not a time. Write minutes and seconds, as 0:45.");
  *value = (double) ms / SIDE_SECOND_MS;
  return *value <= SIDE_ALERT_MAX_LIMIT ? NULL : _("This is too long.");
}

static const char *
read_share (const char *text,
            double     *value)
{
  g_autofree char *number = g_strdelimit (g_strdup (text), ",", '.');
  char *sign = strchr (number, '%'), *end = NULL;

  if (sign != NULL && sign[1] == '\0')
    *sign = '\0';
  g_strchomp (number);
  *value = g_ascii_strtod (number, &end);
  if (*number == '\0' || *end != '\0' || strspn (number, "0123456789.") != strlen (number))
    return _("This is not a number. Write per cent, as 80.");
  return *value <= 100 ? NULL : _("A share is not more than 100 per cent.");
}

static const char *
read_count (const char *text,
            double      most,
            double     *value)
{
  if (strspn (text, "0123456789") != strlen (text) || *text == '\0')
    return _("Write a whole number, as 5.");
  *value = g_ascii_strtod (text, NULL);
  return *value <= most ? NULL : _("This number is too large.");
}

static const char *
read_clock (const char *text,
            int         most,
            int        *minute)
{
  int hour, rest;
  char behind;

  if (sscanf (text, "%2d:%2d%c", &hour, &rest, &behind) != 2 || hour < 0 || rest < 0 || rest > 59 || hour * 60 + rest > most)
    return _("This is not a time of the day. Write hours and minutes, as 09:00.");
  *minute = hour * 60 + rest;
  return NULL;
}

/* Whether it is a figure of that watch. An empty one is none: NaN. */
const char *
side_alert_rule_read_limit (SideAlertRuleDialog *self,
            FieldId              field,
            SideAlertWatch       watch,
            double              *value)
{
  g_autofree char *text = dup_text (self, field);

  *value = NAN;
  if (*text == '\0')
    return NULL;
  if (side_alert_rule_unit (watch) == UNIT_TIME)
    return read_time (text, value);
  return side_alert_rule_unit (watch) == UNIT_SHARE ? read_share (text, value) : read_count (text, SIDE_ALERT_MAX_LIMIT, value);
}

static const char *
read_whole (SideAlertRuleDialog *self,
            FieldId              field,
            int                  most,
            int                 *value)
{
  g_autofree char *text = dup_text (self, field);
  double number = 0;
  const char *fault = *text != '\0' ? read_count (text, most, &number) : NULL;

  *value = fault == NULL ? (int) number : 0;
  return fault;
}

static const char *
read_hold (SideAlertRuleDialog *self,
           int                 *hold_s)
{
  g_autofree char *text = dup_text (self, FIELD_HOLD);
  double value = 0;
  const char *fault = *text != '\0' ? read_time (text, &value) : NULL;

  if (fault == NULL && value > SIDE_ALERT_MAX_HOLD_S)
    fault = _("This is more than an hour.");
  *hold_s = fault == NULL ? (int) ceil (value) : 0;
  return fault;
}

/* ---- the rule they make ---- */

SideAlertWatch
side_alert_rule_get_watch (SideAlertRuleDialog *self)
{
  return (SideAlertWatch) adw_combo_row_get_selected (ADW_COMBO_ROW (self->watch));
}

static void
read_hours (SideAlertRuleDialog *self,
            SideAlertRule       *rule,
            const char         **faults)
{
  g_autofree char *from = dup_text (self, FIELD_FROM), *to = dup_text (self, FIELD_TO);

  rule->hours = side_hours_always ();
  if (adw_combo_row_get_selected (ADW_COMBO_ROW (self->when)) == 0)
    return;
  rule->hours.weekdays = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[i])))
      rule->hours.weekdays |= 1u << i;
  if (rule->hours.weekdays == 0)
    faults[FIELD_DAYS] = _("Choose at least one day.");
  faults[FIELD_FROM] = read_clock (from, SIDE_HOURS_DAY - 1, &rule->hours.from_minute);
  faults[FIELD_TO] = read_clock (to, SIDE_HOURS_DAY, &rule->hours.to_minute);
  if (faults[FIELD_FROM] == NULL && faults[FIELD_TO] == NULL && rule->hours.from_minute == rule->hours.to_minute)
    faults[FIELD_TO] = _("It ends when it begins: there would be no hours. For the whole day write 00:00 and 24:00.");
}

/* What does not go together, of fields each of which can be read. */
static void
compare_limits (const SideAlertRule  *rule,
                const char          **faults)
{
  gboolean below = side_alert_rule_is_below (rule);
  double end = side_alert_sentence_end (rule);

  if (isnan (rule->warning) && isnan (rule->alarm))
    faults[FIELD_ALARM] = _("A rule needs a limit: one for a warning, one for an alarm, or both.");
  else if (below && rule->warning == 0)
    faults[FIELD_WARNING] = _("It can never be below 0.");
  else if (below && rule->alarm == 0)
    faults[FIELD_ALARM] = _("It can never be below 0.");
  else if (side_alert_rule_is_passed (rule, rule->alarm, rule->warning))
    faults[FIELD_WARNING] = below ? _("The warning has to come before the alarm: its limit cannot be the smaller one.")
                                  : _("The warning has to come before the alarm: its limit cannot be the greater one.");
  else if (end < 0 || (side_alert_rule_is_share (rule) && end > 100))
    faults[FIELD_BACK] = _("It could never be over: so far back it cannot come.");
}

static void
read_limits (SideAlertRuleDialog  *self,
             SideAlertRule        *rule,
             const char          **faults)
{
  rule->minutes = rule->least = 0;
  if (side_alert_rule_is_share (rule))
    {
      faults[FIELD_LEAST] = read_whole (self, FIELD_LEAST, SIDE_ALERT_MAX_LEAST, &rule->least);
      faults[FIELD_MINUTES] = read_whole (self, FIELD_MINUTES, G_MAXINT, &rule->minutes);
      if (rule->minutes > SIDE_ALERT_MAX_MINUTES)
        faults[FIELD_MINUTES] = _("A day has 1440 minutes, and no more are looked at.");
    }
  faults[FIELD_WARNING] = side_alert_rule_read_limit (self, FIELD_WARNING, rule->watch, &rule->warning);
  faults[FIELD_ALARM] = side_alert_rule_read_limit (self, FIELD_ALARM, rule->watch, &rule->alarm);
  rule->back = NAN;
  if (side_alert_rule_comes_back (rule->watch))
    faults[FIELD_BACK] = side_alert_rule_read_limit (self, FIELD_BACK, rule->watch, &rule->back);
  if (isnan (rule->back))
    rule->back = 0;
  if (faults[FIELD_WARNING] == NULL && faults[FIELD_ALARM] == NULL && faults[FIELD_BACK] == NULL)
    compare_limits (rule, faults);
}

/* Returns: (transfer full): what was filled in, with what is wrong of it in @faults */
SideAlertRule *
side_alert_rule_read (SideAlertRuleDialog  *self,
          const char          **faults)
{
  SideAlertRule *rule = side_alert_rule_copy (self->rule);
  guint queue = adw_combo_row_get_selected (ADW_COMBO_ROW (self->queue));

  for (guint i = 0; i < N_FIELDS; i++)
    faults[i] = NULL;
  g_clear_pointer (&rule->queue, g_free);
  g_clear_pointer (&rule->title, g_free);
  rule->watch = side_alert_rule_get_watch (self);
  rule->state = SIDE_OPERATOR_UNKNOWN;
  if (rule->watch == SIDE_ALERT_OPERATOR_STATE)
    rule->state = side_alert_rule_states[adw_combo_row_get_selected (ADW_COMBO_ROW (self->state))];
  if (rule->watch != SIDE_ALERT_STALE && queue < self->queues->len)
    rule->queue = g_strdup (self->queues->pdata[queue]);
  read_limits (self, rule, faults);
  faults[FIELD_HOLD] = read_hold (self, &rule->hold_s);
  read_hours (self, rule, faults);
  rule->title = dup_text (self, FIELD_TITLE);
  if (*rule->title == '\0')
    g_clear_pointer (&rule->title, g_free);
  return rule;
}
