/* side-text.h - how durations, numbers, telephone numbers and money read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One place for every format that stands on a screen, in a report or in a
 * search index, so that they all agree.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *side_text_duration     (gint64 ms);
char     *side_text_duration_tenths (gint64 ms);
gboolean  side_text_parse_duration (const char *text, gint64 *ms);
char     *side_text_percent      (double ratio, int digits);
const char *side_text_shortest  (double value, char *digits, int size);
char     *side_text_phone        (const char *number, gboolean masked);
char     *side_text_money        (gint64 minor, const char *currency);
char     *side_text_fold         (const char *text);
char     *side_text_initials     (const char *name);

char     *side_id_new            (void);
char     *side_id_named          (const char *name);
gboolean  side_id_is_valid       (const char *id);

char     *side_redact            (const char *text);

G_END_DECLS
