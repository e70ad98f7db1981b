/* side-criterion-row.c - one question of the scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wording above, answers below: one click or one key an answer. A chosen
 * answer is told by its word and a filled button, not by colour alone.
 */
#include "side-criterion-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"
#include "side-wrap-layout.h"

#define MAX_SCALE_BUTTONS 10
#define MAX_CHOICES       (MAX_SCALE_BUTTONS + 2)

typedef struct {
  double     value;
  guint      key;        /* besides its number: y, p, n, a */
  GtkWidget *button;
} Choice;

struct _SideCriterionRow
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *position;
  GtkWidget  *links;     /* notes that are evidence for the answer */
  char       *id;
  Choice      choices[MAX_CHOICES];
  guint       n_choices;
  gint64      position_ms;
  gboolean    showing;   /* the buttons are being set, not clicked */
};

G_DEFINE_FINAL_TYPE (SideCriterionRow, side_criterion_row, GTK_TYPE_WIDGET)

enum { SIGNAL_ANSWERED, SIGNAL_POSITION_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_criterion_row_dispose (GObject *object)
{
  SideCriterionRow *self = SIDE_CRITERION_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_criterion_row_parent_class)->dispose (object);
}

static void
side_criterion_row_finalize (GObject *object)
{
  g_free (SIDE_CRITERION_ROW (object)->id);
  G_OBJECT_CLASS (side_criterion_row_parent_class)->finalize (object);
}

static void
side_criterion_row_class_init (SideCriterionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_CRITERION_ROW;

  G_OBJECT_CLASS (klass)->dispose = side_criterion_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_criterion_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "criterion");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_POSITION_ACTIVATED] = g_signal_new ("position-activated", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
side_criterion_row_init (SideCriterionRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();   /* on the words, so that the keys answer them */

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (gtk_widget_grab_focus), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->position_ms = -1;
}

static void
toggled_cb (SideCriterionRow *self,
            GtkToggleButton  *button)
{
  double value = SIDE_ANSWER_NONE;

  if (self->showing)
    return;
  for (guint i = 0; i < self->n_choices; i++)
    if (self->choices[i].button == GTK_WIDGET (button) && gtk_toggle_button_get_active (button))
      value = self->choices[i].value;
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, value);
}

static void
add_choice (SideCriterionRow *self,
            GtkWidget        *into,
            const char       *label,
            const char       *style,
            double            value,
            guint             key)
{
  Choice *choice = &self->choices[self->n_choices++];

  choice->value = value;
  choice->key = key;
  choice->button = gtk_toggle_button_new_with_label (label);
  gtk_widget_add_css_class (choice->button, "answer");
  gtk_widget_add_css_class (choice->button, style);
  g_signal_connect_object (choice->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (into), choice->button);
}

static void
add_choices (SideCriterionRow    *self,
             GtkWidget           *into,
             const SideCriterion *criterion)
{
  int top = CLAMP (criterion->scale_max, 1, MAX_SCALE_BUTTONS);

  switch (criterion->answers)
    {
    case SIDE_ANSWERS_SCALE:
      for (int i = 0; i <= top; i++)
        {
          g_autofree char *label = g_strdup_printf ("%d", i);
          add_choice (self, into, label, "answer-scale", (double) i / top, 0);
        }
      break;
    case SIDE_ANSWERS_YES_NO:
    case SIDE_ANSWERS_YES_PARTLY_NO:
    default:
      add_choice (self, into, C_("answer", "Yes"), "answer-yes", 1.0, GDK_KEY_y);
      if (criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO)
        add_choice (self, into, C_("answer", "Partly"), "answer-partly", 0.5, GDK_KEY_p);
      add_choice (self, into, C_("answer", "No"), "answer-no", 0.0, GDK_KEY_n);
      break;
    }
  if (criterion->allow_na)
    {
      add_choice (self, into, C_("answer", "N/A"), "answer-na", SIDE_ANSWER_NA, GDK_KEY_a);
      gtk_widget_set_tooltip_text (self->choices[self->n_choices - 1].button, _("Not applicable to this call"));
    }
}

static void
position_clicked_cb (SideCriterionRow *self)
{
  if (self->position_ms >= 0)
    g_signal_emit (self, signals[SIGNAL_POSITION_ACTIVATED], 0, self->position_ms);
}

static GtkWidget *
make_heading (const SideCriterion *criterion)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (criterion->text);

  if (criterion->critical != SIDE_CRITICAL_NO)
    {
      GtkWidget *pill = gtk_label_new (_("critical"));

      gtk_widget_add_css_class (pill, "pill");
      gtk_widget_add_css_class (pill, "critical");
      gtk_widget_set_valign (pill, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (pill, criterion->critical == SIDE_CRITICAL_SCRIPT
                                             ? _("“No” makes the whole score 0")
                                             : _("“No” makes the section 0"));
      gtk_box_append (GTK_BOX (heading), pill);
    }
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (heading), text);
  if (criterion->weight > 0)
    {
      g_autofree char *points = g_strdup_printf ("%g", criterion->weight);
      GtkWidget *weight = gtk_label_new (points);

      gtk_widget_add_css_class (weight, "dim-label");
      gtk_widget_add_css_class (weight, "numeric");
      gtk_widget_set_valign (weight, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (weight, criterion->bonus ? _("Bonus points") : _("Points"));
      gtk_box_append (GTK_BOX (heading), weight);
    }
  return heading;
}

/**
 * side_criterion_row_new:
 * @criterion: the question
 *
 * Returns: a row without an answer
 */
GtkWidget *
side_criterion_row_new (const SideCriterion *criterion)
{
  SideCriterionRow *self = g_object_new (SIDE_TYPE_CRITERION_ROW, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->id = g_strdup (criterion->id);
  gtk_box_append (GTK_BOX (self->box), make_heading (criterion));
  gtk_widget_set_layout_manager (line, side_wrap_layout_new (6));
  add_choices (self, line, criterion);
  self->position = gtk_button_new ();
  gtk_widget_add_css_class (self->position, "flat");
  gtk_widget_add_css_class (self->position, "position");
  gtk_widget_set_visible (self->position, FALSE);
  gtk_widget_set_hexpand (self->position, TRUE);
  gtk_widget_set_halign (self->position, GTK_ALIGN_END);
  g_signal_connect_object (self->position, "clicked", G_CALLBACK (position_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->position);
  gtk_box_append (GTK_BOX (self->box), line);
  self->links = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->links, side_wrap_layout_new (4));
  gtk_widget_set_visible (self->links, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->links);
  if (criterion->hint != NULL)
    gtk_widget_set_tooltip_text (self->box, criterion->hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, criterion->text, -1);
  return GTK_WIDGET (self);
}

/**
 * side_criterion_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none): the criterion's id
 */
const char *
side_criterion_row_get_id (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), NULL);
  return self->id;
}

/**
 * side_criterion_row_set_answer:
 * @self: a row
 * @value: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 * @position_ms: where in the recording it was given, or -1
 */
void
side_criterion_row_set_answer (SideCriterionRow *self,
                               double            value,
                               gint64            position_ms)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  self->showing = TRUE;
  for (guint i = 0; i < self->n_choices; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[i].button),
                                  fabs (self->choices[i].value - value) < 1e-6);
  self->showing = FALSE;
  self->position_ms = value == SIDE_ANSWER_NONE ? -1 : position_ms;
  gtk_widget_set_visible (self->position, self->position_ms >= 0);
  if (self->position_ms >= 0)
    {
      g_autofree char *at = side_text_duration (self->position_ms);
      g_autofree char *hint = g_strdup_printf (_("Answered at %s: go there"), at);

      gtk_button_set_label (GTK_BUTTON (self->position), at);
      gtk_widget_set_tooltip_text (self->position, hint);
    }
}

/**
 * side_criterion_row_set_editable:
 * @self: a row
 * @editable: whether an answer may be given; where it was given can be gone
 *   to in any case
 */
void
side_criterion_row_set_editable (SideCriterionRow *self,
                                 gboolean          editable)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));
  for (guint i = 0; i < self->n_choices; i++)
    gtk_widget_set_sensitive (self->choices[i].button, editable);
}

static void
link_clicked_cb (GtkWidget        *button,
                 SideCriterionRow *self)
{
  const gint64 *at_ms = g_object_get_data (G_OBJECT (button), "at-ms");

  g_signal_emit (self, signals[SIGNAL_POSITION_ACTIVATED], 0, *at_ms);
}

/**
 * side_criterion_row_set_links:
 * @self: a row
 * @links: (array length=n_links): notes that are evidence for the answer
 * @n_links: how many
 *
 * Each is a button with its time that asks to go there.
 */
void
side_criterion_row_set_links (SideCriterionRow        *self,
                              const SideCriterionLink *links,
                              gsize                    n_links)
{
  GtkWidget *child;

  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  while ((child = gtk_widget_get_first_child (self->links)) != NULL)
    gtk_box_remove (GTK_BOX (self->links), child);
  for (gsize i = 0; i < n_links; i++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (NULL);
      g_autofree char *at = side_text_duration (links[i].at_ms);
      g_autofree char *markup = g_markup_printf_escaped ("<span color=\"%s\">●</span> %s", links[i].colour, at);
      /* Translators: a time and what the note says: "Note at 0:12: Greeting" */
      g_autofree char *words = g_strdup_printf (_("Note at %s: %s"), at, links[i].words);

      gtk_label_set_markup (GTK_LABEL (label), markup);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "evidence");
      gtk_widget_set_tooltip_text (button, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      g_object_set_data_full (G_OBJECT (button), "at-ms", g_memdup2 (&links[i].at_ms, sizeof (gint64)), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (link_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (self->links), button);
    }
  gtk_widget_set_visible (self->links, n_links > 0);
}

/**
 * side_criterion_row_press:
 * @self: a row
 * @keyval: a key that was pressed
 *
 * 1 to 9 are the answers in their order (0 to 9 on a scale), y, p, n and a
 * their letters; Delete takes the answer back. Nothing is an answer while the
 * row cannot be edited.
 *
 * Returns: whether it was an answer
 */
gboolean
side_criterion_row_press (SideCriterionRow *self,
                          guint             keyval)
{
  gboolean scale = self->choices[0].key == 0;
  guint first = scale ? GDK_KEY_0 : GDK_KEY_1;

  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), FALSE);

  if (self->n_choices == 0 || !gtk_widget_get_sensitive (self->choices[0].button))
    return FALSE;
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_BackSpace)
    {
      g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, SIDE_ANSWER_NONE);
      return TRUE;
    }
  for (guint i = 0; i < self->n_choices; i++)
    if (keyval == first + i || (self->choices[i].key != 0 && gdk_keyval_to_lower (keyval) == self->choices[i].key))
      {
        g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, self->choices[i].value);
        return TRUE;
      }
  return FALSE;
}
