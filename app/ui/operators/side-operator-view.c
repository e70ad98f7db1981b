/* side-operator-view.c - one operator: quality, work, and what was agreed with them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks the store for everything at once and fills its groups with the answer;
 * what was asked before is cancelled. What is shown stays until the answer is
 * there, unless it is of another operator.
 */
#include "side-operator-view.h"

#include <glib/gi18n.h>

#include "side-coaching-group.h"
#include "side-coaching.h"
#include "side-format.h"
#include "side-moments-window.h"
#include "side-operator-sections.h"
#include "side-operator-words.h"
#include "side-place.h"
#include "side-quality-chart.h"
#include "side-status.h"
#include "side-store-evidence.h"
#include "side-time.h"
#include "side-toast.h"
#include "side-wrapping.h"

struct _SideOperatorView
{
  AdwBin               parent_instance;
  SideDesk            *desk;
  char                *id;
  char                *name;
  char                *shown;        /* id of whose figures are on screen */
  GCancellable        *cancellable;
  SideOperatorFacts   *facts;
  AdwToastOverlay     *toasts;
  GtkBox              *box;
  AdwWindowTitle      *title;
  GtkDropDown         *period;
  GtkStack            *stack;
  GtkSpinner          *spinner;
  AdwStatusPage       *error_page;
  GtkScrolledWindow   *scrolled;
  AdwPreferencesGroup *quality;
  AdwPreferencesGroup *criteria;
  AdwPreferencesGroup *sound;
  AdwPreferencesGroup *work;
  SideCoachingGroup   *coaching;
  AdwPreferencesGroup *reviews;
  AdwPreferencesGroup *tests;
  GtkWidget           *chart_card;
  SideQualityChart    *chart;
  GtkLabel            *summary;
};

enum { PROP_0, PROP_FROM_MS, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideOperatorView, side_operator_view, ADW_TYPE_BIN)

/* The periods that can be chosen: days back from today, and what the chart's
 * steps are. */
static const struct { int days; SideQualityStep step; const char *label; } periods[] = {
  { 28, SIDE_STEP_WEEK, N_("Last 4 weeks") },
  { 91, SIDE_STEP_WEEK, N_("Last 3 months") },
  { 365, SIDE_STEP_MONTH, N_("Last 12 months") },
  { 0, SIDE_STEP_MONTH, N_("All time") },
};

#define FIRST_PERIOD 1

static void
side_operator_view_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_FROM_MS)
    g_value_set_int64 (value, side_operator_view_get_from_ms (SIDE_OPERATOR_VIEW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_operator_view_dispose (GObject *object)
{
  SideOperatorView *self = SIDE_OPERATOR_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_operator_view_parent_class)->dispose (object);
}

static void
side_operator_view_finalize (GObject *object)
{
  SideOperatorView *self = SIDE_OPERATOR_VIEW (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->shown);
  g_clear_pointer (&self->facts, side_operator_facts_free);
  G_OBJECT_CLASS (side_operator_view_parent_class)->finalize (object);
}

static void
side_operator_view_class_init (SideOperatorViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = side_operator_view_get_property;
  object_class->dispose = side_operator_view_dispose;
  object_class->finalize = side_operator_view_finalize;
  props[PROP_FROM_MS] = g_param_spec_int64 ("from-ms", NULL, NULL, 0, G_MAXINT64, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* ---- what is shown ---- */

static GTimeZone *
get_zone (SideOperatorView *self)
{
  SideProject *project = side_desk_get_project (self->desk);

  return project != NULL && project->time_zone != NULL ? g_time_zone_ref (project->time_zone) : g_time_zone_new_utc ();
}

static guint
get_period (SideOperatorView *self)
{
  return MIN (gtk_drop_down_get_selected (self->period), (guint) G_N_ELEMENTS (periods) - 1);
}

static void
add_scores (SideOperatorView *self,
            const char       *title,
            const SideScores *own,
            const SideScores *others)
{
  g_autofree char *words = side_quality_dup_words (own);
  /* An operator who signed in has their own reviews alone. */
  gboolean alone = side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR;
  g_autofree char *beside = alone ? NULL : side_operator_words_others (own, others);
  const char *hint = own->n < SIDE_QUALITY_ENOUGH ? _("Fewer than 20 reviews: a hint, not a result") : NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row, *value;

  if (own->n == 0)
    return;
  subtitle = beside != NULL && hint != NULL ? g_strdup_printf ("%s\n%s", beside, hint) : g_strdup (beside != NULL ? beside : hint);
  row = side_operator_new_row (title, subtitle);
  value = gtk_label_new (words);
  gtk_widget_add_css_class (value, "heading");
  gtk_widget_add_css_class (value, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  side_operator_add_row (self->quality, row);
}

static gint64
first_ms (const GArray *reviews,
          gint64        otherwise)
{
  gint64 first = otherwise;

  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReviewFact *fact = &g_array_index (reviews, SideReviewFact, i);

      if (fact->joined_ms > 0 && fact->joined_ms < first)
        first = fact->joined_ms;
    }
  return first;
}

static void
show_quality (SideOperatorView *self)
{
  g_autoptr (GTimeZone) zone = get_zone (self);
  gint64 now_ms = side_desk_get_now_ms (self->desk), from_ms = side_operator_view_get_from_ms (self);
  SideQualityStep step = periods[get_period (self)].step;
  g_autoptr (GArray) points = NULL;
  SideScores random, chosen;

  side_operator_clear_group (self->quality);
  side_quality_sum (self->facts->reviews, 0, G_MAXINT64, &random, &chosen);
  add_scores (self, _("Random reviews"), &random, &self->facts->others_random);
  add_scores (self, _("Chosen reviews"), &chosen, &self->facts->others_chosen);
  if (random.n + chosen.n == 0 && side_desk_is_incomplete (self->desk))
    side_operator_add_row (self->quality, side_operator_new_row (_("No reviews on this computer yet"),
                                                                 _("They are being fetched from the server.")));
  else if (random.n + chosen.n == 0)
    side_operator_add_row (self->quality, side_operator_new_row (_("No reviews in this period"),
                                                                 _("Reviews of this operator’s calls are counted here once they are finished.")));
  else if (random.n == 0)
    side_operator_add_row (self->quality, side_operator_new_row (_("No random reviews"),
                                                                 _("Chosen reviews show what to work on, not how good the work is.")));
  gtk_widget_set_visible (self->chart_card, random.n + chosen.n > 0);
  points = side_quality_series (self->facts->reviews, zone, from_ms != 0 ? from_ms : first_ms (self->facts->reviews, now_ms),
                                now_ms + 1, step);
  side_quality_chart_set_points (self->chart, zone, points, step);
}

static void
show_work (SideOperatorView *self)
{
  g_autofree char *words = side_operator_words_work (self->facts);
  guint n = self->facts->test_calls;
  g_autofree char *tests = g_strdup_printf (ngettext ("%u test call, counted nowhere", "%u test calls, counted nowhere", n), n);

  side_operator_clear_group (self->work);
  side_operator_add_row (self->work, side_operator_new_row (words, n > 0 ? tests : NULL));
}

static void
say (SideOperatorView *self,
     const char       *words)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
open_call_cb (SideOperatorView *self,
              const char       *id,
              gint64            from_ms,
              gint64            to_ms)
{
  side_place_show (GTK_WIDGET (self), id, from_ms, to_ms, FALSE);
}

/* Full marks show how it is done, the rest what is to be mended. */
static void
evidence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideOperatorView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pieces = side_store_list_evidence_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideCoaching) list = side_coaching_new (NULL, NULL, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *window;

  if (pieces == NULL || self->desk == NULL || side_desk_get_store (self->desk) == NULL)
    return;
  for (guint i = 0; i < pieces->len; i++)
    {
      const SideEvidencePiece *piece = pieces->pdata[i];

      side_coaching_add_clip (list, piece->call, piece->from_ms, piece->to_ms, piece->value >= 1, NULL);
    }
  if (list->clips->len == 0)
    {
      say (self, _("No moment was kept with these answers"));
      return;
    }
  window = side_moments_window_new_for_pieces (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->desk,
                                               _("Moments of a Criterion"), list->clips);
  g_signal_connect_object (window, "open-call", G_CALLBACK (open_call_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
hear (const SideCriterionFact *fact,
      gpointer                 data)
{
  SideOperatorView *self = data;
  SideStore *store = side_desk_get_store (self->desk);

  if (store != NULL && self->id != NULL)
    side_store_list_evidence_async (store, side_desk_get_project_id (self->desk), self->id, fact->script, fact->criterion,
                                    side_operator_view_get_from_ms (self), NULL, evidence_cb, g_object_ref (self));
}

static void
failed_cb (SideOperatorView *self,
           const GError     *error)
{
  g_autofree char *words = side_format_error (error);

  say (self, words);
}

static void
show_title (SideOperatorView *self)
{
  adw_window_title_set_title (self->title, self->name != NULL ? self->name : _("Operators"));
}

static void
show_facts (SideOperatorView *self)
{
  gboolean other = g_strcmp0 (self->shown, self->id) != 0;

  g_free (self->shown);
  self->shown = g_strdup (self->id);
  show_quality (self);
  side_operator_show_criteria (self->criteria, self->facts, hear, self);
  side_operator_show_sound (self->sound, self->facts);
  show_work (self);
  side_coaching_group_set_operator (self->coaching, self->id, self->facts->criteria);
  side_operator_show_reviews (self->reviews, self->desk, self->facts, FALSE);
  side_operator_show_reviews (self->tests, self->desk, self->facts, TRUE);
  if (other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_stack_set_visible_child_name (self->stack, "content");
  gtk_spinner_stop (self->spinner);
}

static void
show_error (SideOperatorView *self,
            const GError     *error)
{
  g_autofree char *words = side_format_error (error);

  g_clear_pointer (&self->shown, g_free);
  adw_status_page_set_description (self->error_page, words);
  gtk_stack_set_visible_child_name (self->stack, "error");
  gtk_spinner_stop (self->spinner);
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SideOperatorView) self = data;
  g_autoptr (GError) error = NULL;
  SideOperatorFacts *facts = side_store_get_operator_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    {
      g_clear_pointer (&facts, side_operator_facts_free);
      return;
    }
  if (facts == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->facts, side_operator_facts_free);
  self->facts = facts;
  show_facts (self);
}

/**
 * side_operator_view_reload:
 * @self: an operator's page
 *
 * Reads anew; what is shown stays until then.
 */
void
side_operator_view_reload (SideOperatorView *self)
{
  SideStore *store;
  const char *project;

  g_return_if_fail (SIDE_IS_OPERATOR_VIEW (self));
  store = side_desk_get_store (self->desk);
  project = side_desk_get_project_id (self->desk);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->id == NULL || store == NULL || project == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "choose");
      return;
    }
  if (g_strcmp0 (self->id, self->shown) != 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      gtk_spinner_start (self->spinner);
    }
  self->cancellable = g_cancellable_new ();
  side_store_get_operator_async (store, project, self->id, side_operator_view_get_from_ms (self), 0, self->cancellable, got_cb,
                                 g_object_ref (self));
}

/**
 * side_operator_view_set_name:
 * @self: an operator's page
 * @name: (nullable): what they are called now
 */
void
side_operator_view_set_name (SideOperatorView *self,
                             const char       *name)
{
  g_return_if_fail (SIDE_IS_OPERATOR_VIEW (self));
  g_free (self->name);
  self->name = g_strdup (name);
  show_title (self);
}

/**
 * side_operator_view_show:
 * @self: an operator's page
 * @id: (nullable): an operator's id, or %NULL for nobody
 * @name: (nullable): their name
 */
void
side_operator_view_show (SideOperatorView *self,
                         const char       *id,
                         const char       *name)
{
  g_return_if_fail (SIDE_IS_OPERATOR_VIEW (self));
  if (g_strcmp0 (id, self->id) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  side_operator_view_set_name (self, name);
  side_operator_view_reload (self);
}

/**
 * side_operator_view_get_from_ms:
 * @self: an operator's page
 *
 * Returns: when the chosen period begins; 0 for all time
 */
gint64
side_operator_view_get_from_ms (SideOperatorView *self)
{
  g_autoptr (GTimeZone) zone = NULL;
  int days;

  g_return_val_if_fail (SIDE_IS_OPERATOR_VIEW (self), 0);
  days = periods[get_period (self)].days;
  if (days == 0 || self->desk == NULL)
    return 0;
  zone = get_zone (self);
  return side_time_day_add (zone, side_desk_get_now_ms (self->desk), 1 - days);
}

/* ---- building ---- */

static void
period_cb (SideOperatorView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FROM_MS]);
  if (self->desk != NULL)
    side_operator_view_reload (self);
}

static GtkDropDown *
new_period_chooser (SideOperatorView *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *chooser;

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (labels, _(periods[i].label));
  chooser = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), FIRST_PERIOD);
  gtk_widget_set_tooltip_text (chooser, _("Period"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Period"), -1);
  /* What is focused and pressed is the button in it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (chooser)), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Period"), -1);
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (chooser);
}

static AdwPreferencesGroup *
add_group (GtkBox     *box,
           const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (box, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
new_legend (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* Translators: the legend of a chart; the circle and the diamond stand for the marks in it */
  gtk_label_set_text (GTK_LABEL (label), _("● random   ◇ chosen   ┃ between which the mean lies"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
new_chart_card (SideOperatorView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->chart = SIDE_QUALITY_CHART (side_quality_chart_new ());
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  side_label_wrap (self->summary);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "caption");
  g_object_bind_property (self->chart, "summary", self->summary, "label", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), new_legend ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "chart-card");
  return box;
}

static GtkWidget *
new_content (SideOperatorView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->quality = add_group (GTK_BOX (box), _("Quality"), NULL);
  self->chart_card = new_chart_card (self);
  gtk_box_append (GTK_BOX (box), self->chart_card);
  self->criteria = add_group (GTK_BOX (box), _("Criteria"), _("Each beside all the others of this operator"));
  self->sound = add_group (GTK_BOX (box), _("Sound"), NULL);
  self->work = add_group (GTK_BOX (box), _("Work"), NULL);
  self->box = GTK_BOX (box);
  self->reviews = add_group (GTK_BOX (box), _("Reviews"), NULL);
  self->tests = add_group (GTK_BOX (box), _("Test calls"), NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (clamp, "operator-content");
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scrolled, clamp);
  return GTK_WIDGET (self->scrolled);
}

static GtkWidget *
new_status (const char *icon,
            const char *title,
            const char *description)
{
  GtkWidget *page = side_status_new (icon, title, description);

  gtk_widget_add_css_class (page, "compact");
  return page;
}

static void
side_operator_view_init (SideOperatorView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_("Operators"), ""));
  self->period = new_period_chooser (self);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->error_page = ADW_STATUS_PAGE (new_status ("dialog-warning-symbolic", _("The figures cannot be read"), NULL));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), GTK_WIDGET (self->period));
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_stack_add_named (self->stack, new_status ("side-operators-symbolic", _("Nobody is chosen"),
                                                _("Choose an operator in the list.")), "choose");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->spinner), "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->error_page), "error");
  gtk_stack_add_named (self->stack, new_content (self), "content");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_operator_view_new:
 * @desk: whose store and project
 *
 * Returns: (transfer floating): a page of nobody yet
 */
GtkWidget *
side_operator_view_new (SideDesk *desk)
{
  SideOperatorView *self = g_object_new (SIDE_TYPE_OPERATOR_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->coaching = SIDE_COACHING_GROUP (side_coaching_group_new (desk));
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->coaching), GTK_WIDGET (self->criteria));
  g_signal_connect_object (self->coaching, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
