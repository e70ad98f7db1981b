/* side-rescoring-window.c - what a version of a script would change
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All finished reviews of earlier versions over a period, each with the score
 * it has and the one it would have. Nothing is written; the version is looked
 * at as it was when the window was opened.
 */
#include "side-rescoring-window.h"

#include <glib/gi18n.h>

#include "side-blind.h"
#include "side-blind-note.h"
#include "side-error.h"
#include "side-format.h"
#include "side-rescoring-list.h"
#include "side-rescoring-reader.h"
#include "side-rescoring-words.h"
#include "side-script-labels.h"
#include "side-window-keys.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

struct _SideRescoringWindow
{
  AdwWindow       parent_instance;
  SideDesk       *desk;
  SideScript     *script;
  SideBlind      *blind;
  GStrv           hidden;        /* (nullable): calls that were left out; none while it is not known which */
  GCancellable   *cancellable;   /* (nullable): of what is under way */
  GtkDropDown    *period;
  GtkStack       *stack;         /* working, none, error, report */
  GtkProgressBar *progress;
  AdwStatusPage  *error;
  GtkWidget      *head;
  GtkLabel       *summary;
  GtkLabel       *missing;
  GtkListView    *list;
};

G_DEFINE_FINAL_TYPE (SideRescoringWindow, side_rescoring_window, ADW_TYPE_WINDOW)

static const struct { const char *title; int days; } periods[] = {
  { N_("Last 30 days"), 30 }, { N_("Last 90 days"), 90 }, { N_("Last year"), 365 }, { N_("All time"), 0 },
};

static void
stop (SideRescoringWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
side_rescoring_window_dispose (GObject *object)
{
  SideRescoringWindow *self = SIDE_RESCORING_WINDOW (object);

  stop (self);
  if (self->blind != NULL)
    g_signal_handlers_disconnect_by_data (self->blind, self);
  g_clear_object (&self->blind);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_rescoring_window_parent_class)->dispose (object);
}

static void
side_rescoring_window_finalize (GObject *object)
{
  side_script_unref (SIDE_RESCORING_WINDOW (object)->script);
  g_strfreev (SIDE_RESCORING_WINDOW (object)->hidden);
  G_OBJECT_CLASS (side_rescoring_window_parent_class)->finalize (object);
}

static void
side_rescoring_window_class_init (SideRescoringWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_rescoring_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_rescoring_window_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

/* ---- rows ---- */

static void
setup_cb (SideRescoringWindow *self,
          GtkListItem         *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL), *words = gtk_label_new (NULL), *change = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "script-item");
  gtk_widget_add_css_class (title, "script-text");
  gtk_widget_add_css_class (words, "script-hint");
  gtk_widget_add_css_class (change, "numeric");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), change);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (SideRescoringWindow *self,
         GtkListItem         *list_item)
{
  const SideRescored *rescored = side_rescored_item_get_row (gtk_list_item_get_item (list_item));
  GtkWidget *texts = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (texts);
  SideProject *project = side_desk_get_project (self->desk);
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, rescored->joined_ms,
                                            side_desk_get_now_ms (self->desk));
  g_autofree char *words = side_rescoring_words_row (rescored);
  g_autofree char *change = side_rescoring_words_change (rescored);

  gtk_label_set_label (GTK_LABEL (title), when);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), words);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (texts)), change);
}

/* Calls are shown by the window this one stands beside. */
static void
activate_cb (SideRescoringWindow *self,
             guint                position)
{
  g_autoptr (SideRescoredItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);
  GtkWindow *shown_by = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (item != NULL && shown_by != NULL
      && gtk_widget_activate_action (GTK_WIDGET (shown_by), "win.show-call", "s", side_rescored_item_get_row (item)->call))
    gtk_window_present (shown_by);
}

/* ---- the report ---- */

static void
add_line (GString *lines,
          char    *line)
{
  if (line != NULL)
    g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
  g_free (line);
}

static void
show_report (SideRescoringWindow *self,
             SideRescoring       *rescoring)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *missing = side_rescoring_words_missing (rescoring);
  g_autoptr (GListModel) rows = side_rescoring_list_new (rescoring);
  g_autoptr (GtkNoSelection) shown = gtk_no_selection_new (g_object_ref (rows));

  add_line (lines, side_rescoring_words_means (&rescoring->random, TRUE));
  add_line (lines, side_rescoring_words_means (&rescoring->chosen, FALSE));
  add_line (lines, side_rescoring_words_scores (rescoring));
  add_line (lines, side_rescoring_words_critical (rescoring));
  gtk_label_set_label (self->summary, lines->str);
  gtk_label_set_label (self->missing, missing);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (shown));
  gtk_stack_set_visible_child_name (self->stack, rescoring->rows->len > 0 ? "report" : "none");
}

static void
show_error (SideRescoringWindow *self,
            const GError        *error)
{
  g_autofree char *words = side_format_error (error);

  adw_status_page_set_description (self->error, words);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideRescoringWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideRescoring) rescoring = side_rescoring_read_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (rescoring == NULL)
    show_error (self, error);
  else
    show_report (self, rescoring);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  gtk_progress_bar_set_fraction (SIDE_RESCORING_WINDOW (data)->progress, fraction);
}

static void
read_reviews (SideRescoringWindow *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  guint period = gtk_drop_down_get_selected (self->period);
  gint64 from_ms = 0;

  stop (self);
  if (store == NULL || period >= G_N_ELEMENTS (periods) || !side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self->blind)))
    return;
  g_strfreev (self->hidden);
  self->hidden = side_blind_list_calls (self->blind);
  if (periods[period].days > 0)
    from_ms = side_desk_get_now_ms (self->desk) - periods[period].days * DAY_MS;
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "working");
  side_rescoring_read_async (store, self->script, from_ms, progress_cb, self, self->cancellable, read_cb, g_object_ref (self));
}

/* Told with every review that comes: only what is left out matters here. */
static void
blind_cb (SideRescoringWindow *self)
{
  g_auto (GStrv) now = side_blind_list_calls (self->blind);
  gboolean same = self->hidden != NULL && g_strv_length (now) == g_strv_length (self->hidden);

  for (gsize i = 0; same && self->hidden[i] != NULL; i++)
    same = side_blind_hides_call (self->blind, self->hidden[i]);
  if (!same)
    read_reviews (self);
}

/* ---- the window ---- */

static GtkWidget *
make_period (SideRescoringWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (titles, _(periods[i].title));
  self->period = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (titles)), NULL));
  gtk_drop_down_set_selected (self->period, 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->period), _("Reviews finished in this time"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->period))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reviews finished in this time"), -1);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (read_reviews), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->period);
}

static GtkLabel *
make_text (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_report (SideRescoringWindow *self)
{
  GtkWidget *pane = gtk_paned_new (GTK_ORIENTATION_VERTICAL), *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *texts = gtk_scrolled_window_new (), *rows = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_add_css_class (head, "script-content");
  self->head = head;
  self->summary = make_text (head);
  self->missing = make_text (head);
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "dim-label");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (texts), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (texts), head);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reviews"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (rows), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (rows), GTK_WIDGET (self->list));
  gtk_paned_set_start_child (GTK_PANED (pane), texts);
  gtk_paned_set_end_child (GTK_PANED (pane), rows);
  gtk_paned_set_position (GTK_PANED (pane), 190);
  return pane;
}

static GtkWidget *
make_working (SideRescoringWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *words = gtk_label_new (_("Scoring the reviews…"));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Scoring the reviews…"), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 240, -1);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  return box;
}

static void
side_rescoring_window_init (SideRescoringWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *none = adw_status_page_new ();

  gtk_window_set_default_size (GTK_WINDOW (self), 620, 620);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->error = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->error, "dialog-warning-symbolic");
  adw_status_page_set_title (self->error, _("The reviews cannot be read"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "side-scripts-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Reviews"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("In this time no review was finished with an earlier version of the script."));
  gtk_stack_add_named (self->stack, make_working (self), "working");
  gtk_stack_add_named (self->stack, none, "none");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->error), "error");
  gtk_stack_add_named (self->stack, make_report (self), "report");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_period (self));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_rescoring_window_new:
 * @parent: (nullable): the window it stands beside, which shows calls
 * @desk: whose reviews
 * @script: a version, or a draft; the reviews are those of versions before it
 *
 * Returns: (transfer none): a window to be presented; it changes nothing
 */
GtkWindow *
side_rescoring_window_new (GtkWindow        *parent,
                           SideDesk         *desk,
                           const SideScript *script)
{
  SideRescoringWindow *self = g_object_new (SIDE_TYPE_RESCORING_WINDOW, "transient-for", parent, NULL);
  g_autofree char *title = g_strdup_printf (script->state == SIDE_SCRIPT_DRAFT ? _("Under the draft of version %d")
                                                                               : _("Under version %d"), script->version);
  GtkWidget *note;

  self->desk = g_object_ref (desk);
  self->script = side_script_copy (script);
  self->blind = g_object_ref (side_blind_get (desk));
  g_signal_connect_object (self->blind, "changed", G_CALLBACK (blind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->blind, "failed", G_CALLBACK (show_error), self, G_CONNECT_SWAPPED);
  note = side_blind_note_new (desk);
  gtk_widget_set_margin_start (note, 0);
  gtk_box_append (GTK_BOX (self->head), note);
  gtk_window_set_title (GTK_WINDOW (self), title);
  read_reviews (self);
  return GTK_WINDOW (self);
}
