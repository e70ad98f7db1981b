/* side-application.c - the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options, accelerators, and the actions that belong to no window. The window
 * comes first; anything that may take time begins after its first frame.
 */
#include "side-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "side-pages.h"
#include "side-preferences.h"
#include "side-settings.h"
#include "side-window.h"

static const int ending_signals[] = { SIGTERM, SIGHUP, SIGINT };

struct _SideApplication
{
  AdwApplication parent_instance;
  gboolean       demo_wanted;
  guint          signal_ids[G_N_ELEMENTS (ending_signals)];
};

G_DEFINE_FINAL_TYPE (SideApplication, side_application, ADW_TYPE_APPLICATION)

static SideWindow *
get_window (SideApplication *self)
{
  for (GList *list = gtk_application_get_windows (GTK_APPLICATION (self)); list != NULL; list = list->next)
    if (SIDE_IS_WINDOW (list->data))
      return list->data;
  return NULL;
}

static gboolean
begin_cb (gpointer user_data)
{
  SideApplication *self = user_data;
  SideWindow *window = get_window (self);

  if (window == NULL)
    return G_SOURCE_REMOVE;
  if (self->demo_wanted)
    side_window_start_demo (window);
  else if (side_window_get_desk (window) == NULL)
    side_window_start (window);
  self->demo_wanted = FALSE;
  return G_SOURCE_REMOVE;
}

static void
side_application_activate (GApplication *application)
{
  SideApplication *self = SIDE_APPLICATION (application);
  SideWindow *window = get_window (self);
  gboolean first = window == NULL;

  if (first)
    window = side_window_new (GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (window));
  if (first || self->demo_wanted)
    g_idle_add_full (G_PRIORITY_LOW, begin_cb, g_object_ref (self), g_object_unref);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  SideApplication *self = user_data;
  SideWindow *window = get_window (self);

  /* Closing the window writes what is to be written; the program ends with it. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
}

/* ---- being ended from outside ---- */

/* As by the menu. The source goes with it: a second signal ends the program
 * though it may hold something that cannot be written. */
static gboolean
signal_cb (gpointer user_data)
{
  SideApplication *self = user_data;
  GSource *source = g_main_current_source ();

  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    if (self->signal_ids[i] == g_source_get_id (source))
      self->signal_ids[i] = 0;
  g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);
  return G_SOURCE_REMOVE;
}

typedef struct {
  SideApplication *self;
  guint            cookie;
} Ending;

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Ending *ending = user_data;
  g_autoptr (SideApplication) self = ending->self;
  g_autoptr (GPtrArray) unwritten = side_desk_flush_finish (SIDE_DESK (source), result, NULL);

  if (unwritten->len > 0)
    side_desk_stay (SIDE_DESK (source));
  if (ending->cookie != 0)
    gtk_application_uninhibit (GTK_APPLICATION (self), ending->cookie);
}

/* The session is about to end, or may be: what was typed is written meanwhile. */
static void
query_end_cb (GtkApplication *application)
{
  SideWindow *window = get_window (SIDE_APPLICATION (application));
  SideDesk *desk = window != NULL ? side_window_get_desk (window) : NULL;
  Ending *ending;

  if (desk == NULL)
    return;
  ending = g_new0 (Ending, 1);
  ending->self = g_object_ref (SIDE_APPLICATION (application));
  ending->cookie = gtk_application_inhibit (application, GTK_WINDOW (window), GTK_APPLICATION_INHIBIT_LOGOUT,
                                            _("What was typed is being saved"));
  side_desk_flush_async (desk, flushed_cb, ending);
}

/* ---- actions ---- */

static void
demo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  SideApplication *self = user_data;

  self->demo_wanted = TRUE;
  if (get_window (self) != NULL)
    g_application_activate (G_APPLICATION (self));
}

static void
show_live_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  SideWindow *window = get_window (user_data);

  if (window == NULL)
    return;
  side_window_show_page (window, "live");
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_campaigns_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  SideWindow *window = get_window (user_data);

  if (window == NULL)
    return;
  side_window_show_campaigns (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  SideWindow *window = get_window (user_data);

  gtk_window_present (GTK_WINDOW (side_preferences_new (GTK_WINDOW (window),
                                                        window != NULL ? side_window_get_desk (window) : NULL)));
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/sidetone/Sidetone/window/side-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (get_window (user_data)));
  gtk_window_present (window);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  static const char *const developers[] = { "The Sidetone authors", NULL };
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "transient-for", get_window (user_data), "modal", TRUE,
                "application-icon", SIDE_APPLICATION_ID,
                "application-name", "Sidetone",
                "developer-name", "The Sidetone authors",
                "developers", developers,
                "version", SIDE_VERSION,
                "copyright", "© 2026 The Sidetone authors",
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Watch, hear and score the calls of a shop."),
                /* Translators: your name and address, one a line; shown in About */
                "translator-credits", _("translator-credits"),
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "demo", .activate = demo_action },
  { .name = "show-live", .activate = show_live_action },
  { .name = "show-campaigns", .activate = show_campaigns_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "about", .activate = about_action },
};

static const struct {
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q", NULL } },
  { "app.preferences", { "<Control>comma", NULL } },
  { "app.shortcuts", { "<Control>question", "F1", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "win.next-review", { "<Control>n", NULL } },
  { "win.search", { "<Control>f", NULL } },
  { "win.import", { "<Control>i", NULL } },
  { "win.show-sidebar", { "F9", NULL } },
  { "win.fullscreen", { "F11", NULL } },
  { "win.sync", { "F5", NULL } },
};

/* Each page has the digit of its place in the sidebar. */
static void
set_page_accelerators (GtkApplication *application)
{
  gsize n_pages;
  const SidePage *pages = side_pages_list (&n_pages);

  for (gsize i = 0; i < MIN (n_pages, 9); i++)
    {
      g_autofree char *action = g_strconcat ("win.show-page::", pages[i].name, NULL);
      g_autofree char *control = g_strdup_printf ("<Control>%" G_GSIZE_FORMAT, i + 1);
      g_autofree char *alt = g_strdup_printf ("<Alt>%" G_GSIZE_FORMAT, i + 1);

      gtk_application_set_accels_for_action (application, action, (const char *[]) { control, alt, NULL });
    }
}

static void
side_application_startup (GApplication *application)
{
  SideApplication *self = SIDE_APPLICATION (application);

  G_APPLICATION_CLASS (side_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action, accelerators[i].keys);
  set_page_accelerators (GTK_APPLICATION (application));
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    self->signal_ids[i] = g_unix_signal_add (ending_signals[i], signal_cb, self);
  side_preferences_follow_style ();
}

static void
side_application_shutdown (GApplication *application)
{
  SideApplication *self = SIDE_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  G_APPLICATION_CLASS (side_application_parent_class)->shutdown (application);
}

static void
side_application_dispose (GObject *object)
{
  SideApplication *self = SIDE_APPLICATION (object);

  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  G_OBJECT_CLASS (side_application_parent_class)->dispose (object);
}

static int
side_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Sidetone %s\n", SIDE_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (options, "demo"))
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  /* Here, or in the instance that runs already. */
  g_action_group_activate_action (G_ACTION_GROUP (application), "demo", NULL);
  return -1;
}

static void
side_application_class_init (SideApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_application_dispose;
  application_class->activate = side_application_activate;
  application_class->startup = side_application_startup;
  application_class->shutdown = side_application_shutdown;
  application_class->handle_local_options = side_application_handle_local_options;
}

static void
side_application_init (SideApplication *self)
{
  static const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the demonstration: three made-up shops on this computer"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say which version this is"), NULL },
    { NULL },
  };

  g_signal_connect (self, "query-end", G_CALLBACK (query_end_cb), NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Watch, hear and score the calls of a shop."));
}

/**
 * side_application_new:
 * @flags: G_APPLICATION_DEFAULT_FLAGS for the program itself
 *
 * Returns: (transfer full): the program
 */
SideApplication *
side_application_new (GApplicationFlags flags)
{
  return g_object_new (SIDE_TYPE_APPLICATION,
                       "application-id", SIDE_APPLICATION_ID,
                       "resource-base-path", "/org/sidetone/Sidetone",
                       "register-session", TRUE,
                       "flags", flags, NULL);
}
