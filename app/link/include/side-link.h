/* side-link.h - the client of one server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sign-in, the live stream, history, recordings and documents of one server.
 * Everything is asynchronous and belongs to the main context that was the
 * thread's default when the link was made. No call retries by itself, except
 * the live stream, which comes back for as long as it is wanted.
 *
 * Errors of all calls are SIDE_ERROR: UNREACHABLE (no such host, refused),
 * UNTRUSTED (certificate), TIMED_OUT, DISCONNECTED (broke half-way), INVALID
 * (it answers, but not as a Sidetone server), UNAUTHORIZED, FORBIDDEN,
 * NOT_FOUND, CONFLICT, TOO_LARGE, RATE_LIMITED, CANCELLED, FAILED (the server
 * failed). The token never leaves the link but in requests to its server.
 */
#pragma once

#include "side-clock.h"
#include "side-wire-actions.h"
#include "side-wire-http.h"

G_BEGIN_DECLS

/**
 * SideLinkState:
 * @SIDE_LINK_OFFLINE: the stream is not wanted, or cannot be had (see
 *   SideLink:reason: not signed in, no certificate to trust)
 * @SIDE_LINK_CONNECTING: being opened
 * @SIDE_LINK_LIVE: a snapshot was seen or resumed from, and messages come
 * @SIDE_LINK_WAITING: it broke, and is tried again at SideLink:retry-at-ms
 */
typedef enum {
  SIDE_LINK_OFFLINE,
  SIDE_LINK_CONNECTING,
  SIDE_LINK_LIVE,
  SIDE_LINK_WAITING,
} SideLinkState;

#define SIDE_TYPE_LINK_STATE (side_link_state_get_type ())
GType side_link_state_get_type (void);

#define SIDE_TYPE_LINK (side_link_get_type ())
G_DECLARE_FINAL_TYPE (SideLink, side_link, SIDE, LINK, GObject)

/* Properties (all read-only unless said, EXPLICIT_NOTIFY):
 *   base-uri          string, construct-only: "https://calls.example.org", as side_link_normalize_address() makes it
 *   clock             SideClock, construct-only
 *   silence-ms        uint, construct-only: silence after which the stream is dead; 30000
 *   timeout-s         uint, construct-only: of a request; 30
 *   backoff-ms        uint, construct-only: first pause before a new try; 1000
 *   allow-plain       boolean, writable: whether to talk unencrypted to a host that is not this machine
 *   state             SideLinkState
 *   reason            GError, nullable: why the stream is not live
 *   retry-at-ms       int64: when the stream is tried again, by the clock; 0 if it is not
 *   last-heard-ms     int64: when anything was last heard on the stream, by the clock; 0 never
 *   server-offset-ms  int64: what the clock lacks to the server's, by the best answer so far
 *   latency-ms        int64: of the last request, there and back; -1 unknown
 *   seq               uint64: number of the last event handed on
 *   epoch             string, nullable: which archive the server's numbers are of, as heard last; when it
 *                     changes, places in the orders of calls and documents mean nothing any more
 *   session           SideSession, nullable: the newest seen
 * Signals:
 *   ::snapshot (SideBoard *board, guint64 seq)     the board is the receiver's to keep
 *   ::events   (GPtrArray *events, guint64 seq)    of SideEvent; oldest first, none twice
 *   ::documents ()                                 some the user may see changed; side_link_list_changes_async() has them
 */

char        *side_link_normalize_address   (const char *typed, GError **error);

SideLink    *side_link_new                 (const char *base_uri, SideClock *clock);

SideLinkState side_link_get_state          (SideLink *self);
const GError *side_link_get_reason         (SideLink *self);
gint64        side_link_get_retry_at_ms    (SideLink *self);
gint64        side_link_get_last_heard_ms  (SideLink *self);
gint64        side_link_get_server_offset_ms (SideLink *self);
gint64        side_link_get_latency_ms     (SideLink *self);
guint64       side_link_get_seq            (SideLink *self);
const char   *side_link_get_epoch          (SideLink *self);
SideSession  *side_link_get_session        (SideLink *self);
gint64        side_link_get_retry_after_ms (SideLink *self);

/* Who we are */
void         side_link_set_token           (SideLink *self, const char *token);
char        *side_link_dup_token           (SideLink *self);
void         side_link_sign_in_async       (SideLink *self, const char *user, const char *password,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideSession *side_link_sign_in_finish      (SideLink *self, GAsyncResult *result, GError **error);
void         side_link_sign_out_async      (SideLink *self,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     side_link_sign_out_finish     (SideLink *self, GAsyncResult *result, GError **error);
void         side_link_open_session_async  (SideLink *self,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideSession *side_link_open_session_finish (SideLink *self, GAsyncResult *result, GError **error);

/* The one certificate a person accepted, by its SHA-256 in hex */
void         side_link_pin_certificate         (SideLink *self, const char *fingerprint);
const char  *side_link_get_refused_fingerprint (SideLink *self);
GTlsCertificate *side_link_get_refused_certificate (SideLink *self);

/* The live stream */
void         side_link_start_live          (SideLink *self, guint64 after_seq, const char *project);
void         side_link_stop_live           (SideLink *self);
void         side_link_retry_now           (SideLink *self);

/* The board as it is now, without a stream */
void         side_link_get_board_async     (SideLink *self, const char *project,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideBoard   *side_link_get_board_finish    (SideLink *self, GAsyncResult *result, GError **error);

/* History */

/**
 * SideHistoryQuery: which calls to ask the server for. All members zero: all
 * calls, newest first. (The store has a SideCallQuery of its own for what lies
 * on this machine; a program may use both.)
 * @project: (nullable): only this project's
 * @queue: (nullable): only this queue's
 * @operator_id: (nullable): only this operator's
 * @outcome: only with this outcome; SIDE_OUTCOME_NONE: any
 * @from_ms: joined at or after; 0: no bound
 * @to_ms: joined before; 0: no bound
 * @by_change: order by change, oldest change first, and take those after
 *   @changed_after; otherwise newest first
 * @cursor: (nullable): of the page before
 * @limit: how many at most, up to SIDE_WIRE_MAX_PAGE; 0: the server's usual
 */
typedef struct {
  const char  *project;
  const char  *queue;
  const char  *operator_id;
  SideOutcome  outcome;
  gint64       from_ms;
  gint64       to_ms;
  gboolean     by_change;
  gint64       changed_after;
  const char  *cursor;
  guint        limit;
} SideHistoryQuery;

void          side_link_list_calls_async       (SideLink *self, const SideHistoryQuery *query,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideCallPage *side_link_list_calls_finish      (SideLink *self, GAsyncResult *result, GError **error);
void          side_link_get_call_events_async  (SideLink *self, const char *id,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *side_link_get_call_events_finish (SideLink *self, GAsyncResult *result, GError **error);

/**
 * SideEventLogQuery: which events of the server's log, in the order of their
 * numbers. All members zero: the first of all.
 * @project: (nullable): only this project's
 * @from_ms: happened at or after; 0: no bound
 * @to_ms: happened before; 0: no bound
 * @after_seq: numbered after this: 0, or "next" of the page before
 * @limit: how many at most, up to SIDE_WIRE_MAX_PAGE; 0: the server's usual
 */
typedef struct {
  const char *project;
  gint64      from_ms;
  gint64      to_ms;
  guint64     after_seq;
  guint       limit;
} SideEventLogQuery;

void           side_link_list_events_async  (SideLink *self, const SideEventLogQuery *query,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideEventPage *side_link_list_events_finish (SideLink *self, GAsyncResult *result, GError **error);

/* Recordings */

/**
 * SideLinkProgress:
 * @done: bytes that are there
 * @total: bytes there will be, 0 unknown
 */
typedef void (*SideLinkProgress) (goffset done, goffset total, gpointer user_data);

void          side_link_fetch_recording_async  (SideLink *self, const char *id, const char *path, const char *sha256,
                                                SideLinkProgress progress, gpointer progress_data,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char         *side_link_fetch_recording_finish (SideLink *self, GAsyncResult *result, GError **error);

/* Files of recordings that no call refers to */
void           side_link_unmatched_async  (SideLink *self, gint64 from_ms, gint64 to_ms,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideUnmatched *side_link_unmatched_finish (SideLink *self, GAsyncResult *result, GError **error);

/* Which calls came with the header of a test call */
void           side_link_get_claimed_async  (SideLink *self, const char *test,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char         **side_link_get_claimed_finish (SideLink *self, GAsyncResult *result, GError **error);

void              side_link_get_actions_async  (SideLink *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideActionOffers *side_link_get_actions_finish (SideLink *self, GAsyncResult *result, GError **error);
void              side_link_act_async          (SideLink *self, const SideActionRequest *request, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
SideActionDone   *side_link_act_finish         (SideLink *self, GAsyncResult *result, GError **error);

/* Who has finished a blind calibration */
void                     side_link_get_progress_async  (SideLink *self, const char *calibration,
                                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideCalibrationProgress *side_link_get_progress_finish (SideLink *self, GAsyncResult *result, GError **error);

/* Documents */
void            side_link_get_document_async     (SideLink *self, const char *kind, const char *id,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideDocument   *side_link_get_document_finish    (SideLink *self, GAsyncResult *result, GError **error);
void            side_link_get_script_async       (SideLink *self, const char *id, int version,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideDocument   *side_link_get_script_finish      (SideLink *self, GAsyncResult *result, GError **error);
void            side_link_put_document_async     (SideLink *self, const SideDocument *document,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideDocument   *side_link_put_document_finish    (SideLink *self, GAsyncResult *result, SideDocument **current, GError **error);
void            side_link_delete_document_async  (SideLink *self, const SideDocument *document,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideDocument   *side_link_delete_document_finish (SideLink *self, GAsyncResult *result, SideDocument **current, GError **error);
void            side_link_list_changes_async     (SideLink *self, gint64 since, guint limit,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SideChangePage *side_link_list_changes_finish    (SideLink *self, GAsyncResult *result, GError **error);

G_END_DECLS
