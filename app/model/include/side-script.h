/* side-script.h - the form a call is scored with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script has sections, a section has criteria. A script in use never
 * changes: a change makes a new version. A review names script and version.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_CRITICAL_NO,
  SIDE_CRITICAL_SECTION,   /* a "no" makes the section 0 */
  SIDE_CRITICAL_SCRIPT,    /* a "no" makes the whole score 0 */
} SideCritical;

typedef enum {
  SIDE_ANSWERS_YES_NO,
  SIDE_ANSWERS_YES_PARTLY_NO,
  SIDE_ANSWERS_SCALE,      /* 0 to scale_max */
} SideAnswers;

/**
 * SideCriterion:
 * @weight: points for a full mark, 0 or more; 0 for one that only can fail
 * @allow_na: whether "not applicable" may be answered
 * @bonus: its points come on top and never count in the divisor
 */
typedef struct {
  char         *id;        /* unique within the script */
  char         *text;
  char         *hint;      /* nullable: what to listen for */
  SideAnswers   answers;
  int           scale_max;
  double        weight;
  gboolean      allow_na;
  SideCritical  critical;
  gboolean      bonus;
} SideCriterion;

typedef struct {
  char      *id;
  char      *title;
  GPtrArray *criteria;     /* of SideCriterion */
} SideSection;

typedef struct _SideScript SideScript;

/**
 * SideScript:
 * @id: UUID, the same for all versions
 * @queues: ids of the queues it is for; empty for all of the project
 * @above_100: whether bonus points may lift the score above 100
 */
struct _SideScript
{
  gatomicrefcount  ref_count;
  char            *id;
  char            *project;
  char            *title;
  int              version;
  gboolean         above_100;
  GPtrArray       *queues;     /* of char * */
  GPtrArray       *sections;   /* of SideSection */
};

#define SIDE_TYPE_SCRIPT (side_script_get_type ())
GType          side_script_get_type       (void);

SideScript    *side_script_new            (const char *id, const char *project, const char *title, int version);
SideScript    *side_script_ref            (SideScript *self);
void           side_script_unref          (SideScript *self);
SideSection   *side_script_add_section    (SideScript *self, const char *id, const char *title);
SideCriterion *side_section_add_criterion (SideSection *self, const char *id, const char *text, double weight);
SideCriterion *side_script_find_criterion (const SideScript *self, const char *id);
guint          side_script_count_criteria (const SideScript *self);
double         side_script_total_weight   (const SideScript *self);
gboolean       side_script_is_for_queue   (const SideScript *self, const char *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideScript, side_script_unref)

G_END_DECLS
