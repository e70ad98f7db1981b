/* side-phone-src.h - the start of the pipeline that sends
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A live source of 20 ms blocks at the pace of the clock, from a SidePhoneFeed;
 * what it gives also goes onto the tape, at the time it is sent.
 */
#pragma once

#include <gst/gst.h>

#include "side-phone-feed.h"
#include "side-phone-tape.h"

G_BEGIN_DECLS

GstElement *side_phone_src_new       (SidePhoneFeed *feed, SidePhoneTape *tape, gboolean *sending, guint rate);
guint64     side_phone_src_get_slips (GstElement *src);

G_END_DECLS
