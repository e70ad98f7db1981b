/* side-rule-private.h - what the rules of who may write what have in common
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by the rules of reviews, plans and calibrations. A rule says in its
 * error why not, in words that the person who wrote reads.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean _side_rule_refuse   (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean _side_rule_same     (const char *a, const char *b);
gboolean _side_rule_is_blank (const char *text);

G_END_DECLS
