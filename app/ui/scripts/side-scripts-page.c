/* side-scripts-page.c - the scripts of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list on the left is that of the shelf without what is filtered out; what
 * is chosen in it stands on the right. Scripts are begun here: empty, from a
 * ready one, from a file.
 */
#include "side-scripts-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"
#include "side-ready-dialog.h"
#include "side-ready-scripts.h"
#include "side-script-files.h"
#include "side-script-labels.h"
#include "side-script-view.h"
#include "side-tab-stop.h"
#include "side-text.h"
#include "side-toast.h"

#define SEARCH_FROM 11   /* scripts: fewer are found by looking */

struct _SideScriptsPage
{
  GtkWidget           parent_instance;

  AdwToastOverlay    *toasts;        /* template children */
  GtkWidget          *add;
  GtkWidget          *search;
  GtkStack           *stack;
  GtkListView        *list;
  GtkWidget          *show_retired;
  GtkStack           *right;
  SideScriptView     *view;
  AdwStatusPage      *none_page;
  GtkWidget          *none_buttons;

  SideScriptShelf    *shelf;
  GtkCustomFilter    *filter;
  GtkSingleSelection *selection;
  SideDraftKeeper    *discarded;     /* (nullable): what Undo brings back */
  gboolean            searching;     /* asked for, however few there are */
  char               *wanted;        /* (nullable): the script that is chosen, or its draft */
  char               *family;        /* (nullable): the script of @wanted */
};

G_DEFINE_FINAL_TYPE (SideScriptsPage, side_scripts_page, GTK_TYPE_WIDGET)

static void
toast (SideScriptsPage *self,
       const char      *words)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
side_scripts_page_dispose (GObject *object)
{
  SideScriptsPage *self = SIDE_SCRIPTS_PAGE (object);

  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->toasts != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->toasts));
  self->toasts = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->discarded);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_scripts_page_parent_class)->dispose (object);
}

static void
side_scripts_page_finalize (GObject *object)
{
  g_free (SIDE_SCRIPTS_PAGE (object)->wanted);
  g_free (SIDE_SCRIPTS_PAGE (object)->family);
  G_OBJECT_CLASS (side_scripts_page_parent_class)->finalize (object);
}

static SideDesk *
desk_of (SideScriptsPage *self)
{
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

/* ---- the list ---- */

static void
show_row (GtkWidget      *row,
          SideScriptItem *item)
{
  SideScriptsPage *self = g_object_get_data (G_OBJECT (row), "page");
  GtkWidget *title = gtk_widget_get_first_child (row);
  SideDesk *desk = desk_of (self);
  const SideScript *script = side_script_item_get_script (item);
  g_autofree char *words = side_script_label_row (script, desk != NULL ? side_desk_get_project (desk) : NULL,
                                                  desk != NULL ? side_desk_get_now_ms (desk) : 0);

  gtk_label_set_label (GTK_LABEL (title), side_script_label_title (script));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), words);
  gtk_widget_set_tooltip_text (row, side_script_label_title (script));
}

static void
setup_cb (SideScriptsPage *self,
          GtkListItem     *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL), *words = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "script-item");
  gtk_widget_add_css_class (title, "script-text");
  gtk_widget_add_css_class (words, "script-hint");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), words);
  g_object_set_data (G_OBJECT (row), "page", self);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (SideScriptsPage *self,
         GtkListItem     *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  SideScriptItem *item = gtk_list_item_get_item (list_item);

  g_signal_connect_object (item, "changed", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  show_row (row, item);
}

static void
unbind_cb (SideScriptsPage *self,
           GtkListItem     *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), gtk_list_item_get_child (list_item));
}

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  SideScriptsPage *self = data;
  g_autofree char *words = side_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *title = NULL;

  /* What stands on the right is in the list, whatever is filtered out. */
  if (g_strcmp0 (side_script_item_get_id (item), self->wanted) == 0)
    return TRUE;
  if (side_script_item_is_retired (item) && !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->show_retired)))
    return FALSE;
  if (!gtk_widget_get_visible (self->search) || *words == '\0')
    return TRUE;
  title = side_text_fold (side_script_label_title (side_script_item_get_script (item)));
  return strstr (title, words) != NULL;
}

static void
filter_cb (SideScriptsPage *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
stop_search_cb (SideScriptsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->searching = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  gtk_widget_set_visible (self->search, g_list_model_get_n_items (side_script_shelf_get_items (self->shelf)) >= SEARCH_FROM);
}

/* ---- what is chosen ---- */

static guint
find_shown (SideScriptsPage *self,
            const char      *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr (SideScriptItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (side_script_item_get_id (item), id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
want (SideScriptsPage *self,
      SideScriptItem  *item)
{
  const SideScript *script = side_script_item_get_script (item);
  g_autofree char *id = g_strdup (script->id);

  g_free (self->family);
  self->family = g_strdup (script->script != NULL ? script->script : script->id);
  g_free (self->wanted);
  self->wanted = g_steal_pointer (&id);
}

static void
selected_cb (SideScriptsPage *self)
{
  SideScriptItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL)
    return;
  want (self, item);
  side_script_view_open (self->view, self->shelf, item);
  gtk_stack_set_visible_child_name (self->right, "script");
}

static void
show_none (SideScriptsPage *self)
{
  const GError *error = side_document_shelf_get_error (SIDE_DOCUMENT_SHELF (self->shelf));
  gboolean may_edit = side_script_shelf_may_edit (self->shelf);
  g_autofree char *words = error != NULL ? side_format_error (error) : NULL;

  side_script_view_open (self->view, self->shelf, NULL);
  gtk_stack_set_visible_child_name (self->right, "none");
  gtk_widget_set_visible (self->none_buttons, error == NULL && may_edit);
  adw_status_page_set_icon_name (self->none_page, error != NULL ? "dialog-warning-symbolic" : "side-scripts-symbolic");
  adw_status_page_set_title (self->none_page, error != NULL ? _("The scripts cannot be read") : _("No scripts yet"));
  adw_status_page_set_description (self->none_page,
                                   words != NULL ? words
                                   : may_edit ? _("A script says what operators are to say, and how their calls are scored.")
                                              : _("Supervisors and trainers write them."));
}

/* What was chosen last; else the script that a draft became; else the first. */
static void
choose (SideScriptsPage *self)
{
  guint position = find_shown (self, self->wanted);

  if (position == GTK_INVALID_LIST_POSITION)
    position = find_shown (self, self->family);
  if (position == GTK_INVALID_LIST_POSITION && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    position = 0;
  if (position == GTK_INVALID_LIST_POSITION)
    {
      if (side_script_shelf_is_loaded (self->shelf))
        show_none (self);
      return;
    }
  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
  else
    selected_cb (self);
}

static void
changed_cb (SideScriptsPage *self)
{
  GListModel *items = side_script_shelf_get_items (self->shelf);
  guint n = g_list_model_get_n_items (items);
  gboolean any_retired = FALSE;
  gboolean may_edit = side_script_shelf_may_edit (self->shelf);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SideScriptItem) item = g_list_model_get_item (items, i);

      any_retired = any_retired || side_script_item_is_retired (item);
    }
  gtk_widget_set_visible (self->show_retired, any_retired);
  gtk_widget_set_visible (self->search, n >= SEARCH_FROM || self->searching);
  gtk_widget_set_visible (self->add, may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scripts.new", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scripts.ready", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scripts.import", may_edit);
  filter_cb (self);
  gtk_stack_set_visible_child_name (self->stack, !side_script_shelf_is_loaded (self->shelf) ? "loading"
                                    : n == 0 ? "empty"
                                    : g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 ? "nothing" : "list");
  choose (self);
}

static void
failed_cb (SideScriptsPage *self,
           const GError    *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words);
}

static void
replaced_cb (SideScriptsPage *self,
             const char      *id)
{
  SideScriptItem *item = side_script_shelf_find (self->shelf, id);
  g_autofree char *words = NULL;

  if (item == NULL)
    return;
  words = g_strdup_printf (_("Somebody else changed the draft “%s”: it is shown as they left it."),
                           side_script_label_title (side_script_item_get_script (item)));
  toast (self, words);
}

/* ---- beginning scripts ---- */

static void
begin (SideScriptsPage *self,
       SideScript      *draft)
{
  SideScriptItem *item = side_script_shelf_add_draft (self->shelf, draft);

  side_scripts_page_show (self, side_script_item_get_id (item));
  side_script_view_edit_title (self->view);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SideScriptsPage *self = SIDE_SCRIPTS_PAGE (widget);
  g_autofree char *id = side_id_new ();
  g_autoptr (SideScript) draft = side_script_new (id, side_desk_get_project_id (desk_of (self)), "", 1);

  draft->state = SIDE_SCRIPT_DRAFT;
  draft->script = side_id_new ();
  begin (self, draft);
}

static void
ready_cb (SideScriptsPage *self,
          const char      *name,
          const char      *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) draft = NULL;

  if (!side_script_shelf_may_edit (self->shelf))
    return;
  draft = side_ready_script_load (name, language, side_desk_get_project_id (desk_of (self)), &error);
  if (draft == NULL)
    failed_cb (self, error);
  else
    begin (self, draft);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
ready_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkWindow *dialog = side_ready_dialog_new (window_of (widget));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (ready_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
imported_cb (GtkWidget  *widget,
             SideScript *draft,
             const char *words)
{
  SideScriptsPage *self = SIDE_SCRIPTS_PAGE (widget);

  if (self->toasts == NULL)
    return;
  if (words != NULL)
    toast (self, words);
  if (draft != NULL && side_script_shelf_may_edit (self->shelf))
    begin (self, draft);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  side_script_files_import (widget, side_desk_get_project_id (desk_of (SIDE_SCRIPTS_PAGE (widget))), imported_cb);
}

/* ---- from the view ---- */

static void
toast_cb (SideScriptsPage *self,
          const char      *words)
{
  toast (self, words);
}

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideScriptsPage *self = SIDE_SCRIPTS_PAGE (widget);
  g_autoptr (SideDraftKeeper) keeper = g_steal_pointer (&self->discarded);

  if (keeper == NULL)
    return;
  side_script_shelf_restore (self->shelf, keeper);
  side_scripts_page_show (self, side_draft_keeper_get_script (keeper)->id);
}

static void
discarded_cb (SideScriptsPage *self,
              SideDraftKeeper *keeper)
{
  AdwToast *told = side_toast_new (_("Draft discarded."));

  g_set_object (&self->discarded, keeper);
  adw_toast_set_button_label (told, _("_Undo"));
  adw_toast_set_action_name (told, "scripts.restore");
  adw_toast_overlay_add_toast (self->toasts, told);
}

static void
show_script_cb (SideScriptsPage *self,
                const char      *id)
{
  side_scripts_page_show (self, id);
}

static void
side_scripts_page_class_init (SideScriptsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_scripts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_scripts_page_finalize;
  g_type_ensure (SIDE_TYPE_TAB_STOP);
  g_type_ensure (SIDE_TYPE_SCRIPT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/scripts/side-scripts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, add);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, show_retired);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, right);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, view);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, none_page);
  gtk_widget_class_bind_template_child (widget_class, SideScriptsPage, none_buttons);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
  gtk_widget_class_bind_template_callback (widget_class, discarded_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_script_cb);
  gtk_widget_class_install_action (widget_class, "scripts.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "scripts.ready", NULL, ready_action);
  gtk_widget_class_install_action (widget_class, "scripts.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "scripts.restore", NULL, restore_action);
}

static void
side_scripts_page_init (SideScriptsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkListItemFactory *
make_factory (SideScriptsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/**
 * side_scripts_page_new:
 * @desk: a desk
 * @alarm: (nullable): unused
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_scripts_page_new (SideDesk  *desk,
                       SideAlarm *alarm)
{
  SideScriptsPage *self = g_object_new (SIDE_TYPE_SCRIPTS_PAGE, NULL);
  g_autoptr (GtkListItemFactory) factory = make_factory (self);
  GtkFilterListModel *shown;

  self->shelf = side_script_shelf_new (desk);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  shown = gtk_filter_list_model_new (g_object_ref (side_script_shelf_get_items (self->shelf)),
                                     GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (shown));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * side_scripts_page_get_shelf:
 * @self: the page
 *
 * Returns: (transfer none): the scripts it shows
 */
SideScriptShelf *
side_scripts_page_get_shelf (SideScriptsPage *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPTS_PAGE (self), NULL);
  return self->shelf;
}

/**
 * side_scripts_page_show:
 * @self: the page
 * @id: of a script or a draft
 *
 * Chooses it, whatever is filtered out.
 */
void
side_scripts_page_show (SideScriptsPage *self,
                        const char      *id)
{
  SideScriptItem *item;

  g_return_if_fail (SIDE_IS_SCRIPTS_PAGE (self));

  item = side_script_shelf_find (self->shelf, id);
  if (item == NULL)
    return;
  want (self, item);
  filter_cb (self);
  choose (self);
}

/**
 * side_scripts_page_search:
 * @self: the page
 *
 * Puts the cursor where one types what to look for.
 */
void
side_scripts_page_search (SideScriptsPage *self)
{
  g_return_if_fail (SIDE_IS_SCRIPTS_PAGE (self));

  self->searching = TRUE;
  gtk_widget_set_visible (self->search, TRUE);
  gtk_widget_grab_focus (self->search);
}
