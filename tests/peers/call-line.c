/* call-line.c - whole test calls on one line, led by lines on its standard input
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For what sidetonectl test-call, which makes one call and ends, cannot show:
 * tones of ours, many calls at once, and what hundreds of them leave behind.
 * What happens is printed as JSON, a line each. The password is that of a
 * throw-away account of the tests.
 *
 *   call ID SCENARIO.json RECORDING|- | say ID HZ MS | press ID KEYS | hangup ID | left | quit
 */
#include <gst/gst.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "side-test-run.h"
#include "side-text.h"
#include "side-wire.h"

#define RATE      16000      /* of the clips that are said */
#define AMPLITUDE 8192       /* -12 dB of full scale */

typedef struct {
  GMainLoop      *loop;
  SideSipAccount *account;
  GHashTable     *calls;     /* id → SideTestRun */
  gboolean        ends;
} Line;

static struct
{
  const char *transport, *server, *user, *trusted;
  gboolean registers, srtp;
} given = { .transport = "udp", .user = "alice" };

static GOptionEntry entries[] = {
  { "transport", 0, 0, G_OPTION_ARG_STRING, &given.transport, "udp or tls", NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, &given.server, "host:port", NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, &given.user, "before the @", NULL },
  { "trusted", 0, 0, G_OPTION_ARG_STRING, &given.trusted, "PEM file of an authority", NULL },
  { "registers", 0, 0, G_OPTION_ARG_NONE, &given.registers, "whether to register", NULL },
  { "srtp", 0, 0, G_OPTION_ARG_NONE, &given.srtp, "whether sound is encrypted", NULL },
  { NULL },
};

/* -- what happened */

static JsonBuilder *
begin_object (const char *event,
              const char *call)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ev");
  json_builder_add_string_value (builder, event);
  if (call != NULL)
    {
      json_builder_set_member_name (builder, "call");
      json_builder_add_string_value (builder, call);
    }
  return builder;
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_object (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static void
tell (const char *event,
      const char *call,
      const char *words)
{
  g_autoptr (JsonBuilder) builder = begin_object (event, call);

  if (words != NULL)
    {
      json_builder_set_member_name (builder, "words");
      json_builder_add_string_value (builder, words);
    }
  print_object (builder);
}

/* -- calls */

static const char *
id_of (SideTestRun *run)
{
  return g_object_get_data (G_OBJECT (run), "id");
}

static void
failed_cb (SideTestRun *run,
           GError      *error,
           gpointer     data)
{
  tell ("failed", id_of (run), error->message);
}

static void
state_cb (SideTestRun *run,
          GParamSpec  *pspec,
          gpointer     data)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (SIDE_TYPE_SIP_CALL_STATE);

  tell ("state", id_of (run), g_enum_get_value (klass, (int) side_test_run_get_state (run))->value_nick);
}

static void
ended_cb (SideTestRun *run,
          Line        *line)
{
  g_autoptr (JsonBuilder) builder = begin_object ("ended", id_of (run));
  g_autofree char *text = side_wire_test_call_to_json (side_test_run_get_call (run));

  json_builder_set_member_name (builder, "record");
  json_builder_add_value (builder, json_from_string (text, NULL));
  print_object (builder);
  g_hash_table_remove (line->calls, id_of (run));
}

static void
start_call (Line       *line,
            const char *id,
            const char *path,
            const char *recording)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (SideTestCall) call = NULL;
  g_autoptr (SideTestRun) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *own = side_id_new ();

  if (g_file_get_contents (path, &text, NULL, &error))
    scenario = side_wire_scenario_from_json (text, -1, &error);
  if (scenario == NULL)
    {
      tell ("not-started", id, error->message);
      return;
    }
  call = side_test_call_new (own, scenario->project, scenario->number);
  side_test_call_follow (call, scenario);
  run = side_test_run_new (line->account, call, strcmp (recording, "-") == 0 ? NULL : recording, clock);
  g_object_set_data_full (G_OBJECT (run), "id", g_strdup (id), g_free);
  g_signal_connect (run, "notify::state", G_CALLBACK (state_cb), line);
  g_signal_connect (run, "failed", G_CALLBACK (failed_cb), line);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), line);
  tell ("starts", id, NULL);
  if (side_test_run_start (run, &error))
    g_hash_table_replace (line->calls, g_strdup (id), g_steal_pointer (&run));
  else
    tell ("not-started", id, error->message);
}

static void
say (SideTestRun *run,
     double       hertz,
     guint        ms)
{
  gsize n = (gsize) ms * RATE / 1000;
  gint16 *samples = g_new (gint16, n);
  g_autoptr (GBytes) clip = NULL;

  for (gsize i = 0; i < n; i++)
    samples[i] = (gint16) lrint (AMPLITUDE * sin (2 * G_PI * hertz * (double) i / RATE));
  clip = g_bytes_new_take (samples, n * sizeof (gint16));
  side_call_media_say (side_test_run_get_media (run), clip);
}

static void
press (SideTestRun *run,
       const char  *keys)
{
  g_autoptr (GError) error = NULL;

  if (!side_test_run_press (run, keys, &error))
    tell ("failed", id_of (run), error->message);
}

/* -- what is left of them */

static guint
count (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static guint
count_elements (void)
{
  GList *tracers = gst_tracing_get_active_tracers ();
  GstStructure *live = NULL;
  guint n = 0;

  if (tracers != NULL)
    g_signal_emit_by_name (tracers->data, "get-live-objects", &live);
  if (live != NULL)
    n = gst_value_list_get_size (gst_structure_get_value (live, "live-objects-list"));
  g_clear_pointer (&live, gst_structure_free);
  g_list_free_full (tracers, gst_object_unref);
  return n;
}

static void
tell_left (void)
{
  g_autoptr (JsonBuilder) builder = begin_object ("left", NULL);

  add_number (builder, "files", count ("/proc/self/fd"));
  add_number (builder, "threads", count ("/proc/self/task"));
  add_number (builder, "elements", count_elements ());
  print_object (builder);
}

/* -- the line */

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  side_sip_account_close_finish (SIDE_SIP_ACCOUNT (source), result, NULL);
  g_main_loop_quit (((Line *) data)->loop);
}

static void
end (Line *line)
{
  if (line->ends)
    return;
  line->ends = TRUE;
  side_sip_account_close_async (line->account, closed_cb, line);
}

static void
account_cb (SideSipAccount *account,
            GParamSpec     *pspec,
            gpointer        data)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (SIDE_TYPE_SIP_ACCOUNT_STATE);

  tell ("account", NULL, g_enum_get_value (klass, (int) side_sip_account_get_state (account))->value_nick);
}

static void
obey (Line  *line,
      char **words)
{
  guint n = g_strv_length (words);
  SideTestRun *run = n > 1 ? g_hash_table_lookup (line->calls, words[1]) : NULL;

  if (strcmp (words[0], "call") == 0 && n == 4)
    start_call (line, words[1], words[2], words[3]);
  else if (strcmp (words[0], "say") == 0 && n == 4 && run != NULL)
    say (run, g_ascii_strtod (words[2], NULL), (guint) strtoul (words[3], NULL, 10));
  else if (strcmp (words[0], "press") == 0 && n == 3 && run != NULL)
    press (run, words[2]);
  else if (strcmp (words[0], "hangup") == 0 && run != NULL)
    side_test_run_hang_up (run);
  else if (strcmp (words[0], "left") == 0)
    tell_left ();
  else if (strcmp (words[0], "quit") == 0)
    end (line);
  else
    tell ("not-understood", NULL, words[0]);
}

static gboolean
input_cb (GIOChannel  *channel,
          GIOCondition condition,
          gpointer     data)
{
  Line *line = data;
  char *text = NULL;
  GIOStatus status;

  while ((status = g_io_channel_read_line (channel, &text, NULL, NULL, NULL)) == G_IO_STATUS_NORMAL)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (text), " ", 0);

      g_free (text);
      if (words[0] != NULL)
        obey (line, words);
    }
  if (status == G_IO_STATUS_AGAIN)
    return G_SOURCE_CONTINUE;
  end (line);
  return G_SOURCE_REMOVE;
}

static SideSipSettings *
make_settings (GError **error)
{
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GTlsCertificate) trusted = NULL;

  if (given.trusted != NULL && (trusted = g_tls_certificate_new_from_file (given.trusted, error)) == NULL)
    return NULL;
  g_object_set (settings, "user", given.user, "domain", "127.0.0.1", "server", given.server, "registers", given.registers,
                "transport", strcmp (given.transport, "tls") == 0 ? SIDE_SIP_TLS : SIDE_SIP_UDP,
                "media", given.srtp ? SIDE_SIP_MEDIA_SRTP : SIDE_SIP_MEDIA_PLAIN, "trusted", trusted, NULL);
  return side_sip_settings_check (settings, error) ? g_steal_pointer (&settings) : NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  g_autoptr (SideSipSettings) settings = NULL;
  g_autoptr (SideSipSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  const char *password = g_getenv ("SIDETONE_LINE_PASSWORD");
  Line line = { 0 };

  side_sip_init ();
  g_setenv ("GST_TRACERS", "leaks(filters=GstElement)", TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (settings = make_settings (&error)) == NULL)
    {
      fprintf (stderr, "call-line: %s\n", error->message);
      return 2;
    }
  secret = side_sip_secret_new (password != NULL ? password : "");
  side_call_media_prepare ();
  line.loop = g_main_loop_new (NULL, FALSE);
  line.account = side_sip_account_new (settings, secret, NULL);
  line.calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (line.account, "notify::state", G_CALLBACK (account_cb), NULL);
  g_io_channel_set_flags (channel, G_IO_FLAG_NONBLOCK, NULL);
  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, input_cb, &line);
  side_sip_account_go_online (line.account);
  g_main_loop_run (line.loop);

  g_hash_table_unref (line.calls);
  g_clear_object (&line.account);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (line.loop);
  return 0;
}
