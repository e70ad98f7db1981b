/* test-http-full.c - a server whose disk is full
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limit on file sizes stands in for a full disk: the archive's log cannot
 * grow. What is read goes on, what is written is refused at once, and all is
 * as before when there is room again.
 */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "server-rig.h"
#include "side-test.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define UUID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define BODY "{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\"," \
             "\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"from_ms\":0,\"to_ms\":0,\"text\":\"x\"}}"

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static RigAnswer *
put (Rig        *rig,
     const char *token)
{
  return rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-None-Match", "*", BODY);
}

static RigAnswer *
pause_one (Rig        *rig,
           const char *token)
{
  return rig_ask (rig, "POST", "/actions/pause", token, NULL, NULL,
                  "{\"request\":\"" UUID "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"x\"}");
}

static gboolean
is_healthy (gpointer rig)
{
  g_autoptr (RigAnswer) answer = rig_get (rig, "/health", NULL);

  return strcmp (answer->body, "{\"status\":\"ok\"}") == 0;
}

static void
test_full (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  gint64 begun_us = g_get_monotonic_time ();

  g_test_expect_message ("side-server", G_LOG_LEVEL_WARNING, "*nothing can be written for now*");
  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  set_file_limit (4096);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (RigAnswer) refused = put (rig, token);

      g_test_message ("%u %s", refused->status, refused->body);
      g_assert_cmpuint (refused->status, ==, 507);
      g_assert_nonnull (strstr (refused->body, "\"code\":\"full\""));
    }
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, 10 * G_USEC_PER_SEC);
  /* Nor is anything done of which there would be no record. */
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RigAnswer) refused = pause_one (rig, token);

      g_test_message ("%u %s", refused->status, refused->body);
      g_assert_cmpuint (refused->status, ==, 507);
      g_assert_nonnull (strstr (refused->body, "\"code\":\"full\""));
      g_assert_null (strstr (refused->body, "archive"));
    }
  g_assert_cmpuint (rig->acts.told->len, ==, 0);
  rig_whole_call (rig, "tea", "b", NOON + 60000);
  {
    g_autoptr (RigAnswer) board = rig_get (rig, "/board", token);
    g_autoptr (RigAnswer) calls = rig_get (rig, "/calls/a", token);
    g_autoptr (RigAnswer) health = rig_get (rig, "/health", NULL);

    g_assert_cmpuint (board->status, ==, 200);
    g_assert_nonnull (strstr (board->body, "\"b\""));
    g_assert_cmpuint (calls->status, ==, 200);
    g_test_message ("%s", health->body);
    g_assert_true (g_str_has_prefix (health->body, "{\"status\":\"full\",\"waiting\":"));
  }
  set_file_limit (RLIM_INFINITY);
  side_test_wait_until (is_healthy, rig, 15000, "the server to be healthy again");
  rig_settle (rig);
  {
    g_autoptr (RigAnswer) written = put (rig, token);
    g_autoptr (RigAnswer) late = rig_get (rig, "/calls/b", token);
    g_autoptr (RigAnswer) events = rig_get (rig, "/calls/b/events", token);

    g_assert_cmpuint (written->status, ==, 200);
    g_assert_cmpuint (late->status, ==, 200);
    g_assert_nonnull (strstr (events->body, "call.ended"));
  }
  {
    g_autoptr (RigAnswer) done = pause_one (rig, token);

    g_assert_cmpuint (done->status, ==, 200);
    g_assert_cmpuint (rig->acts.told->len, ==, 1);
  }
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_test_add_func ("/http-full/full", test_full);
  return g_test_run ();
}
