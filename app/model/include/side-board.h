/* side-board.h - the picture of all queues, calls and operators
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reducer, used by the server to serve snapshots and by the app to draw.
 * The board changes only through side_board_apply() and depends on nothing but
 * the events it was given (never on the wall clock), so a snapshot plus the
 * events after it equals a replay from the start. It keeps, per project, the
 * legs of today and of the last two hours, whichever reaches back further.
 *
 * Not thread-safe: a board belongs to one main context.
 */
#pragma once

#include "side-call.h"
#include "side-event.h"
#include "side-project.h"

G_BEGIN_DECLS

/* A call-back that nobody made is forgotten after a week. */
#define SIDE_BOARD_CALLBACK_KEEP_MS (7 * 24 * G_GINT64_CONSTANT (3600000))

typedef struct {
  SideOperatorState  state;
  gint64             from_ms;
  gint64             to_ms;      /* 0 for the state that lasts */
  char              *reason;     /* nullable */
} SideStateSpan;

/**
 * SideOperator: an operator as one project sees them.
 * @call: (nullable): id of the leg they ring or talk on, when it is this
 *   project's
 * @queue: (nullable): that leg's queue
 * @missed: rings not taken today
 * @spans: their states today, oldest first; the last has no end
 * @queues: ids of the queues they are a member of, interned
 */
typedef struct {
  const char        *id;         /* interned */
  const char        *name;       /* interned */
  const char        *alias;      /* interned, nullable */
  SideOperatorState  state;
  gint64             since_ms;
  char              *reason;     /* nullable */
  char              *call;
  const char        *queue;      /* interned, nullable */
  int                missed;
  GPtrArray         *queues;     /* of const char * */
  GArray            *spans;      /* of SideStateSpan */
} SideOperator;

/**
 * SideCallback: somebody to be rung back, one per caller and dialled number.
 * @lost_ms: when the first unanswered call was lost, or the wish was noted
 * @attempts: how often they tried in vain
 * @closed_ms: when they were reached, 0 while due
 * @call: id of the leg that opened it
 */
typedef struct {
  char       *caller;
  char       *dialled;
  const char *queue;      /* interned */
  char       *call;
  gint64      lost_ms;
  gint64      closed_ms;
  int         attempts;
} SideCallback;

typedef struct {
  gint64      from_ms;
  gint64      to_ms;      /* 0 while the link is down */
  const char *source;     /* interned, nullable: name of the exchange not heard */
} SideGap;

/**
 * SideBoardProject: all there is of one project.
 * @calls: legs, in the order in which they first came; live ones too
 * @live: those of @calls that have not ended
 */
typedef struct {
  const char  *id;         /* interned */
  SideProject *config;     /* nullable: events may come for one not configured */
  GPtrArray   *calls;      /* of SideCall */
  GPtrArray   *live;       /* of SideCall, not owned */
  GPtrArray   *operators;  /* of SideOperator, in order of appearance */
  GPtrArray   *callbacks;  /* of SideCallback, oldest first */
  GArray      *gaps;       /* of SideGap */
} SideBoardProject;

#define SIDE_TYPE_BOARD (side_board_get_type ())
G_DECLARE_FINAL_TYPE (SideBoard, side_board, SIDE, BOARD, GObject)

SideBoard        *side_board_new             (void);
void              side_board_add_project     (SideBoard *self, SideProject *project);
gboolean          side_board_apply           (SideBoard *self, const SideEvent *event);

guint64           side_board_get_seq         (SideBoard *self);
gint64            side_board_get_at_ms       (SideBoard *self);
GPtrArray        *side_board_get_projects    (SideBoard *self);
SideBoardProject *side_board_get_project     (SideBoard *self, const char *id);
gint64            side_board_project_get_gap_ms (const SideBoardProject *self, const char *source);
SideCall         *side_board_get_call        (SideBoard *self, const char *id);
SideOperator     *side_board_get_operator    (SideBoard *self, const char *project, const char *id);
gboolean          side_board_equal           (SideBoard *a, SideBoard *b, char **difference);

/* For snapshots only: the parts are put back as they were taken out. */
void              side_board_restore_position (SideBoard *self, guint64 seq, gint64 at_ms);
SideBoardProject *side_board_restore_project  (SideBoard *self, const char *id);
void              side_board_restore_call     (SideBoard *self, SideBoardProject *project, SideCall *call);
SideOperator     *side_board_restore_operator (SideBoard *self, SideBoardProject *project, const char *id);
SideCallback     *side_board_restore_callback (SideBoard *self, SideBoardProject *project, const char *caller, const char *dialled);

G_END_DECLS
