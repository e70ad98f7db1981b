/* side-cli-test-call.c - sidetonectl test-call: calls a line as a customer would, by itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For checks by the clock: does anybody answer, how soon, is the line good, does
 * it say what it should. The computer presses the scenario's keys and says its steps.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-cli-caller.h"
#include "side-prompt-sound.h"
#include "side-sip-words.h"
#include "side-test-prompt.h"
#include "side-test-verdict.h"
#include "side-text.h"
#include "side-wire.h"

/* What the command was asked for. */
typedef struct {
  SideCliLine line;
  char       *number;
  char       *record;
  char      **prompts;
  gboolean    force;
} Wishes;

static void
wishes_clear (Wishes *self)
{
  side_cli_line_clear (&self->line);
  g_free (self->number);
  g_free (self->record);
  g_strfreev (self->prompts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

/* -- the answer */

static void
print_json (const SideCliCaller *caller)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const SideTestCall *call = side_test_run_get_call (caller->run);
  g_autofree char *text = side_wire_test_call_to_json (call);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "call");
  json_builder_add_value (builder, json_from_string (text, NULL));
  side_cli_add_limits (builder, call, caller->limits);
  side_cli_add_faults (builder, call);
  side_cli_add_failures (builder, caller->failures);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_time (const char *what,
            gint64      instant_ms,
            gint64      dialled_ms)
{
  if (instant_ms != 0)
    g_print ("  %-14s %8.2f s\n", what, (double) (instant_ms - dialled_ms) / 1000);
}

static void
print_course (const SideTestCall *call)
{
  print_time ("ringing", call->ringing_ms, call->dialled_ms);
  print_time ("early sound", call->early_ms, call->dialled_ms);
  print_time ("answered", call->answered_ms, call->dialled_ms);
  print_time ("ended", call->ended_ms, call->dialled_ms);
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      g_autofree char *label = side_cli_plain (segment->label != NULL ? segment->label : "");

      g_print ("  %7.2f–%7.2f s  %s%s%s (%.0f %%)\n", (double) segment->from_ms / 1000, (double) segment->to_ms / 1000,
               side_segment_kind_to_string (segment->kind), *label != '\0' ? " " : "", label, segment->certainty * 100);
    }
}

static void
print_text (const SideCliCaller *caller)
{
  const SideTestCall *call = side_test_run_get_call (caller->run);
  g_autofree char *number = side_cli_plain (call->number);

  g_print ("%s\n", number);
  print_course (call);
  if (call->end_code != 0)
    g_print ("  ended by %s: %d %s\n", side_test_end_to_string (call->end), call->end_code, call->end_phrase != NULL ? call->end_phrase : "");
  if (call->quality.mos > 0)
    g_print ("  %s, loss %.1f %%, jitter %.1f ms, MOS %.1f\n", call->quality.codec, MAX (call->quality.loss, 0) * 100,
             MAX (call->quality.jitter_ms, 0), call->quality.mos);
  for (guint i = 0; i < call->prompts->len; i++)
    {
      g_autofree char *words = side_test_prompt_words (call->prompts->pdata[i]);
      g_autofree char *plain = side_cli_plain (words);

      g_print ("  %s\n", plain);
    }
  for (guint limit = SIDE_TEST_LIMIT_RING; limit <= SIDE_TEST_LIMIT_TALK; limit++)
    if (caller->limits & (1u << limit))
      g_print ("  too long: %s\n", side_cli_limit_word (limit));
  if (side_cli_discount_words (call) != NULL)
    g_print ("  says nothing of the line: %s\n", side_cli_discount_words (call));
  for (guint i = 0; i < caller->failures->len; i++)
    g_print ("  failed: %s\n", ((const GError *) caller->failures->pdata[i])->message);
}

/* -- the scenario */

/* Puts the recording of "NAME=FILE" into it. */
static gboolean
take_prompt (SideScenario  *scenario,
             const char    *word,
             GError       **error)
{
  const char *file = strchr (word, '=');
  g_autofree char *name = file != NULL ? g_strndup (word, (gsize) (file - word)) : NULL;
  g_autofree char *sound = NULL, *sha256 = NULL;

  if (name == NULL || *name == '\0' || file[1] == '\0')
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--prompt is NAME=FILE, as in greeting=greeting.wav, not “%s”", word);
      return FALSE;
    }
  sound = side_prompt_sound_new (file + 1, 0, 0, &sha256, error);
  if (sound == NULL)
    return FALSE;
  return side_cli_put_sound (scenario, name, sound, sha256, error);
}

static SideScenario *
read_scenario (const char    *path,
               const Wishes  *wishes,
               GError       **error)
{
  g_autoptr (SideScenario) scenario = side_cli_read_scenario (path, error);

  if (scenario == NULL)
    return NULL;
  if (wishes->number == NULL && scenario->number == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s names no number: say which with --number", path);
      return NULL;
    }
  for (guint i = 0; wishes->prompts != NULL && wishes->prompts[i] != NULL; i++)
    if (!take_prompt (scenario, wishes->prompts[i], error))
      return NULL;
  return g_steal_pointer (&scenario);
}

static gboolean
check_record (const Wishes  *wishes,
              GError       **error)
{
  if (wishes->record == NULL || wishes->force || !g_file_test (wishes->record, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "“%s” is there already: --force replaces it", wishes->record);
  return FALSE;
}

static gboolean
make_call (SideCliCaller       *caller,
           const SideScenario  *scenario,
           const Wishes        *wishes,
           const SideCliRules  *rules,
           GError             **error)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideTestCall) call = side_test_call_new (id, scenario->project, wishes->number != NULL ? wishes->number : scenario->number);

  side_test_call_follow (call, scenario);
  side_cli_rules_sign (rules, call);
  call->robot = TRUE;
  call->account = g_strdup (wishes->line.line);
  return side_cli_caller_call (caller, call, wishes->record, error);
}

static int
work_it (SideCli             *cli,
         const Wishes        *wishes,
         const SideScenario  *scenario)
{
  g_auto (SideCliCaller) caller = { 0 };
  g_auto (SideCliRules) rules = { 0 };
  g_autoptr (GError) error = NULL;
  const SideTestCall *call;

  if (!side_cli_rules_check (&rules, cli, &wishes->line, scenario->project, &error) || !side_cli_caller_open (&caller, &wishes->line, &error)
      || !make_call (&caller, scenario, wishes, &rules, &error))
    return side_cli_fail (cli, error);
  if (cli->json)
    print_json (&caller);
  else
    print_text (&caller);
  call = side_test_run_get_call (caller.run);
  if (caller.limits != 0 || side_test_call_faults (call) != 0)
    return SIDE_CLI_FOUND;
  /* Who asks by the exit code must not take what nobody found out for all being well. */
  return caller.stopped || !side_test_call_counts (call) ? SIDE_CLI_FAILED : SIDE_CLI_OK;
}

/**
 * side_cli_test_call:
 * @cli: how to answer
 * @argc: number of words, the command's own first
 * @argv: the words
 *
 * Returns: 0 when the line answered within the limits of the scenario and said what
 *   it should, 3 when the call was made and it did not, 1 when no call could be
 *   made or nothing can be said by it, 2 for wrong words
 */
int
side_cli_test_call (SideCli  *cli,
                    int       argc,
                    char    **argv)
{
  g_auto (Wishes) wishes = { 0 };
  const GOptionEntry entries[] = {
    SIDE_CLI_LINE_ENTRIES (wishes.line),
    { "number", 'n', 0, G_OPTION_ARG_STRING, &wishes.number, "What to dial instead of the scenario's number", "NUMBER" },
    { "prompt", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &wishes.prompts, "How an announcement should sound; again for each", "NAME=FILE" },
    { "record", 'o', 0, G_OPTION_ARG_FILENAME, &wishes.record, "Record both sides", "FILE.wav" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &wishes.force, "Replace a recording that is there", NULL },
    G_OPTION_ENTRY_NULL
  };
  const SideCliHelp help = { "SCENARIO.json", "Calls a line as the scenario says, without anybody talking on our side.", 1, FALSE };
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  int rc;

  side_sip_init ();
  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  rc = side_cli_line_check (cli, &wishes.line);
  if (rc != SIDE_CLI_OK)
    return rc;
  scenario = read_scenario (argv[1], &wishes, &error);
  if (scenario == NULL || !check_record (&wishes, &error))
    return side_cli_fail (cli, error);
  return work_it (cli, &wishes, scenario);
}
