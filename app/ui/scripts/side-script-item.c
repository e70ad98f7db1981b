/* side-script-item.c - one script or draft in the list of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row watches its item; the list itself changes only when a script comes or
 * goes.
 */
#include "side-script-item.h"

struct _SideScriptItem
{
  GObject       parent_instance;
  SideScript   *script;
  SideDocument *document;   /* (nullable): what the store has; %NULL until it was written */
};

G_DEFINE_FINAL_TYPE (SideScriptItem, side_script_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
side_script_item_finalize (GObject *object)
{
  SideScriptItem *self = SIDE_SCRIPT_ITEM (object);

  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->document, side_document_unref);
  G_OBJECT_CLASS (side_script_item_parent_class)->finalize (object);
}

static void
side_script_item_class_init (SideScriptItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_script_item_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_SCRIPT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_script_item_init (SideScriptItem *self)
{
}

/**
 * side_script_item_new:
 * @script: a script or a draft; it is not changed
 * @document: (nullable): what the store has of it
 *
 * Returns: (transfer full): an item
 */
SideScriptItem *
side_script_item_new (SideScript   *script,
                      SideDocument *document)
{
  SideScriptItem *self = g_object_new (SIDE_TYPE_SCRIPT_ITEM, NULL);

  self->script = side_script_ref (script);
  self->document = document != NULL ? side_document_ref (document) : NULL;
  return self;
}

/**
 * side_script_item_get_script:
 * @self: an item
 *
 * Returns: (transfer none): the script or the draft
 */
const SideScript *
side_script_item_get_script (SideScriptItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ITEM (self), NULL);
  return self->script;
}

/**
 * side_script_item_get_document:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the document it was read from
 */
SideDocument *
side_script_item_get_document (SideScriptItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ITEM (self), NULL);
  return self->document;
}

/**
 * side_script_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): the UUID of its document
 */
const char *
side_script_item_get_id (SideScriptItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ITEM (self), NULL);
  return self->script->id;
}

/**
 * side_script_item_is_draft:
 * @self: an item
 *
 * Returns: whether it is a draft
 */
gboolean
side_script_item_is_draft (SideScriptItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ITEM (self), FALSE);
  return self->script->state == SIDE_SCRIPT_DRAFT;
}

/**
 * side_script_item_is_retired:
 * @self: an item
 *
 * Returns: whether it is for no new reviews
 */
gboolean
side_script_item_is_retired (SideScriptItem *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ITEM (self), FALSE);
  return self->script->state == SIDE_SCRIPT_RETIRED;
}

/**
 * side_script_item_set:
 * @self: an item
 * @script: what it is now
 * @document: (nullable): what the store has of it
 */
void
side_script_item_set (SideScriptItem *self,
                      SideScript     *script,
                      SideDocument   *document)
{
  g_return_if_fail (SIDE_IS_SCRIPT_ITEM (self));

  side_script_ref (script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script;
  if (document != NULL)
    side_document_ref (document);
  g_clear_pointer (&self->document, side_document_unref);
  self->document = document;
  g_signal_emit (self, changed_signal, 0);
}

static const char *
family_of (const SideScript *script)
{
  return script->state == SIDE_SCRIPT_DRAFT && script->script != NULL ? script->script : script->id;
}

/**
 * side_script_item_compare:
 * @a: (type SideScriptItem): an item
 * @b: (type SideScriptItem): another one
 * @data: unused
 *
 * Returns: the order of the list: by title, a draft behind its script, the
 *   retired ones at the end
 */
int
side_script_item_compare (gconstpointer a,
                          gconstpointer b,
                          gpointer      data)
{
  const SideScript *x = ((const SideScriptItem *) a)->script, *y = ((const SideScriptItem *) b)->script;
  gboolean same = g_str_equal (family_of (x), family_of (y));
  int by;

  if ((x->state == SIDE_SCRIPT_RETIRED) != (y->state == SIDE_SCRIPT_RETIRED))
    return x->state == SIDE_SCRIPT_RETIRED ? 1 : -1;
  by = same ? 0 : g_utf8_collate (x->title != NULL ? x->title : "", y->title != NULL ? y->title : "");
  if (by == 0)
    by = g_strcmp0 (family_of (x), family_of (y));
  if (by == 0)
    by = (x->state == SIDE_SCRIPT_DRAFT) - (y->state == SIDE_SCRIPT_DRAFT);
  return by != 0 ? by : g_strcmp0 (x->id, y->id);
}
