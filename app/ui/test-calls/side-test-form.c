/* side-test-form.c - the form beside a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The questions are those of real reviews, with the same keys and the same
 * score. There is nothing to finish or to seal: a test call is open for as long
 * as somebody listens to it. What is said goes into the call that was given
 * here, and "changed" tells its owner to save it.
 */
#include "side-test-form.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-history-keys.h"
#include "side-review-need.h"
#include "side-review-rows.h"
#include "side-review-words.h"
#include "side-score-ring.h"
#include "side-test-facts.h"
#include "side-test-outcome.h"
#include "side-test-sheet.h"
#include "side-wrapping.h"

struct _SideTestForm
{
  AdwBin          parent_instance;
  SideTestSheet  *sheet;
  GtkWidget      *title;
  GtkWidget      *subtitle;   /* which script */
  GtkWidget      *ring;
  GtkWidget      *warning;    /* what is to be known before the score is believed */
  GtkWidget      *need;       /* what is still missing */
  GtkWidget      *none;       /* why there are no questions */
  SideReviewRows *rows;
  GtkWidget      *facts;
  GtkWidget      *outcome;
  gboolean        read_only;
};

G_DEFINE_FINAL_TYPE (SideTestForm, side_test_form, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_SEEK_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_test_form_dispose (GObject *object)
{
  SideTestForm *self = SIDE_TEST_FORM (object);

  if (self->sheet != NULL)
    {
      side_test_form_flush (self);
      g_signal_handlers_disconnect_by_data (self->sheet, self);
    }
  g_clear_object (&self->sheet);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_test_form_parent_class)->dispose (object);
}

static void
undo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  SideTestForm *self = SIDE_TEST_FORM (widget);

  side_test_form_flush (self);   /* what is half typed is the newest step */
  if (!side_test_sheet_undo (self->sheet))
    gtk_widget_error_bell (widget);
}

static void
redo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  if (!side_test_sheet_redo (SIDE_TEST_FORM (widget)->sheet))
    gtk_widget_error_bell (widget);
}

static void
side_test_form_class_init (SideTestFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_TEST_FORM;

  G_OBJECT_CLASS (klass)->dispose = side_test_form_dispose;
  gtk_widget_class_install_action (widget_class, "test-form.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "test-form.redo", NULL, redo_cb);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
}

/* ---- what stands ---- */

static void
show_score (SideTestForm *self)
{
  const SideScript *script = side_answer_sheet_get_script (SIDE_ANSWER_SHEET (self->sheet));
  const SideTestCall *call = side_test_sheet_get_call (self->sheet);
  g_autofree char *warning = NULL, *need = NULL, *first = NULL;
  SideScore score;
  gboolean scored = side_test_sheet_get_score (self->sheet, &score);

  gtk_widget_set_visible (self->ring, scored);
  side_score_ring_set_score (SIDE_SCORE_RING (self->ring), scored && score.answered > 0 ? score.score : NAN);
  if (scored)
    {
      warning = side_review_words_critical (&score);
      need = side_review_need_words (script, call->review, &first);
    }
  side_label_say (self->warning, warning);
  side_label_say (self->need, need);
}

/* Why there is nothing to be answered, and what can be done about it. */
static const char *
none_words (SideTestForm *self)
{
  switch (side_test_sheet_get_state (self->sheet))
    {
    case SIDE_TEST_SHEET_NONE:
      return _("This scenario has no script to score with. Choose one in the scenario under “Script to score with”: the next call shows its questions here.");
    case SIDE_TEST_SHEET_LOADING:
      return _("Looking for the script…");
    case SIDE_TEST_SHEET_MISSING:
      return _("The script of this call is not on this computer. Its questions appear here when it comes from the server.");
    case SIDE_TEST_SHEET_HERE:
    default:
      return NULL;
    }
}

static void
show_title (SideTestForm *self)
{
  const SideScript *script = side_answer_sheet_get_script (SIDE_ANSWER_SHEET (self->sheet));
  const SideTestCall *call = side_test_sheet_get_call (self->sheet);
  gboolean goes_on = call != NULL && call->ended_ms == 0 && !self->read_only;
  g_autofree char *which = NULL;

  if (script != NULL)
    which = g_strdup_printf (_("%s, version %d"), script->title != NULL ? script->title : "–", script->version);
  gtk_label_set_label (GTK_LABEL (self->title), goes_on ? _("Score while you talk") : _("Score"));
  side_label_say (self->subtitle, which);
}

static void
show (SideTestForm *self)
{
  gboolean open = side_test_sheet_get_call (self->sheet) != NULL && !self->read_only;

  show_title (self);
  show_score (self);
  side_review_rows_update (self->rows);
  side_test_facts_update (SIDE_TEST_FACTS (self->facts), open);
  side_test_outcome_update (SIDE_TEST_OUTCOME (self->outcome), open);
}

static void
loaded_cb (SideTestForm *self)
{
  const SideScript *script = side_answer_sheet_get_script (SIDE_ANSWER_SHEET (self->sheet));

  side_label_say (self->none, side_test_sheet_get_call (self->sheet) != NULL ? none_words (self) : NULL);
  side_review_rows_set_script (self->rows, script);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), script != NULL);
  side_test_facts_flush (SIDE_TEST_FACTS (self->facts));   /* the script may come while somebody types */
  side_test_facts_load (SIDE_TEST_FACTS (self->facts));
  show (self);
}

static void
changed_cb (SideTestForm *self)
{
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
seek_cb (SideTestForm *self,
         gint64        position_ms)
{
  g_signal_emit (self, signals[SIGNAL_SEEK_REQUESTED], 0, position_ms);
}

/* The last question is answered: on with what was to be found out. */
static void
completed_cb (SideTestForm *self)
{
  side_test_facts_begin (SIDE_TEST_FACTS (self->facts));
}

/* ---- the form ---- */

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_head (SideTestForm *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = new_label ("heading");
  self->subtitle = new_label ("script-hint");
  self->ring = side_score_ring_new ();
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->ring);
  return head;
}

static void
side_test_form_init (SideTestForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->sheet = side_test_sheet_new ();
  self->warning = new_label ("caption");
  self->need = new_label ("script-hint");
  self->none = new_label ("script-hint");
  gtk_widget_add_css_class (self->warning, "error");
  self->rows = g_object_new (SIDE_TYPE_REVIEW_ROWS, NULL);
  side_review_rows_set_sheet (self->rows, SIDE_ANSWER_SHEET (self->sheet));
  self->facts = side_test_facts_new (self->sheet);
  self->outcome = side_test_outcome_new (self->sheet);
  gtk_widget_add_css_class (box, "test-form");
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), self->warning);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (box), self->need);
  gtk_box_append (GTK_BOX (box), self->facts);
  gtk_box_append (GTK_BOX (box), self->outcome);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->rows, "seek-requested", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "completed", G_CALLBACK (completed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "shown", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/**
 * side_test_form_new:
 *
 * Returns: (transfer floating): a form of no call yet
 */
GtkWidget *
side_test_form_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_FORM, NULL);
}

/**
 * side_test_form_add_keys:
 * @self: a form
 *
 * Ctrl+Z takes back what was said on it, wherever the keyboard is. For windows
 * that have no history of their own, in which the form's steps would be, too.
 */
void
side_test_form_add_keys (SideTestForm *self)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));
  side_history_keys_add (GTK_WIDGET (self), "test-form.undo", "test-form.redo");
}

/**
 * side_test_form_open:
 * @self: a form
 * @shelf: where scripts are; whose desk tells the time
 * @call: (nullable): the call; what is said is written into it, it is not copied
 * @read_only: whether nothing may be said
 *
 * What was half typed about the call before is told first. The same call again
 * keeps what can be taken back.
 */
void
side_test_form_open (SideTestForm  *self,
                     SideScenarios *shelf,
                     SideTestCall  *call,
                     gboolean       read_only)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));

  side_test_form_flush (self);
  self->read_only = read_only;
  gtk_widget_set_visible (self->outcome, call != NULL);
  side_test_sheet_open (self->sheet, shelf, call, read_only);
}

/**
 * side_test_form_set_live:
 * @self: a form
 * @position_ms: where the recording of the call is that goes on: it stays with
 *   the next answer; -1 when none goes on
 *
 * Nobody can go back in such a call: spans are not asked for.
 */
void
side_test_form_set_live (SideTestForm *self,
                         gint64        position_ms)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));
  side_test_sheet_set_live (self->sheet, position_ms);
}

/**
 * side_test_form_set_position:
 * @self: a form
 * @position_ms: where its recording is heard: it stays with the next answer,
 *   and spans can be marked; -1 without one
 * @origin_ms: when it begins, from the moment the call was dialled: times are told from then
 */
void
side_test_form_set_position (SideTestForm *self,
                             gint64        position_ms,
                             gint64        origin_ms)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));
  side_review_rows_set_position (self->rows, position_ms, origin_ms);
}

/**
 * side_test_form_update:
 * @self: a form
 *
 * Shows the call as it is now, after somebody else wrote into it.
 */
void
side_test_form_update (SideTestForm *self)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));
  show (self);
}

/**
 * side_test_form_flush:
 * @self: a form
 *
 * Tells at once what was typed a moment ago, before the call is saved or left.
 */
void
side_test_form_flush (SideTestForm *self)
{
  g_return_if_fail (SIDE_IS_TEST_FORM (self));

  side_review_rows_flush (self->rows);
  side_test_facts_flush (SIDE_TEST_FACTS (self->facts));
  side_test_outcome_flush (SIDE_TEST_OUTCOME (self->outcome));
}
