/* side-columns.h - what calls are filtered and sorted by, in memory
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One array a column, indexed by the row's number in the database, and the
 * order of all calls by time. Reading a million calls' worth of a column is
 * then a matter of a millisecond. Belongs to the thread of the database; about
 * 64 bytes a call, and 36 more for one whose sound was analysed.
 */
#pragma once

#include "side-call-query.h"
#include "side-db.h"

G_BEGIN_DECLS

#define SIDE_COLUMNS_NO_SCORE  0u            /* otherwise millionths of a point, plus one */
#define SIDE_COLUMNS_NO_NUMBER 0u

typedef enum {
  SIDE_ROW_PRESENT  = 1 << 0,
  SIDE_ROW_TEST     = 1 << 1,
  SIDE_ROW_CALLBACK = 1 << 2,   /* wanted, not made yet */
  SIDE_ROW_RECORDED = 1 << 3,
} SideRowFlags;

/* What of the sound is known, and what is wrong with it. */
typedef enum {
  SIDE_ROW_ANALYSED   = 1 << 0,
  SIDE_ROW_ONE_SIDED  = 1 << 1,
  SIDE_ROW_UNPLAYABLE = 1 << 2,
} SideRowSoundFlags;

/* Figures of the sound as numbers that order as they do; 0: not known. */
typedef struct {
  guint32 flags;
  guint32 keys[SIDE_SOUND_N_FIGURES];
} SideRowSound;

typedef struct _SideColumns SideColumns;

/**
 * SideColumns:
 * @size: rows have numbers below this; 0 is never a row
 * @number: up to 16 digits, left-aligned, 4 bits each: digit + 1
 * @talk: talk and hold time together
 * @operator_name: number of the name, or of the id where there is none
 * @sound: place of the row's figures in @sounds; 0: there are none
 * @sounds: of SideRowSound; the first one knows nothing
 * @by_time: all rows, oldest first; equal instants by row number
 * @ranks: place of each name in the user's alphabet
 * @free_rows: row numbers below the largest that nobody has
 * @loaded: whether all rows were read; before, @by_time is empty
 */
struct _SideColumns
{
  guint32   size;
  guint8   *flags;
  guint8   *outcome;
  gint64   *joined;
  guint64  *number;
  guint32  *project;
  guint32  *queue;
  guint32  *operator_id;
  guint32  *operator_name;
  guint32  *wait;
  guint32  *talk;
  guint32  *score;
  guint32  *sound;
  GArray   *sounds;       /* of SideRowSound */
  GArray   *by_time;      /* of guint32 */
  GArray   *ranks;        /* of guint32 */
  GArray   *free_rows;    /* of guint32 */
  gint64    cursor;       /* last row read while loading */
  gint64    sound_cursor; /* last row of figures read; they come first */
  gboolean  sounds_loaded;
  gboolean  loaded;
};

SideColumns *side_columns_new        (void);
void         side_columns_free       (SideColumns *self);
gboolean     side_columns_load_some  (SideColumns *self, SideDb *db, guint rows, GError **error);
gboolean     side_columns_reload_row (SideColumns *self, SideDb *db, guint32 row, GError **error);
guint32      side_columns_get_free_row (const SideColumns *self);
void         side_columns_take_free_row (SideColumns *self);
gboolean     side_columns_is_present (const SideColumns *self, guint32 row);
gboolean     side_columns_update_ranks (SideColumns *self, SideDb *db, GError **error);
guint64      side_columns_get_key    (const SideColumns *self, SideCallSort sort, guint32 row);
const SideRowSound *side_columns_get_sound (const SideColumns *self, guint32 row);
guint32      side_columns_sound_key  (double value);
double       side_columns_sound_value (guint32 key);
int          side_columns_compare    (const SideColumns *self, SideCallSort sort, gboolean descending, guint32 a, guint32 b);
void         side_columns_sort       (const SideColumns *self, SideCallSort sort, gboolean descending, guint32 *rows, gsize n);
guint64      side_columns_pack_number (const char *number);

G_END_DECLS
