/* side-server-past.c - what a made-up centre begins with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A past that is put into the archive at one go, and the scoring forms. The
 * log gets every event the board was given: whoever replays it has the board.
 */
#include "side-server-past.h"

#include "side-time.h"

#define CATCH_UP_MS SIDE_HOUR_MS   /* a longer pause of the centre is made up at one go */
#define RECENT_MS   (48 * SIDE_HOUR_MS)

typedef struct {
  SideHub *hub;
  gint64   now_ms;
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
  side_hub_import_call (((const Past *) user_data)->hub, call);
}

/**
 * side_server_open_centre:
 * @hub: the hub, restored, with @simulator as its source
 * @simulator: the centre
 * @last_ms: the newest instant the archive knows, or at which a server was last
 *   there; 0 for an empty one
 * @days: how long a past to make up at most
 *
 * The centre lives on from where the archive ends; a first start, or one after
 * a long pause, makes up what lies between at one go. Blocks meanwhile.
 */
void
side_server_open_centre (SideHub       *hub,
                         SideSimulator *simulator,
                         gint64         last_ms,
                         int            days)
{
  Past past = { .hub = hub, .now_ms = side_clock_now_ms (side_hub_get_clock (hub)) };
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
