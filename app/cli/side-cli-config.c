/* side-cli-config.c - the configuration of the server on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli-config.h"

#include <string.h>

/**
 * side_cli_load_config:
 * @path: (nullable): the server's key file; SIDE_CLI_CONFIG by default
 * @error: SIDE_ERROR_INVALID with the first thing that is wrong in it, or why
 *   it cannot be read
 *
 * Only what the text says: the files it names may be for the server alone.
 *
 * Returns: (transfer full) (nullable): the configuration
 */
SideServerConfig *
side_cli_load_config (const char  *path,
                      GError     **error)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    path = SIDE_CLI_CONFIG;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  config = side_server_config_parse (text, (gssize) length, faults);
  explicit_bzero (text, length);
  if (!side_config_faults_are_fatal (faults))
    return g_steal_pointer (&config);
  side_config_faults_sort (faults);
  for (guint i = 0; i < faults->len; i++)
    {
      const SideConfigFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *where = NULL;

      if (fault->warning)
        continue;
      where = side_config_fault_to_string (fault, path);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s. “sidetone-server --config %s --check” tells all there is", where, path);
      break;
    }
  return NULL;
}
