/* side-rules.c - whether who is at the desk has acknowledged the rules of test calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the account and the project that are open; the file is read and written by
 * side-call-rules.c, which the command line uses, too.
 */
#include "side-rules.h"

#include "side-call-rules.h"

static char *
dup_key (SideDesk *desk)
{
  const SideServer *server = side_desk_get_server (desk);
  g_autofree char *identity = server != NULL ? side_server_dup_identity (server) : NULL;

  return side_call_rules_dup_key (identity, side_desk_get_user (desk), side_desk_get_project_id (desk));
}

static char *
dup_path (const char *path)
{
  return path != NULL ? g_strdup (path) : side_call_rules_dup_path ();
}

/* Without a server nobody has an account. */
static const char *
name_of (SideDesk *desk)
{
  const char *user = side_desk_get_user (desk);

  return user != NULL ? user : g_get_user_name ();
}

/**
 * side_rules_get_acknowledged_ms:
 * @desk: whose account and project
 * @path: (nullable): of the file; %NULL for this user's own
 *
 * Returns: the instant the rules, as they are now, were acknowledged; 0 for never
 */
gint64
side_rules_get_acknowledged_ms (SideDesk   *desk,
                                const char *path)
{
  g_autofree char *name = dup_path (path);
  g_autofree char *key = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk), 0);

  key = dup_key (desk);
  return side_call_rules_find (name, key, NULL);
}

/**
 * side_rules_acknowledge:
 * @desk: whose account and project
 * @path: (nullable): of the file; %NULL for this user's own
 * @error: return location: of side_file_write()
 *
 * Returns: whether it is written down
 */
gboolean
side_rules_acknowledge (SideDesk    *desk,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *name = dup_path (path);
  g_autofree char *key = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk), FALSE);

  key = dup_key (desk);
  return side_call_rules_keep (name, key, side_desk_get_project_id (desk), name_of (desk), side_desk_get_write_ms (desk), error);
}

/**
 * side_rules_sign:
 * @desk: whose account and project
 * @path: (nullable): of the file; %NULL for this user's own
 * @call: a test call that was not made yet
 *
 * Writes into it who acknowledged the rules, and when; nothing where nobody did.
 */
void
side_rules_sign (SideDesk     *desk,
                 const char   *path,
                 SideTestCall *call)
{
  g_autofree char *name = dup_path (path);
  g_autofree char *key = NULL, *by = NULL;
  gint64 at_ms;

  g_return_if_fail (SIDE_IS_DESK (desk) && call != NULL);

  key = dup_key (desk);
  at_ms = side_call_rules_find (name, key, &by);
  if (at_ms != 0)
    side_test_call_set_rules (call, SIDE_CALL_RULES_VERSION, by != NULL ? by : name_of (desk), at_ms);
}
