/* side-campaign-dialog.c - a new campaign of test calls, or what may be changed of one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is filled in stands on the left, the calls it comes to on the right, drawn
 * anew while one types, away from the main thread: a long period has many
 * minutes. Every change is a step that can be taken back until it is saved.
 */
#include "side-campaign-dialog.h"

#include <glib/gi18n.h>

#include "side-campaign-draw.h"
#include "side-campaign-form.h"
#include "side-campaign-words.h"
#include "side-clear.h"
#include "side-error.h"
#include "side-format.h"
#include "side-history-keys.h"
#include "side-text.h"
#include "side-time.h"
#include "side-words-guard.h"

#define WAIT_MS     250    /* after the last change, before it is drawn */
#define SAME_MS     700    /* what is typed without a pause is one step */
#define MAX_STEPS   200
#define MAX_LISTED  200    /* calls that are listed before it is saved */
#define USUAL_COUNT 24
#define USUAL_DAYS  14

struct _SideCampaignDialog
{
  AdwWindow         parent_instance;
  GtkWidget        *save;
  SideCampaignForm *form;
  GtkWidget        *drawn_words;    /* GtkLabel */
  GtkWidget        *faults;         /* GtkBox */
  GtkWidget        *calls;          /* GtkListBox */
  SideCampaigns    *campaigns;
  SideCampaign     *campaign;       /* as it is filled in, with what was drawn for it */
  GPtrArray        *steps;          /* of SideCampaign: how it was, and what was taken back */
  guint             step;           /* where @campaign is among them */
  gint64            changed_us;     /* when the last change was made */
  gboolean          fixed;          /* its calls were drawn and saved */
  gboolean          drawing;
  guint             wait_id;
  GCancellable     *cancellable;    /* of the draw */
};

G_DEFINE_FINAL_TYPE (SideCampaignDialog, side_campaign_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

static void
side_campaign_dialog_dispose (GObject *object)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->campaigns);
  G_OBJECT_CLASS (side_campaign_dialog_parent_class)->dispose (object);
}

static void
side_campaign_dialog_finalize (GObject *object)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->campaign, side_campaign_unref);
  g_ptr_array_unref (self->steps);
  G_OBJECT_CLASS (side_campaign_dialog_parent_class)->finalize (object);
}

/* ---- what is said of it ---- */

static void
add_fault (SideCampaignDialog *self,
           SideCampaignFault   fault)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label;
  g_autofree char *words = side_campaign_words_fault (self->campaigns, self->campaign, fault);
  gboolean blocks = side_campaign_words_blocks (fault);

  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (blocks ? "dialog-error-symbolic" : "dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self->faults), line);
}

/* Returns: whether nothing keeps it from being drawn */
static gboolean
show_faults (SideCampaignDialog *self)
{
  guint faults = side_campaign_words_check (self->campaigns, self->campaign);
  gboolean fine = TRUE;

  side_clear_children (self->faults);
  for (guint i = 0; i < SIDE_CAMPAIGN_N_FAULTS; i++)
    if ((faults & (1u << i)) != 0)
      {
        add_fault (self, (SideCampaignFault) i);
        fine = fine && !side_campaign_words_blocks ((SideCampaignFault) i);
      }
  gtk_widget_set_visible (self->faults, faults != 0);
  return fine;
}

static char *
dup_drawn_words (SideCampaignDialog *self)
{
  guint n = self->campaign->calls->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u call", "%u calls", n), n);

  if (n == 0)
    return g_strdup (_("No minute is left for a call: these hours, days and those of the scenarios have none in common."));
  if ((int) n < self->campaign->count)
    return g_strdup_printf (_("Only %u of %d calls find room in these hours, with so many a day. Choose more hours or days, or fewer calls."),
                            n, self->campaign->count);
  /* Translators: %s: "24 calls" */
  return g_strdup_printf (_("%s, no two at the same time or a minute apart."), count);
}

static void
add_call (SideCampaignDialog     *self,
          const SideCampaignCall *call)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (self->campaigns, self->campaign);
  g_autoptr (GDateTime) at = side_time_to_local (zone, call->at_ms);
  /* Translators: when a call is made: day of the week, day, month, time: "Tue 24 Nov 14:05" */
  g_autofree char *when = g_date_time_format (at, _("%a %-e %b %H:%M"));
  g_autofree char *line = side_campaign_words_line (self->campaigns, self->campaign, call);
  g_autofree char *words = g_strdup_printf ("%s · %s", side_campaign_words_scenario (self->campaigns, call->scenario), line);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (GTK_LIST_BOX (self->calls), row);
}

static void
show_calls (SideCampaignDialog *self,
            const char         *instead)
{
  g_autofree char *words = instead != NULL ? g_strdup (instead) : dup_drawn_words (self);
  guint n = self->campaign->calls->len;

  side_clear_children (self->calls);
  for (guint i = 0; i < n && i < MAX_LISTED; i++)
    add_call (self, self->campaign->calls->pdata[i]);
  if (n > MAX_LISTED)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_LISTED), n - MAX_LISTED);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rest);
      gtk_list_box_append (GTK_LIST_BOX (self->calls), row);
    }
  gtk_label_set_label (GTK_LABEL (self->drawn_words), words);
  gtk_widget_set_visible (self->calls, n > 0);
}

/* ---- the draw ---- */

typedef struct {
  SideCampaign *campaign;
  GPtrArray    *scenarios;
  GTimeZone    *zone;
} Lots;

static void
lots_free (gpointer data)
{
  Lots *lots = data;

  side_campaign_unref (lots->campaign);
  g_ptr_array_unref (lots->scenarios);
  g_time_zone_unref (lots->zone);
  g_free (lots);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Lots *lots = data;
  GError *error = NULL;

  side_campaign_draw (lots->campaign, lots->scenarios, lots->zone, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, side_campaign_ref (lots->campaign), (GDestroyNotify) side_campaign_unref);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCampaign) drawn = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *words = NULL;

  if (side_error_is_cancelled (error) || self->campaigns == NULL)
    return;
  self->drawing = FALSE;
  g_ptr_array_set_size (self->campaign->calls, 0);
  for (guint i = 0; drawn != NULL && i < drawn->calls->len; i++)
    {
      const SideCampaignCall *call = drawn->calls->pdata[i];

      side_campaign_add_call (self->campaign, call->at_ms, call->scenario, call->number);
    }
  if (error != NULL)
    words = side_format_error (error);
  show_calls (self, words);
  gtk_widget_set_sensitive (self->save, self->campaign->calls->len > 0);
}

static gboolean
draw_cb (gpointer data)
{
  SideCampaignDialog *self = data;
  g_autoptr (GTask) task = NULL;
  Lots *lots = g_new0 (Lots, 1);

  self->wait_id = 0;
  lots->campaign = side_campaign_copy (self->campaign);
  lots->scenarios = side_campaigns_dup_scenarios (self->campaigns);
  lots->zone = side_campaigns_get_zone (self->campaigns, NULL);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, drawn_cb, NULL);
  g_task_set_source_tag (task, draw_cb);
  g_task_set_task_data (task, lots, lots_free);
  g_task_run_in_thread (task, draw_in_thread);
  return G_SOURCE_REMOVE;
}

static void
forget_draw (SideCampaignDialog *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What is filled in is another now. */
static void
judge (SideCampaignDialog *self)
{
  gboolean fine = show_faults (self);

  if (self->fixed)
    {
      gtk_widget_set_sensitive (self->save, fine);
      return;
    }
  forget_draw (self);
  self->drawing = fine;
  gtk_widget_set_sensitive (self->save, FALSE);
  if (fine)
    {
      self->wait_id = g_timeout_add (WAIT_MS, draw_cb, self);
      return;
    }
  g_ptr_array_set_size (self->campaign->calls, 0);
  show_calls (self, _("The calls are drawn as soon as this is filled in."));
}

/* ---- steps ---- */

static void
show_history (SideCampaignDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.undo", self->step > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.redo", self->step + 1 < self->steps->len);
}

static void
take_step (SideCampaignDialog *self,
           SideCampaign       *campaign,
           gboolean            same)
{
  if (!same || self->step == 0)
    self->step++;
  g_ptr_array_set_size (self->steps, (int) self->step);
  g_ptr_array_add (self->steps, side_campaign_copy (campaign));
  if (self->steps->len > MAX_STEPS)
    {
      g_ptr_array_remove_index (self->steps, 0);
      self->step--;
    }
  show_history (self);
}

static void
go_to (SideCampaignDialog *self,
       guint               step)
{
  self->step = step;
  self->changed_us = 0;
  side_campaign_unref (self->campaign);
  self->campaign = side_campaign_copy (self->steps->pdata[step]);
  side_campaign_form_show (self->form, self->campaign);
  judge (self);
  show_history (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (widget);

  if (self->step > 0)
    go_to (self, self->step - 1);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (widget);

  if (self->step + 1 < self->steps->len)
    go_to (self, self->step + 1);
}

static void
changed_cb (SideCampaignDialog *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean same = self->changed_us != 0 && now_us - self->changed_us < SAME_MS * 1000;

  self->changed_us = now_us;
  side_campaign_form_read (self->form, self->campaign);
  take_step (self, self->campaign, same);
  judge (self);
}

/* ---- saving ---- */

static void
save_cb (SideCampaignDialog *self)
{
  gboolean new = self->campaign->id == NULL;

  if (new)
    self->campaign->id = side_id_new ();
  side_campaigns_put (self->campaigns, self->campaign, new ? _("campaign made") : _("campaign changed"));
  g_signal_emit (self, saved_signal, 0, self->campaign->id);
  side_words_guard_close (GTK_WINDOW (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignDialog *self = SIDE_CAMPAIGN_DIALOG (widget);

  if (gtk_widget_get_sensitive (self->save))
    save_cb (self);
}

/* ---- the window ---- */

static void
side_campaign_dialog_class_init (SideCampaignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_campaign_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "campaign.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "campaign.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "campaign.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "campaign.save", NULL);
  saved_signal = g_signal_new ("saved", SIDE_TYPE_CAMPAIGN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_header (SideCampaignDialog *self)
{
  GtkWidget *bar = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save);
  return bar;
}

static GtkWidget *
new_scrolled (GtkWidget *child,
              int        width)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  gtk_widget_set_margin_top (child, 18);
  gtk_widget_set_margin_bottom (child, 24);
  gtk_widget_set_margin_start (child, 18);
  gtk_widget_set_margin_end (child, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_size_request (scrolled, width, -1);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_draw_side (SideCampaignDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *title = gtk_label_new (_("The Draw"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  self->faults = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->drawn_words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE, NULL);
  self->calls = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->calls), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->calls, "boxed-list");
  gtk_widget_set_valign (self->calls, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calls), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calls that were drawn"), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->faults);
  gtk_box_append (GTK_BOX (box), self->drawn_words);
  gtk_box_append (GTK_BOX (box), self->calls);
  return new_scrolled (box, 320);
}

static void
side_campaign_dialog_init (SideCampaignDialog *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) side_campaign_unref);
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 700);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static GtkWindow *
open_dialog (GtkWindow     *parent,
             SideCampaigns *campaigns,
             SideCampaign  *campaign)
{
  SideCampaignDialog *self = g_object_new (SIDE_TYPE_CAMPAIGN_DIALOG, "transient-for", parent, NULL);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *left;

  self->campaigns = g_object_ref (campaigns);
  self->campaign = campaign;
  self->fixed = campaign->id != NULL && campaign->calls->len > 0;
  gtk_window_set_title (GTK_WINDOW (self), campaign->id == NULL ? _("New Campaign") : _("Edit the Campaign"));
  self->form = SIDE_CAMPAIGN_FORM (side_campaign_form_new (campaigns));
  left = new_scrolled (GTK_WIDGET (self->form), 460);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (sides), left);
  gtk_box_append (GTK_BOX (sides), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (sides), new_draw_side (self));
  gtk_box_append (GTK_BOX (outer), new_header (self));
  gtk_box_append (GTK_BOX (outer), sides);
  adw_window_set_content (ADW_WINDOW (self), outer);
  side_campaign_form_show (self->form, campaign);
  side_campaign_form_set_drawn (self->form, self->fixed);
  g_ptr_array_add (self->steps, side_campaign_copy (campaign));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  side_history_keys_add (GTK_WIDGET (self), "campaign.undo", "campaign.redo");
  if (self->fixed)
    show_calls (self, _("The calls were drawn and stay. To draw others, make another campaign."));
  judge (self);
  show_history (self);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

static void
begin_draw (SideCampaigns *campaigns,
            SideCampaign  *campaign)
{
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (campaigns, campaign);
  gint64 now_ms = side_campaigns_get_now_ms (campaigns);

  campaign->from_ms = now_ms;
  campaign->to_ms = side_time_day_add (zone, now_ms, USUAL_DAYS);
  g_free (campaign->seed);
  campaign->seed = side_campaign_form_new_seed ();
}

/**
 * side_campaign_dialog_new:
 * @parent: (nullable): the window
 * @campaigns: campaigns of a desk that is there
 *
 * Returns: (transfer none): the dialog, for a new campaign
 */
GtkWindow *
side_campaign_dialog_new (GtkWindow     *parent,
                          SideCampaigns *campaigns)
{
  const SideHours usual = { 0x1f, 9 * 60, 20 * 60 };
  SideCampaign *campaign = side_campaign_new (NULL, NULL, NULL);

  begin_draw (campaigns, campaign);
  campaign->count = USUAL_COUNT;
  campaign->per_day = 3;
  campaign->fail_n = 2;
  campaign->fail_m = 3;
  g_array_append_val (campaign->windows, usual);
  return open_dialog (parent, campaigns, campaign);
}

/**
 * side_campaign_dialog_new_like:
 * @parent: (nullable): the window
 * @campaigns: campaigns of a desk that is there
 * @campaign: one of them
 *
 * Returns: (transfer none): the dialog, for a new campaign that asks the same of the next days
 */
GtkWindow *
side_campaign_dialog_new_like (GtkWindow          *parent,
                               SideCampaigns      *campaigns,
                               const SideCampaign *campaign)
{
  SideCampaign *copy = side_campaign_copy (campaign);

  g_clear_pointer (&copy->id, g_free);
  g_clear_pointer (&copy->author, g_free);
  copy->created_ms = copy->closed_ms = 0;
  g_ptr_array_set_size (copy->calls, 0);
  begin_draw (campaigns, copy);
  return open_dialog (parent, campaigns, copy);
}

/**
 * side_campaign_dialog_new_for:
 * @parent: (nullable): the window
 * @campaigns: campaigns of a desk that is there
 * @campaign: one of them, which this person may edit
 *
 * Returns: (transfer none): the dialog, for what may be changed of it
 */
GtkWindow *
side_campaign_dialog_new_for (GtkWindow          *parent,
                              SideCampaigns      *campaigns,
                              const SideCampaign *campaign)
{
  return open_dialog (parent, campaigns, side_campaign_copy (campaign));
}

/**
 * side_campaign_dialog_get_campaign:
 * @self: a dialog
 *
 * Returns: (transfer none): what is filled in, with what was drawn for it
 */
const SideCampaign *
side_campaign_dialog_get_campaign (SideCampaignDialog *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_DIALOG (self), NULL);
  return self->campaign;
}

/**
 * side_campaign_dialog_is_drawing:
 * @self: a dialog
 *
 * Returns: whether calls are being drawn for what is filled in
 */
gboolean
side_campaign_dialog_is_drawing (SideCampaignDialog *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGN_DIALOG (self), FALSE);
  return self->drawing;
}
