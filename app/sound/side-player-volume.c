/* side-player-volume.c - how loud each side is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A side's gain is its volume, or 0 while it is muted; the volume is kept for
 * when it is heard again. Both outlive the file that is open.
 */
#include "side-player-private.h"

static const char *const volume_names[] = { "operator-volume", "customer-volume" };
static const char *const muted_names[] = { "operator-muted", "customer-muted" };

static void
update_gain (SidePlayer *self,
             guint       side)
{
  side_gains_set (self->gains, side, self->muted[side] ? 0 : (float) self->volume[side]);
}

/**
 * side_player_set_volume:
 * @self: a player
 * @side: whose
 * @volume: linear amplitude, clamped to 0..1
 */
void
side_player_set_volume (SidePlayer     *self,
                        SidePlayerSide  side,
                        double          volume)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (side <= SIDE_PLAYER_CUSTOMER);

  volume = CLAMP (volume, 0, 1);
  if (self->volume[side] == volume)
    return;
  self->volume[side] = volume;
  update_gain (self, side);
  g_object_notify (G_OBJECT (self), volume_names[side]);
}

/**
 * side_player_get_volume:
 * @self: a player
 * @side: whose
 *
 * Returns: linear amplitude, 0..1, whether muted or not
 */
double
side_player_get_volume (SidePlayer     *self,
                        SidePlayerSide  side)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), 0);
  g_return_val_if_fail (side <= SIDE_PLAYER_CUSTOMER, 0);
  return self->volume[side];
}

/**
 * side_player_set_muted:
 * @self: a player
 * @side: whose
 * @muted: whether that side is silent
 */
void
side_player_set_muted (SidePlayer     *self,
                       SidePlayerSide  side,
                       gboolean        muted)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (side <= SIDE_PLAYER_CUSTOMER);

  muted = !!muted;
  if (self->muted[side] == muted)
    return;
  self->muted[side] = muted;
  update_gain (self, side);
  g_object_notify (G_OBJECT (self), muted_names[side]);
}

/**
 * side_player_get_muted:
 * @self: a player
 * @side: whose
 *
 * Returns: whether that side is silent
 */
gboolean
side_player_get_muted (SidePlayer     *self,
                       SidePlayerSide  side)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (side <= SIDE_PLAYER_CUSTOMER, FALSE);
  return self->muted[side];
}
