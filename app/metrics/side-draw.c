/* side-draw.c - which calls are to be reviewed, by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lot of a call is the SHA-256 of the seed, a line feed and the call's id.
 * In each stratum those with the smallest lots are drawn. No generator of random
 * numbers has to be the same in ten years, the order of the frame does not
 * matter, and a call added to the frame later moves the others by one place at
 * most. Each stratum has its share of the whole, rounded up or down by lot, so
 * that no call has a smaller chance than another and the mean of the drawn
 * estimates the mean of the frame without bias.
 */
#include "side-draw.h"

#include <string.h>

#include "side-error.h"
#include "side-hash.h"

#define MAX_CALLS 10000000
#define START     "\nstart"   /* what the start is the lot of: no call, and no stratum, has a line feed in front */
#define START_DIGITS 16       /* 64 bits of it: what they are off an even chance is under 1e-12 */

struct _SideDraw
{
  char       *seed;
  GPtrArray  *items;   /* of SideDrawItem */
  GHashTable *ids;     /* of those of @items */
};

typedef struct {
  const char *name;
  char       *key;         /* its lot: its place in the order of the strata, or what breaks a tie of remainders */
  guint       first;       /* place of its first call in the sorted items */
  guint       n;
  guint       drawn;
  guint64     remainder;   /* of its share, in parts of the frame */
} Stratum;

static void
item_free (gpointer data)
{
  SideDrawItem *item = data;

  g_free (item->id);
  g_free (item->stratum);
  g_free (item->key);
  g_free (item);
}

static void
stratum_clear (gpointer data)
{
  g_free (((Stratum *) data)->key);
}

/**
 * side_draw_new:
 * @seed: any text; it is kept with the draw, so that it can be repeated
 *
 * Returns: (transfer full): a draw from no calls yet
 */
SideDraw *
side_draw_new (const char *seed)
{
  SideDraw *self = g_new0 (SideDraw, 1);

  g_return_val_if_fail (seed != NULL, NULL);
  self->seed = g_strdup (seed);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * side_draw_free:
 * @self: (transfer full): a draw
 */
void
side_draw_free (SideDraw *self)
{
  g_free (self->seed);
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static char *
lot_of (const char *seed,
        const char *id)
{
  g_autoptr (SideHash) hash = side_hash_new ();

  side_hash_update (hash, seed, strlen (seed));
  side_hash_update (hash, "\n", 1);
  side_hash_update (hash, id, strlen (id));
  return side_hash_get_hex (hash);
}

/**
 * side_draw_add:
 * @self: a draw
 * @id: a call
 * @stratum: what it is to be drawn beside; "" for all in one
 * @error: SIDE_ERROR_EXISTS when @id is in the frame already,
 *   SIDE_ERROR_TOO_LARGE after ten million calls
 *
 * Returns: whether it was taken
 */
gboolean
side_draw_add (SideDraw    *self,
               const char  *id,
               const char  *stratum,
               GError     **error)
{
  SideDrawItem *item;

  if (g_hash_table_contains (self->ids, id))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "the call “%s” stands there twice", id);
      return FALSE;
    }
  if (self->items->len >= MAX_CALLS)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "there are more than %d calls", MAX_CALLS);
      return FALSE;
    }
  item = g_new0 (SideDrawItem, 1);
  item->id = g_strdup (id);
  item->stratum = g_strdup (stratum);
  item->key = lot_of (self->seed, id);
  g_ptr_array_add (self->items, item);
  g_hash_table_add (self->ids, item->id);
  return TRUE;
}

/**
 * side_draw_count:
 * @self: a draw
 *
 * Returns: how many calls the frame has
 */
guint
side_draw_count (SideDraw *self)
{
  return self->items->len;
}

static int
by_stratum (gconstpointer a,
            gconstpointer b)
{
  const SideDrawItem *left = *(const SideDrawItem *const *) a;
  const SideDrawItem *right = *(const SideDrawItem *const *) b;
  int rc = strcmp (left->stratum, right->stratum);

  if (rc == 0)
    rc = strcmp (left->key, right->key);
  return rc != 0 ? rc : strcmp (left->id, right->id);
}

static int
by_remainder (gconstpointer a,
              gconstpointer b)
{
  const Stratum *left = a;
  const Stratum *right = b;

  if (left->remainder != right->remainder)
    return left->remainder > right->remainder ? -1 : 1;
  return strcmp (left->key, right->key);
}

/* Sorts the frame; tells where each stratum begins. */
static GArray *
find_strata (SideDraw *self)
{
  GArray *strata = g_array_new (FALSE, FALSE, sizeof (Stratum));

  g_array_set_clear_func (strata, stratum_clear);
  g_ptr_array_sort (self->items, by_stratum);
  for (guint i = 0; i < self->items->len; i++)
    {
      SideDrawItem *item = g_ptr_array_index (self->items, i);
      Stratum *last = strata->len > 0 ? &g_array_index (strata, Stratum, strata->len - 1) : NULL;

      if (last == NULL || !g_str_equal (last->name, item->stratum))
        {
          Stratum stratum = { .name = item->stratum, .key = lot_of (self->seed, item->stratum), .first = i };

          g_array_append_val (strata, stratum);
          last = &g_array_index (strata, Stratum, strata->len - 1);
        }
      last->n++;
      item->place = last->n;
      item->chosen = FALSE;
    }
  return strata;
}

static int
by_key (gconstpointer a,
        gconstpointer b)
{
  return strcmp (((const Stratum *) a)->key, ((const Stratum *) b)->key);
}

/* Where the steps begin: 0 to @total - 1. */
static guint64
find_start (const char *seed,
            guint64     total)
{
  g_autofree char *lot = lot_of (seed, START);

  lot[START_DIGITS] = '\0';
  return g_ascii_strtoull (lot, NULL, 16) % total;
}

/* Madow's systematic steps over the strata as they lie one after the other, in an
 * order by lot (Goodman and Kish): with a start that is the same for all, a stratum
 * has its share rounded down or up, up as often as its remainder is, and all
 * together make @size. */
static void
share_out (const char *seed,
           GArray     *strata,
           guint64     size,
           guint64     total)
{
  guint64 at = find_start (seed, total);

  g_array_sort (strata, by_key);
  for (guint i = 0; i < strata->len; i++)
    {
      Stratum *stratum = &g_array_index (strata, Stratum, i);
      guint64 next = at + stratum->n * size;

      stratum->drawn = (guint) (next / total - at / total);
      at = next;
    }
}

static void
share_out_by_remainders (GArray  *strata,
                         guint64  size,
                         guint64  total)
{
  guint64 given = 0;

  for (guint i = 0; i < strata->len; i++)
    {
      Stratum *stratum = &g_array_index (strata, Stratum, i);

      stratum->drawn = (guint) (stratum->n * size / total);
      stratum->remainder = stratum->n * size % total;
      given += stratum->drawn;
    }
  g_array_sort (strata, by_remainder);
  for (guint i = 0; given < size; i++, given++)
    g_array_index (strata, Stratum, i).drawn++;
}

static void
choose (SideDraw *self,
        GArray   *strata)
{
  for (guint i = 0; i < strata->len; i++)
    {
      const Stratum *stratum = &g_array_index (strata, Stratum, i);

      for (guint k = 0; k < stratum->drawn; k++)
        ((SideDrawItem *) g_ptr_array_index (self->items, stratum->first + k))->chosen = TRUE;
    }
}

/**
 * side_draw_run:
 * @self: a draw
 * @size: how many are wanted; all, if there are no more
 *
 * Every call has the same chance, @size of the frame; every stratum has its share
 * to less than one call. Steps of one size from a start by lot, over the strata in
 * an order by lot: W. G. Madow (1949), On the Theory of Systematic Sampling II,
 * Ann. Math. Statist. 20, 333-354; R. Goodman and L. Kish (1950), Controlled
 * Selection, J. Amer. Statist. Assoc. 45, 350-372.
 *
 * Can be asked again, for another size: whoever was drawn without strata is
 * drawn in a larger draw too.
 */
void
side_draw_run (SideDraw *self,
               guint     size)
{
  g_autoptr (GArray) strata = find_strata (self);

  if (self->items->len == 0)
    return;
  share_out (self->seed, strata, MIN (size, self->items->len), self->items->len);
  choose (self, strata);
}

/**
 * side_draw_run_by_remainders:
 * @self: a draw
 * @size: how many are wanted; all, if there are no more
 *
 * As side_draw_run(), with the whole shares of the strata by the largest
 * remainders: the same under every seed, and none for a small stratum. Plans
 * that were drawn so are repeated with it; none is drawn so any more.
 */
void
side_draw_run_by_remainders (SideDraw *self,
                             guint     size)
{
  g_autoptr (GArray) strata = find_strata (self);

  if (self->items->len == 0)
    return;
  share_out_by_remainders (strata, MIN (size, self->items->len), self->items->len);
  choose (self, strata);
}

/**
 * side_draw_get_items:
 * @self: a draw
 *
 * Returns: (element-type SideDrawItem) (transfer none): the frame; after
 *   side_draw_run() stratum by stratum, in each by lot
 */
GPtrArray *
side_draw_get_items (SideDraw *self)
{
  return self->items;
}

static int
by_id (gconstpointer a,
       gconstpointer b)
{
  return strcmp ((*(const SideDrawItem *const *) a)->id, (*(const SideDrawItem *const *) b)->id);
}

/**
 * side_draw_dup_frame:
 * @self: a draw
 *
 * Of each call its id, a tab, its stratum and a line feed, in the order of the
 * ids: all that the draw can be repeated from but its seed and size.
 *
 * Returns: (transfer full): the frame as a text
 */
char *
side_draw_dup_frame (SideDraw *self)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->items, NULL, NULL);
  GString *text = g_string_new (NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, by_id);
  for (guint i = 0; i < sorted->len; i++)
    {
      const SideDrawItem *item = g_ptr_array_index (sorted, i);

      g_string_append (text, item->id);
      g_string_append_c (text, '\t');
      g_string_append (text, item->stratum);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/**
 * side_draw_get_frame_hash:
 * @self: a draw
 *
 * Whoever repeats the draw sees whether he has the same calls.
 *
 * Returns: (transfer full): SHA-256 of side_draw_dup_frame()
 */
char *
side_draw_get_frame_hash (SideDraw *self)
{
  g_autofree char *frame = side_draw_dup_frame (self);
  g_autoptr (SideHash) hash = side_hash_new ();

  side_hash_update (hash, frame, strlen (frame));
  return side_hash_get_hex (hash);
}
