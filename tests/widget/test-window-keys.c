/* test-window-keys.c - the keys by which windows beside the main one are left
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-widget-test.h"
#include "side-window-keys.h"
#include "side-words-guard.h"

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

/* The question that stands over a window, if one does. */
static GtkWidget *
find_question (GtkWidget *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *at = all; at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data) && gtk_window_get_transient_for (at->data) == GTK_WINDOW (window))
      return at->data;
  return NULL;
}

static void
answer_question (GtkWidget  *window,
                 const char *label)
{
  g_assert_nonnull (find_question (window));
  side_widget_test_click (side_widget_test_find_button (find_question (window), label));
  side_test_run_for (50);
}

/* What was written is asked about once; what stood there before is not. */
static void
test_words (void)
{
  GtkWidget *window = g_object_new (TEST_TYPE_WINDOW, NULL), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new (), *view = gtk_text_view_new (), *spin = gtk_spin_button_new_with_range (0, 9, 1);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), spin);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_editable_set_text (GTK_EDITABLE (entry), "as it was");
  side_words_guard_begin (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "a goal", -1);
  g_assert_true (side_widget_test_press (window, GDK_KEY_Escape, 0));
  gtk_window_close (GTK_WINDOW (window));   /* asked already */
  answer_question (window, "_Keep Writing");
  g_assert_nonnull (window);
  g_assert_null (find_question (window));
  gtk_window_close (GTK_WINDOW (window));
  answer_question (window, "_Discard");
  g_assert_null (window);
}

/* Numbers and blanks are no words; and what was saved is not asked about. */
static void
test_no_words (void)
{
  GtkWidget *window = g_object_new (TEST_TYPE_WINDOW, NULL), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new (), *spin = gtk_spin_button_new_with_range (0, 9, 1);

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), spin);
  gtk_window_set_child (GTK_WINDOW (window), box);
  side_words_guard_begin (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 7);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_null (window);
  window = g_object_new (TEST_TYPE_WINDOW, NULL);
  entry = gtk_entry_new ();
  gtk_window_set_child (GTK_WINDOW (window), entry);
  side_words_guard_begin (GTK_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_editable_set_text (GTK_EDITABLE (entry), "kept");
  side_words_guard_close (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_null (window);
}

/* Answers of a message dialog close it: only Escape is asked about. */
static void
test_message (void)
{
  GtkWidget *dialog = adw_message_dialog_new (NULL, "Why?", NULL), *entry = gtk_entry_new ();

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", "Cancel", "say", "Say", NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  side_words_guard_begin (GTK_WINDOW (dialog));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (side_widget_test_escape (dialog));   /* nothing typed: it is left to the dialog */
  gtk_editable_set_text (GTK_EDITABLE (entry), "because");
  g_assert_true (side_widget_test_escape (dialog));
  answer_question (dialog, "_Keep Writing");
  g_assert_nonnull (dialog);
  side_widget_test_click (side_widget_test_find_button (dialog, "Say"));
  side_test_run_for (50);
  g_assert_null (dialog);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/window-keys", test_keys);
  g_test_add_func ("/window-keys/words", test_words);
  g_test_add_func ("/window-keys/no-words", test_no_words);
  g_test_add_func ("/window-keys/message", test_message);
  return g_test_run ();
}
