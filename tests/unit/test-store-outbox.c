/* test-store-outbox.c - unsent work is sent once, in order, and never lost
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "test-store-kit.h"

static void
sent (Kit            *kit,
      SideOutboxItem *item,
      gint64          revision)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_mark_sent, &error, item, revision, revision * 10);
  g_assert_no_error (error);
}

static void
refused (Kit            *kit,
         SideOutboxItem *item,
         SideDocument   *theirs)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_mark_conflict, &error, item, theirs);
  g_assert_no_error (error);
}

static void
test_order (void)
{
  Kit kit;
  static const char *const ids[] = { "c", "a", "b" };

  kit_make (&kit);
  kit_open (&kit);
  g_assert_null (kit_next (&kit));
  for (guint i = 0; i < 3; i++)
    kit_put_local (&kit, "annotation", ids[i], "call-1", "{\"v\":1}");
  /* Edited again: still one item, in its old place, with the new text. */
  kit_put_local (&kit, "annotation", "c", "call-1", "{\"v\":2}");
  kit_put_local (&kit, "annotation", "c", "call-1", "{\"v\":3}");
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 3);
  kit_reopen (&kit);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SideOutboxItem) item = kit_next (&kit);

      g_assert_cmpstr (item->document->id, ==, ids[i]);
      g_assert_cmpstr (item->document->body, ==, i == 0 ? "{\"v\":3}" : "{\"v\":1}");
      g_assert_cmpint (item->base_revision, ==, 0);
      sent (&kit, item, 1);
      g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 2 - i);
    }
  g_assert_null (kit_next (&kit));
  /* The next edit is based on what the server has now. */
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":9}");
  kit_assert_next (&kit, "a", "{\"v\":9}", 1, 1);
  kit_clear (&kit);
}

static void
test_edit_under_way (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":1}");
  item = kit_next (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":2}");
  sent (&kit, item, 1);
  /* The older edit came through; the newer one did not count as sent. */
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  kit_assert_body (&kit, "a", "{\"v\":2}");
  kit_assert_next (&kit, "a", "{\"v\":2}", 1, 1);
  /* Told twice, once too often: nothing happens. */
  sent (&kit, item, 1);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  kit_clear (&kit);
}

static void
test_failed (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (SideOutboxItem) again = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{}");
  kit_put_local (&kit, "annotation", "b", "call-1", "{}");
  item = kit_next (&kit);
  KIT_WAIT (kit.store, side_store_mark_failed, &error, item, "no route");
  g_assert_no_error (error);
  kit_reopen (&kit);
  again = kit_next (&kit);
  g_assert_cmpstr (again->document->id, ==, "a");
  g_assert_cmpuint (again->attempts, ==, 2);
  g_assert_cmpstr (again->error, ==, "no route");
  kit_clear (&kit);
}

/* The program dies after the server took it and before it was marked. */
static void
test_death_before_mark (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (SideDocument) theirs = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\": 1, \"w\": 2}");
  g_clear_pointer (&item, side_outbox_item_free);
  item = kit_next (&kit);
  kit_reopen (&kit);
  g_clear_pointer (&item, side_outbox_item_free);
  item = kit_next (&kit);
  g_assert_cmpuint (item->attempts, ==, 2);
  /* Our own, in the server's spelling, comes back as a refusal. */
  theirs = kit_document ("annotation", "a", "call-1", "{\"w\":2,\"v\":1}");
  theirs->revision = 1;
  refused (&kit, item, theirs);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  kit_clear (&kit);
}

/* The feed tells of our own change before the answer does. */
static void
test_echo (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":1}");
  item = kit_next (&kit);
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":1}", 1);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  sent (&kit, item, 1);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  kit_clear (&kit);
}

/* As above, but with an edit in between: the dispute settles itself. */
static void
test_echo_and_edit (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":1}");
  item = kit_next (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":2}");
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":1}", 1);
  sent (&kit, item, 1);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  kit_assert_next (&kit, "a", "{\"v\":2}", 1, 1);
  kit_clear (&kit);
}

static void
make_conflict (Kit *kit)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  SideConflict *conflict;

  kit_make (kit);
  kit_open (kit);
  kit_put_remote (kit, "annotation", "a", "call-1", "{\"v\":\"base\"}", 3);
  kit_put_local (kit, "annotation", "a", "call-1", "{\"v\":\"mine\"}");
  kit_put_local (kit, "annotation", "b", "call-1", "{}");
  kit_put_remote (kit, "annotation", "a", "call-1", "{\"v\":\"theirs\"}", 5);
  kit_put_remote (kit, "annotation", "a", "call-1", "{\"v\":\"older\"}", 4);
  g_assert_cmpuint (side_store_get_conflicts (kit->store), ==, 1);
  kit_reopen (kit);
  g_assert_cmpuint (side_store_get_conflicts (kit->store), ==, 1);
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, 2);
  kit_assert_body (kit, "a", "{\"v\":\"mine\"}");
  /* It waits for a person, and lets the others pass. */
  kit_assert_next (kit, "b", "{}", 0, 1);
  list = KIT_WAIT (kit->store, side_store_list_conflicts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  conflict = list->pdata[0];
  g_assert_cmpstr (conflict->mine->body, ==, "{\"v\":\"mine\"}");
  g_assert_cmpstr (conflict->theirs->body, ==, "{\"v\":\"theirs\"}");
  g_assert_cmpint (conflict->mine->revision, ==, 3);
  g_assert_cmpint (conflict->theirs->revision, ==, 5);
  g_assert_cmpstr (conflict->theirs->call, ==, "call-1");
}

static char *
base_of_conflict (Kit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = KIT_WAIT (kit->store, side_store_list_conflicts, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  return g_strdup (((const SideConflict *) conflicts->pdata[0])->base);
}

/* What the unsent edits were made from is kept: first what the server had, then
 * what it took while there were more, then what was decided over. */
static void
test_base (void)
{
  Kit kit;
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_remote (&kit, "review", "r", "call-1", "{\"v\":1}", 1);
  kit_put_local (&kit, "review", "r", "call-1", "{\"v\":2}");
  kit_put_local (&kit, "review", "r", "call-1", "{\"v\":3}");
  item = kit_next (&kit);
  kit_put_local (&kit, "review", "r", "call-1", "{\"v\":4}");
  kit_put_remote (&kit, "review", "r", "call-1", "{\"v\":5}", 9);
  kit_reopen (&kit);
  first = base_of_conflict (&kit);
  g_assert_cmpstr (first, ==, "{\"v\":1}");
  sent (&kit, item, 2);
  second = base_of_conflict (&kit);
  g_assert_cmpstr (second, ==, "{\"v\":3}");
  KIT_WAIT (kit.store, side_store_resolve_conflict, &error, "review", "r", 9, SIDE_RESOLVE_MERGED, "{\"v\":6}");
  g_assert_no_error (error);
  kit_put_remote (&kit, "review", "r", "call-1", "{\"v\":7}", 10);
  third = base_of_conflict (&kit);
  g_assert_cmpstr (third, ==, "{\"v\":5}");
  kit_clear (&kit);
}

static void
test_keep_mine (void)
{
  Kit kit;

  make_conflict (&kit);
  kit_resolve (&kit, "a", 5, SIDE_RESOLVE_KEEP_MINE, NULL);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  kit_assert_next (&kit, "a", "{\"v\":\"mine\"}", 5, 1);
  kit_clear (&kit);
}

static void
test_take_theirs (void)
{
  Kit kit;

  make_conflict (&kit);
  kit_resolve (&kit, "a", 5, SIDE_RESOLVE_TAKE_THEIRS, NULL);
  kit_assert_body (&kit, "a", "{\"v\":\"theirs\"}");
  kit_assert_next (&kit, "b", "{}", 0, 2);
  kit_clear (&kit);
}

static void
test_merge (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;

  make_conflict (&kit);
  kit_resolve (&kit, "a", 5, SIDE_RESOLVE_MERGED, "{\"v\":\"both\"}");
  kit_assert_body (&kit, "a", "{\"v\":\"both\"}");
  kit_assert_next (&kit, "a", "{\"v\":\"both\"}", 5, 1);
  KIT_WAIT (kit.store, side_store_resolve_conflict, &error, "annotation", "a", 5, SIDE_RESOLVE_KEEP_MINE, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  kit_clear (&kit);
}

/* What is decided about a version that is not the server's any more is not done:
 * nobody has seen what the newer one says. */
static void
test_moved (void)
{
  static const SideResolve ways[] = { SIDE_RESOLVE_KEEP_MINE, SIDE_RESOLVE_TAKE_THEIRS, SIDE_RESOLVE_MERGED };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      Kit kit;
      g_autoptr (GError) error = NULL;

      make_conflict (&kit);
      kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":\"unseen\"}", 6);
      g_assert_false (KIT_WAIT (kit.store, side_store_resolve_conflict, &error, "annotation", "a", 5, ways[i],
                                "{\"v\":\"both\"}"));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
      g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 1);
      kit_assert_body (&kit, "a", "{\"v\":\"mine\"}");
      kit_assert_next (&kit, "b", "{}", 0, 2);
      kit_resolve (&kit, "a", 6, SIDE_RESOLVE_MERGED, "{\"v\":\"all three\"}");
      kit_assert_next (&kit, "a", "{\"v\":\"all three\"}", 6, 1);
      kit_clear (&kit);
    }
}

/* An answer about our own edit does not settle a newer one of somebody else. */
static void
test_newer_theirs (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":1}");
  item = kit_next (&kit);
  kit_put_local (&kit, "annotation", "a", "call-1", "{\"v\":2}");
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"v\":\"theirs\"}", 2);
  sent (&kit, item, 1);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 1);
  g_assert_null (kit_next (&kit));
  kit_assert_body (&kit, "a", "{\"v\":2}");
  kit_clear (&kit);
}

static void
test_delete (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;

  kit_make (&kit);
  kit_open (&kit);
  /* Nobody was told of it: nothing is left. */
  kit_put_local (&kit, "annotation", "a", "call-1", "{}");
  kit_put_local (&kit, "annotation", "a", "call-1", NULL);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  g_assert_null (kit_body (&kit, "annotation", "a"));
  /* The server may have got it: it must be told. */
  kit_put_local (&kit, "annotation", "b", "call-1", "{}");
  item = kit_next (&kit);
  kit_put_local (&kit, "annotation", "b", "call-1", NULL);
  sent (&kit, item, 1);
  g_clear_pointer (&item, side_outbox_item_free);
  item = kit_next (&kit);
  g_assert_true (item->document->deleted);
  g_assert_cmpint (item->base_revision, ==, 1);
  sent (&kit, item, 2);
  kit_assert_body (&kit, "b", "deleted");
  g_assert_null (kit_next (&kit));
  kit_clear (&kit);
}

/* A server that holds documents with revisions, as the real one does. */
typedef struct {
  char   *body;        /* NULL: deleted or never there */
  gint64  revision;
} Held;

#define N_DOCUMENTS 4

typedef struct {
  Kit    kit;
  GRand *rand;
  Held   held[N_DOCUMENTS];
  char  *wanted[N_DOCUMENTS];    /* what the person here wrote or chose last and the
                                  * server has not got; NULL: nothing */
  guint  edits;
} Scene;

static guint
number_of (const SideDocument *document)
{
  return (guint) (document->id[0] - 'a');
}

static SideDocument *
as_document (const Held *held,
             guint       n)
{
  char id[] = { (char) ('a' + n), '\0' };
  SideDocument *document = kit_document ("annotation", id, "call-1", held->body);

  document->revision = held->revision;
  document->change = held->revision;
  return document;
}

/* PUT with If-Match. */
static gboolean
serve (Held                 *held,
       const SideOutboxItem *item)
{
  if (item->base_revision != held->revision)
    return FALSE;
  g_free (held->body);
  held->body = g_strdup (item->document->body);
  held->revision++;
  return TRUE;
}

static void
send_one (Scene *scene)
{
  g_autoptr (SideOutboxItem) item = kit_next (&scene->kit);
  Held *held;

  if (item == NULL)
    return;
  held = &scene->held[number_of (item->document)];
  if (g_rand_int_range (scene->rand, 0, 6) == 0)
    return;    /* it never left */
  if (!serve (held, item))
    {
      g_autoptr (SideDocument) theirs = as_document (held, number_of (item->document));

      refused (&scene->kit, item, theirs);
    }
  else
    {
      char **wanted = &scene->wanted[number_of (item->document)];

      if (g_strcmp0 (*wanted, held->body) == 0)
        g_clear_pointer (wanted, g_free);
      if (g_rand_int_range (scene->rand, 0, 6) == 0)
        kit_reopen (&scene->kit);    /* the answer is lost */
      else
        sent (&scene->kit, item, held->revision);
    }
}

static void
settle_one (Scene *scene)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  SideConflict *conflict;
  SideResolve how = (SideResolve) g_rand_int_range (scene->rand, 0, 3);
  guint n;

  list = KIT_WAIT (scene->kit.store, side_store_list_conflicts, &error);
  g_assert_no_error (error);
  if (list->len == 0)
    return;
  conflict = list->pdata[0];
  n = number_of (conflict->mine);
  kit_resolve (&scene->kit, conflict->mine->id, conflict->theirs->revision, how, "{\"v\":\"merged\"}");
  if (how == SIDE_RESOLVE_TAKE_THEIRS)
    g_clear_pointer (&scene->wanted[n], g_free);
  else if (how == SIDE_RESOLVE_MERGED)
    {
      g_free (scene->wanted[n]);
      scene->wanted[n] = g_strdup ("{\"v\":\"merged\"}");
    }
}

static void
edit_here (Scene *scene)
{
  guint n = (guint) g_rand_int_range (scene->rand, 0, N_DOCUMENTS);
  char id[] = { (char) ('a' + n), '\0' };
  g_autofree char *body = g_strdup_printf ("{\"v\":%u}", ++scene->edits);

  kit_put_local (&scene->kit, "annotation", id, "call-1", body);
  g_free (scene->wanted[n]);
  scene->wanted[n] = g_steal_pointer (&body);
}

static void
edit_there (Scene *scene)
{
  Held *held = &scene->held[g_rand_int_range (scene->rand, 0, N_DOCUMENTS)];

  g_free (held->body);
  held->body = g_strdup_printf ("{\"theirs\":%u}", ++scene->edits);
  held->revision++;
}

static void
read_feed (Scene *scene)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < N_DOCUMENTS; n++)
    if (scene->held[n].revision > 0)
      g_ptr_array_add (documents, as_document (&scene->held[n], n));
  KIT_WAIT (scene->kit.store, side_store_apply_changes, &error, documents, scene->edits);
  g_assert_no_error (error);
}

/* What a person wrote is there until the server has it or they chose otherwise. */
static void
assert_mine_kept (Scene *scene)
{
  for (guint n = 0; n < N_DOCUMENTS; n++)
    if (scene->wanted[n] != NULL)
      {
        char id[] = { (char) ('a' + n), '\0' };

        kit_assert_body (&scene->kit, id, scene->wanted[n]);
      }
}

static void
test_random (void)
{
  for (int round = 0; round < 12; round++)
    {
      Scene scene = { .rand = g_rand_new_with_seed ((guint32) g_test_rand_int ()) };

      kit_make (&scene.kit);
      kit_open (&scene.kit);
      for (int i = 0; i < 60; i++)
        {
          static void (*const deeds[]) (Scene *) = { edit_here, edit_here, edit_there, read_feed, settle_one, send_one };

          deeds[g_rand_int_range (scene.rand, 0, G_N_ELEMENTS (deeds))] (&scene);
          assert_mine_kept (&scene);
        }
      /* The network is back and the person settles what is left. */
      for (int i = 0; side_store_get_outbox_length (scene.kit.store) > 0; i++)
        {
          g_assert_cmpint (i, <, 400);
          send_one (&scene);
          settle_one (&scene);
        }
      read_feed (&scene);
      g_assert_cmpuint (side_store_get_conflicts (scene.kit.store), ==, 0);
      for (guint n = 0; n < N_DOCUMENTS; n++)
        {
          char id[] = { (char) ('a' + n), '\0' };

          kit_assert_body (&scene.kit, id, scene.held[n].body);
          g_free (scene.held[n].body);
          g_free (scene.wanted[n]);
        }
      kit_clear (&scene.kit);
      g_rand_free (scene.rand);
    }
}

static gint64
get_change (Kit *kit)
{
  g_autoptr (GError) error = NULL;
  gint64 change = KIT_WAIT (kit->store, side_store_get_change, &error);

  g_assert_no_error (error);
  return change;
}

static void
begin_epoch (Kit        *kit,
             const char *epoch)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (KIT_WAIT (kit->store, side_store_begin_epoch, &error, epoch));
  g_assert_no_error (error);
}

static void
apply_changes (Kit          *kit,
               SideDocument *document,
               gint64        change)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (documents, document);
  g_assert_true (KIT_WAIT (kit->store, side_store_apply_changes, &error, documents, change));
}

/* The server has another archive: its numbers begin anew. What it says now is
 * taken, low as its revisions are, and what was not sent is sent as new. */
static void
test_epoch (void)
{
  Kit kept;
  Kit *kit = &kept;
  g_autofree char *theirs = kit_uuid (1);
  g_autofree char *ours = kit_uuid (2);
  g_autofree char *fresh = kit_uuid (3);
  g_autoptr (SideDocument) document = kit_document ("annotation", theirs, "c1", "{\"text\":\"as it was\"}");
  g_autoptr (SideDocument) restored = kit_document ("annotation", theirs, "c1", "{\"text\":\"restored\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char *calls_change = NULL;

  kit_make (kit);
  kit_open (kit);
  begin_epoch (kit, "one");
  document->revision = 7;
  apply_changes (kit, document, 70);
  kit_put_remote (kit, "annotation", ours, "c1", "{\"text\":\"sent\"}", 4);
  kit_put_local (kit, "annotation", ours, "c1", "{\"text\":\"edited here\"}");
  kit_put_local (kit, "annotation", fresh, "c1", "{\"text\":\"written here\"}");
  g_assert_true (KIT_WAIT (kit->store, side_store_put_setting, &error, SIDE_STORE_CALLS_CHANGE, "500"));
  begin_epoch (kit, "one");
  g_assert_cmpint (get_change (kit), ==, 70);
  kit_assert_next (kit, ours, "{\"text\":\"edited here\"}", 4, 1);

  begin_epoch (kit, "two");
  kit_reopen (kit);
  g_assert_cmpint (get_change (kit), ==, 0);
  calls_change = KIT_WAIT (kit->store, side_store_get_setting, &error, SIDE_STORE_CALLS_CHANGE);
  g_assert_null (calls_change);
  kit_assert_body (kit, theirs, "{\"text\":\"as it was\"}");
  kit_assert_body (kit, ours, "{\"text\":\"edited here\"}");
  kit_assert_body (kit, fresh, "{\"text\":\"written here\"}");
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, 2);
  kit_assert_next (kit, ours, "{\"text\":\"edited here\"}", 0, 2);
  restored->revision = 2;
  apply_changes (kit, restored, 3);
  kit_assert_body (kit, theirs, "{\"text\":\"restored\"}");
  g_assert_cmpint (get_change (kit), ==, 3);
  begin_epoch (kit, "two");
  g_assert_cmpint (get_change (kit), ==, 3);
  kit_clear (kit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-outbox/order", test_order);
  g_test_add_func ("/store-outbox/edit-under-way", test_edit_under_way);
  g_test_add_func ("/store-outbox/failed", test_failed);
  g_test_add_func ("/store-outbox/death-before-mark", test_death_before_mark);
  g_test_add_func ("/store-outbox/echo", test_echo);
  g_test_add_func ("/store-outbox/echo-and-edit", test_echo_and_edit);
  g_test_add_func ("/store-outbox/base", test_base);
  g_test_add_func ("/store-outbox/keep-mine", test_keep_mine);
  g_test_add_func ("/store-outbox/take-theirs", test_take_theirs);
  g_test_add_func ("/store-outbox/merge", test_merge);
  g_test_add_func ("/store-outbox/moved", test_moved);
  g_test_add_func ("/store-outbox/newer-theirs", test_newer_theirs);
  g_test_add_func ("/store-outbox/delete", test_delete);
  g_test_add_func ("/store-outbox/random", test_random);
  g_test_add_func ("/store-outbox/epoch", test_epoch);
  return g_test_run ();
}
