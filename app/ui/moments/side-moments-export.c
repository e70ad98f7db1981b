/* side-moments-export.c - key moments as one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One step after the other: the recordings, the sound beside the place it is
 * for, a record of each piece through the desk, the name, the sheet. What can
 * be found under that name has left its traces.
 */
#include "side-moments-export.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "side-export-words.h"
#include "side-format.h"
#include "side-listening.h"
#include "side-moment.h"
#include "side-reveal.h"
#include "side-text.h"
#include "side-wire.h"

/* How much of the bar the fetching gets. */
#define FETCH_SHARE 0.5

struct _SideMomentsExport
{
  AdwWindow             parent_instance;
  AdwActionRow         *what;
  AdwComboRow          *format;
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
  GPtrArray            *moments;     /* of SideMoment */
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  gboolean              closed;

  /* What is being written. */
  char                 *target;
  char                 *partial;
  GHashTable           *paths;       /* call id -> its recording here */
  guint                 place;       /* of the moment whose recording is fetched or whose record is written */
  SideExportFormat      written_as;
  gboolean              changes_voices;
  gboolean              has_sheet;
  SideExported         *exported;
};

G_DEFINE_FINAL_TYPE (SideMomentsExport, side_moments_export, ADW_TYPE_WINDOW)

static void fetch_next (SideMomentsExport *self);
static void record_next (SideMomentsExport *self);

/* ---- how it ended ---- */

static void
show_page (SideMomentsExport *self,
           const char        *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), g_str_equal (page, "choose"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), TRUE);
  gtk_button_set_label (self->cancel_button, g_str_equal (page, "done") ? _("_Close") : _("_Cancel"));
}

static void
show_problem (SideMomentsExport *self,
              const char        *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  show_page (self, "choose");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}

/* Nothing that was begun stays. */
static void
give_up (SideMomentsExport *self,
         const GError      *error,
         const char        *words)
{
  g_unlink (self->partial);
  if (self->closed || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_debug ("saving moments: %s", error->message);
  show_problem (self, words != NULL ? words : side_export_words_error (error));
}

static void
succeed (SideMomentsExport *self,
         const GError      *sheet_error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (self->closed)
    return;
  base = g_filename_display_basename (self->target);
  name = g_markup_escape_text (base, -1);
  adw_status_page_set_description (self->done, name);
  adw_action_row_set_subtitle (self->hash, self->exported->sha256);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_problem), sheet_error != NULL);
  if (sheet_error != NULL)
    gtk_label_set_label (self->sheet_problem, _("The sheet of the moments could not be written beside it."));
  show_page (self, "done");
  gtk_widget_grab_focus (GTK_WIDGET (self->show_button));
}

/* ---- the sheet ---- */

static void
append_moment (SideMomentsExport *self,
               GString           *out,
               guint              i)
{
  SideMoment *moment = self->moments->pdata[i];
  const SideCall *call = side_moment_get_call (moment);
  const SideProject *project = side_desk_get_project (self->desk);
  g_autofree char *at = side_text_duration_tenths (g_array_index (self->exported->starts_ms, gint64, i));
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, call->joined_ms,
                                            side_desk_get_now_ms (self->desk));
  g_autofree char *from = side_text_duration_tenths (side_moment_get_from_ms (moment));
  g_autoptr (GArray) blanks = side_moment_list_blanks (moment);

  g_string_append_printf (out, "%s  %s\n    %s", at, side_moment_kind_label (side_tags_get (self->desk), side_moment_get_kind (moment)), when);
  if (call->queue != NULL)
    g_string_append_printf (out, " · %s", side_format_queue_name (project, call->queue));
  if (call->operator_name != NULL && !self->changes_voices)
    g_string_append_printf (out, " · %s", call->operator_name);
  g_string_append_printf (out, " · %s\n", from);
  if (blanks->len > 0)
    g_string_append_printf (out, "    %s\n", _("What was written here is left out: it lies on a blanked span."));
  else if (side_moment_get_text (moment) != NULL)
    {
      g_auto (GStrv) lines = g_strsplit_set (side_moment_get_text (moment), "\n\r", -1);

      for (guint n = 0; lines[n] != NULL; n++)
        if (*g_strstrip (lines[n]) != '\0')
          g_string_append_printf (out, "    %s\n", lines[n]);
    }
}

static void
sheet_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SideMomentsExport) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  succeed (self, error);
}

static void
write_sheet (SideMomentsExport *self)
{
  g_autofree char *path = g_strconcat (self->target, ".txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < self->moments->len; i++)
    append_moment (self, out, i);
  bytes = g_bytes_new (out->str, out->len);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, sheet_written_cb,
                                       g_object_ref (self));
}

/* ---- the records and the name ---- */

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideMomentsExport) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_move_finish (G_FILE (source), result, &error))
    give_up (self, error, NULL);
  else if (self->has_sheet)
    write_sheet (self);
  else
    succeed (self, NULL);
}

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideMomentsExport) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    {
      give_up (self, error, _("Not saved: the copy could not be entered in the record of exports."));
      return;
    }
  self->place++;
  record_next (self);
}

static SideExportRecord *
new_record (SideMomentsExport *self,
            SideMoment        *moment)
{
  const SideCall *call = side_moment_get_call (moment);
  g_autofree char *id = side_id_new ();
  g_autoptr (GArray) blanks = side_moment_list_blanks (moment);
  SideExportRecord *record = side_export_record_new (id, call->project, call->id);

  record->author = g_strdup (side_desk_get_user (self->desk));
  record->format = g_strdup (side_export_format_suffix (self->written_as));
  record->name = g_filename_display_basename (self->target);
  record->sha256 = g_strdup (self->exported->sha256);
  side_moment_get_piece (moment, &record->from_ms, &record->to_ms);
  g_array_append_vals (record->blanked, blanks->data, blanks->len);
  record->voice_changed = self->changes_voices;
  record->at_ms = side_desk_get_write_ms (self->desk);
  return record;
}

static void
record_next (SideMomentsExport *self)
{
  if (self->place < self->moments->len)
    {
      g_autoptr (SideExportRecord) record = new_record (self, self->moments->pdata[self->place]);
      g_autoptr (SideDocument) document = side_wire_document_for_export (record);

      side_desk_put_document_async (self->desk, document, NULL, NULL, recorded_cb, g_object_ref (self));
    }
  else
    {
      g_autoptr (GFile) from = g_file_new_for_path (self->partial);
      g_autoptr (GFile) to = g_file_new_for_path (self->target);

      g_file_move_async (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, G_PRIORITY_DEFAULT, NULL,
                         NULL, NULL, moved_cb, g_object_ref (self));
    }
}

/* ---- the sound ---- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideMomentsExport) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->exported, side_exported_free);
  self->exported = side_export_write_finish (result, &error);
  if (self->exported == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &error))
    {
      give_up (self, error, NULL);
      return;
    }
  /* From here on it is on record, and there is nothing to take back any more. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), FALSE);
  self->place = 0;
  record_next (self);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  gtk_progress_bar_set_fraction (SIDE_MOMENTS_EXPORT (data)->progress, FETCH_SHARE + (1 - FETCH_SHARE) * fraction);
}

static void
write_sound (SideMomentsExport *self)
{
  SideExport *export = side_export_new (self->written_as);

  for (guint i = 0; i < self->moments->len; i++)
    {
      SideMoment *moment = self->moments->pdata[i];
      g_autoptr (GArray) blanks = side_moment_list_blanks (moment);
      gint64 from_ms, to_ms;

      side_moment_get_piece (moment, &from_ms, &to_ms);
      side_export_add (export, g_hash_table_lookup (self->paths, side_moment_get_call (moment)->id), from_ms, to_ms);
      for (guint n = 0; n < blanks->len; n++)
        side_export_blank (export, g_array_index (blanks, SideHeard, n).from_ms, g_array_index (blanks, SideHeard, n).to_ms);
    }
  if (self->changes_voices)
    side_export_change_voices (export, SIDE_EXPORT_WORDS_SEMITONES);
  side_export_write_async (export, self->partial, progress_cb, self, self->cancellable, written_cb, g_object_ref (self));
}

/* ---- the recordings ---- */

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideMomentsExport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, &error);
  SideMoment *moment = self->moments->pdata[self->place];

  if (path == NULL)
    {
      const SideProject *project = side_desk_get_project (self->desk);
      g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL,
                                                side_moment_get_call (moment)->joined_ms, side_desk_get_now_ms (self->desk));
      g_autofree char *why = side_format_error (error);
      g_autofree char *words = g_strdup_printf (_("Not saved: the recording of %s cannot be had. %s"), when, why);

      give_up (self, error, words);
      return;
    }
  if (side_export_words_same_file (self->target, path))
    {
      show_problem (self, _("Not saved: that is the recording itself. Choose another name."));
      return;
    }
  g_hash_table_insert (self->paths, g_strdup (side_moment_get_call (moment)->id), g_steal_pointer (&path));
  self->place++;
  fetch_next (self);
}

static void
fetch_next (SideMomentsExport *self)
{
  const SideCall *call = NULL;

  while (self->place < self->moments->len && call == NULL)
    {
      call = side_moment_get_call (self->moments->pdata[self->place]);
      if (g_hash_table_contains (self->paths, call->id))
        {
          call = NULL;
          self->place++;
        }
    }
  gtk_progress_bar_set_fraction (self->progress, FETCH_SHARE * self->place / self->moments->len);
  if (call != NULL)
    side_desk_fetch_recording_async (self->desk, call, NULL, NULL, self->cancellable, fetched_cb, g_object_ref (self));
  else
    write_sound (self);
}

/**
 * side_moments_export_save_to:
 * @self: a dialog that is not writing
 * @path: the file, which the person agreed to replace; with another ending
 *   than that of the format it gets that
 *
 * Writes the moments as it was chosen.
 */
void
side_moments_export_save_to (SideMomentsExport *self,
                             const char        *path)
{
  g_autofree char *target = NULL;
  g_autofree char *random = g_uuid_string_random ();

  g_return_if_fail (SIDE_IS_MOMENTS_EXPORT (self) && path != NULL);
  g_return_if_fail (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "choose"));
  self->written_as = (SideExportFormat) MIN (adw_combo_row_get_selected (self->format), (guint) SIDE_EXPORT_OPUS);
  self->changes_voices = gtk_switch_get_active (self->voices);
  self->has_sheet = gtk_switch_get_active (self->sheet);
  target = side_export_words_target (path, self->written_as);
  if (!g_str_equal (target, path) && g_file_test (target, G_FILE_TEST_EXISTS))
    {
      show_problem (self, _("Not saved: there is a file of that name already. Choose another name."));
      return;
    }
  g_free (self->target);
  self->target = g_steal_pointer (&target);
  g_free (self->partial);
  self->partial = g_strdup_printf ("%s.%.8s", self->target, random);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_page (self, "writing");
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
  self->place = 0;
  g_hash_table_remove_all (self->paths);
  fetch_next (self);
}

/* ---- buttons ---- */

static void
chosen_cb (SideMomentsExport *self,
           int                response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        side_moments_export_save_to (self, path);
      else
        show_problem (self, _("Not saved. Choose another folder and try again."));
    }
  g_clear_object (&self->chooser);
}

static void
save_cb (SideMomentsExport *self)
{
  SideExportFormat format = (SideExportFormat) MIN (adw_combo_row_get_selected (self->format), (guint) SIDE_EXPORT_OPUS);
  g_autofree char *name = g_strdup_printf ("%s.%s", _("Key moments"), side_export_format_suffix (format));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save the Moments"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_cb (SideMomentsExport *self)
{
  side_reveal (GTK_WINDOW (self), self->target);
}

static void
copy_cb (SideMomentsExport *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->exported->sha256);
}

/* ---- the object ---- */

/* However it was closed: the writing holds the object, so that this comes before dispose(). */
static void
side_moments_export_unrealize (GtkWidget *widget)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (widget);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (side_moments_export_parent_class)->unrealize (widget);
}

static void
side_moments_export_dispose (GObject *object)
{
  g_clear_object (&SIDE_MOMENTS_EXPORT (object)->chooser);
  G_OBJECT_CLASS (side_moments_export_parent_class)->dispose (object);
}

/* The desk stays until the writing has ended: what is made is recorded. */
static void
side_moments_export_finalize (GObject *object)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->exported, side_exported_free);
  g_ptr_array_unref (self->moments);
  g_hash_table_unref (self->paths);
  g_free (self->target);
  g_free (self->partial);
  G_OBJECT_CLASS (side_moments_export_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/moments/side-moments-export.ui");
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, what);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, format);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, voices);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, sheet);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, problem);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, scroller);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, stack);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, progress);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, done);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, hash);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, sheet_problem);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, save_button);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, show_button);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsExport, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
side_moments_export_class_init (SideMomentsExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_moments_export_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_moments_export_finalize;
  widget_class->unrealize = side_moments_export_unrealize;
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
side_moments_export_init (SideMomentsExport *self)
{
  self->cancellable = g_cancellable_new ();
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
describe (SideMomentsExport *self)
{
  g_autoptr (GHashTable) calls = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_blanks = 0, n_calls;
  gint64 sum_ms = 0;
  g_autofree char *length = NULL;
  g_autofree char *moments = NULL;
  g_autofree char *of_calls = NULL;

  for (guint i = 0; i < self->moments->len; i++)
    {
      SideMoment *moment = self->moments->pdata[i];
      g_autoptr (GArray) blanks = side_moment_list_blanks (moment);
      gint64 from_ms, to_ms;

      side_moment_get_piece (moment, &from_ms, &to_ms);
      sum_ms += to_ms - from_ms;
      n_blanks += blanks->len;
      g_hash_table_add (calls, (gpointer) side_moment_get_call (moment)->id);
    }
  n_calls = g_hash_table_size (calls);
  length = side_text_duration (sum_ms);
  moments = g_strdup_printf (ngettext ("%u moment", "%u moments", self->moments->len), self->moments->len);
  of_calls = g_strdup_printf (ngettext ("%u call", "%u calls", n_calls), n_calls);
  return n_blanks == 0
         ? g_strdup_printf ("%s · %s · %s", moments, of_calls, length)
         : g_strdup_printf ("%s · %s · %s\n%s", moments, of_calls, length, _("What is marked as payment is silence in it."));
}

/**
 * side_moments_export_new:
 * @parent: (nullable): the window it stands above
 * @desk: where recordings come from and the export is entered
 * @moments: (element-type SideMoment): one or more, in the order they are to be heard
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_moments_export_new (GtkWindow *parent,
                         SideDesk  *desk,
                         GPtrArray *moments)
{
  SideMomentsExport *self;
  g_autofree char *what = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && moments != NULL && moments->len > 0, NULL);
  self = g_object_new (SIDE_TYPE_MOMENTS_EXPORT, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->moments = g_ptr_array_ref (moments);
  what = describe (self);
  adw_action_row_set_subtitle (self->what, what);
  show_page (self, "choose");
  return GTK_WINDOW (self);
}
