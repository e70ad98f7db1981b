/* side-sidebar.c - project, pages, and how it stands with the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows a desk: its projects fill the switcher, its state and the age of its
 * data stand at the foot. Which page is shown is the window's matter.
 */
#include "side-sidebar.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-format.h"
#include "side-pages.h"
#include "side-tab-stop.h"

struct _SideSidebar
{
  AdwBin         parent_instance;
  SideDesk      *desk;
  GtkMenuButton *project_button;
  AdwAvatar     *project_avatar;
  GtkWidget     *project_arrow;
  GtkLabel      *project_name;
  GtkLabel      *project_detail;
  GtkPopover    *project_popover;
  GtkListBox    *projects;
  GtkListBox    *pages;
  GtkWidget     *dot;
  GtkWidget     *silent;
  GtkLabel      *state;
  GtkLabel      *state_detail;
  GtkLabel      *unsent;
  GtkWidget     *resolve;
  const char    *dot_class;
};

enum { SIGNAL_PAGE_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideSidebar, side_sidebar, ADW_TYPE_BIN)

/* ---- the foot ---- */

static const char *
class_of_state (SideDesk *desk)
{
  switch (side_desk_get_state (desk))
    {
    case SIDE_DESK_LIVE:
      return side_desk_is_stale (desk) || side_connection_is_silent (desk) ? "waiting" : "live";
    case SIDE_DESK_CONNECTING:
    case SIDE_DESK_WAITING:
      return "waiting";
    case SIDE_DESK_OFFLINE:
    case SIDE_DESK_CLOSED:
    default:
      return "offline";
    }
}

static void
set_label (GtkLabel   *label,
           const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) == 0)
    return;
  gtk_label_set_text (label, text);
  /* What the sidebar is too narrow for is cut short; the whole is said on hovering. */
  if (gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static GString *
start_line (GString *text)
{
  return text->len > 0 ? g_string_append_c (text, '\n') : text;
}

/* All that waits is told, each with what it waits for. */
static void
update_unsent (SideSidebar *self)
{
  guint unsent = 0, conflicts = 0, refused = 0, waiting;
  g_autoptr (GString) text = g_string_new (NULL);

  g_object_get (self->desk, "outbox-length", &unsent, "conflicts", &conflicts, "refused", &refused, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent), unsent > 0);
  gtk_widget_set_visible (self->resolve, conflicts + refused > 0);
  waiting = unsent > conflicts + refused ? unsent - conflicts - refused : 0;
  if (conflicts > 0)
    g_string_append_printf (text, ngettext ("%u change in conflict", "%u changes in conflict", conflicts), conflicts);
  if (refused > 0)
    g_string_append_printf (start_line (text), ngettext ("The server does not take %u change",
                                                         "The server does not take %u changes", refused), refused);
  if (waiting > 0)
    g_string_append_printf (start_line (text), ngettext ("%u change not sent yet", "%u changes not sent yet", waiting),
                            waiting);
  set_label (self->unsent, text->str);
}

static void
update_connection (SideSidebar *self)
{
  g_autofree char *heading = side_connection_heading (self->desk);
  g_autofree char *detail = side_connection_detail (self->desk);
  const char *class = class_of_state (self->desk);
  gboolean silent = side_connection_is_silent (self->desk);
  gboolean sentence = silent || side_desk_is_stale (self->desk);

  /* How old the numbers are is said in full, whatever room it takes; the server's name need not be. */
  gtk_label_set_wrap (self->state_detail, sentence);
  gtk_label_set_lines (self->state_detail, sentence ? 6 : 1);
  set_label (self->state, heading);
  set_label (self->state_detail, detail);
  gtk_widget_set_visible (self->silent, silent);
  gtk_widget_set_visible (self->dot, !silent);
  if (class != self->dot_class)
    {
      if (self->dot_class != NULL)
        gtk_widget_remove_css_class (self->dot, self->dot_class);
      gtk_widget_add_css_class (self->dot, class);
      self->dot_class = class;
    }
}

/* ---- the switcher ---- */

static GtkWidget *
new_project_row (const SideProject *project,
                 SideRole           role)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (project->name);
  g_autofree char *detail_text = side_format_queues_role (project->queues->len, role);
  GtkWidget *detail = gtk_label_new (detail_text);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (box), adw_avatar_new (26, project->name, TRUE));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "project", g_strdup (project->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, project->name, -1);
  return row;
}

static void
update_project (SideSidebar *self)
{
  SideProject *project = side_desk_get_project (self->desk);
  SideSession *session = side_desk_get_session (self->desk);
  gboolean several;
  g_autofree char *detail = NULL;
  g_autofree char *label = NULL;

  side_clear_children (GTK_WIDGET (self->projects));
  for (guint i = 0; session != NULL && i < session->projects->len; i++)
    gtk_list_box_append (self->projects, new_project_row (g_ptr_array_index (session->projects, i), session->role));
  /* With one project there is nothing to choose, but its name is not greyed out for that. */
  several = session != NULL && session->projects->len > 1;
  gtk_widget_set_can_target (GTK_WIDGET (self->project_button), several);
  gtk_widget_set_can_focus (GTK_WIDGET (self->project_button), several);
  gtk_widget_set_visible (self->project_arrow, several);
  if (project == NULL)
    {
      set_label (self->project_name, _("No project"));
      set_label (self->project_detail, "");
      return;
    }
  detail = side_format_queues_role (project->queues->len, side_desk_get_role (self->desk));
  adw_avatar_set_text (self->project_avatar, project->name);
  set_label (self->project_name, project->name);
  set_label (self->project_detail, detail);
  /* Translators: the chosen project, for screen readers */
  label = g_strdup_printf (_("Project: %s"), project->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->project_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
project_activated_cb (SideSidebar   *self,
                      GtkListBoxRow *row)
{
  gtk_popover_popdown (self->project_popover);
  side_desk_set_project_id (self->desk, g_object_get_data (G_OBJECT (row), "project"));
}

/* ---- the pages ---- */

static GtkWidget *
new_page_row (const SidePage *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (side_pages_get_title (page));
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "page", (gpointer) page);
  g_object_set_data (G_OBJECT (row), "badge", badge);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, side_pages_get_title (page), -1);
  return row;
}

static void
page_selected_cb (SideSidebar   *self,
                  GtkListBoxRow *row)
{
  const SidePage *page;

  if (row == NULL)
    return;
  page = g_object_get_data (G_OBJECT (row), "page");
  g_signal_emit (self, signals[SIGNAL_PAGE_CHOSEN], 0, page->name);
}

static GtkListBoxRow *
find_row (SideSidebar *self,
          const char  *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->pages, i)) != NULL; i++)
    {
      const SidePage *page = g_object_get_data (G_OBJECT (row), "page");

      if (g_strcmp0 (page->name, name) == 0)
        return row;
    }
  return NULL;
}

static void
side_sidebar_dispose (GObject *object)
{
  SideSidebar *self = SIDE_SIDEBAR (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_SIDEBAR);
  G_OBJECT_CLASS (side_sidebar_parent_class)->dispose (object);
}

static void
side_sidebar_class_init (SideSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_sidebar_dispose;
  signals[SIGNAL_PAGE_CHOSEN] = g_signal_new ("page-chosen", SIDE_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (SIDE_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/window/side-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_button);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_avatar);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_arrow);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_name);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_detail);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, project_popover);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, projects);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, dot);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, silent);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, state);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, state_detail);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, unsent);
  gtk_widget_class_bind_template_child (widget_class, SideSidebar, resolve);
  gtk_widget_class_bind_template_callback (widget_class, project_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
}

static void
side_sidebar_init (SideSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * side_sidebar_new:
 * @desk: what it tells about
 *
 * Returns: (transfer floating): the sidebar
 */
GtkWidget *
side_sidebar_new (SideDesk *desk)
{
  SideSidebar *self;
  gsize n_pages;
  const SidePage *list = side_pages_list (&n_pages);

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_SIDEBAR, NULL);
  self->desk = g_object_ref (desk);
  for (gsize i = 0; i < n_pages; i++)
    if (side_pages_is_for (&list[i], side_desk_get_role (desk)))
      gtk_list_box_append (self->pages, new_page_row (&list[i]));
  g_signal_connect_swapped (desk, "notify::state", G_CALLBACK (update_connection), self);
  g_signal_connect_swapped (desk, "notify::stale", G_CALLBACK (update_connection), self);
  g_signal_connect_swapped (desk, "notify::incomplete", G_CALLBACK (update_connection), self);
  g_signal_connect_swapped (desk, "tick", G_CALLBACK (update_connection), self);
  g_signal_connect_swapped (desk, "notify::project-id", G_CALLBACK (update_project), self);
  g_signal_connect_swapped (desk, "notify::outbox-length", G_CALLBACK (update_unsent), self);
  g_signal_connect_swapped (desk, "notify::conflicts", G_CALLBACK (update_unsent), self);
  g_signal_connect_swapped (desk, "notify::refused", G_CALLBACK (update_unsent), self);
  update_project (self);
  update_connection (self);
  update_unsent (self);
  return GTK_WIDGET (self);
}

/**
 * side_sidebar_select:
 * @self: the sidebar
 * @page: name of the page that is shown
 */
void
side_sidebar_select (SideSidebar *self,
                     const char  *page)
{
  g_return_if_fail (SIDE_IS_SIDEBAR (self));
  gtk_list_box_select_row (self->pages, find_row (self, page));
}

/**
 * side_sidebar_set_badge:
 * @self: the sidebar
 * @page: name of a page
 * @count: the number on its badge, 0 for no badge
 * @alert: whether it asks for attention
 * @meaning: (nullable): what the number is, for screen readers
 */
void
side_sidebar_set_badge (SideSidebar *self,
                        const char  *page,
                        guint        count,
                        gboolean     alert,
                        const char  *meaning)
{
  GtkListBoxRow *row;
  GtkWidget *badge;
  g_autofree char *text = g_strdup_printf ("%u", count);

  g_return_if_fail (SIDE_IS_SIDEBAR (self));
  row = find_row (self, page);
  if (row == NULL)
    return;
  badge = g_object_get_data (G_OBJECT (row), "badge");
  gtk_widget_set_visible (badge, count > 0);
  set_label (GTK_LABEL (badge), text);
  if (alert)
    gtk_widget_add_css_class (badge, "alert");
  else
    gtk_widget_remove_css_class (badge, "alert");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  count > 0 && meaning != NULL ? meaning : "", -1);
}

/**
 * side_sidebar_get_state:
 * @self: the sidebar
 *
 * Returns: (transfer none): the words at its foot
 */
const char *
side_sidebar_get_state (SideSidebar *self)
{
  g_return_val_if_fail (SIDE_IS_SIDEBAR (self), NULL);
  return gtk_label_get_text (self->state);
}
