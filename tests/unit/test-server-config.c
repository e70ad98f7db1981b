/* test-server-config.c - the server's key file: every fault, with its line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-server-config.h"
#include "side-test.h"

static const char good[] =
  "# a call centre\n"
  "[server]\n"
  "name = Example calls\n"
  "listen = 127.0.0.1\n"
  "port = 8443\n"
  "database = /var/lib/sidetone/archive.db\n"
  "\n"
  "[pbx main]\n"
  "host = pbx.example.org\n"
  "user = sidetone\n"
  "secret = s3cret=with=signs\n"
  "queue_log = /var/log/asterisk/queue_log\n"
  "\n"
  "[project tea]\n"
  "name = Чайная лавка\n"
  "time_zone = Europe/Moscow\n"
  "currency = RUB\n"
  "queues = tea-orders; tea-help\n"
  "service_level_formula = F1\n"
  "service_level_threshold = 30\n"
  "service_level_target = 85\n"
  "abandon_target = 4.5\n"
  "callback_due = 45\n"
  "dispute_days = 7\n"
  "full_names = true\n"
  "\n"
  "[queue tea-orders]\n"
  "name = Orders\n"
  "wrap_up = 12.5\n"
  "[dialled tea]\n"
  "78005550001 = radio\n"
  "+74955550002 = Яндекс\n"
  "[aliases]\n"
  "PJSIP/201 = Anna\n"
  "[recordings]\n"
  "folders = /var/spool/asterisk/recording; /srv/recordings\n";

static void
assert_no_faults (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *text = side_config_fault_to_string (g_ptr_array_index (faults, i), "conf");

      g_test_message ("%s", text);
    }
  g_assert_cmpuint (faults->len, ==, 0);
}

static void
test_good (void)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", good, NULL);   /* as some editors write it */
  g_autoptr (SideServerConfig) config = side_server_config_parse (marked, -1, faults);
  const SidePbxConfig *pbx;
  const SideProject *project;

  assert_no_faults (faults);
  g_assert_cmpstr (config->name, ==, "Example calls");
  g_assert_cmpint (config->port, ==, 8443);
  g_assert_cmpuint (config->pbxes->len, ==, 1);
  pbx = g_ptr_array_index (config->pbxes, 0);
  g_assert_cmpstr (pbx->name, ==, "main");
  g_assert_cmpstr (pbx->secret, ==, "s3cret=with=signs");
  g_assert_cmpint (pbx->port, ==, 5038);
  g_assert_true (pbx->interleaved);
  project = side_server_config_find_project (config, "tea");
  g_assert_nonnull (project);
  g_assert_cmpstr (project->name, ==, "Чайная лавка");
  g_assert_cmpint (project->formula, ==, SIDE_FORMULA_F1);
  g_assert_cmpint (project->threshold_ms, ==, 30000);
  g_assert_cmpfloat_with_epsilon (project->target, 0.85, 1e-9);
  g_assert_cmpfloat_with_epsilon (project->abandon_target, 0.045, 1e-9);
  g_assert_cmpint (project->callback_due_ms, ==, 45 * 60000);
  g_assert_cmpint (project->dispute_days, ==, 7);
  g_assert_true (project->full_names);
  g_assert_cmpuint (project->queues->len, ==, 2);
  g_assert_cmpint (side_project_find_queue (project, "tea-orders")->wrap_up_ms, ==, 12500);
  g_assert_cmpstr (side_project_find_queue (project, "tea-help")->name, ==, "tea-help");
  g_assert_cmpstr (side_project_find_source (project, "74955550002"), ==, "Яндекс");
  g_assert_cmpstr (g_hash_table_lookup (config->aliases, "PJSIP/201"), ==, "Anna");
  g_assert_cmpuint (config->recording_folders->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (config->recording_folders, 1), ==, "/srv/recordings");
}

/* Each fault of a file that has them all is told, at its line. */
static void
test_every_fault (void)
{
  static const char bad[] =
    "lonely = 1\n"                              /* 1 */
    "[server]\n"                                /* 2: database missing */
    "listen = 0.0.0.0\n"                        /* 3: no TLS */
    "port = 70000\n"                            /* 4 */
    "colour = blue\n"                           /* 5 */
    "allow_insecure = perhaps\n"                /* 6 */
    "[pbx]\n"                                   /* 7: no name */
    "[pbx a]\n"                                 /* 8: host, user, secret missing */
    "tls = true\n"
    "tls = true\n"                              /* 10: twice */
    "[project one]\n"                           /* 11: name missing */
    "time_zone = Mars/Olympus\n"                /* 12 */
    "queues = q1; q2; q/3\n"                   /* 13: no address can hold it */
    "currency = rubles\n"                       /* 14 */
    "service_level_formula = F9\n"              /* 15 */
    "service_level_threshold = -1\n"            /* 16 */
    "service_level_target = 101\n"              /* 17 */
    "waiting_limit = 1.5\n"                     /* 18 */
    "[project two]\n"
    "name = Two\n"
    "time_zone = UTC\n"
    "queues = q2\n"                             /* 22: in two projects */
    "[queue q9]\n"                              /* 23: in none */
    "[dialled three]\n"                         /* 24: no such project */
    "[dialled two]\n"
    "call me = x\n"                             /* 26 */
    "[wall]\n"                                  /* 27 */
    "anything = 1\n"
    "[project one]\n"                           /* 29: again */
    "no equals sign\n"                          /* 30 */
    "[recordings]\n"
    "folders = relative/path\n"                 /* 32 */
    "[broken\n"                                 /* 33 */
    "[project a/b]\n";                          /* 34: nor this */
  static const int wanted[] = { 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 22, 23, 24, 26, 27, 29, 30, 32, 33, 34 };
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_parse (bad, -1, faults);
  g_autoptr (GString) got = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);

  g_assert_nonnull (config);
  side_config_faults_sort (faults);
  for (guint i = 0; i < faults->len; i++)
    {
      const SideConfigFault *fault = g_ptr_array_index (faults, i);

      g_test_message ("%d: %s", fault->line, fault->message);
      g_string_append_printf (got, "%d ", fault->line);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_string_append_printf (expected, "%d ", wanted[i]);
  g_assert_cmpstr (got->str, ==, expected->str);
  g_assert_true (side_config_faults_are_fatal (faults));
}

static gboolean
says (GPtrArray  *faults,
      const char *words)
{
  for (guint i = 0; i < faults->len; i++)
    if (strstr (((SideConfigFault *) g_ptr_array_index (faults, i))->message, words) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_listen (void)
{
  static const struct {
    const char *lines;
    gboolean    refused;
  } cases[] = {
    { "listen = 127.0.0.1\n", FALSE },
    { "listen = ::1\n", FALSE },
    { "listen = 0.0.0.0\n", TRUE },
    { "listen = ::\n", TRUE },
    { "listen = 192.0.2.7\n", TRUE },
    { "listen = 192.0.2.7\nallow_insecure = true\n", FALSE },
    { "listen = 192.0.2.7\ntls_certificate = /c.pem\ntls_key = /k.pem\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("[server]\ndatabase = /a.db\n", cases[i].lines, NULL);
      g_autoptr (GPtrArray) faults = side_config_faults_new ();
      g_autoptr (SideServerConfig) config = side_server_config_parse (text, -1, faults);

      g_assert_nonnull (config);
      g_test_message ("%s", cases[i].lines);
      g_assert_cmpint (says (faults, "is not the loopback address"), ==, cases[i].refused);
    }
}

/* Long lines, many faults, bytes that are no text: bounded and named. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("[server]\nname = \xff\xfe\ndatabase = ");
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (SideServerConfig) huge = NULL;
  g_autofree char *big = g_malloc0 (SIDE_SERVER_CONFIG_MAX_BYTES + 1);

  for (int i = 0; i < 5000; i++)
    g_string_append_c (text, 'x');
  for (int i = 0; i < 1000; i++)
    g_string_append (text, "\nnonsense");
  config = side_server_config_parse (text->str, (gssize) text->len, faults);
  g_assert_nonnull (config);
  g_assert_true (says (faults, "not UTF-8"));
  g_assert_true (says (faults, "longer than 4096"));
  g_assert_cmpuint (faults->len, ==, SIDE_SERVER_CONFIG_MAX_FAULTS);
  g_ptr_array_set_size (faults, 0);
  huge = side_server_config_parse (big, SIDE_SERVER_CONFIG_MAX_BYTES + 1, faults);
  g_assert_nonnull (huge);
  g_assert_cmpuint (faults->len, ==, 1);
}

static char *
write_file (const char *dir,
            const char *name,
            const char *text,
            int         mode)
{
  char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_chmod (path, mode);
  return path;
}

static void
test_files (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *secret = write_file (dir, "secret", "hush\n", 0600);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (SideServerConfig) again = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf ("[server]\ndatabase = %s/archive.db\n[pbx a]\nhost = h\nuser = u\nsecret_file = %s\n"
                          "[project p]\nname = P\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = %s\n", dir, secret, dir);
  path = write_file (dir, "conf", text, 0644);
  config = side_server_config_load (path, faults, &error);
  g_assert_no_error (error);
  assert_no_faults (faults);
  g_assert_cmpstr (((SidePbxConfig *) g_ptr_array_index (config->pbxes, 0))->secret, ==, "hush");

  g_chmod (secret, 0644);
  again = side_server_config_load (path, faults, &error);
  g_assert_nonnull (again);
  g_assert_true (says (faults, "can be read by others"));
  g_assert_false (side_config_faults_are_fatal (faults));
  side_test_rm_rf (dir);
}

/* A database that was put back with the wrong mode is told of, and no more. */
static void
test_open_database (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *database = write_file (dir, "archive.db", "", 0640);
  g_autofree char *text = g_strdup_printf ("[server]\ndatabase = %s\n[pbx a]\nhost = h\nuser = u\nsecret = s\n"
                                           "[project p]\nname = P\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = %s\n",
                                           database, dir);
  g_autofree char *path = write_file (dir, "conf", text, 0600);
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_load (path, faults, NULL);
  g_autoptr (SideServerConfig) again = NULL;

  assert_no_faults (faults);
  g_chmod (database, 0644);
  again = side_server_config_load (path, faults, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (says (faults, "archive.db” can be read by others"));
  g_assert_false (side_config_faults_are_fatal (faults));
  side_test_rm_rf (dir);
}

static void
test_missing_files (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf ("[server]\ntls_certificate = %s/c.pem\ntls_key = %s/k.pem\ndatabase = %s/no/archive.db\n"
                          "[pbx a]\nhost = h\nuser = u\nsecret_file = %s/none\nqueue_log = %s/none\n"
                          "[project p]\nname = P\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = %s/none\n",
                          dir, dir, dir, dir, dir, dir);
  path = write_file (dir, "conf", text, 0600);
  config = side_server_config_load (path, faults, &error);
  g_assert_nonnull (config);
  g_assert_true (says (faults, "tls_certificate"));
  g_assert_true (says (faults, "tls_key"));
  g_assert_true (says (faults, "database: there is no folder"));
  g_assert_true (says (faults, "secret_file"));
  g_assert_true (says (faults, "queue_log"));
  g_assert_true (says (faults, "folders: there is no folder"));
  g_assert_cmpuint (faults->len, ==, 6);
  g_assert_null (side_server_config_load ("/nonexistent/conf", faults, &error));
  g_assert_nonnull (error);
  side_test_rm_rf (dir);
}

/* A path that would be the same for all calls, or is never served. */
static void
test_recording_path (void)
{
  static const struct { const char *path; const char *words; gboolean fatal; } cases[] = {
    { "%s/{uniqueid}.wav", NULL, FALSE },
    { "%s/deep/{queue}/{uniqueid}-{queue}.wav", NULL, FALSE },
    { "%s/all.wav", "one file for all calls", TRUE },
    { "%s2/{uniqueid}.wav", "in none of the “folders”", FALSE },
    { "/elsewhere%s/{uniqueid}.wav", "in none of the “folders”", FALSE },
  };
  g_autofree char *dir = side_test_tmp_dir ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = side_config_faults_new ();
      g_auto (GStrv) parts = g_strsplit (cases[i].path, "%s", 2);
      g_autofree char *text = g_strdup_printf ("[server]\ndatabase = %s/archive.db\n[pbx a]\nhost = h\nuser = u\nsecret = s\n"
                                               "recording = %s%s%s\n[project p]\nname = P\ntime_zone = UTC\nqueues = q\n"
                                               "[recordings]\nfolders = %s/\n", dir, parts[0], dir, parts[1], dir);
      g_autofree char *path = write_file (dir, "conf", text, 0600);
      g_autoptr (SideServerConfig) config = side_server_config_load (path, faults, NULL);

      g_assert_nonnull (config);
      g_assert_cmpuint (faults->len, ==, cases[i].words != NULL);
      g_assert_true (cases[i].words == NULL || says (faults, cases[i].words));
      g_assert_true (faults->len == 0 || ((SideConfigFault *) g_ptr_array_index (faults, 0))->line == 7);
      g_assert_cmpint (side_config_faults_are_fatal (faults), ==, cases[i].fatal);
    }
  side_test_rm_rf (dir);
}

/* Which projects' queues a PBX has. */
static void
test_served (void)
{
  static const char text[] =
      "[server]\ndatabase = /var/a.db\n[recordings]\nfolders = /var\n"
      "[pbx a]\nhost = h\nuser = u\nsecret = s\nprojects = toys ; tea\n"
      "[pbx b]\nhost = h\nuser = u\nsecret = s\nprojects = tea; trees\n"
      "[pbx c]\nhost = h\nuser = u\nsecret = s\n"
      "[project tea]\nname = P\ntime_zone = UTC\nqueues = q\n[project toys]\nname = T\ntime_zone = UTC\nqueues = t\n";
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_parse (text, -1, faults);
  const SidePbxConfig *pbxes[3];

  for (guint i = 0; i < 3; i++)
    pbxes[i] = g_ptr_array_index (config->pbxes, i);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (says (faults, "no project “trees”"));
  g_assert_cmpuint (pbxes[0]->projects->len, ==, 2);
  g_assert_cmpuint (pbxes[1]->projects->len, ==, 1);
  g_assert_true (g_ptr_array_index (pbxes[1]->projects, 0) == side_server_config_find_project (config, "tea"));
  g_assert_cmpuint (pbxes[2]->projects->len, ==, 2);
}

#define ACTING(pbx, rest) \
  "[server]\ndatabase = /var/a.db\nbreaks = Lunch; Обед ;;Training\n[recordings]\nfolders = /var\n" \
  "[project p]\nname = P\ntime_zone = UTC\nqueues = q\n[pbx a]\nhost = h\nuser = u\nsecret = s\n" pbx rest

/* What supervisors may do: nothing that is not said. */
static void
test_actions (void)
{
  static const char text[] = ACTING ("actions = pause ; listen\n", "[phones]\nanna = PJSIP/301\nИван = Local/302@phones/n\n");
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_parse (text, -1, faults);
  g_autoptr (SideServerConfig) silent = side_server_config_parse (ACTING ("", ""), -1, faults);
  SideActions actions = ((SidePbxConfig *) g_ptr_array_index (config->pbxes, 0))->actions;

  assert_no_faults (faults);
  g_assert_true (side_actions_allow (actions, SIDE_ACTION_PAUSE));
  g_assert_true (side_actions_allow (actions, SIDE_ACTION_RESUME));
  g_assert_true (side_actions_allow (actions, SIDE_ACTION_LISTEN));
  g_assert_false (side_actions_allow (actions, SIDE_ACTION_WHISPER));
  g_assert_false (side_actions_allow (actions, SIDE_ACTION_HANGUP));
  g_assert_false (side_actions_allow (actions, SIDE_ACTION_UNKNOWN));
  g_assert_cmpstr (g_hash_table_lookup (config->phones, "anna"), ==, "PJSIP/301");
  g_assert_cmpstr (g_hash_table_lookup (config->phones, "иван"), ==, "Local/302@phones/n");
  g_assert_cmpuint (g_strv_length (config->breaks), ==, 3);
  g_assert_cmpstr (config->breaks[1], ==, "Обед");
  for (guint kind = 0; kind < SIDE_N_ACTIONS; kind++)
    g_assert_false (side_actions_allow (((SidePbxConfig *) g_ptr_array_index (silent->pbxes, 0))->actions, kind));
}

static void
assert_fault (const char *text,
              int         line,
              gboolean    warning,
              const char *words)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_parse (text, -1, faults);
  const SideConfigFault *fault;

  g_assert_cmpuint (faults->len, ==, 1);
  fault = g_ptr_array_index (faults, 0);
  g_test_message ("%d: %s", fault->line, fault->message);
  g_assert_cmpint (fault->line, ==, line);
  g_assert_cmpint (fault->warning, ==, warning);
  g_assert_nonnull (strstr (fault->message, words));
}

static void
test_bad_actions (void)
{
  static const char *const phones[] = {
    "PJSIP/201/sip:evil@example.org", "PJSIP/301&PJSIP/302", "DAHDI/g1/79161234567", "Local/301@phones/nj", "Local/301@a b",
    "PJSIP/", "pjsip/301", "301", "PJSIP/30 1", "PJSIP/301@", "PJSIP/301,30", "Local/s@from-internal/n/n", "SIP/301:5060",
  };

  assert_fault (ACTING ("actions = pause; explode\n", ""), 14, FALSE, "not “explode”");
  assert_fault (ACTING ("actions = resume\n", ""), 14, FALSE, "not “resume”");
  assert_fault (ACTING ("actions = listen\n", ""), 14, TRUE, "nobody can listen");
  assert_fault (ACTING ("actions = pause\n", "[phones]\nanna = PJSIP/301\n"), 15, TRUE, "for nothing");
  assert_fault (ACTING ("actions = join\n", "[phones]\nAnna = PJSIP/301\nanna = PJSIP/302\n"), 17, FALSE, "has a telephone already");
  assert_fault (ACTING ("", "[queue q]\nbreaks = x\n"), 15, FALSE, "unknown key");
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *text = g_strconcat (ACTING ("actions = listen\n", "[phones]\nboris = SIP/b\nanna = "), phones[i], "\n", NULL);

      assert_fault (text, 17, FALSE, "is no telephone");
    }
  g_assert_false (side_phone_is_fine ("PJSIP/301\n"));
  g_assert_false (side_phone_is_fine ("PJSIP/301\r\nAction: Command"));
}

static void
test_bad_breaks (void)
{
  g_autofree char *name = g_strnfill (41, 'x');
  g_autofree char *text = g_strdup_printf ("[server]\ndatabase = /var/a.db\nbreaks = Lunch; %s\n[recordings]\nfolders = /var\n"
                                           "[project p]\nname = P\ntime_zone = UTC\nqueues = q\n"
                                           "[pbx a]\nhost = h\nuser = u\nsecret = s\n", name);

  assert_fault (text, 3, FALSE, "at most 40 characters");
}

/* Which PBX a leg of before a restart is of. */
static void
test_find_pbx (void)
{
  static const char text[] =
      "[server]\ndatabase = /var/a.db\n[project p]\nname = P\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = /var\n"
      "[pbx a]\nhost = h\nuser = u\nsecret = s\nsystem_name = north\n"
      "[pbx b]\nhost = h\nuser = u\nsecret = s\nsystem_name = north-2\n"
      "[pbx c]\nhost = h\nuser = u\nsecret = s\n";
  g_autofree char *two = g_strconcat (text, "[pbx d]\nhost = h\nuser = u\nsecret = s\n", NULL);
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = side_server_config_parse (text, -1, faults);
  g_autoptr (SideServerConfig) unclear = side_server_config_parse (two, -1, faults);

  assert_no_faults (faults);
  g_assert_cmpstr (side_server_config_find_pbx (config, "north-1795277000.1:q:1")->name, ==, "a");
  g_assert_cmpstr (side_server_config_find_pbx (config, "north-2-1795277000.1:q:1")->name, ==, "b");
  g_assert_cmpstr (side_server_config_find_pbx (config, "1795277000.1:q:1")->name, ==, "c");
  g_assert_cmpstr (side_server_config_find_pbx (config, "rig-1795277000.1:q:1")->name, ==, "c");
  g_assert_cmpstr (side_server_config_find_pbx (unclear, "north-1795277000.1:q:1")->name, ==, "a");
  g_assert_null (side_server_config_find_pbx (unclear, "1795277000.1:q:1"));
}

/* The file that is shipped as an example has no mistake in it. */
static void
test_example (void)
{
  g_autofree char *path = side_test_data ("../data/sidetone-server.conf.example");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (SideServerConfig) config = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  config = side_server_config_parse (text, -1, faults);
  assert_no_faults (faults);
  g_assert_cmpuint (config->projects->len, >=, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-config/good", test_good);
  g_test_add_func ("/server-config/every-fault", test_every_fault);
  g_test_add_func ("/server-config/listen", test_listen);
  g_test_add_func ("/server-config/bounds", test_bounds);
  g_test_add_func ("/server-config/files", test_files);
  g_test_add_func ("/server-config/missing-files", test_missing_files);
  g_test_add_func ("/server-config/recording-path", test_recording_path);
  g_test_add_func ("/server-config/open-database", test_open_database);
  g_test_add_func ("/server-config/served", test_served);
  g_test_add_func ("/server-config/find-pbx", test_find_pbx);
  g_test_add_func ("/server-config/example", test_example);
  g_test_add_func ("/server-config/actions", test_actions);
  g_test_add_func ("/server-config/bad-actions", test_bad_actions);
  g_test_add_func ("/server-config/bad-breaks", test_bad_breaks);
  return g_test_run ();
}
