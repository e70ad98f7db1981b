/* test-library.c - filters by sound, saved searches, background work, the check
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>

#include "calls-place.h"
#include "side-analyse.h"
#include "side-call-filters.h"
#include "side-calls-page.h"
#include "side-calls-view.h"
#include "side-check-files.h"
#include "side-check-window.h"
#include "side-check-words.h"
#include "side-librarian.h"
#include "side-recording-cache.h"
#include "side-searches.h"
#include "side-store-searches.h"
#include "side-store-sound.h"
#include "side-test.h"
#include "side-widget-test.h"
#include "tone-file.h"

static void
test_sound_filter (Place         *place,
                   gconstpointer  data)
{
  SideCallFilters *filters = g_object_ref_sink (g_object_new (SIDE_TYPE_CALL_FILTERS, NULL));
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (SideCallQuery) dead = NULL;
  g_autoptr (SideCallQuery) fresh = NULL;
  SideCallSort sort;
  gboolean descending;

  side_call_filters_set_desk (filters, place->desk);
  g_key_file_set_string (file, "view", "sound", "dead-air-10");
  g_key_file_set_string (file, "view", "sort", "dead-air");
  side_calls_view_read (file, filters, &sort, &descending);
  g_assert_cmpint (sort, ==, SIDE_CALL_SORT_SOUND + SIDE_SOUND_FIGURE_DEAD_AIR);
  g_assert_true (descending);
  g_assert_true (side_call_filters_is_set (filters));
  dead = side_call_filters_make_query (filters);
  g_assert_cmpfloat (dead->min_sound[SIDE_SOUND_FIGURE_DEAD_AIR], >, 10000);
  g_assert_true (isinf (dead->max_sound[SIDE_SOUND_FIGURE_DEAD_AIR]));
  g_key_file_set_string (file, "view", "sound", "not-analysed");
  side_calls_view_read (file, filters, &sort, &descending);
  fresh = side_call_filters_make_query (filters);
  g_assert_cmpint (fresh->analysed, ==, SIDE_CALL_MATCH_NO);
  g_assert_cmpint (fresh->recorded, ==, SIDE_CALL_MATCH_YES);
  side_call_filters_clear (filters);
  g_assert_false (side_call_filters_is_set (filters));
  g_object_unref (filters);
  place_settle ();
}

/* ---- saved searches ---- */

static char *
give_view (gpointer data)
{
  return g_strdup (data);
}

static void
take_view (SideSearches *searches,
           const char   *view,
           char        **taken)
{
  g_free (*taken);
  *taken = g_strdup (view);
}

static GtkWidget *
find_in_popover (GtkWidget  *searches,
                 const char *type_name)
{
  GtkWidget *button = gtk_widget_get_first_child (searches);

  return place_find (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), type_name);
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

static gboolean
has_one_search (gpointer list)
{
  return count_rows (list) == 1 && place_find_icon (list, "user-trash-symbolic") != NULL;
}

static gboolean
has_undo_only (gpointer list)
{
  return count_rows (list) == 1 && place_find_icon (list, "user-trash-symbolic") == NULL;
}

static void
test_searches (Place         *place,
               gconstpointer  data)
{
  SideSearches *searches = g_object_new (SIDE_TYPE_SEARCHES, NULL);
  GtkWidget *window = side_widget_test_show (GTK_WIDGET (searches), 300, 100);
  GtkWidget *entry, *list;
  g_autofree char *taken = NULL;

  side_searches_set_desk (searches, place->desk, give_view, (gpointer) "[view]\nsound=noisy\n");
  g_signal_connect (searches, "chosen", G_CALLBACK (take_view), &taken);
  entry = find_in_popover (GTK_WIDGET (searches), "GtkEntry");
  list = find_in_popover (GTK_WIDGET (searches), "GtkListBox");
  gtk_editable_set_text (GTK_EDITABLE (entry), "  Noisy lines ");
  g_signal_emit_by_name (entry, "activate");
  side_test_wait_until (has_one_search, list, 5000, "the search to be kept");
  /* The same name again is the same search. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "Noisy lines");
  g_signal_emit_by_name (entry, "activate");
  place_settle ();
  side_test_wait_until (has_one_search, list, 5000, "the search to be replaced");
  g_signal_emit_by_name (list, "row-activated", gtk_widget_get_first_child (list));
  g_assert_cmpstr (taken, ==, "[view]\nsound=noisy\n");
  g_signal_emit_by_name (gtk_widget_get_ancestor (place_find_icon (list, "user-trash-symbolic"), GTK_TYPE_BUTTON), "clicked");
  side_test_wait_until (has_undo_only, list, 5000, "the search to be removed");
  g_signal_emit_by_name (place_find (list, "GtkButton"), "clicked");
  side_test_wait_until (has_one_search, list, 5000, "the search to be back");
  side_widget_test_close (window);
  place_settle ();
}

/* ---- background work ---- */

static void
put_recorded (Place      *place,
              int         number,
              const char *recording,
              gint64      recording_ms)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;
  SideCall *call = place_call (number);

  call->recording = g_strdup (recording);
  call->recording_ms = recording_ms;
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (side_desk_get_store (place->desk), calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (side_desk_get_store (place->desk),
                                              side_test_wait_result (&result, 5000, "a recorded call"), NULL));
}

static char *
add_recording (Place      *place,
               const char *recording,
               int         number)
{
  const double hertz[] = { 440, 660 };
  g_autofree char *name = g_strdup_printf ("%s.wav", recording);
  g_autofree char *call = g_strdup_printf ("call-%d", number);
  char *path = g_build_filename (place->folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 3.0, hertz, 0.3);
  side_store_add_recording_async (side_desk_get_store (place->desk), recording, call, NULL, path, NULL,
                                  side_test_async_cb, &result);
  g_assert_true (side_store_add_recording_finish (side_desk_get_store (place->desk),
                                                  side_test_wait_result (&result, 5000, "a recording"), NULL));
  return path;
}

static SideSoundFigures *
get_sound (Place      *place,
           const char *call)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_store_get_sound_async (side_desk_get_store (place->desk), call, NULL, side_test_async_cb, &result);
  return side_store_get_sound_finish (side_desk_get_store (place->desk),
                                      side_test_wait_result (&result, 5000, "figures"), NULL);
}

static gboolean
is_heard (gpointer data)
{
  g_autoptr (SideSoundFigures) figures = get_sound (data, "call-0");

  return figures != NULL;
}

static void
test_librarian (Place         *place,
                gconstpointer  data)
{
  SideLibrarian *librarian = side_desk_get_librarian (place->desk);
  g_autofree char *path = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (SideSoundFigures) figures = NULL;
  g_autoptr (SideSoundFigures) broken = NULL;
  g_autofree char *text_path = NULL;

  g_assert_nonnull (librarian);
  put_recorded (place, 0, "rec-0", 3000);
  path = add_recording (place, "rec-0", 0);
  put_recorded (place, 1, "rec-1", 3000);
  text_path = add_recording (place, "rec-1", 1);
  /* Of the same size as the recording that it stands for. */
  {
    g_autofree char *bytes = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (text_path, &bytes, &length, NULL));
    memset (bytes, 'x', length);
    g_assert_true (g_file_set_contents (text_path, bytes, (gssize) length, NULL));
  }
  side_librarian_hold (librarian);
  side_librarian_start (librarian, 0);
  place_settle ();
  figures = get_sound (place, "call-0");
  g_assert_null (figures);
  side_librarian_release (librarian);
  side_librarian_start (librarian, 0);
  side_test_wait_until (is_heard, place, 20000, "the recording to be listened to");
  figures = get_sound (place, "call-0");
  g_assert_cmpstr (figures->version, ==, side_analyse_version ());
  g_assert_cmpint (figures->duration_ms, >, 2500);
  kept = g_strconcat (path, ".analysis", NULL);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  place_settle ();
  broken = get_sound (place, "call-1");
  g_assert_nonnull (broken);
  g_assert_nonnull (broken->problem);
}

/* ---- the check ---- */

static gboolean
has_found (gpointer window)
{
  return side_check_window_get_found (window) > 0;
}

static void
take_call (GtkWindow  *window,
           const char *id,
           char      **taken)
{
  g_free (*taken);
  *taken = g_strdup (id);
}

static void
test_check (Place         *place,
            gconstpointer  data)
{
  GtkWindow *window;
  GtkWidget *list;
  g_autofree char *csv = NULL;
  g_autofree char *taken = NULL;

  put_recorded (place, 9, "rec-9", 1000);
  window = side_check_window_new (NULL, place->desk);
  g_signal_connect (window, "open-call", G_CALLBACK (take_call), &taken);
  gtk_window_present (window);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (place_find (GTK_WIDGET (window), "GtkDropDown")), 3);
  side_test_wait_until (has_found, window, 5000, "calls without a recording");
  side_widget_test_no_nameless (GTK_WIDGET (window));
  /* Without a server it is not known which files belong to no call: that is no list of none. */
  g_assert_null (side_check_files_get_found (SIDE_CHECK_FILES (place_find (GTK_WIDGET (window), "SideCheckFiles"))));
  csv = side_check_window_dup_csv (SIDE_CHECK_WINDOW (window));
  g_assert_true (g_str_has_prefix (csv, "time,call,queue,operator,number,talk_s,recording_s,faults,file,bytes\r\n"));
  g_assert_nonnull (strstr (csv, "\"call-10\""));
  g_assert_nonnull (strstr (csv, "\"missing\""));
  g_assert_nonnull (strstr (csv, "\"89.000\",\"1.000\",\"length\""));
  /* Nobody answered it: nothing is missing. */
  g_assert_null (strstr (csv, "\"call-11\""));
  /* The drop-down has a list of its own. */
  list = place_find (gtk_widget_get_ancestor (place_find (GTK_WIDGET (window), "AdwStatusPage"), GTK_TYPE_STACK), "GtkListView");
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_nonnull (taken);
  gtk_window_destroy (window);
  place_settle ();
}

/* The table tells of files as of calls, and no cell is a formula or a number in full. */
static void
test_check_files (void)
{
  g_autoptr (SideUnmatched) unmatched = side_unmatched_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *nothing = side_check_words_files (unmatched);
  g_autofree char *plain = NULL;
  g_autofree char *masked = NULL;
  g_autofree char *name = side_check_words_file_name ("a\n12345678 \xd1\x8f.wav", TRUE);
  g_autofree char *words = NULL;

  g_ptr_array_add (unmatched->files, side_unmatched_file_new ("=2026/79031231244-123456.wav", 320044, 1795219200000));
  unmatched->complete = FALSE;
  plain = side_check_words_csv (none, unmatched, NULL, FALSE);
  masked = side_check_words_csv (none, unmatched, NULL, TRUE);
  words = side_check_words_files (unmatched);
  g_assert_cmpstr (plain, ==, "time,call,queue,operator,number,talk_s,recording_s,faults,file,bytes\r\n"
                              "\"2026-11-21T00:00:00.000Z\",\"\",\"\",\"\",\"\",\"\",\"\",\"no-call\","
                              "\"'=2026/79031231244-123456.wav\",\"320044\"\r\n");
  g_assert_nonnull (strstr (masked, "\"'=2026/7903•••1244-123456.wav\""));
  g_assert_cmpstr (name, ==, "a\xef\xbf\xbd" "1•••5678 \xd1\x8f.wav");
  g_assert_true (g_str_has_prefix (words, "1 file "));
  g_assert_cmpuint (strlen (words), >, strlen ("1 file on the server that no call refers to."));
  g_assert_cmpstr (nothing, !=, words);
}

int
main (int    argc,
      char **argv)
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/library/sound-filter", Place, NULL, place_set_up, test_sound_filter, place_tear_down);
  g_test_add ("/library/searches", Place, NULL, place_set_up, test_searches, place_tear_down);
  g_test_add ("/library/librarian", Place, NULL, place_set_up, test_librarian, place_tear_down);
  g_test_add_func ("/library/check-files", test_check_files);
  g_test_add ("/library/check", Place, NULL, place_set_up, test_check, place_tear_down);
  return g_test_run ();
}
