/* bench-marks.c - how fast marks of other programs are read and written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hundred thousand marks in each format, the best of five; each is to take
 * well under a second.
 */
#include "side-marks.h"

#define N_MARKS  100000
#define N_ROUNDS 5

static SideMarkList *
make_list (void)
{
  SideMarkList *list = side_mark_list_new ();

  for (guint i = 0; i < N_MARKS; i++)
    {
      gint64 from = (gint64) i * 100 * 1000000;
      SideMark *mark = side_mark_new (from, from + 90 * 1000000, i % 2 == 0 ? "operator" : "customer", "says something, and more");

      g_ptr_array_add (list->marks, mark);
    }
  return list;
}

int
main (void)
{
  static const SideMarksFormat formats[] = { SIDE_MARKS_AUDACITY, SIDE_MARKS_TEXTGRID, SIDE_MARKS_EAF, SIDE_MARKS_VTT, SIDE_MARKS_CSV };
  g_autoptr (SideMarkList) list = make_list ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gint64 best_read = G_MAXINT64, best_write = G_MAXINT64;
      gsize len = 0;

      for (guint round = 0; round < N_ROUNDS; round++)
        {
          g_autoptr (GError) error = NULL;
          gint64 start = g_get_monotonic_time ();
          g_autofree char *text = side_marks_write (list, formats[i], &len, &error);
          gint64 between = g_get_monotonic_time ();
          g_autoptr (SideMarkList) read = text != NULL ? side_marks_parse (text, len, formats[i], &error) : NULL;

          if (read == NULL || read->marks->len != N_MARKS)
            {
              g_printerr ("%s: %s\n", side_marks_format_to_word (formats[i]), error != NULL ? error->message : "marks were lost");
              return 1;
            }
          best_read = MIN (best_read, g_get_monotonic_time () - between);
          best_write = MIN (best_write, between - start);
        }
      g_print ("%-8s %d marks, %4.1f MiB: read %.3f s, written %.3f s\n", side_marks_format_to_word (formats[i]), N_MARKS,
               (double) len / (1024 * 1024), (double) best_read / 1e6, (double) best_write / 1e6);
    }
  return 0;
}
