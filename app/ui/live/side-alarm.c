/* side-alarm.c - who waits too long
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Watches the chosen project of a desk while callers wait, not after: looks
 * once a second and at each change for callers over the project's limit. The
 * banner of the Live page, the badge of the sidebar and the desktop's
 * notification all come from here, so they always agree. A stale picture
 * raises nothing: those callers may be gone.
 */
#include "side-alarm.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-text.h"

struct _SideAlarm
{
  GObject   parent_instance;
  SideDesk *desk;
  SideCall *call;          /* the one who waits longest; NULL for none */
  guint     count;
  guint     n_free;        /* free operators who take that call's queue */
  gint64    snoozed_ms;    /* nothing is raised before */
};

enum { PROP_0, PROP_COUNT, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideAlarm, side_alarm, G_TYPE_OBJECT)

static void
side_alarm_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (id == PROP_COUNT)
    g_value_set_uint (value, SIDE_ALARM (object)->count);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_alarm_dispose (GObject *object)
{
  SideAlarm *self = SIDE_ALARM (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->call, side_call_unref);
  G_OBJECT_CLASS (side_alarm_parent_class)->dispose (object);
}

static void
side_alarm_class_init (SideAlarmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = side_alarm_get_property;
  object_class->dispose = side_alarm_dispose;
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_alarm_init (SideAlarm *self)
{
}

static guint
count_free (SideBoardProject *project,
            const char       *queue)
{
  guint n = 0;

  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);

      n += op->state == SIDE_OPERATOR_READY && g_ptr_array_find (op->queues, queue, NULL);
    }
  return n;
}

static void
look (SideAlarm *self)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  SideProject *config = side_desk_get_project (self->desk);
  gint64 now_ms = side_desk_get_now_ms (self->desk);
  SideCall *longest = NULL;
  guint count = 0;

  if (project != NULL && config != NULL && !side_desk_is_stale (self->desk) &&
      side_desk_get_gap_ms (self->desk) == 0 && now_ms >= self->snoozed_ms)
    for (guint i = 0; i < project->live->len; i++)
      {
        SideCall *call = g_ptr_array_index (project->live, i);

        if (call->test || !side_call_is_waiting (call) || now_ms - call->joined_ms <= config->wait_limit_ms)
          continue;
        count++;
        if (longest == NULL || call->joined_ms < longest->joined_ms)
          longest = call;
      }
  if (longest != self->call)
    {
      g_clear_pointer (&self->call, side_call_unref);
      self->call = longest != NULL ? side_call_ref (longest) : NULL;
    }
  self->n_free = longest != NULL ? count_free (project, longest->queue) : 0;
  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

static void
project_cb (SideAlarm *self)
{
  self->snoozed_ms = 0;
  look (self);
}

/**
 * side_alarm_new:
 * @desk: the desk to watch
 *
 * Returns: (transfer full): an alarm
 */
SideAlarm *
side_alarm_new (SideDesk *desk)
{
  SideAlarm *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_ALARM, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_swapped (desk, "board-changed", G_CALLBACK (look), self);
  g_signal_connect_swapped (desk, "tick", G_CALLBACK (look), self);
  g_signal_connect_swapped (desk, "notify::project-id", G_CALLBACK (project_cb), self);
  look (self);
  return self;
}

/**
 * side_alarm_get_count:
 * @self: an alarm
 *
 * Returns: how many callers wait over the limit
 */
guint
side_alarm_get_count (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), 0);
  return self->count;
}

/**
 * side_alarm_get_call:
 * @self: an alarm
 *
 * Returns: (transfer none) (nullable): the call that waits longest over the limit
 */
const SideCall *
side_alarm_get_call (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);
  return self->call;
}

/**
 * side_alarm_get_free:
 * @self: an alarm
 *
 * Returns: how many operators are free who take that call's queue
 */
guint
side_alarm_get_free (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), 0);
  return self->n_free;
}

/**
 * side_alarm_snooze:
 * @self: an alarm
 * @for_ms: for how long nothing is raised
 */
void
side_alarm_snooze (SideAlarm *self,
                   gint64     for_ms)
{
  g_return_if_fail (SIDE_IS_ALARM (self));
  self->snoozed_ms = side_desk_get_now_ms (self->desk) + for_ms;
  look (self);
}

/**
 * side_alarm_dup_heading:
 * @self: an alarm
 *
 * Returns: (transfer full) (nullable): what is so: "Orders: a caller has waited 1:12"
 */
char *
side_alarm_dup_heading (SideAlarm *self)
{
  g_autofree char *waited = NULL;
  const char *queue;

  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);
  if (self->call == NULL)
    return NULL;
  waited = side_text_duration (side_desk_get_now_ms (self->desk) - self->call->joined_ms);
  queue = side_format_queue_name (side_desk_get_project (self->desk), self->call->queue);
  if (self->count == 1)
    /* Translators: a queue and a time: "Orders: a caller has waited 1:12" */
    return g_strdup_printf (_("%s: a caller has waited %s"), queue, waited);
  /* Translators: how many callers, the queue of the one who waits longest, and how long that is */
  return g_strdup_printf (ngettext ("%u caller over the limit, the longest in %s for %s",
                                    "%u callers over the limit, the longest in %s for %s", self->count),
                          self->count, queue, waited);
}
