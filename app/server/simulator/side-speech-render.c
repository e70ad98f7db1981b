/* side-speech-render.c - a spec made into a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that is left open by the spec is drawn from a generator seeded
 * with the run's seed and the call's id, and the voices are the operator's
 * and the customer's own, so that a call says the same whenever it is spoken.
 */
#include "side-speech-render.h"

#include <json-glib/json-glib.h>

#include "side-error.h"
#include "side-speech-plan.h"
#include "side-telephone.h"
#include "side-voice.h"
#include "side-wav.h"

#define SAMPLES_PER_MS  (SIDE_TELEPHONE_RATE / 1000)
#define OPERATOR_DBFS   -21.0
#define CUSTOMER_DBFS   -23.0
#define MUSIC_DBFS      -25.0
/* Lines differ; the customer's is the worse one. */
#define OPERATOR_NOISE  -66.0
#define CUSTOMER_NOISE  -60.0

static const SideVoice voices[2][2][4] = {
  { { { "ru+m3", 42, 172 }, { "ru", 48, 165 }, { "ru+m7", 45, 178 }, { "ru+m2", 38, 168 } },
    { { "ru+f2", 52, 172 }, { "ru+f4", 50, 165 }, { "ru+f3", 55, 178 }, { "ru+f5", 50, 170 } } },
  { { { "gmw/en-GB-x-rp+m3", 45, 170 }, { "gmw/en-GB-scotland", 42, 165 }, { "gmw/en-US+m3", 45, 172 },
      { "gmw/en+m7", 45, 168 } },
    { { "gmw/en-GB-x-rp+f2", 52, 168 }, { "gmw/en-US+f3", 54, 172 }, { "gmw/en+f4", 50, 165 },
      { "gmw/en-GB-scotland+f2", 52, 168 } } },
};

static const char *const men[2][6] = { { "Андрей", "Виктор", "Михаил", "Пётр", "Роман", "Тимур" },
                                       { "Mr Baker", "Mr Collins", "Mr Ford", "Mr Hayes", "Mr Lewis", "Mr Shaw" } };
static const char *const women[2][6] = { { "Вероника", "Галина", "Ирина", "Людмила", "Нина", "Софья" },
                                         { "Mrs Brown", "Mrs Clarke", "Ms Ellis", "Mrs Grant", "Ms Morgan",
                                           "Mrs Reid" } };
static const char *const cities[2][6] = { { "Казань", "Самара", "Воронеж", "Тверь", "Пермь", "Омск" },
                                          { "Leeds", "Bristol", "York", "Norwich", "Exeter", "Durham" } };

typedef struct {
  const SideVoice *voices[2];      /* operator, customer */
  double           levels[2];
  GCancellable    *cancellable;
} Speakers;

static GArray *
speak (gboolean     customer,
       const char  *text,
       gpointer     data,
       GError     **error)
{
  Speakers *speakers = data;
  g_autoptr (GArray) raw = NULL;
  GArray *sound;
  guint rate;

  raw = side_voice_speak (speakers->voices[customer], text, speakers->cancellable, &rate, error);
  if (raw == NULL)
    return NULL;
  sound = side_telephone_band ((const float *) (gpointer) raw->data, raw->len, rate);
  side_telephone_trim (sound);
  side_telephone_level (sound, speakers->levels[customer]);
  return sound;
}

/* Who speaks and what fills the placeholders. */
static void
cast (const SideSpeechSpec *spec,
      const SideDialogue   *dialogue,
      SideRandom           *random,
      Speakers             *speakers,
      SideDialogueWords    *words)
{
  guint english = g_str_equal (spec->language, "en");
  gboolean woman = dialogue->woman && (!dialogue->man || side_random_chance (random, 0.5));
  SideRandom own;

  side_random_init_named (&own, 0, spec->op_id);
  speakers->voices[0] = &voices[english][spec->op_woman][side_random_below (&own, 4)];
  do
    speakers->voices[1] = &voices[english][woman][side_random_below (random, 4)];
  while (speakers->voices[1] == speakers->voices[0]);
  speakers->levels[0] = OPERATOR_DBFS;
  speakers->levels[1] = CUSTOMER_DBFS + side_random_between (random, -2, 2);

  words->shop = spec->shop;
  words->op = spec->op;
  words->customer = (woman ? women : men)[english][side_random_below (random, 6)];
  words->city = cities[english][side_random_below (random, 6)];
  words->order = spec->order;
  words->price = spec->price;
}

/* Puts the turns, the music and the noise of one side into @samples. */
static void
mix (float                *samples,
     gsize                 n,
     gboolean              customer,
     GPtrArray            *turns,
     const SideSpeechSpec *spec,
     SideRandom           *random)
{
  gsize hold_from = (gsize) (MAX (0, spec->hold_at_ms) * SAMPLES_PER_MS);
  gsize hold_to = hold_from + (gsize) (spec->hold_ms * SAMPLES_PER_MS);

  side_telephone_noise (samples, n, customer ? CUSTOMER_NOISE : OPERATOR_NOISE, random);
  /* The caller hears it, so it lies on the call centre's side. */
  if (!customer && spec->hold_ms > 0 && hold_from < n)
    side_telephone_music (samples + hold_from, MIN (hold_to, n) - hold_from, MUSIC_DBFS);
  for (guint i = 0; i < turns->len; i++)
    {
      const SidePlannedTurn *turn = turns->pdata[i];
      gsize at = (gsize) (turn->from_ms * SAMPLES_PER_MS);
      gsize end = MIN (n, (gsize) (turn->to_ms * SAMPLES_PER_MS));

      for (gsize k = 0; turn->customer == customer && k < turn->sound->len && at + k < end; k++)
        samples[at + k] += g_array_index (turn->sound, float, k);
    }
}

static gboolean
write_wav (const char   *path,
           const float  *left,
           const float  *right,
           gsize         n,
           GError      **error)
{
  SideWavInfo info = { .format = SIDE_WAV_PCM, .tag = 1, .channels = 2, .rate = SIDE_TELEPHONE_RATE, .bits = 16 };
  g_autofree guint8 *bytes = g_malloc (44 + n * 4);
  const float *sides[2] = { left, right };

  info.data_bytes = n * 4;
  side_wav_build_header (&info, bytes);
  for (gsize i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      {
        gint16 sample = (gint16) (CLAMP (sides[side][i], -1, 1) * 32767);

        bytes[44 + i * 4 + side * 2] = (guint8) (sample & 0xff);
        bytes[44 + i * 4 + side * 2 + 1] = (guint8) (sample >> 8 & 0xff);
      }
  return g_file_set_contents_full (path, (const char *) bytes, (gssize) (44 + n * 4), G_FILE_SET_CONTENTS_CONSISTENT,
                                   0640, error);
}

static void
add_span (JsonBuilder *builder,
          const char  *side,
          gint64       from_ms,
          gint64       to_ms,
          const char  *text)
{
  json_builder_begin_object (builder);
  if (side != NULL)
    {
      json_builder_set_member_name (builder, "side");
      json_builder_add_string_value (builder, side);
    }
  json_builder_set_member_name (builder, "from_ms");
  json_builder_add_int_value (builder, from_ms);
  json_builder_set_member_name (builder, "to_ms");
  json_builder_add_int_value (builder, to_ms);
  if (text != NULL)
    {
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, text);
    }
  json_builder_end_object (builder);
}

/* Who spoke when, and when the call was held. */
static gboolean
write_turns (const char            *path,
             const SideSpeechSpec  *spec,
             gint64                 length_ms,
             GPtrArray             *turns,
             GError               **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize len;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "call");
  json_builder_add_string_value (builder, spec->call);
  json_builder_set_member_name (builder, "duration_ms");
  json_builder_add_int_value (builder, length_ms);
  json_builder_set_member_name (builder, "turns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < turns->len; i++)
    {
      const SidePlannedTurn *turn = turns->pdata[i];
      add_span (builder, turn->customer ? "customer" : "operator", turn->from_ms, turn->to_ms, turn->text);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "holds");
  json_builder_begin_array (builder);
  if (spec->hold_ms > 0 && spec->hold_at_ms < length_ms)
    add_span (builder, NULL, spec->hold_at_ms, MIN (spec->hold_at_ms + spec->hold_ms, length_ms), NULL);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &len);
  return g_file_set_contents_full (path, text, (gssize) len, G_FILE_SET_CONTENTS_CONSISTENT, 0640, error);
}

/* The number and price of an order the record does not know. */
static SideSpeechSpec *
complete (const SideSpeechSpec *spec,
          SideRandom           *random)
{
  SideSpeechSpec *full = side_speech_spec_copy (spec);
  gboolean english = g_str_equal (spec->language, "en");

  if (full->order == NULL)
    full->order = g_strdup_printf ("%u %03u", 40 + side_random_below (random, 50), side_random_below (random, 1000));
  if (full->price == NULL)
    full->price = english ? g_strdup_printf ("%u pounds", 10 * (9 + side_random_below (random, 90)))
                          : g_strdup_printf ("%u рублей", 10 * (90 + side_random_below (random, 900)));
  return full;
}

static gboolean
write_files (const char            *path,
             const SideSpeechSpec  *spec,
             gint64                 length_ms,
             GPtrArray             *turns,
             SideRandom            *random,
             GError               **error)
{
  gsize n = (gsize) (length_ms * SAMPLES_PER_MS);
  g_autofree float *left = g_new0 (float, n + 1);
  g_autofree float *right = g_new0 (float, n + 1);
  g_autofree char *turns_path = side_speech_turns_path (path);

  mix (left, n, FALSE, turns, spec, random);
  mix (right, n, TRUE, turns, spec, random);
  /* The sound last: where it lies, the turns lie too. */
  return write_turns (turns_path, spec, length_ms, turns, error) && write_wav (path, left, right, n, error);
}

/**
 * side_speech_render:
 * @dialogues: (element-type SideDialogue): what can be said
 * @spec: the call
 * @path: the WAV file to make; written under another name and renamed
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether both files lie there now
 */
gboolean
side_speech_render (GPtrArray             *dialogues,
                    const SideSpeechSpec  *spec,
                    const char            *path,
                    GCancellable          *cancellable,
                    GError               **error)
{
  gint64 length_ms = MIN (spec->talk_ms + spec->hold_ms, SIDE_SPEECH_MAX_MS);
  g_autoptr (SideSpeechSpec) full = NULL;
  g_autoptr (GPtrArray) turns = NULL;
  const SideDialogue *dialogue;
  Speakers speakers = { .cancellable = cancellable };
  SideDialogueWords words;
  SideRandom random;

  side_random_init_named (&random, spec->seed ^ 0x5eec, spec->call);
  dialogue = side_speech_choose (dialogues, spec, &random);
  if (dialogue == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "there is no dialogue in the language “%s”", spec->language);
      return FALSE;
    }
  full = complete (spec, &random);
  cast (full, dialogue, &random, &speakers, &words);
  turns = side_speech_plan (dialogues, dialogue, full, &words, length_ms, &random, speak, &speakers, error);
  return turns != NULL && write_files (path, full, length_ms, turns, &random, error);
}
