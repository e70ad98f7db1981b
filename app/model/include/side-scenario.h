/* side-scenario.h - what a test call is to find out, and how it goes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever calls a line as a customer would, to hear how it answers, follows a
 * scenario: who they are, what they say and what they keep to themselves, the
 * keys they press, what the right answers are, and how long each part may take.
 */
#pragma once

#include <glib-object.h>

#include "side-hours.h"

G_BEGIN_DECLS

#define SIDE_SCENARIO_MAX_STEPS   100
#define SIDE_SCENARIO_MAX_FACTS   100
#define SIDE_SCENARIO_MAX_KEYS    50
#define SIDE_SCENARIO_MAX_PROMPTS 50
#define SIDE_SCENARIO_MAX_SOUND   (512 * 1024)         /* characters of all its recordings: a document has 1 MiB */
#define SIDE_SCENARIO_MAX_LINE_MS (30 * 1000)          /* of a recorded line: a customer says no more at a time */
#define SIDE_KEYS                 "0123456789*#ABCD"   /* RFC 4733 §2.3 */

/**
 * SideScenarioStep: one thing to say.
 * @id: unique within the scenario
 * @say: what to say
 * @must_not: (nullable): what must not be said, here and up to here
 * @expect: (nullable): what a good operator does then
 * @branch: (nullable): when to take it, or where to go on: "If refused", "Only if asked for the receipt"
 * @recording: (nullable): a recorded line to be played in its place: SHA-256 of it
 * @sound: (nullable): that line itself, Ogg Opus in base64 (side-prompt-sound.h); a scenario
 *   that a test call pins goes over the wire without
 */
typedef struct {
  char *id;
  char *say;
  char *must_not;
  char *expect;
  char *branch;
  char *recording;
  char *sound;
} SideScenarioStep;

/**
 * SideScenarioFact: something the operator has to know.
 * @id: unique within the scenario
 * @question: what is asked
 * @answer: what is right
 * @note: (nullable): what else counts as right, or where it stands
 */
typedef struct {
  char *id;
  char *question;
  char *answer;
  char *note;
} SideScenarioFact;

/**
 * SideScenarioKey: keys to be pressed on the way through a menu.
 * @keys: one or more of %SIDE_KEYS
 * @prompt: (nullable): name of the prompt after which; %NULL after the call was
 *   answered, or the keys before
 * @after_ms: how long after that
 */
typedef struct {
  char   *keys;
  char   *prompt;
  gint64  after_ms;
} SideScenarioKey;

/**
 * SideScenarioPrompt: an announcement that is expected.
 * @name: what keys and people call it: "greeting"
 * @text: (nullable): its words
 * @recording: (nullable): SHA-256 of a recording of it to compare with
 * @sound: (nullable): that recording itself, Ogg Opus in base64 (side-prompt-sound.h); a scenario
 *   that a test call pins goes over the wire without
 */
typedef struct {
  char *name;
  char *text;
  char *recording;
  char *sound;
} SideScenarioPrompt;

/**
 * SideScenarioLimits: how long each part may take, ms; 0 for any time.
 * @ring_ms: from the first ring to somebody or something answering
 * @menu_ms: in the menu
 * @queue_ms: waiting for a person, music and announcements included
 * @talk_ms: with a person
 */
typedef struct {
  gint64 ring_ms;
  gint64 menu_ms;
  gint64 queue_ms;
  gint64 talk_ms;
} SideScenarioLimits;

typedef struct _SideScenario SideScenario;

/**
 * SideScenario:
 * @version: from 1; grows with each change
 * @language: (nullable): BCP 47, of what is said
 * @note: (nullable): what it is good for
 * @persona: (nullable): who the caller is: "Irina, 34, bought boots 20 days ago"
 * @history: (nullable): what she bought, when, for how much; only if she is asked
 * @number: (nullable): what to dial: digits, or a SIP address
 * @queue: (nullable): id of the queue it should reach
 * @hours: when it may be called
 * @time_zone: (nullable): zone of @hours; %NULL for the project's
 * @goal: (nullable): what the caller wants to have in the end
 * @steps: (element-type SideScenarioStep): in order
 * @facts: (element-type SideScenarioFact)
 * @keys: (element-type SideScenarioKey): the way through the menu, in order
 * @prompts: (element-type SideScenarioPrompt)
 * @script: (nullable): UUID of the script to score with
 * @script_version: its version, 0 for the newest when the call is made
 * @ready_script: (nullable): of a ready scenario, name of the ready script that fits it
 * @callback_ms: within this time after the call they should call back, as promised; 0 where
 *   no call back is part of it
 * @robot: whether it needs nobody to talk: it may be called by the computer alone
 */
struct _SideScenario
{
  gatomicrefcount     ref_count;
  char               *id;            /* UUID */
  char               *project;
  char               *title;
  int                 version;
  char               *language;
  char               *note;
  char               *persona;
  char               *history;
  char               *number;
  char               *queue;
  SideHours           hours;
  char               *time_zone;
  char               *goal;
  GPtrArray          *steps;
  GPtrArray          *facts;
  GPtrArray          *keys;
  GPtrArray          *prompts;
  char               *script;
  int                 script_version;
  char               *ready_script;
  SideScenarioLimits  limits;
  gint64              callback_ms;
  gboolean            robot;
  char               *author;
  gint64              created_ms;
  gint64              changed_ms;
};

#define SIDE_TYPE_SCENARIO (side_scenario_get_type ())
GType               side_scenario_get_type    (void);
SideScenario       *side_scenario_new         (const char *id, const char *project, const char *title);
SideScenario       *side_scenario_copy        (const SideScenario *self);
SideScenario       *side_scenario_ref         (SideScenario *self);
void                side_scenario_unref       (SideScenario *self);
SideScenarioStep   *side_scenario_add_step    (SideScenario *self, const char *id, const char *say);
SideScenarioFact   *side_scenario_add_fact    (SideScenario *self, const char *id, const char *question, const char *answer);
SideScenarioKey    *side_scenario_add_key     (SideScenario *self, const char *keys, const char *prompt, gint64 after_ms);
SideScenarioPrompt *side_scenario_add_prompt  (SideScenario *self, const char *name, const char *text);
SideScenarioStep   *side_scenario_find_step   (const SideScenario *self, const char *id);
SideScenarioFact   *side_scenario_find_fact   (const SideScenario *self, const char *id);
SideScenarioPrompt *side_scenario_find_prompt (const SideScenario *self, const char *name);
gboolean            side_scenario_set_sound   (SideScenario *self, SideScenarioPrompt *prompt, const char *sound, const char *sha256);
gboolean            side_scenario_set_line    (SideScenario *self, SideScenarioStep *step, const char *sound, const char *sha256);
gint64              side_scenario_sound_length_ms (const char *sound);
gboolean            side_keys_are_keys        (const char *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideScenario, side_scenario_unref)

G_END_DECLS
