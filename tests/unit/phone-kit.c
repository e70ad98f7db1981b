/* phone-kit.c - two ends of a call, and a bad line between them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "phone-kit.h"

#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-test.h"
#include "tone-file.h"

#define AMPLITUDE 0.4

GSocketFamily phone_kit_family = G_SOCKET_FAMILY_IPV4;

static void
key_cb (SideCallMedia *media,
        char           digit,
        gint64         at_ms,
        PhoneEnd      *self)
{
  g_string_append_c (self->keys, digit);
}

static void
failed_cb (SideCallMedia *media,
           SidePhonePart  part,
           GError        *error,
           PhoneEnd      *self)
{
  g_test_message ("%d: %s", (int) part, error->message);
  g_assert_false (self->failed & (1u << part));
  self->failed |= 1u << part;
}

static void
said_cb (SideCallMedia *media,
         guint          clip,
         PhoneEnd      *self)
{
  g_assert_cmpuint (clip, ==, self->said + 1);
  self->said = clip;
}

static void
levels_cb (SideCallMedia *media,
           PhoneEnd      *self)
{
  self->levels++;
}

/* phone_end_init:
 * @folder: (nullable): where it records */
void
phone_end_init (PhoneEnd   *self,
                const char *folder,
                const char *name)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (phone_kit_family);
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->media = side_call_media_new (local, &error);
  g_assert_no_error (error);
  self->keys = g_string_new (NULL);
  g_signal_connect (self->media, "key", G_CALLBACK (key_cb), self);
  g_signal_connect (self->media, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect (self->media, "said", G_CALLBACK (said_cb), self);
  g_signal_connect (self->media, "levels", G_CALLBACK (levels_cb), self);
  if (folder == NULL)
    return;
  self->path = g_strdup_printf ("%s/%s.wav", folder, name);
  side_call_media_record (self->media, self->path, &error);
  g_assert_no_error (error);
}

void
phone_end_clear (PhoneEnd *self)
{
  g_clear_object (&self->media);
  g_string_free (self->keys, TRUE);
  g_free (self->path);
  side_sdp_agreed_clear (&self->agreed);
}

void
phone_end_stop (PhoneEnd *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_call_media_stop_async (self->media, side_test_async_cb, &result);
  side_call_media_stop_finish (self->media, side_test_wait_result (&result, PHONE_KIT_WAIT_MS, "the sound to stop"), &error);
  g_assert_no_error (error);
}

void
phone_end_agree (PhoneEnd *self)
{
  g_autoptr (GError) error = NULL;

  side_call_media_agree (self->media, &self->agreed, &error);
  g_assert_no_error (error);
}

SidePhoneStats
phone_end_get_stats (PhoneEnd *self)
{
  SidePhoneStats stats;

  side_call_media_get_stats (self->media, &stats);
  return stats;
}

typedef struct {
  PhoneEnd *end;
  guint64   n;
} Packets;

static gboolean
has_packets (gpointer data)
{
  const Packets *packets = data;

  return phone_end_get_stats (packets->end).received >= packets->n;
}

/* Waits until @n more have come. */
void
phone_end_wait_packets (PhoneEnd *self,
                        guint     n)
{
  Packets packets = { self, phone_end_get_stats (self).received + n };

  side_test_wait_until (has_packets, &packets, PHONE_KIT_WAIT_MS, "packets to come");
}

/* The samples of a finished recording. */
static float *
read_recording (PhoneEnd *self,
                gsize    *n)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (self->path, SFM_READ, &info);
  float *samples;

  g_assert_nonnull (file);
  g_assert_cmpint (info.channels, ==, 2);
  g_assert_cmpint (info.samplerate, ==, SIDE_PHONE_RATE);
  samples = g_new (float, (gsize) info.frames * 2 + 1);
  g_assert_cmpint (sf_readf_float (file, samples, info.frames), ==, info.frames);
  sf_close (file);
  *n = (gsize) info.frames;
  return samples;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* phone_end_level:
 * @from_s: from here on in the recording
 * @to_s: up to here, half a second later or more
 *
 * Returns: how strong a tone is, as the median of tenths of a second, so that a
 *   seam does not count, in dB of what phone_tone() makes */
double
phone_end_level (PhoneEnd *self,
                 guint     channel,
                 double    hertz,
                 double    from_s,
                 double    to_s)
{
  gsize n;
  g_autofree float *samples = read_recording (self, &n);
  gsize piece = SIDE_PHONE_RATE / 10;
  gsize from = MIN ((gsize) (from_s * SIDE_PHONE_RATE), n), to = MIN ((gsize) (to_s * SIDE_PHONE_RATE), n);
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize at = from; at + piece <= to; at += piece)
    {
      double level = tone_level (samples + 2 * at, piece, 2, channel, SIDE_PHONE_RATE, hertz);

      g_array_append_val (levels, level);
    }
  g_assert_cmpuint (levels->len, >=, 3);
  g_array_sort (levels, compare);
  return 20 * log10 (g_array_index (levels, double, levels->len / 2) / AMPLITUDE + 1e-9);
}

/* phone_end_onset_ms:
 *
 * Returns: when the channel became loud for the first time, ms since 1970 */
gint64
phone_end_onset_ms (PhoneEnd *self,
                    guint     channel)
{
  gsize n;
  g_autofree float *samples = read_recording (self, &n);

  for (gsize i = 0; i < n; i++)
    if (fabsf (samples[2 * i + channel]) > 0.1f)
      return side_call_media_get_start_ms (self->media) + (gint64) (i * 1000 / SIDE_PHONE_RATE);
  g_error ("%s: nothing in channel %u", self->path, channel);
}

static void
set_codec (SideSdpAgreed *agreed,
           const char    *codec)
{
  static const SideSdpCodec codecs[] = { { 8, "PCMA", 8000, 1 }, { 0, "PCMU", 8000, 1 }, { 9, "G722", 8000, 1 },
                                         { 107, "opus", 48000, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (strcmp (codecs[i].name, codec) == 0)
      agreed->codec = codecs[i];
  g_assert_cmpuint (agreed->codec.rate, >, 0);
  agreed->receive_type = agreed->codec.payload_type;
  agreed->tones = (SideSdpCodec) { 101, "telephone-event", 8000, 1 };
  agreed->tones_receive_type = 101;
  agreed->direction = SIDE_SDP_SENDRECV;
  agreed->ptime_ms = 20;
}

static void
connect_one (PhoneEnd   *self,
             PhoneEnd   *other,
             const char *codec)
{
  set_codec (&self->agreed, codec);
  g_clear_object (&self->agreed.address);
  self->agreed.address = g_inet_address_new_loopback (phone_kit_family);
  self->agreed.rtp_port = side_call_media_get_rtp_port (other->media);
  self->agreed.rtcp_port = side_call_media_get_rtcp_port (other->media);
}

/* Only what will be agreed; see phone_end_agree(). */
void
phone_ends_connect (PhoneEnd   *a,
                    PhoneEnd   *b,
                    const char *codec)
{
  connect_one (a, b, codec);
  connect_one (b, a, codec);
}

void
phone_ends_encrypt (PhoneEnd   *a,
                    PhoneEnd   *b,
                    const char *suite)
{
  g_strlcpy (a->agreed.keys.suite, suite, sizeof a->agreed.keys.suite);
  g_strlcpy (b->agreed.keys.suite, suite, sizeof b->agreed.keys.suite);
  for (guint i = 0; i < SIDE_SDP_KEY_BYTES; i++)
    {
      a->agreed.keys.ours[i] = b->agreed.keys.theirs[i] = (guint8) g_random_int ();
      b->agreed.keys.ours[i] = a->agreed.keys.theirs[i] = (guint8) g_random_int ();
    }
}

/* Returns: (transfer full): a clip */
GBytes *
phone_tone (double hertz,
            double silence_s,
            double seconds)
{
  gsize silence = (gsize) (silence_s * SIDE_PHONE_RATE), n = silence + (gsize) (seconds * SIDE_PHONE_RATE);
  gint16 *samples = g_new0 (gint16, n);

  for (gsize i = silence; i < n; i++)
    samples[i] = (gint16) lrint (AMPLITUDE * 32767 * sin (2 * G_PI * hertz * (double) (i - silence) / SIDE_PHONE_RATE));
  return g_bytes_new_take (samples, n * sizeof (gint16));
}

/* Says a tone, after a silence. */
void
phone_end_say (PhoneEnd *self,
               double    hertz,
               double    silence_s,
               double    seconds)
{
  g_autoptr (GBytes) clip = phone_tone (hertz, silence_s, seconds);

  side_call_media_say (self->media, clip);
}

/* Both of them */

void
phone_pair_setup (PhonePair     *self,
                  gconstpointer  data)
{
  self->folder = side_test_tmp_dir ();
  phone_end_init (&self->a, self->folder, "a");
  phone_end_init (&self->b, self->folder, "b");
}

void
phone_pair_teardown (PhonePair     *self,
                     gconstpointer  data)
{
  phone_end_clear (&self->a);
  phone_end_clear (&self->b);
  side_test_rm_rf (self->folder);
  g_free (self->folder);
}

void
phone_pair_agree (PhonePair *self)
{
  phone_end_agree (&self->a);
  phone_end_agree (&self->b);
}

static void
tell_stats (const char *name,
            PhoneEnd   *end)
{
  SidePhoneStats stats = phone_end_get_stats (end);

  g_test_message ("%s: %" G_GUINT64_FORMAT " sent, %" G_GUINT64_FORMAT " left late, %" G_GUINT64_FORMAT " came, %"
                  G_GUINT64_FORMAT " too late, jitter %.1f ms", name, stats.sent, stats.slips, stats.received, stats.late,
                  stats.jitter_ms);
}

/* Lets what is on its way come first. */
void
phone_pair_stop (PhonePair *self)
{
  side_test_run_for (150);
  tell_stats ("A", &self->a);
  tell_stats ("B", &self->b);
  phone_end_stop (&self->a);
  phone_end_stop (&self->b);
}

/* Returns: whether the machine had so little time for us that instants prove nothing */
gboolean
phone_pair_was_late (PhonePair *self)
{
  SidePhoneStats a = phone_end_get_stats (&self->a), b = phone_end_get_stats (&self->b);

  return a.slips + b.slips > 0 || MAX (a.jitter_ms, b.jitter_ms) > 2;
}

/* The line */

struct _PhoneRelay
{
  GThread        *thread;
  GCancellable   *cancellable;
  GSocket        *sockets[2];
  GSocketAddress *ends[2];
  guint           loss_percent;
  guint64         passed, dropped;
};

static gpointer
relay_thread (gpointer data)
{
  PhoneRelay *self = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  char packet[2048];

  while (!g_cancellable_is_cancelled (self->cancellable))
    for (guint i = 0; i < 2; i++)
      {
        gssize n = 0;

        g_socket_condition_timed_wait (self->sockets[i], G_IO_IN, 1000, self->cancellable, NULL);
        while (n >= 0 && (n = g_socket_receive (self->sockets[i], packet, sizeof packet, NULL, NULL)) > 0)
          if (i == 0 && g_rand_int_range (rand, 0, 100) < (gint) self->loss_percent)
            self->dropped++;
          else
            {
              self->passed += i == 0;
              g_socket_send_to (self->sockets[1 - i], self->ends[1 - i], packet, (gsize) n, NULL, NULL);
            }
      }
  return NULL;
}

static guint16
open_socket (PhoneRelay *self,
             guint       which,
             PhoneEnd   *end)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (local, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->ends[which] = g_inet_socket_address_new (local, side_call_media_get_rtp_port (end->media));
  self->sockets[which] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->sockets[which], any, FALSE, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->sockets[which], FALSE);
  bound = g_socket_get_local_address (self->sockets[which], &error);
  g_assert_no_error (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* phone_relay_new: between two ends that are connected and have not agreed yet; reports do not pass
 * @loss_percent: of A's packets that are lost, by lot with a fixed seed */
PhoneRelay *
phone_relay_new (PhoneEnd *a,
                 PhoneEnd *b,
                 guint     loss_percent)
{
  PhoneRelay *self = g_new0 (PhoneRelay, 1);

  self->loss_percent = loss_percent;
  self->cancellable = g_cancellable_new ();
  a->agreed.rtp_port = open_socket (self, 0, a);
  b->agreed.rtp_port = open_socket (self, 1, b);
  a->agreed.rtcp_port = b->agreed.rtcp_port = 0;
  self->thread = g_thread_new ("relay", relay_thread, self);
  return self;
}

/* Returns: how many of A's packets were lost */
guint64
phone_relay_free (PhoneRelay *self,
                  guint64    *passed)
{
  guint64 dropped;

  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  dropped = self->dropped;
  *passed = self->passed;
  for (guint i = 0; i < 2; i++)
    {
      g_object_unref (self->sockets[i]);
      g_object_unref (self->ends[i]);
    }
  g_object_unref (self->cancellable);
  g_free (self);
  return dropped;
}
