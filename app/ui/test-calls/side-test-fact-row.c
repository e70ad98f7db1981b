/* side-test-fact-row.c - one thing an operator has to know, and what was heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The right answer stands above the choices, so that whoever listens can judge
 * at once. It looks like a question of the form and takes keys like one.
 */
#include "side-test-fact-row.h"

#include <glib/gi18n.h>

#include "side-wrap-layout.h"
#include "side-wrapping.h"

#define PAUSE_MS 800   /* after the last letter */

struct _SideTestFactRow
{
  GtkWidget          parent_instance;
  GtkWidget         *box;
  GtkWidget         *choices[SIDE_TEST_FACT_NOT_ASKED + 1];   /* by state; none for what is open */
  GtkWidget         *heard;       /* GtkEntry */
  char              *id;
  SideTestFactState  state;
  guint              pause_id;
  gboolean           editable;
  gboolean           showing;     /* what stands is being shown, not chosen */
};

G_DEFINE_FINAL_TYPE (SideTestFactRow, side_test_fact_row, GTK_TYPE_WIDGET)

enum { SIGNAL_SAID, SIGNAL_DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_test_fact_row_dispose (GObject *object)
{
  SideTestFactRow *self = SIDE_TEST_FACT_ROW (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_test_fact_row_parent_class)->dispose (object);
}

static void
side_test_fact_row_finalize (GObject *object)
{
  g_free (SIDE_TEST_FACT_ROW (object)->id);
  G_OBJECT_CLASS (side_test_fact_row_parent_class)->finalize (object);
}

static void
side_test_fact_row_class_init (SideTestFactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_TEST_FACT_ROW;

  G_OBJECT_CLASS (klass)->dispose = side_test_fact_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_fact_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "criterion");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
said (SideTestFactRow *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_SAID], 0);
}

static void
toggled_cb (SideTestFactRow *self,
            GtkWidget       *button)
{
  if (self->showing)
    return;
  self->state = SIDE_TEST_FACT_OPEN;
  for (guint i = SIDE_TEST_FACT_RIGHT; i < G_N_ELEMENTS (self->choices); i++)
    if (self->choices[i] == button && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      self->state = (SideTestFactState) i;
  said (self);
}

static gboolean
pause_cb (gpointer data)
{
  SideTestFactRow *self = data;

  self->pause_id = 0;
  said (self);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (SideTestFactRow *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
entered_cb (SideTestFactRow *self)
{
  side_test_fact_row_flush (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_choices (SideTestFactRow *self)
{
  static const struct {
    const char *label, *css_class;
  } choices[] = {
    [SIDE_TEST_FACT_RIGHT] = { NC_("fact", "Right"), "answer-yes" },
    [SIDE_TEST_FACT_WRONG] = { NC_("fact", "Wrong"), "answer-no" },
    [SIDE_TEST_FACT_NOT_TOLD] = { NC_("fact", "Not told"), "answer-partly" },
    [SIDE_TEST_FACT_NOT_ASKED] = { NC_("fact", "Not asked"), "answer-na" },
  };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  G_STATIC_ASSERT (G_N_ELEMENTS (choices) == G_N_ELEMENTS (self->choices));
  gtk_widget_set_layout_manager (line, side_wrap_layout_new (6));
  for (guint i = SIDE_TEST_FACT_RIGHT; i < G_N_ELEMENTS (choices); i++)
    {
      self->choices[i] = gtk_toggle_button_new_with_label (g_dpgettext2 (GETTEXT_PACKAGE, "fact", choices[i].label));
      gtk_widget_add_css_class (self->choices[i], "answer");
      gtk_widget_add_css_class (self->choices[i], choices[i].css_class);
      g_signal_connect_object (self->choices[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), self->choices[i]);
    }
  gtk_widget_set_tooltip_text (self->choices[SIDE_TEST_FACT_NOT_TOLD], _("Asked, and they did not know or would not say"));
  return line;
}

static GtkWidget *
new_heard (SideTestFactRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->heard = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->heard), FALSE);   /* that of the form takes back everything */
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->heard), _("What they said"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heard), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What they said"), -1);
  gtk_widget_add_css_class (self->heard, "answer-comment");
  g_signal_connect_object (self->heard, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->heard, "activate", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (side_test_fact_row_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->heard, focus);
  return self->heard;
}

static void
side_test_fact_row_init (SideTestFactRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();   /* on the words, so that the keys answer them */

  self->editable = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (gtk_widget_grab_focus), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * side_test_fact_row_new:
 * @fact: what is to be found out
 *
 * Returns: a row of which nothing was said
 */
GtkWidget *
side_test_fact_row_new (const SideScenarioFact *fact)
{
  SideTestFactRow *self = g_object_new (SIDE_TYPE_TEST_FACT_ROW, NULL);
  /* Translators: what an operator has to answer */
  g_autofree char *right = g_strdup_printf (_("Right: %s"), fact->answer != NULL ? fact->answer : "–");

  self->id = g_strdup (fact->id);
  gtk_box_append (GTK_BOX (self->box), new_label (fact->question, NULL));
  gtk_box_append (GTK_BOX (self->box), new_label (right, "fact-answer"));
  if (fact->note != NULL)
    gtk_box_append (GTK_BOX (self->box), new_label (fact->note, "script-hint"));
  gtk_box_append (GTK_BOX (self->box), new_choices (self));
  gtk_box_append (GTK_BOX (self->box), new_heard (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, fact->question != NULL ? fact->question : "", -1);
  return GTK_WIDGET (self);
}

const char *
side_test_fact_row_get_id (SideTestFactRow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_FACT_ROW (self), NULL);
  return self->id;
}

SideTestFactState
side_test_fact_row_get_state (SideTestFactRow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_FACT_ROW (self), SIDE_TEST_FACT_OPEN);
  return self->state;
}

/**
 * side_test_fact_row_get_heard:
 * @self: a row
 *
 * Returns: (transfer none): what was written down of it; empty for nothing
 */
const char *
side_test_fact_row_get_heard (SideTestFactRow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_FACT_ROW (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->heard));
}

/**
 * side_test_fact_row_show:
 * @self: a row
 * @fact: (nullable): what stands
 *
 * What is being typed stays; it is told a moment later.
 */
void
side_test_fact_row_show (SideTestFactRow    *self,
                         const SideTestFact *fact)
{
  const char *heard = fact != NULL && fact->heard != NULL ? fact->heard : "";

  g_return_if_fail (SIDE_IS_TEST_FACT_ROW (self));

  self->showing = TRUE;
  self->state = fact != NULL ? fact->state : SIDE_TEST_FACT_OPEN;
  for (guint i = SIDE_TEST_FACT_RIGHT; i < G_N_ELEMENTS (self->choices); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[i]), i == (guint) self->state);
  if (self->pause_id == 0 && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->heard)), heard))
    gtk_editable_set_text (GTK_EDITABLE (self->heard), heard);
  self->showing = FALSE;
  gtk_widget_set_visible (self->heard, self->editable || *heard != '\0');
}

/**
 * side_test_fact_row_set_editable:
 * @self: a row
 * @editable: whether something may be said
 */
void
side_test_fact_row_set_editable (SideTestFactRow *self,
                                 gboolean         editable)
{
  g_return_if_fail (SIDE_IS_TEST_FACT_ROW (self));

  self->editable = editable;
  for (guint i = SIDE_TEST_FACT_RIGHT; i < G_N_ELEMENTS (self->choices); i++)
    gtk_widget_set_sensitive (self->choices[i], editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->heard), editable);
  gtk_widget_set_visible (self->heard, editable || *side_test_fact_row_get_heard (self) != '\0');
}

static SideTestFactState
state_of_key (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_1:
    case GDK_KEY_KP_1:
    case GDK_KEY_y:
      return SIDE_TEST_FACT_RIGHT;
    case GDK_KEY_2:
    case GDK_KEY_KP_2:
    case GDK_KEY_n:
      return SIDE_TEST_FACT_WRONG;
    case GDK_KEY_3:
    case GDK_KEY_KP_3:
    case GDK_KEY_t:
      return SIDE_TEST_FACT_NOT_TOLD;
    case GDK_KEY_4:
    case GDK_KEY_KP_4:
    case GDK_KEY_a:
      return SIDE_TEST_FACT_NOT_ASKED;
    default:
      return SIDE_TEST_FACT_OPEN;
    }
}

/**
 * side_test_fact_row_press:
 * @self: a row
 * @keyval: a key that was pressed, as on a Latin keyboard
 *
 * 1 to 4 are the choices in their order, y is right, n wrong, t not told and a
 * not asked; w goes to the words, and Delete takes the choice back.
 *
 * Returns: whether it is one of these
 */
gboolean
side_test_fact_row_press (SideTestFactRow *self,
                          guint            keyval)
{
  SideTestFactState state;

  g_return_val_if_fail (SIDE_IS_TEST_FACT_ROW (self), FALSE);

  keyval = gdk_keyval_to_lower (keyval);
  state = state_of_key (keyval);
  if (!self->editable)
    return FALSE;
  if (keyval == GDK_KEY_w)
    return gtk_widget_grab_focus (self->heard);
  if (state == SIDE_TEST_FACT_OPEN && keyval != GDK_KEY_Delete && keyval != GDK_KEY_BackSpace)
    return FALSE;
  self->state = state;
  said (self);
  if (state != SIDE_TEST_FACT_OPEN)
    g_signal_emit (self, signals[SIGNAL_DONE], 0);
  return TRUE;
}

/**
 * side_test_fact_row_flush:
 * @self: a row
 *
 * Tells at once what was typed a moment ago.
 */
void
side_test_fact_row_flush (SideTestFactRow *self)
{
  g_return_if_fail (SIDE_IS_TEST_FACT_ROW (self));

  if (self->pause_id != 0)
    said (self);
}
