/* side-player-volume.c - how loud each side is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A side's gain is its volume, or 0 while it is muted or the other one alone
 * is to be heard; the volume is kept for when it is heard again. Levelling
 * brings a side that is too quiet up. All but the levels outlive the file.
 */
#include "side-player-private.h"

#include <math.h>

/* More would make a line's noise as loud as a voice. */
#define MOST_DB 20.0

static const char *const volume_names[] = { "operator-volume", "customer-volume" };
static const char *const muted_names[] = { "operator-muted", "customer-muted" };
static const char *const solo_names[] = { "operator-solo", "customer-solo" };

static void
update_gain (SidePlayer *self,
             guint       side)
{
  gboolean out = self->muted[side] || (self->solo[!side] && !self->solo[side]);
  double level = self->levelling ? pow (10.0, self->level_db[side] / 20.0) : 1.0;

  side_gains_set (self->gains, self->turned ? !side : side, out ? 0 : (float) (self->volume[side] * level));
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

/**
 * side_player_set_solo:
 * @self: a player
 * @side: whose
 * @solo: whether it alone is heard; with both it is as with none
 */
void
side_player_set_solo (SidePlayer     *self,
                      SidePlayerSide  side,
                      gboolean        solo)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (side <= SIDE_PLAYER_CUSTOMER);

  solo = !!solo;
  if (self->solo[side] == solo)
    return;
  self->solo[side] = solo;
  update_gain (self, 0);
  update_gain (self, 1);
  g_object_notify (G_OBJECT (self), solo_names[side]);
}

/**
 * side_player_get_solo:
 * @self: a player
 * @side: whose
 *
 * Returns: whether that side alone is heard
 */
gboolean
side_player_get_solo (SidePlayer     *self,
                      SidePlayerSide  side)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (side <= SIDE_PLAYER_CUSTOMER, FALSE);
  return self->solo[side];
}

/**
 * side_player_set_levels:
 * @self: a player
 * @operator_db: what brings the operator's side to the common level, in dB
 * @customer_db: the same of the customer's
 *
 * Applied while levelling is on; clamped to -20..20 dB. A new file has 0 and 0
 * until its loudness is known.
 */
void
side_player_set_levels (SidePlayer *self,
                        double      operator_db,
                        double      customer_db)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (isfinite (operator_db) && isfinite (customer_db));

  self->level_db[0] = CLAMP (operator_db, -MOST_DB, MOST_DB);
  self->level_db[1] = CLAMP (customer_db, -MOST_DB, MOST_DB);
  update_gain (self, 0);
  update_gain (self, 1);
}

/**
 * side_player_set_turned:
 * @self: a player
 * @turned: whether the left channel is the customer's and the right one the
 *   operator's, as in recordings of test calls
 *
 * The sides keep their names, volumes and levels.
 */
void
side_player_set_turned (SidePlayer *self,
                        gboolean    turned)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  self->turned = !!turned;
  update_gain (self, 0);
  update_gain (self, 1);
}

/**
 * side_player_set_levelling:
 * @self: a player
 * @levelling: whether both sides are brought to one loudness
 */
void
side_player_set_levelling (SidePlayer *self,
                           gboolean    levelling)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  levelling = !!levelling;
  if (self->levelling == levelling)
    return;
  self->levelling = levelling;
  update_gain (self, 0);
  update_gain (self, 1);
  g_object_notify (G_OBJECT (self), "levelling");
}

/**
 * side_player_get_levelling:
 * @self: a player
 *
 * Returns: whether both sides are brought to one loudness
 */
gboolean
side_player_get_levelling (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), FALSE);
  return self->levelling;
}
