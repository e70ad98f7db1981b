/* side-script-sentences.c - what a checker found, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sentence for each kind of finding; it names the part by its wording. What
 * one version changes against another is told in side-change-sentences.c.
 */
#include "side-script-sentences.h"

#include <glib/gi18n.h>

#include "side-script-labels.h"

static const char *
section_name (const SideScript *script,
              const char       *id)
{
  const SideSection *section = id != NULL ? side_script_find_section (script, id) : NULL;

  return section != NULL && section->title != NULL && *section->title != '\0' ? section->title : id != NULL ? id : "";
}

static const char *
step_name (const SideScript *script,
           const char       *id)
{
  const SideStep *step = id != NULL ? side_script_find_step (script, id) : NULL;

  return step != NULL && step->title != NULL && *step->title != '\0' ? step->title : id != NULL ? id : "";
}

/* A sentence about the part itself, said behind its name. */
static const char *
about_criterion (SideScriptFault code)
{
  switch (code)
    {
    case SIDE_FAULT_BAD_WEIGHT:
      return _("its points are no number that counts.");
    case SIDE_FAULT_NO_POINTS:
      return _("it has no points and is not critical: it changes no score.");
    case SIDE_FAULT_SCALE_MAX:
      return _("its scale has no proper end.");
    case SIDE_FAULT_EMPTY_TEXT:
      return _("it has no wording.");
    case SIDE_FAULT_DUPLICATE_CRITERION:
      return _("another criterion has the same id.");
    case SIDE_FAULT_CONDITION_UNKNOWN:
      return _("it depends on a criterion that is not there.");
    case SIDE_FAULT_CONDITION_CYCLE:
      return _("it depends on itself.");
    case SIDE_FAULT_CONDITION_NEVER:
      return _("no answer can meet its condition.");
    case SIDE_FAULT_CRITICAL_UNREACHABLE:
      return _("it is critical and can never apply.");
    case SIDE_FAULT_CRITICAL_BONUS:
      return _("it is critical, and a bonus that nobody has to earn.");
    case SIDE_FAULT_NO_EXEMPLARS:
      return _("it is critical and has no examples.");
    case SIDE_FAULT_EXEMPLAR_VALUE:
      return _("it has an example of an answer that cannot be given.");
    case SIDE_FAULT_EXEMPLAR_SPAN:
      return _("it has an example that ends before it starts.");
    default:
      return NULL;
    }
}

static char *
about_two (const SideScript        *script,
           const SideScriptFinding *finding)
{
  g_autofree char *other = side_script_name_criterion (script, finding->other);

  switch (finding->code)
    {
    case SIDE_FAULT_SAME_WORDING:
      return g_strdup_printf (_("it asks nearly the same as “%s”: one fault would cost twice."), other);
    case SIDE_FAULT_SAME_HINT:
      return g_strdup_printf (_("it listens for the same as “%s”: one fault would cost twice."), other);
    case SIDE_FAULT_FAILS_TOGETHER:
      return g_strdup_printf (_("it applies only where “%s” lost points: one fault costs twice."), other);
    default:
      return NULL;
    }
}

static char *
about_script (const SideScript        *script,
              const SideScriptFinding *finding)
{
  switch (finding->code)
    {
    case SIDE_FAULT_NO_CRITERIA:
      return g_strdup (_("There is no criterion to answer."));
    case SIDE_FAULT_NO_WEIGHT:
      return g_strdup (_("No criterion has points, so there is no score."));
    case SIDE_FAULT_WEIGHT_SUM:
      return g_strdup_printf (_("The points add up to %g, not to 100."), finding->number);
    case SIDE_FAULT_NO_EXEMPLARS:
      return g_strdup_printf (ngettext ("%.0f criterion has no example.", "%.0f criteria have no examples.", (gulong) finding->number),
                              finding->number);
    case SIDE_FAULT_EMPTY_TITLE:
      return g_strdup (_("The script has no title."));
    default:
      return NULL;
    }
}

static char *
about_section (const SideScript        *script,
               const SideScriptFinding *finding)
{
  const char *name = section_name (script, finding->section);

  switch (finding->code)
    {
    case SIDE_FAULT_EMPTY_TITLE:
      return g_strdup (_("A section has no title."));
    case SIDE_FAULT_EMPTY_SECTION:
      return g_strdup_printf (_("Section “%s” has no criteria."), name);
    case SIDE_FAULT_DUPLICATE_SECTION:
      return g_strdup_printf (_("Section “%s” has the id of another one."), name);
    case SIDE_FAULT_SECTION_ALL_NA:
      return g_strdup_printf (_("Everything in section “%s” can be not applicable at once."), name);
    case SIDE_FAULT_WEIGHT_SUM:
      return g_strdup_printf (_("The points of section “%s” add up to %g."), name, finding->number);
    default:
      return NULL;
    }
}

static char *
about_step (const SideScript        *script,
            const SideScriptFinding *finding)
{
  const char *name = step_name (script, finding->step);

  switch (finding->code)
    {
    case SIDE_FAULT_EMPTY_TITLE:
      return g_strdup (_("A step of the conversation has no title."));
    case SIDE_FAULT_EMPTY_STEP:
      return g_strdup_printf (_("Step “%s” says neither what to say nor what to mind."), name);
    case SIDE_FAULT_DUPLICATE_STEP:
      return g_strdup_printf (_("Step “%s” has the id of another one."), name);
    case SIDE_FAULT_STEP_SECTION:
      return g_strdup_printf (_("Step “%s” is judged by a section that is not there."), name);
    case SIDE_FAULT_BRANCH_NOWHERE:
      return g_strdup_printf (_("A branch of step “%s” leads to a step that is not there."), name);
    case SIDE_FAULT_STEP_UNREACHED:
      return g_strdup_printf (_("No way leads to step “%s”."), name);
    case SIDE_FAULT_STEP_ENDLESS:
      return g_strdup_printf (_("No way leads from step “%s” to an end."), name);
    default:
      return NULL;
    }
}

/**
 * side_script_sentence_finding:
 * @script: what was checked
 * @finding: what was found
 *
 * Returns: (transfer full): a sentence
 */
char *
side_script_sentence_finding (const SideScript        *script,
                              const SideScriptFinding *finding)
{
  char *words = NULL;

  if (finding->criterion != NULL)
    {
      g_autofree char *two = about_two (script, finding);
      g_autofree char *name = side_script_name_criterion (script, finding->criterion);
      const char *one = two != NULL ? two : about_criterion (finding->code);

      if (one != NULL)
        /* Translators: number and wording of a criterion, and what is wrong with it */
        words = g_strdup_printf (_("“%s”: %s"), name, one);
    }
  else if (finding->step != NULL)
    words = about_step (script, finding);
  else if (finding->section != NULL)
    words = about_section (script, finding);
  else
    words = about_script (script, finding);
  /* A newer checker's word is better than none. */
  return words != NULL ? words : g_strdup (side_script_fault_to_string (finding->code));
}

/**
 * side_script_sentence_check:
 * @script: what was checked
 * @findings: (element-type SideScriptFinding): what was found
 *
 * Returns: (transfer full): the checker's line: "points add up to 100 ✓", or
 *   how much there is to look at
 */
char *
side_script_sentence_check (const SideScript *script,
                            GPtrArray        *findings)
{
  double total = side_script_total_weight (script);
  guint n = findings->len;

  if (n > 0)
    return g_strdup_printf (ngettext ("%u thing to look at", "%u things to look at", n), n);
  return g_strdup_printf (_("points add up to %g ✓"), total);
}
