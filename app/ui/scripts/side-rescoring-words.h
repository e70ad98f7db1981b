/* side-rescoring-words.h - what another version would change, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-rescoring.h"

G_BEGIN_DECLS

char *side_rescoring_words_means    (const SideRescoredScores *scores, gboolean random);
char *side_rescoring_words_scores   (const SideRescoring *rescoring);
char *side_rescoring_words_critical (const SideRescoring *rescoring);
char *side_rescoring_words_missing  (const SideRescoring *rescoring);
char *side_rescoring_words_row      (const SideRescored *row);
char *side_rescoring_words_change   (const SideRescored *row);

G_END_DECLS
