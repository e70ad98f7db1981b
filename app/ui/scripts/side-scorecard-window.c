/* side-scorecard-window.c - a form filled in about something that is no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows are those of the scoring form beside a call. What is answered is
 * written a moment later, once there is a name, and when the window is closed.
 */
#include "side-scorecard-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-criterion-parts.h"
#include "side-criterion-row.h"
#include "side-date-row.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-script-labels.h"
#include "side-text.h"
#include "side-time.h"
#include "side-window-keys.h"
#include "side-wire.h"
#include "side-words-guard.h"

#define WRITE_AFTER_MS 400

struct _SideScorecardWindow
{
  AdwWindow       parent_instance;
  GtkWidget      *subject;
  GtkWidget      *comment;
  SideDateRow    *day;
  GtkWidget      *ring;
  GtkWidget      *words;
  GtkWidget      *list;
  GtkWidget      *erase;
  GPtrArray      *rows;      /* of SideCriterionRow, not owned */
  SideScorecards *shelf;
  SideScript     *script;
  SideScorecard  *card;
  SideScorecard  *known;     /* as it stood when it was read or written last */
  gboolean        editable;
  gboolean        erased;
  guint           write_id;
};

G_DEFINE_FINAL_TYPE (SideScorecardWindow, side_scorecard_window, ADW_TYPE_WINDOW)

/* ---- writing ---- */

/* An answer the form does not have (any more) is nobody's. */
static void
drop_strangers (SideScorecardWindow *self)
{
  GPtrArray *answers = self->card->review->answers;

  for (guint i = answers->len; i > 0; i--)
    {
      const SideAnswer *answer = answers->pdata[i - 1];
      const SideCriterion *criterion = side_script_find_criterion (self->script, answer->criterion);

      if (criterion == NULL || !side_criterion_takes (criterion, answer->value))
        g_ptr_array_remove_index (answers, i - 1);
    }
}

static void
know (SideScorecardWindow *self,
      const SideScorecard *card)
{
  SideScorecard *copy = side_scorecard_copy (card);

  g_clear_pointer (&self->known, side_scorecard_unref);
  self->known = copy;
}

static char *
written_in (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
write_now (SideScorecardWindow *self)
{
  SideReview *review = self->card->review;
  g_autofree char *subject = written_in (self->subject);
  gboolean waiting = self->write_id != 0;

  g_clear_handle_id (&self->write_id, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_flush (self->rows->pdata[i]);
  waiting |= self->write_id != 0;
  g_clear_handle_id (&self->write_id, g_source_remove);
  if (!waiting || self->erased || *subject == '\0' || !side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf)))
    return;
  g_free (self->card->subject);
  self->card->subject = g_steal_pointer (&subject);
  g_free (review->comment);
  review->comment = written_in (self->comment);
  if (*review->comment == '\0')
    g_clear_pointer (&review->comment, g_free);
  self->card->at_ms = side_date_row_get_due (self->day) - 1;
  review->script_version = self->script->version;
  know (self, self->card);
  side_scorecards_put (self->shelf, self->card);
  gtk_widget_set_visible (self->erase, TRUE);
}

static gboolean
write_cb (gpointer data)
{
  write_now (data);
  return G_SOURCE_REMOVE;
}

static void
write_soon (SideScorecardWindow *self)
{
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->write_id = g_timeout_add (WRITE_AFTER_MS, write_cb, self);
}

/* Without a name nothing could be kept: before that is lost it is asked. */
static gboolean
close_request_cb (SideScorecardWindow *self)
{
  g_autofree char *subject = written_in (self->subject);

  write_now (self);
  if (*subject != '\0' || self->erased)
    side_words_guard_end (GTK_WINDOW (self));
  return FALSE;
}

/* ---- showing ---- */

static void
show_score (SideScorecardWindow *self)
{
  g_autofree char *subject = written_in (self->subject);
  g_autofree char *words = NULL;
  SideScore score;

  side_score_compute (self->script, self->card->review, &score);
  side_score_ring_set_score (SIDE_SCORE_RING (self->ring), score.answered > 0 ? score.score : NAN);
  words = g_strdup_printf (_("%u of %u answered"), score.answered, score.total);
  gtk_label_set_label (GTK_LABEL (self->words), *subject != '\0' ? words : _("Name what is scored: then it is kept."));
  gtk_window_set_title (GTK_WINDOW (self), *subject != '\0' ? subject : _("Score Without a Call"));
  gtk_widget_set_sensitive (self->list, *subject != '\0');
}

static void
show_answers (SideScorecardWindow *self)
{
  const SideReview *review = self->card->review;

  for (guint i = 0; i < self->rows->len; i++)
    {
      SideCriterionRow *row = g_ptr_array_index (self->rows, i);

      side_criterion_row_set_answer (row, side_review_find_answer (review, side_criterion_row_get_id (row)));
      side_criterion_row_set_applies (row, side_score_applies (self->script, review, side_criterion_row_get_criterion (row)));
    }
  show_score (self);
}

/* ---- what others write ---- */

static gboolean
is_answered_alike (const SideAnswer *one,
                   const SideAnswer *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return one->value == other->value && g_strcmp0 (one->comment, other->comment) == 0;
}

/* Theirs, but for what was answered here and is not written yet. */
static void
take_answer (SideScorecardWindow *self,
             const SideReview    *theirs,
             const char          *id)
{
  SideReview *ours = self->card->review;
  const SideAnswer *mine = side_review_find_answer (ours, id);
  const SideAnswer *there = side_review_find_answer (theirs, id);
  gboolean untouched = is_answered_alike (mine, side_review_find_answer (self->known->review, id));
  SideAnswer *answer;

  if (!untouched || is_answered_alike (mine, there))
    return;
  if (there == NULL)
    {
      g_ptr_array_remove (ours->answers, (gpointer) mine);
      return;
    }
  side_review_set_answer (ours, id, there->value, there->given_ms, there->position_ms);
  answer = side_review_find_answer (ours, id);
  g_free (answer->comment);
  answer->comment = g_strdup (there->comment);
}

static void
take_text (GtkWidget  *entry,
           const char *known,
           const char *theirs)
{
  g_autofree char *typed = written_in (entry);

  if (g_strcmp0 (typed, known != NULL ? known : "") == 0 && g_strcmp0 (typed, theirs != NULL ? theirs : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), theirs != NULL ? theirs : "");
}

/* By what they say, and not by their times: what was put together of two has the time
 * of the later one, which may be ours. */
static gboolean
says_the_same (const SideScorecard *a,
               const SideScorecard *b)
{
  g_autoptr (SideDocument) left = side_wire_document_for_scorecard (a), right = side_wire_document_for_scorecard (b);

  return g_strcmp0 (left->body, right->body) == 0;
}

/* A conflict was settled, or somebody else wrote it: what is shown and written from now on is that. */
static void
shelf_changed_cb (SideScorecardWindow *self)
{
  const SideScorecard *found = side_scorecards_find (self->shelf, self->card->review->id);
  g_autoptr (SideScorecard) theirs = found != NULL ? side_scorecard_copy (found) : NULL;
  g_autoptr (SideScorecard) known = self->known != NULL ? side_scorecard_ref (self->known) : NULL;
  gboolean waiting = self->write_id != 0;

  if (theirs == NULL || known == NULL || self->erased || says_the_same (theirs, known))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    take_answer (self, theirs->review, side_criterion_row_get_id (self->rows->pdata[i]));
  take_text (self->subject, known->subject, theirs->subject);
  take_text (self->comment, known->review->comment, theirs->review->comment);
  if (side_date_row_get_due (self->day) - 1 == known->at_ms)
    side_date_row_set_due (self->day, theirs->at_ms + 1);
  know (self, theirs);
  if (!waiting)
    g_clear_handle_id (&self->write_id, g_source_remove);   /* nobody here has typed anything */
  show_answers (self);
}

static void
answered_cb (SideScorecardWindow *self,
             double               value,
             SideCriterionRow    *row)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  side_review_set_answer (self->card->review, side_criterion_row_get_id (row), value,
                          desk != NULL ? side_desk_get_write_ms (desk) : 0, -1);
  show_answers (self);
  write_soon (self);
}

/* Words alone: there is no recording for a span, and no one to blame. */
static void
edited_cb (SideScorecardWindow *self,
           const SideAnswer    *edited,
           SideCriterionRow    *row)
{
  SideAnswer *answer = side_review_find_answer (self->card->review, side_criterion_row_get_id (row));
  g_autofree char *comment = g_strdup (edited->comment);

  if (answer == NULL)
    return;
  g_free (answer->comment);
  answer->comment = g_steal_pointer (&comment);
  show_answers (self);
  write_soon (self);
}

static void
typed_cb (SideScorecardWindow *self)
{
  show_score (self);
  write_soon (self);
}

static void
erased_cb (SideScorecardWindow *self,
           const char          *response)
{
  if (!g_str_equal (response, "delete"))
    return;
  self->erased = TRUE;
  side_scorecards_remove (self->shelf, self->card->review->id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
erase_cb (SideScorecardWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Delete the Scorecard?"),
                                              _("Its answers are gone for everybody."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (erased_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- the window ---- */

static void
add_section (SideScorecardWindow *self,
             const SideSection   *section,
             guint                number)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, section->title);
  GtkWidget *card = side_criterion_add_section (GTK_BOX (self->list), title);

  for (guint i = 0; i < section->criteria->len; i++)
    {
      GtkWidget *row = side_criterion_row_new (self->script, g_ptr_array_index (section->criteria, i));

      side_criterion_row_fill (SIDE_CRITERION_ROW (row));
      side_criterion_row_set_causeless (SIDE_CRITERION_ROW (row));
      side_criterion_row_set_editable (SIDE_CRITERION_ROW (row), self->editable);
      g_ptr_array_add (self->rows, row);
      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (card), row);
    }
}

static GtkWidget *
add_entry (GtkWidget  *group,
           const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
new_head (SideScorecardWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->ring = side_score_ring_new ();
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_box_append (GTK_BOX (box), self->ring);
  gtk_box_append (GTK_BOX (box), self->words);
  return box;
}

static void
side_scorecard_window_init (SideScorecardWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *group = adw_preferences_group_new (), *header = adw_header_bar_new ();

  gtk_window_set_default_size (GTK_WINDOW (self), 480, 680);
  self->rows = g_ptr_array_new ();
  self->subject = add_entry (group, _("What is scored: a call centre, a site"));
  self->erase = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_tooltip_text (self->erase, _("Delete"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->erase), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete"), -1);
  gtk_widget_set_visible (self->erase, FALSE);
  g_signal_connect_object (self->erase, "clicked", G_CALLBACK (erase_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->erase);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), group);
  gtk_box_append (GTK_BOX (content), new_head (self));
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (content), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static void
side_scorecard_window_dispose (GObject *object)
{
  SideScorecardWindow *self = SIDE_SCORECARD_WINDOW (object);

  g_clear_handle_id (&self->write_id, g_source_remove);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->card, side_scorecard_unref);
  g_clear_pointer (&self->known, side_scorecard_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (side_scorecard_window_parent_class)->dispose (object);
}

static void
side_scorecard_window_class_init (SideScorecardWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_scorecard_window_dispose;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static void
add_fields (SideScorecardWindow *self,
            SideDesk            *desk)
{
  GtkWidget *group = gtk_widget_get_ancestor (self->subject, ADW_TYPE_PREFERENCES_GROUP);
  SideProject *project = side_desk_get_project (desk);
  gint64 now_ms = side_desk_get_now_ms (desk);
  GTimeZone *zone = project != NULL ? project->time_zone : NULL;

  self->day = SIDE_DATE_ROW (side_date_row_new (_("Day"), zone, now_ms));
  side_date_row_set_past (self->day);
  side_date_row_set_due (self->day, side_time_day_add (zone, self->card->at_ms != 0 ? self->card->at_ms : now_ms, 1));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->day));
  self->comment = add_entry (group, _("Comment"));
  gtk_editable_set_text (GTK_EDITABLE (self->subject), self->card->subject != NULL ? self->card->subject : "");
  gtk_editable_set_text (GTK_EDITABLE (self->comment), self->card->review->comment != NULL ? self->card->review->comment : "");
  gtk_widget_set_sensitive (group, self->editable);
  g_signal_connect_object (self->subject, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comment, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_scorecard_window_new:
 * @parent: (nullable): the window it stands beside
 * @desk: whose project
 * @script: the form, as it is in use
 * @card: (nullable): one to go on with; %NULL for a new one
 *
 * Who may not write scripts only reads it.
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_scorecard_window_new (GtkWindow           *parent,
                           SideDesk            *desk,
                           const SideScript    *script,
                           const SideScorecard *card)
{
  SideScorecardWindow *self = g_object_new (SIDE_TYPE_SCORECARD_WINDOW, "transient-for", parent, NULL);
  g_autofree char *id = side_id_new ();

  self->shelf = g_object_ref (side_scorecards_get (desk));
  self->script = side_script_ref ((SideScript *) script);
  self->card = card != NULL ? side_scorecard_copy (card) : side_scorecard_new (id, script->project, NULL, script->id, script->version);
  self->editable = side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf));
  drop_strangers (self);
  add_fields (self, desk);
  gtk_widget_set_visible (self->erase, card != NULL && self->editable);
  for (guint i = 0; i < script->sections->len; i++)
    add_section (self, g_ptr_array_index (script->sections, i), i + 1);
  show_answers (self);
  if (card != NULL)
    know (self, card);
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (shelf_changed_cb), self, G_CONNECT_SWAPPED);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
