/* side-actions.c - what a supervisor may do at the call centre, and doing it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server is asked beforehand what may be done, so that who cannot listen
 * reads why before a telephone should ring. An answer that got lost is asked
 * for again under the same id: nothing is done twice. Reasons are remembered,
 * since they are the same ones day after day.
 */
#include "side-actions.h"

#include "side-error.h"
#include "side-settings.h"

#define FRESH_US     (10 * G_TIME_SPAN_SECOND)   /* so long an answer is believed */
#define AGAIN_MS     1000
#define MOST_TRIES   3
#define MOST_REASONS 5

struct _SideActions
{
  GObject           parent_instance;
  SideDesk         *desk;
  SideActionOffers *offers;       /* (nullable): what the server told last */
  GError           *error;        /* (nullable): why it told nothing */
  GCancellable     *cancellable;
  gint64            told_us;
  gboolean          asking;
};

G_DEFINE_FINAL_TYPE (SideActions, side_actions, G_TYPE_OBJECT)

static guint changed_signal;

static void
side_actions_dispose (GObject *object)
{
  SideActions *self = SIDE_ACTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_actions_parent_class)->dispose (object);
}

static void
side_actions_finalize (GObject *object)
{
  SideActions *self = SIDE_ACTIONS (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->offers, side_action_offers_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_actions_parent_class)->finalize (object);
}

static void
side_actions_class_init (SideActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_actions_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_actions_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_actions_init (SideActions *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * side_actions_new:
 * @desk: at whose server it is done
 *
 * Returns: (transfer full): nothing is known yet
 */
SideActions *
side_actions_new (SideDesk *desk)
{
  SideActions *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_ACTIONS, NULL);
  self->desk = g_object_ref (desk);
  return self;
}

/**
 * side_actions_get_desk:
 * @self: actions
 *
 * Returns: (transfer none): at whose server it is done
 */
SideDesk *
side_actions_get_desk (SideActions *self)
{
  g_return_val_if_fail (SIDE_IS_ACTIONS (self), NULL);
  return self->desk;
}

/**
 * side_actions_are_for_user:
 * @self: actions
 *
 * Returns: whether this user's role acts at all
 */
gboolean
side_actions_are_for_user (SideActions *self)
{
  g_return_val_if_fail (SIDE_IS_ACTIONS (self), FALSE);
  return side_desk_get_role (self->desk) == SIDE_ROLE_SUPERVISOR;
}

/* ---- what may be done ---- */

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideActions) self = data;
  g_autoptr (GError) error = NULL;
  SideActionOffers *offers = side_link_get_actions_finish (SIDE_LINK (source), result, &error);

  self->asking = FALSE;
  if (self->desk == NULL)
    {
      g_clear_pointer (&offers, side_action_offers_free);
      return;
    }
  g_clear_pointer (&self->offers, side_action_offers_free);
  g_clear_error (&self->error);
  self->offers = offers;
  self->error = g_steal_pointer (&error);
  self->told_us = g_get_monotonic_time ();
  g_signal_emit (self, changed_signal, 0);
}

/**
 * side_actions_refresh:
 * @self: actions
 *
 * Asks the server what may be done now, unless it told so a moment ago; ::changed
 * comes when it has answered.
 */
void
side_actions_refresh (SideActions *self)
{
  SideLink *link;

  g_return_if_fail (SIDE_IS_ACTIONS (self));

  link = side_desk_get_link (self->desk);
  if (link == NULL || self->asking || (self->offers != NULL && g_get_monotonic_time () - self->told_us < FRESH_US))
    return;
  self->asking = TRUE;
  side_link_get_actions_async (link, self->cancellable, told_cb, g_object_ref (self));
}

/**
 * side_actions_get_error:
 * @self: actions
 *
 * Returns: (transfer none) (nullable): why it is not known what may be done
 */
const GError *
side_actions_get_error (SideActions *self)
{
  g_return_val_if_fail (SIDE_IS_ACTIONS (self), NULL);
  return self->error;
}

/**
 * side_actions_get_hurdle:
 * @self: actions
 * @kind: one
 * @hurdle: (out): what is in its way in the project that is shown
 *
 * Returns: whether that is known
 */
gboolean
side_actions_get_hurdle (SideActions    *self,
                         SideActionKind  kind,
                         SideHurdle     *hurdle)
{
  const char *project;

  g_return_val_if_fail (SIDE_IS_ACTIONS (self) && hurdle != NULL, FALSE);

  project = side_desk_get_project_id (self->desk);
  if (self->offers == NULL || project == NULL)
    return FALSE;
  *hurdle = side_action_offers_get (self->offers, project, kind);
  return TRUE;
}

/**
 * side_actions_get_breaks:
 * @self: actions
 *
 * Returns: (transfer none) (element-type utf8) (nullable): the words one of which a pause must have;
 *   any where there are none
 */
const GPtrArray *
side_actions_get_breaks (SideActions *self)
{
  g_return_val_if_fail (SIDE_IS_ACTIONS (self), NULL);
  return self->offers != NULL ? self->offers->breaks : NULL;
}

/**
 * side_actions_get_phone:
 * @self: actions
 *
 * Returns: (transfer none) (nullable): what rings when this user listens
 */
const char *
side_actions_get_phone (SideActions *self)
{
  g_return_val_if_fail (SIDE_IS_ACTIONS (self), NULL);
  return self->offers != NULL ? self->offers->phone : NULL;
}

/* ---- reasons ---- */

/**
 * side_actions_dup_reasons:
 * @self: actions
 * @kind: one
 *
 * Returns: (transfer full) (array zero-terminated=1): what was given as its reason before, the last one first
 */
char **
side_actions_dup_reasons (SideActions    *self,
                          SideActionKind  kind)
{
  g_autoptr (GVariant) all = NULL;
  char **reasons = NULL;

  g_return_val_if_fail (SIDE_IS_ACTIONS (self), NULL);

  all = g_settings_get_value (side_settings_get (), "action-reasons");
  if (!g_variant_lookup (all, side_action_kind_to_string (kind), "^as", &reasons))
    reasons = g_new0 (char *, 1);
  return reasons;
}

static void
remember_reason (SideActions    *self,
                 SideActionKind  kind,
                 const char     *reason)
{
  g_autoptr (GVariant) all = g_settings_get_value (side_settings_get (), "action-reasons");
  g_auto (GStrv) before = side_actions_dup_reasons (self, kind);
  g_autoptr (GPtrArray) now = g_ptr_array_new ();
  GVariantBuilder builder;
  GVariantIter others;
  const char *word;
  GVariant *reasons;

  g_ptr_array_add (now, (gpointer) reason);
  for (guint i = 0; before[i] != NULL && now->len < MOST_REASONS; i++)
    if (!g_str_equal (before[i], reason))
      g_ptr_array_add (now, before[i]);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&others, all);
  while (g_variant_iter_loop (&others, "{&s@as}", &word, &reasons))
    if (!g_str_equal (word, side_action_kind_to_string (kind)))
      g_variant_builder_add (&builder, "{s@as}", word, reasons);
  g_variant_builder_add (&builder, "{s@as}", side_action_kind_to_string (kind),
                         g_variant_new_strv ((const char *const *) now->pdata, now->len));
  g_settings_set_value (side_settings_get (), "action-reasons", g_variant_builder_end (&builder));
}

/* ---- doing ---- */

typedef struct {
  SideActionRequest *request;
  guint              tries;
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  side_action_request_free (deed->request);
  g_free (deed);
}

static SideActionRequest *
copy_request (const SideActionRequest *from)
{
  SideActionRequest *to = side_action_request_new (from->kind, from->request, from->reason);

  to->call = g_strdup (from->call);
  to->project = g_strdup (from->project);
  to->operator_id = g_strdup (from->operator_id);
  to->queue = g_strdup (from->queue);
  to->break_reason = g_strdup (from->break_reason);
  return to;
}

static void ask (GTask *task);

static gboolean
again_cb (gpointer data)
{
  ask (g_object_ref (data));
  return G_SOURCE_REMOVE;
}

/* The server may have done it, and its answer got lost; it says so under the same id. */
static gboolean
may_be_lost (const GError *error)
{
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  SideActions *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SideActionDone *done = side_link_act_finish (SIDE_LINK (source), result, &error);

  if (done != NULL)
    {
      remember_reason (self, deed->request->kind, deed->request->reason);
      g_task_return_pointer (task, done, (GDestroyNotify) side_action_done_free);
    }
  else if (may_be_lost (error) && deed->tries < MOST_TRIES && self->desk != NULL)
    {
      g_timeout_add_full (G_PRIORITY_DEFAULT, AGAIN_MS, again_cb, g_object_ref (task), g_object_unref);
    }
  else
    {
      self->told_us = 0;   /* what was offered is no longer so */
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* @task: (transfer full) */
static void
ask (GTask *task)
{
  SideActions *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  SideLink *link = self->desk != NULL ? side_desk_get_link (self->desk) : NULL;

  deed->tries++;
  if (link != NULL)
    {
      side_link_act_async (link, deed->request, self->cancellable, done_cb, task);
      return;
    }
  g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "there is no server");
  g_object_unref (task);
}

/**
 * side_actions_do_async:
 * @self: actions
 * @request: what is to be done, with its reason
 * @callback: called when it is done
 * @user_data: its data
 */
void
side_actions_do_async (SideActions             *self,
                       const SideActionRequest *request,
                       GAsyncReadyCallback      callback,
                       gpointer                 user_data)
{
  Deed *deed = g_new0 (Deed, 1);
  GTask *task;

  g_return_if_fail (SIDE_IS_ACTIONS (self) && request != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  deed->request = copy_request (request);
  g_task_set_task_data (task, deed, deed_free);
  ask (task);
}

/**
 * side_actions_do_finish:
 * @self: actions
 * @result: the result
 * @error: as side_link_act_finish()
 *
 * Returns: (transfer full): what was done
 */
SideActionDone *
side_actions_do_finish (SideActions   *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
