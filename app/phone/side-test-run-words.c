/* side-test-run-words.c - what is said, pressed and written down in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its steps are spoken by the computer or ticked off by who spoke them; keys,
 * notes and the figures of the line go into the call with their times.
 */
#include "side-test-run-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "side-emodel.h"
#include "side-error.h"
#include "side-hash.h"
#include "side-phone-voice.h"
#include "side-test-prompts.h"

#define KEY_MS    100     /* for how long a key is held; telephones take 40 and more (ITU-T Q.24) */
#define PACKET_MS 20

/* A step that is being made into sound. */
typedef struct {
  SideTestRun    *run;
  char           *step;
  SideTestSaidBy  by;
  guint           hushed;   /* of the run, when it was begun */
  gboolean        or_voice; /* what cannot be played is spoken */
} Saying;

static void
saying_free (Saying *saying)
{
  g_object_unref (saying->run);
  g_free (saying->step);
  g_free (saying);
}

void
_side_test_clip_free (gpointer clip)
{
  g_free (((SideTestClip *) clip)->step);
  g_free (clip);
}

gboolean
_side_test_run_is_speaking (SideTestRun *self)
{
  return self->speaking > 0 || g_hash_table_size (self->clips) > 0;
}

/* What became of it goes to the far side, if somebody still wants it to. */
static void
say_clip (const Saying *saying,
          GBytes       *clip)
{
  SideTestRun *self = saying->run;
  SideTestClip *said;

  if (self->hung_up || self->state >= SIDE_SIP_CALL_CLOSING || saying->hushed != self->hushed)
    return;
  said = g_new0 (SideTestClip, 1);
  said->step = g_strdup (saying->step);
  said->by = saying->by;
  side_test_call_add_step (self->call, saying->step, side_test_run_get_elapsed_ms (self), saying->by);
  g_hash_table_insert (self->clips, GUINT_TO_POINTER (side_call_media_say (self->media, clip)), said);
  _side_test_run_changed (self);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Saying *saying = data;
  SideTestRun *self = saying->run;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) clip = saying->by == SIDE_TEST_SAID_BY_RECORDING ? side_phone_clip_decode_finish (result, &error)
                                                                      : side_phone_voice_speak_finish (result, &error);

  self->speaking--;
  if (clip != NULL)
    say_clip (saying, clip);
  else if (!side_error_is_cancelled (error))
    {
      _side_test_run_failed (self, error);
      if (saying->or_voice)
        side_test_run_say_step (self, saying->step);
    }
  saying_free (saying);
}

/* Returns: (nullable): a step that can be said now */
static const SideScenarioStep *
find_step (SideTestRun *self,
           const char  *step)
{
  const SideScenario *scenario = self->call->pinned;

  return scenario != NULL && self->media != NULL && self->state < SIDE_SIP_CALL_CLOSING ? side_scenario_find_step (scenario, step) : NULL;
}

static Saying *
begin_saying (SideTestRun    *self,
              const char     *step,
              SideTestSaidBy  by)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->run = g_object_ref (self);
  saying->step = g_strdup (step);
  saying->by = by;
  saying->hushed = self->hushed;
  self->speaking++;
  return saying;
}

static void
tell_nothing_to_say (SideTestRun *self)
{
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, _("There is nothing to say in this step: it has no words"));

  _side_test_run_failed (self, error);
}

/**
 * side_test_run_say_step:
 * @self: a test call that goes on
 * @step: id of a step of its scenario
 *
 * Lets the computer say its words; ::said comes when it has, ::failed where it cannot.
 * The microphone is not heard meanwhile.
 */
void
side_test_run_say_step (SideTestRun *self,
                        const char  *step)
{
  const SideScenarioStep *found;

  g_return_if_fail (SIDE_IS_TEST_RUN (self) && step != NULL);

  found = find_step (self, step);
  if (found == NULL)
    return;
  if (found->say == NULL)
    tell_nothing_to_say (self);
  else
    side_phone_voice_speak_async (found->say, self->call->pinned->language, TRUE, self->cancellable, made_cb,
                                  begin_saying (self, step, SIDE_TEST_SAID_BY_COMPUTER));
}

static void
play_step (SideTestRun *self,
           const char  *step,
           gboolean     or_voice)
{
  const SideScenarioStep *found = find_step (self, step);
  Saying *saying;

  if (found == NULL || found->sound == NULL)
    return;
  saying = begin_saying (self, step, SIDE_TEST_SAID_BY_RECORDING);
  saying->or_voice = or_voice && found->say != NULL;
  side_phone_clip_decode_async (found->sound, self->cancellable, made_cb, saying);
}

/**
 * side_test_run_play_step:
 * @self: a test call that goes on
 * @step: id of a step of its scenario that has a recorded line
 *
 * Plays the line to the far side, and into our channel of the recording; ::said comes at
 * its end, ::failed where it cannot be played. The microphone is not heard meanwhile.
 */
void
side_test_run_play_step (SideTestRun *self,
                         const char  *step)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self) && step != NULL);
  play_step (self, step, FALSE);
}

/* For a robot: the recorded line where there is one that can be played, else the voice. */
void
_side_test_run_say_best (SideTestRun *self,
                         const char  *step)
{
  const SideScenarioStep *found = find_step (self, step);

  if (found != NULL && found->sound != NULL)
    play_step (self, step, TRUE);
  else
    side_test_run_say_step (self, step);
}

/**
 * side_test_run_get_saying:
 * @self: a test call
 * @by: (out) (optional): who says it
 *
 * Returns: (transfer none) (nullable): id of the step that the computer says, or that is
 *   played, at this moment; %NULL for none
 */
const char *
side_test_run_get_saying (SideTestRun    *self,
                          SideTestSaidBy *by)
{
  const SideTestClip *first = NULL;
  guint least = G_MAXUINT;
  GHashTableIter iter;
  gpointer number, clip;

  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), NULL);

  /* Clips are said in the order of their numbers. */
  g_hash_table_iter_init (&iter, self->clips);
  while (g_hash_table_iter_next (&iter, &number, &clip))
    if (GPOINTER_TO_UINT (number) < least)
      {
        least = GPOINTER_TO_UINT (number);
        first = clip;
      }
  if (first != NULL && by != NULL)
    *by = first->by;
  return first != NULL ? first->step : NULL;
}

/**
 * side_test_run_tick_step:
 * @self: a test call
 * @step: id of a step that the caller has said
 */
void
side_test_run_tick_step (SideTestRun *self,
                         const char  *step)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self) && step != NULL);

  side_test_call_add_step (self->call, step, side_test_run_get_elapsed_ms (self), SIDE_TEST_SAID_BY_CALLER);
  _side_test_run_changed (self);
}

/**
 * side_test_run_hush:
 * @self: a test call
 *
 * Stops what the computer is saying or playing, and what was to come behind it.
 */
void
side_test_run_hush (SideTestRun *self)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self));

  if (self->media != NULL)
    side_call_media_hush (self->media);
  self->hushed++;
  if (g_hash_table_size (self->clips) == 0)
    return;
  g_hash_table_remove_all (self->clips);
  _side_test_run_changed (self);
}

/**
 * side_test_run_press:
 * @self: a test call that is answered, or whose own sound comes already
 * @keys: one or more of %SIDE_KEYS
 * @error: SIDE_ERROR_INVALID, or what the sound says: no tones were agreed
 *
 * Returns: whether the keys are on their way
 */
gboolean
side_test_run_press (SideTestRun  *self,
                     const char   *keys,
                     GError      **error)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self) && keys != NULL, FALSE);

  if (self->media == NULL || self->state < SIDE_SIP_CALL_EARLY || self->state >= SIDE_SIP_CALL_CLOSING)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("Keys can be pressed when somebody or something has answered"));
      return FALSE;
    }
  if (!side_keys_are_keys (keys))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, _("“%s” are no keys of a telephone"), keys);
      return FALSE;
    }
  if (!side_call_media_press (self->media, keys, KEY_MS, error))
    return FALSE;
  side_test_call_add_key (self->call, keys, side_test_run_get_elapsed_ms (self));
  _side_test_run_changed (self);
  return TRUE;
}

/**
 * side_test_run_note:
 * @self: a test call
 * @text: what the caller notices now
 */
void
side_test_run_note (SideTestRun *self,
                    const char  *text)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self) && text != NULL);

  side_test_call_add_note (self->call, side_test_run_get_elapsed_ms (self), text);
  _side_test_run_changed (self);
}

/* -- the line */

static char *
name_of (const char *codec)
{
  const char *slash = strchr (codec, '/');

  return slash != NULL ? g_strndup (codec, (gsize) (slash - codec)) : g_strdup (codec);
}

/* The figures of the line up to now. */
void
_side_test_run_keep_quality (SideTestRun *self)
{
  SideTestQuality *quality = &self->call->quality;
  SidePhoneStats stats;
  SideLine line = { .concealed = TRUE, .burst_ratio = 1, .packet_ms = PACKET_MS };
  SideLineRating rating;
  guint64 sent;

  side_call_media_get_stats (self->media, &stats);
  if (*stats.codec == '\0')
    return;
  sent = stats.received + stats.lost;
  g_free (quality->codec);
  g_free (quality->assumptions);
  quality->codec = name_of (stats.codec);
  quality->encrypted = stats.encrypted;
  quality->loss = sent > 0 ? (double) (stats.lost + stats.late) / (double) sent : -1;
  quality->jitter_ms = stats.received > 1 ? stats.jitter_ms : -1;
  quality->round_trip_ms = isnan (stats.round_trip_ms) ? -1 : stats.round_trip_ms;
  line.codec = quality->codec;
  line.loss = quality->loss;
  line.round_trip_ms = quality->round_trip_ms;
  line.buffer_ms = stats.buffer_ms;
  side_emodel_rate (&line, &rating);
  quality->mos = isnan (rating.mos) ? -1 : rating.mos;
  quality->assumptions = side_emodel_assumptions (&line);
}

static void
stats_cb (SideTestRun *self)
{
  _side_test_run_keep_quality (self);
  _side_test_run_changed (self);
}

static void
said_cb (SideTestRun *self,
         guint        clip)
{
  SideTestClip *said = NULL;

  if (!g_hash_table_steal_extended (self->clips, GUINT_TO_POINTER (clip), NULL, (gpointer *) &said))
    return;
  _side_test_run_tell_said (self, said->step);
  _side_test_clip_free (said);
  _side_test_run_changed (self);
}

/* What it means for the call; the reason is the machine's own. */
static char *
failure_words (SidePhonePart  part,
               const char    *reason)
{
  switch (part)
    {
    case SIDE_PHONE_RECORDING:
      return g_strdup_printf (_("The call is not recorded any more: %s"), reason);
    case SIDE_PHONE_MICROPHONE:
      return g_strdup_printf (_("There is no microphone, so they hear silence: %s"), reason);
    case SIDE_PHONE_LOUDSPEAKER:
      return g_strdup_printf (_("The call is recorded, and cannot be heard here: %s"), reason);
    case SIDE_PHONE_KEYS:
      return g_strdup_printf (_("What they send cannot be decrypted: %s"), reason);
    case SIDE_PHONE_STREAM:
    default:
      return g_strdup_printf (_("Sound is not sent or received any more: %s"), reason);
    }
}

static void
failed_cb (SideTestRun  *self,
           SidePhonePart part,
           GError       *error)
{
  g_autofree char *text = failure_words (part, error->message);
  g_autoptr (GError) told = g_error_new_literal (error->domain, error->code, text);

  _side_test_run_failed (self, told);
}

/* Hears what the sound tells. */
void
_side_test_run_listen (SideTestRun *self)
{
  g_signal_connect_object (self->media, "stats", G_CALLBACK (stats_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->media, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->media, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

/* -- the recording */

/* What is to be compared has to be written down for as long as the call lasts, wanted or not: where the
 * desktop keeps what is gone when the user signs out. */
static gboolean
make_passing (SideTestRun  *self,
              GError      **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "sidetone-call-XXXXXX", NULL);

  if (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700) != 0 || g_mkdtemp (folder) == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, _("No room to compare announcements in: %s"), g_strerror (errno));
      return FALSE;
    }
  self->passing = g_steal_pointer (&folder);
  self->recording = g_build_filename (self->passing, "call.wav", NULL);
  return TRUE;
}

/* Begins to record, where that is wished or needed. */
gboolean
_side_test_run_record (SideTestRun  *self,
                       GError      **error)
{
  if (self->recording == NULL && side_test_prompts_wanted (self->call) && !make_passing (self, error))
    return FALSE;
  return self->recording == NULL || side_call_media_record (self->media, self->recording, error);
}

/* Deletes what was recorded only to be compared. */
void
_side_test_run_forget (SideTestRun *self)
{
  if (self->passing == NULL)
    return;
  g_unlink (self->recording);
  g_rmdir (self->passing);
  g_clear_pointer (&self->recording, g_free);
  g_clear_pointer (&self->passing, g_free);
}

static void
hash_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  int fd = g_open (data, O_RDONLY | O_CLOEXEC, 0);
  int error = errno;
  char *hex;

  if (fd < 0)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, _("The recording cannot be read: %s"), g_strerror (error));
      return;
    }
  hex = side_hash_of_fd (fd, cancellable);
  close (fd);
  if (hex != NULL)
    g_task_return_pointer (task, hex, g_free);
  else
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, _("The recording cannot be read"));
}

/* By its hash a recording is known again, here and in a dispute. */
void
side_test_run_hash_async (SideTestRun         *self,
                          const char          *path,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, hash_thread);
  g_object_unref (task);
}

char *
side_test_run_hash_finish (SideTestRun   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- the announcements */

/* What the worker reads; the call itself belongs to the main thread. */
typedef struct {
  SideTestCall *call;
  char         *recording;
  gint64        heard_from_ms;
} Comparison;

static void
comparison_free (gpointer data)
{
  Comparison *self = data;

  side_test_call_unref (self->call);
  g_free (self->recording);
  g_free (self);
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Comparison *work = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *prompts = side_test_prompts_find (work->call, work->recording, work->heard_from_ms, &error);

  if (prompts != NULL)
    g_task_return_pointer (task, prompts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, error->domain, error->code, _("The announcements could not be compared: %s"), error->message);
}

/* Looks for the scenario's announcements in the recording that is finished. */
void
side_test_run_compare_async (SideTestRun         *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Comparison *work = g_new0 (Comparison, 1);

  work->call = side_test_call_copy (self->call);
  work->recording = g_strdup (self->recording);
  work->heard_from_ms = self->heard_from_ms;
  g_task_set_task_data (task, work, comparison_free);
  g_task_run_in_thread (task, compare_thread);
  g_object_unref (task);
}

/* What was found goes into the call. */
gboolean
side_test_run_compare_finish (SideTestRun   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr (GPtrArray) prompts = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  prompts = g_task_propagate_pointer (G_TASK (result), error);
  if (prompts != NULL)
    side_test_prompts_take (self->call, prompts);
  return prompts != NULL;
}
