/* side-test-call-pen.c - writes one test call until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call that goes on and the answers about it are one record and one document:
 * both are written by this one pen, each time as a whole, over what it wrote
 * before.
 */
#include "side-test-call-pen.h"

#include "side-wire.h"

#define PAUSE_MS 800   /* from what was said first to its writing */

/* How far a call has come: what a program that dies must have written. */
typedef struct {
  guint           segments;
  SideSegmentKind last;
  guint           keys;
  guint           steps;
  guint           notes;
  gint64          recorded_ms;
} Course;

struct _SideTestCallPen
{
  SidePen        parent_instance;
  SideScenarios *shelf;
  SideTestCall  *call;      /* grows, and is answered about */
  Course         written;   /* of it, or about to be */
  guint          pause_id;
  gboolean       held;      /* by itself, until it is on the disk */
};

G_DEFINE_FINAL_TYPE (SideTestCallPen, side_test_call_pen, SIDE_TYPE_PEN)

static void
side_test_call_pen_finalize (GObject *object)
{
  SideTestCallPen *self = SIDE_TEST_CALL_PEN (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->call, side_test_call_unref);
  G_OBJECT_CLASS (side_test_call_pen_parent_class)->finalize (object);
}

static void
side_test_call_pen_class_init (SideTestCallPenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_test_call_pen_finalize;
}

static void
side_test_call_pen_init (SideTestCallPen *self)
{
}

/**
 * side_test_call_pen_new:
 * @shelf: where the call is kept; its desk is there
 * @call: the call, which is not copied: what is written is what it is then
 *
 * Returns: (transfer full): a pen that has nothing to write
 */
SideTestCallPen *
side_test_call_pen_new (SideScenarios *shelf,
                        SideTestCall  *call)
{
  SideTestCallPen *self;
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf) && call != NULL, NULL);

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf));
  g_return_val_if_fail (desk != NULL, NULL);
  self = g_object_new (SIDE_TYPE_TEST_CALL_PEN, NULL);
  self->shelf = g_object_ref (shelf);
  self->call = side_test_call_ref (call);
  side_pen_begin (SIDE_PEN (self), desk, side_document_shelf_find (SIDE_DOCUMENT_SHELF (shelf), call->review->id));
  g_signal_connect_object (desk, "closing", G_CALLBACK (side_test_call_pen_done), self, G_CONNECT_SWAPPED);
  return self;
}

static Course
course_of (const SideTestCall *call)
{
  const SideTestSegment *last = call->segments->len > 0 ? call->segments->pdata[call->segments->len - 1] : NULL;

  return (Course) { .segments = call->segments->len, .last = last != NULL ? last->kind : SIDE_SEGMENT_OTHER, .keys = call->keys->len,
                    .steps = call->steps->len, .notes = call->notes->len, .recorded_ms = call->recorded_ms };
}

/**
 * side_test_call_pen_save:
 * @self: a pen
 *
 * Writes the call as it is now. Nothing where calls are not kept.
 */
void
side_test_call_pen_save (SideTestCallPen *self)
{
  SideDesk *desk;
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_TEST_CALL_PEN (self));

  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->written = course_of (self->call);
  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
  if (desk == NULL || side_desk_get_store (desk) == NULL)
    return;
  document = side_wire_document_for_test_call (self->call);
  document->changed_ms = side_desk_get_write_ms (desk);
  side_pen_write (SIDE_PEN (self), document);
}

static gboolean
pause_cb (gpointer data)
{
  SideTestCallPen *self = data;

  self->pause_id = 0;
  side_test_call_pen_save (self);
  return G_SOURCE_REMOVE;
}

/**
 * side_test_call_pen_soon:
 * @self: a pen
 *
 * Writes the call in a moment, with what is said until then. A moment that began
 * is not put off: what a program that dies has not written is never older.
 */
void
side_test_call_pen_soon (SideTestCallPen *self)
{
  g_return_if_fail (SIDE_IS_TEST_CALL_PEN (self));

  if (self->pause_id == 0)
    self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/**
 * side_test_call_pen_follow:
 * @self: a pen
 *
 * To be called whenever the call may have gone on: it is written in a moment if
 * something new began, was said, pressed or noted, and not because time passes.
 */
void
side_test_call_pen_follow (SideTestCallPen *self)
{
  Course now;

  g_return_if_fail (SIDE_IS_TEST_CALL_PEN (self));

  now = course_of (self->call);
  if (now.segments == self->written.segments && now.last == self->written.last && now.keys == self->written.keys
      && now.steps == self->written.steps && now.notes == self->written.notes && now.recorded_ms == self->written.recorded_ms)
    return;
  self->written = now;
  side_test_call_pen_soon (self);
}

/**
 * side_test_call_pen_is_waiting:
 * @self: a pen
 *
 * Returns: whether there is something that is not on the disk yet
 */
gboolean
side_test_call_pen_is_waiting (SideTestCallPen *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_CALL_PEN (self), FALSE);
  return self->pause_id != 0 || side_pen_is_busy (SIDE_PEN (self));
}

/**
 * side_test_call_pen_read_newer:
 * @self: a pen
 *
 * Returns: (transfer full) (nullable): the call as it was written elsewhere since, where
 *   nothing of ours is waiting to be written
 */
SideTestCall *
side_test_call_pen_read_newer (SideTestCallPen *self)
{
  const SideDocument *stored;
  const SideDocument *document;

  g_return_val_if_fail (SIDE_IS_TEST_CALL_PEN (self), NULL);

  stored = side_pen_get_stored (SIDE_PEN (self));
  document = side_document_shelf_find (SIDE_DOCUMENT_SHELF (self->shelf), self->call->review->id);
  if (stored == NULL || document == NULL || document->deleted || document->changed_ms < stored->changed_ms
      || side_test_call_pen_is_waiting (self) || g_strcmp0 (document->body, stored->body) == 0)
    return NULL;
  return side_wire_test_call_from_json (document->body, -1, NULL);
}

static void
let_go (SideTestCallPen *self)
{
  if (!self->held)
    return;
  self->held = FALSE;
  g_object_unref (self);
}

/* After a conflict it is given up: another version stands there, and both are kept. */
static void
failed_cb (SideTestCallPen *self)
{
  if (!side_pen_is_busy (SIDE_PEN (self)))
    let_go (self);
}

/**
 * side_test_call_pen_done:
 * @self: a pen
 *
 * Writes now what was going to be written soon. Whoever lets go of the pen
 * afterwards loses nothing: it stays until all is on the disk.
 */
void
side_test_call_pen_done (SideTestCallPen *self)
{
  g_return_if_fail (SIDE_IS_TEST_CALL_PEN (self));

  if (self->pause_id != 0)
    side_test_call_pen_save (self);
  if (self->held || !side_pen_is_busy (SIDE_PEN (self)))
    return;
  self->held = TRUE;
  g_object_ref (self);
  g_signal_connect (self, "written", G_CALLBACK (let_go), NULL);
  g_signal_connect (self, "failed", G_CALLBACK (failed_cb), NULL);
}
