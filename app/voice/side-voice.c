/* side-voice.c - a synthetic voice
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-voice.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

#include "side-error.h"

static GMutex lock;
/* All below only under the lock. */
static int sample_rate;               /* 0 not tried yet, -1 in vain */
static GArray *output;                /* where the callback puts samples */
static GCancellable *output_cancellable;

static int
take_samples (short        *samples,
              int           n,
              espeak_EVENT *events)
{
  guint at = output->len;

  if (samples != NULL && n > 0)
    {
      g_array_set_size (output, at + (guint) n);
      for (int i = 0; i < n; i++)
        g_array_index (output, float, at + (guint) i) = (float) samples[i] / 32768;
    }
  return g_cancellable_is_cancelled (output_cancellable) ? 1 : 0;
}

static gboolean
initialise (const char  *data_path,
            GError     **error)
{
  if (sample_rate == 0)
    {
      sample_rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, data_path, espeakINITIALIZE_DONT_EXIT);
      if (sample_rate <= 0)
        sample_rate = -1;
      else
        espeak_SetSynthCallback (take_samples);
    }
  if (sample_rate > 0)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                       "the voices of espeak-ng are not installed (package espeak-ng-data)");
  return FALSE;
}

/**
 * side_voice_available:
 * @data_path: (nullable): the folder that holds espeak-ng-data; %NULL for
 *   where the library looks by itself. The first one that works stays
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with %SIDE_ERROR_UNSUPPORTED where espeak-ng finds
 *   no voices
 */
gboolean
side_voice_available (const char  *data_path,
                      GError     **error)
{
  gboolean works;

  if (data_path != NULL)
    {
      g_autofree char *phonemes = g_build_filename (data_path, "espeak-ng-data", "phontab", NULL);

      /* The library would look elsewhere without a word. */
      if (!g_file_test (phonemes, G_FILE_TEST_IS_REGULAR))
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "there are no voices of espeak-ng in “%s”", data_path);
          return FALSE;
        }
    }
  g_mutex_lock (&lock);
  works = initialise (data_path, error);
  g_mutex_unlock (&lock);
  return works;
}

static gboolean
synthesise (const SideVoice  *voice,
            const char       *text,
            GError          **error)
{
  /* On failure espeak-ng keeps the voice it had: the result must be looked at. */
  if (espeak_SetVoiceByName (voice->name) != EE_OK)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "espeak-ng has no voice “%s”", voice->name);
      return FALSE;
    }
  espeak_SetParameter (espeakPITCH, voice->pitch, 0);
  espeak_SetParameter (espeakRATE, voice->words_a_minute, 0);
  if (espeak_Synth (text, strlen (text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL) != EE_OK)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "espeak-ng could not speak a sentence");
      return FALSE;
    }
  return TRUE;
}

/**
 * side_voice_speak:
 * @voice: who
 * @text: what, UTF-8
 * @cancellable: (nullable): stops it
 * @rate: (out): samples a second
 * @error: return location
 *
 * Returns: (transfer full) (element-type float) (nullable): the sound, or
 *   %NULL with %SIDE_ERROR_UNSUPPORTED for a voice that is not installed,
 *   %SIDE_ERROR_CANCELLED or %SIDE_ERROR_FAILED
 */
GArray *
side_voice_speak (const SideVoice  *voice,
                  const char       *text,
                  GCancellable     *cancellable,
                  guint            *rate,
                  GError          **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (float));
  gboolean spoken;

  g_mutex_lock (&lock);
  output = samples;
  output_cancellable = cancellable;
  spoken = initialise (NULL, error) && synthesise (voice, text, error);
  output = NULL;
  output_cancellable = NULL;
  *rate = (guint) MAX (0, sample_rate);
  g_mutex_unlock (&lock);
  if (!spoken)
    return NULL;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CANCELLED, "cancelled");
      return NULL;
    }
  return g_steal_pointer (&samples);
}
