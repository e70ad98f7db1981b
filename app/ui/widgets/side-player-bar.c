/* side-player-bar.c - the buttons under a waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every button is an action of the group "player" (toggle, back, forward,
 * previous-mark, next-mark, rate, skip-silence, loop), so that a page can give
 * them keys; the volumes are in side-sound-popover.c. When nothing can be
 * heard, or nothing played, a line below says so in words.
 */
#include "side-player-bar.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-settings.h"
#include "side-silences.h"
#include "side-sound-popover.h"
#include "side-text.h"
#include "side-wrap-layout.h"

#define STEP_MS 5000

struct _SidePlayerBar
{
  GtkWidget           parent_instance;

  SidePlayer         *player;
  GSignalGroup       *watched;
  GSimpleActionGroup *actions;

  GtkWidget          *row;
  GtkWidget          *play;
  GtkWidget          *position;
  GtkWidget          *duration;
  GtkWidget          *speed;
  GtkWidget          *volume;
  GtkWidget          *skip;
  GtkWidget          *loop;
  SideSoundPopover   *sound;        /* of the volume button, which owns it */
  GtkWidget          *notice;
  gboolean            silences_known;
  gboolean            has_marks;
  SideSpan            loopable;     /* to_ms 0: nothing */
  gint64              origin_ms;    /* what the clock stands at where the recording begins */
};

enum { PROP_0, PROP_PLAYER, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SidePlayerBar, side_player_bar, GTK_TYPE_WIDGET)

static const double rates[] = { 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4 };

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
  gint64 at_ms = self->player != NULL ? side_player_get_position_ms (self->player) : 0;
  gint64 of_ms = self->player != NULL ? side_player_get_duration_ms (self->player) : 0;
  g_autofree char *at = side_text_duration_tenths (self->origin_ms + at_ms), *of = side_text_duration (self->origin_ms + of_ms);
  g_autofree char *text = g_strdup_printf ("/ %s", of);

  set_text (self->position, at);
  set_text (self->duration, text);
}

/* What went wrong and what to do, in a sentence for the person; the machine's words are in the tooltip,
 * but for a missing device, of which the sentence says all there is to say. */
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
  g_autofree char *details = error != NULL && state == SIDE_PLAYER_FAILED ? g_strdup_printf (_("Details: %s"), error->message) : NULL;

  set_text (self->notice, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (self->notice, details);
  gtk_widget_set_visible (self->notice, text != NULL);
}

static gboolean
is_usable (SidePlayerBar *self)
{
  SidePlayerState state = self->player != NULL ? side_player_get_state (self->player) : SIDE_PLAYER_EMPTY;

  return state != SIDE_PLAYER_EMPTY && state != SIDE_PLAYER_FAILED;
}

static void
set_state (SidePlayerBar *self,
           const char    *name,
           gboolean       on)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (on));
}

/* Why a button cannot be pressed stands in its tooltip. */
static void
update_route (SidePlayerBar *self)
{
  gboolean usable = is_usable (self);
  gboolean looping = self->player != NULL && side_player_get_loop (self->player, NULL, NULL);
  gboolean loopable = looping || self->loopable.to_ms > 0;

  set_state (self, "skip-silence", self->player != NULL && side_player_get_skip_silence (self->player));
  set_state (self, "loop", looping);
  set_enabled (self, "skip-silence", usable && self->silences_known);
  set_enabled (self, "loop", usable && loopable);
  set_enabled (self, "previous-mark", usable && self->has_marks);
  set_enabled (self, "next-mark", usable && self->has_marks);
  gtk_widget_set_tooltip_text (self->skip, self->silences_known ? _("Skip silence")
                                                                : _("Skip silence: the recording is not analysed yet"));
  gtk_widget_set_tooltip_text (self->loop, loopable ? _("Repeat the selection (L)")
                                                    : _("Repeat: select a span or a mark first"));
}

static void
update_state (SidePlayerBar *self)
{
  SidePlayerState state = self->player != NULL ? side_player_get_state (self->player) : SIDE_PLAYER_EMPTY;
  gboolean usable = is_usable (self);
  gboolean playing = state == SIDE_PLAYER_PLAYING;
  const char *name = playing ? _("Pause") : _("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_enabled (self, "toggle", usable);
  set_enabled (self, "back", usable);
  set_enabled (self, "forward", usable);
  update_route (self);
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
update_volume (SidePlayerBar *self)
{
  gboolean silent = self->player != NULL;

  for (guint side = 0; side < 2; side++)
    if (self->player != NULL && !side_player_get_muted (self->player, side)
        && side_player_get_volume (self->player, side) > 0
        && (side == 0 || side_player_get_n_channels (self->player) != 1))
      silent = FALSE;
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->volume),
                                 silent ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
}

static void
update_all (SidePlayerBar *self)
{
  update_state (self);
  update_rate (self);
  update_volume (self);
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

static void
mark_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  g_signal_emit_by_name (data, g_action_get_name (G_ACTION (action)));
}

static void
skip_silence_cb (GSimpleAction *action,
                 GVariant      *value,
                 gpointer       data)
{
  SidePlayerBar *self = data;

  if (self->player != NULL)
    side_player_set_skip_silence (self->player, g_variant_get_boolean (value));
}

/* Looping begins in the span, or it would be waited for. */
static void
loop_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       data)
{
  SidePlayerBar *self = data;
  gint64 at;

  if (self->player == NULL)
    return;
  if (!g_variant_get_boolean (value))
    {
      side_player_set_loop (self->player, 0, 0);
      return;
    }
  if (self->loopable.to_ms <= 0)
    return;
  side_player_set_loop (self->player, self->loopable.from_ms, self->loopable.to_ms);
  at = side_player_get_position_ms (self->player);
  if (at < self->loopable.from_ms || at >= self->loopable.to_ms)
    side_player_seek (self->player, self->loopable.from_ms);
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

static GtkWidget *
make_toggle (const char *icon_name,
             const char *name,
             const char *action)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon_name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_volume (SidePlayerBar *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->sound = SIDE_SOUND_POPOVER (side_sound_popover_new ());
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (self->sound));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Volume of each side, output device"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Volume of each side, output device"), -1);
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

/* What moves the position, and what it is. */
static GtkWidget *
build_transport (SidePlayerBar *self)
{
  static const struct { const char *icon; const char *name; const char *action; } buttons[] = {
    { "media-skip-backward-symbolic", N_("Previous mark"), "player.previous-mark" },
    { "media-seek-backward-symbolic", N_("Back 5 seconds"), "player.back" },
    { "media-seek-forward-symbolic", N_("Forward 5 seconds"), "player.forward" },
    { "media-skip-forward-symbolic", N_("Next mark"), "player.next-mark" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->play = make_button ("media-playback-start-symbolic", _("Play"), "player.toggle");
  gtk_widget_remove_css_class (self->play, "flat");
  gtk_widget_add_css_class (self->play, "circular");
  gtk_widget_add_css_class (self->play, "suggested-action");
  gtk_box_append (GTK_BOX (box), self->play);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_box_append (GTK_BOX (box), make_button (buttons[i].icon, _(buttons[i].name), buttons[i].action));
  self->position = make_position_label ("heading", 6);
  gtk_widget_set_margin_start (self->position, 6);
  gtk_box_append (GTK_BOX (box), self->position);
  self->duration = make_position_label ("dim-label", 6);
  gtk_box_append (GTK_BOX (box), self->duration);
  return box;
}

/* How it sounds and which way it goes. A line of its own where both have no room in one. */
static void
build (SidePlayerBar *self)
{
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->row, side_wrap_layout_new (6));
  gtk_box_append (GTK_BOX (self->row), build_transport (self));
  gtk_widget_set_hexpand (ways, TRUE);
  gtk_widget_set_halign (ways, GTK_ALIGN_END);
  self->skip = make_toggle ("side-skip-silence-symbolic", _("Skip silence"), "player.skip-silence");
  gtk_box_append (GTK_BOX (ways), self->skip);
  self->loop = make_toggle ("media-playlist-repeat-symbolic", _("Repeat the selection"), "player.loop");
  gtk_box_append (GTK_BOX (ways), self->loop);
  self->speed = make_speed ();
  gtk_box_append (GTK_BOX (ways), self->speed);
  self->volume = make_volume (self);
  gtk_box_append (GTK_BOX (ways), self->volume);
  gtk_box_append (GTK_BOX (self->row), ways);
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
    { "notify::n-channels", update_volume },
    { "notify::operator-muted", update_volume },
    { "notify::customer-muted", update_volume },
    { "notify::operator-volume", update_volume },
    { "notify::customer-volume", update_volume },
    { "notify::skip-silence", update_route },
    { "notify::looping", update_route },
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
  g_signal_new ("previous-mark", SIDE_TYPE_PLAYER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("next-mark", SIDE_TYPE_PLAYER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
    { "previous-mark", mark_cb },
    { "next-mark", mark_cb },
    { "rate", NULL, "d", "1.0", rate_cb },
    { "skip-silence", NULL, NULL, "false", skip_silence_cb },
    { "loop", NULL, NULL, "false", loop_cb },
  };
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "player", G_ACTION_GROUP (self->actions));
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
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self) && (player == NULL || SIDE_IS_PLAYER (player)));

  if (!g_set_object (&self->player, player))
    return;
  g_signal_group_set_target (self->watched, player);
  side_sound_popover_set_player (self->sound, player);
  self->silences_known = FALSE;
  if (player != NULL)
    side_player_set_resume_back (player, g_settings_get_uint (side_settings_get (), "resume-back"));
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

/**
 * side_player_bar_set_analysis:
 * @self: a bar whose player has opened the recording
 * @analysis: (nullable): what is known of it; %NULL while that is nothing
 *
 * Tells the player where it is silent and how loud each side is, which lets
 * silences be skipped and the sides be levelled.
 */
void
side_player_bar_set_analysis (SidePlayerBar *self,
                              SideAnalysis  *analysis)
{
  g_autoptr (GArray) silences = NULL;
  double levels[2] = { 0, 0 };

  g_return_if_fail (SIDE_IS_PLAYER_BAR (self));

  self->silences_known = analysis != NULL;
  if (self->player != NULL && analysis != NULL)
    {
      silences = side_silences_of (analysis);
      side_player_set_silences (self->player, (const SideSpan *) (gconstpointer) silences->data, silences->len);
    }
  side_sound_popover_set_levels_known (self->sound, side_silences_levels (analysis, levels));
  if (self->player != NULL)
    side_player_set_levels (self->player, levels[0], levels[1]);
  update_route (self);
}

/**
 * side_player_bar_set_loopable:
 * @self: a bar
 * @from_ms: where the selection or the selected mark begins
 * @to_ms: where it ends; 0 when nothing is selected
 *
 * What is being repeated becomes the new selection; without one it goes on.
 */
void
side_player_bar_set_loopable (SidePlayerBar *self,
                              gint64         from_ms,
                              gint64         to_ms)
{
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self) && (to_ms == 0 || (from_ms >= 0 && to_ms > from_ms)));

  self->loopable = (SideSpan) { from_ms, to_ms };
  if (to_ms > 0 && self->player != NULL && side_player_get_loop (self->player, NULL, NULL))
    side_player_set_loop (self->player, from_ms, to_ms);
  update_route (self);
}

/**
 * side_player_bar_set_has_marks:
 * @self: a bar
 * @has_marks: whether there is a mark to go to
 */
void
side_player_bar_set_has_marks (SidePlayerBar *self,
                               gboolean       has_marks)
{
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self));

  self->has_marks = has_marks;
  update_route (self);
}

/**
 * side_player_bar_set_names:
 * @self: a bar
 * @operators: who is on the operator's side of the recording
 * @customers: who is on the customer's
 *
 * For recordings in which others talk than an operator and a customer.
 */
void
side_player_bar_set_names (SidePlayerBar *self,
                           const char    *operators,
                           const char    *customers)
{
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self));
  side_sound_popover_set_names (self->sound, operators, customers);
}

/**
 * side_player_bar_set_origin:
 * @self: a bar
 * @origin_ms: what the clock stands at where the recording begins; 0 usually
 */
void
side_player_bar_set_origin (SidePlayerBar *self,
                            gint64         origin_ms)
{
  g_return_if_fail (SIDE_IS_PLAYER_BAR (self));

  self->origin_ms = origin_ms;
  update_position (self);
}
