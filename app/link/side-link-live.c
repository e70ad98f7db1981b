/* side-link-live.c - the live stream, and how it comes back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   OFFLINE --start--> CONNECTING --first message--> LIVE
 *      ^                |    ^                        |
 *      | refused for    |    | time or retry_now      | closed, silent, nonsense
 *      | good           v    |                        |
 *      +------------- (break) --> WAITING <-----------+
 *
 * A stream that breaks is opened again after a pause that doubles from
 * backoff-ms to a minute and is drawn at random from its upper half, so that
 * the apps of a call centre don't come back all at once. It goes on after the
 * last event seen; the server answers with what was missed, or a snapshot.
 * TCP tells of a dead peer late or never, so silence is watched: the server
 * says something every 5 s, and 30 s of nothing means that the link is dead.
 */
#include "side-link-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BACKOFF_MS 60000
#define LARGE_BYTES    (256 * 1024)            /* takes some 10 ms to read: not in the frame of a window */
#define PROVEN_US      (10 * G_USEC_PER_SEC)   /* a stream that stood for so long was a good one */

static void connect_live (SideLink *self);

static void
set_state (SideLink      *self,
           SideLinkState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_STATE]);
}

/* @reason: (transfer full) (nullable) */
static void
take_reason (SideLink *self,
             GError   *reason)
{
  if (self->reason == NULL && reason == NULL)
    return;
  g_clear_error (&self->reason);
  self->reason = reason;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_REASON]);
}

static void
set_retry_at (SideLink *self,
              gint64    at_ms)
{
  if (self->retry_at_ms == at_ms)
    return;
  self->retry_at_ms = at_ms;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_RETRY_AT_MS]);
}

static void
set_seq (SideLink *self,
         guint64   seq)
{
  if (self->seq == seq)
    return;
  self->seq = seq;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_SEQ]);
}

/* The server told which archive its numbers are of. When it is another one,
 * nothing we know can be resumed from. @epoch: nullable: an older server */
void
_side_link_note_epoch (SideLink   *self,
                       const char *epoch)
{
  if (epoch == NULL || g_strcmp0 (self->epoch, epoch) == 0)
    return;
  if (self->epoch != NULL)
    set_seq (self, 0);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_EPOCH]);
}

/* Something was heard: by the clock for people, by the monotonic one for us. */
static void
note_heard (SideLink *self)
{
  self->heard_us = g_get_monotonic_time ();
  self->last_heard_ms = side_clock_now_ms (self->clock);
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_LAST_HEARD_MS]);
}

/* Lets go of the stream or of the attempt at one. A stream that stands is
 * closed politely: it holds itself until the peer has answered or five seconds
 * have passed, libsoup sees to that. */
static void
drop_stream (SideLink *self)
{
  _side_link_drop_source (&self->watchdog);
  _side_link_drop_source (&self->retry);
  g_queue_clear_full (&self->inbox, (GDestroyNotify) g_bytes_unref);
  self->reading = FALSE;
  g_clear_object (&self->arriving);
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  if (self->socket == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->socket, self);
  if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    {
      g_signal_connect (g_object_ref (self->socket), "closed", G_CALLBACK (g_object_unref), NULL);
      soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    }
  g_clear_object (&self->socket);
}

static gboolean
on_retry (gpointer data)
{
  connect_live (data);
  return G_SOURCE_REMOVE;
}

/* Whether only a person can put it right. */
static gboolean
is_hopeless (const GError *error)
{
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED)
         || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN)
         || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED);
}

static guint
next_pause_ms (SideLink *self)
{
  guint shift = MIN (self->n_failures, 16);
  guint64 whole = MIN ((guint64) self->backoff_ms << shift, MAX_BACKOFF_MS);

  self->n_failures++;
  return (guint) MAX (1, whole / 2 + (guint64) (g_random_double () * (double) (whole - whole / 2)));
}

/* The stream broke, or did not come about. @error: (transfer full) */
static void
break_off (SideLink *self,
           GError   *error)
{
  guint pause_ms;

  g_debug ("live stream: %s", error->message);
  drop_stream (self);
  if (self->live_since_us != 0 && g_get_monotonic_time () - self->live_since_us >= PROVEN_US)
    self->n_failures = 0;
  self->live_since_us = 0;
  if (is_hopeless (error))
    {
      take_reason (self, error);
      set_retry_at (self, 0);
      set_state (self, SIDE_LINK_OFFLINE);
      return;
    }
  pause_ms = next_pause_ms (self);
  self->retry = _side_link_add_timeout (self, pause_ms, on_retry);
  take_reason (self, error);
  set_retry_at (self, side_clock_now_ms (self->clock) + pause_ms);
  set_state (self, SIDE_LINK_WAITING);
}

static gboolean
on_watchdog (gpointer data)
{
  SideLink *self = data;

  if (g_get_monotonic_time () - self->heard_us < (gint64) self->silence_ms * 1000)
    return G_SOURCE_CONTINUE;
  break_off (self, g_error_new (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("%s has fallen silent"), self->host));
  return G_SOURCE_REMOVE;
}

static void
go_live (SideLink *self)
{
  if (self->state == SIDE_LINK_LIVE)
    return;
  self->live_since_us = g_get_monotonic_time ();
  take_reason (self, NULL);
  set_retry_at (self, 0);
  set_state (self, SIDE_LINK_LIVE);
}

/* Events the receiver has not had yet; after a resume the first may be known. */
static GPtrArray *
only_new (GPtrArray *events,
          guint64    after)
{
  GPtrArray *fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);

  for (guint i = 0; i < events->len; i++)
    {
      SideEvent *event = g_ptr_array_index (events, i);

      if (event->seq > after)
        g_ptr_array_add (fresh, side_event_ref (event));
    }
  return fresh;
}

static void
take_snapshot (SideLink *self,
               guint64   seq)
{
  g_autoptr (SideBoard) board = g_steal_pointer (&self->arriving);

  set_seq (self, seq);
  go_live (self);
  _side_link_emit_snapshot (self, board, seq);
}

static void
handle_message (SideLink        *self,
                SideWireMessage *message)
{
  g_autoptr (GPtrArray) fresh = NULL;

  switch (message->type)
    {
    case SIDE_WIRE_SNAPSHOT:
      g_set_object (&self->arriving, message->board);
      _side_link_note_epoch (self, message->epoch);
      if (!message->more)
        take_snapshot (self, message->seq);
      break;
    case SIDE_WIRE_SNAPSHOT_PART:
      if (self->arriving == NULL)
        break;
      side_wire_board_add (self->arriving, message->board);
      if (!message->more)
        take_snapshot (self, message->seq);
      break;
    case SIDE_WIRE_EVENTS:
      fresh = only_new (message->events, self->seq);
      set_seq (self, MAX (self->seq, message->seq));
      go_live (self);
      if (fresh->len > 0)
        _side_link_emit_events (self, fresh, self->seq);
      break;
    case SIDE_WIRE_TICK:
      set_seq (self, MAX (self->seq, message->seq));
      go_live (self);
      break;
    case SIDE_WIRE_DOCUMENTS:
      set_seq (self, MAX (self->seq, message->seq));
      go_live (self);
      _side_link_emit_documents (self);
      break;
    case SIDE_WIRE_UNKNOWN:
    case SIDE_WIRE_ACK:
    default:
      break;
    }
}

/* Takes in one message, read or not. @message: nullable; @error: set when it is NULL */
static void
take_message (SideLink        *self,
              SideWireMessage *message,
              const GError    *error)
{
  SoupWebsocketConnection *socket = self->socket;

  if (message == NULL)
    {
      break_off (self, _side_link_map_error (self, NULL, error));
      return;
    }
  handle_message (self, message);
  /* A receiver may have stopped the stream. What was dealt with is
   * acknowledged, so that the server never piles up more than its window; a
   * snapshot in pieces with its last one. */
  if (socket == self->socket && message->type != SIDE_WIRE_UNKNOWN && !message->more
      && soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    {
      g_autofree char *ack = side_wire_ack_message (message->seq);
      soup_websocket_connection_send_text (socket, ack);
    }
}

static SideWireMessage *
read_bytes (GBytes  *bytes,
            GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);

  return side_wire_message_from_json (text != NULL ? text : "", (gssize) n, error);
}

/* Who waits for a large message that is on its way through a worker. It goes
 * with the callback and never with the task, whose data the worker may be the
 * last to hold. */
typedef struct {
  GWeakRef                 link;
  SoupWebsocketConnection *socket;    /* it came by; only compared */
} Reading;

static void
reading_free (Reading *reading)
{
  g_weak_ref_clear (&reading->link);
  g_object_unref (reading->socket);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
read_work (GTask        *job,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  GError *error = NULL;
  SideWireMessage *message = read_bytes (task_data, &error);

  if (message != NULL)
    g_task_return_pointer (job, message, (GDestroyNotify) side_wire_message_free);
  else
    g_task_return_error (job, error);
}

static void read_inbox (SideLink *self);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (SideLink) self = g_weak_ref_get (&reading->link);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideWireMessage) message = g_task_propagate_pointer (G_TASK (result), &error);

  /* The stream it came by may be another's turn by now, or over. */
  if (self == NULL || self->socket != reading->socket)
    return;
  self->reading = FALSE;
  take_message (self, message, error);
  read_inbox (self);
}

static void
read_in_worker (SideLink *self,
                GBytes   *bytes)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) job = g_task_new (NULL, NULL, on_read, reading);

  g_weak_ref_init (&reading->link, self);
  reading->socket = g_object_ref (self->socket);
  self->reading = TRUE;
  g_task_set_task_data (job, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (job, read_work);
}

/* Messages are taken in as they came; behind a large one they wait. */
static void
read_inbox (SideLink *self)
{
  while (!self->reading && !g_queue_is_empty (&self->inbox))
    {
      g_autoptr (GBytes) bytes = g_queue_pop_head (&self->inbox);
      g_autoptr (SideWireMessage) message = NULL;
      g_autoptr (GError) error = NULL;

      if (g_bytes_get_size (bytes) > LARGE_BYTES)
        {
          read_in_worker (self, bytes);
          return;
        }
      message = read_bytes (bytes, &error);
      if (message != NULL)
        _side_link_note_offset (self, message->at_ms, 0);
      take_message (self, message, error);
    }
}

static void
on_message (SoupWebsocketConnection *socket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  g_autoptr (SideLink) self = g_object_ref (user_data);

  note_heard (self);
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  g_queue_push_tail (&self->inbox, g_bytes_ref (bytes));
  read_inbox (self);
}

static void
on_error (SoupWebsocketConnection *socket,
          GError                  *error,
          gpointer                 user_data)
{
  SideLink *self = SIDE_LINK (user_data);

  /* "closed" comes next and breaks off; it knows the code, this the words. */
  take_reason (self, _side_link_map_error (self, NULL, error));
}

/* Returns: (transfer full): why the server closed; RFC 6455 §7.4.1 */
static GError *
error_for_close (SideLink                *self,
                 SoupWebsocketConnection *socket)
{
  gushort code = soup_websocket_connection_get_close_code (socket);

  if (self->state == SIDE_LINK_CONNECTING && self->reason != NULL)
    return g_error_copy (self->reason);
  switch (code)
    {
    case SOUP_WEBSOCKET_CLOSE_GOING_AWAY:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("%s is shutting down"), self->host);
    case SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED, _("%s ended the session"), self->host);
    case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE, _("%s: a message is too large"), self->host);
    default:
      if (self->reason != NULL)
        return g_error_copy (self->reason);
      return g_error_new (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("%s broke the connection off: %s"),
                          self->host, _("no reason given"));
    }
}

static void
on_closed (SoupWebsocketConnection *socket,
           gpointer                 user_data)
{
  SideLink *self = SIDE_LINK (user_data);

  break_off (self, error_for_close (self, socket));
}

static void
adopt_socket (SideLink                *self,
              SoupWebsocketConnection *socket)
{
  self->socket = socket;
  soup_websocket_connection_set_max_incoming_payload_size (socket, SIDE_WIRE_MAX_MESSAGE);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "error", G_CALLBACK (on_error), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
}

/* Of one handshake; it outlives a link that is gone, and then touches nothing. */
typedef struct {
  SideLink     *self;          /* not owned: valid until @cancellable is cancelled */
  GCancellable *cancellable;
  SoupMessage  *message;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->cancellable);
  g_object_unref (attempt->message);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

/* Returns: (transfer full): why there is no WebSocket. */
static GError *
error_for_handshake (SideLink     *self,
                     SoupMessage  *message,
                     const GError *error)
{
  guint status = soup_message_get_status (message);
  const char *host = g_uri_get_host (soup_message_get_uri (message));

  if (error->domain != SOUP_WEBSOCKET_ERROR || status < 400)
    return _side_link_map_error (self, message, error);
  switch (side_wire_error_from_status (status))
    {
    case SIDE_ERROR_UNAUTHORIZED:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED, _("%s asks to sign in again"), host);
    case SIDE_ERROR_FORBIDDEN:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_FORBIDDEN, _("%s does not allow the live view"), host);
    case SIDE_ERROR_NOT_FOUND:
    case SIDE_ERROR_INVALID:
      return g_error_new (SIDE_ERROR, SIDE_ERROR_INVALID, _("%s does not answer as a Sidetone server: %s"), host,
                          soup_status_get_phrase (status));
    default:
      return side_wire_problem_from_json (status, NULL, 0, NULL);
    }
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  SideLink *self;

  if (g_cancellable_is_cancelled (attempt->cancellable))
    {
      g_clear_object (&socket);
      return;
    }
  self = attempt->self;
  g_clear_object (&self->attempt);
  if (socket == NULL)
    {
      break_off (self, error_for_handshake (self, attempt->message, error));
      return;
    }
  if (g_strcmp0 (soup_websocket_connection_get_protocol (socket), SIDE_WIRE_SUBPROTOCOL) != 0)
    {
      g_object_unref (socket);
      break_off (self, g_error_new (SIDE_ERROR, SIDE_ERROR_INVALID, _("%s does not answer as a Sidetone server: %s"),
                                    self->host, _("it speaks another protocol")));
      return;
    }
  self->heard_us = g_get_monotonic_time ();
  adopt_socket (self, socket);
}

static char *
live_path (SideLink *self)
{
  g_autoptr (GString) path = g_string_new ("/live");

  if (self->seq > 0)
    g_string_append_printf (path, "?after=%" G_GUINT64_FORMAT, self->seq);
  if (self->seq > 0 && self->epoch != NULL)
    g_string_append_uri_escaped (g_string_append (path, "&epoch="), self->epoch, NULL, FALSE);
  if (self->project != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (self->project, NULL, FALSE);
      g_string_append_printf (path, "%cproject=%s", self->seq > 0 ? '&' : '?', escaped);
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
connect_live (SideLink *self)
{
  char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };
  g_autofree char *path = live_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = NULL;
  Attempt *attempt;

  drop_stream (self);
  set_retry_at (self, 0);
  message = _side_link_new_message (self, SOUP_METHOD_GET, path, &error);
  if (message == NULL)
    {
      break_off (self, g_steal_pointer (&error));
      return;
    }
  attempt = g_new0 (Attempt, 1);
  attempt->self = self;
  attempt->message = g_object_ref (message);
  attempt->cancellable = g_cancellable_new ();
  self->attempt = g_object_ref (attempt->cancellable);
  self->heard_us = g_get_monotonic_time ();
  self->watchdog = _side_link_add_timeout (self, MAX (1, self->silence_ms / 4), on_watchdog);
  set_state (self, SIDE_LINK_CONNECTING);
  soup_session_websocket_connect_async (self->soup, message, NULL, protocols, G_PRIORITY_DEFAULT,
                                        attempt->cancellable, on_connected, attempt);
}

/**
 * side_link_start_live:
 * @self: a link
 * @after_seq: number of the last event the caller has; 0 for a snapshot
 * @project: (nullable): id of the one project to tell of; %NULL for all granted
 *
 * Opens the live stream and keeps it open until side_link_stop_live(). A
 * stream that is open already is replaced.
 */
void
side_link_start_live (SideLink   *self,
                      guint64     after_seq,
                      const char *project)
{
  char *copy;

  g_return_if_fail (SIDE_IS_LINK (self));

  copy = g_strdup (project);
  g_free (self->project);
  self->project = copy;
  self->wanted = TRUE;
  self->n_failures = 0;
  self->live_since_us = 0;
  set_seq (self, after_seq);
  take_reason (self, NULL);
  connect_live (self);
}

/**
 * side_link_stop_live:
 * @self: a link
 *
 * Closes the live stream; it does not come back by itself.
 */
void
side_link_stop_live (SideLink *self)
{
  g_return_if_fail (SIDE_IS_LINK (self));

  self->wanted = FALSE;
  drop_stream (self);
  self->live_since_us = 0;
  take_reason (self, NULL);
  set_retry_at (self, 0);
  set_state (self, SIDE_LINK_OFFLINE);
}

/**
 * side_link_retry_now:
 * @self: a link
 *
 * Opens a live stream that is wanted and not open at once, whatever the
 * pause; also one that was given up because of its token or certificate.
 */
void
side_link_retry_now (SideLink *self)
{
  g_return_if_fail (SIDE_IS_LINK (self));

  if (self->wanted && (self->state == SIDE_LINK_WAITING || self->state == SIDE_LINK_OFFLINE))
    connect_live (self);
}

/* The workstation woke up or found its network again: no need to sit a pause out. */
static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    gpointer         user_data)
{
  SideLink *self = SIDE_LINK (user_data);

  if (available && self->wanted && self->state == SIDE_LINK_WAITING)
    connect_live (self);
}

void
_side_link_live_watch_network (SideLink *self)
{
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), self, 0);
}

void
_side_link_live_dispose (SideLink *self)
{
  self->wanted = FALSE;
  drop_stream (self);
}
