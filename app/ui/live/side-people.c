/* side-people.c - operators and waiting callers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The right-hand card of the Live page. Makes the records of its two lists
 * from the board; the lists find out what changed. Rows change places every
 * two seconds at most, and never under the pointer: while it is over the
 * operators, their order stays as it was and is put right when it leaves.
 */
#include "side-people.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-live-list.h"
#include "side-live-note.h"
#include "side-live-row.h"
#include "side-operator-menu.h"
#include "side-tab-stop.h"
#include "side-text.h"

#define SORT_EVERY_US (2 * G_TIME_SPAN_SECOND)

struct _SidePeople
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkLabel        *count;
  GtkToggleButton *by_state;
  GtkListView     *operators_view;
  GtkListView     *callers_view;
  GtkStack        *operators_stack;
  GtkStack        *callers_stack;
  SideLiveList    *operators;
  SideLiveList    *callers;
  gboolean         pointed;     /* the pointer is over the operators */
  gint64           sorted_us;   /* monotonic time of the last sorting */
  gboolean         sort_now;    /* asked for: do not wait */
  gboolean         moved;       /* rows came, went or changed places */
};

G_DEFINE_FINAL_TYPE (SidePeople, side_people, GTK_TYPE_WIDGET)

static void
enter_cb (SidePeople *self)
{
  self->pointed = TRUE;
}

static void
leave_cb (SidePeople *self)
{
  self->pointed = FALSE;
}

static void
toggled_cb (SidePeople *self)
{
  self->sort_now = TRUE;
}

static void
side_people_dispose (GObject *object)
{
  SidePeople *self = SIDE_PEOPLE (object);

  if (self->operators_view != NULL)
    {
      side_operator_menu_detach (GTK_WIDGET (self->operators_view));
      side_live_note_detach (GTK_WIDGET (self->operators_view));
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_PEOPLE);
  g_clear_object (&self->operators);
  g_clear_object (&self->callers);
  G_OBJECT_CLASS (side_people_parent_class)->dispose (object);
}

static void
side_people_class_init (SidePeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDE_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = side_people_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "people");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/live/side-people.ui");
  gtk_widget_class_bind_template_child (widget_class, SidePeople, box);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, count);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, by_state);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, operators_view);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, callers_view);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, operators_stack);
  gtk_widget_class_bind_template_child (widget_class, SidePeople, callers_stack);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
attach (GtkListView     *view,
        SideLiveList    *list,
        SideLiveRowKind  kind,
        const char      *label)
{
  g_autoptr (GtkListItemFactory) factory = side_live_row_new_factory (kind);
  g_autoptr (GtkNoSelection) model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (list)));

  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (model));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
moved_cb (SidePeople *self)
{
  self->moved = TRUE;
}

static void
side_people_init (SidePeople *self)
{
  self->operators = side_live_list_new ();
  self->callers = side_live_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  attach (self->operators_view, self->operators, SIDE_LIVE_ROW_OPERATOR, _("Operators"));
  g_signal_connect_object (self->operators, "items-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  attach (self->callers_view, self->callers, SIDE_LIVE_ROW_CALLER, _("Waiting callers"));
}

/**
 * side_people_new:
 *
 * Returns: (transfer floating): the card, empty
 */
GtkWidget *
side_people_new (void)
{
  return g_object_new (SIDE_TYPE_PEOPLE, NULL);
}

/* Whom to look at first: those who speak, then those about to. */
static int
rank_of (SideOperatorState state)
{
  switch (state)
    {
    case SIDE_OPERATOR_TALKING:
      return 0;
    case SIDE_OPERATOR_RINGING:
      return 1;
    case SIDE_OPERATOR_WRAP_UP:
      return 2;
    case SIDE_OPERATOR_READY:
      return 3;
    case SIDE_OPERATOR_BREAK:
      return 4;
    case SIDE_OPERATOR_OFF:
    case SIDE_OPERATOR_UNKNOWN:
    default:
      return 5;
    }
}

/**
 * side_people_find_call:
 * @op: an operator
 * @project: the project on the board
 *
 * The board's word for it, or the answered one that names them, since a source
 * may tell the state before the call.
 *
 * Returns: (transfer none) (nullable): the call they talk on
 */
const SideCall *
side_people_find_call (const SideOperator *op,
                       SideBoardProject   *project)
{
  const SideCall *found = NULL;

  for (guint i = 0; i < project->live->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->live, i);

      if (op->call != NULL && g_str_equal (call->id, op->call))
        return call;
      if (call->answered_ms != 0 && g_strcmp0 (call->operator_id, op->id) == 0)
        found = call;
    }
  return found;
}

/**
 * side_people_describe:
 * @op: an operator
 * @project: the project on the board
 * @config: (nullable): its configuration
 * @masked: whether to hide a part of the callers' numbers
 *
 * Returns: (transfer full): what they are busy with, "" for nothing to say
 */
char *
side_people_describe (const SideOperator *op,
                      SideBoardProject   *project,
                      SideProject        *config,
                      gboolean            masked)
{
  const char *queue = side_format_queue_name (config, op->queue);
  const SideCall *call;
  g_autofree char *number = NULL;

  switch (op->state)
    {
    case SIDE_OPERATOR_TALKING:
      call = side_people_find_call (op, project);
      /* Operators may serve several shops; a call of another is not ours to show. */
      if (call == NULL)
        return g_strdup (*queue != '\0' ? queue : _("On a call of another shop"));
      number = side_text_phone (call->caller, masked);
      return g_strdup_printf ("%s · %s", side_format_queue_name (config, call->queue), number);
    case SIDE_OPERATOR_READY:
      return g_strdup (g_strcmp0 (op->reason, "missed") == 0 ? _("Missed the last ring") : _("Ready for calls"));
    case SIDE_OPERATOR_WRAP_UP:
      return g_strdup (*queue != '\0' ? queue : _("After-call work"));
    case SIDE_OPERATOR_BREAK:
      return g_strdup (op->reason != NULL && *op->reason != '\0' ? op->reason : _("No reason given"));
    case SIDE_OPERATOR_RINGING:
    case SIDE_OPERATOR_OFF:
    case SIDE_OPERATOR_UNKNOWN:
    default:
      return g_strdup (queue);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const SideLiveRecord *x = a, *y = b;
  int order = g_utf8_collate (x->title, y->title);

  return order != 0 ? order : g_strcmp0 (x->id, y->id);
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const SideLiveRecord *x = a, *y = b;

  return x->rank != y->rank ? x->rank - y->rank : compare_names (a, b);
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      places)
{
  const SideLiveRecord *x = a, *y = b;
  guint p = GPOINTER_TO_UINT (g_hash_table_lookup (places, x->id));
  guint q = GPOINTER_TO_UINT (g_hash_table_lookup (places, y->id));

  /* 0 is not there yet: new ones come last. */
  p = p != 0 ? p : G_MAXUINT;
  q = q != 0 ? q : G_MAXUINT;
  return p != q ? (p < q ? -1 : 1) : compare_names (a, b);
}

static void
keep_places (SidePeople *self,
             GArray     *records)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->operators));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SideLiveItem) item = g_list_model_get_item (G_LIST_MODEL (self->operators), i);

      /* The list itself keeps the item and its id alive meanwhile. */
      g_hash_table_insert (places, (gpointer) side_live_item_get_id (item), GUINT_TO_POINTER (i + 1));
    }
  g_array_sort_with_data (records, compare_places, places);
}

/* Rows that jumped with each of a hundred events could not be read. */
static gboolean
may_sort (SidePeople *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!self->sort_now && (self->pointed || now_us - self->sorted_us < SORT_EVERY_US))
    return FALSE;
  self->sort_now = FALSE;
  self->sorted_us = now_us;
  return TRUE;
}

static gboolean
is_at_top (SidePeople *self)
{
  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->operators_view))) <= 0;
}

/* A list view keeps in sight what it shows, even when rows are put before it:
 * whoever has not scrolled wants to see the first ones, who talk. */
static void
stay_at_top (SidePeople *self)
{
  if (self->moved && g_list_model_get_n_items (G_LIST_MODEL (self->operators)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->operators_view), "list.scroll-to-item", "u", 0);
  self->moved = FALSE;
}

static void
update_operators (SidePeople       *self,
                  SideBoardProject *project,
                  SideProject      *config,
                  gboolean          masked,
                  gint64            now_ms)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (SideLiveRecord));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *count = NULL;
  gboolean at_top = is_at_top (self);

  for (guint i = 0; project != NULL && i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);
      const char *name = op->name != NULL ? op->name : op->alias;
      SideLiveRecord record = { .id = op->id, .since_ms = op->since_ms };
      char *lead, *detail;

      if (op->state == SIDE_OPERATOR_OFF || op->state == SIDE_OPERATOR_UNKNOWN)
        continue;
      record.title = name != NULL ? name : op->id;
      g_ptr_array_add (texts, lead = side_text_initials (record.title));
      g_ptr_array_add (texts, detail = side_people_describe (op, project, config, masked));
      record.lead = lead;
      record.detail = detail;
      record.word = side_format_operator_state (op->state);
      record.style = side_format_state_class (op->state);
      record.icon = side_format_state_icon (op->state);
      record.rank = rank_of (op->state);
      g_array_append_val (records, record);
    }
  if (may_sort (self))
    g_array_sort (records, gtk_toggle_button_get_active (self->by_state) ? compare_ranks : compare_names);
  else
    keep_places (self, records);
  side_live_list_update (self->operators, (SideLiveRecord *) (gpointer) records->data, records->len, now_ms);
  if (at_top)
    stay_at_top (self);
  count = g_strdup_printf (ngettext ("%u logged in", "%u logged in", records->len), records->len);
  if (g_strcmp0 (gtk_label_get_text (self->count), count) != 0)
    gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->operators_stack, records->len > 0 ? "list" : "empty");
}

static int
compare_joined (gconstpointer a,
                gconstpointer b)
{
  const SideCall *x = *(const SideCall *const *) a;
  const SideCall *y = *(const SideCall *const *) b;

  return (x->joined_ms > y->joined_ms) - (x->joined_ms < y->joined_ms);
}

static void
update_callers (SidePeople       *self,
                SideBoardProject *project,
                SideProject      *config,
                gboolean          masked,
                gint64            now_ms)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (SideLiveRecord));

  for (guint i = 0; project != NULL && i < project->live->len; i++)
    {
      SideCall *call = g_ptr_array_index (project->live, i);

      if (side_call_is_waiting (call) && !call->test)
        g_ptr_array_add (waiting, call);
    }
  g_ptr_array_sort (waiting, compare_joined);
  for (guint i = 0; i < waiting->len; i++)
    {
      const SideCall *call = g_ptr_array_index (waiting, i);
      SideLiveRecord record = {
        .id = call->id, .detail = side_format_queue_name (config, call->queue), .since_ms = call->joined_ms,
        .limit_ms = config != NULL ? config->wait_limit_ms : 0,
      };
      char *place = g_strdup_printf ("%u", i + 1);
      char *number = side_text_phone (call->caller, masked);

      g_ptr_array_add (texts, place);
      g_ptr_array_add (texts, number);
      record.lead = place;
      record.title = number;
      g_array_append_val (records, record);
    }
  side_live_list_update (self->callers, (SideLiveRecord *) (gpointer) records->data, records->len, now_ms);
  gtk_stack_set_visible_child_name (self->callers_stack, records->len > 0 ? "list" : "empty");
}

/**
 * side_people_update:
 * @self: the card
 * @project: (nullable): the project on the board
 * @config: (nullable): its configuration
 * @masked: whether to hide a part of the callers' numbers
 * @now_ms: now
 */
void
side_people_update (SidePeople       *self,
                    SideBoardProject *project,
                    SideProject      *config,
                      gboolean          masked,
                    gint64            now_ms)
{
  g_return_if_fail (SIDE_IS_PEOPLE (self));
  update_operators (self, project, config, masked, now_ms);
  update_callers (self, project, config, masked, now_ms);
}

/**
 * side_people_get_operators:
 * @self: the card
 *
 * Returns: (transfer none): the operators it shows, of SideLiveItem
 */
GListModel *
side_people_get_operators (SidePeople *self)
{
  g_return_val_if_fail (SIDE_IS_PEOPLE (self), NULL);
  return G_LIST_MODEL (self->operators);
}

/**
 * side_people_get_callers:
 * @self: the card
 *
 * Returns: (transfer none): the waiting callers it shows, of SideLiveItem
 */
GListModel *
side_people_get_callers (SidePeople *self)
{
  g_return_val_if_fail (SIDE_IS_PEOPLE (self), NULL);
  return G_LIST_MODEL (self->callers);
}

/**
 * side_people_show_callers:
 * @self: the card
 *
 * Brings the caller who waits longest into view and gives them the focus.
 */
void
side_people_show_callers (SidePeople *self)
{
  g_return_if_fail (SIDE_IS_PEOPLE (self));
  gtk_widget_activate_action (GTK_WIDGET (self->callers_view), "list.scroll-to-item", "u", 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->callers_view));
}

/**
 * side_people_take_notes:
 * @self: the card, once
 * @desk: where notes on the operators' calls are written, and at whose server something is
 *   done about them
 */
void
side_people_take_notes (SidePeople *self,
                        SideDesk   *desk)
{
  g_autoptr (SideActions) actions = NULL;

  g_return_if_fail (SIDE_IS_PEOPLE (self));
  actions = side_actions_new (desk);
  side_live_note_attach (GTK_WIDGET (self->operators_view), GTK_WIDGET (self), desk);
  side_operator_menu_attach (GTK_WIDGET (self->operators_view), GTK_WIDGET (self), actions);
}
