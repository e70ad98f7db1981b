/* side-phone-feed.c - what we say, 20 ms by 20 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The microphone has a clock of its own. What it gives waits here; when more
 * than a moment of it has gathered, the oldest is dropped, and when there is
 * not enough, silence goes out and some is gathered first.
 */
#include "side-phone-feed.h"

#include <math.h>
#include <string.h>

#include "side-phone-media.h"

#define MIC_MOST   (SIDE_PHONE_RATE * 160 / 1000)
#define MIC_BEGIN  (SIDE_PHONE_RATE * 40 / 1000)
#define KEY_GAP_MS 60
/* Two partials of -9 dB each: ETSI ES 201 235-2 asks for -9 to -6 dBm, far below full scale. */
#define KEY_LEVEL  (0.18 * 32767)

static const double key_rows[4] = { 697, 770, 852, 941 };
static const double key_columns[4] = { 1209, 1336, 1477, 1633 };
/* Row and column of the sixteen events. */
static const guint8 key_places[16] = { 13, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 14, 3, 7, 11, 15 };

typedef struct {
  guint   id;
  GBytes *samples;
} Clip;

typedef struct {
  int    event;
  gsize  length;     /* of the tone, then of the pause behind it */
} Key;

struct _SidePhoneFeed
{
  GMutex        lock;
  SidePhoneSaid said;
  gpointer      data;
  gboolean      muted;
  GQueue        clips;
  gsize         clip_at;
  guint         last_id;
  gboolean      listening;
  gboolean      gathering;
  GArray       *microphone;
  GQueue        keys;
  gsize         key_at;
};

static void
clip_free (gpointer data)
{
  Clip *clip = data;

  g_bytes_unref (clip->samples);
  g_free (clip);
}

/* side_phone_feed_new:
 * @said: told when a clip is at its end */
SidePhoneFeed *
side_phone_feed_new (SidePhoneSaid said,
                     gpointer      data)
{
  SidePhoneFeed *self = g_new0 (SidePhoneFeed, 1);

  g_mutex_init (&self->lock);
  self->said = said;
  self->data = data;
  self->microphone = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_queue_init (&self->clips);
  g_queue_init (&self->keys);
  return self;
}

void
side_phone_feed_free (SidePhoneFeed *self)
{
  g_queue_clear_full (&self->clips, clip_free);
  g_queue_clear_full (&self->keys, g_free);
  g_array_unref (self->microphone);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gsize
take_keys (SidePhoneFeed *self,
           gint16        *out,
           gsize          n)
{
  gsize at = 0;
  Key *key;

  while (at < n && (key = g_queue_peek_head (&self->keys)) != NULL)
    {
      double row = key_rows[key_places[key->event] / 4] * 2 * G_PI / SIDE_PHONE_RATE;
      double column = key_columns[key_places[key->event] % 4] * 2 * G_PI / SIDE_PHONE_RATE;
      gsize whole = key->length + (gsize) SIDE_PHONE_RATE * KEY_GAP_MS / 1000;

      for (; at < n && self->key_at < whole; at++, self->key_at++)
        out[at] = self->key_at >= key->length ? 0
                  : (gint16) lrint (KEY_LEVEL * (sin (row * (double) self->key_at) + sin (column * (double) self->key_at)));
      if (self->key_at < whole)
        break;
      g_free (g_queue_pop_head (&self->keys));
      self->key_at = 0;
    }
  return at;
}

/* @ended: (element-type guint): put behind: the clips that are at their end */
static gsize
take_clips (SidePhoneFeed *self,
            gint16        *out,
            gsize          n,
            GArray        *ended)
{
  gsize at = 0;
  Clip *clip;

  while (at < n && (clip = g_queue_peek_head (&self->clips)) != NULL)
    {
      gsize bytes;
      const gint16 *samples = g_bytes_get_data (clip->samples, &bytes);
      gsize left = bytes / sizeof (gint16) - self->clip_at;
      gsize now = MIN (left, n - at);

      if (now > 0)
        memcpy (out + at, samples + self->clip_at, now * sizeof (gint16));
      at += now;
      self->clip_at += now;
      if (now < left)
        break;
      g_array_append_val (ended, clip->id);
      clip_free (g_queue_pop_head (&self->clips));
      self->clip_at = 0;
    }
  return at;
}

static gsize
take_microphone (SidePhoneFeed *self,
                 gint16        *out,
                 gsize          n)
{
  if (!self->listening || self->microphone->len < (self->gathering ? MIC_BEGIN : n))
    {
      self->gathering = TRUE;
      return 0;
    }
  self->gathering = FALSE;
  memcpy (out, self->microphone->data, n * sizeof (gint16));
  g_array_remove_range (self->microphone, 0, (guint) n);
  return n;
}

/* side_phone_feed_take:
 * @out: (array length=n): always filled
 *
 * Where we are muted all goes on, unheard. */
void
side_phone_feed_take (SidePhoneFeed *self,
                      gint16        *out,
                      gsize          n)
{
  g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize got;
  gboolean keys;

  g_mutex_lock (&self->lock);
  got = take_keys (self, out, n);
  keys = got > 0;
  if (got == 0)
    got = take_clips (self, out, n, ended);
  if (got == 0)
    got = take_microphone (self, out, n);
  if (got < n)
    memset (out + got, 0, (n - got) * sizeof (gint16));
  if (self->muted && !keys)
    memset (out, 0, n * sizeof (gint16));
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < ended->len; i++)
    self->said (g_array_index (ended, guint, i), self->data);
}

/* side_phone_feed_say:
 * @clip: samples of SIDE_PHONE_RATE, 16 bits, said behind those that wait
 *
 * Returns: what names it when it is said */
guint
side_phone_feed_say (SidePhoneFeed *self,
                     GBytes        *clip)
{
  Clip *new = g_new (Clip, 1);
  guint id;

  new->samples = g_bytes_ref (clip);
  g_mutex_lock (&self->lock);
  id = new->id = ++self->last_id;
  g_queue_push_tail (&self->clips, new);
  g_mutex_unlock (&self->lock);
  return id;
}

/* Drops the clip that is being said and those behind it, unsaid. */
void
side_phone_feed_hush (SidePhoneFeed *self)
{
  g_mutex_lock (&self->lock);
  g_queue_clear_full (&self->clips, clip_free);
  self->clip_at = 0;
  g_mutex_unlock (&self->lock);
}

void
side_phone_feed_set_muted (SidePhoneFeed *self,
                           gboolean       muted)
{
  g_mutex_lock (&self->lock);
  self->muted = muted;
  g_mutex_unlock (&self->lock);
}

/* side_phone_feed_listen:
 * @on: whether the microphone counts */
void
side_phone_feed_listen (SidePhoneFeed *self,
                        gboolean       on)
{
  g_mutex_lock (&self->lock);
  self->listening = on;
  self->gathering = TRUE;
  g_array_set_size (self->microphone, 0);
  g_mutex_unlock (&self->lock);
}

/* side_phone_feed_hear:
 * @samples: the next of the microphone's */
void
side_phone_feed_hear (SidePhoneFeed *self,
                      const gint16  *samples,
                      gsize          n)
{
  g_mutex_lock (&self->lock);
  if (self->listening)
    {
      g_array_append_vals (self->microphone, samples, (guint) n);
      if (self->microphone->len > MIC_MOST)
        g_array_remove_range (self->microphone, 0, self->microphone->len - MIC_MOST / 2);
    }
  g_mutex_unlock (&self->lock);
}

/* side_phone_feed_press:
 * @event: of RFC 4733, 0 to 15
 *
 * The tones of a key, for a far side that knows no telephone-event. */
void
side_phone_feed_press (SidePhoneFeed *self,
                       int            event,
                       guint          ms)
{
  Key *key = g_new (Key, 1);

  key->event = event;
  key->length = (gsize) SIDE_PHONE_RATE * ms / 1000;
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->keys, key);
  g_mutex_unlock (&self->lock);
}
