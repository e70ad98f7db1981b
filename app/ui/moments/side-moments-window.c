/* side-moments-window.c - key moments of many calls, one after the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows the moments of the calls that the Calls page shows, narrowed by kind
 * and words; the list that is seen is what is played and saved. Stands beside
 * the main window, which opens a call when it is asked to.
 */
#include "side-moments-window.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-moment-row.h"
#include "side-moments-export.h"
#include "side-moments-list.h"
#include "side-player-bar.h"
#include "side-tab-stop.h"
#include "side-text.h"
#include "side-window-keys.h"

struct _SideMomentsWindow
{
  AdwWindow           parent_instance;
  AdwToastOverlay    *toasts;
  AdwWindowTitle     *heading;
  GtkWidget          *play_all;
  GtkWidget          *export_button;
  GtkDropDown        *kind;
  GtkEditable        *search;
  GtkStack           *stack;
  GtkListView        *list;
  GtkSpinner         *spinner;
  AdwStatusPage      *error_page;
  GtkWidget          *deck;
  GtkLabel           *now;
  SidePlayerBar      *bar;

  SideDesk           *desk;
  SideCallQuery      *query;
  GPtrArray          *pieces;      /* of SideClip: in place of the query */
  SideMomentsList    *moments;
  GtkCustomFilter    *filter;
  GtkSingleSelection *selection;
  SidePlayer         *sound;
  SideMomentsPlayer  *player;
  GPtrArray          *kinds;       /* of char: the words behind the choices; NULL first, for all */
  char               *folded;      /* what is searched */
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (SideMomentsWindow, side_moments_window, ADW_TYPE_WINDOW)

static const char *
get_kind (SideMomentsWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);

  return selected < self->kinds->len ? self->kinds->pdata[selected] : NULL;
}

static gboolean
passes (gpointer item,
        gpointer data)
{
  SideMomentsWindow *self = data;
  const char *kind = get_kind (self);

  return (kind == NULL || g_str_equal (kind, side_moment_get_kind (item)))
         && side_moment_matches (item, self->folded != NULL ? self->folded : "");
}

static gint64
sum_ms (GListModel *model)
{
  gint64 sum = 0, from_ms, to_ms;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SideMoment) moment = g_list_model_get_item (model, i);

      side_moment_get_piece (moment, &from_ms, &to_ms);
      sum += to_ms - from_ms;
    }
  return sum;
}

static void
show_heading (SideMomentsWindow *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);
  g_autofree char *length = side_text_duration (sum_ms (model));
  g_autofree char *count = g_strdup_printf (ngettext ("%u moment", "%u moments", n), n);
  g_autofree char *words = g_strdup_printf ("%s · %s", count, length);

  adw_window_title_set_subtitle (self->heading, n > 0 ? words : NULL);
  gtk_widget_set_sensitive (self->play_all, n > 0);
  gtk_widget_set_sensitive (self->export_button, n > 0);
}

static void
show_state (SideMomentsWindow *self)
{
  GListModel *all = side_moments_list_get_moments (self->moments);
  const GError *error = side_moments_list_get_error (self->moments);
  gboolean loading = side_moments_list_get_loading (self->moments);
  const char *page = "list";

  if (error != NULL)
    {
      g_autofree char *words = side_format_error (error);

      adw_status_page_set_description (self->error_page, words);
      page = "error";
    }
  else if (g_list_model_get_n_items (all) == 0)
    page = loading ? "loading" : "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    page = "nothing";
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->stack, page);
  show_heading (self);
}

static void
filter_cb (SideMomentsWindow *self)
{
  if (self->filling || self->filter == NULL)
    return;
  g_free (self->folded);
  self->folded = side_text_fold (gtk_editable_get_text (self->search));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

static void
show_all_cb (SideMomentsWindow *self)
{
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_editable_set_text (self->search, "");
  filter_cb (self);
}

/* The kinds there are, with how many of each; the choice stays when it can. */
static void
fill_kinds (SideMomentsWindow *self)
{
  GListModel *all = side_moments_list_get_moments (self->moments);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (get_kind (self));
  guint n = g_list_model_get_n_items (all), selected = 0;

  self->filling = TRUE;
  g_ptr_array_set_size (self->kinds, 0);
  g_ptr_array_add (self->kinds, NULL);
  gtk_string_list_append (labels, _("All moments"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SideMoment) moment = g_list_model_get_item (all, i);
      const char *kind = side_moment_get_kind (moment);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, kind));

      if (count == 0)
        g_ptr_array_add (self->kinds, g_strdup (kind));
      g_hash_table_insert (counts, g_strdup (kind), GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 1; i < self->kinds->len; i++)
    {
      const char *kind = self->kinds->pdata[i];
      g_autofree char *label = g_strdup_printf ("%s (%u)", side_moment_kind_label (side_tags_get (self->desk), kind),
                                                GPOINTER_TO_UINT (g_hash_table_lookup (counts, kind)));

      gtk_string_list_append (labels, label);
      if (g_strcmp0 (kind, chosen) == 0)
        selected = i;
    }
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->kind, selected);
  self->filling = FALSE;
}

static void
loaded_cb (SideMomentsWindow *self)
{
  fill_kinds (self);
  filter_cb (self);
}

static void
load (SideMomentsWindow *self)
{
  if (self->pieces != NULL)
    side_moments_list_load_pieces (self->moments, self->pieces);
  else
    side_moments_list_load (self->moments, self->query);
  show_state (self);
}

static void
reload (SideMomentsWindow *self)
{
  side_moments_player_stop (self->player);
  load (self);
}

/* ---- playing ---- */

static void
current_cb (SideMomentsWindow *self)
{
  SideMoment *moment = side_moments_player_get_current (self->player);
  const SideProject *project = side_desk_get_project (self->desk);
  guint place = side_moments_player_get_place (self->player);
  const SideCall *call;
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->deck, moment != NULL);
  if (moment == NULL)
    return;
  call = side_moment_get_call (moment);
  when = side_format_when (project != NULL ? project->time_zone : NULL, call->joined_ms, side_desk_get_now_ms (self->desk));
  /* Translators: "3 of 12 · Dead air · 21 Nov 14:05" */
  words = g_strdup_printf (_("%u of %u · %s · %s"), place + 1, g_list_model_get_n_items (G_LIST_MODEL (self->selection)),
                           side_moment_kind_label (side_tags_get (self->desk), side_moment_get_kind (moment)), when);
  gtk_label_set_text (self->now, place != G_MAXUINT ? words : "");
  if (place != G_MAXUINT)
    {
      gtk_single_selection_set_selected (self->selection, place);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", place);
    }
}

static void
play_all_cb (SideMomentsWindow *self)
{
  side_moments_player_play_at (self->player, 0);
}

static void
activate_cb (SideMomentsWindow *self,
             guint              place)
{
  side_moments_player_play_at (self->player, place);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *argument,
        gpointer   data)
{
  SideMomentsWindow *self = SIDE_MOMENTS_WINDOW (widget);
  int what = g_variant_get_int32 (argument);

  if (what == 0)
    side_moments_player_toggle (self->player);
  else if (what < 0)
    side_moments_player_previous (self->player);
  else
    side_moments_player_next (self->player);
  return TRUE;
}

static void
open_call_cb (SideMomentsWindow *self,
              const char        *id,
              gint64             from_ms,
              gint64             to_ms)
{
  g_signal_emit_by_name (self, "open-call", id, from_ms, to_ms);
}

static void
setup_cb (SideMomentsWindow *self,
          GtkListItem       *item)
{
  GtkWidget *row = side_moment_row_new (self->desk);

  g_signal_connect_object (row, "open-call", G_CALLBACK (open_call_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (SideMomentsWindow *self,
         GtkListItem       *item)
{
  side_moment_row_set_moment (SIDE_MOMENT_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (SideMomentsWindow *self,
           GtkListItem       *item)
{
  side_moment_row_set_moment (SIDE_MOMENT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
export_cb (SideMomentsWindow *self)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    g_ptr_array_add (chosen, g_list_model_get_item (G_LIST_MODEL (self->selection), i));
  gtk_window_present (side_moments_export_new (GTK_WINDOW (self), self->desk, chosen));
}

/* What was heard is written before the desk closes; of one that is closed nothing can be shown. */
static void
closing_cb (SideMomentsWindow *self)
{
  side_moments_player_stop (self->player);
}

static void
desk_state_cb (SideMomentsWindow *self)
{
  if (side_desk_get_state (self->desk) == SIDE_DESK_CLOSED)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- the object ---- */

/* However it is closed, nothing is heard any more. */
static void
side_moments_window_unrealize (GtkWidget *widget)
{
  side_moments_player_stop (SIDE_MOMENTS_WINDOW (widget)->player);
  GTK_WIDGET_CLASS (side_moments_window_parent_class)->unrealize (widget);
}

static void
side_moments_window_dispose (GObject *object)
{
  SideMomentsWindow *self = SIDE_MOMENTS_WINDOW (object);

  if (self->moments != NULL)
    g_signal_handlers_disconnect_by_data (self->moments, self);
  g_clear_object (&self->player);
  g_clear_object (&self->selection);
  g_clear_object (&self->moments);
  g_clear_object (&self->desk);
  g_clear_object (&self->sound);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (side_moments_window_parent_class)->dispose (object);
}

static void
side_moments_window_finalize (GObject *object)
{
  SideMomentsWindow *self = SIDE_MOMENTS_WINDOW (object);

  g_clear_pointer (&self->query, side_call_query_free);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_ptr_array_unref (self->kinds);
  g_free (self->folded);
  G_OBJECT_CLASS (side_moments_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/moments/side-moments-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, play_all);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, deck);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, now);
  gtk_widget_class_bind_template_child (widget_class, SideMomentsWindow, bar);
  gtk_widget_class_bind_template_callback (widget_class, play_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
}

static void
side_moments_window_class_init (SideMomentsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_moments_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_moments_window_finalize;
  widget_class->unrealize = side_moments_window_unrealize;
  g_type_ensure (SIDE_TYPE_PLAYER_BAR);
  g_type_ensure (SIDE_TYPE_TAB_STOP);
  bind_template (widget_class);
  side_window_class_add_keys (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, key_cb, "i", 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, key_cb, "i", 1);
  g_signal_new ("open-call", SIDE_TYPE_MOMENTS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
}

static void
side_moments_window_init (SideMomentsWindow *self)
{
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
connect_list (SideMomentsWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;

  self->filter = gtk_custom_filter_new (passes, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (side_moments_list_get_moments (self->moments)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/**
 * side_moments_window_get_player:
 * @self: a window
 *
 * Returns: (transfer none): what plays its list
 */
SideMomentsPlayer *
side_moments_window_get_player (SideMomentsWindow *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_WINDOW (self), NULL);
  return self->player;
}

static SideMomentsWindow *
new_window (GtkWindow *parent,
            SideDesk  *desk)
{
  SideMomentsWindow *self = g_object_new (SIDE_TYPE_MOMENTS_WINDOW, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->moments = side_moments_list_new (side_desk_get_store (desk));
  self->sound = side_player_new ();
  connect_list (self);
  self->player = side_moments_player_new (desk, self->sound, G_LIST_MODEL (self->selection));
  side_player_bar_set_player (self->bar, self->sound);
  side_player_bar_set_has_marks (self->bar, TRUE);
  g_signal_connect_object (self->bar, "previous-mark", G_CALLBACK (side_moments_player_previous), self->player, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "next-mark", G_CALLBACK (side_moments_player_next), self->player, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::current", G_CALLBACK (current_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->moments, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_object (desk, "closing", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (desk_state_cb), self, G_CONNECT_SWAPPED);
  current_cb (self);
  return self;
}

/**
 * side_moments_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: an open desk with a store
 * @query: which calls
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_moments_window_new (GtkWindow           *parent,
                         SideDesk            *desk,
                         const SideCallQuery *query)
{
  SideMomentsWindow *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && side_desk_get_store (desk) != NULL && query != NULL, NULL);
  self = new_window (parent, desk);
  self->query = side_call_query_copy (query);
  load (self);
  return GTK_WINDOW (self);
}

/**
 * side_moments_window_new_for_pieces:
 * @parent: (nullable): the window it belongs to
 * @desk: an open desk with a store
 * @title: what is heard
 * @pieces: (element-type SideClip): somebody's own list, to be heard in its
 *   order; it must not change any more
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_moments_window_new_for_pieces (GtkWindow  *parent,
                                    SideDesk   *desk,
                                    const char *title,
                                    GPtrArray  *pieces)
{
  SideMomentsWindow *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && side_desk_get_store (desk) != NULL && pieces != NULL, NULL);
  self = new_window (parent, desk);
  self->pieces = g_ptr_array_ref (pieces);
  adw_window_title_set_title (self->heading, title);
  load (self);
  return GTK_WINDOW (self);
}
