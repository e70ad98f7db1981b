/* test-alerts-now.c - alerts as they begin, are taken on, put off, and end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-alarm.h"
#include "side-alert-history-window.h"
#include "side-alert-words.h"
#include "side-alerts-popover.h"
#include "side-board-fixture.h"
#include "side-error.h"
#include "side-time.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define RULE_ID "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"

/* ---- what is written down ---- */

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

typedef struct {
  SideAlertShelf *shelf;
  guint           n;
} Rules;

static gboolean
has_rules (gpointer data)
{
  Rules *rules = data;

  return side_alert_shelf_get_rules (rules->shelf)->len == rules->n;
}

static void
receive_rule (Place         *place,
              SideAlertRule *rule)
{
  g_autoptr (SideDocument) document = side_wire_document_for_alert_rule (rule);

  document->revision = 1;
  document->author = g_strdup ("boris");
  place_receive (place, document);
}

static void
test_shelf (Place         *place,
            gconstpointer  data)
{
  SideAlertShelf *shelf = side_alert_shelf_get (place->desk);
  Rules rules = { shelf, 2 };
  g_autoptr (SideAlertRule) rule = side_alert_rule_new (RULE_ID, SIDE_FIXTURE_PROJECT, SIDE_ALERT_WAITING);
  g_autoptr (SideAlertRule) stricter = NULL;
  g_autoptr (GPtrArray) written = NULL;
  const SideAlertRule *own;

  side_test_wait_until (is_read, shelf, 5000, "the rules to be read");
  g_assert_cmpuint (side_alert_shelf_get_rules (shelf)->len, ==, 1);
  own = side_alert_shelf_get_rules (shelf)->pdata[0];
  g_assert_cmpint (own->watch, ==, SIDE_ALERT_LONGEST_WAIT);
  g_assert_cmpfloat (own->alarm, ==, 45);
  g_assert_false (side_alert_shelf_is_written (shelf, own->id));
  /* A colleague's. */
  rule->alarm = 5;
  receive_rule (place, rule);
  side_test_wait_until (has_rules, &rules, 5000, "the colleague's rule");
  g_assert_true (side_alert_shelf_is_written (shelf, RULE_ID));
  /* The project's own becomes one that is written, and stays the same rule. */
  own = side_alert_shelf_get_rules (shelf)->pdata[1];
  stricter = side_alert_rule_copy (own);
  stricter->alarm = 30;
  side_alert_shelf_save_rule (shelf, "rule changed", stricter);
  g_assert_cmpuint (side_alert_shelf_get_rules (shelf)->len, ==, 2);
  g_assert_cmpfloat (side_alert_shelf_find_rule (shelf, stricter->id)->alarm, ==, 30);
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the rule to be written");
  side_test_run_for (300);
  written = place_list (place, "alert-rule", NULL);
  g_assert_cmpuint (written->len, ==, 2);
  g_assert_true (side_alert_shelf_is_written (shelf, stricter->id));
  /* What the project has by itself stands again when its change is removed. */
  g_assert_true (side_alert_shelf_is_own (shelf, stricter->id));
  g_assert_false (side_alert_shelf_is_own (shelf, RULE_ID));
  side_alert_shelf_remove_rule (shelf, "back to the limit", stricter->id);
  g_assert_cmpuint (side_alert_shelf_get_rules (shelf)->len, ==, 2);
  g_assert_cmpfloat (side_alert_shelf_find_rule (shelf, stricter->id)->alarm, ==, 45);
  g_assert_false (side_alert_shelf_is_written (shelf, stricter->id));
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the change to go");
  side_test_run_for (300);
  g_assert_cmpuint (side_alert_shelf_get_rules (shelf)->len, ==, 2);
  /* Removed, and not after all. */
  side_alert_shelf_remove_rule (shelf, "rule removed", RULE_ID);
  rules.n = 1;
  side_test_wait_until (has_rules, &rules, 5000, "the rule to go");
  side_test_run_for (300);
  g_free (side_steps_undo (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (shelf))));
  rules.n = 2;
  side_test_wait_until (has_rules, &rules, 5000, "the rule to come back");
}

static void
test_answers (Place         *place,
              gconstpointer  data)
{
  SideAlertShelf *shelf = side_alert_shelf_get (place->desk);
  gint64 now_ms = side_desk_get_write_ms (place->desk);
  const SideAlertAct *answer, *snooze;
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (SideAlertRule) own = NULL;

  side_test_wait_until (is_read, shelf, 5000, "the rules to be read");
  own = side_alert_rule_ref (side_alert_shelf_get_rules (shelf)->pdata[0]);
  g_assert_true (side_alert_shelf_may_act (shelf));
  side_alert_shelf_acknowledge (shelf, own->id, NULL, "calling Boris in");
  answer = side_alert_shelf_find_answer (shelf, own->id, NULL, now_ms, now_ms + SIDE_MINUTE_MS);
  g_assert_cmpstr (answer->author, ==, PLACE_USER);
  g_assert_cmpstr (answer->note, ==, "calling Boris in");
  /* Not that of the day before, nor of somebody's own state. */
  g_assert_null (side_alert_shelf_find_answer (shelf, own->id, NULL, now_ms + SIDE_MINUTE_MS, now_ms + SIDE_HOUR_MS));
  g_assert_null (side_alert_shelf_find_answer (shelf, own->id, "op", now_ms, now_ms + SIDE_MINUTE_MS));
  side_alert_shelf_snooze (shelf, own->id, now_ms + SIDE_HOUR_MS);
  snooze = side_alert_shelf_find_snooze (shelf, own->id, now_ms + SIDE_MINUTE_MS);
  g_assert_cmpint (snooze->until_ms, ==, now_ms + SIDE_HOUR_MS);
  g_assert_null (side_alert_shelf_find_snooze (shelf, own->id, now_ms + SIDE_HOUR_MS));
  side_test_run_for (20);
  side_alert_shelf_snooze (shelf, own->id, now_ms);
  g_assert_null (side_alert_shelf_find_snooze (shelf, own->id, now_ms + SIDE_MINUTE_MS));
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the answers to be written");
  side_test_run_for (300);
  acts = place_list (place, "alert-act", NULL);
  g_assert_cmpuint (acts->len, ==, 3);
  g_assert_nonnull (side_alert_shelf_find_answer (shelf, own->id, NULL, now_ms, now_ms + SIDE_MINUTE_MS));
}

/* Without the server the days that are past are not here: that is said. */
static void
test_history_offline (Place         *place,
                      gconstpointer  data)
{
  g_autoptr (SideAlarm) alarm = side_alarm_new (place->desk);
  GtkWidget *window = side_alert_history_window_new (NULL, alarm);

  gtk_window_present (GTK_WINDOW (window));
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (window, "The Day Cannot Be Read"));
  side_widget_test_no_nameless (window);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* ---- what is so now ---- */

typedef struct {
  SideDesk  *desk;
  SideAlarm *alarm;
  GtkWidget *window;
  GtkWidget *popover;
  GPtrArray *raised;     /* of char * */
} Scene;

static void
raised_cb (Scene      *scene,
           const char *heading,
           gboolean    alarm)
{
  g_ptr_array_add (scene->raised, g_strdup_printf ("%s%s", alarm ? "!" : "", heading));
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  GtkWidget *button = gtk_menu_button_new ();

  scene->raised = g_ptr_array_new_with_free_func (g_free);
  scene->desk = side_fixture_new_desk (8);
  scene->alarm = side_alarm_new (scene->desk);
  g_signal_connect_swapped (scene->alarm, "raised", G_CALLBACK (raised_cb), scene);
  scene->popover = side_alerts_popover_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), scene->popover);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  side_alerts_popover_follow (SIDE_ALERTS_POPOVER (scene->popover), scene->alarm);
  scene->window = side_widget_test_show (button, 700, 700);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  side_test_run_for (300);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  gpointer alarm = scene->alarm, desk = scene->desk;

  gtk_popover_popdown (GTK_POPOVER (scene->popover));
  side_test_run_for (400);
  g_object_add_weak_pointer (G_OBJECT (scene->alarm), &alarm);
  g_object_add_weak_pointer (G_OBJECT (scene->desk), &desk);
  side_widget_test_close (scene->window);
  g_object_unref (scene->alarm);
  g_object_unref (scene->desk);
  g_assert_null (alarm);
  g_assert_null (desk);
  g_ptr_array_unref (scene->raised);
}

static void
shift (Scene *scene,
       gint64 ms)
{
  side_clock_shift_ms (side_desk_get_clock (scene->desk), ms);
  g_signal_emit_by_name (scene->desk, "tick");
}

static void
press_in_dialog (const char *note,
                 const char *response)
{
  GList *windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      {
        gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (l->data)), note);
        adw_message_dialog_response (l->data, response);
      }
  g_list_free (windows);
  side_test_run_for (200);
}

static void
test_taken_on (Scene         *scene,
               gconstpointer  data)
{
  SideBoard *board = side_desk_get_board (scene->desk);
  gint64 now_ms = side_fixture_now_ms ();

  /* Who opens the project sees it, and is not called for it. */
  g_assert_cmpuint (scene->raised->len, ==, 0);
  g_assert_nonnull (place_find_text (scene->popover, "Orders: a caller has waited 1:12"));
  g_assert_nonnull (place_find_text (scene->popover, "limit 0:45 · since 15:46"));
  side_widget_test_no_nameless (scene->popover);
  side_widget_test_click (side_widget_test_find_button (scene->popover, "_Take On"));
  side_test_run_for (200);
  press_in_dialog ("calling Boris in", "take");
  g_assert_cmpuint (side_alarm_get_count (scene->alarm), ==, 0);
  gtk_popover_popup (GTK_POPOVER (scene->popover));
  side_test_run_for (200);
  g_assert_nonnull (place_find_text (scene->popover, "limit 0:45 · since 15:46\ntaken on by olga: calling Boris in"));
  g_assert_null (side_widget_test_find_button (scene->popover, "_Take On"));
  /* All who wait give up: it is over, and the next is another one. */
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_CALL_ENDED, now_ms + 1000, SIDE_FIXTURE_PROJECT);

      event->call = g_strdup_printf ("wait%u", i);
      event->outcome = SIDE_OUTCOME_ABANDONED;
      event->seq = side_board_get_seq (board) + 1;
      side_board_apply (board, event);
    }
  shift (scene, 1500);
  g_assert_nonnull (place_find_text (scene->popover, "All is within its limits."));
  g_assert_cmpuint (side_alarm_list_ended (scene->alarm)->len, ==, 1);
  side_fixture_join (board, "late", "orders", "79161234567", now_ms + 2000);
  shift (scene, 35000);
  g_assert_cmpuint (scene->raised->len, ==, 0);
  shift (scene, 11000);
  g_assert_cmpuint (scene->raised->len, ==, 1);
  g_assert_true (g_str_has_prefix (scene->raised->pdata[0], "!Orders: a caller has waited 0:"));
  g_assert_cmpuint (side_alarm_get_count (scene->alarm), ==, 1);
}

/* Two levels: what was taken on as a warning is loud again as an alarm. */
static void
test_worse (Scene         *scene,
            gconstpointer  data)
{
  SideAlertShelf *shelf = side_alarm_get_shelf (scene->alarm);
  g_autoptr (SideAlertRule) rule = side_alert_rule_copy (side_alert_shelf_get_rules (shelf)->pdata[0]);
  const SideAlert *alert;

  rule->warning = 60;
  rule->alarm = 90;
  side_alert_shelf_save_rule (shelf, "rule changed", rule);
  alert = side_alarm_get_gravest (scene->alarm);
  g_assert_cmpint (alert->level, ==, SIDE_ALERT_WARNING);
  side_alert_shelf_acknowledge (shelf, rule->id, NULL, NULL);
  g_assert_cmpuint (side_alarm_get_count (scene->alarm), ==, 0);
  shift (scene, 20000);
  alert = side_alarm_get_gravest (scene->alarm);
  g_assert_nonnull (alert);
  g_assert_cmpint (alert->level, ==, SIDE_ALERT_ALARM);
  g_assert_cmpuint (scene->raised->len, ==, 1);
  /* Put off, and heard of again when the time is over. */
  side_alarm_snooze (scene->alarm, alert, 5 * SIDE_MINUTE_MS);
  g_assert_null (side_alarm_get_gravest (scene->alarm));
  shift (scene, 5 * SIDE_MINUTE_MS + 10);
  g_assert_nonnull (side_alarm_get_gravest (scene->alarm));
  g_assert_cmpuint (scene->raised->len, ==, 2);
}

static void
test_words (void)
{
  g_autoptr (SideAlertRule) rule = side_alert_rule_new (RULE_ID, "tea", SIDE_ALERT_SERVICE_LEVEL);
  SideHours hours = { 0x1f, 9 * 60, 21 * 60 };
  g_autofree char *limits = NULL, *working = NULL, *odd = NULL, *always = NULL;

  rule->warning = 80;
  rule->alarm = 70;
  rule->minutes = 30;
  limits = side_alert_words_limits (rule);
  g_assert_cmpstr (limits, ==, "warning below 80\302\240% · alarm below 70\302\240% · of the last 30 minutes");
  working = side_alert_words_hours (&hours);
  g_assert_cmpstr (working, ==, "Mon–Fri, 09:00–21:00");
  hours = (SideHours) { 0x65, 0, SIDE_HOURS_DAY };
  odd = side_alert_words_hours (&hours);
  g_assert_cmpstr (odd, ==, "Mon, Wed, Sat, Sun");
  hours = side_hours_always ();
  always = side_alert_words_hours (&hours);
  g_assert_null (always);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/alerts-now/shelf", Place, NULL, place_set_up, test_shelf, place_tear_down);
  g_test_add ("/alerts-now/answers", Place, NULL, place_set_up, test_answers, place_tear_down);
  g_test_add ("/alerts-now/history-offline", Place, NULL, place_set_up, test_history_offline, place_tear_down);
  g_test_add ("/alerts-now/taken-on", Scene, NULL, set_up, test_taken_on, tear_down);
  g_test_add ("/alerts-now/worse", Scene, NULL, set_up, test_worse, tear_down);
  g_test_add_func ("/alerts-now/words", test_words);
  return g_test_run ();
}
