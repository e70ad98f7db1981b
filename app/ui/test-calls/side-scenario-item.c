/* side-scenario-item.c - one scenario in the list of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-scenario-item.h"

#include <math.h>

struct _SideScenarioItem
{
  GObject       parent_instance;
  SideScenario *scenario;
  SideDocument *document;   /* (nullable): as it is on the disk */
  SideTestCall *last;       /* (nullable): the newest call by it */
  double        score;      /* of that; NaN: not known */
};

G_DEFINE_FINAL_TYPE (SideScenarioItem, side_scenario_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
side_scenario_item_finalize (GObject *object)
{
  SideScenarioItem *self = SIDE_SCENARIO_ITEM (object);

  g_clear_pointer (&self->scenario, side_scenario_unref);
  g_clear_pointer (&self->document, side_document_unref);
  g_clear_pointer (&self->last, side_test_call_unref);
  G_OBJECT_CLASS (side_scenario_item_parent_class)->finalize (object);
}

static void
side_scenario_item_class_init (SideScenarioItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_scenario_item_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_SCENARIO_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_scenario_item_init (SideScenarioItem *self)
{
  self->score = NAN;
}

/**
 * side_scenario_item_set:
 * @self: a scenario in the list
 * @scenario: what it is now
 * @document: (nullable): as it is on the disk
 */
void
side_scenario_item_set (SideScenarioItem   *self,
                        const SideScenario *scenario,
                        SideDocument       *document)
{
  g_return_if_fail (SIDE_IS_SCENARIO_ITEM (self) && scenario != NULL);

  side_scenario_ref ((SideScenario *) scenario);
  g_clear_pointer (&self->scenario, side_scenario_unref);
  self->scenario = (SideScenario *) scenario;
  if (document != NULL)
    side_document_ref (document);
  g_clear_pointer (&self->document, side_document_unref);
  self->document = document;
  g_signal_emit (self, changed_signal, 0);
}

/**
 * side_scenario_item_new:
 * @scenario: a scenario
 * @document: (nullable): as it is on the disk
 *
 * Returns: (transfer full): an item for it, without a call
 */
SideScenarioItem *
side_scenario_item_new (const SideScenario *scenario,
                        SideDocument       *document)
{
  SideScenarioItem *self = g_object_new (SIDE_TYPE_SCENARIO_ITEM, NULL);

  side_scenario_item_set (self, scenario, document);
  return self;
}

/**
 * side_scenario_item_compare:
 * @a: an item
 * @b: another one
 * @data: unused
 *
 * Returns: below, above or 0, as @a stands before, behind or where @b does: by title
 */
int
side_scenario_item_compare (gconstpointer a,
                            gconstpointer b,
                            gpointer      data)
{
  const SideScenario *x = ((SideScenarioItem *) a)->scenario, *y = ((SideScenarioItem *) b)->scenario;
  int order = g_utf8_collate (x->title != NULL ? x->title : "", y->title != NULL ? y->title : "");

  return order != 0 ? order : g_strcmp0 (x->id, y->id);
}

/**
 * side_scenario_item_get:
 * @self: a scenario in the list
 *
 * Returns: (transfer none): it, as it is now
 */
const SideScenario *
side_scenario_item_get (SideScenarioItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIO_ITEM (self), NULL);
  return self->scenario;
}

/**
 * side_scenario_item_get_last:
 * @self: a scenario in the list
 * @score: (out) (optional): of that call, 0 to 100; NaN when it has none
 *
 * Returns: (transfer none) (nullable): the newest test call by it
 */
const SideTestCall *
side_scenario_item_get_last (SideScenarioItem *self,
                             double           *score)
{
  g_return_val_if_fail (SIDE_IS_SCENARIO_ITEM (self), NULL);

  if (score != NULL)
    *score = self->score;
  return self->last;
}

/**
 * side_scenario_item_get_document:
 * @self: a scenario in the list
 *
 * Returns: (transfer none) (nullable): it as it is on the disk
 */
SideDocument *
side_scenario_item_get_document (SideScenarioItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCENARIO_ITEM (self), NULL);
  return self->document;
}

/**
 * side_scenario_item_set_last:
 * @self: a scenario in the list
 * @call: (nullable): the newest test call by it
 * @score: of that, 0 to 100; NaN when it has none
 */
void
side_scenario_item_set_last (SideScenarioItem *self,
                             SideTestCall     *call,
                             double            score)
{
  g_return_if_fail (SIDE_IS_SCENARIO_ITEM (self));

  if (call != NULL)
    side_test_call_ref (call);
  g_clear_pointer (&self->last, side_test_call_unref);
  self->last = call;
  self->score = score;
  g_signal_emit (self, changed_signal, 0);
}
