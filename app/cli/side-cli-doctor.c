/* side-cli-doctor.c - what is missing in an Asterisk's configuration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signs in at each PBX the server's configuration names, as the server would,
 * and says what is not as it should be, what it is for and which line mends
 * it. Nothing is changed anywhere.
 */
#include "side-asterisk-doctor.h"
#include "side-cli-config.h"

#define LISTEN_S     5
#define MAX_LISTEN_S 600

typedef struct {
  const SidePbxConfig *pbx;
  GPtrArray           *findings;    /* of SideFinding */
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_pointer (&visit->findings, g_ptr_array_unref);
  g_free (visit);
}

static SideAsteriskSettings *
make_settings (const SideServerConfig *config,
               const SidePbxConfig    *pbx)
{
  SideAsteriskSettings *settings = side_asterisk_settings_new ();
  guint n = config->recording_folders->len;

  settings->host = g_strdup (pbx->host);
  settings->port = pbx->port;
  settings->tls = pbx->tls;
  settings->tls_ca_file = g_strdup (pbx->tls_ca);
  settings->user = g_strdup (pbx->user);
  settings->secret = g_strdup (pbx->secret);
  settings->system_name = g_strdup (pbx->system_name);
  settings->queue_log = g_strdup (pbx->queue_log);
  settings->recording = g_strdup (pbx->recording);
  settings->interleaved = pbx->interleaved;
  settings->actions = pbx->actions;
  settings->folders = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    settings->folders[i] = g_strdup (g_ptr_array_index (config->recording_folders, i));
  g_clear_pointer (&settings->projects, g_ptr_array_unref);
  settings->projects = g_ptr_array_ref (pbx->projects);
  settings->shared = config->pbxes->len > 1;
  return settings;
}

static Visit *
visit_pbx (const SideServerConfig  *config,
           const SidePbxConfig     *pbx,
           guint                    listen_ms,
           GError                 **error)
{
  g_autoptr (SideAsteriskSettings) settings = make_settings (config, pbx);
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *findings;
  Visit *visit;

  side_asterisk_doctor_async (settings, listen_ms, NULL, side_cli_async_cb, &result);
  findings = side_asterisk_doctor_finish (side_cli_wait (&result), error);
  if (findings == NULL)
    return NULL;
  visit = g_new0 (Visit, 1);
  visit->pbx = pbx;
  visit->findings = findings;
  return visit;
}

/* Returns: (transfer full): of Visit, one for each PBX wanted. */
static GPtrArray *
visit_all (const SideServerConfig  *config,
           const char              *wanted,
           guint                    listen_ms,
           GError                 **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (visit_free);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < config->pbxes->len; i++)
    {
      const SidePbxConfig *pbx = g_ptr_array_index (config->pbxes, i);
      Visit *visit;

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", pbx->name);
      if (wanted != NULL && !g_str_equal (wanted, pbx->name))
        continue;
      visit = visit_pbx (config, pbx, listen_ms, error);
      if (visit == NULL)
        return NULL;
      g_ptr_array_add (visits, visit);
    }
  if (visits->len > 0)
    return g_steal_pointer (&visits);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no PBX “%s” in the configuration, but: %s", wanted, names->str);
  return NULL;
}

/* What only shows when all there are were asked. */
static void
compare (const SideServerConfig *config,
         GPtrArray              *visits)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  if (visits->len != config->pbxes->len)
    return;
  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (all, ((Visit *) g_ptr_array_index (visits, i))->findings);
  side_findings_compare ((GPtrArray *const *) all->pdata, all->len);
}

/* For a program */

static void
add_valid (JsonBuilder *builder,
           const char  *name,
           const char  *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  side_cli_add_text (builder, name, valid);
}

static void
add_findings (JsonBuilder *builder,
              GPtrArray   *findings)
{
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const SideFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      add_valid (builder, "id", finding->id);
      add_valid (builder, "state", side_finding_state_to_string (finding->state));
      add_valid (builder, "what", finding->what);
      add_valid (builder, "why", finding->why);
      add_valid (builder, "line", finding->line);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_faults (JsonBuilder *builder,
            GPtrArray   *faults)
{
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    {
      const SideConfigFault *fault = g_ptr_array_index (faults, i);

      json_builder_begin_object (builder);
      side_cli_add_number (builder, "line", fault->line);
      side_cli_add_boolean (builder, "warning", fault->warning);
      add_valid (builder, "message", fault->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
show_json (GPtrArray *faults,
           GPtrArray *visits,
           gboolean   fine)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_boolean (builder, "ok", fine);
  add_faults (builder, faults);
  json_builder_set_member_name (builder, "pbxes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < visits->len; i++)
    {
      const Visit *visit = g_ptr_array_index (visits, i);

      json_builder_begin_object (builder);
      add_valid (builder, "name", visit->pbx->name);
      add_valid (builder, "host", visit->pbx->host);
      side_cli_add_number (builder, "port", visit->pbx->port);
      side_cli_add_boolean (builder, "ok", side_findings_are_fine (visit->findings));
      add_findings (builder, visit->findings);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/* For a person */

static void
print_finding (const SideFinding *finding)
{
  g_autofree char *what = side_cli_plain (finding->what);
  g_auto (GStrv) lines = g_strsplit (finding->line != NULL ? finding->line : "", "\n", -1);

  g_print ("  %-8s %s\n", side_finding_state_to_string (finding->state), what);
  if (finding->state == SIDE_FINDING_OK)
    return;
  g_print ("           %s\n", finding->why);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = side_cli_plain (lines[i]);

      g_print ("           %s %s\n", i == 0 ? "→" : " ", line);
    }
}

static void
show_text (GPtrArray  *faults,
           GPtrArray  *visits,
           const char *path)
{
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *fault = side_config_fault_to_string (g_ptr_array_index (faults, i), path);
      g_autofree char *plain = side_cli_plain (fault);

      g_print ("%s\n", plain);
    }
  for (guint i = 0; i < visits->len; i++)
    {
      const Visit *visit = g_ptr_array_index (visits, i);

      g_print ("%s (%s:%d)\n", visit->pbx->name, visit->pbx->host, visit->pbx->port);
      for (guint k = 0; k < visit->findings->len; k++)
        print_finding (g_ptr_array_index (visit->findings, k));
    }
}

/**
 * side_cli_doctor:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code; SIDE_CLI_FAILED also when something is missing
 */
int
side_cli_doctor (SideCli  *cli,
                 int       argc,
                 char    **argv)
{
  static const SideCliHelp help = { NULL, "What is missing in the configuration of the PBX, and the line that mends it", 0, FALSE };
  g_autofree char *path = NULL, *wanted = NULL;
  int listen_s = LISTEN_S;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &path, "The server's configuration; " SIDE_CLI_CONFIG " by default", "FILE" },
    { "pbx", 0, 0, G_OPTION_ARG_STRING, &wanted, "Only this PBX", "NAME" },
    { "listen", 0, 0, G_OPTION_ARG_INT, &listen_s, "How long to listen to its events (5)", "SECONDS" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideServerConfig) config = NULL;
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GError) error = NULL;
  gboolean fine;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (listen_s < 0 || listen_s > MAX_LISTEN_S)
    return side_cli_usage (cli, "--listen is from 0 to %d seconds", MAX_LISTEN_S);
  config = side_cli_load_config (path, &error);
  if (config == NULL)
    return side_cli_fail (cli, error);
  /* Reads the secrets kept in files of their own, too. */
  side_server_config_check_files (config, faults);
  side_config_faults_sort (faults);
  visits = visit_all (config, wanted, (guint) listen_s * 1000, &error);
  if (visits == NULL)
    return side_cli_fail (cli, error);
  compare (config, visits);
  fine = !side_config_faults_are_fatal (faults);
  for (guint i = 0; i < visits->len; i++)
    fine = fine && side_findings_are_fine (((Visit *) g_ptr_array_index (visits, i))->findings);
  if (cli->json)
    show_json (faults, visits, fine);
  else
    show_text (faults, visits, path != NULL ? path : SIDE_CLI_CONFIG);
  return fine ? SIDE_CLI_OK : SIDE_CLI_FAILED;
}
