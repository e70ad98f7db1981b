/* side-refused-words.h - why the server does not take something, in the user's language
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-document.h"

G_BEGIN_DECLS

char *side_refused_words_keep (const GError *error);
char *side_refused_words_tell (const SideDocument *document, const char *kept);

G_END_DECLS
