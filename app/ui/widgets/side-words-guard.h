/* side-words-guard.h - what was typed is not lost with its window
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void side_words_guard_begin      (GtkWindow *window);
void side_words_guard_begin_part (GtkWindow *window, GtkWidget *part);
void side_words_guard_end        (GtkWindow *window);
void side_words_guard_close      (GtkWindow *window);

G_END_DECLS
