/* side-plan-draw.c - a plan's calls, drawn by lot so that it can be repeated
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan keeps the drawn calls in the order of their lots, so that no
 * stratum comes first when they are shared out, and behind them as many of
 * each stratum to stand in for those that cannot be reviewed.
 */
#include "side-plan-draw.h"

#include <string.h>

#include "side-draw.h"
#include "side-time.h"

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

static void
take_items (SidePlan  *plan,
            GPtrArray *items)
{
  g_autoptr (GHashTable) drawn = count_drawn (items);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      SideDrawItem *item = items->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (drawn, item->stratum));

      if (item->chosen)
        g_ptr_array_add (chosen, item);
      else if (item->place <= 2 * n)
        g_ptr_array_add (others, item);
    }
  g_ptr_array_sort (chosen, by_lot);
  g_ptr_array_sort (others, by_lot);
  g_ptr_array_extend (chosen, others, NULL, NULL);
  for (guint i = 0; i < chosen->len; i++)
    {
      const SideDrawItem *item = chosen->pdata[i];

      side_plan_add_item (plan, item->id, item->stratum, (int) item->place, item->chosen);
    }
}

/**
 * side_plan_draw:
 * @plan: a plan without calls, with its seed, size and strata
 * @calls: (element-type SideCall): what is drawn from; one that stands there twice counts once
 * @zone: the project's time zone
 *
 * Fills in the calls and what the frame was.
 */
void
side_plan_draw (SidePlan  *plan,
                GPtrArray *calls,
                GTimeZone *zone)
{
  g_autoptr (SideDraw) draw = NULL;

  g_return_if_fail (plan->seed != NULL && plan->items->len == 0);

  draw = side_draw_new (plan->seed);
  for (guint i = 0; i < calls->len; i++)
    {
      const SideCall *call = calls->pdata[i];
      g_autofree char *stratum = side_plan_stratum_of (plan->strata, call, zone);

      side_draw_add (draw, call->id, stratum, NULL);
    }
  side_draw_run (draw, (guint) CLAMP (plan->size, 0, SIDE_PLAN_MAX_SIZE));
  plan->frame_calls = (int) side_draw_count (draw);
  g_free (plan->frame_sha256);
  plan->frame_sha256 = side_draw_get_frame_hash (draw);
  take_items (plan, side_draw_get_items (draw));
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

/**
 * side_plan_check:
 * @plan: a random plan
 * @calls: (element-type SideCall): what its frame gives now
 * @zone: the project's time zone
 *
 * Returns: whether the kept list, replacements among it, is what the seed gives
 */
SidePlanCheck
side_plan_check (const SidePlan *plan,
                 GPtrArray      *calls,
                 GTimeZone      *zone)
{
  g_autoptr (SidePlan) again = side_plan_copy (plan);

  g_ptr_array_set_size (again->items, 0);
  side_plan_draw (again, calls, zone);
  if (g_strcmp0 (again->frame_sha256, plan->frame_sha256) != 0)
    return SIDE_PLAN_CHECK_OTHER_CALLS;
  return same_stand_ins (plan, again) ? SIDE_PLAN_CHECK_SAME : SIDE_PLAN_CHECK_OTHER_DRAW;
}
