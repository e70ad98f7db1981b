/* side-call-strip.c - what a test call was made of, as a coloured strip
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole call from the moment it was dialled, in the width there is. A part
 * says what it is and how long it took below it, in one of two lines so that
 * short neighbours leave each other room; what is not said there for want of
 * room is said in the tooltip, with how certain it is.
 */
#include "side-call-strip.h"

#include <glib/gi18n.h>

#include "side-test-call-words.h"

#define BAR_HEIGHT  14   /* px */
#define LINE_HEIGHT 14
#define GAP         2
#define LEAST_MS    10000   /* a call that has just begun does not fill the width */

struct _SideCallStrip
{
  GtkWidget     parent_instance;
  SideTestCall *call;   /* (nullable) */
  guint         n_told;
};

G_DEFINE_FINAL_TYPE (SideCallStrip, side_call_strip, GTK_TYPE_WIDGET)

static void
side_call_strip_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_CALL_STRIP (object)->call, side_test_call_unref);
  G_OBJECT_CLASS (side_call_strip_parent_class)->finalize (object);
}

static void
side_call_strip_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT + GAP + 2 * LINE_HEIGHT : 120;
}

static gint64
length_of (const SideTestCall *call)
{
  gint64 length = LEAST_MS;

  for (guint i = 0; i < call->segments->len; i++)
    length = MAX (length, ((const SideTestSegment *) call->segments->pdata[i])->to_ms);
  return length;
}

static GdkRGBA
colour_of (SideSegmentKind kind)
{
  static const char *const colours[SIDE_N_SEGMENT_KINDS] = {
    [SIDE_SEGMENT_OTHER] = "#deddda", [SIDE_SEGMENT_DIALLING] = "#c0bfbc", [SIDE_SEGMENT_RINGING] = "#f6d32d",
    [SIDE_SEGMENT_EARLY_MEDIA] = "#f9f06b", [SIDE_SEGMENT_MENU] = "#62a0ea", [SIDE_SEGMENT_ANNOUNCEMENT] = "#99c1f1",
    [SIDE_SEGMENT_QUEUE] = "#ffa348", [SIDE_SEGMENT_PERSON] = "#57e389", [SIDE_SEGMENT_HOLD] = "#c061cb",
    [SIDE_SEGMENT_MACHINE] = "#b5835a", [SIDE_SEGMENT_TONE] = "#e01b24", [SIDE_SEGMENT_SILENCE] = "#9a9996",
  };
  GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1 };

  gdk_rgba_parse (&colour, colours[kind]);
  return colour;
}

static void
draw_bar (GtkSnapshot   *snapshot,
          const GdkRGBA *colour,
          float          x,
          float          width)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, 0, width, BAR_HEIGHT), MIN (4, width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* In the first line where it is free, else in the second; nowhere where neither is. */
static void
draw_words (SideCallStrip         *self,
            GtkSnapshot           *snapshot,
            const SideTestSegment *segment,
            float                  x,
            float                  free_from[2])
{
  g_autofree char *words = side_test_call_words_strip (self->call, segment);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA colour;
  int width, line;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.72));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  x = MAX (0, MIN (x, (float) (gtk_widget_get_width (GTK_WIDGET (self)) - width)));
  line = x >= free_from[0] ? 0 : x >= free_from[1] ? 1 : -1;
  if (line < 0)
    return;
  free_from[line] = x + (float) width + 8;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (float) (BAR_HEIGHT + GAP + line * LINE_HEIGHT)));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
side_call_strip_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  SideCallStrip *self = SIDE_CALL_STRIP (widget);
  float width = (float) gtk_widget_get_width (widget), free_from[2] = { 0, 0 };
  gint64 length;

  if (self->call == NULL)
    return;
  length = length_of (self->call);
  for (guint i = 0; i < self->call->segments->len; i++)
    {
      const SideTestSegment *segment = self->call->segments->pdata[i];
      GdkRGBA colour = colour_of (segment->kind);
      float x = width * (float) segment->from_ms / (float) length;
      float to = width * (float) segment->to_ms / (float) length;

      draw_bar (snapshot, &colour, x, MAX (to - x - 1, 1));
      draw_words (self, snapshot, segment, x, free_from);
    }
}

static gboolean
tooltip_cb (GtkWidget  *widget,
            int         x,
            int         y,
            gboolean    keyboard,
            GtkTooltip *tooltip)
{
  g_autofree char *words = keyboard ? NULL : side_call_strip_words (SIDE_CALL_STRIP (widget), x);

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

static void
side_call_strip_class_init (SideCallStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_call_strip_finalize;
  widget_class->measure = side_call_strip_measure;
  widget_class->snapshot = side_call_strip_snapshot;
  widget_class->query_tooltip = tooltip_cb;
  gtk_widget_class_set_css_name (widget_class, "callstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_call_strip_init (SideCallStrip *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was on the line up to now"), -1);
}

/**
 * side_call_strip_new:
 *
 * Returns: (transfer floating): a strip of no call yet
 */
GtkWidget *
side_call_strip_new (void)
{
  return g_object_new (SIDE_TYPE_CALL_STRIP, NULL);
}

/* What a screen reader says changes with another part of the call, not with its length. */
static void
tell_parts (SideCallStrip *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->call->segments->len == self->n_told)
    return;
  self->n_told = self->call->segments->len;
  for (guint i = 0; i < self->n_told; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            side_test_call_words_segment (((const SideTestSegment *) self->call->segments->pdata[i])->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
}

/**
 * side_call_strip_show:
 * @self: a strip
 * @call: (nullable): what it shows, as it is now; it is held, not copied
 */
void
side_call_strip_show (SideCallStrip      *self,
                      const SideTestCall *call)
{
  g_return_if_fail (SIDE_IS_CALL_STRIP (self));

  if (self->call != call)
    {
      g_clear_pointer (&self->call, side_test_call_unref);
      self->call = call != NULL ? side_test_call_ref ((SideTestCall *) call) : NULL;
      self->n_told = 0;
    }
  if (self->call != NULL)
    tell_parts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_call_strip_words:
 * @self: a strip
 * @x: a place in it, in pixels
 *
 * Returns: (transfer full) (nullable): what is there, how long, and how certain
 */
char *
side_call_strip_words (SideCallStrip *self,
                       double         x)
{
  gint64 at;

  g_return_val_if_fail (SIDE_IS_CALL_STRIP (self), NULL);

  if (self->call == NULL)
    return NULL;
  at = (gint64) (x / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1) * (double) length_of (self->call));
  for (guint i = 0; i < self->call->segments->len; i++)
    {
      const SideTestSegment *segment = self->call->segments->pdata[i];

      if (at >= segment->from_ms && at < segment->to_ms)
        return side_test_call_words_part (self->call, segment);
    }
  return NULL;
}
