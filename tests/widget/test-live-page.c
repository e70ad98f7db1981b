/* test-live-page.c - the Live page draws what the board says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-banner.h"
#include "side-board-fixture.h"
#include "side-explain-rows.h"
#include "side-explain-window.h"
#include "side-live-list.h"
#include "side-live-page.h"
#include "side-people.h"
#include "side-queue-table.h"
#include "side-tile.h"
#include "side-time.h"
#include "side-widget-test.h"

typedef struct {
  SideDesk     *desk;
  SideAlarm    *alarm;
  SideLivePage *page;
  GtkWidget    *window;
} Fixture;

static void
set_up (Fixture *f,
        guint    n_operators)
{
  f->desk = side_fixture_new_desk (n_operators);
  f->alarm = side_alarm_new (f->desk);
  f->page = SIDE_LIVE_PAGE (side_live_page_new (f->desk, f->alarm));
  f->window = side_widget_test_show (GTK_WIDGET (f->page), 1366, 768);
}

static void
tear_down (Fixture *f)
{
  gpointer page = f->page, desk = f->desk, alarm = f->alarm;

  g_object_add_weak_pointer (G_OBJECT (f->page), &page);
  g_object_add_weak_pointer (G_OBJECT (f->desk), &desk);
  g_object_add_weak_pointer (G_OBJECT (f->alarm), &alarm);
  side_widget_test_close (f->window);
  g_object_unref (f->alarm);
  g_object_unref (f->desk);
  g_assert_null (page);
  g_assert_null (alarm);
  g_assert_null (desk);
}

static GtkWidget *
find (GtkWidget *root,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
value_of (Fixture       *f,
          SideIndicator  indicator)
{
  return side_tile_get_value (SIDE_TILE (side_live_page_get_tile (f->page, indicator)));
}

typedef struct {
  Fixture    *f;
  const char *value;
  SideIndicator indicator;
} Wanted;

static gboolean
has_value (gpointer data)
{
  Wanted *wanted = data;

  return g_strcmp0 (value_of (wanted->f, wanted->indicator), wanted->value) == 0;
}

static void
test_numbers (void)
{
  Fixture f;
  SideQueueTable *queues;
  SidePeople *people;
  g_autoptr (SideLiveItem) caller = NULL;
  g_autoptr (SideLiveItem) talking = NULL;

  set_up (&f, 8);
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_WAITING), ==, "3");
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_LONGEST_WAIT), ==, "1:12");
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_OPERATORS), ==, "2 / 8");
  g_assert_cmpint (side_tile_get_level (SIDE_TILE (side_live_page_get_tile (f.page, SIDE_INDICATOR_WAITING))), ==,
                   SIDE_LEVEL_BAD);
  queues = SIDE_QUEUE_TABLE (find (GTK_WIDGET (f.page), SIDE_TYPE_QUEUE_TABLE));
  g_assert_cmpuint (side_queue_table_get_rows (queues), ==, 3);
  g_assert_cmpstr (side_queue_table_get_cell (queues, 0, 0), ==, "Orders");
  g_assert_cmpstr (side_queue_table_get_cell (queues, 0, 1), ==, "3");
  g_assert_cmpstr (side_queue_table_get_cell (queues, 1, 1), ==, "0");
  people = SIDE_PEOPLE (find (GTK_WIDGET (f.page), SIDE_TYPE_PEOPLE));
  g_assert_cmpuint (g_list_model_get_n_items (side_people_get_operators (people)), ==, 8);
  g_assert_cmpuint (g_list_model_get_n_items (side_people_get_callers (people)), ==, 3);
  caller = g_list_model_get_item (side_people_get_callers (people), 0);
  g_assert_cmpstr (side_live_item_get_title (caller), ==, "+7 925 •••-31-07");
  g_assert_cmpstr (side_live_item_get_time (caller), ==, "1:12");
  g_assert_true (side_live_item_is_over (caller));
  talking = g_list_model_get_item (side_people_get_operators (people), 0);
  g_assert_cmpstr (side_live_item_get_title (talking), ==, "Anna Smirnova");
  g_assert_cmpstr (side_live_item_get_detail (talking), ==, "Orders · +7 903 •••-12-44");
  side_widget_test_no_nameless (GTK_WIDGET (f.page));
  tear_down (&f);
}

static void
test_an_event_is_drawn (void)
{
  Fixture f;
  Wanted four = { &f, "4", SIDE_INDICATOR_WAITING };

  set_up (&f, 8);
  side_fixture_join (side_desk_get_board (f.desk), "new", "orders", "79031112233", side_fixture_now_ms ());
  side_desk_poke (f.desk);
  side_test_wait_until (has_value, &four, 2000, "the new caller to be counted");
  g_assert_cmpint (side_live_page_get_drawn_seq (f.page), ==, (gint64) side_board_get_seq (side_desk_get_board (f.desk)));
  tear_down (&f);
}

/* Time alone changes what is shown: the longest wait ticks without an event. */
static void
test_seconds_run (void)
{
  Fixture f;
  Wanted later = { &f, "1:17", SIDE_INDICATOR_LONGEST_WAIT };

  set_up (&f, 8);
  side_clock_shift_ms (side_desk_get_clock (f.desk), 5000);
  side_test_wait_until (has_value, &later, 3000, "the longest wait to tick");
  tear_down (&f);
}

static void
test_alarm (void)
{
  Fixture f;
  SideBanner *banner;
  const SideAlert *alert;
  SideNotifyCount count;
  g_autofree char *heading = NULL, *later = NULL;

  set_up (&f, 8);
  banner = SIDE_BANNER (find (GTK_WIDGET (f.page), SIDE_TYPE_BANNER));
  side_widget_test_count (f.alarm, "count", &count);
  g_assert_cmpuint (side_alarm_get_count (f.alarm), ==, 1);
  alert = side_alarm_get_gravest (f.alarm);
  g_assert_cmpint (alert->level, ==, SIDE_ALERT_ALARM);
  g_assert_cmpint (alert->began_ms, ==, side_fixture_now_ms () - 72000 + 45001);
  heading = side_alarm_dup_heading (f.alarm, alert);
  g_assert_cmpstr (heading, ==, "Orders: a caller has waited 1:12");
  g_assert_true (side_banner_get_shown (banner));
  gtk_widget_activate_action (GTK_WIDGET (f.page), "live.snooze", NULL);
  g_assert_cmpuint (count.count, ==, 1);
  g_assert_cmpuint (side_alarm_get_count (f.alarm), ==, 0);
  g_assert_false (side_banner_get_shown (banner));
  /* Five minutes on, the callers still wait: it comes back. */
  side_clock_shift_ms (side_desk_get_clock (f.desk), 5 * SIDE_MINUTE_MS + 1000);
  g_signal_emit_by_name (f.desk, "tick");
  g_assert_cmpuint (side_alarm_get_count (f.alarm), ==, 1);
  g_assert_true (side_banner_get_shown (banner));
  later = side_alarm_dup_heading (f.alarm, side_alarm_get_gravest (f.alarm));
  g_assert_cmpstr (later, ==, "3 callers over the limit, the longest in Orders for 6:13");
  tear_down (&f);
}

/* The server is heard but not its telephone exchange: nothing runs on, nobody is alarmed. */
static void
test_exchange_silent (void)
{
  Fixture f;
  GtkWidget *alarm, *gap, *content;
  gint64 now_ms = side_fixture_now_ms ();

  set_up (&f, 8);
  alarm = find (GTK_WIDGET (f.page), SIDE_TYPE_BANNER);
  gap = gtk_widget_get_next_sibling (alarm);
  content = gtk_widget_get_parent (side_live_page_get_tile (f.page, SIDE_INDICATOR_WAITING));
  content = gtk_widget_get_parent (content);
  g_assert_true (side_banner_get_shown (SIDE_BANNER (alarm)));
  g_assert_false (side_banner_get_shown (SIDE_BANNER (gap)));
  side_fixture_gap (side_desk_get_board (f.desk), now_ms, 0);
  side_clock_shift_ms (side_desk_get_clock (f.desk), 5 * SIDE_MINUTE_MS);
  g_signal_emit_by_name (f.desk, "tick");
  g_assert_true (side_banner_get_shown (SIDE_BANNER (gap)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gap), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The telephone exchange has not been heard since 15:47");
  g_assert_false (side_banner_get_shown (SIDE_BANNER (alarm)));
  g_assert_true (gtk_widget_has_css_class (content, "stale"));
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_LONGEST_WAIT), ==, "1:12");
  side_fixture_gap (side_desk_get_board (f.desk), now_ms, now_ms + 5 * SIDE_MINUTE_MS);
  g_signal_emit_by_name (f.desk, "tick");
  g_assert_false (side_banner_get_shown (SIDE_BANNER (gap)));
  g_assert_true (side_banner_get_shown (SIDE_BANNER (alarm)));
  g_assert_false (gtk_widget_has_css_class (content, "stale"));
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_LONGEST_WAIT), ==, "6:12");
  tear_down (&f);
}

static void
test_period (void)
{
  Fixture f;
  g_autofree char *today = NULL;

  set_up (&f, 8);
  today = g_strdup (value_of (&f, SIDE_INDICATOR_ANSWERED));
  gtk_widget_activate_action (GTK_WIDGET (f.page), "scope.period", "s", "15-min-is-unknown");
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_ANSWERED), ==, today);
  gtk_widget_activate_action (GTK_WIDGET (f.page), "scope.period", "s", "quarter");
  g_assert_cmpint (atoi (value_of (&f, SIDE_INDICATOR_ANSWERED)), <, atoi (today));
  gtk_widget_activate_action (GTK_WIDGET (f.page), "scope.period", "s", "today");
  g_assert_cmpstr (value_of (&f, SIDE_INDICATOR_ANSWERED), ==, today);
  tear_down (&f);
}

static SideExplainWindow *
explain_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (SIDE_IS_EXPLAIN_WINDOW (window))
        return SIDE_EXPLAIN_WINDOW (window);
    }
  return NULL;
}

static void
keep_id (SideExplainWindow *window,
         const char        *id,
         char             **slot)
{
  g_free (*slot);
  *slot = g_strdup (id);
}

static void
test_explain (void)
{
  Fixture f;
  SideExplainWindow *window;
  GtkWidget *view;
  g_autofree char *id = NULL;

  set_up (&f, 8);
  side_widget_test_click (side_live_page_get_tile (f.page, SIDE_INDICATOR_WAITING));
  window = explain_window ();
  g_assert_nonnull (window);
  g_assert_cmpuint (g_list_model_get_n_items (side_explain_window_get_calls (window)), ==, 3);
  g_signal_connect (window, "call-activated", G_CALLBACK (keep_id), &id);
  view = find (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (view, "activate", 0);
  g_assert_nonnull (id);
  g_assert_true (g_str_has_prefix (id, "wait"));
  side_test_run_for (50);
  g_assert_null (explain_window ());
  tear_down (&f);
}

static guint
rows_behind (Fixture       *f,
             SideIndicator  indicator)
{
  SideExplainWindow *window;
  guint n;

  side_widget_test_click (side_live_page_get_tile (f->page, indicator));
  window = explain_window ();
  g_assert_nonnull (window);
  n = g_list_model_get_n_items (side_explain_window_get_calls (window));
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (20);
  return n;
}

/* A day and a time have room, not the day alone. */
static void
assert_when_is_read (Fixture *f)
{
  SideExplainWindow *window;
  GtkWidget *view;
  glong longest = 0;

  side_widget_test_click (side_live_page_get_tile (f->page, SIDE_INDICATOR_CALLBACKS));
  window = explain_window ();
  side_test_run_for (200);
  view = find (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW);
  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *when = gtk_widget_get_mapped (row) ? find (row, GTK_TYPE_INSCRIPTION) : NULL;
      const char *text = when != NULL ? gtk_inscription_get_text (GTK_INSCRIPTION (when)) : NULL;
      g_autoptr (PangoLayout) layout = NULL;
      int width;

      if (text == NULL)
        continue;
      layout = gtk_widget_create_pango_layout (when, text);
      pango_layout_get_pixel_size (layout, &width, NULL);
      g_assert_cmpint (gtk_widget_get_width (when), >=, width);
      longest = MAX (longest, g_utf8_strlen (text, -1));
    }
  g_assert_cmpint (longest, >, 8);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (20);
}

/* Below each number stands as much as it says it rests on. */
static void
test_explained_by_their_own (void)
{
  Fixture f;
  SideBoardProject *project;
  SideCallback *callback;
  SideIndicators figures;
  SideReach reach = { NULL, 0, side_fixture_now_ms () };

  set_up (&f, 8);
  project = side_desk_get_board_project (f.desk);
  /* Its call is from a day that is on no board any more. */
  callback = side_board_restore_callback (side_desk_get_board (f.desk), project, "+79161234567", "+74950000000");
  callback->call = g_strdup ("yesterday");
  callback->lost_ms = side_fixture_now_ms () - 86400000;
  side_indicators_compute (project, &reach, &figures);
  g_assert_cmpint (figures.callbacks_due, >, 0);
  g_assert_cmpuint (rows_behind (&f, SIDE_INDICATOR_CALLBACKS), ==, (guint) figures.callbacks_due);
  assert_when_is_read (&f);
  g_assert_cmpuint (rows_behind (&f, SIDE_INDICATOR_OPERATORS), ==, (guint) figures.logged_in);
  g_assert_cmpuint (rows_behind (&f, SIDE_INDICATOR_OCCUPANCY), ==, (guint) figures.present);
  tear_down (&f);
}

/* The first rows are those who talk: they stay in sight while rows come and go. */
static void
test_people_stay_at_top (void)
{
  Fixture f;
  GtkAdjustment *scrolled;
  GtkWidget *view;

  set_up (&f, 60);
  view = find (find (GTK_WIDGET (f.page), SIDE_TYPE_PEOPLE), GTK_TYPE_LIST_VIEW);
  scrolled = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  side_test_run_for (300);
  for (guint i = 0; i < 20; i++)
    side_fixture_set_state (side_desk_get_board (f.desk), 59 - i, SIDE_OPERATOR_TALKING, side_fixture_now_ms ());
  side_test_run_for (2100);
  side_desk_poke (f.desk);
  side_test_run_for (500);
  g_assert_cmpfloat (gtk_adjustment_get_upper (scrolled), >, gtk_adjustment_get_page_size (scrolled));
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolled), ==, 0);
  gtk_adjustment_set_value (scrolled, 200);
  side_test_run_for (100);
  for (guint i = 0; i < 20; i++)
    side_fixture_set_state (side_desk_get_board (f.desk), 59 - i, SIDE_OPERATOR_READY, side_fixture_now_ms ());
  side_test_run_for (2100);
  side_desk_poke (f.desk);
  side_test_run_for (500);
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolled), >, 0);
  tear_down (&f);
}

static void
test_many_operators (void)
{
  Fixture f;

  set_up (&f, 200);
  g_assert_cmpuint (g_list_model_get_n_items (
                      side_people_get_operators (SIDE_PEOPLE (find (GTK_WIDGET (f.page), SIDE_TYPE_PEOPLE)))), ==, 200);
  tear_down (&f);
}

/* A board that knows nothing shows no number at all. */
static void
test_nothing_known (void)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideClock) clock = side_clock_new_manual (side_fixture_now_ms ());
  Fixture f = { .desk = side_desk_new_for_board (board, session, clock) };

  f.alarm = side_alarm_new (f.desk);
  f.page = SIDE_LIVE_PAGE (side_live_page_new (f.desk, f.alarm));
  f.window = side_widget_test_show (GTK_WIDGET (f.page), 1366, 768);
  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    g_assert_cmpstr (value_of (&f, (SideIndicator) i), ==, "–");
  side_widget_test_click (side_live_page_get_tile (f.page, SIDE_INDICATOR_WAITING));
  g_assert_null (explain_window ());
  tear_down (&f);
}

/* Where there is no queue, words say why and whom to ask. */
static void
test_no_queues (void)
{
  Fixture f;
  GtkWidget *table, *words;

  set_up (&f, 8);
  table = find (GTK_WIDGET (f.page), SIDE_TYPE_QUEUE_TABLE);
  words = gtk_widget_get_next_sibling (table);
  g_assert_true (gtk_widget_get_visible (table));
  g_assert_false (gtk_widget_get_visible (words));
  tear_down (&f);
  f.desk = side_fixture_new_desk (8);
  g_ptr_array_set_size (side_desk_get_project (f.desk)->queues, 0);
  f.alarm = side_alarm_new (f.desk);
  f.page = SIDE_LIVE_PAGE (side_live_page_new (f.desk, f.alarm));
  f.window = side_widget_test_show (GTK_WIDGET (f.page), 1366, 768);
  table = find (GTK_WIDGET (f.page), SIDE_TYPE_QUEUE_TABLE);
  words = gtk_widget_get_next_sibling (table);
  g_assert_false (gtk_widget_get_visible (table));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (words)), ==,
                   "This project has no queues yet. The administrator of the server names them in its configuration.");
  tear_down (&f);
}

/* It fits beside the sidebar on a screen of 1024, with 200 % text below each other. */
static void
test_narrow (void)
{
  Fixture f;
  int minimum;

  set_up (&f, 8);
  gtk_widget_measure (GTK_WIDGET (f.page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 1024 - 230);
  tear_down (&f);
}

static void
test_keyboard (void)
{
  Fixture f;

  set_up (&f, 8);
  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    side_widget_test_tab_walk (f.window, side_live_page_get_tile (f.page, (SideIndicator) i));
  side_widget_test_tab_walk (f.window, find (GTK_WIDGET (f.page), GTK_TYPE_LIST_VIEW));
  tear_down (&f);
}

/* Hours and minutes for what is fresh; beyond two days nobody reckons in hours. */
static void
test_old_callbacks (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  SideBoardProject *project = side_desk_get_board_project (desk);
  gint64 now_ms = side_fixture_now_ms ();
  SideReach fresh = { NULL, 0, now_ms }, old = { NULL, 0, now_ms + 5 * 24 * 3600000LL };
  g_autoptr (SideExplainRows) rows = NULL;
  g_autoptr (SideExplainRows) later = NULL;

  rows = side_explain_rows_new (SIDE_INDICATOR_CALLBACKS, project, side_desk_get_project (desk), &fresh, TRUE);
  g_assert_cmpuint (rows->records->len, >, 0);
  g_assert_null (strstr (g_array_index (rows->records, SideLiveRecord, 0).detail, "day"));
  later = side_explain_rows_new (SIDE_INDICATOR_CALLBACKS, project, side_desk_get_project (desk), &old, TRUE);
  g_assert_true (g_str_has_suffix (g_array_index (later->records, SideLiveRecord, 0).detail, "lost 5 days ago"));
  g_object_unref (desk);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/live-page/numbers", test_numbers);
  g_test_add_func ("/live-page/an-event-is-drawn", test_an_event_is_drawn);
  g_test_add_func ("/live-page/seconds-run", test_seconds_run);
  g_test_add_func ("/live-page/alarm", test_alarm);
  g_test_add_func ("/live-page/exchange-silent", test_exchange_silent);
  g_test_add_func ("/live-page/period", test_period);
  g_test_add_func ("/live-page/explain", test_explain);
  g_test_add_func ("/live-page/explained-by-their-own", test_explained_by_their_own);
  g_test_add_func ("/live-page/people-stay-at-top", test_people_stay_at_top);
  g_test_add_func ("/live-page/many-operators", test_many_operators);
  g_test_add_func ("/live-page/nothing-known", test_nothing_known);
  g_test_add_func ("/live-page/no-queues", test_no_queues);
  g_test_add_func ("/live-page/narrow", test_narrow);
  g_test_add_func ("/live-page/keyboard", test_keyboard);
  g_test_add_func ("/live-page/old-callbacks", test_old_callbacks);
  return g_test_run ();
}
