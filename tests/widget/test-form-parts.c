/* test-form-parts.c - the small parts of the calls page and its form, and the words of scripts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "side-criterion-row.h"
#include "side-filter-chip.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-script-edit.h"
#include "side-script-files.h"
#include "side-script-labels.h"
#include "side-script-sentences.h"
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
  g_assert_cmpint (side_criterion_row_press (row, GDK_KEY_y), !=, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NONE);
  g_assert_finalize_object (row);
}

/* A key of the form that is no answer here: it does nothing, here or anywhere else. */
static void
assert_refused (GtkWidget *row,
                guint      keyval,
                double    *answered)
{
  SideRowKey did;

  *answered = -9;
  did = side_criterion_row_press (SIDE_CRITERION_ROW (row), keyval);
  g_assert_cmpfloat (*answered, ==, -9);
  g_assert_cmpint (did, !=, SIDE_ROW_KEY_NONE);
  g_assert_cmpint (did, !=, SIDE_ROW_KEY_SETTLE);
}

static void
assert_answers (GtkWidget *row,
                guint      keyval,
                double     value,
                double    *answered)
{
  g_assert_cmpint (side_criterion_row_press (SIDE_CRITERION_ROW (row), keyval), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat_with_epsilon (*answered, value, 1e-9);
}

/* 1, 2, 3, 4 mean the same wherever they mean anything. */
static void
test_digits (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Names the shop", 5);
  SideCriterion *strict = side_section_add_criterion (section, "1.2", "Says the price", 5);
  g_autoptr (GtkWidget) row = NULL;
  g_autoptr (GtkWidget) other = NULL;
  double answered = -9;

  criterion->answers = SIDE_ANSWERS_YES_NO;
  row = g_object_ref_sink (side_criterion_row_new (script, criterion));
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  assert_answers (row, GDK_KEY_1, 1.0, &answered);
  assert_answers (row, GDK_KEY_3, 0.0, &answered);
  assert_answers (row, GDK_KEY_KP_4, SIDE_ANSWER_NA, &answered);
  assert_refused (row, GDK_KEY_2, &answered);
  assert_refused (row, GDK_KEY_p, &answered);
  assert_refused (row, GDK_KEY_7, &answered);
  assert_refused (row, GDK_KEY_s, &answered);   /* a cause, of no fault */
  strict->allow_na = FALSE;
  other = g_object_ref_sink (side_criterion_row_new (script, strict));
  g_signal_connect (other, "answered", G_CALLBACK (keep_value), &answered);
  assert_answers (other, GDK_KEY_2, 0.5, &answered);
  assert_refused (other, GDK_KEY_4, &answered);
  assert_refused (other, GDK_KEY_a, &answered);
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
  assert_refused (row, GDK_KEY_6, &answered);
  assert_answers (row, GDK_KEY_a, SIDE_ANSWER_NA, &answered);
  assert_answers (row, GDK_KEY_y, 1.0, &answered);
}

static void
type (GtkWidget  *window,
      guint       digit,
      const char *rest)
{
  GtkWidget *text;

  side_criterion_row_press (SIDE_CRITERION_ROW (gtk_window_get_child (GTK_WINDOW (window))), digit);
  text = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (GTK_IS_TEXT (text));
  g_signal_emit_by_name (text, "insert-at-cursor", rest);
  g_signal_emit_by_name (text, "activate");
}

/* Of a long scale the number is typed: 7 of 20 is not 14 of 20. */
static void
test_long_scale (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Tone", 5);
  SideAnswer fourteen = { .criterion = (char *) "1.1", .value = 0.7, .position_ms = -1, .to_ms = -1 };
  GtkWidget *row, *window;
  double answered = -9;

  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 20;
  row = side_criterion_row_new (script, criterion);
  side_criterion_row_fill (SIDE_CRITERION_ROW (row));
  window = side_widget_test_show (row, 300, 200);
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  type (window, GDK_KEY_7, "");
  g_assert_cmpfloat_with_epsilon (answered, 7.0 / 20, 1e-9);
  type (window, GDK_KEY_KP_1, "4");
  g_assert_cmpfloat_with_epsilon (answered, 14.0 / 20, 1e-9);
  answered = -9;
  type (window, GDK_KEY_2, "5");   /* there is no 25 */
  g_assert_cmpfloat (answered, ==, -9);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (window)))), ==, "25");
  g_signal_emit_by_name (gtk_root_get_focus (GTK_ROOT (window)), "insert-at-cursor", "x");
  side_criterion_row_flush (SIDE_CRITERION_ROW (row));
  g_assert_cmpfloat (answered, ==, -9);
  side_criterion_row_set_answer (SIDE_CRITERION_ROW (row), &fourteen);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (window)))), ==, "14");
  g_assert_cmpint (side_criterion_row_press (SIDE_CRITERION_ROW (row), GDK_KEY_y), ==, SIDE_ROW_KEY_SETTLE);
  g_assert_cmpfloat (answered, ==, 1.0);
  side_widget_test_close (window);
}

static gboolean
says (GtkWidget  *root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* What a "no" costs is said where the question stands, and after it only where it cost something. */
static void
test_critical (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  static const struct { SideCritical critical; const char *words; } cases[] = {
    { SIDE_CRITICAL_SECTION, "critical: section" }, { SIDE_CRITICAL_SCRIPT, "critical: call" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("1.%zu", i);
      SideCriterion *criterion = side_section_add_criterion (section, id, "Names the shop", 5);
      g_autoptr (GtkWidget) row = NULL;

      criterion->critical = cases[i].critical;
      row = g_object_ref_sink (side_criterion_row_new (script, criterion));
      side_criterion_row_fill (SIDE_CRITERION_ROW (row));
      g_assert_true (says (row, cases[i].words));
    }
  g_assert_true (side_score_is_lowered (0, 80));
  g_assert_false (side_score_is_lowered (80, 80.3));
  g_assert_false (side_score_is_lowered (0, NAN));
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

/* ---- words and files of scripts ---- */

static void
add_criteria (SideSection *section)
{
  side_section_add_criterion (section, "1.1", "Greets", 10);
  side_section_add_criterion (section, "1.2", "Names the shop", 20);
  side_section_add_criterion (section, "1.3", "Asks for the need", 70);
}

static void
test_check (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "sneakers", "", 1);
  g_autoptr (GPtrArray) findings = NULL;
  gboolean title = FALSE, empty = FALSE;

  side_script_add_section (script, "1", "Greeting");
  findings = side_script_check (script);
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *words = side_script_sentence_finding (script, g_ptr_array_index (findings, i));

      title = title || g_str_equal (words, "The script has no title.");
      empty = empty || g_str_equal (words, "Section “Greeting” has no criteria.");
    }
  g_assert_true (title && empty);
}

static void
test_files (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "sneakers", "Orders", 4);
  g_autoptr (SideScript) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  add_criteria (side_script_add_section (script, "1", "Section"));
  side_script_add_step (script, "s1", "Greeting")->say = g_strdup ("Good day");
  text = side_script_files_print (script, "json");
  back = side_script_files_parse ("large.json", text, strlen (text), "other", &why);
  g_assert_null (why);
  g_assert_cmpstr (back->project, ==, "other");
  g_assert_cmpint (back->state, ==, SIDE_SCRIPT_DRAFT);
  g_assert_cmpint (back->version, ==, 1);
  g_assert_cmpstr (back->id, !=, script->id);
  g_assert_cmpuint (side_script_count_criteria (back), ==, 3);
  g_free (text);
  side_script_unref (back);
  text = side_script_files_print (script, "csv");
  back = side_script_files_parse ("Night line.CSV", text, strlen (text), "other", &why);
  g_assert_null (why);
  g_assert_cmpuint (side_script_count_criteria (back), ==, 3);
  g_assert_true (*back->title != '\0');
  g_assert_null (side_script_files_parse ("no.json", "{", 1, "other", &why));
  g_assert_true (g_str_has_prefix (why, "“no.json” is not a script"));
  g_free (why);
  g_assert_null (side_script_files_parse ("no.json", " \n", 2, "other", &why));
  g_assert_cmpstr (why, ==, "“no.json” is empty: there is no script in it.");
  g_free (why);
  side_script_unref (back);
  back = side_script_files_parse ("t.csv", "mood,text,Owner\n,Greets,\n", 25, "other", &why);
  g_assert_cmpuint (side_script_count_criteria (back), ==, 1);
  g_assert_cmpstr (why, ==, "Columns that mean nothing in a script are passed over: mood, Owner");
}

static void
test_conversation (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "sneakers", "Angry customer", 1);
  SideStep *step = side_script_add_step (script, "s1", "Greeting");
  g_autofree char *text = NULL;

  step->say = g_strdup ("Good day.");
  side_step_add_branch (step, "shouts", "s2");
  side_step_add_branch (step, NULL, NULL);
  side_script_add_step (script, "s2", "Listening")->hint = g_strdup ("do not interrupt");
  text = side_script_label_conversation (script);
  g_assert_cmpstr (text, ==, "Angry customer\n\n1. Greeting\nGood day.\n  shouts → 2. Listening\n"
                             "  in any other case → the conversation ends\n\n2. Listening\n(do not interrupt)\n\n");
  g_assert_true (side_script_edit_remove_step (script, "s2"));
  g_assert_cmpuint (step->branches->len, ==, 1);
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
  g_test_add_func ("/form-parts/digits", test_digits);
  g_test_add_func ("/form-parts/scale-row", test_scale_row);
  g_test_add_func ("/form-parts/long-scale", test_long_scale);
  g_test_add_func ("/form-parts/critical", test_critical);
  g_test_add_func ("/form-parts/filter-chip", test_filter_chip);
  g_test_add_func ("/form-parts/script-check", test_check);
  g_test_add_func ("/form-parts/script-files", test_files);
  g_test_add_func ("/form-parts/script-conversation", test_conversation);
  return g_test_run ();
}
