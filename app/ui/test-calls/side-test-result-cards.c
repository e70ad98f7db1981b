/* side-test-result-cards.c - what a test call came to, as figures
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is made of a call as it is; who shows it makes it anew when the call is
 * another. Words and a sign say what is wrong, colour only helps.
 */
#include "side-test-result-cards.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-emodel.h"
#include "side-test-prompt.h"
#include "side-test-result-words.h"
#include "side-text.h"
#include "side-wrapping.h"

/**
 * side_test_result_label_new:
 * @words: (nullable): what it says
 * @css_class: (nullable): how it looks
 *
 * Returns: (transfer floating): a label of as many lines as it needs
 */
GtkWidget *
side_test_result_label_new (const char *words,
                            const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  side_label_wrap (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * side_test_result_card_new:
 * @title: (nullable): what stands above it
 *
 * Returns: (transfer floating): a vertical box that looks like a card
 */
GtkWidget *
side_test_result_card_new (const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  if (title != NULL)
    gtk_box_append (GTK_BOX (card), side_test_result_label_new (title, "heading"));
  return card;
}

/* ---- limits ---- */

static GtkWidget *
new_number (gint64      ms,
            const char *none)
{
  g_autofree char *words = ms >= 0 ? side_text_duration_tenths (ms) : g_strdup (none);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static gint64
allowed_ms (const SideTestCall *call,
            SideLimit           limit)
{
  g_autoptr (GArray) checks = side_test_call_limits (call);

  for (guint i = 0; i < checks->len; i++)
    if (g_array_index (checks, SideLimitCheck, i).limit == limit)
      return g_array_index (checks, SideLimitCheck, i).allowed_ms;
  return -1;
}

static void
add_limit (GtkGrid            *grid,
           const SideTestCall *call,
           SideLimit           limit)
{
  int row = (int) limit + 1;
  gboolean over;
  gint64 allowed = allowed_ms (call, limit), took = side_test_call_took (call, limit);
  g_autofree char *words = side_test_result_words_check (call, limit, &over);
  g_autofree char *signed_words = allowed >= 0 && took >= 0 ? side_test_result_words_verdict (words, over) : g_strdup (words);
  GtkWidget *verdict = side_test_result_label_new (signed_words, over ? "limit-over" : "dim-label");
  GtkWidget *name = side_test_result_label_new (side_test_result_words_limit (limit), NULL);

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_valign (verdict, GTK_ALIGN_START);
  gtk_widget_set_hexpand (verdict, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, new_number (took, "–"), 1, row, 1, 1);
  gtk_grid_attach (grid, new_number (allowed, "–"), 2, row, 1, 1);
  gtk_grid_attach (grid, verdict, 3, row, 1, 1);
}

/* An announcement that was compared with its recording, below the limits. */
static void
add_prompt (GtkGrid              *grid,
            const SideTestPrompt *prompt,
            int                   row)
{
  gboolean wrong = prompt->state == SIDE_TEST_PROMPT_NOT_HEARD;
  g_autofree char *words = side_test_prompt_words (prompt);
  g_autofree char *verdict = prompt->state == SIDE_TEST_PROMPT_UNSURE ? g_strdup_printf ("? %s", words) : side_test_result_words_verdict (words, wrong);

  gtk_grid_attach (grid, side_test_result_label_new (verdict, wrong ? "limit-over" : "dim-label"), 0, row, 4, 1);
}

/**
 * side_test_result_limits_new:
 * @call: a test call
 *
 * Returns: (transfer floating): what its parts took, and what they may; and what was found
 *   of announcements that have a recording
 */
GtkWidget *
side_test_result_limits_new (const SideTestCall *call)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *const heads[] = { "", _("Took"), _("Allowed"), "" };

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (int i = 0; i < (int) G_N_ELEMENTS (heads); i++)
    {
      GtkWidget *head = side_test_result_label_new (heads[i], "script-hint");

      gtk_label_set_xalign (GTK_LABEL (head), 1);
      gtk_grid_attach (GTK_GRID (grid), head, i, 0, 1, 1);
    }
  for (int i = 0; i < SIDE_N_LIMITS; i++)
    add_limit (GTK_GRID (grid), call, (SideLimit) i);
  for (guint i = 0; i < call->prompts->len; i++)
    add_prompt (GTK_GRID (grid), call->prompts->pdata[i], SIDE_N_LIMITS + 1 + (int) i);
  return grid;
}

/* ---- the line ---- */

static void
add_figure (GtkGrid    *grid,
            int        *row,
            const char *title,
            char       *words)
{
  g_autofree char *figure = words;
  GtkWidget *value;

  if (figure == NULL)
    return;
  value = side_test_result_label_new (figure, "numeric");
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, side_test_result_label_new (title, "dim-label"), 0, *row, 1, 1);
  gtk_grid_attach (grid, value, 1, *row, 1, 1);
  (*row)++;
}

static GtkWidget *
new_explanation (const SideTestQuality *quality)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Translators: how a mean opinion score is reckoned; Idd and Ie,eff are quantities of ITU-T G.107 */
  GtkWidget *formula = side_test_result_label_new (_("R = 93.2 − Idd (delay) − Ie,eff (codec and loss)\n"
                                                     "MOS = 1 + 0.035·R + R·(R − 60)·(100 − R)·7·10⁻⁶"), "numeric");
  GtkWidget *assumed = side_test_result_label_new (quality->assumptions, NULL);

  gtk_label_set_max_width_chars (GTK_LABEL (assumed), 44);
  gtk_label_set_max_width_chars (GTK_LABEL (formula), 44);
  gtk_box_append (GTK_BOX (box), side_test_result_label_new (_("How MOS is estimated"), "heading"));
  gtk_box_append (GTK_BOX (box), formula);
  gtk_box_append (GTK_BOX (box), assumed);
  gtk_widget_add_css_class (box, "finding");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "dialog-information-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _("How MOS is estimated"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How MOS is estimated"), -1);
  return button;
}

static void
add_warnings (GtkWidget             *box,
              const SideTestQuality *quality)
{
  g_autoptr (GArray) warnings = side_line_warnings (quality);

  for (guint i = 0; i < warnings->len; i++)
    {
      const SideLineWarning *warning = &g_array_index (warnings, SideLineWarning, i);
      g_autofree char *words = side_line_warning_words (warning);
      g_autofree char *sign = g_strdup_printf ("%s %s", warning->serious ? "✗" : "!", words);

      gtk_box_append (GTK_BOX (box), side_test_result_label_new (sign, warning->serious ? "limit-over" : "limit-near"));
    }
}

/**
 * side_test_result_line_new:
 * @call: a test call
 *
 * Returns: (transfer floating): how good the line was
 */
GtkWidget *
side_test_result_line_new (const SideTestCall *call)
{
  const SideTestQuality *quality = &call->quality;
  const SideCodecModel *codec = side_emodel_find_codec (quality->codec, FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *grid = gtk_grid_new (), *mos;
  g_autofree char *loss = quality->loss >= 0 ? side_text_percent (quality->loss, 1) : NULL;
  int row = 0;

  if (quality->codec == NULL)
    return side_test_result_label_new (call->end == SIDE_TEST_END_UNKNOWN ? _("The call was cut off before anything was known of the line.")
                                                                          : _("No sound came, so nothing is known of the line."), "dim-label");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  add_figure (GTK_GRID (grid), &row, _("Codec"), g_strdup_printf ("%s, %s", codec != NULL ? codec->title : quality->codec,
                                                                  quality->encrypted ? _("encrypted") : _("not encrypted")));
  add_figure (GTK_GRID (grid), &row, _("Loss"), g_strdup (loss != NULL ? loss : _("not known")));
  add_figure (GTK_GRID (grid), &row, _("Jitter"), quality->jitter_ms >= 0 ? g_strdup_printf (_("%.0f ms"), quality->jitter_ms) : g_strdup (_("not known")));
  add_figure (GTK_GRID (grid), &row, _("Round trip"),
              quality->round_trip_ms >= 0 ? g_strdup_printf (_("%.0f ms"), quality->round_trip_ms) : g_strdup (_("not known")));
  mos = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  if (quality->mos >= 0)
    {
      g_autofree char *score = g_strdup_printf ("%.1f", quality->mos);

      gtk_box_append (GTK_BOX (mos), side_test_result_label_new (score, "heading"));
    }
  else
    gtk_box_append (GTK_BOX (mos), side_test_result_label_new (_("not known"), NULL));
  if (quality->assumptions != NULL)
    gtk_box_append (GTK_BOX (mos), new_explanation (quality));
  gtk_grid_attach (GTK_GRID (grid), side_test_result_label_new (_("MOS, estimated"), "dim-label"), 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), mos, 1, row, 1, 1);
  gtk_box_append (GTK_BOX (box), grid);
  add_warnings (box, quality);
  return box;
}

/**
 * side_test_result_removed_new:
 *
 * Returns: (transfer floating): what stands there after a call was deleted
 */
GtkWidget *
side_test_result_removed_new (void)
{
  GtkWidget *page = adw_status_page_new (), *button = gtk_button_new_with_mnemonic (_("_Undo"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "user-trash-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("The test call is deleted"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Its recording goes with it when this window is closed."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "result.restore");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

/**
 * side_test_result_gone_new:
 *
 * Returns: (transfer floating): what stands there where a call is not any more
 */
GtkWidget *
side_test_result_gone_new (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("This test call is not there any more"));
  return page;
}
