/* side-http-listener.h - connections from the outside, under bounds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accepts connections for a SoupServer, with TLS or without, and sees to it
 * that none of them takes time or files without end: there are at most so
 * many, an idle one is closed, each step of a request has a deadline, and one
 * that ends without a word is let go (see side-guard-stream.h).
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SIDE_HTTP_BAD_CHUNKS "the body is not what Transfer-Encoding: chunked means, or has a Content-Length too"

#define SIDE_TYPE_HTTP_LISTENER (side_http_listener_get_type ())
G_DECLARE_FINAL_TYPE (SideHttpListener, side_http_listener, SIDE, HTTP_LISTENER, GObject)

SideHttpListener *side_http_listener_new          (SoupServer *soup, GSocket *socket, GTlsCertificate *certificate, GError **error);
void              side_http_listener_stop         (SideHttpListener *self);
GSocketAddress   *side_http_listener_get_address  (SideHttpListener *self);
guint             side_http_listener_count        (SideHttpListener *self);

void              side_http_listener_set_deadline (SoupServerMessage *msg, gint64 ms);
gboolean          side_http_listener_watch_body   (SoupServerMessage *msg, gboolean chunked);
int               side_http_listener_let_go       (SoupServerMessage *msg);
void              side_http_listener_abort        (SoupServerMessage *msg);
void              side_http_listener_cut_off      (SoupServerMessage *msg, guint status, const GError *error);

G_END_DECLS
