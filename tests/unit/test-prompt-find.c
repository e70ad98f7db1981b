/* test-prompt-find.c - a known announcement is found through every codec, and nothing else is taken for it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gst/gst.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-error.h"
#include "side-prompt-find.h"
#include "side-prompt-sound.h"
#include "side-scenario.h"
#include "side-test-prompt.h"
#include "side-test.h"
#include "side-voice.h"

#define RATE   SIDE_PROMPT_RATE
#define PACKET (RATE / 50)

static const char greeting[] = "Thank you for calling the tea shop. For orders press one. For delivery press two. To speak to an operator please stay on the line.";
static const char changed[] = "Thank you for calling the tea shop. Our office is closed today because of the holiday. Please call again tomorrow after nine o'clock.";
static const char another[] = "You are number four in the queue. All our operators are busy at the moment, and we will answer your call as soon as we can.";
static const SideVoice woman = { "en-us+f2", 52, 165 }, man = { "en-us+m3", 42, 165 };

static char *folder;

static void
write_sound (const char   *path,
             const GArray *sound,
             int           rate)
{
  SF_INFO info = { .samplerate = rate, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);

  g_assert_nonnull (file);
  g_assert_cmpint (sf_write_float (file, (const float *) (gconstpointer) sound->data, sound->len), ==, sound->len);
  g_assert_cmpint (sf_close (file), ==, 0);
}

static GArray *
read_sound (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree float *samples = NULL;
  GArray *sound = g_array_new (FALSE, FALSE, sizeof (float));
  gsize n = 0;

  samples = side_prompt_sound_read_file (path, -1, 10 * 60 * 1000, &n, &error);
  g_assert_no_error (error);
  g_array_append_vals (sound, samples, (guint) n);
  return sound;
}

/* A file that says @text; the caller frees its name. */
static char *
say_file (const SideVoice *voice,
          const char      *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) wide = NULL;
  static int number;
  g_autofree char *name = g_strdup_printf ("said-%d.wav", number++);
  char *path = g_build_filename (folder, name, NULL);
  guint rate;

  wide = side_voice_speak (voice, text, NULL, &rate, &error);
  g_assert_no_error (error);
  write_sound (path, wide, (int) rate);
  return path;
}

static GArray *
say (const SideVoice *voice,
     const char      *text)
{
  g_autofree char *path = say_file (voice, text);

  return read_sound (path);
}

/* @seconds of silence with a little noise, @sound, and silence again. */
static GArray *
embed (const GArray *sound,
       double        seconds,
       double        level,
       guint32       seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GArray *out = g_array_new (FALSE, FALSE, sizeof (float));
  guint before = (guint) (seconds * RATE), behind = 2 * RATE;

  for (guint i = 0; i < before + sound->len + behind; i++)
    {
      float x = (float) g_rand_double_range (rand, -0.002, 0.002);

      if (i >= before && i < before + sound->len)
        x += (float) level * g_array_index (sound, float, i - before);
      g_array_append_val (out, x);
    }
  return out;
}

/* Through a coder and a decoder, as elements of GStreamer. */
static GArray *
code (const GArray *sound,
      const char   *elements)
{
  g_autofree char *in = g_build_filename (folder, "in.wav", NULL), *out = g_build_filename (folder, "out.wav", NULL);
  g_autofree char *line = g_strdup_printf ("filesrc location=%s ! wavparse ! audioconvert ! audioresample ! %s ! audioconvert ! audioresample ! "
                                           "audio/x-raw,format=S16LE,channels=1 ! wavenc ! filesink location=%s", in, elements, out);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  write_sound (in, sound, RATE);
  pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  return read_sound (out);
}

/* Packets of 20 ms that never came, as silence: nothing covers them up. */
static void
lose (GArray  *sound,
      double   share,
      guint32  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint at = 0; at + PACKET <= sound->len; at += PACKET)
    if (g_rand_double (rand) < share)
      memset (&g_array_index (sound, float, at), 0, PACKET * sizeof (float));
}

static SideTestPromptState
look (const GArray        *reference,
      const GArray        *sound,
      const SidePromptCut *cut,
      const char          *what,
      SidePromptFound     *found)
{
  gboolean any = side_prompt_find ((const float *) (gconstpointer) reference->data, reference->len, (const float *) (gconstpointer) sound->data,
                                   sound->len, cut, found);

  g_test_message ("%s: likeness %.3f, %u of %u judged, same %u, other %u, at %" G_GINT64_FORMAT " ms", what, found->likeness, found->judged,
                  found->n, found->same, found->other, found->from_ms);
  return any ? side_test_prompt_state (found->n, found->judged, found->same, found->other) : SIDE_TEST_PROMPT_UNSURE;
}

static void
test_codecs (void)
{
  static const struct {
    const char *name, *elements, *needs;
  } codecs[] = {
    { "PCMA", "audio/x-raw,rate=8000 ! alawenc ! alawdec", "alawenc" },
    { "PCMU", "audio/x-raw,rate=8000 ! mulawenc ! mulawdec", "mulawenc" },
    { "G.722", "audio/x-raw,rate=16000 ! avenc_g722 ! avdec_g722", "avenc_g722" },
    { "Opus 24k", "audio/x-raw,rate=16000 ! opusenc bitrate=24000 audio-type=voice ! opusdec", "opusenc" },
    { "Opus 12k", "audio/x-raw,rate=16000 ! opusenc bitrate=12000 audio-type=voice ! opusdec", "opusenc" },
    { "GSM", "audio/x-raw,rate=8000 ! gsmenc ! gsmdec", "gsmenc" },
  };
  g_autofree char *path = say_file (&woman, greeting), *sha256 = NULL, *sound = NULL;
  g_autoptr (GArray) reference = g_array_new (FALSE, FALSE, sizeof (float)), own = read_sound (path);
  g_autoptr (GError) error = NULL;
  g_autofree float *samples = NULL;
  gsize n = 0;

  /* As a scenario carries it. */
  sound = side_prompt_sound_new (path, 0, 0, &sha256, &error);
  g_assert_no_error (error);
  samples = side_prompt_sound_read (sound, &n, &error);
  g_assert_no_error (error);
  g_array_append_vals (reference, samples, (guint) n);
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    for (int loss = 0; loss <= 5; loss += 5)
      {
        g_autoptr (GstElementFactory) factory = gst_element_factory_find (codecs[i].needs);
        g_autofree char *what = g_strdup_printf ("%s, %d %% lost", codecs[i].name, loss);
        g_autoptr (GArray) line = NULL, heard = NULL;
        SidePromptFound found;

        if (factory == NULL)
          {
            g_test_message ("no %s here", codecs[i].name);
            continue;
          }
        line = embed (own, 3.217, 0.3, 11 + i);
        heard = code (line, codecs[i].elements);
        lose (heard, loss / 100.0, 5 + i);
        g_assert_cmpint (look (reference, heard, NULL, what, &found), ==, SIDE_TEST_PROMPT_HEARD);
        g_assert_cmpint (ABS (found.from_ms - 3217), <=, 20);
        g_assert_cmpfloat (found.likeness, >, 0.75);
      }
}

static void
test_others (void)
{
  g_autoptr (GArray) reference = say (&woman, greeting), other_voice = say (&man, greeting);
  g_autoptr (GArray) other_text = say (&woman, another), half = say (&woman, changed);
  g_autoptr (GArray) music = g_array_new (FALSE, FALSE, sizeof (float)), silence = g_array_new (FALSE, FALSE, sizeof (float));
  const struct {
    const char *what;
    GArray     *sound;
  } all[] = { { "another voice, the same words", other_voice }, { "the same voice, other words", other_text },
              { "the same beginning, another end", half }, { "music", music }, { "silence", silence } };

  for (guint i = 0; i < 20 * RATE; i++)
    {
      static const double notes[] = { 262, 330, 392, 523, 440, 349 };
      double hertz = notes[i / (RATE / 2) % G_N_ELEMENTS (notes)], t = (double) i / RATE;
      float x = (float) (0.2 * sin (2 * G_PI * hertz * t) + 0.1 * sin (4 * G_PI * hertz * t) + 0.1 * sin (2 * G_PI * hertz * 1.5 * t)), none = 0;

      g_array_append_val (music, x);
      g_array_append_val (silence, none);
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GArray) heard = embed (all[i].sound, 1.5, 1, 3);
      SidePromptFound found;

      g_assert_cmpint (look (reference, heard, NULL, all[i].what, &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
    }
}

/* What came behind a key, or behind the end of the call, is nobody's fault. */
static void
test_cut (void)
{
  g_autoptr (GArray) reference = say (&woman, greeting), other = say (&man, another), heard = embed (reference, 1, 0.5, 3);
  g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (float)), wrong = NULL;
  gint64 key_ms = 1000 + (gint64) reference->len * 1000 / RATE / 2;
  SidePromptEnd end = { .at_ms = key_ms };
  const SidePromptCut cut = { &end, 1 };
  SidePromptFound found;
  float half = 0.5f;

  /* A key was pressed in the middle, and something else follows. */
  g_array_append_vals (broken, heard->data, (guint) (key_ms * RATE / 1000));
  g_array_append_vals (broken, other->data, other->len);
  g_assert_cmpint (look (reference, broken, &cut, "broken off by a key", &found), ==, SIDE_TEST_PROMPT_HEARD);
  g_assert_cmpuint (found.judged, <, found.n);
  g_assert_cmpint (look (reference, broken, NULL, "broken off by itself", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
  /* Somebody was thought to answer, and yet it went on to its end. */
  end = (SidePromptEnd) { 1300, TRUE };
  g_assert_cmpint (look (reference, heard, &cut, "its voice was taken for a person", &found), ==, SIDE_TEST_PROMPT_HEARD);
  g_assert_cmpuint (found.judged, ==, found.n);
  /* Somebody was thought to answer behind the half of it; and at the beginning of another recording, which is no excuse. */
  end.at_ms = key_ms;
  g_assert_cmpint (look (reference, broken, &cut, "broken off by a guess", &found), ==, SIDE_TEST_PROMPT_HEARD);
  end.at_ms = 1600;
  wrong = embed (other, 1, 0.5, 3);
  g_assert_cmpint (look (reference, wrong, &cut, "another, taken for a person", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
  /* The call ended in the middle, and so early that nothing can be said. */
  key_ms = 1000 + (gint64) reference->len * 1000 / RATE / 2;
  g_array_set_size (heard, (guint) (key_ms * RATE / 1000));
  g_assert_cmpint (look (reference, heard, NULL, "the call ended in the middle", &found), ==, SIDE_TEST_PROMPT_HEARD);
  g_array_set_size (heard, RATE + RATE / 4);
  g_assert_cmpint (look (reference, heard, NULL, "a quarter of a second", &found), ==, SIDE_TEST_PROMPT_UNSURE);
  g_array_set_size (heard, 0);
  g_assert_cmpint (look (reference, heard, NULL, "nothing", &found), ==, SIDE_TEST_PROMPT_UNSURE);
  /* A line that turns the sign, and a level that changes. */
  g_clear_pointer (&heard, g_array_unref);
  heard = embed (reference, 0, 0.5, 3);
  for (guint i = 0; i < heard->len; i++)
    g_array_index (heard, float, i) *= i < heard->len / 2 ? -half : half / 4;
  g_assert_cmpint (look (reference, heard, NULL, "turned, and then quieter", &found), ==, SIDE_TEST_PROMPT_HEARD);
}

/* What a busy line or a busy computer does to a short greeting is no fault of who speaks it. */
static void
test_stalls (void)
{
  static const guint at[] = { 12 * RATE / 10, 21 * RATE / 10 };
  const guint length = 3 * RATE / 10;
  g_autoptr (GArray) reference = say (&woman, "Good evening, this is the shoe shop, how may I help you?"), heard = embed (reference, 0.4, 0.5, 3);
  g_autoptr (GArray) late = g_array_copy (heard), skipped = g_array_copy (heard), lost = g_array_copy (heard);
  g_autoptr (GArray) none = g_array_copy (heard), other = say (&woman, another);
  g_autofree float *nothing = g_new0 (float, MAX (length, heard->len));
  SidePromptFound found;

  /* The far side held its breath twice; the rest came later, and none of it was lost. */
  for (guint i = G_N_ELEMENTS (at); i > 0; i--)
    g_array_insert_vals (late, at[i - 1], nothing, length);
  g_assert_cmpint (look (reference, late, NULL, "held up", &found), ==, SIDE_TEST_PROMPT_HEARD);
  g_assert_cmpint (ABS (found.from_ms - 400), <=, 20);
  /* A buffer that was too full threw something away. */
  g_array_remove_range (skipped, at[0], length / 2);
  g_assert_cmpint (look (reference, skipped, NULL, "skipped", &found), ==, SIDE_TEST_PROMPT_HEARD);
  /* Packets that came too late to be played leave holes. */
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    memset (&g_array_index (lost, float, at[i]), 0, length * sizeof (float));
  g_assert_cmpint (look (reference, lost, NULL, "holes", &found), ==, SIDE_TEST_PROMPT_HEARD);
  g_assert_cmpuint (found.judged, <, found.n);
  /* A line on which nothing is said, and words with holes that are not these. */
  memset (none->data, 0, none->len * sizeof (float));
  g_assert_cmpint (look (reference, none, NULL, "nothing at all", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    memset (&g_array_index (other, float, at[i]), 0, length * sizeof (float));
  g_assert_cmpint (look (reference, other, NULL, "other words with holes", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
}

/* Bursts of two tones, as long and as high as it happens: a burst of one is like some burst of another. */
static GArray *
bursts (guint32 seed)
{
  g_autoptr (GRand) lots = g_rand_new_with_seed (seed);
  GArray *out = g_array_new (FALSE, TRUE, sizeof (float));
  double phase = 0;

  while (out->len < 8 * RATE)
    {
      double pitch = g_rand_double_range (lots, 100, 240), loud = g_rand_double_range (lots, 0.08, 0.3);
      int length = g_rand_int_range (lots, 600, 2400);

      for (int i = 0; i < length; i++)
        {
          float x;

          phase += pitch / RATE;
          x = (float) (loud * sin (G_PI * i / length) * (sin (2 * G_PI * phase) + 0.6 * sin (14 * G_PI * phase)) / 2);
          g_array_append_val (out, x);
        }
      g_array_set_size (out, out->len + (guint) g_rand_int_range (lots, 200, 1200));
    }
  return out;
}

/* Looking further around for what moved must not find what was never there, nor are the pauses of others holes. */
static void
test_alike (void)
{
  g_autoptr (GArray) reference = bursts (5);

  for (guint32 seed = 6; seed < 9; seed++)
    {
      g_autoptr (GArray) other = bursts (seed), noisy = embed (other, 0.1, 1, seed), same = embed (reference, 0.1, 1, seed);
      SidePromptFound found;

      g_assert_cmpint (look (reference, same, NULL, "the same bursts", &found), ==, SIDE_TEST_PROMPT_HEARD);
      g_assert_cmpint (look (reference, noisy, NULL, "other bursts", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
      g_assert_cmpint (look (reference, other, NULL, "other bursts, and nothing between them", &found), ==, SIDE_TEST_PROMPT_NOT_HEARD);
    }
}

static void
test_sound (void)
{
  g_autofree char *path = say_file (&woman, greeting), *sha256 = NULL, *again = NULL, *sound = NULL, *none = NULL, *third = NULL;
  g_autofree char *missing = g_build_filename (folder, "missing.wav", NULL);
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  sound = side_prompt_sound_new (path, 0, 0, &sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (sound), <, 65536);
  g_assert_cmpuint (strlen (sha256), ==, 64);
  third = side_prompt_sound_new (path, 1000, 4000, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, !=, sha256);
  g_clear_pointer (&again, g_free);
  none = side_prompt_sound_new (path, 1000, 1500, &again, &error);
  g_assert_error (error, g_quark_from_static_string ("side-error-quark"), error->code);
  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, "two seconds"));
  g_clear_error (&error);
  g_assert_null (side_prompt_sound_new (missing, 0, 0, &again, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (side_prompt_sound_new (path, 500000, 0, &again, &error));
  g_assert_nonnull (strstr (error->message, "not in the recording"));
  g_clear_error (&error);
  /* What a server might send. */
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *bad = g_strdup (sound);
      g_autofree float *samples = NULL;

      bad[(i * 977 + 13) % strlen (bad)] ^= 5;
      if (i % 4 == 0)
        bad[strlen (bad) * i / 40] = '\0';
      samples = side_prompt_sound_read (bad, &n, &error);
      g_assert_true (samples != NULL || error != NULL);
      g_clear_error (&error);
    }
  g_assert_null (side_prompt_sound_read ("UklGRg==", &n, &error));
  g_assert_nonnull (error);
}

/* The strength of a tone of @hz, as amplitude. */
static double
strength (const float *samples,
          gsize        n,
          double       hz)
{
  double re = 0, im = 0;

  for (gsize i = 0; i < n; i++)
    {
      re += samples[i] * cos (2 * G_PI * hz * (double) i / SIDE_STEP_RATE);
      im += samples[i] * sin (2 * G_PI * hz * (double) i / SIDE_STEP_RATE);
    }
  return 2 * hypot (re, im) / (double) n;
}

static char *
write_tone (const char *name,
            double      hz,
            double      amplitude,
            double      seconds)
{
  g_autoptr (GArray) sound = g_array_new (FALSE, FALSE, sizeof (float));
  char *path = g_build_filename (folder, name, NULL);

  for (int i = 0; i < (int) (seconds * 44100); i++)
    {
      float sample = (float) (amplitude * sin (2 * G_PI * hz * i / 44100));

      g_array_append_val (sound, sample);
    }
  write_sound (path, sound, 44100);
  return path;
}

/* A line comes out of the scenario as it went in: its length, its tone and how loud it is. */
static void
test_line (void)
{
  g_autofree char *path = write_tone ("line.wav", 700, 0.3, 2), *sha256 = NULL, *again = NULL;
  g_autofree char *quiet = write_tone ("quiet.wav", 700, 0.0005, 2), *brief = write_tone ("brief.wav", 700, 0.3, 0.1);
  g_autofree char *words = g_build_filename (folder, "words.wav", NULL), *sound = NULL, *part = NULL;
  g_autofree float *samples = NULL;
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  sound = side_step_sound_new (path, 0, 0, &sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (sha256), ==, 64);
  g_assert_cmpfloat_with_epsilon ((double) side_scenario_sound_length_ms (sound), 2000, 25);
  samples = side_step_sound_read (sound, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon ((double) n, 2 * SIDE_STEP_RATE, 0.03 * SIDE_STEP_RATE);
  g_assert_cmpfloat_with_epsilon (strength (samples + n / 4, n / 2, 700), 0.3, 0.02);
  g_assert_cmpfloat (strength (samples + n / 4, n / 2, 900), <, 0.01);
  part = side_step_sound_new (path, 500, 1100, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon ((double) side_scenario_sound_length_ms (part), 600, 25);
  g_clear_pointer (&again, g_free);
  g_assert_null (side_step_sound_new (quiet, 0, 0, &again, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (side_step_sound_new (brief, 0, 0, &again, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (words, "these are words", -1, NULL));
  g_assert_null (side_step_sound_new (words, 0, 0, &again, &error));
  g_assert_nonnull (error);
  g_assert_null (again);
}

/* How long a line is stands in it; whatever else it says, nothing is read that is not there. */
static void
test_length (void)
{
  g_autofree char *path = write_tone ("length.wav", 500, 0.3, 1), *sha256 = NULL;
  g_autofree char *sound = side_step_sound_new (path, 0, 0, &sha256, NULL);

  g_assert_cmpint (side_scenario_sound_length_ms (NULL), ==, -1);
  g_assert_cmpint (side_scenario_sound_length_ms (""), ==, -1);
  g_assert_cmpint (side_scenario_sound_length_ms ("T2dnUw=="), ==, -1);
  g_assert_cmpint (side_scenario_sound_length_ms ("никакой не base64"), ==, -1);
  for (gsize keep = 0; keep < strlen (sound); keep += 7)
    {
      g_autofree char *cut = g_strndup (sound, keep);

      g_assert_cmpint (side_scenario_sound_length_ms (cut), <=, 1100);
    }
}

/* The longest there is must fit into a text of a document. */
static void
test_longest (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL, *sound = NULL, *sha256 = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    g_string_append (text, greeting);
  path = say_file (&man, text->str);
  g_assert_null (side_prompt_sound_new (path, 0, 0, &sha256, &error));
  g_assert_nonnull (strstr (error->message, "30 seconds"));
  g_clear_error (&error);
  sound = side_prompt_sound_new (path, 0, SIDE_PROMPT_SOUND_MAX_MS, &sha256, &error);
  g_assert_no_error (error);
  g_test_message ("%" G_GSIZE_FORMAT " characters for %d s", strlen (sound), SIDE_PROMPT_SOUND_MAX_MS / 1000);
  g_clear_pointer (&sound, g_free);
  g_clear_pointer (&sha256, g_free);
  g_assert_null (side_step_sound_new (path, 0, 0, &sha256, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  sound = side_step_sound_new (path, 0, SIDE_PROMPT_SOUND_MAX_MS, &sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (sound), <=, 65536);
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  folder = side_test_tmp_dir ();
  g_test_add_func ("/prompt-find/codecs", test_codecs);
  g_test_add_func ("/prompt-find/others", test_others);
  g_test_add_func ("/prompt-find/cut", test_cut);
  g_test_add_func ("/prompt-find/stalls", test_stalls);
  g_test_add_func ("/prompt-find/alike", test_alike);
  g_test_add_func ("/prompt-find/sound", test_sound);
  g_test_add_func ("/prompt-find/longest", test_longest);
  g_test_add_func ("/prompt-find/line", test_line);
  g_test_add_func ("/prompt-find/line-length", test_length);
  rc = g_test_run ();
  side_test_rm_rf (folder);
  g_free (folder);
  return rc;
}
