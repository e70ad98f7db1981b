/* side-billing.h - minutes as a contract counts them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 side_billing_round_seconds (gint64 seconds, gint64 first_increment, gint64 next_increment,
                                   gint64 free_up_to);

G_END_DECLS
