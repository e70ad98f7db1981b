/* side-columns.c - what calls are filtered and sorted by, in memory
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loading is cut into steps, so that the thread can answer in between. Rows
 * written meanwhile are picked up by the steps still to come, or replaced at
 * once where they were read already.
 */
#include "side-columns.h"

#include <math.h>
#include <string.h>

#include "side-radix.h"
#include "side-veil-sql.h"

#define ROW_SQL \
  "SELECT n, joined_ms, project, queue, operator, operator_name, outcome, wait_ms, talk_ms, hold_ms, " \
  "CASE WHEN score IS NOT NULL AND id NOT IN " SIDE_VEIL_SQL " THEN score END, " \
  "callback, test, caller, recording IS NOT NULL FROM calls "

#define MAX_ROW      50000000        /* more would only be read from a damaged file */
#define MAX_NAME     0x7fffffff
#define FIRST_ROWS   4000000         /* room is made at once for up to so many */
#define SCORE_SCALE  1000000.0

SideColumns *
side_columns_new (void)
{
  SideColumns *self = g_new0 (SideColumns, 1);

  self->by_time = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->ranks = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->free_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->sounds = g_array_new (FALSE, TRUE, sizeof (SideRowSound));
  g_array_set_size (self->sounds, 1);
  return self;
}

void
side_columns_free (SideColumns *self)
{
  g_free (self->flags);
  g_free (self->outcome);
  g_free (self->joined);
  g_free (self->number);
  g_free (self->project);
  g_free (self->queue);
  g_free (self->operator_id);
  g_free (self->operator_name);
  g_free (self->wait);
  g_free (self->talk);
  g_free (self->score);
  g_free (self->sound);
  g_array_unref (self->sounds);
  g_array_unref (self->by_time);
  g_array_unref (self->ranks);
  g_array_unref (self->free_rows);
  g_free (self);
}

static void
resize (SideColumns *self,
        guint32      size)
{
  self->flags = g_renew (guint8, self->flags, size);
  memset (self->flags + self->size, 0, size - self->size);
  self->outcome = g_renew (guint8, self->outcome, size);
  self->joined = g_renew (gint64, self->joined, size);
  self->number = g_renew (guint64, self->number, size);
  self->project = g_renew (guint32, self->project, size);
  self->queue = g_renew (guint32, self->queue, size);
  self->operator_id = g_renew (guint32, self->operator_id, size);
  self->operator_name = g_renew (guint32, self->operator_name, size);
  self->wait = g_renew (guint32, self->wait, size);
  self->talk = g_renew (guint32, self->talk, size);
  self->score = g_renew (guint32, self->score, size);
  self->sound = g_renew (guint32, self->sound, size);
  memset (self->sound + self->size, 0, (size - self->size) * sizeof (guint32));
  self->size = size;
}

static void
make_room (SideColumns *self,
           guint32      row)
{
  if (row >= self->size)
    resize (self, MAX (row + 1, self->size + self->size / 8 + 1024));
}

/**
 * side_columns_pack_number:
 * @number: (nullable): a telephone number, anything but digits passed over
 *
 * Returns: its first 16 digits (E.164 has at most 15), ordered as text is
 */
guint64
side_columns_pack_number (const char *number)
{
  guint64 packed = 0;
  int digits = 0;

  for (const char *p = number; p != NULL && *p != '\0' && digits < 16; p++)
    if (g_ascii_isdigit (*p))
      packed |= (guint64) (*p - '0' + 1) << (60 - 4 * digits++);
  return packed;
}

static guint32
clamp_ms (gint64 ms)
{
  return (guint32) CLAMP (ms, 0, G_MAXUINT32);
}

/* A column of names: a number past any table is as good as none. */
static guint32
name_column (sqlite3_stmt *stmt,
             int           index)
{
  gint64 number = sqlite3_column_int64 (stmt, index);

  return number > 0 && number <= MAX_NAME ? (guint32) number : 0;
}

static gboolean
take_row (SideColumns  *self,
          sqlite3_stmt *stmt,
          guint32      *taken,
          GError      **error)
{
  gint64 n = sqlite3_column_int64 (stmt, 0);
  guint32 row = (guint32) n;

  if (n < 1 || n > MAX_ROW)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the cache numbers a call %" G_GINT64_FORMAT, n);
      return FALSE;
    }
  make_room (self, row);
  self->joined[row] = sqlite3_column_int64 (stmt, 1);
  self->project[row] = name_column (stmt, 2);
  self->queue[row] = name_column (stmt, 3);
  self->operator_id[row] = name_column (stmt, 4);
  self->operator_name[row] = name_column (stmt, 5);
  if (self->operator_name[row] == 0)
    self->operator_name[row] = self->operator_id[row];
  self->outcome[row] = (guint8) CLAMP (sqlite3_column_int (stmt, 6), 0, 31);
  self->wait[row] = clamp_ms (sqlite3_column_int64 (stmt, 7));
  self->talk[row] = clamp_ms (sqlite3_column_int64 (stmt, 8) + sqlite3_column_int64 (stmt, 9));
  self->score[row] = SIDE_COLUMNS_NO_SCORE;
  if (sqlite3_column_type (stmt, 10) != SQLITE_NULL)
    self->score[row] = 1 + (guint32) (CLAMP (sqlite3_column_double (stmt, 10), 0.0, 4000.0) * SCORE_SCALE + 0.5);
  self->number[row] = side_columns_pack_number (side_db_column_text (stmt, 13));
  self->flags[row] = SIDE_ROW_PRESENT
                     | (sqlite3_column_int (stmt, 11) == SIDE_CALLBACK_WANTED ? SIDE_ROW_CALLBACK : 0)
                     | (sqlite3_column_int (stmt, 12) != 0 ? SIDE_ROW_TEST : 0)
                     | (sqlite3_column_int (stmt, 14) != 0 ? SIDE_ROW_RECORDED : 0);
  *taken = row;
  return TRUE;
}

/**
 * side_columns_sound_key:
 * @value: a figure of the sound: ms, a share, dB, LUFS; or NaN
 *
 * Returns: a number that orders as figures of its kind do; 0 for NaN
 */
guint32
side_columns_sound_key (double value)
{
  /* ms by the tenth, up to 118 h; shares and decibels by a hundred-thousandth. */
  double scale = fabs (value) < 1000.0 ? 100000.0 : 10.0;
  double base = fabs (value) < 1000.0 ? 0 : 200000000.0;

  if (isnan (value))
    return 0;
  return 1 + (guint32) CLAMP ((value + 1000.0) * scale + base + 0.5, 0.0, 4294967290.0);
}

/**
 * side_columns_sound_value:
 * @key: what side_columns_sound_key() gave
 *
 * Returns: the figure, as exact as it is ordered by; NaN for 0
 */
double
side_columns_sound_value (guint32 key)
{
  double scaled = (double) key - 1.0;

  if (key == 0)
    return NAN;
  return scaled <= 200000000.0 ? scaled / 100000.0 - 1000.0 : (scaled - 200000000.0) / 10.0 - 1000.0;
}

static void
take_sound (gint64                  n,
            const SideSoundFigures *figures,
            gpointer                data)
{
  SideColumns *self = data;
  SideRowSound sound = { SIDE_ROW_ANALYSED, { 0 } };
  guint32 row = (guint32) n;

  make_room (self, row);
  if (figures->problem != NULL)
    sound.flags |= SIDE_ROW_UNPLAYABLE;
  if (side_sound_figures_silent_side (figures) != SIDE_CHANNEL_NONE)
    sound.flags |= SIDE_ROW_ONE_SIDED;
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    sound.keys[i] = side_columns_sound_key (side_sound_figures_get (figures, (SideSoundFigure) i));
  if (self->sound[row] == 0)
    {
      self->sound[row] = self->sounds->len;
      g_array_append_val (self->sounds, sound);
    }
  else
    {
      g_array_index (self->sounds, SideRowSound, self->sound[row]) = sound;
    }
  self->sound_cursor = MAX (self->sound_cursor, n);
}

static gboolean
load_some_sounds (SideColumns  *self,
                  SideDb       *db,
                  guint         rows,
                  GError      **error)
{
  gint64 before = self->sound_cursor;

  if (!side_db_each_sound (db, before, MAX_ROW, rows, take_sound, self, error))
    return FALSE;
  self->sounds_loaded = self->sound_cursor == before;
  return TRUE;
}

/* What was there before is forgotten: there may be none any more. */
static gboolean
reload_sound (SideColumns  *self,
              SideDb       *db,
              guint32       row,
              GError      **error)
{
  gint64 cursor = self->sound_cursor;
  gboolean done;

  if (row < self->size && self->sound[row] != 0)
    g_array_index (self->sounds, SideRowSound, self->sound[row]) = (SideRowSound) { 0 };
  done = side_db_each_sound (db, (gint64) row - 1, row, 1, take_sound, self, error);
  self->sound_cursor = cursor;
  return done;
}

/**
 * side_columns_get_sound:
 * @self: the columns
 * @row: a row
 *
 * Returns: (transfer none): what its recording sounds like, as far as known;
 *   good until a row is written
 */
const SideRowSound *
side_columns_get_sound (const SideColumns *self,
                        guint32            row)
{
  return &g_array_index (self->sounds, SideRowSound, self->sound[row]);
}

static gboolean
make_first_room (SideColumns  *self,
                 SideDb       *db,
                 GError      **error)
{
  gint64 largest = 0;

  if (!side_db_get_int (db, &largest, error, "SELECT max(n) FROM calls", ""))
    return FALSE;
  make_room (self, (guint32) CLAMP (largest, 0, FIRST_ROWS));
  return TRUE;
}

static void
finish_loading (SideColumns *self)
{
  guint32 rows = (guint32) self->cursor;
  guint64 *keys;
  guint32 *order;
  gsize n = 0;

  g_array_set_size (self->by_time, rows);
  order = (guint32 *) (void *) self->by_time->data;
  keys = g_new (guint64, rows + 1);
  for (guint32 row = 1; row <= rows; row++)
    if (side_columns_is_present (self, row))
      {
        /* Shifts the signed range so that it orders as unsigned. */
        keys[n] = (guint64) self->joined[row] ^ (G_GUINT64_CONSTANT (1) << 63);
        order[n++] = row;
      }
    else
      {
        g_array_append_val (self->free_rows, row);
      }
  side_radix_sort (keys, order, n);
  g_free (keys);
  g_array_set_size (self->by_time, (guint) n);
  self->loaded = TRUE;
}

/**
 * side_columns_load_some:
 * @self: the columns, not loaded yet
 * @db: the database
 * @rows: how many calls to read at most
 * @error: (out): the error
 *
 * One step of loading; after the last one self->loaded is set.
 *
 * Returns: %TRUE on success
 */
gboolean
side_columns_load_some (SideColumns  *self,
                        SideDb       *db,
                        guint         rows,
                        GError      **error)
{
  sqlite3_stmt *stmt;
  guint32 row = 0;
  guint read = 0;
  int rc;

  if (self->size == 0 && !make_first_room (self, db, error))
    return FALSE;
  if (!self->sounds_loaded)
    return load_some_sounds (self, db, rows, error);
  stmt = side_db_prepare (db, ROW_SQL "WHERE n > ?1 ORDER BY n LIMIT ?2", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->cursor);
  sqlite3_bind_int64 (stmt, 2, rows);
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      if (!take_row (self, stmt, &row, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      self->cursor = row;
      read++;
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  if (read < rows)
    finish_loading (self);
  return TRUE;
}

/* Where (joined, row) stands in by_time, or would. */
static guint
find_place (const SideColumns *self,
            gint64             joined,
            guint32            row)
{
  const guint32 *order = (const guint32 *) (const void *) self->by_time->data;
  guint low = 0;
  guint high = self->by_time->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 other = order[middle];

      if (self->joined[other] < joined || (self->joined[other] == joined && other < row))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * side_columns_reload_row:
 * @self: the columns
 * @db: the database, where @row was just written or removed
 * @row: a row's number
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_columns_reload_row (SideColumns  *self,
                         SideDb       *db,
                         guint32       row,
                         GError      **error)
{
  sqlite3_stmt *stmt;
  gboolean was_there;
  int rc;

  if (!reload_sound (self, db, row, error))
    return FALSE;
  if (!self->loaded && row > self->cursor)
    return TRUE;
  stmt = side_db_prepare (db, ROW_SQL "WHERE n = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, row);
  rc = side_db_step (db, stmt, error);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    return FALSE;
  was_there = side_columns_is_present (self, row);
  if (was_there && self->loaded)
    g_array_remove_index (self->by_time, find_place (self, self->joined[row], row));
  if (rc == SQLITE_DONE)
    {
      if (was_there)
        self->flags[row] = 0;
      return TRUE;
    }
  if (!take_row (self, stmt, &row, error))
    return FALSE;
  sqlite3_reset (stmt);
  if (self->loaded)
    g_array_insert_val (self->by_time, find_place (self, self->joined[row], row), row);
  return TRUE;
}

/**
 * side_columns_get_free_row:
 * @self: the columns
 *
 * Rows forgotten in this run are not given again in it: somebody may still be
 * fetching them.
 *
 * Returns: a row number nobody has, or 0 when the next one should be used
 */
guint32
side_columns_get_free_row (const SideColumns *self)
{
  return self->free_rows->len > 0 ? g_array_index (self->free_rows, guint32, self->free_rows->len - 1) : 0;
}

/**
 * side_columns_take_free_row:
 * @self: the columns
 *
 * The number side_columns_get_free_row() gave is not free any more.
 */
void
side_columns_take_free_row (SideColumns *self)
{
  g_array_set_size (self->free_rows, self->free_rows->len - 1);
}

gboolean
side_columns_is_present (const SideColumns *self,
                         guint32            row)
{
  return row < self->size && (self->flags[row] & SIDE_ROW_PRESENT) != 0;
}

typedef struct {
  char    *key;
  guint32  number;
} NameKey;

static int
compare_name_keys (gconstpointer a,
                   gconstpointer b)
{
  return strcmp (((const NameKey *) a)->key, ((const NameKey *) b)->key);
}

static void
clear_name_key (gpointer data)
{
  g_free (((NameKey *) data)->key);
}

/**
 * side_columns_update_ranks:
 * @self: the columns
 * @db: the database
 * @error: (out): the error
 *
 * Brings the places of names in the alphabet up to date. New names move
 * others' places but never change two names' order, so lists sorted before
 * stay sorted.
 *
 * Returns: %TRUE on success
 */
gboolean
side_columns_update_ranks (SideColumns  *self,
                           SideDb       *db,
                           GError      **error)
{
  g_autoptr (GArray) keys = NULL;
  guint32 rank = 0;

  if (!side_db_load_names (db, error))
    return FALSE;
  if (self->ranks->len == db->names->len)
    return TRUE;
  keys = g_array_new (FALSE, FALSE, sizeof (NameKey));
  g_array_set_clear_func (keys, clear_name_key);
  for (guint i = 1; i < db->names->len; i++)
    if (db->names->pdata[i] != NULL)
      {
        NameKey key = { g_utf8_collate_key (db->names->pdata[i], -1), i };

        g_array_append_val (keys, key);
      }
  g_array_sort (keys, compare_name_keys);
  g_array_set_size (self->ranks, db->names->len);
  if (self->ranks->len > 0)
    memset (self->ranks->data, 0, self->ranks->len * sizeof (guint32));
  for (guint i = 0; i < keys->len; i++)
    {
      const NameKey *key = &g_array_index (keys, NameKey, i);

      if (i == 0 || strcmp (key->key, g_array_index (keys, NameKey, i - 1).key) != 0)
        rank++;
      g_array_index (self->ranks, guint32, key->number) = rank;
    }
  return TRUE;
}

static guint64
rank_of (const SideColumns *self,
         guint32            number)
{
  return number < self->ranks->len ? g_array_index (self->ranks, guint32, number) : 0;
}

/**
 * side_columns_get_key:
 * @self: the columns, their ranks up to date
 * @sort: what to order by, not %SIDE_CALL_SORT_TIME
 * @row: a row
 *
 * Returns: a number that orders as the column does; 0 for "no value"
 */
guint64
side_columns_get_key (const SideColumns *self,
                      SideCallSort       sort,
                      guint32            row)
{
  switch (sort)
    {
    case SIDE_CALL_SORT_OPERATOR:
      return rank_of (self, self->operator_name[row]);
    case SIDE_CALL_SORT_NUMBER:
      return self->number[row];
    case SIDE_CALL_SORT_QUEUE:
      return rank_of (self, self->queue[row]);
    case SIDE_CALL_SORT_WAIT:
      return (guint64) self->wait[row] + 1;
    case SIDE_CALL_SORT_TALK:
      /* Nobody talked: there is nothing to compare. */
      return self->talk[row];
    case SIDE_CALL_SORT_SCORE:
      return self->score[row];
    case SIDE_CALL_SORT_OUTCOME:
      return self->outcome[row];
    case SIDE_CALL_SORT_TIME:
      return 0;
    case SIDE_CALL_SORT_SOUND:
    default:
      return side_columns_get_sound (self, row)->keys[(guint) sort - SIDE_CALL_SORT_SOUND];
    }
}

/**
 * side_columns_compare:
 * @self: the columns, their ranks up to date
 * @sort: what to order by
 * @descending: biggest first
 * @a: a row
 * @b: a row
 *
 * Returns: negative when @a comes before @b, 0 only for the same row
 */
int
side_columns_compare (const SideColumns *self,
                      SideCallSort       sort,
                      gboolean           descending,
                      guint32            a,
                      guint32            b)
{
  guint64 left = sort == SIDE_CALL_SORT_TIME ? 0 : side_columns_get_key (self, sort, a);
  guint64 right = sort == SIDE_CALL_SORT_TIME ? 0 : side_columns_get_key (self, sort, b);
  int newer;

  if (a == b)
    return 0;
  if (left != right)
    {
      if (left == 0 || right == 0)
        return left == 0 ? 1 : -1;
      return (left < right) != descending ? -1 : 1;
    }
  if (self->joined[a] != self->joined[b])
    newer = self->joined[a] > self->joined[b] ? -1 : 1;
  else
    newer = a > b ? -1 : 1;
  return sort == SIDE_CALL_SORT_TIME && !descending ? -newer : newer;
}

static void
reverse (guint32 *rows,
         gsize    n)
{
  for (gsize i = 0; i < n / 2; i++)
    {
      guint32 swap = rows[i];

      rows[i] = rows[n - 1 - i];
      rows[n - 1 - i] = swap;
    }
}

/* Puts the rows with a value first, in the order they came. */
static gsize
part_valued (guint64 *keys,
             guint32 *rows,
             gsize    n)
{
  g_autofree guint32 *without = NULL;
  gsize kept = 0;
  gsize dropped = 0;

  for (gsize i = 0; i < n; i++)
    dropped += keys[i] == 0;
  if (dropped == 0)
    return n;
  without = g_new (guint32, dropped);
  dropped = 0;
  for (gsize i = 0; i < n; i++)
    if (keys[i] == 0)
      {
        without[dropped++] = rows[i];
      }
    else
      {
        keys[kept] = keys[i];
        rows[kept++] = rows[i];
      }
  memcpy (rows + kept, without, dropped * sizeof *rows);
  return kept;
}

/**
 * side_columns_sort:
 * @self: the columns, their ranks up to date
 * @sort: what to order by
 * @descending: biggest first
 * @rows: (array length=n): rows, newest first
 * @n: how many
 *
 * Orders them as side_columns_compare() does.
 */
void
side_columns_sort (const SideColumns *self,
                   SideCallSort       sort,
                   gboolean           descending,
                   guint32           *rows,
                   gsize              n)
{
  g_autofree guint64 *keys = NULL;
  guint64 largest = 0;
  gsize valued;

  if (sort == SIDE_CALL_SORT_TIME)
    {
      if (!descending)
        reverse (rows, n);
      return;
    }
  keys = g_new (guint64, n + 1);
  for (gsize i = 0; i < n; i++)
    keys[i] = side_columns_get_key (self, sort, rows[i]);
  valued = part_valued (keys, rows, n);
  if (descending)
    {
      for (gsize i = 0; i < valued; i++)
        largest = MAX (largest, keys[i]);
      for (gsize i = 0; i < valued; i++)
        keys[i] = largest - keys[i];
    }
  side_radix_sort (keys, rows, valued);
}
