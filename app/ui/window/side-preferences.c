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

#include "side-error.h"
#include "side-format.h"
#include "side-recording-cache.h"
#include "side-chime.h"
#include "side-settings.h"
#include "side-toast.h"

struct _SidePreferences
{
  AdwPreferencesWindow parent_instance;
  AdwComboRow         *style;
  GtkSwitch           *full_numbers;
  GtkSpinButton       *cache;
  GtkSpinButton       *months;
  GtkSwitch           *sound;
  AdwComboRow         *chime;
  GtkSwitch           *repeat;
  GtkSwitch           *notification;
  GtkSwitch           *whole;
  GtkSwitch           *record;
  AdwActionRow        *used;
  GtkWidget           *clear;
  AdwComboRow         *ahead;
  SideDesk            *desk;           /* nullable: nobody is signed in */
  GCancellable        *cancellable;
};

G_DEFINE_FINAL_TYPE (SidePreferences, side_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
side_preferences_dispose (GObject *object)
{
  SidePreferences *self = SIDE_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_preferences_parent_class)->dispose (object);
}

static SideStore *
get_store (SidePreferences *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  return store != NULL && side_store_is_open (store) ? store : NULL;
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SidePreferences) self = data;
  gint64 bytes = side_store_measure_recordings_finish (SIDE_STORE (source), result, NULL);
  g_autofree char *size = bytes >= 0 ? g_format_size ((guint64) bytes) : NULL;

  if (size == NULL || self->desk == NULL)
    return;
  adw_action_row_set_subtitle (self->used, size);
  gtk_widget_set_visible (GTK_WIDGET (self->used), TRUE);
  gtk_widget_set_sensitive (self->clear, bytes > 0 && !side_store_is_read_only (SIDE_STORE (source)));
}

static void
measure (SidePreferences *self)
{
  if (get_store (self) != NULL)
    side_store_measure_recordings_async (get_store (self), self->cancellable, measured_cb, g_object_ref (self));
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SidePreferences) self = data;
  g_autoptr (GError) error = NULL;

  side_store_clear_recordings_finish (SIDE_STORE (source), result, &error);
  if (self->desk == NULL)
    return;
  if (error != NULL && !side_error_is_cancelled (error))
    {
      g_autofree char *words = side_format_error (error);

      adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), side_toast_new (words));
    }
  measure (self);
}

static void
clear_cb (SidePreferences *self)
{
  gtk_widget_set_sensitive (self->clear, FALSE);
  if (get_store (self) != NULL)
    side_store_clear_recordings_async (get_store (self), NULL, cleared_cb, g_object_ref (self));
}

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SidePreferences) self = data;
  g_autoptr (GError) error = NULL;

  if (side_chime_play_finish (result, &error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("the sound of an alert: %s", error->message);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), side_toast_new (_("This computer has no device to play a sound on.")));
}

static void
hear_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SidePreferences *self = SIDE_PREFERENCES (widget);

  side_chime_play_async ((SideChime) g_settings_get_enum (side_settings_get (), "alert-chime"), self->cancellable, heard_cb, g_object_ref (self));
}

static void
side_preferences_class_init (SidePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/window/side-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, style);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, full_numbers);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, cache);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, months);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, sound);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, chime);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, repeat);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, notification);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, whole);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, record);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, used);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, clear);
  gtk_widget_class_bind_template_child (widget_class, SidePreferences, ahead);
  gtk_widget_class_install_action (widget_class, "preferences.hear", NULL, hear_action);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
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

/* Likewise: off, what is shown, what is not reviewed. */
static gboolean
get_ahead (GValue   *value,
           GVariant *variant,
           gpointer  data)
{
  g_value_set_uint (value, (guint) g_settings_get_enum (side_settings_get (), "fetch-ahead"));
  return TRUE;
}

static GVariant *
set_ahead (const GValue       *value,
           const GVariantType *type,
           gpointer            data)
{
  static const char *const nicks[] = { "off", "shown", "unreviewed" };
  guint position = g_value_get_uint (value);

  return position < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[position]) : NULL;
}

static gboolean
get_chime (GValue   *value,
           GVariant *variant,
           gpointer  data)
{
  g_value_set_uint (value, (guint) g_settings_get_enum (side_settings_get (), "alert-chime"));
  return TRUE;
}

static GVariant *
set_chime (const GValue       *value,
           const GVariantType *type,
           gpointer            data)
{
  static const char *const nicks[SIDE_N_CHIMES] = { "bell", "rising", "urgent" };
  guint position = g_value_get_uint (value);

  return position < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[position]) : NULL;
}

static void
side_preferences_init (SidePreferences *self)
{
  GSettings *settings = side_settings_get ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind_with_mapping (settings, "fetch-ahead", self->ahead, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_ahead, set_ahead, NULL, NULL);
  g_settings_bind_with_mapping (settings, "style", self->style, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_style, set_style, NULL, NULL);
  g_settings_bind (settings, "full-numbers", self->full_numbers, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "cache-megabytes", self->cache, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "keep-months", self->months, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "alert-sound", self->sound, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "alert-chime", self->chime, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_chime, set_chime, NULL, NULL);
  g_settings_bind (settings, "alert-repeat", self->repeat, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "alert-notification", self->notification, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "record-test-calls", self->record, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "review-whole-recording", self->whole, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * side_preferences_new:
 * @parent: (nullable): the window it belongs to
 * @desk: (nullable): whose recordings lie on this computer
 *
 * Returns: (transfer none): the preferences, not shown yet
 */
GtkWidget *
side_preferences_new (GtkWindow *parent,
                      SideDesk  *desk)
{
  SidePreferences *self = g_object_new (SIDE_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);

  g_set_object (&self->desk, desk);
  measure (self);
  return GTK_WIDGET (self);
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
