/* side-script-preview.c - a form as a reviewer sees it, to be tried out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows are those of the scoring form beside a call; the answers go into a
 * review that is nowhere kept. Follows a draft while it is edited.
 */
#include "side-script-preview.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-criterion-row.h"
#include "side-place.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-script-labels.h"
#include "side-window-keys.h"

struct _SideScriptPreview
{
  AdwWindow        parent_instance;
  GtkWidget       *ring;
  GtkWidget       *words;
  GtkWidget       *whole;     /* that all is to be heard */
  GtkWidget       *list;
  GPtrArray       *rows;      /* of SideCriterionRow, not owned */
  SideDraftKeeper *keeper;    /* (nullable) */
  SideScript      *script;
  SideReview      *review;
  guint            rebuild_id;
};

G_DEFINE_FINAL_TYPE (SideScriptPreview, side_script_preview, ADW_TYPE_WINDOW)

static void
side_script_preview_dispose (GObject *object)
{
  SideScriptPreview *self = SIDE_SCRIPT_PREVIEW (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (side_script_preview_parent_class)->dispose (object);
}

static void
side_script_preview_class_init (SideScriptPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_script_preview_dispose;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static void
show_score (SideScriptPreview *self)
{
  SideScore score;
  g_autofree char *words = NULL;

  side_score_compute (self->script, self->review, &score);
  side_score_ring_set_score (SIDE_SCORE_RING (self->ring), score.answered > 0 ? score.score : NAN);
  if (score.critical_failed && side_score_is_lowered (score.score, score.would_be))
    words = g_strdup_printf (_("%u of %u answered · critical fault, without it %.0f"), score.answered, score.total, score.would_be);
  else if (score.critical_failed)
    words = g_strdup_printf (_("%u of %u answered · critical fault"), score.answered, score.total);
  else
    words = g_strdup_printf (_("%u of %u answered"), score.answered, score.total);
  gtk_label_set_label (GTK_LABEL (self->words), words);
}

/* An answer may decide whether another criterion applies. */
static void
show_answers (SideScriptPreview *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SideCriterionRow *row = g_ptr_array_index (self->rows, i);

      side_criterion_row_set_answer (row, side_review_find_answer (self->review, side_criterion_row_get_id (row)));
      side_criterion_row_set_applies (row, side_score_applies (self->script, self->review, side_criterion_row_get_criterion (row)));
    }
  show_score (self);
}

static void
answered_cb (SideScriptPreview *self,
             double             value,
             SideCriterionRow  *row)
{
  side_review_set_answer (self->review, side_criterion_row_get_id (row), value, 0, -1);
  show_answers (self);
}

/* Calls are shown by the window this one stands beside. */
static void
exemplar_cb (SideScriptPreview  *self,
             const SideExemplar *exemplar)
{
  GtkWindow *shown_by = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (shown_by != NULL && side_place_show (GTK_WIDGET (shown_by), exemplar->call, exemplar->from_ms, exemplar->to_ms, TRUE))
    gtk_window_present (shown_by);
}

static void
add_section (SideScriptPreview *self,
             const SideSection *section,
             guint              number)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, section->title);
  GtkWidget *card = side_criterion_add_section (GTK_BOX (self->list), title);

  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      GtkWidget *row = side_criterion_row_new (self->script, criterion);

      side_criterion_row_fill (SIDE_CRITERION_ROW (row));
      side_criterion_row_set_editable (SIDE_CRITERION_ROW (row), TRUE);
      g_ptr_array_add (self->rows, row);
      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "exemplar-activated", G_CALLBACK (exemplar_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (card), row);
    }
}

static void
show_script (SideScriptPreview *self,
             const SideScript  *script)
{
  g_autofree char *title = g_strdup_printf (_("Preview: %s"), side_script_label_title (script));

  side_script_ref ((SideScript *) script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = (SideScript *) script;
  gtk_window_set_title (GTK_WINDOW (self), title);
  side_clear_children (self->list);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (self->whole, script->whole_recording);
  for (guint i = 0; i < script->sections->len; i++)
    add_section (self, g_ptr_array_index (script->sections, i), i + 1);
  show_answers (self);
}

static gboolean
rebuild_cb (gpointer data)
{
  SideScriptPreview *self = data;

  self->rebuild_id = 0;
  show_script (self, side_draft_keeper_get_script (self->keeper));
  return G_SOURCE_REMOVE;
}

/* Not with every key that is typed: rows of a whole form are made anew. */
static void
changed_cb (SideScriptPreview *self)
{
  if (side_draft_keeper_get_script (self->keeper) == self->script)
    return;
  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  self->rebuild_id = g_timeout_add (300, rebuild_cb, self);
}

static void
side_script_preview_init (SideScriptPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (self), 400, 640);
  self->rows = g_ptr_array_new ();
  self->ring = side_score_ring_new ();
  self->words = gtk_label_new (NULL);
  self->whole = gtk_label_new (_("Finished only when the whole recording was heard"));
  gtk_label_set_wrap (GTK_LABEL (self->whole), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->whole), 0);
  gtk_widget_add_css_class (self->whole, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_box_append (GTK_BOX (lines), self->words);
  gtk_box_append (GTK_BOX (lines), self->whole);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), self->ring);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_widget_add_css_class (head, "script-content");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->list, "script-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_script_preview_new:
 * @parent: (nullable): the window it stands beside
 * @script: what is tried
 * @keeper: (nullable): of a draft, which is followed
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_script_preview_new (GtkWindow        *parent,
                         const SideScript *script,
                         SideDraftKeeper  *keeper)
{
  SideScriptPreview *self = g_object_new (SIDE_TYPE_SCRIPT_PREVIEW, "transient-for", parent, NULL);

  self->review = side_review_new ("", script->project, "", script->id, script->version);
  g_set_object (&self->keeper, keeper);
  if (keeper != NULL)
    g_signal_connect_object (keeper, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_script (self, script);
  return GTK_WINDOW (self);
}
