/* side-test-call-words.c - a test call in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-call-words.h"

#include <glib/gi18n.h>

#include "side-emodel.h"
#include "side-error.h"
#include "side-sip-words.h"
#include "side-test-verdict.h"
#include "side-text.h"

/**
 * side_test_call_words_segment:
 * @kind: what was on the line
 *
 * Returns: (transfer none): its name
 */
const char *
side_test_call_words_segment (SideSegmentKind kind)
{
  static const char *const words[SIDE_N_SEGMENT_KINDS] = {
    [SIDE_SEGMENT_OTHER] = NC_("telephone", "Something else"),
    [SIDE_SEGMENT_DIALLING] = NC_("telephone", "Dialled"),
    [SIDE_SEGMENT_RINGING] = NC_("telephone", "Ringing"),
    [SIDE_SEGMENT_EARLY_MEDIA] = NC_("telephone", "Sound before the answer"),
    [SIDE_SEGMENT_MENU] = NC_("telephone", "Menu"),
    [SIDE_SEGMENT_ANNOUNCEMENT] = NC_("telephone", "Announcement"),
    [SIDE_SEGMENT_QUEUE] = NC_("telephone", "In queue, music"),
    [SIDE_SEGMENT_PERSON] = NC_("telephone", "Person"),
    [SIDE_SEGMENT_HOLD] = NC_("telephone", "On hold"),
    [SIDE_SEGMENT_MACHINE] = NC_("telephone", "Answering machine"),
    [SIDE_SEGMENT_TONE] = NC_("telephone", "Tone"),
    [SIDE_SEGMENT_SILENCE] = NC_("telephone", "Silence"),
  };

  g_return_val_if_fail (kind < SIDE_N_SEGMENT_KINDS, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "telephone", words[kind]);
}

/* What it is called below a strip, where there is little room. */
static const char *
short_name (SideSegmentKind kind)
{
  static const char *const words[SIDE_N_SEGMENT_KINDS] = {
    [SIDE_SEGMENT_OTHER] = NC_("strip", "other"),
    [SIDE_SEGMENT_DIALLING] = NC_("strip", "dial"),
    [SIDE_SEGMENT_RINGING] = NC_("strip", "ringing"),
    [SIDE_SEGMENT_EARLY_MEDIA] = NC_("strip", "before the answer"),
    [SIDE_SEGMENT_MENU] = NC_("strip", "menu"),
    [SIDE_SEGMENT_ANNOUNCEMENT] = NC_("strip", "announcement"),
    [SIDE_SEGMENT_QUEUE] = NC_("strip", "queue"),
    [SIDE_SEGMENT_PERSON] = NC_("strip", "operator"),
    [SIDE_SEGMENT_HOLD] = NC_("strip", "hold"),
    [SIDE_SEGMENT_MACHINE] = NC_("strip", "machine"),
    [SIDE_SEGMENT_TONE] = NC_("strip", "tone"),
    [SIDE_SEGMENT_SILENCE] = NC_("strip", "silence"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "strip", words[kind]);
}

/* What the scenario allows such a part to take; 0 for any time. */
static gint64
limit_of (const SideTestCall *call,
          SideSegmentKind     kind)
{
  const SideScenarioLimits none = { 0 }, *limits = call->pinned != NULL ? &call->pinned->limits : &none;

  return kind == SIDE_SEGMENT_RINGING ? limits->ring_ms
         : kind == SIDE_SEGMENT_MENU  ? limits->menu_ms
         : kind == SIDE_SEGMENT_QUEUE ? limits->queue_ms
         : kind == SIDE_SEGMENT_PERSON ? limits->talk_ms : 0;
}

/**
 * side_test_call_words_strip:
 * @call: a test call
 * @segment: a part of it
 *
 * Returns: (transfer full): what it is in a word, how long it took, and how long it may: "queue 27.3 s · limit 20 s"
 */
char *
side_test_call_words_strip (const SideTestCall    *call,
                            const SideTestSegment *segment)
{
  gint64 limit, took;

  g_return_val_if_fail (call != NULL && segment != NULL, NULL);

  limit = limit_of (call, segment->kind);
  took = MAX (segment->to_ms - segment->from_ms, 0);
  if (limit > 0)
    /* Translators: a part of a call, how many seconds it took and how many it may: "queue 27.3 s · limit 20 s" */
    return g_strdup_printf (_("%s %.1f s · limit %g s"), short_name (segment->kind), (double) took / 1000, (double) limit / 1000);
  /* Translators: a part of a call and how many seconds it took: "ringing 2.3 s" */
  return g_strdup_printf (_("%s %.1f s"), short_name (segment->kind), (double) took / 1000);
}

/**
 * side_test_call_words_part:
 * @call: a test call
 * @segment: a part of it
 *
 * Returns: (transfer full): the same in full, from when to when, and how certain it is
 */
char *
side_test_call_words_part (const SideTestCall    *call,
                           const SideTestSegment *segment)
{
  g_autofree char *from = NULL, *to = NULL, *sure = NULL, *limit = NULL, *allowed = NULL;
  gint64 limit_ms;

  g_return_val_if_fail (call != NULL && segment != NULL, NULL);

  from = side_text_duration_tenths (segment->from_ms);
  to = side_text_duration_tenths (segment->to_ms);
  sure = segment->by_hand ? g_strdup (_("set by hand")) : g_strdup_printf (_("%.0f %% certain"), segment->certainty * 100);
  limit_ms = limit_of (call, segment->kind);
  allowed = side_text_duration (limit_ms);
  limit = limit_ms > 0 ? g_strdup_printf (_(", limit %s"), allowed) : g_strdup ("");
  /* Translators: a part of a call: "In queue, music: 0:11.4–0:38.7, limit 0:20, 96 % certain" */
  return g_strdup_printf (_("%s: %s–%s%s, %s"), side_test_call_words_segment (segment->kind), from, to, limit, sure);
}

/**
 * side_test_call_words_pill:
 * @call: a test call that goes on
 * @state: of it
 * @css_class: (out): "good", "near" or "quiet"
 *
 * Returns: (transfer none): who or what is on the line
 */
const char *
side_test_call_words_pill (const SideTestCall  *call,
                           SideSipCallState     state,
                           const char         **css_class)
{
  const SideTestSegment *last;

  g_return_val_if_fail (call != NULL && css_class != NULL, NULL);

  last = call->segments->len > 0 ? call->segments->pdata[call->segments->len - 1] : NULL;
  *css_class = "quiet";
  if (state >= SIDE_SIP_CALL_CLOSING || last == NULL || last->kind <= SIDE_SEGMENT_RINGING)
    return side_test_call_words_state (state);
  if (last->kind == SIDE_SEGMENT_PERSON)
    {
      *css_class = "good";
      return _("Operator on line");
    }
  if (last->kind == SIDE_SEGMENT_QUEUE || last->kind == SIDE_SEGMENT_HOLD)
    *css_class = "near";
  return side_test_call_words_segment (last->kind);
}

/**
 * side_test_call_words_state:
 * @state: of a call
 *
 * Returns: (transfer none): how it stands
 */
const char *
side_test_call_words_state (SideSipCallState state)
{
  switch (state)
    {
    case SIDE_SIP_CALL_RINGING:
      return _("It rings");
    case SIDE_SIP_CALL_EARLY:
      return _("Sound before the answer");
    case SIDE_SIP_CALL_ANSWERED:
      return _("Answered");
    case SIDE_SIP_CALL_CLOSING:
      return _("Hanging up…");
    case SIDE_SIP_CALL_ENDED:
      return _("Ended");
    case SIDE_SIP_CALL_DIALLED:
    case SIDE_SIP_CALL_TRYING:
    default:
      return _("Calling…");
    }
}

/**
 * side_test_call_words_calling:
 * @number: what is dialled
 * @persona: (nullable): who calls
 *
 * Returns: (transfer full): that it is called, and as whom
 */
char *
side_test_call_words_calling (const char *number,
                              const char *persona)
{
  /* Translators: a number and who the caller is: "calling 100 as “Irina, 34”" */
  return persona != NULL ? g_strdup_printf (_("calling %s as “%s”"), number, persona) : g_strdup_printf (_("calling %s"), number);
}

/**
 * side_test_call_words_limit:
 * @limit: what was passed
 *
 * Returns: (transfer none): that it was
 */
const char *
side_test_call_words_limit (SideTestLimit limit)
{
  return limit == SIDE_TEST_LIMIT_RING ? _("It rings longer than it should.")
         : limit == SIDE_TEST_LIMIT_MENU ? _("The menu takes longer than it should.")
         : limit == SIDE_TEST_LIMIT_QUEUE ? _("Waiting for a person takes longer than it should.")
                                          : _("The conversation is longer than it was to be.");
}

/**
 * side_test_call_words_end:
 * @call: a test call that is over
 *
 * Returns: (transfer full): who or what ended it
 */
char *
side_test_call_words_end (const SideTestCall *call)
{
  const char *code;

  g_return_val_if_fail (call != NULL, NULL);

  code = call->end_code >= 300 ? side_sip_words_for_code (call->end_code) : NULL;
  switch (call->end)
    {
    case SIDE_TEST_END_US:
      return g_strdup (_("You hung up."));
    case SIDE_TEST_END_THEM:
      return g_strdup (_("They hung up."));
    case SIDE_TEST_END_CANCELLED:
      return g_strdup (_("You gave up before anybody answered."));
    case SIDE_TEST_END_REFUSED:
      return code != NULL ? g_strdup_printf (_("Refused: %s (%d)"), code, call->end_code) : g_strdup_printf (_("Refused (%d)"), call->end_code);
    case SIDE_TEST_END_SILENT:
      return g_strdup (_("The line did not answer at all."));
    case SIDE_TEST_END_LOST:
      return g_strdup (_("The connection broke."));
    case SIDE_TEST_END_UNKNOWN:
    default:
      return g_strdup (_("How it ended is not known."));
    }
}

/**
 * side_test_call_words_ended:
 * @call: a test call that is over
 *
 * Returns: (transfer full): who or what ended it, and by how much which limit was passed
 */
char *
side_test_call_words_ended (const SideTestCall *call)
{
  g_autoptr (GArray) checks = NULL;
  g_autofree char *end = NULL;
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (call != NULL, NULL);

  end = side_test_call_words_end (call);
  words = g_string_new (end);
  checks = side_test_call_limits (call);
  for (guint i = 0; i < checks->len; i++)
    {
      const SideLimitCheck *check = &g_array_index (checks, SideLimitCheck, i);
      g_autofree char *took = side_text_duration_tenths (check->took_ms), *over = side_text_duration_tenths (check->over_ms);
      if (check->kept)
        continue;
      g_string_append_c (words, ' ');
      switch (check->limit)
        {
        case SIDE_LIMIT_RING:
          /* Translators: here and below both are durations */
          g_string_append_printf (words, _("It rang for %s, %s too long."), took, over);
          break;
        case SIDE_LIMIT_MENU:
          g_string_append_printf (words, _("The menu took %s, %s too long."), took, over);
          break;
        case SIDE_LIMIT_QUEUE:
          g_string_append_printf (words, _("Waiting for a person took %s, %s too long."), took, over);
          break;
        case SIDE_LIMIT_TALK:
        case SIDE_N_LIMITS:
        default:
          g_string_append_printf (words, _("The conversation took %s, %s too long."), took, over);
        }
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * side_test_call_words_quality:
 * @quality: of the line
 *
 * Returns: (transfer full): "G.711 A-law · encrypted · loss 0.2 % · jitter 4 ms · MOS 4.3"; empty before anything is known
 */
char *
side_test_call_words_quality (const SideTestQuality *quality)
{
  const SideCodecModel *codec = quality->codec != NULL ? side_emodel_find_codec (quality->codec, TRUE) : NULL;
  g_autoptr (GString) out = g_string_new (codec != NULL ? codec->title : quality->codec);

  if (quality->codec != NULL)
    g_string_append_printf (out, " · %s", quality->encrypted ? _("encrypted") : _("not encrypted"));
  if (quality->loss >= 0)
    {
      g_autofree char *loss = side_text_percent (quality->loss, 1);

      g_string_append (out, " · ");
      /* Translators: a percentage of what was sent */
      g_string_append_printf (out, _("loss %s"), loss);
    }
  if (quality->jitter_ms >= 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, _("jitter %.0f ms"), quality->jitter_ms);
    }
  if (quality->mos >= 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, _("MOS %.1f"), quality->mos);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_test_call_words_warnings:
 * @quality: of the line
 *
 * Returns: (transfer full) (nullable): what is wrong with it; %NULL for nothing
 */
char *
side_test_call_words_warnings (const SideTestQuality *quality)
{
  g_autoptr (GArray) warnings = side_line_warnings (quality);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < warnings->len; i++)
    {
      const SideLineWarning *warning = &g_array_index (warnings, SideLineWarning, i);
      g_autofree char *words = side_line_warning_words (warning);

      if (warning->fault != SIDE_LINE_OPEN)   /* that it is not encrypted is said with the codec */
        g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", words);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
