/* side-clock.c - where "now" comes from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A clock is a start instant, the monotonic time at which it was read, and a
 * speed. The system clock is re-read each time, because a day-long program
 * must follow an adjusted wall clock.
 */
#include "side-clock.h"

typedef enum { CLOCK_SYSTEM, CLOCK_MANUAL, CLOCK_SCALED } ClockKind;

struct _SideClock
{
  GObject   parent_instance;
  ClockKind kind;
  gint64    start_ms;      /* instant shown when started */
  gint64    started_us;    /* g_get_monotonic_time() then */
  gint64    offset_ms;     /* system clock: added by side_clock_shift_ms() */
  double    speed;
};

G_DEFINE_FINAL_TYPE (SideClock, side_clock, G_TYPE_OBJECT)

static void
side_clock_class_init (SideClockClass *klass)
{
}

static void
side_clock_init (SideClock *self)
{
  self->speed = 1.0;
}

/**
 * side_clock_new_system:
 *
 * Returns: (transfer full): a clock that shows the machine's time of day
 */
SideClock *
side_clock_new_system (void)
{
  return g_object_new (SIDE_TYPE_CLOCK, NULL);
}

/**
 * side_clock_new_manual:
 * @now_ms: what it shows until told otherwise, in ms since 1970 UTC
 *
 * Returns: (transfer full): a clock that moves only when set
 */
SideClock *
side_clock_new_manual (gint64 now_ms)
{
  SideClock *self = g_object_new (SIDE_TYPE_CLOCK, NULL);

  self->kind = CLOCK_MANUAL;
  self->start_ms = now_ms;
  return self;
}

/**
 * side_clock_new_scaled:
 * @start_ms: what it shows now, in ms since 1970 UTC
 * @speed: how many of its seconds pass in one of ours, above 0
 *
 * Returns: (transfer full): a clock that runs @speed times as fast
 */
SideClock *
side_clock_new_scaled (gint64 start_ms,
                       double speed)
{
  SideClock *self;

  g_return_val_if_fail (speed > 0, NULL);
  self = g_object_new (SIDE_TYPE_CLOCK, NULL);
  self->kind = CLOCK_SCALED;
  self->start_ms = start_ms;
  self->started_us = g_get_monotonic_time ();
  self->speed = speed;
  return self;
}

/**
 * side_clock_now_ms:
 * @self: a clock
 *
 * Returns: the instant it shows, in ms since 1970 UTC
 */
gint64
side_clock_now_ms (SideClock *self)
{
  g_return_val_if_fail (SIDE_IS_CLOCK (self), 0);

  switch (self->kind)
    {
    case CLOCK_MANUAL:
      return self->start_ms;
    case CLOCK_SCALED:
      return self->start_ms
             + (gint64) ((double) (g_get_monotonic_time () - self->started_us) / 1000.0 * self->speed);
    case CLOCK_SYSTEM:
    default:
      return g_get_real_time () / 1000 + self->offset_ms;
    }
}

/**
 * side_clock_set_ms:
 * @self: a manual clock
 * @now_ms: what it shows from now on
 */
void
side_clock_set_ms (SideClock *self,
                   gint64     now_ms)
{
  g_return_if_fail (SIDE_IS_CLOCK (self));
  g_return_if_fail (self->kind == CLOCK_MANUAL);
  self->start_ms = now_ms;
}

/**
 * side_clock_shift_ms:
 * @self: a clock
 * @by_ms: how much later it shows from now on; negative for earlier
 *
 * The app shifts its clock by the server's offset, so that a wait that ticks
 * on screen does not depend on the workstation's clock being right.
 */
void
side_clock_shift_ms (SideClock *self,
                     gint64     by_ms)
{
  g_return_if_fail (SIDE_IS_CLOCK (self));
  if (self->kind == CLOCK_SYSTEM)
    self->offset_ms += by_ms;
  else
    self->start_ms += by_ms;
}

/**
 * side_clock_get_speed:
 * @self: a clock
 *
 * Returns: how many of its seconds pass in one of ours; 1 unless scaled
 */
double
side_clock_get_speed (SideClock *self)
{
  g_return_val_if_fail (SIDE_IS_CLOCK (self), 1.0);
  return self->speed;
}
