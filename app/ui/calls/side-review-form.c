/* side-review-form.c - the scoring form beside a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The questions with what stands around them: which script, whose review, the
 * score, a comment on the whole, and what comes next. The form only shows what
 * the keeper holds and hands it what was chosen.
 */
#include "side-review-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-assignments.h"
#include "side-review-check.h"
#include "side-review-choices.h"
#include "side-review-deeds.h"
#include "side-review-need.h"
#include "side-review-rows.h"
#include "side-review-words.h"
#include "side-score-ring.h"
#include "side-settings.h"
#include "side-wrapping.h"

struct _SideReviewForm
{
  GtkWidget          parent_instance;

  GtkWidget         *stack;       /* template children */
  AdwStatusPage     *none_page;
  GtkWidget         *title;
  GtkWidget         *subtitle;
  GtkWidget         *purpose;
  SideScoreRing     *ring;
  SideReviewChoices *choices;
  GtkWidget         *warning;
  SideReviewRows    *rows;
  GtkTextView       *comment;
  GtkWidget         *saved;
  GtkWidget         *heard;
  GtkWidget         *buttons;
  GtkWidget         *menu;
  GtkButton         *finish;

  GtkWidget         *history;     /* (nullable): with the keeper */
  SideReviewKeeper  *keeper;
  SideSitting       *sitting;     /* (nullable): what is heard of it */
  SideDesk          *desk;
  guint              comment_id;
  gboolean           showing;
  gboolean           open;        /* answers can be given */
  gboolean           sound;       /* there is a recording */
};

G_DEFINE_FINAL_TYPE (SideReviewForm, side_review_form, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_CRITERION_CHOSEN, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

#define COMMENT_PAUSE_MS  800
#define HEARD_LITTLE      0.5    /* share of the recording below which it is asked whether to finish */
#define COMMENT_MAX_CHARS 8000   /* with all answers well under what a server takes: 64 KiB */

static void
save_comment (SideReviewForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->comment);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  g_clear_handle_id (&self->comment_id, g_source_remove);
  if (self->keeper == NULL || side_review_keeper_get_script (self->keeper) == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  side_review_keeper_set_comment (self->keeper, text);
}

/**
 * side_review_form_flush:
 * @self: a form
 *
 * Saves what was typed a moment ago; to be called before the keeper is given
 * another call.
 */
void
side_review_form_flush (SideReviewForm *self)
{
  side_review_rows_flush (self->rows);
  if (self->comment_id != 0)
    save_comment (self);
}

static void
side_review_form_dispose (GObject *object)
{
  SideReviewForm *self = SIDE_REVIEW_FORM (object);

  if (self->keeper != NULL)
    side_review_form_flush (self);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->sitting);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_REVIEW_FORM);
  G_OBJECT_CLASS (side_review_form_parent_class)->dispose (object);
}

static void
position_activated_cb (SideReviewForm *self,
                       gint64          position_ms)
{
  g_signal_emit (self, signals[SIGNAL_SEEK_REQUESTED], 0, position_ms);
}

static void
chosen_cb (SideReviewForm *self,
           const char     *criterion)
{
  g_signal_emit (self, signals[SIGNAL_CRITERION_CHOSEN], 0, criterion);
}

static void
completed_cb (SideReviewForm *self)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->finish)))
    gtk_widget_grab_focus (GTK_WIDGET (self->finish));
}

static void
show_heard (SideReviewForm *self)
{
  gint64 length_ms = 0;
  double share = self->sitting != NULL ? side_sitting_get_share (self->sitting, &length_ms) : -1;
  gboolean open = self->keeper != NULL && side_review_keeper_can_change (self->keeper);
  g_autofree char *words = NULL;

  if (self->keeper != NULL)
    words = side_review_words_heard (side_review_keeper_get_review (self->keeper), open, share, length_ms);
  side_label_say (self->heard, words);
}

/* What the button below does: the one thing that comes next. */
static void
show_button (SideReviewForm *self)
{
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  gboolean own = side_review_keeper_is_own (self->keeper);
  gboolean claim = side_review_keeper_can_claim (self->keeper);
  gboolean finished = side_review_keeper_is_finished (self->keeper);
  const char *label = _("Finish review");

  if (claim)
    label = review->reviewer != NULL ? _("Take Over…") : _("Claim");
  else if (finished)
    label = _("Revise…");
  if (g_strcmp0 (gtk_button_get_label (self->finish), label) != 0)
    gtk_button_set_label (self->finish, label);
  if (finished)
    gtk_widget_remove_css_class (GTK_WIDGET (self->finish), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->finish), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->finish), claim || (own && side_review_keeper_may_write (self->keeper)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->finish),
                            claim || (review != NULL && (finished ? side_review_keeper_can_revise (self->keeper)
                                                                  : side_review_keeper_can_change (self->keeper))));
  gtk_widget_set_visible (self->menu, finished || side_review_keeper_can_release (self->keeper));
  gtk_widget_set_visible (self->history, review != NULL && review->history->len > 0);
}

/* Said once all is there: it does not stand in the way of finishing. */
static char *
span_words (SideReviewForm *self)
{
  const SideScript *script = side_review_keeper_get_script (self->keeper);
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  guint count = self->sound && review != NULL && side_review_keeper_can_change (self->keeper)
                ? side_review_count_spanless (script, review) : 0;
  g_autofree char *first = NULL;
  g_autofree char *missing = count > 0 ? side_review_need_words (script, review, &first) : NULL;

  if (count == 0 || missing != NULL)
    return NULL;
  return g_strdup_printf (ngettext ("%u fault without a span", "%u faults without a span", count), count);
}

static void
show_saved (SideReviewForm *self)
{
  g_autofree char *state = side_review_words_state (self->keeper, self->desk);
  g_autofree char *spans = span_words (self);
  g_autofree char *text = spans != NULL && *state != '\0' ? g_strdup_printf ("%s · %s", state, spans) : NULL;

  gtk_label_set_label (GTK_LABEL (self->saved), text != NULL ? text : spans != NULL ? spans : state);
}

static void
show_purpose (SideReviewForm *self)
{
  g_autofree char *words = NULL;

  if (side_review_keeper_get_script (self->keeper) != NULL)
    words = side_review_words_purpose (self->keeper, self->desk);
  side_label_say (self->purpose, words);
}

static void
show_state (SideReviewForm *self)
{
  gboolean open = side_review_keeper_can_change (self->keeper);

  gtk_text_view_set_editable (self->comment, open);
  show_button (self);
  side_review_deeds_update (GTK_WIDGET (self), self->keeper);
  show_saved (self);
  show_purpose (self);
  show_heard (self);
  /* Whoever opened it again, or took it, is about to answer. */
  if (open && !self->open && gtk_widget_is_focus (GTK_WIDGET (self->finish)))
    side_review_rows_begin (self->rows);
  self->open = open;
}

static void
show_score (SideReviewForm *self)
{
  g_autofree char *text = NULL;
  SideScore score;

  side_review_keeper_get_score (self->keeper, &score);
  side_score_ring_set_score (self->ring, score.answered > 0 ? score.score : NAN);
  text = side_review_words_warning (self->keeper, &score);
  gtk_widget_set_visible (self->warning, text != NULL);
  gtk_label_set_label (GTK_LABEL (self->warning), text != NULL ? text : "");
}

/* What is being typed stays; it is saved a moment later. */
static void
show_comment (SideReviewForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->comment);
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  const char *comment = review != NULL && review->comment != NULL ? review->comment : "";
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (self->comment_id != 0 || g_str_equal (text, comment))
    return;
  self->showing = TRUE;
  gtk_text_buffer_set_text (buffer, comment, -1);
  self->showing = FALSE;
}

static void
changed_cb (SideReviewForm *self)
{
  show_comment (self);
  if (side_review_keeper_get_script (self->keeper) == NULL)
    return;
  side_review_rows_update (self->rows);
  show_score (self);
  side_review_choices_update (self->choices);
  show_state (self);
}

static void
show_none (SideReviewForm *self)
{
  if (side_desk_get_store (self->desk) == NULL)
    {
      adw_status_page_set_title (self->none_page, _("No scoring"));
      adw_status_page_set_description (self->none_page,
                                       _("Calls are not kept on this computer, so they cannot be scored here."));
    }
  else
    {
      adw_status_page_set_title (self->none_page, _("No script"));
      adw_status_page_set_description (self->none_page,
                                       _("There is no script for calls of this queue yet. When a trainer puts one on the server, the form appears here by itself; notes work without it."));
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "none");
}

static void
show_script (SideReviewForm   *self,
             const SideScript *script)
{
  g_autofree char *subtitle = g_strdup_printf (ngettext ("script v%d · %u section, %g points",
                                                         "script v%d · %u sections, %g points", script->sections->len),
                                               script->version, script->sections->len, side_script_total_weight (script));

  gtk_label_set_label (GTK_LABEL (self->title), script->title);
  gtk_label_set_label (GTK_LABEL (self->subtitle), subtitle);
}

static void
loaded_cb (SideReviewForm *self)
{
  const SideScript *script = side_review_keeper_get_script (self->keeper);

  if (script != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  else
    show_none (self);
  side_review_rows_set_script (self->rows, script);
  if (script == NULL)
    return;
  show_script (self, script);
  changed_cb (self);
}

static gboolean
comment_pause_cb (gpointer data)
{
  SideReviewForm *self = data;

  self->comment_id = 0;
  save_comment (self);
  return G_SOURCE_REMOVE;
}

/* A text view has no bound of its own, and what is too long no server takes. */
static void
comment_insert_cb (GtkTextBuffer  *buffer,
                   GtkTextIter    *location,
                   const char     *text,
                   int             len,
                   SideReviewForm *self)
{
  g_autofree char *words = NULL;

  if (self->showing || gtk_text_buffer_get_char_count (buffer) + g_utf8_strlen (text, len) <= COMMENT_MAX_CHARS)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  words = g_strdup_printf (ngettext ("A comment has room for %d character", "A comment has room for %d characters",
                                     COMMENT_MAX_CHARS), COMMENT_MAX_CHARS);
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

static void
comment_changed_cb (SideReviewForm *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->comment_id, g_source_remove);
  self->comment_id = g_timeout_add (COMMENT_PAUSE_MS, comment_pause_cb, self);
}

static void
toast (SideReviewForm *self,
       const char     *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

/* Whether enough was heard; says what is missing. The script asks everybody,
 * also where it cannot be told how much was; the preference only oneself. */
static gboolean
heard_enough (SideReviewForm *self,
              double         *share)
{
  gboolean asked = side_review_keeper_get_script (self->keeper)->whole_recording && self->sound;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  gint64 length_ms = 0;

  *share = self->sitting != NULL ? side_sitting_get_share (self->sitting, &length_ms) : -1;
  if (*share >= SIDE_REVIEW_HEARD_ALL)
    return TRUE;
  if (!asked && (*share < 0 || !g_settings_get_boolean (side_settings_get (), "review-whole-recording")))
    return TRUE;
  if (*share < 0)
    {
      toast (self, _("This script asks for the whole recording to be heard first"));
      return FALSE;
    }
  words = side_review_words_heard (NULL, TRUE, *share, length_ms);
  text = asked ? g_strdup_printf (_("%s: this script asks for the whole recording to be heard first"), words)
               /* Translators: %s is "Heard 83 % of 4:12" */
               : g_strdup_printf (_("%s: the whole recording is to be heard first"), words);
  toast (self, text);
  return FALSE;
}

/* Whoever judged a dispute may revise, and takes back nothing of it. */
static gboolean
keeps_rulings (SideReviewForm *self)
{
  if (side_review_keeper_keeps_rulings (self->keeper))
    return TRUE;
  toast (self, _("A dispute about a review of this call was upheld: the answer that was ruled and the score do not become lower"));
  return FALSE;
}

static void finish (SideReviewForm *self, gboolean unheard);

static void
unheard_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     SideReviewForm   *self)
{
  if (g_str_equal (response, "finish") && side_review_deeds_is_about (dialog, self->keeper))
    finish (self, TRUE);
}

static void
ask_unheard (SideReviewForm *self,
             double          share)
{
  GtkWidget *dialog = side_review_deeds_new_unheard (GTK_WIDGET (self), self->keeper, share);

  g_signal_connect_object (dialog, "response", G_CALLBACK (unheard_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* @unheard: also where little of the recording was heard, without asking */
static void
finish (SideReviewForm *self,
        gboolean        unheard)
{
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  g_autofree char *first = NULL;
  g_autofree char *words = NULL;
  const SideScript *script = side_review_keeper_get_script (self->keeper);
  double share;

  if (script == NULL || review == NULL || !side_review_keeper_can_change (self->keeper))
    return;
  words = side_review_need_words (script, review, &first);
  if (words != NULL)
    toast (self, words);
  if (side_review_rows_go_to (self->rows, first) || !keeps_rulings (self) || !heard_enough (self, &share))
    return;
  if (!unheard && share >= 0 && share < HEARD_LITTLE)
    ask_unheard (self, share);
  else
    side_review_keeper_finish (self->keeper, share);
}

static void
finish_clicked_cb (SideReviewForm *self)
{
  side_review_form_flush (self);
  save_comment (self);
  if (side_review_keeper_can_claim (self->keeper))
    side_review_deeds_take (GTK_WIDGET (self), self->keeper);
  else if (side_review_keeper_is_finished (self->keeper))
    side_review_deeds_revise (GTK_WIDGET (self), self->keeper);
  else
    finish (self, FALSE);
}

static void
side_review_form_class_init (SideReviewFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_REVIEW_FORM;

  object_class->dispose = side_review_form_dispose;
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CRITERION_CHOSEN] = g_signal_new ("criterion-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SIDE_TYPE_SCORE_RING);
  g_type_ensure (SIDE_TYPE_REVIEW_CHOICES);
  g_type_ensure (SIDE_TYPE_REVIEW_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-review-form.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, stack);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, none_page);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, title);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, purpose);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, ring);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, choices);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, warning);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, rows);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, comment);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, saved);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, heard);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, buttons);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, menu);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, finish);
  gtk_widget_class_bind_template_callback (widget_class, side_review_form_flush);
  gtk_widget_class_bind_template_callback (widget_class, finish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, completed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
side_review_form_init (SideReviewForm *self)
{
  g_autoptr (GMenu) menu = side_review_deeds_new_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  g_signal_connect_object (gtk_text_view_get_buffer (self->comment), "insert-text", G_CALLBACK (comment_insert_cb), self, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (self->comment), "changed", G_CALLBACK (comment_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * side_review_form_new:
 *
 * Returns: a form without a keeper
 */
GtkWidget *
side_review_form_new (void)
{
  return g_object_new (SIDE_TYPE_REVIEW_FORM, NULL);
}

/**
 * side_review_form_set_keeper:
 * @self: a form, once
 * @keeper: whose review it shows
 * @desk: for the time zone
 */
void
side_review_form_set_keeper (SideReviewForm   *self,
                             SideReviewKeeper *keeper,
                             SideDesk         *desk)
{
  g_return_if_fail (SIDE_IS_REVIEW_FORM (self));
  g_return_if_fail (self->keeper == NULL);

  self->keeper = g_object_ref (keeper);
  self->desk = g_object_ref (desk);
  self->history = side_review_deeds_new_history (keeper, desk);
  gtk_box_insert_child_after (GTK_BOX (self->buttons), self->history, self->menu);
  side_review_rows_set_sheet (self->rows, SIDE_ANSWER_SHEET (keeper));
  side_review_choices_set_keeper (self->choices, keeper, desk);
  side_review_deeds_attach (GTK_WIDGET (self), keeper, desk);
  g_signal_connect_object (side_assignments_get (desk), "changed", G_CALLBACK (show_purpose), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (keeper, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (keeper, "flush", G_CALLBACK (side_review_form_flush), self);
  g_signal_connect_swapped (keeper, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * side_review_form_set_notes:
 * @self: a form, once
 * @notes: those of the call: each is shown at the question it is evidence for
 */
void
side_review_form_set_notes (SideReviewForm *self,
                            SideCallNotes  *notes)
{
  g_return_if_fail (SIDE_IS_REVIEW_FORM (self));
  side_review_rows_set_notes (self->rows, notes);
}

/**
 * side_review_form_set_sitting:
 * @self: a form, once
 * @sitting: what is heard of the call
 */
void
side_review_form_set_sitting (SideReviewForm *self,
                              SideSitting    *sitting)
{
  g_return_if_fail (SIDE_IS_REVIEW_FORM (self));
  g_return_if_fail (self->sitting == NULL);

  self->sitting = g_object_ref (sitting);
  g_signal_connect_object (sitting, "changed", G_CALLBACK (show_heard), self, G_CONNECT_SWAPPED);
  show_heard (self);
}

/**
 * side_review_form_go_to:
 * @self: a form
 * @criterion: id of a question
 *
 * The keyboard goes there.
 */
void
side_review_form_go_to (SideReviewForm *self,
                        const char     *criterion)
{
  g_return_if_fail (SIDE_IS_REVIEW_FORM (self));
  side_review_rows_go_to (self->rows, criterion);
}

/**
 * side_review_form_set_position:
 * @self: a form
 * @position_ms: where the player is: goes with the next answer; -1 without
 *   a recording
 */
void
side_review_form_set_position (SideReviewForm *self,
                               gint64          position_ms)
{
  g_return_if_fail (SIDE_IS_REVIEW_FORM (self));
  side_review_rows_set_position (self->rows, position_ms, 0);
  if (self->sound == (position_ms >= 0))
    return;
  self->sound = position_ms >= 0;
  if (self->keeper != NULL && side_review_keeper_get_script (self->keeper) != NULL)
    show_saved (self);
}
