/* side-demo-server.c - a private simulated server as a child process
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The demonstration needs nothing but this program: it starts sidetone-server
 * with made-up calls on a free port of this machine, reads where it listens
 * and a one-time token from its output, and ends it when the demonstration
 * ends. The child ends by itself when we are gone: its standard input is a
 * pipe from us that closes then.
 */
#include "side-demo-server.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <signal.h>

#include "side-error.h"

/* A first start makes a month of past calls; a slow machine takes its time. */
#define START_S 120

struct _SideDemoServer
{
  GObject           parent_instance;
  char             *program;
  char             *folder;
  GSubprocess      *process;
  GDataInputStream *output;
  GTask            *starting;      /* while it has not said where it listens */
  guint             bound_id;
  char             *url;
  char             *token;
  gboolean          stopping;
};

enum { SIGNAL_STOPPED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideDemoServer, side_demo_server, G_TYPE_OBJECT)

static void
side_demo_server_dispose (GObject *object)
{
  SideDemoServer *self = SIDE_DEMO_SERVER (object);

  side_demo_server_stop (self);
  g_clear_handle_id (&self->bound_id, g_source_remove);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  G_OBJECT_CLASS (side_demo_server_parent_class)->dispose (object);
}

static void
side_demo_server_finalize (GObject *object)
{
  SideDemoServer *self = SIDE_DEMO_SERVER (object);

  g_free (self->program);
  g_free (self->folder);
  g_free (self->url);
  g_free (self->token);
  G_OBJECT_CLASS (side_demo_server_parent_class)->finalize (object);
}

static void
side_demo_server_class_init (SideDemoServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = side_demo_server_dispose;
  object_class->finalize = side_demo_server_finalize;
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", SIDE_TYPE_DEMO_SERVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_demo_server_init (SideDemoServer *self)
{
}

/**
 * side_demo_server_new:
 * @program: (nullable): path of sidetone-server
 * @folder: where it may keep its calls and recordings
 *
 * Returns: (transfer full): a server that does not run yet
 */
SideDemoServer *
side_demo_server_new (const char *program,
                      const char *folder)
{
  SideDemoServer *self = g_object_new (SIDE_TYPE_DEMO_SERVER, NULL);

  self->program = g_strdup (program);
  self->folder = g_strdup (folder);
  return self;
}

/* Ends the start, one way or the other; later answers find nothing. */
static void
settle (SideDemoServer *self,
        GError         *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->starting);

  g_clear_handle_id (&self->bound_id, g_source_remove);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
take_ready (SideDemoServer *self,
            const char     *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *url = object != NULL ? json_object_get_string_member_with_default (object, "url", NULL) : NULL;
  const char *token = object != NULL ? json_object_get_string_member_with_default (object, "token", NULL) : NULL;

  if (url == NULL || token == NULL)
    return FALSE;
  g_free (self->url);
  g_free (self->token);
  self->url = g_strdup (url);
  self->token = g_strdup (token);
  return TRUE;
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SideDemoServer) self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL || self->starting == NULL)
    return;
  if (take_ready (self, line))
    settle (self, NULL);
  else
    g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, line_cb, g_object_ref (self));
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideDemoServer) self = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  g_autoptr (GError) why = NULL;

  g_subprocess_wait_finish (process, result, NULL);
  if (self->process != process)
    return;
  g_clear_object (&self->process);
  if (self->stopping)
    return;
  if (g_subprocess_get_if_exited (process))
    why = g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED,
                       _("sidetone-server ended with code %d. When it goes on doing so, remove the folder “%s”: "
                         "the demo then begins anew."),
                       g_subprocess_get_exit_status (process), self->folder);
  else
    why = g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, _("sidetone-server was ended by signal %d"),
                       g_subprocess_get_term_sig (process));
  if (self->starting != NULL)
    settle (self, g_steal_pointer (&why));
  else
    g_signal_emit (self, signals[SIGNAL_STOPPED], 0, why);
}

static gboolean
bound_cb (gpointer user_data)
{
  SideDemoServer *self = user_data;

  self->bound_id = 0;
  settle (self, g_error_new (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("sidetone-server was not ready in %d s"), START_S));
  side_demo_server_stop (self);
  return G_SOURCE_REMOVE;
}

/**
 * side_demo_server_start_async:
 * @self: a server that does not run
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is ready or failed
 * @user_data: data for @callback
 */
void
side_demo_server_start_async (SideDemoServer      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (SIDE_IS_DEMO_SERVER (self) && self->process == NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_demo_server_start_async);
  if (self->program == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, _("There is no sidetone-server on this computer"));
      return;
    }
  self->stopping = FALSE;
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    self->program, "--simulate", "--print-ready", "--exit-with-parent",
                                    "--listen", "127.0.0.1:0", "--data", self->folder, NULL);
  if (self->process == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "%s", error->message);
      g_clear_error (&error);
      return;
    }
  self->starting = g_steal_pointer (&task);
  self->bound_id = g_timeout_add_seconds (START_S, bound_cb, self);
  g_clear_object (&self->output);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, line_cb, g_object_ref (self));
  g_subprocess_wait_async (self->process, NULL, ended_cb, g_object_ref (self));
}

/**
 * side_demo_server_start_finish:
 * @self: a server
 * @result: what the callback was given
 * @error: NOT_FOUND when there is no such program, TIMED_OUT or FAILED
 *
 * Returns: whether it is ready
 */
gboolean
side_demo_server_start_finish (SideDemoServer  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_demo_server_stop:
 * @self: a server
 *
 * Asks it to end; "stopped" is not emitted for that.
 */
void
side_demo_server_stop (SideDemoServer *self)
{
  g_return_if_fail (SIDE_IS_DEMO_SERVER (self));
  self->stopping = TRUE;
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  if (self->starting != NULL)
    settle (self, g_error_new (SIDE_ERROR, SIDE_ERROR_CANCELLED, "The demonstration was left"));
}

/**
 * side_demo_server_get_url:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): its address, once it is ready
 */
const char *
side_demo_server_get_url (SideDemoServer *self)
{
  g_return_val_if_fail (SIDE_IS_DEMO_SERVER (self), NULL);
  return self->url;
}

/**
 * side_demo_server_get_token:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): the token for this one start of it
 */
const char *
side_demo_server_get_token (SideDemoServer *self)
{
  g_return_val_if_fail (SIDE_IS_DEMO_SERVER (self), NULL);
  return self->token;
}
