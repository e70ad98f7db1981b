/* side-alerts-popover.c - the alerts of this moment, and what one can do about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loud ones first, then what somebody took on or put off, then the last that
 * are over. Rows stay where they are while only their seconds run, so that a
 * button does not slip away from under the pointer.
 */
#include "side-alerts-popover.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-alert-history-window.h"
#include "side-alert-note.h"
#include "side-alert-rules-window.h"
#include "side-alert-words.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

#define N_ENDED 4
#define WIDTH   440

struct _SideAlertsPopover
{
  GtkPopover  parent_instance;
  SideAlarm  *alarm;       /* nullable */
  GtkWidget  *list;
  GtkWidget  *ended_title;
  GtkWidget  *ended;
  GtkWidget  *nothing;
  GtkWidget  *scroller;
  GString    *shown;       /* which alerts the rows are of */
};

G_DEFINE_FINAL_TYPE (SideAlertsPopover, side_alerts_popover, GTK_TYPE_POPOVER)

static void refresh (SideAlertsPopover *self);

/* ---- one row ---- */

typedef struct {
  char      *rule;
  char      *operator_id;    /* nullable */
  GtkWidget *title;
  GtkWidget *subtitle;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->rule);
  g_free (row->operator_id);
  g_free (row);
}

static SideDesk *
get_desk (SideAlertsPopover *self)
{
  return side_alarm_get_desk (self->alarm);
}

/* Who took it on or put it off; nothing where nobody did. */
static void
add_state (GString           *out,
           SideAlertsPopover *self,
           const SideAlert   *alert)
{
  SideAlarmState state = side_alarm_get_state (self->alarm, alert);
  const SideProject *project = side_desk_get_project (get_desk (self));

  if (state.answer != NULL)
    {
      g_string_append (out, "\n");
      /* Translators: the name of an account */
      g_string_append_printf (out, _("taken on by %s"), state.answer->author != NULL ? state.answer->author : "?");
      if (state.answer->note != NULL)
        g_string_append_printf (out, ": %s", state.answer->note);
    }
  if (state.snooze != NULL)
    {
      g_autofree char *until = side_format_when (project != NULL ? project->time_zone : NULL, state.snooze->until_ms,
                                                 side_desk_get_write_ms (get_desk (self)));

      g_string_append (out, "\n");
      /* Translators: a time, and the name of an account */
      g_string_append_printf (out, _("put off until %s by %s"), until, state.snooze->author != NULL ? state.snooze->author : "?");
    }
}

static char *
dup_subtitle (SideAlertsPopover *self,
              const SideAlert   *alert)
{
  const SideProject *project = side_desk_get_project (get_desk (self));
  g_autofree char *limit = side_alert_words_limit (alert);
  g_autofree char *since = side_format_time (project != NULL ? project->time_zone : NULL, alert->began_ms);
  GString *out = g_string_new (NULL);

  /* Translators: a limit and a time: "limit 0:45 · since 15:46" */
  g_string_append_printf (out, _("%s · since %s"), limit, since);
  add_state (out, self, alert);
  return g_string_free (out, FALSE);
}

static const SideAlert *
find_alert (SideAlertsPopover *self,
            const Row         *row)
{
  g_autoptr (GPtrArray) list = side_alarm_list (self->alarm);

  for (guint i = 0; i < list->len; i++)
    {
      const SideAlert *alert = list->pdata[i];

      if (g_str_equal (alert->rule->id, row->rule) && g_strcmp0 (alert->operator_id, row->operator_id) == 0)
        return alert;
    }
  return NULL;
}

static Row *
row_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return g_object_get_data (G_OBJECT (row), "row");
}

static void
acknowledge_cb (GtkWidget         *button,
                SideAlertsPopover *self)
{
  const Row *row = row_of (button);
  const SideAlert *alert = find_alert (self, row);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *heading = alert != NULL ? side_alarm_dup_heading (self->alarm, alert) : NULL;

  if (alert == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  side_alert_note_ask (window, side_alarm_get_shelf (self->alarm), alert, heading);
}

static void
snooze_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SideAlertsPopover *self = SIDE_ALERTS_POPOVER (widget);
  const char *rule;
  gint64 for_ms;

  g_variant_get (parameter, "(&sx)", &rule, &for_ms);
  side_alert_shelf_snooze (side_alarm_get_shelf (self->alarm), rule, side_desk_get_write_ms (get_desk (self)) + for_ms);
}

static GMenuModel *
new_snooze_menu (const SideAlert *alert,
                 gboolean         asleep)
{
  static const struct {
    const char *words;
    gint64      for_ms;
  } choices[] = {
    { N_("For 5 Minutes"), 5 * SIDE_MINUTE_MS },
    { N_("For 15 Minutes"), 15 * SIDE_MINUTE_MS },
    { N_("For an Hour"), SIDE_HOUR_MS },
    { N_("For 8 Hours"), 8 * SIDE_HOUR_MS },
  };
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(choices[i].words), NULL);

      g_menu_item_set_action_and_target (item, "alerts.snooze", "(sx)", alert->rule->id, choices[i].for_ms);
      g_menu_append_item (menu, item);
    }
  if (asleep)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_("Not Any More"), NULL);

      g_menu_item_set_action_and_target (item, "alerts.snooze", "(sx)", alert->rule->id, (gint64) 0);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_deeds (SideAlertsPopover *self,
           const SideAlert   *alert)
{
  SideAlarmState state = side_alarm_get_state (self->alarm, alert);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *snooze;
  g_autoptr (GMenuModel) menu = new_snooze_menu (alert, state.snooze != NULL);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (state.answer == NULL || side_alarm_is_loud (self->alarm, alert))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Take On"));

      gtk_widget_set_tooltip_text (button, _("Let all who look know that you see to it"));
      g_signal_connect (button, "clicked", G_CALLBACK (acknowledge_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  snooze = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (snooze), "alarm-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (snooze), menu);
  gtk_widget_set_tooltip_text (snooze, _("Put off"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (snooze), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Put off"), -1);
  gtk_widget_add_css_class (snooze, "flat");
  gtk_box_append (GTK_BOX (box), snooze);
  return box;
}

static GtkWidget *
new_label (const char *class,
           gboolean    wraps)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wraps);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_icon (const SideAlert *alert)
{
  gboolean alarm = alert->worst_level == SIDE_ALERT_ALARM && (alert->ended_ms != 0 || alert->level == SIDE_ALERT_ALARM);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, alarm ? "error" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, alarm ? _("Alarm") : _("Warning"), -1);
  return icon;
}

static GtkWidget *
new_row (SideAlertsPopover *self,
         const SideAlert   *alert)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words;
  Row *data = g_new0 (Row, 1);

  data->rule = g_strdup (alert->rule->id);
  data->operator_id = g_strdup (alert->operator_id);
  data->title = new_label (NULL, TRUE);
  data->subtitle = new_label ("caption", TRUE);
  gtk_widget_add_css_class (data->subtitle, "dim-label");
  words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), data->title);
  gtk_box_append (GTK_BOX (words), data->subtitle);
  gtk_box_append (GTK_BOX (box), new_icon (alert));
  gtk_box_append (GTK_BOX (box), words);
  if (alert->ended_ms == 0 && side_alert_shelf_may_act (side_alarm_get_shelf (self->alarm)))
    gtk_box_append (GTK_BOX (box), new_deeds (self, alert));
  gtk_widget_add_css_class (box, "alert-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "row", data, row_free);
  return row;
}

/* ---- all of them ---- */

static void
say_row (SideAlertsPopover *self,
         GtkWidget         *widget,
         const SideAlert   *alert)
{
  const Row *row = g_object_get_data (G_OBJECT (widget), "row");
  g_autofree char *title = side_alarm_dup_heading (self->alarm, alert);
  g_autofree char *subtitle = dup_subtitle (self, alert);

  gtk_label_set_text (GTK_LABEL (row->title), title);
  gtk_label_set_text (GTK_LABEL (row->subtitle), subtitle);
}

static GString *
describe (SideAlertsPopover *self,
          GPtrArray         *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const SideAlert *alert = list->pdata[i];
      SideAlarmState state = side_alarm_get_state (self->alarm, alert);

      g_string_append_printf (out, "%s %s %d %s %s\n", alert->rule->id, alert->operator_id != NULL ? alert->operator_id : "", alert->level,
                              state.answer != NULL ? state.answer->id : "", state.snooze != NULL ? state.snooze->id : "");
    }
  return out;
}

static void
show_active (SideAlertsPopover *self)
{
  g_autoptr (GPtrArray) list = side_alarm_list (self->alarm);
  GString *now = describe (self, list);
  GtkWidget *row;

  if (self->shown == NULL || !g_string_equal (now, self->shown))
    {
      side_clear_children (self->list);
      for (guint i = 0; i < list->len; i++)
        gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, list->pdata[i]));
    }
  if (self->shown != NULL)
    g_string_free (self->shown, TRUE);
  self->shown = now;
  row = gtk_widget_get_first_child (self->list);
  for (guint i = 0; i < list->len && row != NULL; i++, row = gtk_widget_get_next_sibling (row))
    say_row (self, row, list->pdata[i]);
  gtk_widget_set_visible (self->list, list->len > 0);
  gtk_widget_set_visible (self->nothing, list->len == 0);
}

static void
show_ended (SideAlertsPopover *self)
{
  GPtrArray *ended = side_alarm_list_ended (self->alarm);
  const SideProject *project = side_desk_get_project (get_desk (self));

  side_clear_children (self->ended);
  for (guint i = ended->len; i > 0 && ended->len - i < N_ENDED; i--)
    {
      const SideAlert *alert = ended->pdata[i - 1];
      GtkWidget *widget = new_row (self, alert);
      const Row *row = g_object_get_data (G_OBJECT (widget), "row");
      g_autofree char *title = side_alert_words_title (alert->rule, project);
      g_autofree char *where = side_alert_words_where (alert->rule, project);
      g_autofree char *both = g_strdup_printf ("%s · %s", title, where);
      g_autofree char *past = side_alert_history_dup_words (side_alarm_get_shelf (self->alarm), alert, project);

      gtk_label_set_text (GTK_LABEL (row->title), both);
      gtk_label_set_text (GTK_LABEL (row->subtitle), past);
      gtk_list_box_append (GTK_LIST_BOX (self->ended), widget);
    }
  gtk_widget_set_visible (self->ended_title, ended->len > 0);
  gtk_widget_set_visible (self->ended, ended->len > 0);
}

static void
refresh (SideAlertsPopover *self)
{
  if (self->alarm == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  show_active (self);
  show_ended (self);
}

static void
tick_cb (SideAlertsPopover *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_active (self);
}

static void
open_window (SideAlertsPopover *self,
             GtkWidget         *window)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
history_cb (SideAlertsPopover *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  open_window (self, side_alert_history_window_new (window, self->alarm));
}

static void
rules_cb (SideAlertsPopover *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  open_window (self, side_alert_rules_window_new (window, get_desk (self)));
}

/* ---- the object ---- */

static void
side_alerts_popover_map (GtkWidget *widget)
{
  SideAlertsPopover *self = SIDE_ALERTS_POPOVER (widget);

  GTK_WIDGET_CLASS (side_alerts_popover_parent_class)->map (widget);
  refresh (self);
}

static void
side_alerts_popover_dispose (GObject *object)
{
  SideAlertsPopover *self = SIDE_ALERTS_POPOVER (object);

  if (self->alarm != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_desk (self), self);
      g_signal_handlers_disconnect_by_data (self->alarm, self);
    }
  g_clear_object (&self->alarm);
  if (self->shown != NULL)
    g_string_free (g_steal_pointer (&self->shown), TRUE);
  G_OBJECT_CLASS (side_alerts_popover_parent_class)->dispose (object);
}

static void
side_alerts_popover_class_init (SideAlertsPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_alerts_popover_dispose;
  widget_class->map = side_alerts_popover_map;
  gtk_widget_class_install_action (widget_class, "alerts.snooze", "(sx)", snooze_cb);
}

static GtkWidget *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
new_foot (SideAlertsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *history = gtk_button_new_with_mnemonic (_("_History…")), *rules = gtk_button_new_with_mnemonic (_("_Rules…"));

  g_signal_connect_swapped (history, "clicked", G_CALLBACK (history_cb), self);
  g_signal_connect_swapped (rules, "clicked", G_CALLBACK (rules_cb), self);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), history);
  gtk_box_append (GTK_BOX (box), rules);
  return box;
}

static void
side_alerts_popover_init (SideAlertsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10), *lists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->nothing = new_label ("dim-label", TRUE);
  gtk_label_set_text (GTK_LABEL (self->nothing), _("All is within its limits."));
  self->list = new_list (_("Alerts now"));
  self->ended_title = new_label ("heading", FALSE);
  gtk_label_set_text (GTK_LABEL (self->ended_title), _("Over by Now"));
  self->ended = new_list (_("Over by Now"));
  gtk_box_append (GTK_BOX (lists), self->nothing);
  gtk_box_append (GTK_BOX (lists), self->list);
  gtk_box_append (GTK_BOX (lists), self->ended_title);
  gtk_box_append (GTK_BOX (lists), self->ended);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), lists);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), new_foot (self));
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_add_css_class (box, "alerts-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

/**
 * side_alerts_popover_new:
 *
 * Returns: (transfer floating): a popover that follows no alarm yet
 */
GtkWidget *
side_alerts_popover_new (void)
{
  return g_object_new (SIDE_TYPE_ALERTS_POPOVER, NULL);
}

/**
 * side_alerts_popover_follow:
 * @self: a popover that follows none yet
 * @alarm: whose alerts are shown
 */
void
side_alerts_popover_follow (SideAlertsPopover *self,
                            SideAlarm         *alarm)
{
  g_return_if_fail (SIDE_IS_ALERTS_POPOVER (self) && SIDE_IS_ALARM (alarm) && self->alarm == NULL);

  self->alarm = g_object_ref (alarm);
  g_signal_connect_swapped (alarm, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (get_desk (self), "tick", G_CALLBACK (tick_cb), self);
}
