/* side-members-private.h - members of the JSON documents that are written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void _side_member_text   (JsonBuilder *builder, const char *name, const char *text);
void _side_member_int    (JsonBuilder *builder, const char *name, gint64 value);
void _side_member_number (JsonBuilder *builder, const char *name, double value);
void _side_member_flag   (JsonBuilder *builder, const char *name, gboolean value);

G_END_DECLS
