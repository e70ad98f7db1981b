/* side-window.c - the program's window
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows either the welcome page or a desk: sidebar and pages, which are made
 * when they are first looked at. Owns the desk and what raises alarms on it.
 * How a desk is come by stands in side-window-entry.c.
 */
#include <glib/gi18n.h>

#include "side-conflicts-window.h"
#include "side-error.h"
#include "side-format.h"
#include "side-import-dialog.h"
#include "side-pages.h"
#include "side-test-recovery.h"
#include "side-toast.h"
#include "side-window-private.h"

#define PAGES_HEIGHT 500   /* px */

enum { PROP_0, PROP_SHOW_SIDEBAR, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideWindow, side_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- pages ---- */

static void
page_toast_cb (GtkWidget  *page,
               const char *text,
               const char *action,
               SideWindow *self)
{
  side_window_toast (self, text);
}

static GtkWidget *
ensure_page (SideWindow     *self,
             const SidePage *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (self->pages, page->name);

  if (widget != NULL)
    return widget;
  widget = page->create (self->desk, self->alarm);
  if (g_signal_lookup ("toast", G_OBJECT_TYPE (widget)) != 0)
    g_signal_connect_object (widget, "toast", G_CALLBACK (page_toast_cb), self, 0);
  gtk_stack_add_named (self->pages, widget, page->name);
  return widget;
}

/**
 * side_window_show_page:
 * @self: the window, showing a desk
 * @name: (nullable): a page's name; unknown ones show the first page
 */
void
side_window_show_page (SideWindow *self,
                       const char *name)
{
  const SidePage *page = side_pages_find (name);

  g_return_if_fail (SIDE_IS_WINDOW (self));
  if (self->desk == NULL)
    return;
  if (page == NULL || !side_pages_is_for (page, side_desk_get_role (self->desk)))
    page = side_pages_first_for (side_desk_get_role (self->desk));
  ensure_page (self, page);
  gtk_stack_set_visible_child_name (self->pages, page->name);
  side_sidebar_select (self->sidebar, page->name);
  g_settings_set_string (side_settings_get (), "page", page->name);
  side_pages_enter (side_window_get_page (self), GTK_WIDGET (self->sidebar));
}

static void
page_chosen_cb (SideWindow *self,
                const char *name)
{
  side_window_show_page (self, name);
}

/**
 * side_window_get_page:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the page that is shown
 */
GtkWidget *
side_window_get_page (SideWindow *self)
{
  g_return_val_if_fail (SIDE_IS_WINDOW (self), NULL);
  return self->desk != NULL ? gtk_stack_get_visible_child (self->pages) : NULL;
}

/* ---- what lasts: the banner ---- */

static gboolean
wants_sign_in (SideWindow *self)
{
  return side_desk_is_stored_only (self->desk)
         || (side_desk_get_state (self->desk) == SIDE_DESK_OFFLINE && side_desk_get_reason (self->desk) != NULL);
}

/* Nothing is kept, or it was kept and is gone: the title says which. */
static void
show_store_error (SideWindow   *self,
                  const GError *error)
{
  g_autofree char *sentence = side_format_error (error);

  if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    side_banner_show (self->banner, SIDE_BANNER_WARNING, _("Calls are not kept on this computer"), sentence);
  else if (wants_sign_in (self))
    side_banner_show (self->banner, SIDE_BANNER_WARNING, _("The stored calls were damaged"),
                      _("The damaged file was kept aside and a new one begun. Sign in to fetch the calls again."));
  else
    side_banner_show (self->banner, SIDE_BANNER_WARNING, _("The stored calls were damaged"),
                      _("The damaged file was kept aside and a new one begun."));
  if (side_desk_get_store (self->desk) == NULL)
    side_banner_set_button (self->banner, _("Try Again"), "win.retry-store");
  else if (wants_sign_in (self))
    side_banner_set_button (self->banner, _("Sign In Again"), "win.sign-in-again");
  else
    side_banner_set_button (self->banner, NULL, NULL);
}

/* One banner at a time, the gravest: what is written being lost comes before
 * being offline. The Live page has its own for callers. */
void
side_window_update_banner (SideWindow *self)
{
  const GError *store_error = self->desk != NULL ? side_desk_get_store_error (self->desk) : NULL;
  const GError *reason = self->desk != NULL ? side_desk_get_reason (self->desk) : NULL;
  g_autofree char *sentence = NULL;

  if (self->desk != NULL && self->demo_stopped != NULL)
    {
      side_banner_show (self->banner, SIDE_BANNER_WARNING, _("The demo has stopped"), self->demo_stopped);
      side_banner_set_button (self->banner, _("Restart"), "win.restart-demo");
    }
  else if (store_error != NULL)
    show_store_error (self, store_error);
  else if (self->desk != NULL && side_desk_is_stored_only (self->desk))
    {
      side_banner_show (self->banner, SIDE_BANNER_WARNING, _("Working offline"),
                        _("What you write here is sent when you sign in again."));
      side_banner_set_button (self->banner, _("Sign In Again"), "win.sign-in-again");
    }
  else if (self->desk != NULL && side_desk_get_state (self->desk) == SIDE_DESK_OFFLINE && reason != NULL)
    {
      sentence = side_format_error (reason);
      side_banner_show (self->banner, SIDE_BANNER_WARNING, _("Not connected"), sentence);
      side_banner_set_button (self->banner, _("Sign In Again"), "win.sign-in-again");
    }
  else
    {
      side_banner_hide (self->banner);
      side_banner_set_button (self->banner, NULL, NULL);
    }
}

/* ---- desks ---- */

static void
build_desk (SideWindow *self)
{
  gtk_stack_set_transition_type (self->pages, GTK_STACK_TRANSITION_TYPE_NONE);
  self->alarm = side_alarm_new (self->desk);
  self->sidebar = SIDE_SIDEBAR (side_sidebar_new (self->desk));
  gtk_box_prepend (GTK_BOX (self->desk_box), GTK_WIDGET (self->sidebar));
  g_settings_bind (side_settings_get (), "show-sidebar", self->sidebar, "visible", G_SETTINGS_BIND_GET);
  g_signal_connect_swapped (self->sidebar, "page-chosen", G_CALLBACK (page_chosen_cb), self);
  side_window_follow_alerts (self);
  side_window_follow_work (self);
  g_signal_connect_object (side_test_recovery_get (self->desk), "recovered", G_CALLBACK (side_window_toast), self, G_CONNECT_SWAPPED);
  side_window_follow_campaigns (self);
  self->settler = side_conflict_settler_new (self->desk);
  g_signal_connect_object (self->settler, "settled", G_CALLBACK (side_window_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::state", G_CALLBACK (side_window_update_banner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::store-error", G_CALLBACK (side_window_update_banner), self,
                           G_CONNECT_SWAPPED);
}

static void
clear_desk (SideWindow *self)
{
  GtkWidget *page;

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
  if (self->sidebar != NULL)
    gtk_box_remove (GTK_BOX (self->desk_box), GTK_WIDGET (self->sidebar));
  self->sidebar = NULL;
  side_window_forget_alerts (self);
  side_window_forget_campaigns (self);
  g_clear_object (&self->alarm);
  if (self->settler != NULL)
    g_object_run_dispose (G_OBJECT (self->settler));
  g_clear_object (&self->settler);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
}

static void
update_actions (SideWindow *self)
{
  static const char *const of_desk[] = { "win.sign-out", "win.search", "win.show-call", "win.show-call-at", "win.show-page",
                                         "win.sync", "win.resolve-conflicts" };
  static const char *const of_others[] = { "win.import", "win.lines" };   /* than operators */
  gboolean operator = self->desk != NULL && side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR;

  for (gsize i = 0; i < G_N_ELEMENTS (of_desk); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_desk[i], self->desk != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (of_others); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_others[i], self->desk != NULL && !operator);
}

/**
 * side_window_show_desk:
 * @self: the window
 * @desk: (nullable): an open desk, or %NULL for the welcome page
 */
void
side_window_show_desk (SideWindow *self,
                       SideDesk   *desk)
{
  g_autofree char *page = g_settings_get_string (side_settings_get (), "page");

  g_return_if_fail (SIDE_IS_WINDOW (self));
  clear_desk (self);
  if (desk != NULL)
    {
      self->desk = g_object_ref (desk);
      build_desk (self);
      gtk_stack_set_visible_child_name (self->stack, "desk");
      side_window_show_page (self, page);
    }
  else
    gtk_stack_set_visible_child_name (self->stack, "welcome");
  update_actions (self);
  side_window_update_banner (self);
}

/**
 * side_window_get_desk:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the desk it shows
 */
SideDesk *
side_window_get_desk (SideWindow *self)
{
  g_return_val_if_fail (SIDE_IS_WINDOW (self), NULL);
  return self->desk;
}

/**
 * side_window_toast:
 * @self: the window
 * @text: a short sentence that goes by itself
 */
void
side_window_toast (SideWindow *self,
                   const char *text)
{
  g_return_if_fail (SIDE_IS_WINDOW (self));
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (text));
}

/* ---- actions ---- */

static void
show_page_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  side_window_show_page (SIDE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* The first page that can do it, the shown one before others. */
static const SidePage *
page_that_searches (SideWindow *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->pages);
  const SidePage *page = side_pages_find (shown);
  gsize n_pages;
  const SidePage *list = side_pages_list (&n_pages);

  if (page != NULL && page->search != NULL)
    return page;
  for (gsize i = 0; i < n_pages; i++)
    if (list[i].search != NULL && side_pages_is_for (&list[i], side_desk_get_role (self->desk)))
      return &list[i];
  return NULL;
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideWindow *self = SIDE_WINDOW (widget);
  const SidePage *page = page_that_searches (self);

  if (page == NULL)
    return;
  side_window_show_page (self, page->name);
  page->search (side_window_get_page (self));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideWindow *self = SIDE_WINDOW (widget);

  if (side_desk_get_store (self->desk) == NULL || side_desk_get_project (self->desk) == NULL)
    side_window_toast (self, _("Recordings can be imported when calls are kept on this computer."));
  else
    gtk_window_present (side_import_dialog_new (GTK_WINDOW (self), self->desk));
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
sign_out_response_cb (AdwMessageDialog *dialog,
                      const char       *response,
                      SideWindow       *self)
{
  if (g_str_equal (response, "out"))
    side_window_leave (self, TRUE);
}

static void
ask_sign_out (SideWindow *self)
{
  GtkWidget *dialog;
  guint unsent = 0;

  g_object_get (self->desk, "outbox-length", &unsent, NULL);
  if (unsent == 0)
    {
      side_window_leave (self, TRUE);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Sign Out?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u change is not sent yet. It stays on this computer and is sent when this user signs in again.",
                                            "%u changes are not sent yet. They stay on this computer and are sent when this user signs in again.",
                                            unsent), unsent);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "out", _("_Sign Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "out", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (sign_out_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  side_window_settle (SIDE_WINDOW (widget), _("_Sign Out and Lose It"), ask_sign_out);
}

static void
sign_in_again (SideWindow *self)
{
  g_autoptr (SideServer) server = NULL;
  g_autofree char *identity = NULL;

  if (self->desk == NULL)
    return;
  server = side_server_copy (side_desk_get_server (self->desk));
  side_window_leave (self, FALSE);
  identity = side_server_dup_identity (server);
  side_welcome_page_set_form (self->welcome, server->url, side_settings_is_by_token (identity) ? NULL : server->user);
}

static void
sign_in_again_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  side_window_settle (SIDE_WINDOW (widget), _("_Leave and Lose It"), sign_in_again);
}

static void
restart_demo_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  side_window_start_demo (SIDE_WINDOW (widget));
}

static void
store_retried_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SideWindow) self = user_data;
  g_autoptr (SideDesk) desk = g_object_ref (SIDE_DESK (source));
  g_autoptr (GError) error = NULL;

  if (!side_desk_retry_store_finish (desk, result, &error))
    {
      g_autofree char *sentence = side_format_error (error);

      if (!self->closing && self->desk == desk && !side_error_is_cancelled (error))
        side_window_toast (self, sentence);
    }
  else if (!self->closing && self->desk == desk)
    side_window_show_desk (self, desk);   /* pages made without a store know nothing of it */
}

static void
retry_store_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  SideWindow *self = SIDE_WINDOW (widget);

  if (self->desk != NULL)
    side_desk_retry_store_async (self->desk, NULL, store_retried_cb, g_object_ref (self));
}

static void
conflicts_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  GtkWidget *window = side_conflicts_window_new (SIDE_WINDOW (widget)->desk);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (window));
}

static void
sync_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideWindow *self = SIDE_WINDOW (widget);

  side_desk_retry_now (self->desk);
  side_desk_sync_now (self->desk);
}

/* ---- life ---- */

static void
close_settled (SideWindow *self)
{
  self->settled = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
side_window_close_request (GtkWindow *window)
{
  SideWindow *self = SIDE_WINDOW (window);
  GSettings *settings = side_settings_get ();
  int width, height;

  if (self->desk != NULL && !self->settled)
    {
      side_window_settle (self, _("_Quit and Lose It"), close_settled);
      return GDK_EVENT_STOP;
    }
  gtk_window_get_default_size (window, &width, &height);
  if (!gtk_window_is_maximized (window) && !gtk_window_is_fullscreen (window))
    {
      g_settings_set_int (settings, "window-width", MAX (width, 360));
      g_settings_set_int (settings, "window-height", MAX (height, 294));
    }
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  self->closing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  side_window_leave (self, FALSE);
  if (self->demo != NULL)
    side_demo_server_stop (self->demo);
  return GTK_WINDOW_CLASS (side_window_parent_class)->close_request (window);
}

/* What is hidden cannot keep the focus: it goes to the page before. */
static void
set_show_sidebar (SideWindow *self,
                  gboolean    show)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!show && focus != NULL && self->sidebar != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)) &&
      !gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_settings_set_boolean (side_settings_get (), "show-sidebar", show);
}

static void
side_window_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (id == PROP_SHOW_SIDEBAR)
    set_show_sidebar (SIDE_WINDOW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_window_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (id == PROP_SHOW_SIDEBAR)
    g_value_set_boolean (value, g_settings_get_boolean (side_settings_get (), "show-sidebar"));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
show_sidebar_changed_cb (SideWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDEBAR]);
}

static void
side_window_dispose (GObject *object)
{
  SideWindow *self = SIDE_WINDOW (object);

  self->closing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->pages != NULL)
    clear_desk (self);
  self->pages = NULL;
  if (self->demo != NULL)
    side_demo_server_stop (self->demo);
  g_clear_object (&self->demo);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->demo_stopped, g_free);
  g_clear_pointer (&self->refused, side_server_free);
  G_OBJECT_CLASS (side_window_parent_class)->dispose (object);
}

static void
side_window_class_init (SideWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = side_window_set_property;
  object_class->get_property = side_window_get_property;
  object_class->dispose = side_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = side_window_close_request;
  props[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_install_property_action (widget_class, "win.show-sidebar", "show-sidebar");
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "win.resolve-conflicts", NULL, conflicts_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, sign_in_again_action);
  gtk_widget_class_install_action (widget_class, "win.retry-store", NULL, retry_store_action);
  gtk_widget_class_install_action (widget_class, "win.restart-demo", NULL, restart_demo_action);
  side_window_class_add_work (widget_class);
  side_window_class_add_jumps (widget_class);
}

static void
side_window_init (SideWindow *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_title (GTK_WINDOW (self), "Sidetone");
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->desk_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->pages = GTK_STACK (gtk_stack_new ());
  self->banner = SIDE_BANNER (side_banner_new ());
  gtk_widget_add_css_class (self->desk_box, "desk");
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  /* Room for a call with its editor open: below it the least height hangs on how lines wrap, which GTK 4.24 takes amiss. */
  gtk_widget_set_size_request (GTK_WIDGET (self->pages), -1, PAGES_HEIGHT);
  /* At the foot, beside the state of the connection: pages have header bars of their own above. */
  gtk_widget_add_css_class (GTK_WIDGET (self->banner), "foot");
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->pages));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (self->desk_box), right);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));
  side_window_build_entry (self);
  gtk_stack_add_named (self->stack, self->desk_box, "desk");
  g_signal_connect_object (side_settings_get (), "changed::show-sidebar",
                           G_CALLBACK (show_sidebar_changed_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

/**
 * side_window_new:
 * @application: (nullable): the program
 *
 * Returns: (transfer none): a window with the welcome page, as large as it was last
 */
SideWindow *
side_window_new (GtkApplication *application)
{
  GSettings *settings = side_settings_get ();
  SideWindow *self = g_object_new (SIDE_TYPE_WINDOW, "application", application, NULL);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  return self;
}
