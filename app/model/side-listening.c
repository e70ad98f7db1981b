/* side-listening.c - what one person heard, and what left the house
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-listening.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (SideListening, side_listening, side_listening_ref, side_listening_unref)
G_DEFINE_BOXED_TYPE (SideExportRecord, side_export_record, side_export_record_ref, side_export_record_unref)

/* A player tells its place a few times a second: pieces that touch within a
 * drawn frame were heard as one. */
#define TOUCHING_MS 60

/**
 * side_listening_new:
 * @id: UUID
 * @project: id of the call's project
 * @call: id of the leg
 * @listener: the user
 *
 * Returns: (transfer full): a sitting in which nothing was heard yet
 */
SideListening *
side_listening_new (const char *id,
                    const char *project,
                    const char *call,
                    const char *listener)
{
  SideListening *self = g_new0 (SideListening, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->listener = g_strdup (listener);
  self->spans = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  return self;
}

/**
 * side_listening_ref:
 * @self: a listening
 *
 * Returns: (transfer full): @self
 */
SideListening *
side_listening_ref (SideListening *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_listening_unref:
 * @self: (transfer full): a listening
 */
void
side_listening_unref (SideListening *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->listener);
  g_array_unref (self->spans);
  g_free (self);
}

/**
 * side_listening_add:
 * @self: a listening
 * @from_ms: where the played piece starts
 * @to_ms: where it ends; nothing is added unless it is greater
 * @rate: how fast it was played, above 0
 *
 * A piece that continues the last one at the same speed lengthens it.
 */
void
side_listening_add (SideListening *self,
                    gint64         from_ms,
                    gint64         to_ms,
                    double         rate)
{
  SideHeard piece = { from_ms, to_ms, rate };
  SideHeard *last;

  g_return_if_fail (self != NULL);
  g_return_if_fail (from_ms >= 0 && rate > 0);
  if (to_ms <= from_ms)
    return;
  last = self->spans->len > 0 ? &g_array_index (self->spans, SideHeard, self->spans->len - 1) : NULL;
  if (last != NULL && fabs (last->rate - rate) < 1e-6 && from_ms >= last->from_ms && from_ms <= last->to_ms + TOUCHING_MS)
    last->to_ms = MAX (last->to_ms, to_ms);
  else
    g_array_append_val (self->spans, piece);
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const SideHeard *x = a, *y = b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/**
 * side_heard_union:
 * @spans: (array length=n_spans): what was played, in any order, of any number of sittings
 * @n_spans: how many
 * @length_ms: length of the recording; what lies behind it does not count; 0 if not known
 * @heard_ms: (out) (optional): how much of it was heard at least once
 *
 * The rate of a joined span is that of its parts together: the time they cover,
 * repeats included, over the time it took to hear them.
 *
 * Returns: (transfer full): of #SideHeard, apart from each other, first first
 */
GArray *
side_heard_union (const SideHeard *spans,
                  gsize            n_spans,
                  gint64           length_ms,
                  gint64          *heard_ms)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  double played_ms = 0, took_ms = 0;
  gint64 sum = 0;

  if (n_spans > 0)
    g_array_append_vals (sorted, spans, (guint) n_spans);
  g_array_sort (sorted, compare_starts);
  for (guint i = 0; i < sorted->len; i++)
    {
      SideHeard piece = g_array_index (sorted, SideHeard, i);
      SideHeard *last = joined->len > 0 ? &g_array_index (joined, SideHeard, joined->len - 1) : NULL;

      piece.from_ms = MAX (0, piece.from_ms);
      if (length_ms > 0)
        piece.to_ms = MIN (piece.to_ms, length_ms);
      if (piece.to_ms <= piece.from_ms || piece.rate <= 0)
        continue;
      if (last != NULL && piece.from_ms <= last->to_ms + TOUCHING_MS)
        {
          played_ms += (double) (piece.to_ms - piece.from_ms);
          took_ms += (double) (piece.to_ms - piece.from_ms) / piece.rate;
          last->to_ms = MAX (last->to_ms, piece.to_ms);
          last->rate = played_ms / took_ms;
        }
      else
        {
          played_ms = (double) (piece.to_ms - piece.from_ms);
          took_ms = played_ms / piece.rate;
          g_array_append_val (joined, piece);
        }
    }
  for (guint i = 0; i < joined->len; i++)
    sum += g_array_index (joined, SideHeard, i).to_ms - g_array_index (joined, SideHeard, i).from_ms;
  if (heard_ms != NULL)
    *heard_ms = sum;
  return joined;
}

/**
 * side_export_record_new:
 * @id: UUID
 * @project: id of the call's project
 * @call: id of the leg
 *
 * Returns: (transfer full): a record to be filled
 */
SideExportRecord *
side_export_record_new (const char *id,
                        const char *project,
                        const char *call)
{
  SideExportRecord *self = g_new0 (SideExportRecord, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->blanked = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  return self;
}

/**
 * side_export_record_ref:
 * @self: a record
 *
 * Returns: (transfer full): @self
 */
SideExportRecord *
side_export_record_ref (SideExportRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_export_record_unref:
 * @self: (transfer full): a record
 */
void
side_export_record_unref (SideExportRecord *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->author);
  g_free (self->format);
  g_free (self->name);
  g_free (self->sha256);
  g_array_unref (self->blanked);
  g_free (self);
}
