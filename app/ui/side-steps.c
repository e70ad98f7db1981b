/* side-steps.c - what was written step by step, to be taken back and done again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step keeps the documents as they became and as they were. Taking it back
 * writes the second over the first, which is a change as any other: it names
 * the version that was in sight, so that what somebody else wrote meanwhile is
 * not overwritten. A step is remembered once it is on the disk; of one that was
 * written in part, that part.
 */
#include "side-steps.h"

typedef struct {
  SideDocument *document;   /* as it is to be */
  SideDocument *base;       /* as it was in sight */
} Change;

typedef struct {
  char      *words;
  GPtrArray *changes;   /* of Change, forwards, in the order of writing */
  gint64     stamp;     /* when it was done, or taken back */
} Step;

typedef enum { MAKE, UNDO, REDO } Deed;

typedef struct {
  Deed        deed;
  guint       epoch;
  char       *words;
  GPtrArray  *changes;   /* as they are written: backwards while a step is taken back */
  GHashTable *written;   /* of them, those on the disk */
  guint       left;
  GError     *error;
} Write;

struct _SideSteps
{
  GObject    parent_instance;
  SideDesk  *desk;      /* weak: it may own us */
  GPtrArray *done;      /* of Step, the newest last */
  GPtrArray *undone;    /* of Step, the one to be done again first is last */
  gint64     made;
  guint      epoch;     /* steps of an earlier one are not remembered */
};

G_DEFINE_FINAL_TYPE (SideSteps, side_steps, G_TYPE_OBJECT)

static guint failed_signal;

static void
change_free (gpointer data)
{
  Change *change = data;

  side_document_unref (change->document);
  side_document_unref (change->base);
  g_free (change);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->words);
  g_ptr_array_unref (step->changes);
  g_free (step);
}

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->words);
  g_ptr_array_unref (write->changes);
  g_hash_table_unref (write->written);
  g_clear_error (&write->error);
  g_free (write);
}

static void
side_steps_dispose (GObject *object)
{
  g_clear_weak_pointer (&SIDE_STEPS (object)->desk);
  G_OBJECT_CLASS (side_steps_parent_class)->dispose (object);
}

static void
side_steps_finalize (GObject *object)
{
  SideSteps *self = SIDE_STEPS (object);

  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (side_steps_parent_class)->finalize (object);
}

static void
side_steps_class_init (SideStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_steps_finalize;
  failed_signal = g_signal_new ("failed", SIDE_TYPE_STEPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_steps_init (SideSteps *self)
{
  self->done = g_ptr_array_new_with_free_func (step_free);
  self->undone = g_ptr_array_new_with_free_func (step_free);
}

/**
 * side_steps_new:
 * @desk: where documents are written; not kept alive
 *
 * Returns: (transfer full): no steps yet
 */
SideSteps *
side_steps_new (SideDesk *desk)
{
  SideSteps *self = g_object_new (SIDE_TYPE_STEPS, NULL);

  g_set_weak_pointer (&self->desk, desk);
  return self;
}

/**
 * side_steps_stamp:
 *
 * Returns: a number greater than any it returned before; from the main context
 */
gint64
side_steps_stamp (void)
{
  static gint64 last;

  return ++last;
}

/**
 * side_steps_forget:
 * @self: steps
 *
 * Nothing can be taken back any more, nor what is being written now.
 */
void
side_steps_forget (SideSteps *self)
{
  g_return_if_fail (SIDE_IS_STEPS (self));

  self->epoch++;
  self->made = 0;
  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
}

/**
 * side_steps_new_changes:
 *
 * Returns: (transfer full): a list for side_steps_add_change()
 */
GPtrArray *
side_steps_new_changes (void)
{
  return g_ptr_array_new_with_free_func (change_free);
}

/**
 * side_steps_add_change:
 * @changes: from side_steps_new_changes()
 * @document: as it is to be
 * @base: the version in sight; what undoing brings back
 */
void
side_steps_add_change (GPtrArray    *changes,
                       SideDocument *document,
                       SideDocument *base)
{
  Change *change = g_new0 (Change, 1);

  change->document = side_document_ref (document);
  change->base = side_document_ref (base);
  g_ptr_array_add (changes, change);
}

/**
 * side_steps_add_new:
 * @changes: from side_steps_new_changes()
 * @document: one that is not there yet; undoing deletes it
 */
void
side_steps_add_new (GPtrArray    *changes,
                    SideDocument *document)
{
  g_autoptr (SideDocument) nothing = side_document_copy (document);

  nothing->deleted = TRUE;
  g_clear_pointer (&nothing->body, g_free);
  side_steps_add_change (changes, document, nothing);
}

/* The same changes the other way round, the last one first. */
static GPtrArray *
turn (GPtrArray *changes)
{
  GPtrArray *turned = side_steps_new_changes ();

  for (guint i = changes->len; i > 0; i--)
    {
      const Change *change = g_ptr_array_index (changes, i - 1);

      side_steps_add_change (turned, change->base, change->document);
    }
  return turned;
}

/* @changes: what is to be taken back or done again, as a step is kept: forwards */
static void
remember (GPtrArray  *into,
          const char *words,
          GPtrArray  *changes)
{
  Step *step;

  if (changes->len == 0)
    return;
  step = g_new0 (Step, 1);
  step->words = g_strdup (words);
  step->changes = g_ptr_array_ref (changes);
  step->stamp = side_steps_stamp ();
  g_ptr_array_add (into, step);
}

/* What was not written is still where it was; what was, is on the other side. */
static void
settle (SideSteps *self,
        Write     *write)
{
  g_autoptr (GPtrArray) missing = side_steps_new_changes ();
  g_autoptr (GPtrArray) written = side_steps_new_changes ();
  g_autoptr (GPtrArray) back = NULL, missing_back = NULL;

  for (guint i = 0; i < write->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (write->changes, i);
      gboolean there = g_hash_table_contains (write->written, change);

      side_steps_add_change (there ? written : missing, change->document, change->base);
    }
  switch (write->deed)
    {
    case UNDO:
      back = turn (written);
      missing_back = turn (missing);
      remember (self->done, write->words, missing_back);
      remember (self->undone, write->words, back);
      break;
    case REDO:
      remember (self->undone, write->words, missing);
      remember (self->done, write->words, written);
      break;
    case MAKE:
    default:
      if (written->len == 0)
        break;
      g_ptr_array_set_size (self->undone, 0);
      remember (self->done, write->words, written);
      self->made = side_steps_stamp ();
      break;
    }
}

typedef struct {
  GTask  *task;
  Change *change;   /* of the task's */
} Piece;

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autofree Piece *piece = data;
  g_autoptr (GTask) task = piece->task;
  SideSteps *self = g_task_get_source_object (task);
  Write *write = g_task_get_task_data (task);
  GError *error = NULL;

  if (side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    g_hash_table_add (write->written, piece->change);
  else if (write->error == NULL)
    write->error = error;
  else
    g_error_free (error);
  if (--write->left > 0)
    return;
  if (write->epoch == self->epoch)
    settle (self, write);
  if (write->error != NULL)
    g_task_return_error (task, g_steal_pointer (&write->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* All at once: the store writes in the order it was asked. Not cancellable:
 * leaving the call must not lose what was written. */
static void
start (SideSteps           *self,
       Deed                 deed,
       const char          *words,
       GPtrArray           *changes,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Write *write = g_new0 (Write, 1);

  g_task_set_source_tag (task, side_steps_write_async);
  write->deed = deed;
  write->epoch = self->epoch;
  write->words = g_strdup (words);
  write->changes = g_ptr_array_ref (changes);
  write->written = g_hash_table_new (NULL, NULL);
  write->left = changes->len;
  g_task_set_task_data (task, write, write_free);
  if (self->desk == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "the desk is gone");
      return;
    }
  if (changes->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      Piece *piece = g_new0 (Piece, 1);

      piece->task = g_object_ref (task);
      piece->change = g_ptr_array_index (changes, i);
      side_desk_put_document_async (self->desk, piece->change->document, piece->change->base, NULL, put_cb, piece);
    }
}

/**
 * side_steps_write_async:
 * @self: steps
 * @words: what the step does, in the words of the person: "note added"
 * @changes: (element-type Change): from side_steps_new_changes(); none of them
 *   is changed afterwards
 * @callback: called when all are on the disk; sending follows by itself
 * @user_data: its argument
 */
void
side_steps_write_async (SideSteps           *self,
                        const char          *words,
                        GPtrArray           *changes,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STEPS (self));
  start (self, MAKE, words, changes, callback, user_data);
}

/**
 * side_steps_write_finish:
 * @self: the steps
 * @result: what the callback was given
 * @error: (out): FULL, READ_ONLY..., CONFLICT: the first that was not written;
 *   others may be
 *
 * Returns: whether all is written
 */
gboolean
side_steps_write_finish (SideSteps     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_steps_write_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_steps_get_ends:
 * @self: steps
 * @ends: (out): what undoing and redoing would take
 */
void
side_steps_get_ends (SideSteps     *self,
                     SideStepsEnds *ends)
{
  g_return_if_fail (SIDE_IS_STEPS (self));

  ends->made = self->made;
  ends->done = self->done->len > 0 ? ((Step *) g_ptr_array_index (self->done, self->done->len - 1))->stamp : 0;
  ends->undone = self->undone->len > 0 ? ((Step *) g_ptr_array_index (self->undone, self->undone->len - 1))->stamp : 0;
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && !side_error_is_cancelled (error))
    g_signal_emit (source, failed_signal, 0, error);
}

static SideDocument *
now_changed (SideDesk     *desk,
             SideDocument *document)
{
  SideDocument *copy = side_document_copy (document);

  copy->changed_ms = side_desk_get_write_ms (desk);
  return copy;
}

/* Takes the newest of @from. */
static char *
move (SideSteps *self,
      GPtrArray *from,
      Deed       deed)
{
  g_autoptr (GPtrArray) changes = NULL;
  char *words;
  Step *step;

  if (from->len == 0 || self->desk == NULL)
    return NULL;
  step = g_ptr_array_steal_index (from, from->len - 1);
  changes = deed == UNDO ? turn (step->changes) : g_ptr_array_ref (step->changes);
  for (guint i = 0; i < changes->len; i++)
    {
      Change *change = g_ptr_array_index (changes, i);
      SideDocument *document = now_changed (self->desk, change->document);

      side_document_unref (change->document);
      change->document = document;
    }
  words = g_strdup (step->words);
  start (self, deed, words, changes, moved_cb, NULL);
  step_free (step);
  return words;
}

/**
 * side_steps_undo:
 * @self: steps
 *
 * Takes back the newest step. What goes wrong is told by "failed", and the step
 * can be taken back again.
 *
 * Returns: (transfer full) (nullable): what it was, %NULL when there is none
 */
char *
side_steps_undo (SideSteps *self)
{
  g_return_val_if_fail (SIDE_IS_STEPS (self), NULL);
  return move (self, self->done, UNDO);
}

/**
 * side_steps_redo:
 * @self: steps
 *
 * Makes the step again that was taken back last.
 *
 * Returns: (transfer full) (nullable): what it was, %NULL when there is none
 */
char *
side_steps_redo (SideSteps *self)
{
  g_return_val_if_fail (SIDE_IS_STEPS (self), NULL);
  return move (self, self->undone, REDO);
}
