/* side-test-timeline.c - the stretches a test call is made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Up to the answer the far side signals where the call is, and that is no
 * guess. After it only the ear knows: what it hears means something else in a
 * queue than with a person on the line. Pure.
 */
#include "side-test-timeline.h"
#include "side-test-verdict.h"

#include <string.h>

#define SHORT_SILENCE_MS 2000   /* within speech and music, a pause */
#define PERSON_FROM      0.6    /* how sure the ear must be that from here on there is a person */
#define EXCHANGE_SURE    0.95   /* that it is a person, where a voice waited for us to end and answered */
#define EAR_LATE_MS      1500   /* the ear takes a moment to hear a voice; an announcement may begin with silence */
#define REST_MS          700    /* of a voice behind a recording: less is its last breath */

typedef struct {
  SideTestCall *call;
  gint64        until_ms;       /* of the call so far */
  gint64        part_ms;        /* when the part began that is being filled: before the answer, or after it */
  gboolean      person;         /* one has been on the line */
} Line;

static const char *
tone_name (SidePhoneSound sound)
{
  switch (sound)
    {
    case SIDE_PHONE_SOUND_BUSY:
    case SIDE_PHONE_SOUND_CONGESTION:
    case SIDE_PHONE_SOUND_INFORMATION:
      return side_phone_sound_to_string (sound);
    default:
      return NULL;
    }
}

/* A recorded voice offers keys while there are any left to be pressed. */
static gboolean
awaits_keys (const SideTestCall *call,
             gint64              at_ms)
{
  guint wanted = call->pinned != NULL ? call->pinned->keys->len : 0, pressed = 0;

  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      if (key->at_ms >= at_ms)
        return TRUE;
      pressed++;
    }
  return pressed < wanted;
}

static SideSegmentKind
kind_after_answer (const Line             *line,
                   const SidePhoneSegment *heard,
                   gint64                  from_ms)
{
  switch (heard->sound)
    {
    case SIDE_PHONE_SOUND_RINGING:
      return SIDE_SEGMENT_RINGING;
    case SIDE_PHONE_SOUND_BUSY:
    case SIDE_PHONE_SOUND_CONGESTION:
    case SIDE_PHONE_SOUND_INFORMATION:
    case SIDE_PHONE_SOUND_TONE:
      return SIDE_SEGMENT_TONE;
    case SIDE_PHONE_SOUND_MUSIC:
      return line->person ? SIDE_SEGMENT_HOLD : SIDE_SEGMENT_QUEUE;
    case SIDE_PHONE_SOUND_MENU:
      return line->person ? SIDE_SEGMENT_PERSON : awaits_keys (line->call, from_ms) ? SIDE_SEGMENT_MENU : SIDE_SEGMENT_ANNOUNCEMENT;
    case SIDE_PHONE_SOUND_PERSON:
      return SIDE_SEGMENT_PERSON;
    case SIDE_PHONE_SOUND_VOICE:
      return line->person ? SIDE_SEGMENT_PERSON : SIDE_SEGMENT_OTHER;
    case SIDE_PHONE_SOUND_SILENCE:
    default:
      return line->person ? SIDE_SEGMENT_PERSON : SIDE_SEGMENT_SILENCE;
    }
}

static SideSegmentKind
kind_before_answer (SidePhoneSound sound)
{
  if (sound == SIDE_PHONE_SOUND_RINGING)
    return SIDE_SEGMENT_RINGING;
  return tone_name (sound) != NULL ? SIDE_SEGMENT_TONE : SIDE_SEGMENT_EARLY_MEDIA;
}

/* A pause belongs to what was heard before it. */
static gboolean
is_pause (const SideTestSegment *last,
          SideSegmentKind        kind,
          gint64                 length_ms)
{
  return kind == SIDE_SEGMENT_SILENCE && length_ms < SHORT_SILENCE_MS
         && (last->kind == SIDE_SEGMENT_MENU || last->kind == SIDE_SEGMENT_ANNOUNCEMENT || last->kind == SIDE_SEGMENT_QUEUE
             || last->kind == SIDE_SEGMENT_OTHER || last->kind == SIDE_SEGMENT_RINGING);
}

static void
add (Line            *line,
     SideSegmentKind  kind,
     gint64           from_ms,
     gint64           to_ms,
     double           certainty,
     const char      *label)
{
  GPtrArray *all = line->call->segments;
  SideTestSegment *last = all->len > 0 ? all->pdata[all->len - 1] : NULL;

  to_ms = MIN (to_ms, line->until_ms);
  if (last != NULL)
    from_ms = MAX (from_ms, last->to_ms);
  if (to_ms <= from_ms)
    return;
  if (last != NULL && last->to_ms == from_ms && last->kind == kind && g_strcmp0 (last->label, label) == 0)
    {
      /* One good sign that it is a person is not made worse by what shows nothing. */
      gboolean person = kind == SIDE_SEGMENT_PERSON;
      double before = (double) (last->to_ms - last->from_ms), now = (double) (to_ms - from_ms);

      last->certainty = person ? MAX (last->certainty, certainty) : (last->certainty * before + certainty * now) / (before + now);
      last->to_ms = to_ms;
      return;
    }
  if (last != NULL && last->to_ms == from_ms && last->from_ms >= line->part_ms && is_pause (last, kind, to_ms - from_ms))
    {
      last->to_ms = to_ms;
      return;
    }
  if (all->len >= SIDE_TEST_CALL_MAX_SEGMENTS)
    return;
  last = side_test_call_add_segment (line->call, kind, from_ms, to_ms, certainty);
  last->label = g_strdup (label);
}

/* The ear is sure that it is a voice, and not of whom. What is taken for a person's because one is on the
 * line is no sign that there is one, unless it answers us. */
static double
certainty_of (const SidePhoneSegment *heard,
              SideSegmentKind         kind)
{
  if (kind == SIDE_SEGMENT_PERSON && heard->answers && heard->sound != SIDE_PHONE_SOUND_MENU)
    return MAX (heard->certainty, EXCHANGE_SURE);
  if (kind == SIDE_SEGMENT_PERSON)
    return heard->sound == SIDE_PHONE_SOUND_PERSON ? heard->certainty : MIN (heard->certainty, SIDE_TEST_UNCLEAR_VOICE);
  if (kind == SIDE_SEGMENT_EARLY_MEDIA)
    return 1;
  return kind == SIDE_SEGMENT_OTHER ? MIN (heard->certainty, SIDE_TEST_UNCLEAR_VOICE) : heard->certainty;
}

/* The announcement that was heard, sample by sample, while the ear heard this voice. */
static const SideTestPrompt *
prompt_in (const SideTestCall     *call,
           const SidePhoneSegment *heard,
           gint64                  heard_from_ms)
{
  gint64 from_ms = heard->from_ms + heard_from_ms;

  for (guint i = 0; heard->sound >= SIDE_PHONE_SOUND_VOICE && i < call->prompts->len; i++)
    {
      const SideTestPrompt *prompt = call->prompts->pdata[i];

      if (prompt->state == SIDE_TEST_PROMPT_HEARD && from_ms >= prompt->from_ms - EAR_LATE_MS && from_ms < prompt->to_ms)
        return prompt;
    }
  return NULL;
}

/* A recording that was recognised, and what the same voice, or another, said behind it. */
static void
add_prompt (Line                   *line,
            const SidePhoneSegment *heard,
            const SideTestPrompt   *prompt,
            gint64                  begin,
            gint64                  end)
{
  SideSegmentKind kind = awaits_keys (line->call, begin) ? SIDE_SEGMENT_MENU : SIDE_SEGMENT_ANNOUNCEMENT;
  gint64 over_ms = end - prompt->to_ms > REST_MS ? prompt->to_ms : end;

  add (line, kind, begin, over_ms, prompt->likeness, prompt->name);
  if (over_ms >= end)
    return;
  /* The ear judged both as one. */
  line->person |= heard->sound == SIDE_PHONE_SOUND_PERSON;
  kind = kind_after_answer (line, heard, over_ms);
  add (line, kind, over_ms, end, MIN (certainty_of (heard, kind), SIDE_TEST_UNCLEAR_VOICE), NULL);
}

/* What was heard between two moments that were signalled. */
static void
add_heard (Line                   *line,
           const SidePhoneSegment *heard,
           guint                   n,
           gint64                  heard_from_ms,
           gint64                  from_ms,
           gint64                  to_ms,
           gboolean                answered)
{
  line->part_ms = from_ms;
  for (guint i = 0; i < n; i++)
    {
      gint64 begin = MAX (heard[i].from_ms + heard_from_ms, from_ms), end = MIN (heard[i].to_ms + heard_from_ms, to_ms);
      const SideTestPrompt *prompt = answered ? prompt_in (line->call, &heard[i], heard_from_ms) : NULL;
      SideSegmentKind kind;

      if (end <= begin)
        continue;
      if (prompt != NULL)
        {
          add_prompt (line, &heard[i], prompt, begin, end);
          continue;
        }
      if (answered && heard[i].sound == SIDE_PHONE_SOUND_PERSON && heard[i].certainty >= PERSON_FROM)
        line->person = TRUE;
      kind = answered ? kind_after_answer (line, &heard[i], begin) : kind_before_answer (heard[i].sound);
      add (line, kind, begin, end, certainty_of (&heard[i], kind), tone_name (heard[i].sound));
    }
}

/* The ear is a second behind: until it tells, what was heard last goes on. */
static void
add_tail (Line   *line,
          gint64  answered_ms)
{
  GPtrArray *all = line->call->segments;
  SideTestSegment *last = all->len > 0 ? all->pdata[all->len - 1] : NULL;

  if (last != NULL && last->from_ms >= answered_ms)
    last->to_ms = MAX (last->to_ms, line->until_ms);
  else
    add (line, SIDE_SEGMENT_SILENCE, answered_ms, line->until_ms, 0.5, NULL);
}

static gint64
since (const SideTestCall *call,
       gint64              instant_ms,
       gint64              otherwise_ms)
{
  return instant_ms != 0 ? MAX (0, instant_ms - call->dialled_ms) : otherwise_ms;
}

/**
 * side_test_timeline_fill:
 * @call: a test call with the instants that were signalled, the keys that were pressed and its scenario
 * @heard: (array length=n_heard): what the ear told, in order
 * @n_heard: how many
 * @heard_from_ms: when the ear began, from the moment the call was dialled
 * @until_ms: how long the call has been going on, from that moment
 *
 * Makes the segments of @call anew. What was signalled has certainty 1, what was
 * heard the ear's own. Before the answer their own sound is early media,
 * unless it is a tone. After it a recorded voice is a menu while the scenario has
 * keys left to press and an announcement then; music is a queue before the first
 * person and hold after it; once there was a person, voices and silence are
 * theirs. Pauses of less than two seconds belong to what was heard before them.
 * A voice while an announcement of @call was heard is that announcement, and no
 * person's, whatever the ear took it for.
 */
void
side_test_timeline_fill (SideTestCall           *call,
                         const SidePhoneSegment *heard,
                         guint                   n_heard,
                         gint64                  heard_from_ms,
                         gint64                  until_ms)
{
  Line line = { .call = call, .until_ms = until_ms };
  gint64 answered, early, ringing;

  g_return_if_fail (call != NULL && (heard != NULL || n_heard == 0));

  g_ptr_array_set_size (call->segments, 0);
  answered = MIN (since (call, call->answered_ms, until_ms), until_ms);
  early = MIN (since (call, call->early_ms, answered), answered);
  ringing = MIN (since (call, call->ringing_ms, early), early);
  add (&line, SIDE_SEGMENT_DIALLING, 0, ringing, 1, NULL);
  add (&line, SIDE_SEGMENT_RINGING, ringing, early, 1, NULL);
  add_heard (&line, heard, n_heard, heard_from_ms, early, answered, FALSE);
  /* Sound that the ear has not told yet. */
  add (&line, SIDE_SEGMENT_EARLY_MEDIA, early, answered, 1, NULL);
  if (call->answered_ms != 0)
    {
      add_heard (&line, heard, n_heard, heard_from_ms, answered, until_ms, TRUE);
      add_tail (&line, answered);
    }
}
