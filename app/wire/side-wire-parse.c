/* side-wire-parse.c - text from outside becomes a tree, or an error
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <string.h>

#include "side-json-guard.h"

/* No message of ours has fewer bytes to a value; more values than this only
 * come from somebody who wants memory used up. */
#define BYTES_PER_VALUE 8
#define VALUES_AT_LEAST 256

/* What of a text stands there twice. */
typedef struct {
  GHashTable *told;   /* of JsonObject: how many members the parser told of; of two of one name the tree has the last alone */
  char       *twice;  /* the first such name */
} Names;

static void
on_member (JsonParser *parser,
           JsonObject *object,
           const char *name,
           gpointer    data)
{
  Names *names = data;
  guint told = GPOINTER_TO_UINT (g_hash_table_lookup (names->told, object)) + 1;

  if (names->twice == NULL && told > json_object_get_size (object))
    names->twice = g_strdup (name);
  g_hash_table_insert (names->told, object, GUINT_TO_POINTER (told));
}

static JsonNode *
parse (const char  *text,
       gssize       len,
       gsize        max_bytes,
       Names       *names,
       GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  gsize n;

  n = len < 0 ? strlen (text) : (gsize) len;
  if (n > max_bytes)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE,
                   "%" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " allowed", n, max_bytes);
      return NULL;
    }
  if (!side_json_guard (text != NULL ? text : "", n, SIDE_WIRE_MAX_DEPTH,
                        MAX (max_bytes / BYTES_PER_VALUE, VALUES_AT_LEAST), error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (names != NULL)
    g_signal_connect (parser, "object-member", G_CALLBACK (on_member), names);
  if (!json_parser_load_from_data (parser, text, (gssize) n, &local))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not JSON: %s", local->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/**
 * side_wire_parse:
 * @text: bytes from outside
 * @len: their number, or -1 when they end with a NUL
 * @max_bytes: how many there may be
 * @error: SIDE_ERROR_TOO_LARGE or SIDE_ERROR_INVALID
 *
 * Returns: (transfer full): the tree; json_node_unref() it
 */
JsonNode *
side_wire_parse (const char  *text,
                 gssize       len,
                 gsize        max_bytes,
                 GError     **error)
{
  g_return_val_if_fail (text != NULL || len == 0, NULL);

  return parse (text, len, max_bytes, NULL, error);
}

/**
 * side_wire_parse_once:
 * @text: bytes from outside
 * @len: their number, or -1 when they end with a NUL
 * @max_bytes: how many there may be
 * @error: SIDE_ERROR_TOO_LARGE or SIDE_ERROR_INVALID
 *
 * As side_wire_parse(), for what a person writes: a name that stands twice in one
 * object is refused, as nobody can tell which of the two was meant, and a byte
 * order mark, which some editors put before everything, is passed over.
 *
 * Returns: (transfer full): the tree; json_node_unref() it
 */
JsonNode *
side_wire_parse_once (const char  *text,
                      gssize       len,
                      gsize        max_bytes,
                      GError     **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  g_autoptr (JsonNode) node = NULL;
  Names names = { .told = told };
  g_autofree char *twice = NULL;

  g_return_val_if_fail (text != NULL || len == 0, NULL);

  len = len < 0 ? (gssize) strlen (text) : len;
  if (len >= 3 && memcmp (text, "\357\273\277", 3) == 0)
    {
      text += 3;
      len -= 3;
    }
  node = parse (text, len, max_bytes, &names, error);
  twice = names.twice;
  if (node == NULL || twice == NULL)
    return g_steal_pointer (&node);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%.60s” stands there twice", twice);
  return NULL;
}

/* @tree: (transfer full) (nullable). Returns: (transfer full) (nullable): itself, if it is an object. */
static JsonNode *
as_object (JsonNode  *tree,
           GError   **error)
{
  g_autoptr (JsonNode) node = tree;

  if (node == NULL || side_json_as_object (node, "the message", error) == NULL)
    return NULL;
  return g_steal_pointer (&node);
}

/* Returns: (transfer full): the tree of @text, which must be an object. */
JsonNode *
_side_wire_parse_object (const char  *text,
                         gssize       len,
                         gsize        max_bytes,
                         GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, max_bytes, error);

  return as_object (g_steal_pointer (&node), error);
}

/* The same for what people write, as side_wire_parse_once() takes it. */
JsonNode *
_side_wire_parse_object_once (const char  *text,
                              gssize       len,
                              gsize        max_bytes,
                              GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse_once (text, len, max_bytes, error);

  return as_object (g_steal_pointer (&node), error);
}
