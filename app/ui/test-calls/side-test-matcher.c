/* side-test-matcher.c - matches test calls that nobody looks at with the call centre's own calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Theirs arrives later than ours ends, when the window of the call may be closed
 * again. A window that shows the call has a finder of its own and writes the
 * call itself: such a call is left alone, for one document has one writer.
 */
#include "side-test-matcher.h"

#include "side-test-finder.h"
#include "side-time.h"
#include "side-wire.h"

#define PAUSE_S    3                     /* many calls arrive at once */
#define SETTLED_MS (30 * SIDE_SECOND_MS) /* who made the call may still be about it */
#define OLDEST_MS  (7 * 24 * SIDE_HOUR_MS) /* nobody's call arrives so late */

struct _SideTestMatcher
{
  GObject         parent_instance;
  SideScenarios  *shelf;
  SideStore      *store;     /* nullable: whose signal is listened to */
  SideTestFinder *finder;    /* nullable: at work */
  SideTestCall   *call;      /* nullable: what it looks for */
  GHashTable     *tried;     /* ids, since calls arrived last */
  guint           pause_id;
};

G_DEFINE_FINAL_TYPE (SideTestMatcher, side_test_matcher, G_TYPE_OBJECT)

static void next (SideTestMatcher *self);

static void
leave (SideTestMatcher *self)
{
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->call, side_test_call_unref);
}

static void
side_test_matcher_dispose (GObject *object)
{
  SideTestMatcher *self = SIDE_TEST_MATCHER (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  leave (self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_test_matcher_parent_class)->dispose (object);
}

static void
side_test_matcher_finalize (GObject *object)
{
  g_hash_table_unref (SIDE_TEST_MATCHER (object)->tried);
  G_OBJECT_CLASS (side_test_matcher_parent_class)->finalize (object);
}

static void
side_test_matcher_class_init (SideTestMatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_matcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_matcher_finalize;
}

static void
side_test_matcher_init (SideTestMatcher *self)
{
  self->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
is_wanted (SideTestMatcher    *self,
           SideDesk           *desk,
           const SideTestCall *call)
{
  gint64 now_ms = side_desk_get_now_ms (desk);

  return call->ended_ms != 0 && call->call == NULL && call->match == SIDE_TEST_MATCH_NONE && now_ms - call->ended_ms >= SETTLED_MS
         && now_ms - call->ended_ms <= OLDEST_MS && g_strcmp0 (call->review->reviewer, side_desk_get_user (desk)) == 0
         && !g_hash_table_contains (self->tried, call->review->id) && !side_test_finder_is_held (self->shelf, call->review->id);
}

static void
matched_cb (SideTestMatcher *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
  SideDocument *base = side_document_shelf_find (SIDE_DOCUMENT_SHELF (self->shelf), self->call->review->id);
  g_autoptr (SideDocument) document = side_wire_document_for_test_call (self->call);

  if (desk == NULL || base == NULL)
    return;
  document->changed_ms = side_desk_get_write_ms (desk);
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (self->shelf), document, base);
}

static void
looked_cb (SideTestMatcher *self)
{
  leave (self);
  next (self);
}

static void
next (SideTestMatcher *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
  GPtrArray *calls = side_scenarios_get_calls (self->shelf);

  for (guint i = 0; desk != NULL && side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf)) && i < calls->len; i++)
    {
      const SideTestCall *call = calls->pdata[i];

      if (!is_wanted (self, desk, call))
        continue;
      g_hash_table_add (self->tried, g_strdup (call->review->id));
      self->call = side_test_call_copy (call);
      self->finder = side_test_finder_new (self->shelf, self->call);
      g_signal_connect_object (self->finder, "matched", G_CALLBACK (matched_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->finder, "looked", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);
      side_test_finder_look (self->finder);
      return;
    }
}

static gboolean
pause_cb (gpointer data)
{
  SideTestMatcher *self = data;

  self->pause_id = 0;
  g_hash_table_remove_all (self->tried);
  if (self->finder == NULL)
    next (self);
  return G_SOURCE_REMOVE;
}

static void
soon (SideTestMatcher *self)
{
  if (self->pause_id == 0)
    self->pause_id = g_timeout_add_seconds (PAUSE_S, pause_cb, self);
}

static void
shelf_changed_cb (SideTestMatcher *self)
{
  SideStore *store = side_document_shelf_get_store (SIDE_DOCUMENT_SHELF (self->shelf));

  if (self->store != store)
    {
      if (self->store != NULL)
        g_signal_handlers_disconnect_by_data (self->store, self);
      g_set_object (&self->store, store);
      if (store != NULL)
        g_signal_connect_object (store, "calls-changed", G_CALLBACK (soon), self, G_CONNECT_SWAPPED);
    }
  soon (self);
}

/**
 * side_test_matcher_new:
 * @shelf: scenarios
 *
 * Returns: (transfer full): a matcher at work, as long as it lives
 */
SideTestMatcher *
side_test_matcher_new (SideScenarios *shelf)
{
  SideTestMatcher *self;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf), NULL);

  self = g_object_new (SIDE_TYPE_TEST_MATCHER, NULL);
  self->shelf = g_object_ref (shelf);
  g_signal_connect_object (shelf, "changed", G_CALLBACK (shelf_changed_cb), self, G_CONNECT_SWAPPED);
  shelf_changed_cb (self);
  return self;
}
