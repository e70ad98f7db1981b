/* side-agreement-reader.c - has the agreement of a script's reviewers worked out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two questions to the store, then a thread that reads the bodies and counts:
 * a window that shows figures of some hundred calls stays quick.
 */
#include "side-agreement-reader.h"

#include "side-job.h"
#include "side-store-reviews.h"
#include "side-wire.h"

typedef struct {
  SideScript *script;
  gint64      from_ms;
  gint64      to_ms;
  guint       n_windows;      /* 0: only all criteria together, over all time */
  GPtrArray  *bodies;         /* of char *: reviews */
  GPtrArray  *calibrations;   /* of SideDocument */
} Reading;

/* A question under way. What the thread gets hangs on no task: that may be
 * freed in the thread, with the store on it. */
typedef struct {
  GTask   *task;
  Reading *reading;
} Asking;

typedef struct {
  SideAgreementReport *report;      /* (nullable) */
  SideAgreement        agreement;
} Counted;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  side_script_unref (reading->script);
  g_clear_pointer (&reading->bodies, g_ptr_array_unref);
  g_clear_pointer (&reading->calibrations, g_ptr_array_unref);
  g_free (reading);
}

static void
counted_free (gpointer data)
{
  Counted *counted = data;

  g_clear_pointer (&counted->report, side_agreement_report_free);
  g_free (counted);
}

static GPtrArray *
parse_reviews (GPtrArray *bodies)
{
  GPtrArray *reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);

  for (guint i = 0; i < bodies->len; i++)
    {
      SideReview *review = side_wire_review_from_json (bodies->pdata[i], -1, NULL);

      if (review != NULL)
        g_ptr_array_add (reviews, review);
    }
  return reviews;
}

static GPtrArray *
parse_calibrations (GPtrArray *documents)
{
  GPtrArray *calibrations = g_ptr_array_new_with_free_func ((GDestroyNotify) side_calibration_unref);

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideCalibration *calibration = document->body != NULL ? side_wire_calibration_from_json (document->body, -1, NULL) : NULL;

      if (calibration != NULL)
        g_ptr_array_add (calibrations, calibration);
    }
  return calibrations;
}

/* Runs in a thread, on copies that belong to it alone. */
static gpointer
count_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) reviews = parse_reviews (reading->bodies);
  g_autoptr (GPtrArray) calibrations = parse_calibrations (reading->calibrations);
  Counted *counted;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  counted = g_new0 (Counted, 1);
  if (reading->n_windows > 0)
    counted->report = side_agreement_report_new (reading->script, reviews, calibrations, reading->from_ms, reading->to_ms,
                                                 reading->n_windows);
  else
    side_agreement_of_script (reading->script, reviews, calibrations, &counted->agreement);
  return counted;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Counted *counted = side_job_run_finish (result, &error);

  if (counted == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, counted, counted_free);
}

static void
calibrations_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  Asking *asking = data;
  g_autoptr (GTask) task = asking->task;
  Reading *reading = asking->reading;
  GError *error = NULL;

  g_free (asking);
  reading->calibrations = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  if (reading->calibrations == NULL)
    {
      reading_free (reading);
      g_task_return_error (task, error);
      return;
    }
  side_job_run_async (count_work, reading, reading_free, counted_free, NULL, NULL, g_task_get_cancellable (task), counted_cb,
                      g_object_ref (task));
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Asking *asking = data;
  GError *error = NULL;

  asking->reading->bodies = side_store_list_shared_reviews_finish (SIDE_STORE (source), result, &error);
  if (asking->reading->bodies != NULL)
    {
      side_store_list_documents_async (SIDE_STORE (source), "calibration", asking->reading->script->project, NULL,
                                       g_task_get_cancellable (asking->task), calibrations_cb, asking);
      return;
    }
  g_task_return_error (asking->task, error);
  g_object_unref (asking->task);
  reading_free (asking->reading);
  g_free (asking);
}

static void
start (SideStore           *store,
       gpointer             tag,
       Reading             *reading,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (asking->task, tag);
  asking->reading = reading;
  side_store_list_shared_reviews_async (store, reading->script->id, reading->script->version, cancellable, reviews_cb, asking);
}

/**
 * side_agreement_read_async:
 * @store: an open store
 * @script: in the version to report on
 * @from_ms: reviews finished from then on
 * @to_ms: and before then
 * @n_windows: into how many parts the period is cut for drift, 1 or more
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: its argument
 */
void
side_agreement_read_async (SideStore           *store,
                           SideScript          *script,
                           gint64               from_ms,
                           gint64               to_ms,
                           guint                n_windows,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Reading *reading;

  g_return_if_fail (SIDE_IS_STORE (store));
  g_return_if_fail (script != NULL && to_ms > from_ms && n_windows > 0);

  reading = g_new0 (Reading, 1);
  reading->script = side_script_ref (script);
  reading->from_ms = from_ms;
  reading->to_ms = to_ms;
  reading->n_windows = n_windows;
  start (store, side_agreement_read_async, reading, cancellable, callback, user_data);
}

/**
 * side_agreement_read_finish:
 * @store: the store
 * @result: the result
 * @error: (out): the store's errors
 *
 * Returns: (transfer full) (nullable): the report
 */
SideAgreementReport *
side_agreement_read_finish (SideStore     *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  Counted *counted;
  SideAgreementReport *report;

  g_return_val_if_fail (g_async_result_is_tagged (result, side_agreement_read_async), NULL);

  counted = g_task_propagate_pointer (G_TASK (result), error);
  if (counted == NULL)
    return NULL;
  report = g_steal_pointer (&counted->report);
  counted_free (counted);
  return report;
}

/**
 * side_agreement_read_script_async:
 * @store: an open store
 * @script: in the version asked about
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: its argument
 *
 * What the Scripts page says beside a script: "agreement between reviewers α 0.81".
 */
void
side_agreement_read_script_async (SideStore           *store,
                                  SideScript          *script,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Reading *reading;

  g_return_if_fail (SIDE_IS_STORE (store));
  g_return_if_fail (script != NULL);

  reading = g_new0 (Reading, 1);
  reading->script = side_script_ref (script);
  start (store, side_agreement_read_script_async, reading, cancellable, callback, user_data);
}

/**
 * side_agreement_read_script_finish:
 * @store: the store
 * @result: the result
 * @agreement: (out): over all criteria; its alpha is NaN where it is not defined
 * @error: (out): the store's errors
 *
 * Returns: whether it could be read, also where no call was reviewed by two
 *   people: then @agreement has no units
 */
gboolean
side_agreement_read_script_finish (SideStore      *store,
                                   GAsyncResult   *result,
                                   SideAgreement  *agreement,
                                   GError        **error)
{
  Counted *counted;

  g_return_val_if_fail (g_async_result_is_tagged (result, side_agreement_read_script_async), FALSE);

  counted = g_task_propagate_pointer (G_TASK (result), error);
  if (counted == NULL)
    return FALSE;
  *agreement = counted->agreement;
  counted_free (counted);
  return TRUE;
}
