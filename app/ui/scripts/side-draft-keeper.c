/* side-draft-keeper.c - one draft of a document while it is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step of undo is the whole draft as it was: a few kilobytes, and nothing
 * can be forgotten. What is typed into one field without a pause elsewhere is
 * one step. It is written by a pen, a moment after each change.
 */
#include "side-draft-keeper.h"

#include "side-pen.h"
#include "side-wire.h"

#define PAUSE_MS  600
#define MAX_STEPS 200

typedef struct {
  const SideDraftKind *kind;
  gpointer             value;   /* as it was on the other side of the step */
  char                *words;
} Step;

struct _SideDraftKeeper
{
  GObject       parent_instance;
  SideDesk     *desk;
  const SideDraftKind *kind;
  gpointer      value;
  SidePen      *pen;
  SideDocument *given;       /* (nullable): what was written last, or is being written */
  GPtrArray    *done;        /* of Step, the newest last */
  GPtrArray    *undone;      /* of Step */
  char         *field;       /* (nullable): what the newest step goes on writing */
  guint         save_id;     /* while what is here was not given to the pen */
  gint64        saved_ms;
  gboolean      removed;
};

G_DEFINE_FINAL_TYPE (SideDraftKeeper, side_draft_keeper, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_REPLACED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
step_free (gpointer data)
{
  Step *step = data;

  step->kind->unref (step->value);
  g_free (step->words);
  g_free (step);
}

static void
side_draft_keeper_dispose (GObject *object)
{
  SideDraftKeeper *self = SIDE_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  G_OBJECT_CLASS (side_draft_keeper_parent_class)->dispose (object);
}

static void
side_draft_keeper_finalize (GObject *object)
{
  SideDraftKeeper *self = SIDE_DRAFT_KEEPER (object);

  g_clear_weak_pointer (&self->desk);
  if (self->value != NULL)
    self->kind->unref (self->value);
  g_clear_object (&self->pen);
  g_clear_pointer (&self->given, side_document_unref);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  g_free (self->field);
  G_OBJECT_CLASS (side_draft_keeper_parent_class)->finalize (object);
}

static void
side_draft_keeper_class_init (SideDraftKeeperClass *klass)
{
  GType type = SIDE_TYPE_DRAFT_KEEPER;

  G_OBJECT_CLASS (klass)->dispose = side_draft_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_draft_keeper_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_ERROR);
}

static void
side_draft_keeper_init (SideDraftKeeper *self)
{
  self->done = g_ptr_array_new_with_free_func (step_free);
  self->undone = g_ptr_array_new_with_free_func (step_free);
}

/* ---- writing ---- */

static void
written_cb (SideDraftKeeper *self)
{
  self->saved_ms = side_pen_get_stored (self->pen)->changed_ms;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* After a conflict another edit stands in the store; the shelf reads it and
 * gives it to us. */
static void
failed_cb (SideDraftKeeper *self,
           const GError    *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static SideDocument *
make_document (SideDraftKeeper *self)
{
  SideDocument *document = self->kind->to_document (self->value, self->given);

  document->changed_ms = side_desk_get_write_ms (self->desk);
  if (self->removed)
    {
      document->deleted = TRUE;
      g_clear_pointer (&document->body, g_free);
    }
  return document;
}

static void
set_given (SideDraftKeeper *self,
           SideDocument    *document)
{
  if (document != NULL)
    side_document_ref (document);
  g_clear_pointer (&self->given, side_document_unref);
  self->given = document;
}

static void
write_now (SideDraftKeeper *self)
{
  g_autoptr (SideDocument) document = NULL;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->desk == NULL)
    return;
  document = make_document (self);
  set_given (self, document);
  side_pen_write (self->pen, document);
}

static gboolean
save_cb (gpointer data)
{
  SideDraftKeeper *self = data;

  self->save_id = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
save_soon (SideDraftKeeper *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (PAUSE_MS, save_cb, self);
}

/**
 * side_draft_keeper_flush:
 * @self: a draft
 *
 * Writes at once what is not written yet.
 */
void
side_draft_keeper_flush (SideDraftKeeper *self)
{
  g_return_if_fail (SIDE_IS_DRAFT_KEEPER (self));
  if (self->save_id != 0)
    write_now (self);
  side_pen_flush (self->pen);
}

static gpointer
copy_script (gconstpointer value)
{
  return side_script_copy (value);
}

static gpointer
ref_script (gpointer value)
{
  return side_script_ref (value);
}

static void
unref_script (gpointer value)
{
  side_script_unref (value);
}

static SideDocument *
document_for_script (gconstpointer  value,
                     SideDocument  *before)
{
  return side_wire_document_for_draft (value);
}

static const SideDraftKind script_kind = { copy_script, ref_script, unref_script, document_for_script };

/**
 * side_draft_keeper_new:
 * @desk: where it is written
 * @draft: the draft of a script; it is not changed
 * @stored: (nullable): the document it came from; %NULL for a new one, which
 *   is written at once
 *
 * Returns: (transfer full): a keeper
 */
SideDraftKeeper *
side_draft_keeper_new (SideDesk     *desk,
                       SideScript   *draft,
                       SideDocument *stored)
{
  return side_draft_keeper_new_for (desk, &script_kind, draft, stored);
}

/**
 * side_draft_keeper_new_for:
 * @desk: where it is written
 * @kind: (transfer none): what @value is; for as long as the program runs
 * @value: what is written; it is not changed
 * @stored: (nullable): the document it came from; %NULL for a new one, which
 *   is written at once
 *
 * Returns: (transfer full): a keeper
 */
SideDraftKeeper *
side_draft_keeper_new_for (SideDesk            *desk,
                           const SideDraftKind *kind,
                           gpointer             value,
                           SideDocument        *stored)
{
  SideDraftKeeper *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && kind != NULL && value != NULL, NULL);

  self = g_object_new (SIDE_TYPE_DRAFT_KEEPER, NULL);
  g_set_weak_pointer (&self->desk, desk);
  self->kind = kind;
  self->value = kind->ref (value);
  self->pen = side_pen_new (desk, stored);
  set_given (self, stored);
  g_signal_connect_object (self->pen, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pen, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  self->saved_ms = stored != NULL ? stored->changed_ms : 0;
  g_signal_connect_object (desk, "closing", G_CALLBACK (side_draft_keeper_flush), self, G_CONNECT_SWAPPED);
  if (stored == NULL)
    write_now (self);
  return self;
}

/**
 * side_draft_keeper_get:
 * @self: a draft
 *
 * Returns: (transfer none): it as it is now; a change makes another one
 */
gconstpointer
side_draft_keeper_get (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), NULL);
  return self->value;
}

/**
 * side_draft_keeper_get_script:
 * @self: a draft of a script
 *
 * Returns: (transfer none): it as it is now; a change makes another one
 */
const SideScript *
side_draft_keeper_get_script (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self) && self->kind == &script_kind, NULL);
  return self->value;
}

/**
 * side_draft_keeper_begin:
 * @self: a draft
 *
 * Returns: (transfer full): a copy to be changed and given to side_draft_keeper_put()
 */
gpointer
side_draft_keeper_begin (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), NULL);
  return self->kind->copy (self->value);
}

/* ---- steps ---- */

static void
push (SideDraftKeeper *self,
      GPtrArray       *steps,
      const char      *words)
{
  Step *step = g_new0 (Step, 1);

  step->kind = self->kind;
  step->value = self->kind->ref (self->value);
  step->words = g_strdup (words);
  g_ptr_array_add (steps, step);
  if (steps->len > MAX_STEPS)
    g_ptr_array_remove_index (steps, 0);
}

/**
 * side_draft_keeper_put:
 * @self: a draft
 * @draft: (transfer full): it as it is to be, made from side_draft_keeper_begin()
 * @words: what was done, as undo tells it: "criterion moved"
 * @field: (nullable): what was typed into: further changes of the same are the
 *   same step, until side_draft_keeper_end_field()
 */
void
side_draft_keeper_put (SideDraftKeeper *self,
                       gpointer         draft,
                       const char      *words,
                       const char      *field)
{
  g_return_if_fail (SIDE_IS_DRAFT_KEEPER (self));
  g_return_if_fail (draft != NULL && draft != self->value);

  if (field == NULL || self->done->len == 0 || g_strcmp0 (field, self->field) != 0)
    push (self, self->done, words);
  g_free (self->field);
  self->field = g_strdup (field);
  g_ptr_array_set_size (self->undone, 0);
  self->kind->unref (self->value);
  self->value = draft;
  save_soon (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_draft_keeper_end_field:
 * @self: a draft
 *
 * A field was left: what is typed into it later is a step of its own.
 */
void
side_draft_keeper_end_field (SideDraftKeeper *self)
{
  g_return_if_fail (SIDE_IS_DRAFT_KEEPER (self));
  g_clear_pointer (&self->field, g_free);
}

static char *
move (SideDraftKeeper *self,
      GPtrArray       *from,
      GPtrArray       *to)
{
  Step *step;
  char *words;

  if (from->len == 0)
    return NULL;
  step = g_ptr_array_steal_index (from, from->len - 1);
  push (self, to, step->words);
  self->kind->unref (self->value);
  self->value = self->kind->ref (step->value);
  words = g_strdup (step->words);
  step_free (step);
  g_clear_pointer (&self->field, g_free);
  save_soon (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return words;
}

/**
 * side_draft_keeper_can_undo:
 * @self: a draft
 *
 * Returns: whether there is a step to take back
 */
gboolean
side_draft_keeper_can_undo (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), FALSE);
  return self->done->len > 0;
}

/**
 * side_draft_keeper_can_redo:
 * @self: a draft
 *
 * Returns: whether there is a step to make again
 */
gboolean
side_draft_keeper_can_redo (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), FALSE);
  return self->undone->len > 0;
}

/**
 * side_draft_keeper_undo:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): what was taken back
 */
char *
side_draft_keeper_undo (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), NULL);
  return move (self, self->done, self->undone);
}

/**
 * side_draft_keeper_redo:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): what was done again
 */
char *
side_draft_keeper_redo (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), NULL);
  return move (self, self->undone, self->done);
}

/* ---- what becomes of it ---- */

/**
 * side_draft_keeper_set_removed:
 * @self: a draft
 * @removed: whether it is to go; %FALSE brings one back that went
 */
void
side_draft_keeper_set_removed (SideDraftKeeper *self,
                               gboolean         removed)
{
  g_return_if_fail (SIDE_IS_DRAFT_KEEPER (self));

  if (self->removed == !!removed)
    return;
  self->removed = !!removed;
  write_now (self);
}

/**
 * side_draft_keeper_is_removed:
 * @self: a draft
 *
 * Returns: whether it was discarded or put in use
 */
gboolean
side_draft_keeper_is_removed (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), FALSE);
  return self->removed;
}

/**
 * side_draft_keeper_is_busy:
 * @self: a draft
 *
 * Returns: whether there is something that is not on the disk yet
 */
gboolean
side_draft_keeper_is_busy (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), FALSE);
  return self->save_id != 0 || side_pen_is_busy (self->pen);
}

/**
 * side_draft_keeper_has_failed:
 * @self: a draft
 *
 * Returns: whether the last try did not work and another one follows
 */
gboolean
side_draft_keeper_has_failed (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), FALSE);
  return side_pen_has_failed (self->pen);
}

/**
 * side_draft_keeper_get_saved_ms:
 * @self: a draft
 *
 * Returns: when it was written last; 0 for never
 */
gint64
side_draft_keeper_get_saved_ms (SideDraftKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_DRAFT_KEEPER (self), 0);
  return self->saved_ms;
}

/**
 * side_draft_keeper_take:
 * @self: a draft
 * @draft: it as the store has it now, of the same kind
 * @stored: the document it came from
 *
 * Somebody may have written it meanwhile: theirs is shown then, unless there is
 * something here that is not written yet, which becomes a conflict with it.
 */
void
side_draft_keeper_take (SideDraftKeeper *self,
                        gpointer         draft,
                        SideDocument    *stored)
{
  const SideDocument *before;
  gboolean ours;

  g_return_if_fail (SIDE_IS_DRAFT_KEEPER (self));

  if (side_draft_keeper_is_busy (self) || self->removed)
    return;
  before = side_pen_get_stored (self->pen);
  ours = before != NULL && g_strcmp0 (before->body, stored->body) == 0;
  side_pen_set_stored (self->pen, stored);
  set_given (self, stored);
  if (ours)
    return;   /* as the server numbered it */
  self->kind->unref (self->value);
  self->value = self->kind->ref (draft);
  self->saved_ms = stored->changed_ms;
  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  g_clear_pointer (&self->field, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}
