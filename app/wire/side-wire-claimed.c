/* side-wire-claimed.c - which calls came with the header of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-http.h"

#include "side-json-reader.h"
#include "side-json-writer.h"
#include "side-wire-private.h"

#define MOST 1000

/**
 * side_wire_claimed_to_json:
 * @calls: (array zero-terminated=1): ids of legs, in the order they came
 *
 * Returns: (transfer full): their JSON
 */
char *
side_wire_claimed_to_json (const char *const *calls)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "calls", '[');
  for (gsize i = 0; calls[i] != NULL; i++)
    side_json_string (out, NULL, calls[i]);
  side_json_close (out, ']');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_claimed_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of legs
 */
char **
side_wire_claimed_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "calls"), "calls", error)
      || !_side_wire_read_texts (object, "calls", MOST, calls, error))
    return NULL;
  g_ptr_array_add (calls, NULL);
  return (char **) g_ptr_array_steal (calls, NULL);
}
