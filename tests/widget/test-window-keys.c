/* test-window-keys.c - the keys by which windows beside the main one are left
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-widget-test.h"
#include "side-window-keys.h"

#define TEST_TYPE_WINDOW (test_window_get_type ())
G_DECLARE_FINAL_TYPE (TestWindow, test_window, TEST, WINDOW, GtkWindow)

struct _TestWindow
{
  GtkWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (TestWindow, test_window, GTK_TYPE_WINDOW)

static void
test_window_class_init (TestWindowClass *klass)
{
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static void
test_window_init (TestWindow *self)
{
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       n)
{
  ++*(guint *) n;
}

static void
test_close (guint           key,
            GdkModifierType modifiers)
{
  GtkWidget *window = g_object_new (TEST_TYPE_WINDOW, NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (side_widget_test_press (window, key, modifiers));
  side_test_run_for (50);
  g_assert_null (window);
}

static void
test_keys (void)
{
  g_autoptr (GApplication) application = g_application_new ("org.sidetone.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GSimpleAction) quit = g_simple_action_new ("quit", NULL);
  GtkWidget *window;
  guint n = 0;

  test_close (GDK_KEY_Escape, 0);
  test_close (GDK_KEY_w, GDK_CONTROL_MASK);
  window = g_object_new (TEST_TYPE_WINDOW, NULL);
  g_application_set_default (NULL);
  g_assert_false (side_widget_test_press (window, GDK_KEY_q, GDK_CONTROL_MASK));
  g_signal_connect (quit, "activate", G_CALLBACK (quit_cb), &n);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (quit));
  g_assert_true (g_application_register (application, NULL, NULL));
  g_application_set_default (application);
  g_assert_true (side_widget_test_press (window, GDK_KEY_q, GDK_CONTROL_MASK));
  g_assert_cmpuint (n, ==, 1);
  g_application_set_default (NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/window-keys", test_keys);
  return g_test_run ();
}
