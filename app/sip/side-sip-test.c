/* side-sip-test.c - whether an account works, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the "Test" button: a line of its own beside any there is, that goes the
 * same way as a real one, but tells how far it came. No step takes longer than
 * five seconds.
 */
#include "side-sip-stack.h"

#include <glib/gi18n-lib.h>

#define STEP_S 5

typedef struct {
  SideSipSettings *settings;
  SideSipSecret   *secret;
  SideSipTestStep  step;
  GList           *addresses;      /* GInetSocketAddress; the first is being tried */
  GCancellable    *cancellable;    /* of the step that is under way */
  GCancellable    *outer;          /* the caller's, nullable */
  gulong           outer_id;
  guint            limit_id;
  SideSipStack    *stack;
  SideSipLeg      *leg;
  gboolean         over;
  GError          *error;
  GTlsCertificate *unknown;        /* nullable */
  SideSipTestFunc  watch;          /* nullable */
  gpointer         watch_data;
} Test;

static void
test_free (gpointer data)
{
  Test *self = data;

  g_clear_object (&self->settings);
  g_clear_pointer (&self->secret, side_sip_secret_unref);
  g_clear_list (&self->addresses, g_object_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->outer);
  g_clear_error (&self->error);
  g_clear_object (&self->unknown);
  g_free (self);
}

static void
on_closed (gpointer data)
{
  g_autoptr (GTask) task = data;
  Test *self = g_task_get_task_data (task);

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
on_closed_idle (gpointer data)
{
  on_closed (data);
  return G_SOURCE_REMOVE;
}

/* The end, good or bad; once. It passes on the test's own reference to @task, which it holds from the
 * beginning. @error: (transfer full) (nullable) */
static void
finish (GTask  *task,
        GError *error)
{
  Test *self = g_task_get_task_data (task);

  if (self->over)
    {
      g_clear_error (&error);
      return;
    }
  self->over = TRUE;
  self->error = error;
  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (self->outer_id != 0)
    g_signal_handler_disconnect (self->outer, self->outer_id);
  self->outer_id = 0;
  g_cancellable_cancel (self->cancellable);
  if (self->leg != NULL)
    side_sip_leg_drop (g_steal_pointer (&self->leg));
  if (self->stack != NULL)
    side_sip_stack_close (g_steal_pointer (&self->stack), on_closed, task);
  else
    g_idle_add (on_closed_idle, task);
}

static gboolean
on_limit (gpointer data)
{
  GTask *task = data;
  Test *self = g_task_get_task_data (task);

  self->limit_id = 0;
  finish (task, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("There was no answer in five seconds")));
  return G_SOURCE_REMOVE;
}

static void
begin_step (GTask           *task,
            SideSipTestStep  step)
{
  Test *self = g_task_get_task_data (task);

  self->step = step;
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_id = g_timeout_add_seconds (STEP_S, on_limit, task);
  if (self->watch != NULL)
    self->watch (step, self->watch_data);
}

static gboolean
on_outer_cancelled_idle (gpointer data)
{
  finish (data, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CANCELLED, _("The test was stopped")));
  return G_SOURCE_REMOVE;
}

/* Nothing may be disconnected from within this signal. */
static void
on_outer_cancelled (GCancellable *cancellable,
                    GTask        *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_outer_cancelled_idle, g_object_ref (task), g_object_unref);
}

/* -- the password */

static void
on_registered (SideSipLeg         *leg,
               const SideSipEvent *event,
               gpointer            data)
{
  GTask *task = data;
  Test *self = g_task_get_task_data (task);
  GError *error;

  if (event->kind != SIDE_SIP_EVENT_RESPONSE || (event->code >= 100 && event->code < 200))
    return;
  if (event->code >= 200 && event->code < 300)
    {
      self->step = SIDE_SIP_TEST_DONE;
      finish (task, NULL);
      return;
    }
  error = side_sip_error_for_event (event);
  /* A registrar that does not know the user */
  if (event->on_wire && event->code == 404)
    error->code = SIDE_ERROR_UNAUTHORIZED;
  finish (task, error);
}

/* An answer of whatever kind shows that it speaks SIP. */
static void
on_options (SideSipLeg         *leg,
            const SideSipEvent *event,
            gpointer            data)
{
  GTask *task = data;
  Test *self = g_task_get_task_data (task);
  gboolean refused = event->code == 401 || event->code == 407 || event->code == 403;

  if (event->kind != SIDE_SIP_EVENT_RESPONSE || (event->code >= 100 && event->code < 200))
    return;
  if (!event->on_wire)
    {
      if (event->code != 408)
        self->step = SIDE_SIP_TEST_REACH;
      finish (task, side_sip_error_for_event (event));
      return;
    }
  begin_step (task, SIDE_SIP_TEST_PASSWORD);
  if (!side_sip_settings_get_registers (self->settings))
    {
      self->step = refused ? SIDE_SIP_TEST_PASSWORD : SIDE_SIP_TEST_DONE;
      finish (task, refused ? side_sip_error_for_event (event) : NULL);
      return;
    }
  side_sip_leg_drop (g_steal_pointer (&self->leg));
  self->leg = side_sip_stack_register (self->stack, side_sip_settings_get_expires_s (self->settings), on_registered, task);
}

/* -- the way there */

static void
ask_server (GTask      *task,
            const char *canon)
{
  Test *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->stack = side_sip_stack_new (self->settings, self->secret, self->addresses->data, canon, &error);
  if (self->stack == NULL)
    {
      finish (task, error);
      return;
    }
  begin_step (task, SIDE_SIP_TEST_ANSWER);
  self->leg = side_sip_stack_options (self->stack, on_options, task);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *canon = NULL;
  g_autoptr (GError) error = NULL;
  Test *self = g_task_get_task_data (task);
  gboolean good = side_sip_trust_look_finish (result, &canon, &error);

  if (self->over)
    return;
  if (good)
    {
      ask_server (task, canon);
      return;
    }
  self->unknown = side_sip_trust_look_dup_unknown (result);
  finish (task, g_steal_pointer (&error));
}

static void try_address (GTask *task);

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Test *self = g_task_get_task_data (task);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (self->over)
    return;
  if (connection == NULL && self->addresses->next != NULL)
    {
      g_object_unref (self->addresses->data);
      self->addresses = g_list_delete_link (self->addresses, self->addresses);
      try_address (task);
      return;
    }
  if (connection == NULL)
    {
      finish (task, g_error_new_literal (SIDE_ERROR, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
                                                       ? SIDE_ERROR_TIMED_OUT : SIDE_ERROR_UNREACHABLE, error->message));
      return;
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  if (side_sip_settings_get_transport (self->settings) != SIDE_SIP_TLS)
    {
      ask_server (task, NULL);
      return;
    }
  begin_step (task, SIDE_SIP_TEST_TRUST);
  side_sip_trust_look_async (self->settings, self->addresses->data, self->cancellable, on_looked, g_object_ref (task));
}

static void
try_address (GTask *task)
{
  Test *self = g_task_get_task_data (task);
  g_autoptr (GSocketClient) client = NULL;

  begin_step (task, SIDE_SIP_TEST_REACH);
  if (side_sip_settings_get_transport (self->settings) == SIDE_SIP_UDP)
    {
      ask_server (task, NULL);
      return;
    }
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (self->addresses->data), self->cancellable, on_connected,
                                 g_object_ref (task));
}

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Test *self = g_task_get_task_data (task);
  GList *addresses = side_sip_resolve_finish (result, &error);

  self->addresses = addresses;
  if (self->over)
    return;
  if (addresses == NULL)
    finish (task, g_steal_pointer (&error));
  else
    try_address (task);
}

/**
 * side_sip_test_async:
 * @settings: of the account; they need not have been checked
 * @secret: (nullable): the password
 * @cancellable: (nullable)
 * @callback: told how far it came
 * @user_data: for @callback
 *
 * Each step takes five seconds at most, and everything is closed before @callback.
 */
void
side_sip_test_async (SideSipSettings     *settings,
                     SideSipSecret       *secret,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  side_sip_test_watched_async (settings, secret, NULL, NULL, cancellable, callback, user_data);
}

/**
 * side_sip_test_watched_async:
 * @settings: of the account; they need not have been checked
 * @secret: (nullable): the password
 * @watch: (nullable): told of each step as it begins, until @callback; the first time from within
 * @watch_data: for @watch
 * @cancellable: (nullable)
 * @callback: told how far it came
 * @user_data: for @callback
 *
 * As side_sip_test_async(), for somebody who looks on.
 */
void
side_sip_test_watched_async (SideSipSettings     *settings,
                             SideSipSecret       *secret,
                             SideSipTestFunc      watch,
                             gpointer             watch_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  GError *error = NULL;
  Test *self;

  g_return_if_fail (SIDE_IS_SIP_SETTINGS (settings));

  self = g_new0 (Test, 1);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, side_sip_test_async);
  g_task_set_task_data (task, self, test_free);
  self->watch = watch;
  self->watch_data = watch_data;
  self->settings = g_object_ref (settings);
  self->secret = secret != NULL ? side_sip_secret_ref (secret) : NULL;
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_outer_cancelled), task);
      if (g_cancellable_is_cancelled (cancellable))
        on_outer_cancelled (cancellable, task);
    }
  if (!side_sip_settings_check (settings, &error))
    {
      finish (task, error);
      return;
    }
  begin_step (task, SIDE_SIP_TEST_NAME);
  side_sip_resolve_async (settings, self->cancellable, on_resolved, g_object_ref (task));
}

/**
 * side_sip_test_finish:
 * @result: as the callback got it
 * @reached: (out) (optional): the step that failed, or DONE
 * @error: return location: one of those named in the header
 *
 * Returns: whether calls can be made with it
 */
gboolean
side_sip_test_finish (GAsyncResult     *result,
                      SideSipTestStep  *reached,
                      GError          **error)
{
  Test *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  if (reached != NULL)
    *reached = self->step;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_sip_test_get_unknown:
 * @result: as the callback got it
 *
 * Returns: (transfer none) (nullable): after UNTRUSTED, the end of the server's
 *   chain of certificates, where all that is wrong is that nobody knows it: for
 *   SideSipSettings:trusted, once a person has compared its fingerprint
 */
GTlsCertificate *
side_sip_test_get_unknown (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return ((Test *) g_task_get_task_data (G_TASK (result)))->unknown;
}
