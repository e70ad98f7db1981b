/* test-store-list-model.c - a list of calls is what a naive reading of them says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the model a shadow of it is kept by nothing but items-changed: model,
 * shadow and the reference of store-reference.c must agree after every write.
 */
#include <math.h>

#include <locale.h>

#include "side-store-sound.h"
#include "store-reference.h"
#include "test-store-kit.h"

typedef struct {
  Kit            kit;
  GRand         *rand;
  GPtrArray     *entries;    /* of StoreEntry */
  guint          last_place;
  SideCallList  *list;
  GPtrArray     *shadow;     /* of SideCallItem */
  guint          steps;      /* items-changed so far */
  guint          rows_in_steps;
  gboolean       saw_part;   /* it showed no more than a page for a while */
  SideCallQuery *query;
} World;

/* The shadow. */

static void
follow (GListModel *model,
        guint       position,
        guint       removed,
        guint       added,
        World      *world)
{
  world->steps++;
  world->rows_in_steps += removed + added;
  g_assert_cmpuint (position + removed, <=, world->shadow->len);
  if (removed > 0)
    g_ptr_array_remove_range (world->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (world->shadow, (int) (position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, world->shadow->len);
  world->saw_part = world->saw_part || (world->shadow->len > 0 && world->shadow->len <= 200);
}

typedef struct {
  World     *world;
  GPtrArray *expected;
  gint64     until;        /* when to say what is wrong */
} Agreement;

/* Shown is the figure that is sorted by, or else one that is asked about; of other lists none. */
static gboolean
figure_agrees (const SideCallQuery *query,
               SideCallItem        *item,
               const StoreEntry    *entry)
{
  int wanted = query->sort >= SIDE_CALL_SORT_SOUND ? (int) query->sort - SIDE_CALL_SORT_SOUND : -1;
  SideSoundFigure figure;
  double value, expected;

  for (int i = SIDE_SOUND_N_FIGURES - 1; query->sort < SIDE_CALL_SORT_SOUND && i >= 0; i--)
    if (isfinite (query->min_sound[i]) || isfinite (query->max_sound[i]))
      wanted = i;
  if (wanted < 0)
    return !side_call_item_get_figure (item, &figure, &value);
  if (!side_call_item_get_figure (item, &figure, &value) || (int) figure != wanted)
    return FALSE;
  expected = store_entry_sound (entry, figure);
  return isnan (expected) ? isnan (value) : fabs (value - expected) <= (fabs (expected) < 1000 ? 1e-5 : 0.1);
}

static gboolean
calls_agree (gpointer data)
{
  Agreement *agreement = data;
  GPtrArray *shadow = agreement->world->shadow;

  if (side_call_list_get_loading (agreement->world->list) || shadow->len != agreement->expected->len)
    return FALSE;
  for (guint i = 0; i < shadow->len; i++)
    {
      SideCall *call = side_call_item_get_call (shadow->pdata[i]);
      StoreEntry *entry = agreement->expected->pdata[i];

      if (call == NULL || !side_call_equal (call, entry->call) || call->score != entry->call->score
          || !figure_agrees (agreement->world->query, shadow->pdata[i], entry))
        return FALSE;
    }
  return TRUE;
}

/* What the test was at, when it fails. */
static void
print_difference (World     *world,
                  GPtrArray *expected)
{
  const SideCallQuery *query = world->query;

  g_printerr ("# sort %d %s text %s project %s: %u rows, expected %u, loading %d\n", query->sort,
              query->descending ? "descending" : "ascending", query->text, query->project,
              world->shadow->len, expected->len, side_call_list_get_loading (world->list));
  for (guint i = 0; i < MAX (world->shadow->len, expected->len); i++)
    {
      SideCall *is = i < world->shadow->len ? side_call_item_get_call (world->shadow->pdata[i]) : NULL;
      SideCall *should = i < expected->len ? ((StoreEntry *) expected->pdata[i])->call : NULL;

      if (is == NULL || should == NULL || !side_call_equal (is, should))
        g_printerr ("# %u: %s (%s) for %s (%s)\n", i, is != NULL ? is->id : "none", is != NULL ? is->operator_name : "",
                    should != NULL ? should->id : "none", should != NULL ? should->operator_name : "");
    }
}

static gboolean
agree_in_time (gpointer data)
{
  Agreement *agreement = data;

  if (calls_agree (agreement))
    return TRUE;
  if (g_get_monotonic_time () > agreement->until)
    {
      print_difference (agreement->world, agreement->expected);
      agreement->until = G_MAXINT64;
    }
  return FALSE;
}

static void
check (World *world)
{
  g_autoptr (GPtrArray) expected = store_reference_list (world->entries, world->query);
  Agreement agreement = { world, expected, g_get_monotonic_time () + 9 * G_USEC_PER_SEC };
  GListModel *model = G_LIST_MODEL (world->list);

  side_test_wait_until (agree_in_time, &agreement, 10000, "model and reference to agree");
  g_assert_cmpuint (side_call_list_get_total (world->list), ==, expected->len);
  /* The same objects, not only the same calls. */
  for (guint i = 0; i < world->shadow->len; i++)
    {
      g_autoptr (SideCallItem) item = g_list_model_get_item (model, i);

      g_assert_true (item == world->shadow->pdata[i]);
    }
}

static void
make_world (World *world)
{
  kit_make (&world->kit);
  kit_open (&world->kit);
  world->rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  world->entries = g_ptr_array_new_with_free_func (store_entry_free);
  world->last_place = 0;
  world->steps = 0;
  world->rows_in_steps = 0;
  world->saw_part = FALSE;
  world->list = side_call_list_new (world->kit.store);
  world->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  world->query = side_call_query_new ();
  side_test_wait_until (kit_list_is_at_rest, world->list, KIT_TIMEOUT_MS, "the list to load");
  g_signal_connect (world->list, "items-changed", G_CALLBACK (follow), world);
}

static void
end_world (World *world)
{
  g_ptr_array_unref (world->shadow);
  g_assert_finalize_object (g_steal_pointer (&world->list));
  side_call_query_free (world->query);
  g_ptr_array_unref (world->entries);
  g_rand_free (world->rand);
  kit_clear (&world->kit);
}

/* Writes random calls, a part of them known already. */
static void
write_calls (World *world,
             guint  n)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < n; i++)
    {
      gboolean known = world->entries->len > 0 && g_rand_int_range (world->rand, 0, 3) == 0;
      StoreEntry *entry;
      g_autofree char *id = NULL;

      if (known)
        {
          entry = world->entries->pdata[g_rand_int_range (world->rand, 0, (int) world->entries->len)];
        }
      else
        {
          entry = g_new0 (StoreEntry, 1);
          entry->place = ++world->last_place;
          g_ptr_array_add (world->entries, entry);
        }
      id = g_strdup_printf ("call-%u", entry->place);
      g_clear_pointer (&entry->call, side_call_unref);
      entry->call = kit_random_call (world->rand, id);
      g_ptr_array_add (calls, side_call_ref (entry->call));
    }
  kit_put_calls (&world->kit, calls);
}

static void
annotate (World *world)
{
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  const char *word;
  StoreEntry *entry;

  if (world->entries->len == 0)
    return;
  entry = world->entries->pdata[g_rand_int_range (world->rand, 0, (int) world->entries->len)];
  id = kit_uuid (entry->place);
  word = g_rand_boolean (world->rand) ? "Зайчик" : "молчание";
  body = g_strdup_printf ("{\"tag\":\"x\",\"text\":\"%s\"}", word);
  g_free (entry->said);
  entry->said = g_strdup_printf ("x %s", word);
  kit_put_local (&world->kit, "annotation", id, entry->call->id, body);
}

static double
now_and_then (World  *world,
              double  least,
              double  most)
{
  return g_rand_int_range (world->rand, 0, 4) == 0 ? NAN : round (g_rand_double_range (world->rand, least, most) * 100) / 100;
}

/* Figures of a recording, of the call's or of one it had before. */
static void
listen (World *world)
{
  g_autoptr (GError) error = NULL;
  SideSoundFigures *sound;
  StoreEntry *entry;

  if (world->entries->len == 0)
    return;
  entry = world->entries->pdata[g_rand_int_range (world->rand, 0, (int) world->entries->len)];
  sound = side_sound_figures_new (entry->call->id, g_rand_int_range (world->rand, 0, 5) == 0 ? "other" : "rec", "1");
  sound->attribution = SIDE_ATTRIBUTION_MEASURED;
  if (g_rand_int_range (world->rand, 0, 8) == 0)
    sound->problem = g_strdup ("not a recording");
  sound->longest_dead_air_ms = g_rand_int_range (world->rand, -1, 6) * 4000;
  sound->longest_dead_air_ms = MAX (sound->longest_dead_air_ms, SIDE_ANALYSIS_UNKNOWN);
  sound->monologue_ms = g_rand_int_range (world->rand, 0, 90000);
  sound->talk_over_share = now_and_then (world, 0, 1);
  sound->talk_share = now_and_then (world, 0, 1);
  sound->latency_median_ms = now_and_then (world, -400, 4000);
  sound->sides[0].snr_db = now_and_then (world, -10, 60);
  sound->sides[0].loudness_lufs = now_and_then (world, -60, -5);
  sound->sides[g_rand_int_range (world->rand, 0, 2)].one_way = g_rand_int_range (world->rand, 0, 4) == 0;
  g_clear_pointer (&entry->sound, side_sound_figures_free);
  entry->sound = sound;
  KIT_WAIT (world->kit.store, side_store_put_sound, &error, sound);
  g_assert_no_error (error);
}

/* Calls somebody wrote about stay: it is not sent. */
static void
forget (World *world)
{
  gint64 before = KIT_NOW_MS + g_rand_int_range (world->rand, 0, 20) * 1000;
  g_autoptr (GError) error = NULL;

  KIT_WAIT (world->kit.store, side_store_forget_calls, &error, before);
  g_assert_no_error (error);
  for (guint i = world->entries->len; i > 0; i--)
    {
      StoreEntry *entry = world->entries->pdata[i - 1];

      if (entry->call->joined_ms < before && entry->said == NULL)
        g_ptr_array_remove_index (world->entries, i - 1);
    }
}

static SideCallMatch
random_match (World *world)
{
  return g_rand_int_range (world->rand, 0, 3) == 0 ? (SideCallMatch) g_rand_int_range (world->rand, 1, 3) : SIDE_CALL_MATCH_ANY;
}

static void
ask_anything (World *world)
{
  static const char *const texts[] = { "ёлк", "ЕЛКУ", "спас", "wrong si", "анна", "3124", "79031231240", "зайц", "+7 903 123-12-4", "?",
                                      "😀", "%", "_", "\"", "+" };
  SideCallQuery *query = side_call_query_new ();
  GRand *rand = world->rand;

#define SOMETIMES (g_rand_int_range (rand, 0, 4) == 0)
  if (SOMETIMES)
    query->project = g_strdup (g_rand_boolean (rand) ? "shop0" : "shop7");
  if (SOMETIMES)
    query->from_ms = KIT_NOW_MS + g_rand_int_range (rand, 0, 50) * 1000;
  if (SOMETIMES)
    query->to_ms = KIT_NOW_MS + g_rand_int_range (rand, 0, 50) * 1000;
  if (SOMETIMES)
    query->queues = g_strsplit ("queue0 queue2 nowhere", " ", -1);
  if (SOMETIMES)
    query->operators = g_strsplit ("operator1 operator3", " ", -1);
  if (SOMETIMES)
    query->outcomes = 1u << SIDE_OUTCOME_ANSWERED | 1u << SIDE_OUTCOME_LOST;
  query->lost_only = SOMETIMES;
  query->recorded = random_match (world);
  query->callback = random_match (world);
  query->test = random_match (world);
  if (SOMETIMES)
    query->min_talk_ms = 2000;
  if (SOMETIMES)
    query->max_wait_ms = 3000;
  if (SOMETIMES)
    query->text = g_strdup (texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
#undef SOMETIMES
  query->analysed = random_match (world);
  if (g_rand_int_range (rand, 0, 8) == 0)
    query->one_sided = SIDE_CALL_MATCH_YES;
  if (g_rand_int_range (rand, 0, 8) == 0)
    query->unplayable = SIDE_CALL_MATCH_NO;
  if (g_rand_int_range (rand, 0, 4) == 0)
    query->min_sound[SIDE_SOUND_FIGURE_DEAD_AIR] = 8000;
  if (g_rand_int_range (rand, 0, 6) == 0)
    query->max_sound[SIDE_SOUND_FIGURE_SNR] = 15;
  if (g_rand_int_range (rand, 0, 6) == 0)
    query->min_sound[SIDE_SOUND_FIGURE_TALK_OVER] = 0.05;
  query->sort = (SideCallSort) g_rand_int_range (rand, SIDE_CALL_SORT_TIME, SIDE_CALL_N_SORTS);
  query->descending = g_rand_boolean (rand);
  side_call_query_free (world->query);
  world->query = query;
  side_call_list_set_query (world->list, query);
}

static void
test_random (void)
{
  World world;
  int rounds = g_test_slow () ? 3000 : 300;

  make_world (&world);
  check (&world);
  for (int round = 0; round < rounds; round++)
    {
      int what = g_rand_int_range (world.rand, 0, 100);

      if (what < 50)
        write_calls (&world, (guint) g_rand_int_range (world.rand, 1, 6));
      else if (what < 54)
        write_calls (&world, 120);
      else if (what < 66)
        annotate (&world);
      else if (what < 69)
        forget (&world);
      else if (what < 82)
        listen (&world);
      else
        ask_anything (&world);
      /* Questions are also asked on top of each other. */
      if (what < 95)
        check (&world);
    }
  check (&world);
  end_world (&world);
}

/* What stands under the pointer stays: one new call is one row in one step. */
static void
test_one_step (void)
{
  World world;

  make_world (&world);
  write_calls (&world, 150);
  check (&world);
  for (int i = 0; i < 20; i++)
    {
      StoreEntry *entry = g_new0 (StoreEntry, 1);
      g_autofree char *id = g_strdup_printf ("new-%d", i);

      entry->place = ++world.last_place;
      entry->call = kit_call (id, KIT_NOW_MS + 100000 + i);
      g_ptr_array_add (world.entries, entry);
      world.steps = 0;
      world.rows_in_steps = 0;
      kit_put_call (&world.kit, entry->call);
      g_assert_cmpuint (world.steps, ==, 1);
      g_assert_cmpuint (world.rows_in_steps, ==, 1);
      /* A change that moves nothing is no step at all. */
      g_clear_pointer (&entry->call, side_call_unref);
      entry->call = kit_call (id, KIT_NOW_MS + 100000 + i);
      entry->call->outcome = SIDE_OUTCOME_ANSWERED;
      entry->call->talk_ms = 1000;
      kit_put_call (&world.kit, entry->call);
      g_assert_cmpuint (world.steps, ==, 1);
      check (&world);
    }
  end_world (&world);
}

/* An item is given at once, fills later and tells; nobody waits. */
static void
test_lazy (void)
{
  World world;
  g_autoptr (SideCallItem) item = NULL;
  g_autoptr (SideCallItem) again = NULL;
  guint told = 0;

  make_world (&world);
  g_signal_handlers_disconnect_by_func (world.list, follow, &world);
  write_calls (&world, 2500);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world.list)), ==, world.entries->len);
  item = g_list_model_get_item (G_LIST_MODEL (world.list), world.entries->len / 2);
  g_assert_null (side_call_item_get_call (item));
  g_assert_null (side_call_item_get_id (item));
  g_signal_connect (item, "notify::call", G_CALLBACK (kit_count_notify), &told);
  side_test_wait_until (kit_item_is_filled, item, KIT_TIMEOUT_MS, "the item's page");
  g_assert_cmpuint (told, ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (world.list), world.entries->len / 2);
  g_assert_true (again == item);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (world.list), world.entries->len));
  end_world (&world);
}

static StoreEntry *
add_entry (World      *world,
           const char *note)
{
  StoreEntry *entry = g_new0 (StoreEntry, 1);
  g_autofree char *id = NULL;

  entry->place = ++world->last_place;
  id = g_strdup_printf ("call-%u", entry->place);
  entry->call = kit_call (id, KIT_NOW_MS + entry->place);
  entry->call->note = g_strdup (note);
  g_ptr_array_add (world->entries, entry);
  return entry;
}

static void
search (World      *world,
        const char *text)
{
  g_free (world->query->text);
  world->query->text = g_strdup (text);
  side_call_list_set_query (world->list, world->query);
}

/* Among very many calls the newest hits come before the rest of them. */
static void
test_long_search (void)
{
  World world;
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  StoreEntry *late;

  make_world (&world);
  for (int i = 0; i < 10400; i++)
    g_ptr_array_add (calls, add_entry (&world, i % 2 == 0 ? "Ёлка" : i % 100 == 1 ? "шар" : "снег")->call);
  kit_put_calls (&world.kit, calls);
  check (&world);
  world.saw_part = FALSE;
  search (&world, "елк");
  check (&world);
  g_assert_true (world.saw_part);
  g_assert_cmpuint (side_call_list_get_total (world.list), ==, 5200);
  /* Typed faster than it can be found, and a hit is written meanwhile. */
  search (&world, "ш");
  search (&world, "ша");
  search (&world, "шар");
  late = add_entry (&world, "ШАРЫ");
  kit_put_call (&world.kit, late->call);
  check (&world);
  g_assert_cmpuint (side_call_list_get_total (world.list), ==, 105);
  /* Signs alone are in no text, and all calls are no answer. */
  search (&world, "😀");
  check (&world);
  g_assert_cmpuint (side_call_list_get_total (world.list), ==, 0);
  search (&world, "%");
  check (&world);
  g_assert_cmpuint (side_call_list_get_total (world.list), ==, 0);
  search (&world, "нигде");
  check (&world);
  search (&world, NULL);
  check (&world);
  end_world (&world);
}

/* Scrolling through everything keeps a bounded number of rows. */
static void
test_scroll (void)
{
  World world;
  g_autoptr (GPtrArray) expected = NULL;

  make_world (&world);
  g_signal_handlers_disconnect_by_func (world.list, follow, &world);
  write_calls (&world, 4000);
  expected = store_reference_list (world.entries, world.query);
  for (guint i = 0; i < expected->len; i += 37)
    {
      g_autoptr (SideCallItem) item = g_list_model_get_item (G_LIST_MODEL (world.list), i);
      StoreEntry *entry = expected->pdata[i];

      side_test_wait_until (kit_item_is_filled, item, KIT_TIMEOUT_MS, "a row on the way");
      g_assert_cmpstr (side_call_item_get_id (item), ==, entry->call->id);
    }
  end_world (&world);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-list-model/lazy", test_lazy);
  g_test_add_func ("/store-list-model/scroll", test_scroll);
  g_test_add_func ("/store-list-model/one-step", test_one_step);
  g_test_add_func ("/store-list-model/long-search", test_long_search);
  g_test_add_func ("/store-list-model/random", test_random);
  return g_test_run ();
}
