/* side-facts-sql.h - what an operator's page asks the database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Apart, so that a benchmark can put the same questions without the store.
 * ?1 is the project's number of names, ?2 the operator's, ?3 and ?4 the period.
 */
#pragma once

#include "side-veil-sql.h"

#define SIDE_FACTS_REVIEWS_SQL \
  "SELECT d.id, f.about, s.text, q.text, r.text, f.version, f.revision, f.selection, f.joined_ms, f.finished_ms, " \
  "f.score, f.would_be, f.critical, f.test, f.counts FROM review_facts f CROSS JOIN documents d ON d.n = f.n " \
  "LEFT JOIN names s ON s.n = f.script LEFT JOIN names q ON q.n = f.queue LEFT JOIN names r ON r.n = f.reviewer " \
  "WHERE f.project = ?1 AND f.operator = ?2 AND f.joined_ms >= ?3 AND f.joined_ms < ?4 " \
  "AND f.about NOT IN " SIDE_VEIL_SQL " ORDER BY f.joined_ms DESC, f.n DESC"

/* How many that leaves out: the veil is short, an operator's reviews may be many. */
#define SIDE_FACTS_HIDDEN_SQL \
  "SELECT count(*) FROM temp.veil v CROSS JOIN review_facts f INDEXED BY review_facts_by_call ON f.about = v.call " \
  "WHERE f.project = ?1 AND f.operator = ?2 AND f.joined_ms >= ?3 AND f.joined_ms < ?4"

#define SIDE_FACTS_CRITERIA_SQL \
  "SELECT s.text, c.text, g.random, g.version, g.n, g.whole, g.share, g.c0, g.c1, g.c2, g.c3, g.c4, g.bonus FROM " \
  "(SELECT f.script AS script, a.criterion AS criterion, f.selection = 1 AS random, max (f.version) AS version, count(*) AS n, " \
  "sum (a.value >= 1) AS whole, sum (a.value) AS share, a.bonus AS bonus, " \
  "sum (a.value < 1 AND a.bonus = 0 AND a.cause = 0) AS c0, sum (a.value < 1 AND a.bonus = 0 AND a.cause = 1) AS c1, " \
  "sum (a.value < 1 AND a.bonus = 0 AND a.cause = 2) AS c2, sum (a.value < 1 AND a.bonus = 0 AND a.cause = 3) AS c3, " \
  "sum (a.value < 1 AND a.bonus = 0 AND a.cause = 4) AS c4 " \
  "FROM review_facts f CROSS JOIN answer_facts a ON a.review = f.n " \
  "WHERE f.project = ?1 AND f.operator = ?2 AND f.joined_ms >= ?3 AND f.joined_ms < ?4 AND f.counts = 1 AND f.test = 0 " \
  "AND f.about NOT IN " SIDE_VEIL_SQL " GROUP BY 1, 2, 3, a.bonus) g JOIN names s ON s.n = g.script JOIN names c ON c.n = g.criterion ORDER BY 1, 2, 3, g.bonus"

#define SIDE_FACTS_OTHERS_SQL \
  "SELECT selection = 1, count(*), sum (score), sum (score * score), count (DISTINCT operator) FROM review_facts " \
  "WHERE project = ?1 AND operator <> ?2 AND joined_ms >= ?3 AND joined_ms < ?4 AND counts = 1 AND test = 0 " \
  "AND n NOT IN " SIDE_VEIL_REVIEWS_SQL " GROUP BY 1"

#define SIDE_FACTS_TIMES_SQL "SELECT talk_ms, hold_ms, wrap_ms FROM calls WHERE n = ?1"

#define SIDE_FACTS_COUNT_SQL \
  "SELECT o.text, sum (f.selection = 1), sum (f.selection <> 1) FROM review_facts f JOIN names o ON o.n = f.operator " \
  "WHERE f.project = ?1 AND f.joined_ms >= ?3 AND f.joined_ms < ?4 AND f.counts = 1 AND f.test = 0 " \
  "AND f.n NOT IN " SIDE_VEIL_REVIEWS_SQL " GROUP BY f.operator"
