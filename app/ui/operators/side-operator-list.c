/* side-operator-list.c - the operators of a project
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks the store for names and counts, and the board, once a second, for what
 * each does. Those who are there already keep their items, so that a
 * selection outlives a reload.
 */
#include "side-operator-list.h"

#include "side-store-facts.h"

struct _SideOperatorList
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  GListStore   *items;
  char         *project;      /* whose operators are in @items */
  gint64        from_ms;
  gboolean      loading;
  GError       *error;
};

G_DEFINE_FINAL_TYPE (SideOperatorList, side_operator_list, G_TYPE_OBJECT)

static guint loaded_signal;

static void
side_operator_list_dispose (GObject *object)
{
  SideOperatorList *self = SIDE_OPERATOR_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_operator_list_parent_class)->dispose (object);
}

static void
side_operator_list_finalize (GObject *object)
{
  SideOperatorList *self = SIDE_OPERATOR_LIST (object);

  g_clear_object (&self->items);
  g_clear_error (&self->error);
  g_free (self->project);
  G_OBJECT_CLASS (side_operator_list_parent_class)->finalize (object);
}

static void
side_operator_list_class_init (SideOperatorListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_operator_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_operator_list_finalize;
  loaded_signal = g_signal_new ("loaded", SIDE_TYPE_OPERATOR_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_operator_list_init (SideOperatorList *self)
{
  self->items = g_list_store_new (SIDE_TYPE_OPERATOR_ITEM);
}

static SideOperatorItem *
find_item (SideOperatorList *self,
           const char       *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (SideOperatorItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (side_operator_item_get_id (item), id) == 0)
        return item;   /* the list keeps it */
    }
  return NULL;
}

static SideOperatorItem *
need_item (SideOperatorList *self,
           const char       *id,
           const char       *name)
{
  SideOperatorItem *item = find_item (self, id);
  g_autoptr (SideOperatorItem) made = NULL;

  if (item != NULL)
    {
      side_operator_item_set_name (item, name);
      return item;
    }
  made = side_operator_item_new (id);
  side_operator_item_set_name (made, name);
  g_list_store_append (self->items, made);
  return made;
}

/* Clients are told an alias in place of the name; the server sees to it. */
static const char *
name_of (const SideOperator *op)
{
  return op->name != NULL ? op->name : op->alias != NULL ? op->alias : op->id;
}

static void
look_at_board (SideOperatorList *self)
{
  SideBoardProject *project = self->desk != NULL ? side_desk_get_board_project (self->desk) : NULL;
  gboolean stale = project == NULL || side_desk_is_stale (self->desk);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (self->project == NULL)
    return;
  for (guint i = 0; stale && i < n; i++)
    {
      g_autoptr (SideOperatorItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      side_operator_item_set_now (item, NULL);
    }
  for (guint i = 0; project != NULL && g_strcmp0 (project->id, self->project) == 0 && i < project->operators->len; i++)
    {
      const SideOperator *op = project->operators->pdata[i];
      SideOperatorItem *item = need_item (self, op->id, name_of (op));

      side_operator_item_set_now (item, stale ? NULL : op);
    }
}

static void
finish (SideOperatorList *self,
        GError           *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->loading = FALSE;
  look_at_board (self);
  g_signal_emit (self, loaded_signal, 0);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideOperatorList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) counts = side_store_count_reviews_finish (SIDE_STORE (source), result, &error);
  guint n;

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; counts != NULL && i < n; i++)
    {
      g_autoptr (SideOperatorItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      side_operator_item_set_reviews (item, g_hash_table_lookup (counts, side_operator_item_get_id (item)), !side_desk_is_incomplete (self->desk));
    }
  finish (self, g_steal_pointer (&error));
}

static void
grouped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideOperatorList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = side_store_group_calls_finish (SIDE_STORE (source), result, &error);
  const char *project;

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  if (groups == NULL)
    {
      finish (self, g_steal_pointer (&error));
      return;
    }
  project = side_desk_get_project_id (self->desk);
  if (g_strcmp0 (project, self->project) != 0)
    g_list_store_remove_all (self->items);
  g_free (self->project);
  self->project = g_strdup (project);
  for (guint i = 0; i < groups->len; i++)
    {
      const SideCallGroup *group = groups->pdata[i];

      if (*group->id != '\0')
        need_item (self, group->id, group->name);
    }
  side_store_count_reviews_async (SIDE_STORE (source), project, self->from_ms, 0, self->cancellable, counted_cb,
                                  g_object_ref (self));
}

/**
 * side_operator_list_new:
 * @desk: whose project
 *
 * Returns: (transfer full): an empty list
 */
SideOperatorList *
side_operator_list_new (SideDesk *desk)
{
  SideOperatorList *self = g_object_new (SIDE_TYPE_OPERATOR_LIST, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "tick", G_CALLBACK (look_at_board), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * side_operator_list_load:
 * @self: a list
 * @from_ms: reviews of calls that came at or after are counted; 0 for all
 *
 * Reads anew; what is in the list stays until then, unless the project is
 * another one.
 */
void
side_operator_list_load (SideOperatorList *self,
                         gint64            from_ms)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  SideStore *store;

  g_return_if_fail (SIDE_IS_OPERATOR_LIST (self));
  store = side_desk_get_store (self->desk);
  query->project = g_strdup (side_desk_get_project_id (self->desk));
  self->from_ms = from_ms;
  if (store == NULL || query->project == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  side_store_group_calls_async (store, query, SIDE_CALL_GROUP_OPERATOR, self->cancellable, grouped_cb, g_object_ref (self));
}

/**
 * side_operator_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none): of SideOperatorItem, in no order
 */
GListModel *
side_operator_list_get_model (SideOperatorList *self)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_LIST (self), NULL);
  return G_LIST_MODEL (self->items);
}

gboolean
side_operator_list_get_loading (SideOperatorList *self)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_LIST (self), FALSE);
  return self->loading;
}

/**
 * side_operator_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why nothing could be read
 */
const GError *
side_operator_list_get_error (SideOperatorList *self)
{
  g_return_val_if_fail (SIDE_IS_OPERATOR_LIST (self), NULL);
  return self->error;
}
