/* side-plan-dialog.c - a new plan of what is to be reviewed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks from top to bottom: with which script, which calls, how many, by whom,
 * until when. How many calls fit and what so many reviews are worth is said
 * while the person chooses. The calls are drawn when they say so.
 */
#include "side-plan-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-date-row.h"
#include "side-error.h"
#include "side-format.h"
#include "side-plan-frame.h"
#include "side-plan-rows.h"
#include "side-plan-words.h"
#include "side-text.h"
#include "side-toast.h"
#include "side-words-guard.h"

#define USUAL_SCORE  84     /* of which the sentence speaks while nothing is known */
#define USUAL_SIZE   30
#define USUAL_DAYS   7
/* Beginnings of words a complaint is told by. Calls are in their callers' language, whatever the program's is: those of
 * all it is used in, to be changed by who knows the calls. */
#define COMPLAINT_WORDS "complain, claim, rude, жалоб, претенз, груб"
#define SEED_LENGTH  8

struct _SidePlanDialog
{
  AdwWindow        parent_instance;
  GtkWidget       *toasts;
  GtkWidget       *draw;
  GtkWidget       *title;
  GtkWidget       *script;
  GtkWidget       *kind;
  GtkWidget       *frame_group;
  SideCallFilters *filters;
  GtkWidget       *min_talk;
  GtkWidget       *queues;        /* said where the script is for some queues only */
  GtkWidget       *queues_icon;   /* (nullable): there where another is chosen */
  GtkWidget       *missing;       /* said where not all calls are on this computer */
  GtkWidget       *lot_group;
  GtkWidget       *size;
  GtkWidget       *by_operator;
  GtkWidget       *by_queue;
  GtkWidget       *by_hour;
  GtkWidget       *seed;
  GtkWidget       *rules_group;
  GtkWidget       *most[SIDE_PLAN_N_RULES];
  GtkWidget       *words;
  GtkWidget       *people;
  GtkWidget       *second;
  GtkWidget       *repeat;
  SideDateRow     *due;
  SideDesk        *desk;
  SidePlans       *plans;
  GPtrArray       *scripts;       /* of SideScript, as the row lists them */
  GCancellable    *cancellable;
  GCancellable    *counting;
  gssize           fitting;       /* calls of the frame; -1 while it is counted */
  gint64           to_ms;         /* calls before: when the dialog was opened */
  gint64           settled_ms;    /* calls before, of a draw: side_plan_frame_settled_ms() then */
  double           score;         /* of earlier random reviews */
  double           deviation;
  gboolean         drawing;
};

G_DEFINE_FINAL_TYPE (SidePlanDialog, side_plan_dialog, ADW_TYPE_WINDOW)

static guint made_signal;

static void
side_plan_dialog_dispose (GObject *object)
{
  SidePlanDialog *self = SIDE_PLAN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->plans);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_plan_dialog_parent_class)->dispose (object);
}

static void
side_plan_dialog_finalize (GObject *object)
{
  SidePlanDialog *self = SIDE_PLAN_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  G_OBJECT_CLASS (side_plan_dialog_parent_class)->finalize (object);
}

static void
side_plan_dialog_class_init (SidePlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_plan_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_plan_dialog_finalize;
  made_signal = g_signal_new ("made", SIDE_TYPE_PLAN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* ---- what is said while one chooses ---- */

static gboolean
is_random (SidePlanDialog *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind)) == SIDE_PLAN_RANDOM;
}

static void
count_person (const char *name,
              int         share,
              gpointer    data)
{
  (*(guint *) data)++;
}

static int
count_wanted (SidePlanDialog *self)
{
  int wanted = 0;

  if (is_random (self))
    return gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->size));
  for (int rule = SIDE_PLAN_RULE_NONE + 1; rule < SIDE_PLAN_N_RULES; rule++)
    wanted += gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->most[rule]));
  return wanted;
}

/* Returns: (nullable): why the plan may leave calls out that belong to it */
static const char *
tell_missing (SideDeskCalls calls)
{
  switch (calls)
    {
    case SIDE_DESK_CALLS_OFFLINE:
      return _("There is no connection to the server: calls that came meanwhile are missing. The plan will say so.");
    case SIDE_DESK_CALLS_COMING:
      return _("They are being fetched from the server. Wait until that is done, or the plan will say so.");
    case SIDE_DESK_CALLS_NOT_KEPT:
      return _("The period begins before the calls that this computer keeps. The plan will say so.");
    case SIDE_DESK_CALLS_ALL:
    default:
      return NULL;
    }
}

static void
show_missing (SidePlanDialog *self)
{
  g_autoptr (SideCallQuery) query = side_call_filters_make_query (self->filters);
  const char *why = tell_missing (side_desk_judge_calls (self->desk, query->from_ms));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->missing), why != NULL ? why : "");
  gtk_widget_set_visible (self->missing, why != NULL);
}

static const SideScript *get_script (SidePlanDialog *self);

static gboolean
is_for (const SideScript *script,
        const char       *queue)
{
  for (guint i = 0; i < script->queues->len; i++)
    if (g_str_equal (script->queues->pdata[i], queue))
      return TRUE;
  return FALSE;
}

/* A place for it that is empty would indent the row. */
static void
show_queues_icon (SidePlanDialog *self,
                  gboolean        show)
{
  if (show == (self->queues_icon != NULL))
    return;
  if (!show)
    {
      adw_action_row_remove (ADW_ACTION_ROW (self->queues), g_steal_pointer (&self->queues_icon));
      return;
    }
  self->queues_icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->queues), self->queues_icon);
}

/* A script for some queues narrows the calls to theirs, as long as no queue is chosen. */
static void
show_queues (SidePlanDialog *self)
{
  const SideScript *script = get_script (self);
  const SideProject *project = side_desk_get_project (self->desk);
  g_autoptr (SideCallQuery) query = side_call_filters_make_query (self->filters);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean other = FALSE;

  for (guint i = 0; script != NULL && project != NULL && i < script->queues->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", side_format_queue_name (project, script->queues->pdata[i]));
  for (guint i = 0; names->len > 0 && query->queues != NULL && query->queues[i] != NULL; i++)
    other = other || !is_for (script, query->queues[i]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->queues), other ? _("The script is for other queues than the chosen one")
                                                                           : _("Only calls of the script's queues"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->queues), names->str);
  show_queues_icon (self, other);
  gtk_widget_set_visible (self->queues, names->len > 0 && (other || query->queues == NULL));
}

static void
update (SidePlanDialog *self)
{
  g_autofree char *fitting = NULL, *worth = NULL;
  guint people = 0;
  SideSampleSize size;

  if (self->people == NULL)
    return;   /* being built */
  show_missing (self);
  show_queues (self);
  gtk_widget_set_visible (self->lot_group, is_random (self));
  gtk_widget_set_visible (self->rules_group, !is_random (self));
  fitting = self->fitting < 0 ? g_strdup (_("Counting…"))
                              : g_strdup_printf (ngettext ("%u call with a recording fits", "%u calls with a recording fit",
                                                           (gulong) self->fitting), (guint) self->fitting);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->frame_group), fitting);
  side_sample_size_describe ((guint) count_wanted (self), (guint) MAX (0, self->fitting), self->score, self->deviation, &size);
  worth = side_plan_words_size (&size);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->lot_group), worth);
  side_plan_people_for_each (SIDE_PLAN_PEOPLE (self->people), count_person, &people);
  gtk_widget_set_sensitive (self->second, people > 1);
  gtk_widget_set_sensitive (self->draw, !self->drawing && self->scripts->len > 0 && people > 0 && count_wanted (self) > 0
                                          && self->fitting != 0);
}

/* ---- which calls ---- */

static const SideScript *
get_script (SidePlanDialog *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->script));

  return selected < self->scripts->len ? self->scripts->pdata[selected] : NULL;
}

/* The period is fixed when the plan is made: "Last 7 days" of a plan does not move. */
static void
write_frame (SidePlanDialog *self,
             SidePlan       *plan)
{
  g_autoptr (SideCallQuery) query = side_call_filters_make_query (self->filters);

  g_free (plan->filters);
  plan->filters = side_plan_frame_write (self->filters, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->min_talk)),
                                         get_script (self));
  plan->from_ms = query->from_ms;
  plan->to_ms = query->to_ms != 0 ? query->to_ms : self->to_ms;
  if (is_random (self))
    plan->to_ms = MIN (plan->to_ms, self->settled_ms);
  plan->frame_partial = side_desk_judge_calls (self->desk, plan->from_ms) != SIDE_DESK_CALLS_ALL;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SidePlanDialog) self = data;
  g_autoptr (GError) error = NULL;
  gssize n = side_store_count_calls_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  self->fitting = MAX (0, n);
  update (self);
}

static void
count (SidePlanDialog *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (SidePlan) plan = side_plan_new (NULL, NULL, NULL);
  g_autoptr (SideCallQuery) query = NULL;

  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  self->fitting = -1;
  write_frame (self, plan);
  query = side_plan_frame_query (self->desk, plan);
  if (store != NULL)
    side_store_count_calls_async (store, query, self->counting, counted_cb, g_object_ref (self));
  else
    self->fitting = 0;
  update (self);
}

/* ---- drawing ---- */

static void
add_person (const char *name,
            int         share,
            gpointer    data)
{
  side_plan_add_reviewer (data, name, share);
}

static char *
default_title (SidePlanDialog *self)
{
  const SideProject *project = side_desk_get_project (self->desk);
  g_autofree char *date = side_format_date (project->time_zone, self->to_ms, self->to_ms);

  return g_strdup_printf (is_random (self) ? _("Drawn on %s") : _("Chosen on %s"), date);
}

static SidePlan *
make_plan (SidePlanDialog *self)
{
  const SideProject *project = side_desk_get_project (self->desk);
  g_autofree char *id = side_id_new ();
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  g_autofree char *usual = *title == '\0' ? default_title (self) : NULL;
  SidePlan *plan = side_plan_new (id, project->id, usual != NULL ? usual : title);
  const SideScript *script = get_script (self);

  plan->script = g_strdup (script->id);
  plan->kind = is_random (self) ? SIDE_PLAN_RANDOM : SIDE_PLAN_CHOSEN;
  plan->size = count_wanted (self);
  write_frame (self, plan);
  if (plan->kind == SIDE_PLAN_RANDOM)
    {
      plan->seed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->seed)));
      plan->strata = (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->by_operator)) ? SIDE_PLAN_BY_OPERATOR : 0)
                     | (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->by_queue)) ? SIDE_PLAN_BY_QUEUE : 0)
                     | (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->by_hour)) ? SIDE_PLAN_BY_HOUR : 0);
    }
  side_plan_people_for_each (SIDE_PLAN_PEOPLE (self->people), add_person, plan);
  plan->second_every = plan->reviewers->len > 1 ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->second)) : 0;
  plan->repeat_every = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->repeat));
  plan->author = g_strdup (side_desk_get_user (self->desk));
  plan->created_ms = side_desk_get_write_ms (self->desk);
  plan->due_ms = side_date_row_get_due (self->due);
  return plan;
}

static void
say (SidePlanDialog *self,
     const char     *text)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), side_toast_new (text));
}

typedef struct {
  SidePlanDialog *self;
  SidePlan       *plan;
} Drawing;

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Drawing *drawing = data;
  g_autoptr (SidePlanDialog) self = drawing->self;
  g_autoptr (SidePlan) plan = drawing->plan;
  g_autoptr (GError) error = NULL;
  gboolean ok = side_plan_frame_finish (SIDE_DESK (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  self->drawing = FALSE;
  update (self);
  if (!ok)
    {
      g_autofree char *words = side_format_error (error);

      say (self, words);
    }
  else if (plan->items->len == 0)
    say (self, _("No call was found. Choose a longer period or fewer filters."));
  else
    {
      side_plan_deal (plan, plan->created_ms);
      side_plans_put (self->plans, plan);
      g_signal_emit (self, made_signal, 0, plan->id);
      side_words_guard_close (GTK_WINDOW (self));
    }
}

static void
draw_cb (SidePlanDialog *self)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  SidePlanLimits limits = { { 0 }, NULL };

  drawing->self = g_object_ref (self);
  drawing->plan = make_plan (self);
  self->drawing = TRUE;
  update (self);
  if (drawing->plan->kind == SIDE_PLAN_RANDOM)
    {
      side_plan_frame_draw_async (self->desk, drawing->plan, self->cancellable, drawn_cb, drawing);
      return;
    }
  for (int rule = SIDE_PLAN_RULE_NONE + 1; rule < SIDE_PLAN_N_RULES; rule++)
    limits.most[rule] = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->most[rule]));
  limits.words = (char *) gtk_editable_get_text (GTK_EDITABLE (self->words));
  side_plan_frame_choose_async (self->desk, drawing->plan, &limits, self->cancellable, drawn_cb, drawing);
}

/* ---- the parts ---- */

static void
build_head (SidePlanDialog *self,
            GtkWidget      *box)
{
  GtkWidget *group = side_plan_rows_group (box, _("Plan"), NULL);
  g_autoptr (GtkStringList) scripts = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _("Title"));
  self->script = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->script), _("Script"));
  for (guint i = 0; i < self->scripts->len; i++)
    gtk_string_list_append (scripts, ((SideScript *) self->scripts->pdata[i])->title);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->script), G_LIST_MODEL (scripts));
  /* At the end of the row a long title would not be told whole. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->script), self->scripts->len > 0);
  if (self->scripts->len == 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->script), _("No script of this project is in use yet."));
  self->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _("Calls are"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), _("Only what is drawn by lot tells how good all calls are."));
  gtk_string_list_append (kinds, C_("calls are", "drawn by lot"));
  gtk_string_list_append (kinds, C_("calls are", "chosen by rules"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kinds));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->script);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->kind);
}

/* What may be another tomorrow narrows no draw: it could not be repeated. */
static void
kind_cb (SidePlanDialog *self)
{
  side_call_filters_set_lasting (self->filters, is_random (self));
  count (self);
}

static void
build_frame (SidePlanDialog *self,
             GtkWidget      *box)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GtkWidget *row = adw_preferences_row_new ();

  self->frame_group = side_plan_rows_group (box, _("Which Calls"), NULL);
  self->filters = g_object_new (SIDE_TYPE_CALL_FILTERS, NULL);
  side_call_filters_set_desk (self->filters, self->desk);
  side_call_filters_refresh (self->filters);
  g_key_file_set_string (file, "view", "period", "month");
  side_call_filters_restore (self->filters, file);
  gtk_widget_set_margin_top (GTK_WIDGET (self->filters), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->filters), 9);
  gtk_widget_set_margin_start (GTK_WIDGET (self->filters), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->filters), 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->filters));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Filters"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->frame_group), row);
  self->min_talk = side_plan_rows_spin (self->frame_group, _("Shortest conversation, seconds"),
                                        _("Shorter ones have little to score."), 0, 3600, 30);
  self->queues = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->queues), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->queues), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->frame_group), self->queues);
  self->missing = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing), _("Not all calls are here"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->missing), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->missing), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->frame_group), self->missing);
  g_signal_connect_object (self->desk, "tick", G_CALLBACK (show_missing), self, G_CONNECT_SWAPPED);
  side_call_filters_set_lasting (self->filters, is_random (self));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->script, "notify::selected", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->min_talk, "value-changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
}

static char *
new_seed (void)
{
  g_autofree char *id = side_id_new ();

  return g_strndup (id, SEED_LENGTH);
}

static void
build_lot (SidePlanDialog *self,
           GtkWidget      *box)
{
  GtkWidget *row = adw_action_row_new (), *checks = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *seed = new_seed ();

  self->lot_group = side_plan_rows_group (box, _("How Many"), NULL);
  self->size = side_plan_rows_spin (self->lot_group, _("Calls to draw"), NULL, 1, SIDE_PLAN_MAX_SIZE, USUAL_SIZE);
  g_signal_connect_object (self->size, "value-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("In proportion to"));
  self->by_operator = side_plan_rows_check (checks, C_("in proportion to", "operators"));
  self->by_queue = side_plan_rows_check (checks, C_("in proportion to", "queues"));
  self->by_hour = side_plan_rows_check (checks, C_("in proportion to", "hours"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->by_operator), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), checks);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->lot_group), row);
  self->seed = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->seed), _("Seed: the same one draws the same calls again"));
  gtk_editable_set_text (GTK_EDITABLE (self->seed), seed);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->lot_group), self->seed);
}

static void
build_rules (SidePlanDialog *self,
             GtkWidget      *box)
{
  static const char *const about[SIDE_PLAN_N_RULES] = {
    [SIDE_PLAN_RULE_COMPLAINT] = N_("With one of the words below in its topic, tags or notes"),
    [SIDE_PLAN_RULE_SILENCE] = N_("Nobody speaks for more than 10 s; the longest first"),
    [SIDE_PLAN_RULE_LOST_SALE] = N_("Answered, and no order; the longest conversations first"),
    [SIDE_PLAN_RULE_POOR_SOUND] = N_("Noise on the operator’s line; the worst first"),
    [SIDE_PLAN_RULE_TEST_CALL] = N_("Made to try the call centre out"),
  };

  self->rules_group = side_plan_rows_group (box, _("What to Look For"),
                                            _("At most so many calls of each. They are worth hearing; they do not tell how good all calls are."));
  for (int rule = SIDE_PLAN_RULE_NONE + 1; rule < SIDE_PLAN_N_RULES; rule++)
    {
      self->most[rule] = side_plan_rows_spin (self->rules_group, side_plan_words_rule ((SidePlanRule) rule), _(about[rule]), 0, 200,
                                              rule == SIDE_PLAN_RULE_COMPLAINT ? 10 : 0);
      g_signal_connect_object (self->most[rule], "value-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  self->words = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->words), _("Words of a complaint, with commas between them"));
  gtk_editable_set_text (GTK_EDITABLE (self->words), COMPLAINT_WORDS);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->rules_group), self->words);
}

static void
build_people (SidePlanDialog *self,
              GtkWidget      *box)
{
  GtkWidget *group;

  self->people = side_plan_people_new (self->desk);
  gtk_box_append (GTK_BOX (box), self->people);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  group = side_plan_rows_group (box, _("Until When"), NULL);
  self->due = SIDE_DATE_ROW (side_date_row_new (_("Last day"), side_desk_get_project (self->desk)->time_zone,
                                                side_desk_get_now_ms (self->desk)));
  side_date_row_set_due (self->due, side_date_row_in_days (self->due, USUAL_DAYS));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->due));
  group = side_plan_rows_group (box, _("How Far Reviewers Agree"), _("One call in so many; 0: none. These never count in operators’ results."));
  self->second = side_plan_rows_spin (group, _("Also by a second reviewer"), NULL, 0, 100, 0);
  self->repeat = side_plan_rows_spin (group, _("Again by the same reviewer, who is not told"), NULL, 0, 100, 0);
}

/* What the project's random reviews came to so far is the best guess. */
static void
guess_score (SidePlanDialog *self)
{
  GPtrArray *plans = side_plans_list (self->plans);
  guint most = SIDE_QUALITY_ENOUGH - 1;

  self->score = USUAL_SCORE;
  self->deviation = SIDE_SAMPLE_DEVIATION;
  for (guint i = 0; i < plans->len; i++)
    {
      const SidePlan *plan = plans->pdata[i];
      SideSampleResult result;

      if (plan->kind != SIDE_PLAN_RANDOM)
        continue;
      side_plans_get_result (self->plans, plan, &result);
      if (result.n <= most || !(result.deviation > 0))
        continue;
      most = result.n;
      self->score = CLAMP (result.mean, 1, 99);
      self->deviation = result.deviation;
    }
}

static GtkWidget *
build_header (SidePlanDialog *self)
{
  GtkWidget *bar = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->draw = gtk_button_new_with_mnemonic (_("_Make the Plan"));
  gtk_widget_add_css_class (self->draw, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_object (self->draw, "clicked", G_CALLBACK (draw_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->draw);
  return bar;
}

static void
build (SidePlanDialog *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (outer), build_header (self));
  build_head (self, box);
  build_frame (self, box);
  build_lot (self, box);
  build_rules (self, box);
  build_people (self, box);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), scrolled);
  gtk_box_append (GTK_BOX (outer), self->toasts);
  adw_window_set_content (ADW_WINDOW (self), outer);
}

static void
side_plan_dialog_init (SidePlanDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->fitting = -1;
  gtk_window_set_title (GTK_WINDOW (self), _("New Plan"));
  gtk_window_set_default_size (GTK_WINDOW (self), 660, 680);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/* Retired scripts are for no new review, and one for vendors is for no call. */
static GPtrArray *
list_scripts (SidePlans *plans)
{
  GPtrArray *all = side_plans_list_scripts (plans), *some = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);

  for (guint i = 0; i < all->len; i++)
    {
      SideScript *script = all->pdata[i];

      if (script->state == SIDE_SCRIPT_IN_USE && script->purpose != SIDE_SCRIPT_FOR_VENDORS)
        g_ptr_array_add (some, side_script_ref (script));
    }
  return some;
}

/**
 * side_plan_dialog_new:
 * @parent: (nullable): the window
 * @desk: a desk with a project
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
side_plan_dialog_new (GtkWindow *parent,
                      SideDesk  *desk)
{
  SidePlanDialog *self = g_object_new (SIDE_TYPE_PLAN_DIALOG, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->plans = g_object_ref (side_plans_get (desk));
  self->scripts = list_scripts (self->plans);
  self->to_ms = side_desk_get_write_ms (desk);
  self->settled_ms = side_plan_frame_settled_ms (desk);
  guess_score (self);
  build (self);
  count (self);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
