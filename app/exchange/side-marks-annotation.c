/* side-marks-annotation.c - marks from annotations, and annotations from marks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An annotation has a UUID, a mark of another program some id or none. One that
 * is made up follows from the call and the mark, so that the same file taken in
 * twice makes the same annotations and not as many again.
 */
#include <string.h>

#include "side-marks-private.h"
#include "side-text.h"

/**
 * side_mark_from_annotation:
 * @annotation: an annotation
 *
 * Returns: (transfer full): the mark that tells the same
 */
SideMark *
side_mark_from_annotation (const SideAnnotation *annotation)
{
  SideMark *self;
  gint64 from, to;

  g_return_val_if_fail (annotation != NULL, NULL);

  from = CLAMP (annotation->from_ms, 0, SIDE_MARKS_MAX_NS / SIDE_MARKS_MS_NS);
  to = CLAMP (annotation->to_ms, from, SIDE_MARKS_MAX_NS / SIDE_MARKS_MS_NS);
  self = side_mark_new (from * SIDE_MARKS_MS_NS, to * SIDE_MARKS_MS_NS, annotation->tag, annotation->text);
  self->author = annotation->author != NULL ? side_marks_clean (annotation->author, strlen (annotation->author)) : NULL;
  self->criterion = annotation->criterion != NULL ? side_marks_clean (annotation->criterion, strlen (annotation->criterion)) : NULL;
  self->id = g_strdup (annotation->id);
  self->parent = g_strdup (annotation->parent);
  self->created_ms = annotation->created_ms;
  self->changed_ms = annotation->changed_ms;
  return self;
}

/**
 * side_mark_to_annotation:
 * @self: a mark
 * @id: UUID of the annotation
 * @project: id of the call's project
 * @call: id of the leg
 *
 * Times are rounded to a millisecond. What it answers is told by
 * side_mark_list_to_annotations(), which knows the other marks.
 *
 * Returns: (transfer full): the annotation that tells the same
 */
SideAnnotation *
side_mark_to_annotation (const SideMark *self,
                         const char     *id,
                         const char     *project,
                         const char     *call)
{
  SideAnnotation *annotation;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  annotation = side_annotation_new (id, project, call, side_marks_to_ms (self->from_ns), side_marks_to_ms (self->to_ns));
  annotation->tag = g_strdup (self->tag);
  annotation->text = g_strdup (self->text);
  annotation->author = g_strdup (self->author);
  annotation->criterion = g_strdup (self->criterion);
  annotation->created_ms = self->created_ms;
  annotation->changed_ms = self->changed_ms;
  return annotation;
}

/**
 * side_mark_list_from_annotations:
 * @annotations: (element-type SideAnnotation): those of one recording
 * @media: (nullable): name of the recording's file
 * @duration_ms: its length, or 0
 *
 * Returns: (transfer full): the list to write them with
 */
SideMarkList *
side_mark_list_from_annotations (GPtrArray  *annotations,
                                 const char *media,
                                 gint64      duration_ms)
{
  SideMarkList *self;

  g_return_val_if_fail (annotations != NULL, NULL);

  self = side_mark_list_new ();
  self->media = g_strdup (media);
  self->end_ns = CLAMP (duration_ms, 0, SIDE_MARKS_MAX_NS / SIDE_MARKS_MS_NS) * SIDE_MARKS_MS_NS;
  for (guint i = 0; i < annotations->len; i++)
    g_ptr_array_add (self->marks, side_mark_from_annotation (g_ptr_array_index (annotations, i)));
  return self;
}

/* A UUID of version 8 (RFC 9562) out of what the mark says. */
static char *
make_id (const char     *call,
         const SideMark *mark,
         guint           number)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *times = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u", mark->from_ns, mark->to_ns, number);
  const char *const parts[] = { call, times, mark->id, mark->tag, mark->text, mark->author, mark->parent };
  const char *hex;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_checksum_update (sum, (const guchar *) (parts[i] != NULL ? "+" : "-"), 1);
      if (parts[i] != NULL)
        g_checksum_update (sum, (const guchar *) parts[i], (gssize) strlen (parts[i]) + 1);
    }
  hex = g_checksum_get_string (sum);
  return g_strdup_printf ("%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

/* The id of each mark's annotation: its own if it is a UUID no other has. */
static GPtrArray *
choose_ids (const SideMarkList *self,
            const char         *call)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) times_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (self->marks, i);
      char *id = mark->id != NULL && side_id_is_valid (mark->id) ? g_strdup (mark->id) : make_id (call, mark, 0);

      if (g_hash_table_contains (used, id))
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (times_seen, id)) + 1;

          g_hash_table_replace (times_seen, g_strdup (id), GUINT_TO_POINTER (n));
          g_free (id);
          id = make_id (call, mark, n);
        }
      g_hash_table_add (used, id);
      g_ptr_array_add (ids, id);
    }
  return ids;
}

/**
 * side_mark_list_to_annotations:
 * @self: a list
 * @project: id of the call's project
 * @call: id of the leg
 * @author: (nullable): the author of marks that name none
 *
 * Marks whose id is a UUID keep it; the others get one that follows from the
 * call and the mark, so that the same file makes the same annotations again. A
 * @parent that no mark of the list has and that is no UUID is left out.
 *
 * Returns: (transfer container) (element-type SideAnnotation): annotations in
 *   the order of the marks
 */
GPtrArray *
side_mark_list_to_annotations (const SideMarkList *self,
                               const char         *project,
                               const char         *call,
                               const char         *author)
{
  g_autoptr (GHashTable) by_mark_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = NULL;
  GPtrArray *annotations;

  g_return_val_if_fail (self != NULL && call != NULL, NULL);

  ids = choose_ids (self, call);
  annotations = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  for (guint i = self->marks->len; i > 0; i--)
    {
      const SideMark *mark = g_ptr_array_index (self->marks, i - 1);

      if (mark->id != NULL)
        g_hash_table_replace (by_mark_id, mark->id, g_ptr_array_index (ids, i - 1));
    }
  for (guint i = 0; i < self->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (self->marks, i);
      SideAnnotation *annotation = side_mark_to_annotation (mark, g_ptr_array_index (ids, i), project, call);
      const char *parent = mark->parent != NULL ? g_hash_table_lookup (by_mark_id, mark->parent) : NULL;

      if (parent == NULL && mark->parent != NULL && side_id_is_valid (mark->parent))
        parent = mark->parent;
      if (g_strcmp0 (parent, annotation->id) != 0)
        annotation->parent = g_strdup (parent);
      if (annotation->author == NULL)
        annotation->author = g_strdup (author);
      g_ptr_array_add (annotations, annotation);
    }
  return annotations;
}
