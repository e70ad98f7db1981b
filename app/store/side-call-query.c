/* side-call-query.c - which calls to show, and in what order
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-call-query.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (SideCallQuery, side_call_query, side_call_query_copy, side_call_query_free)

/**
 * side_call_query_new:
 *
 * Returns: (transfer full): all calls, newest first
 */
SideCallQuery *
side_call_query_new (void)
{
  SideCallQuery *self = g_new0 (SideCallQuery, 1);

  self->min_score = -1.0;
  self->max_score = -1.0;
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    {
      self->min_sound[i] = -INFINITY;
      self->max_sound[i] = INFINITY;
    }
  self->sort = SIDE_CALL_SORT_TIME;
  self->descending = TRUE;
  return self;
}

/**
 * side_call_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): one of its own
 */
SideCallQuery *
side_call_query_copy (const SideCallQuery *self)
{
  SideCallQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->project = g_strdup (self->project);
  copy->queues = g_strdupv (self->queues);
  copy->operators = g_strdupv (self->operators);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * side_call_query_free:
 * @self: (transfer full): a query
 */
void
side_call_query_free (SideCallQuery *self)
{
  g_free (self->project);
  g_strfreev (self->queues);
  g_strfreev (self->operators);
  g_free (self->text);
  g_free (self);
}

/* NULL and an empty set are both "all". */
static gboolean
same_set (char **a,
          char **b)
{
  static char *none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none), (const char *const *) (b != NULL ? b : none));
}

static gboolean
same_text (const char *a,
           const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static gboolean
same_sound (const SideCallQuery *a,
            const SideCallQuery *b)
{
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    if (a->min_sound[i] != b->min_sound[i] || a->max_sound[i] != b->max_sound[i])
      return FALSE;
  return a->analysed == b->analysed && a->one_sided == b->one_sided && a->unplayable == b->unplayable;
}

static gboolean
same_conditions (const SideCallQuery *a,
                 const SideCallQuery *b)
{
  return g_strcmp0 (a->project, b->project) == 0
         && a->from_ms == b->from_ms && a->to_ms == b->to_ms
         && same_set (a->queues, b->queues) && same_set (a->operators, b->operators)
         && a->outcomes == b->outcomes && !a->lost_only == !b->lost_only
         && a->scored == b->scored
         && (a->min_score == b->min_score || (a->min_score < 0 && b->min_score < 0))
         && (a->max_score == b->max_score || (a->max_score < 0 && b->max_score < 0))
         && a->recorded == b->recorded && a->callback == b->callback && a->test == b->test
         && a->min_talk_ms == b->min_talk_ms && a->max_talk_ms == b->max_talk_ms
         && a->min_wait_ms == b->min_wait_ms && a->max_wait_ms == b->max_wait_ms
         && same_sound (a, b) && same_text (a->text, b->text);
}

/**
 * side_call_query_equal:
 * @a: a query
 * @b: a query
 *
 * Returns: whether they give the same list
 */
gboolean
side_call_query_equal (const SideCallQuery *a,
                       const SideCallQuery *b)
{
  return same_conditions (a, b) && a->sort == b->sort && !a->descending == !b->descending;
}

/**
 * side_call_query_is_narrowed:
 * @self: a query
 *
 * Returns: whether it leaves out any calls of its project
 */
gboolean
side_call_query_is_narrowed (const SideCallQuery *self)
{
  g_autoptr (SideCallQuery) all = side_call_query_new ();

  all->project = g_strdup (self->project);
  return !same_conditions (self, all);
}

/**
 * side_call_query_get_figure:
 * @self: a query
 * @figure: (out): the figure of the sound that it sorts by, or else the first
 *   one that it leaves calls out by
 *
 * Returns: whether there is one
 */
gboolean
side_call_query_get_figure (const SideCallQuery *self,
                            SideSoundFigure     *figure)
{
  guint found = SIDE_SOUND_N_FIGURES;

  if (self->sort >= SIDE_CALL_SORT_SOUND)
    found = (guint) self->sort - SIDE_CALL_SORT_SOUND;
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES && found == SIDE_SOUND_N_FIGURES; i++)
    if (isfinite (self->min_sound[i]) || isfinite (self->max_sound[i]))
      found = i;
  if (found >= SIDE_SOUND_N_FIGURES)
    return FALSE;
  *figure = (SideSoundFigure) found;
  return TRUE;
}
