/* side-script.c - the form a call is scored with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-script.h"

G_DEFINE_BOXED_TYPE (SideScript, side_script, side_script_ref, side_script_unref)

static void
criterion_free (gpointer data)
{
  SideCriterion *criterion = data;

  g_free (criterion->id);
  g_free (criterion->text);
  g_free (criterion->hint);
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

/**
 * side_script_new:
 * @id: UUID, shared by all versions
 * @project: whose script it is
 * @title: its title
 * @version: from 1
 *
 * Returns: (transfer full): a script without sections
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
  return self;
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
  g_free (self->project);
  g_free (self->title);
  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->sections);
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
 * Returns: (transfer none): the criterion: yes, partly, no, not applicable
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
  g_ptr_array_add (self->criteria, criterion);
  return criterion;
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
