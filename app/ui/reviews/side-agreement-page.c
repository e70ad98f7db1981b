/* side-agreement-page.c - how far the reviewers of a script agree, over a period
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the versions of scripts with which calls were reviewed more than once,
 * then the report of the chosen one. It is worked out anew when reviews come,
 * a moment after the last of them, and only while it is in sight.
 */
#include "side-agreement-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-agreement-reader.h"
#include "side-agreement-table.h"
#include "side-agreement-words.h"
#include "side-blind-note.h"
#include "side-error.h"
#include "side-format.h"
#include "side-status.h"
#include "side-store-reviews.h"

#define DAY_MS   G_GINT64_CONSTANT (86400000)
#define CALM_MS  800   /* reviews come in bursts */

struct _SideAgreementPage
{
  AdwBin               parent_instance;
  SideDesk            *desk;
  SideStore           *store;         /* weak: whose changes are heard */
  GtkWidget           *stack;         /* loading, empty, error, report */
  GtkWidget           *error;
  GtkWidget           *bar;
  GtkDropDown         *scripts_list;
  GtkStringList       *titles;
  GtkDropDown         *period;
  GtkLabel            *summary;
  GtkWidget           *criteria;
  GtkWidget           *faults;
  GtkWidget           *parts;         /* the stack of tables */
  AdwBin              *reviewers;
  GPtrArray           *shared;        /* of SideSharedScript, those still to be read */
  GPtrArray           *scripts;       /* of SideScript, as in the list */
  SideAgreementReport *report;
  GCancellable        *listing;
  GCancellable        *counting;
  GtkFileChooserNative *chooser;
  guint                calm_id;
  gboolean             filling;
};

G_DEFINE_FINAL_TYPE (SideAgreementPage, side_agreement_page, ADW_TYPE_BIN)

static guint toast_signal;

static const struct { const char *title; int days; guint windows; } periods[] = {
  { N_("Last 30 days"), 30, 4 }, { N_("Last 90 days"), 90, 6 }, { N_("Last year"), 365, 12 }, { N_("All time"), 36500, 1 },
};

static void list_scripts (SideAgreementPage *self);

static void
side_agreement_page_dispose (GObject *object)
{
  SideAgreementPage *self = SIDE_AGREEMENT_PAGE (object);

  g_cancellable_cancel (self->listing);
  g_cancellable_cancel (self->counting);
  g_clear_handle_id (&self->calm_id, g_source_remove);
  g_clear_weak_pointer (&self->store);
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_agreement_page_parent_class)->dispose (object);
}

static void
side_agreement_page_finalize (GObject *object)
{
  SideAgreementPage *self = SIDE_AGREEMENT_PAGE (object);

  g_clear_object (&self->listing);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->shared, g_ptr_array_unref);
  g_ptr_array_unref (self->scripts);
  g_clear_pointer (&self->report, side_agreement_report_free);
  G_OBJECT_CLASS (side_agreement_page_parent_class)->finalize (object);
}

static void
show_error (SideAgreementPage *self,
            const GError      *error)
{
  g_autofree char *words = side_format_error (error);

  adw_status_page_set_description (ADW_STATUS_PAGE (self->error), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
}

/* ---- the report ---- */

static void
show_report (SideAgreementPage *self)
{
  g_autofree char *summary = side_agreement_words_summary (self->report);

  gtk_label_set_text (self->summary, summary);
  side_agreement_table_show (self->criteria, self->report);
  side_agreement_table_show (self->faults, self->report);
  adw_bin_set_child (self->reviewers, side_agreement_reviewers_new (self->report));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "report");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agreement.save", TRUE);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideAgreementPage) self = data;
  g_autoptr (GError) error = NULL;
  SideAgreementReport *report = side_agreement_read_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (report == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->report, side_agreement_report_free);
  self->report = report;
  show_report (self);
}

static void
count (SideAgreementPage *self)
{
  guint place = gtk_drop_down_get_selected (self->scripts_list);
  guint period = gtk_drop_down_get_selected (self->period);
  gint64 now_ms = side_desk_get_write_ms (self->desk) + 1;   /* what was written just now is in it */

  if (self->filling || self->store == NULL || place >= self->scripts->len || period >= G_N_ELEMENTS (periods))
    return;
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  side_agreement_read_async (self->store, self->scripts->pdata[place], now_ms - periods[period].days * DAY_MS, now_ms,
                             periods[period].windows, self->counting, counted_cb, g_object_ref (self));
}

/* ---- the scripts ---- */

static void
scripts_read (SideAgreementPage *self)
{
  guint before = gtk_drop_down_get_selected (self->scripts_list);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  gtk_widget_set_sensitive (self->bar, self->scripts->len > 0);
  if (self->scripts->len == 0)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      return;
    }
  for (guint i = 0; i < self->scripts->len; i++)
    {
      const SideScript *script = self->scripts->pdata[i];

      /* Translators: a script's title and its version */
      g_ptr_array_add (titles, g_strdup_printf (_("%s, version %d"), script->title, script->version));
    }
  g_ptr_array_add (titles, NULL);
  self->filling = TRUE;
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)),
                          (const char *const *) titles->pdata);
  gtk_drop_down_set_selected (self->scripts_list, before < self->scripts->len ? before : 0);
  self->filling = FALSE;
  count (self);
}

static void read_next (SideAgreementPage *self, SideStore *store);

static void
script_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideAgreementPage) self = data;
  g_autoptr (GError) error = NULL;
  SideScript *script = side_store_get_script_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  /* A version that never came here cannot be reported on. */
  if (script != NULL)
    g_ptr_array_add (self->scripts, script);
  read_next (self, SIDE_STORE (source));
}

static void
read_next (SideAgreementPage *self,
           SideStore         *store)
{
  g_autofree char *id = NULL;
  const SideSharedScript *next = self->shared->len > 0 ? self->shared->pdata[0] : NULL;
  int version = next != NULL ? next->version : 0;

  if (next == NULL)
    {
      scripts_read (self);
      return;
    }
  id = g_strdup (next->script);
  g_ptr_array_remove_index (self->shared, 0);
  side_store_get_script_async (store, id, version, self->listing, script_cb, g_object_ref (self));
}

static void
shared_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideAgreementPage) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *shared = side_store_list_shared_scripts_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (shared == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->shared, g_ptr_array_unref);
  self->shared = shared;
  g_ptr_array_set_size (self->scripts, 0);
  read_next (self, SIDE_STORE (source));
}

static void
calm_cb (gpointer data)
{
  SideAgreementPage *self = data;

  self->calm_id = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    list_scripts (self);
}

static void
documents_changed_cb (SideAgreementPage *self,
                      const char        *kind)
{
  if (!g_str_equal (kind, "review") && !g_str_equal (kind, "calibration") && !g_str_equal (kind, "script"))
    return;
  g_clear_handle_id (&self->calm_id, g_source_remove);
  self->calm_id = g_timeout_add_once (CALM_MS, calm_cb, self);
}

static void
list_scripts (SideAgreementPage *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;
  const char *project = self->desk != NULL ? side_desk_get_project_id (self->desk) : NULL;

  if (store == NULL || project == NULL)
    return;
  if (store != self->store)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->store, store);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  side_store_list_shared_scripts_async (store, project, self->listing, shared_cb, g_object_ref (self));
}

static void
project_cb (SideAgreementPage *self)
{
  g_clear_pointer (&self->report, side_agreement_report_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agreement.save", FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    list_scripts (self);
}

static void
side_agreement_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (side_agreement_page_parent_class)->map (widget);
  list_scripts (SIDE_AGREEMENT_PAGE (widget));
}

/* ---- saving ---- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideAgreementPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_signal_emit (self, toast_signal, 0, _("The table was saved"), NULL);
  else
    {
      g_autofree char *words = g_strdup_printf (_("Not saved: %s"), error->message);

      g_signal_emit (self, toast_signal, 0, words, NULL);
    }
}

static void
chosen_cb (SideAgreementPage *self,
           int                response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_clear_object (&self->chooser);
  if (file == NULL || self->report == NULL)
    return;
  char *text = side_agreement_words_csv (self->report);

  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb, g_object_ref (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideAgreementPage *self = SIDE_AGREEMENT_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->chooser != NULL || self->report == NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save the Table"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "agreement.csv");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_stack_set_visible_child_name (GTK_STACK (SIDE_AGREEMENT_PAGE (widget)->stack), "loading");
  list_scripts (SIDE_AGREEMENT_PAGE (widget));
}

/* ---- the page ---- */

static void
side_agreement_page_class_init (SideAgreementPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_agreement_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_agreement_page_finalize;
  widget_class->map = side_agreement_page_map;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_AGREEMENT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "agreement.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "agreement.retry", NULL, retry_action);
}

static GtkWidget *
make_bar (SideAgreementPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");
  GtkStringList *names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (names, _(periods[i].title));
  self->titles = gtk_string_list_new (NULL);
  self->scripts_list = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (self->titles), NULL));
  /* The button in it is what has the focus, and it is empty until there is a choice. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->scripts_list))), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Script"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->scripts_list), _("Script"));
  self->period = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_drop_down_set_selected (self->period, 1);
  /* The button in it is what has the focus, and it is empty until there is a choice. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->period))), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Period"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->period), _("Period"));
  g_signal_connect_swapped (self->scripts_list, "notify::selected", G_CALLBACK (count), self);
  g_signal_connect_swapped (self->period, "notify::selected", G_CALLBACK (count), self);
  gtk_widget_set_tooltip_text (save, _("Save the table as CSV"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (save), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save the table as CSV"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "agreement.save");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->scripts_list));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->period));
  gtk_box_append (GTK_BOX (bar), save);
  return bar;
}

static GtkWidget *
make_report (SideAgreementPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  self->criteria = side_agreement_table_new ();
  self->faults = side_agreement_faults_new ();
  self->reviewers = ADW_BIN (adw_bin_new ());
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->reviewers), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->reviewers));
  self->parts = gtk_stack_new ();
  gtk_stack_add_titled (GTK_STACK (self->parts), self->criteria, "criteria", _("Criteria"));
  gtk_stack_add_titled (GTK_STACK (self->parts), scroller, "reviewers", _("Reviewers"));
  gtk_stack_add_titled (GTK_STACK (self->parts), self->faults, "faults", _("Critical Faults"));
  gtk_widget_set_vexpand (self->parts, TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->parts));
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), self->parts);
  return box;
}

static void
side_agreement_page_init (SideAgreementPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *retry = gtk_button_new_with_label (_("Try Again"));

  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  self->error = side_status_new ("dialog-warning-symbolic", _("The Reviews Cannot Be Read"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (retry), "agreement.retry");
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->error), retry);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       side_status_new ("side-reviews-symbolic", _("Nothing to Compare Yet"),
                                    _("Agreement is measured on calls that two people reviewed with the same script. Begin a "
                                      "calibration, or let a plan give some calls to a second reviewer.")), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error, "error");
  gtk_stack_add_named (GTK_STACK (self->stack), make_report (self), "report");
  self->bar = make_bar (self);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 16);
  gtk_widget_set_margin_end (box, 16);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_agreement_page_new:
 * @desk: whose reviews
 *
 * Returns: (transfer floating): the report, read when it comes into sight
 */
GtkWidget *
side_agreement_page_new (SideDesk *desk)
{
  SideAgreementPage *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_AGREEMENT_PAGE, NULL);
  self->desk = g_object_ref (desk);
  gtk_box_insert_child_after (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), side_blind_note_new (desk), self->bar);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  project_cb (self);
  return GTK_WIDGET (self);
}

/**
 * side_agreement_page_get_report:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const SideAgreementReport *
side_agreement_page_get_report (SideAgreementPage *self)
{
  g_return_val_if_fail (SIDE_IS_AGREEMENT_PAGE (self), NULL);
  return self->report;
}
