/* side-alert-shelf.c - the rules of alerts of a project, and what was done about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A project in which nobody wrote a rule has one all the same: a caller must
 * not wait longer than the project's own limit. It has the same id on every
 * computer, so that what is done about it, and what it is changed to, is the
 * same rule for all.
 */
#include "side-alert-shelf.h"

#include <glib/gi18n.h>

#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

struct _SideAlertShelf
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *rules;      /* of SideAlertRule, the project's own one among them */
  GHashTable        *written;    /* set of ids of those that are documents */
  GPtrArray         *acts;       /* of SideAlertAct, by time */
  GHashTable        *sent;       /* id → SideAlertAct: written here, and not read back yet */
};

G_DEFINE_FINAL_TYPE (SideAlertShelf, side_alert_shelf, SIDE_TYPE_DOCUMENT_SHELF)

static SideDesk *
get_desk (SideAlertShelf *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
}

/* ---- reading ---- */

static int
compare_acts (gconstpointer a,
              gconstpointer b)
{
  const SideAlertAct *x = *(SideAlertAct *const *) a, *y = *(SideAlertAct *const *) b;

  if (x->at_ms != y->at_ms)
    return x->at_ms < y->at_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* By what is watched, then the whole project before its queues. */
static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const SideAlertRule *x = *(SideAlertRule *const *) a, *y = *(SideAlertRule *const *) b;
  int by_queue = g_strcmp0 (x->queue, y->queue);

  if (x->watch != y->watch)
    return x->watch < y->watch ? -1 : 1;
  return by_queue != 0 ? by_queue : g_strcmp0 (x->id, y->id);
}

static char *
dup_own_id (SideAlertShelf *self)
{
  g_autofree char *name = g_strdup_printf ("alert-rule %s longest-wait", side_document_shelf_get_project (SIDE_DOCUMENT_SHELF (self)));

  return side_id_named (name);
}

/* The rule that stands where nobody wrote it. */
static SideAlertRule *
new_own_rule (SideAlertShelf *self)
{
  const SideProject *project = side_desk_get_project (get_desk (self));
  g_autofree char *id = NULL;
  SideAlertRule *rule;

  if (project == NULL || project->wait_limit_ms < 0)
    return NULL;
  id = dup_own_id (self);
  if (g_hash_table_contains (self->written, id) || side_alert_shelf_find_rule (self, id) != NULL)
    return NULL;
  rule = side_alert_rule_new (id, project->id, SIDE_ALERT_LONGEST_WAIT);
  rule->alarm = (double) project->wait_limit_ms / SIDE_SECOND_MS;
  return rule;
}

static void
add_own_rule (SideAlertShelf *self)
{
  SideAlertRule *rule = get_desk (self) != NULL ? new_own_rule (self) : NULL;

  if (rule != NULL)
    g_ptr_array_add (self->rules, rule);
  g_ptr_array_sort (self->rules, compare_rules);
}

static void
take_rule (SideAlertShelf     *self,
           const SideDocument *document)
{
  g_autoptr (GError) error = NULL;
  SideAlertRule *rule = side_wire_alert_rule_from_json (document->body, -1, &error);

  g_hash_table_add (self->written, g_strdup (document->id));
  if (rule != NULL)
    g_ptr_array_add (self->rules, rule);
  else
    g_debug ("rule of alerts %s: %s", document->id, error->message);
}

static void
take_act (SideAlertShelf     *self,
          const SideDocument *document)
{
  g_autoptr (GError) error = NULL;
  SideAlertAct *act = side_wire_alert_act_from_json (document->body, -1, &error);

  g_hash_table_remove (self->sent, document->id);
  if (act != NULL)
    g_ptr_array_add (self->acts, act);
  else
    g_debug ("answer to an alert %s: %s", document->id, error->message);
}

static void
side_alert_shelf_take (SideDocumentShelf *shelf,
                       GPtrArray         *documents)
{
  SideAlertShelf *self = SIDE_ALERT_SHELF (shelf);
  GHashTableIter iter;
  gpointer act;

  g_ptr_array_set_size (self->rules, 0);
  g_ptr_array_set_size (self->acts, 0);
  g_hash_table_remove_all (self->written);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];

      if (g_str_equal (document->kind, "alert-rule"))
        take_rule (self, document);
      else
        take_act (self, document);
    }
  add_own_rule (self);
  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, NULL, &act))
    g_ptr_array_add (self->acts, side_alert_act_ref (act));
  g_ptr_array_sort (self->acts, compare_acts);
  side_document_shelf_set_read (shelf);
}

static void
side_alert_shelf_forget (SideDocumentShelf *shelf)
{
  SideAlertShelf *self = SIDE_ALERT_SHELF (shelf);

  g_ptr_array_set_size (self->rules, 0);
  g_ptr_array_set_size (self->acts, 0);
  g_hash_table_remove_all (self->written);
  g_hash_table_remove_all (self->sent);
  /* Who waits too long is told before the rules were read, and where nothing is kept. */
  add_own_rule (self);
}

/* ---- the object ---- */

static void
side_alert_shelf_finalize (GObject *object)
{
  SideAlertShelf *self = SIDE_ALERT_SHELF (object);

  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->acts);
  g_hash_table_unref (self->written);
  g_hash_table_unref (self->sent);
  G_OBJECT_CLASS (side_alert_shelf_parent_class)->finalize (object);
}

static void
side_alert_shelf_class_init (SideAlertShelfClass *klass)
{
  static const char *const kinds[] = { "alert-rule", "alert-act", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_alert_shelf_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_alert_shelf_forget;
  shelf_class->take = side_alert_shelf_take;
}

static void
side_alert_shelf_init (SideAlertShelf *self)
{
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  self->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_act_unref);
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_alert_act_unref);
}

/**
 * side_alert_shelf_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the rules of its project; only its own one until "changed"
 */
SideAlertShelf *
side_alert_shelf_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_ALERT_SHELF);
}

/**
 * side_alert_shelf_get_rules:
 * @self: rules
 *
 * Returns: (transfer none) (element-type SideAlertRule): all of them, those that are
 *   off too; until the next "changed"
 */
GPtrArray *
side_alert_shelf_get_rules (SideAlertShelf *self)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self), NULL);
  return self->rules;
}

/**
 * side_alert_shelf_find_rule:
 * @self: rules
 * @id: UUID of one
 *
 * Returns: (transfer none) (nullable): it, until the next "changed"
 */
SideAlertRule *
side_alert_shelf_find_rule (SideAlertShelf *self,
                            const char     *id)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self) && id != NULL, NULL);

  for (guint i = 0; i < self->rules->len; i++)
    if (g_str_equal (((const SideAlertRule *) self->rules->pdata[i])->id, id))
      return self->rules->pdata[i];
  return NULL;
}

/**
 * side_alert_shelf_is_written:
 * @self: rules
 * @id: UUID of one
 *
 * Returns: whether somebody wrote it; %FALSE for the one that each project has by
 *   itself, which can be changed and turned off, but not removed
 */
gboolean
side_alert_shelf_is_written (SideAlertShelf *self,
                             const char     *id)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self) && id != NULL, FALSE);
  return g_hash_table_contains (self->written, id);
}

/**
 * side_alert_shelf_is_own:
 * @self: rules
 * @id: UUID of one
 *
 * Returns: whether it is the one that each project has by itself: removed, it
 *   stands again as the project has it
 */
gboolean
side_alert_shelf_is_own (SideAlertShelf *self,
                         const char     *id)
{
  g_autofree char *own = NULL;

  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self) && id != NULL, FALSE);

  own = get_desk (self) != NULL ? dup_own_id (self) : NULL;
  return g_strcmp0 (own, id) == 0;
}

/* ---- writing ---- */

static void
replace_rule (SideAlertShelf      *self,
              const SideAlertRule *rule,
              const char          *id)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (g_str_equal (((const SideAlertRule *) self->rules->pdata[i])->id, id))
      {
        g_ptr_array_remove_index (self->rules, i);
        break;
      }
  if (rule != NULL)
    {
      g_ptr_array_add (self->rules, side_alert_rule_copy (rule));
      g_hash_table_add (self->written, g_strdup (id));
    }
  else
    g_hash_table_remove (self->written, id);
  add_own_rule (self);
}

/**
 * side_alert_shelf_save_rule:
 * @self: rules
 * @words: what was done, for the sentence after undoing
 * @rule: a rule as it is to be, new or over that of its id
 *
 * Can be taken back by side_document_shelf_get_steps().
 */
void
side_alert_shelf_save_rule (SideAlertShelf      *self,
                            const char          *words,
                            const SideAlertRule *rule)
{
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();

  g_return_if_fail (SIDE_IS_ALERT_SHELF (self) && words != NULL && rule != NULL && get_desk (self) != NULL);

  document = side_wire_document_for_alert_rule (rule);
  replace_rule (self, rule, rule->id);
  side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (self), changes, document);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), words, changes);
}

/**
 * side_alert_shelf_remove_rule:
 * @self: rules
 * @words: what was done, for the sentence after undoing
 * @id: UUID of one that was written
 *
 * Can be taken back by side_document_shelf_get_steps().
 */
void
side_alert_shelf_remove_rule (SideAlertShelf *self,
                              const char     *words,
                              const char     *id)
{
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideDocument) document = NULL;
  SideDocument *stored;

  g_return_if_fail (SIDE_IS_ALERT_SHELF (self) && words != NULL && id != NULL);

  stored = side_document_shelf_find (SIDE_DOCUMENT_SHELF (self), id);
  if (stored == NULL)
    return;
  document = side_document_copy (stored);
  document->deleted = TRUE;
  g_clear_pointer (&document->body, g_free);
  replace_rule (self, NULL, id);
  side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (self), changes, document);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), words, changes);
}

/* ---- answers ---- */

/**
 * side_alert_shelf_may_act:
 * @self: rules
 *
 * Returns: whether this person may answer alerts for all who look
 */
gboolean
side_alert_shelf_may_act (SideAlertShelf *self)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self), FALSE);
  return get_desk (self) != NULL && side_desk_get_role (get_desk (self)) != SIDE_ROLE_OPERATOR;
}

/**
 * side_alert_shelf_find_answer:
 * @self: rules
 * @rule: UUID of one
 * @operator_id: (nullable): whom the alert is about
 * @from_ms: when the alert began
 * @to_ms: when it was over, or now
 *
 * Returns: (transfer none) (nullable): who took it on last, until the next "changed"
 */
const SideAlertAct *
side_alert_shelf_find_answer (SideAlertShelf *self,
                              const char     *rule,
                              const char     *operator_id,
                              gint64          from_ms,
                              gint64          to_ms)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self) && rule != NULL, NULL);

  for (guint i = self->acts->len; i > 0; i--)
    {
      const SideAlertAct *act = self->acts->pdata[i - 1];

      if (act->until_ms == 0 && act->at_ms >= from_ms && act->at_ms <= to_ms && side_alert_act_is_about (act, rule, operator_id))
        return act;
    }
  return NULL;
}

/**
 * side_alert_shelf_find_snooze:
 * @self: rules
 * @rule: UUID of one
 * @now_ms: the server's clock
 *
 * The newest word counts: one whose time ends as it is said ends the one before.
 *
 * Returns: (transfer none) (nullable): who keeps the rule quiet now, until the next "changed"
 */
const SideAlertAct *
side_alert_shelf_find_snooze (SideAlertShelf *self,
                              const char     *rule,
                              gint64          now_ms)
{
  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (self) && rule != NULL, NULL);

  for (guint i = self->acts->len; i > 0; i--)
    {
      const SideAlertAct *act = self->acts->pdata[i - 1];

      if (act->until_ms != 0 && g_str_equal (act->rule, rule))
        return act->until_ms > now_ms ? act : NULL;
    }
  return NULL;
}

/* It counts at once, also where nothing can be written down: then for this window alone. */
static void
put_act (SideAlertShelf *self,
         SideAlertAct   *act)
{
  g_autoptr (SideDocument) document = side_wire_document_for_alert_act (act);

  g_hash_table_insert (self->sent, g_strdup (act->id), side_alert_act_ref (act));
  g_ptr_array_add (self->acts, side_alert_act_ref (act));
  g_ptr_array_sort (self->acts, compare_acts);
  if (side_document_shelf_get_store (SIDE_DOCUMENT_SHELF (self)) != NULL)
    side_document_shelf_put (SIDE_DOCUMENT_SHELF (self), document, NULL);
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (self));
}

static SideAlertAct *
new_act (SideAlertShelf *self,
         const char     *rule)
{
  g_autofree char *id = side_id_new ();
  SideAlertAct *act = side_alert_act_new (id, side_document_shelf_get_project (SIDE_DOCUMENT_SHELF (self)), rule,
                                          side_desk_get_write_ms (get_desk (self)));

  act->author = g_strdup (side_desk_get_user (get_desk (self)));
  return act;
}

/**
 * side_alert_shelf_acknowledge:
 * @self: rules
 * @rule: UUID of the rule of an alert that goes on
 * @operator_id: (nullable): whom it is about
 * @note: (nullable): what the person says to it
 *
 * All who look see who took it on. What goes wrong is told by "failed".
 */
void
side_alert_shelf_acknowledge (SideAlertShelf *self,
                              const char     *rule,
                              const char     *operator_id,
                              const char     *note)
{
  g_autoptr (SideAlertAct) act = NULL;

  g_return_if_fail (SIDE_IS_ALERT_SHELF (self) && rule != NULL && get_desk (self) != NULL);

  act = new_act (self, rule);
  act->operator_id = g_strdup (operator_id);
  act->note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
  put_act (self, act);
}

/**
 * side_alert_shelf_snooze:
 * @self: rules
 * @rule: UUID of one
 * @until_ms: the server's clock; now or before to hear of it again at once
 *
 * Keeps a rule quiet for all who look.
 */
void
side_alert_shelf_snooze (SideAlertShelf *self,
                         const char     *rule,
                         gint64          until_ms)
{
  g_autoptr (SideAlertAct) act = NULL;

  g_return_if_fail (SIDE_IS_ALERT_SHELF (self) && rule != NULL && get_desk (self) != NULL);

  act = new_act (self, rule);
  act->until_ms = CLAMP (until_ms, act->at_ms + 1, act->at_ms + SIDE_ALERT_MAX_SNOOZE_MS);
  put_act (self, act);
}
