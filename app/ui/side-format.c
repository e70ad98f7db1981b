/* side-format.c - words and dates that more than one page shows
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Durations, percents and telephone numbers are formatted in base (they are
 * the same in every language); what must be translated stands here.
 */
#include "side-format.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-time.h"

/**
 * side_format_operator_state:
 * @state: a state
 *
 * Returns: (transfer none): its word
 */
const char *
side_format_operator_state (SideOperatorState state)
{
  switch (state)
    {
    case SIDE_OPERATOR_OFF:
      return C_("operator", "Off");
    case SIDE_OPERATOR_READY:
      return C_("operator", "Free");
    case SIDE_OPERATOR_RINGING:
      return C_("operator", "Ringing");
    case SIDE_OPERATOR_TALKING:
      return C_("operator", "Talking");
    case SIDE_OPERATOR_WRAP_UP:
      return C_("operator", "Wrap-up");
    case SIDE_OPERATOR_BREAK:
      return C_("operator", "Break");
    case SIDE_OPERATOR_UNKNOWN:
    default:
      return C_("operator", "Unknown");
    }
}

/**
 * side_format_state_class:
 * @state: a state
 *
 * Returns: (transfer none): the style class that colours it
 */
const char *
side_format_state_class (SideOperatorState state)
{
  switch (state)
    {
    case SIDE_OPERATOR_READY:
      return "state-ready";
    case SIDE_OPERATOR_RINGING:
      return "state-ringing";
    case SIDE_OPERATOR_TALKING:
      return "state-talking";
    case SIDE_OPERATOR_WRAP_UP:
      return "state-wrap-up";
    case SIDE_OPERATOR_BREAK:
      return "state-break";
    case SIDE_OPERATOR_OFF:
    case SIDE_OPERATOR_UNKNOWN:
    default:
      return "state-off";
    }
}

/**
 * side_format_state_icon:
 * @state: a state
 *
 * Returns: (transfer none): the icon beside its word, so that it is told by
 *   more than colour
 */
const char *
side_format_state_icon (SideOperatorState state)
{
  switch (state)
    {
    case SIDE_OPERATOR_READY:
      return "side-state-ready-symbolic";
    case SIDE_OPERATOR_RINGING:
      return "side-state-ringing-symbolic";
    case SIDE_OPERATOR_TALKING:
      return "side-state-talking-symbolic";
    case SIDE_OPERATOR_WRAP_UP:
      return "side-state-wrap-up-symbolic";
    case SIDE_OPERATOR_BREAK:
      return "side-state-break-symbolic";
    case SIDE_OPERATOR_OFF:
    case SIDE_OPERATOR_UNKNOWN:
    default:
      return "side-state-off-symbolic";
    }
}

/**
 * side_format_outcome:
 * @outcome: how a call ended
 *
 * Returns: (transfer none): its words
 */
const char *
side_format_outcome (SideOutcome outcome)
{
  switch (outcome)
    {
    case SIDE_OUTCOME_ANSWERED:
      return C_("outcome", "Answered");
    case SIDE_OUTCOME_ABANDONED:
      return C_("outcome", "Hung up waiting");
    case SIDE_OUTCOME_TIMED_OUT:
      return C_("outcome", "Queue time-out");
    case SIDE_OUTCOME_NO_OPERATORS:
      return C_("outcome", "No operators");
    case SIDE_OUTCOME_LEFT_BY_KEY:
      return C_("outcome", "Left by key");
    case SIDE_OUTCOME_WITHDRAWN:
      return C_("outcome", "Withdrawn");
    case SIDE_OUTCOME_FAILED:
      return C_("outcome", "Failed");
    case SIDE_OUTCOME_REFUSED:
      return C_("outcome", "Refused");
    case SIDE_OUTCOME_LOST:
      return C_("outcome", "Lost, reason unknown");
    case SIDE_OUTCOME_NONE:
    default:
      return C_("outcome", "In progress");
    }
}

/**
 * side_format_call_title:
 * @call: a call
 *
 * Returns: (transfer none): who took it, or how it ended; of one from a file
 *   whose name tells of nobody, the name
 */
const char *
side_format_call_title (const SideCall *call)
{
  if (side_outcome_is_lost (call->outcome))
    return _("Lost call");
  if (call->operator_name != NULL)
    return call->operator_name;
  return call->imported && call->caller == NULL && call->note != NULL ? call->note : side_format_outcome (call->outcome);
}

/**
 * side_format_role:
 * @role: a role
 *
 * Returns: (transfer none): its word
 */
const char *
side_format_role (SideRole role)
{
  switch (role)
    {
    case SIDE_ROLE_SUPERVISOR:
      return C_("role", "supervisor");
    case SIDE_ROLE_CLIENT:
      return C_("role", "client");
    case SIDE_ROLE_TRAINER:
      return C_("role", "trainer");
    case SIDE_ROLE_OPERATOR:
      return C_("role", "operator");
    case SIDE_ROLE_NONE:
    default:
      return C_("role", "no role");
    }
}

static char *
local (GTimeZone  *zone,
       gint64      at_ms,
       const char *format)
{
  g_autoptr (GDateTime) at = side_time_to_local (zone, at_ms);

  return at != NULL ? g_date_time_format (at, format) : g_strdup ("–");
}

/**
 * side_format_date:
 * @zone: the project's time zone
 * @at_ms: an instant
 * @now_ms: now; the year is left out when it is this year's
 *
 * Returns: (transfer full): "21 November" or "21 November 2025"
 */
char *
side_format_date (GTimeZone *zone,
                  gint64     at_ms,
                  gint64     now_ms)
{
  g_autoptr (GDateTime) at = side_time_to_local (zone, at_ms);
  g_autoptr (GDateTime) now = side_time_to_local (zone, now_ms);

  if (at == NULL || now == NULL)
    return g_strdup ("–");
  if (g_date_time_get_year (at) == g_date_time_get_year (now))
    /* Translators: a day of this year, "21 November"; see g_date_time_format() */
    return g_date_time_format (at, C_("date", "%-d %B"));
  /* Translators: a day of another year, "21 November 2025" */
  return g_date_time_format (at, C_("date", "%-d %B %Y"));
}

/**
 * side_format_time:
 * @zone: the project's time zone
 * @at_ms: an instant
 *
 * Returns: (transfer full): "14:02"
 */
char *
side_format_time (GTimeZone *zone,
                  gint64     at_ms)
{
  return local (zone, at_ms, "%H:%M");
}

/**
 * side_format_time_seconds:
 * @zone: the project's time zone
 * @at_ms: an instant
 *
 * Returns: (transfer full): "14:02:11"
 */
char *
side_format_time_seconds (GTimeZone *zone,
                          gint64     at_ms)
{
  return local (zone, at_ms, "%H:%M:%S");
}

/**
 * side_format_when:
 * @zone: the project's time zone
 * @at_ms: an instant
 * @now_ms: now
 *
 * Returns: (transfer full): the time alone on the same day, else with the
 *   date: "14:02", "20 November, 14:02"
 */
char *
side_format_when (GTimeZone *zone,
                  gint64     at_ms,
                  gint64     now_ms)
{
  g_autofree char *time = side_format_time (zone, at_ms);
  g_autofree char *date = NULL;

  if (side_time_day_start (zone, at_ms) == side_time_day_start (zone, now_ms))
    return g_steal_pointer (&time);
  date = side_format_date (zone, at_ms, now_ms);
  /* Translators: a date and a time: "20 November, 14:02" */
  return g_strdup_printf (C_("date", "%s, %s"), date, time);
}

/**
 * side_format_queues_role:
 * @n_queues: how many queues a project has
 * @role: what the user is there
 *
 * Returns: (transfer full): "2 queues · client"
 */
char *
side_format_queues_role (guint    n_queues,
                         SideRole role)
{
  g_autofree char *queues = g_strdup_printf (ngettext ("%u queue", "%u queues", n_queues), n_queues);

  return g_strdup_printf ("%s · %s", queues, side_format_role (role));
}

/**
 * side_format_queue_name:
 * @project: (nullable): the project's configuration
 * @queue: (nullable): id of a queue
 *
 * Returns: (transfer none): its name, its id where it is not configured, or
 *   an empty text
 */
const char *
side_format_queue_name (const SideProject *project,
                        const char        *queue)
{
  SideQueue *found = NULL;

  if (queue == NULL)
    return "";
  if (project != NULL)
    found = side_project_find_queue (project, queue);
  return found != NULL && found->name != NULL ? found->name : queue;
}

/**
 * side_format_weekday:
 * @day: 0 for Monday to 6 for Sunday
 *
 * Returns: (transfer none): its short name
 */
const char *
side_format_weekday (guint day)
{
  static const char *const days[] = { NC_("weekday", "Mon"), NC_("weekday", "Tue"), NC_("weekday", "Wed"), NC_("weekday", "Thu"),
                                      NC_("weekday", "Fri"), NC_("weekday", "Sat"), NC_("weekday", "Sun") };

  g_return_val_if_fail (day < G_N_ELEMENTS (days), NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", days[day]);
}

/**
 * side_format_error:
 * @error: a failure
 *
 * Returns: (transfer full): a plain sentence for it, in the user's language;
 *   the error's own message is for "Details"
 */
char *
side_format_error (const GError *error)
{
  if (error == NULL || error->domain != SIDE_ERROR)
    return g_strdup (_("Something went wrong."));
  switch ((SideError) error->code)
    {
    case SIDE_ERROR_UNREACHABLE:
      return g_strdup (_("There is no answer at this address. Check the address and the network."));
    case SIDE_ERROR_TIMED_OUT:
      return g_strdup (_("The server did not answer in time."));
    case SIDE_ERROR_DISCONNECTED:
      return g_strdup (_("The connection broke."));
    case SIDE_ERROR_UNTRUSTED:
      return g_strdup (_("The server's certificate is not trusted."));
    case SIDE_ERROR_UNAUTHORIZED:
      return g_strdup (_("The server does not accept this user, password or token."));
    case SIDE_ERROR_FORBIDDEN:
      return g_strdup (_("This user is not allowed to do that."));
    case SIDE_ERROR_RATE_LIMITED:
      return g_strdup (_("Too many attempts. Wait a few minutes and try again."));
    case SIDE_ERROR_INVALID:
      return g_strdup (_("What answers at this address is not a Sidetone server."));
    case SIDE_ERROR_NOT_FOUND:
      return g_strdup (_("There is no such thing on the server."));
    case SIDE_ERROR_CONFLICT:
      return g_strdup (_("Somebody else changed it first."));
    case SIDE_ERROR_TOO_LARGE:
      return g_strdup (_("It is too large."));
    case SIDE_ERROR_UNSUPPORTED:
      return g_strdup (_("This form is not supported."));
    case SIDE_ERROR_BUSY:
      return g_strdup (_("Another program is using the stored calls."));
    case SIDE_ERROR_FULL:
      return g_strdup (_("There is no room left on the disk."));
    case SIDE_ERROR_READ_ONLY:
      return g_strdup (_("The stored calls cannot be written to."));
    case SIDE_ERROR_CORRUPT:
      return g_strdup (_("The stored calls were damaged. The damaged file was kept aside and a new one begun."));
    case SIDE_ERROR_NEWER:
      return g_strdup (_("The stored calls were written by a newer version of this program. Update it to see them."));
    case SIDE_ERROR_EXISTS:
    case SIDE_ERROR_CANCELLED:
    case SIDE_ERROR_FAILED:
    default:
      return g_strdup (_("Something went wrong."));
    }
}
