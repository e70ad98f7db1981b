/* side-call-row.c - one call in the list
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Name and number are inscriptions, which take the room that is left and need
 * no measuring while the row is scrolled by; the short texts at the end are as
 * wide as they are. The item tells when its call has come or changed.
 */
#include "side-call-row.h"

#include <glib/gi18n.h>

#include "side-blind.h"
#include "side-format.h"
#include "side-score-ring.h"
#include "side-sound-words.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wrapping.h"

struct _SideCallRow
{
  GtkWidget     parent_instance;
  GtkWidget    *grid;
  GtkWidget    *day;
  GtkWidget    *time;
  GtkWidget    *title;
  GtkWidget    *number;
  GtkWidget    *length;
  GtkWidget    *figure;
  GtkWidget    *mark;
  SideDesk     *desk;
  SideBlind    *blind;
  SideCallItem *item;
  const char   *mark_class;
  gboolean      hidden;      /* its score is */
};

G_DEFINE_FINAL_TYPE (SideCallRow, side_call_row, GTK_TYPE_WIDGET)

static void
side_call_row_dispose (GObject *object)
{
  SideCallRow *self = SIDE_CALL_ROW (object);

  side_call_row_set_item (self, NULL);
  g_clear_object (&self->blind);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (side_call_row_parent_class)->dispose (object);
}

static void
side_call_row_class_init (SideCallRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "callrow");
}

static GtkWidget *
new_cell (guint       chars,
          const char *style)
{
  GtkWidget *cell = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), chars);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (cell, style);
  return cell;
}

/* The second line has its own columns: what is wide in it takes nothing from the name. */
static GtkWidget *
new_second_line (SideCallRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->number = new_cell (10, "caption");
  gtk_widget_add_css_class (self->number, "dim-label");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_set_hexpand (self->number, TRUE);
  self->figure = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->figure), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (self->figure, FALSE);
  gtk_widget_add_css_class (self->figure, "caption");
  gtk_widget_add_css_class (self->figure, "numeric");
  self->mark = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->mark, "mark");
  gtk_box_append (GTK_BOX (line), self->number);
  gtk_box_append (GTK_BOX (line), self->figure);
  gtk_box_append (GTK_BOX (line), self->mark);
  return line;
}

static void
side_call_row_init (SideCallRow *self)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  self->grid = GTK_WIDGET (grid);
  gtk_grid_set_column_spacing (grid, 10);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  self->time = new_cell (5, "numeric");
  self->day = new_cell (6, "caption");
  self->title = new_cell (10, "call-title");
  self->length = gtk_label_new (NULL);
  gtk_widget_set_halign (self->length, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->length, "numeric");
  gtk_widget_add_css_class (self->time, "dim-label");
  gtk_widget_add_css_class (self->day, "dim-label");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_grid_attach (grid, self->time, 0, 0, 1, 1);
  gtk_grid_attach (grid, self->day, 0, 1, 1, 1);
  gtk_grid_attach (grid, self->title, 1, 0, 1, 1);
  gtk_grid_attach (grid, self->length, 2, 0, 1, 1);
  gtk_grid_attach (grid, new_second_line (self), 1, 1, 2, 1);
}

/* Never NULL: a screen reader that asks for its length would be told off. */
static void
set_text (GtkWidget  *cell,
          const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text != NULL ? text : "");
}

static void
set_mark (SideCallRow *self,
          const char  *text,
          const char  *style)
{
  gtk_label_set_label (GTK_LABEL (self->mark), text);
  if (self->mark_class == style)
    return;
  if (self->mark_class != NULL)
    gtk_widget_remove_css_class (self->mark, self->mark_class);
  if (style != NULL)
    gtk_widget_add_css_class (self->mark, style);
  self->mark_class = style;
}

static void
set_hidden (SideCallRow *self,
            gboolean     hidden)
{
  if (self->hidden == hidden)
    return;
  self->hidden = hidden;
  gtk_widget_set_tooltip_text (self->mark, hidden ? side_blind_words () : NULL);
}

static void
show_mark (SideCallRow    *self,
           const SideCall *call,
           gboolean        lost)
{
  g_autofree char *score = NULL;

  set_hidden (self, !lost && side_blind_hides_call (self->blind, call->id));
  if (lost)
    {
      set_mark (self, call->callback == SIDE_CALLBACK_DONE ? _("called back") : _("call back"),
                call->callback == SIDE_CALLBACK_DONE ? "mark-plain" : "mark-lost");
      return;
    }
  if (self->hidden)
    {
      /* Translators: instead of a call's score: this person may not see it yet */
      set_mark (self, side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->blind)) ? C_("score", "hidden") : "", "mark-plain");
      return;
    }
  if (call->score >= 0)
    score = g_strdup_printf ("%.0f", call->score);
  set_mark (self, score != NULL ? score : "–", side_score_class (call->score));
}

/* What the list is sorted or narrowed by, where that is of the sound.
 * Returns: (transfer full) (nullable): its words */
static char *
show_figure (SideCallRow *self)
{
  SideSoundFigure figure;
  double value;
  char *words = NULL;

  if (self->item != NULL && side_call_item_get_figure (self->item, &figure, &value))
    words = side_sound_words_figure (figure, value);
  side_label_say (self->figure, words);
  return words;
}

static void
show_call (SideCallRow    *self,
           const SideCall *call)
{
  const SideProject *project = side_desk_get_project (self->desk);
  gboolean lost = side_outcome_is_lost (call->outcome);
  gint64 now_ms = side_desk_get_now_ms (self->desk);
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;
  g_autofree char *phone = side_text_phone (call->caller, side_settings_get_masked ());
  g_autofree char *number = call->imported ? g_strdup_printf (_("%s · imported"), phone) : g_strdup (phone);
  g_autofree char *span = side_text_duration (lost ? call->wait_ms : call->talk_ms + call->hold_ms);
  g_autofree char *length = lost ? g_strdup_printf (_("lost %s"), span) : g_strdup (span);
  g_autofree char *figure = show_figure (self);
  g_autofree char *spoken = NULL;

  if (project != NULL)
    {
      time = side_format_time (project->time_zone, call->joined_ms);
      if (side_time_day_start (project->time_zone, call->joined_ms) != side_time_day_start (project->time_zone, now_ms))
        {
          g_autoptr (GDateTime) local = side_time_to_local (project->time_zone, call->joined_ms);
          day = g_date_time_format (local, "%d.%m");
        }
    }
  set_text (self->time, time);
  set_text (self->day, day);
  set_text (self->title, side_format_call_title (call));
  set_text (self->number, number);
  gtk_label_set_label (GTK_LABEL (self->length), side_call_is_live (call) ? _("now") : length);
  if (lost)
    gtk_widget_add_css_class (GTK_WIDGET (self), "lost");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "lost");
  show_mark (self, call, lost);
  spoken = g_strdup_printf ("%s, %s, %s, %s%s%s", time != NULL ? time : "",
                            gtk_inscription_get_text (GTK_INSCRIPTION (self->title)), number, length,
                            figure != NULL ? ", " : "", figure != NULL ? figure : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
call_changed_cb (SideCallRow *self)
{
  const SideCall *call = self->item != NULL ? side_call_item_get_call (self->item) : NULL;

  if (call != NULL)
    {
      show_call (self, call);
      return;
    }
  set_text (self->time, NULL);
  set_text (self->day, NULL);
  set_text (self->title, NULL);
  set_text (self->number, NULL);
  gtk_label_set_label (GTK_LABEL (self->length), "");
  gtk_widget_set_visible (self->figure, FALSE);
  set_mark (self, "", NULL);
}

/**
 * side_call_row_new:
 * @desk: for the project's zone and names
 *
 * Returns: an empty row
 */
GtkWidget *
side_call_row_new (SideDesk *desk)
{
  SideCallRow *self = g_object_new (SIDE_TYPE_CALL_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->blind = g_object_ref (side_blind_get (desk));
  g_signal_connect_object (self->blind, "changed", G_CALLBACK (call_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * side_call_row_set_item:
 * @self: a row
 * @item: (nullable): what it shows from now on
 */
void
side_call_row_set_item (SideCallRow  *self,
                        SideCallItem *item)
{
  g_return_if_fail (SIDE_IS_CALL_ROW (self));

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "notify::call", G_CALLBACK (call_changed_cb), self);
  call_changed_cb (self);
}

static void
setup_cb (SideDesk    *desk,
          GtkListItem *item)
{
  gtk_list_item_set_child (item, side_call_row_new (desk));
}

static void
bind_cb (SideDesk    *desk,
         GtkListItem *item)
{
  side_call_row_set_item (SIDE_CALL_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (SideDesk    *desk,
           GtkListItem *item)
{
  side_call_row_set_item (SIDE_CALL_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * side_call_row_factory_new:
 * @desk: for the project's zone and names
 *
 * Returns: (transfer full): what makes rows for the items of a SideCallList
 */
GtkListItemFactory *
side_call_row_factory_new (SideDesk *desk)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), desk, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), desk, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), desk, G_CONNECT_SWAPPED);
  return factory;
}
