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
  g_test_add_func ("/draw/same", test_same);
  g_test_add_func ("/draw/shares", test_shares);
  g_test_add_func ("/draw/fair", test_fair);
  g_test_add_func ("/draw/wrong", test_wrong);
  return g_test_run ();
}
