/* side-note-item.h - one note on a call, and one that is being written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SideCallNotes is a list of, and what an editor holds until it is
 * written.
 */
#pragma once

#include <gdk/gdk.h>

#include "side-wire.h"

G_BEGIN_DECLS

/**
 * SideNoteTag: a word every vocabulary has until somebody changes it; SideTags tells
 * what a project has.
 * @id: what is stored
 * @label: what is shown, translated
 * @colour: "#26a269"
 * @shortcut: (nullable): the key that marks with it: "1"
 */
typedef struct {
  const char *id;
  const char *label;
  const char *colour;
  const char *shortcut;
} SideNoteTag;

#define SIDE_NOTE_TAG_OTHER "other"   /* of a note without a tag of its own */
#define SIDE_NOTE_TAG_ACTION "action" /* of the server's marks of what was done to a call; nobody else makes or changes one */
#define SIDE_NOTE_TEXT_MAX  16000     /* characters to be typed: 4 bytes each at most, and the protocol takes 65536 bytes */
#define SIDE_NOTE_RETRY_S   10        /* after which what could not be written is tried again */

const SideNoteTag *side_note_tags      (gsize *n_tags);
const SideNoteTag *side_note_tag_find  (const char *id);
GdkRGBA            side_note_tag_rgba  (const char *id);

#define SIDE_TYPE_NOTE_ITEM (side_note_item_get_type ())
G_DECLARE_FINAL_TYPE (SideNoteItem, side_note_item, SIDE, NOTE_ITEM, GObject)

SideNoteItem   *side_note_item_new            (SideDocument *document, GError **error);
SideAnnotation *side_note_item_get_annotation (SideNoteItem *self);
SideDocument   *side_note_item_get_document   (SideNoteItem *self);
const char     *side_note_item_get_parent     (SideNoteItem *self);
SideNoteItem   *side_note_item_get_root       (SideNoteItem *self, GHashTable *by_id);
void            side_note_item_place          (SideNoteItem *self, gint64 starts_ms, gint64 length_ms);
gboolean        side_note_item_differs        (SideNoteItem *self, const SideAnnotation *other);
gboolean        side_note_item_renew          (SideNoteItem *self, SideNoteItem *now);

/**
 * SideNoteDraft: a note that somebody is writing.
 * @id: of the note it is or will be
 * @call: on which it was begun, whichever is open meanwhile
 * @project: the call's
 * @item: (nullable): the note that is being changed, as it was in sight; %NULL
 *   for a new one
 * @parent: (nullable): id of the note it answers
 * @from_ms: position in the recording
 * @to_ms: end of the span, or @from_ms
 * @tag: (nullable): a word of the vocabulary
 * @text: (nullable): what is said
 * @criterion: (nullable): id of the script's criterion it is evidence for
 * @moment_ms: when it was taken, of a new note on a call that is going on; 0 on
 *   a recording
 * @writing: it is on its way to the disk
 * @unsaved: the last try did not work
 *
 * Counted by reference; one main context's.
 */
typedef struct {
  char         *id;
  char         *call;
  char         *project;
  SideNoteItem *item;
  char         *parent;
  gint64        from_ms;
  gint64        to_ms;
  char         *tag;
  char         *text;
  char         *criterion;
  gint64        moment_ms;
  gboolean      writing;
  gboolean      unsaved;
} SideNoteDraft;

SideNoteDraft  *side_note_draft_new           (const char *project, const char *call, gint64 from_ms, gint64 to_ms);
SideNoteDraft  *side_note_draft_new_change    (SideNoteItem *item);
SideNoteDraft  *side_note_draft_new_answer    (SideNoteItem *item);
SideNoteDraft  *side_note_draft_ref           (SideNoteDraft *draft);
void            side_note_draft_unref         (SideNoteDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideNoteDraft, side_note_draft_unref)

G_END_DECLS
