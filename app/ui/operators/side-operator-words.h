/* side-operator-words.h - an operator's figures in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-store-facts.h"

G_BEGIN_DECLS

char       *side_operator_words_others    (const SideScores        *own,
                                           const SideScores        *others);
char       *side_operator_words_criterion (const SideCriterionFact *fact);
char       *side_operator_words_causes    (const SideCriterionFact *fact);
const char *side_operator_words_sound     (SideSoundFigure          figure);
char       *side_operator_words_range     (SideSoundFigure          figure,
                                           const SideSoundRange    *range);
char       *side_operator_words_work      (const SideOperatorFacts *facts);
const char *side_operator_words_cause     (SideCause                cause);

G_END_DECLS
