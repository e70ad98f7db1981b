/* side-review-form.c - the scoring form beside a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass from top to bottom: an answer by key moves to the next question.
 * The form only shows what the keeper holds and hands it what was chosen.
 */
#include "side-review-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-criterion-row.h"
#include "side-evidence.h"
#include "side-format.h"
#include "side-score-ring.h"

struct _SideReviewForm
{
  GtkWidget         parent_instance;

  GtkWidget        *stack;       /* template children */
  AdwStatusPage    *none_page;
  GtkWidget        *title;
  GtkWidget        *subtitle;
  SideScoreRing    *ring;
  GtkDropDown      *chooser;
  GtkWidget        *warning;
  GtkWidget        *sections;
  GtkTextView      *comment;
  GtkWidget        *saved;
  GtkButton        *finish;

  SideReviewKeeper *keeper;
  SideCallNotes    *notes;       /* (nullable): those of the call */
  SideDesk         *desk;
  SideScript       *script;      /* whose questions the rows are */
  GPtrArray        *rows;        /* of SideCriterionRow, top to bottom, not owned */
  gint64            position_ms;
  guint             comment_id;
  char             *choices;     /* (nullable): what the chooser offers, a line each */
  gboolean          showing;
};

G_DEFINE_FINAL_TYPE (SideReviewForm, side_review_form, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

#define COMMENT_PAUSE_MS  800
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
  if (self->comment_id != 0)
    save_comment (self);
}

static void
side_review_form_dispose (GObject *object)
{
  SideReviewForm *self = SIDE_REVIEW_FORM (object);

  side_review_form_flush (self);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->script, side_script_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_REVIEW_FORM);
  G_OBJECT_CLASS (side_review_form_parent_class)->dispose (object);
}

static void
side_review_form_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_REVIEW_FORM (object)->rows);
  g_free (SIDE_REVIEW_FORM (object)->choices);
  G_OBJECT_CLASS (side_review_form_parent_class)->finalize (object);
}

static void
move_focus (SideReviewForm *self,
            int             from,
            int             step)
{
  int to = from + step;

  if (to >= 0 && to < (int) self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, to));
}

static int
focused_row (SideReviewForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

      if (focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row)))
        return (int) i;
    }
  return -1;
}

static gboolean
key_pressed_cb (SideReviewForm        *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  int at = focused_row (self);

  if (at < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      move_focus (self, at, keyval == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  if (!side_criterion_row_press (g_ptr_array_index (self->rows, at), keyval))
    return GDK_EVENT_PROPAGATE;
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_BackSpace)
    move_focus (self, at, 1);
  return GDK_EVENT_STOP;
}

static void
answered_cb (SideReviewForm   *self,
             double            value,
             SideCriterionRow *row)
{
  side_review_keeper_answer (self->keeper, side_criterion_row_get_id (row), value, self->position_ms);
}

static void
position_activated_cb (SideReviewForm *self,
                       gint64          position_ms)
{
  g_signal_emit (self, signals[SIGNAL_SEEK_REQUESTED], 0, position_ms);
}

static void
clear_sections (SideReviewForm *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (self->sections)) != NULL)
    gtk_box_remove (GTK_BOX (self->sections), child);
}

static void
add_section (SideReviewForm    *self,
             const SideSection *section,
             guint              number)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, section->title);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "section-title");
  gtk_widget_add_css_class (list, "card");
  gtk_box_append (GTK_BOX (self->sections), heading);
  gtk_box_append (GTK_BOX (self->sections), list);
  for (guint i = 0; i < section->criteria->len; i++)
    {
      GtkWidget *row = side_criterion_row_new (g_ptr_array_index (section->criteria, i));

      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "position-activated", G_CALLBACK (position_activated_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (list), row);
      g_ptr_array_add (self->rows, row);
    }
}

static char *
when (SideReviewForm *self,
      gint64          at_ms)
{
  const SideProject *project = side_desk_get_project (self->desk);

  return project != NULL ? side_format_when (project->time_zone, at_ms, side_desk_get_write_ms (self->desk)) : g_strdup ("");
}

/* With somebody else's review there is a choice: theirs, and one's own. */
static void
show_choices (SideReviewForm *self)
{
  GPtrArray *others = side_review_keeper_get_others (self->keeper);
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  gboolean own = side_review_keeper_may_write (self->keeper);
  g_autoptr (GString) text = g_string_new (own ? _("My review") : NULL);
  guint selected = 0;

  if (side_review_keeper_is_loading (self->keeper))
    return;   /* what was chosen stands until it is there */
  for (guint i = 0; i < others->len; i++)
    {
      const SideReview *other = g_ptr_array_index (others, i);
      gboolean mine = g_strcmp0 (other->reviewer, side_desk_get_user (self->desk)) == 0;
      g_autofree char *at = when (self, other->finished_ms != 0 ? other->finished_ms : other->changed_ms);

      g_string_append_printf (text, "%s%s · %s", text->len > 0 ? "\n" : "", mine ? _("My review") : other->reviewer, at);
      if (review != NULL && g_str_equal (review->id, other->id))
        selected = i + (own ? 1 : 0);
    }
  self->showing = TRUE;
  if (g_strcmp0 (self->choices, text->str) != 0)
    {
      g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
      g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) lines);

      g_free (self->choices);
      self->choices = g_strdup (text->str);
      gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (list));
    }
  gtk_drop_down_set_selected (self->chooser, selected);
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), others->len + (own ? 1 : 0) > 1);
}

static void
chosen_cb (SideReviewForm *self)
{
  GPtrArray *others;
  guint first, selected;

  if (self->showing || self->keeper == NULL)
    return;
  others = side_review_keeper_get_others (self->keeper);
  first = side_review_keeper_may_write (self->keeper) ? 1 : 0;
  selected = gtk_drop_down_get_selected (self->chooser);
  side_review_form_flush (self);
  if (selected < first)
    side_review_keeper_choose (self->keeper, NULL);
  else if (selected - first < others->len)
    side_review_keeper_choose (self->keeper, ((SideReview *) g_ptr_array_index (others, selected - first))->id);
}

/* What stands below the form: how far the review is, or whose it is. */
static char *
state_words (SideReviewForm *self)
{
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  const SideProject *project = side_desk_get_project (self->desk);
  gboolean finished = side_review_keeper_is_finished (self->keeper);
  gint64 saved_ms = side_review_keeper_get_saved_ms (self->keeper);
  g_autofree char *at = NULL;

  if (side_review_keeper_is_unsaved (self->keeper))
    return g_strdup (_("Not saved yet. It is tried again by itself; what you answered stays here."));
  if (!side_review_keeper_is_own (self->keeper))
    {
      at = when (self, review->finished_ms);
      /* Translators: who, and a date or a time */
      return g_strdup_printf (_("Scored by %s · %s"), review->reviewer, at);
    }
  if (project != NULL && (finished || saved_ms != 0))
    {
      at = side_format_time (project->time_zone, finished ? review->finished_ms : saved_ms);
      return g_strdup_printf (finished ? _("Finished %s") : _("Draft saved %s"), at);
    }
  return g_strdup (side_review_keeper_may_write (self->keeper) ? "" : _("Not scored yet. Your role can read scores, not give them."));
}

static void
show_state (SideReviewForm *self)
{
  gboolean finished = side_review_keeper_is_finished (self->keeper);
  gboolean outdated = side_review_keeper_is_outdated (self->keeper);
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  gboolean mine = side_review_keeper_may_write (self->keeper) && side_review_keeper_is_own (self->keeper);
  gboolean open = !finished && !outdated && mine;
  g_autofree char *text = state_words (self);

  /* What cannot be changed can still be listened to. */
  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_set_editable (g_ptr_array_index (self->rows, i), open);
  gtk_text_view_set_editable (self->comment, open);
  gtk_button_set_label (self->finish, finished ? _("Reopen") : _("Finish review"));
  if (finished)
    gtk_widget_remove_css_class (GTK_WIDGET (self->finish), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->finish), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->finish), mine);
  gtk_widget_set_sensitive (GTK_WIDGET (self->finish), review != NULL && !outdated);
  gtk_label_set_label (GTK_LABEL (self->saved), text);
}

static void
show_score (SideReviewForm *self)
{
  SideScore score;
  g_autofree char *text = NULL;

  side_review_keeper_get_score (self->keeper, &score);
  side_score_ring_set_score (self->ring, score.answered > 0 ? score.score : NAN);
  gtk_widget_set_visible (self->warning, score.critical_failed || side_review_keeper_is_outdated (self->keeper));
  if (side_review_keeper_is_outdated (self->keeper))
    text = g_strdup_printf (_("Scored with version %d of the script; version %d is in use now."),
                            side_review_keeper_get_review (self->keeper)->script_version,
                            side_review_keeper_get_version_in_use (self->keeper));
  else if (score.critical_failed && !isnan (score.would_be))
    text = g_strdup_printf (_("A critical criterion was not met. Without it: %.0f."), score.would_be);
  else if (score.critical_failed)
    text = g_strdup (_("A critical criterion was not met."));
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
  const SideReview *review = side_review_keeper_get_review (self->keeper);

  show_comment (self);
  if (side_review_keeper_get_script (self->keeper) == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      SideCriterionRow *row = g_ptr_array_index (self->rows, i);
      const char *id = side_criterion_row_get_id (row);
      const SideAnswer *answer = review != NULL ? side_review_find_answer (review, id) : NULL;

      side_criterion_row_set_answer (row, answer != NULL ? answer->value : SIDE_ANSWER_NONE,
                                     answer != NULL ? answer->position_ms : -1);
    }
  show_score (self);
  show_choices (self);
  show_state (self);
}

static void
show_evidence (SideReviewForm *self)
{
  for (guint i = 0; self->notes != NULL && i < self->rows->len; i++)
    side_evidence_show (self->notes, g_ptr_array_index (self->rows, i));
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
loaded_cb (SideReviewForm *self)
{
  const SideScript *script = side_review_keeper_get_script (self->keeper);
  g_autofree char *subtitle = NULL;

  if (script != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  else
    show_none (self);
  /* Rows of the same questions stay, and the focus with them. */
  if (script != NULL && self->script == script)
    {
      changed_cb (self);
      return;
    }
  g_clear_pointer (&self->script, side_script_unref);
  clear_sections (self);
  if (script == NULL)
    return;
  self->script = side_script_ref ((SideScript *) script);
  gtk_label_set_label (GTK_LABEL (self->title), script->title);
  subtitle = g_strdup_printf (ngettext ("script v%d · %u section, %g points", "script v%d · %u sections, %g points",
                                        script->sections->len),
                              script->version, script->sections->len, side_script_total_weight (script));
  gtk_label_set_label (GTK_LABEL (self->subtitle), subtitle);
  for (guint i = 0; i < script->sections->len; i++)
    add_section (self, g_ptr_array_index (script->sections, i), i + 1);
  show_evidence (self);
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
finish_clicked_cb (SideReviewForm *self)
{
  gboolean finish = !side_review_keeper_is_finished (self->keeper);
  SideScore score;

  save_comment (self);
  side_review_keeper_get_score (self->keeper, &score);
  if (finish && score.answered < score.total)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u question has no answer yet", "%u questions have no answer yet",
                                                         score.total - score.answered),
                                               score.total - score.answered);

      for (guint i = 0; i < self->rows->len; i++)
        {
          SideCriterionRow *row = g_ptr_array_index (self->rows, i);
          if (side_review_keeper_get_answer (self->keeper, side_criterion_row_get_id (row)) == SIDE_ANSWER_NONE)
            {
              gtk_widget_grab_focus (GTK_WIDGET (row));
              break;
            }
        }
      g_signal_emit (self, signals[SIGNAL_TOAST], 0, text);
      return;
    }
  side_review_keeper_set_finished (self->keeper, finish);
}

static void
side_review_form_class_init (SideReviewFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_REVIEW_FORM;

  object_class->dispose = side_review_form_dispose;
  object_class->finalize = side_review_form_finalize;
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SIDE_TYPE_SCORE_RING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-review-form.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, stack);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, none_page);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, title);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, ring);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, chooser);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, warning);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, sections);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, comment);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, saved);
  gtk_widget_class_bind_template_child (widget_class, SideReviewForm, finish);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
side_review_form_init (SideReviewForm *self)
{
  self->rows = g_ptr_array_new ();
  self->position_ms = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_return_if_fail (self->notes == NULL);

  self->notes = g_object_ref (notes);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (show_evidence), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (show_evidence), self, G_CONNECT_SWAPPED);
  show_evidence (self);
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
  self->position_ms = position_ms;
}
