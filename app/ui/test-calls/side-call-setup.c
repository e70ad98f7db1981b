/* side-call-setup.c - where a test call goes, on which line, and what it is heard with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Microphone and loudspeaker are remembered. One that is not there now stays
 * remembered: the desktop's choice only takes its place. Devices are asked for
 * when somebody looks at them, since headsets come and go, and at once where
 * one is remembered.
 */
#include "side-call-setup.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-input.h"
#include "side-settings.h"
#include "side-wrap-layout.h"

/* One of two lists of devices. */
typedef struct {
  GtkWidget  *choice;   /* GtkDropDown */
  const char *key;      /* of the settings */
  GPtrArray  *devices;  /* (nullable): of SideOutput, behind the desktop's choice */
} Devices;

struct _SideCallSetup
{
  AdwBin        parent_instance;
  SideLines    *lines;
  GtkWidget    *number;       /* GtkEntry */
  GtkWidget    *line;         /* GtkDropDown */
  Devices       microphones;
  Devices       loudspeakers;
  GCancellable *cancellable;
  gboolean      filling;
};

G_DEFINE_FINAL_TYPE (SideCallSetup, side_call_setup, ADW_TYPE_BIN)

static guint lines_changed_signal;

static void
side_call_setup_dispose (GObject *object)
{
  SideCallSetup *self = SIDE_CALL_SETUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->lines);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_call_setup_parent_class)->dispose (object);
}

static void
side_call_setup_finalize (GObject *object)
{
  SideCallSetup *self = SIDE_CALL_SETUP (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->microphones.devices, g_ptr_array_unref);
  g_clear_pointer (&self->loudspeakers.devices, g_ptr_array_unref);
  G_OBJECT_CLASS (side_call_setup_parent_class)->finalize (object);
}

/* ---- devices ---- */

static void
show_devices (SideCallSetup *self,
              Devices       *devices,
              GPtrArray     *found)
{
  g_autofree char *chosen = g_settings_get_string (side_settings_get (), devices->key);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint at = 0;

  g_clear_pointer (&devices->devices, g_ptr_array_unref);
  devices->devices = found != NULL ? g_ptr_array_ref (found) : NULL;
  g_ptr_array_add (words, (gpointer) _("As the desktop has it"));
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const SideOutput *device = found->pdata[i];

      g_ptr_array_add (words, device->name);
      if (g_str_equal (device->id, chosen))
        at = i + 1;
    }
  g_ptr_array_add (words, NULL);
  self->filling = TRUE;
  side_draft_choice_show (devices->choice, (const char *const *) words->pdata, at);
  self->filling = FALSE;
}

static const SideOutput *
chosen_device (const Devices *devices)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (devices->choice));

  return at > 0 && devices->devices != NULL && at <= devices->devices->len ? devices->devices->pdata[at - 1] : NULL;
}

static void
remember (SideCallSetup *self,
          Devices       *devices)
{
  const SideOutput *device = chosen_device (devices);

  if (!self->filling)
    g_settings_set_string (side_settings_get (), devices->key, device != NULL ? device->id : "");
}

static void
microphone_cb (SideCallSetup *self)
{
  remember (self, &self->microphones);
}

static void
loudspeaker_cb (SideCallSetup *self)
{
  remember (self, &self->loudspeakers);
}

static void
inputs_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCallSetup) self = data;
  g_autoptr (GPtrArray) found = side_inputs_list_finish (result, NULL);

  if (found != NULL && self->lines != NULL)
    show_devices (self, &self->microphones, found);
}

static void
outputs_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCallSetup) self = data;
  g_autoptr (GPtrArray) found = side_outputs_list_finish (result, NULL);

  if (found != NULL && self->lines != NULL)
    show_devices (self, &self->loudspeakers, found);
}

static void
list_devices (SideCallSetup *self)
{
  side_inputs_list_async (self->cancellable, inputs_cb, g_object_ref (self));
  side_outputs_list_async (self->cancellable, outputs_cb, g_object_ref (self));
}

static gboolean
remembers (const Devices *devices)
{
  g_autofree char *chosen = g_settings_get_string (side_settings_get (), devices->key);

  return *chosen != '\0';
}

static void
side_call_setup_map (GtkWidget *widget)
{
  SideCallSetup *self = SIDE_CALL_SETUP (widget);

  GTK_WIDGET_CLASS (side_call_setup_parent_class)->map (widget);
  if (remembers (&self->microphones) || remembers (&self->loudspeakers))
    list_devices (self);
}

static void
side_call_setup_class_init (SideCallSetupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_setup_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_call_setup_finalize;
  GTK_WIDGET_CLASS (klass)->map = side_call_setup_map;
  lines_changed_signal = g_signal_new ("lines-changed", SIDE_TYPE_CALL_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* ---- fields ---- */

static void
add_devices (SideCallSetup *self,
             GtkGrid       *grid,
             int            row,
             Devices       *devices,
             const char    *key,
             const char    *name,
             GCallback      callback)
{
  GtkWidget *label = gtk_label_new (name);

  devices->key = key;
  devices->choice = side_draft_choice_new (name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (devices->choice, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, devices->choice, 1, row, 1, 1);
  show_devices (self, devices, NULL);
  g_signal_connect_object (devices->choice, "notify::selected", callback, self, G_CONNECT_SWAPPED);
}

static GtkWidget *
new_sound (SideCallSetup *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  add_devices (self, GTK_GRID (grid), 0, &self->microphones, "call-microphone", _("Microphone"), G_CALLBACK (microphone_cb));
  add_devices (self, GTK_GRID (grid), 1, &self->loudspeakers, "call-loudspeaker", _("Loudspeaker"), G_CALLBACK (loudspeaker_cb));
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  g_signal_connect_object (popover, "map", G_CALLBACK (list_devices), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "audio-input-microphone-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _("Microphone and Loudspeaker"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Microphone and Loudspeaker"), -1);
  return button;
}

static GtkWidget *
new_record (void)
{
  GtkWidget *record = gtk_check_button_new_with_label (_("Record"));

  gtk_widget_set_tooltip_text (record, _("Whether this call, and those after it, are recorded"));
  g_settings_bind (side_settings_get (), "record-test-calls", record, "active", G_SETTINGS_BIND_DEFAULT);
  return record;
}

static void
side_call_setup_init (SideCallSetup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_layout_manager (box, side_wrap_layout_new (8));
  self->number = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->number), _("Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Number"), -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 20);
  self->line = side_draft_choice_new (_("Telephone Line"));
  gtk_widget_set_tooltip_text (self->line, _("Telephone Line"));
  gtk_box_append (GTK_BOX (box), self->number);
  gtk_box_append (GTK_BOX (box), self->line);
  gtk_box_append (GTK_BOX (box), new_sound (self));
  gtk_box_append (GTK_BOX (box), new_record ());
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
show_lines (SideCallSetup *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint n = side_lines_get_count (self->lines);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words, g_strdup (side_lines_get (self->lines, i)->label != NULL ? side_lines_get (self->lines, i)->label : ""));
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->line, (const char *const *) words->pdata, 0);
  g_signal_emit (self, lines_changed_signal, 0);
}

/**
 * side_call_setup_new:
 * @lines: what can be called on
 * @number: (nullable): what the scenario calls
 *
 * Returns: (transfer floating): fields to be filled in before the call
 */
GtkWidget *
side_call_setup_new (SideLines  *lines,
                     const char *number)
{
  SideCallSetup *self = g_object_new (SIDE_TYPE_CALL_SETUP, NULL);

  self->lines = g_object_ref (lines);
  gtk_editable_set_text (GTK_EDITABLE (self->number), number != NULL ? number : "");
  g_signal_connect_object (lines, "changed", G_CALLBACK (show_lines), self, G_CONNECT_SWAPPED);
  show_lines (self);
  return GTK_WIDGET (self);
}

/**
 * side_call_setup_fix_number:
 * @self: a setup
 * @number: what is called, and nothing else
 */
void
side_call_setup_fix_number (SideCallSetup *self,
                            const char    *number)
{
  g_return_if_fail (SIDE_IS_CALL_SETUP (self) && number != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->number), number);
  gtk_editable_set_editable (GTK_EDITABLE (self->number), FALSE);
}

/**
 * side_call_setup_get_number:
 * @self: fields
 *
 * Returns: (transfer none): what is to be dialled; empty for nothing
 */
const char *
side_call_setup_get_number (SideCallSetup *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_SETUP (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->number));
}

/**
 * side_call_setup_get_line:
 * @self: fields
 *
 * Returns: (transfer none) (nullable): what is called on; %NULL where there is none
 */
const SideLine *
side_call_setup_get_line (SideCallSetup *self)
{
  guint chosen;

  g_return_val_if_fail (SIDE_IS_CALL_SETUP (self), NULL);

  chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->line));
  return chosen < side_lines_get_count (self->lines) ? side_lines_get (self->lines, chosen) : NULL;
}

static char *
dup_device (const Devices *devices)
{
  const SideOutput *device = chosen_device (devices);

  return device != NULL ? g_strdup (device->id) : NULL;
}

/**
 * side_call_setup_dup_microphone:
 * @self: fields
 *
 * Returns: (transfer full) (nullable): id of the device; %NULL for the desktop's choice
 */
char *
side_call_setup_dup_microphone (SideCallSetup *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_SETUP (self), NULL);
  return dup_device (&self->microphones);
}

/**
 * side_call_setup_dup_loudspeaker:
 * @self: fields
 *
 * Returns: (transfer full) (nullable): id of the device; %NULL for the desktop's choice
 */
char *
side_call_setup_dup_loudspeaker (SideCallSetup *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_SETUP (self), NULL);
  return dup_device (&self->loudspeakers);
}
