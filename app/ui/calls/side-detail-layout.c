/* side-detail-layout.c - a call's recording, what is below it, and the form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three children: the recording, the tabs below it, and the scoring form, which
 * stands at their side. Where the width is not enough for that, the form takes
 * the tabs' place when it is asked for, and never lies outside the window.
 */
#include "side-detail-layout.h"

#define FORM_COMFORTABLE 346   /* all answers of a question in one line, in every language */
#define FORM_WIDEST      480

struct _SideDetailLayout
{
  GtkLayoutManager parent_instance;
  gboolean         folded;
  gboolean         told;        /* what "folded" said last */
  gboolean         form_shown;
  guint            tell_id;
};

enum { PROP_0, PROP_FOLDED, PROP_FORM_SHOWN, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideDetailLayout, side_detail_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  GtkWidget *recording;
  GtkWidget *tabs;
  GtkWidget *form;
} Parts;

static Parts
parts_of (GtkWidget *widget)
{
  Parts parts;

  parts.recording = gtk_widget_get_first_child (widget);
  parts.tabs = gtk_widget_get_next_sibling (parts.recording);
  parts.form = gtk_widget_get_next_sibling (parts.tabs);
  return parts;
}

static int
least (GtkWidget      *widget,
       GtkOrientation  orientation,
       int             for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
left_width (const Parts *parts)
{
  return MAX (least (parts->recording, GTK_ORIENTATION_HORIZONTAL, -1), least (parts->tabs, GTK_ORIENTATION_HORIZONTAL, -1));
}

/* How wide the form is beside the rest; 0 where there is no room for that. */
static int
form_width (const Parts *parts,
            int          width)
{
  int form = least (parts->form, GTK_ORIENTATION_HORIZONTAL, -1);
  int left = left_width (parts);

  if (width < left + form)
    return 0;
  return CLAMP (MAX (width * 3 / 10, MIN (FORM_COMFORTABLE, width - left)), form, MAX (form, FORM_WIDEST));
}

static GtkSizeRequestMode
side_detail_layout_get_request_mode (GtkLayoutManager *manager,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
side_detail_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  Parts parts = parts_of (widget);
  int form = least (parts.form, GTK_ORIENTATION_HORIZONTAL, -1);
  int left = left_width (&parts);
  int beside, rest;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (left, form);
      *natural = left + form;
      return;
    }
  if (for_size < 0)
    for_size = left + form;
  beside = form_width (&parts, for_size);
  rest = MAX (for_size - beside, left);
  *minimum = least (parts.tabs, GTK_ORIENTATION_VERTICAL, rest);
  if (beside == 0)
    *minimum = MAX (*minimum, least (parts.form, GTK_ORIENTATION_VERTICAL, MAX (for_size, form)));
  *minimum += least (parts.recording, GTK_ORIENTATION_VERTICAL, rest);
  if (beside > 0)
    *minimum = MAX (*minimum, least (parts.form, GTK_ORIENTATION_VERTICAL, beside));
  *natural = *minimum;
}

static gboolean
tell_cb (gpointer data)
{
  SideDetailLayout *self = data;

  self->tell_id = 0;
  if (self->told != self->folded)
    {
      self->told = self->folded;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
    }
  return G_SOURCE_REMOVE;
}

static void
side_detail_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  SideDetailLayout *self = SIDE_DETAIL_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Parts parts = parts_of (widget);
  int form = form_width (&parts, width);
  int left = width - form;
  int x = mirrored ? form : 0;
  int upper = least (parts.recording, GTK_ORIENTATION_VERTICAL, left);
  GtkAllocation below = { x, upper, left, height - upper };

  self->folded = form == 0;
  /* Who listens changes what is shown; that has no place within a layout. */
  if (self->told != self->folded && self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_cb, self, NULL);
  gtk_widget_set_child_visible (parts.tabs, !self->folded || !self->form_shown);
  gtk_widget_set_child_visible (parts.form, !self->folded || self->form_shown);
  gtk_widget_size_allocate (parts.recording, &(GtkAllocation) { x, 0, left, upper }, -1);
  if (!self->folded || !self->form_shown)
    gtk_widget_size_allocate (parts.tabs, &below, -1);
  if (self->folded && self->form_shown)
    gtk_widget_size_allocate (parts.form, &below, -1);
  else if (!self->folded)
    gtk_widget_size_allocate (parts.form, &(GtkAllocation) { mirrored ? 0 : left, 0, form, height }, -1);
}

static void
side_detail_layout_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  SideDetailLayout *self = SIDE_DETAIL_LAYOUT (object);

  if (id == PROP_FOLDED)
    g_value_set_boolean (value, self->told);
  else if (id == PROP_FORM_SHOWN)
    g_value_set_boolean (value, self->form_shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_detail_layout_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  if (id == PROP_FORM_SHOWN)
    side_detail_layout_set_form_shown (SIDE_DETAIL_LAYOUT (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_detail_layout_dispose (GObject *object)
{
  g_clear_handle_id (&SIDE_DETAIL_LAYOUT (object)->tell_id, g_source_remove);
  G_OBJECT_CLASS (side_detail_layout_parent_class)->dispose (object);
}

static void
side_detail_layout_class_init (SideDetailLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = side_detail_layout_dispose;
  object_class->get_property = side_detail_layout_get_property;
  object_class->set_property = side_detail_layout_set_property;
  layout_class->get_request_mode = side_detail_layout_get_request_mode;
  layout_class->measure = side_detail_layout_measure;
  layout_class->allocate = side_detail_layout_allocate;
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  props[PROP_FORM_SHOWN] = g_param_spec_boolean ("form-shown", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_detail_layout_init (SideDetailLayout *self)
{
}

/**
 * side_detail_layout_new:
 *
 * Returns: (transfer full): a layout for a widget with three children
 */
SideDetailLayout *
side_detail_layout_new (void)
{
  return g_object_new (SIDE_TYPE_DETAIL_LAYOUT, NULL);
}

/**
 * side_detail_layout_get_folded:
 * @self: a layout
 *
 * Returns: whether there is no room for the form beside the rest
 */
gboolean
side_detail_layout_get_folded (SideDetailLayout *self)
{
  g_return_val_if_fail (SIDE_IS_DETAIL_LAYOUT (self), FALSE);
  return self->told;
}

/**
 * side_detail_layout_set_form_shown:
 * @self: a layout
 * @shown: whether the form stands in the tabs' place while it is folded
 */
void
side_detail_layout_set_form_shown (SideDetailLayout *self,
                                   gboolean          shown)
{
  g_return_if_fail (SIDE_IS_DETAIL_LAYOUT (self));
  if (self->form_shown == shown)
    return;
  self->form_shown = shown;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FORM_SHOWN]);
}
