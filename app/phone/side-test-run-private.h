/* side-test-run-private.h - what the parts of a running test call share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-sdp.h"
#include "side-test-pilot.h"
#include "side-test-run.h"

G_BEGIN_DECLS

enum
{
  SIDE_TEST_RUN_CHANGED,
  SIDE_TEST_RUN_SAID,
  SIDE_TEST_RUN_LIMIT,
  SIDE_TEST_RUN_FAILED,
  SIDE_TEST_RUN_ENDED,
  SIDE_TEST_RUN_N_SIGNALS,
};

struct _SideTestRun
{
  GObject           parent_instance;
  SideSipAccount   *account;
  SideClock        *clock;
  SideTestCall     *call;
  SideSipCall      *sip;         /* from the start on */
  SideCallMedia    *media;
  SideSdp          *ours;        /* our newest description */
  char             *recording;
  char             *passing;     /* (nullable): folder of a recording that is made only to compare with, and deleted then */
  SideSipCallState  state;
  SideTestPilot     pilot;
  gint64            quiet_ms;    /* how long the far side has been quiet */
  gboolean          muted;
  gboolean          hung_up;
  gboolean          is_over;
  guint             tick_id;
  guint             speaking;    /* clips that are being made */
  GHashTable       *clips;       /* number of a clip that is said → SideTestClip */
  guint             hushed;      /* how often: what was begun before is not said any more */
  gint64            heard_from_ms;  /* when the recording begins, from the moment it was dialled */
  GCancellable     *cancellable;
};

/* A step that is said now, or waits for it. */
typedef struct {
  char           *step;
  SideTestSaidBy  by;
} SideTestClip;

void     _side_test_clip_free        (gpointer clip);
void     _side_test_run_changed      (SideTestRun *self);
void     _side_test_run_failed       (SideTestRun *self, const GError *error);
void     _side_test_run_tell_said    (SideTestRun *self, const char *step);

gboolean _side_test_run_is_speaking  (SideTestRun *self);
void     _side_test_run_say_best     (SideTestRun *self, const char *step);
void     _side_test_run_listen       (SideTestRun *self);
void     _side_test_run_keep_quality (SideTestRun *self);

gboolean _side_test_run_record       (SideTestRun *self, GError **error);
void     _side_test_run_forget       (SideTestRun *self);

void     side_test_run_hash_async    (SideTestRun *self, const char *path, GAsyncReadyCallback callback, gpointer user_data);
char    *side_test_run_hash_finish   (SideTestRun *self, GAsyncResult *result, GError **error);

void     side_test_run_compare_async (SideTestRun *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean side_test_run_compare_finish (SideTestRun *self, GAsyncResult *result, GError **error);

G_END_DECLS
