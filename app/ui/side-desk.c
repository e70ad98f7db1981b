/* side-desk.c - one person's place at one server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Applies what the link hears to the board and tells pages about it in a
 * bounded rhythm: the first event after a pause is shown at once, further ones
 * are gathered, so that a burst costs sixteen drawings a second and no event
 * waits longer than 60 ms. Keeps the state of the connection as one value with a
 * reason, and the instant the picture is of when it is not fresh.
 * Opening and closing stand in side-desk-open.c.
 */
#include "side-desk-private.h"

#include "side-error.h"
#include "side-outbox.h"
#include "side-settings.h"
#include "side-time.h"
#include "side-wire.h"

#define CHANGED_EVERY_US (60 * G_TIME_SPAN_MILLISECOND)
#define SAVE_EVERY_US    (5 * G_TIME_SPAN_MINUTE)
/* The server sends something at least every 5 s; see SIDE_WIRE_QUIET_MS. */
#define STALE_AFTER_MS   12000
#define LOSS_MS          2000

enum { PROP_0, PROP_STATE, PROP_STALE, PROP_PROJECT_ID, PROP_OUTBOX_LENGTH, PROP_CONFLICTS, PROP_REFUSED,
       PROP_STORE_ERROR, PROP_INCOMPLETE, N_PROPS };
enum { SIGNAL_BOARD_CHANGED, SIGNAL_TICK, SIGNAL_CLOSING, SIGNAL_STAYING, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideDesk, side_desk, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (SideDeskState, side_desk_state,
                    G_DEFINE_ENUM_VALUE (SIDE_DESK_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (SIDE_DESK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (SIDE_DESK_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (SIDE_DESK_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (SIDE_DESK_OFFLINE, "offline"))

static void
side_desk_dispose (GObject *object)
{
  SideDesk *self = SIDE_DESK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->changed_id, g_source_remove);
  if (self->sync != NULL)
    side_sync_stop (self->sync);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->link, self);
      side_link_stop_live (self->link);
    }
  g_clear_object (&self->cancellable);
  if (self->librarian != NULL)
    side_librarian_stop (self->librarian);
  g_clear_object (&self->librarian);
  g_clear_object (&self->recordings);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->link);
  g_clear_object (&self->board);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (side_desk_parent_class)->dispose (object);
}

static void
side_desk_finalize (GObject *object)
{
  SideDesk *self = SIDE_DESK (object);

  g_clear_pointer (&self->server, side_server_free);
  g_clear_pointer (&self->session, side_session_unref);
  g_clear_error (&self->reason);
  g_clear_error (&self->store_error);
  g_clear_error (&self->unwritten_why);
  g_ptr_array_unref (self->unwritten);
  g_ptr_array_unref (self->flushes);
  g_free (self->identity);
  g_free (self->folder);
  g_free (self->recordings_folder);
  g_free (self->project_id);
  G_OBJECT_CLASS (side_desk_parent_class)->finalize (object);
}

static void
side_desk_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  SideDesk *self = SIDE_DESK (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_PROJECT_ID:
      g_value_set_string (value, self->project_id);
      break;
    case PROP_OUTBOX_LENGTH:
      g_value_set_uint (value, self->store != NULL ? side_store_get_outbox_length (self->store) : 0);
      break;
    case PROP_CONFLICTS:
      g_value_set_uint (value, self->store != NULL ? side_store_get_conflicts (self->store) : 0);
      break;
    case PROP_REFUSED:
      if (self->store != NULL)
        g_object_get_property (G_OBJECT (self->store), "refused", value);
      break;
    case PROP_STORE_ERROR:
      g_value_set_boxed (value, self->store_error);
      break;
    case PROP_INCOMPLETE:
      g_value_set_boolean (value, side_desk_is_incomplete (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_desk_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  if (id == PROP_PROJECT_ID)
    side_desk_set_project_id (SIDE_DESK (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_desk_class_init (SideDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = side_desk_dispose;
  object_class->finalize = side_desk_finalize;
  object_class->get_property = side_desk_get_property;
  object_class->set_property = side_desk_set_property;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_DESK_STATE, SIDE_DESK_CLOSED, flags);
  props[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  props[PROP_PROJECT_ID] = g_param_spec_string ("project-id", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  props[PROP_OUTBOX_LENGTH] = g_param_spec_uint ("outbox-length", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CONFLICTS] = g_param_spec_uint ("conflicts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_INCOMPLETE] = g_param_spec_boolean ("incomplete", NULL, NULL, FALSE, flags);
  props[PROP_STORE_ERROR] = g_param_spec_boxed ("store-error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_BOARD_CHANGED] = g_signal_new ("board-changed", SIDE_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSING] = g_signal_new ("closing", SIDE_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STAYING] = g_signal_new ("staying", SIDE_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TICK] = g_signal_new ("tick", SIDE_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  SideDesk *self = user_data;

  side_desk_update_state (self);
  if (self->state == SIDE_DESK_LIVE && g_get_monotonic_time () - self->saved_us > SAVE_EVERY_US)
    side_desk_save_snapshot (self);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  return G_SOURCE_CONTINUE;
}

static void
side_desk_init (SideDesk *self)
{
  self->board = side_board_new ();
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  self->unwritten = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  self->behind_ms = -1;
  self->cancellable = g_cancellable_new ();
  self->saved_us = g_get_monotonic_time ();
  self->tick_id = g_timeout_add (1000, tick_cb, self);
}

/* ---- rhythm ---- */

static gboolean
changed_cb (gpointer user_data)
{
  SideDesk *self = user_data;

  self->changed_id = 0;
  self->changed_us = g_get_monotonic_time ();
  g_signal_emit (self, signals[SIGNAL_BOARD_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/**
 * side_desk_poke:
 * @self: a desk
 *
 * The board was changed: has "board-changed" emitted at once or, when that
 * was less than 60 ms ago, at the end of that time.
 */
void
side_desk_poke (SideDesk *self)
{
  gint64 passed_us;

  g_return_if_fail (SIDE_IS_DESK (self));
  if (self->changed_id != 0)
    return;
  passed_us = g_get_monotonic_time () - self->changed_us;
  if (passed_us >= CHANGED_EVERY_US)
    self->changed_id = g_idle_add_full (G_PRIORITY_DEFAULT, changed_cb, self, NULL);
  else
    self->changed_id = g_timeout_add ((guint) ((CHANGED_EVERY_US - passed_us) / 1000 + 1), changed_cb, self);
}

/* ---- from the link ---- */

static gboolean
concerns_history (const SideEvent *event)
{
  return event->call != NULL &&
         (event->kind == SIDE_EVENT_CALL_ENDED || event->kind == SIDE_EVENT_CALL_OUTCOME ||
          event->kind == SIDE_EVENT_RECORDING_READY || event->kind == SIDE_EVENT_CALL_TRANSFERRED);
}

/* How old the news was when it came. One told later, from a log, is no measure. */
static void
note_age (SideDesk        *self,
          const SideEvent *event)
{
  if (!event->backfilled)
    self->behind_ms = MAX (side_clock_now_ms (self->clock) - event->at_ms, 0);
}

static void
events_cb (SideLink  *link,
           GPtrArray *events,
           guint64    seq,
           SideDesk  *self)
{
  for (guint i = 0; i < events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (events, i);
      SideCall *call;

      side_board_apply (self->board, event);
      note_age (self, event);
      if (self->sync == NULL || !concerns_history (event))
        continue;
      call = side_board_get_call (self->board, event->call);
      if (call != NULL && !side_call_is_live (call))
        side_sync_add_call (self->sync, call);
    }
  side_desk_poke (self);
}

static void
snapshot_cb (SideLink  *link,
             SideBoard *board,
             guint64    seq,
             SideDesk  *self)
{
  side_desk_take_board (self, board);
}

static void
offset_cb (SideLink   *link,
           GParamSpec *pspec,
           SideDesk   *self)
{
  gint64 offset_ms = side_link_get_server_offset_ms (link);

  side_clock_shift_ms (self->clock, offset_ms - self->offset_ms);
  self->offset_ms = offset_ms;
}

/* A token may have been given to somebody else: nothing of theirs and nothing
 * of ours goes on at this desk. */
static void
refuse_user (SideDesk          *self,
             const SideSession *session)
{
  g_message ("the server knows this token as “%s” now", session->user);
  self->stored_only = TRUE;
  if (self->sync != NULL)
    side_sync_stop (self->sync);
  side_link_stop_live (self->link);
}

static void
session_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SideDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = side_link_open_session_finish (SIDE_LINK (source), result, &error);

  if (side_error_is_cancelled (error) || self->state == SIDE_DESK_CLOSED)
    return;
  if (session != NULL && self->session != NULL && g_strcmp0 (session->user, self->session->user) != 0)
    {
      refuse_user (self, session);
      return;
    }
  /* The stream stands, so a failure here is shown by the stream soon enough. */
  if (session != NULL)
    {
      side_desk_take_session (self, session);
      side_desk_save_session (self, session);
    }
  if (self->sync != NULL && self->state == SIDE_DESK_LIVE)
    side_sync_start (self->sync);
}

static void
link_state_cb (SideLink   *link,
               GParamSpec *pspec,
               SideDesk   *self)
{
  side_desk_update_state (self);
}

static SideDeskState
state_of_link (SideLink *link)
{
  switch (side_link_get_state (link))
    {
    case SIDE_LINK_LIVE:
      return SIDE_DESK_LIVE;
    case SIDE_LINK_CONNECTING:
      return SIDE_DESK_CONNECTING;
    case SIDE_LINK_WAITING:
      return SIDE_DESK_WAITING;
    case SIDE_LINK_OFFLINE:
    default:
      return SIDE_DESK_OFFLINE;
    }
}

/* What we may do, and who else is there, may have changed since. */
void
side_desk_ask_session (SideDesk *self)
{
  self->session_fresh = TRUE;
  side_link_open_session_async (self->link, self->cancellable, session_opened_cb, g_object_ref (self));
}

static void
went_live (SideDesk *self)
{
  if (!self->session_fresh && self->link != NULL)
    side_desk_ask_session (self);
  else if (self->sync != NULL)
    side_sync_start (self->sync);
}

static void
set_stale (SideDesk *self,
           gboolean  stale)
{
  if (stale && !self->stale && self->link != NULL)
    {
      gint64 heard_ms = side_link_get_last_heard_ms (self->link);

      if (heard_ms != 0)
        self->as_of_ms = heard_ms + self->offset_ms;
    }
  if (self->stale == stale)
    return;
  self->stale = stale;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STALE]);
  side_desk_poke (self);
}

/* A short loss keeps its numbers fresh; silence on a standing line does not. */
static gboolean
is_fresh (SideDesk      *self,
          SideDeskState  state)
{
  gint64 heard_ms = side_link_get_last_heard_ms (self->link);
  gint64 age_ms = side_clock_now_ms (self->clock) - self->offset_ms - heard_ms;

  return heard_ms != 0 && age_ms <= (state == SIDE_DESK_LIVE ? STALE_AFTER_MS : LOSS_MS);
}

/* Derives state, reason and staleness from the link's. */
void
side_desk_update_state (SideDesk *self)
{
  SideDeskState state, was = self->state;
  const GError *reason;

  if (self->link == NULL || self->state == SIDE_DESK_CLOSED)
    return;
  state = state_of_link (self->link);
  reason = side_link_get_reason (self->link);
  set_stale (self, !is_fresh (self, state));
  g_clear_error (&self->reason);
  if (reason != NULL)
    self->reason = g_error_copy (reason);
  if (state == was)
    return;
  self->state = state;
  if (state == SIDE_DESK_LIVE)
    went_live (self);
  else if (was == SIDE_DESK_LIVE)
    {
      self->session_fresh = FALSE;
      if (self->sync != NULL)
        side_sync_stop (self->sync);
      side_desk_save_snapshot (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* ---- making one ---- */

/**
 * side_desk_new:
 * @server: the server and the user's name
 * @folder: (nullable): where to keep what must be kept; %NULL for this user's
 *   usual place for that server
 *
 * Returns: (transfer full): a desk that is closed
 */
SideDesk *
side_desk_new (const SideServer *server,
               const char       *folder)
{
  SideDesk *self;
  g_autoptr (SideClock) link_clock = side_clock_new_system ();

  g_return_val_if_fail (server != NULL, NULL);
  self = g_object_new (SIDE_TYPE_DESK, NULL);
  self->server = side_server_copy (server);
  self->identity = side_server_dup_identity (server);
  self->folder = g_strdup (folder);
  self->clock = side_clock_new_system ();
  /* The link measures the server's offset, so its clock must not follow it. */
  self->link = side_link_new (server->url, link_clock);
  if (server->fingerprint != NULL)
    side_link_pin_certificate (self->link, server->fingerprint);
  g_signal_connect (self->link, "snapshot", G_CALLBACK (snapshot_cb), self);
  g_signal_connect (self->link, "events", G_CALLBACK (events_cb), self);
  g_signal_connect (self->link, "notify::state", G_CALLBACK (link_state_cb), self);
  g_signal_connect (self->link, "notify::server-offset-ms", G_CALLBACK (offset_cb), self);
  return self;
}

/**
 * side_desk_new_for_board:
 * @board: a board somebody else changes; side_desk_poke() after it
 * @session: who looks at it
 * @clock: the time it is looked at
 *
 * A desk without a server, for a recorded day that is replayed.
 *
 * Returns: (transfer full): an open desk
 */
SideDesk *
side_desk_new_for_board (SideBoard   *board,
                         SideSession *session,
                         SideClock   *clock)
{
  SideDesk *self;

  g_return_val_if_fail (SIDE_IS_BOARD (board), NULL);
  g_return_val_if_fail (SIDE_IS_CLOCK (clock), NULL);
  self = g_object_new (SIDE_TYPE_DESK, NULL);
  self->clock = g_object_ref (clock);
  self->state = SIDE_DESK_LIVE;
  g_set_object (&self->board, board);
  side_desk_take_session (self, session);
  return self;
}

static void
store_changed_cb (SideStore  *store,
                  GParamSpec *pspec,
                  SideDesk   *self)
{
  g_object_notify (G_OBJECT (self), pspec->name);   /* what is counted has the same name here */
}

static void
store_damaged_cb (SideStore  *store,
                  const char *path,
                  guint       salvaged,
                  SideDesk   *self)
{
  g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_CORRUPT, "The damaged file was kept as %s", path);

  side_desk_fail_store (self, error);
}

/* Said until writing works again. */
static void
incomplete_cb (SideDesk *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INCOMPLETE]);
}

static void
calls_written_cb (SideSync     *sync,
                  const GError *error,
                  SideDesk     *self)
{
  if (error == NULL)
    {
      if (self->store_error != NULL && self->store_error->code != SIDE_ERROR_CORRUPT)
        side_desk_clear_store_error (self);
    }
  else if (self->store_error == NULL || self->store_error->code != error->code)
    side_desk_fail_store (self, error);
}

static void
keep_months_cb (SideDesk *self)
{
  if (self->sync != NULL)
    side_sync_set_keep_months (self->sync, g_settings_get_uint (side_settings_get (), "keep-months"));
}

/* A store that opened: from now on things are kept. */
void
side_desk_take_store (SideDesk  *self,
                      SideStore *store)
{
  g_set_object (&self->store, store);
  g_signal_connect (store, "notify::outbox-length", G_CALLBACK (store_changed_cb), self);
  g_signal_connect (store, "notify::conflicts", G_CALLBACK (store_changed_cb), self);
  g_signal_connect (store, "notify::refused", G_CALLBACK (store_changed_cb), self);
  g_signal_connect (store, "damaged", G_CALLBACK (store_damaged_cb), self);
  self->sync = side_sync_new (self->link, store);
  g_signal_connect_object (self->sync, "written", G_CALLBACK (calls_written_cb), self, 0);
  g_signal_connect_object (self->sync, "notify::incomplete", G_CALLBACK (incomplete_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_settings_get (), "changed::keep-months", G_CALLBACK (keep_months_cb), self, G_CONNECT_SWAPPED);
  keep_months_cb (self);
  if (side_store_is_read_only (store))
    {
      g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_READ_ONLY, "The file cannot be written to");

      side_desk_fail_store (self, error);
    }
  if (side_store_get_damaged_path (store) != NULL)
    store_damaged_cb (store, side_store_get_damaged_path (store), side_store_get_salvaged (store), self);
}

/* The store did not open, or broke: said once, the rest goes on. */
void
side_desk_fail_store (SideDesk     *self,
                      const GError *error)
{
  g_clear_error (&self->store_error);
  self->store_error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STORE_ERROR]);
}

void
side_desk_clear_store_error (SideDesk *self)
{
  g_clear_error (&self->store_error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STORE_ERROR]);
}

/* Who we are, as the server has it: what is kept goes by that. */
void
side_desk_take_user (SideDesk   *self,
                     const char *user)
{
  SideServer *server = side_server_new (self->server->url, user, self->server->fingerprint);

  side_server_free (self->server);
  self->server = server;
  g_free (self->identity);
  self->identity = side_server_dup_identity (server);
}

/* Takes the place of the board, whole. */
void
side_desk_take_board (SideDesk  *self,
                      SideBoard *board)
{
  g_set_object (&self->board, board);
  side_desk_poke (self);
}

/* Who we are now: keeps the chosen project if it is still granted. */
void
side_desk_take_session (SideDesk    *self,
                        SideSession *session)
{
  SideProject *chosen = NULL;
  g_autofree char *last = NULL;

  side_session_ref (session);
  g_clear_pointer (&self->session, side_session_unref);
  self->session = session;
  if (self->project_id != NULL)
    chosen = side_session_find_project (session, self->project_id);
  if (chosen == NULL && self->identity != NULL)
    {
      last = side_settings_dup_project (self->identity);
      chosen = last != NULL ? side_session_find_project (session, last) : NULL;
    }
  if (chosen == NULL && session->projects->len > 0)
    chosen = g_ptr_array_index (session->projects, 0);
  if (chosen == NULL || g_strcmp0 (chosen->id, self->project_id) == 0)
    return;
  g_free (self->project_id);
  self->project_id = g_strdup (chosen->id);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROJECT_ID]);
  side_desk_poke (self);
}

/**
 * side_desk_set_project_id:
 * @self: a desk
 * @id: id of a granted project; others are ignored
 */
void
side_desk_set_project_id (SideDesk   *self,
                          const char *id)
{
  g_return_if_fail (SIDE_IS_DESK (self));
  if (g_strcmp0 (id, self->project_id) == 0 || id == NULL || self->session == NULL ||
      side_session_find_project (self->session, id) == NULL)
    return;
  g_free (self->project_id);
  self->project_id = g_strdup (id);
  if (self->identity != NULL)
    side_settings_set_project (self->identity, id);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROJECT_ID]);
  side_desk_poke (self);
}
