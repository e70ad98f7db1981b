/* side-disputes-view.c - reviews that wait for somebody's word
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list, and beside it the review that is chosen. An operator finds their own
 * reviews in it, whoever judges finds the disputes by their due times, what
 * was judged, what was not acknowledged yet, and how often criteria are
 * overturned.
 */
#include "side-disputes-view.h"

#include <glib/gi18n.h>

#include "side-answered-sheet.h"
#include "side-blind-note.h"
#include "side-dispute-words.h"
#include "side-format.h"
#include "side-status.h"

#define MAX_ROWS   100   /* of one kind that is not urgent */
#define LIST_WIDTH 380   /* px */

struct _SideDisputesView
{
  GtkWidget          parent_instance;
  GtkWidget         *box;
  GtkWidget         *stack;
  GtkListBox        *list;
  SideAnsweredSheet *sheet;
  GtkWidget         *error_page;
  SideDisputes      *disputes;
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (SideDisputesView, side_disputes_view, GTK_TYPE_WIDGET)

static guint toast_signal;

static void
side_disputes_view_dispose (GObject *object)
{
  SideDisputesView *self = SIDE_DISPUTES_VIEW (object);

  if (self->disputes != NULL)
    g_signal_handlers_disconnect_by_data (self->disputes, self);
  g_clear_object (&self->disputes);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_disputes_view_parent_class)->dispose (object);
}

static void
side_disputes_view_class_init (SideDisputesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_disputes_view_dispose;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_DISPUTES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
side_disputes_view_init (SideDisputesView *self)
{
}

/* ---- rows ---- */

static GtkWidget *
add_row (SideDisputesView   *self,
         const char         *section,
         const char         *title,
         const char         *subtitle,
         const SideAnswered *answered,
         const char         *key)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  g_object_set_data (G_OBJECT (row), "side-section", (gpointer) g_intern_string (section));
  g_object_set_data_full (G_OBJECT (row), "side-key", g_strdup (key), g_free);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), answered != NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), answered != NULL);
  if (answered != NULL)
    g_object_set_data_full (G_OBJECT (row), "side-review", g_strdup (answered->review->id), g_free);
  gtk_list_box_append (self->list, row);
  return row;
}

static void
add_score (GtkWidget          *row,
           const SideAnswered *answered)
{
  g_autofree char *score = side_dispute_words_score (answered);
  GtkWidget *label = gtk_label_new (score);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_tooltip_text (label, _("Score"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static guint
count_open (const SideAnswered *answered)
{
  guint n = 0;

  for (guint i = 0; i < answered->disputes->len; i++)
    n += ((SideDispute *) answered->disputes->pdata[i])->state == SIDE_DISPUTE_OPEN;
  return n;
}

/* What an operator has to do about it, or who has. */
static char *
tell_own (const SideAnswered *answered)
{
  guint open = count_open (answered);

  if (open > 0)
    return g_strdup_printf (ngettext ("%u dispute open", "%u disputes open", open), open);
  if (answered->read != NULL)
    return g_strdup (_("Acknowledged"));
  return g_strdup (answered->review->revision > 1 ? _("Changed since; not acknowledged yet") : _("Not acknowledged yet"));
}

/* Of the reviews of a call with a script the one finished last counts: of those
 * that were drawn at random, and of the others. */
static gboolean
is_instead (const SideAnswered *a,
            const SideAnswered *b)
{
  return g_strcmp0 (a->review->call, b->review->call) == 0 && g_strcmp0 (a->review->script, b->review->script) == 0
         && (side_review_get_counted (a->review) == SIDE_SELECTION_RANDOM) == (side_review_get_counted (b->review) == SIDE_SELECTION_RANDOM);
}

static gint64
sealed_ms (const SideAnswered *answered)
{
  g_autoptr (SideReview) sealed = side_review_dup_sealed (answered->review);

  return sealed != NULL ? sealed->finished_ms : 0;
}

/* Tells apart the reviews of one call; NULL where there is but one. */
static char *
tell_which (SideDesk           *desk,
            const GPtrArray    *list,
            const SideAnswered *answered)
{
  g_autofree char *review = NULL;
  guint n = 0, n_instead = 0;
  gboolean newest = TRUE;

  for (guint i = 0; i < list->len; i++)
    {
      const SideAnswered *other = list->pdata[i];

      n += g_strcmp0 (other->review->call, answered->review->call) == 0;
      if (other == answered || !is_instead (other, answered))
        continue;
      n_instead++;
      newest = newest && (sealed_ms (other) < sealed_ms (answered)
                          || (sealed_ms (other) == sealed_ms (answered) && g_strcmp0 (other->review->id, answered->review->id) < 0));
    }
  if (n < 2)
    return NULL;
  review = side_dispute_words_review (desk, answered);
  if (n_instead == 0)
    return g_steal_pointer (&review);
  return g_strdup_printf ("%s · %s", review, newest ? _("this review counts") : _("does not count: the call was reviewed again later"));
}

static void
fill_own (SideDisputesView *self)
{
  SideDesk *desk = side_disputes_get_desk (self->disputes);
  GPtrArray *list = side_disputes_list (self->disputes);

  for (guint i = 0; i < list->len; i++)
    {
      const SideAnswered *answered = list->pdata[i];
      g_autofree char *call = side_dispute_words_call (desk, answered);
      g_autofree char *state = tell_own (answered);
      g_autofree char *which = tell_which (desk, list, answered);
      const char *title = which != NULL ? which : answered->script != NULL ? answered->script->title : "–";
      g_autofree char *about = g_strdup_printf ("%s · %s", title, state);

      add_score (add_row (self, "", call, about, answered, answered->review->id), answered);
    }
}

typedef struct {
  const SideAnswered *answered;
  const SideDispute  *dispute;
} Case;

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const SideDispute *x = ((const Case *) a)->dispute, *y = ((const Case *) b)->dispute;

  return x->due_ms < y->due_ms ? -1 : x->due_ms > y->due_ms;
}

static int
compare_judged (gconstpointer a,
                gconstpointer b)
{
  const SideDispute *x = ((const Case *) a)->dispute, *y = ((const Case *) b)->dispute;

  return x->judged_ms > y->judged_ms ? -1 : x->judged_ms < y->judged_ms;
}

static GArray *
list_cases (SideDisputesView *self,
            gboolean          open)
{
  GPtrArray *list = side_disputes_list (self->disputes);
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (Case));

  for (guint i = 0; i < list->len; i++)
    {
      const SideAnswered *answered = list->pdata[i];

      for (guint k = 0; k < answered->disputes->len; k++)
        {
          Case one = { answered, answered->disputes->pdata[k] };

          if ((one.dispute->state == SIDE_DISPUTE_OPEN) == open)
            g_array_append_val (cases, one);
        }
    }
  g_array_sort (cases, open ? compare_due : compare_judged);
  return cases;
}

static void
fill_cases (SideDisputesView *self,
            const char       *section,
            gboolean          open)
{
  SideDesk *desk = side_disputes_get_desk (self->disputes);
  g_autoptr (GArray) cases = list_cases (self, open);

  for (guint i = 0; i < cases->len && (open || i < MAX_ROWS); i++)
    {
      const Case *one = &g_array_index (cases, Case, i);
      g_autofree char *criterion = side_script_name_criterion (one->answered->script, one->dispute->criterion);
      g_autofree char *call = side_dispute_words_call (desk, one->answered);
      g_autofree char *state = side_dispute_words_state (desk, one->answered, one->dispute);
      g_autofree char *about = g_strdup_printf ("%s\n%s", call, state);
      GtkWidget *row = add_row (self, section, criterion, about, one->answered, one->dispute->id);
      gboolean overdue = FALSE;

      if (open)
        g_free (side_dispute_words_due (desk, one->dispute, &overdue));
      if (overdue)
        {
          GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

          gtk_widget_add_css_class (icon, "error");
          gtk_widget_set_tooltip_text (icon, state);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
        }
    }
}

static void
fill_unread (SideDisputesView *self)
{
  SideDesk *desk = side_disputes_get_desk (self->disputes);
  GPtrArray *list = side_disputes_list (self->disputes);
  guint n = 0;

  for (guint i = 0; i < list->len && n < MAX_ROWS; i++)
    {
      const SideAnswered *answered = list->pdata[i];
      g_autofree char *call = NULL;
      g_autofree char *about = NULL;

      if (answered->read != NULL || !side_review_counts (answered->review))
        continue;
      n++;
      call = side_dispute_words_call (desk, answered);
      about = side_dispute_words_review (desk, answered);
      add_score (add_row (self, _("Not Acknowledged Yet"), call, about, answered, answered->review->id), answered);
    }
}

static void
fill_overturned (SideDisputesView *self)
{
  GPtrArray *list = side_disputes_list (self->disputes);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GHashTable) scripts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      SideAnswered *answered = list->pdata[i];

      for (guint k = 0; k < answered->disputes->len; k++)
        g_ptr_array_add (all, answered->disputes->pdata[k]);
      if (answered->script != NULL)
        g_hash_table_insert (scripts, answered->review->script, answered->script);
    }
  rows = side_overturn_count (all);
  for (guint i = 0; i < rows->len; i++)
    {
      const SideOverturn *row = rows->pdata[i];
      const SideScript *script = row->script != NULL ? g_hash_table_lookup (scripts, row->script) : NULL;
      g_autofree char *criterion = side_script_name_criterion (script, row->criterion);
      g_autofree char *words = side_dispute_words_overturn (row);

      if (row->n_judged > 0)
        add_row (self, _("How Often Operators Were Right"), criterion, words, NULL, NULL);
    }
}

/* ---- the list ---- */

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       data)
{
  const char *section = g_object_get_data (G_OBJECT (row), "side-section");
  const char *above = before != NULL ? g_object_get_data (G_OBJECT (before), "side-section") : NULL;
  GtkWidget *label;

  if (section == above || *section == '\0')
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, before != NULL ? 18 : 12);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static void
selected_cb (SideDisputesView *self,
             GtkListBoxRow    *row)
{
  if (!self->filling)
    side_answered_sheet_show (self->sheet, row != NULL ? g_object_get_data (G_OBJECT (row), "side-review") : NULL);
}

static GtkListBoxRow *
find_row (SideDisputesView *self,
          const char       *key,
          const char       *review)
{
  GtkListBoxRow *of_review = NULL, *first = NULL, *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (!gtk_list_box_row_get_selectable (row))
        continue;
      if (key != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (row), "side-key"), key) == 0)
        return row;
      if (of_review == NULL && review != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (row), "side-review"), review) == 0)
        of_review = row;
      first = first != NULL ? first : row;
    }
  return of_review != NULL ? of_review : first;
}

/* What was chosen stays chosen, also when it moves to another section. */
static void
fill (SideDisputesView *self)
{
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (self->list);
  g_autofree char *key = chosen != NULL ? g_strdup (g_object_get_data (G_OBJECT (chosen), "side-key")) : NULL;
  g_autofree char *review = chosen != NULL ? g_strdup (g_object_get_data (G_OBJECT (chosen), "side-review")) : NULL;
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (side_disputes_is_own (self->disputes))
    {
      fill_own (self);
    }
  else
    {
      fill_cases (self, _("Open Disputes"), TRUE);
      fill_unread (self);
      fill_cases (self, _("Judged and Withdrawn"), FALSE);
      fill_overturned (self);
    }
  row = find_row (self, key, review);
  gtk_list_box_select_row (self->list, row);
  self->filling = FALSE;
  selected_cb (self, row);
  if (focused && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
update (SideDisputesView *self)
{
  gboolean read = side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->disputes));

  fill (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), gtk_list_box_get_row_at_index (self->list, 0) != NULL ? "list"
                                                             : read ? "empty" : "loading");
}

static void
failed_cb (SideDisputesView *self,
           const GError     *error)
{
  g_autofree char *words = side_format_error (error);

  if (side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->disputes)))
    return;   /* what is there can be worked on, and the sheet tells */
  adw_status_page_set_description (ADW_STATUS_PAGE (self->error_page), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
}

/* ---- the widget ---- */

static void
toast_cb (SideDisputesView *self,
          const char       *text,
          const char       *action)
{
  g_signal_emit (self, toast_signal, 0, text, action);
}

static GtkWidget *
new_panes (SideDisputesView *self)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL), *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  side_disputes_is_own (self->disputes) ? _("My reviews") : _("Disputes"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  self->sheet = SIDE_ANSWERED_SHEET (side_answered_sheet_new (self->disputes));
  g_signal_connect_object (self->sheet, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  gtk_paned_set_start_child (GTK_PANED (paned), scrolled);
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->sheet));
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_position (GTK_PANED (paned), LIST_WIDTH);
  return paned;
}

static GtkWidget *
new_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  return spinner;
}

static GtkWidget *
create (SideDesk *desk)
{
  SideDisputesView *self = g_object_new (SIDE_TYPE_DISPUTES_VIEW, NULL);
  gboolean own;

  self->disputes = g_object_ref (side_disputes_get (desk));
  own = side_disputes_is_own (self->disputes);
  self->stack = gtk_stack_new ();
  self->error_page = side_status_new ("dialog-warning-symbolic", own ? _("Your Reviews Cannot Be Shown") : _("The Disputes Cannot Be Shown"), NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), new_spinner (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       own ? side_status_new ("side-reviews-symbolic", _("No Reviews Yet"), _("When a call of yours was reviewed, it stands here."))
                           : side_status_new ("side-reviews-symbolic", _("Nothing in Dispute"),
                                         _("What operators say to finished reviews stands here.")), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error_page, "error");
  gtk_stack_add_named (GTK_STACK (self->stack), new_panes (self), "list");
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), side_blind_note_new (desk));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->disputes, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->disputes, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * side_disputes_view_new:
 * @desk: whose disputes
 *
 * Returns: (transfer floating) (nullable): the list; %NULL for who does not judge
 */
GtkWidget *
side_disputes_view_new (SideDesk *desk)
{
  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  if (side_disputes_is_own (side_disputes_get (desk)) || !side_disputes_may_answer (side_disputes_get (desk)))
    return NULL;
  return create (desk);
}

/**
 * side_my_reviews_new:
 * @desk: whose reviews
 *
 * Returns: (transfer floating) (nullable): an operator's own reviews; %NULL for everybody else
 */
GtkWidget *
side_my_reviews_new (SideDesk *desk)
{
  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  return side_disputes_is_own (side_disputes_get (desk)) ? create (desk) : NULL;
}
