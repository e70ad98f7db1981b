/* side-sip-error.c - what a refusal comes to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the codes of SIP (RFC 3261 §21) to our own, by what can be done about
 * it. The words for a person are in side-sip-words.c.
 */
#include "side-sip-stack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORDS 200      /* bytes of theirs that are kept */

/* Returns: (transfer full) (nullable): @text in valid UTF-8 without control characters, 200 bytes at most */
char *
side_sip_clip (const char *text)
{
  g_autofree char *piece = NULL;
  g_autofree char *valid = NULL;
  GString *out;

  if (text == NULL)
    return NULL;
  piece = g_strndup (text, MAX_WORDS * 2);
  valid = g_utf8_make_valid (piece, -1);
  out = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      if (out->len + length > MAX_WORDS)
        break;
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        g_string_append_c (out, ' ');
      else
        g_string_append_len (out, p, (gssize) length);
    }
  return g_string_free (out, FALSE);
}

static SideError
kind_of (const SideSipEvent *event)
{
  switch (event->code)
    {
    case 401:
    case 407:
      return event->unanswerable ? SIDE_ERROR_UNSUPPORTED : SIDE_ERROR_UNAUTHORIZED;
    case 403:
      return SIDE_ERROR_FORBIDDEN;
    case 404:
    case 410:
    case 484:
    case 485:
    case 604:
      return SIDE_ERROR_NOT_FOUND;
    case 408:
    case 504:
      return SIDE_ERROR_TIMED_OUT;
    case 415:
    case 420:
    case 421:
    case 488:
    case 505:
    case 606:
      return SIDE_ERROR_UNSUPPORTED;
    case 480:
    case 502:
      return SIDE_ERROR_UNREACHABLE;
    case 481:
      return SIDE_ERROR_DISCONNECTED;
    case 486:
    case 491:
    case 600:
      return SIDE_ERROR_BUSY;
    case 503:
      return event->retry_after_s >= 0 ? SIDE_ERROR_RATE_LIMITED : SIDE_ERROR_UNREACHABLE;
    default:
      return SIDE_ERROR_FAILED;
    }
}

/**
 * side_sip_error_for_event:
 * @event: a final answer of 300 or more, or the stack's own end
 *
 * Returns: (transfer full): of SIDE_ERROR; the message has code and phrase as they came
 */
GError *
side_sip_error_for_event (const SideSipEvent *event)
{
  g_autofree char *phrase = side_sip_clip (event->phrase);

  if (!event->on_wire && event->code == 408)
    return g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("The server does not answer"));
  if (!event->on_wire)
    return g_error_new_literal (SIDE_ERROR, SIDE_ERROR_UNREACHABLE, _("The server cannot be reached"));
  return g_error_new (SIDE_ERROR, kind_of (event), "%d %s", event->code, phrase != NULL ? phrase : "");
}

/**
 * side_sip_event_is_of_address:
 * @event: a final answer of 300 or more to a registration or a question, or the stack's own end
 *
 * Returns: whether another address of the same server may do better: this one is
 *   silent, or failed without saying when to come again
 */
gboolean
side_sip_event_is_of_address (const SideSipEvent *event)
{
  return !event->on_wire || (event->code >= 500 && event->retry_after_s < 0);
}
