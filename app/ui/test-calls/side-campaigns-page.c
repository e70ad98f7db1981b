/* side-campaigns-page.c - the campaigns of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the left the campaigns with how far each is, on the right the one that is
 * chosen. It stands beside the scenarios, and is shown in their place.
 */
#include "side-campaigns-page.h"

#include <glib/gi18n.h>

#include "side-campaign-dialog.h"
#include "side-campaign-words.h"
#include "side-format.h"

struct _SideCampaignsPage
{
  AdwBin               parent_instance;
  GtkWidget           *paned;
  GtkWidget           *add;
  GtkListBox          *list;
  GtkStack            *right;         /* "campaign" or "none" */
  AdwStatusPage       *none_page;
  GtkWidget           *none_button;
  GtkWidget           *view;
  SideCampaigns       *campaigns;
  SideCampaignNotices *notices;
  char                *wanted;        /* (nullable): id of what is chosen */
  gboolean             showing;
};

G_DEFINE_FINAL_TYPE (SideCampaignsPage, side_campaigns_page, ADW_TYPE_BIN)

static guint toast_signal;

static void
side_campaigns_page_dispose (GObject *object)
{
  SideCampaignsPage *self = SIDE_CAMPAIGNS_PAGE (object);

  self->showing = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->campaigns);
  g_clear_object (&self->notices);
  G_OBJECT_CLASS (side_campaigns_page_parent_class)->dispose (object);
}

static void
side_campaigns_page_finalize (GObject *object)
{
  g_free (SIDE_CAMPAIGNS_PAGE (object)->wanted);
  G_OBJECT_CLASS (side_campaigns_page_parent_class)->finalize (object);
}

static void
toast (SideCampaignsPage *self,
       const char        *words)
{
  g_signal_emit (self, toast_signal, 0, words);
}

/* ---- the list ---- */

static const char *
id_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "side-id");
}

static GtkWidget *
new_label (GtkWidget  *row,
           const char *key,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  g_object_set_data (G_OBJECT (row), key, label);
  return label;
}

static GtkWidget *
new_row (const SideCampaign *campaign)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *icon = gtk_image_new ();

  gtk_widget_add_css_class (box, "script-item");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), new_label (row, "title", "script-text"));
  gtk_box_append (GTK_BOX (lines), new_label (row, "words", "script-hint"));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), icon);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data_full (G_OBJECT (row), "side-id", g_strdup (campaign->id), g_free);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
fill_row (SideCampaignsPage  *self,
          GtkListBoxRow      *row,
          const SideCampaign *campaign)
{
  g_autofree char *words = side_campaign_words_progress (self->campaigns, campaign);
  g_autofree char *failing = side_campaign_notices_dup_failing (self->notices, campaign->id);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  SideCampaignProgress progress;

  side_campaigns_get_progress (self->campaigns, campaign, &progress);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "title"), side_campaign_words_title (campaign));
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "words"), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), failing != NULL ? "dialog-warning-symbolic" : "alarm-symbolic");
  gtk_widget_set_visible (icon, failing != NULL || progress.due > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), failing != NULL ? failing : words);
}

static GtkListBoxRow *
find_row (SideCampaignsPage *self,
          const char        *id)
{
  GtkListBoxRow *row;

  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (id_of (row), id))
      return row;
  return NULL;
}

/* Rows stay where their campaign does: focus and choice are theirs. */
static void
fill_list (SideCampaignsPage *self)
{
  GPtrArray *list = side_campaigns_list (self->campaigns);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;)
    if (side_campaigns_find (self->campaigns, id_of (row)) == NULL)
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    else
      i++;
  for (guint i = 0; i < list->len; i++)
    {
      const SideCampaign *campaign = list->pdata[i];

      row = find_row (self, campaign->id);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (new_row (campaign));
          gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) i);
        }
      else if (gtk_list_box_row_get_index (row) != (int) i)
        {
          g_object_ref (row);
          gtk_list_box_remove (self->list, GTK_WIDGET (row));
          gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) i);
          g_object_unref (row);
        }
      fill_row (self, row, campaign);
    }
}

static void
show_none (SideCampaignsPage *self)
{
  const GError *error = side_document_shelf_get_error (SIDE_DOCUMENT_SHELF (self->campaigns));
  g_autofree char *words = error != NULL ? side_format_error (error) : NULL;

  gtk_widget_set_visible (self->none_button, error == NULL && side_campaigns_may_add (self->campaigns));
  adw_status_page_set_icon_name (self->none_page, error != NULL ? "dialog-warning-symbolic" : "side-test-calls-symbolic");
  adw_status_page_set_title (self->none_page, error != NULL ? _("The campaigns cannot be read") : _("No campaigns yet"));
  adw_status_page_set_description (self->none_page, words != NULL ? words
                                   : _("A campaign calls one or several lines with the same scenarios, at times drawn by lot, so that nobody "
                                       "knows when. People call one by one, or the computer checks by itself whether anybody answers."));
  gtk_stack_set_visible_child_name (self->right, "none");
}

static void
choose (SideCampaignsPage *self,
        const char        *id)
{
  char *copy = g_strdup (id);

  g_free (self->wanted);
  self->wanted = copy;
  side_campaign_view_open (SIDE_CAMPAIGN_VIEW (self->view), id);
  if (id != NULL)
    gtk_stack_set_visible_child_name (self->right, "campaign");
  else
    show_none (self);
}

static void
update (SideCampaignsPage *self)
{
  GtkListBoxRow *row;

  if (self->showing)
    return;
  self->showing = TRUE;
  fill_list (self);
  gtk_widget_set_visible (self->add, side_campaigns_may_add (self->campaigns));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaigns.new", side_campaigns_may_add (self->campaigns));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaigns.like", side_campaigns_may_add (self->campaigns));
  row = find_row (self, self->wanted);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  choose (self, row != NULL ? id_of (row) : NULL);
  self->showing = FALSE;
}

static void
selected_cb (SideCampaignsPage *self,
             GtkListBoxRow     *row)
{
  if (!self->showing && row != NULL)
    choose (self, id_of (row));
}

/* ---- actions ---- */

static void
saved_cb (SideCampaignsPage *self,
          const char        *id)
{
  side_campaigns_page_show (self, id);
}

static void
present (SideCampaignsPage  *self,
         const SideCampaign *like)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  GtkWindow *dialog = like != NULL ? side_campaign_dialog_new_like (parent, self->campaigns, like) : side_campaign_dialog_new (parent, self->campaigns);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  present (SIDE_CAMPAIGNS_PAGE (widget), NULL);
}

static void
like_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCampaignsPage *self = SIDE_CAMPAIGNS_PAGE (widget);
  const SideCampaign *campaign = side_campaigns_find (self->campaigns, self->wanted);

  if (campaign != NULL)
    present (self, campaign);
}

static void
failed_cb (SideCampaignsPage *self,
           const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words);
}

static void
side_campaigns_page_class_init (SideCampaignsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_campaigns_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaigns_page_finalize;
  gtk_widget_class_install_action (widget_class, "campaigns.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "campaigns.like", NULL, like_action);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_CAMPAIGNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* ---- the page ---- */

static void
side_campaigns_page_init (SideCampaignsPage *self)
{
}

static GtkWidget *
new_left (SideCampaignsPage *self,
          GtkWidget         *switcher)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_size_request (left, 220, -1);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "campaigns.new");
  gtk_widget_set_tooltip_text (self->add, _("New Campaign"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Campaign"), -1);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->add);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_show_separators (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "calls");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Campaigns"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (left), header);
  gtk_box_append (GTK_BOX (left), scrolled);
  return left;
}

static GtkWidget *
new_none (SideCampaignsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new ("", ""));
  self->none_page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->none_page), TRUE);
  self->none_button = gtk_button_new_with_label (_("New Campaign…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->none_button), "campaigns.new");
  gtk_widget_add_css_class (self->none_button, "pill");
  gtk_widget_add_css_class (self->none_button, "suggested-action");
  gtk_widget_set_halign (self->none_button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (self->none_page, self->none_button);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->none_page));
  return box;
}

/**
 * side_campaigns_page_new:
 * @campaigns: campaigns of a desk that is there
 * @robot: who makes calls by itself
 * @notices: what fails of them
 * @lines: what can be called on
 * @rules: (nullable): the file where acknowledging is written down, where it is not the usual one
 * @switcher: (nullable): what stands in the place of the left side's title
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_campaigns_page_new (SideCampaigns       *campaigns,
                         SideCampaignRobot   *robot,
                         SideCampaignNotices *notices,
                         SideLines           *lines,
                         const char          *rules,
                         GtkWidget           *switcher)
{
  SideCampaignsPage *self = g_object_new (SIDE_TYPE_CAMPAIGNS_PAGE, NULL);

  self->campaigns = g_object_ref (campaigns);
  self->notices = g_object_ref (notices);
  self->view = side_campaign_view_new (campaigns, robot, notices, lines, rules);
  self->right = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->right, self->view, "campaign");
  gtk_stack_add_named (self->right, new_none (self), "none");
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), new_left (self, switcher));
  gtk_paned_set_end_child (GTK_PANED (self->paned), GTK_WIDGET (self->right));
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (self->paned), FALSE);
  adw_bin_set_child (ADW_BIN (self), self->paned);
  g_signal_connect_object (self->view, "toast", G_CALLBACK (toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (campaigns, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (campaigns, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notices, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * side_campaigns_page_get_view:
 * @self: the page
 *
 * Returns: (transfer none): what stands on the right, while a campaign is chosen
 */
SideCampaignView *
side_campaigns_page_get_view (SideCampaignsPage *self)
{
  g_return_val_if_fail (SIDE_IS_CAMPAIGNS_PAGE (self), NULL);
  return SIDE_CAMPAIGN_VIEW (self->view);
}

/**
 * side_campaigns_page_show:
 * @self: the page
 * @id: of a campaign, which is chosen
 */
void
side_campaigns_page_show (SideCampaignsPage *self,
                          const char        *id)
{
  char *copy = g_strdup (id);

  g_return_if_fail (SIDE_IS_CAMPAIGNS_PAGE (self));

  g_free (self->wanted);
  self->wanted = copy;
  update (self);
}

/**
 * side_campaigns_switcher_new:
 * @stack: what shows one of several
 *
 * Returns: (transfer floating): what stands in the place of a title and chooses which
 */
GtkWidget *
side_campaigns_switcher_new (GtkStack *stack)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), stack);
  return switcher;
}

/**
 * side_campaigns_page_add:
 * @stack: where it is shown in the place of something else
 * @desk: a desk
 * @beside: a GtkPaned of that, whose sides are as wide
 *
 * Returns: (transfer none): the page, in the stack as "campaigns"
 */
GtkWidget *
side_campaigns_page_add (GtkStack  *stack,
                         SideDesk  *desk,
                         GtkWidget *beside)
{
  GtkWidget *page = side_campaigns_page_new (side_campaigns_get (desk), side_campaign_robot_get (desk), side_campaign_notices_get (desk),
                                             side_lines_get_default (), NULL, side_campaigns_switcher_new (stack));

  gtk_stack_add_titled (stack, page, "campaigns", _("Campaigns"));
  g_object_bind_property (beside, "position", SIDE_CAMPAIGNS_PAGE (page)->paned, "position", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return page;
}
