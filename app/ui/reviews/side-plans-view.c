/* side-plans-view.c - the plans of a project and what they came to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was drawn by lot and what was chosen stand in two lists that are never
 * added up: the one estimates, the other does not.
 */
#include "side-plans-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-blind.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-plan-dialog.h"
#include "side-plan-rows.h"
#include "side-plan-window.h"
#include "side-plan-words.h"
#include "side-status.h"

#define MAX_CLOSED 10   /* closed plans whose result is shown in the list */

struct _SidePlansView
{
  GtkWidget  parent_instance;
  GtkWidget *stack;
  GtkWidget *new_plan;
  GtkWidget *lists;
  GtkWidget *empty_page;
  SideDesk  *desk;
  SidePlans *plans;
};

G_DEFINE_FINAL_TYPE (SidePlansView, side_plans_view, GTK_TYPE_WIDGET)

static guint toast_signal;

static void
side_plans_view_dispose (GObject *object)
{
  SidePlansView *self = SIDE_PLANS_VIEW (object);

  if (self->plans != NULL)
    g_signal_handlers_disconnect_by_data (self->plans, self);
  g_clear_object (&self->plans);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (side_plans_view_parent_class)->dispose (object);
}

static void
made_cb (SidePlansView *self)
{
  g_signal_emit (self, toast_signal, 0, _("The plan is made. Its calls stand in the work lists."), NULL);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SidePlansView *self = SIDE_PLANS_VIEW (widget);
  GtkWindow *dialog;

  if (side_desk_get_project (self->desk) == NULL)
    return;
  dialog = side_plan_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk);
  g_signal_connect_object (dialog, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
side_plans_view_class_init (SidePlansViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_plans_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "plans.new", NULL, new_action);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_PLANS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
activated_cb (SidePlansView *self,
              AdwActionRow  *row)
{
  gtk_window_present (side_plan_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->desk,
                                            g_object_get_data (G_OBJECT (row), "side-plan")));
}

static GtkWidget *
new_row (SidePlansView  *self,
         const SidePlan *plan,
         gboolean        read)
{
  GtkWidget *row = adw_action_row_new (), *label;
  g_autofree char *title = side_plan_words_title (self->plans, plan);
  g_autofree char *script = side_plan_words_script (self->plans, plan);
  g_autofree char *due = side_plan_words_due (self->desk, plan, NULL);
  g_autofree char *words = NULL, *result_words = NULL, *about = NULL;
  SideSampleResult result;
  guint hidden = 0;

  if (read)
    {
      hidden = side_plans_get_result (self->plans, plan, &result);
      words = side_plan_words_progress (side_plans_get_progress (self->plans, plan, NULL));
      result_words = side_plan_words_result (plan, &result);
    }
  about = g_strjoin (" · ", script, words != NULL ? words : due, words != NULL ? due : NULL, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  label = gtk_label_new (result_words);
  gtk_widget_add_css_class (label, "numeric");
  if (hidden > 0)
    gtk_widget_set_tooltip_text (label, side_blind_words ());
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "side-plan", g_strdup (plan->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_kind (SidePlansView *self,
          SidePlanKind   kind,
          const char    *title,
          const char    *description)
{
  GPtrArray *plans = side_plans_list (self->plans);
  GtkWidget *group = NULL;
  guint closed = 0;

  for (guint i = 0; i < plans->len; i++)
    {
      const SidePlan *plan = plans->pdata[i];

      if (plan->kind != kind)
        continue;
      /* Of older ones the reviews are read when somebody opens them. */
      if (plan->closed_ms != 0 && closed++ < MAX_CLOSED)
        side_plans_want (self->plans, plan->id);
      if (group == NULL)
        group = side_plan_rows_group (self->lists, title, description);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (self, plan, plan->closed_ms == 0 || closed <= MAX_CLOSED));
    }
}

static void
update (SidePlansView *self)
{
  GPtrArray *plans = side_plans_list (self->plans);

  side_clear_children (self->lists);
  add_kind (self, SIDE_PLAN_RANDOM, _("Drawn by Lot"), _("These tell how good all calls are."));
  add_kind (self, SIDE_PLAN_CHOSEN, _("Chosen"), _("Worth hearing and talking about. These do not tell how good all calls are."));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), plans->len > 0                       ? "list"
                                                             : side_plans_is_loading (self->plans) ? "loading" : "empty");
}

static void
failed_cb (SidePlansView *self,
           const GError  *error)
{
  g_autofree char *words = side_format_error (error);

  g_signal_emit (self, toast_signal, 0, words, NULL);
}

static GtkWidget *
new_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_New Plan…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "plans.new");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
side_plans_view_init (SidePlansView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *spinner = gtk_spinner_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->stack = gtk_stack_new ();
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  self->empty_page =
      side_status_new ("side-reviews-symbolic", _("No Plans Yet"),
                       _("A plan says which calls are reviewed, by whom and until when: drawn by lot, to know how good all calls are, or chosen, to look into something."));
  self->new_plan = new_button ();
  gtk_widget_set_halign (self->new_plan, GTK_ALIGN_END);
  self->lists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (content), self->new_plan);
  gtk_box_append (GTK_BOX (content), self->lists);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 24);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty_page, "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * side_plans_view_new:
 * @desk: whose project
 *
 * Returns: (transfer floating) (nullable): the plans; %NULL for an operator,
 *   who sees their own reviews alone
 */
GtkWidget *
side_plans_view_new (SideDesk *desk)
{
  SidePlansView *self;

  if (side_desk_get_role (desk) == SIDE_ROLE_OPERATOR)
    return NULL;
  self = g_object_new (SIDE_TYPE_PLANS_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->plans = g_object_ref (side_plans_get (desk));
  if (side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->plans)))
    adw_status_page_set_child (ADW_STATUS_PAGE (self->empty_page), new_button ());
  else
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->new_plan)), self->new_plan);
  if (side_desk_get_role (desk) == SIDE_ROLE_CLIENT)
    {
      adw_status_page_set_title (ADW_STATUS_PAGE (self->empty_page), _("Plans Are Not Shown to Clients"));
      adw_status_page_set_description (ADW_STATUS_PAGE (self->empty_page),
                                       _("The call centre plans which calls are reviewed. Finished reviews stand beside their calls."));
    }
  g_signal_connect_swapped (self->plans, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->plans, "failed", G_CALLBACK (failed_cb), self);
  update (self);
  return GTK_WIDGET (self);
}
