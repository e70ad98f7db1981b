/* side-test-calls-page.c - the scenarios of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the left the scenarios with what the last call by each found; what is
 * chosen there stands on the right. Scenarios are begun here: empty, from a
 * ready one, from a file.
 */
#include "side-test-calls-page.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "side-campaigns-page.h"
#include "side-format.h"
#include "side-ready-dialog.h"
#include "side-ready-scenarios.h"
#include "side-rules-dialog.h"
#include "side-scenario-files.h"
#include "side-scenario-words.h"
#include "side-tab-stop.h"
#include "side-test-matcher.h"
#include "side-test-month.h"
#include "side-text.h"
#include "side-toast.h"

struct _SideTestCallsPage
{
  AdwBin              parent_instance;
  AdwToastOverlay    *toasts;
  GtkWidget          *left;
  GtkWidget          *add;
  GtkWidget          *search;
  GtkStack           *stack;        /* "loading", "empty", "nothing" or "list" */
  GtkListView        *list;
  GtkStack           *right;        /* "scenario" or "none" */
  SideScenarioView   *view;
  AdwStatusPage      *none_page;
  GtkWidget          *none_buttons;
  SideScenarios      *shelf;
  SideTestMatcher    *matcher;
  GtkCustomFilter    *filter;
  GtkSingleSelection *selection;
  SideDraftKeeper    *removed;      /* (nullable): what Undo brings back */
  char               *wanted;       /* (nullable): the scenario that is chosen */
  GtkStack           *shown;        /* "scenarios" or "campaigns" */
  GtkWidget          *paned;        /* of the scenarios */
  GtkWidget          *campaigns;
};

G_DEFINE_FINAL_TYPE (SideTestCallsPage, side_test_calls_page, ADW_TYPE_BIN)

static void
toast (SideTestCallsPage *self,
       const char        *words)
{
  if (self->shelf != NULL)
    adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
side_test_calls_page_dispose (GObject *object)
{
  SideTestCallsPage *self = SIDE_TEST_CALLS_PAGE (object);

  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  self->search = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->removed);
  g_clear_object (&self->matcher);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (side_test_calls_page_parent_class)->dispose (object);
}

static SideDesk *
desk_of (SideTestCallsPage *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
}

/* ---- the list ---- */

static void
show_row (GtkWidget        *row,
          SideScenarioItem *item)
{
  SideTestCallsPage *self = g_object_get_data (G_OBJECT (row), "page");
  GtkWidget *title = g_object_get_data (G_OBJECT (row), "title"), *words = g_object_get_data (G_OBJECT (row), "words");
  GtkWidget *score = g_object_get_data (G_OBJECT (row), "score");
  SideDesk *desk = desk_of (self);
  g_autofree char *line = NULL;
  g_autofree char *points = NULL;
  double value;

  side_scenario_item_get_last (item, &value);
  line = side_scenario_words_row (item, desk != NULL ? side_desk_get_project (desk) : NULL, desk != NULL ? side_desk_get_now_ms (desk) : 0);
  points = isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.0f", value);
  gtk_label_set_label (GTK_LABEL (title), side_scenario_words_title (side_scenario_item_get (item)));
  gtk_label_set_label (GTK_LABEL (words), line);
  gtk_label_set_label (GTK_LABEL (score), points);
  gtk_widget_set_tooltip_text (score, isnan (value) ? _("No call by it was scored yet") : _("Score of the last call"));
  gtk_widget_set_tooltip_text (row, side_scenario_words_title (side_scenario_item_get (item)));
}

static GtkWidget *
new_row_label (GtkWidget  *row,
               const char *key,
               const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  g_object_set_data (G_OBJECT (row), key, label);
  return label;
}

static void
setup_cb (SideTestCallsPage *self,
          GtkListItem       *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *score = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "script-item");
  gtk_box_append (GTK_BOX (lines), new_row_label (row, "title", "script-text"));
  gtk_box_append (GTK_BOX (lines), new_row_label (row, "words", "script-hint"));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_add_css_class (score, "script-pill");
  gtk_widget_add_css_class (score, "numeric");
  gtk_widget_set_valign (score, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (row), "score", score);
  g_object_set_data (G_OBJECT (row), "page", self);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), score);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (SideTestCallsPage *self,
         GtkListItem       *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  SideScenarioItem *item = gtk_list_item_get_item (list_item);

  g_signal_connect_object (item, "changed", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  show_row (row, item);
}

static void
unbind_cb (SideTestCallsPage *self,
           GtkListItem       *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), gtk_list_item_get_child (list_item));
}

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  SideTestCallsPage *self = data;
  const char *typed = self->search != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->search)) : "";
  g_autofree char *words = side_text_fold (typed);
  g_autofree char *title = NULL;

  /* What stands on the right is in the list, whatever is filtered out. */
  if (*words == '\0' || g_strcmp0 (side_scenario_item_get (item)->id, self->wanted) == 0)
    return TRUE;
  title = side_text_fold (side_scenario_words_title (side_scenario_item_get (item)));
  return strstr (title, words) != NULL;
}

static void
filter_cb (SideTestCallsPage *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
stop_search_cb (SideTestCallsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (self->search, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* ---- what is chosen ---- */

static guint
find_shown (SideTestCallsPage *self,
            const char        *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr (SideScenarioItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (side_scenario_item_get (item)->id, id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
want (SideTestCallsPage *self,
      const char        *id)
{
  char *copy = g_strdup (id);

  g_free (self->wanted);
  self->wanted = copy;
}

static void
selected_cb (SideTestCallsPage *self)
{
  SideScenarioItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL)
    return;
  want (self, side_scenario_item_get (item)->id);
  side_scenario_view_open (self->view, self->shelf, item);
  gtk_stack_set_visible_child_name (self->right, "scenario");
}

static void
show_none (SideTestCallsPage *self)
{
  const GError *error = side_document_shelf_get_error (SIDE_DOCUMENT_SHELF (self->shelf));
  gboolean may_add = side_scenarios_may_add (self->shelf);
  g_autofree char *words = error != NULL ? side_format_error (error) : NULL;

  side_scenario_view_open (self->view, self->shelf, NULL);
  gtk_stack_set_visible_child_name (self->right, "none");
  gtk_widget_set_visible (self->none_buttons, error == NULL && may_add);
  adw_status_page_set_icon_name (self->none_page, error != NULL ? "dialog-warning-symbolic" : "side-test-calls-symbolic");
  adw_status_page_set_title (self->none_page, error != NULL ? _("The scenarios cannot be read") : _("No scenarios yet"));
  adw_status_page_set_description (self->none_page, words != NULL ? words
                                   : _("A scenario says who calls the line as a customer would, what they say, and what a good answer is."));
}

static gboolean
is_loaded (SideTestCallsPage *self)
{
  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->shelf))
         || !side_document_shelf_is_reading (SIDE_DOCUMENT_SHELF (self->shelf));
}

/* What was chosen last, else the first. */
static void
choose (SideTestCallsPage *self)
{
  guint position = find_shown (self, self->wanted);

  if (position == GTK_INVALID_LIST_POSITION && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    position = 0;
  if (position == GTK_INVALID_LIST_POSITION)
    {
      if (is_loaded (self))
        show_none (self);
      return;
    }
  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
  else
    selected_cb (self);
}

static void
changed_cb (SideTestCallsPage *self)
{
  guint n = g_list_model_get_n_items (side_scenarios_get_items (self->shelf));
  gboolean may_add = side_scenarios_may_add (self->shelf);

  gtk_widget_set_visible (self->add, may_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenarios.new", may_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenarios.ready", may_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenarios.import", may_add);
  filter_cb (self);
  gtk_stack_set_visible_child_name (self->stack, !is_loaded (self) ? "loading" : n == 0 ? "empty"
                                    : g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 ? "nothing" : "list");
  choose (self);
}

static void
failed_cb (SideTestCallsPage *self,
           const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words);
}

static void
replaced_cb (SideTestCallsPage *self,
             const char        *id)
{
  SideScenarioItem *item = side_scenarios_find (self->shelf, id);
  g_autofree char *words = NULL;

  if (item == NULL)
    return;
  words = g_strdup_printf (_("Somebody else changed the scenario “%s”: it is shown as they left it."),
                           side_scenario_words_title (side_scenario_item_get (item)));
  toast (self, words);
}

/* ---- beginning scenarios ---- */

static void
begin (SideTestCallsPage *self,
       SideScenario      *scenario)
{
  SideScenarioItem *item = side_scenarios_add (self->shelf, scenario);

  side_test_calls_page_show (self, side_scenario_item_get (item)->id);
  side_scenario_view_edit (self->view);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (NULL, NULL, NULL);

  begin (SIDE_TEST_CALLS_PAGE (widget), scenario);
}

static void
ready_cb (SideTestCallsPage *self,
          const char        *name,
          const char        *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScenario) scenario = NULL;

  if (!side_scenarios_may_add (self->shelf))
    return;
  scenario = side_ready_scenario_load (name, language, side_desk_get_project_id (desk_of (self)), &error);
  if (scenario == NULL)
    failed_cb (self, error);
  else
    begin (self, scenario);
}

static void
ready_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *dialog = side_ready_dialog_new_for_scenarios (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (ready_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
imported_cb (GtkWidget    *widget,
             SideScenario *scenario,
             const char   *words)
{
  SideTestCallsPage *self = SIDE_TEST_CALLS_PAGE (widget);

  if (words != NULL)
    toast (self, words);
  if (scenario != NULL && self->shelf != NULL && side_scenarios_may_add (self->shelf))
    begin (self, scenario);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  side_scenario_files_import (widget, imported_cb);
}

static void
rules_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideTestCallsPage *self = SIDE_TEST_CALLS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (desk_of (self) != NULL)
    gtk_window_present (side_rules_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, desk_of (self), NULL));
}

/* ---- from the view ---- */

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideTestCallsPage *self = SIDE_TEST_CALLS_PAGE (widget);
  g_autoptr (SideDraftKeeper) keeper = g_steal_pointer (&self->removed);

  if (keeper == NULL)
    return;
  side_scenarios_restore (self->shelf, keeper);
  side_test_calls_page_show (self, ((const SideScenario *) side_draft_keeper_get (keeper))->id);
}

static void
removed_cb (SideTestCallsPage *self,
            SideDraftKeeper   *keeper)
{
  AdwToast *told = side_toast_new (_("Scenario removed. The calls made by it stay."));

  g_set_object (&self->removed, keeper);
  adw_toast_set_button_label (told, _("_Undo"));
  adw_toast_set_action_name (told, "scenarios.restore");
  adw_toast_overlay_add_toast (self->toasts, told);
}

/* ---- the page ---- */

static void
side_test_calls_page_class_init (SideTestCallsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_test_calls_page_dispose;
  gtk_widget_class_install_action (widget_class, "scenarios.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "scenarios.ready", NULL, ready_action);
  gtk_widget_class_install_action (widget_class, "scenarios.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "scenarios.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "scenarios.rules", NULL, rules_action);
}

static GtkWidget *
new_left_header (SideTestCallsPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Empty Scenario"), "scenarios.new");
  g_menu_append (menu, _("Ready Scenarios…"), "scenarios.ready");
  g_menu_append (menu, _("Import from a File…"), "scenarios.import");
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->add, _("New Scenario"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Scenario"), -1);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), side_campaigns_switcher_new (self->shown));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->add);
  return header;
}

static void
add_list (SideTestCallsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *spinner = gtk_spinner_new (), *nothing = adw_status_page_new ();
  GtkWidget *stop = g_object_new (SIDE_TYPE_TAB_STOP, "child", scrolled, NULL);

  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "calls");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Scenarios"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (nothing), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _("Nothing found"));
  gtk_widget_add_css_class (nothing, "compact");
  gtk_stack_add_named (self->stack, stop, "list");
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (self->stack, nothing, "nothing");
}

static GtkWidget *
new_left (SideTestCallsPage *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->left = left;
  gtk_widget_set_size_request (left, 220, -1);
  self->search = gtk_search_entry_new ();
  gtk_widget_add_css_class (self->search, "scenario-search");
  gtk_widget_set_visible (self->search, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search scenarios"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  add_list (self);
  gtk_box_append (GTK_BOX (left), new_left_header (self));
  gtk_box_append (GTK_BOX (left), self->search);
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->stack));
  return left;
}

static GtkWidget *
new_none (SideTestCallsPage *self)
{
  static const struct { const char *label; const char *action; } buttons[] = {
    { N_("Ready Scenarios…"), "scenarios.ready" },
    { N_("Empty Scenario"), "scenarios.new" },
    { N_("Import from a File…"), "scenarios.import" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new ("", ""));
  self->none_page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->none_page), TRUE);
  self->none_buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_halign (self->none_buttons, GTK_ALIGN_CENTER);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_widget_add_css_class (button, "pill");
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (self->none_buttons), button);
    }
  adw_status_page_set_child (self->none_page, self->none_buttons);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->none_page));
  return box;
}

static void
side_test_calls_page_init (SideTestCallsPage *self)
{
  GtkWidget *paned = self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);

  self->shown = GTK_STACK (gtk_stack_new ());
  self->view = SIDE_SCENARIO_VIEW (side_scenario_view_new ());
  g_signal_connect_object (self->view, "toast", G_CALLBACK (toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  self->right = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->right, GTK_WIDGET (self->view), "scenario");
  gtk_stack_add_named (self->right, new_none (self), "none");
  gtk_paned_set_start_child (GTK_PANED (paned), new_left (self));
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->right));
  gtk_paned_set_position (GTK_PANED (paned), 290);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_stack_add_titled (self->shown, paned, "scenarios", _("Scenarios"));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->shown));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->toasts));
}

static GtkListItemFactory *
new_factory (SideTestCallsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/**
 * side_test_calls_page_new:
 * @desk: a desk
 * @alarm: (nullable): unused
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_test_calls_page_new (SideDesk  *desk,
                          SideAlarm *alarm)
{
  SideTestCallsPage *self = g_object_new (SIDE_TYPE_TEST_CALLS_PAGE, NULL);
  g_autoptr (GtkListItemFactory) factory = new_factory (self);
  GtkFilterListModel *shown;

  self->shelf = g_object_ref (side_scenarios_get (desk));
  self->matcher = side_test_matcher_new (self->shelf);
  gtk_box_append (GTK_BOX (self->left), side_test_month_new (self->shelf));
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  shown = gtk_filter_list_model_new (g_object_ref (side_scenarios_get_items (self->shelf)), GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (shown));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  self->campaigns = side_campaigns_page_add (self->shown, desk, self->paned);
  g_signal_connect_object (self->campaigns, "toast", G_CALLBACK (toast), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * side_test_calls_page_show_campaign:
 * @self: the page
 * @id: (nullable): of a campaign, which is chosen; %NULL for the campaigns as they were looked at last
 */
void
side_test_calls_page_show_campaign (SideTestCallsPage *self,
                                    const char        *id)
{
  g_return_if_fail (SIDE_IS_TEST_CALLS_PAGE (self));

  gtk_stack_set_visible_child_name (self->shown, "campaigns");
  if (id != NULL)
    side_campaigns_page_show (SIDE_CAMPAIGNS_PAGE (self->campaigns), id);
}

/**
 * side_test_calls_page_get_shelf:
 * @self: the page
 *
 * Returns: (transfer none): the scenarios it shows
 */
SideScenarios *
side_test_calls_page_get_shelf (SideTestCallsPage *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_CALLS_PAGE (self), NULL);
  return self->shelf;
}

/**
 * side_test_calls_page_get_view:
 * @self: the page
 *
 * Returns: (transfer none): what stands on the right, while a scenario is chosen
 */
SideScenarioView *
side_test_calls_page_get_view (SideTestCallsPage *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_CALLS_PAGE (self), NULL);
  return self->view;
}

/**
 * side_test_calls_page_show:
 * @self: the page
 * @id: of a scenario
 *
 * Chooses it, whatever is filtered out.
 */
void
side_test_calls_page_show (SideTestCallsPage *self,
                           const char        *id)
{
  g_return_if_fail (SIDE_IS_TEST_CALLS_PAGE (self));

  if (side_scenarios_find (self->shelf, id) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->shown, "scenarios");
  want (self, id);
  filter_cb (self);
  choose (self);
}

/**
 * side_test_calls_page_search:
 * @self: the page
 *
 * Puts the cursor where one types what to look for.
 */
void
side_test_calls_page_search (SideTestCallsPage *self)
{
  g_return_if_fail (SIDE_IS_TEST_CALLS_PAGE (self));

  gtk_widget_set_visible (self->search, TRUE);
  gtk_widget_grab_focus (self->search);
}
