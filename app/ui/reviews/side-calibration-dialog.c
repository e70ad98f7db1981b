/* side-calibration-dialog.c - a new calibration: which calls, and who is asked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls are offered, the newest with a recording or those of a plan, and so are
 * the people the server tells of and those who have written something; others
 * can be named where it tells of none. What is still missing is said at the foot.
 */
#include "side-calibration-dialog.h"

#include <glib/gi18n.h>

#include "side-calibrations.h"
#include "side-date-row.h"
#include "side-error.h"
#include "side-plan-words.h"
#include "side-reviewers.h"
#include "side-text.h"
#include "side-wire.h"
#include "side-words-guard.h"

#define OFFERED    40   /* calls at most */
#define USUAL_DAYS 7

struct _SideCalibrationDialog
{
  AdwWindow            parent_instance;
  SideDesk            *desk;
  GCancellable        *cancellable;
  GCancellable        *reading;       /* of the calls of another source */
  AdwEntryRow         *title;
  AdwComboRow         *script;
  SideDateRow         *due;
  AdwPreferencesGroup *first;        /* its group */
  AdwComboRow         *source;
  AdwPreferencesGroup *calls_group;
  AdwPreferencesGroup *people_group;
  AdwEntryRow         *other;
  AdwComboRow         *expert;
  GtkStringList       *experts;
  GtkLabel            *missing;
  GPtrArray           *scripts;       /* of SideScript */
  GPtrArray           *plans;         /* of char *: ids, as in the list of sources */
  GPtrArray           *calls;         /* of SideCall, as offered */
  GPtrArray           *call_checks;   /* of GtkCheckButton, in the rows of @calls */
  GPtrArray           *call_rows;
  GPtrArray           *people;        /* of char * */
  GPtrArray           *people_checks;
  GPtrArray           *wanted;        /* of char *: calls of a plan still to be read */
};

G_DEFINE_FINAL_TYPE (SideCalibrationDialog, side_calibration_dialog, ADW_TYPE_WINDOW)

static guint made_signal;

static void
side_calibration_dialog_dispose (GObject *object)
{
  SideCalibrationDialog *self = SIDE_CALIBRATION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_calibration_dialog_parent_class)->dispose (object);
}

static void
side_calibration_dialog_finalize (GObject *object)
{
  SideCalibrationDialog *self = SIDE_CALIBRATION_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->call_checks);
  g_ptr_array_unref (self->call_rows);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->people_checks);
  g_ptr_array_unref (self->wanted);
  G_OBJECT_CLASS (side_calibration_dialog_parent_class)->finalize (object);
}

/* ---- what is chosen ---- */

static guint
count_checked (GPtrArray *checks)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += gtk_check_button_get_active (checks->pdata[i]) ? 1 : 0;
  return n;
}

static GtkCheckButton *
find_person (SideCalibrationDialog *self,
             const char            *name)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_str_equal (self->people->pdata[i], name))
      return self->people_checks->pdata[i];
  return NULL;
}

/* With the one whose name was typed and not applied. */
static guint
count_people (SideCalibrationDialog *self)
{
  g_autofree char *typed = side_reviewers_dup_name (gtk_editable_get_text (GTK_EDITABLE (self->other)));
  GtkCheckButton *known = typed != NULL ? find_person (self, typed) : NULL;
  gboolean one_more = typed != NULL && (known == NULL || !gtk_check_button_get_active (known));

  return count_checked (self->people_checks) + (one_more ? 1 : 0);
}

/* The first in the order in which the form asks. */
static const char *
find_missing (SideCalibrationDialog *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));

  if (*title == '\0')
    return _("It needs a title.");
  if (self->scripts->len == 0)
    return _("There is no script in use yet.");
  if (count_people (self) < 2)
    return _("Invite two people or more.");
  if (count_checked (self->call_checks) == 0)
    return _("Choose a call or more.");
  return NULL;
}

/* The expert is one of those invited: the list follows them. */
static void
update_experts (SideCalibrationDialog *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->expert);
  g_autofree char *before = chosen != NULL ? g_strdup (gtk_string_object_get_string (chosen)) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint place = 0;

  g_ptr_array_add (names, (gpointer) C_("expert", "Nobody"));
  for (guint i = 0; i < self->people->len; i++)
    if (gtk_check_button_get_active (self->people_checks->pdata[i]))
      {
        if (g_strcmp0 (before, self->people->pdata[i]) == 0)
          place = names->len;
        g_ptr_array_add (names, self->people->pdata[i]);
      }
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->experts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->experts)),
                          (const char *const *) names->pdata);
  adw_combo_row_set_selected (self->expert, place);
}

static void
update (SideCalibrationDialog *self)
{
  const char *missing = find_missing (self);
  guint calls = count_checked (self->call_checks), people = count_people (self);
  g_autofree char *reviews = g_strdup_printf (ngettext ("%u review to be made", "%u reviews to be made", calls * people), calls * people);

  gtk_label_set_text (self->missing, missing != NULL ? missing : reviews);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.begin", missing == NULL);
}

static void
people_changed_cb (SideCalibrationDialog *self)
{
  update_experts (self);
  update (self);
}

static GtkWidget *
add_check_row (AdwPreferencesGroup *group,
               const char          *title,
               const char          *subtitle,
               GPtrArray           *checks)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (subtitle != NULL)
    {
      g_autofree char *below = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (checks, check);
  return row;
}

/* ---- people ---- */

/* The line for another name stays the last one. */
static void
add_person (gpointer    dialog,
            const char *name,
            const char *about)
{
  SideCalibrationDialog *self = dialog;
  GtkWidget *other = GTK_WIDGET (self->other);

  if (find_person (self, name) != NULL)
    return;
  g_ptr_array_add (self->people, g_strdup (name));
  g_object_ref (other);
  adw_preferences_group_remove (self->people_group, other);
  add_check_row (self->people_group, name, about, self->people_checks);
  adw_preferences_group_add (self->people_group, other);
  g_object_unref (other);
  g_signal_connect_swapped (find_person (self, name), "toggled", G_CALLBACK (people_changed_cb), self);
}

/**
 * side_calibration_dialog_add_person:
 * @self: the dialog
 * @name: a user's name
 *
 * Invites somebody, whether they are in the list or not.
 *
 * Returns: whether the name can be one
 */
gboolean
side_calibration_dialog_add_person (SideCalibrationDialog *self,
                                    const char            *name)
{
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (SIDE_IS_CALIBRATION_DIALOG (self), FALSE);

  stripped = side_reviewers_dup_name (name);
  if (stripped == NULL)
    return FALSE;
  add_person (self, stripped, NULL);
  gtk_check_button_set_active (find_person (self, stripped), TRUE);
  return TRUE;
}

static void
other_cb (SideCalibrationDialog *self)
{
  if (side_calibration_dialog_add_person (self, gtk_editable_get_text (GTK_EDITABLE (self->other))))
    gtk_editable_set_text (GTK_EDITABLE (self->other), "");
}

/* ---- calls ---- */

static void
show_calls (SideCalibrationDialog *self)
{
  for (guint i = 0; i < self->call_rows->len; i++)
    adw_preferences_group_remove (self->calls_group, self->call_rows->pdata[i]);
  g_ptr_array_set_size (self->call_rows, 0);
  g_ptr_array_set_size (self->call_checks, 0);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const SideCall *call = self->calls->pdata[i];
      g_autofree char *words = side_plan_words_call (self->desk, call), *about = side_plan_words_about (self->desk, call);

      g_ptr_array_add (self->call_rows, add_check_row (self->calls_group, words, about, self->call_checks));
      g_signal_connect_swapped (self->call_checks->pdata[i], "toggled", G_CALLBACK (update), self);
    }
  update (self);
}

static void
latest_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCalibrationDialog) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (calls == NULL)
    {
      gtk_label_set_text (self->missing, _("The calls cannot be read."));
      return;
    }
  g_ptr_array_unref (self->calls);
  self->calls = calls;
  show_calls (self);
}

static void read_next_call (SideCalibrationDialog *self, SideStore *store);

static void
plan_call_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SideCalibrationDialog) self = data;
  g_autoptr (GError) error = NULL;
  SideCall *call = side_store_get_call_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (call != NULL)
    g_ptr_array_add (self->calls, call);
  read_next_call (self, SIDE_STORE (source));
}

static void
read_next_call (SideCalibrationDialog *self,
                SideStore             *store)
{
  g_autofree char *id = NULL;

  if (self->wanted->len == 0 || self->calls->len >= OFFERED)
    {
      show_calls (self);
      return;
    }
  id = g_strdup (self->wanted->pdata[0]);
  g_ptr_array_remove_index (self->wanted, 0);
  side_store_get_call_async (store, id, self->reading, plan_call_cb, g_object_ref (self));
}

static void
read_plan (SideCalibrationDialog *self,
           SideStore             *store,
           const char            *id)
{
  const SidePlan *plan = side_plans_find (side_plans_get (self->desk), id);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_set_size (self->wanted, 0);
  g_ptr_array_unref (self->calls);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  for (guint i = 0; plan != NULL && i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];

      if (g_hash_table_add (seen, task->call))
        g_ptr_array_add (self->wanted, g_strdup (task->call));
    }
  read_next_call (self, store);
}

static void
source_cb (SideCalibrationDialog *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  guint source = adw_combo_row_get_selected (self->source);
  g_autoptr (SideCallQuery) query = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  if (store == NULL)
    return;
  if (source > 0 && source <= self->plans->len)
    {
      read_plan (self, store, self->plans->pdata[source - 1]);
      return;
    }
  query = side_call_query_new ();
  g_free (query->project);
  query->project = g_strdup (side_desk_get_project_id (self->desk));
  query->recorded = SIDE_CALL_MATCH_YES;
  query->sort = SIDE_CALL_SORT_TIME;
  query->descending = TRUE;
  side_store_list_calls_async (store, query, OFFERED, self->reading, latest_cb, g_object_ref (self));
}

/* ---- scripts ---- */

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate ((*(SideScript *const *) a)->title, (*(SideScript *const *) b)->title);
}

static void
scripts_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCalibrationDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  if (side_error_is_cancelled (error))
    return;
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideScript) script = document->body != NULL ? side_wire_script_from_json (document->body, -1, NULL) : NULL;

      if (script != NULL && script->state == SIDE_SCRIPT_IN_USE && script->purpose != SIDE_SCRIPT_FOR_VENDORS)
        g_ptr_array_add (self->scripts, g_steal_pointer (&script));
    }
  g_ptr_array_sort (self->scripts, compare_titles);
  for (guint i = 0; i < self->scripts->len; i++)
    {
      const SideScript *script = self->scripts->pdata[i];
      g_autofree char *title = g_strdup_printf (_("%s, version %d"), script->title, script->version);

      gtk_string_list_append (titles, title);
    }
  adw_combo_row_set_model (self->script, G_LIST_MODEL (titles));
  update (self);
}

/* ---- beginning ---- */

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideCalibrationDialog *self = SIDE_CALIBRATION_DIALOG (widget);
  guint place = adw_combo_row_get_selected (self->script);
  const SideScript *script = place < self->scripts->len ? self->scripts->pdata[place] : NULL;
  g_autofree char *id = side_id_new ();
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  g_autoptr (SideCalibration) calibration = NULL;

  if (script == NULL || find_missing (self) != NULL)
    return;
  other_cb (self);   /* typed and not applied */
  calibration = side_calibration_new (id, side_desk_get_project_id (self->desk), title, script->id, script->version);
  for (guint i = 0; i < self->calls->len; i++)
    if (gtk_check_button_get_active (self->call_checks->pdata[i]))
      g_ptr_array_add (calibration->calls, g_strdup (((SideCall *) self->calls->pdata[i])->id));
  for (guint i = 0; i < self->people->len; i++)
    if (gtk_check_button_get_active (self->people_checks->pdata[i]))
      g_ptr_array_add (calibration->reviewers, g_strdup (self->people->pdata[i]));
  if (adw_combo_row_get_selected (self->expert) > 0)
    calibration->expert = g_strdup (gtk_string_object_get_string (adw_combo_row_get_selected_item (self->expert)));
  calibration->author = g_strdup (side_desk_get_user (self->desk));
  calibration->made_ms = side_desk_get_write_ms (self->desk);
  calibration->due_ms = side_date_row_get_due (self->due);
  side_calibrations_put (side_calibrations_get (self->desk), calibration, _("calibration begun"));
  g_signal_emit (self, made_signal, 0, calibration->id);
  side_words_guard_close (GTK_WINDOW (self));
}

/* ---- the window ---- */

static void
side_calibration_dialog_class_init (SideCalibrationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_calibration_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_calibration_dialog_finalize;
  made_signal = g_signal_new ("made", SIDE_TYPE_CALIBRATION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "calibration.begin", NULL, begin_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static AdwComboRow *
make_combo (const char    *title,
            GtkStringList *names)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* At the end of the row a longer one would not be told whole. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  if (names != NULL)
    adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  return ADW_COMBO_ROW (row);
}

static AdwPreferencesGroup *
make_group (GtkWidget  *page,
            const char *title,
            const char *words)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (words != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
make_page (SideCalibrationDialog *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = make_group (page, NULL, NULL);

  self->title = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _("Title"));
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (update), self);
  self->script = make_combo (_("Script"), NULL);
  adw_preferences_group_add (group, GTK_WIDGET (self->title));
  adw_preferences_group_add (group, GTK_WIDGET (self->script));
  self->first = group;
  self->people_group = make_group (page, _("Who Reviews"),
                                   _("Each one invited reviews every call alone. Nobody sees the others' answers before all have "
                                     "finished or the discussion is begun."));
  self->experts = gtk_string_list_new (NULL);
  self->expert = make_combo (_("Expert"), self->experts);
  self->other = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->other), _("Another user's name"));
  adw_entry_row_set_show_apply_button (self->other, TRUE);
  g_signal_connect_swapped (self->other, "apply", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (update), self);
  adw_preferences_group_add (self->people_group, GTK_WIDGET (self->other));
  group = make_group (page, NULL, _("Whose answers are the measure until there is a consensus"));
  adw_preferences_group_add (group, GTK_WIDGET (self->expert));
  self->calls_group = make_group (page, _("Calls"), _("Three to ten are enough: take those on which people may differ."));
  self->source = make_combo (_("Offer"), NULL);
  adw_preferences_group_add (self->calls_group, GTK_WIDGET (self->source));
  return page;
}

static void
side_calibration_dialog_init (SideCalibrationDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel")), *begin = gtk_button_new_with_mnemonic (_("_Begin"));
  GtkWidget *page;

  self->cancellable = g_cancellable_new ();
  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->plans = g_ptr_array_new_with_free_func (g_free);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  self->call_checks = g_ptr_array_new ();
  self->call_rows = g_ptr_array_new ();
  self->people = g_ptr_array_new_with_free_func (g_free);
  self->people_checks = g_ptr_array_new ();
  self->wanted = g_ptr_array_new_with_free_func (g_free);
  page = make_page (self);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (begin), "calibration.begin");
  gtk_widget_add_css_class (begin, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), begin);
  self->missing = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "dim-label");
  gtk_label_set_wrap (self->missing, TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->missing), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->missing), 10);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->missing));
  gtk_window_set_title (GTK_WINDOW (self), _("New Calibration"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
offer (SideCalibrationDialog *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  GPtrArray *plans = side_plans_list (side_plans_get (self->desk));
  g_autoptr (GtkStringList) sources = gtk_string_list_new (NULL);

  gtk_string_list_append (sources, _("the latest calls with a recording"));
  for (guint i = 0; i < plans->len; i++)
    {
      const SidePlan *plan = plans->pdata[i];
      /* Translators: %s is the title of a plan */
      g_autofree char *words = g_strdup_printf (_("calls of the plan “%s”"), plan->title);

      gtk_string_list_append (sources, words);
      g_ptr_array_add (self->plans, g_strdup (plan->id));
    }
  adw_combo_row_set_model (self->source, G_LIST_MODEL (sources));
  g_signal_connect_swapped (self->source, "notify::selected", G_CALLBACK (source_cb), self);
  side_reviewers_find (self->desk, self->cancellable, add_person, self);
  if (self->people->len > 0)
    gtk_check_button_set_active (self->people_checks->pdata[0], TRUE);   /* oneself */
  gtk_widget_set_visible (GTK_WIDGET (self->other), !side_reviewers_are_told (self->desk));
  update_experts (self);
  update (self);
  if (store == NULL)
    return;
  side_store_list_documents_async (store, "script", side_desk_get_project_id (self->desk), NULL, self->cancellable, scripts_cb,
                                   g_object_ref (self));
  source_cb (self);
}

/**
 * side_calibration_dialog_new:
 * @parent: (nullable): the window it stands over
 * @desk: whose calls and people
 *
 * Returns: (transfer floating): the window, not shown yet
 */
GtkWindow *
side_calibration_dialog_new (GtkWindow *parent,
                             SideDesk  *desk)
{
  SideCalibrationDialog *self;
  const SideProject *project;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_CALIBRATION_DIALOG, "transient-for", parent, "modal", parent != NULL, "destroy-with-parent", TRUE,
                       NULL);
  self->desk = g_object_ref (desk);
  project = side_desk_get_project (desk);
  self->due = SIDE_DATE_ROW (side_date_row_new (_("Answers are wanted"), project != NULL ? project->time_zone : NULL,
                                                side_desk_get_now_ms (desk)));
  side_date_row_set_due (self->due, side_date_row_in_days (self->due, USUAL_DAYS));
  adw_preferences_group_add (self->first, GTK_WIDGET (self->due));
  offer (self);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
