/* side-window-private.h - the window's parts, shared by its files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-alarm.h"
#include "side-banner.h"
#include "side-conflict-settler.h"
#include "side-demo-server.h"
#include "side-sidebar.h"
#include "side-welcome-page.h"
#include "side-window.h"

G_BEGIN_DECLS

struct _SideWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay     *toasts;
  GtkStack            *stack;        /* "welcome" and "desk" */
  SideWelcomePage     *welcome;
  GtkWidget           *desk_box;
  SideSidebar         *sidebar;      /* NULL while welcoming */
  SideBanner          *banner;
  GtkStack            *pages;
  SideDesk            *desk;
  SideAlarm           *alarm;
  SideConflictSettler *settler;
  SideDemoServer      *demo;
  char                *demo_stopped; /* why it ended, while that is so */
  SideDesk            *opening;      /* being signed in */
  GCancellable        *cancellable;  /* of that */
  char                *secret;       /* typed by hand, for trying again after trusting */
  gboolean             secret_is_token;
  gboolean             typed;        /* what is being opened was typed into the form */
  SideServer          *refused;      /* whose certificate the person is asked about */
  gpointer             told;         /* of the alarm, on the desktop */
  gboolean             closing;
  gboolean             settling;     /* what was typed is being written, or the person asked about it */
  gboolean             settled;      /* nothing holds the window open any more */
};

typedef void (*SideWindowThen) (SideWindow *self);

void side_window_build_entry  (SideWindow *self);
void side_window_enter        (SideWindow *self, SideServer *server, const char *token, const char *password,
                               gboolean offline_too);
void side_window_leave        (SideWindow *self, gboolean sign_out);
void side_window_update_banner (SideWindow *self);
void side_window_class_add_work (GtkWidgetClass *klass);
void side_window_class_add_jumps (GtkWidgetClass *klass);
void side_window_follow_work  (SideWindow *self);
void side_window_follow_alerts (SideWindow *self);
void side_window_forget_alerts (SideWindow *self);
void side_window_follow_campaigns (SideWindow *self);
void side_window_forget_campaigns (SideWindow *self);
void side_window_settle       (SideWindow *self, const char *lose, SideWindowThen then);

G_END_DECLS
