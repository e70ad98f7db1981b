/* side-cli-server.c - the way to a server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command asks one thing at a time and waits for the answer; the link sees
 * to it that each question ends.
 */
#include "side-cli.h"

#include <string.h>

#define TOKEN_FILE_MAX 4096

/**
 * side_cli_async_cb:
 * @source: (nullable): whom the question was put to
 * @result: the answer
 * @slot: where side_cli_wait() looks for it
 */
void
side_cli_async_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      slot)
{
  g_set_object ((GAsyncResult **) slot, result);
}

/**
 * side_cli_wait:
 * @slot: what side_cli_async_cb() fills
 *
 * Returns: (transfer none): the answer
 */
GAsyncResult *
side_cli_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static char *
find_token (SideCli  *cli,
            GError  **error)
{
  g_autofree char *text = NULL;
  const char *from_environment = g_getenv ("SIDETONE_TOKEN");
  gsize length = 0;

  if (cli->token_file == NULL)
    {
      if (from_environment != NULL && *from_environment != '\0')
        return g_strdup (from_environment);
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED,
                           "There is no token. Name a file with --token-file, or set SIDETONE_TOKEN; "
                           "“sidetonectl server user add” makes one");
      return NULL;
    }
  if (!g_file_get_contents (cli->token_file, &text, &length, error))
    return NULL;
  g_strstrip (text);
  if (length > TOKEN_FILE_MAX || *text == '\0' || strpbrk (text, " \t\r\n") != NULL)
    {
      explicit_bzero (text, strlen (text));
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” does not hold a token on one line", cli->token_file);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Whoever knows the certificate by its number may accept it. */
static void
explain_refusal (SideCli *cli,
                 GError  *error)
{
  const char *fingerprint = side_link_get_refused_fingerprint (cli->link);
  g_autofree char *said = NULL;

  if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED) || fingerprint == NULL)
    return;
  said = error->message;
  error->message = g_strdup_printf ("%s. Its SHA-256 is %s; if you know it to be the server's, accept it with --pin",
                                    said, fingerprint);
}

/**
 * side_cli_connect:
 * @cli: where to
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the server knows of us
 */
SideSession *
side_cli_connect (SideCli  *cli,
                  GError  **error)
{
  const char *typed = cli->url != NULL ? cli->url : g_getenv ("SIDETONE_URL");
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *address = NULL;
  g_autofree char *token = NULL;
  SideSession *session;

  if (typed == NULL || *typed == '\0')
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                           "There is no server. Name one with --url, or set SIDETONE_URL");
      return NULL;
    }
  address = side_link_normalize_address (typed, error);
  if (address == NULL || (token = find_token (cli, error)) == NULL)
    return NULL;
  cli->link = side_link_new (address, clock);
  g_object_set (cli->link, "allow-plain", cli->allow_plain, NULL);
  side_link_set_token (cli->link, token);
  explicit_bzero (token, strlen (token));
  if (cli->pin != NULL)
    side_link_pin_certificate (cli->link, cli->pin);
  side_link_open_session_async (cli->link, NULL, side_cli_async_cb, &result);
  session = side_link_open_session_finish (cli->link, side_cli_wait (&result), &reason);
  if (session == NULL)
    {
      explain_refusal (cli, reason);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
  return session;
}

/**
 * side_cli_choose_project:
 * @session: who we are
 * @wanted: (nullable): a project's id or name
 * @error: SIDE_ERROR_NOT_FOUND or INVALID
 *
 * Returns: (transfer none) (nullable): the project; the only one when none
 *   is named
 */
SideProject *
side_cli_choose_project (SideSession  *session,
                         const char   *wanted,
                         GError      **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < session->projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (session->projects, i);

      if (wanted == NULL ? session->projects->len == 1
                         : g_str_equal (project->id, wanted) || g_strcmp0 (project->name, wanted) == 0)
        return project;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", project->id);
    }
  if (session->projects->len == 0)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s is granted no project", session->user);
  else if (wanted != NULL)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no project “%s” for %s, but: %s", wanted, session->user, names->str);
  else
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "Choose a project with --project: %s", names->str);
  return NULL;
}
