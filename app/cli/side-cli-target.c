/* side-cli-target.c - where a long answer goes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A named file is there whole or not at all; what came before it stays until
 * then.
 */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "side-cli.h"

/**
 * side_cli_target_open:
 * @self: one that is not open
 * @path: (nullable): the file; %NULL for standard output
 * @error: of GLib's files
 *
 * Returns: whether its stream can be written to
 */
gboolean
side_cli_target_open (SideCliTarget  *self,
                      const char     *path,
                      GError        **error)
{
  g_autoptr (GOutputStream) raw = NULL;
  gboolean is_odd = path != NULL && side_file_is_odd (path);
  int fd = is_odd ? g_open (path, O_WRONLY | O_CLOEXEC, 0) : STDOUT_FILENO;

  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }
  if (path != NULL && !is_odd)
    {
      /* It holds telephone numbers, or what is said of people: for its owner's eyes alone. */
      self->file = side_new_file_open (path, 0600, error);
      if (self->file == NULL)
        return FALSE;
      fd = side_new_file_get_fd (self->file);
    }
  raw = g_unix_output_stream_new (fd, is_odd);
  self->stream = g_buffered_output_stream_new_sized (raw, 64 * 1024);
  return TRUE;
}

/**
 * side_cli_target_close:
 * @self: an open one
 * @keep: whether all was written; otherwise a file is left as it was before
 * @error: return location; not set when @keep is %FALSE
 *
 * Returns: whether it is all in its place
 */
gboolean
side_cli_target_close (SideCliTarget  *self,
                       gboolean        keep,
                       GError        **error)
{
  return keep && g_output_stream_close (self->stream, NULL, error)
         && (self->file == NULL || side_new_file_finish (self->file, TRUE, error));
}

/**
 * side_cli_target_clear:
 * @self: one, open or not
 */
void
side_cli_target_clear (SideCliTarget *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->file, side_new_file_free);
}

static gboolean
fail_exists (const char  *path,
             GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "“%s” is there already; --force writes over it", path);
  return FALSE;
}

/**
 * side_cli_write_file:
 * @path: the file, or "-" for standard output
 * @text: all of it
 * @len: its bytes
 * @force: whether to replace one that is there
 * @error: SIDE_ERROR_EXISTS, or of files
 *
 * Returns: whether it is all in its place, readable by its owner alone
 */
gboolean
side_cli_write_file (const char  *path,
                     const char  *text,
                     gsize        len,
                     gboolean     force,
                     GError     **error)
{
  g_autoptr (SideNewFile) file = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_str_equal (path, "-"))
    {
      side_cli_write (text);
      return TRUE;
    }
  if (!force && g_file_test (path, G_FILE_TEST_EXISTS))
    return fail_exists (path, error);
  file = side_new_file_open (path, 0600, error);
  if (file == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (side_new_file_get_fd (file), FALSE);
  if (!g_output_stream_write_all (stream, text, len, NULL, NULL, error))
    return FALSE;
  if (side_new_file_finish (file, force, &reason))
    return TRUE;
  if (g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_EXISTS))
    return fail_exists (path, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
