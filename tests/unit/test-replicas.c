/* test-replicas.c - three people edit the same reviews or scorecards, with and without a network
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three caches and a server's archive, no network but what the test carries
 * between them. Each person answers questions of the same reviews, or of the same
 * scorecards, at random, offline for as long as it likes; answers of the server get lost; conflicts
 * are decided field by field, at random. In the end all four say the same, and
 * nothing that was written has gone but by somebody who saw it.
 */
#include <string.h>

#include "../../app/ui/conflicts/side-conflict-merge.h"
#include "../../app/ui/conflicts/side-conflict-scorecard.h"
#include "replicas-kit.h"
#include "side-review-rule.h"
#include "side-sqlite-store.h"
#include "side-text.h"
#include "side-wire.h"

#define N_PEOPLE   3
#define N_REVIEWS  2
#define N_CRITERIA 3
#define N_STEPS    90

typedef struct {
  Kit           kit;
  char          name[8];
  SideDocument *sight[N_REVIEWS];   /* what is on their screen; NULL: look anew */
} Person;

typedef struct _World World;

/* What is special about the documents they write. */
typedef struct {
  const char   *kind;
  guint       (*value_in) (const char *body, guint field);
  /* What a person makes of what is in sight; NULL where they do not touch it. */
  SideDocument *(*edit)   (World *world, Person *person, guint field, guint new);
  char        *(*settle)  (World *world, Person *person, SideConflict *conflict);
} Kind;

/* Every value anybody wrote has a number. */
typedef struct {
  guint field;         /* of which review and criterion */
  GArray *instead;     /* of guint: the values people wrote or chose in its place, seeing it */
} Value;

struct _World {
  const Kind       *kind;
  char             *dir;
  SideArchiveStore *archive;
  GRand            *rand;
  Person            people[N_PEOPLE];
  GPtrArray        *values;         /* of Value; 0 is "not answered" of all fields */
  SideReview       *taken[N_REVIEWS];   /* (nullable): what the archive took last */
};

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

/* Which value a review has in a field. */
static guint
value_in_review (const char *body,
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
  replicas_read (&person->kit, world->archive, g_rand_int_range (world->rand, 1, 4));
}

/* No revision that was ever finished is another one later. */
static void
assert_sealed_kept (World              *world,
                    const SideDocument *sent)
{
  guint n = strcmp (sent->kind, "review") != 0 ? N_REVIEWS : 0;
  SideReview *next;

  while (n < N_REVIEWS)
    {
      g_autofree char *id = review_id (n);

      if (g_str_equal (id, sent->id))
        break;
      n++;
    }
  if (n == N_REVIEWS)
    return;
  next = side_wire_review_from_json (sent->body, -1, NULL);
  for (int revision = 1; world->taken[n] != NULL && revision <= world->taken[n]->revision; revision++)
    {
      const char *before = NULL, *after = NULL;
      const GPtrArray *old = side_review_get_sealed (world->taken[n], revision, &before);
      const GPtrArray *new = side_review_get_sealed (next, revision, &after);

      if (old == NULL)
        continue;
      g_assert_nonnull (new);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (new->len, ==, old->len);
      for (guint i = 0; i < old->len; i++)
        g_assert_cmpstr (((const SideAnswer *) new->pdata[i])->comment, ==, ((const SideAnswer *) old->pdata[i])->comment);
    }
  g_clear_pointer (&world->taken[n], side_review_unref);
  world->taken[n] = next;
}

static void
send_one (World  *world,
          Person *person)
{
  gboolean lost = g_rand_int_range (world->rand, 0, 6) == 0;
  g_autoptr (SideDocument) taken = NULL;

  if (g_rand_int_range (world->rand, 0, 8) == 0)
    return;   /* it never got there */
  replicas_send (&person->kit, world->archive, person->name, lost, &taken);
  if (taken != NULL)
    assert_sealed_kept (world, taken);
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
  person->sight[review] = KIT_WAIT (person->kit.store, side_store_get_document, &error, world->kind->kind, id);
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

/* Theirs from here on; their own finished one in a new revision. */
static gboolean
take_up (Person     *person,
         SideReview *review)
{
  if (review->finished_ms == 0)
    side_review_claim (review, person->name, KIT_NOW_MS);
  else if (g_strcmp0 (review->reviewer, person->name) == 0)
    side_review_reopen (review, person->name, "Once more", KIT_NOW_MS);
  return review->finished_ms == 0;
}

static void
put_answer (World      *world,
            SideReview *review,
            guint       field,
            guint       new)
{
  g_autofree char *criterion = criterion_id (field % N_CRITERIA);
  SideAnswer *answer = side_review_set_answer (review, criterion, g_rand_boolean (world->rand) ? 1 : 0, KIT_NOW_MS + new, -1);

  g_free (answer->comment);
  answer->comment = g_strdup_printf ("%u", new);
}

static SideDocument *
edit_review (World  *world,
             Person *person,
             guint   field,
             guint   new)
{
  g_autoptr (SideReview) review = review_in_sight (person, field / N_CRITERIA);

  if (!take_up (person, review))
    return NULL;   /* another has finished it */
  put_answer (world, review, field, new);
  if (review->answers->len == N_CRITERIA && g_rand_int_range (world->rand, 0, 3) == 0)
    side_review_finish (review, -1, KIT_NOW_MS + new);
  return side_wire_document_for_review (review);
}

static void
edit (World  *world,
      Person *person)
{
  guint field = (guint) g_rand_int_range (world->rand, 0, N_REVIEWS * N_CRITERIA);
  guint n = field / N_CRITERIA;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  guint old, new;

  if (person->sight[n] == NULL || g_rand_boolean (world->rand))
    look (world, person, n);
  old = world->kind->value_in (person->sight[n] != NULL ? person->sight[n]->body : NULL, field);
  new = world->values->len;
  document = world->kind->edit (world, person, field, new);
  if (document == NULL)
    return;   /* they do not touch it */
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

/* As the conflicts window does it. */
static char *
settle_review (World         *world,
               Person        *person,
               SideConflict  *conflict)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (conflict->mine->body, conflict->theirs->body, conflict->base);
  g_autoptr (SideReview) mine = side_wire_review_from_json (conflict->mine->body, -1, NULL);
  g_autoptr (SideReview) theirs = side_wire_review_from_json (conflict->theirs->body, -1, NULL);
  g_autoptr (SideReview) chosen = NULL;
  g_autoptr (SideReview) settled = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      if (!field->settled || g_str_equal (field->member, "finished_ms"))
        field->take_mine = g_rand_boolean (world->rand);
    }
  merged = side_conflict_merge (conflict->mine->body, conflict->theirs->body, fields);
  chosen = side_wire_review_from_json (merged, -1, NULL);
  settled = side_review_settle (chosen, mine, theirs, person->name, NULL, "Settled", KIT_NOW_MS);
  before = side_wire_review_to_json (theirs);
  after = side_wire_review_to_json (settled != NULL ? settled : theirs);
  return g_str_equal (before, after) ? NULL : g_steal_pointer (&after);
}

/* The first field of a scorecard is its comment; the others are answers. */
static guint
value_in_card (const char *body,
               guint       field)
{
  g_autofree char *criterion = criterion_id (field % N_CRITERIA);
  g_autoptr (SideScorecard) card = NULL;
  g_autoptr (GError) error = NULL;
  const SideAnswer *answer;
  const char *words;

  if (body == NULL)
    return field;
  card = side_wire_scorecard_from_json (body, -1, &error);
  g_assert_no_error (error);
  answer = side_review_find_answer (card->review, criterion);
  words = field % N_CRITERIA == 0 ? card->review->comment : answer != NULL ? answer->comment : NULL;
  return words != NULL ? (guint) g_ascii_strtoull (words, NULL, 10) : field;
}

static SideDocument *
edit_card (World  *world,
           Person *person,
           guint   field,
           guint   new)
{
  guint n = field / N_CRITERIA;
  g_autofree char *id = review_id (n), *script = kit_uuid (99);
  g_autoptr (SideScorecard) card = person->sight[n] != NULL ? side_wire_scorecard_from_json (person->sight[n]->body, -1, NULL)
                                                            : side_scorecard_new (id, "shop", "Север", script, 1);

  g_assert_nonnull (card);
  g_free (card->review->reviewer);
  card->review->reviewer = g_strdup (person->name);
  card->review->changed_ms = KIT_NOW_MS + new;
  if (field % N_CRITERIA > 0)
    put_answer (world, card->review, field, new);
  else
    {
      g_free (card->review->comment);
      card->review->comment = g_strdup_printf ("%u", new);
    }
  return side_wire_document_for_scorecard (card);
}

static char *
settle_card (World         *world,
             Person        *person,
             SideConflict  *conflict)
{
  g_autoptr (GPtrArray) fields = side_conflict_scorecard_list_fields (conflict->mine->body, conflict->theirs->body, conflict->base);

  for (guint i = 0; i < fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      /* Only what both changed is asked about: whose it is follows. */
      g_assert_true (g_str_equal (field->member, "comment") || g_str_equal (field->member, "answers"));
      if (!field->settled)
        field->take_mine = g_rand_boolean (world->rand);
    }
  return side_conflict_scorecard_merge (conflict->mine->body, conflict->theirs->body, fields);
}

static void
decide (World  *world,
        Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = KIT_WAIT (person->kit.store, side_store_list_conflicts, &error);
  g_autofree char *settled = NULL;
  SideConflict *conflict;

  g_assert_no_error (error);
  if (conflicts->len == 0)
    return;
  conflict = g_ptr_array_index (conflicts, (guint) g_rand_int_range (world->rand, 0, (int) conflicts->len));
  settled = world->kind->settle (world, person, conflict);
  for (guint field = 0; field < N_REVIEWS * N_CRITERIA; field++)
    {
      g_autofree char *id = review_id (field / N_CRITERIA);
      guint kept = world->kind->value_in (settled != NULL ? settled : conflict->theirs->body, field);

      if (!g_str_equal (id, conflict->mine->id))
        continue;
      /* Both were in sight. */
      put_instead (world, world->kind->value_in (conflict->mine->body, field), kept);
      put_instead (world, world->kind->value_in (conflict->theirs->body, field), kept);
    }
  KIT_WAIT (person->kit.store, side_store_resolve_conflict, &error, world->kind->kind, conflict->mine->id,
            conflict->theirs->revision, settled != NULL ? SIDE_RESOLVE_MERGED : SIDE_RESOLVE_TAKE_THEIRS, settled);
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

      page = side_archive_store_find_changes (world->archive, SIDE_SCOPE (replicas_projects), since, 10, &error);
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
      g_autoptr (SideDocument) held = side_archive_store_get_document (world->archive, world->kind->kind, id, SIDE_SCOPE (replicas_projects), NULL);

      for (guint i = 0; held != NULL && i < N_PEOPLE; i++)
        {
          g_autofree char *body = kit_body (&world->people[i].kit, world->kind->kind, id);

          for (guint k = 0; k < N_CRITERIA; k++)
            g_assert_cmpuint (world->kind->value_in (body, n * N_CRITERIA + k), ==, world->kind->value_in (held->body, n * N_CRITERIA + k));
          g_assert_cmpstr (body, ==, held->body);
        }
      for (guint v = 0; v < world->values->len; v++)
        {
          const Value *value = g_ptr_array_index (world->values, v);

          if (value->field / N_CRITERIA == n)
            g_assert_true (leads_to (world, v, world->kind->value_in (held != NULL ? held->body : NULL, value->field)));
        }
    }
}

/* The form all reviews are made with, and the call they are about. */
static void
put_script (World *world)
{
  g_autofree char *id = kit_uuid (99);
  g_autoptr (SideScript) script = side_script_new (id, "shop", "Orders", 1);
  SideSection *section = side_script_add_section (script, "1", "All");
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, KIT_NOW_MS);
  g_autoptr (SideArchiveItem) call = side_archive_item_new (SIDE_ARCHIVE_CALL, KIT_NOW_MS);
  SideArchiveItem *items[] = { item, call };
  g_autoptr (GError) error = NULL;

  call->call = side_call_new ("call-1");
  call->call->project = g_intern_string ("shop");
  for (guint n = 0; n < N_CRITERIA; n++)
    {
      g_autofree char *criterion = criterion_id (n);

      side_section_add_criterion (section, criterion, "A question", 10);
    }
  item->document = side_wire_document_for_script (script);
  item->revision = -1;
  g_assert_true (side_archive_store_write (world->archive, items, G_N_ELEMENTS (items), &error));
  g_assert_no_error (error);
  g_assert_null (item->refusal);
}

static void
world_make (World      *world,
            const Kind *kind,
            guint32     seed)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  world->kind = kind;
  world->dir = side_test_tmp_dir ();
  path = g_build_filename (world->dir, "archive.db", NULL);
  world->archive = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  put_script (world);
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
  for (guint n = 0; n < N_REVIEWS; n++)
    g_clear_pointer (&world->taken[n], side_review_unref);
  g_ptr_array_unref (world->values);
  g_rand_free (world->rand);
  g_object_unref (world->archive);
  side_test_rm_rf (world->dir);
  g_free (world->dir);
}

static void
test_converge (gconstpointer kind)
{
  static void (*const deeds[]) (World *, Person *) = { edit, edit, edit, read_feed, send_one, send_one, decide };

  for (int round = 0; round < 8; round++)
    {
      World world = { 0 };

      world_make (&world, kind, (guint32) g_test_rand_int ());
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
  static const Kind reviews = { "review", value_in_review, edit_review, settle_review };
  static const Kind scorecards = { "scorecard", value_in_card, edit_card, settle_card };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/replicas/converge", &reviews, test_converge);
  g_test_add_data_func ("/replicas/scorecards", &scorecards, test_converge);
  return g_test_run ();
}
