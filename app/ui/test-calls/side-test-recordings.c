/* side-test-recordings.c - where the recordings of test calls are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stay on the computer the call was made on: a folder for each server and
 * user, among what cannot be fetched again.
 */
#include "side-test-recordings.h"

#include <fcntl.h>
#include <unistd.h>

#include "side-hash.h"
#include "side-job.h"
#include "side-paths.h"

/**
 * side_test_recordings_dup_folder:
 * @desk: a desk
 *
 * Returns: (transfer full): the folder, which is there
 */
char *
side_test_recordings_dup_folder (SideDesk *desk)
{
  const SideServer *server = side_desk_get_server (desk);
  g_autofree char *identity = server != NULL ? side_server_dup_identity (server) : g_strdup ("here");
  g_autofree char *folder = side_paths_server_folder ("data", identity);
  char *calls = g_build_filename (folder, "test-calls", NULL);

  g_mkdir_with_parents (calls, 0700);
  return calls;
}

/**
 * side_test_recordings_dup_path:
 * @desk: a desk
 * @call: a test call; of what it says its recording is called no folder is taken
 *
 * Returns: (transfer full): where its recording is, or would be
 */
char *
side_test_recordings_dup_path (SideDesk           *desk,
                               const SideTestCall *call)
{
  g_autofree char *folder = side_test_recordings_dup_folder (desk);
  g_autofree char *name = call->recording != NULL ? g_path_get_basename (call->recording) : g_strconcat (call->review->id, ".wav", NULL);

  return g_build_filename (folder, name, NULL);
}

static gpointer
hash_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  int fd = open (data, O_RDONLY | O_CLOEXEC);
  char *hex = fd >= 0 ? side_hash_of_fd (fd, cancellable) : NULL;

  if (fd >= 0)
    close (fd);
  if (hex == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "it could not be read");
  return hex;
}

/**
 * side_test_recordings_hash_async:
 * @path: of a recording
 * @cancellable: (nullable): ends it
 * @callback: called when done
 * @user_data: for @callback
 */
void
side_test_recordings_hash_async (const char          *path,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  side_job_run_async (hash_work, g_strdup (path), g_free, g_free, NULL, NULL, cancellable, callback, user_data);
}

/**
 * side_test_recordings_hash_finish:
 * @result: what the callback was given
 * @error: (out): why there is none
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the file, in hexadecimal
 */
char *
side_test_recordings_hash_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return side_job_run_finish (result, error);
}
