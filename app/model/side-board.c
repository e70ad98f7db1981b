/* side-board.c - what the board holds, and how it forgets
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules by which events change it are in side-board-apply.c. Here is the
 * storage, the trimming of what is older than today, the comparison the tests
 * live by, and the way back from a snapshot.
 */
#include "side-board-private.h"

#include "side-time.h"

#define KEEP_MS          (2 * SIDE_HOUR_MS)
#define TRIM_MS          (15 * SIDE_MINUTE_MS)

G_DEFINE_FINAL_TYPE (SideBoard, side_board, G_TYPE_OBJECT)

static void
span_clear (gpointer data)
{
  g_free (((SideStateSpan *) data)->reason);
}

static void
operator_free (gpointer data)
{
  SideOperator *op = data;

  g_free (op->call);
  g_free (op->reason);
  g_ptr_array_unref (op->queues);
  g_array_unref (op->spans);
  g_free (op);
}

static void
callback_free (gpointer data)
{
  SideCallback *callback = data;

  g_free (callback->caller);
  g_free (callback->dialled);
  g_free (callback->call);
  g_free (callback);
}

static void
board_project_free (gpointer data)
{
  SideBoardProject *project = data;

  g_clear_pointer (&project->config, side_project_unref);
  g_ptr_array_unref (project->live);
  g_ptr_array_unref (project->calls);
  g_ptr_array_unref (project->operators);
  g_ptr_array_unref (project->callbacks);
  g_array_unref (project->gaps);
  g_free (project);
}

static void
side_board_finalize (GObject *object)
{
  SideBoard *self = SIDE_BOARD (object);

  g_hash_table_unref (self->calls);
  g_ptr_array_unref (self->projects);
  G_OBJECT_CLASS (side_board_parent_class)->finalize (object);
}

static void
side_board_class_init (SideBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_board_finalize;
}

static void
side_board_init (SideBoard *self)
{
  self->projects = g_ptr_array_new_with_free_func (board_project_free);
  self->calls = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * side_board_new:
 *
 * Returns: (transfer full): an empty board
 */
SideBoard *
side_board_new (void)
{
  return g_object_new (SIDE_TYPE_BOARD, NULL);
}

/**
 * side_board_get_seq:
 * @self: a board
 *
 * Returns: the number of the newest event in it, 0 for none
 */
guint64
side_board_get_seq (SideBoard *self)
{
  g_return_val_if_fail (SIDE_IS_BOARD (self), 0);
  return self->seq;
}

/**
 * side_board_get_at_ms:
 * @self: a board
 *
 * Returns: the newest instant any event told of, 0 for none
 */
gint64
side_board_get_at_ms (SideBoard *self)
{
  g_return_val_if_fail (SIDE_IS_BOARD (self), 0);
  return self->at_ms;
}

/**
 * side_board_get_projects:
 * @self: a board
 *
 * Returns: (transfer none) (element-type SideBoardProject): all projects
 */
GPtrArray *
side_board_get_projects (SideBoard *self)
{
  g_return_val_if_fail (SIDE_IS_BOARD (self), NULL);
  return self->projects;
}

/**
 * side_board_get_project:
 * @self: a board
 * @id: (nullable): a project's id
 *
 * Returns: (transfer none) (nullable): what the board knows of it
 */
SideBoardProject *
side_board_get_project (SideBoard  *self,
                        const char *id)
{
  g_return_val_if_fail (SIDE_IS_BOARD (self), NULL);

  for (guint i = 0; i < self->projects->len; i++)
    {
      SideBoardProject *project = g_ptr_array_index (self->projects, i);
      if (g_strcmp0 (project->id, id) == 0)
        return project;
    }
  return NULL;
}

/**
 * side_board_get_call:
 * @self: a board
 * @id: a leg's id
 *
 * Returns: (transfer none) (nullable): the leg, while the board keeps it
 */
SideCall *
side_board_get_call (SideBoard  *self,
                     const char *id)
{
  g_return_val_if_fail (SIDE_IS_BOARD (self), NULL);
  return id != NULL ? g_hash_table_lookup (self->calls, id) : NULL;
}

SideOperator *
_side_board_find_operator (SideBoardProject *project,
                           const char       *id)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      SideOperator *op = g_ptr_array_index (project->operators, i);
      if (op->id == id)
        return op;
    }
  return NULL;
}

/**
 * side_board_get_operator:
 * @self: a board
 * @project: a project's id
 * @id: an operator's id
 *
 * Returns: (transfer none) (nullable): the operator as that project sees them
 */
SideOperator *
side_board_get_operator (SideBoard  *self,
                         const char *project,
                         const char *id)
{
  SideBoardProject *found = side_board_get_project (self, project);

  /* One that was never interned is nobody's, and must not become so by asking. */
  return found != NULL && id != NULL ? _side_board_find_operator (found, g_quark_to_string (g_quark_try_string (id))) : NULL;
}

/**
 * side_board_project_get_gap_ms:
 * @self: a project's place on the board
 * @source: (nullable): name of the exchange that is asked about; %NULL for any
 *
 * Returns: the instant since which an exchange is not heard, the earliest of
 *   them; 0 while all are heard
 */
gint64
side_board_project_get_gap_ms (const SideBoardProject *self,
                               const char             *source)
{
  gint64 from_ms = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      const SideGap *gap = &g_array_index (self->gaps, SideGap, i);

      if (gap->to_ms == 0 && (source == NULL || g_strcmp0 (gap->source, source) == 0))
        from_ms = from_ms != 0 ? MIN (from_ms, gap->from_ms) : gap->from_ms;
    }
  return from_ms;
}

/**
 * side_board_restore_project:
 * @self: a board
 * @id: a project's id
 *
 * Returns: (transfer none): its place on the board, made if need be
 */
SideBoardProject *
side_board_restore_project (SideBoard  *self,
                            const char *id)
{
  SideBoardProject *project = side_board_get_project (self, id);

  if (project != NULL)
    return project;
  project = g_new0 (SideBoardProject, 1);
  project->id = g_intern_string (id);
  project->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  project->live = g_ptr_array_new ();
  project->operators = g_ptr_array_new_with_free_func (operator_free);
  project->callbacks = g_ptr_array_new_with_free_func (callback_free);
  project->gaps = g_array_new (FALSE, TRUE, sizeof (SideGap));
  g_ptr_array_add (self->projects, project);
  return project;
}

/**
 * side_board_add_project:
 * @self: a board
 * @project: its settings: time zone, queues, service level
 *
 * Replaces the settings where the project is known already.
 */
void
side_board_add_project (SideBoard   *self,
                        SideProject *project)
{
  SideBoardProject *place;

  g_return_if_fail (SIDE_IS_BOARD (self));
  g_return_if_fail (project != NULL);

  place = side_board_restore_project (self, project->id);
  side_project_ref (project);
  g_clear_pointer (&place->config, side_project_unref);
  place->config = project;
}

/**
 * side_board_restore_position:
 * @self: an empty board
 * @seq: number of the newest event the snapshot holds
 * @at_ms: side_board_get_at_ms() of the board it was taken of
 */
void
side_board_restore_position (SideBoard *self,
                             guint64    seq,
                             gint64     at_ms)
{
  g_return_if_fail (SIDE_IS_BOARD (self));
  self->seq = seq;
  self->at_ms = at_ms;
}

/**
 * side_board_restore_call:
 * @self: a board
 * @project: the leg's project
 * @call: (transfer none): a leg that is not on the board
 */
void
side_board_restore_call (SideBoard        *self,
                         SideBoardProject *project,
                         SideCall         *call)
{
  g_return_if_fail (SIDE_IS_BOARD (self));
  g_return_if_fail (call != NULL && call->id != NULL);

  if (g_hash_table_contains (self->calls, call->id))
    return;
  call->project = project->id;
  g_ptr_array_add (project->calls, side_call_ref (call));
  g_hash_table_insert (self->calls, call->id, call);
  if (side_call_is_live (call))
    g_ptr_array_add (project->live, call);
}

/**
 * side_board_restore_operator:
 * @self: a board
 * @project: a project
 * @id: an operator's id
 *
 * Returns: (transfer none): the operator, made if need be; the caller fills
 *   its members
 */
SideOperator *
side_board_restore_operator (SideBoard        *self,
                             SideBoardProject *project,
                             const char       *id)
{
  SideOperator *op = _side_board_find_operator (project, g_intern_string (id));

  if (op != NULL)
    return op;
  op = g_new0 (SideOperator, 1);
  op->id = g_intern_string (id);
  op->name = op->id;
  op->queues = g_ptr_array_new ();
  op->spans = g_array_new (FALSE, TRUE, sizeof (SideStateSpan));
  g_array_set_clear_func (op->spans, span_clear);
  g_ptr_array_add (project->operators, op);
  return op;
}

/**
 * side_board_restore_callback:
 * @self: a board
 * @project: a project
 * @caller: the number to ring back
 * @dialled: the number they had dialled
 *
 * Returns: (transfer none): a new entry; the caller fills its members
 */
SideCallback *
side_board_restore_callback (SideBoard        *self,
                             SideBoardProject *project,
                             const char       *caller,
                             const char       *dialled)
{
  SideCallback *callback = g_new0 (SideCallback, 1);

  callback->caller = g_strdup (caller ? caller : "");
  callback->dialled = g_strdup (dialled ? dialled : "");
  g_ptr_array_add (project->callbacks, callback);
  return callback;
}

SideCallback *
_side_board_find_callback (SideBoardProject *project,
                           const char       *caller,
                           const char       *dialled)
{
  for (guint i = 0; i < project->callbacks->len; i++)
    {
      SideCallback *callback = g_ptr_array_index (project->callbacks, i);
      if (callback->closed_ms == 0
          && g_str_equal (callback->caller, caller ? caller : "")
          && g_str_equal (callback->dialled, dialled ? dialled : ""))
        return callback;
    }
  return NULL;
}

SideCall *
_side_board_ensure_call (SideBoard        *self,
                         SideBoardProject *project,
                         const char       *id)
{
  SideCall *call = side_board_get_call (self, id);

  if (call != NULL)
    return call->project == project->id ? call : NULL;
  call = side_call_new (id);
  side_board_restore_call (self, project, call);
  side_call_unref (call);
  return call;
}

static gint64
keep_from (const SideBoardProject *project,
           gint64                  at_ms)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = project->config != NULL ? project->config->time_zone : utc;

  return MIN (side_time_day_start (zone, at_ms), at_ms - KEEP_MS);
}

static void
trim_calls (SideBoard        *self,
            SideBoardProject *project,
            gint64            from_ms)
{
  guint kept = 0;

  for (guint i = 0; i < project->calls->len; i++)
    {
      SideCall *call = g_ptr_array_index (project->calls, i);

      if (side_call_is_live (call) || MAX (call->joined_ms, call->ended_ms) >= from_ms)
        {
          project->calls->pdata[kept++] = call;
          continue;
        }
      g_hash_table_remove (self->calls, call->id);
      side_call_unref (call);
    }
  /* The tail holds pointers that moved down or were released. */
  for (guint i = kept; i < project->calls->len; i++)
    project->calls->pdata[i] = NULL;
  g_ptr_array_set_free_func (project->calls, NULL);
  g_ptr_array_set_size (project->calls, (int) kept);
  g_ptr_array_set_free_func (project->calls, (GDestroyNotify) side_call_unref);
}

static void
trim_operators (SideBoardProject *project,
                gint64            from_ms,
                gboolean          new_day)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      SideOperator *op = g_ptr_array_index (project->operators, i);
      guint drop = 0;

      while (drop < op->spans->len)
        {
          const SideStateSpan *span = &g_array_index (op->spans, SideStateSpan, drop);
          if (span->to_ms == 0 || span->to_ms >= from_ms)
            break;
          drop++;
        }
      if (drop > 0)
        g_array_remove_range (op->spans, 0, drop);
      if (new_day)
        op->missed = 0;
    }
}

static void
trim_rest (SideBoardProject *project,
           gint64            from_ms,
           gint64            at_ms)
{
  for (guint i = project->callbacks->len; i-- > 0;)
    {
      const SideCallback *callback = g_ptr_array_index (project->callbacks, i);
      if ((callback->closed_ms != 0 && callback->closed_ms < from_ms)
          || callback->lost_ms < at_ms - SIDE_BOARD_CALLBACK_KEEP_MS)
        g_ptr_array_remove_index (project->callbacks, i);
    }
  for (guint i = project->gaps->len; i-- > 0;)
    {
      const SideGap *gap = &g_array_index (project->gaps, SideGap, i);
      if (gap->to_ms != 0 && gap->to_ms < from_ms)
        g_array_remove_index (project->gaps, i);
    }
}

/* Once a quarter of an hour of the events' own time, so that it falls at the
 * same event on every board that sees the same events. Every zone's midnight
 * lies on such a quarter. */
void
_side_board_trim (SideBoard *self,
                  gint64     old_at_ms)
{
  if (old_at_ms / TRIM_MS == self->at_ms / TRIM_MS)
    return;
  for (guint i = 0; i < self->projects->len; i++)
    {
      SideBoardProject *project = g_ptr_array_index (self->projects, i);
      gint64 from_ms = keep_from (project, self->at_ms);
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
      GTimeZone *zone = project->config != NULL ? project->config->time_zone : utc;
      gboolean new_day = old_at_ms != 0
                         && side_time_day_start (zone, old_at_ms) != side_time_day_start (zone, self->at_ms);

      trim_calls (self, project, from_ms);
      trim_operators (project, from_ms, new_day);
      trim_rest (project, from_ms, self->at_ms);
    }
}

static gboolean
spans_equal (const GArray *a,
             const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const SideStateSpan *x = &g_array_index (a, SideStateSpan, i);
      const SideStateSpan *y = &g_array_index (b, SideStateSpan, i);
      if (x->state != y->state || x->from_ms != y->from_ms || x->to_ms != y->to_ms
          || g_strcmp0 (x->reason, y->reason) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
gaps_equal (const GArray *a,
            const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const SideGap *x = &g_array_index (a, SideGap, i);
      const SideGap *y = &g_array_index (b, SideGap, i);
      if (x->from_ms != y->from_ms || x->to_ms != y->to_ms || x->source != y->source)
        return FALSE;
    }
  return TRUE;
}

static char *
compare_operators (const SideOperator *a,
                   const SideOperator *b)
{
  if (a->name != b->name || a->alias != b->alias || a->state != b->state || a->since_ms != b->since_ms
      || g_strcmp0 (a->reason, b->reason) != 0 || g_strcmp0 (a->call, b->call) != 0 || a->queue != b->queue
      || a->missed != b->missed)
    return g_strdup_printf ("operator %s differs", a->id);
  if (a->queues->len != b->queues->len
      || (a->queues->len > 0
          && memcmp (a->queues->pdata, b->queues->pdata, a->queues->len * sizeof (gpointer)) != 0))
    return g_strdup_printf ("queues of operator %s differ", a->id);
  if (!spans_equal (a->spans, b->spans))
    return g_strdup_printf ("states of operator %s differ", a->id);
  return NULL;
}

static char *
compare_callbacks (const SideBoardProject *a,
                   const SideBoardProject *b)
{
  if (a->callbacks->len != b->callbacks->len)
    return g_strdup_printf ("%s: %u and %u call-backs", a->id, a->callbacks->len, b->callbacks->len);
  for (guint i = 0; i < a->callbacks->len; i++)
    {
      const SideCallback *x = g_ptr_array_index (a->callbacks, i);
      const SideCallback *y = g_ptr_array_index (b->callbacks, i);
      if (g_strcmp0 (x->caller, y->caller) != 0 || g_strcmp0 (x->dialled, y->dialled) != 0
          || x->queue != y->queue || g_strcmp0 (x->call, y->call) != 0 || x->lost_ms != y->lost_ms
          || x->closed_ms != y->closed_ms || x->attempts != y->attempts)
        return g_strdup_printf ("%s: call-back of %s differs", a->id, x->caller);
    }
  return NULL;
}

static char *
compare_projects (const SideBoardProject *a,
                  const SideBoardProject *b)
{
  char *difference;

  if (a->calls->len != b->calls->len || a->live->len != b->live->len)
    return g_strdup_printf ("%s: %u/%u and %u/%u legs", a->id, a->calls->len, a->live->len,
                            b->calls->len, b->live->len);
  for (guint i = 0; i < a->calls->len; i++)
    if (!side_call_equal (g_ptr_array_index (a->calls, i), g_ptr_array_index (b->calls, i)))
      return g_strdup_printf ("%s: leg %s differs", a->id, ((SideCall *) g_ptr_array_index (a->calls, i))->id);
  if (a->operators->len != b->operators->len)
    return g_strdup_printf ("%s: %u and %u operators", a->id, a->operators->len, b->operators->len);
  for (guint i = 0; i < a->operators->len; i++)
    {
      const SideOperator *x = g_ptr_array_index (a->operators, i);
      const SideOperator *y = g_ptr_array_index (b->operators, i);
      if (x->id != y->id)
        return g_strdup_printf ("%s: operators %s and %s", a->id, x->id, y->id);
      difference = compare_operators (x, y);
      if (difference != NULL)
        return difference;
    }
  if (!gaps_equal (a->gaps, b->gaps))
    return g_strdup_printf ("%s: gaps differ", a->id);
  return compare_callbacks (a, b);
}

/**
 * side_board_equal:
 * @a: a board
 * @b: a board
 * @difference: (out) (optional): words for the first difference
 *
 * Settings are not compared: they come beside the events, not from them.
 *
 * Returns: whether both show the same picture
 */
gboolean
side_board_equal (SideBoard  *a,
                  SideBoard  *b,
                  char      **difference)
{
  g_autofree char *found = NULL;

  g_return_val_if_fail (SIDE_IS_BOARD (a) && SIDE_IS_BOARD (b), FALSE);

  if (a->seq != b->seq || a->at_ms != b->at_ms)
    found = g_strdup_printf ("at %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT, a->seq, b->seq);
  for (guint i = 0; found == NULL && i < a->projects->len; i++)
    {
      const SideBoardProject *x = g_ptr_array_index (a->projects, i);
      const SideBoardProject *y = side_board_get_project (b, x->id);

      if (y != NULL)
        found = compare_projects (x, y);
      else if (x->calls->len > 0 || x->operators->len > 0)
        found = g_strdup_printf ("project %s is on one board only", x->id);
    }
  if (found == NULL)
    return TRUE;
  if (difference != NULL)
    *difference = g_steal_pointer (&found);
  return FALSE;
}
