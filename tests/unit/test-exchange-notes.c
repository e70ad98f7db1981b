/* test-exchange-notes.c - our own annotations through every format
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random annotations and marks go out and come back; what docs/exchange.md says
 * a format holds must be the same. Files made to be slow must not be.
 */
#include <string.h>

#include "marks-kit.h"
#include "side-error.h"
#include "side-test.h"

#define ROUNDS 150

/* Time, tag, text, author, criterion, ids, threads and instants survive; in
 * labels of Audacity the first three. */
static void
test_notes (gconstpointer data)
{
  SideMarksFormat format = (SideMarksFormat) GPOINTER_TO_INT (data);
  gboolean label_only = format == SIDE_MARKS_AUDACITY;

  for (guint seed = 1; seed <= ROUNDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) notes = marks_kit_random_notes (rand, (guint) g_rand_int_range (rand, 0, 60));
      g_autoptr (SideMarkList) list = side_mark_list_from_annotations (notes, "call-1.wav", 30000);
      g_autoptr (SideMarkList) again = marks_kit_again (list, format);
      g_autoptr (GPtrArray) back = side_mark_list_to_annotations (again, "p", "call-1", NULL);
      g_autofree char *told = marks_kit_tell_notes (notes, label_only);
      g_autofree char *told_back = marks_kit_tell_notes (back, label_only);

      g_test_message ("seed %u", seed);
      marks_kit_assert_same (told_back, told);
    }
}

/* The same from a format to another and back: what both hold survives. */
static void
test_between (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks_kit_formats); i++)
    for (guint k = 0; k < G_N_ELEMENTS (marks_kit_formats); k++)
      {
        g_autoptr (GRand) rand = g_rand_new_with_seed (1000 + 10 * i + k);
        g_autoptr (GPtrArray) notes = marks_kit_random_notes (rand, 50);
        g_autoptr (SideMarkList) list = side_mark_list_from_annotations (notes, NULL, 30000);
        g_autoptr (SideMarkList) first = marks_kit_again (list, marks_kit_formats[i]);
        g_autoptr (SideMarkList) second = marks_kit_again (first, marks_kit_formats[k]);
        g_autoptr (SideMarkList) third = marks_kit_again (second, marks_kit_formats[i]);
        g_autoptr (GPtrArray) back = side_mark_list_to_annotations (third, "p", "call-1", NULL);
        gboolean label_only = marks_kit_formats[i] == SIDE_MARKS_AUDACITY || marks_kit_formats[k] == SIDE_MARKS_AUDACITY;
        g_autofree char *told = marks_kit_tell_notes (notes, label_only);
        g_autofree char *told_back = marks_kit_tell_notes (back, label_only);

        g_test_message ("from %s to %s", side_marks_format_to_word (marks_kit_formats[i]), side_marks_format_to_word (marks_kit_formats[k]));
        marks_kit_assert_same (told_back, told);
      }
}

/* To the nanosecond, with sides, bands and ids that are none of ours. */
static void
test_marks (void)
{
  static const SideMarksFormat exact[] = { SIDE_MARKS_TEXTGRID, SIDE_MARKS_CSV };

  for (guint seed = 1; seed <= 2 * ROUNDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (SideMarkList) list = marks_kit_random_marks (rand, (guint) g_rand_int_range (rand, 0, 40));
      g_autoptr (SideMarkList) again = marks_kit_again (list, exact[seed % 2]);
      g_autofree char *told = marks_kit_tell (list);
      g_autofree char *told_again = marks_kit_tell (again);

      g_test_message ("seed %u", seed);
      marks_kit_assert_same (told_again, told);
    }
}

/* In a format of milliseconds they are rounded, and all else is as it was. */
static void
test_rounded (void)
{
  static const SideMarksFormat rounding[] = { SIDE_MARKS_EAF, SIDE_MARKS_VTT };

  for (guint seed = 1; seed <= 2 * ROUNDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (SideMarkList) list = marks_kit_random_marks (rand, (guint) g_rand_int_range (rand, 0, 40));
      g_autoptr (SideMarkList) again = marks_kit_again (list, rounding[seed % 2]);
      g_autofree char *told = NULL;
      g_autofree char *told_again = marks_kit_tell (again);

      for (guint i = 0; i < list->marks->len; i++)
        {
          SideMark *mark = g_ptr_array_index (list->marks, i);
          gboolean is_point = mark->from_ns == mark->to_ns;

          mark->from_ns = (mark->from_ns + 500000) / 1000000 * 1000000;
          mark->to_ns = is_point ? mark->from_ns : MAX ((mark->to_ns + 500000) / 1000000 * 1000000, mark->from_ns + 1000000);
        }
      told = marks_kit_tell (list);
      g_test_message ("seed %u", seed);
      marks_kit_assert_same (told_again, told);
    }
}

/* A file taken in twice makes the same annotations; two like marks stay two. */
static void
test_ids (void)
{
  static const char labels[] = "1\t2\tgreeting: hello\n1\t2\tgreeting: hello\n3\t3\tend\n";
  g_autoptr (SideMarkList) list = side_marks_parse (labels, strlen (labels), SIDE_MARKS_AUDACITY, NULL);
  g_autoptr (GPtrArray) once = side_mark_list_to_annotations (list, "p", "call-1", "Anna");
  g_autoptr (GPtrArray) twice = side_mark_list_to_annotations (list, "p", "call-1", "Anna");
  g_autoptr (GPtrArray) other = side_mark_list_to_annotations (list, "p", "call-2", "Anna");
  const SideAnnotation *first = g_ptr_array_index (once, 0);
  const SideAnnotation *second = g_ptr_array_index (once, 1);

  g_assert_cmpstr (first->id, !=, second->id);
  g_assert_cmpstr (first->tag, ==, "greeting");
  g_assert_cmpstr (first->text, ==, "hello");
  g_assert_cmpstr (first->author, ==, "Anna");
  g_assert_cmpint (strlen (first->id), ==, 36);
  for (guint i = 0; i < once->len; i++)
    {
      g_assert_cmpstr (((SideAnnotation *) once->pdata[i])->id, ==, ((SideAnnotation *) twice->pdata[i])->id);
      g_assert_cmpstr (((SideAnnotation *) once->pdata[i])->id, !=, ((SideAnnotation *) other->pdata[i])->id);
    }
}

/* A thread in ELAN hangs together though its ids are ELAN's. */
static void
test_foreign_thread (void)
{
  static const char table[] = "from,id,parent,text\n1,a1,,question\n1,a2,a1,answer\n2,a3,a9,lost\n";
  g_autoptr (SideMarkList) list = side_marks_parse (table, strlen (table), SIDE_MARKS_CSV, NULL);
  g_autoptr (SideMarkList) again = marks_kit_again (list, SIDE_MARKS_EAF);
  g_autoptr (GPtrArray) notes = side_mark_list_to_annotations (again, "p", "call-1", NULL);
  const SideAnnotation *question = NULL, *answer = NULL, *lost = NULL;

  for (guint i = 0; i < notes->len; i++)
    {
      const SideAnnotation *note = g_ptr_array_index (notes, i);

      *(*note->text == 'q' ? &question : *note->text == 'a' ? &answer : &lost) = note;
    }
  g_assert_cmpstr (answer->parent, ==, question->id);
  g_assert_null (question->parent);
  g_assert_null (lost->parent);
}

/* Bounded work */

static void
check_time (const char      *what,
            SideMarksFormat  format,
            GString         *text)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SideMarkList) list = side_marks_parse (text->str, text->len, format, &error);
  g_autofree char *written = list != NULL ? side_marks_write (list, format, NULL, NULL) : NULL;
  gint64 took = g_get_monotonic_time () - start;

  g_test_message ("%s: %" G_GSIZE_FORMAT " bytes, %u marks, %.2f s%s%s", what, text->len, list != NULL ? list->marks->len : 0, took / 1e6,
                  error != NULL ? ", " : "", error != NULL ? error->message : "");
  /* With sanitizers, on a busy machine: far above linear, far below quadratic time. */
  g_assert_cmpint (took, <, 40 * G_USEC_PER_SEC);
  g_string_free (text, TRUE);
}

static GString *
repeat (const char *head,
        const char *body,
        guint       n,
        const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, body);
  return g_string_append (text, tail);
}

static void
test_slow_files (void)
{
  GString *text;

  check_time ("line breaks of one label", SIDE_MARKS_AUDACITY, repeat ("1\t2\t", "\342\220\212", 2000000, ""));
  check_time ("colons of one label", SIDE_MARKS_AUDACITY, repeat ("1\t2\t", "::", 4000000, ": "));
  check_time ("open tags of one cue", SIDE_MARKS_VTT, repeat ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<", 8000000, ""));
  check_time ("references of one cue", SIDE_MARKS_VTT, repeat ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "&#", 4000000, ""));
  check_time ("notes", SIDE_MARKS_VTT, repeat ("WEBVTT\n\n", "NOTE mark\n\n", 400000, ""));
  check_time ("columns", SIDE_MARKS_CSV, repeat ("from", ",x", 4000000, "\n"));
  check_time ("spans at one time", SIDE_MARKS_CSV, repeat ("from,to,text\n", "1,2,x\n", 150000, ""));
  check_time ("elements in each other", SIDE_MARKS_EAF, repeat ("<ANNOTATION_DOCUMENT>", "<a>", 2000000, ""));
  check_time ("empty tiers", SIDE_MARKS_TEXTGRID, repeat ("\"ooTextFile\" \"TextGrid\" 0 9 <exists> 200000 ", "\"TextTier\" \"a (id)\"0 9 0 ", 200000, ""));
  text = g_string_new ("\"ooTextFile\" \"TextGrid\"  0 999999 <exists> 100001 \"TextTier\" \"a\" 0 1 100000 ");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%u\"\"", i);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, " \"TextTier\" \"a (author)\"0 1 1 99999\"x\"");
  check_time ("attributes of one mark", SIDE_MARKS_TEXTGRID, text);
  text = g_string_new ("<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"t\"/></TIME_ORDER><TIER TIER_ID=\"x\">"
                       "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a0\" TIME_SLOT_REF1=\"t\" TIME_SLOT_REF2=\"t\"/></ANNOTATION>");
  for (guint i = 1; i < 100000; i++)
    g_string_append_printf (text, "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a%u\" ANNOTATION_REF=\"a%u\"/></ANNOTATION>", i, i - 1);
  check_time ("a chain of annotations", SIDE_MARKS_EAF, g_string_append (text, "</TIER></ANNOTATION_DOCUMENT>"));
  text = g_string_new ("from,id,parent\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "1,a%u,a%u\n", i, (i + 1) % 100000);
  check_time ("a circle of answers", SIDE_MARKS_CSV, text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (marks_kit_formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/notes/%s", side_marks_format_to_word (marks_kit_formats[i]));

      g_test_add_data_func (path, GINT_TO_POINTER (marks_kit_formats[i]), test_notes);
    }
  g_test_add_func ("/exchange/between", test_between);
  g_test_add_func ("/exchange/marks", test_marks);
  g_test_add_func ("/exchange/rounded", test_rounded);
  g_test_add_func ("/exchange/ids", test_ids);
  g_test_add_func ("/exchange/foreign-thread", test_foreign_thread);
  g_test_add_func ("/exchange/slow-files", test_slow_files);
  return g_test_run ();
}
