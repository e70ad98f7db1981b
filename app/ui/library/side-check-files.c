/* side-check-files.c - recordings' files on the server that belong to no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of the check's window. What lies in the recordings folders only the
 * server knows: it is asked once for a period, and again when it can be
 * reached again.
 */
#include "side-check-files.h"

#include <glib/gi18n.h>

#include "side-check-words.h"
#include "side-format.h"
#include "side-settings.h"

#define MOST_HEIGHT 168

/* ---- a row's object ---- */

#define SIDE_TYPE_CHECK_FILE_ITEM (side_check_file_item_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckFileItem, side_check_file_item, SIDE, CHECK_FILE_ITEM, GObject)

struct _SideCheckFileItem
{
  GObject            parent_instance;
  SideUnmatchedFile *file;
};

G_DEFINE_FINAL_TYPE (SideCheckFileItem, side_check_file_item, G_TYPE_OBJECT)

static void
side_check_file_item_finalize (GObject *object)
{
  side_unmatched_file_free (SIDE_CHECK_FILE_ITEM (object)->file);
  G_OBJECT_CLASS (side_check_file_item_parent_class)->finalize (object);
}

static void
side_check_file_item_class_init (SideCheckFileItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_check_file_item_finalize;
}

static void
side_check_file_item_init (SideCheckFileItem *self)
{
}

/* ---- the part of the window ---- */

struct _SideCheckFiles
{
  GtkBox         parent_instance;
  GtkLabel      *status;
  GtkWidget     *scrolled;
  GListStore    *rows;          /* of SideCheckFileItem */
  SideDesk      *desk;
  SideUnmatched *found;         /* nullable: not answered */
  GCancellable  *cancellable;
  gint64         from_ms;
  gint64         to_ms;
  gboolean       unreached;     /* to be asked when the server is there again */
};

G_DEFINE_FINAL_TYPE (SideCheckFiles, side_check_files, GTK_TYPE_BOX)

static guint changed_signal;

static void
side_check_files_dispose (GObject *object)
{
  SideCheckFiles *self = SIDE_CHECK_FILES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_check_files_parent_class)->dispose (object);
}

static void
side_check_files_finalize (GObject *object)
{
  SideCheckFiles *self = SIDE_CHECK_FILES (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->found, side_unmatched_free);
  G_OBJECT_CLASS (side_check_files_parent_class)->finalize (object);
}

/* @found: (transfer full) (nullable): what the server has answered */
static void
show (SideCheckFiles *self,
      SideUnmatched  *found,
      const char     *status)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_pointer (&self->found, side_unmatched_free);
  self->found = found;
  for (guint i = 0; found != NULL && i < found->files->len; i++)
    {
      const SideUnmatchedFile *file = g_ptr_array_index (found->files, i);
      SideCheckFileItem *item = g_object_new (SIDE_TYPE_CHECK_FILE_ITEM, NULL);

      item->file = side_unmatched_file_new (file->name, file->size, file->modified_ms);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), items->pdata, items->len);
  gtk_widget_set_visible (self->scrolled, items->len > 0);
  gtk_label_set_label (self->status, status);
  g_signal_emit (self, changed_signal, 0);
}

static void
fail (SideCheckFiles *self,
      const GError   *error)
{
  g_autofree char *words = NULL;

  self->unreached = side_desk_get_state (self->desk) != SIDE_DESK_LIVE;
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN))
    words = g_strdup (_("Only supervisors of all of the server’s projects can see them."));
  else if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    words = g_strdup (_("This server cannot tell: it has no recordings folders, or is older than this program."));
  else
    words = side_format_error (error);
  show (self, NULL, words);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideCheckFiles) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideUnmatched) found = side_link_unmatched_finish (SIDE_LINK (source), result, &error);
  g_autofree char *words = NULL;

  if (self->desk == NULL || side_error_is_cancelled (error))
    return;
  if (found == NULL)
    {
      fail (self, error);
      return;
    }
  words = side_check_words_files (found);
  show (self, g_steal_pointer (&found), words);
}

static void
ask (SideCheckFiles *self)
{
  SideLink *link = side_desk_get_link (self->desk);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->unreached = FALSE;
  if (side_desk_get_role (self->desk) != SIDE_ROLE_SUPERVISOR)
    {
      show (self, NULL, _("Only supervisors of all of the server’s projects can see them."));
      return;
    }
  if (link == NULL || side_desk_get_state (self->desk) != SIDE_DESK_LIVE)
    {
      self->unreached = TRUE;
      show (self, NULL, _("Only the server knows them, and it is not connected."));
      return;
    }
  show (self, NULL, _("The server is looking for them…"));
  side_link_unmatched_async (link, self->from_ms, self->to_ms, self->cancellable, answered_cb, g_object_ref (self));
}

static void
state_cb (SideCheckFiles *self)
{
  if (self->unreached && side_desk_get_state (self->desk) == SIDE_DESK_LIVE)
    ask (self);
}

/**
 * side_check_files_ask:
 * @self: the part
 * @from_ms: beginning of the period; 0: none
 * @to_ms: its end; 0: none
 *
 * Asks the server, or says why it cannot be asked.
 */
void
side_check_files_ask (SideCheckFiles *self,
                      gint64          from_ms,
                      gint64          to_ms)
{
  g_return_if_fail (SIDE_IS_CHECK_FILES (self));
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  ask (self);
}

/**
 * side_check_files_get_found:
 * @self: the part
 *
 * Returns: (nullable): what the server has answered; %NULL before, and when it
 *   has not
 */
const SideUnmatched *
side_check_files_get_found (SideCheckFiles *self)
{
  g_return_val_if_fail (SIDE_IS_CHECK_FILES (self), NULL);
  return self->found;
}

/* ---- rows ---- */

/**
 * side_check_row_setup:
 * @factory: the factory of a list
 * @item: its new row: two labels in a box, the first of them the title
 */
void
side_check_row_setup (GtkListItemFactory *factory,
                      GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (title, "numeric");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (SideCheckFiles *self,
         GtkListItem    *list_item)
{
  const SideUnmatchedFile *file = SIDE_CHECK_FILE_ITEM (gtk_list_item_get_item (list_item))->file;
  const SideProject *project = side_desk_get_project (self->desk);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  g_autofree char *name = side_check_words_file_name (file->name, side_settings_get_masked ());
  g_autofree char *size = g_format_size ((guint64) file->size);
  g_autofree char *when = project != NULL ? side_format_when (project->time_zone, file->modified_ms, side_desk_get_now_ms (self->desk))
                                          : g_strdup ("–");
  g_autofree char *words = g_strdup_printf ("%s · %s", when, size);

  gtk_label_set_label (GTK_LABEL (title), name);
  gtk_widget_set_tooltip_text (title, name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), words);
}

static void
side_check_files_class_init (SideCheckFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_check_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_check_files_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_CHECK_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_check_files_init (SideCheckFiles *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *heading = gtk_label_new (_("Files without a call"));
  GtkWidget *list;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->rows = g_list_store_new (SIDE_TYPE_CHECK_FILE_ITEM);
  self->status = GTK_LABEL (gtk_label_new (NULL));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_top (heading, 8);
  gtk_label_set_xalign (self->status, 0);
  gtk_label_set_wrap (self->status, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim-label");
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->status), 6);
  /* In line with the rows. */
  gtk_widget_set_margin_start (heading, 8);
  gtk_widget_set_margin_start (GTK_WIDGET (self->status), 8);
  gtk_widget_set_margin_end (GTK_WIDGET (self->status), 12);
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->status));
  g_signal_connect (factory, "setup", G_CALLBACK (side_check_row_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)))), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files without a call"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), MOST_HEIGHT / 3);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), list);
  gtk_widget_set_visible (self->scrolled, FALSE);
  gtk_box_append (GTK_BOX (self), self->scrolled);
}

/**
 * side_check_files_new:
 * @desk: whose server is asked
 *
 * Returns: (transfer floating): the part, which has asked nothing yet
 */
SideCheckFiles *
side_check_files_new (SideDesk *desk)
{
  SideCheckFiles *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_CHECK_FILES, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  return self;
}
