/* server-rig.c - a whole server in the test's process, with a source that is told what to say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server-rig.h"

#include <glib/gstdio.h>
#include <string.h>

#include "side-sqlite-store.h"
#include "side-test.h"
#include "side-users.h"

/* The source */

#define SCRIPTED_TYPE_SOURCE (scripted_source_get_type ())
G_DECLARE_FINAL_TYPE (ScriptedSource, scripted_source, SCRIPTED, SOURCE, GObject)

struct _ScriptedSource
{
  GObject  parent_instance;
  gboolean running;
  RigActs *acts;
};

static gboolean
scripted_start (SideSource  *source,
                GError     **error)
{
  SCRIPTED_SOURCE (source)->running = TRUE;
  return TRUE;
}

static void
scripted_stop (SideSource *source)
{
  SCRIPTED_SOURCE (source)->running = FALSE;
}

static SideHurdle
scripted_get_hurdle (SideSource     *source,
                     const char     *project,
                     SideActionKind  kind)
{
  return SCRIPTED_SOURCE (source)->acts->hurdle;
}

/* Everything but the call "unknown". */
static gboolean
scripted_has_aim (SideSource    *source,
                  const SideAct *act)
{
  return g_strcmp0 (act->call, "unknown") != 0;
}

static void
answer_act (RigActs *acts,
            GTask   *task)
{
  if (acts->error != NULL)
    g_task_return_error (task, g_steal_pointer (&acts->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
scripted_act_async (SideSource          *source,
                    const SideAct       *act,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  RigActs *acts = SCRIPTED_SOURCE (source)->acts;
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_ptr_array_add (acts->told, side_act_copy (act));
  if (acts->hold)
    g_ptr_array_add (acts->held, g_steal_pointer (&task));
  else
    answer_act (acts, task);
}

static gboolean
scripted_act_finish (SideSource    *source,
                     GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
scripted_iface_init (SideSourceInterface *iface)
{
  iface->get_hurdle = scripted_get_hurdle;
  iface->has_aim = scripted_has_aim;
  iface->act_async = scripted_act_async;
  iface->act_finish = scripted_act_finish;
  iface->start = scripted_start;
  iface->stop = scripted_stop;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptedSource, scripted_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, scripted_iface_init))

static void
scripted_source_class_init (ScriptedSourceClass *klass)
{
}

static void
scripted_source_init (ScriptedSource *self)
{
}

/* The rig */

static SideProject *
make_project (const char *id)
{
  g_autofree char *queue = g_strconcat (id, "-orders", NULL);
  g_autofree char *name = g_strconcat ("Shop of ", id, NULL);
  SideProject *project = side_project_new (id, name, "Europe/Moscow", NULL);

  side_project_add_queue (project, queue, "Orders", 30000);
  side_project_add_dialled (project, "78005550001", "radio");
  return project;
}

/**
 * rig_start:
 * @rig: a rig that was stopped
 *
 * Opens the same database again, as a restarted server does.
 */
void
rig_start (Rig *rig)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideArchiveStore) store = side_sqlite_store_new (rig->database, &error);
  const char *folders[] = { rig->recordings, NULL };
  SideHttpSettings settings = { .name = "Test calls", .listen = "127.0.0.1", .port = rig->port,
                                .phones = rig->phones, .breaks = rig->breaks };

  g_assert_no_error (error);
  rig->archive = side_archive_new (store);
  rig->keeper = side_recording_keeper_new (folders);
  rig->hub = side_hub_new (rig->clock, rig->archive, rig->projects, rig->keeper);
  g_assert_true (side_hub_restore (rig->hub, &error));
  g_assert_no_error (error);
  rig->source = g_object_new (SCRIPTED_TYPE_SOURCE, NULL);
  SCRIPTED_SOURCE (rig->source)->acts = &rig->acts;
  side_hub_add_source (rig->hub, rig->source);
  rig->server = side_http_server_new (rig->hub);
  g_assert_true (side_http_server_start (rig->server, &settings, &error));
  g_assert_no_error (error);
  g_assert_true (side_hub_start (rig->hub, &error));
  rig->url = side_http_server_get_url (rig->server);
  rig->port = side_http_server_get_port (rig->server);
}

void
rig_stop (Rig *rig)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_http_server_stop (rig->server);
  side_hub_stop (rig->hub);
  side_archive_close_async (rig->archive, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the archive to close");
  g_assert_true (side_archive_close_finish (rig->archive, result, &error));
  g_assert_no_error (error);
  /* what is under way (streams, requests) lets go of the server */
  side_test_run_for (20);
  g_clear_object (&rig->server);
  g_clear_object (&rig->hub);
  g_clear_object (&rig->keeper);
  g_clear_object (&rig->archive);
  g_clear_object (&rig->source);
  g_clear_pointer (&rig->url, g_free);
}

Rig *
rig_new (void)
{
  Rig *rig = g_new0 (Rig, 1);
  SideProject *toys = make_project ("toys");

  toys->full_names = TRUE;
  rig->dir = side_test_tmp_dir ();
  rig->database = g_build_filename (rig->dir, "archive.db", NULL);
  rig->recordings = g_build_filename (rig->dir, "recordings", NULL);
  g_assert_cmpint (g_mkdir (rig->recordings, 0700), ==, 0);
  rig->clock = side_clock_new_manual (RIG_DAY + 12 * 3600 * 1000);
  rig->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  g_ptr_array_add (rig->projects, make_project ("tea"));
  g_ptr_array_add (rig->projects, toys);
  rig->acts.told = g_ptr_array_new_with_free_func ((GDestroyNotify) side_act_free);
  rig->acts.held = g_ptr_array_new_with_free_func (g_object_unref);
  rig->phones = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (rig->phones, (gpointer) "anna", (gpointer) "PJSIP/301");
  rig->session = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", 64, NULL);
  rig_start (rig);
  return rig;
}

void
rig_free (Rig *rig)
{
  soup_session_abort (rig->session);
  g_clear_object (&rig->session);
  if (rig->server != NULL)
    rig_stop (rig);
  g_ptr_array_unref (rig->acts.told);
  g_ptr_array_unref (rig->acts.held);
  g_clear_error (&rig->acts.error);
  g_hash_table_unref (rig->phones);
  g_ptr_array_unref (rig->projects);
  g_object_unref (rig->clock);
  side_test_rm_rf (rig->dir);
  g_free (rig->dir);
  g_free (rig->database);
  g_free (rig->recordings);
  g_free (rig);
}

/**
 * rig_add_user:
 * @rig: the rig
 * @name: name
 * @role: role
 * @projects: ids of projects, apart by spaces
 * @password: (nullable): password
 *
 * Returns: (transfer full): their token
 */
char *
rig_add_user (Rig        *rig,
              const char *name,
              SideRole    role,
              const char *projects,
              const char *password)
{
  g_auto (GStrv) granted = g_strsplit (projects, " ", -1);
  g_autoptr (GError) error = NULL;
  char *token = side_users_add (rig->database, name, role, role == SIDE_ROLE_OPERATOR ? "op-1" : NULL, (const char *const *) granted, password, &error);

  g_assert_no_error (error);
  return token;
}

/* Events */

SideEvent *
rig_event (SideEventKind kind,
           const char   *project,
           const char   *call,
           gint64        at_ms)
{
  SideEvent *event = side_event_new (kind, at_ms, project);
  g_autofree char *queue = g_strconcat (project, "-orders", NULL);

  event->queue = g_intern_string (queue);
  event->call = g_strdup (call);
  return event;
}

/**
 * rig_say:
 * @rig: the rig
 * @event: (transfer full): what the source says
 */
void
rig_say (Rig       *rig,
         SideEvent *event)
{
  side_source_emit_event (rig->source, event);
  side_event_unref (event);
}

/**
 * rig_let_act:
 * @rig: a rig whose source holds what it was asked to do
 *
 * Lets it answer what it holds, and what it is asked from now on.
 */
void
rig_let_act (Rig *rig)
{
  rig->acts.hold = FALSE;
  while (rig->acts.held->len > 0)
    {
      g_autoptr (GTask) task = g_ptr_array_steal_index (rig->acts.held, 0);

      answer_act (&rig->acts, task);
    }
}

/* An answered call: the operator is "Anna Secretova", whom clients see as "Anya". */
void
rig_whole_call (Rig        *rig,
                const char *project,
                const char *call,
                gint64      at_ms)
{
  SideEvent *event = rig_event (SIDE_EVENT_OPERATOR_STATE, project, NULL, at_ms - 1);

  event->operator_id = g_intern_string ("op-1");
  event->name = g_intern_string ("Anna Secretova");
  event->alias = g_intern_string ("Anya");
  event->state = SIDE_OPERATOR_READY;
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_CALL_JOINED, project, call, at_ms);
  event->caller = g_strdup_printf ("7903%s", project);
  event->dialled = g_strdup ("+78005550001");
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_CALL_ANSWERED, project, call, at_ms + 5000);
  event->operator_id = g_intern_string ("op-1");
  event->wait_ms = 5000;
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_CALL_ENDED, project, call, at_ms + 65000);
  event->operator_id = g_intern_string ("op-1");
  event->answered_ms = at_ms + 5000;
  event->talk_ms = 60000;
  event->outcome = SIDE_OUTCOME_ANSWERED;
  event->ended_by = SIDE_PARTY_CALLER;
  rig_say (rig, event);
}

static gpointer
ask_nothing (SideArchiveStore  *store,
             gpointer           question,
             GError           **error)
{
  return NULL;
}

/**
 * rig_settle:
 * @rig: the rig
 *
 * Returns when all that was said stands in the database.
 */
void
rig_settle (Rig *rig)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_AUDIT, 1);

  item->words[1] = g_strdup ("settle");
  side_archive_write_async (rig->archive, item, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the archive to have written all");
  side_archive_ask_async (rig->archive, ask_nothing, NULL, NULL, NULL, NULL, side_test_async_cb, &asked);
  side_test_wait_result (&asked, 20000, "the archive to answer");
}

/* Requests */

/**
 * rig_ask:
 * @rig: the rig
 * @method: HTTP method
 * @path: what follows /api/v1
 * @token: (nullable): bearer token
 * @header: (nullable): a further header
 * @value: its value
 * @body: (nullable): JSON
 *
 * Returns: (transfer full): the answer; its status is 0 when there was none
 */
RigAnswer *
rig_ask (Rig        *rig,
         const char *method,
         const char *path,
         const char *token,
         const char *header,
         const char *value,
         const char *body)
{
  g_autofree char *uri = g_strconcat (rig->url, SIDE_WIRE_PREFIX, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) sent = NULL;
  RigAnswer *answer = g_new0 (RigAnswer, 1);

  g_assert_nonnull (message);
  if (token != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  if (body != NULL)
    {
      sent = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", sent);
    }
  soup_session_send_and_read_async (rig->session, message, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 30000, path);
  bytes = soup_session_send_and_read_finish (rig->session, result, NULL);
  answer->status = bytes != NULL ? soup_message_get_status (message) : 0;
  answer->len = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  answer->body = g_malloc (answer->len + 1);
  if (answer->len > 0)
    memcpy (answer->body, g_bytes_get_data (bytes, NULL), answer->len);
  answer->body[answer->len] = '\0';
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  return answer;
}

RigAnswer *
rig_get (Rig        *rig,
         const char *path,
         const char *token)
{
  return rig_ask (rig, "GET", path, token, NULL, NULL, NULL);
}

/**
 * rig_put:
 * @rig: the rig
 * @token: whose
 * @document: (transfer full): what is written
 * @base: the revision it is written over; 0: it is new
 *
 * Returns: (transfer full): what the server says to it
 */
RigAnswer *
rig_put (Rig          *rig,
         const char   *token,
         SideDocument *document,
         gint64        base)
{
  g_autofree char *path = g_strdup_printf ("/documents/%s/%s", document->kind, document->id);
  g_autofree char *body = side_wire_document_to_json (document);
  g_autofree char *match = base > 0 ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", base) : g_strdup ("*");
  RigAnswer *answer = rig_ask (rig, "PUT", path, token, base > 0 ? "If-Match" : "If-None-Match", match, body);

  g_test_message ("PUT %s over %" G_GINT64_FORMAT ": %u %s", path, base, answer->status, answer->body);
  side_document_unref (document);
  return answer;
}

/**
 * rig_read_on:
 * @rig: the rig
 * @token: whose
 * @since: (inout): how far they have read the feed of changes
 *
 * Reads on to its end, few at a time.
 *
 * Returns: (transfer full): all that came
 */
char *
rig_read_on (Rig        *rig,
             const char *token,
             gint64     *since)
{
  GString *all = g_string_new (NULL);
  gboolean more = TRUE;

  for (int i = 0; more; i++)
    {
      g_autofree char *path = g_strdup_printf ("/changes?since=%" G_GINT64_FORMAT "&limit=1", *since);
      g_autoptr (RigAnswer) answer = rig_get (rig, path, token);
      g_autoptr (SideChangePage) page = side_wire_changes_from_json (answer->body, (gssize) answer->len, NULL);

      g_assert_cmpint (i, <, 50);
      g_assert_nonnull (page);
      g_string_append (all, answer->body);
      *since = page->next;
      more = page->more;
    }
  return g_string_free (all, FALSE);
}

/* rig_keep: writes @document (transfer full) by the server's own hand, as what
 * stands there from before somebody looked; through the archive's own thread,
 * since nobody else may use the connection it writes with */
void
rig_keep (Rig          *rig,
          SideDocument *document,
          const char   *author,
          gint64        base)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, side_clock_now_ms (rig->clock));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_free (document->author);
  document->author = g_strdup (author);
  item->document = document;
  item->revision = base > 0 ? base : -1;
  item->own = TRUE;
  side_archive_write_async (rig->archive, item, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "a document to be kept");
  side_archive_write_finish (rig->archive, result, NULL, &error);
  g_assert_no_error (error);
}

/* rig_expect_put: as rig_put(), and the answer has this status */
void
rig_expect_put (Rig          *rig,
                const char   *token,
                SideDocument *document,
                gint64        base,
                guint         status)
{
  g_autoptr (RigAnswer) answer = rig_put (rig, token, document, base);

  g_assert_cmpuint (answer->status, ==, status);
}

void
rig_answer_free (RigAnswer *answer)
{
  g_free (answer->body);
  soup_message_headers_unref (answer->headers);
  g_free (answer);
}

const char *
rig_answer_header (RigAnswer  *answer,
                   const char *name)
{
  return soup_message_headers_get_one (answer->headers, name);
}

/* Files */

static void
put_u32 (guint8  *at,
         guint32  value)
{
  for (int i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (8 * i));
}

/**
 * rig_write_wav:
 * @rig: the rig
 * @name: name below the recordings folder
 * @frames: how long, at 8000 Hz
 * @interleaved: whether its header says one channel and length 0, as a PBX
 *   leaves it, instead of the truth
 *
 * Two channels of 16 bits; sample i is 2i left and 2i+1 right (modulo 2^16).
 *
 * Returns: (transfer full): the path
 */
char *
rig_write_wav (Rig        *rig,
               const char *name,
               guint       frames,
               gboolean    interleaved)
{
  char *path = g_build_filename (rig->recordings, name, NULL);
  gsize len = 44 + 4 * (gsize) frames;
  g_autofree guint8 *bytes = g_malloc0 (len);
  guint channels = interleaved ? 1 : 2;

  memcpy (bytes, "RIFF", 4);
  put_u32 (bytes + 4, interleaved ? 36 : (guint32) (len - 8));
  memcpy (bytes + 8, "WAVEfmt ", 8);
  put_u32 (bytes + 16, 16);
  put_u32 (bytes + 20, 1 | channels << 16);
  put_u32 (bytes + 24, 8000);
  put_u32 (bytes + 28, 16000 * channels);
  put_u32 (bytes + 32, 2 * channels | 16 << 16);
  memcpy (bytes + 36, "data", 4);
  put_u32 (bytes + 40, interleaved ? 0 : (guint32) (len - 44));
  for (guint i = 0; i < frames; i++)
    put_u32 (bytes + 44 + 4 * (gsize) i, (2 * i & 0xffff) | (2 * i + 1) << 16);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) len, NULL));
  return path;
}

/* The answer is a problem of that kind, as the protocol writes one. */
void
rig_assert_problem (RigAnswer  *answer,
                    guint       status,
                    const char *code)
{
  g_autofree char *wanted = g_strdup_printf ("\"code\":\"%s\"", code);

  g_test_message ("%u %s", answer->status, answer->body);
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (rig_answer_header (answer, "Content-Type"), ==, SIDE_WIRE_PROBLEM_TYPE);
  g_assert_nonnull (strstr (answer->body, wanted));
}
