/* side-sip-call.c - one call, as the app sees it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   DIALLED → TRYING → RINGING → EARLY → ANSWERED → CLOSING → ENDED
 *
 * A state machine over the events of side-sip-stack.h: it may skip states and
 * never goes back. Whatever order they come in, a call that was answered gets
 * its ACK, and one that we ended is over after a second. Offers after the
 * first are in side-sip-call-offer.c.
 */
#include "side-sip-call-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIMIT_MS     1000     /* from hanging up to ENDED, answered or not */
#define MAX_BRANCHES 64       /* counted; a far end that makes up more is not believed */

enum { PROP_0, PROP_STATE, PROP_CALL_ID, PROP_TARGET, PROP_HELD, PROP_N_BRANCHES, N_PROPS };
enum { SIGNAL_DESCRIBED, SIGNAL_OFFERED, SIGNAL_PROGRESS, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (SideSipCallState, side_sip_call_state,
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_DIALLED, "dialled"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_TRYING, "trying"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_RINGING, "ringing"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_EARLY, "early"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_ANSWERED, "answered"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_CLOSING, "closing"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_CALL_ENDED, "ended"))

G_DEFINE_FINAL_TYPE (SideSipCall, side_sip_call, G_TYPE_OBJECT)

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  SideSipCall *self = SIDE_SIP_CALL (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CALL_ID:
      g_value_set_string (value, self->call_id);
      break;
    case PROP_TARGET:
      g_value_set_string (value, self->target);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_N_BRANCHES:
      g_value_set_uint (value, g_hash_table_size (self->branches));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_sip_call_dispose (GObject *object)
{
  SideSipCall *self = SIDE_SIP_CALL (object);
  SideSipLeg *leg = g_steal_pointer (&self->leg);

  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->reoffer_id, g_source_remove);
  if (leg != NULL)
    side_sip_leg_drop (leg);
  G_OBJECT_CLASS (side_sip_call_parent_class)->dispose (object);
}

static void
side_sip_call_finalize (GObject *object)
{
  SideSipCall *self = SIDE_SIP_CALL (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->end_words); i++)
    g_free (self->end_words[i]);
  g_clear_error (&self->end_error);
  g_hash_table_unref (self->branches);
  g_free (self->reoffer_sdp);
  g_free (self->target);
  g_free (self->call_id);
  G_OBJECT_CLASS (side_sip_call_parent_class)->finalize (object);
}

static void
side_sip_call_class_init (SideSipCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags fact = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->dispose = side_sip_call_dispose;
  object_class->finalize = side_sip_call_finalize;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_SIP_CALL_STATE, SIDE_SIP_CALL_DIALLED, fact);
  props[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, fact);
  props[PROP_TARGET] = g_param_spec_string ("target", NULL, NULL, NULL, fact);
  props[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, fact);
  props[PROP_N_BRANCHES] = g_param_spec_uint ("n-branches", NULL, NULL, 0, G_MAXUINT, 0, fact);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_DESCRIBED] = g_signal_new ("described", SIDE_TYPE_SIP_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
  signals[SIGNAL_OFFERED] = g_signal_new ("offered", SIDE_TYPE_SIP_CALL, G_SIGNAL_RUN_LAST, 0,
                                          g_signal_accumulator_first_wins, NULL, NULL, G_TYPE_STRING, 1, G_TYPE_STRING);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", SIDE_TYPE_SIP_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
}

static void
side_sip_call_init (SideSipCall *self)
{
  self->branches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->end.retry_after_s = -1;
}

/* -- states */

/* Goes on to @state, if it is further down the list, without a word. Returns: whether it is */
static gboolean
enter (SideSipCall      *self,
       SideSipCallState  state,
       gint64            at_us,
       guint             late_ms)
{
  if (state <= self->state)
    return FALSE;
  self->state = state;
  self->since_us[state] = at_us;
  self->late_ms[state] = late_ms;
  return TRUE;
}

static void
notify_state (SideSipCall *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
take_end (SideSipCall        *self,
          SideSipEndedBy      by,
          const SideSipEvent *event,
          GError             *error)
{
  SideSipEnd *end = &self->end;

  end->by = by;
  self->end_error = error;
  end->error = error;
  if (event == NULL || !event->on_wire)
    return;
  end->code = event->kind == SIDE_SIP_EVENT_RESPONSE ? event->code : 0;
  end->phrase = self->end_words[0] = event->kind == SIDE_SIP_EVENT_RESPONSE ? side_sip_clip (event->phrase) : NULL;
  end->reason_protocol = self->end_words[1] = side_sip_clip (event->reason_protocol);
  end->reason_cause = event->reason_cause;
  end->reason_text = self->end_words[2] = side_sip_clip (event->reason_text);
  end->retry_after_s = event->retry_after_s;
  end->contact = self->end_words[3] = side_sip_clip (event->contact);
}

/* The end, once. @event: (nullable): what ended it. @error: (transfer full) (nullable) */
void
_side_sip_call_finish (SideSipCall        *self,
                       SideSipEndedBy      by,
                       const SideSipEvent *event,
                       GError             *error)
{
  SideSipLeg *leg = g_steal_pointer (&self->leg);
  G_GNUC_UNUSED g_autoptr (SideSipCall) held = g_object_ref (self);

  if (!enter (self, SIDE_SIP_CALL_ENDED, event != NULL ? event->at_us : g_get_monotonic_time (),
              event != NULL ? event->late_ms : 0))
    {
      g_clear_error (&error);
      return;
    }
  take_end (self, by, event, error);
  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (leg != NULL)
    side_sip_leg_drop (leg);
  _side_sip_call_fail_reoffer (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The call has ended")));
  notify_state (self);
}

/* How it ends that we hung up ourselves. */
static void
finish_ours (SideSipCall        *self,
             const SideSipEvent *event)
{
  gboolean before = self->since_us[SIDE_SIP_CALL_ANSWERED] == 0;

  _side_sip_call_finish (self, before ? SIDE_SIP_CANCELLED : SIDE_SIP_ENDED_BY_US,
                         before ? event : NULL, NULL);
}

static gboolean
on_silence (gpointer data)
{
  SideSipCall *self = data;

  self->silence_id = 0;
  _side_sip_call_finish (self, SIDE_SIP_SILENT, NULL,
                         g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("The server does not answer")));
  return G_SOURCE_REMOVE;
}

static void
await_answer (SideSipCall *self)
{
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->silence_id = g_timeout_add (self->answer_ms, on_silence, self);
}

/* -- for the account */

/* @answer_ms: how long nothing at all may be heard */
SideSipCall *
_side_sip_call_new (SideClock  *clock,
                    const char *target,
                    guint       answer_ms)
{
  SideSipCall *self = g_object_new (SIDE_TYPE_SIP_CALL, NULL);

  self->target = g_strdup (target);
  self->call_id = g_uuid_string_random ();
  self->answer_ms = answer_ms;
  self->base_ms = side_clock_now_ms (clock);
  self->base_us = g_get_monotonic_time ();
  self->since_us[SIDE_SIP_CALL_DIALLED] = self->base_us;
  return self;
}

/* @leg: (transfer full): its events go to _side_sip_call_event() */
void
_side_sip_call_begin (SideSipCall *self,
                      SideSipLeg  *leg)
{
  self->leg = leg;
  await_answer (self);
}

/* Hangs up and waits for nobody. */
void
_side_sip_call_abandon (SideSipCall *self)
{
  side_sip_call_hang_up (self, NULL);
  if (self->state == SIDE_SIP_CALL_CLOSING)
    finish_ours (self, NULL);
}

void
_side_sip_call_describe (SideSipCall *self,
                         const char  *branch,
                         const char  *sdp,
                         guint        code)
{
  self->described = TRUE;
  g_signal_emit (self, signals[SIGNAL_DESCRIBED], 0, branch != NULL ? branch : "", sdp, code);
}

/* Returns: (transfer full) (nullable): what the app answers to an offer */
char *
_side_sip_call_ask (SideSipCall *self,
                    const char  *sdp)
{
  char *answer = NULL;

  g_signal_emit (self, signals[SIGNAL_OFFERED], 0, sdp, &answer);
  return answer;
}

void
_side_sip_call_set_held (SideSipCall *self,
                         gboolean     held)
{
  if (self->held == held)
    return;
  self->held = held;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HELD]);
}

/* -- answers to the INVITE */

static void
note_branch (SideSipCall        *self,
             const SideSipEvent *event)
{
  if (event->branch == NULL || *event->branch == '\0' || g_hash_table_size (self->branches) >= MAX_BRANCHES
      || !g_hash_table_add (self->branches, g_strdup (event->branch)))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_BRANCHES]);
}

static void
on_provisional (SideSipCall        *self,
                const SideSipEvent *event)
{
  SideSipCallState state = SIDE_SIP_CALL_TRYING;
  g_autofree char *phrase = side_sip_clip (event->phrase);
  gboolean moved;

  if (event->sdp != NULL)
    state = SIDE_SIP_CALL_EARLY;
  else if (event->code == 180)
    state = SIDE_SIP_CALL_RINGING;
  moved = self->state < SIDE_SIP_CALL_ANSWERED && enter (self, state, event->at_us, event->late_ms);
  note_branch (self, event);
  if (event->sdp != NULL && self->state < SIDE_SIP_CALL_ANSWERED)
    _side_sip_call_describe (self, event->branch, event->sdp, (guint) event->code);
  if (moved)
    notify_state (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, (guint) event->code, phrase != NULL ? phrase : "");
}

/* Their answer, after we had hung up: acknowledged and ended at once. */
static void
on_crossed (SideSipCall *self)
{
  self->answered = TRUE;
  self->end.crossed = TRUE;
  side_sip_leg_ack (self->leg, NULL);
  side_sip_leg_bye (self->leg, NULL);
}

static void
on_answered (SideSipCall        *self,
             const SideSipEvent *event)
{
  self->answered = TRUE;
  note_branch (self, event);
  if (!event->target_ok)
    {
      _side_sip_call_finish (self, SIDE_SIP_LOST, event,
                             g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, _("The answer names an address that nothing can be sent to")));
      return;
    }
  side_sip_leg_ack (self->leg, NULL);
  if (!self->described && event->sdp == NULL)
    {
      _side_sip_call_finish (self, SIDE_SIP_LOST, event,
                             g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, _("The answer says nothing about the sound")));
      return;
    }
  enter (self, SIDE_SIP_CALL_ANSWERED, event->at_us, event->late_ms);
  if (event->sdp != NULL)
    _side_sip_call_describe (self, event->branch, event->sdp, (guint) event->code);
  notify_state (self);
}

/* 300 and above, or the stack's own word that there will be no answer. */
static void
on_refused (SideSipCall        *self,
            const SideSipEvent *event)
{
  if (self->state == SIDE_SIP_CALL_CLOSING)
    finish_ours (self, event);
  else if (event->on_wire)
    _side_sip_call_finish (self, SIDE_SIP_REFUSED, event, side_sip_error_for_event (event));
  else
    _side_sip_call_finish (self, event->code == 408 ? SIDE_SIP_SILENT : SIDE_SIP_LOST, event, side_sip_error_for_event (event));
}

static void
on_response (SideSipCall        *self,
             const SideSipEvent *event)
{
  gboolean closing = self->state == SIDE_SIP_CALL_CLOSING;

  if (g_strcmp0 (event->method, "BYE") == 0)
    {
      if (closing && event->code >= 200)
        finish_ours (self, NULL);
      return;
    }
  if (g_strcmp0 (event->method, "INVITE") != 0)
    return;
  if (self->answered)
    _side_sip_call_on_reoffered (self, event);
  else if (event->code >= 100 && event->code < 200)
    on_provisional (self, event);
  else if (event->code >= 300 || event->code < 100)
    on_refused (self, event);
  else if (closing)
    on_crossed (self);
  else
    on_answered (self, event);
}

static void
on_gone (SideSipCall        *self,
         const SideSipEvent *event)
{
  if (self->state == SIDE_SIP_CALL_CLOSING)
    finish_ours (self, NULL);
  else if (self->answered)
    _side_sip_call_finish (self, SIDE_SIP_LOST, event,
                           g_error_new_literal (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The far end does not know of the call any more")));
  else
    on_refused (self, event);
}

/* For side_sip_stack_invite(). */
void
_side_sip_call_event (SideSipLeg         *leg,
                      const SideSipEvent *event,
                      gpointer            call)
{
  SideSipCall *self = SIDE_SIP_CALL (call);
  G_GNUC_UNUSED g_autoptr (SideSipCall) held = g_object_ref (self);

  if (self->state == SIDE_SIP_CALL_ENDED)
    return;
  g_clear_handle_id (&self->silence_id, g_source_remove);
  switch (event->kind)
    {
    case SIDE_SIP_EVENT_RESPONSE:
      on_response (self, event);
      break;
    case SIDE_SIP_EVENT_CHALLENGED:
      if (self->state == SIDE_SIP_CALL_DIALLED)
        await_answer (self);
      break;
    case SIDE_SIP_EVENT_OFFER:
      _side_sip_call_on_offer (self, event);
      break;
    case SIDE_SIP_EVENT_ANSWER:
      _side_sip_call_on_answer (self, event);
      break;
    case SIDE_SIP_EVENT_BYE:
      if (self->state == SIDE_SIP_CALL_CLOSING)
        finish_ours (self, NULL);
      else
        _side_sip_call_finish (self, SIDE_SIP_ENDED_BY_THEM, event, NULL);
      break;
    case SIDE_SIP_EVENT_GONE:
      on_gone (self, event);
      break;
    default:
      break;
    }
}

/* -- for the app */

/**
 * side_sip_call_get_state:
 * @self: a call
 *
 * Returns: how far it is
 */
SideSipCallState
side_sip_call_get_state (SideSipCall *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self), SIDE_SIP_CALL_ENDED);
  return self->state;
}

/**
 * side_sip_call_get_call_id:
 * @self: a call
 *
 * Returns: (transfer none): by which the far end's log has it
 */
const char *
side_sip_call_get_call_id (SideSipCall *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self), NULL);
  return self->call_id;
}

/**
 * side_sip_call_get_target:
 * @self: a call
 *
 * Returns: (transfer none): what was dialled
 */
const char *
side_sip_call_get_target (SideSipCall *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self), NULL);
  return self->target;
}

/**
 * side_sip_call_get_held:
 * @self: a call
 *
 * Returns: whether the far side holds us
 */
gboolean
side_sip_call_get_held (SideSipCall *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self), FALSE);
  return self->held;
}

/**
 * side_sip_call_get_end:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): how it ended, once it has
 */
const SideSipEnd *
side_sip_call_get_end (SideSipCall *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self), NULL);
  return self->state == SIDE_SIP_CALL_ENDED ? &self->end : NULL;
}

/**
 * side_sip_call_get_since:
 * @self: a call
 * @state: a state
 *
 * Returns: when it came into @state, ms since 1970 UTC; 0 if it never did. See
 *   the header for what clock that is by
 */
gint64
side_sip_call_get_since (SideSipCall      *self,
                         SideSipCallState  state)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self) && state < SIDE_SIP_N_CALL_STATES, 0);
  return self->since_us[state] != 0 ? self->base_ms + (self->since_us[state] - self->base_us + 500) / 1000 : 0;
}

/**
 * side_sip_call_get_lateness_ms:
 * @self: a call
 * @state: a state
 *
 * Returns: by how many milliseconds side_sip_call_get_since() may be late
 */
guint
side_sip_call_get_lateness_ms (SideSipCall      *self,
                               SideSipCallState  state)
{
  g_return_val_if_fail (SIDE_IS_SIP_CALL (self) && state < SIDE_SIP_N_CALL_STATES, 0);
  return self->late_ms[state];
}

static gboolean
on_limit (gpointer data)
{
  SideSipCall *self = data;

  self->limit_id = 0;
  finish_ours (self, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * side_sip_call_hang_up:
 * @self: a call
 * @text: (nullable): for the Reason header of a BYE
 *
 * Whatever the state: see the header. The state is CLOSING when this returns,
 * and ENDED a second later at the latest.
 */
void
side_sip_call_hang_up (SideSipCall *self,
                       const char  *text)
{
  g_return_if_fail (SIDE_IS_SIP_CALL (self));

  if (self->state >= SIDE_SIP_CALL_CLOSING)
    return;
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->limit_id = g_timeout_add (LIMIT_MS, on_limit, self);
  if (self->leg != NULL && self->answered)
    side_sip_leg_bye (self->leg, text);
  else if (self->leg != NULL)
    side_sip_leg_cancel (self->leg);
  enter (self, SIDE_SIP_CALL_CLOSING, g_get_monotonic_time (), 0);
  _side_sip_call_fail_reoffer (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The call has ended")));
  notify_state (self);
}
