/* side-test-call.c - a call made to hear how a line answers, and what it found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record alone: what it comes to is reckoned in app/metrics.
 */
#include "side-test-call.h"

#include "side-text.h"
#include "side-words.h"

G_DEFINE_BOXED_TYPE (SideTestCall, side_test_call, side_test_call_ref, side_test_call_unref)

static const char *const segment_kinds[] = {
  "other", "dialling", "ringing", "early-media", "menu", "announcement", "queue", "person", "hold", "machine", "tone", "silence",
};
static const char *const ends[] = { "unknown", "us", "them", "cancelled", "refused", "silent", "lost" };
static const char *const matches[] = { "none", "time", "header", "hand" };
static const char *const fact_states[] = { "open", "right", "wrong", "not-told", "not-asked" };
static const char *const prompt_states[] = { "unsure", "heard", "not-heard" };
static const char *const said_by[] = { "caller", "computer", "recording" };
static const char *const callbacks[] = { "none", "open", "kept", "late", "broken" };

SIDE_DEFINE_WORDS (SideSegmentKind, side_segment_kind, segment_kinds)
SIDE_DEFINE_WORDS (SideTestEnd, side_test_end, ends)
SIDE_DEFINE_WORDS (SideTestMatch, side_test_match, matches)
SIDE_DEFINE_WORDS (SideTestFactState, side_test_fact_state, fact_states)
SIDE_DEFINE_WORDS (SideTestPromptState, side_test_prompt_state, prompt_states)
SIDE_DEFINE_WORDS (SideTestSaidBy, side_test_said_by, said_by)
SIDE_DEFINE_WORDS (SideTestCallback, side_test_callback, callbacks)

G_STATIC_ASSERT (G_N_ELEMENTS (segment_kinds) == SIDE_N_SEGMENT_KINDS);

static void
segment_free (gpointer data)
{
  g_free (((SideTestSegment *) data)->label);
  g_free (data);
}

static void
key_free (gpointer data)
{
  g_free (((SideTestKey *) data)->keys);
  g_free (data);
}

static void
note_free (gpointer data)
{
  SideTestNote *note = data;

  g_free (note->id);
  g_free (note->tag);
  g_free (note->text);
  g_free (note);
}

static void
step_free (gpointer data)
{
  g_free (((SideTestStep *) data)->step);
  g_free (data);
}

static void
fact_free (gpointer data)
{
  SideTestFact *fact = data;

  g_free (fact->fact);
  g_free (fact->heard);
  g_free (fact);
}

static void
prompt_free (gpointer data)
{
  g_free (((SideTestPrompt *) data)->name);
  g_free (data);
}

/**
 * side_test_call_new:
 * @id: (nullable): UUID
 * @project: (nullable): id of the project
 * @number: (nullable): what is dialled
 *
 * Returns: (transfer full): a call that was not made yet, of a line nothing is known of
 */
SideTestCall *
side_test_call_new (const char *id,
                    const char *project,
                    const char *number)
{
  SideTestCall *self = g_new0 (SideTestCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->review = side_review_new (id, project, NULL, NULL, 0);
  self->number = g_strdup (number);
  self->segments = g_ptr_array_new_with_free_func (segment_free);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->prompts = g_ptr_array_new_with_free_func (prompt_free);
  self->quality = (SideTestQuality) { .loss = -1, .jitter_ms = -1, .round_trip_ms = -1, .mos = -1 };
  return self;
}

static void
copy_lists (SideTestCall       *copy,
            const SideTestCall *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *from = self->segments->pdata[i];
      SideTestSegment *to = side_test_call_add_segment (copy, from->kind, from->from_ms, from->to_ms, from->certainty);

      to->by_hand = from->by_hand;
      to->told = from->told;
      to->told_certainty = from->told_certainty;
      to->label = g_strdup (from->label);
    }
  for (guint i = 0; i < self->keys->len; i++)
    side_test_call_add_key (copy, ((const SideTestKey *) self->keys->pdata[i])->keys, ((const SideTestKey *) self->keys->pdata[i])->at_ms);
  for (guint i = 0; i < self->notes->len; i++)
    {
      const SideTestNote *from = self->notes->pdata[i];
      SideTestNote *to = side_test_call_add_note (copy, from->at_ms, from->text);

      g_free (to->id);
      to->id = g_strdup (from->id);
      to->to_ms = from->to_ms;
      to->tag = g_strdup (from->tag);
    }
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SideTestStep *from = self->steps->pdata[i];

      side_test_call_add_step (copy, from->step, from->at_ms, from->by);
    }
  for (guint i = 0; i < self->facts->len; i++)
    {
      const SideTestFact *from = self->facts->pdata[i];

      side_test_call_set_fact (copy, from->fact, from->state, from->heard);
    }
  for (guint i = 0; i < self->prompts->len; i++)
    {
      const SideTestPrompt *from = self->prompts->pdata[i];
      SideTestPrompt *to = side_test_call_add_prompt (copy, from->name);

      to->state = from->state;
      to->likeness = from->likeness;
      to->judged = from->judged;
      to->from_ms = from->from_ms;
      to->to_ms = from->to_ms;
    }
}

static void
copy_times (SideTestCall       *copy,
            const SideTestCall *self)
{
  copy->dialled_ms = self->dialled_ms;
  copy->ringing_ms = self->ringing_ms;
  copy->early_ms = self->early_ms;
  copy->answered_ms = self->answered_ms;
  copy->ended_ms = self->ended_ms;
  copy->recorded_ms = self->recorded_ms;
  copy->callback = self->callback;
  copy->callback_due_ms = self->callback_due_ms;
  copy->callback_came_ms = self->callback_came_ms;
}

/**
 * side_test_call_copy:
 * @self: a test call
 *
 * Returns: (transfer full): a test call of its own with the same content
 */
SideTestCall *
side_test_call_copy (const SideTestCall *self)
{
  SideTestCall *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = side_test_call_new (NULL, NULL, self->number);
  side_review_unref (copy->review);
  copy->review = side_review_copy (self->review);
  copy->call = g_strdup (self->call);
  copy->match = self->match;
  copy->scenario = g_strdup (self->scenario);
  copy->pinned = self->pinned != NULL ? side_scenario_copy (self->pinned) : NULL;
  copy->campaign = g_strdup (self->campaign);
  copy->robot = self->robot;
  copy->account = g_strdup (self->account);
  copy->caller = g_strdup (self->caller);
  copy->vendor = g_strdup (self->vendor);
  copy->sip_call_id = g_strdup (self->sip_call_id);
  copy->end = self->end;
  copy->end_code = self->end_code;
  copy->end_phrase = g_strdup (self->end_phrase);
  copy->end_reason = g_strdup (self->end_reason);
  copy->quality = self->quality;
  copy->quality.codec = g_strdup (self->quality.codec);
  copy->quality.assumptions = g_strdup (self->quality.assumptions);
  copy->recording = g_strdup (self->recording);
  copy->recording_sha256 = g_strdup (self->recording_sha256);
  copy->operator_name = g_strdup (self->operator_name);
  copy->names_shown = self->names_shown;
  side_test_call_set_rules (copy, self->rules_version, self->rules_by, self->rules_ms);
  copy_times (copy, self);
  copy_lists (copy, self);
  return copy;
}

/**
 * side_test_call_ref:
 * @self: a test call
 *
 * Returns: (transfer full): @self
 */
SideTestCall *
side_test_call_ref (SideTestCall *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_test_call_unref:
 * @self: (transfer full): a test call
 */
void
side_test_call_unref (SideTestCall *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  side_review_unref (self->review);
  g_clear_pointer (&self->pinned, side_scenario_unref);
  g_free (self->call);
  g_free (self->scenario);
  g_free (self->campaign);
  g_free (self->account);
  g_free (self->caller);
  g_free (self->number);
  g_free (self->vendor);
  g_free (self->sip_call_id);
  g_free (self->end_phrase);
  g_free (self->end_reason);
  g_free (self->quality.codec);
  g_free (self->quality.assumptions);
  g_free (self->recording);
  g_free (self->recording_sha256);
  g_free (self->operator_name);
  g_free (self->rules_by);
  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->prompts);
  g_free (self);
}

/**
 * side_test_call_follow:
 * @self: a test call that was not made yet
 * @scenario: what it is to go by
 *
 * Pins @scenario as it is now, with the script it is scored with and what has
 * to be found out. What is changed in the scenario later changes nothing here.
 * Where it asks for the newest version of its script (0), whoever knows which that
 * is puts it into @self->review before there are answers.
 */
void
side_test_call_follow (SideTestCall       *self,
                       const SideScenario *scenario)
{
  g_return_if_fail (self != NULL && scenario != NULL);

  g_clear_pointer (&self->pinned, side_scenario_unref);
  self->pinned = side_scenario_copy (scenario);
  g_free (self->scenario);
  self->scenario = g_strdup (scenario->id);
  g_free (self->review->script);
  self->review->script = g_strdup (scenario->script);
  self->review->script_version = scenario->script_version;
  if (self->number == NULL)
    self->number = g_strdup (scenario->number);
  if (scenario->callback_ms > 0 && self->callback == SIDE_TEST_CALLBACK_NONE)
    self->callback = SIDE_TEST_CALLBACK_OPEN;
  g_ptr_array_set_size (self->facts, 0);
  for (guint i = 0; i < scenario->facts->len; i++)
    side_test_call_set_fact (self, ((const SideScenarioFact *) scenario->facts->pdata[i])->id, SIDE_TEST_FACT_OPEN, NULL);
}

/**
 * side_test_call_set_rules:
 * @self: a test call
 * @version: of the rules of test calls, from 1
 * @by: (nullable): who acknowledged them
 * @at_ms: instant they did
 */
void
side_test_call_set_rules (SideTestCall *self,
                          int           version,
                          const char   *by,
                          gint64        at_ms)
{
  g_return_if_fail (self != NULL);

  self->rules_version = version;
  g_free (self->rules_by);
  self->rules_by = g_strdup (by);
  self->rules_ms = at_ms;
}

/**
 * side_test_call_add_segment:
 * @self: a test call
 * @kind: what was on the line
 * @from_ms: from the moment it was dialled
 * @to_ms: its end
 * @certainty: 0 to 1
 *
 * Returns: (transfer none): the segment, the last one of @self
 */
SideTestSegment *
side_test_call_add_segment (SideTestCall    *self,
                            SideSegmentKind  kind,
                            gint64           from_ms,
                            gint64           to_ms,
                            double           certainty)
{
  SideTestSegment *segment = g_new0 (SideTestSegment, 1);

  segment->kind = kind;
  segment->from_ms = from_ms;
  segment->to_ms = to_ms;
  segment->certainty = certainty;
  segment->told_certainty = -1;
  g_ptr_array_add (self->segments, segment);
  return segment;
}

/**
 * side_test_call_add_key:
 * @self: a test call
 * @keys: (nullable): what was pressed
 * @at_ms: when, from the moment it was dialled
 *
 * Returns: (transfer none): the key, the last one of @self
 */
SideTestKey *
side_test_call_add_key (SideTestCall *self,
                        const char   *keys,
                        gint64        at_ms)
{
  SideTestKey *key = g_new0 (SideTestKey, 1);

  key->keys = g_strdup (keys);
  key->at_ms = at_ms;
  g_ptr_array_add (self->keys, key);
  return key;
}

/**
 * side_test_call_add_note:
 * @self: a test call
 * @at_ms: where, from the moment it was dialled
 * @text: (nullable): what was written down
 *
 * Returns: (transfer none): the note, of a moment, without a tag and with an id of its own, the last one of @self
 */
SideTestNote *
side_test_call_add_note (SideTestCall *self,
                         gint64        at_ms,
                         const char   *text)
{
  SideTestNote *note = g_new0 (SideTestNote, 1);

  note->id = side_id_new ();
  note->at_ms = note->to_ms = at_ms;
  note->text = g_strdup (text);
  g_ptr_array_add (self->notes, note);
  return note;
}

/**
 * side_test_call_add_step:
 * @self: a test call
 * @step: (nullable): id of the step that was said
 * @at_ms: when, from the moment it was dialled
 * @by: by whom
 *
 * Returns: (transfer none): the step, the last one of @self
 */
SideTestStep *
side_test_call_add_step (SideTestCall   *self,
                         const char     *step,
                         gint64          at_ms,
                         SideTestSaidBy  by)
{
  SideTestStep *said = g_new0 (SideTestStep, 1);

  said->step = g_strdup (step);
  said->at_ms = at_ms;
  said->by = by;
  g_ptr_array_add (self->steps, said);
  return said;
}

/**
 * side_test_call_add_prompt:
 * @self: a test call
 * @name: (nullable): name of an announcement of its scenario
 *
 * Returns: (transfer none): what is known of it: nothing yet
 */
SideTestPrompt *
side_test_call_add_prompt (SideTestCall *self,
                           const char   *name)
{
  SideTestPrompt *prompt = g_new0 (SideTestPrompt, 1);

  prompt->name = g_strdup (name);
  prompt->from_ms = prompt->to_ms = -1;
  g_ptr_array_add (self->prompts, prompt);
  return prompt;
}

/**
 * side_test_call_find_prompt:
 * @self: a test call
 * @name: (nullable): name of an announcement
 *
 * Returns: (transfer none) (nullable): what was found of it
 */
SideTestPrompt *
side_test_call_find_prompt (const SideTestCall *self,
                            const char         *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; name != NULL && i < self->prompts->len; i++)
    if (g_strcmp0 (((const SideTestPrompt *) self->prompts->pdata[i])->name, name) == 0)
      return self->prompts->pdata[i];
  return NULL;
}

/**
 * side_test_call_find_fact:
 * @self: a test call
 * @fact: (nullable): id of a fact of its scenario
 *
 * Returns: (transfer none) (nullable): what was heard of it
 */
SideTestFact *
side_test_call_find_fact (const SideTestCall *self,
                          const char         *fact)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; fact != NULL && i < self->facts->len; i++)
    if (g_strcmp0 (((const SideTestFact *) self->facts->pdata[i])->fact, fact) == 0)
      return self->facts->pdata[i];
  return NULL;
}

/**
 * side_test_call_set_fact:
 * @self: a test call
 * @fact: (nullable): id of a fact of its scenario
 * @state: whether what they said was right
 * @heard: (nullable): what they said
 *
 * Returns: (transfer none): the fact, in the place of an earlier answer to it
 */
SideTestFact *
side_test_call_set_fact (SideTestCall      *self,
                         const char        *fact,
                         SideTestFactState  state,
                         const char        *heard)
{
  SideTestFact *found = side_test_call_find_fact (self, fact);

  if (found == NULL)
    {
      found = g_new0 (SideTestFact, 1);
      found->fact = g_strdup (fact);
      g_ptr_array_add (self->facts, found);
    }
  found->state = state;
  g_free (found->heard);
  found->heard = g_strdup (heard);
  return found;
}

/**
 * side_test_call_first_of:
 * @self: a test call
 * @kind: what was on the line
 *
 * Returns: when it first was, in ms from the moment it was dialled; -1 for never
 */
gint64
side_test_call_first_of (const SideTestCall *self,
                         SideSegmentKind     kind)
{
  gint64 first = -1;

  g_return_val_if_fail (self != NULL, -1);
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->kind == kind && (first < 0 || segment->from_ms < first))
        first = segment->from_ms;
    }
  return first;
}

/**
 * side_test_call_time_in:
 * @self: a test call
 * @kind: what was on the line
 *
 * Returns: for how long altogether, in ms
 */
gint64
side_test_call_time_in (const SideTestCall *self,
                        SideSegmentKind     kind)
{
  gint64 sum = 0;

  g_return_val_if_fail (self != NULL, 0);
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->kind == kind)
        sum += MAX (segment->to_ms - segment->from_ms, 0);
    }
  return sum;
}
