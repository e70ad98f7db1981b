/* wire-random.h - random records and boards for the tests of the protocol
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-board.h"

G_BEGIN_DECLS

char      *wire_random_text   (GRand *rand);
void       wire_random_fill   (GRand *rand, const SideField *fields, gsize n, gpointer record);
SideEvent *wire_random_event  (GRand *rand);
SideCall  *wire_random_call   (GRand *rand);
SideEvent *wire_random_story  (GRand *rand, guint64 seq);
SideBoard *wire_random_board  (GRand *rand, guint n_events);

G_END_DECLS
