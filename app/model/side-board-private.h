/* side-board-private.h - the board's insides, for its two source files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-board.h"

G_BEGIN_DECLS

struct _SideBoard
{
  GObject     parent_instance;
  guint64     seq;         /* of the newest event applied */
  gint64      at_ms;       /* newest instant any event told of */
  GPtrArray  *projects;    /* of SideBoardProject, in order of appearance */
  GHashTable *calls;       /* leg id -> SideCall, owned by its project's array */
};

SideCall     *_side_board_ensure_call     (SideBoard *self, SideBoardProject *project, const char *id);
SideOperator *_side_board_find_operator   (SideBoardProject *project, const char *id);
SideCallback *_side_board_find_callback   (SideBoardProject *project, const char *caller, const char *dialled);
void          _side_board_trim            (SideBoard *self, gint64 old_at_ms);

G_END_DECLS
