/* side-steps.h - what was written step by step, to be taken back and done again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step is one deed of a person: one document or many, written, changed or
 * removed. Each way of writing that can be undone keeps its own steps; their
 * stamps tell which of two was later, so that one key can undo the newest of
 * several.
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideStepsEnds: when the newest step that can be taken was made.
 * @made: when the newest step of all was made by a person; 0 for none
 * @done: of the step that undoing would take back; 0 for none
 * @undone: when the step that redoing would make again was taken back; 0 for none
 *
 * Stamps grow with each of these deeds and are comparable with one another.
 */
typedef struct {
  gint64 made;
  gint64 done;
  gint64 undone;
} SideStepsEnds;

gint64      side_steps_stamp         (void);

#define SIDE_TYPE_STEPS (side_steps_get_type ())
G_DECLARE_FINAL_TYPE (SideSteps, side_steps, SIDE, STEPS, GObject)

/* Signals: failed (GError *error): taking back, or doing again, did not work */
SideSteps  *side_steps_new           (SideDesk *desk);
void        side_steps_forget        (SideSteps *self);
GPtrArray  *side_steps_new_changes   (void);
void        side_steps_add_change    (GPtrArray *changes, SideDocument *document, SideDocument *base);
void        side_steps_add_new       (GPtrArray *changes, SideDocument *document);
void        side_steps_write_async   (SideSteps *self, const char *words, GPtrArray *changes,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean    side_steps_write_finish  (SideSteps *self, GAsyncResult *result, GError **error);
void        side_steps_get_ends      (SideSteps *self, SideStepsEnds *ends);
char       *side_steps_undo          (SideSteps *self);
char       *side_steps_redo          (SideSteps *self);

G_END_DECLS
