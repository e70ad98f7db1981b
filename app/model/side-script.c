/* side-script.c - what operators are asked to say, and the form a call is scored with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making, copying and looking things up. How a draft becomes a version is in
 * side-script-draft.c.
 */
#include "side-script.h"

#include <math.h>

#include "side-review.h"

G_DEFINE_BOXED_TYPE (SideScript, side_script, side_script_ref, side_script_unref)

static void
exemplar_free (gpointer data)
{
  SideExemplar *exemplar = data;

  g_free (exemplar->call);
  g_free (exemplar->text);
  g_free (exemplar);
}

static void
criterion_free (gpointer data)
{
  SideCriterion *criterion = data;

  g_free (criterion->id);
  g_free (criterion->text);
  g_free (criterion->hint);
  g_free (criterion->only_if);
  g_ptr_array_unref (criterion->causes);
  g_ptr_array_unref (criterion->exemplars);
  g_free (criterion);
}

static void
section_free (gpointer data)
{
  SideSection *section = data;

  g_free (section->id);
  g_free (section->title);
  g_ptr_array_unref (section->criteria);
  g_free (section);
}

static void
branch_free (gpointer data)
{
  SideBranch *branch = data;

  g_free (branch->when);
  g_free (branch->step);
  g_free (branch);
}

static void
step_free (gpointer data)
{
  SideStep *step = data;

  g_free (step->id);
  g_free (step->title);
  g_free (step->say);
  g_free (step->hint);
  g_free (step->section);
  g_ptr_array_unref (step->branches);
  g_free (step);
}

static void
copy_texts (GPtrArray       *to,
            const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

static void
copy_criterion (SideSection         *to,
                const SideCriterion *from)
{
  SideCriterion *copy = side_section_add_criterion (to, from->id, from->text, from->weight);

  copy->hint = g_strdup (from->hint);
  copy->answers = from->answers;
  copy->scale_max = from->scale_max;
  copy->allow_na = from->allow_na;
  copy->critical = from->critical;
  copy->bonus = from->bonus;
  copy->comment = from->comment;
  copy->only_if = g_strdup (from->only_if);
  copy->only_low = from->only_low;
  copy->only_high = from->only_high;
  copy_texts (copy->causes, from->causes);
  for (guint i = 0; i < from->exemplars->len; i++)
    {
      const SideExemplar *each = g_ptr_array_index (from->exemplars, i);
      side_criterion_add_exemplar (copy, each->value, each->call, each->from_ms, each->to_ms, each->text);
    }
}

static void
copy_step (SideScript     *to,
           const SideStep *from)
{
  SideStep *copy = side_script_add_step (to, from->id, from->title);

  copy->say = g_strdup (from->say);
  copy->hint = g_strdup (from->hint);
  copy->section = g_strdup (from->section);
  for (guint i = 0; i < from->branches->len; i++)
    {
      const SideBranch *each = g_ptr_array_index (from->branches, i);
      side_step_add_branch (copy, each->when, each->step);
    }
}

/**
 * side_script_new:
 * @id: UUID, shared by all versions
 * @project: whose script it is
 * @title: its title
 * @version: from 1
 *
 * Returns: (transfer full): a script in use, for calls, without sections and steps
 */
SideScript *
side_script_new (const char *id,
                 const char *project,
                 const char *title,
                 int         version)
{
  SideScript *self = g_new0 (SideScript, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->title = g_strdup (title);
  self->version = version;
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  return self;
}

/**
 * side_script_copy:
 * @self: a script
 *
 * Returns: (transfer full): a script of its own with the same content
 */
SideScript *
side_script_copy (const SideScript *self)
{
  SideScript *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_script_new (self->id, self->project, self->title, self->version);
  copy->script = g_strdup (self->script);
  copy->state = self->state;
  copy->purpose = self->purpose;
  copy->since_ms = self->since_ms;
  copy->author = g_strdup (self->author);
  copy->note = g_strdup (self->note);
  copy->language = g_strdup (self->language);
  copy->above_100 = self->above_100;
  copy->whole_recording = self->whole_recording;
  copy_texts (copy->queues, self->queues);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->sections, i);
      SideSection *to = side_script_add_section (copy, section->id, section->title);

      for (guint k = 0; k < section->criteria->len; k++)
        copy_criterion (to, g_ptr_array_index (section->criteria, k));
    }
  for (guint i = 0; i < self->steps->len; i++)
    copy_step (copy, g_ptr_array_index (self->steps, i));
  return copy;
}

/**
 * side_script_ref:
 * @self: a script
 *
 * Returns: (transfer full): @self
 */
SideScript *
side_script_ref (SideScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_script_unref:
 * @self: (transfer full): a script
 */
void
side_script_unref (SideScript *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->script);
  g_free (self->project);
  g_free (self->title);
  g_free (self->author);
  g_free (self->note);
  g_free (self->language);
  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * side_script_add_section:
 * @self: a script that nobody else holds yet
 * @id: id within the script
 * @title: its title
 *
 * Returns: (transfer none): the section
 */
SideSection *
side_script_add_section (SideScript *self,
                         const char *id,
                         const char *title)
{
  SideSection *section = g_new0 (SideSection, 1);

  section->id = g_strdup (id);
  section->title = g_strdup (title);
  section->criteria = g_ptr_array_new_with_free_func (criterion_free);
  g_ptr_array_add (self->sections, section);
  return section;
}

/**
 * side_section_add_criterion:
 * @self: a section of such a script
 * @id: id within the script
 * @text: its wording
 * @weight: points for a full mark
 *
 * Where it gets a condition later, that is met by a full mark alone as long
 * as nobody says otherwise.
 *
 * Returns: (transfer none): the criterion: yes, partly, no, not applicable;
 *   no condition
 */
SideCriterion *
side_section_add_criterion (SideSection *self,
                            const char  *id,
                            const char  *text,
                            double       weight)
{
  SideCriterion *criterion = g_new0 (SideCriterion, 1);

  criterion->id = g_strdup (id);
  criterion->text = g_strdup (text);
  criterion->weight = weight;
  criterion->answers = SIDE_ANSWERS_YES_PARTLY_NO;
  criterion->allow_na = TRUE;
  criterion->only_low = 1.0;
  criterion->only_high = 1.0;
  criterion->causes = g_ptr_array_new_with_free_func (g_free);
  criterion->exemplars = g_ptr_array_new_with_free_func (exemplar_free);
  g_ptr_array_add (self->criteria, criterion);
  return criterion;
}

/**
 * side_criterion_add_exemplar:
 * @self: a criterion of such a script
 * @value: share of a full mark it is an example of, 0 to 1
 * @call: (nullable): the call; %NULL for one told in words alone
 * @from_ms: start of the span in the recording
 * @to_ms: its end
 * @text: (nullable): what is heard there
 *
 * Returns: (transfer none): the exemplar
 */
SideExemplar *
side_criterion_add_exemplar (SideCriterion *self,
                             double         value,
                             const char    *call,
                             gint64         from_ms,
                             gint64         to_ms,
                             const char    *text)
{
  SideExemplar *exemplar = g_new0 (SideExemplar, 1);

  exemplar->value = value;
  exemplar->call = g_strdup (call);
  exemplar->from_ms = from_ms;
  exemplar->to_ms = to_ms;
  exemplar->text = g_strdup (text);
  g_ptr_array_add (self->exemplars, exemplar);
  return exemplar;
}

/**
 * side_script_add_step:
 * @self: a script that nobody else holds yet
 * @id: id within the script
 * @title: its title
 *
 * Returns: (transfer none): the step, the last of the conversation
 */
SideStep *
side_script_add_step (SideScript *self,
                      const char *id,
                      const char *title)
{
  SideStep *step = g_new0 (SideStep, 1);

  step->id = g_strdup (id);
  step->title = g_strdup (title);
  step->branches = g_ptr_array_new_with_free_func (branch_free);
  g_ptr_array_add (self->steps, step);
  return step;
}

/**
 * side_step_add_branch:
 * @self: a step of such a script
 * @when: (nullable): what leads there; %NULL in any other case
 * @step: (nullable): id of the step that follows; %NULL ends the conversation
 *
 * Returns: (transfer none): the branch
 */
SideBranch *
side_step_add_branch (SideStep   *self,
                      const char *when,
                      const char *step)
{
  SideBranch *branch = g_new0 (SideBranch, 1);

  branch->when = g_strdup (when);
  branch->step = g_strdup (step);
  g_ptr_array_add (self->branches, branch);
  return branch;
}

/**
 * side_script_find_criterion:
 * @self: a script
 * @id: (nullable): a criterion's id
 *
 * Returns: (transfer none) (nullable): the criterion
 */
SideCriterion *
side_script_find_criterion (const SideScript *self,
                            const char       *id)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          if (g_strcmp0 (criterion->id, id) == 0)
            return criterion;
        }
    }
  return NULL;
}

/**
 * side_script_number_criterion:
 * @self: a script
 * @id: (nullable): a criterion's id
 *
 * An id stays with a criterion that is moved; its number is where it stands now.
 *
 * Returns: (transfer full) (nullable): "2.1": the first criterion of the second
 *   section; %NULL where there is none with that id
 */
char *
side_script_number_criterion (const SideScript *self,
                              const char       *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (g_strcmp0 (((SideCriterion *) g_ptr_array_index (section->criteria, k))->id, id) == 0)
          return g_strdup_printf ("%u.%u", i + 1, k + 1);
    }
  return NULL;
}

/**
 * side_script_name_criterion:
 * @self: (nullable): a script
 * @id: (nullable): a criterion's id
 *
 * Returns: (transfer full): its number and its wording: "2.1 Asks two open
 *   questions"; @id where the script does not know it, and "" without one
 */
char *
side_script_name_criterion (const SideScript *self,
                            const char       *id)
{
  const SideCriterion *criterion = self != NULL ? side_script_find_criterion (self, id) : NULL;
  g_autofree char *number = criterion != NULL ? side_script_number_criterion (self, id) : NULL;

  if (criterion == NULL)
    return g_strdup (id != NULL ? id : "");
  if (criterion->text == NULL || *criterion->text == '\0')
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, criterion->text);
}

/**
 * side_script_find_section:
 * @self: a script
 * @id: (nullable): a section's id
 *
 * Returns: (transfer none) (nullable): the section
 */
SideSection *
side_script_find_section (const SideScript *self,
                          const char       *id)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      SideSection *section = g_ptr_array_index (self->sections, i);
      if (g_strcmp0 (section->id, id) == 0)
        return section;
    }
  return NULL;
}

/**
 * side_script_find_step:
 * @self: a script
 * @id: (nullable): a step's id
 *
 * Returns: (transfer none) (nullable): the step
 */
SideStep *
side_script_find_step (const SideScript *self,
                       const char       *id)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      SideStep *step = g_ptr_array_index (self->steps, i);
      if (g_strcmp0 (step->id, id) == 0)
        return step;
    }
  return NULL;
}

/**
 * side_criterion_takes:
 * @self: a criterion
 * @value: share of a full mark or SIDE_ANSWER_NA
 *
 * Returns: whether that is one of its answers
 */
gboolean
side_criterion_takes (const SideCriterion *self,
                      double               value)
{
  double steps;

  g_return_val_if_fail (self != NULL, FALSE);

  if (value == SIDE_ANSWER_NA)
    return self->allow_na;
  steps = self->answers == SIDE_ANSWERS_YES_NO ? 1.0 : self->answers == SIDE_ANSWERS_SCALE ? MAX (self->scale_max, 1) : 2.0;
  /* What was written as 0.333333 is a third. */
  return value >= 0.0 && value <= 1.0 && fabs (value * steps - round (value * steps)) < 1e-3;
}

/**
 * side_script_count_criteria:
 * @self: a script
 *
 * Returns: how many criteria all its sections have
 */
guint
side_script_count_criteria (const SideScript *self)
{
  guint n = 0;

  for (guint i = 0; i < self->sections->len; i++)
    n += ((const SideSection *) g_ptr_array_index (self->sections, i))->criteria->len;
  return n;
}

/**
 * side_script_total_weight:
 * @self: a script
 *
 * Returns: the sum of the weights that count in the divisor: no bonus
 */
double
side_script_total_weight (const SideScript *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          if (!criterion->bonus)
            sum += criterion->weight;
        }
    }
  return sum;
}

/**
 * side_script_is_for_queue:
 * @self: a script
 * @queue: (nullable): a queue's id
 *
 * Returns: whether calls of that queue are scored with it
 */
gboolean
side_script_is_for_queue (const SideScript *self,
                          const char       *queue)
{
  if (self->queues->len == 0)
    return TRUE;
  for (guint i = 0; i < self->queues->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->queues, i), queue) == 0)
      return TRUE;
  return FALSE;
}
