/* side-script-shelf.c - the scripts of a project and the drafts of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps scripts and drafts in the order of the list, and writes: a new draft, a
 * version put in use, a script retired. What is done shows at once; what is on
 * the disk follows a moment later.
 */
#include "side-script-shelf.h"

#include "side-wire.h"

struct _SideScriptShelf
{
  SideDocumentShelf  parent_instance;
  GListStore        *items;     /* of SideScriptItem */
  GHashTable        *keepers;   /* of SideDraftKeeper by id of the draft */
};

G_DEFINE_FINAL_TYPE (SideScriptShelf, side_script_shelf, SIDE_TYPE_DOCUMENT_SHELF)

static guint replaced_signal;

static SideDesk *
get_desk (SideScriptShelf *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
}

/* ---- keepers ---- */

static void
keeper_changed_cb (SideScriptShelf *self,
                   SideDraftKeeper *keeper)
{
  const SideScript *script = side_draft_keeper_get_script (keeper);
  SideScriptItem *item = side_script_shelf_find (self, script->id);

  if (item != NULL && side_script_item_get_script (item) != script)
    side_script_item_set (item, (SideScript *) script, side_script_item_get_document (item));
}

static void
keeper_replaced_cb (SideScriptShelf *self,
                    SideDraftKeeper *keeper)
{
  g_signal_emit (self, replaced_signal, 0, side_draft_keeper_get_script (keeper)->id);
}

static void
keeper_failed_cb (SideScriptShelf *self,
                  const GError    *error)
{
  side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    side_document_shelf_reload (SIDE_DOCUMENT_SHELF (self));
}

static SideDraftKeeper *
add_keeper (SideScriptShelf *self,
            SideScript      *draft,
            SideDocument    *stored)
{
  SideDraftKeeper *keeper = side_draft_keeper_new (get_desk (self), draft, stored);

  g_signal_connect_object (keeper, "changed", G_CALLBACK (keeper_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "replaced", G_CALLBACK (keeper_replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "failed", G_CALLBACK (keeper_failed_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->keepers, g_strdup (draft->id), keeper);
  return keeper;
}

/**
 * side_script_shelf_get_keeper:
 * @self: a shelf
 * @draft: a draft on it
 *
 * Returns: (transfer none): what it is edited through
 */
SideDraftKeeper *
side_script_shelf_get_keeper (SideScriptShelf *self,
                              SideScriptItem  *draft)
{
  SideDraftKeeper *keeper;

  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self) && side_script_item_is_draft (draft), NULL);

  keeper = g_hash_table_lookup (self->keepers, side_script_item_get_id (draft));
  if (keeper == NULL)
    keeper = add_keeper (self, (SideScript *) side_script_item_get_script (draft), side_script_item_get_document (draft));
  return keeper;
}

/* ---- reading ---- */

static SideScriptItem *
peek (SideScriptShelf *self,
      guint            position)
{
  g_autoptr (SideScriptItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;   /* the store holds it */
}

static gboolean
same_body (const SideDocument *a,
           const SideDocument *b)
{
  return a != NULL && b != NULL && a->revision == b->revision && g_strcmp0 (a->body, b->body) == 0;
}

/* What is being written here is newer than what was read. */
static gboolean
is_ahead (SideScriptShelf *self,
          const char      *id)
{
  SideDraftKeeper *keeper = g_hash_table_lookup (self->keepers, id);

  return keeper != NULL && (side_draft_keeper_is_busy (keeper) || side_draft_keeper_is_removed (keeper));
}

static void
take_script (SideScriptShelf *self,
             SideDocument    *document,
             GHashTable      *seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) script = side_wire_script_from_json (document->body, -1, &error);
  g_autoptr (SideScriptItem) fresh = NULL;
  SideDraftKeeper *keeper;
  SideScriptItem *item;

  if (script == NULL)
    {
      g_debug ("script %s: %s", document->id, error->message);
      return;
    }
  g_hash_table_add (seen, g_strdup (script->id));
  keeper = g_hash_table_lookup (self->keepers, script->id);
  if (keeper != NULL)
    side_draft_keeper_take (keeper, script, document);
  if (is_ahead (self, script->id))
    return;
  item = side_script_shelf_find (self, script->id);
  if (item == NULL)
    {
      fresh = side_script_item_new (script, document);
      g_list_store_insert_sorted (self->items, fresh, side_script_item_compare, NULL);
    }
  else if (!same_body (side_script_item_get_document (item), document))
    side_script_item_set (item, keeper != NULL ? (SideScript *) side_draft_keeper_get_script (keeper) : script, document);
}

static gboolean
is_sorted (SideScriptShelf *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 1; i < n; i++)
    if (side_script_item_compare (peek (self, i - 1), peek (self, i), NULL) > 0)
      return FALSE;
  return TRUE;
}

static void
side_script_shelf_take (SideDocumentShelf *shelf,
                        GPtrArray         *documents)
{
  SideScriptShelf *self = SIDE_SCRIPT_SHELF (shelf);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < documents->len; i++)
    take_script (self, g_ptr_array_index (documents, i), seen);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      const char *id = side_script_item_get_id (peek (self, i - 1));

      if (!g_hash_table_contains (seen, id) && !is_ahead (self, id))
        {
          g_hash_table_remove (self->keepers, id);
          g_list_store_remove (self->items, i - 1);
        }
    }
  if (!is_sorted (self))
    g_list_store_sort (self->items, side_script_item_compare, NULL);
  side_document_shelf_set_read (shelf);
}

/* What was typed is on its way to the disk before its keeper is let go. */
static void
let_keepers_go (SideScriptShelf *self)
{
  GHashTableIter iter;
  gpointer keeper;

  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    side_draft_keeper_flush (keeper);
  g_hash_table_remove_all (self->keepers);
}

static void
side_script_shelf_forget (SideDocumentShelf *shelf)
{
  let_keepers_go (SIDE_SCRIPT_SHELF (shelf));
  g_list_store_remove_all (SIDE_SCRIPT_SHELF (shelf)->items);
}

/* ---- the object ---- */

static void
side_script_shelf_dispose (GObject *object)
{
  SideScriptShelf *self = SIDE_SCRIPT_SHELF (object);
  GHashTableIter iter;
  gpointer keeper;

  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    g_signal_handlers_disconnect_by_data (keeper, self);
  let_keepers_go (self);
  G_OBJECT_CLASS (side_script_shelf_parent_class)->dispose (object);
}

static void
side_script_shelf_finalize (GObject *object)
{
  SideScriptShelf *self = SIDE_SCRIPT_SHELF (object);

  g_clear_object (&self->items);
  g_hash_table_unref (self->keepers);
  G_OBJECT_CLASS (side_script_shelf_parent_class)->finalize (object);
}

static void
side_script_shelf_class_init (SideScriptShelfClass *klass)
{
  static const char *const kinds[] = { "script", "draft", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_script_shelf_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_script_shelf_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_script_shelf_forget;
  shelf_class->take = side_script_shelf_take;
  replaced_signal = g_signal_new ("replaced", SIDE_TYPE_SCRIPT_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_script_shelf_init (SideScriptShelf *self)
{
  self->items = g_list_store_new (SIDE_TYPE_SCRIPT_ITEM);
  self->keepers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * side_script_shelf_new:
 * @desk: a desk
 *
 * Returns: (transfer full): the scripts of its project, once they are read
 */
SideScriptShelf *
side_script_shelf_new (SideDesk *desk)
{
  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  return g_object_new (SIDE_TYPE_SCRIPT_SHELF, "desk", desk, NULL);
}

/**
 * side_script_shelf_get_items:
 * @self: a shelf
 *
 * Returns: (transfer none): its #SideScriptItem in the order of the list
 */
GListModel *
side_script_shelf_get_items (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);
  return G_LIST_MODEL (self->items);
}

/**
 * side_script_shelf_is_loaded:
 * @self: a shelf
 *
 * Returns: whether the store was read, or cannot be
 */
gboolean
side_script_shelf_is_loaded (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), FALSE);
  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self))
         || !side_document_shelf_is_reading (SIDE_DOCUMENT_SHELF (self));
}

/**
 * side_script_shelf_find:
 * @self: a shelf
 * @id: (nullable): UUID of a script or a draft
 *
 * Returns: (transfer none) (nullable): its item
 */
SideScriptItem *
side_script_shelf_find (SideScriptShelf *self,
                        const char      *id)
{
  guint n;

  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (side_script_item_get_id (peek (self, i)), id) == 0)
      return peek (self, i);
  return NULL;
}

/**
 * side_script_shelf_find_draft_of:
 * @self: a shelf
 * @script: UUID of a script
 *
 * Returns: (transfer none) (nullable): the draft of its next version
 */
SideScriptItem *
side_script_shelf_find_draft_of (SideScriptShelf *self,
                                 const char      *script)
{
  guint n;

  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    if (side_script_item_is_draft (peek (self, i))
        && g_strcmp0 (side_script_item_get_script (peek (self, i))->script, script) == 0)
      return peek (self, i);
  return NULL;
}

/**
 * side_script_shelf_may_edit:
 * @self: a shelf
 *
 * Returns: whether scripts are this person's to write: supervisors and trainers
 */
gboolean
side_script_shelf_may_edit (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), FALSE);

  return side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self)) && side_desk_get_store (get_desk (self)) != NULL;
}

/* ---- writing ---- */

/**
 * side_script_shelf_add_draft:
 * @self: a shelf
 * @draft: a new draft
 *
 * Returns: (transfer none): its item; it is being written
 */
SideScriptItem *
side_script_shelf_add_draft (SideScriptShelf *self,
                             SideScript      *draft)
{
  g_autoptr (SideScriptItem) item = NULL;

  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);
  g_return_val_if_fail (draft->state == SIDE_SCRIPT_DRAFT && side_script_shelf_may_edit (self), NULL);

  item = side_script_item_new (draft, NULL);
  add_keeper (self, draft, NULL);
  g_list_store_insert_sorted (self->items, item, side_script_item_compare, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
  return item;   /* the store holds it */
}

static void
take_away (SideScriptShelf *self,
           const char      *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (side_script_item_get_id (peek (self, i)), id))
      {
        g_list_store_remove (self->items, i);
        break;
      }
}

/**
 * side_script_shelf_discard:
 * @self: a shelf
 * @draft: a draft on it, which goes; its keeper can bring it back
 */
void
side_script_shelf_discard (SideScriptShelf *self,
                           SideScriptItem  *draft)
{
  g_autoptr (SideScriptItem) item = g_object_ref (draft);

  g_return_if_fail (SIDE_IS_SCRIPT_SHELF (self));

  side_draft_keeper_set_removed (side_script_shelf_get_keeper (self, item), TRUE);
  take_away (self, side_script_item_get_id (item));
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}

/**
 * side_script_shelf_restore:
 * @self: a shelf
 * @keeper: of a draft that was discarded
 */
void
side_script_shelf_restore (SideScriptShelf *self,
                           SideDraftKeeper *keeper)
{
  g_autoptr (SideScriptItem) item = NULL;
  SideScript *draft;

  g_return_if_fail (SIDE_IS_SCRIPT_SHELF (self) && SIDE_IS_DRAFT_KEEPER (keeper));

  draft = (SideScript *) side_draft_keeper_get_script (keeper);
  if (!side_draft_keeper_is_removed (keeper) || g_hash_table_lookup (self->keepers, draft->id) != keeper)
    return;
  side_draft_keeper_set_removed (keeper, FALSE);
  item = side_script_item_new (draft, NULL);
  g_list_store_insert_sorted (self->items, item, side_script_item_compare, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}

typedef struct {
  SideScriptShelf *self;
  SideShelfErrand *errand;
  SideScriptItem  *script;
  char            *draft;
} Publishing;

/* The script stands there before its draft goes: whoever looked at the draft looks at it next. */
static void
replace_draft (SideScriptShelf *self,
               SideScriptItem  *script,
               const char      *draft)
{
  SideScriptItem *item = side_script_shelf_find (self, draft);

  if (item == NULL)
    return;
  if (side_script_shelf_find (self, side_script_item_get_id (script)) == NULL)
    g_list_store_insert_sorted (self->items, script, side_script_item_compare, NULL);
  side_script_shelf_discard (self, item);
}

static void
published_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Publishing *publishing = data;
  g_autoptr (SideScriptShelf) self = publishing->self;
  g_autoptr (SideScriptShelf) current = side_document_shelf_end (publishing->errand);
  g_autoptr (SideScriptItem) script = publishing->script;
  g_autofree char *draft = publishing->draft;
  g_autoptr (GError) error = NULL;

  g_free (publishing);
  /* The draft stays until the version is on the disk. */
  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  else if (current != NULL && draft != NULL)
    replace_draft (self, script, draft);
  side_document_shelf_reload (SIDE_DOCUMENT_SHELF (self));
}

static void
put_script (SideScriptShelf *self,
            SideScript      *script,
            const char      *draft)
{
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);
  g_autoptr (SideDocument) none = side_document_new (document->kind, document->id, document->project);
  SideScriptItem *item = side_script_shelf_find (self, script->id);
  SideDocument *base = item != NULL ? side_script_item_get_document (item) : NULL;
  Publishing *publishing = g_new0 (Publishing, 1);

  document->changed_ms = side_desk_get_write_ms (get_desk (self));
  none->deleted = TRUE;
  publishing->self = g_object_ref (self);
  publishing->errand = side_document_shelf_begin (SIDE_DOCUMENT_SHELF (self), TRUE);
  publishing->script = side_script_item_new (script, document);
  publishing->draft = g_strdup (draft);
  side_desk_put_document_async (get_desk (self), document, base != NULL ? base : none, NULL, published_cb, publishing);
}

/**
 * side_script_shelf_publish:
 * @self: a shelf
 * @draft: a draft on it, which becomes the version in use
 * @note: (nullable): what it changes, and why
 */
void
side_script_shelf_publish (SideScriptShelf *self,
                           SideScriptItem  *draft,
                           const char      *note)
{
  g_autoptr (SideScript) copy = NULL;
  g_autoptr (SideScript) script = NULL;
  SideScriptItem *before;

  g_return_if_fail (SIDE_IS_SCRIPT_SHELF (self) && side_script_item_is_draft (draft));
  g_return_if_fail (side_script_shelf_may_edit (self));

  copy = side_script_copy (side_draft_keeper_get_script (side_script_shelf_get_keeper (self, draft)));
  before = copy->script != NULL ? side_script_shelf_find (self, copy->script) : NULL;
  /* Another version may have been put in use since the draft was begun. */
  if (before != NULL)
    copy->version = MAX (copy->version, side_script_item_get_script (before)->version + 1);
  script = side_script_publish (copy, side_desk_get_user (get_desk (self)), note, side_desk_get_write_ms (get_desk (self)));
  put_script (self, script, copy->id);
}

/**
 * side_script_shelf_set_retired:
 * @self: a shelf
 * @script: a script on it, no draft
 * @retired: whether it is to be for no new reviews
 */
void
side_script_shelf_set_retired (SideScriptShelf *self,
                               SideScriptItem  *script,
                               gboolean         retired)
{
  g_autoptr (SideScript) changed = NULL;

  g_return_if_fail (SIDE_IS_SCRIPT_SHELF (self) && !side_script_item_is_draft (script));
  g_return_if_fail (side_script_shelf_may_edit (self));

  changed = side_script_retire (side_script_item_get_script (script), side_desk_get_write_ms (get_desk (self)));
  if (!retired)
    changed->state = SIDE_SCRIPT_IN_USE;
  put_script (self, changed, NULL);
}
