/* side-explain-rows.c - the list below "How is this counted?"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number of calls has its calls below it, a number of operators its
 * operators, and what is due has the records of what is due: each list has as
 * many rows as the number above it says, and its times add up to those in it.
 */
#include "side-explain-rows.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-people.h"
#include "side-text.h"
#include "side-time.h"

/* Takes over the three texts. */
static void
add_row (SideExplainRows *self,
         const char      *id,
         char            *lead,
         char            *title,
         char            *detail)
{
  char *own_id = g_strdup (id);
  SideLiveRecord record = { .id = own_id, .lead = lead, .title = title, .detail = detail };

  g_ptr_array_add (self->texts, own_id);
  g_ptr_array_add (self->texts, lead);
  g_ptr_array_add (self->texts, title);
  g_ptr_array_add (self->texts, detail);
  g_array_append_val (self->records, record);
}

/* ---- calls ---- */

static char *
describe_call (const SideCall *call,
               SideProject    *config,
               gint64          now_ms)
{
  g_autofree char *wait = side_text_duration (side_call_get_wait_ms (call, now_ms));
  g_autofree char *talk = NULL;
  const char *queue = side_format_queue_name (config, call->queue);

  if (call->answered_ms == 0 && call->ended_ms == 0)
    /* Translators: a queue and a time: "Orders · waiting 0:38" */
    return g_strdup_printf (_("%s · waiting %s"), queue, wait);
  if (call->answered_ms == 0)
    /* Translators: a queue, how the call ended, how long the caller waited */
    return g_strdup_printf (_("%s · %s · waited %s"), queue, side_format_outcome (call->outcome), wait);
  talk = side_text_duration (call->ended_ms != 0 ? call->talk_ms + call->hold_ms : now_ms - call->answered_ms);
  /* Translators: a queue, an operator, how long the caller waited, how long they talked */
  return g_strdup_printf (_("%s · %s · waited %s, talked %s"), queue,
                          call->operator_name != NULL ? call->operator_name : "–", wait, talk);
}

static void
add_calls (SideExplainRows  *self,
           SideIndicator     indicator,
           SideBoardProject *project,
           SideProject      *config,
           const SideReach  *reach,
           gboolean          masked)
{
  g_autoptr (GPtrArray) calls = side_indicators_list_calls (project, reach, indicator);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (calls, i);

      add_row (self, call->id, side_format_time_seconds (config->time_zone, call->joined_ms),
               side_text_phone (call->caller, masked), describe_call (call, config, reach->to_ms));
    }
  self->opens = TRUE;
  self->empty = _("No calls");
  self->title = g_strdup_printf (ngettext ("%u call behind this number", "%u calls behind this number", calls->len),
                                 calls->len);
}

/* ---- call-backs ---- */

/* "41:10"; beyond two days in days, since nobody reckons those in hours. */
static char *
age_of (gint64 ms)
{
  gint64 days = ms / (24 * 3600000LL);

  if (days < 2)
    return side_text_duration (MAX (ms, 0));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
}

static char *
describe_callback (const SideCallback *callback,
                   SideProject        *config,
                   gint64              now_ms)
{
  const char *queue = side_format_queue_name (config, callback->queue);
  g_autofree char *age = age_of (now_ms - callback->lost_ms);
  g_autofree char *tried = NULL;

  if (callback->attempts == 0)
    tried = g_strdup (_("asked to be called back"));
  else
    tried = g_strdup_printf (ngettext ("called %d time", "called %d times", (gulong) callback->attempts), callback->attempts);
  if (now_ms - callback->lost_ms > config->callback_due_ms)
    /* Translators: a queue, "called 2 times", how long ago the call was lost: "Orders · called 2 times · overdue, lost 41:10 ago" */
    return g_strdup_printf (_("%s · %s · overdue, lost %s ago"), queue, tried, age);
  /* Translators: a queue, "called 2 times", how long ago the call was lost */
  return g_strdup_printf (_("%s · %s · lost %s ago"), queue, tried, age);
}

static void
add_callbacks (SideExplainRows  *self,
               SideBoardProject *project,
               SideProject      *config,
               const SideReach  *reach,
               gboolean          masked)
{
  for (guint i = 0; i < project->callbacks->len; i++)
    {
      const SideCallback *callback = g_ptr_array_index (project->callbacks, i);
      g_autofree char *id = g_strdup_printf ("%s %s", callback->caller, callback->dialled);

      if (callback->closed_ms != 0)
        continue;
      add_row (self, callback->call != NULL ? callback->call : id,
               side_format_when (config->time_zone, callback->lost_ms, reach->to_ms),
               side_text_phone (callback->caller, masked), describe_callback (callback, config, reach->to_ms));
    }
  self->opens = TRUE;
  self->empty = _("Nobody has to be called back");
  self->title = g_strdup_printf (ngettext ("%u caller behind this number", "%u callers behind this number",
                                           self->records->len), self->records->len);
}

/* ---- operators ---- */

static const char *
name_of (const SideOperator *op)
{
  return op->name != NULL ? op->name : op->alias != NULL ? op->alias : op->id;
}

static void
title_operators (SideExplainRows *self)
{
  self->empty = _("No operators");
  self->title = g_strdup_printf (ngettext ("%u operator behind this number", "%u operators behind this number",
                                           self->records->len), self->records->len);
}

/* Those who are here now. */
static void
add_operators (SideExplainRows  *self,
               SideBoardProject *project,
               SideProject      *config,
               const SideReach  *reach,
               gboolean          masked)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);
      g_autofree char *detail = NULL;

      if (op->state == SIDE_OPERATOR_OFF || op->state == SIDE_OPERATOR_UNKNOWN)
        continue;
      detail = side_people_describe (op, project, config, masked);
      add_row (self, op->id, side_text_duration (MAX (reach->to_ms - op->since_ms, 0)), g_strdup (name_of (op)),
               g_strjoin (*detail != '\0' ? " · " : "", side_format_operator_state (op->state), detail, NULL));
    }
  title_operators (self);
}

/* Those who were here in the period, with the times that were put in. */
static void
add_times (SideExplainRows  *self,
           SideBoardProject *project,
           const SideReach  *reach)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);
      gint64 busy_ms = 0, ready_ms = 0;
      g_autofree char *busy = NULL;
      g_autofree char *ready = NULL;

      side_operator_add_times (op, reach->from_ms, reach->to_ms, &busy_ms, &ready_ms);
      if (busy_ms + ready_ms == 0)
        continue;
      busy = side_text_duration (busy_ms);
      ready = side_text_duration (ready_ms);
      /* Translators: how long an operator was busy and ready for calls: "busy 12:04, ready 41:10" */
      add_row (self, op->id, side_text_percent (side_ratio ((double) busy_ms, (double) (busy_ms + ready_ms)), 0),
               g_strdup (name_of (op)), g_strdup_printf (_("busy %s, ready %s"), busy, ready));
    }
  title_operators (self);
}

/**
 * side_explain_rows_new:
 * @indicator: a number
 * @project: the project on the board
 * @config: its configuration
 * @reach: what the number was counted for
 * @masked: whether to hide a part of the callers' numbers
 *
 * Returns: (transfer full): what stands behind it
 */
SideExplainRows *
side_explain_rows_new (SideIndicator     indicator,
                       SideBoardProject *project,
                       SideProject      *config,
                       const SideReach  *reach,
                       gboolean          masked)
{
  SideExplainRows *self = g_new0 (SideExplainRows, 1);

  self->records = g_array_new (FALSE, FALSE, sizeof (SideLiveRecord));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  if (indicator == SIDE_INDICATOR_CALLBACKS)
    add_callbacks (self, project, config, reach, masked);
  else if (indicator == SIDE_INDICATOR_OPERATORS)
    add_operators (self, project, config, reach, masked);
  else if (indicator == SIDE_INDICATOR_OCCUPANCY)
    add_times (self, project, reach);
  else
    add_calls (self, indicator, project, config, reach, masked);
  return self;
}

/**
 * side_explain_rows_free:
 * @self: (transfer full): rows
 */
void
side_explain_rows_free (SideExplainRows *self)
{
  g_free (self->title);
  g_array_unref (self->records);
  g_ptr_array_unref (self->texts);
  g_free (self);
}
