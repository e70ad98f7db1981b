/* side-desk-private.h - a desk's state, shared by its files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"
#include "side-librarian.h"
#include "side-recordings.h"
#include "side-sync.h"

G_BEGIN_DECLS

struct _SideDesk
{
  GObject         parent_instance;
  SideServer     *server;          /* nullable: a desk for a board alone */
  char           *identity;
  char           *folder;          /* of what must be kept */
  char           *recordings_folder;
  SideClock      *clock;           /* the server's time, by the best guess */
  gint64          offset_ms;       /* what it was shifted by so far */
  SideLink       *link;
  SideStore      *store;           /* NULL while not open */
  guint           n_writing;       /* documents on their way into it */
  GTask          *closing;         /* waits until they are there */
  GPtrArray      *flushes;         /* of GTask: they wait for the same, and tell what is not */
  GPtrArray      *unwritten;       /* of SideDocument: what could not be written since the last flush began */
  GError         *unwritten_why;   /* of the newest of them */
  SideSync       *sync;
  SideRecordings *recordings;
  SideLibrarian  *librarian;       /* nullable: nobody keeps recordings */
  SideBoard      *board;
  SideSession    *session;
  char           *project_id;
  SideDeskState   state;
  gboolean        stale;
  gint64          behind_ms;       /* from the newest event to here; -1 not known */
  gint64          as_of_ms;        /* the instant a stale picture is of */
  GError         *reason;          /* nullable: why not live */
  GError         *store_error;     /* nullable */
  GCancellable   *cancellable;
  guint           tick_id;
  guint           changed_id;
  gint64          changed_us;      /* monotonic time of the last board-changed */
  gint64          saved_us;        /* of the last stored snapshot */
  gboolean        session_fresh;   /* asked for since the stream came up */
  gboolean        stored_only;     /* opened without asking the server */
};

void side_desk_take_session   (SideDesk *self, SideSession *session);
void side_desk_take_board     (SideDesk *self, SideBoard *board);
void side_desk_take_store     (SideDesk *self, SideStore *store);
void side_desk_fail_store     (SideDesk *self, const GError *error);
void side_desk_clear_store_error (SideDesk *self);
void side_desk_take_user      (SideDesk *self, const char *user);
void side_desk_update_state   (SideDesk *self);
void side_desk_start_live     (SideDesk *self);
void side_desk_save_snapshot  (SideDesk *self);
void side_desk_save_session   (SideDesk *self, SideSession *session);
void side_desk_ask_session    (SideDesk *self);
void side_desk_end_writing    (SideDesk *self);
void side_desk_end_flushes    (SideDesk *self);

G_END_DECLS
