/* side-sip-account-state.c - how an account comes online, and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   OFFLINE --go_online--> CONNECTING: name → certificate → registration --> READY
 *      ^                       |   ^                                           |
 *      | only a person can     |   | time, retry_now, another network          | a refresh
 *      | put it right          v   |                                           | refused
 *      +------------------- (break) --> WAITING <------------------------------+
 *
 * Of a name's addresses one after the other is tried. Without a registration a
 * server over TLS is asked what it can: by its answer the stack learns where it
 * sees us. A line that broke is tried again after a pause that doubles from a
 * second to a minute, drawn at random from its upper half; where the server
 * says when, then.
 */
#include "side-sip-account-private.h"

#include <glib/gi18n-lib.h>

#define FIRST_PAUSE_MS 1000
#define MAX_PAUSE_MS   60000

static void try_next (SideSipAccount *self);

void
_side_sip_account_set_state (SideSipAccount      *self,
                             SideSipAccountState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_STATE]);
}

/* @reason: (transfer full) (nullable) */
static void
take_reason (SideSipAccount *self,
             GError         *reason)
{
  if (self->reason == NULL && reason == NULL)
    return;
  g_clear_error (&self->reason);
  self->reason = reason;
  g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_REASON]);
}

static void
set_retry_at (SideSipAccount *self,
              gint64          at_ms)
{
  if (self->retry_at_ms == at_ms)
    return;
  self->retry_at_ms = at_ms;
  g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_RETRY_AT_MS]);
}

/* -- stacks that go */

static void
on_stack_closed (gpointer data)
{
  g_autoptr (SideSipAccount) self = data;

  self->n_closing--;
  _side_sip_account_check_closed (self);
}

static void
close_stack (SideSipAccount *self,
             SideSipStack   *stack)
{
  self->n_closing++;
  side_sip_stack_close (stack, on_stack_closed, g_object_ref (self));
}

/* No call stands any more: what was kept for calls alone can go. */
void
_side_sip_account_calls_over (SideSipAccount *self)
{
  while (self->retired != NULL)
    {
      SideSipStack *stack = self->retired->data;

      self->retired = g_slist_delete_link (self->retired, self->retired);
      close_stack (self, stack);
    }
}

static void
drop_registration (SideSipAccount *self)
{
  SideSipLeg *registration = g_steal_pointer (&self->registration);
  SideSipLeg *probe = g_steal_pointer (&self->probe);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->registered = FALSE;
  if (registration != NULL)
    side_sip_leg_drop (registration);
  if (probe != NULL)
    side_sip_leg_drop (probe);
}

/* The agent of this attempt: calls that stand on it are not torn down for it. */
static void
retire_stack (SideSipAccount *self)
{
  SideSipStack *stack = g_steal_pointer (&self->stack);

  drop_registration (self);
  if (stack == NULL)
    return;
  if (self->calls->len > 0)
    self->retired = g_slist_prepend (self->retired, stack);
  else
    close_stack (self, stack);
}

/* Ends what is going on towards being online; what stands is left as it is. */
void
_side_sip_account_stop (SideSipAccount *self)
{
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  g_clear_list (&self->addresses, g_object_unref);
  g_clear_error (&self->first_error);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  set_retry_at (self, 0);
}

/* Lets go of every socket. */
void
_side_sip_account_let_go (SideSipAccount *self)
{
  retire_stack (self);
  _side_sip_account_calls_over (self);
}

/* -- breaking and coming back */

static gboolean
on_retry (gpointer data)
{
  SideSipAccount *self = data;

  self->retry_id = 0;
  _side_sip_account_connect (self);
  return G_SOURCE_REMOVE;
}

/* Whether time alone may put it right. */
static gboolean
may_pass (const GError *error)
{
  static const SideError passing[] = {
    SIDE_ERROR_NOT_FOUND, SIDE_ERROR_UNREACHABLE, SIDE_ERROR_TIMED_OUT, SIDE_ERROR_DISCONNECTED,
    SIDE_ERROR_RATE_LIMITED, SIDE_ERROR_BUSY, SIDE_ERROR_FAILED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (error, SIDE_ERROR, (int) passing[i]))
      return TRUE;
  return FALSE;
}

static guint
next_pause_ms (SideSipAccount *self)
{
  guint whole = MIN (FIRST_PAUSE_MS << MIN (self->n_failures, 10), MAX_PAUSE_MS);

  self->n_failures++;
  return (guint) g_random_int_range ((gint32) whole / 2, (gint32) whole + 1);
}

/* @error: (transfer full). @retry_after_s: what the server said, -1 if nothing */
static void
break_off (SideSipAccount *self,
           GError         *error,
           int             retry_after_s)
{
  guint pause_ms;

  _side_sip_account_stop (self);
  retire_stack (self);
  if (!may_pass (error))
    {
      take_reason (self, error);
      _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_OFFLINE);
      return;
    }
  pause_ms = next_pause_ms (self);
  if (retry_after_s >= 0)
    pause_ms = MAX (pause_ms, (guint) MIN (retry_after_s, 3600) * 1000);
  self->retry_id = g_timeout_add (pause_ms, on_retry, self);
  take_reason (self, error);
  set_retry_at (self, side_clock_now_ms (self->clock) + pause_ms);
  _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_WAITING);
}

/* One address failed. @error: (transfer full) */
static void
next_after (SideSipAccount *self,
            GError         *error)
{
  retire_stack (self);
  if (self->first_error == NULL)
    self->first_error = error;
  else
    g_error_free (error);
  try_next (self);
}

static void
become_ready (SideSipAccount *self)
{
  _side_sip_account_stop (self);
  self->n_failures = 0;
  take_reason (self, NULL);
  _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_READY);
}

/* -- registration */

static gboolean
on_register_limit (gpointer data)
{
  SideSipAccount *self = data;

  self->limit_id = 0;
  next_after (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("The server does not answer")));
  return G_SOURCE_REMOVE;
}

static void
await_registration (SideSipAccount *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (self->state == SIDE_SIP_ACCOUNT_CONNECTING)
    self->limit_id = g_timeout_add (side_sip_settings_get_answer_ms (self->settings), on_register_limit, self);
}

static void
on_registration_refused (SideSipAccount     *self,
                         const SideSipEvent *event)
{
  GError *error = side_sip_error_for_event (event);

  /* A registrar does not know a user: no other address of it will. */
  if (event->on_wire && event->code == 404)
    error->code = SIDE_ERROR_UNAUTHORIZED;
  if (self->state == SIDE_SIP_ACCOUNT_CONNECTING && side_sip_event_is_of_address (event))
    {
      next_after (self, error);
      return;
    }
  break_off (self, error, event->retry_after_s);
}

static void
on_registration (SideSipLeg         *leg,
                 const SideSipEvent *event,
                 gpointer            data)
{
  SideSipAccount *self = data;
  G_GNUC_UNUSED g_autoptr (SideSipAccount) held = g_object_ref (self);

  if (self->state == SIDE_SIP_ACCOUNT_CLOSING)
    {
      if (event->kind == SIDE_SIP_EVENT_RESPONSE && (event->code >= 200 || event->code == 0))
        {
          drop_registration (self);
          _side_sip_account_check_closed (self);
        }
      return;
    }
  if (event->kind != SIDE_SIP_EVENT_RESPONSE || (event->code >= 100 && event->code < 200))
    await_registration (self);
  else if (event->code >= 200 && event->code < 300)
    {
      self->registered = TRUE;
      if (self->state == SIDE_SIP_ACCOUNT_CONNECTING)
        become_ready (self);
    }
  else
    on_registration_refused (self, event);
}

/* Whatever it says, it is a SIP server. */
static void
on_probed (SideSipLeg         *leg,
           const SideSipEvent *event,
           gpointer            data)
{
  SideSipAccount *self = data;
  G_GNUC_UNUSED g_autoptr (SideSipAccount) held = g_object_ref (self);

  if (event->kind != SIDE_SIP_EVENT_RESPONSE || (event->code >= 100 && event->code < 200))
    {
      await_registration (self);
      return;
    }
  g_clear_pointer (&self->probe, side_sip_leg_drop);
  if (self->state != SIDE_SIP_ACCOUNT_CONNECTING)
    return;
  if (event->on_wire)
    become_ready (self);
  else
    next_after (self, side_sip_error_for_event (event));
}

/* -- towards an agent */

static void
start_stack (SideSipAccount *self,
             const char     *canon)
{
  g_autoptr (GError) error = NULL;

  self->stack = side_sip_stack_new (self->settings, self->secret, self->server, canon, &error);
  if (self->stack == NULL)
    {
      next_after (self, g_steal_pointer (&error));
      return;
    }
  if (g_set_object (&self->local, side_sip_stack_get_local (self->stack)))
    g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_LOCAL]);
  if (side_sip_settings_get_registers (self->settings))
    self->registration = side_sip_stack_register (self->stack, side_sip_settings_get_expires_s (self->settings),
                                                  on_registration, self);
  else if (side_sip_settings_get_transport (self->settings) == SIDE_SIP_TLS)
    self->probe = side_sip_stack_options (self->stack, on_probed, self);
  else
    {
      become_ready (self);
      return;
    }
  await_registration (self);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideSipAccount) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *canon = NULL;
  gboolean good = side_sip_trust_look_finish (result, &canon, &error);

  if (side_error_is_cancelled (error))
    return;
  if (good)
    start_stack (self, canon);
  else
    next_after (self, g_steal_pointer (&error));
}

static void
try_next (SideSipAccount *self)
{
  g_autoptr (GInetSocketAddress) server = NULL;

  if (self->addresses == NULL)
    {
      GError *error = g_steal_pointer (&self->first_error);

      break_off (self, error != NULL ? error : g_error_new_literal (SIDE_ERROR, SIDE_ERROR_NOT_FOUND, _("The name leads nowhere")), -1);
      return;
    }
  server = self->addresses->data;
  self->addresses = g_list_delete_link (self->addresses, self->addresses);
  if (g_set_object (&self->server, server))
    g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_SERVER]);
  if (side_sip_settings_get_transport (self->settings) == SIDE_SIP_TLS)
    side_sip_trust_look_async (self->settings, G_SOCKET_ADDRESS (server), self->attempt, on_looked, g_object_ref (self));
  else
    start_stack (self, NULL);
}

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideSipAccount) self = data;
  g_autoptr (GError) error = NULL;
  GList *addresses = side_sip_resolve_finish (result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (addresses == NULL)
    {
      break_off (self, g_steal_pointer (&error), -1);
      return;
    }
  self->addresses = addresses;
  try_next (self);
}

void
_side_sip_account_connect (SideSipAccount *self)
{
  _side_sip_account_stop (self);
  retire_stack (self);
  self->attempt = g_cancellable_new ();
  _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_CONNECTING);
  side_sip_resolve_async (self->settings, self->attempt, on_resolved, g_object_ref (self));
}

/* -- the network */

/* Another way to the server means another address of ours, which the far end
 * does not know: with a call going on that is left alone, its messages would
 * not get lost for it. */
static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    SideSipAccount  *self)
{
  g_autoptr (GInetAddress) local = NULL;

  if (self->state == SIDE_SIP_ACCOUNT_WAITING)
    {
      if (available)
        _side_sip_account_connect (self);
      return;
    }
  if (self->state != SIDE_SIP_ACCOUNT_READY || self->calls->len > 0 || self->server == NULL)
    return;
  local = side_sip_local_towards (self->server, NULL);
  if (local == NULL || !g_inet_address_equal (local, self->local))
    _side_sip_account_connect (self);
}

void
_side_sip_account_watch_network (SideSipAccount *self)
{
  self->network_id = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                       G_CALLBACK (on_network_changed), self);
}
