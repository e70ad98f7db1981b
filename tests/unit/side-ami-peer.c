/* side-ami-peer.c - a scripted Asterisk manager, polite or rude
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-ami-peer.h"

#include <string.h>

static gboolean
send_text (GSocket    *socket,
           const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = g_socket_send (socket, text, left, NULL, NULL);

      if (n <= 0)
        return FALSE;
      text += n;
      left -= (gsize) n;
    }
  return TRUE;
}

static char *
value_of (const char *action,
          const char *name)
{
  g_autofree char *start = g_strdup_printf ("%s: ", name);
  const char *found = strstr (action, start);
  const char *end = found != NULL ? strstr (found, "\r\n") : NULL;

  return end != NULL ? g_strndup (found + strlen (start), (gsize) (end - found) - strlen (start)) : g_strdup ("");
}

static gboolean
answer_login (GSocket    *socket,
              const char *action,
              const char *id)
{
  g_autofree char *key = value_of (action, "Key");
  g_autofree char *user = value_of (action, "Username");
  g_autofree char *right = g_compute_checksum_for_string (G_CHECKSUM_MD5, "12345" "geheim", -1);
  gboolean fine = strcmp (key, right) == 0 && strcmp (user, "sidetone") == 0;
  g_autofree char *text = g_strdup_printf ("Response: %s\r\nActionID: %s\r\nMessage: Authentication %s\r\n\r\n",
                                           fine ? "Success" : "Error", id, fine ? "accepted" : "failed");

  return send_text (socket, text) && fine;
}

static gboolean
answer_queues (SideAmiPeer *peer,
               GSocket     *socket,
               const char  *id)
{
  g_autofree char *items = NULL;
  g_autofree char *text = NULL;
  int turn = g_atomic_int_get (&peer->connections) - 1;
  int n_plays = peer->plays != NULL ? (int) g_strv_length ((char **) peer->plays) : 0;
  g_auto (GStrv) parts = g_strsplit (peer->queues != NULL ? peer->queues : "", "@", -1);

  items = g_strjoinv (id, parts);
  text = g_strdup_printf ("Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n%s"
                          "Event: QueueStatusComplete\r\nActionID: %s\r\nEventList: Complete\r\nListItems: 1\r\n\r\n",
                          id, items, id);
  if (!send_text (socket, text))
    return FALSE;
  return turn >= n_plays || (send_text (socket, peer->plays[turn]) && FALSE);
}

/* What the test wants answered to it. Returns: (nullable): the text with "@" */
static const char *
find_reply (SideAmiPeer *peer,
            const char  *action)
{
  for (gsize i = 0; peer->replies != NULL && peer->replies[i] != NULL; i += 2)
    if (g_str_has_prefix (action + strlen ("Action: "), peer->replies[i]))
      return peer->replies[i + 1];
  return NULL;
}

static gboolean
send_reply (GSocket    *socket,
            const char *reply,
            const char *id)
{
  g_auto (GStrv) parts = g_strsplit (reply, "@", -1);
  g_autofree char *text = g_strjoinv (id, parts);

  return send_text (socket, text);
}

static gboolean
answer (SideAmiPeer       *peer,
        GSocket    *socket,
        const char *action)
{
  g_autofree char *id = value_of (action, "ActionID");
  g_autofree char *text = NULL;
  const char *reply = find_reply (peer, action);

  if (reply != NULL)
    return send_reply (socket, reply, id);
  if (g_str_has_prefix (action, "Action: Challenge"))
    text = g_strdup_printf ("Response: Success\r\nActionID: %s\r\nChallenge: 12345\r\n\r\n", id);
  else if (g_str_has_prefix (action, "Action: Login"))
    {
      if (!answer_login (socket, action, id))
        return FALSE;
      if (peer->kind == PEER_FLOOD)
        {
          g_autofree char *line = g_strnfill (20000, 'x');
          return send_text (socket, line);
        }
      return peer->kind != PEER_HANGS_UP
             && send_text (socket, "Event: FullyBooted\r\nPrivilege: system,all\r\n\r\n");
    }
  else if (peer->kind == PEER_NO_PONG)
    return TRUE;
  else if (g_str_has_prefix (action, "Action: QueueStatus"))
    return answer_queues (peer, socket, id);
  else if (g_str_has_prefix (action, "Action: ListCommands"))
    text = g_strdup_printf ("Response: Success\r\nActionID: %s\r\n%s\r\n", id, peer->commands != NULL ? peer->commands : "");
  else if (g_str_has_prefix (action, "Action: List"))
    text = g_strdup_printf ("Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n"
                            "Event: Item\r\nN: 1\r\nActionID: %s\r\n\r\n"
                            "Event: Other\r\nN: 9\r\n\r\n"
                            "Event: Item\r\nN: 2\r\nActionID: %s\r\n\r\n"
                            "Event: Item\r\nEventList: Complete\r\nListItems: 0\r\nCallerIDName: x\r\nActionID: %s\r\n\r\n"
                            "Event: ListComplete\r\nActionID: %s\r\nEventList: Complete\r\nListItems: 2\r\n\r\n",
                            id, id, id, id, id);
  else if (g_str_has_prefix (action, "Action: Refuse"))
    text = g_strdup_printf ("Response: Error\r\nActionID: %s\r\nMessage: Permission denied\r\n\r\n", id);
  else if (g_str_has_prefix (action, "Action: Fail"))
    text = g_strdup_printf ("Response: Error\r\nActionID: %s\r\n\r\n", id);
  else if (g_str_has_prefix (action, "Action: Ignore"))
    return TRUE;
  else
    text = g_strdup_printf ("Response: Success\r\nActionID: %s\r\nPing: Pong\r\n\r\n", id);
  return send_text (socket, text);
}

static void
serve (SideAmiPeer    *peer,
       GSocket *socket)
{
  g_autoptr (GString) buffer = g_string_new (NULL);
  gboolean going = TRUE;

  if (peer->kind == PEER_NONSENSE)
    going = send_text (socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
  else if (peer->kind != PEER_SILENT)
    going = send_text (socket, "Asterisk Call Manager/11.0.0\r\n");
  g_socket_set_timeout (socket, 1);
  while (going && !g_atomic_int_get (&peer->stop))
    {
      char bytes[4096];
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, bytes, sizeof bytes, NULL, &error);
      char *end;

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        continue;
      if (n <= 0)
        break;
      g_string_append_len (buffer, bytes, n);
      g_mutex_lock (&peer->lock);
      g_string_append_len (peer->heard, bytes, n);
      g_mutex_unlock (&peer->lock);
      while (going && (end = strstr (buffer->str, "\r\n\r\n")) != NULL)
        {
          g_autofree char *action = g_strndup (buffer->str, (gsize) (end - buffer->str) + 2);

          g_string_erase (buffer, 0, end - buffer->str + 4);
          going = answer (peer, socket, action);
        }
    }
  g_socket_close (socket, NULL);
}

static gpointer
run_peer (gpointer data)
{
  SideAmiPeer *peer = data;

  g_socket_set_timeout (peer->listener, 1);
  while (!g_atomic_int_get (&peer->stop))
    {
      g_autoptr (GSocket) socket = g_socket_accept (peer->listener, NULL, NULL);

      if (socket == NULL)
        continue;
      g_atomic_int_inc (&peer->connections);
      serve (peer, socket);
    }
  return NULL;
}

SideAmiPeer *
side_ami_peer_new (SideAmiPeerKind kind)
{
  SideAmiPeer *peer = g_new0 (SideAmiPeer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  peer->kind = kind;
  peer->heard = g_string_new (NULL);
  g_mutex_init (&peer->lock);
  peer->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (peer->listener, any, TRUE, &error));
  g_assert_true (g_socket_listen (peer->listener, &error));
  bound = g_socket_get_local_address (peer->listener, &error);
  peer->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  peer->thread = g_thread_new ("peer", run_peer, peer);
  return peer;
}

void
side_ami_peer_free (SideAmiPeer *peer)
{
  g_atomic_int_set (&peer->stop, 1);
  g_thread_join (peer->thread);
  g_object_unref (peer->listener);
  g_string_free (peer->heard, TRUE);
  g_mutex_clear (&peer->lock);
  g_free (peer);
}

/* Plays one text to each connection and hangs up after it; what comes after
 * the last one is answered politely. "@" in @queues stands for the ActionID. */
SideAmiPeer *
side_ami_peer_play (const char         *queues,
                    const char * const *plays)
{
  SideAmiPeer *peer = side_ami_peer_new (PEER_PLAYS);

  peer->queues = queues;
  peer->plays = plays;
  return peer;
}

/**
 * side_ami_peer_heard:
 * @peer: a peer
 * @action: name of an action
 *
 * Returns: (transfer full): all such actions it was sent, one after another,
 *   without their ids
 */
char *
side_ami_peer_heard (SideAmiPeer *peer,
                     const char  *action)
{
  g_autofree char *begins = g_strdup_printf ("Action: %s\r\n", action);
  g_autofree char *all = NULL;
  g_auto (GStrv) actions = NULL;
  GString *found = g_string_new (NULL);

  g_mutex_lock (&peer->lock);
  all = g_strdup (peer->heard->str);
  g_mutex_unlock (&peer->lock);
  actions = g_strsplit (all, "\r\n\r\n", -1);
  for (gsize i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) lines = g_strsplit (actions[i], "\r\n", -1);

      if (!g_str_has_prefix (actions[i], begins))
        continue;
      for (gsize k = 1; lines[k] != NULL; k++)
        if (!g_str_has_prefix (lines[k], "ActionID: "))
          g_string_append_printf (found, "%s\n", lines[k]);
    }
  return g_string_free (found, FALSE);
}
