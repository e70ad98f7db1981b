/* side-notes-view.c - the notes of a call as a list that can be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An editor at the top, the notes below it. Whoever wrote a note may change
 * and remove it, others answer it.
 */
#include "side-notes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-format.h"
#include "side-note-editor.h"
#include "side-text.h"

#define ANSWER_INDENT 96   /* beyond the words of what is answered, which stand behind its time */

struct _SideNotesView
{
  GtkWidget      parent_instance;
  GtkWidget     *box;
  GtkWidget     *editor;       /* SideNoteEditor */
  GtkWidget     *stack;
  GtkWidget     *empty;
  GtkWidget     *list;
  SideCallNotes *notes;
  gboolean       recorded;     /* whether there is something to hear */
};

G_DEFINE_FINAL_TYPE (SideNotesView, side_notes_view, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_REMOVED, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
items_changed_cb (SideNotesView *self)
{
  gboolean any = self->notes != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->notes)) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "list" : "none");
}

static void
side_notes_view_dispose (GObject *object)
{
  SideNotesView *self = SIDE_NOTES_VIEW (object);

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);
  if (self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->notes);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_notes_view_parent_class)->dispose (object);
}

static void
side_notes_view_class_init (SideNotesViewClass *klass)
{
  GType type = SIDE_TYPE_NOTES_VIEW;

  G_OBJECT_CLASS (klass)->dispose = side_notes_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
toast_cb (SideNotesView *self,
          const char    *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

/* What there is to do about it is told to those who can do it. */
static void
show_empty (SideNotesView *self)
{
  const char *words;

  if (self->notes == NULL || !side_call_notes_may_write (self->notes))
    words = _("No notes yet. Your role can read notes, not write them.");
  else if (self->recorded)
    words = _("No notes yet. Mark a moment or drag over the waveform, then press Note.");
  else
    words = _("No notes yet. Press Note to write down something about this call.");
  gtk_label_set_label (GTK_LABEL (self->empty), words);
}

static void
side_notes_view_init (SideNotesView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->editor = side_note_editor_new ();
  g_signal_connect_object (self->editor, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->editor);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "notes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Notes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  self->empty = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_set_valign (self->empty, GTK_ALIGN_CENTER);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->stack);
}

/**
 * side_notes_view_new:
 *
 * Returns: a view without notes
 */
GtkWidget *
side_notes_view_new (void)
{
  return g_object_new (SIDE_TYPE_NOTES_VIEW, NULL);
}

static void
seek_clicked_cb (GtkButton *button,
                 gpointer   data)
{
  SideNoteItem *item = g_object_get_data (G_OBJECT (button), "note");

  g_signal_emit (data, signals[SIGNAL_SEEK_REQUESTED], 0, side_note_item_get_annotation (item)->from_ms);
}

static void
edit_clicked_cb (GtkButton *button,
                 gpointer   data)
{
  SideNoteItem *item = g_object_get_data (G_OBJECT (button), "note");

  side_notes_view_edit (data, side_note_item_get_annotation (item)->id);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideNotesView) self = data;
  g_autoptr (GError) error = NULL;

  if (side_call_notes_remove_finish (SIDE_CALL_NOTES (source), result, &error))
    g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
  else if (!side_error_is_cancelled (error))
    {
      g_autofree char *words = side_format_error (error);

      g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
    }
}

static void
remove_clicked_cb (GtkButton *button,
                   gpointer   data)
{
  SideNotesView *self = data;
  SideNoteItem *item = g_object_get_data (G_OBJECT (button), "note");

  side_note_editor_drop (SIDE_NOTE_EDITOR (self->editor), side_note_item_get_annotation (item)->id);
  side_call_notes_remove_async (self->notes, item, removed_cb, g_object_ref (self));
}

static void
answer_clicked_cb (GtkButton *button,
                   gpointer   data)
{
  SideNotesView *self = data;
  SideNoteItem *item = g_object_get_data (G_OBJECT (button), "note");

  side_note_editor_open (SIDE_NOTE_EDITOR (self->editor), side_note_draft_new_answer (item));
}

static GtkWidget *
add_button (SideNotesView *self,
            GtkWidget     *row,
            SideNoteItem  *item,
            GtkWidget     *button,
            GCallback      callback,
            const char    *tooltip)
{
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  if (gtk_button_get_icon_name (GTK_BUTTON (button)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_object_set_data_full (G_OBJECT (button), "note", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static char *
span_text (const SideAnnotation *note)
{
  g_autofree char *from = side_text_duration (note->from_ms);
  g_autofree char *to = side_text_duration (note->to_ms);

  return note->to_ms > note->from_ms ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);
}

static GtkWidget *
make_words (const SideAnnotation *note)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tag = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (note->text);
  GtkWidget *author = gtk_label_new (note->author);
  g_autofree char *markup = NULL;

  if (note->parent != NULL)
    markup = g_markup_printf_escaped ("<b>%s</b>", _("Answer"));
  else
    markup = g_markup_printf_escaped ("<span color=\"%s\">●</span> <b>%s</b>", side_note_tag_find (note->tag)->colour,
                                      _(side_note_tag_find (note->tag)->label));
  gtk_label_set_markup (GTK_LABEL (tag), markup);
  gtk_label_set_xalign (GTK_LABEL (tag), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_visible (text, note->text != NULL && *note->text != '\0');
  gtk_label_set_xalign (GTK_LABEL (author), 0);
  gtk_widget_add_css_class (author, "dim-label");
  gtk_widget_add_css_class (author, "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), tag);
  gtk_box_append (GTK_BOX (words), text);
  gtk_box_append (GTK_BOX (words), author);
  return words;
}

static void
add_deeds (SideNotesView *self,
           GtkWidget     *row,
           SideNoteItem  *item)
{
  gboolean mine = side_call_notes_is_mine (self->notes, item);

  if (!mine && side_call_notes_may_write (self->notes))
    add_button (self, row, item, gtk_button_new_from_icon_name ("mail-reply-sender-symbolic"),
                G_CALLBACK (answer_clicked_cb), _("Answer this note"));
  if (!side_call_notes_may_change (self->notes, item))
    return;
  add_button (self, row, item, gtk_button_new_from_icon_name ("document-edit-symbolic"), G_CALLBACK (edit_clicked_cb),
              _("Edit this note"));
  add_button (self, row, item, gtk_button_new_from_icon_name ("user-trash-symbolic"), G_CALLBACK (remove_clicked_cb),
              _("Remove this note"));
}

static GtkWidget *
make_row (gpointer data,
          gpointer user_data)
{
  SideNotesView *self = user_data;
  SideNoteItem *item = data;
  const SideAnnotation *note = side_note_item_get_annotation (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *span = span_text (note);

  if (note->parent != NULL)
    {
      gtk_widget_set_margin_start (row, ANSWER_INDENT);
    }
  else
    {
      GtkWidget *time = add_button (self, row, item, gtk_button_new_with_label (span), G_CALLBACK (seek_clicked_cb),
                                    _("Go there"));

      gtk_widget_add_css_class (time, "numeric");
    }
  gtk_box_append (GTK_BOX (row), make_words (note));
  add_deeds (self, row, item);
  return row;
}

/**
 * side_notes_view_set_notes:
 * @self: a view, once
 * @notes: what it shows
 */
void
side_notes_view_set_notes (SideNotesView *self,
                           SideCallNotes *notes)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  g_return_if_fail (self->notes == NULL);

  self->notes = g_object_ref (notes);
  side_note_editor_set_notes (SIDE_NOTE_EDITOR (self->editor), notes);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (notes), make_row, self, NULL);
  g_signal_connect_swapped (notes, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);
  show_empty (self);
}

/**
 * side_notes_view_set_call:
 * @self: a view with notes
 * @call: (nullable): the call whose notes are to be shown
 *
 * What was being written is saved on the call it was begun on.
 */
void
side_notes_view_set_call (SideNotesView  *self,
                          const SideCall *call)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  g_return_if_fail (self->notes != NULL);

  side_note_editor_leave (SIDE_NOTE_EDITOR (self->editor));
  side_call_notes_set_call (self->notes, call);
  side_note_editor_arrive (SIDE_NOTE_EDITOR (self->editor));
  show_empty (self);
}

/**
 * side_notes_view_flush:
 * @self: a view
 *
 * Saves what was typed; the last moment to do so.
 */
void
side_notes_view_flush (SideNotesView *self)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  side_note_editor_flush (SIDE_NOTE_EDITOR (self->editor));
}

/**
 * side_notes_view_set_recorded:
 * @self: a view
 * @recorded: whether there is a recording to put notes on
 */
void
side_notes_view_set_recorded (SideNotesView *self,
                              gboolean       recorded)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  self->recorded = recorded;
  show_empty (self);
}

/**
 * side_notes_view_begin:
 * @self: a view with the notes of a call
 * @from_ms: position in the recording
 * @to_ms: end of the span, or @from_ms
 *
 * Opens the editor for a new note.
 */
void
side_notes_view_begin (SideNotesView *self,
                       gint64         from_ms,
                       gint64         to_ms)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  side_note_editor_open (SIDE_NOTE_EDITOR (self->editor), side_call_notes_begin (self->notes, from_ms, to_ms));
}

/**
 * side_notes_view_edit:
 * @self: a view with notes
 * @id: the note to be changed, if this person may
 */
void
side_notes_view_edit (SideNotesView *self,
                      const char    *id)
{
  SideNoteItem *item;

  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));

  item = side_call_notes_find (self->notes, id);
  if (item != NULL && side_call_notes_may_change (self->notes, item))
    side_note_editor_open (SIDE_NOTE_EDITOR (self->editor), side_note_draft_new_change (item));
}
