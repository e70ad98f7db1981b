/* side-phone-listener.c - the thread that writes, draws and listens
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-listener.h"

#include <gst/gst.h>
#include <math.h>

/* What is drawn of it comes ten times a second: each time the thread, the disk and the window wake up. */
#define TICK_US   100000
/* Behind the sound: the far side's packets may be held back for each other. */
#define BEHIND_NS (250 * (gint64) GST_MSECOND)
#define CELL      (SIDE_PHONE_RATE * SIDE_PEAKS_CELL_MS / 1000)
#define CHUNK     (SIDE_PHONE_RATE / 10)

/* The cell that is not full yet. */
typedef struct {
  gint16 min, max;
  double squares;
  guint  n;
} Cell;

struct _SidePhoneListener
{
  SidePhoneTape     *tape;
  SidePhoneTell      tell;
  gpointer           data;
  GThread           *thread;
  GstClock          *clock;
  gint64             start_ns;
  Cell               cell[2];        /* the thread's */

  GMutex             lock;           /* all below */
  GCond              wake;
  gboolean           stopping;
  SidePhoneEar      *ear;
  SidePhoneRecorder *recorder;
  GError            *error;
  GArray            *cells[2];       /* SidePeak */
  GArray            *heard;
};

/* side_phone_listener_new:
 * @tape: outlives it
 * @tell: called when there is something new */
SidePhoneListener *
side_phone_listener_new (SidePhoneTape *tape,
                         SidePhoneTell  tell,
                         gpointer       data)
{
  SidePhoneListener *self = g_new0 (SidePhoneListener, 1);

  self->tape = tape;
  self->tell = tell;
  self->data = data;
  self->clock = gst_system_clock_obtain ();
  self->ear = side_phone_ear_new (SIDE_PHONE_RATE);
  self->heard = g_array_new (FALSE, FALSE, sizeof (SidePhoneSegment));
  for (guint i = 0; i < 2; i++)
    self->cells[i] = g_array_new (FALSE, FALSE, sizeof (SidePeak));
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  return self;
}

static void
measure (SidePhoneListener *self,
         SidePhoneSide      side,
         const gint16      *samples,
         gsize              n)
{
  Cell *cell = &self->cell[side];

  for (gsize i = 0; i < n; i++)
    {
      gint16 x = samples[i];

      cell->min = cell->n == 0 ? x : MIN (cell->min, x);
      cell->max = cell->n == 0 ? x : MAX (cell->max, x);
      cell->squares += (double) x * x;
      if (++cell->n == CELL)
        {
          SidePeak peak = { cell->min, cell->max, (gint16) MIN (lrint (sqrt (cell->squares / CELL)), G_MAXINT16) };

          g_array_append_val (self->cells[side], peak);
          *cell = (Cell) { 0 };
        }
    }
}

/* The disk may take its time: only the recorder is out of the lock then, and it is ours alone. */
static SidePhoneNews
record (SidePhoneListener *self,
        const gint16      *ours,
        const gint16      *theirs,
        gsize              n)
{
  g_autoptr (GError) error = NULL;
  SidePhoneRecorder *recorder;

  g_mutex_lock (&self->lock);
  recorder = self->recorder;
  g_mutex_unlock (&self->lock);
  if (recorder == NULL || side_phone_recorder_write (recorder, ours, theirs, n, &error))
    return 0;
  /* What there is gets its name as far as it goes. */
  side_phone_recorder_finish (recorder, NULL);
  side_phone_recorder_free (recorder);
  g_mutex_lock (&self->lock);
  self->recorder = NULL;
  self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->lock);
  return SIDE_PHONE_NEWS_FULL;
}

static SidePhoneNews
listen (SidePhoneListener *self,
        const gint16      *ours,
        const gint16      *theirs,
        gsize              n)
{
  SidePhoneNews news = record (self, ours, theirs, n) | SIDE_PHONE_NEWS_LEVELS;

  g_mutex_lock (&self->lock);
  measure (self, SIDE_PHONE_OURS, ours, n);
  measure (self, SIDE_PHONE_THEIRS, theirs, n);
  if (side_phone_ear_hear (self->ear, theirs, ours, n))
    {
      g_array_unref (self->heard);
      self->heard = side_phone_ear_get_segments (self->ear);
      news |= SIDE_PHONE_NEWS_HEARD;
    }
  g_mutex_unlock (&self->lock);
  return news;
}

static void
take_all (SidePhoneListener *self,
          gint64             until_ns)
{
  gint16 ours[CHUNK], theirs[CHUNK];
  SidePhoneNews news = 0;
  gsize n;

  while ((n = side_phone_tape_take (self->tape, until_ns, ours, theirs, CHUNK)) > 0)
    news |= listen (self, ours, theirs, n);
  if (news != 0)
    self->tell (news, self->data);
}

static gint64
now_ns (SidePhoneListener *self)
{
  return (gint64) gst_clock_get_time (self->clock) - self->start_ns;
}

static gpointer
listener_thread (gpointer data)
{
  SidePhoneListener *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stopping)
    {
      g_mutex_unlock (&self->lock);
      take_all (self, now_ns (self) - BEHIND_NS);
      g_mutex_lock (&self->lock);
      if (!self->stopping)
        g_cond_wait_until (&self->wake, &self->lock, g_get_monotonic_time () + TICK_US);
    }
  g_mutex_unlock (&self->lock);
  take_all (self, now_ns (self));
  return NULL;
}

/* side_phone_listener_start:
 * @start_ns: where the tape begins, by the system clock */
void
side_phone_listener_start (SidePhoneListener *self,
                           gint64             start_ns)
{
  self->start_ns = start_ns;
  self->thread = g_thread_new ("side-call-ear", listener_thread, self);
}

/* side_phone_listener_stop:
 * @error: SIDE_ERROR_FULL and so on: the recording could not be finished
 *
 * Waits for the thread and the disk.
 *
 * Returns: whether there is a recording, or none was wanted */
gboolean
side_phone_listener_stop (SidePhoneListener  *self,
                          GError            **error)
{
  gboolean well = TRUE;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    {
      g_clear_pointer (&self->thread, g_thread_join);
      g_mutex_lock (&self->lock);
      side_phone_ear_end (self->ear);
      g_array_unref (self->heard);
      self->heard = side_phone_ear_get_segments (self->ear);
      g_mutex_unlock (&self->lock);
    }
  if (self->recorder != NULL)
    well = side_phone_recorder_finish (self->recorder, error);
  g_clear_pointer (&self->recorder, side_phone_recorder_free);
  return well;
}

void
side_phone_listener_free (SidePhoneListener *self)
{
  g_assert (self->thread == NULL);
  side_phone_ear_free (self->ear);
  g_clear_pointer (&self->recorder, side_phone_recorder_free);
  g_clear_error (&self->error);
  g_array_unref (self->heard);
  for (guint i = 0; i < 2; i++)
    g_array_unref (self->cells[i]);
  gst_clear_object (&self->clock);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* side_phone_listener_record:
 * @recorder: (transfer full): written to from now on; only once */
void
side_phone_listener_record (SidePhoneListener *self,
                            SidePhoneRecorder *recorder)
{
  g_mutex_lock (&self->lock);
  g_assert (self->recorder == NULL);
  self->recorder = recorder;
  g_mutex_unlock (&self->lock);
}

void
side_phone_listener_answered (SidePhoneListener *self,
                              gint64             at_ms)
{
  g_mutex_lock (&self->lock);
  side_phone_ear_answered (self->ear, at_ms);
  g_mutex_unlock (&self->lock);
}

/* Returns: (transfer full) (nullable): why nothing more is recorded; once */
GError *
side_phone_listener_take_error (SidePhoneListener *self)
{
  GError *error;

  g_mutex_lock (&self->lock);
  error = g_steal_pointer (&self->error);
  g_mutex_unlock (&self->lock);
  return error;
}

guint
side_phone_listener_get_n_cells (SidePhoneListener *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->cells[0]->len;
  g_mutex_unlock (&self->lock);
  return n;
}

guint
side_phone_listener_get_cells (SidePhoneListener *self,
                               SidePhoneSide      side,
                               guint              from,
                               guint              n,
                               SidePeak          *out)
{
  g_mutex_lock (&self->lock);
  from = MIN (from, self->cells[side]->len);
  n = MIN (n, self->cells[side]->len - from);
  if (n > 0)
    memcpy (out, &g_array_index (self->cells[side], SidePeak, from), n * sizeof (SidePeak));
  g_mutex_unlock (&self->lock);
  return n;
}

/* Returns: (transfer full) (element-type SidePhoneSegment) */
GArray *
side_phone_listener_get_heard (SidePhoneListener *self)
{
  GArray *heard;

  g_mutex_lock (&self->lock);
  heard = g_array_copy (self->heard);
  g_mutex_unlock (&self->lock);
  return heard;
}
