/* side-desk-ask.c - what pages ask a desk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain reads of a desk's state; the state itself is changed in side-desk.c.
 */
#include "side-desk-private.h"

/**
 * side_desk_get_server:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the server it is at
 */
const SideServer *
side_desk_get_server (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->server;
}

/**
 * side_desk_get_link:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the client of the server
 */
SideLink *
side_desk_get_link (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->link;
}

/**
 * side_desk_get_store:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what lies on this computer; %NULL when
 *   it could not be opened, see side_desk_get_store_error()
 */
SideStore *
side_desk_get_store (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->store;
}

/**
 * side_desk_get_librarian:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): who fetches and listens to recordings
 *   in the background; %NULL without a store
 */
SideLibrarian *
side_desk_get_librarian (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->librarian;
}

/**
 * side_desk_get_clock:
 * @self: a desk
 *
 * Returns: (transfer none): a clock that shows the server's time
 */
SideClock *
side_desk_get_clock (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->clock;
}

/**
 * side_desk_get_board:
 * @self: a desk
 *
 * Returns: (transfer none): the picture; a new object after each reconnection
 */
SideBoard *
side_desk_get_board (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->board;
}

/**
 * side_desk_get_session:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): who is signed in and what for
 */
SideSession *
side_desk_get_session (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->session;
}

/**
 * side_desk_get_user:
 * @self: a desk
 *
 * Returns: (transfer none): the user's name, "" before it is known
 */
const char *
side_desk_get_user (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), "");
  return self->session != NULL && self->session->user != NULL ? self->session->user : "";
}

/**
 * side_desk_get_role:
 * @self: a desk
 *
 * Returns: what the user is
 */
SideRole
side_desk_get_role (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), SIDE_ROLE_NONE);
  return self->session != NULL ? self->session->role : SIDE_ROLE_NONE;
}

/**
 * side_desk_get_state:
 * @self: a desk
 *
 * Returns: how it stands with the server
 */
SideDeskState
side_desk_get_state (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), SIDE_DESK_CLOSED);
  return self->state;
}

/**
 * side_desk_get_reason:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): why it is not live
 */
const GError *
side_desk_get_reason (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->reason;
}

/**
 * side_desk_get_store_error:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what is wrong with the stored calls
 */
const GError *
side_desk_get_store_error (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->store_error;
}

/**
 * side_desk_get_retry_at_ms:
 * @self: a desk
 *
 * Returns: when the connection is tried again, by the desk's clock; 0 if it is not
 */
gint64
side_desk_get_retry_at_ms (SideDesk *self)
{
  gint64 at_ms;

  g_return_val_if_fail (SIDE_IS_DESK (self), 0);
  at_ms = self->link != NULL ? side_link_get_retry_at_ms (self->link) : 0;
  return at_ms != 0 ? at_ms + self->offset_ms : 0;
}

/**
 * side_desk_get_behind_ms:
 * @self: a desk
 *
 * Returns: how old the last event was when it came, from the PBX to this
 *   computer; -1 when none came yet
 */
gint64
side_desk_get_behind_ms (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), -1);
  return self->behind_ms;
}

/**
 * side_desk_get_as_of_ms:
 * @self: a desk
 *
 * Returns: the instant a stale picture is of; 0 when it is of none
 */
gint64
side_desk_get_as_of_ms (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), 0);
  return self->as_of_ms;
}

/**
 * side_desk_get_now_ms:
 * @self: a desk
 *
 * Returns: the instant to draw the board for: now, or, while it is stale, the
 *   instant it was last true: seconds of an old picture do not run on
 */
gint64
side_desk_get_now_ms (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), 0);
  return self->stale && self->as_of_ms != 0 ? self->as_of_ms : side_clock_now_ms (self->clock);
}

/**
 * side_desk_get_write_ms:
 * @self: a desk
 *
 * Returns: the present instant, by the server's clock as far as it is known:
 *   what people write bears it, however old the picture is that they look at
 */
gint64
side_desk_get_write_ms (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), 0);
  return side_clock_now_ms (self->clock);
}

/**
 * side_desk_is_stored_only:
 * @self: a desk
 *
 * Returns: whether it shows what is stored and has no connection to wait for
 */
gboolean
side_desk_is_stored_only (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), FALSE);
  return self->stored_only;
}

/**
 * side_desk_judge_calls:
 * @self: a desk
 * @from_ms: when a period begins that lasts until now; 0 for all time
 *
 * Returns: whether all calls that the server has of it are on this computer
 */
SideDeskCalls
side_desk_judge_calls (SideDesk *self,
                       gint64    from_ms)
{
  gint64 known_ms;

  g_return_val_if_fail (SIDE_IS_DESK (self), SIDE_DESK_CALLS_OFFLINE);

  if (self->sync == NULL || self->state != SIDE_DESK_LIVE)
    return SIDE_DESK_CALLS_OFFLINE;
  known_ms = side_sync_get_known_from_ms (self->sync);
  if (known_ms == G_MAXINT64)
    return SIDE_DESK_CALLS_COMING;
  return from_ms < known_ms ? SIDE_DESK_CALLS_NOT_KEPT : SIDE_DESK_CALLS_ALL;
}

/**
 * side_desk_is_incomplete:
 * @self: a desk
 *
 * Returns: whether this computer is at its first meeting with the server, and
 *   not all calls or documents have come: then what is not here says nothing
 */
gboolean
side_desk_is_incomplete (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), FALSE);
  return self->sync != NULL && side_sync_is_incomplete (self->sync);
}

/**
 * side_desk_is_stale:
 * @self: a desk
 *
 * Returns: whether the picture may be older than it looks
 */
gboolean
side_desk_is_stale (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), FALSE);
  return self->stale;
}

/**
 * side_desk_get_gap_ms:
 * @self: a desk
 *
 * Returns: the instant since which the server has not heard the chosen
 *   project's telephone exchange, or one of them; 0 while it hears all
 */
gint64
side_desk_get_gap_ms (SideDesk *self)
{
  SideBoardProject *project = side_desk_get_board_project (self);

  return project != NULL ? side_board_project_get_gap_ms (project, NULL) : 0;
}

/**
 * side_desk_get_picture_ms:
 * @self: a desk
 *
 * Returns: the instant that the board's figures are of: as
 *   side_desk_get_now_ms(), but never after the telephone exchange fell silent
 */
gint64
side_desk_get_picture_ms (SideDesk *self)
{
  gint64 now_ms = side_desk_get_now_ms (self);
  gint64 gap_ms = side_desk_get_gap_ms (self);

  return gap_ms != 0 ? MIN (gap_ms, now_ms) : now_ms;
}

/**
 * side_desk_get_project:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the chosen project as settled at sign-in
 */
SideProject *
side_desk_get_project (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  if (self->session == NULL || self->project_id == NULL)
    return NULL;
  return side_session_find_project (self->session, self->project_id);
}

/**
 * side_desk_get_project_id:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): id of the chosen project
 */
const char *
side_desk_get_project_id (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->project_id;
}

/**
 * side_desk_get_board_project:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the chosen project on the board
 */
SideBoardProject *
side_desk_get_board_project (SideDesk *self)
{
  g_return_val_if_fail (SIDE_IS_DESK (self), NULL);
  return self->project_id != NULL ? side_board_get_project (self->board, self->project_id) : NULL;
}

/**
 * side_desk_retry_now:
 * @self: a desk
 *
 * Does not wait for the next try to connect.
 */
void
side_desk_retry_now (SideDesk *self)
{
  g_return_if_fail (SIDE_IS_DESK (self));
  if (self->link != NULL && !self->stored_only)
    side_link_retry_now (self->link);
}

/**
 * side_desk_sync_now:
 * @self: a desk
 *
 * Asks the server now for what changed, who we are and who else is there, if
 * there is a connection.
 */
void
side_desk_sync_now (SideDesk *self)
{
  g_return_if_fail (SIDE_IS_DESK (self));
  if (self->state == SIDE_DESK_LIVE && self->link != NULL && !self->stored_only)
    side_desk_ask_session (self);
  if (self->sync != NULL && !self->stored_only)
    side_sync_run_now (self->sync);
}
