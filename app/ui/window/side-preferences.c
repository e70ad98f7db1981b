/* side-preferences.c - what a person may choose
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row is bound to a key of the settings; whoever the key concerns
 * listens to it. There is nothing to apply and nothing to save.
 */
#include "side-preferences.h"

#include <glib/gi18n.h>

#include "side-settings.h"

struct _SidePreferences
{
  AdwPreferencesWindow parent_instance;
  AdwComboRow         *style;
  GtkSwitch           *full_numbers;
  GtkSpinButton       *cache;
  GtkSpinButton       *months;
  GtkSwitch           *sound;
  GtkSwitch           *notification;
};

G_DEFINE_FINAL_TYPE (SidePreferences, side_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
side_preferences_class_init (SidePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/window/side-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, style);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, full_numbers);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, cache);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, months);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, sound);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, notification);
}

/* The combo's positions are the enumeration's values: system, light, dark. */
static gboolean
get_style (GValue   *value,
           GVariant *variant,
           gpointer  data)
{
  g_value_set_uint (value, (guint) g_settings_get_enum (side_settings_get (), "style"));
  return TRUE;
}

static GVariant *
set_style (const GValue       *value,
           const GVariantType *type,
           gpointer            data)
{
  static const char *const nicks[] = { "system", "light", "dark" };
  guint position = g_value_get_uint (value);

  return position < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[position]) : NULL;
}

static void
side_preferences_init (SidePreferences *self)
{
  GSettings *settings = side_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind_with_mapping (settings, "style", self->style, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_style, set_style, NULL, NULL);
  g_settings_bind (settings, "full-numbers", self->full_numbers, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "cache-megabytes", self->cache, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "keep-months", self->months, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "alert-sound", self->sound, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "alert-notification", self->notification, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * side_preferences_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): the preferences, not shown yet
 */
GtkWidget *
side_preferences_new (GtkWindow *parent)
{
  return g_object_new (SIDE_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);
}

static void
style_changed_cb (GSettings *settings)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK,
  };
  int style = g_settings_get_enum (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (style, 0, (int) G_N_ELEMENTS (schemes) - 1)]);
}

/**
 * side_preferences_follow_style:
 *
 * Has the program look as the settings say, from now on.
 */
void
side_preferences_follow_style (void)
{
  GSettings *settings = side_settings_get ();

  g_signal_connect (settings, "changed::style", G_CALLBACK (style_changed_cb), NULL);
  style_changed_cb (settings);
}
