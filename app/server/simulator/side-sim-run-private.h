/* side-sim-run-private.h - the insides of a run, for its source files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-sim-run.c takes entries from the calendar and hands them out;
 * side-sim-calls.c is the life of a leg from arrival to end, side-sim-people.c
 * that of an operator: shifts, breaks, after-call work, ringing back;
 * side-sim-acts.c is what a supervisor does to both;
 * side-sim-tell.c puts what happened into events and records.
 */
#pragma once

#include "side-random.h"
#include "side-sim-calendar.h"
#include "side-sim-run.h"

G_BEGIN_DECLS

/* What stands in the calendar, and of whom: c a call, o an operator, q a
 * queue, p a project, - nobody. */
typedef enum {
  AT_ARRIVAL,       /* q */
  AT_RETURN,        /* q, data SimCaller */
  AT_PASSED_ON,     /* q, data SimJourney */
  AT_PATIENCE,      /* c */
  AT_TIME_LIMIT,    /* c */
  AT_TAKEN,         /* o */
  AT_MISSED,        /* o */
  AT_AGAIN,         /* o */
  AT_HELD,          /* c */
  AT_RESUMED,       /* c */
  AT_ENDED,         /* c */
  AT_FREE,          /* o */
  AT_TELL,          /* -, data SideEvent */
  AT_PLAN,          /* o, data local day */
  AT_SHIFT_BEGINS,  /* o */
  AT_SHIFT_ENDS,    /* o */
  AT_BREAK_DUE,     /* o, data which break */
  AT_BREAK_ENDS,    /* o */
  AT_RING_BACK,     /* p */
  AT_RUNG_BACK,     /* o, data SimLost */
} SimKind;

typedef struct {
  char     *number;
  char     *name;       /* nullable */
  gboolean  busy;       /* on the line, or about to ring again */
} SimCaller;

/* What goes along when a caller is passed on to another queue. */
typedef struct {
  SimCaller  *caller;
  char       *journey;
  const char *dialled;
  const char *source;
  guint       legs;
} SimJourney;

typedef struct {
  SimCaller  *caller;
  char       *call;
  char       *journey;
  const char *dialled;
  guint       queue;
  guint       attempts;
  gint64      not_before_ms;
  gboolean    taken;      /* they will take the call that rings them now */
} SimLost;

typedef struct {
  guint             slot;
  guint             generation;
  guint             queue;
  char             *id;
  SimJourney        journey;
  GList             link;          /* in its queue's list while waiting */
  gboolean          waiting;
  int               position;
  int               rings;
  int               ringing;       /* operator whose phone rings, or -1 */
  int               op;            /* who answered, or -1 */
  gint64            joined_ms;
  gint64            answered_ms;
  gint64            ring_ms;
  gint64            talk_ms;       /* decided at the answer, like all below */
  gint64            hold_ms;
  gint64            wrap_ms;
  SideTransfer      transfer;
  SideParty         ended_by;
  const char       *target;
  const char       *topic;
  char             *order_id;
  gint64            amount_minor;
  SideCallbackMark  callback;
} SimCall;

typedef struct {
  guint             index;
  guint             generation;    /* grows with each change of state */
  SideOperatorState state;
  SimCall          *call;          /* rings or talks */
  gint64            since_ms;
  gint64            idle_since_ms;
  gint64            not_before_ms; /* not rung again until then */
  gboolean          leaving;       /* the shift ended in the middle of a call */
  int               break_due;     /* or -1 */
  char             *pause;         /* nullable: what the break they were sent on is called */
  const char       *pause_project; /* interned: by whom, and who alone is told that */
  GArray           *projects;      /* of guint: those whose queues they serve */
} SimOp;

typedef struct {
  guint op;
  int   penalty;
} SimMember;

typedef struct {
  GQueue      waiting;             /* of SimCall, in order of arrival */
  GArray     *members;             /* of SimMember */
  SideRandom  random;
  double      next_ms;             /* exact instant of the next candidate */
} SimQueue;

typedef struct {
  GHashTable *callers;             /* number -> SimCaller */
  GPtrArray  *known;               /* the same, in order of their first call */
  GPtrArray  *lost;                /* of SimLost, oldest first */
  guint       orders;
} SimProject;

struct _SideSimRun
{
  SideSimCentre    *centre;
  guint64           seed;
  guint64           variation;   /* of whom calls and when; not of how busy a day is, nor of what is heard */
  gint64            now_ms;
  SideRandom        random;
  SideSimCalendar   calendar;
  GPtrArray        *calls;         /* of SimCall, by slot */
  GArray           *free_slots;    /* of guint */
  SimQueue         *queues;
  SimOp            *ops;
  SimProject       *projects;
  guint64           n_journeys;
  SideSimEventFunc  event_func;
  SideSimCallFunc   call_func;
  gpointer          user_data;
};

/* side-sim-run.c */
void _side_sim_later           (SideSimRun *self, gint64 in_ms, SimKind kind, guint subject, guint generation, gpointer data);

/* side-sim-calls.c */
void _side_sim_plan_arrival    (SideSimRun *self, guint queue);
void _side_sim_arrive          (SideSimRun *self, guint queue);
void _side_sim_return          (SideSimRun *self, guint queue, SimCaller *caller);
void _side_sim_pass_on         (SideSimRun *self, guint queue, SimJourney *journey);
void _side_sim_lose_patience   (SideSimRun *self, SimCall *call);
void _side_sim_run_out_of_time (SideSimRun *self, SimCall *call);
void _side_sim_hold            (SideSimRun *self, SimCall *call, gboolean held);
void _side_sim_end             (SideSimRun *self, SimCall *call);
void _side_sim_answer          (SideSimRun *self, SimCall *call, SimOp *op);
void _side_sim_hang_up         (SideSimRun *self, SimCall *call);
void _side_sim_empty_queue     (SideSimRun *self, guint queue);
void _side_sim_call_free       (SimCall *call);
void _side_sim_journey_free    (SimJourney *journey);
void _side_sim_caller_free     (gpointer caller);

/* side-sim-people.c */
void _side_sim_start_people    (SideSimRun *self);
void _side_sim_plan_day        (SideSimRun *self, SimOp *op, gint64 day);
void _side_sim_come            (SideSimRun *self, SimOp *op);
void _side_sim_shift_over      (SideSimRun *self, SimOp *op);
void _side_sim_break_due       (SideSimRun *self, SimOp *op, guint which);
void _side_sim_release         (SideSimRun *self, SimOp *op);
void _side_sim_ring            (SideSimRun *self, SimCall *call, SimOp *op);
void _side_sim_take            (SideSimRun *self, SimOp *op);
void _side_sim_miss            (SideSimRun *self, SimOp *op);
void _side_sim_stop_ringing    (SideSimRun *self, SimCall *call);
void _side_sim_set_state       (SideSimRun *self, SimOp *op, SideOperatorState state, const char *const reason[2]);
SimOp *_side_sim_find_op       (SideSimRun *self, guint queue);
gboolean _side_sim_has_members (SideSimRun *self, guint queue);
void _side_sim_offer           (SideSimRun *self, SimOp *op);

/* side-sim-lost.c */
void _side_sim_note_lost       (SideSimRun *self, SimCall *call);
void _side_sim_forget_lost     (SideSimRun *self, guint project, SimCaller *caller);
void _side_sim_ring_back       (SideSimRun *self, guint project);
void _side_sim_rung_back       (SideSimRun *self, SimOp *op, SimLost *lost);
void _side_sim_lost_free       (gpointer lost);

/* side-sim-tell.c */
void _side_sim_tell            (SideSimRun *self, SideEvent *event);
void _side_sim_tell_joined     (SideSimRun *self, SimCall *call);
void _side_sim_tell_ringing    (SideSimRun *self, SimCall *call, SimOp *op);
void _side_sim_tell_answered   (SideSimRun *self, SimCall *call);
void _side_sim_tell_held       (SideSimRun *self, SimCall *call, gboolean held);
void _side_sim_tell_passed_on  (SideSimRun *self, SimCall *call);
void _side_sim_tell_ended      (SideSimRun *self, SimCall *call, SideOutcome outcome);
void _side_sim_tell_outcome    (SideSimRun *self, SimCall *call, gint64 in_ms);
void _side_sim_tell_rung_back  (SideSimRun *self, SimOp *op, SimLost *lost);
void _side_sim_tell_state      (SideSimRun *self, SimOp *op, const char *const reason[2]);
void _side_sim_tell_member     (SideSimRun *self, SimOp *op, SideMemberChange change);

G_END_DECLS
