/* side-wire-operator.h - documents as operators are shown them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the call of this id is one that the operator answered. */
typedef gboolean (*SideWireOwnFunc) (const char *call, gpointer data);

char *side_wire_body_for_operator  (const char *kind, const char *body, const char *operator_id, const char *user);
char *side_wire_body_for_client    (const char *kind, const char *body);
char *side_wire_coaching_for_calls (const char *body, SideWireOwnFunc is_own, gpointer data);

G_END_DECLS
