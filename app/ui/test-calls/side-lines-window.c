/* side-lines-window.c - the telephone lines test calls can be made on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is opened to be changed; what is removed goes at once and can be
 * brought back, with its password, as long as the window is open.
 */
#include "side-lines-window.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-error.h"
#include "side-line-dialog.h"
#include "side-toast.h"
#include "side-window-keys.h"

struct _SideLinesWindow
{
  AdwWindow        parent_instance;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkWidget       *list;
  GtkWidget       *warning;
  SideLines       *lines;
};

G_DEFINE_FINAL_TYPE (SideLinesWindow, side_lines_window, ADW_TYPE_WINDOW)

static void
side_lines_window_dispose (GObject *object)
{
  SideLinesWindow *self = SIDE_LINES_WINDOW (object);

  if (self->lines != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->lines, self);
      side_lines_forget_removed (self->lines);
    }
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (side_lines_window_parent_class)->dispose (object);
}

static void
toast (SideLinesWindow *self,
       const char      *words)
{
  if (self->lines != NULL)
    adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
fail (SideLinesWindow *self,
      const GError    *error)
{
  g_autofree char *words = g_strdup_printf (_("The lines could not be saved: %s"), error->message);

  toast (self, words);
}

/* ---- the list ---- */

static void
open_dialog (SideLinesWindow *self,
             const SideLine  *line)
{
  GtkWindow *dialog = side_line_dialog_new (GTK_WINDOW (self), self->lines, line);

  g_signal_connect_object (dialog, "toast", G_CALLBACK (toast), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
activated_cb (SideLinesWindow *self,
              GtkWidget       *row)
{
  const SideLine *line = side_lines_find (self->lines, g_object_get_data (G_OBJECT (row), "id"));

  if (line != NULL)
    open_dialog (self, line);
}

static void
remove_cb (SideLinesWindow *self,
           GtkWidget       *button)
{
  const SideLine *line = side_lines_find (self->lines, g_object_get_data (G_OBJECT (button), "id"));
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  AdwToast *told;

  if (line == NULL)
    return;
  words = g_strdup_printf (_("“%s” removed."), line->label != NULL ? line->label : "");
  if (!side_lines_remove (self->lines, line->id, &error))
    {
      fail (self, error);
      return;
    }
  told = side_toast_new (words);
  adw_toast_set_button_label (told, _("_Undo"));
  adw_toast_set_action_name (told, "lines.undo");
  adw_toast_overlay_add_toast (self->toasts, told);
}

static GtkWidget *
new_row (SideLinesWindow *self,
         const SideLine  *line)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *address = side_line_dup_address (line);
  g_autofree char *words = side_line_dup_words (line);
  g_autofree char *title = g_markup_escape_text (line->label != NULL ? line->label : address, -1);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);
  g_autofree char *name = g_strdup_printf (_("Remove “%s”"), line->label != NULL ? line->label : address);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (line->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (line->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static void
show_warning (SideLinesWindow *self)
{
  const GError *error = side_lines_get_error (self->lines);

  gtk_widget_set_visible (self->warning, error != NULL);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NEWER))
    gtk_label_set_label (GTK_LABEL (self->warning), _("Your lines were written by a newer Sidetone: they cannot be read or changed here."));
  else if (error != NULL)
    gtk_label_set_label (GTK_LABEL (self->warning),
                         _("The file with your lines is damaged. It is kept aside when you save a line."));
}

static void
show_lines (SideLinesWindow *self)
{
  guint n = side_lines_get_count (self->lines);

  side_clear_children (self->list);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, side_lines_get (self->lines, i)));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
  show_warning (self);
}

/* ---- actions ---- */

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_dialog (SIDE_LINES_WINDOW (widget), NULL);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideLinesWindow *self = SIDE_LINES_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  if (!side_lines_restore (self->lines, &error))
    fail (self, error);
}

/* ---- the window ---- */

static void
side_lines_window_class_init (SideLinesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_lines_window_dispose;
  gtk_widget_class_install_action (widget_class, "lines.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "lines.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "lines.undo", NULL);
  side_window_class_add_keys (widget_class);
}

static GtkWidget *
new_none (void)
{
  GtkWidget *none = adw_status_page_new (), *button = gtk_button_new_with_mnemonic (_("_Add a Line…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "call-start-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Telephone Lines Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _("Test calls are made on a line of yours: a SIP account of a telephone provider or of your own exchange."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "lines.add");
  adw_status_page_set_child (ADW_STATUS_PAGE (none), button);
  return none;
}

static GtkWidget *
new_list (SideLinesWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Telephone Lines"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->list);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
side_lines_window_init (SideLinesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_window_set_title (GTK_WINDOW (self), _("Telephone Lines"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 440);
  gtk_widget_set_tooltip_text (add, _("Add a Line…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a Line…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "lines.add");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  self->warning = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->warning, "script-content");
  gtk_widget_add_css_class (self->warning, "warning");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_none (), "none");
  gtk_stack_add_named (self->stack, new_list (self), "list");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->warning);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_lines_window_new:
 * @parent: (nullable): the window it stands beside
 * @lines: what it shows
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_lines_window_new (GtkWindow *parent,
                       SideLines *lines)
{
  SideLinesWindow *self = g_object_new (SIDE_TYPE_LINES_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);

  self->lines = g_object_ref (lines);
  g_signal_connect_object (lines, "changed", G_CALLBACK (show_lines), self, G_CONNECT_SWAPPED);
  show_lines (self);
  return GTK_WINDOW (self);
}
