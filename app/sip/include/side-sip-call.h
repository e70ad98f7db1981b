/* side-sip-call.h - one call, as the app sees it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * State, what was answered, and the SDP that goes to and fro; no sound. Main
 * context only. A call outlives its account's interest in it: whoever holds it
 * may read it for ever.
 *
 * Offer and answer: we offer with the call. Each ::described hands on the far
 * side's newest description and from which of its branches it is; the last one
 * before or with the answer counts. A later offer of theirs (hold, moved port,
 * other codec) comes as ::offered, and must be answered in the handler's turn
 * or at the latest after 500 ms.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideSipCallState: only ever goes down this list.
 * @SIDE_SIP_CALL_DIALLED: the INVITE is on its way, also after a challenge
 * @SIDE_SIP_CALL_TRYING: the server has it (100, or any other first sign)
 * @SIDE_SIP_CALL_RINGING: 180, without sound of theirs
 * @SIDE_SIP_CALL_EARLY: 183 or 180 with a description: their sound before the answer
 * @SIDE_SIP_CALL_ANSWERED: 200
 * @SIDE_SIP_CALL_CLOSING: BYE or CANCEL is sent, its answer is not there
 * @SIDE_SIP_CALL_ENDED: see side_sip_call_get_end()
 */
typedef enum {
  SIDE_SIP_CALL_DIALLED,
  SIDE_SIP_CALL_TRYING,
  SIDE_SIP_CALL_RINGING,
  SIDE_SIP_CALL_EARLY,
  SIDE_SIP_CALL_ANSWERED,
  SIDE_SIP_CALL_CLOSING,
  SIDE_SIP_CALL_ENDED,
} SideSipCallState;

#define SIDE_TYPE_SIP_CALL_STATE (side_sip_call_state_get_type ())
GType side_sip_call_state_get_type (void);

/**
 * SideSipEndedBy:
 * @SIDE_SIP_ENDED_BY_US: we hung up after the answer
 * @SIDE_SIP_ENDED_BY_THEM: they hung up after the answer
 * @SIDE_SIP_CANCELLED: we hung up before the answer. Also where their answer
 *   crossed our CANCEL: then it was acknowledged and ended at once, and
 *   @crossed is set
 * @SIDE_SIP_REFUSED: a final answer of 300 or more
 * @SIDE_SIP_SILENT: nothing was heard in the stated time
 * @SIDE_SIP_LOST: the connection to the server broke, or what it sent could
 *   not be followed (a target we cannot send to, a description we cannot take)
 */
typedef enum {
  SIDE_SIP_ENDED_BY_US,
  SIDE_SIP_ENDED_BY_THEM,
  SIDE_SIP_CANCELLED,
  SIDE_SIP_REFUSED,
  SIDE_SIP_SILENT,
  SIDE_SIP_LOST,
} SideSipEndedBy;

/**
 * SideSipEnd: how a call ended; the words are theirs, as sent, in valid UTF-8
 * and at most 200 bytes each.
 * @by: who or what ended it
 * @code: the SIP code that did, 0 if none
 * @phrase: (nullable): what stood behind it ("Gone fishing")
 * @reason_protocol: (nullable): of the first Reason header: "Q.850", "SIP"
 * @reason_cause: its cause, 0 if none
 * @reason_text: (nullable): its text
 * @retry_after_s: from Retry-After, -1 if none
 * @contact: (nullable): where a 3xx points; it is never followed by itself
 * @crossed: their answer crossed our CANCEL
 * @error: (nullable): for REFUSED, SILENT and LOST: the same as a #GError
 */
typedef struct {
  SideSipEndedBy  by;
  int             code;
  const char     *phrase;
  const char     *reason_protocol;
  int             reason_cause;
  const char     *reason_text;
  int             retry_after_s;
  const char     *contact;
  gboolean        crossed;
  const GError   *error;
} SideSipEnd;

#define SIDE_TYPE_SIP_CALL (side_sip_call_get_type ())
G_DECLARE_FINAL_TYPE (SideSipCall, side_sip_call, SIDE, SIP_CALL, GObject)

/* Properties (read-only, EXPLICIT_NOTIFY):
 *   state         SideSipCallState
 *   call-id       string: for finding it in the far end's log
 *   target        string: what was dialled
 *   held          boolean: the far side holds us
 *   n-branches    uint: how many places rang that we know of (forking)
 * Signals:
 *   ::described (const char *branch, const char *sdp, guint code)
 *       their description in a 18x or 2xx, found in whatever the body was (also in a multipart);
 *       branch tells the places apart that ring at the same time. 2xx: this one is it
 *   ::offered (const char *sdp) → char *
 *       they want something else than was agreed: the handler returns our answer (transfer full),
 *       or NULL for 488; sdp is NULL where they ask us to offer
 *   ::progress (guint code, const char *phrase)
 *       every provisional answer, also repeated ones
 */

SideSipCallState  side_sip_call_get_state      (SideSipCall *self);
const char       *side_sip_call_get_call_id    (SideSipCall *self);
const char       *side_sip_call_get_target     (SideSipCall *self);
gboolean          side_sip_call_get_held       (SideSipCall *self);
const SideSipEnd *side_sip_call_get_end        (SideSipCall *self);

/**
 * side_sip_call_get_since: when the call came into a state: milliseconds since
 * 1970, by the account's clock at the first such state, and from there on by
 * the machine's steady clock, so that a clock that is set does not bend them.
 * The stack reads at a higher priority than anything is drawn; a turn of the
 * main loop that took longer than 20 ms just before makes the time uncertain,
 * which side_sip_call_get_lateness_ms() tells. 0: it never came there.
 */
gint64            side_sip_call_get_since      (SideSipCall *self, SideSipCallState state);
guint             side_sip_call_get_lateness_ms (SideSipCall *self, SideSipCallState state);

/**
 * side_sip_call_hang_up: whatever the state: CANCEL before the answer (held
 * back until the first provisional one, as the standard wants), BYE after it,
 * ACK and BYE where an answer crosses. Nothing once it has ended. The state is
 * ENDED after a second at the latest, answered or not.
 * @text: (nullable): for the Reason header
 */
void              side_sip_call_hang_up        (SideSipCall *self, const char *text);

/**
 * side_sip_call_reoffer: offers anew in a call that stands (hold, other port).
 * A 491 is tried again after 2.1 to 4 s, five times; BUSY after that, or while
 * one of theirs is open. INVALID: what came back cannot be followed, and the
 * call is ended.
 */
void              side_sip_call_reoffer_async  (SideSipCall *self, const char *sdp, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
char             *side_sip_call_reoffer_finish (SideSipCall *self, GAsyncResult *result, GError **error);

G_END_DECLS
