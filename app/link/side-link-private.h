/* side-link-private.h - what the files of this layer share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "side-link.h"

G_BEGIN_DECLS

#define MAX_PROBLEM_BYTES (2 * SIDE_WIRE_MAX_REQUEST)   /* a conflict carries a document */

struct _SideLink
{
  GObject                  parent_instance;

  GMainContext            *context;          /* the only one anything of this runs in */
  SideClock               *clock;
  char                    *base_uri;
  char                    *host;             /* of it, for messages */
  guint                    silence_ms;
  guint                    timeout_s;
  guint                    backoff_ms;
  gboolean                 allow_plain;

  SoupSession             *soup;
  char                    *token;            /* never a property, never in a log */
  char                    *pin;              /* SHA-256 of the accepted certificate, lower-case hex */
  char                    *refused;          /* that of the last one refused */
  GTlsCertificate         *refused_certificate;
  SideSession             *session;
  gint64                   server_offset_ms;
  gint64                   latency_ms;
  gint64                   retry_after_ms;
  GHashTable              *fetching;         /* paths of recordings being fetched */

  /* The live stream; side-link-live.c alone writes these. */
  SideLinkState            state;
  GError                  *reason;
  gint64                   retry_at_ms;
  gint64                   last_heard_ms;
  guint64                  seq;
  char                    *epoch;            /* nullable: which archive the server's numbers are of */
  SideBoard               *arriving;         /* nullable: of a snapshot whose rest is to come */
  gboolean                 wanted;
  char                    *project;
  GCancellable            *attempt;          /* of the handshake under way */
  SoupWebsocketConnection *socket;
  GQueue                   inbox;            /* of GBytes: messages not read yet */
  gboolean                 reading;          /* a worker reads the one before them */
  guint                    n_failures;       /* in a row */
  gint64                   heard_us;         /* monotonic; start of the attempt, then the last message */
  gint64                   live_since_us;    /* monotonic; 0 before the first message */
  GSource                 *retry;
  GSource                 *watchdog;
};

enum {
  PROP_0,
  PROP_BASE_URI,
  PROP_CLOCK,
  PROP_SILENCE_MS,
  PROP_TIMEOUT_S,
  PROP_BACKOFF_MS,
  PROP_ALLOW_PLAIN,
  PROP_STATE,
  PROP_REASON,
  PROP_RETRY_AT_MS,
  PROP_LAST_HEARD_MS,
  PROP_SERVER_OFFSET_MS,
  PROP_LATENCY_MS,
  PROP_SEQ,
  PROP_EPOCH,
  PROP_SESSION,
  N_PROPS
};
extern GParamSpec *_side_link_props[N_PROPS];

/* side-link.c */
void          _side_link_take_session  (SideLink *self, SideSession *session);
void          _side_link_take_token    (SideLink *self, char *token);
void          _side_link_note_offset   (SideLink *self, gint64 server_ms, gint64 way_ms);
SoupMessage  *_side_link_new_message   (SideLink *self, const char *method, const char *path, GError **error);
GSource      *_side_link_add_timeout   (SideLink *self, guint ms, GSourceFunc callback);
void          _side_link_drop_source   (GSource **source);
void          _side_link_emit_documents (SideLink *self);
void          _side_link_emit_snapshot (SideLink *self, SideBoard *board, guint64 seq);
void          _side_link_emit_events   (SideLink *self, GPtrArray *events, guint64 seq);

/* side-link-tls.c */
void          _side_link_watch_tls     (SideLink *self, SoupMessage *message);
GError       *_side_link_tls_error     (SoupMessage *message);

/* side-link-error.c */
GError       *_side_link_map_error     (SideLink *self, SoupMessage *message, const GError *error);
gboolean      _side_link_is_loopback   (GUri *uri);

/* side-link-live.c */
void          _side_link_note_epoch    (SideLink *self, const char *epoch);
void          _side_link_live_watch_network (SideLink *self);
void          _side_link_live_dispose  (SideLink *self);

/* side-link-request.c */

/* Reads a good answer. Returns: (transfer full) what the request is for, or %NULL. */
typedef gpointer (*SideLinkParse) (const char *text, gssize len, GError **error);

typedef struct {
  SoupMessage    *message;
  SideLinkParse   parse;          /* NULL: an empty answer will do */
  GDestroyNotify  free_result;
  GCancellable   *cancellable;    /* ends at the caller's word or at the deadline */
  GCancellable   *outer;          /* the caller's, nullable */
  gulong          outer_id;
  GSource        *deadline;
  gboolean        too_late;
  gint64          sent_us;
  GInputStream   *stream;
  GByteArray     *body;
  gsize           max_bytes;
  SideDocument   *current;        /* with a conflict: the server's document */
  SideDocument   *sent;           /* side-link-documents.c: the one this is about */
} SideLinkRequest;

GTask        *_side_link_task_new      (SideLink *self, gpointer tag, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
SideLinkRequest *_side_link_request_new (GTask *task, const char *method, const char *path,
                                         SideLinkParse parse, GDestroyNotify free_result);
void          _side_link_request_set_body (SideLinkRequest *request, char *json);
void          _side_link_request_send  (GTask *task);
gpointer      _side_link_request_finish (SideLink *self, GAsyncResult *result, gpointer tag, GError **error);

/* The parts of a request that fetching a recording shares. */
void          _side_link_guard_begin   (SideLinkRequest *request, SideLink *self, GCancellable *outer, guint deadline_s);
void          _side_link_guard_end     (SideLinkRequest *request);
GError       *_side_link_request_error (SideLink *self, SideLinkRequest *request, const GError *error);
void          _side_link_request_free  (gpointer data);

G_END_DECLS
