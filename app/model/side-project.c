/* side-project.c - a shop whose calls are handled, and its queues
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-project.h"

#include "side-time.h"

G_DEFINE_BOXED_TYPE (SideProject, side_project, side_project_ref, side_project_unref)

static void
queue_free (gpointer data)
{
  SideQueue *queue = data;

  g_free (queue->name);
  g_free (queue);
}

static void
dialled_free (gpointer data)
{
  SideDialled *dialled = data;

  g_free (dialled->number);
  g_free (dialled->source);
  g_free (dialled);
}

/**
 * side_project_new:
 * @id: id, unique within the server
 * @name: the shop's name
 * @time_zone: its time zone, "Europe/Moscow"
 * @error: return location
 *
 * Limits and targets have their defaults: F4, 80 % in 20 s, a wait limit of
 * 45 s, 5 % abandoned, short abandons up to 5 s, call-backs due in 30 min.
 *
 * Returns: (transfer full) (nullable): a project without queues, or %NULL
 *   with %SIDE_ERROR_INVALID for an unknown time zone
 */
SideProject *
side_project_new (const char  *id,
                  const char  *name,
                  const char  *time_zone,
                  GError     **error)
{
  SideProject *self;
  GTimeZone *zone = side_time_zone_new (time_zone, error);

  if (zone == NULL)
    return NULL;
  self = g_new0 (SideProject, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_intern_string (id);
  self->name = g_strdup (name);
  self->time_zone_name = g_strdup (time_zone);
  self->time_zone = zone;
  self->currency = g_strdup ("RUB");
  self->formula = SIDE_FORMULA_F4;
  self->threshold_ms = 20 * SIDE_SECOND_MS;
  self->target = 0.80;
  self->short_abandon_ms = 5 * SIDE_SECOND_MS;
  self->wait_limit_ms = 45 * SIDE_SECOND_MS;
  self->answer_target_ms = 15 * SIDE_SECOND_MS;
  self->abandon_target = 0.05;
  self->waiting_limit = 1;
  self->callback_due_ms = 30 * SIDE_MINUTE_MS;
  self->dispute_days = 5;
  self->queues = g_ptr_array_new_with_free_func (queue_free);
  self->dialled = g_ptr_array_new_with_free_func (dialled_free);
  return self;
}

/**
 * side_project_ref:
 * @self: a project
 *
 * Returns: (transfer full): @self
 */
SideProject *
side_project_ref (SideProject *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_project_unref:
 * @self: (transfer full): a project
 */
void
side_project_unref (SideProject *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->time_zone_name);
  g_free (self->currency);
  g_time_zone_unref (self->time_zone);
  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->dialled);
  g_strfreev (self->test_callers);
  g_free (self);
}

/**
 * side_project_add_queue:
 * @self: a project that nobody else holds yet
 * @id: id, unique within the server
 * @name: (nullable): its name; %NULL for the id
 * @wrap_up_ms: after-call time
 *
 * Returns: (transfer none): the queue
 */
SideQueue *
side_project_add_queue (SideProject *self,
                        const char  *id,
                        const char  *name,
                        gint64       wrap_up_ms)
{
  SideQueue *queue = g_new0 (SideQueue, 1);

  queue->id = g_intern_string (id);
  queue->name = g_strdup (name != NULL ? name : id);
  queue->wrap_up_ms = wrap_up_ms;
  g_ptr_array_add (self->queues, queue);
  return queue;
}

/**
 * side_project_add_dialled:
 * @self: a project that nobody else holds yet
 * @number: a number callers dial, as the PBX gives it
 * @source: the advertising source it stands for
 */
void
side_project_add_dialled (SideProject *self,
                          const char  *number,
                          const char  *source)
{
  SideDialled *dialled = g_new0 (SideDialled, 1);

  dialled->number = g_strdup (number);
  dialled->source = g_strdup (source);
  g_ptr_array_add (self->dialled, dialled);
}

/**
 * side_project_find_queue:
 * @self: a project
 * @id: (nullable): a queue's id
 *
 * Returns: (transfer none) (nullable): the queue
 */
SideQueue *
side_project_find_queue (const SideProject *self,
                         const char        *id)
{
  for (guint i = 0; i < self->queues->len; i++)
    {
      SideQueue *queue = g_ptr_array_index (self->queues, i);
      if (g_strcmp0 (queue->id, id) == 0)
        return queue;
    }
  return NULL;
}

/**
 * side_project_set_test_callers:
 * @self: a project
 * @list: numbers that test calls come from, with ";" between them
 */
void
side_project_set_test_callers (SideProject *self,
                               const char  *list)
{
  g_strfreev (self->test_callers);
  self->test_callers = g_strsplit (list, ";", -1);
  for (gsize i = 0; self->test_callers[i] != NULL; i++)
    g_strstrip (self->test_callers[i]);
}

/**
 * side_project_find_source:
 * @self: a project
 * @dialled: (nullable): the number a caller dialled
 *
 * Returns: (transfer none) (nullable): the advertising source
 */
const char *
side_project_find_source (const SideProject *self,
                          const char        *dialled)
{
  for (guint i = 0; i < self->dialled->len; i++)
    {
      SideDialled *entry = g_ptr_array_index (self->dialled, i);
      if (g_strcmp0 (entry->number, dialled) == 0)
        return entry->source;
    }
  return NULL;
}
