/* side-action-words.c - what is said of actions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-action-words.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"

static const struct {
  const char *title;
  const char *explain;
} kinds[SIDE_N_ACTIONS] = {
  [SIDE_ACTION_UNKNOWN] = { "", "" },
  [SIDE_ACTION_LISTEN] = { N_("Listen…"), N_("Your telephone rings; you hear both, nobody hears you") },
  [SIDE_ACTION_WHISPER] = { N_("Whisper…"), N_("The operator hears you, the customer does not") },
  [SIDE_ACTION_JOIN] = { N_("Join the Call…"), N_("Both hear you") },
  [SIDE_ACTION_HANGUP] = { N_("Hang Up…"), N_("The call ends at once, for both") },
  [SIDE_ACTION_PAUSE] = { N_("Send on a Break…"), N_("No more calls come to them, once the call at hand is over") },
  [SIDE_ACTION_RESUME] = { N_("End the Break…"), N_("Calls come to them again") },
};

/**
 * side_action_words_title:
 * @kind: an action
 *
 * Returns: (transfer none): as it stands in a menu
 */
const char *
side_action_words_title (SideActionKind kind)
{
  g_return_val_if_fail (kind < SIDE_N_ACTIONS, "");
  return _(kinds[kind].title);
}

/**
 * side_action_words_explain:
 * @kind: an action
 *
 * Returns: (transfer none): what comes of it
 */
const char *
side_action_words_explain (SideActionKind kind)
{
  g_return_val_if_fail (kind < SIDE_N_ACTIONS, "");
  return _(kinds[kind].explain);
}

/**
 * side_action_words_hurdle:
 * @hurdle: what is in the way
 *
 * Returns: (transfer none): it, and who can do something about it
 */
const char *
side_action_words_hurdle (SideHurdle hurdle)
{
  switch (hurdle)
    {
    case SIDE_HURDLE_NONE:
      return "";
    case SIDE_HURDLE_LINK:
      return _("The telephone exchange is not connected to the server now");
    case SIDE_HURDLE_RIGHT:
      return _("The telephone exchange does not let the server do it: its administrator can");
    case SIDE_HURDLE_PHONE:
      return _("The server does not know your telephone: its administrator enters it");
    case SIDE_HURDLE_CONFIGURATION:
      return _("The server is not set up to do it: its administrator can");
    case SIDE_HURDLE_SOURCE:
      return _("It cannot be done where these calls come from: nobody real speaks here");
    case SIDE_HURDLE_ROLE:
      return _("Only supervisors may do it");
    case SIDE_HURDLE_UNKNOWN:
    default:
      return _("The server does not allow it");
    }
}

/**
 * side_action_words_doing:
 * @kind: what was asked for
 * @phone: (nullable): the telephone that rings for it
 *
 * Returns: (transfer full) (nullable): what goes on until it is done; %NULL for what is done at once
 */
char *
side_action_words_doing (SideActionKind  kind,
                         const char     *phone)
{
  if (!side_action_kind_needs_phone (kind))
    return NULL;
  if (phone == NULL || *phone == '\0')
    return g_strdup (_("Your telephone rings now: answer it."));
  /* Translators: %s is a telephone, as PJSIP/201 */
  return g_strdup_printf (_("Your telephone %s rings now: answer it."), phone);
}

/**
 * side_action_words_done:
 * @request: what was done
 * @name: the operator it was about
 *
 * Returns: (transfer full): a sentence
 */
char *
side_action_words_done (const SideActionRequest *request,
                        const char              *name)
{
  g_return_val_if_fail (request != NULL && name != NULL, NULL);

  switch (request->kind)
    {
    case SIDE_ACTION_LISTEN:
      /* Translators: here and below %s is an operator */
      return g_strdup_printf (_("You hear the call of %s."), name);
    case SIDE_ACTION_WHISPER:
      return g_strdup_printf (_("%s hears you; the customer does not."), name);
    case SIDE_ACTION_JOIN:
      return g_strdup_printf (_("You speak with %s and the customer."), name);
    case SIDE_ACTION_HANGUP:
      return g_strdup_printf (_("The call of %s was ended."), name);
    case SIDE_ACTION_PAUSE:
      /* Translators: an operator, and what the break is called */
      return g_strdup_printf (_("%s gets no more calls: %s."), name, request->break_reason != NULL ? request->break_reason : request->reason);
    case SIDE_ACTION_RESUME:
      return g_strdup_printf (_("%s gets calls again."), name);
    case SIDE_ACTION_UNKNOWN:
    case SIDE_N_ACTIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
sentence (SideActionKind  kind,
          const char     *name,
          const GError   *error)
{
  switch (error->code)
    {
    case SIDE_ERROR_NOT_FOUND:
      return g_strdup_printf (_("The server does not know this call, or %s, any more."), name);
    case SIDE_ERROR_CONFLICT:
      return side_action_kind_is_on_call (kind) ? g_strdup_printf (_("It cannot be done to the call of %s now: it is over, or your telephone is busy."), name)
                                                : g_strdup_printf (_("It cannot be done now: %s is in none of the queues."), name);
    case SIDE_ERROR_TIMED_OUT:
      return g_strdup (_("The telephone exchange did not answer: nobody knows whether it was done. Look before you try again."));
    case SIDE_ERROR_FAILED:
      return g_strdup (_("The telephone exchange refuses it."));
    case SIDE_ERROR_BUSY:
      return g_strdup (_("Too much was tried within a minute. Wait a little."));
    default:
      return side_format_error (error);
    }
}

/**
 * side_action_words_failed:
 * @request: what was not done
 * @name: the operator it was about
 * @error: why
 *
 * Returns: (transfer full): why, and the exchange's own words where there are some
 */
char *
side_action_words_failed (const SideActionRequest *request,
                          const char              *name,
                          const GError            *error)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (request != NULL && name != NULL && error != NULL, NULL);

  words = sentence (request->kind, name, error);
  if (error->code == SIDE_ERROR_CONFLICT || error->code == SIDE_ERROR_FAILED)
    /* Translators: a sentence, and what the server said in English */
    return g_strdup_printf (_("%s (%s)"), words, error->message);
  return g_steal_pointer (&words);
}
