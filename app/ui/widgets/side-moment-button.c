/* side-moment-button.c - a day and a time of day, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A button that says the moment, and a calendar with a clock behind it. Nothing
 * is told while somebody turns the pages.
 */
#include "side-moment-button.h"

#include <glib/gi18n.h>

#include "side-format.h"

struct _SideMomentButton
{
  AdwBin     parent_instance;
  GtkWidget *button;
  GtkWidget *calendar;
  GtkWidget *hour;
  GtkWidget *minute;
  char      *name;
  GTimeZone *zone;     /* (nullable) */
  gint64     at_ms;
  gint64     now_ms;
};

G_DEFINE_FINAL_TYPE (SideMomentButton, side_moment_button, ADW_TYPE_BIN)

static guint chosen_signal;

static void
side_moment_button_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (side_moment_button_parent_class)->dispose (object);
}

static void
side_moment_button_finalize (GObject *object)
{
  SideMomentButton *self = SIDE_MOMENT_BUTTON (object);

  g_free (self->name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (side_moment_button_parent_class)->finalize (object);
}

static void
side_moment_button_class_init (SideMomentButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_moment_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_moment_button_finalize;
  chosen_signal = g_signal_new ("chosen", SIDE_TYPE_MOMENT_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
show_words (SideMomentButton *self)
{
  g_autofree char *when = side_format_when (self->zone, self->at_ms, self->now_ms);
  /* Translators: what moment it is, and the moment */
  g_autofree char *words = g_strdup_printf (C_("moment", "%s: %s"), self->name, when);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), when);
  gtk_widget_set_tooltip_text (self->button, words);
}

/* What is chosen in the popover, as an instant; 0 where that day has no such time. */
static gint64
read_moment (SideMomentButton *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autoptr (GDateTime) moment = g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                                  g_date_time_get_day_of_month (day),
                                                  gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hour)),
                                                  gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute)), 0);

  return moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;
}

static void
show_popover_cb (SideMomentButton *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->at_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), local);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->hour), g_date_time_get_hour (local));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minute), g_date_time_get_minute (local));
}

/* Seconds of the moment that stood are kept while its minute is. */
static void
closed_cb (SideMomentButton *self)
{
  gint64 chosen;

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->hour));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->minute));
  chosen = read_moment (self);
  if (chosen > 0 && chosen / 60000 != self->at_ms / 60000)
    side_moment_button_set (self, chosen);
}

static gboolean
two_digits_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkWidget *
new_spin (double      top,
          const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, top, 1);

  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  g_signal_connect (spin, "output", G_CALLBACK (two_digits_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (spin, name);
  return spin;
}

static void
side_moment_button_init (SideMomentButton *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *colon = gtk_label_new (":");

  self->calendar = gtk_calendar_new ();
  self->hour = new_spin (23, _("Hour"));
  self->minute = new_spin (59, _("Minute"));
  gtk_widget_set_valign (self->hour, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->minute, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), self->hour);
  gtk_box_append (GTK_BOX (box), colon);
  gtk_box_append (GTK_BOX (box), self->minute);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "show", G_CALLBACK (show_popover_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  adw_bin_set_child (ADW_BIN (self), self->button);
  self->zone = g_time_zone_new_utc ();
}

/**
 * side_moment_button_new:
 * @name: what moment it is: "Promised until"
 *
 * Returns: (transfer floating): a button without a moment
 */
GtkWidget *
side_moment_button_new (const char *name)
{
  SideMomentButton *self = g_object_new (SIDE_TYPE_MOMENT_BUTTON, NULL);

  self->name = g_strdup (name);
  gtk_widget_set_tooltip_text (self->button, name);
  return GTK_WIDGET (self);
}

/**
 * side_moment_button_show:
 * @self: a button
 * @at_ms: the moment that stands
 * @zone: where it is said
 * @now_ms: the present instant: what is today is said so
 */
void
side_moment_button_show (SideMomentButton *self,
                         gint64            at_ms,
                         GTimeZone        *zone,
                         gint64            now_ms)
{
  g_return_if_fail (SIDE_IS_MOMENT_BUTTON (self) && zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->at_ms = at_ms;
  self->now_ms = now_ms;
  show_words (self);
}

/**
 * side_moment_button_set:
 * @self: a button
 * @at_ms: the moment, as if a person had chosen it
 */
void
side_moment_button_set (SideMomentButton *self,
                        gint64            at_ms)
{
  g_return_if_fail (SIDE_IS_MOMENT_BUTTON (self));

  self->at_ms = at_ms;
  show_words (self);
  g_signal_emit (self, chosen_signal, 0);
}

/**
 * side_moment_button_get:
 * @self: a button
 *
 * Returns: the moment it shows
 */
gint64
side_moment_button_get (SideMomentButton *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT_BUTTON (self), 0);
  return self->at_ms;
}
