/* side-player-facts.c - what a player says about itself, and where it plays
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-player-private.h"

/**
 * side_player_set_output:
 * @self: a player
 * @id: (nullable): of a device that side_outputs_list_async() told; %NULL for
 *   the desktop's choice
 *
 * What is open goes on there. A device that is not there any more is no
 * failure: the desktop's choice takes its place.
 */
void
side_player_set_output (SidePlayer *self,
                        const char *id)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  if (g_strcmp0 (self->output, id) == 0)
    return;
  g_free (self->output);
  self->output = g_strdup (id);
  _side_player_reopen (self);
}

/**
 * side_player_get_output:
 * @self: a player
 *
 * Returns: (nullable) (transfer none): the device's id; %NULL for the desktop's choice
 */
const char *
side_player_get_output (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), NULL);
  return self->output;
}

/**
 * side_player_get_state:
 * @self: a player
 *
 * Returns: what it does
 */
SidePlayerState
side_player_get_state (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), SIDE_PLAYER_EMPTY);
  return self->state;
}

/**
 * side_player_get_error:
 * @self: a player
 *
 * Returns: (nullable) (transfer none): in FAILED, why; in other states,
 *   %SIDE_ERROR_UNSUPPORTED when it plays without being heard
 */
const GError *
side_player_get_error (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), NULL);
  return self->error;
}

/**
 * side_player_get_position_ms:
 * @self: a player
 *
 * Returns: where it is, in ms of the recording, whatever the rate
 */
gint64
side_player_get_position_ms (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), 0);
  return self->position_ms;
}

/**
 * side_player_get_duration_ms:
 * @self: a player
 *
 * Returns: how long the recording lasts at rate 1, in ms; 0 when none is open
 */
gint64
side_player_get_duration_ms (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), 0);
  return self->pipe != NULL ? self->pipe->duration_ms : 0;
}

/**
 * side_player_get_n_channels:
 * @self: a player
 *
 * Returns: 1 or 2; 0 when none is open
 */
guint
side_player_get_n_channels (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), 0);
  return self->pipe != NULL ? self->pipe->n_channels : 0;
}
