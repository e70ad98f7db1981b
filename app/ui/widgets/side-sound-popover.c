/* side-sound-popover.c - how a recording sounds: volumes, sides, device
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is bound to the properties of one SidePlayer, both ways. The
 * devices are asked for each time it opens, since headsets come and go; the
 * chosen one is remembered in the settings.
 */
#include "side-sound-popover.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-output.h"
#include "side-settings.h"

/* One side. */
typedef struct {
  GtkWidget *name;
  GtkWidget *mute;
  GtkWidget *solo;
  GtkWidget *scale;
} SideRow;

struct _SideSoundPopover
{
  GtkPopover     parent_instance;

  SidePlayer    *player;
  GSignalGroup  *watched;
  GBindingGroup *bound;
  GCancellable  *cancellable;   /* of asking for the devices */
  SideRow        sides[2];
  GtkWidget     *level;
  GtkWidget     *outputs;
  gboolean       filling;
  char          *names[2];      /* (nullable): other than the operator and the customer */
};

G_DEFINE_FINAL_TYPE (SideSoundPopover, side_sound_popover, GTK_TYPE_POPOVER)

static void
update_muted (SideSoundPopover *self)
{
  for (guint side = 0; side < 2; side++)
    {
      gboolean muted = self->player != NULL && side_player_get_muted (self->player, side);

      gtk_button_set_icon_name (GTK_BUTTON (self->sides[side].mute),
                                muted ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
    }
}

/* A mono recording has one volume, and no sides to speak of. */
static void
update_channels (SideSoundPopover *self)
{
  gboolean mono = self->player != NULL && side_player_get_n_channels (self->player) == 1;

  gtk_label_set_text (GTK_LABEL (self->sides[0].name), mono ? _("Both sides")
                      : self->names[0] != NULL ? self->names[0] : _("Operator"));
  gtk_widget_set_visible (self->sides[0].solo, !mono);
  gtk_widget_set_visible (self->sides[1].name, !mono);
  gtk_widget_set_visible (self->sides[1].mute, !mono);
  gtk_widget_set_visible (self->sides[1].solo, !mono);
  gtk_widget_set_visible (self->sides[1].scale, !mono);
  gtk_widget_set_visible (self->level, !mono);
}

static void
name_widget (GtkWidget  *widget,
             const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_toggle (const char *text,
             const char *name)
{
  GtkWidget *button = text != NULL ? gtk_toggle_button_new_with_label (text) : gtk_toggle_button_new ();

  gtk_widget_add_css_class (button, "flat");
  name_widget (button, name);
  return button;
}

static void
make_row (SideSoundPopover *self,
          GtkGrid          *grid,
          guint             side)
{
  static const char *const volume_props[] = { "operator-volume", "customer-volume" };
  static const char *const muted_props[] = { "operator-muted", "customer-muted" };
  static const char *const solo_props[] = { "operator-solo", "customer-solo" };
  const char *const names[] = { _("Operator"), _("Customer") };
  const char *const mutes[] = { _("Mute the operator"), _("Mute the customer") };
  const char *const solos[] = { _("Hear the operator alone"), _("Hear the customer alone") };
  const char *const volumes[] = { _("Volume of the operator"), _("Volume of the customer") };
  GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;
  SideRow *row = &self->sides[side];

  row->name = gtk_label_new (names[side]);
  gtk_label_set_xalign (GTK_LABEL (row->name), 0);
  row->mute = make_toggle (NULL, mutes[side]);
  /* Translators: short for "solo": only this side is heard */
  row->solo = make_toggle (C_("one side alone", "S"), solos[side]);
  row->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.05);
  gtk_widget_set_size_request (row->scale, 160, -1);
  name_widget (row->scale, volumes[side]);
  gtk_grid_attach (grid, row->name, 0, (int) side, 1, 1);
  gtk_grid_attach (grid, row->mute, 1, (int) side, 1, 1);
  gtk_grid_attach (grid, row->solo, 2, (int) side, 1, 1);
  gtk_grid_attach (grid, row->scale, 3, (int) side, 1, 1);
  g_binding_group_bind (self->bound, volume_props[side], gtk_range_get_adjustment (GTK_RANGE (row->scale)), "value",
                        flags);
  g_binding_group_bind (self->bound, muted_props[side], row->mute, "active", flags);
  g_binding_group_bind (self->bound, solo_props[side], row->solo, "active", flags);
}

static void
chosen_cb (SideSoundPopover *self,
           GtkCheckButton   *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "output");

  if (self->filling || !gtk_check_button_get_active (button))
    return;
  g_settings_set_string (side_settings_get (), "output-device", id);
  if (self->player != NULL)
    side_player_set_output (self->player, *id != '\0' ? id : NULL);
}

static GtkWidget *
add_output (SideSoundPopover *self,
            GtkWidget        *group,
            const char       *id,
            const char       *name)
{
  GtkWidget *button = gtk_check_button_new_with_label (name);
  g_autofree char *chosen = g_settings_get_string (side_settings_get (), "output-device");

  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  g_object_set_data_full (G_OBJECT (button), "output", g_strdup (id), g_free);
  if (g_str_equal (chosen, id))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  g_signal_connect_object (button, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->outputs), button);
  return button;
}

/* The desktop's choice first, then @outputs. A remembered device that is not
 * there now is still remembered: the desktop's choice only takes its place. */
static void
show_outputs (SideSoundPopover *self,
              GPtrArray        *outputs)
{
  GtkWidget *first;
  gboolean found = FALSE;

  self->filling = TRUE;
  side_clear_children (self->outputs);
  first = add_output (self, NULL, "", _("As the desktop has it"));
  found = gtk_check_button_get_active (GTK_CHECK_BUTTON (first));
  for (guint i = 0; outputs != NULL && i < outputs->len; i++)
    {
      const SideOutput *output = g_ptr_array_index (outputs, i);

      found = gtk_check_button_get_active (GTK_CHECK_BUTTON (add_output (self, first, output->id, output->name)))
              || found;
    }
  if (!found)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (first), TRUE);
  self->filling = FALSE;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideSoundPopover) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outputs = side_outputs_list_finish (result, &error);

  if (outputs != NULL)
    show_outputs (self, outputs);
}

static void
side_sound_popover_map (GtkWidget *widget)
{
  SideSoundPopover *self = SIDE_SOUND_POPOVER (widget);

  GTK_WIDGET_CLASS (side_sound_popover_parent_class)->map (widget);
  side_outputs_list_async (self->cancellable, listed_cb, g_object_ref (self));
}

static void
side_sound_popover_dispose (GObject *object)
{
  SideSoundPopover *self = SIDE_SOUND_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->watched);
  g_clear_object (&self->bound);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (side_sound_popover_parent_class)->dispose (object);
}

static void
side_sound_popover_finalize (GObject *object)
{
  SideSoundPopover *self = SIDE_SOUND_POPOVER (object);

  g_free (self->names[0]);
  g_free (self->names[1]);
  G_OBJECT_CLASS (side_sound_popover_parent_class)->finalize (object);
}

static void
side_sound_popover_class_init (SideSoundPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_sound_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_sound_popover_finalize;
  GTK_WIDGET_CLASS (klass)->map = side_sound_popover_map;
}

static void
side_sound_popover_init (SideSoundPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *heading = gtk_label_new (_("Play on"));

  self->cancellable = g_cancellable_new ();
  self->bound = g_binding_group_new ();
  self->watched = g_signal_group_new (SIDE_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->watched, "notify::n-channels", G_CALLBACK (update_channels), self);
  g_signal_group_connect_swapped (self->watched, "notify::operator-muted", G_CALLBACK (update_muted), self);
  g_signal_group_connect_swapped (self->watched, "notify::customer-muted", G_CALLBACK (update_muted), self);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint side = 0; side < 2; side++)
    make_row (self, GTK_GRID (grid), side);
  gtk_box_append (GTK_BOX (box), grid);
  self->level = gtk_check_button_new_with_label (_("Level both sides"));
  g_binding_group_bind (self->bound, "levelling", self->level, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), self->level);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_set_margin_top (heading, 6);
  gtk_box_append (GTK_BOX (box), heading);
  self->outputs = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->outputs), GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
  gtk_box_append (GTK_BOX (box), self->outputs);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  show_outputs (self, NULL);
  side_sound_popover_set_levels_known (self, FALSE);
  update_channels (self);
  update_muted (self);
}

/**
 * side_sound_popover_new:
 *
 * Returns: (transfer floating): a popover without a player
 */
GtkWidget *
side_sound_popover_new (void)
{
  return g_object_new (SIDE_TYPE_SOUND_POPOVER, NULL);
}

/**
 * side_sound_popover_set_player:
 * @self: a popover
 * @player: (nullable): whose sound it is; the remembered device is given to it
 */
void
side_sound_popover_set_player (SideSoundPopover *self,
                               SidePlayer       *player)
{
  g_return_if_fail (SIDE_IS_SOUND_POPOVER (self));

  if (!g_set_object (&self->player, player))
    return;
  g_signal_group_set_target (self->watched, player);
  g_binding_group_set_source (self->bound, player);
  if (player != NULL)
    {
      g_autofree char *id = g_settings_get_string (side_settings_get (), "output-device");

      side_player_set_output (player, *id != '\0' ? id : NULL);
    }
  update_channels (self);
  update_muted (self);
}

/**
 * side_sound_popover_set_names:
 * @self: a popover
 * @operators: who is on the operator's side
 * @customers: who is on the customer's
 *
 * For recordings in which others talk than an operator and a customer.
 */
void
side_sound_popover_set_names (SideSoundPopover *self,
                              const char       *operators,
                              const char       *customers)
{
  const char *const names[] = { operators, customers };

  g_return_if_fail (SIDE_IS_SOUND_POPOVER (self));
  g_return_if_fail (operators != NULL && customers != NULL);

  for (guint side = 0; side < G_N_ELEMENTS (names); side++)
    {
      SideRow *row = &self->sides[side];
      /* Translators: %s is one side of a recording, as "Call centre" or "You" */
      g_autofree char *mute = g_strdup_printf (_("Mute: %s"), names[side]);
      g_autofree char *solo = g_strdup_printf (_("Hear alone: %s"), names[side]);
      g_autofree char *volume = g_strdup_printf (_("Volume: %s"), names[side]);

      g_free (self->names[side]);
      self->names[side] = g_strdup (names[side]);
      gtk_label_set_text (GTK_LABEL (row->name), names[side]);
      name_widget (row->mute, mute);
      name_widget (row->solo, solo);
      name_widget (row->scale, volume);
    }
  update_channels (self);
}

/**
 * side_sound_popover_set_levels_known:
 * @self: a popover
 * @known: whether the loudness of both sides is known
 */
void
side_sound_popover_set_levels_known (SideSoundPopover *self,
                                     gboolean          known)
{
  g_return_if_fail (SIDE_IS_SOUND_POPOVER (self));

  gtk_widget_set_sensitive (self->level, known);
  gtk_widget_set_tooltip_text (self->level, known ? _("Makes the quiet side louder and the loud one quieter")
                                                  : _("The loudness of the sides is not known yet"));
}
