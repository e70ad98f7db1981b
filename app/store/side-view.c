/* side-view.c - what one list shows, as the database's thread knows it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change of calls is followed in two halves: before the columns change, the
 * places of the changed rows are marked; after, those that moved or left are
 * taken out and those that came are put in. Places are found by bisection, so
 * a new call costs a view of a million a few comparisons and one move of
 * memory.
 */
#include "side-view.h"

#include <string.h>

#define MAX_STEPS 64   /* more, and one step over the whole stretch is cheaper for everybody */

#define NOWHERE G_MAXUINT

/* A changed row as it was; @raw and @joined are what its place came from. */
typedef struct {
  guint32 row;
  guint   position;
  guint64 raw;
  gint64  joined;
} SideViewMark;

SideViewTicket *
side_view_ticket_new (void)
{
  SideViewTicket *self = g_new0 (SideViewTicket, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SideViewTicket *
side_view_ticket_ref (SideViewTicket *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_view_ticket_unref (SideViewTicket *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

static SideViewDelta *
delta_new (void)
{
  SideViewDelta *self = g_new0 (SideViewDelta, 1);

  self->steps = g_array_new (FALSE, FALSE, sizeof (SideViewStep));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
side_view_delta_free (SideViewDelta *self)
{
  g_array_unref (self->steps);
  g_array_unref (self->rows);
  g_free (self);
}

static void
add_step (SideViewDelta *self,
          guint          position,
          guint          removed,
          const guint32 *rows,
          guint          added)
{
  SideViewStep step = { position, removed, added };

  g_array_append_val (self->steps, step);
  if (added > 0)
    g_array_append_vals (self->rows, rows, added);
}

/**
 * side_view_delta_between:
 * @before: (element-type guint32): rows
 * @after: (element-type guint32): rows
 *
 * Returns: (transfer full): one step from one to the other that leaves alone
 *   what they have in common at both ends; no step when they are the same
 */
SideViewDelta *
side_view_delta_between (const GArray *before,
                         const GArray *after)
{
  const guint32 *a = (const guint32 *) (const void *) before->data;
  const guint32 *b = (const guint32 *) (const void *) after->data;
  guint shorter = MIN (before->len, after->len);
  SideViewDelta *delta = delta_new ();
  guint head = 0;
  guint tail = 0;

  while (head < shorter && a[head] == b[head])
    head++;
  while (tail < shorter - head && a[before->len - 1 - tail] == b[after->len - 1 - tail])
    tail++;
  if (head + tail < before->len || head + tail < after->len)
    add_step (delta, head, before->len - head - tail, b + head, after->len - head - tail);
  return delta;
}

SideView *
side_view_new (guint           id,
               SideViewTicket *ticket)
{
  SideView *self = g_new0 (SideView, 1);

  self->id = id;
  self->ticket = side_view_ticket_ref (ticket);
  self->query = side_call_query_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->before = g_array_new (FALSE, FALSE, sizeof (SideViewMark));
  return self;
}

void
side_view_free (SideView *self)
{
  side_view_ticket_unref (self->ticket);
  side_call_query_free (self->query);
  g_array_unref (self->rows);
  g_array_unref (self->before);
  g_free (self);
}

/**
 * side_view_is_outdated:
 * @self: a view
 *
 * Returns: whether the list asked something else meanwhile
 */
gboolean
side_view_is_outdated (SideView *self)
{
  return g_atomic_int_get (&self->ticket->asked) != self->generation;
}

static gboolean
stop_outdated (gpointer view)
{
  return side_view_is_outdated (view);
}

/**
 * side_view_select:
 * @query: what to show
 * @columns: the columns, loaded
 * @db: the database
 * @stop: (nullable): asked now and then whether to go on
 * @stop_data: its argument
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type guint32) (nullable): the rows of
 *   @query in its order
 */
GArray *
side_view_select (const SideCallQuery  *query,
                  SideColumns          *columns,
                  SideDb               *db,
                  SideStopFunc          stop,
                  gpointer              stop_data,
                  GError              **error)
{
  g_autoptr (GArray) rows = NULL;
  const guint32 *order = (const guint32 *) (const void *) columns->by_time->data;
  guint n = columns->by_time->len;
  guint32 *out;

  if (!side_columns_update_ranks (columns, db, error))
    return NULL;
  rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_set_size (rows, n);
  out = (guint32 *) (void *) rows->data;
  for (guint i = 0; i < n; i++)
    out[i] = order[n - 1 - i];
  if (!side_filter_run (query, columns, db, rows, stop, stop_data, error))
    return NULL;
  side_columns_sort (columns, query->sort, query->descending, (guint32 *) (void *) rows->data, rows->len);
  return g_steal_pointer (&rows);
}

/**
 * side_view_build:
 * @self: a view with its query set
 * @columns: the columns, loaded
 * @db: the database
 * @error: (out): CANCELLED when the list asked something else meanwhile
 *
 * Returns: %TRUE on success
 */
gboolean
side_view_build (SideView     *self,
                 SideColumns  *columns,
                 SideDb       *db,
                 GError      **error)
{
  GArray *rows = side_view_select (self->query, columns, db, stop_outdated, self, error);

  if (rows == NULL)
    return FALSE;
  g_array_unref (self->rows);
  self->rows = rows;
  self->built = TRUE;
  return TRUE;
}

static guint
find_place (SideView          *self,
            const SideColumns *columns,
            guint32            row)
{
  const guint32 *rows = (const guint32 *) (const void *) self->rows->data;
  guint low = 0;
  guint high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (side_columns_compare (columns, self->query->sort, self->query->descending, rows[middle], row) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What the row's place depends on; unlike a rank it does not change when a
 * name comes that stands before it in the alphabet. */
static guint64
raw_key (SideView          *self,
         const SideColumns *columns,
         guint32            row)
{
  switch (self->query->sort)
    {
    case SIDE_CALL_SORT_OPERATOR:
      return columns->operator_name[row];
    case SIDE_CALL_SORT_QUEUE:
      return columns->queue[row];
    case SIDE_CALL_SORT_TIME:
    case SIDE_CALL_SORT_NUMBER:
    case SIDE_CALL_SORT_WAIT:
    case SIDE_CALL_SORT_TALK:
    case SIDE_CALL_SORT_SCORE:
    case SIDE_CALL_SORT_OUTCOME:
    case SIDE_CALL_SORT_SOUND:
    default:
      return side_columns_get_key (columns, self->query->sort, row);
    }
}

/**
 * side_view_mark:
 * @self: a view
 * @columns: the columns, before the change
 * @changed: (element-type guint32): rows about to change, each once
 *
 * The first half of following a change.
 */
void
side_view_mark (SideView          *self,
                const SideColumns *columns,
                const GArray      *changed)
{
  g_array_set_size (self->before, 0);
  for (guint i = 0; self->built && i < changed->len; i++)
    {
      SideViewMark mark = { g_array_index (changed, guint32, i), NOWHERE, 0, 0 };

      if (side_columns_is_present (columns, mark.row))
        {
          guint place = find_place (self, columns, mark.row);

          mark.raw = raw_key (self, columns, mark.row);
          mark.joined = columns->joined[mark.row];
          if (place < self->rows->len && g_array_index (self->rows, guint32, place) == mark.row)
            mark.position = place;
        }
      g_array_append_val (self->before, mark);
    }
}

/* Splits the marked rows into places to clear and rows to put in. */
static gboolean
find_differences (SideView     *self,
                  SideColumns  *columns,
                  SideDb       *db,
                  GArray       *gone,
                  GArray       *come,
                  GError      **error)
{
  g_autoptr (GArray) passing = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint next = 0;

  for (guint i = 0; i < self->before->len; i++)
    {
      guint32 row = g_array_index (self->before, SideViewMark, i).row;

      if (side_columns_is_present (columns, row))
        g_array_append_val (passing, row);
    }
  if (!side_filter_run (self->query, columns, db, passing, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < self->before->len; i++)
    {
      const SideViewMark *mark = &g_array_index (self->before, SideViewMark, i);
      gboolean passes = next < passing->len && g_array_index (passing, guint32, next) == mark->row;

      if (passes)
        next++;
      if (passes && mark->position != NOWHERE
          && mark->raw == raw_key (self, columns, mark->row) && mark->joined == columns->joined[mark->row])
        continue;
      if (mark->position != NOWHERE)
        g_array_append_val (gone, mark->position);
      if (passes)
        g_array_append_val (come, mark->row);
    }
  return TRUE;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

typedef struct {
  const SideColumns   *columns;
  const SideCallQuery *query;
} RowOrder;

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      order)
{
  const RowOrder *by = order;

  return side_columns_compare (by->columns, by->query->sort, by->query->descending,
                               *(const guint32 *) a, *(const guint32 *) b);
}

/* Takes out from the back, so that places further ahead stay right. */
static void
remove_positions (SideView      *self,
                  GArray        *gone,
                  SideViewDelta *delta)
{
  guint end = gone->len;

  while (end > 0)
    {
      guint start = end - 1;
      guint position;

      while (start > 0 && g_array_index (gone, guint, start - 1) + 1 == g_array_index (gone, guint, start))
        start--;
      position = g_array_index (gone, guint, start);
      g_array_remove_range (self->rows, position, end - start);
      add_step (delta, position, end - start, NULL, 0);
      end = start;
    }
}

static void
insert_rows (SideView          *self,
             const SideColumns *columns,
             GArray            *come,
             SideViewDelta     *delta)
{
  const guint32 *rows = (const guint32 *) (const void *) come->data;
  guint end = come->len;

  while (end > 0)
    {
      guint start = end - 1;
      guint position = find_place (self, columns, rows[start]);

      while (start > 0 && find_place (self, columns, rows[start - 1]) == position)
        start--;
      g_array_insert_vals (self->rows, position, rows + start, end - start);
      add_step (delta, position, 0, rows + start, end - start);
      end = start;
    }
}

static guint
count_removals (const GArray *gone)
{
  guint runs = gone->len > 0 ? 1 : 0;

  for (guint i = 1; i < gone->len; i++)
    runs += g_array_index (gone, guint, i) != g_array_index (gone, guint, i - 1) + 1;
  return runs;
}

/* Everything in one pass, however many rows changed. */
static SideViewDelta *
merge_all (SideView          *self,
           const SideColumns *columns,
           const GArray      *gone,
           const GArray      *come)
{
  g_autoptr (GArray) before = self->rows;
  guint next_gone = 0;
  guint next_come = 0;

  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), before->len + come->len);
  for (guint i = 0; i < before->len; i++)
    {
      guint32 row = g_array_index (before, guint32, i);

      if (next_gone < gone->len && g_array_index (gone, guint, next_gone) == i)
        {
          next_gone++;
          continue;
        }
      while (next_come < come->len
             && side_columns_compare (columns, self->query->sort, self->query->descending,
                                      g_array_index (come, guint32, next_come), row) < 0)
        g_array_append_val (self->rows, g_array_index (come, guint32, next_come++));
      g_array_append_val (self->rows, row);
    }
  while (next_come < come->len)
    g_array_append_val (self->rows, g_array_index (come, guint32, next_come++));
  return side_view_delta_between (before, self->rows);
}

/**
 * side_view_update:
 * @self: a view
 * @columns: the columns, after the change
 * @db: the database
 * @error: (out): the error; then the view must be built anew
 *
 * The second half of following a change: see side_view_mark().
 *
 * Returns: (transfer full) (nullable): the steps that lead from the old rows
 *   to the new; %NULL without an error when there are none
 */
SideViewDelta *
side_view_update (SideView     *self,
                  SideColumns  *columns,
                  SideDb       *db,
                  GError      **error)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) come = g_array_new (FALSE, FALSE, sizeof (guint32));
  SideViewDelta *delta;

  if (!self->built || self->before->len == 0)
    return NULL;
  if (!side_columns_update_ranks (columns, db, error)
      || !find_differences (self, columns, db, gone, come, error))
    {
      self->built = FALSE;
      return NULL;
    }
  g_array_set_size (self->before, 0);
  if (gone->len == 0 && come->len == 0)
    return NULL;
  g_array_sort (gone, compare_positions);
  g_array_sort_with_data (come, compare_rows, &(RowOrder) { columns, self->query });
  if (count_removals (gone) + come->len > MAX_STEPS)
    return merge_all (self, columns, gone, come);
  delta = delta_new ();
  remove_positions (self, gone, delta);
  insert_rows (self, columns, come, delta);
  return delta;
}
