/* side-coaching-group.c - what was agreed on with an operator
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the coaching notes about one operator and writes them back as steps
 * that can be taken back. Where a note aims at a criterion, it says what came
 * before and since, or that it is too little to say.
 */
#include "side-coaching-group.h"

#include <glib/gi18n.h>

#include "side-coaching-dialog.h"
#include "side-format.h"
#include "side-moments-window.h"
#include "side-operator-sections.h"
#include "side-place.h"
#include "side-quality-chart.h"
#include "side-steps.h"
#include "side-store-evidence.h"
#include "side-text.h"
#include "side-toast.h"
#include "side-wire.h"

struct _SideCoachingGroup
{
  AdwBin               parent_instance;
  SideDesk            *desk;
  SideSteps           *steps;
  char                *id;           /* the operator's */
  GArray              *criteria;     /* of SideCriterionFact, to choose from */
  GCancellable        *cancellable;
  GPtrArray           *notes;        /* of Note */
  AdwPreferencesGroup *group;
  GtkWidget           *add;
};

/* A note and its document, of which @row shows it. */
typedef struct {
  SideDocument *document;
  SideCoaching *coaching;
  GtkWidget    *row;       /* not owned */
} Note;

G_DEFINE_FINAL_TYPE (SideCoachingGroup, side_coaching_group, ADW_TYPE_BIN)

static guint failed_signal;

static void
free_note (gpointer data)
{
  Note *note = data;

  side_document_unref (note->document);
  side_coaching_unref (note->coaching);
  g_free (note);
}

static void
side_coaching_group_dispose (GObject *object)
{
  SideCoachingGroup *self = SIDE_COACHING_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->steps);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_coaching_group_parent_class)->dispose (object);
}

static void
side_coaching_group_finalize (GObject *object)
{
  SideCoachingGroup *self = SIDE_COACHING_GROUP (object);

  g_free (self->id);
  g_array_unref (self->criteria);
  g_ptr_array_unref (self->notes);
  G_OBJECT_CLASS (side_coaching_group_parent_class)->finalize (object);
}

static void
side_coaching_group_class_init (SideCoachingGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_coaching_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_coaching_group_finalize;
  failed_signal = g_signal_new ("failed", SIDE_TYPE_COACHING_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static gboolean
may_write (SideCoachingGroup *self)
{
  SideRole role = side_desk_get_role (self->desk);

  return role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER;
}

/* ---- writing ---- */

static void
undo_cb (SideCoachingGroup *self)
{
  side_coaching_group_undo (self);
}

static void
tell (SideCoachingGroup *self,
      const char        *words)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = side_toast_new (words);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCoachingGroup) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_steps_write_finish (SIDE_STEPS (source), result, &error) && !side_error_is_cancelled (error))
    g_signal_emit (self, failed_signal, 0, error);
}

/* @note: %NULL for a new one */
static void
write_note (SideCoachingGroup  *self,
            const Note         *note,
            const SideCoaching *coaching,
            gboolean            deleted,
            const char         *words)
{
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideDocument) document = side_wire_document_for_coaching (coaching);

  document->author = g_strdup (side_desk_get_user (self->desk));
  document->changed_ms = side_desk_get_write_ms (self->desk);
  if (note == NULL)
    side_steps_add_new (changes, document);
  else
    {
      document->revision = note->document->revision;
      document->change = note->document->change;
      document->deleted = deleted;
      if (deleted)
        g_clear_pointer (&document->body, g_free);
      side_steps_add_change (changes, document, note->document);
    }
  side_steps_write_async (self->steps, words, changes, written_cb, g_object_ref (self));
}

static Note *
find_note (SideCoachingGroup *self,
           const char        *id)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (g_strcmp0 (((Note *) self->notes->pdata[i])->document->id, id) == 0)
      return self->notes->pdata[i];
  return NULL;
}

/* It may have been changed on another computer while the dialog stood open. */
static void
saved_cb (SideCoachingGroup  *self,
          const SideCoaching *coaching,
          GtkWidget          *dialog)
{
  const Note *note = find_note (self, coaching->id);
  const SideCoaching *base = g_object_get_data (G_OBJECT (dialog), "base");
  g_autoptr (SideCoaching) copy = note != NULL ? side_coaching_rebase (note->coaching, base, coaching) : side_coaching_copy (coaching);

  copy->changed_ms = side_desk_get_write_ms (self->desk);
  write_note (self, note, copy, FALSE, _("coaching note"));
  /* Undone, it says again what they wrote. */
  if (note != NULL && side_coaching_collides (note->coaching, base, coaching))
    tell (self, _("The same was changed elsewhere meanwhile: yours is kept"));
}

static void
open_dialog (SideCoachingGroup  *self,
             const SideCoaching *coaching)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *dialog = side_coaching_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->desk, coaching, self->criteria);

  g_object_set_data_full (G_OBJECT (dialog), "base", side_coaching_copy (coaching), (GDestroyNotify) side_coaching_unref);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
add_cb (SideCoachingGroup *self)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideCoaching) coaching = side_coaching_new (id, side_desk_get_project_id (self->desk), self->id);

  if (self->id == NULL)
    return;
  coaching->author = g_strdup (side_desk_get_user (self->desk));
  coaching->created_ms = coaching->changed_ms = side_desk_get_write_ms (self->desk);
  open_dialog (self, coaching);
}

static Note *
note_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "note");
}

static void
edit_cb (GtkWidget         *button,
         SideCoachingGroup *self)
{
  open_dialog (self, note_of (button)->coaching);
}

static void
delete_cb (GtkWidget         *button,
           SideCoachingGroup *self)
{
  const Note *note = note_of (button);

  write_note (self, note, note->coaching, TRUE, _("coaching note deleted"));
  tell (self, _("Coaching note deleted"));
}

static void
done_cb (GtkWidget         *button,
         SideCoachingGroup *self)
{
  const Note *note = note_of (button);
  g_autoptr (SideCoaching) copy = side_coaching_copy (note->coaching);

  copy->done_ms = copy->done_ms == 0 ? side_desk_get_write_ms (self->desk) : 0;
  copy->changed_ms = side_desk_get_write_ms (self->desk);
  write_note (self, note, copy, FALSE, _("coaching note"));
}

static void
open_call_cb (SideCoachingGroup *self,
              const char        *id,
              gint64             from_ms,
              gint64             to_ms)
{
  side_place_show (GTK_WIDGET (self), id, from_ms, to_ms, FALSE);
}

static void
hear_cb (GtkWidget         *button,
         SideCoachingGroup *self)
{
  g_autoptr (SideCoaching) copy = side_coaching_copy (note_of (button)->coaching);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *window;

  if (side_desk_get_store (self->desk) == NULL)
    return;
  window = side_moments_window_new_for_pieces (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->desk,
                                               _("To Be Heard Together"), copy->clips);
  g_signal_connect_object (window, "open-call", G_CALLBACK (open_call_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

/* ---- rows ---- */

static const char *
wording_of (SideCoachingGroup  *self,
            const SideCoaching *coaching)
{
  for (guint i = 0; i < self->criteria->len; i++)
    {
      const SideCriterionFact *fact = &g_array_index (self->criteria, SideCriterionFact, i);

      if (g_strcmp0 (fact->script, coaching->script) == 0 && g_strcmp0 (fact->criterion, coaching->criterion) == 0
          && fact->text != NULL)
        return fact->text;
    }
  return coaching->criterion;
}

static void
append_line (GString    *words,
             const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
}

static char *
dup_date (SideCoachingGroup *self,
          gint64             at_ms)
{
  SideProject *project = side_desk_get_project (self->desk);

  return side_format_date (project != NULL ? project->time_zone : NULL, at_ms, side_desk_get_now_ms (self->desk));
}

static char *
dup_state (SideCoachingGroup  *self,
           const SideCoaching *coaching)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *due = coaching->due_ms != 0 ? dup_date (self, coaching->due_ms - 1) : NULL;
  g_autofree char *done = coaching->done_ms != 0 ? dup_date (self, coaching->done_ms) : NULL;

  if (done != NULL)
    g_string_append_printf (words, _("Done %s"), done);
  else if (due != NULL && side_coaching_is_overdue (coaching, side_desk_get_now_ms (self->desk)))
    g_string_append_printf (words, _("Overdue since %s"), due);
  else if (due != NULL)
    g_string_append_printf (words, _("Until %s"), due);
  if (coaching->author != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", coaching->author);
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "",
                          coaching->shared ? _("the operator may read it") : _("the operator does not see it"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_words (SideCoachingGroup *self,
            const Note        *note,
            const char        *progress)
{
  const SideCoaching *coaching = note->coaching;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *state = dup_state (self, coaching);
  g_autofree char *aim = NULL;
  const char *title = coaching->goal != NULL ? coaching->goal : coaching->text;

  if (coaching->criterion != NULL && coaching->target >= 0)
    {
      g_autofree char *target = side_text_percent (coaching->target, 0);

      /* Translators: a goal: a criterion's wording, then a share: "“Greets the caller”: to 90 % of the mark" */
      aim = g_strdup_printf (_("“%s”: to %s of the mark"), wording_of (self, coaching), target);
    }
  if (title == NULL)
    title = aim;
  else
    append_line (words, aim);
  if (title != coaching->text)
    append_line (words, coaching->text);
  append_line (words, progress);
  append_line (words, state);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (note->row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (note->row), words->str);
}

/* Which reviews they are is said: chosen calls are not like those drawn by lot. */
static char *
dup_progress (const SideProgress *progress)
{
  gboolean random;
  SideDifference difference = side_progress_compare (progress, &random);
  const SideScores *before = random ? &progress->random_before : &progress->chosen_before;
  const SideScores *after = random ? &progress->random_after : &progress->chosen_after;
  const char *kind = random ? _("Random reviews") : _("Chosen reviews");
  g_autofree char *first = side_quality_dup_share_words (before);
  g_autofree char *second = side_quality_dup_share_words (after);

  if (before->n == 0)
    return g_strdup (_("No reviews from before that it could be compared with"));
  /* Translators: a kind of reviews, then percent of a criterion's mark before a goal was set:
   * "Random reviews: before 40 (30–50, 12 reviews), none since then" */
  if (after->n == 0)
    return g_strdup_printf (_("%s: before %s, none since then"), kind, first);
  /* Translators: a kind of reviews, then percent of a criterion's mark before a goal was set and since:
   * "Random reviews: before 40 (30–50, 12 reviews), since then 80 (71–88, 20 reviews): better" */
  switch (difference)
    {
    case SIDE_DIFFERENCE_HIGHER:
      return g_strdup_printf (_("%s: before %s, since then %s: better"), kind, first, second);
    case SIDE_DIFFERENCE_LOWER:
      return g_strdup_printf (_("%s: before %s, since then %s: worse"), kind, first, second);
    case SIDE_DIFFERENCE_NONE:
    case SIDE_DIFFERENCE_UNKNOWN:
    default:
      return g_strdup_printf (_("%s: before %s, since then %s: too few to say"), kind, first, second);
    }
}

typedef struct {
  SideCoachingGroup *self;
  char              *id;
} Asked;

static void
progress_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Asked *asked = data;
  g_autoptr (SideCoachingGroup) self = asked->self;
  g_autofree char *id = asked->id;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  SideProgress progress;
  Note *note;

  g_free (asked);
  if (!side_store_get_progress_finish (SIDE_STORE (source), result, &progress, &error) || self->desk == NULL)
    return;
  note = find_note (self, id);
  words = dup_progress (&progress);
  if (note != NULL && note->row != NULL)
    show_words (self, note, words);
}

static void
add_button (SideCoachingGroup *self,
            Note              *note,
            const char        *icon,
            const char        *label,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "note", note);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (note->row), button);
}

static void
add_row (SideCoachingGroup *self,
         Note              *note)
{
  SideStore *store = side_desk_get_store (self->desk);
  const SideCoaching *coaching = note->coaching;

  note->row = side_operator_new_row ("", NULL);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (note->row), 6);
  show_words (self, note, NULL);
  if (coaching->clips->len > 0)
    add_button (self, note, "media-playback-start-symbolic", _("Hear the moments"), G_CALLBACK (hear_cb));
  /* The operator reads it as the words of whoever signed it. */
  if (may_write (self) && g_strcmp0 (coaching->author, side_desk_get_user (self->desk)) == 0)
    {
      add_button (self, note, coaching->done_ms == 0 ? "object-select-symbolic" : "edit-undo-symbolic",
                  coaching->done_ms == 0 ? _("Done") : _("Open again"), G_CALLBACK (done_cb));
      add_button (self, note, "document-edit-symbolic", _("Edit"), G_CALLBACK (edit_cb));
      add_button (self, note, "user-trash-symbolic", _("Delete"), G_CALLBACK (delete_cb));
    }
  side_operator_add_row (self->group, note->row);
  if (store != NULL && coaching->script != NULL && coaching->criterion != NULL)
    {
      Asked *asked = g_new0 (Asked, 1);

      asked->self = g_object_ref (self);
      asked->id = g_strdup (note->document->id);
      side_store_get_progress_async (store, coaching->project, coaching->operator_id, coaching->script, coaching->criterion,
                                     coaching->created_ms, self->cancellable, progress_cb, asked);
    }
}

/* ---- reading ---- */

/* Open ones first, by their date; then what is done, the newest first. */
static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const SideCoaching *x = (*(Note *const *) a)->coaching, *y = (*(Note *const *) b)->coaching;
  gint64 p = x->due_ms != 0 ? x->due_ms : G_MAXINT64, q = y->due_ms != 0 ? y->due_ms : G_MAXINT64;

  if ((x->done_ms != 0) != (y->done_ms != 0))
    return x->done_ms != 0 ? 1 : -1;
  if (x->done_ms != 0)
    return (x->done_ms < y->done_ms) - (x->done_ms > y->done_ms);
  if (p != q)
    return p < q ? -1 : 1;
  return (x->created_ms < y->created_ms) - (x->created_ms > y->created_ms);
}

static void
show_notes (SideCoachingGroup *self)
{
  gboolean writes = may_write (self);

  side_operator_clear_group (self->group);
  gtk_widget_set_visible (self->add, writes);
  gtk_widget_set_visible (GTK_WIDGET (self), writes || self->notes->len > 0);
  adw_preferences_group_set_description (self->group, self->notes->len == 0 ? _("Nothing was agreed on yet") : NULL);
  for (guint i = 0; i < self->notes->len; i++)
    add_row (self, self->notes->pdata[i]);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCoachingGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  if (documents == NULL)
    {
      g_signal_emit (self, failed_signal, 0, error);
      return;
    }
  side_operator_clear_group (self->group);
  g_ptr_array_set_size (self->notes, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];
      g_autoptr (SideCoaching) coaching = document->body != NULL ? side_wire_coaching_from_json (document->body, -1, NULL) : NULL;
      Note *note;

      if (coaching == NULL || g_strcmp0 (coaching->operator_id, self->id) != 0)
        continue;
      note = g_new0 (Note, 1);
      note->document = side_document_ref (document);
      note->coaching = g_steal_pointer (&coaching);
      g_ptr_array_add (self->notes, note);
    }
  g_ptr_array_sort (self->notes, compare_notes);
  show_notes (self);
}

/**
 * side_coaching_group_reload:
 * @self: a group
 *
 * Reads the notes anew; what is shown stays until then.
 */
void
side_coaching_group_reload (SideCoachingGroup *self)
{
  SideStore *store;

  g_return_if_fail (SIDE_IS_COACHING_GROUP (self));
  store = side_desk_get_store (self->desk);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (store != NULL && self->id != NULL && side_desk_get_project_id (self->desk) != NULL)
    side_store_list_documents_async (store, "coaching", side_desk_get_project_id (self->desk), NULL, self->cancellable, listed_cb,
                                     g_object_ref (self));
}

/**
 * side_coaching_group_set_operator:
 * @self: a group
 * @id: an operator's id
 * @criteria: (element-type SideCriterionFact): what a goal can be about; they are copied
 */
void
side_coaching_group_set_operator (SideCoachingGroup *self,
                                  const char        *id,
                                  const GArray      *criteria)
{
  g_return_if_fail (SIDE_IS_COACHING_GROUP (self) && id != NULL && criteria != NULL);
  if (g_strcmp0 (id, self->id) != 0)
    {
      side_steps_forget (self->steps);
      side_operator_clear_group (self->group);
      g_ptr_array_set_size (self->notes, 0);
      /* Who only reads sees it once there is something to read. */
      gtk_widget_set_visible (GTK_WIDGET (self), may_write (self));
      g_free (self->id);
      self->id = g_strdup (id);
    }
  g_array_set_size (self->criteria, 0);
  for (guint i = 0; i < criteria->len; i++)
    {
      SideCriterionFact fact = g_array_index (criteria, SideCriterionFact, i);

      fact.text = g_strdup (fact.text);
      g_array_append_val (self->criteria, fact);
    }
  side_coaching_group_reload (self);
}

/**
 * side_coaching_group_get_n_notes:
 * @self: a group
 *
 * Returns: how many notes are shown
 */
guint
side_coaching_group_get_n_notes (SideCoachingGroup *self)
{
  g_return_val_if_fail (SIDE_IS_COACHING_GROUP (self), 0);
  return self->notes->len;
}

/**
 * side_coaching_group_undo:
 * @self: a group
 *
 * Takes back what was written last.
 */
void
side_coaching_group_undo (SideCoachingGroup *self)
{
  g_autofree char *words = NULL;

  g_return_if_fail (SIDE_IS_COACHING_GROUP (self));
  words = side_steps_undo (self->steps);
  if (words == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
changed_cb (SideCoachingGroup *self,
            const char        *kind,
            const char        *id,
            const char        *call)
{
  if (g_str_equal (kind, "coaching") && gtk_widget_get_mapped (GTK_WIDGET (self)))
    side_coaching_group_reload (self);
}

static void
failed_cb (SideCoachingGroup *self,
           const GError      *error)
{
  g_signal_emit (self, failed_signal, 0, error);
}

static void
side_coaching_group_init (SideCoachingGroup *self)
{
  self->notes = g_ptr_array_new_with_free_func (free_note);
  self->criteria = g_array_new (FALSE, TRUE, sizeof (SideCriterionFact));
  g_array_set_clear_func (self->criteria, (GDestroyNotify) side_criterion_fact_clear);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Coaching"));
  self->add = gtk_button_new_with_label (_("Add Note"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->group, self->add);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

/**
 * side_coaching_group_new:
 * @desk: whose store, project and user
 *
 * Returns: (transfer floating): a group of nobody's notes yet
 */
GtkWidget *
side_coaching_group_new (SideDesk *desk)
{
  SideCoachingGroup *self = g_object_new (SIDE_TYPE_COACHING_GROUP, NULL);
  SideStore *store = side_desk_get_store (desk);

  self->desk = g_object_ref (desk);
  self->steps = side_steps_new (desk);
  g_signal_connect_object (self->steps, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  if (store != NULL)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
