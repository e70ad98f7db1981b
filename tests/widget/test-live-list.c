/* test-live-list.c - rows that tick change exactly what changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-live-list.h"
#include "side-live-row.h"
#include "side-widget-test.h"

typedef struct {
  guint calls, position, removed, added;
} Change;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Change     *change)
{
  change->calls++;
  change->position = position;
  change->removed = removed;
  change->added = added;
}

static SideLiveRecord
record (const char *id,
        gint64      since_ms)
{
  return (SideLiveRecord) {
    .id = id, .lead = "A", .title = id, .detail = "Orders", .word = "Talking", .style = "state-talking",
    .icon = "side-state-talking-symbolic", .since_ms = since_ms, .limit_ms = 45000,
  };
}

static char *
order_of (SideLiveList *list)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (SideLiveItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append (out, side_live_item_get_id (item));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_exact_changes (void)
{
  g_autoptr (SideLiveList) list = side_live_list_new ();
  SideLiveRecord abcd[] = { record ("a", 1000), record ("b", 1000), record ("c", 1000), record ("d", 1000) };
  SideLiveRecord acbd[] = { abcd[0], abcd[2], abcd[1], abcd[3] };
  SideLiveRecord ad[] = { abcd[0], abcd[3] };
  g_autoptr (SideLiveItem) first = NULL;
  g_autoptr (SideLiveItem) again = NULL;
  Change change = { 0 };
  char *order;

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &change);
  side_live_list_update (list, abcd, 4, 2000);
  g_assert_cmpuint (change.added, ==, 4);
  first = g_list_model_get_item (G_LIST_MODEL (list), 1);
  side_live_list_update (list, abcd, 4, 2000);
  g_assert_cmpuint (change.calls, ==, 1);
  side_live_list_update (list, acbd, 4, 2000);
  g_assert_cmpuint (change.calls, ==, 2);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 2);
  g_assert_cmpuint (change.added, ==, 2);
  again = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_assert_true (first == again);
  side_live_list_update (list, ad, 2, 2000);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 2);
  g_assert_cmpuint (change.added, ==, 0);
  order = order_of (list);
  g_assert_cmpstr (order, ==, "ad");
  g_free (order);
}

static void
test_random_changes (void)
{
  g_autoptr (SideLiveList) list = side_live_list_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  static const char *const ids[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

  for (int round = 0; round < 500; round++)
    {
      SideLiveRecord records[8];
      gsize n = 0;
      g_autofree char *wanted = NULL;
      g_autofree char *got = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize i = 0; i < 8; i++)
        {
          gsize k = (i * 3 + (gsize) round) % 8;

          if (g_rand_boolean (rand))
            {
              records[n++] = record (ids[k], round);
              g_string_append (text, ids[k]);
            }
        }
      side_live_list_update (list, records, n, round + 1000);
      got = order_of (list);
      g_assert_cmpstr (got, ==, text->str);
    }
}

static void
test_only_what_differs (void)
{
  g_autoptr (SideLiveList) list = side_live_list_new ();
  SideLiveRecord one = record ("a", 1000);
  g_autoptr (SideLiveItem) item = NULL;
  SideNotifyCount time, detail, word;

  side_live_list_update (list, &one, 1, 12000);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  side_widget_test_count (item, "time", &time);
  side_widget_test_count (item, "detail", &detail);
  side_widget_test_count (item, "word", &word);
  g_assert_cmpstr (side_live_item_get_time (item), ==, "0:11");
  side_live_list_update (list, &one, 1, 12400);
  g_assert_cmpuint (time.count, ==, 0);
  side_live_list_update (list, &one, 1, 13000);
  g_assert_cmpuint (time.count, ==, 1);
  g_assert_false (side_live_item_is_over (item));
  side_live_list_update (list, &one, 1, 47000);
  g_assert_true (side_live_item_is_over (item));
  one.detail = "Delivery";
  side_live_list_update (list, &one, 1, 47000);
  g_assert_cmpuint (detail.count, ==, 1);
  g_assert_cmpuint (word.count, ==, 0);
}

static void
test_row (void)
{
  g_autoptr (SideLiveList) list = side_live_list_new ();
  SideLiveRecord one = record ("Anna", 1000);
  g_autoptr (SideLiveItem) item = NULL;
  GtkWidget *row = side_live_row_new (SIDE_LIVE_ROW_OPERATOR);
  gpointer alive = row;
  GtkWidget *window = side_widget_test_show (row, 350, 60);

  g_object_add_weak_pointer (G_OBJECT (row), &alive);
  side_live_list_update (list, &one, 1, 12000);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  side_live_row_set_item (SIDE_LIVE_ROW (row), item);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Anna, Talking, Orders");
  side_live_list_update (list, &one, 1, 60000);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Anna, Talking, Orders");
  side_live_row_set_item (SIDE_LIVE_ROW (row), NULL);
  g_assert_null (side_live_row_get_item (SIDE_LIVE_ROW (row)));
  side_widget_test_close (window);
  g_assert_null (alive);
  side_widget_test_new_destroy (side_live_row_new (SIDE_LIVE_ROW_CALLER));
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/live-list/exact-changes", test_exact_changes);
  g_test_add_func ("/live-list/random-changes", test_random_changes);
  g_test_add_func ("/live-list/only-what-differs", test_only_what_differs);
  g_test_add_func ("/live-list/row", test_row);
  return g_test_run ();
}
