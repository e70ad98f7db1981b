/* side-wire-marks.c - bodies of annotations, tags, listenings and export records
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people mark on a recording, with which words, what they heard of it,
 * and which parts of it they wrote to files.
 */
#include "side-wire-private.h"

#include <math.h>

#include "side-error.h"

/* An afternoon of jumping about in one recording makes some hundreds. */
#define MAX_SPANS 20000

/**
 * side_wire_annotation_to_json:
 * @annotation: an annotation
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_annotation_to_json (const SideAnnotation *annotation)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", annotation->id);
  side_json_string (out, "project", annotation->project);
  side_json_string (out, "call", annotation->call);
  side_json_int (out, "from_ms", annotation->from_ms);
  side_json_int (out, "to_ms", annotation->to_ms);
  side_json_string_maybe (out, "tag", annotation->tag);
  side_json_string_maybe (out, "text", annotation->text);
  side_json_string_maybe (out, "author", annotation->author);
  side_json_string_maybe (out, "criterion", annotation->criterion);
  side_json_string_maybe (out, "parent", annotation->parent);
  side_json_int_maybe (out, "moment_ms", annotation->moment_ms);
  side_json_int_maybe (out, "created_ms", annotation->created_ms);
  side_json_int_maybe (out, "changed_ms", annotation->changed_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_annotation_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the annotation
 */
SideAnnotation *
side_wire_annotation_from_json (const char  *text,
                                gssize       len,
                                GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideAnnotation) annotation = NULL;

  if (object == NULL)
    return NULL;
  annotation = side_annotation_new (NULL, NULL, NULL, 0, 0);
  if (!side_json_read_id (object, "id", &annotation->id, error)
      || !side_json_read_needed (object, "project", &annotation->project, error)
      || !side_json_read_needed (object, "call", &annotation->call, error)
      || !side_json_read_ms (object, "from_ms", 0, &annotation->from_ms, error)
      || !side_json_read_string (object, "tag", &annotation->tag, error)
      || !side_json_read_string (object, "text", &annotation->text, error)
      || !side_json_read_string (object, "author", &annotation->author, error)
      || !side_json_read_string (object, "criterion", &annotation->criterion, error)
      || !side_json_read_string (object, "parent", &annotation->parent, error)
      || !side_json_read_ms (object, "moment_ms", 0, &annotation->moment_ms, error)
      || !side_json_read_ms (object, "created_ms", 0, &annotation->created_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &annotation->changed_ms, error))
    return NULL;
  annotation->to_ms = annotation->from_ms;
  if (!side_json_read_ms (object, "to_ms", annotation->from_ms, &annotation->to_ms, error))
    return NULL;
  return g_steal_pointer (&annotation);
}

/**
 * side_wire_tag_to_json:
 * @tag: a word of a vocabulary
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_tag_to_json (const SideTag *tag)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", tag->id);
  side_json_string (out, "project", tag->project);
  side_json_string (out, "word", tag->word);
  side_json_string_maybe (out, "label", tag->label);
  side_json_string_maybe (out, "colour", tag->colour);
  side_json_string_maybe (out, "shortcut", tag->shortcut);
  side_json_int (out, "place", tag->place);
  if (tag->retired)
    side_json_boolean (out, "retired", TRUE);
  side_json_int_maybe (out, "changed_ms", tag->changed_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
is_colour (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (text[0] != '#')
    return FALSE;
  for (int i = 1; i < 7; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return text[7] == '\0';
}

/**
 * side_wire_tag_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the tag
 */
SideTag *
side_wire_tag_from_json (const char  *text,
                         gssize       len,
                         GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideTag) tag = NULL;

  if (object == NULL)
    return NULL;
  tag = side_tag_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &tag->id, error)
      || !side_json_read_needed (object, "project", &tag->project, error)
      || !side_json_read_needed (object, "word", &tag->word, error)
      || !side_json_read_string (object, "label", &tag->label, error)
      || !side_json_read_string (object, "colour", &tag->colour, error)
      || !side_json_read_string (object, "shortcut", &tag->shortcut, error)
      || !side_json_read_int (object, "place", 0, &tag->place, error)
      || !side_json_read_boolean (object, "retired", &tag->retired, error)
      || !side_json_read_ms (object, "changed_ms", 0, &tag->changed_ms, error))
    return NULL;
  if (is_colour (tag->colour))
    return g_steal_pointer (&tag);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"colour\" is not like #26a269");
  return NULL;
}

/* Spans are written as [from, to] or, where the speed matters, [from, to, rate]. */
static void
append_spans (GString      *out,
              const char   *name,
              const GArray *spans,
              gboolean      rates)
{
  side_json_open (out, name, '[');
  for (guint i = 0; i < spans->len; i++)
    {
      const SideHeard *span = &g_array_index (spans, SideHeard, i);

      side_json_open (out, NULL, '[');
      side_json_int (out, NULL, span->from_ms);
      side_json_int (out, NULL, span->to_ms);
      if (rates)
        side_json_double (out, NULL, span->rate);
      side_json_close (out, ']');
    }
  side_json_close (out, ']');
}

static gboolean
read_span (JsonNode  *node,
           SideHeard *span)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n < 2)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      return FALSE;
  span->from_ms = json_array_get_int_element (array, 0);
  span->to_ms = json_array_get_int_element (array, 1);
  span->rate = n > 2 ? json_array_get_double_element (array, 2) : 1.0;
  return span->from_ms >= 0 && span->to_ms > span->from_ms && span->to_ms <= SIDE_JSON_MAX_MS
         && isfinite (span->rate) && span->rate > 0 && span->rate <= 100;
}

static gboolean
read_spans (JsonObject  *object,
            const char  *name,
            GArray      *spans,
            GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > MAX_SPANS)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "\"%s\" holds more than %d spans", name, MAX_SPANS);
      return FALSE;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      SideHeard span;

      if (!read_span (json_array_get_element (array, i), &span))
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" holds what is no span", name);
          return FALSE;
        }
      g_array_append_val (spans, span);
    }
  return TRUE;
}

/**
 * side_wire_listening_to_json:
 * @listening: what one person heard in one sitting
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_listening_to_json (const SideListening *listening)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", listening->id);
  side_json_string (out, "project", listening->project);
  side_json_string (out, "call", listening->call);
  side_json_string_maybe (out, "listener", listening->listener);
  side_json_int_maybe (out, "length_ms", listening->length_ms);
  append_spans (out, "spans", listening->spans, TRUE);
  side_json_int_maybe (out, "changed_ms", listening->changed_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_listening_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the listening
 */
SideListening *
side_wire_listening_from_json (const char  *text,
                               gssize       len,
                               GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideListening) listening = NULL;

  if (object == NULL)
    return NULL;
  listening = side_listening_new (NULL, NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &listening->id, error)
      || !side_json_read_needed (object, "project", &listening->project, error)
      || !side_json_read_needed (object, "call", &listening->call, error)
      || !side_json_read_string (object, "listener", &listening->listener, error)
      || !side_json_read_ms (object, "length_ms", 0, &listening->length_ms, error)
      || !read_spans (object, "spans", listening->spans, error)
      || !side_json_read_ms (object, "changed_ms", 0, &listening->changed_ms, error))
    return NULL;
  return g_steal_pointer (&listening);
}

/**
 * side_wire_export_to_json:
 * @record: what was written to a file
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_export_to_json (const SideExportRecord *record)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", record->id);
  side_json_string (out, "project", record->project);
  side_json_string (out, "call", record->call);
  side_json_string_maybe (out, "author", record->author);
  side_json_string_maybe (out, "format", record->format);
  side_json_string_maybe (out, "name", record->name);
  side_json_string_maybe (out, "sha256", record->sha256);
  side_json_int (out, "from_ms", record->from_ms);
  side_json_int (out, "to_ms", record->to_ms);
  append_spans (out, "blanked", record->blanked, FALSE);
  if (record->voice_changed)
    side_json_boolean (out, "voice_changed", TRUE);
  side_json_int_maybe (out, "at_ms", record->at_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_export_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the record
 */
SideExportRecord *
side_wire_export_from_json (const char  *text,
                            gssize       len,
                            GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideExportRecord) record = NULL;

  if (object == NULL)
    return NULL;
  record = side_export_record_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &record->id, error)
      || !side_json_read_needed (object, "project", &record->project, error)
      || !side_json_read_needed (object, "call", &record->call, error)
      || !side_json_read_string (object, "author", &record->author, error)
      || !side_json_read_string (object, "format", &record->format, error)
      || !side_json_read_string (object, "name", &record->name, error)
      || !side_json_read_string (object, "sha256", &record->sha256, error)
      || !side_json_read_ms (object, "from_ms", 0, &record->from_ms, error)
      || !side_json_read_ms (object, "to_ms", 0, &record->to_ms, error)
      || !read_spans (object, "blanked", record->blanked, error)
      || !side_json_read_boolean (object, "voice_changed", &record->voice_changed, error)
      || !side_json_read_ms (object, "at_ms", 0, &record->at_ms, error))
    return NULL;
  return g_steal_pointer (&record);
}
