/* test-asterisk-doctor.c - what the doctor says where there is no PBX to ask
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it says of a real PBX, rightly and wrongly set up, is in tests/peers.
 */
#include <string.h>

#include "side-ami-peer.h"
#include "side-asterisk-doctor.h"
#include "side-error.h"
#include "side-test.h"

typedef struct {
  char                 *folder;
  SideAsteriskSettings *settings;
} Fixture;

/* A port nobody listens on: it was just given back. */
static guint16
dead_port (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  SideProject *project = side_project_new ("shop", "Shop", "UTC", NULL);

  side_project_add_queue (project, "sales", "Sales", 0);
  fixture->folder = side_test_tmp_dir ();
  fixture->settings = side_asterisk_settings_new ();
  fixture->settings->host = g_strdup ("127.0.0.1");
  fixture->settings->port = dead_port ();
  fixture->settings->user = g_strdup ("sidetone");
  fixture->settings->secret = g_strdup ("geheim");
  g_ptr_array_add (fixture->settings->projects, project);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_asterisk_settings_free (fixture->settings);
  side_test_rm_rf (fixture->folder);
  g_free (fixture->folder);
}

static GPtrArray *
visit (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings;

  side_asterisk_doctor_async (fixture->settings, 100, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 15000, "the doctor");
  findings = side_asterisk_doctor_finish (result, &error);
  g_assert_no_error (error);
  return findings;
}

static const SideFinding *
find (GPtrArray  *findings,
      const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const SideFinding *finding = g_ptr_array_index (findings, i);

      g_assert_nonnull (finding->what);
      g_assert_nonnull (finding->why);
      g_assert_true (finding->state == SIDE_FINDING_OK || finding->line != NULL);
      if (strcmp (finding->id, id) == 0)
        return finding;
    }
  g_error ("there is no finding “%s”", id);
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) findings = visit (fixture);

  g_assert_cmpint (find (findings, "login")->state, ==, SIDE_FINDING_MISSING);
  g_assert_cmpint (find (findings, "queue_log")->state, ==, SIDE_FINDING_WARNING);
  g_assert_cmpint (find (findings, "recordings")->state, ==, SIDE_FINDING_WARNING);
  g_assert_false (side_findings_are_fine (findings));
}

static void
test_bad_settings (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_free (fixture->settings->user);
  fixture->settings->user = g_strdup ("");
  findings = visit (fixture);
  g_assert_cmpint (find (findings, "login")->state, ==, SIDE_FINDING_MISSING);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  char *folders[] = { fixture->folder, g_build_filename (fixture->folder, "none", NULL), NULL };
  g_autofree char *ok_id = g_strconcat ("recordings:", folders[0], NULL);
  g_autofree char *bad_id = g_strconcat ("recordings:", folders[1], NULL);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *lines = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  fixture->settings->queue_log = g_build_filename (fixture->folder, "queue_log", NULL);
  fixture->settings->folders = g_strdupv (folders);
  lines = g_strdup_printf ("%" G_GINT64_FORMAT "|1795277030.1|sales|NONE|ENTERQUEUE||7|1|\n"
                           "%" G_GINT64_FORMAT "|1795277030.1|sales|PJSIP/201|CONNECT|1|1795277030.2|1\n", now - 9, now - 8);
  g_assert_true (g_file_set_contents (fixture->settings->queue_log, lines, -1, NULL));
  findings = visit (fixture);
  g_assert_cmpint (find (findings, "queue_log")->state, ==, SIDE_FINDING_OK);
  g_assert_nonnull (strstr (find (findings, "queue_log")->what, " 2 lines"));
  g_assert_cmpint (find (findings, "queue_log-names")->state, ==, SIDE_FINDING_WARNING);
  g_assert_nonnull (strstr (find (findings, "queue_log-names")->line, "log_membername_as_agent=yes"));
  g_assert_cmpint (find (findings, ok_id)->state, ==, SIDE_FINDING_OK);
  g_assert_cmpint (find (findings, bad_id)->state, ==, SIDE_FINDING_MISSING);
  g_free (folders[1]);

  g_free (fixture->settings->queue_log);
  fixture->settings->queue_log = g_strdup ("/nowhere/queue_log");
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = visit (fixture);
  g_assert_cmpint (find (findings, "queue_log")->state, ==, SIDE_FINDING_MISSING);
}

/* A right is too much when no configured action needs the class it comes with. */
static void
test_rights (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { const char *commands; guint actions; const char *extra; } cases[] = {
    { "QueueStatus: x\r\n", 0, NULL },
    { "QueueStatus: x\r\nQueuePause: x\r\nHangup: x\r\nRedirect: x\r\nSetvar: x\r\nOriginate: x\r\n", 0,
      "Originate, Redirect, Setvar, Hangup, QueuePause" },
    { "QueuePause: x\r\nOriginate: x\r\n", SIDE_ACTIONS_BIT (SIDE_ACTION_PAUSE), ": Originate" },
    { "QueuePause: x\r\nQueueAdd: x\r\n", SIDE_ACTIONS_BIT (SIDE_ACTION_PAUSE), NULL },
    { "Hangup: x\r\nRedirect: x\r\nSetvar: x\r\n", SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP), NULL },
    { "Hangup: x\r\nMixMonitor: x\r\n", SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP), ": MixMonitor" },
    { "Originate: x\r\n", SIDE_ACTIONS_BIT (SIDE_ACTION_WHISPER), NULL },
    { "Originate: x\r\nCommand: x\r\n", ~0u, ": Command" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
      g_autoptr (GPtrArray) findings = NULL;
      const SideFinding *rights;

      peer->commands = cases[i].commands;
      fixture->settings->port = peer->port;
      fixture->settings->actions = (SideActions) cases[i].actions;
      findings = visit (fixture);
      rights = find (findings, "rights");
      g_test_message ("%s", rights->what);
      g_assert_cmpint (rights->state, ==, cases[i].extra != NULL ? SIDE_FINDING_WARNING : SIDE_FINDING_OK);
      if (cases[i].extra != NULL)
        g_assert_true (g_str_has_suffix (rights->what, cases[i].extra));
    }
}

/* What is found goes to a screen and into bug reports. */
static void
test_secret (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) findings = visit (fixture);

  for (guint i = 0; i < findings->len; i++)
    {
      const SideFinding *finding = g_ptr_array_index (findings, i);

      g_assert_null (strstr (finding->what, "geheim"));
      g_assert_true (finding->line == NULL || strstr (finding->line, "geheim") == NULL);
      g_assert_cmpstr (side_finding_state_to_string (finding->state), !=, NULL);
    }
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  side_asterisk_doctor_async (fixture->settings, 100, cancellable, side_test_async_cb, &result);
  side_test_wait_result (&result, 15000, "the cancellation");
  g_assert_null (side_asterisk_doctor_finish (result, &error));
  g_assert_true (side_error_is_cancelled (error));
}

#define ADD(name, function) g_test_add ("/asterisk-doctor/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nobody", test_nobody);
  ADD ("bad-settings", test_bad_settings);
  ADD ("files", test_files);
  ADD ("rights", test_rights);
  ADD ("secret", test_secret);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
