/* side-plan-rows.c - the rows that a plan's windows are made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups, numbers, and the people who may review: those the server tells of,
 * whoever has written anything that came here, and whom the person names.
 */
#include "side-plan-rows.h"

#include <glib/gi18n.h>

#include "side-reviewers.h"

#define MAX_SHARE 100

/**
 * side_plan_rows_group:
 * @box: what it is added to
 * @title: its heading
 * @description: (nullable): a line below it
 *
 * Returns: (transfer none): the group
 */
GtkWidget *
side_plan_rows_group (GtkWidget  *box,
                      const char *title,
                      const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (box), group);
  return group;
}

/**
 * side_plan_rows_add:
 * @group: what the row is added to
 * @title: its name, no markup
 * @subtitle: (nullable): what stands below it
 * @value: (nullable): what stands at its end
 *
 * Returns: (transfer none): the AdwActionRow
 */
GtkWidget *
side_plan_rows_add (GtkWidget  *group,
                    const char *title,
                    const char *subtitle,
                    const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (value != NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/**
 * side_plan_rows_spin:
 * @group: what the row is added to
 * @title: its name
 * @subtitle: (nullable): a line below it
 * @least: the least number
 * @most: the greatest
 * @value: the number
 *
 * Returns: (transfer none): the GtkSpinButton in the row
 */
GtkWidget *
side_plan_rows_spin (GtkWidget  *group,
                     const char *title,
                     const char *subtitle,
                     double      least,
                     double      most,
                     double      value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return spin;
}

/**
 * side_plan_rows_check:
 * @box: what it is added to
 * @title: its name
 *
 * Returns: (transfer none): a GtkCheckButton
 */
GtkWidget *
side_plan_rows_check (GtkWidget  *box,
                      const char *title)
{
  GtkWidget *check = gtk_check_button_new_with_label (title);

  gtk_box_append (GTK_BOX (box), check);
  return check;
}

/* ---- people ---- */

struct _SidePlanPeople
{
  GtkWidget     parent_instance;
  GtkWidget    *group;
  GtkWidget    *entry;
  GPtrArray    *rows;         /* of GtkWidget, in their order */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SidePlanPeople, side_plan_people, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
side_plan_people_dispose (GObject *object)
{
  SidePlanPeople *self = SIDE_PLAN_PEOPLE (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  G_OBJECT_CLASS (side_plan_people_parent_class)->dispose (object);
}

static void
side_plan_people_finalize (GObject *object)
{
  SidePlanPeople *self = SIDE_PLAN_PEOPLE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (side_plan_people_parent_class)->finalize (object);
}

static void
side_plan_people_class_init (SidePlanPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_plan_people_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_plan_people_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", SIDE_TYPE_PLAN_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tell (SidePlanPeople *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static const char *
name_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "side-name");
}

static GtkCheckButton *
check_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "side-check");
}

static GtkWidget *
find (SidePlanPeople *self,
      const char     *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (name_of (self->rows->pdata[i]), name))
      return self->rows->pdata[i];
  return NULL;
}

static void
add (gpointer    people,
     const char *name,
     const char *about)
{
  SidePlanPeople *self = people;
  GtkWidget *row, *check, *spin;

  if (find (self, name) != NULL)
    return;
  row = adw_action_row_new ();
  check = gtk_check_button_new ();
  spin = gtk_spin_button_new_with_range (1, MAX_SHARE, 1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (spin, _("Share of the reviews"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Share of the reviews"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_bind_property (check, "active", spin, "sensitive", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "side-name", g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (row), "side-check", check);
  g_object_set_data (G_OBJECT (row), "side-spin", spin);
  /* The line for another name stays the last one. */
  g_object_ref (self->entry);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->entry);
  g_object_unref (self->entry);
  g_ptr_array_add (self->rows, row);
}

static void
choose (SidePlanPeople *self,
        const char     *name)
{
  add (self, name, NULL);
  gtk_check_button_set_active (check_of (find (self, name)), TRUE);
}

static void
applied_cb (SidePlanPeople *self)
{
  g_autofree char *name = side_reviewers_dup_name (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (name == NULL)
    return;
  choose (self, name);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
side_plan_people_init (SidePlanPeople *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  self->entry = adw_entry_row_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("Who Reviews"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                         _("The number is each one’s share: with 2 and 1 the first one gets twice as many."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Add a user by name"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->entry);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
}

/**
 * side_plan_people_new:
 * @desk: whose users
 *
 * Returns: (transfer floating): the people, this person chosen
 */
GtkWidget *
side_plan_people_new (SideDesk *desk)
{
  SidePlanPeople *self = g_object_new (SIDE_TYPE_PLAN_PEOPLE, NULL);

  side_reviewers_find (desk, self->cancellable, add, self);
  if (self->rows->len > 0)
    choose (self, name_of (self->rows->pdata[0]));   /* oneself */
  gtk_widget_set_visible (self->entry, !side_reviewers_are_told (desk));
  return GTK_WIDGET (self);
}

/**
 * side_plan_people_for_each:
 * @self: the people
 * @func: called with each one who is chosen, the one whose name was typed and
 *   not applied among them
 * @data: its data
 */
void
side_plan_people_for_each (SidePlanPeople *self,
                           void          (*func) (const char *name, int share, gpointer data),
                           gpointer        data)
{
  g_autofree char *typed = NULL;
  GtkWidget *known;

  g_return_if_fail (SIDE_IS_PLAN_PEOPLE (self));

  typed = side_reviewers_dup_name (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  known = typed != NULL ? find (self, typed) : NULL;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];

      if (gtk_check_button_get_active (check_of (row)) || row == known)
        func (name_of (row), gtk_spin_button_get_value_as_int (g_object_get_data (G_OBJECT (row), "side-spin")), data);
    }
  if (typed != NULL && known == NULL)
    func (typed, 1, data);
}
