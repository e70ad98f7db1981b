/* side-cli-script-check.c - what is wrong with a script, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exit code 1 where there is a warning or an error, so that a build of scripts
 * can stop at it; hints alone do not stop anything.
 */
#include "side-cli.h"
#include "side-script-check.h"

typedef struct {
  const SideScript *script;
  GPtrArray        *findings;
  guint             counts[SIDE_SEVERITY_ERROR + 1];
} Check;

/* What a code's number is. */
typedef enum { NO_NUMBER, A_NUMBER, A_PERCENTAGE } NumberKind;

/* "%s" stands for the other id or the number, whichever a code has. */
static const struct {
  const char *words;
  NumberKind  number;
  gboolean    has_other;
} messages[] = {
  [SIDE_FAULT_NO_CRITERIA] = { "there is nothing to answer: it has no criteria", NO_NUMBER, FALSE },
  [SIDE_FAULT_NO_WEIGHT] = { "no criterion has a weight, so there is no score", NO_NUMBER, FALSE },
  [SIDE_FAULT_WEIGHT_SUM] = { "the weights add up to %s, not to 100", A_NUMBER, FALSE },
  [SIDE_FAULT_BAD_WEIGHT] = { "%s is no weight: 0 to 1000000", A_NUMBER, FALSE },
  [SIDE_FAULT_NO_POINTS] = { "it weighs nothing and is not critical, so it changes no score", NO_NUMBER, FALSE },
  [SIDE_FAULT_SCALE_MAX] = { "a scale ends at 1 to 1000, not at %s", A_NUMBER, FALSE },
  [SIDE_FAULT_EMPTY_TITLE] = { "it has no title", NO_NUMBER, FALSE },
  [SIDE_FAULT_EMPTY_TEXT] = { "it has no wording", NO_NUMBER, FALSE },
  [SIDE_FAULT_EMPTY_SECTION] = { "it has no criteria", NO_NUMBER, FALSE },
  [SIDE_FAULT_EMPTY_STEP] = { "it tells neither what to say nor what to mind", NO_NUMBER, FALSE },
  [SIDE_FAULT_DUPLICATE_SECTION] = { "another section has the same id", NO_NUMBER, FALSE },
  [SIDE_FAULT_DUPLICATE_CRITERION] = { "another criterion has the same id", NO_NUMBER, FALSE },
  [SIDE_FAULT_DUPLICATE_STEP] = { "another step has the same id", NO_NUMBER, FALSE },
  [SIDE_FAULT_CONDITION_UNKNOWN] = { "its condition names %s, which is not there", NO_NUMBER, TRUE },
  [SIDE_FAULT_CONDITION_CYCLE] = { "its condition goes in a circle by way of %s", NO_NUMBER, TRUE },
  [SIDE_FAULT_CONDITION_NEVER] = { "no answer to %s can meet its condition", NO_NUMBER, TRUE },
  [SIDE_FAULT_CRITICAL_UNREACHABLE] = { "it is critical and can never apply, because of %s", NO_NUMBER, TRUE },
  [SIDE_FAULT_CRITICAL_BONUS] = { "it is critical and a bonus at once: nobody must earn a bonus", NO_NUMBER, FALSE },
  [SIDE_FAULT_SECTION_ALL_NA] = { "all of it can be “not applicable” at once", NO_NUMBER, FALSE },
  [SIDE_FAULT_SAME_WORDING] = { "it is worded as %s is: the same fault costs twice", A_PERCENTAGE, TRUE },
  [SIDE_FAULT_SAME_HINT] = { "it listens for what %s does, and one of them is critical: the same fault costs twice", NO_NUMBER, TRUE },
  [SIDE_FAULT_FAILS_TOGETHER] = { "it applies only where %s has lost points: the fault costs twice", NO_NUMBER, TRUE },
  [SIDE_FAULT_NO_EXEMPLARS] = { NULL, A_NUMBER, FALSE },
  [SIDE_FAULT_EXEMPLAR_VALUE] = { "an exemplar shows an answer of %s, which it cannot have", A_PERCENTAGE, FALSE },
  [SIDE_FAULT_EXEMPLAR_SPAN] = { "an exemplar ends before it starts", NO_NUMBER, FALSE },
  [SIDE_FAULT_STEP_SECTION] = { "section %s, which is to judge it, is not there", NO_NUMBER, TRUE },
  [SIDE_FAULT_BRANCH_NOWHERE] = { "a branch leads to step %s, which is not there", NO_NUMBER, TRUE },
  [SIDE_FAULT_STEP_UNREACHED] = { "no way leads to it", NO_NUMBER, FALSE },
  [SIDE_FAULT_STEP_ENDLESS] = { "no way leads from it to an end", NO_NUMBER, FALSE },
};

/* Returns: (transfer full): @words with @with in the place of its "%s" */
static char *
fill_in (const char *words,
         const char *with)
{
  g_autoptr (GString) out = g_string_new (words);

  g_string_replace (out, "%s", with != NULL ? with : "", 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
message_of (const SideScriptFinding *finding)
{
  g_autofree char *number = messages[finding->code].number == A_PERCENTAGE
                                ? g_strdup_printf ("%.0f %%", finding->number * 100)
                                : g_strdup_printf ("%.10g", finding->number);

  if (finding->code == SIDE_FAULT_NO_EXEMPLARS)
    return finding->criterion != NULL ? g_strdup ("it is critical, and no exemplar shows what that means")
                                      : g_strdup_printf ("criteria without exemplars: %s", number);
  if (messages[finding->code].has_other)
    return fill_in (messages[finding->code].words, finding->other);
  return fill_in (messages[finding->code].words, number);
}

static void
print_finding (const Check             *self,
               const SideScriptFinding *finding)
{
  const SideCriterion *criterion = finding->criterion != NULL ? side_script_find_criterion (self->script, finding->criterion) : NULL;
  g_autofree char *message = message_of (finding);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *plain = NULL;

  if (finding->criterion != NULL)
    g_string_append_printf (line, "%s “%s”: ", finding->criterion, criterion != NULL ? criterion->text : "");
  else if (finding->section != NULL)
    g_string_append_printf (line, "section %s: ", finding->section);
  else if (finding->step != NULL)
    g_string_append_printf (line, "step %s: ", finding->step);
  g_string_append (line, message);
  plain = side_cli_plain (line->str);
  g_print ("  %-8s %s\n", side_severity_to_string (finding->severity), plain);
}

static void
add_finding (JsonBuilder             *builder,
             const SideScriptFinding *finding)
{
  g_autofree char *message = message_of (finding);

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "code", side_script_fault_to_string (finding->code));
  side_cli_add_text (builder, "severity", side_severity_to_string (finding->severity));
  side_cli_add_text (builder, "section", finding->section);
  side_cli_add_text (builder, "criterion", finding->criterion);
  side_cli_add_text (builder, "step", finding->step);
  side_cli_add_text (builder, "other", finding->other);
  if (messages[finding->code].number != NO_NUMBER && (finding->code != SIDE_FAULT_NO_EXEMPLARS || finding->criterion == NULL))
    side_cli_add_number (builder, "number", finding->number);
  else
    side_cli_add_text (builder, "number", NULL);
  side_cli_add_text (builder, "message", message);
  json_builder_end_object (builder);
}

static void
tell_json (const Check *self,
           const char  *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", path);
  side_cli_add_text (builder, "title", self->script->title);
  side_cli_add_number (builder, "version", self->script->version);
  side_cli_add_number (builder, "errors", self->counts[SIDE_SEVERITY_ERROR]);
  side_cli_add_number (builder, "warnings", self->counts[SIDE_SEVERITY_WARNING]);
  side_cli_add_number (builder, "hints", self->counts[SIDE_SEVERITY_HINT]);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->findings->len; i++)
    add_finding (builder, g_ptr_array_index (self->findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
tell (const Check *self,
      const char  *path)
{
  g_autofree char *title = side_cli_plain (self->script->title);
  g_autofree char *name = side_cli_plain (path);
  guint n = side_script_count_criteria (self->script);

  g_print ("%s: “%s”, %u %s: errors %u, warnings %u, hints %u\n", name, title, n, n == 1 ? "criterion" : "criteria",
           self->counts[SIDE_SEVERITY_ERROR], self->counts[SIDE_SEVERITY_WARNING], self->counts[SIDE_SEVERITY_HINT]);
  for (guint i = 0; i < self->findings->len; i++)
    print_finding (self, g_ptr_array_index (self->findings, i));
}

/**
 * side_cli_script_check:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_script_check (SideCli  *cli,
                       int       argc,
                       char    **argv)
{
  static const SideCliHelp help = { "FILE", "What is wrong with a script before anybody is scored with it", 1, FALSE };
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (SideScript) script = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  Check self = { 0 };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  script = side_cli_read_script_unchecked (argv[1], &error);
  if (script == NULL)
    return side_cli_fail (cli, error);
  findings = side_script_check (script);
  self.script = script;
  self.findings = findings;
  for (guint i = 0; i < findings->len; i++)
    self.counts[((const SideScriptFinding *) g_ptr_array_index (findings, i))->severity]++;
  if (cli->json)
    tell_json (&self, argv[1]);
  else
    tell (&self, argv[1]);
  return side_script_findings_worst (findings) == SIDE_SEVERITY_HINT ? SIDE_CLI_OK : SIDE_CLI_FAILED;
}
