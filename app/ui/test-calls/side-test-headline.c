/* side-test-headline.c - what became of a test call, in a few words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-headline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"
#include "side-score-ring.h"
#include "side-test-call-words.h"
#include "side-test-result-cards.h"
#include "side-test-result-words.h"

struct _SideTestHeadline
{
  GtkBox         parent_instance;
  GtkWidget     *became;       /* GtkLabel */
  GtkWidget     *faults;       /* GtkLabel */
  GtkWidget     *about;        /* GtkLabel: when, on which line, by whom */
  GtkWidget     *rules;        /* GtkLabel: who acknowledged the rules of test calls */
  SideScoreRing *ring;
};

G_DEFINE_FINAL_TYPE (SideTestHeadline, side_test_headline, GTK_TYPE_BOX)

static void
show_became (SideTestHeadline   *self,
             const SideTestCall *call)
{
  g_autofree char *words = side_test_result_words_short (call);
  g_autofree char *end = call->ended_ms != 0 ? side_test_call_words_end (call) : NULL;
  g_autofree char *line = end != NULL ? g_strdup_printf ("%s. %s", words, end) : g_strdup (words);
  g_autofree char *first = g_utf8_substring (line, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);
  g_autofree char *whole = g_strconcat (upper, line + strlen (first), NULL);

  gtk_label_set_label (GTK_LABEL (self->became), whole);
}

static void
show_faults (SideTestHeadline   *self,
             const SideTestCall *call)
{
  gboolean wrong;
  g_autofree char *words = side_test_result_words_found (call, &wrong);

  gtk_widget_set_visible (self->faults, call->ended_ms != 0);
  gtk_label_set_label (GTK_LABEL (self->faults), words);
  if (wrong)
    gtk_widget_add_css_class (self->faults, "limit-over");
  else
    gtk_widget_remove_css_class (self->faults, "limit-over");
}

/* The name of who answered is for clients only where somebody said so. */
static void
show_about (SideTestHeadline   *self,
            SideDesk           *desk,
            const SideTestCall *call,
            gboolean            own)
{
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, call->dialled_ms, side_desk_get_now_ms (desk));
  g_autoptr (GString) about = g_string_new (when);

  if (call->account != NULL)
    {
      g_string_append (about, " · ");
      g_string_append_printf (about, _("on the line “%s”"), call->account);
    }
  if (call->robot)
    g_string_append_printf (about, " · %s", _("by the robot"));
  if (call->review->reviewer != NULL)
    {
      g_string_append (about, " · ");
      g_string_append_printf (about, _("made by %s"), call->review->reviewer);
    }
  if (call->operator_name != NULL && (side_desk_get_role (desk) != SIDE_ROLE_CLIENT || call->names_shown || own))
    {
      g_string_append (about, " · ");
      g_string_append_printf (about, _("%s answered"), call->operator_name);
    }
  gtk_label_set_label (GTK_LABEL (self->about), about->str);
}

/* Whoever asks later whether this call was allowed finds it here. */
static void
show_rules (SideTestHeadline   *self,
            SideDesk           *desk,
            const SideTestCall *call)
{
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *day = NULL, *words = NULL;

  gtk_widget_set_visible (self->rules, call->rules_version != 0);
  if (call->rules_version == 0)
    return;
  day = side_format_date (project != NULL ? project->time_zone : NULL, call->rules_ms, side_desk_get_now_ms (desk));
  if (call->rules_by != NULL)
    /* Translators: the rules of test calls; a name, and a day */
    words = g_strdup_printf (_("Rules acknowledged by %s on %s"), call->rules_by, day);
  else
    /* Translators: the rules of test calls; a day */
    words = g_strdup_printf (_("Rules acknowledged on %s"), day);
  gtk_label_set_label (GTK_LABEL (self->rules), words);
}

/* ---- the widget ---- */

static void
side_test_headline_class_init (SideTestHeadlineClass *klass)
{
}

static void
side_test_headline_init (SideTestHeadline *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_set_spacing (GTK_BOX (self), 14);
  self->became = side_test_result_label_new (NULL, "heading");
  self->about = side_test_result_label_new (NULL, "script-hint");
  self->rules = side_test_result_label_new (NULL, "script-hint");
  self->faults = side_test_result_label_new (NULL, NULL);
  self->ring = SIDE_SCORE_RING (g_object_new (SIDE_TYPE_SCORE_RING, NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->ring), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->became);
  gtk_box_append (GTK_BOX (words), self->faults);
  gtk_box_append (GTK_BOX (words), self->about);
  gtk_box_append (GTK_BOX (words), self->rules);
  gtk_box_append (GTK_BOX (self), words);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->ring));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "step-card");
}

/**
 * side_test_headline_new:
 *
 * Returns: (transfer floating): a card without words
 */
GtkWidget *
side_test_headline_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_HEADLINE, NULL);
}

/**
 * side_test_headline_show:
 * @self: a card
 * @desk: whose time it is told in
 * @call: a test call
 * @score: of it, 0 to 100; NaN for none
 * @own: whether whoever looks made it
 */
void
side_test_headline_show (SideTestHeadline   *self,
                         SideDesk           *desk,
                         const SideTestCall *call,
                         double              score,
                         gboolean            own)
{
  g_return_if_fail (SIDE_IS_TEST_HEADLINE (self) && SIDE_IS_DESK (desk) && call != NULL);

  show_became (self, call);
  show_faults (self, call);
  show_about (self, desk, call, own);
  show_rules (self, desk, call);
  side_score_ring_set_score (self->ring, score);
}
