/* side-moment.h - a piece of a recording that is worth hearing
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a list of key moments consists of: a mark that somebody set, or
 * something that was found by listening to the sound.
 */
#pragma once

#include "side-analysis.h"
#include "side-marked-calls.h"
#include "side-tags.h"

G_BEGIN_DECLS

/* Kinds that are no tags: their words cannot be typed as one. */
#define SIDE_MOMENT_DEAD_AIR  "/dead-air"
#define SIDE_MOMENT_TALK_OVER "/talk-over"
#define SIDE_MOMENT_GOOD      "/good"      /* a piece somebody wants to be heard: how it is done, */
#define SIDE_MOMENT_BAD       "/bad"       /* or what went wrong */

/* Played before a moment, so that one knows what it is about, and after it. */
#define SIDE_MOMENT_BEFORE_MS 2000
#define SIDE_MOMENT_AFTER_MS  1000

/* Played from a point on. */
#define SIDE_MOMENT_POINT_MS  8000

/* Properties: "problem" (string, nullable, read-only here: why it cannot be played),
 * "current" (boolean: it is the one that is played) */
#define SIDE_TYPE_MOMENT (side_moment_get_type ())
G_DECLARE_FINAL_TYPE (SideMoment, side_moment, SIDE, MOMENT, GObject)

SideMoment     *side_moment_new_for_mark  (SideMarkedCall       *call,
                                           const SideAnnotation *mark);
SideMoment     *side_moment_new_found     (SideMarkedCall       *call,
                                           const char           *kind,
                                           gint64                from_ms,
                                           gint64                to_ms,
                                           int                   who);
SideMoment     *side_moment_new_piece     (SideMarkedCall       *call,
                                           gboolean              good,
                                           gint64                from_ms,
                                           gint64                to_ms,
                                           const char           *text);
const SideCall *side_moment_get_call      (SideMoment           *self);
const char     *side_moment_get_kind      (SideMoment           *self);
gboolean        side_moment_is_found      (SideMoment           *self);
gint64          side_moment_get_from_ms   (SideMoment           *self);
gint64          side_moment_get_to_ms     (SideMoment           *self);
void            side_moment_get_piece     (SideMoment           *self,
                                           gint64               *from_ms,
                                           gint64               *to_ms);
GArray         *side_moment_list_blanks   (SideMoment           *self,
                                           const GArray         *payments);
const char     *side_moment_get_text      (SideMoment           *self);
const char     *side_moment_get_author    (SideMoment           *self);
const char     *side_moment_get_problem   (SideMoment           *self);
void            side_moment_set_problem   (SideMoment           *self,
                                           const char           *problem);
gboolean        side_moment_get_current   (SideMoment           *self);
void            side_moment_set_current   (SideMoment           *self,
                                           gboolean              current);
gboolean        side_moment_matches       (SideMoment           *self,
                                           const char           *folded);

const char     *side_moment_kind_label    (SideTags             *tags,
                                           const char           *kind);
GdkRGBA         side_moment_kind_rgba     (SideTags             *tags,
                                           const char           *kind);

G_END_DECLS
