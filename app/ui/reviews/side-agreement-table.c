/* side-agreement-table.c - criteria with their figures of agreement, the worst first
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two tables over the same criteria, and a list of reviewers. A table makes
 * widgets for the rows in sight only: a script may have a hundred criteria.
 */
#include "side-agreement-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-agreement-words.h"
#include "side-drift-chart.h"

/* ---- a row: one criterion's figures, copied ---- */

#define SIDE_TYPE_AGREEMENT_ITEM (side_agreement_item_get_type ())
G_DECLARE_FINAL_TYPE (SideAgreementItem, side_agreement_item, SIDE, AGREEMENT_ITEM, GObject)

struct _SideAgreementItem
{
  GObject         parent_instance;
  char           *text;
  char           *advice;
  char           *faults;        /* how they are found, in a sentence */
  const char     *icon;
  SideAgreement   agreement;
  SideDetection   detection;
};

G_DEFINE_FINAL_TYPE (SideAgreementItem, side_agreement_item, G_TYPE_OBJECT)

static void
side_agreement_item_finalize (GObject *object)
{
  SideAgreementItem *self = SIDE_AGREEMENT_ITEM (object);

  g_free (self->text);
  g_free (self->advice);
  g_free (self->faults);
  G_OBJECT_CLASS (side_agreement_item_parent_class)->finalize (object);
}

static void
side_agreement_item_class_init (SideAgreementItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_agreement_item_finalize;
}

static void
side_agreement_item_init (SideAgreementItem *self)
{
}

static SideAgreementItem *
item_new (const SideCriterionAgreement *criterion)
{
  SideAgreementItem *self = g_object_new (SIDE_TYPE_AGREEMENT_ITEM, NULL);

  /* "2.1 Asks two open questions", as side_script_name_criterion() has it */
  self->text = g_strdup_printf ("%s %s", criterion->number, criterion->criterion->text);
  self->advice = side_agreement_words_verdict (criterion);
  self->faults = side_agreement_words_detection (&criterion->detection);
  self->icon = side_agreement_words_icon (criterion->verdict);
  self->agreement = criterion->agreement;
  self->detection = criterion->detection;
  return self;
}

static const char *
detection_icon (SideDetectionVerdict verdict)
{
  switch (verdict)
    {
    case SIDE_DETECTION_FAILS:
      return "side-over-symbolic";
    case SIDE_DETECTION_OUTSIDE:
    case SIDE_DETECTION_WITHIN:
      return "side-near-symbolic";
    case SIDE_DETECTION_HOLDS:
      return "side-good-symbolic";
    case SIDE_DETECTION_UNKNOWN:
    default:
      return "content-loading-symbolic";
    }
}

/* ---- columns ---- */

typedef enum { COLUMN_TEXT, COLUMN_FAULTS_TEXT, COLUMN_N, COLUMN_DECISIONS, COLUMN_FIGURE } ColumnKind;

typedef struct {
  const char *title;     /* untranslated */
  const char *tip;       /* untranslated, nullable */
  ColumnKind  kind;
  gsize       offset;    /* of the SideCoefficient in the item */
  gboolean    percent;
} Column;

static const Column agreement_columns[] = {
  { N_("Criterion"), NULL, COLUMN_TEXT, 0, FALSE },
  { N_("Calls"), N_("Calls that two people or more answered"), COLUMN_N, 0, FALSE },
  { N_("Agreement"), N_("Share of pairs of answers that are the same"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, agreement.observed), TRUE },
  { N_("Kappa"), N_("Cohen's kappa, of exactly two reviewers"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, agreement.kappa), FALSE },
  { N_("AC1"), N_("Gwet's AC1"), COLUMN_FIGURE, G_STRUCT_OFFSET (SideAgreementItem, agreement.ac1), FALSE },
  { N_("Alpha"), N_("Krippendorff's alpha; its lower bound decides"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, agreement.alpha), FALSE },
};

static const Column faults_columns[] = {
  { N_("Critical criterion"), NULL, COLUMN_FAULTS_TEXT, 0, FALSE },
  { N_("Decisions"), N_("Answers to calls with a consensus or an expert's answer"), COLUMN_DECISIONS, 0, FALSE },
  { N_("Correct"), /* xgettext:no-c-format */ N_("Right decisions; 90 % or more are wanted"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, detection.effectiveness), TRUE },
  { N_("Missed"), /* xgettext:no-c-format */ N_("Faults that were not seen; 2 % at most are wanted"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, detection.miss), TRUE },
  { N_("False alarms"), /* xgettext:no-c-format */ N_("Faults seen where there is none; 5 % at most are wanted"), COLUMN_FIGURE,
    G_STRUCT_OFFSET (SideAgreementItem, detection.false_alarm), TRUE },
};

static GtkWidget *
text_label (gboolean dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (dim)
    gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
setup_cb (const Column *column,
          GtkListItem  *list_item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  if (column->kind == COLUMN_TEXT || column->kind == COLUMN_FAULTS_TEXT)
    {
      GtkWidget *advice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (cell), text_label (FALSE));
      gtk_box_append (GTK_BOX (advice), gtk_image_new ());
      gtk_box_append (GTK_BOX (advice), text_label (TRUE));
      gtk_box_append (GTK_BOX (cell), advice);
    }
  else
    {
      GtkWidget *value = gtk_label_new (NULL), *interval = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (value), 0);   /* as the headings stand */
      gtk_label_set_xalign (GTK_LABEL (interval), 0);
      gtk_widget_add_css_class (value, "numeric");
      gtk_widget_add_css_class (interval, "numeric");
      gtk_widget_add_css_class (interval, "caption");
      gtk_widget_add_css_class (interval, "dim-label");
      gtk_box_append (GTK_BOX (cell), value);
      gtk_box_append (GTK_BOX (cell), interval);
    }
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_text (const Column      *column,
           SideAgreementItem *item,
           GtkWidget         *cell)
{
  gboolean faults = column->kind == COLUMN_FAULTS_TEXT;
  GtkWidget *advice = gtk_widget_get_last_child (cell);
  const char *icon = faults ? detection_icon (item->detection.verdict) : item->icon;
  GtkWidget *image = gtk_widget_get_first_child (advice);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (cell)), item->text);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_widget_remove_css_class (image, "error");
  gtk_widget_remove_css_class (image, "near");
  if (g_str_equal (icon, "side-over-symbolic"))
    gtk_widget_add_css_class (image, "error");
  else if (g_str_equal (icon, "side-near-symbolic"))
    gtk_widget_add_css_class (image, "near");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (advice)), faults ? item->faults : item->advice);
}

/* What a figure is, and why there is none. */
static void
explain (const Column      *column,
         SideAgreementItem *item,
         GtkWidget         *cell)
{
  const SideCoefficient *figure = G_STRUCT_MEMBER_P (item, column->offset);
  g_autofree char *tip = NULL;
  g_autofree char *why = column->kind != COLUMN_FIGURE ? NULL
                         : column->offset >= G_STRUCT_OFFSET (SideAgreementItem, detection)
                             ? side_agreement_words_no_share (&item->detection, figure)
                             : side_agreement_words_undefined (&item->agreement, figure);

  if (why != NULL)
    tip = g_strdup_printf ("%s\n%s", _(column->tip), why);
  gtk_widget_set_tooltip_text (cell, tip != NULL ? tip : column->tip != NULL ? _(column->tip) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (cell)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  why != NULL ? why : "", -1);
}

static void
bind_cb (const Column *column,
         GtkListItem  *list_item)
{
  SideAgreementItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  const SideCoefficient *figure = G_STRUCT_MEMBER_P (item, column->offset);
  g_autofree char *value = NULL, *interval = NULL;

  if (column->kind == COLUMN_TEXT || column->kind == COLUMN_FAULTS_TEXT)
    {
      bind_text (column, item, cell);
      return;
    }
  if (column->kind == COLUMN_FIGURE)
    {
      value = side_agreement_words_value (figure, column->percent);
      interval = side_agreement_words_interval (figure, column->percent);
    }
  else
    {
      value = g_strdup_printf ("%u", column->kind == COLUMN_N ? item->agreement.units : item->detection.n);
    }
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (cell)), value);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (cell)), interval != NULL ? interval : "");
  gtk_widget_set_visible (gtk_widget_get_last_child (cell), interval != NULL && *interval != '\0');
  explain (column, item, cell);
}

static GtkWidget *
table_new (const Column *columns,
           gsize         n_columns,
           const char   *name)
{
  GListStore *store = g_list_store_new (SIDE_TYPE_AGREEMENT_ITEM);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (store))));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (gsize i = 0; i < n_columns; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &columns[i]);
      g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      gtk_column_view_column_set_expand (column, i == 0);
      if (i > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].kind == COLUMN_FIGURE ? 104 : 84);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  g_object_set_data (G_OBJECT (scroller), "store", store);
  return scroller;
}

/**
 * side_agreement_table_new:
 *
 * Returns: (transfer floating): a table of agreement without criteria
 */
GtkWidget *
side_agreement_table_new (void)
{
  return table_new (agreement_columns, G_N_ELEMENTS (agreement_columns), _("Agreement by criterion"));
}

/**
 * side_agreement_faults_new:
 *
 * Returns: (transfer floating): a table of faults found and overlooked,
 *   without criteria
 */
GtkWidget *
side_agreement_faults_new (void)
{
  GtkWidget *table = table_new (faults_columns, G_N_ELEMENTS (faults_columns), _("Faults found by critical criterion"));

  g_object_set_data (G_OBJECT (table), "critical", GINT_TO_POINTER (TRUE));
  return table;
}

/**
 * side_agreement_table_show:
 * @table: from one of the above
 * @report: whose criteria it shows; of critical ones only where that is asked
 */
void
side_agreement_table_show (GtkWidget                 *table,
                           const SideAgreementReport *report)
{
  GListStore *store = g_object_get_data (G_OBJECT (table), "store");
  gboolean critical = g_object_get_data (G_OBJECT (table), "critical") != NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < report->criteria->len; i++)
    {
      const SideCriterionAgreement *each = report->criteria->pdata[i];

      if (!critical || each->criterion->critical != SIDE_CRITICAL_NO)
        g_ptr_array_add (items, item_new (each));
    }
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata, items->len);
}

/* ---- reviewers ---- */

/* A round number of points that all whiskers but wild ones stay within. */
static double
reach_of (const SideAgreementReport *report)
{
  double most = 5;

  for (guint i = 0; i < report->reviewers->len; i++)
    {
      const SideReviewerAgreement *reviewer = report->reviewers->pdata[i];

      for (guint k = 0; k < reviewer->windows->len; k++)
        {
          const SideDrift *window = &g_array_index (reviewer->windows, SideDrift, k);

          if (window->n > 0)
            most = MAX (most, fabs (window->mean) * 1.5);
          if (window->n > 2)
            most = MAX (most, MAX (fabs (window->interval.low), fabs (window->interval.high)));
        }
    }
  return most <= 10 ? ceil (most / 5) * 5 : MIN (ceil (most / 10) * 10, 100);
}

static GtkWidget *
reviewer_row (const SideReviewerAgreement *reviewer,
              double                       reach)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = gtk_label_new (reviewer->reviewer);
  g_autofree char *drift = side_agreement_words_drift (reviewer);
  g_autofree char *again = side_agreement_words_again (reviewer);
  g_autofree char *chart = NULL;
  const SideDetection *detection = &reviewer->detection;
  GtkWidget *line = text_label (FALSE);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (words), name);
  gtk_label_set_text (GTK_LABEL (line), drift);
  gtk_box_append (GTK_BOX (words), line);
  if (detection->n > 0)
    {
      g_autofree char *miss = side_agreement_words_figure (&detection->miss, TRUE);
      g_autofree char *alarm = side_agreement_words_figure (&detection->false_alarm, TRUE);
      g_autofree char *verdict = side_agreement_words_detection (detection);
      /* Translators: shares of critical faults with intervals, then a sentence about them */
      g_autofree char *text = g_strdup_printf (_("Critical faults missed %s, false alarms %s. %s"), miss, alarm, verdict);

      gtk_box_append (GTK_BOX (words), line = text_label (TRUE));
      gtk_label_set_text (GTK_LABEL (line), text);
    }
  if (again != NULL)
    {
      gtk_box_append (GTK_BOX (words), line = text_label (TRUE));
      gtk_label_set_text (GTK_LABEL (line), again);
    }
  for (GtkWidget *each = gtk_widget_get_first_child (words); each != NULL; each = gtk_widget_get_next_sibling (each))
    gtk_label_set_max_width_chars (GTK_LABEL (each), 80);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (row, 10);
  gtk_widget_set_margin_bottom (row, 10);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_box_append (GTK_BOX (row), words);
  chart = g_strdup_printf ("%s: %s", reviewer->reviewer, drift);
  gtk_box_append (GTK_BOX (row), side_drift_chart_new (reviewer->windows, reach, chart));
  return row;
}

/**
 * side_agreement_reviewers_new:
 * @report: whose reviewers
 *
 * Returns: (transfer floating): how strict each is, by name: never by strictness,
 *   because people whose intervals overlap have no order
 */
GtkWidget *
side_agreement_reviewers_new (const SideAgreementReport *report)
{
  GtkWidget *list = gtk_list_box_new ();
  double reach = reach_of (report);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < report->reviewers->len; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), reviewer_row (report->reviewers->pdata[i], reach));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}
