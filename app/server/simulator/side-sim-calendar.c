/* side-sim-calendar.c - what is going to happen, earliest first
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-sim-calendar.h"

static inline SideSimEntry *
entry_at (const SideSimCalendar *self,
          guint                  i)
{
  return &g_array_index (self->heap, SideSimEntry, i);
}

static inline gboolean
is_earlier (const SideSimEntry *a,
            const SideSimEntry *b)
{
  return a->at_ms < b->at_ms || (a->at_ms == b->at_ms && a->order < b->order);
}

/**
 * side_sim_calendar_init:
 * @self: a calendar
 */
void
side_sim_calendar_init (SideSimCalendar *self)
{
  self->heap = g_array_new (FALSE, FALSE, sizeof (SideSimEntry));
  self->entered = 0;
}

/**
 * side_sim_calendar_clear:
 * @self: a calendar
 *
 * What the entries' data point to has been freed by the caller.
 */
void
side_sim_calendar_clear (SideSimCalendar *self)
{
  g_clear_pointer (&self->heap, g_array_unref);
}

/**
 * side_sim_calendar_add:
 * @self: a calendar
 * @at_ms: when
 * @kind: what
 * @subject: of whom
 * @generation: the subject's, now
 * @data: (nullable): what else belongs to it
 */
void
side_sim_calendar_add (SideSimCalendar *self,
                       gint64           at_ms,
                       guint            kind,
                       guint            subject,
                       guint            generation,
                       gpointer         data)
{
  SideSimEntry entry = { at_ms, self->entered++, kind, subject, generation, data };
  guint at = self->heap->len;

  g_array_append_val (self->heap, entry);
  while (at > 0 && is_earlier (&entry, entry_at (self, (at - 1) / 2)))
    {
      *entry_at (self, at) = *entry_at (self, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  *entry_at (self, at) = entry;
}

/**
 * side_sim_calendar_peek:
 * @self: a calendar
 *
 * Returns: (nullable): the earliest entry, valid until the next change
 */
const SideSimEntry *
side_sim_calendar_peek (const SideSimCalendar *self)
{
  return self->heap->len > 0 ? entry_at (self, 0) : NULL;
}

/**
 * side_sim_calendar_take:
 * @self: a calendar
 * @entry: (out): the earliest entry, taken out
 *
 * Returns: whether there was one
 */
gboolean
side_sim_calendar_take (SideSimCalendar *self,
                        SideSimEntry    *entry)
{
  SideSimEntry last;
  guint at = 0;
  guint n;

  if (self->heap->len == 0)
    return FALSE;
  *entry = *entry_at (self, 0);
  n = self->heap->len - 1;
  last = *entry_at (self, n);
  g_array_set_size (self->heap, n);
  while (n > 0)
    {
      guint child = 2 * at + 1;

      if (child + 1 < n && is_earlier (entry_at (self, child + 1), entry_at (self, child)))
        child++;
      if (child >= n || is_earlier (&last, entry_at (self, child)))
        break;
      *entry_at (self, at) = *entry_at (self, child);
      at = child;
    }
  if (n > 0)
    *entry_at (self, at) = last;
  return TRUE;
}
