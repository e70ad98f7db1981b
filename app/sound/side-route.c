/* side-route.c - the way through a recording that is not straight
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-route.h"

struct _SideRoute
{
  gatomicrefcount ref_count;
  GMutex          lock;
  SideSpan        loop;    /* under lock; to_ms 0: none */
  GArray         *skips;   /* under lock; of SideSpan, in order, apart from each other */
};

SideRoute *
side_route_new (void)
{
  SideRoute *self = g_new0 (SideRoute, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->skips = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  return self;
}

SideRoute *
side_route_ref (SideRoute *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_route_unref (SideRoute *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->skips);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* @to_ms: 0 for no loop */
void
side_route_set_loop (SideRoute *self,
                     gint64     from_ms,
                     gint64     to_ms)
{
  g_mutex_lock (&self->lock);
  self->loop = (SideSpan) { from_ms, to_ms };
  g_mutex_unlock (&self->lock);
}

/* @spans: in order, apart from each other */
void
side_route_set_skips (SideRoute      *self,
                      const SideSpan *spans,
                      gsize           n_spans)
{
  g_mutex_lock (&self->lock);
  g_array_set_size (self->skips, 0);
  if (n_spans > 0)
    g_array_append_vals (self->skips, spans, (guint) n_spans);
  g_mutex_unlock (&self->lock);
}

static guint64
frame_of (gint64 ms,
          guint  rate)
{
  return (guint64) ms * rate / 1000;
}

/* The first span that ends after @frame. */
static const SideSpan *
next_skip (const SideRoute *self,
           guint64          frame,
           guint            rate)
{
  guint low = 0, high = self->skips->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (frame_of (g_array_index (self->skips, SideSpan, middle).to_ms, rate) <= frame)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->skips->len ? &g_array_index (self->skips, SideSpan, low) : NULL;
}

/* Where the sound that would come from @frame comes from.
 * @straight: (out): how many frames follow each other from there on
 *
 * A span to go round in is left by the person only: who jumps behind it plays on. */
guint64
side_route_follow (SideRoute *self,
                   guint64    frame,
                   guint      rate,
                   guint64   *straight)
{
  const SideSpan *skip;
  guint64 from, to;

  g_mutex_lock (&self->lock);
  from = frame_of (self->loop.from_ms, rate);
  to = frame_of (self->loop.to_ms, rate);
  *straight = G_MAXUINT64;
  if (to > from && frame == to)
    frame = from;
  skip = next_skip (self, frame, rate);
  if (skip != NULL && frame >= frame_of (skip->from_ms, rate))
    {
      guint64 behind = frame_of (skip->to_ms, rate);

      /* Silence at the end of the loop: round again, unless the loop is nothing else. */
      if (to > from && frame >= from && frame < to && behind >= to)
        behind = frame > from ? from : frame;
      if (behind != frame)
        {
          frame = behind;
          skip = next_skip (self, frame, rate);
        }
      else
        {
          skip = NULL;
        }
    }
  if (skip != NULL && frame < frame_of (skip->from_ms, rate))
    *straight = frame_of (skip->from_ms, rate) - frame;
  if (to > from && frame < to)
    *straight = MIN (*straight, to - frame);
  g_mutex_unlock (&self->lock);
  return frame;
}
