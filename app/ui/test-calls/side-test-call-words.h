/* side-test-call-words.h - a test call in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-sip-call.h"
#include "side-test-call.h"
#include "side-test-run.h"

G_BEGIN_DECLS

const char *side_test_call_words_segment (SideSegmentKind kind);
const char *side_test_call_words_state   (SideSipCallState state);
char       *side_test_call_words_calling (const char *number, const char *persona);
const char *side_test_call_words_limit   (SideTestLimit limit);
char       *side_test_call_words_end     (const SideTestCall *call);
char       *side_test_call_words_ended   (const SideTestCall *call);
char       *side_test_call_words_quality (const SideTestQuality *quality);
char       *side_test_call_words_warnings (const SideTestQuality *quality);
const char *side_test_call_words_pill    (const SideTestCall *call, SideSipCallState state, const char **css_class);
char       *side_test_call_words_strip   (const SideTestCall *call, const SideTestSegment *segment);
char       *side_test_call_words_part    (const SideTestCall *call, const SideTestSegment *segment);

G_END_DECLS
