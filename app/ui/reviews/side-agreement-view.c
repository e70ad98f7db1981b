/* side-agreement-view.c - the tab of calibrations and of how far reviewers agree
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list: the report first, then the calibrations, the newest first; beside it
 * what is chosen.
 */
#include "side-agreement-view.h"

#include <glib/gi18n.h>

#include "side-agreement-page.h"
#include "side-agreement-words.h"
#include "side-calibration-dialog.h"
#include "side-calibration-view.h"
#include "side-calibrations.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-plan-words.h"

#define MAX_LINES 3   /* of a title in the list */

struct _SideAgreementView
{
  AdwBin               parent_instance;
  SideDesk            *desk;
  SideCalibrations    *calibrations;
  GtkListBox          *list;
  GtkWidget           *none;          /* said where there is no calibration */
  GtkWidget           *begin;
  GtkStack            *stack;         /* report, calibration */
  SideCalibrationView *calibration;
  char                *chosen;        /* id of a calibration; NULL for the report */
  char                *signature;     /* of what the list says */
  gboolean             filling;
};

G_DEFINE_FINAL_TYPE (SideAgreementView, side_agreement_view, ADW_TYPE_BIN)

static guint toast_signal;

static void
side_agreement_view_dispose (GObject *object)
{
  SideAgreementView *self = SIDE_AGREEMENT_VIEW (object);

  g_clear_object (&self->calibrations);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_agreement_view_parent_class)->dispose (object);
}

static void
side_agreement_view_finalize (GObject *object)
{
  SideAgreementView *self = SIDE_AGREEMENT_VIEW (object);

  g_free (self->chosen);
  g_free (self->signature);
  G_OBJECT_CLASS (side_agreement_view_parent_class)->finalize (object);
}

/* ---- the list ---- */

static guint
count_own (SideAgreementView     *self,
           const SideCalibration *calibration)
{
  guint n = 0;

  for (guint i = 0; i < calibration->calls->len; i++)
    n += side_calibration_find_review (calibration, side_calibrations_get_reviews (self->calibrations), calibration->calls->pdata[i],
                                       side_desk_get_user (self->desk)) != NULL ? 1 : 0;
  return n;
}

static char *
subtitle_of (SideAgreementView     *self,
             const SideCalibration *calibration)
{
  GPtrArray *reviews = side_calibrations_get_reviews (self->calibrations);
  gboolean blind = side_calibration_is_blind (calibration, reviews);
  const char *state = side_calibration_words_state (calibration->state, blind);
  gboolean asked = side_calibration_asks (calibration, side_desk_get_user (self->desk));
  guint own = count_own (self, calibration), calls = calibration->calls->len;
  g_autofree char *left = NULL;

  if (!blind)
    return g_strdup (state);
  if (asked && own < calls)
    left = g_strdup_printf (ngettext ("%u call for you", "%u calls for you", calls - own), calls - own);
  else if (asked)
    left = g_strdup (_("you have finished"));
  else
    left = g_strdup_printf (ngettext ("%u call", "%u calls", calls), calls);
  return g_strdup_printf ("%s · %s", state, left);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          const char *id)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *texts[] = { title, subtitle };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = texts[i] != NULL ? gtk_label_new (texts[i]) : NULL;

      if (label == NULL)
        continue;
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      /* Titles often differ at their end. */
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
      gtk_widget_set_tooltip_text (label, texts[i]);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  return row;
}

static void
show_chosen (SideAgreementView *self)
{
  if (self->chosen != NULL && side_calibrations_find (self->calibrations, self->chosen) == NULL)
    g_clear_pointer (&self->chosen, g_free);
  if (self->chosen != NULL)
    side_calibration_view_show (self->calibration, self->chosen);
  gtk_stack_set_visible_child_name (self->stack, self->chosen != NULL ? "calibration" : "report");
}

static void
select_chosen (SideAgreementView *self,
               gboolean           focus)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), self->chosen) == 0)
      {
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
        if (focus)
          gtk_widget_grab_focus (row);
      }
}

static void
fill (SideAgreementView *self)
{
  GPtrArray *list = side_calibrations_list (self->calibrations);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));

  self->filling = TRUE;
  side_clear_children (GTK_WIDGET (self->list));
  gtk_list_box_append (self->list, make_row (_("Report"), _("How far reviewers agree"), NULL));
  for (guint i = 0; i < list->len; i++)
    {
      const SideCalibration *calibration = list->pdata[i];
      g_autofree char *title = side_plan_words_calibration (self->calibrations, calibration);
      g_autofree char *subtitle = subtitle_of (self, calibration);

      gtk_list_box_append (self->list, make_row (title, subtitle, calibration->id));
    }
  select_chosen (self, focused);
  self->filling = FALSE;
}

static void
update (SideAgreementView *self)
{
  GPtrArray *list = side_calibrations_list (self->calibrations);
  GString *signature = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const SideCalibration *calibration = list->pdata[i];
      g_autofree char *subtitle = subtitle_of (self, calibration);

      g_string_append_printf (signature, "%s %s %s\n", calibration->id, calibration->title, subtitle);
    }
  show_chosen (self);
  gtk_widget_set_visible (self->none, list->len == 0 && side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->calibrations)));
  gtk_widget_set_visible (self->begin, side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->calibrations)));
  if (g_strcmp0 (signature->str, self->signature) != 0)
    fill (self);
  g_free (self->signature);
  self->signature = g_string_free (signature, FALSE);
}

static void
selected_cb (SideAgreementView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->filling || row == NULL)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  show_chosen (self);
}

/**
 * side_agreement_view_show:
 * @self: the tab
 * @id: (nullable): UUID of a calibration; %NULL for the report
 */
void
side_agreement_view_show (SideAgreementView *self,
                          const char        *id)
{
  g_return_if_fail (SIDE_IS_AGREEMENT_VIEW (self));

  g_free (self->chosen);
  self->chosen = g_strdup (id);
  show_chosen (self);
  self->filling = TRUE;
  select_chosen (self, FALSE);
  self->filling = FALSE;
}

/* ---- deeds ---- */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SideAgreementView *self = SIDE_AGREEMENT_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *dialog;

  if (!side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->calibrations)))
    return;
  dialog = side_calibration_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->desk);
  g_signal_connect_object (dialog, "made", G_CALLBACK (side_agreement_view_show), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
toast_cb (SideAgreementView *self,
          const char        *text,
          const char        *action)
{
  g_signal_emit (self, toast_signal, 0, text, action);
}

static void
failed_cb (SideAgreementView *self,
           const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  g_signal_emit (self, toast_signal, 0, words, NULL);
}

/* ---- the tab ---- */

static void
side_agreement_view_class_init (SideAgreementViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_agreement_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_agreement_view_finalize;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_AGREEMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "agreement.new-calibration", NULL, new_action);
}

static GtkWidget *
make_side (SideAgreementView *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroller = gtk_scrolled_window_new ();

  self->begin = gtk_button_new_with_mnemonic (_("_New Calibration…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->begin), "agreement.new-calibration");
  gtk_widget_set_margin_top (self->begin, 12);
  gtk_widget_set_margin_bottom (self->begin, 6);
  gtk_widget_set_margin_start (self->begin, 12);
  gtk_widget_set_margin_end (self->begin, 12);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Report and calibrations"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  self->none = gtk_label_new (_("In a calibration several people review the same calls apart, and then talk about where they differ."));
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->none), 24);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_margin_start (self->none, 18);
  gtk_widget_set_margin_end (self->none, 18);
  gtk_widget_set_margin_bottom (self->none, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (side, 230, -1);
  gtk_widget_set_hexpand (side, FALSE);
  gtk_box_append (GTK_BOX (side), self->begin);
  gtk_box_append (GTK_BOX (side), scroller);
  gtk_box_append (GTK_BOX (side), self->none);
  return side;
}

static void
side_agreement_view_init (SideAgreementView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_side (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_agreement_view_new:
 * @desk: whose calibrations and reviews
 *
 * Returns: (transfer floating) (nullable): the tab; %NULL for who reviews nothing
 */
GtkWidget *
side_agreement_view_new (SideDesk *desk)
{
  SideAgreementView *self;
  SideCalibrations *calibrations;
  GtkWidget *report;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  calibrations = side_calibrations_get (desk);
  if (!side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (calibrations)))
    return NULL;
  self = g_object_new (SIDE_TYPE_AGREEMENT_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->calibrations = g_object_ref (calibrations);
  report = side_agreement_page_new (desk);
  self->calibration = SIDE_CALIBRATION_VIEW (side_calibration_view_new (desk));
  gtk_stack_add_named (self->stack, report, "report");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->calibration), "calibration");
  g_signal_connect_object (report, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calibration, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calibrations, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calibrations, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  fill (self);
  update (self);
  return GTK_WIDGET (self);
}
