/* test-segment-strip.c - the parts of a call along its time, by pointer and keyboard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-segment-strip.h"
#include "side-widget-test.h"

#define WIDTH 300   /* px for 3 s: a pixel is 10 ms */

typedef struct {
  GtkWidget    *strip;
  GtkWidget    *window;
  SideTestCall *call;
  int           selected;
  guint         index;
  gint64        from_ms;
  gint64        to_ms;
  gint64        seek_ms;
  guint         n_moved;
} Scene;

static void
selected_cb (Scene *scene,
             int    index)
{
  scene->selected = index;
}

static void
moved_cb (Scene  *scene,
          guint   index,
          gint64  from_ms,
          gint64  to_ms)
{
  scene->index = index;
  scene->from_ms = from_ms;
  scene->to_ms = to_ms;
  scene->n_moved++;
}

static void
seek_cb (Scene *scene,
         gint64 at_ms)
{
  scene->seek_ms = at_ms;
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->call = side_test_call_new (NULL, "tea", "100");
  side_test_call_add_segment (scene->call, SIDE_SEGMENT_MENU, 0, 1000, 0.9);
  side_test_call_add_segment (scene->call, SIDE_SEGMENT_QUEUE, 1000, 2000, 0.5);
  side_test_call_add_segment (scene->call, SIDE_SEGMENT_PERSON, 2000, 3000, 1);
  scene->strip = side_segment_strip_new ();
  gtk_widget_set_size_request (scene->strip, WIDTH, -1);
  gtk_widget_set_halign (scene->strip, GTK_ALIGN_START);
  gtk_widget_set_valign (scene->strip, GTK_ALIGN_START);
  scene->selected = -1;
  scene->seek_ms = -1;
  g_signal_connect_swapped (scene->strip, "selected", G_CALLBACK (selected_cb), scene);
  g_signal_connect_swapped (scene->strip, "moved", G_CALLBACK (moved_cb), scene);
  g_signal_connect_swapped (scene->strip, "seek", G_CALLBACK (seek_cb), scene);
  scene->window = side_widget_test_show (scene->strip, 400, 100);
  side_segment_strip_set_call (SIDE_SEGMENT_STRIP (scene->strip), scene->call, data == NULL);
  side_segment_strip_set_view (SIDE_SEGMENT_STRIP (scene->strip), 0, 3000);
  g_assert_cmpint (gtk_widget_get_width (scene->strip), ==, WIDTH);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_widget_test_close (scene->window);
  side_test_call_unref (scene->call);
}

/* As a pointer would: pressed at @x, moved by @by, let go. */
static void
drag (Scene  *scene,
      double  x,
      double  by)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scene->strip);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) each = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_DRAG (each))
        continue;
      g_signal_emit_by_name (each, "drag-begin", x, 10.0);
      if (by != 0)
        g_signal_emit_by_name (each, "drag-update", by, 0.0);
      g_signal_emit_by_name (each, "drag-end", by, 0.0);
      return;
    }
  g_assert_not_reached ();
}

static void
test_pointer (Scene         *scene,
              gconstpointer  data)
{
  drag (scene, 150, 0);
  g_assert_cmpint (scene->selected, ==, 1);
  g_assert_cmpint (scene->seek_ms, ==, 1500);
  g_assert_cmpuint (scene->n_moved, ==, 0);
  /* The edge between two of them, 30 px further. */
  drag (scene, 199, 30);
  g_assert_cmpuint (scene->n_moved, ==, 1);
  g_assert_cmpuint (scene->index, ==, 2);
  g_assert_cmpint (scene->from_ms, ==, 2290);
  g_assert_cmpint (scene->to_ms, ==, 3000);
  /* It is told, and left to whoever keeps the call. */
  g_assert_cmpint (((const SideTestSegment *) scene->call->segments->pdata[2])->from_ms, ==, 2000);
  /* Not past its neighbour. */
  drag (scene, 101, -500);
  g_assert_cmpuint (scene->index, ==, 1);
  g_assert_cmpint (scene->from_ms, ==, 20);
}

static void
test_read_only (Scene         *scene,
                gconstpointer  data)
{
  drag (scene, 200, 30);
  side_segment_strip_select (SIDE_SEGMENT_STRIP (scene->strip), 1);
  side_widget_test_press (scene->strip, GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_cmpuint (scene->n_moved, ==, 0);
  side_widget_test_press (scene->strip, GDK_KEY_Right, 0);
  g_assert_cmpint (scene->selected, ==, 2);
}

static void
test_keys (Scene         *scene,
           gconstpointer  data)
{
  side_segment_strip_select (SIDE_SEGMENT_STRIP (scene->strip), 0);
  side_widget_test_press (scene->strip, GDK_KEY_Left, 0);
  g_assert_cmpint (scene->selected, ==, 0);
  side_widget_test_press (scene->strip, GDK_KEY_Right, 0);
  g_assert_cmpint (scene->selected, ==, 1);
  side_widget_test_press (scene->strip, GDK_KEY_Left, GDK_SHIFT_MASK);
  g_assert_cmpint (scene->from_ms, ==, 900);
  g_assert_cmpint (scene->to_ms, ==, 2000);
  side_widget_test_press (scene->strip, GDK_KEY_Right, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  g_assert_cmpint (scene->from_ms, ==, 1000);
  g_assert_cmpint (scene->to_ms, ==, 2100);
  side_widget_test_no_nameless (scene->window);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/segment-strip/pointer", Scene, NULL, set_up, test_pointer, tear_down);
  g_test_add ("/segment-strip/keys", Scene, NULL, set_up, test_keys, tear_down);
  g_test_add ("/segment-strip/read-only", Scene, "read only", set_up, test_read_only, tear_down);
  return g_test_run ();
}
