/* side-reveal.c - shows a file in the file manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks the desktop's file manager over D-Bus to point at the file; where there
 * is none that can, the folder is opened with whatever opens folders.
 */
#include "side-reveal.h"

typedef struct {
  GtkWindow *parent;
  char      *folder;   /* URI */
} Reveal;

static void
open_folder (Reveal *reveal)
{
  gtk_show_uri (reveal->parent, reveal->folder, GDK_CURRENT_TIME);
}

static void
reveal_free (Reveal *reveal)
{
  g_clear_object (&reveal->parent);
  g_free (reveal->folder);
  g_free (reveal);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Reveal *reveal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    {
      g_debug ("no file manager to point at a file: %s", error->message);
      open_folder (reveal);
    }
  reveal_free (reveal);
}

/**
 * side_reveal:
 * @parent: (nullable): the window that asks
 * @path: a file; absolute
 *
 * Shows the file in the file manager, or its folder.
 */
void
side_reveal (GtkWindow  *parent,
             const char *path)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = NULL;
  const char *uris[] = { NULL, NULL };
  Reveal *reveal;

  g_return_if_fail (path != NULL && g_path_is_absolute (path));
  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri == NULL)
    return;
  uris[0] = uri;
  reveal = g_new0 (Reveal, 1);
  g_set_object (&reveal->parent, parent);
  reveal->folder = g_path_get_dirname (uri);
  if (bus != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                            G_DBUS_CALL_FLAGS_NONE, 5000, NULL, shown_cb, reveal);
  else
    {
      open_folder (reveal);
      reveal_free (reveal);
    }
}
