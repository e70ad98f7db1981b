/* test-http-operator.c - an operator gets what is about them and no other byte
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two operators of one project. What is the other's, the reviewers' drafts and
 * all names but the reviewer's carry marks that must not be in any answer to
 * the first one; and of disputes and acknowledgements only what the rules
 * allow may be written, whoever asks.
 */
#include <string.h>

#include "server-rig.h"
#include "side-test.h"

#define NOON    (RIG_DAY + 12 * 3600 * 1000)
#define ID(n)   "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e" n
#define SCRIPT  ID ("10")
#define UNNAMED ID ("11")
#define OWN     ID ("20")        /* vera's call, finished by boris */
#define DRAFT   ID ("21")
#define REPEAT  ID ("22")
#define OTHERS  ID ("23")        /* the other's call */
#define NOTE    ID ("30")
#define DISPUTE ID ("40")
#define SECOND  ID ("41")
#define HEARD   ID ("50")
#define SECRET  "Zzyzx"          /* what she must not see */

typedef struct {
  Rig  *rig;
  char *vera;        /* tokens: the operator op-1 */
  char *holder;      /* who began to review */
  char *boris;       /* who reviewed */
  char *clara;       /* who judges */
  char *own;         /* recordings */
  char *others;
} Fixture;

static gboolean
has_recording (gpointer data)
{
  return ((SideCall *) data)->recording != NULL;
}

static char *
record (Rig        *rig,
        const char *call)
{
  g_autofree char *path = rig_write_wav (rig, call, 8000, TRUE);
  SideCall *leg = side_board_get_call (side_hub_get_board (rig->hub), call);

  side_source_emit_recording (rig->source, "tea", call, path, 2);
  side_test_wait_until (has_recording, leg, 10000, "the recording to be published");
  return g_strdup (leg->recording);
}

/* A call that rang at both, and @operator took. */
static void
say_call (Rig        *rig,
          const char *call,
          const char *operator_id,
          const char *caller,
          gint64      at_ms)
{
  static const char *const both[][2] = { { "op-1", "Anna Own" }, { "op-2", SECRET " Other" } };
  SideEvent *event = rig_event (SIDE_EVENT_CALL_JOINED, "tea", call, at_ms);

  event->caller = g_strdup (caller);
  rig_say (rig, event);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", call, at_ms + 1000 + (gint64) i);
      event->operator_id = g_intern_string (both[i][0]);
      event->name = g_intern_string (both[i][1]);
      event->state = SIDE_OPERATOR_RINGING;
      rig_say (rig, event);
    }
  event = rig_event (SIDE_EVENT_CALL_ANSWERED, "tea", call, at_ms + 5000);
  event->operator_id = g_intern_string (operator_id);
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_CALL_ENDED, "tea", call, at_ms + 65000);
  event->operator_id = g_intern_string (operator_id);
  event->answered_ms = at_ms + 5000;
  event->talk_ms = 60000;
  event->outcome = SIDE_OUTCOME_ANSWERED;
  rig_say (rig, event);
}

static SideDocument *
make_script (const char *id,
             const char *title)
{
  g_autoptr (SideScript) script = side_script_new (id, "tea", title, 1);
  SideSection *section = side_script_add_section (script, "s", "Order");
  SideCriterion *criterion = side_section_add_criterion (section, "price", "Names the price", 10);

  side_criterion_add_exemplar (criterion, 1, SECRET "-call", 0, 1000, "says it at once");
  side_section_add_criterion (section, "greeting", "Greets", 10);
  script->author = g_strdup (SECRET " Author");
  return side_wire_document_for_script (script);
}

static SideReview *
make_review (const char    *id,
             const char    *call,
             const char    *script,
             SideSelection  selection,
             gboolean       finished)
{
  SideReview *review = side_review_new (id, "tea", call, script, 1);

  side_review_claim (review, SECRET " Holder", NOON);
  side_review_claim (review, "boris", NOON);
  review->selection = selection;
  side_review_set_answer (review, "price", 0, NOON, 1000);
  side_review_set_answer (review, "greeting", 1, NOON, 0);
  if (finished)
    side_review_finish (review, 1, NOON);
  return review;
}

/* Begun by one, taken over and perhaps finished by boris. */
static void
put_review (Fixture       *f,
            const char    *id,
            const char    *call,
            const char    *script,
            SideSelection  selection,
            gboolean       finished)
{
  g_autoptr (SideReview) begun = side_review_new (id, "tea", call, script, 1);
  g_autoptr (SideReview) review = make_review (id, call, script, selection, finished);

  begun->selection = selection;
  side_review_claim (begun, SECRET " Holder", NOON);
  if (strcmp (id, OWN) != 0)
    review->comment = g_strdup (SECRET);
  /* That no plan asks for a repeat is no matter here. */
  if (selection == SIDE_SELECTION_REPEAT)
    rig_keep (f->rig, side_wire_document_for_review (begun), SECRET " Holder", 0);
  else
    rig_expect_put (f->rig, f->holder, side_wire_document_for_review (begun), 0, 200);
  rig_expect_put (f->rig, f->boris, side_wire_document_for_review (review), 1, 200);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (NOTE, "tea", "a", 0, 0);

  f->rig = rig_new ();
  say_call (f->rig, "a", "op-1", "79031", NOON);
  say_call (f->rig, "b", "op-2", "7904" SECRET, NOON + 100000);
  f->own = record (f->rig, "a");
  f->others = record (f->rig, "b");
  rig_settle (f->rig);
  f->vera = rig_add_user (f->rig, "vera", SIDE_ROLE_OPERATOR, "tea", NULL);
  f->holder = rig_add_user (f->rig, SECRET " Holder", SIDE_ROLE_TRAINER, "tea", NULL);
  f->boris = rig_add_user (f->rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  f->clara = rig_add_user (f->rig, "clara", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  rig_expect_put (f->rig, f->boris, make_script (SCRIPT, "Orders"), 0, 200);
  rig_expect_put (f->rig, f->boris, make_script (UNNAMED, SECRET), 0, 200);
  put_review (f, OWN, "a", SCRIPT, SIDE_SELECTION_CHOSEN, TRUE);
  put_review (f, DRAFT, "a", UNNAMED, SIDE_SELECTION_NONE, FALSE);
  put_review (f, REPEAT, "a", UNNAMED, SIDE_SELECTION_REPEAT, TRUE);
  put_review (f, OTHERS, "b", UNNAMED, SIDE_SELECTION_CHOSEN, TRUE);
  note->text = g_strdup (SECRET);
  rig_expect_put (f->rig, f->boris, side_wire_document_for_annotation (note), 0, 200);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  rig_free (f->rig);
  g_free (f->vera);
  g_free (f->holder);
  g_free (f->boris);
  g_free (f->clara);
  g_free (f->own);
  g_free (f->others);
}

/* Reading */

typedef struct {
  const char *path;        /* "%O" and "%R": the recording of her own call, of the other's */
  guint       status;
  const char *holds;       /* nullable */
} Address;

static const Address addresses[] = {
  { "/session", 200, "\"operator\":\"op-1\"" },
  { "/board", 403 },
  { "/board?project=tea", 403 },
  { "/events", 403 },
  { "/events?project=tea", 403 },
  { "/recordings/unmatched", 403 },
  { "/calls", 200, "\"id\":\"a\"" },
  { "/calls?project=tea&changed_after=0", 200, "\"id\":\"a\"" },
  { "/calls?operator=op-2", 200 },
  { "/calls?number=7904", 200 },
  { "/calls/a", 200, "79031" },
  { "/calls/b", 404 },
  { "/calls/a/events", 200, "call.answered" },
  { "/calls/b/events", 404 },
  { "/recordings/%O", 200, "RIFF" },
  { "/recordings/%R", 404 },
  { "/changes", 200, OWN },
  { "/changes?since=0&limit=1", 200 },
  { "/documents/script/" SCRIPT, 200, "says it at once" },
  { "/documents/script/" SCRIPT "?version=1", 200, "says it at once" },
  { "/documents/script/" UNNAMED, 404 },
  { "/documents/script/" UNNAMED "?version=1", 404 },
  { "/documents/review/" OWN, 200, "\"boris\"" },
  { "/documents/review/" DRAFT, 404 },
  { "/documents/review/" REPEAT, 404 },
  { "/documents/review/" OTHERS, 404 },
  { "/documents/annotation/" NOTE, 404 },
  { "/actions", 200, "\"role\"" },
  { "/live?project=toys", 404 },
};

static void
test_read (Fixture       *f,
           gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const char *path = strstr (addresses[i].path, "%O") != NULL ? f->own : f->others;
      g_auto (GStrv) parts = g_strsplit (addresses[i].path, strstr (addresses[i].path, "%O") != NULL ? "%O" : "%R", 2);
      g_autofree char *whole = g_strjoinv (path, parts);
      g_autoptr (RigAnswer) answer = rig_get (f->rig, whole, f->vera);

      g_test_message ("%s: %u", whole, answer->status);
      g_assert_cmpuint (answer->status, ==, addresses[i].status);
      if (strstr (answer->body, SECRET) != NULL || strstr (answer->body, "op-2") != NULL)
        g_error ("%s: told of others: %s", whole, answer->body);
      if (addresses[i].holds != NULL && strstr (answer->body, addresses[i].holds) == NULL)
        g_error ("%s: no %s: %s", whole, addresses[i].holds, answer->body);
    }
}

/* By the server's own hand: nobody else removes what was finished. */
static void
remove_review (Fixture    *f,
               const char *id,
               const char *call)
{
  SideDocument *gone = side_document_new ("review", id, "tea");

  gone->call = g_strdup (call);
  gone->deleted = TRUE;
  rig_keep (f->rig, gone, "clara", 2);
}

/* The feed goes on past what is not shown, and tells of what was removed. */
static void
test_feed (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (RigAnswer) first = rig_get (f->rig, "/changes?since=0&limit=1", f->vera);
  g_autoptr (SideChangePage) page = side_wire_changes_from_json (first->body, (gssize) first->len, NULL);
  g_autofree char *path = g_strdup_printf ("/changes?since=%" G_GINT64_FORMAT, page->next);
  g_autoptr (RigAnswer) second = rig_get (f->rig, path, f->vera);
  g_autoptr (SideChangePage) rest = side_wire_changes_from_json (second->body, (gssize) second->len, NULL);
  g_autoptr (RigAnswer) gone = NULL;
  g_autoptr (SideChangePage) last = NULL;
  const SideDocument *document;

  g_assert_true (page->more);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) page->documents->pdata[0])->id, ==, SCRIPT);
  g_assert_cmpuint (rest->documents->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) rest->documents->pdata[0])->id, ==, OWN);
  g_assert_false (rest->more);
  remove_review (f, OWN, "a");
  remove_review (f, OTHERS, "b");
  g_free (path);
  path = g_strdup_printf ("/changes?since=%" G_GINT64_FORMAT, rest->next);
  gone = rig_get (f->rig, path, f->vera);
  last = side_wire_changes_from_json (gone->body, (gssize) gone->len, NULL);
  g_assert_cmpuint (last->documents->len, ==, 1);
  document = g_ptr_array_index (last->documents, 0);
  g_assert_cmpstr (document->id, ==, OWN);
  g_assert_true (document->deleted);
  g_assert_null (document->author);
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *bytes,
            char                   **text)
{
  if (*text == NULL)
    *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

/* The stream stands, so that the app sees the server and hears of changed documents; its board is empty. */
static void
test_live (Fixture       *f,
           gconstpointer  data)
{
  static char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };
  g_autofree char *uri = g_strconcat (f->rig->url, SIDE_WIRE_PREFIX, "/live", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", f->vera, NULL);
  g_autofree char *text = NULL;
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (SideAnnotation) note = side_annotation_new (ID ("71"), "tea", "a", 0, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_websocket_connect_async (f->rig->session, message, NULL, protocols, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the stream to open");
  connection = soup_session_websocket_connect_finish (f->rig->session, result, &error);
  g_assert_no_error (error);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), &text);
  side_test_wait_until (has_text, &text, 10000, "a snapshot");
  g_assert_nonnull (strstr (text, "snapshot"));
  g_assert_null (strstr (text, "tea"));
  g_assert_null (strstr (text, "op-"));
  g_assert_null (strstr (text, SECRET));
  g_clear_pointer (&text, g_free);
  say_call (f->rig, "c", "op-2", SECRET, NOON + 200000);
  side_test_run_for (400);
  g_assert_true (text == NULL || strstr (text, SECRET) == NULL);
  g_clear_pointer (&text, g_free);
  rig_expect_put (f->rig, f->boris, side_wire_document_for_annotation (note), -1, 200);
  side_test_wait_until (has_text, &text, 10000, "a hint that documents changed");
  g_assert_nonnull (strstr (text, "\"documents\""));
  g_assert_null (strstr (text, "tea"));
  g_signal_handlers_disconnect_by_data (connection, &text);
  soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  side_test_run_for (20);
}

/* An account that does not say which operator it is sees nothing. */
static void
test_nobody (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SideAccount) account = side_account_new ("x", SIDE_ROLE_OPERATOR);
  const char *tea[] = { "tea", NULL };
  const SideScope scope = { tea, "", "x" };
  SideArchiveStore *store = side_archive_get_store (f->rig->archive);
  g_autoptr (SideChangePage) page = side_archive_store_find_changes (store, &scope, 0, 100, NULL);
  g_autoptr (SideArchiveQuery) query = side_archive_query_new (tea);
  g_autoptr (SideCallPage) calls = NULL;

  query->only_operator = g_strdup ("");
  calls = side_archive_store_find_calls (store, query, NULL);
  g_assert_cmpuint (page->documents->len, ==, 0);
  g_assert_cmpuint (calls->calls->len, ==, 0);
  g_assert_null (side_archive_store_get_recording (store, f->own, &scope, NULL));
}

/* Writing */

static SideDispute *
make_dispute (const char *id,
              const char *call,
              const char *review)
{
  SideDispute *dispute = side_dispute_new (id, "tea", call);

  dispute->review = g_strdup (review);
  dispute->review_revision = 1;
  dispute->script = g_strdup (SCRIPT);
  dispute->criterion = g_strdup ("price");
  dispute->asked = 1;
  dispute->reason = g_strdup ("I named it");
  dispute->operator_id = g_strdup ("op-1");
  dispute->author = g_strdup ("vera");
  dispute->created_ms = NOON;
  dispute->due_ms = side_dispute_due (NULL, NOON, SIDE_DISPUTE_DAYS);
  return dispute;
}

static void
assert_dispute (Fixture     *f,
                const char  *token,
                SideDispute *dispute,      /* (transfer full) */
                gint64       base,
                guint        status)
{
  rig_expect_put (f->rig, token, side_wire_document_for_dispute (dispute), base, status);
  side_dispute_unref (dispute);
}

static void
set (char       **text,
     const char  *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
test_write_only_answers (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (SideReview) review = make_review (ID ("60"), "a", SCRIPT, SIDE_SELECTION_NONE, TRUE);
  g_autoptr (SideAnnotation) note = side_annotation_new (ID ("61"), "tea", "a", 0, 0);
  g_autoptr (SideListening) own = side_listening_new (HEARD, "tea", "a", "vera");
  g_autoptr (SideListening) others = side_listening_new (HEARD, "tea", "b", "vera");
  g_autoptr (SideExportRecord) record = side_export_record_new (ID ("62"), "tea", "a");
  g_autoptr (RigAnswer) answer = NULL;

  rig_expect_put (f->rig, f->vera, side_wire_document_for_review (review), 0, 403);
  rig_expect_put (f->rig, f->vera, side_wire_document_for_annotation (note), 0, 403);
  rig_expect_put (f->rig, f->vera, make_script (ID ("63"), "x"), 0, 403);
  set (&record->author, "vera");
  rig_expect_put (f->rig, f->vera, side_wire_document_for_export (record), 0, 403);
  side_listening_add (own, 0, 500, 1);
  side_listening_add (others, 0, 500, 1);
  rig_expect_put (f->rig, f->vera, side_wire_document_for_listening (others), 0, 404);
  rig_expect_put (f->rig, f->vera, side_wire_document_for_listening (own), 0, 200);
  answer = rig_get (f->rig, "/documents/listening/" HEARD, f->vera);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_dispute (Fixture       *f,
              gconstpointer  data)
{
  const gint64 day_ms = 24 * 3600 * 1000;
  const struct { gint64 created_ms, due_ms; } made[] = {
    { 1, 2 }, { NOON - day_ms, NOON + day_ms }, { NOON + 400 * day_ms, NOON + 407 * day_ms }, { NOON, NOON }, { NOON, NOON + 60000 }, { NOON, NOON + 200 * day_ms },
  };
  SideDispute *dispute;
  g_autoptr (RigAnswer) answer = NULL;

  assert_dispute (f, f->vera, make_dispute (DISPUTE, "b", OTHERS), 0, 404);
  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", DRAFT), 0, 404);
  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", REPEAT), 0, 404);
  dispute = make_dispute (DISPUTE, "a", OWN);
  set (&dispute->author, "boris");
  assert_dispute (f, f->vera, dispute, 0, 403);
  dispute = make_dispute (DISPUTE, "a", OWN);
  set (&dispute->operator_id, "op-2");
  assert_dispute (f, f->vera, dispute, 0, 400);
  dispute = make_dispute (DISPUTE, "a", OWN);
  dispute->on_behalf = TRUE;
  assert_dispute (f, f->vera, dispute, 0, 403);
  dispute = make_dispute (DISPUTE, "a", OWN);
  set (&dispute->criterion, "greeting");                       /* has a full mark */
  assert_dispute (f, f->vera, dispute, 0, 400);
  dispute = make_dispute (DISPUTE, "a", OWN);
  dispute->review_revision = 2;
  assert_dispute (f, f->vera, dispute, 0, 400);
  dispute = make_dispute (DISPUTE, "a", OWN);
  set (&dispute->author, "clara");                             /* others only on behalf */
  assert_dispute (f, f->clara, dispute, 0, 403);

  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    {
      dispute = make_dispute (DISPUTE, "a", OWN);
      dispute->created_ms = made[i].created_ms;
      dispute->due_ms = made[i].due_ms;
      assert_dispute (f, f->vera, dispute, 0, 400);
    }

  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", OWN), 0, 200);
  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", OWN), 0, 200);    /* the answer got lost */
  assert_dispute (f, f->vera, make_dispute (SECOND, "a", OWN), 0, 409);     /* one at a time */
  dispute = make_dispute (DISPUTE, "a", OWN);
  set (&dispute->reason, "another");
  assert_dispute (f, f->vera, dispute, 1, 403);
  answer = rig_ask (f->rig, "DELETE", "/documents/dispute/" DISPUTE, f->clara, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (answer->status, ==, 403);
}

/* What was finished counts while its next revision is written: she sees it as
 * it was, and disputes it. */
static void
test_dispute_meanwhile (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (SideReview) review = make_review (OWN, "a", SCRIPT, SIDE_SELECTION_CHOSEN, TRUE);
  g_autoptr (RigAnswer) seen = NULL;
  g_autoptr (RigAnswer) script = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideReview) shown = NULL;

  side_review_reopen (review, "boris", "Misheard it", NOON + 5);
  side_review_set_answer (review, "price", 1, NOON + 5, -1);
  rig_expect_put (f->rig, f->boris, side_wire_document_for_review (review), 2, 200);
  seen = rig_get (f->rig, "/documents/review/" OWN, f->vera);
  g_assert_cmpuint (seen->status, ==, 200);
  g_assert_null (strstr (seen->body, "Misheard"));
  document = side_wire_document_from_json (seen->body, (gssize) seen->len, NULL);
  shown = side_wire_review_from_json (document->body, -1, NULL);
  g_assert_cmpint (shown->revision, ==, 1);
  g_assert_cmpint (shown->finished_ms, !=, 0);
  g_assert_cmpuint (shown->history->len, ==, 0);
  g_assert_cmpfloat (side_review_get_answer (shown, "price"), <, 1);
  script = rig_get (f->rig, "/documents/script/" SCRIPT, f->vera);
  g_assert_cmpuint (script->status, ==, 200);
  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", OWN), 0, 200);
}

static SideDispute *
make_ruling (const char       *judge,
             SideDisputeState  state,
             double            value)
{
  SideDispute *dispute = make_dispute (DISPUTE, "a", OWN);

  dispute->state = state;
  dispute->judge = g_strdup (judge);
  dispute->ruling = g_strdup ("Heard again");
  dispute->judged_ms = NOON + 2;
  dispute->value = value;
  return dispute;
}

static void
test_ruling (Fixture       *f,
             gconstpointer  data)
{
  SideDispute *dispute;
  g_autoptr (SideReview) review = make_review (OWN, "a", SCRIPT, SIDE_SELECTION_CHOSEN, TRUE);
  g_autoptr (SideReview) next = NULL;
  g_autoptr (SideDispute) upheld = make_ruling ("clara", SIDE_DISPUTE_UPHELD, 1);
  g_autoptr (RigAnswer) seen = NULL;
  g_autoptr (RigAnswer) changed = NULL;

  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", OWN), 0, 200);
  assert_dispute (f, f->vera, make_ruling ("vera", SIDE_DISPUTE_UPHELD, 1), 1, 403);
  assert_dispute (f, f->boris, make_ruling ("boris", SIDE_DISPUTE_REJECTED, SIDE_ANSWER_NONE), 1, 403);
  assert_dispute (f, f->boris, make_ruling ("clara", SIDE_DISPUTE_UPHELD, 1), 1, 403);
  assert_dispute (f, f->clara, make_ruling ("clara", SIDE_DISPUTE_UPHELD, SIDE_ANSWER_NONE), 1, 400);
  assert_dispute (f, f->clara, make_ruling ("clara", SIDE_DISPUTE_UPHELD, 0.3), 1, 400);   /* no such answer */
  for (int i = 0; i < 2; i++)
    {
      dispute = make_ruling ("clara", SIDE_DISPUTE_UPHELD, 1);
      dispute->judged_ms = i == 0 ? 5 : NOON + G_GINT64_CONSTANT (400) * 24 * 3600 * 1000;
      assert_dispute (f, f->clara, dispute, 1, 400);
    }
  dispute = make_ruling ("clara", SIDE_DISPUTE_UPHELD, 1);
  set (&dispute->reason, "something else");
  assert_dispute (f, f->clara, dispute, 1, 403);
  dispute = make_dispute (DISPUTE, "a", OWN);
  dispute->state = SIDE_DISPUTE_WITHDRAWN;
  dispute->judged_ms = NOON + 1;
  assert_dispute (f, f->clara, dispute, 1, 403);                                           /* hers to withdraw */
  rig_expect_put (f->rig, f->clara, side_wire_document_for_dispute (upheld), 1, 200);
  assert_dispute (f, f->clara, make_ruling ("clara", SIDE_DISPUTE_REJECTED, SIDE_ANSWER_NONE), 2, 412);
  next = side_dispute_apply (upheld, review, upheld->judged_ms, NULL);
  rig_expect_put (f->rig, f->clara, side_wire_document_for_review (next), 2, 200);

  seen = rig_get (f->rig, "/documents/dispute/" DISPUTE, f->vera);
  g_assert_cmpuint (seen->status, ==, 200);
  g_assert_nonnull (strstr (seen->body, "Heard again"));
  g_assert_nonnull (strstr (seen->body, "upheld"));
  g_assert_null (strstr (seen->body, "clara"));
  changed = rig_get (f->rig, "/documents/review/" OWN, f->vera);
  g_assert_nonnull (strstr (changed->body, "Heard again"));
}

static void
test_withdraw (Fixture       *f,
               gconstpointer  data)
{
  SideDispute *dispute = make_dispute (DISPUTE, "a", OWN);

  assert_dispute (f, f->vera, make_dispute (DISPUTE, "a", OWN), 0, 200);
  dispute->state = SIDE_DISPUTE_WITHDRAWN;
  dispute->judged_ms = NOON + 1;
  assert_dispute (f, f->vera, dispute, 1, 200);
  assert_dispute (f, f->vera, make_dispute (SECOND, "a", OWN), 0, 200);     /* and another is made */
}

static SideDocument *
make_read (const char *user,
           gboolean    on_behalf,
           int         revision)
{
  g_autoptr (SideReview) review = make_review (OWN, "a", SCRIPT, SIDE_SELECTION_CHOSEN, TRUE);
  g_autoptr (SideAcknowledgement) read = NULL;

  review->revision = revision;
  read = side_acknowledgement_new (review, "op-1", user, on_behalf, NOON);
  return side_wire_document_for_acknowledgement (read);
}

static void
test_acknowledge (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (SideDocument) sample = make_read ("vera", FALSE, 1);
  g_autofree char *path = g_strconcat ("/documents/acknowledgement/", sample->id, NULL);
  g_autoptr (SideReview) review = make_review (OWN, "a", SCRIPT, SIDE_SELECTION_CHOSEN, TRUE);
  g_autoptr (SideAcknowledgement) early = side_acknowledgement_new (review, "op-1", "vera", FALSE, 5);
  g_autoptr (RigAnswer) seen = NULL;

  rig_expect_put (f->rig, f->vera, side_wire_document_for_acknowledgement (early), 0, 400);    /* before there was a review */
  rig_expect_put (f->rig, f->clara, make_read ("clara", FALSE, 1), 0, 403);
  rig_expect_put (f->rig, f->vera, make_read ("vera", TRUE, 1), 0, 403);
  rig_expect_put (f->rig, f->vera, make_read ("vera", FALSE, 2), 0, 404);
  rig_expect_put (f->rig, f->clara, make_read ("clara", TRUE, 1), 0, 403);      /* she signs in herself */
  rig_expect_put (f->rig, f->vera, make_read ("vera", FALSE, 1), 0, 200);
  seen = rig_get (f->rig, path, f->vera);
  g_assert_cmpuint (seen->status, ==, 200);
  g_assert_null (strstr (seen->body, "clara"));
}

/* Who has no sign-in: somebody else than the reviewer enters it, and does not judge it. */
static void
test_on_behalf (Fixture       *f,
                gconstpointer  data)
{
  static const struct { const char *author; SideDisputeState state; guint status; } steps[] = {
    { "boris", SIDE_DISPUTE_OPEN, 403 }, { "clara", SIDE_DISPUTE_OPEN, 200 }, { "clara", SIDE_DISPUTE_REJECTED, 403 },
  };
  SideDispute *dispute = make_dispute (SECOND, "a", OWN);
  g_autoptr (SideReview) review = make_review (OTHERS, "b", UNNAMED, SIDE_SELECTION_RANDOM, TRUE);
  g_autoptr (SideAcknowledgement) own = side_acknowledgement_new (review, "op-2", "boris", TRUE, NOON);
  g_autoptr (SideAcknowledgement) others = side_acknowledgement_new (review, "op-2", "clara", TRUE, NOON);

  dispute->on_behalf = TRUE;                                               /* vera disputes herself */
  set (&dispute->author, "clara");
  assert_dispute (f, f->clara, dispute, 0, 403);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      dispute = make_dispute (DISPUTE, "b", OTHERS);
      set (&dispute->script, UNNAMED);
      set (&dispute->operator_id, "op-2");
      set (&dispute->author, steps[i].author);
      dispute->on_behalf = TRUE;
      dispute->state = steps[i].state;
      if (dispute->state != SIDE_DISPUTE_OPEN)
        {
          dispute->judge = g_strdup (steps[i].author);
          dispute->ruling = g_strdup ("Heard again");
          dispute->judged_ms = NOON + 2;
        }
      assert_dispute (f, i == 0 ? f->boris : f->clara, dispute, i < 2 ? 0 : 1, steps[i].status);
    }
  rig_expect_put (f->rig, f->boris, side_wire_document_for_acknowledgement (own), 0, 403);
  rig_expect_put (f->rig, f->clara, side_wire_document_for_acknowledgement (others), 0, 200);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/http/operator/read", test_read);
  ADD ("/http/operator/feed", test_feed);
  ADD ("/http/operator/live", test_live);
  ADD ("/http/operator/nobody", test_nobody);
  ADD ("/http/operator/write-only-answers", test_write_only_answers);
  ADD ("/http/operator/dispute", test_dispute);
  ADD ("/http/operator/dispute-meanwhile", test_dispute_meanwhile);
  ADD ("/http/operator/ruling", test_ruling);
  ADD ("/http/operator/withdraw", test_withdraw);
  ADD ("/http/operator/acknowledge", test_acknowledge);
  ADD ("/http/operator/on-behalf", test_on_behalf);
  return g_test_run ();
}
