/* side-event.c - one thing that happened in a call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events and calls are flat records described by a table of their members;
 * copying, comparing, freeing, JSON and SQL all walk that table, so a new
 * member is added in one place.
 */
#include "side-event.h"

#include "side-field-words.h"

G_DEFINE_BOXED_TYPE (SideEvent, side_event, side_event_ref, side_event_unref)

#define SIDE_FIELD_RECORD SideEvent

DEFINE_WORD (side_event_kind)
DEFINE_WORD (side_outcome)
DEFINE_WORD (side_party)
DEFINE_WORD (side_transfer)
DEFINE_WORD (side_operator_state)
DEFINE_WORD (side_member_change)
DEFINE_WORD (side_callback_mark)
DEFINE_WORD (side_test_mark)

static const SideField event_fields[] = {
  FIELD ("seq", UINT64, seq),
  FIELD ("at_ms", INT64, at_ms),
  WORD ("kind", kind, side_event_kind),
  FIELD ("project", INTERNED, project),
  FIELD ("queue", INTERNED, queue),
  FIELD ("operator", INTERNED, operator_id),
  FIELD ("call", STRING, call),
  FIELD ("journey", STRING, journey),
  FIELD ("caller", STRING, caller),
  FIELD ("caller_name", STRING, caller_name),
  FIELD ("dialled", STRING, dialled),
  FIELD ("source", INTERNED, source),
  FIELD ("position", INT, position),
  FIELD ("joined_ms", INT64, joined_ms),
  FIELD ("answered_ms", INT64, answered_ms),
  FIELD ("wait_ms", INT64, wait_ms),
  FIELD ("ring_ms", INT64, ring_ms),
  FIELD ("talk_ms", INT64, talk_ms),
  FIELD ("hold_ms", INT64, hold_ms),
  WORD ("outcome", outcome, side_outcome),
  WORD ("ended_by", ended_by, side_party),
  WORD ("transfer", transfer, side_transfer),
  FIELD ("target", STRING, target),
  WORD ("state", state, side_operator_state),
  FIELD ("reason", STRING, reason),
  FIELD ("name", INTERNED, name),
  FIELD ("alias", INTERNED, alias),
  WORD ("member", member, side_member_change),
  FIELD ("penalty", INT, penalty),
  FIELD ("order", STRING, order_id),
  FIELD ("amount_minor", INT64, amount_minor),
  FIELD ("currency", INTERNED, currency),
  FIELD ("topic", INTERNED, topic),
  FIELD ("note", STRING, note),
  WORD ("callback", callback, side_callback_mark),
  FIELD ("recording", STRING, recording),
  FIELD ("duration_ms", INT64, duration_ms),
  FIELD ("channels", INT, channels),
  FIELD ("sha256", STRING, sha256),
  FIELD ("from_ms", INT64, from_ms),
  FIELD ("to_ms", INT64, to_ms),
  FIELD ("backfilled", BOOLEAN, backfilled),
  WORD ("test", test, side_test_mark),
};

/**
 * side_event_get_fields:
 * @n_fields: (out): how many
 *
 * Returns: (transfer none) (array length=n_fields): the members of SideEvent
 */
const SideField *
side_event_get_fields (gsize *n_fields)
{
  *n_fields = G_N_ELEMENTS (event_fields);
  return event_fields;
}

/**
 * side_fields_copy:
 * @fields: (array length=n): table of a record's members
 * @n: their number
 * @from: a record
 * @to: a record of the same kind whose strings are not set
 */
void
side_fields_copy (const SideField *fields,
                  gsize            n,
                  gconstpointer    from,
                  gpointer         to)
{
  for (gsize i = 0; i < n; i++)
    {
      gconstpointer src = (const char *) from + fields[i].offset;
      gpointer dst = (char *) to + fields[i].offset;

      switch (fields[i].type)
        {
        case SIDE_FIELD_STRING:
          *(char **) dst = g_strdup (*(char *const *) src);
          break;
        case SIDE_FIELD_INTERNED:
          *(const char **) dst = *(const char *const *) src;
          break;
        case SIDE_FIELD_INT64:
        case SIDE_FIELD_UINT64:
          *(gint64 *) dst = *(const gint64 *) src;
          break;
        case SIDE_FIELD_DOUBLE:
          *(double *) dst = *(const double *) src;
          break;
        case SIDE_FIELD_INT:
        case SIDE_FIELD_BOOLEAN:
        case SIDE_FIELD_WORD:
          *(int *) dst = *(const int *) src;
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/**
 * side_fields_clear:
 * @fields: (array length=n): table of a record's members
 * @n: their number
 * @record: a record, whose own strings are freed
 */
void
side_fields_clear (const SideField *fields,
                   gsize            n,
                   gpointer         record)
{
  for (gsize i = 0; i < n; i++)
    if (fields[i].type == SIDE_FIELD_STRING)
      g_clear_pointer ((char **) (gpointer) ((char *) record + fields[i].offset), g_free);
}

/**
 * side_fields_equal:
 * @fields: (array length=n): table of a record's members
 * @n: their number
 * @a: a record
 * @b: a record of the same kind
 *
 * Returns: whether all members are equal; %NULL and "" are the same text
 */
gboolean
side_fields_equal (const SideField *fields,
                   gsize            n,
                   gconstpointer    a,
                   gconstpointer    b)
{
  for (gsize i = 0; i < n; i++)
    {
      gconstpointer x = (const char *) a + fields[i].offset;
      gconstpointer y = (const char *) b + fields[i].offset;
      gboolean same;

      switch (fields[i].type)
        {
        case SIDE_FIELD_STRING:
        case SIDE_FIELD_INTERNED:
          {
            const char *s = *(const char *const *) x;
            const char *t = *(const char *const *) y;
            same = g_str_equal (s ? s : "", t ? t : "");
          }
          break;
        case SIDE_FIELD_INT64:
        case SIDE_FIELD_UINT64:
          same = *(const gint64 *) x == *(const gint64 *) y;
          break;
        case SIDE_FIELD_DOUBLE:
          same = *(const double *) x == *(const double *) y;
          break;
        case SIDE_FIELD_INT:
        case SIDE_FIELD_BOOLEAN:
        case SIDE_FIELD_WORD:
          same = *(const int *) x == *(const int *) y;
          break;
        default:
          g_assert_not_reached ();
        }
      if (!same)
        return FALSE;
    }
  return TRUE;
}

/**
 * side_event_new:
 * @kind: what happened
 * @at_ms: when, in ms since 1970 UTC
 * @project: (nullable): id of the project
 *
 * Returns: (transfer full): a new event with nothing else set
 */
SideEvent *
side_event_new (SideEventKind kind,
                gint64        at_ms,
                const char   *project)
{
  SideEvent *self = g_new0 (SideEvent, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->at_ms = at_ms;
  self->project = g_intern_string (project);
  return self;
}

/**
 * side_event_copy:
 * @self: an event
 *
 * Returns: (transfer full): an event of its own with the same content
 */
SideEvent *
side_event_copy (const SideEvent *self)
{
  SideEvent *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_event_new (self->kind, self->at_ms, self->project);
  side_fields_copy (event_fields, G_N_ELEMENTS (event_fields), self, copy);
  return copy;
}

/**
 * side_event_ref:
 * @self: an event
 *
 * Returns: (transfer full): @self
 */
SideEvent *
side_event_ref (SideEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_event_unref:
 * @self: (transfer full): an event
 */
void
side_event_unref (SideEvent *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  side_fields_clear (event_fields, G_N_ELEMENTS (event_fields), self);
  g_free (self);
}

/**
 * side_event_equal:
 * @a: an event
 * @b: an event
 *
 * Returns: whether they say the same
 */
gboolean
side_event_equal (const SideEvent *a,
                  const SideEvent *b)
{
  return side_fields_equal (event_fields, G_N_ELEMENTS (event_fields), a, b);
}
