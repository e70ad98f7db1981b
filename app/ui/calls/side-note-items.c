/* side-note-items.c - the notes of a call in their order, and what changed among them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call's notes are read from the store as a whole whenever one of them
 * changes, be it only that the server took it. Here is found what that is to
 * those who show them, so that rows which say the same stay, with the place one
 * has scrolled to and the focus.
 */
#include "side-note-items.h"

/* By the place of what is answered; answers follow it as they were given. */
static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      by_id)
{
  SideNoteItem *x = *(SideNoteItem *const *) a, *y = *(SideNoteItem *const *) b;
  SideNoteItem *x_root = side_note_item_get_root (x, by_id), *y_root = side_note_item_get_root (y, by_id);
  const SideAnnotation *p = side_note_item_get_annotation (x_root), *q = side_note_item_get_annotation (y_root);

  if (x_root == y_root)
    {
      if ((x == x_root) != (y == y_root))
        return x == x_root ? -1 : 1;
      p = side_note_item_get_annotation (x);
      q = side_note_item_get_annotation (y);
      if (p->created_ms != q->created_ms)
        return p->created_ms < q->created_ms ? -1 : 1;
    }
  if (p->from_ms != q->from_ms)
    return p->from_ms < q->from_ms ? -1 : 1;
  return g_strcmp0 (p->id, q->id);
}

/* Returns: (element-type utf8 SideNoteItem): which borrows both from @items */
static GHashTable *
index_items (GPtrArray *items)
{
  GHashTable *by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (by_id, side_note_item_get_annotation (items->pdata[i])->id, items->pdata[i]);
  return by_id;
}

/**
 * side_note_items_sort:
 * @items: (element-type SideNoteItem): notes of one call
 *
 * Puts them in the order in which they are shown: by their place in the
 * recording, each followed by its answers.
 */
void
side_note_items_sort (GPtrArray *items)
{
  g_autoptr (GHashTable) by_id = index_items (items);

  g_ptr_array_sort_with_data (items, compare_items, by_id);
}

/**
 * side_note_items_keep:
 * @items: (element-type SideNoteItem): the notes as they were read just now, sorted
 * @old: (element-type SideNoteItem): as they were shown up to now
 *
 * A note that tells what it told before is in @items the object that it is in
 * @old, with the document of now.
 *
 * Returns: where the two lists differ then; no removed and no added when nowhere
 */
SideNotesChange
side_note_items_keep (GPtrArray *items,
                      GPtrArray *old)
{
  g_autoptr (GHashTable) known = index_items (old);
  guint least = MIN (items->len, old->len), at = 0, same = 0;

  for (guint i = 0; i < items->len; i++)
    {
      SideNoteItem *item = items->pdata[i];
      SideNoteItem *before = g_hash_table_lookup (known, side_note_item_get_annotation (item)->id);

      if (before == NULL || !side_note_item_renew (before, item))
        continue;
      items->pdata[i] = g_object_ref (before);
      g_object_unref (item);
    }
  while (at < least && items->pdata[at] == old->pdata[at])
    at++;
  while (same < least - at && items->pdata[items->len - 1 - same] == old->pdata[old->len - 1 - same])
    same++;
  return (SideNotesChange) { at, old->len - at - same, items->len - at - same };
}
