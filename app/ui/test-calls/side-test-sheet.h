/* side-test-sheet.h - what a person found in a test call, while they say so
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answers to the questions of its script, what was heard of the facts, who
 * answered, and whether they called back. Everything goes into the test call
 * itself at once, and can be taken back step by step; who shows the call saves
 * it. It is the answer sheet of the form's questions.
 */
#pragma once

#include "side-answer-sheet.h"
#include "side-scenarios.h"
#include "side-score.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_SHEET (side_test_sheet_get_type ())
G_DECLARE_FINAL_TYPE (SideTestSheet, side_test_sheet, SIDE, TEST_SHEET, GObject)

/**
 * SideTestSheetScript: whether there are questions.
 * @SIDE_TEST_SHEET_NONE: the scenario names no script
 * @SIDE_TEST_SHEET_LOADING: it is being looked for
 * @SIDE_TEST_SHEET_MISSING: the version it names is not on this computer
 * @SIDE_TEST_SHEET_HERE: yes
 */
typedef enum {
  SIDE_TEST_SHEET_NONE,
  SIDE_TEST_SHEET_LOADING,
  SIDE_TEST_SHEET_MISSING,
  SIDE_TEST_SHEET_HERE,
} SideTestSheetScript;

/* Signals:
 *   loaded ()   another call, or its script came: draw all anew
 *   changed ()  a person changed something: show it, and save the call
 *   shown ()    something else did: show it, there is nothing to be saved */
SideTestSheet       *side_test_sheet_new           (void);
void                 side_test_sheet_open          (SideTestSheet *self, SideScenarios *shelf, SideTestCall *call, gboolean read_only);
SideTestCall        *side_test_sheet_get_call      (SideTestSheet *self);
SideTestSheetScript  side_test_sheet_get_state     (SideTestSheet *self);
gboolean             side_test_sheet_get_score     (SideTestSheet *self, SideScore *score);
SideDesk            *side_test_sheet_get_desk      (SideTestSheet *self);
gint64               side_test_sheet_get_now_ms    (SideTestSheet *self);
void                 side_test_sheet_set_live      (SideTestSheet *self, gint64 position_ms);

void                 side_test_sheet_set_fact      (SideTestSheet *self, const char *fact, SideTestFactState state, const char *heard);
void                 side_test_sheet_set_operator  (SideTestSheet *self, const char *name);
void                 side_test_sheet_set_shown     (SideTestSheet *self, gboolean names_shown);
void                 side_test_sheet_set_callback  (SideTestSheet *self, gint64 due_ms, gint64 came_ms);
gboolean             side_test_sheet_undo          (SideTestSheet *self);
gboolean             side_test_sheet_redo          (SideTestSheet *self);

G_END_DECLS
