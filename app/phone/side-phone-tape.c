/* side-phone-tape.c - both sides of a call on one time line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ring per side. The instants of successive packets waver by some
 * milliseconds, which would click at each seam: a piece that fits to within
 * NEAR goes right behind the last one, so that both sides stay that near to
 * the truth for ever.
 */
#include "side-phone-tape.h"

#include <string.h>

#define ROOM ((gint64) SIDE_PHONE_TAPE_S * SIDE_PHONE_RATE)
#define NEAR (SIDE_PHONE_RATE * 20 / 1000)

struct _SidePhoneTape
{
  GMutex  lock;
  gint16 *ring[2];
  gint64  next[2];     /* behind the last piece */
  guint64 lost[2];     /* samples that came too late or too early for the ring */
  gint64  taken;       /* all before it is off the tape */
};

static gint64
sample_at (gint64 ns)
{
  return (gint64) ((__int128) ns * SIDE_PHONE_RATE / 1000000000);
}

SidePhoneTape *
side_phone_tape_new (void)
{
  SidePhoneTape *self = g_new0 (SidePhoneTape, 1);

  g_mutex_init (&self->lock);
  for (guint i = 0; i < 2; i++)
    {
      self->ring[i] = g_new0 (gint16, ROOM);
      self->next[i] = G_MININT64 / 2;
    }
  return self;
}

void
side_phone_tape_free (SidePhoneTape *self)
{
  for (guint i = 0; i < 2; i++)
    g_free (self->ring[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* side_phone_tape_put:
 * @at_ns: when the first of them was on the wire, since the tape began
 * @samples: of SIDE_PHONE_RATE */
void
side_phone_tape_put (SidePhoneTape *self,
                     SidePhoneSide  side,
                     gint64         at_ns,
                     const gint16  *samples,
                     gsize          n)
{
  gint64 at = sample_at (at_ns);

  g_mutex_lock (&self->lock);
  if (ABS (at - self->next[side]) <= NEAR)
    at = self->next[side];
  self->next[side] = at + (gint64) n;
  for (gsize i = 0; i < n; i++)
    {
      gint64 where = at + (gint64) i;

      if (where < self->taken || where >= self->taken + ROOM)
        self->lost[side]++;
      else
        self->ring[side][where % ROOM] = samples[i];
    }
  g_mutex_unlock (&self->lock);
}

/* side_phone_tape_take:
 * @until_ns: what lies after it stays
 * @ours: (array length=max): filled
 * @theirs: (array length=max): filled
 *
 * Returns: how many samples of each side were taken off */
gsize
side_phone_tape_take (SidePhoneTape *self,
                      gint64         until_ns,
                      gint16        *ours,
                      gint16        *theirs,
                      gsize          max)
{
  gint64 until = sample_at (until_ns);
  gsize n;

  g_mutex_lock (&self->lock);
  n = (gsize) CLAMP (until - self->taken, 0, (gint64) max);
  for (gsize i = 0; i < n; i++)
    {
      gint64 where = (self->taken + (gint64) i) % ROOM;

      ours[i] = self->ring[SIDE_PHONE_OURS][where];
      theirs[i] = self->ring[SIDE_PHONE_THEIRS][where];
      self->ring[SIDE_PHONE_OURS][where] = 0;
      self->ring[SIDE_PHONE_THEIRS][where] = 0;
    }
  self->taken += (gint64) n;
  g_mutex_unlock (&self->lock);
  return n;
}

/* Returns: samples that found no place on the tape any more */
guint64
side_phone_tape_get_lost (SidePhoneTape *self,
                          SidePhoneSide  side)
{
  guint64 lost;

  g_mutex_lock (&self->lock);
  lost = self->lost[side];
  g_mutex_unlock (&self->lock);
  return lost;
}
