/* test-scripts-page.c - the scripts of a project, and editing a draft of one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-outbox.h"
#include "side-place.h"
#include "side-publish-dialog.h"
#include "side-script-edit.h"
#include "side-script-preview.h"
#include "side-script-row.h"
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
  g_assert_nonnull (place_find_text (row, "1.3"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (scene->page, "1.1")), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "1.1 Names the shop");
  g_assert_true (gtk_widget_get_visible (place_find_text (row, "critical: call")));
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

/* It is drawn where it was moved to. */
static gboolean
is_not_on_top (gpointer row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, gtk_widget_get_parent (row), &bounds) && bounds.origin.y > 0;
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
  side_test_wait_until (is_not_on_top, row, 5000, "the row that was moved");
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

static GtkWindow *
find_publish_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  side_test_run_for (200);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (SIDE_IS_PUBLISH_DIALOG (window))
        return window;
    }
  g_assert_not_reached ();
}

/* A script that the checker lets pass, and that stands last. */
static void
fill_draft (SideDraftKeeper *keeper)
{
  SideScript *draft = side_draft_keeper_begin (keeper);
  SideCriterion *criterion;

  g_free (draft->title);
  draft->title = g_strdup ("Zebra");
  criterion = side_section_add_criterion (side_script_add_section (draft, "1", "Greeting"), "1.1", "Says the name", 100);
  criterion->allow_na = FALSE;
  side_draft_keeper_put (keeper, draft, "criterion changed", NULL);
}

/* A version that says what the one before it says is none. */
static void
check_same_refused (Scene *scene)
{
  GtkWindow *dialog;
  GtkWidget *anyway;

  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.publish", NULL);
  dialog = find_publish_dialog ();
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "The draft is the same as version 7, which is in use: there is nothing "
                                                          "to put in use yet. Change the draft, or delete it."));
  g_assert_null (place_find (GTK_WIDGET (dialog), "GtkEntry"));   /* there is nothing to tell why */
  anyway = place_find (GTK_WIDGET (dialog), "GtkCheckButton");
  if (anyway != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (anyway), TRUE);
  g_assert_false (gtk_widget_is_sensitive (find_suggested (GTK_WIDGET (dialog))));
  gtk_window_destroy (dialog);
  side_test_run_for (50);
}

static void
rename_question (Scene *scene)
{
  SideDraftKeeper *keeper = keeper_of (scene);
  SideScript *draft = side_draft_keeper_begin (keeper);

  g_free (side_script_find_criterion (draft, "1.2")->text);
  side_script_find_criterion (draft, "1.2")->text = g_strdup ("Asks how to address the customer");
  side_draft_keeper_put (keeper, draft, "criterion changed", NULL);
}

static void
test_publish (Scene         *scene,
              gconstpointer  role)
{
  GtkWindow *dialog;
  GtkWidget *publish, *anyway;
  Wanted wanted = { scene, 8 };
  g_autoptr (SideScript) before = NULL;
  g_autoptr (GPtrArray) drafts = NULL;

  begin_draft (scene);
  check_same_refused (scene);
  rename_question (scene);
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.publish", NULL);
  dialog = find_publish_dialog ();
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "Criterion 1.2 “Asks how to address the customer”: wording was "
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

/* Whoever puts a script in use looks at it then, and not at another one. */
static void
test_publish_first (Scene         *scene,
                    gconstpointer  role)
{
  GtkWindow *dialog;
  GtkSingleSelection *selection;

  gtk_widget_activate_action (scene->page, "scripts.new", NULL);
  side_test_run_for (200);
  selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (place_find (scene->page, "GtkListView"))));
  fill_draft (side_script_shelf_get_keeper (scene->shelf, gtk_single_selection_get_selected_item (selection)));
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.publish", NULL);
  dialog = find_publish_dialog ();
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (dialog), GTK_TYPE_ENTRY));
  side_widget_test_click (find_suggested (GTK_WIDGET (dialog)));
  side_test_run_for (500);
  g_assert_cmpstr (side_script_item_get_script (gtk_single_selection_get_selected_item (selection))->title, ==, "Zebra");
  g_assert_false (side_script_item_is_draft (gtk_single_selection_get_selected_item (selection)));
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

/* A list of choices may be open while its row goes: somebody else put the draft
 * in use. A window keeps giving the keyboard to one that is removed open. */
static void
test_popover (Scene         *scene,
              gconstpointer  role)
{
  g_autoptr (GtkWidget) popover = NULL;
  GtkWidget *row, *focus;

  begin_draft (scene);
  row = find_row (scene->page, "1.3");
  side_script_row_edit (SIDE_SCRIPT_ROW (row));
  side_test_run_for (100);
  gtk_widget_activate (place_find (row, "GtkDropDown"));
  side_test_run_for (300);
  focus = gtk_window_get_focus (GTK_WINDOW (scene->window));
  popover = g_object_ref (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER));
  g_assert_true (gtk_widget_get_visible (popover));
  wait_saved (scene);
  gtk_widget_activate_action (place_find (scene->page, "SideScriptView"), "script.discard", NULL);
  side_test_run_for (300);
  g_assert_null (side_script_shelf_find_draft_of (scene->shelf, SCRIPT_ID));
  g_assert_false (gtk_widget_get_visible (popover));
  focus = gtk_window_get_focus (GTK_WINDOW (scene->window));
  g_assert_true (focus == NULL || (GTK_WIDGET (gtk_widget_get_root (focus)) == scene->window && gtk_widget_get_mapped (focus)));
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

typedef struct {
  Scene      *scene;
  const char *title;
} Shown;

/* The draft is there, by that name. */
static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;
  SideScriptItem *item = side_script_shelf_find (side_scripts_page_get_shelf (SIDE_SCRIPTS_PAGE (shown->scene->page)), DRAFT_ID);

  return item != NULL && g_str_equal (side_script_item_get_script (item)->title, shown->title)
         && place_find_text (shown->scene->page, shown->title) != NULL;
}

static gboolean
is_in_conflict (gpointer desk)
{
  return side_store_get_conflicts (side_desk_get_store (desk)) == 1;
}

static void
test_conflict (Scene         *scene,
               gconstpointer  role)
{
  g_autoptr (SideDocument) first = make_draft ("By Olga", 1);
  g_autoptr (SideDocument) second = make_draft ("By Pavel", 2);
  g_autoptr (SideDocument) third = make_draft ("By Pavel again", 3);
  Shown shown = { scene, "By Olga" };
  SideDraftKeeper *keeper;

  place_receive (&scene->place, first);
  side_test_wait_until (is_shown, &shown, 10000, "a draft that was received");
  side_scripts_page_show (SIDE_SCRIPTS_PAGE (scene->page), DRAFT_ID);
  keeper = keeper_of (scene);
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By Olga");
  /* Nothing of ours is unwritten: theirs is shown. */
  place_receive (&scene->place, second);
  shown.title = "By Pavel";
  side_test_wait_until (is_shown, &shown, 10000, "what somebody else made of the draft");
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By Pavel");
  /* Typed, and not written yet when theirs comes: both are kept. */
  check_discard (scene);
  keeper = keeper_of (scene);
  rename_draft (keeper, "By me");
  place_receive (&scene->place, third);
  wait_saved (scene);
  side_test_wait_until (is_in_conflict, scene->place.desk, 10000, "the conflict");
  g_assert_cmpstr (side_draft_keeper_get_script (keeper)->title, ==, "By me");
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
jump_cb (GSimpleAction *action,
         GVariant      *place,
         char         **told)
{
  g_free (*told);
  *told = g_variant_print (place, FALSE);
}

/* The preview stands beside the window that shows calls. */
static void
check_jump (Scene            *scene,
            GtkWidget        *preview,
            const SideScript *script)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-call-at", G_VARIANT_TYPE (SIDE_PLACE_TYPE));
  g_autofree char *told = NULL;
  const SideCriterion *criterion = side_script_find_criterion (script, "1.1");

  g_signal_connect (action, "activate", G_CALLBACK (jump_cb), &told);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (scene->window, "win", G_ACTION_GROUP (group));
  g_signal_emit_by_name (place_find (preview, "SideCriterionRow"), "exemplar-activated", criterion->exemplars->pdata[0]);
  g_assert_cmpstr (told, ==, "('call-7', 1000, 3000, true)");
  gtk_widget_insert_action_group (scene->window, "win", NULL);
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
  side_criterion_add_exemplar (side_script_find_criterion (script, "1.1"), 1, "call-7", 1000, 3000, NULL);
  preview = side_script_preview_new (GTK_WINDOW (scene->window), script, NULL);
  gtk_window_present (preview);
  side_test_run_for (200);
  g_assert_nonnull (place_find_text (GTK_WIDGET (preview), "0 of 130 answered"));
  side_widget_test_click (gtk_widget_get_parent (place_find_text (GTK_WIDGET (preview), "Yes")));
  g_assert_nonnull (place_find_text (GTK_WIDGET (preview), "1 of 130 answered"));
  check_jump (scene, GTK_WIDGET (preview), script);
  gtk_window_destroy (preview);
  side_test_run_for (50);
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
  ADD ("publish-first", SIDE_ROLE_SUPERVISOR, test_publish_first);
  ADD ("popover", SIDE_ROLE_SUPERVISOR, test_popover);
  ADD ("conflict", SIDE_ROLE_SUPERVISOR, test_conflict);
  ADD ("large", SIDE_ROLE_SUPERVISOR, test_large);
#undef ADD
  return g_test_run ();
}
