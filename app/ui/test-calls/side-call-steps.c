/* side-call-steps.c - what is to be said in a test call, and where one is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The step that comes next is highlighted, unless the caller chose another. It
 * is what the buttons below are about. What was said is ticked, and quiet. What
 * the computer says, or plays, in their place stands below while it does, and can
 * be stopped.
 */
#include "side-call-steps.h"

#include <glib/gi18n.h>

#include "side-scenario-words.h"
#include "side-wrap-layout.h"
#include "side-wrapping.h"

struct _SideCallSteps
{
  AdwBin        parent_instance;
  SideScenario *scenario;
  GtkWidget    *list;      /* GtkListBox; its rows are the steps in their order */
  GtkWidget    *below;     /* what is said now, and the buttons */
  GtkWidget    *deeds;
  GtkWidget    *said;
  GtkWidget    *speak;
  GtkWidget    *play;
  GtkWidget    *stop;
  GtkWidget    *saying;    /* GtkLabel: what is said or played now */
  SideTestRun  *run;       /* (nullable): the call in which it is */
  guint         n_said;    /* steps that were said when it was shown last */
};

G_DEFINE_FINAL_TYPE (SideCallSteps, side_call_steps, ADW_TYPE_BIN)

static guint said_signal;

static void
side_call_steps_dispose (GObject *object)
{
  SideCallSteps *self = SIDE_CALL_STEPS (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  g_clear_object (&self->below);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_call_steps_parent_class)->dispose (object);
}

static void
side_call_steps_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_CALL_STEPS (object)->scenario, side_scenario_unref);
  G_OBJECT_CLASS (side_call_steps_parent_class)->finalize (object);
}

static void
side_call_steps_class_init (SideCallStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_call_steps_finalize;
  said_signal = g_signal_new ("said", SIDE_TYPE_CALL_STEPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkListBoxRow *
row_at (SideCallSteps *self,
        guint          index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index);
}

static int
current_index (SideCallSteps *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

/**
 * side_call_steps_get_current:
 * @self: steps
 *
 * Returns: (transfer none) (nullable): id of the step that comes next
 */
const char *
side_call_steps_get_current (SideCallSteps *self)
{
  int at;

  g_return_val_if_fail (SIDE_IS_CALL_STEPS (self), NULL);

  at = current_index (self);
  return at >= 0 ? ((const SideScenarioStep *) self->scenario->steps->pdata[at])->id : NULL;
}

static void
said_cb (SideCallSteps *self)
{
  const char *step = side_call_steps_get_current (self);

  if (step != NULL)
    g_signal_emit (self, said_signal, 0, step);
}

static void
speak_cb (SideCallSteps *self)
{
  const char *step = side_call_steps_get_current (self);

  if (step != NULL && self->run != NULL)
    side_test_run_say_step (self->run, step);
}

static void
play_cb (SideCallSteps *self)
{
  const char *step = side_call_steps_get_current (self);

  if (step != NULL && self->run != NULL)
    side_test_run_play_step (self->run, step);
}

static void
stop_cb (SideCallSteps *self)
{
  if (self->run != NULL)
    side_test_run_hush (self->run);
}

/* Enter, or a second click on the step. */
static void
activated_cb (SideCallSteps *self)
{
  if (gtk_widget_is_sensitive (self->said))
    said_cb (self);
}

static void
show_current (SideCallSteps *self)
{
  int at = current_index (self);
  const SideScenarioStep *step;
  /* Translators: %d is the number of a step of the scenario; what follows "_" is the mnemonic */
  g_autofree char *speak = at >= 0 ? g_strdup_printf (_("Say Step %d for M_e"), at + 1) : g_strdup (_("Say a Step for M_e"));

  gtk_label_set_text_with_mnemonic (GTK_LABEL (g_object_get_data (G_OBJECT (self->speak), "label")), speak);
  step = at >= 0 ? self->scenario->steps->pdata[at] : NULL;
  gtk_widget_set_sensitive (self->speak, step != NULL && step->say != NULL);
  gtk_widget_set_visible (self->play, step != NULL && step->sound != NULL);
  gtk_widget_set_sensitive (self->said, at >= 0);
}

static guint
number_of (SideCallSteps *self,
           const char    *step)
{
  for (guint i = 0; i < self->scenario->steps->len; i++)
    if (g_strcmp0 (((const SideScenarioStep *) self->scenario->steps->pdata[i])->id, step) == 0)
      return i + 1;
  return 0;
}

/* What goes to the far side now in the caller's place. A call tells of itself ten times
 * a second: the words change when it does. */
static void
show_saying (SideCallSteps *self)
{
  SideTestSaidBy by = SIDE_TEST_SAID_BY_COMPUTER;
  const char *step = self->run != NULL && !side_test_run_is_over (self->run) ? side_test_run_get_saying (self->run, &by) : NULL;
  g_autofree char *words = NULL;

  if (step != NULL)
    words = g_strdup_printf (by == SIDE_TEST_SAID_BY_RECORDING ? _("Playing the recorded line of step %u…") : _("The computer says step %u…"),
                             number_of (self, step));
  if (step == NULL && gtk_widget_get_visible (self->stop) && gtk_widget_has_focus (self->stop))
    gtk_widget_grab_focus (self->said);
  gtk_widget_set_visible (self->stop, step != NULL);
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->saying)), words != NULL ? words : "") != 0)
    side_label_say (self->saying, words);
}

/**
 * side_call_steps_set_run:
 * @self: steps
 * @run: (nullable): the call in which they are said or played
 */
void
side_call_steps_set_run (SideCallSteps *self,
                         SideTestRun   *run)
{
  g_return_if_fail (SIDE_IS_CALL_STEPS (self));

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_set_object (&self->run, run);
  if (run != NULL)
    g_signal_connect_object (run, "changed", G_CALLBACK (show_saying), self, G_CONNECT_SWAPPED);
  show_saying (self);
}

static gboolean
is_said (const SideTestCall *call,
         const char         *step)
{
  for (guint i = 0; call != NULL && i < call->steps->len; i++)
    if (g_strcmp0 (((const SideTestStep *) call->steps->pdata[i])->step, step) == 0)
      return TRUE;
  return FALSE;
}

/* The number, or a tick once it was said. */
static void
show_row (SideCallSteps *self,
          guint          index,
          gboolean       said)
{
  GtkWidget *row = GTK_WIDGET (row_at (self, index));
  GtkWidget *mark = g_object_get_data (G_OBJECT (row), "mark");

  gtk_stack_set_visible_child_name (GTK_STACK (mark), said ? "said" : "number");
  if (said)
    gtk_widget_add_css_class (row, "said");
  else
    gtk_widget_remove_css_class (row, "said");
}

/* On with the first one that was not said, from the one that was said last. */
static void
choose_next (SideCallSteps      *self,
             const SideTestCall *call)
{
  const SideTestStep *last = call->steps->len > 0 ? call->steps->pdata[call->steps->len - 1] : NULL;
  guint n = self->scenario->steps->len, from = 0;

  for (guint i = 0; last != NULL && i < n; i++)
    if (g_strcmp0 (((const SideScenarioStep *) self->scenario->steps->pdata[i])->id, last->step) == 0)
      from = i + 1;
  for (guint i = 0; i < n; i++)
    {
      guint at = (from + i) % n;

      if (!is_said (call, ((const SideScenarioStep *) self->scenario->steps->pdata[at])->id))
        {
          gtk_list_box_select_row (GTK_LIST_BOX (self->list), row_at (self, at));
          return;
        }
    }
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
}

/**
 * side_call_steps_show:
 * @self: steps
 * @call: (nullable): what has been said in it up to now
 */
void
side_call_steps_show (SideCallSteps      *self,
                      const SideTestCall *call)
{
  guint n_said = call != NULL ? call->steps->len : 0;

  g_return_if_fail (SIDE_IS_CALL_STEPS (self));

  if (n_said == self->n_said)
    return;
  self->n_said = n_said;
  for (guint i = 0; i < self->scenario->steps->len; i++)
    show_row (self, i, is_said (call, ((const SideScenarioStep *) self->scenario->steps->pdata[i])->id));
  if (call != NULL && n_said > 0)
    choose_next (self, call);
  else
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), row_at (self, 0));
}

/**
 * side_call_steps_set_on:
 * @self: steps
 * @on: whether a call goes on, in which they can be said
 */
void
side_call_steps_set_on (SideCallSteps *self,
                        gboolean       on)
{
  g_return_if_fail (SIDE_IS_CALL_STEPS (self));
  gtk_widget_set_sensitive (self->deeds, on);
}

/**
 * side_call_steps_add_deed:
 * @self: steps
 * @deed: a button that stands before those for the step
 */
void
side_call_steps_add_deed (SideCallSteps *self,
                          GtkWidget     *deed)
{
  g_return_if_fail (SIDE_IS_CALL_STEPS (self));
  gtk_box_insert_child_after (GTK_BOX (self->deeds), deed, gtk_widget_get_prev_sibling (self->said));
}

/**
 * side_call_steps_get_deeds:
 * @self: steps
 *
 * Returns: (transfer none): the buttons, and what is said or played now, to be put where they
 *   are always in sight, however many steps there are
 */
GtkWidget *
side_call_steps_get_deeds (SideCallSteps *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_STEPS (self), NULL);
  return self->below;
}

/* ---- the list ---- */

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_mark (guint number)
{
  GtkWidget *mark = gtk_stack_new (), *said = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (digits);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (said, "success");
  gtk_accessible_update_property (GTK_ACCESSIBLE (said), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Said"), -1);
  gtk_stack_add_named (GTK_STACK (mark), label, "number");
  gtk_stack_add_named (GTK_STACK (mark), said, "said");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  return mark;
}

static void
add_step (SideCallSteps          *self,
          const SideScenarioStep *step,
          guint                   number)
{
  GtkWidget *row = gtk_list_box_row_new (), *across = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *mark = new_mark (number);
  g_autofree char *never = step->must_not != NULL ? g_strdup_printf (_("Do not say: %s"), step->must_not) : NULL;
  g_autofree char *line = side_scenario_words_line (step);
  g_autofree char *expect = step->expect != NULL ? g_strdup_printf (_("A good operator: %s"), step->expect) : NULL;

  if (step->branch != NULL)
    gtk_box_append (GTK_BOX (words), new_label (step->branch, "script-hint"));
  if (step->say != NULL || line == NULL)
    gtk_box_append (GTK_BOX (words), new_label (step->say, "step-say"));
  if (line != NULL)
    gtk_box_append (GTK_BOX (words), new_label (line, "script-hint"));
  if (never != NULL)
    gtk_box_append (GTK_BOX (words), new_label (never, "script-hint"));
  if (expect != NULL)
    gtk_box_append (GTK_BOX (words), new_label (expect, "script-hint"));
  gtk_box_append (GTK_BOX (across), mark);
  gtk_box_append (GTK_BOX (across), words);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), across);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, step->say != NULL ? step->say : line != NULL ? line : "", -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static GtkWidget *
new_button (SideCallSteps *self,
            const char    *icon,
            const char    *words,
            GCallback      callback)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (words);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data (G_OBJECT (button), "label", label);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

/* Escape, wherever the keyboard is; else it is not ours. */
static gboolean
stop_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  SideCallSteps *self = SIDE_CALL_STEPS (widget);
  gboolean saying = gtk_widget_get_visible (self->stop);

  if (saying)
    stop_cb (self);
  return saying;
}

static void
add_stop_key (SideCallSteps *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (stop_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
side_call_steps_init (SideCallSteps *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "call-steps");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_SINGLE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What to say"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (show_current), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  self->deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->deeds, side_wrap_layout_new (8));
  self->said = new_button (self, "object-select-symbolic", _("_Said"), G_CALLBACK (said_cb));
  gtk_widget_set_tooltip_text (self->said, _("I have said this step: on with the next"));
  self->speak = new_button (self, "audio-speakers-symbolic", "", G_CALLBACK (speak_cb));
  gtk_box_append (GTK_BOX (self->deeds), self->said);
  gtk_widget_set_tooltip_text (self->speak, _("The computer’s voice says it: they do not hear the microphone meanwhile"));
  self->play = new_button (self, "media-playback-start-symbolic", _("_Play the Recorded Line"), G_CALLBACK (play_cb));
  gtk_widget_set_tooltip_text (self->play, _("They hear the line as it was recorded, and not the microphone meanwhile"));
  self->stop = new_button (self, "media-playback-stop-symbolic", _("S_top"), G_CALLBACK (stop_cb));
  gtk_widget_set_tooltip_text (self->stop, _("What is said or played ends at once, and they hear the microphone (Esc)"));
  gtk_widget_set_visible (self->stop, FALSE);
  gtk_box_append (GTK_BOX (self->deeds), self->play);
  gtk_box_append (GTK_BOX (self->deeds), self->speak);
  gtk_box_append (GTK_BOX (self->deeds), self->stop);
  self->saying = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "visible", FALSE, NULL);
  side_label_wrap (GTK_LABEL (self->saying));
  self->below = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (self->below), self->saying);
  gtk_box_append (GTK_BOX (self->below), self->deeds);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  gtk_box_append (GTK_BOX (card), new_label (_("What to say"), "heading"));
  gtk_box_append (GTK_BOX (card), self->list);
  adw_bin_set_child (ADW_BIN (self), card);
  self->n_said = G_MAXUINT;
  add_stop_key (self);
}

/**
 * side_call_steps_new:
 * @scenario: whose steps they are; it is copied
 *
 * Returns: (transfer floating): steps of which none was said
 */
GtkWidget *
side_call_steps_new (const SideScenario *scenario)
{
  SideCallSteps *self = g_object_new (SIDE_TYPE_CALL_STEPS, NULL);

  self->scenario = side_scenario_copy (scenario);
  for (guint i = 0; i < scenario->steps->len; i++)
    add_step (self, scenario->steps->pdata[i], i + 1);
  if (scenario->steps->len == 0)
    gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), new_label (_("This scenario has no steps: talk as the persona would."), "script-hint"));
  side_call_steps_show (self, NULL);
  show_current (self);
  return GTK_WIDGET (self);
}
