/* side-sip-words.h - what a failure means, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions: a code, a Reason, an error in, a sentence for a person out.
 */
#pragma once

#include "side-sip-account.h"

G_BEGIN_DECLS

char       *side_sip_words_for_end      (const SideSipEnd *end);
const char *side_sip_words_for_code     (int code);
char       *side_sip_words_for_test     (SideSipTestStep reached, const GError *error);
char       *side_sip_words_for_line     (const GError *reason);
const char *side_sip_words_for_property (const char *property);
const char *side_sip_words_for_user     (const char *user);
const char *side_sip_words_for_q850     (int cause);

G_END_DECLS
