/* side-campaign-view.c - one campaign: its calls, and what they found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever calls takes the next call here; what the computer does by itself is
 * said in a strip above, and so is which line fails.
 */
#include "side-campaign-view.h"

#include <glib/gi18n.h>

#include "side-banner.h"
#include "side-campaign-calls.h"
#include "side-campaign-dialog.h"
#include "side-campaign-here.h"
#include "side-campaign-words.h"
#include "side-history-keys.h"
#include "side-plan-ask.h"
#include "side-script-files.h"
#include "side-test-call-window.h"
#include "side-test-result-window.h"
#include "side-test-results-view.h"

struct _SideCampaignView
{
  AdwBin               parent_instance;
  AdwWindowTitle      *title;
  GtkWidget           *next;
  GtkStack            *stack;       /* "calls" and "results" */
  SideBanner          *alarm_banner;
  GtkWidget           *plan;        /* GtkLabel */
  GtkWidget           *here_bin;    /* for @here, once it is known whose */
  GtkWidget           *here;        /* whether the computer calls from here */
  GtkWidget           *calls;
  GtkWidget           *results;
  SideCampaigns       *campaigns;
  SideCampaignRobot   *robot;
  SideCampaignNotices *notices;
  SideLines           *lines;
  char                *rules;       /* (nullable): file of the acknowledgement, where it is not the usual one */
  char                *id;          /* (nullable) */
  guint                place;       /* of the call that waits for the rules, or for an answer */
  gboolean             showing;
};

G_DEFINE_FINAL_TYPE (SideCampaignView, side_campaign_view, ADW_TYPE_BIN)

static guint toast_signal;

static void
side_campaign_view_dispose (GObject *object)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (object);

  self->showing = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->campaigns);
  g_clear_object (&self->robot);
  g_clear_object (&self->notices);
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (side_campaign_view_parent_class)->dispose (object);
}

static void
side_campaign_view_finalize (GObject *object)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (object);

  g_free (self->rules);
  g_free (self->id);
  G_OBJECT_CLASS (side_campaign_view_parent_class)->finalize (object);
}

static const SideCampaign *
campaign_of (SideCampaignView *self)
{
  return self->campaigns != NULL && self->id != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;
}

static SideDesk *
desk_of (SideCampaignView *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->campaigns));
}

static GtkWindow *
window_of (SideCampaignView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
toast (SideCampaignView *self,
       const char       *words)
{
  g_signal_emit (self, toast_signal, 0, words);
}

/* ---- what is shown ---- */

static void
show_alarm_banner (SideCampaignView   *self,
                   const SideCampaign *campaign)
{
  g_autofree char *failing = side_campaign_notices_dup_failing (self->notices, campaign->id);

  if (failing != NULL)
    side_banner_show (self->alarm_banner, SIDE_BANNER_ALERT, _("Calls fail"), failing);
  else
    side_banner_hide (self->alarm_banner);
}

static void
show_rights (SideCampaignView   *self,
             const SideCampaign *campaign)
{
  gboolean may_edit = side_campaigns_may_edit (self->campaigns, campaign), may_call = side_campaigns_may_call (self->campaigns, campaign);
  SideStepsEnds ends;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.edit", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.close", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.remove", side_campaigns_may_remove (self->campaigns, campaign));
  gtk_widget_set_visible (self->next, may_call && side_campaigns_find_next (self->campaigns, campaign) >= 0);
  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->campaigns)), &ends);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.undo", ends.done != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.redo", ends.undone != 0);
}

static void
update (SideCampaignView *self)
{
  const SideCampaign *campaign = campaign_of (self);
  g_autofree char *progress = NULL, *plan = NULL;

  if (campaign == NULL || self->showing || desk_of (self) == NULL)
    return;
  self->showing = TRUE;
  progress = side_campaign_words_progress (self->campaigns, campaign);
  plan = side_campaign_words_plan (self->campaigns, campaign);
  adw_window_title_set_title (self->title, side_campaign_words_title (campaign));
  adw_window_title_set_subtitle (self->title, progress);
  gtk_label_set_label (GTK_LABEL (self->plan), plan);
  show_alarm_banner (self, campaign);
  show_rights (self, campaign);
  side_campaign_here_show (SIDE_CAMPAIGN_HERE (self->here), campaign->id);
  side_campaign_calls_show (SIDE_CAMPAIGN_CALLS (self->calls), self->campaigns, self->robot, campaign->id);
  side_test_results_view_show (SIDE_TEST_RESULTS_VIEW (self->results), self->campaigns, campaign->id);
  self->showing = FALSE;
}

/* What the robot says ten times a second is of its row alone. */
static void
robot_cb (SideCampaignView *self)
{
  const SideCampaign *campaign = campaign_of (self);

  if (campaign == NULL || self->showing || desk_of (self) == NULL)
    return;
  self->showing = TRUE;
  side_campaign_calls_show (SIDE_CAMPAIGN_CALLS (self->calls), self->campaigns, self->robot, campaign->id);
  self->showing = FALSE;
}

/**
 * side_campaign_view_open:
 * @self: a view
 * @campaign: (nullable): id of what it shows
 */
void
side_campaign_view_open (SideCampaignView *self,
                         const char       *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_VIEW (self));

  if (g_strcmp0 (self->id, campaign) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (campaign);
    }
  update (self);
}

/* ---- calling ---- */

static void
call_place (SideCampaignView *self)
{
  const SideCampaign *campaign = campaign_of (self);
  const SideCampaignCall *call = campaign != NULL && self->place < campaign->calls->len ? campaign->calls->pdata[self->place] : NULL;
  SideScenarioItem *item;
  GtkWindow *window;

  if (call == NULL || desk_of (self) == NULL || !side_campaign_here_ready (GTK_WIDGET (self), desk_of (self), self->lines, self->rules, G_CALLBACK (call_place)))
    return;
  item = side_scenarios_find (side_campaigns_get_scenarios (self->campaigns), call->scenario);
  if (item == NULL)
    {
      toast (self, _("The scenario of this call was removed: skip the call."));
      return;
    }
  window = side_test_call_window_new (window_of (self), side_campaigns_get_scenarios (self->campaigns), self->lines, side_scenario_item_get (item));
  side_test_call_window_set_campaign (SIDE_TEST_CALL_WINDOW (window), self->campaigns, campaign->id, self->place);
  gtk_window_present (window);
}

static void
early_cb (AdwMessageDialog *dialog,
          const char       *response,
          SideCampaignView *self)
{
  if (g_str_equal (response, "call"))
    call_place (self);
}

/* A call before its time is none that was drawn by lot. */
static void
ask_early (SideCampaignView       *self,
           const SideCampaign     *campaign,
           const SideCampaignCall *call)
{
  g_autofree char *when = side_campaign_words_when (self->campaigns, campaign, call->at_ms);
  g_autofree char *body = g_strdup_printf (_("The next call was drawn for %s. Made at another time, it says less about that hour."), when);
  GtkWidget *dialog = adw_message_dialog_new (window_of (self), _("Call now?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Wait"), "call", _("_Call Now"), NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (early_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
begin_call (SideCampaignView *self,
            int               place)
{
  const SideCampaign *campaign = campaign_of (self);
  const SideCampaignCall *call = campaign != NULL && place >= 0 && (guint) place < campaign->calls->len ? campaign->calls->pdata[place] : NULL;

  if (call == NULL || !side_campaigns_may_call (self->campaigns, campaign))
    return;
  self->place = (guint) place;
  if (side_campaigns_judge (self->campaigns, campaign, call) == SIDE_CAMPAIGN_CALL_DUE)
    call_place (self);
  else
    ask_early (self, campaign, call);
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  const SideCampaign *campaign = campaign_of (self);

  if (campaign != NULL)
    begin_call (self, side_campaigns_find_next (self->campaigns, campaign));
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  begin_call (SIDE_CAMPAIGN_VIEW (widget), (int) g_variant_get_uint32 (parameter));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  const SideCampaign *campaign = campaign_of (self);
  guint place = g_variant_get_uint32 (parameter);
  const SideCampaignCall *call = campaign != NULL && place < campaign->calls->len ? campaign->calls->pdata[place] : NULL;

  if (call != NULL && side_campaigns_find_call (self->campaigns, call->test_call) != NULL)
    gtk_window_present (side_test_result_window_new (window_of (self), side_campaigns_get_scenarios (self->campaigns), call->test_call));
}

/* ---- skipping ---- */

typedef struct {
  SideCampaignView *self;
  guint             place;
} Skip;

static void
skip_free (gpointer data)
{
  Skip *skip = data;

  g_object_unref (skip->self);
  g_free (skip);
}

static void
skipped_cb (const char *reason,
            gpointer    data)
{
  const Skip *skip = data;

  if (skip->self->campaigns != NULL && skip->self->id != NULL)
    side_campaigns_skip (skip->self->campaigns, skip->self->id, skip->place, reason);
}

static void
skip_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  const char *const reasons[] = { _("Nobody had time"), _("The line is not in use"), _("The scenario does not fit any more"), NULL };
  Skip *skip = g_new0 (Skip, 1);

  skip->self = g_object_ref (self);
  skip->place = g_variant_get_uint32 (parameter);
  side_plan_ask (window_of (self), _("Why is it not made?"), _("The reason is kept with the campaign."), reasons, _("Another reason…"), _("_Skip"),
                 skipped_cb, skip, skip_free);
}

static void
put_back_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);

  if (self->id != NULL)
    side_campaigns_skip (self->campaigns, self->id, g_variant_get_uint32 (parameter), NULL);
}

/* ---- the campaign ---- */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  const SideCampaign *campaign = campaign_of (self);

  if (campaign != NULL)
    gtk_window_present (side_campaign_dialog_new_for (window_of (self), self->campaigns, campaign));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  g_autofree char *id = g_strdup (self->id);

  if (id == NULL)
    return;
  side_campaign_robot_stop (self->robot, id);
  side_campaigns_remove (self->campaigns, id);
  toast (self, _("Campaign removed. Ctrl+Z brings it back."));
}

static void
closing_cb (AdwMessageDialog *dialog,
            const char       *response,
            SideCampaignView *self)
{
  if (!g_str_equal (response, "close-campaign") || self->id == NULL)
    return;
  side_campaign_robot_stop (self->robot, self->id);
  side_campaigns_close (self->campaigns, self->id);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  GtkWidget *dialog = adw_message_dialog_new (window_of (self), _("Close the campaign?"),
                                              _("No more calls are made, and everybody in the project but operators sees what it found. It cannot be opened again."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "close-campaign", _("C_lose the Campaign"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close-campaign", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (closing_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell_step (SideCampaignView *self,
           const char       *done,
           char             *what)
{
  g_autofree char *step = what;
  g_autofree char *words = step != NULL ? g_strdup_printf ("%s: %s", done, step) : NULL;

  if (words != NULL)
    toast (self, words);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);

  tell_step (self, _("Undone"), side_steps_undo (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->campaigns))));
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);

  tell_step (self, _("Done again"), side_steps_redo (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->campaigns))));
}

/* ---- results out ---- */

static void
saved_cb (GtkWidget  *widget,
          SideScript *draft,
          const char *words)
{
  if (words != NULL)
    toast (SIDE_CAMPAIGN_VIEW (widget), words);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  const SideCampaign *campaign = campaign_of (self);
  g_autofree char *title = campaign != NULL ? g_strdup (side_campaign_words_title (campaign)) : NULL;
  g_autofree char *file = NULL;

  if (title == NULL)
    return;
  g_strdelimit (title, "/\\:*?\"<>|\n\t", '-');
  file = g_strconcat (title, ".csv", NULL);
  side_script_files_save (widget, _("Save the Results"), file, side_test_results_view_dup_csv (SIDE_TEST_RESULTS_VIEW (self->results)), saved_cb);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignView *self = SIDE_CAMPAIGN_VIEW (widget);
  g_autofree char *text = side_test_results_view_dup_csv (SIDE_TEST_RESULTS_VIEW (self->results));

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, _("The results are on the clipboard."));
}

/* ---- the widget ---- */

static void
side_campaign_view_class_init (SideCampaignViewClass *klass)
{
  static const struct { const char *name; const char *type; GtkWidgetActionActivateFunc func; } actions[] = {
    { "campaign.next", NULL, next_action }, { "campaign.call", "u", call_action }, { "campaign.open", "u", open_action },
    { "campaign.skip", "u", skip_action }, { "campaign.put-back", "u", put_back_action }, { "campaign.edit", NULL, edit_action },
    { "campaign.remove", NULL, remove_action }, { "campaign.close", NULL, close_action }, { "campaign.undo", NULL, undo_action },
    { "campaign.redo", NULL, redo_action }, { "campaign.export", NULL, export_action }, { "campaign.copy", NULL, copy_action },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_campaign_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_view_finalize;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].func);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_CAMPAIGN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Edit…"), "campaign.edit");
  g_menu_append (menu, _("New One Like This…"), "campaigns.like");
  g_menu_append (menu, _("Save Results as CSV…"), "campaign.export");
  g_menu_append (menu, _("Copy Results"), "campaign.copy");
  g_menu_append (menu, _("Close the Campaign…"), "campaign.close");
  g_menu_append (menu, _("Remove"), "campaign.remove");
  g_menu_append (menu, _("Telephone Lines…"), "win.lines");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  return button;
}

static GtkWidget *
new_header (SideCampaignView *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), new_menu ());
  self->next = gtk_button_new_with_mnemonic (_("_Next Call…"));
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "campaign.next");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);
  return header;
}

/* Below the header: beside the title in it there would be room for neither. */
static GtkWidget *
new_switcher (SideCampaignView *self)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_widget_add_css_class (switcher, "campaign-switcher");
  return switcher;
}

static GtkWidget *
new_calls (SideCampaignView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->plan = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->plan), 0);
  gtk_label_set_wrap (GTK_LABEL (self->plan), TRUE);
  gtk_widget_add_css_class (self->plan, "script-hint");
  gtk_widget_add_css_class (self->plan, "campaign-plan");
  self->here_bin = adw_bin_new ();
  self->calls = side_campaign_calls_new ();
  gtk_box_append (GTK_BOX (box), self->plan);
  gtk_box_append (GTK_BOX (box), self->here_bin);
  gtk_box_append (GTK_BOX (box), self->calls);
  return box;
}

static void
side_campaign_view_init (SideCampaignView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->alarm_banner = SIDE_BANNER (side_banner_new ());
  self->results = side_test_results_view_new ();
  gtk_stack_add_titled (self->stack, new_calls (self), "calls", C_("campaign", "Calls"));
  gtk_stack_add_titled (self->stack, self->results, "results", _("Results"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->alarm_banner));
  gtk_box_append (GTK_BOX (box), new_switcher (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  side_history_keys_add (GTK_WIDGET (self), "campaign.undo", "campaign.redo");
}

/**
 * side_campaign_view_new:
 * @campaigns: campaigns of a desk that is there
 * @robot: who makes calls by itself
 * @notices: what fails of them
 * @lines: what can be called on
 * @rules: (nullable): the file where acknowledging is written down, where it is not the usual one
 *
 * Returns: (transfer floating): a view of no campaign yet
 */
GtkWidget *
side_campaign_view_new (SideCampaigns       *campaigns,
                        SideCampaignRobot   *robot,
                        SideCampaignNotices *notices,
                        SideLines           *lines,
                        const char          *rules)
{
  SideCampaignView *self = g_object_new (SIDE_TYPE_CAMPAIGN_VIEW, NULL);

  self->campaigns = g_object_ref (campaigns);
  self->robot = g_object_ref (robot);
  self->notices = g_object_ref (notices);
  self->lines = g_object_ref (lines);
  self->rules = g_strdup (rules);
  self->here = side_campaign_here_new (campaigns, robot, lines, rules);
  g_signal_connect_object (self->here, "toast", G_CALLBACK (toast), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self->here_bin), self->here);
  g_signal_connect_object (campaigns, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notices, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lines, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (robot, "changed", G_CALLBACK (robot_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
