/* side-marks-dialog.c - the marks of a call to a file of another program, and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How they are written is SideMarksSaver's. Of a file that is read, what is in
 * it tells its format, and then the ending of its name. Before anything is taken
 * in it is said how much, and what of it a note cannot hold. All is taken in as
 * one step that can be undone.
 */
#include "side-marks-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "side-export-words.h"
#include "side-format.h"
#include "side-marks.h"
#include "side-marks-owner.h"
#include "side-marks-saver.h"
#include "side-text.h"

#define MAX_MARKS      5000   /* of one file: a person reads them */
#define MAX_TEXT_CHARS 8000   /* of one note: with all else well under what a server takes */

struct _SideMarksDialog
{
  GObject               parent_instance;
  GtkWindow            *parent;       /* weak, nullable */
  GtkFileChooserNative *chooser;      /* while it is open */
  SideCallNotes        *notes;
  SideDesk             *desk;
  SideCall             *call;
  gint64                length_ms;
  char                 *name;         /* of the file that is read */
  SideMarkList         *list;         /* what it holds */
  GPtrArray            *annotations;  /* of SideAnnotation: what it tells */
  GPtrArray            *users;        /* (nullable) names of users of the server, as far as known */
  guint                 n_written;
};

G_DEFINE_FINAL_TYPE (SideMarksDialog, side_marks_dialog, G_TYPE_OBJECT)

static guint done_signal;

static void
side_marks_dialog_dispose (GObject *object)
{
  SideMarksDialog *self = SIDE_MARKS_DIALOG (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->chooser);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_marks_dialog_parent_class)->dispose (object);
}

static void
side_marks_dialog_finalize (GObject *object)
{
  SideMarksDialog *self = SIDE_MARKS_DIALOG (object);

  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->list, side_mark_list_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_free (self->name);
  G_OBJECT_CLASS (side_marks_dialog_parent_class)->finalize (object);
}

static void
side_marks_dialog_class_init (SideMarksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_marks_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_marks_dialog_finalize;
  done_signal = g_signal_new ("done", SIDE_TYPE_MARKS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
side_marks_dialog_init (SideMarksDialog *self)
{
}

/**
 * side_marks_dialog_new:
 * @parent: (nullable): the window it stands above
 * @notes: the marks of @call
 * @desk: whose they are
 * @call: a call
 * @length_ms: of its recording; 0 while that is not known
 *
 * Returns: (transfer full): to be used once; it lives on while it is open
 */
SideMarksDialog *
side_marks_dialog_new (GtkWindow      *parent,
                       SideCallNotes  *notes,
                       SideDesk       *desk,
                       const SideCall *call,
                       gint64          length_ms)
{
  SideMarksDialog *self = g_object_new (SIDE_TYPE_MARKS_DIALOG, NULL);

  g_set_weak_pointer (&self->parent, parent);
  self->notes = g_object_ref (notes);
  self->desk = g_object_ref (desk);
  self->call = side_call_copy (call);
  self->length_ms = length_ms > 0 ? length_ms : call->recording_ms;
  return self;
}

static void
tell (SideMarksDialog *self,
      const char      *words,
      gboolean         can_undo)
{
  g_signal_emit (self, done_signal, 0, words, can_undo);
}

static void
tell_error (SideMarksDialog *self,
            const char      *format,
            const GError    *error)
{
  g_autofree char *words = NULL;
  g_autoptr (GString) text = g_string_new (format);

  /* A file's own errors are in the words of the system already. */
  words = error->domain == SIDE_ERROR ? side_format_error (error) : g_strdup (error->message);
  g_string_replace (text, "%s", words, 1);
  tell (self, text->str, FALSE);
}

/* ---- to a file ---- */

static void
saved_cb (SideMarksSaver  *saver,
          const char      *words,
          SideMarksDialog *self)
{
  tell (self, words, FALSE);
}

static SideMarksSaver *
new_saver (SideMarksDialog *self)
{
  g_autoptr (GPtrArray) annotations = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  g_autofree char *media = self->call->recording != NULL ? g_strconcat (self->call->recording, ".wav", NULL) : NULL;
  g_autofree char *name = side_export_words_marks_name (self->call, side_desk_get_project (self->desk));
  g_autoptr (SideMarkList) list = NULL;
  SideMarksSaver *saver;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      g_ptr_array_add (annotations, side_annotation_ref (side_note_item_get_annotation (item)));
    }
  list = side_mark_list_from_annotations (annotations, media, self->length_ms);
  saver = side_marks_saver_new (self->parent, list, name);
  /* What is to be told is told as long as it is being written. */
  g_signal_connect_data (saver, "done", G_CALLBACK (saved_cb), g_object_ref (self), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  return saver;
}

/**
 * side_marks_dialog_write_to:
 * @self: a dialog
 * @file: where to; replaced if it is there. The ending of its name tells the format
 *
 * Writes all marks of the call. What became of it is told by "done".
 */
void
side_marks_dialog_write_to (SideMarksDialog *self,
                            GFile           *file)
{
  g_autoptr (SideMarksSaver) saver = NULL;

  g_return_if_fail (SIDE_IS_MARKS_DIALOG (self));
  saver = new_saver (self);
  side_marks_saver_write_to (saver, file);
}

/* ---- from a file ---- */

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideMarksDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!side_call_notes_import_finish (SIDE_CALL_NOTES (source), result, &error))
    {
      if (!side_error_is_cancelled (error))
        tell_error (self, _("Not all marks are imported. %s"), error);
      return;
    }
  if (self->n_written == 0)
    words = g_strdup (_("Nothing to import: all these marks are here already."));
  else
    words = g_strdup_printf (ngettext ("%u mark imported", "%u marks imported", self->n_written), self->n_written);
  tell (self, words, self->n_written > 0);
}

static void
response_cb (SideMarksDialog *self,
             const char      *response)
{
  if (g_str_equal (response, "cancel"))
    return;
  /* Another call may have been opened: then it is not its marks that were looked at. */
  if (g_strcmp0 (side_call_notes_get_call (self->notes), self->call->id) != 0)
    {
      tell (self, _("Not imported: another call is open now."), FALSE);
      return;
    }
  side_marks_owner_settle (self->notes, self->annotations, self->users,
                           g_str_equal (response, "without") ? SIDE_MARKS_LEAVE_OUT : SIDE_MARKS_MAKE_MINE);
  if (self->annotations->len == 0)
    tell (self, _("Nothing is imported: all marks are left out."), FALSE);
  else
    side_call_notes_import_async (self->notes, self->annotations, &self->n_written, imported_cb, g_object_ref (self));
}

static void
append_count (GString    *out,
              guint       n,
              const char *words)
{
  if (n > 0)
    g_string_append_printf (out, "\n• %s", words);
}

/* What a note has no place for. */
static void
append_losses (SideMarksDialog    *self,
               const SideMarkList *list,
               GString            *out)
{
  g_autoptr (GString) losses = g_string_new (NULL);
  g_autofree char *side_words = NULL, *hz_words = NULL, *long_words = NULL, *late_words = NULL;
  guint n_side = 0, n_hz = 0, n_long = 0, n_late = 0;

  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      n_side += mark->side != SIDE_MARK_SIDE_NONE;
      n_hz += mark->low_hz != SIDE_MARK_NO_HZ || mark->high_hz != SIDE_MARK_NO_HZ;
      n_long += mark->text != NULL && g_utf8_strlen (mark->text, -1) > MAX_TEXT_CHARS;
      n_late += self->length_ms > 0 && mark->to_ns / 1000000 > self->length_ms;
    }
  side_words = g_strdup_printf (ngettext ("whose voice it is, of %u mark", "whose voice it is, of %u marks", n_side), n_side);
  hz_words = g_strdup_printf (ngettext ("the frequencies of %u mark", "the frequencies of %u marks", n_hz), n_hz);
  long_words = g_strdup_printf (ngettext ("the end of the text of %u mark", "the end of the text of %u marks", n_long), n_long);
  late_words = g_strdup_printf (ngettext ("%u mark ends after the recording does: it is put at its end.",
                                          "%u marks end after the recording does: they are put at its end.", n_late), n_late);
  append_count (losses, n_side, side_words);
  append_count (losses, n_hz, hz_words);
  append_count (losses, n_long, long_words);
  if (losses->len > 0)
    g_string_append_printf (out, "\n\n%s%s", _("A note has no place for:"), losses->str);
  if (n_late > 0)
    g_string_append_printf (out, "\n\n%s", late_words);
}

static char *
preview_words (SideMarksDialog *self,
               const char      *refused)
{
  GString *out = g_string_new (NULL);
  guint n_spans = 0, n_known = 0;
  g_autofree char *spans = NULL;
  g_autofree char *points = NULL;

  for (guint i = 0; i < self->annotations->len; i++)
    {
      const SideAnnotation *note = g_ptr_array_index (self->annotations, i);

      n_spans += note->to_ms > note->from_ms;
      n_known += side_call_notes_find (self->notes, note->id) != NULL;
    }
  spans = g_strdup_printf (ngettext ("%u span", "%u spans", n_spans), n_spans);
  points = g_strdup_printf (ngettext ("%u point", "%u points", self->annotations->len - n_spans), self->annotations->len - n_spans);
  /* Translators: the name of a file, how many spans, how many points: "labels.txt: 3 spans, 2 points." */
  g_string_append_printf (out, _("%s: %s, %s."), self->name, spans, points);
  if (n_known > 0)
    g_string_append_printf (out, " %s", ngettext ("One of them is a note of this call already and takes its place.",
                                                  "Some of them are notes of this call already and take their place.", n_known));
  append_losses (self, self->list, out);
  if (refused != NULL)
    g_string_append_printf (out, "\n\n%s", refused);
  return g_string_free (out, FALSE);
}

static void
show_preview (SideMarksDialog *self)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("Import %u mark?", "Import %u marks?", self->annotations->len),
                                              self->annotations->len);
  g_autofree char *refused = side_marks_owner_words (self->notes, self->annotations, self->users);
  g_autofree char *body = preview_words (self, refused);
  GtkWidget *dialog = adw_message_dialog_new (self->parent, heading, body);
  const char *offered = refused != NULL ? "mine" : "import";

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  if (refused != NULL)
    adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "without", _("_Leave Them Out"), "mine", _("Import as _Mine"), NULL);
  else
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "import", _("_Import"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), offered, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), offered);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  /* The window keeps what it asks for. */
  g_object_set_data_full (G_OBJECT (dialog), "marks-dialog", g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Without the names nothing is told beforehand; the rest is as with them. */
static void
users_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideMarksDialog) self = data;
  g_autoptr (GError) error = NULL;

  self->users = side_store_list_authors_finish (SIDE_STORE (source), result, &error);
  if (self->users == NULL)
    g_debug ("users of the server are not known: %s", error->message);
  show_preview (self);
}

/* A note with the id of one of another call would be written over that: it
 * gets an id that follows from this call, the same each time. */
static void
make_ids_ours (SideMarksDialog *self)
{
  g_autoptr (GHashTable) renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->annotations->len; i++)
    {
      SideAnnotation *note = g_ptr_array_index (self->annotations, i);
      g_autofree char *name = NULL;

      if (side_call_notes_find (self->notes, note->id) != NULL)
        continue;
      name = g_strjoin ("\n", "mark", self->call->id, note->id, NULL);
      g_hash_table_insert (renamed, g_strdup (note->id), side_id_named (name));
      g_free (note->id);
      note->id = side_id_named (name);
    }
  for (guint i = 0; i < self->annotations->len; i++)
    {
      SideAnnotation *note = g_ptr_array_index (self->annotations, i);
      const char *parent = note->parent != NULL ? g_hash_table_lookup (renamed, note->parent) : NULL;

      if (parent == NULL && note->parent != NULL && side_call_notes_find (self->notes, note->parent) != NULL)
        continue;
      g_free (note->parent);
      note->parent = g_strdup (parent);
    }
}

static void
fit (SideMarksDialog *self)
{
  for (guint i = 0; i < self->annotations->len; i++)
    {
      SideAnnotation *note = g_ptr_array_index (self->annotations, i);

      if (self->length_ms > 0)
        {
          note->from_ms = MIN (note->from_ms, self->length_ms);
          note->to_ms = MIN (note->to_ms, self->length_ms);
        }
      if (note->text != NULL && g_utf8_strlen (note->text, -1) > MAX_TEXT_CHARS)
        *g_utf8_offset_to_pointer (note->text, MAX_TEXT_CHARS) = '\0';
    }
}

static void
take_list (SideMarksDialog *self,
           SideMarkList    *list)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (list->marks->len == 0)
    {
      tell (self, _("There are no marks in this file."), FALSE);
      return;
    }
  if (list->marks->len > MAX_MARKS)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("Not imported: more than %d mark.", "Not imported: more than %d marks.",
                                                          MAX_MARKS), MAX_MARKS);

      tell (self, words, FALSE);
      return;
    }
  self->list = side_mark_list_ref (list);
  self->annotations = side_mark_list_to_annotations (list, self->call->project, self->call->id, side_desk_get_user (self->desk));
  make_ids_ours (self);
  fit (self);
  if (store != NULL && side_store_is_open (store))
    side_store_list_authors_async (store, NULL, users_listed_cb, g_object_ref (self));
  else
    show_preview (self);
}

/* In a worker: a large file takes its time. */
static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GFile *file = data;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *name = g_file_get_basename (file);
  GError *error = NULL;
  SideMarksFormat format;
  SideMarkList *list;
  gsize len = 0;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            NULL, &error);
  if (info != NULL && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > SIDE_MARKS_MAX_BYTES))
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "not a file, or a larger one than is read");
  if (error != NULL || !g_file_load_contents (file, NULL, &bytes, &len, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  format = side_marks_format_from_bytes (bytes, len);
  if (format == SIDE_MARKS_NONE)
    format = side_marks_format_from_name (name);
  list = side_marks_parse (bytes, len, format, &error);
  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) side_mark_list_unref);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideMarksDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideMarkList) list = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *words = NULL;

  if (list != NULL)
    {
      take_list (self, list);
      return;
    }
  if (error->domain != SIDE_ERROR)
    {
      tell_error (self, _("The marks are not read. %s"), error);
      return;
    }
  /* Translators: the name of a file, and what is wrong in it: "line 3: no time" */
  words = g_strdup_printf (_("“%s” is not a file of marks that can be read (%s)."), self->name, error->message);
  tell (self, words, FALSE);
}

/**
 * side_marks_dialog_read_from:
 * @self: a dialog
 * @file: a file of marks
 *
 * Reads it and asks whether its marks are to be taken in. What became of it is
 * told by "done".
 */
void
side_marks_dialog_read_from (SideMarksDialog *self,
                             GFile           *file)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (SIDE_IS_MARKS_DIALOG (self));

  name = g_file_get_basename (file);
  g_free (self->name);
  self->name = g_filename_display_name (name);
  /* Without a source object: the worker may be the last to hold the task. */
  task = g_task_new (NULL, NULL, read_cb, g_object_ref (self));
  g_task_set_source_tag (task, side_marks_dialog_read_from);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

/* ---- which file ---- */

static void
chosen_cb (GtkNativeDialog *native,
           int              response,
           gpointer         data)
{
  g_autoptr (SideMarksDialog) self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native)) : NULL;

  if (file != NULL)
    side_marks_dialog_read_from (self, file);
  g_signal_handlers_disconnect_by_data (native, self);
  g_clear_object (&self->chooser);
}

/**
 * side_marks_dialog_export:
 * @self: a dialog
 *
 * Asks for a file and writes the marks into it.
 */
void
side_marks_dialog_export (SideMarksDialog *self)
{
  g_autoptr (SideMarksSaver) saver = NULL;

  g_return_if_fail (SIDE_IS_MARKS_DIALOG (self));
  saver = new_saver (self);
  side_marks_saver_ask (saver);
}

/**
 * side_marks_dialog_import:
 * @self: a dialog
 *
 * Asks for a file, shows what is in it, and takes its marks in.
 */
void
side_marks_dialog_import (SideMarksDialog *self)
{
  g_return_if_fail (SIDE_IS_MARKS_DIALOG (self));

  self->chooser = gtk_file_chooser_native_new (_("Import Marks"), self->parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  side_marks_saver_add_filters (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
