/* side-document.c - something people write that both ends keep
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-document.h"

G_DEFINE_BOXED_TYPE (SideDocument, side_document, side_document_ref, side_document_unref)

static const char *const kinds[] = { "script", "draft", "review", "annotation", "tag", "listening", "export", "calibration", "dispute", "acknowledgement", "plan", "coaching", "scorecard",
                                     "scenario", "test-call", "campaign", "alert-rule", "alert-act", NULL };

/**
 * side_document_kind_is_valid:
 * @kind: (nullable): a word from outside
 *
 * Returns: whether documents of that kind are kept
 */
gboolean
side_document_kind_is_valid (const char *kind)
{
  return kind != NULL && g_strv_contains (kinds, kind);
}

/**
 * side_document_new:
 * @kind: its kind
 * @id: its UUID
 * @project: whose it is
 *
 * Returns: (transfer full): a document without content, never sent
 */
SideDocument *
side_document_new (const char *kind,
                   const char *id,
                   const char *project)
{
  SideDocument *self = g_new0 (SideDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  return self;
}

/**
 * side_document_copy:
 * @self: a document
 *
 * Returns: (transfer full): a document of its own with the same content
 */
SideDocument *
side_document_copy (const SideDocument *self)
{
  SideDocument *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_document_new (self->kind, self->id, self->project);
  copy->call = g_strdup (self->call);
  copy->revision = self->revision;
  copy->change = self->change;
  copy->changed_ms = self->changed_ms;
  copy->author = g_strdup (self->author);
  copy->body = g_strdup (self->body);
  copy->deleted = self->deleted;
  return copy;
}

/**
 * side_document_ref:
 * @self: a document
 *
 * Returns: (transfer full): @self
 */
SideDocument *
side_document_ref (SideDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_document_unref:
 * @self: (transfer full): a document
 */
void
side_document_unref (SideDocument *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->kind);
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->author);
  g_free (self->body);
  g_free (self);
}
