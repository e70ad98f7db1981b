/* test-alert-rules.c - the rules of alerts of a project, and where they are changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "calls-place.h"
#include "side-alert-rule-dialog.h"
#include "side-alert-rules-window.h"
#include "side-board-fixture.h"
#include "side-error.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place *place;
  guint  n;
} Wanted;

static void
set_up (Place         *place,
        gconstpointer  role)
{
  place_set_up_as (place, (SideRole) GPOINTER_TO_INT (role));
}

static gboolean
is_stored (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (GPtrArray) list = place_list (wanted->place, "alert-rule", NULL);

  return list->len == wanted->n;
}

static void
wait_for_rules (Place *place,
                guint  n)
{
  Wanted wanted = { place, n };

  side_test_wait_until (is_stored, &wanted, 5000, "the rules to be stored");
  side_test_run_for (100);
}

/* Returns: (transfer full): the only one that is stored */
static SideAlertRule *
read_stored (Place *place)
{
  g_autoptr (GPtrArray) list = place_list (place, "alert-rule", NULL);
  g_autoptr (GError) error = NULL;
  SideAlertRule *rule;

  g_assert_cmpuint (list->len, ==, 1);
  rule = side_wire_alert_rule_from_json (((SideDocument *) list->pdata[0])->body, -1, &error);
  g_assert_no_error (error);
  return rule;
}

/* Somebody else wrote one: "Evening", free operators of Delivery. */
static void
receive (Place      *place,
         const char *title,
         gint64      revision)
{
  g_autoptr (SideAlertRule) rule = side_alert_rule_new ("5b0c4f0e-6a11-4b7b-9a58-0f6d6d1d1c01", SIDE_FIXTURE_PROJECT, SIDE_ALERT_FREE_OPERATORS);
  g_autoptr (SideDocument) document = NULL;

  rule->title = g_strdup (title);
  rule->queue = g_strdup ("delivery");
  rule->alarm = 2;
  rule->hold_s = 20;
  rule->hours = (SideHours) { 0x1f, 540, 1260 };
  document = side_wire_document_for_alert_rule (rule);
  document->revision = revision;
  place_receive (place, document);
  side_test_run_for (300);
}

static GtkWidget *
open_window (Place *place)
{
  GtkWidget *window = side_alert_rules_window_new (NULL, place->desk);

  gtk_window_present (GTK_WINDOW (window));
  side_test_run_for (300);
  return window;
}

/* Returns: (nullable): the dialog that stands above the list */
static SideAlertRuleDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SIDE_IS_ALERT_RULE_DIALOG (window))
        return SIDE_ALERT_RULE_DIALOG (window);
    }
  return NULL;
}

static SideAlertRuleDialog *
open_dialog (GtkWidget *window)
{
  side_widget_test_click (place_find_named (window, "Add Rule…"));
  side_test_run_for (200);
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

static void
type_in (SideAlertRuleDialog *dialog,
         const char          *name,
         const char          *text)
{
  gtk_editable_set_text (GTK_EDITABLE (side_alert_rule_dialog_get_field (dialog, name)), text);
}

static const char *
text_of (SideAlertRuleDialog *dialog,
         const char          *name)
{
  return gtk_editable_get_text (GTK_EDITABLE (side_alert_rule_dialog_get_field (dialog, name)));
}

static void
choose (SideAlertRuleDialog *dialog,
        const char          *name,
        guint                which)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (side_alert_rule_dialog_get_field (dialog, name)), which);
}

static void
save (SideAlertRuleDialog *dialog)
{
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (dialog), "_Save"));
  side_test_run_for (100);
}

static GtkWidget *
find_row (GtkWidget  *window,
          const char *title)
{
  GtkWidget *label = place_find_text (window, title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

static const char *
subtitle_of (GtkWidget  *window,
             const char *title)
{
  GtkWidget *row = find_row (window, title);

  g_assert_nonnull (row);
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

static void
close_all (GtkWidget *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (200);
  g_assert_null (alive);
}

/* ---- the list ---- */

static void
test_list (Place         *place,
           gconstpointer  role)
{
  GtkWidget *window = open_window (place);

  side_widget_test_no_nameless (window);
  g_assert_cmpstr (subtitle_of (window, "Longest wait"), ==, "All queues\u00a0· alarm over 0:45\u00a0· the project’s own limit");
  g_assert_false (gtk_widget_get_visible (place_find_named (window, "Back to the Project’s Own Limit")));
  receive (place, "Evening <late>", 1);
  g_assert_cmpstr (subtitle_of (window, "Evening <late>"), ==,
                   "Free operators\u00a0· Delivery\u00a0· alarm below 2\u00a0· for at least 0:20\u00a0· Mon–Fri, 09:00–21:00");
  side_widget_test_no_nameless (window);
  side_widget_test_tab_walk (window, place_find_named (window, "Watch “Evening"));
  side_widget_test_tab_walk (window, place_find_named (window, "Remove “Evening"));
  close_all (window);
}

static void
test_switch (Place         *place,
             gconstpointer  role)
{
  GtkWidget *window = open_window (place), *toggle = place_find_named (window, "Watch “Longest wait”");
  g_autoptr (SideAlertRule) stored = NULL;

  gtk_widget_grab_focus (toggle);
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  wait_for_rules (place, 1);
  stored = read_stored (place);
  g_assert_true (stored->off);
  g_assert_cmpfloat (stored->alarm, ==, 45);
  /* Others' rules come and go, the keyboard stays where it is. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == toggle);
  receive (place, "Evening", 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == place_find_named (window, "Watch “Longest wait”"));
  receive (place, "Night", 2);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == place_find_named (window, "Watch “Longest wait”"));
  g_assert_nonnull (find_row (window, "Night"));
  g_assert_true (side_widget_test_press (window, GDK_KEY_z, GDK_CONTROL_MASK));
  side_test_run_for (300);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (place_find_named (window, "Watch “Longest wait”"))));
  g_assert_nonnull (place_find_text (window, "Undone: rule “Longest wait” turned off"));
  close_all (window);
}

static void
test_remove (Place         *place,
             gconstpointer  role)
{
  GtkWidget *window = open_window (place), *button;

  receive (place, "Evening", 1);
  wait_for_rules (place, 1);
  button = place_find_named (window, "Remove “Evening”");
  gtk_widget_grab_focus (button);
  side_widget_test_click (button);
  wait_for_rules (place, 0);
  g_assert_null (find_row (window, "Evening"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), window));
  g_assert_nonnull (place_find_text (window, "“Evening” removed."));
  side_widget_test_click (side_widget_test_find_button (window, "_Undo"));
  wait_for_rules (place, 1);
  g_assert_nonnull (find_row (window, "Evening"));
  side_widget_test_press (window, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  wait_for_rules (place, 0);
  g_assert_null (find_row (window, "Evening"));
  close_all (window);
}

static void
test_client (Place         *place,
             gconstpointer  role)
{
  GtkWidget *window = open_window (place);

  receive (place, "Evening", 1);
  side_widget_test_no_nameless (window);
  g_assert_false (gtk_widget_is_sensitive (place_find_named (window, "Watch “Evening”")));
  g_assert_false (gtk_widget_get_visible (place_find_named (window, "Remove “Evening”")));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (find_row (window, "Evening"))));
  g_assert_false (gtk_widget_get_visible (place_find_named (window, "Add Rule…")));
  g_assert_null (side_widget_test_find_button (window, "_Save"));
  side_widget_test_press (window, GDK_KEY_n, GDK_CONTROL_MASK);
  side_test_run_for (100);
  g_assert_null (find_dialog ());
  close_all (window);
}

/* What goes wrong is said in words for people. */
static void
test_failed (Place         *place,
             gconstpointer  role)
{
  GtkWidget *window = open_window (place);
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "408");

  side_document_shelf_fail (SIDE_DOCUMENT_SHELF (side_alert_shelf_get (place->desk)), error);
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (window, "The server did not answer in time."));
  close_all (window);
}

/* ---- the dialog ---- */

static void
test_add (Place         *place,
          gconstpointer  role)
{
  GtkWidget *window = open_window (place);
  SideAlertRuleDialog *dialog = open_dialog (window);
  g_autoptr (SideAlertRule) stored = NULL;

  g_assert_cmpstr (text_of (dialog, "warning"), ==, "0:30");
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "0:45");
  choose (dialog, "watch", SIDE_ALERT_SERVICE_LEVEL);
  choose (dialog, "queue", 2);
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "70");
  type_in (dialog, "alarm", "65,5 %");
  type_in (dialog, "hold", "1:00");
  choose (dialog, "when", 1);
  side_test_run_for (100);
  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  side_widget_test_tab_walk (GTK_WIDGET (dialog), side_widget_test_find_button (GTK_WIDGET (dialog), "Sun"));
  type_in (dialog, "to", "18:30");
  g_assert_cmpstr (side_alert_rule_dialog_get_sentence (dialog), ==,
                   "A warning when the service level is below 80\u00a0%. An alarm when the service level is below 66\u00a0%. "
                   "The last 30 minutes count. Before 10 calls nothing is said. It is told once it has been so for 1:00. "
                   "It is over at 82\u00a0% or more. Watched in “Delivery” only. Hours: Mon–Fri, 09:00–18:30.");
  save (dialog);
  wait_for_rules (place, 1);
  g_assert_null (find_dialog ());
  stored = read_stored (place);
  g_assert_true (side_id_is_valid (stored->id));
  g_assert_cmpstr (stored->project, ==, SIDE_FIXTURE_PROJECT);
  g_assert_cmpint (stored->watch, ==, SIDE_ALERT_SERVICE_LEVEL);
  g_assert_cmpstr (stored->queue, ==, "delivery");
  g_assert_null (stored->title);
  g_assert_cmpfloat (stored->warning, ==, 80);
  g_assert_cmpfloat (stored->alarm, ==, 65.5);
  g_assert_cmpfloat (stored->back, ==, 2);
  g_assert_cmpint (stored->minutes, ==, 30);
  g_assert_cmpint (stored->least, ==, 10);
  g_assert_cmpint (stored->hold_s, ==, 60);
  g_assert_cmpuint (stored->hours.weekdays, ==, 0x1f);
  g_assert_cmpint (stored->hours.to_minute, ==, 18 * 60 + 30);
  g_assert_nonnull (find_row (window, "Service level"));
  close_all (window);
}

static void
test_edit (Place         *place,
           gconstpointer  role)
{
  GtkWidget *window = open_window (place);
  SideAlertRuleDialog *dialog;
  g_autoptr (SideAlertRule) stored = NULL;

  receive (place, "Evening", 1);
  gtk_widget_grab_focus (find_row (window, "Evening"));
  g_signal_emit_by_name (find_row (window, "Evening"), "activate");
  side_test_run_for (300);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (text_of (dialog, "warning"), ==, "");
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "2");
  g_assert_cmpstr (text_of (dialog, "hold"), ==, "0:20");
  g_assert_cmpstr (text_of (dialog, "from"), ==, "09:00");
  type_in (dialog, "title", " Late ");
  type_in (dialog, "warning", "3");
  choose (dialog, "queue", 0);
  choose (dialog, "when", 0);
  save (dialog);
  side_test_run_for (300);
  g_assert_null (find_dialog ());
  stored = read_stored (place);
  g_assert_cmpstr (stored->id, ==, "5b0c4f0e-6a11-4b7b-9a58-0f6d6d1d1c01");
  g_assert_cmpstr (stored->title, ==, "Late");
  g_assert_null (stored->queue);
  g_assert_cmpfloat (stored->warning, ==, 3);
  g_assert_cmpfloat (stored->alarm, ==, 2);
  g_assert_cmpint (stored->hold_s, ==, 20);
  g_assert_cmpint (stored->hours.to_minute, ==, SIDE_HOURS_DAY);
  g_assert_cmpstr (subtitle_of (window, "Late"), ==,
                   "Free operators\u00a0· All queues\u00a0· warning below 3 · alarm below 2\u00a0· for at least 0:20");
  close_all (window);
}

static void
test_faults (Place         *place,
             gconstpointer  role)
{
  static const struct { SideAlertWatch watch; const char *field; const char *text; const char *at; const char *words; } cases[] = {
    { SIDE_ALERT_LONGEST_WAIT, "alarm", "soon", "alarm", "This is not a time" },
    { SIDE_ALERT_LONGEST_WAIT, "alarm", "0:99", "alarm", "This is not a time" },
    { SIDE_ALERT_LONGEST_WAIT, "warning", "1:00", "warning", "cannot be the greater one" },
    { SIDE_ALERT_LONGEST_WAIT, "warning", "900:00:00", "warning", "too long" },
    { SIDE_ALERT_LONGEST_WAIT, "back", "0:31", "back", "could never be over" },
    { SIDE_ALERT_LONGEST_WAIT, "hold", "1:00:01", "hold", "more than an hour" },
    { SIDE_ALERT_SERVICE_LEVEL, "warning", "101", "warning", "not more than 100" },
    { SIDE_ALERT_SERVICE_LEVEL, "warning", "69", "warning", "cannot be the smaller one" },
    { SIDE_ALERT_SERVICE_LEVEL, "warning", "nan", "warning", "not a number" },
    { SIDE_ALERT_SERVICE_LEVEL, "warning", "%", "warning", "not a number" },
    { SIDE_ALERT_SERVICE_LEVEL, "back", "21", "back", "could never be over" },
    { SIDE_ALERT_SERVICE_LEVEL, "minutes", "1441", "minutes", "A day has 1440 minutes" },
    { SIDE_ALERT_SERVICE_LEVEL, "minutes", "half", "minutes", "whole number" },
    { SIDE_ALERT_SERVICE_LEVEL, "least", "10001", "least", "too large" },
    { SIDE_ALERT_FREE_OPERATORS, "alarm", "", "alarm", "needs a limit" },
    { SIDE_ALERT_FREE_OPERATORS, "alarm", "0", "alarm", "never be below 0" },
    { SIDE_ALERT_WAITING, "alarm", "5.5", "alarm", "whole number" },
    { SIDE_ALERT_WAITING, "from", "25:00", "from", "not a time of the day" },
    { SIDE_ALERT_WAITING, "to", "09:00", "to", "there would be no hours" },
  };
  GtkWidget *window = open_window (place);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SideAlertRuleDialog *dialog = open_dialog (window);

      choose (dialog, "watch", cases[i].watch);
      choose (dialog, "when", 1);
      type_in (dialog, cases[i].field, cases[i].text);
      g_assert_null (side_alert_rule_dialog_get_fault (dialog, cases[i].at));
      save (dialog);
      g_test_message ("%s: %s", cases[i].field, cases[i].text);
      g_assert_true (find_dialog () == dialog);
      g_assert_nonnull (side_alert_rule_dialog_get_fault (dialog, cases[i].at));
      g_assert_nonnull (strstr (side_alert_rule_dialog_get_fault (dialog, cases[i].at), cases[i].words));
      g_assert_cmpstr (side_alert_rule_dialog_get_sentence (dialog), ==, "What is filled in does not make a rule yet.");
      gtk_window_destroy (GTK_WINDOW (dialog));
      side_test_run_for (50);
    }
  wait_for_rules (place, 0);
  close_all (window);
}

/* Faults go as it is put right; no day at all is one too. */
static void
test_corrected (Place         *place,
                gconstpointer  role)
{
  GtkWidget *window = open_window (place);
  SideAlertRuleDialog *dialog = open_dialog (window);

  type_in (dialog, "alarm", "x");
  save (dialog);
  g_assert_nonnull (side_alert_rule_dialog_get_fault (dialog, "alarm"));
  type_in (dialog, "alarm", "1:15");
  g_assert_null (side_alert_rule_dialog_get_fault (dialog, "alarm"));
  choose (dialog, "when", 1);
  for (guint i = 0; i < 5; i++)
    {
      static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri" };

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (side_widget_test_find_button (GTK_WIDGET (dialog), days[i])), FALSE);
    }
  g_assert_nonnull (side_alert_rule_dialog_get_fault (dialog, "days"));
  save (dialog);
  g_assert_true (find_dialog () == dialog);
  choose (dialog, "when", 0);
  g_assert_null (side_alert_rule_dialog_get_fault (dialog, "days"));
  save (dialog);
  g_assert_null (find_dialog ());
  wait_for_rules (place, 1);
  close_all (window);
}

/* Another watch brings its limits, what was typed and still makes sense stays; only that is asked about. */
static void
test_defaults (Place         *place,
               gconstpointer  role)
{
  GtkWidget *window = open_window (place);
  SideAlertRuleDialog *dialog;

  g_assert_true (side_widget_test_press (window, GDK_KEY_n, GDK_CONTROL_MASK));
  side_test_run_for (200);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  choose (dialog, "watch", SIDE_ALERT_OPERATOR_STATE);
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "30:00");
  g_assert_true (gtk_widget_get_visible (side_alert_rule_dialog_get_field (dialog, "state")));
  g_assert_nonnull (strstr (side_alert_rule_dialog_get_sentence (dialog), "in the state “Break” for longer than 15:00"));
  choose (dialog, "watch", SIDE_ALERT_STALE);
  g_assert_false (gtk_widget_get_visible (side_alert_rule_dialog_get_field (dialog, "queue")));
  g_assert_cmpstr (text_of (dialog, "warning"), ==, "");
  side_widget_test_press (GTK_WIDGET (dialog), GDK_KEY_Escape, 0);
  side_test_run_for (100);
  g_assert_null (side_widget_test_find_question ());
  g_assert_null (find_dialog ());

  dialog = open_dialog (window);
  type_in (dialog, "alarm", "1:20");
  choose (dialog, "watch", SIDE_ALERT_OPERATOR_STATE);
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "1:20");
  g_assert_cmpstr (text_of (dialog, "warning"), ==, "15:00");
  choose (dialog, "watch", SIDE_ALERT_ABANDONED);
  g_assert_cmpstr (text_of (dialog, "alarm"), ==, "10");
  type_in (dialog, "title", "Mine");
  side_widget_test_press (GTK_WIDGET (dialog), GDK_KEY_Escape, 0);
  side_test_run_for (100);
  side_widget_test_answer ("keep");
  g_assert_true (find_dialog () == dialog);
  side_widget_test_press (GTK_WIDGET (dialog), GDK_KEY_Escape, 0);
  side_test_run_for (100);
  side_widget_test_answer ("discard");
  side_test_run_for (200);
  g_assert_null (find_dialog ());
  wait_for_rules (place, 0);
  close_all (window);
}

/* Whatever is watched, its suggestion is a rule that can be saved, and has a sentence. */
static void
test_suggested (Place         *place,
                gconstpointer  role)
{
  static const char *const sentences[SIDE_N_ALERT_WATCHES] = {
    "A warning when more than 3 callers wait. An alarm when more than 5 callers wait. It is over at 3 or less. All queues are watched.",
    "A warning when a caller waits longer than 0:30. An alarm when a caller waits longer than 0:45. It is over at 0:30 or less. "
    "All queues are watched.",
    "A warning when the service level is below 80\u00a0%.",
    "A warning when more than 5\u00a0% of the callers give up.",
    "An alarm when fewer than 1 operator is free. It is over at 1 or more. All queues are watched.",
    "A warning when the occupancy is over 85\u00a0%.",
    "A warning when an operator is in the state “Break” for longer than 15:00. "
    "An alarm when an operator is in the state “Break” for longer than 30:00. It is over when the operator’s state is another.",
    "A warning when more than 0 call-backs are overdue. An alarm when more than 5 call-backs are overdue. It is over at 0. ",
    "An alarm when nothing is heard of the telephone exchange for longer than 0:30. It is over when the exchange is heard again.",
  };
  GtkWidget *window = open_window (place);

  for (guint i = 0; i < SIDE_N_ALERT_WATCHES; i++)
    {
      SideAlertRuleDialog *dialog = open_dialog (window);
      g_autofree char *start = NULL;

      choose (dialog, "watch", i);
      start = g_strndup (side_alert_rule_dialog_get_sentence (dialog), strlen (sentences[i]));
      g_assert_cmpstr (start, ==, sentences[i]);
      save (dialog);
      g_assert_null (find_dialog ());
    }
  wait_for_rules (place, SIDE_N_ALERT_WATCHES);
  close_all (window);
}

#define ADD(name, role, test) \
  g_test_add ("/alert-rules/" name, Place, GINT_TO_POINTER (role), set_up, test, place_tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("list", SIDE_ROLE_SUPERVISOR, test_list);
  ADD ("switch", SIDE_ROLE_SUPERVISOR, test_switch);
  ADD ("remove", SIDE_ROLE_TRAINER, test_remove);
  ADD ("client", SIDE_ROLE_CLIENT, test_client);
  ADD ("failed", SIDE_ROLE_SUPERVISOR, test_failed);
  ADD ("dialog/add", SIDE_ROLE_SUPERVISOR, test_add);
  ADD ("dialog/edit", SIDE_ROLE_SUPERVISOR, test_edit);
  ADD ("dialog/faults", SIDE_ROLE_SUPERVISOR, test_faults);
  ADD ("dialog/corrected", SIDE_ROLE_SUPERVISOR, test_corrected);
  ADD ("dialog/defaults", SIDE_ROLE_SUPERVISOR, test_defaults);
  ADD ("dialog/suggested", SIDE_ROLE_SUPERVISOR, test_suggested);
  return g_test_run ();
}
