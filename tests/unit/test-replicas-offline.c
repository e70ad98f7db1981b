/* test-replicas-offline.c - what people do apart, and what is left of it on every computer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cases that test-replicas.c does not come to by chance: versions of a script
 * put in use, and drafts taken over, without a network.
 */
#include "replicas-kit.h"
#include "side-review-rule.h"
#include "side-sqlite-store.h"
#include "side-wire.h"

#define N_PEOPLE 3
#define SCRIPT   "5c0b4c53-8f53-4b8c-94a6-c1d4c0f9a1de"
#define REVIEW   1

typedef struct {
  char             *dir;
  SideArchiveStore *archive;
  Kit               kits[N_PEOPLE];
} World;

static const char *const names[N_PEOPLE] = { "p0", "p1", "p2" };

static void
set_up (World         *world,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  world->dir = side_test_tmp_dir ();
  path = g_build_filename (world->dir, "archive.db", NULL);
  world->archive = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      kit_make (&world->kits[i]);
      kit_open (&world->kits[i]);
    }
}

static void
tear_down (World         *world,
           gconstpointer  data)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    kit_clear (&world->kits[i]);
  g_object_unref (world->archive);
  side_test_rm_rf (world->dir);
  g_free (world->dir);
}

/* Each first answer gets lost. Ends at a conflict. */
static void
send_all (World *world,
          guint  n)
{
  SideStore *store;
  gboolean lost = TRUE;

  for (int i = 0;; i++)
    {
      g_autoptr (SideDocument) taken = NULL;

      g_assert_cmpint (i, <, 40);
      if (!replicas_send (&world->kits[n], world->archive, names[n], lost, &taken))
        break;
      lost = !lost;
    }
  store = world->kits[n].store;
  g_assert_true (side_store_get_outbox_length (store) == 0 || side_store_get_conflicts (store) > 0);
}

/* Reads the feed, and asks for the versions that reviews name. */
static void
read_all (World *world,
          guint  n)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GError) error = NULL;

  replicas_read (&world->kits[n], world->archive, 100);
  missing = KIT_WAIT (world->kits[n].store, side_store_list_missing_scripts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < missing->len; i++)
    {
      const SideScriptRef *ref = g_ptr_array_index (missing, i);
      g_autoptr (SideDocument) script =
          side_archive_store_get_script (world->archive, ref->id, ref->version, SIDE_SCOPE (replicas_projects), NULL);

      if (script != NULL)
        KIT_WAIT (world->kits[n].store, side_store_keep_script, &error, script);
      g_assert_no_error (error);
    }
}

static void
put_in_use (World      *world,
            guint       n,
            int         version,
            const char *title)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT, "shop", title, version);
  SideSection *section = side_script_add_section (script, "1", "All");
  g_autofree char *body = NULL;

  script->state = SIDE_SCRIPT_IN_USE;
  side_section_add_criterion (section, "1.1", title, 60);
  side_section_add_criterion (section, "1.2", "Greets", 20);
  side_section_add_criterion (section, "1.3", "Thanks", 20);
  body = side_wire_script_to_json (script);
  kit_put_local (&world->kits[n], "script", SCRIPT, NULL, body);
}

static SideReview *
get_review (World *world,
            guint  n,
            guint  which)
{
  g_autofree char *id = kit_uuid (which);
  g_autofree char *body = kit_body (&world->kits[n], "review", id);

  return body != NULL ? side_wire_review_from_json (body, -1, NULL) : NULL;
}

/* Makes a review, or goes on with it: @n has it then and answers @criterion. */
static void
answer (World      *world,
        guint       n,
        guint       which,
        const char *criterion)
{
  g_autofree char *id = kit_uuid (which);
  g_autoptr (SideReview) review = get_review (world, n, which);
  g_autofree char *body = NULL;

  if (review == NULL)
    review = side_review_new (id, "shop", "call-1", SCRIPT, 1);
  side_review_claim (review, names[n], KIT_NOW_MS + n);
  side_review_set_answer (review, criterion, 1, KIT_NOW_MS + n, -1);
  body = side_wire_review_to_json (review);
  kit_put_local (&world->kits[n], "review", id, "call-1", body);
}

static void
assert_version (World      *world,
                guint       n,
                int         version,
                const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) script = KIT_WAIT (world->kits[n].store, side_store_get_script, &error, SCRIPT, version);

  g_assert_no_error (error);
  g_assert_nonnull (script);
  g_assert_cmpstr (script->title, ==, title);
}

/* Two versions put in use one after the other: whoever comes later, with nothing,
 * reads a review with the form it was made with. */
static void
test_versions (World         *world,
               gconstpointer  data)
{
  put_in_use (world, 0, 1, "One");
  answer (world, 0, REVIEW, "1.1");
  put_in_use (world, 0, 2, "Two");
  send_all (world, 0);
  read_all (world, 1);
  assert_version (world, 1, 1, "One");
  assert_version (world, 1, 2, "Two");
}

/* Two people put a version 1 in use and review with it: each review is read with
 * the words it was made with, on every computer. */
static void
test_same_number (World         *world,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      put_in_use (world, i, 1, names[i]);
      answer (world, i, REVIEW + i, "1.1");
    }
  send_all (world, 0);
  send_all (world, 1);
  KIT_WAIT (world->kits[1].store, side_store_resolve_conflict, &error, "script", SCRIPT, 1, SIDE_RESOLVE_KEEP_MINE, NULL);
  g_assert_no_error (error);
  send_all (world, 1);
  for (guint n = 0; n < N_PEOPLE; n++)
    read_all (world, n);
  for (guint n = 0; n < N_PEOPLE; n++)
    for (guint i = 0; i < 2; i++)
      {
        g_autoptr (SideReview) review = get_review (world, n, REVIEW + i);

        assert_version (world, n, review->script_version, review->reviewer);
      }
}

/* Two take the same draft over: whoever comes second is asked, and keeps it with
 * the answers of both; whoever came first reads that it is another's now, and that
 * they had it is on record. */
static void
test_taken_over (World         *world,
                 gconstpointer  data)
{
  SideStore *store;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReview) mine = NULL, theirs = NULL, settled = NULL, seen = NULL;
  g_autofree char *body = NULL;
  const SideConflict *conflict;

  put_in_use (world, 0, 1, "One");
  answer (world, 0, REVIEW, "1.1");
  send_all (world, 0);
  for (guint n = 1; n < N_PEOPLE; n++)
    {
      g_autofree char *criterion = g_strdup_printf ("1.%u", n + 1);

      read_all (world, n);
      answer (world, n, REVIEW, criterion);
    }
  send_all (world, 1);
  send_all (world, 2);
  store = world->kits[2].store;
  conflicts = KIT_WAIT (store, side_store_list_conflicts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  mine = side_wire_review_from_json (conflict->mine->body, -1, NULL);
  theirs = side_wire_review_from_json (conflict->theirs->body, -1, NULL);
  g_assert_cmpstr (mine->reviewer, ==, "p2");
  g_assert_cmpstr (theirs->reviewer, ==, "p1");
  g_ptr_array_add (mine->answers, side_answer_copy (side_review_find_answer (theirs, "1.2")));
  settled = side_review_settle (mine, mine, theirs, "p2", NULL, NULL, KIT_NOW_MS + 9);
  body = side_wire_review_to_json (settled);
  KIT_WAIT (store, side_store_resolve_conflict, &error, "review", conflict->mine->id, conflict->theirs->revision,
            SIDE_RESOLVE_MERGED, body);
  g_assert_no_error (error);
  send_all (world, 2);
  read_all (world, 1);
  seen = get_review (world, 1, REVIEW);
  g_assert_cmpstr (seen->reviewer, ==, "p2");
  g_assert_true (g_ptr_array_find_with_equal_func (seen->holders, "p0", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (seen->holders, "p1", g_str_equal, NULL));
  g_assert_cmpuint (seen->answers->len, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replicas-offline/versions", World, NULL, set_up, test_versions, tear_down);
  g_test_add ("/replicas-offline/same-number", World, NULL, set_up, test_same_number, tear_down);
  g_test_add ("/replicas-offline/taken-over", World, NULL, set_up, test_taken_over, tear_down);
  return g_test_run ();
}
