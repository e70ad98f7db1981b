/* side-explain-window.c - "How is this counted?"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A still picture of one number: formula, what was put in, period, how much it
 * rests on, what was left out, and the calls or operators behind it. It does not tick: the
 * person reads it, and its sums must stay true while they do.
 */
#include "side-explain-window.h"

#include <glib/gi18n.h>

#include "side-explain-rows.h"
#include "side-format.h"
#include "side-live-text.h"
#include "side-tab-stop.h"
#include "side-window-keys.h"

struct _SideExplainWindow
{
  AdwWindow     parent_instance;
  GtkLabel     *value;
  GtkLabel     *name;
  GtkLabel     *formula;
  GtkLabel     *numbers;
  GtkLabel     *period;
  GtkLabel     *rests_on;
  GtkLabel     *left_out;
  GtkLabel     *calls_title;
  GtkListView  *calls_view;
  GtkStack     *calls_stack;
  GtkLabel     *empty;
  SideLiveList *calls;
  guint         lead_chars;   /* how much room the longest first text needs */
  gboolean      opens;     /* its rows are calls */
};

enum { SIGNAL_CALL_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideExplainWindow, side_explain_window, ADW_TYPE_WINDOW)

static void
activate_cb (SideExplainWindow *self,
             guint              position)
{
  g_autoptr (SideLiveItem) item = g_list_model_get_item (G_LIST_MODEL (self->calls), position);

  if (item != NULL && self->opens)
    g_signal_emit (self, signals[SIGNAL_CALL_ACTIVATED], 0, side_live_item_get_id (item));
}

static void
side_explain_window_dispose (GObject *object)
{
  SideExplainWindow *self = SIDE_EXPLAIN_WINDOW (object);

  g_clear_object (&self->calls);
  G_OBJECT_CLASS (side_explain_window_parent_class)->dispose (object);
}

static void
side_explain_window_class_init (SideExplainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDE_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = side_explain_window_dispose;
  signals[SIGNAL_CALL_ACTIVATED] = g_signal_new ("call-activated", SIDE_TYPE_EXPLAIN_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/live/side-explain-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, value);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, name);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, formula);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, numbers);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, period);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, rests_on);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, left_out);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, calls_title);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, calls_view);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, calls_stack);
  gtk_widget_class_bind_template_child (widget_class, SideExplainWindow, empty);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  side_window_class_add_keys (widget_class);
}

/* A row: when, who, and what became of it. */
static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            data)
{
  SideExplainWindow *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const struct { guint chars; float xalign; const char *style; } cells[] = {
    { self->lead_chars, 0, "dim-label" }, { 17, 0, "caller" }, { 20, 0, "dim-label" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      GtkWidget *cell = gtk_inscription_new ("");

      gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), cells[i].chars);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), cells[i].chars);
      gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), cells[i].xalign);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      gtk_widget_add_css_class (cell, cells[i].style);
      gtk_widget_add_css_class (cell, "numeric");
      gtk_widget_set_hexpand (cell, i == 2);
      gtk_box_append (GTK_BOX (box), cell);
    }
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            data)
{
  SideLiveItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *when = gtk_widget_get_first_child (box);
  GtkWidget *who = gtk_widget_get_next_sibling (when);
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", side_live_item_get_lead (item),
                                            side_live_item_get_title (item), side_live_item_get_detail (item));

  gtk_inscription_set_text (GTK_INSCRIPTION (when), side_live_item_get_lead (item));
  gtk_inscription_set_text (GTK_INSCRIPTION (who), side_live_item_get_title (item));
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_next_sibling (who)), side_live_item_get_detail (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
side_explain_window_init (SideExplainWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) model = NULL;

  self->calls = side_live_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->calls_view, factory);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->calls)));
  gtk_list_view_set_model (self->calls_view, GTK_SELECTION_MODEL (model));
}

static void
fill_rows (SideExplainWindow     *self,
           const SideExplainRows *rows,
           gint64                 now_ms)
{
  /* A time alone, or a day and a time: the column is as wide as its texts, in
   * characters, so that it grows with the letters. */
  self->lead_chars = 8;
  for (guint i = 0; i < rows->records->len; i++)
    {
      const char *lead = g_array_index (rows->records, SideLiveRecord, i).lead;

      self->lead_chars = MAX (self->lead_chars, (guint) g_utf8_strlen (lead, -1) + 1);
    }
  side_live_list_update (self->calls, (SideLiveRecord *) (gpointer) rows->records->data, rows->records->len, now_ms);
  gtk_label_set_text (self->calls_title, rows->title);
  gtk_label_set_text (self->empty, rows->empty);
  gtk_stack_set_visible_child_name (self->calls_stack, rows->records->len > 0 ? "list" : "empty");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calls_view), GTK_ACCESSIBLE_PROPERTY_LABEL, rows->title, -1);
  self->opens = rows->opens;
}

static void
fill_left_out (SideExplainWindow *self,
               GPtrArray         *left_out)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < left_out->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (left_out, i));
  gtk_label_set_text (self->left_out, left_out->len > 0 ? text->str : _("nothing"));
}

/**
 * side_explain_window_new:
 * @indicator: the number
 * @project: the project on the board
 * @config: its configuration
 * @period: the period shown
 * @from_ms: when it began
 * @now_ms: the instant it is told for
 * @masked: whether to hide a part of the callers' numbers
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
side_explain_window_new (SideIndicator     indicator,
                         SideBoardProject *project,
                         SideProject      *config,
                         SidePeriod        period,
                         gint64            from_ms,
                         gint64            now_ms,
                         gboolean          masked)
{
  SideExplainWindow *self = g_object_new (SIDE_TYPE_EXPLAIN_WINDOW, NULL);
  SideReach reach = { NULL, from_ms, now_ms };
  SideIndicators figures;
  g_autoptr (SideExplanation) how = NULL;
  g_autoptr (SideExplainRows) rows = NULL;
  g_autofree char *value = NULL;
  g_autofree char *when = NULL;
  g_autofree char *zone = NULL;
  gboolean at_moment = indicator == SIDE_INDICATOR_WAITING || indicator == SIDE_INDICATOR_LONGEST_WAIT ||
                       indicator == SIDE_INDICATOR_OPERATORS || indicator == SIDE_INDICATOR_CALLBACKS;

  side_indicators_compute (project, &reach, &figures);
  how = side_live_explain (indicator, &figures, config);
  rows = side_explain_rows_new (indicator, project, config, &reach, masked);
  value = side_live_value (indicator, &figures);
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->name, how->title);
  gtk_label_set_text (self->formula, how->formula);
  gtk_label_set_text (self->numbers, how->numbers);
  gtk_label_set_text (self->rests_on, how->rests_on);
  fill_left_out (self, how->left_out);
  zone = side_format_time_seconds (config->time_zone, now_ms);
  when = at_moment ? g_strdup_printf (_("This moment, %s"), zone)
                   : side_live_period (period, config->time_zone, from_ms, now_ms);
  gtk_label_set_text (self->period, when);
  fill_rows (self, rows, now_ms);
  return GTK_WIDGET (self);
}

/**
 * side_explain_window_get_calls:
 * @self: the window
 *
 * Returns: (transfer none): the rows it lists, of SideLiveItem
 */
GListModel *
side_explain_window_get_calls (SideExplainWindow *self)
{
  g_return_val_if_fail (SIDE_IS_EXPLAIN_WINDOW (self), NULL);
  return G_LIST_MODEL (self->calls);
}
