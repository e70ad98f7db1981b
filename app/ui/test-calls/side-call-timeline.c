/* side-call-timeline.c - what a test call was made of, a line each
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call that goes on tells of itself ten times a second, but its parts begin
 * seldom: lines are made anew only when one is another.
 */
#include "side-call-timeline.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-test-call-words.h"
#include "side-text.h"

#define DRAWN "side-drawn"   /* what the lines say */

static void
add_segment (GtkWidget             *timeline,
             const SideTestSegment *segment)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *what, *when;
  g_autofree char *time = side_text_duration_tenths (segment->from_ms);
  const char *kind = side_test_call_words_segment (segment->kind);
  g_autofree char *words = segment->label != NULL ? g_strdup_printf ("%s: %s", kind, segment->label) : g_strdup (kind);
  g_autofree char *sure = g_strdup_printf (_("%.0f %% certain"), segment->certainty * 100);

  what = gtk_label_new (words);
  when = gtk_label_new (time);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_widget_set_hexpand (what, TRUE);
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_add_css_class (when, "dim-label");
  if (segment->certainty < 1)
    gtk_widget_set_tooltip_text (line, sure);
  gtk_box_append (GTK_BOX (line), what);
  gtk_box_append (GTK_BOX (line), when);
  gtk_box_append (GTK_BOX (timeline), line);
}

/**
 * side_call_timeline_new:
 *
 * Returns: (transfer floating): a list without lines
 */
GtkWidget *
side_call_timeline_new (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
}

/**
 * side_call_timeline_show:
 * @timeline: from side_call_timeline_new()
 * @call: a test call
 */
void
side_call_timeline_show (GtkWidget          *timeline,
                         const SideTestCall *call)
{
  g_autoptr (GString) now = g_string_new (NULL);

  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];

      g_string_append_printf (now, "%d %s %" G_GINT64_FORMAT " %.2f\n", segment->kind, segment->label != NULL ? segment->label : "",
                              segment->from_ms, segment->certainty);
    }
  if (g_strcmp0 (now->str, g_object_get_data (G_OBJECT (timeline), DRAWN)) == 0)
    return;
  g_object_set_data_full (G_OBJECT (timeline), DRAWN, g_strdup (now->str), g_free);
  side_clear_children (timeline);
  for (guint i = 0; i < call->segments->len; i++)
    add_segment (timeline, call->segments->pdata[i]);
}
