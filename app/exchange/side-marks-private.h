/* side-marks-private.h - what the readers and writers of marks share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bounded reading of lines, times to the nanosecond without floating point,
 * the attributes of a mark as texts, and the sorting of marks into tiers whose
 * marks do not overlap.
 */
#pragma once

#include <stdarg.h>

#include "side-error.h"
#include "side-marks.h"

G_BEGIN_DECLS

#define SIDE_MARKS_SECOND_NS G_GINT64_CONSTANT (1000000000)
#define SIDE_MARKS_MS_NS     G_GINT64_CONSTANT (1000000)
#define SIDE_MARKS_MAX_DEPTH 8   /* of answers to answers that a format nests */

/* Names and values in turn */
void          side_marks_pairs_add      (GPtrArray **pairs, const char *name, const char *value);
const char   *side_marks_pairs_get      (const GPtrArray *pairs, const char *name);

/* Reading */
typedef struct {
  const char *at;
  const char *end;
  guint       line;   /* number of the line returned last, from 1 */
} SideMarksReader;

gboolean      side_marks_fail           (GError **error, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);
guint         side_marks_line_of        (const char *start, const char *at);
char         *side_marks_decode         (const char *bytes, gsize len, gsize *out_len, GError **error);
gboolean      side_marks_next_line      (SideMarksReader *self, const char **start, gsize *len);
gboolean      side_marks_parse_seconds  (const char *text, gsize len, gint64 *ns);
gboolean      side_marks_parse_clock    (const char *text, gsize len, gint64 *ns);
gboolean      side_marks_parse_hz       (const char *text, double *hz);
char         *side_marks_clean          (const char *text, gsize len);
gboolean      side_marks_take           (SideMarkList *list, SideMark *mark, guint line, GError **error);
SideMarkTier *side_marks_add_tier       (SideMarkList *list, const char *name);

/* Writing */
void          side_marks_append_seconds (GString *out, gint64 ns, guint min_digits);
void          side_marks_append_clock   (GString *out, gint64 ms);
gint64        side_marks_to_ms          (gint64 ns);

/* Attributes as texts */
typedef enum {
  SIDE_MARKS_ID,
  SIDE_MARKS_AUTHOR,
  SIDE_MARKS_CRITERION,
  SIDE_MARKS_SIDE,
  SIDE_MARKS_LOW,
  SIDE_MARKS_HIGH,
  SIDE_MARKS_CREATED,
  SIDE_MARKS_CHANGED,
  SIDE_MARKS_PARENT,
  SIDE_MARKS_TAG,
  SIDE_MARKS_N_ATTRIBUTES,
} SideMarksAttribute;

extern const char *const side_marks_attribute_names[SIDE_MARKS_N_ATTRIBUTES];

SideMarksAttribute side_marks_find_attribute (const char *name, gsize len);
char         *side_marks_get_attribute  (const SideMark *mark, SideMarksAttribute attribute);
gboolean      side_marks_set_attribute  (SideMark *mark, SideMarksAttribute attribute, const char *value);

/* Threads and tiers */
typedef void (*SideMarksSpan) (const SideMark *mark, gint64 *from, gint64 *to);
typedef char *(*SideMarksKey) (const SideMarkList *list, const SideMark *mark);

int          *side_marks_find_parents   (const SideMarkList *list, SideMarksSpan span);
GPtrArray    *side_marks_make_lanes     (const SideMarkList *list, const int *parents, SideMarksKey key, SideMarksSpan span);

/* The formats. @text ends with a NUL that @len does not count. */
SideMarkList *side_marks_read_audacity  (const char *text, gsize len, GError **error);
SideMarkList *side_marks_read_textgrid  (const char *text, gsize len, GError **error);
SideMarkList *side_marks_read_eaf       (const char *text, gsize len, GError **error);
SideMarkList *side_marks_read_vtt       (const char *text, gsize len, GError **error);
SideMarkList *side_marks_read_csv       (const char *text, gsize len, GError **error);
void          side_marks_write_audacity (const SideMarkList *list, GString *out);
void          side_marks_write_textgrid (const SideMarkList *list, GString *out);
void          side_marks_write_eaf      (const SideMarkList *list, GString *out);
void          side_marks_write_vtt      (const SideMarkList *list, GString *out);
void          side_marks_write_csv      (const SideMarkList *list, GString *out);
gboolean      side_marks_textgrid_is_reserved (const char *name, gsize len);
gboolean      side_marks_csv_is_likely  (const char *text, gsize len);

G_END_DECLS
