/* side-operator-item.c - an operator in the list of the Operators page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the store and the board say comes at different times; each part is
 * set by whoever knows it, and the words follow.
 */
#include "side-operator-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"
#include "side-text.h"

struct _SideOperatorItem
{
  GObject            parent_instance;
  char              *id;
  char              *name;
  char              *folded;
  SideReviewCount    reviews;
  gboolean           complete;   /* whether there may be more of them */
  gboolean           present;   /* the board knows them, and is not stale */
  SideOperatorState  state;
  char              *note;
};

enum { PROP_0, PROP_NAME, PROP_NOTE, PROP_ICON, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideOperatorItem, side_operator_item, G_TYPE_OBJECT)

static const char *
get_icon (SideOperatorItem *self)
{
  return self->present ? side_format_state_icon (self->state) : NULL;
}

static void
side_operator_item_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  SideOperatorItem *self = SIDE_OPERATOR_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_ICON:
      g_value_set_string (value, get_icon (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_operator_item_finalize (GObject *object)
{
  SideOperatorItem *self = SIDE_OPERATOR_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->folded);
  g_free (self->note);
  G_OBJECT_CLASS (side_operator_item_parent_class)->finalize (object);
}

static void
side_operator_item_class_init (SideOperatorItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = side_operator_item_get_property;
  object_class->finalize = side_operator_item_finalize;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_operator_item_init (SideOperatorItem *self)
{
}

static char *
dup_count (const SideReviewCount *reviews,
           gboolean               complete)
{
  g_autofree char *random = g_strdup_printf (ngettext ("%u random review", "%u random reviews", reviews->random), reviews->random);
  g_autofree char *chosen = g_strdup_printf (ngettext ("%u chosen review", "%u chosen reviews", reviews->chosen), reviews->chosen);

  if (reviews->random == 0 && reviews->chosen == 0)
    return g_strdup (complete ? _("No reviews") : _("Reviews are being fetched"));
  if (reviews->chosen == 0)
    return g_steal_pointer (&random);
  if (reviews->random == 0)
    return g_steal_pointer (&chosen);
  /* Translators: how many reviews of an operator fell to random calls, and how many to chosen ones */
  return g_strdup_printf (C_("reviews", "%u random, %u chosen"), reviews->random, reviews->chosen);
}

static void
update_note (SideOperatorItem *self)
{
  g_autofree char *count = dup_count (&self->reviews, self->complete);
  g_autofree char *words = NULL;

  words = self->present ? g_strdup_printf ("%s · %s", side_format_operator_state (self->state), count) : g_steal_pointer (&count);
  if (g_strcmp0 (words, self->note) == 0)
    return;
  g_free (self->note);
  self->note = g_steal_pointer (&words);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

/**
 * side_operator_item_new:
 * @id: an operator's id
 *
 * Returns: (transfer full): the operator, with the id for a name
 */
SideOperatorItem *
side_operator_item_new (const char *id)
{
  SideOperatorItem *self = g_object_new (SIDE_TYPE_OPERATOR_ITEM, NULL);

  self->id = g_strdup (id);
  side_operator_item_set_name (self, id);
  update_note (self);
  return self;
}

const char *
side_operator_item_get_id (SideOperatorItem *self)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_ITEM (self), NULL);
  return self->id;
}

const char *
side_operator_item_get_name (SideOperatorItem *self)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_ITEM (self), NULL);
  return self->name;
}

void
side_operator_item_set_name (SideOperatorItem *self,
                             const char       *name)
{
  g_return_if_fail (SIDE_IS_OPERATOR_ITEM (self) && name != NULL);
  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->folded);
  self->folded = side_text_fold (name);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
}

/**
 * side_operator_item_set_reviews:
 * @self: an operator
 * @reviews: (nullable): how many speak of them; %NULL for none
 * @complete: whether these are all; not while this computer is being filled
 */
void
side_operator_item_set_reviews (SideOperatorItem      *self,
                                const SideReviewCount *reviews,
                                gboolean               complete)
{
  g_return_if_fail (SIDE_IS_OPERATOR_ITEM (self));
  self->reviews = reviews != NULL ? *reviews : (SideReviewCount) { 0 };
  self->complete = complete;
  update_note (self);
}

/**
 * side_operator_item_set_now:
 * @self: an operator
 * @op: (nullable): as the board has them; %NULL when it does not, or is stale
 */
void
side_operator_item_set_now (SideOperatorItem   *self,
                            const SideOperator *op)
{
  const char *icon;

  g_return_if_fail (SIDE_IS_OPERATOR_ITEM (self));
  icon = get_icon (self);
  self->present = op != NULL && op->state != SIDE_OPERATOR_UNKNOWN;
  self->state = op != NULL ? op->state : SIDE_OPERATOR_UNKNOWN;
  update_note (self);
  if (g_strcmp0 (icon, get_icon (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ICON]);
}

/**
 * side_operator_item_matches:
 * @self: an operator
 * @folded: what is searched, as side_text_fold() gives it
 *
 * Returns: whether their name has it anywhere
 */
gboolean
side_operator_item_matches (SideOperatorItem *self,
                            const char       *folded)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_ITEM (self), FALSE);
  return strstr (self->folded, folded) != NULL;
}

/**
 * side_operator_item_compare: a GCompareDataFunc: by name, in the user's alphabet
 */
int
side_operator_item_compare (gconstpointer a,
                            gconstpointer b,
                            gpointer      data)
{
  const SideOperatorItem *x = a, *y = b;
  int order = g_utf8_collate (x->name, y->name);

  return order != 0 ? order : strcmp (x->id, y->id);
}
