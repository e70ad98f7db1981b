/* side-check-line.c - below a form: what the checker says of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line, and behind it a list of the findings, the worst first. Of a draft
 * it also says when it was saved, and has undo and redo.
 */
#include "side-check-line.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-format.h"
#include "side-script-sentences.h"

#define PAUSE_MS 150   /* after a change, before it is checked */

struct _SideCheckLine
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *undo;
  GtkWidget       *redo;
  GtkWidget       *saved;
  GtkWidget       *fine;       /* GtkLabel, when there is nothing to look at */
  GtkWidget       *button;     /* GtkMenuButton, when there is */
  GtkWidget       *popover;
  GtkWidget       *scrolled;
  SideDraftKeeper *keeper;     /* (nullable) */
  SideProject     *project;    /* (nullable) */
  const SideCheckKind *kind;   /* (nullable) */
  gpointer         data;       /* for @kind */
  gpointer         value;      /* (nullable): what was checked last */
  GPtrArray       *findings;   /* (nullable): of SideCheckFinding */
  guint            check_id;
};

G_DEFINE_FINAL_TYPE (SideCheckLine, side_check_line, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
set_value (SideCheckLine *self,
           gconstpointer  value)
{
  gpointer copy = value != NULL ? g_boxed_copy (self->kind->get_type (), value) : NULL;

  if (self->value != NULL)
    g_boxed_free (self->kind->get_type (), self->value);
  self->value = copy;
}

static void
leave (SideCheckLine *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->project, side_project_unref);
  set_value (self, NULL);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

static void
side_check_line_dispose (GObject *object)
{
  SideCheckLine *self = SIDE_CHECK_LINE (object);

  leave (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_check_line_parent_class)->dispose (object);
}

static void
side_check_line_class_init (SideCheckLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_check_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", SIDE_TYPE_CHECK_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

/* ---- the findings ---- */

static const char *
icon_of (SideSeverity severity)
{
  return severity == SIDE_SEVERITY_ERROR ? "dialog-error-symbolic"
         : severity == SIDE_SEVERITY_WARNING ? "dialog-warning-symbolic" : "dialog-information-symbolic";
}

static const char *
word_of (SideSeverity severity)
{
  return severity == SIDE_SEVERITY_ERROR ? _("Error") : severity == SIDE_SEVERITY_WARNING ? _("Warning") : _("Hint");
}

static GtkWidget *
make_row (const SideCheckFinding *finding)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (finding->severity));
  GtkWidget *label = gtk_label_new (finding->words);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_tooltip_text (icon, word_of (finding->severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, word_of (finding->severity), -1);
  gtk_widget_add_css_class (icon, finding->severity == SIDE_SEVERITY_ERROR ? "error"
                                  : finding->severity == SIDE_SEVERITY_WARNING ? "warning" : "dim-label");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (row, "finding");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

static GtkWidget *
make_list (GPtrArray *findings)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the checker found"), -1);
  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (g_ptr_array_index (findings, i)));
  return list;
}

static void
finding_free (gpointer data)
{
  SideCheckFinding *finding = data;

  g_free (finding->words);
  for (gsize i = 0; i < G_N_ELEMENTS (finding->ids); i++)
    g_free (finding->ids[i]);
  g_free (finding);
}

/**
 * side_check_findings_new:
 *
 * Returns: (transfer full) (element-type SideCheckFinding): no findings yet
 */
GPtrArray *
side_check_findings_new (void)
{
  return g_ptr_array_new_with_free_func (finding_free);
}

/**
 * side_check_findings_add:
 * @findings: from side_check_findings_new()
 * @severity: how bad it is
 * @words: (transfer full): what it is
 *
 * Returns: (transfer none): the new finding, to be given ids
 */
SideCheckFinding *
side_check_findings_add (GPtrArray    *findings,
                         SideSeverity  severity,
                         char         *words)
{
  SideCheckFinding *finding = g_new0 (SideCheckFinding, 1);

  finding->severity = severity;
  finding->words = words;
  g_ptr_array_add (findings, finding);
  return finding;
}

/* ---- of a script ---- */

static GPtrArray *
put_into_words (const SideScript *script,
                GPtrArray        *found)
{
  GPtrArray *findings = side_check_findings_new ();

  for (guint i = 0; i < found->len; i++)
    {
      const SideScriptFinding *each = g_ptr_array_index (found, i);
      SideCheckFinding *finding = side_check_findings_add (findings, each->severity, side_script_sentence_finding (script, each));

      finding->ids[0] = g_strdup (each->section);
      finding->ids[1] = g_strdup (each->criterion);
      finding->ids[2] = g_strdup (each->step);
    }
  return findings;
}

static GPtrArray *
check_script (gconstpointer value,
              gpointer      data)
{
  g_autoptr (GPtrArray) found = side_script_check (value);

  return put_into_words (value, found);
}

static char *
script_is_fine (gconstpointer value)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return side_script_sentence_check (value, none);
}

static const SideCheckKind script_kind = { side_script_get_type, "script.undo", "script.redo", check_script, script_is_fine };

/**
 * side_check_line_make_list:
 * @script: what was checked
 * @findings: (element-type SideScriptFinding): what was found
 *
 * Returns: (transfer floating): a #GtkListBox with a row for each, in their order
 */
GtkWidget *
side_check_line_make_list (const SideScript *script,
                           GPtrArray        *findings)
{
  g_autoptr (GPtrArray) words = put_into_words (script, findings);

  return make_list (words);
}

/* ---- what is shown ---- */

static void
finding_cb (SideCheckLine *self,
            GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  const SideCheckFinding *finding;

  if (self->findings == NULL || index >= self->findings->len)
    return;
  finding = g_ptr_array_index (self->findings, index);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, chosen_signal, 0, finding->ids[0], finding->ids[1], finding->ids[2]);
}

/* The list is made when it is looked at. */
static void
popover_cb (SideCheckLine *self)
{
  GtkWidget *list;

  if (self->findings == NULL)
    return;
  list = make_list (self->findings);
  gtk_widget_add_css_class (list, "findings");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (finding_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), list);
}

static int
compare_severity (gconstpointer a,
                  gconstpointer b)
{
  const SideCheckFinding *x = *(SideCheckFinding *const *) a, *y = *(SideCheckFinding *const *) b;

  return (int) y->severity - (int) x->severity;
}

static void
check (SideCheckLine *self,
       gconstpointer  value)
{
  g_autofree char *words = NULL;
  guint n;

  set_value (self, value);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = self->kind->check (value, self->data);
  g_ptr_array_sort (self->findings, compare_severity);
  n = self->findings->len;
  words = n > 0 ? g_strdup_printf (ngettext ("%u thing to look at", "%u things to look at", n), n) : self->kind->fine (value);
  gtk_widget_set_visible (self->fine, n == 0);
  gtk_widget_set_visible (self->button, n > 0);
  gtk_label_set_label (GTK_LABEL (self->fine), words);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), words);
}

/* ---- the draft ---- */

static void
show_saved (SideCheckLine *self)
{
  gint64 saved_ms = self->keeper != NULL ? side_draft_keeper_get_saved_ms (self->keeper) : 0;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->undo, self->keeper != NULL);
  gtk_widget_set_visible (self->redo, self->keeper != NULL);
  if (self->keeper == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->saved), "");
      return;
    }
  gtk_widget_set_sensitive (self->undo, side_draft_keeper_can_undo (self->keeper));
  gtk_widget_set_sensitive (self->redo, side_draft_keeper_can_redo (self->keeper));
  if (side_draft_keeper_has_failed (self->keeper))
    words = g_strdup (_("Not saved; trying again…"));
  else if (!side_draft_keeper_is_busy (self->keeper) && saved_ms > 0 && self->project != NULL)
    {
      time = side_format_time (self->project->time_zone, saved_ms);
      /* Translators: a time of day */
      words = g_strdup_printf (_("Draft saved %s"), time);
    }
  gtk_label_set_label (GTK_LABEL (self->saved), words != NULL ? words : _("Saving…"));
}

static gboolean
check_cb (gpointer data)
{
  SideCheckLine *self = data;

  self->check_id = 0;
  if (self->keeper != NULL)
    check (self, side_draft_keeper_get (self->keeper));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SideCheckLine *self)
{
  show_saved (self);
  if (side_draft_keeper_get (self->keeper) != self->value && self->check_id == 0)
    self->check_id = g_timeout_add (PAUSE_MS, check_cb, self);
}

static void
side_check_line_init (SideCheckLine *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->box, "check-line");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->undo = side_draft_button_new ("edit-undo-symbolic", _("Undo"));
  self->redo = side_draft_button_new ("edit-redo-symbolic", _("Redo"));
  self->saved = gtk_label_new (NULL);
  self->fine = gtk_label_new (NULL);
  self->button = gtk_menu_button_new ();
  self->popover = gtk_popover_new ();
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 360);
  gtk_widget_set_size_request (self->scrolled, 420, -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->scrolled);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (popover_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->saved, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->saved), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->saved), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->saved, "script-hint");
  gtk_widget_add_css_class (self->fine, "script-hint");
  gtk_box_append (GTK_BOX (self->box), self->undo);
  gtk_box_append (GTK_BOX (self->box), self->redo);
  gtk_box_append (GTK_BOX (self->box), self->saved);
  gtk_box_append (GTK_BOX (self->box), self->fine);
  gtk_box_append (GTK_BOX (self->box), self->button);
}

/**
 * side_check_line_new:
 *
 * Returns: (transfer floating): a line that says nothing yet
 */
GtkWidget *
side_check_line_new (void)
{
  return g_object_new (SIDE_TYPE_CHECK_LINE, NULL);
}

/**
 * side_check_line_open:
 * @self: a line
 * @script: (nullable): what is looked at
 * @keeper: (nullable): of a draft; it is followed
 * @project: (nullable): whose time of day is told
 */
void
side_check_line_open (SideCheckLine     *self,
                      const SideScript  *script,
                      SideDraftKeeper   *keeper,
                      const SideProject *project)
{
  side_check_line_open_for (self, &script_kind, NULL, script, keeper, project);
}

/**
 * side_check_line_open_for:
 * @self: a line
 * @kind: (transfer none): what is looked at, and how; for as long as the program runs
 * @data: (transfer none): for @kind; as long as @self shows this
 * @value: (nullable): what is looked at
 * @keeper: (nullable): of a draft; it is followed
 * @project: (nullable): whose time of day is told
 */
void
side_check_line_open_for (SideCheckLine       *self,
                          const SideCheckKind *kind,
                          gpointer             data,
                          gconstpointer        value,
                          SideDraftKeeper     *keeper,
                          const SideProject   *project)
{
  g_return_if_fail (SIDE_IS_CHECK_LINE (self) && kind != NULL);

  leave (self);
  self->kind = kind;
  self->data = data;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo), kind->undo);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->redo), kind->redo);
  self->project = project != NULL ? side_project_ref ((SideProject *) project) : NULL;
  g_set_object (&self->keeper, keeper);
  if (keeper != NULL)
    g_signal_connect_object (keeper, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_saved (self);
  if (value != NULL)
    check (self, value);
}
