/* side-searches.c - the button with the searches that have a name
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list in the popover is that of the store. One that is removed leaves a row
 * with an Undo until the popover is closed. A name given twice means the same
 * search: the newer view takes the older one's place.
 */
#include "side-searches.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-format.h"
#include "side-store-searches.h"
#include "side-text.h"
#include "side-wrapping.h"

#define NAME_MAX_CHARS 80

struct _SideSearches
{
  GtkWidget         parent_instance;
  GtkWidget        *button;
  GtkWidget        *popover;
  GtkWidget        *entry;
  GtkWidget        *save;
  GtkWidget        *scrolled;
  GtkWidget        *list;
  GtkWidget        *problem;
  SideDesk         *desk;
  SideSearchesView  view;
  gpointer          data;
  GPtrArray        *searches;     /* of SideSearch, in the list's order */
  SideSearch       *removed;      /* nullable: what Undo brings back */
  GCancellable     *cancellable;
};

G_DEFINE_FINAL_TYPE (SideSearches, side_searches, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
side_searches_dispose (GObject *object)
{
  SideSearches *self = SIDE_SEARCHES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (side_searches_parent_class)->dispose (object);
}

static void
side_searches_finalize (GObject *object)
{
  SideSearches *self = SIDE_SEARCHES (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->removed, side_search_free);
  g_ptr_array_unref (self->searches);
  G_OBJECT_CLASS (side_searches_parent_class)->finalize (object);
}

static void
side_searches_class_init (SideSearchesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_searches_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_searches_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", SIDE_TYPE_SEARCHES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static SideStore *
get_store (SideSearches *self)
{
  return self->desk != NULL ? side_desk_get_store (self->desk) : NULL;
}

static void
show_problem (SideSearches *self,
              const GError *error)
{
  g_autofree char *words = error != NULL ? side_format_error (error) : NULL;

  side_label_say (self->problem, words);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideSearches) self = data;
  g_autoptr (GError) error = NULL;

  side_store_put_search_finish (SIDE_STORE (source), result, &error);
  show_problem (self, error);
  side_searches_refresh (self);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideSearches) self = data;
  g_autoptr (GError) error = NULL;

  side_store_delete_search_finish (SIDE_STORE (source), result, &error);
  show_problem (self, error);
  side_searches_refresh (self);
}

static void
write_search (SideSearches     *self,
              const SideSearch *search)
{
  if (get_store (self) != NULL)
    side_store_put_search_async (get_store (self), search, NULL, written_cb, g_object_ref (self));
}

/* ---- one row ---- */

static SideSearch *
search_of (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_ancestor (child, GTK_TYPE_LIST_BOX_ROW);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "side-search") : NULL;
}

static void
rename_cb (SideSearches *self,
           GtkButton    *button)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (button), "side-label");

  gtk_editable_label_start_editing (GTK_EDITABLE_LABEL (label));
}

static void
editing_cb (SideSearches *self,
            GParamSpec   *pspec,
            GtkWidget    *label)
{
  SideSearch *search = search_of (label);
  g_autofree char *name = NULL;

  if (gtk_editable_label_get_editing (GTK_EDITABLE_LABEL (label)) || search == NULL)
    return;
  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (label))));
  if (*name == '\0' || g_str_equal (name, search->name))
    {
      gtk_editable_set_text (GTK_EDITABLE (label), search->name);
      return;
    }
  g_free (search->name);
  search->name = g_steal_pointer (&name);
  write_search (self, search);
}

static void
remove_cb (SideSearches *self,
           GtkWidget    *button)
{
  SideSearch *search = search_of (button);

  if (search == NULL || get_store (self) == NULL)
    return;
  g_clear_pointer (&self->removed, side_search_free);
  self->removed = side_search_copy (search);
  side_store_delete_search_async (get_store (self), search->id, NULL, deleted_cb, g_object_ref (self));
}

static void
undo_cb (SideSearches *self)
{
  g_autoptr (SideSearch) search = g_steal_pointer (&self->removed);

  if (search != NULL)
    write_search (self, search);
}

static GtkWidget *
new_button (SideSearches *self,
            const char   *icon,
            const char   *name,
            GCallback     clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_row (SideSearches *self,
         SideSearch   *search)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_editable_label_new (search->name);
  GtkWidget *rename = new_button (self, "document-edit-symbolic", _("Rename"), G_CALLBACK (rename_cb));

  g_object_set_data (G_OBJECT (row), "side-search", search);
  g_object_set_data (G_OBJECT (rename), "side-label", label);
  gtk_widget_set_hexpand (label, TRUE);
  /* A click opens the search; the button renames. */
  gtk_widget_set_can_target (label, FALSE);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (label), 30);
  g_signal_connect_object (label, "notify::editing", G_CALLBACK (editing_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), rename);
  gtk_box_append (GTK_BOX (box), new_button (self, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, search->name, -1);
  return row;
}

static GtkWidget *
new_undo_row (SideSearches *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = g_strdup_printf (_("“%s” removed"), self->removed->name);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *undo = gtk_button_new_with_label (_("Undo"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (undo, "flat");
  g_signal_connect_object (undo, "clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), undo);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* ---- the list ---- */

static void
fill (SideSearches *self)
{
  side_clear_children (self->list);
  for (guint i = 0; i < self->searches->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, self->searches->pdata[i]));
  if (self->removed != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_undo_row (self));
  gtk_widget_set_visible (self->scrolled, self->searches->len > 0 || self->removed != NULL);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideSearches) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) searches = side_store_list_searches_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GPtrArray) before = NULL;

  if (searches == NULL || self->desk == NULL)
    return;
  /* The rows point into the list; the old ones go with fill(). */
  before = self->searches;
  self->searches = g_steal_pointer (&searches);
  fill (self);
}

/**
 * side_searches_refresh:
 * @self: the button, with a desk
 *
 * Shows the searches of the desk's project.
 */
void
side_searches_refresh (SideSearches *self)
{
  g_return_if_fail (SIDE_IS_SEARCHES (self));
  gtk_widget_set_sensitive (self->button, get_store (self) != NULL);
  if (get_store (self) != NULL)
    side_store_list_searches_async (get_store (self), side_desk_get_project_id (self->desk), self->cancellable, listed_cb,
                                    g_object_ref (self));
}

static void
activated_cb (SideSearches  *self,
              GtkListBoxRow *row)
{
  const SideSearch *search = g_object_get_data (G_OBJECT (row), "side-search");
  g_autofree char *view = search != NULL ? g_strdup (search->view) : NULL;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (view != NULL)
    g_signal_emit (self, chosen_signal, 0, view);
}

static const SideSearch *
find_name (SideSearches *self,
           const char   *name)
{
  for (guint i = 0; i < self->searches->len; i++)
    if (g_str_equal (((const SideSearch *) self->searches->pdata[i])->name, name))
      return self->searches->pdata[i];
  return NULL;
}

static void
save_cb (SideSearches *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *view = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SideSearch) search = NULL;

  if (*name == '\0' || self->view == NULL || side_desk_get_project_id (self->desk) == NULL)
    return;
  view = self->view (self->data);
  id = find_name (self, name) != NULL ? g_strdup (find_name (self, name)->id) : side_id_new ();
  search = side_search_new (id, side_desk_get_project_id (self->desk), name, view);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  write_search (self, search);
}

static void
name_changed_cb (SideSearches *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_widget_set_sensitive (self->save, *name != '\0');
}

static void
closed_cb (SideSearches *self)
{
  g_clear_pointer (&self->removed, side_search_free);
  show_problem (self, NULL);
  fill (self);
}

static GtkWidget *
new_content (SideSearches *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->scrolled = gtk_scrolled_window_new ();
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Name of this search"));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), NAME_MAX_CHARS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of this search"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (name_changed_cb), self, G_CONNECT_SWAPPED);
  self->save = gtk_button_new_with_label (_("Keep"));
  gtk_widget_set_tooltip_text (self->save, _("Keep the filters, words and order under this name"));
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->save);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved searches"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (content), line);
  gtk_box_append (GTK_BOX (content), self->problem);
  gtk_box_append (GTK_BOX (content), self->scrolled);
  gtk_widget_set_size_request (content, 280, -1);
  return content;
}

static void
side_searches_init (SideSearches *self)
{
  self->cancellable = g_cancellable_new ();
  self->searches = g_ptr_array_new_with_free_func ((GDestroyNotify) side_search_free);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), new_content (self));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "user-bookmarks-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_tooltip_text (self->button, _("Saved searches"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved searches"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  fill (self);
}

/**
 * side_searches_set_desk:
 * @self: the button, once
 * @desk: whose searches
 * @view: gives what is shown now
 * @data: its data; lives as long as @self
 */
void
side_searches_set_desk (SideSearches     *self,
                        SideDesk         *desk,
                        SideSearchesView  view,
                        gpointer          data)
{
  g_return_if_fail (SIDE_IS_SEARCHES (self));
  g_set_object (&self->desk, desk);
  self->view = view;
  self->data = data;
  side_searches_refresh (self);
}
