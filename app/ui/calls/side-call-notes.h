/* side-call-notes.h - the notes people made on one call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads and writes annotations through the desk, with or without a network.
 * A GListModel of SideNoteItem in the order of the recording.
 */
#pragma once

#include <gdk/gdk.h>

#include "side-desk.h"
#include "side-review.h"

G_BEGIN_DECLS

/**
 * SideNoteTag: a word of the vocabulary.
 * @id: what is stored
 * @label: what is shown, translated
 * @colour: "#26a269"
 */
typedef struct {
  const char *id;
  const char *label;
  const char *colour;
} SideNoteTag;

const SideNoteTag *side_note_tags      (gsize *n_tags);
const SideNoteTag *side_note_tag_find  (const char *id);
GdkRGBA            side_note_tag_rgba  (const char *id);

#define SIDE_TYPE_NOTE_ITEM (side_note_item_get_type ())
G_DECLARE_FINAL_TYPE (SideNoteItem, side_note_item, SIDE, NOTE_ITEM, GObject)

SideAnnotation *side_note_item_get_annotation (SideNoteItem *self);

#define SIDE_TYPE_CALL_NOTES (side_call_notes_get_type ())
G_DECLARE_FINAL_TYPE (SideCallNotes, side_call_notes, SIDE, CALL_NOTES, GObject)

/* Signals: failed (GError *error): reading or writing did not work */
SideCallNotes *side_call_notes_new      (SideDesk *desk);
void           side_call_notes_set_call (SideCallNotes *self, const SideCall *call);
void           side_call_notes_add      (SideCallNotes *self, gint64 from_ms, gint64 to_ms,
                                         const char *tag, const char *text);
void           side_call_notes_change   (SideCallNotes *self, const char *id, const char *tag, const char *text);
void           side_call_notes_remove   (SideCallNotes *self, const char *id);
gboolean       side_call_notes_undo     (SideCallNotes *self);

G_END_DECLS
