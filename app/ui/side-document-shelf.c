/* side-document-shelf.c - the documents of a kind in a desk's project, kept fresh
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reading goes on at a time; whatever changes meanwhile makes for one more,
 * however much it was. What is on its way to the disk is not read back before
 * it is there. Each question carries the cancellable of its project, by which
 * the end of one about a former project is known: of a writing, too.
 */
#include "side-document-shelf.h"

typedef struct {
  SideDesk     *desk;          /* weak: it may own us */
  SideStore    *store;         /* weak: whose changes are heard */
  SideSteps    *steps;         /* NULL until somebody writes so that it can be taken back */
  GCancellable *cancellable;   /* of the project that is looked at */
  GHashTable   *stored;        /* id -> SideDocument, as read or written last */
  GPtrArray    *coming;        /* of SideDocument: read so far */
  guint         kind;          /* the one being read */
  guint         n_held;        /* errands that are waited for before it is read again */
  gboolean      reading;
  gboolean      stale;         /* something changed meanwhile */
  gboolean      read;
  GError       *error;         /* nullable: why the last reading did not work */
} SideDocumentShelfPrivate;

struct _SideShelfErrand
{
  SideDocumentShelf *shelf;
  GCancellable      *cancellable;
  gboolean           holds;
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SideDocumentShelf, side_document_shelf, G_TYPE_OBJECT)

#define PRIVATE(self) ((SideDocumentShelfPrivate *) side_document_shelf_get_instance_private (self))

enum { PROP_0, PROP_DESK, N_PROPS };
enum { SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void load (SideDocumentShelf *self);

/* ---- errands ---- */

static gboolean
is_current (const SideShelfErrand *errand)
{
  return !g_cancellable_is_cancelled (errand->cancellable) && PRIVATE (errand->shelf)->desk != NULL;
}

/**
 * side_document_shelf_begin:
 * @self: a shelf
 * @hold: whether nothing is read anew before it is answered
 *
 * Before something is asked of the store; with
 * side_document_shelf_get_cancellable().
 *
 * Returns: (transfer full): data for the callback, which gives it to
 *   side_document_shelf_end()
 */
SideShelfErrand *
side_document_shelf_begin (SideDocumentShelf *self,
                           gboolean           hold)
{
  SideShelfErrand *errand;

  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);

  errand = g_new0 (SideShelfErrand, 1);
  errand->shelf = g_object_ref (self);
  errand->cancellable = g_object_ref (PRIVATE (self)->cancellable);
  errand->holds = hold;
  PRIVATE (self)->n_held += hold ? 1 : 0;
  return errand;
}

/**
 * side_document_shelf_end:
 * @errand: (transfer full): from side_document_shelf_begin()
 *
 * Returns: (transfer full) (nullable): the shelf it was begun for; %NULL when
 *   another project is looked at by now, and the answer is of no use
 */
gpointer
side_document_shelf_end (SideShelfErrand *errand)
{
  g_autoptr (SideDocumentShelf) self = errand->shelf;
  SideDocumentShelfPrivate *priv = PRIVATE (self);
  gboolean current = is_current (errand);

  if (current && errand->holds && --priv->n_held == 0 && priv->stale)
    load (self);
  g_object_unref (errand->cancellable);
  g_free (errand);
  return current ? g_steal_pointer (&self) : NULL;
}

/* ---- reading ---- */

static void
taken (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);
  g_autoptr (GPtrArray) documents = g_steal_pointer (&priv->coming);

  priv->coming = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  priv->reading = FALSE;
  g_clear_error (&priv->error);
  g_hash_table_remove_all (priv->stored);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];

      g_hash_table_replace (priv->stored, g_strdup (document->id), side_document_ref (document));
    }
  SIDE_DOCUMENT_SHELF_GET_CLASS (self)->take (self, documents);
  if (priv->stale)
    load (self);
}

static void
not_read (SideDocumentShelf *self,
          const GError      *error)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);

  priv->reading = FALSE;
  g_clear_error (&priv->error);
  priv->error = g_error_copy (error);
  side_document_shelf_changed (self);
  side_document_shelf_fail (self, error);
  if (priv->stale)
    load (self);
}

static void read_next (SideDocumentShelf *self);

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideDocumentShelf) self = side_document_shelf_end (data);
  SideDocumentShelfPrivate *priv;

  if (self == NULL)
    return;
  priv = PRIVATE (self);
  if (documents == NULL)
    {
      not_read (self, error);
      return;
    }
  if (priv->n_held > 0)
    {
      priv->reading = FALSE;
      priv->stale = TRUE;
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];

      if (!document->deleted && document->body != NULL)
        g_ptr_array_add (priv->coming, side_document_ref (document));
    }
  priv->kind++;
  read_next (self);
}

static void
read_next (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);
  const char *const *kinds = SIDE_DOCUMENT_SHELF_GET_CLASS (self)->kinds;

  if (kinds == NULL || kinds[priv->kind] == NULL)
    taken (self);
  else
    side_store_list_documents_async (priv->store, kinds[priv->kind], side_desk_get_project_id (priv->desk), NULL,
                                     priv->cancellable, listed_cb, side_document_shelf_begin (self, FALSE));
}

static void
documents_changed_cb (SideDocumentShelf *self,
                      const char        *kind,
                      const char        *id,
                      const char        *call)
{
  if (SIDE_DOCUMENT_SHELF_GET_CLASS (self)->concerns (self, kind, id, call))
    load (self);
}

static void
follow (SideDocumentShelf *self,
        SideStore         *store)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);

  if (store == priv->store)
    return;
  if (priv->store != NULL)
    g_signal_handlers_disconnect_by_func (priv->store, documents_changed_cb, self);
  g_set_weak_pointer (&priv->store, store);
  g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  if (SIDE_DOCUMENT_SHELF_GET_CLASS (self)->follow != NULL)
    SIDE_DOCUMENT_SHELF_GET_CLASS (self)->follow (self, store);
}

static void
load (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);
  SideStore *store = priv->desk != NULL ? side_desk_get_store (priv->desk) : NULL;

  if (store == NULL || side_desk_get_project_id (priv->desk) == NULL)
    {
      const GError *why = priv->desk != NULL ? side_desk_get_store_error (priv->desk) : NULL;

      g_clear_error (&priv->error);
      priv->error = why != NULL ? g_error_copy (why) : NULL;
      return;
    }
  follow (self, store);
  priv->stale = priv->reading || priv->n_held > 0;
  if (priv->stale)
    return;
  priv->reading = TRUE;
  priv->kind = 0;
  g_ptr_array_set_size (priv->coming, 0);
  read_next (self);
}

static void
project_cb (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  priv->reading = priv->stale = priv->read = FALSE;
  priv->n_held = 0;
  g_clear_error (&priv->error);
  g_hash_table_remove_all (priv->stored);
  if (priv->steps != NULL)
    side_steps_forget (priv->steps);
  if (SIDE_DOCUMENT_SHELF_GET_CLASS (self)->forget != NULL)
    SIDE_DOCUMENT_SHELF_GET_CLASS (self)->forget (self);
  load (self);
  side_document_shelf_changed (self);
}

/* ---- the object ---- */

static void
side_document_shelf_constructed (GObject *object)
{
  SideDocumentShelf *self = SIDE_DOCUMENT_SHELF (object);
  SideDocumentShelfClass *klass = SIDE_DOCUMENT_SHELF_GET_CLASS (self);

  G_OBJECT_CLASS (side_document_shelf_parent_class)->constructed (object);
  g_signal_connect_object (PRIVATE (self)->desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  if (klass->tick != NULL)
    g_signal_connect_object (PRIVATE (self)->desk, "tick", G_CALLBACK (klass->tick), self, G_CONNECT_SWAPPED);
  project_cb (self);
}

static void
side_document_shelf_dispose (GObject *object)
{
  SideDocumentShelfPrivate *priv = PRIVATE (SIDE_DOCUMENT_SHELF (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_weak_pointer (&priv->desk);
  g_clear_weak_pointer (&priv->store);
  g_clear_object (&priv->steps);
  G_OBJECT_CLASS (side_document_shelf_parent_class)->dispose (object);
}

static void
side_document_shelf_finalize (GObject *object)
{
  SideDocumentShelfPrivate *priv = PRIVATE (SIDE_DOCUMENT_SHELF (object));

  g_clear_object (&priv->cancellable);
  g_hash_table_unref (priv->stored);
  g_ptr_array_unref (priv->coming);
  g_clear_error (&priv->error);
  G_OBJECT_CLASS (side_document_shelf_parent_class)->finalize (object);
}

static void
side_document_shelf_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  if (id == PROP_DESK)
    g_set_weak_pointer (&PRIVATE (SIDE_DOCUMENT_SHELF (object))->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
side_document_shelf_real_concerns (SideDocumentShelf *self,
                                   const char        *kind,
                                   const char        *id,
                                   const char        *call)
{
  const char *const *kinds = SIDE_DOCUMENT_SHELF_GET_CLASS (self)->kinds;

  return kinds != NULL && g_strv_contains (kinds, kind);
}

static void
side_document_shelf_class_init (SideDocumentShelfClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = SIDE_TYPE_DOCUMENT_SHELF;

  object_class->constructed = side_document_shelf_constructed;
  object_class->dispose = side_document_shelf_dispose;
  object_class->finalize = side_document_shelf_finalize;
  object_class->set_property = side_document_shelf_set_property;
  klass->concerns = side_document_shelf_real_concerns;
  props[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, SIDE_TYPE_DESK,
                                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_document_shelf_init (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv = PRIVATE (self);

  priv->stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_document_unref);
  priv->coming = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
}

/**
 * side_document_shelf_get:
 * @desk: a desk
 * @type: of a shelf
 *
 * Returns: (transfer none): the desk's one shelf of that type
 */
gpointer
side_document_shelf_get (SideDesk *desk,
                         GType     type)
{
  gpointer self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  g_return_val_if_fail (g_type_is_a (type, SIDE_TYPE_DOCUMENT_SHELF), NULL);

  self = g_object_get_data (G_OBJECT (desk), g_type_name (type));
  if (self == NULL)
    {
      self = g_object_new (type, "desk", desk, NULL);
      g_object_set_data_full (G_OBJECT (desk), g_type_name (type), self, g_object_unref);
    }
  return self;
}

/**
 * side_document_shelf_get_desk:
 * @self: a shelf
 *
 * Returns: (transfer none) (nullable): its desk, as long as there is one
 */
SideDesk *
side_document_shelf_get_desk (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return PRIVATE (self)->desk;
}

/**
 * side_document_shelf_get_store:
 * @self: a shelf
 *
 * Returns: (transfer none) (nullable): what it reads from
 */
SideStore *
side_document_shelf_get_store (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return PRIVATE (self)->store;
}

/**
 * side_document_shelf_get_project:
 * @self: a shelf
 *
 * Returns: (nullable): id of the project that is looked at
 */
const char *
side_document_shelf_get_project (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return PRIVATE (self)->desk != NULL ? side_desk_get_project_id (PRIVATE (self)->desk) : NULL;
}

/**
 * side_document_shelf_get_cancellable:
 * @self: a shelf
 *
 * Returns: (transfer none): cancelled with another project
 */
GCancellable *
side_document_shelf_get_cancellable (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return PRIVATE (self)->cancellable;
}

/**
 * side_document_shelf_get_error:
 * @self: a shelf
 *
 * Returns: (transfer none) (nullable): why the documents could not be read the
 *   last time
 */
const GError *
side_document_shelf_get_error (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return PRIVATE (self)->error;
}

/**
 * side_document_shelf_is_read:
 * @self: a shelf
 *
 * Returns: whether the project was read; else an empty shelf says nothing yet
 */
gboolean
side_document_shelf_is_read (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), FALSE);
  return PRIVATE (self)->read;
}

/**
 * side_document_shelf_is_reading:
 * @self: a shelf
 *
 * Returns: whether the store is being asked for the documents
 */
gboolean
side_document_shelf_is_reading (SideDocumentShelf *self)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), FALSE);
  return PRIVATE (self)->reading;
}

/**
 * side_document_shelf_may_write:
 * @self: a shelf
 *
 * Returns: whether the server takes from this person what supervisors and
 *   trainers write
 */
gboolean
side_document_shelf_may_write (SideDocumentShelf *self)
{
  SideDesk *desk;
  SideSession *session;

  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), FALSE);

  desk = PRIVATE (self)->desk;
  session = desk != NULL ? side_desk_get_session (desk) : NULL;
  return session != NULL && side_session_can (session, "documents")
         && (session->role == SIDE_ROLE_SUPERVISOR || session->role == SIDE_ROLE_TRAINER);
}

/**
 * side_document_shelf_find:
 * @self: a shelf
 * @id: UUID of a document
 *
 * Returns: (transfer none) (nullable): it as it was read or written here last;
 *   what the next change is over
 */
SideDocument *
side_document_shelf_find (SideDocumentShelf *self,
                          const char        *id)
{
  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);
  return g_hash_table_lookup (PRIVATE (self)->stored, id);
}

/**
 * side_document_shelf_get_steps:
 * @self: a shelf
 *
 * Returns: (transfer none): what side_document_shelf_write() wrote since the
 *   project was chosen
 */
SideSteps *
side_document_shelf_get_steps (SideDocumentShelf *self)
{
  SideDocumentShelfPrivate *priv;

  g_return_val_if_fail (SIDE_IS_DOCUMENT_SHELF (self), NULL);

  priv = PRIVATE (self);
  if (priv->steps == NULL)
    {
      priv->steps = side_steps_new (priv->desk);
      g_signal_connect_object (priv->steps, "failed", G_CALLBACK (side_document_shelf_fail), self, G_CONNECT_SWAPPED);
    }
  return priv->steps;
}

/**
 * side_document_shelf_reload:
 * @self: a shelf
 *
 * Reads anew; what is there stays until then.
 */
void
side_document_shelf_reload (SideDocumentShelf *self)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self));
  load (self);
}

/**
 * side_document_shelf_set_read:
 * @self: a shelf
 *
 * For its class: all that was read is in its place. "changed" is emitted.
 */
void
side_document_shelf_set_read (SideDocumentShelf *self)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self));
  PRIVATE (self)->read = TRUE;
  side_document_shelf_changed (self);
}

/**
 * side_document_shelf_changed:
 * @self: a shelf
 *
 * For its class: has "changed" emitted.
 */
void
side_document_shelf_changed (SideDocumentShelf *self)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_document_shelf_fail:
 * @self: a shelf
 * @error: what did not work
 *
 * For its class: has "failed" emitted, but not for what was taken back.
 */
void
side_document_shelf_fail (SideDocumentShelf *self,
                          const GError      *error)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self));
  if (!side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* ---- writing ---- */

/* Of a former project too it is said that something could not be written. */
static SideDocumentShelf *
end_writing (SideShelfErrand *errand,
             const GError    *error)
{
  g_autoptr (SideDocumentShelf) self = g_object_ref (errand->shelf);

  if (error != NULL && is_current (errand))
    PRIVATE (self)->stale = TRUE;   /* what is shown is not on the disk */
  if (error != NULL)
    side_document_shelf_fail (self, error);
  return side_document_shelf_end (errand);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocumentShelf) self = NULL;

  side_desk_put_document_finish (SIDE_DESK (source), result, &error);
  self = end_writing (data, error);
}

static void
keep (SideDocumentShelf *self,
      SideDocument      *document)
{
  g_hash_table_replace (PRIVATE (self)->stored, g_strdup (document->id), side_document_ref (document));
}

/**
 * side_document_shelf_put:
 * @self: a shelf, whose desk is there
 * @document: as it is to be
 * @base: (nullable): what was in sight when it was changed; %NULL for what the
 *   shelf has of it, or for a new one
 *
 * What goes wrong is told by "failed".
 */
void
side_document_shelf_put (SideDocumentShelf *self,
                         SideDocument      *document,
                         SideDocument      *base)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self) && PRIVATE (self)->desk != NULL);

  side_desk_put_document_async (PRIVATE (self)->desk, document,
                                base != NULL ? base : side_document_shelf_find (self, document->id), NULL, put_cb,
                                side_document_shelf_begin (self, TRUE));
  keep (self, document);
}

/**
 * side_document_shelf_add_change:
 * @self: a shelf
 * @changes: from side_steps_new_changes()
 * @document: as it is to be, over what the shelf has of it
 *
 * Is followed by side_document_shelf_write(). The next change is over this one,
 * whether it was read back by then or not.
 */
void
side_document_shelf_add_change (SideDocumentShelf *self,
                                GPtrArray         *changes,
                                SideDocument      *document)
{
  SideDocument *stored = side_document_shelf_find (self, document->id);

  if (stored != NULL)
    side_steps_add_change (changes, document, stored);
  else
    side_steps_add_new (changes, document);
  keep (self, document);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocumentShelf) self = NULL;

  side_steps_write_finish (SIDE_STEPS (source), result, &error);
  self = end_writing (data, error);
  /* What can be taken back is another now. */
  if (self != NULL)
    side_document_shelf_changed (self);
}

/**
 * side_document_shelf_write:
 * @self: a shelf
 * @words: what was done, for the sentence after undoing: "consensus changed"
 * @changes: from side_document_shelf_add_change()
 *
 * Can be taken back by side_document_shelf_get_steps(). What goes wrong is told
 * by "failed"; "changed" is emitted at once, for what the class shows already.
 */
void
side_document_shelf_write (SideDocumentShelf *self,
                           const char        *words,
                           GPtrArray         *changes)
{
  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (self));

  side_steps_write_async (side_document_shelf_get_steps (self), words, changes, written_cb,
                          side_document_shelf_begin (self, TRUE));
  side_document_shelf_changed (self);
}
