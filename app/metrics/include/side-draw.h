/* side-draw.h - which calls are to be reviewed, by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draw that anybody can repeat: the same calls and the same seed give the
 * same draw, in whatever order the calls come and on whatever machine.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideDrawItem: one call of the frame.
 * @id: its id
 * @stratum: the name of its stratum, "" without strata
 * @key: its lot
 * @place: its place in its stratum by lot, from 1
 * @chosen: whether it is drawn; those behind stand in for drawn ones, in order
 */
typedef struct {
  char     *id;
  char     *stratum;
  char     *key;
  guint     place;
  gboolean  chosen;
} SideDrawItem;

/* What a stratum with drawn calls has to stand in at least: more than one of its
 * calls may turn out to be nothing to review. */
#define SIDE_DRAW_STAND_INS 3

typedef struct _SideDraw SideDraw;

SideDraw  *side_draw_new               (const char *seed);
void       side_draw_free              (SideDraw *self);
gboolean   side_draw_add               (SideDraw *self, const char *id, const char *stratum, GError **error);
guint      side_draw_count             (SideDraw *self);
void       side_draw_run               (SideDraw *self, guint size);
void       side_draw_run_by_remainders (SideDraw *self, guint size);
GPtrArray *side_draw_get_items         (SideDraw *self);
char      *side_draw_dup_frame         (SideDraw *self);
char      *side_draw_get_frame_hash    (SideDraw *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideDraw, side_draw_free)

G_END_DECLS
