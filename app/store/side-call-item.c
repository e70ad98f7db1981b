/* side-call-item.c - one row of a list of calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An item stands for a call that may not have been fetched yet. The list
 * finds it again by its row number for as long as anybody holds it.
 */
#include "side-call-item.h"

#include <math.h>

struct _SideCallItem
{
  GObject     parent_instance;
  guint32     row;
  SideCall   *call;
  int         figure;    /* which of the sound the list is about, or -1 */
  double      value;     /* NaN: not known */
  GHashTable *items;
  gboolean    queued;    /* waits to be fetched */
  gboolean    kept;      /* the list holds a reference */
};

G_DEFINE_FINAL_TYPE (SideCallItem, side_call_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_CALL, N_PROPS };

static GParamSpec *props[N_PROPS];

static void
side_call_item_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CALL:
      g_value_set_boxed (value, SIDE_CALL_ITEM (object)->call);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_call_item_finalize (GObject *object)
{
  SideCallItem *self = SIDE_CALL_ITEM (object);

  if (g_hash_table_lookup (self->items, GUINT_TO_POINTER (self->row)) == self)
    g_hash_table_remove (self->items, GUINT_TO_POINTER (self->row));
  g_hash_table_unref (self->items);
  g_clear_pointer (&self->call, side_call_unref);
  G_OBJECT_CLASS (side_call_item_parent_class)->finalize (object);
}

static void
side_call_item_class_init (SideCallItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = side_call_item_finalize;
  object_class->get_property = side_call_item_get_property;
  props[PROP_CALL] = g_param_spec_boxed ("call", NULL, NULL, SIDE_TYPE_CALL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_call_item_init (SideCallItem *self)
{
}

SideCallItem *
side_call_item_new (guint32     row,
                    GHashTable *items)
{
  SideCallItem *self = g_object_new (SIDE_TYPE_CALL_ITEM, NULL);

  self->row = row;
  self->figure = -1;
  self->items = g_hash_table_ref (items);
  g_hash_table_insert (items, GUINT_TO_POINTER (row), self);
  return self;
}

guint32
side_call_item_get_row (SideCallItem *self)
{
  return self->row;
}

/* The call of a row may change; it never becomes another call. */
void
side_call_item_set_call (SideCallItem *self,
                         SideCall     *call)
{
  if (self->call != NULL && self->call->score == call->score && side_call_equal (self->call, call))
    return;
  g_clear_pointer (&self->call, side_call_unref);
  self->call = side_call_ref (call);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CALL]);
}

/* @figure: -1 when the list is about none. */
void
side_call_item_set_figure (SideCallItem *self,
                           int           figure,
                           double        value)
{
  if (self->figure == figure && (figure < 0 || self->value == value || (isnan (self->value) && isnan (value))))
    return;
  self->figure = figure;
  self->value = value;
  if (self->call != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CALL]);
}

gboolean
side_call_item_is_queued (SideCallItem *self)
{
  return self->queued;
}

void
side_call_item_set_queued (SideCallItem *self,
                           gboolean      queued)
{
  self->queued = queued;
}

gboolean
side_call_item_is_kept (SideCallItem *self)
{
  return self->kept;
}

void
side_call_item_set_kept (SideCallItem *self,
                         gboolean      kept)
{
  self->kept = kept;
}

/**
 * side_call_item_get_call:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its call; %NULL until it is fetched
 */
SideCall *
side_call_item_get_call (SideCallItem *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_ITEM (self), NULL);
  return self->call;
}

/**
 * side_call_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its call's id; %NULL until it is fetched
 */
const char *
side_call_item_get_id (SideCallItem *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_ITEM (self), NULL);
  return self->call != NULL ? self->call->id : NULL;
}

/**
 * side_call_item_get_figure:
 * @self: an item
 * @figure: (out): the figure of the sound that its list is sorted or narrowed by
 * @value: (out): it, of this call, in its own unit; NaN when it is not known
 *
 * Returns: whether the list is about one
 */
gboolean
side_call_item_get_figure (SideCallItem    *self,
                           SideSoundFigure *figure,
                           double          *value)
{
  g_return_val_if_fail (SIDE_IS_CALL_ITEM (self), FALSE);
  if (self->figure < 0)
    return FALSE;
  *figure = (SideSoundFigure) self->figure;
  *value = self->value;
  return TRUE;
}
