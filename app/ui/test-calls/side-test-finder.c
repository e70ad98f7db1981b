/* side-test-finder.c - finds a test call among the call centre's own calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server knows it for sure where the exchange tells of our header, and is
 * asked first. Else it is found by the number that called and the time, in what this
 * computer has of their history. Both again whenever calls arrive, for theirs comes
 * later than ours ends. What was picked by hand is only fetched.
 */
#include "side-test-finder.h"

#include "side-link.h"
#include "side-test-verdict.h"
#include "side-time.h"

#define AROUND_MS  (2 * SIDE_MINUTE_MS)   /* two computers' clocks are rarely further apart */
#define MOST_CALLS 5000
#define ASK_AGAIN_US (5 * G_USEC_PER_SEC)
#define MOST_ASKS  30
#define HELD       "side-test-finder-held"   /* of a shelf: ids of the test calls that are looked for by somebody who writes them */

struct _SideTestFinder
{
  GObject        parent_instance;
  SideScenarios *shelf;
  SideTestCall  *call;
  SideStore     *store;        /* nullable: whose signal is listened to */
  SideCall      *theirs;
  GCancellable  *cancellable;
  gint64         asked_us;     /* the server, last */
  guint          n_asked;
  guint          again : 1;    /* asked while it was looking */
  guint          looking : 1;
};

G_DEFINE_FINAL_TYPE (SideTestFinder, side_test_finder, G_TYPE_OBJECT)

enum { SIGNAL_FOUND, SIGNAL_MATCHED, SIGNAL_LOOKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Each finder of a call holds it once. */
static void
hold (SideTestFinder *self,
      gboolean        holds)
{
  GHashTable *held = g_object_get_data (G_OBJECT (self->shelf), HELD);
  const char *id = self->call->review->id;
  guint n;

  if (held == NULL)
    {
      held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (self->shelf), HELD, held, (GDestroyNotify) g_hash_table_unref);
    }
  n = GPOINTER_TO_UINT (g_hash_table_lookup (held, id));
  n = holds ? n + 1 : n - 1;
  if (n > 0)
    g_hash_table_insert (held, g_strdup (id), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (held, id);
}

/**
 * side_test_finder_is_held:
 * @shelf: scenarios
 * @id: of a test call
 *
 * Returns: whether a finder looks for it, whose owner writes the test call
 */
gboolean
side_test_finder_is_held (SideScenarios *shelf,
                          const char    *id)
{
  GHashTable *held;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf), FALSE);
  held = g_object_get_data (G_OBJECT (shelf), HELD);
  return held != NULL && g_hash_table_contains (held, id);
}

static void
side_test_finder_dispose (GObject *object)
{
  SideTestFinder *self = SIDE_TEST_FINDER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->shelf != NULL)
    hold (self, FALSE);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->theirs, side_call_unref);
  G_OBJECT_CLASS (side_test_finder_parent_class)->dispose (object);
}

static void
side_test_finder_finalize (GObject *object)
{
  SideTestFinder *self = SIDE_TEST_FINDER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_test_call_unref);
  G_OBJECT_CLASS (side_test_finder_parent_class)->finalize (object);
}

static void
side_test_finder_class_init (SideTestFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_finder_finalize;
  signals[SIGNAL_FOUND] = g_signal_new ("found", SIDE_TYPE_TEST_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOOKED] = g_signal_new ("looked", SIDE_TYPE_TEST_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MATCHED] = g_signal_new ("matched", SIDE_TYPE_TEST_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_test_finder_init (SideTestFinder *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * side_test_finder_new_query:
 * @call: a test call that is over
 *
 * Returns: (transfer full): which calls of theirs may be it
 */
SideCallQuery *
side_test_finder_new_query (const SideTestCall *call)
{
  SideCallQuery *query = side_call_query_new ();

  query->project = g_strdup (call->review->project);
  query->from_ms = call->dialled_ms - AROUND_MS;
  query->to_ms = call->ended_ms + AROUND_MS;
  return query;
}

static void
set_theirs (SideTestFinder *self,
            const SideCall *theirs)
{
  SideCall *copy = theirs != NULL ? side_call_copy (theirs) : NULL;
  gboolean same = copy != NULL && self->theirs != NULL ? side_call_equal (copy, self->theirs) : copy == self->theirs;

  g_clear_pointer (&self->theirs, side_call_unref);
  self->theirs = copy;
  if (!same)
    g_signal_emit (self, signals[SIGNAL_FOUND], 0);
}

static gboolean
is_own (SideTestFinder *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  return desk != NULL && self->call->ended_ms != 0 && g_strcmp0 (self->call->review->reviewer, side_desk_get_user (desk)) == 0;
}

/* What is written is the author's, and only while nobody said anything else. */
static gboolean
may_match (SideTestFinder *self)
{
  return is_own (self) && self->call->call == NULL && self->call->match == SIDE_TEST_MATCH_NONE;
}

/* The server is not asked about every call that comes; nor about what is sure. */
static gboolean
may_ask (SideTestFinder *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  return is_own (self) && (may_match (self) || self->call->match == SIDE_TEST_MATCH_TIME) && side_desk_get_link (desk) != NULL
         && side_desk_get_state (desk) == SIDE_DESK_LIVE && self->n_asked < MOST_ASKS
         && (self->asked_us == 0 || g_get_monotonic_time () - self->asked_us >= ASK_AGAIN_US);
}

static void
end_look (SideTestFinder *self)
{
  self->looking = FALSE;
  if (self->again)
    {
      self->again = FALSE;
      side_test_finder_look (self);
    }
  else
    g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SideTestFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCall) theirs = side_store_get_call_finish (SIDE_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (theirs == NULL || g_strcmp0 (theirs->id, self->call->call) == 0)
    set_theirs (self, theirs);
  end_look (self);
}

/* Two of our calls at one time may come from one number: theirs are not given to both. */
static GHashTable *
list_taken (SideTestFinder *self)
{
  GPtrArray *calls = side_scenarios_get_calls (self->shelf);
  GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideTestCall *other = calls->pdata[i];

      if (other->call != NULL && !g_str_equal (other->review->id, self->call->review->id))
        g_hash_table_add (taken, g_strdup (other->call));
    }
  return taken;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideTestFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GHashTable) taken = NULL;
  const SideCall *theirs;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  taken = list_taken (self);
  if (calls == NULL)
    g_debug ("looking for a test call among theirs: %s", error->message);
  theirs = calls != NULL && may_match (self) ? side_test_call_find_match (self->call, calls, self->call->caller, taken) : NULL;
  if (theirs != NULL)
    {
      self->call->call = g_strdup (theirs->id);
      self->call->match = SIDE_TEST_MATCH_TIME;
      set_theirs (self, theirs);
      g_signal_emit (self, signals[SIGNAL_MATCHED], 0);
    }
  end_look (self);
}

/* In what this computer has. */
static void
look_here (SideTestFinder *self)
{
  g_autoptr (SideCallQuery) query = NULL;

  if (self->call->call != NULL)
    {
      side_store_get_call_async (self->store, self->call->call, self->cancellable, got_cb, g_object_ref (self));
      return;
    }
  query = side_test_finder_new_query (self->call);
  side_store_list_calls_async (self->store, query, MOST_CALLS, self->cancellable, listed_cb, g_object_ref (self));
}

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideTestFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) calls = side_link_get_claimed_finish (SIDE_LINK (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || self->store == NULL)
    return;
  if (calls == NULL)
    g_debug ("asking the server for a test call's header: %s", error->message);
  if (calls != NULL && calls[0] != NULL && (may_match (self) || self->call->match == SIDE_TEST_MATCH_TIME))
    {
      g_free (self->call->call);
      self->call->call = g_strdup (calls[0]);
      self->call->match = SIDE_TEST_MATCH_HEADER;
      g_signal_emit (self, signals[SIGNAL_MATCHED], 0);
    }
  look_here (self);
}

static void
calls_changed_cb (SideTestFinder     *self,
                  const char *const  *ids)
{
  if (may_match (self) || may_ask (self) || (self->call->call != NULL && g_strv_contains (ids, self->call->call)))
    side_test_finder_look (self);
}

/**
 * side_test_finder_new:
 * @shelf: where @call is kept
 * @call: a test call, which is not copied: it is given the call that is found
 *
 * Returns: (transfer full): a finder that was not asked to look yet
 */
SideTestFinder *
side_test_finder_new (SideScenarios *shelf,
                      SideTestCall  *call)
{
  SideTestFinder *self;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf) && call != NULL, NULL);

  self = g_object_new (SIDE_TYPE_TEST_FINDER, NULL);
  self->shelf = g_object_ref (shelf);
  self->call = side_test_call_ref (call);
  hold (self, TRUE);
  return self;
}

static void
follow_store (SideTestFinder *self)
{
  SideStore *store = side_document_shelf_get_store (SIDE_DOCUMENT_SHELF (self->shelf));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "calls-changed", G_CALLBACK (calls_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_test_finder_look:
 * @self: a finder
 *
 * Fetches the call the test call names, or looks for it, and goes on doing so
 * when calls arrive. Nobody else's test call is given one.
 */
void
side_test_finder_look (SideTestFinder *self)
{
  g_return_if_fail (SIDE_IS_TEST_FINDER (self));

  follow_store (self);
  if (self->looking)
    {
      self->again = TRUE;
      return;
    }
  if (self->call->call == NULL)
    set_theirs (self, NULL);
  if (self->store == NULL || (self->call->call == NULL && !may_match (self)))
    return;
  self->looking = TRUE;
  if (!may_ask (self))
    {
      look_here (self);
      return;
    }
  self->asked_us = g_get_monotonic_time ();
  self->n_asked++;
  side_link_get_claimed_async (side_desk_get_link (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf))), self->call->review->id,
                               self->cancellable, claimed_cb, g_object_ref (self));
}

/**
 * side_test_finder_get_call:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): the same call in their history, as far as it is here
 */
SideCall *
side_test_finder_get_call (SideTestFinder *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_FINDER (self), NULL);
  return self->theirs;
}
