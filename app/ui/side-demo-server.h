/* side-demo-server.h - a private simulated server as a child process
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* ::stopped (GError *why): it ended though nobody stopped it */
#define SIDE_TYPE_DEMO_SERVER (side_demo_server_get_type ())
G_DECLARE_FINAL_TYPE (SideDemoServer, side_demo_server, SIDE, DEMO_SERVER, GObject)

SideDemoServer *side_demo_server_new          (const char          *program,
                                               const char          *folder);
void            side_demo_server_start_async  (SideDemoServer      *self,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean        side_demo_server_start_finish (SideDemoServer      *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void            side_demo_server_stop         (SideDemoServer      *self);
const char     *side_demo_server_get_url      (SideDemoServer      *self);
const char     *side_demo_server_get_token    (SideDemoServer      *self);

G_END_DECLS
