/* side-sip-test.c - whether an account works, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the "Test" button: a line of its own beside any there is, that goes the
 * same way as a real one, but tells how far it came. No step takes longer than
 * five seconds. Of a name's addresses one after the other is tried, as the line
 * itself does, within twenty seconds for all of them; where none works, the one
 * that came furthest is told of.
 */
#include "side-sip-stack.h"

#include <glib/gi18n-lib.h>

#define STEP_MS     5000
#define SHORTEST_MS 1000       /* of a step, where many addresses share the time there is */
#define WHOLE_MS    20000      /* for all addresses of a name */

typedef struct {
  SideSipSettings *settings;
  SideSipSecret   *secret;
  SideSipTestStep  step;           /* of the address that is being tried; at the end of the one that is told of */
  SideSipTestStep  furthest;       /* that was told to @watch */
  GList           *addresses;      /* GInetSocketAddress; the first is being tried */
  gint64           until_us;       /* monotonic: no address is begun with later */
  GCancellable    *cancellable;    /* of the address that is being tried */
  GCancellable    *outer;          /* the caller's, nullable */
  gulong           outer_id;
  guint            limit_id;
  SideSipStack    *stack;
  SideSipLeg      *leg;
  guint            n_closing;      /* stacks that are on their way */
  gboolean         over;
  GError          *error;          /* what is told at the end; until then the failure of the address that came furthest */
  SideSipTestStep  error_step;     /* of @error */
  GTlsCertificate *unknown;        /* nullable; of @error */
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

/* Passes on the test's own reference to @task, once everything is closed. */
static void
return_result (GTask *task)
{
  Test *self = g_task_get_task_data (task);

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_closed (gpointer data)
{
  GTask *task = data;
  Test *self = g_task_get_task_data (task);

  self->n_closing--;
  if (self->over && self->n_closing == 0)
    return_result (task);
}

static gboolean
on_closed_idle (gpointer data)
{
  return_result (data);
  return G_SOURCE_REMOVE;
}

/* Lets go of the address that was being tried. */
static void
leave_address (GTask *task)
{
  Test *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->leg != NULL)
    side_sip_leg_drop (g_steal_pointer (&self->leg));
  if (self->stack != NULL)
    {
      self->n_closing++;
      side_sip_stack_close (g_steal_pointer (&self->stack), on_closed, task);
    }
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
  g_clear_error (&self->error);
  self->error = error;
  if (self->outer_id != 0)
    g_signal_handler_disconnect (self->outer, self->outer_id);
  self->outer_id = 0;
  leave_address (task);
  if (self->n_closing == 0)
    g_idle_add (on_closed_idle, task);
}

static void try_address (GTask *task);

/* Keeps of several failures the one that came furthest: that of an address without a way to it says little where
 * another one answered. @error: (transfer full); @unknown: (transfer full) (nullable) */
static void
keep_failure (Test            *self,
              GError          *error,
              GTlsCertificate *unknown)
{
  if (self->error != NULL && self->step <= self->error_step)
    {
      g_error_free (error);
      g_clear_object (&unknown);
      return;
    }
  g_clear_error (&self->error);
  g_clear_object (&self->unknown);
  self->error = error;
  self->error_step = self->step;
  self->unknown = unknown;
}

/* One address failed: the next one is tried, if there is one and time for it. @error: (transfer full);
 * @unknown: (transfer full) (nullable) */
static void
next_after (GTask           *task,
            GError          *error,
            GTlsCertificate *unknown)
{
  Test *self = g_task_get_task_data (task);

  keep_failure (self, error, unknown);
  leave_address (task);
  if (self->addresses == NULL || self->addresses->next == NULL || g_get_monotonic_time () >= self->until_us)
    {
      self->step = self->error_step;
      finish (task, g_steal_pointer (&self->error));
      return;
    }
  g_object_unref (self->addresses->data);
  self->addresses = g_list_delete_link (self->addresses, self->addresses);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  try_address (task);
}

static gboolean
on_limit (gpointer data)
{
  GTask *task = data;
  Test *self = g_task_get_task_data (task);

  self->limit_id = 0;
  next_after (task, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("There was no answer in time")), NULL);
  return G_SOURCE_REMOVE;
}

/* How long a step may take: what is left of the whole is shared by the addresses that wait for their turn. */
static guint
step_ms (const Test *self)
{
  guint n = g_list_length (self->addresses);
  gint64 left_ms = (self->until_us - g_get_monotonic_time ()) / 1000;

  return n < 2 ? STEP_MS : (guint) CLAMP (left_ms / n, SHORTEST_MS, STEP_MS);
}

/* Whoever looks on is told of a step once, however many addresses come so far. */
static void
begin_step (GTask           *task,
            SideSipTestStep  step)
{
  Test *self = g_task_get_task_data (task);

  self->step = step;
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_id = g_timeout_add (step_ms (self), on_limit, task);
  if (step <= self->furthest && step != SIDE_SIP_TEST_NAME)
    return;
  self->furthest = step;
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
  if (side_sip_event_is_of_address (event))
    next_after (task, error, NULL);
  else
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
      next_after (task, side_sip_error_for_event (event), NULL);
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
      next_after (task, error, NULL);
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

  /* One that was done at the very moment its time was over is of an address that was left already. */
  if (self->over || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (good)
    ask_server (task, canon);
  else
    next_after (task, g_steal_pointer (&error), side_sip_trust_look_dup_unknown (result));
}

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

  if (self->over || side_error_is_cancelled (error))
    return;
  if (connection == NULL)
    {
      next_after (task, g_error_new_literal (SIDE_ERROR, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
                                                           ? SIDE_ERROR_TIMED_OUT : SIDE_ERROR_UNREACHABLE, error->message), NULL);
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
  self->until_us = g_get_monotonic_time () + WHOLE_MS * 1000;
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
 * Each step takes five seconds at most, all addresses of a name together twenty and
 * a step, and everything is closed before @callback.
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
