/* side-pen.c - writes one document until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One write at a time, each over what the one before left: what comes
 * meanwhile waits and goes as a whole, so that a version which crossed them
 * becomes a conflict and not a loss. What cannot be written, for want of
 * room or because another program holds the file, stays here and is tried
 * again, whatever is open meanwhile.
 */
#include "side-pen.h"

#define RETRY_S 5

typedef struct {
  SideDesk     *desk;        /* (weak): it may own who writes */
  SideDocument *given;       /* (nullable): as it was given last */
  SideDocument *stored;      /* (nullable): what the store has of it */
  SideDocument *writing;     /* (nullable): on its way */
  guint         retry_id;
  gboolean      waiting;     /* what was given is newer than what is on its way */
  gboolean      failed;      /* since it was written last */
} SidePenPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (SidePen, side_pen, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void write_now (SidePen *self);

static SidePenPrivate *
private_of (SidePen *self)
{
  return side_pen_get_instance_private (self);
}

static void
side_pen_finalize (GObject *object)
{
  SidePenPrivate *priv = private_of (SIDE_PEN (object));

  g_clear_handle_id (&priv->retry_id, g_source_remove);
  g_clear_weak_pointer (&priv->desk);
  g_clear_pointer (&priv->given, side_document_unref);
  g_clear_pointer (&priv->stored, side_document_unref);
  g_clear_pointer (&priv->writing, side_document_unref);
  G_OBJECT_CLASS (side_pen_parent_class)->finalize (object);
}

static void
side_pen_class_init (SidePenClass *klass)
{
  GType type = SIDE_TYPE_PEN;

  G_OBJECT_CLASS (klass)->finalize = side_pen_finalize;
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_pen_init (SidePen *self)
{
}

static gboolean
retry_cb (gpointer data)
{
  private_of (data)->retry_id = 0;
  write_now (data);
  return G_SOURCE_REMOVE;
}

static void
written (SidePen      *self,
         SideDocument *document)
{
  SidePenPrivate *priv = private_of (self);

  side_pen_set_stored (self, document);
  priv->failed = FALSE;
  if (priv->waiting)
    write_now (self);
  else
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
}

static void
not_written (SidePen      *self,
             const GError *error)
{
  SidePenPrivate *priv = private_of (self);
  gboolean lost = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) || side_error_is_cancelled (error);
  gboolean told = priv->failed;

  priv->waiting = !lost;
  priv->failed = !lost;
  if (!lost)
    priv->retry_id = g_timeout_add_seconds (RETRY_S, retry_cb, self);
  if (!told && !side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SidePen) self = data;
  g_autoptr (SideDocument) document = g_steal_pointer (&private_of (self)->writing);
  g_autoptr (GError) error = NULL;

  if (side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    written (self, document);
  else
    not_written (self, error);
}

/* Not cancellable: leaving what is written must not lose it. Whoever begins a
 * document saw none: one of the same id that came meanwhile, from their other
 * computer, is kept beside it. */
static void
write_now (SidePen *self)
{
  SidePenPrivate *priv = private_of (self);
  g_autoptr (SideDocument) none = NULL;

  g_clear_handle_id (&priv->retry_id, g_source_remove);
  if (priv->desk == NULL)
    return;
  priv->waiting = FALSE;
  priv->writing = side_document_ref (priv->given);
  none = side_document_new (priv->writing->kind, priv->writing->id, priv->writing->project);
  none->deleted = TRUE;
  side_desk_put_document_async (priv->desk, priv->writing, priv->stored != NULL ? priv->stored : none, NULL, put_cb,
                                g_object_ref (self));
}

/**
 * side_pen_new:
 * @desk: where it writes
 * @stored: (nullable): what the store has of the document; %NULL for a new one
 *
 * Returns: (transfer full): a pen that has nothing to write
 */
SidePen *
side_pen_new (SideDesk     *desk,
              SideDocument *stored)
{
  SidePen *self = g_object_new (SIDE_TYPE_PEN, NULL);

  side_pen_begin (self, desk, stored);
  return self;
}

/**
 * side_pen_begin:
 * @self: a pen of a derived kind, once
 * @desk: where it writes
 * @stored: (nullable): what the store has of the document; %NULL for a new one
 */
void
side_pen_begin (SidePen      *self,
                SideDesk     *desk,
                SideDocument *stored)
{
  SidePenPrivate *priv;

  g_return_if_fail (SIDE_IS_PEN (self));
  g_return_if_fail (SIDE_IS_DESK (desk));

  priv = private_of (self);
  g_set_weak_pointer (&priv->desk, desk);
  priv->stored = stored != NULL ? side_document_ref (stored) : NULL;
  /* The last moment, or before it: not waited for the next try. */
  g_signal_connect_object (desk, "closing", G_CALLBACK (side_pen_flush), self, G_CONNECT_SWAPPED);
}

/**
 * side_pen_write:
 * @self: a pen
 * @document: as it is to be; not to be changed from now on
 */
void
side_pen_write (SidePen      *self,
                SideDocument *document)
{
  SidePenPrivate *priv;

  g_return_if_fail (SIDE_IS_PEN (self));
  g_return_if_fail (document != NULL);

  priv = private_of (self);
  side_document_ref (document);
  g_clear_pointer (&priv->given, side_document_unref);
  priv->given = document;
  priv->waiting = TRUE;
  if (priv->writing == NULL)
    write_now (self);
}

/**
 * side_pen_flush:
 * @self: a pen
 *
 * Tries now what would be tried again later.
 */
void
side_pen_flush (SidePen *self)
{
  g_return_if_fail (SIDE_IS_PEN (self));
  if (private_of (self)->waiting && private_of (self)->writing == NULL)
    write_now (self);
}

/**
 * side_pen_set_stored:
 * @self: a pen
 * @stored: what the store has of the document now
 */
void
side_pen_set_stored (SidePen      *self,
                     SideDocument *stored)
{
  SidePenPrivate *priv;

  g_return_if_fail (SIDE_IS_PEN (self));
  g_return_if_fail (stored != NULL);

  priv = private_of (self);
  side_document_ref (stored);
  g_clear_pointer (&priv->stored, side_document_unref);
  priv->stored = stored;
}

/**
 * side_pen_get_stored:
 * @self: a pen
 *
 * Returns: (transfer none) (nullable): what the store has, as far as it knows
 */
SideDocument *
side_pen_get_stored (SidePen *self)
{
  g_return_val_if_fail (SIDE_IS_PEN (self), NULL);
  return private_of (self)->stored;
}

/**
 * side_pen_is_busy:
 * @self: a pen
 *
 * Returns: whether there is something that is not on the disk yet
 */
gboolean
side_pen_is_busy (SidePen *self)
{
  g_return_val_if_fail (SIDE_IS_PEN (self), FALSE);
  return private_of (self)->writing != NULL || private_of (self)->waiting;
}

/**
 * side_pen_has_failed:
 * @self: a pen
 *
 * Returns: whether the last try did not work and another one follows
 */
gboolean
side_pen_has_failed (SidePen *self)
{
  g_return_val_if_fail (SIDE_IS_PEN (self), FALSE);
  return private_of (self)->failed;
}
