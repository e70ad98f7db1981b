/* side-marks-owner.h - marks of a file that the server would not take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody writes in the name of another user of the server, and only the server
 * marks what was done to a call. What a file holds of that is found here before
 * it is taken in, told, and made the person's own or left out.
 */
#pragma once

#include "side-call-notes.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_MARKS_MAKE_MINE,
  SIDE_MARKS_LEAVE_OUT,
} SideMarksOwning;

char *side_marks_owner_words  (SideCallNotes   *notes,
                               GPtrArray       *annotations,
                               GPtrArray       *users);
void  side_marks_owner_settle (SideCallNotes   *notes,
                               GPtrArray       *annotations,
                               GPtrArray       *users,
                               SideMarksOwning  how);

G_END_DECLS
