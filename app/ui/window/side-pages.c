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

static GtkWidget *
create_calls (SideDesk  *desk,
              SideAlarm *alarm)
{
  GtkWidget *page = side_calls_page_new (desk);

  side_import_accept_drops (page, desk);
  return page;
}

static void
search_calls (GtkWidget *page)
{
  side_calls_page_search (SIDE_CALLS_PAGE (page));
}

static void
show_call (GtkWidget  *page,
           const char *id)
{
  side_calls_page_show_call (SIDE_CALLS_PAGE (page), id);
}

static const SidePage pages[] = {
  { "live", NC_("page", "Live"), "side-live-symbolic", side_live_page_new, NULL, NULL },
  { "calls", NC_("page", "Calls"), "side-calls-symbolic", create_calls, search_calls, show_call },
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
