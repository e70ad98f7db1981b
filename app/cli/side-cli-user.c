/* side-cli-user.c - who may sign in at the server on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on the database that the server's configuration names, while the
 * server runs or not; it looks accounts up anew for every request. A password
 * comes by standard input only: a command line can be read by everybody.
 */
#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "side-cli-config.h"
#include "side-time.h"
#include "side-users.h"

#define PASSWORD_MAX_BYTES 1024

/* The first line of standard input, without its end. */
static char *
read_password (GError **error)
{
  char line[PASSWORD_MAX_BYTES + 2];
  gsize length;
  char *password;

  if (fgets (line, sizeof line, stdin) == NULL)
    line[0] = '\0';
  length = strcspn (line, "\r\n");
  if (length == 0 || length > PASSWORD_MAX_BYTES || !g_utf8_validate (line, (gssize) length, NULL))
    {
      explicit_bzero (line, sizeof line);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                   "Standard input does not begin with a line of 1 to %d bytes of text", PASSWORD_MAX_BYTES);
      return NULL;
    }
  password = g_strndup (line, length);
  explicit_bzero (line, sizeof line);
  return password;
}

static gboolean
check_projects (const SideServerConfig *config,
                char                  **projects,
                GError                **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < config->projects->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const SideProject *) g_ptr_array_index (config->projects, i))->id);
  for (gsize i = 0; projects[i] != NULL; i++)
    if (side_server_config_find_project (config, projects[i]) == NULL)
      {
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no project “%s” in the configuration, but: %s",
                     projects[i], names->str);
        return FALSE;
      }
  return TRUE;
}

static void
tell_added (SideCli     *cli,
            const char  *name,
            const char  *role,
            const char  *operator_name,
            char       **projects,
            gboolean     has_password,
            const char  *token)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      side_cli_write (token);
      side_cli_write ("\n");
      side_cli_warn ("This is the token of %s. It is kept nowhere and cannot be shown again", name);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "name", name);
  side_cli_add_text (builder, "role", role);
  if (operator_name != NULL)
    side_cli_add_text (builder, "operator", operator_name);
  side_cli_add_strv (builder, "projects", projects);
  side_cli_add_boolean (builder, "password", has_password);
  side_cli_add_text (builder, "token", token);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static int
add_user (SideCli  *cli,
          int       argc,
          char    **argv)
{
  static const SideCliHelp help = { "NAME", "Adds a user and prints their token, once", 1, FALSE };
  g_autofree char *path = NULL, *role = NULL, *operator_name = NULL, *password = NULL, *token = NULL;
  g_auto (GStrv) projects = NULL;
  gboolean with_password = FALSE;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &path, "The server's configuration; " SIDE_CLI_CONFIG " by default", "FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, "supervisor, client, trainer or operator", "ROLE" },
    { "operator", 0, 0, G_OPTION_ARG_STRING, &operator_name, "For the role operator: which one, by the name or id the calls have", "OPERATOR" },
    { "project", 0, 0, G_OPTION_ARG_STRING_ARRAY, &projects, "A project they may see; can be given several times", "ID" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &with_password, "Read a password from standard input", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (side_role_from_string (role) == SIDE_ROLE_NONE)
    return side_cli_usage (cli, "Say with --role what they are: supervisor, client, trainer or operator");
  if ((side_role_from_string (role) == SIDE_ROLE_OPERATOR) != (operator_name != NULL))
    return side_cli_usage (cli, "Say with --operator which operator they are, of the role operator alone");
  if (projects == NULL)
    return side_cli_usage (cli, "Say with --project what they may see; without one it would be nothing");
  config = side_cli_load_config (path, &error);
  if (config == NULL || !check_projects (config, projects, &error)
      || (with_password && (password = read_password (&error)) == NULL))
    return side_cli_fail (cli, error);
  token = side_users_add (config->database, argv[1], side_role_from_string (role), operator_name,
                          (const char *const *) projects, password, &error);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  if (token == NULL)
    return side_cli_fail (cli, error);
  tell_added (cli, argv[1], role, operator_name, projects, with_password, token);
  explicit_bzero (token, strlen (token));
  return SIDE_CLI_OK;
}

static void
add_row (JsonBuilder    *builder,
         const SideUser *user)
{
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "name", user->name);
  side_cli_add_text (builder, "role", side_role_to_string (user->role));
  if (user->operator_id != NULL)
    side_cli_add_text (builder, "operator", user->operator_id);
  side_cli_add_strv (builder, "projects", user->projects);
  side_cli_add_boolean (builder, "password", user->has_password);
  side_cli_add_number (builder, "tokens", user->n_tokens);
  side_cli_add_number (builder, "created_ms", (double) user->created_ms);
  side_cli_add_number (builder, "revoked_ms", user->revoked_ms != 0 ? (double) user->revoked_ms : NAN);
  json_builder_end_object (builder);
}

static void
print_user (const SideUser *user)
{
  g_autofree char *name = side_cli_plain (user->name);
  g_autofree char *projects = g_strjoinv (" ", user->projects);
  g_autofree char *revoked = user->revoked_ms != 0 ? side_time_to_iso (user->revoked_ms) : NULL;

  g_print ("%-20s %-11s %-9s %d token%s  %s%s%s\n", name, side_role_to_string (user->role),
           user->has_password ? "password" : "", user->n_tokens, user->n_tokens == 1 ? " " : "s", projects,
           revoked != NULL ? "  revoked " : "", revoked != NULL ? revoked : "");
}

static int
list_users (SideCli  *cli,
            int       argc,
            char    **argv)
{
  static const SideCliHelp help = { NULL, "All users, revoked ones too", 0, FALSE };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &path, "The server's configuration; " SIDE_CLI_CONFIG " by default", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  config = side_cli_load_config (path, &error);
  if (config == NULL || (users = side_users_list (config->database, &error)) == NULL)
    return side_cli_fail (cli, error);
  if (!cli->json)
    {
      for (guint i = 0; i < users->len; i++)
        print_user (g_ptr_array_index (users, i));
      return SIDE_CLI_OK;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "users");
  json_builder_begin_array (builder);
  for (guint i = 0; i < users->len; i++)
    add_row (builder, g_ptr_array_index (users, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
  return SIDE_CLI_OK;
}

static int
revoke_user (SideCli  *cli,
             int       argc,
             char    **argv)
{
  static const SideCliHelp help = { "NAME", "Ends a user's tokens and streams; they cannot sign in again", 1, FALSE };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &path, "The server's configuration; " SIDE_CLI_CONFIG " by default", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  config = side_cli_load_config (path, &error);
  if (config == NULL || !side_users_revoke (config->database, argv[1], &error))
    return side_cli_fail (cli, error);
  if (!cli->json)
    {
      g_print ("%s cannot sign in any more\n", argv[1]);
      return SIDE_CLI_OK;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "revoked", argv[1]);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
  return SIDE_CLI_OK;
}

/**
 * side_cli_server_user:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_server_user (SideCli  *cli,
                      int       argc,
                      char    **argv)
{
  static const struct {
    const char *word;
    SideCliRun  run;
  } verbs[] = {
    { "add", add_user },
    { "list", list_users },
    { "revoke", revoke_user },
  };

  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (argv[1], verbs[i].word))
      {
        g_autofree char *name = g_strjoin (" ", g_get_prgname (), argv[1], NULL);

        g_set_prgname (name);
        return verbs[i].run (cli, argc - 1, argv + 1);
      }
  return side_cli_usage (cli, "After “server user” comes add, list or revoke");
}
