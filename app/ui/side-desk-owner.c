/* side-desk-owner.c - whose stored calls lie where
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls are kept by user, as the server names them. Before that was so,
 * whoever typed a token without a name shared one nameless folder for each
 * server. Such a folder is given to the user whose session lies in it: as a
 * whole where they have no other, else only what they have not sent yet.
 * Nothing in it is thrown away.
 */
#include "side-desk-owner.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "side-clock.h"
#include "side-error.h"
#include "side-outbox.h"
#include "side-paths.h"
#include "side-wire-http.h"

#define CALLS   "calls.db"
#define EARLIER "earlier"    /* what is left of a nameless folder */

typedef struct {
  char           *url;
  char           *user;       /* nullable: whoever it belongs to will do */
  gboolean        trusted;    /* a folder without a name of its own is theirs */
  char           *nameless;   /* the folder */
  char           *own;        /* the user's */
  SideStore      *from;
  SideStore      *to;
  SideOutboxItem *item;       /* being carried over */
} Settling;

static void
settling_free (Settling *settling)
{
  g_free (settling->url);
  g_free (settling->user);
  g_free (settling->nameless);
  g_free (settling->own);
  g_clear_object (&settling->from);
  g_clear_object (&settling->to);
  g_clear_pointer (&settling->item, side_outbox_item_free);
  g_free (settling);
}

static gboolean
has_calls (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, CALLS, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/**
 * side_desk_owner_has_calls:
 * @server: a server and a user
 *
 * Returns: whether calls of theirs are stored on this computer
 */
gboolean
side_desk_owner_has_calls (const SideServer *server)
{
  g_autofree char *identity = side_server_dup_identity (server);
  g_autofree char *folder = side_paths_name_server_folder ("data", identity);

  return has_calls (folder);
}

static void
settled (GTask *task)
{
  Settling *settling = g_task_get_task_data (task);

  g_task_return_pointer (task, g_strdup (settling->user), g_free);
}

static void
move_folder (const char *from,
             const char *to)
{
  g_autofree char *parent = g_path_get_dirname (to);

  g_mkdir_with_parents (parent, 0700);
  g_rmdir (to);   /* goes only if nothing is in it */
  if (g_rename (from, to) != 0)
    g_message ("moving %s to %s: %s", from, to, g_strerror (errno));
}

/* ---- what is not sent yet, into the folder the user has already ---- */

static void carry_next (GTask *task);

static void
from_closed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!side_store_close_finish (SIDE_STORE (source), result, &error))
    g_message ("closing %s: %s", settling->nameless, error->message);
  else if (settling->to == NULL)
    move_folder (settling->nameless, settling->own);
  else
    {
      g_autofree char *left = g_build_filename (settling->own, EARLIER, NULL);

      move_folder (settling->nameless, left);
    }
  settled (task);
}

static void
to_closed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);

  side_store_close_finish (SIDE_STORE (source), result, NULL);
  side_store_close_async (settling->from, NULL, from_closed_cb, g_steal_pointer (&task));
}

static void
left_alone_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);

  side_store_close_finish (SIDE_STORE (source), result, NULL);
  if (SIDE_STORE (source) == settling->to)
    side_store_close_async (settling->from, NULL, left_alone_cb, g_steal_pointer (&task));
  else
    settled (task);
}

/* Something cannot be carried over now: all stays as it is, for the next time. */
static void
give_up (GTask        *task,
         const GError *error)
{
  Settling *settling = g_task_get_task_data (task);

  g_message ("%s stays where it is: %s", settling->nameless, error->message);
  if (settling->to != NULL && side_store_is_open (settling->to))
    side_store_close_async (settling->to, NULL, left_alone_cb, g_object_ref (task));
  else
    side_store_close_async (settling->from, NULL, left_alone_cb, g_object_ref (task));
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (side_store_mark_sent_finish (SIDE_STORE (source), result, &error))
    carry_next (task);
  else
    give_up (task, error);
}

static void
carried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (side_store_edit_document_finish (SIDE_STORE (source), result, &error))
    side_store_mark_sent_async (settling->from, settling->item, settling->item->base_revision,
                                settling->item->document->change, NULL, marked_cb, g_steal_pointer (&task));
  else
    give_up (task, error);
}

static void
next_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&settling->item, side_outbox_item_free);
  settling->item = side_store_next_outbox_finish (SIDE_STORE (source), result, &error);
  if (error != NULL)
    give_up (task, error);
  else if (settling->item != NULL)
    /* Another version than this one, if there is any, is kept beside it. */
    side_store_edit_document_async (settling->to, settling->item->document, settling->item->document,
                                    NULL, carried_cb, g_steal_pointer (&task));
  else
    side_store_close_async (settling->to, NULL, to_closed_cb, g_steal_pointer (&task));
}

static void
carry_next (GTask *task)
{
  Settling *settling = g_task_get_task_data (task);

  side_store_next_outbox_async (settling->from, NULL, next_cb, g_object_ref (task));
}

static void
to_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (side_store_open_finish (SIDE_STORE (source), result, &error))
    carry_next (task);
  else
    give_up (task, error);
}

/* ---- whose it is ---- */

static SideStore *
new_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, CALLS, NULL);
  g_autoptr (SideClock) clock = side_clock_new_system ();

  return side_store_new (path, clock);
}

static void
take_over (GTask *task)
{
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (SideServer) server = side_server_new (settling->url, settling->user, NULL);
  g_autofree char *identity = side_server_dup_identity (server);

  settling->own = side_paths_name_server_folder ("data", identity);
  if (!has_calls (settling->own))
    {
      side_store_close_async (settling->from, NULL, from_closed_cb, g_object_ref (task));
      return;
    }
  settling->to = new_store (settling->own);
  side_store_open_async (settling->to, NULL, to_opened_cb, g_object_ref (task));
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  g_autofree char *text = side_store_get_setting_finish (SIDE_STORE (source), result, NULL);
  g_autoptr (SideSession) session = text != NULL ? side_wire_session_from_json (text, -1, NULL) : NULL;
  const char *owner = session != NULL && session->user != NULL && *session->user != '\0' ? session->user : NULL;

  if (owner == NULL && settling->trusted)
    owner = settling->user;
  if (settling->user == NULL)
    settling->user = g_strdup (owner);
  if (owner != NULL && g_strcmp0 (owner, settling->user) == 0)
    take_over (task);
  else
    side_store_close_async (settling->from, NULL, left_alone_cb, g_steal_pointer (&task));
}

static void
from_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (side_store_open_finish (SIDE_STORE (source), result, &error))
    side_store_get_setting_async (SIDE_STORE (source), SIDE_DESK_SESSION_KEY, NULL, session_cb, g_steal_pointer (&task));
  else
    {
      g_message ("%s stays where it is: %s", settling->nameless, error->message);
      settled (task);
    }
}

/**
 * side_desk_owner_settle_async:
 * @server: the server
 * @user: (nullable): who is signed in there; %NULL when that is not known
 *   because the server is away
 * @trusted: whether @user was known without a name until now, so that a
 *   nameless folder that names nobody is theirs
 * @cancellable: (nullable): checked before anything is done
 * @callback: called when every folder has its owner
 * @user_data: data for @callback
 *
 * Gives a nameless folder of that server to @user if it is theirs, or, without
 * @user, to whoever it belongs to.
 */
void
side_desk_owner_settle_async (const SideServer    *server,
                              const char          *user,
                              gboolean             trusted,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (SideServer) nobody = side_server_new (server->url, NULL, NULL);
  g_autofree char *identity = side_server_dup_identity (nobody);
  Settling *settling = g_new0 (Settling, 1);

  g_task_set_source_tag (task, side_desk_owner_settle_async);
  g_task_set_task_data (task, settling, (GDestroyNotify) settling_free);
  settling->url = g_strdup (server->url);
  settling->user = user != NULL && *user != '\0' ? g_strdup (user) : NULL;
  settling->trusted = trusted;
  settling->nameless = side_paths_name_server_folder ("data", identity);
  if (!has_calls (settling->nameless))
    {
      settled (task);
      return;
    }
  settling->from = new_store (settling->nameless);
  side_store_open_async (settling->from, NULL, from_opened_cb, g_steal_pointer (&task));
}

/**
 * side_desk_owner_settle_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the user as given, or the one who was
 *   found; %NULL when nobody was, or when it was cancelled
 */
char *
side_desk_owner_settle_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
