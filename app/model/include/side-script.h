/* side-script.h - what operators are asked to say, and the form a call is scored with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script is a conversation (steps with what to say, and where to go from
 * there) and a form (sections of criteria). A script in use never changes: a
 * change is made on a draft, which becomes the next version. A review names
 * script and version.
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

/* When a criterion's answer needs words. */
typedef enum {
  SIDE_COMMENT_FREE,       /* whoever wants to, may */
  SIDE_COMMENT_ON_FAULT,   /* with less than a full mark */
  SIDE_COMMENT_ALWAYS,
} SideCommentRule;

typedef enum {
  SIDE_SCRIPT_IN_USE,      /* what a body without a state is */
  SIDE_SCRIPT_DRAFT,
  SIDE_SCRIPT_RETIRED,     /* for no new review; its old ones keep it */
} SideScriptState;

/* What a script's form is about. */
typedef enum {
  SIDE_SCRIPT_FOR_CALLS,
  SIDE_SCRIPT_FOR_TEST_CALLS,   /* calls made to try a call centre out, no others */
  SIDE_SCRIPT_FOR_VENDORS,      /* a call centre as a whole: no call need belong to it */
} SideScriptPurpose;

/**
 * SideExemplar: a piece of a recording that shows what an answer means.
 * @value: share of a full mark it is an example of: 1, 0.5, 0...
 * @call: (nullable): the call; %NULL for one told in words alone
 * @text: (nullable): what is heard there
 */
typedef struct {
  double  value;
  char   *call;
  gint64  from_ms;
  gint64  to_ms;
  char   *text;
} SideExemplar;

/**
 * SideCriterion:
 * @text: its wording
 * @hint: (nullable): what to listen for
 * @weight: points for a full mark, 0 or more; 0 for one that only can fail
 * @allow_na: whether "not applicable" may be answered
 * @bonus: its points come on top and never count in the divisor
 * @comment: when an answer needs words
 * @causes: (element-type utf8): what a fault may come from, in the script's
 *   own words, offered beside the four parties to blame; may be empty
 * @exemplars: (element-type SideExemplar)
 * @only_if: (nullable): id of another criterion: this one applies only where
 *   that one's answer is a share of a full mark from @only_low to @only_high;
 *   elsewhere it is "not applicable" by itself
 */
typedef struct {
  char            *id;        /* unique within the script */
  char            *text;
  char            *hint;
  SideAnswers      answers;
  int              scale_max;
  double           weight;
  gboolean         allow_na;
  SideCritical     critical;
  gboolean         bonus;
  SideCommentRule  comment;
  GPtrArray       *causes;
  GPtrArray       *exemplars;
  char            *only_if;
  double           only_low;
  double           only_high;
} SideCriterion;

typedef struct {
  char      *id;
  char      *title;
  GPtrArray *criteria;     /* of SideCriterion */
} SideSection;

/**
 * SideBranch: where a step leads.
 * @when: "the customer hesitates"; (nullable): in any other case
 * @step: (nullable): id of the step that follows; %NULL ends the conversation
 */
typedef struct {
  char *when;
  char *step;
} SideBranch;

/**
 * SideStep: a moment of the conversation.
 * @say: (nullable): what to say, word for word
 * @hint: (nullable): what to mind
 * @section: (nullable): id of the form's section that judges it
 * @branches: (element-type SideBranch): without any, the next step follows
 */
typedef struct {
  char      *id;           /* unique within the script */
  char      *title;
  char      *say;
  char      *hint;
  char      *section;
  GPtrArray *branches;
} SideStep;

typedef struct _SideScript SideScript;

/**
 * SideScript:
 * @id: UUID, the same for all versions; a draft has its own
 * @script: (nullable): of a draft, the UUID of the script it will be the next
 *   version of, or the first
 * @version: from 1; of a draft, which one it will be
 * @since_ms: since when it is in use, or retired; 0 for a draft or not known
 * @author: (nullable): who put it in use
 * @note: (nullable): what this version changes, and why
 * @language: (nullable): BCP 47: "ru"
 * @queues: ids of the queues it is for; empty for all of the project
 * @above_100: whether bonus points may lift the score above 100
 * @whole_recording: whether a review is finished only when its reviewer has
 *   heard the whole recording, where the call has one
 */
struct _SideScript
{
  gatomicrefcount    ref_count;
  char              *id;
  char              *script;
  char              *project;
  char              *title;
  int                version;
  SideScriptState    state;
  SideScriptPurpose  purpose;
  gint64             since_ms;
  char              *author;
  char              *note;
  char              *language;
  gboolean           above_100;
  gboolean           whole_recording;
  GPtrArray         *queues;     /* of char * */
  GPtrArray         *sections;   /* of SideSection */
  GPtrArray         *steps;      /* of SideStep, in the order of the conversation */
};

#define SIDE_TYPE_SCRIPT (side_script_get_type ())
GType          side_script_get_type       (void);

SideScript    *side_script_new            (const char *id, const char *project, const char *title, int version);
SideScript    *side_script_copy           (const SideScript *self);
SideScript    *side_script_ref            (SideScript *self);
void           side_script_unref          (SideScript *self);
SideSection   *side_script_add_section    (SideScript *self, const char *id, const char *title);
SideCriterion *side_section_add_criterion (SideSection *self, const char *id, const char *text, double weight);
SideExemplar  *side_criterion_add_exemplar (SideCriterion *self, double value, const char *call, gint64 from_ms, gint64 to_ms, const char *text);
SideStep      *side_script_add_step       (SideScript *self, const char *id, const char *title);
SideBranch    *side_step_add_branch       (SideStep *self, const char *when, const char *step);
SideCriterion *side_script_find_criterion (const SideScript *self, const char *id);
SideSection   *side_script_find_section   (const SideScript *self, const char *id);
SideStep      *side_script_find_step      (const SideScript *self, const char *id);
char          *side_script_number_criterion (const SideScript *self, const char *id);
char          *side_script_name_criterion (const SideScript *self, const char *id);
gboolean       side_criterion_takes       (const SideCriterion *self, double value);
guint          side_script_count_criteria (const SideScript *self);
double         side_script_total_weight   (const SideScript *self);
gboolean       side_script_is_for_queue   (const SideScript *self, const char *queue);

/* Drafts: side-script-draft.c */
SideScript    *side_script_draft          (const SideScript *self, const char *id);
SideScript    *side_script_publish        (const SideScript *draft, const char *author, const char *note, gint64 now_ms);
SideScript    *side_script_retire         (const SideScript *self, gint64 now_ms);
char          *side_script_new_section_id   (const SideScript *self);
char          *side_script_new_criterion_id (const SideScript *self, const SideSection *section);
char          *side_script_new_step_id      (const SideScript *self);

/* The words of files and protocol: side-script-words.c */
const char    *side_script_state_to_string     (SideScriptState state);
gboolean       side_script_state_from_string   (const char *word, SideScriptState *state);
const char    *side_script_purpose_to_string   (SideScriptPurpose purpose);
gboolean       side_script_purpose_from_string (const char *word, SideScriptPurpose *purpose);
const char    *side_critical_to_string         (SideCritical critical);
gboolean       side_critical_from_string       (const char *word, SideCritical *critical);
const char    *side_answers_to_string          (SideAnswers answers);
gboolean       side_answers_from_string        (const char *word, SideAnswers *answers);
const char    *side_comment_rule_to_string     (SideCommentRule rule);
gboolean       side_comment_rule_from_string   (const char *word, SideCommentRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideScript, side_script_unref)

G_END_DECLS
