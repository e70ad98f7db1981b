/* side-wrapping.c - labels of as many lines as their words take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For words of any length that stand beside something in a box, as those of a
 * note or of a question do.
 */
#include "side-wrapping.h"

/* More than any text that is kept: nothing is left out. */
#define MOST_LINES 10000

/**
 * side_label_wrap:
 * @label: a label
 *
 * Lets its words go on in the next line. In GTK 4.8 a wrapped label of some
 * lengths, 150 letters for instance, asks for more width than its box has once
 * it is measured for a height, and then runs out of the window; one that may
 * leave words out after many lines is measured rightly.
 */
void
side_label_wrap (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (label, MOST_LINES);
}

/**
 * side_label_say:
 * @label: a label
 * @words: (nullable): what it says from now on; without words it is not there
 */
void
side_label_say (GtkWidget  *label,
                const char *words)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_label_set_label (GTK_LABEL (label), words != NULL ? words : "");
  gtk_widget_set_visible (label, words != NULL && *words != '\0');
}
