/* side-test-comparison-words.h - how two clocks and two recordings of a test call differ, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-likeness.h"
#include "side-test-verdict.h"

G_BEGIN_DECLS

/* What a line of the comparison says of the call centre's figures. */
typedef enum {
  SIDE_TEST_AGREES,
  SIDE_TEST_DIFFERS,    /* and it is told why */
  SIDE_TEST_ODD,        /* and it cannot be told why */
} SideTestAgreement;

char       *side_test_comparison_words_seconds (gint64 ms);
char       *side_test_comparison_words_wait    (const SideTestComparison *clocks, SideTestAgreement *agreement);
char       *side_test_comparison_words_talk    (const SideTestComparison *clocks, SideTestAgreement *agreement);
const char *side_test_comparison_words_found   (SideTestMatch match);
GPtrArray  *side_test_comparison_words_pairing (const SidePairing *pairing, SideTestAgreement *agreement);
const char *side_test_comparison_words_icon    (SideTestAgreement agreement);
const char *side_test_comparison_words_class   (SideTestAgreement agreement);

G_END_DECLS
