/* side-tag-row.c - one tag in the window where they are changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colour, name, key, place. A name counts when it is left or Enter is pressed,
 * a key at once; what cannot be is said and stays as it was.
 */
#include "side-tag-row.h"

#include <glib/gi18n.h>

#define PALETTE_COLUMNS 5

struct _SideTagRow
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *colour;      /* GtkMenuButton */
  GtkWidget *dot;
  GtkWidget *name;        /* GtkEntry */
  GtkWidget *key;         /* GtkEntry */
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *retire;
  SideTags  *tags;
  char      *word;
  gboolean   showing;     /* it is being filled, not typed into */
};

G_DEFINE_FINAL_TYPE (SideTagRow, side_tag_row, GTK_TYPE_WIDGET)

static guint refused_signal;

static void
side_tag_row_dispose (GObject *object)
{
  SideTagRow *self = SIDE_TAG_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->tags);
  G_OBJECT_CLASS (side_tag_row_parent_class)->dispose (object);
}

static void
side_tag_row_finalize (GObject *object)
{
  g_free (SIDE_TAG_ROW (object)->word);
  G_OBJECT_CLASS (side_tag_row_parent_class)->finalize (object);
}

static void
side_tag_row_class_init (SideTagRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_tag_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_tag_row_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  refused_signal = g_signal_new ("refused", SIDE_TYPE_TAG_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* The entry as it is now, to be changed. */
static SideTag *
dup_tag (SideTagRow *self)
{
  const SideTag *tag = side_tags_find (self->tags, self->word);

  return tag != NULL && side_tags_may_edit (self->tags) ? side_tag_copy (tag) : NULL;
}

static gboolean
put (SideTagRow    *self,
     const SideTag *tag)
{
  g_autofree char *why = side_tags_refuse (self->tags, tag);

  if (why != NULL)
    g_signal_emit (self, refused_signal, 0, why);
  else
    side_tags_put (self->tags, tag);
  return why == NULL;
}

static void
set_entry (SideTagRow *self,
           GtkWidget  *entry,
           const char *text)
{
  self->showing = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  self->showing = FALSE;
}

static void
name_cb (SideTagRow *self)
{
  g_autoptr (SideTag) tag = dup_tag (self);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (tag == NULL || self->box == NULL || g_strcmp0 (tag->label, name) == 0)
    return;
  g_free (tag->label);
  tag->label = g_steal_pointer (&name);
  if (!put (self, tag))
    {
      const SideTag *old = side_tags_find (self->tags, self->word);

      set_entry (self, self->name, old->label != NULL ? old->label : old->word);
    }
}

static gboolean
has_focus (GtkWidget *entry)
{
  return (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
key_cb (SideTagRow *self)
{
  g_autoptr (SideTag) tag = NULL;
  g_autofree char *key = NULL;

  if (self->showing)
    return;
  tag = dup_tag (self);
  key = g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->key)), -1);
  /* Empty, while one is replaced by another: that counts when it is left so. */
  if (*key == '\0' && has_focus (self->key))
    return;
  if (tag == NULL || g_strcmp0 (tag->shortcut != NULL ? tag->shortcut : "", key) == 0)
    return;
  g_free (tag->shortcut);
  tag->shortcut = *key != '\0' ? g_steal_pointer (&key) : NULL;
  put (self, tag);
}

/* What was refused is not shown as if it were so. */
static void
key_left_cb (SideTagRow *self)
{
  const SideTag *tag = side_tags_find (self->tags, self->word);
  g_autofree char *key = tag != NULL && tag->shortcut != NULL ? g_ascii_strup (tag->shortcut, -1) : g_strdup ("");

  if (self->box != NULL)
    set_entry (self, self->key, key);
}

static void
colour_cb (GtkWidget  *button,
           SideTagRow *self)
{
  g_autoptr (SideTag) tag = dup_tag (self);
  const char *colour = g_object_get_data (G_OBJECT (button), "colour");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->colour));
  if (tag == NULL || g_strcmp0 (tag->colour, colour) == 0)
    return;
  g_free (tag->colour);
  tag->colour = g_strdup (colour);
  put (self, tag);
}

static void
move_cb (GtkWidget  *button,
         SideTagRow *self)
{
  if (side_tags_may_edit (self->tags))
    side_tags_move (self->tags, self->word, button == self->up ? -1 : 1);
}

static void
retire_cb (SideTagRow *self)
{
  g_autoptr (SideTag) tag = dup_tag (self);

  if (tag == NULL)
    return;
  tag->retired = !tag->retired;
  put (self, tag);
}

static void
set_dot (GtkWidget  *dot,
         const char *colour)
{
  g_autofree char *markup = g_markup_printf_escaped ("<span color=\"%s\" size=\"large\">●</span>", colour);

  gtk_label_set_markup (GTK_LABEL (dot), markup);
}

static GtkWidget *
make_palette (SideTagRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  gsize n_colours;
  const char *const *colours = side_tags_palette (&n_colours);

  for (gsize i = 0; i < n_colours; i++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *dot = gtk_label_new (NULL);
      const char *name = side_tags_colour_name (colours[i]);

      set_dot (dot, colours[i]);
      gtk_button_set_child (GTK_BUTTON (button), dot);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data (G_OBJECT (button), "colour", (gpointer) colours[i]);
      g_signal_connect_object (button, "clicked", G_CALLBACK (colour_cb), self, 0);
      gtk_grid_attach (GTK_GRID (grid), button, (int) (i % PALETTE_COLUMNS), (int) (i / PALETTE_COLUMNS), 1, 1);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  return popover;
}

static void
name_widget (GtkWidget  *widget,
             const char *format,
             const char *label)
{
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "%s", label, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  gtk_widget_set_tooltip_text (widget, name->str);
}

static void
leave_cb (SideTagRow              *self,
          GtkEventControllerFocus *focus)
{
  if (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)) == self->key)
    {
      if (*gtk_editable_get_text (GTK_EDITABLE (self->key)) == '\0')
        key_cb (self);
      key_left_cb (self);
    }
  else
    name_cb (self);
}

static void
watch_leaving (SideTagRow *self,
               GtkWidget  *entry)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
}

static GtkWidget *
add_button (SideTagRow *self,
            const char *icon,
            GCallback   callback,
            gboolean    swapped)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, swapped ? G_CONNECT_SWAPPED : 0);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
side_tag_row_init (SideTagRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_top (self->box, 4);
  gtk_widget_set_margin_bottom (self->box, 4);
  gtk_widget_set_margin_start (self->box, 8);
  gtk_widget_set_margin_end (self->box, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->dot = gtk_label_new (NULL);
  self->colour = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->colour), self->dot);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->colour), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->colour), make_palette (self));
  gtk_box_append (GTK_BOX (self->box), self->colour);
  self->name = gtk_entry_new ();
  gtk_widget_set_hexpand (self->name, TRUE);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  watch_leaving (self, self->name);
  gtk_box_append (GTK_BOX (self->box), self->name);
  self->key = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->key), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->key), 2);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->key), 2);
  gtk_editable_set_alignment (GTK_EDITABLE (self->key), 0.5f);
  g_signal_connect_object (self->key, "changed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  watch_leaving (self, self->key);
  gtk_box_append (GTK_BOX (self->box), self->key);
  self->up = add_button (self, "go-up-symbolic", G_CALLBACK (move_cb), FALSE);
  self->down = add_button (self, "go-down-symbolic", G_CALLBACK (move_cb), FALSE);
  self->retire = add_button (self, "list-remove-symbolic", G_CALLBACK (retire_cb), TRUE);
}

/**
 * side_tag_row_new:
 * @tags: the vocabulary
 * @tag: an entry of it
 *
 * Returns: a row that shows and changes it
 */
GtkWidget *
side_tag_row_new (SideTags      *tags,
                  const SideTag *tag)
{
  SideTagRow *self = g_object_new (SIDE_TYPE_TAG_ROW, NULL);

  self->tags = g_object_ref (tags);
  self->word = g_strdup (tag->word);
  side_tag_row_show (self, FALSE, FALSE);
  return GTK_WIDGET (self);
}

/**
 * side_tag_row_get_word:
 * @self: a row
 *
 * Returns: (transfer none): which entry it shows
 */
const char *
side_tag_row_get_word (SideTagRow *self)
{
  g_return_val_if_fail (SIDE_IS_TAG_ROW (self), NULL);
  return self->word;
}

static void
show_retired (SideTagRow *self,
              gboolean    retired,
              const char *label)
{
  gtk_widget_set_visible (self->up, !retired);
  gtk_widget_set_visible (self->down, !retired);
  gtk_widget_set_visible (self->key, !retired);
  gtk_button_set_icon_name (GTK_BUTTON (self->retire), retired ? "edit-undo-symbolic" : "list-remove-symbolic");
  name_widget (self->retire, retired ? _("Use “%s” again") : _("Retire “%s”: old notes keep it, new ones do not get it"), label);
}

/**
 * side_tag_row_show:
 * @self: a row
 * @first: it is the first one: there is none before it
 * @last: it is the last one
 *
 * Shows the entry as it is now; what is being typed stays.
 */
void
side_tag_row_show (SideTagRow *self,
                   gboolean    first,
                   gboolean    last)
{
  const SideTag *tag;
  const char *label;
  gboolean may;

  g_return_if_fail (SIDE_IS_TAG_ROW (self));

  tag = side_tags_find (self->tags, self->word);
  if (tag == NULL)
    return;
  may = side_tags_may_edit (self->tags);
  label = tag->label != NULL ? tag->label : tag->word;
  set_dot (self->dot, tag->colour != NULL ? tag->colour : "#5e5c64");
  if (!has_focus (self->name))
    set_entry (self, self->name, label);
  if (!has_focus (self->key))
    key_left_cb (self);
  name_widget (self->colour, _("Colour of “%s”"), label);
  name_widget (self->name, _("Name of “%s”"), label);
  name_widget (self->key, _("Key of “%s”"), label);
  name_widget (self->up, _("Move “%s” up"), label);
  name_widget (self->down, _("Move “%s” down"), label);
  show_retired (self, tag->retired, label);
  gtk_widget_set_sensitive (self->colour, may);
  gtk_editable_set_editable (GTK_EDITABLE (self->name), may);
  gtk_editable_set_editable (GTK_EDITABLE (self->key), may);
  gtk_widget_set_sensitive (self->up, may && !first);
  gtk_widget_set_sensitive (self->down, may && !last);
  gtk_widget_set_sensitive (self->retire, may);
}
