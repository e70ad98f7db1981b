/* side-analyst.c - recordings listened to once, in the background
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was found is kept beside the recording, where it goes with it, and is
 * taken from there as long as the algorithm is the same and the call's events
 * say the same of it. Its figures go into the store, where calls are found by
 * them. Joins sound, wire, store and link.
 */
#include "side-analyst.h"

#include <string.h>

#include "side-analyse.h"
#include "side-call-events.h"
#include "side-error.h"
#include "side-job.h"
#include "side-store-sound.h"
#include "side-wire.h"

/* Before the analysis in a kept file stands what the call's events said; a file
 * without that line was made without events. */
#define KEY_MARK "masked "

typedef struct {
  char   *path;
  char   *key;           /* nullable: whatever the events said */
  GArray *masked;        /* nullable */
  gint64  answered_ms;
  gboolean turned;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->path);
  g_free (asked->key);
  g_clear_pointer (&asked->masked, g_array_unref);
  g_free (asked);
}

static SideAnalysis *
read_kept (const char *path,
           const char *key)
{
  g_autofree char *kept = g_strconcat (path, ".analysis", NULL);
  g_autofree char *text = NULL;
  g_autoptr (SideAnalysis) analysis = NULL;
  const char *body;
  gsize key_length = 0;

  if (!g_file_get_contents (kept, &text, NULL, NULL))
    return NULL;
  body = text;
  if (g_str_has_prefix (text, KEY_MARK))
    {
      key_length = strcspn (text, "\n");
      body += key_length + (text[key_length] != '\0');
    }
  if (key != NULL && (strlen (key) != key_length || strncmp (text, key, key_length) != 0))
    return NULL;
  analysis = side_wire_analysis_from_json (body, -1, NULL);
  if (analysis == NULL || g_strcmp0 (analysis->version, side_analyse_version ()) != 0)
    return NULL;
  return g_steal_pointer (&analysis);
}

/**
 * side_analyst_read_kept:
 * @path: a recording on this computer
 *
 * Reads a file: for a thread.
 *
 * Returns: (transfer full) (nullable): what was found of it before, by the
 *   algorithm of today
 */
SideAnalysis *
side_analyst_read_kept (const char *path)
{
  return read_kept (path, NULL);
}

static gpointer
ask_work (gpointer          data,
          SideJobProgress   progress,
          gpointer          job,
          GCancellable     *cancellable,
          GError          **error)
{
  const Asked *asked = data;
  g_autofree char *kept = g_strconcat (asked->path, ".analysis", NULL);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) reason = NULL;
  SideAnalyseOptions options = { asked->masked, asked->answered_ms, asked->turned };
  SideAnalysis *analysis = read_kept (asked->path, asked->key);

  if (analysis != NULL)
    return analysis;
  analysis = side_analyse_file (asked->path, &options, NULL, NULL, cancellable, error);
  if (analysis == NULL)
    return NULL;
  /* What cannot be kept is found again next time: no failure. */
  text = side_wire_analysis_to_json (analysis);
  whole = asked->key != NULL && *asked->key != '\0' ? g_strconcat (asked->key, "\n", text, NULL) : g_strdup (text);
  if (!g_file_set_contents (kept, whole, -1, &reason))
    g_info ("an analysis is not kept: %s", reason->message);
  return analysis;
}

/**
 * side_analyst_ask_async:
 * @path: a recording on this computer
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * For a recording of no call; otherwise see side_analyst_listen_async().
 */
void
side_analyst_ask_async (const char          *path,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Asked *asked;

  g_return_if_fail (path != NULL);
  asked = g_new0 (Asked, 1);
  asked->path = g_strdup (path);
  side_job_run_async (ask_work, asked, asked_free, (GDestroyNotify) side_analysis_unref, NULL, NULL,
                      cancellable, callback, user_data);
}

/**
 * side_analyst_ask_turned_async:
 * @path: the recording of a test call, on this computer
 * @answered_ms: when it was answered, from the beginning of the recording; 0: not known
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when it is known; see side_analyst_ask_finish()
 * @user_data: for @callback
 *
 * As side_analyst_ask_async(), of a recording with the customer on the left.
 */
void
side_analyst_ask_turned_async (const char          *path,
                               gint64               answered_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Asked *asked;

  g_return_if_fail (path != NULL);
  asked = g_new0 (Asked, 1);
  asked->path = g_strdup (path);
  asked->key = g_strdup_printf (KEY_MARK "turned answered %" G_GINT64_FORMAT, answered_ms);
  asked->answered_ms = answered_ms;
  asked->turned = TRUE;
  side_job_run_async (ask_work, asked, asked_free, (GDestroyNotify) side_analysis_unref, NULL, NULL,
                      cancellable, callback, user_data);
}

/**
 * side_analyst_ask_finish:
 * @result: what the callback was given
 * @error: as of side_analyse_file()
 *
 * Returns: (transfer full): what can be known of the recording
 */
SideAnalysis *
side_analyst_ask_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_job_run_finish (result, error);
}

/* ---- with what the call's events know ---- */

typedef struct {
  SideDesk           *desk;
  SideCall           *call;
  char               *path;
  SideRecordingSpans *spans;
} Listening;

static void
listening_free (gpointer data)
{
  Listening *listening = data;

  g_object_unref (listening->desk);
  side_call_unref (listening->call);
  g_free (listening->path);
  g_clear_pointer (&listening->spans, side_recording_spans_free);
  g_free (listening);
}

static char *
make_key (const SideRecordingSpans *spans)
{
  g_autoptr (GString) key = g_string_new (NULL);

  if (spans->masked->len == 0 && spans->answered_ms == 0)
    return g_strdup ("");
  g_string_append (key, KEY_MARK);
  for (guint i = 0; i < spans->masked->len; i++)
    {
      const SideSpan *span = &g_array_index (spans->masked, SideSpan, i);

      g_string_append_printf (key, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ",", span->from_ms, span->to_ms);
    }
  g_string_append_printf (key, " answered %" G_GINT64_FORMAT, spans->answered_ms);
  return g_strdup (key->str);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* The call may be forgotten meanwhile; the figures are found anew otherwise. */
  if (!side_store_put_sound_finish (SIDE_STORE (source), result, &error))
    g_debug ("figures of a recording are not kept: %s", error->message);
}

/* A file that is no recording is a finding too; one that is gone is none. */
static gboolean
is_finding (const GError *error)
{
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT)
         || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
}

static void
keep_figures (const Listening    *listening,
              const SideAnalysis *analysis,
              const GError       *error)
{
  SideStore *store = side_desk_get_store (listening->desk);
  const SideCall *call = listening->call;
  g_autoptr (SideSoundFigures) figures = NULL;

  if (store == NULL || !side_store_is_open (store) || side_store_is_read_only (store) || call->recording == NULL)
    return;
  if (analysis != NULL)
    figures = side_sound_figures_of (call->id, call->recording, analysis);
  else if (is_finding (error))
    {
      figures = side_sound_figures_new (call->id, call->recording, side_analyse_version ());
      figures->problem = g_strdup (error->message);
    }
  if (figures != NULL)
    side_store_put_sound_async (store, figures, NULL, put_cb, NULL);
}

static void
listened_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  SideAnalysis *analysis = side_job_run_finish (result, &error);

  keep_figures (g_task_get_task_data (task), analysis, error);
  if (analysis != NULL)
    g_task_return_pointer (task, analysis, (GDestroyNotify) side_analysis_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
listen_with (GTask     *task,
             GPtrArray *events)
{
  Listening *listening = g_task_get_task_data (task);
  Asked *asked = g_new0 (Asked, 1);

  listening->spans = side_recording_spans_new (listening->call, events);
  asked->path = g_strdup (listening->path);
  asked->key = make_key (listening->spans);
  asked->masked = g_array_ref (listening->spans->masked);
  asked->answered_ms = listening->spans->answered_ms;
  side_job_run_async (ask_work, asked, asked_free, (GDestroyNotify) side_analysis_unref, NULL, NULL,
                      g_task_get_cancellable (task), listened_cb, g_object_ref (task));
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GPtrArray) events = side_call_events_finish (result, NULL);

  listen_with (task, events);
}

/**
 * side_analyst_listen_async:
 * @desk: where the call's events are asked for and its figures kept
 * @call: a call
 * @path: its recording on this computer
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Listens to a call's recording with what its events know: holds and payments
 * are neither speech nor silence, and the greeting is measured from the answer.
 * Its figures are written into the store.
 */
void
side_analyst_listen_async (SideDesk            *desk,
                           const SideCall      *call,
                           const char          *path,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Listening *listening;

  g_return_if_fail (SIDE_IS_DESK (desk) && call != NULL && path != NULL);
  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_analyst_listen_async);
  listening = g_new0 (Listening, 1);
  listening->desk = g_object_ref (desk);
  listening->call = side_call_copy (call);
  listening->path = g_strdup (path);
  g_task_set_task_data (task, listening, listening_free);
  side_call_events_async (desk, call, cancellable, events_cb, g_steal_pointer (&task));
}

/**
 * side_analyst_listen_finish:
 * @result: what the callback was given
 * @spans: (out) (optional) (nullable) (transfer full): what the events say of
 *   the recording
 * @error: as of side_analyse_file()
 *
 * Returns: (transfer full): what can be known of the recording
 */
SideAnalysis *
side_analyst_listen_finish (GAsyncResult        *result,
                            SideRecordingSpans **spans,
                            GError             **error)
{
  Listening *listening;

  g_return_val_if_fail (g_async_result_is_tagged (result, side_analyst_listen_async), NULL);
  listening = g_task_get_task_data (G_TASK (result));
  if (spans != NULL)
    *spans = g_steal_pointer (&listening->spans);
  return g_task_propagate_pointer (G_TASK (result), error);
}
