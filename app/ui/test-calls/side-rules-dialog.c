/* side-rules-dialog.c - the rules of test calls, to be read and acknowledged
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three rules, each with a box of its own to be ticked, and what the law of
 * some countries says on recording. Acknowledged once for an account and a
 * project, it can be read again at any time.
 */
#include "side-rules-dialog.h"

#include <glib/gi18n.h>

#include "side-call-rules.h"
#include "side-format.h"
#include "side-rules.h"
#include "side-settings.h"
#include "side-window-keys.h"

/* What is certain enough to be told in a line; the boxes above are for the rest. */
static const struct {
  const char *country;
  const char *text;
} laws[] = {
  { N_("Austria"),
    N_("To hand the recording of a talk to others without consent of who spoke is a crime (§ 120 (2) StGB).") },
  { N_("European Union"),
    N_("A recording is personal data: there must be a ground for it, and those recorded must be told (GDPR, art. 6 and 13).") },
  { N_("Germany"),
    N_("Recording what somebody says to you without their consent is a crime (§ 201 StGB), and so is using that recording.") },
  { N_("Russia"),
    N_("A recording is personal data (Federal Law 152-FZ). Tell the staff in a rule of the house which they sign; callers are told by an announcement.") },
  { N_("Switzerland"),
    N_("Recording your own talk without consent is a crime (art. 179ter StGB); orders and the like between businesses and customers are excepted (art. 179quinquies).") },
  { N_("United Kingdom"),
    N_("A business may record to check quality when it has done what it reasonably can to tell those who use the line; UK GDPR applies besides.") },
  { N_("United States"),
    N_("Under federal law one party’s consent is enough (18 U.S.C. § 2511); some states, California among them, want that of all (Penal Code § 632).") },
};

struct _SideRulesDialog
{
  AdwWindow  parent_instance;
  GtkWidget *content;
  GtkWidget *checks[SIDE_CALL_RULES_N];
  GtkWidget *agree;
  GtkWidget *failure;
  SideDesk  *desk;
  char      *path;      /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SideRulesDialog, side_rules_dialog, ADW_TYPE_WINDOW)

static guint acknowledged_signal;

static void
side_rules_dialog_finalize (GObject *object)
{
  SideRulesDialog *self = SIDE_RULES_DIALOG (object);

  g_clear_object (&self->desk);
  g_free (self->path);
  G_OBJECT_CLASS (side_rules_dialog_parent_class)->finalize (object);
}

static void
side_rules_dialog_class_init (SideRulesDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_rules_dialog_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
  acknowledged_signal = g_signal_new ("acknowledged", SIDE_TYPE_RULES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ticked_cb (SideRulesDialog *self)
{
  gboolean all = TRUE;

  for (guint i = 0; i < SIDE_CALL_RULES_N; i++)
    all = all && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i]));
  gtk_widget_set_sensitive (self->agree, all);
}

static void
agree_cb (SideRulesDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (side_rules_acknowledge (self->desk, self->path, &error))
    {
      g_signal_emit (self, acknowledged_signal, 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  words = g_strdup_printf (_("It could not be written down: %s"), error->message);
  gtk_label_set_label (GTK_LABEL (self->failure), words);
  gtk_widget_set_visible (self->failure, TRUE);
}

static GtkWidget *
new_rule (SideRulesDialog *self,
          guint            index)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), side_call_rules_get_title (index));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), side_call_rules_get_text (index));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  self->checks[index] = gtk_check_button_new ();
  gtk_widget_set_valign (self->checks[index], GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks[index]), GTK_ACCESSIBLE_PROPERTY_LABEL, side_call_rules_get_title (index),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, side_call_rules_get_text (index), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->checks[index]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->checks[index]);
  g_signal_connect_object (self->checks[index], "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* Where recording is a crime the third rule can be kept right here. */
static GtkWidget *
new_record_row (void)
{
  GtkWidget *row = adw_action_row_new (), *record = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Record test calls"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Off: nothing of a call is kept but its times and what you write down. It can be changed before each call, and in the preferences."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (record, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (record), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Record test calls"), -1);
  g_settings_bind (side_settings_get (), "record-test-calls", record, "active", G_SETTINGS_BIND_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), record);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), record);
  return row;
}

static void
add_groups (SideRulesDialog *self)
{
  GtkWidget *group = adw_preferences_group_new (), *law = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("A test call is made to people who work, and who think that it is a customer. Please confirm each rule."));
  for (guint i = 0; i < SIDE_CALL_RULES_N; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_rule (self, i));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (law), _("On recording"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (law), _("In short, and no legal advice: ask somebody who knows the law of both places."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (law), new_record_row ());
  for (gsize i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(laws[i].country));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(laws[i].text));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (law), row);
    }
  gtk_box_append (GTK_BOX (self->content), group);
  gtk_box_append (GTK_BOX (self->content), law);
}

static void
side_rules_dialog_init (SideRulesDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_window_set_title (GTK_WINDOW (self), _("Rules of Test Calls"));
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 660);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->content, "script-content");
  self->failure = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0,
                                "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_box_append (GTK_BOX (self->content), self->failure);
  add_groups (self);
  self->agree = gtk_button_new_with_mnemonic (_("_I Keep to Them"));
  gtk_widget_add_css_class (self->agree, "suggested-action");
  gtk_widget_set_sensitive (self->agree, FALSE);
  g_signal_connect_object (self->agree, "clicked", G_CALLBACK (agree_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->agree);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/* Whoever has agreed reads them again, and is told when that was. */
static void
show_acknowledged (SideRulesDialog *self)
{
  gint64 at_ms = side_rules_get_acknowledged_ms (self->desk, self->path);
  SideProject *project = side_desk_get_project (self->desk);
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;
  GtkWidget *label;

  if (at_ms == 0)
    return;
  for (guint i = 0; i < SIDE_CALL_RULES_N; i++)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]), TRUE);
      gtk_widget_set_sensitive (self->checks[i], FALSE);
    }
  gtk_widget_set_visible (self->agree, FALSE);
  if (project == NULL)
    return;
  day = side_format_date (project->time_zone, at_ms, side_desk_get_now_ms (self->desk));
  /* Translators: a day */
  words = g_strdup_printf (_("You agreed to them on %s."), day);
  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->content), label);
}

/**
 * side_rules_dialog_new:
 * @parent: (nullable): the window it stands above
 * @desk: whose account and project
 * @path: (nullable): of the file it is written down in; %NULL for this user's own
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_rules_dialog_new (GtkWindow  *parent,
                       SideDesk   *desk,
                       const char *path)
{
  SideRulesDialog *self = g_object_new (SIDE_TYPE_RULES_DIALOG, "transient-for", parent, "modal", parent != NULL, NULL);

  self->desk = g_object_ref (desk);
  self->path = g_strdup (path);
  show_acknowledged (self);
  return GTK_WINDOW (self);
}
