/* side-sound-chooser.c - a recording on this computer is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desktop's own window, for what a scenario has as sound: how an announcement
 * should be, and the lines of its steps.
 */
#include "side-sound-chooser.h"

#include <glib/gi18n.h>

/**
 * side_sound_chooser_new:
 * @near: a widget of the window it belongs to
 * @title: what the recording is for
 *
 * Returns: (transfer full): a dialog to be shown, which tells ::response
 */
GtkNativeDialog *
side_sound_chooser_new (GtkWidget  *near,
                        const char *title)
{
  GtkRoot *root = gtk_widget_get_root (near);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Recordings"));
  gtk_file_filter_add_mime_type (filter, "audio/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return GTK_NATIVE_DIALOG (chooser);
}

/**
 * side_sound_chooser_finish:
 * @chooser: what answered
 * @response: its answer, of GtkResponseType
 * @words: (out) (nullable): why what was chosen cannot be had
 *
 * Returns: (transfer full) (nullable): path of what was chosen; %NULL for nothing
 */
char *
side_sound_chooser_finish (GtkNativeDialog  *chooser,
                           int               response,
                           const char      **words)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  *words = file != NULL && path == NULL ? _("The recording has to be on this computer.") : NULL;
  return g_strdup (path);
}
