/* side-call-waves.c - both sides of a call as it goes on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two lanes of the last half-minute, drawn anew when there is something new.
 */
#include "side-call-waves.h"

#include <glib/gi18n.h>

#define LANE_HEIGHT 56      /* px */
#define CELLS       3000    /* half a minute */

struct _SideCallWaves
{
  GtkWidget      parent_instance;
  SideCallMedia *media;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SideCallWaves, side_call_waves, GTK_TYPE_WIDGET)

static void
side_call_waves_dispose (GObject *object)
{
  side_call_waves_set_media (SIDE_CALL_WAVES (object), NULL);
  G_OBJECT_CLASS (side_call_waves_parent_class)->dispose (object);
}

static void
side_call_waves_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? 2 * LANE_HEIGHT : 120;
}

static void
draw_lane (SideCallWaves *self,
           GtkSnapshot   *snapshot,
           SidePhoneSide  side,
           const GdkRGBA *colour,
           float          top)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  guint n = side_call_media_get_n_cells (self->media), from = n > CELLS ? n - CELLS : 0;
  g_autofree SidePeak *cells = g_new (SidePeak, CELLS);
  float middle = top + LANE_HEIGHT / 2.0f;

  n = side_call_media_get_cells (self->media, side, from, MIN (n, CELLS), cells);
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (0, middle, (float) width, 1));
  for (int x = 0; x < width; x++)
    {
      guint first = (guint) ((gint64) x * CELLS / width), last = (guint) ((gint64) (x + 1) * CELLS / width);
      int loudest = 0;
      float half;

      for (guint i = first; i < MIN (last, n); i++)
        loudest = MAX (loudest, MAX (-(int) cells[i].min, (int) cells[i].max));
      half = (float) loudest / 32768.0f * (LANE_HEIGHT / 2.0f - 2);
      if (half >= 0.5f)
        gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT ((float) x, middle - half, 1, 2 * half));
    }
}

/* Whose sound it is, above the lane. */
static void
draw_name (SideCallWaves *self,
           GtkSnapshot   *snapshot,
           const char    *name,
           const GdkRGBA *colour,
           float          top)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), name);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.72));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (2, top));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
side_call_waves_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  SideCallWaves *self = SIDE_CALL_WAVES (widget);
  const GdkRGBA ours = { 0.61f, 0.27f, 0.72f, 1 }, theirs = { 0.21f, 0.52f, 0.89f, 1 };

  if (self->media != NULL)
    {
      draw_lane (self, snapshot, SIDE_PHONE_OURS, &ours, 0);
      draw_lane (self, snapshot, SIDE_PHONE_THEIRS, &theirs, LANE_HEIGHT);
    }
  draw_name (self, snapshot, C_("telephone", "You"), &ours, 0);
  draw_name (self, snapshot, C_("telephone", "Call centre"), &theirs, LANE_HEIGHT);
}

static void
side_call_waves_class_init (SideCallWavesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_waves_dispose;
  GTK_WIDGET_CLASS (klass)->measure = side_call_waves_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = side_call_waves_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_call_waves_init (SideCallWaves *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sound of the last half-minute: above yours, below theirs"), -1);
}

/**
 * side_call_waves_new:
 *
 * Returns: (transfer floating): a picture of no call yet
 */
GtkWidget *
side_call_waves_new (void)
{
  return g_object_new (SIDE_TYPE_CALL_WAVES, NULL);
}

/**
 * side_call_waves_set_media:
 * @self: a picture
 * @media: (nullable): the sound it follows
 */
void
side_call_waves_set_media (SideCallWaves *self,
                           SideCallMedia *media)
{
  g_return_if_fail (SIDE_IS_CALL_WAVES (self));

  if (self->media != NULL)
    g_signal_handlers_disconnect_by_data (self->media, self);
  g_set_object (&self->media, media);
  if (media != NULL)
    g_signal_connect_object (media, "levels", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}
