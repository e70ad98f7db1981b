/* test-form-parts.c - the small parts of the calls page and its form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "side-criterion-row.h"
#include "side-filter-chip.h"
#include "side-score-ring.h"
#include "side-widget-test.h"

#define SCRIPT_ID "3d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a11"

static void
test_score_ring (void)
{
  GtkWidget *ring = g_object_ref_sink (side_score_ring_new ());

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL, "No score yet");
  side_score_ring_set_score (SIDE_SCORE_RING (ring), 77.4);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL, "Score 77 of 100");
  g_assert_true (gtk_widget_has_css_class (ring, "score-fair"));
  side_score_ring_set_score (SIDE_SCORE_RING (ring), 92);
  g_assert_true (gtk_widget_has_css_class (ring, "score-good"));
  g_assert_false (gtk_widget_has_css_class (ring, "score-fair"));
  g_assert_finalize_object (ring);
}

static void
keep_value (gpointer  row,
            double    value,
            gpointer  data)
{
  *(double *) data = value;
}

static void
test_criterion_row (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Names the shop", 5);
  SideCriterionRow *row = SIDE_CRITERION_ROW (g_object_ref_sink (side_criterion_row_new (script, criterion)));
  SideAnswer partly = { .criterion = (char *) "1.1", .value = 0.5, .position_ms = 1000, .to_ms = -1 };
  double answered = -9;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Names the shop");
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  side_criterion_row_set_answer (row, &partly);
  side_criterion_row_fill (row);
  g_assert_cmpfloat (answered, ==, -9);   /* being shown is not being answered */
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_y), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, 1.0);
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_3), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, 0.0);
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_A), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NA);
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_Delete), ==, SIDE_ROW_KEY_STAY);
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NONE);
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_q), ==, SIDE_ROW_KEY_NONE);
  side_criterion_row_set_editable (row, FALSE);
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_y), ==, SIDE_ROW_KEY_NONE);
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NONE);
  g_assert_finalize_object (row);
}

/* A click on the words of a question: its keys work. */
static void
test_click_row (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  GtkWidget *row = side_criterion_row_new (script, side_section_add_criterion (section, "1.1", "Names the shop", 5));
  GtkWidget *window = side_widget_test_show (row, 300, 200);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);
  gboolean clicked = FALSE;

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller))
        continue;
      g_signal_emit_by_name (controller, "pressed", 1, 5.0, 5.0);
      clicked = TRUE;
    }
  g_assert_true (clicked);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == row);
  side_widget_test_close (window);
}

static void
test_scale_row (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Tone", 5);
  g_autoptr (GtkWidget) row = NULL;
  double answered = -9;

  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  row = g_object_ref_sink (side_criterion_row_new (script, criterion));
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  g_assert_cmpint (side_criterion_row_press (SIDE_CRITERION_ROW (row), GDK_KEY_0), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, 0.0);
  g_assert_cmpint (side_criterion_row_press (SIDE_CRITERION_ROW (row), GDK_KEY_4), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat_with_epsilon (answered, 0.8, 1e-9);
}

static void
count (gpointer  chip,
       gpointer  data)
{
  (*(int *) data)++;
}

static void
test_filter_chip (void)
{
  SideFilterChip *chip = SIDE_FILTER_CHIP (g_object_ref_sink (side_filter_chip_new ("Operator")));
  int changes = 0;

  g_signal_connect (chip, "changed", G_CALLBACK (count), &changes);
  side_filter_chip_set_chosen (chip, "anna");
  side_filter_chip_add (chip, "anna", "Anna Smirnova");
  g_assert_cmpstr (side_filter_chip_get_chosen (chip), ==, "anna");
  side_filter_chip_clear (chip);
  g_assert_cmpstr (side_filter_chip_get_chosen (chip), ==, "anna");
  g_assert_cmpint (changes, ==, 0);
  g_assert_finalize_object (chip);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/form-parts/score-ring", test_score_ring);
  g_test_add_func ("/form-parts/criterion-row", test_criterion_row);
  g_test_add_func ("/form-parts/click-row", test_click_row);
  g_test_add_func ("/form-parts/scale-row", test_scale_row);
  g_test_add_func ("/form-parts/filter-chip", test_filter_chip);
  return g_test_run ();
}
