/* side-alert-history-window.c - the alerts of a day, and who did what about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alerts are written down nowhere: those of a day follow from its events and
 * the rules as they are now, and are reckoned anew from the server's log. What
 * people did about them is written down and put beside.
 */
#include "side-alert-history-window.h"

#include <glib/gi18n.h>

#include "side-alert-replay.h"
#include "side-alert-words.h"
#include "side-clear.h"
#include "side-day-events.h"
#include "side-error.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

/* Who was in which state at midnight shows in what happened before. */
#define BEFORE_MS (12 * SIDE_HOUR_MS)

struct _SideAlertHistoryWindow
{
  AdwWindow       parent_instance;
  SideAlarm      *alarm;
  gint64          day_ms;         /* its beginning, by the project's clock */
  GPtrArray      *alerts;         /* of SideAlert, the newest first; NULL while they are fetched */
  GCancellable   *cancellable;
  AdwWindowTitle *title;
  GtkWidget      *next;
  GtkStack       *stack;          /* "busy", "none", "fault" and "list" */
  AdwStatusPage  *none;
  AdwStatusPage  *fault;
  GtkWidget      *list;
};

G_DEFINE_FINAL_TYPE (SideAlertHistoryWindow, side_alert_history_window, ADW_TYPE_WINDOW)

/* What a thread reckons from. */
typedef struct {
  GPtrArray   *events;
  GPtrArray   *rules;
  SideProject *project;
  gint64       from_ms;
  gint64       to_ms;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->events, g_ptr_array_unref);
  g_ptr_array_unref (work->rules);
  side_project_unref (work->project);
  g_free (work);
}

static SideDesk *
get_desk (SideAlertHistoryWindow *self)
{
  return side_alarm_get_desk (self->alarm);
}

static GTimeZone *
get_zone (SideAlertHistoryWindow *self)
{
  const SideProject *project = side_desk_get_project (get_desk (self));

  return project != NULL ? project->time_zone : NULL;
}

/* ---- words ---- */

/**
 * side_alert_history_dup_words:
 * @shelf: what was done about it
 * @alert: an alert, over or not
 * @project: (nullable): its project
 *
 * Returns: (transfer full): when it was, how bad, and who took it on: "12:03–12:09, 6:12 · at worst 2:11\nanna: …"
 */
char *
side_alert_history_dup_words (SideAlertShelf    *shelf,
                              const SideAlert   *alert,
                              const SideProject *project)
{
  GTimeZone *zone = project != NULL ? project->time_zone : NULL;
  g_autofree char *began = NULL, *worst = NULL, *lasted = NULL, *ended = NULL;
  const SideAlertAct *answer;
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (shelf) && alert != NULL, g_string_free (out, FALSE));

  began = side_format_time (zone, alert->began_ms);
  worst = side_alert_words_value (alert->rule, alert->worst);
  if (alert->ended_ms != 0)
    {
      ended = side_format_time (zone, alert->ended_ms);
      lasted = side_text_duration (alert->ended_ms - alert->began_ms);
      /* Translators: from, to, how long, and the worst figure: "12:03–12:09, 6:12 long · at worst 2:11" */
      g_string_append_printf (out, _("%s–%s, %s long · at worst %s"), began, ended, lasted, worst);
    }
  else
    /* Translators: from when, and the worst figure: "since 12:03, not over · at worst 2:11" */
    g_string_append_printf (out, _("since %s, not over · at worst %s"), began, worst);
  answer = side_alert_shelf_find_answer (shelf, alert->rule->id, alert->operator_id, alert->began_ms,
                                         alert->ended_ms != 0 ? alert->ended_ms : G_MAXINT64);
  if (answer != NULL)
    {
      g_autofree char *when = side_text_duration (answer->at_ms - alert->began_ms);

      g_string_append_c (out, '\n');
      /* Translators: an account and a time: "taken on by anna after 0:42" */
      g_string_append_printf (out, _("taken on by %s after %s"), answer->author != NULL ? answer->author : "?", when);
      if (answer->note != NULL)
        g_string_append_printf (out, ": %s", answer->note);
    }
  return g_string_free (out, FALSE);
}

static const char *
name_of (SideAlertHistoryWindow *self,
         const char             *operator_id)
{
  SideBoardProject *project = side_desk_get_board_project (get_desk (self));

  for (guint i = 0; project != NULL && i < project->operators->len; i++)
    {
      const SideOperator *op = project->operators->pdata[i];

      if (g_strcmp0 (op->id, operator_id) == 0 && op->name != NULL)
        return op->name;
    }
  return operator_id;
}

static GtkWidget *
new_row (SideAlertHistoryWindow *self,
         const SideAlert        *alert)
{
  const SideProject *project = side_desk_get_project (get_desk (self));
  GtkWidget *row = adw_action_row_new (), *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *title = side_alert_words_title (alert->rule, project), *where = side_alert_words_where (alert->rule, project);
  g_autofree char *words = side_alert_history_dup_words (side_alarm_get_shelf (self->alarm), alert, project);
  g_autofree char *whole = alert->operator_id != NULL ? g_strdup_printf ("%s · %s", name_of (self, alert->operator_id), title)
                                                      : g_strdup_printf ("%s · %s", where, title);
  gboolean alarm = alert->worst_level == SIDE_ALERT_ALARM;

  gtk_widget_add_css_class (icon, alarm ? "error" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, alarm ? _("Alarm") : _("Warning"), -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), whole);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/* ---- the day ---- */

static void
show_alerts (SideAlertHistoryWindow *self)
{
  if (self->alerts == NULL)
    return;
  side_clear_children (self->list);
  for (guint i = 0; i < self->alerts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, self->alerts->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, self->alerts->len > 0 ? "list" : "none");
}

static void
show_fault (SideAlertHistoryWindow *self,
            const GError           *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CANCELLED))
    return;
  words = side_format_error (error);
  adw_status_page_set_description (self->fault, words);
  gtk_stack_set_visible_child_name (self->stack, "fault");
}

static void
reckon_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (SideAlertReplay) replay = side_alert_replay_new (work->rules);
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_free), *seen;

  side_alert_replay_add_project (replay, work->project);
  for (guint i = 0; i < work->events->len && !g_cancellable_is_cancelled (cancellable); i++)
    side_alert_replay_take (replay, work->events->pdata[i]);
  if (work->events->len > 0)
    side_alert_replay_pass (replay, work->to_ms);
  seen = side_alert_replay_get_alerts (replay);
  for (guint i = seen->len; i > 0; i--)
    {
      const SideAlert *alert = seen->pdata[i - 1];

      if (alert->ended_ms == 0 || alert->ended_ms > work->from_ms)
        g_ptr_array_add (alerts, side_alert_copy (alert));
    }
  g_task_return_pointer (task, alerts, (GDestroyNotify) g_ptr_array_unref);
}

static void
reckoned_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *alerts = g_task_propagate_pointer (G_TASK (result), &error);
  SideAlertHistoryWindow *self;

  if (alerts == NULL)
    return;   /* another day is asked for, or the window is closed */
  self = SIDE_ALERT_HISTORY_WINDOW (source);
  g_clear_pointer (&self->alerts, g_ptr_array_unref);
  self->alerts = alerts;
  show_alerts (self);
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideAlertHistoryWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = side_day_events_fetch_finish (result, &error);
  SideProject *project = side_desk_get_project (get_desk (self));
  g_autoptr (GTask) task = NULL;
  GPtrArray *rules;
  Work *work;

  if (events == NULL || project == NULL)
    {
      if (error != NULL)
        show_fault (self, error);
      return;
    }
  work = g_new0 (Work, 1);
  work->events = g_steal_pointer (&events);
  work->project = side_project_ref (project);
  work->from_ms = self->day_ms;
  work->to_ms = MIN (side_time_day_add (project->time_zone, self->day_ms, 1), side_desk_get_write_ms (get_desk (self)));
  work->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  rules = side_alert_shelf_get_rules (side_alarm_get_shelf (self->alarm));
  for (guint i = 0; i < rules->len; i++)
    g_ptr_array_add (work->rules, side_alert_rule_ref (rules->pdata[i]));
  task = g_task_new (self, self->cancellable, reckoned_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, reckon_thread);
}

static void
load (SideAlertHistoryWindow *self)
{
  gint64 today_ms = side_time_day_start (get_zone (self), side_desk_get_write_ms (get_desk (self)));
  g_autofree char *day = side_format_date (get_zone (self), self->day_ms, today_ms);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->alerts, g_ptr_array_unref);
  adw_window_title_set_subtitle (self->title, day);
  gtk_widget_set_sensitive (self->next, self->day_ms < today_ms);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  side_day_events_fetch_async (get_desk (self), self->day_ms - BEFORE_MS, side_time_day_add (get_zone (self), self->day_ms, 1),
                               self->cancellable, events_cb, g_object_ref (self));
}

static void
go_by (SideAlertHistoryWindow *self,
       int                     days)
{
  gint64 today_ms = side_time_day_start (get_zone (self), side_desk_get_write_ms (get_desk (self)));
  gint64 day_ms = side_time_day_add (get_zone (self), self->day_ms, days);

  if (day_ms > today_ms)
    return;
  self->day_ms = day_ms;
  load (self);
}

static void
show_today (SideAlertHistoryWindow *self)
{
  self->day_ms = side_time_day_start (get_zone (self), side_desk_get_write_ms (get_desk (self)));
  load (self);
}

static void
day_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  go_by (SIDE_ALERT_HISTORY_WINDOW (widget), g_variant_get_int32 (parameter));
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  load (SIDE_ALERT_HISTORY_WINDOW (widget));
}

/* ---- the object ---- */

static void
side_alert_history_window_dispose (GObject *object)
{
  SideAlertHistoryWindow *self = SIDE_ALERT_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alerts, g_ptr_array_unref);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (side_alert_history_window_parent_class)->dispose (object);
}

static void
side_alert_history_window_class_init (SideAlertHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_alert_history_window_dispose;
  gtk_widget_class_install_action (widget_class, "alerts.day", "i", day_action);
  gtk_widget_class_install_action (widget_class, "alerts.again", NULL, again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "alerts.day", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "alerts.day", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "alerts.again", NULL);
}

static GtkWidget *
new_step (const char *icon,
          const char *words,
          int         days)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "alerts.day");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", days);
  return button;
}

static GtkWidget *
new_list (SideAlertHistoryWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Alerts of this day"), -1);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->list);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
new_fault (SideAlertHistoryWindow *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Try Again"));

  self->fault = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->fault, "dialog-warning-symbolic");
  adw_status_page_set_title (self->fault, _("The Day Cannot Be Read"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "alerts.again");
  adw_status_page_set_child (self->fault, button);
  return GTK_WIDGET (self->fault);
}

static GtkWidget *
new_busy (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *spinner = gtk_spinner_new ();
  GtkWidget *label = gtk_label_new (_("Going through the events of the day…"));

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
side_alert_history_window_init (SideAlertHistoryWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  gtk_window_set_title (GTK_WINDOW (self), _("History of Alerts"));
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 560);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_("History of Alerts"), NULL));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), new_step ("go-previous-symbolic", _("Day before"), -1));
  self->next = new_step ("go-next-symbolic", _("Day after"), 1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->next);
  self->none = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->none, "object-select-symbolic");
  adw_status_page_set_title (self->none, _("No Alert on This Day"));
  adw_status_page_set_description (self->none, _("By the rules as they are now, all stayed within its limits."));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_busy (), "busy");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->none), "none");
  gtk_stack_add_named (self->stack, new_fault (self), "fault");
  gtk_stack_add_named (self->stack, new_list (self), "list");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_alert_history_window_new:
 * @parent: (nullable): the window it stands beside
 * @alarm: of whose project
 *
 * Returns: (transfer none): a window to be presented, which shows today
 */
GtkWidget *
side_alert_history_window_new (GtkWindow *parent,
                               SideAlarm *alarm)
{
  SideAlertHistoryWindow *self;

  g_return_val_if_fail (SIDE_IS_ALARM (alarm), NULL);

  self = g_object_new (SIDE_TYPE_ALERT_HISTORY_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->alarm = g_object_ref (alarm);
  g_signal_connect_object (side_alarm_get_shelf (alarm), "changed", G_CALLBACK (show_alerts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "notify::project-id", G_CALLBACK (show_today), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "closing", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  show_today (self);
  return GTK_WIDGET (self);
}
