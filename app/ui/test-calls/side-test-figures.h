/* side-test-figures.h - what many test calls say, in figures and in sentences
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here puts lines in an order: of two it is said that they differ where
 * their 95 % intervals have nothing in common, and else that nobody can tell.
 */
#pragma once

#include "side-test-results.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_TEST_FIGURE_REACHED,   /* share that came to a person */
  SIDE_TEST_FIGURE_SOUND,     /* share in which nothing was wrong */
  SIDE_TEST_FIGURE_WAIT,      /* seconds to a person */
  SIDE_TEST_FIGURE_SCORE,
  SIDE_TEST_N_FIGURES,
} SideTestFigure;

const char *side_test_figure_name        (SideTestFigure figure);
guint       side_test_figure_get         (SideTestFigure figure, const SideTestResult *result, double *value, SideInterval *interval);
char       *side_test_figure_words       (SideTestFigure figure, const SideTestResult *result);
char       *side_test_figure_compare     (SideTestFigure figure, const GPtrArray *results);
GPtrArray  *side_test_figures_same       (GPtrArray *calls, guint *left_out);
char       *side_test_figures_csv        (const GPtrArray *results, GTimeZone *zone);

G_END_DECLS
