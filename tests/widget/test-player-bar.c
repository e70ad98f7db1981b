/* test-player-bar.c - the buttons under a waveform, on a player that plays
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>

#include "../unit/tone-file.h"
#include "side-player-bar.h"
#include "side-silences.h"
#include "side-test.h"

typedef struct {
  char       *dir;
  char       *path;
  GtkWidget  *window;
  GtkWidget  *bar;
  SidePlayer *player;
} Fixture;

static gpointer
make_sink (gpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  static const double hertz[] = { 440, 1000 };

  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "call.wav", NULL);
  tone_file_write (f->path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 20, hertz, 0.5);
  f->player = data == NULL ? side_player_new_with_sink (make_sink, NULL) : NULL;
  f->window = gtk_window_new ();
  f->bar = side_player_bar_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), f->bar);
  side_player_bar_set_player (SIDE_PLAYER_BAR (f->bar), f->player);
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (f->bar), (gpointer *) &f->bar);
  gtk_window_destroy (GTK_WINDOW (f->window));
  side_test_run_for (20);
  g_assert_null (f->bar);
  if (f->player != NULL)
    g_assert_finalize_object (f->player);
  side_test_run_for (100);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
}

typedef gboolean (*Match) (GtkWidget  *widget,
                           const char *text);

static GtkWidget *
find (GtkWidget  *from,
      Match       match,
      const char *text)
{
  GtkWidget *found = match (from, text) ? from : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (from);
       found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, match, text);
  return found;
}

static gboolean
has_tooltip (GtkWidget  *widget,
             const char *text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static GtkWidget *
with_tooltip (Fixture    *f,
              const char *text)
{
  GtkWidget *widget = find (f->bar, has_tooltip, text);

  if (widget == NULL)
    g_error ("nothing is called “%s”", text);
  return widget;
}

static void
click (Fixture    *f,
       const char *text)
{
  GtkWidget *button = with_tooltip (f, text);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

typedef struct {
  Fixture         *f;
  SidePlayerState  state;
  const char      *text;
} Wanted;

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;

  return side_player_get_state (wanted->f->player) == wanted->state;
}

static void
wait_state (Fixture         *f,
            SidePlayerState  state)
{
  Wanted wanted = { f, state, NULL };

  side_test_wait_until (has_state, &wanted, 10000, "the player's state");
}

static gboolean
shows_text (gpointer data)
{
  Wanted *wanted = data;

  return find (wanted->f->bar, shows, wanted->text) != NULL;
}

static void
wait_text (Fixture    *f,
           const char *text)
{
  Wanted wanted = { f, 0, text };

  side_test_wait_until (shows_text, &wanted, 10000, text);
}

static void
test_play (Fixture       *f,
           gconstpointer  data)
{
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Play")));
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  wait_text (f, "/ 0:20");
  wait_text (f, "0:00.0");
  click (f, "Play");
  wait_state (f, SIDE_PLAYER_PLAYING);
  wait_text (f, "0:00.3");
  g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (with_tooltip (f, "Pause"))), ==, "media-playback-pause-symbolic");
  click (f, "Pause");
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_PAUSED);
  with_tooltip (f, "Play");
}

static void
test_steps (Fixture       *f,
            gconstpointer  data)
{
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  click (f, "Forward 5 seconds");
  wait_text (f, "0:05.0");
  click (f, "Forward 5 seconds");
  click (f, "Back 5 seconds");
  wait_text (f, "0:05.0");
  click (f, "Back 5 seconds");
  click (f, "Back 5 seconds");
  wait_text (f, "0:00.0");
}

static void
test_rate (Fixture       *f,
           gconstpointer  data)
{
  GMenuModel *menu;

  menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (with_tooltip (f, "Speed: 1×")));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 10);
  /* Every entry of the menu is a rate the player takes as it is. */
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);

      g_assert_true (gtk_widget_activate_action_variant (f->bar, "player.rate", target));
      g_assert_cmpfloat (side_player_get_rate (f->player), ==, g_variant_get_double (target));
    }
  with_tooltip (f, "Speed: 4×");
  side_player_set_rate (f->player, 1.5);
  with_tooltip (f, "Speed: 1.5×");
}

static void
test_volume (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *volume = with_tooltip (f, "Volume of each side, output device");
  GtkWidget *mute = with_tooltip (f, "Mute the operator");
  GtkWidget *scale = with_tooltip (f, "Volume of the customer");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mute), TRUE);
  g_assert_true (side_player_get_muted (f->player, SIDE_PLAYER_OPERATOR));
  g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (mute)), ==, "audio-volume-muted-symbolic");
  g_assert_cmpstr (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (volume)), ==, "audio-volume-high-symbolic");
  gtk_range_set_value (GTK_RANGE (scale), 0.25);
  g_assert_cmpfloat (side_player_get_volume (f->player, SIDE_PLAYER_CUSTOMER), ==, 0.25);
  side_player_set_muted (f->player, SIDE_PLAYER_CUSTOMER, TRUE);
  /* Both are silent now, and the button says so. */
  g_assert_cmpstr (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (volume)), ==, "audio-volume-muted-symbolic");
  side_player_set_volume (f->player, SIDE_PLAYER_CUSTOMER, 0.75);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, 0.75);
}

static void
count_cb (SidePlayerBar *bar,
          guint         *n)
{
  ++*n;
}

static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  guint n_before = 0, n_after = 0;

  g_signal_connect (f->bar, "previous-mark", G_CALLBACK (count_cb), &n_before);
  g_signal_connect (f->bar, "next-mark", G_CALLBACK (count_cb), &n_after);
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Next mark")));
  side_player_bar_set_has_marks (SIDE_PLAYER_BAR (f->bar), TRUE);
  click (f, "Next mark");
  click (f, "Next mark");
  click (f, "Previous mark");
  g_assert_cmpuint (n_before, ==, 1);
  g_assert_cmpuint (n_after, ==, 2);
}

static void
test_loop (Fixture       *f,
           gconstpointer  data)
{
  SidePlayerBar *bar = SIDE_PLAYER_BAR (f->bar);
  gint64 from, to;

  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Repeat: select a span or a mark first")));
  side_player_bar_set_loopable (bar, 5000, 8000);
  click (f, "Repeat the selection (L)");
  g_assert_true (side_player_get_loop (f->player, &from, &to));
  g_assert_cmpint (from, ==, 5000);
  g_assert_cmpint (to, ==, 8000);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 5000);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (with_tooltip (f, "Repeat the selection (L)"))));
  /* Another selection is what is repeated; without one it goes on, and can be stopped. */
  side_player_bar_set_loopable (bar, 1000, 2000);
  side_player_get_loop (f->player, &from, &to);
  g_assert_cmpint (from, ==, 1000);
  side_player_bar_set_loopable (bar, 0, 0);
  g_assert_true (side_player_get_loop (f->player, NULL, NULL));
  click (f, "Repeat the selection (L)");
  g_assert_false (side_player_get_loop (f->player, NULL, NULL));
}

static void
test_silence (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (SideAnalysis) analysis = side_analysis_new (2);
  SideSpan speech = { 1000, 3000 };

  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  analysis->duration_ms = 20000;
  g_array_append_val (side_analysis_get_side (analysis, 0)->speech, speech);
  side_analysis_get_side (analysis, 0)->loudness_lufs = -20;
  side_analysis_get_side (analysis, 1)->loudness_lufs = -30;
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Skip silence: the recording is not analysed yet")));
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "The loudness of the sides is not known yet")));
  side_player_bar_set_analysis (SIDE_PLAYER_BAR (f->bar), analysis);
  click (f, "Skip silence");
  g_assert_true (side_player_get_skip_silence (f->player));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (with_tooltip (f, "Makes the quiet side louder and the loud one quieter")),
                               TRUE);
  g_assert_true (side_player_get_levelling (f->player));
  side_player_bar_set_analysis (SIDE_PLAYER_BAR (f->bar), NULL);
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Skip silence: the recording is not analysed yet")));
}

static void
test_silences (void)
{
  g_autoptr (SideAnalysis) analysis = side_analysis_new (2);
  SideSpan operator[] = { { 1000, 3000 }, { 9000, 10000 } };
  SideSpan customer[] = { { 2500, 4000 } };
  SideTone music = { 5000, 6000, SIDE_TONE_MUSIC, 0, 0 };
  static const SideSpan expected[] = { { 0, 1000 }, { 4000, 5000 }, { 6000, 9000 } };
  g_autoptr (GArray) silences = NULL;
  double levels[2];

  g_assert_false (side_silences_levels (NULL, levels));
  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  analysis->duration_ms = 10000;
  g_array_append_vals (side_analysis_get_side (analysis, 0)->speech, operator, 2);
  g_array_append_vals (side_analysis_get_side (analysis, 1)->speech, customer, 1);
  g_array_append_val (analysis->tones, music);
  silences = side_silences_of (analysis);
  g_assert_cmpmem (silences->data, (gsize) silences->len * sizeof (SideSpan), expected, sizeof expected);
  side_analysis_get_side (analysis, 0)->loudness_lufs = -20;
  side_analysis_get_side (analysis, 1)->loudness_lufs = -30;
  g_assert_true (side_silences_levels (analysis, levels));
  g_assert_cmpfloat (levels[0], ==, -5);
  g_assert_cmpfloat (levels[1], ==, 5);
  /* Silence has no loudness. */
  side_analysis_get_side (analysis, 1)->loudness_lufs = -INFINITY;
  g_assert_false (side_silences_levels (analysis, levels));
  g_assert_cmpfloat (levels[0], ==, 0);
}

static void
test_solo (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *solo = with_tooltip (f, "Hear the customer alone");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (solo), TRUE);
  g_assert_true (side_player_get_solo (f->player, SIDE_PLAYER_CUSTOMER));
  g_assert_false (side_player_get_solo (f->player, SIDE_PLAYER_OPERATOR));
  side_player_set_solo (f->player, SIDE_PLAYER_CUSTOMER, FALSE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (solo)));
}

static void
test_mono (Fixture       *f,
           gconstpointer  data)
{
  static const double hertz[] = { 440 };

  g_assert_true (gtk_widget_get_visible (with_tooltip (f, "Volume of the customer")));
  tone_file_write (f->path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, 1, hertz, 0.5);
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  g_assert_false (gtk_widget_get_visible (with_tooltip (f, "Volume of the customer")));
}

static void
test_notice (Fixture       *f,
             gconstpointer  data)
{
  g_assert_true (g_file_set_contents (f->path, "no sound\n", -1, NULL));
  side_player_open (f->player, f->path);
  wait_text (f, "The file is not a recording.");
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Play")));
  side_player_open (f->player, "/nonexistent/call.wav");
  wait_text (f, "The recording is not there any more.");
  side_player_close (f->player);
  g_assert_null (find (f->bar, shows, "The recording is not there any more."));
}

static void
check_widget (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_SCALE (widget)
      || (GTK_IS_BUTTON (widget) && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))))
    {
      if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
          || gtk_widget_get_tooltip_text (widget) == NULL)
        g_error ("a %s has no name or no tooltip", G_OBJECT_TYPE_NAME (widget));
    }
  if (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL
      && !gtk_icon_theme_has_icon (theme, gtk_image_get_icon_name (GTK_IMAGE (widget))))
    g_error ("there is no icon %s", gtk_image_get_icon_name (GTK_IMAGE (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER_MENU (child))
      check_widget (child);
}

static void
test_accessible (Fixture       *f,
                 gconstpointer  data)
{
  check_widget (f->bar);
}

static void
test_without_player (Fixture       *f,
                     gconstpointer  data)
{
  g_assert_false (gtk_widget_is_sensitive (with_tooltip (f, "Play")));
  g_assert_null (side_player_bar_get_player (SIDE_PLAYER_BAR (f->bar)));
  wait_text (f, "0:00.0");
  gtk_widget_activate_action (f->bar, "player.rate", "d", 2.0);
  with_tooltip (f, "Speed: 1×");
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  g_assert_nonnull (find (f->bar, says, "Operator"));
  with_tooltip (f, "Mute the customer");
  side_player_bar_set_names (SIDE_PLAYER_BAR (f->bar), "Call centre", "You");
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  g_assert_nonnull (find (f->bar, says, "Call centre"));
  g_assert_nonnull (find (f->bar, says, "You"));
  g_assert_null (find (f->bar, says, "Operator"));
  g_assert_null (find (f->bar, says, "Customer"));
  with_tooltip (f, "Volume: Call centre");
  with_tooltip (f, "Hear alone: Call centre");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (with_tooltip (f, "Mute: You")), TRUE);
  g_assert_true (side_player_get_muted (f->player, 1));
  g_assert_false (side_player_get_muted (f->player, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gst_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/sidetone/Sidetone/icons");
#define ADD(name, data, func) g_test_add ("/player-bar/" name, Fixture, data, setup, func, teardown)
  ADD ("play", NULL, test_play);
  ADD ("steps", NULL, test_steps);
  ADD ("rate", NULL, test_rate);
  ADD ("volume", NULL, test_volume);
  ADD ("marks", NULL, test_marks);
  ADD ("loop", NULL, test_loop);
  ADD ("silence", NULL, test_silence);
  ADD ("solo", NULL, test_solo);
  ADD ("mono", NULL, test_mono);
  ADD ("notice", NULL, test_notice);
  ADD ("names", NULL, test_names);
  ADD ("accessible", NULL, test_accessible);
  ADD ("without-player", "none", test_without_player);
#undef ADD
  g_test_add_func ("/player-bar/silences", test_silences);
  return g_test_run ();
}
