/* side-sip-stack-call.c - calls inside the SIP stack, and what is heard of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Turns what Sofia-SIP tells into SideSipEvents. Whoever is told may drop the
 * leg in that turn, so telling is always the last that is done with it. A call
 * that was dropped while the far end still owes an answer goes on here, unheard,
 * until it is properly at its end or 32 s have passed: an answer that crosses
 * our CANCEL must be acknowledged and ended also when nobody cares any more.
 */
#include "side-sip-stack-private.h"

#include <stdlib.h>
#include <string.h>

#define ORPHAN_MS (32 * 1000)    /* 64 times T1: after that the far end has given up too */

/* -- what an event is made of */

static gboolean
can_be_sent_to (url_t const *url)
{
  return (url->url_type == url_sip || url->url_type == url_sips) && url->url_host != NULL && *url->url_host != '\0';
}

/* With a target it cannot send to, the stack would call itself without end:
 * the ACK fails, so a BYE, which fails, so a BYE … */
static gboolean
is_target_ok (sip_t const *sip)
{
  if (sip == NULL)
    return FALSE;
  if (sip->sip_contact != NULL && !can_be_sent_to (sip->sip_contact->m_url))
    return FALSE;
  for (sip_record_route_t const *route = sip->sip_record_route; route != NULL; route = route->r_next)
    if (!can_be_sent_to (route->r_url))
      return FALSE;
  return TRUE;
}

static char *
find_sdp (sip_t const *sip)
{
  g_autoptr (GString) type = NULL;

  if (sip == NULL || sip->sip_payload == NULL || sip->sip_payload->pl_data == NULL || sip->sip_content_type == NULL
      || sip->sip_content_type->c_type == NULL)
    return NULL;
  type = g_string_new (sip->sip_content_type->c_type);
  for (msg_param_t const *param = sip->sip_content_type->c_params; param != NULL && *param != NULL; param++)
    g_string_append_printf (type, ";%s", *param);
  return side_sip_body_find_sdp (type->str, sip->sip_payload->pl_data, sip->sip_payload->pl_len);
}

static char *
unquoted (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  GString *plain;

  if (text == NULL)
    return NULL;
  if (length < 2 || text[0] != '"' || text[length - 1] != '"')
    return g_strdup (text);
  plain = g_string_new (NULL);
  for (gsize i = 1; i + 1 < length; i++)
    {
      if (text[i] == '\\' && i + 2 < length)
        i++;
      g_string_append_c (plain, text[i]);
    }
  return g_string_free (plain, FALSE);
}

/* Makes an event of a message and tells it; the leg may be gone afterwards.
 * @sip: (nullable): what came; an event of the stack's own without */
static void
tell (SideSipLeg       *leg,
      SideSipEventKind  kind,
      const char       *method,
      int               code,
      const char       *phrase,
      sip_t const      *sip)
{
  g_autofree char *sdp = find_sdp (sip);
  g_autofree char *reason_text = NULL;
  char contact[512] = "";
  SideSipEvent event = {
    .kind = kind,
    .method = method,
    .code = code < 700 ? code : 0,
    .on_wire = sip != NULL && !nta_sip_is_internal (sip),
    .phrase = phrase,
    .sdp = sdp,
    .retry_after_s = -1,
    .target_ok = is_target_ok (sip),
    .at_us = g_get_monotonic_time (),
    .unanswerable = leg->unanswerable,
    .late_ms = _side_sip_stack_late_ms (),
  };

  if (sip != NULL && sip->sip_status != NULL)
    event.phrase = sip->sip_status->st_phrase;
  if (sip != NULL && sip->sip_status != NULL && sip->sip_to != NULL)
    event.branch = sip->sip_to->a_tag;
  if (sip != NULL && sip->sip_retry_after != NULL)
    event.retry_after_s = (int) MIN (sip->sip_retry_after->af_delta, (sip_time_t) G_MAXINT);
  if (sip != NULL && sip->sip_reason != NULL)
    {
      event.reason_protocol = sip->sip_reason->re_protocol;
      event.reason_cause = sip->sip_reason->re_cause != NULL ? atoi (sip->sip_reason->re_cause) : 0;
      event.reason_text = reason_text = unquoted (sip->sip_reason->re_text);
    }
  if (sip != NULL && sip->sip_contact != NULL && code >= 300 && code < 400)
    {
      url_e (contact, sizeof contact, sip->sip_contact->m_url);
      contact[sizeof contact - 1] = '\0';
      event.contact = contact;
    }
  if (leg->func != NULL)
    leg->func (leg, &event, leg->data);
}

/* -- a call nobody listens to any more */

static gboolean
on_orphan_limit (gpointer data)
{
  SideSipLeg *leg = data;

  leg->orphan_id = 0;
  _side_sip_leg_free (leg);
  return G_SOURCE_REMOVE;
}

static void
end_orphan (SideSipLeg *leg)
{
  if (leg->nh == NULL || leg->done || leg->ending)
    return;
  leg->ending = TRUE;
  if (leg->up)
    nua_bye (leg->nh, TAG_END ());
  else
    nua_cancel (leg->nh, TAG_END ());
}

/**
 * side_sip_leg_drop: (transfer full) @leg; BYE, CANCEL or the end of the
 * registration if need be, then silence.
 */
void
side_sip_leg_drop (SideSipLeg *leg)
{
  leg->func = NULL;
  if (leg->nh == NULL || leg->stack == NULL || leg->kind != LEG_CALL || leg->stuck)
    {
      _side_sip_leg_free (leg);
      return;
    }
  end_orphan (leg);
  leg->orphan_id = g_timeout_add (ORPHAN_MS, on_orphan_limit, leg);
}

/* -- what comes in */

/* The stack takes a reference to every "100 Trying" and forgets it. Once nobody
 * else can have one any more, it is given back; if that should be mended one
 * day there is none, and nothing happens. @trying: (transfer full) */
void
_side_sip_settle (msg_t *trying)
{
  if (su_home_refcount (msg_home (trying)) > 1)
    msg_destroy (trying);
  msg_destroy (trying);
}

/* With the next answer the transaction lets go of the one before. */
static void
keep_trying (SideSipLeg *leg,
             int         status)
{
  msg_t *now = status == 100 ? nua_current_request (leg->stack->nua) : NULL;

  if (leg->trying != NULL)
    _side_sip_settle (g_steal_pointer (&leg->trying));
  if (now != NULL)
    leg->trying = msg_ref (now);
}

static void
acknowledge_crossed (SideSipLeg *leg)
{
  if (!leg->target_bad)
    nua_ack (leg->nh, TAG_END ());
  leg->ending = TRUE;
  nua_bye (leg->nh, TAG_END ());
}

static void
note_response (SideSipLeg  *leg,
               const char  *method,
               int          status,
               sip_t const *sip)
{
  gboolean invite = strcmp (method, "INVITE") == 0 && leg->kind == LEG_CALL;

  if (status >= 200 && status != 401 && status != 407)
    g_hash_table_remove_all (leg->tried);
  if (invite && status >= 200 && status < 300)
    {
      leg->up = TRUE;
      leg->target_bad = !is_target_ok (sip);
      leg->may_update = sip != NULL && sip->sip_allow != NULL && sip_is_allowed (sip->sip_allow, SIP_METHOD_UPDATE);
    }
  else if (invite && status >= 300 && !leg->up)
    leg->done = TRUE;
}

static void
on_response (SideSipLeg  *leg,
             const char  *method,
             int          status,
             const char  *phrase,
             sip_t const *sip)
{
  gboolean answerable = TRUE;

  if (strcmp (method, "INVITE") == 0 && sip != NULL && !nta_sip_is_internal (sip))
    keep_trying (leg, status);
  /* "Request Authorized by Cache" and the like: the stack sent it again by itself. */
  if (status < 200 && (sip == NULL || nta_sip_is_internal (sip)))
    {
      tell (leg, SIDE_SIP_EVENT_CHALLENGED, method, status, NULL, NULL);
      return;
    }
  if ((status == 401 || status == 407) && sip != NULL && !nta_sip_is_internal (sip))
    {
      if (_side_sip_leg_authenticate (leg, sip, &answerable))
        {
          tell (leg, SIDE_SIP_EVENT_CHALLENGED, method, status, NULL, NULL);
          return;
        }
      leg->stuck = TRUE;
      leg->unanswerable = !answerable;
    }
  note_response (leg, method, status, sip);
  if (leg->func != NULL)
    tell (leg, SIDE_SIP_EVENT_RESPONSE, method, status, phrase, sip);
  else if (leg->stuck)
    _side_sip_leg_free (leg);
  else if (strcmp (method, "INVITE") == 0 && status >= 200 && status < 300)
    acknowledge_crossed (leg);
}

static void
on_offer (SideSipLeg  *leg,
          const char  *method,
          sip_t const *sip)
{
  leg->update = strcmp (method, "UPDATE") == 0;
  if (leg->update)
    {
      g_autofree char *sdp = find_sdp (sip);

      /* An UPDATE without a description only says that the far end is alive. */
      if (sdp == NULL)
        {
          nua_respond (leg->nh, SIP_200_OK, NUTAG_WITH_THIS (leg->stack->nua), TAG_END ());
          return;
        }
    }
  if (leg->func == NULL)
    side_sip_leg_answer (leg, 481, NULL);
  else
    tell (leg, SIDE_SIP_EVENT_OFFER, method, 0, NULL, sip);
}

static void
on_state (SideSipLeg *leg,
          int         status,
          const char *phrase,
          tagi_t      tags[])
{
  int state = nua_callstate_init;

  tl_gets (tags, NUTAG_CALLSTATE_REF (state), TAG_END ());
  if (state != nua_callstate_terminated)
    return;
  leg->done = TRUE;
  _side_sip_leg_let_go (leg);
  if (leg->func == NULL)
    _side_sip_leg_free (leg);
  else
    tell (leg, SIDE_SIP_EVENT_GONE, NULL, status, phrase, NULL);
}

/* Calls to us are not taken: this line is for calling out. */
static void
on_stranger (SideSipStack *stack,
             nua_event_t   event,
             nua_handle_t *nh,
             tagi_t        tags[])
{
  int state = nua_callstate_init;

  if (stack->closing)
    return;
  if (event == nua_i_invite)
    {
      g_hash_table_add (stack->strangers, nh);
      nua_respond (nh, SIP_403_FORBIDDEN, TAG_END ());
      return;
    }
  if (event != nua_i_state)
    return;
  tl_gets (tags, NUTAG_CALLSTATE_REF (state), TAG_END ());
  if (state == nua_callstate_terminated && g_hash_table_remove (stack->strangers, nh))
    nua_handle_destroy (nh);
}

static void
on_leg_event (SideSipLeg  *leg,
              nua_event_t  event,
              int          status,
              const char  *phrase,
              sip_t const *sip,
              tagi_t       tags[])
{
  switch ((int) event)
    {
    case nua_r_invite:
      on_response (leg, "INVITE", status, phrase, sip);
      break;
    case nua_r_bye:
      on_response (leg, "BYE", status, phrase, sip);
      break;
    case nua_r_cancel:
      on_response (leg, "CANCEL", status, phrase, sip);
      break;
    case nua_r_prack:
      on_response (leg, "PRACK", status, phrase, sip);
      break;
    case nua_r_update:
      on_response (leg, "UPDATE", status, phrase, sip);
      break;
    case nua_r_register:
    case nua_r_unregister:
      on_response (leg, "REGISTER", status, phrase, sip);
      break;
    case nua_r_options:
      on_response (leg, "OPTIONS", status, phrase, sip);
      break;
    case nua_i_invite:
      on_offer (leg, "INVITE", sip);
      break;
    case nua_i_update:
      if (status < 200)
        on_offer (leg, "UPDATE", sip);
      break;
    case nua_i_ack:
      tell (leg, SIDE_SIP_EVENT_ANSWER, "ACK", 0, NULL, sip);
      break;
    case nua_i_bye:
      leg->done = TRUE;
      tell (leg, SIDE_SIP_EVENT_BYE, "BYE", 0, NULL, sip);
      break;
    case nua_i_state:
      on_state (leg, status, phrase, tags);
      break;
    default:
      break;
    }
}

void
_side_sip_stack_callback (nua_event_t   event,
                          int           status,
                          char const   *phrase,
                          nua_t        *nua,
                          SideSipStack *stack,
                          nua_handle_t *nh,
                          SideSipLeg   *leg,
                          sip_t const  *sip,
                          tagi_t        tags[])
{
  if (event == nua_r_shutdown)
    _side_sip_stack_shut (stack, status);
  else if (leg == NULL)
    on_stranger (stack, event, nh, tags);
  else if (leg->nh != NULL)
    {
      if (sip != NULL && sip->sip_status != NULL && !nta_sip_is_internal (sip))
        _side_sip_stack_learn (stack, sip);
      on_leg_event (leg, event, status, phrase, sip, tags);
    }
}

/* -- what goes out */

/* Name and value in turn, as lines. Returns: (transfer full) (nullable) */
static char *
join_headers (const char *const *headers)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (; headers != NULL && headers[0] != NULL && headers[1] != NULL; headers += 2)
    g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\r\n" : "", headers[0], headers[1]);
  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}

/**
 * side_sip_stack_invite: calls.
 * @uri: checked: a "sip:" address
 * @headers: (nullable): name and value in turn, checked
 *
 * Returns: (transfer full) (nullable): to be dropped; %NULL when @uri cannot be read after all
 */
SideSipLeg *
side_sip_stack_invite (SideSipStack      *self,
                       const char        *uri,
                       const char        *call_id,
                       const char        *sdp,
                       const char *const *headers,
                       SideSipLegFunc     func,
                       gpointer           data)
{
  g_autofree char *lines = join_headers (headers);
  gboolean reliable = side_sip_settings_get_reliable (self->settings);
  SideSipLeg *leg = _side_sip_leg_new (self, LEG_CALL, func, data);

  leg->nh = nua_handle (self->nua, leg, SIPTAG_TO_STR (uri), NUTAG_URL (uri), TAG_END ());
  if (leg->nh == NULL)
    {
      _side_sip_leg_free (leg);
      return NULL;
    }
  leg->contact = g_strdup (self->contact);
  nua_invite (leg->nh, SIPTAG_CALL_ID_STR (call_id),
              SIPTAG_CONTENT_TYPE_STR ("application/sdp"), SIPTAG_PAYLOAD_STR (sdp),
              TAG_IF (self->contact != NULL, SIPTAG_CONTACT_STR (self->contact)),
              TAG_IF (reliable, SIPTAG_SUPPORTED_STR ("timer, 100rel")),
              TAG_IF (lines != NULL, SIPTAG_HEADER_STR (lines)), TAG_END ());
  return leg;
}

/* The connection had broken before the call, and came back from another port of ours: the far end is told
 * where to find us now, or it could not hang up. */
static void
correct_contact (SideSipLeg *leg)
{
  const char *now = leg->stack->contact;

  if (now == NULL || !leg->may_update || g_strcmp0 (leg->contact, now) == 0)
    return;
  g_free (leg->contact);
  leg->contact = g_strdup (now);
  nua_update (leg->nh, SIPTAG_CONTACT_STR (now), TAG_END ());
}

/* Acknowledges a 2xx. @answer: (nullable): where their 2xx made the offer */
void
side_sip_leg_ack (SideSipLeg *leg,
                  const char *answer)
{
  if (leg->nh == NULL)
    return;
  if (leg->target_bad)
    {
      nua_bye (leg->nh, TAG_END ());
      return;
    }
  nua_ack (leg->nh, TAG_IF (answer != NULL, SIPTAG_CONTENT_TYPE_STR ("application/sdp")),
           TAG_IF (answer != NULL, SIPTAG_PAYLOAD_STR (answer)), TAG_END ());
  if (!leg->ending)
    correct_contact (leg);
}

/* Held back by the stack until the first provisional answer, as the standard wants. */
void
side_sip_leg_cancel (SideSipLeg *leg)
{
  if (leg->nh == NULL || leg->ending)
    return;
  leg->ending = TRUE;
  nua_cancel (leg->nh, TAG_END ());
}

/* @text: (nullable): for the Reason header */
void
side_sip_leg_bye (SideSipLeg *leg,
                  const char *text)
{
  g_autofree char *reason = NULL;
  g_autoptr (GString) safe = g_string_new (NULL);

  if (leg->nh == NULL)
    return;
  for (const char *p = text; p != NULL && *p != '\0' && safe->len < 200; p++)
    if ((guchar) *p >= ' ' && *p != 127 && *p != '"' && *p != '\\')
      g_string_append_c (safe, *p);
  reason = safe->len > 0 ? g_strdup_printf ("SIP;cause=200;text=\"%s\"", safe->str) : NULL;
  leg->ending = TRUE;
  nua_bye (leg->nh, TAG_IF (reason != NULL, SIPTAG_REASON_STR (reason)), TAG_END ());
}

void
side_sip_leg_reinvite (SideSipLeg *leg,
                       const char *sdp)
{
  if (leg->nh != NULL)
    nua_invite (leg->nh, SIPTAG_CONTENT_TYPE_STR ("application/sdp"), SIPTAG_PAYLOAD_STR (sdp), TAG_END ());
}

/* Answers what came as OFFER, in its turn. @sdp: (nullable): with 200 */
void
side_sip_leg_answer (SideSipLeg *leg,
                     int         code,
                     const char *sdp)
{
  const char *phrase = code == 200 ? "OK" : code == 481 ? "Call Does Not Exist" : code == 488 ? "Not Acceptable Here" : "Request Pending";

  if (leg->nh == NULL)
    return;
  nua_respond (leg->nh, code, phrase,
               TAG_IF (leg->update, NUTAG_WITH_THIS (leg->stack->nua)),
               TAG_IF (sdp != NULL, SIPTAG_CONTENT_TYPE_STR ("application/sdp")),
               TAG_IF (sdp != NULL, SIPTAG_PAYLOAD_STR (sdp)), TAG_END ());
}
