/* side-wire-operator.h - documents as operators are shown them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *side_wire_body_for_operator (const char *kind, const char *body, const char *operator_id, const char *user);

G_END_DECLS
