/* side-note-editor.c - where a note is written: tag, text, Enter
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One editor serves new notes, answers and changes. It closes when the note is
 * on the disk and not before. Whatever takes its place or its call away saves
 * first what was typed; a note of a call that was left is tried again by
 * itself, and is in the editor again when its call is.
 */
#include "side-note-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-format.h"
#include "side-text.h"
#include "side-word-chooser.h"
#include "side-wrapping.h"

struct _SideNoteEditor
{
  GtkWidget      parent_instance;
  GtkWidget     *revealer;
  GtkWidget     *where;
  GtkWidget     *tag;          /* SideWordChooser */
  GtkWidget     *criterion;    /* SideWordChooser: which question of the script it is evidence for */
  GtkWidget     *evidence;     /* the line it stands in */
  GtkWidget     *entry;
  GtkWidget     *save;
  GtkWidget     *problem;
  SideCallNotes *notes;
  SideScript    *script;       /* (nullable): of the call */
  SideNoteDraft *draft;        /* (nullable): what the editor shows */
  SideNoteDraft *next;         /* (nullable): to be opened once that is written */
  GPtrArray     *kept;         /* of SideNoteDraft: of calls that were left, not written yet */
  guint          retry_id;
};

typedef struct {
  SideNoteEditor *editor;
  SideNoteDraft  *draft;
} Write;

G_DEFINE_FINAL_TYPE (SideNoteEditor, side_note_editor, GTK_TYPE_WIDGET)

enum { SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_draft (SideNoteEditor *self, SideNoteDraft *draft);

static const char *
chosen_tag (SideNoteEditor *self)
{
  if (self->draft->parent != NULL)
    return self->draft->tag;
  return side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag));
}

/* What is not offered, because the script is another by now, stays as it was. */
static const char *
chosen_criterion (SideNoteEditor *self)
{
  if (!gtk_widget_get_visible (self->evidence))
    return self->draft->criterion;
  return side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->criterion));
}

static const char *
tag_of (const SideNoteDraft *draft)
{
  return draft->tag != NULL ? draft->tag : SIDE_NOTE_TAG_OTHER;
}

/* A note without words says something by its tag; one that nobody touched does not. */
static gboolean
is_changed (SideNoteEditor *self)
{
  const SideNoteDraft *draft = self->draft;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (draft == NULL)
    return FALSE;
  return draft->unsaved || g_strcmp0 (text, draft->text != NULL ? draft->text : "") != 0
         || (draft->parent == NULL && g_strcmp0 (chosen_tag (self), tag_of (draft)) != 0)
         || g_strcmp0 (chosen_criterion (self), draft->criterion) != 0;
}

static void
take_words (SideNoteEditor *self)
{
  g_autofree char *tag = g_strdup (chosen_tag (self));
  g_autofree char *criterion = g_strdup (chosen_criterion (self));

  g_free (self->draft->text);
  self->draft->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_free (self->draft->tag);
  self->draft->tag = g_steal_pointer (&tag);
  g_free (self->draft->criterion);
  self->draft->criterion = g_steal_pointer (&criterion);
}

static void
show_writing (SideNoteEditor *self)
{
  gboolean writing = self->draft != NULL && self->draft->writing;

  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !writing);
  gtk_widget_set_sensitive (self->tag, !writing);
  gtk_widget_set_sensitive (self->criterion, !writing);
  gtk_widget_set_sensitive (self->save, !writing);
}

static void
set_problem (SideNoteEditor *self,
             const char     *words)
{
  side_label_say (self->problem, words);
}

static void
close_editor (SideNoteEditor *self)
{
  g_clear_pointer (&self->draft, side_note_draft_unref);
  show_writing (self);
  set_problem (self, NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
close_or_go_on (SideNoteEditor *self)
{
  SideNoteDraft *next = g_steal_pointer (&self->next);

  close_editor (self);
  if (next != NULL)
    show_draft (self, next);
}

/* ---- writing ---- */

static void write_draft (SideNoteEditor *self, SideNoteDraft *draft);

static void
write_kept (SideNoteEditor *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    write_draft (self, g_ptr_array_index (self->kept, i));
}

static gboolean
retry_cb (gpointer data)
{
  SideNoteEditor *self = data;

  self->retry_id = 0;
  write_kept (self);
  return G_SOURCE_REMOVE;
}

static void
keep (SideNoteEditor *self,
      SideNoteDraft  *draft,
      const char     *reason)
{
  gboolean known = g_ptr_array_find (self->kept, draft, NULL);
  g_autofree char *words = NULL;

  if (!known)
    {
      g_ptr_array_add (self->kept, side_note_draft_ref (draft));
      if (g_strcmp0 (draft->call, side_call_notes_get_call (self->notes)) == 0)
        /* Translators: %s is a sentence that says why */
        words = g_strdup_printf (_("The note is not saved yet. %s It is tried again by itself."), reason);
      else
        /* Translators: %s is a sentence that says why */
        words = g_strdup_printf (_("A note on another call is not saved yet. %s It is tried again by itself."), reason);
      g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
    }
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (SIDE_NOTE_RETRY_S, retry_cb, self);
}

/* Written here by the same person meanwhile: the next try is over what there is now. */
static void
rebase (SideNoteEditor *self,
        SideNoteDraft  *draft,
        const GError   *error)
{
  SideNoteItem *now = draft->item != NULL ? side_call_notes_find (self->notes, draft->id) : NULL;

  if (now != NULL && g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    g_set_object (&draft->item, now);
}

static void
not_written (SideNoteEditor *self,
             SideNoteDraft  *draft,
             const GError   *error)
{
  g_autofree char *reason = side_format_error (error);
  g_autofree char *words = NULL;

  draft->unsaved = TRUE;
  rebase (self, draft, error);
  if (draft != self->draft)
    {
      keep (self, draft, reason);
      return;
    }
  g_clear_pointer (&self->next, side_note_draft_unref);
  show_writing (self);
  /* Translators: %s is a sentence that says why */
  words = g_strdup_printf (_("The note is not saved yet. %s When that is mended, press Save again."), reason);
  set_problem (self, words);
  /* Not selected: the next key must not replace what could not be saved. */
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Write *write = data;
  g_autoptr (SideNoteEditor) self = write->editor;
  g_autoptr (SideNoteDraft) draft = write->draft;
  g_autoptr (GError) error = NULL;
  gboolean ok = side_call_notes_write_finish (SIDE_CALL_NOTES (source), result, &error);

  draft->writing = FALSE;
  if (self->notes == NULL)
    return;   /* the editor is gone */
  if (!ok)
    {
      not_written (self, draft, error);
      return;
    }
  draft->unsaved = FALSE;
  g_ptr_array_remove (self->kept, draft);
  if (draft == self->draft)
    close_or_go_on (self);
}

static void
write_draft (SideNoteEditor *self,
             SideNoteDraft  *draft)
{
  Write *write;

  if (draft->writing)
    return;
  draft->writing = TRUE;
  write = g_new0 (Write, 1);
  write->editor = g_object_ref (self);
  write->draft = side_note_draft_ref (draft);
  side_call_notes_write_async (self->notes, draft, written_cb, write);
}

static void
save_cb (SideNoteEditor *self)
{
  if (self->draft == NULL || self->draft->writing)
    return;
  take_words (self);
  write_draft (self, self->draft);
  show_writing (self);
}

static void
cancel_cb (SideNoteEditor *self)
{
  if (self->draft != NULL && !self->draft->writing)
    close_editor (self);
}

static gboolean
key_cb (SideNoteEditor *self,
        guint           keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  cancel_cb (self);
  return GDK_EVENT_STOP;
}

/* ---- life ---- */

static void
side_note_editor_dispose (GObject *object)
{
  SideNoteEditor *self = SIDE_NOTE_EDITOR (object);

  if (self->notes != NULL)
    {
      side_note_editor_leave (self);
      write_kept (self);
    }
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (side_note_editor_parent_class)->dispose (object);
}

static void
side_note_editor_finalize (GObject *object)
{
  SideNoteEditor *self = SIDE_NOTE_EDITOR (object);

  g_clear_pointer (&self->draft, side_note_draft_unref);
  g_clear_pointer (&self->next, side_note_draft_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_ptr_array_unref (self->kept);
  G_OBJECT_CLASS (side_note_editor_parent_class)->finalize (object);
}

static void
side_note_editor_class_init (SideNoteEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_note_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_note_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", SIDE_TYPE_NOTE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* The vocabulary, and what the draft has besides: a retired or unknown word. */
static void
offer_tags (SideNoteEditor *self)
{
  SideTags *tags = side_call_notes_get_tags (self->notes);
  GPtrArray *list = side_tags_list (tags);
  g_autofree SideWord *words = g_new0 (SideWord, list->len + 1);
  const char *wanted = self->draft != NULL ? tag_of (self->draft) : NULL;
  gboolean there = wanted == NULL;
  gsize n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const SideTag *tag = g_ptr_array_index (list, i);
      gboolean is_wanted = g_strcmp0 (tag->word, wanted) == 0;

      if (tag->retired && !is_wanted)
        continue;
      there = there || is_wanted;
      words[n++] = (SideWord) { tag->word, tag->label != NULL ? tag->label : tag->word, tag->colour };
    }
  if (!there)
    words[n++] = (SideWord) { wanted, side_tags_label (tags, wanted), NULL };
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->tag), words, n);
}

static void
offer_criteria (SideNoteEditor *self)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (SideWord));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  SideWord word = { NULL, _("No question of the script"), NULL };

  g_array_append_val (words, word);
  for (guint i = 0; self->script != NULL && i < self->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);

          word = (SideWord) { criterion->id, criterion->text, NULL };
          g_array_append_val (words, word);
        }
    }
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->criterion), (const SideWord *) (gconstpointer) words->data, words->len);
}

/* An answer is about the note and not about the call. */
static void
show_evidence (SideNoteEditor *self)
{
  gboolean known = self->script != NULL && self->draft != NULL && self->draft->parent == NULL
                   && (self->draft->criterion == NULL || side_script_find_criterion (self->script, self->draft->criterion) != NULL);

  gtk_widget_set_visible (self->evidence, known);
}

static void
make_parts (SideNoteEditor *self)
{
  self->where = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->where, "numeric");
  gtk_widget_add_css_class (self->where, "dim-label");
  self->tag = side_word_chooser_new (_("Tag"), 0);
  self->criterion = side_word_chooser_new (_("Question of the script it shows"), 40);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("What is to be said"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the note"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_evidence (SideNoteEditor *self)
{
  /* Translators: before a question of the scoring form: "Shows: Names the shop" */
  GtkWidget *label = gtk_label_new (_("Shows:"));

  self->evidence = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->evidence), label);
  gtk_box_append (GTK_BOX (self->evidence), self->criterion);
  gtk_widget_set_visible (self->evidence, FALSE);
  return self->evidence;
}

static void
side_note_editor_init (SideNoteEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *about = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) side_note_draft_unref);
  make_parts (self);
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_set_tooltip_text (cancel, _("Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cancel"), -1);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (box, keys);
  gtk_box_append (GTK_BOX (about), self->where);
  gtk_box_append (GTK_BOX (about), self->tag);
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_box_append (GTK_BOX (about), cancel);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->save);
  gtk_box_append (GTK_BOX (box), about);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), make_evidence (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_widget_set_margin_bottom (box, 8);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

/**
 * side_note_editor_new:
 *
 * Returns: an editor that is closed
 */
GtkWidget *
side_note_editor_new (void)
{
  return g_object_new (SIDE_TYPE_NOTE_EDITOR, NULL);
}

/**
 * side_note_editor_set_notes:
 * @self: an editor, once
 * @notes: where it writes to
 */
void
side_note_editor_set_notes (SideNoteEditor *self,
                            SideCallNotes  *notes)
{
  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));
  g_return_if_fail (self->notes == NULL);

  self->notes = g_object_ref (notes);
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (offer_tags), self, G_CONNECT_SWAPPED);
  offer_tags (self);
  offer_criteria (self);
}

/**
 * side_note_editor_set_script:
 * @self: an editor with notes
 * @script: (nullable): whose questions a note may be evidence for
 */
void
side_note_editor_set_script (SideNoteEditor   *self,
                             const SideScript *script)
{
  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));

  if (script == self->script)
    return;
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script != NULL ? side_script_ref ((SideScript *) script) : NULL;
  offer_criteria (self);
  show_evidence (self);
}

/* What is longer than may be typed came from elsewhere, and looking at it does not cut it. */
static void
set_text (SideNoteEditor *self,
          const char     *text)
{
  glong length = MAX (SIDE_NOTE_TEXT_MAX, g_utf8_strlen (text, -1));

  gtk_entry_set_max_length (GTK_ENTRY (self->entry), length <= G_MAXUINT16 ? (int) length : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/* Takes @draft. */
static void
show_draft (SideNoteEditor *self,
            SideNoteDraft  *draft)
{
  g_autofree char *from = side_text_duration (draft->from_ms);
  g_autofree char *to = side_text_duration (draft->to_ms);
  g_autofree char *where = draft->to_ms > draft->from_ms ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);

  self->draft = draft;
  gtk_label_set_label (GTK_LABEL (self->where), where);
  gtk_widget_set_visible (self->tag, draft->parent == NULL);
  offer_tags (self);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->tag), tag_of (draft));
  show_evidence (self);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->criterion), draft->criterion);
  set_text (self, draft->text != NULL ? draft->text : "");
  show_writing (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

/**
 * side_note_editor_open:
 * @self: an editor with notes
 * @draft: (transfer full): what is to be written
 *
 * What was typed before is saved first; while that does not work it stays.
 */
void
side_note_editor_open (SideNoteEditor *self,
                       SideNoteDraft  *draft)
{
  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));
  g_return_if_fail (draft != NULL);

  if (self->draft != NULL && draft->item != NULL && g_strcmp0 (self->draft->id, draft->id) == 0)
    {
      side_note_draft_unref (draft);
    }
  else if (self->draft != NULL && (self->draft->writing || is_changed (self)))
    {
      g_clear_pointer (&self->next, side_note_draft_unref);
      self->next = draft;
      save_cb (self);
    }
  else
    {
      close_editor (self);
      show_draft (self, draft);
    }
  gtk_widget_grab_focus (self->entry);
}

/**
 * side_note_editor_drop:
 * @self: an editor
 * @id: a note that is being removed
 *
 * Nothing is written to a note that is there no more.
 */
void
side_note_editor_drop (SideNoteEditor *self,
                       const char     *id)
{
  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));
  if (self->draft != NULL && g_strcmp0 (self->draft->id, id) == 0)
    close_or_go_on (self);
}

/**
 * side_note_editor_leave:
 * @self: an editor with notes
 *
 * Saves what was typed, on the call on which it was begun, and closes; to be
 * called before the notes are given another call.
 */
void
side_note_editor_leave (SideNoteEditor *self)
{
  g_autoptr (SideNoteDraft) draft = NULL;

  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));

  g_clear_pointer (&self->next, side_note_draft_unref);
  if (self->draft == NULL)
    return;
  draft = side_note_draft_ref (self->draft);
  if (!draft->writing && is_changed (self))
    {
      take_words (self);
      write_draft (self, draft);
    }
  close_editor (self);
}

/**
 * side_note_editor_flush:
 * @self: an editor with notes
 *
 * Saves what was typed, and tries once more what could not be saved before: the
 * store is about to close.
 */
void
side_note_editor_flush (SideNoteEditor *self)
{
  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));

  if (self->notes == NULL)
    return;
  side_note_editor_leave (self);
  write_kept (self);
}

/**
 * side_note_editor_arrive:
 * @self: an editor with notes
 *
 * Brings back what could not be written on this call; to be called when the
 * notes were given another one.
 */
void
side_note_editor_arrive (SideNoteEditor *self)
{
  const char *call;

  g_return_if_fail (SIDE_IS_NOTE_EDITOR (self));

  call = side_call_notes_get_call (self->notes);
  for (guint i = 0; call != NULL && i < self->kept->len; i++)
    {
      const SideNoteDraft *draft = g_ptr_array_index (self->kept, i);

      if (!g_str_equal (draft->call, call))
        continue;
      show_draft (self, g_ptr_array_steal_index (self->kept, i));
      set_problem (self, _("This note is not saved yet. Press Save to try again."));
      return;
    }
}
