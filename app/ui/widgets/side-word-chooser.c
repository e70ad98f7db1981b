/* side-word-chooser.c - one of a few words, each with its colour
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drop-down whose words can be replaced without another being chosen.
 */
#include "side-word-chooser.h"

struct _SideWordChooser
{
  GtkWidget  parent_instance;
  GtkWidget *drop_down;
  char      *title;       /* what is chosen: "Tag" */
  GPtrArray *ids;         /* of char *, nullable */
  GPtrArray *labels;      /* of char * */
  int        max_chars;   /* of the word on the button */
  gboolean   showing;     /* it is being set, not chosen */
};

G_DEFINE_FINAL_TYPE (SideWordChooser, side_word_chooser, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
side_word_chooser_dispose (GObject *object)
{
  g_clear_pointer (&SIDE_WORD_CHOOSER (object)->drop_down, gtk_widget_unparent);
  G_OBJECT_CLASS (side_word_chooser_parent_class)->dispose (object);
}

static void
side_word_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_WORD_CHOOSER (object)->ids);
  g_ptr_array_unref (SIDE_WORD_CHOOSER (object)->labels);
  g_free (SIDE_WORD_CHOOSER (object)->title);
  G_OBJECT_CLASS (side_word_chooser_parent_class)->finalize (object);
}

static void
side_word_chooser_class_init (SideWordChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_word_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_word_chooser_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", SIDE_TYPE_WORD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* What takes the focus is the button inside, which has no name of its own. */
static void
name_button (SideWordChooser *self)
{
  GtkWidget *button = gtk_widget_get_first_child (self->drop_down);
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));
  g_autofree char *name = at < self->labels->len ? g_strdup_printf ("%s: %s", self->title, (char *) self->labels->pdata[at])
                                                 : g_strdup (self->title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
selected_cb (SideWordChooser *self)
{
  if (self->title != NULL)
    name_button (self);
  if (!self->showing)
    g_signal_emit (self, chosen_signal, 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            max_chars)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_use_markup (GTK_LABEL (label), TRUE);
  if (GPOINTER_TO_INT (max_chars) > 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (max_chars));
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            max_chars)
{
  gtk_label_set_markup (GTK_LABEL (gtk_list_item_get_child (item)),
                        gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
make_factory (int max_chars)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (max_chars));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

static void
side_word_chooser_init (SideWordChooser *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->drop_down = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_parent (self->drop_down, GTK_WIDGET (self));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_word_chooser_new:
 * @accessible_label: what is chosen: "Tag"
 * @max_chars: how much of a long word the button shows, or 0 for all of it
 *
 * Returns: a chooser without words
 */
GtkWidget *
side_word_chooser_new (const char *accessible_label,
                       int         max_chars)
{
  SideWordChooser *self = g_object_new (SIDE_TYPE_WORD_CHOOSER, NULL);
  g_autoptr (GtkListItemFactory) button = make_factory (max_chars);
  g_autoptr (GtkListItemFactory) list = make_factory (0);

  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible_label, -1);
  gtk_widget_set_tooltip_text (self->drop_down, accessible_label);
  self->title = g_strdup (accessible_label);
  name_button (self);
  return GTK_WIDGET (self);
}

/**
 * side_word_chooser_set_words:
 * @self: a chooser
 * @words: (array length=n_words): what can be chosen, in that order
 * @n_words: how many
 *
 * What was chosen stays chosen, and is the first one if it is there no more.
 */
void
side_word_chooser_set_words (SideWordChooser *self,
                             const SideWord  *words,
                             gsize            n_words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *chosen = NULL;

  g_return_if_fail (SIDE_IS_WORD_CHOOSER (self));

  chosen = g_strdup (side_word_chooser_get_chosen (self));
  self->showing = TRUE;
  for (gsize i = 0; i < n_words; i++)
    {
      g_autofree char *label = g_markup_escape_text (words[i].label, -1);
      g_autofree char *markup = words[i].colour != NULL
                                  ? g_strdup_printf ("<span color=\"%s\">●</span> %s", words[i].colour, label)
                                  : g_strdup (label);

      gtk_string_list_append (list, markup);
      g_ptr_array_add (ids, g_strdup (words[i].id));
      g_ptr_array_add (labels, g_strdup (words[i].label));
    }
  /* Only now: what is offered may be what was chosen. */
  g_ptr_array_unref (self->ids);
  self->ids = ids;
  g_ptr_array_unref (self->labels);
  self->labels = labels;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (list));
  side_word_chooser_choose (self, chosen);
  name_button (self);
  self->showing = FALSE;
}

/**
 * side_word_chooser_choose:
 * @self: a chooser
 * @id: (nullable): what the word stands for; the first one if none does
 */
void
side_word_chooser_choose (SideWordChooser *self,
                          const char      *id)
{
  gboolean showing;
  guint at = 0;

  g_return_if_fail (SIDE_IS_WORD_CHOOSER (self));

  showing = self->showing;
  while (at < self->ids->len && g_strcmp0 (self->ids->pdata[at], id) != 0)
    at++;
  self->showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down),
                              at < self->ids->len ? at : self->ids->len > 0 ? 0 : GTK_INVALID_LIST_POSITION);
  self->showing = showing;
}

/**
 * side_word_chooser_get_chosen:
 * @self: a chooser
 *
 * Returns: (transfer none) (nullable): what the chosen word stands for
 */
const char *
side_word_chooser_get_chosen (SideWordChooser *self)
{
  guint at;

  g_return_val_if_fail (SIDE_IS_WORD_CHOOSER (self), NULL);

  at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));
  return at < self->ids->len ? self->ids->pdata[at] : NULL;
}
