/* side-users.h - who may sign in, for "sidetonectl server user"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on the archive's database file from another process, while the server
 * runs or not. The server looks accounts up anew for every request, and every
 * few seconds for live streams, so what is changed here holds at once.
 * The functions block; they are for command-line programs.
 */
#pragma once

#include "side-enums.h"

G_BEGIN_DECLS

/**
 * SideUser:
 * @operator_id: (nullable): of one with the role operator: which they are
 * @projects: ids of the projects granted
 * @has_password: signs in by name, not only with a token
 * @n_tokens: tokens that can be used now
 * @revoked_ms: since when they may not sign in, 0 when they may
 */
typedef struct {
  char     *name;
  SideRole  role;
  char     *operator_id;
  char    **projects;
  gboolean  has_password;
  int       n_tokens;
  gint64    created_ms;
  gint64    revoked_ms;
} SideUser;

char      *side_users_add    (const char *database, const char *name, SideRole role, const char *operator_name,
                              const char *const *projects, const char *password, GError **error);
char      *side_users_renew  (const char *database, const char *name, SideRole role, const char *const *projects,
                              GError **error);
GPtrArray *side_users_list   (const char *database, GError **error);
gboolean   side_users_revoke (const char *database, const char *name, GError **error);
void       side_user_free    (SideUser *user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideUser, side_user_free)

G_END_DECLS
