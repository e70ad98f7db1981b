/* side-sitting.h - what was heard of one call, by whom
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sitting is what this person plays of a call from opening it to leaving
 * it. It is kept as a document of its own, beside those of other sittings and
 * other people.
 */
#pragma once

#include "side-desk.h"
#include "side-listening.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SITTING (side_sitting_get_type ())
G_DECLARE_FINAL_TYPE (SideSitting, side_sitting, SIDE, SITTING, GObject)

/* Signals: changed (): something more was heard, here or by somebody else */
SideSitting *side_sitting_new        (SideDesk       *desk);
void         side_sitting_set_call   (SideSitting    *self,
                                      const SideCall *call);
void         side_sitting_set_length (SideSitting    *self,
                                      gint64          length_ms);
void         side_sitting_add        (SideSitting    *self,
                                      gint64          from_ms,
                                      gint64          to_ms,
                                      double          rate);
void         side_sitting_flush      (SideSitting    *self);
GArray      *side_sitting_dup_heard  (SideSitting    *self);
double       side_sitting_get_share  (SideSitting    *self,
                                      gint64         *length_ms);
char        *side_sitting_dup_words  (SideSitting    *self);

G_END_DECLS
