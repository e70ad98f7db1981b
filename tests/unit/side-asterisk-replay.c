/* side-asterisk-replay.c - replays captured manager traffic through the tracker
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-asterisk-replay.h"

#include <string.h>

#include "side-test.h"

static void
on_event (SideEvent *event,
          gpointer   data)
{
  SideReplay *self = data;

  g_ptr_array_add (self->events, side_event_ref (event));
}

static void
on_recording (const char         *project,
              const char         *call,
              const char         *path,
              SideRecordingState  state,
              gpointer            data)
{
  SideReplay *self = data;

  g_ptr_array_add (self->recordings, g_strdup_printf ("%s %s %s %d", project, call, path, (int) state));
}

static void
on_suspect (const char *why,
            gpointer    data)
{
  SideReplay *self = data;

  g_assert_nonnull (why);
  self->suspicions++;
}

/* Two shops: "shop" with the queues sales (wrap-up 3 s) and vip, "other" with
 * support. */
static void
on_claim (const char *project,
          const char *call,
          const char *test,
          gpointer    data)
{
  SideReplay *self = data;

  g_ptr_array_add (self->claims, g_strdup_printf ("%s %s %s", project, call, test));
}

SideReplay *
side_replay_new (void)
{
  static const SideAsteriskTrackerFuncs funcs = { on_event, on_recording, on_suspect, on_claim };
  SideReplay *self = g_new0 (SideReplay, 1);
  g_autoptr (GError) error = NULL;
  SideProject *shop = side_project_new ("shop", "Shop", "Europe/Moscow", &error);
  SideProject *other = side_project_new ("other", "Other", "UTC", &error);

  g_assert_no_error (error);
  side_project_add_queue (shop, "sales", "Sales", 3000);
  side_project_add_queue (shop, "vip", "VIP", 0);
  side_project_add_dialled (shop, "1000", "site");
  side_project_add_queue (other, "support", "Support", 0);
  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  g_ptr_array_add (self->projects, shop);
  g_ptr_array_add (self->projects, other);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  self->recordings = g_ptr_array_new_with_free_func (g_free);
  self->claims = g_ptr_array_new_with_free_func (g_free);
  self->now_ms = G_GINT64_CONSTANT (1795277000000);
  self->tracker = side_asterisk_tracker_new (self->projects, &funcs, self);
  side_asterisk_tracker_set_live (self->tracker, TRUE, self->now_ms);
  return self;
}

void
side_replay_free (SideReplay *self)
{
  if (self == NULL)
    return;
  side_asterisk_tracker_free (self->tracker);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->recordings);
  g_ptr_array_unref (self->claims);
  g_ptr_array_unref (self->projects);
  g_free (self);
}

char *
side_replay_load (const char *name,
                  gsize      *length)
{
  g_autofree char *relative = g_build_filename ("data", "ami", name, NULL);
  g_autofree char *path = side_test_data (relative);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Gives the bytes to a reader, its messages to the tracker; how many. */
guint
side_replay_bytes (SideReplay *self,
                   const char *bytes,
                   gsize       length)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  g_autoptr (GError) error = NULL;
  SideAmiMessage message;
  SideAmiStep step;
  guint n = 0;

  while (length > 0)
    {
      gsize room;
      guint8 *to = side_ami_reader_reserve (reader, &room);

      room = MIN (room, length);
      memcpy (to, bytes, room);
      side_ami_reader_commit (reader, room);
      bytes += room;
      length -= room;
      while ((step = side_ami_reader_next (reader, &message, &error)) == SIDE_AMI_MESSAGE)
        {
          side_asterisk_tracker_message (self->tracker, &message, self->now_ms);
          n++;
        }
      g_assert_no_error (error);
    }
  return n;
}

void
side_replay_file (SideReplay *self,
                  const char *name)
{
  gsize length;
  g_autofree char *bytes = side_replay_load (name, &length);

  g_assert_cmpuint (side_replay_bytes (self, bytes, length), >, 0);
}

void
side_replay_log (SideReplay *self,
                 const char *lines)
{
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);

  for (gsize i = 0; split[i] != NULL; i++)
    {
      SideQueueLogEntry *entry = side_queue_log_parse (split[i], strlen (split[i]));

      if (entry != NULL)
        {
          entry->offset = self->log_offset;
          side_asterisk_tracker_log (self->tracker, entry, self->now_ms);
        }
      self->log_offset += (goffset) strlen (split[i]) + 1;
    }
}

static const char *
visit_of (const char *call)
{
  const char *dot = call != NULL ? strrchr (call, '.') : NULL;

  return dot != NULL ? dot + 1 : "-";
}

/* "ended 24:sales:1 wait=0.5 talk=2.5 outcome=answered by=caller" */
char *
side_replay_describe (const SideEvent *event)
{
  GString *text = g_string_new (strchr (side_event_kind_to_string (event->kind), '.') + 1);

  if (event->kind == SIDE_EVENT_OPERATOR_STATE)
    g_string_append_printf (text, " %s %s %s", event->project, event->name,
                            side_operator_state_to_string (event->state));
  else if (event->kind == SIDE_EVENT_QUEUE_MEMBER)
    g_string_append_printf (text, " %s %s %s", event->name, event->queue,
                            side_member_change_to_string (event->member));
  if (event->call != NULL)
    g_string_append_printf (text, " %s", visit_of (event->call));
  if (event->kind == SIDE_EVENT_CALL_JOINED)
    g_string_append_printf (text, " %s→%s", event->caller, event->dialled);
  if (event->kind == SIDE_EVENT_CALL_RINGING || event->kind == SIDE_EVENT_CALL_ANSWERED)
    g_string_append_printf (text, " %s", event->name);
  if (event->kind == SIDE_EVENT_CALL_ANSWERED || event->kind == SIDE_EVENT_CALL_ENDED)
    g_string_append_printf (text, " wait=%.1f", (double) event->wait_ms / 1000.0);
  if (event->kind == SIDE_EVENT_CALL_ENDED)
    g_string_append_printf (text, " talk=%.1f hold=%.1f %s", (double) event->talk_ms / 1000.0,
                            (double) event->hold_ms / 1000.0, side_outcome_to_string (event->outcome));
  if (event->ended_by != SIDE_PARTY_UNKNOWN)
    g_string_append_printf (text, " by=%s", side_party_to_string (event->ended_by));
  if (event->transfer != SIDE_TRANSFER_NONE)
    g_string_append_printf (text, " %s→%s", side_transfer_to_string (event->transfer), event->target);
  if (event->reason != NULL)
    g_string_append_printf (text, " (%s)", event->reason);
  if (event->backfilled)
    g_string_append (text, " late");
  return g_string_free (text, FALSE);
}

/* All that was told, a line an event. */
char *
side_replay_story (SideReplay *self,
                   gboolean    calls_only)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (self->events, i);
      g_autofree char *line = side_replay_describe (event);

      if (calls_only && event->call == NULL)
        continue;
      if (calls_only && (event->kind == SIDE_EVENT_OPERATOR_STATE || event->kind == SIDE_EVENT_QUEUE_MEMBER))
        continue;
      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

void
side_replay_forget (SideReplay *self)
{
  g_ptr_array_set_size (self->events, 0);
  g_ptr_array_set_size (self->recordings, 0);
  self->suspicions = 0;
}
