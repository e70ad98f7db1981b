/* side-test-keepers.c - test calls that were made, while they are judged and corrected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One keeper a call for as long as the scenarios are there, so that what was
 * done can be taken back after its window was closed, too. What comes from the
 * server, or is written elsewhere in the program, is given to them.
 */
#include "side-test-keepers.h"

#include "side-error.h"
#include "side-test-rule.h"
#include "side-wire.h"

#define KEEPERS "side-test-keepers"   /* of the shelf: id -> SideDraftKeeper */

static gpointer
copy_call (gconstpointer value)
{
  return side_test_call_copy (value);
}

static gpointer
ref_call (gpointer value)
{
  return side_test_call_ref (value);
}

static void
unref_call (gpointer value)
{
  side_test_call_unref (value);
}

static SideDocument *
document_for_call (gconstpointer  value,
                   SideDocument  *before)
{
  return side_wire_document_for_test_call (value);
}

static const SideDraftKind kind = { copy_call, ref_call, unref_call, document_for_call };

/**
 * side_test_keepers_find:
 * @shelf: scenarios
 * @id: of a test call
 *
 * Returns: (transfer none) (nullable): it as it was read last
 */
const SideTestCall *
side_test_keepers_find (SideScenarios *shelf,
                        const char    *id)
{
  GPtrArray *calls = side_scenarios_get_calls (shelf);

  for (guint i = 0; i < calls->len; i++)
    if (g_strcmp0 (((const SideTestCall *) calls->pdata[i])->review->id, id) == 0)
      return calls->pdata[i];
  return NULL;
}

/**
 * side_test_keepers_may_edit:
 * @shelf: scenarios
 * @call: a test call of theirs
 *
 * Returns: whether the server takes changes of it from this person: of who made it alone
 */
gboolean
side_test_keepers_may_edit (SideScenarios      *shelf,
                            const SideTestCall *call)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf));

  return side_scenarios_may_add (shelf)
         && side_test_call_may_follow (call, call, side_desk_get_user (desk), MAX (side_desk_get_write_ms (desk), call->ended_ms), NULL);
}

static void
follow (SideScenarios *shelf)
{
  GHashTable *keepers = g_object_get_data (G_OBJECT (shelf), KEEPERS);
  GHashTableIter iter;
  gpointer id, keeper;

  g_hash_table_iter_init (&iter, keepers);
  while (g_hash_table_iter_next (&iter, &id, &keeper))
    {
      const SideTestCall *call = side_test_keepers_find (shelf, id);
      SideDocument *document = side_document_shelf_find (SIDE_DOCUMENT_SHELF (shelf), id);

      if (call != NULL && document != NULL && !document->deleted)
        side_draft_keeper_take (keeper, (SideTestCall *) call, document);
    }
}

static void
failed_cb (SideScenarios *shelf,
           const GError  *error)
{
  side_document_shelf_fail (SIDE_DOCUMENT_SHELF (shelf), error);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    side_document_shelf_reload (SIDE_DOCUMENT_SHELF (shelf));
}

static void
keepers_free (gpointer data)
{
  GHashTable *keepers = data;
  GHashTableIter iter;
  gpointer keeper;

  g_hash_table_iter_init (&iter, keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    side_draft_keeper_flush (keeper);
  g_hash_table_unref (keepers);
}

static GHashTable *
keepers_of (SideScenarios *shelf)
{
  GHashTable *keepers = g_object_get_data (G_OBJECT (shelf), KEEPERS);

  if (keepers == NULL)
    {
      keepers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_object_set_data_full (G_OBJECT (shelf), KEEPERS, keepers, keepers_free);
      g_signal_connect (shelf, "changed", G_CALLBACK (follow), NULL);
    }
  return keepers;
}

/**
 * side_test_keepers_get:
 * @shelf: scenarios
 * @id: of one of the test calls
 *
 * Returns: (transfer none) (nullable): what it is changed through; %NULL when it is gone
 */
SideDraftKeeper *
side_test_keepers_get (SideScenarios *shelf,
                       const char    *id)
{
  GHashTable *keepers;
  SideDraftKeeper *keeper;
  const SideTestCall *call;
  SideDocument *document;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf) && id != NULL, NULL);

  keepers = keepers_of (shelf);
  keeper = g_hash_table_lookup (keepers, id);
  if (keeper != NULL)
    return keeper;
  call = side_test_keepers_find (shelf, id);
  document = side_document_shelf_find (SIDE_DOCUMENT_SHELF (shelf), id);
  if (call == NULL || document == NULL)
    return NULL;
  keeper = side_draft_keeper_new_for (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf)), &kind, (SideTestCall *) call, document);
  g_signal_connect_object (keeper, "failed", G_CALLBACK (failed_cb), shelf, G_CONNECT_SWAPPED);
  g_hash_table_insert (keepers, g_strdup (id), keeper);
  return keeper;
}

/**
 * side_test_keepers_assign:
 * @work: a test call that a widget changes in place
 * @from: what it is to say from now on
 *
 * Whoever holds @work goes on holding it; what hangs on it is all another.
 */
void
side_test_keepers_assign (SideTestCall       *work,
                          const SideTestCall *from)
{
  g_autoptr (SideTestCall) copy = side_test_call_copy (from);
  SideTestCall before = *work;

  *work = *copy;
  work->ref_count = before.ref_count;
  before.ref_count = copy->ref_count;
  *copy = before;
}
