/* side-status.c - what stands where there is nothing to show
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing yet, nothing chosen, or nothing that could be read.
 */
#include "side-status.h"

/**
 * side_status_new:
 * @icon: name of an icon
 * @title: what there is not
 * @words: (nullable): why, or what to do about it, as markup
 *
 * Returns: (transfer floating): an #AdwStatusPage
 */
GtkWidget *
side_status_new (const char *icon,
                 const char *title,
                 const char *words)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), words);
  return page;
}
