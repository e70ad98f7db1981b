/* side-wire-unmatched.c - files of recordings that no call refers to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to GET /recordings/unmatched, for the server that writes it and
 * for the link that reads it.
 */
#include "side-wire-private.h"

/**
 * side_unmatched_file_new:
 * @name: its name below a recordings folder, in UTF-8
 * @size: bytes
 * @modified_ms: when it was last written
 *
 * Returns: (transfer full): a file
 */
SideUnmatchedFile *
side_unmatched_file_new (const char *name,
                         gint64      size,
                         gint64      modified_ms)
{
  SideUnmatchedFile *file = g_new0 (SideUnmatchedFile, 1);

  file->name = g_strdup (name);
  file->size = size;
  file->modified_ms = modified_ms;
  return file;
}

/**
 * side_unmatched_file_free:
 * @file: (transfer full) (nullable): a file
 */
void
side_unmatched_file_free (SideUnmatchedFile *file)
{
  if (file == NULL)
    return;
  g_free (file->name);
  g_free (file);
}

/**
 * side_unmatched_new:
 *
 * Returns: (transfer full): an empty list of all there is
 */
SideUnmatched *
side_unmatched_new (void)
{
  SideUnmatched *self = g_new0 (SideUnmatched, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) side_unmatched_file_free);
  self->complete = TRUE;
  return self;
}

/**
 * side_unmatched_free:
 * @self: (transfer full) (nullable): a list
 */
void
side_unmatched_free (SideUnmatched *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * side_wire_unmatched_to_json:
 * @unmatched: a list
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_unmatched_to_json (const SideUnmatched *unmatched)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "files", '[');
  for (guint i = 0; i < unmatched->files->len; i++)
    {
      const SideUnmatchedFile *file = g_ptr_array_index (unmatched->files, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", file->name);
      side_json_int (out, "size", file->size);
      side_json_int (out, "modified_ms", file->modified_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_boolean (out, "complete", unmatched->complete);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gpointer
read_file (JsonNode  *node,
           GError   **error)
{
  JsonObject *object = side_json_as_object (node, "file", error);
  g_autofree char *name = NULL;
  gint64 size = 0;
  gint64 modified_ms = 0;

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "size"), "size", error)
      || !side_json_need (json_object_has_member (object, "modified_ms"), "modified_ms", error)
      || !side_json_read_needed (object, "name", &name, error)
      || !side_json_read_int64 (object, "size", 0, &size, error)
      || !side_json_read_ms (object, "modified_ms", SIDE_JSON_MIN_MS, &modified_ms, error))
    return NULL;
  return side_unmatched_file_new (name, size, modified_ms);
}

/**
 * side_wire_unmatched_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the list
 */
SideUnmatched *
side_wire_unmatched_from_json (const char  *text,
                               gssize       len,
                               GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideUnmatched) unmatched = NULL;
  GPtrArray *files;

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "complete"), "complete", error))
    return NULL;
  files = _side_wire_read_list (object, "files", read_file, (GDestroyNotify) side_unmatched_file_free, error);
  if (files == NULL)
    return NULL;
  unmatched = side_unmatched_new ();
  g_ptr_array_unref (unmatched->files);
  unmatched->files = files;
  if (!side_json_read_boolean (object, "complete", &unmatched->complete, error))
    return NULL;
  return g_steal_pointer (&unmatched);
}
