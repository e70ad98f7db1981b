/* side-http-test-calls.c - the call centre's own calls that turn out to be test calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whenever a test call is written or deleted, or the exchange says that the
 * header of one came with a call, the archive judges anew which calls are test
 * calls; of those that are another thing now everybody is told.
 */
#include "side-http-private.h"

#include "side-error.h"
#include "side-text.h"

typedef struct {
  char      *test;
  char     **calls;
  GPtrArray *projects;
} Question;

typedef struct {
  SideHttpServer  *server;
  SideHttpRequest *request;   /* nullable: nobody's */
  char            *test;
  SideHttpEndpoint done;      /* nullable */
} Errand;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->test);
  g_strfreev (question->calls);
  g_ptr_array_unref (question->projects);
  g_free (question);
}

static gpointer
ask_judge (SideArchiveStore  *store,
           gpointer           data,
           GError           **error)
{
  const Question *question = data;

  return side_archive_store_judge_tests (store, question->test, (const char *const *) question->calls, question->projects, error);
}

static void
note (Errand     *errand,
      const char *action,
      const char *call)
{
  SideArchiveItem *item;

  if (errand->request != NULL)
    {
      side_http_audit (errand->request, action, call, errand->test);
      return;
    }
  item = side_archive_item_new (SIDE_ARCHIVE_AUDIT, side_http_wall_ms ());
  item->words[1] = g_strdup (action);
  item->words[2] = g_strdup (call);
  item->words[4] = g_strdup (errand->test);
  side_archive_put (side_hub_get_archive (errand->server->hub), item);
}

static void
mark (Errand         *errand,
      const SideCall *call)
{
  SideHub *hub = errand->server->hub;
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_CALL_OUTCOME, side_clock_now_ms (side_hub_get_clock (hub)), call->project);

  event->call = g_strdup (call->id);
  event->test = call->test ? SIDE_TEST_MARK_YES : SIDE_TEST_MARK_NO;
  side_hub_publish (hub, event);
  note (errand, call->test ? "call.test" : "call.real", call->id);
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (calls == NULL)
    g_message ("which calls are test calls by %s could not be found out: %s", errand->test, error->message);
  for (guint i = 0; calls != NULL && i < calls->len; i++)
    mark (errand, calls->pdata[i]);
  if (errand->done != NULL)
    errand->done (errand->request);
  g_clear_pointer (&errand->request, side_http_request_unref);
  g_object_unref (errand->server);
  g_free (errand->test);
  g_free (errand);
}

static void
judge (Errand     *errand,
       const char *before,
       const char *now)
{
  SideHub *hub = errand->server->hub;
  Question *question = g_new0 (Question, 1);
  g_autoptr (GStrvBuilder) calls = g_strv_builder_new ();

  if (before != NULL)
    g_strv_builder_add (calls, before);
  if (now != NULL)
    g_strv_builder_add (calls, now);
  question->test = g_strdup (errand->test);
  question->calls = g_strv_builder_end (calls);
  question->projects = g_ptr_array_ref (side_hub_get_projects (hub));
  side_archive_ask_async (side_hub_get_archive (hub), ask_judge, question, question_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                          judged_cb, errand);
}

/**
 * side_http_judge_test_call:
 * @request: which wrote or deleted a test call
 * @before: (nullable): the leg it named before
 * @now: (nullable): the leg it names now
 * @done: called with @request when all is told
 */
void
side_http_judge_test_call (SideHttpRequest  *request,
                           const char       *before,
                           const char       *now,
                           SideHttpEndpoint  done)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->server = g_object_ref (request->server);
  errand->request = side_http_request_ref (request);
  errand->test = g_strdup (request->path[2]);
  errand->done = done;
  judge (errand, before, now);
}

/* The exchange tells late, or the test call was written down early. */
static void
claimed_cb (SideHub        *hub,
            const char     *project,
            const char     *call,
            const char     *test,
            SideHttpServer *self)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->server = g_object_ref (self);
  errand->test = g_strdup (test);
  judge (errand, NULL, NULL);
}

/**
 * side_http_follow_claims:
 * @self: a server with its hub
 */
void
side_http_follow_claims (SideHttpServer *self)
{
  g_signal_connect_object (self->hub, "claimed", G_CALLBACK (claimed_cb), self, 0);
}

/* ---- which call it was ---- */

static gpointer
ask_claimed (SideArchiveStore  *store,
             gpointer           question,
             GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  return side_archive_store_find_claimed (store, asked->id, &scope, error);
}

static void
claimed_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) calls = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (calls == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200, side_wire_claimed_to_json ((const char *const *) calls));
}

void
side_http_get_test_call_calls (SideHttpRequest *request)
{
  SideHttpQuestion *question;

  if (!side_id_is_valid (request->path[1]))
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such test call, or it is not for you");
      return;
    }
  question = side_http_question_new (request);
  g_free (question->id);
  question->id = g_strdup (request->path[1]);
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_claimed, question, side_http_question_free,
                          (GDestroyNotify) g_strfreev, NULL, claimed_found_cb, side_http_request_ref (request));
}
