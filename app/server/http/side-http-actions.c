/* side-http-actions.c - listening in, pauses and hanging up
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only here does anything go from a person to the PBX. What is asked passes,
 * in this order: how often; the role; the form; whether it was asked before;
 * whether the call or the operator is in the user's projects; the white lists
 * of the configuration. Only then the hub looks for who can do it. Every
 * attempt stands in the audit log, one that is begun before it is begun, so
 * that nothing that was done is missing there: what cannot be written there
 * is not done. Attempts beyond the limit are one row a minute.
 */
#include "side-act-memory.h"
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"
#include "side-text.h"

typedef struct {
  SideHttpRequest   *request;
  SideActionRequest *asked;
  char              *project;
  SideAct           *act;
  SideActEntry      *entry;       /* the memory's */
  SideDocument      *mark;        /* nullable */
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  side_action_request_free (deed->asked);
  side_act_free (deed->act);
  g_free (deed->project);
  g_clear_pointer (&deed->mark, side_document_unref);
  side_http_request_unref (deed->request);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

/* The audit log */

static SideArchiveItem *
make_note (SideHttpRequest         *request,
           SideActionKind           kind,
           const SideActionRequest *asked,
           const char              *outcome)
{
  g_autofree char *action = g_strconcat ("action.", side_action_kind_to_string (kind), NULL);
  g_autofree char *object = NULL;
  g_autofree char *detail = NULL;

  if (asked != NULL && asked->operator_id != NULL)
    object = g_strjoin ("/", asked->project, asked->operator_id, asked->queue, NULL);
  else if (asked != NULL)
    object = g_strdup (asked->call);
  detail = asked != NULL ? g_strdup_printf ("%s; reason: %s%s%s; request %s", outcome, asked->reason,
                                            asked->break_reason != NULL ? "; break: " : "",
                                            asked->break_reason != NULL ? asked->break_reason : "", asked->request)
                         : g_strdup (outcome);
  return side_http_audit_item (request, action, object, detail);
}

static void
note (SideHttpRequest         *request,
      SideActionKind           kind,
      const SideActionRequest *asked,
      const char              *outcome)
{
  side_archive_put (side_hub_get_archive (request->server->hub), make_note (request, kind, asked, outcome));
}

/* Refuses with words; unlike other faults on our side those of the PBX are
 * for who asked, whatever the status. */
static char *
problem_of (const GError *error,
            guint        *status)
{
  if (*status == 0)
    *status = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) ? 409
              : g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FAILED) ? 502
                                                                       : side_wire_error_to_status ((SideError) error->code);
  return side_wire_problem_to_json (*status, error, NULL);
}

static void
refuse (SideHttpRequest         *request,
        SideActionKind           kind,
        const SideActionRequest *asked,
        guint                    status,
        GError                  *error)
{
  g_autoptr (GError) owned = error;
  char *body = problem_of (error, &status);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));
  g_autofree char *outcome = g_strdup_printf ("refused (%u): %s", status, error->message);

  note (request, kind, asked, outcome);
  side_http_answer (request, status, SIDE_WIRE_PROBLEM_TYPE, bytes);
}

/* The end of a deed */

static void
conclude (Deed         *deed,
          const GError *error)
{
  g_autoptr (SideActionDone) done = side_action_done_new (deed->asked->kind);
  g_autofree char *outcome = NULL;
  guint status = 0;
  char *body;

  if (error != NULL)
    {
      body = problem_of (error, &status);
      outcome = g_strdup_printf ("failed (%u): %s", status, error->message);
      note (deed->request, deed->asked->kind, deed->asked, outcome);
      side_act_memory_end (deed->entry, status, SIDE_WIRE_PROBLEM_TYPE, body);
      return;
    }
  done->request = g_strdup (deed->asked->request);
  done->project = g_strdup (deed->project);
  done->call = g_strdup (deed->asked->call);
  done->operator_id = g_strdup (deed->asked->operator_id);
  done->annotation = deed->mark != NULL ? g_strdup (deed->mark->id) : NULL;
  done->at_ms = side_clock_now_ms (side_hub_get_clock (deed->request->server->hub));
  note (deed->request, deed->asked->kind, deed->asked, "done");
  side_act_memory_end (deed->entry, 200, SIDE_WIRE_CONTENT_TYPE, side_wire_action_done_to_json (done));
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Deed) deed = data;
  g_autoptr (GError) error = NULL;

  /* It is done all the same, and stands in the audit log. */
  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, &deed->mark, &error))
    g_message ("the mark of an action on a call could not be kept: %s", error->message);
  conclude (deed, NULL);
}

/* What was done to a call, or may have been, is marked on it, at the time it was
 * done: a note of a call that goes on knows its moment, and its place once there is
 * a recording. */
static SideArchiveItem *
make_mark (Deed     *deed,
           gboolean  doubt)
{
  SideHttpRequest *request = deed->request;
  gint64 now_ms = side_clock_now_ms (side_hub_get_clock (request->server->hub));
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) mark = side_annotation_new (id, deed->project, deed->asked->call, 0, 0);
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, now_ms);

  mark->tag = g_strdup (SIDE_ARCHIVE_ACTION_TAG);
  mark->text = g_strdup_printf ("%s%s: %s", side_action_kind_to_string (deed->asked->kind), doubt ? " (?)" : "", deed->asked->reason);
  mark->author = g_strdup (request->account->name);
  mark->moment_ms = now_ms;
  mark->created_ms = now_ms;
  item->document = side_wire_document_for_annotation (mark);
  g_free (item->document->author);
  item->document->author = g_strdup (request->account->name);
  item->revision = -1;
  item->own = TRUE;
  return item;
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Deed) deed = data;
  SideArchive *archive = side_hub_get_archive (deed->request->server->hub);
  g_autoptr (GError) error = NULL;

  if (side_hub_act_finish (SIDE_HUB (source), result, &error) && deed->asked->call != NULL)
    {
      side_archive_write_async (archive, make_mark (deed, FALSE), NULL, marked_cb, deed);
      g_steal_pointer (&deed);
      return;
    }
  /* The server may be about to end: nobody waits for this one. */
  if (deed->asked->call != NULL && side_act_is_in_doubt (error))
    side_archive_put (archive, make_mark (deed, TRUE));
  conclude (deed, error);
}

/* Its beginning */

static char *
fingerprint (const SideActionRequest *asked)
{
  g_autofree char *json = side_wire_action_request_to_json (asked);

  return g_strdup_printf ("%s %s", side_action_kind_to_string (asked->kind), json);
}

/* What is not in the audit log is not begun; asked again, it may be. */
static void
give_up (Deed         *deed,
         const GError *reason)
{
  gboolean full = g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_FULL);
  gboolean read_only = g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_READ_ONLY);
  SideError code = full ? SIDE_ERROR_FULL : read_only ? SIDE_ERROR_READ_ONLY : SIDE_ERROR_BUSY;
  g_autoptr (GError) told =
      g_error_new_literal (SIDE_ERROR, (int) code,
                           full ? "there is no room left on the server: what cannot be put on record there is not done"
                                : "the server cannot write now: what cannot be put on record there is not done");
  guint status = full ? 507 : 503;

  g_message ("an action was not begun, because it could not be put on record: %s", reason->message);
  if (!deed->request->server->stopped)
    note (deed->request, deed->asked->kind, deed->asked, "not begun: it could not be put on record then");
  side_act_memory_end (deed->entry, status, SIDE_WIRE_PROBLEM_TYPE, problem_of (told, &status));
  side_act_memory_forget (deed->request->server->acts, deed->entry);
}

static void
on_record_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Deed) deed = data;
  SideHttpServer *server = deed->request->server;
  g_autoptr (GError) error = NULL;

  if (side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error) && server->stopped)
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_BUSY, "the server ends");
  if (error != NULL)
    {
      give_up (deed, error);
      return;
    }
  side_hub_act_async (server->hub, deed->act, acted_cb, deed);
  g_steal_pointer (&deed);
}

static void
begin (SideHttpRequest   *request,
       SideActionRequest *asked,
       SideAct           *act)
{
  g_autofree char *what = fingerprint (asked);
  Deed *deed = g_new0 (Deed, 1);

  deed->request = side_http_request_ref (request);
  deed->asked = asked;
  deed->act = act;
  deed->project = g_strdup (act->project);
  deed->entry = side_act_memory_begin (request->server->acts, request, asked->request, what, side_http_steady_ms ());
  side_archive_write_async (side_hub_get_archive (request->server->hub), make_note (request, asked->kind, asked, "begun"), NULL,
                            on_record_cb, deed);
}

static const char *
phone_of (SideHttpRequest *request)
{
  g_autofree char *user = side_account_fold_name (request->account->name);

  return request->server->phones != NULL ? g_hash_table_lookup (request->server->phones, user) : NULL;
}

/* What is in the way of the user's acting in a project, the PBX's own included. */
static SideHurdle
hurdle_of (SideHttpRequest *request,
           const char      *project,
           SideActionKind   kind)
{
  SideHurdle hurdle;

  if (request->account->role != SIDE_ROLE_SUPERVISOR)
    return SIDE_HURDLE_ROLE;
  hurdle = side_hub_get_hurdle (request->server->hub, project, kind);
  if (side_action_kind_needs_phone (kind) && hurdle < SIDE_HURDLE_PHONE && phone_of (request) == NULL)
    return SIDE_HURDLE_PHONE;
  return hurdle;
}

/* Finds what it is aimed at, in the user's projects and nowhere else. */
static SideAct *
find_aim (SideHttpRequest          *request,
          const SideActionRequest  *asked,
          GError                  **error)
{
  SideBoard *board = side_hub_get_board (request->server->hub);
  const SideCall *call;
  SideProject *project;
  SideAct *act;

  if (asked->call != NULL)
    {
      call = side_board_get_call (board, asked->call);
      if (call == NULL || !side_http_request_may_see (request, call->project))
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such call now, or it is not for you");
          return NULL;
        }
      if (!side_call_is_live (call))
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "the call is over");
          return NULL;
        }
      act = side_act_new (asked->kind, call->project);
      act->call = g_strdup (asked->call);
      return act;
    }
  project = side_http_request_may_see (request, asked->project)
                ? side_hub_find_project (request->server->hub, asked->project)
                : NULL;
  if (project == NULL || side_board_get_operator (board, project->id, asked->operator_id) == NULL
      || (asked->queue != NULL && side_project_find_queue (project, asked->queue) == NULL))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such operator there, or it is not for you");
      return NULL;
    }
  act = side_act_new (asked->kind, project->id);
  act->operator_id = g_strdup (asked->operator_id);
  act->queue = g_strdup (asked->queue);
  return act;
}

/* The white lists; @act gets what they let through. */
static gboolean
fill_in (SideHttpRequest          *request,
         const SideActionRequest  *asked,
         SideAct                  *act,
         GError                  **error)
{
  const char *const *breaks = (const char *const *) request->server->breaks;
  SideHurdle hurdle = hurdle_of (request, act->project, asked->kind);

  if (hurdle != SIDE_HURDLE_NONE)
    {
      g_propagate_error (error, side_hurdle_error (hurdle, asked->kind));
      return FALSE;
    }
  if (side_action_kind_needs_phone (asked->kind))
    act->phone = g_strdup (phone_of (request));
  if (asked->kind != SIDE_ACTION_PAUSE)
    return TRUE;
  act->text = g_strdup (asked->break_reason != NULL ? asked->break_reason : asked->reason);
  if (breaks == NULL || breaks[0] == NULL || (asked->break_reason != NULL && g_strv_contains (breaks, asked->break_reason)))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                       "“break” must be one of those of the server's configuration, which GET /actions lists");
  return FALSE;
}

/* Whether it goes on; if not, the request has been answered or will be. */
static gboolean
check_repeat (SideHttpRequest         *request,
              const SideActionRequest *asked)
{
  g_autofree char *what = fingerprint (asked);

  switch (side_act_memory_recall (request->server->acts, request, asked->request, what, side_http_steady_ms ()))
    {
    case SIDE_ACT_NEW:
      return TRUE;
    case SIDE_ACT_SAME:
      return FALSE;
    case SIDE_ACT_OTHER:
      refuse (request, asked->kind, asked, 409,
              g_error_new_literal (SIDE_ERROR, SIDE_ERROR_EXISTS, "something else was asked for with this request's id"));
      return FALSE;
    case SIDE_ACT_CROWDED:
    default:
      refuse (request, asked->kind, asked, 503,
              g_error_new_literal (SIDE_ERROR, SIDE_ERROR_BUSY, "too much is being asked for at once"));
      return FALSE;
    }
}

/* All attempts count, those that are refused too: each is a row of the log. */
static gboolean
check_rate (SideHttpRequest *request,
            SideActionKind   kind)
{
  const char *user = request->account->name;
  gint64 now_ms = side_http_steady_ms ();
  gint64 wait_ms = side_limiter_take (request->server->by_actor, user, now_ms);

  if (wait_ms == 0)
    return TRUE;
  if (side_limiter_take (request->server->by_noted, user, now_ms) == 0)
    note (request, kind, NULL, "refused (429): too often; this is noted once in a minute");
  side_http_refuse_for_now (request, wait_ms);
  return FALSE;
}

void
side_http_post_action (SideHttpRequest *request)
{
  SideActionKind kind = side_action_kind_from_string (request->path[1]);
  g_autoptr (SideActionRequest) asked = NULL;
  g_autoptr (SideAct) act = NULL;
  GError *error = NULL;

  if (kind == SIDE_ACTION_UNKNOWN)
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such action");
      return;
    }
  if (!check_rate (request, kind))
    return;
  if (request->account->role != SIDE_ROLE_SUPERVISOR)
    {
      refuse (request, kind, NULL, 0, side_hurdle_error (SIDE_HURDLE_ROLE, kind));
      return;
    }
  asked = side_wire_action_request_from_json (kind, (const char *) request->body->data, (gssize) request->body->len, &error);
  if (asked == NULL)
    {
      refuse (request, kind, NULL, 0, error);
      return;
    }
  if (!check_repeat (request, asked))
    return;
  act = find_aim (request, asked, &error);
  if (act == NULL || !fill_in (request, asked, act, &error))
    refuse (request, kind, asked, 0, error);
  else
    begin (request, g_steal_pointer (&asked), g_steal_pointer (&act));
}

/* Beforehand */

/**
 * side_http_may_act:
 * @request: a signed-in request
 *
 * Returns: whether the user may do anything anywhere, were the PBX there
 */
gboolean
side_http_may_act (SideHttpRequest *request)
{
  for (gsize i = 0; request->projects[i] != NULL; i++)
    for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
      if (hurdle_of (request, request->projects[i], kind) <= SIDE_HURDLE_LINK)
        return TRUE;
  return FALSE;
}

void
side_http_get_actions (SideHttpRequest *request)
{
  g_autoptr (SideActionOffers) offers = side_action_offers_new ();
  char **breaks = request->server->breaks;

  offers->phone = request->account->role == SIDE_ROLE_SUPERVISOR ? g_strdup (phone_of (request)) : NULL;
  for (gsize i = 0; breaks != NULL && breaks[i] != NULL; i++)
    g_ptr_array_add (offers->breaks, g_strdup (breaks[i]));
  for (gsize i = 0; request->projects[i] != NULL; i++)
    {
      SideActionPlace *place = side_action_offers_add (offers, request->projects[i]);

      for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
        place->hurdles[kind] = hurdle_of (request, place->project, kind);
    }
  side_http_answer_json (request, 200, side_wire_action_offers_to_json (offers));
}
