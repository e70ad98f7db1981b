/* side-scenario-check.h - what is wrong with a scenario before anybody calls by it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure look at one scenario, as side-script-check.h has for scripts: each
 * finding says what and where by ids.
 */
#pragma once

#include "side-scenario.h"
#include "side-script-check.h"

G_BEGIN_DECLS

/* Their words (side_scenario_fault_to_string()) are part of what the command
 * line tells programs: new ones come at the end, none ever changes. */
typedef enum {
  SIDE_SCENARIO_NO_TITLE,          /* scenario: no title */
  SIDE_SCENARIO_NO_GOAL,           /* scenario: nobody knows when it is done */
  SIDE_SCENARIO_NO_PERSONA,        /* scenario: the caller does not know who they are; none is needed by the computer alone */
  SIDE_SCENARIO_NO_NUMBER,         /* scenario: nothing to dial */
  SIDE_SCENARIO_BAD_NUMBER,        /* scenario: what is to be dialled is no number and no SIP address */
  SIDE_SCENARIO_NO_STEPS,          /* scenario: nothing to say, and nothing the computer could find out without */
  SIDE_SCENARIO_EMPTY_STEP,        /* step: no words */
  SIDE_SCENARIO_DUPLICATE_STEP,    /* step: another one has the same id */
  SIDE_SCENARIO_NO_QUESTION,       /* fact: nothing to ask */
  SIDE_SCENARIO_NO_ANSWER,         /* fact: the right answer is not stored */
  SIDE_SCENARIO_DUPLICATE_FACT,    /* fact: another one has the same id */
  SIDE_SCENARIO_BAD_KEY,           /* key: not one of a telephone's */
  SIDE_SCENARIO_KEY_PROMPT,        /* key: waits for a prompt that is not there */
  SIDE_SCENARIO_DUPLICATE_PROMPT,  /* prompt: another one has the same name */
  SIDE_SCENARIO_EMPTY_PROMPT,      /* prompt: neither words nor a recording: it can be told from no other */
  SIDE_SCENARIO_LIMIT_SHORT,       /* limit: @number ms is over before anybody can keep it */
  SIDE_SCENARIO_LIMIT_LONG,        /* limit: @number ms is no limit */
  SIDE_SCENARIO_NO_LIMITS,         /* scenario: nothing says what is too long */
  SIDE_SCENARIO_NO_HOURS,          /* scenario: there is no minute it may be called at */
  SIDE_SCENARIO_BAD_ZONE,          /* scenario: its time zone is none */
  SIDE_SCENARIO_NO_SCRIPT,         /* scenario: nothing to score with */
  SIDE_SCENARIO_SCRIPT_MISSING,    /* scenario: the script to score with is not there */
  SIDE_SCENARIO_CALLBACK,          /* scenario: @number ms is no promise of a call back */
  SIDE_SCENARIO_LINE_NO_WORDS,     /* step: a recorded line that nobody can read */
  SIDE_SCENARIO_LINE_LONG,         /* step: a recorded line of @number ms: of them SIDE_SCENARIO_MAX_LINE_MS are played */
  SIDE_SCENARIO_LINE_DAMAGED,      /* step: a recorded line that is none, or is not there */
  SIDE_SCENARIO_NAMELESS_PROMPT,   /* prompt: no name, by which keys wait for it and results tell of it */
} SideScenarioFault;

/**
 * SideScenarioFinding:
 * @part: (nullable): "step", "fact", "key", "prompt" or "limit"; %NULL for the whole
 * @id: (nullable): of that part: an id, keys, a name, or which limit
 * @number: what the code says; 0 elsewhere
 */
typedef struct {
  SideScenarioFault  code;
  SideSeverity       severity;
  const char        *part;
  char              *id;
  gint64             number;
} SideScenarioFinding;

/* Whether there is such a script; @version 0 for any. */
typedef gboolean (*SideScenarioScriptFunc) (const char *script, int version, gpointer data);

GPtrArray   *side_scenario_check            (const SideScenario *scenario, SideScenarioScriptFunc has_script, gpointer data);
void         side_scenario_finding_free     (SideScenarioFinding *self);
SideSeverity side_scenario_findings_worst   (GPtrArray *findings);
const char  *side_scenario_fault_to_string  (SideScenarioFault code);

G_END_DECLS
