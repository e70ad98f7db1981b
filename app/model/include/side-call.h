/* side-call.h - one leg: one visit of one queue by one caller
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same record stands on the live board, in the server's archive and in
 * the app's cache. Legs with one @journey are one caller's journey.
 */
#pragma once

#include <glib-object.h>

#include "side-enums.h"
#include "side-event.h"

G_BEGIN_DECLS

typedef struct _SideCall SideCall;

/**
 * SideCall: see SideEvent for members of the same name.
 * @joined_ms: when it entered the queue
 * @answered_ms: when it was answered, 0 if not (yet)
 * @ended_ms: when it ended, 0 while it lives
 * @held_since_ms: when it was put on hold, 0 if it is not held now
 * @wait_ms: final once answered or ended; before that 0: see side_call_get_wait_ms()
 * @wrap_ms: the operator's after-call work
 * @rings: how often a phone rang for it in vain
 * @recording: (nullable): id of its recording once it can be fetched
 * @test: a test call: never counted in a figure
 * @spam: marked as spam
 * @score: 0..100 of its newest finished review, or -1; kept by the cache only
 * @imported: its recording was taken from this computer's disk, and no server
 *   knows of it; kept by the cache only
 */
struct _SideCall
{
  gatomicrefcount   ref_count;
  char             *id;
  char             *journey;
  const char       *project;
  const char       *queue;
  const char       *operator_id;
  const char       *operator_name;
  char             *caller;
  char             *caller_name;
  char             *dialled;
  const char       *source;
  gint64            joined_ms;
  gint64            answered_ms;
  gint64            ended_ms;
  gint64            held_since_ms;
  gint64            wait_ms;
  gint64            ring_ms;
  gint64            talk_ms;
  gint64            hold_ms;
  gint64            wrap_ms;
  int               position;
  int               rings;
  SideOutcome       outcome;
  SideParty         ended_by;
  SideTransfer      transfer;
  char             *target;
  char             *order_id;
  gint64            amount_minor;
  const char       *currency;
  const char       *topic;
  char             *note;
  SideCallbackMark  callback;
  char             *recording;
  gint64            recording_ms;
  int               channels;
  char             *sha256;
  gboolean          test;
  gboolean          spam;
  double            score;
  gboolean          imported;
};

#define SIDE_TYPE_CALL (side_call_get_type ())
GType     side_call_get_type     (void);

SideCall *side_call_new          (const char *id);
SideCall *side_call_copy         (const SideCall *self);
SideCall *side_call_ref          (SideCall *self);
void      side_call_unref        (SideCall *self);
gboolean  side_call_equal        (const SideCall *a, const SideCall *b);

gint64    side_call_get_wait_ms  (const SideCall *self, gint64 now_ms);
gboolean  side_call_is_waiting   (const SideCall *self);
gboolean  side_call_is_live      (const SideCall *self);
gint64    side_call_get_recording_start_ms (const SideCall *self);

const SideField *side_call_get_fields (gsize *n_fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCall, side_call_unref)

G_END_DECLS
