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
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  gsize n;

  g_return_val_if_fail (text != NULL || len == 0, NULL);

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
  if (!json_parser_load_from_data (parser, text, (gssize) n, &local))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not JSON: %s", local->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/* Returns: (transfer full): the tree of @text, which must be an object. */
JsonNode *
_side_wire_parse_object (const char  *text,
                         gssize       len,
                         gsize        max_bytes,
                         GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, max_bytes, error);

  if (node == NULL || side_json_as_object (node, "the message", error) == NULL)
    return NULL;
  return g_steal_pointer (&node);
}
