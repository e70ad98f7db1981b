/* side-test-files.c - a test call saved for others, with its recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As JSON by the schema of the protocol, which the command line writes, too.
 * The recording goes beside it, as it was made and under the same name.
 */
#include "side-test-files.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-error.h"
#include "side-file.h"
#include "side-format.h"
#include "side-job.h"
#include "side-marks-saver.h"
#include "side-scenario-words.h"
#include "side-test-marks.h"
#include "side-wire.h"

typedef struct {
  GtkWidget            *widget;
  SideTestCall         *call;
  char                 *recording;   /* (nullable) */
  SideTestFilesDone     done;
  GtkFileChooserNative *chooser;     /* (nullable) */
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->chooser);
  side_test_call_unref (saving->call);
  g_free (saving->recording);
  g_object_unref (saving->widget);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (GtkWidget          *widget,
            const SideTestCall *call,
            const char         *recording,
            SideTestFilesDone   done)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->widget = g_object_ref (widget);
  saving->call = side_test_call_ref ((SideTestCall *) call);
  saving->recording = g_strdup (recording);
  saving->done = done;
  return saving;
}

/* ---- in a thread ---- */

typedef struct {
  char *json;
  char *path;
  char *recording;   /* (nullable) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->json);
  g_free (order->path);
  g_free (order->recording);
  g_free (order);
}

/* "x.json" -> "x.wav" */
static char *
recording_target (const char *path)
{
  g_autofree char *stem = g_str_has_suffix (path, ".json") ? g_strndup (path, strlen (path) - strlen (".json")) : g_strdup (path);

  return g_strconcat (stem, ".wav", NULL);
}

static gpointer
save_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  const Order *order = data;

  if (order->recording != NULL)
    {
      g_autofree char *target_path = recording_target (order->path);
      g_autoptr (GFile) from = g_file_new_for_path (order->recording);
      g_autoptr (GFile) target = g_file_new_for_path (target_path);

      /* What is there under that name nobody was asked about. */
      if (!g_file_copy (from, target, G_FILE_COPY_NONE, cancellable, NULL, NULL, error))
        return NULL;
    }
  return side_file_write (order->path, order->json, strlen (order->json), 0666, error) ? g_strdup (order->path) : NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_job_run_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    words = g_strdup (_("Not saved: there is a recording of that name already. Choose another name."));
  else if (path == NULL)
    words = side_format_error (error);
  else
    words = g_strdup (saving->recording != NULL ? _("The call is saved, with its recording beside it.")
                                                : _("The call is saved; its recording is not on this computer."));
  saving->done (saving->widget, words);
}

/**
 * side_test_files_save_to:
 * @widget: who asks; held until it is done
 * @call: a test call
 * @recording: (nullable): its recording on this computer
 * @path: the file, which the person agreed to replace
 * @done: told how it went
 */
void
side_test_files_save_to (GtkWidget          *widget,
                         const SideTestCall *call,
                         const char         *recording,
                         const char         *path,
                         SideTestFilesDone   done)
{
  Order *order = g_new0 (Order, 1);

  order->json = side_wire_test_call_to_json (call);
  order->path = g_strdup (path);
  order->recording = g_strdup (recording);
  side_job_run_async (save_work, order, order_free, g_free, NULL, NULL, NULL, saved_cb, saving_new (widget, call, recording, done));
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           Saving          *saving)
{
  g_autoptr (Saving) held = saving;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    side_test_files_save_to (saving->widget, saving->call, saving->recording, path, saving->done);
  else if (file != NULL)
    saving->done (saving->widget, _("Not saved. Choose another folder and try again."));
}

/**
 * side_test_files_save:
 * @widget: who asks; held until it is done
 * @call: a test call
 * @recording: (nullable): its recording on this computer
 * @done: told how it went; not at all when it was called off
 */
void
side_test_files_save (GtkWidget          *widget,
                      const SideTestCall *call,
                      const char         *recording,
                      SideTestFilesDone   done)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Saving *saving = saving_new (widget, call, recording, done);
  g_autofree char *title = g_strdup (call->pinned != NULL ? side_scenario_words_title (call->pinned) : _("Test call"));
  g_autofree char *name = NULL;

  g_strdelimit (title, "/\\:*?\"<>|\n\t", '-');
  name = g_strconcat (title, ".json", NULL);
  saving->chooser = gtk_file_chooser_native_new (_("Save the Test Call"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser), name);
  g_signal_connect (saving->chooser, "response", G_CALLBACK (chosen_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}

/* ---- marks ---- */

static void
marks_saved_cb (Saving     *saving,
                const char *words)
{
  saving->done (saving->widget, words);
}

static void
marks_free (gpointer  saving,
            GClosure *closure)
{
  saving_free (saving);
}

/**
 * side_test_files_save_marks:
 * @widget: who asks; held until it is done
 * @desk: where the call is from
 * @call: a test call
 * @offset_ms: where its recording begins, from the moment it was dialled
 * @length_ms: of the recording; 0 where that is not known
 * @done: told how it went; not at all when it was called off
 *
 * What was on the line when, what was said, pressed and noted, for other programs.
 */
void
side_test_files_save_marks (GtkWidget          *widget,
                            SideDesk           *desk,
                            const SideTestCall *call,
                            gint64              offset_ms,
                            gint64              length_ms,
                            SideTestFilesDone   done)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (SideMarkList) list = side_test_marks_list (call, offset_ms, length_ms);
  g_autofree char *name = side_test_marks_name (call, side_desk_get_project (desk), "csv");
  g_autoptr (SideMarksSaver) saver = side_marks_saver_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, list, name);

  g_signal_connect_data (saver, "done", G_CALLBACK (marks_saved_cb), saving_new (widget, call, NULL, done), marks_free, G_CONNECT_SWAPPED);
  side_marks_saver_ask (saver);
}

/**
 * side_test_files_remove:
 * @recording: path of the recording of a test call that was deleted
 *
 * Removes it, with what was found out about it.
 */
void
side_test_files_remove (const char *recording)
{
  static const char *const endings[] = { "", ".peaks", ".analysis" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (recording, endings[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
    }
}
