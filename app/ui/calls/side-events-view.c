/* side-events-view.c - what happened to a call, line by line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts of the call first, then its events as they are stored: shown at once
 * from the cache, and asked for from the server where the cache has none.
 */
#include "side-events-view.h"

#include <glib/gi18n.h>

#include "side-call-events.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-text.h"

struct _SideEventsView
{
  GtkWidget     parent_instance;
  GtkWidget    *scrolled;
  GtkWidget    *grid;
  SideDesk     *desk;
  SideCall     *call;
  GCancellable *cancellable;
  int           n_rows;
};

G_DEFINE_FINAL_TYPE (SideEventsView, side_events_view, GTK_TYPE_WIDGET)

static void
side_events_view_dispose (GObject *object)
{
  SideEventsView *self = SIDE_EVENTS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (side_events_view_parent_class)->dispose (object);
}

static void
side_events_view_finalize (GObject *object)
{
  SideEventsView *self = SIDE_EVENTS_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_call_unref);
  G_OBJECT_CLASS (side_events_view_parent_class)->finalize (object);
}

static void
side_events_view_class_init (SideEventsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_events_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_events_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
side_events_view_init (SideEventsView *self)
{
  self->cancellable = g_cancellable_new ();
  self->scrolled = gtk_scrolled_window_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 5);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->grid);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/**
 * side_events_view_new:
 * @desk: where events are read
 *
 * Returns: a view without a call
 */
GtkWidget *
side_events_view_new (SideDesk *desk)
{
  SideEventsView *self = g_object_new (SIDE_TYPE_EVENTS_VIEW, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

static void
clear_rows (SideEventsView *self)
{
  side_clear_children (self->grid);
  self->n_rows = 0;
}

static void
add_row (SideEventsView *self,
         const char     *lead,
         const char     *text)
{
  GtkWidget *left = gtk_label_new (lead);
  GtkWidget *right = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_yalign (GTK_LABEL (left), 0);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_add_css_class (left, "numeric");
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_widget_add_css_class (right, "numeric");
  gtk_widget_set_hexpand (right, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), left, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), right, 1, self->n_rows++, 1, 1);
}

static void
add_fact (SideEventsView *self,
          const char     *name,
          char           *value)
{
  if (value != NULL && *value != '\0')
    add_row (self, name, value);
  g_free (value);
}

static char *
result_text (const SideCall *call)
{
  const char *outcome = side_format_outcome (call->outcome);

  if (!side_call_is_live (call) && call->ended_by == SIDE_PARTY_CALLER && call->answered_ms != 0)
    return g_strdup_printf (_("%s; the caller hung up"), outcome);
  if (!side_call_is_live (call) && call->ended_by == SIDE_PARTY_OPERATOR)
    return g_strdup_printf (_("%s; the operator hung up"), outcome);
  return g_strdup (outcome);
}

static void
show_facts (SideEventsView *self)
{
  const SideCall *call = self->call;
  const SideProject *project = side_desk_get_project (self->desk);
  gboolean masked = side_settings_get_masked ();

  add_fact (self, _("Caller"), side_text_phone (call->caller, masked));
  add_fact (self, _("Name"), g_strdup (call->caller_name));
  add_fact (self, _("Dialled"), call->dialled != NULL ? side_text_phone (call->dialled, FALSE) : NULL);
  add_fact (self, _("Came from"), g_strdup (call->imported ? _("a file of this computer") : call->source));
  if (project != NULL)
    add_fact (self, _("Queue"), g_strdup (side_format_queue_name (project, call->queue)));
  add_fact (self, _("Operator"), g_strdup (call->operator_name));
  if (!call->imported)
    add_fact (self, _("Waited"), side_text_duration (call->wait_ms));
  if (call->answered_ms != 0)
    {
      add_fact (self, _("Talked"), side_text_duration (call->talk_ms));
      add_fact (self, _("On hold"), call->hold_ms > 0 ? side_text_duration (call->hold_ms) : NULL);
      add_fact (self, _("Wrap-up"), call->wrap_ms > 0 ? side_text_duration (call->wrap_ms) : NULL);
    }
  add_fact (self, _("Result"), result_text (call));
  if (call->order_id != NULL)
    {
      g_autofree char *money = call->currency != NULL ? side_text_money (call->amount_minor, call->currency) : NULL;
      add_fact (self, _("Order"), money != NULL ? g_strdup_printf ("%s, %s", call->order_id, money)
                                                : g_strdup (call->order_id));
    }
  add_fact (self, _("Topic"), g_strdup (call->topic));
  add_fact (self, call->imported ? _("File") : _("Comment"), g_strdup (call->note));
}

static char *
event_text (const SideEvent *event)
{
  const char *who = event->name != NULL ? event->name : event->operator_id;

  switch (event->kind)
    {
    case SIDE_EVENT_CALL_JOINED:
      return event->position > 0 ? g_strdup_printf (_("Entered the queue at place %d"), event->position)
                                 : g_strdup (_("Entered the queue"));
    case SIDE_EVENT_CALL_RINGING:
      return who != NULL ? g_strdup_printf (_("Rings at %s"), who) : g_strdup (_("Rings"));
    case SIDE_EVENT_CALL_ANSWERED:
      return who != NULL ? g_strdup_printf (_("Answered by %s"), who) : g_strdup (_("Answered"));
    case SIDE_EVENT_CALL_HELD:
      return g_strdup (event->ended_by == SIDE_PARTY_CALLER ? _("Put on hold by the caller") : _("Put on hold"));
    case SIDE_EVENT_CALL_RESUMED:
      return g_strdup (_("Taken off hold"));
    case SIDE_EVENT_CALL_TRANSFERRED:
      return event->target != NULL ? g_strdup_printf (_("Transferred to %s"), event->target)
                                   : g_strdup (_("Transferred"));
    case SIDE_EVENT_CALL_ENDED:
      return g_strdup_printf (_("Ended: %s"), side_format_outcome (event->outcome));
    case SIDE_EVENT_CALL_OUTCOME:
      return event->order_id != NULL ? g_strdup_printf (_("Order %s noted"), event->order_id)
             : event->topic != NULL  ? g_strdup_printf (_("Topic noted: %s"), event->topic)
                                     : g_strdup (_("Outcome noted"));
    case SIDE_EVENT_RECORDING_READY:
      return g_strdup (_("Recording ready"));
    case SIDE_EVENT_CALL_PAYMENT_STARTED:
      return g_strdup (_("Payment begins"));
    case SIDE_EVENT_CALL_PAYMENT_ENDED:
      return g_strdup (_("Payment ends"));
    case SIDE_EVENT_OPERATOR_STATE:
      if (g_strcmp0 (event->reason, "missed") == 0)
        return g_strdup_printf (_("%s did not answer"), who != NULL ? who : "–");
      return NULL;
    case SIDE_EVENT_UNKNOWN:
    case SIDE_EVENT_QUEUE_MEMBER:
    case SIDE_EVENT_SOURCE_GAP:
    default:
      return NULL;
    }
}

static void
show_events (SideEventsView *self,
             GPtrArray      *events)
{
  const SideProject *project = side_desk_get_project (self->desk);

  clear_rows (self);
  show_facts (self);
  if (project == NULL || events->len == 0)
    return;
  add_row (self, "", "");
  for (guint i = 0; i < events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (events, i);
      g_autofree char *text = event_text (event);
      g_autofree char *at = side_format_time_seconds (project->time_zone, event->at_ms);
      g_autofree char *late = NULL;

      if (text == NULL)
        continue;
      if (event->backfilled)
        late = g_strdup_printf (_("%s (told later)"), text);
      add_row (self, at, late != NULL ? late : text);
    }
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideEventsView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = side_call_events_finish (result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  if (events != NULL)
    show_events (self, events);
  else if (side_desk_get_state (self->desk) == SIDE_DESK_LIVE)
    {
      g_autofree char *words = side_format_error (error);

      add_row (self, _("Events"), words);
    }
}

/**
 * side_events_view_set_call:
 * @self: a view
 * @call: (nullable): the call
 */
void
side_events_view_set_call (SideEventsView *self,
                           const SideCall *call)
{
  g_return_if_fail (SIDE_IS_EVENTS_VIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->call, side_call_unref);
  clear_rows (self);
  if (call == NULL)
    return;
  self->call = side_call_copy (call);
  show_facts (self);
  side_call_events_async (self->desk, call, self->cancellable, events_cb, g_object_ref (self));
}
