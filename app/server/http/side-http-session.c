/* side-http-session.c - signing in and out, and who one is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sign-in is counted against its user and its address before anything is
 * looked up; a wrong name costs as much time as a wrong password, and both get
 * the same answer. Passwords are checked in a thread, a few at a time.
 */
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"
#include "side-secrets.h"
#include "side-text.h"

#define MAX_PARALLEL_SIGN_INS 4

typedef struct {
  SideHttpRequest *request;
  char            *user;
  char            *password;
  SideAccount     *account;   /* nullable */
  char            *token;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  sign_in->request->server->n_sign_ins--;
  side_http_request_unref (sign_in->request);
  g_free (sign_in->user);
  explicit_bzero (sign_in->password, strlen (sign_in->password));
  g_free (sign_in->password);
  g_clear_pointer (&sign_in->account, side_account_unref);
  g_free (sign_in->token);
  g_free (sign_in);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignIn, sign_in_free)

/* Answers */

static SideSession *
make_session (SideHttpRequest *request)
{
  static const char *const capabilities[] = { "live", "recordings", "changes", NULL };
  SideHttpServer *self = request->server;
  SideSession *session = side_session_new (request->account->name, request->account->role);
  GPtrArray *projects = side_hub_get_projects (self->hub);

  /* In the order of the configuration, which is the people's own. */
  for (guint i = 0; i < projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (projects, i);

      if (g_strv_contains ((const char *const *) request->projects, project->id))
        g_ptr_array_add (session->projects, side_project_ref (project));
    }
  for (gsize i = 0; capabilities[i] != NULL; i++)
    g_ptr_array_add (session->capabilities, g_strdup (capabilities[i]));
  if (request->account->role == SIDE_ROLE_OPERATOR)
    g_ptr_array_add (session->capabilities, g_strdup ("answers"));
  else if (request->account->role != SIDE_ROLE_CLIENT)
    g_ptr_array_add (session->capabilities, g_strdup ("documents"));
  session->operator_id = g_strdup (request->account->operator_id);
  if (side_http_may_act (request))
    g_ptr_array_add (session->capabilities, g_strdup ("actions"));
  session->epoch = g_strdup (side_hub_get_epoch (self->hub));
  session->server_name = g_strdup (self->name);
  session->server_version = g_strdup (SIDE_VERSION);
  session->simulated = self->simulated;
  session->at_ms = side_clock_now_ms (side_hub_get_clock (self->hub));
  session->expires_ms = request->account->expires_ms;
  return session;
}

typedef struct {
  SideHttpRequest *request;
  char            *token;    /* nullable: told in the answer to a sign-in alone */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  side_http_request_unref (answer->request);
  if (answer->token != NULL)
    explicit_bzero (answer->token, strlen (answer->token));
  g_free (answer->token);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
tell_session (Answer    *answer,
              GPtrArray *people)
{
  g_autoptr (SideSession) session = make_session (answer->request);

  session->people = people;
  session->token = g_steal_pointer (&answer->token);
  side_http_answer_json (answer->request, 200, side_wire_session_to_json (session));
}

static gpointer
ask_people (SideArchiveStore  *store,
            gpointer           projects,
            GError           **error)
{
  return side_archive_store_find_people (store, projects, error);
}

static void
people_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *people = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (people == NULL)
    side_http_answer_error (answer->request, error, NULL);
  else
    tell_session (answer, people);
}

/* Who may ask others to review is told who they are; nobody else is told of anybody. */
static void
answer_session (SideHttpRequest *request,
                char            *token)
{
  g_autoptr (Answer) answer = g_new0 (Answer, 1);
  SideRole role = request->account->role;

  answer->request = side_http_request_ref (request);
  answer->token = token;
  if (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER)
    side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_people, g_strdupv (request->projects),
                            (GDestroyNotify) g_strfreev, (GDestroyNotify) g_ptr_array_unref, NULL, people_cb,
                            g_steal_pointer (&answer));
  else
    tell_session (answer, NULL);
}

void
side_http_get_session (SideHttpRequest *request)
{
  answer_session (request, NULL);
}

/**
 * side_http_refuse_for_now:
 * @request: a request that comes too often
 * @wait_ms: when it may come again
 */
void
side_http_refuse_for_now (SideHttpRequest *request,
                          gint64           wait_ms)
{
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, (wait_ms + 999) / 1000);

  if (!request->gone)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "Retry-After", seconds);
  side_http_refuse (request, 429, SIDE_ERROR_RATE_LIMITED, "too many attempts; try again in %s s", seconds);
}

/* Signing in, from its end to its beginning */

static void
token_kept_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SignIn) sign_in = user_data;
  SideHttpRequest *request = sign_in->request;
  g_autoptr (GError) error = NULL;

  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error))
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  side_http_audit (request, "session.create", NULL, NULL);
  answer_session (request, g_steal_pointer (&sign_in->token));
}

static void
let_in (SignIn *sign_in)
{
  SideHttpRequest *request = sign_in->request;
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_TOKEN, side_http_wall_ms ());

  side_limiter_forgive (request->server->by_user, sign_in->user);
  sign_in->token = side_token_new ();
  sign_in->account->expires_ms = item->at_ms + SIDE_HTTP_TOKEN_MS;
  side_token_hash (sign_in->token, item->hash);
  item->number = sign_in->account->id;
  item->revision = sign_in->account->expires_ms;
  side_http_request_set_account (request, g_steal_pointer (&sign_in->account));
  side_archive_write_async (side_hub_get_archive (request->server->hub), item, NULL, token_kept_cb, sign_in);
}

static void
verify_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  const SignIn *sign_in = task_data;
  const char *hash = sign_in->account != NULL ? sign_in->account->password_hash : NULL;

  g_task_return_boolean (task, side_password_verify (sign_in->password, hash));
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SignIn) sign_in = user_data;

  if (g_task_propagate_boolean (G_TASK (result), NULL) && sign_in->account != NULL)
    {
      let_in (g_steal_pointer (&sign_in));
      return;
    }
  side_http_audit (sign_in->request, "session.refuse", sign_in->user, NULL);
  side_http_refuse (sign_in->request, 401, SIDE_ERROR_UNAUTHORIZED, "wrong user or password");
}

static gpointer
ask_account (SideArchiveStore  *store,
             gpointer           question,
             GError           **error)
{
  return side_archive_store_find_account (store, question, error);
}

static void
account_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SignIn) sign_in = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  sign_in->account = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  if (error != NULL && !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED))
    {
      side_http_answer_error (sign_in->request, error, NULL);
      return;
    }
  task = g_task_new (sign_in->request->server, NULL, verified_cb, sign_in);
  g_task_set_task_data (task, g_steal_pointer (&sign_in), NULL);
  g_task_run_in_thread (task, verify_in_thread);
}

static gboolean
may_try (SideHttpRequest *request,
         const char      *user)
{
  gint64 now_ms = side_http_steady_ms ();
  gint64 wait_ms = side_limiter_take (request->server->by_address, request->address, now_ms);

  if (wait_ms == 0)
    wait_ms = side_limiter_take (request->server->by_user, user, now_ms);
  if (wait_ms == 0 && request->server->n_sign_ins >= MAX_PARALLEL_SIGN_INS)
    wait_ms = 1000;
  if (wait_ms == 0)
    return TRUE;
  side_http_refuse_for_now (request, wait_ms);
  return FALSE;
}

void
side_http_post_session (SideHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *key = NULL;
  SignIn *sign_in;

  if (!side_wire_sign_in_from_json ((const char *) request->body->data, (gssize) request->body->len, &user, &password, &error))
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  /* Names differ in more than case, so attempts are counted without it. */
  key = side_account_fold_name (user);
  if (!may_try (request, key))
    return;
  sign_in = g_new0 (SignIn, 1);
  sign_in->request = side_http_request_ref (request);
  sign_in->user = g_steal_pointer (&key);
  sign_in->password = g_steal_pointer (&password);
  request->server->n_sign_ins++;
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_account, g_steal_pointer (&user), g_free,
                          (GDestroyNotify) side_account_unref, NULL, account_cb, sign_in);
}

/* Signing out */

static void
revoked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error))
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  side_http_audit (request, "session.delete", NULL, NULL);
  side_live_close_token (request->server->live, request->token_hash);
  side_http_answer_empty (request, 204);
}

void
side_http_delete_session (SideHttpRequest *request)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_TOKEN_REVOKE, side_http_wall_ms ());

  memcpy (item->hash, request->token_hash, SIDE_TOKEN_HASH_BYTES);
  side_archive_write_async (side_hub_get_archive (request->server->hub), item, NULL, revoked_cb, side_http_request_ref (request));
}
