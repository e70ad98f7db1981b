/* test-likeness.c - a recording found again behind another coding, and two recordings of one call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-error.h"
#include "side-likeness.h"
#include "side-test.h"
#include "side-voice.h"

#define RATE 8000

static const char *const SAID[] = {
  "Welcome to North and Oak. For orders, press one. For returns and exchanges, press two.",
  "Your call is important to us. Please hold the line, somebody will be with you shortly.",
  "Good evening, my name is Alice, what can I do for you?",
  "I bought a kettle a week ago, and its lid does not close. I should like to send it back.",
  "Of course. Do you still have the box, and could you tell me the number of your order, please?",
  "It is four seven one one, and the box is here beside me. How long will it take until I have the money?",
  "About five working days from the day it reaches us. I have just sent you the label by mail.",
  "Thank you very much, that was quick. Good bye.",
};

/* One text, spoken at 8 kHz; full scale 1. */
static GArray *
speak (const char *voice,
       int         pitch,
       int         pace,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  const SideVoice how = { voice, pitch, pace };
  guint rate = 0;
  g_autoptr (GArray) spoken = side_voice_speak (&how, text, NULL, &rate, &error);
  GArray *out = g_array_new (FALSE, TRUE, sizeof (float));

  g_assert_no_error (error);
  for (double at = 0; at + 1 < spoken->len; at += (double) rate / RATE)
    {
      guint i = (guint) at;
      float part = (float) (at - i);
      float x = g_array_index (spoken, float, i), y = g_array_index (spoken, float, i + 1);
      float sample = x + part * (y - x);

      g_array_append_val (out, sample);
    }
  return out;
}

static void
append_silence (GArray *out,
                double  seconds)
{
  g_array_set_size (out, out->len + (guint) (seconds * RATE));
}

static void
append (GArray       *out,
        const GArray *more)
{
  g_array_append_vals (out, more->data, more->len);
}

static float
noise (guint32 *seed)
{
  *seed = *seed * 1664525u + 1013904223u;
  return (float) *seed / 2147483648.0f - 1;
}

/* G.711: µ-law and back, as ITU-T G.711 has it, in floating point. */
static float
through_mu_law (float x)
{
  float y = copysignf (log1pf (255 * MIN (fabsf (x), 1)) / log1pf (255), x);

  y = roundf (y * 127) / 127;
  return copysignf ((powf (256, fabsf (y)) - 1) / 255, y);
}

/* A telephone line: coded, softer, with hiss, without deep tones, and of each
 * hundred packets of 20 ms @loss are not there. */
static void
through_line (GArray *sound,
              double  gain,
              double  hiss,
              guint   loss,
              guint32 seed)
{
  float last = 0, low = 0;

  for (guint i = 0; i < sound->len; i++)
    {
      float *x = &g_array_index (sound, float, i);
      float in = *x;

      low = 0.9f * (low + in - last);
      last = in;
      *x = through_mu_law ((float) gain * low) + (float) hiss * noise (&seed);
    }
  for (guint i = 0; i + 160 <= sound->len; i += 160)
    if ((noise (&seed) + 1) * 50 < (float) loss)
      memset (&g_array_index (sound, float, i), 0, 160 * sizeof (float));
}

static const float *
floats_of (const GArray *sound)
{
  return (const float *) (gconstpointer) sound->data;
}

static SideLikeness
find (const GArray *reference,
      const GArray *sound)
{
  SideLikeness out;

  g_assert_true (side_likeness_find (floats_of (reference), reference->len, floats_of (sound), sound->len, RATE, &out));
  g_test_message ("likeness %.3f at %d ms, covered %.2f, %+.1f dB", out.likeness, (int) out.offset_ms, out.covered, out.level_db);
  return out;
}

/* What comes before and behind the prompt of @text by @voice; NULL: nothing there. */
static GArray *
call_with (const char *voice,
           int         pace,
           const char *text,
           double      before_s)
{
  g_autoptr (GArray) greeting = speak ("en+f2", 30, 160, SAID[2]);
  g_autoptr (GArray) wish = speak ("en+m3", 60, 170, SAID[3]);
  g_autoptr (GArray) prompt = text != NULL ? speak (voice, 50, pace, text) : NULL;
  GArray *out = g_array_new (FALSE, TRUE, sizeof (float));

  append_silence (out, before_s);
  if (prompt != NULL)
    append (out, prompt);
  append_silence (out, 1.5);
  append (out, greeting);
  append_silence (out, 0.7);
  append (out, wish);
  return out;
}

static void
test_found (void)
{
  g_autoptr (GArray) prompt = speak ("en+m3", 50, 165, SAID[0]);
  const struct { double gain, hiss; guint loss; } lines[] = {
    { 1, 0, 0 }, { 0.1, 0, 0 }, { 0.5, 0.002, 0 }, { 0.5, 0.001, 1 }, { 0.5, 0.001, 3 }, { 0.5, 0.001, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GArray) call = call_with ("en+m3", 165, SAID[0], 3.215);
      SideLikeness found;

      through_line (call, lines[i].gain, lines[i].hiss, lines[i].loss, (guint32) i + 1);
      found = find (prompt, call);
      g_assert_cmpfloat (found.likeness, >, SIDE_LIKENESS_SAME);
      g_assert_cmpint (ABS (found.offset_ms - 3215), <=, 20);
      g_assert_cmpfloat (fabs (found.level_db - 20 * log10 (lines[i].gain)), <, 3);
      g_assert_cmpfloat (found.covered, >, 0.99);
    }
}

/* Another text, the same text by another voice or at another pace, noise. */
static void
test_other (void)
{
  g_autoptr (GArray) prompt = speak ("en+m3", 50, 165, SAID[0]);
  const struct { const char *voice; int pace; const char *text; } others[] = {
    { NULL, 0, NULL }, { "en+m3", 165, SAID[1] }, { "en+m3", 130, SAID[0] }, { "en+f2", 150, SAID[0] }, { "gmw/en-GB-scotland", 172, SAID[0] },
  };
  g_autoptr (GArray) hiss = g_array_new (FALSE, TRUE, sizeof (float));

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GArray) call = call_with (others[i].voice, others[i].pace, others[i].text, 2);

      through_line (call, 0.5, 0.001, 0, 5);
      g_assert_cmpfloat (find (prompt, call).likeness, <, SIDE_LIKENESS_OTHER);
    }
  {
    /* The same synthesiser at the same pace, with another throat: every sound
     * comes at the same moment, which no two people do. */
    g_autoptr (GArray) call = call_with ("en+m7", 165, SAID[0], 2);

    g_assert_cmpfloat (find (prompt, call).likeness, <, SIDE_LIKENESS_SAME);
  }
  append_silence (hiss, 20);
  through_line (hiss, 1, 0.05, 0, 6);
  g_assert_cmpfloat (find (prompt, hiss).likeness, <, SIDE_LIKENESS_OTHER);
}

/* The sound begins in the middle of what is looked for. */
static void
test_cut_reference (void)
{
  g_autoptr (GArray) prompt = speak ("en+m3", 50, 165, SAID[0]);
  g_autoptr (GArray) call = call_with ("en+m3", 165, SAID[0], 0);
  SideLikeness found;

  g_array_remove_range (call, 0, RATE * 3 / 2);
  through_line (call, 0.5, 0.001, 0, 7);
  found = find (prompt, call);
  g_assert_cmpfloat (found.likeness, >, SIDE_LIKENESS_SAME);
  g_assert_cmpint (ABS (found.offset_ms + 1500), <=, 20);
  g_assert_cmpfloat (found.covered, <, 0.9);
}

/* Nothing that could be found: silence, a steady tone, hardly anything, nothing at all. */
static void
test_nothing (void)
{
  g_autoptr (GArray) call = call_with ("en+m3", 165, SAID[0], 1);
  g_autofree float *tone = g_new0 (float, 5 * RATE);
  SideLikeness out;

  g_assert_false (side_likeness_find (tone, 5 * RATE, floats_of (call), call->len, RATE, &out));
  for (int i = 0; i < 5 * RATE; i++)
    tone[i] = 0.3f * (float) sin (2 * G_PI * 425 * i / RATE);
  g_assert_false (side_likeness_find (tone, 5 * RATE, floats_of (call), call->len, RATE, &out));
  g_assert_false (side_likeness_find (floats_of (call) + RATE * 3 / 2, RATE / 5, floats_of (call), call->len, RATE, &out));
  g_assert_false (side_likeness_find (floats_of (call), call->len, tone, 0, RATE, &out));
  g_assert_false (side_likeness_find (NULL, 0, floats_of (call), call->len, RATE, &out));
  g_assert_cmpfloat (out.likeness, ==, 0);
}

/* ---- two recordings of one call ---- */

typedef struct {
  GArray *side[2];   /* caller, far side */
} Call;

static void
call_clear (Call *call)
{
  g_array_unref (call->side[0]);
  g_array_unref (call->side[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static void
say (Call       *call,
     guint       who,
     const char *voice,
     const char *text)
{
  g_autoptr (GArray) spoken = speak (voice, 50, 165, text);

  append (call->side[who], spoken);
  append_silence (call->side[1 - who], (double) spoken->len / RATE);
  append_silence (call->side[0], 0.6);
  append_silence (call->side[1], 0.6);
}

/* Menu and announcement, then the talk; @menu_s: how long the first took. */
static Call
make_call (double *menu_s)
{
  Call call = { { g_array_new (FALSE, TRUE, sizeof (float)), g_array_new (FALSE, TRUE, sizeof (float)) } };

  append_silence (call.side[0], 2);
  append_silence (call.side[1], 2);
  say (&call, 1, "en+m3", SAID[0]);
  say (&call, 1, "en+m3", SAID[1]);
  *menu_s = (double) call.side[0]->len / RATE;
  for (guint i = 2; i < G_N_ELEMENTS (SAID); i++)
    say (&call, (i + 1) % 2, i % 2 == 0 ? "en+f2" : "en+m3", SAID[i]);
  return call;
}

/* What they have of it: from @from_s on, without @gap_s seconds at @gap_at_s. */
static Call
record (const Call *call,
        double      from_s,
        double      gap_at_s,
        double      gap_s)
{
  Call out;

  for (int c = 0; c < 2; c++)
    {
      guint from = (guint) (from_s * RATE);

      out.side[c] = g_array_new (FALSE, TRUE, sizeof (float));
      g_array_append_vals (out.side[c], floats_of (call->side[c]) + from, call->side[c]->len - from);
      if (gap_s > 0)
        g_array_remove_range (out.side[c], (guint) ((gap_at_s - from_s) * RATE), (guint) (gap_s * RATE));
      through_line (out.side[c], 0.5, 0.001, 0, (guint32) c + 1);
    }
  return out;
}

static SidePairing *
pair (const Call *ours,
      const Call *theirs)
{
  const float *const left[2] = { floats_of (ours->side[0]), floats_of (ours->side[1]) };
  const float *const right[2] = { floats_of (theirs->side[0]), floats_of (theirs->side[1]) };
  SidePairing *pairing = side_pairing_new (left, ours->side[0]->len, right, theirs->side[0]->len, RATE);

  g_test_message ("same %d, exchanged %d, likeness %.3f, shared %.2f, offset %d ms, %d and %d ms, level %+.1f %+.1f dB", pairing->same,
                  pairing->exchanged, pairing->likeness, pairing->shared, (int) pairing->offset_ms, (int) pairing->our_length_ms,
                  (int) pairing->their_length_ms, pairing->level_db[0], pairing->level_db[1]);
  for (guint i = 0; i < pairing->only_ours->len; i++)
    g_test_message ("only ours: %d..%d", (int) g_array_index (pairing->only_ours, SideSpan, i).from_ms,
                    (int) g_array_index (pairing->only_ours, SideSpan, i).to_ms);
  for (guint i = 0; i < pairing->only_theirs->len; i++)
    g_test_message ("only theirs: %d..%d", (int) g_array_index (pairing->only_theirs, SideSpan, i).from_ms,
                    (int) g_array_index (pairing->only_theirs, SideSpan, i).to_ms);
  return pairing;
}

static void
test_whole (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  g_auto (Call) theirs = record (&call, 0, 0, 0);
  g_autoptr (SidePairing) pairing = pair (&call, &theirs);

  g_assert_true (pairing->same);
  g_assert_false (pairing->exchanged);
  g_assert_cmpfloat (pairing->likeness, >, SIDE_LIKENESS_SAME);
  g_assert_cmpfloat (pairing->shared, >, 0.95);
  g_assert_cmpint (ABS (pairing->offset_ms), <=, 20);
  g_assert_cmpuint (pairing->only_ours->len, ==, 0);
  g_assert_cmpuint (pairing->only_theirs->len, ==, 0);
  for (int i = 0; i < 2; i++)
    g_assert_cmpfloat (fabs (pairing->level_db[i] + 6), <, 3);
}

/* They record from the operator's answer on. */
static void
test_late (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  g_auto (Call) theirs = record (&call, menu_s, 0, 0);
  g_autoptr (SidePairing) pairing = pair (&call, &theirs);
  SideSpan only;

  g_assert_true (pairing->same);
  g_assert_cmpint (ABS (pairing->offset_ms - (gint64) (menu_s * 1000)), <=, 20);
  g_assert_cmpuint (pairing->only_theirs->len, ==, 0);
  g_assert_cmpuint (pairing->only_ours->len, ==, 1);
  only = g_array_index (pairing->only_ours, SideSpan, 0);
  g_assert_cmpint (ABS (only.from_ms - 2000), <, 300);
  g_assert_cmpint (ABS (only.to_ms - (gint64) (menu_s * 1000 - 600)), <, 500);
  g_assert_cmpint (ABS (pairing->our_length_ms - pairing->their_length_ms - pairing->offset_ms), <=, 20);
}

/* Some seconds of the talk are not in theirs. */
static void
test_gap (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  g_auto (Call) theirs = record (&call, menu_s, menu_s + 10, 6);
  g_autoptr (SidePairing) pairing = pair (&call, &theirs);
  SideSpan only;

  g_assert_true (pairing->same);
  g_assert_cmpuint (pairing->only_ours->len, ==, 2);
  only = g_array_index (pairing->only_ours, SideSpan, 1);
  /* Within a pause of 600 ms between sentences and half a second that is compared at once. */
  g_assert_cmpint (ABS (only.from_ms - (gint64) (menu_s * 1000 + 10000)), <, 1000);
  g_assert_cmpint (ABS (only.to_ms - (gint64) (menu_s * 1000 + 16000)), <, 1000);
  g_assert_cmpuint (pairing->only_theirs->len, ==, 0);
}

/* Their channels are the other way round, and ours ended earlier. */
static void
test_exchanged (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  g_auto (Call) theirs = record (&call, menu_s, 0, 0);
  GArray *first = theirs.side[0];
  g_autoptr (SidePairing) pairing = NULL;
  SideSpan only;

  theirs.side[0] = theirs.side[1];
  theirs.side[1] = first;
  for (int c = 0; c < 2; c++)
    g_array_set_size (call.side[c], call.side[c]->len - 6 * RATE);
  pairing = pair (&call, &theirs);
  g_assert_true (pairing->same);
  g_assert_true (pairing->exchanged);
  g_assert_cmpuint (pairing->only_theirs->len, >=, 1);
  only = g_array_index (pairing->only_theirs, SideSpan, pairing->only_theirs->len - 1);
  g_assert_cmpint (ABS (only.from_ms - (pairing->our_length_ms - pairing->offset_ms)), <, 700);
}

/* Another call altogether, by the same voices. */
static void
test_unrelated (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  Call other = { { g_array_new (FALSE, TRUE, sizeof (float)), g_array_new (FALSE, TRUE, sizeof (float)) } };
  g_autoptr (SidePairing) pairing = NULL;

  say (&other, 1, "en+f2", "Shop of shoes, good morning, Alice speaking.");
  say (&other, 0, "en+m3", "Do you have the brown ones in forty two, or only those that were in the window last week?");
  say (&other, 1, "en+f2", "We shall get some on Thursday. Shall I put a pair aside for you?");
  say (&other, 0, "en+m3", "No, thanks, I shall come by. Have a nice day.");
  pairing = pair (&call, &other);
  g_assert_false (pairing->same);
  call_clear (&other);
}

/* One channel, another rate, other formats: as files; and files that are none. */
static void
test_files (void)
{
  double menu_s;
  g_auto (Call) call = make_call (&menu_s);
  g_autofree char *folder = g_dir_make_tmp ("likeness-XXXXXX", NULL);
  g_autofree char *ours = g_build_filename (folder, "ours.wav", NULL);
  g_autofree char *theirs = g_build_filename (folder, "theirs.ogg", NULL);
  guint from = (guint) (menu_s * RATE);
  guint n = call.side[0]->len;
  SF_INFO left = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SF_INFO right = { .samplerate = 2 * RATE, .channels = 1, .format = SF_FORMAT_OGG | SF_FORMAT_VORBIS };
  SNDFILE *out = sf_open (ours, SFM_WRITE, &left);
  g_autoptr (SidePairing) pairing = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      float frame[2] = { g_array_index (call.side[0], float, i), g_array_index (call.side[1], float, i) };

      g_assert_cmpint (sf_writef_float (out, frame, 1), ==, 1);
    }
  sf_close (out);
  out = sf_open (theirs, SFM_WRITE, &right);
  for (guint i = from; i < n; i++)
    {
      float x = 0.5f * (g_array_index (call.side[0], float, i) + g_array_index (call.side[1], float, i));
      float frames[2] = { x, x };

      g_assert_cmpint (sf_writef_float (out, frames, 2), ==, 2);
    }
  sf_close (out);
  pairing = side_pairing_of_files (ours, theirs, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (pairing->same);
  g_assert_cmpint (ABS (pairing->offset_ms - (gint64) (menu_s * 1000)), <=, 20);
  g_assert_true (isnan (pairing->level_db[0]));
  g_assert_null (side_pairing_of_files (ours, folder, NULL, &error));
  g_assert_nonnull (error);
  side_test_rm_rf (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/likeness/found", test_found);
  g_test_add_func ("/likeness/other", test_other);
  g_test_add_func ("/likeness/cut-reference", test_cut_reference);
  g_test_add_func ("/likeness/nothing", test_nothing);
  g_test_add_func ("/likeness/pairing/whole", test_whole);
  g_test_add_func ("/likeness/pairing/late", test_late);
  g_test_add_func ("/likeness/pairing/gap", test_gap);
  g_test_add_func ("/likeness/pairing/exchanged", test_exchanged);
  g_test_add_func ("/likeness/pairing/unrelated", test_unrelated);
  g_test_add_func ("/likeness/pairing/files", test_files);
  return g_test_run ();
}
