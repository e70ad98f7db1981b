/* side-operator-menu.c - what can be done about one operator, and their call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the operators of the Live page: a click with the other button, the menu
 * key or Shift+F10. A menu of its own kind, since what cannot be done stands in
 * it with the reason why. What was done is told by a toast, with an Undo where
 * it can be undone.
 */
#include "side-operator-menu.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-action-dialog.h"
#include "side-action-words.h"
#include "side-format.h"
#include "side-live-note.h"
#include "side-live-row.h"
#include "side-people.h"
#include "side-text.h"
#include "side-toast.h"

#define HELD    "side-operator-menu"
#define DOING_S 22   /* a telephone rings for 20 s */
#define UNDO_S  15

typedef struct {
  GtkWidget   *operators;    /* it owns this */
  GtkWidget   *card;         /* around them: the popover's parent, which a list would not lay out */
  SideActions *actions;
  GtkWidget   *popover;
  GtkWidget   *box;
  char        *operator_id;  /* whom it is about */
  const char  *said;         /* (nullable): what was said last to be in the way */
} Menu;

static void
menu_free (gpointer data)
{
  Menu *self = data;

  g_signal_handlers_disconnect_by_data (self->actions, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_object_unref (self->actions);
  g_free (self->operator_id);
  g_free (self);
}

static Menu *
get (GtkWidget *operators)
{
  return g_object_get_data (G_OBJECT (operators), HELD);
}

static const SideOperator *
find_operator (Menu *self)
{
  SideBoardProject *project = side_desk_get_board_project (side_actions_get_desk (self->actions));

  for (guint i = 0; project != NULL && i < project->operators->len; i++)
    if (g_strcmp0 (((SideOperator *) project->operators->pdata[i])->id, self->operator_id) == 0)
      return project->operators->pdata[i];
  return NULL;
}

static const char *
name_of (const SideOperator *op)
{
  return op->name != NULL ? op->name : op->alias != NULL ? op->alias : op->id;
}

static const SideCall *
call_of (Menu               *self,
         const SideOperator *op)
{
  SideBoardProject *project = side_desk_get_board_project (side_actions_get_desk (self->actions));

  return op->state == SIDE_OPERATOR_TALKING ? side_people_find_call (op, project) : NULL;
}

/* ---- doing ---- */

/* What is being done, after the menu, and perhaps the page, is gone. */
typedef struct {
  GWeakRef           card;
  SideActions       *actions;
  SideActionRequest *request;
  char              *name;
  AdwToast          *doing;     /* (nullable) */
} Doing;

static void do_it (GtkWidget *card, SideActions *actions, const SideActionRequest *request, const char *name);

static void
doing_free (Doing *self)
{
  g_weak_ref_clear (&self->card);
  g_object_unref (self->actions);
  side_action_request_free (self->request);
  g_clear_object (&self->doing);
  g_free (self->name);
  g_free (self);
}

static void
add_toast (GtkWidget *card,
           AdwToast  *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (card, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
}

static void
undo_cb (AdwToast *toast,
         Doing    *self)
{
  g_autoptr (GtkWidget) card = g_weak_ref_get (&self->card);

  if (card != NULL)
    do_it (card, self->actions, self->request, self->name);
}

static void
undo_free (gpointer  data,
           GClosure *closure)
{
  doing_free (data);
}

static Doing *
doing_new (GtkWidget               *card,
           SideActions             *actions,
           const SideActionRequest *request,
           const char              *name)
{
  Doing *self = g_new0 (Doing, 1);
  g_autofree char *id = side_id_new ();

  g_weak_ref_init (&self->card, card);
  self->actions = g_object_ref (actions);
  self->request = side_action_request_new (request->kind, request->request != NULL ? request->request : id, request->reason);
  self->request->call = g_strdup (request->call);
  self->request->project = g_strdup (request->project);
  self->request->operator_id = g_strdup (request->operator_id);
  self->request->break_reason = g_strdup (request->break_reason);
  self->name = g_strdup (name);
  return self;
}

/* What was done to an operator's state can be undone; what was done to a call cannot. */
static void
offer_undo (AdwToast    *toast,
            GtkWidget   *card,
            const Doing *done)
{
  SideActionRequest undo = { .project = done->request->project, .operator_id = done->request->operator_id, .reason = (char *) _("Undone") };

  if (done->request->kind != SIDE_ACTION_PAUSE)
    return;
  undo.kind = SIDE_ACTION_RESUME;
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_S);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), doing_new (card, done->actions, &undo, done->name), undo_free, 0);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Doing *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideActionDone) done = side_actions_do_finish (SIDE_ACTIONS (source), result, &error);
  g_autoptr (GtkWidget) card = g_weak_ref_get (&self->card);
  g_autofree char *words = done != NULL ? side_action_words_done (self->request, self->name)
                                        : side_action_words_failed (self->request, self->name, error);
  g_autoptr (AdwToast) toast = g_object_ref_sink (side_toast_new (words));

  if (self->doing != NULL)
    adw_toast_dismiss (self->doing);
  if (card != NULL && done != NULL)
    offer_undo (toast, card, self);
  if (done == NULL)
    adw_toast_set_timeout (toast, 0);   /* nobody may miss that it was not done */
  if (card != NULL)
    add_toast (card, toast);
  doing_free (self);
}

static void
do_it (GtkWidget               *card,
       SideActions             *actions,
       const SideActionRequest *request,
       const char              *name)
{
  Doing *self = doing_new (card, actions, request, name);
  g_autofree char *words = side_action_words_doing (request->kind, side_actions_get_phone (actions));

  if (words != NULL)
    {
      self->doing = g_object_ref_sink (side_toast_new (words));
      adw_toast_set_timeout (self->doing, DOING_S);
      add_toast (card, self->doing);
    }
  side_actions_do_async (actions, self->request, done_cb, self);
}

static void
chosen_cb (SideActionRequest *request,
           const char        *name,
           gpointer           user_data)
{
  Menu *self = get (user_data);

  if (self != NULL)
    do_it (self->card, self->actions, request, name);
}

/* ---- the menu ---- */

static void
clicked_cb (Menu      *self,
            GtkButton *button)
{
  SideActionKind kind = (SideActionKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  const SideOperator *op = find_operator (self);
  const SideCall *call = op != NULL ? call_of (self, op) : NULL;
  g_autofree char *id = side_id_new ();
  g_autoptr (SideActionRequest) request = side_action_request_new (kind, id, "");
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (self->card));

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (op == NULL || (side_action_kind_is_on_call (kind) && call == NULL))
    return;   /* it was over before the click */
  if (side_action_kind_is_on_call (kind))
    request->call = g_strdup (call->id);
  request->project = g_strdup (side_desk_get_project_id (side_actions_get_desk (self->actions)));
  request->operator_id = side_action_kind_is_on_call (kind) ? NULL : g_strdup (op->id);
  side_action_dialog_ask (GTK_WINDOW (window), self->actions, request, name_of (op), chosen_cb, g_object_ref (self->operators), g_object_unref);
}

static void
note_cb (Menu *self)
{
  g_autofree char *id = g_strdup (self->operator_id);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  side_live_note_open (self->operators, id);
}

static GtkWidget *
new_row (const char *title,
         const char *words,
         gboolean    can)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  if (words != NULL && *words != '\0')
    {
      GtkWidget *small = gtk_label_new (words);

      gtk_label_set_xalign (GTK_LABEL (small), 0);
      gtk_label_set_wrap (GTK_LABEL (small), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (small), 42);
      gtk_widget_add_css_class (small, "caption");
      gtk_widget_add_css_class (small, "dim-label");
      gtk_box_append (GTK_BOX (box), small);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, can);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "", -1);
  return button;
}

/* Why it cannot be done now; "" where it can be. */
static const char *
obstacle (Menu               *self,
          SideActionKind      kind,
          const SideOperator *op,
          const SideCall     *call)
{
  SideHurdle hurdle = SIDE_HURDLE_NONE;

  if (side_action_kind_is_on_call (kind) && call == NULL)
    return _("Not on a call of this shop now");
  if (side_actions_get_error (self->actions) != NULL)
    return _("The server cannot be asked what may be done now");
  if (!side_actions_get_hurdle (self->actions, kind, &hurdle))
    return _("The server is being asked…");
  return side_action_words_hurdle (hurdle);
}

static void
add_action (Menu               *self,
            SideActionKind      kind,
            const SideOperator *op,
            const SideCall     *call)
{
  const char *why = obstacle (self, kind, op, call);
  gboolean can = *why == '\0';
  /* The same obstacle is said once. */
  const char *words = can ? side_action_words_explain (kind) : g_strcmp0 (self->said, why) != 0 ? why : NULL;
  GtkWidget *row = new_row (side_action_words_title (kind), words, can);

  self->said = can ? NULL : why;

  if (!can)
    gtk_widget_set_tooltip_text (row, why);
  g_object_set_data (G_OBJECT (row), "kind", GINT_TO_POINTER ((int) kind));
  g_signal_connect_swapped (row, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
add_head (Menu               *self,
          const SideOperator *op)
{
  GtkWidget *name = gtk_label_new (name_of (op)), *state = gtk_label_new (side_format_operator_state (op->state));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (state), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (name, "menu-head");
  gtk_widget_add_css_class (state, "menu-head");
  gtk_box_append (GTK_BOX (self->box), name);
  gtk_box_append (GTK_BOX (self->box), state);
}

static void
fill (Menu               *self,
      const SideOperator *op)
{
  const SideCall *call = call_of (self, op);
  GtkWidget *child, *note;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  add_head (self, op);
  self->said = call == NULL ? _("Not on a call of this shop now") : NULL;
  note = new_row (_("Note on This Call"), call != NULL ? _("Also with N") : _("Not on a call of this shop now"), call != NULL);
  g_signal_connect_swapped (note, "clicked", G_CALLBACK (note_cb), self);
  gtk_box_append (GTK_BOX (self->box), note);
  if (!side_actions_are_for_user (self->actions))
    return;
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  for (SideActionKind kind = SIDE_ACTION_LISTEN; kind <= SIDE_ACTION_JOIN; kind++)
    add_action (self, kind, op, call);
  add_action (self, SIDE_ACTION_HANGUP, op, call);
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_action (self, op->state == SIDE_OPERATOR_BREAK ? SIDE_ACTION_RESUME : SIDE_ACTION_PAUSE, op, call);
}

/* The server has told, or the call is over, while it is open. The one that has the focus keeps it. */
static void
refresh_cb (Menu *self)
{
  const SideOperator *op = find_operator (self);

  if (!gtk_widget_get_mapped (self->popover))
    return;
  if (op != NULL)
    {
      fill (self, op);
      gtk_popover_present (GTK_POPOVER (self->popover));
    }
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
closed_cb (Menu *self)
{
  gtk_widget_grab_focus (self->operators);
}

/* The row that is, or holds, or is around @widget. */
static SideLiveRow *
row_of (GtkWidget *widget)
{
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  if (widget == NULL)
    return NULL;
  if (SIDE_IS_LIVE_ROW (widget))
    return SIDE_LIVE_ROW (widget);
  if (child != NULL && SIDE_IS_LIVE_ROW (child))
    return SIDE_LIVE_ROW (child);
  return SIDE_LIVE_ROW (gtk_widget_get_ancestor (widget, SIDE_TYPE_LIVE_ROW));
}

static gboolean
open_row (Menu        *self,
          SideLiveRow *row)
{
  graphene_rect_t bounds;
  GdkRectangle at;

  if (row == NULL || side_live_row_get_item (row) == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), self->card, &bounds))
    return FALSE;
  at = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  side_operator_menu_open (self->operators, side_live_item_get_id (side_live_row_get_item (row)), &at);
  return TRUE;
}

static gboolean
key_cb (Menu            *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  if (keyval != GDK_KEY_Menu && !(keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    return FALSE;
  return open_row (self, row_of (gtk_root_get_focus (gtk_widget_get_root (self->operators))));
}

static void
pressed_cb (Menu   *self,
            int     n_press,
            double  x,
            double  y)
{
  open_row (self, row_of (gtk_widget_pick (self->operators, x, y, GTK_PICK_DEFAULT)));
}

/**
 * side_operator_menu_attach:
 * @operators: a list of SideLiveRow, whose items' ids are operators', that
 *   side_live_note_attach() was called for
 * @card: a widget around it with a layout manager; when that is disposed of,
 *   side_operator_menu_detach() is to be called before
 * @actions: what may be done
 */
void
side_operator_menu_attach (GtkWidget   *operators,
                           GtkWidget   *card,
                           SideActions *actions)
{
  Menu *self = g_new0 (Menu, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_return_if_fail (GTK_IS_WIDGET (operators) && GTK_IS_WIDGET (card) && SIDE_IS_ACTIONS (actions));

  self->operators = operators;
  self->card = card;
  self->actions = g_object_ref (actions);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->box);
  gtk_widget_add_css_class (self->popover, "operator-menu");
  gtk_widget_set_parent (self->popover, card);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (actions, "changed", G_CALLBACK (refresh_cb), self);
  g_object_set_data_full (G_OBJECT (operators), HELD, self, menu_free);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (operators, keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (operators, GTK_EVENT_CONTROLLER (click));
}

/**
 * side_operator_menu_detach:
 * @operators: a list
 *
 * What was asked for goes on.
 */
void
side_operator_menu_detach (GtkWidget *operators)
{
  Menu *self = get (operators);

  if (self != NULL)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  g_object_set_data (G_OBJECT (operators), HELD, NULL);
}

/**
 * side_operator_menu_open:
 * @operators: a list that side_operator_menu_attach() was called for
 * @operator_id: one of them
 * @at: (nullable): where it points to, on the card
 */
void
side_operator_menu_open (GtkWidget          *operators,
                         const char         *operator_id,
                         const GdkRectangle *at)
{
  Menu *self = get (operators);
  const SideOperator *op;

  g_return_if_fail (self != NULL && operator_id != NULL);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_free (self->operator_id);
  self->operator_id = g_strdup (operator_id);
  op = find_operator (self);
  if (op == NULL)
    return;
  side_actions_refresh (self->actions);
  fill (self, op);
  if (at != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
