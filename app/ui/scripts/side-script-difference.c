/* side-script-difference.c - what one version of a script changes against another, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list with a sentence a row, before every other what is new, gone, moved or
 * changed as a sign.
 */
#include "side-script-difference.h"

#include <glib/gi18n.h>

#include "side-script-sentences.h"

static const char *
icon_of (SideChangeKind kind)
{
  switch (kind)
    {
    case SIDE_CHANGE_ADDED:
      return "list-add-symbolic";
    case SIDE_CHANGE_REMOVED:
      return "list-remove-symbolic";
    case SIDE_CHANGE_MOVED:
      return "view-sort-descending-symbolic";
    case SIDE_CHANGE_CHANGED:
    default:
      return "document-edit-symbolic";
    }
}

static GtkWidget *
make_row (const char *icon_name,
          const char *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (words);

  if (icon_name != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_add_css_class (icon, "dim-label");
      gtk_box_append (GTK_BOX (line), icon);
    }
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (row, "finding");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/**
 * side_script_difference_new:
 * @before: (nullable): the earlier version; %NULL when there was none
 * @after: the later one
 *
 * Returns: (transfer floating): a list of what differs, in words
 */
GtkWidget *
side_script_difference_new (const SideScript *before,
                            const SideScript *after)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GPtrArray) changes = before != NULL ? side_script_diff (before, after) : NULL;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What differs"), -1);
  if (changes == NULL)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (NULL, _("This is the first version.")));
  else if (changes->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (NULL, _("Nothing differs.")));
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const SideScriptChange *change = g_ptr_array_index (changes, i);
      g_autofree char *words = side_script_sentence_change (before, after, change);

      gtk_list_box_append (GTK_LIST_BOX (list), make_row (icon_of (change->kind), words));
    }
  return list;
}
