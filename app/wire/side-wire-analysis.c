/* side-wire-analysis.c - what was heard in a recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moments and lengths are seconds with three digits, spans are pairs of them,
 * since people read this too. What is not known is null. How many spans dead
 * air has, and such, is not written: it can be counted.
 */
#include "side-wire-private.h"

#include <math.h>
#include <string.h>

#include "side-analysis.h"

#define MAX_SPANS 200000    /* of a day, at most */

/* Writing */

/* With no more digits than it means anything with. */
static void
write_rounded (GString    *out,
               const char *name,
               double      value)
{
  side_json_double (out, name, round (value * 1000) / 1000);
}

static void
write_seconds (GString    *out,
               const char *name,
               gint64      ms)
{
  side_json_double (out, name, ms == SIDE_ANALYSIS_UNKNOWN ? NAN : (double) ms / 1000);
}

static void
write_spans (GString      *out,
             const char   *name,
             const GArray *spans)
{
  side_json_open (out, name, '[');
  for (guint i = 0; i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);

      side_json_open (out, NULL, '[');
      write_seconds (out, NULL, span->from_ms);
      write_seconds (out, NULL, span->to_ms);
      side_json_close (out, ']');
    }
  side_json_close (out, ']');
}

/* An empty span is not known. */
static void
write_span (GString        *out,
            const char     *name,
            const SideSpan *span)
{
  gboolean known = span->to_ms > span->from_ms;

  side_json_open (out, name, '[');
  if (known)
    {
      write_seconds (out, NULL, span->from_ms);
      write_seconds (out, NULL, span->to_ms);
    }
  side_json_close (out, ']');
}

static void
write_side (GString          *out,
            const SideOfCall *side)
{
  side_json_open (out, NULL, '{');
  write_spans (out, "speech", side->speech);
  write_seconds (out, "speech_s", side_spans_length (side->speech));
  write_rounded (out, "loudness_lufs", side->loudness_lufs);
  write_rounded (out, "noise_floor_dbfs", side->noise_floor_dbfs);
  write_rounded (out, "snr_db", side->snr_db);
  side_json_int (out, "clipped_runs", side->clipped_runs);
  write_seconds (out, "clipped_at_s", side->clipped_at_ms);
  write_seconds (out, "digital_silence_s", side->digital_silence_ms);
  side_json_boolean (out, "has_signal", side->has_signal);
  side_json_boolean (out, "one_way", side->one_way);
  write_seconds (out, "echo_s", side->echo_ms);
  write_seconds (out, "echo_at_s", side->echo_at_ms);
  write_rounded (out, "echo_db", side->echo_db);
  write_rounded (out, "pace", side->pace);
  write_span (out, "longest_monologue", &side->longest_monologue);
  side_json_close (out, '}');
}

static void
write_latency (GString           *out,
               const char        *name,
               const SideLatency *latency)
{
  side_json_open (out, name, '{');
  write_rounded (out, "median", latency->median_ms / 1000);
  write_rounded (out, "p90", latency->p90_ms / 1000);
  side_json_int (out, "n", latency->n);
  write_span (out, "longest", &latency->longest);
  side_json_close (out, '}');
}

static void
write_pair (GString      *out,
            const char   *name,
            const double  pair[2])
{
  side_json_open (out, name, '[');
  write_rounded (out, NULL, pair[0]);
  write_rounded (out, NULL, pair[1]);
  side_json_close (out, ']');
}

static void
write_conversation (GString                *out,
                    const SideConversation *talk)
{
  write_spans (out, "dead_air", talk->dead_air);
  side_json_open (out, "talk_over", '[');
  for (guint i = 0; i < talk->talk_over->len; i++)
    {
      const SideTalkOver *over = &g_array_index (talk->talk_over, SideTalkOver, i);

      side_json_open (out, NULL, '[');
      write_seconds (out, NULL, over->from_ms);
      write_seconds (out, NULL, over->to_ms);
      side_json_string (out, NULL, side_channel_to_string (over->who));
      side_json_close (out, ']');
    }
  side_json_close (out, ']');
  write_latency (out, "latency_s", &talk->latency[SIDE_CHANNEL_OPERATOR]);
  write_latency (out, "customer_latency_s", &talk->latency[SIDE_CHANNEL_CUSTOMER]);
  write_seconds (out, "greeting_s", talk->greeting_ms);
  write_pair (out, "talk_share", talk->talk_share);
  write_pair (out, "talk_of_call", talk->talk_of_call);
  write_seconds (out, "silence_s", talk->silence_ms);
  side_json_int (out, "back_channels", talk->back_channels);
  write_rounded (out, "switches_a_minute", talk->switches_a_minute);
}

static void
write_tones (GString      *out,
             const GArray *tones)
{
  side_json_open (out, "tones", '[');
  for (guint i = 0; i < tones->len; i++)
    {
      const SideTone *tone = &g_array_index (tones, SideTone, i);
      g_autofree char *kind = side_tone_to_string (tone);

      side_json_open (out, NULL, '[');
      write_seconds (out, NULL, tone->from_ms);
      write_seconds (out, NULL, tone->to_ms);
      side_json_string (out, NULL, kind);
      side_json_close (out, ']');
    }
  side_json_close (out, ']');
  side_json_open (out, "tone_channels", '[');
  for (guint i = 0; i < tones->len; i++)
    side_json_int (out, NULL, g_array_index (tones, SideTone, i).channel);
  side_json_close (out, ']');
}

static void
write_flags (GString      *out,
             const GArray *flags)
{
  side_json_open (out, "flags", '[');
  for (guint i = 0; i < flags->len; i++)
    {
      const SideSoundFlag *flag = &g_array_index (flags, SideSoundFlag, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "code", side_sound_code_to_string (flag->code));
      if (flag->channel != SIDE_CHANNEL_NONE)
        side_json_int (out, "channel", flag->channel);
      write_rounded (out, "value", flag->value);
      write_seconds (out, "at_s", flag->at_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
write_members (GString            *out,
               const SideAnalysis *analysis)
{
  gboolean measured = side_analysis_is_measured (analysis);

  side_json_string (out, "version", analysis->version);
  write_seconds (out, "duration_s", analysis->duration_ms);
  side_json_int (out, "channels", analysis->channels);
  side_json_int (out, "rate", analysis->rate);
  side_json_string (out, "attribution", measured ? "measured" : "not measurable");
  if (!measured)
    side_json_string (out, "reason", side_attribution_to_string (analysis->attribution));
  side_json_open (out, "sides", '[');
  for (guint i = 0; i < analysis->sides->len; i++)
    write_side (out, g_ptr_array_index (analysis->sides, i));
  side_json_close (out, ']');
  write_conversation (out, &analysis->conversation);
  write_tones (out, analysis->tones);
  write_flags (out, analysis->flags);
}

/**
 * side_wire_analysis_to_json:
 * @analysis: what was heard
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_analysis_to_json (const SideAnalysis *analysis)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  write_members (out, analysis);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/* Reading */

static gboolean
refuse (const char  *name,
        GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not what it should be", name);
  return FALSE;
}

/* A moment within a day, or nothing. */
static gboolean
node_to_ms (JsonNode *node,
            gint64   *ms)
{
  double seconds;

  if (!JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;
  seconds = json_node_get_double (node);
  if (!(seconds >= 0 && seconds < 1e6))
    return FALSE;
  *ms = (gint64) llround (seconds * 1000);
  return TRUE;
}

static gboolean
read_seconds (JsonObject  *object,
              const char  *name,
              gint64      *ms,
              GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return node_to_ms (node, ms) || refuse (name, error);
}

static gboolean
read_count (JsonObject  *object,
            const char  *name,
            guint       *value,
            GError     **error)
{
  int number = (int) *value;

  if (!side_json_read_int (object, name, 0, &number, error))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

/* The first two of an array that has @n elements. */
static JsonArray *
node_to_span (JsonNode *node,
              guint     n,
              gint64   *from_ms,
              gint64   *to_ms)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != n
      || !node_to_ms (json_array_get_element (array, 0), from_ms)
      || !node_to_ms (json_array_get_element (array, 1), to_ms)
      || *to_ms < *from_ms)
    return NULL;
  return array;
}

/* Returns: the array @name, or %NULL with or without an error */
static JsonArray *
list_of (JsonObject  *object,
         const char  *name,
         GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error) || array == NULL)
    return NULL;
  if (json_array_get_length (array) <= MAX_SPANS)
    return array;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "“%s” is too long", name);
  return NULL;
}

static gboolean
read_spans (JsonObject  *object,
            const char  *name,
            GArray      *spans,
            GError     **error)
{
  g_autoptr (GError) failure = NULL;
  JsonArray *array = list_of (object, name, &failure);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      SideSpan span;

      if (node_to_span (json_array_get_element (array, i), 2, &span.from_ms, &span.to_ms) == NULL)
        return refuse (name, error);
      g_array_append_val (spans, span);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_span (JsonObject  *object,
           const char  *name,
           SideSpan    *span,
           GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array == NULL || json_array_get_length (array) == 0)
    return TRUE;
  return node_to_span (json_object_get_member (object, name), 2, &span->from_ms, &span->to_ms) != NULL || refuse (name, error);
}

static gboolean
read_side (JsonNode    *node,
           SideOfCall  *side,
           GError     **error)
{
  JsonObject *object = side_json_as_object (node, "side", error);

  return object != NULL
         && read_spans (object, "speech", side->speech, error)
         && side_json_read_double (object, "loudness_lufs", &side->loudness_lufs, error)
         && side_json_read_double (object, "noise_floor_dbfs", &side->noise_floor_dbfs, error)
         && side_json_read_double (object, "snr_db", &side->snr_db, error)
         && read_count (object, "clipped_runs", &side->clipped_runs, error)
         && read_seconds (object, "clipped_at_s", &side->clipped_at_ms, error)
         && read_seconds (object, "digital_silence_s", &side->digital_silence_ms, error)
         && side_json_read_boolean (object, "has_signal", &side->has_signal, error)
         && side_json_read_boolean (object, "one_way", &side->one_way, error)
         && read_seconds (object, "echo_s", &side->echo_ms, error)
         && read_seconds (object, "echo_at_s", &side->echo_at_ms, error)
         && side_json_read_double (object, "echo_db", &side->echo_db, error)
         && side_json_read_double (object, "pace", &side->pace, error)
         && read_span (object, "longest_monologue", &side->longest_monologue, error);
}

static gboolean
read_latency (JsonObject   *object,
              const char   *name,
              SideLatency  *latency,
              GError      **error)
{
  JsonNode *node = NULL;
  JsonObject *inner;

  if (!side_json_read_object (object, name, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  inner = json_node_get_object (node);
  if (!side_json_read_double (inner, "median", &latency->median_ms, error)
      || !side_json_read_double (inner, "p90", &latency->p90_ms, error)
      || !read_count (inner, "n", &latency->n, error)
      || !read_span (inner, "longest", &latency->longest, error))
    return FALSE;
  latency->median_ms *= 1000;
  latency->p90_ms *= 1000;
  return TRUE;
}

static gboolean
read_pair (JsonObject  *object,
           const char  *name,
           double       pair[2],
           GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  if (json_array_get_length (array) != 2)
    return refuse (name, error);
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      if (!JSON_NODE_HOLDS_VALUE (node)
          || (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
        return refuse (name, error);
      pair[i] = json_node_get_double (node);
    }
  return TRUE;
}

/* The third element of an array, a word. */
static const char *
third_word (JsonArray *array)
{
  JsonNode *node = json_array_get_element (array, 2);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
read_talk_over (JsonObject  *object,
                GArray      *spans,
                GError     **error)
{
  g_autoptr (GError) failure = NULL;
  JsonArray *array = list_of (object, "talk_over", &failure);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      SideTalkOver over;
      JsonArray *row = node_to_span (json_array_get_element (array, i), 3, &over.from_ms, &over.to_ms);

      if (row == NULL || (over.who = side_channel_from_string (third_word (row))) == SIDE_CHANNEL_NONE)
        return refuse ("talk_over", error);
      g_array_append_val (spans, over);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_conversation (JsonObject        *object,
                   SideConversation  *talk,
                   GError           **error)
{
  return read_spans (object, "dead_air", talk->dead_air, error)
         && read_talk_over (object, talk->talk_over, error)
         && read_latency (object, "latency_s", &talk->latency[SIDE_CHANNEL_OPERATOR], error)
         && read_latency (object, "customer_latency_s", &talk->latency[SIDE_CHANNEL_CUSTOMER], error)
         && read_seconds (object, "greeting_s", &talk->greeting_ms, error)
         && read_pair (object, "talk_share", talk->talk_share, error)
         && read_pair (object, "talk_of_call", talk->talk_of_call, error)
         && read_seconds (object, "silence_s", &talk->silence_ms, error)
         && read_count (object, "back_channels", &talk->back_channels, error)
         && side_json_read_double (object, "switches_a_minute", &talk->switches_a_minute, error);
}

/* A kind of a newer version is passed over. */
static gboolean
read_tone (JsonNode *node,
           JsonNode *channel,
           guint     channels,
           GArray   *tones)
{
  SideTone tone = { 0 };
  JsonArray *row = node_to_span (node, 3, &tone.from_ms, &tone.to_ms);
  const char *word = row != NULL ? third_word (row) : NULL;

  if (word == NULL)
    return FALSE;
  if (channel != NULL)
    {
      gint64 number = JSON_NODE_HOLDS_VALUE (channel) && json_node_get_value_type (channel) == G_TYPE_INT64
                        ? json_node_get_int (channel) : -1;

      if (number < 0 || number >= channels)
        return FALSE;
      tone.channel = (int) number;
    }
  if (g_str_has_prefix (word, "dtmf:") && strlen (word) == 6)
    {
      tone.kind = SIDE_TONE_DTMF;
      tone.digit = word[5];
    }
  else
    tone.kind = side_tone_kind_from_string (word);
  if (tone.kind != SIDE_TONE_NONE && (tone.kind != SIDE_TONE_DTMF || strchr ("0123456789*#ABCD", tone.digit) != NULL)
      && (tone.kind != SIDE_TONE_DTMF || tone.digit != '\0'))
    g_array_append_val (tones, tone);
  return TRUE;
}

static gboolean
read_tones (JsonObject    *object,
            SideAnalysis  *analysis,
            GError       **error)
{
  g_autoptr (GError) failure = NULL;
  JsonArray *array = list_of (object, "tones", &failure);
  JsonArray *channels = failure == NULL ? list_of (object, "tone_channels", &failure) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (channels != NULL && json_array_get_length (channels) != n)
    return refuse ("tone_channels", error);
  for (guint i = 0; i < n; i++)
    if (!read_tone (json_array_get_element (array, i), channels != NULL ? json_array_get_element (channels, i) : NULL,
                    analysis->channels, analysis->tones))
      return refuse ("tones", error);
  return TRUE;
}

static gboolean
read_flag (JsonNode      *node,
           SideAnalysis  *analysis,
           GError       **error)
{
  JsonObject *object = side_json_as_object (node, "flag", error);
  SideSoundFlag flag = { SIDE_SOUND_UNKNOWN, SIDE_CHANNEL_NONE, NAN, SIDE_ANALYSIS_UNKNOWN };
  const char *code = NULL;

  if (object == NULL
      || !side_json_read_text (object, "code", SIDE_JSON_MAX_INTERN, &code, error)
      || !side_json_need (code != NULL, "code", error)
      || !side_json_read_int (object, "channel", 0, &flag.channel, error)
      || !side_json_read_double (object, "value", &flag.value, error)
      || !read_seconds (object, "at_s", &flag.at_ms, error))
    return FALSE;
  if (flag.channel >= (int) analysis->channels)
    return refuse ("channel", error);
  flag.code = side_sound_code_from_string (code);
  if (flag.code != SIDE_SOUND_UNKNOWN)
    g_array_append_val (analysis->flags, flag);
  return TRUE;
}

static gboolean
read_parts (JsonObject    *object,
            SideAnalysis  *analysis,
            GError       **error)
{
  g_autoptr (GError) failure = NULL;
  JsonArray *sides = NULL;
  JsonArray *flags;

  if (!side_json_read_array (object, "sides", &sides, error)
      || !side_json_need (sides != NULL, "sides", error))
    return FALSE;
  if (json_array_get_length (sides) != analysis->channels)
    return refuse ("sides", error);
  for (guint i = 0; i < analysis->channels; i++)
    if (!read_side (json_array_get_element (sides, i), side_analysis_get_side (analysis, i), error))
      return FALSE;
  if (!read_conversation (object, &analysis->conversation, error) || !read_tones (object, analysis, error))
    return FALSE;
  flags = list_of (object, "flags", &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; flags != NULL && i < json_array_get_length (flags); i++)
    if (!read_flag (json_array_get_element (flags, i), analysis, error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_analysis_from_json:
 * @text: JSON
 * @len: its length, -1 for terminated
 * @error: return location
 *
 * Returns: (transfer full): what was heard; %NULL with %SIDE_ERROR_INVALID or
 *   %SIDE_ERROR_TOO_LARGE
 */
SideAnalysis *
side_wire_analysis_from_json (const char  *text,
                              gssize       len,
                              GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? side_json_as_object (node, "analysis", error) : NULL;
  g_autoptr (SideAnalysis) analysis = NULL;
  const char *version = NULL, *word = NULL, *reason = NULL;
  int channels = 0;
  guint rate = 0;

  if (object == NULL
      || !side_json_read_text (object, "version", SIDE_JSON_MAX_INTERN, &version, error)
      || !side_json_need (version != NULL, "version", error)
      || !side_json_read_text (object, "attribution", SIDE_JSON_MAX_INTERN, &word, error)
      || !side_json_need (word != NULL, "attribution", error)
      || !side_json_read_text (object, "reason", SIDE_JSON_MAX_INTERN, &reason, error)
      || !side_json_read_int (object, "channels", 1, &channels, error)
      || !read_count (object, "rate", &rate, error))
    return NULL;
  if (channels < 1 || channels > SIDE_ANALYSIS_MAX_SIDES)
    {
      refuse ("channels", error);
      return NULL;
    }
  analysis = side_analysis_new ((guint) channels);
  g_free (analysis->version);
  analysis->version = g_strdup (version);
  analysis->rate = rate;
  /* Only two channels can be measured, whatever somebody says. */
  if (channels == 2 && !g_str_equal (word, "measured"))
    analysis->attribution = reason != NULL && !g_str_equal (reason, "measured") ? side_attribution_from_string (reason)
                                                                                : SIDE_ATTRIBUTION_SAME;
  if (!read_seconds (object, "duration_s", &analysis->duration_ms, error) || !read_parts (object, analysis, error))
    return NULL;
  return g_steal_pointer (&analysis);
}
