/* ami-dump.c - prints what an Asterisk tells as JSON, a line each
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the tests with a real Asterisk, where the source is looked at without
 * the server around it. A line on its standard input asks for the number of
 * refused messages; the end of it ends the program.
 *
 *   ami-dump HOST PORT USER SECRET QUEUE_LOG PROJECT:QUEUE:WRAP_UP_MS…
 *
 * The secret is that of a throw-away PBX of the tests.
 */
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "side-asterisk-source.h"
#include "side-wire.h"

static void
on_event (SideSource *source,
          SideEvent  *event,
          gpointer    data)
{
  g_autofree char *json = side_wire_event_to_json (event);

  printf ("%s\n", json);
  fflush (stdout);
}

static void
on_recording (SideSource *source,
              const char *project,
              const char *call,
              const char *path,
              int         channels,
              gpointer    data)
{
  printf ("{\"kind\":\"recording\",\"project\":\"%s\",\"call\":\"%s\",\"path\":\"%s\",\"channels\":%d}\n",
          project, call, path, channels);
  fflush (stdout);
}

static void
on_link (SideSource *source,
         gboolean    up,
         const char *reason,
         gpointer    data)
{
  printf ("{\"kind\":\"link\",\"up\":%s}\n", up ? "true" : "false");
  fflush (stdout);
}

typedef struct {
  GMainLoop          *loop;
  SideAsteriskSource *source;
} Dump;

static gboolean
on_input (GObject  *stream,
          gpointer  data)
{
  Dump *dump = data;
  char bytes[256];

  if (read (STDIN_FILENO, bytes, sizeof bytes) <= 0)
    g_main_loop_quit (dump->loop);
  else
    printf ("{\"kind\":\"stats\",\"refused\":%" G_GUINT64_FORMAT "}\n",
            side_asterisk_source_get_refused (dump->source));
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static void
add_queue (GPtrArray  *projects,
           const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, ":", 3);
  SideProject *project = NULL;

  for (guint i = 0; i < projects->len; i++)
    {
      SideProject *one = g_ptr_array_index (projects, i);

      if (strcmp (one->id, parts[0]) == 0)
        project = one;
    }
  if (project == NULL)
    {
      project = side_project_new (parts[0], parts[0], "UTC", NULL);
      g_ptr_array_add (projects, project);
    }
  side_project_add_queue (project, parts[1], parts[1], g_ascii_strtoll (parts[2], NULL, 10));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SideAsteriskSettings) settings = side_asterisk_settings_new ();
  g_autoptr (SideAsteriskSource) source = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) watch = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_autoptr (GError) error = NULL;
  Dump dump;

  if (argc < 7)
    {
      fprintf (stderr, "usage: ami-dump HOST PORT USER SECRET QUEUE_LOG PROJECT:QUEUE:WRAP_UP_MS…\n");
      return 2;
    }
  settings->host = g_strdup (argv[1]);
  settings->port = (guint16) atoi (argv[2]);
  settings->user = g_strdup (argv[3]);
  settings->secret = g_strdup (argv[4]);
  settings->queue_log = *argv[5] != '\0' ? g_strdup (argv[5]) : NULL;
  settings->times.retry_min_ms = 200;
  settings->times.retry_max_ms = 1000;
  for (int i = 6; i < argc; i++)
    add_queue (settings->projects, argv[i]);

  source = side_asterisk_source_new (settings, NULL);
  g_signal_connect (source, "event", G_CALLBACK (on_event), NULL);
  g_signal_connect (source, "recording", G_CALLBACK (on_recording), NULL);
  g_signal_connect (source, "link", G_CALLBACK (on_link), NULL);
  if (!side_source_start (SIDE_SOURCE (source), &error))
    {
      fprintf (stderr, "ami-dump: %s\n", error->message);
      return 1;
    }
  dump = (Dump) { loop, source };
  g_source_set_callback (watch, (GSourceFunc) (GCallback) on_input, &dump, NULL);
  g_source_attach (watch, NULL);
  g_main_loop_run (loop);
  side_source_stop (SIDE_SOURCE (source));
  return 0;
}
