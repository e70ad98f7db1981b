/* side-blind-note.c - that reviews are left out because they are hidden
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line for pages that list or add up reviews: those that this person is not
 * to see yet are in none of it, and the page says so. Not there otherwise.
 */
#include "side-blind-note.h"

#include <glib/gi18n.h>

#include "side-blind.h"

static void
update (GtkLabel  *label,
        SideBlind *blind)
{
  g_auto (GStrv) calls = side_blind_list_calls (blind);
  guint n = g_strv_length (calls);
  g_autofree char *words = g_strdup_printf (ngettext ("Reviews of %u call are not here: they are hidden until you have finished yours.",
                                                      "Reviews of %u calls are not here: they are hidden until you have finished yours.", n), n);

  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), n > 0);
}

static void
changed_cb (SideBlind *blind,
            GtkLabel  *label)
{
  update (label, blind);
}

/**
 * side_blind_note_new:
 * @desk: whose person looks
 *
 * Returns: (transfer floating): a line that is there while anything is hidden
 */
GtkWidget *
side_blind_note_new (SideDesk *desk)
{
  GtkWidget *label = gtk_label_new (NULL);
  SideBlind *blind = side_blind_get (desk);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  g_signal_connect_object (blind, "changed", G_CALLBACK (changed_cb), label, 0);
  update (GTK_LABEL (label), blind);
  return label;
}
