/* test-sound-view.c - the figures of a recording, in words and with their moments
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>

#include "side-analyse.h"
#include "side-analyst.h"
#include "side-sound-view.h"
#include "side-sound-words.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "tone-file.h"

#include <sndfile.h>

/* The row with this title, if there is one. */
static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
keep_moment (SideSoundView *view,
             gint64         at_ms,
             gint64        *kept)
{
  *kept = at_ms;
}

static SideAnalysis *
make_analysis (void)
{
  SideAnalysis *analysis = side_analysis_new (2);
  SideSpan speech[] = { { 1000, 5000 }, { 6000, 9000 } };
  SideSpan silence = { 20000, 32000 };
  SideTalkOver over = { 8000, 8500, SIDE_CHANNEL_CUSTOMER };
  SideSoundFlag noisy = { SIDE_SOUND_NOISY, SIDE_CHANNEL_OPERATOR, 9, 1000 };
  SideSoundFlag newer = { SIDE_SOUND_UNKNOWN, SIDE_CHANNEL_NONE, 1, 0 };
  SideTone music = { 40000, 50000, SIDE_TONE_MUSIC, 1, 0 };

  analysis->duration_ms = 60000;
  for (guint side = 0; side < 2; side++)
    g_array_append_vals (side_analysis_get_side (analysis, side)->speech, speech, G_N_ELEMENTS (speech));
  g_array_append_val (analysis->conversation.dead_air, silence);
  g_array_append_val (analysis->conversation.talk_over, over);
  analysis->conversation.talk_share[0] = 0.42;
  analysis->conversation.talk_share[1] = 0.58;
  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  g_array_append_val (analysis->flags, noisy);
  g_array_append_val (analysis->flags, newer);
  g_array_append_val (analysis->tones, music);
  return analysis;
}

static void
test_figures (void)
{
  SideSoundView *view = g_object_ref_sink (g_object_new (SIDE_TYPE_SOUND_VIEW, NULL));
  g_autoptr (SideAnalysis) analysis = make_analysis ();
  gint64 at_ms = -7;
  GtkWidget *row;

  g_signal_connect (view, "seek-requested", G_CALLBACK (keep_moment), &at_ms);
  side_sound_view_set_analysis (view, analysis);
  row = find_row (GTK_WIDGET (view), "The operator's line is noisy: speech is 9 dB above the noise");
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");
  g_assert_cmpint (at_ms, ==, 1000);
  row = find_row (GTK_WIDGET (view), "Nobody speaks for over 10 s");
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");
  g_assert_cmpint (at_ms, ==, 20000);
  g_assert_nonnull (find_row (GTK_WIDGET (view), "The customer cuts in"));
  /* Nothing to go to. */
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (find_row (GTK_WIDGET (view), "The operator cuts in"))));
  g_assert_nonnull (find_row (GTK_WIDGET (view), "Hold music"));
  g_assert_finalize_object (view);
}

/* Of a mix nothing is said that needs to know who spoke. */
static void
test_not_measurable (void)
{
  SideSoundView *view = g_object_ref_sink (g_object_new (SIDE_TYPE_SOUND_VIEW, NULL));
  g_autoptr (SideAnalysis) analysis = make_analysis ();

  analysis->attribution = SIDE_ATTRIBUTION_MONO;
  side_sound_view_set_analysis (view, analysis);
  g_assert_nonnull (find_row (GTK_WIDGET (view), side_sound_words_attribution (SIDE_ATTRIBUTION_MONO)));
  g_assert_null (find_row (GTK_WIDGET (view), "The customer cuts in"));
  g_assert_null (find_row (GTK_WIDGET (view), "Talk share, operator and customer"));
  g_assert_null (find_row (GTK_WIDGET (view), "Longest without a break"));
  side_sound_view_set_message (view, "nothing");
  g_assert_null (find_row (GTK_WIDGET (view), "Speech"));
  g_assert_finalize_object (view);
}

/* Every code and tone we know has words. */
static void
test_words (void)
{
  for (int code = SIDE_SOUND_NOISY; code <= SIDE_SOUND_LATE_GREETING; code++)
    for (int channel = 0; channel < 2; channel++)
      {
        SideSoundFlag flag = { (SideSoundCode) code, channel, -3.5, 0 };
        g_autofree char *words = side_sound_words_flag (&flag);

        g_assert_nonnull (words);
        g_assert_cmpuint (strlen (words), >, 10);
      }
  for (int kind = SIDE_TONE_RINGBACK; kind <= SIDE_TONE_MUSIC; kind++)
    g_assert_cmpstr (side_sound_words_tone (kind), !=, side_sound_words_tone (SIDE_TONE_NONE));
}

/* What a row of a list says of the figure it is sorted by. */
static void
test_figure_words (void)
{
  static const struct { SideSoundFigure figure; double value; const char *words; } cases[] = {
    { SIDE_SOUND_FIGURE_DEAD_AIR, 0, "no dead air" },
    { SIDE_SOUND_FIGURE_DEAD_AIR, 4200, "4.2 s dead air" },
    { SIDE_SOUND_FIGURE_DEAD_AIR, 14100, "14 s dead air" },
    { SIDE_SOUND_FIGURE_DEAD_AIR, 83000, "1:23 dead air" },
    { SIDE_SOUND_FIGURE_TALK_OVER, 0.054, "5.4\u00a0% talk-over" },
    { SIDE_SOUND_FIGURE_TALK_OVER, 0.16, "16\u00a0% talk-over" },
    { SIDE_SOUND_FIGURE_TALK_SHARE, 0.62, "62\u00a0% by the operator" },
    { SIDE_SOUND_FIGURE_LATENCY, 1350, "1.4 s to answer" },
    { SIDE_SOUND_FIGURE_LATENCY, -300, "-0.3 s to answer" },
    { SIDE_SOUND_FIGURE_MONOLOGUE, 59800, "1:00 monologue" },
    { SIDE_SOUND_FIGURE_SNR, 8.6, "9 dB over noise" },
    { SIDE_SOUND_FIGURE_LOUDNESS, -23.04, "-23.0 LUFS" },
    { SIDE_SOUND_FIGURE_SNR, NAN, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = side_sound_words_figure (cases[i].figure, cases[i].value);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Listened to once; again when the algorithm is another, or what was kept is damaged. */
static void
test_analyst_keeps (void)
{
  static const double hertz[] = { 440, 600 };
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "call.wav", NULL);
  g_autofree char *kept = g_strconcat (path, ".analysis", NULL);
  const char *const spoilt[] = { NULL, "{\"version\":\"0-older\"}", "damaged" };

  tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 3, hertz, 0.5);
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      GAsyncResult *slot = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideAnalysis) analysis = NULL;
      g_autoptr (SideAnalysis) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (spoilt[i] != NULL)
        g_assert_true (g_file_set_contents (kept, spoilt[i], -1, NULL));
      side_analyst_ask_async (path, NULL, side_test_async_cb, &slot);
      result = side_test_wait_result (&slot, 30000, "the analysis");
      analysis = side_analyst_ask_finish (result, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (analysis->version, ==, side_analyse_version ());
      g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
      again = side_wire_analysis_from_json (text, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->duration_ms, ==, analysis->duration_ms);
    }
  side_test_rm_rf (dir);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/sound-view/figures", test_figures);
  g_test_add_func ("/sound-view/not-measurable", test_not_measurable);
  g_test_add_func ("/sound-view/words", test_words);
  g_test_add_func ("/sound-view/figure-words", test_figure_words);
  g_test_add_func ("/sound-view/analyst-keeps", test_analyst_keeps);
  return g_test_run ();
}
