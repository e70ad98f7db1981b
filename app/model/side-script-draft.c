/* side-script-draft.c - from a version to a draft and to the next version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A version in use is never edited: each step here makes a script of its own
 * and leaves the one it came from as it was. New ids are made here too.
 */
#include "side-script.h"

#include <string.h>

#include "side-text.h"

/**
 * side_script_draft:
 * @self: a version in use or retired; or a draft, to go on from
 * @id: UUID of the draft to be
 *
 * Returns: (transfer full): a draft of the version after @self, with its content
 */
SideScript *
side_script_draft (const SideScript *self,
                   const char       *id)
{
  SideScript *draft;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  draft = side_script_copy (self);
  if (self->state != SIDE_SCRIPT_DRAFT)
    {
      g_free (draft->script);
      draft->script = g_strdup (self->id);
      draft->version = self->version + 1;
    }
  draft->state = SIDE_SCRIPT_DRAFT;
  draft->since_ms = 0;
  g_clear_pointer (&draft->author, g_free);
  g_clear_pointer (&draft->note, g_free);
  g_free (draft->id);
  draft->id = g_strdup (id);
  return draft;
}

/**
 * side_script_publish:
 * @draft: a draft
 * @author: (nullable): who puts it in use
 * @note: (nullable): what this version changes, and why
 * @now_ms: the instant
 *
 * A draft that does not say which script it will be becomes a new one.
 *
 * Returns: (transfer full): the version, in use
 */
SideScript *
side_script_publish (const SideScript *draft,
                     const char       *author,
                     const char       *note,
                     gint64            now_ms)
{
  SideScript *script;

  g_return_val_if_fail (draft != NULL && draft->state == SIDE_SCRIPT_DRAFT, NULL);

  script = side_script_copy (draft);
  g_free (script->id);
  script->id = script->script != NULL ? g_steal_pointer (&script->script) : side_id_new ();
  script->state = SIDE_SCRIPT_IN_USE;
  script->version = MAX (script->version, 1);
  script->since_ms = now_ms;
  g_free (script->author);
  script->author = g_strdup (author);
  g_free (script->note);
  script->note = g_strdup (note);
  return script;
}

/**
 * side_script_retire:
 * @self: a version in use
 * @now_ms: the instant
 *
 * Returns: (transfer full): the same version, for no new reviews
 */
SideScript *
side_script_retire (const SideScript *self,
                    gint64            now_ms)
{
  SideScript *script;

  g_return_val_if_fail (self != NULL && self->state != SIDE_SCRIPT_DRAFT, NULL);

  script = side_script_copy (self);
  script->state = SIDE_SCRIPT_RETIRED;
  script->since_ms = now_ms;
  return script;
}

/* The number an id has behind @prefix: 3 of "2.3" behind "2."; 0 for any other id. */
static guint64
number_behind (const char *prefix,
               const char *id)
{
  guint64 number = 0;

  if (id == NULL || !g_str_has_prefix (id, prefix))
    return 0;
  return g_ascii_string_to_unsigned (id + strlen (prefix), 10, 1, G_MAXUINT32, &number, NULL) ? number : 0;
}

/**
 * side_script_new_section_id:
 * @self: a script
 *
 * Returns: (transfer full): "5": one above the highest number among its sections
 */
char *
side_script_new_section_id (const SideScript *self)
{
  guint64 highest = 0;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->sections->len; i++)
    highest = MAX (highest, number_behind ("", ((SideSection *) g_ptr_array_index (self->sections, i))->id));
  return g_strdup_printf ("%" G_GUINT64_FORMAT, highest + 1);
}

/**
 * side_script_new_criterion_id:
 * @self: a script
 * @section: one of its sections
 *
 * A criterion that was moved keeps its id, so all of the script is looked at.
 *
 * Returns: (transfer full): "2.3": one above the highest number behind the section's id
 */
char *
side_script_new_criterion_id (const SideScript  *self,
                              const SideSection *section)
{
  g_autofree char *prefix = NULL;
  guint64 highest = 0;

  g_return_val_if_fail (self != NULL && section != NULL, NULL);

  prefix = g_strconcat (section->id, ".", NULL);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const SideSection *each = g_ptr_array_index (self->sections, i);

      for (guint k = 0; k < each->criteria->len; k++)
        highest = MAX (highest, number_behind (prefix, ((SideCriterion *) g_ptr_array_index (each->criteria, k))->id));
    }
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT, prefix, highest + 1);
}

/**
 * side_script_new_step_id:
 * @self: a script
 *
 * Returns: (transfer full): "s7": one above the highest number among its steps
 */
char *
side_script_new_step_id (const SideScript *self)
{
  guint64 highest = 0;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->steps->len; i++)
    highest = MAX (highest, number_behind ("s", ((SideStep *) g_ptr_array_index (self->steps, i))->id));
  return g_strdup_printf ("s%" G_GUINT64_FORMAT, highest + 1);
}
