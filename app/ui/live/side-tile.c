/* side-tile.c - one number of the Live page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Title, value, a line about its target and the last hour as a small line. A
 * button: pressed, the page says how the number is counted. What changes often
 * is a GtkInscription, touched only when its text changes: it is drawn anew but
 * never measured, and a board of a busy centre changes ten times a second.
 */
#include "side-tile.h"

#include <glib/gi18n.h>

#include "side-sparkline.h"

struct _SideTile
{
  GtkButton       parent_instance;
  GtkLabel       *title;
  GtkInscription *value;
  GtkInscription *note;
  GtkImage       *note_icon;
  GtkImage       *alert;
  SideSparkline  *line;
  SideLevel       level;
};

enum { PROP_0, PROP_TITLE, PROP_VALUE, PROP_NOTE, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideTile, side_tile, GTK_TYPE_BUTTON)

static const char *const level_classes[] = { "plain", "good", "near", "bad" };
static const char *const level_icons[] = {
  NULL, "side-good-symbolic", "side-near-symbolic", "side-over-symbolic",
};

static void
update_accessible (SideTile *self)
{
  g_autofree char *label = g_strdup_printf ("%s: %s. %s", gtk_label_get_text (self->title),
                                            gtk_inscription_get_text (self->value), gtk_inscription_get_text (self->note));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("How is this counted?"), -1);
}

static gboolean
set_text (GtkInscription *inscription,
          const char     *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) == 0)
    return FALSE;
  gtk_inscription_set_text (inscription, text);
  return TRUE;
}

static void
side_tile_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  SideTile *self = SIDE_TILE (object);

  switch (id)
    {
    case PROP_TITLE:
      if (g_strcmp0 (gtk_label_get_text (self->title), g_value_get_string (value)) == 0)
        break;
      gtk_label_set_text (self->title, g_value_get_string (value));
      update_accessible (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_VALUE:
      side_tile_set_value (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_tile_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  SideTile *self = SIDE_TILE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;
    case PROP_VALUE:
      g_value_set_string (value, gtk_inscription_get_text (self->value));
      break;
    case PROP_NOTE:
      g_value_set_string (value, gtk_inscription_get_text (self->note));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_tile_class_init (SideTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->set_property = side_tile_set_property;
  object_class->get_property = side_tile_get_property;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | flags);
  props[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "–", G_PARAM_READWRITE | flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, "", G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (SIDE_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/live/side-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, SideTile, title);
  gtk_widget_class_bind_template_child (widget_class, SideTile, value);
  gtk_widget_class_bind_template_child (widget_class, SideTile, note);
  gtk_widget_class_bind_template_child (widget_class, SideTile, note_icon);
  gtk_widget_class_bind_template_child (widget_class, SideTile, alert);
  gtk_widget_class_bind_template_child (widget_class, SideTile, line);
}

static void
side_tile_init (SideTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), level_classes[SIDE_LEVEL_NONE]);
  update_accessible (self);
}

/**
 * side_tile_new:
 * @title: what the number is
 *
 * Returns: (transfer floating): a tile without a value
 */
GtkWidget *
side_tile_new (const char *title)
{
  return g_object_new (SIDE_TYPE_TILE, "title", title, NULL);
}

/**
 * side_tile_set_value:
 * @self: a tile
 * @value: the number as it is shown, "–" where there is none
 */
void
side_tile_set_value (SideTile   *self,
                     const char *value)
{
  g_return_if_fail (SIDE_IS_TILE (self));
  if (!set_text (self->value, value))
    return;
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

/**
 * side_tile_set_note:
 * @self: a tile
 * @level: how the number stands to its target
 * @note: words about it, "limit 0:45"
 */
void
side_tile_set_note (SideTile      *self,
                    SideLevel   level,
                    const char    *note)
{
  g_return_if_fail (SIDE_IS_TILE (self));
  if (level != self->level)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), level_classes[self->level]);
      gtk_widget_add_css_class (GTK_WIDGET (self), level_classes[level]);
      gtk_widget_set_visible (GTK_WIDGET (self->alert), level == SIDE_LEVEL_BAD);
      gtk_widget_set_visible (GTK_WIDGET (self->note_icon), level_icons[level] != NULL);
      if (level_icons[level] != NULL)
        gtk_image_set_from_icon_name (self->note_icon, level_icons[level]);
      self->level = level;
    }
  if (!set_text (self->note, note))
    return;
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

/**
 * side_tile_set_series:
 * @self: a tile
 * @values: (array length=n_values): its last hour, oldest first; NaN for none
 * @n_values: how many
 */
void
side_tile_set_series (SideTile     *self,
                      const double *values,
                      gsize         n_values)
{
  g_return_if_fail (SIDE_IS_TILE (self));
  side_sparkline_set_values (self->line, values, n_values);
}

/**
 * side_tile_get_value:
 * @self: a tile
 *
 * Returns: (transfer none): the value as it is shown
 */
const char *
side_tile_get_value (SideTile *self)
{
  g_return_val_if_fail (SIDE_IS_TILE (self), NULL);
  return gtk_inscription_get_text (self->value);
}

/**
 * side_tile_get_level:
 * @self: a tile
 *
 * Returns: how the number stands to its target
 */
SideLevel
side_tile_get_level (SideTile *self)
{
  g_return_val_if_fail (SIDE_IS_TILE (self), SIDE_LEVEL_NONE);
  return self->level;
}
