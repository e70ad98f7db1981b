/* side-reviews-page.c - what is to be reviewed, and what the reviews are worth
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A header bar and the tabs of the table below; each tab is a widget that
 * knows its desk and asks nobody else.
 */
#include "side-reviews-page.h"

#include <glib/gi18n.h>

#include "side-agreement-view.h"
#include "side-disputes-view.h"
#include "side-plans-view.h"
#include "side-reviews-save.h"
#include "side-work-view.h"

/**
 * SideReviewsTab:
 * @name: how actions and settings call it
 * @title: untranslated, of the context "page"
 * @icon: beside it
 * @create: makes it; %NULL when there is nothing in it for this person
 * @operators: whether it is an operator's too
 */
typedef struct {
  const char  *name;
  const char  *title;
  const char  *icon;
  GtkWidget *(*create) (SideDesk *desk);
  gboolean     operators;
} SideReviewsTab;

static const SideReviewsTab tabs[] = {
  { "work", NC_("page", "My Work"), "view-list-symbolic", side_work_view_new },
  { "plans", NC_("page", "Plans"), "x-office-calendar-symbolic", side_plans_view_new },
  { "agreement", NC_("page", "Agreement"), "system-users-symbolic", side_agreement_view_new },
  { "disputes", NC_("page", "Disputes"), "dialog-question-symbolic", side_disputes_view_new },
  { "mine", NC_("page", "My Reviews"), "side-reviews-symbolic", side_my_reviews_new, TRUE },
};

struct _SideReviewsPage
{
  AdwBin           parent_instance;
  AdwViewStack    *stack;
  AdwViewSwitcher *switcher;
  AdwWindowTitle  *title;
  GtkStack        *heading;   /* the switcher, or the title where there is one tab alone */
};

G_DEFINE_FINAL_TYPE (SideReviewsPage, side_reviews_page, ADW_TYPE_BIN)

static guint toast_signal;

static void
side_reviews_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SIDE_TYPE_REVIEWS_PAGE);
  G_OBJECT_CLASS (side_reviews_page_parent_class)->dispose (object);
}

static void
side_reviews_page_class_init (SideReviewsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_reviews_page_dispose;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_REVIEWS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/reviews/side-reviews-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SideReviewsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SideReviewsPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, SideReviewsPage, title);
  gtk_widget_class_bind_template_child (widget_class, SideReviewsPage, heading);
}

static void
side_reviews_page_init (SideReviewsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
toast_cb (SideReviewsPage *self,
          const char      *text,
          const char      *action)
{
  g_signal_emit (self, toast_signal, 0, text, action);
}

static void
saved_cb (GtkWidget  *widget,
          const char *words)
{
  toast_cb (SIDE_REVIEWS_PAGE (widget), words, NULL);
}

static void
add_tab (SideReviewsPage      *self,
         const SideReviewsTab *tab,
         SideDesk             *desk)
{
  GtkWidget *child = tab->create (desk);

  if (child == NULL)
    return;
  if (g_signal_lookup ("toast", G_OBJECT_TYPE (child)) != 0)
    g_signal_connect_object (child, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  adw_view_stack_add_titled (self->stack, child, tab->name, g_dpgettext2 (GETTEXT_PACKAGE, "page", tab->title));
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, child), tab->icon);
}

/**
 * side_reviews_page_new:
 * @desk: whose plans and reviews
 * @alarm: (nullable): not looked at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_reviews_page_new (SideDesk  *desk,
                       SideAlarm *alarm)
{
  SideReviewsPage *self;
  g_autoptr (GtkSelectionModel) pages = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_REVIEWS_PAGE, NULL);
  side_reviews_save_add_actions (GTK_WIDGET (self), desk, saved_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (tabs[i].operators || side_desk_get_role (desk) != SIDE_ROLE_OPERATOR)
      add_tab (self, &tabs[i], desk);
  pages = adw_view_stack_get_pages (self->stack);
  gtk_stack_set_visible_child (self->heading, g_list_model_get_n_items (G_LIST_MODEL (pages)) > 1
                                                ? GTK_WIDGET (self->switcher) : GTK_WIDGET (self->title));
  return GTK_WIDGET (self);
}

/**
 * side_reviews_page_show_tab:
 * @self: the page
 * @name: a tab's name; one that is not there for this person changes nothing
 */
void
side_reviews_page_show_tab (SideReviewsPage *self,
                            const char      *name)
{
  g_return_if_fail (SIDE_IS_REVIEWS_PAGE (self));

  if (adw_view_stack_get_child_by_name (self->stack, name) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, name);
}
