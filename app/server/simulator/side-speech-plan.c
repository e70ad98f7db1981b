/* side-speech-plan.c - who says what, when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call is one stretch of talk, or two with the hold between them. Each
 * stretch has what must be said at its start and its end (greeting, "please
 * hold", farewell) and is filled up between with exchanges of the dialogue,
 * then of the fillers, then of the shop's other dialogues. What time is left
 * over goes into the pauses: most of it where somebody has to look something
 * up, which makes the dead air a reviewer will find.
 */
#include "side-speech-plan.h"

#include <string.h>

#include "side-telephone.h"

/* Exchanges are added until they fill this share of a stretch. */
#define FULL_SHARE     0.93
/* From the answer to the first word, and from the last word to the end. */
#define LEAD_IN_MS     500
#define LEAD_OUT_MS    350
#define SHORTEST_GAP_MS 250

typedef struct {
  const SideDialogueWords *words;
  SideRandom              *random;
  SideSpeakFunc            speak;
  gpointer                 user_data;
  GPtrArray               *pool;      /* of exchanges still to be said */
  guint                    next;      /* the first of them */
  GPtrArray               *turns;     /* of SidePlannedTurn: the result */
  gint64                   end_ms;
} Plan;

static void
turn_free (gpointer data)
{
  SidePlannedTurn *turn = data;

  g_clear_pointer (&turn->sound, g_array_unref);
  g_free (turn->text);
  g_free (turn);
}

static gint64
turn_ms (const SidePlannedTurn *turn)
{
  return (gint64) turn->sound->len * 1000 / SIDE_TELEPHONE_RATE;
}

/* How long after the turn before it this one begins at the soonest. */
static gint64
least_gap_ms (const SidePlannedTurn *turn,
              const SidePlannedTurn *before)
{
  if (before == NULL)
    return 0;
  if (turn->cuts_in && before->customer != turn->customer)
    return -MIN (650, turn_ms (before) / 2);
  return turn->slow ? 4 * SHORTEST_GAP_MS : SHORTEST_GAP_MS;
}

static gint64
length_of (GPtrArray *turns)
{
  gint64 sum = 0;

  for (guint i = 0; i < turns->len; i++)
    sum += turn_ms (turns->pdata[i]) + least_gap_ms (turns->pdata[i], i > 0 ? turns->pdata[i - 1] : NULL);
  return sum;
}

/* Has an exchange spoken and adds its turns to @turns. */
static gboolean
speak_exchange (Plan       *plan,
                GPtrArray  *exchange,
                GPtrArray  *turns,
                GError    **error)
{
  for (guint i = 0; i < exchange->len; i++)
    {
      const SideLine *line = exchange->pdata[i];
      SidePlannedTurn *turn = g_new0 (SidePlannedTurn, 1);

      turn->customer = line->customer;
      turn->cuts_in = line->cuts_in;
      turn->slow = line->slow;
      turn->text = side_dialogue_fill (line->text, plan->words);
      turn->sound = plan->speak (line->customer, turn->text, plan->user_data, error);
      if (turn->sound == NULL)
        {
          turn_free (turn);
          return FALSE;
        }
      g_ptr_array_add (turns, turn);
    }
  return TRUE;
}

static GPtrArray *
speak_section (Plan                *plan,
               const SideDialogue  *dialogue,
               SideSection          section,
               GError             **error)
{
  g_autoptr (GPtrArray) turns = g_ptr_array_new_with_free_func (turn_free);

  for (guint i = 0; dialogue != NULL && i < dialogue->sections[section]->len; i++)
    if (!speak_exchange (plan, dialogue->sections[section]->pdata[i], turns, error))
      return NULL;
  return g_steal_pointer (&turns);
}

/* Takes as many exchanges from the pool as fit into @room_ms. */
static gboolean
fill_up (Plan       *plan,
         GPtrArray  *turns,
         gint64      room_ms,
         GError    **error)
{
  while (plan->next < plan->pool->len && length_of (turns) < room_ms)
    {
      guint before = turns->len;

      if (!speak_exchange (plan, plan->pool->pdata[plan->next], turns, error))
        return FALSE;
      if (length_of (turns) > room_ms)
        {
          /* Left for the second stretch, or for nobody. */
          g_ptr_array_set_size (turns, (int) before);
          return TRUE;
        }
      plan->next++;
    }
  return TRUE;
}

/* Gives each turn its place between @from_ms and @to_ms; what time is left
 * over is spread over the pauses. */
static void
lay_out (Plan      *plan,
         GPtrArray *turns,
         gint64     from_ms,
         gint64     to_ms)
{
  gint64 spare = to_ms - from_ms - LEAD_IN_MS - LEAD_OUT_MS - length_of (turns);
  g_autofree double *weights = g_new0 (double, turns->len + 1);
  double total = 0;
  double share = 0;
  gint64 at = from_ms + LEAD_IN_MS;

  for (guint i = 1; i < turns->len; i++)
    {
      const SidePlannedTurn *turn = turns->pdata[i];

      weights[i] = turn->cuts_in ? 0 : side_random_exponential (plan->random, turn->slow ? 7 : 1) + 0.2;
      total += weights[i];
    }
  for (guint i = 0; i < turns->len; i++)
    {
      SidePlannedTurn *turn = turns->pdata[i];
      gint64 extra;

      share += weights[i];
      extra = spare > 0 && total > 0 ? (gint64) ((double) spare * share / total) : 0;
      at += least_gap_ms (turn, i > 0 ? turns->pdata[i - 1] : NULL);
      turn->from_ms = MAX (at + extra, from_ms);
      at += turn_ms (turn);
      turn->to_ms = MIN (turn->from_ms + turn_ms (turn), plan->end_ms);
    }
}

/* The turns of @more go to the end of @turns. */
static void
append (GPtrArray *turns,
        GPtrArray *more)
{
  while (more->len > 0)
    g_ptr_array_add (turns, g_ptr_array_steal_index (more, 0));
}

/* One stretch of talk: @first, what fits between, @last. */
static gboolean
plan_stretch (Plan       *plan,
              GPtrArray  *first,
              GPtrArray  *last,
              gint64      from_ms,
              gint64      to_ms,
              GError    **error)
{
  gint64 room = to_ms - from_ms - LEAD_IN_MS - LEAD_OUT_MS;

  /* In a very short call the farewell is the first to fall. */
  while (last->len > 0 && length_of (first) + length_of (last) + SHORTEST_GAP_MS > room)
    g_ptr_array_remove_index (last, 0);
  if (!fill_up (plan, first, (gint64) (FULL_SHARE * (double) room) - length_of (last) - SHORTEST_GAP_MS, error))
    return FALSE;
  append (first, last);
  lay_out (plan, first, from_ms, to_ms);
  for (guint i = 0; i < first->len; i++)
    {
      SidePlannedTurn *turn = first->pdata[i];

      /* Nobody speaks into the hold, and the end of the call is the end. */
      turn->to_ms = MIN (turn->to_ms, to_ms);
      if (turn->from_ms + SHORTEST_GAP_MS > to_ms)
        {
          g_ptr_array_set_size (first, (int) i);
          break;
        }
    }
  append (plan->turns, first);
  return TRUE;
}

static const SideDialogue *
find_filler (GPtrArray  *dialogues,
             const char *language)
{
  for (guint i = 0; i < dialogues->len; i++)
    {
      const SideDialogue *dialogue = dialogues->pdata[i];
      if (g_str_equal (dialogue->queue, "*") && g_str_equal (dialogue->language, language))
        return dialogue;
    }
  return NULL;
}

/* The dialogue's own exchanges in their order, then the fillers and the
 * shop's other dialogues shuffled, and the fillers once more. */
static GPtrArray *
make_pool (GPtrArray            *dialogues,
           const SideDialogue   *own,
           const SideDialogue   *filler,
           const SideSpeechSpec *spec,
           SideRandom           *random)
{
  GPtrArray *pool = g_ptr_array_new ();
  g_autofree char *shop = g_strndup (spec->queue, strcspn (spec->queue, "-"));
  guint start;

  g_ptr_array_extend (pool, own->sections[SIDE_SECTION_BODY], NULL, NULL);
  start = pool->len;
  if (filler != NULL)
    g_ptr_array_extend (pool, filler->sections[SIDE_SECTION_BODY], NULL, NULL);
  for (guint i = start; i + 1 < pool->len; i++)
    {
      guint other = i + side_random_below (random, pool->len - i);
      gpointer kept = pool->pdata[i];

      pool->pdata[i] = pool->pdata[other];
      pool->pdata[other] = kept;
    }
  for (guint i = 0; i < dialogues->len; i++)
    {
      const SideDialogue *dialogue = dialogues->pdata[i];
      if (dialogue != own && dialogue != filler && g_str_has_prefix (dialogue->queue, shop))
        g_ptr_array_extend (pool, dialogue->sections[SIDE_SECTION_BODY], NULL, NULL);
    }
  if (filler != NULL)
    g_ptr_array_extend (pool, filler->sections[SIDE_SECTION_BODY], NULL, NULL);
  return pool;
}

/**
 * side_speech_choose:
 * @dialogues: (element-type SideDialogue): all there are
 * @spec: the call
 * @random: decides among those that fit
 *
 * Returns: (nullable): a dialogue of the call's queue, one that sells if the
 *   call did; failing that one of its shop, or of its language
 */
const SideDialogue *
side_speech_choose (GPtrArray            *dialogues,
                    const SideSpeechSpec *spec,
                    SideRandom           *random)
{
  g_autofree char *shop = g_strndup (spec->queue, strcspn (spec->queue, "-"));
  const SideDialogue *best = NULL;
  int best_fit = 0;
  guint equal = 0;

  for (guint i = 0; i < dialogues->len; i++)
    {
      const SideDialogue *dialogue = dialogues->pdata[i];
      int fit = 1;

      if (!g_str_equal (dialogue->language, spec->language) || g_str_equal (dialogue->queue, "*"))
        continue;
      fit += g_str_has_prefix (dialogue->queue, shop) ? 2 : 0;
      fit += g_str_equal (dialogue->queue, spec->queue) ? 4 : 0;
      fit += dialogue->sells == spec->sold ? 1 : 0;
      equal = fit == best_fit ? equal + 1 : 1;
      if (fit > best_fit || (fit == best_fit && side_random_below (random, equal) == 0))
        {
          best = dialogue;
          best_fit = fit;
        }
    }
  return best;
}

/**
 * side_speech_plan:
 * @dialogues: (element-type SideDialogue): all there are
 * @dialogue: the one chosen
 * @spec: the call
 * @words: fill its placeholders
 * @length_ms: how long the recording is
 * @random: decides the rest
 * @speak: speaks a turn
 * @user_data: for @speak
 * @error: return location
 *
 * Returns: (transfer full) (element-type SidePlannedTurn) (nullable): the
 *   turns in their order, or %NULL with the error of @speak
 */
GPtrArray *
side_speech_plan (GPtrArray                *dialogues,
                  const SideDialogue       *dialogue,
                  const SideSpeechSpec     *spec,
                  const SideDialogueWords  *words,
                  gint64                    length_ms,
                  SideRandom               *random,
                  SideSpeakFunc             speak,
                  gpointer                  user_data,
                  GError                  **error)
{
  const SideDialogue *filler = find_filler (dialogues, spec->language);
  g_autoptr (GPtrArray) pool = make_pool (dialogues, dialogue, filler, spec, random);
  g_autoptr (GPtrArray) turns = g_ptr_array_new_with_free_func (turn_free);
  Plan plan = { words, random, speak, user_data, pool, 0, turns, length_ms };
  gboolean held = spec->hold_ms > 0 && spec->hold_at_ms < length_ms;
  gint64 resumed_ms = spec->hold_at_ms + spec->hold_ms;
  g_autoptr (GPtrArray) first = speak_section (&plan, dialogue, SIDE_SECTION_GREETING, error);
  g_autoptr (GPtrArray) hold = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GPtrArray) last = NULL;

  if (first == NULL)
    return NULL;
  last = spec->passed_on ? speak_section (&plan, filler, SIDE_SECTION_TRANSFER, error)
                         : speak_section (&plan, dialogue, SIDE_SECTION_CLOSING, error);
  if (last == NULL)
    return NULL;
  if (!held || resumed_ms >= length_ms)
    return plan_stretch (&plan, first, last, 0, held ? spec->hold_at_ms : length_ms, error)
               ? g_steal_pointer (&turns) : NULL;

  hold = speak_section (&plan, filler, SIDE_SECTION_BEFORE_HOLD, error);
  if (hold == NULL || (back = speak_section (&plan, filler, SIDE_SECTION_AFTER_HOLD, error)) == NULL)
    return NULL;
  if (!plan_stretch (&plan, first, hold, 0, spec->hold_at_ms, error)
      || !plan_stretch (&plan, back, last, resumed_ms, length_ms, error))
    return NULL;
  return g_steal_pointer (&turns);
}
