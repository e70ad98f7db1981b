/* side-operators-page.c - the operators of a project, one by one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the left everybody by name, never by score; on the right the one who was
 * chosen. While the page is not seen nothing is read; what changed meanwhile
 * is read when it is seen again.
 */
#include "side-operators-page.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-operator-list.h"
#include "side-operator-view.h"
#include "side-tab-stop.h"
#include "side-text.h"

#define LATER_MS 1500   /* changes come in crowds */

struct _SideOperatorsPage
{
  AdwBin              parent_instance;
  GtkEditable        *search;
  GtkStack           *stack;
  GtkListView        *list;
  AdwStatusPage      *error_page;
  GtkPaned           *paned;

  SideDesk           *desk;
  SideStore          *store;       /* weak: whose changes are heard */
  SideOperatorView   *view;
  SideOperatorList   *operators;
  GtkFilter          *filter;
  GtkSingleSelection *selection;
  char               *folded;
  guint               reload_id;
  gboolean            outdated;
};

G_DEFINE_FINAL_TYPE (SideOperatorsPage, side_operators_page, ADW_TYPE_BIN)

static void
side_operators_page_dispose (GObject *object)
{
  SideOperatorsPage *self = SIDE_OPERATORS_PAGE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_weak_pointer (&self->store);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->operators);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_operators_page_parent_class)->dispose (object);
}

static void
side_operators_page_finalize (GObject *object)
{
  g_free (SIDE_OPERATORS_PAGE (object)->folded);
  G_OBJECT_CLASS (side_operators_page_parent_class)->finalize (object);
}

static void
show_state (SideOperatorsPage *self)
{
  GListModel *all = side_operator_list_get_model (self->operators);
  const GError *error = side_desk_get_store_error (self->desk);
  const char *page = "list";

  if (error == NULL)
    error = side_operator_list_get_error (self->operators);
  if (error != NULL)
    {
      g_autofree char *words = side_format_error (error);

      adw_status_page_set_description (self->error_page, words);
      page = "error";
    }
  else if (g_list_model_get_n_items (all) == 0)
    page = side_operator_list_get_loading (self->operators) ? "loading" : "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    page = "nothing";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
search_cb (SideOperatorsPage *self)
{
  if (self->filter == NULL)
    return;
  g_free (self->folded);
  self->folded = side_text_fold (gtk_editable_get_text (self->search));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

static void
stop_search_cb (SideOperatorsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
side_operators_page_class_init (SideOperatorsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDE_TYPE_TAB_STOP);
  object_class->dispose = side_operators_page_dispose;
  object_class->finalize = side_operators_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/operators/side-operators-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SideOperatorsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SideOperatorsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SideOperatorsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SideOperatorsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, SideOperatorsPage, paned);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
side_operators_page_init (SideOperatorsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- the list's rows ---- */

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL), *note = gtk_label_new (NULL), *icon = gtk_image_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "heading");
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_lines (GTK_LABEL (note), 2);   /* the last number too is to be read */
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), note);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_widget_add_css_class (row, "operator-row");
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *words = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_first_child (words);
  GObject *operator_item = gtk_list_item_get_item (item);
  GPtrArray *bindings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_binding_unbind);

  g_ptr_array_add (bindings, g_object_bind_property (operator_item, "name", name, "label", G_BINDING_SYNC_CREATE));
  g_ptr_array_add (bindings, g_object_bind_property (operator_item, "note", gtk_widget_get_next_sibling (name), "label",
                                                     G_BINDING_SYNC_CREATE));
  g_ptr_array_add (bindings, g_object_bind_property (operator_item, "icon", gtk_widget_get_last_child (row), "icon-name",
                                                     G_BINDING_SYNC_CREATE));
  g_object_set_data_full (G_OBJECT (item), "bindings", bindings, (GDestroyNotify) g_ptr_array_unref);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  g_object_set_data (G_OBJECT (item), "bindings", NULL);
}

static GtkListItemFactory *
new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

/* ---- reading ---- */

static void
selected_cb (SideOperatorsPage *self)
{
  SideOperatorItem *item = gtk_single_selection_get_selected_item (self->selection);

  side_operator_view_show (self->view, item != NULL ? side_operator_item_get_id (item) : NULL,
                           item != NULL ? side_operator_item_get_name (item) : NULL);
}

static void
loaded_cb (SideOperatorsPage *self)
{
  SideOperatorItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    side_operator_view_set_name (self->view, side_operator_item_get_name (item));
  show_state (self);
}

static void later (SideOperatorsPage *self);

static void
documents_changed_cb (SideOperatorsPage *self,
                      const char        *kind,
                      const char        *id,
                      const char        *call)
{
  if (g_str_equal (kind, "review") || g_str_equal (kind, "script"))
    later (self);
}

/* Calls come all day; what they add to the figures is read the next time. */
static void
calls_changed_cb (SideOperatorsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->outdated = TRUE;
  else if (g_list_model_get_n_items (side_operator_list_get_model (self->operators)) == 0)
    later (self);
}

static void
follow_store (SideOperatorsPage *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store == self->store)
    return;
  if (store != NULL)
    {
      g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "calls-changed", G_CALLBACK (calls_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_set_weak_pointer (&self->store, store);
}

static void
reload (SideOperatorsPage *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  self->outdated = FALSE;
  follow_store (self);
  side_operator_list_load (self->operators, side_operator_view_get_from_ms (self->view));
  side_operator_view_reload (self->view);
  show_state (self);
}

static void
reload_cb (gpointer data)
{
  SideOperatorsPage *self = data;

  self->reload_id = 0;
  reload (self);
}

static void
later (SideOperatorsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->outdated = TRUE;
  else if (self->reload_id == 0)
    self->reload_id = g_timeout_add_once (LATER_MS, reload_cb, self);
}

static void
map_cb (SideOperatorsPage *self)
{
  if (self->outdated || self->store == NULL)
    reload (self);
}

static void
project_cb (SideOperatorsPage *self)
{
  gtk_editable_set_text (self->search, "");
  reload (self);
}

static void
period_cb (SideOperatorsPage *self)
{
  side_operator_list_load (self->operators, side_operator_view_get_from_ms (self->view));
}

static gboolean
passes (gpointer item,
        gpointer data)
{
  SideOperatorsPage *self = data;

  return self->folded == NULL || side_operator_item_matches (item, self->folded);
}

static void
make_list (SideOperatorsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = new_factory ();
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (side_operator_item_compare, NULL, NULL));
  GtkSortListModel *sorted = gtk_sort_list_model_new (g_object_ref (side_operator_list_get_model (self->operators)), sorter);
  GtkFilterListModel *filtered;

  self->filter = GTK_FILTER (gtk_custom_filter_new (passes, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
}

/**
 * side_operators_page_new:
 * @desk: whose project
 * @alarm: (nullable): not looked at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_operators_page_new (SideDesk  *desk,
                         SideAlarm *alarm)
{
  SideOperatorsPage *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_OPERATORS_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->operators = side_operator_list_new (desk);
  self->view = SIDE_OPERATOR_VIEW (side_operator_view_new (desk));
  gtk_paned_set_end_child (self->paned, GTK_WIDGET (self->view));
  make_list (self);
  g_signal_connect_object (self->operators, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::from-ms", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::store-error", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::incomplete", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  reload (self);
  return GTK_WIDGET (self);
}

/**
 * side_operators_page_search:
 * @self: the page
 *
 * Puts the cursor where one types a name.
 */
void
side_operators_page_search (SideOperatorsPage *self)
{
  g_return_if_fail (SIDE_IS_OPERATORS_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
