/* side-speech.c - recordings of calls that never took place
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worker is a thread that takes tasks from a queue. It holds nothing of
 * the object but what both share, so that the object may go at any time, even
 * from within the worker.
 */
#include "side-speech.h"

#include "side-dialogue.h"
#include "side-error.h"
#include "side-speech-render.h"
#include "side-voice.h"

/* What the object and its worker share. */
typedef struct {
  gatomicrefcount  ref_count;
  GAsyncQueue     *tasks;        /* of GTask; the address of this struct ends the worker */
  char            *data_path;    /* nullable */
} Shared;

struct _SideSpeech
{
  GObject  parent_instance;
  Shared  *shared;
  GThread *worker;               /* started with the first task */
  int      backlog;              /* atomic: tasks not finished */
};

typedef struct {
  SideSpeechSpec *spec;
  char           *path;
} Job;

G_DEFINE_FINAL_TYPE (SideSpeech, side_speech, G_TYPE_OBJECT)

/**
 * side_speech_spec_new:
 *
 * Returns: (transfer full): a spec with nothing in it
 */
SideSpeechSpec *
side_speech_spec_new (void)
{
  return g_new0 (SideSpeechSpec, 1);
}

/**
 * side_speech_spec_copy:
 * @self: a spec
 *
 * Returns: (transfer full): one like it
 */
SideSpeechSpec *
side_speech_spec_copy (const SideSpeechSpec *self)
{
  SideSpeechSpec *copy = g_memdup2 (self, sizeof *self);

  copy->call = g_strdup (self->call);
  copy->queue = g_strdup (self->queue);
  copy->language = g_strdup (self->language);
  copy->shop = g_strdup (self->shop);
  copy->op = g_strdup (self->op);
  copy->op_id = g_strdup (self->op_id);
  copy->order = g_strdup (self->order);
  copy->price = g_strdup (self->price);
  return copy;
}

/**
 * side_speech_spec_free:
 * @self: (transfer full): a spec
 */
void
side_speech_spec_free (SideSpeechSpec *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->call);
  g_free (self->queue);
  g_free (self->language);
  g_free (self->shop);
  g_free (self->op);
  g_free (self->op_id);
  g_free (self->order);
  g_free (self->price);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  side_speech_spec_free (job->spec);
  g_free (job->path);
  g_free (job);
}

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;
  g_async_queue_unref (shared->tasks);
  g_free (shared->data_path);
  g_free (shared);
}

static void
do_job (Shared     *shared,
        GPtrArray **dialogues,
        GTask      *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_file_test (job->path, G_FILE_TEST_EXISTS))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (*dialogues == NULL)
    *dialogues = side_dialogue_load (&error);
  if (*dialogues != NULL && side_voice_available (shared->data_path, &error)
      && side_speech_render (*dialogues, job->spec, job->path, g_task_get_cancellable (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gpointer
work (gpointer data)
{
  Shared *shared = data;
  GPtrArray *dialogues = NULL;
  gpointer task;

  while ((task = g_async_queue_pop (shared->tasks)) != shared)
    {
      SideSpeech *self = g_task_get_source_object (task);

      g_atomic_int_add (&self->backlog, -1);
      do_job (shared, &dialogues, task);
      g_object_unref (task);
    }
  g_clear_pointer (&dialogues, g_ptr_array_unref);
  shared_unref (shared);
  return NULL;
}

static void
side_speech_finalize (GObject *object)
{
  SideSpeech *self = SIDE_SPEECH (object);

  /* A task keeps the object alive: none is in the queue any more. */
  if (self->worker != NULL)
    {
      g_async_queue_push (self->shared->tasks, self->shared);
      g_thread_unref (self->worker);
    }
  shared_unref (self->shared);
  G_OBJECT_CLASS (side_speech_parent_class)->finalize (object);
}

static void
side_speech_class_init (SideSpeechClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_speech_finalize;
}

static void
side_speech_init (SideSpeech *self)
{
  self->shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&self->shared->ref_count);
  self->shared->tasks = g_async_queue_new ();
}

/**
 * side_speech_new:
 * @data_path: (nullable): the folder that holds espeak-ng-data, %NULL for
 *   where the library looks by itself
 *
 * Returns: (transfer full): a speaker; nothing is loaded before it is used
 */
SideSpeech *
side_speech_new (const char *data_path)
{
  SideSpeech *self = g_object_new (SIDE_TYPE_SPEECH, NULL);

  self->shared->data_path = g_strdup (data_path);
  return self;
}

/**
 * side_speech_render_async:
 * @self: a speaker
 * @spec: the call; copied
 * @path: the WAV file to make, its folder exists
 * @cancellable: (nullable): takes it back
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Specs are spoken in the order in which they came. A file that lies there
 * already is left as it is: it was renamed into place when it was whole.
 */
void
side_speech_render_async (SideSpeech           *self,
                          const SideSpeechSpec *spec,
                          const char           *path,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (SIDE_IS_SPEECH (self));
  g_return_if_fail (spec != NULL && spec->call != NULL && spec->queue != NULL && spec->language != NULL);
  g_return_if_fail (spec->shop != NULL && spec->op != NULL && spec->op_id != NULL && spec->talk_ms >= 0);
  g_return_if_fail (path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_speech_render_async);
  job = g_new0 (Job, 1);
  job->spec = side_speech_spec_copy (spec);
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, job_free);
  if (self->worker == NULL)
    {
      g_atomic_ref_count_inc (&self->shared->ref_count);
      self->worker = g_thread_new ("side-speech", work, self->shared);
    }
  g_atomic_int_inc (&self->backlog);
  g_async_queue_push (self->shared->tasks, task);
}

/**
 * side_speech_render_finish:
 * @self: a speaker
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: %TRUE once the file lies there; %FALSE with %SIDE_ERROR_UNSUPPORTED
 *   where this machine has no voices, %SIDE_ERROR_CANCELLED or what the file
 *   system said
 */
gboolean
side_speech_render_finish (SideSpeech    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_speech_get_backlog:
 * @self: a speaker
 *
 * Returns: how many specs have not been begun yet
 */
guint
side_speech_get_backlog (SideSpeech *self)
{
  g_return_val_if_fail (SIDE_IS_SPEECH (self), 0);
  return (guint) g_atomic_int_get (&self->backlog);
}

/**
 * side_speech_turns_path:
 * @path: a WAV file made here
 *
 * Returns: (transfer full): where the times of its turns lie
 */
char *
side_speech_turns_path (const char *path)
{
  g_autofree char *stem = g_str_has_suffix (path, ".wav") ? g_strndup (path, strlen (path) - 4) : g_strdup (path);
  return g_strconcat (stem, ".turns.json", NULL);
}
