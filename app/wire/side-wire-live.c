/* side-wire-live.c - the messages of the live stream
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text message of the WebSocket is one JSON object with a "type". The
 * server gathers the events of a tick into one message, so that the cost of a
 * delivery is that of a message, not of an event.
 */
#include "side-wire-private.h"

static GString *
begin (const char *type,
       guint64     seq,
       gint64      at_ms)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "type", type);
  side_json_int (out, "seq", (gint64) seq);
  if (at_ms != 0)
    side_json_int (out, "at_ms", at_ms);
  return out;
}

/**
 * side_wire_snapshot_messages:
 * @board: the board
 * @projects: (nullable): ids of the projects its reader may see; %NULL for all
 * @view: (nullable): whom it is written for
 * @snapshot: what else it says
 *
 * A day of many calls is more than one message may hold: what does not fit
 * follows in messages of its own, in order, with nothing between them.
 *
 * Returns: (transfer full) (element-type utf8): the messages, at least one
 */
GPtrArray *
side_wire_snapshot_messages (SideBoard              *board,
                             const char *const      *projects,
                             const SideWireView     *view,
                             const SideWireSnapshot *snapshot)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);
  guint64 seq = side_board_get_seq (board);
  GString *out = begin ("snapshot", seq, snapshot->at_ms);
  g_autoptr (GArray) written = NULL;
  GPtrArray *all = side_board_get_projects (board);
  gboolean more = FALSE;

  side_json_int (out, "window", snapshot->window);
  side_json_string_maybe (out, "epoch", snapshot->epoch);
  side_json_name (out, "board");
  written = _side_wire_append_some (out, board, projects, view, snapshot->part_bytes);
  for (guint i = 0; i < all->len; i++)
    more |= g_array_index (written, guint, i) < ((SideBoardProject *) g_ptr_array_index (all, i))->calls->len;
  if (more)
    side_json_boolean (out, "more", TRUE);
  side_json_close (out, '}');
  g_ptr_array_add (messages, _side_wire_take (out));
  while (more)
    {
      out = begin ("snapshot.part", seq, snapshot->at_ms);
      more = _side_wire_append_rest (out, board, view, snapshot->part_bytes, written);
      if (more)
        side_json_boolean (out, "more", TRUE);
      side_json_close (out, '}');
      g_ptr_array_add (messages, _side_wire_take (out));
    }
  return messages;
}

/**
 * side_wire_append_events_message:
 * @out: an empty text or one to be used again, the message goes to its end
 * @events: (array length=n_events): events, oldest first
 * @n_events: their number
 * @seq: number of the newest event the message stands for; events its reader
 *   may not see count too
 * @at_ms: now
 * @view: (nullable): whom it is written for
 *
 * Encoded once for all readers of one scope, and sent to each as it is.
 */
void
side_wire_append_events_message (GString            *out,
                                 SideEvent *const   *events,
                                 gsize               n_events,
                                 guint64             seq,
                                 gint64              at_ms,
                                 const SideWireView *view)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "type", "events");
  side_json_int (out, "seq", (gint64) seq);
  side_json_int (out, "at_ms", at_ms);
  side_json_open (out, "events", '[');
  for (gsize i = 0; i < n_events; i++)
    side_wire_append_event (out, events[i], view);
  side_json_close (out, ']');
  side_json_close (out, '}');
}

/**
 * side_wire_tick_message:
 * @seq: number of the newest event there is
 * @at_ms: now
 *
 * Returns: (transfer full): the message that says all is well and nothing happened
 */
char *
side_wire_tick_message (guint64 seq,
                        gint64  at_ms)
{
  GString *out = begin ("tick", seq, at_ms);

  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_documents_message:
 * @seq: number of the newest event there is
 * @at_ms: now
 *
 * Returns: (transfer full): the message that says that documents changed, and
 *   nothing of which: the reader asks the feed of changes
 */
char *
side_wire_documents_message (guint64 seq,
                             gint64  at_ms)
{
  GString *out = begin ("documents", seq, at_ms);

  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_ack_message:
 * @seq: that of the last message dealt with
 *
 * Returns: (transfer full): the message to the server
 */
char *
side_wire_ack_message (guint64 seq)
{
  GString *out = begin ("ack", seq, 0);

  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_message_free:
 * @message: (transfer full) (nullable): a message
 */
void
side_wire_message_free (SideWireMessage *message)
{
  if (message == NULL)
    return;
  g_free (message->epoch);
  g_clear_object (&message->board);
  g_clear_pointer (&message->events, g_ptr_array_unref);
  g_free (message);
}

static gpointer
read_event (JsonNode  *node,
            GError   **error)
{
  return side_wire_event_from_node (node, error);
}

static gboolean
read_snapshot (SideWireMessage  *message,
               JsonObject       *object,
               GError          **error)
{
  JsonNode *board = NULL;

  message->window = SIDE_WIRE_WINDOW;
  if (!side_json_read_int (object, "window", 1, &message->window, error)
      || !side_json_read_boolean (object, "more", &message->more, error)
      || !_side_wire_read_epoch (object, &message->epoch, error)
      || !side_json_read_object (object, "board", &board, error)
      || !side_json_need (board != NULL, "board", error))
    return FALSE;
  message->board = side_wire_board_from_node (board, error);
  return message->board != NULL;
}

static gboolean
read_part (SideWireMessage  *message,
           JsonObject       *object,
           GError          **error)
{
  if (!side_json_read_boolean (object, "more", &message->more, error))
    return FALSE;
  message->board = _side_wire_read_rest (object, error);
  return message->board != NULL;
}

static gboolean
read_events (SideWireMessage  *message,
             JsonObject       *object,
             GError          **error)
{
  message->events = _side_wire_read_list (object, "events", read_event, (GDestroyNotify) side_event_unref, error);
  return message->events != NULL;
}

static SideWireMessageType
type_from_word (const char *word)
{
  static const char *const words[] = { "", "snapshot", "events", "tick", "ack", "snapshot.part", "documents" };

  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      return i;
  return SIDE_WIRE_UNKNOWN;
}

/**
 * side_wire_message_from_json:
 * @text: a text message of the stream
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * A server that reads its clients' messages checks their size against
 * SIDE_WIRE_MAX_ACK before it calls this.
 *
 * Returns: (transfer full): the message
 */
SideWireMessage *
side_wire_message_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  g_autoptr (SideWireMessage) message = NULL;
  JsonObject *object;
  const char *type = NULL;
  gint64 seq = -1;

  if (node == NULL)
    return NULL;
  object = json_node_get_object (node);
  message = g_new0 (SideWireMessage, 1);
  if (!side_json_read_text (object, "type", SIDE_JSON_MAX_INTERN, &type, error)
      || !side_json_need (type != NULL, "type", error))
    return NULL;
  message->type = type_from_word (type);
  if (message->type == SIDE_WIRE_UNKNOWN)
    return g_steal_pointer (&message);
  if (!side_json_read_int64 (object, "seq", 0, &seq, error)
      || !side_json_need (seq >= 0, "seq", error)
      || !side_json_read_ms (object, "at_ms", 0, &message->at_ms, error))
    return NULL;
  message->seq = (guint64) seq;
  if (message->type == SIDE_WIRE_SNAPSHOT && !read_snapshot (message, object, error))
    return NULL;
  if (message->type == SIDE_WIRE_SNAPSHOT_PART && !read_part (message, object, error))
    return NULL;
  if (message->type == SIDE_WIRE_EVENTS && !read_events (message, object, error))
    return NULL;
  return g_steal_pointer (&message);
}
