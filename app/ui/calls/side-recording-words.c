/* side-recording-words.c - why a recording cannot be heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happened and what can be done about it, in sentences for the person.
 * An error's own message is English and of a machine: it never stands here.
 */
#include "side-recording-words.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "side-error.h"
#include "side-time.h"

/* A recording that the server has not told of by then does not come any more. */
#define READY_WITHIN_MS (10 * SIDE_MINUTE_MS)

/**
 * side_recording_words_missing:
 * @call: a call without a recording
 * @now_ms: the present instant
 *
 * Returns: (transfer none): why there is none
 */
const char *
side_recording_words_missing (const SideCall *call,
                              gint64          now_ms)
{
  if (side_call_is_live (call))
    return _("The call is going on. Its recording comes when it has ended.");
  if (call->answered_ms == 0)
    return _("Nobody answered, so there is no recording.");
  if (call->ended_ms != 0 && now_ms - call->ended_ms < READY_WITHIN_MS)
    return _("The recording is not ready yet. It appears here by itself in a few minutes.");
  return _("There is no recording of this call: the telephone exchange made none. Notes and scores work without it.");
}

/**
 * side_recording_words_lost:
 *
 * Returns: (transfer none): why an imported recording cannot be heard
 */
const char *
side_recording_words_lost (void)
{
  return _("The file of this recording is not on this computer any more. Notes and scores are still here; import it again to hear it.");
}

/**
 * side_recording_words_error:
 * @error: why a recording could not be fetched or drawn
 *
 * Returns: (transfer none): what happened and what to do
 */
const char *
side_recording_words_error (const GError *error)
{
  if (error->domain != SIDE_ERROR)
    return _("The recording could not be fetched. Try again.");
  switch ((SideError) error->code)
    {
    case SIDE_ERROR_NOT_FOUND:
      return _("The recording is not on the server any more. Servers delete old recordings; the administrator knows after how long.");
    case SIDE_ERROR_UNREACHABLE:
    case SIDE_ERROR_TIMED_OUT:
    case SIDE_ERROR_DISCONNECTED:
      return _("The recording is not on this computer, and the server does not answer. Try again when the connection is back.");
    case SIDE_ERROR_UNAUTHORIZED:
      return _("You are not signed in any more. Sign in again.");
    case SIDE_ERROR_FORBIDDEN:
      return _("You are not allowed to hear this recording. Ask the administrator of the server.");
    case SIDE_ERROR_CORRUPT:
    case SIDE_ERROR_INVALID:
      return _("The recording is damaged. Try again; if that does not help, the file on the server is damaged too.");
    case SIDE_ERROR_UNSUPPORTED:
      return _("The recording is in a form that cannot be played here.");
    case SIDE_ERROR_FULL:
      return _("There is no room left on the disk. Free some, or lower the room for recordings in Preferences, and try again.");
    case SIDE_ERROR_READ_ONLY:
      return _("The recording cannot be written to this computer’s disk.");
    case SIDE_ERROR_RATE_LIMITED:
      return _("The server is asked too often. Wait a minute and try again.");
    case SIDE_ERROR_TOO_LARGE:
      return _("The recording is too large to be fetched.");
    case SIDE_ERROR_BUSY:
    case SIDE_ERROR_CANCELLED:
    case SIDE_ERROR_CONFLICT:
    case SIDE_ERROR_EXISTS:
    case SIDE_ERROR_FAILED:
    case SIDE_ERROR_NEWER:
    case SIDE_ERROR_UNTRUSTED:
    default:
      return _("The recording could not be fetched. Try again.");
    }
}
