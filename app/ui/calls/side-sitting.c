/* side-sitting.c - what was heard of one call, by whom
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the player tells is collected, and written through the desk at most
 * every 15 s while it goes on and once more when the call is left. Others'
 * listenings of the call come from the store, this person's earlier ones too.
 */
#include "side-sitting.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"

#define WRITE_EVERY_S 15

struct _SideSitting
{
  GObject        parent_instance;
  SideDesk      *desk;
  GCancellable  *cancellable;   /* of reading this call's listenings */
  char          *call;
  char          *project;
  gint64         length_ms;     /* of the recording; 0 not known */
  SideListening *own;           /* of this sitting */
  GPtrArray     *others;        /* of SideListening: other sittings, mine too */
  gboolean       unwritten;
  guint          write_source;
  gulong         changed_id;
};

G_DEFINE_FINAL_TYPE (SideSitting, side_sitting, G_TYPE_OBJECT)

static void
side_sitting_dispose (GObject *object)
{
  SideSitting *self = SIDE_SITTING (object);
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  if (self->desk != NULL)
    side_sitting_flush (self);
  g_cancellable_cancel (self->cancellable);
  if (store != NULL)
    g_clear_signal_handler (&self->changed_id, store);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_sitting_parent_class)->dispose (object);
}

static void
side_sitting_finalize (GObject *object)
{
  SideSitting *self = SIDE_SITTING (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->own, side_listening_unref);
  g_ptr_array_unref (self->others);
  g_free (self->call);
  g_free (self->project);
  G_OBJECT_CLASS (side_sitting_parent_class)->finalize (object);
}

static void
side_sitting_class_init (SideSittingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_sitting_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_sitting_finalize;
  g_signal_new ("changed", SIDE_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_sitting_init (SideSitting *self)
{
  self->cancellable = g_cancellable_new ();
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_listening_unref);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideSitting) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (documents == NULL)
    {
      g_debug ("who listened is not known: %s", error->message);
      return;
    }
  g_ptr_array_set_size (self->others, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      SideListening *listening;

      if (document->deleted || document->body == NULL
          || (self->own != NULL && g_str_equal (document->id, self->own->id)))
        continue;
      listening = side_wire_listening_from_json (document->body, -1, NULL);
      if (listening != NULL)
        g_ptr_array_add (self->others, listening);
    }
  g_signal_emit_by_name (self, "changed");
}

static void
load (SideSitting *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store == NULL || self->call == NULL)
    return;
  side_store_list_documents_async (store, "listening", self->project, self->call, self->cancellable, listed_cb,
                                   g_object_ref (self));
}

static void
documents_changed_cb (SideSitting *self,
                      const char  *kind,
                      const char  *id,
                      const char  *call)
{
  if (g_str_equal (kind, "listening") && g_strcmp0 (call, self->call) == 0
      && (self->own == NULL || g_strcmp0 (id, self->own->id) != 0))
    load (self);
}

/**
 * side_sitting_new:
 * @desk: whose person listens
 *
 * Returns: (transfer full): a sitting without a call
 */
SideSitting *
side_sitting_new (SideDesk *desk)
{
  SideSitting *self = g_object_new (SIDE_TYPE_SITTING, NULL);
  SideStore *store = side_desk_get_store (desk);

  self->desk = g_object_ref (desk);
  if (store != NULL)
    self->changed_id = g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self,
                                                G_CONNECT_SWAPPED);
  return self;
}

/**
 * side_sitting_set_call:
 * @self: a sitting
 * @call: (nullable): what is listened to from now on; what was heard of the
 *   one before is written
 */
void
side_sitting_set_call (SideSitting    *self,
                       const SideCall *call)
{
  g_return_if_fail (SIDE_IS_SITTING (self));

  if (call != NULL && g_strcmp0 (call->id, self->call) == 0)
    return;
  side_sitting_flush (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->own, side_listening_unref);
  g_ptr_array_set_size (self->others, 0);
  g_free (self->call);
  g_free (self->project);
  self->call = call != NULL ? g_strdup (call->id) : NULL;
  self->project = call != NULL ? g_strdup (call->project) : NULL;
  self->length_ms = 0;
  g_signal_emit_by_name (self, "changed");
  load (self);
}

/**
 * side_sitting_set_length:
 * @self: a sitting
 * @length_ms: how long the call's recording is; 0 not known
 */
void
side_sitting_set_length (SideSitting *self,
                         gint64       length_ms)
{
  g_return_if_fail (SIDE_IS_SITTING (self));

  if (self->length_ms == length_ms)
    return;
  self->length_ms = length_ms;
  g_signal_emit_by_name (self, "changed");
}

static gboolean
write_cb (gpointer data)
{
  SideSitting *self = data;

  self->write_source = 0;
  side_sitting_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * side_sitting_add:
 * @self: a sitting with a call
 * @from_ms: where the played piece began
 * @to_ms: where it ended
 * @rate: how fast it was
 */
void
side_sitting_add (SideSitting *self,
                  gint64       from_ms,
                  gint64       to_ms,
                  double       rate)
{
  g_return_if_fail (SIDE_IS_SITTING (self));

  if (self->call == NULL || to_ms <= from_ms || from_ms < 0 || rate <= 0)
    return;
  if (self->own == NULL)
    {
      g_autofree char *id = g_uuid_string_random ();

      self->own = side_listening_new (id, self->project, self->call, side_desk_get_user (self->desk));
    }
  side_listening_add (self->own, from_ms, to_ms, rate);
  self->unwritten = TRUE;
  if (self->write_source == 0)
    self->write_source = g_timeout_add_seconds (WRITE_EVERY_S, write_cb, self);
  g_signal_emit_by_name (self, "changed");
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* Nobody typed it, and the next piece brings it along: no reason to interrupt. */
  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    g_debug ("what was heard is not written: %s", error->message);
}

/**
 * side_sitting_flush:
 * @self: a sitting
 *
 * Writes what was heard since it was written last, if this person may write.
 */
void
side_sitting_flush (SideSitting *self)
{
  SideSession *session;
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_SITTING (self));

  g_clear_handle_id (&self->write_source, g_source_remove);
  session = side_desk_get_session (self->desk);
  if (!self->unwritten || self->own == NULL || session == NULL || !side_session_can (session, "documents"))
    return;
  self->unwritten = FALSE;
  self->own->length_ms = self->length_ms;
  self->own->changed_ms = side_desk_get_write_ms (self->desk);
  document = side_wire_document_for_listening (self->own);
  side_desk_put_document_async (self->desk, document, NULL, NULL, written_cb, NULL);
}

/* Returns: (transfer full): all that @listener played, in all sittings; of SideHeard */
static GArray *
collect (SideSitting *self,
         const char  *listener)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (SideHeard));

  for (guint i = 0; i < self->others->len; i++)
    {
      const SideListening *one = g_ptr_array_index (self->others, i);

      if (g_strcmp0 (one->listener, listener) == 0 && one->spans->len > 0)
        g_array_append_vals (all, one->spans->data, one->spans->len);
    }
  if (self->own != NULL && g_strcmp0 (self->own->listener, listener) == 0 && self->own->spans->len > 0)
    g_array_append_vals (all, self->own->spans->data, self->own->spans->len);
  return all;
}

/**
 * side_sitting_dup_heard:
 * @self: a sitting
 *
 * Returns: (transfer full) (element-type SideHeard): what this person heard of
 *   the recording, ever, in order, apart from each other
 */
GArray *
side_sitting_dup_heard (SideSitting *self)
{
  g_autoptr (GArray) all = NULL;

  g_return_val_if_fail (SIDE_IS_SITTING (self), NULL);
  all = collect (self, side_desk_get_user (self->desk));
  return side_heard_union ((const SideHeard *) (gconstpointer) all->data, all->len, self->length_ms, NULL);
}

/**
 * side_sitting_get_share:
 * @self: a sitting
 * @length_ms: (out): how long the recording is; 0 not known
 *
 * Returns: share of the recording that this person heard, ever, 0 to 1; -1
 *   while its length is not known
 */
double
side_sitting_get_share (SideSitting *self,
                        gint64      *length_ms)
{
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) heard = NULL;
  gint64 heard_ms = 0;

  g_return_val_if_fail (SIDE_IS_SITTING (self), -1);

  *length_ms = self->length_ms;
  if (self->length_ms <= 0)
    return -1;
  all = collect (self, side_desk_get_user (self->desk));
  heard = side_heard_union ((const SideHeard *) (gconstpointer) all->data, all->len, self->length_ms, &heard_ms);
  return CLAMP ((double) heard_ms / (double) self->length_ms, 0.0, 1.0);
}

/* "2:10 of 4:12 (52 %), at 1.5×"; NULL when nothing was heard. The speed is
 * what was played, repeats included, over the time it took. */
static char *
sum_words (SideSitting *self,
           const char  *listener)
{
  g_autoptr (GArray) all = collect (self, listener);
  g_autoptr (GArray) heard = NULL;
  g_autofree char *length = NULL, *sum = NULL, *share = NULL;
  double played = 0, took = 0;
  gint64 heard_ms = 0;

  heard = side_heard_union ((const SideHeard *) (gconstpointer) all->data, all->len, self->length_ms, &heard_ms);
  if (heard_ms == 0 || self->length_ms == 0)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const SideHeard *piece = &g_array_index (all, SideHeard, i);

      played += (double) (piece->to_ms - piece->from_ms);
      took += (double) (piece->to_ms - piece->from_ms) / piece->rate;
    }
  sum = side_text_duration (heard_ms);
  length = side_text_duration (self->length_ms);
  share = side_text_percent ((double) heard_ms / (double) self->length_ms, 0);
  /* Translators: heard seconds, length of the recording, its share, the speed: "2:10 of 4:12 (52 %), at 1.5×" */
  return g_strdup_printf (_("%s of %s (%s), at %g×"), sum, length, share, round (played / took * 100) / 100);
}

/**
 * side_sitting_dup_words:
 * @self: a sitting
 *
 * Returns: (transfer full): who listened to how much, a line each, this person first
 */
char *
side_sitting_dup_words (SideSitting *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *mine = NULL;
  const char *user;

  g_return_val_if_fail (SIDE_IS_SITTING (self), NULL);

  user = side_desk_get_user (self->desk);
  mine = sum_words (self, user);
  if (mine != NULL)
    g_string_append_printf (words, _("You listened to %s"), mine);
  else
    g_string_append (words, _("You have not listened to it yet"));
  for (guint i = 0; i < self->others->len; i++)
    {
      const SideListening *one = g_ptr_array_index (self->others, i);
      g_autofree char *theirs = NULL;

      if (one->listener == NULL || g_strcmp0 (one->listener, user) == 0 || !g_hash_table_add (told, one->listener))
        continue;
      theirs = sum_words (self, one->listener);
      if (theirs != NULL)
        {
          g_string_append_c (words, '\n');
          g_string_append_printf (words, _("%s listened to %s"), one->listener, theirs);
        }
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
