/* side-panes-layout.c - two panes beside each other, or one below the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first pane is the main one: it has what it would like before the second
 * gets more than it needs, and all that is over. Where both do not fit beside
 * each other, the second stands below.
 */
#include "side-panes-layout.h"

/* Below, a list that scrolls would ask for next to nothing. */
#define LEAST_BELOW 360

struct _SidePanesLayout
{
  GtkLayoutManager parent_instance;
  int              spacing;
};

typedef struct {
  GtkWidget *first;
  GtkWidget *second;
  int        first_min, first_nat;
  int        second_min, second_nat;
} Panes;

G_DEFINE_FINAL_TYPE (SidePanesLayout, side_panes_layout, GTK_TYPE_LAYOUT_MANAGER)

static Panes
measure_panes (GtkWidget *widget)
{
  Panes panes = { 0 };

  panes.first = gtk_widget_get_first_child (widget);
  panes.second = gtk_widget_get_next_sibling (panes.first);
  gtk_widget_measure (panes.first, GTK_ORIENTATION_HORIZONTAL, -1, &panes.first_min, &panes.first_nat, NULL, NULL);
  gtk_widget_measure (panes.second, GTK_ORIENTATION_HORIZONTAL, -1, &panes.second_min, &panes.second_nat, NULL, NULL);
  return panes;
}

/* How wide the second pane is beside the first; 0 where it stands below. */
static int
second_width (SidePanesLayout *self,
              const Panes     *panes,
              int              width)
{
  int room = width - self->spacing;

  if (room < panes->first_min + panes->second_min)
    return 0;
  return CLAMP (room - panes->first_nat, panes->second_min, panes->second_nat);
}

static int
height_for (GtkWidget *pane,
            int        width,
            int       *natural)
{
  int minimum;

  gtk_widget_measure (pane, GTK_ORIENTATION_VERTICAL, width, &minimum, natural, NULL, NULL);
  return minimum;
}

static GtkSizeRequestMode
side_panes_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
side_panes_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  SidePanesLayout *self = SIDE_PANES_LAYOUT (manager);
  Panes panes = measure_panes (widget);
  int least, other, beside, most = 0, other_most = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (panes.first_min, panes.second_min);
      *natural = panes.first_nat + self->spacing + panes.second_nat;
      return;
    }
  if (for_size < 0)
    for_size = panes.first_nat + self->spacing + panes.second_nat;
  beside = second_width (self, &panes, for_size);
  if (beside > 0)
    {
      least = height_for (panes.first, for_size - self->spacing - beside, &most);
      other = height_for (panes.second, beside, &other_most);
      *minimum = MAX (least, other);
      *natural = MAX (most, other_most);
      return;
    }
  least = height_for (panes.first, MAX (for_size, panes.first_min), &most);
  other = height_for (panes.second, MAX (for_size, panes.second_min), &other_most);
  *minimum = least + self->spacing + MAX (other, LEAST_BELOW);
  *natural = most + self->spacing + MAX (other_most, LEAST_BELOW);
}

static void
side_panes_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  SidePanesLayout *self = SIDE_PANES_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Panes panes = measure_panes (widget);
  int beside = second_width (self, &panes, width);
  int first, natural;

  if (beside > 0)
    {
      first = width - self->spacing - beside;
      gtk_widget_size_allocate (panes.first, &(GtkAllocation) { mirrored ? beside + self->spacing : 0, 0, first, height },
                                -1);
      gtk_widget_size_allocate (panes.second, &(GtkAllocation) { mirrored ? 0 : first + self->spacing, 0, beside, height },
                                -1);
      return;
    }
  first = height - self->spacing - MAX (height_for (panes.second, width, &natural), LEAST_BELOW);
  gtk_widget_size_allocate (panes.first, &(GtkAllocation) { 0, 0, width, first }, -1);
  gtk_widget_size_allocate (panes.second,
                            &(GtkAllocation) { 0, first + self->spacing, width, height - first - self->spacing }, -1);
}

static void
side_panes_layout_class_init (SidePanesLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = side_panes_layout_get_request_mode;
  layout_class->measure = side_panes_layout_measure;
  layout_class->allocate = side_panes_layout_allocate;
}

static void
side_panes_layout_init (SidePanesLayout *self)
{
}

/**
 * side_panes_layout_new:
 * @spacing: pixels between the panes
 *
 * Returns: (transfer full): a layout for a widget with two children
 */
GtkLayoutManager *
side_panes_layout_new (int spacing)
{
  SidePanesLayout *self = g_object_new (SIDE_TYPE_PANES_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
