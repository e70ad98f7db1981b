/* side-operator-sections.c - the parts of an operator's page that are lists
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each function fills a group with rows; what was in it before goes. Criteria
 * stand under what can be said of them: weak, strong, or neither; a bonus apart.
 */
#include "side-operator-sections.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-blind.h"
#include "side-format.h"
#include "side-operator-words.h"
#include "side-score.h"
#include "side-wrapping.h"

#define FIRST_REVIEWS 20
#define MORE_REVIEWS  100

static GPtrArray *
get_rows (AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "rows");

  if (rows == NULL)
    {
      rows = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (group), "rows", rows, (GDestroyNotify) g_ptr_array_unref);
    }
  return rows;
}

/**
 * side_operator_clear_group:
 * @group: a group that side_operator_add_row() filled
 */
void
side_operator_clear_group (AdwPreferencesGroup *group)
{
  GPtrArray *rows = get_rows (group);

  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

/**
 * side_operator_add_row:
 * @group: a group
 * @row: (transfer floating): what is added at its end
 */
void
side_operator_add_row (AdwPreferencesGroup *group,
                       GtkWidget           *row)
{
  g_ptr_array_add (get_rows (group), row);
  adw_preferences_group_add (group, row);
}

/**
 * side_operator_new_row:
 * @title: plain text
 * @subtitle: (nullable): plain text
 *
 * Returns: (transfer floating): a row that breaks its words
 */
GtkWidget *
side_operator_new_row (const char *title,
                       const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

/* ---- criteria ---- */

typedef struct {
  SideCriterionFact fact;
  SideHearFunc      hear;
  gpointer          data;
} Hearing;

static void
free_hearing (gpointer  data,
              GClosure *closure)
{
  g_free (data);
}

static void
hear_cb (GtkButton *button,
         Hearing   *hearing)
{
  hearing->hear (&hearing->fact, hearing->data);
}

static void
add_hear_button (GtkWidget               *row,
                 const SideCriterionFact *fact,
                 SideHearFunc             hear,
                 gpointer                 data)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  Hearing *hearing = g_new0 (Hearing, 1);

  hearing->fact.script = fact->script;
  hearing->fact.criterion = fact->criterion;
  hearing->hear = hear;
  hearing->data = data;
  gtk_widget_set_tooltip_text (button, _("Hear the moments it was answered for"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Hear the moments it was answered for"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_data (button, "clicked", G_CALLBACK (hear_cb), hearing, free_hearing, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Two scripts number their criteria alike: then each says whose it is. */
static gboolean
has_scripts (const GArray *criteria)
{
  for (guint i = 1; i < criteria->len; i++)
    if (g_strcmp0 (g_array_index (criteria, SideCriterionFact, i).script, g_array_index (criteria, SideCriterionFact, 0).script) != 0)
      return TRUE;
  return FALSE;
}

static GtkWidget *
new_criterion_row (const SideCriterionFact *fact,
                   gboolean                 both,
                   gboolean                 scripts,
                   SideHearFunc             hear,
                   gpointer                 data)
{
  g_autofree char *words = side_operator_words_criterion (fact);
  g_autofree char *causes = side_operator_words_causes (fact);
  const char *kind = !both ? NULL : fact->random ? _("Random reviews") : _("Chosen reviews");
  g_autofree char *first = kind != NULL ? g_strdup_printf ("%s: %s", kind, words) : g_strdup (words);
  gboolean named = scripts && fact->title != NULL;
  g_autofree char *subtitle = g_strconcat (named ? fact->title : "", named ? "\n" : "", first, causes != NULL ? "\n" : NULL, causes, NULL);
  GtkWidget *row = side_operator_new_row (fact->text != NULL ? fact->text : fact->criterion, subtitle);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (hear != NULL)
    add_hear_button (row, fact, hear, data);
  return row;
}

static gboolean
has_both_kinds (const GArray *criteria)
{
  gboolean random = FALSE, chosen = FALSE;

  for (guint i = 0; i < criteria->len; i++)
    {
      random = random || g_array_index (criteria, SideCriterionFact, i).random;
      chosen = chosen || !g_array_index (criteria, SideCriterionFact, i).random;
    }
  return random && chosen;
}

static double
share_of (const SideCriterionFact *fact)
{
  return fact->n > 0 ? fact->sum / fact->n : 0;
}

static int
compare_shares (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const GArray *criteria = data;
  double x = share_of (&g_array_index (criteria, SideCriterionFact, *(const guint *) a));
  double y = share_of (&g_array_index (criteria, SideCriterionFact, *(const guint *) b));

  return (x > y) - (x < y);
}

static void
add_strength (AdwPreferencesGroup     *group,
              const SideOperatorFacts *facts,
              const GArray            *places,
              SideStrength             strength,
              const char              *title,
              SideHearFunc             hear,
              gpointer                 data)
{
  gboolean both = has_both_kinds (facts->criteria), scripts = has_scripts (facts->criteria);
  GtkWidget *expander = adw_expander_row_new ();
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      if (side_quality_get_strength (facts->criteria, place) != strength)
        continue;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander),
                                new_criterion_row (&g_array_index (facts->criteria, SideCriterionFact, place), both, scripts, hear, data));
      n++;
    }
  if (n == 0)
    {
      g_object_ref_sink (expander);
      g_object_unref (expander);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), "");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), strength != SIDE_STRENGTH_USUAL || n == places->len);
  side_operator_add_row (group, expander);
}

/**
 * side_operator_show_criteria:
 * @group: where
 * @facts: an operator in a period
 * @hear: (nullable): what is called when its moments are to be heard
 * @data: its argument
 */
void
side_operator_show_criteria (AdwPreferencesGroup     *group,
                             const SideOperatorFacts *facts,
                             SideHearFunc             hear,
                             gpointer                 data)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  side_operator_clear_group (group);
  for (guint i = 0; i < facts->criteria->len; i++)
    g_array_append_val (places, i);
  g_array_sort_with_data (places, compare_shares, facts->criteria);
  add_strength (group, facts, places, SIDE_STRENGTH_WEAK, _("Weaker than the rest"), hear, data);
  add_strength (group, facts, places, SIDE_STRENGTH_STRONG, _("Stronger than the rest"), hear, data);
  add_strength (group, facts, places, SIDE_STRENGTH_USUAL, _("Cannot be told from the rest"), hear, data);
  add_strength (group, facts, places, SIDE_STRENGTH_BONUS, _("Bonus"), hear, data);
  gtk_widget_set_visible (GTK_WIDGET (group), places->len > 0);
}

/**
 * side_operator_show_sound:
 * @group: where
 * @facts: an operator in a period
 */
void
side_operator_show_sound (AdwPreferencesGroup     *group,
                          const SideOperatorFacts *facts)
{
  static const SideSoundFigure figures[] = {
    SIDE_SOUND_FIGURE_TALK_SHARE, SIDE_SOUND_FIGURE_DEAD_AIR, SIDE_SOUND_FIGURE_TALK_OVER, SIDE_SOUND_FIGURE_LATENCY,
  };
  gboolean any = FALSE;

  side_operator_clear_group (group);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      const SideSoundRange *range = &facts->sound[figures[i]];
      g_autofree char *words = side_operator_words_range (figures[i], range);

      any = any || range->n > 0;
      if (range->n > 0)
        side_operator_add_row (group, side_operator_new_row (side_operator_words_sound (figures[i]), words));
    }
  gtk_widget_set_visible (GTK_WIDGET (group), any);
}

/* ---- reviews ---- */

/* Second, repeated and calibration reviews measure the reviewers: who repeats
 * one is not to learn of it here. */
static gboolean
is_shown (const SideReviewFact *fact,
          gboolean              test)
{
  return !fact->test == !test && fact->selection <= SIDE_SELECTION_CHOSEN;
}

static void
activate_cb (GtkWidget  *row,
             const char *call)
{
  gtk_widget_activate_action (row, "win.show-call", "s", call);
}

static void
free_text (gpointer  text,
           GClosure *closure)
{
  g_free (text);
}

static GtkWidget *
new_review_row (SideDesk             *desk,
                const SideReviewFact *fact)
{
  SideProject *project = side_desk_get_project (desk);
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, fact->joined_ms, side_desk_get_now_ms (desk));
  g_autofree char *score = isnan (fact->score) ? g_strdup ("–") : g_strdup_printf ("%.0f", fact->score);
  g_autofree char *would_be = !fact->critical ? NULL : !side_score_is_lowered (fact->score, fact->would_be)
                              ? g_strdup (_("critical fault")) : g_strdup_printf (_("critical fault, without it %.0f"), fact->would_be);
  g_autoptr (GString) words = g_string_new (side_review_fact_is_random (fact) ? C_("a review", "Random") : C_("a review", "Chosen"));
  GtkWidget *row, *mark = gtk_label_new (score);

  if (fact->reviewer != NULL)
    g_string_append_printf (words, " · %s", fact->reviewer);
  if (would_be != NULL)
    g_string_append_printf (words, " · %s", would_be);
  if (isnan (fact->score))
    g_string_append_printf (words, " · %s", _("its script is not on this computer"));
  else if (!fact->counts)
    g_string_append_printf (words, " · %s", _("a newer review counts"));
  row = side_operator_new_row (when, words->str);
  gtk_widget_add_css_class (mark, "numeric");
  gtk_widget_add_css_class (mark, fact->critical ? "score-poor" : "score-plain");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_data (row, "activated", G_CALLBACK (activate_cb), g_strdup (fact->call), free_text, 0);
  return row;
}

/* What is left to show; it goes with the button that asks for it. */
typedef struct {
  AdwPreferencesGroup *group;    /* not owned: the button lies in it */
  SideDesk            *desk;
  GPtrArray           *rest;     /* of SideReviewFact, owned */
  guint                shown;
} Rest;

static void
free_fact (gpointer data)
{
  side_review_fact_clear (data);
  g_free (data);
}

static void
free_rest (gpointer  data,
           GClosure *closure)
{
  Rest *rest = data;

  g_object_unref (rest->desk);
  g_ptr_array_unref (rest->rest);
  g_free (rest);
}

static void
more_cb (GtkButton *button,
         Rest      *rest)
{
  AdwPreferencesGroup *group = rest->group;
  guint to = MIN (rest->rest->len, rest->shown + MORE_REVIEWS);

  for (; rest->shown < to; rest->shown++)
    side_operator_add_row (group, new_review_row (rest->desk, rest->rest->pdata[rest->shown]));
  if (rest->shown == rest->rest->len)
    adw_preferences_group_set_header_suffix (group, NULL);
}

static void
add_more_button (AdwPreferencesGroup *group,
                 SideDesk            *desk,
                 GPtrArray           *facts)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show More"));
  Rest *rest = g_new0 (Rest, 1);

  rest->group = group;
  rest->desk = g_object_ref (desk);
  rest->rest = g_ptr_array_ref (facts);
  rest->shown = FIRST_REVIEWS;
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (more_cb), rest, free_rest, 0);
  adw_preferences_group_set_header_suffix (group, button);
}

/**
 * side_operator_show_reviews:
 * @group: where
 * @desk: whose project
 * @facts: an operator in a period
 * @test: those of test calls, or all others
 */
void
side_operator_show_reviews (AdwPreferencesGroup     *group,
                            SideDesk                *desk,
                            const SideOperatorFacts *facts,
                            gboolean                 test)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (free_fact);
  g_autofree char *count = NULL;

  side_operator_clear_group (group);
  adw_preferences_group_set_header_suffix (group, NULL);
  for (guint i = 0; i < facts->reviews->len; i++)
    {
      const SideReviewFact *fact = &g_array_index (facts->reviews, SideReviewFact, i);
      SideReviewFact *copy;

      if (!is_shown (fact, test))
        continue;
      copy = g_memdup2 (fact, sizeof *fact);
      copy->review = g_strdup (fact->review);
      copy->call = g_strdup (fact->call);
      g_ptr_array_add (shown, copy);
    }
  for (guint i = 0; i < shown->len && i < FIRST_REVIEWS; i++)
    side_operator_add_row (group, new_review_row (desk, shown->pdata[i]));
  if (shown->len > FIRST_REVIEWS)
    add_more_button (group, desk, shown);
  if (!test && facts->hidden > 0)
    {
      g_autofree char *hidden = g_strdup_printf (ngettext ("%u review is not counted in", "%u reviews are not counted in", facts->hidden),
                                                 facts->hidden);

      side_operator_add_row (group, side_operator_new_row (hidden, side_blind_words ()));
    }
  count = g_strdup_printf (ngettext ("%u review", "%u reviews", shown->len), shown->len);
  adw_preferences_group_set_description (group, shown->len > 0 ? count : NULL);
  gtk_widget_set_visible (GTK_WIDGET (group), shown->len > 0 || (!test && facts->hidden > 0));
}
