/* side-test-result-words.h - what a test call came to, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-project.h"
#include "side-test-call.h"
#include "side-test-verdict.h"

G_BEGIN_DECLS

char       *side_test_result_words_short   (const SideTestCall *call);
char       *side_test_result_words_faults  (const SideTestCall *call);
char       *side_test_result_words_verdict (const char *words, gboolean wrong);
char       *side_test_result_words_found   (const SideTestCall *call, gboolean *wrong);
const char *side_test_result_words_limit   (SideLimit limit);
char       *side_test_result_words_check   (const SideTestCall *call, SideLimit limit, gboolean *over);
char       *side_test_result_words_segment (const SideTestSegment *segment);
char       *side_test_result_words_certain (const SideTestSegment *segment);
char       *side_test_result_words_told    (const SideTestSegment *segment);
char       *side_test_result_words_step    (const SideTestCall *call, const SideTestStep *step);
char       *side_test_result_words_summary (const SideTestCall *call, const SideProject *project, double score);

G_END_DECLS
