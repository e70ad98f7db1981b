/* side-word-chooser.h - one of a few words, each with its colour
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   chosen ()   a person chose another word
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SideWord: one that can be chosen.
 * @id: (nullable): what it stands for
 * @label: what is read
 * @colour: (nullable): "#26a269": of a dot before it
 */
typedef struct {
  const char *id;
  const char *label;
  const char *colour;
} SideWord;

#define SIDE_TYPE_WORD_CHOOSER (side_word_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SideWordChooser, side_word_chooser, SIDE, WORD_CHOOSER, GtkWidget)

GtkWidget  *side_word_chooser_new        (const char *accessible_label, int max_chars);
void        side_word_chooser_set_words  (SideWordChooser *self, const SideWord *words, gsize n_words);
void        side_word_chooser_choose     (SideWordChooser *self, const char *id);
const char *side_word_chooser_get_chosen (SideWordChooser *self);

G_END_DECLS
