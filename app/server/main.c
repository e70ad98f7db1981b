/* main.c - sidetone-server: options, what is put together, and an orderly end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With --config it stands beside a PBX; with --simulate it makes its calls up.
 * Either way the same parts are joined: archive, hub, sources, HTTP server.
 * It ends on SIGTERM or SIGINT, with its parent if told so, or when nothing
 * can be kept any more; whatever is in memory is written first.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-asterisk-source.h"
#include "side-error.h"
#include "side-http-server.h"
#include "side-server-config.h"
#include "side-simulator.h"
#include "side-sqlite-store.h"
#include "side-text.h"
#include "side-time.h"
#include "side-users.h"

#define MAX_FILES        65536
#define MAX_SPEED        1000.0
#define DEFAULT_DAYS     30
#define DEFAULT_SEED     1
#define CALL_EVENTS_MS   (3 * 24 * SIDE_HOUR_MS)
#define CATCH_UP_MS      SIDE_HOUR_MS   /* a longer pause of the simulated centre is made up at one go */
#define RECENT_MS        (48 * SIDE_HOUR_MS)
#define DEMO_USER        "demo"

typedef struct {
  char    *config;
  gboolean check;
  gboolean simulate;
  double   speed;
  gint64   seed;
  char    *listen;
  char    *data;
  int      days;
  gboolean print_ready;
  gboolean exit_with_parent;
  gboolean version;
} Options;

typedef struct {
  Options           options;
  GMainLoop        *loop;
  SideServerConfig *config;       /* nullable: simulating */
  SideClock        *clock;
  SideArchive      *archive;
  SideHub          *hub;
  SideHttpServer   *server;
  char             *database;
  char             *token;        /* nullable: only a simulated server makes one */
  gint64            last_ms;      /* the newest instant the archive knew at the start; 0: it was empty */
  int               status;
} App;

/* Logs */

/* Nothing secret goes into a log, whoever wrote the line; and standard output
 * is for --print-ready alone. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_autofree GLogField *copy = g_memdup2 (fields, n_fields * sizeof *fields);
  g_autofree char *safe = NULL;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (strcmp (copy[i].key, "MESSAGE") != 0)
        continue;
      g_free (safe);
      safe = copy[i].length < 0 ? side_redact (copy[i].value) : NULL;
      copy[i].value = safe != NULL ? safe : "";
      copy[i].length = -1;
    }
  return g_log_writer_default (level, copy, n_fields, user_data);
}

static int
complain (const GError *error)
{
  g_autofree char *safe = side_redact (error->message);

  g_printerr ("sidetone-server: %s\n", safe);
  return 1;
}

/* The end */

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
parent_cb (int          fd,
           GIOCondition condition,
           gpointer     data)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
failed_cb (SideArchive *archive,
           const char  *message,
           App         *app)
{
  g_critical ("the archive cannot be written, the server ends: %s", message);
  app->status = 1;
  g_main_loop_quit (app->loop);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  App *app = data;
  g_autoptr (GError) error = NULL;

  if (!side_archive_close_finish (SIDE_ARCHIVE (source), result, &error))
    app->status = complain (error);
  g_main_loop_quit (app->loop);
}

static void
take_down (App *app)
{
  if (app->server != NULL)
    side_http_server_stop (app->server);
  if (app->hub != NULL)
    side_hub_stop (app->hub);
  if (app->archive != NULL)
    {
      side_archive_close_async (app->archive, closed_cb, app);
      g_main_loop_run (app->loop);
    }
  g_clear_object (&app->server);
  g_clear_object (&app->hub);
  g_clear_object (&app->archive);
  g_clear_object (&app->clock);
  g_clear_pointer (&app->config, side_server_config_unref);
  g_clear_pointer (&app->database, g_free);
  g_clear_pointer (&app->token, g_free);
  g_main_loop_unref (app->loop);
}

/* Beside a PBX */

static SideServerConfig *
load_config (const char *path)
{
  g_autoptr (GPtrArray) faults = side_config_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SideServerConfig) config = side_server_config_load (path, faults, &error);

  if (config == NULL)
    {
      complain (error);
      return NULL;
    }
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *text = side_config_fault_to_string (g_ptr_array_index (faults, i), path);

      g_printerr ("%s\n", text);
    }
  return side_config_faults_are_fatal (faults) ? NULL : g_steal_pointer (&config);
}

static char **
folders_of (const SideServerConfig *config)
{
  char **folders = g_new0 (char *, config->recording_folders->len + 1);

  for (guint i = 0; i < config->recording_folders->len; i++)
    folders[i] = g_strdup (g_ptr_array_index (config->recording_folders, i));
  return folders;
}

static void
add_pbx (App                 *app,
         const SidePbxConfig *pbx)
{
  g_autoptr (SideAsteriskSettings) settings = side_asterisk_settings_new ();
  g_autoptr (SideAsteriskSource) source = NULL;

  settings->host = g_strdup (pbx->host);
  settings->port = pbx->port;
  settings->tls = pbx->tls;
  settings->tls_ca_file = g_strdup (pbx->tls_ca);
  settings->user = g_strdup (pbx->user);
  settings->secret = g_strdup (pbx->secret);
  settings->system_name = g_strdup (pbx->system_name);
  settings->queue_log = g_strdup (pbx->queue_log);
  settings->recording = g_strdup (pbx->recording);
  settings->folders = folders_of (app->config);
  settings->interleaved = pbx->interleaved;
  g_clear_pointer (&settings->projects, g_ptr_array_unref);
  settings->projects = g_ptr_array_ref (app->config->projects);
  settings->backfill_ms = app->last_ms;
  source = side_asterisk_source_new (settings, app->clock);
  side_hub_add_source (app->hub, SIDE_SOURCE (source));
}

/* Simulating */

/* What operators did days ago nobody can ask for. Single events of old calls
 * would make a first start several times as long; their records tell enough. */
static void
import_event (SideEvent *event,
              gpointer   user_data)
{
  App *app = user_data;
  gint64 age_ms = side_clock_now_ms (app->clock) - event->at_ms;
  gboolean of_call = event->call != NULL && event->kind != SIDE_EVENT_OPERATOR_STATE;
  gboolean keep = age_ms <= (of_call ? CALL_EVENTS_MS : RECENT_MS) || event->callback != SIDE_CALLBACK_NONE;

  if (keep || (of_call && age_ms <= SIDE_BOARD_CALLBACK_KEEP_MS))
    side_hub_import_event (app->hub, event, keep);
}

static void
import_call (SideCall *call,
             gpointer  user_data)
{
  side_hub_import_call (((App *) user_data)->hub, call);
}

/* The centre lives on from where the archive ends; a first start, or one after
 * a long pause, makes up what lies between at one go. */
static void
open_centre (App           *app,
             SideSimulator *simulator)
{
  gint64 now_ms = side_clock_now_ms (app->clock);
  gint64 last_ms = app->last_ms;
  const SideProject *project = g_ptr_array_index (side_hub_get_projects (app->hub), 0);

  side_hub_end_live_calls (app->hub);
  if (last_ms == 0)
    last_ms = side_time_day_add (project->time_zone, now_ms, -app->options.days);
  else if (now_ms - last_ms < CATCH_UP_MS)
    {
      side_simulator_open (simulator, MIN (last_ms + 1, now_ms));
      return;
    }
  last_ms = MAX (last_ms + 1, side_time_day_add (project->time_zone, now_ms, -app->options.days));
  g_message ("making up the calls since %" G_GINT64_FORMAT " h", (now_ms - last_ms) / SIDE_HOUR_MS);
  side_simulator_generate_history (simulator, last_ms, now_ms, import_event, import_call, app);
}

static void
add_simulator (App        *app,
               const char *recordings)
{
  g_autoptr (SideSimulator) simulator =
      side_simulator_new (app->clock, (guint64) app->options.seed, recordings, NULL);

  side_hub_add_source (app->hub, SIDE_SOURCE (simulator));
  open_centre (app, simulator);
}

static char *
make_token (App     *app,
            GError **error)
{
  GPtrArray *projects = side_hub_get_projects (app->hub);
  g_autofree const char **ids = g_new0 (const char *, projects->len + 1);

  for (guint i = 0; i < projects->len; i++)
    ids[i] = ((SideProject *) g_ptr_array_index (projects, i))->id;
  return side_users_renew (app->database, DEMO_USER, SIDE_ROLE_SUPERVISOR, ids, error);
}

/* Putting together */

/* Two servers would number the same archive's events side by side. The lock
 * goes with the process, however it ends. */
static gboolean
lock_archive (App     *app,
              GError **error)
{
  g_autofree char *path = g_strconcat (app->database, ".lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

  if (fd < 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY, "“%s” cannot be written: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;   /* and stays open */
  close (fd);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_BUSY, "another sidetone-server uses “%s”", app->database);
  return FALSE;
}

static SideArchiveStore *
open_store (App     *app,
            GError **error)
{
  g_autoptr (SideArchiveStore) store = NULL;
  SideArchivePosition position;

  if (!lock_archive (app, error))
    return NULL;
  store = side_sqlite_store_new (app->database, error);
  if (store == NULL || !side_archive_store_get_position (store, &position, error))
    return NULL;
  app->last_ms = position.last_ms;
  return g_steal_pointer (&store);
}

static gboolean
open_hub (App               *app,
          SideArchiveStore  *store,
          GPtrArray         *projects,
          const char *const *folders,
          GError           **error)
{
  g_autoptr (SideRecordingKeeper) keeper = NULL;

  app->archive = side_archive_new (store);
  g_signal_connect (app->archive, "failed", G_CALLBACK (failed_cb), app);
  keeper = side_recording_keeper_new (folders);
  app->hub = side_hub_new (app->clock, app->archive, projects, keeper);
  return side_hub_restore (app->hub, error);
}

static gboolean
set_up_configured (App     *app,
                   GError **error)
{
  g_auto (GStrv) folders = folders_of (app->config);
  g_autoptr (SideArchiveStore) store = NULL;

  app->clock = side_clock_new_system ();
  app->database = g_strdup (app->config->database);
  store = open_store (app, error);
  if (store == NULL || !open_hub (app, store, app->config->projects, (const char *const *) folders, error))
    return FALSE;
  side_hub_set_aliases (app->hub, app->config->aliases);
  for (guint i = 0; i < app->config->pbxes->len; i++)
    add_pbx (app, g_ptr_array_index (app->config->pbxes, i));
  return TRUE;
}

/* A centre that ran fast may be ahead of the wall: it goes on from there. */
static SideClock *
make_clock (const App *app)
{
  gint64 now_ms = g_get_real_time () / 1000;

  if (app->options.speed == 1.0 && app->last_ms < now_ms)
    return side_clock_new_system ();
  return side_clock_new_scaled (MAX (now_ms, app->last_ms + 1), app->options.speed);
}

/* The shops' scoring forms, at the first start; later they may have been changed. */
static gboolean
add_scripts (App              *app,
             SideArchiveStore *store,
             GError          **error)
{
  gint64 now_ms = side_clock_now_ms (app->clock);
  g_autoptr (GPtrArray) documents = side_simulator_list_scripts (now_ms, error);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, now_ms);
      SideArchiveItem *items[] = { item };

      item->document = side_document_ref (g_ptr_array_index (documents, i));
      item->revision = -1;
      if (!side_archive_store_write (store, items, 1, error))
        return FALSE;
    }
  return documents != NULL;
}

static gboolean
set_up_simulated (App     *app,
                  GError **error)
{
  g_autofree char *folder = app->options.data != NULL
                                ? g_canonicalize_filename (app->options.data, NULL)
                                : g_build_filename (g_get_user_data_dir (), "sidetone", "demo-server", NULL);
  g_autofree char *recordings = g_build_filename (folder, "recordings", NULL);
  const char *folders[] = { recordings, NULL };
  g_autoptr (GPtrArray) projects = side_simulator_create_projects ();
  g_autoptr (SideArchiveStore) store = NULL;

  if (g_mkdir_with_parents (recordings, 0750) != 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY, "folder “%s” cannot be made", recordings);
      return FALSE;
    }
  app->database = g_build_filename (folder, "archive.db", NULL);
  store = open_store (app, error);
  if (store == NULL)
    return FALSE;
  app->clock = make_clock (app);
  if (!add_scripts (app, store, error) || !open_hub (app, store, projects, folders, error))
    return FALSE;
  add_simulator (app, recordings);
  app->token = make_token (app, error);
  return app->token != NULL;
}

static gboolean
parse_listen (const char       *text,
              SideHttpSettings *settings,
              char            **address,
              GError          **error)
{
  const char *colon = strrchr (text, ':');
  guint64 port = 0;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--listen wants ADDRESS:PORT, such as 127.0.0.1:8080");
      return FALSE;
    }
  *address = g_strndup (text, (gsize) (colon - text));
  if (**address == '[' && g_str_has_suffix (*address, "]"))
    {
      memmove (*address, *address + 1, strlen (*address));
      (*address)[strlen (*address) - 1] = '\0';
    }
  settings->listen = *address;
  settings->port = (guint16) port;
  return TRUE;
}

static gboolean
start_serving (App     *app,
               GError **error)
{
  g_autofree char *address = NULL;
  SideHttpSettings settings = { .name = "Sidetone", .listen = "127.0.0.1", .simulated = app->config == NULL };

  if (app->config != NULL)
    {
      settings.name = app->config->name;
      settings.listen = app->config->listen;
      settings.port = app->config->port;
      settings.tls_certificate = app->config->tls_certificate;
      settings.tls_key = app->config->tls_key;
      settings.allow_insecure = app->config->allow_insecure;
    }
  if (app->options.listen != NULL && !parse_listen (app->options.listen, &settings, &address, error))
    return FALSE;
  app->server = side_http_server_new (app->hub);
  return side_http_server_start (app->server, &settings, error) && side_hub_start (app->hub, error);
}

static void
say_ready (App *app)
{
  g_autofree char *url = side_http_server_get_url (app->server);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  g_message ("serving %u projects at %s", side_hub_get_projects (app->hub)->len, url);
  if (!app->options.print_ready)
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url");
  json_builder_add_string_value (builder, url);
  if (app->token != NULL)
    {
      json_builder_set_member_name (builder, "token");
      json_builder_add_string_value (builder, app->token);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  printf ("%s\n", line);
  fflush (stdout);
}

static int
run (App *app)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  app->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, quit_cb, app->loop);
  g_unix_signal_add (SIGINT, quit_cb, app->loop);
  if (app->options.exit_with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, parent_cb, app->loop);
  ok = app->config != NULL ? set_up_configured (app, &error) : set_up_simulated (app, &error);
  ok = ok && start_serving (app, &error);
  if (ok)
    {
      say_ready (app);
      g_main_loop_run (app->loop);
    }
  else
    {
      app->status = complain (error);
    }
  take_down (app);
  return app->status;
}

/* The process */

/* Each live stream is an open file; the soft limit is often 1024. */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, MAX_FILES);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
parse_options (Options *options,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Serve the call centre FILE describes", "FILE" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check, "Only say what is wrong with FILE", NULL },
    { "simulate", 0, 0, G_OPTION_ARG_NONE, &options->simulate, "Serve a made-up call centre", NULL },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options->speed, "Let the made-up time pass N times faster", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Make the calls of this seed up", "N" },
    { "days", 0, 0, G_OPTION_ARG_INT, &options->days, "Days of past calls at the first start (30)", "N" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Folder of the made-up centre", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Listen there; port 0 takes a free one", "ADDRESS:PORT" },
    { "print-ready", 0, 0, G_OPTION_ARG_NONE, &options->print_ready, "Print a line of JSON once it listens", NULL },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_parent, "End when standard input is closed", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- serve a call centre to sidetone");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
check_options (const Options *options)
{
  if ((options->config != NULL) == options->simulate)
    g_printerr ("sidetone-server: give either --config FILE or --simulate; see --help\n");
  else if (options->check && options->config == NULL)
    g_printerr ("sidetone-server: --check wants --config FILE\n");
  else if (!(options->speed >= 0.01 && options->speed <= MAX_SPEED))
    g_printerr ("sidetone-server: --speed must be from 0.01 to %g\n", MAX_SPEED);
  else if (options->days < 0 || options->days > 366)
    g_printerr ("sidetone-server: --days must be from 0 to 366\n");
  else
    return TRUE;
  return FALSE;
}

static void
options_clear (Options *options)
{
  g_free (options->config);
  g_free (options->listen);
  g_free (options->data);
}

int
main (int   argc,
      char *argv[])
{
  App app = { .options = { .speed = 1.0, .seed = DEFAULT_SEED, .days = DEFAULT_DAYS } };
  g_autoptr (GError) error = NULL;
  int status = 2;

  setlocale (LC_ALL, "");
  umask (0027);
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
  if (!parse_options (&app.options, &argc, &argv, &error))
    {
      complain (error);
    }
  else if (app.options.version)
    {
      printf ("sidetone-server %s\n", SIDE_VERSION);
      status = 0;
    }
  else if (check_options (&app.options))
    {
      app.config = app.options.config != NULL ? load_config (app.options.config) : NULL;
      status = app.options.config != NULL && app.config == NULL ? 1 : 0;
      if (app.options.check && status == 0)
        printf ("%s: fine\n", app.options.config);
      if (app.options.check)
        g_clear_pointer (&app.config, side_server_config_unref);
      raise_file_limit ();
      if (status == 0 && !app.options.check)
        status = run (&app);
    }
  options_clear (&app.options);
  return status;
}
