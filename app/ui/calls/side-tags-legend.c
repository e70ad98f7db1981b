/* side-tags-legend.c - the tags, their colours and keys, to be looked up
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the colours on the waveform mean, and which key marks with which tag. A
 * button with a popover, filled when it is opened.
 */
#include "side-tags-legend.h"

#include <glib/gi18n.h>

static GtkWidget *
make_line (const SideTag *tag)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (NULL);
  g_autofree char *markup = g_markup_printf_escaped ("<span color=\"%s\">●</span> %s", tag->colour != NULL ? tag->colour : "#5e5c64",
                                                     tag->label != NULL ? tag->label : tag->word);

  gtk_label_set_markup (GTK_LABEL (name), markup);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  if (tag->shortcut != NULL)
    {
      g_autofree char *key = g_ascii_strup (tag->shortcut, -1);
      GtkWidget *label = gtk_label_new (key);

      gtk_widget_add_css_class (label, "keycap");
      gtk_box_append (GTK_BOX (line), label);
    }
  return line;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *hint = gtk_label_new (_("While it plays: tap a key to mark a point, hold it to mark a span. M marks without a tag and asks for words."));

  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 34);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  return hint;
}

static void
fill_cb (GtkMenuButton *button,
         gpointer       data)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *edit = gtk_button_new_with_label (_("Tags…"));
  GPtrArray *list = side_tags_list (data);

  for (guint i = 0; i < list->len; i++)
    {
      const SideTag *tag = g_ptr_array_index (list, i);

      if (!tag->retired)
        gtk_box_append (GTK_BOX (box), make_line (tag));
    }
  gtk_box_append (GTK_BOX (box), make_hint ());
  gtk_widget_add_css_class (edit, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "notes.tags");
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
  gtk_box_append (GTK_BOX (box), edit);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
}

/**
 * side_tags_legend_new:
 * @tags: a vocabulary
 *
 * Returns: a button to be put where the action "notes.tags" is known
 */
GtkWidget *
side_tags_legend_new (SideTags *tags)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "input-keyboard-symbolic");
  gtk_widget_set_tooltip_text (button, _("Tags and their keys"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tags and their keys"), -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_cb, g_object_ref (tags), g_object_unref);
  return button;
}
