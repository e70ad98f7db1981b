/* sound-corpus.c - dialogues of which it is known who speaks when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The truth is taken from the clean sound, by its energy alone and without any
 * of the code under test: a 10 ms frame is speech when it comes within 30 dB of
 * the side's mean level, gaps up to 300 ms are part of the turn, bursts under
 * 80 ms are none.
 */
#include "sound-corpus.h"

#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-analysis.h"
#include "side-random.h"
#include "side-telephone.h"
#include "side-voice.h"

#define FRAME       (SOUND_CORPUS_RATE / 100)
#define SPEECH_DB   30.0
#define GAP_FRAMES  30
#define LEAST       8
#define OTHERS      6

static const char *const texts_en[] = {
  "Good afternoon, North and Oak furniture, how may I help you today?",
  "Hello, I ordered a table two weeks ago and it has not arrived yet.",
  "Let me have a look at that for you, could you tell me the number of the order please?",
  "Yes of course, it is four seven one nine.",
  "Thank you very much.",
  "I can see that it left the warehouse on Monday, so it should be with you by Friday at the latest.",
  "That is far too late, I need it on Thursday because we have guests.",
  "I understand, let me call the driver and ask whether he can come earlier.",
  "All right.",
  "Would the morning suit you better or rather the afternoon?",
  "The morning, if you can manage it, before eleven o'clock would be perfect.",
  "Then I will write that down and somebody will ring you the evening before.",
};

static const char *const texts_ru[] = {
  "Добрый день, магазин Кроссовки точка ру, меня зовут Анна, чем могу помочь?",
  "Здравствуйте, я заказывал у вас кроссовки неделю назад, и их до сих пор нет.",
  "Сейчас посмотрю, назовите, пожалуйста, номер вашего заказа.",
  "Да, конечно, четыре семь один девять.",
  "Спасибо большое.",
  "Я вижу, что посылка уже в вашем городе, её доставят завтра после обеда.",
  "Это слишком поздно, завтра вечером я уезжаю и не смогу её получить.",
  "Понимаю вас, давайте я позвоню курьеру и спрошу, может ли он приехать раньше.",
  "Хорошо.",
  "Вам удобнее утром или во второй половине дня?",
  "Утром, если можно, лучше всего до одиннадцати часов.",
  "Тогда я всё записала, накануне вечером вам обязательно перезвонят.",
};

#define N_TEXTS G_N_ELEMENTS (texts_en)
G_STATIC_ASSERT (G_N_ELEMENTS (texts_en) == G_N_ELEMENTS (texts_ru));

static const SideVoice voices[2][2] = {
  { { "en-us+f2", 52, 170 }, { "en-us+m3", 42, 175 } },
  { { "ru+f2", 52, 172 }, { "ru+m3", 42, 172 } },
};

static const SideVoice others[OTHERS] = {
  { "en-us+m7", 45, 180 }, { "en-us+f4", 55, 170 }, { "ru+m2", 38, 168 },
  { "ru+f3", 55, 178 }, { "en-us+m2", 40, 165 }, { "ru+f4", 50, 165 },
};

static GArray *
speak (const SideVoice *voice,
       const char      *text,
       double           dbfs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) wide = NULL;
  GArray *sound;
  guint rate;

  wide = side_voice_speak (voice, text, NULL, &rate, &error);
  g_assert_no_error (error);
  sound = side_telephone_band ((float *) (gpointer) wide->data, wide->len, rate);
  side_telephone_trim (sound);
  side_telephone_level (sound, dbfs);
  return sound;
}

static double
mean_square (const float *samples,
             gsize        n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) samples[i] * samples[i];
  return n > 0 ? sum / (double) n : 0;
}

/**
 * sound_corpus_clean_spans:
 * @samples: (array length=n): one side, without noise
 * @level: RMS of its speech
 *
 * Returns: (transfer full) (element-type SideSpan): where it speaks
 */
GArray *
sound_corpus_clean_spans (const float *samples,
                          gsize        n,
                          double       level)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  double least = level * level * pow (10, -SPEECH_DB / 10);
  gsize frames = n / FRAME;
  gint64 from = -1, to = -1;

  for (gsize i = 0; i <= frames + GAP_FRAMES; i++)
    {
      gboolean loud = i < frames && mean_square (samples + i * FRAME, FRAME) > least;

      if (loud && from < 0)
        from = (gint64) i;
      if (loud)
        to = (gint64) i + 1;
      else if (from >= 0 && (gint64) i - to >= GAP_FRAMES)
        {
          SideSpan span = { from * 10, to * 10 };

          if (to - from >= LEAST)
            g_array_append_val (spans, span);
          from = -1;
        }
    }
  return spans;
}

static void
lay (float       *samples,
     gsize        n,
     const GArray *sound,
     gint64       at_ms)
{
  gsize from = (gsize) at_ms * SOUND_CORPUS_RATE / 1000;

  for (guint i = 0; i < sound->len && from + i < n; i++)
    samples[from + i] += g_array_index (sound, float, i);
}

static gint64
length_of (const GArray *sound)
{
  return (gint64) sound->len * 1000 / SOUND_CORPUS_RATE;
}

/* Turns until the time is up: mostly after a breath, now and then too early,
 * after a long silence, or once more by the same. */
static void
play_turns (SoundCorpus *self,
            GPtrArray   *clips[2],
            gint64       length_ms,
            SideRandom  *random)
{
  gint64 at = 400, end;
  guint who = 0, last = 0;

  while (TRUE)
    {
      guint pick = side_random_below (random, N_TEXTS);
      const GArray *sound = g_ptr_array_index (clips[who], pick);
      double dice = side_random_unit (random);
      gint64 early = 500 + (gint64) side_random_below (random, 500);

      end = at + length_of (sound);
      if (end + 1500 > length_ms)
        return;
      lay (self->samples[who], self->n, sound, at);
      last = who;
      if (dice > 0.1)
        who = 1 - who;
      if (dice < 0.17)
        at = end + 4600 + (gint64) side_random_below (random, 8000);
      else if (dice < 0.33 && who != last && length_of (sound) > early + 1200)
        {
          /* Only a turn long enough to win the floor cuts in. */
          const GArray *cut = g_ptr_array_index (clips[who], pick == 4 || pick == 8 ? 0 : pick);

          if (end - early + length_of (cut) + 1500 > length_ms)
            return;
          lay (self->samples[who], self->n, cut, end - early);
          at = end - early + length_of (cut) + 700;
          who = 1 - who;
        }
      else
        at = end + 350 + (gint64) side_random_below (random, 1500);
    }
}

static void
add_babble (SoundCorpus *self)
{
  double level;

  self->babble = g_array_new (FALSE, TRUE, sizeof (float));
  g_array_set_size (self->babble, (guint) MIN (self->n, 20 * SOUND_CORPUS_RATE));
  for (guint v = 0; v < OTHERS; v++)
    {
      guint at = v * SOUND_CORPUS_RATE / 3;

      for (guint t = 0; at < self->babble->len; t++)
        {
          const char *const *texts = g_str_has_prefix (others[v].name, "ru") ? texts_ru : texts_en;
          g_autoptr (GArray) sound = speak (&others[v], texts[(t * 5 + v) % N_TEXTS], -24);

          lay ((float *) (gpointer) self->babble->data, self->babble->len, sound, (gint64) at * 1000 / SOUND_CORPUS_RATE);
          at += sound->len + SOUND_CORPUS_RATE / 4;
        }
    }
  level = sqrt (mean_square ((float *) (gpointer) self->babble->data, self->babble->len));
  for (guint i = 0; i < self->babble->len; i++)
    g_array_index (self->babble, float, i) /= (float) level;
}

/**
 * sound_corpus_new:
 * @language: "ru" or "en"
 * @seed: which of many
 * @length_ms: how long
 *
 * Returns: (transfer full): a dialogue without noise
 */
SoundCorpus *
sound_corpus_new (const char *language,
                  guint64     seed,
                  gint64      length_ms)
{
  SoundCorpus *self = g_new0 (SoundCorpus, 1);
  guint russian = g_str_equal (language, "ru");
  GPtrArray *clips[2];
  SideRandom random;

  side_random_init (&random, seed);
  self->n = (gsize) length_ms * SOUND_CORPUS_RATE / 1000;
  for (guint side = 0; side < 2; side++)
    {
      clips[side] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
      for (guint t = 0; t < N_TEXTS; t++)
        g_ptr_array_add (clips[side], speak (&voices[russian][side], (russian ? texts_ru : texts_en)[t], side == 0 ? -24 : -28));
      self->samples[side] = g_new0 (float, self->n);
    }
  play_turns (self, clips, length_ms, &random);
  for (guint side = 0; side < 2; side++)
    {
      self->level[side] = pow (10, (side == 0 ? -24 : -28) / 20.0);
      self->speech[side] = sound_corpus_clean_spans (self->samples[side], self->n, self->level[side]);
      g_ptr_array_unref (clips[side]);
    }
  add_babble (self);
  return self;
}

void
sound_corpus_free (SoundCorpus *self)
{
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->samples[side]);
      g_array_unref (self->speech[side]);
    }
  g_array_unref (self->babble);
  g_free (self);
}

/* Pink noise by P. Kellet's filter, hum of 50 Hz with its odd harmonics. */
static void
make_noise (const SoundCorpus *self,
            float             *out,
            SoundNoise         noise,
            SideRandom        *random)
{
  double b0 = 0, b1 = 0, b2 = 0;
  gsize start = side_random_below (random, self->babble->len);

  for (gsize i = 0; i < self->n; i++)
    {
      double white = side_random_unit (random) + side_random_unit (random) + side_random_unit (random) - 1.5;
      double t = (double) i / SOUND_CORPUS_RATE;

      switch (noise)
        {
        case SOUND_NOISE_WHITE:
          out[i] = (float) white;
          break;
        case SOUND_NOISE_PINK:
          b0 = 0.99765 * b0 + white * 0.0990460;
          b1 = 0.96300 * b1 + white * 0.2965164;
          b2 = 0.57000 * b2 + white * 1.0526913;
          out[i] = (float) (b0 + b1 + b2 + white * 0.1848);
          break;
        case SOUND_NOISE_HUM:
          out[i] = (float) (0.7 * sin (2 * G_PI * 50 * t) + 0.3 * sin (2 * G_PI * 150 * t + 1) + 0.1 * sin (2 * G_PI * 250 * t + 2)
                            + 0.4 * white);
          break;
        case SOUND_NOISE_BABBLE:
          out[i] = g_array_index (self->babble, float, (start + i) % self->babble->len);
          break;
        case SOUND_NOISE_NONE:
        default:
          out[i] = 0;
          break;
        }
    }
}

/**
 * sound_corpus_mix:
 * @self: a dialogue
 * @noise: which noise
 * @snr_db: how much louder the speech is while it lasts
 * @seed: of the noise
 *
 * Returns: (transfer full): both channels, sample by sample
 */
float *
sound_corpus_mix (const SoundCorpus *self,
                  SoundNoise         noise,
                  double             snr_db,
                  guint64            seed)
{
  float *mix = g_new (float, 2 * self->n);
  g_autofree float *added = g_new (float, self->n);

  for (guint side = 0; side < 2; side++)
    {
      SideRandom random;
      double square, gain;

      side_random_init (&random, seed * 2 + side);
      make_noise (self, added, noise, &random);
      square = mean_square (added, self->n);
      gain = square > 0 ? self->level[side] * pow (10, -snr_db / 20) / sqrt (square) : 0;
      for (gsize i = 0; i < self->n; i++)
        mix[2 * i + side] = CLAMP (self->samples[side][i] + (float) gain * added[i], -1.0f, 32767 / 32768.0f);
    }
  return mix;
}

/**
 * sound_corpus_write:
 * @path: the file
 * @sf_format: SF_FORMAT_WAV | SF_FORMAT_ALAW and the like
 * @channels: 1 or 2
 * @samples: (array length=n*channels): what to write
 * @n: how many instants
 */
void
sound_corpus_write (const char  *path,
                    int          sf_format,
                    int          channels,
                    const float *samples,
                    gsize        n)
{
  SF_INFO info = { .samplerate = SOUND_CORPUS_RATE, .channels = channels, .format = sf_format };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);

  if (file == NULL)
    g_error ("%s: %s", path, sf_strerror (NULL));
  g_assert_cmpint (sf_writef_float (file, samples, (sf_count_t) n), ==, (sf_count_t) n);
  g_assert_cmpint (sf_close (file), ==, 0);
}

const char *
sound_noise_name (SoundNoise noise)
{
  static const char *const names[] = { "none", "white", "pink", "hum", "babble" };

  return names[noise];
}
