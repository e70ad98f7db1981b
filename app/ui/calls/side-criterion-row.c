/* side-criterion-row.c - one question of the scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wording above, answers below: one click or one key an answer; below a fault
 * its cause and what shows it. A row is empty and as high as most until it is
 * filled, so that a long form is shown at once.
 */
#include "side-criterion-row.h"

#include <glib/gi18n.h>

#include "side-answer-choices.h"
#include "side-answer-details.h"
#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-exemplars.h"
#include "side-review-need.h"
#include "side-wrap-layout.h"

#define EMPTY_HEIGHT 46   /* of the content: one line of words, one of answers */

struct _SideCriterionRow
{
  GtkWidget            parent_instance;
  SideScript          *script;     /* whose question it is */
  const SideCriterion *criterion;
  GtkWidget           *box;        /* (nullable): until it is filled */
  GtkWidget           *line;       /* answers and their place */
  GtkWidget           *position;   /* (nullable): until there is one */
  GtkWidget           *links;      /* (nullable): notes that are evidence for the answer */
  GtkWidget           *details;    /* (nullable): SideAnswerDetails, until they are asked for */
  GtkWidget           *reason;     /* (nullable): why it does not apply */
  GtkWidget           *exemplars;  /* (nullable): the button of those it has */
  SideAnswerChoices   *choices;    /* (nullable): until it is filled */
  SideAnswer          *answer;     /* (nullable) */
  gint64               position_ms; /* where the recording is; -1 without one */
  gint64               origin_ms;  /* what the clock stands at where the recording begins */
  gint64               begun_ms;   /* where the span to be marked begins; -1 none */
  gboolean             applies;
  gboolean             editable;
  gboolean             causeless;  /* nobody is to blame for a fault */
  gboolean             opened;     /* the details were asked for by a key */
  gboolean             passed;     /* a span of this fault was asked for, and not given */
};

G_DEFINE_FINAL_TYPE (SideCriterionRow, side_criterion_row, GTK_TYPE_WIDGET)

enum { SIGNAL_ANSWERED, SIGNAL_TYPED, SIGNAL_EDITED, SIGNAL_LEFT, SIGNAL_POSITION_ACTIVATED, SIGNAL_EXEMPLAR_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_answer (SideCriterionRow *self);

static void
side_criterion_row_dispose (GObject *object)
{
  SideCriterionRow *self = SIDE_CRITERION_ROW (object);

  g_clear_object (&self->choices);   /* what is half typed in them is told no more */
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_criterion_row_parent_class)->dispose (object);
}

static void
side_criterion_row_finalize (GObject *object)
{
  SideCriterionRow *self = SIDE_CRITERION_ROW (object);

  g_clear_pointer (&self->answer, side_answer_free);
  g_clear_pointer (&self->script, side_script_unref);
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
  signals[SIGNAL_TYPED] = g_signal_new ("typed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_POSITION_ACTIVATED] = g_signal_new ("position-activated", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_EXEMPLAR_ACTIVATED] = g_signal_new ("exemplar-activated", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
side_criterion_row_init (SideCriterionRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();   /* on the words, so that the keys answer them */

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, EMPTY_HEIGHT);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (gtk_widget_grab_focus), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->position_ms = -1;
  self->begun_ms = -1;
  self->applies = TRUE;
  self->editable = TRUE;
}

static void
chosen_cb (SideCriterionRow *self,
           double            value)
{
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, value);
}

static void
typed_cb (SideCriterionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

static void
position_clicked_cb (SideCriterionRow *self)
{
  if (self->answer != NULL && self->answer->position_ms >= 0)
    g_signal_emit (self, signals[SIGNAL_POSITION_ACTIVATED], 0, self->answer->position_ms);
}

static void
exemplar_cb (SideCriterionRow   *self,
             const SideExemplar *exemplar)
{
  g_signal_emit (self, signals[SIGNAL_EXEMPLAR_ACTIVATED], 0, exemplar);
}

/**
 * side_criterion_row_new:
 * @script: the script it is of
 * @criterion: the question
 *
 * Returns: a row without an answer, to be filled before it is seen
 */
GtkWidget *
side_criterion_row_new (SideScript          *script,
                        const SideCriterion *criterion)
{
  SideCriterionRow *self = g_object_new (SIDE_TYPE_CRITERION_ROW, NULL);

  self->script = side_script_ref (script);
  self->criterion = criterion;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, criterion->text, -1);
  return GTK_WIDGET (self);
}

/**
 * side_criterion_row_get_criterion:
 * @self: a row
 *
 * Returns: (transfer none): the question
 */
const SideCriterion *
side_criterion_row_get_criterion (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), NULL);
  return self->criterion;
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
  return self->criterion->id;
}

static double
value_of (SideCriterionRow *self)
{
  return self->answer != NULL ? self->answer->value : SIDE_ANSWER_NONE;
}

static void
show_position (SideCriterionRow *self)
{
  gint64 at_ms = self->begun_ms >= 0 ? self->begun_ms : self->answer != NULL ? self->answer->position_ms : -1;
  gint64 to_ms = self->answer != NULL && self->begun_ms < 0 ? self->answer->to_ms : -1;
  g_autofree char *words = NULL, *hint = NULL;

  if (self->position == NULL && at_ms < 0)
    return;
  if (self->position == NULL)
    {
      self->position = gtk_button_new ();
      gtk_widget_add_css_class (self->position, "flat");
      gtk_widget_add_css_class (self->position, "position");
      gtk_widget_set_hexpand (self->position, TRUE);
      gtk_widget_set_halign (self->position, GTK_ALIGN_END);
      g_signal_connect_object (self->position, "clicked", G_CALLBACK (position_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->line), self->position);
    }
  gtk_widget_set_visible (self->position, at_ms >= 0);
  if (at_ms < 0)
    return;
  words = side_criterion_span_words (self->origin_ms + at_ms, to_ms >= 0 ? self->origin_ms + to_ms : to_ms, self->begun_ms >= 0);
  hint = g_strdup_printf (_("Answered at %s: go there"), words);
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->position)), words) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (self->position), words);
  gtk_widget_set_tooltip_text (self->position, hint);
}

static void
details_edited_cb (SideCriterionRow *self,
                   const SideAnswer *answer)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, answer);
}

static void
details_left_cb (SideCriterionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

/* The span once more: where it is now begins it, and then ends it. */
static SideRowKey
mark (SideCriterionRow *self)
{
  SideAnswer *answer;
  gint64 from_ms, to_ms;

  if (self->answer == NULL || self->position_ms < 0)
    return SIDE_ROW_KEY_NONE;
  if (self->begun_ms < 0)
    {
      self->begun_ms = self->position_ms;
      self->opened = TRUE;
      show_answer (self);
      return SIDE_ROW_KEY_STAY;
    }
  from_ms = MIN (self->begun_ms, self->position_ms);
  to_ms = MAX (self->begun_ms, self->position_ms);
  answer = side_answer_copy (self->answer);
  answer->position_ms = from_ms;
  answer->to_ms = to_ms > from_ms ? to_ms : -1;
  self->begun_ms = -1;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, answer);
  side_answer_free (answer);
  show_answer (self);
  return SIDE_ROW_KEY_SETTLE;
}

static void
show_details (SideCriterionRow *self)
{
  gboolean fault = side_criterion_is_fault (self->criterion, value_of (self));
  gboolean asked = self->editable && (self->opened || self->criterion->comment == SIDE_COMMENT_ALWAYS);
  gboolean shown = self->applies && self->answer != NULL && (fault || asked || self->answer->comment != NULL);

  if (self->details == NULL && !shown)
    return;
  if (self->details == NULL)
    {
      self->details = side_answer_details_new (self->criterion);
      g_signal_connect_object (self->details, "edited", G_CALLBACK (details_edited_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->details, "left", G_CALLBACK (details_left_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->details, "mark", G_CALLBACK (mark), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), self->details);
    }
  gtk_widget_set_visible (self->details, shown);
  if (!shown)
    return;
  side_answer_details_set_answer (SIDE_ANSWER_DETAILS (self->details), self->answer, fault && !self->causeless);
  side_answer_details_set_editable (SIDE_ANSWER_DETAILS (self->details), self->editable);
  side_answer_details_set_marking (SIDE_ANSWER_DETAILS (self->details), self->position_ms >= 0, self->begun_ms >= 0,
                                   side_criterion_row_wants_span (self));
}

/* What is not asked is told in one line and why; nothing in it can be pressed. */
static void
show_applies (SideCriterionRow *self)
{
  gtk_widget_set_visible (self->line, self->applies);
  if (self->reason == NULL && !self->applies)
    {
      g_autofree char *words = side_criterion_condition_words (self->script, self->criterion);

      self->reason = gtk_label_new (words);
      gtk_label_set_xalign (GTK_LABEL (self->reason), 0);
      gtk_label_set_wrap (GTK_LABEL (self->reason), TRUE);
      gtk_widget_add_css_class (self->reason, "caption");
      gtk_box_insert_child_after (GTK_BOX (self->box), self->reason, gtk_widget_get_first_child (self->box));
    }
  if (self->reason != NULL)
    gtk_widget_set_visible (self->reason, !self->applies);
  if (self->applies)
    gtk_widget_remove_css_class (self->box, "dim-label");
  else
    gtk_widget_add_css_class (self->box, "dim-label");
}

/**
 * side_criterion_row_fill:
 * @self: a row
 *
 * Makes what is seen of it.
 *
 * Returns: whether it was empty until now
 */
gboolean
side_criterion_row_fill (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), FALSE);

  if (self->box != NULL)
    return FALSE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (self->criterion->exemplars->len > 0)
    {
      self->exemplars = side_exemplars_button_new (self->criterion);
      g_signal_connect_object (self->exemplars, "exemplar-activated", G_CALLBACK (exemplar_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_box_append (GTK_BOX (self->box), side_criterion_heading_new (self->criterion, self->exemplars));
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->line, side_wrap_layout_new (6));
  self->choices = side_answer_choices_new (self->criterion, GTK_BOX (self->line));
  side_answer_choices_set_editable (self->choices, self->editable);
  g_signal_connect_object (self->choices, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "typed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->line);
  if (self->criterion->hint != NULL)
    gtk_widget_set_tooltip_text (self->box, self->criterion->hint);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_answer (self);
  if (!self->applies)
    show_applies (self);
  return TRUE;
}

static gboolean
same_answer (const SideAnswer *a,
             const SideAnswer *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->value == b->value && a->position_ms == b->position_ms && a->to_ms == b->to_ms && a->cause == b->cause
         && g_strcmp0 (a->detail, b->detail) == 0 && g_strcmp0 (a->comment, b->comment) == 0;
}

static void
show_answer (SideCriterionRow *self)
{
  if (self->box == NULL)
    return;
  side_answer_choices_set_value (self->choices, value_of (self));
  show_position (self);
  show_details (self);
}

/**
 * side_criterion_row_set_answer:
 * @self: a row
 * @answer: (nullable): the answer that stands
 *
 * Costs next to nothing when it is the one shown: of a long form one row
 * changes at a time.
 */
void
side_criterion_row_set_answer (SideCriterionRow *self,
                               const SideAnswer *answer)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  if (same_answer (self->answer, answer))
    {
      if (self->choices != NULL)
        side_answer_choices_set_value (self->choices, value_of (self));   /* a click that was not taken */
      return;
    }
  self->passed = self->passed && answer != NULL && self->answer != NULL && answer->value == self->answer->value;
  g_clear_pointer (&self->answer, side_answer_free);
  if (answer != NULL)
    self->answer = side_answer_copy (answer);
  else
    self->begun_ms = -1;
  self->opened = self->opened && answer != NULL;
  show_answer (self);
}

/**
 * side_criterion_row_set_applies:
 * @self: a row
 * @applies: whether the condition of the question is met
 *
 * One that does not apply is folded, with the reason, and takes no keys.
 */
void
side_criterion_row_set_applies (SideCriterionRow *self,
                                gboolean          applies)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  if (self->applies == applies)
    return;
  self->applies = applies;
  gtk_widget_set_focusable (GTK_WIDGET (self), applies);
  if (self->box == NULL)
    return;
  show_applies (self);
  show_details (self);
}

/**
 * side_criterion_row_get_applies:
 * @self: a row
 *
 * Returns: whether it is asked
 */
gboolean
side_criterion_row_get_applies (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), FALSE);
  return self->applies;
}

/**
 * side_criterion_row_set_causeless:
 * @self: a row
 *
 * For what is no call: a fault has words, and is nobody's.
 */
void
side_criterion_row_set_causeless (SideCriterionRow *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));
  self->causeless = TRUE;
  if (self->box != NULL)
    show_details (self);
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

  if (self->editable == editable)
    return;
  self->editable = editable;
  if (self->box == NULL)
    return;
  side_answer_choices_set_editable (self->choices, editable);
  show_details (self);
}

/**
 * side_criterion_row_set_position:
 * @self: a row
 * @position_ms: where the recording is, for a span; -1 without one
 * @origin_ms: what the clock that times are told by stands at where it begins; 0 usually
 */
void
side_criterion_row_set_position (SideCriterionRow *self,
                                 gint64            position_ms,
                                 gint64            origin_ms)
{
  gboolean changed;

  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  changed = (position_ms >= 0) != (self->position_ms >= 0);
  self->position_ms = position_ms;
  if (self->origin_ms != origin_ms)
    {
      self->origin_ms = origin_ms;
      show_position (self);
    }
  if (changed && self->box != NULL)
    show_details (self);
}

static void
link_clicked_cb (GtkWidget        *button,
                 SideCriterionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_POSITION_ACTIVATED], 0, side_criterion_link_get_ms (button));
}

/**
 * side_criterion_row_set_links:
 * @self: a row
 * @links: (array length=n_links): notes that are evidence for the answer
 * @n_links: how many
 *
 * Each is a button with its time that asks to go there. A row that is not
 * filled yet has no room for them.
 */
void
side_criterion_row_set_links (SideCriterionRow        *self,
                              const SideCriterionLink *links,
                              gsize                    n_links)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  if (self->box == NULL || (self->links == NULL && n_links == 0))
    return;
  if (self->links == NULL)
    {
      self->links = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_set_layout_manager (self->links, side_wrap_layout_new (4));
      gtk_box_insert_child_after (GTK_BOX (self->box), self->links, self->line);
    }
  side_clear_children (self->links);
  for (gsize i = 0; i < n_links; i++)
    {
      GtkWidget *button = side_criterion_link_new (&links[i]);

      g_signal_connect_object (button, "clicked", G_CALLBACK (link_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (self->links), button);
    }
  gtk_widget_set_visible (self->links, n_links > 0);
}

/* What else the form does with a key. */
static SideRowKey
detail_key (SideCriterionRow *self,
            guint             keyval)
{
  if (self->answer == NULL)
    return SIDE_ROW_KEY_NONE;
  if (keyval == GDK_KEY_e)
    return mark (self);
  if (keyval == GDK_KEY_w)
    {
      side_criterion_row_write (self);
      return SIDE_ROW_KEY_STAY;
    }
  if (self->details == NULL || !side_answer_details_press (SIDE_ANSWER_DETAILS (self->details), keyval))
    return SIDE_ROW_KEY_NONE;
  return keyval == GDK_KEY_d ? SIDE_ROW_KEY_STAY : SIDE_ROW_KEY_SETTLE;
}

/**
 * side_criterion_row_press:
 * @self: a row
 * @keyval: a key that was pressed
 *
 * Digits and y, p, n and a are answers, see side_answer_choices_press();
 * Delete takes the answer back. Of an answer that was given, e
 * begins and ends the span that shows it, w goes to its comment, and o, s, t,
 * c and d say what it came from if it is less than a full mark. x shows the
 * exemplars. But for these nothing is taken while the row cannot be edited.
 *
 * Returns: what it did
 */
SideRowKey
side_criterion_row_press (SideCriterionRow *self,
                          guint             keyval)
{
  SideRowKey did;

  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), SIDE_ROW_KEY_NONE);

  side_criterion_row_fill (self);
  keyval = gdk_keyval_to_lower (keyval);
  if (keyval == GDK_KEY_x && self->exemplars != NULL)
    {
      side_exemplars_button_popup (self->exemplars);
      return SIDE_ROW_KEY_STAY;
    }
  if (self->editable && self->applies && (keyval == GDK_KEY_Delete || keyval == GDK_KEY_BackSpace))
    {
      g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, SIDE_ANSWER_NONE);
      return SIDE_ROW_KEY_STAY;
    }
  did = self->applies ? side_answer_choices_press (self->choices, keyval) : SIDE_ROW_KEY_NONE;
  if (did == SIDE_ROW_KEY_NONE && self->editable && self->applies)
    did = detail_key (self, keyval);
  if (did == SIDE_ROW_KEY_NONE && keyval > 0x20 && keyval < 0x80 && strchr ("estwocdx", (int) keyval) != NULL)
    return SIDE_ROW_KEY_REFUSED;
  return did;
}

/**
 * side_criterion_row_wants_span:
 * @self: a row
 *
 * Returns: whether what shows the fault is still asked for: its cause is
 *   known, there is a recording, and nobody passed it by
 */
gboolean
side_criterion_row_wants_span (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), FALSE);

  return self->editable && self->applies && self->position_ms >= 0 && !self->passed
         && side_criterion_is_fault (self->criterion, value_of (self)) && self->answer->cause != SIDE_CAUSE_NONE
         && self->answer->to_ms < 0;
}

/**
 * side_criterion_row_pass_span:
 * @self: a row
 *
 * The span is not going to be given; one that was begun is forgotten. It is
 * asked for again with another answer.
 */
void
side_criterion_row_pass_span (SideCriterionRow *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  self->passed = TRUE;
  self->begun_ms = -1;
  show_answer (self);
}

/**
 * side_criterion_row_is_marking:
 * @self: a row
 *
 * Returns: whether a span was begun and not ended
 */
gboolean
side_criterion_row_is_marking (SideCriterionRow *self)
{
  g_return_val_if_fail (SIDE_IS_CRITERION_ROW (self), FALSE);
  return self->begun_ms >= 0;
}

/**
 * side_criterion_row_write:
 * @self: a row with an answer
 *
 * The keyboard goes to its comment.
 */
void
side_criterion_row_write (SideCriterionRow *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  side_criterion_row_fill (self);
  self->opened = TRUE;
  show_details (self);
  if (self->details != NULL)
    side_answer_details_write (SIDE_ANSWER_DETAILS (self->details));
}

/**
 * side_criterion_row_flush:
 * @self: a row
 *
 * Tells at once what was typed a moment ago.
 */
void
side_criterion_row_flush (SideCriterionRow *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  if (self->choices != NULL)
    side_answer_choices_flush (self->choices);
  if (self->details != NULL)
    side_answer_details_flush (SIDE_ANSWER_DETAILS (self->details));
}

/**
 * side_criterion_row_drop:
 * @self: a row
 *
 * Forgets a number that is half typed.
 */
void
side_criterion_row_drop (SideCriterionRow *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_ROW (self));

  if (self->choices != NULL)
    side_answer_choices_drop (self->choices);
}
