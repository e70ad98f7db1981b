/* side-change-sentences.c - what one version of a script changes against another, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sentence a change. Values that are words of the files are told as the
 * form shows them.
 */
#include "side-script-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-script-labels.h"

#define MAX_QUOTED 80   /* characters of a text that are quoted */

static const struct { const char *field; const char *name; } names[] = {
  { "title", N_("title") }, { "text", N_("wording") }, { "hint", N_("what to listen for") }, { "answers", N_("answers") },
  { "scale_max", N_("highest answer") }, { "weight", N_("points") }, { "allow_na", N_("“not applicable”") },
  { "critical", N_("critical") }, { "bonus", N_("bonus") }, { "comment", N_("comment") }, { "causes", N_("causes") },
  { "exemplars", N_("examples") }, { "only_if", N_("condition") }, { "only_low", N_("condition") },
  { "only_high", N_("condition") }, { "say", N_("what to say") }, { "section", N_("section") },
  { "branches", N_("branches") }, { "purpose", N_("purpose") }, { "language", N_("language") },
  { "above_100", N_("score above 100") }, { "whole_recording", N_("the whole recording heard") }, { "queues", N_("queues") },
};

static const char *
name_of (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].field, field) == 0)
      return _(names[i].name);
  return field != NULL ? field : "";
}

static const struct { const char *word; const char *label; } values[] = {
  { "true", N_("yes") }, { "false", N_("no") },
  { "yes-no", N_("Yes or No") }, { "yes-partly-no", N_("Yes, Partly or No") }, { "scale", N_("a scale") },
  { "free", N_("Whoever wants to") }, { "on-fault", N_("Needed with less than a full mark") },
  { "always", N_("Always needed") },
  { "calls", N_("calls") }, { "test-calls", N_("test calls only") }, { "vendors", N_("call centres") },
};

static char *
quote (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\t", ' ');
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (line, -1) <= MAX_QUOTED)
    return g_strdup_printf (_("“%s”"), line);
  cut = g_utf8_substring (line, 0, MAX_QUOTED);
  return g_strdup_printf (_("“%s…”"), cut);
}

static gboolean
is_any (const char *field,
        const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) words, field);
}

static char *
critical_words (const char *word)
{
  SideCritical critical = SIDE_CRITICAL_NO;

  side_critical_from_string (word, &critical);
  return g_strdup (side_script_label_critical (critical));
}

static char *
value_of (const SideScript *script,
          const char       *field,
          const char       *value)
{
  const SideCriterion *criterion;

  if (value == NULL || *value == '\0')
    return g_strdup (_("nothing"));
  if (is_any (field, "weight scale_max only_low only_high language"))
    return g_strdup (value);
  if (g_str_equal (field, "critical"))
    return critical_words (value);
  if (g_str_equal (field, "only_if") && (criterion = side_script_find_criterion (script, value)) != NULL)
    return quote (criterion->text);
  if (is_any (field, "answers comment allow_na bonus above_100 whole_recording purpose"))
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      if (g_str_equal (values[i].word, value))
        return g_strdup (_(values[i].label));
  return quote (value);
}

static char *
part_name (const SideScript       *before,
           const SideScript       *after,
           const SideScriptChange *change)
{
  g_autofree char *title = quote (change->title != NULL && *change->title != '\0' ? change->title
                                  : change->id != NULL ? change->id : "");
  g_autofree char *number = change->part == SIDE_PART_CRITERION
                              ? side_script_number_criterion (change->kind == SIDE_CHANGE_REMOVED ? before : after, change->id) : NULL;
  g_autofree char *numbered = NULL;

  switch (change->part)
    {
    case SIDE_PART_SECTION:
      return g_strdup_printf (_("Section %s"), title);
    case SIDE_PART_CRITERION:
      numbered = number != NULL ? g_strdup_printf ("%s %s", number, title) : g_strdup (title);
      /* Translators: number and wording: "Criterion 2.1 “Greets the caller”" */
      return g_strdup_printf (_("Criterion %s"), numbered);
    case SIDE_PART_STEP:
      return g_strdup_printf (_("Step %s"), title);
    case SIDE_PART_SCRIPT:
    default:
      return g_strdup (_("The script"));
    }
}

static char *
moved (const SideScript       *after,
       const SideScriptChange *change,
       const char             *part)
{
  const SideSection *section = change->after != NULL ? side_script_find_section (after, change->after) : NULL;

  if (g_strcmp0 (change->field, "section") == 0 && section != NULL)
    /* Translators: a part of a script, the section it went to */
    return g_strdup_printf (_("%s went to section “%s”"), part, section->title);
  /* Translators: a part of a script, its new place in its list, from 1 */
  return g_strdup_printf (_("%s stands in place %s now"), part, change->after != NULL ? change->after : "");
}

/**
 * side_script_sentence_change:
 * @before: the earlier version
 * @after: the later one
 * @change: what differs
 *
 * Returns: (transfer full): it in words, without a full stop
 */
char *
side_script_sentence_change (const SideScript       *before,
                             const SideScript       *after,
                             const SideScriptChange *change)
{
  g_autofree char *part = part_name (before, after, change);
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  switch (change->kind)
    {
    case SIDE_CHANGE_ADDED:
      /* Translators: a part of a script: "Criterion “Greets” is new" */
      return g_strdup_printf (_("%s is new"), part);
    case SIDE_CHANGE_REMOVED:
      /* Translators: a part of a script: "Criterion “Greets” is gone" */
      return g_strdup_printf (_("%s is gone"), part);
    case SIDE_CHANGE_MOVED:
      return moved (after, change, part);
    case SIDE_CHANGE_CHANGED:
    default:
      if (is_any (change->field, "causes exemplars branches"))
        /* Translators: a part of a script, one of its fields: "Criterion “Greets”: examples are different" */
        return g_strdup_printf (_("%s: %s are different"), part, name_of (change->field));
      old = value_of (before, change->field, change->before);
      new = value_of (after, change->field, change->after);
      /* Translators: a part of a script, one of its fields, what it was, what it is */
      return g_strdup_printf (_("%s: %s was %s, is %s"), part, name_of (change->field), old, new);
    }
}
