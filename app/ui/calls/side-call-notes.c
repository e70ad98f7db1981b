/* side-call-notes.c - the notes people made on one call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each change is written at once and the opposite of it is remembered, so
 * that it can be undone; the list follows what the store says it holds.
 */
#include "side-call-notes.h"

#include <glib/gi18n.h>

#include "side-text.h"

static const SideNoteTag tags[] = {
  { "greeting", N_("Greeting"), "#26a269" },
  { "need", N_("Finding the need"), "#1a5fb4" },
  { "missed-need", N_("Missed need"), "#c88800" },
  { "extra-sale", N_("Extra sale"), "#9141ac" },
  { "dead-air", N_("Dead air"), "#e01b24" },
  { "wrong", N_("Wrong information"), "#a51d2d" },
  { "rude", N_("Rudeness"), "#c01c28" },
  { "good", N_("Good example"), "#2ec27e" },
  { "other", N_("Note"), "#5e5c64" },
};

struct _SideNoteItem
{
  GObject         parent_instance;
  SideAnnotation *annotation;
};

G_DEFINE_FINAL_TYPE (SideNoteItem, side_note_item, G_TYPE_OBJECT)

struct _SideCallNotes
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  char         *call;
  char         *project;
  GPtrArray    *items;        /* of SideNoteItem, by time */
  GPtrArray    *undo;         /* of SideDocument: what to write to go back a step */
  gulong        changed_id;
};

static void side_call_notes_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideCallNotes, side_call_notes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, side_call_notes_model_init))

enum { SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * side_note_tags:
 * @n_tags: (out): how many
 *
 * Returns: (transfer none) (array length=n_tags): the vocabulary; the labels
 *   are to be translated with _()
 */
const SideNoteTag *
side_note_tags (gsize *n_tags)
{
  *n_tags = G_N_ELEMENTS (tags);
  return tags;
}

/**
 * side_note_tag_find:
 * @id: (nullable): a stored tag
 *
 * Returns: (transfer none): its entry; the last one for a word we do not know
 */
const SideNoteTag *
side_note_tag_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_strcmp0 (tags[i].id, id) == 0)
      return &tags[i];
  return &tags[G_N_ELEMENTS (tags) - 1];
}

/**
 * side_note_tag_rgba:
 * @id: (nullable): a stored tag
 *
 * Returns: its colour
 */
GdkRGBA
side_note_tag_rgba (const char *id)
{
  GdkRGBA rgba = { 0 };

  gdk_rgba_parse (&rgba, side_note_tag_find (id)->colour);
  return rgba;
}

static void
side_note_item_finalize (GObject *object)
{
  side_annotation_unref (SIDE_NOTE_ITEM (object)->annotation);
  G_OBJECT_CLASS (side_note_item_parent_class)->finalize (object);
}

static void
side_note_item_class_init (SideNoteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_note_item_finalize;
}

static void
side_note_item_init (SideNoteItem *self)
{
}

/**
 * side_note_item_get_annotation:
 * @self: an item
 *
 * Returns: (transfer none): the note
 */
SideAnnotation *
side_note_item_get_annotation (SideNoteItem *self)
{
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), NULL);
  return self->annotation;
}

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
  g_ptr_array_unref (self->undo);
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
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  self->cancellable = g_cancellable_new ();
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const SideAnnotation *x = (*(SideNoteItem *const *) a)->annotation;
  const SideAnnotation *y = (*(SideNoteItem *const *) b)->annotation;

  if (x->from_ms != y->from_ms)
    return x->from_ms < y->from_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* A handful of notes: the list is replaced as a whole, but only when it has
 * come from the store, so that rows keep still while nothing changes. */
static void
take_documents (SideCallNotes *self,
                GPtrArray     *documents)
{
  guint removed = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (GError) error = NULL;
      SideAnnotation *annotation;
      SideNoteItem *item;

      if (document->deleted || document->body == NULL)
        continue;
      annotation = side_wire_annotation_from_json (document->body, -1, &error);
      if (annotation == NULL)
        {
          g_debug ("note %s is not understood: %s", document->id, error->message);
          continue;
        }
      item = g_object_new (SIDE_TYPE_NOTE_ITEM, NULL);
      item->annotation = annotation;
      g_ptr_array_add (self->items, item);
    }
  g_ptr_array_sort (self->items, compare_items);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->items->len);
}

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
  if (documents == NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  else
    take_documents (self, documents);
}

static void
load (SideCallNotes *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store == NULL || self->call == NULL)
    return;
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
  if (store != NULL)
    self->changed_id = g_signal_connect_swapped (store, "documents-changed",
                                                 G_CALLBACK (documents_changed_cb), self);
  return self;
}

/**
 * side_call_notes_set_call:
 * @self: a list
 * @call: (nullable): the call whose notes are to be shown
 */
void
side_call_notes_set_call (SideCallNotes  *self,
                          const SideCall *call)
{
  guint removed = self->items->len;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));

  if (call != NULL && g_strcmp0 (self->call, call->id) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->call);
  g_free (self->project);
  self->call = call != NULL ? g_strdup (call->id) : NULL;
  self->project = call != NULL ? g_strdup (call->project) : NULL;
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->items, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
  load (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCallNotes) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error) && !side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Not cancellable: leaving the call must not lose what was written. */
static void
write_document (SideCallNotes *self,
                SideDocument  *document)
{
  side_desk_put_document_async (self->desk, document, NULL, written_cb, g_object_ref (self));
}

static SideDocument *
document_for (SideCallNotes        *self,
              const SideAnnotation *annotation,
              gboolean              deleted)
{
  SideDocument *document = side_wire_document_for_annotation (annotation);

  if (deleted)
    {
      document->deleted = TRUE;
      g_clear_pointer (&document->body, g_free);
    }
  return document;
}

static const SideAnnotation *
find (SideCallNotes *self,
      const char    *id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const SideNoteItem *item = g_ptr_array_index (self->items, i);
      if (g_strcmp0 (item->annotation->id, id) == 0)
        return item->annotation;
    }
  return NULL;
}

/**
 * side_call_notes_add:
 * @self: a list with a call
 * @from_ms: position in the recording
 * @to_ms: end of the span, or @from_ms
 * @tag: (nullable): a word of the vocabulary
 * @text: (nullable): what is to be said
 */
void
side_call_notes_add (SideCallNotes *self,
                     gint64         from_ms,
                     gint64         to_ms,
                     const char    *tag,
                     const char    *text)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) note = NULL;
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));
  g_return_if_fail (self->call != NULL);

  note = side_annotation_new (id, self->project, self->call, from_ms, MAX (from_ms, to_ms));
  note->tag = g_strdup (tag);
  note->text = g_strdup (text != NULL ? text : "");
  note->author = g_strdup (side_desk_get_user (self->desk));
  note->created_ms = note->changed_ms = side_desk_get_now_ms (self->desk);
  document = document_for (self, note, FALSE);
  g_ptr_array_add (self->undo, document_for (self, note, TRUE));
  write_document (self, document);
}

/**
 * side_call_notes_change:
 * @self: a list
 * @id: the note
 * @tag: (nullable): its new tag
 * @text: (nullable): its new text
 */
void
side_call_notes_change (SideCallNotes *self,
                        const char    *id,
                        const char    *tag,
                        const char    *text)
{
  const SideAnnotation *old = find (self, id);
  g_autoptr (SideAnnotation) note = NULL;
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));

  if (old == NULL || (g_strcmp0 (old->tag, tag) == 0 && g_strcmp0 (old->text, text) == 0))
    return;
  g_ptr_array_add (self->undo, document_for (self, old, FALSE));
  note = side_annotation_copy (old);
  g_free (note->tag);
  note->tag = g_strdup (tag);
  g_free (note->text);
  note->text = g_strdup (text != NULL ? text : "");
  note->changed_ms = side_desk_get_now_ms (self->desk);
  document = document_for (self, note, FALSE);
  write_document (self, document);
}

/**
 * side_call_notes_remove:
 * @self: a list
 * @id: the note
 */
void
side_call_notes_remove (SideCallNotes *self,
                        const char    *id)
{
  const SideAnnotation *old = find (self, id);
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));

  if (old == NULL)
    return;
  g_ptr_array_add (self->undo, document_for (self, old, FALSE));
  document = document_for (self, old, TRUE);
  write_document (self, document);
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
  g_autoptr (SideDocument) document = NULL;

  g_return_val_if_fail (SIDE_IS_CALL_NOTES (self), FALSE);

  if (self->undo->len == 0)
    return FALSE;
  document = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  document->changed_ms = side_desk_get_now_ms (self->desk);
  write_document (self, document);
  return TRUE;
}
