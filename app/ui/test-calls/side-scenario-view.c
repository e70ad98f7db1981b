/* side-scenario-view.c - one scenario, to be read or edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is read until somebody who may wants to edit it; what is edited is saved
 * by itself and can be taken back. What the checker says stands below.
 */
#include "side-scenario-view.h"

#include <glib/gi18n.h>

#include "side-check-line.h"
#include "side-clear.h"
#include "side-history-keys.h"
#include "side-lines-window.h"
#include "side-rules-dialog.h"
#include "side-rules.h"
#include "side-scenario-files.h"
#include "side-scenario-form.h"
#include "side-scenario-sheet.h"
#include "side-scenario-words.h"
#include "side-test-call-window.h"

struct _SideScenarioView
{
  AdwBin            parent_instance;
  AdwWindowTitle   *title;
  GtkWidget        *edit;      /* GtkToggleButton */
  GtkWidget        *call;
  GtkStack         *stack;     /* "sheet" and "form" */
  GtkWidget        *sheet;
  GtkWidget        *form_bin;
  GtkWidget        *form;      /* (nullable): while it is edited */
  GtkWidget        *check;
  SideScenarios    *shelf;     /* (nullable) */
  SideScenarioItem *item;      /* (nullable) */
  SideDraftKeeper  *keeper;    /* (nullable): while it is edited */
};

G_DEFINE_FINAL_TYPE (SideScenarioView, side_scenario_view, ADW_TYPE_BIN)

enum { SIGNAL_TOAST, SIGNAL_REMOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
toast (SideScenarioView *self,
       const char       *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

/* Returns: whether the keyboard was in the form */
static gboolean
leave_keeper (SideScenarioView *self)
{
  gboolean had_focus = FALSE;

  if (self->keeper != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->keeper, self);
      side_draft_keeper_flush (self->keeper);
    }
  g_clear_object (&self->keeper);
  if (self->form != NULL)
    {
      had_focus = side_clear_focus (self->form_bin);
      adw_bin_set_child (ADW_BIN (self->form_bin), NULL);
    }
  self->form = NULL;
  return had_focus;
}

static void
leave_item (SideScenarioView *self)
{
  leave_keeper (self);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
}

static void
side_scenario_view_dispose (GObject *object)
{
  SideScenarioView *self = SIDE_SCENARIO_VIEW (object);

  leave_item (self);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_scenario_view_parent_class)->dispose (object);
}

static const SideScenario *
scenario_of (SideScenarioView *self)
{
  return self->item != NULL ? side_scenario_item_get (self->item) : NULL;
}

static SideDesk *
desk_of (SideScenarioView *self)
{
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

/* ---- the checker ---- */

static gboolean
has_script (const char *script,
            int         version,
            gpointer    data)
{
  GPtrArray *scripts = data;

  for (guint i = 0; i < scripts->len; i++)
    if (g_strcmp0 (((const SideScript *) scripts->pdata[i])->id, script) == 0)
      return TRUE;
  return FALSE;
}

static GPtrArray *
check (gconstpointer value,
       gpointer      data)
{
  SideScenarioView *self = data;
  g_autoptr (GPtrArray) found = side_scenario_check (value, has_script, side_scenarios_get_scripts (self->shelf));
  GPtrArray *findings = side_check_findings_new ();

  for (guint i = 0; i < found->len; i++)
    {
      const SideScenarioFinding *each = found->pdata[i];
      SideCheckFinding *finding = side_check_findings_add (findings, each->severity, side_scenario_words_finding (value, each));

      finding->ids[0] = g_strdup (each->part);
      finding->ids[1] = g_strdup (each->id);
    }
  return findings;
}

static char *
is_fine (gconstpointer value)
{
  return g_strdup (_("ready to be called ✓"));
}

static const SideCheckKind check_kind = { side_scenario_get_type, "scenario.undo", "scenario.redo", check, is_fine };

static void
finding_cb (SideScenarioView *self,
            const char       *part,
            const char       *id,
            const char       *none)
{
  if (self->item == NULL || !side_scenarios_may_edit (self->shelf, scenario_of (self)))
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->edit), TRUE);
  side_scenario_form_reveal (SIDE_SCENARIO_FORM (self->form), part, id);
}

static void
check_anew (SideScenarioView *self)
{
  SideDesk *desk = desk_of (self);

  side_check_line_open_for (SIDE_CHECK_LINE (self->check), &check_kind, self, scenario_of (self), self->keeper,
                            desk != NULL ? side_desk_get_project (desk) : NULL);
}

/* ---- what is shown ---- */

static void
show_title (SideScenarioView *self)
{
  const SideScenario *scenario = scenario_of (self);

  adw_window_title_set_title (self->title, scenario != NULL ? side_scenario_words_title (scenario) : "");
  adw_window_title_set_subtitle (self->title, scenario != NULL && scenario->persona != NULL ? scenario->persona : "");
}

static void
show_history (SideScenarioView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenario.undo", self->keeper != NULL && side_draft_keeper_can_undo (self->keeper));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenario.redo", self->keeper != NULL && side_draft_keeper_can_redo (self->keeper));
}

static void
item_changed_cb (SideScenarioView *self)
{
  show_title (self);
  if (self->form == NULL)
    {
      side_scenario_sheet_show (SIDE_SCENARIO_SHEET (self->sheet), self->shelf, scenario_of (self));
      check_anew (self);
    }
}

static void
begin_editing (SideScenarioView *self)
{
  self->keeper = g_object_ref (side_scenarios_get_keeper (self->shelf, scenario_of (self)->id));
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (show_history), self, G_CONNECT_SWAPPED);
  self->form = side_scenario_form_new (self->shelf, self->keeper);
  adw_bin_set_child (ADW_BIN (self->form_bin), self->form);
  gtk_stack_set_visible_child_name (self->stack, "form");
}

static void
edit_cb (SideScenarioView *self)
{
  gboolean wanted = self->item != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->edit));
  gboolean had_focus;

  if (wanted == (self->form != NULL))
    return;
  if (wanted)
    {
      begin_editing (self);
    }
  else
    {
      had_focus = leave_keeper (self);
      gtk_stack_set_visible_child_name (self->stack, "sheet");
      if (had_focus)
        gtk_widget_grab_focus (self->edit);
      if (self->item != NULL)
        side_scenario_sheet_show (SIDE_SCENARIO_SHEET (self->sheet), self->shelf, scenario_of (self));
    }
  check_anew (self);
  show_history (self);
}

static void
show_rights (SideScenarioView *self)
{
  gboolean may_edit = self->item != NULL && side_scenarios_may_edit (self->shelf, scenario_of (self));

  gtk_widget_set_visible (self->edit, may_edit);
  if (!may_edit)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->edit), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenario.remove", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenario.export", self->item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scenario.copy", self->item != NULL);
  gtk_widget_set_visible (self->call, self->item != NULL && side_scenarios_may_add (self->shelf));
}

/**
 * side_scenario_view_open:
 * @self: a view
 * @shelf: where the scenario is from
 * @item: (nullable): what is shown
 */
void
side_scenario_view_open (SideScenarioView *self,
                         SideScenarios    *shelf,
                         SideScenarioItem *item)
{
  g_return_if_fail (SIDE_IS_SCENARIO_VIEW (self) && SIDE_IS_SCENARIOS (shelf));

  if (self->shelf != shelf)
    {
      g_set_object (&self->shelf, shelf);
      g_signal_connect_object (shelf, "changed", G_CALLBACK (show_rights), self, G_CONNECT_SWAPPED);
    }
  if (item != NULL && item == self->item)
    {
      show_rights (self);
      return;
    }
  leave_item (self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->edit), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "sheet");
  g_set_object (&self->item, item);
  show_rights (self);
  show_history (self);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  item_changed_cb (self);
}

/**
 * side_scenario_view_edit:
 * @self: a view
 *
 * Has what it shows edited, the title first, by whoever may.
 */
void
side_scenario_view_edit (SideScenarioView *self)
{
  g_return_if_fail (SIDE_IS_SCENARIO_VIEW (self));

  if (!gtk_widget_get_visible (self->edit))
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->edit), TRUE);
  side_scenario_form_edit_title (SIDE_SCENARIO_FORM (self->form));
}

/**
 * side_scenario_view_get_form:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the form, while it is edited
 */
GtkWidget *
side_scenario_view_get_form (SideScenarioView *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIO_VIEW (self), NULL);
  return self->form;
}

/* ---- calling ---- */

static GtkWindow *
window_of (SideScenarioView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* The rules first, then a line, then the call. */
static void
call_cb (SideScenarioView *self)
{
  SideLines *lines = side_lines_get_default ();
  SideDesk *desk = self->item != NULL ? desk_of (self) : NULL;
  GtkWindow *dialog;

  if (desk == NULL)
    return;
  if (side_rules_get_acknowledged_ms (desk, NULL) == 0)
    {
      dialog = side_rules_dialog_new (window_of (self), desk, NULL);
      g_signal_connect_object (dialog, "acknowledged", G_CALLBACK (call_cb), self, G_CONNECT_SWAPPED);
    }
  else if (side_lines_get_count (lines) == 0)
    {
      dialog = side_lines_window_new (window_of (self), lines);
    }
  else
    {
      if (self->keeper != NULL)
        side_draft_keeper_flush (self->keeper);
      dialog = side_test_call_window_new (window_of (self), self->shelf, lines, scenario_of (self));
    }
  gtk_window_present (dialog);
}

/* ---- actions ---- */

static void
tell_step (SideScenarioView *self,
           const char       *format,
           char             *what)
{
  g_autofree char *done = what;
  g_autofree char *words = NULL;

  if (done == NULL)
    return;
  words = g_strdup_printf ("%s: %s", format, done);
  toast (self, words);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideScenarioView *self = SIDE_SCENARIO_VIEW (widget);

  if (self->keeper != NULL)
    tell_step (self, _("Undone"), side_draft_keeper_undo (self->keeper));
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideScenarioView *self = SIDE_SCENARIO_VIEW (widget);

  if (self->keeper != NULL)
    tell_step (self, _("Done again"), side_draft_keeper_redo (self->keeper));
}

static void
exported_cb (GtkWidget    *widget,
             SideScenario *scenario,
             const char   *words)
{
  if (words != NULL)
    toast (SIDE_SCENARIO_VIEW (widget), words);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  side_scenario_files_export (widget, scenario_of (SIDE_SCENARIO_VIEW (widget)), exported_cb);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideScenarioView *self = SIDE_SCENARIO_VIEW (widget);
  SideDesk *desk = desk_of (self);
  g_autofree char *text = side_scenario_words_text (scenario_of (self), desk != NULL ? side_desk_get_project (desk) : NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, _("The scenario is on the clipboard."));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideScenarioView *self = SIDE_SCENARIO_VIEW (widget);
  g_autofree char *id = g_strdup (scenario_of (self)->id);
  g_autoptr (SideDraftKeeper) keeper = g_object_ref (side_scenarios_get_keeper (self->shelf, id));

  side_scenarios_remove (self->shelf, id);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, keeper);
}

/* ---- the widget ---- */

static void
side_scenario_view_class_init (SideScenarioViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_scenario_view_dispose;
  gtk_widget_class_install_action (widget_class, "scenario.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "scenario.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "scenario.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "scenario.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "scenario.remove", NULL, remove_action);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", SIDE_TYPE_SCENARIO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", SIDE_TYPE_SCENARIO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static GtkWidget *
new_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Save to a File…"), "scenario.export");
  g_menu_append (menu, _("Copy as Text"), "scenario.copy");
  g_menu_append (menu, _("Remove"), "scenario.remove");
  g_menu_append (menu, _("Rules of Test Calls…"), "scenarios.rules");
  g_menu_append (menu, _("Telephone Lines…"), "win.lines");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  return button;
}

static void
side_scenario_view_init (SideScenarioView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->edit = gtk_toggle_button_new_with_mnemonic (_("_Edit"));
  g_signal_connect_object (self->edit, "toggled", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->edit);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), new_menu ());
  self->call = gtk_button_new_with_mnemonic (_("_Call…"));
  gtk_widget_add_css_class (self->call, "suggested-action");
  g_signal_connect_object (self->call, "clicked", G_CALLBACK (call_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->call);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->sheet = side_scenario_sheet_new ();
  self->form_bin = adw_bin_new ();
  gtk_stack_add_named (self->stack, self->sheet, "sheet");
  gtk_stack_add_named (self->stack, self->form_bin, "form");
  self->check = side_check_line_new ();
  g_signal_connect_object (self->check, "chosen", G_CALLBACK (finding_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), self->check);
  adw_bin_set_child (ADW_BIN (self), box);
  side_history_keys_add (GTK_WIDGET (self), "scenario.undo", "scenario.redo");
}

/**
 * side_scenario_view_new:
 *
 * Returns: (transfer floating): a view of no scenario yet
 */
GtkWidget *
side_scenario_view_new (void)
{
  return g_object_new (SIDE_TYPE_SCENARIO_VIEW, NULL);
}
