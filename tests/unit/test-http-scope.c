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
  { "GET", "/changes" },
  { "GET", "/changes?since=0&limit=1000" },
  { "GET", "/documents/annotation/" UUID },
  { "PUT", "/documents/annotation/" UUID, "If-Match", "\"1\"",
    "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"from_ms\":0,\"to_ms\":0,\"text\":\"x\"}}" },
  { "PUT", "/documents/annotation/" UUID, "If-None-Match", "*",
    "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"toys\",\"call\":\"z\",\"body\":{\"id\":\"" UUID "\",\"project\":\"toys\",\"call\":\"z\",\"from_ms\":0,\"to_ms\":0,\"text\":\"x\"}}" },
  { "DELETE", "/documents/annotation/" UUID, "If-Match", "\"1\"" },
  { "GET", "/live?project=tea" },
  { "GET", "/live?project=tea&after=1" },
};

static gboolean
has_recording (gpointer data)
{
  return ((SideCall *) data)->recording != NULL;
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

/* The addresses are right: who is granted the project finds all of it. */
static void
test_granted (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *recording = fill (rig);
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (RigAnswer) answer = NULL;

      if (g_str_has_prefix (addresses[i].path, "/live") || strcmp (addresses[i].method, "PUT") == 0
          || strcmp (addresses[i].method, "DELETE") == 0)
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
              || g_str_has_prefix (path, "/documents"))
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
  g_autoptr (SideDocument) document = NULL;
  static const char *const tea[] = { "tea", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (RigAnswer) one = try (rig, &addresses[i], recording, toys);
      g_autoptr (RigAnswer) other = NULL;

      if (strcmp (addresses[i].method, "GET") == 0)
        continue;
      other = try (rig, &addresses[i], recording, client);
      g_assert_true (strcmp (addresses[i].method, "HEAD") == 0 || one->status >= 400);
      g_assert_true (strcmp (addresses[i].method, "HEAD") == 0 || other->status == 403);
    }
  document = side_archive_store_get_document (side_archive_get_store (rig->archive), "annotation", UUID, tea, NULL);
  g_assert_cmpint (document->revision, ==, 1);
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
  return g_test_run ();
}
