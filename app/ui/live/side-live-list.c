/* side-live-list.c - rows that tick: operators and waiting callers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list model that is told, up to ten times a second, all its rows as they
 * are now. It finds out what changed: an item that is still there keeps its
 * object and only tells of texts that differ, and items-changed covers just
 * the rows between the first and the last that moved.
 */
#include "side-live-list.h"

#include "side-text.h"

struct _SideLiveItem
{
  GObject     parent_instance;
  char       *id;
  char       *lead;
  char       *title;
  char       *detail;
  char       *word;
  char       *time;
  const char *style;
  const char *icon;
  gint64      since_ms;
  gint64      limit_ms;
  gboolean    over;
};

enum { ITEM_0, ITEM_TITLE, ITEM_DETAIL, ITEM_WORD, ITEM_TIME, N_ITEM_PROPS };

static GParamSpec *item_props[N_ITEM_PROPS];

G_DEFINE_FINAL_TYPE (SideLiveItem, side_live_item, G_TYPE_OBJECT)

static void
side_live_item_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  SideLiveItem *self = SIDE_LIVE_ITEM (object);

  switch (id)
    {
    case ITEM_TITLE:
      g_value_set_string (value, self->title);
      break;
    case ITEM_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case ITEM_WORD:
      g_value_set_string (value, self->word);
      break;
    case ITEM_TIME:
      g_value_set_string (value, self->time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_live_item_finalize (GObject *object)
{
  SideLiveItem *self = SIDE_LIVE_ITEM (object);

  g_free (self->id);
  g_free (self->lead);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->word);
  g_free (self->time);
  G_OBJECT_CLASS (side_live_item_parent_class)->finalize (object);
}

static void
side_live_item_class_init (SideLiveItemClass *klass)
{
  static const char *const names[N_ITEM_PROPS] = { NULL, "title", "detail", "word", "time" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = side_live_item_get_property;
  object_class->finalize = side_live_item_finalize;
  for (guint i = 1; i < N_ITEM_PROPS; i++)
    item_props[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_ITEM_PROPS, item_props);
}

static void
side_live_item_init (SideLiveItem *self)
{
}

static gboolean
take_text (char      **slot,
           const char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    return FALSE;
  g_free (*slot);
  *slot = g_strdup (text);
  return TRUE;
}

static void
item_tick (SideLiveItem *self,
           gint64        now_ms)
{
  gint64 lasted = now_ms - self->since_ms;
  gboolean over = self->limit_ms > 0 && lasted > self->limit_ms;
  g_autofree char *time = side_text_duration (self->since_ms > 0 ? MAX (lasted, 0) : -1);

  if (over == self->over && g_strcmp0 (time, self->time) == 0)
    return;
  self->over = over;
  g_free (self->time);
  self->time = g_steal_pointer (&time);
  g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_TIME]);
}

static void
item_apply (SideLiveItem         *self,
            const SideLiveRecord *record,
            gint64                now_ms)
{
  gboolean title = take_text (&self->lead, record->lead);
  gboolean word = self->style != record->style || self->icon != record->icon;

  self->style = record->style;
  self->icon = record->icon;
  self->since_ms = record->since_ms;
  self->limit_ms = record->limit_ms;
  title = take_text (&self->title, record->title) || title;
  word = take_text (&self->word, record->word) || word;
  if (title)
    g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_TITLE]);
  if (word)
    g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_WORD]);
  if (take_text (&self->detail, record->detail))
    g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_DETAIL]);
  item_tick (self, now_ms);
}

/**
 * side_live_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): what tells it from others
 */
const char *
side_live_item_get_id (SideLiveItem *self)
{
  return self->id;
}

/**
 * side_live_item_get_lead:
 * @self: an item
 *
 * Returns: (transfer none): initials, or the place in the queue
 */
const char *
side_live_item_get_lead (SideLiveItem *self)
{
  return self->lead;
}

/**
 * side_live_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): the name, or the number
 */
const char *
side_live_item_get_title (SideLiveItem *self)
{
  return self->title;
}

/**
 * side_live_item_get_detail:
 * @self: an item
 *
 * Returns: (transfer none): the smaller words
 */
const char *
side_live_item_get_detail (SideLiveItem *self)
{
  return self->detail;
}

/**
 * side_live_item_get_word:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the state's word
 */
const char *
side_live_item_get_word (SideLiveItem *self)
{
  return self->word;
}

/**
 * side_live_item_get_style:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the state's style class
 */
const char *
side_live_item_get_style (SideLiveItem *self)
{
  return self->style;
}

/**
 * side_live_item_get_icon:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the state's icon
 */
const char *
side_live_item_get_icon (SideLiveItem *self)
{
  return self->icon;
}

/**
 * side_live_item_get_time:
 * @self: an item
 *
 * Returns: (transfer none): how long the state lasts, "4:12"
 */
const char *
side_live_item_get_time (SideLiveItem *self)
{
  return self->time;
}

/**
 * side_live_item_is_over:
 * @self: an item
 *
 * Returns: whether that is over its limit
 */
gboolean
side_live_item_is_over (SideLiveItem *self)
{
  return self->over;
}

struct _SideLiveList
{
  GObject     parent_instance;
  GPtrArray  *items;
  GHashTable *by_id;    /* id -> item, neither owned */
};

static GType
list_get_item_type (GListModel *model)
{
  return SIDE_TYPE_LIVE_ITEM;
}

static guint
list_get_n_items (GListModel *model)
{
  return SIDE_LIVE_LIST (model)->items->len;
}

static gpointer
list_get_item (GListModel *model,
               guint       position)
{
  SideLiveList *self = SIDE_LIVE_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SideLiveList, side_live_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
side_live_list_finalize (GObject *object)
{
  SideLiveList *self = SIDE_LIVE_LIST (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->by_id);
  G_OBJECT_CLASS (side_live_list_parent_class)->finalize (object);
}

static void
side_live_list_class_init (SideLiveListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_live_list_finalize;
}

static void
side_live_list_init (SideLiveList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * side_live_list_new:
 *
 * Returns: (transfer full): an empty list of SideLiveItem
 */
SideLiveList *
side_live_list_new (void)
{
  return g_object_new (SIDE_TYPE_LIVE_LIST, NULL);
}

static SideLiveItem *
item_for_record (SideLiveList         *self,
                 const SideLiveRecord *record)
{
  SideLiveItem *item = g_hash_table_lookup (self->by_id, record->id);

  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (SIDE_TYPE_LIVE_ITEM, NULL);
  item->id = g_strdup (record->id);
  return item;
}

/* Tells of the rows between the first and the last that are not the same. */
static void
exchange (SideLiveList *self,
          GPtrArray    *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint head = 0, tail = 0;
  guint shorter = MIN (old->len, items->len);

  self->items = items;
  while (head < shorter && g_ptr_array_index (old, head) == g_ptr_array_index (items, head))
    head++;
  while (tail < shorter - head &&
         g_ptr_array_index (old, old->len - 1 - tail) == g_ptr_array_index (items, items->len - 1 - tail))
    tail++;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    {
      SideLiveItem *item = g_ptr_array_index (items, i);

      g_hash_table_replace (self->by_id, item->id, item);
    }
  if (old->len != items->len || head < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

/**
 * side_live_list_update:
 * @self: a list
 * @records: (array length=n_records): all rows as they are now, in order; no id twice
 * @n_records: how many
 * @now_ms: now, for the seconds
 */
void
side_live_list_update (SideLiveList         *self,
                       const SideLiveRecord *records,
                       gsize                 n_records,
                       gint64                now_ms)
{
  GPtrArray *items;

  g_return_if_fail (SIDE_IS_LIVE_LIST (self));
  items = g_ptr_array_new_full ((guint) n_records, g_object_unref);
  for (gsize i = 0; i < n_records; i++)
    {
      SideLiveItem *item = item_for_record (self, &records[i]);

      item_apply (item, &records[i], now_ms);
      g_ptr_array_add (items, item);
    }
  exchange (self, items);
}
