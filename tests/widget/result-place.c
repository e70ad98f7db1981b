/* result-place.c - a test call that was made, with something wrong in it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "result-place.h"

#include <math.h>

#include "side-test.h"
#include "side-test-recordings.h"
#include "side-wire.h"

/* Rings 2.3 s, a menu of 8.2 s, 27.3 s in the queue of 20, a person. */
SideTestCall *
result_place_new_call (Place      *place,
                       const char *author)
{
  SideTestCall *call = side_test_call_new (RESULT_PLACE_CALL, side_desk_get_project_id (place->desk), "+74951200007");
  g_autoptr (SideScenario) scenario = side_scenario_new (RESULT_PLACE_SCENARIO, side_desk_get_project_id (place->desk), "Return outside 14 days");

  scenario->limits = (SideScenarioLimits) { 15000, 10000, 20000, 300000 };
  side_scenario_add_step (scenario, "a", "Say the sole came off.");
  side_scenario_add_fact (scenario, "f", "How long is the warranty?", "2 years");
  side_test_call_follow (call, scenario);
  g_free (call->review->reviewer);
  call->review->reviewer = g_strdup (author);
  call->account = g_strdup ("Office");
  call->dialled_ms = side_desk_get_write_ms (place->desk) - 3600000;
  call->ringing_ms = call->dialled_ms + 900;
  call->answered_ms = call->recorded_ms = call->dialled_ms + 3200;
  call->ended_ms = call->dialled_ms + 86000;
  call->end = SIDE_TEST_END_THEM;
  side_test_call_add_segment (call, SIDE_SEGMENT_DIALLING, 0, 900, 1);
  side_test_call_add_segment (call, SIDE_SEGMENT_RINGING, 900, 3200, 1);
  side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 3200, 11400, 0.83);
  side_test_call_add_segment (call, SIDE_SEGMENT_QUEUE, 11400, 38700, 0.9);
  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 38700, 86000, 0.6);
  side_test_call_add_key (call, "2", 11000);
  side_test_call_add_step (call, "a", 40000, SIDE_TEST_SAID_BY_CALLER);
  side_test_call_add_note (call, 41000, "Sounds bored");
  side_test_call_set_fact (call, "f", SIDE_TEST_FACT_WRONG, "one year");
  call->quality = (SideTestQuality) { g_strdup ("PCMA"), TRUE, 0.002, 4, 62, 4.3, g_strdup ("E-model, quiet rooms") };
  return call;
}

/* We are silent; the far side is a tone of 440 Hz. */
void
result_place_record (SidePhoneRecorder *recorder,
                     guint              seconds)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint16 *ours = g_new0 (gint16, RESULT_PLACE_RATE), *theirs = g_new (gint16, RESULT_PLACE_RATE);

  for (guint i = 0; i < RESULT_PLACE_RATE; i++)
    theirs[i] = (gint16) (8000 * sin (2 * G_PI * 440 * i / RESULT_PLACE_RATE));
  for (guint i = 0; i < seconds; i++)
    side_phone_recorder_write (recorder, ours, theirs, RESULT_PLACE_RATE, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the only call that is stored, as it is there. */
SideTestCall *
result_place_stored (Place *place)
{
  g_autoptr (GPtrArray) documents = place_list (place, "test-call", NULL);
  SideTestCall *call;

  g_assert_cmpuint (documents->len, ==, 1);
  call = side_wire_test_call_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
  g_assert_nonnull (call);
  return call;
}

/* As it comes from the server. */
void
result_place_receive (Place              *place,
                      const SideTestCall *call)
{
  g_autoptr (SideDocument) document = side_wire_document_for_test_call (call);

  document->revision = 1;
  document->author = g_strdup (call->review->reviewer);
  place_receive (place, document);
  side_test_run_for (300);
}

SidePhoneRecorder *
result_place_begin_recording (Place              *place,
                              const SideTestCall *call)
{
  g_autofree char *path = side_test_recordings_dup_path (place->desk, call);
  g_autoptr (GError) error = NULL;
  SidePhoneRecorder *recorder = side_phone_recorder_new (path, RESULT_PLACE_RATE, &error);

  g_assert_no_error (error);
  return recorder;
}
