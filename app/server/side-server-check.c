/* side-server-check.c - whether a start would work, without starting
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What "--check" looks at beyond the configuration and its files: the archive,
 * which is read and not touched, and the address, which is taken for a moment.
 * A server that runs with the same archive is no fault, and may have the address.
 */
#include "side-server-check.h"

#include <stdio.h>

#include "side-archive-lock.h"
#include "side-file.h"
#include "side-http-server.h"
#include "side-sqlite-store.h"
#include "side-text.h"

static void
check_archive (const SideServerConfig *config,
               GPtrArray              *faults)
{
  g_autoptr (GError) error = NULL;

  if (!side_sqlite_store_check (config->database, &error))
    side_config_faults_add (faults, config->database_line, FALSE, "database: %s", error->message);
}

/* Whether the address is that of the server that runs, as far as it tells:
 * then it is free when that one ends. */
static gboolean
may_have (const SideArchiveHolder *running,
          const SideServerConfig  *config)
{
  g_autoptr (GInetAddress) theirs = running->listen != NULL ? g_inet_address_new_from_string (running->listen) : NULL;
  g_autoptr (GInetAddress) ours = g_inet_address_new_from_string (config->listen);

  if (theirs == NULL || ours == NULL)
    return TRUE;
  return running->port == config->port
         && (g_inet_address_equal (theirs, ours) || g_inet_address_get_is_any (theirs) || g_inet_address_get_is_any (ours));
}

static void
check_address (const SideServerConfig   *config,
               const SideArchiveHolder  *running,
               GPtrArray                *faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = side_http_bind (config->listen, config->port, &error);
  gboolean is_busy = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);

  if (socket != NULL)
    g_socket_close (socket, NULL);
  else if (!(is_busy && running != NULL && may_have (running, config)))
    side_config_faults_add (faults, is_busy ? config->port_line : config->listen_line, FALSE,
                            "listen: %s, port %u: %s", config->listen, config->port, error->message);
}

/**
 * side_server_check:
 * @config: a configuration, which may have faults
 * @faults: of SideConfigFault; what a start would fail at is added
 *
 * Blocks for as long as the disk takes.
 *
 * Returns: whether a server runs with this archive now
 */
gboolean
side_server_check (const SideServerConfig *config,
                   GPtrArray              *faults)
{
  g_autoptr (SideArchiveHolder) running = config->database != NULL ? side_archive_lock_find_holder (config->database) : NULL;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (config->listen);

  if (config->database != NULL && !side_file_is_odd (config->database))
    check_archive (config, faults);
  if (address != NULL)
    check_address (config, running, faults);
  return running != NULL;
}

/**
 * side_server_load_config:
 * @path: the key file
 * @check: look at all a start would need, and say on standard output when it is
 *   fine
 *
 * Says on standard error what is wrong.
 *
 * Returns: (transfer full) (nullable): the configuration; %NULL when a server
 *   cannot start with it
 */
SideServerConfig *
side_server_load_config (const char *path,
                         gboolean    check)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SideServerConfig) config = side_server_config_load (path, faults, &error);
  gboolean is_running;

  if (config == NULL)
    {
      g_autofree char *safe = side_redact (error->message);

      g_printerr ("sidetone-server: %s\n", safe);
      return NULL;
    }
  is_running = check && side_server_check (config, faults);
  side_config_faults_sort (faults);
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *text = side_config_fault_to_string (g_ptr_array_index (faults, i), path);

      g_printerr ("%s\n", text);
    }
  if (side_config_faults_are_fatal (faults))
    return NULL;
  if (check)
    printf (is_running ? "%s: fine; a server is running with it\n" : "%s: fine\n", path);
  return g_steal_pointer (&config);
}
