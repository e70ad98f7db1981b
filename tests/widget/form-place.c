/* form-place.c - how a test finds its way in a scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its questions, what they say, and the keys that answer them, for tests of
 * the form and of the page it stands on.
 */
#include "form-place.h"

#include "side-board-fixture.h"
#include "side-criterion-row.h"
#include "side-review-form.h"
#include "side-widget-test.h"
#include "side-wire.h"

/* The question with that id. */
GtkWidget *
form_place_row (GtkWidget  *root,
                const char *criterion)
{
  if (SIDE_IS_CRITERION_ROW (root) && g_str_equal (side_criterion_row_get_id (SIDE_CRITERION_ROW (root)), criterion))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = form_place_row (child, criterion);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As the keyboard does it: to the questions, which take it before what has the focus. */
gboolean
form_place_press (GtkWidget *form,
                  guint      keyval)
{
  GtkWidget *rows = place_find (form, "SideReviewRows");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (rows);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

/* The question that has the keyboard. */
const char *
form_place_focused (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, SIDE_TYPE_CRITERION_ROW) : NULL;

  return row != NULL ? side_criterion_row_get_id (SIDE_CRITERION_ROW (row)) : NULL;
}

/* Whether a label in sight has these words. */
gboolean
form_place_says (GtkWidget  *root,
                 const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (form_place_says (child, words))
      return TRUE;
  return FALSE;
}

/* A button with that label, in sight. */
GtkWidget *
form_place_button (GtkWidget  *root,
                   const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = form_place_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether anything can be written, or is, in sight. */
gboolean
form_place_has_entry (GtkWidget *root)
{
  if (GTK_IS_ENTRY (root) && gtk_widget_get_mapped (root))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (form_place_has_entry (child))
      return TRUE;
  return FALSE;
}

/* ---- a form on its own ---- */

/* A question of the first section. */
SideCriterion *
form_place_add (SideScript *script,
                const char *id,
                const char *text,
                double      weight)
{
  return side_section_add_criterion (g_ptr_array_index (script->sections, 0), id, text, weight);
}

/* As if it came from the server. */
void
form_place_receive_script (FormScene  *scene,
                           SideScript *script,
                           gint64      change)
{
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);

  document->revision = change;
  document->change = change * 10;
  place_receive (&scene->place, document);
}

/* Version 8: a condition, a comment that is asked for, causes and an exemplar. */
static void
receive_rich_script (FormScene *scene)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "Order by phone", 8);
  SideCriterion *criterion;

  side_script_add_section (script, "1", "Greeting");
  form_place_add (script, "1.1", "Offers a size", 5);
  criterion = form_place_add (script, "1.2", "Names the right size", 5);
  criterion->only_if = g_strdup ("1.1");
  criterion->only_low = criterion->only_high = 1.0;
  g_ptr_array_add (criterion->causes, g_strdup ("No stock list"));
  g_ptr_array_add (criterion->causes, g_strdup ("Wrong list"));
  side_criterion_add_exemplar (criterion, 1.0, "call-3", 4000, 9000, "Asks twice");
  criterion = form_place_add (script, "1.3", "Asks the name", 5);
  criterion->comment = SIDE_COMMENT_ON_FAULT;
  form_place_add (script, "1.4", "Says goodbye", 5);
  form_place_receive_script (scene, script, 2);
}

static void
keep_toast (gpointer    form,
            const char *words,
            gpointer    data)
{
  FormScene *scene = data;

  g_free (scene->toast);
  scene->toast = g_strdup (words);
}

void
form_place_set_up (FormScene     *scene,
                   gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  receive_rich_script (scene);
  scene->keeper = side_review_keeper_new (scene->place.desk);
  scene->sitting = side_sitting_new (scene->place.desk);
  scene->form = side_review_form_new ();
  side_review_form_set_keeper (SIDE_REVIEW_FORM (scene->form), scene->keeper, scene->place.desk);
  side_review_form_set_sitting (SIDE_REVIEW_FORM (scene->form), scene->sitting);
  g_signal_connect (scene->form, "toast", G_CALLBACK (keep_toast), scene);
  scene->window = side_widget_test_show (scene->form, 400, 600);
}

void
form_place_tear_down (FormScene     *scene,
                      gconstpointer  role)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  g_assert_finalize_object (scene->keeper);
  g_object_unref (scene->sitting);
  g_free (scene->toast);
  place_tear_down (&scene->place, NULL);
}

gboolean
form_place_is_loaded (gpointer keeper)
{
  return !side_review_keeper_is_loading (keeper);
}

/* To one of the calls, once its reviews are read. */
void
form_place_go_to (FormScene *scene,
                  int        number)
{
  g_autoptr (SideCall) call = place_call (number);

  side_review_keeper_set_call (scene->keeper, call);
  side_sitting_set_call (scene->sitting, call);
  side_test_wait_until (form_place_is_loaded, scene->keeper, 5000, "the reviews");
}

/* At the first question of the first call, which has a recording. */
void
form_place_begin (FormScene *scene)
{
  form_place_go_to (scene, 0);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 1000);
  gtk_widget_grab_focus (form_place_row (scene->form, "1.1"));
  side_test_run_for (50);
}
