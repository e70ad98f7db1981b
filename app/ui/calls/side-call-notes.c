/* side-call-notes.c - the notes people made on one call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each change is written at once, as a step that can be taken back; the list
 * follows what the store says it holds. Each
 * names the version that was in sight, so that one which somebody else wrote
 * meanwhile is not overwritten.
 */
#include "side-call-notes.h"

#include <glib/gi18n.h>

#include "side-note-items.h"
#include "side-text.h"

struct _SideCallNotes
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  char         *call;
  char         *project;
  gint64        starts_ms;    /* when the recording begins; 0 while that is not known */
  gint64        length_ms;    /* of the recording; 0 while that is not known */
  GPtrArray    *items;        /* of SideNoteItem, by time */
  SideSteps    *steps;        /* what was written on this call */
  gboolean      reading;
  gboolean      stale;        /* to be read once more when that is done */
  gulong        changed_id;
};

static void side_call_notes_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideCallNotes, side_call_notes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, side_call_notes_model_init))

enum { SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
side_call_notes_get_item_type (GListModel *model)
{
  return SIDE_TYPE_NOTE_ITEM;
}

static guint
side_call_notes_get_n_items (GListModel *model)
{
  return SIDE_CALL_NOTES (model)->items->len;
}

static gpointer
side_call_notes_get_item (GListModel *model,
                          guint       position)
{
  SideCallNotes *self = SIDE_CALL_NOTES (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
side_call_notes_model_init (GListModelInterface *iface)
{
  iface->get_item_type = side_call_notes_get_item_type;
  iface->get_n_items = side_call_notes_get_n_items;
  iface->get_item = side_call_notes_get_item;
}

static void
side_call_notes_dispose (GObject *object)
{
  SideCallNotes *self = SIDE_CALL_NOTES (object);
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  g_cancellable_cancel (self->cancellable);
  if (store != NULL)
    g_clear_signal_handler (&self->changed_id, store);
  g_clear_object (&self->steps);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_call_notes_parent_class)->dispose (object);
}

static void
side_call_notes_finalize (GObject *object)
{
  SideCallNotes *self = SIDE_CALL_NOTES (object);

  g_clear_object (&self->cancellable);
  g_free (self->call);
  g_free (self->project);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (side_call_notes_parent_class)->finalize (object);
}

static void
side_call_notes_class_init (SideCallNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = side_call_notes_dispose;
  object_class->finalize = side_call_notes_finalize;
  signals[SIGNAL_FAILED] = g_signal_new ("failed", SIDE_TYPE_CALL_NOTES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_call_notes_init (SideCallNotes *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/* What tells the same as before stays what it is, so that rows keep still. */
static void
take_documents (SideCallNotes *self,
                GPtrArray     *documents)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  SideNotesChange change;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (GError) error = NULL;
      SideNoteItem *item;

      if (document->deleted || document->body == NULL)
        continue;
      item = side_note_item_new (document, &error);
      if (item == NULL)
        {
          g_debug ("note %s is not understood: %s", document->id, error->message);
          continue;
        }
      side_note_item_place (item, self->starts_ms, self->length_ms);
      g_ptr_array_add (self->items, item);
    }
  side_note_items_sort (self->items);
  change = side_note_items_keep (self->items, old);
  if (change.removed > 0 || change.added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), change.at, change.removed, change.added);
}

static void load (SideCallNotes *self);

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCallNotes) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  self->reading = FALSE;
  if (self->stale)
    load (self);   /* of many that were written at once only the last reading is shown */
  else if (documents == NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  else
    take_documents (self, documents);
}

static void
load (SideCallNotes *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  self->stale = self->reading;
  if (store == NULL || self->call == NULL || self->reading)
    return;
  self->reading = TRUE;
  side_store_list_documents_async (store, "annotation", self->project, self->call, self->cancellable,
                                   listed_cb, g_object_ref (self));
}

static void
documents_changed_cb (SideCallNotes *self,
                      const char    *kind,
                      const char    *id,
                      const char    *call)
{
  if (g_str_equal (kind, "annotation") && g_strcmp0 (call, self->call) == 0)
    load (self);
}

static void
steps_failed_cb (SideCallNotes *self,
                 const GError  *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/**
 * side_call_notes_new:
 * @desk: whose store holds the notes
 *
 * Returns: (transfer full): an empty list
 */
SideCallNotes *
side_call_notes_new (SideDesk *desk)
{
  SideCallNotes *self = g_object_new (SIDE_TYPE_CALL_NOTES, NULL);
  SideStore *store = side_desk_get_store (desk);

  self->desk = g_object_ref (desk);
  self->steps = side_steps_new (desk);
  g_signal_connect_object (self->steps, "failed", G_CALLBACK (steps_failed_cb), self, G_CONNECT_SWAPPED);
  if (store != NULL)
    self->changed_id = g_signal_connect_swapped (store, "documents-changed",
                                                 G_CALLBACK (documents_changed_cb), self);
  return self;
}

/* The recording came while its call is open: notes taken live find their place. */
static void
set_recording (SideCallNotes  *self,
               const SideCall *call)
{
  gint64 starts_ms = side_call_get_recording_start_ms (call);

  if (starts_ms == self->starts_ms && call->recording_ms == self->length_ms)
    return;
  self->starts_ms = starts_ms;
  self->length_ms = call->recording_ms;
  load (self);
}

/**
 * side_call_notes_set_call:
 * @self: a list
 * @call: (nullable): the call whose notes are to be shown; the same again when
 *   its recording came
 */
void
side_call_notes_set_call (SideCallNotes  *self,
                          const SideCall *call)
{
  guint removed = self->items->len;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));

  if (call != NULL && g_strcmp0 (self->call, call->id) == 0)
    {
      set_recording (self, call);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->call);
  g_free (self->project);
  self->call = call != NULL ? g_strdup (call->id) : NULL;
  self->project = call != NULL ? g_strdup (call->project) : NULL;
  self->starts_ms = call != NULL ? side_call_get_recording_start_ms (call) : 0;
  self->length_ms = call != NULL ? call->recording_ms : 0;
  self->reading = FALSE;
  side_steps_forget (self->steps);
  g_ptr_array_set_size (self->items, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
  load (self);
}

/**
 * side_call_notes_get_call:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): id of the call whose notes they are
 */
const char *
side_call_notes_get_call (SideCallNotes *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);
  return self->call;
}

/**
 * side_call_notes_find:
 * @self: a list
 * @id: id of a note
 *
 * Returns: (transfer none) (nullable): the note as it is now
 */
SideNoteItem *
side_call_notes_find (SideCallNotes *self,
                      const char    *id)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      SideNoteItem *item = g_ptr_array_index (self->items, i);

      if (g_strcmp0 (side_note_item_get_annotation (item)->id, id) == 0)
        return item;
    }
  return NULL;
}

/**
 * side_call_notes_begin:
 * @self: a list with a call
 * @from_ms: position in the recording
 * @to_ms: end of the span, or @from_ms
 *
 * Returns: (transfer full): a note that is not written yet
 */
SideNoteDraft *
side_call_notes_begin (SideCallNotes *self,
                       gint64         from_ms,
                       gint64         to_ms)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);
  g_return_val_if_fail (self->call != NULL, NULL);
  return side_note_draft_new (self->project, self->call, from_ms, to_ms);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (side_steps_write_finish (SIDE_STEPS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Writes @document over @base as one step, which @words name. */
static void
write_document (SideCallNotes       *self,
                const char          *words,
                SideDocument        *document,
                SideDocument        *base,
                gpointer             tag,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideSteps) apart = NULL;

  g_task_set_source_tag (task, tag);
  side_steps_add_change (changes, document, base);
  /* A note of a call that was left meanwhile is no step of this one. */
  if (g_strcmp0 (document->call, self->call) != 0)
    apart = side_steps_new (self->desk);
  side_steps_write_async (apart != NULL ? apart : self->steps, words, changes, written_cb, task);
}

static SideDocument *
deletion_of (const SideDocument *document)
{
  SideDocument *deletion = side_document_copy (document);

  deletion->deleted = TRUE;
  g_clear_pointer (&deletion->body, g_free);
  return deletion;
}

/**
 * side_call_notes_may_write:
 * @self: a list
 *
 * Returns: whether the server takes notes from this person
 */
gboolean
side_call_notes_may_write (SideCallNotes *self)
{
  SideSession *session;

  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), FALSE);
  session = side_desk_get_session (self->desk);
  return session != NULL && side_session_can (session, "documents");
}

/**
 * side_call_notes_is_mine:
 * @self: a list
 * @item: one of its notes
 *
 * Returns: whether this person wrote it
 */
gboolean
side_call_notes_is_mine (SideCallNotes *self,
                         SideNoteItem  *item)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), FALSE);
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (item), FALSE);
  return g_strcmp0 (side_note_item_get_annotation (item)->author, side_desk_get_user (self->desk)) == 0;
}

/**
 * side_call_notes_may_change:
 * @self: a list
 * @item: one of its notes
 *
 * What somebody wrote is theirs: others answer it. Supervisors may do both.
 * What the server marked, of what was done to the call, stays as it is.
 *
 * Returns: whether this person may change and remove it
 */
gboolean
side_call_notes_may_change (SideCallNotes *self,
                            SideNoteItem  *item)
{
  return side_call_notes_may_write (self)
         && g_strcmp0 (side_note_item_get_annotation (item)->tag, SIDE_NOTE_TAG_ACTION) != 0
         && (side_desk_get_role (self->desk) == SIDE_ROLE_SUPERVISOR || side_call_notes_is_mine (self, item));
}

static SideDocument *
document_of_draft (SideCallNotes       *self,
                   const SideNoteDraft *draft)
{
  g_autoptr (SideAnnotation) note = NULL;

  if (draft->item != NULL)
    note = side_annotation_copy (side_note_item_get_annotation (draft->item));
  else
    note = side_annotation_new (draft->id, draft->project, draft->call, draft->from_ms, draft->to_ms);
  g_free (note->tag);
  note->tag = g_strdup (draft->tag);
  g_free (note->text);
  note->text = g_strdup (draft->text != NULL ? draft->text : "");
  g_free (note->criterion);
  note->criterion = g_strdup (draft->criterion);
  note->changed_ms = side_desk_get_write_ms (self->desk);
  if (draft->item == NULL)
    {
      note->parent = g_strdup (draft->parent);
      note->author = g_strdup (side_desk_get_user (self->desk));
      note->created_ms = note->changed_ms;
      note->moment_ms = draft->moment_ms;
    }
  return side_wire_document_for_annotation (note);
}

static gboolean
says_the_same (const SideNoteDraft *draft)
{
  const SideAnnotation *old = draft->item != NULL ? side_note_item_get_annotation (draft->item) : NULL;

  return old != NULL && g_strcmp0 (old->tag, draft->tag) == 0 && g_strcmp0 (old->text, draft->text) == 0
         && g_strcmp0 (old->criterion, draft->criterion) == 0;
}

/**
 * side_call_notes_write_async:
 * @self: a list, of the draft's call or, meanwhile, another one's
 * @draft: the note to be written
 * @callback: called when it is on the disk; sending follows by itself
 * @user_data: its argument
 */
void
side_call_notes_write_async (SideCallNotes       *self,
                             const SideNoteDraft *draft,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideDocument) base = NULL;
  g_autoptr (GTask) task = NULL;
  gboolean allowed;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));
  g_return_if_fail (draft != NULL);

  allowed = draft->item != NULL ? side_call_notes_may_change (self, draft->item) : side_call_notes_may_write (self);
  if (!allowed || says_the_same (draft))
    {
      task = g_task_new (self, NULL, callback, user_data);
      g_task_set_source_tag (task, side_call_notes_write_async);
      if (allowed)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "the note is not this person's to write");
      return;
    }
  document = document_of_draft (self, draft);
  base = draft->item != NULL ? side_document_ref (side_note_item_get_document (draft->item)) : deletion_of (document);
  write_document (self, draft->item != NULL ? _("note changed") : draft->parent != NULL ? _("answer added") : _("note added"),
                  document, base, side_call_notes_write_async, callback, user_data);
}

/**
 * side_call_notes_write_finish:
 * @self: the list
 * @result: what the callback was given
 * @error: (out): FULL, READ_ONLY..., FORBIDDEN; CONFLICT when the note was
 *   changed here since the draft was begun
 *
 * Returns: whether it is written
 */
gboolean
side_call_notes_write_finish (SideCallNotes  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_call_notes_write_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_call_notes_remove_async:
 * @self: a list
 * @item: the note as it was in sight
 * @callback: called when it is gone
 * @user_data: its argument
 */
void
side_call_notes_remove_async (SideCallNotes       *self,
                              SideNoteItem        *item,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  SideDocument *base;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));
  g_return_if_fail (SIDE_IS_NOTE_ITEM (item));

  base = side_note_item_get_document (item);
  document = deletion_of (base);
  document->changed_ms = side_desk_get_write_ms (self->desk);
  if (side_call_notes_may_change (self, item))
    {
      write_document (self, side_note_item_get_parent (item) != NULL ? _("answer removed") : _("note removed"), document, base,
                      side_call_notes_remove_async, callback, user_data);
      return;
    }
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_call_notes_remove_async);
  g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "the note is not this person's to remove");
}

/**
 * side_call_notes_remove_finish:
 * @self: the list
 * @result: what the callback was given
 * @error: (out): as side_call_notes_write_finish()
 *
 * Returns: whether it is gone
 */
gboolean
side_call_notes_remove_finish (SideCallNotes  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_call_notes_remove_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What could not be moved is shown where it still is. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideCallNotes) self = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) || side_error_is_cancelled (error))
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->items->len, self->items->len);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/**
 * side_call_notes_move:
 * @self: a list
 * @id: id of one of its notes
 * @from_ms: where it is to begin, in ms of the recording
 * @to_ms: where it is to end, not before @from_ms
 *
 * Can be undone as any other change. What goes wrong is told by "failed".
 */
void
side_call_notes_move (SideCallNotes *self,
                      const char    *id,
                      gint64         from_ms,
                      gint64         to_ms)
{
  SideNoteItem *item;
  g_autoptr (SideAnnotation) note = NULL;
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));
  g_return_if_fail (from_ms >= 0 && to_ms >= from_ms);

  item = side_call_notes_find (self, id);
  if (item == NULL || !side_call_notes_may_change (self, item))
    return;
  note = side_annotation_copy (side_note_item_get_annotation (item));
  note->from_ms = from_ms;
  note->to_ms = to_ms;
  note->moment_ms = 0;   /* from now on it is where somebody put it */
  note->changed_ms = side_desk_get_write_ms (self->desk);
  document = side_wire_document_for_annotation (note);
  write_document (self, _("note moved"), document, side_note_item_get_document (item), side_call_notes_move, moved_cb,
                  g_object_ref (self));
}

/**
 * side_call_notes_undo:
 * @self: a list
 *
 * Takes back the newest step made on this call since it was opened.
 *
 * Returns: whether there was one
 */
gboolean
side_call_notes_undo (SideCallNotes *self)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), FALSE);
  words = side_steps_undo (self->steps);
  return words != NULL;
}

/**
 * side_call_notes_get_steps:
 * @self: a list
 *
 * Returns: (transfer none): what was written on this call since it was opened
 */
SideSteps *
side_call_notes_get_steps (SideCallNotes *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);
  return self->steps;
}

/**
 * side_call_notes_get_desk:
 * @self: a list
 *
 * Returns: (transfer none): whose notes they are
 */
SideDesk *
side_call_notes_get_desk (SideCallNotes *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);
  return self->desk;
}

/**
 * side_call_notes_get_tags:
 * @self: a list
 *
 * Returns: (transfer none): the vocabulary the notes are written with
 */
SideTags *
side_call_notes_get_tags (SideCallNotes *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), NULL);
  return side_tags_get (self->desk);
}
