/* side-document-shelf.h - the documents of a kind in a desk's project, kept fresh
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What vocabularies, plans, scripts and others have in common: they read the
 * documents of the desk's project, read them anew when the store says that one
 * of them changed, begin again with another project, and write through the desk.
 * A class of its own says what becomes of the documents.
 */
#pragma once

#include "side-desk.h"
#include "side-steps.h"

G_BEGIN_DECLS

#define SIDE_TYPE_DOCUMENT_SHELF (side_document_shelf_get_type ())
G_DECLARE_DERIVABLE_TYPE (SideDocumentShelf, side_document_shelf, SIDE, DOCUMENT_SHELF, GObject)

/**
 * SideDocumentShelfClass:
 * @kinds: (array zero-terminated=1) (nullable): what is read; %NULL when
 *   @take asks for all it needs itself
 * @concerns: whether it is read anew when that document changes; by default
 *   when it is of one of @kinds
 * @forget: (nullable): another project: lets go of what was read
 * @take: puts what was read in the place of what was there, and calls
 *   side_document_shelf_set_read(), at once or when it has read the rest. The
 *   documents are in the order of @kinds, and none of them is deleted
 * @follow: (nullable): another store, to hear of more than documents
 * @tick: (nullable): another second of the desk
 *
 * Properties: "desk" (SideDesk, construct only, not kept alive).
 *
 * Signals:
 *   changed ()              what was read, or whether it could be, or the project
 *   failed (GError *error)  reading or writing did not work
 */
struct _SideDocumentShelfClass
{
  GObjectClass parent_class;

  const char *const *kinds;
  gboolean (*concerns) (SideDocumentShelf *self, const char *kind, const char *id, const char *call);
  void     (*forget)   (SideDocumentShelf *self);
  void     (*take)     (SideDocumentShelf *self, GPtrArray *documents);
  void     (*follow)   (SideDocumentShelf *self, SideStore *store);
  void     (*tick)     (SideDocumentShelf *self);
};

/* SideShelfErrand: a question asked for a shelf, until it is answered */
typedef struct _SideShelfErrand SideShelfErrand;

gpointer         side_document_shelf_get             (SideDesk *desk, GType type);
SideDesk        *side_document_shelf_get_desk        (SideDocumentShelf *self);
SideStore       *side_document_shelf_get_store       (SideDocumentShelf *self);
const char      *side_document_shelf_get_project     (SideDocumentShelf *self);
GCancellable    *side_document_shelf_get_cancellable (SideDocumentShelf *self);
const GError    *side_document_shelf_get_error       (SideDocumentShelf *self);
gboolean         side_document_shelf_is_read         (SideDocumentShelf *self);
gboolean         side_document_shelf_is_reading      (SideDocumentShelf *self);
gboolean         side_document_shelf_may_write       (SideDocumentShelf *self);
SideDocument    *side_document_shelf_find            (SideDocumentShelf *self, const char *id);
SideSteps       *side_document_shelf_get_steps       (SideDocumentShelf *self);

void             side_document_shelf_reload          (SideDocumentShelf *self);
void             side_document_shelf_set_read        (SideDocumentShelf *self);
void             side_document_shelf_changed         (SideDocumentShelf *self);
void             side_document_shelf_fail            (SideDocumentShelf *self, const GError *error);
SideShelfErrand *side_document_shelf_begin           (SideDocumentShelf *self, gboolean hold);
gpointer         side_document_shelf_end             (SideShelfErrand *errand);

void             side_document_shelf_put             (SideDocumentShelf *self, SideDocument *document, SideDocument *base);
void             side_document_shelf_add_change      (SideDocumentShelf *self, GPtrArray *changes, SideDocument *document);
void             side_document_shelf_write           (SideDocumentShelf *self, const char *words, GPtrArray *changes);

G_END_DECLS
