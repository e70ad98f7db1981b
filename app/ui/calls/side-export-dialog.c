/* side-export-dialog.c - a copy of one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of the call is in the copy, and which spans of it are silence: those
 * that were marked as payment, by people or by the telephone exchange, unless
 * the person says otherwise. How it is written is SideCopyDialog's.
 */
#include "side-export-dialog.h"

#include <glib/gi18n.h>

#include "side-blanks.h"
#include "side-export-words.h"
#include "side-marks-sheet.h"
#include "side-text.h"

struct _SideExportDialog
{
  SideCopyDialog        parent_instance;
  AdwComboRow          *what;
  SideBlanks           *blanks;

  SideCall             *call;
  SideCallNotes        *notes;
  char                 *path;
  gint64                length_ms;
  gint64                from_ms;
  gint64                to_ms;
  SideExportRecord     *record;      /* of what is being written; for its sheet */
};

G_DEFINE_FINAL_TYPE (SideExportDialog, side_export_dialog, SIDE_TYPE_COPY_DIALOG)

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
  const SidePayments *payments = side_copy_dialog_get_payments (SIDE_COPY_DIALOG (self));
  GPtrArray *marks = side_export_words_payments (self->call, side_payments_get (payments, self->call->id));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    g_ptr_array_add (marks, side_annotation_ref (get_mark (self, i)));
  return marks;
}

/* ---- the list of spans ---- */

/* An answer to a mark is about no other span than that. */
static void
refresh_blanks (SideExportDialog *self)
{
  SideTags *tags = side_tags_get (side_copy_dialog_get_desk (SIDE_COPY_DIALOG (self)));
  g_autoptr (GPtrArray) marks = list_marks (self);
  g_autofree SideBlank *blanks = g_new0 (SideBlank, marks->len + 1);
  gint64 from_ms, to_ms;
  gsize n = 0;

  get_piece (self, &from_ms, &to_ms);
  for (guint i = 0; i < marks->len; i++)
    {
      const SideAnnotation *mark = g_ptr_array_index (marks, i);

      if (mark->parent != NULL)
        continue;
      blanks[n] = (SideBlank) { mark->id, 0, 0, side_tags_label (tags, mark->tag), mark->text, g_strcmp0 (mark->tag, "payment") == 0 };
      side_annotation_place (mark, 0, self->length_ms, &blanks[n].from_ms, &blanks[n].to_ms);
      n++;
    }
  side_blanks_show (self->blanks, blanks, n, from_ms, to_ms);
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
  refresh_blanks (self);
}

static AdwComboRow *
new_what (SideExportDialog *self)
{
  AdwComboRow *what = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("The whole call"));
  if (self->from_ms < self->to_ms)
    gtk_string_list_append (list, _("The selected span"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (what), _("What"));
  adw_combo_row_set_model (what, G_LIST_MODEL (list));
  adw_combo_row_set_selected (what, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
  return what;
}

/* ---- what SideCopyDialog asks ---- */

static char *
side_export_dialog_dup_name (SideCopyDialog   *dialog,
                             SideExportFormat  format)
{
  return side_export_words_name (SIDE_EXPORT_DIALOG (dialog)->call,
                                 side_desk_get_project (side_copy_dialog_get_desk (dialog)), format);
}

static void
side_export_dialog_payments_known (SideCopyDialog *dialog)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (dialog);
  const GArray *spans = side_payments_get (side_copy_dialog_get_payments (dialog), self->call->id);

  if (spans != NULL && spans->len > 0)
    refresh_blanks (self);
}

static SideExport *
new_export (SideExportDialog *self)
{
  const SideExportRecord *record = self->record;
  SideExport *export = side_export_new (side_copy_dialog_get_format (SIDE_COPY_DIALOG (self)));

  /* Of a whole call, its end is the recording's, whatever was said of its length. */
  side_export_add (export, self->path, record->from_ms, record->to_ms == self->length_ms ? 0 : record->to_ms);
  for (guint i = 0; i < record->blanked->len; i++)
    {
      const SideHeard *span = &g_array_index (record->blanked, SideHeard, i);

      side_export_blank (export, span->from_ms, span->to_ms);
    }
  return export;
}

static void
side_export_dialog_start (SideCopyDialog *dialog)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (dialog);
  g_autofree char *id = side_id_new ();
  g_autoptr (GArray) blanks = side_blanks_list (self->blanks);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) side_export_record_unref);

  g_clear_pointer (&self->record, side_export_record_unref);
  self->record = side_export_record_new (id, self->call->project, self->call->id);
  get_piece (self, &self->record->from_ms, &self->record->to_ms);
  g_array_append_vals (self->record->blanked, blanks->data, blanks->len);
  g_ptr_array_add (records, side_export_record_ref (self->record));
  side_copy_dialog_write (dialog, new_export (self), records);
}

static char *
side_export_dialog_write_sheet (SideCopyDialog     *dialog,
                                const SideExported *exported)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (dialog);
  SideDesk *desk = side_copy_dialog_get_desk (dialog);
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();
  const SideExportRecord *record = self->record;
  SideMarksSheet sheet = {
    .call = self->call, .project = side_desk_get_project (desk), .length_ms = self->length_ms,
    .from_ms = record->from_ms, .to_ms = record->to_ms, .blanked = (const SideHeard *) (gpointer) record->blanked->data,
    .n_blanked = record->blanked->len, .voice_changed = record->voice_changed, .tags = side_tags_get (desk),
  };

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    g_ptr_array_add (marks, get_mark (self, i));
  return side_marks_sheet_write (&sheet, marks);
}

/* ---- the object ---- */

static void
side_export_dialog_dispose (GObject *object)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (object);

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);
  G_OBJECT_CLASS (side_export_dialog_parent_class)->dispose (object);
}

/* The notes stay until the writing has ended: the sheet is written from them. */
static void
side_export_dialog_finalize (GObject *object)
{
  SideExportDialog *self = SIDE_EXPORT_DIALOG (object);

  g_clear_object (&self->notes);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->record, side_export_record_unref);
  g_free (self->path);
  G_OBJECT_CLASS (side_export_dialog_parent_class)->finalize (object);
}

static void
side_export_dialog_class_init (SideExportDialogClass *klass)
{
  SideCopyDialogClass *copy_class = SIDE_COPY_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_export_dialog_finalize;
  copy_class->dup_name = side_export_dialog_dup_name;
  copy_class->payments_known = side_export_dialog_payments_known;
  copy_class->start = side_export_dialog_start;
  copy_class->write_sheet = side_export_dialog_write_sheet;
}

static void
side_export_dialog_init (SideExportDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 640);
}

static void
build (SideExportDialog *self,
       SideDesk         *desk)
{
  const SideCopyWords words = {
    .title = _("Save a Copy"),
    .writing = _("Writing the copy…"),
    .sheet = _("Add a sheet of the marks"),
    .sheet_about = _("A text file beside the copy, without what was written about blanked spans"),
    .sheet_failed = _("The sheet of the marks could not be written beside it."),
  };
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  g_ptr_array_add (calls, side_call_ref (self->call));
  self->what = new_what (self);
  self->blanks = SIDE_BLANKS (side_blanks_new ());
  side_copy_dialog_add_group (SIDE_COPY_DIALOG (self), GTK_WIDGET (self->blanks));
  side_copy_dialog_set_up (SIDE_COPY_DIALOG (self), desk, &words, GTK_WIDGET (self->what), calls);
  g_signal_connect_object (self->what, "notify::selected", G_CALLBACK (what_cb), self, G_CONNECT_SWAPPED);
  what_cb (self);
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
  self->call = side_call_copy (call);
  if (self->call->recording_ms <= 0)   /* nobody said, and the file does */
    self->call->recording_ms = length_ms;
  self->path = g_strdup (path);
  self->length_ms = length_ms;
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  self->notes = g_object_ref (notes);
  build (self, desk);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (refresh_blanks), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}
