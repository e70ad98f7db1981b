/* side-marks-eaf-settle.c - gives the annotations of ELAN their times
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slot without a time lies evenly between its neighbours that have one, as
 * ELAN shows it. An annotation that refers to another takes its time, which may
 * itself refer to a third: each chain is walked once.
 */
#include <string.h>

#include "side-marks-eaf-private.h"
#include "side-text.h"

enum { OPEN, WALKING, SETTLED };

static void
free_item (gpointer data)
{
  SideEafItem *item = data;

  g_free (item->id);
  g_free (item->from);
  g_free (item->to);
  g_clear_pointer (&item->mark, side_mark_free);
  g_free (item);
}

GPtrArray *
side_eaf_items_new (void)
{
  return g_ptr_array_new_with_free_func (free_item);
}

void
side_eaf_tier_clear (SideEafTier *tier)
{
  g_free (tier->tag);
  g_free (tier->author);
  memset (tier, 0, sizeof *tier);
}

static void
place_slots (GPtrArray *slots)
{
  gint64 before = 0;

  for (guint i = 0; i < slots->len; i++)
    {
      SideMarkSlot *slot = g_ptr_array_index (slots, i);
      gint64 after;
      guint end = i;

      if (slot->aligned)
        {
          before = slot->at_ns;
          continue;
        }
      while (end < slots->len && !((const SideMarkSlot *) g_ptr_array_index (slots, end))->aligned)
        end++;
      after = end < slots->len ? MAX (before, ((const SideMarkSlot *) g_ptr_array_index (slots, end))->at_ns) : before;
      for (guint k = i; k < end; k++)
        {
          double share = (double) (k - i + 1) / (double) (end - i + 1);

          slot = g_ptr_array_index (slots, k);
          slot->at_ns = before + (gint64) ((double) (after - before) / 1e6 * share) * SIDE_MARKS_MS_NS;
        }
      i = end - 1;
    }
}

static gboolean
settle_aligned (SideEafDraft  *draft,
                SideEafItem   *item,
                GError       **error)
{
  const SideMarkSlot *from = g_hash_table_lookup (draft->slots, item->from);
  const SideMarkSlot *to = g_hash_table_lookup (draft->slots, item->to);

  if (from == NULL || to == NULL)
    return side_marks_fail (error, item->line, "there is no time slot “%.40s”", from == NULL ? item->from : item->to);
  item->mark->from_ns = from->at_ns;
  item->mark->to_ns = to->at_ns;
  /* Where ELAN would show it is a guess, which must not turn it round. */
  if (!from->aligned || !to->aligned)
    item->mark->to_ns = MAX (from->at_ns, to->at_ns);
  if (item->kind == SIDE_EAF_KIND_POINT && to->at_ns - from->at_ns == SIDE_MARKS_MS_NS)
    item->mark->to_ns = from->at_ns;
  side_marks_pairs_add (&item->mark->extra, SIDE_EAF_SLOT_1, item->from);
  side_marks_pairs_add (&item->mark->extra, SIDE_EAF_SLOT_2, item->to);
  item->state = SETTLED;
  return TRUE;
}

/* Walks from @item to one whose time is known, and gives it to all between. */
static gboolean
settle_chain (GHashTable   *by_id,
              SideEafItem  *item,
              GError      **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();

  while (item->state != SETTLED)
    {
      SideEafItem *next = g_hash_table_lookup (by_id, item->from);

      if (next == NULL)
        return side_marks_fail (error, item->line, "there is no annotation “%.40s”", item->from);
      item->state = WALKING;
      g_ptr_array_add (chain, item);
      if (next->state == WALKING)
        return side_marks_fail (error, item->line, "annotations refer to each other in a circle");
      item = next;
    }
  for (guint i = 0; i < chain->len; i++)
    {
      SideEafItem *referring = g_ptr_array_index (chain, i);

      referring->mark->from_ns = item->mark->from_ns;
      referring->mark->to_ns = item->mark->to_ns;
      referring->state = SETTLED;
    }
  return TRUE;
}

/* Attributes of tiers "is:…" go to the marks they belong to; those that make
 * no sense stay marks. */
static void
settle_attributes (SideEafDraft *draft,
                   GHashTable   *by_id)
{
  for (guint i = 0; i < draft->items->len; i++)
    {
      SideEafItem *item = g_ptr_array_index (draft->items, i);
      SideEafItem *owner = item->refers ? g_hash_table_lookup (by_id, item->from) : NULL;

      if (item->kind != SIDE_EAF_KIND_IS)
        continue;
      if (owner != NULL && owner->kind != SIDE_EAF_KIND_IS && item->mark->text != NULL
          && side_marks_set_attribute (owner->mark, item->attribute, item->mark->text))
        g_clear_pointer (&item->mark, side_mark_free);
      else
        item->kind = SIDE_EAF_KIND_MARK;
    }
}

static void
settle_id (SideEafItem *item)
{
  const char *rest = g_str_has_prefix (item->id, SIDE_EAF_UUID) ? item->id + strlen (SIDE_EAF_UUID) : "";

  item->mark->id = side_id_is_valid (rest) ? g_strdup (rest) : side_marks_clean (item->id, strlen (item->id));
}

/* Returns: whether all annotations had times; draft->list has the marks then. */
gboolean
side_eaf_settle (SideEafDraft  *draft,
                 GError       **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  place_slots (draft->list->slots);
  for (guint i = 0; i < draft->items->len; i++)
    {
      SideEafItem *item = g_ptr_array_index (draft->items, i);

      if (!g_hash_table_contains (by_id, item->id))
        g_hash_table_insert (by_id, item->id, item);
      settle_id (item);
      if (!item->refers && !settle_aligned (draft, item, error))
        return FALSE;
    }
  for (guint i = 0; i < draft->items->len; i++)
    if (!settle_chain (by_id, g_ptr_array_index (draft->items, i), error))
      return FALSE;
  settle_attributes (draft, by_id);
  for (guint i = 0; i < draft->items->len; i++)
    {
      SideEafItem *item = g_ptr_array_index (draft->items, i);
      SideEafItem *asked = item->refers ? g_hash_table_lookup (by_id, item->from) : NULL;

      if (item->mark != NULL && asked != NULL && asked->mark != NULL && item->mark->parent == NULL)
        item->mark->parent = g_strdup (asked->mark->id);
    }
  for (guint i = 0; i < draft->items->len; i++)
    {
      SideEafItem *item = g_ptr_array_index (draft->items, i);

      if (item->mark != NULL && !side_marks_take (draft->list, g_steal_pointer (&item->mark), item->line, error))
        return FALSE;
    }
  return TRUE;
}
