/* side-script-edit.c - moving, copying and removing the parts of a draft
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What refers to a part that goes is mended at once: a condition on a
 * criterion that is removed is dropped, and so is a branch's step.
 */
#include "side-script-edit.h"

/**
 * side_script_edit_section_of:
 * @script: a script
 * @criterion: id of a criterion
 * @position: (out) (optional): its place there
 *
 * Returns: (transfer none) (nullable): the section it is in
 */
SideSection *
side_script_edit_section_of (const SideScript *script,
                             const char       *criterion,
                             guint            *position)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (g_strcmp0 (((SideCriterion *) g_ptr_array_index (section->criteria, k))->id, criterion) == 0)
          {
            if (position != NULL)
              *position = k;
            return section;
          }
    }
  return NULL;
}

/**
 * side_script_edit_section_index:
 * @script: a script
 * @id: id of a section
 *
 * Returns: its place, from 0; the number of sections when there is none
 */
guint
side_script_edit_section_index (const SideScript *script,
                                const char       *id)
{
  guint i = 0;

  while (i < script->sections->len && g_strcmp0 (((SideSection *) g_ptr_array_index (script->sections, i))->id, id) != 0)
    i++;
  return i;
}

/**
 * side_script_edit_step_index:
 * @script: a script
 * @id: (nullable): id of a step
 *
 * Returns: its place, from 0; the number of steps when there is none
 */
guint
side_script_edit_step_index (const SideScript *script,
                             const char       *id)
{
  guint i = 0;

  while (i < script->steps->len && g_strcmp0 (((SideStep *) g_ptr_array_index (script->steps, i))->id, id) != 0)
    i++;
  return i;
}

/**
 * side_script_edit_move_criterion:
 * @script: a draft
 * @id: the criterion
 * @section: id of the section it goes to
 * @position: before which of the criteria that stand there now; beyond them: the last
 *
 * Returns: whether it stands elsewhere now
 */
gboolean
side_script_edit_move_criterion (SideScript *script,
                                 const char *id,
                                 const char *section,
                                 guint       position)
{
  SideSection *to = side_script_find_section (script, section);
  SideSection *from;
  guint at = 0;

  from = side_script_edit_section_of (script, id, &at);
  if (from == NULL || to == NULL)
    return FALSE;
  position = MIN (position, to->criteria->len);
  if (from == to && (position == at || position == at + 1))
    return FALSE;
  if (from == to && position > at)
    position--;
  g_ptr_array_insert (to->criteria, (int) position, g_ptr_array_steal_index (from->criteria, at));
  return TRUE;
}

/**
 * side_script_edit_shift_criterion:
 * @script: a draft
 * @id: the criterion
 * @by: -1 for one place up, 1 for one down; beyond the end of its section
 *   it goes to the next one
 *
 * Returns: whether it stands elsewhere now
 */
gboolean
side_script_edit_shift_criterion (SideScript *script,
                                  const char *id,
                                  int         by)
{
  guint at = 0;
  SideSection *section = side_script_edit_section_of (script, id, &at);
  guint index;

  if (section == NULL)
    return FALSE;
  if (by < 0 && at > 0)
    return side_script_edit_move_criterion (script, id, section->id, at - 1);
  if (by > 0 && at + 1 < section->criteria->len)
    return side_script_edit_move_criterion (script, id, section->id, at + 2);
  index = side_script_edit_section_index (script, section->id);
  if (by < 0 && index > 0)
    return side_script_edit_move_criterion (script, id, ((SideSection *) g_ptr_array_index (script->sections, index - 1))->id,
                                            G_MAXUINT);
  if (by > 0 && index + 1 < script->sections->len)
    return side_script_edit_move_criterion (script, id, ((SideSection *) g_ptr_array_index (script->sections, index + 1))->id, 0);
  return FALSE;
}

static void
drop_conditions (SideScript *script,
                 const char *on)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, k);

          if (g_strcmp0 (criterion->only_if, on) == 0)
            g_clear_pointer (&criterion->only_if, g_free);
        }
    }
}

/**
 * side_script_edit_remove_criterion:
 * @script: a draft
 * @id: the criterion
 *
 * Returns: whether it was there
 */
gboolean
side_script_edit_remove_criterion (SideScript *script,
                                   const char *id)
{
  g_autofree char *gone = g_strdup (id);   /* it may be the criterion's own */
  guint at = 0;
  SideSection *section = side_script_edit_section_of (script, id, &at);

  if (section == NULL)
    return FALSE;
  g_ptr_array_remove_index (section->criteria, at);
  drop_conditions (script, gone);
  return TRUE;
}

/**
 * side_script_edit_duplicate_criterion:
 * @script: a draft
 * @id: the criterion
 *
 * Returns: (transfer none) (nullable): one like it, right behind it
 */
SideCriterion *
side_script_edit_duplicate_criterion (SideScript *script,
                                      const char *id)
{
  g_autoptr (SideScript) copy = side_script_copy (script);
  guint at = 0;
  SideSection *section = side_script_edit_section_of (script, id, &at);
  SideSection *twin = side_script_edit_section_of (copy, id, NULL);
  SideCriterion *criterion;

  if (section == NULL || twin == NULL)
    return NULL;
  criterion = g_ptr_array_steal_index (twin->criteria, at);
  g_free (criterion->id);
  criterion->id = side_script_new_criterion_id (script, section);
  g_ptr_array_insert (section->criteria, (int) at + 1, criterion);
  return criterion;
}

static gboolean
shift (GPtrArray *list,
       guint      at,
       int        by)
{
  int to = (int) at + by;

  if (at >= list->len || to < 0 || to >= (int) list->len)
    return FALSE;
  g_ptr_array_insert (list, to, g_ptr_array_steal_index (list, at));
  return TRUE;
}

/**
 * side_script_edit_shift_section:
 * @script: a draft
 * @id: the section
 * @by: -1 for up, 1 for down
 *
 * Returns: whether it stands elsewhere now
 */
gboolean
side_script_edit_shift_section (SideScript *script,
                                const char *id,
                                int         by)
{
  return shift (script->sections, side_script_edit_section_index (script, id), by);
}

/**
 * side_script_edit_remove_section:
 * @script: a draft
 * @id: the section; its criteria go with it
 *
 * Returns: whether it was there
 */
gboolean
side_script_edit_remove_section (SideScript *script,
                                 const char *id)
{
  guint at = side_script_edit_section_index (script, id);
  SideSection *section;

  if (at >= script->sections->len)
    return FALSE;
  section = g_ptr_array_index (script->sections, at);
  for (guint i = 0; i < script->steps->len; i++)
    {
      SideStep *step = g_ptr_array_index (script->steps, i);

      if (g_strcmp0 (step->section, section->id) == 0)
        g_clear_pointer (&step->section, g_free);
    }
  while (section->criteria->len > 0)
    side_script_edit_remove_criterion (script, ((SideCriterion *) g_ptr_array_index (section->criteria, 0))->id);
  g_ptr_array_remove_index (script->sections, at);
  return TRUE;
}

/**
 * side_script_edit_shift_step:
 * @script: a draft
 * @id: the step
 * @by: -1 for up, 1 for down
 *
 * Returns: whether it stands elsewhere now
 */
gboolean
side_script_edit_shift_step (SideScript *script,
                             const char *id,
                             int         by)
{
  return shift (script->steps, side_script_edit_step_index (script, id), by);
}

/**
 * side_script_edit_remove_step:
 * @script: a draft
 * @id: the step; branches that led to it go
 *
 * Returns: whether it was there
 */
gboolean
side_script_edit_remove_step (SideScript *script,
                              const char *id)
{
  g_autofree char *gone = g_strdup (id);   /* it may be the step's own */
  guint at = side_script_edit_step_index (script, id);

  if (at >= script->steps->len)
    return FALSE;
  g_ptr_array_remove_index (script->steps, at);
  for (guint i = 0; i < script->steps->len; i++)
    {
      SideStep *step = g_ptr_array_index (script->steps, i);

      for (guint k = step->branches->len; k > 0; k--)
        if (g_strcmp0 (((SideBranch *) g_ptr_array_index (step->branches, k - 1))->step, gone) == 0)
          g_ptr_array_remove_index (step->branches, k - 1);
    }
  return TRUE;
}
