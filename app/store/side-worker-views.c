/* side-worker-views.c - views in the thread: answering and following
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Until the columns are loaded a list by time gets its first page straight
 * from the database. A search among very many calls gets the hits among the
 * newest ones at once: what is typed shows with the next frame. The whole
 * comes as soon as there is nothing else to do.
 */
#include "side-worker.h"

#include "side-call-query.h"

#define FIRST_PAGE  200
#define NEWEST_ROWS 5000    /* looked through before all others */
#define LOAD_STEP   20000

void
side_view_request_free (SideViewRequest *self)
{
  g_clear_pointer (&self->ticket, side_view_ticket_unref);
  g_clear_pointer (&self->query, side_call_query_free);
  g_free (self);
}

/* What nobody waits for any more is no failure. */
static gboolean
answer (SideWorker  *self,
        SideView    *view,
        GError     **error)
{
  g_autoptr (GError) failure = NULL;

  if (side_view_is_outdated (view))
    return TRUE;
  if (side_view_build (view, self->columns, self->db, &failure))
    {
      side_news_add_list (self->news, view)->rows = g_array_copy (view->rows);
      return TRUE;
    }
  if (side_error_is_cancelled (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
answer_all (SideWorker  *self,
            GError     **error)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    if (!((SideView *) view)->built && !answer (self, view, error))
      return FALSE;
  return TRUE;
}

/**
 * side_worker_tell_views:
 * @self: the worker
 * @error: why no list can be shown
 */
void
side_worker_tell_views (SideWorker   *self,
                        const GError *error)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    side_news_add_list (self->news, view)->error = g_error_copy (error);
}

/**
 * side_worker_load_some:
 * @self: the worker
 * @error: (out): the error; all lists are told
 *
 * One step of what is left to do: of loading the columns, and after the last
 * one of answering the views that wait.
 *
 * Returns: %TRUE on success
 */
gboolean
side_worker_load_some (SideWorker  *self,
                       GError     **error)
{
  GError *failure = NULL;

  self->pending = FALSE;
  if ((!self->columns->loaded && !side_columns_load_some (self->columns, self->db, LOAD_STEP, &failure))
      || (self->columns->loaded && !answer_all (self, &failure)))
    {
      /* Whoever asks next tries again. */
      self->wants_columns = FALSE;
      side_worker_tell_views (self, failure);
      g_propagate_error (error, failure);
      return FALSE;
    }
  return TRUE;
}

/**
 * side_worker_need_columns:
 * @self: the worker
 * @error: (out): the error
 *
 * Loads all that is left to load, now.
 *
 * Returns: %TRUE on success
 */
gboolean
side_worker_need_columns (SideWorker  *self,
                          GError     **error)
{
  gboolean waiting = !self->columns->loaded;

  while (!self->columns->loaded)
    if (!side_columns_load_some (self->columns, self->db, LOAD_STEP, error))
      return FALSE;
  if (waiting && !answer_all (self, error))
    return FALSE;
  return side_db_load_names (self->db, error);
}

/* Whether the first page of @query can be had by walking the index. */
static gboolean
is_plain (const SideCallQuery *query)
{
  g_autoptr (SideCallQuery) plain = side_call_query_new ();

  plain->project = g_strdup (query->project);
  plain->from_ms = query->from_ms;
  plain->to_ms = query->to_ms;
  plain->sort = SIDE_CALL_SORT_TIME;
  plain->descending = TRUE;
  return side_call_query_equal (query, plain);
}

static sqlite3_stmt *
prepare_first_page (SideWorker           *self,
                    const SideCallQuery  *query,
                    GError              **error)
{
  gint64 project = 0;
  sqlite3_stmt *stmt;

  if (query->project != NULL
      && !side_db_get_int (self->db, &project, error, "SELECT n FROM names WHERE text = ?1", "t", query->project))
    return NULL;
  stmt = side_db_prepare (self->db, query->project != NULL ? side_db_page_of_project_sql () : side_db_page_sql (), error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, query->from_ms != 0 ? query->from_ms : G_MININT64);
  sqlite3_bind_int64 (stmt, 2, query->to_ms != 0 ? query->to_ms : G_MAXINT64);
  sqlite3_bind_int (stmt, 3, FIRST_PAGE);
  if (query->project != NULL)
    sqlite3_bind_int64 (stmt, 4, project);
  return stmt;
}

static gboolean
answer_first_page (SideWorker  *self,
                   SideView    *view,
                   GError     **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  sqlite3_stmt *stmt = prepare_first_page (self, view->query, error);
  SideListNews *news;
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      guint32 row = (guint32) sqlite3_column_int64 (stmt, 0);

      g_array_append_val (rows, row);
      g_ptr_array_add (calls, side_db_call_from_row (self->db, stmt));
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  news = side_news_add_list (self->news, view);
  news->partial = TRUE;
  news->rows = g_steal_pointer (&rows);
  news->calls = g_steal_pointer (&calls);
  return TRUE;
}

static gboolean
add_first_page (SideWorker  *self,
                SideView    *view,
                GArray      *rows,
                GError     **error)
{
  GPtrArray *calls = side_db_get_calls (self->db, rows, rows->len, error);
  SideListNews *news;

  if (calls == NULL)
    return FALSE;
  news = side_news_add_list (self->news, view);
  news->partial = TRUE;
  news->rows = g_array_ref (rows);
  news->calls = calls;
  return TRUE;
}

/* The hits among the newest calls are where the list begins, whatever is
 * found among the others. */
static gboolean
answer_newest (SideWorker  *self,
               SideView    *view,
               GError     **error)
{
  const GArray *order = self->columns->by_time;
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), NEWEST_ROWS);

  for (guint i = 1; i <= NEWEST_ROWS; i++)
    g_array_append_val (rows, g_array_index (order, guint32, order->len - i));
  if (!side_db_load_names (self->db, error)
      || !side_filter_run (view->query, self->columns, self->db, rows, NULL, NULL, error))
    return FALSE;
  self->pending = TRUE;
  if (rows->len == 0)
    return TRUE;
  g_array_set_size (rows, MIN (rows->len, FIRST_PAGE));
  return add_first_page (self, view, rows, error);
}

static gboolean
is_long_search (SideWorker          *self,
                const SideCallQuery *query)
{
  return query->text != NULL && *query->text != '\0'
         && query->sort == SIDE_CALL_SORT_TIME && query->descending
         && self->columns->by_time->len > 2 * NEWEST_ROWS;
}

/**
 * side_worker_set_view: a job with a SideViewRequest
 */
gboolean
side_worker_set_view (SideWorker  *self,
                      SideJob     *job,
                      GError     **error)
{
  SideViewRequest *request = job->input;
  SideView *view;

  side_worker_assert (self);
  view = g_hash_table_lookup (self->views, GUINT_TO_POINTER (request->id));
  if (view == NULL)
    {
      view = side_view_new (request->id, request->ticket);
      g_hash_table_insert (self->views, GUINT_TO_POINTER (request->id), view);
    }
  view->generation = request->generation;
  view->built = FALSE;
  side_call_query_free (view->query);
  view->query = g_steal_pointer (&request->query);
  self->wants_columns = TRUE;
  if (self->columns->loaded)
    return is_long_search (self, view->query) ? answer_newest (self, view, error) : answer (self, view, error);
  return !is_plain (view->query) || answer_first_page (self, view, error);
}

/**
 * side_worker_drop_view: a job with a SideViewRequest
 */
gboolean
side_worker_drop_view (SideWorker  *self,
                       SideJob     *job,
                       GError     **error)
{
  SideViewRequest *request = job->input;

  side_worker_assert (self);
  g_hash_table_remove (self->views, GUINT_TO_POINTER (request->id));
  return TRUE;
}

/**
 * side_worker_reset_views:
 * @self: the worker
 *
 * Starts from nothing: after the file was replaced, or when the columns can
 * not be trusted any more. Lists are told anew.
 */
void
side_worker_reset_views (SideWorker *self)
{
  GHashTableIter iter;
  gpointer view;

  side_columns_free (self->columns);
  self->columns = side_columns_new ();
  self->wants_columns = g_hash_table_size (self->views) > 0;
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    ((SideView *) view)->built = FALSE;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static void
drop_repeats (GArray *rows)
{
  guint kept = 0;

  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    if (i == 0 || g_array_index (rows, guint32, i) != g_array_index (rows, guint32, i - 1))
      g_array_index (rows, guint32, kept++) = g_array_index (rows, guint32, i);
  g_array_set_size (rows, kept);
}

static gboolean
update_views (SideWorker  *self,
              GError     **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GError *failure = NULL;
      SideViewDelta *delta = side_view_update (value, self->columns, self->db, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (delta != NULL)
        side_news_add_list (self->news, value)->delta = delta;
    }
  return TRUE;
}

/**
 * side_worker_follow_changes:
 * @self: the worker, after a transaction that touched calls
 *
 * Brings columns and views up to date and puts the steps into the news.
 */
void
side_worker_follow_changes (SideWorker *self)
{
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer view;
  gboolean good = TRUE;

  side_worker_assert (self);
  drop_repeats (self->changed);
  g_array_append_vals (self->news->rows, self->changed->data, self->changed->len);
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    side_view_mark (view, self->columns, self->changed);
  for (guint i = 0; good && i < self->changed->len; i++)
    good = side_columns_reload_row (self->columns, self->db, g_array_index (self->changed, guint32, i), &error);
  if (!good || !update_views (self, &error))
    {
      /* What was written is written; the lists are made anew from it. */
      g_message ("following a change of calls: %s", error->message);
      g_ptr_array_set_size (self->news->lists, 0);
      side_worker_reset_views (self);
    }
}
