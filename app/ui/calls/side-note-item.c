/* side-note-item.c - one note on a call, and one that is being written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SideCallNotes is a list of, and what an editor holds until it is
 * written. The vocabulary of tags is here too.
 */
#include "side-note-item.h"

#include <glib/gi18n.h>

#include "side-text.h"

#define MAX_DEPTH 64   /* of answers to answers */

static const SideNoteTag tags[] = {
  { "greeting", N_("Greeting"), "#26a269", "1" },
  { "need", N_("Finding the need"), "#1a5fb4", "2" },
  { "missed-need", N_("Missed need"), "#c88800", "3" },
  { "extra-sale", N_("Extra sale"), "#9141ac", "4" },
  { "dead-air", N_("Dead air"), "#e01b24", "5" },
  { "wrong", N_("Wrong information"), "#a51d2d", "6" },
  { "rude", N_("Rudeness"), "#d9690f", "7" },
  { "good", N_("Good example"), "#2ec27e", "8" },
  { "payment", N_("Payment"), "#1c8a99", NULL },
  { SIDE_NOTE_TAG_OTHER, N_("Note"), "#5e5c64", "9" },
};

struct _SideNoteItem
{
  GObject         parent_instance;
  SideAnnotation *annotation;
  SideDocument   *document;     /* as the store has it */
};

G_DEFINE_FINAL_TYPE (SideNoteItem, side_note_item, G_TYPE_OBJECT)

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
  side_document_unref (SIDE_NOTE_ITEM (object)->document);
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
 * side_note_item_new:
 * @document: as the store has it
 * @error: (out): INVALID when its body is not a note
 *
 * Returns: (transfer full) (nullable): the note
 */
SideNoteItem *
side_note_item_new (SideDocument  *document,
                    GError       **error)
{
  SideAnnotation *annotation = side_wire_annotation_from_json (document->body, -1, error);
  SideNoteItem *self;

  if (annotation == NULL)
    return NULL;
  self = g_object_new (SIDE_TYPE_NOTE_ITEM, NULL);
  self->annotation = annotation;
  self->document = side_document_ref (document);
  return self;
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

/**
 * side_note_item_get_document:
 * @self: an item
 *
 * Returns: (transfer none): the note as the store had it
 */
SideDocument *
side_note_item_get_document (SideNoteItem *self)
{
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), NULL);
  return self->document;
}

/**
 * side_note_item_get_parent:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): id of the note this one answers
 */
const char *
side_note_item_get_parent (SideNoteItem *self)
{
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), NULL);
  return self->annotation->parent;
}

/**
 * side_note_item_get_root:
 * @self: a note
 * @by_id: (element-type utf8 SideNoteItem): the notes there are
 *
 * Returns: (transfer none): the note at the head of its thread: what it
 *   answers, and what that answers; itself when it answers none that is there
 */
SideNoteItem *
side_note_item_get_root (SideNoteItem *self,
                         GHashTable   *by_id)
{
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), NULL);
  /* Bounded: a file of another program may hold answers to each other. */
  for (guint hops = 0; hops < MAX_DEPTH; hops++)
    {
      const char *parent = side_note_item_get_parent (self);
      SideNoteItem *above = parent != NULL ? g_hash_table_lookup (by_id, parent) : NULL;

      if (above == NULL)
        break;
      self = above;
    }
  return self;
}

/**
 * side_note_item_place:
 * @self: an item
 * @starts_ms: when the recording begins, ms since 1970 UTC; 0 if it is not known
 * @length_ms: its length; 0 if it is not known
 *
 * A note taken while the call was going on is put where it belongs.
 */
void
side_note_item_place (SideNoteItem *self,
                      gint64        starts_ms,
                      gint64        length_ms)
{
  SideAnnotation *note;

  g_return_if_fail (SIDE_IS_NOTE_ITEM (self));

  note = self->annotation;
  side_annotation_place (note, starts_ms, length_ms, &note->from_ms, &note->to_ms);
}

/**
 * side_note_item_differs:
 * @self: an item
 * @other: how somebody else has the same note
 *
 * Returns: whether the two tell different things
 */
gboolean
side_note_item_differs (SideNoteItem         *self,
                        const SideAnnotation *other)
{
  const SideAnnotation *note;

  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), FALSE);

  note = self->annotation;
  return note->from_ms != other->from_ms || note->to_ms != other->to_ms || g_strcmp0 (note->tag, other->tag) != 0
         || g_strcmp0 (note->text != NULL ? note->text : "", other->text != NULL ? other->text : "") != 0
         || g_strcmp0 (note->criterion, other->criterion) != 0 || g_strcmp0 (note->parent, other->parent) != 0;
}

/**
 * side_note_item_renew:
 * @self: a note that is shown
 * @now: the same note as it was read just now
 *
 * What changed may be only how the note is kept, its revision for one: then
 * @self is as good as @now, and next it is written over what the store has.
 *
 * Returns: whether @self tells all that @now does, and has its document from now on
 */
gboolean
side_note_item_renew (SideNoteItem *self,
                      SideNoteItem *now)
{
  const SideAnnotation *old, *new;

  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (self), FALSE);
  g_return_val_if_fail (SIDE_IS_NOTE_ITEM (now), FALSE);

  old = self->annotation;
  new = now->annotation;
  if (side_note_item_differs (self, new) || g_strcmp0 (old->author, new->author) != 0 || old->created_ms != new->created_ms
      || old->moment_ms != new->moment_ms)
    return FALSE;
  self->annotation->changed_ms = new->changed_ms;
  side_document_unref (self->document);
  self->document = side_document_ref (now->document);
  return TRUE;
}

static void
draft_clear (gpointer data)
{
  SideNoteDraft *draft = data;

  g_free (draft->id);
  g_free (draft->call);
  g_free (draft->project);
  g_clear_object (&draft->item);
  g_free (draft->parent);
  g_free (draft->tag);
  g_free (draft->text);
  g_free (draft->criterion);
}

/**
 * side_note_draft_new:
 * @project: the call's
 * @call: the call
 * @from_ms: position in the recording
 * @to_ms: end of the span, or @from_ms
 *
 * Returns: (transfer full): a new note, without words
 */
SideNoteDraft *
side_note_draft_new (const char *project,
                     const char *call,
                     gint64      from_ms,
                     gint64      to_ms)
{
  SideNoteDraft *draft = g_rc_box_new0 (SideNoteDraft);

  draft->id = side_id_new ();
  draft->project = g_strdup (project);
  draft->call = g_strdup (call);
  draft->from_ms = from_ms;
  draft->to_ms = MAX (from_ms, to_ms);
  return draft;
}

/**
 * side_note_draft_new_change:
 * @item: the note as it is in sight
 *
 * Returns: (transfer full): a draft with its tag, text and criterion
 */
SideNoteDraft *
side_note_draft_new_change (SideNoteItem *item)
{
  const SideAnnotation *note = item->annotation;
  SideNoteDraft *draft = side_note_draft_new (note->project, note->call, note->from_ms, note->to_ms);

  g_free (draft->id);
  draft->id = g_strdup (note->id);
  draft->item = g_object_ref (item);
  draft->parent = g_strdup (note->parent);
  draft->tag = g_strdup (note->tag);
  draft->text = g_strdup (note->text);
  draft->criterion = g_strdup (note->criterion);
  return draft;
}

/**
 * side_note_draft_new_answer:
 * @item: the note that is answered
 *
 * Returns: (transfer full): an answer, which stands where the note stands
 */
SideNoteDraft *
side_note_draft_new_answer (SideNoteItem *item)
{
  const SideAnnotation *note = item->annotation;
  SideNoteDraft *draft = side_note_draft_new (note->project, note->call, note->from_ms, note->to_ms);

  /* A thread has one level: who answers an answer answers the note. */
  draft->parent = g_strdup (note->parent != NULL ? note->parent : note->id);
  return draft;
}

/**
 * side_note_draft_ref:
 * @draft: a draft
 *
 * Returns: (transfer full): @draft
 */
SideNoteDraft *
side_note_draft_ref (SideNoteDraft *draft)
{
  return g_rc_box_acquire (draft);
}

/**
 * side_note_draft_unref:
 * @draft: a draft
 */
void
side_note_draft_unref (SideNoteDraft *draft)
{
  g_rc_box_release_full (draft, draft_clear);
}
