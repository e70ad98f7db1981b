/* side-project.h - a shop whose calls are handled, and its queues
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is settled by the contract: time zone, service level, wrap-up. Written
 * in the server's configuration, told to the app at sign-in.
 */
#pragma once

#include <glib-object.h>

#include "side-enums.h"

G_BEGIN_DECLS

/**
 * SideQueue:
 * @wrap_up_ms: after-call time the PBX gives an operator; the PBX does not
 *   tell when it ends, so it comes from the configuration
 */
typedef struct {
  const char *id;          /* interned; unique within the server */
  char       *name;
  gint64      wrap_up_ms;
} SideQueue;

typedef struct {
  char *number;
  char *source;
} SideDialled;

typedef struct _SideProject SideProject;

/**
 * SideProject:
 * @formula: how the service level is counted
 * @threshold_ms: T of the service level, inclusive
 * @target: X of the service level, 0..1
 * @short_abandon_ms: up to here an abandoned call is a short one; default 5 s
 * @wait_limit_ms: a longer wait is shown as over the limit; default 45 s
 * @answer_target_ms: target of the average answer time; default 15 s
 * @abandon_target: target of the abandoned share, 0..1; default 0.05
 * @waiting_limit: more waiting at once is over the limit; default 1
 * @callback_due_ms: a call-back is overdue after this; default 30 min
 * @dispute_days: working days in which a dispute should be judged; default 5
 * @test_callers: (nullable) (array zero-terminated=1): numbers that test calls come from, whoever
 *   writes them down; known to the server alone
 * @full_names: clients see operators by their name, not their alias
 */
struct _SideProject
{
  gatomicrefcount  ref_count;
  const char      *id;             /* interned */
  char            *name;
  char            *time_zone_name;
  GTimeZone       *time_zone;
  char            *currency;       /* ISO 4217 */
  SideFormula      formula;
  gint64           threshold_ms;
  double           target;
  gint64           short_abandon_ms;
  gint64           wait_limit_ms;
  gint64           answer_target_ms;
  double           abandon_target;
  int              waiting_limit;
  gint64           callback_due_ms;
  int              dispute_days;
  gboolean         full_names;
  char           **test_callers;
  GPtrArray       *queues;         /* of SideQueue */
  GPtrArray       *dialled;        /* of SideDialled */
};

#define SIDE_TYPE_PROJECT (side_project_get_type ())
GType        side_project_get_type       (void);

SideProject *side_project_new            (const char *id, const char *name, const char *time_zone, GError **error);
SideProject *side_project_ref            (SideProject *self);
void         side_project_unref          (SideProject *self);
SideQueue   *side_project_add_queue      (SideProject *self, const char *id, const char *name, gint64 wrap_up_ms);
void         side_project_add_dialled    (SideProject *self, const char *number, const char *source);
SideQueue   *side_project_find_queue     (const SideProject *self, const char *id);
void         side_project_set_test_callers (SideProject *self, const char *list);
const char  *side_project_find_source    (const SideProject *self, const char *dialled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideProject, side_project_unref)

G_END_DECLS
