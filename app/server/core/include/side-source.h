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
 * ::link (gboolean up, const char *reason)
 *   the source's own link to its PBX came up or broke
 */
#pragma once

#include <gio/gio.h>

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
 */
struct _SideSourceInterface
{
  GTypeInterface parent_iface;

  gboolean (*start) (SideSource *self, GError **error);
  void     (*stop)  (SideSource *self);
  const char *(*get_name) (SideSource *self);
};

gboolean side_source_start          (SideSource *self, GError **error);
void     side_source_stop           (SideSource *self);
const char *side_source_get_name    (SideSource *self);

void     side_source_emit_event     (SideSource *self, SideEvent *event);
void     side_source_emit_recording (SideSource *self, const char *project, const char *call,
                                     const char *path, int channels_hint);
void     side_source_emit_link      (SideSource *self, gboolean up, const char *reason);

G_END_DECLS
