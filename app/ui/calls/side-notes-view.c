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
#include "side-marks-dialog.h"
#include "side-note-editor.h"
#include "side-notes-filter.h"
#include "side-tags-legend.h"
#include "side-tags-window.h"
#include "side-text.h"
#include "side-wrapping.h"

#define LEAST_HEIGHT  150  /* px */
#define ANSWER_INDENT 96   /* beyond the words of what is answered, which stand behind its time */

struct _SideNotesView
{
  GtkWidget      parent_instance;
  GtkWidget     *room;         /* around all of it */
  GtkWidget     *box;
  GtkWidget     *editor;       /* SideNoteEditor */
  GtkWidget     *filter;       /* SideNotesFilter */
  GtkWidget     *stack;
  GtkWidget     *empty;
  GtkWidget     *list;
  GtkWidget     *unfound;      /* what is said when the filter lets nothing through */
  SideCallNotes *notes;
  SideDesk      *desk;
  GListModel    *shown;        /* those of the notes that the filter lets through */
  SideScript    *script;       /* (nullable): whose questions notes are evidence for */
  SideCall      *call;         /* (nullable) */
  gint64         length_ms;    /* of its recording; 0 while that is not known */
  gboolean       recorded;     /* whether there is something to hear */
};

G_DEFINE_FINAL_TYPE (SideNotesView, side_notes_view, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_DONE, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
items_changed_cb (SideNotesView *self)
{
  gboolean any = self->notes != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->notes)) > 0;
  gboolean found = any && g_list_model_get_n_items (self->shown) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), found ? "list" : any ? "unfound" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.export", any);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  side_notes_filter_clear (SIDE_NOTES_FILTER (SIDE_NOTES_VIEW (widget)->filter));
}

static GtkWindow *
window_of (SideNotesView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tags_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideNotesView *self = SIDE_NOTES_VIEW (widget);

  if (self->notes != NULL)
    gtk_window_present (side_tags_window_new (window_of (self), side_call_notes_get_tags (self->notes)));
}

static void
toast_cb (SideNotesView *self,
          const char    *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

static void
marks_done_cb (SideMarksDialog *dialog,
               const char      *words,
               gboolean         can_undo,
               SideNotesView   *self)
{
  if (can_undo)
    g_signal_emit (self, signals[SIGNAL_DONE], 0, words);
  else
    toast_cb (self, words);
}

static void
marks_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideNotesView *self = SIDE_NOTES_VIEW (widget);
  SideMarksDialog *dialog;

  if (self->call == NULL)
    return;
  dialog = side_marks_dialog_new (window_of (self), self->notes, self->desk, self->call, self->length_ms);
  g_signal_connect_object (dialog, "done", G_CALLBACK (marks_done_cb), self, 0);
  if (g_str_has_suffix (name, "export"))
    side_marks_dialog_export (dialog);
  else
    side_marks_dialog_import (dialog);
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
  self->shown = NULL;
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->room, gtk_widget_unparent);
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
  signals[SIGNAL_DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "notes.clear-filters", NULL, clear_filters_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "notes.tags", NULL, tags_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "notes.export", NULL, marks_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "notes.import", NULL, marks_action);
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

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("_Export Marks…"), "notes.export");
  g_menu_append (menu, _("_Import Marks…"), "notes.import");
  g_menu_append (menu, _("_Tags…"), "notes.tags");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("More about notes"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More about notes"), -1);
  return button;
}

static GtkWidget *
make_unfound (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *label = gtk_label_new (_("No note is as you look for."));
  GtkWidget *button = gtk_button_new_with_label (_("Clear filters"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notes.clear-filters");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
side_notes_view_init (SideNotesView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* On a low screen the editor, the filters and the list go up and down together: the form's foot stays in sight. */
  self->room = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->room), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->room), LEAST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->room), self->box);
  gtk_widget_set_parent (self->room, GTK_WIDGET (self));
  self->editor = side_note_editor_new ();
  g_signal_connect_object (self->editor, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->editor);
  self->filter = side_notes_filter_new ();
  gtk_widget_set_margin_bottom (self->filter, 4);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->filter);
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
  self->unfound = make_unfound ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->unfound, "unfound");
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
    g_signal_emit (self, signals[SIGNAL_DONE], 0, _("Note removed"));
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
  gtk_widget_set_valign (button, GTK_ALIGN_START);
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

/* The tag, and the question of the script it shows. */
static char *
tag_markup (SideNotesView        *self,
            const SideAnnotation *note)
{
  SideTags *tags = side_call_notes_get_tags (self->notes);
  const SideCriterion *criterion = note->criterion != NULL && self->script != NULL
                                     ? side_script_find_criterion (self->script, note->criterion) : NULL;
  g_autofree char *colour = NULL;
  GdkRGBA rgba;

  side_tags_rgba (tags, note->tag, &rgba);
  colour = side_tags_hex (&rgba);
  if (criterion == NULL)
    return g_markup_printf_escaped ("<span color=\"%s\">●</span> <b>%s</b>", colour, side_tags_label (tags, note->tag));
  return g_markup_printf_escaped ("<span color=\"%s\">●</span> <b>%s</b> · %s", colour, side_tags_label (tags, note->tag),
                                  criterion->text);
}

static GtkWidget *
make_words (SideNotesView        *self,
            const SideAnnotation *note)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tag = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (note->text);
  GtkWidget *author = gtk_label_new (note->author);
  g_autofree char *markup = NULL;

  if (note->parent != NULL)
    markup = g_markup_printf_escaped ("<b>%s</b>", _("Answer"));
  else
    markup = tag_markup (self, note);
  gtk_label_set_markup (GTK_LABEL (tag), markup);
  gtk_label_set_xalign (GTK_LABEL (tag), 0);
  side_label_wrap (GTK_LABEL (tag));
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  side_label_wrap (GTK_LABEL (text));
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
  gtk_box_append (GTK_BOX (row), make_words (self, note));
  add_deeds (self, row, item);
  return row;
}

/* Rows are made again: what a tag is called, or its colour, is another. */
static void
tags_changed_cb (SideNotesView *self)
{
  if (self->list != NULL && self->shown != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), self->shown, make_row, self, NULL);
}

/**
 * side_notes_view_set_script:
 * @self: a view with notes
 * @script: (nullable): whose questions notes may be evidence for
 */
void
side_notes_view_set_script (SideNotesView    *self,
                            const SideScript *script)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));

  if (script == self->script)
    return;
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script != NULL ? side_script_ref ((SideScript *) script) : NULL;
  side_note_editor_set_script (SIDE_NOTE_EDITOR (self->editor), script);
  tags_changed_cb (self);
}

/**
 * side_notes_view_set_notes:
 * @self: a view, once
 * @notes: what it shows
 * @desk: whose notes they are
 */
void
side_notes_view_set_notes (SideNotesView *self,
                           SideCallNotes *notes,
                           SideDesk      *desk)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  g_return_if_fail (self->notes == NULL);

  self->notes = g_object_ref (notes);
  self->desk = g_object_ref (desk);
  self->shown = side_notes_filter_set_notes (SIDE_NOTES_FILTER (self->filter), notes);
  side_notes_filter_add (SIDE_NOTES_FILTER (self->filter), side_tags_legend_new (side_call_notes_get_tags (notes)));
  side_notes_filter_add (SIDE_NOTES_FILTER (self->filter), make_menu ());
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (tags_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.import", FALSE);
  side_note_editor_set_notes (SIDE_NOTE_EDITOR (self->editor), notes);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), self->shown, make_row, self, NULL);
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

  if (call == NULL || self->call == NULL || !g_str_equal (call->id, self->call->id))
    {
      self->length_ms = 0;
      side_notes_filter_clear (SIDE_NOTES_FILTER (self->filter));
    }
  g_clear_pointer (&self->call, side_call_unref);
  self->call = call != NULL ? side_call_copy (call) : NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.import", call != NULL && side_call_notes_may_write (self->notes));
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
 * side_notes_view_set_length:
 * @self: a view
 * @length_ms: of the recording; 0 while it is not known
 */
void
side_notes_view_set_length (SideNotesView *self,
                            gint64         length_ms)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));
  self->length_ms = length_ms;
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
