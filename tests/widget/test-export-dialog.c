/* test-export-dialog.c - a copy of a recording: what is in it, what is on record
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-export-dialog.h"
#include "side-export-words.h"
#include "side-error.h"
#include "side-marks-sheet.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "tone-file.h"

#define LENGTH_MS 20000

typedef struct {
  Place             place;
  SideCall         *call;
  SideCallNotes    *notes;
  char             *path;
  SideExportDialog *dialog;
} Scene;

static SideAnnotation *
new_mark (const char *tag,
          gint64      from_ms,
          gint64      to_ms,
          const char *text)
{
  g_autofree char *id = side_id_new ();
  SideAnnotation *mark = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call-1", from_ms, to_ms);

  mark->tag = g_strdup (tag);
  mark->text = g_strdup (text);
  mark->author = g_strdup (PLACE_USER);
  mark->created_ms = 1;
  mark->changed_ms = 1;
  return mark;
}

static void
receive_mark (Scene      *scene,
              const char *tag,
              gint64      from_ms,
              gint64      to_ms,
              const char *text)
{
  g_autoptr (SideAnnotation) mark = new_mark (tag, from_ms, to_ms, text);
  g_autoptr (SideDocument) document = side_wire_document_for_annotation (mark);

  place_receive (&scene->place, document);
}

static gboolean
has_three (gpointer notes)
{
  return g_list_model_get_n_items (notes) == 3;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
open_dialog (Scene  *scene,
             gint64  from_ms,
             gint64  to_ms)
{
  scene->dialog = SIDE_EXPORT_DIALOG (side_export_dialog_new (NULL, scene->place.desk, scene->call, scene->notes,
                                                              scene->path, LENGTH_MS, from_ms, to_ms));
  gtk_window_present (GTK_WINDOW (scene->dialog));
  side_test_wait_until (is_mapped, scene->dialog, 10000, "the dialog to be on screen");
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  const double hertz[] = { 440, 660 };

  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  receive_mark (scene, "greeting", 1000, 3000, "Names the shop");
  receive_mark (scene, "payment", 10000, 12000, "4276 1234");
  receive_mark (scene, "good", 15000, 15000, "A smile one can hear");
  scene->call = place_call (1);
  scene->call->recording = g_strdup ("recording-1");
  place_put_events (&scene->place, scene->call, 0, 0);
  scene->notes = side_call_notes_new (scene->place.desk);
  side_call_notes_set_call (scene->notes, scene->call);
  side_test_wait_until (has_three, scene->notes, 5000, "the notes to be read");
  scene->path = g_build_filename (scene->place.folder, "recording.wav", NULL);
  tone_file_write (scene->path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, LENGTH_MS / 1000.0, hertz, 0.5);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  if (scene->dialog != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (scene->dialog), (gpointer *) &scene->dialog);
      gtk_window_destroy (GTK_WINDOW (scene->dialog));
    }
  side_test_run_for (300);
  g_assert_null (scene->dialog);
  g_assert_finalize_object (scene->notes);
  side_call_unref (scene->call);
  g_free (scene->path);
  place_tear_down (&scene->place, NULL);
}

static gpointer
part (Scene      *scene,
      const char *name)
{
  GObject *found = gtk_widget_get_template_child (GTK_WIDGET (scene->dialog), SIDE_TYPE_COPY_DIALOG, name);

  g_assert_nonnull (found);
  return found;
}

static gboolean
is_on_page (Scene      *scene,
            const char *page)
{
  return g_str_equal (gtk_stack_get_visible_child_name (part (scene, "stack")), page);
}

static gboolean
is_done (gpointer data)
{
  return is_on_page (data, "done");
}

static gboolean
is_refused (gpointer data)
{
  return is_on_page (data, "choose") && gtk_widget_get_visible (part (data, "problem"));
}

/* What was put on record, or %NULL. */
static SideExportRecord *
only_record (Scene *scene)
{
  g_autoptr (GPtrArray) list = place_list (&scene->place, "export", "call-1");

  g_assert_cmpuint (list->len, <=, 1);
  if (list->len == 0)
    return NULL;
  return side_wire_export_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
}

/* How many files the folder of the copies holds. */
static guint
n_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_test_message ("in the folder: %s", name);
      n++;
    }
  return n;
}

static char *
new_folder (Scene *scene)
{
  char *folder = g_build_filename (scene->place.folder, "copies", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  return folder;
}

/* The loudest sample between two places of a file, on any channel. */
static int
peak_between (const char *path,
              gint64      from_ms,
              gint64      to_ms)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  sf_count_t n;
  g_autofree short *samples = NULL;
  int peak = 0;

  g_assert_nonnull (file);
  n = (to_ms - from_ms) * info.samplerate / 1000;
  samples = g_new (short, n * info.channels);
  g_assert_cmpint (sf_seek (file, from_ms * info.samplerate / 1000, SEEK_SET), >=, 0);
  g_assert_cmpint (sf_readf_short (file, samples, n), ==, n);
  for (sf_count_t i = 0; i < n * info.channels; i++)
    peak = MAX (peak, ABS (samples[i]));
  sf_close (file);
  return peak;
}

static void
assert_recorded (Scene      *scene,
                 const char *path,
                 gint64      from_ms,
                 gint64      to_ms)
{
  g_autoptr (SideExportRecord) record = only_record (scene);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  gsize size;

  g_assert_nonnull (record);
  g_assert_cmpstr (record->author, ==, side_desk_get_user (scene->place.desk));
  g_assert_cmpstr (record->name, ==, base);
  g_assert_cmpint (record->from_ms, ==, from_ms);
  g_assert_cmpint (record->to_ms, ==, to_ms);
  g_assert_cmpint (record->at_ms, >, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
  g_assert_cmpstr (record->sha256, ==, hash);
  g_assert_cmpstr (adw_action_row_get_subtitle (part (scene, "hash")), ==, hash);
  g_assert_cmpuint (record->blanked->len, ==, 1);
  g_assert_cmpint (g_array_index (record->blanked, SideHeard, 0).from_ms, ==, 10000);
  g_assert_cmpint (g_array_index (record->blanked, SideHeard, 0).to_ms, ==, 12000);
}

static void
test_whole_call (Scene         *scene,
                 gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);
  g_autofree char *sheet_path = g_strconcat (path, ".txt", NULL);
  g_autofree char *sheet = NULL;

  open_dialog (scene, 0, 0);
  gtk_switch_set_active (part (scene, "sheet"), TRUE);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the copy to be written");
  assert_recorded (scene, path, 0, LENGTH_MS);
  g_assert_cmpint (peak_between (path, 10000, 12000), ==, 0);
  g_assert_cmpint (peak_between (path, 2000, 3000), >, 10000);
  g_assert_true (g_file_get_contents (sheet_path, &sheet, NULL, NULL));
  g_assert_nonnull (strstr (sheet, "Names the shop"));
  g_assert_null (strstr (sheet, "4276"));
  g_assert_cmpuint (n_files (folder), ==, 2);
  side_widget_test_no_nameless (GTK_WIDGET (scene->dialog));
}

static void
test_span (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *asked = g_build_filename (folder, "copy.wav", NULL);
  g_autofree char *path = g_build_filename (folder, "copy.flac", NULL);

  open_dialog (scene, 9000, 14000);
  side_widget_test_no_nameless (GTK_WIDGET (scene->dialog));
  adw_combo_row_set_selected (part (scene, "format"), SIDE_EXPORT_FLAC);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), asked);
  side_test_wait_until (is_done, scene, 10000, "the span to be written");
  assert_recorded (scene, path, 9000, 14000);
  g_assert_cmpint (peak_between (path, 1000, 3000), ==, 0);
  g_assert_cmpint (peak_between (path, 3500, 4500), >, 10000);
  g_assert_cmpuint (n_files (folder), ==, 1);
}

static void
test_not_blanked (Scene         *scene,
                  gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);
  g_autoptr (SideExportRecord) record = NULL;
  GtkWidget *check;

  open_dialog (scene, 9000, 14000);
  check = place_find (GTK_WIDGET (scene->dialog), "GtkCheckButton");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  side_widget_test_tab_walk (GTK_WIDGET (scene->dialog), part (scene, "sheet"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  gtk_switch_set_active (part (scene, "voices"), TRUE);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the copy to be written");
  record = only_record (scene);
  g_assert_nonnull (record);
  g_assert_cmpuint (record->blanked->len, ==, 0);
  g_assert_true (record->voice_changed);
  g_assert_cmpint (peak_between (path, 1500, 2500), >, 3000);
}

static void
assert_refused (Scene      *scene,
                const char *word)
{
  const char *problem;
  g_autoptr (SideExportRecord) record = NULL;

  side_test_wait_until (is_refused, scene, 10000, "the reason to be shown");
  problem = gtk_label_get_label (part (scene, "problem"));
  if (strstr (problem, word) == NULL)
    g_error ("“%s” does not tell of %s", problem, word);
  record = only_record (scene);
  g_assert_null (record);
}

static void
test_refusals (Scene         *scene,
               gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);
  g_autofree char *away = g_build_filename (folder, "none", "copy.wav", NULL);

  open_dialog (scene, 0, 0);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), scene->path);
  assert_refused (scene, "recording itself");
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), away);
  assert_refused (scene, "another folder");
  g_assert_true (g_file_set_contents (scene->path, "RIFF", 4, NULL));
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  assert_refused (scene, "damaged");
  g_assert_cmpint (g_unlink (scene->path), ==, 0);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  assert_refused (scene, "not on this computer");
  g_assert_cmpuint (n_files (folder), ==, 0);
}

static void
test_replaces_whole (Scene         *scene,
                     gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (path, "older", 5, NULL));
  open_dialog (scene, 0, 0);
  place_limit_disk (100000);   /* a quarter of the copy */
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_refused, scene, 10000, "the full disk to be told of");
  place_limit_disk (RLIM_INFINITY);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "older");
  g_assert_cmpuint (n_files (folder), ==, 1);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the copy to be written");
  assert_recorded (scene, path, 0, LENGTH_MS);
  g_assert_cmpuint (n_files (folder), ==, 1);
}

static void
raise_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

static void
test_closed_while_writing (Scene         *scene,
                           gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.opus", NULL);
  g_autoptr (SideExportRecord) record = NULL;
  gboolean gone = FALSE;

  open_dialog (scene, 0, 0);
  adw_combo_row_set_selected (part (scene, "format"), SIDE_EXPORT_OPUS);
  gtk_switch_set_active (part (scene, "voices"), TRUE);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  g_assert_true (is_on_page (scene, "writing"));
  g_object_add_weak_pointer (G_OBJECT (scene->dialog), (gpointer *) &scene->dialog);
  /* The work holds the dialog, off the screen, until it has cleared up. */
  g_object_set_data_full (G_OBJECT (scene->dialog), "gone", &gone, raise_flag);
  gtk_widget_activate_action (GTK_WIDGET (scene->dialog), "window.close", NULL);
  side_test_wait_flag (&gone, 20000, "the writing to end");
  g_assert_null (scene->dialog);
  g_assert_cmpuint (n_files (folder), ==, 0);
  record = only_record (scene);
  g_assert_null (record);
}

static void
test_reader (Scene         *scene,
             gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.flac", NULL);

  /* Who may write nothing else leaves a record of a copy all the same. */
  open_dialog (scene, 9000, 14000);
  adw_combo_row_set_selected (part (scene, "format"), SIDE_EXPORT_FLAC);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the span to be written");
  assert_recorded (scene, path, 9000, 14000);
}

static void
test_name (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *name = NULL;

  open_dialog (scene, 0, 0);
  name = side_copy_dialog_dup_name (SIDE_COPY_DIALOG (scene->dialog));
  g_assert_true (g_str_has_suffix (name, ".wav"));
  g_assert_null (strstr (name, scene->call->caller));
  g_assert_null (strpbrk (name, "/:"));
  g_assert_cmpstr (side_export_words_error (&(GError) { SIDE_ERROR, SIDE_ERROR_READ_ONLY, NULL }), ==,
                   "Not saved: you may not write there. Choose another folder.");
}

static gboolean
calls_it_money (gpointer tags)
{
  return g_str_equal (side_tags_label (tags, "payment"), "Money");
}

/* The vocabulary is the house's: its words are read, not the built-in ones. */
static void
rename_payment (Scene *scene)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideTag) tag = side_tag_new (id, SIDE_FIXTURE_PROJECT, "payment");
  g_autoptr (SideDocument) document = NULL;

  tag->label = g_strdup ("Money");
  document = side_wire_document_for_tag (tag);
  place_receive (&scene->place, document);
  side_test_wait_until (calls_it_money, side_tags_get (scene->place.desk), 5000, "the new word");
}

static void
test_sheet (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideCall) call = place_call (1);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  SideHeard blank = { 10000, 12000, 1 };
  SideMarksSheet sheet = { .call = call, .from_ms = 9000, .to_ms = 14000, .length_ms = LENGTH_MS, .blanked = &blank,
                           .n_blanked = 1, .voice_changed = TRUE, .tags = side_tags_get (scene->place.desk) };
  SideAnnotation *answer = new_mark (NULL, 0, 0, "secret too");
  g_autofree char *text = NULL;

  rename_payment (scene);
  g_ptr_array_add (marks, new_mark ("payment", 10000, 12000, "secret number"));
  g_ptr_array_add (marks, new_mark ("other", 12000, 12000, "secret end"));
  g_ptr_array_add (marks, new_mark ("good", 13000, 13500, "two\nlines"));
  g_ptr_array_add (marks, new_mark ("wrong", 2000, 3000, "elsewhere"));
  answer->parent = g_strdup (((SideAnnotation *) marks->pdata[0])->id);
  g_ptr_array_add (marks, answer);
  text = side_marks_sheet_write (&sheet, marks);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "secret"));
  g_assert_null (strstr (text, "elsewhere"));
  g_assert_null (strstr (text, call->operator_name));
  g_assert_null (strstr (text, call->caller));
  g_assert_nonnull (strstr (text, "0:01.0–0:03.0  Money"));
  g_assert_nonnull (strstr (text, "0:04.0–0:04.5  Good example"));
  g_assert_nonnull (strstr (text, "    two\n    lines\n"));
  sheet.voice_changed = FALSE;
  g_free (text);
  text = side_marks_sheet_write (&sheet, marks);
  g_assert_nonnull (strstr (text, call->operator_name));
}

/* What the exchange marked is left out without anybody asking or listening to it first. */
static void
test_proposed (Scene         *scene,
               gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);
  g_autoptr (SideExportRecord) record = NULL;
  g_autoptr (SideCall) known = side_call_copy (scene->call);

  known->recording_ms = LENGTH_MS;
  place_put_events (&scene->place, known, 14000, 16000);
  open_dialog (scene, 0, 0);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the copy to be written");
  g_assert_cmpint (peak_between (path, 14000, 16000), ==, 0);
  g_assert_cmpint (peak_between (path, 10000, 12000), ==, 0);
  g_assert_cmpint (peak_between (path, 12500, 13500), >, 10000);
  record = only_record (scene);
  g_assert_nonnull (record);
  g_assert_cmpuint (record->blanked->len, ==, 2);
}

static gboolean
knows_not (gpointer data)
{
  return gtk_widget_get_visible (part (data, "unknown")) && is_on_page (data, "choose");
}

/* Not here and no connection: the person is told before anything is written. */
static void
test_not_known (Scene         *scene,
                gconstpointer  role)
{
  g_autofree char *folder = new_folder (scene);
  g_autofree char *path = g_build_filename (folder, "copy.wav", NULL);

  g_free (scene->call->id);
  scene->call->id = g_strdup ("call-4");
  open_dialog (scene, 0, 0);
  if (!gtk_widget_get_visible (part (scene, "unknown")))
    side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (knows_not, scene, 10000, "to be told that payments are not known");
  g_assert_cmpuint (n_files (folder), ==, 0);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_done, scene, 10000, "the copy to be written");
}

int
main (int   argc,
      char *argv[])
{
  gconstpointer writer = GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR);
  gconstpointer reader = GINT_TO_POINTER (SIDE_ROLE_CLIENT);

  side_widget_test_init (&argc, &argv);
  g_test_add ("/export-dialog/sheet", Scene, writer, set_up, test_sheet, tear_down);
  g_test_add ("/export-dialog/whole-call", Scene, writer, set_up, test_whole_call, tear_down);
  g_test_add ("/export-dialog/proposed", Scene, writer, set_up, test_proposed, tear_down);
  g_test_add ("/export-dialog/not-known", Scene, writer, set_up, test_not_known, tear_down);
  g_test_add ("/export-dialog/span", Scene, writer, set_up, test_span, tear_down);
  g_test_add ("/export-dialog/not-blanked", Scene, writer, set_up, test_not_blanked, tear_down);
  g_test_add ("/export-dialog/refusals", Scene, writer, set_up, test_refusals, tear_down);
  g_test_add ("/export-dialog/replaces-whole", Scene, writer, set_up, test_replaces_whole, tear_down);
  g_test_add ("/export-dialog/closed-while-writing", Scene, writer, set_up, test_closed_while_writing, tear_down);
  g_test_add ("/export-dialog/reader", Scene, reader, set_up, test_reader, tear_down);
  g_test_add ("/export-dialog/name", Scene, writer, set_up, test_name, tear_down);
  return g_test_run ();
}
