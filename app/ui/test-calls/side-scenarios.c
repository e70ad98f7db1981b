/* side-scenarios.c - the scenarios of a project, with what calls by them found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps them in the order of their titles. What is done to one shows at once,
 * through its keeper; what is on the disk follows a moment later. The score of
 * a test call is computed with the script it names, as far as that is here.
 */
#include "side-scenarios.h"

#include <math.h>

#include "side-score.h"
#include "side-test-rule.h"
#include "side-text.h"
#include "side-wire.h"

struct _SideScenarios
{
  SideDocumentShelf  parent_instance;
  GListStore        *items;     /* of SideScenarioItem */
  GHashTable        *keepers;   /* id -> SideDraftKeeper */
  GPtrArray         *scripts;   /* of SideScript: in use, by title */
  GPtrArray         *calls;     /* of SideTestCall, the newest first */
};

G_DEFINE_FINAL_TYPE (SideScenarios, side_scenarios, SIDE_TYPE_DOCUMENT_SHELF)

static guint replaced_signal;

static SideScenarioItem *
peek (SideScenarios *self,
      guint          position)
{
  g_autoptr (SideScenarioItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;   /* the store holds it */
}

/**
 * side_scenarios_find:
 * @self: scenarios
 * @id: (nullable): UUID of one
 *
 * Returns: (transfer none) (nullable): its item
 */
SideScenarioItem *
side_scenarios_find (SideScenarios *self,
                     const char    *id)
{
  guint n;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (side_scenario_item_get (peek (self, i))->id, id) == 0)
      return peek (self, i);
  return NULL;
}

/* ---- keepers ---- */

static gpointer
copy_scenario (gconstpointer value)
{
  return side_scenario_copy (value);
}

static gpointer
ref_scenario (gpointer value)
{
  return side_scenario_ref (value);
}

static void
unref_scenario (gpointer value)
{
  side_scenario_unref (value);
}

/* Each change has a higher version; taking one back is a change, too. */
static SideDocument *
document_for_scenario (gconstpointer  value,
                       SideDocument  *before)
{
  g_autoptr (SideScenario) scenario = side_scenario_copy (value);
  g_autoptr (SideScenario) old = before != NULL && before->body != NULL ? side_wire_scenario_from_json (before->body, -1, NULL) : NULL;

  scenario->version = old != NULL ? old->version + 1 : MAX (scenario->version, 1);
  return side_wire_document_for_scenario (scenario);
}

static const SideDraftKind kind = { copy_scenario, ref_scenario, unref_scenario, document_for_scenario };

static void
keeper_changed_cb (SideScenarios   *self,
                   SideDraftKeeper *keeper)
{
  const SideScenario *scenario = side_draft_keeper_get (keeper);
  SideScenarioItem *item = side_scenarios_find (self, scenario->id);

  if (item != NULL && side_scenario_item_get (item) != scenario)
    side_scenario_item_set (item, scenario, side_scenario_item_get_document (item));
}

static void
keeper_replaced_cb (SideScenarios   *self,
                    SideDraftKeeper *keeper)
{
  g_signal_emit (self, replaced_signal, 0, ((const SideScenario *) side_draft_keeper_get (keeper))->id);
}

static void
keeper_failed_cb (SideScenarios *self,
                  const GError  *error)
{
  side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    side_document_shelf_reload (SIDE_DOCUMENT_SHELF (self));
}

static SideDraftKeeper *
add_keeper (SideScenarios      *self,
            const SideScenario *scenario,
            SideDocument       *document)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  SideDraftKeeper *keeper = side_draft_keeper_new_for (desk, &kind, (SideScenario *) scenario, document);

  g_signal_connect_object (keeper, "changed", G_CALLBACK (keeper_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "replaced", G_CALLBACK (keeper_replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "failed", G_CALLBACK (keeper_failed_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->keepers, g_strdup (scenario->id), keeper);
  return keeper;
}

/**
 * side_scenarios_get_keeper:
 * @self: scenarios
 * @id: of one of them
 *
 * Returns: (transfer none): what it is edited through
 */
SideDraftKeeper *
side_scenarios_get_keeper (SideScenarios *self,
                           const char    *id)
{
  SideDraftKeeper *keeper;
  SideScenarioItem *item;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), NULL);

  keeper = g_hash_table_lookup (self->keepers, id);
  if (keeper != NULL)
    return keeper;
  item = side_scenarios_find (self, id);
  g_return_val_if_fail (item != NULL, NULL);
  return add_keeper (self, side_scenario_item_get (item), side_scenario_item_get_document (item));
}

/* ---- reading ---- */

/* What is being written here is newer than what was read. */
static gboolean
is_ahead (SideScenarios *self,
          const char    *id)
{
  SideDraftKeeper *keeper = g_hash_table_lookup (self->keepers, id);

  return keeper != NULL && (side_draft_keeper_is_busy (keeper) || side_draft_keeper_is_removed (keeper));
}

static gboolean
same_body (const SideDocument *a,
           const SideDocument *b)
{
  return a != NULL && b != NULL && a->revision == b->revision && g_strcmp0 (a->body, b->body) == 0;
}

static void
take_scenario (SideScenarios *self,
               SideDocument  *document,
               GHashTable    *seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScenario) scenario = side_wire_scenario_from_json (document->body, -1, &error);
  g_autoptr (SideScenarioItem) fresh = NULL;
  SideDraftKeeper *keeper;
  SideScenarioItem *item;

  if (scenario == NULL)
    {
      g_debug ("scenario %s: %s", document->id, error->message);
      return;
    }
  g_hash_table_add (seen, g_strdup (scenario->id));
  keeper = g_hash_table_lookup (self->keepers, scenario->id);
  if (keeper != NULL)
    side_draft_keeper_take (keeper, scenario, document);
  if (is_ahead (self, scenario->id))
    return;
  item = side_scenarios_find (self, scenario->id);
  if (item == NULL)
    {
      fresh = side_scenario_item_new (scenario, document);
      g_list_store_insert_sorted (self->items, fresh, side_scenario_item_compare, NULL);
    }
  else if (!same_body (side_scenario_item_get_document (item), document))
    side_scenario_item_set (item, keeper != NULL ? side_draft_keeper_get (keeper) : scenario, document);
}

static void
drop_gone (SideScenarios *self,
           GHashTable    *seen)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      g_autofree char *id = g_strdup (side_scenario_item_get (peek (self, i - 1))->id);

      if (!g_hash_table_contains (seen, id) && !is_ahead (self, id))
        {
          g_hash_table_remove (self->keepers, id);
          g_list_store_remove (self->items, i - 1);
        }
    }
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const SideTestCall *x = *(SideTestCall *const *) a, *y = *(SideTestCall *const *) b;

  return x->dialled_ms > y->dialled_ms ? -1 : x->dialled_ms < y->dialled_ms ? 1 : g_strcmp0 (x->review->id, y->review->id);
}

static int
compare_scripts (gconstpointer a,
                 gconstpointer b)
{
  const SideScript *x = *(SideScript *const *) a, *y = *(SideScript *const *) b;

  return g_utf8_collate (x->title != NULL ? x->title : "", y->title != NULL ? y->title : "");
}

/**
 * side_scenarios_score:
 * @self: scenarios
 * @call: a test call of the project
 *
 * One answer of eight makes 100 of 100 or none, and is no score of a call: while questions are open there is none.
 *
 * Returns: its score, 0 to 100; NaN while anything is not answered, or when its script is not here
 */
double
side_scenarios_score (SideScenarios      *self,
                      const SideTestCall *call)
{
  g_return_val_if_fail (SIDE_IS_SCENARIOS (self) && call != NULL, NAN);

  for (guint i = 0; call->review->script != NULL && i < self->scripts->len; i++)
    {
      const SideScript *script = self->scripts->pdata[i];
      SideScore score;

      if (!g_str_equal (script->id, call->review->script) || call->review->answers->len == 0)
        continue;
      side_score_compute (script, call->review, &score);
      return score.answered > 0 && score.answered == score.total ? score.score : NAN;
    }
  return NAN;
}

static void
set_last (SideScenarios    *self,
          SideScenarioItem *item)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      SideTestCall *call = self->calls->pdata[i];

      if (g_strcmp0 (call->scenario, side_scenario_item_get (item)->id) == 0)
        {
          side_scenario_item_set_last (item, call, side_scenarios_score (self, call));
          return;
        }
    }
  side_scenario_item_set_last (item, NULL, NAN);
}

static void
take_other (SideScenarios *self,
            SideDocument  *document)
{
  if (g_str_equal (document->kind, "script"))
    {
      SideScript *script = side_wire_script_from_json (document->body, -1, NULL);

      if (script != NULL)
        g_ptr_array_add (self->scripts, script);
    }
  else
    {
      SideTestCall *call = side_wire_test_call_from_json (document->body, -1, NULL);

      if (call != NULL)
        g_ptr_array_add (self->calls, call);
    }
}

static void
side_scenarios_take (SideDocumentShelf *shelf,
                     GPtrArray         *documents)
{
  SideScenarios *self = SIDE_SCENARIOS (shelf);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;

  g_ptr_array_set_size (self->scripts, 0);
  g_ptr_array_set_size (self->calls, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];

      if (g_str_equal (document->kind, "scenario"))
        take_scenario (self, document, seen);
      else
        take_other (self, document);
    }
  g_ptr_array_sort (self->scripts, compare_scripts);
  g_ptr_array_sort (self->calls, compare_calls);
  drop_gone (self, seen);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    set_last (self, peek (self, i));
  for (guint i = 1; i < n; i++)
    if (side_scenario_item_compare (peek (self, i - 1), peek (self, i), NULL) > 0)
      {
        g_list_store_sort (self->items, side_scenario_item_compare, NULL);
        break;
      }
  side_document_shelf_set_read (shelf);
}

/* What was typed is on its way to the disk before its keeper is let go. */
static void
let_keepers_go (SideScenarios *self)
{
  GHashTableIter iter;
  gpointer keeper;

  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    side_draft_keeper_flush (keeper);
  g_hash_table_remove_all (self->keepers);
}

static void
side_scenarios_forget (SideDocumentShelf *shelf)
{
  SideScenarios *self = SIDE_SCENARIOS (shelf);

  let_keepers_go (self);
  g_list_store_remove_all (self->items);
  g_ptr_array_set_size (self->scripts, 0);
  g_ptr_array_set_size (self->calls, 0);
}

static void
side_scenarios_dispose (GObject *object)
{
  SideScenarios *self = SIDE_SCENARIOS (object);
  GHashTableIter iter;
  gpointer keeper;

  g_hash_table_iter_init (&iter, self->keepers);
  while (g_hash_table_iter_next (&iter, NULL, &keeper))
    g_signal_handlers_disconnect_by_data (keeper, self);
  let_keepers_go (self);
  G_OBJECT_CLASS (side_scenarios_parent_class)->dispose (object);
}

static void
side_scenarios_finalize (GObject *object)
{
  SideScenarios *self = SIDE_SCENARIOS (object);

  g_clear_object (&self->items);
  g_hash_table_unref (self->keepers);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->calls);
  G_OBJECT_CLASS (side_scenarios_parent_class)->finalize (object);
}

static void
side_scenarios_class_init (SideScenariosClass *klass)
{
  static const char *const kinds[] = { "script", "scenario", "test-call", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_scenarios_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_scenarios_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_scenarios_forget;
  shelf_class->take = side_scenarios_take;
  replaced_signal = g_signal_new ("replaced", SIDE_TYPE_SCENARIOS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_scenarios_init (SideScenarios *self)
{
  self->items = g_list_store_new (SIDE_TYPE_SCENARIO_ITEM);
  self->keepers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
}

/**
 * side_scenarios_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the scenarios of its project, once they are read
 */
SideScenarios *
side_scenarios_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_SCENARIOS);
}

/**
 * side_scenarios_get_items:
 * @self: scenarios
 *
 * Returns: (transfer none): the #SideScenarioItem in the order of the list
 */
GListModel *
side_scenarios_get_items (SideScenarios *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), NULL);
  return G_LIST_MODEL (self->items);
}

/**
 * side_scenarios_get_scripts:
 * @self: scenarios
 *
 * Returns: (transfer none) (element-type SideScript): what calls can be scored with, by title
 */
GPtrArray *
side_scenarios_get_scripts (SideScenarios *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), NULL);
  return self->scripts;
}

/**
 * side_scenarios_list_calls:
 * @self: scenarios
 * @id: of one of them
 *
 * Returns: (transfer container) (element-type SideTestCall): the calls that were made by it, the newest first
 */
GPtrArray *
side_scenarios_list_calls (SideScenarios *self,
                           const char    *id)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), calls);

  for (guint i = 0; i < self->calls->len; i++)
    if (g_strcmp0 (((const SideTestCall *) self->calls->pdata[i])->scenario, id) == 0)
      g_ptr_array_add (calls, side_test_call_ref (self->calls->pdata[i]));
  return calls;
}

/**
 * side_scenarios_get_calls:
 * @self: scenarios
 *
 * Returns: (transfer none) (element-type SideTestCall): all test calls of the project, the newest first
 */
GPtrArray *
side_scenarios_get_calls (SideScenarios *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), NULL);
  return self->calls;
}

/**
 * side_scenarios_may_add:
 * @self: scenarios
 *
 * Returns: whether the server takes scenarios from this person: from all but operators
 */
gboolean
side_scenarios_may_add (SideScenarios *self)
{
  SideDesk *desk;
  SideSession *session;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self), FALSE);

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  session = desk != NULL ? side_desk_get_session (desk) : NULL;
  /* "documents" is said to those who may write all of them; of clients scenarios are taken besides. */
  return session != NULL && (side_session_can (session, "documents") || session->role == SIDE_ROLE_CLIENT)
         && session->role != SIDE_ROLE_OPERATOR && side_desk_get_store (desk) != NULL && side_desk_get_project_id (desk) != NULL;
}

/**
 * side_scenarios_may_edit:
 * @self: scenarios
 * @scenario: one of them
 *
 * Returns: whether it is this person's to change: who wrote it, and supervisors
 */
gboolean
side_scenarios_may_edit (SideScenarios      *self,
                         const SideScenario *scenario)
{
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self) && scenario != NULL, FALSE);

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  return side_scenarios_may_add (self)
         && side_scenario_may_delete (scenario, side_desk_get_user (desk), side_desk_get_role (desk) == SIDE_ROLE_SUPERVISOR, NULL);
}

/* ---- writing ---- */

/**
 * side_scenarios_add:
 * @self: scenarios
 * @scenario: a new one; who writes it, where and when is put in here
 *
 * Returns: (transfer none): its item; it is being written
 */
SideScenarioItem *
side_scenarios_add (SideScenarios *self,
                    SideScenario  *scenario)
{
  SideDesk *desk;
  g_autoptr (SideScenarioItem) item = NULL;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (self) && side_scenarios_may_add (self), NULL);

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  g_free (scenario->id);
  scenario->id = side_id_new ();
  g_free (scenario->project);
  scenario->project = g_strdup (side_desk_get_project_id (desk));
  g_free (scenario->author);
  scenario->author = g_strdup (side_desk_get_user (desk));
  scenario->version = 1;
  scenario->created_ms = scenario->changed_ms = side_desk_get_write_ms (desk);
  item = side_scenario_item_new (scenario, NULL);
  add_keeper (self, scenario, NULL);
  g_list_store_insert_sorted (self->items, item, side_scenario_item_compare, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
  return item;   /* the store holds it */
}

/**
 * side_scenarios_remove:
 * @self: scenarios
 * @id: of one of them, which goes; its keeper can bring it back
 */
void
side_scenarios_remove (SideScenarios *self,
                       const char    *id)
{
  SideScenarioItem *item;
  guint position;

  g_return_if_fail (SIDE_IS_SCENARIOS (self));

  item = side_scenarios_find (self, id);
  if (item == NULL)
    return;
  side_draft_keeper_set_removed (side_scenarios_get_keeper (self, id), TRUE);
  if (g_list_store_find (self->items, item, &position))
    g_list_store_remove (self->items, position);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}

/**
 * side_scenarios_restore:
 * @self: scenarios
 * @keeper: of a scenario that was removed
 */
void
side_scenarios_restore (SideScenarios   *self,
                        SideDraftKeeper *keeper)
{
  const SideScenario *scenario;
  g_autoptr (SideScenarioItem) item = NULL;

  g_return_if_fail (SIDE_IS_SCENARIOS (self) && SIDE_IS_DRAFT_KEEPER (keeper));

  scenario = side_draft_keeper_get (keeper);
  if (!side_draft_keeper_is_removed (keeper) || g_hash_table_lookup (self->keepers, scenario->id) != keeper)
    return;
  side_draft_keeper_set_removed (keeper, FALSE);
  item = side_scenario_item_new (scenario, NULL);
  set_last (self, item);
  g_list_store_insert_sorted (self->items, item, side_scenario_item_compare, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}
