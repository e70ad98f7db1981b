/* side-document.h - something people write that both ends keep
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scripts, reviews, annotations, tags, what was heard and what was exported
 * travel as documents: a kind, a UUID, a revision and a JSON body. The server orders them by @change.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _SideDocument SideDocument;

/**
 * SideDocument:
 * @kind: "script", "review", "annotation", "tag", "listening" or "export"
 * @id: UUID
 * @project: whose it is; scope is decided by it
 * @call: (nullable): the call it is about
 * @revision: the server's count of changes of this document, 0 = never sent
 * @change: the server's count over all documents, for the feed
 * @author: (nullable): user who last changed it
 * @body: JSON text, or %NULL when @deleted
 */
struct _SideDocument
{
  gatomicrefcount  ref_count;
  char            *kind;
  char            *id;
  char            *project;
  char            *call;
  gint64           revision;
  gint64           change;
  gint64           changed_ms;
  char            *author;
  char            *body;
  gboolean         deleted;
};

#define SIDE_TYPE_DOCUMENT (side_document_get_type ())
GType         side_document_get_type (void);
SideDocument *side_document_new      (const char *kind, const char *id, const char *project);
SideDocument *side_document_copy     (const SideDocument *self);
SideDocument *side_document_ref      (SideDocument *self);
void          side_document_unref    (SideDocument *self);
gboolean      side_document_kind_is_valid (const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideDocument, side_document_unref)

G_END_DECLS
