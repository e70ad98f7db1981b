/* side-plan-window.c - one plan: what it came to, who is how far, which calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn anew whenever the plans change. Supervisors, and whoever made the
 * plan, give calls to somebody else, put another one in the place of one that
 * cannot be reviewed, and close it.
 */
#include "side-plan-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-blind.h"
#include "side-date-row.h"
#include "side-error.h"
#include "side-format.h"
#include "side-plan-ask.h"
#include "side-plan-draw-rows.h"
#include "side-plan-frame.h"
#include "side-plan-rows.h"
#include "side-plan-rule.h"
#include "side-plan-words.h"
#include "side-reviewers.h"
#include "side-text.h"
#include "side-toast.h"

/* Calls that are listed at first, and with each wish for more: rows cost time. */
#define FIRST_ROWS 50
#define MORE_ROWS  100

struct _SidePlanWindow
{
  AdwWindow        parent_instance;
  GtkWidget       *toasts;
  AdwWindowTitle  *heading;
  GtkWidget       *close_plan;
  GtkWidget       *clamp;
  GtkWidget       *scrolled;
  SideDesk        *desk;
  SidePlans       *plans;
  char            *id;
  SidePlanChecked  checked;      /* what checking the draw said */
  guint            n_rows;       /* calls that are listed, if there are so many */
  guint            go_on_at;     /* the first of those that were asked for */
  GtkWidget       *go_on;        /* (nullable): its row, while it gets the focus */
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (SidePlanWindow, side_plan_window, ADW_TYPE_WINDOW)

static void update (SidePlanWindow *self);

static void
side_plan_window_dispose (GObject *object)
{
  SidePlanWindow *self = SIDE_PLAN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->plans != NULL)
    g_signal_handlers_disconnect_by_data (self->plans, self);
  g_clear_object (&self->plans);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_plan_window_parent_class)->dispose (object);
}

static void
side_plan_window_finalize (GObject *object)
{
  SidePlanWindow *self = SIDE_PLAN_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_free (self->id);
  side_plan_checked_clear (&self->checked);
  G_OBJECT_CLASS (side_plan_window_parent_class)->finalize (object);
}

static gboolean
may_manage (SidePlanWindow *self,
            const SidePlan *plan)
{
  return side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->plans)) && plan->closed_ms == 0
         && side_plan_may_manage (plan, side_desk_get_user (self->desk), side_desk_get_role (self->desk) == SIDE_ROLE_SUPERVISOR);
}

static gboolean
sees_people (SidePlanWindow *self)
{
  return side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->plans));
}

/* ---- what is done to it ---- */

typedef struct {
  SidePlanWindow *self;
  char           *call;
  char           *reviewer;
} Deed;

static Deed *
deed_new (SidePlanWindow *self,
          const char     *call,
          const char     *reviewer)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->self = g_object_ref (self);
  deed->call = g_strdup (call);
  deed->reviewer = g_strdup (reviewer);
  return deed;
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_object_unref (deed->self);
  g_free (deed->call);
  g_free (deed->reviewer);
  g_free (deed);
}

static void
replaced_cb (const char *reason,
             gpointer    data)
{
  const Deed *deed = data;
  const SidePlan *plan = side_plans_find (deed->self->plans, deed->self->id);
  g_autoptr (SidePlan) changed = plan != NULL ? side_plan_copy (plan) : NULL;

  if (changed != NULL && (side_plan_replace (changed, deed->call, reason) || side_plan_drop (changed, deed->call, reason)))
    side_plans_put (deed->self->plans, changed);
}

static void
replace_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SidePlanWindow *self = SIDE_PLAN_WINDOW (widget);
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  const char *call = g_variant_get_string (parameter, NULL);
  const char *const reasons[] = { _("No recording"), _("Cannot be understood"), _("Wrong number"), NULL };

  if (plan == NULL || !may_manage (self, plan))
    return;
  side_plan_ask (GTK_WINDOW (self), _("Why can it not be reviewed?"),
                 side_plan_find_stand_in (plan, call) != NULL
                   ? _("The next call by lot takes its place. The reason is kept with the plan.")
                   : _("There is no call left to take its place: the plan becomes one call shorter. The reason is kept."),
                 reasons, _("Another reason…"), _("_Replace"), replaced_cb, deed_new (self, call, NULL), deed_free);
}

static void
reassigned_cb (const char *to,
               gpointer    data)
{
  const Deed *deed = data;
  const SidePlan *plan = side_plans_find (deed->self->plans, deed->self->id);
  g_autoptr (SidePlan) changed = plan != NULL ? side_plan_copy (plan) : NULL;

  if (changed == NULL)
    return;
  if (side_plan_reassign (changed, deed->call, deed->reviewer, to) > 0)
    side_plans_put (deed->self->plans, changed);
  else
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (deed->self->toasts), side_toast_new (_("They have this call already.")));
}

static void
add_name (gpointer    names,
          const char *name,
          const char *about)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* Those of the plan first, then who else reviews in the project. */
static void
reassign_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SidePlanWindow *self = SIDE_PLAN_WINDOW (widget);
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *call, *reviewer;
  gboolean told;
  guint place;

  g_variant_get (parameter, "(&s&s)", &call, &reviewer);
  if (plan == NULL || !may_manage (self, plan))
    return;
  for (guint i = 0; i < plan->reviewers->len; i++)
    add_name (names, ((SidePlanReviewer *) plan->reviewers->pdata[i])->name, NULL);
  side_reviewers_each (self->desk, add_name, names);
  if (g_ptr_array_find_with_equal_func (names, reviewer, g_str_equal, &place))
    g_ptr_array_remove_index (names, place);
  told = side_reviewers_are_told (self->desk) && names->len > 0;
  g_ptr_array_add (names, NULL);
  side_plan_ask (GTK_WINDOW (self), _("Who is to review it?"), _("Answers that were given already stay with the call."),
                 (const char *const *) names->pdata, told ? NULL : _("Somebody else…"), _("_Give"), reassigned_cb,
                 deed_new (self, call, reviewer), deed_free);
}

static void
closing_cb (AdwMessageDialog *dialog,
            const char       *response,
            SidePlanWindow   *self)
{
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  g_autoptr (SidePlan) changed = NULL;

  if (!g_str_equal (response, "close-plan") || plan == NULL)
    return;
  changed = side_plan_copy (plan);
  changed->closed_ms = side_desk_get_write_ms (self->desk);
  side_plans_put (self->plans, changed);
}

static void
close_cb (SidePlanWindow *self)
{
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  SidePlanProgress progress;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (plan == NULL)
    return;
  progress = side_plans_get_progress (self->plans, plan, NULL);
  body = progress.done < progress.total
           ? g_strdup_printf (ngettext ("%u review is not made yet. It leaves the work list.",
                                        "%u reviews are not made yet. They leave the work lists.", progress.total - progress.done),
                              progress.total - progress.done)
           : g_strdup (_("All its reviews are made. Its result stays."));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Close the plan?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "close-plan", _("C_lose the Plan"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close-plan", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (closing_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SidePlanWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePlanReport) report = side_plan_frame_check_finish (SIDE_DESK (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  side_plan_checked_clear (&self->checked);
  if (error != NULL)
    self->checked.failed = side_format_error (error);
  self->checked.report = g_steal_pointer (&report);
  update (self);
}

static void
check_cb (SidePlanWindow *self)
{
  const SidePlan *plan = side_plans_find (self->plans, self->id);

  if (plan != NULL)
    side_plan_frame_check_async (self->desk, plan, self->cancellable, checked_cb, g_object_ref (self));
}

static void
activated_cb (SidePlanWindow *self,
              AdwActionRow   *row)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *call = g_object_get_data (G_OBJECT (row), "side-call");

  if (parent == NULL || call == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-call", "s", call);
  gtk_window_close (GTK_WINDOW (self));
}

static void
due_cb (SidePlanWindow *self,
        SideDateRow    *row)
{
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  g_autoptr (SidePlan) changed = plan != NULL && may_manage (self, plan) ? side_plan_copy (plan) : NULL;

  if (changed == NULL)
    return;
  changed->due_ms = side_date_row_get_due (row);
  side_plans_put (self->plans, changed);
}

static void
side_plan_window_class_init (SidePlanWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_plan_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_plan_window_finalize;
  gtk_widget_class_install_action (widget_class, "plan.replace", "s", replace_action);
  gtk_widget_class_install_action (widget_class, "plan.reassign", "(ss)", reassign_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* ---- what is shown ---- */

static void
add_result (SidePlanWindow *self,
            GtkWidget      *box,
            const SidePlan *plan)
{
  gboolean drawn = plan->kind == SIDE_PLAN_RANDOM;
  GtkWidget *group = side_plan_rows_group (box, _("Result"),
                                           drawn ? _("Drawn by lot: it stands for all the calls that it was drawn from.")
                                                 : _("Chosen calls: it stands for these calls alone."));
  SideSampleResult result;
  guint hidden = side_plans_get_result (self->plans, plan, &result);
  g_autofree char *words = NULL, *full = NULL;

  words = side_plan_words_result (plan, &result);
  side_plan_rows_add (group, _("Score"), drawn && result.n > 1 ? _("In brackets: where it would lie if all of them were reviewed, 95 %") : NULL, words);
  if (drawn && result.n > 0)
    {
      /* Translators: so many of so many calls, and the range of the share in per cent: "3 of 12 (9–53 %)" */
      full = g_strdup_printf (_("%u of %u (%.0f–%.0f %%)"), result.full, result.n, 100 * result.full_interval.low, 100 * result.full_interval.high);
      side_plan_rows_add (group, _("Calls with nothing to fault"), NULL, full);
    }
  if (hidden > 0)
    {
      g_autofree char *without = g_strdup_printf (ngettext ("%u review is not counted in", "%u reviews are not counted in", hidden), hidden);

      side_plan_rows_add (group, without, side_blind_words (), NULL);
    }
  if (drawn && result.few && result.n > 0)
    {
      g_autofree char *few = g_strdup_printf (ngettext ("Fewer than %d review: too few to compare anybody.",
                                                        "Fewer than %d reviews: too few to compare anybody.", SIDE_QUALITY_ENOUGH), SIDE_QUALITY_ENOUGH);
      GtkWidget *row = side_plan_rows_add (group, few, NULL, NULL);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
    }
}

static void
add_people (SidePlanWindow *self,
            GtkWidget      *box,
            const SidePlan *plan)
{
  GtkWidget *group = side_plan_rows_group (box, _("Reviewers"), NULL);
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const char *name = ((const SidePlanTask *) plan->tasks->pdata[i])->reviewer;
      SidePlanProgress progress;
      g_autofree char *done = NULL;
      GtkWidget *row, *bar;

      if (!g_hash_table_add (named, (gpointer) name))
        continue;
      progress = side_plans_get_progress (self->plans, plan, name);
      done = side_plan_words_progress (progress);
      row = side_plan_rows_add (group, name, NULL, NULL);
      bar = gtk_level_bar_new ();
      gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), progress.total > 0 ? (double) progress.done / progress.total : 0);
      gtk_widget_set_size_request (bar, 140, -1);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, done, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (done));
    }
}

static GtkWidget *
new_menu (const SideWork *work)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) replace = g_menu_item_new (_("_Replace…"), NULL), reassign = g_menu_item_new (_("_Give to Somebody Else…"), NULL);
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_item_set_action_and_target (reassign, "plan.reassign", "(ss)", work->task->call, work->task->reviewer);
  g_menu_item_set_action_and_target (replace, "plan.replace", "s", work->task->call);
  g_menu_append_item (menu, reassign);
  g_menu_append_item (menu, replace);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("What to do with this call"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What to do with this call"), -1);
  return button;
}

/* Why it is there, and whose it is. Nobody reads here that a call of theirs is a repeat. */
static char *
tell_task (SidePlanWindow *self,
           const SideWork *work)
{
  const SidePlanItem *item = side_plan_find_item (work->plan, work->task->call);
  gboolean own = g_strcmp0 (work->task->reviewer, side_desk_get_user (self->desk)) == 0;
  g_autoptr (GString) text = g_string_new (NULL);

  if (sees_people (self))
    g_string_append (text, work->task->reviewer);
  if (work->task->selection == SIDE_SELECTION_SECOND)
    g_string_append_printf (text, " · %s", _("second reviewer"));
  else if (work->task->selection == SIDE_SELECTION_REPEAT && !own)
    g_string_append_printf (text, " · %s", _("the same call again"));
  if (item != NULL && item->rule != SIDE_PLAN_RULE_NONE)
    g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", side_plan_words_rule (item->rule));
  if (work->review != NULL && work->review->finished_ms != 0 && side_blind_hides (side_blind_get (self->desk), work->review))
    g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", side_blind_words ());
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
add_call (SidePlanWindow *self,
          GtkWidget      *group,
          const SidePlan *plan,
          const SideWork *work)
{
  g_autofree char *title = side_plan_words_call (self->desk, work->call);
  g_autofree char *about = tell_task (self, work);
  g_autofree char *state = side_plan_words_state (self->plans, work);
  GtkWidget *row = side_plan_rows_add (group, title, about, state);

  if (work->call != NULL)
    {
      g_object_set_data_full (G_OBJECT (row), "side-call", g_strdup (work->call->id), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
    }
  if (may_manage (self, plan) && (work->review == NULL || work->review->finished_ms == 0))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_menu (work));
  return row;
}

/* The keyboard goes on where the list ended. */
static void
more_cb (SidePlanWindow *self)
{
  self->go_on_at = self->n_rows;
  self->n_rows += MORE_ROWS;
  update (self);
  if (self->go_on != NULL)
    gtk_widget_grab_focus (self->go_on);
  self->go_on_at = 0;
  self->go_on = NULL;
}

static void
add_calls (SidePlanWindow *self,
           GtkWidget      *box,
           const SidePlan *plan)
{
  GtkWidget *group = side_plan_rows_group (box, _("Calls"), NULL);
  g_autoptr (GArray) work = side_plans_list_work (self->plans, plan->id, NULL, FALSE);
  guint shown = MIN (work->len, self->n_rows);
  g_autofree char *rest = NULL;
  GtkWidget *row;

  for (guint i = 0; i < shown; i++)
    {
      row = add_call (self, group, plan, &g_array_index (work, SideWork, i));
      if (self->go_on_at > 0 && i == self->go_on_at)
        self->go_on = row;
    }
  if (shown == work->len)
    return;
  rest = g_strdup_printf (ngettext ("and %u more", "and %u more", work->len - shown), work->len - shown);
  row = side_plan_rows_add (group, _("Show More Calls"), rest, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("view-more-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
}

static void
add_replaced (SidePlanWindow *self,
              GtkWidget      *box,
              const SidePlan *plan)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const SidePlanItem *item = plan->items->pdata[i];
      g_autofree char *title = NULL;

      if (item->reason == NULL)
        continue;
      if (group == NULL)
        group = side_plan_rows_group (box, _("Not Reviewed"), NULL);
      title = side_plan_words_call (self->desk, side_plans_find_call (self->plans, item->call));
      side_plan_rows_add (group, title, item->reason, item->replaced_by != NULL ? _("replaced") : _("left out"));
    }
}

static void
add_due (SidePlanWindow *self,
         GtkWidget      *box,
         const SidePlan *plan)
{
  const SideProject *project = side_desk_get_project (self->desk);
  GtkWidget *group, *row;

  if (!may_manage (self, plan))
    return;
  group = side_plan_rows_group (box, _("Until When"), NULL);
  row = side_date_row_new (_("Last day"), project != NULL ? project->time_zone : NULL, side_desk_get_now_ms (self->desk));
  side_date_row_set_due (SIDE_DATE_ROW (row), plan->due_ms);
  g_signal_connect_object (row, "changed", G_CALLBACK (due_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
update (SidePlanWindow *self)
{
  const SidePlan *plan = side_plans_find (self->plans, self->id);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double at = gtk_adjustment_get_value (adjustment);
  GtkWidget *box, *check;
  g_autofree char *title = NULL, *script = NULL, *due = NULL, *which = NULL, *about = NULL;

  if (plan == NULL)
    return;   /* another project, or it is being read */
  script = side_plan_words_script (self->plans, plan);
  due = side_plan_words_due (self->desk, plan, NULL);
  which = side_plan_words_which (self->plans, plan);
  about = g_strjoin (" · ", which != NULL ? which : script, which != NULL ? script : due, which != NULL ? due : NULL, NULL);
  title = side_plan_words_title (self->plans, plan);
  adw_window_title_set_title (self->heading, plan->title);
  adw_window_title_set_subtitle (self->heading, about);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->heading), title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (self->close_plan, may_manage (self, plan));
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  add_result (self, box, plan);
  check = side_plan_draw_rows_add (box, self->desk, self->plans, plan, &self->checked);
  if (check != NULL)
    g_signal_connect_object (check, "clicked", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
  add_due (self, box, plan);
  if (sees_people (self))
    {
      add_people (self, box, plan);
      add_calls (self, box, plan);
      add_replaced (self, box, plan);
    }
  adw_clamp_set_child (ADW_CLAMP (self->clamp), box);
  gtk_adjustment_set_value (adjustment, at);
}

static void
side_plan_window_init (SidePlanWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->n_rows = FIRST_ROWS;
  self->heading = ADW_WINDOW_TITLE (adw_window_title_new ("", NULL));
  self->close_plan = gtk_button_new_with_mnemonic (_("C_lose the Plan…"));
  g_signal_connect_object (self->close_plan, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->heading));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->close_plan);
  self->clamp = adw_clamp_new ();
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->scrolled);
  gtk_box_append (GTK_BOX (outer), bar);
  gtk_box_append (GTK_BOX (outer), self->toasts);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_default_size (GTK_WINDOW (self), 720, 680);
}

/**
 * side_plan_window_new:
 * @parent: (nullable): the window, whose Calls page shows a call that is chosen
 * @desk: a desk
 * @plan: UUID of one of its plans
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
side_plan_window_new (GtkWindow  *parent,
                      SideDesk   *desk,
                      const char *plan)
{
  SidePlanWindow *self = g_object_new (SIDE_TYPE_PLAN_WINDOW, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->plans = g_object_ref (side_plans_get (desk));
  self->id = g_strdup (plan);
  side_plans_want (self->plans, plan);
  g_signal_connect_swapped (self->plans, "changed", G_CALLBACK (update), self);
  update (self);
  return GTK_WINDOW (self);
}
