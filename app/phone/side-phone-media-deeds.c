/* side-phone-media-deeds.c - what is done with, and known of, the sound of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-media-private.h"

#include <math.h>

#include "side-error.h"

/* Samples that count as one. */
#define PACKET       (SIDE_PHONE_RATE / 50)
#define KEY_LEAST_MS 40
#define KEY_MOST_MS  5000

static GstClockTime
start_of (SideCallMedia *self)
{
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  return self->start != 0 ? self->start : gst_clock_get_time (clock);
}

static void
broke_cb (SidePhoneDevice *device,
          const GError    *error,
          gpointer         data)
{
  SideCallMedia *self = data;

  side_call_media_fail (self, device == self->microphone ? SIDE_PHONE_MICROPHONE : SIDE_PHONE_LOUDSPEAKER, error);
}

/**
 * side_call_media_set_microphone:
 * @on: whether what it hears is said
 * @device: (nullable): the id of a device of side_inputs_list_async(), or the default
 */
void
side_call_media_set_microphone (SideCallMedia *self,
                                gboolean       on,
                                const char    *device)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self) && !self->stopping);

  g_clear_pointer (&self->microphone, side_phone_device_close);
  side_phone_feed_listen (self->engine->feed, on);
  self->told &= ~(1u << SIDE_PHONE_MICROPHONE);
  if (on)
    self->microphone = side_phone_device_open (TRUE, device, start_of (self), self->engine->feed, self->maker,
                                               self->maker_data, broke_cb, self);
}

/**
 * side_call_media_set_loudspeaker:
 * @on: whether the far side is heard
 * @device: (nullable): the id of a device of side_outputs_list_async(), or the default
 *
 * Only once something was agreed. What is heard is 120 ms late.
 */
void
side_call_media_set_loudspeaker (SideCallMedia *self,
                                 gboolean       on,
                                 const char    *device)
{
  SidePhoneDevice *old, *new = NULL;

  g_return_if_fail (SIDE_IS_CALL_MEDIA (self) && !self->stopping && (!on || self->start != 0));

  self->told &= ~(1u << SIDE_PHONE_LOUDSPEAKER);
  if (on)
    {
      new = side_phone_device_open (FALSE, device, self->start, NULL, self->maker, self->maker_data, broke_cb, self);
      side_phone_device_set_volume (new, self->volume);
    }
  g_mutex_lock (&self->engine->lock);
  old = self->engine->loudspeaker;
  self->engine->loudspeaker = new;
  g_mutex_unlock (&self->engine->lock);
  g_clear_pointer (&old, side_phone_device_close);
}

/**
 * side_call_media_set_volume:
 * @volume: of the loudspeaker, 0..1, evenly as people hear it
 */
void
side_call_media_set_volume (SideCallMedia *self,
                            double         volume)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self));
  self->volume = CLAMP (volume, 0, 1);
  if (self->engine->loudspeaker != NULL)
    side_phone_device_set_volume (self->engine->loudspeaker, self->volume);
}

/**
 * side_call_media_set_muted:
 * @muted: whether silence is said in place of all but keys; all goes on, unheard
 */
void
side_call_media_set_muted (SideCallMedia *self,
                           gboolean       muted)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self));
  side_phone_feed_set_muted (self->engine->feed, muted);
}

/**
 * side_call_media_say:
 * @clip: see side-phone-voice.h; said behind those that wait
 *
 * Returns: what names it when it ::said, not 0
 */
guint
side_call_media_say (SideCallMedia *self,
                     GBytes        *clip)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && clip != NULL, 0);
  return side_phone_feed_say (self->engine->feed, clip);
}

/**
 * side_call_media_hush:
 *
 * Breaks off what is being said and drops what waits; it is not ::said.
 */
void
side_call_media_hush (SideCallMedia *self)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self));
  side_phone_feed_hush (self->engine->feed);
}

/**
 * side_call_media_press:
 * @digits: 0-9, *, #, A-D
 * @ms: how long each is held, 40 to 5000
 * @error: SIDE_ERROR_INVALID: there is something else among them;
 *   SIDE_ERROR_BUSY: nothing may be sent now
 *
 * As events (RFC 4733), or as tones where the far side knows none.
 *
 * Returns: whether they go out
 */
gboolean
side_call_media_press (SideCallMedia  *self,
                       const char     *digits,
                       guint           ms,
                       GError        **error)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && digits != NULL, FALSE);

  ms = CLAMP (ms, KEY_LEAST_MS, KEY_MOST_MS);
  for (const char *at = digits; *at != '\0'; at++)
    if (side_key_event_of (*at) < 0)
      {
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not made of keys", digits);
        return FALSE;
      }
  if (self->stopping || self->engine->pipe == NULL || !g_atomic_int_get (side_phone_wire_get_sending (self->engine->wire)))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_BUSY, "nothing can be sent now");
      return FALSE;
    }
  if (!side_phone_wire_press (self->engine->wire, digits, ms))
    for (const char *at = digits; *at != '\0'; at++)
      side_phone_feed_press (self->engine->feed, side_key_event_of (*at), ms);
  return TRUE;
}

/**
 * side_call_media_get_stats:
 * @stats: (out): filled in; of the end once it was stopped
 */
void
side_call_media_get_stats (SideCallMedia  *self,
                           SidePhoneStats *stats)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self) && stats != NULL);

  if (!self->stopping)
    {
      self->last = self->before;
      self->last.round_trip_ms = NAN;
      side_phone_wire_get_stats (self->engine->wire, &self->last);
      if (self->engine->pipe != NULL)
        side_phone_pipe_get_stats (self->engine->pipe, &self->last);
      self->last.late += side_phone_tape_get_lost (self->engine->tape, SIDE_PHONE_THEIRS) / PACKET;
    }
  *stats = self->last;
}

/**
 * side_call_media_get_n_cells:
 *
 * Returns: how many peaks of SIDE_PEAKS_CELL_MS there are of each side; some 250
 *   ms behind the sound
 */
guint
side_call_media_get_n_cells (SideCallMedia *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self), 0);
  return side_phone_listener_get_n_cells (self->engine->listener);
}

/**
 * side_call_media_get_cells:
 * @from: the first
 * @n: how many
 * @out: (array length=n) (out caller-allocates): filled as far as there are some
 *
 * Returns: how many there were
 */
guint
side_call_media_get_cells (SideCallMedia *self,
                           SidePhoneSide  side,
                           guint          from,
                           guint          n,
                           SidePeak      *out)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && out != NULL, 0);
  return side_phone_listener_get_cells (self->engine->listener, side, from, n, out);
}

/**
 * side_call_media_get_heard:
 *
 * Returns: (transfer full) (element-type SidePhoneSegment): what was heard from
 *   the far side so far
 */
GArray *
side_call_media_get_heard (SideCallMedia *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self), NULL);
  return side_phone_listener_get_heard (self->engine->listener);
}
