/* side-pen.h - writes one document until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   written ()              what was given last is on the disk
 *   failed (GError *error)  it is not. After CONFLICT it is given up, because
 *                           another edit stands there; else it is tried again
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PEN (side_pen_get_type ())
G_DECLARE_DERIVABLE_TYPE (SidePen, side_pen, SIDE, PEN, GObject)

struct _SidePenClass
{
  GObjectClass parent_class;
};

SidePen      *side_pen_new        (SideDesk *desk, SideDocument *stored);
void          side_pen_begin      (SidePen *self, SideDesk *desk, SideDocument *stored);
void          side_pen_write      (SidePen *self, SideDocument *document);
void          side_pen_flush      (SidePen *self);
void          side_pen_set_stored (SidePen *self, SideDocument *stored);
SideDocument *side_pen_get_stored (SidePen *self);
gboolean      side_pen_is_busy    (SidePen *self);
gboolean      side_pen_has_failed (SidePen *self);

G_END_DECLS
