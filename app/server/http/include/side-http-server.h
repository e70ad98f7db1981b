/* side-http-server.h - protocol v1 over HTTP and WebSocket
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Serves what the hub and its archive hold to whoever signs in, and to each
 * only what is granted to them. docs/protocol.md is the reference of what goes
 * over the wire. Belongs to one main context; slow work is done elsewhere.
 */
#pragma once

#include "side-hub.h"
#include "side-server-config.h"

G_BEGIN_DECLS

/**
 * SideHttpSettings:
 * @name: what the server is called, to be shown
 * @listen: IP address
 * @port: 0 for a free one
 * @tls_certificate: (nullable): PEM file; with @tls_key turns TLS on
 * @allow_insecure: plain HTTP on other than the loopback address is wanted
 * @simulated: told to clients: its calls are made up
 * @phones: (nullable): user's folded name (char *) to the channel (char *)
 *   that is called when they listen in
 * @breaks: (nullable) (array zero-terminated): what a pause may be called;
 *   anything if empty
 * @socket: (nullable): the address, had from side_http_bind() before; it goes
 *   before @listen and @port
 */
typedef struct {
  const char *name;
  const char *listen;
  guint16     port;
  const char *tls_certificate;
  const char *tls_key;
  gboolean    allow_insecure;
  gboolean    simulated;
  GHashTable *phones;
  const char *const *breaks;
  GSocket    *socket;
} SideHttpSettings;

#define SIDE_TYPE_HTTP_SERVER (side_http_server_get_type ())
G_DECLARE_FINAL_TYPE (SideHttpServer, side_http_server, SIDE, HTTP_SERVER, GObject)

GSocket        *side_http_bind                 (const char *listen, guint16 port, GError **error);
gboolean        side_http_settings_check       (const SideHttpSettings *settings, GError **error);

SideHttpServer *side_http_server_new           (SideHub *hub);
gboolean        side_http_server_start         (SideHttpServer *self, const SideHttpSettings *settings, GError **error);
void            side_http_server_stop          (SideHttpServer *self);
guint16         side_http_server_get_port      (SideHttpServer *self);
char           *side_http_server_get_url       (SideHttpServer *self);
guint           side_http_server_count_streams (SideHttpServer *self);
guint           side_http_server_count_connections (SideHttpServer *self);

G_END_DECLS
