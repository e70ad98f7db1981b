/* side-call-notes.h - the notes people made on one call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads and writes annotations through the desk, with or without a network.
 * A GListModel of SideNoteItem in the order of the recording.
 */
#pragma once

#include "side-desk.h"
#include "side-note-item.h"
#include "side-steps.h"
#include "side-tags.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_NOTES (side_call_notes_get_type ())
G_DECLARE_FINAL_TYPE (SideCallNotes, side_call_notes, SIDE, CALL_NOTES, GObject)

/* Signals: failed (GError *error): reading or taking back did not work */
SideCallNotes *side_call_notes_new           (SideDesk *desk);
void           side_call_notes_set_call      (SideCallNotes *self, const SideCall *call);
const char    *side_call_notes_get_call      (SideCallNotes *self);
gboolean       side_call_notes_may_write     (SideCallNotes *self);
gboolean       side_call_notes_is_mine       (SideCallNotes *self, SideNoteItem *item);
gboolean       side_call_notes_may_change    (SideCallNotes *self, SideNoteItem *item);
SideNoteItem  *side_call_notes_find          (SideCallNotes *self, const char *id);
SideNoteDraft *side_call_notes_begin         (SideCallNotes *self, gint64 from_ms, gint64 to_ms);
void           side_call_notes_write_async   (SideCallNotes *self, const SideNoteDraft *draft,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean       side_call_notes_write_finish  (SideCallNotes *self, GAsyncResult *result, GError **error);
void           side_call_notes_remove_async  (SideCallNotes *self, SideNoteItem *item,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean       side_call_notes_remove_finish (SideCallNotes *self, GAsyncResult *result, GError **error);
void           side_call_notes_move          (SideCallNotes *self, const char *id, gint64 from_ms, gint64 to_ms);
void           side_call_notes_import_async  (SideCallNotes *self, GPtrArray *annotations, guint *n_written,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean       side_call_notes_import_finish (SideCallNotes *self, GAsyncResult *result, GError **error);
gboolean       side_call_notes_undo          (SideCallNotes *self);
SideSteps     *side_call_notes_get_steps     (SideCallNotes *self);
SideDesk      *side_call_notes_get_desk      (SideCallNotes *self);
SideTags      *side_call_notes_get_tags      (SideCallNotes *self);

G_END_DECLS
