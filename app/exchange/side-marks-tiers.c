/* side-marks-tiers.c - threads, and tiers whose marks do not overlap
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TextGrid and EAF keep marks on tiers, and marks of one tier may not overlap.
 * Marks that belong together are therefore dealt out to as few lanes as their
 * overlaps need, each in time order: sort by beginning, give each mark to the
 * lane that is free first (a heap finds it), open a new one if none is.
 */
#include "side-marks-private.h"

/* One lane that is not free before @end. */
typedef struct {
  gint64  end;
  guint   lane;
} Free;

static gboolean
is_before (const Free *a,
           const Free *b)
{
  return a->end < b->end || (a->end == b->end && a->lane < b->lane);
}

static void
heap_swap (GArray *heap,
           guint   a,
           guint   b)
{
  Free *items = (Free *) (gpointer) heap->data;
  Free kept = items[a];

  items[a] = items[b];
  items[b] = kept;
}

static void
heap_push (GArray *heap,
           Free    item)
{
  guint i = heap->len;

  g_array_append_val (heap, item);
  while (i > 0 && is_before (&g_array_index (heap, Free, i), &g_array_index (heap, Free, (i - 1) / 2)))
    {
      heap_swap (heap, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static Free
heap_pop (GArray *heap)
{
  Free first = g_array_index (heap, Free, 0);
  guint i = 0;

  heap_swap (heap, 0, heap->len - 1);
  g_array_set_size (heap, heap->len - 1);
  for (;;)
    {
      guint child = 2 * i + 1;

      if (child + 1 < heap->len && is_before (&g_array_index (heap, Free, child + 1), &g_array_index (heap, Free, child)))
        child++;
      if (child >= heap->len || !is_before (&g_array_index (heap, Free, child), &g_array_index (heap, Free, i)))
        return first;
      heap_swap (heap, i, child);
      i = child;
    }
}

/* Marks that may share a tier, with their spans as the format has them. */
typedef struct {
  const SideMark *mark;
  gint64          from;
  gint64          to;
  guint           place;
} Placed;

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

/* Deals @group out; its lanes are appended to @lanes, each of SideMark. */
static void
deal_out (GArray    *group,
          GPtrArray *lanes)
{
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Free));
  guint first = lanes->len;

  g_array_sort (group, compare_placed);
  for (guint i = 0; i < group->len; i++)
    {
      Placed *placed = &g_array_index (group, Placed, i);
      Free item;

      if (heap->len > 0 && g_array_index (heap, Free, 0).end <= placed->from)
        {
          item = heap_pop (heap);
        }
      else
        {
          item.lane = lanes->len - first;
          g_ptr_array_add (lanes, g_ptr_array_new ());
        }
      item.end = placed->to;
      g_ptr_array_add (g_ptr_array_index (lanes, first + item.lane), (gpointer) placed->mark);
      heap_push (heap, item);
    }
}

static void
free_lane (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_group (gpointer data)
{
  g_array_unref (data);
}

/* The marks of @list that answer no other, as lanes of marks in time order:
 * marks of different @key share none. Groups come in the order of their first
 * marks. @span tells where a mark is as the format has it, never empty. */
GPtrArray *
side_marks_make_lanes (const SideMarkList *list,
                       const int          *parents,
                       SideMarksKey        key,
                       SideMarksSpan       span)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);
  GPtrArray *lanes = g_ptr_array_new_with_free_func (free_lane);

  for (guint i = 0; i < list->marks->len; i++)
    {
      Placed placed = { .mark = g_ptr_array_index (list->marks, i), .place = i };
      g_autofree char *name = NULL;
      GArray *group;

      if (parents[i] >= 0)
        continue;
      name = key (list, placed.mark);
      group = g_hash_table_lookup (found, name);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (Placed));
          g_hash_table_insert (found, g_steal_pointer (&name), group);
          g_ptr_array_add (groups, group);
        }
      span (placed.mark, &placed.from, &placed.to);
      g_array_append_val (group, placed);
    }
  for (guint i = 0; i < groups->len; i++)
    deal_out (g_ptr_array_index (groups, i), lanes);
  return lanes;
}

/* Whether the chain of answers that @i is in ends soon enough at a mark that
 * answers none. */
static gboolean
is_anchored (const int *links,
             int        i)
{
  for (int depth = 0; depth <= SIDE_MARKS_MAX_DEPTH; depth++)
    {
      if (links[i] < 0)
        return TRUE;
      i = links[i];
    }
  return FALSE;
}

/* For each mark the place of the one it answers, or -1. It counts only where
 * the answer lies at the time of what it answers, as @span has it: a format
 * that hangs answers on marks gives them no time of their own. */
int *
side_marks_find_parents (const SideMarkList *list,
                         SideMarksSpan       span)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree int *links = g_new (int, list->marks->len + 1);
  int *parents = g_new (int, list->marks->len + 1);

  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      if (mark->id != NULL && !g_hash_table_contains (by_id, mark->id))
        g_hash_table_insert (by_id, mark->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);
      guint at = mark->parent != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (by_id, mark->parent)) : 0;
      gint64 from, to, parent_from, parent_to;

      links[i] = (int) at - 1;
      if (at == 0)
        continue;
      span (mark, &from, &to);
      span (g_ptr_array_index (list->marks, at - 1), &parent_from, &parent_to);
      if (from != parent_from || to != parent_to)
        links[i] = -1;
    }
  for (guint i = 0; i < list->marks->len; i++)
    parents[i] = is_anchored (links, (int) i) ? links[i] : -1;
  return parents;
}
