/* side-json-reader.c - members of a JSON object, with their types checked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-json-reader.h"

#include <math.h>
#include <string.h>

#include "side-error.h"
#include "side-text.h"

static gboolean
wrong (const char  *name,
       const char  *expected,
       GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is not %s", name, expected);
  return FALSE;
}

/* Returns: the member, or NULL when it is not there or null. */
static JsonNode *
find (JsonObject *object,
      const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/* side_json_as_object: Returns: (transfer none): @node's object */
JsonObject *
side_json_as_object (JsonNode    *node,
                     const char  *what,
                     GError     **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  wrong (what, "an object", error);
  return NULL;
}

/* side_json_read_int64: @value is @min to SIDE_JSON_MAX_INT. 3.0 is an integer, as in JSON Schema. */
gboolean
side_json_read_int64 (JsonObject  *object,
                      const char  *name,
                      gint64       min,
                      gint64      *value,
                      GError     **error)
{
  JsonNode *node = find (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  gint64 n;

  if (node == NULL)
    return TRUE;
  if (type == G_TYPE_INT64)
    {
      n = json_node_get_int (node);
    }
  else if (type == G_TYPE_DOUBLE)
    {
      double d = json_node_get_double (node);

      if (!(fabs (d) <= (double) SIDE_JSON_MAX_INT) || d != floor (d))
        return wrong (name, "an integer", error);
      n = (gint64) d;
    }
  else
    {
      return wrong (name, "an integer", error);
    }
  if (n < MAX (min, -SIDE_JSON_MAX_INT) || n > SIDE_JSON_MAX_INT)
    return wrong (name, "in its range", error);
  *value = n;
  return TRUE;
}

/* side_json_read_ms: an instant or a duration in ms, @min or more. */
gboolean
side_json_read_ms (JsonObject  *object,
                   const char  *name,
                   gint64       min,
                   gint64      *value,
                   GError     **error)
{
  gint64 n = *value;

  if (!side_json_read_int64 (object, name, MAX (min, SIDE_JSON_MIN_MS), &n, error))
    return FALSE;
  if (n > SIDE_JSON_MAX_MS)
    return wrong (name, "in its range", error);
  *value = n;
  return TRUE;
}

gboolean
side_json_read_int (JsonObject  *object,
                    const char  *name,
                    int          min,
                    int         *value,
                    GError     **error)
{
  gint64 n = *value;

  if (!side_json_read_int64 (object, name, min, &n, error))
    return FALSE;
  if (n > G_MAXINT)
    return wrong (name, "in its range", error);
  *value = (int) n;
  return TRUE;
}

gboolean
side_json_read_double (JsonObject  *object,
                       const char  *name,
                       double      *value,
                       GError     **error)
{
  JsonNode *node = find (object, name);
  GType type;

  if (node == NULL)
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !isfinite (json_node_get_double (node)))
    return wrong (name, "a number", error);
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
side_json_read_boolean (JsonObject  *object,
                        const char  *name,
                        gboolean    *value,
                        GError     **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return wrong (name, "true or false", error);
  *value = json_node_get_boolean (node);
  return TRUE;
}

/* side_json_read_text: @value: (transfer none), of at most @max bytes. */
gboolean
side_json_read_text (JsonObject  *object,
                     const char  *name,
                     gsize        max,
                     const char **value,
                     GError     **error)
{
  JsonNode *node = find (object, name);
  const char *text;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong (name, "a text", error);
  text = json_node_get_string (node);
  if (strlen (text) > max)
    return wrong (name, "short enough", error);
  *value = text;
  return TRUE;
}

/* side_json_read_string: @value: (transfer full) */
gboolean
side_json_read_string (JsonObject  *object,
                       const char  *name,
                       char       **value,
                       GError     **error)
{
  const char *text = NULL;

  if (!side_json_read_text (object, name, SIDE_JSON_MAX_TEXT, &text, error))
    return FALSE;
  if (text != NULL)
    {
      g_free (*value);
      *value = g_strdup (text);
    }
  return TRUE;
}

gboolean
side_json_read_interned (JsonObject  *object,
                         const char  *name,
                         const char **value,
                         GError     **error)
{
  const char *text = NULL;

  if (!side_json_read_text (object, name, SIDE_JSON_MAX_INTERN, &text, error))
    return FALSE;
  if (text != NULL)
    *value = g_intern_string (text);
  return TRUE;
}

gboolean
side_json_read_array (JsonObject  *object,
                      const char  *name,
                      JsonArray  **value,
                      GError     **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return wrong (name, "an array", error);
  *value = json_node_get_array (node);
  return TRUE;
}

gboolean
side_json_read_object (JsonObject  *object,
                       const char  *name,
                       JsonNode   **value,
                       GError     **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wrong (name, "an object", error);
  *value = node;
  return TRUE;
}

/* side_json_need: @there as it is, with an error when it is not. */
gboolean
side_json_need (gboolean     there,
                const char  *name,
                GError     **error)
{
  if (!there)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is missing", name);
  return there;
}

/* A text that must be there. */
gboolean
side_json_read_needed (JsonObject  *object,
                       const char  *name,
                       char       **value,
                       GError     **error)
{
  return side_json_read_string (object, name, value, error) && side_json_need (*value != NULL, name, error);
}

/* A UUID that must be there. */
gboolean
side_json_read_id (JsonObject  *object,
                   const char  *name,
                   char       **value,
                   GError     **error)
{
  if (!side_json_read_needed (object, name, value, error))
    return FALSE;
  return side_id_is_valid (*value) || wrong (name, "a UUID", error);
}
