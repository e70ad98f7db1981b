/* side-settings.c - what the program remembers about itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One GSettings object for the whole program, and the few keys that are more
 * than one plain value. Secrets are not here: see side-secrets.c.
 */
#include "side-settings.h"

#include "side-paths.h"

/**
 * side_server_new:
 * @url: the address
 * @user: (nullable): the user's name; an empty one counts as none
 * @fingerprint: (nullable): of a certificate trusted by hand
 *
 * Returns: (transfer full): a record of a server
 */
SideServer *
side_server_new (const char *url,
                 const char *user,
                 const char *fingerprint)
{
  SideServer *self = g_new0 (SideServer, 1);

  self->url = g_strdup (url);
  self->user = user != NULL && *user != '\0' ? g_strdup (user) : NULL;
  self->fingerprint = fingerprint != NULL && *fingerprint != '\0' ? g_strdup (fingerprint) : NULL;
  return self;
}

/**
 * side_server_copy:
 * @self: a record of a server
 *
 * Returns: (transfer full): another of the same
 */
SideServer *
side_server_copy (const SideServer *self)
{
  return side_server_new (self->url, self->user, self->fingerprint);
}

/**
 * side_server_free:
 * @self: (transfer full): a record of a server
 */
void
side_server_free (SideServer *self)
{
  g_free (self->url);
  g_free (self->user);
  g_free (self->fingerprint);
  g_free (self);
}

/**
 * side_server_dup_identity:
 * @self: a record of a server
 *
 * Returns: (transfer full): what tells this server and user from others; what
 *   is kept on disk and in the secret store goes by it. Without a user it names
 *   nobody, and nothing may be kept by it: see side-desk-owner.c
 */
char *
side_server_dup_identity (const SideServer *self)
{
  return g_strdup_printf ("%s %s", self->user != NULL ? self->user : "-", self->url);
}

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autofree char *folder = side_paths_find_build_schema ();

  /* A build tree's own schema first: the installed one may be older. */
  if (folder != NULL)
    {
      g_autoptr (GSettingsSchemaSource) built =
        g_settings_schema_source_new_from_directory (folder, installed, FALSE, NULL);

      if (built != NULL)
        schema = g_settings_schema_source_lookup (built, SIDE_APPLICATION_ID, FALSE);
    }
  if (schema == NULL && installed != NULL)
    schema = g_settings_schema_source_lookup (installed, SIDE_APPLICATION_ID, TRUE);
  if (schema == NULL)
    g_error ("The settings schema %s is not installed", SIDE_APPLICATION_ID);
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * side_settings_get:
 *
 * Returns: (transfer none): the program's settings
 */
GSettings *
side_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = open_settings ();
  return settings;
}

/**
 * side_settings_dup_servers:
 *
 * Returns: (transfer full) (element-type SideServer): the known servers, the
 *   one used last first
 */
GPtrArray *
side_settings_dup_servers (void)
{
  GPtrArray *servers = g_ptr_array_new_with_free_func ((GDestroyNotify) side_server_free);
  g_autoptr (GVariant) value = g_settings_get_value (side_settings_get (), "servers");
  GVariantIter iter;
  const char *url, *user, *fingerprint;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &url, &user, &fingerprint))
    g_ptr_array_add (servers, side_server_new (url, user, fingerprint));
  return servers;
}

static void
put_servers (GPtrArray *servers)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < servers->len; i++)
    {
      const SideServer *server = g_ptr_array_index (servers, i);

      g_variant_builder_add (&builder, "(sss)", server->url,
                             server->user != NULL ? server->user : "",
                             server->fingerprint != NULL ? server->fingerprint : "");
    }
  g_settings_set_value (side_settings_get (), "servers", g_variant_builder_end (&builder));
}

static void
take_out (GPtrArray  *servers,
          const char *url,
          const char *user)
{
  for (guint i = servers->len; i > 0; i--)
    {
      const SideServer *server = g_ptr_array_index (servers, i - 1);

      if (g_strcmp0 (server->url, url) == 0 && g_strcmp0 (server->user, user) == 0)
        g_ptr_array_remove_index (servers, i - 1);
    }
}

/**
 * side_settings_add_server:
 * @server: a server that was signed in to
 *
 * Puts it at the head of the known ones and makes it the last used.
 */
void
side_settings_add_server (const SideServer *server)
{
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  take_out (servers, server->url, server->user);
  g_ptr_array_insert (servers, 0, side_server_copy (server));
  put_servers (servers);
  g_settings_set_string (side_settings_get (), "last-server", server->url);
}

/**
 * side_settings_remove_server:
 * @url: its address
 * @user: (nullable): its user
 *
 * Forgets a server; unknown ones are no error.
 */
void
side_settings_remove_server (const char *url,
                             const char *user)
{
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  take_out (servers, url, user);
  put_servers (servers);
}

/**
 * side_settings_is_by_token:
 * @identity: see side_server_dup_identity()
 *
 * Returns: whether that user typed a token the last time, not a password
 */
gboolean
side_settings_is_by_token (const char *identity)
{
  g_auto (GStrv) identities = g_settings_get_strv (side_settings_get (), "by-token");

  return g_strv_contains ((const char *const *) identities, identity);
}

/**
 * side_settings_set_by_token:
 * @identity: see side_server_dup_identity()
 * @by_token: whether that user is known by a token there, not by a password
 */
void
side_settings_set_by_token (const char *identity,
                            gboolean    by_token)
{
  g_auto (GStrv) old = g_settings_get_strv (side_settings_get (), "by-token");
  g_autoptr (GPtrArray) identities = g_ptr_array_new ();

  for (guint i = 0; old[i] != NULL; i++)
    if (!g_str_equal (old[i], identity))
      g_ptr_array_add (identities, old[i]);
  if (by_token)
    g_ptr_array_add (identities, (char *) identity);
  g_ptr_array_add (identities, NULL);
  g_settings_set_strv (side_settings_get (), "by-token", (const char *const *) identities->pdata);
}

/**
 * side_settings_dup_project:
 * @identity: see side_server_dup_identity()
 *
 * Returns: (transfer full) (nullable): the project chosen last on that server
 */
char *
side_settings_dup_project (const char *identity)
{
  g_autoptr (GVariant) value = g_settings_get_value (side_settings_get (), "projects");
  char *project = NULL;

  g_variant_lookup (value, identity, "s", &project);
  return project;
}

/**
 * side_settings_set_project:
 * @identity: see side_server_dup_identity()
 * @project: id of the project to start with next time
 */
void
side_settings_set_project (const char *identity,
                           const char *project)
{
  g_autoptr (GVariant) value = g_settings_get_value (side_settings_get (), "projects");
  GVariantIter iter;
  const char *key, *old;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &old))
    if (!g_str_equal (key, identity))
      g_variant_builder_add (&builder, "{ss}", key, old);
  g_variant_builder_add (&builder, "{ss}", identity, project);
  g_settings_set_value (side_settings_get (), "projects", g_variant_builder_end (&builder));
}

/**
 * side_settings_get_period:
 *
 * Returns: the period the Live page shows
 */
SidePeriod
side_settings_get_period (void)
{
  return g_settings_get_enum (side_settings_get (), "period");
}

/**
 * side_settings_get_masked:
 *
 * Returns: whether telephone numbers hide three of their digits
 */
gboolean
side_settings_get_masked (void)
{
  return !g_settings_get_boolean (side_settings_get (), "full-numbers");
}
