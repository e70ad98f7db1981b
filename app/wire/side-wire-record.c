/* side-wire-record.c - events and calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are flat records that describe themselves by a table, so the names of
 * the protocol are the names in the table. Empty members are not written: most
 * events use a quarter of theirs.
 */
#include "side-wire-private.h"

#define MEMBER(type, record, field) G_STRUCT_MEMBER (type, record, (field)->offset)

static void
write_field (GString         *out,
             const SideField *field,
             gconstpointer    record)
{
  switch (field->type)
    {
    case SIDE_FIELD_STRING:
    case SIDE_FIELD_INTERNED:
      side_json_string_maybe (out, field->name, MEMBER (const char *, record, field));
      break;
    case SIDE_FIELD_INT:
      side_json_int_maybe (out, field->name, MEMBER (int, record, field));
      break;
    case SIDE_FIELD_INT64:
    case SIDE_FIELD_UINT64:
      side_json_int_maybe (out, field->name, MEMBER (gint64, record, field));
      break;
    case SIDE_FIELD_BOOLEAN:
      if (MEMBER (gboolean, record, field))
        side_json_boolean (out, field->name, TRUE);
      break;
    case SIDE_FIELD_DOUBLE:
      side_json_double (out, field->name, MEMBER (double, record, field));
      break;
    case SIDE_FIELD_WORD:
      if (MEMBER (int, record, field) != 0)
        side_json_string (out, field->name, field->to_string (MEMBER (int, record, field)));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Writes the members of @record that are not empty. */
void
_side_wire_write_fields (GString         *out,
                         const SideField *fields,
                         gsize            n,
                         gconstpointer    record)
{
  for (gsize i = 0; i < n; i++)
    write_field (out, &fields[i], record);
}

static gboolean
read_field (JsonObject      *object,
            const SideField *field,
            gpointer         record,
            GError         **error)
{
  const char *word = NULL;

  switch (field->type)
    {
    case SIDE_FIELD_STRING:
      return side_json_read_string (object, field->name, &MEMBER (char *, record, field), error);
    case SIDE_FIELD_INTERNED:
      return side_json_read_interned (object, field->name, &MEMBER (const char *, record, field), error);
    case SIDE_FIELD_INT:
      return side_json_read_int (object, field->name, G_MININT, &MEMBER (int, record, field), error);
    case SIDE_FIELD_INT64:
      if (g_str_has_suffix (field->name, "_ms"))
        return side_json_read_ms (object, field->name, SIDE_JSON_MIN_MS, &MEMBER (gint64, record, field), error);
      return side_json_read_int64 (object, field->name, -SIDE_JSON_MAX_INT, &MEMBER (gint64, record, field), error);
    case SIDE_FIELD_UINT64:
      return side_json_read_int64 (object, field->name, 0, &MEMBER (gint64, record, field), error);
    case SIDE_FIELD_BOOLEAN:
      return side_json_read_boolean (object, field->name, &MEMBER (gboolean, record, field), error);
    case SIDE_FIELD_DOUBLE:
      return side_json_read_double (object, field->name, &MEMBER (double, record, field), error);
    case SIDE_FIELD_WORD:
      if (!side_json_read_text (object, field->name, SIDE_JSON_MAX_INTERN, &word, error))
        return FALSE;
      if (word != NULL)
        MEMBER (int, record, field) = field->from_string (word);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

gboolean
_side_wire_read_fields (JsonObject      *object,
                        const SideField *fields,
                        gsize            n,
                        gpointer         record,
                        GError         **error)
{
  for (gsize i = 0; i < n; i++)
    if (!read_field (object, &fields[i], record, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
_side_wire_read_list (JsonObject       *object,
                      const char       *name,
                      SideWireReadFunc  read,
                      GDestroyNotify    free_item,
                      GError          **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_item);
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error) || !side_json_need (array != NULL, name, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer item = read (json_array_get_element (array, i), error);

      if (item == NULL)
        {
          g_prefix_error (error, "%s %u: ", name, i);
          return NULL;
        }
      g_ptr_array_add (list, item);
    }
  return g_steal_pointer (&list);
}

/* An operator's name as @view shows it. */
static const char *
seen_name (const SideWireView *view,
           const char         *project,
           const char         *operator_id,
           const char         *name,
           const char         *alias)
{
  return view->name (project, operator_id, name, alias, view->user_data);
}

/* Members where a view changes something, in a shallow copy: nothing of it is
 * freed, so the borrowed pointers do no harm. */
static void
mask_event (SideEvent          *shown,
            const SideWireView *view)
{
  if (shown->operator_id != NULL && (shown->name != NULL || shown->alias != NULL))
    shown->name = seen_name (view, shown->project, shown->operator_id, shown->name, shown->alias);
  else
    shown->name = NULL;
  shown->alias = NULL;
}

/**
 * side_wire_append_event:
 * @out: the text it is written at the end of
 * @event: an event
 * @view: (nullable): whom it is written for
 *
 * Writes a comma first where one is due.
 */
void
side_wire_append_event (GString            *out,
                        const SideEvent    *event,
                        const SideWireView *view)
{
  gsize n;
  const SideField *fields = side_event_get_fields (&n);
  SideEvent shown = *event;

  if (view != NULL && (event->name != NULL || event->alias != NULL))
    mask_event (&shown, view);
  side_json_open (out, NULL, '{');
  if (event->kind == SIDE_EVENT_UNKNOWN)
    side_json_string (out, "kind", side_event_kind_to_string (event->kind));
  _side_wire_write_fields (out, fields, n, &shown);
  side_json_close (out, '}');
}

/**
 * side_wire_event_to_json:
 * @event: an event
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_event_to_json (const SideEvent *event)
{
  GString *out = g_string_new (NULL);

  side_wire_append_event (out, event, NULL);
  return _side_wire_take (out);
}

/**
 * side_wire_event_from_node:
 * @node: what should be an event
 * @error: SIDE_ERROR_INVALID
 *
 * A kind of a newer peer is read as SIDE_EVENT_UNKNOWN and is for the reader
 * to ignore.
 *
 * Returns: (transfer full): the event
 */
SideEvent *
side_wire_event_from_node (JsonNode  *node,
                           GError   **error)
{
  gsize n;
  const SideField *fields = side_event_get_fields (&n);
  JsonObject *object = side_json_as_object (node, "event", error);
  g_autoptr (SideEvent) event = NULL;

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "kind"), "kind", error)
      || !side_json_need (json_object_has_member (object, "at_ms"), "at_ms", error))
    return NULL;
  event = side_event_new (SIDE_EVENT_UNKNOWN, 0, NULL);
  if (!_side_wire_read_fields (object, fields, n, event, error))
    return NULL;
  return g_steal_pointer (&event);
}

/**
 * side_wire_event_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the event
 */
SideEvent *
side_wire_event_from_json (const char  *text,
                           gssize       len,
                           GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? side_wire_event_from_node (node, error) : NULL;
}

/**
 * side_wire_append_call:
 * @out: the text it is written at the end of
 * @call: a leg
 * @change: its place in the order of changes; 0 is not written
 * @view: (nullable): whom it is written for
 *
 * Writes a comma first where one is due.
 */
void
side_wire_append_call (GString            *out,
                       const SideCall     *call,
                       gint64              change,
                       const SideWireView *view)
{
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  SideCall shown = *call;

  if (view != NULL)
    shown.operator_name = call->operator_id != NULL
                              ? seen_name (view, call->project, call->operator_id, call->operator_name, NULL)
                              : NULL;
  side_json_open (out, NULL, '{');
  _side_wire_write_fields (out, fields, n, &shown);
  side_json_int_maybe (out, "change", change);
  side_json_close (out, '}');
}

/**
 * side_wire_call_to_json:
 * @call: a leg
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_call_to_json (const SideCall *call)
{
  GString *out = g_string_new (NULL);

  side_wire_append_call (out, call, 0, NULL);
  return _side_wire_take (out);
}

/**
 * side_wire_call_from_node:
 * @node: what should be a call
 * @change: (out) (optional): its place in the order of changes, 0 if not told
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: (transfer full): the leg
 */
SideCall *
side_wire_call_from_node (JsonNode  *node,
                          gint64    *change,
                          GError   **error)
{
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  JsonObject *object = side_json_as_object (node, "call", error);
  g_autoptr (SideCall) call = NULL;
  gint64 told = 0;

  if (object == NULL)
    return NULL;
  call = side_call_new (NULL);
  if (!_side_wire_read_fields (object, fields, n, call, error)
      || !side_json_need (call->id != NULL, "id", error)
      || !side_json_read_int64 (object, "change", 0, &told, error))
    return NULL;
  if (change != NULL)
    *change = told;
  return g_steal_pointer (&call);
}

/**
 * side_wire_call_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the leg
 */
SideCall *
side_wire_call_from_json (const char  *text,
                          gssize       len,
                          GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? side_wire_call_from_node (node, NULL, error) : NULL;
}

static const char *
name_for_client (const char *project,
                 const char *operator_id,
                 const char *name,
                 const char *alias,
                 gpointer    user_data)
{
  SideBoardProject *known = side_board_get_project (user_data, project);
  const SideOperator *op;

  if (known != NULL && known->config != NULL && known->config->full_names)
    return name;
  if (alias != NULL)
    return alias;
  op = known != NULL ? side_board_get_operator (user_data, project, operator_id) : NULL;
  return op != NULL ? op->alias : NULL;
}

/**
 * side_wire_view_for_client:
 * @board: the server's board; it must outlive the view
 *
 * Clients see operators by their alias unless the project's settings say
 * otherwise. Closed on doubt: no settings, no name; no alias, no name.
 *
 * Returns: the view of somebody with the role "client"
 */
SideWireView
side_wire_view_for_client (SideBoard *board)
{
  return (SideWireView) { name_for_client, board };
}

/* Returns: %FALSE */
gboolean
_side_wire_bad (const char  *what,
                GError     **error)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, what);
  return FALSE;
}

/* A list of texts. */
void
_side_wire_append_texts (GString         *out,
                         const char      *name,
                         const GPtrArray *texts)
{
  side_json_open (out, name, '[');
  for (guint i = 0; i < texts->len; i++)
    side_json_string (out, NULL, g_ptr_array_index (texts, i));
  side_json_close (out, ']');
}

/* Adds those of a list that may be missing, @max at most, to @texts. */
gboolean
_side_wire_read_texts (JsonObject  *object,
                       const char  *name,
                       guint        max,
                       GPtrArray   *texts,
                       GError     **error)
{
  JsonArray *array = NULL;
  guint n;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  n = array != NULL ? json_array_get_length (array) : 0;
  if (n > max)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" holds more than %u", name, max);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *each = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (each) || json_node_get_value_type (each) != G_TYPE_STRING)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" holds what is no text", name);
          return FALSE;
        }
      g_ptr_array_add (texts, g_strdup (json_node_get_string (each)));
    }
  return TRUE;
}
