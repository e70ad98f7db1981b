/* side-analysis.c - what can be known of a recording by listening to it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds the figures, knows the words the protocol has for them and adds up
 * spans. How they are come by is the business of the sound layer.
 */
#include "side-analysis.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (SideAnalysis, side_analysis, side_analysis_ref, side_analysis_unref)

static const char *const tone_words[] = {
  "none", "ringback", "busy", "congestion", "dial", "sit", "fax", "dtmf", "music",
};

static const char *const attribution_words[] = {
  "measured", "mono", "same-channels", "one-sided", "too-many-channels",
};

static const char *const code_words[] = {
  "unknown", "noisy", "quiet", "loud", "clipped", "one-way", "echo", "levels-differ",
  "dead-air", "talk-over", "monologue", "slow-answers", "late-greeting",
};

static const char *const channel_words[] = { "operator", "customer" };

static int
find_word (const char *const *words,
           gsize              n,
           const char        *word,
           int                otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (int) i;
  return otherwise;
}

static void
side_free (gpointer data)
{
  SideOfCall *side = data;

  g_array_unref (side->speech);
  g_free (side);
}

static SideOfCall *
side_new (void)
{
  SideOfCall *side = g_new0 (SideOfCall, 1);

  side->speech = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  side->loudness_lufs = side->noise_floor_dbfs = side->snr_db = side->echo_db = side->pace = NAN;
  side->clipped_at_ms = side->echo_at_ms = SIDE_ANALYSIS_UNKNOWN;
  return side;
}

/**
 * side_conversation_init:
 * @self: uninitialised memory
 *
 * Nothing is known yet.
 */
void
side_conversation_init (SideConversation *self)
{
  *self = (SideConversation) { .greeting_ms = SIDE_ANALYSIS_UNKNOWN, .switches_a_minute = NAN };
  self->dead_air = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  self->talk_over = g_array_new (FALSE, FALSE, sizeof (SideTalkOver));
  for (guint i = 0; i < 2; i++)
    {
      self->latency[i].median_ms = self->latency[i].p90_ms = NAN;
      self->talk_share[i] = self->talk_of_call[i] = NAN;
    }
}

/**
 * side_conversation_clear:
 * @self: figures, not used again without side_conversation_init()
 */
void
side_conversation_clear (SideConversation *self)
{
  g_clear_pointer (&self->dead_air, g_array_unref);
  g_clear_pointer (&self->talk_over, g_array_unref);
}

/**
 * side_analysis_new:
 * @channels: 1..%SIDE_ANALYSIS_MAX_SIDES
 *
 * Returns: (transfer full): an analysis in which nothing is known yet
 */
SideAnalysis *
side_analysis_new (guint channels)
{
  SideAnalysis *self;

  g_return_val_if_fail (channels >= 1 && channels <= SIDE_ANALYSIS_MAX_SIDES, NULL);
  self = g_new0 (SideAnalysis, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->version = g_strdup ("");
  self->channels = channels;
  self->attribution = channels == 2 ? SIDE_ATTRIBUTION_MEASURED
                      : channels == 1 ? SIDE_ATTRIBUTION_MONO : SIDE_ATTRIBUTION_CHANNELS;
  self->sides = g_ptr_array_new_with_free_func (side_free);
  for (guint i = 0; i < channels; i++)
    g_ptr_array_add (self->sides, side_new ());
  self->tones = g_array_new (FALSE, FALSE, sizeof (SideTone));
  self->flags = g_array_new (FALSE, FALSE, sizeof (SideSoundFlag));
  side_conversation_init (&self->conversation);
  return self;
}

/**
 * side_analysis_ref:
 * @self: an analysis
 *
 * Returns: (transfer full): @self
 */
SideAnalysis *
side_analysis_ref (SideAnalysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_analysis_unref:
 * @self: (transfer full): an analysis
 */
void
side_analysis_unref (SideAnalysis *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->version);
  g_ptr_array_unref (self->sides);
  g_array_unref (self->tones);
  g_array_unref (self->flags);
  side_conversation_clear (&self->conversation);
  g_free (self);
}

/**
 * side_analysis_is_measured:
 * @self: an analysis
 *
 * Returns: whether it can be told who spoke
 */
gboolean
side_analysis_is_measured (const SideAnalysis *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->attribution == SIDE_ATTRIBUTION_MEASURED;
}

/**
 * side_analysis_get_side:
 * @self: an analysis
 * @channel: below @self->channels
 *
 * Returns: (transfer none): that channel's figures
 */
SideOfCall *
side_analysis_get_side (const SideAnalysis *self,
                        guint               channel)
{
  g_return_val_if_fail (self != NULL && channel < self->sides->len, NULL);
  return g_ptr_array_index (self->sides, channel);
}

/**
 * side_spans_length:
 * @spans: (element-type SideSpan): apart from each other
 *
 * Returns: ms in all of them
 */
gint64
side_spans_length (const GArray *spans)
{
  gint64 sum = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);

      sum += span->to_ms - span->from_ms;
    }
  return sum;
}

/**
 * side_analysis_get_dead_air_ms:
 * @self: an analysis
 * @over_ms: only spans longer than this; all are longer than 4 s
 * @count: (out) (optional): how many those are
 *
 * Returns: how long they are together
 */
gint64
side_analysis_get_dead_air_ms (const SideAnalysis *self,
                               gint64              over_ms,
                               guint              *count)
{
  const GArray *spans;
  gint64 sum = 0;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  spans = self->conversation.dead_air;
  for (guint i = 0; i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);

      if (span->to_ms - span->from_ms <= over_ms)
        continue;
      sum += span->to_ms - span->from_ms;
      n++;
    }
  if (count != NULL)
    *count = n;
  return sum;
}

/**
 * side_analysis_get_talk_over_ms:
 * @self: an analysis
 * @who: only where this side cut in; %SIDE_CHANNEL_NONE for all
 * @count: (out) (optional): how often
 *
 * Returns: how long altogether
 */
gint64
side_analysis_get_talk_over_ms (const SideAnalysis *self,
                                int                 who,
                                guint              *count)
{
  const GArray *spans;
  gint64 sum = 0;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  spans = self->conversation.talk_over;
  for (guint i = 0; i < spans->len; i++)
    {
      const SideTalkOver *span = &g_array_index (spans, SideTalkOver, i);

      if (who != SIDE_CHANNEL_NONE && span->who != who)
        continue;
      sum += span->to_ms - span->from_ms;
      n++;
    }
  if (count != NULL)
    *count = n;
  return sum;
}

const char *
side_tone_kind_to_string (SideToneKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (tone_words), NULL);
  return tone_words[kind];
}

/* A word of a newer version is SIDE_TONE_NONE. */
SideToneKind
side_tone_kind_from_string (const char *word)
{
  return (SideToneKind) find_word (tone_words, G_N_ELEMENTS (tone_words), word, SIDE_TONE_NONE);
}

/**
 * side_tone_to_string:
 * @tone: a tone
 *
 * Returns: (transfer full): its kind; a key tone with its key, "dtmf:5"
 */
char *
side_tone_to_string (const SideTone *tone)
{
  if (tone->kind == SIDE_TONE_DTMF)
    return g_strdup_printf ("dtmf:%c", tone->digit);
  return g_strdup (side_tone_kind_to_string (tone->kind));
}

/* The protocol's word for what it can say about who spoke: the reason when nothing. */
const char *
side_attribution_to_string (SideAttribution attribution)
{
  g_return_val_if_fail ((gsize) attribution < G_N_ELEMENTS (attribution_words), NULL);
  return attribution_words[attribution];
}

/* An unknown reason is that of a mono mix: nothing is claimed. */
SideAttribution
side_attribution_from_string (const char *word)
{
  return (SideAttribution) find_word (attribution_words, G_N_ELEMENTS (attribution_words), word, SIDE_ATTRIBUTION_MONO);
}

const char *
side_sound_code_to_string (SideSoundCode code)
{
  g_return_val_if_fail ((gsize) code < G_N_ELEMENTS (code_words), NULL);
  return code_words[code];
}

SideSoundCode
side_sound_code_from_string (const char *word)
{
  return (SideSoundCode) find_word (code_words, G_N_ELEMENTS (code_words), word, SIDE_SOUND_UNKNOWN);
}

/**
 * side_channel_to_string:
 * @channel: a channel of a two-sided recording
 *
 * Returns: (nullable): "operator", "customer", or %NULL for none
 */
const char *
side_channel_to_string (int channel)
{
  return channel >= 0 && channel < (int) G_N_ELEMENTS (channel_words) ? channel_words[channel] : NULL;
}

int
side_channel_from_string (const char *word)
{
  return find_word (channel_words, G_N_ELEMENTS (channel_words), word, SIDE_CHANNEL_NONE);
}
