/* side-archive-store.c - the seam between the archive and its database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-archive-store.h"

#include "side-error.h"

G_DEFINE_INTERFACE (SideArchiveStore, side_archive_store, G_TYPE_OBJECT)

static void
side_archive_store_default_init (SideArchiveStoreInterface *iface)
{
}

/* Records */

/**
 * side_archive_item_new:
 * @type: what is to be written
 * @at_ms: when
 *
 * Returns: (transfer full): an item to be filled in by the caller
 */
SideArchiveItem *
side_archive_item_new (SideArchiveItemType type,
                       gint64              at_ms)
{
  SideArchiveItem *self = g_new0 (SideArchiveItem, 1);

  self->type = type;
  self->at_ms = at_ms;
  return self;
}

void
side_archive_item_free (SideArchiveItem *self)
{
  g_clear_pointer (&self->event, side_event_unref);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->recording, side_recording_unref);
  g_clear_pointer (&self->document, side_document_unref);
  g_clear_pointer (&self->result, side_document_unref);
  g_clear_error (&self->refusal);
  g_free (self->only_operator);
  for (gsize i = 0; i < G_N_ELEMENTS (self->words); i++)
    g_free (self->words[i]);
  g_free (self);
}

/**
 * side_archive_query_new:
 * @projects: ids of the projects the asker may see
 *
 * Returns: (transfer full): a query for the newest calls
 */
SideArchiveQuery *
side_archive_query_new (const char *const *projects)
{
  SideArchiveQuery *self = g_new0 (SideArchiveQuery, 1);

  self->projects = g_strdupv ((char **) projects);
  self->changed_after = -1;
  self->limit = SIDE_WIRE_DEFAULT_PAGE;
  return self;
}

void
side_archive_query_free (SideArchiveQuery *self)
{
  g_strfreev (self->projects);
  g_free (self->only_operator);
  g_free (self->queue);
  g_free (self->operator_id);
  g_free (self->journey);
  g_free (self->number);
  g_free (self->cursor);
  g_free (self);
}

/**
 * side_event_query_new:
 * @projects: ids of the projects the asker may see
 *
 * Returns: (transfer full): a query for the first events
 */
SideEventQuery *
side_event_query_new (const char *const *projects)
{
  SideEventQuery *self = g_new0 (SideEventQuery, 1);

  self->projects = g_strdupv ((char **) projects);
  self->limit = SIDE_WIRE_DEFAULT_PAGE;
  return self;
}

void
side_event_query_free (SideEventQuery *self)
{
  g_strfreev (self->projects);
  g_free (self);
}

/**
 * side_recording_new:
 * @id: id it is fetched by
 * @project: its project
 * @call: its leg
 * @path: its file
 *
 * Returns: (transfer full): the record of a file of which nothing else is known
 */
SideRecording *
side_recording_new (const char *id,
                    const char *project,
                    const char *call,
                    const char *path)
{
  SideRecording *self = g_new0 (SideRecording, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->path = g_strdup (path);
  return self;
}

SideRecording *
side_recording_ref (SideRecording *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_recording_unref (SideRecording *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->path);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_free (self->sha256);
  g_free (self);
}

/**
 * side_account_new:
 * @name: the user's name
 * @role: what they are
 *
 * Returns: (transfer full): an account without any project
 */
SideAccount *
side_account_new (const char *name,
                  SideRole    role)
{
  SideAccount *self = g_new0 (SideAccount, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->role = role;
  self->projects = g_new0 (char *, 1);
  return self;
}

SideAccount *
side_account_ref (SideAccount *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_account_unref (SideAccount *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_strfreev (self->projects);
  g_free (self->operator_id);
  g_free (self->password_hash);
  g_free (self);
}

/**
 * side_account_fold_name:
 * @name: a user's name, or what somebody says is one
 *
 * Names that are the same in this form are one name: composed, without case,
 * in every alphabet.
 *
 * Returns: (transfer full): the name to compare
 */
char *
side_account_fold_name (const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  /* NULL for what is no UTF-8: no name is like it. */
  return composed != NULL ? g_utf8_casefold (composed, -1) : g_strdup (name);
}

/* The interface */

/**
 * side_archive_store_write:
 * @self: a store
 * @items: (array length=n_items): what to write, in this order
 * @n_items: how many
 * @error: return location
 *
 * One transaction: after a failure nothing of it is stored and the same items
 * may be given again. What only one item is refused for is its @refusal and
 * no failure.
 *
 * Returns: %TRUE, or %FALSE with SIDE_ERROR_BUSY, FULL, READ_ONLY, CORRUPT or
 *   FAILED
 */
gboolean
side_archive_store_write (SideArchiveStore        *self,
                          SideArchiveItem *const  *items,
                          guint                    n_items,
                          GError                 **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->write (self, items, n_items, error);
}

/**
 * side_archive_store_get_position:
 * @self: a store
 * @position: (out caller-allocates): where it ended
 * @error: return location
 *
 * Returns: whether it could be told
 */
gboolean
side_archive_store_get_position (SideArchiveStore     *self,
                                 SideArchivePosition  *position,
                                 GError              **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_position (self, position, error);
}

/**
 * side_archive_store_replay:
 * @self: a store
 * @from_ms: events at this instant or later
 * @func: called with each, in the order of their numbers
 * @user_data: its data
 * @error: return location
 *
 * Returns: whether all were read
 */
gboolean
side_archive_store_replay (SideArchiveStore  *self,
                           gint64             from_ms,
                           SideEventFunc      func,
                           gpointer           user_data,
                           GError           **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->replay (self, from_ms, func, user_data, error);
}

/**
 * side_archive_store_find_calls:
 * @self: a store
 * @query: which calls
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a page, or %NULL with
 *   SIDE_ERROR_INVALID for a cursor that is none
 */
SideCallPage *
side_archive_store_find_calls (SideArchiveStore     *self,
                               const SideArchiveQuery  *query,
                               GError              **error)
{
  g_return_val_if_fail (query->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_calls (self, query, error);
}

/**
 * side_archive_store_get_call:
 * @self: a store
 * @id: a leg's id
 * @scope: what the asker may see
 * @change: (out) (optional): its place in the order of changes
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the leg; %NULL with
 *   SIDE_ERROR_NOT_FOUND, whether there is none or it is not for them
 */
SideCall *
side_archive_store_get_call (SideArchiveStore   *self,
                             const char         *id,
                             const SideScope    *scope,
                             gint64             *change,
                             GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_call (self, id, scope, change, error);
}

/**
 * side_archive_store_get_call_events:
 * @self: a store
 * @id: a leg's id
 * @scope: what the asker may see
 * @error: return location
 *
 * Returns: (transfer full) (nullable): of SideEvent in their order; %NULL
 *   with SIDE_ERROR_NOT_FOUND as side_archive_store_get_call()
 */
GPtrArray *
side_archive_store_get_call_events (SideArchiveStore   *self,
                                    const char         *id,
                                    const SideScope    *scope,
                                    GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_call_events (self, id, scope, error);
}

/**
 * side_archive_store_find_events:
 * @self: a store
 * @query: which events
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a page of the log
 */
SideEventPage *
side_archive_store_find_events (SideArchiveStore      *self,
                                const SideEventQuery  *query,
                                GError               **error)
{
  g_return_val_if_fail (query->projects != NULL, NULL);
  g_return_val_if_fail (query->limit >= 1 && query->limit <= SIDE_WIRE_MAX_PAGE, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_events (self, query, error);
}

/**
 * side_archive_store_get_recording:
 * @self: a store
 * @id: the recording's id
 * @scope: what the asker may see
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the recording; %NULL with
 *   SIDE_ERROR_NOT_FOUND
 */
SideRecording *
side_archive_store_get_recording (SideArchiveStore   *self,
                                  const char         *id,
                                  const SideScope    *scope,
                                  GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_recording (self, id, scope, error);
}

/**
 * side_archive_store_each_recording:
 * @self: a store
 * @func: called with every recording of every project; it must not ask @self
 * @user_data: data for @func
 * @error: return location
 *
 * For telling what the archive knows of from what it does not: nothing of it
 * is for whoever asks.
 *
 * Returns: whether all were read
 */
gboolean
side_archive_store_each_recording (SideArchiveStore       *self,
                                   SideRecordingPathFunc   func,
                                   gpointer                user_data,
                                   GError                **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->each_recording (self, func, user_data, error);
}

/**
 * side_archive_store_each_ended:
 * @self: a store
 * @from_ms: only legs that began then or later
 * @func: called with every leg of every project that is over; it must not ask @self
 * @user_data: data for @func
 * @error: return location
 *
 * For the same purpose.
 *
 * Returns: whether all were read
 */
gboolean
side_archive_store_each_ended (SideArchiveStore  *self,
                               gint64             from_ms,
                               SideCallEndFunc    func,
                               gpointer           user_data,
                               GError           **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->each_ended (self, from_ms, func, user_data, error);
}

/**
 * side_archive_store_get_document:
 * @self: a store
 * @kind: its kind
 * @id: its UUID
 * @scope: what the asker may see
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the document, also a deleted one;
 *   %NULL with SIDE_ERROR_NOT_FOUND
 */
SideDocument *
side_archive_store_get_document (SideArchiveStore   *self,
                                 const char         *kind,
                                 const char         *id,
                                 const SideScope    *scope,
                                 GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_document (self, kind, id, scope, error);
}

/**
 * side_archive_store_get_script:
 * @self: a store
 * @id: a script's UUID
 * @version: the version of it that is asked for
 * @scope: what the asker may see
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the script as it was last written with
 *   that version; %NULL with SIDE_ERROR_NOT_FOUND
 */
SideDocument *
side_archive_store_get_script (SideArchiveStore   *self,
                               const char         *id,
                               int                 version,
                               const SideScope    *scope,
                               GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_script (self, id, version, scope, error);
}

/**
 * side_archive_store_find_changes:
 * @self: a store
 * @scope: what the asker may see
 * @since: changes after this one
 * @limit: 1..1000
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a page of the feed
 */
SideChangePage *
side_archive_store_find_changes (SideArchiveStore   *self,
                                 const SideScope    *scope,
                                 gint64              since,
                                 int                 limit,
                                 GError            **error)
{
  g_return_val_if_fail (scope != NULL && scope->projects != NULL, NULL);
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_changes (self, scope, since, limit, error);
}

/**
 * side_archive_store_find_token:
 * @self: a store
 * @hash: (array fixed-size=32): SHA-256 of the token
 * @now_ms: the time, for its expiry
 * @error: return location
 *
 * Returns: (transfer full) (nullable): whose it is; %NULL with
 *   SIDE_ERROR_UNAUTHORIZED when it is unknown, expired or revoked
 */
SideAccount *
side_archive_store_find_token (SideArchiveStore  *self,
                               const guint8      *hash,
                               gint64             now_ms,
                               GError           **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_token (self, hash, now_ms, error);
}

/**
 * side_archive_store_find_account:
 * @self: a store
 * @name: a user's name
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the account; %NULL with
 *   SIDE_ERROR_UNAUTHORIZED when there is none or it was revoked
 */
SideAccount *
side_archive_store_find_account (SideArchiveStore  *self,
                                 const char        *name,
                                 GError           **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_account (self, name, error);
}

/**
 * side_archive_store_find_people:
 * @self: a store
 * @projects: (array zero-terminated=1): ids of the projects the asker may see
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type SidePerson): by name, the
 *   supervisors and trainers of these projects who can sign in, each with
 *   those of @projects that are granted to them; without a project nobody
 */
GPtrArray *
side_archive_store_find_people (SideArchiveStore   *self,
                                const char *const  *projects,
                                GError            **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_people (self, projects, error);
}

/**
 * side_archive_store_get_progress:
 * @self: a store
 * @calibration: one of its documents
 * @error: return location
 *
 * Whoever asks must be somebody who may know.
 *
 * Returns: (transfer full) (nullable): who has finished how much of it, hidden
 *   reviews counted
 */
SideCalibrationProgress *
side_archive_store_get_progress (SideArchiveStore       *self,
                                 const SideCalibration  *calibration,
                                 GError                **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->get_progress (self, calibration, error);
}

/**
 * side_archive_store_find_claimed:
 * @self: a store
 * @test: id of a test call
 * @scope: what the asker may see
 * @error: return location; SIDE_ERROR_NOT_FOUND without such a test call
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the legs with which the
 *   exchange heard that test call's header, in order, as far as they can be it; none
 *   while it goes on
 */
char **
side_archive_store_find_claimed (SideArchiveStore  *self,
                                 const char        *test,
                                 const SideScope   *scope,
                                 GError           **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->find_claimed (self, test, scope, error);
}

/**
 * side_archive_store_judge_tests:
 * @self: a store
 * @test: id of a test call that was written, deleted, or heard of
 * @calls: (array zero-terminated=1): legs it names, and named before
 * @projects: (nullable) (element-type SideProject): as they are configured
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type SideCall): of these and of the legs that
 *   came with its header those whose mark as a test call is not what it should
 *   be; with the mark they should have
 */
GPtrArray *
side_archive_store_judge_tests (SideArchiveStore   *self,
                                const char         *test,
                                const char *const  *calls,
                                GPtrArray          *projects,
                                GError            **error)
{
  return SIDE_ARCHIVE_STORE_GET_IFACE (self)->judge_tests (self, test, calls, projects, error);
}
