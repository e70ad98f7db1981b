/* test-scripts-page.c - the scripts of a project, and editing a draft of one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-outbox.h"
#include "side-publish-dialog.h"
#include "side-script-edit.h"
#include "side-script-files.h"
#include "side-script-labels.h"
#include "side-script-preview.h"
#include "side-script-row.h"
#include "side-script-sentences.h"
#include "side-script-use.h"
#include "side-scripts-page.h"
#include "side-section-box.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define DRAFT_ID "5e0d3c1a-9f0b-4a7e-8d53-2b1d9a6c4f02"

typedef struct {
  Place            place;
  GtkWidget       *page;
  GtkWidget       *window;
  SideScriptShelf *shelf;
} Scene;

static gboolean
is_loaded (gpointer shelf)
{
  return side_script_shelf_is_loaded (shelf);
}

static void
open_page (Scene *scene)
{
  scene->page = side_scripts_page_new (scene->place.desk, NULL);
  scene->shelf = side_scripts_page_get_shelf (SIDE_SCRIPTS_PAGE (scene->page));
  scene->window = side_widget_test_show (scene->page, 1150, 700);
  side_test_wait_until (is_loaded, scene->shelf, 5000, "the scripts to be read");
  side_test_run_for (100);
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  open_page (scene);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_widget_test_close (scene->window);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static SideScriptItem *
begin_draft (Scene *scene)
{
  SideScriptItem *draft;

  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.edit", NULL);
  draft = side_script_shelf_find_draft_of (scene->shelf, SCRIPT_ID);
  g_assert_nonnull (draft);
  side_test_run_for (50);
  return draft;
}

static SideDraftKeeper *
keeper_of (Scene *scene)
{
  return side_script_shelf_get_keeper (scene->shelf, side_script_shelf_find_draft_of (scene->shelf, SCRIPT_ID));
}

static const char *
text_of (Scene      *scene,
         const char *criterion)
{
  return side_script_find_criterion (side_draft_keeper_get_script (keeper_of (scene)), criterion)->text;
}

static GtkWidget *
find_row (GtkWidget  *root,
          const char *criterion)
{
  if (SIDE_IS_SCRIPT_ROW (root) && g_str_equal (side_script_row_get_id (SIDE_SCRIPT_ROW (root)), criterion))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, criterion);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_idle (gpointer keeper)
{
  return !side_draft_keeper_is_busy (keeper);
}

static void
wait_saved (Scene *scene)
{
  side_test_wait_until (is_idle, keeper_of (scene), 5000, "the draft to be saved");
}

/* ---- what is there is shown ---- */

static void
test_list (Scene         *scene,
           gconstpointer  role)
{
  gboolean may_edit = GPOINTER_TO_INT (role) != SIDE_ROLE_CLIENT;
  GtkWidget *row = find_row (scene->page, "1.3");
  GtkWidget *next;

  g_assert_nonnull (place_find_text (scene->page, "Order by phone"));
  g_assert_nonnull (place_find_text (scene->page, "v7 · in use · all queues"));
  g_assert_nonnull (place_find_text (scene->page, "Names the shop"));
  g_assert_nonnull (place_find_text (scene->page, "10 of 10 points"));
  g_assert_nonnull (place_find_text (scene->page, "version 7 · not used in a review yet"));
  side_widget_test_no_nameless (scene->page);
  g_assert_true (gtk_widget_get_visible (place_find_text (row, "critical")));
  gtk_widget_activate (row);
  g_assert_true (side_script_row_is_open (SIDE_SCRIPT_ROW (row)));
  g_assert_nonnull (place_find_text (row, "“No” makes the whole score 0"));
  next = place_find_text (scene->page, "New Version");
  g_assert_true (next != NULL && gtk_widget_get_mapped (next) == may_edit);
  g_assert_true (gtk_widget_get_visible (place_find_named (scene->page, "New Script")) == may_edit);
}

/* ---- a draft ---- */

static void
check_fields (Scene *scene)
{
  GtkWidget *row, *bonus;
  const SideCriterion *criterion;
  g_autofree char *words = NULL;

  row = find_row (scene->page, "1.2");
  side_script_row_edit (SIDE_SCRIPT_ROW (row));
  side_test_run_for (50);
  bonus = place_find_text (row, "A bonus on top");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (place_find (gtk_widget_get_parent (gtk_widget_get_parent (bonus)), "GtkSpinButton")), 12);
  side_widget_test_click (gtk_widget_get_parent (place_find_text (row, "Add Example")));
  criterion = side_script_find_criterion (side_draft_keeper_get_script (keeper_of (scene)), "1.2");
  g_assert_cmpfloat (criterion->weight, ==, 12);
  g_assert_cmpuint (criterion->exemplars->len, ==, 1);
  g_assert_true (place_find_text (scene->page, "17 of 17 points") != NULL);
  words = side_draft_keeper_undo (keeper_of (scene));
  g_assert_cmpstr (words, ==, "example added");
  wait_saved (scene);
}

static guint
place_of (Scene      *scene,
          const char *criterion)
{
  guint at = G_MAXUINT;

  side_script_edit_section_of (side_draft_keeper_get_script (keeper_of (scene)), criterion, &at);
  return at;
}

static GtkDropTarget *
find_target (GtkWidget *list)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static void
check_move (Scene *scene)
{
  GValue value = G_VALUE_INIT;
  GtkWidget *row;
  gboolean dropped = FALSE;

  row = find_row (scene->page, "1.1");
  gtk_widget_grab_focus (row);
  g_assert_true (side_widget_test_press (row, GDK_KEY_Down, GDK_ALT_MASK));
  g_assert_cmpuint (place_of (scene, "1.1"), ==, 1);
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, 1);
  g_assert_true (gtk_widget_is_focus (row));
  side_test_run_for (100);
  /* Dropped on the upper half of the first row: before it. */
  row = find_row (scene->page, "1.3");
  g_value_init (&value, SIDE_TYPE_SCRIPT_ROW);
  g_value_set_object (&value, row);
  g_signal_emit_by_name (find_target (gtk_widget_get_parent (row)), "drop", &value, 20.0, 0.0, &dropped);
  g_assert_true (dropped);
  g_assert_cmpuint (place_of (scene, "1.3"), ==, 0);
  g_value_unset (&value);
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.undo", NULL);
  g_assert_cmpuint (place_of (scene, "1.3"), ==, 2);
  wait_saved (scene);
}

static void
test_edit (Scene         *scene,
           gconstpointer  role)
{
  GtkWidget *row, *entry;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (SideScript) stored = NULL;
  SideScriptItem *draft = begin_draft (scene);

  g_assert_cmpint (side_script_item_get_script (draft)->version, ==, 8);
  /* The points do not add up to 100. */
  g_assert_true (gtk_widget_get_visible (place_find (place_find (scene->page, "SideCheckLine"), "GtkMenuButton")));
  g_assert_nonnull (place_find_text (scene->page, "v8 · draft · all queues"));
  row = find_row (scene->page, "1.1");
  side_script_row_edit (SIDE_SCRIPT_ROW (row));
  side_test_run_for (50);
  entry = place_find (place_find (row, "SideCriterionEditor"), "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Names the sh");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Names the shop and self");
  g_assert_cmpstr (text_of (scene, "1.1"), ==, "Names the shop and self");
  side_widget_test_no_nameless (scene->page);
  wait_saved (scene);
  drafts = place_list (&scene->place, "draft", NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  stored = side_wire_script_from_json (((SideDocument *) drafts->pdata[0])->body, -1, NULL);
  g_assert_cmpstr (side_script_find_criterion (stored, "1.1")->text, ==, "Names the shop and self");
  /* What was typed without a pause elsewhere is one step. */
  g_assert_true (side_widget_test_press (place_find (scene->page, "SideScriptView"), GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_cmpstr (text_of (scene, "1.1"), ==, "Names the shop");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Names the shop");
  g_assert_true (side_widget_test_press (place_find (scene->page, "SideScriptView"), GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_cmpstr (text_of (scene, "1.1"), ==, "Names the shop and self");
  check_fields (scene);
  check_move (scene);
}

/* ---- putting in use ---- */

typedef struct {
  Scene *scene;
  int    version;
} Wanted;

static gboolean
is_in_use (gpointer data)
{
  Wanted *wanted = data;
  SideScriptItem *item = side_script_shelf_find (wanted->scene->shelf, SCRIPT_ID);

  return side_script_item_get_script (item)->version == wanted->version;
}

static SideScript *
read_version (Scene *scene,
              int    version)
{
  SideStore *store = side_desk_get_store (scene->place.desk);
  g_autoptr (GAsyncResult) result = NULL;

  side_store_get_script_async (store, SCRIPT_ID, version, NULL, side_test_async_cb, &result);
  return side_store_get_script_finish (store, side_test_wait_result (&result, 5000, "a version"), NULL);
}

static gboolean
is_retired (gpointer item)
{
  return side_script_item_is_retired (item);
}

static gboolean
is_back (gpointer item)
{
  return !side_script_item_is_retired (item);
}

static void
check_retire (Scene *scene)
{
  SideScriptItem *item = side_script_shelf_find (scene->shelf, SCRIPT_ID);

  side_script_shelf_set_retired (scene->shelf, item, TRUE);
  side_test_wait_until (is_retired, item, 10000, "the script to be retired");
  g_assert_cmpint (side_script_item_get_script (item)->version, ==, 8);
  side_script_shelf_set_retired (scene->shelf, item, FALSE);
  side_test_wait_until (is_back, item, 10000, "the script to be in use again");
}

static GtkWidget *
find_suggested (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, "suggested-action"))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_suggested (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_publish (Scene         *scene,
              gconstpointer  role)
{
  SideDraftKeeper *keeper;
  SideScript *draft;
  GtkWindow *dialog;
  GtkWidget *publish, *anyway;
  Wanted wanted = { scene, 8 };
  g_autoptr (SideScript) before = NULL;
  g_autoptr (GPtrArray) drafts = NULL;

  begin_draft (scene);
  keeper = keeper_of (scene);
  draft = side_draft_keeper_begin (keeper);
  g_free (side_script_find_criterion (draft, "1.2")->text);
  side_script_find_criterion (draft, "1.2")->text = g_strdup ("Asks how to address the customer");
  side_draft_keeper_put (keeper, draft, "criterion changed", NULL);
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.publish", NULL);
  side_test_run_for (200);
  dialog = GTK_WINDOW (g_list_model_get_item (gtk_window_get_toplevels (), 0));
  if (!SIDE_IS_PUBLISH_DIALOG (dialog))
    {
      g_object_unref (dialog);
      dialog = GTK_WINDOW (g_list_model_get_item (gtk_window_get_toplevels (), 1));
    }
  g_assert_true (SIDE_IS_PUBLISH_DIALOG (dialog));
  g_object_unref (dialog);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "Criterion “Asks how to address the customer”: wording was "
                                                          "“Asks the name”, is “Asks how to address the customer”"));
  publish = find_suggested (GTK_WIDGET (dialog));
  g_assert_false (gtk_widget_is_sensitive (publish));   /* nobody said why yet */
  gtk_editable_set_text (GTK_EDITABLE (place_find (GTK_WIDGET (dialog), "GtkEntry")), "Said more politely");
  anyway = place_find (GTK_WIDGET (dialog), "GtkCheckButton");
  if (anyway != NULL)
    {
      g_assert_false (gtk_widget_is_sensitive (publish));   /* the points do not add up to 100 */
      gtk_check_button_set_active (GTK_CHECK_BUTTON (anyway), TRUE);
    }
  side_widget_test_click (publish);
  side_test_wait_until (is_in_use, &wanted, 5000, "the version to be in use");
  side_test_run_for (200);
  g_assert_null (side_script_shelf_find_draft_of (scene->shelf, SCRIPT_ID));
  drafts = place_list (&scene->place, "draft", NULL);
  g_assert_cmpuint (drafts->len, ==, 0);
  before = read_version (scene, 7);
  g_assert_nonnull (before);
  g_assert_cmpstr (side_script_find_criterion (before, "1.2")->text, ==, "Asks the name");
  g_assert_nonnull (place_find_text (scene->page, "Asks how to address the customer"));
  g_assert_cmpstr (side_script_item_get_script (side_script_shelf_find (scene->shelf, SCRIPT_ID))->note, ==, "Said more politely");
  check_retire (scene);
}

static void
check_discard (Scene *scene)
{
  g_autofree char *id = g_strdup (side_script_item_get_id (side_script_shelf_find_draft_of (scene->shelf, SCRIPT_ID)));
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) back = NULL;

  wait_saved (scene);
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.discard", NULL);
  side_test_run_for (300);
  g_assert_null (side_script_shelf_find (scene->shelf, id));
  gone = place_list (&scene->place, "draft", NULL);
  g_assert_cmpuint (gone->len, ==, 0);
  gtk_widget_activate_action (scene->page, "scripts.restore", NULL);
  side_test_run_for (300);
  g_assert_nonnull (side_script_shelf_find (scene->shelf, id));
  back = place_list (&scene->place, "draft", NULL);
  g_assert_cmpuint (back->len, ==, 1);
}

/* ---- somebody else ---- */

static SideDocument *
make_draft (const char *title,
            int         revision)
{
  g_autoptr (SideScript) draft = side_script_new (DRAFT_ID, SIDE_FIXTURE_PROJECT, title, 8);
  SideDocument *document;

  draft->state = SIDE_SCRIPT_DRAFT;
  draft->script = g_strdup (SCRIPT_ID);
  side_section_add_criterion (side_script_add_section (draft, "1", "Greeting"), "1.1", title, 100);
  document = side_wire_document_for_draft (draft);
  document->revision = revision;
  document->changed_ms = revision * 1000;
  return document;
}

static void
rename_draft (SideDraftKeeper *keeper,
              const char      *title)
{
  SideScript *draft = side_draft_keeper_begin (keeper);

  g_free (draft->title);
  draft->title = g_strdup (title);
  side_draft_keeper_put (keeper, draft, "script renamed", "title");
}

static void
test_conflict (Scene         *scene,
               gconstpointer  role)
{
  g_autoptr (SideDocument) first = make_draft ("By Olga", 1);
  g_autoptr (SideDocument) second = make_draft ("By Pavel", 2);
  g_autoptr (SideDocument) third = make_draft ("By Pavel again", 3);
  SideDraftKeeper *keeper;

  place_receive (&scene->place, first);
  side_test_run_for (200);
  side_scripts_page_show (SIDE_SCRIPTS_PAGE (scene->page), DRAFT_ID);
  keeper = keeper_of (scene);
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By Olga");
  /* Nothing of ours is unwritten: theirs is shown. */
  place_receive (&scene->place, second);
  side_test_run_for (200);
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By Pavel");
  g_assert_nonnull (place_find_text (scene->page, "By Pavel"));
  /* Typed, and not written yet when theirs comes: both are kept. */
  check_discard (scene);
  keeper = keeper_of (scene);
  rename_draft (keeper, "By me");
  place_receive (&scene->place, third);
  wait_saved (scene);
  side_test_run_for (200);
  g_assert_cmpuint (side_store_get_conflicts (side_desk_get_store (scene->place.desk)), ==, 1);
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By me");
}

/* ---- the checker ---- */

static void
test_check (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "", 1);
  g_autoptr (GPtrArray) findings = NULL;
  gboolean title = FALSE, empty = FALSE;

  side_script_add_section (script, "1", "Greeting");
  findings = side_script_check (script);
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *words = side_script_sentence_finding (script, g_ptr_array_index (findings, i));

      title = title || g_str_equal (words, "The script has no title.");
      empty = empty || g_str_equal (words, "Section “Greeting” has no criteria.");
    }
  g_assert_true (title && empty);
}

/* ---- large, and as a reviewer sees it ---- */

static SideScript *
make_large (guint n)
{
  SideScript *script = side_script_new (DRAFT_ID, SIDE_FIXTURE_PROJECT, "Large", 1);
  SideSection *section = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u.%u", i / 13 + 1, i % 13 + 1);
      g_autofree char *section_id = g_strdup_printf ("%u", i / 13 + 1);
      g_autofree char *text = g_strdup_printf ("Does the thing number %u that the script asks for", i);

      if (i % 13 == 0)
        section = side_script_add_section (script, section_id, "Section");
      side_section_add_criterion (section, id, text, 1);
    }
  return script;
}

static void
test_large (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideScript) script = make_large (130);
  GtkWindow *preview;
  GtkWidget *row;

  script->state = SIDE_SCRIPT_DRAFT;
  script->script = side_id_new ();
  side_script_shelf_add_draft (scene->shelf, script);
  side_scripts_page_show (SIDE_SCRIPTS_PAGE (scene->page), DRAFT_ID);
  side_test_run_for (300);
  row = find_row (scene->page, "10.13");
  g_assert_nonnull (row);
  side_script_row_edit (SIDE_SCRIPT_ROW (row));
  side_test_run_for (100);
  preview = side_script_preview_new (NULL, script, NULL);
  gtk_window_present (preview);
  side_test_run_for (200);
  g_assert_nonnull (place_find_text (GTK_WIDGET (preview), "0 of 130 answered"));
  side_widget_test_click (gtk_widget_get_parent (place_find_text (GTK_WIDGET (preview), "Yes")));
  g_assert_nonnull (place_find_text (GTK_WIDGET (preview), "1 of 130 answered"));
  gtk_window_destroy (preview);
  side_test_run_for (50);
}

/* ---- files and words ---- */

static void
test_files (void)
{
  g_autoptr (SideScript) script = make_large (3);
  g_autoptr (SideScript) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  side_script_add_step (script, "s1", "Greeting")->say = g_strdup ("Good day");
  text = side_script_files_print (script, "json");
  back = side_script_files_parse ("large.json", text, strlen (text), "other", &why);
  g_assert_null (why);
  g_assert_cmpstr (back->project, ==, "other");
  g_assert_cmpint (back->state, ==, SIDE_SCRIPT_DRAFT);
  g_assert_cmpint (back->version, ==, 1);
  g_assert_cmpstr (back->id, !=, script->id);
  g_assert_cmpuint (side_script_count_criteria (back), ==, 3);
  g_free (text);
  side_script_unref (back);
  text = side_script_files_print (script, "csv");
  back = side_script_files_parse ("Night line.CSV", text, strlen (text), "other", &why);
  g_assert_null (why);
  g_assert_cmpuint (side_script_count_criteria (back), ==, 3);
  g_assert_true (*back->title != '\0');
  g_assert_null (side_script_files_parse ("no.json", "{", 1, "other", &why));
  g_assert_true (g_str_has_prefix (why, "“no.json” is not a script"));
}

static void
test_conversation (void)
{
  g_autoptr (SideScript) script = side_script_new (DRAFT_ID, SIDE_FIXTURE_PROJECT, "Angry customer", 1);
  SideStep *step = side_script_add_step (script, "s1", "Greeting");
  g_autofree char *text = NULL;

  step->say = g_strdup ("Good day.");
  side_step_add_branch (step, "shouts", "s2");
  side_step_add_branch (step, NULL, NULL);
  side_script_add_step (script, "s2", "Listening")->hint = g_strdup ("do not interrupt");
  text = side_script_label_conversation (script);
  g_assert_cmpstr (text, ==, "Angry customer\n\n1. Greeting\nGood day.\n  shouts → 2. Listening\n"
                             "  in any other case → the conversation ends\n\n2. Listening\n(do not interrupt)\n\n");
  g_assert_true (side_script_edit_remove_step (script, "s2"));
  g_assert_cmpuint (step->branches->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);

#define ADD(path, role, test) g_test_add ("/scripts-page/" path, Scene, GINT_TO_POINTER (role), set_up, test, tear_down)
  ADD ("list", SIDE_ROLE_SUPERVISOR, test_list);
  ADD ("list-client", SIDE_ROLE_CLIENT, test_list);
  ADD ("edit", SIDE_ROLE_TRAINER, test_edit);
  ADD ("publish", SIDE_ROLE_SUPERVISOR, test_publish);
  ADD ("conflict", SIDE_ROLE_SUPERVISOR, test_conflict);
  ADD ("large", SIDE_ROLE_SUPERVISOR, test_large);
#undef ADD
  g_test_add_func ("/scripts-page/check", test_check);
  g_test_add_func ("/scripts-page/files", test_files);
  g_test_add_func ("/scripts-page/conversation", test_conversation);
  return g_test_run ();
}
