/* side-route.h - the way through a recording that is not straight
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A span to go round in and spans to leave out, set by the player on the main
 * context and followed by the source on its streaming thread, to the frame.
 */
#pragma once

#include "side-analysis.h"

G_BEGIN_DECLS

typedef struct _SideRoute SideRoute;

SideRoute *side_route_new       (void);
SideRoute *side_route_ref       (SideRoute      *self);
void       side_route_unref     (SideRoute      *self);
void       side_route_set_loop  (SideRoute      *self,
                                 gint64          from_ms,
                                 gint64          to_ms);
void       side_route_set_skips (SideRoute      *self,
                                 const SideSpan *spans,
                                 gsize           n_spans);
guint64    side_route_follow    (SideRoute      *self,
                                 guint64         frame,
                                 guint           rate,
                                 guint64        *straight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRoute, side_route_unref)

G_END_DECLS
