/* side-import-drop.c - files and folders that are dropped to be imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page takes them and opens the dialog with them in it. What has no path on
 * this computer, as a file in the cloud, is passed over.
 */
#include "side-import-drop.h"

#include "side-import-dialog.h"

/**
 * side_import_paths_of:
 * @files: (element-type GFile): files and folders
 *
 * Returns: (transfer full): the paths of those that have one
 */
char **
side_import_paths_of (GSList *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

/**
 * side_import_paths_dropped:
 * @value: a GdkFileList
 *
 * Returns: (transfer full): the paths of those that have one
 */
char **
side_import_paths_dropped (const GValue *value)
{
  g_autoptr (GSList) files = NULL;

  if (g_value_get_boxed (value) != NULL)
    files = gdk_file_list_get_files (g_value_get_boxed (value));
  return side_import_paths_of (files);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       data)
{
  SideDesk *desk = data;
  GtkRoot *root = gtk_widget_get_root (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  g_auto (GStrv) paths = side_import_paths_dropped (value);
  GtkWindow *dialog;

  if (paths[0] == NULL || side_desk_get_store (desk) == NULL || side_desk_get_project (desk) == NULL)
    return FALSE;
  dialog = side_import_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, desk);
  side_import_dialog_add (SIDE_IMPORT_DIALOG (dialog), (const char *const *) paths);
  gtk_window_present (dialog);
  return TRUE;
}

static void
release_desk (gpointer  desk,
              GClosure *closure)
{
  g_object_unref (desk);
}

/**
 * side_import_accept_drops:
 * @widget: where files and folders may be dropped
 * @desk: where they are imported
 */
void
side_import_accept_drops (GtkWidget *widget,
                          SideDesk  *desk)
{
  GtkDropTarget *target;

  g_return_if_fail (GTK_IS_WIDGET (widget) && SIDE_IS_DESK (desk));
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), g_object_ref (desk), release_desk, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
