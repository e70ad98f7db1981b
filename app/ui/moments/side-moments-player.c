/* side-moments-player.c - plays key moments one after the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several moments of one call are played without opening its recording again.
 * While one is heard the recording of the next call is fetched. What is heard
 * is entered for its call as on the call's own page. The list may change
 * meanwhile: the place of what is played is looked up when it is needed.
 */
#include "side-moments-player.h"

#include "side-format.h"
#include "side-librarian.h"
#include "side-recording-cache.h"
#include "side-sitting.h"

struct _SideMomentsPlayer
{
  GObject       parent_instance;
  SideDesk     *desk;
  SidePlayer   *player;
  GListModel   *moments;
  SideSitting  *sitting;
  GCancellable *cancellable;   /* of fetching for the current moment */
  GCancellable *ahead;         /* of fetching for the one after it */
  SideMoment   *current;
  char         *open_call;     /* id of the call whose recording the player has */
  char         *pinned;        /* id of its recording */
  gint64        to_ms;         /* where the piece ends */
  SidePlayerState state;       /* the player's, as it was told last */
  gboolean      wanted;        /* it is to be heard */
  gboolean      holding;       /* the librarian */
  gboolean      backwards;     /* what cannot be played is passed over upwards */
};

G_DEFINE_FINAL_TYPE (SideMomentsPlayer, side_moments_player, G_TYPE_OBJECT)

enum { PROP_0, PROP_CURRENT, PROP_PLAYING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void start (SideMomentsPlayer *self, SideMoment *moment);

static void
close_recording (SideMomentsPlayer *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (self->open_call == NULL)
    return;
  side_sitting_set_call (self->sitting, NULL);
  side_player_close (self->player);
  if (store != NULL && self->pinned != NULL)
    side_store_unpin_recording (store, self->pinned);
  g_clear_pointer (&self->pinned, g_free);
  g_clear_pointer (&self->open_call, g_free);
}

static void
set_wanted (SideMomentsPlayer *self,
            gboolean           wanted)
{
  SideLibrarian *librarian = side_desk_get_librarian (self->desk);

  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  /* While a person listens, the computer is theirs. */
  if (librarian != NULL && wanted)
    side_librarian_hold (librarian);
  else if (librarian != NULL && self->holding)
    side_librarian_release (librarian);
  self->holding = librarian != NULL && wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
set_current (SideMomentsPlayer *self,
             SideMoment        *moment)
{
  if (self->current == moment)
    return;
  if (self->current != NULL)
    side_moment_set_current (self->current, FALSE);
  g_set_object (&self->current, moment);
  if (moment != NULL)
    side_moment_set_current (moment, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* On to the next one, or the one before; at the end it is over. */
static void
go (SideMomentsPlayer *self,
    int                step)
{
  guint place = side_moments_player_get_place (self);
  guint n = g_list_model_get_n_items (self->moments);
  g_autoptr (SideMoment) moment = NULL;

  self->backwards = step < 0;
  if (step < 0)
    moment = place != G_MAXUINT && place > 0 ? g_list_model_get_item (self->moments, place - 1) : NULL;
  else if (place == G_MAXUINT)
    moment = g_list_model_get_item (self->moments, 0);
  else
    moment = place + 1 < n ? g_list_model_get_item (self->moments, place + 1) : NULL;
  if (moment != NULL)
    {
      start (self, moment);
      return;
    }
  side_player_pause (self->player);
  set_wanted (self, FALSE);
}

static void
fail (SideMomentsPlayer *self,
      const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  side_moment_set_problem (self->current, words);
  if (self->wanted)
    go (self, self->backwards ? -1 : 1);
}

static void
fetched_ahead_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, NULL);

  /* Whatever came of it is found when it is asked for. */
  g_debug ("fetched ahead: %s", path != NULL ? path : "nothing");
}

static void
fetch_ahead (SideMomentsPlayer *self)
{
  const char *call = side_moment_get_call (self->current)->id;
  guint place = side_moments_player_get_place (self);
  g_autoptr (SideMoment) next = NULL;

  for (guint i = place; i != G_MAXUINT && (next == NULL || g_str_equal (side_moment_get_call (next)->id, call)); i++)
    {
      g_clear_object (&next);
      next = g_list_model_get_item (self->moments, i);
      if (next == NULL)
        return;
    }
  if (next == NULL || side_moment_get_call (next)->recording == NULL)
    return;
  cancel (&self->ahead);
  self->ahead = g_cancellable_new ();
  side_desk_fetch_recording_async (self->desk, side_moment_get_call (next), NULL, NULL, self->ahead, fetched_ahead_cb, NULL);
}

static void
play_piece (SideMomentsPlayer *self)
{
  gint64 from_ms;

  side_moment_get_piece (self->current, &from_ms, &self->to_ms);
  side_player_seek (self->player, from_ms);
  if (self->wanted)
    side_player_play (self->player);
  fetch_ahead (self);
}

static void
open_recording (SideMomentsPlayer *self,
                const char        *path)
{
  g_autoptr (SideMoment) moment = g_object_ref (self->current);
  const SideCall *call = side_moment_get_call (moment);
  SideStore *store = side_desk_get_store (self->desk);

  close_recording (self);
  self->open_call = g_strdup (call->id);
  self->pinned = g_strdup (call->recording);
  if (store != NULL && self->pinned != NULL)
    side_store_pin_recording (store, self->pinned);
  side_sitting_set_call (self->sitting, call);
  side_player_open (self->player, path);
  /* A file that cannot be opened at all has been passed over by now. */
  if (self->current == moment && g_strcmp0 (self->open_call, call->id) == 0
      && side_player_get_state (self->player) != SIDE_PLAYER_FAILED)
    play_piece (self);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideMomentsPlayer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, &error);

  if (side_error_is_cancelled (error) || self->current == NULL)
    return;
  if (path == NULL)
    fail (self, error);
  else
    open_recording (self, path);
}

static void
start (SideMomentsPlayer *self,
       SideMoment        *moment)
{
  const SideCall *call = side_moment_get_call (moment);

  cancel (&self->cancellable);
  set_current (self, moment);
  if (g_strcmp0 (self->open_call, call->id) == 0)
    {
      set_wanted (self, TRUE);
      play_piece (self);
      return;
    }
  side_player_pause (self->player);
  set_wanted (self, TRUE);
  self->to_ms = G_MAXINT64;
  self->cancellable = g_cancellable_new ();
  side_desk_fetch_recording_async (self->desk, call, NULL, NULL, self->cancellable, fetched_cb, g_object_ref (self));
}

static void
position_cb (SideMomentsPlayer *self)
{
  if (self->current != NULL && self->wanted && side_player_get_state (self->player) == SIDE_PLAYER_PLAYING
      && side_player_get_position_ms (self->player) >= self->to_ms)
    go (self, 1);
}

/* Its own doing is known before the player tells of it; what is left came by
 * media keys or from the sound itself. */
static void
state_cb (SideMomentsPlayer *self)
{
  SidePlayerState state = side_player_get_state (self->player);
  SidePlayerState before = self->state;

  self->state = state;
  if (self->current == NULL || self->open_call == NULL
      || g_strcmp0 (self->open_call, side_moment_get_call (self->current)->id) != 0)
    return;
  if (state == SIDE_PLAYER_ENDED && self->wanted)
    go (self, 1);
  else if (state == SIDE_PLAYER_FAILED)
    fail (self, side_player_get_error (self->player));
  else if (state == SIDE_PLAYER_PLAYING && !self->wanted && side_player_get_position_ms (self->player) >= self->to_ms)
    side_moments_player_toggle (self);
  else if (state == SIDE_PLAYER_PLAYING)
    set_wanted (self, TRUE);
  else if (state == SIDE_PLAYER_PAUSED && before == SIDE_PLAYER_PLAYING)
    set_wanted (self, FALSE);
}

static void
heard_cb (SideMomentsPlayer *self,
          gint64             from_ms,
          gint64             to_ms,
          double             rate)
{
  side_sitting_add (self->sitting, from_ms, to_ms, rate);
}

static void
duration_cb (SideMomentsPlayer *self)
{
  if (side_player_get_duration_ms (self->player) > 0)
    side_sitting_set_length (self->sitting, side_player_get_duration_ms (self->player));
}

static void
side_moments_player_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  SideMomentsPlayer *self = SIDE_MOMENTS_PLAYER (object);

  switch (id)
    {
    case PROP_CURRENT:
      g_value_set_object (value, self->current);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->wanted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_moments_player_dispose (GObject *object)
{
  SideMomentsPlayer *self = SIDE_MOMENTS_PLAYER (object);

  if (self->desk != NULL)
    side_moments_player_stop (self);
  g_clear_object (&self->sitting);
  g_clear_object (&self->moments);
  g_clear_object (&self->player);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_moments_player_parent_class)->dispose (object);
}

static void
side_moments_player_class_init (SideMomentsPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = side_moments_player_get_property;
  object_class->dispose = side_moments_player_dispose;
  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, SIDE_TYPE_MOMENT, flags);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
side_moments_player_init (SideMomentsPlayer *self)
{
}

/**
 * side_moments_player_new:
 * @desk: where recordings come from and what was heard is written
 * @player: with nothing open; nobody else opens anything on it
 * @moments: (transfer none): a list of SideMoment
 *
 * Returns: (transfer full): what plays them
 */
SideMomentsPlayer *
side_moments_player_new (SideDesk   *desk,
                         SidePlayer *player,
                         GListModel *moments)
{
  SideMomentsPlayer *self = g_object_new (SIDE_TYPE_MOMENTS_PLAYER, NULL);

  self->desk = g_object_ref (desk);
  self->player = g_object_ref (player);
  self->moments = g_object_ref (moments);
  self->sitting = side_sitting_new (desk);
  g_signal_connect_object (player, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position-ms", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::duration-ms", G_CALLBACK (duration_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * side_moments_player_get_current:
 * @self: what plays
 *
 * Returns: (transfer none) (nullable): the moment that is played, or was last
 */
SideMoment *
side_moments_player_get_current (SideMomentsPlayer *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_PLAYER (self), NULL);
  return self->current;
}

gboolean
side_moments_player_get_playing (SideMomentsPlayer *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_PLAYER (self), FALSE);
  return self->wanted;
}

/**
 * side_moments_player_get_place:
 * @self: what plays
 *
 * Returns: where the current moment stands in the list, or %G_MAXUINT
 */
guint
side_moments_player_get_place (SideMomentsPlayer *self)
{
  guint n;

  g_return_val_if_fail (SIDE_IS_MOMENTS_PLAYER (self), G_MAXUINT);
  n = g_list_model_get_n_items (self->moments);
  for (guint i = 0; self->current != NULL && i < n; i++)
    {
      g_autoptr (SideMoment) moment = g_list_model_get_item (self->moments, i);

      if (moment == self->current)
        return i;
    }
  return G_MAXUINT;
}

/**
 * side_moments_player_play_at:
 * @self: what plays
 * @place: in the list
 *
 * Plays from that moment on.
 */
void
side_moments_player_play_at (SideMomentsPlayer *self,
                             guint              place)
{
  g_autoptr (SideMoment) moment = NULL;

  g_return_if_fail (SIDE_IS_MOMENTS_PLAYER (self));
  moment = g_list_model_get_item (self->moments, place);
  self->backwards = FALSE;
  if (moment == NULL)
    return;
  side_moment_set_problem (moment, NULL);
  start (self, moment);
}

/**
 * side_moments_player_toggle:
 * @self: what plays
 *
 * Pauses, or goes on; begins with the first when nothing was played yet or all
 * was.
 */
void
side_moments_player_toggle (SideMomentsPlayer *self)
{
  g_return_if_fail (SIDE_IS_MOMENTS_PLAYER (self));
  if (self->wanted)
    {
      set_wanted (self, FALSE);
      side_player_pause (self->player);
    }
  else if (self->current == NULL || side_moments_player_get_place (self) == G_MAXUINT || self->open_call == NULL
           || g_strcmp0 (self->open_call, side_moment_get_call (self->current)->id) != 0
           || side_player_get_position_ms (self->player) >= self->to_ms
           || side_player_get_state (self->player) == SIDE_PLAYER_ENDED)
    {
      guint place = side_moments_player_get_place (self);
      gboolean over = place == G_MAXUINT || place + 1 == g_list_model_get_n_items (self->moments);

      side_moments_player_play_at (self, over ? 0 : place);
    }
  else
    {
      set_wanted (self, TRUE);
      side_player_play (self->player);
    }
}

void
side_moments_player_next (SideMomentsPlayer *self)
{
  g_return_if_fail (SIDE_IS_MOMENTS_PLAYER (self));
  go (self, 1);
}

void
side_moments_player_previous (SideMomentsPlayer *self)
{
  g_return_if_fail (SIDE_IS_MOMENTS_PLAYER (self));
  go (self, -1);
}

/**
 * side_moments_player_stop:
 * @self: what plays
 *
 * Lets go of the recording, and writes what was heard.
 */
void
side_moments_player_stop (SideMomentsPlayer *self)
{
  g_return_if_fail (SIDE_IS_MOMENTS_PLAYER (self));
  cancel (&self->cancellable);
  cancel (&self->ahead);
  set_wanted (self, FALSE);
  close_recording (self);
  set_current (self, NULL);
}
