/* side-board-fixture.h - a made-up day on a board
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shop with three queues and its operators, from nine in the morning until
 * SIDE_FIXTURE_NOW: always the same calls.
 */
#pragma once

#include "side-board.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_FIXTURE_PROJECT "sneakers"

gint64       side_fixture_now_ms      (void);
SideProject *side_fixture_new_project (void);
SideSession *side_fixture_new_session (SideProject *project);
SideBoard   *side_fixture_new_board   (SideProject *project, guint n_operators);
SideDesk    *side_fixture_new_desk    (guint n_operators);
SideEvent   *side_fixture_random_event (GRand *rand, guint n_operators, gint64 at_ms, guint64 seq);
void         side_fixture_set_state   (SideBoard *board, guint operator, SideOperatorState state, gint64 at_ms);
void         side_fixture_join        (SideBoard *board, const char *call, const char *queue, const char *number, gint64 at_ms);
void         side_fixture_gap         (SideBoard *board, gint64 from_ms, gint64 to_ms);

G_END_DECLS
