/* side-phone-listener.h - the thread that writes, draws and listens
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes both sides off the tape a moment later, records them, boils them down
 * to peaks and hands them to the ear. What it has found is read from the main
 * context; so a disk that stalls, or a list of segments, never holds up sound.
 */
#pragma once

#include "side-phone-ear.h"
#include "side-phone-recorder.h"
#include "side-phone-tape.h"

G_BEGIN_DECLS

typedef struct _SidePhoneListener SidePhoneListener;

typedef enum {
  SIDE_PHONE_NEWS_LEVELS = 1 << 0,
  SIDE_PHONE_NEWS_HEARD  = 1 << 1,
  SIDE_PHONE_NEWS_FULL   = 1 << 2,   /* the recorder failed: take_error() */
} SidePhoneNews;

/* In the listener's thread. */
typedef void (*SidePhoneTell) (SidePhoneNews news, gpointer data);

SidePhoneListener *side_phone_listener_new      (SidePhoneTape *tape, SidePhoneTell tell, gpointer data);
void               side_phone_listener_start    (SidePhoneListener *self, gint64 start_ns);
gboolean           side_phone_listener_stop     (SidePhoneListener *self, GError **error);
void               side_phone_listener_free     (SidePhoneListener *self);
void               side_phone_listener_record   (SidePhoneListener *self, SidePhoneRecorder *recorder);
void               side_phone_listener_answered (SidePhoneListener *self, gint64 at_ms);
GError            *side_phone_listener_take_error (SidePhoneListener *self);
guint              side_phone_listener_get_n_cells (SidePhoneListener *self);
guint              side_phone_listener_get_cells (SidePhoneListener *self, SidePhoneSide side, guint from, guint n, SidePeak *out);
GArray            *side_phone_listener_get_heard (SidePhoneListener *self);

G_END_DECLS
