/* side-act-memory.c - what was asked to be done, and what became of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids are each user's own. An answer is kept for ten minutes, longer than any
 * client goes on asking; while it is awaited, those who ask again wait too.
 */
#include "side-act-memory.h"

#include <string.h>

#define KEEP_MS     (10 * G_GINT64_CONSTANT (60000))
#define MAX_ENTRIES 2000
#define MAX_WAITING 16

struct _SideActEntry
{
  char      *what;
  gint64     at_ms;
  GPtrArray *waiting;    /* of SideHttpRequest; nullable: it is answered */
  guint      status;
  char      *type;
  GBytes    *body;
};

struct _SideActMemory
{
  GHashTable *entries;   /* "USER/ID" to SideActEntry */
};

static void
entry_free (gpointer data)
{
  SideActEntry *entry = data;

  g_clear_pointer (&entry->waiting, g_ptr_array_unref);
  g_clear_pointer (&entry->body, g_bytes_unref);
  g_free (entry->what);
  g_free (entry->type);
  g_free (entry);
}

SideActMemory *
side_act_memory_new (void)
{
  SideActMemory *self = g_new0 (SideActMemory, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
side_act_memory_free (SideActMemory *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* A UUID has no '/', so that no two users' keys are the same. */
static char *
key_of (SideHttpRequest *request,
        const char      *id)
{
  g_autofree char *folded = g_ascii_strdown (id, -1);

  return g_strdup_printf ("%s/%s", request->account->name, folded);
}

static void
forget_old (SideActMemory *self,
            gint64         now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SideActEntry *entry = value;

      if (entry->waiting == NULL && now_ms - entry->at_ms >= KEEP_MS)
        g_hash_table_iter_remove (&iter);
    }
}

static void
answer (const SideActEntry *entry,
        SideHttpRequest    *request)
{
  side_http_answer (request, entry->status, entry->type, entry->body);
}

/**
 * side_act_memory_recall:
 * @self: a memory
 * @request: who asks
 * @id: the request's id, a UUID
 * @what: all that is asked for, as one text
 * @now_ms: the time, of a clock nobody sets
 *
 * Returns: what is known of it; at SIDE_ACT_SAME the request is answered, or
 *   will be
 */
SideActRecall
side_act_memory_recall (SideActMemory   *self,
                        SideHttpRequest *request,
                        const char      *id,
                        const char      *what,
                        gint64           now_ms)
{
  g_autofree char *key = key_of (request, id);
  SideActEntry *entry;

  forget_old (self, now_ms);
  entry = g_hash_table_lookup (self->entries, key);
  if (entry == NULL)
    return g_hash_table_size (self->entries) < MAX_ENTRIES ? SIDE_ACT_NEW : SIDE_ACT_CROWDED;
  if (strcmp (entry->what, what) != 0)
    return SIDE_ACT_OTHER;
  if (entry->waiting == NULL)
    answer (entry, request);
  else if (entry->waiting->len < MAX_WAITING)
    g_ptr_array_add (entry->waiting, side_http_request_ref (request));
  else
    return SIDE_ACT_CROWDED;
  return SIDE_ACT_SAME;
}

/**
 * side_act_memory_begin:
 * @self: a memory
 * @request: who asks first; answered by side_act_memory_end()
 * @id: the request's id, of which nothing is known
 * @what: all that is asked for
 * @now_ms: the time, of a clock nobody sets
 *
 * Returns: (transfer none): what is to be ended, valid until then
 */
SideActEntry *
side_act_memory_begin (SideActMemory   *self,
                       SideHttpRequest *request,
                       const char      *id,
                       const char      *what,
                       gint64           now_ms)
{
  SideActEntry *entry = g_new0 (SideActEntry, 1);

  entry->what = g_strdup (what);
  entry->at_ms = now_ms;
  entry->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) side_http_request_unref);
  g_ptr_array_add (entry->waiting, side_http_request_ref (request));
  g_hash_table_insert (self->entries, key_of (request, id), entry);
  return entry;
}

/**
 * side_act_memory_end:
 * @entry: what was begun
 * @status: HTTP status of the answer
 * @type: its content type
 * @body: (transfer full): its body
 *
 * Answers all who wait for it.
 */
void
side_act_memory_end (SideActEntry *entry,
                     guint         status,
                     const char   *type,
                     char         *body)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&entry->waiting);

  entry->status = status;
  entry->type = g_strdup (type);
  entry->body = g_bytes_new_take (body, strlen (body));
  for (guint i = 0; i < waiting->len; i++)
    answer (entry, g_ptr_array_index (waiting, i));
}

static gboolean
is_entry (gpointer key,
          gpointer value,
          gpointer entry)
{
  return value == entry;
}

/**
 * side_act_memory_forget:
 * @self: a memory
 * @entry: what was ended, without having been begun at all
 *
 * Whoever asks again with its id asks for the first time.
 */
void
side_act_memory_forget (SideActMemory *self,
                        SideActEntry  *entry)
{
  g_hash_table_foreach_remove (self->entries, is_entry, entry);
}
