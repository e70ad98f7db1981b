/* side-live-page.c - the queues as they are this second
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten numbers, the queues, the day by half-hour, operators and waiting
 * callers. Works the figures out anew whenever the desk says the board
 * changed, and once a second because periods move on by themselves; while it
 * is not on screen it does nothing. What is dear (the lines of the last hour,
 * the day by half-hour) is spread: one of them a second.
 */
#include "side-live-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-alert-words.h"
#include "side-alerts-popover.h"
#include "side-banner.h"
#include "side-explain-window.h"
#include "side-format.h"
#include "side-live-text.h"
#include "side-panes-layout.h"
#include "side-people.h"
#include "side-queue-table.h"
#include "side-slot-chart.h"
#include "side-text.h"
#include "side-tile.h"
#include "side-tiles-layout.h"
#include "side-time.h"
#include "side-wrap-layout.h"

#define SERIES_MINUTES 60
#define SLOT_MINUTES   30
#define TILE_COLUMNS   5
#define SNOOZE_MS      (5 * SIDE_MINUTE_MS)

struct _SideLivePage
{
  AdwBin           parent_instance;
  SideDesk        *desk;
  SideAlarm       *alarm;
  AdwWindowTitle  *title;
  GtkWidget       *sidebar_button;
  SideBanner      *banner;
  SideBanner      *gap_banner;
  GtkMenuButton   *alerts_button;
  GtkWidget       *content;
  GtkWidget       *tiles_box;
  GtkWidget       *panes;
  GtkWidget       *chart_head;
  SideTile        *tiles[SIDE_N_INDICATORS];
  SideQueueTable  *queues;
  GtkLabel        *no_queues;
  SideSlotChart   *chart;
  GtkStack        *legend;
  SidePeople      *people;
  guint            dear_next;    /* which dear part is next */
  guint            dear_id;
  guint64          drawn_seq;    /* of the board the labels show */
  GSettings       *settings;
};

G_DEFINE_FINAL_TYPE (SideLivePage, side_live_page, ADW_TYPE_BIN)

/* ---- figures ---- */

static SideReach
get_reach (SideLivePage *self,
           SideProject  *config)
{
  gint64 now_ms = side_desk_get_picture_ms (self->desk);

  return (SideReach) { NULL, side_period_start (side_settings_get_period (), config->time_zone, now_ms), now_ms };
}

static void
update_tiles (SideLivePage         *self,
              const SideIndicators *figures,
              SideProject          *config)
{
  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    {
      g_autofree char *value = side_live_value ((SideIndicator) i, figures);
      g_autofree char *note = side_live_note ((SideIndicator) i, figures, config);

      side_tile_set_value (self->tiles[i], value);
      side_tile_set_note (self->tiles[i], side_indicators_get_level (figures, (SideIndicator) i, config), note);
    }
}

static void
clear_tiles (SideLivePage *self)
{
  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    {
      side_tile_set_value (self->tiles[i], "–");
      side_tile_set_note (self->tiles[i], SIDE_LEVEL_NONE, "");
      side_tile_set_series (self->tiles[i], NULL, 0);
    }
}

static void
update_queues (SideLivePage     *self,
               SideBoardProject *project,
               SideProject      *config,
               const SideReach  *reach)
{
  side_queue_table_set (self->queues, config);
  for (guint i = 0; i < side_queue_table_get_rows (self->queues); i++)
    {
      const SideQueue *queue = g_ptr_array_index (config->queues, i);
      SideReach part = { queue->id, reach->from_ms, reach->to_ms };
      SideIndicators figures;

      if (project == NULL)
        {
          side_queue_table_clear (self->queues, i);
          continue;
        }
      side_indicators_compute (project, &part, &figures);
      side_queue_table_update (self->queues, i, &figures);
    }
}

/* Why there is no queue to be looked at; NULL when there is one. */
static const char *
why_no_queues (SideLivePage *self,
               SideProject  *config)
{
  SideSession *session = side_desk_get_session (self->desk);

  if (config != NULL && config->queues->len > 0)
    return NULL;
  if (config != NULL)
    return _("This project has no queues yet. The administrator of the server names them in its configuration.");
  if (session != NULL && session->projects->len == 0)
    return _("You have no project on this server yet. Ask its administrator to grant you one.");
  return _("Nothing is known yet: the queues appear when the server has answered.");
}

static void
update_no_queues (SideLivePage *self,
                  SideProject  *config)
{
  const char *why = why_no_queues (self, config);

  gtk_widget_set_visible (GTK_WIDGET (self->queues), why == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->no_queues), why != NULL);
  if (why != NULL && g_strcmp0 (gtk_label_get_text (self->no_queues), why) != 0)
    gtk_label_set_text (self->no_queues, why);
}

static void
update_series (SideLivePage     *self,
               SideBoardProject *project,
               SideIndicator     indicator)
{
  double values[SERIES_MINUTES];

  side_indicators_series (project, NULL, indicator, side_desk_get_picture_ms (self->desk), values, SERIES_MINUTES);
  side_tile_set_series (self->tiles[indicator], values, SERIES_MINUTES);
}

/* The half-hours from the first that had a call; the morning's silence before
 * it would only make the bars thin. */
static void
update_chart (SideLivePage     *self,
              SideBoardProject *project,
              SideProject      *config)
{
  g_autoptr (GArray) slots = side_indicators_slots (project, NULL, side_desk_get_picture_ms (self->desk), SLOT_MINUTES);
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (SideChartSlot));

  for (guint i = 0; i < slots->len; i++)
    {
      const SideSlot *slot = &g_array_index (slots, SideSlot, i);
      SideChartSlot bar = {
        slot->from_ms, (int) slot->counts.answered, (int) slot->counts.lost, slot->service_level,
      };

      if (bars->len > 0 || slot->counts.offered > 0)
        g_array_append_val (bars, bar);
    }
  side_slot_chart_set_slots (self->chart, config->time_zone, (SideChartSlot *) (gpointer) bars->data, bars->len);
}

/* Draws one of the dear parts; all of them come round in eleven steps. */
static void
update_dear (SideLivePage *self)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  SideProject *config = side_desk_get_project (self->desk);

  if (project == NULL || config == NULL)
    return;
  if (self->dear_next == SIDE_N_INDICATORS)
    update_chart (self, project, config);
  else
    update_series (self, project, (SideIndicator) self->dear_next);
  self->dear_next = (self->dear_next + 1) % (SIDE_N_INDICATORS + 1);
}

static gboolean
first_dear_cb (gpointer user_data)
{
  SideLivePage *self = user_data;

  update_dear (self);
  if (self->dear_next != 0)
    return G_SOURCE_CONTINUE;
  self->dear_id = 0;
  return G_SOURCE_REMOVE;
}

/* All dear parts soon, one an idle moment: for a new picture. */
static void
queue_all_dear (SideLivePage *self)
{
  self->dear_next = 0;
  if (self->dear_id == 0)
    self->dear_id = g_idle_add_full (G_PRIORITY_LOW, first_dear_cb, self, NULL);
}

/* ---- words around them ---- */

/* Either link may be broken: ours to the server, or the server's to the telephone exchange. */
static gboolean
is_stale (SideLivePage *self)
{
  return side_desk_is_stale (self->desk) || side_desk_get_gap_ms (self->desk) != 0;
}

static void
update_title (SideLivePage *self,
              SideProject  *config)
{
  gint64 now_ms = side_desk_get_picture_ms (self->desk);
  g_autofree char *period = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *time = NULL;

  if (config == NULL)
    {
      adw_window_title_set_subtitle (self->title, "");
      return;
    }
  period = side_live_period (side_settings_get_period (), config->time_zone,
                             side_period_start (side_settings_get_period (), config->time_zone, now_ms), now_ms);
  time = side_format_time_seconds (config->time_zone, now_ms);
  if (!is_stale (self))
    /* Translators: the period: "Today, 21 November · updated just now" */
    subtitle = g_strdup_printf (_("%s · updated just now"), period);
  else if (side_desk_get_as_of_ms (self->desk) != 0 || side_desk_get_gap_ms (self->desk) != 0)
    /* Translators: the period, and the time the picture is of: "Today, 21 November · as of 14:02:11" */
    subtitle = g_strdup_printf (_("%s · as of %s"), period, time);
  else
    subtitle = g_strdup_printf (_("%s · nothing known yet"), period);
  if (g_strcmp0 (subtitle, adw_window_title_get_subtitle (self->title)) != 0)
    adw_window_title_set_subtitle (self->title, subtitle);
}

/* What stands beside the heading: the limit, and what could be done. */
static char *
banner_text (SideLivePage    *self,
             const SideAlert *alert)
{
  g_autofree char *limit = side_alert_words_limit (alert);
  guint n_free = side_alarm_get_free (self->alarm, alert), others = side_alarm_get_count (self->alarm) - 1;
  GString *out = g_string_new (limit);

  if (n_free > 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, ngettext ("%u free operator could take it", "%u free operators could take it", n_free), n_free);
    }
  if (others > 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, ngettext ("and %u alert more", "and %u alerts more", others), others);
    }
  return g_string_free (out, FALSE);
}

static void
update_banner (SideLivePage *self)
{
  const SideAlert *alert = side_alarm_get_gravest (self->alarm);
  g_autofree char *heading = NULL;
  g_autofree char *text = NULL;
  gboolean waits;

  if (alert == NULL)
    {
      side_banner_hide (self->banner);
      return;
    }
  heading = side_alarm_dup_heading (self->alarm, alert);
  text = banner_text (self, alert);
  waits = alert->rule->watch == SIDE_ALERT_LONGEST_WAIT || alert->rule->watch == SIDE_ALERT_WAITING;
  side_banner_set_button (self->banner, waits ? _("Show Callers") : _("Show Alerts"), waits ? "live.show-callers" : "live.show-alerts");
  side_banner_show (self->banner, alert->level == SIDE_ALERT_ALARM ? SIDE_BANNER_ALERT : SIDE_BANNER_WARNING, heading, text);
}

static void
update_gap_banner (SideLivePage *self,
                   SideProject  *config)
{
  gint64 gap_ms = side_desk_get_gap_ms (self->desk);
  g_autofree char *since = NULL;
  g_autofree char *heading = NULL;

  if (gap_ms == 0 || config == NULL)
    {
      side_banner_hide (self->gap_banner);
      return;
    }
  since = side_format_when (config->time_zone, gap_ms, side_desk_get_now_ms (self->desk));
  /* Translators: a time: "The telephone exchange has not been heard since 14:02" */
  heading = g_strdup_printf (_("The telephone exchange has not been heard since %s"), since);
  side_banner_show (self->gap_banner, SIDE_BANNER_WARNING, heading, _("the numbers are as of then"));
}

static void
update_stale (SideLivePage *self)
{
  if (is_stale (self))
    gtk_widget_add_css_class (self->content, "stale");
  else
    gtk_widget_remove_css_class (self->content, "stale");
}

/* ---- the two rhythms ---- */

static void
update (SideLivePage *self)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  SideProject *config = side_desk_get_project (self->desk);
  SideIndicators figures;
  SideReach reach;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_stale (self);
  update_no_queues (self, config);
  if (config != NULL)
    {
      reach = get_reach (self, config);
      update_queues (self, project, config, &reach);
    }
  if (project != NULL && config != NULL)
    {
      side_indicators_compute (project, &reach, &figures);
      update_tiles (self, &figures, config);
    }
  else
    clear_tiles (self);
  side_people_update (self->people, project, config, side_settings_get_masked (), side_desk_get_picture_ms (self->desk));
  update_banner (self);
  update_gap_banner (self, config);
  update_title (self, config);
  self->drawn_seq = side_board_get_seq (side_desk_get_board (self->desk));
}

static void
tick_cb (SideLivePage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update (self);
  if (self->dear_id == 0)
    update_dear (self);
}

static void
new_picture_cb (SideLivePage *self)
{
  clear_tiles (self);
  update (self);
  queue_all_dear (self);
}

static void
board_cb (SideLivePage *self)
{
  gboolean first = self->drawn_seq == 0;

  update (self);
  if (first && self->drawn_seq != 0)
    queue_all_dear (self);
}

static void
side_live_page_map (GtkWidget *widget)
{
  SideLivePage *self = SIDE_LIVE_PAGE (widget);

  GTK_WIDGET_CLASS (side_live_page_parent_class)->map (widget);
  update (self);
  queue_all_dear (self);
}

/* ---- what a person does ---- */

static void
call_activated_cb (SideExplainWindow *window,
                   const char        *id,
                   SideLivePage      *self)
{
  /* The window goes before the page does something that may need its own. */
  g_autofree char *call = g_strdup (id);

  gtk_window_close (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-call", "s", call);
}

static void
tile_cb (SideTile     *tile,
         SideLivePage *self)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  SideProject *config = side_desk_get_project (self->desk);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;
  SideReach reach;
  int indicator = 0;

  if (project == NULL || config == NULL)
    return;
  while (self->tiles[indicator] != tile)
    indicator++;
  reach = get_reach (self, config);
  window = side_explain_window_new ((SideIndicator) indicator, project, config, side_settings_get_period (),
                                    reach.from_ms, reach.to_ms, side_settings_get_masked ());
  g_signal_connect_object (window, "call-activated", G_CALLBACK (call_activated_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_callers_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  side_people_show_callers (SIDE_LIVE_PAGE (widget)->people);
}

static void
snooze_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SideLivePage *self = SIDE_LIVE_PAGE (widget);
  const SideAlert *alert = side_alarm_get_gravest (self->alarm);

  if (alert != NULL)
    side_alarm_snooze (self->alarm, alert, SNOOZE_MS);
}

static void
show_alerts_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_menu_button_popup (SIDE_LIVE_PAGE (widget)->alerts_button);
}

static void
alerts_cb (SideLivePage *self)
{
  guint count = side_alarm_get_count (self->alarm);
  g_autofree char *words = count > 0 ? g_strdup_printf (ngettext ("Alerts: %u is loud", "Alerts: %u are loud", count), count)
                                     : g_strdup (_("Alerts"));

  if (count > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->alerts_button), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->alerts_button), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->alerts_button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->alerts_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  update_banner (self);
}

/* The words for a half-hour that is looked at stand where the legend was. */
static void
chosen_cb (SideLivePage *self)
{
  gtk_stack_set_visible_child_name (self->legend, side_slot_chart_get_chosen (self->chart) >= 0 ? "slot" : "legend");
}

static void
period_cb (SideLivePage *self)
{
  update (self);
}

/* ---- life ---- */

static void
side_live_page_dispose (GObject *object)
{
  SideLivePage *self = SIDE_LIVE_PAGE (object);

  g_clear_handle_id (&self->dear_id, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (self->alarm != NULL)
    g_signal_handlers_disconnect_by_data (self->alarm, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->alarm);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_LIVE_PAGE);
  G_OBJECT_CLASS (side_live_page_parent_class)->dispose (object);
}

static void
side_live_page_class_init (SideLivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_live_page_dispose;
  widget_class->map = side_live_page_map;
  g_type_ensure (SIDE_TYPE_ALERTS_POPOVER);
  g_type_ensure (SIDE_TYPE_BANNER);
  g_type_ensure (SIDE_TYPE_QUEUE_TABLE);
  g_type_ensure (SIDE_TYPE_SLOT_CHART);
  g_type_ensure (SIDE_TYPE_PEOPLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/live/side-live-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, title);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, banner);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, gap_banner);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, alerts_button);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, content);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, tiles_box);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, panes);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, chart_head);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, queues);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, no_queues);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, chart);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, legend);
  gtk_widget_class_bind_template_child (widget_class, SideLivePage, people);
  gtk_widget_class_install_action (widget_class, "live.show-callers", NULL, show_callers_cb);
  gtk_widget_class_install_action (widget_class, "live.show-alerts", NULL, show_alerts_cb);
  gtk_widget_class_install_action (widget_class, "live.snooze", NULL, snooze_cb);
}

static void
side_live_page_init (SideLivePage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GAction) period = g_settings_create_action (side_settings_get (), "period");

  self->settings = side_settings_get ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action (G_ACTION_MAP (group), period);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "scope", G_ACTION_GROUP (group));
  g_settings_bind (self->settings, "show-sidebar", self->sidebar_button, "visible",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  g_signal_connect_object (self->settings, "changed::period", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::full-numbers", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->chart, "notify::summary", G_CALLBACK (chosen_cb), self);
  gtk_widget_set_layout_manager (self->tiles_box, side_tiles_layout_new (TILE_COLUMNS, 12));
  gtk_widget_set_layout_manager (self->panes, side_panes_layout_new (14));
  gtk_widget_set_layout_manager (self->chart_head, side_wrap_layout_new (12));
  side_banner_set_second_button (self->banner, _("Snooze 5 min"), "live.snooze");
  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    {
      self->tiles[i] = SIDE_TILE (side_tile_new (side_live_title ((SideIndicator) i)));
      gtk_box_append (GTK_BOX (self->tiles_box), GTK_WIDGET (self->tiles[i]));
      g_signal_connect (self->tiles[i], "clicked", G_CALLBACK (tile_cb), self);
    }
}

/**
 * side_live_page_new:
 * @desk: where its numbers come from
 * @alarm: what tells of what does not go well
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_live_page_new (SideDesk  *desk,
                    SideAlarm *alarm)
{
  SideLivePage *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  g_return_val_if_fail (SIDE_IS_ALARM (alarm), NULL);
  self = g_object_new (SIDE_TYPE_LIVE_PAGE, NULL);
  self->desk = g_object_ref (desk);
  side_people_take_notes (self->people, desk);
  self->alarm = g_object_ref (alarm);
  g_signal_connect_swapped (desk, "board-changed", G_CALLBACK (board_cb), self);
  g_signal_connect_swapped (desk, "tick", G_CALLBACK (tick_cb), self);
  g_signal_connect_swapped (desk, "notify::project-id", G_CALLBACK (new_picture_cb), self);
  g_signal_connect_swapped (desk, "notify::stale", G_CALLBACK (update), self);
  side_alerts_popover_follow (SIDE_ALERTS_POPOVER (gtk_menu_button_get_popover (self->alerts_button)), alarm);
  g_signal_connect_swapped (alarm, "notify::count", G_CALLBACK (alerts_cb), self);
  g_signal_connect_swapped (alarm, "changed", G_CALLBACK (update_banner), self);
  alerts_cb (self);
  return GTK_WIDGET (self);
}

/**
 * side_live_page_get_tile:
 * @self: the page
 * @indicator: which number
 *
 * Returns: (transfer none): its tile
 */
GtkWidget *
side_live_page_get_tile (SideLivePage  *self,
                         SideIndicator  indicator)
{
  g_return_val_if_fail (SIDE_IS_LIVE_PAGE (self), NULL);
  g_return_val_if_fail (indicator < SIDE_N_INDICATORS, NULL);
  return GTK_WIDGET (self->tiles[indicator]);
}

/**
 * side_live_page_get_drawn_seq:
 * @self: the page
 *
 * Returns: number of the last event that its labels show
 */
gint64
side_live_page_get_drawn_seq (SideLivePage *self)
{
  g_return_val_if_fail (SIDE_IS_LIVE_PAGE (self), 0);
  return (gint64) self->drawn_seq;
}
