/* test-http-unmatched.c - files in the recordings folders that no call refers to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked for through the link as an app does, so that both ends are looked at.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "server-rig.h"
#include "side-link.h"
#include "side-recording-walk.h"
#include "side-test.h"

#define HOUR_MS (3600 * G_GINT64_CONSTANT (1000))

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
set_age (const char *path,
         gint64      age_ms)
{
  gint64 at_ms = now_ms () - age_ms;
  struct timeval times[2] = { { at_ms / 1000, (at_ms % 1000) * 1000 }, { at_ms / 1000, (at_ms % 1000) * 1000 } };

  g_assert_cmpint (utimes (path, times), ==, 0);
}

/* A file of @age_ms below @folder, whose own folders are made. */
static void
put_file (const char *folder,
          const char *name,
          gint64      age_ms)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *above = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "RIFF", 4, NULL));
  set_age (path, age_ms);
}

static SideUnmatched *
ask (Rig         *rig,
     const char  *token,
     gint64       from_ms,
     gint64       to_ms,
     GError     **error)
{
  g_autoptr (SideLink) link = side_link_new (rig->url, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  side_link_set_token (link, token);
  side_link_unmatched_async (link, from_ms, to_ms, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the files without a call");
  return side_link_unmatched_finish (link, result, error);
}

static char *
names_of (const SideUnmatched *unmatched)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < unmatched->files->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((SideUnmatchedFile *) g_ptr_array_index (unmatched->files, i))->name);
  return g_strdup (names->str);
}

static void
assert_names (Rig        *rig,
              const char *token,
              gint64      from_ms,
              gint64      to_ms,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideUnmatched) unmatched = ask (rig, token, from_ms, to_ms, &error);
  g_autofree char *names = NULL;

  g_assert_no_error (error);
  names = names_of (unmatched);
  g_assert_cmpstr (names, ==, expected);
  g_assert_true (unmatched->complete);
}

static gboolean
has_hash (gpointer data)
{
  return ((SideCall *) data)->sha256 != NULL;
}

static void
publish (Rig        *rig,
         const char *call,
         const char *path)
{
  rig_whole_call (rig, "tea", call, RIG_DAY);
  side_source_emit_recording (rig->source, "tea", call, path, 2);
  side_test_wait_until (has_hash, side_board_get_call (side_hub_get_board (rig->hub), call), 20000, "the recording to be published");
  rig_settle (rig);
}

static void
test_found (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autoptr (SideUnmatched) unmatched = NULL;
  const SideUnmatchedFile *file;

  put_file (rig->recordings, "2026/stray.WAV", 5 * HOUR_MS);
  put_file (rig->recordings, "older.gsm", 50 * HOUR_MS);
  put_file (rig->recordings, "young.wav", HOUR_MS / 2);
  put_file (rig->recordings, "note.txt", 5 * HOUR_MS);
  put_file (rig->recordings, "wav", 5 * HOUR_MS);
  put_file (rig->recordings, ".hidden.wav", 5 * HOUR_MS);
  put_file (rig->dir, "outside.wav", 5 * HOUR_MS);
  assert_names (rig, token, 0, 0, "2026/stray.WAV older.gsm");
  assert_names (rig, token, now_ms () - 10 * HOUR_MS, 0, "2026/stray.WAV");
  assert_names (rig, token, 0, now_ms () - 10 * HOUR_MS, "older.gsm");
  assert_names (rig, token, now_ms () - 40 * HOUR_MS, now_ms () - 10 * HOUR_MS, "");
  unmatched = ask (rig, token, 0, 0, NULL);
  file = g_ptr_array_index (unmatched->files, 0);
  g_assert_cmpint (file->size, ==, 4);
  g_assert_cmpint (ABS (now_ms () - 5 * HOUR_MS - file->modified_ms), <, 60000);
}

/* A call's file is a call's by whatever way the PBX told it. */
static void
test_calls (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autofree char *plain = rig_write_wav (rig, "plain.wav", 8000, TRUE);
  g_autofree char *linked = rig_write_wav (rig, "linked.wav", 8000, TRUE);
  g_autofree char *link = g_build_filename (rig->dir, "link", NULL);
  g_autofree char *by_link = g_build_filename (link, "linked.wav", NULL);

  g_assert_cmpint (symlink (rig->recordings, link), ==, 0);
  set_age (plain, 2 * HOUR_MS);
  set_age (linked, 3 * HOUR_MS);
  put_file (rig->recordings, "stray.wav", 4 * HOUR_MS);
  assert_names (rig, token, 0, 0, "plain.wav linked.wav stray.wav");
  publish (rig, "a", plain);
  publish (rig, "b", by_link);
  assert_names (rig, token, 0, 0, "stray.wav");
  /* Who touches it afterwards has not made it another call's. */
  set_age (plain, 6 * HOUR_MS);
  assert_names (rig, token, 0, 0, "stray.wav");
}

static void
lose_call (Rig        *rig,
           const char *call,
           const char *queue,
           gint64      at_ms)
{
  SideEvent *event = rig_event (SIDE_EVENT_CALL_JOINED, "tea", call, at_ms);

  event->queue = g_intern_string (queue);
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_CALL_ENDED, "tea", call, at_ms + 20000);
  event->queue = g_intern_string (queue);
  event->joined_ms = at_ms;
  event->outcome = SIDE_OUTCOME_ABANDONED;
  rig_say (rig, event);
}

/* Who waits is recorded too: such a file is a call's, if nobody answered in that queue. */
static void
test_lost (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  gint64 at_ms = now_ms () - 6 * HOUR_MS;

  lose_call (rig, "pbx-1795277030.1:tea-orders:1", "tea-orders", at_ms);
  lose_call (rig, "1795277030.2:tea-orders:1", "tea-orders", at_ms);
  lose_call (rig, "1795277030.3:tea-help:1", "tea-help", at_ms);
  rig_whole_call (rig, "tea", "1795277030.3:tea-orders:1", at_ms + 30000);
  rig_whole_call (rig, "tea", "1795277030.4:tea-orders:1", at_ms);
  lose_call (rig, "1795277030.9:tea-orders:1", "tea-orders", at_ms - 40 * HOUR_MS);
  rig_settle (rig);
  put_file (rig->recordings, "pbx-1795277030.1-tea-orders.wav", 5 * HOUR_MS);          /* lost */
  put_file (rig->recordings, "2026/q-tea-7916-20261122-1795277030.2.wav", 5 * HOUR_MS); /* lost */
  put_file (rig->recordings, "1795277030.3-tea-help.wav", 5 * HOUR_MS);                /* lost there */
  put_file (rig->recordings, "1795277030.3-tea-orders.wav", 6 * HOUR_MS);              /* answered, not published */
  put_file (rig->recordings, "1795277030.3.wav", 7 * HOUR_MS);                         /* both in one */
  put_file (rig->recordings, "1795277030.4-tea-orders.wav", 8 * HOUR_MS);              /* answered, not published */
  put_file (rig->recordings, "other-1795277030.1-tea-orders.wav", 9 * HOUR_MS);        /* another PBX's */
  put_file (rig->recordings, "1795277030.20.wav", 10 * HOUR_MS);                       /* nobody's */
  put_file (rig->recordings, "1795277030.9-tea-orders.wav", 11 * HOUR_MS);             /* too long ago to be of that call */
  assert_names (rig, token, 0, 0,
                "1795277030.3-tea-orders.wav 1795277030.3.wav 1795277030.4-tea-orders.wav other-1795277030.1-tea-orders.wav "
                "1795277030.20.wav 1795277030.9-tea-orders.wav");
}

static void
test_links (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autofree char *outside = g_build_filename (rig->dir, "outside", NULL);
  g_autofree char *file = g_build_filename (outside, "secret.wav", NULL);
  g_autofree char *to_folder = g_build_filename (rig->recordings, "folder", NULL);
  g_autofree char *to_file = g_build_filename (rig->recordings, "file.wav", NULL);
  g_autofree char *round = g_build_filename (rig->recordings, "round", NULL);
  g_autofree char *pipe = g_build_filename (rig->recordings, "pipe.wav", NULL);

  put_file (outside, "secret.wav", 5 * HOUR_MS);
  g_assert_cmpint (symlink (outside, to_folder), ==, 0);
  g_assert_cmpint (symlink (file, to_file), ==, 0);
  g_assert_cmpint (symlink (rig->recordings, round), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  set_age (pipe, 5 * HOUR_MS);
  assert_names (rig, token, 0, 0, "");
}

/* A name that is no UTF-8 can be told all the same. */
static void
test_strange_name (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);

  put_file (rig->recordings, "\xff\"\n.wav", 5 * HOUR_MS);
  assert_names (rig, token, 0, 0, "\xef\xbf\xbd\"\n.wav");
}

static void
test_refused (void)
{
  static const struct { SideRole role; const char *projects; } users[] = {
    { SIDE_ROLE_CLIENT, "tea toys" }, { SIDE_ROLE_TRAINER, "tea toys" }, { SIDE_ROLE_SUPERVISOR, "tea" },
    { SIDE_ROLE_SUPERVISOR, "toys" }, { SIDE_ROLE_SUPERVISOR, "" },
  };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "all", SIDE_ROLE_SUPERVISOR, "tea toys gone", NULL);

  put_file (rig->recordings, "79031231244.wav", 5 * HOUR_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", (guint) i);
      g_autofree char *other = rig_add_user (rig, name, users[i].role, users[i].projects, NULL);
      g_autoptr (RigAnswer) answer = rig_get (rig, "/recordings/unmatched", other);

      rig_assert_problem (answer, 403, "forbidden");
      g_assert_null (strstr (answer->body, "7903"));
    }
  {
    g_autoptr (RigAnswer) nobody = rig_get (rig, "/recordings/unmatched", "x");
    g_autoptr (RigAnswer) wrong = rig_get (rig, "/recordings/unmatched?from=yesterday", token);
    g_autoptr (RigAnswer) put = rig_ask (rig, "PUT", "/recordings/unmatched", token, NULL, NULL, NULL);
    g_autoptr (RigAnswer) fine = rig_get (rig, "/recordings/unmatched?from=2020-01-01T00:00:00Z", token);

    rig_assert_problem (nobody, 401, "unauthorized");
    rig_assert_problem (wrong, 400, "invalid");
    g_assert_cmpuint (put->status, ==, 405);
    g_assert_cmpstr (rig_answer_header (put, "Allow"), ==, "GET, HEAD");
    g_assert_cmpuint (fine->status, ==, 200);
    g_assert_nonnull (strstr (fine->body, "79031231244.wav"));
    /* Never where it lies. */
    g_assert_null (strstr (fine->body, rig->recordings));
  }
}

static void
test_limited (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autofree char *other = rig_add_user (rig, "boris", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 10; i++)
    assert_names (rig, token, 0, 0, "");
  g_assert_null (ask (rig, token, 0, 0, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_RATE_LIMITED);
  assert_names (rig, other, 0, 0, "");
}

/* The walk itself: each of its bounds, and folders that lie in one another. */
static void
test_bounds (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *inner = g_build_filename (dir, "in", NULL);
  g_autofree char *gone = g_build_filename (dir, "gone", NULL);
  const char *both[] = { inner, dir, dir, NULL };
  const char *missing[] = { dir, gone, NULL };
  static const struct { SideWalkBounds bounds; gboolean complete; guint files; } cases[] = {
    { { 1000, 10000, 1000, 16 }, TRUE, 4 },
    { { 1000, 10000, 1000, 1 }, FALSE, 3 },
    { { 1000, 0, 1000, 16 }, FALSE, 0 },
    { { 1000, 10000, 2, 16 }, FALSE, 2 },
    { { 2, 10000, 1000, 16 }, FALSE, 2 },
  };

  put_file (inner, "a.wav", 5 * HOUR_MS);
  put_file (inner, "b.wav", 5 * HOUR_MS);
  put_file (dir, "c.wav", 5 * HOUR_MS);
  put_file (inner, "deep/deeper/d.wav", 5 * HOUR_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideRecordingWalk) walk = side_recording_walk_run (both, 0, 0, now_ms (), &cases[i].bounds);
      g_autoptr (Rig) rig = rig_new ();
      g_autoptr (SideUnmatched) found = side_recording_walk_settle (walk, side_archive_get_store (rig->archive), 100, NULL);

      g_test_message ("case %u: %u files", (guint) i, found->files->len);
      g_assert_cmpint (found->complete, ==, cases[i].complete);
      g_assert_cmpuint (found->files->len, <=, cases[i].files);
      g_assert_true (!found->complete || found->files->len == cases[i].files);
    }
  {
    g_autoptr (SideRecordingWalk) walk = side_recording_walk_run (missing, 0, 0, now_ms (), side_recording_walk_usual_bounds ());
    g_autoptr (Rig) rig = rig_new ();
    g_autoptr (SideUnmatched) found = side_recording_walk_settle (walk, side_archive_get_store (rig->archive), 3, NULL);

    g_assert_false (found->complete);
    g_assert_cmpuint (found->files->len, ==, 3);
  }
  side_test_rm_rf (dir);
}

static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "", "[]", "{}", "{\"files\":[]}", "{\"complete\":true}", "{\"files\":{},\"complete\":true}", "{\"files\":[1],\"complete\":true}",
    "{\"files\":[],\"complete\":1}", "{\"files\":[{\"name\":\"a\",\"size\":1}],\"complete\":true}",
    "{\"files\":[{\"name\":\"a\",\"size\":-1,\"modified_ms\":1}],\"complete\":true}",
    "{\"files\":[{\"size\":1,\"modified_ms\":1}],\"complete\":true}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_unmatched_from_json (texts[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-unmatched/found", test_found);
  g_test_add_func ("/http-unmatched/calls", test_calls);
  g_test_add_func ("/http-unmatched/lost", test_lost);
  g_test_add_func ("/http-unmatched/links", test_links);
  g_test_add_func ("/http-unmatched/strange-name", test_strange_name);
  g_test_add_func ("/http-unmatched/refused", test_refused);
  g_test_add_func ("/http-unmatched/limited", test_limited);
  g_test_add_func ("/http-unmatched/bounds", test_bounds);
  g_test_add_func ("/http-unmatched/nonsense", test_nonsense);
  return g_test_run ();
}
