/* side-cli-input.c - files that a command reads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a name or from standard input, at most as much as the reader takes, and
 * rows of a table one after the other.
 */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <unistd.h>

#include "side-cli.h"

#define CHUNK_BYTES (64 * 1024)
#define MAX_TABLE   (256 * 1024 * 1024)

/**
 * side_cli_open:
 * @path: a file, or "-" for standard input
 * @error: of GIO
 *
 * Returns: (transfer full): what it holds, to be read
 */
GInputStream *
side_cli_open (const char  *path,
               GError     **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/**
 * side_cli_read:
 * @path: a file, or "-" for standard input
 * @max_bytes: what the reader takes
 * @error: of GIO, with the name before it
 *
 * Returns: (transfer full): the whole file, or as much of it as tells that it
 *   is too large
 */
GByteArray *
side_cli_read (const char  *path,
               gsize        max_bytes,
               GError     **error)
{
  g_autoptr (GInputStream) stream = side_cli_open (path, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize got = stream != NULL ? 1 : -1;

  while (got > 0 && bytes->len <= max_bytes)
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, before + CHUNK_BYTES);
      got = g_input_stream_read (stream, bytes->data + before, CHUNK_BYTES, NULL, error);
      g_byte_array_set_size (bytes, before + (guint) MAX (got, 0));
    }
  if (got >= 0)
    return g_steal_pointer (&bytes);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

/**
 * side_cli_read_table:
 * @path: a file in CSV, or "-" for standard input
 * @text: (out): holds what the table reads; to be freed after it
 * @error: of side_cli_read(); SIDE_ERROR_TOO_LARGE, SIDE_ERROR_INVALID
 *
 * Returns: (transfer full): the table, before its first row
 */
SideCsv *
side_cli_read_table (const char  *path,
                     char       **text,
                     GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, MAX_TABLE, error);
  gsize len;

  if (bytes == NULL)
    return NULL;
  if (bytes->len > MAX_TABLE)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "%s: the table is larger than %d MiB", path, MAX_TABLE >> 20);
      return NULL;
    }
  len = bytes->len;
  if (!g_utf8_validate ((const char *) bytes->data, (gssize) len, NULL))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s: the table is not text in UTF-8", path);
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  *text = (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
  return side_csv_new (*text, len);
}
