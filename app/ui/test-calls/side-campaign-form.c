/* side-campaign-form.c - what a campaign of test calls is to be, to be filled in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From top to bottom: what is called with, which lines, when, how often, and
 * who calls. Days are those of the campaign's own zone. Of a campaign whose
 * calls were drawn what they were drawn from is only shown.
 */
#include "side-campaign-form.h"

#include <glib/gi18n.h>

#include "side-campaign-lists.h"
#include "side-date-row.h"
#include "side-plan-rows.h"
#include "side-scenario-words.h"
#include "side-text.h"
#include "side-time.h"

#define SEED_LENGTH 8
#define SOON_MS     (5 * SIDE_MINUTE_MS)   /* nobody is called while the campaign is being made */

struct _SideCampaignForm
{
  AdwBin         parent_instance;
  SideCampaigns *campaigns;
  GTimeZone     *zone;          /* the project's: what the calendars show */
  gint64         opened_ms;
  GtkWidget     *title;
  GtkWidget     *scenarios;     /* group */
  GPtrArray     *checks;        /* of GtkCheckButton, with "id" */
  GtkWidget     *numbers;
  GtkWidget     *hours;
  GtkWidget     *callers;
  SideDateRow   *from;
  SideDateRow   *to;
  GtkWidget     *time_zone;
  GtkWidget     *count;
  GtkWidget     *per_day;
  GtkWidget     *per_number;
  GtkWidget     *seed;
  GtkWidget     *robot;
  GtkWidget     *fail_n;
  GtkWidget     *fail_m;
  GPtrArray     *of_draw;       /* of GtkWidget: what calls are drawn from */
  gboolean       drawn;
  gboolean       showing;
};

G_DEFINE_FINAL_TYPE (SideCampaignForm, side_campaign_form, ADW_TYPE_BIN)

static guint changed_signal;

static void
side_campaign_form_dispose (GObject *object)
{
  SideCampaignForm *self = SIDE_CAMPAIGN_FORM (object);

  self->showing = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->campaigns);
  G_OBJECT_CLASS (side_campaign_form_parent_class)->dispose (object);
}

static void
side_campaign_form_finalize (GObject *object)
{
  SideCampaignForm *self = SIDE_CAMPAIGN_FORM (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->of_draw);
  G_OBJECT_CLASS (side_campaign_form_parent_class)->finalize (object);
}

static void
side_campaign_form_class_init (SideCampaignFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_campaign_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_form_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_CAMPAIGN_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_campaign_form_init (SideCampaignForm *self)
{
  self->checks = g_ptr_array_new ();
  self->of_draw = g_ptr_array_new ();
}

static void
tell (SideCampaignForm *self)
{
  if (!self->showing)
    g_signal_emit (self, changed_signal, 0);
}

/**
 * side_campaign_form_new_seed:
 *
 * Returns: (transfer full): what nobody can guess
 */
char *
side_campaign_form_new_seed (void)
{
  g_autofree char *id = side_id_new ();

  return g_strndup (id, SEED_LENGTH);
}

/* ---- days ---- */

/* The beginning of the same day of the calendar in another zone. */
static gint64
move_day (GTimeZone *from,
          GTimeZone *to,
          gint64     at_ms)
{
  g_autoptr (GDateTime) there = side_time_to_local (from, at_ms);
  g_autoptr (GDateTime) here = g_date_time_new (to, g_date_time_get_year (there), g_date_time_get_month (there),
                                                g_date_time_get_day_of_month (there), 0, 0, 0);

  return here != NULL ? side_time_day_start (to, g_date_time_to_unix (here) * SIDE_SECOND_MS + 12 * SIDE_HOUR_MS) : at_ms;
}

static void
show_days (SideCampaignForm   *self,
           const SideCampaign *campaign)
{
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (self->campaigns, campaign);

  side_date_row_set_due (self->from, side_time_day_add (self->zone, move_day (zone, self->zone, campaign->from_ms), 1));
  side_date_row_set_due (self->to, side_time_day_add (self->zone, move_day (zone, self->zone, campaign->to_ms - 1), 1));
}

/* A day that was let go of is today, or a week from the first. */
static void
read_days (SideCampaignForm *self,
           SideCampaign     *campaign)
{
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (self->campaigns, campaign);
  gint64 from_ms = side_date_row_get_due (self->from), to_ms = side_date_row_get_due (self->to);

  from_ms = from_ms != 0 ? from_ms - 1 : self->opened_ms;
  to_ms = to_ms != 0 ? to_ms - 1 : side_time_day_add (self->zone, from_ms, 6);
  campaign->from_ms = MAX (move_day (self->zone, zone, from_ms), self->opened_ms + SOON_MS);
  campaign->to_ms = side_time_day_add (zone, move_day (self->zone, zone, to_ms), 1);
}

/* ---- showing and reading ---- */

static void
show_entry (GtkWidget  *entry,
            const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static char *
dup_entry (GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
show_scenarios (SideCampaignForm   *self,
                const SideCampaign *campaign)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = self->checks->pdata[i];

      gtk_check_button_set_active (check, g_ptr_array_find_with_equal_func (campaign->scenarios, g_object_get_data (G_OBJECT (check), "id"),
                                                                            g_str_equal, NULL));
    }
}

static void
read_scenarios (SideCampaignForm *self,
                SideCampaign     *campaign)
{
  g_ptr_array_set_size (campaign->scenarios, 0);
  for (guint i = 0; i < self->checks->len && campaign->scenarios->len < SIDE_CAMPAIGN_MAX_SCENARIOS; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (campaign->scenarios, g_strdup (g_object_get_data (G_OBJECT (self->checks->pdata[i]), "id")));
}

/**
 * side_campaign_form_show:
 * @self: a form
 * @campaign: what it shows
 */
void
side_campaign_form_show (SideCampaignForm   *self,
                         const SideCampaign *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_FORM (self) && campaign != NULL);

  self->showing = TRUE;
  show_entry (self->title, campaign->title);
  show_scenarios (self, campaign);
  side_campaign_list_show_numbers (SIDE_CAMPAIGN_LIST (self->numbers), campaign->numbers);
  side_campaign_list_show_hours (SIDE_CAMPAIGN_LIST (self->hours), campaign->windows);
  side_campaign_list_show_callers (SIDE_CAMPAIGN_LIST (self->callers), campaign->callers);
  show_entry (self->time_zone, campaign->time_zone);
  show_days (self, campaign);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->count), campaign->count);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->per_day), campaign->per_day);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->per_number), campaign->per_number);
  show_entry (self->seed, campaign->seed);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->robot), campaign->robot ? 1 : 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->fail_n), campaign->fail_n);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->fail_m), campaign->fail_m);
  self->showing = FALSE;
}

static void
read_draw (SideCampaignForm *self,
           SideCampaign     *campaign)
{
  read_scenarios (self, campaign);
  side_campaign_list_read (SIDE_CAMPAIGN_LIST (self->numbers), campaign);
  side_campaign_list_read (SIDE_CAMPAIGN_LIST (self->hours), campaign);
  g_free (campaign->time_zone);
  campaign->time_zone = dup_entry (self->time_zone);
  read_days (self, campaign);
  campaign->count = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->count));
  campaign->per_day = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->per_day));
  campaign->per_number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->per_number));
  g_free (campaign->seed);
  campaign->seed = dup_entry (self->seed);
}

/**
 * side_campaign_form_read:
 * @self: a form
 * @campaign: what was filled in is put in here; its calls stay
 */
void
side_campaign_form_read (SideCampaignForm *self,
                         SideCampaign     *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_FORM (self) && campaign != NULL);

  g_free (campaign->title);
  campaign->title = dup_entry (self->title);
  if (!self->drawn)
    read_draw (self, campaign);
  campaign->robot = adw_combo_row_get_selected (ADW_COMBO_ROW (self->robot)) == 1;
  campaign->fail_n = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->fail_n));
  campaign->fail_m = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->fail_m));
  side_campaign_list_read (SIDE_CAMPAIGN_LIST (self->callers), campaign);
}

/**
 * side_campaign_form_set_drawn:
 * @self: a form
 * @drawn: whether the calls were drawn, and what they were drawn from stays
 */
void
side_campaign_form_set_drawn (SideCampaignForm *self,
                              gboolean          drawn)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_FORM (self));

  self->drawn = drawn;
  for (guint i = 0; i < self->of_draw->len; i++)
    gtk_widget_set_sensitive (self->of_draw->pdata[i], !drawn);
}

/* ---- the parts ---- */

static GtkWidget *
new_entry_row (SideCampaignForm *self,
               GtkWidget        *group,
               const char       *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), FALSE);   /* every change is a step of the form's own history */
  g_signal_connect_object (row, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
new_spin (SideCampaignForm *self,
          GtkWidget        *group,
          const char       *title,
          const char       *subtitle,
          double            least,
          double            most)
{
  GtkWidget *spin = side_plan_rows_spin (group, title, subtitle, least, most, least);

  gtk_editable_set_enable_undo (GTK_EDITABLE (spin), FALSE);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return spin;
}

static void
add_scenario (SideCampaignForm   *self,
              const SideScenario *scenario)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *number = scenario->number != NULL ? side_text_phone (scenario->number, FALSE) : NULL;
  g_autofree char *hours = side_scenario_words_hours (&scenario->hours);
  g_autofree char *words = g_strdup_printf ("%s · %s", number != NULL ? number : _("no number of its own"), hours);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), side_scenario_words_title (scenario));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, side_scenario_words_title (scenario), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (scenario->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->scenarios), row);
  g_ptr_array_add (self->checks, check);
}

static void
build_what (SideCampaignForm *self,
            GtkWidget        *box)
{
  g_autoptr (GPtrArray) scenarios = side_campaigns_dup_scenarios (self->campaigns);
  GtkWidget *group = side_plan_rows_group (box, _("Campaign"), NULL);

  self->title = new_entry_row (self, group, _("Title"));
  self->scenarios = side_plan_rows_group (box, _("Scenarios"), scenarios->len == 0 ? _("There is no scenario yet: make one first.") : NULL);
  for (guint i = 0; i < scenarios->len; i++)
    add_scenario (self, scenarios->pdata[i]);
  self->numbers = side_campaign_list_new_numbers ();
  gtk_box_append (GTK_BOX (box), self->numbers);
  g_ptr_array_add (self->of_draw, self->scenarios);
  g_ptr_array_add (self->of_draw, self->numbers);
}

static SideDateRow *
new_date (SideCampaignForm *self,
          GtkWidget        *group,
          const char       *title)
{
  GtkWidget *row = side_date_row_new (title, self->zone, self->opened_ms);

  g_signal_connect_object (row, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return SIDE_DATE_ROW (row);
}

static void
build_when (SideCampaignForm *self,
            GtkWidget        *box)
{
  GtkWidget *group = side_plan_rows_group (box, _("Days"), NULL);

  self->from = new_date (self, group, _("First day"));
  self->to = new_date (self, group, _("Last day"));
  self->time_zone = new_entry_row (self, group, _("Time zone, like Europe/Berlin; empty: the project’s"));
  self->hours = side_campaign_list_new_hours ();
  gtk_box_append (GTK_BOX (box), self->hours);
  g_ptr_array_add (self->of_draw, group);
  g_ptr_array_add (self->of_draw, self->hours);
}

static void
draw_anew_cb (SideCampaignForm *self)
{
  g_autofree char *seed = side_campaign_form_new_seed ();

  gtk_editable_set_text (GTK_EDITABLE (self->seed), seed);
}

static void
build_how_many (SideCampaignForm *self,
                GtkWidget        *box)
{
  GtkWidget *group = side_plan_rows_group (box, _("How Many"), NULL), *button = gtk_button_new_with_mnemonic (_("Draw _Anew"));

  self->count = new_spin (self, group, _("Calls altogether"), NULL, 1, SIDE_CAMPAIGN_MAX_CALLS);
  self->per_day = new_spin (self, group, _("A day at most"), _("0: any number"), 0, SIDE_CAMPAIGN_MAX_CALLS);
  self->per_number = new_spin (self, group, _("A day to one number at most"), _("0: any number"), 0, SIDE_CAMPAIGN_MAX_CALLS);
  self->seed = new_entry_row (self, group, _("Seed: the same one draws the same times again"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (draw_anew_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->seed), button);
  g_ptr_array_add (self->of_draw, group);
}

static void
build_who (SideCampaignForm *self,
           GtkWidget        *box)
{
  GtkWidget *group = side_plan_rows_group (box, _("How It Is Called"), NULL);
  g_autoptr (GtkStringList) ways = gtk_string_list_new (NULL);

  gtk_string_list_append (ways, C_("calls are made", "by hand, one by one"));
  gtk_string_list_append (ways, C_("calls are made", "by the computer, while Sidetone is open"));
  self->robot = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->robot), _("Calls are made"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->robot), G_LIST_MODEL (ways));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->robot), TRUE);
  g_signal_connect_object (self->robot, "notify::selected", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->robot);
  group = side_plan_rows_group (box, _("Alarm"), _("One failed call may be chance. You are told when so many of the last ones at one line failed; 0: never."));
  self->fail_n = new_spin (self, group, _("Failed calls"), NULL, 0, 100);
  self->fail_m = new_spin (self, group, _("Of the last calls"), NULL, 0, 100);
  self->callers = side_campaign_list_new_callers (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->campaigns)));
  gtk_box_append (GTK_BOX (box), self->callers);
}

/**
 * side_campaign_form_new:
 * @campaigns: campaigns of a desk that is there
 *
 * Returns: (transfer floating): a form
 */
GtkWidget *
side_campaign_form_new (SideCampaigns *campaigns)
{
  SideCampaignForm *self = g_object_new (SIDE_TYPE_CAMPAIGN_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *lists[3];

  self->campaigns = g_object_ref (campaigns);
  self->zone = side_campaigns_get_zone (campaigns, NULL);
  self->opened_ms = side_campaigns_get_now_ms (campaigns);
  build_what (self, box);
  build_when (self, box);
  build_how_many (self, box);
  build_who (self, box);
  lists[0] = self->numbers;
  lists[1] = self->hours;
  lists[2] = self->callers;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_object (lists[i], "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
