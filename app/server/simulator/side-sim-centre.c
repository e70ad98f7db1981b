/* side-sim-centre.c - what a simulated call centre is made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-sim-centre.h"

#include <math.h>

#include "side-random.h"
#include "side-time.h"

#define DAY_MS       (24 * SIDE_HOUR_MS)
/* One day is busier than the next by up to this much either way. */
#define DAY_VARIETY  0.12

static void
project_clear (gpointer data)
{
  SideSimProject *project = data;
  side_project_unref (project->project);
}

static void
operator_clear (gpointer data)
{
  SideSimOperator *op = data;
  g_array_unref (op->skills);
}

/**
 * side_sim_centre_new:
 *
 * Returns: (transfer full): a centre with nothing in it
 */
SideSimCentre *
side_sim_centre_new (void)
{
  SideSimCentre *self = g_new0 (SideSimCentre, 1);

  self->projects = g_array_new (FALSE, TRUE, sizeof (SideSimProject));
  self->queues = g_array_new (FALSE, TRUE, sizeof (SideSimQueue));
  self->operators = g_array_new (FALSE, TRUE, sizeof (SideSimOperator));
  g_array_set_clear_func (self->projects, project_clear);
  g_array_set_clear_func (self->operators, operator_clear);
  return self;
}

/**
 * side_sim_centre_free:
 * @self: (transfer full): a centre
 */
void
side_sim_centre_free (SideSimCentre *self)
{
  g_return_if_fail (self != NULL);
  g_array_unref (self->projects);
  g_array_unref (self->queues);
  g_array_unref (self->operators);
  g_free (self);
}

/**
 * side_sim_centre_add_project:
 * @self: a centre not running yet
 * @project: (transfer full): its contract
 * @english: whether its people speak English
 *
 * Returns: its index
 */
guint
side_sim_centre_add_project (SideSimCentre *self,
                             SideProject   *project,
                             gboolean       english)
{
  /* Numbers that belong to nobody: 555 in Russian mobile codes is fiction's,
   * the British ranges are those Ofcom keeps free for drama. */
  static const char *const russian_prefixes[] = { "7903555", "7916555", "7925555", "7985555", "7912555", NULL };
  static const char *const english_prefixes[] = {
    "447700900", "442079460", "441134960", "441144960", "441154960", "441164960", "441174960", "441184960",
    "441214960", "441314960", "441414960", "441514960", "441614960", "441914980", "441632960", NULL
  };
  static const char *const russian_names[] = {
    "Иван", "Мария", "Сергей П.", "Елена", "Алексей", "Наталья К.", "Дмитрий", "Светлана", "Пётр", "Юлия", NULL
  };
  static const char *const english_names[] = {
    "J Turner", "Mary Bell", "S Hughes", "Oliver", "P Ward", "Ruth", "G Foster", "Kate Hill", NULL
  };
  SideSimProject added = {
    .project = project,
    .english = english,
    .number_prefixes = english ? english_prefixes : russian_prefixes,
    .number_digits = english ? 3 : 4,
    .caller_names = english ? english_names : russian_names,
  };

  g_array_append_val (self->projects, added);
  return self->projects->len - 1;
}

/**
 * side_sim_centre_add_queue:
 * @self: a centre not running yet
 * @queue: copied
 *
 * Returns: its index
 */
guint
side_sim_centre_add_queue (SideSimCentre      *self,
                           const SideSimQueue *queue)
{
  g_return_val_if_fail (queue->project < self->projects->len, 0);
  g_array_append_vals (self->queues, queue, 1);
  return self->queues->len - 1;
}

/**
 * side_sim_centre_add_operator:
 * @self: a centre not running yet
 * @op: copied, but for its skills
 *
 * Returns: its index
 */
guint
side_sim_centre_add_operator (SideSimCentre         *self,
                              const SideSimOperator *op)
{
  SideSimOperator added = *op;

  added.skills = g_array_new (FALSE, FALSE, sizeof (SideSimSkill));
  g_array_append_val (self->operators, added);
  return self->operators->len - 1;
}

/**
 * side_sim_centre_add_skill:
 * @self: a centre not running yet
 * @op: index of an operator
 * @queue: index of a queue they serve
 * @penalty: 0 for their first queues, more for those they help out in
 */
void
side_sim_centre_add_skill (SideSimCentre *self,
                           guint          op,
                           guint          queue,
                           int            penalty)
{
  SideSimSkill skill = { queue, penalty };

  g_return_if_fail (op < self->operators->len && queue < self->queues->len);
  g_array_append_val (side_sim_centre_operator (self, op)->skills, skill);
}

SideSimProject *
side_sim_centre_project (const SideSimCentre *self,
                         guint                i)
{
  return &g_array_index (self->projects, SideSimProject, i);
}

SideSimQueue *
side_sim_centre_queue (const SideSimCentre *self,
                       guint                i)
{
  return &g_array_index (self->queues, SideSimQueue, i);
}

SideSimOperator *
side_sim_centre_operator (const SideSimCentre *self,
                          guint                i)
{
  return &g_array_index (self->operators, SideSimOperator, i);
}

/**
 * side_sim_centre_find_operator:
 * @self: a centre
 * @id: (nullable): an operator's id
 *
 * Returns: (nullable): the operator
 */
SideSimOperator *
side_sim_centre_find_operator (const SideSimCentre *self,
                               const char          *id)
{
  for (guint i = 0; i < self->operators->len; i++)
    if (g_strcmp0 (side_sim_centre_operator (self, i)->id, id) == 0)
      return side_sim_centre_operator (self, i);
  return NULL;
}

/**
 * side_sim_centre_find_project:
 * @self: a centre
 * @id: (nullable): a project's id
 *
 * Returns: (nullable): the project
 */
SideSimProject *
side_sim_centre_find_project (const SideSimCentre *self,
                              const char          *id)
{
  for (guint i = 0; i < self->projects->len; i++)
    if (g_strcmp0 (side_sim_centre_project (self, i)->project->id, id) == 0)
      return side_sim_centre_project (self, i);
  return NULL;
}

/**
 * side_sim_zone_offset_ms:
 * @zone: a time zone
 * @at_ms: an instant
 *
 * Returns: what is added to @at_ms to read the wall clock there
 */
gint64
side_sim_zone_offset_ms (GTimeZone *zone,
                         gint64     at_ms)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at_ms / 1000);
  return g_time_zone_get_offset (zone, interval) * SIDE_SECOND_MS;
}

/* The sum of the hours' weights makes a day. */
static double
mean_per_s (const SideSimQueue *queue)
{
  double sum = 0;

  for (guint i = 0; i < 24; i++)
    sum += queue->day_shape[i];
  return queue->calls_per_day / sum / 3600;
}

/**
 * side_sim_queue_rate:
 * @self: a centre
 * @queue: index of a queue
 * @seed: of the run; makes some days busier than others
 * @at_ms: an instant
 *
 * Demand between the middles of two hours goes over evenly from one to the other.
 *
 * Returns: calls a second expected at @at_ms
 */
double
side_sim_queue_rate (const SideSimCentre *self,
                     guint                queue,
                     guint64              seed,
                     gint64               at_ms)
{
  const SideSimQueue *q = side_sim_centre_queue (self, queue);
  SideRandom day_random;
  gint64 local;
  gint64 day;
  double hour;
  double share;
  int first;

  if (q->rate_per_s > 0)
    return q->rate_per_s;
  local = at_ms + side_sim_zone_offset_ms (side_sim_centre_project (self, q->project)->project->time_zone, at_ms);
  day = local / DAY_MS;
  hour = (double) (local % DAY_MS) / SIDE_HOUR_MS - 0.5;
  first = (int) floor (hour);
  share = hour - first;
  side_random_init (&day_random, seed ^ (guint64) day << 16 ^ q->project);
  /* 1970-01-01 was a Thursday. */
  return mean_per_s (q) * ((1 - share) * q->day_shape[(first + 24) % 24] + share * q->day_shape[(first + 25) % 24])
         * q->week_shape[(day + 3) % 7] * side_random_between (&day_random, 1 - DAY_VARIETY, 1 + DAY_VARIETY);
}

/**
 * side_sim_queue_peak_rate:
 * @self: a centre
 * @queue: index of a queue
 *
 * Returns: calls a second that side_sim_queue_rate() never exceeds
 */
double
side_sim_queue_peak_rate (const SideSimCentre *self,
                          guint                queue)
{
  const SideSimQueue *q = side_sim_centre_queue (self, queue);
  double day = 0;
  double week = 0;

  if (q->rate_per_s > 0)
    return q->rate_per_s;
  for (guint i = 0; i < 24; i++)
    day = MAX (day, q->day_shape[i]);
  for (guint i = 0; i < 7; i++)
    week = MAX (week, q->week_shape[i]);
  return mean_per_s (q) * day * week * (1 + DAY_VARIETY);
}

/**
 * side_sim_centre_new_steady:
 * @rate_per_s: arrivals a second
 * @talk_s: mean of the exponential talk time
 * @patience_s: mean of the exponential patience, may be infinite
 * @operators: how many
 *
 * One queue at a constant rate, served at once by operators who never rest:
 * the queue of the Erlang C and Erlang A formulas.
 *
 * Returns: (transfer full): the centre
 */
SideSimCentre *
side_sim_centre_new_steady (double rate_per_s,
                            double talk_s,
                            double patience_s,
                            guint  operators)
{
  SideSimCentre *self = side_sim_centre_new ();
  SideSimQueue queue = {
    .id = g_intern_static_string ("steady"),
    .rate_per_s = rate_per_s,
    .talk_s = talk_s,
    .patience_s = patience_s,
    .ring_s = -1,
    .blind_queue = -1,
  };
  SideProject *project = side_project_new ("steady", "Steady", "UTC", NULL);

  g_return_val_if_fail (rate_per_s > 0 && talk_s > 0 && patience_s > 0 && operators > 0, NULL);
  side_project_add_queue (project, "steady", NULL, 0);
  side_sim_centre_add_project (self, project, TRUE);
  side_sim_centre_add_queue (self, &queue);
  for (guint i = 0; i < operators; i++)
    {
      g_autofree char *name = g_strdup_printf ("operator-%u", i + 1);
      SideSimOperator op = { .id = g_intern_string (name), .pace = 1 };

      op.names[0] = op.names[1] = op.aliases[0] = op.aliases[1] = op.id;
      side_sim_centre_add_skill (self, side_sim_centre_add_operator (self, &op), 0, 0);
    }
  return self;
}
