/* side-wire-members.c - lists of objects, and hours of a week, inside a body
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

/* Calls @read with each object of the list @name, which may be missing and
 * holds @max at most. */
gboolean
_side_wire_each_object (JsonObject          *object,
                        const char          *name,
                        guint                max,
                        SideWireObjectFunc   read,
                        gpointer             owner,
                        GError             **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > max)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "\"%s\" holds more than %u", name, max);
      return FALSE;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *member = side_json_as_object (json_array_get_element (array, i), name, error);

      if (member == NULL || !read (owner, member, error))
        {
          g_prefix_error (error, "%s %u: ", name, i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static void
append_minute (GString    *out,
               const char *name,
               int         minute)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  side_json_string (out, name, text);
}

/* Writes @hours as an object; days are numbers of ISO 8601, 1 for Monday. */
void
_side_wire_append_hours (GString         *out,
                         const char      *name,
                         const SideHours *hours)
{
  side_json_open (out, name, '{');
  side_json_open (out, "weekdays", '[');
  for (int day = 0; day < 7; day++)
    if ((hours->weekdays & 1u << day) != 0)
      side_json_int (out, NULL, day + 1);
  side_json_close (out, ']');
  append_minute (out, "from", hours->from_minute);
  append_minute (out, "to", hours->to_minute);
  side_json_close (out, '}');
}

/* Reads "HH:MM", up to "24:00". */
static gboolean
read_minute (JsonObject  *object,
             const char  *name,
             int         *minute,
             GError     **error)
{
  const char *text = NULL;
  int value;

  if (!side_json_read_text (object, name, SIDE_JSON_MAX_INTERN, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != ':' || !g_ascii_isdigit (text[3])
      || !g_ascii_isdigit (text[4]) || text[5] != '\0' || text[3] > '5')
    return _side_wire_bad ("a time of day is not like \"22:30\"", error);
  value = (10 * (text[0] - '0') + text[1] - '0') * 60 + 10 * (text[3] - '0') + text[4] - '0';
  if (value > SIDE_HOURS_DAY)
    return _side_wire_bad ("a time of day is after \"24:00\"", error);
  *minute = value;
  return TRUE;
}

static gboolean
read_weekdays (JsonObject  *object,
               guint       *weekdays,
               GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "weekdays", &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  *weekdays = 0;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 day = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

      if (day < 1 || day > 7)
        return _side_wire_bad ("\"weekdays\" holds what is no day, 1 for Monday to 7", error);
      *weekdays |= 1u << (day - 1);
    }
  return TRUE;
}

/* What is missing stays as it was. */
gboolean
_side_wire_read_hours (JsonObject  *object,
                       SideHours   *hours,
                       GError     **error)
{
  if (!read_weekdays (object, &hours->weekdays, error)
      || !read_minute (object, "from", &hours->from_minute, error)
      || !read_minute (object, "to", &hours->to_minute, error))
    return FALSE;
  return side_hours_are_possible (hours) || _side_wire_bad ("hours begin at \"24:00\"", error);
}
