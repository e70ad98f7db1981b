/* side-guard-stream.h - a connection that ends without a word
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup 3.2 never lets go of a server's connection that ends before its
 * request has begun: object and file stay for ever. Laid under such a
 * connection this stream hides that end from libsoup and tells whoever can
 * take the connection down. From the first byte on it does nothing.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*SideGuardFunc) (gpointer user_data);

#define SIDE_TYPE_GUARD_STREAM (side_guard_stream_get_type ())
G_DECLARE_FINAL_TYPE (SideGuardStream, side_guard_stream, SIDE, GUARD_STREAM, GIOStream)

SideGuardStream *side_guard_stream_new      (GIOStream *base, SideGuardFunc ended, gpointer user_data);
gboolean         side_guard_stream_has_read (SideGuardStream *self);

G_END_DECLS
