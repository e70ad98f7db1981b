/* side-http-private.h - a request on its way through the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request is routed, its token looked up, its endpoint called, which answers
 * now or later with one of the side_http_answer functions. Whoever answers
 * later holds a reference. A client may be gone meanwhile: the functions know.
 */
#pragma once

#include <libsoup/soup.h>

#include "side-http-listener.h"
#include "side-http-server.h"
#include "side-limiter.h"
#include "side-live.h"

G_BEGIN_DECLS

#define SIDE_HTTP_MAX_URL       4096
#define SIDE_HTTP_MAX_DOCUMENT  SIDE_WIRE_MAX_REQUEST
#define SIDE_HTTP_MAX_NUMBER    ((G_GINT64_CONSTANT (1) << 53) - 1)   /* what JSON can count to */
#define SIDE_HTTP_TOKEN_MS      (30 * 24 * G_GINT64_CONSTANT (3600000))

struct _SideHttpServer
{
  GObject       parent_instance;
  SideHub      *hub;
  SoupServer   *soup;
  SideLive     *live;
  SideLimiter  *by_user;
  SideLimiter  *by_address;
  SideLimiter  *by_actor;      /* who acts, not who signs in */
  SideLimiter  *by_noted;      /* of who acts too often, how often that is noted */
  SideLimiter  *by_walker;     /* who looks for files without a call */
  gboolean      walking;       /* somebody does now */
  struct _SideActMemory *acts;
  GHashTable   *phones;        /* nullable: folded name to channel */
  char        **breaks;        /* nullable: what a pause may be called */
  SideHttpListener *listener;  /* nullable: before the start */
  gboolean      https;
  guint         n_sign_ins;    /* passwords being checked now */
  char         *name;
  gboolean      simulated;
  gboolean      stopped;
};

typedef struct {
  gatomicrefcount    ref_count;
  SideHttpServer    *server;
  SoupServerMessage *msg;
  gulong             chunk_id;   /* handler that brings the next piece of a recording */
  gboolean           gone;       /* nobody to answer to */
  gboolean           paused;
  gboolean           answered;
  char             **path;       /* what follows the prefix, cut at '/' */
  char              *replaced;   /* nullable: the call that a test call named before it was written over */
  SideDocument      *written;    /* nullable: as it was stored */
  GHashTable        *query;      /* nullable */
  GByteArray        *body;
  gsize              body_limit;
  gboolean           too_large;
  gsize              n_refused;  /* bytes of the body that were thrown away */
  char              *address;
  guint8             token_hash[SIDE_TOKEN_HASH_BYTES];
  SideAccount       *account;    /* once signed in */
  char             **projects;   /* what the request may see: granted and configured */
} SideHttpRequest;

/**
 * SideHttpQuestion: what a thread of the archive is asked
 * @kind: (nullable): of a document
 * @id: (nullable): of what; from the second word of the path
 * @projects: what the asker may see
 * @only_operator: (nullable): and of these only what is about this operator
 * @user: the asker's name
 * @client: as in SideScope
 * @supervisor: whether the asker is one
 * @version: of a script, 0 as it is now
 * @since, @limit: of the feed of changes
 */
typedef struct {
  char  *kind;
  char  *id;
  char **projects;
  char  *only_operator;
  char  *user;
  gboolean client;
  gboolean supervisor;
  gint64 version;
  gint64 since;
  int    limit;
} SideHttpQuestion;

typedef void (*SideHttpEndpoint) (SideHttpRequest *request);

gint64           side_http_wall_ms         (void);
gint64           side_http_steady_ms       (void);
SideHttpRequest *side_http_request_ref     (SideHttpRequest *request);
void             side_http_request_unref   (SideHttpRequest *request);
const char      *side_http_request_query   (SideHttpRequest *request, const char *name);
const char      *side_http_request_header  (SideHttpRequest *request, const char *name);
gboolean         side_http_request_int     (SideHttpRequest *request, const char *name, gint64 minimum, gint64 maximum, gint64 *value);
gboolean         side_http_request_limit   (SideHttpRequest *request, int *value);
gboolean         side_http_request_epoch   (SideHttpRequest *request);
gboolean         side_http_request_instant (SideHttpRequest *request, const char *name, gint64 *value);
gboolean         side_http_request_narrow  (SideHttpRequest *request);
gboolean         side_http_request_may_see (SideHttpRequest *request, const char *project);
SideHttpQuestion *side_http_question_new   (SideHttpRequest *request);
void             side_http_question_free   (gpointer question);
SideScope        side_http_question_scope  (const SideHttpQuestion *question);
const char      *side_http_request_operator (SideHttpRequest *request);
const SideWireView *side_http_request_view (SideHttpRequest *request, SideWireView *space);
void             side_http_request_set_account (SideHttpRequest *request, SideAccount *account);
gboolean         side_http_request_prepare (SideHttpRequest *request);

void side_http_answer       (SideHttpRequest *request, guint status, const char *type, GBytes *body);
void side_http_answer_json  (SideHttpRequest *request, guint status, char *json);
void side_http_answer_empty (SideHttpRequest *request, guint status);
void side_http_answer_error (SideHttpRequest *request, const GError *error, SideDocument *current);
void side_http_refuse       (SideHttpRequest *request, guint status, SideError code, const char *format, ...) G_GNUC_PRINTF (4, 5);
void side_http_refuse_epoch (SideHttpRequest *request);
void side_http_refuse_for_now (SideHttpRequest *request, gint64 wait_ms);
void side_http_cut_off      (SideHttpRequest *request, guint status, const GError *error);
void side_http_audit        (SideHttpRequest *request, const char *action, const char *object, const char *detail);
SideArchiveItem *side_http_audit_item (SideHttpRequest *request, const char *action, const char *object, const char *detail);

/* Endpoints */
void side_http_post_session    (SideHttpRequest *request);
void side_http_get_session     (SideHttpRequest *request);
void side_http_delete_session  (SideHttpRequest *request);
void side_http_get_live        (SideHttpRequest *request);
void side_http_get_progress    (SideHttpRequest *request);
void side_http_get_calls       (SideHttpRequest *request);
void side_http_get_call        (SideHttpRequest *request);
void side_http_get_call_events (SideHttpRequest *request);
void side_http_get_events      (SideHttpRequest *request);
void side_http_get_board       (SideHttpRequest *request);
void side_http_get_recording   (SideHttpRequest *request);
void side_http_get_unmatched   (SideHttpRequest *request);
void side_http_get_document    (SideHttpRequest *request);
void side_http_put_document    (SideHttpRequest *request);
void side_http_delete_document (SideHttpRequest *request);
void side_http_get_changes     (SideHttpRequest *request);
void side_http_get_test_call_calls (SideHttpRequest *request);
void side_http_get_health      (SideHttpRequest *request);
void side_http_get_actions     (SideHttpRequest *request);
void side_http_post_action     (SideHttpRequest *request);

void     side_http_judge_test_call (SideHttpRequest *request, const char *before, const char *now, SideHttpEndpoint done);
void     side_http_follow_claims   (SideHttpServer *self);
gboolean side_http_may_act (SideHttpRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideHttpRequest, side_http_request_unref)

G_END_DECLS
