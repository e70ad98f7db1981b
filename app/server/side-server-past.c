/* side-server-past.c - what a made-up centre begins with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A past that is put into the archive at one go, the scoring forms, and what
 * reviewers have made of them. The log gets every event the board was given:
 * whoever replays it has the board.
 */
#include "side-server-past.h"

#include <string.h>

#include "side-time.h"
#include "side-users.h"

#define CATCH_UP_MS SIDE_HOUR_MS   /* a longer pause of the centre is made up at one go */
#define RECENT_MS   (48 * SIDE_HOUR_MS)

typedef struct {
  SideHub   *hub;
  gint64     now_ms;
  GPtrArray *recorded;   /* nullable */
} Past;

/* The single events of a month would make a first start seven times as long, and
 * the archive three times as large. What operators did days ago nobody can ask
 * for; calls are told of for a week, which is as long as call-backs are due from
 * them, and call-backs themselves for good. */
static gboolean
is_kept (const Past      *past,
         const SideEvent *event)
{
  gint64 age_ms = past->now_ms - event->at_ms;

  if (event->kind == SIDE_EVENT_OPERATOR_STATE || event->call == NULL)
    return age_ms <= RECENT_MS;
  return age_ms <= SIDE_BOARD_CALLBACK_KEEP_MS || event->callback != SIDE_CALLBACK_NONE;
}

static void
import_event (SideEvent *event,
              gpointer   user_data)
{
  const Past *past = user_data;

  if (is_kept (past, event))
    side_hub_import_event (past->hub, event);
}

static void
import_call (SideCall *call,
             gpointer  user_data)
{
  const Past *past = user_data;

  side_hub_import_call (past->hub, call);
  if (past->recorded != NULL && call->recording != NULL)
    g_ptr_array_add (past->recorded, side_call_ref (call));
}

/**
 * side_server_open_centre:
 * @hub: the hub, restored, with @simulator as its source
 * @simulator: the centre
 * @last_ms: the newest instant the archive knows, or at which a server was last
 *   there; 0 for an empty one
 * @days: how long a past to make up at most
 * @recorded: (nullable) (element-type SideCall): gets the calls that were recorded
 *
 * The centre lives on from where the archive ends; a first start, or one after
 * a long pause, makes up what lies between at one go. Blocks meanwhile.
 */
void
side_server_open_centre (SideHub       *hub,
                         SideSimulator *simulator,
                         gint64         last_ms,
                         int            days,
                         GPtrArray     *recorded)
{
  Past past = { .hub = hub, .now_ms = side_clock_now_ms (side_hub_get_clock (hub)), .recorded = recorded };
  const SideProject *project = g_ptr_array_index (side_hub_get_projects (hub), 0);
  gint64 earliest_ms = side_time_day_add (project->time_zone, past.now_ms, -days);

  side_hub_end_live_calls (hub, MIN (last_ms, past.now_ms));
  if (last_ms != 0 && past.now_ms - last_ms < CATCH_UP_MS)
    {
      side_simulator_open (simulator, MIN (last_ms + 1, past.now_ms));
      return;
    }
  earliest_ms = MAX (last_ms + 1, earliest_ms);
  g_message ("making up the calls since %" G_GINT64_FORMAT " h", (past.now_ms - earliest_ms) / SIDE_HOUR_MS);
  side_simulator_generate_history (simulator, earliest_ms, past.now_ms, import_event, import_call, &past);
}

/**
 * side_server_add_scripts:
 * @store: the archive of a made-up centre
 * @now_ms: the centre's time
 * @error: return location
 *
 * Writes the shops' scoring forms at the first start; later they may have been
 * changed, and stay as they are.
 *
 * Returns: whether it could
 */
gboolean
side_server_add_scripts (SideArchiveStore  *store,
                         gint64             now_ms,
                         GError           **error)
{
  g_autoptr (GPtrArray) documents = side_simulator_list_scripts (now_ms, error);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, now_ms);
      SideArchiveItem *items[] = { item };

      item->document = side_document_ref (g_ptr_array_index (documents, i));
      item->revision = -1;
      if (!side_archive_store_write (store, items, 1, error))
        return FALSE;
    }
  return documents != NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error))
    g_warning ("a document of the made-up past is not kept: %s", error->message);
}

static gboolean
is_supervisor (const char *name)
{
  const SideSimReviewer *reviewer;

  for (guint i = 0; (reviewer = side_simulator_get_reviewer (i)) != NULL; i++)
    if (strcmp (reviewer->name, name) == 0)
      return reviewer->supervisor;
  return FALSE;
}

/* One that is written again has the next revision each time. */
static gint64
next_revision (GHashTable         *written,
               const SideDocument *document)
{
  gint64 before = GPOINTER_TO_INT (g_hash_table_lookup (written, document->id));

  g_hash_table_insert (written, document->id, GINT_TO_POINTER ((int) before + 1));
  return before > 0 ? before : -1;
}

/* Nobody knows how they sign in; their colleagues are offered their names. */
static gboolean
add_reviewers (SideHub     *hub,
               const char  *database,
               GError     **error)
{
  GPtrArray *projects = side_hub_get_projects (hub);
  g_autofree const char **ids = g_new0 (const char *, projects->len + 1);
  const SideSimReviewer *reviewer;

  for (guint i = 0; i < projects->len; i++)
    ids[i] = ((SideProject *) g_ptr_array_index (projects, i))->id;
  for (guint i = 0; (reviewer = side_simulator_get_reviewer (i)) != NULL; i++)
    {
      g_autofree char *token = side_users_renew (database, reviewer->name, reviewer->supervisor ? SIDE_ROLE_SUPERVISOR : SIDE_ROLE_TRAINER,
                                                 ids, error);

      if (token == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * side_server_add_reviews:
 * @hub: the hub, with the past that was made up at its first start
 * @database: the archive's file
 * @seed: of the simulator
 * @calls: (element-type SideCall): what was recorded
 * @user: whose tasks are left to be done
 * @error: return location
 *
 * Reviewers, and what they have written, each in their own name and by the
 * rules that hold for everybody; of a past too short to have been reviewed
 * nothing. Blocks until it is written: who looks at once would find half of it.
 *
 * Returns: whether it could
 */
gboolean
side_server_add_reviews (SideHub      *hub,
                         const char   *database,
                         guint64       seed,
                         GPtrArray    *calls,
                         const char   *user,
                         GError      **error)
{
  g_autoptr (GPtrArray) documents = side_simulator_list_reviews (seed, calls, user, side_clock_now_ms (side_hub_get_clock (hub)), error);
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);

  /* Users are written beside the archive, which a month of calls keeps for longer than anybody waits for it. */
  side_archive_wait (side_hub_get_archive (hub), 0);
  if (documents == NULL || (documents->len > 0 && !add_reviewers (hub, database, error)))
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = g_ptr_array_index (documents, i);
      SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, document->changed_ms);

      item->document = side_document_ref (document);
      item->supervisor = is_supervisor (document->author);
      item->revision = next_revision (written, document);
      side_archive_write_async (side_hub_get_archive (hub), item, NULL, written_cb, NULL);
    }
  side_archive_wait (side_hub_get_archive (hub), 0);
  return TRUE;
}
