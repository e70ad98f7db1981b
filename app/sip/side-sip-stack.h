/* side-sip-stack.h - calls and registrations as the SIP stack has them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What side-sip-stack*.c, the one user of Sofia-SIP, offers to the rest of
 * this layer. What happens comes as values, so that a test can feed them in
 * its stead. Nothing here calls back from within a function that was called.
 */
#pragma once

#include "side-error.h"
#include "side-sip-private.h"

G_BEGIN_DECLS

/**
 * SideSipEventKind:
 * @SIDE_SIP_EVENT_RESPONSE: to @method; never to one that was asked for credentials and sent again with them
 * @SIDE_SIP_EVENT_CHALLENGED: credentials were asked for and went out; the answer is still to come
 * @SIDE_SIP_EVENT_OFFER: INVITE or UPDATE in the call; @sdp may be %NULL. To be answered in its turn
 * @SIDE_SIP_EVENT_ANSWER: the ACK to their INVITE; @sdp is the answer where we had made the offer
 * @SIDE_SIP_EVENT_BYE: they hung up; it is answered already
 * @SIDE_SIP_EVENT_GONE: the stack holds nothing of it any more
 */
typedef enum {
  SIDE_SIP_EVENT_RESPONSE,
  SIDE_SIP_EVENT_CHALLENGED,
  SIDE_SIP_EVENT_OFFER,
  SIDE_SIP_EVENT_ANSWER,
  SIDE_SIP_EVENT_BYE,
  SIDE_SIP_EVENT_GONE,
} SideSipEventKind;

/**
 * SideSipEvent: everything in it is valid during the call of the function alone.
 * @method: "INVITE", "BYE", …; of RESPONSE and OFFER
 * @code: of RESPONSE and GONE; 0 where the stack gave up by itself for no reason SIP has a code for
 * @on_wire: whether the far side sent this; otherwise @code is the stack's own: 408 nothing was heard,
 *   503 it could not be sent
 * @phrase: (nullable): as sent, in whatever encoding
 * @branch: (nullable): the tag by which the places that ring at the same time are told apart
 * @sdp: (nullable): found however deep in the body
 * @contact: (nullable): of a 3xx
 * @reason_protocol: (nullable): of the first Reason header
 * @retry_after_s: -1 without
 * @target_ok: Contact and Record-Route can be sent to. A 2xx to an INVITE is acknowledged only then
 * @unanswerable: of 401 and 407: it was no digest, or none with an algorithm we know
 * @at_us: g_get_monotonic_time() when it was read
 * @late_ms: how long the main loop had been away just before, and so by how much @at_us may be late
 */
typedef struct {
  SideSipEventKind kind;
  const char      *method;
  int              code;
  gboolean         on_wire;
  const char      *phrase;
  const char      *branch;
  const char      *sdp;
  const char      *contact;
  const char      *reason_protocol;
  int              reason_cause;
  const char      *reason_text;
  int              retry_after_s;
  gboolean         target_ok;
  gboolean         unanswerable;
  gint64           at_us;
  guint            late_ms;
} SideSipEvent;

typedef struct _SideSipStack SideSipStack;

/* A call, a registration or a question inside the stack. It is the caller's until side_sip_leg_drop(). */
typedef struct _SideSipLeg   SideSipLeg;

typedef void (*SideSipLegFunc) (SideSipLeg *leg, const SideSipEvent *event, gpointer data);

/* -- side-sip-stack.c */
void          side_sip_stack_prepare    (void);
SideSipStack *side_sip_stack_new        (SideSipSettings *settings, SideSipSecret *secret, GInetSocketAddress *server,
                                         const char *canon, GError **error);
GInetAddress *side_sip_stack_get_local  (SideSipStack *self);
void          side_sip_stack_close      (SideSipStack *self, GSourceOnceFunc closed, gpointer data);
SideSipLeg   *side_sip_stack_register   (SideSipStack *self, guint expires_s, SideSipLegFunc func, gpointer data);
void          side_sip_leg_unregister   (SideSipLeg *leg);
SideSipLeg   *side_sip_stack_options    (SideSipStack *self, SideSipLegFunc func, gpointer data);
GInetAddress *side_sip_local_towards    (GInetSocketAddress *server, GError **error);

/* -- side-sip-stack-call.c */
SideSipLeg   *side_sip_stack_invite     (SideSipStack *self, const char *uri, const char *call_id, const char *sdp,
                                         const char *const *headers, SideSipLegFunc func, gpointer data);
void          side_sip_leg_ack          (SideSipLeg *leg, const char *answer);
void          side_sip_leg_cancel       (SideSipLeg *leg);
void          side_sip_leg_bye          (SideSipLeg *leg, const char *text);
void          side_sip_leg_reinvite     (SideSipLeg *leg, const char *sdp);
void          side_sip_leg_answer       (SideSipLeg *leg, int code, const char *sdp);
void          side_sip_leg_drop         (SideSipLeg *leg);

/* -- side-sip-error.c */
GError       *side_sip_error_for_event  (const SideSipEvent *event);
gboolean      side_sip_event_is_of_address (const SideSipEvent *event);
char         *side_sip_clip             (const char *text);

/* -- side-sip-target.c */
char         *side_sip_target_to_uri    (const char *target, const char *domain, GError **error);
gboolean      side_sip_headers_check    (const char *const *headers, GError **error);

G_END_DECLS
