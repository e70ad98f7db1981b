/* test-draw.c - drawing calls by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The known draw was made by sorting with another program's SHA-256.
 */
#include <string.h>

#include "side-draw.h"
#include "side-error.h"

static void
add (SideDraw   *draw,
     const char *stratum,
     guint       first,
     guint       n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%u", i);

      g_assert_true (side_draw_add (draw, id, stratum, NULL));
    }
}

/* "call-2 call-5", in the order of the items. */
static char *
tell (SideDraw *draw,
      gboolean  all)
{
  GPtrArray *items = side_draw_get_items (draw);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const SideDrawItem *item = g_ptr_array_index (items, i);

      if (all || item->chosen)
        g_string_append_printf (out, out->len > 0 ? " %s" : "%s", item->id);
    }
  return g_string_free (out, FALSE);
}

static guint
count_chosen (SideDraw   *draw,
              const char *stratum)
{
  GPtrArray *items = side_draw_get_items (draw);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const SideDrawItem *item = g_ptr_array_index (items, i);

      n += item->chosen && (stratum == NULL || g_str_equal (item->stratum, stratum)) ? 1 : 0;
    }
  return n;
}

static void
test_known (void)
{
  g_autoptr (SideDraw) draw = side_draw_new ("2026-10");
  g_autofree char *hash = NULL;
  g_autofree char *all = NULL;
  g_autofree char *drawn = NULL;
  g_autofree char *more = NULL;

  add (draw, "", 1, 8);
  hash = side_draw_get_frame_hash (draw);
  g_assert_cmpstr (hash, ==, "1b69dc1f0ee110b6970e8e2198194c30e2403a563b66376b4d1b4403fb72d041");
  side_draw_run (draw, 3);
  drawn = tell (draw, FALSE);
  all = tell (draw, TRUE);
  g_assert_cmpstr (drawn, ==, "call-2 call-5 call-4");
  g_assert_cmpstr (all, ==, "call-2 call-5 call-4 call-1 call-3 call-7 call-6 call-8");
  side_draw_run (draw, 4);
  more = tell (draw, FALSE);
  g_assert_cmpstr (more, ==, "call-2 call-5 call-4 call-1");
}

/* Small strata too: 4 of 14 calls, whole shares by lot; and as the first plans were drawn. */
static void
test_known_strata (void)
{
  static const struct { const char *seed, *drawn; } vectors[] = {
    { "2026-10", "call-2 call-5 call-10 call-12" },
    { "s", "call-8 call-4 call-7 call-12" },
    { "2026-12", "call-8 call-6 call-9 call-13" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (SideDraw) draw = side_draw_new (vectors[i].seed);
      g_autofree char *drawn = NULL;

      add (draw, "a", 1, 8);
      add (draw, "b", 9, 3);
      add (draw, "c", 12, 1);
      add (draw, "d", 13, 1);
      add (draw, "e", 14, 1);
      side_draw_run (draw, 4);
      drawn = tell (draw, FALSE);
      g_assert_cmpstr (drawn, ==, vectors[i].drawn);
      side_draw_run_by_remainders (draw, 4);
      g_assert_cmpuint (count_chosen (draw, "a"), >=, 2);
      g_assert_cmpuint (count_chosen (draw, "b"), ==, 1);   /* the largest remainder, whatever the seed */
      g_assert_cmpuint (count_chosen (draw, NULL), ==, 4);
    }
}

/* The order of the calls, and whether others were there, do not matter. */
static void
test_same (void)
{
  g_autoptr (SideDraw) draw = side_draw_new ("s");
  g_autoptr (SideDraw) turned = side_draw_new ("s");
  g_autofree char *drawn = NULL;
  g_autofree char *drawn_turned = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *hash_turned = NULL;

  add (draw, "a", 0, 200);
  add (draw, "b", 200, 100);
  for (guint i = 300; i > 0; i--)
    add (turned, i > 200 ? "b" : "a", i - 1, 1);
  side_draw_run (draw, 31);
  side_draw_run (turned, 31);
  drawn = tell (draw, FALSE);
  drawn_turned = tell (turned, FALSE);
  hash = side_draw_get_frame_hash (draw);
  hash_turned = side_draw_get_frame_hash (turned);
  g_assert_cmpstr (drawn, ==, drawn_turned);
  g_assert_cmpstr (hash, ==, hash_turned);
}

/* Every stratum has its share, to less than one call; what is wanted is drawn. */
static void
test_shares (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autofree char *seed = g_strdup_printf ("%d", g_test_rand_int ());
      g_autoptr (SideDraw) draw = side_draw_new (seed);
      guint n_strata = (guint) g_test_rand_int_range (1, 12);
      guint counts[12], total = 0, size;

      for (guint i = 0; i < n_strata; i++)
        {
          g_autofree char *name = g_strdup_printf ("operator %u", i);

          counts[i] = (guint) g_test_rand_int_range (1, 40);
          add (draw, name, total, counts[i]);
          total += counts[i];
        }
      size = (guint) g_test_rand_int_range (0, (gint32) total + 20);
      side_draw_run (draw, size);
      g_assert_cmpuint (count_chosen (draw, NULL), ==, MIN (size, total));
      for (guint i = 0; i < n_strata; i++)
        {
          g_autofree char *name = g_strdup_printf ("operator %u", i);
          double share = (double) MIN (size, total) * counts[i] / total;

          g_assert_cmpfloat_with_epsilon (count_chosen (draw, name), share, 1.0);
        }
    }
}

/* Each call is drawn as often as any other: 5 of 20 in 4000 draws is 1000 times,
 * with a standard deviation of 27. */
static void
test_fair (void)
{
  guint drawn[20] = { 0 };

  for (guint seed = 0; seed < 4000; seed++)
    {
      g_autofree char *text = g_strdup_printf ("seed %u", seed);
      g_autoptr (SideDraw) draw = side_draw_new (text);
      GPtrArray *items;

      add (draw, "", 0, 20);
      side_draw_run (draw, 5);
      items = side_draw_get_items (draw);
      for (guint i = 0; i < items->len; i++)
        {
          const SideDrawItem *item = g_ptr_array_index (items, i);

          drawn[g_ascii_strtoull (item->id + strlen ("call-"), NULL, 10)] += item->chosen ? 1 : 0;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    g_assert_cmpfloat_with_epsilon (drawn[i], 1000, 5 * 27.4);
}

/* Of one call, or of a few, a stratum has its chance like any other: 12 of 66 in
 * 1000 draws is 182 times for each call, with a standard deviation of 12. */
static void
test_fair_strata (void)
{
  static const guint counts[] = { 1, 30, 2, 1, 7, 1, 3, 12, 1, 4, 1, 3 };
  guint drawn[66] = { 0 };

  for (guint seed = 0; seed < 1000; seed++)
    {
      g_autofree char *text = g_strdup_printf ("night %u", seed);
      g_autoptr (SideDraw) draw = side_draw_new (text);
      GPtrArray *items;
      guint at = 0;

      for (guint i = 0; i < G_N_ELEMENTS (counts); at += counts[i], i++)
        {
          g_autofree char *name = g_strdup_printf ("hour %u", i);

          add (draw, name, at, counts[i]);
        }
      side_draw_run (draw, 12);
      g_assert_cmpuint (count_chosen (draw, NULL), ==, 12);
      for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        {
          g_autofree char *name = g_strdup_printf ("hour %u", i);
          guint n = count_chosen (draw, name), down = counts[i] * 12 / 66;

          g_assert_cmpuint (n, >=, down);
          g_assert_cmpuint (n, <=, down + (counts[i] * 12 % 66 != 0));
        }
      items = side_draw_get_items (draw);
      for (guint i = 0; i < items->len; i++)
        {
          const SideDrawItem *item = g_ptr_array_index (items, i);

          drawn[g_ascii_strtoull (item->id + strlen ("call-"), NULL, 10)] += item->chosen ? 1 : 0;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    g_assert_cmpfloat_with_epsilon (drawn[i], 181.8, 4.5 * 12.2);
}

static void
test_wrong (void)
{
  g_autoptr (SideDraw) draw = side_draw_new ("");
  g_autoptr (GError) error = NULL;

  side_draw_run (draw, 5);
  g_assert_cmpuint (side_draw_count (draw), ==, 0);
  add (draw, "a", 1, 1);
  g_assert_false (side_draw_add (draw, "call-1", "b", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  g_assert_cmpuint (side_draw_count (draw), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/known", test_known);
  g_test_add_func ("/draw/known-strata", test_known_strata);
  g_test_add_func ("/draw/same", test_same);
  g_test_add_func ("/draw/shares", test_shares);
  g_test_add_func ("/draw/fair", test_fair);
  g_test_add_func ("/draw/fair-strata", test_fair_strata);
  g_test_add_func ("/draw/wrong", test_wrong);
  return g_test_run ();
}
