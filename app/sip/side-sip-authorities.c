/* side-sip-authorities.c - whose signatures the stack takes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OpenSSL reads a folder of authorities by their hashes, one at a time and only
 * the one it needs, in no time; a bundle of all of them would hold up the main
 * loop for a tenth of a second and more. Where a person added one, the two are
 * put together in a folder of our own.
 */
#include "side-sip-private.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <openssl/x509.h>
#include <string.h>

#include "side-error.h"

#define PREFIX "sidetone-authorities-"

/* "5ed36f99.0": the hash of a subject, and which of those that share it. */
static gboolean
is_hashed (const char *name)
{
  for (int i = 0; i < 8; i++)
    if (!g_ascii_isxdigit (name[i]))
      return FALSE;
  return name[8] == '.' && g_ascii_isdigit (name[9]);
}

static const char *
system_folder (void)
{
  const char *named = g_getenv (X509_get_default_cert_dir_env ());

  return named != NULL ? named : X509_get_default_cert_dir ();
}

/* Calls @func for each hashed authority of the system. Returns: how many. */
static guint
each_authority (void     (*func) (const char *folder, const char *name, gpointer data),
                gpointer   data)
{
  const char *folder = system_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_hashed (name))
      {
        if (func != NULL)
          func (folder, name, data);
        n++;
      }
  return n;
}

static void
link_authority (const char *folder,
                const char *name,
                gpointer    data)
{
  g_autofree char *from = g_build_filename (data, name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);

  if (symlink (to, from) != 0)
    g_warning ("the authority %s is left out: %s", to, g_strerror (errno));
}

/* A system without a folder of hashes has all of them in one file. */
static gboolean
append_bundle (GString  *out,
               GError  **error)
{
  const char *named = g_getenv (X509_get_default_cert_file_env ());
  const char *const paths[] = {
    named != NULL ? named : X509_get_default_cert_file (),
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_get_contents (paths[i], &text, &length, NULL))
        {
          g_string_append_len (out, text, (gssize) length);
          g_string_append_c (out, '\n');
          return TRUE;
        }
    }
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "this computer has no authorities for certificates");
  return FALSE;
}

/**
 * side_sip_trust_folder:
 * @settings: settings that were checked
 * @error: NOT_FOUND where this computer knows no authorities; FAILED, FULL and
 *   the like where a folder cannot be made
 *
 * Returns: (transfer full): for NUTAG_CERTIFICATE_DIR: the system's folder of
 *   authorities, or a private one with a person's own beside them; to be freed
 *   with side_sip_trust_folder_free() when no stack uses it any more
 */
char *
side_sip_trust_folder (SideSipSettings  *settings,
                       GError          **error)
{
  GTlsCertificate *trusted;
  g_autoptr (GString) pem = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  guint n_hashed;

  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (settings), NULL);

  trusted = side_sip_settings_get_trusted (settings);
  n_hashed = each_authority (NULL, NULL);
  if (trusted == NULL && n_hashed > 0)
    return g_strdup (system_folder ());
  if (n_hashed == 0 && !append_bundle (pem, trusted == NULL ? error : NULL) && trusted == NULL)
    return NULL;
  if (trusted != NULL)
    {
      g_autofree char *own = NULL;

      g_object_get (trusted, "certificate-pem", &own, NULL);
      g_string_append (pem, own);
    }
  folder = g_dir_make_tmp (PREFIX "XXXXXX", &local_error);
  if (folder != NULL)
    {
      path = g_build_filename (folder, "cafile.pem", NULL);
      if (g_file_set_contents (path, pem->str, (gssize) pem->len, &local_error))
        {
          each_authority (link_authority, folder);
          return g_steal_pointer (&folder);
        }
      side_sip_trust_folder_free (g_steal_pointer (&folder));
    }
  g_set_error (error, SIDE_ERROR, g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? SIDE_ERROR_FULL : SIDE_ERROR_FAILED,
               "no folder for the authorities: %s", local_error->message);
  return NULL;
}

/**
 * side_sip_trust_folder_free:
 * @folder: (transfer full) (nullable): by side_sip_trust_folder(); a private
 *   one is removed with all that is in it
 */
void
side_sip_trust_folder_free (char *folder)
{
  g_autofree char *base = folder != NULL ? g_path_get_basename (folder) : NULL;

  if (base != NULL && g_str_has_prefix (base, PREFIX))
    {
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
      g_rmdir (folder);
    }
  g_free (folder);
}
