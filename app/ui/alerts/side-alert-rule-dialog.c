/* side-alert-rule-dialog.c - one rule of alerts, to be filled in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wrong stands below its field; what the rule will do, at the bottom.
 * Another figure to watch brings limits that suit it, but for those that were
 * typed and can be read as one of its own.
 */
#include "side-alert-rule-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "side-alert-sentence.h"
#include "side-alert-words.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"
#include "side-words-guard.h"

static const struct {
  const char *name;
  const char *title;   /* nullable: says the unit too, and is set with the watch */
} fields[N_FIELDS] = {
  [FIELD_LEAST] = { "least", N_("Only from so many calls on") },
  [FIELD_MINUTES] = { "minutes", N_("Over the last minutes; empty for today") },
  [FIELD_WARNING] = { "warning", NULL },
  [FIELD_ALARM] = { "alarm", NULL },
  [FIELD_BACK] = { "back", NULL },
  [FIELD_HOLD] = { "hold", N_("Only when it lasts for (as 0:30)") },
  [FIELD_DAYS] = { "days", N_("Days") },
  [FIELD_FROM] = { "from", N_("From, as 09:00") },
  [FIELD_TO] = { "to", N_("To, as 18:00; 24:00 is midnight") },
  [FIELD_TITLE] = { "title", N_("Name of the rule, if you want one") },
};

/* What suits most call centres: an example to begin with. */
static const struct {
  double warning;
  double alarm;    /* of the longest wait: the project’s own limit */
  double back;
  int    minutes;
  int    least;
} defaults[SIDE_N_ALERT_WATCHES] = {
  [SIDE_ALERT_WAITING] = { 3, 5, 0, 0, 0 },
  [SIDE_ALERT_LONGEST_WAIT] = { 30, 45, 0, 0, 0 },
  [SIDE_ALERT_SERVICE_LEVEL] = { 80, 70, 2, 30, 10 },
  [SIDE_ALERT_ABANDONED] = { 5, 10, 1, 30, 10 },
  [SIDE_ALERT_FREE_OPERATORS] = { NAN, 1, 0, 0, 0 },
  [SIDE_ALERT_OCCUPANCY] = { 85, 90, 2, 30, 10 },
  [SIDE_ALERT_OPERATOR_STATE] = { 900, 1800, 0, 0, 0 },
  [SIDE_ALERT_CALLBACKS] = { 0, 5, 0, 0, 0 },
  [SIDE_ALERT_STALE] = { NAN, 30, 0, 0, 0 },
};

G_DEFINE_FINAL_TYPE (SideAlertRuleDialog, side_alert_rule_dialog, ADW_TYPE_WINDOW)

static void
side_alert_rule_dialog_finalize (GObject *object)
{
  SideAlertRuleDialog *self = SIDE_ALERT_RULE_DIALOG (object);

  g_clear_object (&self->shelf);
  g_clear_pointer (&self->rule, side_alert_rule_unref);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  G_OBJECT_CLASS (side_alert_rule_dialog_parent_class)->finalize (object);
}

static const SideProject *
get_project (SideAlertRuleDialog *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  return desk != NULL ? side_desk_get_project (desk) : NULL;
}

/* ---- faults ---- */

static void
show_fault (SideAlertRuleDialog *self,
            FieldId              field,
            const char          *words)
{
  gtk_label_set_label (GTK_LABEL (self->fault_words[field]), words != NULL ? words : "");
  gtk_widget_set_visible (self->faults[field], words != NULL);
  if (words != NULL)
    gtk_widget_add_css_class (self->entries[field], "error");
  else
    gtk_widget_remove_css_class (self->entries[field], "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entries[field]), GTK_ACCESSIBLE_STATE_INVALID,
                               words != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static FieldId
find_wrong (const char **faults)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (faults[i] != NULL)
      return i;
  return N_FIELDS;
}

static void
show_state (SideAlertRuleDialog *self)
{
  const char *faults[N_FIELDS];
  g_autoptr (SideAlertRule) rule = side_alert_rule_read (self, faults);
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    show_fault (self, i, self->judged ? faults[i] : NULL);
  if (find_wrong (faults) == N_FIELDS)
    sentence = side_alert_sentence_dup (rule, get_project (self));
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence != NULL ? sentence : _("What is filled in does not make a rule yet."));
}

static void
edited_cb (SideAlertRuleDialog *self,
           GtkWidget           *widget)
{
  if (self->filling)
    return;
  for (guint i = 0; i < N_FIELDS; i++)
    self->typed[i] = self->typed[i] || self->entries[i] == widget;
  gtk_widget_set_visible (self->failure, FALSE);
  show_state (self);
}

/* ---- filling it in ---- */

static char *
dup_value (SideAlertWatch watch,
           double         value)
{
  char digits[32];

  if (isnan (value))
    return g_strdup ("");
  if (side_alert_rule_unit (watch) == UNIT_TIME && value == floor (value))
    return side_text_duration ((gint64) value * SIDE_SECOND_MS);
  return g_strdup (side_text_shortest (value, digits, sizeof digits));
}

static void
set_value (SideAlertRuleDialog *self,
           FieldId              field,
           double               value)
{
  g_autofree char *text = dup_value (field == FIELD_HOLD ? SIDE_ALERT_STALE : side_alert_rule_get_watch (self), value);

  gtk_editable_set_text (GTK_EDITABLE (self->entries[field]), text);
}

static void
set_whole (SideAlertRuleDialog *self,
           FieldId              field,
           int                  value)
{
  g_autofree char *text = value > 0 ? g_strdup_printf ("%d", value) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self->entries[field]), text);
}

/* Only where nobody typed, or what was typed is no figure of this kind. */
static void
suggest (SideAlertRuleDialog *self,
         FieldId              field,
         double               value)
{
  double typed;

  if (self->typed[field] && side_alert_rule_read_limit (self, field, side_alert_rule_get_watch (self), &typed) == NULL)
    return;
  self->typed[field] = FALSE;
  set_value (self, field, value);
}

static void
suggest_limits (SideAlertRuleDialog *self)
{
  SideAlertWatch watch = side_alert_rule_get_watch (self);
  const SideProject *project = get_project (self);
  double warning = defaults[watch].warning, alarm = defaults[watch].alarm;

  if (watch == SIDE_ALERT_LONGEST_WAIT && project != NULL && project->wait_limit_ms >= 0)
    {
      alarm = (double) project->wait_limit_ms / SIDE_SECOND_MS;
      warning = warning < alarm ? warning : NAN;
    }
  suggest (self, FIELD_WARNING, warning);
  suggest (self, FIELD_ALARM, alarm);
  suggest (self, FIELD_BACK, defaults[watch].back > 0 ? defaults[watch].back : NAN);
  if (!self->typed[FIELD_MINUTES])
    set_whole (self, FIELD_MINUTES, defaults[watch].minutes);
  if (!self->typed[FIELD_LEAST])
    set_whole (self, FIELD_LEAST, defaults[watch].least);
}

static void
set_limit_title (SideAlertRuleDialog *self,
                 FieldId              field,
                 const char          *words)
{
  static const char *const units[] = { N_("as 0:45"), N_("per cent"), N_("count") };
  /* Translators: what a field is for, and its unit: "Alarm when over (as 0:45)" */
  g_autofree char *title = g_strdup_printf (_("%s (%s)"), words, _(units[side_alert_rule_unit (side_alert_rule_get_watch (self))]));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[field]), title);
}

/* Which fields there are for what is watched, and when. */
static void
show_fields (SideAlertRuleDialog *self)
{
  SideAlertWatch watch = side_alert_rule_get_watch (self);
  gboolean below = watch == SIDE_ALERT_SERVICE_LEVEL || watch == SIDE_ALERT_FREE_OPERATORS;
  gboolean hours = adw_combo_row_get_selected (ADW_COMBO_ROW (self->when)) != 0;

  set_limit_title (self, FIELD_WARNING, below ? _("Warning when below") : _("Warning when over"));
  set_limit_title (self, FIELD_ALARM, below ? _("Alarm when below") : _("Alarm when over"));
  set_limit_title (self, FIELD_BACK, _("Is over when back by"));
  gtk_widget_set_visible (self->state, watch == SIDE_ALERT_OPERATOR_STATE);
  gtk_widget_set_visible (self->queue, watch != SIDE_ALERT_STALE);
  gtk_widget_set_visible (self->entries[FIELD_LEAST], side_alert_rule_unit (watch) == UNIT_SHARE);
  gtk_widget_set_visible (self->entries[FIELD_MINUTES], side_alert_rule_unit (watch) == UNIT_SHARE);
  gtk_widget_set_visible (self->entries[FIELD_BACK], side_alert_rule_comes_back (watch));
  for (guint i = FIELD_DAYS; i <= FIELD_TO; i++)
    gtk_widget_set_visible (self->entries[i], hours);
}

static void
chosen_cb (SideAlertRuleDialog *self)
{
  if (self->filling)
    return;
  show_fields (self);
  show_state (self);
}

static gboolean
is_typed (SideAlertRuleDialog *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (self->typed[i])
      return TRUE;
  return FALSE;
}

static void
watch_cb (SideAlertRuleDialog *self)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  suggest_limits (self);
  self->filling = FALSE;
  show_fields (self);
  show_state (self);
  /* Nobody is asked about limits that only came along. */
  if (!is_typed (self))
    side_words_guard_begin (GTK_WINDOW (self));
}

static int
find_queue (SideAlertRuleDialog *self,
            const char          *queue)
{
  for (guint i = 0; i < self->queues->len; i++)
    if (g_strcmp0 (self->queues->pdata[i], queue) == 0)
      return (int) i;
  return -1;
}

/* A queue that is no longer there can stay what it was. */
static void
fill_queues (SideAlertRuleDialog *self)
{
  const SideProject *project = get_project (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All queues"));
  g_ptr_array_add (self->queues, NULL);
  for (guint i = 0; project != NULL && i < project->queues->len; i++)
    {
      const SideQueue *queue = project->queues->pdata[i];

      g_ptr_array_add (self->queues, g_strdup (queue->id));
      gtk_string_list_append (names, side_format_queue_name (project, queue->id));
    }
  if (find_queue (self, self->rule->queue) < 0)
    {
      g_ptr_array_add (self->queues, g_strdup (self->rule->queue));
      gtk_string_list_append (names, self->rule->queue);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->queue), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->queue), (guint) find_queue (self, self->rule->queue));
}

static void
fill_hours (SideAlertRuleDialog *self)
{
  SideHours hours = self->rule->hours, always = side_hours_always ();
  gboolean all = memcmp (&hours, &always, sizeof hours) == 0;
  g_autofree char *from = NULL, *to = NULL;

  /* What is offered to those who want other hours. */
  if (all)
    hours = (SideHours) { 0x1f, 9 * 60, 21 * 60 };
  from = g_strdup_printf ("%02d:%02d", hours.from_minute / 60, hours.from_minute % 60);
  to = g_strdup_printf ("%02d:%02d", hours.to_minute / 60, hours.to_minute % 60);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->when), all ? 0 : 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[i]), (hours.weekdays & 1u << i) != 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entries[FIELD_FROM]), from);
  gtk_editable_set_text (GTK_EDITABLE (self->entries[FIELD_TO]), to);
}

static void
fill (SideAlertRuleDialog *self)
{
  const SideAlertRule *rule = self->rule;

  self->filling = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->watch), rule->watch);
  for (guint i = 0; i < SIDE_N_ALERT_RULE_STATES; i++)
    if (side_alert_rule_states[i] == rule->state)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->state), i);
  fill_queues (self);
  fill_hours (self);
  if (self->known)
    {
      set_value (self, FIELD_WARNING, rule->warning);
      set_value (self, FIELD_ALARM, rule->alarm);
      set_value (self, FIELD_BACK, rule->back > 0 ? rule->back : NAN);
      set_value (self, FIELD_HOLD, rule->hold_s > 0 ? rule->hold_s : NAN);
      set_whole (self, FIELD_MINUTES, rule->minutes);
      set_whole (self, FIELD_LEAST, rule->least);
    }
  else
    suggest_limits (self);
  if (rule->title != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[FIELD_TITLE]), rule->title);
  self->filling = FALSE;
  show_fields (self);
  show_state (self);
}

/* ---- keeping it ---- */

static void
save (SideAlertRuleDialog *self,
      const SideAlertRule *rule)
{
  g_autofree char *title = side_alert_words_title (rule, get_project (self));
  g_autofree char *words = g_strdup_printf (self->known ? _("rule “%s” changed") : _("rule “%s” added"), title);

  side_alert_shelf_save_rule (self->shelf, words, rule);
  side_words_guard_close (GTK_WINDOW (self));
}

static void
fail (SideAlertRuleDialog *self,
      const char          *words)
{
  gtk_label_set_label (GTK_LABEL (self->failure), words);
  gtk_widget_set_visible (self->failure, TRUE);
}

static void
save_cb (SideAlertRuleDialog *self)
{
  const char *faults[N_FIELDS];
  g_autoptr (SideAlertRule) rule = side_alert_rule_read (self, faults);
  FieldId wrong = find_wrong (faults);

  self->judged = TRUE;
  show_state (self);
  if (wrong != N_FIELDS)
    gtk_widget_grab_focus (wrong == FIELD_DAYS ? self->days[0] : self->entries[wrong]);
  else if (!side_alert_rule_check (rule, NULL))
    fail (self, _("This rule cannot be watched: something in it does not go together."));
  else if (!side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf)))
    fail (self, _("Your role can read the rules, not change them."));
  else
    save (self, rule);
}

static void
cancel_cb (SideAlertRuleDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the window ---- */

static GtkWidget *
add_choice (SideAlertRuleDialog *self,
            GtkWidget           *group,
            const char          *title,
            GtkStringList       *names,
            GCallback            callback)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (names != NULL)
    adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
new_days (SideAlertRuleDialog *self)
{
  GtkWidget *row = adw_action_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    {
      self->days[i] = gtk_toggle_button_new_with_label (side_format_weekday (i));
      g_signal_connect_object (self->days[i], "toggled", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->days[i]);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  return row;
}

static void
add_field (SideAlertRuleDialog *self,
           GtkWidget           *group,
           FieldId              field)
{
  GtkWidget *entry = field == FIELD_DAYS ? new_days (self) : adw_entry_row_new ();
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap", TRUE, "xalign", 0.0, NULL);
  GtkWidget *fault = adw_preferences_row_new ();

  if (fields[field].title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _(fields[field].title));
  gtk_widget_add_css_class (words, "line-fault");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (fault), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (fault), FALSE);
  gtk_widget_set_focusable (fault, FALSE);
  gtk_widget_set_visible (fault, FALSE);
  self->entries[field] = entry;
  self->faults[field] = fault;
  self->fault_words[field] = words;
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), fault);
  if (field == FIELD_DAYS)
    return;
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static void
add_groups (SideAlertRuleDialog *self,
            GtkWidget           *content)
{
  GtkWidget *what = adw_preferences_group_new (), *limits = adw_preferences_group_new ();
  GtkWidget *when = adw_preferences_group_new (), *name = adw_preferences_group_new ();
  g_autoptr (GtkStringList) watches = gtk_string_list_new (NULL), names = gtk_string_list_new (NULL), hours = gtk_string_list_new (NULL);

  for (guint i = 0; i < SIDE_N_ALERT_WATCHES; i++)
    gtk_string_list_append (watches, side_alert_words_watch (i));
  for (guint i = 0; i < SIDE_N_ALERT_RULE_STATES; i++)
    gtk_string_list_append (names, side_format_operator_state (side_alert_rule_states[i]));
  gtk_string_list_append (hours, _("Always"));
  gtk_string_list_append (hours, _("At certain hours"));
  self->watch = add_choice (self, what, _("What is watched"), watches, G_CALLBACK (watch_cb));
  self->state = add_choice (self, what, _("State"), names, G_CALLBACK (chosen_cb));
  self->queue = add_choice (self, what, _("Queue"), NULL, G_CALLBACK (chosen_cb));
  add_field (self, what, FIELD_MINUTES);
  add_field (self, what, FIELD_LEAST);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (limits), _("Limits"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (limits), _("One of the two may stay empty."));
  add_field (self, limits, FIELD_WARNING);
  add_field (self, limits, FIELD_ALARM);
  add_field (self, limits, FIELD_BACK);
  add_field (self, limits, FIELD_HOLD);
  self->when = add_choice (self, when, _("When"), hours, G_CALLBACK (chosen_cb));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->when), _("By the project’s own clock"));
  add_field (self, when, FIELD_DAYS);
  add_field (self, when, FIELD_FROM);
  add_field (self, when, FIELD_TO);
  add_field (self, name, FIELD_TITLE);
  gtk_box_append (GTK_BOX (content), what);
  gtk_box_append (GTK_BOX (content), limits);
  gtk_box_append (GTK_BOX (content), when);
  gtk_box_append (GTK_BOX (content), name);
}

static GtkWidget *
new_header (SideAlertRuleDialog *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save_button = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  return header;
}

static void
side_alert_rule_dialog_class_init (SideAlertRuleDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_alert_rule_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
side_alert_rule_dialog_init (SideAlertRuleDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  self->filling = TRUE;
  self->queues = g_ptr_array_new_with_free_func (g_free);
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 720);
  gtk_widget_add_css_class (content, "script-content");
  self->failure = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0,
                                "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_box_append (GTK_BOX (content), self->failure);
  add_groups (self, content);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->sentence = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->sentence, "script-content");
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->sentence);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
}

/**
 * side_alert_rule_dialog_new:
 * @parent: (nullable): the window it stands above
 * @shelf: where the rule is kept
 * @rule: (nullable): one of them; %NULL for a new one
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWidget *
side_alert_rule_dialog_new (GtkWindow           *parent,
                            SideAlertShelf      *shelf,
                            const SideAlertRule *rule)
{
  SideAlertRuleDialog *self;
  g_autofree char *id = side_id_new ();

  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (shelf), NULL);

  self = g_object_new (SIDE_TYPE_ALERT_RULE_DIALOG, "transient-for", parent, "modal", parent != NULL, NULL);
  self->shelf = g_object_ref (shelf);
  self->known = rule != NULL;
  self->rule = rule != NULL ? side_alert_rule_copy (rule)
                            : side_alert_rule_new (id, side_document_shelf_get_project (SIDE_DOCUMENT_SHELF (shelf)), SIDE_ALERT_LONGEST_WAIT);
  gtk_window_set_title (GTK_WINDOW (self), self->known ? _("Rule of Alerts") : _("New Rule"));
  fill (self);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}

static FieldId
find_field (const char *name)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return i;
  return N_FIELDS;
}

/**
 * side_alert_rule_dialog_get_field:
 * @self: a dialog
 * @name: "warning", "alarm", "back", "hold", "minutes", "least", "days", "from", "to" or "title";
 *   of the choices "watch", "state", "queue" or "when"
 *
 * Returns: (transfer none): its row
 */
GtkWidget *
side_alert_rule_dialog_get_field (SideAlertRuleDialog *self,
                                  const char          *name)
{
  FieldId field = find_field (name);

  g_return_val_if_fail (SIDE_IS_ALERT_RULE_DIALOG (self), NULL);

  if (field != N_FIELDS)
    return self->entries[field];
  if (g_strcmp0 (name, "watch") == 0)
    return self->watch;
  if (g_strcmp0 (name, "state") == 0)
    return self->state;
  return g_strcmp0 (name, "queue") == 0 ? self->queue : self->when;
}

/**
 * side_alert_rule_dialog_get_fault:
 * @self: a dialog
 * @name: that of a row with something to fill in
 *
 * Returns: (transfer none) (nullable): what is said to be wrong with it
 */
const char *
side_alert_rule_dialog_get_fault (SideAlertRuleDialog *self,
                                  const char          *name)
{
  FieldId field = find_field (name);

  g_return_val_if_fail (SIDE_IS_ALERT_RULE_DIALOG (self) && field != N_FIELDS, NULL);
  return gtk_widget_get_visible (self->faults[field]) ? gtk_label_get_label (GTK_LABEL (self->fault_words[field])) : NULL;
}

/**
 * side_alert_rule_dialog_get_sentence:
 * @self: a dialog
 *
 * Returns: (transfer none): what is said about what the rule will do
 */
const char *
side_alert_rule_dialog_get_sentence (SideAlertRuleDialog *self)
{
  g_return_val_if_fail (SIDE_IS_ALERT_RULE_DIALOG (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->sentence));
}
