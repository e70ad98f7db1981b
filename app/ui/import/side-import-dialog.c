/* side-import-dialog.c - takes recordings from this computer's disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The batch does the work and says when it changed; here that is shown. The
 * table shows before anything is copied what each file becomes. How names are
 * read is remembered in the store, for it is the exchange's way, not the person's.
 */
#include "side-import-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-error.h"
#include "side-format.h"
#include "side-import-drop.h"
#include "side-import-words.h"
#include "side-text.h"
#include "side-window-keys.h"

#define SETTING       "import"
#define FIRST_PATTERN "q-{queue}-{number}-{date}-{time}-{any}"
#define MAX_REASONS   200

enum { NAMES_GUESSED, NAMES_BY_PATTERN };

struct _SideImportDialog
{
  AdwWindow             parent_instance;
  GtkButton            *cancel_button;   /* template children */
  GtkButton            *import_button;
  GtkButton            *files_button;
  GtkButton            *undo_button;
  GtkStack             *stack;
  GtkLabel             *problem;
  GtkLabel             *summary;
  GtkLabel             *trouble;
  GtkColumnView        *table;
  GtkProgressBar       *progress;
  AdwComboRow          *project;
  AdwComboRow          *names;
  AdwComboRow          *halves;
  AdwEntryRow          *pattern;
  AdwStatusPage        *done;
  AdwPreferencesGroup  *reasons;

  SideDesk             *desk;
  SideImportBatch      *batch;
  gboolean              understood;      /* the pattern that is typed, if any */
  GCancellable         *cancellable;
  GtkFileChooserNative *chooser;
  gboolean              told;            /* the reasons are listed */
  gboolean              restoring;
};

G_DEFINE_FINAL_TYPE (SideImportDialog, side_import_dialog, ADW_TYPE_WINDOW)

/* ---- what is chosen ---- */

static SideProject *
get_project (SideImportDialog *self)
{
  SideSession *session = side_desk_get_session (self->desk);
  guint chosen = adw_combo_row_get_selected (self->project);

  if (session == NULL || chosen >= session->projects->len)
    return side_desk_get_project (self->desk);
  return session->projects->pdata[chosen];
}

static void
fill_projects (SideImportDialog *self)
{
  SideSession *session = side_desk_get_session (self->desk);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; session != NULL && i < session->projects->len; i++)
    {
      const SideProject *project = session->projects->pdata[i];

      gtk_string_list_append (list, project->name);
      if (g_strcmp0 (project->id, side_desk_get_project_id (self->desk)) == 0)
        chosen = i;
    }
  adw_combo_row_set_model (self->project, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->project, chosen);
}

static gboolean
is_by_pattern (SideImportDialog *self)
{
  return adw_combo_row_get_selected (self->names) == NAMES_BY_PATTERN;
}

static void
setting_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!side_store_put_setting_finish (SIDE_STORE (source), result, &error))
    g_debug ("how names are read was not kept: %s", error->message);
}

static void
save_setting (SideImportDialog *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  g_key_file_set_boolean (file, SETTING, "by-pattern", is_by_pattern (self));
  g_key_file_set_string (file, SETTING, "pattern", gtk_editable_get_text (GTK_EDITABLE (self->pattern)));
  g_key_file_set_boolean (file, SETTING, "operator-received", adw_combo_row_get_selected (self->halves) == 1);
  text = g_key_file_to_data (file, NULL, NULL);
  if (store != NULL)
    side_store_put_setting_async (store, SETTING, text, NULL, setting_saved_cb, NULL);
}

static void show_batch (SideImportDialog *self);

static void
names_changed_cb (SideImportDialog *self)
{
  SideProject *project;

  if (self->batch == NULL || self->restoring)
    return;
  project = get_project (self);
  gtk_widget_set_visible (GTK_WIDGET (self->pattern), is_by_pattern (self));
  self->understood = project != NULL
                     && side_import_batch_set_names (self->batch, is_by_pattern (self)
                                                     ? gtk_editable_get_text (GTK_EDITABLE (self->pattern)) : NULL, project);
  if (self->understood)
    gtk_widget_remove_css_class (GTK_WIDGET (self->pattern), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->pattern), "error");
  show_batch (self);
}

static void
setting_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = side_store_get_setting_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *pattern = NULL;

  if (side_error_is_cancelled (error) || g_cancellable_is_cancelled (self->cancellable) || text == NULL
      || !g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return;
  pattern = g_key_file_get_string (file, SETTING, "pattern", NULL);
  self->restoring = TRUE;
  if (pattern != NULL && *pattern != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->pattern), pattern);
  adw_combo_row_set_selected (self->names, g_key_file_get_boolean (file, SETTING, "by-pattern", NULL) ? NAMES_BY_PATTERN
                                                                                                    : NAMES_GUESSED);
  adw_combo_row_set_selected (self->halves, g_key_file_get_boolean (file, SETTING, "operator-received", NULL) ? 1 : 0);
  self->restoring = FALSE;
  names_changed_cb (self);
}

/* ---- the table ---- */

typedef char *(*CellText) (SideImportDialog *self, SideImportItem *item);

static char *
file_text (SideImportDialog *self,
           SideImportItem   *item)
{
  return g_strdup (side_import_item_get_name (item));
}

static char *
when_text (SideImportDialog *self,
           SideImportItem   *item)
{
  SideProject *project = get_project (self);

  return project != NULL ? side_import_words_when (item, project->time_zone) : g_strdup ("–");
}

static char *
number_text (SideImportDialog *self,
             SideImportItem   *item)
{
  const SideRecordingName *said = side_import_item_get_said (item);

  return said != NULL && said->number != NULL ? side_text_phone (said->number, side_settings_get_masked ()) : g_strdup ("–");
}

static char *
operator_text (SideImportDialog *self,
               SideImportItem   *item)
{
  const SideRecordingName *said = side_import_item_get_said (item);

  return g_strdup (said != NULL && said->agent != NULL ? said->agent : "–");
}

static char *
length_text (SideImportDialog *self,
             SideImportItem   *item)
{
  const SideImportFacts *facts = side_import_item_get_facts (item);

  return facts != NULL ? side_text_duration (facts->length_ms) : g_strdup ("–");
}

static char *
format_text (SideImportDialog *self,
             SideImportItem   *item)
{
  const SideImportFacts *facts = side_import_item_get_facts (item);

  if (facts == NULL)
    return g_strdup ("–");
  return g_strdup_printf ("%s, %s", facts->format, facts->n_channels == 2 ? _("two sides") : _("one track"));
}

static char *
state_text (SideImportDialog *self,
            SideImportItem   *item)
{
  return side_import_words_state (item);
}

static const struct {
  const char *title;
  CellText    text;
  gboolean    expand;
} columns[] = {
  { N_("File"), file_text, TRUE },
  { N_("Date"), when_text, FALSE },
  { N_("Number"), number_text, FALSE },
  { N_("Operator"), operator_text, FALSE },
  { N_("Length"), length_text, FALSE },
  { N_("Format"), format_text, FALSE },
  { N_("What becomes of it"), state_text, TRUE },
};

static void
show_cell (GtkListItem *cell)
{
  SideImportItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  GtkRoot *root = label != NULL ? gtk_widget_get_root (label) : NULL;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column"));
  g_autofree char *text = NULL;
  gboolean bad;

  if (item == NULL || !SIDE_IS_IMPORT_DIALOG (root))
    return;
  text = columns[column].text (SIDE_IMPORT_DIALOG (root), item);
  bad = columns[column].text == state_text
        && (side_import_item_get_state (item) == SIDE_IMPORT_UNREADABLE
            || side_import_item_get_state (item) == SIDE_IMPORT_FAILED);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, columns[column].text == file_text ? side_import_item_get_folder (item) : text);
  if (bad)
    gtk_widget_add_css_class (label, "error");
  else
    gtk_widget_remove_css_class (label, "error");
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *cell,
               gpointer                  column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (columns[GPOINTER_TO_UINT (column)].expand)
    {
      gboolean is_name = columns[GPOINTER_TO_UINT (column)].text == file_text;

      /* Of a name both ends tell something. */
      gtk_label_set_ellipsize (GTK_LABEL (label), is_name ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), is_name ? 16 : 22);
    }
  gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (cell), "column", column);
  gtk_list_item_set_child (cell, label);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *cell,
              gpointer                  column)
{
  GObject *item = gtk_list_item_get_item (cell);

  g_signal_connect_object (item, "changed", G_CALLBACK (show_cell), cell, G_CONNECT_SWAPPED);
  show_cell (cell);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *cell,
                gpointer                  column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), show_cell, cell);
}

static void
fill_table (SideImportDialog *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->batch))));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind_cb), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_append_column (self->table, column);
    }
  gtk_column_view_set_model (self->table, selection);
  g_object_unref (selection);
}

/* ---- what is shown ---- */

/* Those that were not imported, with the reason: the first of very many. */
static void
list_reasons (SideImportDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch));
  guint listed = 0;

  for (guint i = 0; i < n && listed < MAX_REASONS; i++)
    {
      g_autoptr (SideImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->batch), i);
      SideImportState state = side_import_item_get_state (item);
      g_autofree char *words = side_import_words_state (item);
      GtkWidget *row;

      if (state == SIDE_IMPORT_DONE || state == SIDE_IMPORT_READY || state == SIDE_IMPORT_WAITING)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), side_import_item_get_name (item));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
      adw_preferences_group_add (self->reasons, row);
      listed++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), listed > 0);
  self->told = TRUE;
}

static void
show_over (SideImportDialog *self)
{
  guint n = side_import_batch_count (self->batch, SIDE_IMPORT_DONE);
  gboolean cancelled = side_import_batch_was_cancelled (self->batch);
  g_autofree char *line = side_import_words_summary (self->batch);

  if (!self->told)
    list_reasons (self);
  adw_status_page_set_title (self->done, n > 0 ? (cancelled ? _("Stopped") : _("Imported")) : _("Nothing Imported"));
  adw_status_page_set_icon_name (self->done, n > 0 ? "side-good-symbolic" : "dialog-information-symbolic");
  adw_status_page_set_description (self->done, line);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), n > 0);
  gtk_button_set_label (self->cancel_button, _("_Close"));
  gtk_stack_set_visible_child_name (self->stack, "done");
}

static void
show_batch (SideImportDialog *self)
{
  SideImportPhase phase = side_import_batch_get_phase (self->batch);
  gboolean busy = phase == SIDE_IMPORT_PHASE_LOOKING || phase == SIDE_IMPORT_PHASE_IMPORTING;
  gboolean importing = phase == SIDE_IMPORT_PHASE_IMPORTING;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch));
  guint ready = side_import_batch_count (self->batch, SIDE_IMPORT_READY);
  g_autofree char *line = side_import_words_summary (self->batch);

  gtk_widget_set_visible (GTK_WIDGET (self->import_button), phase != SIDE_IMPORT_PHASE_OVER && n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), phase == SIDE_IMPORT_PHASE_IDLE && ready > 0
                                                              && self->understood);
  gtk_widget_set_visible (GTK_WIDGET (self->halves), side_import_batch_has_pairs (self->batch));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->project), !importing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->names), !importing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pattern), !importing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->halves), !importing);
  gtk_progress_bar_set_fraction (self->progress, side_import_batch_get_progress (self->batch));
  if (phase == SIDE_IMPORT_PHASE_OVER)
    {
      show_over (self);
      return;
    }
  gtk_label_set_label (self->summary, *line != '\0' ? line : _("Looking for recordings…"));
  if (n > 0 || busy)
    gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_stack_set_visible_child_name (self->stack, n > 0 || busy ? "files" : "choose");
}

static void
batch_failed_cb (SideImportDialog *self,
                 const GError     *error)
{
  gboolean over = side_import_batch_get_phase (self->batch) == SIDE_IMPORT_PHASE_OVER;
  gboolean nothing = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  GtkLabel *label = over ? self->trouble : self->problem;

  g_debug ("importing: %s", error->message);
  gtk_label_set_label (label, over ? _("It could not be taken back. Try again.")
                              : nothing ? _("There are no recordings in it: no file whose name ends with .wav, .mp3, .opus or such.")
                                        : _("Those are too many at once, or they cannot be read. Choose fewer."));
  gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
}

/* ---- buttons and drops ---- */

/**
 * side_import_dialog_add:
 * @self: a dialog
 * @paths: (array zero-terminated=1): files and folders
 *
 * Looks at them, unless it is busy with others.
 */
void
side_import_dialog_add (SideImportDialog  *self,
                        const char *const *paths)
{
  g_return_if_fail (SIDE_IS_IMPORT_DIALOG (self) && paths != NULL);
  side_import_batch_add (self->batch, paths);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->batch)) == 0
      && side_import_batch_get_phase (self->batch) == SIDE_IMPORT_PHASE_IDLE)
    show_batch (self);
}

static void
chosen_cb (SideImportDialog *self,
           int               response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
      GSList *list = NULL;
      g_auto (GStrv) paths = NULL;

      for (guint i = g_list_model_get_n_items (files); i > 0; i--)
        list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
      paths = side_import_paths_of (list);
      g_slist_free_full (list, g_object_unref);
      side_import_dialog_add (self, (const char *const *) paths);
    }
  g_clear_object (&self->chooser);
}

static void
choose (SideImportDialog *self,
        gboolean          folder)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (folder ? _("Import a Folder") : _("Import Files"), GTK_WINDOW (self),
                                               folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
choose_files_cb (SideImportDialog *self)
{
  choose (self, FALSE);
}

static void
choose_folder_cb (SideImportDialog *self)
{
  choose (self, TRUE);
}

static void
import_cb (SideImportDialog *self)
{
  save_setting (self);
  side_import_batch_set_operator_half (self->batch, adw_combo_row_get_selected (self->halves) == 1 ? SIDE_NAME_HALF_RECEIVED
                                                                                                   : SIDE_NAME_HALF_SENT);
  side_import_batch_start (self->batch);
}

/* While it imports, it stops and says what is done; else it goes. */
static void
cancel_cb (SideImportDialog *self)
{
  if (side_import_batch_get_phase (self->batch) == SIDE_IMPORT_PHASE_IMPORTING)
    side_import_batch_cancel (self->batch);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
undo_cb (SideImportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  side_import_batch_undo (self->batch);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       data)
{
  SideImportDialog *self = data;
  g_auto (GStrv) paths = side_import_paths_dropped (value);

  if (paths[0] == NULL || side_import_batch_get_phase (self->batch) != SIDE_IMPORT_PHASE_IDLE)
    return FALSE;
  side_import_dialog_add (self, (const char *const *) paths);
  return TRUE;
}

/* ---- the object ---- */

/* However it was closed: the work holds the batch, not the window. */
static void
side_import_dialog_unrealize (GtkWidget *widget)
{
  SideImportDialog *self = SIDE_IMPORT_DIALOG (widget);

  g_cancellable_cancel (self->cancellable);
  if (side_import_batch_get_phase (self->batch) != SIDE_IMPORT_PHASE_OVER)
    side_import_batch_cancel (self->batch);
  GTK_WIDGET_CLASS (side_import_dialog_parent_class)->unrealize (widget);
}

static void
side_import_dialog_dispose (GObject *object)
{
  SideImportDialog *self = SIDE_IMPORT_DIALOG (object);

  if (self->batch != NULL)
    g_signal_handlers_disconnect_by_data (self->batch, self);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (side_import_dialog_parent_class)->dispose (object);
}

static void
side_import_dialog_finalize (GObject *object)
{
  SideImportDialog *self = SIDE_IMPORT_DIALOG (object);

  g_clear_object (&self->batch);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (side_import_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/import/side-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, files_button);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, undo_button);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, project);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, names);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, halves);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, pattern);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, done);
  gtk_widget_class_bind_template_child (widget_class, SideImportDialog, reasons);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, names_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
side_import_dialog_class_init (SideImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_import_dialog_finalize;
  widget_class->unrealize = side_import_dialog_unrealize;
  bind_template (widget_class);
  side_window_class_add_keys (widget_class);
}

static void
side_import_dialog_init (SideImportDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * side_import_dialog_new:
 * @parent: (nullable): the window it stands above
 * @desk: where recordings are imported
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_import_dialog_new (GtkWindow *parent,
                        SideDesk  *desk)
{
  SideImportDialog *self;
  SideStore *store;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  fill_projects (self);
  gtk_editable_set_text (GTK_EDITABLE (self->pattern), FIRST_PATTERN);
  self->batch = side_import_batch_new (desk);
  g_signal_connect_object (self->batch, "changed", G_CALLBACK (show_batch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->batch, "failed", G_CALLBACK (batch_failed_cb), self, G_CONNECT_SWAPPED);
  fill_table (self);
  names_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->files_button));
  store = side_desk_get_store (desk);
  if (store != NULL)
    side_store_get_setting_async (store, SETTING, self->cancellable, setting_read_cb, g_object_ref (self));
  return GTK_WINDOW (self);
}
