/* side-json-writer.h - JSON text, written straight into a GString
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void side_json_open         (GString *out, const char *name, char bracket);
void side_json_close        (GString *out, char bracket);
void side_json_name         (GString *out, const char *name);
void side_json_string       (GString *out, const char *name, const char *value);
void side_json_string_maybe (GString *out, const char *name, const char *value);
void side_json_int          (GString *out, const char *name, gint64 value);
void side_json_int_maybe    (GString *out, const char *name, gint64 value);
void side_json_double       (GString *out, const char *name, double value);
void side_json_boolean      (GString *out, const char *name, gboolean value);

G_END_DECLS
