/* side-whatif-window.c - what a review would come to under another version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the other versions of the script, and its draft, from the store, and
 * counts the review's answers with the one that is chosen. Nothing is written:
 * the review keeps its version and its score.
 */
#include "side-whatif-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-format.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-window-keys.h"
#include "side-wire.h"

struct _SideWhatifWindow
{
  AdwWindow      parent_instance;
  SideDesk      *desk;
  SideScript    *script;        /* the version the review was made with */
  SideReview    *review;
  GPtrArray     *versions;      /* of SideScript: the newest first, drafts before all */
  GCancellable  *cancellable;
  int            next;          /* the version that is asked for next */
  GtkStack      *stack;
  GtkDropDown   *chooser;
  SideScoreRing *before;
  SideScoreRing *after;
  GtkLabel      *sum;
  GtkWidget     *list;
};

G_DEFINE_FINAL_TYPE (SideWhatifWindow, side_whatif_window, ADW_TYPE_WINDOW)

static void read_next (SideWhatifWindow *self);

static void
side_whatif_window_dispose (GObject *object)
{
  SideWhatifWindow *self = SIDE_WHATIF_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_whatif_window_parent_class)->dispose (object);
}

static void
side_whatif_window_finalize (GObject *object)
{
  SideWhatifWindow *self = SIDE_WHATIF_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_ptr_array_unref (self->versions);
  G_OBJECT_CLASS (side_whatif_window_parent_class)->finalize (object);
}

static void
side_whatif_window_class_init (SideWhatifWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_whatif_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_whatif_window_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static char *
answer_words (const SideScript    *script,
              const SideReview    *review,
              const SideCriterion *criterion)
{
  g_autofree char *answer = NULL;

  if (criterion == NULL)
    return g_strdup (_("not in this version"));
  if (!side_score_applies (script, review, criterion))
    return g_strdup (_("not asked"));
  answer = side_criterion_answer_words (criterion, side_review_get_answer (review, criterion->id));
  /* Translators: an answer and the points of its question: "Yes · 5" */
  return g_strdup_printf ("%s · %g", answer, criterion->weight);
}

static void
add_line (SideWhatifWindow    *self,
          const SideCriterion *old,
          const SideCriterion *new,
          const SideScript    *version)
{
  const SideCriterion *criterion = new != NULL ? new : old;
  g_autofree char *before = answer_words (self->script, self->review, old);
  g_autofree char *after = answer_words (version, self->review, new);
  g_autofree char *name = side_script_name_criterion (new != NULL ? version : self->script, criterion->id);
  g_autofree char *change = NULL;
  GtkWidget *row;

  if (g_str_equal (before, after) && g_str_equal (old->text, new->text) && old->critical == new->critical && old->bonus == new->bonus)
    return;
  /* Translators: an answer and points, before and after: "Yes · 5 → Yes · 10" */
  change = g_strdup_printf (_("%s → %s"), before, after);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), change);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
list_differences (SideWhatifWindow *self,
                  const SideScript *version)
{
  side_clear_children (self->list);
  for (guint i = 0; i < version->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (version->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);

          add_line (self, side_script_find_criterion (self->script, criterion->id), criterion, version);
        }
    }
  for (guint i = 0; i < self->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);

          if (side_script_find_criterion (version, criterion->id) == NULL)
            add_line (self, criterion, NULL, version);
        }
    }
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
}

static void
chosen_cb (SideWhatifWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);
  const SideScript *version;
  g_autofree char *missing = NULL;
  g_autofree char *dropped = NULL;
  g_autofree char *sum = NULL;
  SideRescore rescore;

  if (selected >= self->versions->len)
    return;
  version = g_ptr_array_index (self->versions, selected);
  side_score_rescore (self->script, version, self->review, &rescore);
  side_score_ring_set_score (self->before, rescore.before.score);
  side_score_ring_set_score (self->after, rescore.after.answered > 0 ? rescore.after.score : NAN);
  missing = g_strdup_printf (ngettext ("%u question has no answer in this review", "%u questions have no answer in this review",
                                       rescore.unanswered), rescore.unanswered);
  dropped = g_strdup_printf (ngettext ("%u answer has no question there", "%u answers have no question there", rescore.dropped),
                             rescore.dropped);
  if (rescore.unanswered == 0 && rescore.dropped == 0)
    sum = g_strdup (_("Every question has its answer. Nothing is changed by looking."));
  else
    sum = g_strdup_printf (_("%s; %s. Nothing is changed by looking."), missing, dropped);
  gtk_label_set_label (self->sum, sum);
  list_differences (self, version);
}

static void
show_versions (SideWhatifWindow *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->versions->len; i++)
    {
      const SideScript *version = g_ptr_array_index (self->versions, i);
      g_autofree char *words = g_strdup_printf (version->state == SIDE_SCRIPT_DRAFT ? _("Draft of version %d") : _("Version %d"),
                                                version->version);

      gtk_string_list_append (list, words);
    }
  gtk_stack_set_visible_child_name (self->stack, self->versions->len > 0 ? "versions" : "none");
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (list));
  chosen_cb (self);
}

static void
version_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideWhatifWindow) self = data;
  g_autoptr (GError) error = NULL;
  SideScript *version = side_store_get_script_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (version != NULL)
    g_ptr_array_add (self->versions, version);
  self->next--;
  read_next (self);
}

/* From the newest down to the first; those that never came here are left out. */
static void
read_next (SideWhatifWindow *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (self->next == self->script->version)
    self->next--;
  if (store == NULL || self->next < 1)
    show_versions (self);
  else
    side_store_get_script_async (store, self->script->id, self->next, self->cancellable, version_read_cb, g_object_ref (self));
}

static void
scripts_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SideWhatifWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideScript) script = NULL;

      if (!document->deleted && document->body != NULL && g_str_equal (document->id, self->script->id))
        script = side_wire_script_from_json (document->body, -1, NULL);
      if (script != NULL)
        self->next = MAX (self->next, script->version);
    }
  read_next (self);
}

static void
drafts_listed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SideWhatifWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      SideScript *draft;

      if (document->deleted || document->body == NULL)
        continue;
      draft = side_wire_script_from_json (document->body, -1, NULL);
      if (draft != NULL && g_strcmp0 (draft->script, self->script->id) == 0)
        g_ptr_array_add (self->versions, draft);
      else
        g_clear_pointer (&draft, side_script_unref);
    }
  side_store_list_documents_async (SIDE_STORE (source), "script", self->review->project, NULL, self->cancellable,
                                   scripts_listed_cb, g_object_ref (self));
}

static GtkWidget *
make_scores (SideWhatifWindow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *arrow = gtk_label_new ("→");
  g_autofree char *own = g_strdup_printf (_("Version %d"), self->script->version);

  self->before = SIDE_SCORE_RING (side_score_ring_new ());
  self->after = SIDE_SCORE_RING (side_score_ring_new ());
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->chooser), _("Under which version"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Under which version"), -1);
  gtk_widget_set_valign (GTK_WIDGET (self->chooser), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), gtk_label_new (own));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->before));
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->after));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->chooser));
  return line;
}

static GtkWidget *
make_page (SideWhatifWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->sum, TRUE);
  gtk_label_set_justify (self->sum, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), make_scores (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sum));
  gtk_box_append (GTK_BOX (box), self->list);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
side_whatif_window_init (SideWhatifWindow *self)
{
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * side_whatif_window_new:
 * @parent: (nullable): the window it belongs to
 * @desk: where versions are read
 * @script: the version @review was made with
 * @review: a finished review
 *
 * Returns: a window to be presented; it changes nothing
 */
GtkWindow *
side_whatif_window_new (GtkWindow        *parent,
                        SideDesk         *desk,
                        const SideScript *script,
                        const SideReview *review)
{
  SideWhatifWindow *self = g_object_new (SIDE_TYPE_WHATIF_WINDOW, "transient-for", parent, "modal", TRUE, "default-width", 520,
                                         "default-height", 520, "title", _("Score Under Another Version"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *none = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();
  SideStore *store = side_desk_get_store (desk);

  self->desk = g_object_ref (desk);
  self->script = side_script_ref ((SideScript *) script);
  self->review = side_review_copy (review);
  self->next = script->version;
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Other Version"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _("This script has no other version on this computer, and no draft of one."));
  gtk_stack_add_named (self->stack, spinner, "reading");
  gtk_stack_add_named (self->stack, make_page (self), "versions");
  gtk_stack_add_named (self->stack, none, "none");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  if (store != NULL)
    side_store_list_documents_async (store, "draft", review->project, NULL, self->cancellable, drafts_listed_cb,
                                     g_object_ref (self));
  else
    show_versions (self);
  return GTK_WINDOW (self);
}
