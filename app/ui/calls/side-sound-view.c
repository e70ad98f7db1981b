/* side-sound-view.c - what can be known of a recording, as figures
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First what stands out, in whole sentences; then the conversation, each side's
 * line, and tones. A row that has a moment goes there. Of a mix of both sides
 * nothing is said that would need to know who spoke.
 */
#include "side-sound-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-clear.h"
#include "side-sound-words.h"
#include "side-text.h"

#define LONG_DEAD_AIR_MS 10000
#define DEAD_AIR_MS      4000
#define MOST_TONES       12

struct _SideSoundView
{
  GtkWidget  parent_instance;
  GtkWidget *scrolled;
  GtkWidget *box;
  gint64     origin_ms;   /* added to each time that is told */
};

G_DEFINE_FINAL_TYPE (SideSoundView, side_sound_view, GTK_TYPE_WIDGET)

static guint seek_requested;

static void
side_sound_view_dispose (GObject *object)
{
  SideSoundView *self = SIDE_SOUND_VIEW (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (side_sound_view_parent_class)->dispose (object);
}

static void
side_sound_view_class_init (SideSoundViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_sound_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  seek_requested = g_signal_new ("seek-requested", SIDE_TYPE_SOUND_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
side_sound_view_init (SideSoundView *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

static void
clear (SideSoundView *self)
{
  side_clear_children (self->box);
}

static void
activated_cb (GtkWidget     *row,
              SideSoundView *self)
{
  gint64 *at_ms = g_object_get_data (G_OBJECT (row), "side-at-ms");

  g_signal_emit (self, seek_requested, 0, *at_ms);
}

static AdwPreferencesGroup *
add_group (SideSoundView *self,
           const char    *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);
  return ADW_PREFERENCES_GROUP (group);
}

/* @value: (transfer full) (nullable); @at_ms: where to listen, or SIDE_ANALYSIS_UNKNOWN */
static void
add_row (SideSoundView       *self,
         AdwPreferencesGroup *group,
         const char          *title,
         char                *value,
         gint64               at_ms)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (value != NULL)
    {
      label = gtk_label_new (value);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      g_free (value);
    }
  if (at_ms >= 0)
    {
      g_autofree char *at = side_text_duration (self->origin_ms + at_ms);
      g_autofree char *tip = g_strdup_printf (_("Listen at %s"), at);

      label = gtk_label_new (at);
      gtk_widget_add_css_class (label, "accent");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_tooltip_text (row, tip);
      g_object_set_data_full (G_OBJECT (row), "side-at-ms", g_memdup2 (&at_ms, sizeof at_ms), g_free);
      g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);
    }
  adw_preferences_group_add (group, row);
}

static void
add_flags (SideSoundView      *self,
           const SideAnalysis *analysis)
{
  AdwPreferencesGroup *group = NULL;
  const char *reason = side_sound_words_attribution (analysis->attribution);

  if (reason != NULL)
    {
      group = add_group (self, _("What stands out"));
      add_row (self, group, reason, NULL, SIDE_ANALYSIS_UNKNOWN);
    }
  for (guint i = 0; i < analysis->flags->len; i++)
    {
      const SideSoundFlag *flag = &g_array_index (analysis->flags, SideSoundFlag, i);
      g_autofree char *words = side_sound_words_flag (flag);

      if (words == NULL)
        continue;
      if (group == NULL)
        group = add_group (self, _("What stands out"));
      add_row (self, group, words, NULL, flag->at_ms);
    }
}

static gint64
first_of (const GArray *spans)
{
  return spans->len > 0 ? g_array_index (spans, SideSpan, 0).from_ms : SIDE_ANALYSIS_UNKNOWN;
}

static void
add_silences (SideSoundView       *self,
              AdwPreferencesGroup *group,
              const SideAnalysis  *analysis)
{
  static const gint64 limits[] = { DEAD_AIR_MS, LONG_DEAD_AIR_MS };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      guint count;
      gint64 total_ms = side_analysis_get_dead_air_ms (analysis, limits[i], &count);
      g_autofree char *total = side_text_duration (total_ms);
      g_autofree char *title = g_strdup_printf (_("Nobody speaks for over %d s"), (int) (limits[i] / 1000));
      gint64 at_ms = SIDE_ANALYSIS_UNKNOWN;

      for (guint k = 0; k < analysis->conversation.dead_air->len && at_ms < 0; k++)
        {
          const SideSpan *span = &g_array_index (analysis->conversation.dead_air, SideSpan, k);

          if (span->to_ms - span->from_ms > limits[i])
            at_ms = span->from_ms;
        }
      add_row (self, group, title, count > 0 ? g_strdup_printf ("%u × · %s", count, total) : g_strdup ("0"), at_ms);
    }
}

static void
add_talk_over (SideSoundView       *self,
               AdwPreferencesGroup *group,
               const SideAnalysis  *analysis)
{
  const char *titles[] = { _("The operator cuts in"), _("The customer cuts in") };

  for (int who = 0; who < 2; who++)
    {
      guint count;
      gint64 total_ms = side_analysis_get_talk_over_ms (analysis, who, &count);
      g_autofree char *total = side_text_duration_tenths (total_ms);
      gint64 at_ms = SIDE_ANALYSIS_UNKNOWN;

      for (guint k = 0; k < analysis->conversation.talk_over->len && at_ms < 0; k++)
        {
          const SideTalkOver *over = &g_array_index (analysis->conversation.talk_over, SideTalkOver, k);

          if (over->who == who)
            at_ms = over->from_ms;
        }
      add_row (self, group, titles[who], count > 0 ? g_strdup_printf ("%u × · %s", count, total) : g_strdup ("0"), at_ms);
    }
}

static void
add_conversation (SideSoundView      *self,
                  const SideAnalysis *analysis)
{
  const SideConversation *talk = &analysis->conversation;
  AdwPreferencesGroup *group = add_group (self, _("Conversation"));
  const SideLatency *latency = &talk->latency[SIDE_CHANNEL_OPERATOR];
  g_autofree char *operators = side_text_percent (talk->talk_share[0], 0);
  g_autofree char *customers = side_text_percent (talk->talk_share[1], 0);

  add_row (self, group, _("Talk share, operator and customer"), g_strdup_printf ("%s / %s", operators, customers),
           SIDE_ANALYSIS_UNKNOWN);
  add_silences (self, group, analysis);
  add_talk_over (self, group, analysis);
  if (latency->n > 0)
    add_row (self, group, _("The operator answers after, median and nine in ten"),
             g_strdup_printf (_("%.1f s / %.1f s"), latency->median_ms / 1000.0, latency->p90_ms / 1000.0),
             latency->longest.from_ms);
  if (talk->greeting_ms >= 0)
    add_row (self, group, _("The operator first speaks after"), g_strdup_printf (_("%.1f s"), (double) talk->greeting_ms / 1000.0),
             SIDE_ANALYSIS_UNKNOWN);
}

static void
add_side (SideSoundView      *self,
          const SideAnalysis *analysis,
          guint               channel,
          const char         *title)
{
  const SideOfCall *side = side_analysis_get_side (analysis, channel);
  AdwPreferencesGroup *group = add_group (self, title);
  g_autofree char *spoke = side_text_duration (side_spans_length (side->speech));

  add_row (self, group, _("Speech"), g_strdup (spoke), first_of (side->speech));
  if (side_analysis_is_measured (analysis) && side->longest_monologue.to_ms > side->longest_monologue.from_ms)
    add_row (self, group, _("Longest without a break"),
             side_text_duration (side->longest_monologue.to_ms - side->longest_monologue.from_ms),
             side->longest_monologue.from_ms);
  if (isfinite (side->pace))
    add_row (self, group, _("Pace, about"), g_strdup_printf (_("%.1f syllables a second"), side->pace), SIDE_ANALYSIS_UNKNOWN);
  if (isfinite (side->loudness_lufs))
    add_row (self, group, _("Loudness (EBU R128)"), g_strdup_printf (_("%.1f LUFS"), side->loudness_lufs), SIDE_ANALYSIS_UNKNOWN);
  if (isfinite (side->noise_floor_dbfs))
    add_row (self, group, _("Noise between the words"), g_strdup_printf (_("%.0f dBFS"), side->noise_floor_dbfs),
             SIDE_ANALYSIS_UNKNOWN);
  if (isfinite (side->snr_db))
    add_row (self, group, _("Speech above the noise"), g_strdup_printf (_("%.0f dB"), side->snr_db), SIDE_ANALYSIS_UNKNOWN);
  add_row (self, group, _("Distorted (clipped) places"), g_strdup_printf ("%u", side->clipped_runs),
           side->clipped_runs > 0 ? side->clipped_at_ms : SIDE_ANALYSIS_UNKNOWN);
}

static void
add_tones (SideSoundView      *self,
           const SideAnalysis *analysis)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < analysis->tones->len && i < MOST_TONES; i++)
    {
      const SideTone *tone = &g_array_index (analysis->tones, SideTone, i);
      g_autofree char *title = tone->digit != 0 ? g_strdup_printf ("%s %c", side_sound_words_tone (tone->kind), tone->digit)
                                                : g_strdup (side_sound_words_tone (tone->kind));

      if (group == NULL)
        group = add_group (self, _("Tones and music"));
      add_row (self, group, title, side_text_duration_tenths (tone->to_ms - tone->from_ms), tone->from_ms);
    }
  if (analysis->tones->len > MOST_TONES)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", analysis->tones->len - MOST_TONES),
                                               analysis->tones->len - MOST_TONES);
      add_row (self, group, more, NULL, SIDE_ANALYSIS_UNKNOWN);
    }
}

/**
 * side_sound_view_set_analysis:
 * @self: the view
 * @analysis: what was found
 */
void
side_sound_view_set_analysis (SideSoundView      *self,
                              const SideAnalysis *analysis)
{
  gboolean measured;

  g_return_if_fail (SIDE_IS_SOUND_VIEW (self));
  g_return_if_fail (analysis != NULL);

  clear (self);
  measured = side_analysis_is_measured (analysis);
  add_flags (self, analysis);
  if (measured)
    add_conversation (self, analysis);
  if (measured)
    {
      add_side (self, analysis, SIDE_CHANNEL_OPERATOR, _("Operator's line"));
      add_side (self, analysis, SIDE_CHANNEL_CUSTOMER, _("Customer's line"));
    }
  else if (analysis->sides->len > 0)
    {
      add_side (self, analysis, 0, _("Recording"));
    }
  add_tones (self, analysis);
}

/**
 * side_sound_view_set_origin:
 * @self: the view
 * @origin_ms: what the clock stands at where the recording begins, for what is shown from now on; 0 usually
 */
void
side_sound_view_set_origin (SideSoundView *self,
                            gint64         origin_ms)
{
  g_return_if_fail (SIDE_IS_SOUND_VIEW (self));
  self->origin_ms = origin_ms;
}

/**
 * side_sound_view_set_message:
 * @self: the view
 * @message: why there are no figures (yet)
 */
void
side_sound_view_set_message (SideSoundView *self,
                             const char    *message)
{
  GtkWidget *label;

  g_return_if_fail (SIDE_IS_SOUND_VIEW (self));

  clear (self);
  label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 24);
  gtk_box_append (GTK_BOX (self->box), label);
}
