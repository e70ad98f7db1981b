/* side-moment-row.c - one key moment in its list
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it is and what was written, whose call and when, and where in it; a
 * button to the whole call. Shows which one is played and what cannot be.
 */
#include "side-moment-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"
#include "side-text.h"

struct _SideMomentRow
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkWidget    *playing;
  GtkWidget    *kind;
  GtkWidget    *text;
  GtkWidget    *facts;
  GtkWidget    *problem;
  GtkWidget    *span;
  SideDesk     *desk;
  SideMoment   *moment;
};

G_DEFINE_FINAL_TYPE (SideMomentRow, side_moment_row, GTK_TYPE_WIDGET)

static void
side_moment_row_dispose (GObject *object)
{
  SideMomentRow *self = SIDE_MOMENT_ROW (object);

  side_moment_row_set_moment (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_moment_row_parent_class)->dispose (object);
}

static void
side_moment_row_class_init (SideMomentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_moment_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "momentrow");
  g_signal_new ("open-call", SIDE_TYPE_MOMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
}

static void
open_cb (SideMomentRow *self)
{
  if (self->moment != NULL)
    g_signal_emit_by_name (self, "open-call", side_moment_get_call (self->moment)->id,
                           side_moment_get_from_ms (self->moment), side_moment_get_to_ms (self->moment));
}

static GtkWidget *
new_label (GtkWidget  *parent,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (parent), label);
  return label;
}

static void
side_moment_row_init (SideMomentRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *open = gtk_button_new_from_icon_name ("go-next-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->playing = gtk_image_new_from_icon_name ("media-playback-start-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->playing), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Playing"), -1);
  gtk_box_append (GTK_BOX (self->box), self->playing);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (self->box), lines);
  gtk_box_append (GTK_BOX (lines), first);
  self->kind = new_label (first, "heading");
  self->text = new_label (first, NULL);
  gtk_label_set_single_line_mode (GTK_LABEL (self->text), TRUE);
  self->facts = new_label (lines, "dim-label");
  gtk_widget_add_css_class (self->facts, "caption");
  self->problem = new_label (lines, "error");
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  self->span = new_label (self->box, "numeric");
  gtk_widget_add_css_class (self->span, "dim-label");
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (open, _("Open the call"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open the call"), -1);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), open);
}

static void
update (SideMomentRow *self)
{
  const char *problem = side_moment_get_problem (self->moment);

  /* It keeps its room, so that nothing moves sideways. */
  gtk_widget_set_opacity (self->playing, side_moment_get_current (self->moment) ? 1.0 : 0.0);
  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static void
show_kind (SideMomentRow *self)
{
  const char *kind = side_moment_get_kind (self->moment);
  GdkRGBA colour = side_moment_kind_rgba (side_tags_get (self->desk), kind);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *text = g_strdup_printf ("●  %s", side_moment_kind_label (side_tags_get (self->desk), kind));
  PangoAttribute *dot = pango_attr_foreground_new ((guint16) (colour.red * 65535), (guint16) (colour.green * 65535),
                                                   (guint16) (colour.blue * 65535));

  dot->start_index = 0;
  dot->end_index = (guint) strlen ("●");
  pango_attr_list_insert (attributes, dot);
  gtk_label_set_text (GTK_LABEL (self->kind), text);
  gtk_label_set_attributes (GTK_LABEL (self->kind), attributes);
  pango_attr_list_unref (attributes);
}

static void
show_facts (SideMomentRow *self)
{
  const SideCall *call = side_moment_get_call (self->moment);
  const SideProject *project = side_desk_get_project (self->desk);
  const char *author = side_moment_get_author (self->moment);
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, call->joined_ms,
                                            side_desk_get_now_ms (self->desk));
  g_autoptr (GString) facts = g_string_new (when);
  g_autofree char *from = side_text_duration_tenths (side_moment_get_from_ms (self->moment));
  g_autofree char *to = side_text_duration_tenths (side_moment_get_to_ms (self->moment));
  g_autofree char *span = side_moment_get_to_ms (self->moment) > side_moment_get_from_ms (self->moment)
                          ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);

  if (call->operator_name != NULL)
    g_string_append_printf (facts, " · %s", call->operator_name);
  if (call->queue != NULL)
    g_string_append_printf (facts, " · %s", side_format_queue_name (project, call->queue));
  if (author != NULL)
    {
      g_string_append (facts, " · ");
      g_string_append_printf (facts, _("marked by %s"), author);
    }
  gtk_label_set_text (GTK_LABEL (self->facts), facts->str);
  gtk_label_set_text (GTK_LABEL (self->span), span);
}

/**
 * side_moment_row_set_moment:
 * @self: a row
 * @moment: (nullable): what it shows
 */
void
side_moment_row_set_moment (SideMomentRow *self,
                            SideMoment    *moment)
{
  g_return_if_fail (SIDE_IS_MOMENT_ROW (self));
  if (self->moment != NULL)
    g_signal_handlers_disconnect_by_data (self->moment, self);
  g_set_object (&self->moment, moment);
  if (moment == NULL)
    return;
  g_signal_connect_object (moment, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  show_kind (self);
  gtk_label_set_text (GTK_LABEL (self->text), side_moment_get_text (moment) != NULL ? side_moment_get_text (moment) : "");
  show_facts (self);
  update (self);
}

/**
 * side_moment_row_new:
 * @desk: for the project's zone and names
 *
 * Returns: an empty row
 */
GtkWidget *
side_moment_row_new (SideDesk *desk)
{
  SideMomentRow *self = g_object_new (SIDE_TYPE_MOMENT_ROW, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
