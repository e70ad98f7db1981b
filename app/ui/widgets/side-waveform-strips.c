/* side-waveform-strips.c - what stands under the ruler of a waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the top: what was heard, the lanes of the analysis (who speaks, where
 * nobody does, where both do, tones and music), and, while only a part is
 * seen, the whole recording with that part in a frame. A strip is told by its
 * place and its tooltip, not by its colour alone; a screen reader gets the
 * sums in words.
 */
#include "side-waveform-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"
#include "side-sound-words.h"

#define HEARD_HEIGHT    5.0
#define ROW_HEIGHT      6.0
#define ROW_GAP         2.0
#define GAP             4.0
#define OVERVIEW_HEIGHT 22.0
#define GRAB            3.0    /* pixels around a thin strip that mean it too */
#define MIN_BAR         1.5

/* The rows of the analysis, from the top. */
typedef enum {
  ROW_OPERATOR,
  ROW_CUSTOMER,
  ROW_DEAD_AIR,
  ROW_TALK_OVER,
  ROW_TONES,
  ROW_SPEECH,          /* of a recording whose sides are not apart */
} Row;

static const Row rows_of_two[] = { ROW_OPERATOR, ROW_CUSTOMER, ROW_DEAD_AIR, ROW_TALK_OVER, ROW_TONES };
static const Row rows_of_one[] = { ROW_SPEECH, ROW_TONES };

static guint
get_rows (SideWaveform  *self,
          const Row    **rows)
{
  *rows = NULL;
  if (self->analysis == NULL)
    return 0;
  if (side_analysis_is_measured (self->analysis))
    {
      *rows = rows_of_two;
      return G_N_ELEMENTS (rows_of_two);
    }
  *rows = rows_of_one;
  return G_N_ELEMENTS (rows_of_one);
}

static const char *
row_name (Row row)
{
  switch (row)
    {
    case ROW_OPERATOR:
      return _("The operator speaks");
    case ROW_CUSTOMER:
      return _("The customer speaks");
    case ROW_DEAD_AIR:
      return _("Nobody speaks for over 4 s");
    case ROW_TALK_OVER:
      return _("Both speak at once");
    case ROW_TONES:
      return _("Tones and music");
    case ROW_SPEECH:
    default:
      return _("Speech; who speaks is not measurable");
    }
}

/* What a row holds at @i. Returns FALSE behind its last. */
static gboolean
get_span (SideWaveform  *self,
          Row            row,
          guint          i,
          SideSpan      *span,
          const char   **words)
{
  const SideConversation *conversation = &self->analysis->conversation;
  GArray *speech = NULL;

  *words = row_name (row);
  if (row == ROW_TALK_OVER)
    {
      const SideTalkOver *over;

      if (i >= conversation->talk_over->len)
        return FALSE;
      over = &g_array_index (conversation->talk_over, SideTalkOver, i);
      *span = (SideSpan) { over->from_ms, over->to_ms };
      *words = over->who == SIDE_CHANNEL_OPERATOR ? _("Both speak; the operator cut in")
               : over->who == SIDE_CHANNEL_CUSTOMER ? _("Both speak; the customer cut in") : row_name (row);
      return TRUE;
    }
  if (row == ROW_TONES)
    {
      const SideTone *tone;

      if (i >= self->analysis->tones->len)
        return FALSE;
      tone = &g_array_index (self->analysis->tones, SideTone, i);
      *span = (SideSpan) { tone->from_ms, tone->to_ms };
      *words = side_sound_words_tone (tone->kind);
      return TRUE;
    }
  if (row == ROW_DEAD_AIR)
    {
      speech = conversation->dead_air;
      *words = _("Nobody speaks");
    }
  else
    {
      guint channel = row == ROW_CUSTOMER ? SIDE_CHANNEL_CUSTOMER : SIDE_CHANNEL_OPERATOR;

      if (channel < self->analysis->sides->len)
        speech = side_analysis_get_side (self->analysis, channel)->speech;
    }
  if (speech == NULL || i >= speech->len)
    return FALSE;
  *span = g_array_index (speech, SideSpan, i);
  return TRUE;
}

static gboolean
has_heard (SideWaveform *self)
{
  return self->heard_words != NULL;
}

/* side_waveform_strips_fixed_height: Returns: how much room those take that do
 * not come and go with the zoom; nothing is to move while somebody zooms */
double
side_waveform_strips_fixed_height (SideWaveform *self)
{
  const Row *rows;
  guint n_rows = get_rows (self, &rows);
  double height = 0;

  if (has_heard (self))
    height += HEARD_HEIGHT + GAP;
  if (n_rows > 0)
    height += n_rows * (ROW_HEIGHT + ROW_GAP) + GAP;
  return height;
}

/* side_waveform_strips_height: Returns: how much room they take now */
double
side_waveform_strips_height (SideWaveform *self)
{
  return side_waveform_strips_fixed_height (self) + (side_waveform_is_zoomed (self) ? OVERVIEW_HEIGHT + GAP : 0);
}

/* side_waveform_strips_place: says where each is in a widget @height pixels high */
void
side_waveform_strips_place (SideWaveform      *self,
                            SideWaveformFrame *frame,
                            double             height)
{
  const Row *rows;
  guint n_rows = get_rows (self, &rows);
  double y = height - side_waveform_strips_height (self) + GAP;

  frame->heard = frame->speech = frame->overview = -1;
  if (has_heard (self))
    {
      frame->heard = y;
      y += HEARD_HEIGHT + GAP;
    }
  if (n_rows > 0)
    {
      frame->speech = y;
      y += n_rows * (ROW_HEIGHT + ROW_GAP) + GAP;
    }
  if (side_waveform_is_zoomed (self))
    frame->overview = y;
}

/* side_waveform_in_overview: Returns: whether @y is in the strip that shows everything */
gboolean
side_waveform_in_overview (SideWaveform *self,
                           double        y)
{
  return side_waveform_is_zoomed (self) && self->frame.overview >= 0
         && y >= self->frame.overview - GAP && y < self->frame.overview + OVERVIEW_HEIGHT + GAP;
}

static gboolean
place_bar (SideWaveform    *self,
           const SideSpan  *span,
           double           y,
           double           height,
           graphene_rect_t *bar)
{
  double from, to;

  if (span->to_ms < self->view_from_ms || span->from_ms > self->view_to_ms)
    return FALSE;
  from = MAX (side_waveform_x_of (self, span->from_ms), 0);
  to = MIN (side_waveform_x_of (self, span->to_ms), self->frame.width);
  graphene_rect_init (bar, (float) from, (float) y, (float) MAX (to - from, MIN_BAR), (float) height);
  return TRUE;
}

/* Dead air is hollow, talk-over is full, tones are a line in the middle, so
 * that they are apart without their colours. */
static void
append_row (SideWaveform              *self,
            GtkSnapshot               *snapshot,
            const SideWaveformPalette *palette,
            Row                        row,
            double                     y)
{
  GdkRGBA colour = row == ROW_OPERATOR ? palette->operator : row == ROW_CUSTOMER ? palette->customer : palette->text;
  GdkRGBA track = palette->text;
  const char *words;
  SideSpan span;

  track.alpha *= 0.06f;
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (0, y, self->frame.width, ROW_HEIGHT));
  for (guint i = 0; get_span (self, row, i, &span, &words); i++)
    {
      graphene_rect_t bar;
      GskRoundedRect outline;

      if (!place_bar (self, &span, y, ROW_HEIGHT, &bar))
        continue;
      switch (row)
        {
        case ROW_DEAD_AIR:
          gsk_rounded_rect_init_from_rect (&outline, &bar, 0);
          gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                                      (GdkRGBA[4]) { colour, colour, colour, colour });
          break;
        case ROW_TALK_OVER:
          gtk_snapshot_append_color (snapshot, &palette->playhead, &bar);
          break;
        case ROW_TONES:
          bar.origin.y += (float) ROW_HEIGHT / 2 - 1;
          bar.size.height = 2;
          gtk_snapshot_append_color (snapshot, &colour, &bar);
          break;
        case ROW_OPERATOR:
        case ROW_CUSTOMER:
        case ROW_SPEECH:
        default:
          gtk_snapshot_append_color (snapshot, &colour, &bar);
          break;
        }
    }
}

/* side_waveform_strips_draw_heard: it grows while it plays, so that it is no part of the still picture */
void
side_waveform_strips_draw_heard (SideWaveform              *self,
                                 GtkSnapshot               *snapshot,
                                 const SideWaveformPalette *palette)
{
  GdkRGBA dark = palette->text, pale = palette->text;

  if (self->frame.heard < 0)
    return;
  pale.alpha *= 0.12f;
  dark.alpha *= 0.6f;
  gtk_snapshot_append_color (snapshot, &pale,
                             &GRAPHENE_RECT_INIT (0, self->frame.heard, self->frame.width, HEARD_HEIGHT));
  for (guint i = 0; i < self->heard->len; i++)
    {
      const SideHeard *piece = &g_array_index (self->heard, SideHeard, i);
      SideSpan span = { piece->from_ms, piece->to_ms };
      graphene_rect_t bar;

      if (place_bar (self, &span, self->frame.heard, HEARD_HEIGHT, &bar))
        gtk_snapshot_append_color (snapshot, &dark, &bar);
    }
}

/* The whole recording small, once for each width and style. */
static void
make_overview (SideWaveform              *self,
               const SideWaveformPalette *palette)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (self->frame.width) * scale,
                                                         (int) OVERVIEW_HEIGHT * scale);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  for (guint i = 0; i < self->frame.n_lanes; i++)
    {
      const GdkRGBA *colour = self->frame.n_lanes == 1 ? &palette->both
                                                       : i == 0 ? &palette->operator : &palette->customer;

      cairo_save (cr);
      cairo_translate (cr, 0, i * OVERVIEW_HEIGHT / self->frame.n_lanes);
      side_waveform_draw_lane (self, cr, i, 0, side_waveform_total_ms (self), self->frame.width,
                               OVERVIEW_HEIGHT / self->frame.n_lanes, colour);
      cairo_restore (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       stride * (gsize) cairo_image_surface_get_height (surface));
  self->overview = gdk_memory_texture_new (cairo_image_surface_get_width (surface),
                                           cairo_image_surface_get_height (surface), GDK_MEMORY_DEFAULT, bytes, stride);
  cairo_surface_destroy (surface);
}

static void
append_overview (SideWaveform              *self,
                 GtkSnapshot               *snapshot,
                 const SideWaveformPalette *palette)
{
  double total = (double) MAX (side_waveform_total_ms (self), 1);
  double from = (double) self->view_from_ms / total * self->frame.width;
  double to = (double) self->view_to_ms / total * self->frame.width;
  double y = self->frame.overview;
  GdkRGBA veil = palette->paper;
  GskRoundedRect window;

  if (self->overview == NULL && self->peaks != NULL)
    make_overview (self, palette);
  if (self->overview != NULL)
    gtk_snapshot_append_texture (snapshot, self->overview,
                                 &GRAPHENE_RECT_INIT (0, y, ceil (self->frame.width), OVERVIEW_HEIGHT));
  gtk_snapshot_append_color (snapshot, &veil, &GRAPHENE_RECT_INIT (0, y, from, OVERVIEW_HEIGHT));
  gtk_snapshot_append_color (snapshot, &veil, &GRAPHENE_RECT_INIT (to, y, self->frame.width - to, OVERVIEW_HEIGHT));
  gsk_rounded_rect_init_from_rect (&window, &GRAPHENE_RECT_INIT (MIN (from, self->frame.width - 6), y,
                                                                 MAX (to - from, 6), OVERVIEW_HEIGHT), 3);
  gtk_snapshot_append_border (snapshot, &window, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { palette->accent, palette->accent, palette->accent, palette->accent });
}

/* side_waveform_strips_draw: all that stands still, into the still picture */
void
side_waveform_strips_draw (SideWaveform              *self,
                           GtkSnapshot               *snapshot,
                           const SideWaveformPalette *palette)
{
  const Row *rows;
  guint n_rows = get_rows (self, &rows);

  for (guint i = 0; i < n_rows; i++)
    append_row (self, snapshot, palette, rows[i], self->frame.speech + i * (ROW_HEIGHT + ROW_GAP));
  if (self->frame.overview >= 0)
    append_overview (self, snapshot, palette);
}

static char *
row_words (SideWaveform *self,
           Row           row,
           double        x)
{
  gint64 from = side_waveform_ms_at (self, x - GRAB), to = side_waveform_ms_at (self, x + GRAB);
  const char *words;
  SideSpan span;

  for (guint i = 0; get_span (self, row, i, &span, &words); i++)
    if (span.from_ms <= to && span.to_ms >= from)
      {
        g_autofree char *start = side_text_duration (self->origin_ms + span.from_ms);
        g_autofree char *length = g_strdup_printf ("%.1f", (double) (span.to_ms - span.from_ms) / 1000);

        /* Translators: what is heard, from when, for how many seconds: "Hold music, 1:20, 12.5 s" */
        return g_strdup_printf (_("%s, %s, %s s"), words, start, length);
      }
  return g_strdup (row_name (row));
}

/* side_waveform_strips_words: Returns: (transfer full) (nullable): what is at that point, in words */
char *
side_waveform_strips_words (SideWaveform *self,
                            double        x,
                            double        y)
{
  const Row *rows;
  guint n_rows = get_rows (self, &rows);

  if (self->frame.heard >= 0 && y >= self->frame.heard - GRAB && y < self->frame.heard + HEARD_HEIGHT + GRAB
      && has_heard (self))
    return g_strdup (self->heard_words);
  if (self->frame.speech >= 0 && y >= self->frame.speech)
    {
      guint i = (guint) ((y - self->frame.speech) / (ROW_HEIGHT + ROW_GAP));

      if (i < n_rows)
        return row_words (self, rows[i], x);
    }
  if (side_waveform_in_overview (self, y))
    return g_strdup (_("The whole recording; drag the frame to see another part"));
  return NULL;
}

/* side_waveform_describe: tells those who do not see it what the strips show, and the answers */
void
side_waveform_describe (SideWaveform *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->analysis != NULL && side_analysis_is_measured (self->analysis))
    {
      const SideConversation *conversation = &self->analysis->conversation;
      g_autofree char *operator_share = side_text_percent (conversation->talk_of_call[0], 0);
      g_autofree char *customer_share = side_text_percent (conversation->talk_of_call[1], 0);
      guint n = conversation->dead_air->len;

      g_string_append_printf (words, _("The operator speaks %s of the time, the customer %s."), operator_share,
                              customer_share);
      g_string_append_c (words, ' ');
      g_string_append_printf (words, ngettext ("%u pause of over 4 s.", "%u pauses of over 4 s.", n), n);
      n = conversation->talk_over->len;
      g_string_append_c (words, ' ');
      g_string_append_printf (words, ngettext ("Both speak at once %u time.", "Both speak at once %u times.", n), n);
    }
  if (self->heard_words != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", self->heard_words);
  if (self->answers->len > 0)
    {
      g_string_append (words, words->len > 0 ? " " : "");
      g_string_append_printf (words, ngettext ("%u answer of the review is marked.", "%u answers of the review are marked.",
                                               self->answers->len), self->answers->len);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
}

/**
 * side_waveform_set_analysis:
 * @self: a waveform
 * @analysis: (nullable): whose lanes are shown under the ruler; %NULL for none
 */
void
side_waveform_set_analysis (SideWaveform *self,
                            SideAnalysis *analysis)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (self->analysis == analysis)
    return;
  g_clear_pointer (&self->analysis, side_analysis_unref);
  self->analysis = analysis != NULL ? side_analysis_ref (analysis) : NULL;
  side_waveform_describe (self);
  side_waveform_forget (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * side_waveform_set_heard:
 * @self: a waveform
 * @spans: (array length=n_spans) (nullable): what was heard, apart from each other; copied
 * @n_spans: how many
 * @words: (nullable): the same in words, for the tooltip; %NULL hides the bar
 */
void
side_waveform_set_heard (SideWaveform    *self,
                         const SideHeard *spans,
                         gsize            n_spans,
                         const char      *words)
{
  gboolean shown;

  g_return_if_fail (SIDE_IS_WAVEFORM (self));
  g_return_if_fail (spans != NULL || n_spans == 0);

  shown = has_heard (self);
  g_array_set_size (self->heard, 0);
  if (n_spans > 0)
    g_array_append_vals (self->heard, spans, (guint) n_spans);
  g_free (self->heard_words);
  self->heard_words = g_strdup (words);
  side_waveform_describe (self);
  if (shown != has_heard (self))
    {
      side_waveform_forget (self);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
