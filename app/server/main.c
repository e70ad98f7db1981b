/* main.c - sidetone-server: what is put together, and an orderly end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With --config it stands beside a PBX; with --simulate it makes its calls up.
 * Either way the same parts are joined: archive, hub, sources, HTTP server.
 * It ends on SIGTERM or SIGINT, with its parent if told so, or when nothing
 * can be kept any more; whatever is in memory is written first.
 */
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-archive-lock.h"
#include "side-asterisk-source.h"
#include "side-error.h"
#include "side-http-server.h"
#include "side-server-check.h"
#include "side-server-options.h"
#include "side-server-past.h"
#include "side-simulator.h"
#include "side-sqlite-store.h"
#include "side-text.h"
#include "side-users.h"

#define MAX_FILES 65536
#define DEMO_USER "demo"
#define LAST_STEPS 100

typedef struct {
  SideServerOptions options;
  GMainLoop        *loop;
  SideServerConfig *config;       /* nullable: simulating */
  SideClock        *clock;
  SideArchive      *archive;
  SideHub          *hub;
  SideHttpServer   *server;
  SideArchiveLock  *lock;
  SideHttpSettings  settings;     /* where to serve; its socket is ours */
  char             *address;      /* nullable: that of --listen */
  char             *database;
  char             *token;        /* nullable: only a simulated server makes one */
  gint64            last_ms;      /* the newest instant the archive knew at the start; 0: it was empty */
  gint64            heard_ms;     /* up to then a server was there; 0: none said so */
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

/* An archive that stays as it is now will be known again. */
static void
leave_mark (App *app)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mark = side_sqlite_store_end (app->database, &error);

  if (mark == NULL || !side_archive_lock_set_mark (app->lock, mark, &error))
    g_message ("readers will begin anew after the next start: %s", error->message);
}

static void
take_down (App *app)
{
  gboolean was_open = app->archive != NULL;

  if (app->server != NULL)
    side_http_server_stop (app->server);
  if (app->hub != NULL)
    side_hub_stop (app->hub);
  /* An action the PBX has not answered yet ends in the audit log, too. */
  for (guint i = 0; i < LAST_STEPS && g_main_context_iteration (NULL, FALSE); i++)
    continue;
  if (app->archive != NULL)
    {
      g_signal_handlers_disconnect_by_data (app->archive, app);
      side_archive_close_async (app->archive, closed_cb, app);
      g_main_loop_run (app->loop);
    }
  g_clear_object (&app->server);
  g_clear_object (&app->hub);
  g_clear_object (&app->archive);
  if (was_open)
    leave_mark (app);
  g_clear_pointer (&app->lock, side_archive_lock_free);
  g_clear_object (&app->settings.socket);
  g_clear_pointer (&app->address, g_free);
  g_clear_object (&app->clock);
  g_clear_pointer (&app->config, side_server_config_unref);
  g_clear_pointer (&app->database, g_free);
  g_clear_pointer (&app->token, g_free);
  g_main_loop_unref (app->loop);
}

/* Beside a PBX */

static char **
folders_of (const SideServerConfig *config)
{
  char **folders = g_new0 (char *, config->recording_folders->len + 1);

  for (guint i = 0; i < config->recording_folders->len; i++)
    folders[i] = g_strdup (g_ptr_array_index (config->recording_folders, i));
  return folders;
}

/* What the board holds as going on, from before, at that PBX. */
static GPtrArray *
list_live (App                 *app,
           const SidePbxConfig *pbx)
{
  GPtrArray *live = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < pbx->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (pbx->projects, i);
      const SideBoardProject *place = side_board_get_project (side_hub_get_board (app->hub), project->id);

      for (guint j = 0; place != NULL && j < place->live->len; j++)
        {
          const SideCall *call = g_ptr_array_index (place->live, j);

          if (side_server_config_find_pbx (app->config, call->id) != pbx || call->queue == NULL
              || side_project_find_queue (project, call->queue) == NULL)
            continue;
          g_ptr_array_add (live, side_call_copy (call));
          side_hub_trust_call (app->hub, call->id);
        }
    }
  return live;
}

/* Since when the board knows that the PBX is not heard; 0: it was. */
static gint64
find_gap (App                 *app,
          const SidePbxConfig *pbx)
{
  GPtrArray *projects = side_board_get_projects (side_hub_get_board (app->hub));
  gint64 gap_ms = 0;

  for (guint i = 0; i < projects->len; i++)
    {
      gint64 from_ms = side_board_project_get_gap_ms (g_ptr_array_index (projects, i), pbx->name);

      if (from_ms != 0)
        gap_ms = gap_ms != 0 ? MIN (gap_ms, from_ms) : from_ms;
    }
  return gap_ms;
}

static void
add_pbx (App                 *app,
         const SidePbxConfig *pbx)
{
  g_autoptr (SideAsteriskSettings) settings = side_asterisk_settings_new ();
  g_autoptr (SideAsteriskSource) source = NULL;

  settings->id = g_strdup (pbx->name);
  settings->name = g_strdup_printf ("PBX “%s”", pbx->name);
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
  settings->actions = pbx->actions;
  g_clear_pointer (&settings->projects, g_ptr_array_unref);
  settings->projects = g_ptr_array_ref (pbx->projects);
  /* Whatever was told then was heard; a PBX's clock may be ahead of ours. */
  settings->backfill_ms = MIN (MAX (app->last_ms, app->heard_ms), side_clock_now_ms (app->clock));
  settings->broken_ms = find_gap (app, pbx);
  settings->live = list_live (app, pbx);
  source = side_asterisk_source_new (settings, app->clock);
  side_hub_add_source (app->hub, SIDE_SOURCE (source));
}

/* Simulating */

static gboolean
add_simulator (App         *app,
               const char  *recordings,
               GError     **error)
{
  g_autoptr (SideSimulator) simulator =
      side_simulator_new (app->clock, (guint64) app->options.seed, recordings, NULL);
  gboolean first = MAX (app->last_ms, app->heard_ms) == 0;
  g_autoptr (GPtrArray) recorded = first ? g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref) : NULL;

  if (!app->options.seeded)
    side_simulator_vary (simulator, (guint64) app->last_ms);
  side_hub_add_source (app->hub, SIDE_SOURCE (simulator));
  side_server_open_centre (app->hub, simulator, MAX (app->last_ms, app->heard_ms), app->options.days, recorded);
  return !first || side_server_add_reviews (app->hub, app->database, (guint64) app->options.seed, recorded, DEMO_USER, error);
}

static char *
make_token (App     *app,
            GError **error)
{
  GPtrArray *projects = side_hub_get_projects (app->hub);
  g_autofree const char **ids = g_new0 (const char *, projects->len + 1);

  for (guint i = 0; i < projects->len; i++)
    ids[i] = ((SideProject *) g_ptr_array_index (projects, i))->id;
  side_archive_wait (side_hub_get_archive (app->hub), 0);
  return side_users_renew (app->database, DEMO_USER, SIDE_ROLE_SUPERVISOR, ids, error);
}

/* Putting together */

static gboolean
parse_listen (App     *app,
              GError **error)
{
  const char *text = app->options.listen;
  const char *colon = strrchr (text, ':');
  guint64 port = 0;
  char *address;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--listen wants ADDRESS:PORT, such as 127.0.0.1:8080");
      return FALSE;
    }
  address = app->address = g_strndup (text, (gsize) (colon - text));
  if (*address == '[' && g_str_has_suffix (address, "]"))
    {
      memmove (address, address + 1, strlen (address));
      address[strlen (address) - 1] = '\0';
    }
  app->settings.listen = address;
  app->settings.port = (guint16) port;
  return TRUE;
}

/* The address is had before a past is made up or a board rebuilt, which can
 * take minutes; nobody is let in before that is done. */
static gboolean
take_address (App     *app,
              GError **error)
{
  SideHttpSettings *settings = &app->settings;
  const SideServerConfig *config = app->config;
  g_autoptr (GError) reason = NULL;

  *settings = (SideHttpSettings) { .name = "Sidetone", .listen = "127.0.0.1", .simulated = config == NULL };
  if (config != NULL)
    {
      settings->name = config->name;
      settings->listen = config->listen;
      settings->port = config->port;
      settings->tls_certificate = config->tls_certificate;
      settings->tls_key = config->tls_key;
      settings->allow_insecure = config->allow_insecure;
      settings->phones = config->phones;
      settings->breaks = (const char *const *) config->breaks;
    }
  if ((app->options.listen != NULL && !parse_listen (app, error)) || !side_http_settings_check (settings, error))
    return FALSE;
  settings->socket = side_http_bind (settings->listen, settings->port, &reason);
  if (settings->socket != NULL)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "%s, port %u: %s", settings->listen, settings->port, reason->message);
  return FALSE;
}

static gboolean
begin_archive (App               *app,
               SideArchiveStore  *store,
               GError           **error)
{
  g_autofree char *last = side_archive_lock_get_mark (app->lock);
  g_autofree char *mark = side_sqlite_store_begin (SIDE_SQLITE_STORE (store), last, error);
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (app->settings.socket, NULL);

  if (G_IS_INET_SOCKET_ADDRESS (address))
    side_archive_lock_set_address (app->lock, app->settings.listen,
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  return mark != NULL && side_archive_lock_set_mark (app->lock, mark, error);
}

static SideArchiveStore *
open_store (App     *app,
            GError **error)
{
  g_autoptr (SideArchiveStore) store = NULL;
  SideArchivePosition position;

  app->lock = side_archive_lock_take (app->database, error);
  if (app->lock == NULL || !take_address (app, error))
    return NULL;
  store = side_sqlite_store_new (app->database, error);
  if (store == NULL || !begin_archive (app, store, error) || !side_archive_store_get_position (store, &position, error))
    return NULL;
  app->last_ms = position.last_ms;
  app->heard_ms = position.heard_ms;
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
  if (!side_server_add_scripts (store, side_clock_now_ms (app->clock), error) || !open_hub (app, store, projects, folders, error))
    return FALSE;
  if (!add_simulator (app, recordings, error))
    return FALSE;
  app->token = make_token (app, error);
  return app->token != NULL;
}

static void
keep_sources (App *app)
{
  GPtrArray *projects = app->config != NULL ? app->config->projects : NULL;

  for (guint i = 0; projects != NULL && i < projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (projects, i);
      g_autoptr (GPtrArray) names = g_ptr_array_new ();

      for (guint k = 0; k < app->config->pbxes->len; k++)
        {
          const SidePbxConfig *pbx = g_ptr_array_index (app->config->pbxes, k);

          if (g_ptr_array_find (pbx->projects, project, NULL))
            g_ptr_array_add (names, pbx->name);
        }
      g_ptr_array_add (names, NULL);
      side_hub_keep_sources (app->hub, project->id, (const char *const *) names->pdata);
    }
}

static gboolean
start_serving (App     *app,
               GError **error)
{
  app->server = side_http_server_new (app->hub);
  if (!side_http_server_start (app->server, &app->settings, error) || !side_hub_start (app->hub, error))
    return FALSE;
  keep_sources (app);
  return TRUE;
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

int
main (int   argc,
      char *argv[])
{
  App app = { 0 };
  g_autoptr (GError) error = NULL;
  int status = 2;

  setlocale (LC_ALL, "");
  umask (0027);
  signal (SIGXFSZ, SIG_IGN);   /* a file that may not grow is a full disk, and no end */
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
  if (!side_server_options_parse (&app.options, &argc, &argv, &error))
    {
      complain (error);
    }
  else if (app.options.version)
    {
      printf ("sidetone-server %s\n", SIDE_VERSION);
      status = 0;
    }
  else if (side_server_options_check (&app.options))
    {
      app.config = app.options.config != NULL ? side_server_load_config (app.options.config, app.options.check) : NULL;
      status = app.options.config != NULL && app.config == NULL ? 1 : 0;
      if (app.options.check)
        g_clear_pointer (&app.config, side_server_config_unref);
      raise_file_limit ();
      if (status == 0 && !app.options.check)
        status = run (&app);
    }
  side_server_options_clear (&app.options);
  return status;
}
