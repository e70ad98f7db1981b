/* side-event.h - one thing that happened in a call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources (Asterisk, the simulator) make events, the server numbers, keeps and
 * sends them, and SideBoard turns them into a picture on both ends. An event
 * is a flat record: a kind uses some of the members and leaves the rest empty.
 */
#pragma once

#include <glib-object.h>

#include "side-enums.h"

G_BEGIN_DECLS

typedef struct _SideEvent SideEvent;

/**
 * SideEvent:
 * @seq: the server's number, growing by one; 0 before the server gave it
 * @at_ms: when it happened at the source, UTC; a backfilled event is older
 *   than its neighbours
 * @kind: what happened
 * @project: (nullable): id of the project; an event without is for nobody
 * @queue: (nullable): id of the queue
 * @operator_id: (nullable): id of the operator
 * @call: (nullable): id of the leg: one visit of one queue by one caller
 * @journey: (nullable): id shared by the legs of one caller's journey
 * @caller: (nullable): joined: the caller's number, digits as the PBX has them
 * @caller_name: (nullable): joined: the caller's name
 * @dialled: (nullable): joined: the number the caller dialled
 * @source: (nullable): joined, outcome: advertising source; source.gap: name
 *   of the exchange that is not heard, %NULL where sources have no names
 * @position: joined: place in the queue, from 1
 * @joined_ms: answered, ended: when the leg entered the queue, 0 unknown
 * @answered_ms: ended: when it was answered, 0 if it was not
 * @wait_ms: answered, ended: from entering to answer, or to the end
 * @ring_ms: answered: how long the answering operator's phone rang
 * @talk_ms: ended: answered to end, without the time on hold
 * @hold_ms: ended: time on hold
 * @outcome: ended: how; a later event with a better outcome replaces it
 * @ended_by: ended: who hung up; held, resumed: who pressed hold
 * @transfer: transferred: how
 * @target: (nullable): transferred: where to
 * @state: operator.state: the new state
 * @reason: (nullable): operator.state: the break's reason, or "missed" with
 *   @SIDE_OPERATOR_READY after a ring nobody took; source.gap: why
 * @name: (nullable): queue.member, operator.state: the operator's name
 * @alias: (nullable): likewise: the name clients see
 * @member: queue.member: added or removed
 * @penalty: queue.member: the member's penalty, 0 is first
 * @order_id: (nullable): outcome: the shop's order number
 * @amount_minor: outcome: the order's worth in minor units
 * @currency: (nullable): outcome: ISO 4217
 * @topic: (nullable): outcome: what was asked about
 * @note: (nullable): outcome: the operator's comment
 * @callback: outcome: whether a call-back is wanted or was made
 * @test: outcome: whether the call is a test call
 * @recording: (nullable): recording.ready: id to fetch it by
 * @duration_ms: recording.ready: its length
 * @channels: recording.ready: 2 = operator left, customer right; 1 = mixed
 * @sha256: (nullable): recording.ready: hash of what is served, hex
 * @from_ms: source.gap: when the link broke
 * @to_ms: source.gap: when it stood again; 0 while it is down
 * @backfilled: the event was told later, from queue_log
 */
struct _SideEvent
{
  gatomicrefcount    ref_count;
  guint64            seq;
  gint64             at_ms;
  SideEventKind      kind;
  const char        *project;      /* interned */
  const char        *queue;        /* interned */
  const char        *operator_id;  /* interned */
  char              *call;
  char              *journey;
  char              *caller;
  char              *caller_name;
  char              *dialled;
  const char        *source;       /* interned */
  int                position;
  gint64             joined_ms;
  gint64             answered_ms;
  gint64             wait_ms;
  gint64             ring_ms;
  gint64             talk_ms;
  gint64             hold_ms;
  SideOutcome        outcome;
  SideParty          ended_by;
  SideTransfer       transfer;
  char              *target;
  SideOperatorState  state;
  char              *reason;
  const char        *name;         /* interned */
  const char        *alias;        /* interned */
  SideMemberChange   member;
  int                penalty;
  char              *order_id;
  gint64             amount_minor;
  const char        *currency;     /* interned */
  const char        *topic;        /* interned */
  char              *note;
  SideCallbackMark   callback;
  char              *recording;
  gint64             duration_ms;
  int                channels;
  char              *sha256;
  gint64             from_ms;
  gint64             to_ms;
  gboolean           backfilled;
  SideTestMark       test;
};

#define SIDE_TYPE_EVENT (side_event_get_type ())
GType      side_event_get_type (void);

SideEvent *side_event_new      (SideEventKind kind, gint64 at_ms, const char *project);
SideEvent *side_event_copy     (const SideEvent *self);
SideEvent *side_event_ref      (SideEvent *self);
void       side_event_unref    (SideEvent *self);
gboolean   side_event_equal    (const SideEvent *a, const SideEvent *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideEvent, side_event_unref)

/* Table of the members, so that copying, comparing, JSON and storage need no
 * list of their own. */
typedef enum {
  SIDE_FIELD_STRING,     /* char *, owned */
  SIDE_FIELD_INTERNED,   /* const char *, g_intern_string() */
  SIDE_FIELD_INT,        /* int */
  SIDE_FIELD_INT64,      /* gint64 */
  SIDE_FIELD_UINT64,     /* guint64 */
  SIDE_FIELD_BOOLEAN,    /* gboolean */
  SIDE_FIELD_DOUBLE,     /* double */
  SIDE_FIELD_WORD,       /* an enumeration, through @to_string and @from_string */
} SideFieldType;

typedef struct {
  const char    *name;           /* the protocol's name */
  SideFieldType  type;
  gsize          offset;
  const char  *(*to_string) (int value);
  int          (*from_string) (const char *word);
} SideField;

const SideField *side_event_get_fields (gsize *n_fields);

void     side_fields_copy  (const SideField *fields, gsize n, gconstpointer from, gpointer to);
void     side_fields_clear (const SideField *fields, gsize n, gpointer record);
gboolean side_fields_equal (const SideField *fields, gsize n, gconstpointer a, gconstpointer b);

G_END_DECLS
