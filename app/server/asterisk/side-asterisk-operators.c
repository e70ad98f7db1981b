/* side-asterisk-operators.c - operators, their queues and states
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An operator may be a member of queues of several projects. Each of these
 * projects is told the operator's state, but only the project a call belongs
 * to is told which call. The state is worked out anew from all that is known
 * after each change, and told where it differs from what was told last.
 */
#include "side-asterisk-private.h"

#include <string.h>

/* AST_DEVICE_… of include/asterisk/devicestate.h, as QueueMember events have them. */
enum {
  DEVICE_UNKNOWN,
  DEVICE_FREE,
  DEVICE_IN_USE,
  DEVICE_BUSY,
  DEVICE_INVALID,
  DEVICE_UNAVAILABLE,
  DEVICE_RINGING,
  DEVICE_RING_IN_USE,
  DEVICE_ON_HOLD,
};

void
membership_free (gpointer data)
{
  Membership *membership = data;

  g_free (membership->interface);
  g_free (membership->reason);
  g_free (membership);
}

static void
view_free (gpointer data)
{
  View *view = data;

  g_free (view->call);
  g_free (view->reason);
  g_free (view);
}

void
operator_free (gpointer data)
{
  Operator *operator = data;

  g_ptr_array_unref (operator->memberships);
  g_ptr_array_unref (operator->views);
  g_free (operator->wrap_call);
  g_free (operator);
}

/* Says whom an event is about. */
void
operator_sign (const Operator *operator,
               SideEvent      *event)
{
  event->operator_id = operator->id;
  event->name = operator->name;
}

/* Ids are shown to those from whom names are kept. The same name gives the
 * same id everywhere, whoever tells of it first. */
static const char *
make_id (const char *name)
{
  g_autofree char *salted = g_strconcat ("sidetone operator ", name, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);
  g_autofree char *id = g_strdup_printf ("op-%.12s", hash);

  return g_intern_string (id);
}

/* The one of that name, or else of that interface; a new one if need be. */
Operator *
operator_get (SideAsteriskTracker *self,
              const char          *name,
              const char          *interface)
{
  g_autofree char *clean = NULL;
  Operator *operator;

  if ((name == NULL || *name == '\0') && interface != NULL && *interface != '\0')
    {
      operator = g_hash_table_lookup (self->interfaces, interface);
      if (operator != NULL)
        return operator;
      name = interface;
    }
  side_asterisk_text (&clean, name != NULL && *name != '\0' ? name : "unknown");
  operator = g_hash_table_lookup (self->operators, clean);
  if (operator == NULL)
    {
      const char *word = side_asterisk_word (clean);

      if (word == NULL && strcmp (clean, "unknown") != 0)
        return operator_get (self, "unknown", NULL);
      operator = g_new0 (Operator, 1);
      operator->name = word != NULL ? word : g_intern_static_string ("unknown");
      operator->id = make_id (operator->name);
      operator->memberships = g_ptr_array_new_with_free_func (membership_free);
      operator->views = g_ptr_array_new_with_free_func (view_free);
      g_hash_table_insert (self->operators, (gpointer) operator->name, operator);
    }
  if (interface != NULL && *interface != '\0')
    g_hash_table_replace (self->interfaces, g_strdup (interface), operator);
  return operator;
}

/* queue_log has the member's name or the interface, as the PBX is set up. */
Operator *
operator_find_agent (SideAsteriskTracker *self,
                     const char          *agent)
{
  Operator *operator = g_hash_table_lookup (self->operators, agent);

  if (operator == NULL)
    operator = g_hash_table_lookup (self->interfaces, agent);
  return operator != NULL ? operator : operator_get (self, agent, NULL);
}

Membership *
operator_find_membership (Operator   *operator,
                          const char *queue,
                          const char *interface)
{
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (membership->queue == queue && (interface == NULL || strcmp (membership->interface, interface) == 0))
        return membership;
    }
  return NULL;
}

static gboolean
is_busy (int device)
{
  return device == DEVICE_IN_USE || device == DEVICE_BUSY || device == DEVICE_RING_IN_USE
         || device == DEVICE_ON_HOLD;
}

static gboolean
has_device (const Operator *operator,
            gboolean (*test) (int device))
{
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      if (test (((Membership *) g_ptr_array_index (operator->memberships, i))->device))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_ringing (int device)
{
  return device == DEVICE_RINGING;
}

static gboolean
is_reachable (int device)
{
  return device != DEVICE_UNAVAILABLE && device != DEVICE_INVALID;
}

/* Paused for a project when paused in all its queues. */
static gboolean
is_on_break (const Operator    *operator,
             const SideProject *project,
             char             **reason,
             gboolean          *is_member)
{
  gboolean paused = TRUE;

  *reason = NULL;
  *is_member = FALSE;
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      const Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (membership->project != project)
        continue;
      *is_member = TRUE;
      paused = paused && membership->paused;
      if (*reason == NULL)
        *reason = membership->reason;
    }
  return paused && *is_member;
}

static void
set_call (View       *state,
          const Leg  *leg)
{
  if (leg->project != state->project)
    return;
  state->call = leg->id;
  state->queue = leg->queue;
}

static char missed_reason[] = "missed";

/* Works the state out; @state->call and @state->reason are borrowed. */
static void
find_state (const Operator *operator,
            View           *state,
            gint64          now_ms)
{
  char *reason;
  gboolean is_member;
  gboolean on_break = is_on_break (operator, state->project, &reason, &is_member);
  gboolean trust_device = !operator->device_stale && operator->spying == 0;

  state->state = SIDE_OPERATOR_OFF;
  if (!is_member)
    return;
  if (operator->leg != NULL)
    {
      state->state = SIDE_OPERATOR_TALKING;
      set_call (state, operator->leg);
    }
  else if (operator->ringing != NULL)
    {
      state->state = SIDE_OPERATOR_RINGING;
      set_call (state, operator->ringing);
    }
  else if (trust_device && has_device (operator, is_busy))
    state->state = SIDE_OPERATOR_TALKING;
  else if (trust_device && has_device (operator, is_ringing))
    state->state = SIDE_OPERATOR_RINGING;
  else if (on_break)
    {
      state->state = SIDE_OPERATOR_BREAK;
      state->reason = reason;
    }
  else if (operator->wrap_until_ms > now_ms)
    {
      state->state = SIDE_OPERATOR_WRAP_UP;
      if (operator->wrap_project == state->project)
        {
          state->call = operator->wrap_call;
          state->queue = operator->wrap_queue;
        }
    }
  else if (has_device (operator, is_reachable))
    {
      state->state = SIDE_OPERATOR_READY;
      if (operator->missed != NULL && operator->missed->project == state->project)
        {
          state->reason = missed_reason;
          set_call (state, operator->missed);
        }
    }
}

static View *
find_view (Operator    *operator,
           SideProject *project)
{
  View *view;

  for (guint i = 0; i < operator->views->len; i++)
    {
      view = g_ptr_array_index (operator->views, i);
      if (view->project == project)
        return view;
    }
  view = g_new0 (View, 1);
  view->project = project;
  g_ptr_array_add (operator->views, view);
  return view;
}

static void
show_project (SideAsteriskTracker *self,
              Operator            *operator,
              View                *view,
              When                 when)
{
  View now = { .project = view->project };
  gboolean still_ready;
  SideEvent *event;

  find_state (operator, &now, when.at_ms);
  /* "missed" stands until the operator's next state. */
  still_ready = now.state == SIDE_OPERATOR_READY && view->state == now.state && operator->missed == NULL;
  if (still_ready || (now.state == view->state && now.queue == view->queue && g_strcmp0 (now.reason, view->reason) == 0
                      && g_strcmp0 (now.call, view->call) == 0))
    return;
  view->state = now.state;
  view->queue = now.queue;
  g_free (view->reason);
  view->reason = g_strdup (now.reason);
  g_free (view->call);
  view->call = g_strdup (now.call);

  event = side_event_new (SIDE_EVENT_OPERATOR_STATE, when.at_ms, view->project->id);
  operator_sign (operator, event);
  event->state = now.state;
  event->queue = now.queue;
  event->reason = g_strdup (now.reason);
  event->call = g_strdup (now.call);
  event->backfilled = when.backfilled;
  side_asterisk_emit (self, event);
}

/* Tells each project whose view of the operator changed. */
void
operator_show (SideAsteriskTracker *self,
               Operator            *operator,
               When                 when)
{
  for (guint i = 0; i < operator->views->len; i++)
    show_project (self, operator, g_ptr_array_index (operator->views, i), when);
}

void
operator_ring (SideAsteriskTracker *self,
               Operator            *operator,
               Leg                 *leg,
               When                 when)
{
  operator->ringing = leg;
  operator->ring_since_ms = when.at_ms;
  operator->ring_seen = FALSE;
  operator->wrap_until_ms = 0;
  operator_show (self, operator, when);
}

void
operator_ring_over (SideAsteriskTracker *self,
                    Operator            *operator,
                    Leg                 *leg,
                    gboolean             missed,
                    When                 when)
{
  if (operator->ringing != leg)
    return;
  operator->ringing = NULL;
  /* The device goes on saying "ringing" for a moment. */
  operator->device_stale = TRUE;
  operator->missed = missed ? leg : NULL;
  operator_show (self, operator, when);
  operator->missed = NULL;
}

void
operator_talks (SideAsteriskTracker *self,
                Operator            *operator,
                Leg                 *leg,
                When                 when)
{
  /* queue_log may tell of a call when the operator is in the next one. */
  if (operator->leg != NULL && operator->leg->ended_ms == 0 && operator->leg->answered_ms > leg->answered_ms)
    return;
  operator->leg = leg;
  if (operator->ringing != NULL)
    {
      g_ptr_array_remove (operator->ringing->ringing, operator);
      operator->ringing = NULL;
    }
  operator->wrap_until_ms = 0;
  operator_show (self, operator, when);
}

/* The call is over for the operator; the wrap-up its queue allows begins. */
void
operator_done (SideAsteriskTracker *self,
               Operator            *operator,
               Leg                 *leg,
               When                 when)
{
  const SideQueue *queue = side_project_find_queue (leg->project, leg->queue);

  if (operator->leg != leg)
    return;
  operator->leg = NULL;
  operator->device_stale = TRUE;
  if (queue != NULL && queue->wrap_up_ms > 0)
    {
      operator->wrap_until_ms = leg->ended_ms + queue->wrap_up_ms;
      operator->wrap_queue = leg->queue;
      operator->wrap_project = leg->project;
      g_free (operator->wrap_call);
      operator->wrap_call = g_strdup (leg->id);
    }
  operator_show (self, operator, when);
}

/* Who listens in is in no call of their own. */
void
operator_spies (SideAsteriskTracker *self,
                const char          *channel,
                gboolean             begins,
                When                 when)
{
  const char *dash = strrchr (channel, '-');
  g_autofree char *interface = dash != NULL ? g_strndup (channel, (gsize) (dash - channel)) : NULL;
  Operator *operator = g_hash_table_lookup (self->interfaces, interface);

  if (operator == NULL)
    return;
  if (begins)
    operator->spying++;
  else if (operator->spying > 0 && --operator->spying == 0)
    operator->device_stale = TRUE;
  operator_show (self, operator, when);
}

static void
tell_member (SideAsteriskTracker *self,
             Operator            *operator,
             Membership          *membership,
             SideMemberChange     change,
             When                 when)
{
  SideEvent *event = side_event_new (SIDE_EVENT_QUEUE_MEMBER, when.at_ms, membership->project->id);

  event->queue = membership->queue;
  operator_sign (operator, event);
  event->member = change;
  event->penalty = membership->penalty;
  event->backfilled = when.backfilled;
  side_asterisk_emit (self, event);
}

static Membership *
add_membership (Operator    *operator,
                SideProject *project,
                const char  *queue,
                const char  *interface)
{
  Membership *membership = g_new0 (Membership, 1);

  membership->project = project;
  membership->queue = queue;
  membership->interface = g_strdup (interface);
  membership->penalty = -1;
  g_ptr_array_add (operator->memberships, membership);
  find_view (operator, project);
  return membership;
}

/* Whether a telephone that tells of calls tells of one. */
static gboolean
shows_call (const Operator *operator)
{
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      const Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (membership->shows_calls && membership->device != DEVICE_FREE && membership->device != DEVICE_RINGING
          && membership->device != DEVICE_UNAVAILABLE)
        return TRUE;
    }
  return FALSE;
}

/* Since when the one who answered @leg is in no call any more, as far as their
 * telephone tells; 0 when they may be in it. Another call they answered says
 * nothing: a telephone may have two lines. */
gint64
operator_left (const Operator *operator,
               const Leg      *leg)
{
  return operator->freed_ms >= leg->answered_ms && !shows_call (operator) ? operator->freed_ms : 0;
}

static void
set_device (Operator   *operator,
            Membership *membership,
            int         device)
{
  if (operator->ringing != NULL && device == DEVICE_RINGING)
    operator->ring_seen = TRUE;
  if (membership->device != device)
    operator->device_stale = FALSE;
  membership->device = device;
  membership->shows_calls |= is_busy (device);
  /* It rang and is free again: the ring was taken back without a word. */
  if (operator->ringing != NULL && operator->ring_seen && device == DEVICE_FREE)
    {
      g_ptr_array_remove (operator->ringing->ringing, operator);
      operator->ringing = NULL;
    }
}

/* A member's whole state, from an event or from QueueStatus. */
void
operator_member (SideAsteriskTracker  *self,
                 const SideAmiMessage *message,
                 const char           *name,
                 const char           *interface,
                 SideProject          *project,
                 const char           *queue,
                 When                  when)
{
  Operator *operator = operator_get (self, name, interface);
  Membership *membership = operator_find_membership (operator, queue, interface);
  int penalty = (int) CLAMP (side_ami_message_get_int (message, "Penalty", 0), 0, G_MAXINT16);
  gboolean was_in_call = shows_call (operator);
  g_autofree char *reason = NULL;

  if (membership == NULL)
    membership = add_membership (operator, project, queue, interface);
  membership->listed = TRUE;
  if (membership->penalty != penalty)
    {
      membership->penalty = penalty;
      tell_member (self, operator, membership, SIDE_MEMBER_ADDED, when);
    }
  membership->paused = side_ami_message_get_int (message, "Paused", 0) != 0;
  side_asterisk_text (&reason, membership->paused && side_ami_message_get (message, "PausedReason") != NULL
                                   ? side_ami_message_get (message, "PausedReason")
                                   : "");
  g_free (membership->reason);
  membership->reason = *reason != '\0' ? g_steal_pointer (&reason) : NULL;
  set_device (operator, membership,
              (int) CLAMP (side_ami_message_get_int (message, "Status", DEVICE_UNKNOWN), 0, DEVICE_ON_HOLD));
  if (was_in_call && !shows_call (operator))
    operator->freed_ms = when.at_ms;
  operator_show (self, operator, when);
}

void
operator_remove_member (SideAsteriskTracker *self,
                        Operator            *operator,
                        const char          *queue,
                        const char          *interface,
                        When                 when)
{
  Membership *membership = operator_find_membership (operator, queue, interface);

  if (membership == NULL)
    return;
  tell_member (self, operator, membership, SIDE_MEMBER_REMOVED, when);
  g_ptr_array_remove (operator->memberships, membership);
  operator_show (self, operator, when);
}

/* From queue_log; @queue %NULL: in all queues. */
void
operator_pause (SideAsteriskTracker *self,
                Operator            *operator,
                const char          *queue,
                gboolean             paused,
                const char          *reason,
                When                 when)
{
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (queue != NULL && membership->queue != queue)
        continue;
      membership->paused = paused;
      g_clear_pointer (&membership->reason, g_free);
      if (paused && *reason != '\0')
        side_asterisk_text (&membership->reason, reason);
    }
  operator_show (self, operator, when);
}

/* Ends the wrap-ups that are over by now, each at its own time. */
void
operators_tick (SideAsteriskTracker *self,
                gint64               now_ms,
                gboolean             backfilled)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->operators);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Operator *operator = value;

      if (operator->wrap_until_ms != 0 && operator->wrap_until_ms <= now_ms)
        {
          When when = { operator->wrap_until_ms, backfilled };

          operator->wrap_until_ms = 0;
          operator_show (self, operator, when);
        }
    }
}

gint64
operators_next_due (SideAsteriskTracker *self)
{
  gint64 due = G_MAXINT64;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->operators);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((Operator *) value)->wrap_until_ms != 0)
        due = MIN (due, ((Operator *) value)->wrap_until_ms);
    }
  return due;
}
