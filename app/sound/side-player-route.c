/* side-player-route.c - what a player leaves out, goes round in, and was heard of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The route is followed by the source to the frame; what was heard is found
 * by looking at the position while it plays.
 */
#include "side-player-private.h"

/* Positions are looked at every 50 ms; a main loop that was busy looks later. */
#define HEARD_SLACK_MS 150

static void
follow (SidePlayer *self)
{
  g_autoptr (GArray) skips = g_array_new (FALSE, FALSE, sizeof (SideSpan));

  for (guint i = 0; self->skip_silence && i < self->silences->len; i++)
    {
      SideSpan span = g_array_index (self->silences, SideSpan, i);

      if (span.to_ms - span.from_ms < SIDE_PLAYER_SILENCE_MS)
        continue;
      span.from_ms += SIDE_PLAYER_BREATH_MS;
      span.to_ms -= SIDE_PLAYER_BREATH_MS;
      g_array_append_val (skips, span);
    }
  side_route_set_skips (self->route, (const SideSpan *) (gconstpointer) skips->data, skips->len);
  side_route_set_loop (self->route, self->loop.from_ms, self->loop.to_ms);
}

/**
 * side_player_set_loop:
 * @self: a player
 * @from_ms: where to go on from
 * @to_ms: where to go back; 0 for no loop
 *
 * Playing goes round in the span, without a gap and to the frame, for as long
 * as it is in it. A new file has no loop.
 */
void
side_player_set_loop (SidePlayer *self,
                      gint64      from_ms,
                      gint64      to_ms)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (to_ms == 0 || (from_ms >= 0 && to_ms > from_ms));

  if (to_ms == 0)
    from_ms = 0;
  if (self->loop.from_ms == from_ms && self->loop.to_ms == to_ms)
    return;
  self->loop = (SideSpan) { from_ms, to_ms };
  follow (self);
  g_object_notify (G_OBJECT (self), "looping");
}

/**
 * side_player_get_loop:
 * @self: a player
 * @from_ms: (out) (optional): where it begins
 * @to_ms: (out) (optional): where it ends
 *
 * Returns: whether there is a loop
 */
gboolean
side_player_get_loop (SidePlayer *self,
                      gint64     *from_ms,
                      gint64     *to_ms)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), FALSE);

  if (from_ms != NULL)
    *from_ms = self->loop.from_ms;
  if (to_ms != NULL)
    *to_ms = self->loop.to_ms;
  return self->loop.to_ms > 0;
}

/**
 * side_player_set_silences:
 * @self: a player
 * @spans: (array length=n_spans): where nobody speaks, in order, apart from each other
 * @n_spans: how many
 *
 * Known only after the recording was analysed; a new file has none.
 */
void
side_player_set_silences (SidePlayer     *self,
                          const SideSpan *spans,
                          gsize           n_spans)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  g_array_set_size (self->silences, 0);
  if (n_spans > 0)
    g_array_append_vals (self->silences, spans, (guint) n_spans);
  follow (self);
}

/**
 * side_player_set_skip_silence:
 * @self: a player
 * @skip: whether silences of %SIDE_PLAYER_SILENCE_MS and more are left out, but
 *   for %SIDE_PLAYER_BREATH_MS on either side
 */
void
side_player_set_skip_silence (SidePlayer *self,
                              gboolean    skip)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  skip = !!skip;
  if (self->skip_silence == skip)
    return;
  self->skip_silence = skip;
  follow (self);
  g_object_notify (G_OBJECT (self), "skip-silence");
}

/**
 * side_player_get_skip_silence:
 * @self: a player
 *
 * Returns: whether long silences are left out
 */
gboolean
side_player_get_skip_silence (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), FALSE);
  return self->skip_silence;
}

/**
 * side_player_set_resume_back:
 * @self: a player
 * @ms: how far to go back when playing goes on after a pause; 0 for not at all
 *
 * After a pause one has lost the thread. A seek in between says where to go on.
 */
void
side_player_set_resume_back (SidePlayer *self,
                             guint       ms)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  self->resume_back_ms = ms;
}

/* What was being heard goes no further: a pause, a seek, another rate. */
void
_side_player_break_heard (SidePlayer *self)
{
  self->heard_ms = -1;
}

/* The position was looked at while playing. A piece counts when the position
 * moved as far as the time that passed can have taken it; otherwise it jumped. */
void
_side_player_note_heard (SidePlayer *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 from_ms = self->heard_ms;
  gint64 farthest = (gint64) ((double) ((now_us - self->heard_us) / 1000 + HEARD_SLACK_MS) * self->rate);
  gboolean audible = self->pipe != NULL && self->pipe->silent_reason == NULL
                     && side_gains_are_audible (self->gains, self->pipe->n_channels);

  self->heard_ms = self->position_ms;
  self->heard_us = now_us;
  if (audible && from_ms >= 0 && self->position_ms > from_ms && self->position_ms - from_ms <= farthest)
    g_signal_emit_by_name (self, "heard", from_ms, self->position_ms, self->rate);
}
