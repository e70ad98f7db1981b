/* side-answer-choices.c - the answers a question can have, to click or to press
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A button an answer, each with its letter and its number. A scale that has
 * more values than digits is typed instead: no value of it is left out, and
 * none is rounded to another. A chosen answer is told by its word and a filled
 * button, not by colour alone.
 */
#include "side-answer-choices.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-criterion-parts.h"

#define MAX_SCALE_BUTTONS 10   /* the highest value of a scale that has a button a value */
#define MAX_CHOICES       (MAX_SCALE_BUTTONS + 2)
#define NO_DIGIT          (-1)

typedef struct {
  double     value;
  guint      key;        /* its letter: y, p, n, a; 0 without one */
  int        digit;      /* its number; NO_DIGIT without one */
  GtkWidget *button;     /* (nullable): a value of a scale that is typed has none */
} Choice;

struct _SideAnswerChoices
{
  GObject    parent_instance;
  const SideCriterion *criterion;
  Choice     choices[MAX_CHOICES];
  guint      n_choices;
  GtkWidget *entry;      /* (nullable): of a scale that is typed */
  double     value;      /* what stands */
  gboolean   editable;
  gboolean   showing;    /* the buttons are being set, not clicked */
};

G_DEFINE_FINAL_TYPE (SideAnswerChoices, side_answer_choices, G_TYPE_OBJECT)

enum { SIGNAL_CHOSEN, SIGNAL_TYPED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_answer_choices_class_init (SideAnswerChoicesClass *klass)
{
  GType type = SIDE_TYPE_ANSWER_CHOICES;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_TYPED] = g_signal_new ("typed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_answer_choices_init (SideAnswerChoices *self)
{
  self->value = SIDE_ANSWER_NONE;
  self->editable = TRUE;
}

static int
top_of (SideAnswerChoices *self)
{
  return MAX (self->criterion->scale_max, 1);
}

static void
toggled_cb (SideAnswerChoices *self,
            GtkToggleButton   *button)
{
  double value = SIDE_ANSWER_NONE;

  if (self->showing)
    return;
  for (guint i = 0; i < self->n_choices; i++)
    if (self->choices[i].button == GTK_WIDGET (button) && gtk_toggle_button_get_active (button))
      value = self->choices[i].value;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, value);
}

static Choice *
add_value (SideAnswerChoices *self,
           double             value,
           guint              key,
           int                digit)
{
  Choice *choice = &self->choices[self->n_choices++];

  *choice = (Choice) { .value = value, .key = key, .digit = digit };
  return choice;
}

static GtkWidget *
add_button (SideAnswerChoices *self,
            Choice            *choice,
            GtkBox            *into,
            const char        *label,
            const char        *style)
{
  choice->button = gtk_toggle_button_new_with_label (label);
  gtk_widget_add_css_class (choice->button, "answer");
  gtk_widget_add_css_class (choice->button, style);
  g_signal_connect_object (choice->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (into, choice->button);
  return choice->button;
}

/* What was typed is told if it is a value of the scale. Returns: whether it is one, or nothing */
static gboolean
tell (SideAnswerChoices *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *stands = self->value >= 0 ? side_criterion_answer_words (self->criterion, self->value) : g_strdup ("");
  guint64 number;

  if (g_str_equal (text, stands))
    return TRUE;
  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 0, (guint64) top_of (self), &number, NULL))
    return FALSE;
  if (*text != '\0')
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (double) number / top_of (self));
  side_answer_choices_drop (self);
  return TRUE;
}

static void
activate_cb (SideAnswerChoices *self)
{
  if (tell (self))
    {
      g_signal_emit (self, signals[SIGNAL_TYPED], 0);
      return;
    }
  gtk_widget_add_css_class (self->entry, "error");
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  gtk_widget_error_bell (self->entry);
}

static void
text_changed_cb (SideAnswerChoices *self)
{
  gtk_widget_remove_css_class (self->entry, "error");
}

static void
insert_text_cb (SideAnswerChoices *self,
                const char        *text,
                int                length,
                int               *position,
                GtkEditable       *editable)
{
  for (int i = 0; i < (length < 0 ? (int) strlen (text) : length); i++)
    if (!g_ascii_isdigit (text[i]))
      {
        g_signal_stop_emission_by_name (editable, "insert-text");
        gtk_widget_error_bell (self->entry);
        return;
      }
}

/* Values of a long scale: a number is typed, the range stands beside it. */
static void
add_entry (SideAnswerChoices *self,
           GtkBox            *into)
{
  /* Translators: beside a number that is typed: the highest one: "14 of 20" */
  g_autofree char *of = g_strdup_printf (C_("scale", "of %d"), top_of (self));
  g_autofree char *hint = g_strdup_printf (_("0 to %d: type it and press Enter"), top_of (self));
  g_autofree char *top = g_strdup_printf ("%d", top_of (self));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *label = gtk_label_new (of);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), (int) strlen (top));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), (int) strlen (top) + 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), (int) strlen (top) + 1);
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), 1);
  gtk_widget_add_css_class (self->entry, "answer-number");
  gtk_widget_set_tooltip_text (self->entry, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "insert-text", G_CALLBACK (insert_text_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (side_answer_choices_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (into, line);
}

static void
add_scale (SideAnswerChoices *self,
           GtkBox            *into)
{
  int top = top_of (self);

  if (top > MAX_SCALE_BUTTONS)
    {
      add_entry (self, into);
      add_value (self, 1.0, GDK_KEY_y, NO_DIGIT);
      add_value (self, 0.0, GDK_KEY_n, NO_DIGIT);
      return;
    }
  for (int i = 0; i <= top; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", i);
      Choice *choice = add_value (self, (double) i / top, i == top ? GDK_KEY_y : i == 0 ? GDK_KEY_n : 0, i <= 9 ? i : NO_DIGIT);
      GtkWidget *button = add_button (self, choice, into, label, "answer-scale");

      if (i == top)
        /* Translators: the letter is a key and stays as it is */
        gtk_widget_set_tooltip_text (button, _("The full mark (Y)"));
    }
}

static void
add_choices (SideAnswerChoices *self,
             GtkBox            *into)
{
  gboolean scale = self->criterion->answers == SIDE_ANSWERS_SCALE;

  if (scale)
    {
      add_scale (self, into);
    }
  else
    {
      add_button (self, add_value (self, 1.0, GDK_KEY_y, 1), into, C_("answer", "Yes"), "answer-yes");
      if (self->criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO)
        add_button (self, add_value (self, 0.5, GDK_KEY_p, 2), into, C_("answer", "Partly"), "answer-partly");
      add_button (self, add_value (self, 0.0, GDK_KEY_n, 3), into, C_("answer", "No"), "answer-no");
    }
  if (self->criterion->allow_na)
    gtk_widget_set_tooltip_text (add_button (self, add_value (self, SIDE_ANSWER_NA, GDK_KEY_a, scale ? NO_DIGIT : 4), into,
                                             C_("answer", "N/A"), "answer-na"),
                                 _("Not applicable to this call"));
}

/**
 * side_answer_choices_new:
 * @criterion: a question
 * @into: where its answers are put
 *
 * Returns: (transfer full): answers of which none is chosen
 */
SideAnswerChoices *
side_answer_choices_new (const SideCriterion *criterion,
                         GtkBox              *into)
{
  SideAnswerChoices *self = g_object_new (SIDE_TYPE_ANSWER_CHOICES, NULL);

  self->criterion = criterion;
  add_choices (self, into);
  return self;
}

/**
 * side_answer_choices_set_value:
 * @self: answers
 * @value: the one that stands: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 *
 * A number that is being typed stays while the answer is the same.
 */
void
side_answer_choices_set_value (SideAnswerChoices *self,
                               double             value)
{
  gboolean same;

  g_return_if_fail (SIDE_IS_ANSWER_CHOICES (self));

  same = self->value == value;
  self->value = value;
  self->showing = TRUE;
  for (guint i = 0; i < self->n_choices; i++)
    if (self->choices[i].button != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[i].button), fabs (self->choices[i].value - value) < 1e-6);
  self->showing = FALSE;
  if (!same)
    side_answer_choices_drop (self);
}

/**
 * side_answer_choices_set_editable:
 * @self: answers
 * @editable: whether one can be chosen
 */
void
side_answer_choices_set_editable (SideAnswerChoices *self,
                                  gboolean           editable)
{
  g_return_if_fail (SIDE_IS_ANSWER_CHOICES (self));

  self->editable = editable;
  for (guint i = 0; i < self->n_choices; i++)
    if (self->choices[i].button != NULL)
      gtk_widget_set_sensitive (self->choices[i].button, editable);
  if (self->entry != NULL)
    gtk_widget_set_sensitive (self->entry, editable);
}

static int
digit_of (guint keyval)
{
  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    return (int) (keyval - GDK_KEY_KP_0);
  return keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9 ? (int) (keyval - GDK_KEY_0) : NO_DIGIT;
}

/* The first digit of a number: the rest is typed after it. */
static void
begin_number (SideAnswerChoices *self,
              int                digit)
{
  g_autofree char *text = g_strdup_printf ("%d", digit);

  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * side_answer_choices_press:
 * @self: answers
 * @keyval: a key, a letter in lower case
 *
 * 1, 2, 3 and 4 are yes, partly, no and not applicable whichever of them there
 * are; on a scale a digit is its value, and of one that is typed the first
 * digit. y, p, n and a are the same letters everywhere: on a scale y is the
 * full mark and n nothing.
 *
 * Returns: what it did; %SIDE_ROW_KEY_REFUSED for a digit or one of these
 *   letters that is no answer here
 */
SideRowKey
side_answer_choices_press (SideAnswerChoices *self,
                           guint              keyval)
{
  int digit = digit_of (keyval);

  g_return_val_if_fail (SIDE_IS_ANSWER_CHOICES (self), SIDE_ROW_KEY_NONE);

  if (digit == NO_DIGIT && keyval != GDK_KEY_y && keyval != GDK_KEY_p && keyval != GDK_KEY_n && keyval != GDK_KEY_a)
    return SIDE_ROW_KEY_NONE;
  if (!self->editable)
    return SIDE_ROW_KEY_REFUSED;
  if (digit != NO_DIGIT && self->entry != NULL)
    {
      begin_number (self, digit);
      return SIDE_ROW_KEY_STAY;
    }
  for (guint i = 0; i < self->n_choices; i++)
    if (digit != NO_DIGIT ? self->choices[i].digit == digit : self->choices[i].key == keyval)
      {
        g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->choices[i].value);
        return SIDE_ROW_KEY_SETTLE;
      }
  return SIDE_ROW_KEY_REFUSED;
}

/**
 * side_answer_choices_flush:
 * @self: answers
 *
 * Tells at once the number that is typed; one that the scale has not is
 * dropped.
 */
void
side_answer_choices_flush (SideAnswerChoices *self)
{
  g_return_if_fail (SIDE_IS_ANSWER_CHOICES (self));

  if (self->entry != NULL && !tell (self))
    side_answer_choices_drop (self);
}

/**
 * side_answer_choices_drop:
 * @self: answers
 *
 * What is half typed is forgotten, and what stands is shown.
 */
void
side_answer_choices_drop (SideAnswerChoices *self)
{
  g_autofree char *words = NULL;

  g_return_if_fail (SIDE_IS_ANSWER_CHOICES (self));

  if (self->entry == NULL)
    return;
  words = self->value >= 0 ? side_criterion_answer_words (self->criterion, self->value) : g_strdup ("");
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), words))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
}
