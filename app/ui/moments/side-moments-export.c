/* side-moments-export.c - key moments as one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recordings of the moments, one after the other, then their pieces as one
 * sound with a record of each. How it is written is SideCopyDialog's.
 */
#include "side-moments-export.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"
#include "side-moment.h"
#include "side-text.h"

/* How much of the bar the fetching gets. */
#define FETCH_SHARE 0.5

struct _SideMomentsExport
{
  SideCopyDialog  parent_instance;
  AdwActionRow   *what;
  GPtrArray      *moments;     /* of SideMoment */

  /* What is being written. */
  GHashTable     *paths;       /* call id -> its recording here */
  guint           place;       /* of the moment whose recording is fetched */
};

G_DEFINE_FINAL_TYPE (SideMomentsExport, side_moments_export, SIDE_TYPE_COPY_DIALOG)

static void fetch_next (SideMomentsExport *self);

static GArray *
list_blanks (SideMomentsExport *self,
             SideMoment        *moment)
{
  const SidePayments *payments = side_copy_dialog_get_payments (SIDE_COPY_DIALOG (self));

  return side_moment_list_blanks (moment, side_payments_get (payments, side_moment_get_call (moment)->id));
}

/* Each once. */
static GPtrArray *
list_calls (SideMomentsExport *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < self->moments->len; i++)
    {
      const SideCall *call = side_moment_get_call (self->moments->pdata[i]);

      if (g_hash_table_add (seen, (gpointer) call->id))
        g_ptr_array_add (calls, side_call_copy (call));
    }
  return calls;
}

static char *
describe (SideMomentsExport *self)
{
  g_autoptr (GPtrArray) calls = list_calls (self);
  guint n_blanks = 0;
  gint64 sum_ms = 0;
  g_autofree char *length = NULL;
  g_autofree char *moments = NULL;
  g_autofree char *of_calls = NULL;

  for (guint i = 0; i < self->moments->len; i++)
    {
      SideMoment *moment = self->moments->pdata[i];
      g_autoptr (GArray) blanks = list_blanks (self, moment);
      gint64 from_ms, to_ms;

      side_moment_get_piece (moment, &from_ms, &to_ms);
      sum_ms += to_ms - from_ms;
      n_blanks += blanks->len;
    }
  length = side_text_duration (sum_ms);
  moments = g_strdup_printf (ngettext ("%u moment", "%u moments", self->moments->len), self->moments->len);
  of_calls = g_strdup_printf (ngettext ("%u call", "%u calls", calls->len), calls->len);
  return n_blanks == 0
         ? g_strdup_printf ("%s · %s · %s", moments, of_calls, length)
         : g_strdup_printf ("%s · %s · %s\n%s", moments, of_calls, length, _("What is marked as payment is silence in it."));
}

/* ---- the sound and its records ---- */

static SideExportRecord *
new_record (SideMoment   *moment,
            const GArray *blanks)
{
  const SideCall *call = side_moment_get_call (moment);
  g_autofree char *id = side_id_new ();
  SideExportRecord *record = side_export_record_new (id, call->project, call->id);

  side_moment_get_piece (moment, &record->from_ms, &record->to_ms);
  g_array_append_vals (record->blanked, blanks->data, blanks->len);
  return record;
}

static void
write_pieces (SideMomentsExport *self)
{
  SideExport *export = side_export_new (side_copy_dialog_get_format (SIDE_COPY_DIALOG (self)));
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) side_export_record_unref);

  for (guint i = 0; i < self->moments->len; i++)
    {
      SideMoment *moment = self->moments->pdata[i];
      g_autoptr (GArray) blanks = list_blanks (self, moment);
      SideExportRecord *record = new_record (moment, blanks);

      side_export_add (export, g_hash_table_lookup (self->paths, side_moment_get_call (moment)->id), record->from_ms,
                       record->to_ms);
      for (guint n = 0; n < blanks->len; n++)
        side_export_blank (export, g_array_index (blanks, SideHeard, n).from_ms, g_array_index (blanks, SideHeard, n).to_ms);
      g_ptr_array_add (records, record);
    }
  side_copy_dialog_write (SIDE_COPY_DIALOG (self), export, records);
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
      SideDesk *desk = SIDE_DESK (source);
      const SideProject *project = side_desk_get_project (desk);
      g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL,
                                                side_moment_get_call (moment)->joined_ms, side_desk_get_now_ms (desk));
      g_autofree char *why = side_format_error (error);
      g_autofree char *words = g_strdup_printf (_("Not saved: the recording of %s cannot be had. %s"), when, why);

      g_debug ("saving moments: %s", error->message);
      if (!side_error_is_cancelled (error))
        side_copy_dialog_fail (SIDE_COPY_DIALOG (self), words);
      return;
    }
  g_hash_table_insert (self->paths, g_strdup (side_moment_get_call (moment)->id), g_steal_pointer (&path));
  self->place++;
  fetch_next (self);
}

static void
fetch_next (SideMomentsExport *self)
{
  SideCopyDialog *dialog = SIDE_COPY_DIALOG (self);
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
  side_copy_dialog_set_progress (dialog, FETCH_SHARE * self->place / self->moments->len, FETCH_SHARE);
  if (call != NULL)
    side_desk_fetch_recording_async (side_copy_dialog_get_desk (dialog), call, NULL, NULL,
                                     side_copy_dialog_get_cancellable (dialog), fetched_cb, g_object_ref (self));
  else
    write_pieces (self);
}

/* ---- what SideCopyDialog asks ---- */

static char *
side_moments_export_dup_name (SideCopyDialog   *dialog,
                              SideExportFormat  format)
{
  return g_strdup_printf ("%s.%s", _("Key moments"), side_export_format_suffix (format));
}

static void
side_moments_export_payments_known (SideCopyDialog *dialog)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (dialog);
  g_autofree char *what = describe (self);

  adw_action_row_set_subtitle (self->what, what);
}

static void
side_moments_export_start (SideCopyDialog *dialog)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (dialog);

  self->place = 0;
  g_hash_table_remove_all (self->paths);
  fetch_next (self);
}

static void
append_moment (SideMomentsExport  *self,
               const SideExported *exported,
               GString            *out,
               guint               i)
{
  SideDesk *desk = side_copy_dialog_get_desk (SIDE_COPY_DIALOG (self));
  SideMoment *moment = self->moments->pdata[i];
  const SideCall *call = side_moment_get_call (moment);
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *at = side_text_duration_tenths (g_array_index (exported->starts_ms, gint64, i));
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, call->joined_ms,
                                            side_desk_get_now_ms (desk));
  g_autofree char *from = side_text_duration_tenths (side_moment_get_from_ms (moment));
  g_autoptr (GArray) blanks = list_blanks (self, moment);

  g_string_append_printf (out, "%s  %s\n    %s", at,
                          side_moment_kind_label (side_tags_get (desk), side_moment_get_kind (moment)), when);
  if (call->queue != NULL)
    g_string_append_printf (out, " · %s", side_format_queue_name (project, call->queue));
  if (call->operator_name != NULL && !side_copy_dialog_changes_voices (SIDE_COPY_DIALOG (self)))
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

static char *
side_moments_export_write_sheet (SideCopyDialog     *dialog,
                                 const SideExported *exported)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (dialog);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->moments->len; i++)
    append_moment (self, exported, out, i);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- the object ---- */

static void
side_moments_export_finalize (GObject *object)
{
  SideMomentsExport *self = SIDE_MOMENTS_EXPORT (object);

  g_ptr_array_unref (self->moments);
  g_hash_table_unref (self->paths);
  G_OBJECT_CLASS (side_moments_export_parent_class)->finalize (object);
}

static void
side_moments_export_class_init (SideMomentsExportClass *klass)
{
  SideCopyDialogClass *copy_class = SIDE_COPY_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_moments_export_finalize;
  copy_class->dup_name = side_moments_export_dup_name;
  copy_class->payments_known = side_moments_export_payments_known;
  copy_class->start = side_moments_export_start;
  copy_class->write_sheet = side_moments_export_write_sheet;
}

static void
side_moments_export_init (SideMomentsExport *self)
{
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 520);
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
  const SideCopyWords words = {
    .title = _("Save the Moments"),
    .writing = _("Writing the moments…"),
    .sheet = _("Add a sheet of the moments"),
    .sheet_about = _("A text file beside it: what is heard when, of which call"),
    .sheet_failed = _("The sheet of the moments could not be written beside it."),
  };
  SideMomentsExport *self;
  g_autoptr (GPtrArray) calls = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && moments != NULL && moments->len > 0, NULL);
  self = g_object_new (SIDE_TYPE_MOMENTS_EXPORT, "transient-for", parent, NULL);
  self->moments = g_ptr_array_ref (moments);
  self->what = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->what), _("What"));
  adw_action_row_set_subtitle_lines (self->what, 0);
  what = describe (self);
  adw_action_row_set_subtitle (self->what, what);
  calls = list_calls (self);
  side_copy_dialog_set_up (SIDE_COPY_DIALOG (self), desk, &words, GTK_WIDGET (self->what), calls);
  return GTK_WINDOW (self);
}
