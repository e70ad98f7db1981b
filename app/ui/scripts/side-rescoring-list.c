/* side-rescoring-list.c - rescored reviews as a list that rows are made for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a hundred thousand reviews only those in sight are objects.
 */
#include "side-rescoring-list.h"

struct _SideRescoredItem
{
  GObject        parent_instance;
  SideRescoring *rescoring;
  guint          position;
};

struct _SideRescoringList
{
  GObject        parent_instance;
  SideRescoring *rescoring;
};

static void side_rescoring_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (SideRescoredItem, side_rescored_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (SideRescoringList, side_rescoring_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, side_rescoring_list_model_init))

static void
side_rescored_item_finalize (GObject *object)
{
  side_rescoring_unref (SIDE_RESCORED_ITEM (object)->rescoring);
  G_OBJECT_CLASS (side_rescored_item_parent_class)->finalize (object);
}

static void
side_rescored_item_class_init (SideRescoredItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_rescored_item_finalize;
}

static void
side_rescored_item_init (SideRescoredItem *self)
{
}

static void
side_rescoring_list_finalize (GObject *object)
{
  side_rescoring_unref (SIDE_RESCORING_LIST (object)->rescoring);
  G_OBJECT_CLASS (side_rescoring_list_parent_class)->finalize (object);
}

static void
side_rescoring_list_class_init (SideRescoringListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_rescoring_list_finalize;
}

static void
side_rescoring_list_init (SideRescoringList *self)
{
}

static GType
get_item_type (GListModel *model)
{
  return SIDE_TYPE_RESCORED_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SIDE_RESCORING_LIST (model)->rescoring->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SideRescoringList *self = SIDE_RESCORING_LIST (model);
  SideRescoredItem *item;

  if (position >= self->rescoring->rows->len)
    return NULL;
  item = g_object_new (SIDE_TYPE_RESCORED_ITEM, NULL);
  item->rescoring = side_rescoring_ref (self->rescoring);
  item->position = position;
  return item;
}

static void
side_rescoring_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/**
 * side_rescoring_list_new:
 * @rescoring: reviews that are added to no more
 *
 * Returns: (transfer full): a list of #SideRescoredItem
 */
GListModel *
side_rescoring_list_new (SideRescoring *rescoring)
{
  SideRescoringList *self = g_object_new (SIDE_TYPE_RESCORING_LIST, NULL);

  self->rescoring = side_rescoring_ref (rescoring);
  return G_LIST_MODEL (self);
}

/**
 * side_rescored_item_get_row:
 * @self: an item of the list
 *
 * Returns: (transfer none): the review
 */
const SideRescored *
side_rescored_item_get_row (SideRescoredItem *self)
{
  g_return_val_if_fail (SIDE_IS_RESCORED_ITEM (self), NULL);
  return g_ptr_array_index (self->rescoring->rows, self->position);
}
