/* side-librarian.h - recordings fetched and listened to while nobody waits
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Listens to recordings that are on this computer already, fetches those a
 * person will want next, and does what they ask for many calls at once. Stands
 * back while something plays and while power is short.
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideLibrarianTask: what is being done.
 * @SIDE_LIBRARIAN_IDLE: nothing
 * @SIDE_LIBRARIAN_CATCHING_UP: recordings on this computer are listened to
 * @SIDE_LIBRARIAN_AHEAD: recordings are fetched ahead
 * @SIDE_LIBRARIAN_ASKED: what a person asked for
 */
typedef enum {
  SIDE_LIBRARIAN_IDLE,
  SIDE_LIBRARIAN_CATCHING_UP,
  SIDE_LIBRARIAN_AHEAD,
  SIDE_LIBRARIAN_ASKED,
} SideLibrarianTask;

#define SIDE_TYPE_LIBRARIAN (side_librarian_get_type ())
G_DECLARE_FINAL_TYPE (SideLibrarian, side_librarian, SIDE, LIBRARIAN, GObject)

/* Signals: changed (): the progress is another one */
SideLibrarian    *side_librarian_new          (SideDesk      *desk);
void              side_librarian_start        (SideLibrarian *self,
                                               guint          delay_s);
void              side_librarian_stop         (SideLibrarian *self);
void              side_librarian_hold         (SideLibrarian *self);
void              side_librarian_release      (SideLibrarian *self);
void              side_librarian_ask          (SideLibrarian *self,
                                               GPtrArray     *calls);
void              side_librarian_cancel       (SideLibrarian *self);
void              side_librarian_set_view     (SideLibrarian       *self,
                                               const SideCallQuery *query);
SideLibrarianTask side_librarian_get_progress (SideLibrarian *self,
                                               guint         *done,
                                               guint         *total,
                                               guint         *failed);
gboolean          side_librarian_is_held      (SideLibrarian *self);

G_END_DECLS
