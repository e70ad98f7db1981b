/* side-test.c - bounded waits and temporary folders for the tests
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test never spins for ever: each wait has a bound and says what it was
 * waiting for when it gives up.
 */
#include "side-test.h"

#include <glib/gstdio.h>

static gboolean
raise_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * side_test_wait_until:
 * @condition: what must become true
 * @data: its argument
 * @timeout_ms: the bound
 * @what: words for the failure, "the call to be answered"
 *
 * Runs the thread's default main context until @condition holds; aborts the
 * test with @what when it does not in time.
 */
void
side_test_wait_until (SideTestCondition  condition,
                      gpointer           data,
                      guint              timeout_ms,
                      const char        *what)
{
  GMainContext *context = g_main_context_ref_thread_default ();
  g_autoptr (GSource) bound = g_timeout_source_new (timeout_ms);
  g_autoptr (GSource) poll = g_timeout_source_new (5);
  gboolean over = FALSE;

  g_source_set_callback (bound, raise_flag, &over, NULL);
  g_source_attach (bound, context);
  /* Something must wake the context where the condition changes in a thread. */
  g_source_set_callback (poll, keep_going, NULL, NULL);
  g_source_attach (poll, context);
  while (!condition (data) && !over)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (bound);
  g_source_destroy (poll);
  g_main_context_unref (context);
  if (!condition (data))
    g_error ("waited %u ms in vain for %s", timeout_ms, what);
}

static gboolean
flag_is_up (gpointer data)
{
  return *(gboolean *) data;
}

/**
 * side_test_wait_flag:
 * @flag: what must become %TRUE
 * @timeout_ms: the bound
 * @what: words for the failure
 */
void
side_test_wait_flag (gboolean   *flag,
                     guint       timeout_ms,
                     const char *what)
{
  side_test_wait_until (flag_is_up, flag, timeout_ms, what);
}

/**
 * side_test_run_for:
 * @ms: how long
 *
 * Runs the main context for a while: for tests that nothing happens.
 */
void
side_test_run_for (guint ms)
{
  GMainContext *context = g_main_context_ref_thread_default ();
  g_autoptr (GSource) bound = g_timeout_source_new (ms);
  gboolean over = FALSE;

  g_source_set_callback (bound, raise_flag, &over, NULL);
  g_source_attach (bound, context);
  while (!over)
    g_main_context_iteration (context, TRUE);
  g_main_context_unref (context);
}

/**
 * side_test_async_cb:
 * @source: the object of the call
 * @result: its result
 * @result_slot: a GAsyncResult*, where the result is put
 *
 * A GAsyncReadyCallback that only keeps the result.
 */
void
side_test_async_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      result_slot)
{
  g_set_object ((GAsyncResult **) result_slot, result);
}

static gboolean
slot_is_filled (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/**
 * side_test_wait_result:
 * @result_slot: what side_test_async_cb() fills
 * @timeout_ms: the bound
 * @what: words for the failure
 *
 * Returns: (transfer none): the result, owned by the slot
 */
GAsyncResult *
side_test_wait_result (GAsyncResult **result_slot,
                       guint          timeout_ms,
                       const char    *what)
{
  side_test_wait_until (slot_is_filled, result_slot, timeout_ms, what);
  return *result_slot;
}

/**
 * side_test_tmp_dir:
 *
 * Returns: (transfer full): a new empty folder; side_test_rm_rf() it
 */
char *
side_test_tmp_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("sidetone-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

/**
 * side_test_rm_rf:
 * @path: a file or folder, removed with all below it
 */
void
side_test_rm_rf (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      side_test_rm_rf (child);
    }
  g_remove (path);
}

/**
 * side_test_data:
 * @relative: a path below tests/
 *
 * Returns: (transfer full): the path of a file of test data
 */
char *
side_test_data (const char *relative)
{
  const char *root = g_getenv ("G_TEST_SRCDIR");

  g_assert_nonnull (root);
  return g_build_filename (root, relative, NULL);
}
