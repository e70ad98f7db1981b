/* side-hub.c - where events from all sources come together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers go on after a restart from the archive's last. If the server that
 * wrote it did not end in order, clients may have seen numbers that were never
 * kept; then a stretch is left out, so that no number ever means two events.
 */
#include "side-hub-private.h"

#include "side-error.h"
#include "side-text.h"
#include "side-time.h"

#define SKIPPED_SEQS (10 * (guint64) SIDE_ARCHIVE_MAX_PENDING)
#define IMPORT_CHECK    4096
#define IMPORT_PENDING  20000
#define REPLAY_SLACK_MS (6 * SIDE_HOUR_MS)   /* a call that crosses midnight began before */
#define BOARD_KEEP_MS   (2 * SIDE_HOUR_MS)
#define BEAT_S          60

G_DEFINE_FINAL_TYPE (SideHub, side_hub, G_TYPE_OBJECT)

enum { SIGNAL_EVENT, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The archive's side */

static void
keep_event (SideHub   *self,
            SideEvent *event)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_EVENT, event->at_ms);

  item->event = side_event_ref (event);
  side_archive_put (self->archive, item);
}

static void
keep_call (SideHub    *self,
           const char *id,
           gint64      at_ms)
{
  const SideCall *call = side_board_get_call (self->board, id);
  SideArchiveItem *item;

  if (call == NULL)
    return;
  item = side_archive_item_new (SIDE_ARCHIVE_CALL, at_ms);
  item->call = side_call_copy (call);
  side_archive_put (self->archive, item);
}

static void
keep_patch (SideHub   *self,
            SideEvent *event)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_PATCH, event->at_ms);

  item->event = side_event_ref (event);
  side_archive_put (self->archive, item);
}

/* Which leg an operator's new state changes: the end of after-call work is
 * credited to the leg it followed, a ring nobody took to the leg that rang. */
static char *
find_other_call (SideHub         *self,
                 const SideEvent *event)
{
  const SideOperator *op;

  if (event->kind != SIDE_EVENT_OPERATOR_STATE || event->operator_id == NULL)
    return NULL;
  op = side_board_get_operator (self->board, event->project, event->operator_id);
  if (op != NULL && op->state == SIDE_OPERATOR_WRAP_UP)
    return g_strdup (op->call);
  if (g_strcmp0 (event->reason, "missed") != 0)
    return NULL;
  return g_strdup (event->call != NULL || op == NULL ? event->call : op->call);
}

/* Events */

static void
fill_in (SideHub     *self,
         SideProject *project,
         SideEvent   *event)
{
  const char *alias;

  if (event->kind == SIDE_EVENT_CALL_JOINED && event->source == NULL && event->dialled != NULL)
    event->source = g_intern_string (side_project_find_source (project, event->dialled + (*event->dialled == '+')));
  if (event->alias != NULL || self->aliases == NULL || event->operator_id == NULL)
    return;
  alias = g_hash_table_lookup (self->aliases, event->operator_id);
  if (alias == NULL && event->name != NULL)
    alias = g_hash_table_lookup (self->aliases, event->name);
  event->alias = g_intern_string (alias);
}

/**
 * side_hub_import_event:
 * @self: the hub, which nobody listens to yet
 * @event: (transfer none): what happened in the past, in order
 *
 * Like side_hub_publish() for a past that is put into an empty archive at one
 * go; the legs are given apart, by side_hub_import_call(). May block until
 * the disk has caught up.
 */
void
side_hub_import_event (SideHub   *self,
                       SideEvent *event)
{
  SideProject *project = side_hub_find_project (self, event->project);
  g_autoptr (SideEvent) own = NULL;

  if (project == NULL || self->archive == NULL)
    return;
  own = side_event_copy (event);
  fill_in (self, project, own);
  own->seq = self->next_seq++;
  side_board_apply (self->board, own);
  keep_event (self, own);
  /* What is noted of a leg after its end is not in the record given apart. */
  if (own->kind == SIDE_EVENT_CALL_OUTCOME && own->call != NULL)
    keep_patch (self, own);
  if (own->seq % IMPORT_CHECK == 0)
    side_archive_wait (self->archive, IMPORT_PENDING);
}

/**
 * side_hub_import_call:
 * @self: the hub
 * @call: (transfer none): a leg of the past, as it ended
 */
void
side_hub_import_call (SideHub  *self,
                      SideCall *call)
{
  SideArchiveItem *item;

  if (side_hub_find_project (self, call->project) == NULL || self->archive == NULL)
    return;
  item = side_archive_item_new (SIDE_ARCHIVE_CALL, call->ended_ms);
  item->call = side_call_copy (call);
  side_archive_put (self->archive, item);
}

static void
apply_and_keep (SideHub   *self,
                SideEvent *event)
{
  gboolean was_known = side_board_get_call (self->board, event->call) != NULL
                       || event->kind == SIDE_EVENT_CALL_JOINED;
  g_autofree char *other = find_other_call (self, event);

  side_board_apply (self->board, event);
  if (self->archive == NULL)
    return;
  keep_event (self, event);
  if (event->kind == SIDE_EVENT_OPERATOR_STATE || event->kind == SIDE_EVENT_QUEUE_MEMBER)
    {
      if (other != NULL)
        keep_call (self, other, event->at_ms);
    }
  else if (event->call != NULL && was_known)
    keep_call (self, event->call, event->at_ms);
  else if (event->call != NULL)
    keep_patch (self, event);
}

/**
 * side_hub_publish:
 * @self: the hub
 * @event: (transfer none): what happened; not changed
 *
 * An event of a project that is not configured is dropped: nobody could see it.
 */
void
side_hub_publish (SideHub   *self,
                  SideEvent *event)
{
  g_autoptr (SideEvent) own = NULL;
  SideProject *project;

  g_return_if_fail (SIDE_IS_HUB (self));
  g_return_if_fail (event != NULL);

  project = side_hub_find_project (self, event->project);
  if (project == NULL || self->stopped)
    return;
  own = side_event_copy (event);
  fill_in (self, project, own);
  own->seq = self->next_seq++;
  apply_and_keep (self, own);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, own);
  _side_hub_heed (self, own);
}

/**
 * side_hub_end_live_calls:
 * @self: the hub
 * @heard_ms: up to when a server was there; what the board knows later counts
 *
 * For a source that begins anew where the board ends (the simulator): calls
 * the board still holds from before have ended, nobody knows how, and operators
 * are off until their source tells otherwise. They end when the server fell
 * silent: until then they were seen to go on.
 */
void
side_hub_end_live_calls (SideHub *self,
                         gint64   heard_ms)
{
  gint64 at_ms = MAX (side_board_get_at_ms (self->board), heard_ms);
  GPtrArray *projects = side_board_get_projects (self->board);

  for (guint i = 0; i < projects->len; i++)
    {
      SideBoardProject *project = g_ptr_array_index (projects, i);

      while (project->live->len > 0)
        {
          const SideCall *call = g_ptr_array_index (project->live, 0);
          g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_CALL_ENDED, at_ms, project->id);

          event->call = g_strdup (call->id);
          event->queue = call->queue;
          event->outcome = call->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST;
          event->ended_by = SIDE_PARTY_SYSTEM;
          if (side_hub_find_project (self, project->id) == NULL)
            break;
          side_hub_publish (self, event);
        }
      for (guint j = 0; j < project->operators->len; j++)
        {
          const SideOperator *op = g_ptr_array_index (project->operators, j);
          g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_OPERATOR_STATE, at_ms, project->id);

          event->operator_id = op->id;
          event->state = SIDE_OPERATOR_OFF;
          if (op->state != SIDE_OPERATOR_OFF)
            side_hub_publish (self, event);
        }
    }
}

/* Sources */

static void
source_event_cb (SideSource *source,
                 SideEvent  *event,
                 SideHub    *self)
{
  side_hub_publish (self, event);
}

static void
source_link_cb (SideSource *source,
                gboolean    up,
                const char *reason,
                SideHub    *self)
{
  g_autofree char *safe = side_redact (reason);

  g_message ("%s: link %s%s%s", side_source_get_name (source), up ? "up" : "down", *safe != '\0' ? ": " : "", safe);
}

/**
 * side_hub_add_source:
 * @self: the hub, not started yet
 * @source: (transfer none): where events come from
 */
void
side_hub_add_source (SideHub    *self,
                     SideSource *source)
{
  g_return_if_fail (SIDE_IS_HUB (self));
  g_return_if_fail (SIDE_IS_SOURCE (source));
  g_ptr_array_add (self->sources, g_object_ref (source));
  g_signal_connect_object (source, "event", G_CALLBACK (source_event_cb), self, 0);
  g_signal_connect_object (source, "recording", G_CALLBACK (_side_hub_recording_cb), self, 0);
  g_signal_connect_object (source, "claim", G_CALLBACK (_side_hub_claim_cb), self, 0);
  g_signal_connect_object (source, "link", G_CALLBACK (source_link_cb), self, 0);
}

/* After a crash nobody knows when the server fell silent, but for this. */
static gboolean
beat_cb (gpointer data)
{
  SideHub *self = data;

  side_archive_put (self->archive, side_archive_item_new (SIDE_ARCHIVE_HEARD, side_clock_now_ms (self->clock)));
  return G_SOURCE_CONTINUE;
}

/**
 * side_hub_start:
 * @self: the hub
 * @error: return location
 *
 * Returns: whether all sources work from now on
 */
gboolean
side_hub_start (SideHub *self,
                GError **error)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), FALSE);
  for (guint i = 0; i < self->sources->len; i++)
    if (!side_source_start (g_ptr_array_index (self->sources, i), error))
      return FALSE;
  if (self->archive != NULL && self->beat == 0)
    self->beat = g_timeout_add_seconds (BEAT_S, beat_cb, self);
  return TRUE;
}

/**
 * side_hub_stop:
 * @self: the hub
 *
 * Stops all sources and notes in the archive that the end was in order; the
 * archive itself is to be closed afterwards.
 */
void
side_hub_stop (SideHub *self)
{
  g_return_if_fail (SIDE_IS_HUB (self));
  if (self->stopped)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->beat, g_source_remove);
  for (guint i = 0; i < self->sources->len; i++)
    {
      SideSource *source = g_ptr_array_index (self->sources, i);

      side_source_stop (source);
      g_signal_handlers_disconnect_by_data (source, self);
    }
  g_ptr_array_set_size (self->sources, 0);
  self->stopped = TRUE;
  if (self->archive != NULL)
    {
      SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_CLEAN, side_clock_now_ms (self->clock));

      item->number = 1;
      side_archive_put (self->archive, item);
    }
}

/* Restart */

static void
replay_event (SideEvent *event,
              gpointer   user_data)
{
  SideHub *self = user_data;

  side_board_apply (self->board, event);
}

static gint64
replay_from (SideHub *self)
{
  gint64 now_ms = side_clock_now_ms (self->clock);
  gint64 from_ms = now_ms - BOARD_KEEP_MS;

  for (guint i = 0; i < self->projects->len; i++)
    {
      const SideProject *project = g_ptr_array_index (self->projects, i);

      from_ms = MIN (from_ms, side_time_day_start (project->time_zone, now_ms));
    }
  return from_ms - REPLAY_SLACK_MS;
}

/* A call-back may be due for days, longer than events are replayed. What opened
 * and closed them is told again from the legs as they are kept: their ends,
 * and the notes on call-backs at the time they were made. */

static SideEvent *
end_of_call (const SideCall *call)
{
  SideEvent *event = side_event_new (SIDE_EVENT_CALL_ENDED, call->ended_ms, call->project);

  event->call = g_strdup (call->id);
  event->journey = g_strdup (call->journey);
  event->queue = call->queue;
  event->caller = g_strdup (call->caller);
  event->dialled = g_strdup (call->dialled);
  event->joined_ms = call->joined_ms;
  event->answered_ms = call->answered_ms;
  event->wait_ms = call->wait_ms;
  event->outcome = call->outcome;
  return event;
}

static gboolean
add_old_call (SideArchiveStore   *store,
              const SideCall     *call,
              const char *const  *projects,
              GPtrArray          *events,
              GError            **error)
{
  g_autoptr (GPtrArray) told = NULL;

  if (side_call_is_live (call))
    return TRUE;
  g_ptr_array_add (events, end_of_call (call));
  if (call->callback == SIDE_CALLBACK_NONE)
    return TRUE;
  told = side_archive_store_get_call_events (store, call->id, SIDE_SCOPE (projects), error);
  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      SideEvent *event = g_ptr_array_index (told, i);

      if (event->kind != SIDE_EVENT_CALL_OUTCOME || event->callback == SIDE_CALLBACK_NONE)
        continue;
      event = side_event_copy (event);
      event->seq = 0;   /* it is not the newest the board knows of */
      g_ptr_array_add (events, event);
    }
  return told != NULL;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const SideEvent *x = *(const SideEvent *const *) a;
  const SideEvent *y = *(const SideEvent *const *) b;

  return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

static gboolean
restore_callbacks (SideHub           *self,
                   SideArchiveStore  *store,
                   gint64             to_ms,
                   GError           **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (SideArchiveQuery) query = NULL;

  for (guint i = 0; i < self->projects->len; i++)
    g_ptr_array_add (ids, (gpointer) ((SideProject *) g_ptr_array_index (self->projects, i))->id);
  g_ptr_array_add (ids, NULL);
  query = side_archive_query_new ((const char *const *) ids->pdata);
  query->from_ms = side_clock_now_ms (self->clock) - SIDE_BOARD_CALLBACK_KEEP_MS;
  query->to_ms = to_ms;
  query->limit = SIDE_WIRE_MAX_PAGE;
  do
    {
      g_autoptr (SideCallPage) page = side_archive_store_find_calls (store, query, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->calls->len; i++)
        if (!add_old_call (store, g_ptr_array_index (page->calls, i), (const char *const *) ids->pdata, events, error))
          return FALSE;
      g_free (query->cursor);
      query->cursor = g_strdup (page->cursor);
    }
  while (query->cursor != NULL);
  g_ptr_array_sort (events, compare_times);
  for (guint i = 0; i < events->len; i++)
    side_board_apply (self->board, g_ptr_array_index (events, i));
  return TRUE;
}

/**
 * side_hub_restore:
 * @self: the hub, before anything was published
 * @error: return location
 *
 * Rebuilds the board from the archive's events of today, the call-backs due
 * from the calls of the days before, and goes on counting where it ended. Blocks: there is nothing to serve before it is done.
 *
 * Returns: whether the archive could be read
 */
gboolean
side_hub_restore (SideHub *self,
                  GError **error)
{
  SideArchiveStore *store;
  SideArchivePosition position;
  SideArchiveItem *item;

  g_return_val_if_fail (SIDE_IS_HUB (self), FALSE);
  g_return_val_if_fail (self->archive != NULL, FALSE);

  store = side_archive_get_store (self->archive);
  if (!side_archive_store_get_position (store, &position, error)
      || !restore_callbacks (self, store, replay_from (self), error)
      || !side_archive_store_replay (store, replay_from (self), replay_event, self, error))
    return FALSE;
  self->next_seq = position.last_seq + 1;
  if (position.last_seq != 0 && !position.clean)
    self->next_seq += SKIPPED_SEQS;
  self->first_seq = self->next_seq;
  g_free (self->epoch);
  self->epoch = *position.epoch != '\0' ? g_strdup (position.epoch) : NULL;
  _side_hub_doubt (self);
  item = side_archive_item_new (SIDE_ARCHIVE_CLEAN, side_clock_now_ms (self->clock));
  side_archive_put (self->archive, item);
  return TRUE;
}

/* Properties */

/**
 * side_hub_get_first_seq:
 * @self: the hub
 *
 * Returns: the number of the first event since the server started; a client
 *   that has seen less cannot be given what it missed
 */
guint64
side_hub_get_first_seq (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), 0);
  return self->first_seq;
}

/**
 * side_hub_get_epoch:
 * @self: the hub
 *
 * Returns: (transfer none) (nullable): which archive the numbers are of
 */
const char *
side_hub_get_epoch (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->epoch;
}

SideBoard *
side_hub_get_board (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->board;
}

SideArchive *
side_hub_get_archive (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->archive;
}

SideClock *
side_hub_get_clock (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->clock;
}

SideRecordingKeeper *
side_hub_get_keeper (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->keeper;
}

GPtrArray *
side_hub_get_projects (SideHub *self)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  return self->projects;
}

/**
 * side_hub_find_project:
 * @self: the hub
 * @id: (nullable): a project's id
 *
 * Returns: (transfer none) (nullable): its settings
 */
SideProject *
side_hub_find_project (SideHub    *self,
                       const char *id)
{
  g_return_val_if_fail (SIDE_IS_HUB (self), NULL);
  for (guint i = 0; id != NULL && i < self->projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (self->projects, i);

      if (g_str_equal (project->id, id))
        return project;
    }
  return NULL;
}

/**
 * side_hub_set_aliases:
 * @self: the hub
 * @aliases: (nullable): operator's id or name (char *) to alias (char *)
 */
void
side_hub_set_aliases (SideHub    *self,
                      GHashTable *aliases)
{
  g_return_if_fail (SIDE_IS_HUB (self));
  if (aliases != NULL)
    g_hash_table_ref (aliases);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  self->aliases = aliases;
}

/**
 * side_hub_new:
 * @clock: the time
 * @archive: (nullable): where to keep history; %NULL keeps nothing
 * @projects: of SideProject: all there are
 * @keeper: (nullable): publishes recordings
 *
 * Returns: (transfer full): a hub with an empty board
 */
SideHub *
side_hub_new (SideClock           *clock,
              SideArchive         *archive,
              GPtrArray           *projects,
              SideRecordingKeeper *keeper)
{
  SideHub *self = g_object_new (SIDE_TYPE_HUB, NULL);

  self->clock = g_object_ref (clock);
  g_set_object (&self->archive, archive);
  g_set_object (&self->keeper, keeper);
  self->projects = g_ptr_array_ref (projects);
  for (guint i = 0; i < projects->len; i++)
    side_board_add_project (self->board, g_ptr_array_index (projects, i));
  return self;
}

static void
side_hub_finalize (GObject *object)
{
  SideHub *self = SIDE_HUB (object);

  g_clear_handle_id (&self->beat, g_source_remove);
  g_clear_pointer (&self->doubts, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->archive);
  g_clear_object (&self->keeper);
  g_clear_object (&self->board);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  G_OBJECT_CLASS (side_hub_parent_class)->finalize (object);
}

static void
side_hub_class_init (SideHubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_hub_finalize;
  signals[SIGNAL_EVENT] = g_signal_new ("event", SIDE_TYPE_HUB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, SIDE_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_signal_new ("claimed", SIDE_TYPE_HUB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
side_hub_init (SideHub *self)
{
  self->board = side_board_new ();
  self->doubts = _side_hub_doubts_new ();
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->next_seq = 1;
  self->first_seq = 1;
}
