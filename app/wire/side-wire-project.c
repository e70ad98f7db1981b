/* side-wire-project.c - a project's settings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <string.h>

#define MAX_QUEUES  1000
#define MAX_DIALLED 10000

/**
 * side_wire_append_project:
 * @out: the text it is written at the end of
 * @project: settings
 *
 * Writes a comma first where one is due.
 */
void
side_wire_append_project (GString           *out,
                          const SideProject *project)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "id", project->id);
  side_json_string_maybe (out, "name", project->name);
  side_json_string (out, "time_zone", project->time_zone_name);
  side_json_string_maybe (out, "currency", project->currency);
  side_json_string (out, "formula", side_formula_to_string (project->formula));
  side_json_int (out, "threshold_ms", project->threshold_ms);
  side_json_double (out, "target", project->target);
  side_json_int (out, "short_abandon_ms", project->short_abandon_ms);
  side_json_int (out, "wait_limit_ms", project->wait_limit_ms);
  side_json_int (out, "answer_target_ms", project->answer_target_ms);
  side_json_double (out, "abandon_target", project->abandon_target);
  side_json_int (out, "waiting_limit", project->waiting_limit);
  side_json_int (out, "callback_due_ms", project->callback_due_ms);
  side_json_int (out, "dispute_days", project->dispute_days);
  side_json_boolean (out, "full_names", project->full_names);
  side_json_open (out, "queues", '[');
  for (guint i = 0; i < project->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (project->queues, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "id", queue->id);
      side_json_string_maybe (out, "name", queue->name);
      side_json_int (out, "wrap_up_ms", queue->wrap_up_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "dialled", '[');
  for (guint i = 0; i < project->dialled->len; i++)
    {
      const SideDialled *dialled = g_ptr_array_index (project->dialled, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "number", dialled->number);
      side_json_string_maybe (out, "source", dialled->source);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
}

/**
 * side_wire_project_to_json:
 * @project: settings
 *
 * Returns: (transfer full): their JSON
 */
char *
side_wire_project_to_json (const SideProject *project)
{
  GString *out = g_string_new (NULL);

  side_wire_append_project (out, project);
  return _side_wire_take (out);
}

static gboolean
read_queue (SideProject  *project,
            JsonNode     *node,
            GError      **error)
{
  JsonObject *object = side_json_as_object (node, "queue", error);
  const char *id = NULL;
  const char *name = NULL;
  gint64 wrap_up_ms = 0;

  if (object == NULL
      || !side_json_read_interned (object, "id", &id, error)
      || !side_json_need (id != NULL, "id", error)
      || !side_json_read_text (object, "name", SIDE_JSON_MAX_TEXT, &name, error)
      || !side_json_read_ms (object, "wrap_up_ms", 0, &wrap_up_ms, error))
    return FALSE;
  side_project_add_queue (project, id, name, wrap_up_ms);
  return TRUE;
}

static gboolean
read_dialled (SideProject  *project,
              JsonNode     *node,
              GError      **error)
{
  JsonObject *object = side_json_as_object (node, "dialled number", error);
  const char *number = NULL;
  const char *source = NULL;

  if (object == NULL
      || !side_json_read_text (object, "number", SIDE_JSON_MAX_TEXT, &number, error)
      || !side_json_need (number != NULL, "number", error)
      || !side_json_read_text (object, "source", SIDE_JSON_MAX_INTERN, &source, error))
    return FALSE;
  side_project_add_dialled (project, number, source);
  return TRUE;
}

static gboolean
read_each (SideProject  *project,
           JsonObject   *object,
           const char   *name,
           guint         max,
           gboolean    (*read) (SideProject *project, JsonNode *node, GError **error),
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
    if (!read (project, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_numbers (SideProject  *project,
              JsonObject   *object,
              GError      **error)
{
  const char *formula = NULL;

  if (!side_json_read_text (object, "formula", SIDE_JSON_MAX_INTERN, &formula, error)
      || !side_json_read_string (object, "currency", &project->currency, error)
      || !side_json_read_ms (object, "threshold_ms", 0, &project->threshold_ms, error)
      || !side_json_read_double (object, "target", &project->target, error)
      || !side_json_read_ms (object, "short_abandon_ms", 0, &project->short_abandon_ms, error)
      || !side_json_read_ms (object, "wait_limit_ms", 0, &project->wait_limit_ms, error)
      || !side_json_read_ms (object, "answer_target_ms", 0, &project->answer_target_ms, error)
      || !side_json_read_double (object, "abandon_target", &project->abandon_target, error)
      || !side_json_read_int (object, "waiting_limit", 0, &project->waiting_limit, error)
      || !side_json_read_ms (object, "callback_due_ms", 0, &project->callback_due_ms, error)
      || !side_json_read_int (object, "dispute_days", 1, &project->dispute_days, error)
      || !side_json_read_boolean (object, "full_names", &project->full_names, error))
    return FALSE;
  if (formula != NULL)
    project->formula = side_formula_from_string (formula);
  if (project->target < 0 || project->target > 1 || project->abandon_target < 0 || project->abandon_target > 1)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a target is not a share from 0 to 1");
      return FALSE;
    }
  return TRUE;
}

/* A zone's name becomes part of a path where the system keeps its zones. */
static gboolean
is_zone_name (const char *zone)
{
  return strspn (zone, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-/") == strlen (zone)
         && *zone != '/' && *zone != '\0';
}

/**
 * side_wire_project_from_node:
 * @node: what should be a project's settings
 * @error: SIDE_ERROR_INVALID
 *
 * What is not told keeps its default.
 *
 * Returns: (transfer full): the settings
 */
SideProject *
side_wire_project_from_node (JsonNode  *node,
                             GError   **error)
{
  JsonObject *object = side_json_as_object (node, "project", error);
  g_autoptr (SideProject) project = NULL;
  const char *id = NULL;
  const char *name = NULL;
  const char *zone = NULL;

  if (object == NULL
      || !side_json_read_interned (object, "id", &id, error)
      || !side_json_need (id != NULL, "id", error)
      || !side_json_read_text (object, "name", SIDE_JSON_MAX_TEXT, &name, error)
      || !side_json_read_text (object, "time_zone", SIDE_JSON_MAX_INTERN, &zone, error)
      || !side_json_need (zone != NULL && is_zone_name (zone), "time_zone", error))
    return NULL;
  project = side_project_new (id, name != NULL ? name : id, zone, error);
  if (project == NULL
      || !read_numbers (project, object, error)
      || !read_each (project, object, "queues", MAX_QUEUES, read_queue, error)
      || !read_each (project, object, "dialled", MAX_DIALLED, read_dialled, error))
    return NULL;
  return g_steal_pointer (&project);
}

/**
 * side_wire_project_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the settings
 */
SideProject *
side_wire_project_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? side_wire_project_from_node (node, error) : NULL;
}
