/* side-script-check-steps.c - where a script's conversation leads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps as a graph: a step's branches lead on; without any, the next step
 * follows, and behind the last one is the end.
 */
#include "side-script-check-private.h"

#define THE_END (-1)

typedef struct {
  const SideScript *script;
  GHashTable       *places;   /* id -> place + 1 of the first step that has it */
} Graph;

/* Where a branch leads: a place, or THE_END, also where the step named is not there. */
static int
place_of (const Graph *graph,
          const char  *id)
{
  return id != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (graph->places, id)) - 1 : THE_END;
}

static guint
count_ways (const Graph *graph,
            guint        place)
{
  const SideStep *step = g_ptr_array_index (graph->script->steps, place);

  return MAX (step->branches->len, 1);
}

static int
way_from (const Graph *graph,
          guint        place,
          guint        way)
{
  const SideStep *step = g_ptr_array_index (graph->script->steps, place);

  if (step->branches->len == 0)
    return place + 1 < graph->script->steps->len ? (int) place + 1 : THE_END;
  return place_of (graph, ((const SideBranch *) g_ptr_array_index (step->branches, way))->step);
}

static void
mark_reached (const Graph *graph,
              gboolean    *reached)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = 0;

  g_array_append_val (open, first);
  reached[0] = TRUE;
  while (open->len > 0)
    {
      guint at = g_array_index (open, guint, open->len - 1);

      g_array_set_size (open, open->len - 1);
      for (guint i = 0; i < count_ways (graph, at); i++)
        {
          int to = way_from (graph, at, i);
          guint next = (guint) to;

          if (to == THE_END || reached[to])
            continue;
          reached[to] = TRUE;
          g_array_append_val (open, next);
        }
    }
}

/* Whether a step can end, passed from each step back to those that lead to it. */
static void
mark_ending (const Graph *graph,
             gboolean    *ending)
{
  guint n = graph->script->steps->len;
  g_autofree GArray **before = g_new0 (GArray *, n);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint at = 0; at < n; at++)
    before[at] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint at = 0; at < n; at++)
    for (guint i = 0; i < count_ways (graph, at); i++)
      {
        int to = way_from (graph, at, i);

        if (to != THE_END)
          {
            g_array_append_val (before[to], at);
          }
        else if (!ending[at])
          {
            ending[at] = TRUE;
            g_array_append_val (open, at);
          }
      }
  while (open->len > 0)
    {
      const GArray *into = before[g_array_index (open, guint, open->len - 1)];

      g_array_set_size (open, open->len - 1);
      for (guint i = 0; i < into->len; i++)
        {
          guint from = g_array_index (into, guint, i);

          if (ending[from])
            continue;
          ending[from] = TRUE;
          g_array_append_val (open, from);
        }
    }
  for (guint at = 0; at < n; at++)
    g_array_unref (before[at]);
}

static SideScriptFinding *
tell_of (GPtrArray       *findings,
         SideScriptFault  code,
         SideSeverity     severity,
         const SideStep  *step)
{
  SideScriptFinding *finding = _side_check_tell (findings, code, severity);

  finding->step = g_strdup (step->id);
  return finding;
}

static void
check_step (const Graph *graph,
            guint        place,
            GPtrArray   *findings)
{
  const SideStep *step = g_ptr_array_index (graph->script->steps, place);

  if (_side_check_is_blank (step->title))
    tell_of (findings, SIDE_FAULT_EMPTY_TITLE, SIDE_SEVERITY_WARNING, step);
  if (_side_check_is_blank (step->say) && _side_check_is_blank (step->hint))
    tell_of (findings, SIDE_FAULT_EMPTY_STEP, SIDE_SEVERITY_HINT, step);
  if (place_of (graph, step->id) != (int) place)
    tell_of (findings, SIDE_FAULT_DUPLICATE_STEP, SIDE_SEVERITY_ERROR, step);
  if (step->section != NULL && side_script_find_section (graph->script, step->section) == NULL)
    tell_of (findings, SIDE_FAULT_STEP_SECTION, SIDE_SEVERITY_ERROR, step)->other = g_strdup (step->section);
  for (guint i = 0; i < step->branches->len; i++)
    {
      const SideBranch *branch = g_ptr_array_index (step->branches, i);

      if (branch->step != NULL && place_of (graph, branch->step) == THE_END)
        tell_of (findings, SIDE_FAULT_BRANCH_NOWHERE, SIDE_SEVERITY_ERROR, step)->other = g_strdup (branch->step);
    }
}

/* What is wrong with the conversation. */
void
_side_check_steps (const SideScript *script,
                   GPtrArray        *findings)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  Graph graph = { script, places };
  guint n = script->steps->len;
  g_autofree gboolean *reached = g_new0 (gboolean, n);
  g_autofree gboolean *ending = g_new0 (gboolean, n);

  if (n == 0)
    return;
  for (guint i = n; i-- > 0;)
    g_hash_table_insert (places, ((SideStep *) g_ptr_array_index (script->steps, i))->id, GINT_TO_POINTER ((int) i + 1));
  mark_reached (&graph, reached);
  mark_ending (&graph, ending);
  for (guint i = 0; i < n; i++)
    {
      const SideStep *step = g_ptr_array_index (script->steps, i);

      check_step (&graph, i, findings);
      if (!reached[i])
        tell_of (findings, SIDE_FAULT_STEP_UNREACHED, SIDE_SEVERITY_WARNING, step);
      else if (!ending[i])
        tell_of (findings, SIDE_FAULT_STEP_ENDLESS, SIDE_SEVERITY_WARNING, step);
    }
}
