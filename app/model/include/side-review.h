/* side-review.h - one call scored by one person with one script version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Annotations (notes at a time or over a span of a recording) live here too:
 * both are what people say about a call.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDE_ANSWER_NONE (-2.0)   /* not answered yet */
#define SIDE_ANSWER_NA   (-1.0)   /* not applicable */

/**
 * SideAnswer:
 * @criterion: the criterion's id
 * @value: share of a full mark: 1 yes, 0.5 partly, 0 no; SIDE_ANSWER_NA
 * @given_ms: when it was given
 * @position_ms: where in the recording, or -1
 */
typedef struct {
  char   *criterion;
  double  value;
  gint64  given_ms;
  gint64  position_ms;
  char   *comment;         /* nullable */
} SideAnswer;

typedef struct _SideReview SideReview;

struct _SideReview
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  char            *script;         /* the script's id */
  int              script_version;
  char            *reviewer;
  gint64           started_ms;
  gint64           changed_ms;
  gint64           finished_ms;    /* 0 while it is a draft */
  char            *comment;        /* nullable */
  GPtrArray       *answers;        /* of SideAnswer */
};

typedef struct _SideAnnotation SideAnnotation;

/**
 * SideAnnotation:
 * @from_ms: position in the recording
 * @to_ms: end of the span; equal to @from_ms for a point
 * @tag: (nullable): one word from the vocabulary: "greeting"
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
  gint64           created_ms;
  gint64           changed_ms;
};

#define SIDE_TYPE_REVIEW (side_review_get_type ())
GType           side_review_get_type       (void);
SideReview     *side_review_new            (const char *id, const char *project, const char *call,
                                            const char *script, int script_version);
SideReview     *side_review_copy           (const SideReview *self);
SideReview     *side_review_ref            (SideReview *self);
void            side_review_unref          (SideReview *self);
double          side_review_get_answer     (const SideReview *self, const char *criterion);
SideAnswer     *side_review_find_answer    (const SideReview *self, const char *criterion);
SideAnswer     *side_review_set_answer     (SideReview *self, const char *criterion, double value,
                                            gint64 given_ms, gint64 position_ms);

#define SIDE_TYPE_ANNOTATION (side_annotation_get_type ())
GType           side_annotation_get_type   (void);
SideAnnotation *side_annotation_new        (const char *id, const char *project, const char *call,
                                            gint64 from_ms, gint64 to_ms);
SideAnnotation *side_annotation_copy       (const SideAnnotation *self);
SideAnnotation *side_annotation_ref        (SideAnnotation *self);
void            side_annotation_unref      (SideAnnotation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReview, side_review_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAnnotation, side_annotation_unref)

G_END_DECLS
