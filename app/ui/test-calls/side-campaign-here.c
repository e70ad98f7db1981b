/* side-campaign-here.c - whether the computer makes a campaign's calls from here
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A switch and the line that is called on; and a strip that says what the
 * computer does now, in which it can be stopped.
 */
#include "side-campaign-here.h"

#include <glib/gi18n.h>

#include "side-banner.h"
#include "side-campaign-words.h"
#include "side-draft-fields.h"
#include "side-lines-window.h"
#include "side-rules-dialog.h"
#include "side-rules.h"

struct _SideCampaignHere
{
  AdwBin             parent_instance;
  SideBanner        *banner;
  GtkWidget         *here_box;
  GtkWidget         *here;        /* GtkSwitch */
  GtkWidget         *line;        /* GtkDropDown */
  SideCampaigns     *campaigns;
  SideCampaignRobot *robot;
  SideLines         *lines;
  char              *rules;       /* (nullable): file of the acknowledgement, where it is not the usual one */
  char              *id;          /* (nullable) */
  gboolean           showing;
};

G_DEFINE_FINAL_TYPE (SideCampaignHere, side_campaign_here, ADW_TYPE_BIN)

static guint toast_signal;

static void
side_campaign_here_dispose (GObject *object)
{
  SideCampaignHere *self = SIDE_CAMPAIGN_HERE (object);

  self->showing = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->campaigns);
  g_clear_object (&self->robot);
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (side_campaign_here_parent_class)->dispose (object);
}

static void
side_campaign_here_finalize (GObject *object)
{
  SideCampaignHere *self = SIDE_CAMPAIGN_HERE (object);

  g_free (self->rules);
  g_free (self->id);
  G_OBJECT_CLASS (side_campaign_here_parent_class)->finalize (object);
}

static SideDesk *
desk_of (SideCampaignHere *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->campaigns));
}

/* ---- what is shown ---- */

static void
show_robot_banner (SideCampaignHere   *self,
                   const SideCampaign *campaign)
{
  const char *calling = side_campaign_robot_get_calling (self->robot, NULL), *trouble = side_campaign_robot_get_trouble (self->robot);
  gboolean paused = side_campaign_robot_get_paused (self->robot), here = side_campaign_robot_get_line (self->robot, campaign->id) != NULL;
  const SideCampaign *called = calling != NULL ? side_campaigns_find (self->campaigns, calling) : NULL;

  side_banner_set_button (self->banner, paused ? _("Go On") : _("Pause"), "campaign-robot.pause");
  side_banner_set_second_button (self->banner, called != NULL && side_campaign_robot_get_run (self->robot) != NULL ? _("Hang Up") : NULL,
                                 "campaign-robot.hang-up");
  if (called != NULL)
    side_banner_show (self->banner, SIDE_BANNER_NOTICE, _("The computer is calling now"), side_campaign_words_title (called));
  else if (here && trouble != NULL)
    side_banner_show (self->banner, SIDE_BANNER_WARNING, _("The last call could not be made"), trouble);
  else if (here && paused)
    side_banner_show (self->banner, SIDE_BANNER_NOTICE, _("The computer makes a pause"), _("Calls that become due meanwhile are missed after half an hour."));
  else if (here)
    side_banner_show (self->banner, SIDE_BANNER_NOTICE, _("The computer calls from here"), _("As long as Sidetone is open."));
  else
    side_banner_hide (self->banner);
}

static void
show_lines (SideCampaignHere   *self,
            const SideCampaign *campaign)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *chosen = side_campaign_robot_get_line (self->robot, campaign->id);
  guint n = side_lines_get_count (self->lines), place = 0;

  for (guint i = 0; i < n; i++)
    {
      const SideLine *line = side_lines_get (self->lines, i);

      if (g_strcmp0 (line->id, chosen) == 0)
        place = i;
      g_ptr_array_add (words, (gpointer) (line->label != NULL ? line->label : ""));
    }
  g_ptr_array_add (words, NULL);
  if (chosen == NULL && gtk_drop_down_get_selected (GTK_DROP_DOWN (self->line)) < n)
    place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->line));
  side_draft_choice_show (self->line, (const char *const *) words->pdata, place);
  gtk_widget_set_visible (self->here_box, campaign->robot && side_campaigns_may_call (self->campaigns, campaign));
  gtk_switch_set_active (GTK_SWITCH (self->here), chosen != NULL);
}

static void
update (SideCampaignHere *self)
{
  const SideCampaign *campaign = self->campaigns != NULL && self->id != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;

  if (campaign == NULL || self->showing || desk_of (self) == NULL)
    return;
  self->showing = TRUE;
  show_robot_banner (self, campaign);
  show_lines (self, campaign);
  self->showing = FALSE;
}

/**
 * side_campaign_here_show:
 * @self: a switch with a strip
 * @campaign: (nullable): id of the campaign it is about
 */
void
side_campaign_here_show (SideCampaignHere *self,
                         const char       *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_HERE (self));

  if (g_strcmp0 (self->id, campaign) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (campaign);
    }
  update (self);
}

/**
 * side_campaign_here_ready:
 * @asker: who wants to call
 * @desk: a desk with a project
 * @lines: what can be called on
 * @rules: (nullable): the file where acknowledging is written down, where it is not the usual one
 * @after: called with @asker once the rules are acknowledged
 *
 * Shows the rules where they were not acknowledged, else the telephone lines where there is none.
 *
 * Returns: whether nothing of that was to be done, and calls can be made
 */
gboolean
side_campaign_here_ready (GtkWidget  *asker,
                          SideDesk   *desk,
                          SideLines  *lines,
                          const char *rules,
                          GCallback   after)
{
  GtkRoot *root = gtk_widget_get_root (asker);
  GtkWindow *parent = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, *dialog = NULL;

  if (side_rules_get_acknowledged_ms (desk, rules) == 0)
    {
      dialog = side_rules_dialog_new (parent, desk, rules);
      g_signal_connect_object (dialog, "acknowledged", after, asker, G_CONNECT_SWAPPED);
    }
  else if (side_lines_get_count (lines) == 0)
    dialog = side_lines_window_new (parent, lines);
  if (dialog != NULL)
    gtk_window_present (dialog);
  return dialog == NULL;
}

/* ---- the robot ---- */

static void
start_robot (SideCampaignHere *self)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->line));
  g_autoptr (GError) error = NULL;

  if (self->id == NULL || desk_of (self) == NULL)
    return;
  if (side_campaign_here_ready (GTK_WIDGET (self), desk_of (self), self->lines, self->rules, G_CALLBACK (start_robot)) && place < side_lines_get_count (self->lines)
      && !side_campaign_robot_start (self->robot, self->id, side_lines_get (self->lines, place)->id, &error))
    g_signal_emit (self, toast_signal, 0, error->message);
  update (self);
}

static void
here_cb (SideCampaignHere *self)
{
  if (self->showing || self->id == NULL)
    return;
  if (gtk_switch_get_active (GTK_SWITCH (self->here)))
    start_robot (self);
  else
    side_campaign_robot_stop (self->robot, self->id);
}

/* Another line, for the next call. */
static void
line_cb (SideCampaignHere *self)
{
  if (!self->showing && self->id != NULL && side_campaign_robot_get_line (self->robot, self->id) != NULL)
    start_robot (self);
}

static void
pause_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideCampaignHere *self = SIDE_CAMPAIGN_HERE (widget);

  side_campaign_robot_set_paused (self->robot, !side_campaign_robot_get_paused (self->robot));
}

static void
hang_up_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  side_campaign_robot_hang_up (SIDE_CAMPAIGN_HERE (widget)->robot);
}

/* ---- the widget ---- */

static void
side_campaign_here_class_init (SideCampaignHereClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_campaign_here_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_here_finalize;
  gtk_widget_class_install_action (widget_class, "campaign-robot.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "campaign-robot.hang-up", NULL, hang_up_action);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_CAMPAIGN_HERE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_campaign_here_init (SideCampaignHere *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->banner = SIDE_BANNER (side_banner_new ());
  self->here_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->here = gtk_switch_new ();
  self->line = side_draft_choice_new (_("Telephone Line"));
  gtk_widget_set_valign (self->here, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->here), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Make these calls from this computer"), -1);
  g_signal_connect_object (self->here, "notify::active", G_CALLBACK (here_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "notify::selected", G_CALLBACK (line_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->here_box, "campaign-plan");
  gtk_box_append (GTK_BOX (self->here_box), self->here);
  gtk_box_append (GTK_BOX (self->here_box), gtk_label_new (_("Make these calls from this computer, on")));
  gtk_box_append (GTK_BOX (self->here_box), self->line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), self->here_box);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_campaign_here_new:
 * @campaigns: campaigns of a desk that is there
 * @robot: who makes the calls
 * @lines: what can be called on
 * @rules: (nullable): the file where acknowledging is written down, where it is not the usual one
 *
 * Returns: (transfer floating): a switch with a strip, about no campaign yet
 */
GtkWidget *
side_campaign_here_new (SideCampaigns     *campaigns,
                        SideCampaignRobot *robot,
                        SideLines         *lines,
                        const char        *rules)
{
  SideCampaignHere *self = g_object_new (SIDE_TYPE_CAMPAIGN_HERE, NULL);

  self->campaigns = g_object_ref (campaigns);
  self->robot = g_object_ref (robot);
  self->lines = g_object_ref (lines);
  self->rules = g_strdup (rules);
  g_signal_connect_object (robot, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
