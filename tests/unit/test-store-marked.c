/* test-store-marked.c - calls of a query with marks or with their recording here
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-marked-calls.h"
#include "side-wire.h"
#include "test-store-kit.h"

static void
put_mark (Kit        *kit,
          guint       n,
          const char *call,
          gint64      from_ms,
          const char *parent,
          gboolean    deleted)
{
  g_autofree char *id = kit_uuid (n);
  g_autoptr (SideAnnotation) mark = side_annotation_new (id, "shop", call, from_ms, from_ms + 500);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  mark->tag = g_strdup ("greeting");
  mark->parent = g_strdup (parent);
  document = side_wire_document_for_annotation (mark);
  document->revision = 1;
  document->change = n;
  document->deleted = deleted;
  g_assert_true (KIT_WAIT (kit->store, side_store_put_document, &error, document, FALSE));
  g_assert_no_error (error);
}

static void
add_recording (Kit        *kit,
               const char *call,
               const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (kit->dir, path, NULL);

  g_assert_true (g_file_set_contents (file, "sound", -1, NULL));
  side_store_set_recordings_limit (kit->store, 1000);
  KIT_WAIT (kit->store, side_store_add_recording, &error, call, call, "00", file);
  g_assert_no_error (error);
}

/* "a:1000,2000 b!", where ! says that the recording is here. */
static char *
list (Kit                 *kit,
      const SideCallQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = KIT_WAIT (kit->store, side_store_list_marked_calls, &error, query);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < calls->len; i++)
    {
      const SideMarkedCall *entry = calls->pdata[i];

      g_string_append_printf (out, "%s%s%s:", i > 0 ? " " : "", entry->call->id, entry->path != NULL ? "!" : "");
      for (guint n = 0; n < entry->marks->len; n++)
        g_string_append_printf (out, "%s%" G_GINT64_FORMAT, n > 0 ? "," : "",
                                ((SideAnnotation *) entry->marks->pdata[n])->from_ms);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_marked (void)
{
  Kit kit = { 0 };
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autofree char *parent = kit_uuid (1);
  g_autofree char *all = NULL, *early = NULL, *oldest_first = NULL, *none = NULL;

  kit_make (&kit);
  kit_open (&kit);
  for (int i = 0; i < 5; i++)
    {
      const char *ids[] = { "a", "b", "c", "d", "e" };
      g_autoptr (SideCall) call = kit_call (ids[i], KIT_NOW_MS + i * 1000);

      kit_put_call (&kit, call);
    }
  put_mark (&kit, 1, "a", 2000, NULL, FALSE);
  put_mark (&kit, 2, "a", 1000, NULL, FALSE);
  put_mark (&kit, 3, "a", 1500, parent, FALSE);
  put_mark (&kit, 4, "b", 100, NULL, TRUE);
  put_mark (&kit, 5, "d", 700, NULL, FALSE);
  put_mark (&kit, 6, "no such call", 700, NULL, FALSE);
  add_recording (&kit, "d", "d.wav");
  add_recording (&kit, "e", "e.wav");
  query->descending = TRUE;
  all = list (&kit, query);
  g_assert_cmpstr (all, ==, "e!: d!:700 a:1000,2000");
  query->to_ms = KIT_NOW_MS + 1000;
  early = list (&kit, query);
  g_assert_cmpstr (early, ==, "a:1000,2000");
  query->to_ms = 0;
  query->descending = FALSE;
  oldest_first = list (&kit, query);
  g_assert_cmpstr (oldest_first, ==, "a:1000,2000 d!:700 e!:");
  query->from_ms = KIT_NOW_MS + 60000;
  none = list (&kit, query);
  g_assert_cmpstr (none, ==, "");
  kit_close (&kit);
  kit_clear (&kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-marked/query", test_marked);
  return g_test_run ();
}
