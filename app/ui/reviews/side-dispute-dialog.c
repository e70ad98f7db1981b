/* side-dispute-dialog.c - asking for a better answer, and judging that
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three questions with the same parts: what an operator asks for, what an
 * operator without a sign-in answered, how a dispute is judged. Only answers
 * that the rules allow can be chosen.
 */
#include "side-dispute-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-dispute-rule.h"
#include "side-dispute-words.h"
#include "side-words-guard.h"

typedef struct {
  GtkWidget    *widget;       /* weak: where toasts are told */
  SideDisputes *disputes;
  SideAnswered *answered;
  SideDispute  *dispute;      /* the one that is judged, or NULL */
  GPtrArray    *criteria;     /* ids that can be chosen; NULL stands for "acknowledges" */
  GArray       *values;       /* of double: what @answer offers */
  GtkDropDown  *what;         /* nullable: which criterion */
  GtkDropDown  *answer;
  GtkWidget    *answer_label;
  GtkTextView  *words;
  GtkWidget    *words_label;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_weak_pointer (&self->widget);
  g_object_unref (self->disputes);
  side_answered_unref (self->answered);
  g_clear_pointer (&self->dispute, side_dispute_unref);
  g_ptr_array_unref (self->criteria);
  g_array_unref (self->values);
  g_free (self);
}

static char *
dup_words (Dialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* NULL where it is none of them, but that the review is acknowledged. */
static const char *
get_criterion (Dialog *self)
{
  guint place = self->what != NULL ? gtk_drop_down_get_selected (self->what) : 0;

  return place < self->criteria->len ? self->criteria->pdata[place] : NULL;
}

static double
get_value (Dialog *self)
{
  guint place = gtk_drop_down_get_selected (self->answer);

  return place < self->values->len ? g_array_index (self->values, double, place) : SIDE_ANSWER_NONE;
}

/* ---- answers that can be chosen ---- */

static gboolean
may_choose (Dialog     *self,
            const char *criterion,
            double      value)
{
  double was = side_review_get_answer (self->answered->review, criterion);

  if (self->dispute != NULL)
    return side_dispute_check_value (self->dispute, self->answered->review, self->answered->script, value, NULL);
  return value < 0.0 ? was != value : was < 0.0 || value > was;
}

static void
offer (Dialog        *self,
       GtkStringList *list,
       const char    *criterion,
       double         value)
{
  g_autofree char *words = NULL;

  if (!may_choose (self, criterion, value))
    return;
  words = side_dispute_words_answer (self->answered->script, criterion, value);
  gtk_string_list_append (list, words);
  g_array_append_val (self->values, value);
}

static void
fill_answers (Dialog *self)
{
  const char *criterion = get_criterion (self);
  const SideCriterion *found = criterion != NULL && self->answered->script != NULL
                                   ? side_script_find_criterion (self->answered->script, criterion) : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  int steps;

  g_array_set_size (self->values, 0);
  if (self->dispute == NULL && criterion != NULL)
    {
      double open = SIDE_ANSWER_NONE;

      gtk_string_list_append (list, _("Whatever the judge finds"));
      g_array_append_val (self->values, open);
    }
  if (found != NULL)
    {
      steps = found->answers == SIDE_ANSWERS_YES_NO ? 1 : found->answers == SIDE_ANSWERS_SCALE ? MAX (found->scale_max, 1) : 2;
      for (int i = steps; i >= 0; i--)
        offer (self, list, criterion, (double) i / steps);
      if (found->allow_na)
        offer (self, list, criterion, SIDE_ANSWER_NA);
    }
  gtk_drop_down_set_model (self->answer, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->answer), self->values->len > 0);
  gtk_widget_set_visible (self->answer_label, self->values->len > 0);
}

/* What the operator asked for, where the rules allow it. */
static void
choose_asked (Dialog *self)
{
  for (guint i = 0; i < self->values->len; i++)
    if (g_array_index (self->values, double, i) == self->dispute->asked)
      gtk_drop_down_set_selected (self->answer, i);
}

static void
update (AdwMessageDialog *dialog)
{
  Dialog *self = g_object_get_data (G_OBJECT (dialog), "side-dialog");
  g_autofree char *words = dup_words (self);
  gboolean reads = self->dispute == NULL && get_criterion (self) == NULL;

  gtk_widget_set_visible (self->words_label, !reads);
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->words), GTK_TYPE_SCROLLED_WINDOW), !reads);
  if (self->dispute != NULL)
    {
      adw_message_dialog_set_response_enabled (dialog, "reject", *words != '\0');
      adw_message_dialog_set_response_enabled (dialog, "uphold", *words != '\0' && self->values->len > 0);
    }
  else
    {
      adw_message_dialog_set_response_enabled (dialog, "accept", reads || *words != '\0');
    }
}

static void
what_cb (AdwMessageDialog *dialog)
{
  fill_answers (g_object_get_data (G_OBJECT (dialog), "side-dialog"));
  update (dialog);
}

/* What was typed is not lost: it is asked anew with it, of the review as it is now. */
static void
ask_again (Dialog     *self,
           const char *words)
{
  SideAnswered *answered = side_disputes_find (self->disputes, self->answered->review->id);
  const SideDispute *dispute = NULL;
  GtkWindow *dialog;
  Dialog *again;

  for (guint i = 0; answered != NULL && i < answered->disputes->len; i++)
    if (g_strcmp0 (((SideDispute *) answered->disputes->pdata[i])->id, self->dispute->id) == 0)
      dispute = answered->disputes->pdata[i];
  if (dispute == NULL || dispute->state != SIDE_DISPUTE_OPEN)
    return;
  dialog = side_ruling_dialog_present (self->widget, self->disputes, answered, dispute);
  again = g_object_get_data (G_OBJECT (dialog), "side-dialog");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (again->words), words, -1);
}

/* As it is by now: somebody may have begun to change the review. */
static gboolean
rule (Dialog      *self,
      gboolean     upheld,
      const char  *words,
      GError     **error)
{
  SideAnswered *answered = side_disputes_find (self->disputes, self->answered->review->id);

  return side_disputes_rule (self->disputes, answered != NULL ? answered : self->answered, self->dispute, upheld, get_value (self), words, error);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response)
{
  Dialog *self = g_object_get_data (G_OBJECT (dialog), "side-dialog");
  const char *criterion = get_criterion (self);
  g_autofree char *words = dup_words (self);
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (g_str_equal (response, "accept") && criterion == NULL)
    done = side_disputes_acknowledge (self->disputes, self->answered, &error);
  else if (g_str_equal (response, "accept"))
    done = side_disputes_make (self->disputes, self->answered, criterion, get_value (self), words, &error);
  else if (g_str_equal (response, "uphold") || g_str_equal (response, "reject"))
    done = rule (self, g_str_equal (response, "uphold"), words, &error);
  if (done || self->widget == NULL)
    return;
  g_signal_emit_by_name (self->widget, "toast", side_dispute_words_why_not (error), NULL);
  if (self->dispute != NULL)
    ask_again (self, words);
}

/* ---- the window ---- */

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           GtkWidget  *of)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), of);
  gtk_accessible_update_property (GTK_ACCESSIBLE (of), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (label)), -1);
  /* The focus is on the button inside. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (of)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), of);
  return label;
}

static void
add_words (Dialog     *self,
           GtkWidget  *box,
           const char *title)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *view = gtk_text_view_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  self->words = GTK_TEXT_VIEW (view);
  gtk_text_view_set_wrap_mode (self->words, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->words, FALSE);
  gtk_text_view_set_left_margin (self->words, 8);
  gtk_text_view_set_right_margin (self->words, 8);
  gtk_text_view_set_top_margin (self->words, 6);
  gtk_text_view_set_bottom_margin (self->words, 6);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_size_request (scrolled, 340, 90);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), scrolled);
  self->words_label = label;
}

static Dialog *
begin (GtkWidget         *widget,
       SideDisputes      *disputes,
       SideAnswered      *answered,
       const SideDispute *dispute)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_set_weak_pointer (&self->widget, widget);
  self->disputes = g_object_ref (disputes);
  self->answered = side_answered_ref (answered);
  self->dispute = dispute != NULL ? side_dispute_copy (dispute) : NULL;
  self->criteria = g_ptr_array_new_with_free_func (g_free);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

/* Which of the criteria that have something to dispute. */
static void
add_what (Dialog    *self,
          GtkWidget *box)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const SideReview *review = self->answered->review;

  if (self->answered->read == NULL)
    {
      gtk_string_list_append (list, _("Acknowledges the review"));
      g_ptr_array_add (self->criteria, NULL);
    }
  for (guint i = 0; i < review->answers->len; i++)
    {
      const SideAnswer *answer = review->answers->pdata[i];
      g_autofree char *criterion = side_script_name_criterion (self->answered->script, answer->criterion);
      g_autofree char *words = g_strdup_printf (_("Disputes: %s"), criterion);

      if (answer->value == SIDE_ANSWER_NONE || answer->value >= 1.0)
        continue;
      gtk_string_list_append (list, words);
      g_ptr_array_add (self->criteria, g_strdup (answer->criterion));
    }
  self->what = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL));
  add_label (box, _("The _operator"), GTK_WIDGET (self->what));
}

static GtkWindow *
present (Dialog     *self,
         GtkWidget  *dialog,
         GtkWidget  *box,
         const char *words)
{
  self->answer = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  self->answer_label = add_label (box, self->dispute != NULL ? _("_New answer, if upheld") : _("_Answer asked for"), GTK_WIDGET (self->answer));
  add_words (self, box, words);
  g_object_set_data_full (G_OBJECT (dialog), "side-dialog", self, dialog_free);
  fill_answers (self);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  if (self->what != NULL)
    g_signal_connect_object (self->what, "notify::selected", G_CALLBACK (what_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->words), "changed", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  update (ADW_MESSAGE_DIALOG (dialog));
  side_words_guard_begin (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * side_dispute_dialog_present:
 * @widget: who asks; it has a signal "toast"
 * @disputes: the disputes
 * @answered: a review
 * @criterion: (nullable): id of the criterion in dispute; %NULL to record what
 *   an operator without a sign-in answered
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
side_dispute_dialog_present (GtkWidget    *widget,
                             SideDisputes *disputes,
                             SideAnswered *answered,
                             const char   *criterion)
{
  Dialog *self = begin (widget, disputes, answered, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *words = criterion != NULL ? side_script_name_criterion (answered->script, criterion) : NULL;
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), criterion != NULL ? _("Dispute This Answer?") : _("Record an Answer"),
                                              criterion != NULL ? words : _("What the operator said to this review, in their words."));

  if (criterion != NULL)
    g_ptr_array_add (self->criteria, g_strdup (criterion));
  else
    add_what (self, box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "accept", criterion != NULL ? _("_Dispute") : _("_Record"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  return present (self, dialog, box, _("_Reason"));
}

/**
 * side_ruling_dialog_present:
 * @widget: who asks; it has a signal "toast"
 * @disputes: the disputes
 * @answered: a review
 * @dispute: the one that is judged
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
side_ruling_dialog_present (GtkWidget         *widget,
                            SideDisputes      *disputes,
                            SideAnswered      *answered,
                            const SideDispute *dispute)
{
  Dialog *self = begin (widget, disputes, answered, dispute);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *criterion = side_script_name_criterion (answered->script, dispute->criterion);
  g_autofree char *asked = side_dispute_words_asked (answered, dispute);
  g_autofree char *body = g_strdup_printf (_("%s\n\n%s\n“%s”"), criterion, asked, dispute->reason);
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), _("Judge the Dispute"), body);

  g_ptr_array_add (self->criteria, g_strdup (dispute->criterion));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "reject", _("_Reject"), "uphold", _("_Uphold"), NULL);
  present (self, dialog, box, _("_Words to the operator"));
  choose_asked (self);
  return GTK_WINDOW (dialog);
}

typedef struct {
  GtkWidget    *widget;    /* held: its "toast" tells what went wrong */
  SideDisputes *disputes;
  char         *review;
  char         *dispute;
} Withdrawal;

static void
withdrawal_free (gpointer  data,
                 GClosure *closure)
{
  Withdrawal *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->disputes);
  g_free (self->review);
  g_free (self->dispute);
  g_free (self);
}

/* As it is by now: it may have been judged while the question stood. */
static void
withdraw_cb (AdwMessageDialog *dialog,
             const char       *response,
             Withdrawal       *self)
{
  SideAnswered *answered = side_disputes_find (self->disputes, self->review);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; g_str_equal (response, "withdraw") && answered != NULL && i < answered->disputes->len; i++)
    {
      const SideDispute *dispute = answered->disputes->pdata[i];

      if (!g_str_equal (dispute->id, self->dispute))
        continue;
      if (!side_disputes_withdraw (self->disputes, answered, dispute, &error))
        g_signal_emit_by_name (self->widget, "toast", side_dispute_words_why_not (error), NULL);
      return;   /* the list may be another one now */
    }
}

/**
 * side_withdrawal_dialog_present:
 * @widget: who asks; it has a signal "toast"
 * @disputes: the disputes
 * @answered: a review
 * @dispute: an open dispute of this person's
 *
 * A dispute is not opened again, so it is asked first.
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
side_withdrawal_dialog_present (GtkWidget         *widget,
                                SideDisputes      *disputes,
                                SideAnswered      *answered,
                                const SideDispute *dispute)
{
  g_autofree char *criterion = side_script_name_criterion (answered->script, dispute->criterion);
  g_autofree char *body = g_strconcat (criterion, "\n\n", _("Nobody judges it then. It stays on record as withdrawn; the answer can be disputed "
                                                            "again with other words."), NULL);
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), _("Withdraw the Dispute?"), body);
  Withdrawal *self = g_new0 (Withdrawal, 1);

  self->widget = g_object_ref (widget);
  self->disputes = g_object_ref (disputes);
  self->review = g_strdup (answered->review->id);
  self->dispute = g_strdup (dispute->id);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "withdraw", _("_Withdraw"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (withdraw_cb), self, withdrawal_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}
