/* side-cli-events.c - a server's log of events as a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON lines: {"settings": …} for each project, then every event in the order
 * of its number, as the protocol writes it. “replay” reads them back. A named
 * file is there whole or not at all.
 */
#include <gio/gio.h>
#include <string.h>

#include "side-cli.h"
#include "side-time.h"

typedef struct {
  GPtrArray     *projects;    /* of SideProject */
  const char    *project;     /* nullable: the only one */
  gint64         from_ms;
  gint64         to_ms;
  GOutputStream *out;
  gint64         n_events;
  guint64        first_seq;
  guint64        last_seq;
} Export;

static gboolean
write_line (Export      *export,
            const char  *before,
            const char  *text,
            const char  *after,
            GError     **error)
{
  return g_output_stream_printf (export->out, NULL, NULL, error, "%s%s%s\n", before, text, after);
}

static gboolean
write_settings (Export  *export,
                GError **error)
{
  for (guint i = 0; i < export->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (export->projects, i);
      g_autofree char *text = NULL;

      if (export->project != NULL && !g_str_equal (export->project, project->id))
        continue;
      text = side_wire_project_to_json (project);
      if (!write_line (export, "{\"settings\":", text, "}", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_page (Export               *export,
            const SideEventPage  *page,
            GError              **error)
{
  for (guint i = 0; i < page->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (page->events, i);
      g_autofree char *text = side_wire_event_to_json (event);

      if (!write_line (export, "", text, "", error))
        return FALSE;
      if (export->n_events++ == 0)
        export->first_seq = event->seq;
      export->last_seq = event->seq;
    }
  return TRUE;
}

static gboolean
write_all (SideCli  *cli,
           Export   *export,
           GError  **error)
{
  SideEventLogQuery query = { .project = export->project, .from_ms = export->from_ms, .to_ms = export->to_ms,
                              .limit = SIDE_WIRE_MAX_PAGE };

  if (!write_settings (export, error))
    return FALSE;
  do
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideEventPage) page = NULL;

      side_link_list_events_async (cli->link, &query, NULL, side_cli_async_cb, &result);
      page = side_link_list_events_finish (cli->link, side_cli_wait (&result), error);
      if (page == NULL || !write_page (export, page, error))
        return FALSE;
      if (page->next != 0 && page->next <= query.after_seq)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "The server's pages do not go on");
          return FALSE;
        }
      query.after_seq = page->next;
    }
  while (query.after_seq != 0);
  return TRUE;
}

static void
tell (SideCli      *cli,
      const Export *export,
      const char   *path)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      if (path != NULL)
        g_print ("%" G_GINT64_FORMAT " events, numbers %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ", in %s\n", export->n_events,
                 export->first_seq, export->last_seq, path);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", path);
  side_cli_add_number (builder, "events", (double) export->n_events);
  side_cli_add_number (builder, "first_seq", (double) export->first_seq);
  side_cli_add_number (builder, "last_seq", (double) export->last_seq);
  json_builder_set_member_name (builder, "projects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < export->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (export->projects, i);

      if (export->project == NULL || g_str_equal (export->project, project->id))
        json_builder_add_string_value (builder, project->id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/* The zone of times that name none: the one all the projects share. */
static GTimeZone *
find_zone (const Export *export,
           gboolean      needed,
           GError      **error)
{
  const SideProject *first = NULL;

  for (guint i = 0; i < export->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (export->projects, i);

      if (export->project != NULL && !g_str_equal (export->project, project->id))
        continue;
      if (first != NULL && needed && g_strcmp0 (first->time_zone_name, project->time_zone_name) != 0)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                       "The projects are in different time zones (%s: %s, %s: %s). Choose one with --project, or write times with their zone", first->id,
                       first->time_zone_name, project->id, project->time_zone_name);
          return NULL;
        }
      first = project;
    }
  if (first != NULL)
    return first->time_zone;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no project to export");
  return NULL;
}

static int
run (SideCli     *cli,
     const char  *project,
     const char  *from,
     const char  *to,
     const char  *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = side_cli_connect (cli, &error);
  g_auto (SideCliTarget) target = { 0 };
  SideProject *chosen = NULL;
  GTimeZone *zone;
  Export export = { 0 };

  if (session == NULL || (project != NULL && (chosen = side_cli_choose_project (session, project, &error)) == NULL))
    return side_cli_fail (cli, error);
  export.projects = session->projects;
  export.project = chosen != NULL ? chosen->id : NULL;
  zone = find_zone (&export, !side_cli_names_zone (from) || !side_cli_names_zone (to), &error);
  if (zone == NULL)
    return side_cli_fail (cli, error);
  if (!side_cli_parse_bounds (from, to, zone, &export.from_ms, &export.to_ms, &error))
    return side_cli_usage (cli, "%s", error->message);
  if (!side_cli_target_open (&target, path, &error))
    return side_cli_fail (cli, error);
  export.out = target.stream;
  if (!side_cli_target_close (&target, write_all (cli, &export, &error), &error))
    return path == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ? SIDE_CLI_FAILED : side_cli_fail (cli, error);
  tell (cli, &export, path);
  return SIDE_CLI_OK;
}

/**
 * side_cli_events_export:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_events_export (SideCli  *cli,
                        int       argc,
                        char    **argv)
{
  static const SideCliHelp help = { NULL, "The events of a period, one a line, for “replay”", 0, TRUE };
  g_autofree char *from = NULL, *to = NULL, *project = NULL, *path = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day or time, in the project's zone", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day, or the time before which", "DATE" },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "Only this project", "ID" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Where to, in place of standard output", "FILE" },
    G_OPTION_ENTRY_NULL
  };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (path != NULL && g_str_equal (path, "-"))
    g_clear_pointer (&path, g_free);
  if (cli->json && path == NULL)
    return side_cli_usage (cli, "The events themselves are JSON lines; with --json name a file for them with -o");
  if (!side_cli_check_times (cli, from, to))
    return SIDE_CLI_USAGE;
  return run (cli, project, from, to, path);
}
