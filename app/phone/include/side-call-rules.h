/* side-call-rules.h - the rules of test calls, and who acknowledged them on this computer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of the rules: grows when they say something new. */
#define SIDE_CALL_RULES_VERSION 1

/* How many rules there are. */
#define SIDE_CALL_RULES_N       3

const char *side_call_rules_get_title    (guint rule);
const char *side_call_rules_get_text     (guint rule);

char       *side_call_rules_dup_path     (void);
char       *side_call_rules_dup_key      (const char *server, const char *user, const char *project);
gint64      side_call_rules_find         (const char *path, const char *key, char **by);
gint64      side_call_rules_find_project (const char *path, const char *project, char **by);
gboolean    side_call_rules_keep         (const char *path, const char *key, const char *project, const char *by, gint64 at_ms,
                                          GError **error);

G_END_DECLS
