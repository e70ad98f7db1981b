/* side-plan-draw.c - a plan's calls, drawn by lot so that it can be repeated
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan keeps the drawn calls in the order of their lots, so that no
 * stratum comes first when they are shared out, and behind them as many of
 * each stratum, and of a small one some more, to stand in for those that cannot
 * be reviewed. A plan of before is drawn once more by the rule it was drawn by.
 */
#include "side-plan-draw.h"

#include <string.h>

#include "side-draw.h"
#include "side-error.h"
#include "side-hash.h"
#include "side-pack.h"
#include "side-time.h"

#define MAX_PACKED (5 * 60000)          /* what a plan of the greatest size has room for beside its calls and tasks */
#define MAX_FRAME  (64 * 1024 * 1024)   /* of a frame that is unpacked */
#define MAX_CALLS  200000               /* in it: more than any plan has room for */
#define LATE_MS    (24 * 3600 * 1000)   /* by which the recording of a call may come after its end */

/**
 * side_plan_stratum_of:
 * @strata: set of SidePlanStrata
 * @call: a call
 * @zone: the project's time zone
 *
 * Of ids, so that a new name moves no call.
 *
 * Returns: (transfer full): the name of its stratum, "" without strata
 */
char *
side_plan_stratum_of (guint           strata,
                      const SideCall *call,
                      GTimeZone      *zone)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if ((strata & SIDE_PLAN_BY_OPERATOR) != 0)
    g_ptr_array_add (parts, g_strdup (call->operator_id != NULL ? call->operator_id : ""));
  if ((strata & SIDE_PLAN_BY_QUEUE) != 0)
    g_ptr_array_add (parts, g_strdup (call->queue != NULL ? call->queue : ""));
  if ((strata & SIDE_PLAN_BY_HOUR) != 0)
    {
      g_autoptr (GDateTime) local = side_time_to_local (zone, call->joined_ms);

      g_ptr_array_add (parts, g_strdup_printf ("%02d", local != NULL ? g_date_time_get_hour (local) : 0));
    }
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static int
by_lot (gconstpointer a,
        gconstpointer b)
{
  const SideDrawItem *left = *(const SideDrawItem *const *) a, *right = *(const SideDrawItem *const *) b;

  return strcmp (left->key, right->key);
}

/* How many of each stratum were drawn. */
static GHashTable *
count_drawn (GPtrArray *items)
{
  GHashTable *drawn = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      const SideDrawItem *item = items->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (drawn, item->stratum));

      if (item->chosen)
        g_hash_table_insert (drawn, item->stratum, GUINT_TO_POINTER (n + 1));
    }
  return drawn;
}

typedef struct {
  SideDrawItem *item;
  guint         turn;   /* the how manieth to stand in in its stratum */
} StandIn;

static int
by_turn (gconstpointer a,
         gconstpointer b)
{
  const StandIn *left = a, *right = b;

  if (left->turn != right->turn)
    return left->turn < right->turn ? -1 : 1;
  return strcmp (left->item->key, right->item->key);
}

/* Of each stratum as many as were drawn, but no fewer than @least; where there is
 * no @room for all, the first of each stratum before the second of any. */
static GPtrArray *
pick_stand_ins (GPtrArray *items,
                guint      least,
                guint      room)
{
  g_autoptr (GHashTable) drawn = count_drawn (items);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (StandIn));
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      StandIn one = { .item = items->pdata[i] };
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (drawn, one.item->stratum));

      if (n == 0 || one.item->chosen)
        continue;
      one.turn = one.item->place - n;
      if (one.turn <= MAX (n, least))
        g_array_append_val (all, one);
    }
  g_array_sort (all, by_turn);
  for (guint i = 0; i < all->len && i < room; i++)
    g_ptr_array_add (others, g_array_index (all, StandIn, i).item);
  return others;
}

static void
take_items (SidePlan  *plan,
            GPtrArray *items)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = NULL;

  for (guint i = 0; i < items->len; i++)
    if (((const SideDrawItem *) items->pdata[i])->chosen)
      g_ptr_array_add (chosen, items->pdata[i]);
  others = pick_stand_ins (items, plan->shares == SIDE_PLAN_SHARES_SYSTEMATIC ? SIDE_DRAW_STAND_INS : 0,
                           SIDE_PLAN_MAX_ITEMS - chosen->len);
  g_ptr_array_sort (chosen, by_lot);
  g_ptr_array_sort (others, by_lot);
  g_ptr_array_extend (chosen, others, NULL, NULL);
  for (guint i = 0; i < chosen->len; i++)
    {
      const SideDrawItem *item = chosen->pdata[i];

      side_plan_add_item (plan, item->id, item->stratum, (int) item->place, item->chosen);
    }
}

/* Lots are drawn: what the seed gives for the calls of @draw. */
static void
run (SidePlan *plan,
     SideDraw *draw)
{
  guint size = (guint) CLAMP (plan->size, 0, SIDE_PLAN_MAX_SIZE);

  if (plan->shares == SIDE_PLAN_SHARES_SYSTEMATIC)
    side_draw_run (draw, size);
  else
    side_draw_run_by_remainders (draw, size);
  take_items (plan, side_draw_get_items (draw));
}

static SideDraw *
draw_from_calls (const SidePlan *plan,
                 GPtrArray      *calls,
                 GTimeZone      *zone)
{
  SideDraw *draw = side_draw_new (plan->seed);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideCall *call = calls->pdata[i];
      g_autofree char *stratum = side_plan_stratum_of (plan->strata, call, zone);

      side_draw_add (draw, call->id, stratum, NULL);
    }
  return draw;
}

/**
 * side_plan_draw:
 * @plan: a plan without calls, with its seed, size and strata
 * @calls: (element-type SideCall): what is drawn from; one that stands there twice counts once
 * @zone: the project's time zone
 *
 * Fills in the calls and what the frame was; the frame itself as long as a
 * document has room for it.
 */
void
side_plan_draw (SidePlan  *plan,
                GPtrArray *calls,
                GTimeZone *zone)
{
  g_autoptr (SideDraw) draw = NULL;
  g_autofree char *text = NULL;
  g_autofree char *packed = NULL;

  g_return_if_fail (plan->seed != NULL && plan->items->len == 0);

  draw = draw_from_calls (plan, calls, zone);
  plan->shares = SIDE_PLAN_SHARES_SYSTEMATIC;
  run (plan, draw);
  plan->frame_calls = (int) side_draw_count (draw);
  text = side_draw_dup_frame (draw);
  packed = side_pack (text);
  g_free (plan->frame);
  plan->frame = strlen (packed) <= MAX_PACKED ? g_steal_pointer (&packed) : NULL;
  g_free (plan->frame_sha256);
  plan->frame_sha256 = side_draw_get_frame_hash (draw);
}

static gboolean
same_items (const SidePlan *a,
            const SidePlan *b)
{
  for (guint i = 0; a->items->len == b->items->len && i < a->items->len; i++)
    {
      const SidePlanItem *x = a->items->pdata[i], *y = b->items->pdata[i];

      if (!g_str_equal (x->call, y->call) || !g_str_equal (x->stratum, y->stratum) || x->place != y->place || x->drawn != y->drawn)
        return FALSE;
    }
  return a->items->len == b->items->len;
}

/* Whether every call that stands in is the one whose turn it was. */
static gboolean
same_stand_ins (const SidePlan *kept,
                SidePlan       *again)
{
  for (guint i = 0; i < kept->items->len; i++)
    {
      const SidePlanItem *item = kept->items->pdata[i];
      const SidePlanItem *other = item->replaced_by != NULL ? side_plan_find_item (kept, item->replaced_by) : NULL;
      guint before = 0, used = 0;

      if (item->replaced_by == NULL)
        continue;
      if (other == NULL || other->drawn || !g_str_equal (other->stratum, item->stratum))
        return FALSE;
      /* Those before it stand in as well: nobody was passed over. */
      for (guint k = 0; k < kept->items->len; k++)
        {
          const SidePlanItem *one = kept->items->pdata[k];
          const SidePlanItem *stands = one->replaced_by != NULL ? side_plan_find_item (kept, one->replaced_by) : NULL;

          before += !one->drawn && g_str_equal (one->stratum, other->stratum) && one->place < other->place;
          used += stands != NULL && g_str_equal (stands->stratum, other->stratum) && stands->place < other->place;
        }
      if (used != before)
        return FALSE;
    }
  return same_items (kept, again);
}

static int
count_lines (const char *text)
{
  int n = 0;

  for (; (text = strchr (text, '\n')) != NULL; text++)
    n++;
  return n;
}

/* The frame that was kept: %NULL where none was, or where it is not the one that
 * was drawn from. */
static SideDraw *
draw_from_kept (const SidePlan *plan)
{
  g_autofree char *text = plan->frame != NULL ? side_unpack (plan->frame, MAX_FRAME, NULL) : NULL;
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree char *hex = NULL;
  SideDraw *draw;

  if (text == NULL || plan->frame_calls > MAX_CALLS || count_lines (text) != plan->frame_calls)
    return NULL;
  side_hash_update (hash, text, strlen (text));
  hex = side_hash_get_hex (hash);
  if (g_strcmp0 (hex, plan->frame_sha256) != 0)
    return NULL;
  draw = side_draw_new (plan->seed);
  for (char *line = text, *end; (end = strchr (line, '\n')) != NULL; line = end + 1)
    {
      char *tab;

      *end = '\0';
      tab = strchr (line, '\t');
      if (tab == NULL)
        continue;
      *tab = '\0';
      side_draw_add (draw, line, tab + 1, NULL);
    }
  return draw;
}

static int
compare_texts (const char *const *a,
               const char *const *b)
{
  return strcmp (*a, *b);
}

/* What the frame gives now beside what it gave then. */
static void
compare_frames (SidePlanReport *report,
                SideDraw       *then,
                SideDraw       *now)
{
  g_autoptr (GHashTable) strata = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *items = side_draw_get_items (then);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (strata, ((SideDrawItem *) items->pdata[i])->id, ((SideDrawItem *) items->pdata[i])->stratum);
  items = side_draw_get_items (now);
  for (guint i = 0; i < items->len; i++)
    {
      const SideDrawItem *item = items->pdata[i];
      const char *stratum = g_hash_table_lookup (strata, item->id);

      if (stratum == NULL)
        g_ptr_array_add (report->late, g_strdup (item->id));
      else if (!g_str_equal (stratum, item->stratum))
        g_ptr_array_add (report->moved, g_strdup (item->id));
      g_hash_table_remove (strata, item->id);
    }
  g_hash_table_iter_init (&iter, strata);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (report->gone, g_strdup (id));
  g_ptr_array_sort (report->gone, (GCompareFunc) compare_texts);
}

/* Who is told of a call wants to know more of it than its id. */
static void
keep_calls (SidePlanReport *report,
            GPtrArray      *calls)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < report->late->len; i++)
    g_hash_table_add (wanted, report->late->pdata[i]);
  for (guint i = 0; i < report->moved->len; i++)
    g_hash_table_add (wanted, report->moved->pdata[i]);
  for (guint i = 0; i < calls->len; i++)
    {
      SideCall *call = calls->pdata[i];

      if (g_hash_table_contains (wanted, call->id))
        g_hash_table_replace (report->calls, call->id, side_call_ref (call));
    }
}

/* A recording may come late, but hardly a day late: what was there when
 * somebody drew, and is not in the list, was left out. */
static void
find_left_out (SidePlanReport *report,
               const SidePlan *plan)
{
  g_autoptr (GPtrArray) late = g_steal_pointer (&report->late);

  report->late = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < late->len; i++)
    {
      const SideCall *call = g_hash_table_lookup (report->calls, late->pdata[i]);
      gboolean was_there = call != NULL && call->ended_ms != 0 && !plan->frame_partial
                           && plan->created_ms != 0 && call->ended_ms < plan->created_ms - LATE_MS;

      g_ptr_array_add (was_there ? report->left_out : report->late, g_strdup (late->pdata[i]));
    }
}

/**
 * side_plan_report_free:
 * @self: (transfer full): what a check found
 */
void
side_plan_report_free (SidePlanReport *self)
{
  g_ptr_array_unref (self->late);
  g_ptr_array_unref (self->left_out);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->moved);
  g_hash_table_unref (self->calls);
  g_free (self);
}

/**
 * side_plan_check:
 * @plan: a random plan
 * @calls: (element-type SideCall): what its filters give now
 * @zone: the project's time zone
 *
 * Draws once more, from the list of calls that the plan kept; from @calls where
 * it kept none.
 *
 * Returns: (transfer full): whether the kept calls, replacements among them, are
 *   what the seed gives, and what became of the frame since
 */
SidePlanReport *
side_plan_check (const SidePlan *plan,
                 GPtrArray      *calls,
                 GTimeZone      *zone)
{
  SidePlanReport *report = g_new0 (SidePlanReport, 1);
  g_autoptr (SidePlan) again = side_plan_copy (plan);
  g_autoptr (SideDraw) then = draw_from_kept (plan);
  g_autoptr (SideDraw) now = draw_from_calls (plan, calls, zone);
  g_autofree char *hash = side_draw_get_frame_hash (now);

  report->late = g_ptr_array_new_with_free_func (g_free);
  report->left_out = g_ptr_array_new_with_free_func (g_free);
  report->gone = g_ptr_array_new_with_free_func (g_free);
  report->moved = g_ptr_array_new_with_free_func (g_free);
  report->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) side_call_unref);
  report->kept = plan->frame != NULL;
  g_ptr_array_set_size (again->items, 0);
  if (report->kept && then == NULL)
    {
      report->check = SIDE_PLAN_CHECK_OTHER_DRAW;   /* the list was changed, or is no list */
      return report;
    }
  if (!report->kept && g_strcmp0 (hash, plan->frame_sha256) != 0)
    {
      report->check = SIDE_PLAN_CHECK_OTHER_CALLS;
      return report;
    }
  if (report->kept)
    {
      compare_frames (report, then, now);
      keep_calls (report, calls);
      find_left_out (report, plan);
    }
  run (again, report->kept ? then : now);
  report->check = same_stand_ins (plan, again) ? SIDE_PLAN_CHECK_SAME : SIDE_PLAN_CHECK_OTHER_DRAW;
  return report;
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, why);
  return FALSE;
}

/* Without strata all calls are drawn together: a stratum of its own for a call
 * would draw it for certain. */
static gboolean
has_odd_strata (const SidePlan *plan,
                GPtrArray      *items)
{
  for (guint i = 0; plan->strata == 0 && i < items->len; i++)
    if (*((const SideDrawItem *) items->pdata[i])->stratum != '\0')
      return TRUE;
  return FALSE;
}

/**
 * side_plan_check_claim:
 * @plan: a new plan that somebody wrote
 * @frame: (out) (transfer full) (element-type utf8) (nullable): ids of the calls that it was drawn
 *   from; %NULL where it could not keep them
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Draws once more from the frame that came with it. A plan of many calls has no
 * room for its frame: what it drew cannot be repeated from it, see
 * #SIDE_PLAN_FRAME_KEPT.
 *
 * Returns: whether a plan that says that its calls were drawn by lot holds those
 *   that its seed gives; of a chosen one nothing is to be repeated
 */
gboolean
side_plan_check_claim (const SidePlan  *plan,
                       GPtrArray      **frame,
                       GError         **error)
{
  g_autoptr (SideDraw) draw = NULL;
  g_autoptr (SidePlan) again = NULL;
  GPtrArray *items;

  g_return_val_if_fail (plan != NULL && frame != NULL, FALSE);

  *frame = NULL;
  if (plan->kind != SIDE_PLAN_RANDOM)
    return TRUE;
  if (plan->seed == NULL || *plan->seed == '\0')
    return refuse (error, "the plan says that its calls were drawn by lot (“random”) and has no “seed”: nobody can repeat the draw");
  if (plan->frame == NULL)
    return plan->frame_calls > SIDE_PLAN_FRAME_KEPT
           || refuse (error, "the plan says that its calls were drawn by lot (“random”) and does not keep the calls it was drawn from (“frame”)");
  draw = draw_from_kept (plan);
  if (draw == NULL)
    return refuse (error, "the “frame” of the plan is not the list of calls that “frame_sha256” is of");
  items = side_draw_get_items (draw);
  if ((int) items->len != plan->frame_calls || has_odd_strata (plan, items))
    return refuse (error, "the “frame” of the plan is not one of as many calls (“frame_calls”), or has strata that the plan does not name");
  *frame = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (*frame, g_strdup (((const SideDrawItem *) items->pdata[i])->id));
  again = side_plan_copy (plan);
  g_ptr_array_set_size (again->items, 0);
  run (again, draw);
  if (same_stand_ins (plan, again))
    return TRUE;
  g_clear_pointer (frame, g_ptr_array_unref);
  return refuse (error, "the calls of the plan are not those that its “seed” draws from its “frame”: what is chosen is a plan of chosen calls");
}
