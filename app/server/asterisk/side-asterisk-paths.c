/* side-asterisk-paths.c - where the recordings of calls lie
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The manager tells the path with its events. Of a call that queue_log alone told
 * of it is made up from the configuration's pattern or, without one, from the path
 * of another call; where none is known yet, the call waits for the first.
 */
#include "side-asterisk-private.h"

#include <string.h>

static char *
replace (const char *text,
         const char *word,
         const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, word, -1);

  return g_strjoinv (by, parts);
}

/* Calls that passed while nobody listened, after a start without any path known. */
static void
offer_awaited (SideAsteriskTracker *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg->awaited != NOT_OFFERED && leg->recording == NULL)
        leg_offer_recording (self, leg, (SideRecordingState) leg->awaited);
    }
}

/* A path with the channel's id in it tells where those of other calls lie. */
static void
learn_template (SideAsteriskTracker *self,
                const Leg           *leg)
{
  g_autofree char *queue = g_strdup_printf ("{uniqueid}-%s.", leg->queue);
  g_autofree char *general = NULL;
  gboolean is_first = self->template == NULL;

  if (strstr (leg->recording, leg->uniqueid) == NULL || (self->template != NULL && !self->learned_template))
    return;
  general = replace (leg->recording, leg->uniqueid, "{uniqueid}");
  g_free (self->template);
  self->template = replace (general, queue, "{uniqueid}-{queue}.");
  self->learned_template = TRUE;
  if (is_first)
    offer_awaited (self);
}

void
leg_set_recording (SideAsteriskTracker *self,
                   Leg                 *leg,
                   const char          *path)
{
  if (path == NULL || *path != '/' || g_strcmp0 (leg->recording, path) == 0)
    return;
  g_free (leg->recording);
  leg->recording = g_strdup (path);
  learn_template (self, leg);
}

/* Whether a leg of another project has the same file: then it has what none of
 * the two projects may hear of the other. */
static gboolean
is_shared (SideAsteriskTracker *self,
           const Leg           *leg)
{
  GPtrArray *legs = legs_of_channel (self, leg->uniqueid);

  for (guint i = 0; legs != NULL && i < legs->len; i++)
    {
      const Leg *other = g_ptr_array_index (legs, i);

      if (other->project != leg->project && other->answered_ms != 0
          && g_strcmp0 (other->recording, leg->recording) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * side_asterisk_tracker_may_show:
 * @self: a tracker
 * @call: id of a leg whose recording was offered
 *
 * Asked when the file is complete: meanwhile the same channel may have come
 * to another project.
 *
 * Returns: whether its recording holds no other project's call
 */
gboolean
side_asterisk_tracker_may_show (SideAsteriskTracker *self,
                                const char          *call)
{
  Leg *leg;

  g_return_val_if_fail (self != NULL && call != NULL, FALSE);

  leg = g_hash_table_lookup (self->legs, call);
  return leg == NULL || !is_shared (self, leg);
}

void
leg_offer_recording (SideAsteriskTracker *self,
                     Leg                 *leg,
                     SideRecordingState   state)
{
  if (leg->answered_ms == 0 || leg->ended_ms == 0 || self->quiet || (int) state >= leg->offered)
    return;
  if (leg->recording == NULL && self->template != NULL)
    {
      g_autofree char *half = replace (self->template, "{uniqueid}", leg->uniqueid);
      leg->recording = replace (half, "{queue}", leg->queue);
    }
  if (leg->recording == NULL)
    {
      leg->awaited = MIN (leg->awaited, (int) state);
      return;
    }
  leg->offered = (int) state;
  self->funcs.recording (leg->project->id, leg->id, leg->recording, state, self->data);
}
