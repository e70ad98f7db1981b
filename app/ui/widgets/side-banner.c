/* side-banner.c - a strip over a page that says what is wrong at the moment
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For states that last: a caller over the limit, a broken connection. Screen
 * readers are told by the role: an alert interrupts, a status waits. There is
 * no such widget at the floor of the libraries this program supports.
 */
#include "side-banner.h"

#include <string.h>

struct _SideBanner
{
  GtkWidget  parent_instance;
  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
  GtkWidget *second;
  SideBannerKind kind;
};

enum { PROP_0, PROP_SHOWN, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideBanner, side_banner, GTK_TYPE_WIDGET)

static const char *const kind_classes[] = { "banner-notice", "banner-warning", "banner-alert" };

static void
side_banner_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (id == PROP_SHOWN)
    g_value_set_boolean (value, side_banner_get_shown (SIDE_BANNER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_banner_dispose (GObject *object)
{
  SideBanner *self = SIDE_BANNER (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (side_banner_parent_class)->dispose (object);
}

static void
side_banner_class_init (SideBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = side_banner_get_property;
  object_class->dispose = side_banner_dispose;
  props[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sidebanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
side_banner_init (SideBanner *self)
{
  GtkWidget *holder = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->revealer = gtk_revealer_new ();
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->box, "banner-box");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);
  self->icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_hexpand (self->label, TRUE);
  self->button = gtk_button_new ();
  self->second = gtk_button_new ();
  gtk_widget_add_css_class (self->second, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->second, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_visible (self->second, FALSE);
  /* In a box of its own the icon has no baseline: lined up with the label's, it
   * would make the strip higher at a known width than at an unknown one. */
  gtk_widget_set_valign (holder, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (holder), self->icon);
  gtk_box_append (GTK_BOX (self->box), holder);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_box_append (GTK_BOX (self->box), self->second);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * side_banner_new:
 *
 * Returns: (transfer floating): a banner that is not shown yet
 */
GtkWidget *
side_banner_new (void)
{
  return g_object_new (SIDE_TYPE_BANNER, NULL);
}

/* One label, so that it wraps as one text: the heading bold, the rest quieter. */
static void
set_text (SideBanner *self,
          const char *heading,
          const char *text)
{
  g_autofree char *both = g_strdup_printf ("%s%s%s", heading, text != NULL ? "   " : "", text != NULL ? text : "");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *quiet = pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 65);

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), both) == 0)
    {
      pango_attribute_destroy (bold);
      pango_attribute_destroy (quiet);
      return;
    }
  bold->end_index = quiet->start_index = (guint) strlen (heading);
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, quiet);
  gtk_label_set_text (GTK_LABEL (self->label), both);
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
}

/**
 * side_banner_show:
 * @self: a banner
 * @kind: how grave it is; decides colour and icon
 * @heading: what is so, in bold
 * @text: (nullable): more words beside it
 *
 * Shows it, or changes the words of one that is shown.
 */
void
side_banner_show (SideBanner     *self,
                  SideBannerKind  kind,
                  const char     *heading,
                  const char     *text)
{
  gboolean was = side_banner_get_shown (self);

  g_return_if_fail (SIDE_IS_BANNER (self));
  gtk_widget_remove_css_class (self->box, kind_classes[self->kind]);
  self->kind = kind;
  gtk_widget_add_css_class (self->box, kind_classes[kind]);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                kind == SIDE_BANNER_NOTICE ? "dialog-information-symbolic" : "dialog-warning-symbolic");
  set_text (self, heading, text);
  /* Said once when it comes up: its seconds would be read aloud each second. */
  if (!was)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  if (!was)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN]);
}

/**
 * side_banner_hide:
 * @self: a banner
 */
void
side_banner_hide (SideBanner *self)
{
  g_return_if_fail (SIDE_IS_BANNER (self));
  if (!side_banner_get_shown (self))
    return;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN]);
}

/**
 * side_banner_get_shown:
 * @self: a banner
 *
 * Returns: whether it is shown
 */
gboolean
side_banner_get_shown (SideBanner *self)
{
  g_return_val_if_fail (SIDE_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}

static void
set_button (GtkWidget  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (button, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * side_banner_set_button:
 * @self: a banner
 * @label: (nullable): words of its button, %NULL for none
 * @action: (nullable): detailed name of the action it does
 */
void
side_banner_set_button (SideBanner *self,
                        const char *label,
                        const char *action)
{
  g_return_if_fail (SIDE_IS_BANNER (self));
  set_button (self->button, label, action);
}

/**
 * side_banner_set_second_button:
 * @self: a banner
 * @label: (nullable): words of the quieter button, %NULL for none
 * @action: (nullable): detailed name of the action it does
 */
void
side_banner_set_second_button (SideBanner *self,
                               const char *label,
                               const char *action)
{
  g_return_if_fail (SIDE_IS_BANNER (self));
  set_button (self->second, label, action);
}
