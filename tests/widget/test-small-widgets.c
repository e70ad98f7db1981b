/* test-small-widgets.c - banner, sparkline, half-hours, tile
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-banner.h"
#include "side-date-row.h"
#include "side-history-keys.h"
#include "side-slot-chart.h"
#include "side-sparkline.h"
#include "side-tile.h"
#include "side-time.h"
#include "side-widget-test.h"

static void
test_new_destroy (void)
{
  GtkWidget *banner = side_banner_new ();

  side_banner_show (SIDE_BANNER (banner), SIDE_BANNER_NOTICE, "Heading", NULL);
  side_widget_test_new_destroy (banner);
  side_widget_test_new_destroy (side_sparkline_new ());
  side_widget_test_new_destroy (side_slot_chart_new ());
  side_widget_test_new_destroy (side_tile_new ("Waiting now"));
}

static void
test_banner (void)
{
  g_autoptr (SideBanner) banner = SIDE_BANNER (g_object_ref_sink (side_banner_new ()));
  SideNotifyCount shown;

  side_widget_test_count (banner, "shown", &shown);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_false (side_banner_get_shown (banner));
  side_banner_hide (banner);
  g_assert_cmpuint (shown.count, ==, 0);
  side_banner_show (banner, SIDE_BANNER_ALERT, "Orders: a caller has waited 1:12", "limit 0:45");
  g_assert_true (side_banner_get_shown (banner));
  g_assert_cmpuint (shown.count, ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Orders: a caller has waited 1:12");
  /* The seconds run on without a second announcement. */
  side_banner_show (banner, SIDE_BANNER_ALERT, "Orders: a caller has waited 1:13", "limit 0:45");
  g_assert_cmpuint (shown.count, ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Orders: a caller has waited 1:12");
  side_banner_hide (banner);
  g_assert_cmpuint (shown.count, ==, 2);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
}

/* Measured at any width it is as high as it said at first: a warning would be fatal here. */
static void
test_banner_height (void)
{
  GtkWidget *banner = side_banner_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window;
  int unbound, wide;

  gtk_box_append (GTK_BOX (box), banner);
  window = side_widget_test_show (box, 900, 300);
  side_banner_show (SIDE_BANNER (banner), SIDE_BANNER_WARNING,
                    "The telephone exchange has not been heard since 15:47", "the numbers are as of then");
  side_test_run_for (400);
  gtk_widget_measure (banner, GTK_ORIENTATION_VERTICAL, -1, &unbound, NULL, NULL, NULL);
  gtk_widget_measure (banner, GTK_ORIENTATION_VERTICAL, 1 << 20, &wide, NULL, NULL, NULL);
  g_assert_cmpint (unbound, ==, wide);
  side_widget_test_close (window);
}

static void
test_sparkline (void)
{
  g_autoptr (SideSparkline) line = SIDE_SPARKLINE (g_object_ref_sink (side_sparkline_new ()));
  const double values[] = { 1, NAN, 3, 3, 3 };
  const double other[] = { 1, NAN, 3, 3, 4 };

  g_assert_true (side_sparkline_set_values (line, values, 5));
  g_assert_false (side_sparkline_set_values (line, values, 5));
  g_assert_true (side_sparkline_set_values (line, other, 5));
  g_assert_cmpuint (side_sparkline_get_length (line), ==, 5);
  g_assert_true (side_sparkline_set_values (line, NULL, 0));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
test_nice_step (void)
{
  g_assert_cmpint (side_slot_chart_nice_step (1), ==, 1);
  g_assert_cmpint (side_slot_chart_nice_step (4), ==, 1);
  g_assert_cmpint (side_slot_chart_nice_step (5), ==, 2);
  g_assert_cmpint (side_slot_chart_nice_step (20), ==, 5);
  g_assert_cmpint (side_slot_chart_nice_step (21), ==, 10);
  g_assert_cmpint (side_slot_chart_nice_step (199), ==, 50);
}

static void
test_chart (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  gint64 start_ms = side_time_from_iso ("2026-11-21T06:00:00Z", NULL, NULL);
  const SideChartSlot slots[] = {
    { start_ms, 3, 0, 1.0 },
    { start_ms + 30 * SIDE_MINUTE_MS, 18, 1, 0.84 },
    { start_ms + 60 * SIDE_MINUTE_MS, 0, 0, NAN },
  };
  GtkWidget *chart = side_slot_chart_new ();
  GtkWidget *window = side_widget_test_show (chart, 600, 300);
  const char *words = "09:30–10:00: 18 answered, 1 lost, service level 84\302\240%";
  SideNotifyCount told;

  side_widget_test_count (chart, "summary", &told);
  side_slot_chart_set_slots (SIDE_SLOT_CHART (chart), zone, slots, 3);
  g_assert_cmpuint (told.count, ==, 1);
  g_assert_cmpstr (side_slot_chart_get_summary (SIDE_SLOT_CHART (chart)), ==, "21 calls answered, 1 lost");
  side_slot_chart_set_slots (SIDE_SLOT_CHART (chart), zone, slots, 3);
  g_assert_cmpuint (told.count, ==, 1);
  side_slot_chart_choose (SIDE_SLOT_CHART (chart), 1);
  g_assert_cmpstr (side_slot_chart_get_summary (SIDE_SLOT_CHART (chart)), ==, words);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  side_slot_chart_choose (SIDE_SLOT_CHART (chart), 7);
  g_assert_cmpint (side_slot_chart_get_chosen (SIDE_SLOT_CHART (chart)), ==, -1);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_widget_grab_focus (chart));
  gtk_test_widget_wait_for_draw (chart);
  side_widget_test_close (window);
}

static void
test_tile (void)
{
  g_autoptr (SideTile) tile = SIDE_TILE (g_object_ref_sink (side_tile_new ("Waiting now")));
  SideNotifyCount value, note;

  side_widget_test_count (tile, "value", &value);
  side_widget_test_count (tile, "note", &note);
  side_tile_set_value (tile, "3");
  side_tile_set_value (tile, "3");
  g_assert_cmpuint (value.count, ==, 1);
  side_tile_set_note (tile, SIDE_LEVEL_BAD, "2 over target");
  side_tile_set_note (tile, SIDE_LEVEL_BAD, "2 over target");
  g_assert_cmpuint (note.count, ==, 1);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (tile), "bad"));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Waiting now: 3. 2 over target");
  side_tile_set_note (tile, SIDE_LEVEL_GOOD, "target up to 1");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (tile), "bad"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (tile), "good"));
  g_assert_cmpint (side_tile_get_level (tile), ==, SIDE_LEVEL_GOOD);
}

static GtkWidget *
find_type (GtkWidget  *root,
           const char *type_name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type_name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Days of the project, through their end; none that is over; told when the calendar is closed. */
static void
test_date_row (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  gint64 now_ms = side_time_from_iso ("2026-11-22T21:30:00Z", NULL, NULL);   /* the 23rd in Moscow */
  GtkWidget *row = side_date_row_new ("Last day", zone, now_ms), *list = gtk_list_box_new (), *window;
  g_autoptr (GDateTime) before = g_date_time_new_utc (2026, 11, 2, 0, 0, 0);
  g_autoptr (GDateTime) after = g_date_time_new_utc (2026, 12, 31, 0, 0, 0);
  GtkWidget *calendar = find_type (row, "GtkCalendar"), *popover = gtk_widget_get_ancestor (calendar, GTK_TYPE_POPOVER);
  guint n = 0;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = side_widget_test_show (list, 300, 100);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpint (side_date_row_get_due (SIDE_DATE_ROW (row)), ==, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_calendar_select_day (GTK_CALENDAR (calendar), before);
  g_assert_cmpint (side_date_row_get_due (SIDE_DATE_ROW (row)), ==, side_time_from_iso ("2026-11-23T21:00:00Z", NULL, NULL));
  gtk_calendar_select_day (GTK_CALENDAR (calendar), after);
  g_assert_cmpint (side_date_row_get_due (SIDE_DATE_ROW (row)), ==, side_time_from_iso ("2026-12-31T21:00:00Z", NULL, NULL));
  g_assert_cmpuint (n, ==, 0);
  gtk_popover_popdown (GTK_POPOVER (popover));
  g_assert_cmpuint (n, ==, 1);
  side_widget_test_no_nameless (row);
  side_widget_test_close (window);
}

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  guint *steps = data;

  (*steps)++;
}

/* Also while the keyboard is elsewhere, but not while somebody types. */
static void
test_history_keys (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = gtk_label_new ("page"), *button = gtk_button_new_with_label ("elsewhere");
  GtkWidget *entry = gtk_entry_new (), *window;
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  guint undone = 0, redone = 0;
  const GActionEntry actions[] = { { .name = "undo", .activate = step_cb }, { .name = "redo", .activate = step_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (group), &actions[0], 1, &undone);
  g_action_map_add_action_entries (G_ACTION_MAP (group), &actions[1], 1, &redone);
  gtk_widget_insert_action_group (page, "history", G_ACTION_GROUP (group));
  side_history_keys_add (page, "history.undo", "history.redo");
  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), entry);
  window = side_widget_test_show (box, 300, 100);
  gtk_widget_grab_focus (button);
  g_assert_true (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_true (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  gtk_widget_grab_focus (entry);
  g_assert_false (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK));
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);    /* its letters are steps of the page's */
  g_assert_true (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK));
  gtk_widget_set_visible (page, FALSE);
  g_assert_false (side_widget_test_press (page, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_cmpuint (undone, ==, 3);
  g_assert_cmpuint (redone, ==, 1);
  side_widget_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/small-widgets/new-destroy", test_new_destroy);
  g_test_add_func ("/small-widgets/banner", test_banner);
  g_test_add_func ("/small-widgets/banner-height", test_banner_height);
  g_test_add_func ("/small-widgets/sparkline", test_sparkline);
  g_test_add_func ("/small-widgets/nice-step", test_nice_step);
  g_test_add_func ("/small-widgets/chart", test_chart);
  g_test_add_func ("/small-widgets/tile", test_tile);
  g_test_add_func ("/small-widgets/date-row", test_date_row);
  g_test_add_func ("/small-widgets/history-keys", test_history_keys);
  return g_test_run ();
}
