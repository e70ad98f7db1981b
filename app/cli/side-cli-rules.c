/* side-cli-rules.c - the rules of test calls, before a computer calls anybody
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in the window, whoever makes test calls has acknowledged them once for a
 * project: there, or here with --rules-read.
 */
#include "side-call-rules.h"
#include "side-cli-caller.h"
#include "side-clock.h"

/* For a person: what a program reads stays what it was. */
static void
print_rules (void)
{
  g_printerr ("Rules of test calls:\n");
  for (guint i = 0; i < SIDE_CALL_RULES_N; i++)
    g_printerr ("  %u. %s. %s\n", i + 1, side_call_rules_get_title (i), side_call_rules_get_text (i));
}

static gboolean
acknowledge (SideCliRules  *self,
             const char    *path,
             const char    *project,
             GError       **error)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autofree char *key = side_call_rules_dup_key (NULL, NULL, project);
  gint64 now_ms = side_clock_now_ms (clock);

  if (!side_call_rules_keep (path, key, project, g_get_user_name (), now_ms, error))
    {
      g_prefix_error (error, "that the rules were read could not be written down: ");
      return FALSE;
    }
  self->by = g_strdup (g_get_user_name ());
  self->at_ms = now_ms;
  return TRUE;
}

/**
 * side_cli_rules_check:
 * @self: all zero; to be cleared whatever is returned
 * @cli: how to answer
 * @line: whether the rules are acknowledged now
 * @project: (nullable): whose staff is called
 * @error: SIDE_ERROR_FORBIDDEN while nobody acknowledged them here; of side_file_write()
 *
 * Prints the rules, for a person, where they are refused or acknowledged now.
 *
 * Returns: whether calls may be made
 */
gboolean
side_cli_rules_check (SideCliRules       *self,
                      const SideCli      *cli,
                      const SideCliLine  *line,
                      const char         *project,
                      GError            **error)
{
  g_autofree char *path = side_call_rules_dup_path ();

  self->at_ms = side_call_rules_find_project (path, project, &self->by);
  if (self->at_ms != 0)
    return TRUE;
  if (!cli->json)
    print_rules ();
  if (line->rules_read)
    return acknowledge (self, path, project, error);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
               "nobody acknowledged the rules of test calls on this computer for the project “%s”: who has read them, and keeps to them, adds --rules-read",
               project != NULL ? project : "");
  return FALSE;
}

/**
 * side_cli_rules_sign:
 * @self: rules that were acknowledged
 * @call: a test call that was not made yet
 */
void
side_cli_rules_sign (const SideCliRules *self,
                     SideTestCall       *call)
{
  side_test_call_set_rules (call, SIDE_CALL_RULES_VERSION, self->by, self->at_ms);
}

/**
 * side_cli_rules_clear:
 * @self: rules
 */
void
side_cli_rules_clear (SideCliRules *self)
{
  g_clear_pointer (&self->by, g_free);
  self->at_ms = 0;
}
