/* side-script-check.c - what is wrong with a script before anybody is scored with it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form's weights, texts and exemplars; its conditions, its repetitions and
 * the conversation are looked at in files of their own. A script comes from
 * people's hands or from outside: nothing here trusts its ids.
 */
#include "side-script-check-private.h"

#include <math.h>

static const char *const codes[] = {
  "no-criteria", "no-weight", "weight-sum", "bad-weight", "no-points", "scale-max", "empty-title", "empty-text",
  "empty-section", "empty-step", "duplicate-section", "duplicate-criterion", "duplicate-step",
  "condition-unknown", "condition-cycle", "condition-never", "critical-unreachable", "critical-bonus",
  "section-all-na", "same-wording", "same-hint", "fails-together", "no-exemplars", "exemplar-value",
  "exemplar-span", "step-section", "branch-nowhere", "step-unreached", "step-endless",
};
static const char *const severities[] = { "hint", "warning", "error" };

/**
 * side_script_fault_to_string:
 * @code: what is wrong
 *
 * Returns: the word programs read
 */
const char *
side_script_fault_to_string (SideScriptFault code)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (codes) == SIDE_FAULT_STEP_ENDLESS + 1);
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), "");
  return codes[code];
}

/**
 * side_severity_to_string:
 * @severity: how bad it is
 *
 * Returns: the word programs read
 */
const char *
side_severity_to_string (SideSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severities), "");
  return severities[severity];
}

/**
 * side_script_finding_free:
 * @self: (transfer full): a finding
 */
void
side_script_finding_free (SideScriptFinding *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->section);
  g_free (self->criterion);
  g_free (self->step);
  g_free (self->other);
  g_free (self);
}

static void
finding_free (gpointer data)
{
  side_script_finding_free (data);
}

/* Returns: (transfer none): a new finding about the script as a whole */
SideScriptFinding *
_side_check_tell (GPtrArray       *findings,
                  SideScriptFault  code,
                  SideSeverity     severity)
{
  SideScriptFinding *finding = g_new0 (SideScriptFinding, 1);

  finding->code = code;
  finding->severity = severity;
  g_ptr_array_add (findings, finding);
  return finding;
}

/* @criterion: (nullable): where the section itself is meant */
SideScriptFinding *
_side_check_tell_about (GPtrArray           *findings,
                        SideScriptFault      code,
                        SideSeverity         severity,
                        const SideSection   *section,
                        const SideCriterion *criterion)
{
  SideScriptFinding *finding = _side_check_tell (findings, code, severity);

  finding->section = g_strdup (section->id);
  if (criterion != NULL)
    finding->criterion = g_strdup (criterion->id);
  return finding;
}

/* Whether nothing is to be read in @text. */
gboolean
_side_check_is_blank (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static double
section_weight (const SideSection *section)
{
  double sum = 0.0;

  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      if (!criterion->bonus)
        sum += criterion->weight;
    }
  return sum;
}

/* Weights are shares of 100 of the whole, or each section's are of 100. */
static void
check_weights (const SideScript *script,
               GPtrArray        *findings)
{
  const double tolerance = 1e-6;
  double sum = side_script_total_weight (script);
  gboolean by_section = TRUE;

  if (side_script_count_criteria (script) == 0)
    {
      _side_check_tell (findings, SIDE_FAULT_NO_CRITERIA, SIDE_SEVERITY_ERROR);
      return;
    }
  if (!(sum > 0.0))
    {
      _side_check_tell (findings, SIDE_FAULT_NO_WEIGHT, SIDE_SEVERITY_ERROR);
      return;
    }
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);
      if (section->criteria->len > 0 && fabs (section_weight (section) - 100.0) > tolerance)
        by_section = FALSE;
    }
  if (!by_section && !(fabs (sum - 100.0) <= tolerance))
    _side_check_tell (findings, SIDE_FAULT_WEIGHT_SUM, SIDE_SEVERITY_WARNING)->number = sum;
}

static void
check_exemplars (const SideSection   *section,
                 const SideCriterion *criterion,
                 GPtrArray           *findings)
{
  if (criterion->exemplars->len == 0 && criterion->critical != SIDE_CRITICAL_NO)
    _side_check_tell_about (findings, SIDE_FAULT_NO_EXEMPLARS, SIDE_SEVERITY_HINT, section, criterion);
  for (guint i = 0; i < criterion->exemplars->len; i++)
    {
      const SideExemplar *each = g_ptr_array_index (criterion->exemplars, i);

      if (!_side_check_has_answer (criterion, each->value, each->value))
        _side_check_tell_about (findings, SIDE_FAULT_EXEMPLAR_VALUE, SIDE_SEVERITY_WARNING, section, criterion)
          ->number = each->value;
      if (each->call != NULL && each->to_ms < each->from_ms)
        _side_check_tell_about (findings, SIDE_FAULT_EXEMPLAR_SPAN, SIDE_SEVERITY_WARNING, section, criterion);
    }
}

static void
check_criterion (const SideScript    *script,
                 const SideSection   *section,
                 const SideCriterion *criterion,
                 GPtrArray           *findings)
{
  if (_side_check_is_blank (criterion->text))
    _side_check_tell_about (findings, SIDE_FAULT_EMPTY_TEXT, SIDE_SEVERITY_ERROR, section, criterion);
  if (!(criterion->weight >= 0.0 && criterion->weight <= 1e6))
    _side_check_tell_about (findings, SIDE_FAULT_BAD_WEIGHT, SIDE_SEVERITY_ERROR, section, criterion)
      ->number = criterion->weight;
  else if (criterion->weight <= 0.0 && criterion->critical == SIDE_CRITICAL_NO)
    _side_check_tell_about (findings, SIDE_FAULT_NO_POINTS, SIDE_SEVERITY_HINT, section, criterion);
  if (criterion->answers == SIDE_ANSWERS_SCALE && (criterion->scale_max < 1 || criterion->scale_max > 1000))
    _side_check_tell_about (findings, SIDE_FAULT_SCALE_MAX, SIDE_SEVERITY_ERROR, section, criterion)
      ->number = criterion->scale_max;
  if (criterion->bonus && criterion->critical != SIDE_CRITICAL_NO)
    _side_check_tell_about (findings, SIDE_FAULT_CRITICAL_BONUS, SIDE_SEVERITY_WARNING, section, criterion);
  _side_check_condition (script, section, criterion, findings);
  check_exemplars (section, criterion, findings);
}

static void
check_section (const SideScript  *script,
               const SideSection *section,
               GHashTable        *seen,
               GPtrArray         *findings)
{
  if (_side_check_is_blank (section->title))
    _side_check_tell_about (findings, SIDE_FAULT_EMPTY_TITLE, SIDE_SEVERITY_WARNING, section, NULL);
  if (side_script_find_section (script, section->id) != section)
    _side_check_tell_about (findings, SIDE_FAULT_DUPLICATE_SECTION, SIDE_SEVERITY_ERROR, section, NULL);
  if (section->criteria->len == 0)
    _side_check_tell_about (findings, SIDE_FAULT_EMPTY_SECTION, SIDE_SEVERITY_WARNING, section, NULL);
  else
    _side_check_section_na (script, section, findings);
  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);

      if (!g_hash_table_add (seen, criterion->id))
        _side_check_tell_about (findings, SIDE_FAULT_DUPLICATE_CRITERION, SIDE_SEVERITY_ERROR, section, criterion);
      check_criterion (script, section, criterion, findings);
    }
}

/* The critical ones are told of one by one, the others by their number. */
static void
check_lack_of_exemplars (const SideScript *script,
                         GPtrArray        *findings)
{
  guint n = 0;

  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          n += criterion->exemplars->len == 0 && criterion->critical == SIDE_CRITICAL_NO;
        }
    }
  if (n > 0)
    _side_check_tell (findings, SIDE_FAULT_NO_EXEMPLARS, SIDE_SEVERITY_HINT)->number = n;
}

/**
 * side_script_check:
 * @script: a script or a draft
 *
 * Returns: (transfer full) (element-type SideScriptFinding): what is wrong: of
 *   the whole first, then in the form's order, then of the conversation; empty
 *   when nothing is
 */
GPtrArray *
side_script_check (const SideScript *script)
{
  GPtrArray *findings;
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (script != NULL, NULL);

  findings = g_ptr_array_new_with_free_func (finding_free);
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (_side_check_is_blank (script->title))
    _side_check_tell (findings, SIDE_FAULT_EMPTY_TITLE, SIDE_SEVERITY_WARNING);
  check_weights (script, findings);
  check_lack_of_exemplars (script, findings);
  for (guint i = 0; i < script->sections->len; i++)
    check_section (script, g_ptr_array_index (script->sections, i), seen, findings);
  _side_check_twice (script, findings);
  _side_check_steps (script, findings);
  return findings;
}

/**
 * side_script_findings_worst:
 * @findings: (element-type SideScriptFinding): what was found
 *
 * Returns: the worst severity among them; %SIDE_SEVERITY_HINT for none
 */
SideSeverity
side_script_findings_worst (GPtrArray *findings)
{
  SideSeverity worst = SIDE_SEVERITY_HINT;

  g_return_val_if_fail (findings != NULL, SIDE_SEVERITY_HINT);

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((const SideScriptFinding *) g_ptr_array_index (findings, i))->severity);
  return worst;
}
