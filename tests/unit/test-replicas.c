/* test-replicas.c - three people edit the same reviews, with and without a network
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three caches and a server's archive, no network but what the test carries
 * between them. Each person answers questions of the same reviews at random,
 * offline for as long as it likes; answers of the server get lost; conflicts
 * are decided field by field, at random. In the end all four say the same, and
 * nothing that was written has gone but by somebody who saw it.
 */
#include <string.h>

#include "../../app/ui/conflicts/side-conflict-merge.h"
#include "side-archive-store.h"
#include "side-sqlite-store.h"
#include "side-text.h"
#include "side-wire.h"
#include "test-store-kit.h"

#define N_PEOPLE   3
#define N_REVIEWS  2
#define N_CRITERIA 3
#define N_STEPS    90

static const char *const shop[] = { "shop", NULL };

typedef struct {
  Kit           kit;
  char          name[8];
  SideDocument *sight[N_REVIEWS];   /* what is on their screen; NULL: look anew */
} Person;

/* Every value anybody wrote has a number. */
typedef struct {
  guint field;         /* of which review and criterion */
  GArray *instead;     /* of guint: the values people wrote or chose in its place, seeing it */
} Value;

typedef struct {
  char             *dir;
  SideArchiveStore *archive;
  GRand            *rand;
  Person            people[N_PEOPLE];
  GPtrArray        *values;         /* of Value; 0 is "not answered" of all fields */
} World;

static void
value_free (gpointer data)
{
  Value *value = data;

  g_array_unref (value->instead);
  g_free (value);
}

static guint
add_value (World *world,
           guint  field)
{
  Value *value = g_new0 (Value, 1);

  value->field = field;
  value->instead = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (world->values, value);
  return world->values->len - 1;
}

static void
put_instead (World *world,
             guint  old,
             guint  new)
{
  Value *value = g_ptr_array_index (world->values, old);

  if (old != new)
    g_array_append_val (value->instead, new);
}

static char *
review_id (guint n)
{
  return kit_uuid (n + 1);
}

static char *
criterion_id (guint n)
{
  return g_strdup_printf ("1.%u", n + 1);
}

/* Which value a body has in a field. */
static guint
value_in (const char *body,
          guint       field)
{
  g_autoptr (SideReview) review = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *criterion = criterion_id (field % N_CRITERIA);
  const SideAnswer *answer;

  if (body == NULL)
    return field;
  review = side_wire_review_from_json (body, -1, &error);
  g_assert_no_error (error);
  answer = side_review_find_answer (review, criterion);
  return answer != NULL ? (guint) g_ascii_strtoull (answer->comment, NULL, 10) : field;
}

/* The network */

static void
read_feed (World  *world,
           Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideChangePage) page = NULL;
  gint64 since = KIT_WAIT (person->kit.store, side_store_get_change, &error);

  g_assert_no_error (error);
  page = side_archive_store_find_changes (world->archive, SIDE_SCOPE (shop), since, g_rand_int_range (world->rand, 1, 4), &error);
  g_assert_no_error (error);
  KIT_WAIT (person->kit.store, side_store_apply_changes, &error, page->documents, page->next);
  g_assert_no_error (error);
}

static void
send_one (World  *world,
          Person *person)
{
  g_autoptr (SideOutboxItem) item = kit_next (&person->kit);
  g_autoptr (SideArchiveItem) sent = NULL;
  g_autoptr (GError) error = NULL;
  gboolean lost = g_rand_int_range (world->rand, 0, 6) == 0;

  if (item == NULL || g_rand_int_range (world->rand, 0, 8) == 0)
    return;   /* nothing to send, or it never got there */
  sent = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, KIT_NOW_MS);
  sent->document = side_document_copy (item->document);
  g_free (sent->document->author);
  sent->document->author = g_strdup (person->name);
  sent->revision = item->base_revision > 0 ? item->base_revision : -1;
  g_assert_true (side_archive_store_write (world->archive, (SideArchiveItem *const *) &sent, 1, &error));
  g_assert_no_error (error);
  if (lost)
    {
      kit_reopen (&person->kit);
      return;
    }
  if (sent->refusal != NULL)
    {
      g_assert_error (sent->refusal, SIDE_ERROR, SIDE_ERROR_CONFLICT);
      KIT_WAIT (person->kit.store, side_store_mark_conflict, &error, item, sent->result);
    }
  else
    KIT_WAIT (person->kit.store, side_store_mark_sent, &error, item, sent->result->revision, sent->result->change);
  g_assert_no_error (error);
}

/* The people */

static void
look (World  *world,
      Person *person,
      guint   review)
{
  g_autofree char *id = review_id (review);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&person->sight[review], side_document_unref);
  person->sight[review] = KIT_WAIT (person->kit.store, side_store_get_document, &error, "review", id);
  if (error != NULL)
    g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

static SideReview *
review_in_sight (Person *person,
                 guint   n)
{
  g_autofree char *id = review_id (n);
  g_autofree char *script = kit_uuid (99);
  SideReview *review;

  if (person->sight[n] == NULL)
    return side_review_new (id, "shop", "call-1", script, 1);
  review = side_wire_review_from_json (person->sight[n]->body, -1, NULL);
  g_assert_nonnull (review);
  return review;
}

static void
edit (World  *world,
      Person *person)
{
  guint field = (guint) g_rand_int_range (world->rand, 0, N_REVIEWS * N_CRITERIA);
  guint n = field / N_CRITERIA;
  g_autoptr (SideReview) review = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *criterion = criterion_id (field % N_CRITERIA);
  SideAnswer *answer;
  guint old, new;

  if (person->sight[n] == NULL || g_rand_boolean (world->rand))
    look (world, person, n);
  review = review_in_sight (person, n);
  old = value_in (person->sight[n] != NULL ? person->sight[n]->body : NULL, field);
  new = world->values->len;
  answer = side_review_set_answer (review, criterion, g_rand_boolean (world->rand) ? 1 : 0, KIT_NOW_MS + new, -1);
  g_free (answer->comment);
  answer->comment = g_strdup_printf ("%u", new);
  document = side_wire_document_for_review (review);
  KIT_WAIT (person->kit.store, side_store_edit_document, &error, document, person->sight[n]);
  look (world, person, n);
  /* They are told that another edit made here was not in sight, and write it again. */
  if (error != NULL)
    {
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
      return;
    }
  g_assert_cmpuint (add_value (world, field), ==, new);
  put_instead (world, old, new);
}

static void
decide (World  *world,
        Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = KIT_WAIT (person->kit.store, side_store_list_conflicts, &error);
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *merged = NULL;
  SideConflict *conflict;

  g_assert_no_error (error);
  if (conflicts->len == 0)
    return;
  conflict = g_ptr_array_index (conflicts, (guint) g_rand_int_range (world->rand, 0, (int) conflicts->len));
  fields = side_conflict_list_fields (conflict->mine->body, conflict->theirs->body);
  for (guint i = 0; i < fields->len; i++)
    ((SideConflictField *) g_ptr_array_index (fields, i))->take_mine = g_rand_boolean (world->rand);
  merged = side_conflict_merge (conflict->mine->body, conflict->theirs->body, fields);
  for (guint field = 0; field < N_REVIEWS * N_CRITERIA; field++)
    {
      g_autofree char *id = review_id (field / N_CRITERIA);
      guint kept = value_in (merged, field);

      if (!g_str_equal (id, conflict->mine->id))
        continue;
      /* Both were in sight. */
      put_instead (world, value_in (conflict->mine->body, field), kept);
      put_instead (world, value_in (conflict->theirs->body, field), kept);
    }
  KIT_WAIT (person->kit.store, side_store_resolve_conflict, &error, "review", conflict->mine->id,
            conflict->theirs->revision, SIDE_RESOLVE_MERGED, merged);
  g_assert_no_error (error);
}

/* The end */

static gboolean
is_at_rest (World *world)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideChangePage) page = NULL;
      SideStore *store = world->people[i].kit.store;
      gint64 since = KIT_WAIT (store, side_store_get_change, &error);

      page = side_archive_store_find_changes (world->archive, SIDE_SCOPE (shop), since, 10, &error);
      g_assert_no_error (error);
      if (page->documents->len > 0 || side_store_get_outbox_length (store) > 0 || side_store_get_conflicts (store) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether people who saw @from came, step by step, to @to. */
static gboolean
leads_to (World *world,
          guint  from,
          guint  to)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GQueue) next = g_queue_new ();

  g_queue_push_tail (next, GUINT_TO_POINTER (from));
  while (!g_queue_is_empty (next))
    {
      guint at = GPOINTER_TO_UINT (g_queue_pop_head (next));
      const Value *value = g_ptr_array_index (world->values, at);

      if (at == to)
        return TRUE;
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (at)))
        continue;
      for (guint i = 0; i < value->instead->len; i++)
        g_queue_push_tail (next, GUINT_TO_POINTER (g_array_index (value->instead, guint, i)));
    }
  return FALSE;
}

static void
assert_nothing_lost (World *world)
{
  for (guint n = 0; n < N_REVIEWS; n++)
    {
      g_autofree char *id = review_id (n);
      g_autoptr (SideDocument) held = side_archive_store_get_document (world->archive, "review", id, SIDE_SCOPE (shop), NULL);

      for (guint i = 0; held != NULL && i < N_PEOPLE; i++)
        {
          g_autofree char *body = kit_body (&world->people[i].kit, "review", id);

          for (guint k = 0; k < N_CRITERIA; k++)
            g_assert_cmpuint (value_in (body, n * N_CRITERIA + k), ==, value_in (held->body, n * N_CRITERIA + k));
          g_assert_cmpstr (body, ==, held->body);
        }
      for (guint v = 0; v < world->values->len; v++)
        {
          const Value *value = g_ptr_array_index (world->values, v);

          if (value->field / N_CRITERIA == n)
            g_assert_true (leads_to (world, v, value_in (held != NULL ? held->body : NULL, value->field)));
        }
    }
}

static void
world_make (World  *world,
            guint32 seed)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  world->dir = side_test_tmp_dir ();
  path = g_build_filename (world->dir, "archive.db", NULL);
  world->archive = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  world->rand = g_rand_new_with_seed (seed);
  world->values = g_ptr_array_new_with_free_func (value_free);
  for (guint field = 0; field < N_REVIEWS * N_CRITERIA; field++)
    add_value (world, field);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_snprintf (world->people[i].name, sizeof world->people[i].name, "p%u", i);
      kit_make (&world->people[i].kit);
      kit_open (&world->people[i].kit);
    }
}

static void
world_clear (World *world)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      for (guint n = 0; n < N_REVIEWS; n++)
        g_clear_pointer (&world->people[i].sight[n], side_document_unref);
      kit_clear (&world->people[i].kit);
    }
  g_ptr_array_unref (world->values);
  g_rand_free (world->rand);
  g_object_unref (world->archive);
  side_test_rm_rf (world->dir);
  g_free (world->dir);
}

static void
test_converge (void)
{
  static void (*const deeds[]) (World *, Person *) = { edit, edit, edit, read_feed, send_one, send_one, decide };

  for (int round = 0; round < 8; round++)
    {
      World world = { 0 };

      world_make (&world, (guint32) g_test_rand_int ());
      for (int i = 0; i < N_STEPS; i++)
        {
          /* One person after the other for a while, the others are offline. */
          Person *person = &world.people[(i / g_rand_int_range (world.rand, 1, 12)) % N_PEOPLE];

          deeds[g_rand_int_range (world.rand, 0, G_N_ELEMENTS (deeds))] (&world, person);
        }
      for (int i = 0; !is_at_rest (&world); i++)
        {
          g_assert_cmpint (i, <, 400);
          for (guint p = 0; p < N_PEOPLE; p++)
            {
              read_feed (&world, &world.people[p]);
              decide (&world, &world.people[p]);
              send_one (&world, &world.people[p]);
            }
        }
      assert_nothing_lost (&world);
      world_clear (&world);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replicas/converge", test_converge);
  return g_test_run ();
}
