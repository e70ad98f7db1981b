/* side-copy-dialog.c - asks how sound is to leave the program, and sees it out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The choices that every copy has, and the three pages: choosing, writing,
 * written. Nothing is begun before it is known what the telephone exchange
 * marked as payment, or that it cannot be known.
 */
#include "side-copy-dialog.h"

#include <glib/gi18n.h>

#include "side-copy-writer.h"
#include "side-error.h"
#include "side-export-words.h"
#include "side-reveal.h"
#include "side-window-keys.h"
#include "side-wrapping.h"

typedef struct {
  AdwPreferencesGroup  *first;
  AdwComboRow          *format;
  GtkBox               *groups;
  GtkLabel             *unknown;
  GtkSwitch            *voices;
  AdwActionRow         *sheet_row;
  GtkSwitch            *sheet;
  GtkLabel             *problem;
  GtkScrolledWindow    *scroller;
  GtkStack             *stack;
  GtkLabel             *writing_label;
  GtkProgressBar       *progress;
  AdwStatusPage        *done;
  AdwActionRow         *hash;
  GtkLabel             *sheet_problem;
  GtkButton            *cancel_button;
  GtkButton            *save_button;
  GtkButton            *show_button;
  GtkButton            *copy_button;

  SideDesk             *desk;
  SideCopyWords         words;
  SidePayments         *payments;    /* NULL: not known yet */
  guint                 n_calls;
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  gboolean              closed;
  gboolean              waiting;     /* to begin, for the payments */
  double                sound_from;  /* of the bar; what is before it was for the fetching */
  char                 *target;
  char                 *sha256;
} SideCopyDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SideCopyDialog, side_copy_dialog, ADW_TYPE_WINDOW)

static SideCopyDialogPrivate *
get (gpointer self)
{
  return side_copy_dialog_get_instance_private (SIDE_COPY_DIALOG (self));
}

/* ---- the pages ---- */

static void
show_page (SideCopyDialog *self,
           const char     *page)
{
  SideCopyDialogPrivate *priv = get (self);

  gtk_stack_set_visible_child_name (priv->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (priv->save_button), g_str_equal (page, "choose"));
  gtk_widget_set_sensitive (GTK_WIDGET (priv->cancel_button), TRUE);
  gtk_button_set_label (priv->cancel_button, g_str_equal (page, "done") ? _("_Close") : _("_Cancel"));
}

/**
 * side_copy_dialog_fail:
 * @self: a dialog that was started
 * @words: what happened and what to do, for a person
 *
 * Nothing was written; it can be tried again. Nobody is told who closed it.
 */
void
side_copy_dialog_fail (SideCopyDialog *self,
                       const char     *words)
{
  SideCopyDialogPrivate *priv = get (self);

  if (priv->closed)
    return;
  gtk_label_set_label (priv->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), TRUE);
  show_page (self, "choose");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (priv->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (priv->save_button));
}

static void
succeed (SideCopyDialog     *self,
         const SideExported *exported,
         gboolean            sheet_failed)
{
  SideCopyDialogPrivate *priv = get (self);
  g_autofree char *base = g_filename_display_basename (priv->target);
  g_autofree char *name = g_markup_escape_text (base, -1);

  if (priv->closed)
    return;
  g_free (priv->sha256);
  priv->sha256 = g_strdup (exported->sha256);
  adw_status_page_set_description (priv->done, name);
  adw_action_row_set_subtitle (priv->hash, priv->sha256);
  gtk_label_set_label (priv->sheet_problem, priv->words.sheet_failed);
  gtk_widget_set_visible (GTK_WIDGET (priv->sheet_problem), sheet_failed);
  show_page (self, "done");
  gtk_widget_grab_focus (GTK_WIDGET (priv->show_button));
}

/* ---- writing ---- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCopyDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean sheet_failed = FALSE;
  g_autoptr (SideExported) exported = side_copy_write_finish (result, &sheet_failed, &error);

  if (exported != NULL)
    succeed (self, exported, sheet_failed);
  else if (!side_error_is_cancelled (error))
    side_copy_dialog_fail (self, error->message);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  SideCopyDialogPrivate *priv = get (data);

  gtk_progress_bar_set_fraction (priv->progress, priv->sound_from + (1 - priv->sound_from) * fraction);
}

/* There is nothing to take back any more. */
static void
committed_cb (gpointer data)
{
  gtk_widget_set_sensitive (GTK_WIDGET (get (data)->cancel_button), FALSE);
}

static char *
sheet_cb (const SideExported *exported,
          gpointer            data)
{
  return SIDE_COPY_DIALOG_GET_CLASS (data)->write_sheet (data, exported);
}

/**
 * side_copy_dialog_write:
 * @self: a dialog that was started
 * @export: (transfer full): the sound
 * @records: (transfer full) (element-type SideExportRecord): one of each piece
 *
 * Writes it, and says how it ended.
 */
void
side_copy_dialog_write (SideCopyDialog *self,
                        SideExport     *export,
                        GPtrArray      *records)
{
  SideCopyDialogPrivate *priv = get (self);
  SideCopyOrder order = {
    .desk = g_object_ref (priv->desk), .export = export, .target = g_strdup (priv->target), .records = records,
    .progress = progress_cb, .committed = committed_cb, .data = self,
    .write_sheet = gtk_switch_get_active (priv->sheet) ? sheet_cb : NULL,
  };

  for (guint i = 0; i < records->len; i++)
    {
      SideExportRecord *record = records->pdata[i];

      g_free (record->format);
      record->format = g_strdup (side_export_format_suffix (side_copy_dialog_get_format (self)));
      record->voice_changed = side_copy_dialog_changes_voices (self);
    }
  if (side_copy_dialog_changes_voices (self))
    side_export_change_voices (export, SIDE_EXPORT_WORDS_SEMITONES);
  /* The writing holds the dialog, off the screen when it was closed. */
  side_copy_write_async (&order, priv->cancellable, written_cb, g_object_ref (self));
}

/**
 * side_copy_dialog_set_progress:
 * @self: a dialog that was started
 * @fraction: how far it is, 0..1
 * @sound_from: how much of the bar is for what comes before the sound, 0..1
 */
void
side_copy_dialog_set_progress (SideCopyDialog *self,
                               double          fraction,
                               double          sound_from)
{
  get (self)->sound_from = sound_from;
  gtk_progress_bar_set_fraction (get (self)->progress, fraction);
}

/**
 * side_copy_dialog_save_to:
 * @self: a dialog that is not writing
 * @path: the file, which the person agreed to replace; with another ending
 *   than that of the format it gets that
 *
 * Writes the copy as it was chosen.
 */
void
side_copy_dialog_save_to (SideCopyDialog *self,
                          const char     *path)
{
  SideCopyDialogPrivate *priv = get (self);
  g_autofree char *target = NULL;

  g_return_if_fail (SIDE_IS_COPY_DIALOG (self) && path != NULL);
  g_return_if_fail (g_str_equal (gtk_stack_get_visible_child_name (priv->stack), "choose"));
  target = side_export_words_target (path, side_copy_dialog_get_format (self));
  if (!g_str_equal (target, path) && g_file_test (target, G_FILE_TEST_EXISTS))
    {
      side_copy_dialog_fail (self, _("Not saved: there is a file of that name already. Choose another name."));
      return;
    }
  g_free (priv->target);
  priv->target = g_steal_pointer (&target);
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), FALSE);
  side_copy_dialog_set_progress (self, 0, 0);
  show_page (self, "writing");
  gtk_widget_grab_focus (GTK_WIDGET (priv->cancel_button));
  if (priv->payments != NULL)
    SIDE_COPY_DIALOG_GET_CLASS (self)->start (self);
  else
    priv->waiting = TRUE;
}

/* ---- payments ---- */

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideCopyDialog) self = data;
  SideCopyDialogPrivate *priv = get (self);
  g_autoptr (GError) error = NULL;
  SidePayments *payments = side_payments_ask_finish (result, &error);
  g_autofree char *words = NULL;

  if (payments == NULL || priv->closed)
    {
      g_clear_pointer (&payments, side_payments_free);
      return;
    }
  priv->payments = payments;
  if (payments->n_unknown > 0 && priv->n_calls == 1)
    words = g_strdup (_("Whether the telephone exchange marked a payment in this call cannot be asked now. Mark yourself what is to be left out."));
  else if (payments->n_unknown > 0)
    words = g_strdup_printf (ngettext ("Whether the telephone exchange marked a payment cannot be asked now for %u of the calls. Mark yourself what is to be left out.",
                                       "Whether the telephone exchange marked a payment cannot be asked now for %u of the calls. Mark yourself what is to be left out.",
                                       payments->n_unknown), payments->n_unknown);
  side_label_say (GTK_WIDGET (priv->unknown), words);
  if (SIDE_COPY_DIALOG_GET_CLASS (self)->payments_known != NULL)
    SIDE_COPY_DIALOG_GET_CLASS (self)->payments_known (self);
  if (!priv->waiting)
    return;
  priv->waiting = FALSE;
  if (words != NULL)
    show_page (self, "choose");   /* nobody was told before it was begun */
  else
    SIDE_COPY_DIALOG_GET_CLASS (self)->start (self);
}

/* ---- buttons ---- */

static void
chosen_cb (SideCopyDialog *self,
           int             response)
{
  SideCopyDialogPrivate *priv = get (self);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (priv->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        side_copy_dialog_save_to (self, path);
      else
        side_copy_dialog_fail (self, _("Not saved. Choose another folder and try again."));
    }
  g_clear_object (&priv->chooser);
}

static void
save_cb (SideCopyDialog *self)
{
  SideCopyDialogPrivate *priv = get (self);
  g_autofree char *name = side_copy_dialog_dup_name (self);

  if (priv->chooser != NULL)
    return;
  priv->chooser = gtk_file_chooser_native_new (priv->words.title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (priv->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (priv->chooser), name);
  g_signal_connect_object (priv->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (priv->chooser));
}

static void
show_cb (SideCopyDialog *self)
{
  side_reveal (GTK_WINDOW (self), get (self)->target);
}

static void
copy_cb (SideCopyDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), get (self)->sha256);
}

/* ---- the object ---- */

/* However it was closed: the writing holds the object, so that this comes before dispose(). */
static void
side_copy_dialog_unrealize (GtkWidget *widget)
{
  SideCopyDialogPrivate *priv = get (widget);

  priv->closed = TRUE;
  g_cancellable_cancel (priv->cancellable);
  GTK_WIDGET_CLASS (side_copy_dialog_parent_class)->unrealize (widget);
}

static void
side_copy_dialog_dispose (GObject *object)
{
  g_clear_object (&get (object)->chooser);
  G_OBJECT_CLASS (side_copy_dialog_parent_class)->dispose (object);
}

static void
side_copy_dialog_finalize (GObject *object)
{
  SideCopyDialogPrivate *priv = get (object);

  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->payments, side_payments_free);
  g_free (priv->target);
  g_free (priv->sha256);
  G_OBJECT_CLASS (side_copy_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-copy-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, first);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, format);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, groups);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, unknown);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, voices);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, sheet_row);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, sheet);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, problem);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, stack);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, writing_label);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, progress);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, done);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, hash);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, sheet_problem);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, cancel_button);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, save_button);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, show_button);
  gtk_widget_class_bind_template_child_private (widget_class, SideCopyDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
side_copy_dialog_class_init (SideCopyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_copy_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_copy_dialog_finalize;
  widget_class->unrealize = side_copy_dialog_unrealize;
  bind_template (widget_class);
  side_window_class_add_keys (widget_class);
}

static void
side_copy_dialog_init (SideCopyDialog *self)
{
  get (self)->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * side_copy_dialog_set_up:
 * @self: a new dialog
 * @desk: where it is put on record
 * @words: what this kind of copy is called; they must live as long
 * @what: the row that says what is in it
 * @calls: (element-type SideCall): whose sound is in it, each once
 *
 * To be called once, when what the vfuncs look at is there.
 */
void
side_copy_dialog_set_up (SideCopyDialog      *self,
                         SideDesk            *desk,
                         const SideCopyWords *words,
                         GtkWidget           *what,
                         GPtrArray           *calls)
{
  SideCopyDialogPrivate *priv = get (self);
  g_autoptr (GtkWidget) format = g_object_ref (GTK_WIDGET (priv->format));

  priv->desk = g_object_ref (desk);
  priv->words = *words;
  priv->n_calls = calls->len;
  gtk_window_set_title (GTK_WINDOW (self), words->title);
  gtk_label_set_label (priv->writing_label, words->writing);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (priv->sheet_row), words->sheet);
  adw_action_row_set_subtitle (priv->sheet_row, words->sheet_about);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->sheet), GTK_ACCESSIBLE_PROPERTY_LABEL, words->sheet, -1);
  /* What it is comes first, and the group only adds at its end. */
  adw_preferences_group_remove (priv->first, format);
  adw_preferences_group_add (priv->first, what);
  adw_preferences_group_add (priv->first, format);
  show_page (self, "choose");
  side_payments_ask_async (desk, calls, priv->cancellable, asked_cb, g_object_ref (self));
}

/**
 * side_copy_dialog_add_group:
 * @self: a dialog
 * @group: more that can be chosen; below what is in it and how it is coded
 */
void
side_copy_dialog_add_group (SideCopyDialog *self,
                            GtkWidget      *group)
{
  gtk_box_append (get (self)->groups, group);
  gtk_widget_set_visible (GTK_WIDGET (get (self)->groups), TRUE);
}

/**
 * side_copy_dialog_get_desk:
 * @self: a dialog
 *
 * Returns: (transfer none): where it is put on record
 */
SideDesk *
side_copy_dialog_get_desk (SideCopyDialog *self)
{
  return get (self)->desk;
}

/**
 * side_copy_dialog_get_payments:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what the exchange marked; %NULL until it
 *   is known
 */
const SidePayments *
side_copy_dialog_get_payments (SideCopyDialog *self)
{
  return get (self)->payments;
}

/**
 * side_copy_dialog_get_format:
 * @self: a dialog
 *
 * Returns: how the sound is to be coded
 */
SideExportFormat
side_copy_dialog_get_format (SideCopyDialog *self)
{
  return (SideExportFormat) MIN (adw_combo_row_get_selected (get (self)->format), (guint) SIDE_EXPORT_OPUS);
}

/**
 * side_copy_dialog_changes_voices:
 * @self: a dialog
 *
 * Returns: whether the voices are to be changed
 */
gboolean
side_copy_dialog_changes_voices (SideCopyDialog *self)
{
  return gtk_switch_get_active (get (self)->voices);
}

/**
 * side_copy_dialog_get_cancellable:
 * @self: a dialog
 *
 * Returns: (transfer none): cancelled when it is closed
 */
GCancellable *
side_copy_dialog_get_cancellable (SideCopyDialog *self)
{
  return get (self)->cancellable;
}

/**
 * side_copy_dialog_dup_name:
 * @self: a dialog
 *
 * Returns: (transfer full): the file name that is offered; never a telephone
 *   number
 */
char *
side_copy_dialog_dup_name (SideCopyDialog *self)
{
  g_return_val_if_fail (SIDE_IS_COPY_DIALOG (self), NULL);
  return SIDE_COPY_DIALOG_GET_CLASS (self)->dup_name (self, side_copy_dialog_get_format (self));
}
