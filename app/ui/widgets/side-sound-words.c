/* side-sound-words.c - what was found in a recording, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole sentences a side: languages that decline "the operator" need them.
 */
#include "side-sound-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"

/* A sentence about one side; both hold one double. */
#define ABOUT(flag, operators, customers)                       \
  ((flag)->channel == SIDE_CHANNEL_CUSTOMER                      \
     ? g_strdup_printf (customers, (flag)->value)                \
     : g_strdup_printf (operators, (flag)->value))

static char *
about_the_line (const SideSoundFlag *flag)
{
  switch (flag->code)
    {
    case SIDE_SOUND_NOISY:
      return ABOUT (flag, _("The operator's line is noisy: speech is %.0f dB above the noise"),
                    _("The customer's line is noisy: speech is %.0f dB above the noise"));
    case SIDE_SOUND_QUIET:
      return ABOUT (flag, _("The operator is quiet: %.0f LUFS"), _("The customer is quiet: %.0f LUFS"));
    case SIDE_SOUND_LOUD:
      return ABOUT (flag, _("The operator is very loud: %.0f LUFS"), _("The customer is very loud: %.0f LUFS"));
    case SIDE_SOUND_CLIPPED:
      return ABOUT (flag, _("The operator's side is distorted in %.0f places"), _("The customer's side is distorted in %.0f places"));
    case SIDE_SOUND_ONE_WAY:
      return ABOUT (flag, _("Nothing is heard of the operator, while the customer speaks for %.0f s"),
                    _("Nothing is heard of the customer, while the operator speaks for %.0f s"));
    case SIDE_SOUND_ECHO:
      return ABOUT (flag, _("The customer's voice comes back on the operator's side, at %.0f dB"),
                    _("The operator's voice comes back on the customer's side, at %.0f dB"));
    case SIDE_SOUND_LEVELS_DIFFER:
      if (flag->value < 0)
        return g_strdup_printf (_("The customer is %.0f LU louder than the operator"), -flag->value);
      return g_strdup_printf (_("The operator is %.0f LU louder than the customer"), flag->value);
    default:
      return NULL;
    }
}

/**
 * side_sound_words_flag:
 * @flag: something worth a word
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL for what a newer
 *   version found
 */
char *
side_sound_words_flag (const SideSoundFlag *flag)
{
  switch (flag->code)
    {
    case SIDE_SOUND_DEAD_AIR:
      return g_strdup_printf (_("Nobody speaks for %.0f s"), flag->value);
    case SIDE_SOUND_TALK_OVER:
      return g_strdup_printf (_("Both speak at once for %.0f %% of the call"), flag->value * 100.0);
    case SIDE_SOUND_MONOLOGUE:
      return ABOUT (flag, _("The operator speaks for %.0f s without a break"), _("The customer speaks for %.0f s without a break"));
    case SIDE_SOUND_SLOW_ANSWERS:
      return ABOUT (flag, _("The operator is slow to answer: one answer in ten takes %.1f s or more"),
                    _("The customer is slow to answer: one answer in ten takes %.1f s or more"));
    case SIDE_SOUND_LATE_GREETING:
      return g_strdup_printf (_("The operator first speaks %.1f s after the answer"), flag->value);
    default:
      return about_the_line (flag);
    }
}

/**
 * side_sound_words_attribution:
 * @attribution: whether it can be told who spoke
 *
 * Returns: (nullable): why it cannot; %NULL when it can
 */
const char *
side_sound_words_attribution (SideAttribution attribution)
{
  switch (attribution)
    {
    case SIDE_ATTRIBUTION_MONO:
      return _("Who spoke is not measurable: both sides are mixed into one channel.");
    case SIDE_ATTRIBUTION_SAME:
      return _("Who spoke is not measurable: both channels hold the same mix.");
    case SIDE_ATTRIBUTION_ONE_SIDED:
      return _("Who spoke is not measurable: one of the two channels is empty.");
    case SIDE_ATTRIBUTION_CHANNELS:
      return _("Who spoke is not measurable: the recording has more than two channels.");
    case SIDE_ATTRIBUTION_MEASURED:
    default:
      return NULL;
    }
}

/**
 * side_sound_words_tone:
 * @kind: a tone
 *
 * Returns: its name
 */
const char *
side_sound_words_tone (SideToneKind kind)
{
  switch (kind)
    {
    case SIDE_TONE_RINGBACK:
      return _("Ringing tone");
    case SIDE_TONE_BUSY:
      return _("Busy tone");
    case SIDE_TONE_CONGESTION:
      return _("Congestion tone");
    case SIDE_TONE_DIAL:
      return _("Dial tone");
    case SIDE_TONE_SIT:
      return _("Information tones");
    case SIDE_TONE_FAX:
      return _("Fax tone");
    case SIDE_TONE_DTMF:
      return _("Key tone");
    case SIDE_TONE_MUSIC:
      return _("Hold music");
    case SIDE_TONE_NONE:
    default:
      return _("Tone");
    }
}

/* "4.2 s", "14 s", "1:23" */
static char *
short_span (double ms)
{
  if (ms < 9950)
    return g_strdup_printf (_("%.1f s"), ms / 1000);
  return ms < 59500 ? g_strdup_printf (_("%.0f s"), ms / 1000) : side_text_duration ((gint64) (ms + 500));
}

/**
 * side_sound_words_figure:
 * @figure: one of those calls are found by
 * @value: it, in its own unit; NaN when it is not known
 *
 * Returns: (transfer full) (nullable): a few words for a row of a list, the
 *   figure first, as they may be cut short: "14 s dead air"; %NULL when it is
 *   not known
 */
char *
side_sound_words_figure (SideSoundFigure figure,
                         double          value)
{
  g_autofree char *span = isfinite (value) ? short_span (value) : NULL;
  g_autofree char *percent = isfinite (value) ? side_text_percent (value, value < 0.0995 ? 1 : 0) : NULL;

  if (!isfinite (value))
    return NULL;
  switch (figure)
    {
    case SIDE_SOUND_FIGURE_DEAD_AIR:
      return value > 0 ? g_strdup_printf (_("%s dead air"), span) : g_strdup (_("no dead air"));
    case SIDE_SOUND_FIGURE_TALK_OVER:
      return g_strdup_printf (_("%s talk-over"), percent);
    case SIDE_SOUND_FIGURE_TALK_SHARE:
      return g_strdup_printf (_("%s by the operator"), percent);
    case SIDE_SOUND_FIGURE_LATENCY:
      return g_strdup_printf (_("%s to answer"), span);
    case SIDE_SOUND_FIGURE_MONOLOGUE:
      return g_strdup_printf (_("%s monologue"), span);
    case SIDE_SOUND_FIGURE_SNR:
      return g_strdup_printf (_("%.0f dB over noise"), value);
    case SIDE_SOUND_FIGURE_LOUDNESS:
      return g_strdup_printf (_("%.1f LUFS"), value);
    default:
      return NULL;
    }
}
