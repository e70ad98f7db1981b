/* side-notes-view.c - the notes of a call as a list that can be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One editor at the top serves new notes and old ones: tag, text, Enter.
 */
#include "side-notes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-text.h"

struct _SideNotesView
{
  GtkWidget      parent_instance;
  GtkWidget     *box;
  GtkWidget     *editor;       /* GtkRevealer */
  GtkWidget     *where;
  GtkWidget     *tag;          /* GtkDropDown */
  GtkWidget     *entry;
  GtkWidget     *stack;
  GtkWidget     *list;
  SideCallNotes *notes;
  char          *editing;      /* id of the note, NULL for a new one */
  gint64         from_ms;
  gint64         to_ms;
};

G_DEFINE_FINAL_TYPE (SideNotesView, side_notes_view, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_REMOVED, N_SIGNALS };
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
side_notes_view_finalize (GObject *object)
{
  g_free (SIDE_NOTES_VIEW (object)->editing);
  G_OBJECT_CLASS (side_notes_view_parent_class)->finalize (object);
}

static void
side_notes_view_class_init (SideNotesViewClass *klass)
{
  GType type = SIDE_TYPE_NOTES_VIEW;

  G_OBJECT_CLASS (klass)->dispose = side_notes_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_notes_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
close_editor (SideNotesView *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->editor), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_clear_pointer (&self->editing, g_free);
}

static void
save_cb (SideNotesView *self)
{
  gsize n_tags;
  const SideNoteTag *tags = side_note_tags (&n_tags);
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tag));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *tag = chosen < n_tags ? tags[chosen].id : NULL;

  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (self->editor)))
    return;
  if (self->editing != NULL)
    side_call_notes_change (self->notes, self->editing, tag, text);
  else
    side_call_notes_add (self->notes, self->from_ms, self->to_ms, tag, text);
  close_editor (self);
}

static gboolean
editor_key_cb (SideNotesView *self,
               guint          keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_editor (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_tags (void)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  gsize n_tags;
  const SideNoteTag *tags = side_note_tags (&n_tags);

  for (gsize i = 0; i < n_tags; i++)
    g_ptr_array_add (labels, (gpointer) g_dgettext (GETTEXT_PACKAGE, tags[i].label));
  g_ptr_array_add (labels, NULL);
  return gtk_drop_down_new_from_strings ((const char *const *) labels->pdata);
}

static GtkWidget *
make_editor (SideNotesView *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *save = gtk_button_new_with_label (_("Save"));
  GtkWidget *cancel = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->where = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->where, "numeric");
  gtk_widget_add_css_class (self->where, "dim-label");
  self->tag = make_tags ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tag), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tag"), -1);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("What is to be said"));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 2000);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the note"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_set_tooltip_text (cancel, _("Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cancel"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (close_editor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (editor_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (line, keys);
  gtk_box_append (GTK_BOX (line), self->where);
  gtk_box_append (GTK_BOX (line), self->tag);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), save);
  gtk_box_append (GTK_BOX (line), cancel);
  gtk_widget_set_margin_bottom (line, 8);
  gtk_revealer_set_child (GTK_REVEALER (revealer), line);
  return revealer;
}

static void
side_notes_view_init (SideNotesView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_("No notes yet. Mark a moment or drag over the waveform, then press Note."));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->editor = make_editor (self);
  gtk_box_append (GTK_BOX (self->box), self->editor);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "notes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Notes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (empty), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_widget_set_valign (empty, GTK_ALIGN_CENTER);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "none");
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
remove_clicked_cb (GtkButton *button,
                   gpointer   data)
{
  SideNotesView *self = data;
  SideNoteItem *item = g_object_get_data (G_OBJECT (button), "note");

  side_call_notes_remove (self->notes, side_note_item_get_annotation (item)->id);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
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
make_row (gpointer data,
          gpointer user_data)
{
  SideNotesView *self = user_data;
  SideNoteItem *item = data;
  const SideAnnotation *note = side_note_item_get_annotation (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tag = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (note->text);
  GtkWidget *author = gtk_label_new (note->author);
  GtkWidget *time;
  g_autofree char *span = span_text (note);
  g_autofree char *markup = NULL;

  time = add_button (self, row, item, gtk_button_new_with_label (span), G_CALLBACK (seek_clicked_cb), _("Go there"));
  gtk_widget_add_css_class (time, "numeric");
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
  gtk_box_append (GTK_BOX (row), words);
  add_button (self, row, item, gtk_button_new_from_icon_name ("document-edit-symbolic"), G_CALLBACK (edit_clicked_cb),
              _("Edit this note"));
  add_button (self, row, item, gtk_button_new_from_icon_name ("user-trash-symbolic"), G_CALLBACK (remove_clicked_cb),
              _("Remove this note"));
  return row;
}

/**
 * side_notes_view_set_notes:
 * @self: a view
 * @notes: (nullable): what it shows
 */
void
side_notes_view_set_notes (SideNotesView *self,
                           SideCallNotes *notes)
{
  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);
  g_set_object (&self->notes, notes);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (notes), make_row, self, NULL);
  if (notes != NULL)
    g_signal_connect_swapped (notes, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);
  close_editor (self);
}

static void
open_editor (SideNotesView *self)
{
  g_autofree char *from = side_text_duration (self->from_ms);
  g_autofree char *to = side_text_duration (self->to_ms);
  g_autofree char *where = self->to_ms > self->from_ms ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);

  gtk_label_set_label (GTK_LABEL (self->where), where);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->editor), TRUE);
  gtk_widget_grab_focus (self->entry);
}

/**
 * side_notes_view_begin:
 * @self: a view with notes
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
  gsize n_tags;

  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));

  side_note_tags (&n_tags);
  g_clear_pointer (&self->editing, g_free);
  self->from_ms = from_ms;
  self->to_ms = MAX (from_ms, to_ms);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->tag), (guint) n_tags - 1);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  open_editor (self);
}

/**
 * side_notes_view_edit:
 * @self: a view with notes
 * @id: the note to be changed
 */
void
side_notes_view_edit (SideNotesView *self,
                      const char    *id)
{
  guint n_items;
  gsize n_tags;
  const SideNoteTag *tags = side_note_tags (&n_tags);

  g_return_if_fail (SIDE_IS_NOTES_VIEW (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);
      const SideAnnotation *note = side_note_item_get_annotation (item);

      if (g_strcmp0 (note->id, id) != 0)
        continue;
      g_free (self->editing);
      self->editing = g_strdup (id);
      self->from_ms = note->from_ms;
      self->to_ms = note->to_ms;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->tag), (guint) (side_note_tag_find (note->tag) - tags));
      gtk_editable_set_text (GTK_EDITABLE (self->entry), note->text != NULL ? note->text : "");
      open_editor (self);
      return;
    }
}
