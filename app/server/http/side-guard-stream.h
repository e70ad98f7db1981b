/* side-guard-stream.h - a connection that ends without a word, or talks nonsense
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup 3.2 never lets go of a server's connection that ends before its
 * request has begun: object and file stay for ever. Laid under such a
 * connection this stream hides that end from libsoup and tells whoever can
 * take the connection down. Later it looks at the framing of a chunked body, and
 * gives libsoup nothing more once that is broken.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*SideGuardFunc) (gpointer user_data);

#define SIDE_TYPE_GUARD_STREAM (side_guard_stream_get_type ())
G_DECLARE_FINAL_TYPE (SideGuardStream, side_guard_stream, SIDE, GUARD_STREAM, GIOStream)

SideGuardStream *side_guard_stream_new        (GIOStream *base, SideGuardFunc ended, SideGuardFunc broken, gpointer user_data);
gboolean         side_guard_stream_has_read   (SideGuardStream *self);
gboolean         side_guard_stream_watch_body (SideGuardStream *self, gboolean chunked);
void             side_guard_stream_let_through (SideGuardStream *self);

G_END_DECLS
