/* side-answered-sheet.c - one finished review, and what is said to it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same sheet for the operator whose call it is, who acknowledges and
 * disputes, and for who judges: what failed with its evidence to be heard,
 * then the disputes with both sides' words. What this person may not do is not
 * offered, or it is said why.
 */
#include "side-answered-sheet.h"

#include <glib/gi18n.h>

#include "side-answer-details.h"
#include "side-answered-export.h"
#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-dispute-dialog.h"
#include "side-dispute-words.h"
#include "side-error.h"
#include "side-format.h"
#include "side-moments-player.h"
#include "side-place.h"
#include "side-review-need.h"

struct _SideAnsweredSheet
{
  GtkWidget          parent_instance;
  GtkWidget         *scrolled;
  GtkWidget         *content;
  SideDisputes      *disputes;
  SidePlayer        *sound;
  GListStore        *moments;    /* the one piece of evidence that is heard */
  SideMomentsPlayer *player;
  SideAnswered      *answered;   /* nullable */
};

G_DEFINE_FINAL_TYPE (SideAnsweredSheet, side_answered_sheet, GTK_TYPE_WIDGET)

static guint toast_signal;

static void
side_answered_sheet_dispose (GObject *object)
{
  SideAnsweredSheet *self = SIDE_ANSWERED_SHEET (object);

  if (self->disputes != NULL)
    g_signal_handlers_disconnect_by_data (self->disputes, self);
  g_clear_object (&self->player);
  g_clear_object (&self->sound);
  g_clear_object (&self->moments);
  g_clear_object (&self->disputes);
  g_clear_pointer (&self->answered, side_answered_unref);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (side_answered_sheet_parent_class)->dispose (object);
}

/* Who looks elsewhere does not go on hearing it. */
static void
side_answered_sheet_unmap (GtkWidget *widget)
{
  SideAnsweredSheet *self = SIDE_ANSWERED_SHEET (widget);

  if (self->player != NULL)
    side_moments_player_stop (self->player);
  GTK_WIDGET_CLASS (side_answered_sheet_parent_class)->unmap (widget);
}

static void
side_answered_sheet_class_init (SideAnsweredSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_answered_sheet_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = side_answered_sheet_unmap;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_ANSWERED_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
side_answered_sheet_init (SideAnsweredSheet *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scrolled = gtk_scrolled_window_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (self->content, 18);
  gtk_widget_set_margin_bottom (self->content, 24);
  gtk_widget_set_margin_start (self->content, 18);
  gtk_widget_set_margin_end (self->content, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

static void
tell (SideAnsweredSheet *self,
      const char        *text)
{
  g_signal_emit (self, toast_signal, 0, text, NULL);
}

static void
tell_error (SideAnsweredSheet *self,
            const GError      *error)
{
  tell (self, side_dispute_words_why_not (error));
}

/* ---- evidence ---- */

static void
problem_cb (SideAnsweredSheet *self,
            GParamSpec        *pspec,
            SideMoment        *moment)
{
  if (side_moment_get_problem (moment) != NULL)
    tell (self, side_moment_get_problem (moment));
}

static void
play_cb (SideAnsweredSheet *self,
         GtkWidget         *button)
{
  const gint64 *span = g_object_get_data (G_OBJECT (button), "side-span");
  SideMarkedCall *call = g_new0 (SideMarkedCall, 1);
  g_autoptr (SideAnnotation) mark = side_annotation_new (NULL, NULL, self->answered->call->id, span[0], MAX (span[1], span[0]));
  g_autoptr (SideMoment) moment = NULL;
  SideMoment *current = g_list_model_get_item (G_LIST_MODEL (self->moments), 0);
  gboolean same = current != NULL && side_moments_player_get_playing (self->player) && side_moment_get_from_ms (current) == span[0];

  g_atomic_ref_count_init (&call->ref_count);
  call->call = side_call_ref (self->answered->call);
  call->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  mark->tag = g_strdup ("evidence");
  moment = side_moment_new_for_mark (call, mark);
  side_marked_call_unref (call);
  g_clear_object (&current);
  side_moments_player_stop (self->player);
  if (same)
    return;
  g_signal_connect_object (moment, "notify::problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_list_store_splice (self->moments, 0, g_list_model_get_n_items (G_LIST_MODEL (self->moments)), (gpointer *) &moment, 1);
  side_moments_player_play_at (self->player, 0);
}

static void
add_play (SideAnsweredSheet *self,
          GtkWidget         *row,
          const SideAnswer  *answer)
{
  g_autofree char *words = NULL;
  g_autofree char *tip = NULL;
  GtkWidget *button;
  gint64 *span;

  if (answer == NULL || answer->position_ms < 0 || self->answered->call->recording == NULL)
    return;
  span = g_new (gint64, 2);
  span[0] = answer->position_ms;
  span[1] = answer->to_ms;
  words = side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE);
  /* Translators: a place of a recording: "Play 1:05–1:12" */
  tip = g_strdup_printf (_("Play %s"), words);
  button = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  g_object_set_data_full (G_OBJECT (button), "side-span", span, g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
go_to_answer_cb (GtkWidget         *row,
                 SideAnsweredSheet *self)
{
  const SideSpan *span = g_object_get_data (G_OBJECT (row), "side-place");

  side_place_show (row, self->answered->call->id, span->from_ms, span->to_ms, FALSE);
}

/* The row itself leads to the place in the call. */
static void
add_place (SideAnsweredSheet *self,
           GtkWidget         *row,
           const SideAnswer  *answer)
{
  g_autofree char *words = NULL;
  g_autofree char *tip = NULL;
  SideSpan span;

  if (answer == NULL || answer->position_ms < 0)
    return;
  span = (SideSpan) { answer->position_ms, answer->to_ms };
  words = side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE);
  /* Translators: a place of a recording: "Open the call at 1:05–1:12" */
  tip = g_strdup_printf (_("Open the call at %s"), words);
  gtk_widget_set_tooltip_text (row, tip);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "side-place", g_memdup2 (&span, sizeof span), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (go_to_answer_cb), self, 0);
}

/* ---- deeds ---- */

static void
acknowledge_cb (SideAnsweredSheet *self)
{
  g_autoptr (GError) error = NULL;

  if (!side_disputes_acknowledge (self->disputes, self->answered, &error))
    tell_error (self, error);
}

static void
dispute_cb (SideAnsweredSheet *self,
            GtkWidget         *button)
{
  side_dispute_dialog_present (GTK_WIDGET (self), self->disputes, self->answered, g_object_get_data (G_OBJECT (button), "side-criterion"));
}

static void
record_cb (SideAnsweredSheet *self)
{
  side_dispute_dialog_present (GTK_WIDGET (self), self->disputes, self->answered, NULL);
}

static SideDispute *
find_dispute (SideAnsweredSheet *self,
              GtkWidget         *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "side-dispute");

  for (guint i = 0; self->answered != NULL && i < self->answered->disputes->len; i++)
    if (g_strcmp0 (((SideDispute *) self->answered->disputes->pdata[i])->id, id) == 0)
      return self->answered->disputes->pdata[i];
  return NULL;
}

static void
withdraw_cb (SideAnsweredSheet *self,
             GtkWidget         *button)
{
  const SideDispute *dispute = find_dispute (self, button);

  if (dispute != NULL)
    side_withdrawal_dialog_present (GTK_WIDGET (self), self->disputes, self->answered, dispute);
}

static void
judge_cb (SideAnsweredSheet *self,
          GtkWidget         *button)
{
  const SideDispute *dispute = find_dispute (self, button);

  if (dispute != NULL)
    side_ruling_dialog_present (GTK_WIDGET (self), self->disputes, self->answered, dispute);
}

static void
exported_cb (GtkWidget  *widget,
             const char *words)
{
  tell (SIDE_ANSWERED_SHEET (widget), words);
}

static void
export_cb (SideAnsweredSheet *self)
{
  side_answered_export_save (GTK_WIDGET (self), side_disputes_get_desk (self->disputes), self->answered, exported_cb);
}

static void
open_cb (SideAnsweredSheet *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-call", "s", self->answered->call->id);
}

/* ---- what is shown ---- */

static GtkWidget *
new_button (SideAnsweredSheet *self,
            const char        *label,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* What is said of it stands with the texts, what can be done with the deeds. */
static void
add_read (SideAnsweredSheet *self,
          GtkWidget         *texts,
          GtkWidget         *deeds)
{
  const SideAnswered *answered = self->answered;
  gboolean own = side_disputes_is_own (self->disputes);
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;

  if (answered->read != NULL)
    {
      when = side_dispute_words_when (side_disputes_get_desk (self->disputes), answered->read->at_ms);
      words = g_strdup_printf (_("Acknowledged %s"), when);
      gtk_box_append (GTK_BOX (texts), new_label (words, "dim-label"));
    }
  else if (own && answered->review->finished_ms != 0 && side_disputes_may_answer (self->disputes))
    {
      GtkWidget *button = new_button (self, _("_Acknowledge"), G_CALLBACK (acknowledge_cb));

      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_tooltip_text (button, _("Say that you have read this review"));
      gtk_box_append (GTK_BOX (deeds), button);
    }
  else
    {
      gtk_box_append (GTK_BOX (texts), new_label (answered->review->revision > 1 ? _("Changed since; not acknowledged yet")
                                                                                 : _("Not acknowledged yet"), "dim-label"));
    }
}

/* Who scored somebody does not answer for them. */
static void
add_record (SideAnsweredSheet *self,
            GtkWidget         *deeds)
{
  GtkWidget *button = new_button (self, _("_Record an Answer…"), G_CALLBACK (record_cb));
  gboolean reviewed = side_review_is_of (self->answered->review, side_desk_get_user (side_disputes_get_desk (self->disputes)));

  gtk_widget_set_sensitive (button, !reviewed);
  gtk_widget_set_tooltip_text (button, reviewed ? _("You reviewed this call: somebody else enters what the operator answered")
                                                : _("For an operator without a sign-in: what they answered on paper"));
  gtk_box_append (GTK_BOX (deeds), button);
}

static void
add_head (SideAnsweredSheet *self)
{
  SideDesk *desk = side_disputes_get_desk (self->disputes);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *number;
  g_autofree char *call = side_dispute_words_call (desk, self->answered);
  g_autofree char *about = side_dispute_words_review (desk, self->answered);
  g_autofree char *score = side_dispute_words_score (self->answered);

  number = gtk_label_new (score);
  gtk_widget_add_css_class (number, "title-1");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_set_tooltip_text (number, _("Score"));
  gtk_box_append (GTK_BOX (texts), new_label (call, "title-3"));
  gtk_box_append (GTK_BOX (texts), new_label (about, "dim-label"));
  if (self->answered->review->reason != NULL && *self->answered->review->reason != '\0')
    {
      g_autofree char *why = g_strdup_printf (_("Revision %d: %s"), self->answered->review->revision, self->answered->review->reason);

      gtk_box_append (GTK_BOX (texts), new_label (why, NULL));
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), number);
  add_read (self, texts, deeds);
  gtk_box_append (GTK_BOX (deeds), new_button (self, _("_Open the Call"), G_CALLBACK (open_cb)));
  if (!side_disputes_is_own (self->disputes) && side_disputes_may_answer (self->disputes))
    {
      gtk_box_append (GTK_BOX (deeds), new_button (self, _("_Save for the Operator…"), G_CALLBACK (export_cb)));
      if (self->answered->review->finished_ms != 0)
        add_record (self, deeds);
    }
  gtk_box_append (GTK_BOX (self->content), line);
  gtk_box_append (GTK_BOX (self->content), deeds);
  if (self->answered->review->comment != NULL && *self->answered->review->comment != '\0')
    gtk_box_append (GTK_BOX (self->content), new_label (self->answered->review->comment, NULL));
}

static GtkWidget *
new_list (SideAnsweredSheet *self,
          const char        *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (group), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->content), group);
  return list;
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* "No · 1:05–1:12 · Operator · did not say it" */
static char *
tell_answer (SideAnsweredSheet *self,
             const SideAnswer  *answer)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *why = side_answer_why_words (answer);

  g_ptr_array_add (parts, side_dispute_words_answer (self->answered->script, answer->criterion, answer->value));
  if (answer->position_ms >= 0)
    g_ptr_array_add (parts, side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE));
  if (why != NULL)
    g_ptr_array_add (parts, why);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static gboolean
is_in_dispute (const SideAnswered *answered,
               const char         *criterion)
{
  for (guint i = 0; i < answered->disputes->len; i++)
    {
      const SideDispute *dispute = answered->disputes->pdata[i];

      if (dispute->state == SIDE_DISPUTE_OPEN && dispute->review_revision == answered->review->revision
          && g_strcmp0 (dispute->criterion, criterion) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_answer (SideAnsweredSheet *self,
            GtkWidget         *list,
            const SideAnswer  *answer)
{
  g_autofree char *title = side_script_name_criterion (self->answered->script, answer->criterion);
  g_autofree char *subtitle = tell_answer (self, answer);
  GtkWidget *row = new_row (title, subtitle);

  add_place (self, row, answer);
  add_play (self, row, answer);
  if (side_disputes_is_own (self->disputes) && side_disputes_may_answer (self->disputes) && answer->value < 1.0
      && self->answered->review->finished_ms != 0 && !is_in_dispute (self->answered, answer->criterion))
    {
      GtkWidget *button = new_button (self, _("_Dispute…"), G_CALLBACK (dispute_cb));
      g_autofree char *name = g_strdup_printf (_("Dispute: %s"), title);

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data_full (G_OBJECT (button), "side-criterion", g_strdup (answer->criterion), g_free);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static gboolean
is_fault (const SideScript *script,
          const SideAnswer *answer)
{
  const SideCriterion *criterion = script != NULL ? side_script_find_criterion (script, answer->criterion) : NULL;

  return criterion != NULL ? side_criterion_is_fault (criterion, answer->value) : answer->value >= 0.0 && answer->value < 1.0;
}

static void
add_answers (SideAnsweredSheet *self,
             gboolean           faults,
             const char        *title)
{
  /* While somebody changes it, what was sealed last stands. */
  g_autoptr (SideReview) sealed = side_review_dup_sealed (self->answered->review);
  const GPtrArray *answers = sealed != NULL ? sealed->answers : self->answered->review->answers;
  GtkWidget *list = NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      const SideAnswer *answer = answers->pdata[i];

      if (answer->value == SIDE_ANSWER_NONE || is_fault (self->answered->script, answer) != faults)
        continue;
      if (list == NULL)
        list = new_list (self, title);
      add_answer (self, list, answer);
    }
}

static char *
tell_dispute (SideAnsweredSheet *self,
              const SideDispute *dispute)
{
  SideDesk *desk = side_disputes_get_desk (self->disputes);
  g_autofree char *asked = side_dispute_words_asked (self->answered, dispute);
  g_autofree char *state = side_dispute_words_state (desk, self->answered, dispute);
  g_autofree char *said = g_strdup_printf (_("Operator: %s"), dispute->reason);
  g_autofree char *ruled = NULL;

  if (dispute->ruling != NULL && *dispute->ruling != '\0')
    ruled = dispute->judge != NULL ? g_strdup_printf ("%s: %s", dispute->judge, dispute->ruling)
                                   : g_strdup_printf (_("Ruling: %s"), dispute->ruling);
  return g_strdup_printf ("%s\n%s\n%s%s%s", asked, said, state, ruled != NULL ? "\n" : "", ruled != NULL ? ruled : "");
}

static void
add_deed (SideAnsweredSheet *self,
          GtkWidget         *row,
          const SideDispute *dispute,
          const char        *label,
          GCallback          callback)
{
  GtkWidget *button = new_button (self, label, callback);

  g_object_set_data_full (G_OBJECT (button), "side-dispute", g_strdup (dispute->id), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static const SideAnswer *
find_disputed_answer (const SideAnswered *answered,
                      const SideDispute  *dispute)
{
  const GPtrArray *answers = side_review_get_sealed (answered->review, dispute->review_revision, NULL);

  for (guint i = 0; answers != NULL && i < answers->len; i++)
    if (g_strcmp0 (((SideAnswer *) answers->pdata[i])->criterion, dispute->criterion) == 0)
      return answers->pdata[i];
  return NULL;
}

/* A ruling that upholds is a revision of its own: it waits for the other one. */
static gboolean
is_changing (const SideReview  *review,
             GError           **why)
{
  if (review->finished_ms == 0)
    g_set_error_literal (why, SIDE_ERROR, SIDE_ERROR_BUSY, "somebody is changing the review");
  return review->finished_ms == 0;
}

static void
add_dispute (SideAnsweredSheet *self,
             GtkWidget         *list,
             const SideDispute *dispute)
{
  const char *user = side_desk_get_user (side_disputes_get_desk (self->disputes));
  g_autofree char *title = side_script_name_criterion (self->answered->script, dispute->criterion);
  g_autofree char *subtitle = tell_dispute (self, dispute);
  g_autoptr (GError) why = NULL;
  GtkWidget *row = new_row (title, subtitle);

  add_place (self, row, find_disputed_answer (self->answered, dispute));
  add_play (self, row, find_disputed_answer (self->answered, dispute));
  if (dispute->state == SIDE_DISPUTE_OPEN && side_disputes_may_answer (self->disputes))
    {
      if (g_strcmp0 (dispute->author, user) == 0)
        add_deed (self, row, dispute, _("_Withdraw…"), G_CALLBACK (withdraw_cb));
      if (!side_disputes_is_own (self->disputes) && side_dispute_may_judge (dispute, self->answered->review, user, &why)
          && !is_changing (self->answered->review, &why))
        add_deed (self, row, dispute, _("_Judge…"), G_CALLBACK (judge_cb));
      else if (why != NULL)
        {
          g_autofree char *both = g_strconcat (subtitle, "\n", side_dispute_words_why_not (why), NULL);

          adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
        }
    }
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
add_history (SideAnsweredSheet *self)
{
  const GPtrArray *history = self->answered->review->history;
  GtkWidget *list;

  if (history->len == 0)
    return;
  list = new_list (self, _("Earlier Revisions"));
  for (guint i = history->len; i > 0; i--)
    {
      const SideReviewRevision *sealed = history->pdata[i - 1];
      g_autofree char *title = g_strdup_printf (_("Revision %d"), sealed->revision);
      g_autofree char *when = side_dispute_words_when (side_disputes_get_desk (self->disputes), sealed->finished_ms);
      g_autofree char *about = g_strdup_printf ("%s · %s%s%s", sealed->reviewer != NULL ? sealed->reviewer : "–", when,
                                                sealed->reason != NULL ? " · " : "", sealed->reason != NULL ? sealed->reason : "");

      gtk_list_box_append (GTK_LIST_BOX (list), new_row (title, about));
    }
}

static void
update (SideAnsweredSheet *self)
{
  GtkWidget *list;

  side_clear_children (self->content);
  if (self->answered == NULL)
    return;
  add_head (self);
  if (self->answered->disputes->len > 0)
    {
      list = new_list (self, _("Disputes"));
      for (guint i = 0; i < self->answered->disputes->len; i++)
        add_dispute (self, list, self->answered->disputes->pdata[i]);
    }
  add_answers (self, TRUE, _("What Failed"));
  add_answers (self, FALSE, _("What Went Well"));
  add_history (self);
}

static void
changed_cb (SideAnsweredSheet *self)
{
  g_autofree char *review = self->answered != NULL ? g_strdup (self->answered->review->id) : NULL;

  side_answered_sheet_show (self, review);
}

static void
failed_cb (SideAnsweredSheet *self,
           const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    tell (self, words);
}

/**
 * side_answered_sheet_show:
 * @self: the sheet
 * @review: (nullable): UUID of the review to show; %NULL for none
 */
void
side_answered_sheet_show (SideAnsweredSheet *self,
                          const char        *review)
{
  SideAnswered *found;
  gboolean other;

  g_return_if_fail (SIDE_IS_ANSWERED_SHEET (self));

  found = side_disputes_find (self->disputes, review);
  other = self->answered == NULL || g_strcmp0 (self->answered->review->id, review) != 0;
  if (found == self->answered && found != NULL)
    return;
  g_clear_pointer (&self->answered, side_answered_unref);
  self->answered = found != NULL ? side_answered_ref (found) : NULL;
  if (other)
    {
      side_moments_player_stop (self->player);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
    }
  update (self);
}

/**
 * side_answered_sheet_new:
 * @disputes: the disputes
 *
 * Returns: (transfer floating): an empty sheet
 */
GtkWidget *
side_answered_sheet_new (SideDisputes *disputes)
{
  SideAnsweredSheet *self;

  g_return_val_if_fail (SIDE_IS_DISPUTES (disputes), NULL);

  self = g_object_new (SIDE_TYPE_ANSWERED_SHEET, NULL);
  self->disputes = g_object_ref (disputes);
  self->sound = side_player_new ();
  self->moments = g_list_store_new (SIDE_TYPE_MOMENT);
  self->player = side_moments_player_new (side_disputes_get_desk (disputes), self->sound, G_LIST_MODEL (self->moments));
  g_signal_connect_object (disputes, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (disputes, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
