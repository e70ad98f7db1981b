/* side-campaign-lists.c - the lists that a campaign's form has: numbers, hours, people
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group of rows each, with a button or a field that adds one. A row that is
 * empty is kept while somebody fills it in, and counts for nothing.
 */
#include "side-campaign-lists.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-reviewers.h"
#include "side-scenario-hours.h"

typedef enum {
  LIST_NUMBERS,
  LIST_HOURS,
  LIST_CALLERS,
} ListKind;

struct _SideCampaignList
{
  AdwBin        parent_instance;
  ListKind      kind;
  GtkWidget    *group;
  GtkWidget    *adder;        /* the last row */
  GPtrArray    *rows;         /* of GtkWidget */
  SideDesk     *desk;         /* (nullable): of callers */
  GCancellable *cancellable;
  gboolean      showing;
};

G_DEFINE_FINAL_TYPE (SideCampaignList, side_campaign_list, ADW_TYPE_BIN)

static guint changed_signal;

static void
side_campaign_list_dispose (GObject *object)
{
  SideCampaignList *self = SIDE_CAMPAIGN_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_campaign_list_parent_class)->dispose (object);
}

static void
side_campaign_list_finalize (GObject *object)
{
  SideCampaignList *self = SIDE_CAMPAIGN_LIST (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (side_campaign_list_parent_class)->finalize (object);
}

static void
side_campaign_list_class_init (SideCampaignListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_campaign_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_list_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_CAMPAIGN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_campaign_list_init (SideCampaignList *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_bin_set_child (ADW_BIN (self), self->group);
}

static void
tell (SideCampaignList *self)
{
  if (!self->showing)
    g_signal_emit (self, changed_signal, 0);
}

static void
remove_row (SideCampaignList *self,
            GtkWidget        *row)
{
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), row);
}

static void
remove_cb (GtkWidget *button,
           GtkWidget *row)
{
  SideCampaignList *self = SIDE_CAMPAIGN_LIST (gtk_widget_get_ancestor (row, SIDE_TYPE_CAMPAIGN_LIST));

  gtk_widget_grab_focus (self->adder);
  remove_row (self, row);
  tell (self);
}

/* The row that adds stays the last one. */
static void
append_row (SideCampaignList *self,
            GtkWidget        *row)
{
  g_object_ref (self->adder);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->adder);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->adder);
  g_object_unref (self->adder);
  g_ptr_array_add (self->rows, row);
}

/* A row of fields with a button that removes it. */
static GtkWidget *
new_row (const char *title,
         GtkWidget  *fields)
{
  GtkWidget *row = adw_preferences_row_new (), *remove = side_draft_button_new ("user-trash-symbolic", _("Remove"));

  gtk_widget_set_margin_top (fields, 8);
  gtk_widget_set_margin_bottom (fields, 8);
  gtk_widget_set_margin_start (fields, 12);
  gtk_widget_set_margin_end (fields, 8);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (fields), remove);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), fields);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), row, 0);
  return row;
}

static GtkWidget *
new_entry (SideCampaignList *self,
           const char       *name,
           const char       *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);   /* every change is a step of the form's own history */
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return entry;
}

/* ---- numbers ---- */

static void
add_number (SideCampaignList         *self,
            const SideCampaignNumber *number)
{
  GtkWidget *fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *row = new_row (_("Number"), fields);
  GtkWidget *dialled = new_entry (self, _("Number"), number != NULL ? number->number : NULL);
  GtkWidget *vendor = new_entry (self, _("Whose line it is"), number != NULL ? number->vendor : NULL);

  gtk_box_prepend (GTK_BOX (fields), vendor);
  gtk_box_prepend (GTK_BOX (fields), dialled);
  g_object_set_data (G_OBJECT (row), "number", dialled);
  g_object_set_data (G_OBJECT (row), "vendor", vendor);
  append_row (self, row);
  if (!self->showing)
    gtk_widget_grab_focus (dialled);
}

static void
read_number (GtkWidget    *row,
             SideCampaign *campaign)
{
  g_autofree char *number = g_strstrip (g_strdup (gtk_editable_get_text (g_object_get_data (G_OBJECT (row), "number"))));
  g_autofree char *vendor = g_strstrip (g_strdup (gtk_editable_get_text (g_object_get_data (G_OBJECT (row), "vendor"))));

  if (*number != '\0' && side_campaign_find_number (campaign, number) == NULL)
    side_campaign_add_number (campaign, number, *vendor != '\0' ? vendor : NULL);
}

/* ---- hours ---- */

static void
add_hours (SideCampaignList *self,
           const SideHours  *hours)
{
  const SideHours usual = { 0x1f, 9 * 60, 18 * 60 };
  GtkWidget *fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *row = new_row (_("Hours"), fields);
  GtkWidget *choice = side_scenario_hours_new ();

  side_scenario_hours_show (SIDE_SCENARIO_HOURS (choice), hours != NULL ? hours : &usual);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_box_prepend (GTK_BOX (fields), choice);
  g_object_set_data (G_OBJECT (row), "hours", choice);
  g_signal_connect_object (choice, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  append_row (self, row);
}

static void
read_hours (GtkWidget    *row,
            SideCampaign *campaign)
{
  SideHours hours;

  side_scenario_hours_get (g_object_get_data (G_OBJECT (row), "hours"), &hours);
  g_array_append_val (campaign->windows, hours);
}

/* ---- callers ---- */

static GtkWidget *
find_caller (SideCampaignList *self,
             const char       *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (self->rows->pdata[i]), "name"), name) == 0)
      return self->rows->pdata[i];
  return NULL;
}

/* The author makes calls anyhow. */
static void
add_caller (gpointer    owner,
            const char *name,
            const char *about)
{
  SideCampaignList *self = owner;
  GtkWidget *row, *check;

  if (self->desk == NULL || find_caller (self, name) != NULL || g_strcmp0 (name, side_desk_get_user (self->desk)) == 0)
    return;
  row = adw_action_row_new ();
  check = gtk_check_button_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  append_row (self, row);
}

static void
choose_caller (SideCampaignList *self,
               const char       *name)
{
  GtkWidget *row;

  add_caller (self, name, NULL);
  row = find_caller (self, name);
  if (row != NULL)
    gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"), TRUE);
}

static void
applied_cb (SideCampaignList *self)
{
  g_autofree char *name = side_reviewers_dup_name (gtk_editable_get_text (GTK_EDITABLE (self->adder)));

  if (name == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->adder), "");
  choose_caller (self, name);
}

/* ---- all of them ---- */

static void
added_cb (SideCampaignList *self)
{
  if (self->kind == LIST_NUMBERS)
    add_number (self, NULL);
  else
    add_hours (self, NULL);
  tell (self);
}

static GtkWidget *
new_adder (SideCampaignList *self,
           const char       *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static SideCampaignList *
new_list (ListKind    kind,
          const char *title,
          const char *description)
{
  SideCampaignList *self = g_object_new (SIDE_TYPE_CAMPAIGN_LIST, NULL);

  self->kind = kind;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), description);
  return self;
}

/**
 * side_campaign_list_new_numbers:
 *
 * Returns: (transfer floating): the numbers that are called
 */
GtkWidget *
side_campaign_list_new_numbers (void)
{
  SideCampaignList *self = new_list (LIST_NUMBERS, _("Numbers"),
                                     _("Every scenario is called at each of them. Without any, each scenario calls its own number."));

  self->adder = new_adder (self, _("Add a Number"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->adder);
  return GTK_WIDGET (self);
}

/**
 * side_campaign_list_new_hours:
 *
 * Returns: (transfer floating): the hours of a week in which it calls
 */
GtkWidget *
side_campaign_list_new_hours (void)
{
  SideCampaignList *self = new_list (LIST_HOURS, _("Hours"),
                                     _("Calls are made in these hours, and in those of their scenario. Without any, the scenario’s alone."));

  self->adder = new_adder (self, _("Add Hours"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->adder);
  return GTK_WIDGET (self);
}

/**
 * side_campaign_list_new_callers:
 * @desk: a desk with a project
 *
 * Returns: (transfer floating): who makes the calls, besides this person
 */
GtkWidget *
side_campaign_list_new_callers (SideDesk *desk)
{
  SideCampaignList *self = new_list (LIST_CALLERS, _("Who Calls, Besides You"),
                                     _("While it goes on only you and they see the campaign: nobody who is called reads when."));

  self->desk = g_object_ref (desk);
  self->adder = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->adder), _("Add a user by name"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->adder), TRUE);
  g_signal_connect_object (self->adder, "apply", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->adder);
  side_reviewers_find (desk, self->cancellable, add_caller, self);
  return GTK_WIDGET (self);
}

static void
remove_rows (SideCampaignList *self)
{
  while (self->rows->len > 0)
    remove_row (self, self->rows->pdata[self->rows->len - 1]);
}

/**
 * side_campaign_list_show_numbers:
 * @self: a list of numbers
 * @numbers: (element-type SideCampaignNumber): what it shows
 */
void
side_campaign_list_show_numbers (SideCampaignList *self,
                                 const GPtrArray  *numbers)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_LIST (self) && numbers != NULL);

  self->showing = TRUE;
  remove_rows (self);
  for (guint i = 0; i < numbers->len; i++)
    add_number (self, numbers->pdata[i]);
  self->showing = FALSE;
}

/**
 * side_campaign_list_show_hours:
 * @self: a list of hours
 * @hours: (element-type SideHours): what it shows
 */
void
side_campaign_list_show_hours (SideCampaignList *self,
                               const GArray     *hours)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_LIST (self) && hours != NULL);

  self->showing = TRUE;
  remove_rows (self);
  for (guint i = 0; i < hours->len; i++)
    add_hours (self, &g_array_index (hours, SideHours, i));
  self->showing = FALSE;
}

/**
 * side_campaign_list_show_callers:
 * @self: a list of callers
 * @callers: (element-type utf8): who is chosen
 */
void
side_campaign_list_show_callers (SideCampaignList *self,
                                 const GPtrArray  *callers)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_LIST (self) && callers != NULL);

  self->showing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    gtk_check_button_set_active (g_object_get_data (G_OBJECT (self->rows->pdata[i]), "check"), FALSE);
  for (guint i = 0; i < callers->len; i++)
    choose_caller (self, callers->pdata[i]);
  self->showing = FALSE;
}

/**
 * side_campaign_list_read:
 * @self: a list
 * @campaign: what it says is put in here, in the place of what was there
 */
void
side_campaign_list_read (SideCampaignList *self,
                         SideCampaign     *campaign)
{
  g_return_if_fail (SIDE_IS_CAMPAIGN_LIST (self) && campaign != NULL);

  if (self->kind == LIST_NUMBERS)
    g_ptr_array_set_size (campaign->numbers, 0);
  else if (self->kind == LIST_HOURS)
    g_array_set_size (campaign->windows, 0);
  else
    g_ptr_array_set_size (campaign->callers, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];

      if (self->kind == LIST_NUMBERS)
        read_number (row, campaign);
      else if (self->kind == LIST_HOURS)
        read_hours (row, campaign);
      else if (gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "check")))
        g_ptr_array_add (campaign->callers, g_strdup (g_object_get_data (G_OBJECT (row), "name")));
    }
}
