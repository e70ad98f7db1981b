/* side-player-bar.c - the buttons under a waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every button is an action of the group "player" (toggle, back, forward,
 * rate), so that a page can give them keys; the volumes are bound to the
 * player's properties both ways. When nothing can be heard, or nothing played,
 * a line below says so in words.
 */
#include "side-player-bar.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-text.h"

#define STEP_MS 5000

/* One side in the volume popover. */
typedef struct {
  GtkWidget *name;
  GtkWidget *mute;
  GtkWidget *scale;
} VolumeRow;

struct _SidePlayerBar
{
  GtkWidget           parent_instance;

  SidePlayer         *player;
  GSignalGroup       *watched;
  GBindingGroup      *bound;
  GSimpleActionGroup *actions;

  GtkWidget          *row;
  GtkWidget          *play;
  GtkWidget          *position;
  GtkWidget          *duration;
  GtkWidget          *speed;
  GtkWidget          *volume;
  VolumeRow           sides[2];
  GtkWidget          *notice;
};

enum { PROP_0, PROP_PLAYER, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SidePlayerBar, side_player_bar, GTK_TYPE_WIDGET)

static const double rates[] = { 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3 };

static void
set_text (GtkWidget  *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static char *
rate_text (double rate)
{
  return g_strdup_printf ("%g×", rate);
}

static void
set_enabled (SidePlayerBar *self,
             const char    *name,
             gboolean       enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_position (SidePlayerBar *self)
{
  g_autofree char *at = NULL;
  g_autofree char *of = NULL;
  g_autofree char *text = NULL;

  at = side_text_duration_tenths (self->player != NULL ? side_player_get_position_ms (self->player) : 0);
  of = side_text_duration (self->player != NULL ? side_player_get_duration_ms (self->player) : 0);
  text = g_strdup_printf ("/ %s", of);
  set_text (self->position, at);
  set_text (self->duration, text);
}

/* What went wrong, in a sentence for the person; the details are in the tooltip. */
static const char *
describe (SidePlayerState  state,
          const GError    *error)
{
  if (error == NULL)
    return NULL;
  if (state != SIDE_PLAYER_FAILED)
    return _("There is no audio device: the recording plays without being heard.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    return _("The recording is not there any more.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    return _("The recording is damaged.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
    return _("The file is not a recording.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED))
    return _("The recording is in a form that cannot be played here.");
  return _("The recording cannot be played.");
}

static void
update_notice (SidePlayerBar *self)
{
  SidePlayerState state = self->player != NULL ? side_player_get_state (self->player) : SIDE_PLAYER_EMPTY;
  const GError *error = self->player != NULL ? side_player_get_error (self->player) : NULL;
  const char *text = describe (state, error);

  set_text (self->notice, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (self->notice, error != NULL ? error->message : NULL);
  gtk_widget_set_visible (self->notice, text != NULL);
}

static void
update_state (SidePlayerBar *self)
{
  SidePlayerState state = self->player != NULL ? side_player_get_state (self->player) : SIDE_PLAYER_EMPTY;
  gboolean usable = state != SIDE_PLAYER_EMPTY && state != SIDE_PLAYER_FAILED;
  gboolean playing = state == SIDE_PLAYER_PLAYING;
  const char *name = playing ? _("Pause") : _("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_enabled (self, "toggle", usable);
  set_enabled (self, "back", usable);
  set_enabled (self, "forward", usable);
  update_notice (self);
  update_position (self);
}

static void
update_rate (SidePlayerBar *self)
{
  double rate = self->player != NULL ? side_player_get_rate (self->player) : 1;
  g_autofree char *text = rate_text (rate);
  g_autofree char *spoken = g_strdup_printf (_("Speed: %s"), text);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "rate");

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->speed), text);
  gtk_widget_set_tooltip_text (self->speed, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_double (rate));
}

static void
update_muted (SidePlayerBar *self)
{
  gboolean silent = self->player != NULL;

  for (guint side = 0; side < 2; side++)
    {
      gboolean muted = self->player != NULL && side_player_get_muted (self->player, side);

      if (self->player != NULL && !muted && side_player_get_volume (self->player, side) > 0
          && (side == 0 || side_player_get_n_channels (self->player) != 1))
        silent = FALSE;
      gtk_button_set_icon_name (GTK_BUTTON (self->sides[side].mute),
                                muted ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->volume),
                                 silent ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
}

/* A mono recording has one volume, and no sides to speak of. */
static void
update_channels (SidePlayerBar *self)
{
  gboolean mono = self->player != NULL && side_player_get_n_channels (self->player) == 1;

  set_text (self->sides[0].name, mono ? _("Both sides") : _("Operator"));
  gtk_widget_set_visible (self->sides[1].name, !mono);
  gtk_widget_set_visible (self->sides[1].mute, !mono);
  gtk_widget_set_visible (self->sides[1].scale, !mono);
  update_muted (self);
}

static void
update_all (SidePlayerBar *self)
{
  update_state (self);
  update_rate (self);
  update_channels (self);
}

static void
toggle_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  SidePlayerBar *self = data;

  if (self->player == NULL)
    return;
  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING)
    side_player_pause (self->player);
  else
    side_player_play (self->player);
}

static void
step (SidePlayerBar *self,
      gint64         ms)
{
  if (self->player != NULL)
    side_player_seek (self->player, side_player_get_position_ms (self->player) + ms);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  step (data, -STEP_MS);
}

static void
forward_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  step (data, STEP_MS);
}

static void
rate_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       data)
{
  SidePlayerBar *self = data;

  if (self->player != NULL)
    side_player_set_rate (self->player, g_variant_get_double (value));
}

static GtkWidget *
make_button (const char *icon_name,
             const char *name,
             const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_position_label (const char *css_class,
                     int         chars)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_width_chars (GTK_LABEL (label), chars);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_speed (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *text = rate_text (rates[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (text, NULL);

      g_menu_item_set_action_and_target (item, "player.rate", "d", rates[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "numeric");
  return button;
}

static void
make_volume_row (SidePlayerBar *self,
                 GtkGrid       *grid,
                 guint          side)
{
  static const char *const volume_props[] = { "operator-volume", "customer-volume" };
  static const char *const muted_props[] = { "operator-muted", "customer-muted" };
  const char *const names[] = { _("Operator"), _("Customer") };
  const char *const mutes[] = { _("Mute the operator"), _("Mute the customer") };
  const char *const volumes[] = { _("Volume of the operator"), _("Volume of the customer") };
  VolumeRow *row = &self->sides[side];

  row->name = gtk_label_new (names[side]);
  gtk_label_set_xalign (GTK_LABEL (row->name), 0);
  row->mute = gtk_toggle_button_new ();
  gtk_widget_add_css_class (row->mute, "flat");
  gtk_widget_set_tooltip_text (row->mute, mutes[side]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->mute), GTK_ACCESSIBLE_PROPERTY_LABEL, mutes[side], -1);
  row->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.05);
  gtk_widget_set_size_request (row->scale, 160, -1);
  gtk_widget_set_tooltip_text (row->scale, volumes[side]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, volumes[side], -1);
  gtk_grid_attach (grid, row->name, 0, (int) side, 1, 1);
  gtk_grid_attach (grid, row->mute, 1, (int) side, 1, 1);
  gtk_grid_attach (grid, row->scale, 2, (int) side, 1, 1);
  g_binding_group_bind (self->bound, volume_props[side],
                        gtk_range_get_adjustment (GTK_RANGE (row->scale)), "value",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bound, muted_props[side], row->mute, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static GtkWidget *
make_volume (SidePlayerBar *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint side = 0; side < 2; side++)
    make_volume_row (self, GTK_GRID (grid), side);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Volume of each side"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Volume of each side"), -1);
  return button;
}

static GtkWidget *
make_notice (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "warning");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
build (SidePlayerBar *self)
{
  GtkWidget *spacer = gtk_label_new (NULL);

  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->play = make_button ("media-playback-start-symbolic", _("Play"), "player.toggle");
  gtk_widget_remove_css_class (self->play, "flat");
  gtk_widget_add_css_class (self->play, "circular");
  gtk_widget_add_css_class (self->play, "suggested-action");
  gtk_box_append (GTK_BOX (self->row), self->play);
  gtk_box_append (GTK_BOX (self->row),
                  make_button ("media-seek-backward-symbolic", _("Back 5 seconds"), "player.back"));
  gtk_box_append (GTK_BOX (self->row),
                  make_button ("media-seek-forward-symbolic", _("Forward 5 seconds"), "player.forward"));
  self->position = make_position_label ("heading", 6);
  gtk_box_append (GTK_BOX (self->row), self->position);
  self->duration = make_position_label ("dim-label", 6);
  gtk_box_append (GTK_BOX (self->row), self->duration);
  gtk_widget_set_hexpand (spacer, TRUE);
  gtk_box_append (GTK_BOX (self->row), spacer);
  self->speed = make_speed ();
  gtk_box_append (GTK_BOX (self->row), self->speed);
  self->volume = make_volume (self);
  gtk_box_append (GTK_BOX (self->row), self->volume);
  self->notice = make_notice ();
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  gtk_widget_set_parent (self->notice, GTK_WIDGET (self));
}

static void
watch (SidePlayerBar *self)
{
  static const struct { const char *signal; void (*update) (SidePlayerBar *self); } watches[] = {
    { "notify::state", update_state },
    { "notify::error", update_notice },
    { "notify::position-ms", update_position },
    { "notify::duration-ms", update_position },
    { "notify::rate", update_rate },
    { "notify::n-channels", update_channels },
    { "notify::operator-muted", update_muted },
    { "notify::customer-muted", update_muted },
    { "notify::operator-volume", update_muted },
    { "notify::customer-volume", update_muted },
  };

  self->watched = g_signal_group_new (SIDE_TYPE_PLAYER);
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    g_signal_group_connect_swapped (self->watched, watches[i].signal, G_CALLBACK (watches[i].update), self);
}

static void
side_player_bar_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_PLAYER)
    g_value_set_object (value, SIDE_PLAYER_BAR (object)->player);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
side_player_bar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (prop_id == PROP_PLAYER)
    side_player_bar_set_player (SIDE_PLAYER_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
side_player_bar_dispose (GObject *object)
{
  SidePlayerBar *self = SIDE_PLAYER_BAR (object);

  g_clear_object (&self->watched);
  g_clear_object (&self->bound);
  g_clear_object (&self->actions);
  g_clear_object (&self->player);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_pointer (&self->notice, gtk_widget_unparent);
  G_OBJECT_CLASS (side_player_bar_parent_class)->dispose (object);
}

static void
side_player_bar_class_init (SidePlayerBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = side_player_bar_get_property;
  object_class->set_property = side_player_bar_set_property;
  object_class->dispose = side_player_bar_dispose;
  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SIDE_TYPE_PLAYER,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "playerbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
side_player_bar_init (SidePlayerBar *self)
{
  static const GActionEntry entries[] = {
    { "toggle", toggle_cb },
    { "back", back_cb },
    { "forward", forward_cb },
    { "rate", NULL, "d", "1.0", rate_cb },
  };
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "player", G_ACTION_GROUP (self->actions));
  self->bound = g_binding_group_new ();
  build (self);
  watch (self);
  update_all (self);
}

/**
 * side_player_bar_new:
 *
 * Returns: (transfer floating): a bar without a player
 */
GtkWidget *
side_player_bar_new (void)
{
  return g_object_new (SIDE_TYPE_PLAYER_BAR, NULL);
}

/**
 * side_player_bar_set_player:
 * @self: a bar
 * @player: (nullable): what it shows and drives from now on
 */
void
side_player_bar_set_player (SidePlayerBar *self,
                            SidePlayer    *player)
{
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self));
  g_return_if_fail (player == NULL || SIDE_IS_PLAYER (player));

  if (!g_set_object (&self->player, player))
    return;
  g_signal_group_set_target (self->watched, player);
  g_binding_group_set_source (self->bound, player);
  update_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYER]);
}

/**
 * side_player_bar_get_player:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): what it drives
 */
SidePlayer *
side_player_bar_get_player (SidePlayerBar *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER_BAR (self), NULL);
  return self->player;
}
