/* test-marks.c - annotations, tags, what was heard, what was exported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-listening.h"
#include "side-text.h"
#include "side-wire.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"

static void
test_place (void)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "leg", 4000, 6000);
  gint64 from, to;

  side_annotation_place (note, 1000000, 60000, &from, &to);
  g_assert_cmpint (from, ==, 4000);
  g_assert_cmpint (to, ==, 6000);

  /* Written while the call went on: 12 s after the recording began. */
  note->from_ms = note->to_ms = 0;
  note->moment_ms = 1012000;
  side_annotation_place (note, 1000000, 60000, &from, &to);
  g_assert_cmpint (from, ==, 12000);
  g_assert_cmpint (to, ==, 12000);

  /* Never outside of the recording, and where it was if nothing is known. */
  side_annotation_place (note, 1000000, 5000, &from, &to);
  g_assert_cmpint (from, ==, 5000);
  side_annotation_place (note, 2000000, 5000, &from, &to);
  g_assert_cmpint (from, ==, 0);
  side_annotation_place (note, 0, 0, &from, &to);
  g_assert_cmpint (from, ==, 0);
}

static void
test_heard_joins (void)
{
  g_autoptr (SideListening) sitting = side_listening_new (UUID_A, "tea", "leg", "anna");
  g_autoptr (GArray) joined = NULL;
  gint64 heard;

  side_listening_add (sitting, 0, 250, 1);
  side_listening_add (sitting, 250, 500, 1);       /* goes on */
  side_listening_add (sitting, 500, 500, 1);       /* nothing */
  side_listening_add (sitting, 500, 1000, 2);      /* faster: a piece of its own */
  side_listening_add (sitting, 5000, 9000, 1);
  g_assert_cmpuint (sitting->spans->len, ==, 3);
  g_assert_cmpint (g_array_index (sitting->spans, SideHeard, 0).to_ms, ==, 500);

  joined = side_heard_union (&g_array_index (sitting->spans, SideHeard, 0), sitting->spans->len, 6000, &heard);
  g_assert_cmpint (heard, ==, 2000);               /* 0..1000 and 5000..6000, the rest is behind the end */
  g_assert_cmpuint (joined->len, ==, 2);
  /* A second of the recording in 0.75 s. */
  g_assert_cmpfloat_with_epsilon (g_array_index (joined, SideHeard, 0).rate, 4.0 / 3.0, 1e-9);
}

/* Against a count of every single millisecond. */
static void
test_heard_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 200; round++)
    {
      SideHeard spans[12];
      gboolean heard[1000] = { FALSE };
      gint64 sum = 0, told;
      int n = g_rand_int_range (rand, 0, 12);
      g_autoptr (GArray) joined = NULL;

      for (int i = 0; i < n; i++)
        {
          int from = g_rand_int_range (rand, 0, 10) * 100;
          int to = from + g_rand_int_range (rand, 1, 5) * 100;

          spans[i] = (SideHeard) { from, to, 1 };
          for (int t = from; t < MIN (to, 1000); t++)
            heard[t] = TRUE;
        }
      for (int t = 0; t < 1000; t++)
        sum += heard[t];
      joined = side_heard_union (spans, (gsize) n, 1000, &told);
      g_assert_cmpint (told, ==, sum);
      for (guint i = 1; i < joined->len; i++)
        g_assert_cmpint (g_array_index (joined, SideHeard, i).from_ms, >, g_array_index (joined, SideHeard, i - 1).to_ms);
    }
}

static void
test_annotation_survives (void)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "leg", 4000, 6000);
  g_autoptr (SideAnnotation) copy = NULL;
  g_autoptr (SideAnnotation) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;

  note->criterion = g_strdup ("c1");
  note->parent = g_strdup (UUID_B);
  note->moment_ms = 1795269600000;
  note->text = g_strdup ("Ёлка\n\"да\"");
  copy = side_annotation_copy (note);
  json = side_wire_annotation_to_json (copy);
  back = side_wire_annotation_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_annotation_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpstr (back->parent, ==, UUID_B);
  g_assert_cmpint (back->moment_ms, ==, 1795269600000);
}

static void
test_tag_survives (void)
{
  g_autoptr (SideTag) tag = side_tag_new (UUID_A, "tea", "greeting");
  g_autoptr (SideTag) copy = NULL;
  g_autoptr (SideTag) back = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  tag->label = g_strdup ("Приветствие");
  tag->colour = g_strdup ("#26a269");
  tag->shortcut = g_strdup ("g");
  tag->place = 3;
  tag->retired = TRUE;
  copy = side_tag_copy (tag);
  document = side_wire_document_for_tag (copy);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  back = side_wire_tag_from_json (document->body, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->label, ==, "Приветствие");
  g_assert_cmpint (back->place, ==, 3);
  g_assert_true (back->retired);
}

static void
test_listening_survives (void)
{
  g_autoptr (SideListening) sitting = side_listening_new (UUID_A, "tea", "leg", "anna");
  g_autoptr (SideListening) back = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  side_listening_add (sitting, 10, 250, 1.25);
  side_listening_add (sitting, 1000, 2000, 3);
  sitting->length_ms = 60000;
  document = side_wire_document_for_listening (sitting);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  back = side_wire_listening_from_json (document->body, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->spans->len, ==, 2);
  g_assert_cmpint (g_array_index (back->spans, SideHeard, 1).to_ms, ==, 2000);
  g_assert_cmpfloat (g_array_index (back->spans, SideHeard, 0).rate, ==, 1.25);
  g_assert_cmpint (back->length_ms, ==, 60000);
}

static void
test_export_survives (void)
{
  g_autoptr (SideExportRecord) record = side_export_record_new (UUID_A, "tea", "leg");
  g_autoptr (SideExportRecord) back = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  SideHeard blank = { 1000, 4000, 1 };

  record->format = g_strdup ("opus");
  record->name = g_strdup ("call.opus");
  record->to_ms = 9000;
  record->voice_changed = TRUE;
  g_array_append_val (record->blanked, blank);
  document = side_wire_document_for_export (record);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  back = side_wire_export_from_json (document->body, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->name, ==, "call.opus");
  g_assert_cmpuint (back->blanked->len, ==, 1);
  g_assert_true (back->voice_changed);
}

static void
test_bad_bodies (void)
{
#define HEAD "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"call\":\"c\","
  static const char *const listenings[] = {
    "{}", HEAD "\"spans\":[[1]]}", HEAD "\"spans\":[[5,4]]}", HEAD "\"spans\":[[-1,4]]}", HEAD "\"spans\":[[1,4,0]]}",
    HEAD "\"spans\":[[1,4,1e99]]}", HEAD "\"spans\":[[1,[4]]]}", HEAD "\"spans\":[7]}", HEAD "\"spans\":{}}",
  };
  static const char *const tags[] = {
    "{}", "{\"id\":\"" UUID_A "\",\"project\":\"t\"}",
    "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"word\":\"w\",\"colour\":\"red\"}",
    "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"word\":\"w\",\"colour\":\"#1234567\"}",
  };
  static const char *const exports[] = {
    "{}", HEAD "\"blanked\":[[3,3]]}", HEAD "\"voice_changed\":\"yes\"}", HEAD "\"from_ms\":-5}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (listenings); i++)
    g_assert_null (side_wire_listening_from_json (listenings[i], -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    g_assert_null (side_wire_tag_from_json (tags[i], -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    g_assert_null (side_wire_export_from_json (exports[i], -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/place", test_place);
  g_test_add_func ("/marks/heard/joins", test_heard_joins);
  g_test_add_func ("/marks/heard/random", test_heard_random);
  g_test_add_func ("/marks/wire/annotation", test_annotation_survives);
  g_test_add_func ("/marks/wire/tag", test_tag_survives);
  g_test_add_func ("/marks/wire/listening", test_listening_survives);
  g_test_add_func ("/marks/wire/export", test_export_survives);
  g_test_add_func ("/marks/wire/bad", test_bad_bodies);
  return g_test_run ();
}
