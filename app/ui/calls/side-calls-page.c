/* side-calls-page.c - all calls, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Search, filters and order become one query for the list of the store. What
 * was chosen is remembered for each project. New calls come in above without
 * moving what is being looked at; a button over the list tells of them.
 */
#include "side-calls-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-call-detail.h"
#include "side-call-filters.h"
#include "side-call-keys.h"
#include "side-call-list.h"
#include "side-call-row.h"
#include "side-calls-view.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-library-actions.h"
#include "side-library-bar.h"
#include "side-searches.h"
#include "side-tab-stop.h"

#define SAVE_PAUSE_MS 500

struct _SideCallsPage
{
  GtkWidget           parent_instance;

  GtkWidget          *paned;       /* template children */
  GtkWidget          *search;
  SideCallFilters    *filters;
  SideSearches       *searches;
  SideLibraryBar     *library_bar;
  GtkWidget          *count;
  GtkWidget          *newer;
  GtkWidget          *stack;
  GtkWidget          *scrolled;
  GtkListView        *list;
  AdwStatusPage      *error_page, *empty_page;
  SideCallDetail     *detail;

  SideDesk           *desk;
  SideCallList       *calls;
  GtkSingleSelection *selection;
  SideCallItem       *watched;     /* the chosen item */
  GCancellable       *cancellable;
  char               *project;     /* whose view is shown */
  char               *wanted;      /* id of a call to be chosen when it is there */
  SideCallSort        sort;
  gboolean            descending;
  gboolean            restoring;
  GtkEventController *pointer;     /* over the list; owned by it */
  guint               n_newer;
  guint               follow_id;
  guint               save_id;
};

G_DEFINE_FINAL_TYPE (SideCallsPage, side_calls_page, GTK_TYPE_WIDGET)

static SideCallQuery *
make_query (SideCallsPage *self)
{
  SideCallQuery *query = side_call_filters_make_query (self->filters);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (*text != '\0')
    query->text = g_strdup (text);
  query->sort = self->sort;
  query->descending = self->descending;
  return query;
}

static gboolean
is_narrowed (SideCallsPage *self)
{
  return side_call_filters_is_set (self->filters) || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

/* Without a cache there is no list: somebody else has it open, or it cannot be read. */
static void
show_no_store (SideCallsPage *self)
{
  const GError *error = side_desk_get_store_error (self->desk);
  g_autofree char *words = error != NULL ? side_format_error (error) : NULL;

  adw_status_page_set_description (self->error_page, words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
  gtk_widget_set_sensitive (self->search, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filters), FALSE);
}

static void
show_state (SideCallsPage *self)
{
  const GError *error = side_call_list_get_error (self->calls);
  guint total = side_call_list_get_total (self->calls);
  g_autofree char *count = g_strdup_printf (ngettext ("%u call", "%u calls", total), total);
  const char *page = "list";

  if (error != NULL)
    {
      g_autofree char *words = side_format_error (error);
      adw_status_page_set_description (self->error_page, words);
      page = "error";
    }
  else if (total == 0 && !side_call_list_get_loading (self->calls))
    {
      page = is_narrowed (self) ? "nothing" : "empty";
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  gtk_label_set_label (GTK_LABEL (self->count), count);
}

static void
run_query (SideCallsPage *self)
{
  g_autoptr (SideCallQuery) query = NULL;

  if (self->calls == NULL)
    return;
  query = make_query (self);
  self->n_newer = 0;
  gtk_widget_set_visible (self->newer, FALSE);
  side_call_list_set_query (self->calls, query);
  if (side_desk_get_librarian (self->desk) != NULL)
    side_librarian_set_view (side_desk_get_librarian (self->desk), query);
  show_state (self);
}

static char *
view_key (SideCallsPage *self)
{
  return g_strdup_printf ("calls-view/%s", self->project);
}

static void
setting_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* Only the look of the page is not remembered: nothing to tell anybody. */
  if (!side_store_put_setting_finish (SIDE_STORE (source), result, &error))
    g_debug ("the view of the calls page was not kept: %s", error->message);
}

/* For a saved search: the words too. */
static char *
dup_view (gpointer data)
{
  SideCallsPage *self = data;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  side_calls_view_write (file, self->filters, self->sort, self->descending);
  g_key_file_set_string (file, "view", "text", gtk_editable_get_text (GTK_EDITABLE (self->search)));
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
save_view_cb (gpointer data)
{
  SideCallsPage *self = data;
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *key = view_key (self);
  g_autofree char *text = NULL;

  self->save_id = 0;
  side_calls_view_write (file, self->filters, self->sort, self->descending);
  g_key_file_set_integer (file, "view", "width", gtk_paned_get_position (GTK_PANED (self->paned)));
  text = g_key_file_to_data (file, NULL, NULL);
  if (store != NULL)
    side_store_put_setting_async (store, key, text, NULL, setting_saved_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
save_view (SideCallsPage *self)
{
  if (self->restoring || self->project == NULL)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_PAUSE_MS, save_view_cb, self);
}

static void
filters_changed_cb (SideCallsPage *self)
{
  if (self->restoring || self->desk == NULL)
    return;
  run_query (self);
  save_view (self);
}

static void
stop_search_cb (SideCallsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
watched_changed_cb (SideCallsPage *self)
{
  const SideCall *call = self->watched != NULL ? side_call_item_get_call (self->watched) : NULL;

  if (self->watched == NULL || call != NULL)
    side_call_detail_set_call (self->detail, call);
}

static void
selected_cb (SideCallsPage *self)
{
  SideCallItem *item = gtk_single_selection_get_selected_item (self->selection);

  /* A call that falls out of the filter stays open while nothing else is
   * chosen: the person is working on it. */
  if (item == NULL || item == self->watched)
    return;
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_func (self->watched, watched_changed_cb, self);
  g_set_object (&self->watched, item);
  g_signal_connect_swapped (item, "notify::call", G_CALLBACK (watched_changed_cb), self);
  watched_changed_cb (self);
}

static gboolean
is_at_top (SideCallsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  return gtk_adjustment_get_value (adjustment) < 1.0;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideCallsPage) self = data;
  g_autoptr (GError) error = NULL;
  guint position = 0;

  if (!side_call_list_find_finish (SIDE_CALL_LIST (source), result, &position, &error) || self->desk == NULL)
    return;
  g_clear_pointer (&self->wanted, g_free);
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* Enter, on a row that Tab led to: nothing is chosen by that alone. */
static void
activate_cb (SideCallsPage *self,
             guint          position)
{
  gtk_single_selection_set_selected (self->selection, position);
}

static void
find_wanted (SideCallsPage *self)
{
  if (self->wanted != NULL && self->calls != NULL && !side_call_list_get_loading (self->calls))
    side_call_list_find_async (self->calls, self->wanted, self->cancellable, found_cb, g_object_ref (self));
}

static gboolean
follow_cb (gpointer data)
{
  SideCallsPage *self = data;

  self->follow_id = 0;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0u);
  return G_SOURCE_REMOVE;
}

/* Whoever looks at the newest calls and points at none goes on seeing the
 * newest; otherwise nothing moves. */
static gboolean
may_follow (SideCallsPage *self)
{
  return self->follow_id != 0
         || (is_at_top (self)
             && !gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->pointer)));
}

static void
items_changed_cb (SideCallsPage *self,
                  guint          position,
                  guint          removed,
                  guint          added)
{
  if (added > 0 && may_follow (self))
    {
      if (self->follow_id == 0)
        self->follow_id = g_idle_add (follow_cb, self);
    }
  else if (position == 0 && removed == 0 && added < 50 && !side_call_list_get_loading (self->calls))
    {
      g_autofree char *text = NULL;

      self->n_newer += added;
      text = g_strdup_printf (ngettext ("%u new call", "%u new calls", self->n_newer), self->n_newer);
      gtk_button_set_label (GTK_BUTTON (self->newer), text);
      gtk_widget_set_visible (self->newer, TRUE);
    }
  show_state (self);
}

static void
loading_changed_cb (SideCallsPage *self)
{
  show_state (self);
  find_wanted (self);
}

static void
newer_clicked_cb (SideCallsPage *self)
{
  self->n_newer = 0;
  gtk_widget_set_visible (self->newer, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0u);
}

static void
scrolled_cb (SideCallsPage *self)
{
  if (self->n_newer > 0 && is_at_top (self))
    newer_clicked_cb (self);
}

static void
show_sort (SideCallsPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_object_notify (G_OBJECT (widget), "sort");
  g_object_notify (G_OBJECT (widget), "descending");
}

static void
apply_view (SideCallsPage *self,
            const char    *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gboolean any = text != NULL && g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL);
  g_autofree char *words = any ? g_key_file_get_string (file, "view", "text", NULL) : NULL;
  int width = any ? g_key_file_get_integer (file, "view", "width", NULL) : 0;

  self->restoring = TRUE;
  side_calls_view_read (file, self->filters, &self->sort, &self->descending);
  if (words != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  if (width >= 280 && width <= 900)
    gtk_paned_set_position (GTK_PANED (self->paned), width);
  show_sort (self);
  self->restoring = FALSE;
  run_query (self);
}

static void
setting_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideCallsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = side_store_get_setting_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  apply_view (self, text);
}

static void
project_changed_cb (SideCallsPage *self)
{
  const char *id = side_desk_get_project_id (self->desk);
  SideStore *store = side_desk_get_store (self->desk);
  g_autofree char *key = NULL;

  if (g_strcmp0 (id, self->project) == 0)
    return;
  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_view_cb (self);
    }
  g_free (self->project);
  self->project = g_strdup (id);
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_func (self->watched, watched_changed_cb, self);
  g_clear_object (&self->watched);
  side_call_detail_set_call (self->detail, NULL);
  side_call_filters_refresh (self->filters);
  adw_status_page_set_description (self->empty_page, side_call_filters_words_empty (self->filters));
  side_searches_refresh (self->searches);
  key = view_key (self);
  if (store != NULL)
    side_store_get_setting_async (store, key, self->cancellable, setting_read_cb, g_object_ref (self));
  else
    apply_view (self, NULL);
}

/* "Today" moves on at midnight. */
static void
tick_cb (SideCallsPage *self)
{
  if (side_call_filters_is_past (self->filters))
    run_query (self);
}

static void
clear_filters (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (widget);

  self->restoring = TRUE;
  side_call_filters_clear (self->filters);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->restoring = FALSE;
  filters_changed_cb (self);
}

/* What is worth hearing of the calls that are shown. */
static void
show_moments (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (widget);
  g_autoptr (SideCallQuery) query = NULL;

  if (side_desk_get_store (self->desk) == NULL)
    return;
  query = make_query (self);
  side_call_detail_pause (self->detail);
  side_library_show_moments (widget, self->desk, query);
}

static void
search_chosen_cb (SideCallsPage *self,
                  const char    *view)
{
  apply_view (self, view);
  save_view (self);
}

static void
analyse_shown (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (widget);
  g_autoptr (SideCallQuery) query = make_query (self);

  side_library_analyse_shown (widget, self->desk, query);
}

static void
check_recordings (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  side_library_check (widget, SIDE_CALLS_PAGE (widget)->desk);
}

enum { PROP_0, PROP_SORT, PROP_DESCENDING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
side_calls_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (object);

  switch (id)
    {
    case PROP_SORT:
      g_value_set_string (value, side_calls_view_sort_word (self->sort));
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_calls_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (object);

  switch (id)
    {
    case PROP_SORT:
      self->sort = side_calls_view_sort_from_word (g_value_get_string (value), self->sort);
      break;
    case PROP_DESCENDING:
      self->descending = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  g_object_notify_by_pspec (object, pspec);
  filters_changed_cb (self);
}

static void
side_calls_page_dispose (GObject *object)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (object);

  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_view_cb (self);
    }
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (self->calls != NULL)
    g_signal_handlers_disconnect_by_data (self->calls, self);
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_data (self->watched, self);
  g_clear_object (&self->watched);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_CALLS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->calls);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_calls_page_parent_class)->dispose (object);
}

static void
side_calls_page_finalize (GObject *object)
{
  SideCallsPage *self = SIDE_CALLS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->project);
  g_free (self->wanted);
  G_OBJECT_CLASS (side_calls_page_parent_class)->finalize (object);
}

static void
side_calls_page_class_init (SideCallsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = side_calls_page_dispose;
  object_class->finalize = side_calls_page_finalize;
  object_class->get_property = side_calls_page_get_property;
  object_class->set_property = side_calls_page_set_property;
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "time", flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (SIDE_TYPE_CALL_DETAIL);
  g_type_ensure (SIDE_TYPE_CALL_FILTERS);
  g_type_ensure (SIDE_TYPE_SEARCHES);
  g_type_ensure (SIDE_TYPE_LIBRARY_BAR);
  g_type_ensure (SIDE_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-calls-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, searches);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, library_bar);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, count);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, newer);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, SideCallsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, newer_clicked_cb);
  gtk_widget_class_install_property_action (widget_class, "calls.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "calls.descending", "descending");
  gtk_widget_class_install_action (widget_class, "calls.clear-filters", NULL, clear_filters);
  gtk_widget_class_install_action (widget_class, "calls.analyse", NULL, analyse_shown);
  gtk_widget_class_install_action (widget_class, "calls.check", NULL, check_recordings);
  gtk_widget_class_install_action (widget_class, "calls.moments", NULL, show_moments);
}

static void
side_calls_page_init (SideCallsPage *self)
{
  self->descending = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pointer = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self->list), self->pointer);
  side_call_keys_add (GTK_WIDGET (self), GTK_WIDGET (self->detail));
}

static void
connect_list (SideCallsPage *self,
              SideStore     *store)
{
  GtkListItemFactory *factory = side_call_row_factory_new (self->desk);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  self->calls = side_call_list_new (store);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->calls)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->calls, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (self->calls, "notify::loading", G_CALLBACK (loading_changed_cb), self);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_calls_page_new:
 * @desk: whose calls are shown
 *
 * Returns: the page
 */
GtkWidget *
side_calls_page_new (SideDesk *desk)
{
  SideCallsPage *self = g_object_new (SIDE_TYPE_CALLS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  side_call_detail_set_desk (self->detail, desk);
  side_call_filters_set_desk (self->filters, desk);
  side_searches_set_desk (self->searches, desk, dup_view, self);
  side_library_bar_set_desk (self->library_bar, desk);
  if (side_desk_get_store (desk) != NULL)
    connect_list (self, side_desk_get_store (desk));
  else
    show_no_store (self);
  g_signal_connect_swapped (desk, "notify::project-id", G_CALLBACK (project_changed_cb), self);
  g_signal_connect_swapped (desk, "tick", G_CALLBACK (tick_cb), self);
  g_signal_connect_object (self->paned, "notify::position", G_CALLBACK (save_view), self, G_CONNECT_SWAPPED);
  project_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * side_calls_page_show_call:
 * @self: a page
 * @id: the call to be opened
 * @place: (nullable): where to in it, as soon as its recording is there
 *
 * Takes the filters away when they would hide it.
 */
void
side_calls_page_show_call (SideCallsPage   *self,
                           const char      *id,
                           const SidePlace *place)
{
  g_return_if_fail (SIDE_IS_CALLS_PAGE (self));

  if (place != NULL)
    side_call_detail_go_to (self->detail, id, place);
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  if (is_narrowed (self))
    clear_filters (GTK_WIDGET (self), NULL, NULL);
  find_wanted (self);
}

/**
 * side_calls_page_search:
 * @self: a page
 *
 * Moves the keyboard to the search.
 */
void
side_calls_page_search (SideCallsPage *self)
{
  g_return_if_fail (SIDE_IS_CALLS_PAGE (self));
  gtk_widget_grab_focus (self->search);
}
