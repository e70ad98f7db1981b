/* side-place.c - a moment of a call that somebody is sent to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A place is asked for before its call is open and its recording is there. It
 * is kept until the recording is drawn; another call that is opened meanwhile
 * takes it away.
 */
#include "side-place.h"

#define END_SLOP_MS 1000   /* more than passes between two positions, at any speed */

struct _SidePlaceFinder
{
  GObject       parent_instance;
  SidePlayer   *player;
  SideWaveform *waveform;     /* weak */
  char         *call;         /* (nullable): id of the one that is open */
  char         *wanted;       /* (nullable): id of the one the place is in */
  SidePlace     place;
  gint64        until_ms;     /* where what is heard ends; 0 while nothing is */
};

G_DEFINE_FINAL_TYPE (SidePlaceFinder, side_place_finder, G_TYPE_OBJECT)

/**
 * side_place_show:
 * @widget: a widget in the window
 * @call: a call's id
 * @from_ms: position in its recording
 * @to_ms: end of the span; @from_ms or less for a point
 * @hear: whether it is played at once
 *
 * Opens a call at that place.
 *
 * Returns: whether there is a window to do that
 */
gboolean
side_place_show (GtkWidget  *widget,
                 const char *call,
                 gint64      from_ms,
                 gint64      to_ms,
                 gboolean    hear)
{
  return gtk_widget_activate_action (widget, "win.show-call-at", SIDE_PLACE_TYPE, call, from_ms, to_ms, hear);
}

/**
 * side_place_set_link:
 * @button: a GtkActionable, which does the same from now on
 * @call: a call's id
 * @from_ms: position in its recording
 * @to_ms: end of the span; @from_ms or less for a point
 * @hear: whether it is played at once
 */
void
side_place_set_link (GtkWidget  *button,
                     const char *call,
                     gint64      from_ms,
                     gint64      to_ms,
                     gboolean    hear)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), SIDE_PLACE_TYPE, call, from_ms, to_ms, hear);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-call-at");
}

static void
side_place_finder_dispose (GObject *object)
{
  SidePlaceFinder *self = SIDE_PLACE_FINDER (object);

  g_clear_weak_pointer (&self->waveform);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (side_place_finder_parent_class)->dispose (object);
}

static void
side_place_finder_finalize (GObject *object)
{
  SidePlaceFinder *self = SIDE_PLACE_FINDER (object);

  g_free (self->call);
  g_free (self->wanted);
  G_OBJECT_CLASS (side_place_finder_parent_class)->finalize (object);
}

static void
side_place_finder_class_init (SidePlaceFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_place_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_place_finder_finalize;
}

static void
side_place_finder_init (SidePlaceFinder *self)
{
}

/* At the end of what was to be heard; who went on beyond it is left alone. */
static void
position_cb (SidePlaceFinder *self)
{
  gint64 at_ms = side_player_get_position_ms (self->player);

  if (self->until_ms == 0 || at_ms < self->until_ms || side_player_get_state (self->player) != SIDE_PLAYER_PLAYING)
    return;
  if (at_ms < self->until_ms + END_SLOP_MS)
    side_player_pause (self->player);
  self->until_ms = 0;
}

static void
arrive (SidePlaceFinder *self)
{
  if (self->wanted == NULL || self->waveform == NULL || g_strcmp0 (self->wanted, self->call) != 0
      || side_waveform_get_peaks (self->waveform) == NULL)
    return;
  g_clear_pointer (&self->wanted, g_free);
  self->until_ms = 0;
  side_player_seek (self->player, self->place.from_ms);
  if (self->place.to_ms > self->place.from_ms)
    side_waveform_select_span (self->waveform, self->place.from_ms, self->place.to_ms);
  else
    side_waveform_clear_selection (self->waveform);
  if (!self->place.hear)
    return;
  side_player_play (self->player);
  self->until_ms = MAX (self->place.to_ms, 0);
}

/**
 * side_place_finder_new:
 * @player: what the recordings are opened with
 * @waveform: where they are drawn
 *
 * Returns: (transfer full): what leads to places in them
 */
SidePlaceFinder *
side_place_finder_new (SidePlayer   *player,
                       SideWaveform *waveform)
{
  SidePlaceFinder *self = g_object_new (SIDE_TYPE_PLACE_FINDER, NULL);

  self->player = g_object_ref (player);
  g_set_weak_pointer (&self->waveform, waveform);
  g_signal_connect_object (waveform, "notify::peaks", G_CALLBACK (arrive), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position-ms", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * side_place_finder_set_call:
 * @self: a finder
 * @call: (nullable): id of the call whose recording is opened next
 */
void
side_place_finder_set_call (SidePlaceFinder *self,
                            const char      *call)
{
  g_return_if_fail (SIDE_IS_PLACE_FINDER (self));

  if (g_strcmp0 (call, self->call) == 0)
    return;
  self->until_ms = 0;
  g_free (self->call);
  self->call = g_strdup (call);
  if (g_strcmp0 (call, self->wanted) != 0)
    g_clear_pointer (&self->wanted, g_free);
}

/**
 * side_place_finder_go:
 * @self: a finder
 * @call: id of the call, which is open or will be
 * @place: where to in it, as soon as there is its recording
 */
void
side_place_finder_go (SidePlaceFinder *self,
                      const char      *call,
                      const SidePlace *place)
{
  g_return_if_fail (SIDE_IS_PLACE_FINDER (self));
  g_return_if_fail (call != NULL && place != NULL);

  g_free (self->wanted);
  self->wanted = g_strdup (call);
  self->place = *place;
  arrive (self);
}
