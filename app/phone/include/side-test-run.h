/* side-test-run.h - one test call, from dialling to its last packet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins a line, its sound and what is written down of the call: signals and
 * sound become a #SideTestCall that grows while the call goes on. It knows no
 * window and no store: whoever shows or keeps the call listens to it. Main
 * context only.
 */
#pragma once

#include "side-phone-media.h"
#include "side-sip-account.h"
#include "side-test-call.h"

G_BEGIN_DECLS

/**
 * SideTestLimit: which limit of the scenario was passed.
 */
typedef enum {
  SIDE_TEST_LIMIT_RING,
  SIDE_TEST_LIMIT_MENU,
  SIDE_TEST_LIMIT_QUEUE,
  SIDE_TEST_LIMIT_TALK,
} SideTestLimit;

#define SIDE_TYPE_TEST_LIMIT (side_test_limit_get_type ())
GType side_test_limit_get_type (void);

#define SIDE_TYPE_TEST_RUN (side_test_run_get_type ())
G_DECLARE_FINAL_TYPE (SideTestRun, side_test_run, SIDE, TEST_RUN, GObject)

/* Properties (read-only, EXPLICIT_NOTIFY):
 *   state         SideSipCallState: ENDED is said before the recording is finished, see ::ended
 *   muted         boolean, writable
 *   follows-menu  boolean, writable: whether the scenario's keys are pressed by themselves; TRUE
 *   robot         boolean, writable before the start: nobody talks on our side: the steps are said by the
 *                 computer, with their recorded lines where they have one, and what passes a limit is ended
 * Signals:
 *   ::changed ()                       something of side_test_run_get_call() is another
 *   ::said (const char *step)          a step has been said to its end by the computer, or by its recorded line
 *   ::limit (SideTestLimit limit)      passed just now; once each
 *   ::failed (GError *error)           something of it failed, and the call goes on
 *   ::ended ()                         nothing more changes, the recording is finished
 */

SideTestRun      *side_test_run_new          (SideSipAccount *account, const SideTestCall *call, const char *recording, SideClock *clock);
gboolean          side_test_run_start        (SideTestRun *self, GError **error);
void              side_test_run_hang_up      (SideTestRun *self);

SideSipCallState  side_test_run_get_state    (SideTestRun *self);
SideTestCall     *side_test_run_get_call     (SideTestRun *self);
SideCallMedia    *side_test_run_get_media    (SideTestRun *self);
gint64            side_test_run_get_elapsed_ms (SideTestRun *self);
gboolean          side_test_run_is_over      (SideTestRun *self);

gboolean          side_test_run_press        (SideTestRun *self, const char *keys, GError **error);
void              side_test_run_say_step     (SideTestRun *self, const char *step);
void              side_test_run_play_step    (SideTestRun *self, const char *step);
const char       *side_test_run_get_saying   (SideTestRun *self, SideTestSaidBy *by);
void              side_test_run_tick_step    (SideTestRun *self, const char *step);
void              side_test_run_hush         (SideTestRun *self);
void              side_test_run_note         (SideTestRun *self, const char *text);
void              side_test_run_set_muted    (SideTestRun *self, gboolean muted);
void              side_test_run_set_follows_menu (SideTestRun *self, gboolean follows);
void              side_test_run_set_robot    (SideTestRun *self, gboolean robot);

G_END_DECLS
