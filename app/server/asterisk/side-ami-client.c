/* side-ami-client.c - one signed-in connection to an Asterisk manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection is a Link: everything that dies with it. Callbacks of a link
 * that is not the client's current one are of a connection that was given up,
 * and are ignored. Actions are matched to their answers by ActionID, which
 * begins with a random word of the connection: nobody who can only make
 * Asterisk print something (a caller's number) can forge an answer.
 */
#include "side-ami-client.h"

#include <string.h>

#include "side-ami-link.h"
#include "side-error.h"

#define PENDING_MAX 256

typedef struct {
  SideAmiClient   *client;     /* not owned */
  char            *action_id;
  GTask           *task;
  SideAmiItemFunc  item;
  gpointer         item_data;
  SideAmiMessage  *response;   /* of a list, while its items come */
  guint            timeout;
  gulong           cancelled;
} Pending;

struct _SideAmiClient
{
  GObject       parent_instance;
  char         *host;
  guint16       port;
  gboolean      tls;
  char         *ca_file;
  char         *user;
  char         *secret;
  gboolean      retry;
  SideAmiTimes  times;
  gboolean      running;
  SideAmiState  state;
  SideAmiLink  *link;
  char         *banner;
  GError       *error;         /* why it is down */
  GHashTable   *pending;       /* action id -> Pending */
  char         *nonce;
  guint64       last_id;
  guint         retry_ms;
  guint         retry_timer;
  guint         ping_timer;
  gint64        heard_us;      /* on the last connection */
};

G_DEFINE_FINAL_TYPE (SideAmiClient, side_ami_client, G_TYPE_OBJECT)

enum { SIGNAL_STATE, SIGNAL_MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void connect_now (SideAmiClient *self);

static void
pending_free (gpointer data)
{
  Pending *pending = data;
  GCancellable *cancellable = g_task_get_cancellable (pending->task);

  g_clear_handle_id (&pending->timeout, g_source_remove);
  if (pending->cancelled != 0)
    g_signal_handler_disconnect (cancellable, pending->cancelled);
  g_clear_pointer (&pending->response, side_ami_message_free);
  g_object_unref (pending->task);
  g_free (pending->action_id);
  g_free (pending);
}

static void
set_state (SideAmiClient *self,
           SideAmiState   state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE], 0, state, self->error);
}

/* Ends an action; its callback may do anything, even drop the client. */
static void
settle (SideAmiClient  *self,
        Pending        *pending,
        SideAmiMessage *response,
        GError         *error)
{
  g_autoptr (GTask) task = g_object_ref (pending->task);

  g_hash_table_remove (self->pending, pending->action_id);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, response, (GDestroyNotify) side_ami_message_free);
}

static void
settle_all (SideAmiClient *self,
            const GError  *error)
{
  g_autoptr (GHashTable) pending = g_steal_pointer (&self->pending);
  GHashTableIter iter;
  gpointer value;

  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pending_free);
  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_task_return_error (((Pending *) value)->task, g_error_copy (error));
}

static gboolean
on_retry (gpointer data)
{
  SideAmiClient *self = data;

  self->retry_timer = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

/* The pause doubles up to its bound; a quarter of it either way is chance, so
 * that many clients of one PBX do not come back all at once. */
static void
plan_retry (SideAmiClient *self)
{
  guint pause = self->retry_ms;

  if (g_error_matches (self->error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED))
    pause = self->times.retry_max_ms;
  pause = (guint) (pause * g_random_double_range (0.75, 1.25));
  self->retry_ms = MIN (self->retry_ms * 2, self->times.retry_max_ms);
  self->retry_timer = g_timeout_add (MAX (pause, 1), on_retry, self);
}

/* Gives the connection up for @error (transfer full). */
static void
go_down (SideAmiClient *self,
         GError        *error)
{
  g_object_ref (self);
  g_clear_handle_id (&self->ping_timer, g_source_remove);
  if (self->link != NULL)
    self->heard_us = side_ami_link_heard (self->link);
  g_clear_pointer (&self->link, side_ami_link_drop);
  g_clear_error (&self->error);
  self->error = error;
  settle_all (self, error);
  if (self->running && self->retry && self->retry_timer == 0)
    plan_retry (self);
  set_state (self, SIDE_AMI_DOWN);
  g_object_unref (self);
}

static void
on_pong (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  SideAmiClient *self = SIDE_AMI_CLIENT (source);
  g_autoptr (GError) error = NULL;

  side_ami_message_free (side_ami_client_send_finish (self, result, &error));
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT) && self->link == data)
    go_down (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT,
                                        "the PBX does not answer the keep-alive"));
}

static gboolean
on_ping (gpointer data)
{
  SideAmiClient *self = data;

  side_ami_client_send_async (self, "Ping", NULL, NULL, NULL, NULL, on_pong, self->link);
  return G_SOURCE_CONTINUE;
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  SideAmiClient *self = SIDE_AMI_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (self, result, &error);

  if (self->link != data || self->link == NULL)
    return;
  if (reply == NULL)
    {
      if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FAILED))
        go_down (self, g_error_new (SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED,
                                    "the PBX refuses the user “%s” or its secret", self->user));
      else
        go_down (self, g_steal_pointer (&error));
      return;
    }
  self->retry_ms = self->times.retry_min_ms;
  self->ping_timer = g_timeout_add (self->times.ping_ms, on_ping, self);
  g_clear_error (&self->error);
  set_state (self, SIDE_AMI_READY);
}

static void
on_challenge (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  SideAmiClient *self = SIDE_AMI_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (self, result, &error);
  g_autoptr (GChecksum) md5 = NULL;
  const char *challenge;

  if (self->link != data || self->link == NULL)
    return;
  challenge = reply != NULL ? side_ami_message_get (reply, "Challenge") : NULL;
  if (challenge == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "the PBX offers no MD5 sign-in");
      go_down (self, g_steal_pointer (&error));
      return;
    }
  md5 = g_checksum_new (G_CHECKSUM_MD5);
  g_checksum_update (md5, (const guchar *) challenge, -1);
  g_checksum_update (md5, (const guchar *) self->secret, -1);
  side_ami_client_send_async (self, "Login",
                              (const char *[]) { "AuthType", "MD5", "Username", self->user,
                                                 "Key", g_checksum_get_string (md5), NULL },
                              NULL, NULL, NULL, on_signed_in, self->link);
}

/* A list's last event ends with ListItems, after nothing of a caller's. */
static gboolean
ends_list (const SideAmiMessage *message)
{
  return side_ami_message_get (message, "ListItems") != NULL
         && side_ami_message_get (message, "CallerIDName") == NULL
         && (side_ami_message_is (message, "EventList", "Complete")
             || side_ami_message_is (message, "EventList", "Cancelled"));
}

static void
take_answer (SideAmiClient        *self,
             Pending              *pending,
             const SideAmiMessage *message)
{
  const char *response = side_ami_message_get (message, "Response");

  if (response == NULL)
    {
      if (pending->response == NULL)
        return;
      if (ends_list (message))
        settle (self, pending, g_steal_pointer (&pending->response), NULL);
      else if (pending->item != NULL)
        pending->item (message, pending->item_data);
      return;
    }
  if (g_ascii_strcasecmp (response, "Error") == 0)
    {
      const char *words = side_ami_message_get (message, "Message");
      gboolean denied = words != NULL && strstr (words, "ermission denied") != NULL;

      settle (self, pending, NULL,
              g_error_new (SIDE_ERROR, denied ? SIDE_ERROR_FORBIDDEN : SIDE_ERROR_FAILED,
                           "%s", words != NULL ? words : "the PBX refuses without a word"));
      return;
    }
  if (side_ami_message_is (message, "EventList", "start"))
    pending->response = side_ami_message_copy (message);
  else
    settle (self, pending, side_ami_message_copy (message), NULL);
}

static void
on_link_message (SideAmiLink          *link,
                 SideAmiStep           step,
                 const SideAmiMessage *message,
                 gpointer              data)
{
  SideAmiClient *self = data;
  const char *action_id;
  Pending *pending;

  if (step == SIDE_AMI_BANNER)
    {
      g_free (self->banner);
      self->banner = g_strdup (message->fields[0].value);
      set_state (self, SIDE_AMI_SIGNING_IN);
      side_ami_client_send_async (self, "Challenge", (const char *[]) { "AuthType", "MD5", NULL },
                                  NULL, NULL, NULL, on_challenge, self->link);
      return;
    }
  action_id = side_ami_message_get (message, "ActionID");
  pending = action_id != NULL ? g_hash_table_lookup (self->pending, action_id) : NULL;
  if (pending != NULL)
    take_answer (self, pending, message);
  else if (side_ami_message_get (message, "Event") != NULL && self->state == SIDE_AMI_READY)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

static void
on_link_broken (SideAmiLink  *link,
                const GError *error,
                gpointer      data)
{
  go_down (data, g_error_copy (error));
}

static void
connect_now (SideAmiClient *self)
{
  static const SideAmiLinkFuncs funcs = { on_link_message, on_link_broken };
  SideAmiAddress address = {
    .host = self->host, .port = self->port, .tls = self->tls, .tls_ca_file = self->ca_file,
  };

  g_free (self->nonce);
  self->nonce = g_uuid_string_random ();
  self->link = side_ami_link_open (&address, self->times.connect_ms, &funcs, self);
  set_state (self, SIDE_AMI_CONNECTING);
}

static gboolean
on_answer_late (gpointer data)
{
  Pending *pending = data;

  pending->timeout = 0;
  settle (pending->client, pending, NULL,
          g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "the PBX did not answer in time"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_idle (gpointer data)
{
  return on_answer_late (data);
}

/* Only plans the end: a handler of "cancelled" must not disconnect itself. The
 * task then reports the cancellation, since it checks its cancellable. */
static void
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Pending *pending = data;

  g_clear_handle_id (&pending->timeout, g_source_remove);
  pending->timeout = g_idle_add (on_cancelled_idle, pending);
}

/**
 * side_ami_compose:
 * @action: an action's name
 * @action_id: its identifier
 * @headers: (nullable): names and values in turn, %NULL-terminated
 * @error: return location
 *
 * A CR or LF in a value would begin a header or an action of its own, so such
 * a value fails with %SIDE_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the bytes to send
 */
char *
side_ami_compose (const char          *action,
                  const char          *action_id,
                  const char * const  *headers,
                  GError             **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "Action: %s\r\nActionID: %s\r\n", action, action_id);
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i += 2)
    {
      g_return_val_if_fail (headers[i + 1] != NULL, NULL);
      if (strpbrk (headers[i], "\r\n:") != NULL || strpbrk (headers[i + 1], "\r\n") != NULL
          || strlen (headers[i]) + strlen (headers[i + 1]) > 1000)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                       "the value of “%s” cannot be sent to the PBX: it is too long or has a line break",
                       strpbrk (headers[i], "\r\n") != NULL ? "?" : headers[i]);
          return NULL;
        }
      g_string_append_printf (text, "%s: %s\r\n", headers[i], headers[i + 1]);
    }
  g_string_append (text, "\r\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * side_ami_client_send_async:
 * @self: a client
 * @action: an action's name
 * @headers: (nullable): names and values in turn, %NULL-terminated
 * @item: (nullable): for the events of the answer, where it is a list
 * @item_data: its argument, alive until @callback
 * @cancellable: (nullable): takes it back; the PBX may do it all the same
 * @callback: called once, within the bound of SideAmiTimes
 * @data: its argument
 *
 * Fails with %SIDE_ERROR_INVALID for a value that cannot be sent,
 * %SIDE_ERROR_FORBIDDEN without the right, %SIDE_ERROR_FAILED when the PBX
 * refuses, %SIDE_ERROR_TIMED_OUT or %SIDE_ERROR_DISCONNECTED without answer.
 */
void
side_ami_client_send_async (SideAmiClient       *self,
                            const char          *action,
                            const char * const  *headers,
                            SideAmiItemFunc      item,
                            gpointer             item_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Pending *pending;

  g_return_if_fail (SIDE_IS_AMI_CLIENT (self));
  g_return_if_fail (action != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, side_ami_client_send_async);
  if (self->link == NULL || self->state < SIDE_AMI_SIGNING_IN)
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "not connected to the PBX");
  else if (g_hash_table_size (self->pending) >= PENDING_MAX)
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_BUSY, "too many actions wait for the PBX");
  else
    {
      id = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, self->nonce, ++self->last_id);
      text = side_ami_compose (action, id, headers, &error);
    }
  if (text == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  pending = g_new0 (Pending, 1);
  pending->client = self;
  pending->action_id = g_steal_pointer (&id);
  pending->task = g_steal_pointer (&task);
  pending->item = item;
  pending->item_data = item_data;
  pending->timeout = g_timeout_add (self->times.answer_ms, on_answer_late, pending);
  if (cancellable != NULL)
    pending->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), pending);
  g_hash_table_replace (self->pending, pending->action_id, pending);
  side_ami_link_write (self->link, text);
}

/**
 * side_ami_client_send_finish:
 * @self: a client
 * @result: of side_ami_client_send_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the response; of a list the first one
 */
SideAmiMessage *
side_ami_client_send_finish (SideAmiClient  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_ami_client_dup_last_id:
 * @self: a client
 *
 * Some actions go on after their answer, and what comes of them is an event
 * with the same ActionID.
 *
 * Returns: (transfer full): the ActionID of what was sent last
 */
char *
side_ami_client_dup_last_id (SideAmiClient *self)
{
  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), NULL);
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT, self->nonce, self->last_id);
}

/**
 * side_ami_client_start:
 * @self: a client
 * @error: return location
 *
 * Begins to connect. Fails with %SIDE_ERROR_INVALID on a user or host that
 * can never work; a PBX that is not there is no failure.
 *
 * Returns: whether it works on it from now on
 */
gboolean
side_ami_client_start (SideAmiClient  *self,
                       GError        **error)
{
  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), FALSE);

  if (*self->host == '\0' || *self->user == '\0' || self->port == 0
      || strpbrk (self->user, "\r\n") != NULL || strpbrk (self->secret, "\r\n") != NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                           "the PBX's host, port and user must be given, on one line each");
      return FALSE;
    }
  if (self->running)
    return TRUE;
  self->running = TRUE;
  self->retry_ms = self->times.retry_min_ms;
  connect_now (self);
  return TRUE;
}

/**
 * side_ami_client_stop:
 * @self: a client
 *
 * Closes the connection; actions without an answer fail.
 */
void
side_ami_client_stop (SideAmiClient *self)
{
  g_return_if_fail (SIDE_IS_AMI_CLIENT (self));

  if (!self->running)
    return;
  self->running = FALSE;
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  go_down (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CANCELLED, "stopped"));
}

/**
 * side_ami_client_get_state:
 * @self: a client
 *
 * Returns: the connection's state
 */
SideAmiState
side_ami_client_get_state (SideAmiClient *self)
{
  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), SIDE_AMI_DOWN);
  return self->state;
}

/**
 * side_ami_client_get_banner:
 * @self: a client
 *
 * Returns: (nullable): the manager's greeting of the newest connection
 */
const char *
side_ami_client_get_banner (SideAmiClient *self)
{
  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), NULL);
  return self->banner;
}

/**
 * side_ami_client_get_silence_ms:
 * @self: a client
 *
 * Returns: how long ago the PBX was heard last, its answers to the keep-alive
 *   included; 0 if never
 */
gint64
side_ami_client_get_silence_ms (SideAmiClient *self)
{
  gint64 heard_us;

  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), 0);

  heard_us = self->link != NULL ? side_ami_link_heard (self->link) : self->heard_us;
  return heard_us != 0 ? (g_get_monotonic_time () - heard_us) / 1000 : 0;
}

/**
 * side_ami_client_get_error:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): why it is down
 */
const GError *
side_ami_client_get_error (SideAmiClient *self)
{
  g_return_val_if_fail (SIDE_IS_AMI_CLIENT (self), NULL);
  return self->error;
}

/**
 * side_ami_times_default:
 * @times: (out): bounds that suit a PBX on the same machine or network
 */
void
side_ami_times_default (SideAmiTimes *times)
{
  *times = (SideAmiTimes) {
    .connect_ms = 10000, .answer_ms = 10000, .ping_ms = 10000,
    .retry_min_ms = 500, .retry_max_ms = 30000,
  };
}

/**
 * side_ami_client_new:
 * @address: where to connect and as whom; copied
 * @times: (nullable): bounds; %NULL for the default ones
 *
 * Returns: (transfer full): a client that is not started
 */
SideAmiClient *
side_ami_client_new (const SideAmiAddress *address,
                     const SideAmiTimes   *times)
{
  SideAmiClient *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (SIDE_TYPE_AMI_CLIENT, NULL);
  self->host = g_strdup (address->host != NULL ? address->host : "");
  self->port = address->port;
  self->tls = address->tls;
  self->ca_file = g_strdup (address->tls_ca_file);
  self->user = g_strdup (address->user != NULL ? address->user : "");
  self->secret = g_strdup (address->secret != NULL ? address->secret : "");
  self->retry = address->retry;
  if (times != NULL)
    self->times = *times;
  else
    side_ami_times_default (&self->times);
  return self;
}

static void
side_ami_client_dispose (GObject *object)
{
  side_ami_client_stop (SIDE_AMI_CLIENT (object));
  G_OBJECT_CLASS (side_ami_client_parent_class)->dispose (object);
}

static void
side_ami_client_finalize (GObject *object)
{
  SideAmiClient *self = SIDE_AMI_CLIENT (object);

  g_hash_table_unref (self->pending);
  g_free (self->host);
  g_free (self->ca_file);
  g_free (self->user);
  explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->banner);
  g_free (self->nonce);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_ami_client_parent_class)->finalize (object);
}

static void
side_ami_client_class_init (SideAmiClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = side_ami_client_dispose;
  object_class->finalize = side_ami_client_finalize;

  signals[SIGNAL_STATE] =
      g_signal_new ("state", SIDE_TYPE_AMI_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);
  signals[SIGNAL_MESSAGE] =
      g_signal_new ("message", SIDE_TYPE_AMI_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
side_ami_client_init (SideAmiClient *self)
{
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pending_free);
}
