/* side-act.c - an action on its way to the source that can do it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-act.h"

/* A part of what a person reads, and how such an error is told from others. */
#define IN_DOUBT "; whether it was done is not known"

/**
 * side_actions_allow:
 * @allowed: what the configuration allows
 * @kind: an action
 *
 * Returns: whether it is among them; who may pause may end a pause
 */
gboolean
side_actions_allow (SideActions    allowed,
                    SideActionKind kind)
{
  if (kind == SIDE_ACTION_RESUME)
    kind = SIDE_ACTION_PAUSE;
  return kind != SIDE_ACTION_UNKNOWN && (allowed & SIDE_ACTIONS_BIT (kind)) != 0;
}

/**
 * side_act_new:
 * @kind: what
 * @project: id of the project
 *
 * Returns: (transfer full): an action without an aim yet
 */
SideAct *
side_act_new (SideActionKind  kind,
              const char     *project)
{
  SideAct *self = g_new0 (SideAct, 1);

  self->kind = kind;
  self->project = g_strdup (project);
  return self;
}

SideAct *
side_act_copy (const SideAct *self)
{
  SideAct *copy = side_act_new (self->kind, self->project);

  copy->call = g_strdup (self->call);
  copy->operator_id = g_strdup (self->operator_id);
  copy->queue = g_strdup (self->queue);
  copy->phone = g_strdup (self->phone);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * side_act_free:
 * @self: (transfer full) (nullable): an action
 */
void
side_act_free (SideAct *self)
{
  if (self == NULL)
    return;
  g_free (self->project);
  g_free (self->call);
  g_free (self->operator_id);
  g_free (self->queue);
  g_free (self->phone);
  g_free (self->text);
  g_free (self);
}

/**
 * side_act_doubt:
 * @code: %SIDE_ERROR_TIMED_OUT or %SIDE_ERROR_DISCONNECTED
 * @words: what became of the answer
 *
 * Returns: (transfer full): the error of an action that was sent to a PBX, which
 *   has not told whether it did it
 */
GError *
side_act_doubt (SideError   code,
                const char *words)
{
  return g_error_new (SIDE_ERROR, (int) code, "%s" IN_DOUBT, words);
}

/**
 * side_act_is_in_doubt:
 * @error: (nullable): how an action failed
 *
 * Returns: whether it may have been done all the same
 */
gboolean
side_act_is_in_doubt (const GError *error)
{
  return error != NULL && error->domain == SIDE_ERROR && g_str_has_suffix (error->message, IN_DOUBT);
}

/**
 * side_hurdle_error:
 * @hurdle: what is in the way
 * @kind: of what
 *
 * Returns: (transfer full): the error that says so
 */
GError *
side_hurdle_error (SideHurdle     hurdle,
                   SideActionKind kind)
{
  SideError code = hurdle == SIDE_HURDLE_LINK     ? SIDE_ERROR_DISCONNECTED
                   : hurdle == SIDE_HURDLE_SOURCE ? SIDE_ERROR_UNSUPPORTED
                                                  : SIDE_ERROR_FORBIDDEN;

  return g_error_new (SIDE_ERROR, (int) code, "“%s” cannot be done: %s", side_action_kind_to_string (kind),
                      side_hurdle_get_words (hurdle));
}

/**
 * side_phone_is_fine:
 * @channel: what the configuration gives as somebody's telephone
 *
 * A right to call is a right to call the whole world (a channel may hold any
 * SIP address), so a telephone is one device of the PBX by its name, or an
 * extension in one context, and nothing else.
 *
 * Returns: whether it is that
 */
gboolean
side_phone_is_fine (const char *channel)
{
  g_return_val_if_fail (channel != NULL, FALSE);
  return g_regex_match_simple ("^(PJSIP|SIP|IAX2|Local)/[A-Za-z0-9_.-]{1,64}(@[A-Za-z0-9_-]{1,64}(/n)?)?$", channel,
                               G_REGEX_DOLLAR_ENDONLY, 0);
}
