/* side-draft-fields.c - entries and choices that write into a draft
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Showing a value never moves the cursor of whoever types it.
 */
#include "side-draft-fields.h"

#define TEXT_MIN_HEIGHT 44

static void
name_it (GtkWidget  *widget,
         const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_leaving (GtkWidget       *widget,
             SideDraftKeeper *keeper)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (side_draft_keeper_end_field), keeper, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
}

/**
 * side_draft_entry_new:
 * @keeper: the draft it writes into
 * @name: what a screen reader calls it
 *
 * Returns: (transfer floating): a #GtkEntry
 */
GtkWidget *
side_draft_entry_new (SideDraftKeeper *keeper,
                      const char      *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_widget_set_hexpand (entry, TRUE);
  name_it (entry, name);
  add_leaving (entry, keeper);
  return entry;
}

/**
 * side_draft_entry_show:
 * @entry: an entry
 * @text: (nullable): what the draft says
 */
void
side_draft_entry_show (GtkWidget  *entry,
                       const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

/**
 * side_draft_text_new:
 * @keeper: the draft it writes into
 * @name: what a screen reader calls it
 *
 * Tab leaves it and goes on to the next field, as everywhere in a form.
 *
 * Returns: (transfer floating): a #GtkTextView
 */
GtkWidget *
side_draft_text_new (SideDraftKeeper *keeper,
                     const char      *name)
{
  GtkWidget *text = gtk_text_view_new ();

  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 8);
  gtk_widget_set_size_request (text, -1, TEXT_MIN_HEIGHT);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "script-say-editor");
  name_it (text, name);
  add_leaving (text, keeper);
  return text;
}

/**
 * side_draft_text_dup:
 * @text: from side_draft_text_new()
 *
 * Returns: (transfer full): what is in it
 */
char *
side_draft_text_dup (GtkWidget *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/**
 * side_draft_text_show:
 * @text: from side_draft_text_new()
 * @words: (nullable): what the draft says
 */
void
side_draft_text_show (GtkWidget  *text,
                      const char *words)
{
  g_autofree char *now = side_draft_text_dup (text);

  if (g_strcmp0 (now, words != NULL ? words : "") != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), words != NULL ? words : "", -1);
}

/**
 * side_draft_choice_new:
 * @name: what a screen reader calls it
 *
 * Returns: (transfer floating): a #GtkDropDown without anything to choose
 */
GtkWidget *
side_draft_choice_new (const char *name)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  name_it (choice, name);
  name_it (gtk_widget_get_first_child (choice), name);   /* the button is what gets the focus */
  return choice;
}

static gboolean
has_words (GtkStringList     *list,
           const char *const *words)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (n != g_strv_length ((char **) words))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (list, i), words[i]))
      return FALSE;
  return TRUE;
}

/**
 * side_draft_choice_show:
 * @choice: from side_draft_choice_new()
 * @words: (array zero-terminated=1): what can be chosen
 * @chosen: which of them is
 */
void
side_draft_choice_show (GtkWidget         *choice,
                        const char *const *words,
                        guint              chosen)
{
  GtkDropDown *drop = GTK_DROP_DOWN (choice);
  GListModel *model = gtk_drop_down_get_model (drop);

  if (model == NULL || !has_words (GTK_STRING_LIST (model), words))
    {
      g_autoptr (GtkStringList) list = gtk_string_list_new (words);

      gtk_drop_down_set_model (drop, G_LIST_MODEL (list));
    }
  if (gtk_drop_down_get_selected (drop) != chosen)
    gtk_drop_down_set_selected (drop, chosen);
}

/**
 * side_draft_button_new:
 * @icon: its icon
 * @name: what it does
 *
 * Returns: (transfer floating): a flat button with an icon
 */
GtkWidget *
side_draft_button_new (const char *icon,
                       const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  name_it (button, name);
  return button;
}

/**
 * side_draft_text_replace:
 * @text: (inout): a text of a draft
 * @words: what was typed; empty for none
 *
 * Returns: whether it is another text now
 */
gboolean
side_draft_text_replace (char       **text,
                         const char  *words)
{
  if (g_strcmp0 (*text != NULL ? *text : "", words) == 0)
    return FALSE;
  g_free (*text);
  *text = *words != '\0' ? g_strdup (words) : NULL;
  return TRUE;
}
