/* link-peer.h - servers for the tests of the link: a proper one and a scripted one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "side-link.h"

G_BEGIN_DECLS

/* A SoupServer in this process, with canned answers. */
typedef struct _LinkServer LinkServer;
typedef void (*LinkServerHandler) (LinkServer *server, SoupServerMessage *message, gpointer data);

struct _LinkServer
{
  SoupServer        *soup;
  char              *uri;
  GHashTable        *answers;      /* "GET /session" -> Answer */
  GPtrArray         *seen;         /* "GET /calls?limit=3", without the prefix */
  GHashTable        *headers;      /* of the last request */
  char              *body;         /* of the last request */
  LinkServerHandler  handler;      /* nullable: asked before the canned answers */
  gpointer           handler_data;
  GPtrArray         *sockets;      /* of SoupWebsocketConnection, as they came */
  GPtrArray         *live_queries; /* of char *, "" for none */
  GPtrArray         *acks;         /* of char * */
  gboolean           deaf;         /* does not send a snapshot to a new stream */
};

LinkServer *link_server_new       (GTlsCertificate *certificate);
void        link_server_free      (LinkServer *server);
void        link_server_answer    (LinkServer *server, const char *what, guint status, const char *type, const char *body);
void        link_server_add_live  (LinkServer *server);
void        link_server_say       (LinkServer *server, const char *text);
SoupWebsocketConnection *link_server_get_socket (LinkServer *server);
const char *link_server_get_header (LinkServer *server, const char *name);

/* A listening socket that reads one request and then does what it was told. */
typedef enum {
  RAW_CLOSE,        /* sends the bytes and closes */
  RAW_HOLD,         /* sends the bytes and keeps silent */
  RAW_HALF_CLOSE,   /* sends the bytes and closes its sending side only */
  RAW_AT_ONCE,      /* sends the bytes before anything was said, and closes its sending side */
  RAW_DRIP,         /* sends the bytes one at a time, 20 ms apart, and closes */
} RawEnd;

typedef struct {
  GSocketService *service;
  char           *uri;
  char           *bytes;
  gsize           len;
  RawEnd          end;
  guint           n_connections;
  GPtrArray      *connections;
} RawPeer;

RawPeer    *raw_peer_new          (const char *bytes, gssize len, RawEnd end);
void        raw_peer_free         (RawPeer *peer);

GTlsCertificate *link_make_certificate (const char *dir, const char *host, int days_from, int days_to);
SideSession     *link_sample_session   (void);
char            *link_sample_session_json (gboolean with_token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkServer, link_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawPeer, raw_peer_free)

G_END_DECLS
