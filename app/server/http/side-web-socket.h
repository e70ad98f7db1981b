/* side-web-socket.h - the server's end of many WebSockets (RFC 6455)
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For one writer and hundreds of readers: a frame is made once and queued to
 * each reader by reference, whatever piles up. What readers say is little (at
 * most 1 KiB a message) and no hurry: side_web_set_pump() looks at all of them
 * by one epoll. No extensions, no messages of more than that size.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SIDE_WEB_SOCKET_MAX_MESSAGE 1024

/* Close codes, RFC 6455 section 7.4. */
#define SIDE_WEB_SOCKET_NORMAL     1000
#define SIDE_WEB_SOCKET_GOING_AWAY 1001
#define SIDE_WEB_SOCKET_PROTOCOL   1002
#define SIDE_WEB_SOCKET_BAD_DATA   1007
#define SIDE_WEB_SOCKET_POLICY     1008
#define SIDE_WEB_SOCKET_TOO_BIG    1009

typedef struct _SideWebSet    SideWebSet;
typedef struct _SideWebSocket SideWebSocket;

/**
 * SideWebSocketEvents: what a socket tells; @closed comes last, once, and the
 * socket is to be freed then or later.
 * @message: a whole text message, not ended by a NUL
 * @heard: anything at all came
 */
typedef struct {
  void (*message) (SideWebSocket *socket, const char *text, gsize len, gpointer user_data);
  void (*heard)   (SideWebSocket *socket, gpointer user_data);
  void (*closed)  (SideWebSocket *socket, gpointer user_data);
} SideWebSocketEvents;

SideWebSet    *side_web_set_new         (void);
void           side_web_set_free        (SideWebSet *self);
void           side_web_set_pump        (SideWebSet *self);

SideWebSocket *side_web_socket_new      (SideWebSet *set, GIOStream *stream, int fd, const SideWebSocketEvents *events, gpointer user_data);
void           side_web_socket_free     (SideWebSocket *self);
void           side_web_socket_send     (SideWebSocket *self, GBytes *frame);
void           side_web_socket_ping     (SideWebSocket *self);
void           side_web_socket_close    (SideWebSocket *self, guint16 code, const char *reason);
gboolean       side_web_socket_is_open  (SideWebSocket *self);

GBytes        *side_web_socket_frame    (const char *text, gsize len);

G_END_DECLS
