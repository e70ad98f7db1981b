/* side-cli-scenario.c - what is wrong with a scenario of test calls, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exit code 1 where there is a warning or an error, as for scripts; hints alone
 * do not stop anything.
 */
#include "side-cli.h"
#include "side-scenario-check.h"
#include "side-wire.h"

/* "%s" stands for the number, as a duration, where a code has one. */
static const struct {
  const char *words;
  gboolean    has_number;
} messages[] = {
  [SIDE_SCENARIO_NO_TITLE] = { "it has no title", FALSE },
  [SIDE_SCENARIO_NO_GOAL] = { "it has no goal: nobody knows when the call is done", FALSE },
  [SIDE_SCENARIO_NO_PERSONA] = { "it does not say who the caller is", FALSE },
  [SIDE_SCENARIO_NO_NUMBER] = { "it has no number to dial", FALSE },
  [SIDE_SCENARIO_BAD_NUMBER] = { "what is to be dialled is neither a number nor a SIP address", FALSE },
  [SIDE_SCENARIO_NO_STEPS] = { "there is nothing to say", FALSE },
  [SIDE_SCENARIO_EMPTY_STEP] = { "it has no words", FALSE },
  [SIDE_SCENARIO_DUPLICATE_STEP] = { "another step has the same id", FALSE },
  [SIDE_SCENARIO_NO_QUESTION] = { "it has no question", FALSE },
  [SIDE_SCENARIO_NO_ANSWER] = { "the right answer is not stored", FALSE },
  [SIDE_SCENARIO_DUPLICATE_FACT] = { "another fact has the same id", FALSE },
  [SIDE_SCENARIO_BAD_KEY] = { "it is no key of a telephone: 0 to 9, *, # and A to D are", FALSE },
  [SIDE_SCENARIO_KEY_PROMPT] = { "it waits for a prompt that is not there", FALSE },
  [SIDE_SCENARIO_DUPLICATE_PROMPT] = { "another prompt has the same name", FALSE },
  [SIDE_SCENARIO_EMPTY_PROMPT] = { "it has neither words nor a recording: it can be told from no other", FALSE },
  [SIDE_SCENARIO_LIMIT_SHORT] = { "nobody can keep %s", TRUE },
  [SIDE_SCENARIO_LIMIT_LONG] = { "%s is no limit", TRUE },
  [SIDE_SCENARIO_NO_LIMITS] = { "nothing says what takes too long", FALSE },
  [SIDE_SCENARIO_NO_HOURS] = { "there is no minute at which it may be called", FALSE },
  [SIDE_SCENARIO_BAD_ZONE] = { "there is no such time zone", FALSE },
  [SIDE_SCENARIO_NO_SCRIPT] = { "it names no script to score with", FALSE },
  [SIDE_SCENARIO_SCRIPT_MISSING] = { "the script to score with is not there", FALSE },
  [SIDE_SCENARIO_CALLBACK] = { "%s is no time in which somebody calls back: a minute to 31 days", TRUE },
};

static SideScenario *
read_scenario (const char  *path,
               GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);
  SideScenario *scenario;

  if (bytes == NULL)
    return NULL;
  scenario = side_wire_scenario_from_json (bytes->len > 0 ? (const char *) bytes->data : "", (gssize) bytes->len, error);
  if (scenario == NULL)
    g_prefix_error (error, "%s: ", path);
  return scenario;
}

static char *
message_of (const SideScenarioFinding *finding)
{
  g_autoptr (GString) words = g_string_new (messages[finding->code].words);
  g_autofree char *number = g_strdup_printf ("%.10g s", (double) finding->number / 1000);

  g_string_replace (words, "%s", number, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
print_finding (const SideScenarioFinding *finding)
{
  g_autofree char *message = message_of (finding);
  g_autofree char *where = NULL;
  g_autofree char *plain = NULL;

  if (finding->part != NULL)
    where = g_strdup_printf ("%s “%s”: ", finding->part, finding->id != NULL ? finding->id : "");
  else if (finding->id != NULL)
    where = g_strdup_printf ("“%s”: ", finding->id);
  plain = side_cli_plain (where != NULL ? where : "");
  g_print ("  %-8s %s%s\n", side_severity_to_string (finding->severity), plain, message);
}

static void
add_finding (JsonBuilder               *builder,
             const SideScenarioFinding *finding)
{
  g_autofree char *message = message_of (finding);

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "code", side_scenario_fault_to_string (finding->code));
  side_cli_add_text (builder, "severity", side_severity_to_string (finding->severity));
  side_cli_add_text (builder, "part", finding->part);
  side_cli_add_text (builder, "id", finding->id);
  if (messages[finding->code].has_number)
    side_cli_add_number (builder, "number", (double) finding->number);
  else
    side_cli_add_text (builder, "number", NULL);
  side_cli_add_text (builder, "message", message);
  json_builder_end_object (builder);
}

static void
tell_json (const SideScenario *scenario,
           GPtrArray          *findings,
           const guint        *counts,
           const char         *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", path);
  side_cli_add_text (builder, "title", scenario->title);
  side_cli_add_number (builder, "version", scenario->version);
  side_cli_add_number (builder, "steps", scenario->steps->len);
  side_cli_add_number (builder, "facts", scenario->facts->len);
  side_cli_add_number (builder, "errors", counts[SIDE_SEVERITY_ERROR]);
  side_cli_add_number (builder, "warnings", counts[SIDE_SEVERITY_WARNING]);
  side_cli_add_number (builder, "hints", counts[SIDE_SEVERITY_HINT]);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding (builder, findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
tell (const SideScenario *scenario,
      GPtrArray          *findings,
      const guint        *counts,
      const char         *path)
{
  g_autofree char *title = side_cli_plain (scenario->title != NULL ? scenario->title : "");
  g_autofree char *name = side_cli_plain (path);

  g_print ("%s: “%s”, %u %s: errors %u, warnings %u, hints %u\n", name, title, scenario->steps->len,
           scenario->steps->len == 1 ? "step" : "steps", counts[SIDE_SEVERITY_ERROR], counts[SIDE_SEVERITY_WARNING],
           counts[SIDE_SEVERITY_HINT]);
  for (guint i = 0; i < findings->len; i++)
    print_finding (findings->pdata[i]);
}

/**
 * side_cli_scenario_check:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_scenario_check (SideCli  *cli,
                         int       argc,
                         char    **argv)
{
  static const SideCliHelp help = { "FILE", "What is wrong with a scenario before anybody calls by it", 1, FALSE };
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  guint counts[SIDE_SEVERITY_ERROR + 1] = { 0 };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  scenario = read_scenario (argv[1], &error);
  if (scenario == NULL)
    return side_cli_fail (cli, error);
  findings = side_scenario_check (scenario, NULL, NULL);
  for (guint i = 0; i < findings->len; i++)
    counts[((const SideScenarioFinding *) findings->pdata[i])->severity]++;
  if (cli->json)
    tell_json (scenario, findings, counts, argv[1]);
  else
    tell (scenario, findings, counts, argv[1]);
  return side_scenario_findings_worst (findings) == SIDE_SEVERITY_HINT ? SIDE_CLI_OK : SIDE_CLI_FAILED;
}
