/* side-mpris.c - media keys and the desktop's player controls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers one SidePlayer on the session bus as the MPRIS specification 2.2 has
 * it (https://specifications.freedesktop.org/mpris-spec/latest/), for as long
 * as the object lives. A process is one player to the desktop: of several the
 * keys have the one that was made or began to play last. What is played is not
 * told: the desktop shows it on a locked screen, where nobody's call belongs.
 */
#include "side-mpris.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define OBJECT_PATH      "/org/mpris/MediaPlayer2"
#define TRACK_PATH       "/org/sidetone/Sidetone/recording"
#define PLAYER_INTERFACE "org.mpris.MediaPlayer2.Player"
#define JUMP_MS          1000   /* more than that between two looks is no playing */

struct _SideMpris
{
  GObject          parent_instance;
  SidePlayer      *player;
  GDBusNodeInfo   *info;
  GDBusConnection *connection;   /* once it is there */
  guint            owner;
  guint            objects[2];
  gint64           position_ms;  /* told or followed last */
};

G_DEFINE_FINAL_TYPE (SideMpris, side_mpris, G_TYPE_OBJECT)

/* All there are, not owned; the last one is on the bus. Used in the main thread only. */
static GQueue offers = G_QUEUE_INIT;

static const char introspection[] =
  "<node>"
  " <interface name='org.mpris.MediaPlayer2'>"
  "  <method name='Raise'/><method name='Quit'/>"
  "  <property name='CanQuit' type='b' access='read'/>"
  "  <property name='CanRaise' type='b' access='read'/>"
  "  <property name='HasTrackList' type='b' access='read'/>"
  "  <property name='Identity' type='s' access='read'/>"
  "  <property name='DesktopEntry' type='s' access='read'/>"
  "  <property name='SupportedUriSchemes' type='as' access='read'/>"
  "  <property name='SupportedMimeTypes' type='as' access='read'/>"
  " </interface>"
  " <interface name='org.mpris.MediaPlayer2.Player'>"
  "  <method name='Next'/><method name='Previous'/><method name='Pause'/>"
  "  <method name='PlayPause'/><method name='Stop'/><method name='Play'/>"
  "  <method name='Seek'><arg name='Offset' type='x' direction='in'/></method>"
  "  <method name='SetPosition'>"
  "   <arg name='TrackId' type='o' direction='in'/><arg name='Position' type='x' direction='in'/>"
  "  </method>"
  "  <method name='OpenUri'><arg name='Uri' type='s' direction='in'/></method>"
  "  <signal name='Seeked'><arg name='Position' type='x'/></signal>"
  "  <property name='PlaybackStatus' type='s' access='read'/>"
  "  <property name='Rate' type='d' access='readwrite'/>"
  "  <property name='Metadata' type='a{sv}' access='read'/>"
  "  <property name='Volume' type='d' access='read'/>"
  "  <property name='Position' type='x' access='read'/>"
  "  <property name='MinimumRate' type='d' access='read'/>"
  "  <property name='MaximumRate' type='d' access='read'/>"
  "  <property name='CanGoNext' type='b' access='read'/>"
  "  <property name='CanGoPrevious' type='b' access='read'/>"
  "  <property name='CanPlay' type='b' access='read'/>"
  "  <property name='CanPause' type='b' access='read'/>"
  "  <property name='CanSeek' type='b' access='read'/>"
  "  <property name='CanControl' type='b' access='read'/>"
  " </interface>"
  "</node>";

static gboolean
is_usable (SideMpris *self)
{
  SidePlayerState state = side_player_get_state (self->player);

  return state != SIDE_PLAYER_EMPTY && state != SIDE_PLAYER_FAILED;
}

static const char *
status_of (SideMpris *self)
{
  switch (side_player_get_state (self->player))
    {
    case SIDE_PLAYER_PLAYING:
      return "Playing";
    case SIDE_PLAYER_PAUSED:
      return "Paused";
    case SIDE_PLAYER_EMPTY:
    case SIDE_PLAYER_LOADING:
    case SIDE_PLAYER_ENDED:
    case SIDE_PLAYER_FAILED:
    default:
      return "Stopped";
    }
}

static GVariant *
metadata_of (SideMpris *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sv}"));
  if (is_usable (self))
    {
      g_variant_builder_add (&builder, "{sv}", "mpris:trackid", g_variant_new_object_path (TRACK_PATH));
      g_variant_builder_add (&builder, "{sv}", "mpris:length",
                             g_variant_new_int64 (side_player_get_duration_ms (self->player) * 1000));
      g_variant_builder_add (&builder, "{sv}", "xesam:title", g_variant_new_string (_("Call recording")));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
get_cb (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *name,
        GError         **error,
        gpointer         data)
{
  SideMpris *self = data;

  if (g_str_equal (name, "PlaybackStatus"))
    return g_variant_new_string (status_of (self));
  if (g_str_equal (name, "Metadata"))
    return metadata_of (self);
  if (g_str_equal (name, "Position"))
    return g_variant_new_int64 (side_player_get_position_ms (self->player) * 1000);
  if (g_str_equal (name, "Rate"))
    return g_variant_new_double (side_player_get_rate (self->player));
  if (g_str_equal (name, "MinimumRate"))
    return g_variant_new_double (SIDE_PLAYER_RATE_MIN);
  if (g_str_equal (name, "MaximumRate"))
    return g_variant_new_double (SIDE_PLAYER_RATE_MAX);
  if (g_str_equal (name, "Volume"))
    return g_variant_new_double (1);
  if (g_str_equal (name, "Identity"))
    return g_variant_new_string ("Sidetone");
  if (g_str_equal (name, "DesktopEntry"))
    return g_variant_new_string (SIDE_APPLICATION_ID);
  if (g_str_has_prefix (name, "Supported"))
    return g_variant_new_strv (NULL, 0);
  if (g_str_equal (name, "CanControl"))
    return g_variant_new_boolean (TRUE);
  if (g_str_equal (name, "CanPlay") || g_str_equal (name, "CanPause") || g_str_equal (name, "CanSeek"))
    return g_variant_new_boolean (is_usable (self));
  return g_variant_new_boolean (FALSE);
}

static gboolean
set_cb (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *name,
        GVariant        *value,
        GError         **error,
        gpointer         data)
{
  SideMpris *self = data;
  double rate = g_variant_get_double (value);

  /* The specification: a rate of 0 is a pause. */
  if (rate == 0)
    side_player_pause (self->player);
  else if (rate > 0)
    side_player_set_rate (self->player, rate);
  return TRUE;
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *name,
         GVariant              *arguments,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  SideMpris *self = data;
  gboolean playing = side_player_get_state (self->player) == SIDE_PLAYER_PLAYING;
  const char *track;
  gint64 us;

  if (g_str_equal (name, "OpenUri"))
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
                                                     "Recordings are opened in the window");
      return;
    }
  if (g_str_equal (name, "Play") || (g_str_equal (name, "PlayPause") && !playing))
    side_player_play (self->player);
  else if (g_str_equal (name, "Pause") || g_str_equal (name, "PlayPause"))
    side_player_pause (self->player);
  else if (g_str_equal (name, "Stop"))
    {
      side_player_pause (self->player);
      side_player_seek (self->player, 0);
    }
  else if (g_str_equal (name, "Seek"))
    {
      g_variant_get (arguments, "(x)", &us);
      side_player_seek (self->player, MAX (0, side_player_get_position_ms (self->player) + us / 1000));
    }
  else if (g_str_equal (name, "SetPosition"))
    {
      g_variant_get (arguments, "(&ox)", &track, &us);
      /* One of an older track, or outside of this one, is to be ignored. */
      if (g_str_equal (track, TRACK_PATH) && us >= 0 && us / 1000 <= side_player_get_duration_ms (self->player))
        side_player_seek (self->player, us / 1000);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
tell (SideMpris *self)
{
  GVariantBuilder changed;

  if (self->connection == NULL)
    return;
  g_variant_builder_init (&changed, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&changed, "{sv}", "PlaybackStatus", g_variant_new_string (status_of (self)));
  g_variant_builder_add (&changed, "{sv}", "Metadata", metadata_of (self));
  g_variant_builder_add (&changed, "{sv}", "Rate", g_variant_new_double (side_player_get_rate (self->player)));
  g_variant_builder_add (&changed, "{sv}", "CanPlay", g_variant_new_boolean (is_usable (self)));
  g_variant_builder_add (&changed, "{sv}", "CanPause", g_variant_new_boolean (is_usable (self)));
  g_variant_builder_add (&changed, "{sv}", "CanSeek", g_variant_new_boolean (is_usable (self)));
  g_dbus_connection_emit_signal (self->connection, NULL, OBJECT_PATH, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", PLAYER_INTERFACE, &changed, NULL), NULL);
}

/* Whoever follows the position by the clock is told only when it jumps. */
static void
position_cb (SideMpris *self)
{
  gint64 now_ms = side_player_get_position_ms (self->player);
  gint64 moved_ms = now_ms - self->position_ms;

  self->position_ms = now_ms;
  if (self->connection != NULL && (moved_ms < 0 || moved_ms > JUMP_MS))
    g_dbus_connection_emit_signal (self->connection, NULL, OBJECT_PATH, PLAYER_INTERFACE, "Seeked",
                                   g_variant_new ("(x)", now_ms * 1000), NULL);
}

static void
acquired_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb, .get_property = get_cb, .set_property = set_cb };
  SideMpris *self = data;

  g_set_object (&self->connection, connection);
  for (guint i = 0; i < G_N_ELEMENTS (self->objects); i++)
    {
      g_autoptr (GError) error = NULL;

      self->objects[i] = g_dbus_connection_register_object (connection, OBJECT_PATH, self->info->interfaces[i], &vtable,
                                                            self, NULL, &error);
      if (error != NULL)
        g_debug ("no media keys: %s", error->message);
    }
}

static void
offer (SideMpris *self)
{
  g_autofree char *name = g_strdup_printf ("org.mpris.MediaPlayer2.sidetone.instance%d", (int) getpid ());

  self->position_ms = side_player_get_position_ms (self->player);
  self->owner = g_bus_own_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL, NULL, self, NULL);
}

static void
withdraw (SideMpris *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->objects); i++)
    if (self->objects[i] != 0)
      g_dbus_connection_unregister_object (self->connection, self->objects[i]);
  self->objects[0] = self->objects[1] = 0;
  g_clear_handle_id (&self->owner, g_bus_unown_name);
  g_clear_object (&self->connection);
}

/* The keys go to @self. */
static void
take_over (SideMpris *self)
{
  SideMpris *last = g_queue_peek_tail (&offers);

  if (last == self)
    return;
  if (last != NULL)
    withdraw (last);
  g_queue_remove (&offers, self);
  g_queue_push_tail (&offers, self);
  offer (self);
}

static void
state_cb (SideMpris *self)
{
  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING)
    take_over (self);
  tell (self);
}

/* Who had the keys before has them again. */
static void
give_back (SideMpris *self)
{
  gboolean had = g_queue_peek_tail (&offers) == self;

  g_queue_remove (&offers, self);
  withdraw (self);
  if (had && !g_queue_is_empty (&offers))
    offer (g_queue_peek_tail (&offers));
}

static void
side_mpris_dispose (GObject *object)
{
  SideMpris *self = SIDE_MPRIS (object);

  if (g_queue_find (&offers, self) != NULL)
    give_back (self);
  g_clear_object (&self->player);
  g_clear_pointer (&self->info, g_dbus_node_info_unref);
  G_OBJECT_CLASS (side_mpris_parent_class)->dispose (object);
}

static void
side_mpris_class_init (SideMprisClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_mpris_dispose;
}

static void
side_mpris_init (SideMpris *self)
{
  self->info = g_dbus_node_info_new_for_xml (introspection, NULL);
}

/**
 * side_mpris_new:
 * @player: what the media keys drive
 *
 * Without a session bus nothing happens, and nothing fails.
 *
 * Returns: (transfer full): the offer; it is taken back with the last reference
 */
SideMpris *
side_mpris_new (SidePlayer *player)
{
  SideMpris *self = g_object_new (SIDE_TYPE_MPRIS, NULL);

  self->player = g_object_ref (player);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::rate", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::duration-ms", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position-ms", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  take_over (self);
  return self;
}
