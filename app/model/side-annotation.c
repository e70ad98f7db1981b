/* side-annotation.c - what people mark on a recording, and with which words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-annotation.h"

G_DEFINE_BOXED_TYPE (SideAnnotation, side_annotation, side_annotation_ref, side_annotation_unref)
G_DEFINE_BOXED_TYPE (SideTag, side_tag, side_tag_ref, side_tag_unref)

/**
 * side_annotation_new:
 * @id: UUID
 * @project: id of the call's project
 * @call: id of the leg
 * @from_ms: position in the recording
 * @to_ms: end of the span; @from_ms for a point
 *
 * Returns: (transfer full): an annotation without text
 */
SideAnnotation *
side_annotation_new (const char *id,
                     const char *project,
                     const char *call,
                     gint64      from_ms,
                     gint64      to_ms)
{
  SideAnnotation *self = g_new0 (SideAnnotation, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  return self;
}

/**
 * side_annotation_copy:
 * @self: an annotation
 *
 * Returns: (transfer full): an annotation of its own with the same content
 */
SideAnnotation *
side_annotation_copy (const SideAnnotation *self)
{
  SideAnnotation *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_annotation_new (self->id, self->project, self->call, self->from_ms, self->to_ms);
  copy->tag = g_strdup (self->tag);
  copy->text = g_strdup (self->text);
  copy->author = g_strdup (self->author);
  copy->criterion = g_strdup (self->criterion);
  copy->parent = g_strdup (self->parent);
  copy->moment_ms = self->moment_ms;
  copy->created_ms = self->created_ms;
  copy->changed_ms = self->changed_ms;
  return copy;
}

/**
 * side_annotation_ref:
 * @self: an annotation
 *
 * Returns: (transfer full): @self
 */
SideAnnotation *
side_annotation_ref (SideAnnotation *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_annotation_unref:
 * @self: (transfer full): an annotation
 */
void
side_annotation_unref (SideAnnotation *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->tag);
  g_free (self->text);
  g_free (self->author);
  g_free (self->criterion);
  g_free (self->parent);
  g_free (self);
}

/**
 * side_annotation_place:
 * @self: an annotation
 * @starts_ms: when the recording begins, ms since 1970 UTC; 0 if it is not known
 * @length_ms: its length; 0 if it is not known
 * @from_ms: (out): where the annotation starts in the recording
 * @to_ms: (out): where it ends; @from_ms for a point
 *
 * A note taken while the call was going on knows the moment and not the place,
 * because a recording begins before anybody speaks: it lands where that moment
 * is, kept inside the recording.
 */
void
side_annotation_place (const SideAnnotation *self,
                       gint64                starts_ms,
                       gint64                length_ms,
                       gint64               *from_ms,
                       gint64               *to_ms)
{
  gint64 span;

  g_return_if_fail (self != NULL);
  *from_ms = self->from_ms;
  *to_ms = MAX (self->from_ms, self->to_ms);
  if (self->moment_ms == 0 || starts_ms == 0)
    return;
  span = *to_ms - *from_ms;
  *from_ms = MAX (0, self->moment_ms - starts_ms);
  if (length_ms > 0)
    *from_ms = MIN (*from_ms, length_ms);
  *to_ms = *from_ms + span;
  if (length_ms > 0)
    *to_ms = MIN (*to_ms, length_ms);
}

/**
 * side_tag_new:
 * @id: UUID
 * @project: id of the project
 * @word: what annotations hold
 *
 * Returns: (transfer full): a tag without label and colour
 */
SideTag *
side_tag_new (const char *id,
              const char *project,
              const char *word)
{
  SideTag *self = g_new0 (SideTag, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->word = g_strdup (word);
  return self;
}

/**
 * side_tag_copy:
 * @self: a tag
 *
 * Returns: (transfer full): a tag of its own with the same content
 */
SideTag *
side_tag_copy (const SideTag *self)
{
  SideTag *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_tag_new (self->id, self->project, self->word);
  copy->label = g_strdup (self->label);
  copy->colour = g_strdup (self->colour);
  copy->shortcut = g_strdup (self->shortcut);
  copy->place = self->place;
  copy->retired = self->retired;
  copy->changed_ms = self->changed_ms;
  return copy;
}

/**
 * side_tag_ref:
 * @self: a tag
 *
 * Returns: (transfer full): @self
 */
SideTag *
side_tag_ref (SideTag *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_tag_unref:
 * @self: (transfer full): a tag
 */
void
side_tag_unref (SideTag *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->word);
  g_free (self->label);
  g_free (self->colour);
  g_free (self->shortcut);
  g_free (self);
}
