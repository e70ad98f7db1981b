/* test-test-recovery.c - test calls that were cut off when the program ended
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "result-place.h"
#include "side-test-recordings.h"
#include "side-test-recovery.h"
#include "side-test-result-words.h"
#include "side-test-verdict.h"
#include "side-widget-test.h"

#define CALL_ID RESULT_PLACE_CALL

typedef struct {
  Place       place;
  const char *told;   /* (nullable): what was recovered, in words */
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *folder = side_test_recordings_dup_folder (scene->place.desk);

  side_test_run_for (200);
  side_test_rm_rf (folder);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static void
recovered_cb (Scene      *scene,
              const char *words)
{
  scene->told = g_intern_string (words);
}

static gboolean
is_done (gpointer recovery)
{
  return side_test_recovery_is_done (recovery);
}

static void
recover (Scene *scene)
{
  SideTestRecovery *recovery = side_test_recovery_get (scene->place.desk);

  g_signal_connect_swapped (recovery, "recovered", G_CALLBACK (recovered_cb), scene);
  side_test_wait_until (is_done, recovery, 5000, "the calls to be looked through");
  side_test_run_for (300);
  g_signal_handlers_disconnect_by_data (recovery, scene);
}

static SideTestCall *
new_cut_call (Scene *scene)
{
  SideTestCall *call = result_place_new_call (&scene->place, PLACE_USER);

  call->ended_ms = 0;
  call->end = SIDE_TEST_END_UNKNOWN;
  call->recording = g_strdup (CALL_ID ".wav");
  g_ptr_array_set_size (call->segments, 2);   /* as it was when it was answered: nobody was spoken with */
  g_ptr_array_set_size (call->steps, 0);
  return call;
}

static void
test_recovered (Scene         *scene,
                gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_cut_call (scene);
  g_autoptr (SideTestCall) kept = NULL;
  g_autofree char *path = side_test_recordings_dup_path (scene->place.desk, call);
  SidePhoneRecorder *recorder = result_place_begin_recording (&scene->place, call);
  const SideTestSegment *last;

  result_place_record (recorder, 4);
  side_phone_recorder_free (recorder);   /* unfinished: as the kernel leaves it when the program dies */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  result_place_receive (&scene->place, call);
  recover (scene);
  g_assert_nonnull (scene->told);
  g_assert_nonnull (strstr (scene->told, "was cut off when Sidetone ended; its recording is kept."));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  kept = result_place_stored (&scene->place);
  g_assert_cmpint (kept->ended_ms, ==, kept->recorded_ms + 4000);
  g_assert_cmpstr (kept->recording, ==, CALL_ID ".wav");
  g_assert_cmpuint (strlen (kept->recording_sha256), ==, 64);
  /* The recording was listened through again, to the end. */
  last = kept->segments->pdata[kept->segments->len - 1];
  g_assert_cmpint ((int) last->kind, !=, SIDE_SEGMENT_OTHER);
  g_assert_cmpfloat (last->certainty, >=, 0.5);
  g_assert_cmpint (last->to_ms, ==, kept->ended_ms - kept->dialled_ms);
  g_assert_false (side_test_call_counts (kept));
}

/* It rang, and the program died before a packet came: it has an end, and no recording. */
static void
test_recovered_unheard (Scene         *scene,
                        gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_cut_call (scene);
  g_autoptr (SideTestCall) kept = NULL;
  g_autofree char *found = NULL;
  const SideTestSegment *only;
  gboolean wrong = TRUE;
  g_autofree char *path = side_test_recordings_dup_path (scene->place.desk, call);

  call->answered_ms = call->early_ms = call->recorded_ms = 0;
  /* Later than its empty file is old. */
  call->ringing_ms = MAX (call->dialled_ms, g_get_real_time () / 1000) + 60000;
  g_ptr_array_set_size (call->segments, 0);
  g_ptr_array_set_size (call->facts, 0);
  call->pinned->limits = (SideScenarioLimits) { 0 };
  side_phone_recorder_free (result_place_begin_recording (&scene->place, call));
  result_place_receive (&scene->place, call);
  recover (scene);
  g_assert_nonnull (scene->told);
  g_assert_nonnull (strstr (scene->told, "was cut off when Sidetone ended, before there was any sound."));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  kept = result_place_stored (&scene->place);
  g_assert_cmpint (kept->ended_ms, ==, kept->ringing_ms);
  g_assert_cmpuint (kept->segments->len, ==, 1);
  only = kept->segments->pdata[0];
  g_assert_cmpint ((int) only->kind, ==, SIDE_SEGMENT_DIALLING);
  g_assert_cmpint (only->to_ms, ==, kept->ended_ms - kept->dialled_ms);
  g_assert_null (kept->recording);
  g_assert_null (kept->recording_sha256);
  g_assert_false (side_test_call_counts (kept));
  found = side_test_result_words_found (kept, &wrong);
  g_assert_cmpstr (found, ==, "does not count: it was cut off");
  g_assert_false (wrong);
}

/* One that is being made, another person's, and one that has no sound here are let alone. */
static void
test_not_recovered (Scene         *scene,
                    gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_cut_call (scene);
  g_autoptr (SideTestCall) kept = NULL;
  SidePhoneRecorder *recorder = result_place_begin_recording (&scene->place, call);

  result_place_record (recorder, 1);
  result_place_receive (&scene->place, call);
  recover (scene);   /* the recorder still holds its file */
  g_assert_null (scene->told);
  kept = result_place_stored (&scene->place);
  g_assert_cmpint (kept->ended_ms, ==, 0);
  side_phone_recorder_free (recorder);
}

#define ADD(name, func) g_test_add ("/test-recovery/" name, Scene, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("recovered", test_recovered);
  ADD ("unheard", test_recovered_unheard);
  ADD ("not-recovered", test_not_recovered);
  return g_test_run ();
}
