/* test-store-list.c - a list of calls is what a naive reading of them says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference below filters and sorts plain SideCall records in the most
 * obvious way. Beside it a shadow of the model is kept by nothing but
 * items-changed: model, shadow and reference must agree after every write.
 */
#include <locale.h>
#include <string.h>

#include "../../app/store/side-radix.h"
#include "test-store-kit.h"

typedef struct {
  SideCall *call;
  guint     place;     /* the order in which calls came first */
  char     *said;      /* what people wrote about it */
} Entry;

typedef struct {
  Kit            kit;
  GRand         *rand;
  GPtrArray     *entries;    /* of Entry */
  guint          last_place;
  SideCallList  *list;
  GPtrArray     *shadow;     /* of SideCallItem */
  guint          steps;      /* items-changed so far */
  guint          rows_in_steps;
  gboolean       saw_part;   /* it showed no more than a page for a while */
  SideCallQuery *query;
} World;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  side_call_unref (entry->call);
  g_free (entry->said);
  g_free (entry);
}

/* The reference: words. */

static char **
words_of (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x451)
        c = 0x435;   /* ё is е */
      g_string_append_unichar (plain, g_unichar_isalnum (c) ? c : ' ');
    }
  return g_strsplit (plain->str, " ", -1);
}

static gboolean
naive_says (const Entry *entry,
            const char  *text)
{
  g_autofree char *all = g_strjoin (" ", entry->call->caller != NULL ? entry->call->caller : "",
                                    entry->call->operator_name != NULL ? entry->call->operator_name : "",
                                    entry->call->note != NULL ? entry->call->note : "",
                                    entry->said != NULL ? entry->said : "", NULL);
  g_auto (GStrv) has = words_of (all);
  g_auto (GStrv) number = g_strsplit_set (text, "+-() ", -1);
  g_autofree char *digits = g_strjoinv ("", number);
  gboolean is_number = strspn (digits, "0123456789") == strlen (digits);
  g_auto (GStrv) wanted = words_of (is_number ? digits : text);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      gboolean found = *wanted[i] == '\0';

      for (guint j = 0; has[j] != NULL && !found; j++)
        found = g_str_has_prefix (has[j], wanted[i]);
      if (!found && strlen (wanted[i]) >= 3 && strspn (wanted[i], "0123456789") == strlen (wanted[i]))
        found = entry->call->caller != NULL && strstr (entry->call->caller, wanted[i]) != NULL;
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* The reference: conditions. */

static gboolean
in_set (char *const *set,
        const char  *id)
{
  return set == NULL || set[0] == NULL || (id != NULL && g_strv_contains ((const char *const *) set, id));
}

static gboolean
says (SideCallMatch match,
      gboolean      is)
{
  return match == SIDE_CALL_MATCH_ANY || (match == SIDE_CALL_MATCH_YES) == !!is;
}

static gboolean
naive_passes (const Entry         *entry,
              const SideCallQuery *query)
{
  const SideCall *call = entry->call;
  gint64 talk = call->talk_ms + call->hold_ms;

  return (query->project == NULL || g_strcmp0 (query->project, call->project) == 0)
         && (query->from_ms == 0 || call->joined_ms >= query->from_ms)
         && (query->to_ms == 0 || call->joined_ms < query->to_ms)
         && in_set (query->queues, call->queue) && in_set (query->operators, call->operator_id)
         && (query->outcomes == 0 || (query->outcomes & 1u << call->outcome) != 0)
         && (!query->lost_only || side_outcome_is_lost (call->outcome))
         && says (query->scored, call->score >= 0) && says (query->recorded, call->recording != NULL)
         && says (query->callback, call->callback == SIDE_CALLBACK_WANTED) && says (query->test, call->test)
         && talk >= query->min_talk_ms && (query->max_talk_ms == 0 || talk <= query->max_talk_ms)
         && call->wait_ms >= query->min_wait_ms && (query->max_wait_ms == 0 || call->wait_ms <= query->max_wait_ms)
         && (query->text == NULL || naive_says (entry, query->text));
}

/* The reference: order. Negative values stand for "none". */

static gint64
naive_number (const SideCall *call,
              SideCallSort    sort)
{
  switch (sort)
    {
    case SIDE_CALL_SORT_WAIT:
      return call->wait_ms;
    case SIDE_CALL_SORT_TALK:
      return call->talk_ms + call->hold_ms > 0 ? call->talk_ms + call->hold_ms : -1;
    case SIDE_CALL_SORT_SCORE:
      return call->score >= 0 ? (gint64) call->score : -1;
    case SIDE_CALL_SORT_OUTCOME:
      return call->outcome != SIDE_OUTCOME_NONE ? (gint64) call->outcome : -1;
    case SIDE_CALL_SORT_TIME:
    case SIDE_CALL_SORT_OPERATOR:
    case SIDE_CALL_SORT_NUMBER:
    case SIDE_CALL_SORT_QUEUE:
    default:
      return 0;
    }
}

static const char *
naive_text (const SideCall *call,
            SideCallSort    sort)
{
  if (sort == SIDE_CALL_SORT_OPERATOR)
    return call->operator_name != NULL ? call->operator_name : call->operator_id;
  if (sort == SIDE_CALL_SORT_NUMBER)
    return call->caller;
  return sort == SIDE_CALL_SORT_QUEUE ? call->queue : "";
}

static int
naive_compare (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Entry *left = *(Entry *const *) a;
  const Entry *right = *(Entry *const *) b;
  const SideCallQuery *query = data;
  gint64 x = naive_number (left->call, query->sort);
  gint64 y = naive_number (right->call, query->sort);
  const char *s = naive_text (left->call, query->sort);
  const char *t = naive_text (right->call, query->sort);
  int order = 0;
  int newer;

  if ((x < 0) != (y < 0) || (s == NULL) != (t == NULL))
    return x < 0 || s == NULL ? 1 : -1;
  if (s != NULL)
    order = g_utf8_collate (s, t);
  if (order == 0)
    order = (x > y) - (x < y);
  newer = left->call->joined_ms != right->call->joined_ms
          ? (left->call->joined_ms > right->call->joined_ms ? -1 : 1)
          : (left->place > right->place ? -1 : 1);
  if (order != 0)
    return query->descending ? -order : order;
  return query->sort == SIDE_CALL_SORT_TIME && !query->descending ? -newer : newer;
}

static GPtrArray *
naive_list (World *world)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < world->entries->len; i++)
    if (naive_passes (world->entries->pdata[i], world->query))
      g_ptr_array_add (list, world->entries->pdata[i]);
  g_ptr_array_sort_with_data (list, naive_compare, world->query);
  return list;
}

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
      Entry *entry = agreement->expected->pdata[i];

      if (call == NULL || !side_call_equal (call, entry->call) || call->score != entry->call->score)
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
      SideCall *should = i < expected->len ? ((Entry *) expected->pdata[i])->call : NULL;

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
  g_autoptr (GPtrArray) expected = naive_list (world);
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

static gboolean
is_at_rest (gpointer list)
{
  return !side_call_list_get_loading (list);
}

static void
make_world (World *world)
{
  kit_make (&world->kit);
  kit_open (&world->kit);
  world->rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  world->entries = g_ptr_array_new_with_free_func (free_entry);
  world->last_place = 0;
  world->steps = 0;
  world->rows_in_steps = 0;
  world->saw_part = FALSE;
  world->list = side_call_list_new (world->kit.store);
  world->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  world->query = side_call_query_new ();
  side_test_wait_until (is_at_rest, world->list, KIT_TIMEOUT_MS, "the list to load");
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
      Entry *entry;
      g_autofree char *id = NULL;

      if (known)
        {
          entry = world->entries->pdata[g_rand_int_range (world->rand, 0, (int) world->entries->len)];
        }
      else
        {
          entry = g_new0 (Entry, 1);
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
  Entry *entry;

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
      Entry *entry = world->entries->pdata[i - 1];

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
  static const char *const texts[] = { "ёлк", "ЕЛКУ", "спас", "wrong si", "анна", "3124", "79031231240", "зайц", "+7 903 123-12-4", "?" };
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
  query->sort = (SideCallSort) g_rand_int_range (rand, SIDE_CALL_SORT_TIME, SIDE_CALL_SORT_OUTCOME + 1);
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
      Entry *entry = g_new0 (Entry, 1);
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

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    count)
{
  (*(guint *) count)++;
}

static gboolean
item_is_filled (gpointer item)
{
  return side_call_item_get_call (item) != NULL;
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
  g_signal_connect (item, "notify::call", G_CALLBACK (count_notify), &told);
  side_test_wait_until (item_is_filled, item, KIT_TIMEOUT_MS, "the item's page");
  g_assert_cmpuint (told, ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (world.list), world.entries->len / 2);
  g_assert_true (again == item);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (world.list), world.entries->len));
  end_world (&world);
}

static Entry *
add_entry (World      *world,
           const char *note)
{
  Entry *entry = g_new0 (Entry, 1);
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
  Entry *late;

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
  expected = naive_list (&world);
  for (guint i = 0; i < expected->len; i += 37)
    {
      g_autoptr (SideCallItem) item = g_list_model_get_item (G_LIST_MODEL (world.list), i);
      Entry *entry = expected->pdata[i];

      side_test_wait_until (item_is_filled, item, KIT_TIMEOUT_MS, "a row on the way");
      g_assert_cmpstr (side_call_item_get_id (item), ==, entry->call->id);
    }
  end_world (&world);
}

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
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
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
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_signal_connect (list, "notify::total", G_CALLBACK (count_notify), &totals);
  g_signal_connect (list, "notify::loading", G_CALLBACK (count_notify), &loads);
  kit_put_call (&kit, call);
  g_assert_cmpuint (totals, ==, 1);
  side_call_list_set_query (list, query);
  g_assert_cmpuint (loads, ==, 0);
  query->sort = SIDE_CALL_SORT_SCORE;
  side_call_list_set_query (list, query);
  g_assert_cmpuint (loads, ==, 1);
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the sorted list");
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
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
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
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  kit_close (&kit);
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  kit_open (&kit);
  side_test_wait_until (is_at_rest, list, KIT_TIMEOUT_MS, "the list to load again");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  side_test_wait_until (item_is_filled, item, KIT_TIMEOUT_MS, "its row");
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
    { "a-48213", 1 }, { "48213", 1 }, { "доставк", 1 }, { "\"елка\"", 1 }, { "*", 2 }, { "й", 1 }, { "и", 0 }, { "", 2 },
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
  g_test_add_func ("/store-list/lazy", test_lazy);
  g_test_add_func ("/store-list/scroll", test_scroll);
  g_test_add_func ("/store-list/one-step", test_one_step);
  g_test_add_func ("/store-list/find", test_find);
  g_test_add_func ("/store-list/reopen", test_reopen);
  g_test_add_func ("/store-list/russian-search", test_russian_search);
  g_test_add_func ("/store-list/long-search", test_long_search);
  g_test_add_func ("/store-list/random", test_random);
  return g_test_run ();
}
