/* test-store-list.c - the list of calls through its life, and what a search finds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Single cases with the answer written down; test-store-list-model.c compares
 * whole lists with a reference.
 */
#include <locale.h>

#include "../../app/store/side-radix.h"
#include "test-store-kit.h"

static void
test_new_destroy (void)
{
  Kit kit;
  SideCallList *list;
  SideCallItem *item;
  g_autoptr (SideCall) call = kit_call ("1", KIT_NOW_MS);

  kit_make (&kit);
  list = side_call_list_new (kit.store);
  g_assert_cmpuint (side_call_list_get_total (list), ==, 0);
  g_assert_false (side_call_list_get_loading (list));
  g_assert_finalize_object (list);
  kit_open (&kit);
  kit_put_call (&kit, call);
  list = side_call_list_new (kit.store);
  g_assert_true (side_call_list_get_loading (list));
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == SIDE_TYPE_CALL_ITEM);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (side_call_item_get_id (item), ==, "1");
  /* An item may outlive its list. */
  g_assert_finalize_object (list);
  g_assert_finalize_object (item);
  kit_clear (&kit);
}

static void
test_properties (void)
{
  Kit kit;
  SideCallList *list;
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (SideCall) call = kit_call ("1", KIT_NOW_MS);
  guint totals = 0;
  guint loads = 0;
  gboolean loading;
  guint total;

  kit_make (&kit);
  kit_open (&kit);
  list = side_call_list_new (kit.store);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_signal_connect (list, "notify::total", G_CALLBACK (kit_count_notify), &totals);
  g_signal_connect (list, "notify::loading", G_CALLBACK (kit_count_notify), &loads);
  kit_put_call (&kit, call);
  g_assert_cmpuint (totals, ==, 1);
  side_call_list_set_query (list, query);
  g_assert_cmpuint (loads, ==, 0);
  query->sort = SIDE_CALL_SORT_SCORE;
  side_call_list_set_query (list, query);
  g_assert_cmpuint (loads, ==, 1);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the sorted list");
  g_object_get (list, "loading", &loading, "total", &total, NULL);
  g_assert_false (loading);
  g_assert_cmpuint (total, ==, 1);
  g_assert_true (side_call_query_equal (side_call_list_get_query (list), query));
  g_assert_null (side_call_list_get_error (list));
  g_assert_cmpuint (totals, ==, 1);
  g_assert_finalize_object (list);
  kit_clear (&kit);
}

static void
test_find (void)
{
  Kit kit;
  SideCallList *list;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint position = 99;

  kit_make (&kit);
  kit_open (&kit);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%d", i);
      g_autoptr (SideCall) call = kit_call (id, KIT_NOW_MS + i);

      kit_put_call (&kit, call);
    }
  list = side_call_list_new (kit.store);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  side_call_list_find_async (list, "call-7", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "the call's place");
  g_assert_true (side_call_list_find_finish (list, result, &position, &error));
  g_assert_cmpuint (position, ==, 2);
  g_clear_object (&result);
  side_call_list_find_async (list, "call-77", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "no place");
  g_assert_false (side_call_list_find_finish (list, result, &position, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_object (&result);
  g_assert_finalize_object (list);
  kit_clear (&kit);
}

/* A list outlives closing and opening; without a file it says why. */
static void
test_reopen (void)
{
  Kit kit;
  SideCallList *list;
  g_autoptr (SideCall) call = kit_call ("1", KIT_NOW_MS);
  g_autoptr (SideCallItem) item = NULL;

  kit_make (&kit);
  list = side_call_list_new (kit.store);
  kit_open (&kit);
  kit_put_call (&kit, call);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  kit_close (&kit);
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  kit_open (&kit);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load again");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  side_test_wait_until (kit_item_is_filled, item, KIT_TIMEOUT_MS, "its row");
  g_assert_finalize_object (list);
  kit_clear (&kit);
}

static void
test_russian_search (void)
{
  static const struct {
    const char *text;
    gssize      n;
  } cases[] = {
    { "ёлка", 1 }, { "ЕЛКА", 1 }, { "елк", 1 }, { "ёЛ", 1 }, { "лка", 0 },
    { "Алёна", 2 }, { "алена", 2 }, { "алена елка", 1 }, { "поставили жёлтую", 1 },
    { "8-903 123 12", 1 }, { "1231244", 1 }, { "244", 1 }, { "44", 0 },
    { "a-48213", 1 }, { "48213", 1 }, { "доставк", 1 }, { "\"елка\"", 1 }, { "*", 0 }, { "й", 1 }, { "и", 0 }, { "", 2 },
    { "cafe", 0 }, { "café", 1 }, { "ЙОГУРТ", 1 },
  };
  Kit kit;
  g_autoptr (SideCall) one = kit_call ("1", KIT_NOW_MS);
  g_autoptr (SideCall) two = kit_call ("2", KIT_NOW_MS);

  one->operator_name = g_intern_static_string ("Алёна Королёва");
  one->note = g_strdup ("Ёлка пришла без подставки, café, йогурт");
  one->caller = g_strdup ("89031231244");
  one->order_id = g_strdup ("A-48213");
  two->operator_name = g_intern_static_string ("АЛЕНА П.");
  two->topic = g_intern_static_string ("Доставка");
  two->caller = g_strdup ("anonymous");
  kit_make (&kit);
  kit_open (&kit);
  kit_put_call (&kit, one);
  kit_put_call (&kit, two);
  kit_put_local (&kit, "annotation", "a", "2", "{\"text\":\"Поставили ЖЁЛТУЮ карточку\",\"author\":\"невидимка\"}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (kit_count (&kit, cases[i].text) != cases[i].n)
      g_error ("\"%s\" finds %zd calls, not %zd", cases[i].text, kit_count (&kit, cases[i].text), cases[i].n);
  g_assert_cmpint (kit_count (&kit, "невидимка"), ==, 0);
  /* What was taken away is not found any more. */
  kit_put_local (&kit, "annotation", "a", "2", NULL);
  g_assert_cmpint (kit_count (&kit, "желтую"), ==, 0);
  kit_clear (&kit);
}

static void
test_radix (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int round = 0; round < 200; round++)
    {
      gsize n = (gsize) g_rand_int_range (rand, 0, 400);
      guint bits = (guint) g_rand_int_range (rand, 1, 65);
      guint shift = (guint) g_rand_int_range (rand, 0, 65 - (int) bits);
      g_autofree guint64 *keys = g_new0 (guint64, n + 1);
      g_autofree guint64 *original = g_new0 (guint64, n + 1);
      g_autofree guint32 *rows = g_new0 (guint32, n + 1);

      for (gsize i = 0; i < n; i++)
        {
          guint64 value = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

          keys[i] = original[i] = (bits == 64 ? value : value & ((G_GUINT64_CONSTANT (1) << bits) - 1)) << shift;
          rows[i] = (guint32) i;
        }
      side_radix_sort (keys, rows, n);
      for (gsize i = 1; i < n; i++)
        {
          g_assert_cmpuint (original[rows[i - 1]], <=, original[rows[i]]);
          if (original[rows[i - 1]] == original[rows[i]])
            g_assert_cmpuint (rows[i - 1], <, rows[i]);
        }
    }
}

static void
test_query (void)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (SideCallQuery) copy = NULL;

  g_assert_false (side_call_query_is_narrowed (query));
  query->project = g_strdup ("shop");
  g_assert_false (side_call_query_is_narrowed (query));
  query->queues = g_strsplit ("a b", " ", -1);
  query->text = g_strdup ("x");
  g_assert_true (side_call_query_is_narrowed (query));
  copy = side_call_query_copy (query);
  g_assert_true (side_call_query_equal (query, copy));
  copy->descending = !copy->descending;
  g_assert_false (side_call_query_equal (query, copy));
}

/* Russians write 8 where the network has +7. */
static void
test_leading_eight (void)
{
  static const char *const numbers[] = { "+79161234567", "89169876543", "+74951234567", "+4989161234" };
  static const struct { const char *text; gssize found; } wanted[] = {
    { "8916", 3 }, { "+7 916", 2 }, { "7916", 2 }, { "8 (916) 123-45-67", 1 }, { "+7 916 987-65-43", 1 },
    { "8495", 1 }, { "8917", 0 },
  };
  Kit kit;

  kit_make (&kit);
  kit_open (&kit);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *id = g_strdup_printf ("c%zu", i);
      g_autoptr (SideCall) call = kit_call (id, 1000 * (gint64) (i + 1));

      g_free (call->caller);
      call->caller = g_strdup (numbers[i]);
      kit_put_call (&kit, call);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (kit_count (&kit, wanted[i].text) != wanted[i].found)
      g_error ("“%s” finds %zd calls, not %zd", wanted[i].text, kit_count (&kit, wanted[i].text), wanted[i].found);
  kit_clear (&kit);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-list/radix", test_radix);
  g_test_add_func ("/store-list/query", test_query);
  g_test_add_func ("/store-list/new-destroy", test_new_destroy);
  g_test_add_func ("/store-list/properties", test_properties);
  g_test_add_func ("/store-list/find", test_find);
  g_test_add_func ("/store-list/reopen", test_reopen);
  g_test_add_func ("/store-list/russian-search", test_russian_search);
  g_test_add_func ("/store-list/leading-eight", test_leading_eight);
  return g_test_run ();
}
