/* side-date-row.c - by which day something is to be done, or on which it was
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days are those of the project. What is due through a day is due before the
 * next one begins; a day that is over cannot be chosen, and becomes today.
 */
#include "side-date-row.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-time.h"

struct _SideDateRow
{
  AdwActionRow  parent_instance;
  GtkWidget    *button;
  GtkCalendar  *calendar;
  GTimeZone    *zone;
  gint64        now_ms;
  gint64        due_ms;      /* 0 for no date */
  gint64        opened_ms;   /* what it was when the calendar was opened */
  gboolean      showing;
  GtkWidget    *usual;
  gboolean      past;        /* a day that has been, and not one that is to come */
};

G_DEFINE_FINAL_TYPE (SideDateRow, side_date_row, ADW_TYPE_ACTION_ROW)

static guint changed_signal;

/* Days from today; 0: no date. */
static const struct { int days; const char *label; } usual[] = {
  { 7, N_("In a week") }, { 14, N_("In two weeks") }, { 30, N_("In a month") }, { 91, N_("In three months") }, { 0, N_("No date") },
};

static void
side_date_row_finalize (GObject *object)
{
  SideDateRow *self = SIDE_DATE_ROW (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (side_date_row_parent_class)->finalize (object);
}

static void
side_date_row_class_init (SideDateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_date_row_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_DATE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
show (SideDateRow *self)
{
  g_autofree char *date = self->due_ms != 0 ? side_format_date (self->zone, self->due_ms - 1, self->now_ms)
                                            : g_strdup (_("No date"));
  g_autofree char *name = g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), date);
  g_autoptr (GDateTime) day = side_time_to_local (self->zone, self->due_ms != 0 ? self->due_ms - 1 : self->now_ms);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), date);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->showing = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->showing = FALSE;
}

/* The calendar counts in the computer's own zone: only its figures are taken. */
static void
selected_cb (SideDateRow *self)
{
  g_autoptr (GDateTime) chosen = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (self->showing)
    return;
  chosen = gtk_calendar_get_date (self->calendar);
  day = g_date_time_new (self->zone, g_date_time_get_year (chosen), g_date_time_get_month (chosen),
                         g_date_time_get_day_of_month (chosen), 12, 0, 0);
  self->due_ms = side_time_day_add (self->zone, g_date_time_to_unix (day) * 1000, 1);
  self->due_ms = self->past ? MIN (self->due_ms, side_date_row_in_days (self, 0)) : MAX (self->due_ms, side_date_row_in_days (self, 0));
  show (self);
}

static void
usual_cb (SideDateRow *self,
          GtkWidget   *button)
{
  int days = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "days"));

  self->due_ms = days > 0 ? side_date_row_in_days (self, days) : 0;
  show (self);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
opened_cb (SideDateRow *self)
{
  self->opened_ms = self->due_ms;
}

static void
closed_cb (SideDateRow *self)
{
  if (self->due_ms != self->opened_ms)
    g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
new_popover (SideDateRow *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *grid = gtk_grid_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Last day"), -1);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(usual[i].label));

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "days", GINT_TO_POINTER (usual[i].days));
      g_signal_connect_object (button, "clicked", G_CALLBACK (usual_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_grid_attach (GTK_GRID (grid), button, (int) i % 2, (int) i / 2, usual[i].days > 0 ? 1 : 2, 1);
    }
  self->usual = grid;
  gtk_box_append (GTK_BOX (box), grid);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "show", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

static void
side_date_row_init (SideDateRow *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_popover (self));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
}

/**
 * side_date_row_new:
 * @title: what is to be done until then
 * @zone: (nullable): whose days; %NULL for UTC
 * @now_ms: the instant
 *
 * Returns: (transfer floating): a row without a date
 */
GtkWidget *
side_date_row_new (const char *title,
                   GTimeZone  *zone,
                   gint64      now_ms)
{
  SideDateRow *self = g_object_new (SIDE_TYPE_DATE_ROW, "title", title, NULL);

  self->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  self->now_ms = now_ms;
  show (self);
  return GTK_WIDGET (self);
}

/**
 * side_date_row_set_past:
 * @self: a row
 *
 * From now on it is for a day that has been, today at the latest.
 */
void
side_date_row_set_past (SideDateRow *self)
{
  g_return_if_fail (SIDE_IS_DATE_ROW (self));
  self->past = TRUE;
  gtk_widget_set_visible (self->usual, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day"), -1);
}

/**
 * side_date_row_set_due:
 * @self: a row
 * @due_ms: to be done before that instant; 0 for no date
 */
void
side_date_row_set_due (SideDateRow *self,
                       gint64       due_ms)
{
  g_return_if_fail (SIDE_IS_DATE_ROW (self));
  self->due_ms = due_ms;
  show (self);
}

/**
 * side_date_row_get_due:
 * @self: a row
 *
 * Returns: the instant at which the day after the last one begins; 0 for no date
 */
gint64
side_date_row_get_due (SideDateRow *self)
{
  g_return_val_if_fail (SIDE_IS_DATE_ROW (self), 0);
  return self->due_ms;
}

/**
 * side_date_row_in_days:
 * @self: a row
 * @days: from today; 0: today is the last day
 *
 * Returns: what is due then: when the day after it begins
 */
gint64
side_date_row_in_days (SideDateRow *self,
                       int          days)
{
  g_return_val_if_fail (SIDE_IS_DATE_ROW (self), 0);
  return side_time_day_add (self->zone, self->now_ms, days + 1);
}
