/* side-clip-dialog.c - a piece of a recording is put somewhere to be heard again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small window: which piece it is, rows of whoever made it, words for what
 * is heard, and a line that says what will be done or why it cannot be.
 */
#include "side-clip-dialog.h"

#include <glib/gi18n.h>

#include "side-criterion-parts.h"
#include "side-format.h"
#include "side-window-keys.h"
#include "side-words-guard.h"
#include "side-wrapping.h"

struct _SideClipDialog
{
  AdwWindow            parent_instance;
  SideDesk            *desk;
  GCancellable        *cancellable;   /* of what is read for it */
  SideClipPiece        piece;
  AdwPreferencesGroup *group;
  GtkEditable         *text;
  GtkWidget           *words;
  GtkWidget           *add;
};

G_DEFINE_FINAL_TYPE (SideClipDialog, side_clip_dialog, ADW_TYPE_WINDOW)

enum { SIGNAL_ADD, SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_clip_dialog_dispose (GObject *object)
{
  SideClipDialog *self = SIDE_CLIP_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_clip_dialog_parent_class)->dispose (object);
}

static void
side_clip_dialog_finalize (GObject *object)
{
  SideClipDialog *self = SIDE_CLIP_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->piece.call);
  G_OBJECT_CLASS (side_clip_dialog_parent_class)->finalize (object);
}

static void
side_clip_dialog_class_init (SideClipDialogClass *klass)
{
  GType type = SIDE_TYPE_CLIP_DIALOG;

  G_OBJECT_CLASS (klass)->dispose = side_clip_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_clip_dialog_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
  signals[SIGNAL_ADD] = g_signal_new ("add", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         2, G_TYPE_PTR_ARRAY, G_TYPE_STRING);
}

static void
add_cb (SideClipDialog *self)
{
  if (gtk_widget_get_sensitive (self->add))
    g_signal_emit (self, signals[SIGNAL_ADD], 0);
}

static GtkWidget *
new_bar (SideClipDialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->add = gtk_button_new_with_mnemonic (_("_Add"));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->add);
  return bar;
}

static void
side_clip_dialog_init (SideClipDialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *last = adw_preferences_group_new ();

  self->cancellable = g_cancellable_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->text = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->text), _("What is heard"));
  g_signal_connect_object (self->text, "entry-activated", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (last), GTK_WIDGET (self->text));
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_add_css_class (self->words, "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (box), last);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_widget_add_css_class (box, "operator-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (all), new_bar (self));
  gtk_box_append (GTK_BOX (all), scrolled);
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 460);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  side_clip_dialog_set_ready (self, FALSE, NULL);
}

/**
 * side_clip_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @desk: where it is put, with a store
 * @title: where the piece is put
 * @source: the piece
 *
 * Returns: (transfer none): a window to be given its rows and presented
 */
SideClipDialog *
side_clip_dialog_new (GtkWindow            *parent,
                      SideDesk             *desk,
                      const char           *title,
                      const SideClipSource *source)
{
  SideClipDialog *self = g_object_new (SIDE_TYPE_CLIP_DIALOG, "transient-for", parent, "title", title, NULL);
  g_autofree char *span = side_criterion_span_words (source->from_ms, source->to_ms, FALSE);
  g_autofree char *piece = g_strdup_printf ("%s · %s", side_format_call_title (source->call), span);

  self->desk = g_object_ref (desk);
  self->piece = (SideClipPiece) { g_strdup (source->call->id), source->from_ms, source->to_ms };
  adw_preferences_group_set_title (self->group, piece);
  side_words_guard_begin (GTK_WINDOW (self));
  return self;
}

/**
 * side_clip_dialog_get_desk:
 * @self: a dialog
 *
 * Returns: (transfer none): its desk
 */
SideDesk *
side_clip_dialog_get_desk (SideClipDialog *self)
{
  g_return_val_if_fail (SIDE_IS_CLIP_DIALOG (self), NULL);
  return self->desk;
}

/**
 * side_clip_dialog_get_piece:
 * @self: a dialog
 *
 * Returns: (transfer none): what is to be put somewhere
 */
const SideClipPiece *
side_clip_dialog_get_piece (SideClipDialog *self)
{
  g_return_val_if_fail (SIDE_IS_CLIP_DIALOG (self), NULL);
  return &self->piece;
}

/**
 * side_clip_dialog_list:
 * @self: a dialog
 * @kind: of documents of the project
 * @callback: called with them, as of side_store_list_documents_async(); after the
 *   window has gone, with SIDE_ERROR_CANCELLED
 * @data: its argument
 */
void
side_clip_dialog_list (SideClipDialog      *self,
                       const char          *kind,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  g_return_if_fail (SIDE_IS_CLIP_DIALOG (self));
  side_store_list_documents_async (side_desk_get_store (self->desk), kind, side_desk_get_project_id (self->desk), NULL,
                                   self->cancellable, callback, data);
}

/**
 * side_clip_dialog_sign:
 * @self: a dialog
 * @document: what it writes: from now on by this person, now
 */
void
side_clip_dialog_sign (SideClipDialog *self,
                       SideDocument   *document)
{
  g_return_if_fail (SIDE_IS_CLIP_DIALOG (self));

  g_free (document->author);
  document->author = g_strdup (side_desk_get_user (self->desk));
  document->changed_ms = side_desk_get_write_ms (self->desk);
}

/**
 * side_clip_dialog_add_row:
 * @self: a dialog
 * @row: (transfer floating): what stands above the words
 */
void
side_clip_dialog_add_row (SideClipDialog *self,
                          GtkWidget      *row)
{
  g_return_if_fail (SIDE_IS_CLIP_DIALOG (self));
  adw_preferences_group_add (self->group, row);
}

/**
 * side_clip_dialog_add_combo:
 * @self: a dialog
 * @title: what is chosen
 * @changed: called with @data, swapped, when something else is
 * @data: its argument
 *
 * Returns: (transfer none): a row without a model yet
 */
AdwComboRow *
side_clip_dialog_add_combo (SideClipDialog *self,
                            const char     *title,
                            GCallback       changed,
                            gpointer        data)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* Under its title, where long ones have room. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  side_clip_dialog_add_row (self, row);
  g_signal_connect_swapped (row, "notify::selected", changed, data);
  return ADW_COMBO_ROW (row);
}

/**
 * side_clip_dialog_dup_text:
 * @self: a dialog
 *
 * Returns: (transfer full) (nullable): what is heard, if anything was typed
 */
char *
side_clip_dialog_dup_text (SideClipDialog *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (SIDE_IS_CLIP_DIALOG (self), NULL);
  text = g_strstrip (g_strdup (gtk_editable_get_text (self->text)));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * side_clip_dialog_set_ready:
 * @self: a dialog
 * @ready: whether it can be added
 * @words: (nullable): what will be done then, or why it cannot be
 */
void
side_clip_dialog_set_ready (SideClipDialog *self,
                            gboolean        ready,
                            const char     *words)
{
  g_return_if_fail (SIDE_IS_CLIP_DIALOG (self));

  gtk_widget_set_sensitive (self->add, ready);
  side_label_say (self->words, words);
}

/**
 * side_clip_dialog_choose:
 * @self: a dialog
 * @changes: from side_steps_new_changes()
 * @words: what is done by them
 *
 * It is decided, and the window goes.
 */
void
side_clip_dialog_choose (SideClipDialog *self,
                         GPtrArray      *changes,
                         const char     *words)
{
  g_return_if_fail (SIDE_IS_CLIP_DIALOG (self));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, changes, words);
  gtk_window_destroy (GTK_WINDOW (self));
}
