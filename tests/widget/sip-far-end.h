/* sip-far-end.h - a telephone server that says what a test asks of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FarEnd: one, in a thread of its own, over UDP.
 * @port: where it listens
 * @asks: whether it asks for a password, and takes none
 * @refuses: the answer to calls: "486 Busy Here"
 */
typedef struct {
  GSocket    *socket;
  GThread    *thread;
  guint16     port;
  gboolean    asks;
  const char *refuses;
  gint        leaving;
} FarEnd;

void far_end_start (FarEnd *self);
void far_end_stop  (FarEnd *self);

G_END_DECLS
