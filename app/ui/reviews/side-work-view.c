/* side-work-view.c - the calls one person is to review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blind calibrations this person is invited to, then one card a plan, the next
 * due date first, in it the calls in the order they are to be heard. Enter opens a call on the Calls page, where the form knows
 * what it is asked for. Nothing here tells a repeat from any other call.
 */
#include "side-work-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-calibrations.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-plan-words.h"
#include "side-status.h"

#define MAX_ROWS 50    /* of one plan: who has heard so many sees the next ones */
#define AHEAD    3     /* recordings fetched before they are wanted */

struct _SideWorkView
{
  GtkWidget         parent_instance;
  GtkWidget        *stack;
  GtkWidget        *count;
  GtkWidget        *next;
  GtkWidget        *plans_box;
  GtkWidget        *error_page;
  SideDesk         *desk;
  SidePlans        *plans;
  SideCalibrations *calibrations;
  char             *shown;        /* what the list was made of */
  GHashTable       *fetched;      /* ids of calls whose recordings were asked for */
  GCancellable     *cancellable;
};

G_DEFINE_FINAL_TYPE (SideWorkView, side_work_view, GTK_TYPE_WIDGET)

static void
side_work_view_dispose (GObject *object)
{
  SideWorkView *self = SIDE_WORK_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->plans != NULL)
    g_signal_handlers_disconnect_by_data (self->plans, self);
  if (self->calibrations != NULL)
    g_signal_handlers_disconnect_by_data (self->calibrations, self);
  g_clear_object (&self->plans);
  g_clear_object (&self->calibrations);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (side_work_view_parent_class)->dispose (object);
}

static void
side_work_view_finalize (GObject *object)
{
  SideWorkView *self = SIDE_WORK_VIEW (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->fetched);
  g_free (self->shown);
  G_OBJECT_CLASS (side_work_view_parent_class)->finalize (object);
}

static void
side_work_view_class_init (SideWorkViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_work_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_work_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
activated_cb (SideWorkView  *self,
              GtkListBoxRow *row)
{
  const char *call = g_object_get_data (G_OBJECT (row), "side-call");

  if (call != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-call", "s", call);
}

/* ---- the list ---- */

static GtkWidget *
new_row (SideWorkView   *self,
         const SideWork *work)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = side_plan_words_call (self->desk, work->call);
  g_autofree char *about = side_plan_words_about (self->desk, work->call);
  g_autofree char *state = side_plan_words_state (self->plans, work);
  GtkWidget *label = gtk_label_new (state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, work->review != NULL ? "heading" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "side-call", g_strdup (work->call->id), g_free);
  return row;
}

/* Calls nothing is known of yet, and nothing can be heard of, are one row. */
static GtkWidget *
new_missing_row (SideWorkView *self,
                 guint         missing)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("%u call is not on this computer yet", "%u calls are not on this computer yet", missing), missing);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (side_desk_is_incomplete (self->desk))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("The calls of the past are being fetched from the server."));
  return row;
}

static GtkWidget *
new_heading (SideWorkView   *self,
             const SidePlan *plan)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = side_plan_words_title (self->plans, plan);
  GtkWidget *title = gtk_label_new (name), *bar = gtk_level_bar_new ();
  SidePlanProgress progress = side_plans_get_progress (self->plans, plan, side_desk_get_user (self->desk));
  gboolean overdue = FALSE;
  g_autofree char *script = side_plan_words_script (self->plans, plan);
  g_autofree char *done = side_plan_words_progress (progress);
  g_autofree char *due = side_plan_words_due (self->desk, plan, &overdue);
  GtkWidget *about = gtk_label_new (script), *until = gtk_label_new (due), *far = gtk_label_new (done);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (until, overdue ? "error" : "dim-label");
  gtk_widget_add_css_class (far, "numeric");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), about);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), progress.total > 0 ? (double) progress.done / progress.total : 0);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, 120, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, done, -1);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), until);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), far);
  return box;
}

static void
add_more (GtkWidget *card,
          guint      more)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (more == 0)
    return;
  text = g_strdup_printf (ngettext ("%u more comes when these are done.", "%u more come when these are done.", more), more);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (card), label);
}

/* One plan's rows, from @first on; returns where the next plan begins. */
static guint
add_card (SideWorkView *self,
          GArray       *work,
          guint         first)
{
  const SidePlan *plan = g_array_index (work, SideWork, first).plan;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  guint end = first, missing = 0, shown = 0;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, plan->title != NULL ? plan->title : "", -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  for (; end < work->len && g_array_index (work, SideWork, end).plan == plan; end++)
    if (g_array_index (work, SideWork, end).call == NULL)
      missing++;
    else if (shown++ < MAX_ROWS)
      gtk_list_box_append (GTK_LIST_BOX (list), new_row (self, &g_array_index (work, SideWork, end)));
  if (missing > 0)
    gtk_list_box_append (GTK_LIST_BOX (list), new_missing_row (self, missing));
  gtk_box_append (GTK_BOX (card), new_heading (self, plan));
  gtk_box_append (GTK_BOX (card), list);
  add_more (card, shown > MAX_ROWS ? shown - MAX_ROWS : 0);
  gtk_box_append (GTK_BOX (self->plans_box), card);
  return end;
}

/* What a calibration is called in a list. */
static char *
dup_calibration_words (SideWorkView          *self,
                       const SideCalibration *calibration)
{
  guint left = side_calibrations_count_open (self->calibrations, calibration);
  g_autofree char *calls = g_strdup_printf (ngettext ("%u call to review", "%u calls to review", left), left);
  g_autofree char *due = side_plan_words_until (self->desk, calibration->due_ms, NULL);

  return due != NULL ? g_strdup_printf ("%s · %s", calls, due) : g_steal_pointer (&calls);
}

static GtkWidget *
new_calibration_row (SideWorkView          *self,
                     const SideCalibration *calibration)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = dup_calibration_words (self, calibration);
  g_autofree char *title = side_plan_words_calibration (self->calibrations, calibration);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "side-call", side_calibrations_find_next (self->calibrations, calibration, NULL), g_free);
  return row;
}

/* One row each, which leads to the next of its calls. */
static void
add_calibrations (SideWorkView *self)
{
  GPtrArray *calibrations = side_calibrations_list (self->calibrations);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *title = gtk_label_new (_("Blind calibrations")), *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Blind calibrations"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < calibrations->len; i++)
    if (side_calibrations_count_open (self->calibrations, calibrations->pdata[i]) > 0)
      gtk_list_box_append (GTK_LIST_BOX (list), new_calibration_row (self, calibrations->pdata[i]));
  gtk_box_append (GTK_BOX (card), title);
  gtk_box_append (GTK_BOX (card), list);
  gtk_box_append (GTK_BOX (self->plans_box), card);
}

/* Everything that is drawn, so that nothing is drawn anew for nothing. */
static char *
tell (SideWorkView *self,
      GArray       *work)
{
  GString *text = g_string_new (NULL);
  GPtrArray *calibrations = side_calibrations_list (self->calibrations);

  for (guint i = 0; i < calibrations->len; i++)
    {
      const SideCalibration *calibration = calibrations->pdata[i];
      g_autofree char *words = dup_calibration_words (self, calibration);
      g_autofree char *next = side_calibrations_find_next (self->calibrations, calibration, NULL);

      if (next != NULL)
        g_string_append_printf (text, "%s %s %s\n", calibration->title, words, next);
    }
  for (guint i = 0; i < work->len; i++)
    {
      const SideWork *one = &g_array_index (work, SideWork, i);
      SidePlanProgress progress = side_plans_get_progress (self->plans, one->plan, side_desk_get_user (self->desk));
      g_autofree char *state = side_plan_words_state (self->plans, one);
      g_autofree char *due = side_plan_words_due (self->desk, one->plan, NULL);
      g_autofree char *call = side_plan_words_call (self->desk, one->call);

      g_string_append_printf (text, "%s %s %s %s %s %s %u %u\n", one->plan->id, one->plan->title, one->task->call, state,
                              due != NULL ? due : "", call, progress.done, progress.total);
    }
  g_string_append_printf (text, "%d", side_desk_is_incomplete (self->desk));
  return g_string_free (text, FALSE);
}

static char *
dup_focused_call (SideWorkView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->plans_box))
    return NULL;
  return g_strdup (g_object_get_data (G_OBJECT (focus), "side-call"));
}

/* The cursor stays on its call; if that is done, it goes to the first one. */
static void
restore_focus (SideWorkView *self,
               const char   *call)
{
  GtkWidget *first = NULL;

  for (GtkWidget *card = gtk_widget_get_first_child (self->plans_box); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      GtkWidget *list = gtk_widget_get_next_sibling (gtk_widget_get_first_child (card));

      for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
        {
          first = first != NULL ? first : row;
          if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "side-call"), call) == 0)
            {
              gtk_widget_grab_focus (row);
              return;
            }
        }
    }
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static void
fill (SideWorkView *self,
      GArray       *work)
{
  g_autofree char *focused = dup_focused_call (self);

  side_clear_children (self->plans_box);
  if (side_calibrations_count_open (self->calibrations, NULL) > 0)
    add_calibrations (self);
  for (guint i = 0; i < work->len;)
    i = add_card (self, work, i);
  if (focused != NULL)
    restore_focus (self, focused);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, &error);

  /* Whoever opens the call is told what is wrong. */
  if (path == NULL)
    g_debug ("a recording was not fetched ahead: %s", error->message);
}

/* So that the next calls can be heard at once. */
static void
fetch_ahead (SideWorkView *self,
             GArray       *work)
{
  SideLibrarian *librarian = side_desk_get_librarian (self->desk);
  guint n = 0;

  /* While something plays the line is left to it. */
  if (side_desk_get_state (self->desk) != SIDE_DESK_LIVE || (librarian != NULL && side_librarian_is_held (librarian))
      || g_network_monitor_get_network_metered (g_network_monitor_get_default ()))
    return;
  for (guint i = 0; i < work->len && n < AHEAD; i++)
    {
      const SideCall *call = g_array_index (work, SideWork, i).call;

      if (call == NULL || call->recording == NULL || call->imported)
        continue;
      n++;
      if (g_hash_table_add (self->fetched, g_strdup (call->id)))
        side_desk_fetch_recording_async (self->desk, call, NULL, NULL, self->cancellable, fetched_cb, NULL);
    }
}

static void
update (SideWorkView *self)
{
  g_autoptr (GArray) work = side_plans_list_work (self->plans, NULL, side_desk_get_user (self->desk), TRUE);
  g_autofree char *text = tell (self, work);
  guint n = work->len + side_calibrations_count_open (self->calibrations, NULL);
  g_autofree char *count = g_strdup_printf (ngettext ("%u review to make", "%u reviews to make", n), n);

  gtk_label_set_label (GTK_LABEL (self->count), count);
  if (g_strcmp0 (text, self->shown) != 0)
    {
      fill (self, work);
      g_free (self->shown);
      self->shown = g_steal_pointer (&text);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0                                ? "list"
                                                             : side_plans_is_loading (self->plans) ? "loading" : "empty");
  fetch_ahead (self, work);
}

static void
failed_cb (SideWorkView *self,
           const GError *error)
{
  g_autofree char *words = side_format_error (error);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0)
    return;   /* what is there can be worked on */
  adw_status_page_set_description (ADW_STATUS_PAGE (self->error_page), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
}

static GtkWidget *
new_list (SideWorkView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "title-4");
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_set_hexpand (self->count, TRUE);
  self->next = gtk_button_new_with_mnemonic (_("_Next Call"));
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_set_tooltip_text (self->next, _("Open the next call to review"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "win.next-review");
  gtk_box_append (GTK_BOX (line), self->count);
  gtk_box_append (GTK_BOX (line), self->next);
  self->plans_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (content), line);
  gtk_box_append (GTK_BOX (content), self->plans_box);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 24);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
side_work_view_init (SideWorkView *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  self->cancellable = g_cancellable_new ();
  self->fetched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stack = gtk_stack_new ();
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  self->error_page = side_status_new ("dialog-warning-symbolic", _("Your Work Cannot Be Shown"), NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       side_status_new ("side-reviews-symbolic", _("Nothing to Review"),
                                   _("Calls that a plan or a blind calibration gives you to review stand here, the most urgent first.")), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error_page, "error");
  gtk_stack_add_named (GTK_STACK (self->stack), new_list (self), "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * side_work_view_new:
 * @desk: whose person
 *
 * Returns: (transfer floating) (nullable): the list; %NULL for who makes no reviews
 */
GtkWidget *
side_work_view_new (SideDesk *desk)
{
  SideWorkView *self;

  if (!side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (side_plans_get (desk))))
    return NULL;
  self = g_object_new (SIDE_TYPE_WORK_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->plans = g_object_ref (side_plans_get (desk));
  self->calibrations = g_object_ref (side_calibrations_get (desk));
  g_signal_connect_swapped (self->calibrations, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->plans, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (desk, "notify::incomplete", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->plans, "failed", G_CALLBACK (failed_cb), self);
  update (self);
  return GTK_WIDGET (self);
}
