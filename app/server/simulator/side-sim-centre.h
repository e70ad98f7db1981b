/* side-sim-centre.h - what a simulated call centre is made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shops, their queues with demand and habits of the callers, and operators
 * with skills and shifts. A plain description: SideSimRun brings it to life.
 * All texts of static lifetime or interned.
 */
#pragma once

#include "side-project.h"

G_BEGIN_DECLS

/**
 * SideSimTopic:
 * @name: what callers ask about
 * @weight: how often, beside the queue's other topics
 * @sells: whether such a call may end with an order
 */
typedef struct {
  const char *name;
  double      weight;
  gboolean    sells;
} SideSimTopic;

/**
 * SideSimProject:
 * @project: its contract; owned
 * @english: whether its people speak English, else Russian
 * @number_prefixes: (array zero-terminated=1): starts of callers' numbers
 * @number_digits: how many random digits follow
 * @caller_names: (array zero-terminated=1): names some callers show
 */
typedef struct {
  SideProject        *project;
  gboolean            english;
  const char *const  *number_prefixes;
  guint               number_digits;
  const char *const  *caller_names;
} SideSimProject;

/**
 * SideSimQueue:
 * @rate_per_s: constant arrivals a second; 0 for @calls_per_day by the shapes
 * @day_shape: (array fixed-size=24): weight of each local hour
 * @week_shape: (array fixed-size=7): factor of each weekday, Monday first
 * @talk_s: mean talk time
 * @talk_variation: standard deviation over mean of a lognormal talk time; 0
 *   for exponential
 * @patience_s: mean of the exponential patience; infinite for none
 * @ring_s: mean time until a phone is taken beyond 1 s; negative: at once
 * @ring_limit_s: a phone rings no longer
 * @time_limit_s: nobody waits longer; 0 for no limit
 * @early_ready: share of after-call works cut short by the operator
 * @hold_share: share of calls put on hold once
 * @blind_share: share passed on to the queue @blind_queue
 * @attended_share: share passed on to @attended_target after asking there
 * @order_share: share of the selling topics' calls that end with an order
 * @order_low, @order_high: worth of an order in major units
 * @callback_share: share of answered callers who want to be rung back
 * @key_share: share of the impatient who press a key for a call-back instead
 * @return_share: share of lost callers who try again
 */
typedef struct {
  const char         *id;
  guint               project;
  double              rate_per_s;
  double              calls_per_day;
  const double       *day_shape;
  const double       *week_shape;
  double              talk_s;
  double              talk_variation;
  double              patience_s;
  double              ring_s;
  double              ring_limit_s;
  double              time_limit_s;
  double              wrap_up_s;
  double              early_ready;
  double              hold_share;
  double              blind_share;
  double              attended_share;
  double              order_share;
  double              order_low;
  double              order_high;
  double              callback_share;
  double              key_share;
  double              return_share;
  int                 blind_queue;
  const char         *attended_target;
  const SideSimTopic *topics;
  guint               n_topics;
} SideSimQueue;

typedef struct {
  guint queue;
  int   penalty;
} SideSimSkill;

/**
 * SideSimOperator:
 * @names: Russian and English
 * @aliases: what clients see, Russian and English
 * @home: index of the project whose zone the shifts follow
 * @from_minute: of the local day; the shift may run past midnight
 * @length_minutes: of the shift; 0 for one who never leaves
 * @cycle: days of the shift's pattern
 * @days_on: works on so many of them
 * @phase: which day of the pattern the first day of the epoch is
 * @pace: talk and after-call times are so many times the queue's
 * @miss_share: share of rings not taken
 * @breaks: whether they take any
 */
typedef struct {
  const char *id;
  const char *names[2];
  const char *aliases[2];
  guint       home;
  guint       from_minute;
  guint       length_minutes;
  guint       cycle;
  guint       days_on;
  guint       phase;
  double      pace;
  double      miss_share;
  gboolean    breaks;
  gboolean    woman;
  GArray     *skills;      /* of SideSimSkill */
} SideSimOperator;

typedef struct {
  GArray *projects;        /* of SideSimProject */
  GArray *queues;          /* of SideSimQueue */
  GArray *operators;       /* of SideSimOperator */
} SideSimCentre;

SideSimCentre   *side_sim_centre_new          (void);
SideSimCentre   *side_sim_centre_new_demo     (void);
SideSimCentre   *side_sim_centre_new_steady   (double rate_per_s, double talk_s, double patience_s, guint operators);
void             side_sim_centre_free         (SideSimCentre *self);

guint            side_sim_centre_add_project  (SideSimCentre *self, SideProject *project, gboolean english);
guint            side_sim_centre_add_queue    (SideSimCentre *self, const SideSimQueue *queue);
guint            side_sim_centre_add_operator (SideSimCentre *self, const SideSimOperator *op);
void             side_sim_centre_add_skill    (SideSimCentre *self, guint op, guint queue, int penalty);

SideSimProject  *side_sim_centre_project      (const SideSimCentre *self, guint i);
SideSimQueue    *side_sim_centre_queue        (const SideSimCentre *self, guint i);
SideSimOperator *side_sim_centre_operator     (const SideSimCentre *self, guint i);
SideSimOperator *side_sim_centre_find_operator (const SideSimCentre *self, const char *id);
SideSimProject  *side_sim_centre_find_project (const SideSimCentre *self, const char *id);

double           side_sim_queue_rate          (const SideSimCentre *self, guint queue, guint64 seed, gint64 at_ms);
double           side_sim_queue_peak_rate     (const SideSimCentre *self, guint queue);

gint64           side_sim_zone_offset_ms      (GTimeZone *zone, gint64 at_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSimCentre, side_sim_centre_free)

G_END_DECLS
