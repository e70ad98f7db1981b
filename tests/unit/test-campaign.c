/* test-campaign.c - when a campaign calls: inside its hours, by lot, and the same again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-campaign-draw.h"
#include "side-error.h"
#include "side-test-call.h"
#include "side-text.h"
#include "side-time.h"

#define DAY_MS (24 * SIDE_HOUR_MS)

static const char *const zones[] = {
  "Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "UTC",
};

static GTimeZone *
zone_of (const char *name)
{
  g_autoptr (GError) error = NULL;
  GTimeZone *zone = side_time_zone_new (name, &error);

  g_assert_no_error (error);
  return zone;
}

/* As a calendar tells it, and not as the draw does. */
static gboolean
is_inside (const SideHours *hours,
           GTimeZone       *zone,
           gint64           at_ms)
{
  g_autoptr (GDateTime) local = side_time_to_local (zone, at_ms);

  return side_hours_hold (hours, g_date_time_get_day_of_week (local) - 1,
                          g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

static SideHours
random_hours (void)
{
  SideHours hours = { (guint) g_test_rand_int_range (1, 128), g_test_rand_int_range (0, 1440), 0 };

  hours.to_minute = (hours.from_minute + g_test_rand_int_range (1, 1440)) % 1440;
  return hours;
}

/* Around the changes of the clock as often as not. */
static gint64
random_start (void)
{
  static const char *const changes[] = { "2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03", "2026-09-05" };
  gint64 at_ms = side_time_from_iso (changes[g_test_rand_int_range (0, G_N_ELEMENTS (changes))], NULL, NULL);

  return at_ms + g_test_rand_int_range (0, 2 * 86400) * SIDE_SECOND_MS;
}

static void
add_random_scenarios (SideCampaign *campaign,
                      GPtrArray    *scenarios)
{
  guint n = (guint) g_test_rand_int_range (1, 4);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("scenario %u %d", i, g_test_rand_int_range (0, 1000));
      g_autofree char *id = side_id_named (name);
      SideScenario *scenario = side_scenario_new (id, "tea", name);

      if (g_test_rand_int_range (0, 2) != 0)
        scenario->hours = random_hours ();
      if (g_test_rand_int_range (0, 3) == 0)
        scenario->time_zone = g_strdup (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);
      scenario->number = g_strdup_printf ("90%u", i % 2);
      g_ptr_array_add (scenarios, scenario);
      g_ptr_array_add (campaign->scenarios, g_strdup (id));
    }
}

static SideCampaign *
random_campaign (GPtrArray *scenarios)
{
  SideCampaign *self = side_campaign_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", "Autumn");
  int n_windows = g_test_rand_int_range (0, 3), n_numbers = g_test_rand_int_range (0, 3);

  add_random_scenarios (self, scenarios);
  for (int i = 0; i < n_windows; i++)
    {
      SideHours hours = random_hours ();

      g_array_append_val (self->windows, hours);
    }
  for (int i = 0; i < n_numbers; i++)
    {
      g_autofree char *number = g_strdup_printf ("10%d", i);

      side_campaign_add_number (self, number, NULL);
    }
  if (g_test_rand_int_range (0, 2) != 0)
    self->time_zone = g_strdup (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);
  self->from_ms = random_start ();
  self->to_ms = self->from_ms + g_test_rand_int_range (600, 5 * 86400) * SIDE_SECOND_MS;
  self->count = g_test_rand_int_range (1, 80);
  self->per_day = g_test_rand_int_range (0, 15);
  self->per_number = g_test_rand_int_range (0, 6);
  self->seed = g_strdup_printf ("%d", g_test_rand_int ());
  return self;
}

static const SideScenario *
scenario_of (GPtrArray              *scenarios,
             const SideCampaignCall *call)
{
  for (guint i = 0; i < scenarios->len; i++)
    if (g_str_equal (((const SideScenario *) scenarios->pdata[i])->id, call->scenario))
      return scenarios->pdata[i];
  g_assert_not_reached ();
}

static void
count_up (GHashTable *table,
          char       *key,
          guint       most)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) + 1;

  if (most > 0)
    g_assert_cmpuint (n, <=, most);
  g_hash_table_replace (table, key, GUINT_TO_POINTER (n));
}

static void
assert_call (const SideCampaign     *self,
             const SideCampaignCall *call,
             const SideScenario     *scenario,
             GTimeZone              *project,
             GTimeZone              *zone)
{
  g_autoptr (GTimeZone) own = scenario->time_zone != NULL ? zone_of (scenario->time_zone) : g_time_zone_ref (project);
  gboolean inside = self->windows->len == 0;

  g_assert_cmpint (call->at_ms, >=, self->from_ms);
  g_assert_cmpint (call->at_ms, <, self->to_ms);
  for (guint i = 0; i < self->windows->len; i++)
    inside = inside || is_inside (&g_array_index (self->windows, SideHours, i), zone, call->at_ms);
  g_assert_true (inside);
  g_assert_true (is_inside (&scenario->hours, own, call->at_ms));
  g_assert_true (self->numbers->len == 0 ? call->number == NULL : side_campaign_find_number (self, call->number) != NULL);
}

static void
assert_drawn (const SideCampaign *self,
              GPtrArray          *scenarios,
              GTimeZone          *project)
{
  g_autoptr (GTimeZone) zone = self->time_zone != NULL ? zone_of (self->time_zone) : g_time_zone_ref (project);
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 before_ms = 0;

  g_assert_cmpuint (self->calls->len, <=, (guint) self->count);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const SideCampaignCall *call = self->calls->pdata[i];
      const SideScenario *scenario = scenario_of (scenarios, call);
      g_autoptr (GDateTime) local = side_time_to_local (zone, call->at_ms);
      char *day = g_date_time_format (local, "%F");

      assert_call (self, call, scenario, project, zone);
      g_assert_cmpint (call->at_ms - before_ms, >, SIDE_MINUTE_MS);   /* no two alike, and in the order of time */
      before_ms = call->at_ms;
      count_up (numbers, g_strdup_printf ("%s %s", day, call->number != NULL ? call->number : scenario->number), (guint) self->per_number);
      count_up (days, day, (guint) self->per_day);
    }
}

static void
assert_same (const SideCampaign *a,
             const SideCampaign *b)
{
  g_assert_cmpuint (a->calls->len, ==, b->calls->len);
  for (guint i = 0; i < a->calls->len; i++)
    {
      const SideCampaignCall *left = a->calls->pdata[i];
      const SideCampaignCall *right = b->calls->pdata[i];

      g_assert_cmpint (left->at_ms, ==, right->at_ms);
      g_assert_cmpstr (left->scenario, ==, right->scenario);
      g_assert_cmpstr (left->number, ==, right->number);
    }
}

/* The same again, and also when everything is listed the other way round. */
static void
assert_repeatable (const SideCampaign *self,
                   GPtrArray          *scenarios,
                   GTimeZone          *project)
{
  g_autoptr (SideCampaign) again = side_campaign_copy (self);
  g_autoptr (SideCampaign) turned = side_campaign_copy (self);
  g_autoptr (GPtrArray) reversed = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  side_campaign_draw (again, scenarios, project, &error);
  g_assert_no_error (error);
  assert_same (self, again);
  for (guint i = scenarios->len; i-- > 0;)
    g_ptr_array_add (reversed, scenarios->pdata[i]);
  for (guint i = 0; i < turned->scenarios->len / 2; i++)
    {
      gpointer *a = &turned->scenarios->pdata[i], *b = &turned->scenarios->pdata[turned->scenarios->len - 1 - i];
      gpointer kept = *a;

      *a = *b;
      *b = kept;
    }
  if (turned->numbers->len == 2)
    {
      gpointer kept = turned->numbers->pdata[0];

      turned->numbers->pdata[0] = turned->numbers->pdata[1];
      turned->numbers->pdata[1] = kept;
    }
  side_campaign_draw (turned, reversed, project, &error);
  g_assert_no_error (error);
  assert_same (self, turned);
}

static void
test_properties (void)
{
  guint drawn = 0, asked = 0;

  for (guint round = 0; round < 150; round++)
    {
      g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
      g_autoptr (SideCampaign) self = random_campaign (scenarios);
      g_autoptr (GTimeZone) project = zone_of (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);
      g_autoptr (GError) error = NULL;
      guint n = side_campaign_draw (self, scenarios, project, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, self->calls->len);
      drawn += n;
      asked += (guint) self->count;
      assert_drawn (self, scenarios, project);
      assert_repeatable (self, scenarios, project);
    }
  g_test_message ("%u of %u calls found a place", drawn, asked);
  g_assert_cmpuint (drawn, >, asked / 10);
}

static SideCampaign *
make_campaign (GPtrArray *scenarios,
               int        count)
{
  SideCampaign *self = side_campaign_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", "Night");
  SideScenario *scenario = side_scenario_new ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12", "tea", "Line");
  SideHours hours = { SIDE_HOURS_EVERY_DAY, 10 * 60, 11 * 60 };

  scenario->number = g_strdup ("100");
  g_ptr_array_add (scenarios, scenario);
  g_ptr_array_add (self->scenarios, g_strdup (scenario->id));
  g_array_append_val (self->windows, hours);
  self->from_ms = side_time_from_iso ("2026-11-23T00:00:00Z", NULL, NULL);
  self->to_ms = self->from_ms + 5 * DAY_MS;
  self->count = count;
  self->seed = g_strdup ("a");
  return self;
}

/* As long as there is room every call has its own place and its own time of day. */
static void
test_room (void)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  g_autoptr (SideCampaign) self = make_campaign (scenarios, 20);
  g_autoptr (GTimeZone) utc = zone_of ("UTC");
  g_autoptr (GHashTable) times = g_hash_table_new (NULL, NULL);

  self->per_day = 4;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, NULL), ==, 20);
  for (guint i = 0; i < self->calls->len; i++)
    {
      gint64 at_ms = ((const SideCampaignCall *) self->calls->pdata[i])->at_ms;

      g_assert_true (g_hash_table_add (times, GINT_TO_POINTER ((int) (at_ms % DAY_MS / SIDE_MINUTE_MS))));
    }
  self->per_day = 3;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, NULL), ==, 15);
  /* An hour has room for 20 to 30 calls, two minutes being the least apart. */
  self->per_day = 0;
  self->count = 1000;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, NULL), <=, 150);
  g_assert_cmpuint (self->calls->len, >=, 100);
  g_free (self->seed);
  self->seed = g_strdup ("b");
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, NULL), >=, 100);
}

/* Another seed is another draw. */
static void
test_seed (void)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  g_autoptr (SideCampaign) a = make_campaign (scenarios, 5);
  g_autoptr (SideCampaign) b = side_campaign_copy (a);
  g_autoptr (GTimeZone) utc = zone_of ("UTC");
  guint same = 0;

  g_free (b->seed);
  b->seed = g_strdup ("b");
  side_campaign_draw (a, scenarios, utc, NULL);
  side_campaign_draw (b, scenarios, utc, NULL);
  for (guint i = 0; i < 5; i++)
    same += ((const SideCampaignCall *) a->calls->pdata[i])->at_ms == ((const SideCampaignCall *) b->calls->pdata[i])->at_ms;
  g_assert_cmpuint (same, <, 2);
}

/* Each line and scenario has its turn as often as another, or once more. */
static void
test_fair (void)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  g_autoptr (SideCampaign) self = make_campaign (scenarios, 32);
  g_autoptr (GTimeZone) utc = zone_of ("UTC");
  g_autoptr (GHashTable) turns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer n;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("10%d", i);

      side_campaign_add_number (self, number, NULL);
    }
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, NULL), ==, 32);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const SideCampaignCall *call = self->calls->pdata[i];

      count_up (turns, g_strdup_printf ("%s %s", call->scenario, call->number), 11);
    }
  g_assert_cmpuint (g_hash_table_size (turns), ==, 3);
  g_hash_table_iter_init (&iter, turns);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    g_assert_cmpuint (GPOINTER_TO_UINT (n), >=, 10);
}

/* The hour that a clock leaves out is never called in. */
static void
test_spring (void)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  g_autoptr (SideCampaign) self = make_campaign (scenarios, 10);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  g_autoptr (GError) error = NULL;

  g_array_index (self->windows, SideHours, 0) = (SideHours) { SIDE_HOURS_EVERY_DAY, 120, 180 };   /* 2:00 to 3:00 */
  self->from_ms = side_time_from_iso ("2026-03-28T23:00:00Z", NULL, NULL);   /* the 29th, of 23 hours */
  self->to_ms = self->from_ms + 23 * SIDE_HOUR_MS;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, berlin, &error), ==, 0);
  g_assert_no_error (error);
  self->from_ms = side_time_from_iso ("2026-10-24T22:00:00Z", NULL, NULL);   /* the 25th, of 25 hours: twice */
  self->to_ms = self->from_ms + 25 * SIDE_HOUR_MS;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, berlin, &error), ==, 10);
  g_assert_no_error (error);
}

static void
test_refused (void)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (SideCampaign) self = make_campaign (scenarios, 5);
  g_autoptr (GTimeZone) utc = zone_of ("UTC");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (side_campaign_draw (self, none, utc, &error), ==, 0);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  self->to_ms = self->from_ms + 401 * DAY_MS;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, &error), ==, 0);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  self->to_ms = self->from_ms;
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, &error), ==, 0);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  self->to_ms += DAY_MS;
  self->time_zone = g_strdup ("Moscow");
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, &error), ==, 0);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_pointer (&self->time_zone, g_free);
  g_clear_pointer (&self->seed, g_free);
  g_assert_cmpuint (side_campaign_draw (self, scenarios, utc, &error), ==, 0);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_failing (void)
{
  const gboolean failed[] = { FALSE, TRUE, FALSE, TRUE, TRUE };

  g_assert_false (side_campaign_is_failing (failed, 4, 3, 4));
  g_assert_true (side_campaign_is_failing (failed, 5, 3, 4));
  g_assert_true (side_campaign_is_failing (failed, 5, 3, 5));
  g_assert_false (side_campaign_is_failing (failed, 5, 3, 3));
  g_assert_true (side_campaign_is_failing (failed, 2, 1, 3));   /* fewer calls than m, and enough failures */
  g_assert_false (side_campaign_is_failing (failed, 5, 0, 0));
  g_assert_false (side_campaign_is_failing (NULL, 0, 1, 1));
  g_assert_false (side_campaign_is_failing (failed, 5, 4, 3));
}

static void
add_call (GPtrArray  *calls,
          const char *number,
          gint64      at_ms,
          gboolean    answered)
{
  SideTestCall *call = side_test_call_new (NULL, "tea", number);

  call->dialled_ms = at_ms;
  call->ended_ms = at_ms + 60000;
  call->end = SIDE_TEST_END_THEM;
  if (answered)
    {
      call->answered_ms = at_ms + 3000;
      side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 5000, 60000, 1);
    }
  g_ptr_array_add (calls, call);
}

/* Told of when it becomes so, and not again with every failure after it. */
static void
test_alarms (void)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  g_autoptr (SideCampaign) self = side_campaign_new (NULL, NULL, NULL);
  const SideCampaignAlarm *alarm;

  self->fail_n = 2;
  self->fail_m = 3;
  add_call (calls, "200", 900, FALSE);
  add_call (calls, "100", 3000, FALSE);
  add_call (calls, "100", 1000, TRUE);
  add_call (calls, "100", 2000, FALSE);
  {
    g_autoptr (GPtrArray) alarms = side_campaign_alarms (self, calls);

    g_assert_cmpuint (alarms->len, ==, 1);
    alarm = alarms->pdata[0];
    g_assert_cmpstr (alarm->number, ==, "100");
    g_assert_cmpint (alarm->failed, ==, 2);
    g_assert_cmpint (alarm->of, ==, 3);
    g_assert_true (alarm->raised);
  }
  add_call (calls, "100", 4000, FALSE);
  {
    g_autoptr (GPtrArray) alarms = side_campaign_alarms (self, calls);

    alarm = alarms->pdata[0];
    g_assert_cmpint (alarm->failed, ==, 3);
    g_assert_false (alarm->raised);
  }
  add_call (calls, "100", 5000, TRUE);
  add_call (calls, "100", 6000, TRUE);
  add_call (calls, "200", 7000, FALSE);
  {
    g_autoptr (GPtrArray) alarms = side_campaign_alarms (self, calls);

    g_assert_cmpuint (alarms->len, ==, 1);
    alarm = alarms->pdata[0];
    g_assert_cmpstr (alarm->number, ==, "200");
    g_assert_true (alarm->raised);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/campaign/properties", test_properties);
  g_test_add_func ("/campaign/room", test_room);
  g_test_add_func ("/campaign/seed", test_seed);
  g_test_add_func ("/campaign/fair", test_fair);
  g_test_add_func ("/campaign/spring", test_spring);
  g_test_add_func ("/campaign/refused", test_refused);
  g_test_add_func ("/campaign/failing", test_failing);
  g_test_add_func ("/campaign/alarms", test_alarms);
  return g_test_run ();
}
