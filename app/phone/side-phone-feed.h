/* side-phone-feed.h - what we say, 20 ms by 20 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Silence, the microphone, clips one after another, or the tones of keys: what
 * is to be sent is chosen for each block when it is taken, so that nothing in
 * the pipeline has to change for it. Any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SidePhoneFeed SidePhoneFeed;

/* In whichever thread takes the blocks. */
typedef void (*SidePhoneSaid) (guint clip, gpointer data);

SidePhoneFeed *side_phone_feed_new          (SidePhoneSaid said, gpointer data);
void           side_phone_feed_free         (SidePhoneFeed *self);
void           side_phone_feed_take         (SidePhoneFeed *self, gint16 *out, gsize n);
guint          side_phone_feed_say          (SidePhoneFeed *self, GBytes *clip);
void           side_phone_feed_hush         (SidePhoneFeed *self);
void           side_phone_feed_set_muted    (SidePhoneFeed *self, gboolean muted);
void           side_phone_feed_listen       (SidePhoneFeed *self, gboolean on);
void           side_phone_feed_hear         (SidePhoneFeed *self, const gint16 *samples, gsize n);
void           side_phone_feed_press        (SidePhoneFeed *self, int event, guint ms);

G_END_DECLS
