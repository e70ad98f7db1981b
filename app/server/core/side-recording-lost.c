/* side-recording-lost.c - which files hold the waiting of callers who were lost
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Told by the channel's unique id, with which a leg's id begins, in the file's
 * name. A channel that visited several queues may have had an operator in one
 * of them: then the name must tell the queue too. Of the archive's calls only
 * those are kept that a name can mean, so that years of them take no memory.
 */
#include "side-recording-lost.h"

#include <string.h>

typedef struct {
  char      *uniqueid;     /* "pbx1-1795277030.24" */
  GPtrArray *lost;         /* queues (char *) it was lost in */
  GPtrArray *answered;     /* queues (char *) where somebody answered */
} Channel;

struct _SideRecordingLost
{
  GHashTable *channels;    /* uniqueid (char *, of the channel) -> Channel */
  GHashTable *by_number;   /* "1795277030.24" (char *) -> GPtrArray of Channel, one for each PBX */
  GRegex     *number;
};

static void
channel_free (gpointer data)
{
  Channel *channel = data;

  g_free (channel->uniqueid);
  g_ptr_array_unref (channel->lost);
  g_ptr_array_unref (channel->answered);
  g_free (channel);
}

/* Returns: (nullable): the channel, if some name has its number in it */
static Channel *
get_channel (SideRecordingLost *self,
             const char        *uniqueid)
{
  Channel *channel = g_hash_table_lookup (self->channels, uniqueid);
  const char *dash = strrchr (uniqueid, '-');
  GPtrArray *same = g_hash_table_lookup (self->by_number, dash != NULL ? dash + 1 : uniqueid);

  if (channel != NULL || same == NULL)
    return channel;
  channel = g_new0 (Channel, 1);
  channel->uniqueid = g_strdup (uniqueid);
  channel->lost = g_ptr_array_new_with_free_func (g_free);
  channel->answered = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (self->channels, channel->uniqueid, channel);
  g_ptr_array_add (same, channel);
  return channel;
}

static void
ended_cb (const char *id,
          const char *queue,
          gboolean    answered,
          gpointer    user_data)
{
  const char *colon = strchr (id, ':');
  g_autofree char *uniqueid = colon != NULL ? g_strndup (id, (gsize) (colon - id)) : NULL;
  Channel *channel;

  if (uniqueid == NULL || queue == NULL)
    return;
  channel = get_channel (user_data, uniqueid);
  if (channel != NULL)
    g_ptr_array_add (answered ? channel->answered : channel->lost, g_strdup (queue));
}

/* Knows the numbers in @name from now on. */
static void
add_name (SideRecordingLost *self,
          const char        *name)
{
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (self->number, name, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      char *number = g_match_info_fetch (match, 0);

      if (g_hash_table_contains (self->by_number, number))
        g_free (number);
      else
        g_hash_table_insert (self->by_number, number, g_ptr_array_new ());
    }
}

/**
 * side_recording_lost_new:
 * @names: of char *: names of files that will be asked about
 * @store: the archive's
 * @from_ms: calls that arrived earlier are not looked at
 * @error: return location
 *
 * Blocks while the archive's calls are read.
 *
 * Returns: (transfer full) (nullable): who was lost; %NULL with what the archive
 *   has to say
 */
SideRecordingLost *
side_recording_lost_new (GPtrArray         *names,
                         SideArchiveStore  *store,
                         gint64             from_ms,
                         GError           **error)
{
  g_autoptr (SideRecordingLost) self = g_new0 (SideRecordingLost, 1);

  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, channel_free);
  self->by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->number = g_regex_new ("[0-9]{6,}\\.[0-9]+", G_REGEX_OPTIMIZE, 0, NULL);
  for (guint i = 0; i < names->len; i++)
    add_name (self, g_ptr_array_index (names, i));
  return side_archive_store_each_ended (store, from_ms, ended_cb, self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
names_one_of (const char *name,
              GPtrArray  *queues)
{
  for (guint i = 0; i < queues->len; i++)
    if (strstr (name, g_ptr_array_index (queues, i)) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_waiting_of (const char    *name,
               const Channel *channel)
{
  if (channel->lost->len == 0 || strstr (name, channel->uniqueid) == NULL)
    return FALSE;
  return channel->answered->len == 0 || (names_one_of (name, channel->lost) && !names_one_of (name, channel->answered));
}

/**
 * side_recording_lost_has:
 * @self: who was lost
 * @name: one of the names
 *
 * Returns: whether it holds nothing but the waiting of one of them
 */
gboolean
side_recording_lost_has (SideRecordingLost *self,
                         const char        *name)
{
  g_autoptr (GMatchInfo) match = NULL;
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  g_regex_match (self->number, name, 0, &match);
  while (!found && g_match_info_matches (match))
    {
      g_autofree char *number = g_match_info_fetch (match, 0);
      GPtrArray *same = g_hash_table_lookup (self->by_number, number);

      for (guint i = 0; same != NULL && i < same->len; i++)
        found = found || is_waiting_of (name, g_ptr_array_index (same, i));
      g_match_info_next (match, NULL);
    }
  return found;
}

/**
 * side_recording_lost_free:
 * @self: (transfer full) (nullable): who was lost
 */
void
side_recording_lost_free (SideRecordingLost *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->channels);
  g_regex_unref (self->number);
  g_free (self);
}
