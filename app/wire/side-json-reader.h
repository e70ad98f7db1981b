/* side-json-reader.h - members of a JSON object, with their types checked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A member that is not there or null leaves the value as it was and is no
 * error; one of a wrong type or out of its range is SIDE_ERROR_INVALID.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Integers every JSON implementation keeps exactly (RFC 7493 §2.2). The bound
 * also makes sums and differences of any two of them safe. */
#define SIDE_JSON_MAX_INT     G_GINT64_CONSTANT (9007199254740991)
/* Instants and durations are kept where every calendar function works, years 68 to 8307. */
#define SIDE_JSON_MIN_MS      G_GINT64_CONSTANT (-60000000000000)
#define SIDE_JSON_MAX_MS      G_GINT64_CONSTANT (200000000000000)
#define SIDE_JSON_MAX_TEXT    65536
#define SIDE_JSON_MAX_INTERN  512     /* interned text is never freed: keep it short */

JsonObject *side_json_as_object     (JsonNode *node, const char *what, GError **error);
gboolean    side_json_read_int64    (JsonObject *object, const char *name, gint64 min, gint64 *value, GError **error);
gboolean    side_json_read_ms       (JsonObject *object, const char *name, gint64 min, gint64 *value, GError **error);
gboolean    side_json_read_int      (JsonObject *object, const char *name, int min, int *value, GError **error);
gboolean    side_json_read_double   (JsonObject *object, const char *name, double *value, GError **error);
gboolean    side_json_read_boolean  (JsonObject *object, const char *name, gboolean *value, GError **error);
gboolean    side_json_read_text     (JsonObject *object, const char *name, gsize max, const char **value, GError **error);
gboolean    side_json_read_string   (JsonObject *object, const char *name, char **value, GError **error);
gboolean    side_json_read_needed   (JsonObject *object, const char *name, char **value, GError **error);
gboolean    side_json_read_id       (JsonObject *object, const char *name, char **value, GError **error);
gboolean    side_json_read_interned (JsonObject *object, const char *name, const char **value, GError **error);
gboolean    side_json_read_array    (JsonObject *object, const char *name, JsonArray **value, GError **error);
gboolean    side_json_read_object   (JsonObject *object, const char *name, JsonNode **value, GError **error);
gboolean    side_json_need          (gboolean there, const char *name, GError **error);

G_END_DECLS
