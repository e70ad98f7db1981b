/* test-hub-acts.c - an action and the several sources that may have to do it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-error.h"
#include "side-hub.h"
#include "side-test.h"

/* A PBX that knows some and does what it is told, or does not. */

#define PBX_TYPE_SOURCE (pbx_source_get_type ())
G_DECLARE_FINAL_TYPE (PbxSource, pbx_source, PBX, SOURCE, GObject)

struct _PbxSource
{
  GObject     parent_instance;
  gboolean    knows;
  SideHurdle  hurdle;
  const char *fails;      /* nullable: with which words */
  guint       acts;
};

static gboolean
pbx_start (SideSource  *source,
           GError     **error)
{
  return TRUE;
}

static void
pbx_stop (SideSource *source)
{
}

static SideHurdle
pbx_get_hurdle (SideSource     *source,
                const char     *project,
                SideActionKind  kind)
{
  return strcmp (project, "tea") == 0 ? PBX_SOURCE (source)->hurdle : SIDE_HURDLE_SOURCE;
}

static gboolean
pbx_has_aim (SideSource    *source,
             const SideAct *act)
{
  return PBX_SOURCE (source)->knows;
}

static void
pbx_act_async (SideSource          *source,
               const SideAct       *act,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  PbxSource *self = PBX_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  self->acts++;
  if (self->fails != NULL)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "%s", self->fails);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
pbx_act_finish (SideSource    *source,
                GAsyncResult  *result,
                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
pbx_iface_init (SideSourceInterface *iface)
{
  iface->start = pbx_start;
  iface->stop = pbx_stop;
  iface->get_hurdle = pbx_get_hurdle;
  iface->has_aim = pbx_has_aim;
  iface->act_async = pbx_act_async;
  iface->act_finish = pbx_act_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PbxSource, pbx_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, pbx_iface_init))

static void
pbx_source_class_init (PbxSourceClass *klass)
{
}

static void
pbx_source_init (PbxSource *self)
{
}

/* One that can do nothing at all. */

#define MUTE_TYPE_SOURCE (mute_source_get_type ())
G_DECLARE_FINAL_TYPE (MuteSource, mute_source, MUTE, SOURCE, GObject)

struct _MuteSource
{
  GObject parent_instance;
};

static void
mute_iface_init (SideSourceInterface *iface)
{
  iface->start = pbx_start;
  iface->stop = pbx_stop;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MuteSource, mute_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, mute_iface_init))

static void
mute_source_class_init (MuteSourceClass *klass)
{
}

static void
mute_source_init (MuteSource *self)
{
}

typedef struct {
  SideHub   *hub;
  PbxSource *pbxes[3];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (1795262400000);
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  g_autoptr (SideSource) mute = g_object_new (MUTE_TYPE_SOURCE, NULL);

  g_ptr_array_add (projects, side_project_new ("tea", "Tea", "UTC", NULL));
  fixture->hub = side_hub_new (clock, NULL, projects, NULL);
  side_hub_add_source (fixture->hub, mute);
  for (gsize i = 0; i < 3; i++)
    {
      fixture->pbxes[i] = g_object_new (PBX_TYPE_SOURCE, NULL);
      side_hub_add_source (fixture->hub, SIDE_SOURCE (fixture->pbxes[i]));
    }
  g_assert_true (side_hub_start (fixture->hub, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_hub_stop (fixture->hub);
  side_test_run_for (10);
  g_assert_finalize_object (fixture->hub);
  for (gsize i = 0; i < 3; i++)
    g_assert_finalize_object (fixture->pbxes[i]);
}

static GError *
act (Fixture *fixture)
{
  g_autoptr (SideAct) pause = side_act_new (SIDE_ACTION_PAUSE, "tea");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  pause->operator_id = g_strdup ("op-1");
  side_hub_act_async (fixture->hub, pause, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the hub");
  g_assert_cmpint (side_hub_act_finish (fixture->hub, result, &error), ==, error == NULL);
  if (error != NULL)
    g_test_message ("%s", error->message);
  return error;
}

/* Whoever knows the operator is told, and nobody else. */
static void
test_all_who_know (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->pbxes[0]->knows = fixture->pbxes[2]->knows = TRUE;
  error = act (fixture);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->pbxes[0]->acts, ==, 1);
  g_assert_cmpuint (fixture->pbxes[1]->acts, ==, 0);
  g_assert_cmpuint (fixture->pbxes[2]->acts, ==, 1);
}

static void
test_half_done (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < 3; i++)
    fixture->pbxes[i]->knows = TRUE;
  fixture->pbxes[1]->fails = "no";
  error = act (fixture);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "done at 1 of 3 PBXs, then: no");
  g_assert_cmpuint (fixture->pbxes[2]->acts, ==, 0);
}

/* One of them may not: then none does, rather than half of it. */
static void
test_hurdles (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (side_hub_get_hurdle (fixture->hub, "tea", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (side_hub_get_hurdle (fixture->hub, "toys", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_SOURCE);
  fixture->pbxes[0]->knows = fixture->pbxes[1]->knows = TRUE;
  fixture->pbxes[1]->hurdle = SIDE_HURDLE_CONFIGURATION;
  g_assert_cmpint (side_hub_get_hurdle (fixture->hub, "tea", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  error = act (fixture);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_assert_cmpuint (fixture->pbxes[0]->acts, ==, 0);
}

static void
test_nobody_knows (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = act (fixture);

  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_clear_error (&error);
  for (gsize i = 0; i < 3; i++)
    fixture->pbxes[i]->hurdle = SIDE_HURDLE_LINK;
  error = act (fixture);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub-acts/all-who-know", Fixture, NULL, set_up, test_all_who_know, tear_down);
  g_test_add ("/hub-acts/half-done", Fixture, NULL, set_up, test_half_done, tear_down);
  g_test_add ("/hub-acts/hurdles", Fixture, NULL, set_up, test_hurdles, tear_down);
  g_test_add ("/hub-acts/nobody-knows", Fixture, NULL, set_up, test_nobody_knows, tear_down);
  return g_test_run ();
}
