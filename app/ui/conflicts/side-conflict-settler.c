/* side-conflict-settler.c - conflicts that need nobody's decision
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where two people changed different things of a document both are kept, and
 * where the server's version stands anyhow it is taken; the person is told in
 * a sentence. One after the other, as the store hears of them.
 */
#include "side-conflict-settler.h"

#include <glib/gi18n.h>

#include "side-conflict-choice.h"
#include "side-conflict-words.h"

struct _SideConflictSettler
{
  GObject       parent_instance;
  SideDesk     *desk;
  SideStore    *store;         /* whose changes are heard */
  GCancellable *cancellable;
  char         *sentence;      /* about what is being settled */
  gboolean      busy;
  gboolean      again;         /* something changed meanwhile */
};

enum { SIGNAL_SETTLED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideConflictSettler, side_conflict_settler, G_TYPE_OBJECT)

static void look (SideConflictSettler *self);

static void
rest (SideConflictSettler *self)
{
  self->busy = FALSE;
  if (self->again)
    look (self);
}

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideConflictSettler) self = user_data;
  g_autofree char *sentence = g_steal_pointer (&self->sentence);

  /* What could not be settled now waits for the next change, or for the person. */
  if (side_store_resolve_conflict_finish (SIDE_STORE (source), result, NULL) && self->desk != NULL)
    {
      self->again = TRUE;
      g_signal_emit (self, signals[SIGNAL_SETTLED], 0, sentence);
      side_desk_sync_now (self->desk);
    }
  if (self->desk != NULL)
    rest (self);
}

static void
settle (SideConflictSettler *self,
        SideStore           *store,
        const SideConflict  *conflict)
{
  g_autoptr (GPtrArray) fields = side_conflict_choice_list (conflict);
  g_autofree char *merged = side_conflict_choice_merge (conflict, fields);
  const char *said = side_conflict_choice_say (conflict);

  /* Translators: %s: what kind of document it is, like "Plan of reviews" */
  self->sentence = said != NULL ? g_strdup (said)
                                : g_strdup_printf (_("%s: others changed it too; your changes and theirs are kept."),
                                                   side_conflict_title_of (conflict->mine));
  side_store_resolve_conflict_async (store, conflict->mine->kind, conflict->mine->id, conflict->theirs->revision,
                                     merged != NULL ? SIDE_RESOLVE_MERGED : SIDE_RESOLVE_TAKE_THEIRS, merged, NULL, resolved_cb,
                                     g_object_ref (self));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideConflictSettler) self = user_data;
  g_autoptr (GPtrArray) conflicts = side_store_list_conflicts_finish (SIDE_STORE (source), result, NULL);

  if (self->desk == NULL)
    return;
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    if (side_conflict_choice_needs_nobody (g_ptr_array_index (conflicts, i)))
      {
        settle (self, SIDE_STORE (source), g_ptr_array_index (conflicts, i));
        return;
      }
  rest (self);
}

static void
look (SideConflictSettler *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  self->again = self->busy;
  if (self->busy || store == NULL || side_store_get_conflicts (store) == 0 || side_store_is_read_only (store))
    return;
  if (g_set_object (&self->store, store))
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  self->busy = TRUE;
  side_store_list_conflicts_async (store, self->cancellable, listed_cb, g_object_ref (self));
}

static void
side_conflict_settler_dispose (GObject *object)
{
  SideConflictSettler *self = SIDE_CONFLICT_SETTLER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_conflict_settler_parent_class)->dispose (object);
}

static void
side_conflict_settler_finalize (GObject *object)
{
  SideConflictSettler *self = SIDE_CONFLICT_SETTLER (object);

  g_object_unref (self->cancellable);
  g_free (self->sentence);
  G_OBJECT_CLASS (side_conflict_settler_parent_class)->finalize (object);
}

static void
side_conflict_settler_class_init (SideConflictSettlerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = side_conflict_settler_dispose;
  object_class->finalize = side_conflict_settler_finalize;

  /**
   * SideConflictSettler::settled:
   * @self: the settler
   * @sentence: what was done, for the person
   */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", SIDE_TYPE_CONFLICT_SETTLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_conflict_settler_init (SideConflictSettler *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * side_conflict_settler_new:
 * @desk: whose conflicts it settles, from now on and as long as it is not disposed of
 *
 * Returns: (transfer full): the settler
 */
SideConflictSettler *
side_conflict_settler_new (SideDesk *desk)
{
  SideConflictSettler *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_CONFLICT_SETTLER, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::conflicts", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}
