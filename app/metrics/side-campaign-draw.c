/* side-campaign-draw.c - when a campaign's calls are to be made, by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The period is taken apart into minutes; those that the campaign's hours and a
 * scenario's own leave are what its calls are drawn from, all with the same
 * chance. Lots are of SHA-256, as in side-draw.c: no generator of random numbers
 * has to be the same in ten years. Minutes of a clock that goes forward are
 * never there, those of one that goes back are there twice, as for the people
 * who are called.
 */
#include "side-campaign-draw.h"

#include <string.h>

#include "side-error.h"
#include "side-hash.h"
#include "side-time.h"

#define TRIES        48      /* lots thrown for one call before the next free minute is taken */
#define LOT_DIGITS   15      /* 60 bits: what they are off an even chance is under 1e-11 */
#define DAY_SECONDS  86400

/* Minutes from @from to before @to, counted from 1970, all of one day. */
typedef struct {
  gint64 from;
  gint64 to;
  gint64 day;
} Span;

/* A scenario at a number. */
typedef struct {
  const SideScenario *scenario;
  const char         *number;   /* as campaign calls have it; NULL for the scenario's own */
  const char         *dialled;
  char               *key;      /* its lot */
  GArray             *spans;    /* owned by @Draw */
  gint64              minutes;
  gboolean            full;     /* there is no place left for it */
} Target;

typedef struct {
  SideCampaign *campaign;
  GTimeZone    *zone;
  GPtrArray    *targets;
  GArray       *open;      /* of Span: what the campaign's own hours leave */
  GHashTable   *spans;     /* SideScenario -> GArray of Span */
  GHashTable   *taken;     /* of minutes */
  GHashTable   *times;     /* of minutes of a day that a clock shows */
  GHashTable   *days;      /* day -> calls */
  GHashTable   *numbers;   /* "day number" -> calls */
} Draw;

static guint64
throw_lot (const char *seed,
           const char *what,
           guint       i,
           guint       k)
{
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree char *text = g_strdup_printf ("\n%s\n%u\n%u", what, i, k);
  g_autofree char *hex = NULL;

  side_hash_update (hash, seed, strlen (seed));
  side_hash_update (hash, text, strlen (text));
  hex = side_hash_get_hex (hash);
  hex[LOT_DIGITS] = '\0';
  return g_ascii_strtoull (hex, NULL, 16);
}

static char *
key_of (const char *seed,
        const char *scenario,
        const char *number)
{
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree char *text = g_strdup_printf ("\ntarget\n%s\n%s", scenario, number != NULL ? number : "");

  side_hash_update (hash, seed, strlen (seed));
  side_hash_update (hash, text, strlen (text));
  return side_hash_get_hex (hash);
}

static void
target_free (gpointer data)
{
  g_free (((Target *) data)->key);
  g_free (data);
}

static int
by_key (gconstpointer a,
        gconstpointer b)
{
  return strcmp ((*(const Target *const *) a)->key, (*(const Target *const *) b)->key);
}

/* The clock of @zone, in seconds since its own 1970. */
static gint64
local_seconds (GTimeZone *zone,
               gint64     minute)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, minute * 60);

  return minute * 60 + (interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0);
}

static gint64
day_of (const Draw *self,
        gint64      minute)
{
  return local_seconds (self->zone, minute) / DAY_SECONDS;
}

static int
time_of (const Draw *self,
         gint64      minute)
{
  return (int) (local_seconds (self->zone, minute) % DAY_SECONDS / 60);
}

/* Whether the campaign's own hours hold. */
static gboolean
is_open (const Draw *self,
         gint64      minute)
{
  int weekday, of_day;

  if (self->campaign->windows->len == 0)
    return TRUE;
  side_hours_wall_clock (self->zone, minute * SIDE_MINUTE_MS, &weekday, &of_day);
  for (guint i = 0; i < self->campaign->windows->len; i++)
    if (side_hours_hold (&g_array_index (self->campaign->windows, SideHours, i), weekday, of_day))
      return TRUE;
  return FALSE;
}

static void
add_minute (GArray *spans,
            gint64  minute,
            gint64  day)
{
  Span *last = spans->len > 0 ? &g_array_index (spans, Span, spans->len - 1) : NULL;
  const Span next = { minute, minute + 1, day };

  if (last != NULL && last->to == minute && last->day == day)
    last->to++;
  else
    g_array_append_val (spans, next);
}

/* Returns: (transfer full): the minutes of the campaign's own hours, once for all scenarios */
static GArray *
find_open (const Draw *self)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gint64 from = (self->campaign->from_ms + SIDE_MINUTE_MS - 1) / SIDE_MINUTE_MS;
  gint64 to = self->campaign->to_ms / SIDE_MINUTE_MS;

  for (gint64 minute = from; minute < to; minute++)
    if (is_open (self, minute))
      add_minute (spans, minute, day_of (self, minute));
  return spans;
}

/* Returns: (transfer full): of these the minutes a scenario may be called at */
static GArray *
find_spans (const Draw         *self,
            const SideScenario *scenario,
            GTimeZone          *own_zone)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0; i < self->open->len; i++)
    {
      const Span *open = &g_array_index (self->open, Span, i);

      for (gint64 minute = open->from; minute < open->to; minute++)
        if (side_hours_hold_at (&scenario->hours, own_zone, minute * SIDE_MINUTE_MS))
          add_minute (spans, minute, open->day);
    }
  return spans;
}

static gint64
count_minutes (const GArray *spans)
{
  gint64 sum = 0;

  for (guint i = 0; i < spans->len; i++)
    sum += g_array_index (spans, Span, i).to - g_array_index (spans, Span, i).from;
  return sum;
}

static SideScenario *
find_scenario (GPtrArray  *scenarios,
               const char *id)
{
  for (guint i = 0; i < scenarios->len; i++)
    if (g_strcmp0 (((const SideScenario *) scenarios->pdata[i])->id, id) == 0)
      return scenarios->pdata[i];
  return NULL;
}

/* A scenario at a number, once. */
static void
add_target (Draw         *self,
            SideScenario *scenario,
            const char   *number,
            GArray       *spans)
{
  g_autofree char *key = key_of (self->campaign->seed, scenario->id, number);
  Target *target;

  for (guint i = 0; i < self->targets->len; i++)
    if (g_str_equal (((const Target *) self->targets->pdata[i])->key, key))
      return;
  target = g_new0 (Target, 1);
  target->scenario = scenario;
  target->number = number;
  target->dialled = number != NULL ? number : scenario->number;
  target->key = g_steal_pointer (&key);
  target->spans = spans;
  target->minutes = count_minutes (spans);
  g_ptr_array_add (self->targets, target);
}

static gboolean
add_targets (Draw       *self,
             GPtrArray  *scenarios,
             const char *id,
             GTimeZone  *project_zone,
             GError    **error)
{
  SideScenario *scenario = find_scenario (scenarios, id);
  g_autoptr (GTimeZone) named = NULL;
  GArray *spans;

  if (scenario == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "the campaign calls with a scenario that is not there");
      return FALSE;
    }
  if (scenario->time_zone != NULL && (named = side_time_zone_new (scenario->time_zone, error)) == NULL)
    return FALSE;
  spans = g_hash_table_lookup (self->spans, scenario);
  if (spans == NULL)
    {
      spans = find_spans (self, scenario, named != NULL ? named : project_zone);
      g_hash_table_insert (self->spans, scenario, spans);
    }
  for (guint i = 0; i < self->campaign->numbers->len; i++)
    add_target (self, scenario, ((const SideCampaignNumber *) self->campaign->numbers->pdata[i])->number, spans);
  if (self->campaign->numbers->len == 0)
    add_target (self, scenario, NULL, spans);
  return TRUE;
}

static guint
count_of (GHashTable *table,
          gint64      day)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, &day));
}

static char *
number_key (gint64      day,
            const char *dialled)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", day, dialled != NULL ? dialled : "");
}

/* Whether the caps leave a place on @day. */
static gboolean
has_place (const Draw   *self,
           const Target *target,
           gint64        day)
{
  g_autofree char *key = NULL;

  if (self->campaign->per_day > 0 && count_of (self->days, day) >= (guint) self->campaign->per_day)
    return FALSE;
  if (self->campaign->per_number <= 0)
    return TRUE;
  key = number_key (day, target->dialled);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key)) < (guint) self->campaign->per_number;
}

/* No two calls in one minute or in neighbouring ones. */
static gboolean
is_free (const Draw *self,
         gint64      minute)
{
  for (gint64 near = minute - 1; near <= minute + 1; near++)
    if (g_hash_table_contains (self->taken, &near))
      return FALSE;
  return TRUE;
}

/* Of the spans on days with a place left; @open: (out): how many minutes they have. */
static GArray *
open_spans (const Draw   *self,
            const Target *target,
            gint64       *open)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0; i < target->spans->len; i++)
    if (has_place (self, target, g_array_index (target->spans, Span, i).day))
      g_array_append_val (spans, g_array_index (target->spans, Span, i));
  *open = count_minutes (spans);
  return spans;
}

static gint64
minute_at (const GArray *spans,
           gint64        place)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (place < span->to - span->from)
        return span->from + place;
      place -= span->to - span->from;
    }
  g_return_val_if_reached (-1);
}

/* The minute for call @i, or -1 when there is none. A time of day that was not
 * yet is taken first: who is called at 11:42 again would know the caller. */
static gint64
draw_minute (const Draw   *self,
             const Target *target,
             guint         i)
{
  gint64 open, start;
  g_autoptr (GArray) spans = open_spans (self, target, &open);

  if (open == 0)
    return -1;
  for (guint k = 0; k < TRIES; k++)
    {
      gint64 minute = minute_at (spans, (gint64) (throw_lot (self->campaign->seed, "minute", i, k) % (guint64) open));

      if (is_free (self, minute)
          && (k >= TRIES / 2 || !g_hash_table_contains (self->times, GINT_TO_POINTER (time_of (self, minute) + 1))))
        return minute;
    }
  start = (gint64) (throw_lot (self->campaign->seed, "minute", i, TRIES) % (guint64) open);
  for (gint64 k = 0; k < open; k++)
    {
      gint64 minute = minute_at (spans, (start + k) % open);

      if (is_free (self, minute))
        return minute;
    }
  return -1;
}

static gint64 *
boxed (gint64 value)
{
  gint64 *box = g_new (gint64, 1);

  *box = value;
  return box;
}

static void
take (Draw         *self,
      const Target *target,
      guint         i,
      gint64        minute)
{
  gint64 day = day_of (self, minute);
  guint second = (guint) (throw_lot (self->campaign->seed, "second", i, 0) % 60);
  char *key = number_key (day, target->dialled);

  side_campaign_add_call (self->campaign, minute * SIDE_MINUTE_MS + second * SIDE_SECOND_MS, target->scenario->id, target->number);
  g_hash_table_add (self->taken, boxed (minute));
  g_hash_table_add (self->times, GINT_TO_POINTER (time_of (self, minute) + 1));
  g_hash_table_replace (self->days, boxed (day), GUINT_TO_POINTER (count_of (self->days, day) + 1));
  g_hash_table_replace (self->numbers, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key)) + 1));
}

static int
by_room (gconstpointer a,
         gconstpointer b)
{
  const Target *left = *(const Target *const *) a;
  const Target *right = *(const Target *const *) b;

  if (left->minutes != right->minutes)
    return left->minutes < right->minutes ? -1 : 1;
  return strcmp (left->key, right->key);
}

/* Each target has its turn as often as another, or once more; those with the
 * least room choose first, so that the others leave it to them. */
static void
draw_calls (Draw *self)
{
  guint n = self->targets->len, i = 0;
  guint each = (guint) self->campaign->count / n, more = (guint) self->campaign->count % n;
  g_autoptr (GPtrArray) turn = g_ptr_array_new ();
  g_autoptr (GHashTable) lucky = g_hash_table_new (NULL, NULL);

  g_ptr_array_sort (self->targets, by_key);
  for (guint k = 0; k < n; k++)
    {
      g_ptr_array_add (turn, self->targets->pdata[k]);
      if (k < more)
        g_hash_table_add (lucky, self->targets->pdata[k]);
    }
  g_ptr_array_sort (turn, by_room);
  for (guint k = 0; k < n; k++)
    {
      Target *target = turn->pdata[k];
      guint quota = each + (g_hash_table_contains (lucky, target) ? 1 : 0);

      for (guint q = 0; q < quota; q++, i++)
        {
          gint64 minute = target->full ? -1 : draw_minute (self, target, i);

          target->full = minute < 0;
          if (minute >= 0)
            take (self, target, i, minute);
        }
    }
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  gint64 left = (*(const SideCampaignCall *const *) a)->at_ms;
  gint64 right = (*(const SideCampaignCall *const *) b)->at_ms;

  return (left > right) - (left < right);
}

static gboolean
check_campaign (const SideCampaign  *self,
                GError             **error)
{
  const char *why = NULL;

  if (self->seed == NULL || *self->seed == '\0')
    why = "the campaign has no seed to make lots of";
  else if (self->scenarios->len == 0)
    why = "the campaign has no scenario to call with";
  else if (self->count < 1 || self->count > SIDE_CAMPAIGN_MAX_CALLS)
    why = "a campaign makes 1 to 1000 calls";
  else if (self->from_ms <= 0 || self->to_ms <= self->from_ms)
    why = "the campaign ends before it begins";
  else if (self->to_ms - self->from_ms > SIDE_CAMPAIGN_MAX_DAYS * 24 * SIDE_HOUR_MS)
    why = "a campaign goes on for 400 days at most";
  if (why != NULL)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, why);
  return why == NULL;
}

static void
run (Draw *self)
{
  g_ptr_array_set_size (self->campaign->calls, 0);
  self->taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->times = g_hash_table_new (NULL, NULL);
  self->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  draw_calls (self);
  g_ptr_array_sort (self->campaign->calls, by_time);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->times);
  g_hash_table_unref (self->days);
  g_hash_table_unref (self->numbers);
}

/**
 * side_campaign_draw:
 * @self: a campaign; its calls are drawn anew
 * @scenarios: (element-type SideScenario): those it names, and any others
 * @zone: the project's time zone
 * @error: SIDE_ERROR_INVALID, SIDE_ERROR_NOT_FOUND for a scenario that is not among
 *   @scenarios
 *
 * Every call is inside the period, the campaign's hours and its scenario's own; no two
 * are in the same minute or in neighbouring ones; times of day come twice only where
 * there is hardly another; the caps a day hold, a day being one of the campaign's zone.
 *
 * Returns: how many calls there are: fewer than @self->count where the hours and the
 *   caps have no room for more
 */
guint
side_campaign_draw (SideCampaign  *self,
                    GPtrArray     *scenarios,
                    GTimeZone     *zone,
                    GError       **error)
{
  g_autoptr (GTimeZone) named = NULL;
  g_autoptr (GArray) open = NULL;
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (target_free);
  g_autoptr (GHashTable) spans = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  Draw draw = { .campaign = self, .targets = targets, .spans = spans };

  g_return_val_if_fail (self != NULL && scenarios != NULL && zone != NULL, 0);

  if (!check_campaign (self, error))
    return 0;
  if (self->time_zone != NULL && (named = side_time_zone_new (self->time_zone, error)) == NULL)
    return 0;
  draw.zone = named != NULL ? named : zone;
  open = find_open (&draw);
  draw.open = open;
  for (guint i = 0; i < self->scenarios->len; i++)
    if (!add_targets (&draw, scenarios, self->scenarios->pdata[i], zone, error))
      return 0;
  run (&draw);
  return self->calls->len;
}
