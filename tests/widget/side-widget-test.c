/* side-widget-test.c - what every widget's test asks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-widget-test.h"

#include <gtk/gtk.h>
#include <string.h>

#include "side-settings.h"

/* GTK 4.24 without a compositor says this of a popover's own frames. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && strstr (fields[i].value, "gdk_frame_timings_submitted() called on submitted frame"))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

/* For every program of widget tests: GTK, Adwaita, and nothing that leaves the
 * test (no sound, no notification). */
void
side_widget_test_init (int    *argc,
                       char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  gtk_init ();
  adw_init ();
  g_settings_set_boolean (side_settings_get (), "alert-sound", FALSE);
  g_settings_set_boolean (side_settings_get (), "alert-notification", FALSE);
}

/* On screen and laid out: before its first layout a newer GTK moves the focus nowhere. */
static gboolean
is_laid_out (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0 && gtk_widget_get_height (widget) > 0;
}

GtkWidget *
side_widget_test_show (GtkWidget *widget,
                       int        width,
                       int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (is_laid_out, widget, 10000, "the widget to be on screen");
  return window;
}

void
side_widget_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (20);
}

/* At once: gtk_widget_activate() would show the press for a quarter of a second first. */
void
side_widget_test_click (GtkWidget *button)
{
  g_assert_true (GTK_IS_BUTTON (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Shown once and taken down again, nothing may hold it. */
void
side_widget_test_new_destroy (GtkWidget *widget)
{
  gpointer alive = widget;
  GtkWidget *window;

  g_object_add_weak_pointer (G_OBJECT (widget), &alive);
  window = side_widget_test_show (widget, 400, 300);
  side_widget_test_close (window);
  g_assert_null (alive);
}

static void
count_cb (GObject         *object,
          GParamSpec      *pspec,
          SideNotifyCount *count)
{
  count->count++;
}

void
side_widget_test_count (gpointer         object,
                        const char      *property,
                        SideNotifyCount *count)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  count->count = 0;
  g_signal_connect (object, signal, G_CALLBACK (count_cb), count);
}

/* A part of a larger control that is not told of on its own: "+" of a spin button in a newer GTK. */
static gboolean
is_told (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role != GTK_ACCESSIBLE_ROLE_NONE && role != GTK_ACCESSIBLE_ROLE_PRESENTATION;
}

static gboolean
has_name (GtkWidget *widget)
{
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    return TRUE;
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  return GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL;
}

/* Every button that can be seen has a name for those who do not see it. */
void
side_widget_test_no_nameless (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && is_told (root) && !has_name (root) &&
      !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (root)))
    g_error ("a %s in a %s has no accessible name", G_OBJECT_TYPE_NAME (root),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    side_widget_test_no_nameless (child);
}

/* Presses Tab until @wanted has the focus; fails when it never gets it. */
guint
side_widget_test_tab_walk (GtkWidget *window,
                           GtkWidget *wanted)
{
  side_test_wait_until (is_laid_out, wanted, 10000, "what Tab is to reach to be on screen");
  for (guint i = 0; i < 200; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

      if (focus != NULL && (focus == wanted || gtk_widget_is_ancestor (focus, wanted)))
        return i;
      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    }
  g_error ("Tab never reaches the %s", G_OBJECT_TYPE_NAME (wanted));
}

static gboolean
press (GtkWidget       *widget,
       GListModel      *shortcuts,
       guint            key,
       GdkModifierType  modifiers,
       gboolean        *found)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (!GTK_IS_KEYVAL_TRIGGER (trigger)
          || gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) != key
          || gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) != modifiers)
        continue;
      *found = TRUE;
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut));
    }
  return FALSE;
}

/* What the widget itself does at a key. Returns: whether it did something. */
gboolean
side_widget_test_press (GtkWidget       *widget,
                        guint            key,
                        GdkModifierType  modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean found = FALSE, done = FALSE;

  for (guint i = 0; !done && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        done = press (widget, G_LIST_MODEL (controller), key, modifiers, &found);
    }
  if (!found)
    g_error ("no binding for %s", gdk_keyval_name (key));
  return done;
}

/**
 * side_widget_test_find_button:
 * @root: where it is looked for
 * @label: what it is called
 *
 * Returns: (transfer none) (nullable): the first button that is called so
 */
GtkWidget *
side_widget_test_find_button (GtkWidget  *root,
                              const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = side_widget_test_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/**
 * side_widget_test_find_question:
 *
 * Returns: (transfer none) (nullable): the question that stands over a window
 */
AdwMessageDialog *
side_widget_test_find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

/* Gives the question that is asked now this answer. */
void
side_widget_test_answer (const char *response)
{
  AdwMessageDialog *question = side_widget_test_find_question ();

  g_assert_nonnull (question);
  g_assert_true (adw_message_dialog_has_response (question, response));
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
  side_test_run_for (100);
}

/* What a dialog does at Escape before what stands in it. Returns: whether it took the key. */
gboolean
side_widget_test_escape (GtkWidget *dialog)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (dialog);
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &taken);
    }
  return taken;
}
