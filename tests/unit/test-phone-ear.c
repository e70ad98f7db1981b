/* test-phone-ear.c - what is heard in a test call, told as it goes on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tones of several countries in noise, music, and voices of which it is
 * known how they behave.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-phone-ear.h"
#include "side-phone-recorder.h"
#include "side-phone-voice.h"
#include "side-test.h"
#include "side-test-hearing.h"

#define RATE 16000

/* A sound in the making: both sides, sample by sample. */
typedef struct {
  GArray *theirs;
  GArray *ours;
  GRand  *rand;
} Scene;

static void
scene_init (Scene *scene)
{
  scene->theirs = g_array_new (FALSE, TRUE, sizeof (gint16));
  scene->ours = g_array_new (FALSE, TRUE, sizeof (gint16));
  scene->rand = g_rand_new_with_seed (3);
}

static void
scene_clear (Scene *scene)
{
  g_array_unref (scene->theirs);
  g_array_unref (scene->ours);
  g_rand_free (scene->rand);
}

static guint
scene_ms (Scene *scene)
{
  return scene->theirs->len / (RATE / 1000);
}

static void
add_tone (Scene  *scene,
          double  a,
          double  b,
          double  seconds)
{
  guint from = scene->theirs->len, n = (guint) lrint (seconds * RATE);

  g_array_set_size (scene->theirs, from + n);
  for (guint i = 0; i < n && a > 0; i++)
    g_array_index (scene->theirs, gint16, from + i) =
      (gint16) lrint (4000 * (sin (2 * G_PI * a * i / RATE) + (b > 0 ? sin (2 * G_PI * b * i / RATE) : 0)));
}

/* White, as RMS in dB of full scale. */
static void
add_noise (Scene  *scene,
           double  dbfs)
{
  double peak = pow (10, dbfs / 20) * 32768 * sqrt (3);

  for (guint i = 0; i < scene->theirs->len; i++)
    {
      double x = g_array_index (scene->theirs, gint16, i) + g_rand_double_range (scene->rand, -peak, peak);

      g_array_index (scene->theirs, gint16, i) = (gint16) CLAMP (lrint (x), -32768, 32767);
    }
}

static GBytes *
speak (const char *text,
       const char *language)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *clip;

  side_phone_voice_speak_async (text, language, FALSE, NULL, side_test_async_cb, &result);
  clip = side_phone_voice_speak_finish (side_test_wait_result (&result, 30000, "a line to be spoken"), &error);
  g_assert_no_error (error);
  return clip;
}

static void
add_clip (GArray *side,
          GBytes *clip)
{
  gsize bytes;
  const gint16 *samples = g_bytes_get_data (clip, &bytes);

  g_array_append_vals (side, samples, (guint) (bytes / sizeof (gint16)));
}

static GArray *
hear (Scene  *scene,
      gint64  answered_ms)
{
  SidePhoneEar *ear = side_phone_ear_new (RATE);
  const gint16 *theirs = (const gint16 *) (gpointer) scene->theirs->data;
  GArray *segments;

  g_array_set_size (scene->ours, scene->theirs->len);
  if (answered_ms >= 0)
    side_phone_ear_answered (ear, answered_ms);
  for (guint at = 0; at < scene->theirs->len; at += 640)
    side_phone_ear_hear (ear, theirs + at, (const gint16 *) (gpointer) scene->ours->data + at, MIN (640, scene->theirs->len - at));
  side_phone_ear_end (ear);
  segments = side_phone_ear_get_segments (ear);
  side_phone_ear_free (ear);
  for (guint i = 0; i < segments->len; i++)
    {
      const SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);

      g_test_message ("%7.2f %7.2f %s %.2f", (double) segment->from_ms / 1000, (double) segment->to_ms / 1000,
                      side_phone_sound_to_string (segment->sound), segment->certainty);
      g_assert_cmpint (segment->from_ms, ==, i > 0 ? segment[-1].to_ms : 0);
      g_assert_cmpfloat (segment->certainty, >=, 0.5);
      g_assert_cmpfloat (segment->certainty, <=, 1);
    }
  return segments;
}

static const SidePhoneSegment *
longest (GArray         *segments,
         SidePhoneSound  sound)
{
  const SidePhoneSegment *best = NULL;

  for (guint i = 0; i < segments->len; i++)
    {
      const SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);

      if (segment->sound == sound && (best == NULL || segment->to_ms - segment->from_ms > best->to_ms - best->from_ms))
        best = segment;
    }
  return best;
}

typedef struct {
  const char    *name;
  double         a, b;
  double         on[2], off[2];     /* twice two where a rhythm has two */
  guint          times;
  SidePhoneSound sound;
} Signal;

static const Signal signals[] = {
  { "ringing-ru", 425, 0, { 0.8, 0.8 }, { 3.2, 3.2 }, 3, SIDE_PHONE_SOUND_RINGING },
  { "ringing-eu", 425, 0, { 1, 1 }, { 4, 4 }, 3, SIDE_PHONE_SOUND_RINGING },
  { "ringing-us", 440, 480, { 2, 2 }, { 4, 4 }, 3, SIDE_PHONE_SOUND_RINGING },
  { "ringing-uk", 400, 450, { 0.4, 0.4 }, { 0.2, 2 }, 6, SIDE_PHONE_SOUND_RINGING },
  { "busy-ru", 425, 0, { 0.4, 0.4 }, { 0.4, 0.4 }, 8, SIDE_PHONE_SOUND_BUSY },
  { "busy-eu", 425, 0, { 0.5, 0.5 }, { 0.5, 0.5 }, 8, SIDE_PHONE_SOUND_BUSY },
  { "busy-us", 480, 620, { 0.5, 0.5 }, { 0.5, 0.5 }, 8, SIDE_PHONE_SOUND_BUSY },
  { "congestion-eu", 425, 0, { 0.2, 0.2 }, { 0.2, 0.2 }, 12, SIDE_PHONE_SOUND_CONGESTION },
  { "congestion-us", 480, 620, { 0.25, 0.25 }, { 0.25, 0.25 }, 12, SIDE_PHONE_SOUND_CONGESTION },
};

/* Found from its first sample to its last, to 20 ms, in any noise a line has. */
static void
test_tone (gconstpointer data)
{
  static const double noises[] = { -90, -45, -35, -30 };
  const Signal *signal = data;

  for (guint k = 0; k < G_N_ELEMENTS (noises); k++)
    {
      g_autoptr (GArray) segments = NULL;
      const SidePhoneSegment *found;
      Scene scene;
      guint end = 0;

      scene_init (&scene);
      add_tone (&scene, 0, 0, 1);
      for (guint i = 0; i < signal->times; i++)
        {
          add_tone (&scene, signal->a, signal->b, signal->on[i % 2]);
          end = scene_ms (&scene);
          add_tone (&scene, 0, 0, signal->off[i % 2]);
        }
      add_tone (&scene, 0, 0, 2);
      add_noise (&scene, noises[k]);
      segments = hear (&scene, -1);
      found = longest (segments, signal->sound);
      g_assert_nonnull (found);
      g_assert_cmpint (ABS (found->from_ms - 1000), <=, 20);
      g_assert_cmpint (ABS (found->to_ms - (gint64) end), <=, 20);
      g_assert_cmpfloat (found->certainty, >=, 0.9);
      scene_clear (&scene);
    }
}

static void
test_information (void)
{
  g_autoptr (GArray) segments = NULL;
  const SidePhoneSegment *found;
  Scene scene;

  scene_init (&scene);
  add_tone (&scene, 0, 0, 1);
  add_tone (&scene, 950, 0, 0.33);
  add_tone (&scene, 1400, 0, 0.33);
  add_tone (&scene, 1800, 0, 0.33);
  add_tone (&scene, 0, 0, 2);
  add_noise (&scene, -35);
  segments = hear (&scene, -1);
  found = longest (segments, SIDE_PHONE_SOUND_INFORMATION);
  g_assert_nonnull (found);
  g_assert_cmpint (ABS (found->from_ms - 1000), <=, 20);
  g_assert_cmpint (ABS (found->to_ms - 1990), <=, 20);
  scene_clear (&scene);
}

/* In silence and in noise nobody speaks. */
static void
test_nothing (void)
{
  static const double noises[] = { -90, -50, -35 };

  for (guint k = 0; k < G_N_ELEMENTS (noises); k++)
    {
      g_autoptr (GArray) segments = NULL;
      const SidePhoneSegment *silence;
      Scene scene;

      scene_init (&scene);
      add_tone (&scene, 0, 0, 20);
      add_noise (&scene, noises[k]);
      segments = hear (&scene, 0);
      silence = longest (segments, SIDE_PHONE_SOUND_SILENCE);
      g_assert_nonnull (silence);
      g_assert_cmpint (silence->to_ms - silence->from_ms, >=, 19000);
      scene_clear (&scene);
    }
}

/* Ringing, then chords that are held, as a queue has them. */
static void
add_music (Scene *scene,
           guint  n_chords)
{
  static const double chords[4][3] = { { 262, 330, 392 }, { 220, 262, 330 }, { 175, 220, 262 }, { 196, 247, 294 } };

  for (guint i = 0; i < n_chords; i++)
    {
      guint at = scene->theirs->len;

      g_array_set_size (scene->theirs, at + RATE * 6 / 10);
      for (guint k = at; k < scene->theirs->len; k++)
        for (guint note = 0; note < 3; note++)
          for (guint harmonic = 1; harmonic <= 4; harmonic++)
            g_array_index (scene->theirs, gint16, k) =
              (gint16) (g_array_index (scene->theirs, gint16, k)
                        + lrint (1500.0 / harmonic * sin (2 * G_PI * chords[i % 4][note] * harmonic * (k - at) / RATE)));
    }
}

static void
test_music (void)
{
  g_autoptr (GArray) segments = NULL;
  const SidePhoneSegment *music;
  Scene scene;
  guint from, to;

  scene_init (&scene);
  for (guint i = 0; i < 2; i++)
    {
      add_tone (&scene, 425, 0, 1);
      add_tone (&scene, 0, 0, 4);
    }
  from = scene_ms (&scene);
  add_music (&scene, 24);
  to = scene_ms (&scene);
  add_tone (&scene, 0, 0, 3);
  add_noise (&scene, -55);
  segments = hear (&scene, 9000);
  g_assert_nonnull (longest (segments, SIDE_PHONE_SOUND_RINGING));
  music = longest (segments, SIDE_PHONE_SOUND_MUSIC);
  g_assert_nonnull (music);
  g_assert_cmpint (ABS (music->from_ms - from), <=, 1500);
  g_assert_cmpint (ABS (music->to_ms - to), <=, 1500);
  scene_clear (&scene);
}

/* A menu says its piece, waits, and says it again. */
static void
test_menu (gconstpointer language)
{
  g_autoptr (GBytes) menu = speak (strcmp (language, "ru") == 0
    ? "Здравствуйте! Вы позвонили в интернет-магазин. Чтобы узнать о доставке, нажмите один. Чтобы оформить возврат,"
      " нажмите два. Чтобы поговорить с оператором, оставайтесь на линии."
    : "Welcome to our shop. For delivery, press one. To send something back, press two. To speak to somebody, hold the line.",
    language);
  g_autoptr (GArray) segments = NULL;
  Scene scene;
  guint menus = 0;

  scene_init (&scene);
  add_tone (&scene, 425, 0, 1);
  add_tone (&scene, 0, 0, 1);
  for (guint i = 0; i < 2; i++)
    {
      add_clip (scene.theirs, menu);
      add_tone (&scene, 0, 0, 4);
    }
  segments = hear (&scene, 1500);
  for (guint i = 0; i < segments->len; i++)
    {
      const SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);

      g_assert_cmpint (segment->sound, !=, SIDE_PHONE_SOUND_PERSON);
      menus += segment->sound == SIDE_PHONE_SOUND_MENU && segment->certainty > 0.7;
    }
  g_assert_cmpuint (menus, >=, 2);
  scene_clear (&scene);
}

/* What was heard while the call went on is heard in its recording, and no other file is taken for one. */
static void
check_again (Scene  *scene,
             GArray *segments)
{
  g_autofree char *folder = g_dir_make_tmp ("sidetone-ear-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL), *other = g_build_filename (folder, "other.wav", NULL);
  g_autoptr (GError) error = NULL;
  SidePhoneRecorder *recorder = side_phone_recorder_new (path, RATE, &error);
  g_autoptr (GArray) again = NULL;
  int fd;

  g_assert_no_error (error);
  g_assert_true (side_phone_recorder_write (recorder, (const gint16 *) (gpointer) scene->ours->data,
                                            (const gint16 *) (gpointer) scene->theirs->data, scene->theirs->len, &error));
  g_assert_true (side_phone_recorder_finish (recorder, &error));
  side_phone_recorder_free (recorder);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  again = side_test_hear_again (fd, 1000, &error);
  g_assert_no_error (error);
  close (fd);
  g_assert_cmpuint (again->len, ==, segments->len);
  for (guint i = 0; i < again->len; i++)
    {
      const SidePhoneSegment *a = &g_array_index (again, SidePhoneSegment, i), *b = &g_array_index (segments, SidePhoneSegment, i);

      g_assert_true (a->from_ms == b->from_ms && a->to_ms == b->to_ms && a->sound == b->sound);
    }
  g_assert_true (g_file_set_contents (other, "RIFF and no more than that", -1, NULL));
  fd = open (other, O_RDONLY | O_CLOEXEC);
  g_assert_null (side_test_hear_again (fd, -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  close (fd);
  g_remove (path);
  g_remove (other);
  g_rmdir (folder);
}

/* A person says a word, waits for us in a room that is not silent, and answers. */
static void
test_person (void)
{
  g_autoptr (GBytes) hello = speak ("Магазин, Анна, здравствуйте!", "ru");
  g_autoptr (GBytes) question = speak ("Скажите, пожалуйста, сколько стоит доставка?", "ru");
  g_autoptr (GBytes) answer = speak ("Триста рублей.", "ru");
  g_autoptr (GArray) segments = NULL;
  Scene scene;
  guint persons = 0, answers = 0;

  scene_init (&scene);
  add_tone (&scene, 0, 0, 1.2);
  add_clip (scene.theirs, hello);
  add_tone (&scene, 0, 0, 1.4);
  for (guint i = 0; i < 2; i++)
    {
      g_array_set_size (scene.ours, scene.theirs->len);
      add_clip (scene.ours, question);
      g_array_set_size (scene.theirs, scene.ours->len);
      add_tone (&scene, 0, 0, 0.7);
      add_clip (scene.theirs, answer);
      add_tone (&scene, 0, 0, 1.5);
    }
  add_noise (&scene, -48);
  segments = hear (&scene, 1000);
  for (guint i = 0; i < segments->len; i++)
    {
      const SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);

      g_assert_cmpint (segment->sound, !=, SIDE_PHONE_SOUND_MENU);
      persons += segment->sound == SIDE_PHONE_SOUND_PERSON && segment->certainty > 0.7;
      answers += segment->answers;
    }
  g_assert_cmpuint (persons, ==, 3);
  g_assert_cmpuint (answers, ==, 2);
  check_again (&scene, segments);
  scene_clear (&scene);
}

/* Announcements come out of the music of a queue and go back into it; a person comes out of it and waits. */
static void
test_queue (void)
{
  g_autoptr (GBytes) hold = speak ("All of our people are busy, please hold on.", "en");
  g_autoptr (GBytes) hello = speak ("Good morning, this is Anna speaking.", "en");
  g_autoptr (GArray) segments = NULL;
  const SidePhoneSegment *person;
  Scene scene;
  guint from;

  scene_init (&scene);
  add_music (&scene, 20);
  add_tone (&scene, 0, 0, 0.4);
  add_clip (scene.theirs, hold);
  add_tone (&scene, 0, 0, 0.4);
  add_music (&scene, 20);
  add_tone (&scene, 0, 0, 0.5);
  from = scene_ms (&scene);
  add_clip (scene.theirs, hello);
  add_tone (&scene, 0, 0, 3);
  add_noise (&scene, -52);
  segments = hear (&scene, 0);
  person = longest (segments, SIDE_PHONE_SOUND_PERSON);
  g_assert_nonnull (person);
  g_assert_cmpfloat (person->certainty, >, 0.6);
  g_assert_cmpint (ABS (person->from_ms - from), <=, 400);
  for (guint i = 0; i < segments->len; i++)
    {
      const SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);

      g_assert_true (segment->sound != SIDE_PHONE_SOUND_PERSON || segment == person);
    }
  scene_clear (&scene);
}

/* Some seconds of a voice, and no sign of whose: that is all that is said. */
static void
test_unsure (void)
{
  g_autoptr (GBytes) line = speak ("Я хотел бы узнать, когда привезут мой заказ, который я сделал вчера.", "ru");
  g_autoptr (GArray) segments = NULL;
  Scene scene;

  scene_init (&scene);
  add_tone (&scene, 0, 0, 1);
  add_clip (scene.theirs, line);
  add_tone (&scene, 0, 0, 0.8);
  /* Neither a studio nor a room. */
  add_noise (&scene, -64);
  segments = hear (&scene, 500);
  g_assert_nonnull (longest (segments, SIDE_PHONE_SOUND_VOICE));
  g_assert_null (longest (segments, SIDE_PHONE_SOUND_PERSON));
  g_assert_null (longest (segments, SIDE_PHONE_SOUND_MENU));
  scene_clear (&scene);
}

/* An hour's call costs no more a second than a minute's, and says the same at the end. */
static void
test_long (void)
{
  SidePhoneEar *ear = side_phone_ear_new (RATE);
  g_autofree gint16 *silence = g_new0 (gint16, RATE);
  g_autoptr (GArray) segments = NULL;
  Scene scene;
  gint64 started = g_get_monotonic_time ();

  scene_init (&scene);
  for (guint i = 0; i < 3; i++)
    {
      add_tone (&scene, 425, 0, 1);
      add_tone (&scene, 0, 0, 4);
    }
  side_phone_ear_hear (ear, (const gint16 *) (gpointer) scene.theirs->data, NULL, scene.theirs->len);
  for (guint i = 0; i < 300; i++)
    side_phone_ear_hear (ear, silence, NULL, RATE);
  side_phone_ear_end (ear);
  segments = side_phone_ear_get_segments (ear);
  g_assert_cmpuint (segments->len, ==, 2);
  g_assert_cmpint (g_array_index (segments, SidePhoneSegment, 0).sound, ==, SIDE_PHONE_SOUND_RINGING);
  g_assert_cmpint (g_array_index (segments, SidePhoneSegment, 0).to_ms, ==, 11000);
  g_assert_cmpint (g_array_index (segments, SidePhoneSegment, 1).to_ms, ==, 315000);
  g_test_message ("315 s heard in %.2f s", (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  side_phone_ear_free (ear);
  scene_clear (&scene);
}

/* A line whose language nobody named is spoken all the same. */
static void
test_unnamed (void)
{
  static const char *const lines[] = { "Hello, do you sell boots?", "Здравствуйте, есть ли сапоги?" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) clip = NULL;

      side_phone_voice_speak_async (lines[i], NULL, TRUE, NULL, side_test_async_cb, &result);
      clip = side_phone_voice_speak_finish (side_test_wait_result (&result, 20000, "a line to be spoken"), &error);
      g_assert_no_error (error);
      g_assert_cmpint (side_phone_clip_get_length_ms (clip), >, 500);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autofree char *path = g_strconcat ("/phone/ear/", signals[i].name, NULL);

      g_test_add_data_func (path, &signals[i], test_tone);
    }
  g_test_add_func ("/phone/ear/information", test_information);
  g_test_add_func ("/phone/ear/nothing", test_nothing);
  g_test_add_func ("/phone/ear/music", test_music);
  g_test_add_func ("/phone/ear/queue", test_queue);
  g_test_add_data_func ("/phone/ear/menu-ru", "ru", test_menu);
  g_test_add_data_func ("/phone/ear/menu-en", "en", test_menu);
  g_test_add_func ("/phone/ear/person", test_person);
  g_test_add_func ("/phone/ear/unsure", test_unsure);
  g_test_add_func ("/phone/ear/long", test_long);
  g_test_add_func ("/phone/ear/unnamed", test_unnamed);
  return g_test_run ();
}
