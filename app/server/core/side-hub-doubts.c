/* side-hub-doubts.c - what the board holds from before a restart
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A restored board shows legs and operators as they stood when the server
 * fell silent. Sources tell what of it goes on. When the last gap of a project
 * is closed, all of its exchanges have said how things stand: whom none of them
 * named is off, and a leg that none of them has has ended, nobody knows when,
 * so at the gap's beginning.
 */
#include "side-hub-private.h"

typedef struct {
  GHashTable *calls;   /* ids of legs that lived and that no source goes on with */
  GHashTable *told;    /* "OPERATOR" and "OPERATOR\nQUEUE" a source told of since */
} Doubts;

static void
doubts_free (gpointer data)
{
  Doubts *doubts = data;

  g_hash_table_unref (doubts->calls);
  g_hash_table_unref (doubts->told);
  g_free (doubts);
}

GHashTable *
_side_hub_doubts_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, doubts_free);
}

/* Called when the board was restored: all of it is of before. */
void
_side_hub_doubt (SideHub *self)
{
  GPtrArray *projects = side_board_get_projects (self->board);

  g_hash_table_remove_all (self->doubts);
  for (guint i = 0; i < projects->len; i++)
    {
      const SideBoardProject *project = g_ptr_array_index (projects, i);
      Doubts *doubts = g_new0 (Doubts, 1);

      doubts->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      doubts->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint j = 0; j < project->live->len; j++)
        g_hash_table_add (doubts->calls, g_strdup (((SideCall *) g_ptr_array_index (project->live, j))->id));
      g_hash_table_insert (self->doubts, (gpointer) project->id, doubts);
    }
}

/**
 * side_hub_trust_call:
 * @self: the hub
 * @id: a leg that lived when the server ended
 *
 * A source goes on with it, and will tell when it has ended.
 */
void
side_hub_trust_call (SideHub    *self,
                     const char *id)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (SIDE_IS_HUB (self));

  g_hash_table_iter_init (&iter, self->doubts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_hash_table_remove (((Doubts *) value)->calls, id);
}

static char *
place_key (const char *operator_id,
           const char *queue)
{
  return g_strdup_printf ("%s\n%s", operator_id, queue);
}

static void
leave_queue (SideHub          *self,
             SideBoardProject *project,
             SideOperator     *op,
             const char       *queue,
             gint64            at_ms)
{
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_QUEUE_MEMBER, at_ms, project->id);

  event->operator_id = op->id;
  event->name = op->name;
  event->queue = queue;
  event->member = SIDE_MEMBER_REMOVED;
  event->backfilled = TRUE;
  side_hub_publish (self, event);
}

static void
settle_operator (SideHub          *self,
                 SideBoardProject *project,
                 SideOperator     *op,
                 const Doubts     *doubts,
                 gint64            at_ms)
{
  g_autoptr (SideEvent) event = NULL;

  for (guint i = op->queues->len; i > 0; i--)
    {
      const char *queue = g_ptr_array_index (op->queues, i - 1);
      g_autofree char *key = place_key (op->id, queue);

      if (!g_hash_table_contains (doubts->told, key))
        leave_queue (self, project, op, queue, at_ms);
    }
  if (op->state == SIDE_OPERATOR_OFF || g_hash_table_contains (doubts->told, op->id))
    return;
  event = side_event_new (SIDE_EVENT_OPERATOR_STATE, MAX (at_ms, op->since_ms), project->id);
  event->operator_id = op->id;
  event->name = op->name;
  event->state = SIDE_OPERATOR_OFF;
  event->backfilled = TRUE;
  side_hub_publish (self, event);
}

static void
settle_call (SideHub    *self,
             const char *id,
             gint64      at_ms)
{
  const SideCall *call = side_board_get_call (self->board, id);
  g_autoptr (SideEvent) event = NULL;

  if (call == NULL || !side_call_is_live (call))
    return;
  event = side_event_new (SIDE_EVENT_CALL_ENDED, MAX (at_ms, MAX (call->joined_ms, call->answered_ms)), call->project);
  event->call = g_strdup (id);
  event->queue = call->queue;
  event->journey = g_strdup (call->journey);
  event->joined_ms = call->joined_ms;
  event->answered_ms = call->answered_ms;
  event->outcome = call->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST;
  event->backfilled = TRUE;
  side_hub_publish (self, event);
}

static void
settle (SideHub          *self,
        SideBoardProject *project,
        gint64            at_ms)
{
  Doubts *doubts = g_hash_table_lookup (self->doubts, project->id);
  GHashTableIter iter;
  gpointer id;

  /* What is published now is no news of a source. */
  g_hash_table_steal (self->doubts, project->id);
  g_hash_table_iter_init (&iter, doubts->calls);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    settle_call (self, id, at_ms);
  for (guint i = 0; i < project->operators->len; i++)
    settle_operator (self, project, g_ptr_array_index (project->operators, i), doubts, at_ms);
  doubts_free (doubts);
}

/* Called for each event that was published. */
void
_side_hub_heed (SideHub         *self,
                const SideEvent *event)
{
  Doubts *doubts = g_hash_table_lookup (self->doubts, event->project);
  SideBoardProject *project;

  if (doubts == NULL)
    return;
  if (event->kind == SIDE_EVENT_SOURCE_GAP)
    {
      project = side_board_get_project (self->board, event->project);
      if (event->to_ms != 0 && side_board_project_get_gap_ms (project, NULL) == 0)
        settle (self, project, event->from_ms);
    }
  else if (event->kind == SIDE_EVENT_OPERATOR_STATE && event->operator_id != NULL)
    {
      g_hash_table_add (doubts->told, g_strdup (event->operator_id));
    }
  else if (event->kind == SIDE_EVENT_QUEUE_MEMBER && event->operator_id != NULL && event->queue != NULL)
    {
      g_hash_table_add (doubts->told, place_key (event->operator_id, event->queue));
    }
  else if (event->call != NULL)
    {
      g_hash_table_remove (doubts->calls, event->call);
    }
}

static gboolean
is_kept (const SideGap      *gap,
         const char *const  *names)
{
  return gap->to_ms != 0 || gap->source == NULL || g_strv_contains (names, gap->source);
}

/**
 * side_hub_keep_sources:
 * @self: the hub, started
 * @project: id of a project
 * @names: (array zero-terminated=1): what its sources call themselves in gaps
 *
 * Closes the gaps of sources there were before and that were taken out of the
 * configuration, or renamed: nobody else would.
 */
void
side_hub_keep_sources (SideHub           *self,
                       const char        *project,
                       const char *const *names)
{
  gint64 now_ms = side_clock_now_ms (self->clock);
  SideBoardProject *place;

  g_return_if_fail (SIDE_IS_HUB (self));
  g_return_if_fail (names != NULL);

  place = side_board_get_project (self->board, project);
  for (guint i = 0; place != NULL && i < place->gaps->len; i++)
    {
      const SideGap *gap = &g_array_index (place->gaps, SideGap, i);
      g_autoptr (SideEvent) event = NULL;

      if (is_kept (gap, names))
        continue;
      event = side_event_new (SIDE_EVENT_SOURCE_GAP, now_ms, place->id);
      event->source = gap->source;
      event->from_ms = gap->from_ms;
      event->to_ms = now_ms;
      side_hub_publish (self, event);
    }
}
