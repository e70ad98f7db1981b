/* side-asterisk-settings.c - how to reach an Asterisk and what is followed there
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-asterisk-settings.h"

#include <string.h>

/**
 * side_asterisk_settings_new:
 *
 * Returns: (transfer full): settings with the defaults: port 5038, recordings
 *   interleaved, no projects
 */
SideAsteriskSettings *
side_asterisk_settings_new (void)
{
  SideAsteriskSettings *self = g_new0 (SideAsteriskSettings, 1);

  self->port = 5038;
  self->interleaved = TRUE;
  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  side_ami_times_default (&self->times);
  return self;
}

/**
 * side_asterisk_settings_copy:
 * @self: settings
 *
 * Returns: (transfer full): a copy; the projects are shared
 */
SideAsteriskSettings *
side_asterisk_settings_copy (const SideAsteriskSettings *self)
{
  SideAsteriskSettings *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (SideAsteriskSettings, 1);
  *copy = *self;
  copy->live = self->live != NULL ? g_ptr_array_ref (self->live) : NULL;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->host = g_strdup (self->host);
  copy->tls_ca_file = g_strdup (self->tls_ca_file);
  copy->user = g_strdup (self->user);
  copy->secret = g_strdup (self->secret);
  copy->system_name = g_strdup (self->system_name);
  copy->queue_log = g_strdup (self->queue_log);
  copy->recording = g_strdup (self->recording);
  copy->folders = g_strdupv (self->folders);
  copy->projects = g_ptr_array_ref (self->projects);
  return copy;
}

/**
 * side_asterisk_settings_free:
 * @self: (nullable): settings
 */
void
side_asterisk_settings_free (SideAsteriskSettings *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->live, g_ptr_array_unref);
  g_free (self->host);
  g_free (self->tls_ca_file);
  g_free (self->user);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->system_name);
  g_free (self->queue_log);
  g_free (self->recording);
  g_strfreev (self->folders);
  g_ptr_array_unref (self->projects);
  g_free (self);
}

/**
 * side_asterisk_settings_address:
 * @self: settings
 * @address: (out caller-allocates): the manager's address; a view of @self
 */
void
side_asterisk_settings_address (const SideAsteriskSettings *self,
                                SideAmiAddress             *address)
{
  g_return_if_fail (self != NULL && address != NULL);

  *address = (SideAmiAddress) {
    .host = self->host,
    .port = self->port,
    .tls = self->tls,
    .tls_ca_file = self->tls_ca_file,
    .user = self->user,
    .secret = self->secret,
    .retry = TRUE,
  };
}
