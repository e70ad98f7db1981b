/* side-test-segments.c - the stretches of a test call, corrected by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-segments.h"

static SideTestSegment *
get (const SideTestCall *self,
     guint               index)
{
  return index < self->segments->len ? self->segments->pdata[index] : NULL;
}

/* What was told first is what the program told; a second correction leaves it. */
static void
correct (SideTestSegment *segment)
{
  if (!segment->by_hand && segment->told_certainty < 0)
    {
      segment->told = segment->kind;
      segment->told_certainty = segment->certainty;
    }
  segment->by_hand = TRUE;
  segment->certainty = 1;
}

static gboolean
touch (const SideTestSegment *before,
       const SideTestSegment *behind)
{
  return before != NULL && behind != NULL && before->to_ms == behind->from_ms;
}

/**
 * side_test_call_find_segment:
 * @self: a test call
 * @at_ms: from the moment it was dialled
 *
 * Returns: place of the segment that goes on then, the later one on a boundary; -1 for none
 */
int
side_test_call_find_segment (const SideTestCall *self,
                             gint64              at_ms)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = self->segments->len; i > 0; i--)
    {
      const SideTestSegment *segment = get (self, i - 1);

      if (segment->from_ms <= at_ms && (at_ms < segment->to_ms || (i == self->segments->len && at_ms == segment->to_ms)))
        return (int) i - 1;
    }
  return -1;
}

/**
 * side_test_call_set_kind:
 * @self: a test call
 * @index: of a segment
 * @kind: what it was
 *
 * Returns: whether anything became another; confirming a guess makes it certain
 */
gboolean
side_test_call_set_kind (SideTestCall    *self,
                         guint            index,
                         SideSegmentKind  kind)
{
  SideTestSegment *segment;

  g_return_val_if_fail (self != NULL && kind < SIDE_N_SEGMENT_KINDS, FALSE);

  segment = get (self, index);
  if (segment == NULL || (segment->kind == kind && (segment->by_hand || segment->certainty >= 1)))
    return FALSE;
  correct (segment);
  segment->kind = kind;
  return TRUE;
}

/**
 * side_test_call_set_label:
 * @self: a test call
 * @index: of a segment
 * @label: (nullable): which menu, tone or operator it was
 *
 * Returns: whether it is another one
 */
gboolean
side_test_call_set_label (SideTestCall *self,
                          guint         index,
                          const char   *label)
{
  SideTestSegment *segment;

  g_return_val_if_fail (self != NULL, FALSE);

  segment = get (self, index);
  if (label != NULL && *label == '\0')
    label = NULL;
  if (segment == NULL || g_strcmp0 (segment->label, label) == 0)
    return FALSE;
  correct (segment);
  g_free (segment->label);
  segment->label = g_strdup (label);
  return TRUE;
}

/**
 * side_test_call_set_edges:
 * @self: a test call
 * @index: of a segment
 * @from_ms: where it is to begin, from the moment the call was dialled
 * @to_ms: where it is to end
 *
 * A neighbour that touched it goes along. No segment becomes shorter than
 * SIDE_TEST_SEGMENT_LEAST_MS, and none is passed: what asks for that is kept
 * as near as can be.
 *
 * Returns: whether an edge was moved
 */
gboolean
side_test_call_set_edges (SideTestCall *self,
                          guint         index,
                          gint64        from_ms,
                          gint64        to_ms)
{
  SideTestSegment *segment, *before, *behind;
  gint64 least, most;
  gboolean with_before, with_behind;

  g_return_val_if_fail (self != NULL, FALSE);

  segment = get (self, index);
  if (segment == NULL)
    return FALSE;
  before = index > 0 ? get (self, index - 1) : NULL;
  behind = get (self, index + 1);
  with_before = touch (before, segment);
  with_behind = touch (segment, behind);
  least = with_before ? MIN (before->from_ms + SIDE_TEST_SEGMENT_LEAST_MS, before->to_ms) : before != NULL ? before->to_ms : 0;
  most = with_behind ? MAX (behind->to_ms - SIDE_TEST_SEGMENT_LEAST_MS, behind->from_ms)
         : behind != NULL ? behind->from_ms
         : self->ended_ms > self->dialled_ms ? MAX (self->ended_ms - self->dialled_ms, segment->to_ms) : G_MAXINT64;
  from_ms = CLAMP (from_ms, least, most);
  to_ms = CLAMP (to_ms, least, most);
  /* The edge that was not asked to move stays where it is. */
  if (to_ms - from_ms < SIDE_TEST_SEGMENT_LEAST_MS && from_ms != segment->from_ms)
    from_ms = MAX (least, MIN (from_ms, to_ms - SIDE_TEST_SEGMENT_LEAST_MS));
  if (to_ms - from_ms < SIDE_TEST_SEGMENT_LEAST_MS)
    to_ms = MIN (most, from_ms + SIDE_TEST_SEGMENT_LEAST_MS);
  if (to_ms <= from_ms || (from_ms == segment->from_ms && to_ms == segment->to_ms))
    return FALSE;
  if (with_before && from_ms != segment->from_ms)
    {
      before->to_ms = from_ms;
      correct (before);
    }
  if (with_behind && to_ms != segment->to_ms)
    {
      behind->from_ms = to_ms;
      correct (behind);
    }
  segment->from_ms = from_ms;
  segment->to_ms = to_ms;
  correct (segment);
  return TRUE;
}

/**
 * side_test_call_split:
 * @self: a test call
 * @index: of a segment
 * @at_ms: where, from the moment the call was dialled
 *
 * Both parts are of its kind; which of them is something else is said next.
 *
 * Returns: whether there was room for two
 */
gboolean
side_test_call_split (SideTestCall *self,
                      guint         index,
                      gint64        at_ms)
{
  SideTestSegment *segment, *behind;

  g_return_val_if_fail (self != NULL, FALSE);

  segment = get (self, index);
  if (segment == NULL || self->segments->len >= SIDE_TEST_CALL_MAX_SEGMENTS
      || at_ms - segment->from_ms < SIDE_TEST_SEGMENT_LEAST_MS || segment->to_ms - at_ms < SIDE_TEST_SEGMENT_LEAST_MS)
    return FALSE;
  correct (segment);
  behind = side_test_call_add_segment (self, segment->kind, at_ms, segment->to_ms, 1);
  behind->by_hand = TRUE;
  behind->told = segment->told;
  behind->told_certainty = segment->told_certainty;
  behind->label = g_strdup (segment->label);
  segment->to_ms = at_ms;
  g_ptr_array_insert (self->segments, (int) index + 1, g_ptr_array_steal_index (self->segments, self->segments->len - 1));
  return TRUE;
}

/**
 * side_test_call_merge:
 * @self: a test call
 * @index: of a segment, which takes in the one behind it and what is between them
 *
 * It keeps its kind; of what the program had told, the longer one's is kept.
 *
 * Returns: whether there was one behind it
 */
gboolean
side_test_call_merge (SideTestCall *self,
                      guint         index)
{
  SideTestSegment *segment, *behind;

  g_return_val_if_fail (self != NULL, FALSE);

  segment = get (self, index);
  behind = get (self, index + 1);
  if (segment == NULL || behind == NULL)
    return FALSE;
  correct (segment);
  correct (behind);
  if (behind->to_ms - behind->from_ms > segment->to_ms - segment->from_ms)
    {
      segment->told = behind->told;
      segment->told_certainty = behind->told_certainty;
    }
  if (segment->label == NULL)
    segment->label = g_steal_pointer (&behind->label);
  segment->to_ms = MAX (segment->to_ms, behind->to_ms);
  g_ptr_array_remove_index (self->segments, index + 1);
  return TRUE;
}
