/* test-http-scope.c - who is not granted a project gets no byte of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every address of the protocol is tried with every kind of token that must
 * not work there. What belongs to the project carries marks that must not be
 * in any answer.
 */
#include <string.h>

#include "server-rig.h"
#include "side-archive-store.h"
#include "side-secrets.h"
#include "side-test.h"
#include "side-users.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define UUID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define TAG "1f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define HEARD "2f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define FILED "3f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define LISTENING(who) \
  "{\"kind\":\"listening\",\"id\":\"" HEARD "\",\"project\":\"tea\",\"call\":\"a\",\"body\":{\"id\":\"" HEARD "\"," \
  "\"project\":\"tea\",\"call\":\"a\",\"listener\":\"" who "\",\"length_ms\":9,\"spans\":[[0,5,1]]}}"
#define EXPORT(who) \
  "{\"kind\":\"export\",\"id\":\"" FILED "\",\"project\":\"tea\",\"call\":\"a\",\"body\":{\"id\":\"" FILED "\"," \
  "\"project\":\"tea\",\"call\":\"a\",\"author\":\"" who "\",\"format\":\"wav\",\"name\":\"" MARK ".wav\"," \
  "\"from_ms\":0,\"to_ms\":5,\"blanked\":[[1,2]]}}"
#define ON_CALL "{\"request\":\"" UUID "\",\"call\":\"a\",\"reason\":\"x\"}"
#define ON_OPERATOR "{\"request\":\"" UUID "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"x\"}"
#define MARK "7903tea"            /* the caller's number of every call of "tea" */

typedef struct {
  const char *method;
  const char *path;               /* "%R" stands for the recording's id */
  const char *header;
  const char *value;
  const char *body;
} Address;

static const Address addresses[] = {
  { "GET", "/session" },
  { "GET", "/board" },
  { "GET", "/board?project=tea" },
  { "GET", "/calls" },
  { "GET", "/calls?project=tea" },
  { "GET", "/calls?project=tea&changed_after=0" },
  { "GET", "/calls?changed_after=0&limit=1000" },
  { "GET", "/calls?queue=tea-orders" },
  { "GET", "/calls?operator=op-1" },
  { "GET", "/calls?number=7903" },
  { "GET", "/calls/a" },
  { "GET", "/calls/a/events" },
  { "GET", "/events" },
  { "GET", "/events?project=tea" },
  { "GET", "/recordings/%R" },
  { "GET", "/recordings/%R", "Range", "bytes=0-99" },
  { "HEAD", "/recordings/%R" },
  { "GET", "/recordings/unmatched" },
  { "GET", "/changes" },
  { "GET", "/changes?since=0&limit=1000" },
  { "GET", "/documents/annotation/" UUID },
  { "PUT", "/documents/annotation/" UUID, "If-Match", "\"1\"",
    "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"from_ms\":0,\"to_ms\":0,\"text\":\"x\"}}" },
  { "PUT", "/documents/annotation/" UUID, "If-None-Match", "*",
    "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"toys\",\"call\":\"z\",\"body\":{\"id\":\"" UUID "\",\"project\":\"toys\",\"call\":\"z\",\"from_ms\":0,\"to_ms\":0,\"text\":\"x\"}}" },
  { "DELETE", "/documents/annotation/" UUID, "If-Match", "\"1\"" },
  { "GET", "/documents/tag/" TAG },
  { "GET", "/documents/listening/" HEARD },
  { "GET", "/documents/export/" FILED },
  { "PUT", "/documents/tag/" TAG, "If-Match", "\"1\"", "{\"kind\":\"tag\",\"id\":\"" TAG "\",\"project\":\"tea\","
    "\"body\":{\"id\":\"" TAG "\",\"project\":\"tea\",\"word\":\"x\",\"place\":1}}" },
  { "PUT", "/documents/listening/" HEARD, "If-Match", "\"1\"", LISTENING ("toys1") },
  { "PUT", "/documents/listening/" HEARD, "If-None-Match", "*", LISTENING ("writer") },
  { "PUT", "/documents/export/" FILED, "If-Match", "\"1\"", EXPORT ("toys1") },
  { "DELETE", "/documents/tag/" TAG, "If-Match", "\"1\"" },
  { "DELETE", "/documents/listening/" HEARD, "If-Match", "\"1\"" },
  { "DELETE", "/documents/export/" FILED, "If-Match", "\"1\"" },
  { "GET", "/actions" },
  { "POST", "/actions/listen", NULL, NULL, ON_CALL },
  { "POST", "/actions/whisper", NULL, NULL, ON_CALL },
  { "POST", "/actions/join", NULL, NULL, ON_CALL },
  { "POST", "/actions/hangup", NULL, NULL, ON_CALL },
  { "POST", "/actions/pause", NULL, NULL, ON_OPERATOR },
  { "POST", "/actions/resume", NULL, NULL, ON_OPERATOR },
  { "GET", "/live?project=tea" },
  { "GET", "/live?project=tea&after=1" },
};

static gboolean
has_recording (gpointer data)
{
  return ((SideCall *) data)->recording != NULL;
}

static void
put_new (Rig        *rig,
         const char *token,
         const char *document,
         const char *body)
{
  g_autofree char *path = g_strconcat ("/documents/", document, NULL);
  g_autoptr (RigAnswer) answer = rig_ask (rig, "PUT", path, token, "If-None-Match", "*", body);

  g_test_message ("%s: %u %s", document, answer->status, answer->body);
  g_assert_cmpuint (answer->status, ==, 200);
}

/* Fills "tea" with one of everything. Returns: the recording's id */
static char *
fill (Rig *rig)
{
  g_autofree char *path = rig_write_wav (rig, "a.wav", 8000, TRUE);
  g_autofree char *writer = rig_add_user (rig, "writer", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autoptr (RigAnswer) answer = NULL;
  SideCall *call;

  rig_whole_call (rig, "tea", "a", NOON);
  call = side_board_get_call (side_hub_get_board (rig->hub), "a");
  side_source_emit_recording (rig->source, "tea", "a", path, 2);
  side_test_wait_until (has_recording, call, 10000, "the recording to be published");
  rig_settle (rig);
  answer = rig_ask (rig, "PUT", "/documents/annotation/" UUID, writer, "If-None-Match", "*",
                    "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\","
                    "\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"from_ms\":0,\"to_ms\":0,\"text\":\"" MARK "\"}}");
  g_test_message ("%s", answer->body);
  g_assert_cmpuint (answer->status, ==, 200);
  put_new (rig, writer, "tag/" TAG, "{\"kind\":\"tag\",\"id\":\"" TAG "\",\"project\":\"tea\","
           "\"body\":{\"id\":\"" TAG "\",\"project\":\"tea\",\"word\":\"" MARK "\",\"place\":1}}");
  put_new (rig, writer, "listening/" HEARD, LISTENING ("writer"));
  put_new (rig, writer, "export/" FILED, EXPORT ("writer"));
  return g_strdup (call->recording);
}

static RigAnswer *
try (Rig           *rig,
     const Address *address,
     const char    *recording,
     const char    *token)
{
  g_auto (GStrv) parts = g_strsplit (address->path, "%R", 2);
  g_autofree char *path = g_strjoinv (recording, parts);

  return rig_ask (rig, address->method, path, token, address->header, address->value, address->body);
}

static void
assert_nothing_told (const Address *address,
                     RigAnswer     *answer)
{
  static const char *const marks[] = { MARK, "Secretova", "Anya", "tea-orders", "Shop of tea", "RIFF", NULL };

  for (gsize i = 0; marks[i] != NULL; i++)
    if (strstr (answer->body, marks[i]) != NULL)
      g_error ("%s %s: told “%s”: %s", address->method, address->path, marks[i], answer->body);
}

/* The addresses are right: a supervisor of the project finds all of it. */
static void
test_granted (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (RigAnswer) answer = NULL;

      if (g_str_has_prefix (addresses[i].path, "/live") || g_str_has_suffix (addresses[i].path, "/unmatched")
          || strcmp (addresses[i].method, "PUT") == 0
          || strcmp (addresses[i].method, "DELETE") == 0 || strcmp (addresses[i].method, "POST") == 0)
        continue;
      answer = try (rig, &addresses[i], recording, token);
      g_test_message ("%s %s: %u", addresses[i].method, addresses[i].path, answer->status);
      g_assert_cmpuint (answer->status / 100, ==, 2);
      if (strcmp (addresses[i].method, "HEAD") != 0)
        g_assert_cmpuint (answer->len, >, 20);
    }
}

static void
test_other_project (void)
{
  static const SideRole roles[] = { SIDE_ROLE_SUPERVISOR, SIDE_ROLE_CLIENT, SIDE_ROLE_TRAINER };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);

  for (gsize r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", (guint) r);
      g_autofree char *poor = g_strdup_printf ("poor%u", (guint) r);
      g_autofree char *toys = rig_add_user (rig, name, roles[r], "toys", NULL);
      g_autofree char *nothing = rig_add_user (rig, poor, roles[r], "", NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
        {
          g_autoptr (RigAnswer) one = try (rig, &addresses[i], recording, toys);
          g_autoptr (RigAnswer) other = try (rig, &addresses[i], recording, nothing);
          const char *path = addresses[i].path;

          g_test_message ("%s %s: %u %u", addresses[i].method, path, one->status, other->status);
          assert_nothing_told (&addresses[i], one);
          assert_nothing_told (&addresses[i], other);
          if (strstr (path, "project=tea") != NULL || strstr (path, "/calls/") != NULL || strstr (path, "%R") != NULL
              || g_str_has_prefix (path, "/documents") || g_str_has_prefix (path, "/actions/"))
            {
              g_assert_true (one->status == 404 || one->status == 403);
              g_assert_true (other->status == 404 || other->status == 403);
            }
        }
    }
}

static char *
expired_token (Rig        *rig,
               const char *name)
{
  SideArchiveStore *store = side_archive_get_store (rig->archive);
  g_autoptr (SideAccount) account = side_archive_store_find_account (store, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_TOKEN, 1);
  char *token = side_token_new ();

  side_token_hash (token, item->hash);
  item->number = account->id;
  item->revision = g_get_real_time () / 1000 - 1000;
  side_archive_write_async (rig->archive, item, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the token to be kept");
  return token;
}

static void
test_bad_tokens (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);
  g_autofree char *good = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *revoked = rig_add_user (rig, "boris", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *expired = expired_token (rig, "anna");
  g_autofree char *made_up = side_token_new ();
  g_autofree char *longer = g_strconcat (good, "x", NULL);
  const char *tokens[] = { revoked, expired, made_up, longer, "", "x", NULL };

  g_assert_true (side_users_revoke (rig->database, "boris", NULL));
  for (gsize t = 0; t < G_N_ELEMENTS (tokens); t++)
    for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
      {
        g_autoptr (RigAnswer) answer = try (rig, &addresses[i], recording, tokens[t]);

        assert_nothing_told (&addresses[i], answer);
        g_assert_cmpuint (answer->status, ==, 401);
      }
}

/* Nothing could be changed either. */
static void
test_untouched (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);
  g_autofree char *toys = rig_add_user (rig, "toys", SIDE_ROLE_SUPERVISOR, "toys", NULL);
  g_autofree char *client = rig_add_user (rig, "client", SIDE_ROLE_CLIENT, "tea", NULL);
  static const char *const tea[] = { "tea", NULL };
  static const char *const kept[][2] = { { "annotation", UUID }, { "tag", TAG }, { "listening", HEARD }, { "export", FILED } };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (RigAnswer) one = try (rig, &addresses[i], recording, toys);
      g_autoptr (RigAnswer) other = NULL;

      if (strcmp (addresses[i].method, "GET") == 0)
        continue;
      other = try (rig, &addresses[i], recording, client);
      g_assert_true (strcmp (addresses[i].method, "HEAD") == 0 || one->status >= 400);
      /* What is not shown to them is not there. */
      g_assert_true (strcmp (addresses[i].method, "HEAD") == 0 || other->status == 403 || other->status == 404);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (SideDocument) document =
          side_archive_store_get_document (side_archive_get_store (rig->archive), kept[i][0], kept[i][1], SIDE_SCOPE (tea), NULL);

      g_assert_cmpint (document->revision, ==, 1);
    }
  g_assert_cmpuint (rig->acts.told->len, ==, 0);
}

static char *
list_people (Rig        *rig,
             const char *token)
{
  g_autoptr (RigAnswer) answer = rig_get (rig, "/session", token);
  g_autoptr (SideSession) session = side_wire_session_from_json (answer->body, (gssize) answer->len, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_nonnull (session);
  if (session->people == NULL)
    {
      g_assert_null (strstr (answer->body, "people"));
      return g_strdup ("none told");
    }
  for (guint i = 0; i < session->people->len; i++)
    {
      const SidePerson *person = session->people->pdata[i];

      g_string_append_printf (out, "%s:%s", person->name, side_role_to_string (person->role));
      for (guint k = 0; k < person->projects->len; k++)
        g_string_append_printf (out, ":%s", (const char *) person->projects->pdata[k]);
      g_string_append_c (out, ' ');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Who can ask for a review is told who may be asked, of their own projects
 * alone; clients and operators hear of nobody. Who comes and goes while
 * somebody is signed in is told at the next asking. */
static void
test_people (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);   /* an operator is one of those who answered; "writer" is a trainer */
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *vera = rig_add_user (rig, "vera", SIDE_ROLE_TRAINER, "tea toys", NULL);
  g_autofree char *tom = rig_add_user (rig, "tom", SIDE_ROLE_SUPERVISOR, "toys gone", NULL);
  g_autofree char *client = rig_add_user (rig, "client", SIDE_ROLE_CLIENT, "tea toys", NULL);
  g_autofree char *operator = rig_add_user (rig, "operator", SIDE_ROLE_OPERATOR, "tea toys", NULL);
  g_autofree char *poor = rig_add_user (rig, "poor", SIDE_ROLE_SUPERVISOR, "", NULL);
  struct { const char *token; const char *told; } first[] = {
    { anna, "anna:supervisor:tea vera:trainer:tea writer:trainer:tea " },
    { vera, "anna:supervisor:tea tom:supervisor:toys vera:trainer:tea:toys writer:trainer:tea " },
    { tom, "tom:supervisor:toys vera:trainer:toys " },
    { client, "none told" },
    { operator, "none told" },
    { poor, "" },
  };
  g_autofree char *boris = NULL, *told = NULL;
  g_autoptr (RigAnswer) in = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autofree char *people = list_people (rig, first[i].token);

      g_assert_cmpstr (people, ==, first[i].told);
    }
  boris = rig_add_user (rig, "boris", SIDE_ROLE_TRAINER, "tea", "a good password");
  g_assert_true (side_users_revoke (rig->database, "vera", NULL));
  told = list_people (rig, anna);
  g_assert_cmpstr (told, ==, "anna:supervisor:tea boris:trainer:tea writer:trainer:tea ");
  in = rig_ask (rig, "POST", "/session", NULL, NULL, NULL, "{\"user\":\"boris\",\"password\":\"a good password\"}");
  g_assert_cmpuint (in->status, ==, 200);
  g_assert_nonnull (strstr (in->body, "\"token\":\""));
  g_assert_nonnull (strstr (in->body, "\"people\":[{\"name\":\"anna\""));
}

/* Everybody writes what they heard and exported themselves, whatever they are. */
static void
test_own (void)
{
  static const SideRole roles[] = { SIDE_ROLE_SUPERVISOR, SIDE_ROLE_CLIENT, SIDE_ROLE_TRAINER };
  static const char *const names[] = { "anna", "boris", "vera" };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (Rig) rig = rig_new ();
      g_autofree char *own = rig_add_user (rig, names[i], roles[i], "tea", NULL);
      g_autofree char *other = rig_add_user (rig, "other", SIDE_ROLE_SUPERVISOR, "tea", NULL);
      g_auto (GStrv) parts = g_strsplit (LISTENING ("NAME"), "NAME", 2);
      g_autofree char *heard = g_strjoinv (names[i], parts);
      g_auto (GStrv) halves = g_strsplit (EXPORT ("NAME"), "NAME", 2);
      g_autofree char *filed = g_strjoinv (names[i], halves);
      struct { const char *method; const char *path; const char *token; const char *header; const char *value; const char *body; guint status; } steps[] = {
        { "PUT", "/documents/listening/" HEARD, other, "If-None-Match", "*", heard, 403 },
        { "PUT", "/documents/listening/" HEARD, own, "If-None-Match", "*", heard, 200 },
        { "PUT", "/documents/listening/" HEARD, other, "If-Match", "\"1\"", heard, 403 },
        { "PUT", "/documents/listening/" HEARD, other, "If-Match", "\"1\"", LISTENING ("other"), 403 },
        { "DELETE", "/documents/listening/" HEARD, other, "If-Match", "\"1\"", NULL, 403 },
        { "PUT", "/documents/listening/" HEARD, own, "If-Match", "\"1\"", heard, 200 },
        { "DELETE", "/documents/listening/" HEARD, own, "If-Match", "\"2\"", NULL, 200 },
        { "PUT", "/documents/export/" FILED, other, "If-None-Match", "*", filed, 403 },
        { "PUT", "/documents/export/" FILED, own, "If-None-Match", "*", filed, 200 },
        { "PUT", "/documents/export/" FILED, own, "If-None-Match", "*", filed, 200 },   /* the answer got lost */
        { "PUT", "/documents/export/" FILED, other, "If-Match", "\"1\"", EXPORT ("other"), 403 },
        { "DELETE", "/documents/export/" FILED, own, "If-Match", "\"1\"", NULL, 403 },
        { "DELETE", "/documents/export/" FILED, other, "If-Match", "\"1\"", NULL, 403 },
      };
      g_autofree char *output = NULL;
      g_autoptr (GSubprocess) process = NULL;

      rig_whole_call (rig, "tea", "a", NOON);
      rig_settle (rig);
      for (gsize j = 0; j < G_N_ELEMENTS (steps); j++)
        {
          g_autoptr (RigAnswer) answer =
              rig_ask (rig, steps[j].method, steps[j].path, steps[j].token, steps[j].header, steps[j].value, steps[j].body);

          g_test_message ("%s, step %u: %u %s", names[i], (guint) j, answer->status, answer->body);
          g_assert_cmpuint (answer->status, ==, steps[j].status);
        }
      rig_settle (rig);
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "sqlite3", rig->database,
                                  "SELECT account, object, detail FROM audit WHERE action = 'recording.export'", NULL);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
      g_assert_true (g_str_has_suffix (output, "|a|wav, 0-5 ms, 1 blanked\n"));
      g_assert_true (g_str_has_prefix (output, names[i]));
      g_assert_null (strchr (strchr (output, '\n') + 1, '\n'));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-scope/granted", test_granted);
  g_test_add_func ("/http-scope/other-project", test_other_project);
  g_test_add_func ("/http-scope/bad-tokens", test_bad_tokens);
  g_test_add_func ("/http-scope/untouched", test_untouched);
  g_test_add_func ("/http-scope/people", test_people);
  g_test_add_func ("/http-scope/own", test_own);
  return g_test_run ();
}
