/* side-export-dialog.c - a copy of a recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The copy is written beside the place it is for, entered in the record of
 * exports through the desk, and only then takes its name: what can be found
 * under that name has left a trace. The sheet of the marks comes last.
 */
#include "side-export-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "side-error.h"
#include "side-export-words.h"
#include "side-marks-sheet.h"
#include "side-reveal.h"
#include "side-text.h"
#include "side-wire.h"

struct _SideExportDialog
{
  AdwWindow             parent_instance;
  AdwComboRow          *what;
  AdwComboRow          *format;
  AdwPreferencesGroup  *blanks;
  GtkSwitch            *voices;
  GtkSwitch            *sheet;
  GtkLabel             *problem;
  GtkScrolledWindow    *scroller;
  GtkStack             *stack;
  GtkProgressBar       *progress;
  AdwStatusPage        *done;
  AdwActionRow         *hash;
  GtkLabel             *sheet_problem;
  GtkButton            *cancel_button;
  GtkButton            *save_button;
  GtkButton            *show_button;
  GtkButton            *copy_button;

  SideDesk             *desk;
  SideCall             *call;
  SideCallNotes        *notes;
  char                 *path;
  gint64                length_ms;
  gint64                from_ms;
  gint64                to_ms;
  GPtrArray            *rows;        /* of GtkWidget, in the group of blanks */
  GHashTable           *chosen;      /* id of a mark -> whether it is blanked out */
  GArray               *payments;    /* of SideSpan: what the exchange marked */
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  gboolean              closed;

  /* What is being written. */
  char                 *target;
  char                 *partial;
  char                 *sheet_text;  /* NULL: none is wanted */
  SideExportRecord     *record;
};

G_DEFINE_FINAL_TYPE (SideExportDialog, side_export_dialog, ADW_TYPE_WINDOW)

/* ---- what is chosen ---- */

static void
get_piece (SideExportDialog *self,
           gint64           *from_ms,
           gint64           *to_ms)
{
  gboolean span = self->from_ms < self->to_ms && adw_combo_row_get_selected (self->what) == 1;

  *from_ms = span ? self->from_ms : 0;
  *to_ms = span ? self->to_ms : self->length_ms;
}

static SideExportFormat
get_format (SideExportDialog *self)
{
  return (SideExportFormat) MIN (adw_combo_row_get_selected (self->format), (guint) SIDE_EXPORT_OPUS);
}

/* The part of a span mark that lies in the copy; %FALSE for points, answers and marks elsewhere. */
static gboolean
get_span (SideExportDialog     *self,
          const SideAnnotation *mark,
          SideHeard            *span)
{
  gint64 from_ms, to_ms;

  get_piece (self, &from_ms, &to_ms);
  side_annotation_place (mark, 0, self->length_ms, &span->from_ms, &span->to_ms);
  span->rate = 1;
  if (mark->parent != NULL || span->from_ms >= span->to_ms)
    return FALSE;
  span->from_ms = MAX (span->from_ms, from_ms);
  span->to_ms = MIN (span->to_ms, to_ms);
  return span->from_ms < span->to_ms;
}

static gboolean
is_chosen (SideExportDialog     *self,
           const SideAnnotation *mark)
{
  gpointer value;

  if (g_hash_table_lookup_extended (self->chosen, mark->id, NULL, &value))
    return GPOINTER_TO_INT (value);
  return g_strcmp0 (mark->tag, "payment") == 0;
}

static SideAnnotation *
get_mark (SideExportDialog *self,
          guint             i)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

  return side_note_item_get_annotation (item);
}

static GPtrArray *
list_marks (SideExportDialog *self)
{
  GPtrArray *marks = side_export_words_payments (self->call, self->payments);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    g_ptr_array_add (marks, side_annotation_ref (get_mark (self, i)));
  return marks;
}

static GArray *
list_blanks (SideExportDialog *self)
{
  g_autoptr (GPtrArray) marks = list_marks (self);
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SideHeard));

  for (guint i = 0; i < marks->len; i++)
    {
      const SideAnnotation *mark = g_ptr_array_index (marks, i);
      SideHeard span;

      if (get_span (self, mark, &span) && is_chosen (self, mark))
        g_array_append_val (spans, span);
    }
  return spans;
}

/* ---- the list of spans ---- */

static void
toggled_cb (SideExportDialog *self,
            GtkCheckButton   *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "mark");

  g_hash_table_insert (self->chosen, g_strdup (id), GINT_TO_POINTER (gtk_check_button_get_active (check)));
}

static GtkWidget *
new_row (SideExportDialog     *self,
         const SideAnnotation *mark,
         const SideHeard      *span)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *from = side_text_duration_tenths (span->from_ms);
  g_autofree char *to = side_text_duration_tenths (span->to_ms);
  g_autofree char *title = g_strdup_printf ("%s–%s · %s", from, to, side_tags_label (side_tags_get (self->desk), mark->tag));
  g_autofree char *name = g_strdup_printf (_("Blank out %s"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (mark->text != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mark->text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, mark));
  g_object_set_data_full (G_OBJECT (check), "mark", g_strdup (mark->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
refresh_rows (SideExportDialog *self)
{
  g_autoptr (GPtrArray) marks = list_marks (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->blanks, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < marks->len; i++)
    {
      const SideAnnotation *mark = g_ptr_array_index (marks, i);
      SideHeard span;

      if (get_span (self, mark, &span))
        {
          GtkWidget *row = new_row (self, mark, &span);

          adw_preferences_group_add (self->blanks, row);
          g_ptr_array_add (self->rows, row);
        }
    }
  adw_preferences_group_set_description (self->blanks, self->rows->len > 0
    ? _("Digital silence on both sides. It cannot be undone in the copy; the recording itself stays as it is.")
    : _("No span is marked here. Mark where a card number is said, and it can be left out of the copy."));
}

static void
what_cb (SideExportDialog *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *span = NULL;
  gint64 from_ms, to_ms;

  get_piece (self, &from_ms, &to_ms);
  from = side_text_duration_tenths (from_ms);
  to = side_text_duration_tenths (to_ms);
  span = g_strdup_printf ("%s–%s", from, to);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->what), span);
  if (self->notes != NULL)
    refresh_rows (self);
}

static void
fill_what (SideExportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("The whole call"));
  if (self->from_ms < self->to_ms)
    gtk_string_list_append (list, _("The selected span"));
  adw_combo_row_set_model (self->what, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->what, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
}

/* ---- how it ended ---- */

static void
show_page (SideExportDialog *self,
           const char       *page)
{
  gboolean choosing = g_str_equal (page, "choose");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), choosing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), TRUE);
  gtk_button_set_label (self->cancel_button, g_str_equal (page, "done") ? _("_Close") : _("_Cancel"));
}

static void
show_problem (SideExportDialog *self,
              const char       *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  show_page (self, "choose");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}

/* Nothing that was begun stays. */
static void
give_up (SideExportDialog *self,
         const GError     *error,
         const char       *words)
{
  g_unlink (self->partial);
  if (self->closed || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_debug ("exporting a recording: %s", error->message);
  show_problem (self, words != NULL ? words : side_export_words_error (error));
}

static void
succeed (SideExportDialog *self,
         const GError     *sheet_error)
{
  g_autofree char *name = NULL;

  if (self->closed)
    return;
  name = g_markup_escape_text (self->record->name, -1);
  adw_status_page_set_description (self->done, name);
  adw_action_row_set_subtitle (self->hash, self->record->sha256);
  if (sheet_error != NULL)
    {
      g_debug ("writing a sheet of marks: %s", sheet_error->message);
      gtk_label_set_label (self->sheet_problem, _("The sheet of the marks could not be written beside it."));
      gtk_widget_set_visible (GTK_WIDGET (self->sheet_problem), TRUE);
    }
  show_page (self, "done");
  gtk_widget_grab_focus (GTK_WIDGET (self->show_button));
}

/* ---- writing: the sound, the record, the name, the sheet ---- */

static void
sheet_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SideExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  succeed (self, error);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sheet_path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_move_finish (G_FILE (source), result, &error))
    {
      give_up (self, error, NULL);
      return;
    }
  if (self->sheet_text == NULL)
    {
      succeed (self, NULL);
      return;
    }
  sheet_path = g_strconcat (self->target, ".txt", NULL);
  file = g_file_new_for_path (sheet_path);
  bytes = g_bytes_new (self->sheet_text, strlen (self->sheet_text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, sheet_written_cb,
                                       g_object_ref (self));
}

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    {
      give_up (self, error, _("Not saved: the copy could not be entered in the record of exports."));
      return;
    }
  from = g_file_new_for_path (self->partial);
  to = g_file_new_for_path (self->target);
  g_file_move_async (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, G_PRIORITY_DEFAULT, NULL, NULL,
                     NULL, moved_cb, g_object_ref (self));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideExported) exported = side_export_write_finish (result, &error);
  g_autoptr (SideDocument) document = NULL;

  if (exported == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &error))
    {
      give_up (self, error, NULL);
      return;
    }
  /* From here on it is on record, and there is nothing to take back any more. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), FALSE);
  self->record->sha256 = g_strdup (exported->sha256);
  document = side_wire_document_for_export (self->record);
  side_desk_put_document_async (self->desk, document, NULL, NULL, recorded_cb, g_object_ref (self));
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  gtk_progress_bar_set_fraction (SIDE_EXPORT_DIALOG (data)->progress, fraction);
}

static SideExportRecord *
new_record (SideExportDialog *self,
            GArray           *blanks)
{
  g_autofree char *id = side_id_new ();
  SideExportRecord *record = side_export_record_new (id, self->call->project, self->call->id);

  record->author = g_strdup (side_desk_get_user (self->desk));
  record->format = g_strdup (side_export_format_suffix (get_format (self)));
  record->name = g_filename_display_basename (self->target);
  get_piece (self, &record->from_ms, &record->to_ms);
  g_array_append_vals (record->blanked, blanks->data, blanks->len);
  record->voice_changed = gtk_switch_get_active (self->voices);
  record->at_ms = side_desk_get_write_ms (self->desk);
  return record;
}

static char *
write_sheet (SideExportDialog *self)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();
  const SideExportRecord *record = self->record;
  SideMarksSheet sheet = {
    .call = self->call, .project = side_desk_get_project (self->desk), .length_ms = self->length_ms,
    .from_ms = record->from_ms, .to_ms = record->to_ms, .blanked = (const SideHeard *) (gpointer) record->blanked->data,
    .n_blanked = record->blanked->len, .voice_changed = record->voice_changed, .tags = side_tags_get (self->desk),
  };

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    g_ptr_array_add (marks, get_mark (self, i));
  return side_marks_sheet_write (&sheet, marks);
}

/**
 * side_export_dialog_save_to:
 * @self: a dialog that is not writing
 * @path: the file, which the person agreed to replace; with another ending
 *   than that of the format it gets that
 *
 * Writes the copy as it was chosen.
 */
void
side_export_dialog_save_to (SideExportDialog *self,
                            const char       *path)
{
  g_autofree char *target = NULL;
  g_autofree char *random = NULL;
  g_autoptr (GArray) blanks = NULL;

  g_return_if_fail (SIDE_IS_EXPORT_DIALOG (self) && path != NULL);
  g_return_if_fail (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "choose"));
  target = side_export_words_target (path, get_format (self));
  if (side_export_words_same_file (target, self->path))
    {
      show_problem (self, _("Not saved: that is the recording itself. Choose another name."));
      return;
    }
  if (!g_str_equal (target, path) && g_file_test (target, G_FILE_TEST_EXISTS))
    {
      show_problem (self, _("Not saved: there is a file of that name already. Choose another name."));
      return;
    }
  random = g_uuid_string_random ();
  g_free (self->target);
  self->target = g_steal_pointer (&target);
  g_free (self->partial);
  self->partial = g_strdup_printf ("%s.%.8s", self->target, random);
  blanks = list_blanks (self);
  g_clear_pointer (&self->record, side_export_record_unref);
  self->record = new_record (self, blanks);
  g_free (self->sheet_text);
  self->sheet_text = gtk_switch_get_active (self->sheet) ? write_sheet (self) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_page (self, "writing");
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
  side_export_write_async (side_export_words_export (self->record, get_format (self), self->path, self->length_ms), self->partial, progress_cb, self, self->cancellable, written_cb,
                           g_object_ref (self));
}

/* ---- buttons ---- */

static void
chosen_cb (SideExportDialog *self,
           int               response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        side_export_dialog_save_to (self, path);
      else
        show_problem (self, _("Not saved. Choose another folder and try again."));
    }
  g_clear_object (&self->chooser);
}

static void
save_cb (SideExportDialog *self)
{
  g_autofree char *name = side_export_dialog_dup_name (self);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save a Copy"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_cb (SideExportDialog *self)
{
  side_reveal (GTK_WINDOW (self), self->target);
}

static void
copy_cb (SideExportDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->record->sha256);
}

/* ---- the object ---- */

/* However it was closed: the writing holds the object, so that this comes before dispose(). */
static void
side_export_dialog_unrealize (GtkWidget *widget)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (widget);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (side_export_dialog_parent_class)->unrealize (widget);
}

static void
side_export_dialog_dispose (GObject *object)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (object);

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (side_export_dialog_parent_class)->dispose (object);
}

/* The desk stays until the writing has ended: a copy that is made is recorded. */
static void
side_export_dialog_finalize (GObject *object)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->record, side_export_record_unref);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->chosen);
  g_array_unref (self->payments);
  g_free (self->path);
  g_free (self->target);
  g_free (self->partial);
  g_free (self->sheet_text);
  G_OBJECT_CLASS (side_export_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, blanks);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, voices);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, sheet);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, done);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, hash);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, sheet_problem);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, SideExportDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, what_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
side_export_dialog_class_init (SideExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_export_dialog_finalize;
  widget_class->unrealize = side_export_dialog_unrealize;
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
side_export_dialog_init (SideExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->payments = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * side_export_dialog_dup_name:
 * @self: a dialog
 *
 * Returns: (transfer full): the file name that is offered: date, time and
 *   queue; never a telephone number
 */
char *
side_export_dialog_dup_name (SideExportDialog *self)
{
  g_return_val_if_fail (SIDE_IS_EXPORT_DIALOG (self), NULL);
  return side_export_words_name (self->call, side_desk_get_project (self->desk), get_format (self));
}

/**
 * side_export_dialog_propose:
 * @self: a dialog
 * @spans: (element-type SideSpan): where the caller paid, as the telephone
 *   exchange marked it
 *
 * Has them blanked out unless the person says otherwise.
 */
void
side_export_dialog_propose (SideExportDialog *self,
                            const GArray     *spans)
{
  g_return_if_fail (SIDE_IS_EXPORT_DIALOG (self) && spans != NULL);
  g_array_set_size (self->payments, 0);
  g_array_append_vals (self->payments, spans->data, spans->len);
  refresh_rows (self);
}

/**
 * side_export_dialog_new:
 * @parent: (nullable): the window it stands above
 * @desk: where the export is entered
 * @call: whose recording
 * @notes: its marks
 * @path: the recording on this computer
 * @length_ms: of the recording; above 0, since without it no mark has a place
 * @from_ms: where the selected span begins
 * @to_ms: where it ends; @from_ms when nothing is selected
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_export_dialog_new (GtkWindow      *parent,
                        SideDesk       *desk,
                        const SideCall *call,
                        SideCallNotes  *notes,
                        const char     *path,
                        gint64          length_ms,
                        gint64          from_ms,
                        gint64          to_ms)
{
  SideExportDialog *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && call != NULL && SIDE_IS_CALL_NOTES (notes) && path != NULL, NULL);
  g_return_val_if_fail (from_ms >= 0 && length_ms > 0, NULL);
  self = g_object_new (SIDE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->call = side_call_copy (call);
  self->path = g_strdup (path);
  self->length_ms = length_ms;
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  fill_what (self);
  self->notes = g_object_ref (notes);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (refresh_rows), self, G_CONNECT_SWAPPED);
  what_cb (self);
  show_page (self, "choose");
  return GTK_WINDOW (self);
}
