/* side-tags-window.c - where the vocabulary of a project is changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tags in their order, below them those that are retired. Each change is
 * kept at once and can be taken back here.
 */
#include "side-tags-window.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-format.h"
#include "side-tag-row.h"
#include "side-toast.h"
#include "side-window-keys.h"
#include "side-words-guard.h"

struct _SideTagsWindow
{
  AdwWindow        parent_instance;
  AdwToastOverlay *toasts;
  GtkWidget       *note;
  GtkWidget       *list;
  GtkWidget       *retired_title;
  GtkWidget       *retired;
  GtkWidget       *entry;
  GtkWidget       *add;
  GPtrArray       *rows;       /* of SideTagRow, top to bottom, not owned */
  char            *shown;      /* the words in their order, the retired ones after a line break */
  SideTags        *tags;
  gboolean         refused;    /* something that was typed, while closing */
};

G_DEFINE_FINAL_TYPE (SideTagsWindow, side_tags_window, ADW_TYPE_WINDOW)

static void
toast (SideTagsWindow *self,
       const char     *words)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
refused_cb (SideTagsWindow *self,
            const char     *why)
{
  self->refused = TRUE;
  toast (self, why);
}

/* A name counts when it is left: now, and one that cannot be is said first. */
static gboolean
close_request_cb (SideTagsWindow *self)
{
  self->refused = FALSE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  return self->refused;
}

static void
side_tags_window_dispose (GObject *object)
{
  SideTagsWindow *self = SIDE_TAGS_WINDOW (object);

  /* A name that is being typed counts when its row goes, after this. */
  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_data (self->tags, self);
  g_clear_object (&self->tags);
  G_OBJECT_CLASS (side_tags_window_parent_class)->dispose (object);
}

static void
side_tags_window_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_TAGS_WINDOW (object)->rows);
  g_free (SIDE_TAGS_WINDOW (object)->shown);
  G_OBJECT_CLASS (side_tags_window_parent_class)->finalize (object);
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideTagsWindow *self = SIDE_TAGS_WINDOW (widget);
  gboolean redo = g_str_has_suffix (name, "redo");
  SideSteps *steps = side_tags_get_steps (self->tags);
  g_autofree char *what = redo ? side_steps_redo (steps) : side_steps_undo (steps);
  g_autofree char *words = NULL;

  if (what == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  words = g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), what);
  toast (self, words);
}

static void
side_tags_window_class_init (SideTagsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_tags_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_tags_window_finalize;
  gtk_widget_class_install_action (widget_class, "tags.undo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "tags.redo", NULL, history_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "tags.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "tags.redo", NULL);
  side_window_class_add_keys (widget_class);
}

static void
add_cb (SideTagsWindow *self)
{
  g_autoptr (SideTag) tag = NULL;
  g_autofree char *why = NULL;

  if (!side_tags_may_edit (self->tags))
    return;
  tag = side_tags_begin (self->tags, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  why = side_tags_refuse (self->tags, tag);
  if (why != NULL)
    {
      toast (self, why);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  side_tags_put (self->tags, tag);
}

/* Which rows there are, and in which order. */
static char *
describe (SideTagsWindow *self)
{
  GPtrArray *list = side_tags_list (self->tags);
  GString *out = g_string_new (NULL);

  for (int retired = 0; retired < 2; retired++)
    {
      for (guint i = 0; i < list->len; i++)
        if (((SideTag *) list->pdata[i])->retired == retired)
          g_string_append_printf (out, "%s\t", ((SideTag *) list->pdata[i])->word);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
clear_list (GtkWidget *list)
{
  side_clear_children (list);
}

static void
make_rows (SideTagsWindow *self)
{
  GPtrArray *list = side_tags_list (self->tags);

  g_ptr_array_set_size (self->rows, 0);
  clear_list (self->list);
  clear_list (self->retired);
  for (guint i = 0; i < list->len; i++)
    {
      const SideTag *tag = g_ptr_array_index (list, i);
      GtkWidget *row = side_tag_row_new (self->tags, tag);

      g_signal_connect_object (row, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (tag->retired ? self->retired : self->list), row);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (row)), FALSE);
      gtk_widget_set_focusable (gtk_widget_get_parent (row), FALSE);
      g_ptr_array_add (self->rows, row);
    }
}

static const SideTag *
neighbour (GPtrArray *list,
           guint      at,
           int        step)
{
  for (int i = (int) at + step; i >= 0 && i < (int) list->len; i += step)
    if (!((SideTag *) list->pdata[i])->retired)
      return list->pdata[i];
  return NULL;
}

static void
changed_cb (SideTagsWindow *self)
{
  GPtrArray *list = side_tags_list (self->tags);
  g_autofree char *now = describe (self);
  SideStepsEnds ends;
  gboolean any_retired = FALSE;

  if (g_strcmp0 (now, self->shown) != 0)
    {
      make_rows (self);
      g_free (self->shown);
      self->shown = g_steal_pointer (&now);
    }
  for (guint i = 0; i < self->rows->len && i < list->len; i++)
    {
      any_retired = any_retired || ((SideTag *) list->pdata[i])->retired;
      side_tag_row_show (g_ptr_array_index (self->rows, i), neighbour (list, i, -1) == NULL, neighbour (list, i, 1) == NULL);
    }
  gtk_widget_set_visible (self->retired_title, any_retired);
  gtk_widget_set_visible (self->retired, any_retired);
  side_steps_get_ends (side_tags_get_steps (self->tags), &ends);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tags.undo", ends.done != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tags.redo", ends.undone != 0);
}

static void
failed_cb (SideTagsWindow *self,
           const GError   *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words);
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
make_adder (SideTagsWindow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("New tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New tag"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  self->add = gtk_button_new_with_label (_("Add"));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->add);
  return line;
}

static GtkWidget *
make_header (void)
{
  static const struct { const char *icon; const char *action; const char *label; } buttons[] = {
    { "edit-undo-symbolic", "tags.undo", N_("Undo") }, { "edit-redo-symbolic", "tags.redo", N_("Redo") },
  };
  GtkWidget *header = adw_header_bar_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (buttons[i].icon);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_widget_set_tooltip_text (button, _(buttons[i].label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(buttons[i].label), -1);
      adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
    }
  return header;
}

static GtkWidget *
make_content (SideTagsWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "dim-label");
  self->list = make_list (_("Tags"));
  self->retired_title = gtk_label_new (_("Retired"));
  gtk_label_set_xalign (GTK_LABEL (self->retired_title), 0);
  gtk_widget_add_css_class (self->retired_title, "heading");
  self->retired = make_list (_("Retired"));
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), make_adder (self));
  gtk_box_append (GTK_BOX (box), self->retired_title);
  gtk_box_append (GTK_BOX (box), self->retired);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
side_tags_window_init (SideTagsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_window_set_title (GTK_WINDOW (self), _("Tags"));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 620);
  gtk_box_append (GTK_BOX (box), make_header ());
  gtk_box_append (GTK_BOX (box), make_content (self));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/**
 * side_tags_window_new:
 * @parent: (nullable): the window it stands above
 * @tags: a vocabulary
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_tags_window_new (GtkWindow *parent,
                      SideTags  *tags)
{
  SideTagsWindow *self = g_object_new (SIDE_TYPE_TAGS_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);
  gboolean may = side_tags_may_edit (tags);

  self->tags = g_object_ref (tags);
  gtk_label_set_label (GTK_LABEL (self->note),
                       may ? _("What notes are marked with, by everybody in this project. A key marks while a recording plays: tapped a point, held a span.")
                           : _("What notes are marked with, by everybody in this project. Your role can read the tags, not change them."));
  gtk_widget_set_sensitive (self->entry, may);
  gtk_widget_set_sensitive (self->add, may);
  side_words_guard_begin_part (GTK_WINDOW (self), self->entry);
  g_signal_connect_object (tags, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tags, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WINDOW (self);
}
