/* marks-kit.c - lists of marks as text, and random annotations
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two lists are compared as texts, one line a mark, so that a failure shows
 * what differs.
 */
#include "marks-kit.h"

#include <string.h>

#include "side-text.h"

const SideMarksFormat marks_kit_formats[5] = {
  SIDE_MARKS_AUDACITY, SIDE_MARKS_TEXTGRID, SIDE_MARKS_EAF, SIDE_MARKS_VTT, SIDE_MARKS_CSV,
};

static void
add_text (GString    *out,
          const char *name,
          const char *text)
{
  g_autofree char *escaped = text != NULL ? g_strescape (text, NULL) : NULL;

  if (text != NULL)
    g_string_append_printf (out, " %s=\"%s\"", name, escaped);
}

static void
add_pairs (GString         *out,
           const GPtrArray *pairs)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i += 2)
    add_text (out, pairs->pdata[i], pairs->pdata[i + 1]);
}

static void
add_mark (GString        *out,
          const SideMark *mark)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, mark->from_ns, mark->to_ns);
  add_text (out, "tag", mark->tag);
  add_text (out, "text", mark->text);
  add_text (out, "author", mark->author);
  add_text (out, "id", mark->id);
  add_text (out, "criterion", mark->criterion);
  add_text (out, "parent", mark->parent);
  if (mark->side != SIDE_MARK_SIDE_NONE)
    g_string_append_printf (out, " side=%d", mark->side);
  if (mark->low_hz >= 0 || mark->high_hz >= 0)
    g_string_append_printf (out, " hz=%.3f-%.3f", mark->low_hz, mark->high_hz);
  if (mark->created_ms != 0 || mark->changed_ms != 0)
    g_string_append_printf (out, " at=%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, mark->created_ms, mark->changed_ms);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Fails with the first line that differs. */
void
marks_kit_assert_same (const char *told,
                       const char *expected)
{
  g_auto (GStrv) got = g_strsplit (told, "\n", -1);
  g_auto (GStrv) wanted = g_strsplit (expected, "\n", -1);
  guint n = 0;

  while (got[n] != NULL && wanted[n] != NULL && g_str_equal (got[n], wanted[n]))
    n++;
  g_assert_cmpstr (got[n], ==, wanted[n]);
}

/* The marks alone, sorted. */
char *
marks_kit_tell (const SideMarkList *list)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < list->marks->len; i++)
    {
      GString *line = g_string_new (NULL);

      add_mark (line, g_ptr_array_index (list->marks, i));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return join_sorted (lines);
}

/* Everything a list holds, in its order. */
char *
marks_kit_tell_all (const SideMarkList *list)
{
  GString *out = g_string_new ("list");

  add_text (out, "media", list->media);
  g_string_append_printf (out, " %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, list->start_ns, list->end_ns);
  add_pairs (out, list->extra);
  for (guint i = 0; i < list->slots->len; i++)
    {
      const SideMarkSlot *slot = g_ptr_array_index (list->slots, i);

      g_string_append_printf (out, "\nslot %s %" G_GINT64_FORMAT " %d", slot->id, slot->at_ns, slot->aligned);
    }
  for (guint i = 0; i < list->tiers->len; i++)
    {
      const SideMarkTier *tier = g_ptr_array_index (list->tiers, i);

      g_string_append_printf (out, "\ntier %d %d", tier->points, tier->refers);
      add_text (out, "name", tier->name);
      add_pairs (out, tier->extra);
      for (guint k = 0; tier->breaks != NULL && k < tier->breaks->len; k++)
        g_string_append_printf (out, " | %" G_GINT64_FORMAT, g_array_index (tier->breaks, gint64, k));
    }
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      g_string_append (out, "\n");
      add_mark (out, mark);
      g_string_append_printf (out, " tier=%d", mark->tier);
      add_pairs (out, mark->extra);
    }
  return g_string_free (out, FALSE);
}

/* Annotations, sorted; with @label_only what a label of Audacity can hold. */
char *
marks_kit_tell_notes (GPtrArray *annotations,
                      gboolean   label_only)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < annotations->len; i++)
    {
      const SideAnnotation *note = g_ptr_array_index (annotations, i);
      GString *line = g_string_new (NULL);

      g_string_append_printf (line, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, note->from_ms, note->to_ms);
      add_text (line, "tag", note->tag);
      add_text (line, "text", note->text);
      if (!label_only)
        {
          add_text (line, "id", note->id);
          add_text (line, "author", note->author);
          add_text (line, "criterion", note->criterion);
          add_text (line, "parent", note->parent);
          g_string_append_printf (line, " at=%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, note->created_ms, note->changed_ms);
        }
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return join_sorted (lines);
}

/* What a format may stumble over. */
static const char *const bits[] = {
  "a", "Z", "7", " ", " ", "\n", "\n", "\t", "\"", "'", "<", ">", "&", "&amp;", "</v>", "<v B>", "-->", ",", ";", ":", ": ", "::",
  "·", "=", "+", "-", "@", "\\", "|", "#", "(", ")", " (id)", "[1]", "!", "<exists>", "&#10;", "]]>", "<![CDATA[", "<!--", "NOTE", "\342\220\211x",
  "ё", "日本", "🔔", "\u00a0", "\u2028", "\302\205", "\ufeff", "%", "WEBVTT", "0", "1.5",
};

/* Without the pictures that a label of Audacity uses for itself. */
static char *
random_text (GRand *rand,
             guint  max)
{
  GString *out = g_string_new (NULL);

  for (guint n = (guint) g_rand_int_range (rand, 0, (gint32) max + 1); n > 0; n--)
    {
      const char *bit = bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))];

      if (strncmp (bit, "\342\220\211", 3) != 0)
        g_string_append (out, bit);
    }
  return g_string_free (out, out->len == 0);
}

static char *
random_tag (GRand *rand)
{
  static const char *const tags[] = { "greeting", "Dead air", "a:b", "a: b", "ends:", ":", "Пауза", "x#2", "is:author", "2.5" };
  int i = g_rand_int_range (rand, 0, G_N_ELEMENTS (tags) + 3);

  if (i == G_N_ELEMENTS (tags))
    return random_text (rand, 3);
  return i < (int) G_N_ELEMENTS (tags) ? g_strdup (tags[i]) : NULL;
}

static char *
random_id (GRand *rand)
{
  guint32 a = g_rand_int (rand), b = g_rand_int (rand), c = g_rand_int (rand), d = g_rand_int (rand);

  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%04x%08x", a, b & 0xffff, b >> 20, c & 0xfff, c >> 16, d);
}

/**
 * marks_kit_random_notes:
 * @rand: source
 * @n: how many
 *
 * Points and spans that overlap, with threads; some answers lie elsewhere than
 * what they answer, some answer nothing that is there.
 */
GPtrArray *
marks_kit_random_notes (GRand *rand,
                        guint  n)
{
  static const char *const authors[] = { NULL, "Anna", "Борис", "Mr. \"X\" <x&y>", " spaced  name", "two\nlines" };
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = random_id (rand);
      gint64 from = g_rand_int_range (rand, 0, 20000);
      gint64 to = from + (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 9000) : 0);
      SideAnnotation *note = side_annotation_new (id, "p", "call-1", from, to);

      note->tag = random_tag (rand);
      note->text = random_text (rand, 8);
      note->author = g_strdup (authors[g_rand_int_range (rand, 0, G_N_ELEMENTS (authors))]);
      note->criterion = g_rand_boolean (rand) ? g_strdup_printf ("c-%d", g_rand_int_range (rand, 1, 5)) : NULL;
      note->created_ms = g_rand_boolean (rand) ? G_GINT64_CONSTANT (1795269600000) + g_rand_int_range (rand, 0, 1000000) : 0;
      note->changed_ms = note->created_ms != 0 && g_rand_boolean (rand) ? note->created_ms + 12345 : 0;
      if (i > 0 && g_rand_int_range (rand, 0, 3) == 0)
        {
          const SideAnnotation *parent = g_ptr_array_index (notes, g_rand_int_range (rand, MAX ((gint32) i - 8, 0), (gint32) i));

          note->parent = g_strdup (parent->id);
          if (g_rand_int_range (rand, 0, 5) != 0)
            {
              note->from_ms = parent->from_ms;
              note->to_ms = parent->to_ms;
            }
        }
      else if (g_rand_int_range (rand, 0, 40) == 0)
        {
          note->parent = random_id (rand);
        }
      g_ptr_array_add (notes, note);
    }
  return notes;
}

/* Marks as other programs have them: to the nanosecond, with sides and bands. */
SideMarkList *
marks_kit_random_marks (GRand *rand,
                        guint  n)
{
  SideMarkList *list = side_mark_list_new ();

  list->media = g_strdup ("call 1.wav");
  list->end_ns = G_GINT64_CONSTANT (60000000000);
  for (guint i = 0; i < n; i++)
    {
      gint64 from = (gint64) (g_rand_double (rand) * 5e10);
      gint64 to = from + (g_rand_boolean (rand) ? (gint64) (g_rand_double (rand) * 5e9) + 1 : 0);
      SideMark *mark = side_mark_new (from, to, NULL, NULL);

      mark->tag = random_tag (rand);
      mark->text = random_text (rand, 8);
      mark->side = (SideMarkSide) g_rand_int_range (rand, 0, 3);
      mark->id = g_strdup_printf ("id %u", i);
      if (g_rand_boolean (rand))
        mark->low_hz = g_rand_int_range (rand, 0, 32000) / 8.0;
      if (g_rand_boolean (rand))
        mark->high_hz = g_rand_int_range (rand, 0, 32000) / 8.0;
      g_ptr_array_add (list->marks, mark);
    }
  return list;
}

/* @list written in @format and read again, which must both work. */
SideMarkList *
marks_kit_again (const SideMarkList *list,
                 SideMarksFormat     format)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SideMarkList *again;
  gsize len;

  text = side_marks_write (list, format, &len, &error);
  g_assert_no_error (error);
  again = side_marks_parse (text, len, format, &error);
  if (error != NULL)
    g_test_message ("%s", text);
  g_assert_no_error (error);
  return again;
}
