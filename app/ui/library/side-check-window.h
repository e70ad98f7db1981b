/* side-check-window.h - whether all recordings are there, whole, and of both sides
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes through the calls of a period on this computer and lists those whose
 * recording is amiss.
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CHECK_WINDOW (side_check_window_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckWindow, side_check_window, SIDE, CHECK_WINDOW, AdwWindow)

/* Signals: open-call (const char *id): a person wants to see that call */
GtkWindow *side_check_window_new       (GtkWindow       *parent,
                                        SideDesk        *desk);
guint      side_check_window_get_found (SideCheckWindow *self);
char      *side_check_window_dup_csv   (SideCheckWindow *self);

G_END_DECLS
