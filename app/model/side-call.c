/* side-call.c - one leg: one visit of one queue by one caller
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-call.h"

#include "side-field-words.h"

G_DEFINE_BOXED_TYPE (SideCall, side_call, side_call_ref, side_call_unref)

#define SIDE_FIELD_RECORD SideCall

DEFINE_WORD (side_outcome)
DEFINE_WORD (side_party)
DEFINE_WORD (side_transfer)
DEFINE_WORD (side_callback_mark)

static const SideField call_fields[] = {
  FIELD ("id", STRING, id),
  FIELD ("journey", STRING, journey),
  FIELD ("project", INTERNED, project),
  FIELD ("queue", INTERNED, queue),
  FIELD ("operator", INTERNED, operator_id),
  FIELD ("operator_name", INTERNED, operator_name),
  FIELD ("caller", STRING, caller),
  FIELD ("caller_name", STRING, caller_name),
  FIELD ("dialled", STRING, dialled),
  FIELD ("source", INTERNED, source),
  FIELD ("joined_ms", INT64, joined_ms),
  FIELD ("answered_ms", INT64, answered_ms),
  FIELD ("ended_ms", INT64, ended_ms),
  FIELD ("held_since_ms", INT64, held_since_ms),
  FIELD ("wait_ms", INT64, wait_ms),
  FIELD ("ring_ms", INT64, ring_ms),
  FIELD ("talk_ms", INT64, talk_ms),
  FIELD ("hold_ms", INT64, hold_ms),
  FIELD ("wrap_ms", INT64, wrap_ms),
  FIELD ("position", INT, position),
  FIELD ("rings", INT, rings),
  WORD ("outcome", outcome, side_outcome),
  WORD ("ended_by", ended_by, side_party),
  WORD ("transfer", transfer, side_transfer),
  FIELD ("target", STRING, target),
  FIELD ("order", STRING, order_id),
  FIELD ("amount_minor", INT64, amount_minor),
  FIELD ("currency", INTERNED, currency),
  FIELD ("topic", INTERNED, topic),
  FIELD ("note", STRING, note),
  WORD ("callback", callback, side_callback_mark),
  FIELD ("recording", STRING, recording),
  FIELD ("recording_ms", INT64, recording_ms),
  FIELD ("channels", INT, channels),
  FIELD ("sha256", STRING, sha256),
  FIELD ("test", BOOLEAN, test),
  FIELD ("spam", BOOLEAN, spam),
};

/**
 * side_call_get_fields:
 * @n_fields: (out): how many
 *
 * The score is not among them: it is not the server's, it is derived from
 * the reviews a cache holds; nor is whether it was imported.
 *
 * Returns: (transfer none) (array length=n_fields): the members of SideCall
 */
const SideField *
side_call_get_fields (gsize *n_fields)
{
  *n_fields = G_N_ELEMENTS (call_fields);
  return call_fields;
}

/**
 * side_call_new:
 * @id: the leg's id
 *
 * Returns: (transfer full): a leg of which nothing else is known
 */
SideCall *
side_call_new (const char *id)
{
  SideCall *self = g_new0 (SideCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->score = -1.0;
  return self;
}

/**
 * side_call_copy:
 * @self: a leg
 *
 * Returns: (transfer full): a leg of its own with the same content
 */
SideCall *
side_call_copy (const SideCall *self)
{
  SideCall *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_call_new (NULL);
  side_fields_copy (call_fields, G_N_ELEMENTS (call_fields), self, copy);
  copy->score = self->score;
  copy->imported = self->imported;
  return copy;
}

/**
 * side_call_ref:
 * @self: a leg
 *
 * Returns: (transfer full): @self
 */
SideCall *
side_call_ref (SideCall *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_call_unref:
 * @self: (transfer full): a leg
 */
void
side_call_unref (SideCall *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  side_fields_clear (call_fields, G_N_ELEMENTS (call_fields), self);
  g_free (self);
}

/**
 * side_call_equal:
 * @a: a leg
 * @b: a leg
 *
 * Returns: whether they say the same; scores are not compared
 */
gboolean
side_call_equal (const SideCall *a,
                 const SideCall *b)
{
  return side_fields_equal (call_fields, G_N_ELEMENTS (call_fields), a, b);
}

/**
 * side_call_is_waiting:
 * @self: a leg
 *
 * Returns: whether the caller is in the queue now, not yet answered
 */
gboolean
side_call_is_waiting (const SideCall *self)
{
  return self->joined_ms != 0 && self->answered_ms == 0 && self->ended_ms == 0;
}

/**
 * side_call_is_live:
 * @self: a leg
 *
 * Returns: whether it has not ended
 */
gboolean
side_call_is_live (const SideCall *self)
{
  return self->ended_ms == 0;
}

/**
 * side_call_get_wait_ms:
 * @self: a leg
 * @now_ms: the present instant
 *
 * Returns: how long the caller waited, or has waited so far, in ms
 */
gint64
side_call_get_wait_ms (const SideCall *self,
                       gint64          now_ms)
{
  if (side_call_is_waiting (self))
    return MAX (0, now_ms - self->joined_ms);
  return self->wait_ms;
}

/**
 * side_call_get_recording_start_ms:
 * @self: a call
 *
 * A recording ends with its call, and begins when that is answered or earlier:
 * one that is shorter than the talk has lost its end and not its beginning. One
 * of a caller who was passed on and that is longer than the call went on there.
 *
 * Returns: when its recording begins, ms since 1970 UTC; 0 while that is not known
 */
gint64
side_call_get_recording_start_ms (const SideCall *self)
{
  gint64 starts_ms;

  g_return_val_if_fail (self != NULL, 0);

  if (self->recording == NULL || self->recording_ms <= 0 || self->ended_ms == 0)
    return 0;
  if (self->transfer != SIDE_TRANSFER_NONE && self->recording_ms > self->ended_ms - self->joined_ms)
    return self->joined_ms;
  starts_ms = self->ended_ms - self->recording_ms;
  return self->answered_ms != 0 ? MIN (starts_ms, self->answered_ms) : starts_ms;
}
