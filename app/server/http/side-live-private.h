/* side-live-private.h - the live stream's insides, for its two source files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-live.h"
#include "side-web-socket.h"

G_BEGIN_DECLS

typedef struct {
  char      *key;
  GPtrArray *projects;    /* interned ids, ended by NULL */
  gboolean   as_client;   /* names are written for clients */
  GPtrArray *clients;     /* of SideLiveClient, not owned */
  GBytes    *snapshot;    /* nullable: the last one made, framed */
  guint64    snapshot_seq;
  gint64     snapshot_us;
} SideLiveGroup;

typedef struct {
  SideLive                *live;
  SideLiveGroup           *group;
  GPtrArray               *projects;         /* interned ids: whose documents they may ask for, which is more than an operator's board shows */
  SideWebSocket           *socket;
  SideAccount             *account;
  guint8                   token_hash[SIDE_TOKEN_HASH_BYTES];
  GArray                  *under_way;        /* messages sent and not acknowledged */
  gsize                    bytes_under_way;
  gboolean                 stalled;
  gboolean                 wants_snapshot;   /* waits for its turn */
  guint64                  snapshot_seq;
  gsize                    snapshot_bytes;   /* of the one under way */
  gint64                   snapshot_us;      /* when it was sent, 0: none */
  gint64                   heard_us;
  gint64                   sent_us;
  gint64                   goodbye_us;       /* when we closed it, 0: we did not */
  guint                    n_messages;       /* since the last sweep */
} SideLiveClient;

struct _SideLive
{
  GObject       parent_instance;
  SideHub      *hub;
  GPtrArray    *clients;         /* of SideLiveClient, owned */
  GHashTable   *groups;          /* key to SideLiveGroup */
  GPtrArray    *pending;         /* of SideEvent, for the next tick */
  GPtrArray    *ring;            /* of SideEvent, oldest first */
  gsize         snapshot_bytes;  /* under way to all */
  SideWebSet   *set;             /* the readers' sockets */
  guint         n_sweeps;
  guint         pump_id;
  guint         tick_id;
  guint         sweep_id;
  GHashTable   *changed;         /* set of interned ids: projects whose documents changed */
  guint         changed_id;
  gint64        changed_us;      /* when that was told last */
  gint64        flushed_us;
  GCancellable *cancellable;
  gboolean      checking;        /* tokens are being looked up */
  gboolean      closed;
};

void           _side_live_group_free    (gpointer data);
SideLiveGroup *_side_live_ensure_group  (SideLive *self, const char *const *projects, gboolean as_client);
GBytes        *_side_live_encode_events (SideLive *self, SideLiveGroup *group, GPtrArray *events, guint64 after);
GBytes        *_side_live_snapshot      (SideLive *self, SideLiveGroup *group);
GBytes        *_side_live_frame         (char *text);

void _side_live_check_tokens (SideLive *self);
void _side_live_say_goodbye  (SideLiveClient *client, guint16 code, const char *why);

G_END_DECLS
