/* side-desk.h - one person's place at one server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What joins the link (the server), the store (what lies on this computer)
 * and the board (the picture that is shown). Pages are given a desk and look
 * nowhere else: they draw its board when it says "board-changed", move their
 * seconds at its "tick", and read and write through it.
 */
#pragma once

#include <gio/gio.h>

#include "side-board.h"
#include "side-link.h"
#include "side-settings.h"
#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideDeskState:
 * @SIDE_DESK_CLOSED: not opened, or closed again
 * @SIDE_DESK_CONNECTING: signing in or opening the stream
 * @SIDE_DESK_LIVE: the picture is the server's
 * @SIDE_DESK_WAITING: the connection broke; it is tried again by itself
 * @SIDE_DESK_OFFLINE: it cannot come back without the person (see reason)
 */
typedef enum {
  SIDE_DESK_CLOSED,
  SIDE_DESK_CONNECTING,
  SIDE_DESK_LIVE,
  SIDE_DESK_WAITING,
  SIDE_DESK_OFFLINE,
} SideDeskState;

/**
 * SideDeskCalls: whether this computer has all calls of a period.
 * @SIDE_DESK_CALLS_ALL: it has, as far as the server has them
 * @SIDE_DESK_CALLS_OFFLINE: there is no connection
 * @SIDE_DESK_CALLS_COMING: they are being fetched
 * @SIDE_DESK_CALLS_NOT_KEPT: so old ones are not kept
 */
typedef enum {
  SIDE_DESK_CALLS_ALL,
  SIDE_DESK_CALLS_OFFLINE,
  SIDE_DESK_CALLS_COMING,
  SIDE_DESK_CALLS_NOT_KEPT,
} SideDeskCalls;

#define SIDE_TYPE_DESK_STATE (side_desk_state_get_type ())
GType side_desk_state_get_type (void);

/* Properties (read-only but "project-id"): "state" (SideDeskState), "stale"
 * (boolean), "project-id" (string), "outbox-length" (uint), "conflicts" (uint), "refused" (uint),
 * "store-error" (GError, nullable: the store could not be opened or broke),
 * "incomplete" (boolean).
 *
 * Signals:
 *   board-changed ()   at most sixteen times a second; also when the project changes
 *   tick ()            once a second, for everything that counts seconds
 *   closing ()         the last moment to write what was typed; it is waited for
 *   staying ()         after all it was not: the person stays, and has in sight what could
 *                      not be written */
#define SIDE_TYPE_DESK (side_desk_get_type ())
G_DECLARE_FINAL_TYPE (SideDesk, side_desk, SIDE, DESK, GObject)

typedef struct _SideLibrarian SideLibrarian;

SideDesk         *side_desk_new                   (const SideServer     *server,
                                                   const char           *folder);
SideDesk         *side_desk_new_for_board         (SideBoard            *board,
                                                   SideSession          *session,
                                                   SideClock            *clock);
void              side_desk_open_async            (SideDesk             *self,
                                                   const char           *token,
                                                   const char           *password,
                                                   gboolean              offline_too,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
void              side_desk_open_stored_async     (SideDesk             *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          side_desk_open_finish           (SideDesk             *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              side_desk_retry_store_async     (SideDesk             *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          side_desk_retry_store_finish    (SideDesk             *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              side_desk_close_async           (SideDesk             *self,
                                                   gboolean              sign_out,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          side_desk_close_finish          (SideDesk             *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

const SideServer *side_desk_get_server            (SideDesk             *self);
SideLink         *side_desk_get_link              (SideDesk             *self);
SideStore        *side_desk_get_store             (SideDesk             *self);
SideLibrarian    *side_desk_get_librarian         (SideDesk             *self);
SideClock        *side_desk_get_clock             (SideDesk             *self);
SideBoard        *side_desk_get_board             (SideDesk             *self);
SideSession      *side_desk_get_session           (SideDesk             *self);
const char       *side_desk_get_user              (SideDesk             *self);
SideRole          side_desk_get_role              (SideDesk             *self);
SideDeskState     side_desk_get_state             (SideDesk             *self);
const GError     *side_desk_get_reason            (SideDesk             *self);
const GError     *side_desk_get_store_error       (SideDesk             *self);
gint64            side_desk_get_retry_at_ms       (SideDesk             *self);
gint64            side_desk_get_behind_ms         (SideDesk             *self);
gint64            side_desk_get_as_of_ms          (SideDesk             *self);
gint64            side_desk_get_now_ms            (SideDesk             *self);
gint64            side_desk_get_write_ms          (SideDesk             *self);
gboolean          side_desk_is_stored_only        (SideDesk             *self);
gboolean          side_desk_is_stale              (SideDesk             *self);
gboolean          side_desk_is_incomplete         (SideDesk             *self);
gint64            side_desk_get_gap_ms            (SideDesk             *self);
SideDeskCalls     side_desk_judge_calls           (SideDesk             *self,
                                                   gint64                from_ms);
gint64            side_desk_get_picture_ms        (SideDesk             *self);

SideProject      *side_desk_get_project           (SideDesk             *self);
const char       *side_desk_get_project_id        (SideDesk             *self);
void              side_desk_set_project_id        (SideDesk             *self,
                                                   const char           *id);
SideBoardProject *side_desk_get_board_project     (SideDesk             *self);

void              side_desk_poke                  (SideDesk             *self);
void              side_desk_retry_now             (SideDesk             *self);
void              side_desk_sync_now              (SideDesk             *self);

/* Both write and read where the person is, with or without a network. */
void              side_desk_put_document_async    (SideDesk             *self,
                                                   SideDocument         *document,
                                                   SideDocument         *base,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          side_desk_put_document_finish   (SideDesk             *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              side_desk_flush_async           (SideDesk             *self,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray        *side_desk_flush_finish          (SideDesk             *self,
                                                   GAsyncResult         *result,
                                                   GError              **why);
void              side_desk_stay                  (SideDesk             *self);
void              side_desk_fetch_recording_async (SideDesk             *self,
                                                   const SideCall       *call,
                                                   SideLinkProgress      progress,
                                                   gpointer              progress_data,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
char             *side_desk_fetch_recording_finish (SideDesk            *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
