/* side-script-shelf.c - the scripts of a project and the drafts of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the documents of kinds "script" and "draft", keeps them in the order of
 * the list, and writes: a new draft, a version put in use, a script retired.
 * What is done shows at once; what is on the disk follows a moment later.
 */
#include "side-script-shelf.h"

#include "side-wire.h"

struct _SideScriptShelf
{
  GObject       parent_instance;
  SideDesk     *desk;        /* weak: it may own the window we are in */
  SideStore    *store;       /* weak: whose changes we hear of */
  GListStore   *items;       /* of SideScriptItem */
  GHashTable   *keepers;     /* of SideDraftKeeper by id of the draft */
  GCancellable *cancellable;
  GPtrArray    *scripts;     /* (nullable): read, while the drafts are */
  GError       *error;
  guint         n_publishing;
  gboolean      reading;
  gboolean      stale;       /* something changed while it was read */
  gboolean      loaded;
};

G_DEFINE_FINAL_TYPE (SideScriptShelf, side_script_shelf, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_LOADED, SIGNAL_FAILED, SIGNAL_REPLACED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (SideScriptShelf *self);

static void
side_script_shelf_dispose (GObject *object)
{
  SideScriptShelf *self = SIDE_SCRIPT_SHELF (object);
  GHashTableIter iter;
  gpointer keeper;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    {
      g_signal_handlers_disconnect_by_data (keeper, self);
      side_draft_keeper_flush (keeper);
    }
  g_hash_table_remove_all (self->keepers);
  G_OBJECT_CLASS (side_script_shelf_parent_class)->dispose (object);
}

static void
side_script_shelf_finalize (GObject *object)
{
  SideScriptShelf *self = SIDE_SCRIPT_SHELF (object);

  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->store);
  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_hash_table_unref (self->keepers);
  G_OBJECT_CLASS (side_script_shelf_parent_class)->finalize (object);
}

static void
side_script_shelf_class_init (SideScriptShelfClass *klass)
{
  GType type = SIDE_TYPE_SCRIPT_SHELF;

  G_OBJECT_CLASS (klass)->dispose = side_script_shelf_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_script_shelf_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_ERROR);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_STRING);
}

static void
side_script_shelf_init (SideScriptShelf *self)
{
  self->items = g_list_store_new (SIDE_TYPE_SCRIPT_ITEM);
  self->keepers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
fail (SideScriptShelf *self,
      const GError    *error)
{
  if (!side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
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
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0, side_draft_keeper_get_script (keeper)->id);
}

static void
keeper_failed_cb (SideScriptShelf *self,
                  const GError    *error)
{
  fail (self, error);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    load (self);
}

static SideDraftKeeper *
add_keeper (SideScriptShelf *self,
            SideScript      *draft,
            SideDocument    *stored)
{
  SideDraftKeeper *keeper = side_draft_keeper_new (self->desk, draft, stored);

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
take_all (SideScriptShelf *self,
          GPtrArray       *scripts,
          GPtrArray       *drafts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < scripts->len; i++)
    take_script (self, g_ptr_array_index (scripts, i), seen);
  for (guint i = 0; i < drafts->len; i++)
    take_script (self, g_ptr_array_index (drafts, i), seen);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      const char *id = side_script_item_get_id (peek (self, i - 1));

      if (!g_hash_table_contains (seen, id) && !is_ahead (self, id) && self->n_publishing == 0)
        {
          g_hash_table_remove (self->keepers, id);
          g_list_store_remove (self->items, i - 1);
        }
    }
  if (!is_sorted (self))
    g_list_store_sort (self->items, side_script_item_compare, NULL);
}

static void
read_again (SideScriptShelf *self)
{
  gboolean first = !self->loaded;

  self->reading = FALSE;
  self->loaded = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (first)
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  if (self->stale)
    load (self);
}

static GPtrArray *
take_list (SideScriptShelf *self,
           GObject         *source,
           GAsyncResult    *result,
           gboolean        *cancelled)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  *cancelled = side_error_is_cancelled (error);
  if (list == NULL && !*cancelled)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
      fail (self, error);
      read_again (self);
    }
  return list;
}

static void
drafts_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideScriptShelf) self = data;
  gboolean cancelled;
  g_autoptr (GPtrArray) drafts = take_list (self, source, result, &cancelled);
  g_autoptr (GPtrArray) scripts = NULL;

  if (drafts == NULL)
    return;
  scripts = g_steal_pointer (&self->scripts);
  g_clear_error (&self->error);
  if (scripts != NULL)
    take_all (self, scripts, drafts);
  read_again (self);
}

static void
scripts_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideScriptShelf) self = data;
  gboolean cancelled;
  g_autoptr (GPtrArray) scripts = take_list (self, source, result, &cancelled);

  if (scripts == NULL || self->desk == NULL)
    return;
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  self->scripts = g_steal_pointer (&scripts);
  side_store_list_documents_async (SIDE_STORE (source), "draft", side_desk_get_project_id (self->desk), NULL,
                                   self->cancellable, drafts_cb, g_object_ref (self));
}

static void
documents_changed_cb (SideScriptShelf *self,
                      const char      *kind,
                      const char      *id,
                      const char      *call)
{
  if (g_str_equal (kind, "script") || g_str_equal (kind, "draft"))
    load (self);
}

static void
load (SideScriptShelf *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;
  const char *project = self->desk != NULL ? side_desk_get_project_id (self->desk) : NULL;

  if (store == NULL || project == NULL)
    {
      const GError *why = self->desk != NULL ? side_desk_get_store_error (self->desk) : NULL;

      g_clear_error (&self->error);
      self->error = why != NULL ? g_error_copy (why) : NULL;
      read_again (self);
      return;
    }
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  if (store != self->store)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->store, store);
  side_store_list_documents_async (store, "script", project, NULL, self->cancellable, scripts_cb, g_object_ref (self));
}

static void
project_cb (SideScriptShelf *self)
{
  GHashTableIter iter;
  gpointer keeper;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    side_draft_keeper_flush (keeper);
  g_hash_table_remove_all (self->keepers);
  g_list_store_remove_all (self->items);
  self->loaded = FALSE;
  self->reading = FALSE;
  self->stale = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  load (self);
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
  SideScriptShelf *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_SCRIPT_SHELF, NULL);
  g_set_weak_pointer (&self->desk, desk);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  project_cb (self);
  return self;
}

/**
 * side_script_shelf_get_desk:
 * @self: a shelf
 *
 * Returns: (transfer none) (nullable): its desk
 */
SideDesk *
side_script_shelf_get_desk (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);
  return self->desk;
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
 * Returns: whether the store was read
 */
gboolean
side_script_shelf_is_loaded (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), FALSE);
  return self->loaded;
}

/**
 * side_script_shelf_get_error:
 * @self: a shelf
 *
 * Returns: (transfer none) (nullable): why the store could not be read
 */
const GError *
side_script_shelf_get_error (SideScriptShelf *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), NULL);
  return self->error;
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
  SideSession *session;
  SideRole role;

  g_return_val_if_fail (SIDE_IS_SCRIPT_SHELF (self), FALSE);

  session = self->desk != NULL ? side_desk_get_session (self->desk) : NULL;
  role = self->desk != NULL ? side_desk_get_role (self->desk) : SIDE_ROLE_NONE;
  return session != NULL && side_session_can (session, "documents") && side_desk_get_store (self->desk) != NULL
         && (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER);
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
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

typedef struct {
  SideScriptShelf *self;
  char            *draft;
} Publishing;

static void
published_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Publishing *publishing = data;
  g_autoptr (SideScriptShelf) self = publishing->self;
  g_autofree char *draft = publishing->draft;
  g_autoptr (GError) error = NULL;
  SideScriptItem *item;

  g_free (publishing);
  self->n_publishing--;
  /* The draft stays until the version is on the disk. */
  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    fail (self, error);
  else if (draft != NULL && (item = side_script_shelf_find (self, draft)) != NULL)
    side_script_shelf_discard (self, item);
  load (self);
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

  document->changed_ms = side_desk_get_write_ms (self->desk);
  none->deleted = TRUE;
  publishing->self = g_object_ref (self);
  publishing->draft = g_strdup (draft);
  self->n_publishing++;
  side_desk_put_document_async (self->desk, document, base != NULL ? base : none, NULL, published_cb, publishing);
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
  script = side_script_publish (copy, side_desk_get_user (self->desk), note, side_desk_get_write_ms (self->desk));
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

  changed = side_script_retire (side_script_item_get_script (script), side_desk_get_write_ms (self->desk));
  if (!retired)
    changed->state = SIDE_SCRIPT_IN_USE;
  put_script (self, changed, NULL);
}
