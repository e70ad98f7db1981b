/* side-import-batch.c - recordings that are imported together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One at a time, so that the disk is read in order and stopping is prompt. A
 * file that cannot be read keeps no other from being imported; a full disk
 * does. The recordings go to a folder beside the store's file, which nothing
 * but the store cleans up.
 */
#include "side-import-batch.h"

#include <glib/gstdio.h>
#include <string.h>

#include "side-error.h"
#include "side-imports.h"

struct _SideImportBatch
{
  GObject           parent_instance;
  SideDesk         *desk;
  GListStore       *items;
  SideNamePattern  *pattern;        /* nullable: names are recognised */
  SideProject      *project;
  SideNameHalf      operator_half;
  SideImportPhase   phase;
  guint             counts[SIDE_IMPORT_N_STATES];
  gboolean          has_pairs;
  guint             at;             /* item being worked on */
  double            fraction;       /* of it */
  GCancellable     *cancellable;
  gboolean          cancelled;      /* while importing */
  GHashTable       *hashes;         /* of those looked at */
  GPtrArray        *imported;       /* ids of calls */
  SideCall         *call;           /* being imported */
  char             *copy;           /* its file */
};

enum { SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideImportBatch, side_import_batch, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void look_at_next (SideImportBatch *self);
static void import_next  (SideImportBatch *self);

static void
tell (SideImportBatch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static SideImportItem *
get_item (SideImportBatch *self,
          guint            position)
{
  g_autoptr (SideImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;   /* the store holds it */
}

static guint
n_items (SideImportBatch *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

static void
settle (SideImportBatch *self,
        SideImportItem  *item,
        SideImportState  state,
        const GError    *error)
{
  self->counts[side_import_item_get_state (item)]--;
  self->counts[state]++;
  side_import_item_set_state (item, state, error);
}

/* ---- looking ---- */

static void
known_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *call = side_store_find_import_finish (SIDE_STORE (source), result, &error);
  SideImportItem *item = get_item (self, self->at);

  if (self->phase != SIDE_IMPORT_PHASE_LOOKING)
    return;
  if (error != NULL)
    settle (self, item, SIDE_IMPORT_FAILED, error);
  else if (call != NULL)
    settle (self, item, SIDE_IMPORT_HERE, NULL);
  else
    settle (self, item, SIDE_IMPORT_READY, NULL);
  self->at++;
  look_at_next (self);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideImportFacts) facts = side_import_look_finish (result, &error);
  SideStore *store = side_desk_get_store (self->desk);
  SideImportItem *item = get_item (self, self->at);
  const char *sha256;

  if (self->phase != SIDE_IMPORT_PHASE_LOOKING || side_error_is_cancelled (error))
    return;
  if (facts == NULL || store == NULL)
    {
      settle (self, item, SIDE_IMPORT_UNREADABLE, error);
      self->at++;
      look_at_next (self);
      return;
    }
  sha256 = facts->sha256;
  side_import_item_set_facts (item, g_steal_pointer (&facts));
  if (!g_hash_table_add (self->hashes, g_strdup (sha256)))
    {
      settle (self, item, SIDE_IMPORT_HERE, NULL);
      self->at++;
      look_at_next (self);
      return;
    }
  side_store_find_import_async (store, sha256, self->cancellable, known_cb, g_object_ref (self));
}

static void
look_at_next (SideImportBatch *self)
{
  g_auto (GStrv) paths = NULL;

  while (self->at < n_items (self) && side_import_item_get_state (get_item (self, self->at)) != SIDE_IMPORT_WAITING)
    self->at++;
  if (self->at >= n_items (self))
    self->phase = SIDE_IMPORT_PHASE_IDLE;
  tell (self);
  if (self->phase == SIDE_IMPORT_PHASE_IDLE)
    return;
  paths = side_import_item_dup_paths (get_item (self, self->at), self->operator_half);
  side_import_look_async ((const char *const *) paths, self->cancellable, looked_cb, g_object_ref (self));
}

/* ---- finding ---- */

/* Where the other half would be: the same name in the same folder. */
static char *
pair_key (const char   *path,
          SideNameHalf *half)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = g_path_get_basename (path);
  g_autofree char *common = NULL;
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  *half = side_recording_name_half (stem, &common);
  return g_build_filename (folder, common, NULL);
}

static void
collect_halves (GPtrArray  *files,
                GHashTable *received,
                GHashTable *sent)
{
  for (guint i = 0; i < files->len; i++)
    {
      SideNameHalf half;
      g_autofree char *key = pair_key (files->pdata[i], &half);

      if (half == SIDE_NAME_HALF_RECEIVED)
        g_hash_table_insert (received, g_steal_pointer (&key), files->pdata[i]);
      else if (half == SIDE_NAME_HALF_SENT)
        g_hash_table_insert (sent, g_steal_pointer (&key), files->pdata[i]);
    }
}

static void
append (SideImportBatch *self,
        const char      *path,
        const char      *received)
{
  g_autoptr (SideImportItem) item = side_import_item_new (path, received);

  if (self->project != NULL)
    side_import_item_read_name (item, self->pattern, self->project->time_zone);
  self->counts[SIDE_IMPORT_WAITING]++;
  self->has_pairs |= received != NULL;
  g_list_store_append (self->items, item);
}

static void
append_found (SideImportBatch *self,
              GPtrArray       *files)
{
  g_autoptr (GHashTable) received = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  collect_halves (files, received, sent);
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = files->pdata[i];
      SideNameHalf half;
      g_autofree char *key = pair_key (path, &half);
      const char *in = g_hash_table_lookup (received, key);
      const char *out = g_hash_table_lookup (sent, key);

      /* Of a pair once, where its sent half stands; two with one ending are no pair. */
      if (half == SIDE_NAME_HALF_NONE || in == NULL || out == NULL || (in != path && out != path))
        append (self, path, NULL);
      else if (out == path)
        append (self, path, in);
    }
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = side_import_find_finish (result, &error);

  if (self->phase != SIDE_IMPORT_PHASE_LOOKING)
    return;
  if (files != NULL && files->len == 0)
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "nothing there is named like a recording");
  else if (files != NULL)
    {
      append_found (self, files);
      look_at_next (self);
      return;
    }
  self->phase = SIDE_IMPORT_PHASE_IDLE;
  tell (self);
  if (!side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/**
 * side_import_batch_add:
 * @self: a batch that does nothing just now
 * @paths: (array zero-terminated=1): files and folders
 *
 * Finds and looks at what is there.
 */
void
side_import_batch_add (SideImportBatch   *self,
                       const char *const *paths)
{
  g_return_if_fail (SIDE_IS_IMPORT_BATCH (self));
  if (self->phase != SIDE_IMPORT_PHASE_IDLE)
    return;
  self->phase = SIDE_IMPORT_PHASE_LOOKING;
  tell (self);
  side_import_find_async (paths, self->cancellable, found_cb, g_object_ref (self));
}

/**
 * side_import_batch_set_names:
 * @self: a batch
 * @pattern: (nullable): what names look like; %NULL to recognise them
 * @project: in whose time zone they were made, and where they go
 *
 * Returns: %FALSE when @pattern is none; then names are recognised
 */
gboolean
side_import_batch_set_names (SideImportBatch *self,
                             const char      *pattern,
                             SideProject     *project)
{
  g_return_val_if_fail (SIDE_IS_IMPORT_BATCH (self), FALSE);
  g_clear_pointer (&self->pattern, side_name_pattern_free);
  self->pattern = pattern != NULL ? side_name_pattern_new (pattern, NULL) : NULL;
  side_project_ref (project);
  g_clear_pointer (&self->project, side_project_unref);
  self->project = project;
  for (guint i = 0; i < n_items (self); i++)
    side_import_item_read_name (get_item (self, i), self->pattern, project->time_zone);
  return pattern == NULL || self->pattern != NULL;
}

/**
 * side_import_batch_set_operator_half:
 * @self: a batch
 * @half: in which half of a pair the operator speaks
 */
void
side_import_batch_set_operator_half (SideImportBatch *self,
                                     SideNameHalf     half)
{
  g_return_if_fail (SIDE_IS_IMPORT_BATCH (self));
  self->operator_half = half;
}

/* ---- importing ---- */

static void
end_import (SideImportBatch *self)
{
  self->phase = SIDE_IMPORT_PHASE_OVER;
  tell (self);
}

static void
end_item (SideImportBatch *self,
          const GError    *error)
{
  SideImportItem *item = get_item (self, self->at);
  gboolean exists = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  gboolean no_room = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FULL)
                     || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY);

  /* The file of one that is there already is that one's. */
  if (error != NULL && !exists && self->copy != NULL)
    g_unlink (self->copy);
  if (error == NULL)
    g_ptr_array_add (self->imported, g_strdup (self->call->id));
  settle (self, item, error == NULL ? SIDE_IMPORT_DONE : exists ? SIDE_IMPORT_HERE : SIDE_IMPORT_FAILED,
          exists ? NULL : error);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->copy, g_free);
  self->at++;
  self->fraction = 0;
  if (no_room)
    end_import (self);
  else
    import_next (self);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;

  side_store_add_import_finish (SIDE_STORE (source), result, &error);
  end_item (self, error);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;
  SideStore *store = side_desk_get_store (self->desk);

  self->copy = side_import_take_finish (result, &error);
  if (side_error_is_cancelled (error))
    {
      g_clear_pointer (&self->call, side_call_unref);
      end_import (self);
      return;
    }
  if (self->copy != NULL && store == NULL)
    g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_FAILED, "the cache is closed");
  if (error != NULL)
    end_item (self, error);
  else
    side_store_add_import_async (store, self->call, self->copy, NULL, added_cb, g_object_ref (self));
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  SideImportBatch *self = data;

  self->fraction = fraction;
  tell (self);
}

static char *
imports_folder (SideStore *store)
{
  g_autofree char *folder = g_path_get_dirname (side_store_get_path (store));

  return g_build_filename (folder, "imports", NULL);
}

static void
import_next (SideImportBatch *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  g_autofree char *folder = NULL;
  g_auto (GStrv) paths = NULL;
  SideImportItem *item;

  while (self->at < n_items (self) && side_import_item_get_state (get_item (self, self->at)) != SIDE_IMPORT_READY)
    self->at++;
  if (self->at >= n_items (self) || self->cancelled || store == NULL)
    {
      end_import (self);
      return;
    }
  tell (self);
  item = get_item (self, self->at);
  self->call = side_import_item_make_call (item, self->project);
  folder = imports_folder (store);
  paths = side_import_item_dup_paths (item, self->operator_half);
  side_import_take_async ((const char *const *) paths, self->call->sha256, folder, progress_cb, self, self->cancellable,
                          taken_cb, g_object_ref (self));
}

/**
 * side_import_batch_start:
 * @self: a batch that does nothing just now, with a project
 *
 * Imports all that is ready.
 */
void
side_import_batch_start (SideImportBatch *self)
{
  g_return_if_fail (SIDE_IS_IMPORT_BATCH (self));
  g_return_if_fail (self->project != NULL);
  if (self->phase != SIDE_IMPORT_PHASE_IDLE)
    return;
  self->phase = SIDE_IMPORT_PHASE_IMPORTING;
  self->at = 0;
  import_next (self);
}

/**
 * side_import_batch_cancel:
 * @self: a batch
 *
 * Nothing more is looked at or imported. What is imported stays.
 */
void
side_import_batch_cancel (SideImportBatch *self)
{
  g_return_if_fail (SIDE_IS_IMPORT_BATCH (self));
  self->cancelled = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->phase == SIDE_IMPORT_PHASE_LOOKING)
    end_import (self);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideImportBatch) self = user_data;
  g_autoptr (GError) error = NULL;

  if (side_store_remove_imports_finish (SIDE_STORE (source), result, &error) < 0)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }
  g_ptr_array_set_size (self->imported, 0);
  for (guint i = 0; i < n_items (self); i++)
    if (side_import_item_get_state (get_item (self, i)) == SIDE_IMPORT_DONE)
      settle (self, get_item (self, i), SIDE_IMPORT_READY, NULL);
  tell (self);
}

/**
 * side_import_batch_undo:
 * @self: a batch that is over
 *
 * Removes what was just imported.
 */
void
side_import_batch_undo (SideImportBatch *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_return_if_fail (SIDE_IS_IMPORT_BATCH (self));
  if (self->phase != SIDE_IMPORT_PHASE_OVER || store == NULL)
    return;
  for (guint i = 0; i < self->imported->len; i++)
    g_ptr_array_add (ids, self->imported->pdata[i]);
  g_ptr_array_add (ids, NULL);
  side_store_remove_imports_async (store, (const char *const *) ids->pdata, NULL, removed_cb, g_object_ref (self));
}

/* ---- what is known ---- */

/**
 * side_import_batch_get_phase:
 * @self: a batch
 *
 * Returns: what it does
 */
SideImportPhase
side_import_batch_get_phase (SideImportBatch *self)
{
  return self->phase;
}

/**
 * side_import_batch_count:
 * @self: a batch
 * @state: what became of a recording
 *
 * Returns: of how many
 */
guint
side_import_batch_count (SideImportBatch *self,
                         SideImportState  state)
{
  return self->counts[state];
}

/**
 * side_import_batch_has_pairs:
 * @self: a batch
 *
 * Returns: whether any recording is in two files
 */
gboolean
side_import_batch_has_pairs (SideImportBatch *self)
{
  return self->has_pairs;
}

/**
 * side_import_batch_get_progress:
 * @self: a batch
 *
 * Returns: how far looking or importing is, 0..1
 */
double
side_import_batch_get_progress (SideImportBatch *self)
{
  guint n = n_items (self);

  return n > 0 ? MIN (1.0, ((double) self->at + self->fraction) / (double) n) : 0;
}

/**
 * side_import_batch_was_cancelled:
 * @self: a batch
 *
 * Returns: whether it was broken off
 */
gboolean
side_import_batch_was_cancelled (SideImportBatch *self)
{
  return self->cancelled;
}

/* ---- the list ---- */

static GType
get_item_type (GListModel *model)
{
  return SIDE_TYPE_IMPORT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return n_items (SIDE_IMPORT_BATCH (model));
}

static gpointer
get_nth (GListModel *model,
         guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (SIDE_IMPORT_BATCH (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_nth;
}

static void
side_import_batch_finalize (GObject *object)
{
  SideImportBatch *self = SIDE_IMPORT_BATCH (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->project, side_project_unref);
  g_clear_pointer (&self->pattern, side_name_pattern_free);
  g_clear_pointer (&self->call, side_call_unref);
  g_free (self->copy);
  g_hash_table_unref (self->hashes);
  g_ptr_array_unref (self->imported);
  G_OBJECT_CLASS (side_import_batch_parent_class)->finalize (object);
}

static void
side_import_batch_class_init (SideImportBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_import_batch_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_IMPORT_BATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", SIDE_TYPE_IMPORT_BATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_import_batch_init (SideImportBatch *self)
{
  self->items = g_list_store_new (SIDE_TYPE_IMPORT_ITEM);
  self->cancellable = g_cancellable_new ();
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->imported = g_ptr_array_new_with_free_func (g_free);
  /* What MixMonitor sends to the caller is what the operator says. */
  self->operator_half = SIDE_NAME_HALF_SENT;
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

/**
 * side_import_batch_new:
 * @desk: where the recordings go
 *
 * Returns: (transfer full): an empty batch
 */
SideImportBatch *
side_import_batch_new (SideDesk *desk)
{
  SideImportBatch *self = g_object_new (SIDE_TYPE_IMPORT_BATCH, NULL);

  self->desk = g_object_ref (desk);
  return self;
}
