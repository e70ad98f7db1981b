/* test-store-refused.c - what the server does not take, and what nobody saw
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire.h"
#include "test-store-kit.h"

static void
set_aside (Kit            *kit,
           SideOutboxItem *item)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_mark_refused, &error, item, "too long");
  g_assert_no_error (error);
}

static guint
count_refused (Kit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = KIT_WAIT (kit->store, side_store_list_refused, &error);
  guint refused_count;

  g_assert_no_error (error);
  g_object_get (kit->store, "refused", &refused_count, NULL);
  g_assert_cmpuint (items->len, ==, refused_count);
  for (guint i = 0; i < items->len; i++)
    g_assert_cmpstr (((SideOutboxItem *) items->pdata[i])->error, ==, "too long");
  return items->len;
}

static void
decide (Kit          *kit,
        const char   *id,
        gboolean      again,
        SideDocument *theirs)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_decide_refused, &error, "annotation", id, again, theirs);
  g_assert_no_error (error);
}

/* One that the server never takes does not keep the others back. */
static void
test_set_aside (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (SideDocument) theirs = kit_document ("annotation", "b", "call-1", "{\"v\":5}");

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":1}");
  kit_put_local (&kit, "annotation", "b", "call-1", "{\"v\":1}");
  item = kit_next (&kit);
  set_aside (&kit, item);
  g_assert_cmpuint (count_refused (&kit), ==, 1);
  kit_assert_next (&kit, "b", "{\"v\":1}", 0, 1);
  kit_reopen (&kit);
  g_assert_cmpuint (count_refused (&kit), ==, 1);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 2);
  /* Sent again, in its old place. */
  decide (&kit, "a", TRUE, NULL);
  kit_assert_next (&kit, "a", "{\"v\":1}", 0, 1);
  /* Edited, it is another thing. */
  set_aside (&kit, item);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":2}");
  g_assert_cmpuint (count_refused (&kit), ==, 0);
  g_clear_pointer (&item, side_outbox_item_free);
  item = kit_next (&kit);
  g_assert_cmpstr (item->document->body, ==, "{\"v\":2}");
  /* Edited while it was on its way, too. */
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":3}");
  set_aside (&kit, item);
  g_assert_cmpuint (count_refused (&kit), ==, 0);
  /* Given up: there is what the server has, or nothing. */
  decide (&kit, "a", FALSE, NULL);
  theirs->revision = 4;
  decide (&kit, "b", FALSE, theirs);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  kit_assert_body (&kit, "b", "{\"v\":5}");
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":9}");
  kit_assert_next (&kit, "a", "{\"v\":9}", 0, 1);
  kit_clear (&kit);
}

static void
edit (Kit          *kit,
      SideDocument *document,
      SideDocument *base,
      int           code)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_edit_document, &error, document, base);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, SIDE_ERROR, code);
}

/* Nothing that was not in sight is overwritten. */
static void
test_unseen (void)
{
  Kit kit;
  g_autoptr (SideDocument) one = kit_document ("annotation", "a", "call-1", "{\"v\":1}");
  g_autoptr (SideDocument) two = kit_document ("annotation", "a", "call-1", "{\"v\":2}");
  g_autoptr (SideDocument) three = kit_document ("annotation", "a", "call-1", "{\"v\":3}");

  kit_make (&kit);
  kit_open (&kit);
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":1}", 1);
  edit (&kit, two, one, -1);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  kit_assert_next (&kit, "a", "{\"v\":2}", 1, 1);
  /* Over an edit of ours that was not in sight: refused. */
  edit (&kit, three, one, SIDE_ERROR_CONFLICT);
  kit_assert_body (&kit, "a", "{\"v\":2}");
  edit (&kit, three, two, -1);
  kit_clear (&kit);

  kit_make (&kit);
  kit_open (&kit);
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":2}", 2);
  /* Over the server's newer version: both are kept, and nothing is sent. */
  edit (&kit, three, one, -1);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 1);
  g_assert_null (kit_next (&kit));
  kit_resolve (&kit, "a", 2, SIDE_RESOLVE_TAKE_THEIRS, NULL);
  kit_assert_body (&kit, "a", "{\"v\":2}");
  kit_clear (&kit);
}

static char *
test_call_body (const char *id,
                const char *author,
                gint64      ended_ms)
{
  g_autoptr (SideTestCall) call = side_test_call_new (id, "shop", "100");

  g_free (call->review->reviewer);
  call->review->reviewer = g_strdup (author);
  call->dialled_ms = KIT_NOW_MS;
  call->ended_ms = ended_ms;
  return side_wire_test_call_to_json (call);
}

/* The program dies while a test call goes on, after the server took how far it was and
 * before that was marked; then the call gets its end before the same is sent again. */
static void
test_death_in_call (void)
{
  enum { ANSWERED, TOLD, ANOTHER, WAYS };

  for (int way = 0; way < WAYS; way++)
    {
      Kit kit;
      g_autofree char *id = kit_uuid (1), *over = test_call_body (id, "anna", KIT_NOW_MS + 9000);
      g_autofree char *going = test_call_body (id, way == ANOTHER ? "boris" : "anna", 0);
      g_autoptr (SideOutboxItem) sent = NULL;
      g_autoptr (SideOutboxItem) item = NULL;
      g_autoptr (SideDocument) theirs = kit_document ("test-call", id, NULL, going);
      g_autoptr (GError) error = NULL;

      kit_make (&kit);
      kit_open (&kit);
      kit_put_local (&kit, "test-call", id, NULL, going);
      sent = kit_next (&kit);
      kit_reopen (&kit);
      kit_put_local (&kit, "test-call", id, NULL, over);
      item = kit_next (&kit);
      theirs->revision = 1;
      if (way == TOLD)
        kit_put_remote (&kit, "test-call", id, NULL, going, 1);
      else
        KIT_WAIT (kit.store, side_store_mark_conflict, &error, item, theirs);
      g_assert_no_error (error);
      g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, way == ANOTHER ? 1 : 0);
      g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
      if (way != ANOTHER)
        kit_assert_next (&kit, id, over, 1, 1);
      kit_clear (&kit);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-refused/set-aside", test_set_aside);
  g_test_add_func ("/store-refused/unseen", test_unseen);
  g_test_add_func ("/store-refused/death-in-call", test_death_in_call);
  return g_test_run ();
}
