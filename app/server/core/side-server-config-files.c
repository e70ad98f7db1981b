/* side-server-config-files.c - the configuration against the machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which files and folders the configuration names and cannot use, the list of
 * faults itself, and reading the file. Kept apart from parsing, which depends
 * on nothing but the text.
 */
#include "side-server-config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-file.h"
#include "side-tls-pair.h"

#define MAX_SECRET_BYTES 1024
#define MAX_SECRET_FILE  (64 * 1024)   /* to be told that it is no secret, not that it is too long */

static void
fault_free (gpointer data)
{
  SideConfigFault *fault = data;

  g_free (fault->message);
  g_free (fault);
}

/**
 * side_config_faults_new:
 *
 * Returns: (transfer full): an empty list of SideConfigFault
 */
GPtrArray *
side_config_faults_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

/**
 * side_config_faults_add:
 * @faults: the list
 * @line: where, from 1; 0 for the file as a whole
 * @warning: whether the server can start nevertheless
 * @format: printf format of the message, in plain words
 *
 * Faults over the limit are dropped: somebody who gave a picture instead of a
 * key file has understood after the first two hundred.
 */
void
side_config_faults_add (GPtrArray  *faults,
                        int         line,
                        gboolean    warning,
                        const char *format,
                        ...)
{
  SideConfigFault *fault;
  va_list args;

  if (faults->len >= SIDE_SERVER_CONFIG_MAX_FAULTS)
    return;
  fault = g_new0 (SideConfigFault, 1);
  fault->line = line;
  fault->warning = warning;
  va_start (args, format);
  fault->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (faults, fault);
}

static int
compare_faults (gconstpointer a,
                gconstpointer b)
{
  const SideConfigFault *one = *(SideConfigFault *const *) a;
  const SideConfigFault *other = *(SideConfigFault *const *) b;

  return (one->line > other->line) - (one->line < other->line);
}

/**
 * side_config_faults_sort:
 * @faults: the list
 *
 * Puts them in the order of the file.
 */
void
side_config_faults_sort (GPtrArray *faults)
{
  g_ptr_array_sort (faults, compare_faults);
}

/**
 * side_config_faults_are_fatal:
 * @faults: the list
 *
 * Returns: whether one of them forbids starting
 */
gboolean
side_config_faults_are_fatal (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    if (!((SideConfigFault *) g_ptr_array_index (faults, i))->warning)
      return TRUE;
  return FALSE;
}

/**
 * side_config_fault_to_string:
 * @fault: a fault
 * @file: the file's name
 *
 * Returns: (transfer full): "FILE:LINE: message", as compilers write it
 */
char *
side_config_fault_to_string (const SideConfigFault *fault,
                             const char            *file)
{
  const char *kind = fault->warning ? "warning: " : "";

  if (fault->line == 0)
    return g_strdup_printf ("%s: %s%s", file, kind, fault->message);
  return g_strdup_printf ("%s:%d: %s%s", file, fault->line, kind, fault->message);
}

/**
 * side_address_is_loopback:
 * @address: an IP address
 *
 * Returns: whether only this machine reaches it
 */
gboolean
side_address_is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

static void
check_private (GPtrArray  *faults,
               int         line,
               const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO) & ~(mode_t) S_IRGRP) != 0)
    side_config_faults_add (faults, line, TRUE, "“%s” can be read by others: chmod 640 it", path);
}

/* Returns: whether it can be read, or is not given */
static gboolean
check_readable (GPtrArray  *faults,
                int         line,
                const char *key,
                const char *path)
{
  if (path == NULL)
    return TRUE;
  if (side_file_is_odd (path))
    side_config_faults_add (faults, line, FALSE, "%s: “%s” is not a plain file", key, path);
  else if (g_access (path, R_OK) != 0)
    side_config_faults_add (faults, line, FALSE, "%s “%s”: %s", key, path, g_strerror (errno));
  else
    return TRUE;
  return FALSE;
}

static void
check_tls (SideServerConfig *self,
           GPtrArray        *faults)
{
  gboolean can_read = check_readable (faults, self->tls_certificate_line, "tls_certificate", self->tls_certificate);
  g_autoptr (GError) error = NULL;

  can_read &= check_readable (faults, self->tls_key_line, "tls_key", self->tls_key);
  if (self->tls_key != NULL)
    check_private (faults, self->tls_key_line, self->tls_key);
  if (can_read && self->tls_certificate != NULL && self->tls_key != NULL
      && !side_tls_pair_check (self->tls_certificate, self->tls_key, &error))
    side_config_faults_add (faults, self->tls_key_line, FALSE, "tls_certificate “%s” and tls_key “%s”: %s",
                            self->tls_certificate, self->tls_key, error->message);
}

static void
read_secret (SidePbxConfig *pbx,
             GPtrArray     *faults)
{
  g_autofree char *text = NULL;
  gsize len = 0;
  g_autoptr (GError) error = NULL;

  if (!side_file_read (pbx->secret_file, MAX_SECRET_FILE, &text, &len, &error))
    {
      side_config_faults_add (faults, pbx->secret_file_line, FALSE, "secret_file: %s", error->message);
      return;
    }
  check_private (faults, pbx->secret_file_line, pbx->secret_file);
  if (len > MAX_SECRET_BYTES || memchr (text, '\0', len) != NULL || !g_utf8_validate (text, (gssize) len, NULL))
    side_config_faults_add (faults, pbx->secret_file_line, FALSE, "secret_file “%s” does not hold one line of text", pbx->secret_file);
  else if (*g_strstrip (text) == '\0' || strpbrk (text, "\r\n") != NULL)
    side_config_faults_add (faults, pbx->secret_file_line, FALSE, "secret_file “%s” does not hold one line of text", pbx->secret_file);
  else
    {
      g_free (pbx->secret);
      pbx->secret = g_strdup (text);
    }
  explicit_bzero (text, strlen (text));
}

/* What lies beside a database is written too: a run as another user may have
 * left it behind. */
static void
check_database (SideServerConfig *self,
                GPtrArray        *faults)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };
  g_autofree char *folder = NULL;

  if (self->database == NULL)
    return;
  folder = g_path_get_dirname (self->database);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    side_config_faults_add (faults, self->database_line, FALSE, "database: there is no folder “%s”", folder);
  else if (g_access (folder, W_OK | X_OK) != 0)
    side_config_faults_add (faults, self->database_line, FALSE, "database: folder “%s”: %s", folder, g_strerror (errno));
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->database, endings[i], NULL);

      if (side_file_is_odd (path))
        side_config_faults_add (faults, self->database_line, FALSE, "database: “%s” is not a plain file", path);
      else if (g_file_test (path, G_FILE_TEST_EXISTS) && g_access (path, R_OK | W_OK) != 0)
        side_config_faults_add (faults, self->database_line, FALSE, "database “%s”: %s", path, g_strerror (errno));
    }
  /* One that was put back from a copy, as a rule. */
  if (g_file_test (self->database, G_FILE_TEST_IS_REGULAR))
    check_private (faults, self->database_line, self->database);
}

static gboolean
is_below (const char *path,
          GPtrArray  *folders)
{
  for (guint i = 0; i < folders->len; i++)
    {
      const char *folder = g_ptr_array_index (folders, i);
      gsize length = strlen (folder);

      while (length > 1 && folder[length - 1] == '/')
        length--;
      if (strncmp (path, folder, length) == 0 && (length == 1 || path[length] == '/'))
        return TRUE;
    }
  return FALSE;
}

/* One path for all calls would give each of them the same recording. */
static void
check_recording (const SidePbxConfig *pbx,
                 GPtrArray           *folders,
                 GPtrArray           *faults)
{
  if (pbx->recording == NULL)
    return;
  if (strstr (pbx->recording, "{uniqueid}") == NULL)
    side_config_faults_add (faults, pbx->recording_line, FALSE, "“recording” has no “{uniqueid}” in it: it would be one file for all calls");
  else if (folders->len > 0 && !is_below (pbx->recording, folders))
    side_config_faults_add (faults, pbx->recording_line, TRUE, "recording: “%s” lies in none of the “folders” of “[recordings]”: "
                            "such files are not served", pbx->recording);
}

/**
 * side_server_config_check_files:
 * @self: the configuration; secrets kept in files are filled in
 * @faults: where faults are added
 *
 * Looks whether the files and folders named are there and can be used.
 */
void
side_server_config_check_files (SideServerConfig *self,
                                GPtrArray        *faults)
{
  check_tls (self, faults);
  check_database (self, faults);
  for (guint i = 0; i < self->recording_folders->len; i++)
    {
      const char *folder = g_ptr_array_index (self->recording_folders, i);

      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        side_config_faults_add (faults, self->folders_line, FALSE, "folders: there is no folder “%s”", folder);
      else if (g_access (folder, R_OK | X_OK) != 0)
        side_config_faults_add (faults, self->folders_line, FALSE, "folders: “%s”: %s", folder, g_strerror (errno));
    }
  for (guint i = 0; i < self->pbxes->len; i++)
    {
      SidePbxConfig *pbx = g_ptr_array_index (self->pbxes, i);

      if (pbx->secret_file != NULL)
        read_secret (pbx, faults);
      check_readable (faults, pbx->tls_ca_line, "tls_ca", pbx->tls_ca);
      check_readable (faults, pbx->queue_log_line, "queue_log", pbx->queue_log);
      check_recording (pbx, self->recording_folders, faults);
    }
}

/**
 * side_server_config_load:
 * @path: the key file
 * @faults: of SideConfigFault; each mistake is added
 * @error: return location, when the file cannot be read at all
 *
 * Reads, parses and checks against the machine. A file with a secret in it
 * that others can read is a warning.
 *
 * Returns: (transfer full) (nullable): the configuration, see
 *   side_server_config_parse()
 */
SideServerConfig *
side_server_config_load (const char  *path,
                         GPtrArray   *faults,
                         GError     **error)
{
  g_autofree char *text = NULL;
  gsize len;
  g_autoptr (GError) reason = NULL;
  SideServerConfig *self;
  gboolean has_secret = FALSE;

  /* One that is too long is told so with the faults. */
  if (!side_file_read (path, SIDE_SERVER_CONFIG_MAX_BYTES + 1, &text, &len, &reason))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s", reason->message);
      return NULL;
    }
  self = side_server_config_parse (text, (gssize) len, faults);
  explicit_bzero (text, len);
  for (guint i = 0; i < self->pbxes->len; i++)
    has_secret |= *((SidePbxConfig *) g_ptr_array_index (self->pbxes, i))->secret != '\0';
  if (has_secret)
    check_private (faults, 0, path);
  side_server_config_check_files (self, faults);
  side_config_faults_sort (faults);
  return self;
}
