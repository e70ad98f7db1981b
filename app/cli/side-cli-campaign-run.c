/* side-cli-campaign-run.c - sidetonectl campaign run: makes a campaign's calls that are due
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For cron, every minute or so: calls whose time has come and which were not begun
 * are made one after the other. What was done is in the state file.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-campaign-draw.h"
#include "side-cli-caller.h"
#include "side-cli-campaign.h"
#include "side-phone-recorder.h"
#include "side-sip-words.h"
#include "side-test-verdict.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

#define GRACE_MIN 10      /* minutes a call may be late, unless it is said */

typedef struct {
  SideCliLine   line;
  SideCliPlaces places;
  char         *state;
  char         *recordings;
  int           grace_min;
  gboolean      due;
  gboolean      all;
  gboolean      dry;
} Wishes;

static void
wishes_clear (Wishes *self)
{
  side_cli_line_clear (&self->line);
  side_cli_places_clear (&self->places);
  g_free (self->state);
  g_free (self->recordings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

/* How a call of the campaign stands. */
typedef enum { STAND_WAITING, STAND_DUE, STAND_MISSED, STAND_BEGUN, STAND_ELSEWHERE } Stand;

/* A call that was made now, or could not be. */
typedef struct {
  const SideCampaignCall *call;
  SideTestCall           *made;       /* NULL where it could not be */
  guint                   limits;
  GPtrArray              *failures;
} Result;

typedef struct {
  SideCliPlan   plan;
  SideCliState  state;
  SideCliCaller caller;
  SideCliRules  rules;
  const Wishes *wishes;
  GPtrArray    *results;
  GPtrArray    *alarms;        /* of SideCampaignAlarm: as they are in the end */
  GHashTable   *raised;        /* set of "scenario number" of those that were raised now */
} Run;

static void
result_free (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->made, side_test_call_unref);
  g_clear_pointer (&result->failures, g_ptr_array_unref);
  g_free (result);
}

static void
run_clear (Run *self)
{
  side_cli_caller_close (&self->caller);
  side_cli_rules_clear (&self->rules);
  side_cli_state_clear (&self->state);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_pointer (&self->raised, g_hash_table_unref);
  side_cli_plan_clear (&self->plan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static Stand
stand_of (const Run              *self,
          const SideCampaignCall *call)
{
  gint64 late_ms = now_ms () - call->at_ms;

  if (side_cli_state_find (&self->state, call) != NULL)
    return STAND_BEGUN;
  if (call->test_call != NULL || call->skipped != NULL)
    return STAND_ELSEWHERE;
  if (late_ms < 0)
    return STAND_WAITING;
  return late_ms <= self->wishes->grace_min * SIDE_MINUTE_MS ? STAND_DUE : STAND_MISSED;
}

/* The first call that stands like this; NULL for none. */
static const SideCampaignCall *
first_of (const Run *self,
          Stand      stand)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  for (guint i = 0; i < calls->len; i++)
    if (stand_of (self, calls->pdata[i]) == stand)
      return calls->pdata[i];
  return NULL;
}

/* -- alarms */

static char *
alarm_key (const SideCampaignAlarm *alarm)
{
  return g_strdup_printf ("%s %s", alarm->scenario, alarm->number);
}

/* Looks at all calls so far, and keeps what the newest one raised. */
static void
watch (Run *self)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  for (guint i = 0; i < self->state.marks->len; i++)
    {
      const SideCliMark *mark = self->state.marks->pdata[i];

      if (mark->call != NULL)
        g_ptr_array_add (calls, mark->call);
    }
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  self->alarms = side_campaign_alarms (self->plan.campaign, calls);
  /* The first one is of the line called last: nothing is raised for another one now. */
  if (self->results->len > 0 && self->alarms->len > 0)
    {
      const SideTestCall *newest = ((const Result *) self->results->pdata[self->results->len - 1])->made;
      const SideCampaignAlarm *alarm = self->alarms->pdata[0];

      if (newest != NULL && alarm->raised && g_strcmp0 (alarm->number, newest->number) == 0 && g_strcmp0 (alarm->scenario, newest->scenario) == 0)
        g_hash_table_add (self->raised, alarm_key (alarm));
    }
}

/* -- calls */

static SideTestCall *
prepare (const Run              *self,
         const SideCampaignCall *call)
{
  const SideScenario *scenario = side_cli_plan_scenario (&self->plan, call->scenario);
  g_autofree char *id = side_id_new ();
  SideTestCall *made = side_test_call_new (id, self->plan.campaign->project, side_cli_plan_number (&self->plan, call));

  side_test_call_follow (made, scenario);
  side_cli_rules_sign (&self->rules, made);
  made->robot = TRUE;
  made->campaign = g_strdup (self->plan.campaign->id);
  made->vendor = g_strdup (side_cli_plan_vendor (&self->plan, call));
  made->account = g_strdup (self->wishes->line.line);
  return made;
}

/* The file of its recording, which is told apart by time and id; none where nobody wants to keep it. */
static char *
choose_recording (const Run          *self,
                  const SideTestCall *call)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *name = g_strdup_printf ("%s-%s.wav", time, call->review->id);

  return self->wishes->recordings != NULL ? g_build_filename (self->wishes->recordings, name, NULL) : NULL;
}

/* Makes it, whatever comes of it; @error is set where nobody was called. */
static SideTestCall *
dial (Run                 *self,
      const SideTestCall  *call,
      GError             **error)
{
  g_autofree char *recording = choose_recording (self, call);

  return side_cli_caller_call (&self->caller, call, recording, error) ? side_test_call_ref (side_test_run_get_call (self->caller.run)) : NULL;
}

/* Returns: whether the state file holds what happened */
static gboolean
make_call (Run                     *self,
           const SideCampaignCall  *call,
           GError                 **error)
{
  g_autoptr (SideTestCall) prepared = prepare (self, call);
  g_autoptr (GError) reason = NULL;
  Result *result;

  if (!side_cli_state_begin (&self->state, call, prepared->review->id, now_ms (), error))
    return FALSE;
  result = g_new0 (Result, 1);
  result->call = call;
  result->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_ptr_array_add (self->results, result);
  result->made = dial (self, prepared, &reason);
  if (reason != NULL)
    g_ptr_array_add (result->failures, g_error_copy (reason));
  for (guint i = 0; result->made != NULL && i < self->caller.failures->len; i++)
    g_ptr_array_add (result->failures, g_error_copy (self->caller.failures->pdata[i]));
  result->limits = result->made != NULL ? self->caller.limits : 0;
  if (!side_cli_state_end (&self->state, prepared->review->id, result->made, error))
    return FALSE;
  watch (self);
  return TRUE;
}

/* A call that could not be made is not tried again in this run. */
static gboolean
was_tried (const Run              *self,
           const SideCampaignCall *call)
{
  for (guint i = 0; i < self->results->len; i++)
    if (((const Result *) self->results->pdata[i])->call == call)
      return TRUE;
  return FALSE;
}

static gboolean
make_calls (Run     *self,
            GError **error)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  for (guint i = 0; i < calls->len && !self->caller.stopped; i++)
    {
      const SideCampaignCall *call = calls->pdata[i];

      if (stand_of (self, call) == STAND_WAITING && self->wishes->all && !side_cli_caller_wait (&self->caller, call->at_ms))
        break;
      if (stand_of (self, call) == STAND_DUE && !was_tried (self, call) && !make_call (self, call, error))
        return FALSE;
    }
  return TRUE;
}

/* -- the answer */

static void
add_result (const Run    *self,
            JsonBuilder  *builder,
            const Result *result)
{
  json_builder_begin_object (builder);
  side_cli_plan_add_call (&self->plan, builder, result->call);
  if (result->made != NULL)
    {
      g_autofree char *text = side_wire_test_call_to_json (result->made);

      json_builder_set_member_name (builder, "call");
      json_builder_add_value (builder, json_from_string (text, NULL));
      side_cli_add_limits (builder, result->made, result->limits);
      side_cli_add_faults (builder, result->made);
    }
  side_cli_add_failures (builder, result->failures);
  json_builder_end_object (builder);
}

/* Those that stand like @stand, and were not tried now. */
static void
add_standing (const Run   *self,
              JsonBuilder *builder,
              const char  *name,
              Stand        stand)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    if (stand_of (self, calls->pdata[i]) == stand && !was_tried (self, calls->pdata[i]))
      {
        json_builder_begin_object (builder);
        side_cli_plan_add_call (&self->plan, builder, calls->pdata[i]);
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

/* Begun, and the program died before they were over: what came of them nobody knows. */
static void
add_interrupted (const Run   *self,
                 JsonBuilder *builder)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  json_builder_set_member_name (builder, "interrupted");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    {
      const SideCliMark *mark = side_cli_state_find (&self->state, calls->pdata[i]);

      if (mark == NULL || mark->call != NULL)
        continue;
      json_builder_begin_object (builder);
      side_cli_plan_add_call (&self->plan, builder, calls->pdata[i]);
      side_cli_add_text (builder, "id", mark->id);
      json_builder_set_member_name (builder, "began_ms");
      json_builder_add_int_value (builder, mark->began_ms);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_alarms (const Run   *self,
            JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "alarms");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->alarms->len; i++)
    {
      const SideCampaignAlarm *alarm = self->alarms->pdata[i];
      g_autofree char *key = alarm_key (alarm);

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "scenario", alarm->scenario);
      side_cli_add_text (builder, "number", alarm->number);
      side_cli_add_number (builder, "failed", alarm->failed);
      side_cli_add_number (builder, "of", alarm->of);
      side_cli_add_boolean (builder, "raised", g_hash_table_contains (self->raised, key));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
tell_json (const Run *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "campaign", self->plan.campaign->id);
  side_cli_add_text (builder, "title", self->plan.campaign->title);
  side_cli_add_text (builder, "state", self->state.path);
  side_cli_add_boolean (builder, "dry_run", self->wishes->dry);
  json_builder_set_member_name (builder, "made");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->results->len; i++)
    add_result (self, builder, self->results->pdata[i]);
  json_builder_end_array (builder);
  add_standing (self, builder, "due", STAND_DUE);
  add_standing (self, builder, "waiting", STAND_WAITING);
  add_standing (self, builder, "missed", STAND_MISSED);
  add_interrupted (self, builder);
  add_alarms (self, builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_call (const Run              *self,
            const SideCampaignCall *call,
            const char             *words)
{
  const SideScenario *scenario = side_cli_plan_scenario (&self->plan, call->scenario);
  const char *number = side_cli_plan_number (&self->plan, call);
  g_autofree char *time = side_cli_plan_time (&self->plan, call->at_ms);
  g_autofree char *title = side_cli_plain (scenario->title != NULL ? scenario->title : scenario->id);
  g_autofree char *dialled = side_cli_plain (number != NULL ? number : "no number");
  g_autofree char *plain = side_cli_plain (words);

  g_print ("%s  %-16s %s: %s\n", time, dialled, title, plain);
}

static void
print_standing (const Run  *self,
                Stand       stand,
                const char *words)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  for (guint i = 0; i < calls->len; i++)
    if (stand_of (self, calls->pdata[i]) == stand && !was_tried (self, calls->pdata[i]))
      print_call (self, calls->pdata[i], words);
}

static void
tell (const Run *self)
{
  const GPtrArray *calls = self->plan.campaign->calls;

  for (guint i = 0; i < self->results->len; i++)
    {
      const Result *result = self->results->pdata[i];
      g_autofree char *words = result->made != NULL ? side_cli_fault_words (result->made) : NULL;

      if (result->made == NULL)
        print_call (self, result->call, ((const GError *) result->failures->pdata[0])->message);
      else if (*words != '\0')
        print_call (self, result->call, words);
      else
        {
          const char *why = side_cli_discount_words (result->made);
          g_autofree char *nothing = why != NULL ? g_strdup_printf ("says nothing of the line: %s", why) : g_strdup ("fine");

          print_call (self, result->call, nothing);
        }
    }
  print_standing (self, STAND_DUE, "due");
  print_standing (self, STAND_MISSED, "missed");
  for (guint i = 0; i < calls->len; i++)
    {
      const SideCliMark *mark = side_cli_state_find (&self->state, calls->pdata[i]);

      if (mark != NULL && mark->call == NULL)
        print_call (self, calls->pdata[i], "begun, and never ended: the program died");
    }
  if (self->wishes->dry)
    print_standing (self, STAND_WAITING, "waiting");
  for (guint i = 0; i < self->alarms->len; i++)
    {
      const SideCampaignAlarm *alarm = self->alarms->pdata[i];
      g_autofree char *number = side_cli_plain (alarm->number);

      g_print ("ALARM %s: %d of the last %d calls failed\n", number, alarm->failed, alarm->of);
    }
}

static int
code_of (const Run *self)
{
  gboolean failed = FALSE, found = FALSE;

  for (guint i = 0; i < self->results->len; i++)
    {
      const Result *result = self->results->pdata[i];

      failed |= result->made == NULL || !side_test_call_counts (result->made);
      found |= result->made != NULL && (side_test_call_faults (result->made) != 0 || result->limits != 0);
    }
  if (g_hash_table_size (self->raised) > 0)
    return SIDE_CLI_ALARM;
  return failed ? SIDE_CLI_FAILED : found ? SIDE_CLI_FOUND : SIDE_CLI_OK;
}

/* -- the command */

/* Whether it is for a computer, and everything it needs is there. */
static gboolean
check_plan (const SideCliPlan  *plan,
            GError            **error)
{
  const GPtrArray *calls = plan->campaign->calls;

  if (!plan->campaign->robot)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the calls of this campaign are made by people: “robot” is not set in it");
  else if (plan->campaign->closed_ms != 0)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the campaign is closed");
  else
    {
      for (guint i = 0; i < calls->len; i++)
        if (side_cli_plan_number (plan, calls->pdata[i]) == NULL)
          {
            g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "neither the campaign nor the scenario %s says what to dial",
                         ((const SideCampaignCall *) calls->pdata[i])->scenario);
            return FALSE;
          }
      return TRUE;
    }
  return FALSE;
}

static gboolean
open_run (Run         *self,
          SideCli     *cli,
          const char  *path,
          GError     **error)
{
  const Wishes *wishes = self->wishes;
  g_autofree char *state = wishes->state != NULL ? g_strdup (wishes->state) : g_strconcat (path, ".state", NULL);

  self->results = g_ptr_array_new_with_free_func (result_free);
  self->alarms = g_ptr_array_new ();
  self->raised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!side_cli_plan_read (&self->plan, path, &wishes->places, error) || !side_cli_plan_draw (&self->plan, error)
      || !check_plan (&self->plan, error))
    return FALSE;
  if (wishes->recordings != NULL && !g_file_test (wishes->recordings, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "“%s” is not a folder", wishes->recordings);
      return FALSE;
    }
  if (!wishes->dry && !side_cli_rules_check (&self->rules, cli, &wishes->line, self->plan.campaign->project, error))
    return FALSE;
  if (wishes->dry ? !side_cli_state_look (&self->state, state, self->plan.campaign->id, error)
                  : !side_cli_state_open (&self->state, state, self->plan.campaign->id, error))
    return FALSE;
  watch (self);
  return TRUE;
}

static int
run_it (SideCli      *cli,
        const Wishes *wishes,
        const char   *path)
{
  g_auto (Run) run = { .wishes = wishes, .state = { .fd = -1 } };
  g_autoptr (GError) error = NULL;
  gboolean wanted;

  if (!open_run (&run, cli, path, &error))
    {
      int rc = side_cli_fail (cli, error);

      return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_BUSY) ? SIDE_CLI_BUSY : rc;
    }
  /* Recordings of calls that a program died in get their names. */
  if (wishes->recordings != NULL && !wishes->dry)
    {
      g_autoptr (GPtrArray) recovered = side_phone_recordings_recover (wishes->recordings, NULL);

      for (guint i = 0; recovered != NULL && i < recovered->len; i++)
        if (((const SidePhoneRecovered *) recovered->pdata[i])->duration_ms > 0)
          side_cli_warn ("the recording of a call that was cut off is kept: %s", ((const SidePhoneRecovered *) recovered->pdata[i])->path);
    }
  wanted = first_of (&run, STAND_DUE) != NULL || (wishes->all && first_of (&run, STAND_WAITING) != NULL);
  if (wanted && !wishes->dry && (!side_cli_caller_open (&run.caller, &wishes->line, &error) || !make_calls (&run, &error)))
    return side_cli_fail (cli, error);
  if (cli->json)
    tell_json (&run);
  else
    tell (&run);
  return code_of (&run);
}

/**
 * side_cli_campaign_run:
 * @cli: how to answer
 * @argc: number of words, the command's own first
 * @argv: the words
 *
 * Returns: 0 when what was due was made and nothing was found to be wrong, 3 when
 *   something was, 4 when an alarm was raised, 1 when a call could not be made,
 *   5 when another run is at it, 2 for wrong words
 */
int
side_cli_campaign_run (SideCli  *cli,
                       int       argc,
                       char    **argv)
{
  g_auto (Wishes) wishes = { .grace_min = GRACE_MIN };
  const GOptionEntry entries[] = {
    SIDE_CLI_LINE_ENTRIES (wishes.line),
    { "due", 0, 0, G_OPTION_ARG_NONE, &wishes.due, "Make what is due now, and end; the usual way", NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &wishes.all, "Wait for the time of each call, and make all", NULL },
    { "grace", 0, 0, G_OPTION_ARG_INT, &wishes.grace_min, "How late a call may be", "MINUTES" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &wishes.state, "What was done; CAMPAIGN.json.state unless named", "FILE" },
    { "recordings", 0, 0, G_OPTION_ARG_FILENAME, &wishes.recordings, "Keep recordings of both sides there", "FOLDER" },
    { "scenarios", 0, 0, G_OPTION_ARG_FILENAME, &wishes.places.scenarios, "Where the scenarios are, if not beside the campaign", "FOLDER" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &wishes.places.time_zone, "For a campaign or scenario that names none", "ZONE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wishes.dry, "Tell what would be done, and call nobody", NULL },
    G_OPTION_ENTRY_NULL
  };
  const SideCliHelp help = { "CAMPAIGN.json", "Makes the calls of a campaign that are due, without anybody talking on our side.", 1, FALSE };
  int rc;

  side_sip_init ();
  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  rc = wishes.line.line != NULL || !wishes.dry ? side_cli_line_check (cli, &wishes.line) : SIDE_CLI_OK;
  if (rc != SIDE_CLI_OK)
    return rc;
  if (wishes.due && wishes.all)
    return side_cli_usage (cli, "It is --due or --all, not both");
  if (wishes.grace_min < 1 || wishes.grace_min > 24 * 60)
    return side_cli_usage (cli, "--grace is from 1 minute to a day of them");
  return run_it (cli, &wishes, argv[1]);
}
