/* side-test-recordings.c - where the recordings of test calls are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stay on the computer the call was made on: a folder for each server and
 * user, among what cannot be fetched again.
 */
#include "side-test-recordings.h"

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
