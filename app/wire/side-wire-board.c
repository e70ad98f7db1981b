/* side-wire-board.c - the whole board, as a snapshot carries it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything the reducer's rules depend on is written, so that a board read
 * back goes on with the events after it just as the one it was taken of.
 */
#include "side-wire-private.h"

/* Projects and operators are found by walking them, so their number is bounded. */
#define MAX_PROJECTS  1000
#define MAX_OPERATORS 10000

static gboolean
is_wanted (const char *const *projects,
           const char        *id)
{
  return projects == NULL || g_strv_contains (projects, id);
}

static void
append_operator (GString            *out,
                 const char         *project,
                 const SideOperator *op,
                 const SideWireView *view)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "id", op->id);
  if (view != NULL)
    side_json_string_maybe (out, "name", view->name (project, op->id, op->name, op->alias, view->user_data));
  else
    side_json_string_maybe (out, "name", op->name);
  if (view == NULL)
    side_json_string_maybe (out, "alias", op->alias);
  side_json_string (out, "state", side_operator_state_to_string (op->state));
  side_json_int_maybe (out, "since_ms", op->since_ms);
  side_json_string_maybe (out, "reason", op->reason);
  side_json_string_maybe (out, "call", op->call);
  side_json_string_maybe (out, "queue", op->queue);
  side_json_int_maybe (out, "missed", op->missed);
  side_json_open (out, "queues", '[');
  for (guint i = 0; i < op->queues->len; i++)
    side_json_string (out, NULL, g_ptr_array_index (op->queues, i));
  side_json_close (out, ']');
  side_json_open (out, "spans", '[');
  for (guint i = 0; i < op->spans->len; i++)
    {
      const SideStateSpan *span = &g_array_index (op->spans, SideStateSpan, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "state", side_operator_state_to_string (span->state));
      side_json_int_maybe (out, "from_ms", span->from_ms);
      side_json_int_maybe (out, "to_ms", span->to_ms);
      side_json_string_maybe (out, "reason", span->reason);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
}

static void
append_callback (GString            *out,
                 const SideCallback *callback)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "caller", callback->caller);
  side_json_string (out, "dialled", callback->dialled);
  side_json_string_maybe (out, "queue", callback->queue);
  side_json_string_maybe (out, "call", callback->call);
  side_json_int_maybe (out, "lost_ms", callback->lost_ms);
  side_json_int_maybe (out, "closed_ms", callback->closed_ms);
  side_json_int_maybe (out, "attempts", callback->attempts);
  side_json_close (out, '}');
}

/* Writes calls from @first on, at least one, until @out has @max bytes. Returns: the number
 * of the first one left */
static guint
append_calls (GString                *out,
              const SideBoardProject *project,
              const SideWireView     *view,
              guint                   first,
              gsize                   max)
{
  guint i = first;

  side_json_open (out, "calls", '[');
  for (; i < project->calls->len && (i == first || out->len < max); i++)
    side_wire_append_call (out, g_ptr_array_index (project->calls, i), 0, view);
  side_json_close (out, ']');
  return i;
}

static guint
append_board_project (GString                *out,
                      const SideBoardProject *project,
                      const SideWireView     *view,
                      gsize                   max)
{
  guint n_calls;

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", project->id);
  if (project->config != NULL)
    {
      side_json_name (out, "config");
      side_wire_append_project (out, project->config);
    }
  n_calls = append_calls (out, project, view, 0, max);
  side_json_open (out, "operators", '[');
  for (guint i = 0; i < project->operators->len; i++)
    append_operator (out, project->id, g_ptr_array_index (project->operators, i), view);
  side_json_close (out, ']');
  side_json_open (out, "callbacks", '[');
  for (guint i = 0; i < project->callbacks->len; i++)
    append_callback (out, g_ptr_array_index (project->callbacks, i));
  side_json_close (out, ']');
  side_json_open (out, "gaps", '[');
  for (guint i = 0; i < project->gaps->len; i++)
    {
      const SideGap *gap = &g_array_index (project->gaps, SideGap, i);

      side_json_open (out, NULL, '{');
      side_json_int (out, "from_ms", gap->from_ms);
      side_json_int_maybe (out, "to_ms", gap->to_ms);
      side_json_string_maybe (out, "source", gap->source);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
  return n_calls;
}

/* As side_wire_append_board(), but no call begins behind @max bytes. Returns:
 * (element-type guint): for each project of the board how many calls of it
 * were written; all of them for one that is not wanted */
GArray *
_side_wire_append_some (GString            *out,
                        SideBoard          *board,
                        const char *const  *projects,
                        const SideWireView *view,
                        gsize               max)
{
  GPtrArray *all = side_board_get_projects (board);
  GArray *written = g_array_sized_new (FALSE, FALSE, sizeof (guint), all->len);

  side_json_open (out, NULL, '{');
  side_json_int (out, "seq", (gint64) side_board_get_seq (board));
  side_json_int (out, "at_ms", side_board_get_at_ms (board));
  side_json_open (out, "projects", '[');
  for (guint i = 0; i < all->len; i++)
    {
      const SideBoardProject *project = g_ptr_array_index (all, i);
      guint n_calls = project->calls->len;

      if (is_wanted (projects, project->id))
        n_calls = append_board_project (out, project, view, max);
      g_array_append_val (written, n_calls);
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
  return written;
}

/* Writes the calls that are left as a list of projects with nothing else, some
 * @max bytes of them, and counts them in @written. Returns: whether there are more */
gboolean
_side_wire_append_rest (GString            *out,
                        SideBoard          *board,
                        const SideWireView *view,
                        gsize               max,
                        GArray             *written)
{
  GPtrArray *all = side_board_get_projects (board);
  gboolean more = FALSE;
  gboolean wrote = FALSE;
  gsize end = out->len + max;

  side_json_open (out, "projects", '[');
  for (guint i = 0; i < all->len; i++)
    {
      const SideBoardProject *project = g_ptr_array_index (all, i);
      guint *n_calls = &g_array_index (written, guint, i);

      if (*n_calls < project->calls->len && (out->len < end || !wrote))
        {
          side_json_open (out, NULL, '{');
          side_json_string (out, "id", project->id);
          *n_calls = append_calls (out, project, view, *n_calls, end);
          wrote = TRUE;
          side_json_close (out, '}');
        }
      more |= *n_calls < project->calls->len;
    }
  side_json_close (out, ']');
  return more;
}

/**
 * side_wire_append_board:
 * @out: the text it is written at the end of
 * @board: a board
 * @projects: (nullable): ids of the projects to write; %NULL for all
 * @view: (nullable): whom it is written for
 *
 * Writes a comma first where one is due.
 */
void
side_wire_append_board (GString            *out,
                        SideBoard          *board,
                        const char *const  *projects,
                        const SideWireView *view)
{
  g_array_unref (_side_wire_append_some (out, board, projects, view, G_MAXSIZE));
}

/**
 * side_wire_board_to_json:
 * @board: a board
 * @projects: (nullable): ids of the projects to write; %NULL for all
 * @view: (nullable): whom it is written for
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_board_to_json (SideBoard          *board,
                         const char *const  *projects,
                         const SideWireView *view)
{
  GString *out = g_string_new (NULL);

  side_wire_append_board (out, board, projects, view);
  return _side_wire_take (out);
}

/* Where a part being read belongs. */
typedef struct {
  SideBoard        *board;
  SideBoardProject *project;
} Place;

typedef gboolean (*ReadPart) (const Place *place, JsonNode *node, GError **error);

static gboolean
read_parts (const Place  *place,
            JsonObject   *object,
            const char   *name,
            guint         max,
            ReadPart      read,
            GError      **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > max)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "too many \"%s\"", name);
      return FALSE;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read (place, json_array_get_element (array, i), error))
      {
        g_prefix_error (error, "%s %u: ", name, i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_call (const Place  *place,
           JsonNode     *node,
           GError      **error)
{
  g_autoptr (SideCall) call = side_wire_call_from_node (node, NULL, error);

  if (call == NULL)
    return FALSE;
  side_board_restore_call (place->board, place->project, call);
  return TRUE;
}

static gboolean
read_state (JsonObject         *object,
            SideOperatorState  *state,
            GError            **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &word, error))
    return FALSE;
  *state = side_operator_state_from_string (word);
  return TRUE;
}

static gboolean
read_spans (SideOperator  *op,
            JsonObject    *object,
            GError       **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "spans", &array, error))
    return FALSE;
  g_array_set_size (op->spans, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *each = side_json_as_object (json_array_get_element (array, i), "span", error);
      SideStateSpan span = { SIDE_OPERATOR_UNKNOWN, 0, 0, NULL };

      if (each == NULL
          || !read_state (each, &span.state, error)
          || !side_json_read_ms (each, "from_ms", SIDE_JSON_MIN_MS, &span.from_ms, error)
          || !side_json_read_ms (each, "to_ms", SIDE_JSON_MIN_MS, &span.to_ms, error)
          || !side_json_read_string (each, "reason", &span.reason, error))
        return FALSE;
      g_array_append_val (op->spans, span);
    }
  return TRUE;
}

static gboolean
read_queues (SideOperator  *op,
             JsonObject    *object,
             GError       **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "queues", &array, error))
    return FALSE;
  g_ptr_array_set_size (op->queues, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *each = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (each) || json_node_get_value_type (each) != G_TYPE_STRING
          || strlen (json_node_get_string (each)) > SIDE_JSON_MAX_INTERN)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"queues\" holds what is no id");
          return FALSE;
        }
      g_ptr_array_add (op->queues, (gpointer) g_intern_string (json_node_get_string (each)));
    }
  return TRUE;
}

static gboolean
read_operator (const Place  *place,
               JsonNode     *node,
               GError      **error)
{
  JsonObject *object = side_json_as_object (node, "operator", error);
  const char *id = NULL;
  SideOperator *op;

  if (object == NULL
      || !side_json_read_interned (object, "id", &id, error)
      || !side_json_need (id != NULL, "id", error))
    return FALSE;
  op = side_board_restore_operator (place->board, place->project, id);
  return side_json_read_interned (object, "name", &op->name, error)
         && side_json_read_interned (object, "alias", &op->alias, error)
         && read_state (object, &op->state, error)
         && side_json_read_ms (object, "since_ms", SIDE_JSON_MIN_MS, &op->since_ms, error)
         && side_json_read_string (object, "reason", &op->reason, error)
         && side_json_read_string (object, "call", &op->call, error)
         && side_json_read_interned (object, "queue", &op->queue, error)
         && side_json_read_int (object, "missed", 0, &op->missed, error)
         && read_queues (op, object, error)
         && read_spans (op, object, error);
}

static gboolean
read_callback (const Place  *place,
               JsonNode     *node,
               GError      **error)
{
  JsonObject *object = side_json_as_object (node, "call-back", error);
  const char *caller = NULL;
  const char *dialled = NULL;
  SideCallback *callback;

  if (object == NULL
      || !side_json_read_text (object, "caller", SIDE_JSON_MAX_TEXT, &caller, error)
      || !side_json_read_text (object, "dialled", SIDE_JSON_MAX_TEXT, &dialled, error))
    return FALSE;
  callback = side_board_restore_callback (place->board, place->project, caller, dialled);
  return side_json_read_interned (object, "queue", &callback->queue, error)
         && side_json_read_string (object, "call", &callback->call, error)
         && side_json_read_ms (object, "lost_ms", SIDE_JSON_MIN_MS, &callback->lost_ms, error)
         && side_json_read_ms (object, "closed_ms", SIDE_JSON_MIN_MS, &callback->closed_ms, error)
         && side_json_read_int (object, "attempts", 0, &callback->attempts, error);
}

static gboolean
read_gap (const Place  *place,
          JsonNode     *node,
          GError      **error)
{
  JsonObject *object = side_json_as_object (node, "gap", error);
  SideGap gap = { 0, 0, NULL };

  if (object == NULL
      || !side_json_read_ms (object, "from_ms", SIDE_JSON_MIN_MS, &gap.from_ms, error)
      || !side_json_read_ms (object, "to_ms", SIDE_JSON_MIN_MS, &gap.to_ms, error)
      || !side_json_read_interned (object, "source", &gap.source, error))
    return FALSE;
  g_array_append_val (place->project->gaps, gap);
  return TRUE;
}

static gboolean
read_config (const Place  *place,
             JsonNode     *node,
             GError      **error)
{
  g_autoptr (SideProject) config = side_wire_project_from_node (node, error);

  if (config == NULL)
    return FALSE;
  if (config->id != place->project->id)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "settings of %s under %s", config->id, place->project->id);
      return FALSE;
    }
  side_board_add_project (place->board, config);
  return TRUE;
}

static gboolean
read_board_project (const Place  *whole,
                    JsonNode     *node,
                    GError      **error)
{
  Place place = { whole->board, NULL };
  JsonObject *object = side_json_as_object (node, "project", error);
  const char *id = NULL;
  JsonNode *config = NULL;

  if (object == NULL
      || !side_json_read_interned (object, "id", &id, error)
      || !side_json_need (id != NULL, "id", error)
      || !side_json_read_object (object, "config", &config, error))
    return FALSE;
  place.project = side_board_restore_project (place.board, id);
  return (config == NULL || read_config (&place, config, error))
         && read_parts (&place, object, "calls", G_MAXUINT, read_call, error)
         && read_parts (&place, object, "operators", MAX_OPERATORS, read_operator, error)
         && read_parts (&place, object, "callbacks", G_MAXUINT, read_callback, error)
         && read_parts (&place, object, "gaps", G_MAXUINT, read_gap, error);
}

/**
 * side_wire_board_from_node:
 * @node: what should be a board
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: (transfer full): a new board
 */
SideBoard *
side_wire_board_from_node (JsonNode  *node,
                           GError   **error)
{
  JsonObject *object = side_json_as_object (node, "board", error);
  g_autoptr (SideBoard) board = NULL;
  Place place = { NULL, NULL };
  gint64 seq = -1;
  gint64 at_ms = 0;

  if (object == NULL
      || !side_json_read_int64 (object, "seq", 0, &seq, error)
      || !side_json_need (seq >= 0, "seq", error)
      || !side_json_read_ms (object, "at_ms", 0, &at_ms, error)
      || !side_json_need (json_object_has_member (object, "projects"), "projects", error))
    return NULL;
  board = side_board_new ();
  side_board_restore_position (board, (guint64) seq, at_ms);
  place.board = board;
  if (!read_parts (&place, object, "projects", MAX_PROJECTS, read_board_project, error))
    return NULL;
  return g_steal_pointer (&board);
}

/**
 * side_wire_board_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): a new board
 */
SideBoard *
side_wire_board_from_json (const char  *text,
                           gssize       len,
                           GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_BOARD, error);

  return node != NULL ? side_wire_board_from_node (node, error) : NULL;
}

static gboolean
read_part_project (const Place  *whole,
                   JsonNode     *node,
                   GError      **error)
{
  Place place = { whole->board, NULL };
  JsonObject *object = side_json_as_object (node, "project", error);
  const char *id = NULL;

  if (object == NULL
      || !side_json_read_interned (object, "id", &id, error)
      || !side_json_need (id != NULL, "id", error))
    return FALSE;
  place.project = side_board_restore_project (place.board, id);
  return read_parts (&place, object, "calls", G_MAXUINT, read_call, error);
}

/* Returns: (transfer full): a board with the calls of @object's projects and
 * nothing else */
SideBoard *
_side_wire_read_rest (JsonObject  *object,
                      GError     **error)
{
  g_autoptr (SideBoard) board = side_board_new ();
  Place place = { board, NULL };

  if (!side_json_need (json_object_has_member (object, "projects"), "projects", error)
      || !read_parts (&place, object, "projects", MAX_PROJECTS, read_part_project, error))
    return NULL;
  return g_steal_pointer (&board);
}

/**
 * side_wire_board_add:
 * @board: the board of a snapshot with more to come
 * @part: the calls of a message behind it
 *
 * Puts the calls of @part behind those of @board; both hold them afterwards.
 */
void
side_wire_board_add (SideBoard *board,
                     SideBoard *part)
{
  GPtrArray *projects = side_board_get_projects (part);

  for (guint i = 0; i < projects->len; i++)
    {
      const SideBoardProject *from = g_ptr_array_index (projects, i);
      SideBoardProject *to = side_board_restore_project (board, from->id);

      for (guint j = 0; j < from->calls->len; j++)
        side_board_restore_call (board, to, g_ptr_array_index (from->calls, j));
    }
}
