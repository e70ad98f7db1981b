/* side-pages.c - which pages the window has
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-pages.h"

#include <glib/gi18n.h>

#include "side-calls-page.h"
#include "side-import-drop.h"
#include "side-live-page.h"
#include "side-operators-page.h"
#include "side-reviews-page.h"
#include "side-scripts-page.h"
#include "side-test-calls-page.h"

static GtkWidget *
create_calls (SideDesk  *desk,
              SideAlarm *alarm)
{
  GtkWidget *page = side_calls_page_new (desk);

  /* Others' work, pieces of recordings to be taken away, and calls from elsewhere are no operator's. */
  if (side_desk_get_role (desk) == SIDE_ROLE_OPERATOR)
    {
      gtk_widget_action_set_enabled (page, "calls.moments", FALSE);
      gtk_widget_action_set_enabled (page, "calls.check", FALSE);
    }
  else
    {
      side_import_accept_drops (page, desk);
    }
  return page;
}

static void
search_calls (GtkWidget *page)
{
  side_calls_page_search (SIDE_CALLS_PAGE (page));
}

static void
search_operators (GtkWidget *page)
{
  side_operators_page_search (SIDE_OPERATORS_PAGE (page));
}

static void
search_scripts (GtkWidget *page)
{
  side_scripts_page_search (SIDE_SCRIPTS_PAGE (page));
}

static void
search_test_calls (GtkWidget *page)
{
  side_test_calls_page_search (SIDE_TEST_CALLS_PAGE (page));
}

static void
show_call (GtkWidget       *page,
           const char      *id,
           const SidePlace *place)
{
  side_calls_page_show_call (SIDE_CALLS_PAGE (page), id, place);
}

static const SidePage pages[] = {
  { "live", NC_("page", "Live"), "side-live-symbolic", side_live_page_new, NULL, NULL },
  { "calls", NC_("page", "Calls"), "side-calls-symbolic", create_calls, search_calls, show_call, TRUE },
  { "reviews", NC_("page", "Reviews"), "side-reviews-symbolic", side_reviews_page_new, NULL, NULL, TRUE },
  { "scripts", NC_("page", "Scripts"), "side-scripts-symbolic", side_scripts_page_new, search_scripts, NULL },
  { "test-calls", NC_("page", "Test calls"), "side-test-calls-symbolic", side_test_calls_page_new, search_test_calls, NULL },
  { "operators", NC_("page", "Operators"), "side-operators-symbolic", side_operators_page_new, search_operators, NULL, TRUE },
};

/**
 * side_pages_list:
 * @n_pages: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_pages): the pages in the sidebar's order
 */
const SidePage *
side_pages_list (gsize *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}

/**
 * side_pages_find:
 * @name: (nullable): a page's name
 *
 * Returns: (transfer none) (nullable): the page
 */
const SidePage *
side_pages_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      return &pages[i];
  return NULL;
}

/**
 * side_pages_is_for:
 * @page: a page
 * @role: what somebody is
 *
 * Returns: whether they are shown it: operators only what is about them
 */
gboolean
side_pages_is_for (const SidePage *page,
                   SideRole        role)
{
  return role != SIDE_ROLE_OPERATOR || page->operators;
}

/**
 * side_pages_first_for:
 * @role: what somebody is
 *
 * Returns: (transfer none): the page they begin with
 */
const SidePage *
side_pages_first_for (SideRole role)
{
  const SidePage *page = pages;

  while (!side_pages_is_for (page, role))
    page++;
  return page;
}

/**
 * side_pages_get_title:
 * @page: a page
 *
 * Returns: (transfer none): its title in the user's language
 */
const char *
side_pages_get_title (const SidePage *page)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "page", page->title);
}

/* Not in a tab that is not shown, nor in what folds out: a hidden list would take the focus, and every key with it. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && gtk_widget_get_child_visible (child))
      found = find_list (child);
  return found;
}

/* A window whose focus is on something hidden gives no key to anybody. */
static GtkWidget *
focus_what_is_seen (GtkRoot   *root,
                    GtkWidget *page,
                    GtkWidget *sidebar)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus != NULL && gtk_widget_get_mapped (focus))
    return focus;
  if (!gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD) && !gtk_widget_child_focus (sidebar, GTK_DIR_TAB_FORWARD))
    gtk_root_set_focus (root, NULL);
  return gtk_root_get_focus (root);
}

static void
arrived_cb (gpointer data)
{
  g_autoptr (GtkWidget) list = data;
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Whoever has begun something else by now is not disturbed. */
  if (root != NULL && gtk_widget_get_mapped (list)
      && (focus == NULL || focus == g_object_get_data (G_OBJECT (list), "left-at") || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (list);
}

/* The page itself is told first, and shows its list only then. */
static void
rows_cb (GtkWidget  *list,
         guint       position,
         guint       removed,
         guint       added,
         GListModel *model)
{
  if (added == 0)
    return;
  g_signal_handlers_disconnect_by_func (model, rows_cb, list);
  g_idle_add_once (arrived_cb, g_object_ref (list));
}

/**
 * side_pages_enter:
 * @page: the page that is shown now
 * @sidebar: where somebody may be choosing among pages by key
 *
 * Puts the focus into the page's first list, once that has rows; it stays in
 * @sidebar if it is there. Without a list it is on what the page begins with.
 */
void
side_pages_enter (GtkWidget *page,
                  GtkWidget *sidebar)
{
  GtkWidget *list = find_list (page);
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkSelectionModel *model = list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;

  if (root == NULL || (focus != NULL && gtk_widget_is_ancestor (focus, sidebar)) || (model != NULL && gtk_widget_grab_focus (list)))
    return;
  focus = focus_what_is_seen (root, page, sidebar);
  if (model == NULL)
    return;
  g_object_set_data (G_OBJECT (list), "left-at", focus);   /* only to be compared */
  g_signal_handlers_disconnect_by_func (model, rows_cb, list);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (rows_cb), list, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
