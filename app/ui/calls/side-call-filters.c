/* side-call-filters.c - the chips over the list of calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-call-filters.h"

#include <glib/gi18n.h>

#include "side-filter-chip.h"
#include "side-time.h"
#include "side-wrap-layout.h"

enum { CHIP_PERIOD, CHIP_QUEUE, CHIP_OPERATOR, CHIP_RESULT, CHIP_SCORE, CHIP_SOUND, N_CHIPS };

/* How a kept view names them; never changes. */
static const char *const chip_keys[] = { "period", "queue", "operator", "result", "score", "sound" };

#define NOISY_DB 15.0   /* below it, words are lost to the noise */

struct _SideCallFilters
{
  GtkWidget       parent_instance;
  GtkWidget      *box;
  SideFilterChip *chips[N_CHIPS];
  SideDesk       *desk;
  GCancellable   *cancellable;
  gint64          day_ms;      /* the day that "Today" stood for in the last query */
};

G_DEFINE_FINAL_TYPE (SideCallFilters, side_call_filters, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
chip_changed_cb (SideCallFilters *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
side_call_filters_dispose (GObject *object)
{
  SideCallFilters *self = SIDE_CALL_FILTERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_call_filters_parent_class)->dispose (object);
}

static void
side_call_filters_finalize (GObject *object)
{
  g_clear_object (&SIDE_CALL_FILTERS (object)->cancellable);
  G_OBJECT_CLASS (side_call_filters_parent_class)->finalize (object);
}

static void
side_call_filters_class_init (SideCallFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_call_filters_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_CALL_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
add_chips (SideCallFilters *self)
{
  static const struct { int chip; const char *id; const char *label; } choices[] = {
    { CHIP_PERIOD, "today", N_("Today") },           { CHIP_PERIOD, "yesterday", N_("Yesterday") },
    { CHIP_PERIOD, "week", N_("Last 7 days") },      { CHIP_PERIOD, "month", N_("Last 30 days") },
    { CHIP_RESULT, "answered", N_("Answered") },     { CHIP_RESULT, "lost", N_("Lost") },
    { CHIP_RESULT, "abandoned", N_("Abandoned") },   { CHIP_RESULT, "timed-out", N_("Timed out") },
    { CHIP_RESULT, "callback", N_("Call-back due") }, { CHIP_RESULT, "recorded", N_("With a recording") },
    { CHIP_SCORE, "any", N_("Scored") },             { CHIP_SCORE, "none", N_("Not scored") },
    { CHIP_SCORE, "good", N_("80 and more") },       { CHIP_SCORE, "fair", N_("60 to 79") },
    { CHIP_SCORE, "poor", N_("Below 60") },
    { CHIP_SOUND, "dead-air-4", N_("Dead air over 4 s") },
    { CHIP_SOUND, "dead-air-10", N_("Dead air over 10 s") },
    { CHIP_SOUND, "dead-air-30", N_("Dead air over 30 s") },
    { CHIP_SOUND, "talk-over-5", N_("Talk-over over 5 %") },
    { CHIP_SOUND, "talk-over-15", N_("Talk-over over 15 %") },
    { CHIP_SOUND, "monologue-60", N_("Monologue over 1 min") },
    { CHIP_SOUND, "latency-2", N_("Answers after 2 s and more") },
    { CHIP_SOUND, "noisy", N_("Operator’s line is noisy") },
    { CHIP_SOUND, "one-sided", N_("One side is silent") },
    { CHIP_SOUND, "unplayable", N_("Cannot be played") },
    { CHIP_SOUND, "analysed", N_("Analysed") },
    { CHIP_SOUND, "not-analysed", N_("Not analysed yet") },
  };
  static const char *const names[] = { N_("Period"), N_("Queue"), N_("Operator"), N_("Result"), N_("Score"), N_("Sound") };

  for (int i = 0; i < N_CHIPS; i++)
    {
      self->chips[i] = SIDE_FILTER_CHIP (side_filter_chip_new (_(names[i])));
      gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->chips[i]));
      g_signal_connect_object (self->chips[i], "changed", G_CALLBACK (chip_changed_cb), self, G_CONNECT_SWAPPED);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    side_filter_chip_add (self->chips[choices[i].chip], choices[i].id, _(choices[i].label));
}

static void
side_call_filters_init (SideCallFilters *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->box, side_wrap_layout_new (6));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_chips (self);
}

/**
 * side_call_filters_set_desk:
 * @self: filters, once
 * @desk: whose queues and operators are offered
 */
void
side_call_filters_set_desk (SideCallFilters *self,
                            SideDesk        *desk)
{
  g_return_if_fail (SIDE_IS_CALL_FILTERS (self));
  g_set_object (&self->desk, desk);
}

static void
set_bounds (SideCallFilters *self,
            SideCallQuery *query)
{
  const char *period = side_filter_chip_get_chosen (self->chips[CHIP_PERIOD]);
  const SideProject *project = side_desk_get_project (self->desk);
  gint64 now_ms = side_desk_get_now_ms (self->desk);

  if (period == NULL || project == NULL)
    return;
  self->day_ms = side_time_day_start (project->time_zone, now_ms);
  if (g_str_equal (period, "today"))
    query->from_ms = self->day_ms;
  else if (g_str_equal (period, "yesterday"))
    {
      query->from_ms = side_time_day_add (project->time_zone, now_ms, -1);
      query->to_ms = self->day_ms;
    }
  else if (g_str_equal (period, "week"))
    query->from_ms = side_time_day_add (project->time_zone, now_ms, -6);
  else if (g_str_equal (period, "month"))
    query->from_ms = side_time_day_add (project->time_zone, now_ms, -29);
}

static void
set_result (const char    *result,
            SideCallQuery *query)
{
  if (result == NULL)
    return;
  if (g_str_equal (result, "lost"))
    query->lost_only = TRUE;
  else if (g_str_equal (result, "callback"))
    query->callback = SIDE_CALL_MATCH_YES;
  else if (g_str_equal (result, "recorded"))
    query->recorded = SIDE_CALL_MATCH_YES;
  else
    query->outcomes = 1u << side_outcome_from_string (result);
}

static void
set_score (const char    *score,
           SideCallQuery *query)
{
  if (score == NULL)
    return;
  if (g_str_equal (score, "none"))
    query->scored = SIDE_CALL_MATCH_NO;
  else if (g_str_equal (score, "any"))
    query->scored = SIDE_CALL_MATCH_YES;
  else if (g_str_equal (score, "good"))
    query->min_score = 80;
  else if (g_str_equal (score, "fair"))
    {
      query->min_score = 60;
      query->max_score = 79.999;
    }
  else if (g_str_equal (score, "poor"))
    query->max_score = 59.999;
}

static void
set_sound (const char    *sound,
           SideCallQuery *query)
{
  static const struct { const char *id; SideSoundFigure figure; double over; } bounds[] = {
    { "dead-air-4", SIDE_SOUND_FIGURE_DEAD_AIR, 4001 },     { "dead-air-10", SIDE_SOUND_FIGURE_DEAD_AIR, 10001 },
    { "dead-air-30", SIDE_SOUND_FIGURE_DEAD_AIR, 30001 },   { "talk-over-5", SIDE_SOUND_FIGURE_TALK_OVER, 0.05001 },
    { "talk-over-15", SIDE_SOUND_FIGURE_TALK_OVER, 0.15001 },
    { "monologue-60", SIDE_SOUND_FIGURE_MONOLOGUE, 60001 }, { "latency-2", SIDE_SOUND_FIGURE_LATENCY, 2000 },
  };

  if (sound == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (g_str_equal (sound, bounds[i].id))
      query->min_sound[bounds[i].figure] = bounds[i].over;
  if (g_str_equal (sound, "noisy"))
    query->max_sound[SIDE_SOUND_FIGURE_SNR] = NOISY_DB - 0.001;
  else if (g_str_equal (sound, "one-sided"))
    query->one_sided = SIDE_CALL_MATCH_YES;
  else if (g_str_equal (sound, "unplayable"))
    query->unplayable = SIDE_CALL_MATCH_YES;
  else if (g_str_equal (sound, "analysed"))
    query->analysed = SIDE_CALL_MATCH_YES;
  else if (g_str_equal (sound, "not-analysed"))
    {
      query->recorded = SIDE_CALL_MATCH_YES;
      query->analysed = SIDE_CALL_MATCH_NO;
    }
}

/**
 * side_call_filters_make_query:
 * @self: filters with a desk
 *
 * Returns: (transfer full): which calls are wanted, without words and order
 */
SideCallQuery *
side_call_filters_make_query (SideCallFilters *self)
{
  SideCallQuery *query = side_call_query_new ();
  const char *queue = side_filter_chip_get_chosen (self->chips[CHIP_QUEUE]);
  const char *operator_id = side_filter_chip_get_chosen (self->chips[CHIP_OPERATOR]);

  query->project = g_strdup (side_desk_get_project_id (self->desk));
  set_bounds (self, query);
  set_result (side_filter_chip_get_chosen (self->chips[CHIP_RESULT]), query);
  set_score (side_filter_chip_get_chosen (self->chips[CHIP_SCORE]), query);
  set_sound (side_filter_chip_get_chosen (self->chips[CHIP_SOUND]), query);
  if (queue != NULL)
    query->queues = g_strdupv ((char *[]) { (char *) queue, NULL });
  if (operator_id != NULL)
    query->operators = g_strdupv ((char *[]) { (char *) operator_id, NULL });
  return query;
}

static void
groups_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCallFilters) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = side_store_group_calls_finish (SIDE_STORE (source), result, &error);
  SideFilterChip *chip;

  if (groups == NULL || self->desk == NULL)
    return;
  chip = self->chips[CHIP_OPERATOR];
  side_filter_chip_clear (chip);
  for (guint i = 0; i < groups->len; i++)
    {
      const SideCallGroup *group = g_ptr_array_index (groups, i);
      if (*group->id != '\0')
        side_filter_chip_add (chip, group->id, group->name);
    }
}

/**
 * side_call_filters_set_lasting:
 * @self: the filters
 * @lasting: whether only what stays as it is may be chosen: not scores, which
 *   later reviews give, nor sound, which each computer measures in its time
 */
void
side_call_filters_set_lasting (SideCallFilters *self,
                               gboolean         lasting)
{
  static const int passing[] = { CHIP_SCORE, CHIP_SOUND };

  g_return_if_fail (SIDE_IS_CALL_FILTERS (self));

  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      if (lasting)
        side_filter_chip_set_chosen (self->chips[passing[i]], NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->chips[passing[i]]), !lasting);
    }
}

/**
 * side_call_filters_refresh:
 * @self: filters with a desk
 *
 * Offers the queues and operators of the desk's project. An operator has calls
 * of their own alone, so there is none to choose.
 */
void
side_call_filters_refresh (SideCallFilters *self)
{
  const SideProject *project = side_desk_get_project (self->desk);
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (SideCallQuery) all = side_call_query_new ();

  side_filter_chip_clear (self->chips[CHIP_QUEUE]);
  for (guint i = 0; project != NULL && i < project->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (project->queues, i);
      side_filter_chip_add (self->chips[CHIP_QUEUE], queue->id, queue->name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips[CHIP_OPERATOR]), side_desk_get_role (self->desk) != SIDE_ROLE_OPERATOR);
  all->project = g_strdup (side_desk_get_project_id (self->desk));
  if (store != NULL)
    side_store_group_calls_async (store, all, SIDE_CALL_GROUP_OPERATOR, self->cancellable, groups_cb,
                                  g_object_ref (self));
}

/**
 * side_call_filters_words_empty:
 * @self: filters with a desk
 *
 * Returns: (transfer none): which calls are awaited, where there is none and
 *   nothing is filtered
 */
const char *
side_call_filters_words_empty (SideCallFilters *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_FILTERS (self), NULL);

  if (side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR)
    return _("Calls that you answered appear here. Past ones are fetched from the server meanwhile. "
             "What others said of them is under Reviews.");
  return _("Calls appear here as they come. Past ones are fetched from the server meanwhile.");
}

/**
 * side_call_filters_is_set:
 * @self: filters
 *
 * Returns: whether any call is left out
 */
gboolean
side_call_filters_is_set (SideCallFilters *self)
{
  for (int i = 0; i < N_CHIPS; i++)
    if (side_filter_chip_get_chosen (self->chips[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * side_call_filters_dup_words:
 * @self: filters
 *
 * Returns: (transfer full) (nullable): what is chosen beside period, queue and
 *   operator: "Answered, 80 and more"; %NULL for nothing
 */
char *
side_call_filters_dup_words (SideCallFilters *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (SIDE_IS_CALL_FILTERS (self), NULL);

  for (int i = CHIP_RESULT; i < N_CHIPS; i++)
    if (side_filter_chip_get_chosen (self->chips[i]) != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", side_filter_chip_get_words (self->chips[i]));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/**
 * side_call_filters_is_past:
 * @self: filters with a desk
 *
 * Returns: whether "Today" of the last query is over by now
 */
gboolean
side_call_filters_is_past (SideCallFilters *self)
{
  const SideProject *project = side_desk_get_project (self->desk);

  return side_filter_chip_get_chosen (self->chips[CHIP_PERIOD]) != NULL && project != NULL && self->day_ms != 0
         && side_time_day_start (project->time_zone, side_desk_get_now_ms (self->desk)) != self->day_ms;
}

/**
 * side_call_filters_clear:
 * @self: filters
 *
 * Removes them all; no signal is sent.
 */
void
side_call_filters_clear (SideCallFilters *self)
{
  for (int i = 0; i < N_CHIPS; i++)
    side_filter_chip_set_chosen (self->chips[i], NULL);
}

/**
 * side_call_filters_save:
 * @self: filters
 * @file: where they are written, group "view"
 */
void
side_call_filters_save (SideCallFilters *self,
                        GKeyFile        *file)
{
  for (int i = 0; i < N_CHIPS; i++)
    if (side_filter_chip_get_chosen (self->chips[i]) != NULL)
      g_key_file_set_string (file, "view", chip_keys[i], side_filter_chip_get_chosen (self->chips[i]));
}

/**
 * side_call_filters_restore:
 * @self: filters
 * @file: what side_call_filters_save() wrote, or an empty one
 */
void
side_call_filters_restore (SideCallFilters *self,
                           GKeyFile        *file)
{
  for (int i = 0; i < N_CHIPS; i++)
    {
      g_autofree char *chosen = g_key_file_get_string (file, "view", chip_keys[i], NULL);
      side_filter_chip_set_chosen (self->chips[i], chosen);
    }
}
