/* side-annotation.h - what people mark on a recording, and with which words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Annotations are points and spans with a tag and a text; answers to one make
 * a thread. Tags are the words of a project's vocabulary. Both travel as
 * documents of their own, so that two people never edit the same one by accident.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _SideAnnotation SideAnnotation;

/**
 * SideAnnotation:
 * @from_ms: position in the recording
 * @to_ms: end of the span; equal to @from_ms for a point
 * @tag: (nullable): a word of the vocabulary: "greeting"
 * @criterion: (nullable): id of the script's criterion it is evidence for
 * @parent: (nullable): id of the annotation this one answers; it stands where that stands
 * @moment_ms: when it was written, of a note made while the call was going on;
 *   0 for one made on the recording. side_annotation_place() tells where it is.
 */
struct _SideAnnotation
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  gint64           from_ms;
  gint64           to_ms;
  char            *tag;
  char            *text;
  char            *author;
  char            *criterion;
  char            *parent;
  gint64           moment_ms;
  gint64           created_ms;
  gint64           changed_ms;
};

typedef struct _SideTag SideTag;

/**
 * SideTag:
 * @word: what annotations hold; never changes, and is unique in a project
 * @label: what people read
 * @colour: "#26a269"
 * @shortcut: (nullable): one key, as GTK writes it: "g"
 * @place: the order in the vocabulary
 * @retired: not offered for new annotations; older ones keep its label and colour
 */
struct _SideTag
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *word;
  char            *label;
  char            *colour;
  char            *shortcut;
  int              place;
  gboolean         retired;
  gint64           changed_ms;
};

#define SIDE_TYPE_ANNOTATION (side_annotation_get_type ())
GType           side_annotation_get_type   (void);
SideAnnotation *side_annotation_new        (const char *id, const char *project, const char *call,
                                            gint64 from_ms, gint64 to_ms);
SideAnnotation *side_annotation_copy       (const SideAnnotation *self);
SideAnnotation *side_annotation_ref        (SideAnnotation *self);
void            side_annotation_unref      (SideAnnotation *self);
void            side_annotation_place      (const SideAnnotation *self, gint64 starts_ms, gint64 length_ms,
                                            gint64 *from_ms, gint64 *to_ms);

#define SIDE_TYPE_TAG (side_tag_get_type ())
GType           side_tag_get_type          (void);
SideTag        *side_tag_new               (const char *id, const char *project, const char *word);
SideTag        *side_tag_copy              (const SideTag *self);
SideTag        *side_tag_ref               (SideTag *self);
void            side_tag_unref             (SideTag *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAnnotation, side_annotation_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideTag, side_tag_unref)

G_END_DECLS
