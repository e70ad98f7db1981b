/* side-live-groups.c - readers of the same scope, and what is written for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is written once for a group and framed once: what costs time is
 * done as often as there are scopes, not readers.
 */
#include "side-live-private.h"

#include <string.h>

/* How old a snapshot may be that is given to one more reader: it tells the time. */
#define SNAPSHOT_AGE_US 50000

void
_side_live_group_free (gpointer data)
{
  SideLiveGroup *group = data;

  g_free (group->key);
  g_ptr_array_unref (group->projects);
  g_ptr_array_unref (group->clients);
  g_clear_pointer (&group->snapshot, g_bytes_unref);
  g_free (group);
}

static char *
group_key (const char *const *projects,
           gboolean           as_client)
{
  g_autofree char *joined = g_strjoinv ("\n", (char **) projects);

  return g_strconcat (as_client ? "client\n" : "staff\n", joined, NULL);
}

SideLiveGroup *
_side_live_ensure_group (SideLive          *self,
                         const char *const *projects,
                         gboolean           as_client)
{
  g_autofree char *key = group_key (projects, as_client);
  SideLiveGroup *group = g_hash_table_lookup (self->groups, key);

  if (group != NULL)
    return group;
  group = g_new0 (SideLiveGroup, 1);
  group->key = g_steal_pointer (&key);
  group->as_client = as_client;
  group->projects = g_ptr_array_new ();
  for (gsize i = 0; projects[i] != NULL; i++)
    g_ptr_array_add (group->projects, (gpointer) g_intern_string (projects[i]));
  g_ptr_array_add (group->projects, NULL);
  group->clients = g_ptr_array_new ();
  g_hash_table_insert (self->groups, group->key, group);
  return group;
}

static const SideWireView *
group_view (SideLive            *self,
            const SideLiveGroup *group,
            SideWireView        *space)
{
  if (!group->as_client)
    return NULL;
  *space = side_wire_view_for_client (side_hub_get_board (self->hub));
  return space;
}

/* Project ids are interned, so that their pointers can be compared. */
static gboolean
group_sees (const SideLiveGroup *group,
            const SideEvent     *event)
{
  for (guint i = 0; i + 1 < group->projects->len; i++)
    if (g_ptr_array_index (group->projects, i) == event->project)
      return TRUE;
  return FALSE;
}

static GBytes *
take_frame (GString *text)
{
  GBytes *frame = side_web_socket_frame (text->str, text->len);

  g_string_free (text, TRUE);
  return frame;
}

GBytes *
_side_live_frame (char *text)
{
  GBytes *frame = side_web_socket_frame (text, strlen (text));

  g_free (text);
  return frame;
}

GBytes *
_side_live_encode_events (SideLive      *self,
                          SideLiveGroup *group,
                          GPtrArray     *events,
                          guint64        after)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_sized_new (events->len);
  SideWireView space;
  GString *out;

  for (guint i = 0; i < events->len; i++)
    {
      SideEvent *event = g_ptr_array_index (events, i);

      if (event->seq > after && group_sees (group, event))
        g_ptr_array_add (seen, event);
    }
  if (seen->len == 0)
    return NULL;
  out = g_string_sized_new (256 * (gsize) seen->len);
  side_wire_append_events_message (out, (SideEvent *const *) seen->pdata, seen->len,
                                   side_board_get_seq (side_hub_get_board (self->hub)),
                                   side_clock_now_ms (side_hub_get_clock (self->hub)),
                                   group_view (self, group, &space));
  return take_frame (out);
}

/* The messages of one snapshot are sent as one piece. */
static GBytes *
join_frames (GPtrArray *messages)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < messages->len; i++)
    {
      const char *text = g_ptr_array_index (messages, i);
      g_autoptr (GBytes) frame = side_web_socket_frame (text, strlen (text));
      gsize len;
      const guint8 *data = g_bytes_get_data (frame, &len);

      g_byte_array_append (all, data, (guint) len);
    }
  return g_byte_array_free_to_bytes (all);
}

/* Readers that come at the same time share one. */
GBytes *
_side_live_snapshot (SideLive      *self,
                     SideLiveGroup *group)
{
  guint64 seq = side_board_get_seq (side_hub_get_board (self->hub));
  SideWireSnapshot snapshot = {
    side_clock_now_ms (side_hub_get_clock (self->hub)), SIDE_WIRE_WINDOW, side_hub_get_epoch (self->hub), SIDE_WIRE_PART_BYTES,
  };
  g_autoptr (GPtrArray) messages = NULL;
  SideWireView space;

  if (group->snapshot != NULL && group->snapshot_seq == seq
      && g_get_monotonic_time () - group->snapshot_us < SNAPSHOT_AGE_US)
    return g_bytes_ref (group->snapshot);
  g_clear_pointer (&group->snapshot, g_bytes_unref);
  messages = side_wire_snapshot_messages (side_hub_get_board (self->hub), (const char *const *) group->projects->pdata,
                                          group_view (self, group, &space), &snapshot);
  group->snapshot = join_frames (messages);
  group->snapshot_seq = seq;
  group->snapshot_us = g_get_monotonic_time ();
  return g_bytes_ref (group->snapshot);
}
