/* side-desk-open.c - opening and closing a desk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening goes server first, since only the server says who we are, and then
 * that user's store. Where the server cannot be reached and the desk was used
 * before, it opens all the same, for the user who is remembered, with the
 * picture that was stored last.
 */
#include <glib/gstdio.h>

#include "side-desk-owner.h"
#include "side-desk-private.h"
#include "side-error.h"
#include "side-paths.h"
#include "side-wire.h"

/* By then the window stands and is filled. */
#define LIBRARIAN_DELAY_S 5

typedef struct {
  char     *token;
  char     *password;
  gboolean  offline_too;
  GError   *error;        /* why the server could not be had */
  SideSession *session;   /* what it answered, otherwise */
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->token);
  g_free (opening->password);
  g_clear_error (&opening->error);
  g_clear_pointer (&opening->session, side_session_unref);
  g_free (opening);
}

/* ---- what is kept of the session and the picture ---- */

/* Keeps who we are and what for, without the token. */
void
side_desk_save_session (SideDesk    *self,
                        SideSession *session)
{
  g_autoptr (SideSession) plain = NULL;
  g_autofree char *text = side_wire_session_to_json (session);
  g_autofree char *kept = NULL;

  if (self->store == NULL || !side_store_is_open (self->store) || side_store_is_read_only (self->store))
    return;
  /* The token has its own place, the Secret Service. */
  plain = side_wire_session_from_json (text, -1, NULL);
  if (plain == NULL)
    return;
  g_clear_pointer (&plain->token, g_free);
  kept = side_wire_session_to_json (plain);
  side_store_put_setting_async (self->store, SIDE_DESK_SESSION_KEY, kept, NULL, NULL, NULL);
}

/* Keeps the picture as it is now, for the next start without a network. */
void
side_desk_save_snapshot (SideDesk *self)
{
  g_autofree char *body = NULL;

  if (self->store == NULL || !side_store_is_open (self->store) || side_store_is_read_only (self->store) ||
      side_board_get_seq (self->board) == 0)
    return;
  self->saved_us = g_get_monotonic_time ();
  body = side_wire_board_to_json (self->board, NULL, NULL);
  side_store_put_snapshot_async (self->store, "", body, side_board_get_seq (self->board),
                                 self->stale && self->as_of_ms != 0 ? self->as_of_ms : side_clock_now_ms (self->clock),
                                 NULL, NULL, NULL);
}

/* Starts the stream; it goes on by itself from here. */
void
side_desk_start_live (SideDesk *self)
{
  if (self->state == SIDE_DESK_CLOSED)
    {
      self->state = SIDE_DESK_CONNECTING;
      g_object_notify (G_OBJECT (self), "state");
    }
  if (!self->stored_only)
    side_link_start_live (self->link, 0, NULL);
  side_desk_update_state (self);
}

static void
make_recordings (SideDesk *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *cache = NULL;

  if (self->recordings_folder != NULL)
    folder = g_strdup (self->recordings_folder);
  else
    {
      cache = side_paths_server_folder ("cache", self->identity);
      folder = g_build_filename (cache, "recordings", NULL);
    }
  self->recordings = side_recordings_new (self->link, self->store, folder);
  side_recordings_set_limit_mb (self->recordings, g_settings_get_uint (side_settings_get (), "cache-megabytes"));
  if (self->store == NULL || self->librarian != NULL)
    return;
  self->librarian = side_librarian_new (self);
  side_librarian_start (self->librarian, LIBRARIAN_DELAY_S);
}

static void
limit_changed_cb (GSettings  *settings,
                  const char *key,
                  SideDesk   *self)
{
  if (self->recordings != NULL)
    side_recordings_set_limit_mb (self->recordings, g_settings_get_uint (settings, key));
}

/* ---- opening ---- */

static void
opened (GTask       *task,
        SideSession *session)
{
  SideDesk *self = g_task_get_source_object (task);

  side_desk_take_session (self, session);
  make_recordings (self);
  g_signal_connect_object (side_settings_get (), "changed::cache-megabytes", G_CALLBACK (limit_changed_cb), self, 0);
  side_desk_start_live (self);
  g_task_return_boolean (task, TRUE);
}

static void
stored_snapshot_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideDesk *self = g_task_get_source_object (task);
  guint64 seq = 0;
  gint64 taken_ms = 0;
  g_autofree char *body = side_store_get_snapshot_finish (SIDE_STORE (source), result, &seq, &taken_ms, NULL);
  g_autoptr (SideBoard) board = body != NULL ? side_wire_board_from_json (body, -1, NULL) : NULL;
  g_autoptr (SideSession) session = side_session_ref (self->session);

  if (board != NULL)
    {
      self->as_of_ms = taken_ms;
      side_desk_take_board (self, board);
    }
  opened (task, session);
}

static void
stored_session_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *text = side_store_get_setting_finish (SIDE_STORE (source), result, NULL);
  g_autoptr (SideSession) session = text != NULL ? side_wire_session_from_json (text, -1, NULL) : NULL;

  if (session == NULL)
    {
      /* A new file stands in the place of a damaged one: that is why nothing is in it. */
      if (self->stored_only && self->store_error != NULL)
        g_task_return_error (task, g_error_copy (self->store_error));
      else if (g_error_matches (self->store_error, SIDE_ERROR, SIDE_ERROR_CORRUPT))
        g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s; %s", self->store_error->message,
                                 opening->error->message);
      else
        g_task_return_error (task, g_steal_pointer (&opening->error));
      return;
    }
  side_desk_take_session (self, session);
  side_store_get_snapshot_async (self->store, "", self->cancellable, stored_snapshot_cb, g_steal_pointer (&task));
}

static gboolean
may_pass (const GError *error)
{
  return error->domain == SIDE_ERROR &&
         (error->code == SIDE_ERROR_UNREACHABLE || error->code == SIDE_ERROR_TIMED_OUT ||
          error->code == SIDE_ERROR_DISCONNECTED || error->code == SIDE_ERROR_FAILED);
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  SideStore *store = SIDE_STORE (source);
  g_autoptr (GError) error = NULL;

  if (side_store_open_finish (store, result, &error))
    side_desk_take_store (self, store);
  else if (!side_error_is_cancelled (error))
    side_desk_fail_store (self, error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (opening->session != NULL)
    {
      side_desk_save_session (self, opening->session);
      opened (task, opening->session);
    }
  else if (self->store != NULL)
    side_store_get_setting_async (self->store, SIDE_DESK_SESSION_KEY, self->cancellable, stored_session_cb,
                                  g_steal_pointer (&task));
  else
    /* What is wrong with the store says more than that the server is away. */
    g_task_return_error (task, g_error_copy (error));
}

static void
open_store (GTask *task)
{
  SideDesk *self = g_task_get_source_object (task);
  g_autoptr (SideStore) store = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (self->folder != NULL)
    {
      folder = g_strdup (self->folder);
      g_free (self->recordings_folder);
      self->recordings_folder = g_build_filename (folder, "recordings", NULL);
      g_mkdir_with_parents (folder, 0700);
    }
  else
    folder = side_paths_server_folder ("data", self->identity);
  path = g_build_filename (folder, "calls.db", NULL);
  store = side_store_new (path, self->clock);
  side_store_open_async (store, g_task_get_cancellable (task), store_opened_cb, g_object_ref (task));
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *user = side_desk_owner_settle_finish (result);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (user != NULL)
    side_desk_take_user (self, user);
  /* Where nothing was ever stored, there is nothing to open without a server. */
  if (opening->session == NULL && (user == NULL || !side_desk_owner_has_calls (self->server)))
    g_task_return_error (task, g_steal_pointer (&opening->error));
  else
    open_store (task);
}

/* Whose store it is: the one whom the server named, or who is remembered. */
static void
settle (GTask *task)
{
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  if (self->folder != NULL)
    open_store (task);
  else
    side_desk_owner_settle_async (self->server, opening->session != NULL ? opening->session->user : self->server->user,
                                  opening->offline_too && self->server->user == NULL,
                                  g_task_get_cancellable (task), settled_cb, g_object_ref (task));
}

static void
answered (GTask       *task,
          SideSession *session,
          GError      *error)
{
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  if (session != NULL)
    {
      self->session_fresh = TRUE;
      opening->session = side_session_ref (session);
      settle (task);
    }
  else if (opening->offline_too && may_pass (error))
    {
      opening->error = g_error_copy (error);
      settle (task);
    }
  else
    g_task_return_error (task, g_error_copy (error));
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = side_link_open_session_finish (SIDE_LINK (source), result, &error);

  answered (task, session, error);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = side_link_sign_in_finish (SIDE_LINK (source), result, &error);

  answered (task, session, error);
}

static void
ask_server (GTask *task)
{
  SideDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  if (opening->token != NULL)
    {
      side_link_set_token (self->link, opening->token);
      side_link_open_session_async (self->link, g_task_get_cancellable (task), session_cb, g_object_ref (task));
    }
  else
    side_link_sign_in_async (self->link, self->server->user, opening->password != NULL ? opening->password : "",
                             g_task_get_cancellable (task), signed_in_cb, g_object_ref (task));
}

/**
 * side_desk_open_async:
 * @self: a closed desk
 * @token: (nullable): the token to be known by; %NULL to sign in with @password
 * @password: (nullable): of the server's user
 * @offline_too: whether to open with what is stored when the server cannot be
 *   reached
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open or failed
 * @user_data: data for @callback
 */
void
side_desk_open_async (SideDesk            *self,
                      const char          *token,
                      const char          *password,
                      gboolean             offline_too,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (SIDE_IS_DESK (self) && self->server != NULL && self->state == SIDE_DESK_CLOSED);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_open_async);
  opening->token = g_strdup (token);
  opening->password = g_strdup (password);
  opening->offline_too = offline_too;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  ask_server (task);
}

/**
 * side_desk_open_stored_async:
 * @self: a closed desk
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open or failed; see side_desk_open_finish()
 * @user_data: data for @callback
 *
 * Opens with what is stored of its user, without asking the server: what lies
 * in a person's home is theirs to read without a token. Such a desk stays
 * offline; what is written at it is sent when its user signs in again.
 */
void
side_desk_open_stored_async (SideDesk            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (SIDE_IS_DESK (self) && self->server != NULL && self->state == SIDE_DESK_CLOSED);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_open_stored_async);
  opening->offline_too = TRUE;
  opening->error = g_error_new (SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "Nothing of this user is stored");
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  self->stored_only = TRUE;
  settle (task);
}

static void
store_retried_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!side_store_open_finish (SIDE_STORE (source), result, &error))
    {
      if (!side_error_is_cancelled (error))
        side_desk_fail_store (self, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  side_desk_clear_store_error (self);
  side_desk_take_store (self, SIDE_STORE (source));
  if (self->session != NULL)
    side_desk_save_session (self, self->session);
  if (self->librarian != NULL)
    side_librarian_stop (self->librarian);
  if (self->recordings != NULL)
    side_recordings_stop (self->recordings);
  g_clear_object (&self->recordings);
  make_recordings (self);
  if (self->state == SIDE_DESK_LIVE)
    side_sync_start (self->sync);
  g_task_return_boolean (task, TRUE);
}

/**
 * side_desk_retry_store_async:
 * @self: an open desk whose store could not be opened
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was tried
 * @user_data: data for @callback
 *
 * Tries to open the store again: whoever had it locked may be gone.
 */
void
side_desk_retry_store_async (SideDesk            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SideStore) store = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_DESK (self) && self->server != NULL);
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_retry_store_async);
  if (self->store != NULL || self->state == SIDE_DESK_CLOSED)
    {
      g_task_return_boolean (task, self->store != NULL);
      return;
    }
  folder = self->folder != NULL ? g_strdup (self->folder) : side_paths_server_folder ("data", self->identity);
  path = g_build_filename (folder, "calls.db", NULL);
  store = side_store_new (path, self->clock);
  side_store_open_async (store, cancellable, store_retried_cb, g_steal_pointer (&task));
}

/**
 * side_desk_retry_store_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: the store's, as side_desk_get_store_error() has it
 *
 * Returns: whether there is a store now
 */
gboolean
side_desk_retry_store_finish (SideDesk      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_desk_open_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: any of the link's
 *
 * Returns: whether it is open; it may be open without a connection
 */
gboolean
side_desk_open_finish (SideDesk      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- closing ---- */

static void
store_closed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (side_store_close_finish (SIDE_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
close_store (GTask *task)
{
  SideDesk *self = g_task_get_source_object (task);

  if (self->store != NULL && side_store_is_open (self->store))
    side_store_close_async (self->store, NULL, store_closed_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

/* What was being written is written first. */
static void
close_when_written (GTask *task)
{
  SideDesk *self = g_task_get_source_object (task);

  if (self->n_writing == 0)
    close_store (task);
  else
    g_set_object (&self->closing, task);
}

/* A document arrived in the store, or could not. */
void
side_desk_end_writing (SideDesk *self)
{
  g_autoptr (GTask) closing = NULL;

  g_return_if_fail (self->n_writing > 0);
  if (--self->n_writing > 0)
    return;
  side_desk_end_flushes (self);
  closing = g_steal_pointer (&self->closing);
  if (closing != NULL)
    close_store (closing);
}

static void
signed_out_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  /* Out is out: a server that cannot be told forgets the token when it ends. */
  side_link_sign_out_finish (SIDE_LINK (source), result, NULL);
  close_when_written (task);
}

/**
 * side_desk_close_async:
 * @self: an open desk
 * @sign_out: whether to tell the server to forget the token
 * @cancellable: (nullable): a cancellable for telling the server
 * @callback: called when everything is written
 * @user_data: data for @callback
 */
void
side_desk_close_async (SideDesk            *self,
                       gboolean             sign_out,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_DESK (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_close_async);
  g_signal_emit_by_name (self, "closing");
  side_desk_save_snapshot (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->sync != NULL)
    side_sync_stop (self->sync);
  if (self->librarian != NULL)
    side_librarian_stop (self->librarian);
  if (self->recordings != NULL)
    side_recordings_stop (self->recordings);
  self->state = SIDE_DESK_CLOSED;
  if (self->link != NULL)
    side_link_stop_live (self->link);
  g_object_notify (G_OBJECT (self), "state");
  if (sign_out && self->link != NULL)
    side_link_sign_out_async (self->link, cancellable, signed_out_cb, g_steal_pointer (&task));
  else
    close_when_written (task);
}

/**
 * side_desk_close_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: the store's, when something could not be written
 *
 * Returns: whether all was written
 */
gboolean
side_desk_close_finish (SideDesk      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
