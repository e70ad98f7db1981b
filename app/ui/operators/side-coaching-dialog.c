/* side-coaching-dialog.c - a coaching note is written or changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on a copy and hands it back when it is saved. Moments that criteria
 * were answered for are offered to be heard together, those of the criterion
 * where one is chosen: full marks show how it is done, faults what is to be
 * mended.
 */
#include "side-coaching-dialog.h"

#include <glib/gi18n.h>

#include "side-date-row.h"
#include "side-format.h"
#include "side-quality.h"
#include "side-store-evidence.h"
#include "side-text.h"
#include "side-window-keys.h"
#include "side-words-guard.h"

#define OFFERED 30   /* moments at most, beside those that are in the note already */

struct _SideCoachingDialog
{
  AdwWindow            parent_instance;
  SideDesk            *desk;
  SideCoaching        *coaching;
  GCancellable        *cancellable;
  GPtrArray           *criteria;     /* of Choice */
  GPtrArray           *checks;       /* of GtkCheckButton; its clip hangs on it */
  AdwEntryRow         *goal;
  AdwComboRow         *criterion;
  GtkSpinButton       *target;
  GtkWidget           *target_row;
  SideDateRow         *due;
  AdwPreferencesGroup *goals;        /* the group of these rows */
  GtkSwitch           *shared;
  GtkTextView         *text;
  AdwPreferencesGroup *clips;
  GPtrArray           *clip_rows;
};

G_DEFINE_FINAL_TYPE (SideCoachingDialog, side_coaching_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

typedef struct {
  char *script;
  char *criterion;
  char *text;      /* its wording */
} Choice;

static void
free_choice (gpointer data)
{
  Choice *choice = data;

  g_free (choice->script);
  g_free (choice->criterion);
  g_free (choice->text);
  g_free (choice);
}

static void
side_coaching_dialog_dispose (GObject *object)
{
  SideCoachingDialog *self = SIDE_COACHING_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_coaching_dialog_parent_class)->dispose (object);
}

static void
side_coaching_dialog_finalize (GObject *object)
{
  SideCoachingDialog *self = SIDE_COACHING_DIALOG (object);

  g_clear_pointer (&self->coaching, side_coaching_unref);
  g_ptr_array_unref (self->criteria);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->clip_rows);
  G_OBJECT_CLASS (side_coaching_dialog_parent_class)->finalize (object);
}

static void
side_coaching_dialog_class_init (SideCoachingDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_coaching_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_coaching_dialog_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
  saved_signal = g_signal_new ("saved", SIDE_TYPE_COACHING_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, SIDE_TYPE_COACHING);
}

/* ---- moments to be heard together ---- */

static GTimeZone *
get_zone (SideCoachingDialog *self)
{
  SideProject *project = side_desk_get_project (self->desk);

  return project != NULL && project->time_zone != NULL ? g_time_zone_ref (project->time_zone) : g_time_zone_new_utc ();
}

static void
free_clip_holder (gpointer data)
{
  side_coaching_unref (data);
}

/* The clip is kept in a note of its own, which frees it. */
static void
add_clip_row (SideCoachingDialog *self,
              const SideClip     *clip,
              gint64              joined_ms,
              gboolean            active)
{
  g_autoptr (GTimeZone) zone = get_zone (self);
  SideCoaching *holder = side_coaching_new (NULL, NULL, NULL);
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *when = joined_ms > 0 ? side_format_when (zone, joined_ms, side_desk_get_now_ms (self->desk)) : NULL;
  g_autofree char *place = side_text_duration (clip->from_ms);
  const char *word = clip->good ? _("Good") : _("To be mended");
  g_autofree char *about = clip->text != NULL ? g_strdup_printf ("%s · %s", word, clip->text) : g_strdup (word);
  /* Translators: the call of a moment and where in it: "21 Nov 14:05, at 0:41" */
  g_autofree char *title = when != NULL ? g_strdup_printf (_("%s, at %s"), when, place)
                                        : g_strdup_printf (_("In the note, at %s"), place);

  side_coaching_add_clip (holder, clip->call, clip->from_ms, clip->to_ms, clip->good, clip->text);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (check), "clip", holder, free_clip_holder);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->clip_rows, row);
  adw_preferences_group_add (self->clips, row);
}

static const SideClip *
clip_of (GtkCheckButton *check)
{
  const SideCoaching *holder = g_object_get_data (G_OBJECT (check), "clip");

  return holder->clips->pdata[0];
}

static gboolean
has_clip (SideCoachingDialog      *self,
          const SideEvidencePiece *piece)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      const SideClip *clip = clip_of (self->checks->pdata[i]);

      if (g_strcmp0 (clip->call, piece->call) == 0 && clip->from_ms == piece->from_ms)
        return TRUE;
    }
  return FALSE;
}

/* What is not ticked goes; what is stays, whatever is offered next. */
static void
drop_offers (SideCoachingDialog *self)
{
  for (guint i = self->checks->len; i > 0; i--)
    if (!gtk_check_button_get_active (self->checks->pdata[i - 1]))
      {
        adw_preferences_group_remove (self->clips, self->clip_rows->pdata[i - 1]);
        g_ptr_array_remove_index (self->checks, i - 1);
        g_ptr_array_remove_index (self->clip_rows, i - 1);
      }
}

static const Choice *
get_choice (SideCoachingDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->criterion);

  return selected > 0 && selected <= self->criteria->len ? self->criteria->pdata[selected - 1] : NULL;
}

static const char *
wording_of (SideCoachingDialog      *self,
            const SideEvidencePiece *piece)
{
  for (guint i = 0; i < self->criteria->len; i++)
    {
      const Choice *choice = self->criteria->pdata[i];

      if (g_strcmp0 (choice->script, piece->script) == 0 && g_strcmp0 (choice->criterion, piece->criterion) == 0)
        return choice->text;
    }
  return piece->criterion;
}

static void
describe_offers (SideCoachingDialog *self)
{
  adw_preferences_group_set_description (self->clips, self->checks->len == 0     ? _("No moment was kept with these answers")
                                                      : get_choice (self) == NULL ? _("The newest moments of all criteria; choose a criterion to have its own alone")
                                                                                  : NULL);
}

static void
evidence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideCoachingDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pieces = side_store_list_evidence_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  drop_offers (self);
  for (guint i = 0, n = 0; pieces != NULL && i < pieces->len && n < OFFERED; i++)
    {
      const SideEvidencePiece *piece = pieces->pdata[i];
      /* In the list that is heard together a moment says what it is about, as it does here. */
      SideClip clip = { piece->call, piece->from_ms, piece->to_ms, piece->value >= 1, (char *) wording_of (self, piece) };

      if (has_clip (self, piece))
        continue;
      add_clip_row (self, &clip, piece->joined_ms, FALSE);
      n++;
    }
  describe_offers (self);
}

static void
criterion_cb (SideCoachingDialog *self)
{
  const Choice *choice = get_choice (self);
  SideStore *store = side_desk_get_store (self->desk);

  gtk_widget_set_visible (self->target_row, choice != NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  side_store_list_evidence_async (store, self->coaching->project, self->coaching->operator_id, choice != NULL ? choice->script : NULL,
                                  choice != NULL ? choice->criterion : NULL, 0, self->cancellable, evidence_cb,
                                  g_object_ref (self));
}

/* ---- saving ---- */

static char *
dup_text (SideCoachingDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter from, to;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &from, &to, FALSE));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
take_clips (SideCoachingDialog *self)
{
  g_ptr_array_set_size (self->coaching->clips, 0);
  for (guint i = 0; i < self->checks->len; i++)
    {
      const SideClip *clip = clip_of (self->checks->pdata[i]);

      if (gtk_check_button_get_active (self->checks->pdata[i]))
        side_coaching_add_clip (self->coaching, clip->call, clip->from_ms, clip->to_ms, clip->good, clip->text);
    }
}

static void
tell_empty (SideCoachingDialog *self,
            gboolean            empty)
{
  const char *words = empty ? _("Nothing is written yet: a goal, a criterion, or what was talked about is enough to save.") : NULL;

  if (empty)
    gtk_widget_add_css_class (GTK_WIDGET (self->goal), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->goal), "error");
  adw_preferences_group_set_description (self->goals, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->goal), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "", -1);
}

static void
written_cb (SideCoachingDialog *self)
{
  tell_empty (self, FALSE);
}

static void
save_cb (SideCoachingDialog *self)
{
  const Choice *choice = get_choice (self);
  g_autofree char *goal = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->goal))));
  SideCoaching *note = self->coaching;

  g_free (note->text);
  note->text = dup_text (self);
  g_free (note->goal);
  note->goal = *goal != '\0' ? g_steal_pointer (&goal) : NULL;
  g_free (note->script);
  note->script = choice != NULL ? g_strdup (choice->script) : NULL;
  g_free (note->criterion);
  note->criterion = choice != NULL ? g_strdup (choice->criterion) : NULL;
  note->target = choice != NULL ? gtk_spin_button_get_value (self->target) / 100 : -1;
  note->shared = gtk_switch_get_active (self->shared);
  note->due_ms = side_date_row_get_due (self->due);
  take_clips (self);
  if (note->text == NULL && note->goal == NULL && note->criterion == NULL)
    {
      tell_empty (self, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->goal));
      return;
    }
  g_signal_emit (self, saved_signal, 0, note);
  side_words_guard_close (GTK_WINDOW (self));
}

/* ---- building ---- */

static void
add_goal_rows (SideCoachingDialog *self,
               GtkBox             *box)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *shared_row = adw_action_row_new ();

  self->goal = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->goal), _("Goal, in words"));
  self->criterion = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->criterion), _("Criterion to get better at"));
  self->target_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->target_row), _("Aim, in percent of the mark"));
  self->target = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 100, 5));
  gtk_widget_set_valign (GTK_WIDGET (self->target), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->target_row), GTK_WIDGET (self->target));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->target_row), GTK_WIDGET (self->target));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (shared_row), _("The operator may read it"));
  self->shared = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->shared), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (shared_row), GTK_WIDGET (self->shared));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (shared_row), GTK_WIDGET (self->shared));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->goal));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->criterion));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->target_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), shared_row);
  self->goals = ADW_PREFERENCES_GROUP (group);
  gtk_box_append (box, group);
}

static void
add_text (SideCoachingDialog *self,
          GtkBox             *box)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (_("What was talked about"));

  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text, FALSE);
  g_object_set (self->text, "top-margin", 8, "bottom-margin", 8, "left-margin", 10, "right-margin", 10, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was talked about"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), GTK_WIDGET (self->text));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 90);
  gtk_widget_add_css_class (frame, "card");
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (box, label);
  gtk_box_append (box, frame);
}

static GtkWidget *
new_bar (SideCoachingDialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_("_Save"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), save);
  return bar;
}

static void
side_coaching_dialog_init (SideCoachingDialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->criteria = g_ptr_array_new_with_free_func (free_choice);
  self->checks = g_ptr_array_new ();
  self->clip_rows = g_ptr_array_new ();
  add_goal_rows (self, GTK_BOX (box));
  add_text (self, GTK_BOX (box));
  self->clips = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->clips, _("To be heard together"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->clips));
  gtk_widget_add_css_class (box, "operator-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (all), new_bar (self));
  gtk_box_append (GTK_BOX (all), scrolled);
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 620);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static void
fill_criteria (SideCoachingDialog *self,
               const GArray       *criteria)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (labels, _("None"));
  for (guint i = 0; i < criteria->len; i++)
    {
      const SideCriterionFact *fact = &g_array_index (criteria, SideCriterionFact, i);
      const Choice *last = self->criteria->len > 0 ? self->criteria->pdata[self->criteria->len - 1] : NULL;
      Choice *choice;

      /* Chosen and random answers to the same one stand beside each other. */
      if (last != NULL && g_strcmp0 (last->script, fact->script) == 0 && g_strcmp0 (last->criterion, fact->criterion) == 0)
        continue;
      choice = g_new0 (Choice, 1);
      choice->script = g_strdup (fact->script);
      choice->criterion = g_strdup (fact->criterion);
      choice->text = g_strdup (fact->text != NULL ? fact->text : fact->criterion);
      g_ptr_array_add (self->criteria, choice);
      gtk_string_list_append (labels, choice->text);
      if (g_strcmp0 (self->coaching->script, choice->script) == 0 && g_strcmp0 (self->coaching->criterion, choice->criterion) == 0)
        selected = self->criteria->len;
    }
  /* One that nobody was asked in this period stays what it is. */
  if (selected == 0 && self->coaching->criterion != NULL)
    {
      Choice *choice = g_new0 (Choice, 1);

      choice->script = g_strdup (self->coaching->script);
      choice->criterion = g_strdup (self->coaching->criterion);
      choice->text = g_strdup (choice->criterion);
      g_ptr_array_add (self->criteria, choice);
      gtk_string_list_append (labels, choice->criterion);
      selected = self->criteria->len;
    }
  adw_combo_row_set_model (self->criterion, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->criterion, selected);
}

static void
add_due (SideCoachingDialog *self)
{
  g_autoptr (GTimeZone) zone = get_zone (self);

  self->due = SIDE_DATE_ROW (side_date_row_new (_("Until"), zone, side_desk_get_now_ms (self->desk)));
  side_date_row_set_due (self->due, self->coaching->due_ms);
  adw_preferences_group_add (self->goals, GTK_WIDGET (self->due));
}

/**
 * side_coaching_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @desk: whose project
 * @coaching: the note as it is, or a new one; it is copied
 * @criteria: (element-type SideCriterionFact): of the operator, to choose from
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_coaching_dialog_new (GtkWindow          *parent,
                          SideDesk           *desk,
                          const SideCoaching *coaching,
                          const GArray       *criteria)
{
  SideCoachingDialog *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && coaching != NULL && criteria != NULL, NULL);
  self = g_object_new (SIDE_TYPE_COACHING_DIALOG, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->coaching = side_coaching_copy (coaching);
  gtk_window_set_title (GTK_WINDOW (self), coaching->created_ms == coaching->changed_ms && coaching->text == NULL
                                             && coaching->goal == NULL ? _("New Coaching Note") : _("Coaching Note"));
  gtk_editable_set_text (GTK_EDITABLE (self->goal), coaching->goal != NULL ? coaching->goal : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), coaching->text != NULL ? coaching->text : "", -1);
  gtk_spin_button_set_value (self->target, coaching->target >= 0 ? coaching->target * 100 : 90);
  gtk_switch_set_active (self->shared, coaching->shared);
  for (guint i = 0; i < coaching->clips->len; i++)
    add_clip_row (self, coaching->clips->pdata[i], 0, TRUE);
  add_due (self);
  fill_criteria (self, criteria);
  g_signal_connect_object (self->criterion, "notify::selected", G_CALLBACK (criterion_cb), self, G_CONNECT_SWAPPED);
  criterion_cb (self);
  g_signal_connect_object (self->goal, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->criterion, "notify::selected", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  side_words_guard_begin (GTK_WINDOW (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->goal))));
  return GTK_WINDOW (self);
}
