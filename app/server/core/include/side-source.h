/* side-source.h - where a call centre's events come from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A source is an adapter: Asterisk (the real one) or the simulator. It talks
 * to the hub only through its signals, in the server's main context:
 *
 * ::event (SideEvent *event)
 *   something happened; the hub numbers, keeps and sends it
 * ::recording (const char *project, const char *call, const char *path, gint channels_hint)
 *   the file of a finished recording of that leg; the hub checks it, hashes
 *   it, and publishes recording.ready. channels_hint 2: two channels are
 *   interleaved whatever the header says (MixMonitor's D option); 0: as the
 *   header says
 * ::claim (const char *project, const char *call, const char *test)
 *   with that leg came the header of the test call @test, a UUID, of which the
 *   source knows nothing
 * ::link (gboolean up, const char *reason)
 *   the source's own link to its PBX came up or broke
 */
#pragma once

#include <gio/gio.h>

#include "side-act.h"
#include "side-event.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SOURCE (side_source_get_type ())
G_DECLARE_INTERFACE (SideSource, side_source, SIDE, SOURCE, GObject)

/**
 * SideSourceInterface:
 * @start: begins to connect or to simulate; fails only on settings that can
 *   never work; a PBX that is not there yet is no failure, it is retried
 * @stop: ends all work; no signal comes afterwards
 * @get_name: (nullable): which of several it is, for the log
 * @get_hurdle: (nullable): what is in the way of an action in that project;
 *   like the three that follow not there where nothing can be done at all
 * @has_aim: whether it knows the call or the operator an action is aimed at
 * @act_async: does an action whose aim it has; calls back once, when the PBX
 *   has answered or when it is sure that it will not
 * @act_finish: its end
 */
struct _SideSourceInterface
{
  GTypeInterface parent_iface;

  gboolean (*start) (SideSource *self, GError **error);
  void     (*stop)  (SideSource *self);
  const char *(*get_name) (SideSource *self);
  SideHurdle (*get_hurdle) (SideSource *self, const char *project, SideActionKind kind);
  gboolean (*has_aim)    (SideSource *self, const SideAct *act);
  void     (*act_async)  (SideSource *self, const SideAct *act, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*act_finish) (SideSource *self, GAsyncResult *result, GError **error);
};

gboolean side_source_start          (SideSource *self, GError **error);
void     side_source_stop           (SideSource *self);
const char *side_source_get_name    (SideSource *self);

SideHurdle side_source_get_hurdle  (SideSource *self, const char *project, SideActionKind kind);
gboolean   side_source_has_aim     (SideSource *self, const SideAct *act);
void       side_source_act_async   (SideSource *self, const SideAct *act, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean   side_source_act_finish  (SideSource *self, GAsyncResult *result, GError **error);

void     side_source_emit_event     (SideSource *self, SideEvent *event);
void     side_source_emit_recording (SideSource *self, const char *project, const char *call,
                                     const char *path, int channels_hint);
void     side_source_emit_claim     (SideSource *self, const char *project, const char *call, const char *test);
void     side_source_emit_link      (SideSource *self, gboolean up, const char *reason);

G_END_DECLS
