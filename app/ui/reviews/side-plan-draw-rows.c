/* side-plan-draw-rows.c - what a plan was drawn from, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The period, what else narrowed the calls, how they were drawn; and after a
 * check which calls came late, are gone, or are counted elsewhere now.
 */
#include "side-plan-draw-rows.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-plan-frame.h"
#include "side-plan-rows.h"
#include "side-plan-words.h"
#include "side-text.h"

#define MAX_NAMED 50   /* calls that are told one by one */

/**
 * side_plan_checked_clear:
 * @self: what drawing once more came to; nothing afterwards
 */
void
side_plan_checked_clear (SidePlanChecked *self)
{
  g_clear_pointer (&self->report, side_plan_report_free);
  g_clear_pointer (&self->failed, g_free);
}

/* ---- what narrowed it ---- */

static char *
tell_queues (const SideProject   *project,
             const SideCallQuery *query)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; query->queues != NULL && query->queues[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", side_format_queue_name (project, query->queues[i]));
  return names->len > 0 ? g_strdup_printf (ngettext ("Queue: %s", "Queues: %s", g_strv_length (query->queues)), names->str) : NULL;
}

/* The calls of the plan know what the operator is called. */
static char *
tell_operator (SidePlans           *plans,
               const SidePlan      *plan,
               const SideCallQuery *query)
{
  g_autoptr (GArray) work = NULL;
  const char *name;

  if (query->operators == NULL || query->operators[0] == NULL)
    return NULL;
  name = query->operators[0];
  work = side_plans_list_work (plans, plan->id, NULL, FALSE);
  for (guint i = 0; i < work->len; i++)
    {
      const SideCall *call = g_array_index (work, SideWork, i).call;

      if (call != NULL && call->operator_name != NULL && g_strcmp0 (call->operator_id, query->operators[0]) == 0)
        name = call->operator_name;
    }
  return g_strdup_printf (_("Operator: %s"), name);
}

static void
add_line (GString *text,
          char    *line)
{
  if (line != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

/**
 * side_plan_draw_rows_narrowed:
 * @desk: whose project
 * @plans: where the plan's calls are
 * @plan: a plan
 *
 * Returns: (transfer full): what a call had to be like beside its period, a
 *   condition a line
 */
char *
side_plan_draw_rows_narrowed (SideDesk       *desk,
                              SidePlans      *plans,
                              const SidePlan *plan)
{
  g_autoptr (SideCallQuery) query = side_plan_frame_query (desk, plan);
  const SideProject *project = side_desk_get_project (desk);
  GString *text = g_string_new (NULL);
  gint64 seconds = query->min_talk_ms / 1000;

  add_line (text, project != NULL ? tell_queues (project, query) : NULL);
  add_line (text, tell_operator (plans, plan, query));
  add_line (text, side_plan_frame_words (desk, plan));
  if (seconds > 0)
    add_line (text, g_strdup_printf (ngettext ("Conversations of %d second and more", "Conversations of %d seconds and more", (gulong) seconds),
                                     (int) seconds));
  add_line (text, g_strdup (_("With a recording, without test calls")));
  return g_string_free (text, FALSE);
}

/* ---- what a check found ---- */

/**
 * side_plan_draw_rows_verdict:
 * @report: what drawing once more came to
 *
 * Returns: (transfer full): whether the list stands, in a sentence or two
 */
char *
side_plan_draw_rows_verdict (const SidePlanReport *report)
{
  const char *same = report->kept ? _("Drawn again from the list of calls that was kept: the same calls, replacements among them.")
                                  : _("The list is what the seed gives, replacements among it.");

  switch (report->check)
    {
    case SIDE_PLAN_CHECK_SAME:
      if (report->left_out->len > 0)
        return g_strdup_printf (_("%s But not all calls that fit are in that list: it does not stand for them."), same);
      if (report->kept && report->late->len + report->gone->len + report->moved->len == 0)
        return g_strdup_printf (_("%s The same conditions give the same calls today."), same);
      return g_strdup (same);
    case SIDE_PLAN_CHECK_OTHER_CALLS:
      return g_strdup (_("The calls it was drawn from are not the same on this computer now, so it cannot be told."));
    case SIDE_PLAN_CHECK_OTHER_DRAW:
    default:
      return g_strdup (_("The list is not what the seed gives: somebody has changed it."));
    }
}

static void
add_warning (GtkWidget  *group,
             const char *title,
             const char *subtitle)
{
  GtkWidget *row = side_plan_rows_add (group, title, subtitle, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
}

/* Each by when it came and whose it was, as far as it is here; else by its id. */
static void
add_calls (GtkWidget            *group,
           SideDesk             *desk,
           const SidePlanReport *report,
           GPtrArray            *ids,
           char                 *title,
           const char           *subtitle)
{
  g_autofree char *words = title;
  GtkWidget *row;

  if (ids->len == 0)
    return;
  row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  for (guint i = 0; i < ids->len && i < MAX_NAMED; i++)
    {
      const char *id = ids->pdata[i];
      const SideCall *call = g_hash_table_lookup (report->calls, id);
      g_autofree char *name = call != NULL ? side_plan_words_call (desk, call) : g_strdup (id);
      GtkWidget *child = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (child), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (child), name);
      if (call != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (child), id);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), child);
    }
  if (ids->len > MAX_NAMED)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("and %u more", "and %u more", ids->len - MAX_NAMED), ids->len - MAX_NAMED);
      GtkWidget *child = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (child), rest);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), child);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_report (GtkWidget            *group,
            SideDesk             *desk,
            const SidePlanReport *report)
{
  guint late = report->late->len, left_out = report->left_out->len, gone = report->gone->len, moved = report->moved->len;

  add_calls (group, desk, report, report->left_out, g_strdup_printf (ngettext ("%u call was left out", "%u calls were left out", left_out), left_out),
             _("Found by the same conditions, and over for a day and more when the plan was made. Ask whoever made it why."));
  add_calls (group, desk, report, report->late, g_strdup_printf (ngettext ("%u call came late", "%u calls came late", late), late),
             _("The same conditions give this today, and it was not on the computer that drew."));
  add_calls (group, desk, report, report->gone, g_strdup_printf (ngettext ("%u call is not found any more", "%u calls are not found any more", gone), gone),
             _("It was drawn from, and today it does not fit the conditions or is not on this computer."));
  add_calls (group, desk, report, report->moved,
             g_strdup_printf (ngettext ("%u call belongs elsewhere now", "%u calls belong elsewhere now", moved), moved),
             _("Its operator, queue or hour is another than when it was drawn."));
}

/* ---- the group ---- */

static char *
tell_strata (const SidePlan *plan)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if ((plan->strata & SIDE_PLAN_BY_OPERATOR) != 0)
    g_ptr_array_add (parts, (gpointer) C_("in proportion to", "operators"));
  if ((plan->strata & SIDE_PLAN_BY_QUEUE) != 0)
    g_ptr_array_add (parts, (gpointer) C_("in proportion to", "queues"));
  if ((plan->strata & SIDE_PLAN_BY_HOUR) != 0)
    g_ptr_array_add (parts, (gpointer) C_("in proportion to", "hours"));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

static char *
tell_period (SideDesk          *desk,
             const SideProject *project,
             const SidePlan    *plan)
{
  gint64 now_ms = side_desk_get_write_ms (desk);
  g_autofree char *from = plan->from_ms != 0 ? side_format_date (project->time_zone, plan->from_ms, now_ms) : NULL;
  g_autofree char *to = plan->to_ms != 0 ? side_format_date (project->time_zone, plan->to_ms - 1, now_ms) : NULL;

  if (from == NULL && to == NULL)
    return g_strdup (_("All time"));
  if (from == NULL)
    /* Translators: a period that ends with that day: "Until 22 November" */
    return g_strdup_printf (_("Until %s"), to);
  return g_strdup_printf ("%s – %s", from, to != NULL ? to : "…");
}

/* Returns: (nullable): what asks for a check */
static GtkWidget *
add_lots (GtkWidget             *group,
          SideDesk              *desk,
          const SidePlan        *plan,
          const SidePlanChecked *checked)
{
  g_autofree char *strata = tell_strata (plan);
  g_autofree char *verdict = checked->report != NULL ? side_plan_draw_rows_verdict (checked->report) : g_strdup (checked->failed);
  GtkWidget *row, *button;

  if (strata != NULL)
    side_plan_rows_add (group, _("In proportion to"), NULL, strata);
  if (plan->frame == NULL && plan->frame_calls > 0)
    add_warning (group, _("The list of calls is not kept"),
                 _("Only its checksum is: the draw can be checked as long as the same calls are on a computer."));
  row = side_plan_rows_add (group, _("Seed"), verdict, plan->seed);
  button = gtk_button_new_with_mnemonic (_("_Check the Draw"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  if (checked->report != NULL)
    add_report (group, desk, checked->report);
  return button;
}

/**
 * side_plan_draw_rows_add:
 * @box: what the group is added to
 * @desk: whose project
 * @plans: where the plan's calls are
 * @plan: a plan
 * @checked: what a check came to, if there was one
 *
 * Returns: (transfer none) (nullable): the button that asks for a check; %NULL
 *   for a chosen plan
 */
GtkWidget *
side_plan_draw_rows_add (GtkWidget             *box,
                         SideDesk              *desk,
                         SidePlans             *plans,
                         const SidePlan        *plan,
                         const SidePlanChecked *checked)
{
  const SideProject *project = side_desk_get_project (desk);
  gboolean drawn = plan->kind == SIDE_PLAN_RANDOM;
  g_autofree char *period = NULL, *calls = NULL, *narrowed = NULL;
  GtkWidget *group;

  if (project == NULL)
    return NULL;
  group = side_plan_rows_group (box, drawn ? _("The Draw") : _("Where They Were Looked For"), NULL);
  period = tell_period (desk, project, plan);
  calls = g_strdup_printf (ngettext ("%d call", "%d calls", plan->frame_calls), plan->frame_calls);
  narrowed = side_plan_draw_rows_narrowed (desk, plans, plan);
  side_plan_rows_add (group, drawn ? _("Drawn from") : _("Period"), period, drawn ? calls : NULL);
  side_plan_rows_add (group, _("Only such calls"), narrowed, NULL);
  if (plan->frame_partial)
    add_warning (group, _("Not all calls were there"),
                 _("The computer that made the plan did not have all calls of the server then. Others may belong to it."));
  return drawn ? add_lots (group, desk, plan, checked) : NULL;
}
