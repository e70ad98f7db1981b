/* test-step-line.c - a line is recorded, chosen, heard and removed in a step's card
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The microphone is the desktop's choice, which is an element of our own here
 * that hears a tone, or nothing.
 */
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "side-prompt-sound.h"
#include "side-step-line.h"
#include "side-widget-test.h"
#include "tone-file.h"

#define HEARD_HZ 500

/* ---- a microphone ---- */

typedef GstBin TestMicrophone;
typedef GstBinClass TestMicrophoneClass;
GType test_microphone_get_type (void);
G_DEFINE_TYPE (TestMicrophone, test_microphone, GST_TYPE_BIN)

static double loudness;

static void
test_microphone_class_init (TestMicrophoneClass *klass)
{
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Test microphone", "Source/Audio", "Hears a tone", "The Sidetone authors");
  gst_element_class_add_pad_template (GST_ELEMENT_CLASS (klass), gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_CAPS_ANY));
}

static void
test_microphone_init (TestMicrophone *self)
{
  GstElement *tone = gst_element_factory_make ("audiotestsrc", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (tone, "src");

  g_object_set (tone, "is-live", TRUE, "freq", (double) HEARD_HZ, "volume", loudness, NULL);
  gst_bin_add (GST_BIN (self), tone);
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("src", pad));
}

/* ---- the card ---- */

typedef struct {
  char       *folder;
  GtkWidget  *window;
  GtkWidget  *line;
  char       *sound;     /* (nullable): what was picked */
  char       *sha256;
  guint       n_picked;
} Scene;

static void
picked_cb (Scene      *scene,
           const char *sound,
           const char *sha256)
{
  SideScenarioStep step = { (char *) "a", (char *) "Hello", NULL, NULL, NULL, (char *) sha256, (char *) sound };

  g_free (scene->sound);
  g_free (scene->sha256);
  scene->sound = g_strdup (sound);
  scene->sha256 = g_strdup (sha256);
  scene->n_picked++;
  side_step_line_show (SIDE_STEP_LINE (scene->line), &step);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  const SideScenarioStep step = { (char *) "a", (char *) "Hello", NULL, NULL, NULL, NULL, NULL };

  scene->folder = side_test_tmp_dir ();
  scene->line = side_step_line_new ();
  g_signal_connect_swapped (scene->line, "picked", G_CALLBACK (picked_cb), scene);
  side_step_line_show (SIDE_STEP_LINE (scene->line), &step);
  scene->window = side_widget_test_show (scene->line, 500, 200);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_widget_test_close (scene->window);
  side_test_run_for (200);
  side_test_rm_rf (scene->folder);
  g_free (scene->folder);
  g_free (scene->sound);
  g_free (scene->sha256);
}

static const char *
words_of (Scene *scene)
{
  return side_step_line_get_words (SIDE_STEP_LINE (scene->line));
}

static GtkWidget *
button (Scene      *scene,
        const char *words)
{
  GtkWidget *label = place_find_text (scene->line, words);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static gboolean
is_shown (Scene      *scene,
          const char *words)
{
  GtkWidget *found = button (scene, words);

  return found != NULL && gtk_widget_get_visible (found);
}

static gboolean
has_picked (gpointer data)
{
  return ((Scene *) data)->n_picked > 0;
}

static gboolean
has_told (gpointer data)
{
  const char *words = words_of (data);

  return !g_str_has_prefix (words, "Reading") && !g_str_has_prefix (words, "Recording") && !g_str_has_prefix (words, "No recorded");
}

static char *
write_tone (Scene      *scene,
            const char *name,
            int         format,
            double      seconds,
            double      amplitude)
{
  const double hertz[] = { 600 };
  char *path = g_build_filename (scene->folder, name, NULL);

  tone_file_write (path, format, 48000, 1, seconds, hertz, amplitude);
  return path;
}

static double
level_of (const char *sound,
          double      hertz,
          double     *seconds)
{
  gsize n = 0;
  g_autofree float *samples = side_step_sound_read (sound, &n, NULL);

  g_assert_nonnull (samples);
  *seconds = (double) n / SIDE_STEP_RATE;
  return tone_level (samples + n / 4, n / 2, 1, 0, SIDE_STEP_RATE, hertz);
}

/* Each kind of file people have, and what comes of it: the same tone, as loud. */
static void
test_files (Scene         *scene,
            gconstpointer  data)
{
  static const struct { const char *name; int format; } files[] = {
    { "line.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16 }, { "line.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS },
    { "line.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS }, { "line.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16 },
    { "line.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III },
  };

  g_assert_cmpstr (words_of (scene), ==, "No recorded line: you say it, or the computer’s voice.");
  g_assert_false (is_shown (scene, "Listen"));
  g_assert_false (is_shown (scene, "Remove the Line"));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_tone (scene, files[i].name, files[i].format, 2, 0.25);
      double seconds = 0;

      scene->n_picked = 0;
      side_step_line_load (SIDE_STEP_LINE (scene->line), path);
      side_test_wait_until (has_picked, scene, 20000, files[i].name);
      g_assert_cmpfloat_with_epsilon (level_of (scene->sound, 600, &seconds), 0.25, 0.03);
      g_assert_cmpfloat_with_epsilon (seconds, 2, 0.1);
      g_assert_cmpuint (strlen (scene->sha256), ==, 64);
      g_assert_true (g_str_has_prefix (words_of (scene), "Recorded line, 0:0"));
    }
  g_assert_true (is_shown (scene, "Listen"));
  side_widget_test_no_nameless (scene->line);
  side_widget_test_click (button (scene, "Remove the Line"));
  g_assert_null (scene->sound);
  g_assert_cmpstr (words_of (scene), ==, "No recorded line: you say it, or the computer’s voice.");
}

/* What is no line says so, and what was there stays. */
static void
test_bad (Scene         *scene,
          gconstpointer  data)
{
  g_autofree char *text = g_build_filename (scene->folder, "line.wav", NULL), *missing = g_build_filename (scene->folder, "none.wav", NULL);
  g_autofree char *longer = write_tone (scene, "long.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 31, 0.25);
  g_autofree char *silent = write_tone (scene, "silent.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, 0);
  const struct { const char *path, *words; } files[] = {
    { text, "This is not a sound file, or there is nothing to be heard in it." },
    { missing, "The recording cannot be read, or it is damaged." },
    { longer, "The recording is longer than 30 seconds. Cut the line out of it first." },
    { silent, "This is not a sound file, or there is nothing to be heard in it." },
  };
  const SideScenarioStep again = { (char *) "b", (char *) "Other", NULL, NULL, NULL, NULL, NULL };
  const SideScenarioStep damaged = { (char *) "c", NULL, NULL, NULL, NULL, (char *) "ab", (char *) "T2dnUw==" };

  g_assert_true (g_file_set_contents (text, "these are words, whatever they are called", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      side_step_line_load (SIDE_STEP_LINE (scene->line), files[i].path);
      for (guint k = 0; k < 200 && strcmp (words_of (scene), files[i].words) != 0; k++)
        side_test_run_for (50);
      g_assert_cmpstr (words_of (scene), ==, files[i].words);
    }
  g_assert_cmpuint (scene->n_picked, ==, 0);
  side_step_line_show (SIDE_STEP_LINE (scene->line), &again);
  g_assert_cmpstr (words_of (scene), ==, "No recorded line: you say it, or the computer’s voice.");
  side_step_line_show (SIDE_STEP_LINE (scene->line), &damaged);
  g_assert_cmpstr (words_of (scene), ==, "The recorded line is damaged. Record it again, or remove it.");
  g_assert_true (is_shown (scene, "Remove the Line"));
}

/* The level moves while it listens, and what was heard is the line. */
static void
test_recorded (Scene         *scene,
               gconstpointer  data)
{
  GtkWidget *level = place_find (scene->line, "GtkLevelBar");
  double seconds = 0, said = 0;

  loudness = 0.3;
  g_assert_false (gtk_widget_get_visible (level));
  side_widget_test_click (button (scene, "Record"));
  for (guint i = 0; i < 100 && gtk_level_bar_get_value (GTK_LEVEL_BAR (level)) < 0.5; i++)
    side_test_run_for (100);
  g_assert_cmpfloat (gtk_level_bar_get_value (GTK_LEVEL_BAR (level)), >, 0.5);
  side_test_run_for (1500);
  g_assert_true (gtk_widget_get_visible (level));
  g_assert_true (g_str_has_prefix (words_of (scene), "Recording… 0:0"));
  g_assert_false (is_shown (scene, "Choose File…"));
  side_widget_test_no_nameless (scene->line);
  side_widget_test_click (button (scene, "Stop Recording"));
  side_test_wait_until (has_picked, scene, 20000, "the line to be taken in");
  said = level_of (scene->sound, HEARD_HZ, &seconds);
  g_assert_cmpfloat (seconds, >, 1);
  g_assert_cmpfloat (seconds, <, 20);
  g_assert_cmpfloat_with_epsilon (said, 0.3, 0.04);
  g_assert_false (gtk_widget_get_visible (level));
  g_assert_true (g_str_has_prefix (words_of (scene), "Recorded line, 0:0"));
}

static void
test_silent (Scene         *scene,
             gconstpointer  data)
{
  loudness = 0;
  side_widget_test_click (button (scene, "Record"));
  side_test_run_for (1500);
  side_widget_test_click (button (scene, "Stop Recording"));
  side_test_wait_until (has_told, scene, 20000, "that nothing was heard");
  g_assert_cmpstr (words_of (scene), ==, "Nothing was heard. Is the microphone connected and switched on?");
  g_assert_cmpuint (scene->n_picked, ==, 0);
}

/* The card comes to show another step: what was begun for the one before is nobody's. */
static void
test_moved (Scene         *scene,
            gconstpointer  data)
{
  const SideScenarioStep other = { (char *) "b", (char *) "Other", NULL, NULL, NULL, NULL, NULL };

  loudness = 0.3;
  side_widget_test_click (button (scene, "Record"));
  side_test_run_for (800);
  side_step_line_show (SIDE_STEP_LINE (scene->line), &other);
  g_assert_cmpstr (words_of (scene), ==, "No recorded line: you say it, or the computer’s voice.");
  side_test_run_for (1000);
  g_assert_cmpuint (scene->n_picked, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  gst_init (NULL, NULL);
  g_assert_true (gst_element_register (NULL, "testmicrophone", GST_RANK_PRIMARY + 1000, test_microphone_get_type ()));
  g_test_add ("/step-line/files", Scene, NULL, set_up, test_files, tear_down);
  g_test_add ("/step-line/bad", Scene, NULL, set_up, test_bad, tear_down);
  g_test_add ("/step-line/recorded", Scene, NULL, set_up, test_recorded, tear_down);
  g_test_add ("/step-line/silent", Scene, NULL, set_up, test_silent, tear_down);
  g_test_add ("/step-line/moved", Scene, NULL, set_up, test_moved, tear_down);
  return g_test_run ();
}
