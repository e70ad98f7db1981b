/* test-speech.c - spoken recordings: the right words, side, time and length
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "side-dialogue.h"
#include "side-error.h"
#include "side-speech-plan.h"
#include "side-speech.h"
#include "side-telephone.h"
#include "side-test.h"
#include "side-wav.h"

#define FRAME_MS   10
#define FRAME      (FRAME_MS * 8)
#define SPEECH_DB  -50.0
#define SILENCE_DB -54.0

static SideSpeechSpec *
spec_of (const char *call,
         const char *queue,
         gint64      talk_ms)
{
  SideSpeechSpec *spec = side_speech_spec_new ();
  gboolean english = g_str_has_prefix (queue, "oak");

  spec->seed = 7;
  spec->call = g_strdup (call);
  spec->queue = g_strdup (queue);
  spec->language = g_strdup (english ? "en" : "ru");
  spec->talk_ms = talk_ms;
  spec->shop = g_strdup (english ? "North & Oak" : "Кроссовки.ру");
  spec->op = g_strdup (english ? "Alice" : "Анна");
  spec->op_id = g_strdup ("201");
  spec->op_woman = TRUE;
  return spec;
}

/* A finished recording, as a reader finds it. */
typedef struct {
  char       *folder;
  char       *path;
  char       *bytes;
  gsize       len;
  SideWavInfo info;
  JsonParser *turns;
} Recording;

static void
recording_clear (Recording *recording)
{
  side_test_rm_rf (recording->folder);
  g_free (recording->folder);
  g_free (recording->path);
  g_free (recording->bytes);
  g_clear_object (&recording->turns);
}

static Recording
render (const SideSpeechSpec *spec)
{
  g_autoptr (SideSpeech) speech = side_speech_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *turns_path = NULL;
  Recording recording = { 0 };

  recording.folder = side_test_tmp_dir ();
  recording.path = g_build_filename (recording.folder, "call.wav", NULL);
  side_speech_render_async (speech, spec, recording.path, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "a recording to be spoken");
  side_speech_render_finish (speech, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (side_speech_get_backlog (speech), ==, 0);

  g_file_get_contents (recording.path, &recording.bytes, &recording.len, &error);
  g_assert_no_error (error);
  g_assert_true (side_wav_parse ((guint8 *) recording.bytes, recording.len, recording.len, &recording.info, &error));
  turns_path = side_speech_turns_path (recording.path);
  recording.turns = json_parser_new ();
  json_parser_load_from_file (recording.turns, turns_path, &error);
  g_assert_no_error (error);
  return recording;
}

static double
level_db (const Recording *recording,
          gboolean         customer,
          gint64           frame)
{
  const guint8 *at = (const guint8 *) recording->bytes + recording->info.data_offset + frame * FRAME * 4 + customer * 2;
  double sum = 1e-12;

  for (guint i = 0; i < FRAME; i++, at += 4)
    {
      double x = (gint16) (at[0] | at[1] << 8) / 32768.0;
      sum += x * x / FRAME;
    }
  return 10 * log10 (sum);
}

typedef struct {
  gboolean    customer;
  gint64      from_ms, to_ms;
  const char *text;
} Turn;

static GArray *
turns_of (const Recording *recording)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (recording->turns));
  JsonArray *array = json_object_get_array_member (root, "turns");
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (Turn));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      Turn turn = { g_str_equal (json_object_get_string_member (object, "side"), "customer"),
                    json_object_get_int_member (object, "from_ms"), json_object_get_int_member (object, "to_ms"),
                    json_object_get_string_member (object, "text") };

      g_array_append_val (turns, turn);
    }
  return turns;
}

static gboolean
in_turn (GArray  *turns,
         gboolean customer,
         gint64   from_ms,
         gint64   to_ms)
{
  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);
      if (turn->customer == customer && turn->from_ms < to_ms && turn->to_ms > from_ms)
        return TRUE;
    }
  return FALSE;
}

/* The turn's sound begins and ends where the list says, within 50 ms. */
static void
check_edges (const Recording *recording,
             const Turn      *turn,
             gint64           length_ms)
{
  gint64 from = turn->from_ms / FRAME_MS - 15;
  gint64 to = MIN (turn->to_ms, length_ms) / FRAME_MS + 15;
  gint64 first, last;

  for (first = MAX (0, from); first < to && level_db (recording, turn->customer, first) < SPEECH_DB; first++)
    continue;
  last = MIN (to, length_ms / FRAME_MS - 1);
  for (; last > first && level_db (recording, turn->customer, last) < SPEECH_DB; last--)
    continue;
  if (ABS (first * FRAME_MS - turn->from_ms) > 50 || ABS ((last + 1) * FRAME_MS - turn->to_ms) > 50)
    g_error ("turn %s %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT " is heard at %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT
             ": %s", turn->customer ? "C" : "O", turn->from_ms, turn->to_ms, first * FRAME_MS, (last + 1) * FRAME_MS,
             turn->text);
}

/* Whether the turn's edges stand alone on its side, so that they can be heard. */
static gboolean
stands_alone (GArray     *turns,
              const Turn *turn)
{
  return !in_turn (turns, turn->customer, turn->from_ms - 170, turn->from_ms)
         && !in_turn (turns, turn->customer, turn->to_ms, turn->to_ms + 170);
}

static void
check_recording (const Recording *recording,
                 const SideSpeechSpec *spec)
{
  g_autoptr (GArray) turns = turns_of (recording);
  gint64 wanted_ms = MIN (spec->talk_ms + spec->hold_ms, SIDE_SPEECH_MAX_MS);
  gint64 length_ms = side_wav_get_duration_ms (&recording->info);
  gint64 hold_to_ms = spec->hold_at_ms + spec->hold_ms;
  guint checked = 0, quiet = 0, music = 0;

  g_assert_cmpint (recording->info.format, ==, SIDE_WAV_PCM);
  g_assert_cmpuint (recording->info.channels, ==, 2);
  g_assert_cmpuint (recording->info.rate, ==, 8000);
  g_assert_cmpuint (recording->info.bits, ==, 16);
  g_assert_false (recording->info.length_wrong);
  g_assert_cmpint (ABS (length_ms - wanted_ms), <=, 1);
  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);

      g_assert_cmpint (turn->from_ms, <, turn->to_ms);
      g_assert_cmpint (turn->to_ms, <=, length_ms);
      g_assert_null (strchr (turn->text, '{'));
      if (stands_alone (turns, turn) && (spec->hold_ms == 0 || turn->to_ms + 200 < spec->hold_at_ms
                                         || turn->from_ms - 200 > hold_to_ms))
        {
          check_edges (recording, turn, length_ms);
          checked++;
        }
    }
  for (gint64 frame = 0; frame < length_ms / FRAME_MS; frame++)
    {
      gint64 at = frame * FRAME_MS;
      gboolean held = spec->hold_ms > 0 && at + FRAME_MS > spec->hold_at_ms && at < hold_to_ms;

      for (guint customer = 0; customer < 2; customer++)
        if (!in_turn (turns, customer, at - FRAME_MS, at + 2 * FRAME_MS) && (!held || customer))
          {
            g_assert_cmpfloat (level_db (recording, customer, frame), <, SILENCE_DB);
            quiet++;
          }
      music += held && level_db (recording, FALSE, frame) > -45;
    }
  g_test_message ("%u turns, %u edges heard, %u quiet frames, %u of music", turns->len, checked, quiet, music);
  if (length_ms > 30000)
    g_assert_cmpuint (checked, >=, turns->len * 3 / 5);
  if (spec->hold_ms > 0)
    g_assert_cmpuint (music, >, spec->hold_ms / FRAME_MS * 3 / 5);
}

/* The same spec says the same at the same time. The synthesiser's flutter moves
 * the end of a sentence by a fraction of a millisecond, no more. */
static void
check_same (const Recording *one,
            const Recording *two)
{
  g_autoptr (GArray) a = turns_of (one);
  g_autoptr (GArray) b = turns_of (two);

  g_assert_cmpuint (one->len, ==, two->len);
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const Turn *x = &g_array_index (a, Turn, i);
      const Turn *y = &g_array_index (b, Turn, i);

      g_assert_cmpstr (x->text, ==, y->text);
      g_assert_cmpint (x->customer, ==, y->customer);
      g_assert_cmpint (ABS (x->from_ms - y->from_ms), <=, 60);
      g_assert_cmpint (ABS (x->to_ms - y->to_ms), <=, 60);
    }
}

static void
test_russian_with_hold (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("sim-1795035600.17-1", "sneakers-orders", 121300);
  Recording one, two;

  spec->hold_ms = 21000;
  spec->hold_at_ms = 52000;
  spec->sold = TRUE;
  spec->order = g_strdup ("48213");
  spec->price = g_strdup ("7480 рублей");
  one = render (spec);
  check_recording (&one, spec);
  two = render (spec);
  check_same (&one, &two);
  recording_clear (&two);
  g_free (spec->call);
  spec->call = g_strdup ("sim-1795035600.18-1");
  two = render (spec);
  g_assert_true (memcmp (one.bytes + 44, two.bytes + 44, 400000) != 0);
  recording_clear (&one);
  recording_clear (&two);
}

static void
test_english (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("sim-1795035600.4-1", "oak-delivery", 96000);
  Recording recording = render (spec);

  check_recording (&recording, spec);
  recording_clear (&recording);
}

/* Asked somebody, then passed the caller on: the hold is the end. */
static void
test_passed_on (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("sim-1795035600.5-1", "tea-delivery", 40000);
  Recording recording;

  spec->hold_ms = 15000;
  spec->hold_at_ms = 40000;
  spec->passed_on = TRUE;
  recording = render (spec);
  check_recording (&recording, spec);
  recording_clear (&recording);
}

static void
test_very_short (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("sim-1795035600.6-1", "sneakers-returns", 2400);
  Recording recording = render (spec);

  check_recording (&recording, spec);
  recording_clear (&recording);
}

static void
test_capped (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("sim-1795035600.8-1", "oak-orders", 2 * SIDE_SPEECH_MAX_MS);
  Recording recording = render (spec);

  check_recording (&recording, spec);
  recording_clear (&recording);
}

/* Every voice of either language and sex exists in espeak-ng. */
static void
test_all_voices (void)
{
  g_autoptr (SideSpeech) speech = side_speech_new (NULL);
  g_autofree char *folder = side_test_tmp_dir ();

  for (guint i = 0; i < 48; i++)
    {
      g_autofree char *call = g_strdup_printf ("voice-%u", i);
      g_autofree char *path = g_strdup_printf ("%s/%u.wav", folder, i);
      g_autoptr (SideSpeechSpec) spec = spec_of (call, i % 2 ? "oak-orders" : "tea-orders", 100);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_free (spec->op_id);
      spec->op_id = g_strdup_printf ("2%02u", i);
      spec->op_woman = i / 2 % 2;
      side_speech_render_async (speech, spec, path, NULL, side_test_async_cb, &result);
      side_test_wait_result (&result, 30000, "a voice to speak");
      side_speech_render_finish (speech, result, &error);
      g_assert_no_error (error);
    }
  side_test_rm_rf (folder);
}

static void
test_no_voices (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autoptr (SideSpeechSpec) spec = spec_of ("a-1", "tea-orders", 5000);
  g_autoptr (SideSpeech) speech = side_speech_new (folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_speech_render_async (speech, spec, path, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 30000, "the missing voices to be noticed");
  g_assert_false (side_speech_render_finish (speech, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  side_test_rm_rf (folder);
}

static void
test_cancelled_and_unwritable (void)
{
  g_autoptr (SideSpeechSpec) spec = spec_of ("a-1", "tea-orders", 60000);
  g_autoptr (SideSpeech) speech = side_speech_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_speech_render_async (speech, spec, "/nowhere/at/all.wav", cancellable, side_test_async_cb, &result);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&result, 30000, "the cancelled task to end");
  g_assert_false (side_speech_render_finish (speech, result, &error));
  g_assert_true (side_error_is_cancelled (error));
  g_clear_error (&error);
  g_clear_object (&result);
  side_speech_render_async (speech, spec, "/nowhere/at/all.wav", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 30000, "the task without a folder to end");
  g_assert_false (side_speech_render_finish (speech, result, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_dialogues (void)
{
  static const SideDialogueWords words = { "S", "O", "C", "1", "2", "X" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = side_dialogue_load (&error);
  guint russian = 0, english = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SideDialogue *dialogue = all->pdata[i];
      gboolean filler = g_str_equal (dialogue->queue, "*");
      guint turns = 0;

      for (guint s = 0; s < SIDE_N_SECTIONS; s++)
        for (guint e = 0; e < dialogue->sections[s]->len; e++)
          {
            const GPtrArray *exchange = dialogue->sections[s]->pdata[e];

            for (guint t = 0; t < exchange->len; t++, turns++)
              {
                g_autofree char *text = side_dialogue_fill (((SideLine *) exchange->pdata[t])->text, &words);

                g_assert_null (strpbrk (text, "{}"));
                g_assert_true (g_utf8_validate (text, -1, NULL));
              }
          }
      g_assert_cmpuint (turns, >=, 8);
      g_assert_cmpuint (turns, <=, filler ? 60 : 26);
      g_assert_cmpuint (dialogue->sections[SIDE_SECTION_GREETING]->len, ==, filler ? 0 : 1);
      g_assert_true (g_str_has_prefix (dialogue->queue, "oak") ? g_str_equal (dialogue->language, "en") : TRUE);
      russian += !filler && g_str_equal (dialogue->language, "ru");
      english += !filler && g_str_equal (dialogue->language, "en");
    }
  g_assert_cmpuint (russian, >=, 6);
  g_assert_cmpuint (english, >=, 4);
}

static void
test_bad_dialogues (void)
{
  static const char *const bad[] = {
    "", "@language ru\n@queue q\n", "@language ru\n@queue q\n== body\nX: hello\n",
    "@language ru\n@queue q\n== nonsense\nO: hello\n", "@what ever\n", "O: before any section\n",
    "@language ru\n@queue q\n== body\nO:\n", "@language\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_dialogue_parse (bad[i], &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

/* A voice that takes 70 ms a byte, and makes no sound. */
static GArray *
fake_speak (gboolean     customer,
            const char  *text,
            gpointer     data,
            GError     **error)
{
  GArray *sound = g_array_new (FALSE, TRUE, sizeof (float));

  g_array_set_size (sound, (guint) strlen (text) * 35 * 8);
  return sound;
}

static void
test_plan (void)
{
  static const SideDialogueWords words = { "S", "O", "C", "1", "2", "X" };
  g_autoptr (GPtrArray) all = side_dialogue_load (NULL);
  guint dead_air = 0, talk_over = 0;

  for (gint64 length_ms = 1000; length_ms <= 600000; length_ms += length_ms / 7 + 500)
    {
      g_autoptr (SideSpeechSpec) spec = spec_of ("a-1", length_ms % 2 ? "oak-orders" : "sneakers-returns", length_ms);
      g_autoptr (GPtrArray) turns = NULL;
      SideRandom random;
      gint64 spoken = 0;

      side_random_init (&random, (guint64) length_ms);
      turns = side_speech_plan (all, side_speech_choose (all, spec, &random), spec, &words, length_ms, &random,
                                fake_speak, NULL, NULL);
      for (guint i = 0; i < turns->len; i++)
        {
          const SidePlannedTurn *turn = turns->pdata[i];
          const SidePlannedTurn *before = i > 0 ? turns->pdata[i - 1] : NULL;

          g_assert_cmpint (turn->from_ms, >=, 0);
          g_assert_cmpint (turn->to_ms, <=, length_ms);
          spoken += turn->to_ms - turn->from_ms;
          if (before == NULL)
            continue;
          if (before->customer == turn->customer)
            g_assert_cmpint (turn->from_ms, >=, before->to_ms);
          dead_air += turn->from_ms - before->to_ms >= 4000;
          talk_over += turn->from_ms < before->to_ms;
        }
      g_test_message ("%.1f s: %u turns, %.0f %% speech", (double) length_ms / 1000, turns->len,
                      100.0 * (double) spoken / (double) length_ms);
      g_assert_cmpint (spoken * 100, >=, length_ms * 35);
      g_assert_cmpint (spoken, <=, length_ms);
    }
  g_assert_cmpuint (dead_air, >, 5);
  g_assert_cmpuint (talk_over, >, 5);
}

/* The band: a tone inside passes, tones below and above are gone. */
static void
test_band (void)
{
  static const struct {
    double hz, least_db, most_db;
  } tones[] = { { 60, -200, -35 }, { 1000, -4, -2 }, { 3000, -4, -2 }, { 4300, -200, -40 }, { 7000, -200, -45 } };
  g_autofree float *in = g_new (float, 22050);

  for (guint t = 0; t < G_N_ELEMENTS (tones); t++)
    {
      g_autoptr (GArray) out = NULL;
      double sum = 0;

      for (guint i = 0; i < 22050; i++)
        in[i] = (float) sin (2 * G_PI * tones[t].hz * i / 22050);
      out = side_telephone_band (in, 22050, 22050);
      g_assert_cmpuint (out->len, ==, 8000);
      for (guint i = 2000; i < 6000; i++)
        sum += g_array_index (out, float, i) * g_array_index (out, float, i) / 4000;
      g_assert_cmpfloat (10 * log10 (sum), >=, tones[t].least_db);
      g_assert_cmpfloat (10 * log10 (sum), <=, tones[t].most_db);
    }
}

static void
test_noise_and_trim (void)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, TRUE, sizeof (float));
  SideRandom random;
  double sum = 0;
  float *data;

  g_array_set_size (samples, 16000);
  data = (float *) (gpointer) samples->data;
  side_random_init (&random, 1);
  side_telephone_noise (data, 16000, -40, &random);
  for (guint i = 0; i < 16000; i++)
    sum += data[i] * data[i] / 16000;
  g_assert_cmpfloat_with_epsilon (10 * log10 (sum), -40, 1.0);

  memset (data, 0, 16000 * sizeof (float));
  for (guint i = 4000; i < 12000; i++)
    data[i] = 0.5f * (float) sin (i);
  side_telephone_trim (samples);
  g_assert_cmpuint (samples->len, >=, 7960);
  g_assert_cmpuint (samples->len, <=, 8080);
  side_telephone_level (samples, -20);
  sum = 0;
  for (guint i = 0; i < samples->len; i++)
    sum += g_array_index (samples, float, i) * g_array_index (samples, float, i) / samples->len;
  g_assert_cmpfloat_with_epsilon (10 * log10 (sum), -20, 0.5);
  g_array_set_size (samples, 0);
  side_telephone_trim (samples);
  side_telephone_level (samples, -20);
  g_assert_cmpuint (samples->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speech/dialogues", test_dialogues);
  g_test_add_func ("/speech/bad-dialogues", test_bad_dialogues);
  g_test_add_func ("/speech/plan", test_plan);
  g_test_add_func ("/speech/band", test_band);
  g_test_add_func ("/speech/noise-and-trim", test_noise_and_trim);
  g_test_add_func ("/speech/russian-with-hold", test_russian_with_hold);
  g_test_add_func ("/speech/english", test_english);
  g_test_add_func ("/speech/passed-on", test_passed_on);
  g_test_add_func ("/speech/very-short", test_very_short);
  g_test_add_func ("/speech/capped", test_capped);
  g_test_add_func ("/speech/all-voices", test_all_voices);
  g_test_add_func ("/speech/no-voices", test_no_voices);
  g_test_add_func ("/speech/cancelled-and-unwritable", test_cancelled_and_unwritable);
  return g_test_run ();
}
