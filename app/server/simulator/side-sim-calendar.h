/* side-sim-calendar.h - what is going to happen, earliest first
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The event list of the simulation: a binary heap ordered by time and, at one
 * time, by when it was entered, so that a run never depends on the heap's
 * whims. Nothing is ever taken back: an entry carries the generation of what
 * it is about, and is void when that has moved on.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64   at_ms;
  guint64  order;        /* entered how manieth */
  guint    kind;
  guint    subject;      /* number of a call, operator, queue */
  guint    generation;   /* of the subject when entered */
  gpointer data;         /* owned by the entry if its kind says so */
} SideSimEntry;

typedef struct {
  GArray  *heap;         /* of SideSimEntry */
  guint64  entered;
} SideSimCalendar;

void                side_sim_calendar_init  (SideSimCalendar *self);
void                side_sim_calendar_clear (SideSimCalendar *self);
void                side_sim_calendar_add   (SideSimCalendar *self, gint64 at_ms, guint kind, guint subject,
                                             guint generation, gpointer data);
const SideSimEntry *side_sim_calendar_peek  (const SideSimCalendar *self);
gboolean            side_sim_calendar_take  (SideSimCalendar *self, SideSimEntry *entry);

G_END_DECLS
