/* side-scenario-hours.c - days of the week and times of day, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A button for each day and two times. A time that is being typed counts once
 * it is one.
 */
#include "side-scenario-hours.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "side-format.h"
#include "side-scenario-words.h"

struct _SideScenarioHours
{
  AdwBin     parent_instance;
  GtkWidget *days[7];
  GtkWidget *from;
  GtkWidget *to;
  SideHours  hours;
  gboolean   showing;
};

G_DEFINE_FINAL_TYPE (SideScenarioHours, side_scenario_hours, ADW_TYPE_BIN)

static guint changed_signal;

static void
side_scenario_hours_class_init (SideScenarioHoursClass *klass)
{
  changed_signal = g_signal_new ("changed", SIDE_TYPE_SCENARIO_HOURS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
parse_minute (const char *text,
              int         most,
              int        *minute)
{
  int hour, rest;
  char behind;

  if (sscanf (text, "%2d:%2d%c", &hour, &rest, &behind) != 2 || hour < 0 || rest < 0 || rest > 59 || hour * 60 + rest > most)
    return FALSE;
  *minute = hour * 60 + rest;
  return TRUE;
}

static void
edited_cb (SideScenarioHours *self)
{
  SideHours hours = self->hours;

  if (self->showing)
    return;
  hours.weekdays = 0;
  for (guint i = 0; i < 7; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[i])))
      hours.weekdays |= 1u << i;
  parse_minute (gtk_editable_get_text (GTK_EDITABLE (self->from)), SIDE_HOURS_DAY - 1, &hours.from_minute);
  parse_minute (gtk_editable_get_text (GTK_EDITABLE (self->to)), SIDE_HOURS_DAY, &hours.to_minute);
  if (hours.weekdays == self->hours.weekdays && hours.from_minute == self->hours.from_minute && hours.to_minute == self->hours.to_minute)
    return;
  self->hours = hours;
  g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
new_time (SideScenarioHours *self,
          const char        *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 5);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (entry, name);
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static void
side_scenario_hours_init (SideScenarioHours *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->hours = side_hours_always ();
  gtk_widget_add_css_class (days, "linked");
  for (guint i = 0; i < 7; i++)
    {
      self->days[i] = gtk_toggle_button_new_with_label (side_format_weekday (i));
      g_signal_connect_object (self->days[i], "toggled", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (days), self->days[i]);
    }
  self->from = new_time (self, _("From, as 09:00"));
  self->to = new_time (self, _("To, as 18:00; 24:00 is midnight"));
  gtk_box_append (GTK_BOX (box), days);
  gtk_box_append (GTK_BOX (box), self->from);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("–"));
  gtk_box_append (GTK_BOX (box), self->to);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_scenario_hours_new:
 *
 * Returns: (transfer floating): a choice of hours
 */
GtkWidget *
side_scenario_hours_new (void)
{
  return g_object_new (SIDE_TYPE_SCENARIO_HOURS, NULL);
}

static void
show_time (GtkWidget *entry,
           int        minute,
           int        most)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  int now;

  /* Nobody's typing is written over: "9:00" is what it was. */
  if (!parse_minute (gtk_editable_get_text (GTK_EDITABLE (entry)), most, &now) || now != minute)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/**
 * side_scenario_hours_show:
 * @self: a choice of hours
 * @hours: what is chosen
 */
void
side_scenario_hours_show (SideScenarioHours *self,
                          const SideHours   *hours)
{
  gboolean typing;

  g_return_if_fail (SIDE_IS_SCENARIO_HOURS (self) && hours != NULL);

  typing = hours->from_minute == self->hours.from_minute && hours->to_minute == self->hours.to_minute
           && *gtk_editable_get_text (GTK_EDITABLE (self->to)) != '\0';
  self->showing = TRUE;
  self->hours = *hours;
  for (guint i = 0; i < 7; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[i]), (hours->weekdays & (1u << i)) != 0);
  if (!typing)
    {
      show_time (self->from, hours->from_minute, SIDE_HOURS_DAY - 1);
      show_time (self->to, hours->to_minute, SIDE_HOURS_DAY);
    }
  self->showing = FALSE;
}

/**
 * side_scenario_hours_get:
 * @self: a choice of hours
 * @hours: (out): what is chosen
 */
void
side_scenario_hours_get (SideScenarioHours *self,
                         SideHours         *hours)
{
  g_return_if_fail (SIDE_IS_SCENARIO_HOURS (self) && hours != NULL);
  *hours = self->hours;
}
