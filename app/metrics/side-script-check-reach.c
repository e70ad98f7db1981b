/* side-script-check-reach.c - which criteria a form's conditions leave possible
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at every answer a criterion can get, as scoring does (side-score.c),
 * and at none that somebody gave.
 */
#include "side-script-check-private.h"

/* As far as scoring follows conditions behind conditions. */
#define MAX_CHAIN 100

static guint
count_answers (const SideCriterion *criterion)
{
  switch (criterion->answers)
    {
    case SIDE_ANSWERS_YES_NO:
      return 2;
    case SIDE_ANSWERS_SCALE:
      return (guint) CLAMP (criterion->scale_max, 1, 1000) + 1;
    case SIDE_ANSWERS_YES_PARTLY_NO:
    default:
      return 3;
    }
}

/* The @i-th answer, as a share of a full mark. */
static double
answer_at (const SideCriterion *criterion,
           guint                i)
{
  return (double) i / (count_answers (criterion) - 1);
}

static gboolean
is_within (double value,
           double low,
           double high)
{
  const double epsilon = 1e-9;   /* 3 of 5 is not quite 0.6 */

  return value >= low - epsilon && value <= high + epsilon;
}

/* Whether one of a criterion's answers is a share from @low to @high. */
gboolean
_side_check_has_answer (const SideCriterion *criterion,
                        double               low,
                        double               high)
{
  for (guint i = 0; i < count_answers (criterion); i++)
    if (is_within (answer_at (criterion, i), low, high))
      return TRUE;
  return FALSE;
}

/* Whether every answer that counts meets the condition. */
static gboolean
always_meets (const SideCriterion *other,
              double               low,
              double               high)
{
  for (guint i = 0; i < count_answers (other); i++)
    if (!is_within (answer_at (other, i), low, high))
      return FALSE;
  return TRUE;
}

/* Whether there are answers with which @criterion applies. */
static gboolean
can_apply (const SideScript    *script,
           const SideCriterion *criterion)
{
  for (int links = 0; criterion->only_if != NULL; links++)
    {
      const SideCriterion *other = side_script_find_criterion (script, criterion->only_if);

      if (links >= MAX_CHAIN || other == NULL
          || !_side_check_has_answer (other, criterion->only_low, criterion->only_high))
        return FALSE;
      criterion = other;
    }
  return TRUE;
}

/* Whether its condition, if any, holds whatever is answered. */
static gboolean
must_apply (const SideScript    *script,
            const SideCriterion *criterion)
{
  for (int links = 0; criterion->only_if != NULL; links++)
    {
      const SideCriterion *other = side_script_find_criterion (script, criterion->only_if);

      if (links >= MAX_CHAIN || other == NULL || other->allow_na
          || !always_meets (other, criterion->only_low, criterion->only_high))
        return FALSE;
      criterion = other;
    }
  return TRUE;
}

static gboolean
leads_to_itself (const SideScript    *script,
                 const SideCriterion *criterion)
{
  const SideCriterion *at = criterion;

  for (int links = 0; at != NULL && at->only_if != NULL && links < MAX_CHAIN; links++)
    {
      if (g_strcmp0 (at->only_if, criterion->id) == 0)
        return TRUE;
      at = side_script_find_criterion (script, at->only_if);
    }
  return FALSE;
}

/* What is wrong with a criterion's condition. */
void
_side_check_condition (const SideScript    *script,
                       const SideSection   *section,
                       const SideCriterion *criterion,
                       GPtrArray           *findings)
{
  SideScriptFault code = SIDE_FAULT_CONDITION_NEVER;

  if (criterion->only_if == NULL || can_apply (script, criterion))
    return;
  if (side_script_find_criterion (script, criterion->only_if) == NULL)
    code = SIDE_FAULT_CONDITION_UNKNOWN;
  else if (leads_to_itself (script, criterion))
    code = SIDE_FAULT_CONDITION_CYCLE;
  _side_check_tell_about (findings, code, SIDE_SEVERITY_ERROR, section, criterion)->other = g_strdup (criterion->only_if);
  if (criterion->critical != SIDE_CRITICAL_NO)
    _side_check_tell_about (findings, SIDE_FAULT_CRITICAL_UNREACHABLE, SIDE_SEVERITY_ERROR, section, criterion)
      ->other = g_strdup (criterion->only_if);
}

/* Whether each answer to @parent makes one of the section's criteria apply
 * that has to be answered: "if yes …" beside "if no …". */
static gboolean
is_covered_by (const SideSection   *section,
               const SideCriterion *parent)
{
  for (guint i = 0; i < count_answers (parent); i++)
    {
      gboolean met = FALSE;

      for (guint k = 0; k < section->criteria->len && !met; k++)
        {
          const SideCriterion *each = g_ptr_array_index (section->criteria, k);

          met = !each->allow_na && g_strcmp0 (each->only_if, parent->id) == 0
                && is_within (answer_at (parent, i), each->only_low, each->only_high);
        }
      if (!met)
        return FALSE;
    }
  return TRUE;
}

/* A section that nothing may be answered in loses its weight to the others. */
void
_side_check_section_na (const SideScript  *script,
                        const SideSection *section,
                        GPtrArray         *findings)
{
  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      const SideCriterion *parent;

      if (criterion->allow_na)
        continue;
      if (must_apply (script, criterion))
        return;
      parent = side_script_find_criterion (script, criterion->only_if);
      if (parent != NULL && !parent->allow_na && must_apply (script, parent) && is_covered_by (section, parent))
        return;
    }
  _side_check_tell_about (findings, SIDE_FAULT_SECTION_ALL_NA, SIDE_SEVERITY_WARNING, section, NULL);
}
