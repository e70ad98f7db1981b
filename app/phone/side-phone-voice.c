/* side-phone-voice.c - what is said in a test call, as sound
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * English is spoken by Flite where it is installed, since it is understood far
 * better; as a program, in a file that only we can read. All else, and English
 * without it, is espeak-ng's.
 */
#include "side-phone-voice.h"

#include <glib/gstdio.h>
#include <string.h>

#include "side-error.h"
#include "side-file.h"
#include "side-phone-clip.h"
#include "side-phone-media.h"
#include "side-voice.h"

#define PITCH          50
#define WORDS_A_MINUTE 150
#define FLITE_US       (30 * G_USEC_PER_SEC)

typedef struct {
  char     *text;
  char     *language;
  gboolean  female;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line->language);
  g_free (line);
}

static gboolean
is_english (const char *language)
{
  return g_ascii_strncasecmp (language, "en", 2) == 0 && !g_ascii_isalpha (language[2]);
}

/* Where nobody said it, the letters do, among the languages we have scenarios in. */
static const char *
guess_language (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_get_script (g_utf8_get_char (at)) == G_UNICODE_SCRIPT_CYRILLIC)
      return "ru";
  return "en";
}

typedef struct {
  GSubprocess *process;
  GMainLoop   *loop;
  gboolean     well;
} Run;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Run *run = data;

  run->well = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL);
  g_main_loop_quit (run->loop);
}

static gboolean
too_long_cb (gpointer data)
{
  Run *run = data;

  g_subprocess_force_exit (run->process);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              GSubprocess  *process)
{
  g_subprocess_force_exit (process);
}

/* Waits for it in this thread, for half a minute at most. */
static gboolean
run_program (const char   *const *arguments,
             GCancellable        *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) bound = g_timeout_source_new ((guint) (FLITE_US / 1000));
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments,
                                                       G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                                       NULL);
  Run run = { process, loop, FALSE };
  gulong handler = 0;

  if (process == NULL)
    return FALSE;
  g_main_context_push_thread_default (context);
  g_source_set_callback (bound, too_long_cb, &run, NULL);
  g_source_attach (bound, context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), process, NULL);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &run);
  g_main_loop_run (loop);
  g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (bound);
  g_main_context_pop_thread_default (context);
  return run.well;
}

/* Returns: (transfer full) (nullable): %NULL without an error where Flite is not there or will not */
static GBytes *
speak_flite (const Line   *line,
             GCancellable *cancellable)
{
  g_autofree char *program = g_find_program_in_path ("flite");
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sound = NULL;
  GBytes *clip = NULL;

  if (program == NULL)
    return NULL;
  folder = g_dir_make_tmp ("sidetone-voice-XXXXXX", NULL);
  if (folder == NULL)
    return NULL;
  text = g_build_filename (folder, "text", NULL);
  sound = g_build_filename (folder, "sound.wav", NULL);
  if (side_file_write (text, line->text, strlen (line->text), 0600, NULL))
    {
      const char *arguments[] = { program, "-voice", line->female ? "slt" : "rms", "-f", text, "-o", sound, NULL };

      if (run_program (arguments, cancellable))
        clip = side_phone_clip_read (sound, cancellable, NULL);
    }
  g_unlink (text);
  g_unlink (sound);
  g_rmdir (folder);
  return clip;
}

static GBytes *
speak_espeak (const Line    *line,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *name = g_strconcat (is_english (line->language) ? "en-us" : line->language, line->female ? "+f2" : "", NULL);
  SideVoice voice = { name, PITCH, WORDS_A_MINUTE };
  g_autoptr (GArray) samples = NULL;
  guint rate;

  samples = side_voice_speak (&voice, line->text, cancellable, &rate, error);
  if (samples == NULL)
    return NULL;
  return side_phone_clip_new ((const float *) (gpointer) samples->data, samples->len, 1, rate);
}

static void
speak_work (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Line *line = data;
  g_autoptr (GError) error = NULL;
  GBytes *clip = is_english (line->language) ? speak_flite (line, cancellable) : NULL;

  if (clip == NULL && !g_cancellable_set_error_if_cancelled (cancellable, &error))
    clip = speak_espeak (line, cancellable, &error);
  if (clip != NULL && g_bytes_get_size (clip) == 0)
    {
      g_clear_pointer (&clip, g_bytes_unref);
      g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_INVALID, "there is nothing in the text to be said");
    }
  if (clip != NULL)
    g_task_return_pointer (task, clip, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * side_phone_voice_speak_async:
 * @text: UTF-8, SIDE_PHONE_VOICE_MAX_TEXT bytes at most
 * @language: (nullable): as in "ru", "en", "de"; %NULL for Russian where there are Cyrillic letters, else English
 * @female: the voice, where there is a choice
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is spoken
 * @user_data: for @callback
 */
void
side_phone_voice_speak_async (const char          *text,
                              const char          *language,
                              gboolean             female,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Line *line = g_new0 (Line, 1);

  g_task_set_source_tag (task, side_phone_voice_speak_async);
  line->text = g_utf8_make_valid (text, -1);
  line->language = g_ascii_strdown (language != NULL ? language : guess_language (line->text), -1);
  line->female = female;
  g_task_set_task_data (task, line, line_free);
  if (strlen (line->text) > SIDE_PHONE_VOICE_MAX_TEXT)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the text is longer than %d bytes",
                             SIDE_PHONE_VOICE_MAX_TEXT);
  else
    g_task_run_in_thread (task, speak_work);
}

/**
 * side_phone_voice_speak_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_UNSUPPORTED (no such voice is installed), _TOO_LARGE,
 *   _INVALID (nothing in it can be spoken), _FAILED or a cancellation
 *
 * Returns: (transfer full) (nullable): a clip
 */
GBytes *
side_phone_voice_speak_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_work (GTask        *task,
           gpointer      source,
           gpointer      path,
           GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *clip = side_phone_clip_read (path, cancellable, &error);

  if (clip != NULL)
    g_task_return_pointer (task, clip, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * side_phone_clip_load_async:
 * @path: a sound file of SIDE_PHONE_CLIP_MAX_MS at most
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
side_phone_clip_load_async (const char          *path,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, side_phone_clip_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_work);
}

/**
 * side_phone_clip_load_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_NOT_FOUND, _UNSUPPORTED, _TOO_LARGE or a cancellation
 *
 * Returns: (transfer full) (nullable): a clip
 */
GBytes *
side_phone_clip_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
decode_work (GTask        *task,
             gpointer      source,
             gpointer      sound,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *clip = side_phone_clip_decode (sound, &error);

  if (clip != NULL)
    g_task_return_pointer (task, clip, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * side_phone_clip_decode_async:
 * @sound: the recorded line of a step, from wherever it comes
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is decoded
 * @user_data: for @callback
 */
void
side_phone_clip_decode_async (const char          *sound,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, side_phone_clip_decode_async);
  g_task_set_task_data (task, g_strdup (sound), g_free);
  g_task_run_in_thread (task, decode_work);
}

/**
 * side_phone_clip_decode_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_CORRUPT or a cancellation
 *
 * Returns: (transfer full) (nullable): a clip
 */
GBytes *
side_phone_clip_decode_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_phone_clip_get_length_ms:
 * @clip: a clip
 *
 * Returns: how long it lasts
 */
gint64
side_phone_clip_get_length_ms (GBytes *clip)
{
  return (gint64) (g_bytes_get_size (clip) / sizeof (gint16) * 1000 / SIDE_PHONE_RATE);
}
