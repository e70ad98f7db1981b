/* fuzz-config.c - anything that may stand in the server's key file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beyond memory: faults are bounded and have a line of the file, and a file
 * without a fatal one gives a configuration the server can start with.
 */
#include <string.h>

#include "side-server-config.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);
int __lsan_is_turned_off (void);

/* Names of projects and queues are interned, and GLib abandons its table of
 * interned names each time it grows: after some two thousand names that would
 * be reported as our leak. Leaks of parsing are the unit test's to find. */
int
__lsan_is_turned_off (void)
{
  return 1;
}

static int
count_lines (const guint8 *data,
             size_t        size)
{
  int n = 1;

  for (size_t i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

static void
check_usable (const SideServerConfig *config)
{
  g_assert (config->database != NULL && *config->database == '/');
  g_assert (config->port != 0);
  g_assert (config->projects->len > 0 && config->pbxes->len > 0);
  g_assert (side_address_is_loopback (config->listen) || config->allow_insecure || config->tls_certificate != NULL);
  for (guint i = 0; i < config->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (config->projects, i);

      g_assert (project->time_zone != NULL && project->formula != SIDE_FORMULA_UNKNOWN);
      g_assert (project->target >= 0.0 && project->target <= 1.0);
      g_assert (project->threshold_ms >= 0 && project->waiting_limit >= 0);
    }
  for (guint i = 0; i < config->pbxes->len; i++)
    {
      const SidePbxConfig *pbx = g_ptr_array_index (config->pbxes, i);

      g_assert (pbx->host != NULL && pbx->user != NULL && pbx->port != 0);
      g_assert (*pbx->secret != '\0' || pbx->secret_file != NULL);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (SideServerConfig) config = NULL;
  int n_lines = count_lines (data, size);

  if (size > 0)
    memcpy (text, data, size);
  config = side_server_config_parse (text, (gssize) size, faults);
  g_assert (config != NULL);
  g_assert (faults->len <= SIDE_SERVER_CONFIG_MAX_FAULTS);
  for (guint i = 0; i < faults->len; i++)
    {
      const SideConfigFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *line = side_config_fault_to_string (fault, "f");

      g_assert (fault->line >= 0 && fault->line <= n_lines);
      g_assert (g_utf8_validate (line, -1, NULL));
    }
  if (!side_config_faults_are_fatal (faults))
    check_usable (config);
  return 0;
}
