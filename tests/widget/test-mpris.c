/* test-mpris.c - a player on the session bus, driven as the desktop does it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gst/gst.h>
#include <sndfile.h>
#include <unistd.h>

#include "../unit/tone-file.h"
#include "side-mpris.h"
#include "side-test.h"

typedef struct {
  char            *dir;
  SidePlayer      *player;
  SideMpris       *mpris;
  GDBusConnection *bus;
  char            *name;
  SidePlayerState  wanted;
  guint            n_seeked;
} Fixture;

static gpointer
make_sink (gpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static gboolean
has_state (gpointer data)
{
  Fixture *f = data;

  return side_player_get_state (f->player) == f->wanted;
}

static void
wait_state (Fixture         *f,
            SidePlayerState  state)
{
  f->wanted = state;
  side_test_wait_until (has_state, f, 10000, "the player's state");
}

static GVariant *
call (Fixture    *f,
      const char *interface,
      const char *method,
      GVariant   *arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  g_dbus_connection_call (f->bus, f->name, "/org/mpris/MediaPlayer2", interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, 5000, NULL, side_test_async_cb, &result);
  reply = g_dbus_connection_call_finish (f->bus, side_test_wait_result (&result, 10000, method), &error);
  g_assert_no_error (error);
  return reply;
}

static void
order (Fixture    *f,
       const char *method,
       GVariant   *arguments)
{
  g_autoptr (GVariant) reply = call (f, "org.mpris.MediaPlayer2.Player", method, arguments);
}

static GVariant *
get (Fixture    *f,
     const char *name)
{
  g_autoptr (GVariant) reply = call (f, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new ("(ss)", "org.mpris.MediaPlayer2.Player", name));
  GVariant *value;

  g_variant_get (reply, "(v)", &value);
  return value;
}

static void
seeked_cb (GDBusConnection *bus,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *arguments,
           gpointer         data)
{
  ((Fixture *) data)->n_seeked++;
}

static gboolean
has_seeked (gpointer data)
{
  return ((Fixture *) data)->n_seeked > 0;
}

static gboolean
is_owned (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  gboolean owned = FALSE;

  g_dbus_connection_call (f->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "NameHasOwner", g_variant_new ("(s)", f->name), NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL,
                          side_test_async_cb, &result);
  reply = g_dbus_connection_call_finish (f->bus, side_test_wait_result (&result, 10000, "the bus"), NULL);
  g_assert_nonnull (reply);
  g_variant_get (reply, "(b)", &owned);
  return owned;
}

static gboolean
is_free (gpointer data)
{
  return !is_owned (data);
}

static void
test_keys (void)
{
  static const double hertz[] = { 440, 1000 };
  Fixture f = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GVariant) status = NULL, metadata = NULL, title = NULL;
  guint watch;

  f.dir = side_test_tmp_dir ();
  path = g_build_filename (f.dir, "call.wav", NULL);
  tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 20, hertz, 0.5);
  f.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (f.bus);
  f.name = g_strdup_printf ("org.mpris.MediaPlayer2.sidetone.instance%d", (int) getpid ());
  f.player = side_player_new_with_sink (make_sink, NULL);
  f.mpris = side_mpris_new (f.player);
  side_test_wait_until (is_owned, &f, 10000, "the name on the bus");
  watch = g_dbus_connection_signal_subscribe (f.bus, NULL, "org.mpris.MediaPlayer2.Player", "Seeked", NULL, NULL,
                                              G_DBUS_SIGNAL_FLAGS_NONE, seeked_cb, &f, NULL);
  side_player_open (f.player, path);
  wait_state (&f, SIDE_PLAYER_PAUSED);
  order (&f, "PlayPause", NULL);
  wait_state (&f, SIDE_PLAYER_PLAYING);
  status = get (&f, "PlaybackStatus");
  g_assert_cmpstr (g_variant_get_string (status, NULL), ==, "Playing");
  order (&f, "Pause", NULL);
  wait_state (&f, SIDE_PLAYER_PAUSED);
  order (&f, "SetPosition", g_variant_new ("(ox)", "/org/sidetone/Sidetone/recording", G_GINT64_CONSTANT (8000000)));
  g_assert_cmpint (side_player_get_position_ms (f.player), ==, 8000);
  side_test_wait_until (has_seeked, &f, 10000, "the jump to be told");
  order (&f, "SetPosition", g_variant_new ("(ox)", "/another/track", G_GINT64_CONSTANT (1000000)));
  g_assert_cmpint (side_player_get_position_ms (f.player), ==, 8000);
  order (&f, "Seek", g_variant_new ("(x)", G_GINT64_CONSTANT (-3000000)));
  g_assert_cmpint (side_player_get_position_ms (f.player), ==, 5000);
  /* Nothing of the call is told to a locked screen. */
  metadata = get (&f, "Metadata");
  title = g_variant_lookup_value (metadata, "xesam:title", G_VARIANT_TYPE_STRING);
  g_assert_cmpstr (g_variant_get_string (title, NULL), ==, "Call recording");
  g_dbus_connection_signal_unsubscribe (f.bus, watch);
  g_assert_finalize_object (f.mpris);
  side_test_wait_until (is_free, &f, 10000, "the name to be given back");
  g_assert_finalize_object (f.player);
  side_test_run_for (100);
  side_test_rm_rf (f.dir);
  g_free (f.dir);
  g_free (f.name);
  g_object_unref (f.bus);
}

static gboolean
is_long (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GVariant) metadata = NULL;
  gint64 length_us = 0;

  if (!is_owned (f))
    return FALSE;
  metadata = get (f, "Metadata");
  return g_variant_lookup (metadata, "mpris:length", "x", &length_us) && length_us > 10 * G_USEC_PER_SEC;
}

static gboolean
is_short (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GVariant) metadata = NULL;
  gint64 length_us = 0;

  if (!is_owned (f))
    return FALSE;
  metadata = get (f, "Metadata");
  return g_variant_lookup (metadata, "mpris:length", "x", &length_us) && length_us < 10 * G_USEC_PER_SEC;
}

/* Two windows with a recording each: the keys go to the later one, to whichever
 * plays, and back to the first when the second is closed. */
static void
test_two (void)
{
  static const double hertz[] = { 440, 1000 };
  Fixture f = { 0 };
  g_autofree char *long_path = NULL, *short_path = NULL;
  SidePlayer *other;
  SideMpris *others;

  f.dir = side_test_tmp_dir ();
  long_path = g_build_filename (f.dir, "long.wav", NULL);
  short_path = g_build_filename (f.dir, "short.wav", NULL);
  tone_file_write (long_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 20, hertz, 0.5);
  tone_file_write (short_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 2, 5, hertz, 0.5);
  f.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  f.name = g_strdup_printf ("org.mpris.MediaPlayer2.sidetone.instance%d", (int) getpid ());
  f.player = side_player_new_with_sink (make_sink, NULL);
  f.mpris = side_mpris_new (f.player);
  side_player_open (f.player, long_path);
  wait_state (&f, SIDE_PLAYER_PAUSED);
  side_test_wait_until (is_long, &f, 10000, "the keys to be the first one's");
  other = side_player_new_with_sink (make_sink, NULL);
  others = side_mpris_new (other);
  side_player_open (other, short_path);
  side_test_wait_until (is_short, &f, 10000, "the keys to be the second one's");
  side_player_play (f.player);
  side_test_wait_until (is_long, &f, 10000, "the keys to follow what plays");
  side_player_pause (f.player);
  side_player_play (other);
  side_test_wait_until (is_short, &f, 10000, "the keys to follow what plays now");
  g_assert_finalize_object (others);
  side_test_wait_until (is_long, &f, 10000, "the keys to be given back");
  order (&f, "Play", NULL);
  wait_state (&f, SIDE_PLAYER_PLAYING);
  g_assert_finalize_object (f.mpris);
  side_test_wait_until (is_free, &f, 10000, "the name to be given back");
  g_assert_finalize_object (other);
  g_assert_finalize_object (f.player);
  side_test_run_for (100);
  side_test_rm_rf (f.dir);
  g_free (f.dir);
  g_free (f.name);
  g_object_unref (f.bus);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mpris/keys", test_keys);
  g_test_add_func ("/mpris/two", test_two);
  return g_test_run ();
}
