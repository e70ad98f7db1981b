/* phone-kit.h - two ends of a call, and a bad line between them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-phone-media.h"

G_BEGIN_DECLS

#define PHONE_KIT_WAIT_MS 20000

/* Of the ends that are made from now on. */
extern GSocketFamily phone_kit_family;

/**
 * PhoneEnd: one end, with what it told.
 * @keys: that the other end pressed
 * @failed: a bit for each SidePhonePart
 * @said: how many clips
 */
typedef struct {
  SideCallMedia *media;
  char          *path;
  GString       *keys;
  guint          failed;
  guint          said;
  guint          levels;
  SideSdpAgreed  agreed;
} PhoneEnd;

/* Two of them, as a fixture. */
typedef struct {
  char     *folder;
  PhoneEnd  a, b;
} PhonePair;

/* One that passes packets on to @to, from each side, and loses some of A's. */
typedef struct _PhoneRelay PhoneRelay;

void         phone_end_init         (PhoneEnd *self, const char *folder, const char *name);
void         phone_end_clear        (PhoneEnd *self);
void         phone_end_stop         (PhoneEnd *self);
void         phone_end_agree        (PhoneEnd *self);
void         phone_end_wait_packets (PhoneEnd *self, guint n);
SidePhoneStats phone_end_get_stats  (PhoneEnd *self);
double       phone_end_level        (PhoneEnd *self, guint channel, double hertz, double from_s, double to_s);
gint64       phone_end_onset_ms     (PhoneEnd *self, guint channel);
void         phone_ends_connect     (PhoneEnd *a, PhoneEnd *b, const char *codec);
void         phone_ends_encrypt     (PhoneEnd *a, PhoneEnd *b, const char *suite);
GBytes      *phone_tone             (double hertz, double silence_s, double seconds);

void         phone_end_say          (PhoneEnd *self, double hertz, double silence_s, double seconds);
void         phone_pair_setup       (PhonePair *self, gconstpointer data);
void         phone_pair_teardown    (PhonePair *self, gconstpointer data);
void         phone_pair_agree       (PhonePair *self);
void         phone_pair_stop        (PhonePair *self);
gboolean     phone_pair_was_late    (PhonePair *self);

PhoneRelay  *phone_relay_new        (PhoneEnd *a, PhoneEnd *b, guint loss_percent);
guint64      phone_relay_free       (PhoneRelay *self, guint64 *passed);

G_END_DECLS
