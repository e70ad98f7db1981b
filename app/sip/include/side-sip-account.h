/* side-sip-account.h - a line to make test calls on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Resolves the server by the system, looks at its certificate, registers where
 * that is asked for, keeps the connection, and makes calls. It belongs to the
 * main context it was made in; nothing of it blocks, and no callback comes
 * from within a function that was called. What the SIP stack is cannot be seen
 * from here.
 *
 * Errors are SIDE_ERROR: INVALID (settings), NOT_FOUND (no such host name),
 * UNREACHABLE (refused, no route), TIMED_OUT (no answer), UNTRUSTED
 * (certificate; its text says which fault), UNAUTHORIZED (user or password),
 * FORBIDDEN (403), UNSUPPORTED (no challenge we can answer, TLS too old),
 * DISCONNECTED, RATE_LIMITED (503 with Retry-After), CANCELLED, FAILED.
 */
#pragma once

#include "side-clock.h"
#include "side-sip-call.h"
#include "side-sip-settings.h"

G_BEGIN_DECLS

/**
 * SideSipAccountState:
 * @SIDE_SIP_ACCOUNT_OFFLINE: not wanted, or cannot be had: see SideSipAccount:reason
 * @SIDE_SIP_ACCOUNT_CONNECTING: name, certificate, registration; in this order
 * @SIDE_SIP_ACCOUNT_READY: calls can be made
 * @SIDE_SIP_ACCOUNT_WAITING: it broke, and is tried again at SideSipAccount:retry-at-ms
 * @SIDE_SIP_ACCOUNT_CLOSING: calls are ended and the registration is taken back
 */
typedef enum {
  SIDE_SIP_ACCOUNT_OFFLINE,
  SIDE_SIP_ACCOUNT_CONNECTING,
  SIDE_SIP_ACCOUNT_READY,
  SIDE_SIP_ACCOUNT_WAITING,
  SIDE_SIP_ACCOUNT_CLOSING,
} SideSipAccountState;

#define SIDE_TYPE_SIP_ACCOUNT_STATE (side_sip_account_state_get_type ())
GType side_sip_account_state_get_type (void);

#define SIDE_TYPE_SIP_ACCOUNT (side_sip_account_get_type ())
G_DECLARE_FINAL_TYPE (SideSipAccount, side_sip_account, SIDE, SIP_ACCOUNT, GObject)

/* Properties (read-only but for the construct-only ones, EXPLICIT_NOTIFY):
 *   settings      SideSipSettings, construct-only; checked, and not changed any more
 *   clock         SideClock, construct-only
 *   state         SideSipAccountState
 *   reason        GError, nullable: why it is not ready
 *   retry-at-ms   int64: 0 if it is not tried again
 *   n-calls       uint: calls that have not ended
 *   server        GSocketAddress, nullable: what the name led to this time
 *   local         GInetAddress, nullable: our side of the way there; for the SDP
 * Calls to us are declined (403): this line is for calling out.
 */

/* Once, first thing in main(), before there is a second thread: it changes the environment. */
void                 side_sip_init                 (void);

SideSipAccount      *side_sip_account_new          (SideSipSettings *settings, SideSipSecret *secret, SideClock *clock);
SideSipAccountState  side_sip_account_get_state    (SideSipAccount *self);
const GError        *side_sip_account_get_reason   (SideSipAccount *self);
gint64               side_sip_account_get_retry_at_ms (SideSipAccount *self);
GInetAddress        *side_sip_account_get_local    (SideSipAccount *self);

void                 side_sip_account_go_online    (SideSipAccount *self);
void                 side_sip_account_retry_now    (SideSipAccount *self);

/**
 * side_sip_account_close_async: ends all calls (BYE or CANCEL is on its way
 * before anything else), takes the registration back and lets go of every
 * socket. It takes a second at most: who does not answer by then is not waited
 * for. An account that is disposed of unclosed closes the same way, unheard.
 */
void                 side_sip_account_close_async  (SideSipAccount *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean             side_sip_account_close_finish (SideSipAccount *self, GAsyncResult *result, GError **error);

/**
 * side_sip_account_call: makes a call. Fails at once only for our own faults
 * (INVALID: a number that is none; DISCONNECTED: not ready); all else is the
 * call's own course.
 * @target: a number, "user@host" or "sip:user@host"
 * @offer: SDP, as side_sdp_to_string() makes it
 * @headers: (nullable): name and value in turn, %NULL at the end; names begin with "X-"
 */
SideSipCall         *side_sip_account_call         (SideSipAccount *self, const char *target, const char *offer,
                                                    const char *const *headers, GError **error);

/**
 * SideSipTestStep: how far the test of an account came; a person reads it as a list.
 */
typedef enum {
  SIDE_SIP_TEST_NAME,         /* the host name led to an address */
  SIDE_SIP_TEST_REACH,        /* something listens there */
  SIDE_SIP_TEST_TRUST,        /* TLS, its version and the certificate */
  SIDE_SIP_TEST_ANSWER,       /* it answers as a SIP server: OPTIONS */
  SIDE_SIP_TEST_PASSWORD,     /* REGISTER, or OPTIONS where there is no registration */
  SIDE_SIP_TEST_DONE,
} SideSipTestStep;

/* For the "Test" button: a line of its own beside any there is, closed afterwards.
 * @reached tells the step that failed, or DONE. */
void                 side_sip_test_async           (SideSipSettings *settings, SideSipSecret *secret, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean             side_sip_test_finish          (GAsyncResult *result, SideSipTestStep *reached, GError **error);

typedef void (*SideSipTestFunc) (SideSipTestStep step, gpointer user_data);
void                 side_sip_test_watched_async   (SideSipSettings *settings, SideSipSecret *secret,
                                                    SideSipTestFunc watch, gpointer watch_data, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
GTlsCertificate     *side_sip_test_get_unknown     (GAsyncResult *result);

G_END_DECLS
