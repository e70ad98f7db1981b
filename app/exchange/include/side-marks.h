/* side-marks.h - marks on a recording in the files of other programs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads and writes Audacity labels, Praat TextGrids, ELAN documents, WebVTT and
 * CSV. What a file carries beyond marks (tiers without one, header fields,
 * comments, unknown columns) stays with the list, so that a file read and
 * written again in its own format says the same. docs/exchange.md tells where
 * each format keeps what, and what it cannot hold.
 */
#pragma once

#include <glib-object.h>

#include "side-review.h"

G_BEGIN_DECLS

#define SIDE_MARKS_MAX_BYTES (64 * 1024 * 1024)                    /* of a file */
#define SIDE_MARKS_MAX       200000                                /* marks in a file */
#define SIDE_MARKS_MAX_TEXT  65536                                 /* bytes of one text */
#define SIDE_MARKS_MAX_NS    G_GINT64_CONSTANT (3600000000000000)  /* 1000 hours */
#define SIDE_MARK_NO_HZ      (-1.0)

/**
 * SideMarksFormat:
 * @SIDE_MARKS_NONE: not known
 * @SIDE_MARKS_AUDACITY: label track of Audacity, .txt
 * @SIDE_MARKS_TEXTGRID: Praat TextGrid, long or short text form
 * @SIDE_MARKS_EAF: ELAN annotation document, 2.8 or 3.0
 * @SIDE_MARKS_VTT: WebVTT
 * @SIDE_MARKS_CSV: table with comma, semicolon or tab
 */
typedef enum {
  SIDE_MARKS_NONE,
  SIDE_MARKS_AUDACITY,
  SIDE_MARKS_TEXTGRID,
  SIDE_MARKS_EAF,
  SIDE_MARKS_VTT,
  SIDE_MARKS_CSV,
} SideMarksFormat;

typedef enum {
  SIDE_MARK_SIDE_NONE,
  SIDE_MARK_SIDE_OPERATOR,
  SIDE_MARK_SIDE_CUSTOMER,
} SideMarkSide;

/**
 * SideMark:
 * @from_ns: position in the recording, in ns, 0..SIDE_MARKS_MAX_NS
 * @to_ns: end of the span; equal to @from_ns for a point
 * @tag: (nullable): tag, or name of the tier it was on
 * @id: (nullable): unique in its list if there is one
 * @parent: (nullable): id of the mark this one answers
 * @low_hz: lower edge of a spectral selection, or SIDE_MARK_NO_HZ
 * @created_ms: since 1970 UTC, or 0
 * @tier: place in the list's tiers, or -1
 * @extra: (nullable): what only its format knows: names and values in turn
 *
 * Texts are UTF-8 without control characters but line break and tab; an empty
 * one is %NULL.
 */
typedef struct {
  gint64        from_ns;
  gint64        to_ns;
  char         *tag;
  char         *text;
  char         *author;
  char         *id;
  char         *criterion;
  char         *parent;
  SideMarkSide  side;
  double        low_hz;
  double        high_hz;
  gint64        created_ms;
  gint64        changed_ms;
  int           tier;
  GPtrArray    *extra;
} SideMark;

/**
 * SideMarkTier:
 * @name: its name, not unique in a TextGrid
 * @points: whether it is one of points
 * @refers: whether its marks take their times from others
 * @extra: (nullable): attributes: names and values in turn
 * @breaks: (nullable): of gint64: boundaries in ns between unlabelled spans
 */
typedef struct {
  char      *name;
  gboolean   points;
  gboolean   refers;
  GPtrArray *extra;
  GArray    *breaks;
} SideMarkTier;

/**
 * SideMarkSlot: a named instant of an ELAN document.
 * @at_ns: its time, for one that is not aligned the one it is shown at
 */
typedef struct {
  char     *id;
  gint64    at_ns;
  gboolean  aligned;
} SideMarkSlot;

typedef struct _SideMarkList SideMarkList;

/**
 * SideMarkList:
 * @marks: of SideMark, in the order of the file
 * @tiers: of SideMarkTier, also those without a mark
 * @slots: of SideMarkSlot, in the order of the file
 * @media: (nullable): name or address of the recording
 * @start_ns: beginning of the marked time, mostly 0
 * @end_ns: its end, 0 if it is not known
 * @extra: (nullable): the format's own fields: names and values in turn
 */
struct _SideMarkList
{
  gatomicrefcount  ref_count;
  GPtrArray       *marks;
  GPtrArray       *tiers;
  GPtrArray       *slots;
  char            *media;
  gint64           start_ns;
  gint64           end_ns;
  GPtrArray       *extra;
};

SideMark       *side_mark_new                  (gint64 from_ns, gint64 to_ns, const char *tag, const char *text);
SideMark       *side_mark_from_annotation      (const SideAnnotation *annotation);
SideAnnotation *side_mark_to_annotation        (const SideMark *self, const char *id, const char *project, const char *call);
void            side_mark_free                 (SideMark *self);

#define SIDE_TYPE_MARK_LIST (side_mark_list_get_type ())
GType           side_mark_list_get_type        (void);
SideMarkList   *side_mark_list_new             (void);
SideMarkList   *side_mark_list_ref             (SideMarkList *self);
void            side_mark_list_unref           (SideMarkList *self);
SideMarkList   *side_mark_list_from_annotations (GPtrArray *annotations, const char *media, gint64 duration_ms);
GPtrArray      *side_mark_list_to_annotations  (const SideMarkList *self, const char *project, const char *call,
                                                const char *author);

SideMarkList   *side_marks_parse               (const char *bytes, gsize len, SideMarksFormat format, GError **error);
char           *side_marks_write               (const SideMarkList *list, SideMarksFormat format, gsize *len, GError **error);

SideMarksFormat side_marks_format_from_name    (const char *file_name);
SideMarksFormat side_marks_format_from_bytes   (const char *bytes, gsize len);
SideMarksFormat side_marks_format_from_word    (const char *word);
const char     *side_marks_format_to_word      (SideMarksFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideMark, side_mark_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideMarkList, side_mark_list_unref)

G_END_DECLS
