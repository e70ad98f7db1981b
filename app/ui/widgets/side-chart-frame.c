/* side-chart-frame.c - where the parts of a chart stand, and its grid
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For charts whose parts (half-hours, weeks) are of one width and stand side by
 * side over a grid of lines with their values on the left.
 */
#include "side-chart-frame.h"

#include <math.h>

#define GAP      8       /* pixels between the grid and its words */
#define LINE     0.2f    /* opacities; the first is of the words' own */
#define CHOSEN   0.10f

/**
 * side_chart_frame_init:
 * @frame: (out caller-allocates): a frame
 * @chart: whose size and font
 * @room: around the plot
 * @n_parts: how many there is room for, at least 1
 */
void
side_chart_frame_init (SideChartFrame      *frame,
                       GtkWidget           *chart,
                       const SideChartRoom *room,
                       guint                n_parts)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (chart, "0");
  int line;

  pango_layout_get_pixel_size (layout, NULL, &line);
  frame->line = line;
  frame->left = round (room->left * line);
  frame->top = round (room->top * line);
  frame->width = MAX (gtk_widget_get_width (chart) - frame->left - round (room->right * line), 1);
  frame->height = MAX (gtk_widget_get_height (chart) - frame->top - round (room->bottom * line), 1);
  frame->step = frame->width / (double) MAX (n_parts, 1);
}

/**
 * side_chart_frame_part_x:
 * @frame: a frame
 * @part: number of a part, from 0
 *
 * Returns: its middle
 */
double
side_chart_frame_part_x (const SideChartFrame *frame,
                         guint                 part)
{
  return frame->left + ((double) part + 0.5) * frame->step;
}

/**
 * side_chart_frame_share_y:
 * @frame: a frame
 * @share: of the plot's height, from 0 at the foot to 1
 *
 * Returns: where that is
 */
double
side_chart_frame_share_y (const SideChartFrame *frame,
                          double                share)
{
  return frame->top + frame->height * (1.0 - share);
}

/**
 * side_chart_frame_find:
 * @frame: a frame
 * @x: a place
 * @n_parts: how many there are
 *
 * Returns: number of the part that is there; -1 for none
 */
int
side_chart_frame_find (const SideChartFrame *frame,
                       double                x,
                       guint                 n_parts)
{
  int part = (int) floor ((x - frame->left) / frame->step);

  return x >= frame->left && part < (int) n_parts ? part : -1;
}

/**
 * side_chart_look_up:
 * @chart: a widget
 * @name: a colour of the style
 * @colour: (out): it, or that of words where the style has none of that name
 */
void
side_chart_look_up (GtkWidget  *chart,
                    const char *name,
                    GdkRGBA    *colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (chart);

  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

/**
 * side_chart_draw_text:
 * @chart: a widget
 * @snapshot: what is drawn to
 * @text: a line of words
 * @x: where it is aligned
 * @y: its middle
 * @align: 0 to begin at @x, 0.5 to have its middle there, 1 to end there
 * @colour: of the words
 */
void
side_chart_draw_text (GtkWidget     *chart,
                      GtkSnapshot   *snapshot,
                      const char    *text,
                      double         x,
                      double         y,
                      double         align,
                      const GdkRGBA *colour)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (chart, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - width * align), (float) (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/**
 * side_chart_draw_line:
 * @chart: a widget
 * @snapshot: what is drawn to
 * @frame: its frame
 * @y: where a line of the grid is
 * @text: its value
 * @colour: of the words
 */
void
side_chart_draw_line (GtkWidget            *chart,
                      GtkSnapshot          *snapshot,
                      const SideChartFrame *frame,
                      double                y,
                      const char           *text,
                      const GdkRGBA        *colour)
{
  GdkRGBA line = { colour->red, colour->green, colour->blue, colour->alpha * LINE };

  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT ((float) frame->left, (float) y, (float) frame->width, 1));
  side_chart_draw_text (chart, snapshot, text, frame->left - GAP, y, 1.0, colour);
}

/**
 * side_chart_draw_chosen:
 * @snapshot: what is drawn to
 * @frame: a frame
 * @part: number of the part that is chosen; -1 for none
 * @colour: of the words
 */
void
side_chart_draw_chosen (GtkSnapshot          *snapshot,
                        const SideChartFrame *frame,
                        int                   part,
                        const GdkRGBA        *colour)
{
  GdkRGBA band = { colour->red, colour->green, colour->blue, CHOSEN };

  if (part < 0)
    return;
  gtk_snapshot_append_color (snapshot, &band,
                             &GRAPHENE_RECT_INIT ((float) (frame->left + part * frame->step), (float) frame->top,
                                                  (float) frame->step, (float) frame->height));
}
