/* test-store-versions.c - versions of scripts that wait for the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A version that was put in use goes to the server by itself, whatever is put
 * in use after it; reviews made with it wait for it, and keep what they were
 * made with when somebody else took its number.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-script.h"
#include "side-store-rescoring.h"
#include "side-store-veil.h"
#include "side-wire.h"
#include "test-store-kit.h"

#define PAGE_BYTES 4096
#define SCRIPT "5c0b4c53-8f53-4b8c-94a6-c1d4c0f9a1de"

/* Weights differ, so that it shows in a score which form was counted with. */
static SideScript *
new_script (int         version,
            const char *title,
            double      weight)
{
  SideScript *script = side_script_new (SCRIPT, "shop", title, version);
  SideSection *section = side_script_add_section (script, "1", "All");

  script->state = SIDE_SCRIPT_IN_USE;
  side_section_add_criterion (section, "1.1", "Greets", weight);
  side_section_add_criterion (section, "1.2", "Thanks", 100 - weight);
  return script;
}

static char *
script_body (int         version,
             const char *title,
             double      weight)
{
  g_autoptr (SideScript) script = new_script (version, title, weight);

  return side_wire_script_to_json (script);
}

static void
publish (Kit        *kit,
         int         version,
         const char *title,
         double      weight)
{
  g_autofree char *body = script_body (version, title, weight);

  kit_put_local (kit, "script", SCRIPT, NULL, body);
}

static void
publish_elsewhere (Kit        *kit,
                   int         version,
                   const char *title,
                   double      weight,
                   gint64      revision)
{
  g_autofree char *body = script_body (version, title, weight);

  kit_put_remote (kit, "script", SCRIPT, NULL, body, revision);
}

/* A finished review of call-1: a yes to the first criterion and a no to the second. */
static void
review (Kit  *kit,
        guint n,
        int   version)
{
  g_autofree char *id = kit_uuid (n);
  g_autoptr (SideReview) made = side_review_new (id, "shop", "call-1", SCRIPT, version);
  g_autofree char *body = NULL;

  side_review_claim (made, "anna", KIT_NOW_MS);
  side_review_set_answer (made, "1.1", 1, KIT_NOW_MS, -1);
  side_review_set_answer (made, "1.2", 0, KIT_NOW_MS, -1);
  side_review_finish (made, 1, KIT_NOW_MS + n);
  body = side_wire_review_to_json (made);
  kit_put_local (kit, "review", id, "call-1", body);
}

static SideReview *
get_review (Kit  *kit,
            guint n)
{
  g_autofree char *id = kit_uuid (n);
  g_autofree char *body = kit_body (kit, "review", id);
  g_autoptr (GError) error = NULL;
  SideReview *found = side_wire_review_from_json (body, -1, &error);

  g_assert_no_error (error);
  return found;
}

static double
score_of_call (Kit *kit)
{
  g_autoptr (SideCall) call = kit_get_call (kit, "call-1");

  return call->score;
}

/* What is sent next is this version; the server takes it as @revision. */
static void
send_version (Kit        *kit,
              int         version,
              const char *title,
              gint64      base,
              gint64      revision)
{
  g_autoptr (SideOutboxItem) item = kit_next (kit);
  g_autoptr (SideScript) script = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (item);
  g_assert_cmpstr (item->document->kind, ==, "script");
  g_assert_cmpint (item->base_revision, ==, base);
  script = side_wire_script_from_json (item->document->body, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (script->version, ==, version);
  g_assert_cmpstr (script->title, ==, title);
  KIT_WAIT (kit->store, side_store_mark_sent, &error, item, revision, revision);
  g_assert_no_error (error);
}

/* What is sent next is this review, made with @version. */
static void
send_review (Kit  *kit,
             guint n,
             int   version)
{
  g_autofree char *id = kit_uuid (n);
  g_autoptr (SideOutboxItem) item = kit_next (kit);
  g_autoptr (SideReview) sent = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (item);
  g_assert_cmpstr (item->document->id, ==, id);
  sent = side_wire_review_from_json (item->document->body, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sent->script_version, ==, version);
  KIT_WAIT (kit->store, side_store_mark_sent, &error, item, 1, 50 + n);
  g_assert_no_error (error);
}

static void
assert_nothing_to_send (Kit *kit)
{
  g_autoptr (SideOutboxItem) item = kit_next (kit);

  g_assert_null (item);
}

static void
assert_version (Kit        *kit,
                int         version,
                const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) script = KIT_WAIT (kit->store, side_store_get_script, &error, SCRIPT, version);

  g_assert_no_error (error);
  g_assert_cmpstr (script->title, ==, title);
}

static void
begin (Kit *kit)
{
  g_autoptr (SideCall) call = kit_call ("call-1", KIT_NOW_MS);

  kit_make (kit);
  kit_open (kit);
  kit_put_call (kit, call);
}

/* Offline, with a restart in between: each version is a write of its own. */
static void
test_one_after_the_other (void)
{
  Kit kit;

  begin (&kit);
  publish (&kit, 1, "One", 10);
  review (&kit, 1, 1);
  publish (&kit, 2, "Two", 20);
  publish (&kit, 3, "Three", 30);
  kit_reopen (&kit);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 2);
  send_version (&kit, 1, "One", 0, 1);
  send_version (&kit, 2, "Two", 1, 2);
  send_version (&kit, 3, "Three", 2, 3);
  send_review (&kit, 1, 1);
  assert_nothing_to_send (&kit);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  assert_version (&kit, 1, "One");
  g_assert_cmpfloat (score_of_call (&kit), ==, 10);
  kit_clear (&kit);
}

/* Another one is put in use while the first is under way; the feed tells of
 * the first before the answer does, or instead of it. */
static void
test_under_way (void)
{
  for (int lost = 0; lost < 2; lost++)
    {
      Kit kit;
      g_autoptr (SideOutboxItem) item = NULL;
      g_autoptr (GError) error = NULL;

      begin (&kit);
      publish (&kit, 1, "One", 10);
      item = kit_next (&kit);
      publish (&kit, 2, "Two", 20);
      publish_elsewhere (&kit, 1, "One", 10, 1);
      g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
      if (!lost)
        KIT_WAIT (kit.store, side_store_mark_sent, &error, item, 1, 1);
      g_assert_no_error (error);
      send_version (&kit, 2, "Two", 1, 2);
      assert_nothing_to_send (&kit);
      kit_clear (&kit);
    }
}

/* A version that is only retired is no new one. */
static void
test_retired (void)
{
  Kit kit;
  g_autoptr (SideScript) script = new_script (1, "One", 10);
  g_autofree char *body = NULL;

  begin (&kit);
  publish (&kit, 1, "One", 10);
  script->state = SIDE_SCRIPT_RETIRED;
  body = side_wire_script_to_json (script);
  kit_put_local (&kit, "script", SCRIPT, NULL, body);
  send_version (&kit, 1, "One", 0, 1);
  assert_nothing_to_send (&kit);
  kit_clear (&kit);
}

/* What the server refuses of them is set aside as a whole. */
static void
test_refused (void)
{
  Kit kit;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  begin (&kit);
  publish (&kit, 1, "One", 10);
  publish (&kit, 2, "Two", 20);
  item = kit_next (&kit);
  KIT_WAIT (kit.store, side_store_mark_refused, &error, item, "no");
  g_assert_no_error (error);
  assert_nothing_to_send (&kit);
  KIT_WAIT (kit.store, side_store_decide_refused, &error, "script", SCRIPT, TRUE, NULL);
  g_assert_no_error (error);
  send_version (&kit, 1, "One", 0, 1);
  send_version (&kit, 2, "Two", 1, 2);
  kit_clear (&kit);
}

/* Somebody else put a version 2 in use; here there are a 2 and a 3, and a review made with the 2. */
static void
collide (Kit *kit)
{
  begin (kit);
  publish_elsewhere (kit, 1, "One", 10, 1);
  publish (kit, 2, "Mine", 20);
  review (kit, 1, 2);
  publish (kit, 3, "Mine still", 30);
  publish_elsewhere (kit, 2, "Theirs", 90, 2);
  g_assert_cmpuint (side_store_get_conflicts (kit->store), ==, 1);
  /* The review would be read with their version 2. */
  assert_nothing_to_send (kit);
  g_assert_cmpfloat (score_of_call (kit), ==, 20);
}

static void
decide (Kit         *kit,
        SideResolve  how,
        const char  *merged)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_resolve_conflict, &error, "script", SCRIPT, 2, how, merged);
  g_assert_no_error (error);
  g_assert_cmpuint (side_store_get_conflicts (kit->store), ==, 0);
}

static void
test_mine_comes_after (void)
{
  Kit kit;

  collide (&kit);
  decide (&kit, SIDE_RESOLVE_KEEP_MINE, NULL);
  assert_version (&kit, 2, "Theirs");
  g_assert_cmpfloat (score_of_call (&kit), ==, 20);
  kit_reopen (&kit);
  send_version (&kit, 3, "Mine", 2, 3);
  send_version (&kit, 4, "Mine still", 3, 4);
  send_review (&kit, 1, 3);
  assert_nothing_to_send (&kit);
  assert_version (&kit, 3, "Mine");
  kit_clear (&kit);
}

static void
test_theirs_stays (void)
{
  Kit kit;
  g_autoptr (SideReview) again = NULL;
  g_autoptr (SideScript) gone = NULL;

  collide (&kit);
  decide (&kit, SIDE_RESOLVE_TAKE_THEIRS, NULL);
  assert_version (&kit, 2, "Theirs");
  again = get_review (&kit, 1);
  /* To be looked through with the form that it will be counted with. */
  g_assert_cmpint (again->finished_ms, ==, 0);
  g_assert_cmpint (again->script_version, ==, 2);
  g_assert_cmpuint (again->answers->len, ==, 2);
  g_assert_cmpfloat (score_of_call (&kit), ==, -1);
  /* The 3 was nobody's but mine: another may come with that number. */
  gone = KIT_WAIT (kit.store, side_store_get_script, NULL, SCRIPT, 3);
  g_assert_null (gone);
  send_review (&kit, 1, 2);
  assert_nothing_to_send (&kit);
  kit_clear (&kit);
}

/* Something of both is another version again. */
static void
test_merged (void)
{
  Kit kit;
  g_autoptr (SideReview) again = NULL;
  g_autofree char *merged = script_body (2, "Both", 50);

  collide (&kit);
  decide (&kit, SIDE_RESOLVE_MERGED, merged);
  again = get_review (&kit, 1);
  g_assert_cmpint (again->finished_ms, ==, 0);
  g_assert_cmpint (again->script_version, ==, 3);
  send_version (&kit, 3, "Both", 2, 3);
  send_review (&kit, 1, 3);
  assert_version (&kit, 2, "Theirs");
  kit_clear (&kit);
}

/* The file is damaged while versions wait in it. */
static void
test_salvaged (void)
{
  Kit kit;
  g_autofree char *junk = g_strnfill (PAGE_BYTES, (char) 0xee);
  sqlite3 *handle;
  gint64 page;
  int fd;

  begin (&kit);
  publish (&kit, 1, "One", 10);
  publish (&kit, 2, "Two", 20);
  kit_close (&kit);
  handle = kit_sqlite (kit.path);
  page = kit_sql_int (handle, "SELECT rootpage FROM sqlite_schema WHERE name = 'calls_by_time'");
  sqlite3_close (handle);
  fd = g_open (kit.path, O_WRONLY, 0);
  g_assert_cmpint (pwrite (fd, junk, PAGE_BYTES, (page - 1) * PAGE_BYTES), ==, PAGE_BYTES);
  close (fd);
  kit_open (&kit);
  g_assert_nonnull (side_store_get_damaged_path (kit.store));
  send_version (&kit, 1, "One", 0, 1);
  send_version (&kit, 2, "Two", 1, 2);
  kit_clear (&kit);
}

static guint
count_places (Kit      *kit,
              int       before_version,
              gboolean  test,
              gint64    from_ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReviewPlaces) places = KIT_WAIT (kit->store, side_store_list_review_places, &error, SCRIPT, before_version, test,
                                                  from_ms);

  g_assert_no_error (error);
  g_assert_cmpuint (places->scripts->len, ==, MIN (places->places->len, 1));
  return places->places->len;
}

/* The reviews of earlier versions: each call once, none that is reviewed blind. */
static void
test_before (void)
{
  Kit kit;
  const char *const hidden[] = { "call-1", NULL };
  g_autoptr (SideReviewPlaces) places = NULL;
  g_autoptr (GPtrArray) bodies = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *newest = kit_uuid (2);

  kit_make (&kit);
  kit_open (&kit);
  publish (&kit, 1, "Orders", 20);
  review (&kit, 1, 1);
  review (&kit, 2, 1);
  g_assert_cmpuint (count_places (&kit, 2, FALSE, 0), ==, 1);
  g_assert_cmpuint (count_places (&kit, 1, FALSE, 0), ==, 0);
  g_assert_cmpuint (count_places (&kit, 2, TRUE, 0), ==, 0);
  g_assert_cmpuint (count_places (&kit, 2, FALSE, KIT_NOW_MS + 3), ==, 0);
  places = KIT_WAIT (kit.store, side_store_list_review_places, &error, SCRIPT, 2, FALSE, (gint64) 0);
  g_assert_no_error (error);
  bodies = KIT_WAIT (kit.store, side_store_read_reviews, &error, (const SideReviewPlace *) (gconstpointer) places->places->data, 1u);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (bodies->pdata[0], newest));
  KIT_WAIT (kit.store, side_store_set_veil, &error, hidden);
  g_assert_no_error (error);
  g_assert_cmpuint (count_places (&kit, 2, FALSE, 0), ==, 0);
  kit_clear (&kit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-versions/one-after-the-other", test_one_after_the_other);
  g_test_add_func ("/store-versions/under-way", test_under_way);
  g_test_add_func ("/store-versions/retired", test_retired);
  g_test_add_func ("/store-versions/refused", test_refused);
  g_test_add_func ("/store-versions/mine-comes-after", test_mine_comes_after);
  g_test_add_func ("/store-versions/theirs-stays", test_theirs_stays);
  g_test_add_func ("/store-versions/merged", test_merged);
  g_test_add_func ("/store-versions/salvaged", test_salvaged);
  g_test_add_func ("/store-versions/before", test_before);
  return g_test_run ();
}
