/* side-cli-log.c - a log of events, line by line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what “events export” writes: one JSON object a line, first a project's
 * settings for each project, then its events. Lines are bounded, and the first
 * one that cannot be taken ends the reading: figures of half a log would look
 * like figures of all of it.
 */
#include "side-cli-log.h"

#include <gio/gio.h>
#include <string.h>

#define LINE_MAX_BYTES (1024 * 1024)
#define CHUNK_BYTES    (64 * 1024)

typedef struct {
  SideCliLogFunc take;
  gpointer       data;
} Reader;

static gboolean
take_line (const Reader  *reader,
           const char    *line,
           gsize          length,
           GError       **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (line, (gssize) length, LINE_MAX_BYTES, error);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (SideProject) project = NULL;
  g_autoptr (SideEvent) event = NULL;

  if (node == NULL)
    return FALSE;
  if (object != NULL && json_object_has_member (object, "settings"))
    {
      project = side_wire_project_from_node (json_object_get_member (object, "settings"), error);
      return project != NULL && reader->take (reader->data, project, NULL, error);
    }
  event = side_wire_event_from_node (node, error);
  return event != NULL && reader->take (reader->data, NULL, event, error);
}

static gboolean
fail_line (const char  *path,
           guint64      number,
           gboolean     cut,
           GError      *reason,
           GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s, line %" G_GUINT64_FORMAT ": %s%s", path, number, reason->message,
               cut ? "; the file ends in the middle of this line" : "");
  g_error_free (reason);
  return FALSE;
}

/* Takes the whole lines of @buffer out of it; the last one too at the end. */
static gboolean
take_lines (const Reader *reader,
            GByteArray  *buffer,
            gboolean     at_end,
            const char  *path,
            guint64     *number,
            GError     **error)
{
  const char *text = (const char *) buffer->data;
  gsize at = 0;

  while (at < buffer->len)
    {
      const char *end = memchr (text + at, '\n', buffer->len - at);
      gsize length = end != NULL ? (gsize) (end - text) - at : buffer->len - at;
      gsize used = length + (end != NULL);
      GError *reason = NULL;

      if (end == NULL && !at_end && length <= LINE_MAX_BYTES)
        break;
      ++*number;
      while (length > 0 && g_ascii_isspace (text[at + length - 1]))
        length--;
      if (length > 0 && !take_line (reader, text + at, length, &reason))
        return fail_line (path, *number, end == NULL && at_end, reason, error);
      at += used;
    }
  if (at > 0)
    g_byte_array_remove_range (buffer, 0, (guint) at);
  return TRUE;
}

/**
 * side_cli_read_log:
 * @path: a file, or “-” for standard input
 * @take: given each project's settings and each event, in the order of the lines
 * @data: for it
 * @error: what cannot be read, or taken, with its line
 *
 * Returns: whether all of it was taken
 */
gboolean
side_cli_read_log (const char      *path,
                   SideCliLogFunc   take,
                   gpointer         data,
                   GError         **error)
{
  const Reader reader = { take, data };
  g_autoptr (GInputStream) stream = side_cli_open (path, error);
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  guint64 number = 0;
  gssize got;

  if (stream == NULL)
    return FALSE;
  do
    {
      guint had = buffer->len;

      g_byte_array_set_size (buffer, had + CHUNK_BYTES);
      got = g_input_stream_read (stream, buffer->data + had, CHUNK_BYTES, NULL, error);
      g_byte_array_set_size (buffer, had + (guint) MAX (got, 0));
      if (got < 0 || !take_lines (&reader, buffer, got == 0, path, &number, error))
        return FALSE;
    }
  while (got > 0);
  return TRUE;
}
