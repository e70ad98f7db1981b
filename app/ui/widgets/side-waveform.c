/* side-waveform.c - a recording drawn: operator above, customer below
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown and where it is; side-waveform-private.h says who does the
 * rest. To a screen reader it is a slider
 * whose value is the position in words.
 */
#include "side-waveform-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"

#define MIN_VIEW_MS   2000
/* For how long the view does not follow the sound after somebody moved it. */
#define HANDS_OFF_US  (3 * G_USEC_PER_SEC)

enum { PROP_0, PROP_POSITION_MS, PROP_DURATION_MS, PROP_PEAKS, PROP_VIEW_FROM_MS, PROP_VIEW_TO_MS, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideWaveform, side_waveform, GTK_TYPE_WIDGET)

/* side_waveform_total_ms: Returns: how long the recording is; 0 unknown */
gint64
side_waveform_total_ms (SideWaveform *self)
{
  if (self->duration_ms > 0)
    return self->duration_ms;
  return self->peaks != NULL ? side_peaks_get_duration_ms (self->peaks) : 0;
}

/* side_waveform_x_of: Returns: where @ms is drawn; outside the widget when not in view */
double
side_waveform_x_of (SideWaveform *self,
                    gint64        ms)
{
  gint64 span = MAX (self->view_to_ms - self->view_from_ms, 1);

  return (double) (ms - self->view_from_ms) / (double) span * gtk_widget_get_width (GTK_WIDGET (self));
}

/* side_waveform_ms_at: Returns: the time drawn at @x, within the recording */
gint64
side_waveform_ms_at (SideWaveform *self,
                     double        x)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double ms = (double) self->view_from_ms + x / width * (double) (self->view_to_ms - self->view_from_ms);

  return CLAMP ((gint64) llround (ms), 0, side_waveform_total_ms (self));
}

/* side_waveform_forget: something the still picture shows has changed */
void
side_waveform_forget (SideWaveform *self)
{
  g_clear_pointer (&self->still, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* side_waveform_forget_all: as side_waveform_forget(), and the overview too */
void
side_waveform_forget_all (SideWaveform *self)
{
  g_clear_object (&self->overview);
  side_waveform_forget (self);
}

/* side_waveform_is_zoomed: Returns: whether only a part of the recording is seen */
gboolean
side_waveform_is_zoomed (SideWaveform *self)
{
  return self->view_to_ms - self->view_from_ms < side_waveform_total_ms (self);
}

static void
take_view (SideWaveform *self,
           gint64        from_ms,
           gint64        to_ms)
{
  if (self->view_from_ms == from_ms && self->view_to_ms == to_ms)
    return;
  self->view_from_ms = from_ms;
  self->view_to_ms = to_ms;
  side_waveform_forget (self);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW_FROM_MS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW_TO_MS]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit_by_name (self, "view-changed", from_ms, to_ms);
}

/**
 * side_waveform_set_view:
 * @self: a waveform
 * @from_ms: where the seen part begins
 * @span_ms: how long it is; not under 2 s, and all of it when that is shorter
 *
 * Shows a part of the recording, as far as there is as much.
 */
void
side_waveform_set_view (SideWaveform *self,
                        gint64        from_ms,
                        gint64        span_ms)
{
  gint64 total;

  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  total = side_waveform_total_ms (self);
  span_ms = CLAMP (span_ms, MIN (MIN_VIEW_MS, total), total);
  from_ms = CLAMP (from_ms, 0, total - span_ms);
  take_view (self, from_ms, from_ms + span_ms);
}

/* side_waveform_tell_value: tells screen readers where it is, and which answer was given there */
void
side_waveform_tell_value (SideWaveform *self)
{
  gint64 total = side_waveform_total_ms (self);
  g_autofree char *answer = side_waveform_answers_here (self);
  g_autofree char *at = side_text_duration (self->origin_ms + self->position_ms);
  g_autofree char *of = side_text_duration (self->origin_ms + total);
  /* Translators: the position in a recording and its length: "1:58 of 4:12" */
  g_autofree char *place = g_strdup_printf (_("%s of %s"), at, of);
  g_autofree char *text = answer != NULL ? g_strconcat (place, ". ", answer, NULL) : g_strdup (place);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) total / 1000,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) (self->position_ms / 1000),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

/* The length became known or changed: everything is seen again. */
static void
total_changed (SideWaveform *self)
{
  take_view (self, 0, side_waveform_total_ms (self));
  side_waveform_tell_value (self);
  side_waveform_forget_all (self);
}

static void
side_waveform_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  /* Large text takes its rows from nobody: the lanes keep their height. */
  SideWaveform *self = SIDE_WAVEFORM (widget);
  int more = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    more = 3 * side_waveform_text_height (self) + (int) side_waveform_strips_fixed_height (self);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 100 + more;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 500 : 152 + more;
}

static void
side_waveform_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  g_clear_pointer (&SIDE_WAVEFORM (widget)->still, gsk_render_node_unref);
  g_clear_object (&SIDE_WAVEFORM (widget)->overview);
}

static void
side_waveform_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  side_waveform_draw (SIDE_WAVEFORM (widget), snapshot);
}

static void
side_waveform_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (side_waveform_parent_class)->css_changed (widget, change);
  side_waveform_forget_all (SIDE_WAVEFORM (widget));
}

static void
side_waveform_state_flags_changed (GtkWidget     *widget,
                                   GtkStateFlags  previous)
{
  /* The focus ring. */
  gtk_widget_queue_draw (widget);
}

static void
mark_free (SideWaveformMark *mark)
{
  g_free (mark->id);
  g_free (mark->label);
  g_free (mark);
}

static void
answer_free (SideWaveformAnswer *answer)
{
  g_free (answer->id);
  g_free (answer->words);
  g_free (answer);
}

static void
side_waveform_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  SideWaveform *self = SIDE_WAVEFORM (object);

  switch (prop_id)
    {
    case PROP_POSITION_MS:
      g_value_set_int64 (value, self->position_ms);
      break;
    case PROP_DURATION_MS:
      g_value_set_int64 (value, self->duration_ms);
      break;
    case PROP_PEAKS:
      g_value_set_object (value, self->peaks);
      break;
    case PROP_VIEW_FROM_MS:
      g_value_set_int64 (value, self->view_from_ms);
      break;
    case PROP_VIEW_TO_MS:
      g_value_set_int64 (value, self->view_to_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_waveform_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  SideWaveform *self = SIDE_WAVEFORM (object);

  switch (prop_id)
    {
    case PROP_POSITION_MS:
      side_waveform_set_position (self, g_value_get_int64 (value));
      break;
    case PROP_DURATION_MS:
      side_waveform_set_duration (self, g_value_get_int64 (value));
      break;
    case PROP_PEAKS:
      side_waveform_set_peaks (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_waveform_dispose (GObject *object)
{
  SideWaveform *self = SIDE_WAVEFORM (object);

  side_waveform_edge_forget (self);
  g_clear_object (&self->peaks);
  g_clear_object (&self->overview);
  g_clear_pointer (&self->analysis, side_analysis_unref);
  g_clear_pointer (&self->still, gsk_render_node_unref);
  g_ptr_array_set_size (self->marks, 0);
  G_OBJECT_CLASS (side_waveform_parent_class)->dispose (object);
}

static void
side_waveform_finalize (GObject *object)
{
  SideWaveform *self = SIDE_WAVEFORM (object);

  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->answers);
  g_free (self->selected_answer);
  g_array_unref (self->heard);
  g_free (self->heard_words);
  g_free (self->selected_mark);
  g_free (self->names[0]);
  g_free (self->names[1]);
  G_OBJECT_CLASS (side_waveform_parent_class)->finalize (object);
}

static void
side_waveform_class_init (SideWaveformClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = side_waveform_get_property;
  object_class->set_property = side_waveform_set_property;
  object_class->dispose = side_waveform_dispose;
  object_class->finalize = side_waveform_finalize;
  widget_class->measure = side_waveform_measure;
  widget_class->size_allocate = side_waveform_size_allocate;
  widget_class->snapshot = side_waveform_snapshot;
  widget_class->css_changed = side_waveform_css_changed;
  widget_class->state_flags_changed = side_waveform_state_flags_changed;

  props[PROP_POSITION_MS] = g_param_spec_int64 ("position-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_DURATION_MS] = g_param_spec_int64 ("duration-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PEAKS] = g_param_spec_object ("peaks", NULL, NULL, SIDE_TYPE_PEAKS, flags);
  flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  props[PROP_VIEW_FROM_MS] = g_param_spec_int64 ("view-from-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_VIEW_TO_MS] = g_param_spec_int64 ("view-to-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_signal_new ("seek-requested", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("span-selected", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  g_signal_new ("selection-changed", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("mark-activated", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("answer-activated", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("mark-changed", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
  g_signal_new ("view-changed", SIDE_TYPE_WAVEFORM, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  side_waveform_add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "waveform");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
side_waveform_init (SideWaveform *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->drawn_x = -1;
  self->heard = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) mark_free);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (side_waveform_forget_all), NULL);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (side_waveform_forget_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (side_waveform_forget_all), self, G_CONNECT_SWAPPED);
  side_waveform_add_controllers (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recording"), -1);
  side_waveform_tell_value (self);
}

/**
 * side_waveform_new:
 *
 * Returns: (transfer floating): an empty waveform
 */
GtkWidget *
side_waveform_new (void)
{
  return g_object_new (SIDE_TYPE_WAVEFORM, NULL);
}

/**
 * side_waveform_set_peaks:
 * @self: a waveform
 * @peaks: (nullable): what to draw; %NULL for nothing yet
 */
void
side_waveform_set_peaks (SideWaveform *self,
                         SidePeaks    *peaks)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));
  g_return_if_fail (peaks == NULL || SIDE_IS_PEAKS (peaks));

  if (!g_set_object (&self->peaks, peaks))
    return;
  self->gain = 0;
  self->holding = FALSE;
  self->scrolled_us = 0;
  side_waveform_edge_finish (self);
  side_waveform_clear_selection (self);
  total_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PEAKS]);
}

/**
 * side_waveform_set_names:
 * @self: a waveform
 * @operator_name: (nullable): what stands at the upper lane; %NULL for "Operator"
 * @customer_name: (nullable): what stands at the lower one; %NULL for "Customer"
 */
void
side_waveform_set_names (SideWaveform *self,
                         const char   *operator_name,
                         const char   *customer_name)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  g_free (self->names[0]);
  g_free (self->names[1]);
  self->names[0] = g_strdup (operator_name);
  self->names[1] = g_strdup (customer_name);
  side_waveform_forget (self);
}

/**
 * side_waveform_set_origin:
 * @self: a waveform
 * @origin_ms: what the clock stands at where the recording begins; 0 usually
 *
 * Times are told by that clock; those of the functions here are of the recording.
 */
void
side_waveform_set_origin (SideWaveform *self,
                          gint64        origin_ms)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (self->origin_ms == origin_ms)
    return;
  self->origin_ms = origin_ms;
  side_waveform_tell_value (self);
  side_waveform_forget (self);
}

/**
 * side_waveform_get_peaks:
 * @self: a waveform
 *
 * Returns: (transfer none) (nullable): what is drawn
 */
SidePeaks *
side_waveform_get_peaks (SideWaveform *self)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), NULL);
  return self->peaks;
}

/**
 * side_waveform_set_position:
 * @self: a waveform
 * @position_ms: where the playhead is, in ms of the recording
 *
 * A magnified picture turns its page when the playhead leaves it, unless
 * somebody is looking elsewhere in it.
 */
void
side_waveform_set_position (SideWaveform *self,
                            gint64        position_ms)
{
  gint64 second = position_ms / 1000;

  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (self->position_ms == position_ms)
    return;
  self->position_ms = position_ms;
  if (side_waveform_is_zoomed (self) && (position_ms < self->view_from_ms || position_ms > self->view_to_ms)
      && self->drag == SIDE_WAVEFORM_IDLE
      && (self->scrolled_us == 0 || g_get_monotonic_time () - self->scrolled_us > HANDS_OFF_US))
    {
      gint64 span = self->view_to_ms - self->view_from_ms;

      side_waveform_set_view (self, position_ms - span / 20, span);
    }
  if (self->holding)
    {
      self->has_selection = position_ms != self->held_from_ms;
      self->selected_from_ms = MIN (self->held_from_ms, position_ms);
      self->selected_to_ms = MAX (self->held_from_ms, position_ms);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  /* Twenty times a second it moves by less than can be seen in a long call. */
  if (fabs (side_waveform_x_of (self, position_ms) - self->drawn_x) >= 0.5)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  /* Not twenty times a second. */
  if (second != self->told_second)
    {
      self->told_second = second;
      side_waveform_tell_value (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION_MS]);
}

/**
 * side_waveform_get_position:
 * @self: a waveform
 *
 * Returns: where the playhead is, in ms
 */
gint64
side_waveform_get_position (SideWaveform *self)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), 0);
  return self->position_ms;
}

/**
 * side_waveform_set_duration:
 * @self: a waveform
 * @duration_ms: how long the recording is, in ms; 0 takes that of the peaks
 */
void
side_waveform_set_duration (SideWaveform *self,
                            gint64        duration_ms)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (self->duration_ms == duration_ms)
    return;
  self->duration_ms = duration_ms;
  total_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION_MS]);
}

/**
 * side_waveform_get_duration:
 * @self: a waveform
 *
 * Returns: what was set, in ms
 */
gint64
side_waveform_get_duration (SideWaveform *self)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), 0);
  return self->duration_ms;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const SideWaveformMark *x = *(const SideWaveformMark *const *) a;
  const SideWaveformMark *y = *(const SideWaveformMark *const *) b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/**
 * side_waveform_set_marks:
 * @self: a waveform
 * @marks: (array length=n_marks) (nullable): the notes to show, in any order; copied
 * @n_marks: how many
 */
void
side_waveform_set_marks (SideWaveform       *self,
                         const SideWaveMark *marks,
                         gsize               n_marks)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));
  g_return_if_fail (marks != NULL || n_marks == 0);

  g_ptr_array_set_size (self->marks, 0);
  for (gsize i = 0; i < n_marks; i++)
    {
      SideWaveformMark *mark = g_new0 (SideWaveformMark, 1);

      mark->id = g_strdup (marks[i].id);
      mark->label = g_strdup (marks[i].label != NULL ? marks[i].label : "");
      mark->from_ms = marks[i].from_ms;
      mark->to_ms = MAX (marks[i].to_ms, marks[i].from_ms);
      mark->colour = marks[i].colour;
      mark->movable = marks[i].movable;
      g_ptr_array_add (self->marks, mark);
    }
  g_ptr_array_sort (self->marks, compare_marks);
  side_waveform_edge_reapply (self);
  side_waveform_forget (self);
}

/**
 * side_waveform_get_selection:
 * @self: a waveform
 * @from_ms: (out) (optional): where the dragged span starts
 * @to_ms: (out) (optional): where it ends
 *
 * Returns: whether a span is selected
 */
gboolean
side_waveform_get_selection (SideWaveform *self,
                             gint64       *from_ms,
                             gint64       *to_ms)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), FALSE);

  if (!self->has_selection)
    return FALSE;
  if (from_ms != NULL)
    *from_ms = self->selected_from_ms;
  if (to_ms != NULL)
    *to_ms = self->selected_to_ms;
  return TRUE;
}

/**
 * side_waveform_clear_selection:
 * @self: a waveform
 */
void
side_waveform_clear_selection (SideWaveform *self)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (!self->has_selection)
    return;
  self->has_selection = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "selection-changed");
}

/* side_waveform_find_mark: Returns: (nullable): the mark of that id */
SideWaveformMark *
side_waveform_find_mark (SideWaveform *self,
                         const char   *id)
{
  for (guint i = 0; i < self->marks->len && id != NULL; i++)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);

      if (g_strcmp0 (mark->id, id) == 0)
        return mark;
    }
  return NULL;
}

/**
 * side_waveform_select_mark:
 * @self: a waveform
 * @id: (nullable): the mark whose edges keys move from now on; %NULL for none
 */
void
side_waveform_select_mark (SideWaveform *self,
                           const char   *id)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (g_strcmp0 (self->selected_mark, id) == 0)
    return;
  side_waveform_edge_finish (self);
  g_free (self->selected_mark);
  self->selected_mark = g_strdup (id);
  side_waveform_forget (self);
  g_signal_emit_by_name (self, "selection-changed");
}

/**
 * side_waveform_get_selected_mark:
 * @self: a waveform
 *
 * Returns: (transfer none) (nullable): id of the selected mark
 */
const char *
side_waveform_get_selected_mark (SideWaveform *self)
{
  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), NULL);
  return self->selected_mark;
}
