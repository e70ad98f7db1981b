/* side-test-pilot.h - what the computer does by itself in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: told how the call stands, it says what is to be done now. Keys of the
 * menu path, limits that were passed, and for a call without a person on our
 * side the steps to say and when to hang up.
 */
#pragma once

#include "side-test-run.h"

G_BEGIN_DECLS

/**
 * SideTestView: how a call stands.
 * @call: with its segments up to now
 * @now_ms: from the moment it was dialled
 * @quiet_ms: for how long the far side has been quiet; 0 while it speaks or plays
 * @speaking: whether the computer is saying something
 */
typedef struct {
  const SideTestCall *call;
  gint64              now_ms;
  gint64              quiet_ms;
  gboolean            speaking;
} SideTestView;

typedef enum {
  SIDE_TEST_DEED_NONE,
  SIDE_TEST_DEED_PRESS,
  SIDE_TEST_DEED_SAY,
  SIDE_TEST_DEED_LIMIT,
  SIDE_TEST_DEED_HANG_UP,
} SideTestDeedKind;

/**
 * SideTestDeed:
 * @text: keys to press, or id of the step to say; belongs to the scenario
 * @limit: which was passed
 */
typedef struct {
  SideTestDeedKind  kind;
  const char       *text;
  SideTestLimit     limit;
} SideTestDeed;

/**
 * SideTestPilot: what was done so far; begins as zeros.
 * @follows_menu: whether keys are pressed
 * @robot: whether steps are said, and limits end the call
 */
typedef struct {
  gboolean follows_menu;
  gboolean robot;
  guint    n_keys;
  guint    n_steps;
  guint    limits;       /* a bit for each that was passed */
  gint64   spoke_ms;     /* when we began the last step, or were last heard saying it; 0 for none */
} SideTestPilot;

SideTestDeed side_test_pilot_next (SideTestPilot *self, const SideTestView *view);

G_END_DECLS
