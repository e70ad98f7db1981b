/* side-asterisk-private.h - the tracker's parts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-asterisk-facts.c      which of the manager's messages are believed
 * side-asterisk-tracker.c    the manager's messages about calls
 * side-asterisk-status.c     the manager's answer to QueueStatus
 * side-asterisk-log.c        the lines of queue_log
 * side-asterisk-outcome.c    UserEvents of the dialplan
 * side-asterisk-legs.c       legs and their steps
 * side-asterisk-paths.c      where their recordings lie
 * side-asterisk-operators.c  operators, their queues and states
 * side-asterisk-aims.c       what an action on a call or an operator is aimed at
 */
#pragma once

#include "side-asterisk-tracker.h"

G_BEGIN_DECLS

typedef struct _Operator Operator;

/* One visit of one queue by one caller. */
typedef struct {
  char         *id;
  char         *uniqueid;
  const char   *queue;           /* interned */
  SideProject  *project;
  char         *journey;
  char         *channel;         /* nullable: known from the manager only */
  char         *agent_uniqueid;  /* nullable */
  Operator     *operator;        /* who answered */
  GPtrArray    *ringing;         /* of Operator */
  gint64        joined_ms;
  gint64        answered_ms;
  gint64        ended_ms;
  gint64        held_since_ms;
  gint64        hold_ms;
  gint64        hinted_ms;       /* when a line that is not believed says it ended; 0 for none */
  gint64        absent_ms;       /* since when QueueStatus does not list it, though it waits */
  gboolean      caller_holds;
  gboolean      agent_holds;
  gboolean      hangup_asked;    /* the caller's phone said good-bye */
  gboolean      hung_up;         /* a supervisor hung it up */
  gboolean      from_ami;        /* the manager told of its beginning */
  gboolean      from_list;       /* only in a list; its own event may still come */
  gboolean      from_log;        /* queue_log told of it */
  gboolean      log_closed;      /* and of its end */
  gboolean      listed;          /* by the QueueStatus that is running or was the last */
  SideOutcome   outcome;
  SideParty     ended_by;
  SideTransfer  transfer;
  char         *target;
  gboolean      guessed;         /* when it ended is not known */
  gboolean      restored;        /* known from before the server started */
  SideEvent    *joined;          /* as it was told */
  char         *recording;
  int           offered;         /* SideRecordingState the recording was offered with */
  int           awaited;         /* and would have been, had it been known where it lies */
} Leg;

#define NOT_OFFERED (SIDE_RECORDING_OPEN + 1)

/* An operator's place in one queue. */
typedef struct {
  const char  *queue;            /* interned */
  SideProject *project;
  char        *interface;
  int          device;           /* AST_DEVICE_…: 1 free, 2 in use, 6 ringing, … */
  gboolean     shows_calls;      /* it was in use once: not every device tells */
  gboolean     paused;
  char        *reason;           /* nullable */
  int          penalty;
  gboolean     listed;           /* by the QueueStatus that is running */
} Membership;

/* What a project was told of an operator last. */
typedef struct {
  SideProject       *project;
  SideOperatorState  state;
  char              *call;
  const char        *queue;
  char              *reason;
} View;

struct _Operator
{
  const char *id;                /* interned; made of the name, but does not tell it */
  const char *name;              /* interned */
  GPtrArray  *memberships;       /* of Membership */
  GPtrArray  *views;             /* of View */
  Leg        *leg;               /* talks on it */
  Leg        *ringing;           /* it rings them */
  gint64      ring_since_ms;
  Leg        *missed;            /* while telling of a ring nobody took */
  gboolean    ring_seen;         /* the device said so too */
  gint64      freed_ms;          /* when the devices were in no call any more, last; 0 never */
  gboolean    device_stale;      /* the device's state is of the call that just ended */
  guint       spying;            /* listens in that many calls */
  gint64      wrap_until_ms;
  const char *wrap_queue;
  char       *wrap_call;
  SideProject *wrap_project;
};

typedef struct {
  SideQueueLogEntry *entry;
  gint64             read_ms;
  gint64             due_ms;
} Deferred;

struct _SideAsteriskTracker
{
  GPtrArray                *projects;
  GHashTable               *queues;        /* interned queue -> SideProject */
  SideAsteriskTrackerFuncs  funcs;
  gpointer                  data;
  char                     *system;
  char                     *template;
  gboolean                  learned_template;
  gboolean                  quiet;
  gboolean                  live;
  GHashTable               *legs;          /* id -> Leg */
  GHashTable               *by_channel;    /* uniqueid -> GPtrArray of Leg, oldest first */
  GHashTable               *by_agent;      /* uniqueid of the agent's channel -> Leg */
  GHashTable               *operators;     /* name -> Operator */
  GHashTable               *interfaces;    /* interface -> Operator */
  GHashTable               *refusals;      /* uniqueid -> number of refused visits */
  GQueue                    deferred;      /* of Deferred */
  gint64                    purged_ms;
  gint64                    live_since_ms;
  gint64                    now_ms;        /* of what is being told */
  gboolean                  stamped;       /* events have the PBX's time */
  gint64                    asked_ms;      /* when the QueueStatus that is running was asked for */
  gboolean                  list_broken;   /* something of the QueueStatus that is running was refused */
  gint64                    refused_ms;    /* when something was refused last */
  goffset                   shadow_begin;  /* lines of queue_log beginning in here are not believed */
  goffset                   shadow_end;
  guint64                   refused;
};

/* legs */
typedef struct {
  gint64   at_ms;
  gboolean backfilled;
} When;

const char *side_asterisk_word       (const char *text);
const char *side_asterisk_text       (char **slot, const char *text);
SideEvent  *side_asterisk_event_new  (SideAsteriskTracker *self, SideEventKind kind, const Leg *leg, When when);
void        side_asterisk_emit       (SideAsteriskTracker *self, SideEvent *event);
void        leg_free                 (gpointer data);
Leg        *leg_add                  (SideAsteriskTracker *self, SideProject *project, const char *queue,
                                      const char *uniqueid, gint64 joined_ms);
Leg        *leg_find_live            (SideAsteriskTracker *self, const char *uniqueid, const char *queue);
Leg        *leg_find_last            (SideAsteriskTracker *self, const char *uniqueid, const char *queue);
Leg        *leg_find_begun           (SideAsteriskTracker *self, const char *uniqueid, const char *queue,
                                      gint64 from_ms, gint64 to_ms);
Leg        *leg_claim                (SideAsteriskTracker *self, const char *uniqueid, const char *queue,
                                      gint64 at_ms, gboolean for_log);
GPtrArray  *legs_of_channel          (SideAsteriskTracker *self, const char *uniqueid);
void        leg_joined               (SideAsteriskTracker *self, Leg *leg, SideEvent *details, When when);
void        leg_ringing              (SideAsteriskTracker *self, Leg *leg, Operator *operator, When when);
void        leg_not_taken            (SideAsteriskTracker *self, Leg *leg, Operator *operator, gboolean missed, When when);
void        leg_answered             (SideAsteriskTracker *self, Leg *leg, Operator *operator,
                                      const char *agent_uniqueid, gint64 ring_ms, When when);
void        leg_hold                 (SideAsteriskTracker *self, Leg *leg, SideParty party, gboolean hold, When when);
void        leg_transferred          (SideAsteriskTracker *self, Leg *leg, SideTransfer how, const char *target,
                                      SideParty by, When when);
void        leg_ended                (SideAsteriskTracker *self, Leg *leg, SideOutcome outcome, SideParty by, When when);
void        leg_corrected            (SideAsteriskTracker *self, Leg *leg, SideOutcome outcome, SideParty by, When when);
void        leg_tell_end             (SideAsteriskTracker *self, Leg *leg);
void        leg_set_recording        (SideAsteriskTracker *self, Leg *leg, const char *path);
void        leg_offer_recording      (SideAsteriskTracker *self, Leg *leg, SideRecordingState state);
void        legs_purge               (SideAsteriskTracker *self, gint64 now_ms);

/* operators */
void        operator_free            (gpointer data);
void        operator_sign            (const Operator *operator, SideEvent *event);
void        membership_free          (gpointer data);
Operator   *operator_get             (SideAsteriskTracker *self, const char *name, const char *interface);
Operator   *operator_find_agent      (SideAsteriskTracker *self, const char *agent);
Membership *operator_find_membership (Operator *operator, const char *queue, const char *interface);
void        operator_member          (SideAsteriskTracker *self, const SideAmiMessage *message, const char *name,
                                      const char *interface, SideProject *project, const char *queue, When when);
void        operator_remove_member   (SideAsteriskTracker *self, Operator *operator, const char *queue,
                                      const char *interface, When when);
void        operator_pause           (SideAsteriskTracker *self, Operator *operator, const char *queue,
                                      gboolean paused, const char *reason, When when);
void        operator_ring            (SideAsteriskTracker *self, Operator *operator, Leg *leg, When when);
void        operator_ring_over       (SideAsteriskTracker *self, Operator *operator, Leg *leg, gboolean missed, When when);
void        operator_talks           (SideAsteriskTracker *self, Operator *operator, Leg *leg, When when);
void        operator_done            (SideAsteriskTracker *self, Operator *operator, Leg *leg, When when);
void        operator_spies           (SideAsteriskTracker *self, const char *channel, gboolean begins, When when);
void        operator_show            (SideAsteriskTracker *self, Operator *operator, When when);
gint64      operator_left        (const Operator *operator, const Leg *leg);
void        operators_tick           (SideAsteriskTracker *self, gint64 now_ms, gboolean backfilled);
gint64      operators_next_due       (SideAsteriskTracker *self);

/* facts */
typedef enum {
  SIDE_FACT_IGNORED,     /* not one of those that are used */
  SIDE_FACT_REFUSED,
  SIDE_FACT_CALL,        /* has the channel's whole description */
  SIDE_FACT_MEMBER,
  SIDE_FACT_TRANSFER,
  SIDE_FACT_SPY,
  SIDE_FACT_USER,        /* a UserEvent without a channel, sent by a program */
} SideFact;

SideFact    side_asterisk_check      (const SideAmiMessage *message, const char *system, const char **why);
gboolean    side_asterisk_check_item (const SideAmiMessage *item);
gboolean    side_asterisk_check_channel (const SideAmiMessage *item);
void        side_asterisk_refuse     (SideAsteriskTracker *self, const char *why);

/* others */
void        side_asterisk_user_event (SideAsteriskTracker *self, const SideAmiMessage *message, When when);
void        side_asterisk_log_apply  (SideAsteriskTracker *self, const SideQueueLogEntry *entry, gint64 read_ms);
void        side_asterisk_join       (SideAsteriskTracker *self, const SideAmiMessage *message, SideProject *project, When when);
SideProject *side_asterisk_project   (SideAsteriskTracker *self, const char *queue, const char **interned);

G_END_DECLS
