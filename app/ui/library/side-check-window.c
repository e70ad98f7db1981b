/* side-check-window.c - whether all recordings are there, whole, and of both sides
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls and the figures of their recordings come from the store; what is amiss
 * is decided by side_recording_check(). It is looked through anew for another
 * period, and when recordings were listened to meanwhile. Below stand the files
 * that belong to no call, which the server is asked for.
 */
#include "side-check-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-check-files.h"
#include "side-check-words.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-settings.h"
#include "side-status.h"
#include "side-store-sound.h"
#include "side-text.h"
#include "side-time.h"
#include "side-toast.h"
#include "side-window-keys.h"

#define AGAIN_PAUSE_MS 2000

/* ---- a row's object ---- */

#define SIDE_TYPE_CHECK_ITEM (side_check_item_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckItem, side_check_item, SIDE, CHECK_ITEM, GObject)

struct _SideCheckItem
{
  GObject           parent_instance;
  SideCheckFinding *finding;
};

G_DEFINE_FINAL_TYPE (SideCheckItem, side_check_item, G_TYPE_OBJECT)

static void
side_check_item_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_CHECK_ITEM (object)->finding, side_check_finding_free);
  G_OBJECT_CLASS (side_check_item_parent_class)->finalize (object);
}

static void
side_check_item_class_init (SideCheckItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_check_item_finalize;
}

static void
side_check_item_init (SideCheckItem *self)
{
}

/* ---- the window ---- */

struct _SideCheckWindow
{
  AdwWindow            parent_instance;
  AdwToastOverlay     *toasts;
  GtkDropDown         *period;
  GtkStack            *stack;
  AdwStatusPage       *fine;
  AdwStatusPage       *error;
  GtkLabel            *totals;
  GtkWidget           *unheard;       /* the line about what was not listened to */
  GtkLabel            *unheard_label;
  GtkBox              *content;
  SideCheckFiles      *files;
  GListStore          *found;         /* of SideCheckItem */
  SideDesk            *desk;
  GPtrArray           *calls;         /* nullable: of SideCall, while figures are read */
  GPtrArray           *not_analysed;  /* of SideCall */
  GCancellable        *cancellable;
  GtkFileChooserNative *chooser;
  guint                again_id;
};

G_DEFINE_FINAL_TYPE (SideCheckWindow, side_check_window, ADW_TYPE_WINDOW)

static guint open_call_signal;

static void check (SideCheckWindow *self);

static void
side_check_window_dispose (GObject *object)
{
  SideCheckWindow *self = SIDE_CHECK_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_check_window_parent_class)->dispose (object);
}

static void
side_check_window_finalize (GObject *object)
{
  SideCheckWindow *self = SIDE_CHECK_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->found);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_ptr_array_unref (self->not_analysed);
  G_OBJECT_CLASS (side_check_window_parent_class)->finalize (object);
}

static void
toast (SideCheckWindow *self,
       const char      *text)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (text));
}

/* ---- looking through ---- */

static guint
count_files (SideCheckWindow *self)
{
  const SideUnmatched *unmatched = side_check_files_get_found (self->files);

  return unmatched != NULL ? unmatched->files->len : 0;
}

static void
show_rest (SideCheckWindow *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0 || count_files (self) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.copy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.save", any);
  adw_status_page_set_title (self->fine, count_files (self) > 0 ? _("The Calls’ Recordings Are in Order") : _("Nothing Amiss"));
}

static void
show_totals (SideCheckWindow           *self,
             const SideRecordingTotals *totals)
{
  g_autofree char *words = side_check_words_totals (totals);
  g_autofree char *fine = g_strdup_printf (_("Looked at: %s."), words);
  g_autofree char *unheard = NULL;
  gboolean any = self->not_analysed->len > 0;

  gtk_label_set_label (self->totals, words);
  adw_status_page_set_description (self->fine, fine);
  unheard = g_strdup_printf (ngettext ("%u recording was not listened to yet: whether it can be played and both sides are heard is not known.",
                                       "%u recordings were not listened to yet: whether they can be played and both sides are heard is not known.",
                                       self->not_analysed->len),
                             self->not_analysed->len);
  gtk_label_set_label (self->unheard_label, unheard);
  gtk_widget_set_visible (self->unheard, any);
  show_rest (self);
  gtk_stack_set_visible_child_name (self->stack, totals->amiss > 0 ? "list" : "fine");
}

static void
fail (SideCheckWindow *self,
      const GError    *error)
{
  g_autofree char *words = side_format_error (error);

  if (side_error_is_cancelled (error))
    return;
  adw_status_page_set_description (self->error, words);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
judge (SideCheckWindow *self,
       GHashTable      *sounds)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  SideRecordingTotals totals = { 0 };
  gint64 now_ms = side_desk_get_now_ms (self->desk);

  g_ptr_array_set_size (self->not_analysed, 0);
  for (guint i = 0; i < self->calls->len; i++)
    {
      SideCall *call = g_ptr_array_index (self->calls, i);
      const SideSoundFigures *figures = g_hash_table_lookup (sounds, call->id);
      guint faults = side_recording_check (call, figures, now_ms, &totals);

      if (call->recording != NULL && figures == NULL && call->outcome == SIDE_OUTCOME_ANSWERED)
        g_ptr_array_add (self->not_analysed, side_call_ref (call));
      if (faults != 0)
        {
          SideCheckItem *item = g_object_new (SIDE_TYPE_CHECK_ITEM, NULL);

          item->finding = side_check_finding_new (call, figures, faults);
          g_ptr_array_add (items, item);
        }
    }
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), items->pdata, items->len);
  show_totals (self, &totals);
}

static void
sounds_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCheckWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) sounds = side_store_list_sounds_finish (SIDE_STORE (source), result, &error);

  if (sounds == NULL)
    fail (self, error);
  else if (self->desk != NULL)
    judge (self, sounds);
}

static SideCallQuery *
make_query (SideCheckWindow *self)
{
  static const struct { int from; int to; } days[] = { { 0, 1 }, { -1, 0 }, { -6, 1 }, { -29, 1 } };
  const SideProject *project = side_desk_get_project (self->desk);
  SideCallQuery *query = side_call_query_new ();
  guint period = MIN (gtk_drop_down_get_selected (self->period), G_N_ELEMENTS (days) - 1);
  gint64 now_ms = side_desk_get_now_ms (self->desk);

  query->project = g_strdup (side_desk_get_project_id (self->desk));
  if (project != NULL)
    {
      query->from_ms = side_time_day_add (project->time_zone, now_ms, days[period].from);
      query->to_ms = side_time_day_add (project->time_zone, now_ms, days[period].to);
    }
  return query;
}

static void
calls_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideCheckWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideCallQuery) query = NULL;

  if (calls == NULL)
    {
      fail (self, error);
      return;
    }
  if (self->desk == NULL)
    return;
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  self->calls = g_steal_pointer (&calls);
  query = make_query (self);
  side_store_list_sounds_async (SIDE_STORE (source), query, self->cancellable, sounds_cb, g_object_ref (self));
}

static void
check (SideCheckWindow *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  g_autoptr (SideCallQuery) query = NULL;

  if (store == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  query = make_query (self);
  side_store_list_calls_async (store, query, 0, self->cancellable, calls_cb, g_object_ref (self));
}

static gboolean
again_cb (gpointer data)
{
  SideCheckWindow *self = data;

  self->again_id = 0;
  check (self);
  return G_SOURCE_REMOVE;
}

/* Recordings are listened to, or come in: not for each of them. */
static void
changed_cb (SideCheckWindow *self)
{
  if (self->again_id == 0)
    self->again_id = g_timeout_add (AGAIN_PAUSE_MS, again_cb, self);
}

static void
period_cb (SideCheckWindow *self)
{
  g_autoptr (SideCallQuery) query = make_query (self);

  gtk_stack_set_visible_child_name (self->stack, "busy");
  check (self);
  side_check_files_ask (self->files, query->from_ms, query->to_ms);
}

/* ---- what can be done ---- */

static GPtrArray *
list_findings (SideCheckWindow *self)
{
  GPtrArray *findings = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (SideCheckItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      g_ptr_array_add (findings, item->finding);
    }
  return findings;
}

/**
 * side_check_window_dup_csv:
 * @self: the window
 *
 * Returns: (transfer full): what was found as a table
 */
char *
side_check_window_dup_csv (SideCheckWindow *self)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_return_val_if_fail (SIDE_IS_CHECK_WINDOW (self), NULL);
  findings = list_findings (self);
  return side_check_words_csv (findings, side_check_files_get_found (self->files), side_desk_get_project (self->desk),
                               side_settings_get_masked ());
}

/**
 * side_check_window_get_found:
 * @self: the window
 *
 * Returns: how many calls have a recording that is amiss
 */
guint
side_check_window_get_found (SideCheckWindow *self)
{
  g_return_val_if_fail (SIDE_IS_CHECK_WINDOW (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->found));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *text = side_check_window_dup_csv (SIDE_CHECK_WINDOW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (SIDE_CHECK_WINDOW (widget), _("The list is copied"));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideCheckWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL)
    return;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    toast (self, _("The list is saved"));
  else
    toast (self, error->message);
}

static void
chosen_cb (SideCheckWindow *self,
           int              response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  text = side_check_window_dup_csv (self);
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb, g_object_ref (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCheckWindow *self = SIDE_CHECK_WINDOW (widget);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save the List"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "recordings-check.csv");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
analyse_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideCheckWindow *self = SIDE_CHECK_WINDOW (widget);
  SideLibrarian *librarian = side_desk_get_librarian (self->desk);

  if (librarian == NULL)
    return;
  side_librarian_ask (librarian, self->not_analysed);
  toast (self, _("They are fetched and listened to; the Calls page shows how far it is"));
}

static void
activated_cb (SideCheckWindow *self,
              guint            position)
{
  g_autoptr (SideCheckItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (item != NULL)
    g_signal_emit (self, open_call_signal, 0, item->finding->call->id);
}

/* ---- rows ---- */

static void
bind_cb (SideCheckWindow *self,
         GtkListItem     *list_item)
{
  const SideCheckItem *item = gtk_list_item_get_item (list_item);
  const SideCall *call = item->finding->call;
  const SideProject *project = side_desk_get_project (self->desk);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  g_autofree char *words = side_check_words_faults (item->finding);
  g_autofree char *number = side_text_phone (call->caller, side_settings_get_masked ());
  g_autofree char *when = project != NULL
                          ? side_format_when (project->time_zone, call->joined_ms, side_desk_get_now_ms (self->desk)) : NULL;
  g_autofree char *text = g_strdup_printf ("%s · %s · %s", when != NULL ? when : "",
                                           call->operator_name != NULL ? call->operator_name : "–", number);

  gtk_label_set_label (GTK_LABEL (title), text);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), words);
}

static GtkWidget *
new_list (SideCheckWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (side_check_row_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)))), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recordings that are amiss"), -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static GtkWidget *
new_bar (SideCheckWindow *self)
{
  const char *const periods[] = { _("Today"), _("Yesterday"), _("Last 7 days"), _("Last 30 days"), NULL };
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");

  self->period = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (periods));
  gtk_drop_down_set_selected (self->period, 1);
  /* The button inside is what a screen reader stops at. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->period))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Period"), -1);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "check.copy");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "check.save");
  gtk_widget_set_tooltip_text (copy, _("Copy the list"));
  gtk_widget_set_tooltip_text (save, _("Save the list as CSV…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy the list"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (save), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save the list as CSV…"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), GTK_WIDGET (self->period));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), copy);
  return bar;
}

static GtkWidget *
new_status (const char *icon,
            const char *title)
{
  GtkWidget *page = side_status_new (icon, title, NULL);

  gtk_widget_add_css_class (page, "compact");
  return page;
}

static GtkWidget *
new_unheard (SideCheckWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Analyse Them"));

  self->unheard_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->unheard_label, TRUE);
  gtk_label_set_xalign (self->unheard_label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->unheard_label), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "check.analyse");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->unheard_label));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
add_pages (SideCheckWindow *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->fine = ADW_STATUS_PAGE (new_status ("side-good-symbolic", _("Nothing Amiss")));
  self->error = ADW_STATUS_PAGE (new_status ("dialog-warning-symbolic", _("The calls cannot be read")));
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_stack_add_named (self->stack, spinner, "busy");
  gtk_stack_add_named (self->stack, new_list (self), "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->fine), "fine");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->error), "error");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
}

static void
side_check_window_class_init (SideCheckWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_check_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_check_window_finalize;
  open_call_signal = g_signal_new ("open-call", SIDE_TYPE_CHECK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "check.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "check.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "check.analyse", NULL, analyse_action);
  side_window_class_add_keys (widget_class);
}

static void
side_check_window_init (SideCheckWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *note = gtk_label_new (_("Of calls on this computer."));

  self->cancellable = g_cancellable_new ();
  self->found = g_list_store_new (SIDE_TYPE_CHECK_ITEM);
  self->not_analysed = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->totals = GTK_LABEL (gtk_label_new (NULL));
  self->unheard = new_unheard (self);
  add_pages (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->totals), "numeric");
  gtk_label_set_wrap (self->totals, TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->totals), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->totals), 6);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_margin_top (note, 6);
  gtk_widget_set_margin_bottom (note, 6);
  gtk_box_append (GTK_BOX (content), new_bar (self));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->totals));
  gtk_box_append (GTK_BOX (content), self->unheard);
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (content), note);
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->content = GTK_BOX (content);
  adw_toast_overlay_set_child (self->toasts, content);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_window_set_title (GTK_WINDOW (self), _("Recordings Check"));
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 560);
}

/**
 * side_check_window_new:
 * @parent: (nullable): the window it stands above
 * @desk: whose calls; with a store
 *
 * Returns: (transfer none): a window to be presented; yesterday is shown first
 */
GtkWindow *
side_check_window_new (GtkWindow *parent,
                       SideDesk  *desk)
{
  SideCheckWindow *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && side_desk_get_store (desk) != NULL, NULL);
  self = g_object_new (SIDE_TYPE_CHECK_WINDOW, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->files = side_check_files_new (desk);
  gtk_box_append (self->content, GTK_WIDGET (self->files));
  g_signal_connect_object (self->files, "changed", G_CALLBACK (show_rest), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.analyse", side_desk_get_librarian (desk) != NULL);
  if (side_desk_get_librarian (desk) != NULL)
    g_signal_connect_object (side_desk_get_librarian (desk), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_desk_get_store (desk), "calls-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  period_cb (self);
  return GTK_WINDOW (self);
}
