/* side-call-view.c - a test call, what is said in it, and the form beside it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Puts the parts of the cockpit together; what they tell goes to the window
 * that makes the call.
 */
#include "side-call-view.h"

#include <glib/gi18n.h>

#include "side-call-timeline.h"
#include "side-panes-layout.h"

#define FORM_WIDTH     330   /* px, at least: all answers of a question in one line, in every language */
#define TIMELINE_WIDTH 200

struct _SideCallView
{
  AdwBin         parent_instance;
  SideCallSetup *setup;
  SideCallCard  *card;
  SideCallSteps *steps;
  SideTestForm  *form;
  GtkWidget     *timeline;
  GtkWidget     *mute;
};

G_DEFINE_FINAL_TYPE (SideCallView, side_call_view, ADW_TYPE_BIN)

enum { SIGNAL_PRESSED, SIGNAL_MUTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_call_view_dispose (GObject *object)
{
  SideCallView *self = SIDE_CALL_VIEW (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->card);
  g_clear_object (&self->steps);
  g_clear_object (&self->form);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_call_view_parent_class)->dispose (object);
}

static void
side_call_view_class_init (SideCallViewClass *klass)
{
  GType type = SIDE_TYPE_CALL_VIEW;

  G_OBJECT_CLASS (klass)->dispose = side_call_view_dispose;
  signals[SIGNAL_PRESSED] = g_signal_new ("pressed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_MUTED] = g_signal_new ("muted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_call_view_init (SideCallView *self)
{
}

static void
key_cb (SideCallView *self,
        GtkWidget    *button)
{
  g_signal_emit (self, signals[SIGNAL_PRESSED], 0, gtk_button_get_label (GTK_BUTTON (button)));
}

static void
mute_cb (SideCallView *self)
{
  g_signal_emit (self, signals[SIGNAL_MUTED], 0);
}

static GtkWidget *
new_content (const char *icon,
             const char *label)
{
  return g_object_new (ADW_TYPE_BUTTON_CONTENT, "icon-name", icon, "label", label, "use-underline", TRUE, NULL);
}

static GtkWidget *
new_keypad (SideCallView *self)
{
  static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#" };
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *grid = gtk_grid_new ();

  for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *key = gtk_button_new_with_label (keys[i]);

      gtk_widget_set_size_request (key, 48, 40);
      g_signal_connect_object (key, "clicked", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), key, i % 3, i / 3, 1, 1);
    }
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), new_content ("input-dialpad-symbolic", _("_Keypad")));
  return button;
}

static GtkWidget *
new_mute (SideCallView *self)
{
  self->mute = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->mute), new_content ("audio-input-microphone-symbolic", _("_Mute")));
  gtk_widget_set_tooltip_text (self->mute, _("They do not hear the microphone (Ctrl+M)"));
  g_signal_connect_object (self->mute, "toggled", G_CALLBACK (mute_cb), self, G_CONNECT_SWAPPED);
  return self->mute;
}

static GtkWidget *
new_scrolled (GtkWidget *content)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (content, "script-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_timeline (SideCallView *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *title = gtk_label_new (_("Timeline"));

  self->timeline = side_call_timeline_new ();
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  gtk_widget_set_size_request (card, TIMELINE_WIDTH, -1);
  gtk_box_append (GTK_BOX (card), title);
  gtk_box_append (GTK_BOX (card), self->timeline);
  return card;
}

static GtkWidget *
new_column (SideCallView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_hexpand (GTK_WIDGET (self->steps), TRUE);
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->steps));
  gtk_box_append (GTK_BOX (below), new_timeline (self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->setup));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->card));
  gtk_box_append (GTK_BOX (column), below);
  return column;
}

/* What is to be said may be long; what can be done stays in sight below it. */
static GtkWidget *
new_left (SideCallView *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *deeds = side_call_steps_get_deeds (self->steps);

  gtk_widget_add_css_class (deeds, "call-deeds");
  gtk_box_append (GTK_BOX (left), new_scrolled (new_column (self)));
  gtk_box_append (GTK_BOX (left), deeds);
  return left;
}

/**
 * side_call_view_new:
 * @lines: what can be called on
 * @scenario: what is called by
 *
 * Returns: (transfer floating): the view of a call that was not made yet
 */
GtkWidget *
side_call_view_new (SideLines          *lines,
                    const SideScenario *scenario)
{
  SideCallView *self = g_object_new (SIDE_TYPE_CALL_VIEW, NULL);
  GtkWidget *panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled;

  self->setup = g_object_ref_sink (SIDE_CALL_SETUP (side_call_setup_new (lines, scenario->number)));
  self->card = g_object_ref_sink (SIDE_CALL_CARD (side_call_card_new ()));
  self->steps = g_object_ref_sink (SIDE_CALL_STEPS (side_call_steps_new (scenario)));
  self->form = g_object_ref_sink (SIDE_TEST_FORM (side_test_form_new ()));
  side_test_form_add_keys (self->form);
  side_call_steps_add_deed (self->steps, new_mute (self));
  side_call_steps_add_deed (self->steps, new_keypad (self));
  gtk_box_append (GTK_BOX (form), GTK_WIDGET (self->form));
  scrolled = new_scrolled (form);
  gtk_widget_set_size_request (scrolled, FORM_WIDTH, -1);
  gtk_widget_set_layout_manager (panes, side_panes_layout_new (0));
  gtk_box_append (GTK_BOX (panes), new_left (self));
  gtk_box_append (GTK_BOX (panes), scrolled);
  gtk_widget_set_vexpand (panes, TRUE);
  adw_bin_set_child (ADW_BIN (self), panes);
  return GTK_WIDGET (self);
}

SideCallSetup *
side_call_view_get_setup (SideCallView *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_VIEW (self), NULL);
  return self->setup;
}

SideCallCard *
side_call_view_get_card (SideCallView *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_VIEW (self), NULL);
  return self->card;
}

SideCallSteps *
side_call_view_get_steps (SideCallView *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_VIEW (self), NULL);
  return self->steps;
}

SideTestForm *
side_call_view_get_form (SideCallView *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_VIEW (self), NULL);
  return self->form;
}

/* GTK leaves the keyboard in what is hidden, where it blinks on. */
static void
leave_focus (SideCallView *self,
             GtkWidget    *part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, part))
    gtk_root_set_focus (root, NULL);
}

/**
 * side_call_view_set_on:
 * @self: a view
 * @wanted: whether a call is wanted or goes on: where it goes is settled
 * @on: whether it goes on: something can be done in it
 */
void
side_call_view_set_on (SideCallView *self,
                       gboolean      wanted,
                       gboolean      on)
{
  g_return_if_fail (SIDE_IS_CALL_VIEW (self));

  if (wanted)
    leave_focus (self, GTK_WIDGET (self->setup));
  if (!on)
    leave_focus (self, GTK_WIDGET (self->card));
  gtk_widget_set_visible (GTK_WIDGET (self->setup), !wanted);
  side_call_card_set_on (self->card, on);
  side_call_steps_set_on (self->steps, on);
}

/**
 * side_call_view_show:
 * @self: a view
 * @call: the call as it is now
 * @state: of it
 */
void
side_call_view_show (SideCallView       *self,
                     const SideTestCall *call,
                     SideSipCallState    state)
{
  g_return_if_fail (SIDE_IS_CALL_VIEW (self) && call != NULL);

  side_call_timeline_show (self->timeline, call);
  side_call_steps_show (self->steps, call);
  side_call_card_show (self->card, call, state);
}

gboolean
side_call_view_get_muted (SideCallView *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_VIEW (self), FALSE);
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mute));
}

/**
 * side_call_view_set_muted:
 * @self: a view
 * @muted: whether the microphone is off; ::muted tells if it was not
 */
void
side_call_view_set_muted (SideCallView *self,
                          gboolean      muted)
{
  g_return_if_fail (SIDE_IS_CALL_VIEW (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mute), muted);
}
