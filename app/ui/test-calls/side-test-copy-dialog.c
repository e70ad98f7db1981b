/* side-test-copy-dialog.c - a copy of a test call's recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of it is in the copy, and which spans are silence. How it is written is
 * SideCopyDialog's. The server has no record of what left the program: the call
 * is the caller's own, and no customer is heard in it.
 */
#include "side-test-copy-dialog.h"

#include <glib/gi18n.h>

#include "side-listening.h"
#include "side-test-marks.h"
#include "side-text.h"

struct _SideTestCopyDialog
{
  SideCopyDialog  parent_instance;
  AdwComboRow    *what;
  SideBlanks     *blanks;
  SideTestCall   *call;
  SideTestCopy    copy;
  char           *path;
  GArray         *blanked;   /* (nullable): of SideHeard: silence in what is written; for its sheet */
};

G_DEFINE_FINAL_TYPE (SideTestCopyDialog, side_test_copy_dialog, SIDE_TYPE_COPY_DIALOG)

static void
get_piece (SideTestCopyDialog *self,
           gint64             *from_ms,
           gint64             *to_ms)
{
  gboolean span = self->copy.from_ms < self->copy.to_ms && adw_combo_row_get_selected (self->what) == 1;

  *from_ms = span ? self->copy.from_ms : 0;
  *to_ms = span ? self->copy.to_ms : self->copy.length_ms;
}

static void
what_cb (SideTestCopyDialog *self)
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
  side_test_marks_show_blanks (self->blanks, self->call, side_tags_get (side_copy_dialog_get_desk (SIDE_COPY_DIALOG (self))),
                               self->copy.offset_ms, from_ms, to_ms);
}

/* ---- what SideCopyDialog asks ---- */

static char *
side_test_copy_dialog_dup_name (SideCopyDialog   *dialog,
                                SideExportFormat  format)
{
  return side_test_marks_name (SIDE_TEST_COPY_DIALOG (dialog)->call, side_desk_get_project (side_copy_dialog_get_desk (dialog)),
                               side_export_format_suffix (format));
}

static void
side_test_copy_dialog_start (SideCopyDialog *dialog)
{
  SideTestCopyDialog *self = SIDE_TEST_COPY_DIALOG (dialog);
  SideExport *export = side_export_new (side_copy_dialog_get_format (dialog));
  gint64 from_ms, to_ms;

  get_piece (self, &from_ms, &to_ms);
  side_export_add (export, self->path, from_ms, to_ms == self->copy.length_ms ? 0 : to_ms);
  g_clear_pointer (&self->blanked, g_array_unref);
  self->blanked = side_blanks_list (self->blanks);
  for (guint i = 0; i < self->blanked->len; i++)
    {
      const SideHeard *span = &g_array_index (self->blanked, SideHeard, i);

      side_export_blank (export, span->from_ms, span->to_ms);
    }
  side_copy_dialog_write (dialog, export, g_ptr_array_new ());
}

static char *
side_test_copy_dialog_write_sheet (SideCopyDialog     *dialog,
                                   const SideExported *exported)
{
  SideTestCopyDialog *self = SIDE_TEST_COPY_DIALOG (dialog);
  gint64 from_ms, to_ms;

  get_piece (self, &from_ms, &to_ms);
  return side_test_marks_sheet (self->call, side_tags_get (side_copy_dialog_get_desk (dialog)), self->copy.offset_ms, from_ms, to_ms,
                                self->blanked);
}

/* ---- the object ---- */

static void
side_test_copy_dialog_finalize (GObject *object)
{
  SideTestCopyDialog *self = SIDE_TEST_COPY_DIALOG (object);

  g_clear_pointer (&self->call, side_test_call_unref);
  g_clear_pointer (&self->blanked, g_array_unref);
  g_free (self->path);
  G_OBJECT_CLASS (side_test_copy_dialog_parent_class)->finalize (object);
}

static void
side_test_copy_dialog_class_init (SideTestCopyDialogClass *klass)
{
  SideCopyDialogClass *copy_class = SIDE_COPY_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_test_copy_dialog_finalize;
  copy_class->dup_name = side_test_copy_dialog_dup_name;
  copy_class->start = side_test_copy_dialog_start;
  copy_class->write_sheet = side_test_copy_dialog_write_sheet;
}

static void
side_test_copy_dialog_init (SideTestCopyDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 640);
}

/**
 * side_test_copy_dialog_new:
 * @parent: (nullable): the window it stands above
 * @desk: a desk
 * @call: whose recording
 * @what: what there is of it; copied
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_test_copy_dialog_new (GtkWindow          *parent,
                           SideDesk           *desk,
                           const SideTestCall *call,
                           const SideTestCopy *what)
{
  const SideCopyWords words = {
    .title = _("Save a Copy"),
    .writing = _("Writing the copy…"),
    .sheet = _("Add a sheet of what is heard when"),
    .sheet_about = _("A text file beside the copy: the timeline, what was said and pressed, the notes. Its times count from where the copy begins, not from dialling."),
    .sheet_failed = _("The sheet could not be written beside it."),
  };
  SideTestCopyDialog *self = g_object_new (SIDE_TYPE_TEST_COPY_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->call = side_test_call_copy (call);
  self->copy = *what;
  self->path = g_strdup (what->path);
  self->copy.path = self->path;
  gtk_string_list_append (list, _("The whole call"));
  if (what->from_ms < what->to_ms)
    gtk_string_list_append (list, _("The selected span"));
  self->what = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->what), _("What"));
  adw_combo_row_set_model (self->what, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->what, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
  self->blanks = SIDE_BLANKS (side_blanks_new ());
  side_copy_dialog_add_group (SIDE_COPY_DIALOG (self), GTK_WIDGET (self->blanks));
  side_copy_dialog_set_up (SIDE_COPY_DIALOG (self), desk, &words, GTK_WIDGET (self->what), none);
  g_signal_connect_object (self->what, "notify::selected", G_CALLBACK (what_cb), self, G_CONNECT_SWAPPED);
  what_cb (self);
  return GTK_WINDOW (self);
}
