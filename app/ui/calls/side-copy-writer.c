/* side-copy-writer.c - a copy that is written, put on record, and only then named
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sound and the name are a thread's work, the records the desk's. The task
 * itself stays on the main context, and so may what it holds.
 */
#include "side-copy-writer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-error.h"
#include "side-export-words.h"
#include "side-wire.h"

typedef struct {
  SideCopyOrder  order;
  SideExported  *exported;   /* between the sound and the name */
  guint          place;      /* of the record that is written */
  gboolean       sheet_failed;
} Copy;

/* What the last thread works on; it ends in the same. */
typedef struct {
  SideExported *exported;
  char         *sheet_path;
  char         *sheet;       /* (nullable) */
  gboolean      sheet_failed;
} Placing;

static void record_next (GTask *task);

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->order.desk);
  g_clear_pointer (&copy->order.export, side_export_free);
  g_ptr_array_unref (copy->order.records);
  g_free (copy->order.target);
  g_clear_pointer (&copy->exported, side_exported_free);
  g_free (copy);
}

static void
placing_free (gpointer data)
{
  Placing *placing = data;

  g_clear_pointer (&placing->exported, side_exported_free);
  g_free (placing->sheet_path);
  g_free (placing->sheet);
  g_free (placing);
}

/* A person reads it: what is of a machine goes into the log. */
static void
fail (GTask        *task,
      const GError *error,
      const char   *words)
{
  g_debug ("writing a copy: %s", error->message);
  if (side_error_is_cancelled (error))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "%s", words != NULL ? words : side_export_words_error (error));
}

/* ---- the name and the sheet ---- */

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  Placing *placing = side_job_run_finish (result, &error);

  if (placing == NULL)
    {
      fail (task, error, NULL);
      return;
    }
  copy->sheet_failed = placing->sheet_failed;
  g_task_return_pointer (task, g_steal_pointer (&placing->exported), (GDestroyNotify) side_exported_free);
  placing_free (placing);
}

static gpointer
place_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Placing *order = data;
  Placing *placed;
  g_autoptr (GError) reason = NULL;

  if (!side_exported_place (order->exported, error))
    return NULL;
  placed = g_new0 (Placing, 1);
  placed->exported = g_steal_pointer (&order->exported);
  if (order->sheet != NULL && !side_file_write (order->sheet_path, order->sheet, strlen (order->sheet), 0666, &reason))
    {
      g_debug ("writing a sheet of marks: %s", reason->message);
      placed->sheet_failed = TRUE;
    }
  return placed;
}

static void
place (GTask *task)
{
  Copy *copy = g_task_get_task_data (task);
  Placing *placing = g_new0 (Placing, 1);

  if (copy->order.write_sheet != NULL)
    placing->sheet = copy->order.write_sheet (copy->exported, copy->order.data);
  placing->sheet_path = g_strconcat (copy->order.target, ".txt", NULL);
  placing->exported = g_steal_pointer (&copy->exported);
  side_job_run_async (place_work, placing, placing_free, placing_free, NULL, NULL, NULL, placed_cb, g_object_ref (task));
}

/* ---- the records ---- */

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    {
      fail (task, error, _("Not saved: the copy could not be entered in the record of exports."));
      return;
    }
  copy->place++;
  record_next (task);
}

static void
record_next (GTask *task)
{
  Copy *copy = g_task_get_task_data (task);
  SideExportRecord *record;
  g_autoptr (SideDocument) document = NULL;

  if (copy->place == copy->order.records->len)
    {
      place (task);
      return;
    }
  record = copy->order.records->pdata[copy->place];
  g_free (record->author);
  record->author = g_strdup (side_desk_get_user (copy->order.desk));
  g_free (record->name);
  record->name = g_filename_display_basename (copy->order.target);
  g_free (record->sha256);
  record->sha256 = g_strdup (copy->exported->sha256);
  record->at_ms = side_desk_get_write_ms (copy->order.desk);
  document = side_wire_document_for_export (record);
  side_desk_put_document_async (copy->order.desk, document, NULL, NULL, recorded_cb, g_object_ref (task));
}

/* ---- the sound ---- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  copy->exported = side_export_write_finish (result, &error);
  if (copy->exported == NULL || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail (task, error, NULL);
      return;
    }
  if (copy->order.committed != NULL)
    copy->order.committed (copy->order.data);
  record_next (task);
}

/**
 * side_copy_write_async:
 * @order: (transfer full): what is to be written; itself it stays the caller's,
 *   what hangs on it does not, but for @order->data, which is to outlive the callback
 * @cancellable: (nullable): ends it as long as nothing is on record
 * @callback: called when done
 * @user_data: for @callback
 */
void
side_copy_write_async (SideCopyOrder       *order,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Copy *copy;

  g_return_if_fail (order != NULL && SIDE_IS_DESK (order->desk) && order->target != NULL && order->records != NULL);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_copy_write_async);
  /* Once it is on record, taking it back comes too late. */
  g_task_set_check_cancellable (task, FALSE);
  copy = g_new0 (Copy, 1);
  copy->order = *order;
  g_task_set_task_data (task, copy, copy_free);
  side_export_hold_async (g_steal_pointer (&copy->order.export), copy->order.target, order->progress, order->data, cancellable,
                          written_cb, task);
}

/**
 * side_copy_write_finish:
 * @result: what the callback was given
 * @sheet_failed: (out): the copy is there, and its sheet is not
 * @error: why there is no copy, in words for a person; or that it was cancelled
 *
 * Returns: (transfer full): what was written
 */
SideExported *
side_copy_write_finish (GAsyncResult  *result,
                        gboolean      *sheet_failed,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_copy_write_async), NULL);
  *sheet_failed = ((Copy *) g_task_get_task_data (G_TASK (result)))->sheet_failed;
  return g_task_propagate_pointer (G_TASK (result), error);
}
