/* side-draft-keeper.h - one draft of a document while it is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds the draft as it is on the screen, what can be taken back, and writes
 * it a moment after each change.
 *
 * Signals:
 *   changed ()              the draft is another now, or it was saved
 *   replaced ()             somebody else's version took its place
 *   failed (GError *error)  it could not be written; it is tried again
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideDraftKind: what a keeper has to know of what it keeps.
 * @copy: (transfer full): another one that can be changed
 * @to_document: (transfer full): it as it is written over @before, which is nullable
 */
typedef struct {
  gpointer      (*copy)        (gconstpointer value);
  gpointer      (*ref)         (gpointer value);
  void          (*unref)       (gpointer value);
  SideDocument *(*to_document) (gconstpointer value, SideDocument *before);
} SideDraftKind;

#define SIDE_TYPE_DRAFT_KEEPER (side_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SideDraftKeeper, side_draft_keeper, SIDE, DRAFT_KEEPER, GObject)

SideDraftKeeper  *side_draft_keeper_new          (SideDesk *desk, SideScript *draft, SideDocument *stored);
SideDraftKeeper  *side_draft_keeper_new_for      (SideDesk *desk, const SideDraftKind *kind, gpointer value, SideDocument *stored);
gconstpointer     side_draft_keeper_get          (SideDraftKeeper *self);
const SideScript *side_draft_keeper_get_script   (SideDraftKeeper *self);
gpointer          side_draft_keeper_begin        (SideDraftKeeper *self);
void              side_draft_keeper_put          (SideDraftKeeper *self, gpointer draft, const char *words, const char *field);
void              side_draft_keeper_end_field    (SideDraftKeeper *self);
gboolean          side_draft_keeper_can_undo     (SideDraftKeeper *self);
gboolean          side_draft_keeper_can_redo     (SideDraftKeeper *self);
char             *side_draft_keeper_undo         (SideDraftKeeper *self);
char             *side_draft_keeper_redo         (SideDraftKeeper *self);
void              side_draft_keeper_flush        (SideDraftKeeper *self);
void              side_draft_keeper_set_removed  (SideDraftKeeper *self, gboolean removed);
gboolean          side_draft_keeper_is_removed   (SideDraftKeeper *self);
gboolean          side_draft_keeper_is_busy      (SideDraftKeeper *self);
gboolean          side_draft_keeper_has_failed   (SideDraftKeeper *self);
gint64            side_draft_keeper_get_saved_ms (SideDraftKeeper *self);
void              side_draft_keeper_take         (SideDraftKeeper *self, gpointer draft, SideDocument *stored);

G_END_DECLS
