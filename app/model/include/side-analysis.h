/* side-analysis.h - what can be known of a recording by listening to it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The result of one analysis: per side of the recording, who spoke when and
 * how it sounds, and what follows for the conversation. The version of the
 * algorithm is kept with it. Spans are ms from the beginning of the recording;
 * a figure that cannot be known is NaN or SIDE_ANALYSIS_UNKNOWN, never a guess.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A moment or a length that is not known. */
#define SIDE_ANALYSIS_UNKNOWN G_GINT64_CONSTANT (-1)

/* More channels than that no recording has. */
#define SIDE_ANALYSIS_MAX_SIDES 8

/* The channel of each side; a person or nobody. */
enum {
  SIDE_CHANNEL_NONE = -1,
  SIDE_CHANNEL_OPERATOR = 0,
  SIDE_CHANNEL_CUSTOMER = 1,
};

typedef struct {
  gint64 from_ms;
  gint64 to_ms;
} SideSpan;

/**
 * SideTalkOver: both speak.
 * @who: the side that began while the other spoke
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  int    who;
} SideTalkOver;

typedef enum {
  SIDE_TONE_NONE,
  SIDE_TONE_RINGBACK,
  SIDE_TONE_BUSY,
  SIDE_TONE_CONGESTION,
  SIDE_TONE_DIAL,
  SIDE_TONE_SIT,
  SIDE_TONE_FAX,
  SIDE_TONE_DTMF,
  SIDE_TONE_MUSIC,
} SideToneKind;

/**
 * SideTone: neither speech nor silence.
 * @channel: where it was heard
 * @digit: of a key tone: 0-9, *, #, A-D; otherwise 0
 */
typedef struct {
  gint64       from_ms;
  gint64       to_ms;
  SideToneKind kind;
  int          channel;
  char         digit;
} SideTone;

/**
 * SideAttribution: whether it can be told who spoke, and if not, why.
 * @SIDE_ATTRIBUTION_MEASURED: operator left, customer right
 * @SIDE_ATTRIBUTION_MONO: both sides lie in one channel
 * @SIDE_ATTRIBUTION_SAME: two channels that hold the same mix
 * @SIDE_ATTRIBUTION_ONE_SIDED: one of two channels carries no signal at all
 * @SIDE_ATTRIBUTION_CHANNELS: more than two channels
 */
typedef enum {
  SIDE_ATTRIBUTION_MEASURED,
  SIDE_ATTRIBUTION_MONO,
  SIDE_ATTRIBUTION_SAME,
  SIDE_ATTRIBUTION_ONE_SIDED,
  SIDE_ATTRIBUTION_CHANNELS,
} SideAttribution;

/**
 * SideSoundCode: what is worth a word to a person; the screen has the words.
 */
typedef enum {
  SIDE_SOUND_UNKNOWN,
  SIDE_SOUND_NOISY,          /* value: speech-to-noise, dB */
  SIDE_SOUND_QUIET,          /* value: LUFS */
  SIDE_SOUND_LOUD,           /* value: LUFS */
  SIDE_SOUND_CLIPPED,        /* value: runs */
  SIDE_SOUND_ONE_WAY,        /* value: seconds the other side spoke */
  SIDE_SOUND_ECHO,           /* value: dB below the other side's speech */
  SIDE_SOUND_LEVELS_DIFFER,  /* value: LU the operator is louder by */
  SIDE_SOUND_DEAD_AIR,       /* value: seconds of the longest */
  SIDE_SOUND_TALK_OVER,      /* value: share of the call, 0..1 */
  SIDE_SOUND_MONOLOGUE,      /* value: seconds */
  SIDE_SOUND_SLOW_ANSWERS,   /* value: seconds, p90 of the response latency */
  SIDE_SOUND_LATE_GREETING,  /* value: seconds after the answer */
} SideSoundCode;

/**
 * SideSoundFlag:
 * @channel: whose, or %SIDE_CHANNEL_NONE
 * @value: see SideSoundCode
 * @at_ms: where to listen, or %SIDE_ANALYSIS_UNKNOWN
 */
typedef struct {
  SideSoundCode code;
  int           channel;
  double        value;
  gint64        at_ms;
} SideSoundFlag;

/**
 * SideOfCall: one channel of the recording.
 * @speech: (element-type SideSpan): in order, apart from each other
 * @loudness_lufs: integrated, EBU R128 with the dual-mono convention
 * @noise_floor_dbfs: RMS level between the words, 0 = full scale square wave
 * @snr_db: speech over noise
 * @clipped_runs: runs of three samples or more at the ceiling
 * @clipped_at_ms: the first of them
 * @digital_silence_ms: how long there was no signal at all, not even noise
 * @one_way: nothing was said here while the other side spoke
 * @has_signal: whether there is anything in the channel at all
 * @echo_ms: how much of the other side's speech came back here, taken out of @speech
 * @echo_at_ms: where it did first
 * @echo_db: how far below the other side's speech, negative
 * @pace: peaks of the speech's envelope a second of speech, close to syllables a second
 * @longest_monologue: by the rules of side-conversation.h; empty when not measurable
 */
typedef struct {
  GArray   *speech;
  double    loudness_lufs;
  double    noise_floor_dbfs;
  double    snr_db;
  guint     clipped_runs;
  gint64    clipped_at_ms;
  gint64    digital_silence_ms;
  gboolean  one_way;
  gboolean  has_signal;
  gint64    echo_ms;
  gint64    echo_at_ms;
  double    echo_db;
  double    pace;
  SideSpan  longest_monologue;
} SideOfCall;

/**
 * SideLatency: gaps before one side answers the other, in ms.
 * @n: how many
 * @longest: from the other side's end to this side's start
 */
typedef struct {
  guint    n;
  double   median_ms;
  double   p90_ms;
  SideSpan longest;
} SideLatency;

/**
 * SideConversation: what follows from who spoke when.
 * @dead_air: (element-type SideSpan): nobody speaks for over 4 s
 * @talk_over: (element-type SideTalkOver): both speak for 250 ms or more
 * @latency: of the operator, of the customer
 * @greeting_ms: first speech of the operator, from the answer
 * @talk_share: of the speech of both, per side
 * @talk_of_call: of the whole duration, per side
 * @silence_ms: nobody speaks and no tone sounds, of whatever length
 * @back_channels: short words of one within the speech of the other
 * @switches_a_minute: changes of the speaker
 */
typedef struct {
  GArray      *dead_air;
  GArray      *talk_over;
  SideLatency  latency[2];
  gint64       greeting_ms;
  double       talk_share[2];
  double       talk_of_call[2];
  gint64       silence_ms;
  guint        back_channels;
  double       switches_a_minute;
} SideConversation;

typedef struct _SideAnalysis SideAnalysis;

/**
 * SideAnalysis:
 * @version: the algorithm and its detectors; results of two versions are not comparable
 * @sides: (element-type SideOfCall): one a channel
 * @tones: (element-type SideTone): in order of their beginning
 * @flags: (element-type SideSoundFlag): what is worth a word
 */
struct _SideAnalysis
{
  gatomicrefcount  ref_count;
  char            *version;
  gint64           duration_ms;
  guint            channels;
  guint            rate;
  SideAttribution  attribution;
  GPtrArray       *sides;
  GArray          *tones;
  GArray          *flags;
  SideConversation conversation;
};

#define SIDE_TYPE_ANALYSIS (side_analysis_get_type ())
GType            side_analysis_get_type          (void);
SideAnalysis    *side_analysis_new               (guint channels);
SideAnalysis    *side_analysis_ref               (SideAnalysis *self);
void             side_analysis_unref             (SideAnalysis *self);

gboolean         side_analysis_is_measured       (const SideAnalysis *self);
SideOfCall      *side_analysis_get_side          (const SideAnalysis *self, guint channel);
gint64           side_analysis_get_dead_air_ms   (const SideAnalysis *self, gint64 over_ms, guint *count);
gint64           side_analysis_get_talk_over_ms  (const SideAnalysis *self, int who, guint *count);
gint64           side_spans_length               (const GArray *spans);

void             side_conversation_init          (SideConversation *self);
void             side_conversation_clear         (SideConversation *self);

const char      *side_tone_kind_to_string        (SideToneKind kind);
SideToneKind     side_tone_kind_from_string      (const char *word);
char            *side_tone_to_string             (const SideTone *tone);
const char      *side_attribution_to_string      (SideAttribution attribution);
SideAttribution  side_attribution_from_string    (const char *word);
const char      *side_sound_code_to_string       (SideSoundCode code);
SideSoundCode    side_sound_code_from_string     (const char *word);
const char      *side_channel_to_string          (int channel);
int              side_channel_from_string        (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAnalysis, side_analysis_unref)

G_END_DECLS
