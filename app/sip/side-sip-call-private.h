/* side-sip-call-private.h - a call's inside
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by side-sip-call.c and side-sip-call-offer.c; the account makes calls
 * by the functions at the end. A call knows the stack by its events alone.
 */
#pragma once

#include "side-clock.h"
#include "side-sip-call.h"
#include "side-sip-stack.h"

G_BEGIN_DECLS

#define SIDE_SIP_N_CALL_STATES (SIDE_SIP_CALL_ENDED + 1)

struct _SideSipCall
{
  GObject           parent_instance;
  SideSipLeg       *leg;                 /* NULL before it began and once it ended */
  char             *target;
  char             *call_id;
  SideSipCallState  state;
  gint64            base_ms;             /* the account's clock when the call was made … */
  gint64            base_us;             /* … and the steady one */
  gint64            since_us[SIDE_SIP_N_CALL_STATES];
  guint             late_ms[SIDE_SIP_N_CALL_STATES];
  gboolean          held;
  GHashTable       *branches;
  guint             answer_ms;
  guint             silence_id;
  guint             limit_id;            /* one second from our hanging up */
  gboolean          described;           /* their description was heard */
  gboolean          answered;            /* also where it crossed our CANCEL */
  SideSipEnd        end;
  char             *end_words[4];        /* what the strings of @end point to */
  GError           *end_error;

  /* side-sip-call-offer.c */
  GTask            *reoffer;             /* ours that is open */
  char             *reoffer_sdp;
  guint             reoffer_tries;
  gboolean          reoffer_sent;        /* not while it waits to be tried again */
  guint             reoffer_id;
  gboolean          theirs_open;         /* their INVITE is answered, its ACK not there */
};

/* side-sip-call.c */
SideSipCall *_side_sip_call_new     (SideClock *clock, const char *target, guint answer_ms);
void         _side_sip_call_begin   (SideSipCall *self, SideSipLeg *leg);
void         _side_sip_call_event   (SideSipLeg *leg, const SideSipEvent *event, gpointer call);
void         _side_sip_call_abandon (SideSipCall *self);
void         _side_sip_call_finish  (SideSipCall *self, SideSipEndedBy by, const SideSipEvent *event, GError *error);
void         _side_sip_call_describe (SideSipCall *self, const char *branch, const char *sdp, guint code);
char        *_side_sip_call_ask     (SideSipCall *self, const char *sdp);
void         _side_sip_call_set_held (SideSipCall *self, gboolean held);

/* side-sip-call-offer.c */
void         _side_sip_call_on_offer    (SideSipCall *self, const SideSipEvent *event);
void         _side_sip_call_on_answer   (SideSipCall *self, const SideSipEvent *event);
void         _side_sip_call_on_reoffered (SideSipCall *self, const SideSipEvent *event);
void         _side_sip_call_fail_reoffer (SideSipCall *self, GError *error);

G_END_DECLS
