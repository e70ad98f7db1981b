/* side-db-sounds.c - the table of what recordings sound like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row belongs to a call by its number and to one of its recordings by name:
 * when the call gets another recording, the figures are those of nothing and
 * are not seen any more.
 */
#include "side-db.h"

#include <math.h>

#define COLUMNS \
  "recording, version, problem, attribution, duration_ms, dead_air, long_dead_air, longest_dead_air_ms, talk_over, " \
  "talk_over_share, talk_share, latency_median_ms, latency_p90_ms, monologue_ms, lufs_1, lufs_2, snr_db_1, snr_db_2, " \
  "clipped_1, clipped_2, speech_ms_1, speech_ms_2, one_way_1, one_way_2"

static void
bind_known (sqlite3_stmt *stmt,
            int           index,
            double        value)
{
  if (isfinite (value))
    sqlite3_bind_double (stmt, index, value);
  else
    sqlite3_bind_null (stmt, index);
}

static void
bind_sides (sqlite3_stmt           *stmt,
            const SideSoundFigures *figures)
{
  for (int i = 0; i < 2; i++)
    {
      const SideSideFigures *side = &figures->sides[i];

      bind_known (stmt, 16 + i, side->loudness_lufs);
      bind_known (stmt, 18 + i, side->snr_db);
      sqlite3_bind_int64 (stmt, 20 + i, side->clipped_runs);
      sqlite3_bind_int64 (stmt, 22 + i, side->speech_ms);
      sqlite3_bind_int (stmt, 24 + i, side->one_way);
    }
}

/**
 * side_db_put_sound:
 * @self: the database, in a transaction
 * @n: the call's row
 * @figures: what was found; they replace what was there
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_sound (SideDb                 *self,
                   gint64                  n,
                   const SideSoundFigures *figures,
                   GError                **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "INSERT OR REPLACE INTO sounds (n, " COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                                        "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
                                        "?24, ?25)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  sqlite3_bind_text (stmt, 2, figures->recording, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, figures->version, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 4, figures->problem, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 5, figures->attribution);
  sqlite3_bind_int64 (stmt, 6, figures->duration_ms);
  sqlite3_bind_int64 (stmt, 7, figures->dead_air);
  sqlite3_bind_int64 (stmt, 8, figures->long_dead_air);
  sqlite3_bind_int64 (stmt, 9, figures->longest_dead_air_ms);
  sqlite3_bind_int64 (stmt, 10, figures->talk_over);
  bind_known (stmt, 11, figures->talk_over_share);
  bind_known (stmt, 12, figures->talk_share);
  bind_known (stmt, 13, figures->latency_median_ms);
  bind_known (stmt, 14, figures->latency_p90_ms);
  sqlite3_bind_int64 (stmt, 15, figures->monologue_ms);
  bind_sides (stmt, figures);
  return side_db_step_done (self, stmt, error);
}

static double
known_column (sqlite3_stmt *stmt,
              int           index)
{
  return sqlite3_column_type (stmt, index) == SQLITE_NULL ? NAN : sqlite3_column_double (stmt, index);
}

static SideSoundFigures *
figures_from_row (sqlite3_stmt *stmt)
{
  SideSoundFigures *figures = side_sound_figures_new (side_db_column_text (stmt, 25), side_db_column_text (stmt, 1),
                                                      side_db_column_text (stmt, 2));

  figures->problem = g_strdup (side_db_column_text (stmt, 3));
  figures->attribution = (SideAttribution) CLAMP (sqlite3_column_int (stmt, 4), 0, SIDE_ATTRIBUTION_CHANNELS);
  figures->duration_ms = sqlite3_column_int64 (stmt, 5);
  figures->dead_air = sqlite3_column_int64 (stmt, 6);
  figures->long_dead_air = sqlite3_column_int64 (stmt, 7);
  figures->longest_dead_air_ms = sqlite3_column_int64 (stmt, 8);
  figures->talk_over = sqlite3_column_int64 (stmt, 9);
  figures->talk_over_share = known_column (stmt, 10);
  figures->talk_share = known_column (stmt, 11);
  figures->latency_median_ms = known_column (stmt, 12);
  figures->latency_p90_ms = known_column (stmt, 13);
  figures->monologue_ms = sqlite3_column_int64 (stmt, 14);
  for (int i = 0; i < 2; i++)
    {
      SideSideFigures *side = &figures->sides[i];

      side->loudness_lufs = known_column (stmt, 15 + i);
      side->snr_db = known_column (stmt, 17 + i);
      side->clipped_runs = sqlite3_column_int64 (stmt, 19 + i);
      side->speech_ms = sqlite3_column_int64 (stmt, 21 + i);
      side->one_way = sqlite3_column_int (stmt, 23 + i) != 0;
    }
  return figures;
}

/**
 * side_db_each_sound:
 * @self: the database
 * @after: rows beyond this number
 * @upto: and not beyond this one
 * @limit: how many at most, negative for all
 * @func: called with each, in the order of numbers
 * @data: its argument
 * @error: (out): the error
 *
 * Only figures of a recording that the call still has.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_each_sound (SideDb         *self,
                    gint64          after,
                    gint64          upto,
                    gint64          limit,
                    SideSoundFunc   func,
                    gpointer        data,
                    GError        **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT s.n, s.recording, version, problem, attribution, duration_ms, dead_air, "
                                        "long_dead_air, longest_dead_air_ms, talk_over, talk_over_share, talk_share, "
                                        "latency_median_ms, latency_p90_ms, monologue_ms, lufs_1, lufs_2, snr_db_1, snr_db_2, "
                                        "clipped_1, clipped_2, speech_ms_1, speech_ms_2, one_way_1, one_way_2, c.id "
                                        "FROM sounds s JOIN calls c ON c.n = s.n AND c.recording = s.recording "
                                        "WHERE s.n > ?1 AND s.n <= ?2 ORDER BY s.n LIMIT ?3", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  sqlite3_bind_int64 (stmt, 2, upto);
  sqlite3_bind_int64 (stmt, 3, limit);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (SideSoundFigures) figures = figures_from_row (stmt);

      func (sqlite3_column_int64 (stmt, 0), figures, data);
    }
  return rc == SQLITE_DONE;
}
