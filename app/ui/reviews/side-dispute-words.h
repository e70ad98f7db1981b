/* side-dispute-words.h - reviews, disputes and rulings in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"
#include "side-dispute-rule.h"
#include "side-store-answers.h"

G_BEGIN_DECLS

char       *side_dispute_words_call      (SideDesk *desk, const SideAnswered *answered);
char       *side_dispute_words_when      (SideDesk *desk, gint64 at_ms);
char       *side_dispute_words_score     (const SideAnswered *answered);
char       *side_dispute_words_review    (SideDesk *desk, const SideAnswered *answered);
char       *side_dispute_words_answer    (const SideScript *script, const char *criterion, double value);
char       *side_dispute_words_due       (SideDesk *desk, const SideDispute *dispute, gboolean *overdue);
char       *side_dispute_words_state     (SideDesk *desk, const SideAnswered *answered, const SideDispute *dispute);
char       *side_dispute_words_asked     (const SideAnswered *answered, const SideDispute *dispute);
char       *side_dispute_words_overturn  (const SideOverturn *row);
const char *side_dispute_words_why_not   (const GError *error);

G_END_DECLS
