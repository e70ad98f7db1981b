/* side-alarm.c - what does not go well in the project that is looked at
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Judges the rules of the desk's project by the very board that is shown, at
 * each change and at each moment at which time alone may bring something
 * about. The banner of the Live page, the badge of the sidebar, the sound and
 * the notification of the desktop all come from here, so they always agree. A
 * stale picture raises nothing but that it is stale: those callers may be gone.
 */
#include "side-alarm.h"

#include "side-alert-replay.h"
#include "side-alert-words.h"
#include "side-time.h"

#define KEPT           200                     /* alerts that are over, at most */
#define LEFT_OUT_MS    SIDE_MINUTE_MS          /* a computer that slept longer does not go through all of it */
#define BEFORE_US_MS   (30 * SIDE_MINUTE_MS)   /* what was so when we began may have been answered that long before */
#define SOONEST_MS     20

struct _SideAlarm
{
  GObject         parent_instance;
  SideDesk       *desk;
  SideAlertShelf *shelf;
  SideAlerts     *alerts;
  GPtrArray      *rules;       /* of SideAlertRule: those that @alerts judges */
  GPtrArray      *ended;       /* of SideAlert, the newest last */
  GHashTable     *raised;      /* key of one that is loud → its SideAlertLevel */
  gint64          begun_ms;    /* the first look at this project; 0 before */
  gint64          looked_ms;
  guint           count;
  guint           timer_id;
  gboolean        moved;       /* an alert began, changed or ended at this look */
};

enum { PROP_0, PROP_COUNT, N_PROPS };
enum { SIGNAL_CHANGED, SIGNAL_RAISED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideAlarm, side_alarm, G_TYPE_OBJECT)

static void look_now (SideAlarm *self);

/* ---- what it looks at ---- */

/* Since when nothing has been heard: of the server by us, or of the exchange by the server. */
static gint64
get_silent_ms (SideAlarm *self)
{
  gint64 gap_ms = side_desk_get_gap_ms (self->desk);

  if (gap_ms != 0 || !side_desk_is_stale (self->desk))
    return gap_ms;
  return MAX (side_desk_get_as_of_ms (self->desk), 1);
}

static void
told_cb (const SideAlert *alert,
         SideAlertLevel   before,
         gpointer         data)
{
  SideAlarm *self = data;

  self->moved = TRUE;
  if (alert->ended_ms == 0)
    return;
  g_ptr_array_add (self->ended, side_alert_copy (alert));
  if (self->ended->len > KEPT)
    g_ptr_array_remove_index (self->ended, 0);
}

static gboolean
timer_cb (gpointer data)
{
  SideAlarm *self = data;

  self->timer_id = 0;
  look_now (self);
  return G_SOURCE_REMOVE;
}

/* The desk's own second would be up to one too late. */
static void
set_timer (SideAlarm        *self,
           SideBoardProject *project,
           gint64            silent_ms,
           gint64            now_ms)
{
  gint64 next_ms = side_alerts_get_next_ms (self->alerts, project, silent_ms, now_ms);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (next_ms - now_ms < SIDE_SECOND_MS)
    self->timer_id = g_timeout_add ((guint) MAX (next_ms - now_ms, SOONEST_MS), timer_cb, self);
}

static void
judge (SideAlarm        *self,
       SideBoardProject *project,
       gint64            now_ms)
{
  gint64 silent_ms = get_silent_ms (self), next_ms;

  if (self->begun_ms == 0)
    self->begun_ms = now_ms;
  /* What is only judged at certain instants is judged at those that went by since. */
  for (next_ms = self->looked_ms; next_ms != 0 && now_ms - self->looked_ms < LEFT_OUT_MS;)
    {
      next_ms = side_alerts_get_next_ms (self->alerts, project, silent_ms, next_ms);
      if (next_ms >= now_ms)
        break;
      side_alerts_look (self->alerts, project, silent_ms, next_ms, told_cb, self);
    }
  if (self->looked_ms == 0 || now_ms - self->looked_ms >= LEFT_OUT_MS)
    side_alerts_look (self->alerts, project, silent_ms, now_ms - now_ms % SIDE_ALERTS_GRID_MS, told_cb, self);
  side_alerts_look (self->alerts, project, silent_ms, now_ms, told_cb, self);
  self->looked_ms = now_ms;
  set_timer (self, project, silent_ms, now_ms);
}

/* ---- what is told ---- */

static char *
key_of (const SideAlert *alert)
{
  return g_strdup_printf ("%s %s", alert->rule->id, alert->operator_id != NULL ? alert->operator_id : "");
}

/* Whoever opens a project sees what is so; to be called for it is for what begins then. */
static void
tell (SideAlarm *self,
      gboolean   quietly)
{
  GPtrArray *active = side_alerts_get_active (self->alerts);
  g_autoptr (GHashTable) loud = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint count = 0;

  for (guint i = 0; i < active->len; i++)
    {
      const SideAlert *alert = active->pdata[i];
      char *key;

      if (!side_alarm_is_loud (self, alert))
        continue;
      count++;
      key = key_of (alert);
      g_hash_table_insert (loud, key, GINT_TO_POINTER (alert->level));
      if (!quietly && GPOINTER_TO_INT (g_hash_table_lookup (self->raised, key)) < (int) alert->level)
        {
          g_autofree char *heading = side_alarm_dup_heading (self, alert);

          g_signal_emit (self, signals[SIGNAL_RAISED], 0, heading, alert->level == SIDE_ALERT_ALARM);
        }
    }
  g_hash_table_unref (self->raised);
  self->raised = g_steal_pointer (&loud);
  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

static void
look_now (SideAlarm *self)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  gint64 now_ms = side_desk_get_write_ms (self->desk);
  gboolean quietly = self->begun_ms == 0 || side_document_shelf_is_reading (SIDE_DOCUMENT_SHELF (self->shelf));

  self->moved = FALSE;
  if (project != NULL && project->config != NULL && now_ms >= self->looked_ms)
    judge (self, project, now_ms);
  tell (self, quietly);
  if (self->moved)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
shelf_cb (SideAlarm *self)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  GPtrArray *now = side_alert_shelf_get_rules (self->shelf);

  /* What was read gives way to what is read next. */
  for (guint i = 0; i < now->len; i++)
    g_ptr_array_add (rules, side_alert_rule_ref (now->pdata[i]));
  side_alerts_set_rules (self->alerts, rules, MAX (self->looked_ms, 1), told_cb, self);
  g_ptr_array_unref (self->rules);
  self->rules = rules;
  look_now (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
project_cb (SideAlarm *self)
{
  g_ptr_array_set_size (self->ended, 0);
  g_hash_table_remove_all (self->raised);
  g_clear_pointer (&self->alerts, side_alerts_free);
  self->alerts = side_alerts_new (self->rules);
  self->begun_ms = 0;
  self->looked_ms = 0;
  shelf_cb (self);
}

/* ---- the object ---- */

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

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_alarm_parent_class)->dispose (object);
}

static void
side_alarm_finalize (GObject *object)
{
  SideAlarm *self = SIDE_ALARM (object);

  g_clear_pointer (&self->alerts, side_alerts_free);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->ended);
  g_hash_table_unref (self->raised);
  G_OBJECT_CLASS (side_alarm_parent_class)->finalize (object);
}

static void
side_alarm_class_init (SideAlarmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = side_alarm_get_property;
  object_class->dispose = side_alarm_dispose;
  object_class->finalize = side_alarm_finalize;
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RAISED] = g_signal_new ("raised", SIDE_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
side_alarm_init (SideAlarm *self)
{
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_free);
  self->raised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  self->shelf = g_object_ref (side_alert_shelf_get (desk));
  g_signal_connect_swapped (desk, "board-changed", G_CALLBACK (look_now), self);
  g_signal_connect_swapped (desk, "tick", G_CALLBACK (look_now), self);
  g_signal_connect_swapped (self->shelf, "changed", G_CALLBACK (shelf_cb), self);
  /* Behind the shelf, which has the project's rules by then. */
  g_signal_connect_swapped (desk, "notify::project-id", G_CALLBACK (project_cb), self);
  project_cb (self);
  return self;
}

/**
 * side_alarm_get_desk:
 * @self: an alarm
 *
 * Returns: (transfer none): the desk it watches
 */
SideDesk *
side_alarm_get_desk (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);
  return self->desk;
}

/**
 * side_alarm_get_shelf:
 * @self: an alarm
 *
 * Returns: (transfer none): the rules it judges, and what was done about them
 */
SideAlertShelf *
side_alarm_get_shelf (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);
  return self->shelf;
}

/**
 * side_alarm_get_count:
 * @self: an alarm
 *
 * Returns: how many alerts nobody has taken on or put off
 */
guint
side_alarm_get_count (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), 0);
  return self->count;
}

/* ---- one by one ---- */

/**
 * side_alarm_get_state:
 * @self: an alarm
 * @alert: one of its alerts, whether it goes on or is over
 *
 * Returns: what was done about it; until the next "changed"
 */
SideAlarmState
side_alarm_get_state (SideAlarm       *self,
                      const SideAlert *alert)
{
  SideAlarmState state = { NULL, NULL };
  gint64 now_ms, from_ms;

  g_return_val_if_fail (SIDE_IS_ALARM (self) && alert != NULL, state);

  now_ms = alert->ended_ms != 0 ? alert->ended_ms : side_desk_get_write_ms (self->desk);
  from_ms = alert->began_ms <= self->begun_ms ? alert->began_ms - BEFORE_US_MS : alert->began_ms;
  state.answer = side_alert_shelf_find_answer (self->shelf, alert->rule->id, alert->operator_id, from_ms, now_ms);
  if (alert->ended_ms == 0)
    state.snooze = side_alert_shelf_find_snooze (self->shelf, alert->rule->id, side_desk_get_write_ms (self->desk));
  return state;
}

/**
 * side_alarm_is_loud:
 * @self: an alarm
 * @alert: one of its alerts
 *
 * Returns: whether people are to be called for it now
 */
gboolean
side_alarm_is_loud (SideAlarm       *self,
                    const SideAlert *alert)
{
  SideAlarmState state;

  g_return_val_if_fail (SIDE_IS_ALARM (self) && alert != NULL, FALSE);

  if (alert->ended_ms != 0 || (get_silent_ms (self) != 0 && alert->rule->watch != SIDE_ALERT_STALE))
    return FALSE;
  state = side_alarm_get_state (self, alert);
  return state.snooze == NULL && (state.answer == NULL || (alert->level == SIDE_ALERT_ALARM && state.answer->at_ms < alert->level_ms));
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const SideAlert *x = *(SideAlert *const *) a, *y = *(SideAlert *const *) b;
  gboolean loud = side_alarm_is_loud (data, x);

  if (loud != side_alarm_is_loud (data, y))
    return loud ? -1 : 1;
  if (x->level != y->level)
    return x->level > y->level ? -1 : 1;
  if (x->began_ms != y->began_ms)
    return x->began_ms < y->began_ms ? -1 : 1;
  return g_strcmp0 (x->rule->id, y->rule->id);
}

/**
 * side_alarm_list:
 * @self: an alarm
 *
 * Returns: (transfer container) (element-type SideAlert): those that go on, the loud
 *   ones first, the gravest before others; until the next "changed"
 */
GPtrArray *
side_alarm_list (SideAlarm *self)
{
  GPtrArray *list = g_ptr_array_new (), *active;

  g_return_val_if_fail (SIDE_IS_ALARM (self), list);

  active = side_alerts_get_active (self->alerts);
  for (guint i = 0; i < active->len; i++)
    g_ptr_array_add (list, active->pdata[i]);
  g_ptr_array_sort_with_data (list, compare, self);
  return list;
}

/**
 * side_alarm_list_ended:
 * @self: an alarm
 *
 * Returns: (transfer none) (element-type SideAlert): those that are over since the
 *   project was opened, the newest last; until the next "changed"
 */
GPtrArray *
side_alarm_list_ended (SideAlarm *self)
{
  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);
  return self->ended;
}

/**
 * side_alarm_get_gravest:
 * @self: an alarm
 *
 * Returns: (transfer none) (nullable): of those that are loud; until the next "changed"
 */
const SideAlert *
side_alarm_get_gravest (SideAlarm *self)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (SIDE_IS_ALARM (self), NULL);

  if (self->count == 0)
    return NULL;
  list = side_alarm_list (self);
  return list->len > 0 ? list->pdata[0] : NULL;
}

/**
 * side_alarm_get_free:
 * @self: an alarm
 * @alert: one of its alerts
 *
 * Returns: how many operators are free who could take those that wait; 0 where it is not about waiting
 */
guint
side_alarm_get_free (SideAlarm       *self,
                     const SideAlert *alert)
{
  SideBoardProject *project;
  const char *queue;
  guint n = 0;

  g_return_val_if_fail (SIDE_IS_ALARM (self) && alert != NULL, 0);

  project = side_desk_get_board_project (self->desk);
  if (project == NULL || (alert->rule->watch != SIDE_ALERT_LONGEST_WAIT && alert->rule->watch != SIDE_ALERT_WAITING))
    return 0;
  queue = side_alert_words_find_queue (alert, project, side_desk_get_picture_ms (self->desk));
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = project->operators->pdata[i];

      n += op->state == SIDE_OPERATOR_READY && (queue == NULL || g_ptr_array_find (op->queues, queue, NULL));
    }
  return n;
}

/**
 * side_alarm_snooze:
 * @self: an alarm
 * @alert: one of its alerts
 * @for_ms: for how long nobody is called for its rule; 0 or less to end that
 */
void
side_alarm_snooze (SideAlarm       *self,
                   const SideAlert *alert,
                   gint64           for_ms)
{
  g_return_if_fail (SIDE_IS_ALARM (self) && alert != NULL);
  side_alert_shelf_snooze (self->shelf, alert->rule->id, side_desk_get_write_ms (self->desk) + for_ms);
}

/**
 * side_alarm_dup_heading:
 * @self: an alarm
 * @alert: one of its alerts that goes on
 *
 * Returns: (transfer full): what is so: "Orders: a caller has waited 1:12"
 */
char *
side_alarm_dup_heading (SideAlarm       *self,
                        const SideAlert *alert)
{
  SideBoardProject *project;

  g_return_val_if_fail (SIDE_IS_ALARM (self) && alert != NULL, NULL);

  project = side_desk_get_board_project (self->desk);
  return project != NULL ? side_alert_words_heading (alert, project, side_desk_get_picture_ms (self->desk)) : g_strdup ("");
}
