/* side-filter.c - which calls a query lets through
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each condition that is set goes once over the rows that are left and keeps
 * what passes, in order; one that is not set costs nothing. Words are looked
 * up in the search table, parts of numbers in memory.
 */
#include "side-filter.h"

#include <math.h>
#include <string.h>

#include "side-text.h"

#define MIN_NUMBER_PART 3      /* fewer digits would find everything */
#define FEW_ROWS        200    /* up to here each row is asked for by itself */
#define STOP_INTERVAL   4096

/* Keeps the rows for which @passes (an expression of row) holds. */
#define KEEP_IF(rows, passes)                                            \
  G_STMT_START {                                                         \
    guint32 *_r = (guint32 *) (void *) (rows)->data;                     \
    guint _kept = 0;                                                     \
    for (guint _i = 0; _i < (rows)->len; _i++)                           \
      {                                                                  \
        guint32 row = _r[_i];                                            \
        _r[_kept] = row;                                                 \
        _kept += (passes) ? 1 : 0;                                       \
      }                                                                  \
    g_array_set_size ((rows), _kept);                                    \
  } G_STMT_END

/* A set of names as an array of flags by their numbers. */
static guint8 *
make_name_set (SideDb      *db,
               char *const *names,
               guint       *size)
{
  guint8 *set;

  *size = db->names->len + 1;
  set = g_new0 (guint8, *size);
  for (guint i = 0; names[i] != NULL; i++)
    set[GPOINTER_TO_INT (g_hash_table_lookup (db->numbers, names[i]))] = 1;
  set[0] = 0;
  return set;
}

static void
keep_names (GArray        *rows,
            const guint32 *column,
            SideDb        *db,
            char *const   *names)
{
  g_autofree guint8 *set = NULL;
  guint size;

  if (names == NULL || names[0] == NULL)
    return;
  set = make_name_set (db, names, &size);
  KEEP_IF (rows, column[row] < size && set[column[row]]);
}

static void
keep_range (GArray        *rows,
            const guint32 *column,
            gint64         least,
            gint64         most)
{
  guint32 low = (guint32) CLAMP (least, 0, G_MAXUINT32);
  guint32 high = most > 0 ? (guint32) CLAMP (most, 0, G_MAXUINT32) : G_MAXUINT32;

  if (least > 0 || most > 0)
    KEEP_IF (rows, column[row] >= low && column[row] <= high);
}

static void
keep_flag (GArray        *rows,
           const guint8  *flags,
           SideRowFlags   flag,
           SideCallMatch  match)
{
  guint8 wanted = match == SIDE_CALL_MATCH_YES ? flag : 0;

  if (match != SIDE_CALL_MATCH_ANY)
    KEEP_IF (rows, (flags[row] & flag) == wanted);
}

static guint32
score_bound (double points)
{
  return 1 + (guint32) (CLAMP (points, 0.0, 4000.0) * 1000000.0 + 0.5);
}

static void
keep_scores (GArray              *rows,
             const guint32       *scores,
             const SideCallQuery *query)
{
  guint32 low = query->min_score >= 0 ? score_bound (query->min_score) : 1;
  guint32 high = query->max_score >= 0 ? score_bound (query->max_score) : G_MAXUINT32;

  if (query->scored == SIDE_CALL_MATCH_NO)
    KEEP_IF (rows, scores[row] == SIDE_COLUMNS_NO_SCORE);
  if (query->scored == SIDE_CALL_MATCH_YES || query->min_score >= 0 || query->max_score >= 0)
    KEEP_IF (rows, scores[row] >= low && scores[row] <= high);
}

static void
keep_outcomes (GArray              *rows,
               const guint8        *outcomes,
               const SideCallQuery *query)
{
  guint32 wanted = query->outcomes != 0 ? query->outcomes : G_MAXUINT32;

  for (guint outcome = 0; query->lost_only && outcome < 32; outcome++)
    if (!side_outcome_is_lost ((SideOutcome) outcome))
      wanted &= ~(1u << outcome);
  if (wanted != G_MAXUINT32)
    KEEP_IF (rows, (wanted >> outcomes[row] & 1) != 0);
}

static void
keep_sound_flag (GArray            *rows,
                 const SideColumns *columns,
                 SideRowSoundFlags  flag,
                 SideCallMatch      match)
{
  guint32 wanted = match == SIDE_CALL_MATCH_YES ? flag : 0;

  if (match != SIDE_CALL_MATCH_ANY)
    KEEP_IF (rows, (side_columns_get_sound (columns, row)->flags & flag) == wanted);
}

static void
keep_sounds (GArray              *rows,
             const SideColumns   *columns,
             const SideCallQuery *query)
{
  keep_sound_flag (rows, columns, SIDE_ROW_ANALYSED, query->analysed);
  keep_sound_flag (rows, columns, SIDE_ROW_ONE_SIDED, query->one_sided);
  keep_sound_flag (rows, columns, SIDE_ROW_UNPLAYABLE, query->unplayable);
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    {
      guint32 low = isfinite (query->min_sound[i]) ? side_columns_sound_key (query->min_sound[i]) : 1;
      guint32 high = isfinite (query->max_sound[i]) ? side_columns_sound_key (query->max_sound[i]) : G_MAXUINT32;

      if (low > 1 || high < G_MAXUINT32)
        KEEP_IF (rows, side_columns_get_sound (columns, row)->keys[i] >= low
                       && side_columns_get_sound (columns, row)->keys[i] <= high);
    }
}

static void
keep_by_columns (const SideCallQuery *query,
                 const SideColumns   *columns,
                 SideDb              *db,
                 GArray              *rows)
{
  gint64 from = query->from_ms != 0 ? query->from_ms : G_MININT64;
  gint64 to = query->to_ms != 0 ? query->to_ms : G_MAXINT64;
  guint32 project;

  if (query->project != NULL)
    {
      project = (guint32) GPOINTER_TO_INT (g_hash_table_lookup (db->numbers, query->project));
      KEEP_IF (rows, project != 0 && columns->project[row] == project);
    }
  if (query->from_ms != 0 || query->to_ms != 0)
    KEEP_IF (rows, columns->joined[row] >= from && columns->joined[row] < to);
  keep_names (rows, columns->queue, db, query->queues);
  keep_names (rows, columns->operator_id, db, query->operators);
  keep_outcomes (rows, columns->outcome, query);
  keep_scores (rows, columns->score, query);
  keep_flag (rows, columns->flags, SIDE_ROW_RECORDED, query->recorded);
  keep_flag (rows, columns->flags, SIDE_ROW_CALLBACK, query->callback);
  keep_flag (rows, columns->flags, SIDE_ROW_TEST, query->test);
  keep_range (rows, columns->talk, query->min_talk_ms, query->max_talk_ms);
  keep_range (rows, columns->wait, query->min_wait_ms, query->max_wait_ms);
  keep_sounds (rows, columns, query);
}

typedef struct {
  guint32 low;
  guint32 high;
} Span;

static Span
span_of (const GArray *rows)
{
  Span span = { G_MAXUINT32, 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      span.low = MIN (span.low, g_array_index (rows, guint32, i));
      span.high = MAX (span.high, g_array_index (rows, guint32, i));
    }
  return span;
}

/* All calls of a span a word is found in, as flags by row. Calls that are
 * near in time are mostly near in number, and FTS5 skips what is outside. */
static gboolean
find_word (SideDb        *db,
           const char    *expression,
           guint8        *hits,
           Span           span,
           SideStopFunc   stop,
           gpointer       stop_data,
           GError       **error)
{
  sqlite3_stmt *stmt;
  guint steps = 0;
  int rc;

  stmt = side_db_prepare (db, "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, expression, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, span.low);
  sqlite3_bind_int64 (stmt, 3, span.high);
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      hits[sqlite3_column_int64 (stmt, 0)] = 1;
      if (++steps % STOP_INTERVAL == 0 && stop != NULL && stop (stop_data))
        {
          sqlite3_reset (stmt);
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CANCELLED, "a newer question was asked");
          return FALSE;
        }
    }
  return rc == SQLITE_DONE;
}

static gboolean
find_word_in_rows (SideDb        *db,
                   const char    *expression,
                   guint8        *hits,
                   const GArray  *rows,
                   GError       **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      gint64 found = 0;

      if (!side_db_get_int (db, &found, error, "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid = ?2", "ti",
                            expression, (gint64) row))
        return FALSE;
      hits[row] = found != 0;
    }
  return TRUE;
}

/* Whether the digits of @part stand anywhere in @number; both are packed, 4
 * bits a digit from the left, none of them 0. */
static inline gboolean
has_digits (guint64 number,
            guint64 part,
            guint   bits)
{
  for (; (number >> (64 - bits) & 0xf) != 0; number <<= 4)
    if (number >> (64 - bits) == part)
      return TRUE;
  return FALSE;
}

/* In Russia a number is written with 8 or +7 before it: the same beginning
 * with the other one; "" where @word is not such a beginning. */
static void
other_beginning (const char *word,
                 char        other[17])
{
  g_strlcpy (other, word[0] == '7' || word[0] == '8' ? word : "", 17);
  if (other[0] != '\0')
    other[0] = word[0] == '7' ? '8' : '7';
}

static gboolean
is_number_part (const char *word)
{
  gsize n = strlen (word);

  return n >= MIN_NUMBER_PART && n <= 16 && strspn (word, "0123456789") == n;
}

static gboolean
keep_word (const char         *word,
           const SideColumns  *columns,
           SideDb             *db,
           GArray             *rows,
           SideStopFunc        stop,
           gpointer            stop_data,
           GError            **error)
{
  g_autofree char *expression = side_db_match_expression (word);
  g_autofree guint8 *hits = NULL;
  guint bits = (guint) strlen (word) * 4;
  guint64 part, begin;
  char other[17];

  if (expression == NULL)
    return TRUE;
  hits = g_new0 (guint8, columns->size + 1);
  if (rows->len <= FEW_ROWS
      ? !find_word_in_rows (db, expression, hits, rows, error)
      : !find_word (db, expression, hits, span_of (rows), stop, stop_data, error))
    return FALSE;
  if (!side_db_veil_hits (db, expression, hits, columns->size + 1, error))
    return FALSE;
  if (is_number_part (word))
    {
      part = side_columns_pack_number (word) >> (64 - bits);
      other_beginning (word, other);
      begin = side_columns_pack_number (other) >> (64 - bits);
      KEEP_IF (rows, hits[row] || has_digits (columns->number[row], part, bits)
                     || (begin != 0 && columns->number[row] >> (64 - bits) == begin));
    }
  else
    {
      KEEP_IF (rows, hits[row]);
    }
  return TRUE;
}

/* "+7 903 123-12-44" is one number however it is written. */
static char **
split_words (const char *text)
{
  g_autofree char *folded = side_text_fold (text);
  g_autoptr (GString) digits = g_string_new (NULL);

  if (strspn (folded, "0123456789+-() ") == strlen (folded))
    {
      for (const char *p = folded; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (digits, *p);
      return g_strsplit (digits->str, " ", -1);
    }
  return g_strsplit_set (folded, " \t\n\r", -1);
}

/**
 * side_filter_run:
 * @query: the conditions
 * @columns: the columns, loaded
 * @db: the database, its names loaded
 * @rows: (element-type guint32) (inout): rows that are present; those that do
 *   not pass are taken out, the others stay in order
 * @stop: (nullable): asked now and then whether to go on
 * @stop_data: its argument
 * @error: (out): CANCELLED when @stop said so
 *
 * Returns: %TRUE on success
 */
gboolean
side_filter_run (const SideCallQuery  *query,
                 const SideColumns    *columns,
                 SideDb               *db,
                 GArray               *rows,
                 SideStopFunc          stop,
                 gpointer              stop_data,
                 GError              **error)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *blank = NULL;
  gboolean asked = FALSE;

  keep_by_columns (query, columns, db, rows);
  if (query->text == NULL)
    return TRUE;
  words = split_words (query->text);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      {
        g_autofree char *expression = side_db_match_expression (words[i]);

        asked |= expression != NULL;
        if (!keep_word (words[i], columns, db, rows, stop, stop_data, error))
          return FALSE;
      }
  /* Signs alone are in no text: all calls would be no answer to them. */
  blank = g_strstrip (g_strdup (query->text));
  if (!asked && *blank != '\0')
    g_array_set_size (rows, 0);
  return TRUE;
}
