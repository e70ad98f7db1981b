/* side-pages.h - which pages the window has
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-alarm.h"
#include "side-desk.h"
#include "side-place.h"

G_BEGIN_DECLS

/**
 * SidePage: a widget with its own header bar. It may have a signal
 * "toast" (const char *text, const char *action), which the window shows.
 * @name: how settings and actions call it
 * @title: untranslated; side_pages_get_title() translates
 * @icon: of the sidebar
 * @create: makes it, when it is first shown
 * @search: (nullable): puts the cursor where one types what to look for
 * @show_call: (nullable): brings the call of that id into view, and goes to a
 *   place (nullable) in its recording
 * @operators: whether operators who sign in are shown it
 */
typedef struct {
  const char  *name;
  const char  *title;
  const char  *icon;
  GtkWidget *(*create)    (SideDesk *desk, SideAlarm *alarm);
  void       (*search)    (GtkWidget *page);
  void       (*show_call) (GtkWidget *page, const char *id, const SidePlace *place);
  gboolean     operators;
} SidePage;

const SidePage *side_pages_list      (gsize *n_pages);
const SidePage *side_pages_find      (const char *name);
gboolean        side_pages_is_for    (const SidePage *page, SideRole role);
const SidePage *side_pages_first_for (SideRole role);
const char     *side_pages_get_title (const SidePage *page);
void            side_pages_enter     (GtkWidget *page, GtkWidget *sidebar);

G_END_DECLS
