/* side-limiter.c - how often somebody may try to sign in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts attempts by key (a name, an address) in a period that begins with
 * the first of them. Bounded: when too many keys are known, those whose period
 * is over go first, and if none is, nobody new may try until one is.
 */
#include "side-limiter.h"

#define MAX_KEYS 10000

typedef struct {
  gint64 since_ms;
  guint  n;
} Count;

struct _SideLimiter
{
  GHashTable *counts;
  guint       attempts;
  gint64      period_ms;
};

/**
 * side_limiter_new:
 * @attempts: how many in a period
 * @period_ms: its length
 *
 * Returns: (transfer full): a limiter
 */
SideLimiter *
side_limiter_new (guint  attempts,
                  gint64 period_ms)
{
  SideLimiter *self = g_new0 (SideLimiter, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attempts = attempts;
  self->period_ms = period_ms;
  return self;
}

void
side_limiter_free (SideLimiter *self)
{
  g_hash_table_unref (self->counts);
  g_free (self);
}

static void
prune (SideLimiter *self,
       gint64       now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (now_ms - ((Count *) value)->since_ms >= self->period_ms)
      g_hash_table_iter_remove (&iter);
}

/**
 * side_limiter_take:
 * @self: a limiter
 * @key: who tries
 * @now_ms: the time
 *
 * Counts an attempt, before it is known how it ends.
 *
 * Returns: 0 when it may be made, else in how many ms the next may
 */
gint64
side_limiter_take (SideLimiter *self,
                   const char  *key,
                   gint64       now_ms)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL)
    {
      if (g_hash_table_size (self->counts) >= MAX_KEYS)
        prune (self, now_ms);
      if (g_hash_table_size (self->counts) >= MAX_KEYS)
        return self->period_ms;
      count = g_new0 (Count, 1);
      count->since_ms = now_ms;
      g_hash_table_insert (self->counts, g_strdup (key), count);
    }
  if (now_ms - count->since_ms >= self->period_ms)
    {
      count->since_ms = now_ms;
      count->n = 0;
    }
  if (count->n >= self->attempts)
    return MAX (1, count->since_ms + self->period_ms - now_ms);
  count->n++;
  return 0;
}

/**
 * side_limiter_forgive:
 * @self: a limiter
 * @key: who tried and was right
 */
void
side_limiter_forgive (SideLimiter *self,
                      const char  *key)
{
  g_hash_table_remove (self->counts, key);
}
