/* test-import.c - recordings from the disk: what is found, imported, taken back
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
#include "side-call-detail.h"
#include "side-error.h"
#include "side-import-batch.h"
#include "side-import-dialog.h"
#include "side-import-drop.h"
#include "side-imports.h"
#include "side-widget-test.h"
#include "tone-file.h"

#define WAV16 (SF_FORMAT_WAV | SF_FORMAT_PCM_16)

typedef struct {
  Place             place;
  char             *folder;    /* of six odd recordings */
  SideImportDialog *dialog;
  SideImportBatch  *batch;     /* of the dialog */
} Scene;

static void
write_tone (Scene      *scene,
            const char *name,
            int         format,
            double      hertz,
            double      seconds)
{
  g_autofree char *path = g_build_filename (scene->folder, name, NULL);

  tone_file_write (path, format, 8000, 1, seconds, &hertz, 0.5);
}

static void
write_text (Scene      *scene,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (scene->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* One call by an exchange, one in two halves, one without a name, one twice, a text and an empty file. */
static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up (&scene->place, NULL);
  scene->folder = g_build_filename (scene->place.folder, "found", NULL);
  g_mkdir (scene->folder, 0700);
  write_tone (scene, "q-sneakers-orders-79161234567-20260131-142530-1769858730.123.wav", WAV16, 440, 3);
  write_tone (scene, "out-89161234567-201-20260131-150000-1769860800.5-r.wav", WAV16, 1000, 2);
  write_tone (scene, "out-89161234567-201-20260131-150000-1769860800.5-t.wav", WAV16, 440, 2);
  write_tone (scene, "Voice 001.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 600, 1);
  write_tone (scene, "copy of Voice 001.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 600, 1);
  write_text (scene, "letter.wav", "Dear colleague");
  write_text (scene, "nothing.mp3", "");
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  if (scene->dialog != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (scene->dialog), (gpointer *) &scene->dialog);
      gtk_window_destroy (GTK_WINDOW (scene->dialog));
    }
  side_test_run_for (300);
  g_assert_null (scene->dialog);
  g_free (scene->folder);
  place_tear_down (&scene->place, NULL);
}

static GtkWidget *
child (Scene      *scene,
       const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (scene->dialog), SIDE_TYPE_IMPORT_DIALOG, id));
}

static gboolean
is_idle (gpointer batch)
{
  return side_import_batch_get_phase (batch) == SIDE_IMPORT_PHASE_IDLE && g_list_model_get_n_items (batch) > 0;
}

static gboolean
is_over (gpointer batch)
{
  return side_import_batch_get_phase (batch) == SIDE_IMPORT_PHASE_OVER;
}

static gboolean
none_is_done (gpointer batch)
{
  return side_import_batch_count (batch, SIDE_IMPORT_DONE) == 0;
}

static SideImportBatch *
batch_of (Scene *scene)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (child (scene, "table")));

  return SIDE_IMPORT_BATCH (gtk_no_selection_get_model (GTK_NO_SELECTION (model)));
}

static void
open_dialog (Scene *scene)
{
  const char *paths[] = { scene->folder, NULL };

  scene->dialog = SIDE_IMPORT_DIALOG (side_import_dialog_new (NULL, scene->place.desk));
  scene->batch = batch_of (scene);
  gtk_window_present (GTK_WINDOW (scene->dialog));
  side_import_dialog_add (scene->dialog, paths);
  side_test_wait_until (is_idle, scene->batch, 60000, "the recordings to be looked at");
}

static SideImportItem *
find_item (Scene      *scene,
           const char *part)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scene->batch)); i++)
    {
      g_autoptr (SideImportItem) item = g_list_model_get_item (G_LIST_MODEL (scene->batch), i);

      if (strstr (side_import_item_get_name (item), part) != NULL)
        return item;
    }
  g_error ("there is no %s", part);
}

/* The one of just that name. */
static SideImportItem *
find_named (Scene      *scene,
            const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scene->batch)); i++)
    {
      g_autoptr (SideImportItem) item = g_list_model_get_item (G_LIST_MODEL (scene->batch), i);

      if (g_str_equal (side_import_item_get_name (item), name))
        return item;
    }
  g_error ("there is no %s", name);
}

static void
press (Scene      *scene,
       const char *id)
{
  GtkWidget *button = child (scene, id);

  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static guint
count_calls (Scene *scene)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gssize n;

  side_store_count_calls_async (side_desk_get_store (scene->place.desk), query, NULL, side_test_async_cb, &result);
  n = side_store_count_calls_finish (side_desk_get_store (scene->place.desk),
                                     side_test_wait_result (&result, 5000, "the count"), &error);
  g_assert_no_error (error);
  return (guint) n;
}

static SideCall *
get_call (Scene          *scene,
          SideImportItem *item)
{
  g_autofree char *id = side_import_dup_call_id (side_import_item_get_facts (item)->sha256);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideCall *call;

  side_store_get_call_async (side_desk_get_store (scene->place.desk), id, NULL, side_test_async_cb, &result);
  call = side_store_get_call_finish (side_desk_get_store (scene->place.desk),
                                     side_test_wait_result (&result, 5000, "the call"), &error);
  g_assert_no_error (error);
  return call;
}

static char *
fetch (Scene          *scene,
       const SideCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  side_desk_fetch_recording_async (scene->place.desk, call, NULL, NULL, NULL, side_test_async_cb, &result);
  path = side_desk_fetch_recording_finish (scene->place.desk, side_test_wait_result (&result, 10000, "the recording"), &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
says (Scene      *scene,
      const char *words)
{
  const char *summary = gtk_label_get_label (GTK_LABEL (child (scene, "summary")));

  return strstr (summary, words) != NULL;
}

static void
test_what_is_found (Scene         *scene,
                    gconstpointer  data)
{
  const SideRecordingName *said;

  open_dialog (scene);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->batch)), ==, 6);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_READY), ==, 3);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_HERE), ==, 1);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_UNREADABLE), ==, 2);
  g_assert_true (says (scene, "3 ready · 1 already here · 2 unreadable"));
  g_assert_error (side_import_item_get_error (find_item (scene, "letter.wav")), SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_error (side_import_item_get_error (find_item (scene, "nothing.mp3")), SIDE_ERROR, SIDE_ERROR_CORRUPT);
  said = side_import_item_get_said (find_item (scene, "q-sneakers"));
  g_assert_cmpstr (said->number, ==, "79161234567");
  g_assert_true (side_import_item_is_pair (find_item (scene, "1769860800.5-t.wav")));
  g_assert_true (gtk_widget_get_visible (child (scene, "halves")));
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS);
}

static void
test_import_and_undo (Scene         *scene,
                      gconstpointer  data)
{
  g_autoptr (SideCall) call = NULL;
  g_autoptr (SideCall) pair = NULL;
  g_autofree char *path = NULL;
  g_autofree char *joined = NULL;
  g_autofree float *samples = g_new (float, 2 * 16000);
  SF_INFO info = { 0 };
  SNDFILE *file;

  open_dialog (scene);
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to be over");
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_DONE), ==, 3);
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS + 3);
  call = get_call (scene, find_item (scene, "q-sneakers"));
  g_assert_true (call->imported);
  g_assert_cmpstr (call->project, ==, SIDE_FIXTURE_PROJECT);
  g_assert_cmpstr (call->queue, ==, "sneakers-orders");
  g_assert_cmpstr (call->caller, ==, "79161234567");
  g_assert_cmpint (call->joined_ms, ==, G_GINT64_CONSTANT (1769858730000));
  g_assert_cmpint (call->talk_ms, ==, 3000);
  path = fetch (scene, call);
  /* The operator, who was sent, is on the left. */
  pair = get_call (scene, find_item (scene, "1769860800.5-t.wav"));
  g_assert_cmpstr (pair->operator_name, ==, "201");
  joined = fetch (scene, pair);
  file = sf_open (joined, SFM_READ, &info);
  g_assert_nonnull (file);
  g_assert_cmpint (sf_readf_float (file, samples, 16000), ==, 16000);
  sf_close (file);
  g_assert_cmpfloat_with_epsilon (tone_level (samples, 16000, 2, 0, 8000, 440), 0.5, 0.02);
  g_assert_cmpfloat_with_epsilon (tone_level (samples, 16000, 2, 1, 8000, 1000), 0.5, 0.02);

  press (scene, "undo_button");
  side_test_wait_until (none_is_done, scene->batch, 60000, "the import to be taken back");
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (gtk_widget_get_visible (child (scene, "undo_button")));
}

static void
close_dialog (Scene *scene)
{
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&scene->dialog)));
  side_test_run_for (100);
}

static void
test_again (Scene         *scene,
            gconstpointer  data)
{
  open_dialog (scene);
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to be over");
  close_dialog (scene);
  place_restart (&scene->place);
  open_dialog (scene);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_READY), ==, 0);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_HERE), ==, 4);
  g_assert_false (gtk_widget_is_sensitive (child (scene, "import_button")));
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS + 3);
}

static void
stop_at_first (SideImportBatch *batch)
{
  if (side_import_batch_count (batch, SIDE_IMPORT_DONE) == 1)
    side_import_batch_cancel (batch);
}

static void
test_cancel (Scene         *scene,
             gconstpointer  data)
{
  open_dialog (scene);
  g_signal_connect (scene->batch, "changed", G_CALLBACK (stop_at_first), NULL);
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to stop");
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_DONE), ==, 1);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_READY), ==, 2);
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS + 1);
  /* What was imported stays until it is taken back. */
  press (scene, "undo_button");
  side_test_wait_until (none_is_done, scene->batch, 60000, "the import to be taken back");
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS);
}

static void
test_own_pattern (Scene         *scene,
                  gconstpointer  data)
{
  const SideRecordingName *said;

  open_dialog (scene);
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (scene, "names")), 1);
  g_assert_true (gtk_widget_get_visible (child (scene, "pattern")));
  gtk_editable_set_text (GTK_EDITABLE (child (scene, "pattern")), "Voice {extension");
  g_assert_false (gtk_widget_is_sensitive (child (scene, "import_button")));
  g_assert_true (gtk_widget_has_css_class (child (scene, "pattern"), "error"));
  gtk_editable_set_text (GTK_EDITABLE (child (scene, "pattern")), "Voice {extension}");
  g_assert_true (gtk_widget_is_sensitive (child (scene, "import_button")));
  said = side_import_item_get_said (find_named (scene, "Voice 001.flac"));
  g_assert_nonnull (said);
  g_assert_cmpstr (said->agent, ==, "001");
  g_assert_null (side_import_item_get_said (find_item (scene, "q-sneakers")));
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to be over");
  close_dialog (scene);
  /* Kept for the next time. */
  scene->dialog = SIDE_IMPORT_DIALOG (side_import_dialog_new (NULL, scene->place.desk));
  side_test_run_for (300);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (child (scene, "names"))), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (scene, "pattern"))), ==, "Voice {extension}");
}

static void
test_full_disk (Scene         *scene,
                gconstpointer  data)
{
  open_dialog (scene);
  place_limit_disk (20000);
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to fail");
  place_limit_disk (RLIM_INFINITY);
  g_assert_cmpuint (side_import_batch_count (scene->batch, SIDE_IMPORT_FAILED), ==, 1);
  g_assert_true (gtk_widget_get_visible (child (scene, "reasons")));
  close_dialog (scene);
}

static SideImportDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (SIDE_IS_IMPORT_DIALOG (window))
        return SIDE_IMPORT_DIALOG (window);
    }
  return NULL;
}

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }
  return NULL;
}

static void
test_drop (Scene         *scene,
           gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GFile) folder = g_file_new_for_path (scene->folder);
  g_autoptr (GFile) far = g_file_new_for_uri ("http://127.0.0.1/a.wav");
  GSList *list = g_slist_prepend (g_slist_prepend (NULL, folder), far);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  side_import_accept_drops (page, scene->place.desk);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (list));
  g_slist_free (list);
  g_signal_emit_by_name (find_drop_target (page), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  scene->dialog = find_dialog ();
  g_assert_nonnull (scene->dialog);
  scene->batch = batch_of (scene);
  side_test_wait_until (is_idle, scene->batch, 60000, "what was dropped to be looked at");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->batch)), ==, 6);
  close_dialog (scene);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

/* That there is nothing in a folder is said. */
static void
test_nothing_there (Scene         *scene,
                    gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (scene->place.folder, "pictures", NULL);
  g_autofree char *picture = g_build_filename (folder, "holiday.jpeg", NULL);
  const char *paths[] = { folder, NULL };

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (picture, "no sound", -1, NULL));
  scene->dialog = SIDE_IMPORT_DIALOG (side_import_dialog_new (NULL, scene->place.desk));
  gtk_window_present (GTK_WINDOW (scene->dialog));
  side_import_dialog_add (scene->dialog, paths);
  side_test_wait_until (is_visible, child (scene, "problem"), 60000, "words about the folder");
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (child (scene, "problem"))), "no recordings"));
}

static gboolean
has_player (gpointer detail)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_template_child (detail, SIDE_TYPE_CALL_DETAIL, "recording"));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), "player") == 0;
}

/* An imported call is opened like any other, and removed when a person says so. */
static void
test_open_and_remove (Scene         *scene,
                      gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *detail = side_call_detail_new ();
  g_autoptr (SideCall) call = NULL;

  open_dialog (scene);
  press (scene, "import_button");
  side_test_wait_until (is_over, scene->batch, 60000, "the import to be over");
  call = get_call (scene, find_item (scene, "q-sneakers"));
  close_dialog (scene);
  side_call_detail_set_desk (SIDE_CALL_DETAIL (detail), scene->place.desk);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (window), detail);
  gtk_window_present (GTK_WINDOW (window));
  side_call_detail_set_call (SIDE_CALL_DETAIL (detail), call);
  side_test_wait_until (has_player, detail, 60000, "the recording to be opened");
  g_assert_true (gtk_widget_activate_action (detail, "import.remove", NULL));
  side_widget_test_answer ("remove");
  side_test_run_for (500);
  g_assert_cmpuint (count_calls (scene), ==, PLACE_CALLS + 2);
  g_assert_false (gtk_widget_activate_action (detail, "import.remove", NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/import/what-is-found", Scene, NULL, set_up, test_what_is_found, tear_down);
  g_test_add ("/import/import-and-undo", Scene, NULL, set_up, test_import_and_undo, tear_down);
  g_test_add ("/import/again", Scene, NULL, set_up, test_again, tear_down);
  g_test_add ("/import/cancel", Scene, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/import/own-pattern", Scene, NULL, set_up, test_own_pattern, tear_down);
  g_test_add ("/import/full-disk", Scene, NULL, set_up, test_full_disk, tear_down);
  g_test_add ("/import/drop", Scene, NULL, set_up, test_drop, tear_down);
  g_test_add ("/import/nothing-there", Scene, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/import/open-and-remove", Scene, NULL, set_up, test_open_and_remove, tear_down);
  return g_test_run ();
}
