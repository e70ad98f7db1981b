/* side-coaching.c - what was agreed on with an operator, and by when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-coaching.h"

G_DEFINE_BOXED_TYPE (SideCoaching, side_coaching, side_coaching_ref, side_coaching_unref)

static void
clip_free (gpointer data)
{
  SideClip *clip = data;

  g_free (clip->call);
  g_free (clip->text);
  g_free (clip);
}

/**
 * side_coaching_new:
 * @id: (nullable): UUID
 * @project: (nullable): whose it is
 * @operator_id: (nullable): whom it is about
 *
 * Returns: (transfer full): an empty note without a goal
 */
SideCoaching *
side_coaching_new (const char *id,
                   const char *project,
                   const char *operator_id)
{
  SideCoaching *self = g_new0 (SideCoaching, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->operator_id = g_strdup (operator_id);
  self->target = -1.0;
  self->clips = g_ptr_array_new_with_free_func (clip_free);
  return self;
}

/**
 * side_coaching_copy:
 * @self: a note
 *
 * Returns: (transfer full): one of its own with the same content
 */
SideCoaching *
side_coaching_copy (const SideCoaching *self)
{
  SideCoaching *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_coaching_new (self->id, self->project, self->operator_id);
  copy->text = g_strdup (self->text);
  copy->script = g_strdup (self->script);
  copy->criterion = g_strdup (self->criterion);
  copy->target = self->target;
  copy->goal = g_strdup (self->goal);
  copy->author = g_strdup (self->author);
  copy->created_ms = self->created_ms;
  copy->changed_ms = self->changed_ms;
  copy->due_ms = self->due_ms;
  copy->done_ms = self->done_ms;
  copy->shared = self->shared;
  for (guint i = 0; i < self->clips->len; i++)
    {
      const SideClip *clip = self->clips->pdata[i];

      side_coaching_add_clip (copy, clip->call, clip->from_ms, clip->to_ms, clip->good, clip->text);
    }
  return copy;
}

static gboolean
are_clips_alike (const SideCoaching *one,
                 const SideCoaching *other)
{
  if (one->clips->len != other->clips->len)
    return FALSE;
  for (guint i = 0; i < one->clips->len; i++)
    {
      const SideClip *a = one->clips->pdata[i], *b = other->clips->pdata[i];

      if (g_strcmp0 (a->call, b->call) != 0 || a->from_ms != b->from_ms || a->to_ms != b->to_ms || a->good != b->good
          || g_strcmp0 (a->text, b->text) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
take_text (char       **to,
           const char  *base,
           const char  *edited)
{
  if (g_strcmp0 (base, edited) == 0)
    return;
  g_free (*to);
  *to = g_strdup (edited);
}

/**
 * side_coaching_rebase:
 * @newest: a note as it stands
 * @base: as it was when somebody began to edit it
 * @edited: what they made of that
 *
 * What was changed from @base to @edited is changed in @newest as well; the rest
 * stays as it stands there. The aim (criterion and share) is one thing, and so
 * are the clips.
 *
 * Returns: (transfer full): a note of its own
 */
SideCoaching *
side_coaching_rebase (const SideCoaching *newest,
                      const SideCoaching *base,
                      const SideCoaching *edited)
{
  SideCoaching *self;

  g_return_val_if_fail (newest != NULL && base != NULL && edited != NULL, NULL);
  self = side_coaching_copy (newest);
  take_text (&self->text, base->text, edited->text);
  take_text (&self->goal, base->goal, edited->goal);
  if (g_strcmp0 (base->script, edited->script) != 0 || g_strcmp0 (base->criterion, edited->criterion) != 0 || base->target != edited->target)
    {
      g_free (self->script);
      self->script = g_strdup (edited->script);
      g_free (self->criterion);
      self->criterion = g_strdup (edited->criterion);
      self->target = edited->target;
    }
  if (base->due_ms != edited->due_ms)
    self->due_ms = edited->due_ms;
  if (base->done_ms != edited->done_ms)
    self->done_ms = edited->done_ms;
  if (base->shared != edited->shared)
    self->shared = edited->shared;
  if (!are_clips_alike (base, edited))
    {
      g_ptr_array_set_size (self->clips, 0);
      for (guint i = 0; i < edited->clips->len; i++)
        {
          const SideClip *clip = edited->clips->pdata[i];

          side_coaching_add_clip (self, clip->call, clip->from_ms, clip->to_ms, clip->good, clip->text);
        }
    }
  self->changed_ms = MAX (newest->changed_ms, edited->changed_ms);
  return self;
}

static gboolean
says_the_same (const SideCoaching *one,
               const SideCoaching *other)
{
  return g_strcmp0 (one->text, other->text) == 0 && g_strcmp0 (one->goal, other->goal) == 0 && g_strcmp0 (one->script, other->script) == 0
         && g_strcmp0 (one->criterion, other->criterion) == 0 && one->target == other->target && one->due_ms == other->due_ms
         && one->done_ms == other->done_ms && one->shared == other->shared && are_clips_alike (one, other);
}

/**
 * side_coaching_collides:
 * @newest: a note as it stands
 * @base: as it was when somebody began to edit it
 * @edited: what they made of that
 *
 * Returns: %TRUE if the same thing was changed both to @newest and to @edited, and
 *   not alike: side_coaching_rebase() then keeps what @edited says of it
 */
gboolean
side_coaching_collides (const SideCoaching *newest,
                        const SideCoaching *base,
                        const SideCoaching *edited)
{
  g_autoptr (SideCoaching) ours = NULL;
  g_autoptr (SideCoaching) theirs = NULL;

  g_return_val_if_fail (newest != NULL && base != NULL && edited != NULL, FALSE);
  ours = side_coaching_rebase (newest, base, edited);
  theirs = side_coaching_rebase (edited, base, newest);
  return !says_the_same (ours, theirs);
}

/**
 * side_coaching_ref:
 * @self: a note
 *
 * Returns: (transfer full): @self
 */
SideCoaching *
side_coaching_ref (SideCoaching *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_coaching_unref:
 * @self: (transfer full): a note
 */
void
side_coaching_unref (SideCoaching *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->operator_id);
  g_free (self->text);
  g_free (self->script);
  g_free (self->criterion);
  g_free (self->goal);
  g_free (self->author);
  g_ptr_array_unref (self->clips);
  g_free (self);
}

/**
 * side_coaching_add_clip:
 * @self: a note
 * @call: a call's id
 * @from_ms: where it begins in the recording
 * @to_ms: where it ends, or -1
 * @good: whether it shows how it is done
 * @text: (nullable): what is heard there
 *
 * Returns: (transfer none): the clip, the last one of @self
 */
SideClip *
side_coaching_add_clip (SideCoaching *self,
                        const char   *call,
                        gint64        from_ms,
                        gint64        to_ms,
                        gboolean      good,
                        const char   *text)
{
  SideClip *clip = g_new0 (SideClip, 1);

  clip->call = g_strdup (call);
  clip->from_ms = from_ms;
  clip->to_ms = to_ms;
  clip->good = good;
  clip->text = g_strdup (text);
  g_ptr_array_add (self->clips, clip);
  return clip;
}

/**
 * side_coaching_is_overdue:
 * @self: a note
 * @now_ms: the present instant
 *
 * Returns: whether its date has passed and it is still open
 */
gboolean
side_coaching_is_overdue (const SideCoaching *self,
                          gint64              now_ms)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->done_ms == 0 && self->due_ms != 0 && self->due_ms < now_ms;
}
