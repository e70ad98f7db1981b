/* side-live.c - the live stream, to many readers at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers with the same scope (the same projects, the same names) are a
 * group. Events are gathered for a tick and written once a group as one
 * message, which each of its readers is sent as it is.
 *
 * Back-pressure. A message is "under way" until the reader acknowledges it.
 * A reader with 64 messages or 1 MiB under way is stalled: it is sent nothing
 * more, and nothing is kept for it. When it has acknowledged half of what was
 * under way it gets a fresh snapshot, which stands for all it missed. So the
 * memory a reader can take is bounded whether it reads or not. Snapshots can
 * be large; those under way to all readers together are bounded too, and who
 * comes when there is no room waits for its turn.
 *
 * Changed documents are only hinted at, at most twice a second: who has the
 * right to which of them the feed of changes knows.
 *
 * What readers say (acknowledgements, pongs) is no hurry: all of them are
 * looked at every 50 ms.
 *
 * A reader that is silent for 30 s (no acknowledgement, no pong) is cut off,
 * and so is one that takes no snapshot within a minute, or whose token is not
 * valid any more.
 */
#include "side-live-private.h"

#include <string.h>

#include "side-http-listener.h"

#define SWEEP_S              5
#define MIN_DELAY_MS         5
#define PUMP_MS              50
#define DOCUMENTS_MS         500
#define MAX_SNAPSHOT_BYTES   (64 * 1024 * 1024)
#define SNAPSHOT_TIMEOUT_US  (60 * G_USEC_PER_SEC)
#define GOODBYE_US           (10 * G_USEC_PER_SEC)
#define MAX_MESSAGES_A_SWEEP 2000

G_DEFINE_FINAL_TYPE (SideLive, side_live, G_TYPE_OBJECT)

/* Clients */

typedef struct {
  guint64 seq;
  gsize   bytes;
} UnderWay;

static void
client_free (gpointer data)
{
  SideLiveClient *client = data;

  side_web_socket_free (client->socket);
  g_array_unref (client->under_way);
  g_ptr_array_unref (client->projects);
  g_clear_pointer (&client->account, side_account_unref);
  g_free (client);
}

static void
forget_snapshot (SideLiveClient *client)
{
  client->live->snapshot_bytes -= client->snapshot_bytes;
  client->snapshot_bytes = 0;
  client->snapshot_us = 0;
}

static void
remove_client (SideLiveClient *client)
{
  SideLive *self = client->live;
  SideLiveGroup *group = client->group;

  forget_snapshot (client);
  g_ptr_array_remove_fast (group->clients, client);
  if (group->clients->len == 0)
    g_hash_table_remove (self->groups, group->key);
  g_ptr_array_remove_fast (self->clients, client);
  client_free (client);
}

static void
closed_cb (SideWebSocket *socket,
           gpointer       user_data)
{
  remove_client (user_data);
}

static gboolean
is_open (const SideLiveClient *client)
{
  return side_web_socket_is_open (client->socket);
}

void
_side_live_say_goodbye (SideLiveClient *client,
                        guint16         code,
                        const char     *why)
{
  if (!is_open (client))
    return;
  client->goodbye_us = g_get_monotonic_time ();
  side_web_socket_close (client->socket, code, why);
}

static void
transmit (SideLiveClient *client,
          GBytes         *message)
{
  client->sent_us = g_get_monotonic_time ();
  side_web_socket_send (client->socket, message);
}

static void
transmit_counted (SideLiveClient *client,
                  GBytes         *message,
                  guint64         seq)
{
  UnderWay entry = { seq, g_bytes_get_size (message) };

  g_array_append_val (client->under_way, entry);
  client->bytes_under_way += entry.bytes;
  if (client->under_way->len >= SIDE_WIRE_WINDOW || client->bytes_under_way >= SIDE_LIVE_MAX_BYTES)
    client->stalled = TRUE;
  transmit (client, message);
}

/* What the gathered events hold is in the snapshot already; the reader passes
 * over events with numbers it has seen. */
static void
send_snapshot (SideLiveClient *client)
{
  SideLive *self = client->live;
  g_autoptr (GBytes) message = NULL;

  client->wants_snapshot = TRUE;
  if (!is_open (client) || self->snapshot_bytes >= MAX_SNAPSHOT_BYTES)
    return;
  message = _side_live_snapshot (self, client->group);
  forget_snapshot (client);
  client->wants_snapshot = FALSE;
  client->snapshot_seq = side_board_get_seq (side_hub_get_board (self->hub));
  client->snapshot_bytes = g_bytes_get_size (message);
  client->snapshot_us = g_get_monotonic_time ();
  self->snapshot_bytes += client->snapshot_bytes;
  client->stalled = FALSE;
  transmit (client, message);
}

static void
serve_waiting (SideLive *self)
{
  for (guint i = 0; i < self->clients->len && self->snapshot_bytes < MAX_SNAPSHOT_BYTES; i++)
    {
      SideLiveClient *client = g_ptr_array_index (self->clients, i);

      if (client->wants_snapshot)
        send_snapshot (client);
    }
}

static void
acknowledge (SideLiveClient *client,
             guint64         seq)
{
  guint n = 0;
  gboolean had_snapshot = client->snapshot_bytes > 0;

  while (n < client->under_way->len && g_array_index (client->under_way, UnderWay, n).seq <= seq)
    client->bytes_under_way -= g_array_index (client->under_way, UnderWay, n++).bytes;
  if (n > 0)
    g_array_remove_range (client->under_way, 0, n);
  if (had_snapshot && seq >= client->snapshot_seq)
    forget_snapshot (client);
  if (client->stalled && !client->wants_snapshot && client->under_way->len <= SIDE_WIRE_WINDOW / 2
      && client->bytes_under_way <= SIDE_LIVE_MAX_BYTES / 2)
    send_snapshot (client);
  if (had_snapshot)
    serve_waiting (client->live);
}

static void
message_cb (SideWebSocket *socket,
            const char    *text,
            gsize          len,
            gpointer       user_data)
{
  SideLiveClient *client = user_data;
  g_autoptr (SideWireMessage) message = NULL;

  if (++client->n_messages > MAX_MESSAGES_A_SWEEP)
    {
      _side_live_say_goodbye (client, SIDE_WEB_SOCKET_TOO_BIG, "too much at once");
      return;
    }
  message = side_wire_message_from_json (text, (gssize) len, NULL);
  if (message == NULL)
    _side_live_say_goodbye (client, SIDE_WEB_SOCKET_BAD_DATA, "not a message of this protocol");
  else if (message->type == SIDE_WIRE_ACK)
    acknowledge (client, message->seq);
}

static void
heard_cb (SideWebSocket *socket,
          gpointer       user_data)
{
  ((SideLiveClient *) user_data)->heard_us = g_get_monotonic_time ();
}

static const SideWebSocketEvents socket_events = { message_cb, heard_cb, closed_cb };

/* Ticks */

static void
flush (SideLive *self)
{
  guint64 seq = side_board_get_seq (side_hub_get_board (self->hub));
  GHashTableIter iter;
  gpointer value;

  self->flushed_us = g_get_monotonic_time ();
  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SideLiveGroup *group = value;
      g_autoptr (GBytes) message = _side_live_encode_events (self, group, self->pending, 0);

      for (guint i = 0; message != NULL && i < group->clients->len; i++)
        {
          SideLiveClient *client = g_ptr_array_index (group->clients, i);

          if (!client->stalled && !client->wants_snapshot && is_open (client))
            transmit_counted (client, message, seq);
        }
    }
  g_ptr_array_set_size (self->pending, 0);
}

static gboolean
tick_cb (gpointer data)
{
  SideLive *self = data;

  self->tick_id = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

/* The first event after a pause goes out almost at once, so that the picture
 * is not later than it must be; those that follow wait for the tick. */
static void
schedule_tick (SideLive *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->flushed_us) / 1000;
  gint64 delay_ms = CLAMP (SIDE_LIVE_TICK_MS - since_ms, MIN_DELAY_MS, SIDE_LIVE_TICK_MS);

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_full (G_PRIORITY_HIGH, (guint) delay_ms, tick_cb, self, NULL);
}

static void
hub_event_cb (SideHub   *hub,
              SideEvent *event,
              SideLive  *self)
{
  if (self->ring->len == SIDE_LIVE_RING)
    g_ptr_array_remove_range (self->ring, 0, SIDE_LIVE_RING / 4);
  g_ptr_array_add (self->ring, side_event_ref (event));
  if (self->clients->len == 0)
    return;
  g_ptr_array_add (self->pending, side_event_ref (event));
  schedule_tick (self);
}

/* Documents */

static gboolean
has_changed (const SideLiveClient *client)
{
  for (guint i = 0; i < client->projects->len; i++)
    if (g_hash_table_contains (client->live->changed, g_ptr_array_index (client->projects, i)))
      return TRUE;
  return FALSE;
}

static gboolean
documents_cb (gpointer data)
{
  SideLive *self = data;
  g_autoptr (GBytes) message =
      _side_live_frame (side_wire_documents_message (side_board_get_seq (side_hub_get_board (self->hub)),
                                                     side_clock_now_ms (side_hub_get_clock (self->hub))));

  self->changed_id = 0;
  self->changed_us = g_get_monotonic_time ();
  /* One that stalls misses it, and asks in its own time as those do that know no such message. */
  for (guint i = 0; i < self->clients->len; i++)
    {
      SideLiveClient *client = g_ptr_array_index (self->clients, i);

      if (!client->stalled && !client->wants_snapshot && is_open (client)
          && has_changed (client))
        transmit (client, message);
    }
  g_hash_table_remove_all (self->changed);
  return G_SOURCE_REMOVE;
}

/**
 * side_live_tell_documents:
 * @self: the stream
 * @project: the project one of whose documents was written or deleted
 *
 * Tells its readers soon, once for all that changes within half a second.
 */
void
side_live_tell_documents (SideLive   *self,
                          const char *project)
{
  gint64 since_ms = (g_get_monotonic_time () - self->changed_us) / 1000;

  g_return_if_fail (SIDE_IS_LIVE (self));
  if (self->closed || self->clients->len == 0 || project == NULL)
    return;
  g_hash_table_add (self->changed, (gpointer) g_intern_string (project));
  if (self->changed_id == 0)
    self->changed_id = g_timeout_add ((guint) CLAMP (DOCUMENTS_MS - since_ms, MIN_DELAY_MS, DOCUMENTS_MS), documents_cb, self);
}

/* Keeping an eye on all */

static gboolean
pump_cb (gpointer data)
{
  SideLive *self = data;

  side_web_set_pump (self->set);
  if (self->clients->len > 0)
    return G_SOURCE_CONTINUE;
  self->pump_id = 0;
  return G_SOURCE_REMOVE;
}

static GBytes *
tick_message (SideLive *self)
{
  return _side_live_frame (side_wire_tick_message (side_board_get_seq (side_hub_get_board (self->hub)),
                                           side_clock_now_ms (side_hub_get_clock (self->hub))));
}

static void
sweep_client (SideLiveClient *client,
              gint64          now_us)
{
  SideLive *self = client->live;

  client->n_messages = 0;
  if (now_us - client->heard_us > SIDE_WIRE_DEAD_MS * G_GINT64_CONSTANT (1000)
      || (client->snapshot_us != 0 && now_us - client->snapshot_us > SNAPSHOT_TIMEOUT_US))
    {
      _side_live_say_goodbye (client, SIDE_WEB_SOCKET_GOING_AWAY, "not heard of for too long");
    }
  else if (!client->stalled && !client->wants_snapshot && is_open (client)
           && now_us - client->sent_us >= SIDE_WIRE_QUIET_MS * G_GINT64_CONSTANT (1000))
    {
      g_autoptr (GBytes) message = tick_message (self);

      transmit (client, message);
    }
}

/* A ping is due every 15 s, which is every third sweep. */
static void
ping_all (SideLive *self)
{
  if (++self->n_sweeps * SWEEP_S % SIDE_WIRE_PING_S != 0)
    return;
  for (guint i = self->clients->len; i-- > 0;)
    side_web_socket_ping (((SideLiveClient *) g_ptr_array_index (self->clients, i))->socket);
}

static gboolean
sweep_cb (gpointer data)
{
  SideLive *self = data;
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = self->clients->len; i-- > 0;)
    {
      SideLiveClient *client = g_ptr_array_index (self->clients, i);

      if (client->goodbye_us != 0 && now_us - client->goodbye_us > GOODBYE_US)
        remove_client (client);   /* who takes nothing takes no good-bye either */
      else
        sweep_client (client, now_us);
    }
  ping_all (self);
  serve_waiting (self);
  _side_live_check_tokens (self);
  return G_SOURCE_CONTINUE;
}

/* Coming and going */

/* What it missed, when the ring still has it; NULL for "give it a snapshot". */
static GBytes *
resume_message (SideLive      *self,
                SideLiveGroup *group,
                gint64         after)
{
  guint64 seq = side_board_get_seq (side_hub_get_board (self->hub));
  guint64 oldest = self->ring->len > 0 ? ((SideEvent *) g_ptr_array_index (self->ring, 0))->seq : seq + 1;
  GBytes *message;

  if (after < 0 || (guint64) after > seq || (guint64) after + 1 < oldest
      || (guint64) after + 1 < side_hub_get_first_seq (self->hub))
    return NULL;
  message = _side_live_encode_events (self, group, self->ring, (guint64) after);
  return message != NULL ? message : tick_message (self);
}

static void
welcome (SideLiveClient *client,
         gint64          after)
{
  SideLive *self = client->live;
  g_autoptr (GBytes) missed = resume_message (self, client->group, after);

  if (missed != NULL && g_bytes_get_size (missed) < SIDE_LIVE_MAX_BYTES)
    transmit_counted (client, missed, side_board_get_seq (side_hub_get_board (self->hub)));
  else
    send_snapshot (client);
}

typedef struct {
  SideLive    *live;
  SideAccount *account;
  char       **projects;
  gint64       after;
  guint8       token_hash[SIDE_TOKEN_HASH_BYTES];
} Upgrade;

static void
upgrade_free (gpointer  data,
              GClosure *closure)
{
  Upgrade *upgrade = data;

  g_object_unref (upgrade->live);
  side_account_unref (upgrade->account);
  g_strfreev (upgrade->projects);
  g_free (upgrade);
}

static void
add_client (SideLive      *self,
            GIOStream     *stream,
            int            fd,
            const Upgrade *upgrade)
{
  static const char *const nothing[] = { NULL };
  SideLiveClient *client = g_new0 (SideLiveClient, 1);
  /* The board shows what everybody is doing: an operator's has nothing on it. */
  const char *const *shown = upgrade->account->role != SIDE_ROLE_OPERATOR ? (const char *const *) upgrade->projects : nothing;

  client->live = self;
  client->projects = g_ptr_array_new ();
  for (gsize i = 0; upgrade->projects[i] != NULL; i++)
    g_ptr_array_add (client->projects, (gpointer) g_intern_string (upgrade->projects[i]));
  client->account = side_account_ref (upgrade->account);
  memcpy (client->token_hash, upgrade->token_hash, SIDE_TOKEN_HASH_BYTES);
  client->under_way = g_array_new (FALSE, FALSE, sizeof (UnderWay));
  client->heard_us = client->sent_us = g_get_monotonic_time ();
  client->group = _side_live_ensure_group (self, shown, upgrade->account->role == SIDE_ROLE_CLIENT);
  /* Whoever comes now gets what was gathered from its snapshot or the ring. */
  flush (self);
  g_ptr_array_add (client->group->clients, client);
  g_ptr_array_add (self->clients, client);
  client->socket = side_web_socket_new (self->set, stream, fd, &socket_events, client);
  if (self->pump_id == 0)
    self->pump_id = g_timeout_add (PUMP_MS, pump_cb, self);
  welcome (client, upgrade->after);
}

static void
switched_cb (SoupServerMessage *msg,
             Upgrade           *upgrade)
{
  g_autoptr (SoupServerMessage) kept = g_object_ref (msg);
  g_autoptr (GIOStream) stream = NULL;
  int fd;

  if (soup_server_message_get_status (msg) != SOUP_STATUS_SWITCHING_PROTOCOLS || upgrade->live->closed)
    return;
  fd = side_http_listener_let_go (msg);   /* from here on our own sweep sees to it */
  stream = soup_server_message_steal_connection (msg);
  if (stream != NULL && fd >= 0)
    add_client (upgrade->live, stream, fd, upgrade);
}

/**
 * side_live_upgrade:
 * @self: the stream
 * @msg: a request that holds a valid handshake
 * @account: who asks
 * @projects: what they may see; of an operator, who sees nothing of the board, whose documents
 * @after: number of the last event they have, -1 for none
 * @token_hash: by what they signed in, to be looked up again now and then
 *
 * Without extensions: deflating for each reader anew would cost ten times the
 * rest.
 */
void
side_live_upgrade (SideLive          *self,
                   SoupServerMessage *msg,
                   SideAccount       *account,
                   const char *const *projects,
                   gint64             after,
                   const guint8      *token_hash)
{
  static char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };
  Upgrade *upgrade;

  g_return_if_fail (SIDE_IS_LIVE (self));
  upgrade = g_new0 (Upgrade, 1);
  upgrade->live = g_object_ref (self);
  upgrade->account = side_account_ref (account);
  upgrade->projects = g_strdupv ((char **) projects);
  upgrade->after = after;
  memcpy (upgrade->token_hash, token_hash, SIDE_TOKEN_HASH_BYTES);
  g_signal_connect_data (msg, "wrote-informational", G_CALLBACK (switched_cb), upgrade, upgrade_free, 0);
  soup_websocket_server_process_handshake (msg, NULL, protocols, NULL, NULL);
}

/**
 * side_live_close_token:
 * @self: the stream
 * @token_hash: a token that was revoked
 *
 * Ends the streams opened with it.
 */
void
side_live_close_token (SideLive     *self,
                       const guint8 *token_hash)
{
  g_return_if_fail (SIDE_IS_LIVE (self));
  for (guint i = 0; i < self->clients->len; i++)
    {
      SideLiveClient *client = g_ptr_array_index (self->clients, i);

      if (memcmp (client->token_hash, token_hash, SIDE_TOKEN_HASH_BYTES) == 0)
        _side_live_say_goodbye (client, SIDE_WEB_SOCKET_POLICY, "signed out");
    }
}

/**
 * side_live_close:
 * @self: the stream
 *
 * Says good-bye to all readers and lets them go.
 */
void
side_live_close (SideLive *self)
{
  g_return_if_fail (SIDE_IS_LIVE (self));
  if (self->closed)
    return;
  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->pump_id, g_source_remove);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->changed_id, g_source_remove);
  for (guint i = 0; i < self->clients->len; i++)
    _side_live_say_goodbye (g_ptr_array_index (self->clients, i), SIDE_WEB_SOCKET_GOING_AWAY, "the server is stopping");
  while (self->clients->len > 0)
    remove_client (g_ptr_array_index (self->clients, 0));
}

guint
side_live_count (SideLive *self)
{
  g_return_val_if_fail (SIDE_IS_LIVE (self), 0);
  return self->clients->len;
}

SideLive *
side_live_new (SideHub *hub)
{
  SideLive *self = g_object_new (SIDE_TYPE_LIVE, NULL);

  self->hub = g_object_ref (hub);
  g_signal_connect_object (hub, "event", G_CALLBACK (hub_event_cb), self, 0);
  return self;
}

static void
side_live_finalize (GObject *object)
{
  SideLive *self = SIDE_LIVE (object);

  side_live_close (self);
  g_ptr_array_unref (self->clients);
  g_hash_table_unref (self->groups);
  g_ptr_array_unref (self->pending);
  g_ptr_array_unref (self->ring);
  g_hash_table_unref (self->changed);
  g_clear_object (&self->cancellable);
  side_web_set_free (self->set);
  g_clear_object (&self->hub);
  G_OBJECT_CLASS (side_live_parent_class)->finalize (object);
}

static void
side_live_class_init (SideLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_live_finalize;
}

static void
side_live_init (SideLive *self)
{
  self->clients = g_ptr_array_new ();
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, _side_live_group_free);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  self->ring = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  self->changed = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->set = side_web_set_new ();
  self->sweep_id = g_timeout_add_seconds (SWEEP_S, sweep_cb, self);
}
