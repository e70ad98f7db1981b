/* side-calibration-rule.c - who may write what over a calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening the answers cannot be taken back, so it is the decision of who called
 * the others, of supervisors and of the expert. Who is asked about what stands
 * from then on; what was agreed on bears the name of who wrote it down.
 */
#include "side-calibration-rule.h"

#include "side-rule-private.h"

static gboolean
owns (const SideCalibration *self,
      const char            *user,
      gboolean               supervisor)
{
  return supervisor || _side_rule_same (self->author, user);
}

static const char *
maker_of (const SideCalibration *self)
{
  return self->author != NULL ? self->author : "somebody else";
}

/**
 * side_calibration_may_lead:
 * @self: a calibration
 * @user: somebody of the staff
 * @supervisor: whether they are one
 *
 * Returns: whether they may begin its discussion, close it and open it again
 */
gboolean
side_calibration_may_lead (const SideCalibration *self,
                           const char            *user,
                           gboolean               supervisor)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);
  return owns (self, user, supervisor) || (self->expert != NULL && _side_rule_same (self->expert, user));
}

/**
 * side_calibration_may_agree:
 * @self: a calibration
 * @user: somebody of the staff
 * @supervisor: whether they are one
 *
 * Returns: whether they may write down what is agreed on, once the answers are open
 */
gboolean
side_calibration_may_agree (const SideCalibration *self,
                            const char            *user,
                            gboolean               supervisor)
{
  return side_calibration_may_lead (self, user, supervisor) || side_calibration_asks (self, user);
}

static gboolean
same_words (const GPtrArray *a,
            const GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (!_side_rule_same (a->pdata[i], b->pdata[i]))
      return FALSE;
  return a->len == b->len;
}

static gboolean
has_all (const GPtrArray *words,
         const GPtrArray *of)
{
  for (guint i = 0; i < of->len; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < words->len && !found; k++)
        found = _side_rule_same (words->pdata[k], of->pdata[i]);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* Who is left out may see the answers of the others when those have finished,
 * and whoever had seen them could come back: nobody does. */
static gboolean
check_growth (const SideCalibration  *self,
              const SideCalibration  *old,
              gboolean                seen,
              GError                **error)
{
  if (!seen)
    return TRUE;
  if (!has_all (old->reviewers, self->reviewers))
    return _side_rule_refuse (error, "answers have been given: nobody is invited to the calibration any more, call another one");
  if (!has_all (old->calls, self->calls))
    return _side_rule_refuse (error, "answers have been given: no call is added to the calibration any more, call another one");
  return TRUE;
}

/* Who made it and with which form stays; who is asked about what, once somebody
 * may have seen answers. */
static gboolean
check_matter (const SideCalibration  *self,
              const SideCalibration  *old,
              const char             *user,
              gboolean                supervisor,
              GError                **error)
{
  gboolean asks_others = !same_words (self->calls, old->calls) || !same_words (self->reviewers, old->reviewers)
                         || !_side_rule_same (self->expert, old->expert);

  if (!_side_rule_same (self->project, old->project) || !_side_rule_same (self->author, old->author)
      || self->made_ms != old->made_ms || !_side_rule_same (self->script, old->script) || self->script_version != old->script_version)
    return _side_rule_refuse (error, "who called a calibration, when and with which script stays: another one is another calibration");
  if (asks_others && old->state != SIDE_CALIBRATION_OPEN)
    return _side_rule_refuse (error, "the answers are open: who was asked about which calls stays");
  if ((asks_others || self->due_ms != old->due_ms || !_side_rule_same (self->title, old->title)) && !owns (old, user, supervisor))
    return _side_rule_refuse (error, "%s called the calibration: only they and supervisors change whom it asks, about what and until when",
                              maker_of (old));
  return TRUE;
}

/* What was answered later was not answered blind: when that began is said once. */
static gboolean
check_begun (const SideCalibration  *self,
             const SideCalibration  *old,
             gint64                  now_ms,
             GError                **error)
{
  if (old != NULL && old->state != SIDE_CALIBRATION_OPEN)
    return self->discussed_ms == old->discussed_ms || _side_rule_refuse (error, "“discussed_ms”: when the discussion was begun stays");
  if (self->state == SIDE_CALIBRATION_OPEN)
    return self->discussed_ms == 0 || _side_rule_refuse (error, "“discussed_ms”: the discussion has not begun");
  if (self->discussed_ms < self->made_ms || self->discussed_ms == 0 || self->discussed_ms > now_ms + SIDE_CALIBRATION_CLOCK_SLACK_MS)
    return _side_rule_refuse (error, "“discussed_ms” is not when the discussion was begun: "
                              "after the calibration was called, and not still to come");
  return TRUE;
}

/* Whoever takes part goes on by themselves once all have finished. */
static gboolean
check_state (const SideCalibration  *self,
             const SideCalibration  *old,
             const char             *user,
             gboolean                supervisor,
             gboolean                blind,
             GError                **error)
{
  gboolean leads = side_calibration_may_lead (old, user, supervisor);

  if (self->state == old->state)
    return TRUE;
  if (self->state == SIDE_CALIBRATION_OPEN)
    return _side_rule_refuse (error, "the answers are open: nobody can answer blind any more");
  if (leads || (old->state == SIDE_CALIBRATION_OPEN && !blind && self->state == SIDE_CALIBRATION_DISCUSSION))
    return TRUE;
  return _side_rule_refuse (error, "%s called the calibration: only they, the expert and supervisors begin the discussion, close it and reopen it",
                            maker_of (old));
}

static gboolean
same_consensus (const SideConsensus *a,
                const SideConsensus *b)
{
  return a != NULL && b != NULL && a->value == b->value && a->at_ms == b->at_ms && _side_rule_same (a->author, b->author)
         && _side_rule_same (a->reason, b->reason);
}

/* Whoever takes back what they wrote puts there what stood before, and who wrote it. */
static gboolean
stood_before (const GPtrArray     *past,
              const SideConsensus *entry)
{
  for (guint i = 0; past != NULL && i < past->len; i++)
    if (same_consensus (entry, side_calibration_find_consensus (past->pdata[i], entry->call, entry->criterion)))
      return TRUE;
  return FALSE;
}

static gboolean
is_kept (const SideConsensus   *entry,
         const SideCalibration *old)
{
  return old != NULL && same_consensus (entry, side_calibration_find_consensus (old, entry->call, entry->criterion));
}

/**
 * side_calibration_names_others:
 * @self: what somebody wants to write
 * @old: (nullable): the calibration as it stands
 * @user: who writes
 *
 * Returns: whether something new in it bears another's name: then what stood
 *   earlier is to be looked up
 */
gboolean
side_calibration_names_others (const SideCalibration *self,
                               const SideCalibration *old,
                               const char            *user)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  for (guint i = 0; i < self->consensus->len; i++)
    {
      const SideConsensus *entry = self->consensus->pdata[i];

      if (!_side_rule_same (entry->author, user) && !is_kept (entry, old))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_entry (const SideCalibration  *self,
             const SideConsensus    *entry,
             const GPtrArray        *past,
             const SideScript       *script,
             const char             *user,
             GError                **error)
{
  const SideCriterion *criterion = script != NULL ? side_script_find_criterion (script, entry->criterion) : NULL;

  if (self->state == SIDE_CALIBRATION_OPEN)
    return _side_rule_refuse (error, "the calibration is blind: what is agreed on is written in the discussion");
  if (!_side_rule_same (entry->author, user) && !stood_before (past, entry))
    return _side_rule_refuse (error, "“author” of what was agreed on is not you: nobody writes in somebody else's name");
  if (!side_calibration_has_call (self, entry->call))
    return _side_rule_refuse (error, "what was agreed on is about a call that is not one of the calibration");
  if (script != NULL && criterion == NULL)
    return _side_rule_refuse (error, "version %d of the script has no criterion “%s”", script->version, entry->criterion);
  if (criterion != NULL && !side_criterion_takes (criterion, entry->value))
    return _side_rule_refuse (error, "criterion “%s” has no such answer", entry->criterion);
  return TRUE;
}

static gboolean
check_consensus (const SideCalibration  *self,
                 const SideCalibration  *old,
                 const GPtrArray        *past,
                 const SideScript       *script,
                 const char             *user,
                 gboolean                supervisor,
                 GError                **error)
{
  gboolean changed = old != NULL && old->consensus->len != self->consensus->len;

  for (guint i = 0; i < self->consensus->len; i++)
    {
      const SideConsensus *entry = self->consensus->pdata[i];

      if (is_kept (entry, old))
        continue;
      changed = TRUE;
      if (!check_entry (self, entry, past, script, user, error))
        return FALSE;
    }
  if (!changed || old == NULL)
    return TRUE;
  if (!side_calibration_may_agree (old, user, supervisor))
    return _side_rule_refuse (error, "what is agreed on is written down by who takes part in the calibration");
  if (old->state == SIDE_CALIBRATION_CLOSED && self->state == SIDE_CALIBRATION_CLOSED)
    return _side_rule_refuse (error, "the calibration is closed: what was agreed on stands until %s, the expert or a supervisor reopens it",
                              maker_of (old));
  return TRUE;
}

/**
 * side_calibration_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the calibration as it stands; %NULL for a new one
 * @past: (nullable) (element-type SideCalibration): how it stood earlier, see
 *   side_calibration_names_others()
 * @script: (nullable): the version of the script that it names
 * @user: who writes
 * @supervisor: whether they are one
 * @blind: whether the answers to @old must still be hidden, see
 *   side_calibration_is_blind()
 * @begun: whether there are any, see side_calibration_is_begun()
 * @now_ms: the present instant
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * A writer who was offline may bring several steps at once.
 *
 * Returns: whether they may
 */
gboolean
side_calibration_may_follow (const SideCalibration  *self,
                             const SideCalibration  *old,
                             const GPtrArray        *past,
                             const SideScript       *script,
                             const char             *user,
                             gboolean                supervisor,
                             gboolean                blind,
                             gboolean                begun,
                             gint64                  now_ms,
                             GError                **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (old == NULL && !_side_rule_same (self->author, user))
    return _side_rule_refuse (error, "“author” is not you: nobody calls a calibration in somebody else's name");
  if (old != NULL
      && (!check_matter (self, old, user, supervisor, error) || !check_growth (self, old, begun || !blind, error)
          || !check_state (self, old, user, supervisor, blind, error)))
    return FALSE;
  return check_begun (self, old, now_ms, error) && check_consensus (self, old, past, script, user, supervisor, error);
}

/**
 * side_calibration_may_delete:
 * @self: a calibration
 * @user: who wants to
 * @supervisor: whether they are one
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may: what was agreed on stays on record
 */
gboolean
side_calibration_may_delete (const SideCalibration  *self,
                             const char             *user,
                             gboolean                supervisor,
                             GError                **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (!owns (self, user, supervisor))
    return _side_rule_refuse (error, "%s called the calibration: only they and supervisors call it off", maker_of (self));
  return self->consensus->len == 0 || _side_rule_refuse (error, "something was agreed on in the calibration: it stays on record");
}
