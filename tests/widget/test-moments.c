/* test-moments.c - key moments of many calls: found, played in turn, saved
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <gst/gst.h>
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "side-analyse.h"
#include "side-board-fixture.h"
#include "side-moments-export.h"
#include "side-moments-window.h"
#include "side-recording-cache.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "tone-file.h"

#define LENGTH_MS 6000

typedef struct {
  Place              place;
  GtkWindow         *window;
  GtkWindow         *dialog;
  SidePlayer        *sound;
  SideMomentsPlayer *player;
  GListStore        *moments;
} Scene;

static void
receive_mark (Scene      *scene,
              int         number,
              const char *tag,
              gint64      from_ms,
              gint64      to_ms,
              const char *text)
{
  g_autofree char *id = side_id_new ();
  g_autofree char *call = g_strdup_printf ("call-%d", number);
  g_autoptr (SideAnnotation) mark = side_annotation_new (id, SIDE_FIXTURE_PROJECT, call, from_ms, to_ms);
  g_autoptr (SideDocument) document = NULL;

  mark->tag = g_strdup (tag);
  mark->text = g_strdup (text);
  mark->author = g_strdup (PLACE_USER);
  document = side_wire_document_for_annotation (mark);
  place_receive (&scene->place, document);
}

/* The analysis that lies beside a recording: one silence, of 1 s to 5.5 s. */
static void
write_analysis (const char *path)
{
  g_autoptr (SideAnalysis) analysis = side_analysis_new (2);
  g_autofree char *kept = g_strconcat (path, ".analysis", NULL);
  g_autofree char *text = NULL;
  SideSpan silence = { 1000, 5500 };

  g_free (analysis->version);
  analysis->version = g_strdup (side_analyse_version ());
  analysis->duration_ms = LENGTH_MS;
  analysis->rate = 8000;
  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  g_array_append_val (analysis->conversation.dead_air, silence);
  text = side_wire_analysis_to_json (analysis);
  g_assert_true (g_file_set_contents (kept, text, -1, NULL));
}

/* A call whose recording is on this computer; without @good it is no sound. */
static void
put_recorded (Scene    *scene,
              int       number,
              gboolean  good)
{
  const double hertz[] = { 440, 660 };
  SideStore *store = side_desk_get_store (scene->place.desk);
  g_autoptr (SideCall) call = place_call (number);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  g_autoptr (GAsyncResult) put = NULL, added = NULL;
  g_autofree char *path = g_strdup_printf ("%s/recordings/%d.wav", scene->place.folder, number);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  call->recording = g_strdup_printf ("recording-%d", number);
  call->recording_ms = LENGTH_MS;
  call->channels = 2;
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &put);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&put, 5000, "a call"), NULL));
  if (good)
    tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, LENGTH_MS / 1000.0, hertz, 0.5);
  else
    g_assert_true (g_file_set_contents (path, "no sound", -1, NULL));
  side_store_add_recording_async (store, call->recording, call->id, "00", path, NULL, side_test_async_cb, &added);
  g_assert_true (side_store_add_recording_finish (store, side_test_wait_result (&added, 5000, "a recording"), NULL));
  if (good && number == 1)
    write_analysis (path);
  place_put_events (&scene->place, call, number == 4 ? 1000 : 0, number == 4 ? 1400 : 0);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  put_recorded (scene, 1, TRUE);
  put_recorded (scene, 3, FALSE);
  put_recorded (scene, 4, TRUE);
  receive_mark (scene, 1, "greeting", 2000, 2400, "Names the shop");
  receive_mark (scene, 1, "payment", 3000, 3500, "4276 1234");
  receive_mark (scene, 3, "greeting", 0, 400, "Nothing to be heard");
  receive_mark (scene, 4, "greeting", 500, 900, "Mumbles");
}

static gboolean
is_free_of_windows (gpointer data)
{
  Scene *scene = data;

  return scene->window == NULL && scene->dialog == NULL;
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  GtkWindow *window = scene->window, *dialog = scene->dialog;

  if (window != NULL)
    g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &scene->window);
  if (dialog != NULL)
    g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &scene->dialog);
  g_clear_pointer (&dialog, gtk_window_destroy);
  g_clear_pointer (&window, gtk_window_destroy);
  side_test_wait_until (is_free_of_windows, scene, 10000, "the windows to be gone");
  side_test_run_for (300);   /* what was begun holds them until it has ended */
  if (scene->player != NULL)
    g_assert_finalize_object (scene->player);
  g_clear_object (&scene->moments);
  if (scene->sound != NULL)
    g_assert_finalize_object (scene->sound);
  side_test_run_for (300);
  place_tear_down (&scene->place, NULL);
}

static gpointer
part (GtkWindow  *window,
      const char *name)
{
  GType type = SIDE_IS_COPY_DIALOG (window) ? SIDE_TYPE_COPY_DIALOG : G_OBJECT_TYPE (window);
  GObject *found = gtk_widget_get_template_child (GTK_WIDGET (window), type, name);

  g_assert_nonnull (found);
  return found;
}

static GListModel *
seen (Scene *scene)
{
  return G_LIST_MODEL (gtk_list_view_get_model (part (scene->window, "list")));
}

static gboolean
shows_list (gpointer data)
{
  Scene *scene = data;

  return g_list_model_get_n_items (seen (scene)) > 0;
}

static gboolean
shows_empty (gpointer data)
{
  Scene *scene = data;

  return g_str_equal (gtk_stack_get_visible_child_name (part (scene->window, "stack")), "empty");
}

static void
open_window (Scene      *scene,
             const char *text)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();

  query->text = g_strdup (text);
  query->sort = SIDE_CALL_SORT_TIME;
  query->descending = TRUE;
  scene->window = side_moments_window_new (NULL, scene->place.desk, query);
  gtk_window_present (scene->window);
}

/* "call-1 greeting 2000", one after the other. */
static char *
describe (GListModel *model)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SideMoment) moment = g_list_model_get_item (model, i);

      g_string_append_printf (out, "%s%s %s %" G_GINT64_FORMAT, i > 0 ? ", " : "", side_moment_get_call (moment)->id,
                              side_moment_get_kind (moment), side_moment_get_from_ms (moment));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_seen (Scene      *scene,
             const char *expected)
{
  g_autofree char *found = describe (seen (scene));

  g_assert_cmpstr (found, ==, expected);
}

static void
test_list (Scene         *scene,
           gconstpointer  data)
{
  GtkDropDown *kind;
  GtkEditable *search;

  open_window (scene, NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  assert_seen (scene, "call-1 /dead-air 1000, call-1 greeting 2000, call-1 payment 3000, call-3 greeting 0, call-4 greeting 500");
  kind = part (scene->window, "kind");
  search = part (scene->window, "search");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (kind)), ==, 4);
  gtk_drop_down_set_selected (kind, 2);
  assert_seen (scene, "call-1 greeting 2000, call-3 greeting 0, call-4 greeting 500");
  gtk_editable_set_text (search, "MUMBLES");
  side_test_run_for (400);
  assert_seen (scene, "call-4 greeting 500");
  gtk_editable_set_text (search, "nobody says that");
  side_test_run_for (400);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (part (scene->window, "stack")), ==, "nothing");
}

/* However many moments there are, Tab leaves them at once. */
static void
test_tab (Scene         *scene,
          gconstpointer  data)
{
  GtkWidget *window, *list;

  open_window (scene, NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  window = GTK_WIDGET (scene->window);
  list = GTK_WIDGET (part (scene->window, "list"));
  side_widget_test_tab_walk (window, list);
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_null (gtk_widget_get_focus_child (list));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_nonnull (gtk_widget_get_focus_child (list));
}

static void
test_query (Scene         *scene,
            gconstpointer  data)
{
  open_window (scene, "79035550004");
  side_test_wait_until (shows_list, scene, 10000, "the moments of one number");
  assert_seen (scene, "call-4 greeting 500");
}

static void
test_empty (Scene         *scene,
            gconstpointer  data)
{
  open_window (scene, "79035550007");
  side_test_wait_until (shows_empty, scene, 10000, "that there is nothing");
  g_assert_false (gtk_widget_get_sensitive (part (scene->window, "play_all")));
}

/* A desk that closes takes the window along. */
static void
test_closing (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GAsyncResult) closed = NULL;

  open_window (scene, NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  g_object_add_weak_pointer (G_OBJECT (scene->window), (gpointer *) &scene->window);
  side_desk_close_async (scene->place.desk, FALSE, NULL, side_test_async_cb, &closed);
  side_desk_close_finish (scene->place.desk, side_test_wait_result (&closed, 10000, "the desk to close"), NULL);
  side_test_wait_until (is_free_of_windows, scene, 10000, "the window to be gone");
}

/* ---- playing ---- */

static gpointer
make_sink (gpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static void
note_current_cb (SideMomentsPlayer *player,
                 GParamSpec        *pspec,
                 gpointer           order)
{
  SideMoment *moment = side_moments_player_get_current (player);

  if (moment != NULL)
    g_string_append_printf (order, " %s", side_moment_get_call (moment)->id);
}

static gboolean
is_over (gpointer player)
{
  return !side_moments_player_get_playing (player);
}

static gboolean
has_heard (gpointer place)
{
  g_autoptr (GPtrArray) first = place_list (place, "listening", "call-1");
  g_autoptr (GPtrArray) last = place_list (place, "listening", "call-4");

  return first->len == 1 && last->len == 1;
}

static void
test_play (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (SideMoment) missing = NULL;
  g_autoptr (GListModel) model = NULL;

  open_window (scene, NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  gtk_drop_down_set_selected (part (scene->window, "kind"), 2);
  /* Its own window has a device; here nothing is to be heard. */
  model = g_object_ref (seen (scene));
  scene->sound = side_player_new_with_sink (make_sink, NULL);
  scene->player = side_moments_player_new (scene->place.desk, scene->sound, model);
  side_player_set_rate (scene->sound, 4);
  g_signal_connect (scene->player, "notify::current", G_CALLBACK (note_current_cb), order);
  side_moments_player_play_at (scene->player, 0);
  g_assert_true (side_moments_player_get_playing (scene->player));
  side_test_wait_until (is_over, scene->player, 30000, "the last moment to have been played");
  g_assert_cmpstr (order->str, ==, " call-1 call-3 call-4");
  missing = g_list_model_get_item (model, 1);
  g_assert_nonnull (side_moment_get_problem (missing));
  side_moments_player_stop (scene->player);
  side_test_wait_until (has_heard, &scene->place, 10000, "what was heard to be written for both calls");
}

static void
test_pause (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (GListModel) model = NULL;

  open_window (scene, NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  model = g_object_ref (seen (scene));
  scene->sound = side_player_new_with_sink (make_sink, NULL);
  scene->player = side_moments_player_new (scene->place.desk, scene->sound, model);
  side_moments_player_toggle (scene->player);
  g_assert_true (side_moments_player_get_playing (scene->player));
  side_moments_player_toggle (scene->player);
  g_assert_true (is_over (scene->player));
  side_moments_player_next (scene->player);
  g_assert_cmpuint (side_moments_player_get_place (scene->player), ==, 1);
  side_moments_player_previous (scene->player);
  g_assert_cmpuint (side_moments_player_get_place (scene->player), ==, 0);
  side_moments_player_previous (scene->player);
  g_assert_true (is_over (scene->player));
  side_moments_player_stop (scene->player);
  g_assert_null (side_moments_player_get_current (scene->player));
}

/* ---- saving ---- */

static gboolean
is_saved (gpointer data)
{
  Scene *scene = data;

  return g_str_equal (gtk_stack_get_visible_child_name (part (scene->dialog, "stack")), "done");
}

static gboolean
is_refused (gpointer data)
{
  Scene *scene = data;

  return g_str_equal (gtk_stack_get_visible_child_name (part (scene->dialog, "stack")), "choose");
}

static void
open_export_of_seen (Scene *scene)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (seen (scene)); i++)
    g_ptr_array_add (chosen, g_list_model_get_item (seen (scene), i));
  scene->dialog = side_moments_export_new (NULL, scene->place.desk, chosen);
  gtk_window_present (scene->dialog);
}

static void
open_export (Scene *scene,
             guint  kind)
{
  open_window (scene, kind == 0 ? "79035550001" : NULL);
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  gtk_drop_down_set_selected (part (scene->window, "kind"), kind);
  open_export_of_seen (scene);
}

static void
test_save (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "moments.wav", NULL);
  g_autofree char *sheet_path = g_strconcat (path, ".txt", NULL);
  g_autofree char *sheet = NULL;
  g_autofree float *samples = NULL;
  g_autoptr (GPtrArray) records = NULL;
  SF_INFO info = { 0 };
  SNDFILE *file;

  open_export (scene, 0);
  gtk_switch_set_active (part (scene->dialog, "sheet"), TRUE);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_saved, scene, 20000, "the moments to be saved");
  file = sf_open (path, SFM_READ, &info);
  g_assert_nonnull (file);
  /* 0-6, 0-3.4, 1-4.5 s of the recording, and the silence between them twice. */
  g_assert_cmpint (info.frames, ==, 8 * (6000 + 3400 + 3500 + 2 * 700));
  samples = g_new (float, info.frames * 2);
  g_assert_cmpint (sf_readf_float (file, samples, info.frames), ==, info.frames);
  sf_close (file);
  /* The card number, in the first of them, and something beside it. */
  g_assert_cmpfloat (tone_rms (samples + 8 * 3010 * 2, 8 * 480, 2, 0), ==, 0);
  g_assert_cmpfloat (tone_rms (samples + 8 * 2500 * 2, 8 * 400, 2, 0), >, 0.1);
  records = place_list (&scene->place, "export", "call-1");
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_true (g_file_get_contents (sheet_path, &sheet, NULL, NULL));
  g_assert_nonnull (strstr (sheet, "Anna Smirnova"));
  g_assert_null (strstr (sheet, "4276"));
}

/* What the exchange marked as payment is silent, though nobody marked it. */
static void
test_save_payment (Scene         *scene,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "moments.wav", NULL);
  g_autofree float *samples = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (SideExportRecord) record = NULL;
  SF_INFO info = { 0 };
  SNDFILE *file;

  open_window (scene, "79035550004");
  side_test_wait_until (shows_list, scene, 10000, "the moments");
  open_export_of_seen (scene);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_saved, scene, 20000, "the moment to be saved");
  file = sf_open (path, SFM_READ, &info);
  g_assert_nonnull (file);
  samples = g_new (float, info.frames * 2);
  g_assert_cmpint (sf_readf_float (file, samples, info.frames), ==, info.frames);
  sf_close (file);
  g_assert_cmpfloat (tone_rms (samples + 8 * 1010 * 2, 8 * 380, 2, 0), ==, 0);
  g_assert_cmpfloat (tone_rms (samples + 8 * 500 * 2, 8 * 400, 2, 0), >, 0.1);
  records = place_list (&scene->place, "export", "call-4");
  g_assert_cmpuint (records->len, ==, 1);
  record = side_wire_export_from_json (((SideDocument *) records->pdata[0])->body, -1, NULL);
  g_assert_cmpuint (record->blanked->len, ==, 1);
  g_assert_cmpint (g_array_index (record->blanked, SideHeard, 0).from_ms, ==, 1000);
}

/* A payment that was marked while the call went on is silent where it was said. */
static void
test_live_payment (void)
{
  g_autoptr (SideMarkedCall) marked = g_new0 (SideMarkedCall, 1);
  SideAnnotation *mark = side_annotation_new ("m", SIDE_FIXTURE_PROJECT, "call-1", 0, 0);
  g_autoptr (SideMoment) moment = NULL;
  g_autoptr (GArray) blanks = NULL;

  g_atomic_ref_count_init (&marked->ref_count);
  marked->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  marked->call = place_call (1);
  marked->call->recording = g_strdup ("r");
  marked->call->recording_ms = 60000;   /* its end was lost: it begins with the answer */
  mark->tag = g_strdup ("payment");
  mark->to_ms = 2000;
  mark->moment_ms = marked->call->answered_ms + 30000;
  g_ptr_array_add (marked->marks, mark);
  moment = side_moment_new_for_mark (marked, mark);
  g_assert_cmpint (side_moment_get_from_ms (moment), ==, 30000);
  blanks = side_moment_list_blanks (moment, NULL);
  g_assert_cmpuint (blanks->len, ==, 1);
  g_assert_cmpint (g_array_index (blanks, SideHeard, 0).from_ms, ==, 30000);
  g_assert_cmpint (g_array_index (blanks, SideHeard, 0).to_ms, ==, 32000);
}

static void
test_save_missing (Scene         *scene,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "moments.flac", NULL);
  g_autoptr (GPtrArray) records = NULL;

  open_export (scene, 2);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_refused, scene, 20000, "that a recording is no sound");
  g_assert_true (gtk_widget_get_visible (part (scene->dialog, "problem")));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  records = place_list (&scene->place, "export", NULL);
  g_assert_cmpuint (records->len, ==, 0);
}

/* A recording is never written over. */
static void
test_save_over (Scene         *scene,
                gconstpointer  data)
{
  g_autofree char *path = g_strdup_printf ("%s/recordings/1.wav", scene->place.folder);
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  open_export (scene, 0);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_refused, scene, 20000, "that it is a recording");
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  g_test_add ("/moments/list", Scene, NULL, set_up, test_list, tear_down);
  g_test_add ("/moments/tab", Scene, NULL, set_up, test_tab, tear_down);
  g_test_add ("/moments/query", Scene, NULL, set_up, test_query, tear_down);
  g_test_add ("/moments/empty", Scene, NULL, set_up, test_empty, tear_down);
  g_test_add ("/moments/closing", Scene, NULL, set_up, test_closing, tear_down);
  g_test_add ("/moments/play", Scene, NULL, set_up, test_play, tear_down);
  g_test_add ("/moments/pause", Scene, NULL, set_up, test_pause, tear_down);
  g_test_add ("/moments/save", Scene, NULL, set_up, test_save, tear_down);
  g_test_add_func ("/moments/live-payment", test_live_payment);
  g_test_add ("/moments/save-payment", Scene, NULL, set_up, test_save_payment, tear_down);
  g_test_add ("/moments/save-missing", Scene, NULL, set_up, test_save_missing, tear_down);
  g_test_add ("/moments/save-over", Scene, NULL, set_up, test_save_over, tear_down);
  return g_test_run ();
}
