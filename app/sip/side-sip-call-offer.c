/* side-sip-call-offer.c - offers in a call that stands
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Theirs (hold, another port, another codec) are asked of the app and answered
 * in the same turn. Ours are tried again where the far end has one of its own
 * open (491): after 2.1 to 4 s, as RFC 3261 §14.1 wants of the side that made
 * the Call-ID, five times.
 */
#include "side-sip-call-private.h"

#include "side-sdp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RETRY_LOW_MS  2100
#define RETRY_HIGH_MS 4000
#define MAX_TRIES     5

/* -- theirs */

/* Whether an offer of theirs means that they do not listen; by an address that is none in the old way. */
static gboolean
is_hold (const char *sdp)
{
  g_autoptr (SideSdp) theirs = side_sdp_parse (sdp, -1, NULL);

  return theirs != NULL && ((side_sdp_get_direction (theirs) & SIDE_SDP_RECVONLY) == 0 || strstr (sdp, "c=IN IP4 0.0.0.0") != NULL);
}

void
_side_sip_call_on_offer (SideSipCall        *self,
                         const SideSipEvent *event)
{
  gboolean in_dialog = g_strcmp0 (event->method, "INVITE") == 0;
  g_autofree char *answer = NULL;

  if (self->state >= SIDE_SIP_CALL_CLOSING)
    {
      side_sip_leg_answer (self->leg, 481, NULL);
      return;
    }
  if (self->reoffer_sent)
    {
      side_sip_leg_answer (self->leg, 491, NULL);
      return;
    }
  answer = _side_sip_call_ask (self, event->sdp);
  if (self->leg == NULL)
    return;
  side_sip_leg_answer (self->leg, answer != NULL ? 200 : 488, answer);
  if (answer == NULL)
    return;
  self->theirs_open = in_dialog;
  if (event->sdp != NULL)
    _side_sip_call_set_held (self, is_hold (event->sdp));
}

/* Their ACK; with a description where they had asked us to offer. */
void
_side_sip_call_on_answer (SideSipCall        *self,
                          const SideSipEvent *event)
{
  self->theirs_open = FALSE;
  if (event->sdp == NULL || self->state != SIDE_SIP_CALL_ANSWERED)
    return;
  _side_sip_call_set_held (self, is_hold (event->sdp));
  _side_sip_call_describe (self, event->branch, event->sdp, 200);
}

/* -- ours */

static gboolean on_reoffer_silence (gpointer data);

static void
send_reoffer (SideSipCall *self)
{
  self->reoffer_sent = TRUE;
  self->reoffer_id = g_timeout_add (self->answer_ms, on_reoffer_silence, self);
  side_sip_leg_reinvite (self->leg, self->reoffer_sdp);
}

static GTask *
take_reoffer (SideSipCall *self)
{
  g_clear_handle_id (&self->reoffer_id, g_source_remove);
  g_clear_pointer (&self->reoffer_sdp, g_free);
  self->reoffer_sent = FALSE;
  return g_steal_pointer (&self->reoffer);
}

/* @error: (transfer full) */
void
_side_sip_call_fail_reoffer (SideSipCall *self,
                             GError      *error)
{
  g_autoptr (GTask) task = take_reoffer (self);

  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

static gboolean
on_reoffer_silence (gpointer data)
{
  SideSipCall *self = data;

  self->reoffer_id = 0;
  _side_sip_call_fail_reoffer (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("The far end does not answer")));
  return G_SOURCE_REMOVE;
}

static gboolean
on_reoffer_again (gpointer data)
{
  SideSipCall *self = data;

  self->reoffer_id = 0;
  send_reoffer (self);
  return G_SOURCE_REMOVE;
}

static void
on_reoffer_pending (SideSipCall *self)
{
  g_clear_handle_id (&self->reoffer_id, g_source_remove);
  self->reoffer_sent = FALSE;
  if (++self->reoffer_tries > MAX_TRIES)
    {
      _side_sip_call_fail_reoffer (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_BUSY, _("The far end is changing the call itself")));
      return;
    }
  self->reoffer_id = g_timeout_add ((guint) g_random_int_range (RETRY_LOW_MS, RETRY_HIGH_MS), on_reoffer_again, self);
}

/* A 2xx to an INVITE in the call is acknowledged, whether it is waited for or not. */
static void
on_reoffer_accepted (SideSipCall        *self,
                     const SideSipEvent *event)
{
  g_autoptr (GTask) task = NULL;
  gboolean ours = self->reoffer != NULL;

  if (!event->target_ok || (ours && event->sdp == NULL))
    {
      if (event->target_ok)
        side_sip_leg_ack (self->leg, NULL);
      _side_sip_call_fail_reoffer (self, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, _("The answer to the change of the call cannot be followed")));
      if (self->state == SIDE_SIP_CALL_ANSWERED)
        _side_sip_call_finish (self, SIDE_SIP_LOST, event,
                               g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, _("The answer to the change of the call cannot be followed")));
      return;
    }
  side_sip_leg_ack (self->leg, NULL);
  task = take_reoffer (self);
  if (task != NULL)
    g_task_return_pointer (task, g_strdup (event->sdp), g_free);
}

/* An answer to an INVITE after the first was answered. */
void
_side_sip_call_on_reoffered (SideSipCall        *self,
                             const SideSipEvent *event)
{
  if (event->code >= 100 && event->code < 200)
    g_clear_handle_id (&self->reoffer_id, g_source_remove);
  else if (event->code >= 200 && event->code < 300)
    on_reoffer_accepted (self, event);
  else if (self->reoffer == NULL)
    return;
  else if (event->code == 491)
    on_reoffer_pending (self);
  else
    _side_sip_call_fail_reoffer (self, side_sip_error_for_event (event));
}

/**
 * side_sip_call_reoffer_async:
 * @self: a call that was answered
 * @sdp: the new offer
 * @cancellable: (nullable): takes back the interest, not the offer
 * @callback: told of the answer
 * @user_data: for @callback
 *
 * See the header for what becomes of it.
 */
void
side_sip_call_reoffer_async (SideSipCall         *self,
                             const char          *sdp,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_SIP_CALL (self) && sdp != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_sip_call_reoffer_async);
  if (self->state != SIDE_SIP_CALL_ANSWERED || self->leg == NULL)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The call does not stand"));
  else if (self->reoffer != NULL || self->theirs_open)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_BUSY, _("The call is being changed already"));
  else
    {
      self->reoffer = g_steal_pointer (&task);
      self->reoffer_sdp = g_strdup (sdp);
      self->reoffer_tries = 0;
      send_reoffer (self);
    }
}

/**
 * side_sip_call_reoffer_finish:
 *
 * Returns: (transfer full): the far end's answer, or %NULL with @error set
 */
char *
side_sip_call_reoffer_finish (SideSipCall   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
