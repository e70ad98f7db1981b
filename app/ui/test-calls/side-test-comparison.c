/* side-test-comparison.c - a test call beside the same call in the call centre's own history
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which call it is, is found by the finder, or picked by hand; here it is shown
 * with what both clocks and both recordings say. The test call is changed in
 * place, and whoever shows it writes it down.
 */
#include "side-test-comparison.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-test-comparison-words.h"
#include "side-test-finder.h"
#include "side-test-pick.h"
#include "side-test-recordings.h"
#include "side-text.h"
#include "side-wrapping.h"

struct _SideTestComparisonView
{
  GtkWidget      parent_instance;
  GtkWidget     *box;
  GtkWidget     *words;          /* of the call, or why there is none */
  GtkWidget     *found;          /* how it was found */
  GtkWidget     *clocks;         /* a grid */
  GtkWidget     *lines;          /* what follows from it */
  GtkWidget     *sounds;         /* what the recordings say */
  GtkWidget     *show, *pick, *undo, *compare;
  GtkWidget     *spinner;
  SideScenarios *shelf;
  SideTestCall  *call;
  SideTestFinder *finder;
  SideCall      *theirs;
  GCancellable  *comparing;      /* of the recordings */
  char          *before_call;    /* nullable: what undo brings back */
  SideTestMatch  before_match;
};

G_DEFINE_FINAL_TYPE (SideTestComparisonView, side_test_comparison_view, GTK_TYPE_WIDGET)

#define NOTHING SIDE_N_TEST_MATCHES   /* to be undone */

static guint changed_signal;

static void draw (SideTestComparisonView *self);

static SideDesk *
desk_of (SideTestComparisonView *self)
{
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

/* What happened is the author's to say. */
static gboolean
may_edit (SideTestComparisonView *self)
{
  SideDesk *desk = desk_of (self);

  return desk != NULL && self->call != NULL && side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf))
         && g_strcmp0 (self->call->review->reviewer, side_desk_get_user (desk)) == 0;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static void
add_line (GtkWidget         *box,
          SideTestAgreement  agreement,
          const char        *words)
{
  GtkWidget *line = gtk_grid_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (side_test_comparison_words_icon (agreement));
  GtkWidget *label = gtk_label_new (words);

  gtk_grid_set_column_spacing (GTK_GRID (line), 8);
  gtk_widget_add_css_class (icon, side_test_comparison_words_class (agreement));
  gtk_widget_add_css_class (label, side_test_comparison_words_class (agreement));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (GTK_GRID (line), icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (line), label, 1, 0, 1, 1);
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_plain (GtkWidget  *box,
           const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
}

/* ---- the clocks ---- */

static void
add_cell (GtkWidget  *grid,
          int         column,
          int         row,
          const char *words,
          const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
add_times (GtkWidget  *grid,
           int         row,
           const char *what,
           gint64      mine_ms,
           gint64      theirs_ms)
{
  g_autofree char *mine = side_test_comparison_words_seconds (mine_ms);
  g_autofree char *theirs = side_test_comparison_words_seconds (theirs_ms);

  add_cell (grid, 0, row, what, NULL);
  add_cell (grid, 1, row, mine, "numeric");
  add_cell (grid, 2, row, theirs, "numeric");
}

static void
draw_clocks (SideTestComparisonView *self)
{
  SideTestComparison clocks;
  SideTestAgreement agreement;
  g_autofree char *wait = NULL;
  g_autofree char *talk = NULL;

  side_test_call_compare (self->call, self->theirs, &clocks);
  add_cell (self->clocks, 1, 0, _("Your clock"), "dim-label");
  add_cell (self->clocks, 2, 0, _("Theirs"), "dim-label");
  add_times (self->clocks, 1, _("Waited for a person, from dialling"), clocks.my_wait_ms, clocks.their_wait_ms);
  add_times (self->clocks, 2, _("Talked, on hold included"), clocks.my_talk_ms, clocks.their_talk_ms);
  wait = side_test_comparison_words_wait (&clocks, &agreement);
  add_line (self->lines, agreement, wait);
  talk = side_test_comparison_words_talk (&clocks, &agreement);
  if (talk != NULL)
    add_line (self->lines, agreement, talk);
}

/* ---- the call ---- */

/* Clients know who answered where somebody said so. */
static const char *
operator_of (SideTestComparisonView *self)
{
  if (side_desk_get_role (desk_of (self)) == SIDE_ROLE_CLIENT && !self->call->names_shown)
    return NULL;
  return self->theirs->operator_name;
}

static char *
words_of_theirs (SideTestComparisonView *self)
{
  SideDesk *desk = desk_of (self);
  SideProject *project = side_desk_get_project (desk);
  GString *words = g_string_new (NULL);
  const char *name = operator_of (self);

  if (project != NULL)
    {
      g_autofree char *when = side_format_when (project->time_zone, self->theirs->joined_ms, side_desk_get_now_ms (desk));

      g_string_append (words, when);
    }
  if (self->theirs->queue != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", side_format_queue_name (project, self->theirs->queue));
  if (name != NULL)
    g_string_append_printf (words, " · %s", name);
  g_string_append_printf (words, " · %s", side_format_outcome (self->theirs->outcome));
  return g_string_free (words, FALSE);
}

static const char *
words_of_none (SideTestComparisonView *self)
{
  if (self->call->call != NULL)
    return _("The call centre’s call is not on this computer.");
  if (self->call->match == SIDE_TEST_MATCH_HAND)
    return _("None of the call centre’s calls, as was said by hand.");
  if (self->call->ended_ms == 0)
    return _("It is looked for in the call centre’s history once the test call is over.");
  if (self->call->caller == NULL || *self->call->caller == '\0')
    return _("Not found in the call centre’s history: the line does not say which number others see. Pick the call by hand.");
  return _("Not found in the call centre’s history yet. It is looked for again when calls arrive.");
}

static void
set_words (GtkWidget  *label,
           const char *words)
{
  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_visible (label, words != NULL);
}

static void
draw (SideTestComparisonView *self)
{
  g_autofree char *words = self->theirs != NULL ? words_of_theirs (self) : NULL;
  gboolean edit = may_edit (self);

  clear (self->clocks);
  clear (self->lines);
  gtk_widget_set_visible (self->clocks, self->theirs != NULL);
  set_words (self->words, words != NULL ? words : words_of_none (self));
  set_words (self->found, self->call->call != NULL ? side_test_comparison_words_found (self->call->match) : NULL);
  if (self->theirs != NULL)
    draw_clocks (self);
  gtk_widget_set_visible (self->show, self->theirs != NULL);
  gtk_widget_set_visible (self->pick, edit && self->call->ended_ms != 0);
  gtk_widget_set_visible (self->undo, edit && self->before_match != NOTHING);
  gtk_widget_set_visible (self->compare, self->theirs != NULL && self->theirs->recording != NULL);
}

/* ---- which call it is ---- */

static void
forget_sounds (SideTestComparisonView *self)
{
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->compare, TRUE);
  clear (self->sounds);
}

static void
found_cb (SideTestComparisonView *self)
{
  SideCall *theirs = side_test_finder_get_call (self->finder);

  if (theirs != NULL && (self->theirs == NULL || g_strcmp0 (self->theirs->id, theirs->id) != 0))
    forget_sounds (self);
  g_clear_pointer (&self->theirs, side_call_unref);
  self->theirs = theirs != NULL ? side_call_ref (theirs) : NULL;
  draw (self);
}

static void
matched_cb (SideTestComparisonView *self)
{
  draw (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
set_match (SideTestComparisonView *self,
           const char             *call,
           SideTestMatch           match)
{
  if (g_strcmp0 (self->call->call, call) == 0 && self->call->match == match)
    return;
  g_free (self->before_call);
  self->before_call = self->call->call;
  self->before_match = self->call->match;
  self->call->call = g_strdup (call);
  self->call->match = match;
  forget_sounds (self);
  side_test_finder_look (self->finder);
  g_signal_emit (self, changed_signal, 0);
  draw (self);
}

static void
picked_cb (SideTestComparisonView *self,
           const char             *call)
{
  set_match (self, *call != '\0' ? call : NULL, SIDE_TEST_MATCH_HAND);
}

static void
pick_cb (SideTestComparisonView *self)
{
  GtkWidget *window = side_test_pick_new (self->shelf, self->call);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_signal_connect_object (window, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
undo_cb (SideTestComparisonView *self)
{
  g_autofree char *call = g_steal_pointer (&self->before_call);
  SideTestMatch match = self->before_match;

  set_match (self, call, match);
  self->before_match = NOTHING;
  g_clear_pointer (&self->before_call, g_free);
  draw (self);
}

/* From a window of its own, too: the page of calls is the main window's. */
static void
show_cb (SideTestComparisonView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  for (GtkWidget *at = GTK_WIDGET (self); at != NULL;
       at = GTK_IS_WINDOW (root) ? GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (root))) : NULL,
       root = at != NULL ? gtk_widget_get_root (at) : NULL)
    if (gtk_widget_activate_action (at, "win.show-call", "s", self->theirs->id))
      {
        if (GTK_IS_WINDOW (root))
          gtk_window_present (GTK_WINDOW (root));
        return;
      }
}

/* ---- the recordings ---- */

static void
end_compare (SideTestComparisonView *self)
{
  g_clear_object (&self->comparing);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->compare, TRUE);
  clear (self->sounds);
}

static void
fail_compare (SideTestComparisonView *self,
              const GError           *error)
{
  g_autofree char *words = side_format_error (error);

  end_compare (self);
  add_line (self->sounds, SIDE_TEST_ODD, words);
}

static void
paired_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideTestComparisonView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePairing) pairing = side_pairing_of_files_finish (result, &error);
  g_autoptr (GPtrArray) lines = NULL;
  SideTestAgreement agreement;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (pairing == NULL)
    {
      fail_compare (self, error);
      return;
    }
  end_compare (self);
  lines = side_test_comparison_words_pairing (pairing, &agreement);
  for (guint i = 0; i < lines->len; i++)
    {
      if (i == 1)
        add_line (self->sounds, agreement, lines->pdata[i]);
      else
        add_plain (self->sounds, lines->pdata[i]);
    }
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideTestComparisonView) self = user_data;
  SideDesk *desk = SIDE_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *theirs = side_desk_fetch_recording_finish (desk, result, &error);
  g_autofree char *ours = NULL;

  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (theirs == NULL || self->call == NULL)
    {
      fail_compare (self, error);
      return;
    }
  ours = side_test_recordings_dup_path (desk, self->call);
  side_pairing_of_files_async (ours, theirs, self->comparing, paired_cb, g_object_ref (self));
}

static void
compare_cb (SideTestComparisonView *self)
{
  SideDesk *desk = desk_of (self);
  g_autofree char *ours = desk != NULL ? side_test_recordings_dup_path (desk, self->call) : NULL;

  if (ours == NULL || self->theirs == NULL)
    return;
  forget_sounds (self);
  if (!g_file_test (ours, G_FILE_TEST_EXISTS))
    {
      add_line (self->sounds, SIDE_TEST_ODD, _("Your recording is not on this computer: it stays where the call was made."));
      return;
    }
  self->comparing = g_cancellable_new ();
  gtk_widget_set_sensitive (self->compare, FALSE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  side_desk_fetch_recording_async (desk, self->theirs, NULL, NULL, self->comparing, fetched_cb, g_object_ref (self));
}

/* ---- the widget ---- */

static void
side_test_comparison_view_dispose (GObject *object)
{
  SideTestComparisonView *self = SIDE_TEST_COMPARISON_VIEW (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->call, side_test_call_unref);
  g_clear_pointer (&self->theirs, side_call_unref);
  g_clear_pointer (&self->before_call, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_test_comparison_view_parent_class)->dispose (object);
}

static void
side_test_comparison_view_class_init (SideTestComparisonViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_comparison_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", SIDE_TYPE_TEST_COMPARISON_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_label (SideTestComparisonView *self,
           const char             *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static GtkWidget *
new_box (SideTestComparisonView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (self->box), box);
  return box;
}

static GtkWidget *
new_button (SideTestComparisonView *self,
            GtkWidget              *box,
            const char             *words,
            GCallback               clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
side_test_comparison_view_init (SideTestComparisonView *self)
{
  GtkWidget *deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->before_match = NOTHING;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->words = new_label (self, NULL);
  self->found = new_label (self, "dim-label");
  self->clocks = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->clocks), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->clocks), 4);
  gtk_box_append (GTK_BOX (self->box), self->clocks);
  self->lines = new_box (self);
  self->sounds = new_box (self);
  gtk_box_append (GTK_BOX (self->box), deeds);
  self->show = new_button (self, deeds, _("_Show Their Call"), G_CALLBACK (show_cb));
  self->compare = new_button (self, deeds, _("_Compare the Recordings"), G_CALLBACK (compare_cb));
  self->pick = new_button (self, deeds, _("_Pick the Call…"), G_CALLBACK (pick_cb));
  self->undo = new_button (self, deeds, _("_Undo"), G_CALLBACK (undo_cb));
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (deeds), self->spinner);
}

/**
 * side_test_comparison_new:
 *
 * Returns: (transfer floating): a comparison without a call
 */
GtkWidget *
side_test_comparison_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_COMPARISON_VIEW, NULL);
}

/**
 * side_test_comparison_show:
 * @self: a comparison
 * @shelf: where @call is kept
 * @call: a test call, which is not copied: ::changed comes after it was changed here
 *
 * Where no matching call is known yet and the test call is this person's, it
 * is looked for, now and whenever calls arrive.
 */
void
side_test_comparison_show (SideTestComparisonView *self,
                           SideScenarios          *shelf,
                           SideTestCall           *call)
{
  g_return_if_fail (SIDE_IS_TEST_COMPARISON_VIEW (self) && SIDE_IS_SCENARIOS (shelf) && call != NULL);

  if (self->shelf == shelf && self->call == call)
    {
      draw (self);
      side_test_finder_look (self->finder);
      return;
    }
  forget_sounds (self);
  self->before_match = NOTHING;
  g_clear_pointer (&self->before_call, g_free);
  g_clear_pointer (&self->theirs, side_call_unref);
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  g_set_object (&self->shelf, shelf);
  g_clear_pointer (&self->call, side_test_call_unref);
  self->call = side_test_call_ref (call);
  self->finder = side_test_finder_new (shelf, call);
  g_signal_connect_object (self->finder, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->finder, "matched", G_CALLBACK (matched_cb), self, G_CONNECT_SWAPPED);
  draw (self);
  side_test_finder_look (self->finder);
}
