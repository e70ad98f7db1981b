/* side-waveform-answers.c - where the answers of a review are heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thin row between the lanes and the ruler, which leaves the lanes to the
 * notes: a fault is a bar as long as its span, or a dot, a full mark a ring.
 * That of the chosen question is drawn over the lanes too. The row is drawn
 * anew with each frame, so that an answer costs no new picture of the sound.
 */
#include "side-waveform-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-text.h"

#define ROW_HEIGHT 10.0
#define BAR_HEIGHT 5.0
#define DOT        6.0
#define GRAB       4.0    /* pixels around it that mean it too */
#define POINT_MS   1000   /* a point is here for so long */

/* side_waveform_answers_height: Returns: of the row, in pixels; 0 while there is none */
double
side_waveform_answers_height (SideWaveform *self)
{
  return self->has_answers ? ROW_HEIGHT : 0;
}

/* From where to where it is drawn. */
static void
get_extent (SideWaveform             *self,
            const SideWaveformAnswer *answer,
            double                   *from,
            double                   *to)
{
  *from = side_waveform_x_of (self, answer->from_ms);
  *to = side_waveform_x_of (self, answer->to_ms);
  if (*to - *from < DOT)
    {
      double middle = (*from + *to) / 2;

      *from = middle - DOT / 2;
      *to = middle + DOT / 2;
    }
}

static gboolean
is_at (SideWaveform             *self,
       const SideWaveformAnswer *answer,
       double                    x)
{
  double from, to;

  get_extent (self, answer, &from, &to);
  return x >= from - GRAB && x <= to + GRAB;
}

static gboolean
in_row (SideWaveform *self,
        double        y)
{
  return self->has_answers && y >= self->frame.bottom && y < self->frame.ruler + 2;
}

/* side_waveform_answer_at: Returns: (nullable): the answer at a point; the
 *   chosen one where there are several, else the shortest */
SideWaveformAnswer *
side_waveform_answer_at (SideWaveform *self,
                         double        x,
                         double        y)
{
  SideWaveformAnswer *found = NULL;

  for (guint i = 0; in_row (self, y) && i < self->answers->len; i++)
    {
      SideWaveformAnswer *answer = g_ptr_array_index (self->answers, i);

      if (!is_at (self, answer, x))
        continue;
      if (g_strcmp0 (answer->id, self->selected_answer) == 0)
        return answer;
      if (found == NULL || answer->to_ms - answer->from_ms < found->to_ms - found->from_ms)
        found = answer;
    }
  return found;
}

static char *
words_of (const SideWaveformAnswer *answer,
          gint64                    origin_ms)
{
  g_autofree char *from = side_text_duration (origin_ms + answer->from_ms);
  g_autofree char *to = side_text_duration (origin_ms + answer->to_ms);

  return answer->to_ms > answer->from_ms ? g_strdup_printf ("%s–%s  %s", from, to, answer->words)
                                         : g_strdup_printf ("%s  %s", from, answer->words);
}

/* side_waveform_answers_words: Returns: (transfer full) (nullable): all answers
 *   at a point, a line each */
char *
side_waveform_answers_words (SideWaveform *self,
                             double        x,
                             double        y)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; in_row (self, y) && i < self->answers->len; i++)
    {
      const SideWaveformAnswer *answer = g_ptr_array_index (self->answers, i);
      g_autofree char *words = is_at (self, answer, x) ? words_of (answer, self->origin_ms) : NULL;

      if (words != NULL)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", words);
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

static SideWaveformAnswer *
find_answer (SideWaveform *self,
             const char   *id)
{
  for (guint i = 0; id != NULL && i < self->answers->len; i++)
    {
      SideWaveformAnswer *answer = g_ptr_array_index (self->answers, i);

      if (g_str_equal (answer->id, id))
        return answer;
    }
  return NULL;
}

/* side_waveform_answers_here: Returns: (transfer full) (nullable): the chosen
 *   answer in words, while the player is at its place */
char *
side_waveform_answers_here (SideWaveform *self)
{
  const SideWaveformAnswer *answer = find_answer (self, self->selected_answer);

  if (answer == NULL || self->position_ms < answer->from_ms
      || self->position_ms > MAX (answer->to_ms, answer->from_ms + POINT_MS))
    return NULL;
  return words_of (answer, self->origin_ms);
}

/* side_waveform_answers_choose: what a click on it does */
void
side_waveform_answers_choose (SideWaveform       *self,
                              SideWaveformAnswer *answer)
{
  g_autofree char *id = g_strdup (answer->id);

  side_waveform_select_answer (self, id);
  g_signal_emit_by_name (self, "answer-activated", id);
}

/* ---- drawing ---- */

static GdkRGBA
colour_of (SideWaveform              *self,
           const SideWaveformAnswer  *answer,
           const SideWaveformPalette *palette)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
  GdkRGBA colour = palette->dim;

  if (answer->share >= 0 && answer->share < 1)
    gdk_rgba_parse (&colour, answer->share > 0 ? (dark ? "#e5a50a" : "#9a6a00") : (dark ? "#ff7b63" : "#c01c28"));
  return colour;
}

static void
append_answer (SideWaveform              *self,
               GtkSnapshot               *snapshot,
               const SideWaveformAnswer  *answer,
               const SideWaveformPalette *palette)
{
  GdkRGBA colour = colour_of (self, answer, palette);
  gboolean fault = answer->share >= 0 && answer->share < 1;
  gboolean chosen = g_strcmp0 (answer->id, self->selected_answer) == 0;
  double height, from, to;
  GskRoundedRect shape;

  get_extent (self, answer, &from, &to);
  if (to < 0 || from > self->frame.width)
    return;
  height = to - from <= DOT ? DOT : BAR_HEIGHT;
  if (chosen)
    height += 2;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (from, (self->frame.bottom + self->frame.ruler - height) / 2,
                                                                to - from, height), (float) height / 2);
  if (!fault)
    {
      if (chosen)
        colour = palette->text;
      gtk_snapshot_append_border (snapshot, &shape, (float[4]) { 1.5f, 1.5f, 1.5f, 1.5f },
                                  (GdkRGBA[4]) { colour, colour, colour, colour });
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  colour.alpha = chosen ? 1 : 0.75f;
  gtk_snapshot_append_color (snapshot, &colour, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

/* The chosen one, over the lanes: paler than any note, between two thin lines. */
static void
append_place (SideWaveform              *self,
              GtkSnapshot               *snapshot,
              const SideWaveformAnswer  *answer,
              const SideWaveformPalette *palette)
{
  double from = side_waveform_x_of (self, answer->from_ms), to = side_waveform_x_of (self, answer->to_ms);
  double height = self->frame.bottom - self->frame.top;
  GdkRGBA line = colour_of (self, answer, palette), fill = line;

  if (to < 0 || from > self->frame.width)
    return;
  line.alpha = 0.7f;
  fill.alpha = 0.08f;
  if (to > from)
    {
      gtk_snapshot_append_color (snapshot, &fill, &GRAPHENE_RECT_INIT (from, self->frame.top, to - from, height));
      gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (to - 1, self->frame.top, 1, height));
    }
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (from, self->frame.top, 1, height));
}

/* side_waveform_answers_draw: the row, and where the chosen one is */
void
side_waveform_answers_draw (SideWaveform              *self,
                            GtkSnapshot               *snapshot,
                            const SideWaveformPalette *palette)
{
  const SideWaveformAnswer *chosen = find_answer (self, self->selected_answer);

  if (!self->has_answers || side_waveform_total_ms (self) == 0)
    return;
  if (chosen != NULL)
    append_place (self, snapshot, chosen, palette);
  for (guint i = 0; i < self->answers->len; i++)
    if (g_ptr_array_index (self->answers, i) != chosen)
      append_answer (self, snapshot, g_ptr_array_index (self->answers, i), palette);
  if (chosen != NULL)
    append_answer (self, snapshot, chosen, palette);
}

/* ---- keys ---- */

/* To the one before or after the chosen one; without one, to that next to the position. */
static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);
  int step = g_variant_get_int32 (args), at = -1;
  SideWaveformAnswer *answer = find_answer (self, self->selected_answer);
  guint index = 0;

  if (self->answers->len == 0)
    return FALSE;
  if (answer != NULL && g_ptr_array_find (self->answers, answer, &index))
    at = (int) index + step;
  for (guint i = 0; answer == NULL && i < self->answers->len; i++)
    {
      gint64 from_ms = ((SideWaveformAnswer *) g_ptr_array_index (self->answers, i))->from_ms;

      if (step < 0 ? from_ms < self->position_ms : from_ms >= self->position_ms && at < 0)
        at = (int) i;
    }
  if (at < 0 || at >= (int) self->answers->len)
    {
      gtk_widget_error_bell (widget);
      return TRUE;
    }
  answer = g_ptr_array_index (self->answers, (guint) at);
  side_waveform_request_seek (self, answer->from_ms);
  side_waveform_select_answer (self, answer->id);
  return TRUE;
}

static gboolean
choose_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);
  SideWaveformAnswer *answer = find_answer (self, self->selected_answer);

  if (answer == NULL)
    return FALSE;
  side_waveform_answers_choose (self, answer);
  return TRUE;
}

/* side_waveform_answers_add_keys: for the class */
void
side_waveform_answers_add_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_Left, GDK_CONTROL_MASK, step_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Left, GDK_CONTROL_MASK, step_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Right, GDK_CONTROL_MASK, step_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Right, GDK_CONTROL_MASK, step_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, choose_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, choose_cb, NULL);
}

/* ---- what they are ---- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const SideWaveformAnswer *x = *(const SideWaveformAnswer *const *) a, *y = *(const SideWaveformAnswer *const *) b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/**
 * side_waveform_set_answers:
 * @self: a waveform
 * @answers: (array length=n_answers) (nullable): in any order; copied. %NULL
 *   leaves no room for any
 * @n_answers: how many
 */
void
side_waveform_set_answers (SideWaveform         *self,
                           const SideWaveAnswer *answers,
                           gsize                 n_answers)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));
  g_return_if_fail (answers != NULL || n_answers == 0);

  g_ptr_array_set_size (self->answers, 0);
  for (gsize i = 0; i < n_answers; i++)
    {
      SideWaveformAnswer *answer = g_new0 (SideWaveformAnswer, 1);

      answer->id = g_strdup (answers[i].id);
      answer->words = g_strdup (answers[i].words != NULL ? answers[i].words : "");
      answer->from_ms = answers[i].from_ms;
      answer->to_ms = MAX (answers[i].to_ms, answers[i].from_ms);
      answer->share = answers[i].share;
      g_ptr_array_add (self->answers, answer);
    }
  g_ptr_array_sort (self->answers, compare);
  side_waveform_describe (self);
  if (self->has_answers != (answers != NULL))
    {
      self->has_answers = answers != NULL;
      side_waveform_forget (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_waveform_select_answer:
 * @self: a waveform
 * @id: (nullable): the answer whose place is shown over the lanes; %NULL for none
 */
void
side_waveform_select_answer (SideWaveform *self,
                             const char   *id)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (g_strcmp0 (id, self->selected_answer) == 0)
    return;
  g_free (self->selected_answer);
  self->selected_answer = g_strdup (id);
  side_waveform_tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_waveform_get_selected_answer:
 * @self: a waveform
 *
 * Returns: (transfer none) (nullable): id of the answer whose place is shown
 */
const char *
side_waveform_get_selected_answer (SideWaveform *self)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), NULL);
  return self->selected_answer;
}
