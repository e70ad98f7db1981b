/* side-cli-scenario.c - what is wrong with a scenario of test calls, and what it holds of sound
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exit code 1 where there is a warning or an error, as for scripts; hints alone
 * do not stop anything.
 */
#include <string.h>

#include "side-cli-caller.h"
#include "side-prompt-sound.h"
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
  [SIDE_SCENARIO_LINE_NO_WORDS] = { "its recorded line has no words: nobody can read what is said", FALSE },
  [SIDE_SCENARIO_LINE_LONG] = { "its recorded line lasts %s: 30 s are played at most", TRUE },
  [SIDE_SCENARIO_LINE_DAMAGED] = { "its recorded line is damaged, or is not in the scenario", FALSE },
  [SIDE_SCENARIO_NAMELESS_PROMPT] = { "a prompt has no name", FALSE },
};

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
  scenario = side_cli_read_scenario (argv[1], &error);
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

/* -- recordings of announcements and lines */

/* Seconds, as "12.5"; 0 where nothing is said. */
static gboolean
parse_seconds (const char *text,
               gint64     *ms)
{
  char *end = NULL;
  double seconds = text != NULL ? g_ascii_strtod (text, &end) : 0;

  *ms = (gint64) (seconds * 1000 + 0.5);
  return text == NULL || (end != text && *end == '\0' && seconds >= 0 && seconds < 1e6);
}

/**
 * side_cli_put_sound:
 * @scenario: a scenario
 * @name: of an announcement, which is made where there is none
 * @sound: its recording, as side_prompt_sound_new() makes it
 * @sha256: of it
 * @error: SIDE_ERROR_TOO_LARGE
 *
 * Returns: whether there was room for it
 */
gboolean
side_cli_put_sound (SideScenario  *scenario,
                    const char    *name,
                    const char    *sound,
                    const char    *sha256,
                    GError       **error)
{
  SideScenarioPrompt *prompt = side_scenario_find_prompt (scenario, name);

  if (prompt == NULL && scenario->prompts->len < SIDE_SCENARIO_MAX_PROMPTS)
    prompt = side_scenario_add_prompt (scenario, name, NULL);
  if (prompt != NULL && side_scenario_set_sound (scenario, prompt, sound, sha256))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "there is no room for so many announcements in one scenario");
  return FALSE;
}

static void
tell_prompt (SideCli            *cli,
             const SideScenario *scenario,
             const char         *name)
{
  const SideScenarioPrompt *prompt = side_scenario_find_prompt (scenario, name);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "name", name);
  side_cli_add_text (builder, "recording", prompt->recording);
  side_cli_add_number (builder, "characters", prompt->sound != NULL ? (double) strlen (prompt->sound) : 0);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/**
 * side_cli_scenario_prompt:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_scenario_prompt (SideCli  *cli,
                          int       argc,
                          char    **argv)
{
  g_autofree char *from = NULL, *to = NULL, *output = NULL, *sound = NULL, *sha256 = NULL, *json = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "Where it begins in the file", "SECONDS" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Where it ends", "SECONDS" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write another file, and leave the scenario as it is", "FILE.json" },
    G_OPTION_ENTRY_NULL
  };
  static const SideCliHelp help = { "SCENARIO.json NAME SOUND", "Puts the recording of an announcement into a scenario, to compare calls with", 3, FALSE };
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  gint64 from_ms, to_ms;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (!parse_seconds (from, &from_ms) || !parse_seconds (to, &to_ms))
    return side_cli_usage (cli, "--from and --to are seconds, as in 12.5");
  if (argv[2][strspn (argv[2], " \t\r\n")] == '\0')
    return side_cli_usage (cli, "NAME is missing");
  scenario = side_cli_read_scenario (argv[1], &error);
  if (scenario != NULL)
    sound = side_prompt_sound_new (argv[3], from_ms, to_ms, &sha256, &error);
  if (sound == NULL || !side_cli_put_sound (scenario, argv[2], sound, sha256, &error))
    return side_cli_fail (cli, error);
  json = side_wire_scenario_to_json (scenario);
  if (!side_cli_write_file (output != NULL ? output : argv[1], json, strlen (json), TRUE, &error))
    return side_cli_fail (cli, error);
  tell_prompt (cli, scenario, argv[2]);
  return SIDE_CLI_OK;
}

/* By its id, or by its number from 1. */
static SideScenarioStep *
find_step (const SideScenario  *scenario,
           const char          *word,
           GError             **error)
{
  SideScenarioStep *step = side_scenario_find_step (scenario, word);
  guint64 number = 0;

  if (step != NULL)
    return step;
  if (g_ascii_string_to_unsigned (word, 10, 1, scenario->steps->len, &number, NULL))
    return scenario->steps->pdata[number - 1];
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no step “%s” in the scenario", word);
  return NULL;
}

static gboolean
put_line (SideScenario      *scenario,
          SideScenarioStep  *step,
          const char        *path,
          gint64             from_ms,
          gint64             to_ms,
          GError           **error)
{
  g_autofree char *sha256 = NULL;
  g_autofree char *sound = path != NULL ? side_step_sound_new (path, from_ms, to_ms, &sha256, error) : NULL;

  if (path != NULL && sound == NULL)
    return FALSE;
  if (side_scenario_set_line (scenario, step, sound, sha256))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "there is no room for so many recordings in one scenario");
  return FALSE;
}

static void
tell_line (SideCli                *cli,
           const SideScenarioStep *step)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "step", step->id);
  side_cli_add_text (builder, "recording", step->recording);
  side_cli_add_number (builder, "characters", step->sound != NULL ? (double) strlen (step->sound) : 0);
  side_cli_add_number (builder, "length_ms", step->sound != NULL ? (double) side_scenario_sound_length_ms (step->sound) : 0);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/**
 * side_cli_scenario_line:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_scenario_line (SideCli  *cli,
                        int       argc,
                        char    **argv)
{
  g_autofree char *from = NULL, *to = NULL, *output = NULL, *json = NULL;
  gboolean remove = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "Where it begins in the file", "SECONDS" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Where it ends", "SECONDS" },
    { "remove", 0, 0, G_OPTION_ARG_NONE, &remove, "Take the step's recorded line away; SOUND is not given", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write another file, and leave the scenario as it is", "FILE.json" },
    G_OPTION_ENTRY_NULL
  };
  static const SideCliHelp help = { "SCENARIO.json STEP [SOUND]", "Puts a recorded line into a step of a scenario, to be played in calls", -1, FALSE };
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  SideScenarioStep *step = NULL;
  gint64 from_ms, to_ms;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (!parse_seconds (from, &from_ms) || !parse_seconds (to, &to_ms))
    return side_cli_usage (cli, "--from and --to are seconds, as in 12.5");
  if (argc != (remove ? 3 : 4))
    return side_cli_usage (cli, remove ? "--remove takes a scenario and a step" : "SOUND is missing, or there is more than one");
  scenario = side_cli_read_scenario (argv[1], &error);
  if (scenario != NULL)
    step = find_step (scenario, argv[2], &error);
  if (step == NULL || !put_line (scenario, step, remove ? NULL : argv[3], from_ms, to_ms, &error))
    return side_cli_fail (cli, error);
  json = side_wire_scenario_to_json (scenario);
  if (!side_cli_write_file (output != NULL ? output : argv[1], json, strlen (json), TRUE, &error))
    return side_cli_fail (cli, error);
  tell_line (cli, step);
  return SIDE_CLI_OK;
}
