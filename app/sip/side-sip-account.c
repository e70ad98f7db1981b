/* side-sip-account.c - a line to make test calls on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is seen of an account, the calls on it, and how it is closed: calls
 * first, then the registration, then the sockets, and nobody is waited for
 * longer than a second. How it comes online is in side-sip-account-state.c.
 */
#include "side-sip-account-private.h"

#include <glib/gi18n-lib.h>

#define CLOSE_MS 550        /* for the far ends' answers; the stack has 400 ms after that */

GParamSpec *_side_sip_account_props[N_PROPS];

G_DEFINE_ENUM_TYPE (SideSipAccountState, side_sip_account_state,
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_ACCOUNT_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_ACCOUNT_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_ACCOUNT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_ACCOUNT_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_ACCOUNT_CLOSING, "closing"))

G_DEFINE_FINAL_TYPE (SideSipAccount, side_sip_account, G_TYPE_OBJECT)

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  SideSipAccount *self = SIDE_SIP_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_REASON:
      g_value_set_boxed (value, self->reason);
      break;
    case PROP_RETRY_AT_MS:
      g_value_set_int64 (value, self->retry_at_ms);
      break;
    case PROP_N_CALLS:
      g_value_set_uint (value, self->calls->len);
      break;
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_LOCAL:
      g_value_set_object (value, self->local);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  SideSipAccount *self = SIDE_SIP_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_sip_account_constructed (GObject *object)
{
  SideSipAccount *self = SIDE_SIP_ACCOUNT (object);

  G_OBJECT_CLASS (side_sip_account_parent_class)->constructed (object);
  side_sip_stack_prepare ();
  if (self->clock == NULL)
    self->clock = side_clock_new_system ();
  _side_sip_account_watch_network (self);
}

static void on_call_state (SideSipCall *call, GParamSpec *pspec, SideSipAccount *self);

/* Closes as side_sip_account_close_async() does, but nobody hears of it. A
 * stack that closes holds the account until it has; dispose comes then again. */
static void
side_sip_account_dispose (GObject *object)
{
  SideSipAccount *self = SIDE_SIP_ACCOUNT (object);

  if (self->network_id != 0)
    g_signal_handler_disconnect (g_network_monitor_get_default (), self->network_id);
  self->network_id = 0;
  while (self->calls->len > 0)
    {
      g_autoptr (SideSipCall) call = g_ptr_array_steal_index_fast (self->calls, self->calls->len - 1);

      g_signal_handlers_disconnect_by_func (call, on_call_state, self);
      _side_sip_call_abandon (call);
    }
  g_clear_handle_id (&self->close_id, g_source_remove);
  _side_sip_account_stop (self);
  _side_sip_account_let_go (self);
  G_OBJECT_CLASS (side_sip_account_parent_class)->dispose (object);
}

static void
side_sip_account_finalize (GObject *object)
{
  SideSipAccount *self = SIDE_SIP_ACCOUNT (object);

  g_ptr_array_unref (self->calls);
  g_clear_pointer (&self->secret, side_sip_secret_unref);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_object (&self->server);
  g_clear_object (&self->local);
  g_clear_error (&self->reason);
  g_clear_error (&self->first_error);
  G_OBJECT_CLASS (side_sip_account_parent_class)->finalize (object);
}

static void
side_sip_account_class_init (SideSipAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec **props = _side_sip_account_props;
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags fact = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->constructed = side_sip_account_constructed;
  object_class->dispose = side_sip_account_dispose;
  object_class->finalize = side_sip_account_finalize;
  props[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, SIDE_TYPE_SIP_SETTINGS, once);
  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, SIDE_TYPE_CLOCK, once);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_SIP_ACCOUNT_STATE, SIDE_SIP_ACCOUNT_OFFLINE, fact);
  props[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, fact);
  props[PROP_RETRY_AT_MS] = g_param_spec_int64 ("retry-at-ms", NULL, NULL, 0, G_MAXINT64, 0, fact);
  props[PROP_N_CALLS] = g_param_spec_uint ("n-calls", NULL, NULL, 0, G_MAXUINT, 0, fact);
  props[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, G_TYPE_SOCKET_ADDRESS, fact);
  props[PROP_LOCAL] = g_param_spec_object ("local", NULL, NULL, G_TYPE_INET_ADDRESS, fact);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_sip_account_init (SideSipAccount *self)
{
  self->calls = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * side_sip_account_new:
 * @settings: checked by side_sip_settings_check()
 * @secret: (nullable): the password
 * @clock: (nullable): for times; the system's by default
 *
 * Returns: (transfer full): an account that is offline
 */
SideSipAccount *
side_sip_account_new (SideSipSettings *settings,
                      SideSipSecret   *secret,
                      SideClock       *clock)
{
  SideSipAccount *self;

  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (settings), NULL);

  self = g_object_new (SIDE_TYPE_SIP_ACCOUNT, "settings", settings, "clock", clock, NULL);
  self->secret = secret != NULL ? side_sip_secret_ref (secret) : NULL;
  return self;
}

/**
 * side_sip_init: to be called once, first thing in main(): takes variables out
 * of the environment by which the SIP stack would write whole messages, with
 * what is secret in them, to files. The environment can only be changed before
 * there is a second thread.
 */
void
side_sip_init (void)
{
  side_sip_stack_prepare ();
}

/**
 * side_sip_account_get_state:
 * @self: an account
 *
 * Returns: whether calls can be made
 */
SideSipAccountState
side_sip_account_get_state (SideSipAccount *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (self), SIDE_SIP_ACCOUNT_OFFLINE);
  return self->state;
}

/**
 * side_sip_account_get_reason:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): why it is not ready
 */
const GError *
side_sip_account_get_reason (SideSipAccount *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (self), NULL);
  return self->reason;
}

/**
 * side_sip_account_get_retry_at_ms:
 * @self: an account
 *
 * Returns: when it is tried again, ms since 1970 UTC by its clock; 0 if it is not
 */
gint64
side_sip_account_get_retry_at_ms (SideSipAccount *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (self), 0);
  return self->retry_at_ms;
}

/**
 * side_sip_account_get_local:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): our side of the way to the server
 */
GInetAddress *
side_sip_account_get_local (SideSipAccount *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (self), NULL);
  return self->local;
}

/**
 * side_sip_account_go_online:
 * @self: an account
 *
 * Wants to be ready from now on. Nothing while it is, or is on the way.
 */
void
side_sip_account_go_online (SideSipAccount *self)
{
  g_return_if_fail (SIDE_IS_SIP_ACCOUNT (self));

  if (self->state != SIDE_SIP_ACCOUNT_OFFLINE)
    return;
  self->n_failures = 0;
  _side_sip_account_connect (self);
}

/**
 * side_sip_account_retry_now:
 * @self: an account
 *
 * Tries again at once where it waits, or was given up.
 */
void
side_sip_account_retry_now (SideSipAccount *self)
{
  g_return_if_fail (SIDE_IS_SIP_ACCOUNT (self));

  if (self->state == SIDE_SIP_ACCOUNT_WAITING || (self->state == SIDE_SIP_ACCOUNT_OFFLINE && self->reason != NULL))
    _side_sip_account_connect (self);
}

/* -- calls */

static void
on_call_state (SideSipCall    *call,
               GParamSpec     *pspec,
               SideSipAccount *self)
{
  G_GNUC_UNUSED g_autoptr (SideSipAccount) held = g_object_ref (self);

  if (side_sip_call_get_state (call) != SIDE_SIP_CALL_ENDED)
    return;
  g_signal_handlers_disconnect_by_func (call, on_call_state, self);
  if (!g_ptr_array_remove_fast (self->calls, call))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_N_CALLS]);
  if (self->calls->len == 0 && self->state != SIDE_SIP_ACCOUNT_CLOSING)
    _side_sip_account_calls_over (self);
  _side_sip_account_check_closed (self);
}

/**
 * side_sip_account_call:
 * @self: an account
 * @target: a number, "user@host" or "sip:user@host"
 * @offer: SDP, as side_sdp_to_string() makes it
 * @headers: (nullable): name and value in turn, %NULL at the end; names begin with "X-"
 * @error: return location
 *
 * Makes a call. Fails at once only for our own faults; all else is the call's
 * own course.
 *
 * Returns: (transfer full): the call, or %NULL with INVALID (a number or
 *   header that is none) or DISCONNECTED (not ready)
 */
SideSipCall *
side_sip_account_call (SideSipAccount     *self,
                       const char         *target,
                       const char         *offer,
                       const char *const  *headers,
                       GError            **error)
{
  g_autoptr (SideSipCall) call = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *uri = NULL;
  SideSipLeg *leg;

  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (self) && offer != NULL, NULL);

  domain = side_sip_settings_dup_domain (self->settings);
  uri = side_sip_target_to_uri (target, domain, error);
  if (uri == NULL || !side_sip_headers_check (headers, error))
    return NULL;
  if (self->state != SIDE_SIP_ACCOUNT_READY)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The telephone line is not ready"));
      return NULL;
    }
  call = _side_sip_call_new (self->clock, target, side_sip_settings_get_answer_ms (self->settings));
  leg = side_sip_stack_invite (self->stack, uri, side_sip_call_get_call_id (call), offer, headers, _side_sip_call_event, call);
  if (leg == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, _("This is no number that can be called"));
      return NULL;
    }
  _side_sip_call_begin (call, leg);
  g_ptr_array_add (self->calls, g_object_ref (call));
  g_signal_connect (call, "notify::state", G_CALLBACK (on_call_state), self);
  g_object_notify_by_pspec (G_OBJECT (self), _side_sip_account_props[PROP_N_CALLS]);
  return g_steal_pointer (&call);
}

/* -- closing */

static void
abandon_calls (SideSipAccount *self)
{
  while (self->calls->len > 0)
    {
      g_autoptr (SideSipCall) call = g_object_ref (g_ptr_array_index (self->calls, self->calls->len - 1));

      /* Its end takes it out of the list. */
      _side_sip_call_abandon (call);
    }
}

/* Something that is waited for while closing is over. */
void
_side_sip_account_check_closed (SideSipAccount *self)
{
  G_GNUC_UNUSED g_autoptr (SideSipAccount) held = g_object_ref (self);

  if (self->state != SIDE_SIP_ACCOUNT_CLOSING)
    return;
  if (self->close_id != 0 && self->calls->len == 0 && self->registration == NULL)
    {
      g_clear_handle_id (&self->close_id, g_source_remove);
      _side_sip_account_let_go (self);
    }
  if (self->close_id != 0 || self->n_closing > 0)
    return;
  _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_OFFLINE);
  while (self->closing != NULL)
    {
      g_autoptr (GTask) task = self->closing->data;

      self->closing = g_slist_delete_link (self->closing, self->closing);
      g_task_return_boolean (task, TRUE);
    }
}

static gboolean
on_close_limit (gpointer data)
{
  SideSipAccount *self = data;
  G_GNUC_UNUSED g_autoptr (SideSipAccount) held = g_object_ref (self);

  self->close_id = 0;
  abandon_calls (self);
  _side_sip_account_let_go (self);
  _side_sip_account_check_closed (self);
  return G_SOURCE_REMOVE;
}

static void
begin_close (SideSipAccount *self)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->calls->len; i++)
    g_ptr_array_add (calls, g_object_ref (g_ptr_array_index (self->calls, i)));
  _side_sip_account_stop (self);
  _side_sip_account_set_state (self, SIDE_SIP_ACCOUNT_CLOSING);
  self->close_id = g_timeout_add (CLOSE_MS, on_close_limit, self);
  for (guint i = 0; i < calls->len; i++)
    side_sip_call_hang_up (g_ptr_array_index (calls, i), NULL);
  if (self->registration != NULL && self->registered)
    side_sip_leg_unregister (self->registration);
  else if (self->registration != NULL)
    side_sip_leg_drop (g_steal_pointer (&self->registration));
  g_clear_pointer (&self->probe, side_sip_leg_drop);
}

static gboolean
on_closed_already (gpointer data)
{
  _side_sip_account_check_closed (data);
  return G_SOURCE_REMOVE;
}

/**
 * side_sip_account_close_async:
 * @self: an account
 * @callback: told when it is closed
 * @user_data: for @callback
 *
 * See the header.
 */
void
side_sip_account_close_async (SideSipAccount      *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SIDE_IS_SIP_ACCOUNT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_sip_account_close_async);
  self->closing = g_slist_append (self->closing, task);
  if (self->state != SIDE_SIP_ACCOUNT_CLOSING)
    begin_close (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_closed_already, g_object_ref (self), g_object_unref);
}

/**
 * side_sip_account_close_finish:
 *
 * Returns: %TRUE
 */
gboolean
side_sip_account_close_finish (SideSipAccount *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
