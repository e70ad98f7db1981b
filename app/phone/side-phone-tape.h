/* side-phone-tape.h - both sides of a call on one time line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The two sides arrive in two threads, in their own pieces and with gaps. They
 * are laid side by side by the time they were on the wire, and taken off a
 * little later as whole stretches, where nothing came as silence. Any thread.
 */
#pragma once

#include <glib.h>

#include "side-phone-media.h"

G_BEGIN_DECLS

/* What is laid down more than this before it is taken off is lost. */
#define SIDE_PHONE_TAPE_S 8

typedef struct _SidePhoneTape SidePhoneTape;

SidePhoneTape *side_phone_tape_new    (void);
void           side_phone_tape_free   (SidePhoneTape *self);
void           side_phone_tape_put    (SidePhoneTape *self, SidePhoneSide side, gint64 at_ns, const gint16 *samples, gsize n);
gsize          side_phone_tape_take   (SidePhoneTape *self, gint64 until_ns, gint16 *ours, gint16 *theirs, gsize max);
guint64        side_phone_tape_get_lost (SidePhoneTape *self, SidePhoneSide side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePhoneTape, side_phone_tape_free)

G_END_DECLS
