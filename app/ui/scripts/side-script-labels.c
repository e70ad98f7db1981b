/* side-script-labels.c - how scripts and their parts read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: texts out of a script, for its list, its form and the sheet that an
 * operator has before them.
 */
#include "side-script-labels.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-format.h"
#include "side-script-edit.h"

#define CLOSE 0.001   /* shares of a full mark nearer than this are the same */

/**
 * side_script_label_title:
 * @script: a script
 *
 * Returns: (transfer none): its title, or a word for the lack of it
 */
const char *
side_script_label_title (const SideScript *script)
{
  return script->title != NULL && *script->title != '\0' ? script->title : _("Untitled script");
}

/**
 * side_script_label_queues:
 * @script: a script
 * @project: (nullable): its project
 *
 * Returns: (transfer full): what it is for: "Orders, Returns", "all queues"
 */
char *
side_script_label_queues (const SideScript  *script,
                          const SideProject *project)
{
  g_autoptr (GString) out = NULL;

  if (script->purpose == SIDE_SCRIPT_FOR_TEST_CALLS)
    return g_strdup (_("test calls only"));
  if (script->purpose == SIDE_SCRIPT_FOR_VENDORS)
    return g_strdup (_("call centres"));
  if (script->queues->len == 0)
    return g_strdup (_("all queues"));
  out = g_string_new (NULL);
  for (guint i = 0; i < script->queues->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "",
                            side_format_queue_name (project, g_ptr_array_index (script->queues, i)));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
state_words (const SideScript  *script,
             const SideProject *project,
             gint64             now_ms)
{
  g_autofree char *date = NULL;

  if (script->state == SIDE_SCRIPT_DRAFT)
    return g_strdup (_("draft"));
  if (script->since_ms > 0 && project != NULL)
    date = side_format_date (project->time_zone, script->since_ms, now_ms);
  if (script->state == SIDE_SCRIPT_RETIRED)
    /* Translators: of a script: a date */
    return date != NULL ? g_strdup_printf (_("retired on %s"), date) : g_strdup (_("retired"));
  /* Translators: of a script: a date */
  return date != NULL ? g_strdup_printf (_("in use since %s"), date) : g_strdup (_("in use"));
}

/**
 * side_script_label_row:
 * @script: a script or a draft
 * @project: (nullable): its project
 * @now_ms: now
 *
 * Returns: (transfer full): "v7 · in use since 3 November · Orders"
 */
char *
side_script_label_row (const SideScript  *script,
                       const SideProject *project,
                       gint64             now_ms)
{
  g_autofree char *state = state_words (script, project, now_ms);
  g_autofree char *queues = side_script_label_queues (script, project);

  /* Translators: a script in the list: its version, its state, its queues: "v7 · in use · Orders" */
  return g_strdup_printf (_("v%d · %s · %s"), script->version, state, queues);
}

/**
 * side_script_label_answers:
 * @criterion: a criterion
 *
 * Returns: (transfer full): what can be answered: "Yes / No / N/A", "0 – 3"
 */
char *
side_script_label_answers (const SideCriterion *criterion)
{
  GString *out = g_string_new (NULL);

  if (criterion->answers == SIDE_ANSWERS_SCALE)
    g_string_append_printf (out, "0 – %d", criterion->scale_max);
  else if (criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO)
    g_string_append_printf (out, "%s / %s / %s", C_("answer", "Yes"), C_("answer", "Partly"), C_("answer", "No"));
  else
    g_string_append_printf (out, "%s / %s", C_("answer", "Yes"), C_("answer", "No"));
  if (criterion->allow_na)
    g_string_append_printf (out, " / %s", C_("answer", "N/A"));
  return g_string_free (out, FALSE);
}

/**
 * side_script_label_points:
 * @criterion: a criterion
 *
 * Returns: (transfer full): "5", "+5" for a bonus, or empty when it has none
 */
char *
side_script_label_points (const SideCriterion *criterion)
{
  if (criterion->weight <= 0)
    return g_strdup ("");
  return g_strdup_printf (criterion->bonus ? "+%g" : "%g", criterion->weight);
}

/**
 * side_script_label_critical:
 * @critical: how critical
 *
 * Returns: (transfer none): what a "no" does
 */
const char *
side_script_label_critical (SideCritical critical)
{
  switch (critical)
    {
    case SIDE_CRITICAL_SECTION:
      return _("“No” makes the section 0");
    case SIDE_CRITICAL_SCRIPT:
      return _("“No” makes the whole score 0");
    case SIDE_CRITICAL_NO:
    default:
      return _("Not critical");
    }
}

/**
 * side_script_label_critical_short:
 * @critical: how critical
 *
 * Returns: (transfer none): what it is critical for, in as many words as a
 *   chip has room for
 */
const char *
side_script_label_critical_short (SideCritical critical)
{
  switch (critical)
    {
    case SIDE_CRITICAL_SECTION:
      /* Translators: a chip at a criterion that takes all points of its section */
      return _("critical: section");
    case SIDE_CRITICAL_SCRIPT:
      /* Translators: a chip at a criterion that takes all points of the call */
      return _("critical: call");
    case SIDE_CRITICAL_NO:
    default:
      return "";
    }
}

/**
 * side_script_label_comment:
 * @rule: when words are needed
 *
 * Returns: (transfer none): it in words
 */
const char *
side_script_label_comment (SideCommentRule rule)
{
  switch (rule)
    {
    case SIDE_COMMENT_ON_FAULT:
      return _("Needed with less than a full mark");
    case SIDE_COMMENT_ALWAYS:
      return _("Always needed");
    case SIDE_COMMENT_FREE:
    default:
      return _("Whoever wants to");
    }
}

/**
 * side_script_label_section:
 * @script: a script
 * @section: one of its sections
 *
 * Returns: (transfer full): "10 of 100 points"; bonus points do not count
 */
char *
side_script_label_section (const SideScript  *script,
                           const SideSection *section)
{
  double points = 0;
  double total = side_script_total_weight (script);

  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);

      points += criterion->bonus ? 0 : criterion->weight;
    }
  /* Translators: of a section of a form: its points and those of the whole form */
  return g_strdup_printf (_("%g of %g points"), points, total);
}

static gboolean
same (double a,
      double b)
{
  return fabs (a - b) < CLOSE;
}

/**
 * side_script_list_values:
 * @criterion: a criterion
 *
 * Returns: (transfer full) (element-type double): shares of a full mark that
 *   can be answered, best first
 */
GArray *
side_script_list_values (const SideCriterion *criterion)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  int steps = criterion->answers == SIDE_ANSWERS_SCALE ? MAX (criterion->scale_max, 1)
              : criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO ? 2 : 1;

  for (int i = steps; i >= 0; i--)
    {
      double value = (double) i / steps;

      g_array_append_val (values, value);
    }
  return values;
}

/**
 * side_script_label_value:
 * @criterion: a criterion
 * @value: share of a full mark
 *
 * Returns: (transfer full): the answer as it is given: "Partly", "2"
 */
char *
side_script_label_value (const SideCriterion *criterion,
                         double               value)
{
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    return g_strdup_printf ("%g", round (value * criterion->scale_max));
  if (same (value, 1))
    return g_strdup (C_("answer", "Yes"));
  return g_strdup (value > CLOSE ? C_("answer", "Partly") : C_("answer", "No"));
}

static void
range_free (gpointer data)
{
  SideScriptRange *range = data;

  g_free (range->label);
  g_free (range);
}

static void
add_range (GPtrArray *ranges,
           double     low,
           double     high,
           char      *label)
{
  SideScriptRange *range = g_new0 (SideScriptRange, 1);

  range->low = low;
  range->high = high;
  range->label = label;
  g_ptr_array_add (ranges, range);
}

/**
 * side_script_label_ranges:
 * @criterion: a criterion a condition may be on
 *
 * Returns: (transfer full) (element-type SideScriptRange): the sets of answers
 *   that can be asked for
 */
GPtrArray *
side_script_label_ranges (const SideCriterion *criterion)
{
  GPtrArray *ranges = g_ptr_array_new_with_free_func (range_free);

  if (criterion->answers == SIDE_ANSWERS_SCALE)
    {
      int top = MAX (criterion->scale_max, 1);

      for (int i = 1; i <= top; i++)
        /* Translators: an answer on a scale: "2 or more" */
        add_range (ranges, (double) i / top, 1, i < top ? g_strdup_printf (_("%d or more"), i) : g_strdup_printf ("%d", i));
      for (int i = top - 1; i >= 0; i--)
        /* Translators: an answer on a scale: "2 or less" */
        add_range (ranges, 0, (double) i / top, i > 0 ? g_strdup_printf (_("%d or less"), i) : g_strdup ("0"));
      return ranges;
    }
  add_range (ranges, 1, 1, g_strdup (C_("answer", "Yes")));
  if (criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO)
    {
      add_range (ranges, 0.5, 1, g_strdup (_("Yes or Partly")));
      add_range (ranges, 0.5, 0.5, g_strdup (C_("answer", "Partly")));
      add_range (ranges, 0, 0.5, g_strdup (_("Partly or No")));
    }
  add_range (ranges, 0, 0, g_strdup (C_("answer", "No")));
  return ranges;
}

static char *
range_words (const SideCriterion *on,
             double               low,
             double               high)
{
  g_autoptr (GPtrArray) ranges = side_script_label_ranges (on);

  for (guint i = 0; i < ranges->len; i++)
    {
      const SideScriptRange *range = g_ptr_array_index (ranges, i);

      if (same (range->low, low) && same (range->high, high))
        return g_strdup (range->label);
    }
  /* Translators: a part of a full mark: "from 20 % to 60 % of a full mark" */
  return g_strdup_printf (_("from %g %% to %g %% of a full mark"), round (low * 100), round (high * 100));
}

/**
 * side_script_label_condition:
 * @script: a script
 * @criterion: one of its criteria
 *
 * Returns: (transfer full) (nullable): when it applies: "only where “Asks the
 *   name” is answered Yes"; %NULL when always
 */
char *
side_script_label_condition (const SideScript    *script,
                             const SideCriterion *criterion)
{
  const SideCriterion *on;
  g_autofree char *answers = NULL;

  if (criterion->only_if == NULL)
    return NULL;
  on = side_script_find_criterion (script, criterion->only_if);
  if (on == NULL)
    return g_strdup (_("only where a criterion that is not there any more is answered"));
  answers = range_words (on, criterion->only_low, criterion->only_high);
  /* Translators: a condition: a criterion's wording, and its answer: "only where “Asks the name” is answered Yes" */
  return g_strdup_printf (_("only where “%s” is answered %s"), on->text, answers);
}

/**
 * side_script_label_branch:
 * @script: a script
 * @branch: where a step leads
 *
 * Returns: (transfer full): "2. Finding the need", or that the talk ends
 */
char *
side_script_label_branch (const SideScript *script,
                          const SideBranch *branch)
{
  guint index = side_script_edit_step_index (script, branch->step);

  if (branch->step == NULL || index >= script->steps->len)
    return g_strdup (_("the conversation ends"));
  /* Translators: a step of a conversation: its number and its title */
  return g_strdup_printf (_("%u. %s"), index + 1, ((SideStep *) g_ptr_array_index (script->steps, index))->title);
}

/**
 * side_script_label_conversation:
 * @script: a script
 *
 * Returns: (transfer full): the conversation as plain text, to be printed or
 *   pasted for operators
 */
char *
side_script_label_conversation (const SideScript *script)
{
  GString *out = g_string_new (side_script_label_title (script));

  g_string_append (out, "\n\n");
  for (guint i = 0; i < script->steps->len; i++)
    {
      const SideStep *step = g_ptr_array_index (script->steps, i);

      g_string_append_printf (out, "%u. %s\n", i + 1, step->title);
      if (step->say != NULL && *step->say != '\0')
        g_string_append_printf (out, "%s\n", step->say);
      if (step->hint != NULL && *step->hint != '\0')
        g_string_append_printf (out, "(%s)\n", step->hint);
      for (guint k = 0; k < step->branches->len; k++)
        {
          const SideBranch *branch = g_ptr_array_index (step->branches, k);
          g_autofree char *to = side_script_label_branch (script, branch);

          g_string_append_printf (out, "  %s → %s\n", branch->when != NULL ? branch->when : _("in any other case"), to);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
