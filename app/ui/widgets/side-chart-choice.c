/* side-chart-choice.c - one part of a chart is chosen, by pointer or by key
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is under the pointer is chosen while it is there; Left, Right, Home and
 * End walk, Escape leaves. What was chosen by key stays while the chart has
 * the focus.
 */
#include "side-chart-choice.h"

#define DATA_KEY "side-chart-choice"

static const SideChartChoice *
choice_of (GtkWidget *chart)
{
  return g_object_get_data (G_OBJECT (chart), DATA_KEY);
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           GtkWidget                *chart)
{
  const SideChartChoice *choice = choice_of (chart);

  choice->choose (chart, choice->find (chart, x));
}

static void
leave_cb (GObject   *controller,
          GtkWidget *chart)
{
  if (!gtk_widget_has_focus (chart))
    choice_of (chart)->choose (chart, -1);
}

static gboolean
key_cb (GtkEventControllerKey *key,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkWidget             *chart)
{
  const SideChartChoice *choice = choice_of (chart);
  int last = choice->count (chart) - 1;
  int chosen = choice->chosen (chart);
  int from = chosen < 0 ? last + 1 : chosen;

  if (last < 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      choice->choose (chart, MAX (from - 1, 0));
      return TRUE;
    case GDK_KEY_Right:
      choice->choose (chart, MIN (from + 1, last));
      return TRUE;
    case GDK_KEY_Home:
      choice->choose (chart, 0);
      return TRUE;
    case GDK_KEY_End:
      choice->choose (chart, last);
      return TRUE;
    case GDK_KEY_Escape:
      if (chosen < 0)
        return FALSE;
      choice->choose (chart, -1);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * side_chart_choice_add:
 * @chart: a chart, which becomes focusable
 * @choice: how to ask and tell it; it must outlive @chart
 */
void
side_chart_choice_add (GtkWidget             *chart,
                       const SideChartChoice *choice)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (GTK_IS_WIDGET (chart) && choice != NULL);
  g_object_set_data (G_OBJECT (chart), DATA_KEY, (gpointer) choice);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), chart);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), chart);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), chart);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), chart);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), chart);
  gtk_widget_add_controller (chart, motion);
  gtk_widget_add_controller (chart, key);
  gtk_widget_add_controller (chart, focus);
  gtk_widget_set_focusable (chart, TRUE);
}
