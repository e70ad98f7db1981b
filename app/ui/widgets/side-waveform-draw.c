/* side-waveform-draw.c - the picture of a recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the top: one or two rows of mark labels, the operator's lane, the
 * customer's, room for answers, the ruler, the strips of side-waveform-strips.c.
 * All of that stands still while the sound plays and is kept as one render
 * node, the lanes in it as a texture, so that a frame costs a copy and a red line. The node is forgotten when anything it shows changes.
 *
 * Time runs from left to right in every language, as on every tape.
 */
#include "side-waveform-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"

#define BAR_PITCH      2.0
#define BAR_SHARE      0.7    /* of a column; the rest is the gap to the next */
#define HANDLE_RADIUS  5.0
#define MIN_LABEL      26.0
#define LABEL_PADDING  5.0
#define LABEL_GAP      2.0
#define MIN_TICK_GAP   72.0
#define MAX_GAIN       6.0
#define SMALL          0.82   /* of the widget's own text size */

typedef SideWaveformPalette Palette;

static GdkRGBA
rgba (const char *spec)
{
  GdkRGBA colour = { 0 };

  gdk_rgba_parse (&colour, spec);
  return colour;
}

/* Blue and purple of GNOME's palette: dark enough on white, light enough on
 * black; the rest follows the widget's own text colour. */
static Palette
get_palette (SideWaveform *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  gboolean dark = adw_style_manager_get_dark (manager);
  gboolean strong = adw_style_manager_get_high_contrast (manager);
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  Palette palette = {
    .operator = rgba (dark ? "#62a0ea" : "#1c71d8"),
    .customer = rgba (dark ? "#c061cb" : "#9141ac"),
    .playhead = rgba (dark ? "#f66151" : "#e01b24"),
  };

  gtk_style_context_get_color (context, &palette.text);
  if (!gtk_style_context_lookup_color (context, "accent_color", &palette.accent))
    palette.accent = palette.operator;
  if (!gtk_style_context_lookup_color (context, "window_bg_color", &palette.paper))
    palette.paper = rgba (dark ? "#242424" : "#fafafa");
  palette.paper.alpha = 0.75f;
  palette.both = palette.dim = palette.line = palette.text;
  palette.both.alpha *= 0.7f;
  palette.dim.alpha *= strong ? 1.0f : 0.6f;
  palette.line.alpha *= strong ? 0.6f : 0.14f;
  return palette;
}

static PangoLayout *
make_layout (SideWaveform *self,
             const char   *text,
             gboolean      bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (SMALL));
  if (bold)
    pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  /* Figures of one width, so that the ruler does not wobble. */
  pango_attr_list_insert (attrs, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attrs);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static void
append_layout (GtkSnapshot   *snapshot,
               PangoLayout   *layout,
               double         x,
               double         y,
               const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* side_waveform_text_height: Returns: the height of the small text, in pixels */
int
side_waveform_text_height (SideWaveform *self)
{
  g_autoptr (PangoLayout) layout = make_layout (self, "0:00", FALSE);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* side_waveform_ruler_step:
 * @span_ms: how much time is seen
 * @width: in how many pixels
 *
 * Returns: ms between two labels of the ruler, a step people count in, with
 *   at least 72 pixels between them */
gint64
side_waveform_ruler_step (gint64 span_ms,
                          double width)
{
  static const int seconds[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600 };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    if (seconds[i] * 1000.0 / (double) MAX (span_ms, 1) * width >= MIN_TICK_GAP)
      return (gint64) seconds[i] * 1000;
  return G_GINT64_CONSTANT (86400000);
}

/* Makes room for a label at @x in some row by shortening the one before it.
 * Returns the row, or -1. */
static int
find_row (SideWaveformMark *last[2],
          double            x)
{
  for (int row = 0; row < 2; row++)
    if (last[row] == NULL || last[row]->x + last[row]->width + LABEL_GAP <= x)
      return row;
  for (int row = 1; row >= 0; row--)
    if (x - last[row]->x - LABEL_GAP >= MIN_LABEL)
      {
        last[row]->width = x - last[row]->x - LABEL_GAP;
        return row;
      }
  return -1;
}

/* Decides where labels go. A label wants its text's width; it stops before the
 * next mark if that leaves it readable, else the next one goes a row lower;
 * where even that is full the mark is left without (the tooltip has it).
 * Returns how many rows are needed, at least 1. */
static guint
place_labels (SideWaveform *self,
              double        width)
{
  SideWaveformMark *last[2] = { NULL, NULL };
  guint n_rows = 1;

  for (guint i = 0; i < self->marks->len; i++)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);
      g_autoptr (PangoLayout) layout = make_layout (self, mark->label, TRUE);
      double x = CLAMP (side_waveform_x_of (self, mark->from_ms), 0, MAX (width - MIN_LABEL, 0));
      double next = width;
      int natural;
      int row;

      mark->width = 0;
      if (mark->to_ms < self->view_from_ms || mark->from_ms > self->view_to_ms)
        continue;
      row = find_row (last, x);
      if (row < 0)
        continue;
      if (i + 1 < self->marks->len)
        next = side_waveform_x_of (self, ((SideWaveformMark *) g_ptr_array_index (self->marks, i + 1))->from_ms);
      pango_layout_get_pixel_size (layout, &natural, NULL);
      mark->row = (guint) row;
      mark->x = x;
      mark->width = MIN (natural + 2 * LABEL_PADDING, width - x);
      if (next - x - LABEL_GAP >= 2 * MIN_LABEL)
        mark->width = MIN (mark->width, next - x - LABEL_GAP);
      last[row] = mark;
      n_rows = MAX (n_rows, mark->row + 1);
    }
  return n_rows;
}

static SideWaveformFrame
get_frame (SideWaveform *self,
           double        width,
           double        height)
{
  double text = side_waveform_text_height (self);
  guint n_rows = place_labels (self, width);
  SideWaveformFrame frame = {
    .width = width,
    .row_height = text + 4,
    .n_lanes = self->peaks != NULL ? MIN (side_peaks_get_n_channels (self->peaks), 2) : 2,
  };

  frame.top = n_rows * (frame.row_height + LABEL_GAP) + HANDLE_RADIUS;
  side_waveform_strips_place (self, &frame, height);
  frame.ruler = MAX (height - side_waveform_strips_height (self) - text - 4, frame.top + 2);
  frame.bottom = MAX (frame.ruler - side_waveform_answers_height (self), frame.top + 2);
  return frame;
}

/* How much the lanes are enlarged: telephone recordings use little of the
 * range. The same for both sides, so that they can be compared. */
static double
get_gain (SidePeaks *peaks)
{
  double loudest = 1;

  for (guint c = 0; c < side_peaks_get_n_channels (peaks); c++)
    {
      SidePeak all;

      side_peaks_query (peaks, c, 0, MAX (side_peaks_get_duration_ms (peaks), 1), 1, &all);
      loudest = MAX (loudest, MAX (-(double) all.min, (double) all.max));
    }
  return MIN (32768.0 / loudest, MAX_GAIN);
}

/* side_waveform_draw_lane:
 *
 * One lane into a cairo context whose origin is the lane's upper left corner:
 * peaks pale, the RMS within them full. Columns lie on a grid that moves with
 * the sound, so that nothing flickers while it is scrolled; none is shorter
 * than a cell of the peaks, so that magnified ones become blocks. */
void
side_waveform_draw_lane (SideWaveform  *self,
                         cairo_t       *cr,
                         guint          channel,
                         gint64         from_ms,
                         gint64         to_ms,
                         double         width,
                         double         height,
                         const GdkRGBA *colour)
{
  double per_ms = width / (double) MAX (to_ms - from_ms, 1);
  double step = MAX (BAR_PITCH / per_ms, SIDE_PEAKS_CELL_MS);
  double first = floor ((double) from_ms / step);
  guint n = (guint) MAX (ceil ((double) to_ms / step - first), 1);
  g_autofree SidePeak *columns = g_new (SidePeak, n);
  double middle = height / 2;
  double scale, bar = MAX (step * per_ms * BAR_SHARE, 1);

  if (self->gain <= 0)
    self->gain = get_gain (self->peaks);
  scale = self->gain / 32768.0 * (middle - 1);
  side_peaks_query (self->peaks, channel, (gint64) (first * step), (gint64) ceil ((first + n) * step), n, columns);
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * (pass == 0 ? 0.5 : 1.0));
      for (guint i = 0; i < n; i++)
        {
          double up = pass == 0 ? columns[i].max : columns[i].rms;
          double down = pass == 0 ? -(double) columns[i].min : columns[i].rms;

          up = CLAMP (up * scale, 0.5, middle);
          down = CLAMP (down * scale, 0.5, middle);
          cairo_rectangle (cr, ((first + i) * step - (double) from_ms) * per_ms, middle - up, bar, up + down);
        }
      cairo_fill (cr);
    }
}

static GdkTexture *
make_lanes (SideWaveform  *self,
            const Palette *palette)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double height = self->frame.bottom - self->frame.top;
  double lane = height / self->frame.n_lanes;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (self->frame.width) * scale,
                                        (int) ceil (height) * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  for (guint i = 0; i < self->frame.n_lanes; i++)
    {
      const GdkRGBA *colour = self->frame.n_lanes == 1 ? &palette->both
                                                       : i == 0 ? &palette->operator : &palette->customer;

      cairo_save (cr);
      cairo_translate (cr, 0, i * lane);
      side_waveform_draw_lane (self, cr, i, self->view_from_ms, self->view_to_ms, self->frame.width, lane, colour);
      cairo_restore (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface)
                         * (gsize) cairo_image_surface_get_height (surface));
  texture = gdk_memory_texture_new (cairo_image_surface_get_width (surface),
                                    cairo_image_surface_get_height (surface), GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return texture;
}

static void
append_bands (SideWaveform *self,
              GtkSnapshot  *snapshot)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);
      double from = side_waveform_x_of (self, mark->from_ms);
      double to = side_waveform_x_of (self, mark->to_ms);
      gboolean point = mark->to_ms <= mark->from_ms;
      GdkRGBA colour = mark->colour;

      if (to < 0 || from > self->frame.width)
        continue;
      colour.alpha *= point ? 0.8f : g_strcmp0 (mark->id, self->selected_mark) == 0 ? 0.3f : 0.16f;
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (MAX (from, 0), self->frame.top,
                                                      point ? 2 : MAX (MIN (to, self->frame.width) - MAX (from, 0), 2),
                                                      self->frame.bottom - self->frame.top));
    }
}

/* Black or white, whichever stands out from @on more (WCAG 2.1 luminance,
 * without its gamma, which does not change the order here). */
static GdkRGBA
readable_on (const GdkRGBA *on)
{
  double light = 0.2126 * on->red + 0.7152 * on->green + 0.0722 * on->blue;

  return rgba (light > 0.6 ? "#000000" : "#ffffff");
}

static void
append_labels (SideWaveform  *self,
               GtkSnapshot   *snapshot,
               const Palette *palette)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);
      double y = mark->row * (self->frame.row_height + LABEL_GAP);
      g_autoptr (PangoLayout) layout = NULL;
      GskRoundedRect chip;
      GdkRGBA solid = mark->colour;
      GdkRGBA text;

      if (mark->width <= 0)
        continue;
      solid.alpha = 1;
      text = readable_on (&solid);
      gsk_rounded_rect_init_from_rect (&chip, &GRAPHENE_RECT_INIT (mark->x, y, mark->width, self->frame.row_height), 4);
      gtk_snapshot_push_rounded_clip (snapshot, &chip);
      gtk_snapshot_append_color (snapshot, &solid, &chip.bounds);
      layout = make_layout (self, mark->label, TRUE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int) (MAX (mark->width - 2 * LABEL_PADDING, 1) * PANGO_SCALE));
      append_layout (snapshot, layout, mark->x + LABEL_PADDING, y + 2, &text);
      gtk_snapshot_pop (snapshot);
      if (g_strcmp0 (mark->id, self->selected_mark) == 0)
        gtk_snapshot_append_border (snapshot, &chip, (float[4]) { 2, 2, 2, 2 },
                                    (GdkRGBA[4]) { palette->text, palette->text, palette->text, palette->text });
    }
}

static void
append_ruler (SideWaveform  *self,
              GtkSnapshot   *snapshot,
              const Palette *palette)
{
  gint64 step = side_waveform_ruler_step (self->view_to_ms - self->view_from_ms, self->frame.width);
  gint64 first = (self->origin_ms + self->view_from_ms + step - 1) / step * step - self->origin_ms;   /* round by the clock */

  for (gint64 ms = first; ms <= self->view_to_ms; ms += step)
    {
      g_autofree char *text = side_text_duration (self->origin_ms + ms);
      g_autoptr (PangoLayout) layout = make_layout (self, text, FALSE);
      double x = side_waveform_x_of (self, ms);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      gtk_snapshot_append_color (snapshot, &palette->line, &GRAPHENE_RECT_INIT (x, self->frame.ruler, 1, 4));
      append_layout (snapshot, layout, CLAMP (x - width / 2.0, 0, MAX (self->frame.width - width, 0)),
                     self->frame.ruler + 4, &palette->dim);
    }
}

/* Whose lane it is, in words: colour alone would not tell everybody. */
static void
append_captions (SideWaveform  *self,
                 GtkSnapshot   *snapshot,
                 const Palette *palette)
{
  double lane = (self->frame.bottom - self->frame.top) / self->frame.n_lanes;

  for (guint i = 0; i < self->frame.n_lanes; i++)
    {
      const char *text = self->frame.n_lanes == 1 ? _("Both sides in one channel")
                                                  : self->names[i] != NULL ? self->names[i]
                                                  : i == 0 ? _("Operator") : _("Customer");
      const GdkRGBA *colour = self->frame.n_lanes == 1 ? &palette->text
                                                       : i == 0 ? &palette->operator : &palette->customer;
      g_autoptr (PangoLayout) layout = make_layout (self, text, FALSE);
      double y = self->frame.top + i * lane + 1;
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_append_color (snapshot, &palette->paper, &GRAPHENE_RECT_INIT (0, y, width + 6, height));
      append_layout (snapshot, layout, 3, y, colour);
    }
}

static void
make_still (SideWaveform  *self,
            const Palette *palette,
            int            width,
            int            height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double middle;

  self->frame = get_frame (self, width, height);
  middle = (self->frame.top + self->frame.bottom) / 2;
  append_bands (self, snapshot);
  if (self->peaks != NULL && self->view_to_ms > self->view_from_ms)
    {
      g_autoptr (GdkTexture) lanes = make_lanes (self, palette);
      int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

      gtk_snapshot_append_texture (snapshot, lanes,
                                   &GRAPHENE_RECT_INIT (0, self->frame.top,
                                                        gdk_texture_get_width (lanes) / (float) scale,
                                                        gdk_texture_get_height (lanes) / (float) scale));
      append_captions (self, snapshot, palette);
    }
  if (self->frame.n_lanes == 2)
    gtk_snapshot_append_color (snapshot, &palette->line, &GRAPHENE_RECT_INIT (0, middle - 0.5, width, 1));
  append_labels (self, snapshot, palette);
  append_ruler (self, snapshot, palette);
  side_waveform_strips_draw (self, snapshot, palette);
  self->still = gtk_snapshot_free_to_node (snapshot);
}

static void
append_selection (SideWaveform  *self,
                  GtkSnapshot   *snapshot,
                  const Palette *palette)
{
  double from = CLAMP (side_waveform_x_of (self, self->selected_from_ms), -1, self->frame.width + 1);
  double to = CLAMP (side_waveform_x_of (self, self->selected_to_ms), -1, self->frame.width + 1);
  GdkRGBA fill = palette->accent;

  fill.alpha = 0.22f;
  gtk_snapshot_append_color (snapshot, &fill,
                             &GRAPHENE_RECT_INIT (from, self->frame.top, to - from, self->frame.bottom - self->frame.top));
  gtk_snapshot_append_color (snapshot, &palette->accent,
                             &GRAPHENE_RECT_INIT (from, self->frame.top, 1, self->frame.bottom - self->frame.top));
  gtk_snapshot_append_color (snapshot, &palette->accent,
                             &GRAPHENE_RECT_INIT (to - 1, self->frame.top, 1, self->frame.bottom - self->frame.top));
}

static void
append_playhead (SideWaveform  *self,
                 GtkSnapshot   *snapshot,
                 const Palette *palette)
{
  double x = side_waveform_x_of (self, self->position_ms);
  GskRoundedRect handle;

  self->drawn_x = x;
  if (x < -1 || x > self->frame.width + 1)
    return;
  /* On whole pixels, or the line would be a pale smear three of them wide. */
  x = round (CLAMP (x, 1, self->frame.width - 1));
  gtk_snapshot_append_color (snapshot, &palette->playhead,
                             &GRAPHENE_RECT_INIT (x - 1, self->frame.top, 2, self->frame.bottom - self->frame.top));
  gsk_rounded_rect_init_from_rect (&handle,
                                   &GRAPHENE_RECT_INIT (x - HANDLE_RADIUS, self->frame.top - HANDLE_RADIUS,
                                                        2 * HANDLE_RADIUS, 2 * HANDLE_RADIUS), HANDLE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &handle);
  gtk_snapshot_append_color (snapshot, &palette->playhead, &handle.bounds);
  gtk_snapshot_pop (snapshot);
}

/* side_waveform_draw: the widget's snapshot() */
void
side_waveform_draw (SideWaveform *self,
                    GtkSnapshot  *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  Palette palette;

  if (width < 8 || height < 8)
    return;
  palette = get_palette (self);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->still == NULL)
    make_still (self, &palette, width, height);
  if (self->still != NULL)
    gtk_snapshot_append_node (snapshot, self->still);
  side_waveform_strips_draw_heard (self, snapshot, &palette);
  side_waveform_answers_draw (self, snapshot, &palette);
  if (self->has_selection)
    append_selection (self, snapshot, &palette);
  if (side_waveform_total_ms (self) > 0)
    append_playhead (self, snapshot, &palette);
  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    {
      GskRoundedRect ring;
      GdkRGBA colour = palette.accent;

      colour.alpha *= 0.6f;
      gsk_rounded_rect_init_from_rect (&ring, &GRAPHENE_RECT_INIT (0, 0, width, height), 6);
      gtk_snapshot_append_border (snapshot, &ring, (float[4]) { 2, 2, 2, 2 },
                                  (GdkRGBA[4]) { colour, colour, colour, colour });
    }
  gtk_snapshot_pop (snapshot);
}
