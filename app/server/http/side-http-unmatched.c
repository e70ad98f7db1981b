/* side-http-unmatched.c - files of recordings that no call refers to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Such a file belongs to no project, and its name often tells a number: it is
 * told to supervisors of all projects alone. The folders are gone through in a
 * thread, one request at a time; then the archive's thread takes away what it
 * knows of.
 */
#include "side-http-private.h"

#include "side-error.h"
#include "side-recording-walk.h"

/* Somebody else's walk may last as long. */
#define LATER_MS 10000

typedef struct {
  char   **folders;
  gint64   from_ms;
  gint64   to_ms;
  gint64   now_ms;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_strfreev (question->folders);
  g_free (question);
}

static gpointer
ask_settle (SideArchiveStore  *store,
            gpointer           question,
            GError           **error)
{
  return side_recording_walk_settle (question, store, SIDE_WIRE_MAX_PAGE, error);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideUnmatched) unmatched = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  request->server->walking = FALSE;
  if (unmatched != NULL)
    side_http_answer_json (request, 200, side_wire_unmatched_to_json (unmatched));
  else
    side_http_answer_error (request, error, NULL);
}

static void
walk_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Question *question = task_data;

  g_task_return_pointer (task, side_recording_walk_run ((const char *const *) question->folders, question->from_ms, question->to_ms,
                                                        question->now_ms, side_recording_walk_usual_bounds ()),
                         (GDestroyNotify) side_recording_walk_free);
}

static void
walked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (SideRecordingWalk) walk = g_task_propagate_pointer (G_TASK (result), NULL);

  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_settle, g_steal_pointer (&walk),
                          (GDestroyNotify) side_recording_walk_free, (GDestroyNotify) side_unmatched_free, NULL,
                          settled_cb, side_http_request_ref (request));
}

/* Folders are the server's, not a PBX's or a project's. */
static gboolean
sees_all_projects (SideHttpRequest *request)
{
  GPtrArray *projects = side_hub_get_projects (request->server->hub);

  for (guint i = 0; i < projects->len; i++)
    if (!side_http_request_may_see (request, ((const SideProject *) g_ptr_array_index (projects, i))->id))
      return FALSE;
  return projects->len > 0;
}

static gboolean
may_ask (SideHttpRequest *request)
{
  SideHttpServer *server = request->server;
  gint64 wait_ms;

  if (request->account->role != SIDE_ROLE_SUPERVISOR || !sees_all_projects (request))
    {
      side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN, "only supervisors of all projects see files that belong to none");
      return FALSE;
    }
  wait_ms = side_limiter_take (server->by_walker, request->account->name, g_get_monotonic_time () / 1000);
  if (wait_ms == 0 && server->walking)
    wait_ms = LATER_MS;
  if (wait_ms > 0)
    side_http_refuse_for_now (request, wait_ms);
  return wait_ms == 0;
}

void
side_http_get_unmatched (SideHttpRequest *request)
{
  SideRecordingKeeper *keeper = side_hub_get_keeper (request->server->hub);
  const char *const *folders = keeper != NULL ? side_recording_keeper_get_folders (keeper) : NULL;
  g_autoptr (GTask) task = NULL;
  Question *question;
  gint64 from_ms = 0;
  gint64 to_ms = 0;

  if (!side_http_request_instant (request, "from", &from_ms) || !side_http_request_instant (request, "to", &to_ms)
      || !may_ask (request))
    return;
  if (folders == NULL || folders[0] == NULL)
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "this server has no recordings folders");
      return;
    }
  side_http_audit (request, "recordings.unmatched", NULL, NULL);
  if (request->server->simulated)
    {
      /* What lies there was made when somebody asked for it, for a call. */
      g_autoptr (SideUnmatched) none = side_unmatched_new ();

      side_http_answer_json (request, 200, side_wire_unmatched_to_json (none));
      return;
    }
  request->server->walking = TRUE;
  question = g_new0 (Question, 1);
  question->folders = g_strdupv ((char **) folders);
  question->from_ms = from_ms;
  question->to_ms = to_ms;
  question->now_ms = side_http_wall_ms ();
  task = g_task_new (NULL, NULL, walked_cb, side_http_request_ref (request));
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, walk_in_thread);
}
