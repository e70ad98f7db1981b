/* side-publish-dialog.c - asks what a draft changes before it is put in use
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows what the checker found and what differs from the version in use. With
 * an error nothing can be put in use, nor where nothing differs; a warning has
 * to be seen and ticked off.
 */
#include "side-publish-dialog.h"

#include <glib/gi18n.h>

#include "side-check-line.h"
#include "side-script-check.h"
#include "side-script-diff.h"
#include "side-script-difference.h"
#include "side-script-labels.h"
#include "side-window-keys.h"
#include "side-words-guard.h"

struct _SidePublishDialog
{
  AdwWindow     parent_instance;
  GtkWidget    *content;
  GtkWidget    *note;       /* (nullable): where nothing can be put in use */
  GtkWidget    *anyway;     /* (nullable): GtkCheckButton, when there are warnings */
  GtkWidget    *publish;
  SideSeverity  worst;
  gboolean      first;      /* there is no version before */
  gboolean      same;       /* as the version in use: nothing would be new */
};

G_DEFINE_FINAL_TYPE (SidePublishDialog, side_publish_dialog, ADW_TYPE_WINDOW)

static guint publish_signal;

static void
side_publish_dialog_class_init (SidePublishDialogClass *klass)
{
  publish_signal = g_signal_new ("publish", SIDE_TYPE_PUBLISH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static void
update_cb (SidePublishDialog *self)
{
  g_autofree char *note = self->note != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)))) : NULL;
  gboolean told = self->first || (note != NULL && *note != '\0');
  gboolean agreed = self->anyway == NULL || gtk_check_button_get_active (GTK_CHECK_BUTTON (self->anyway));

  gtk_widget_set_sensitive (self->publish, !self->same && told && agreed && self->worst != SIDE_SEVERITY_ERROR);
}

static void
publish_cb (SidePublishDialog *self)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))));

  if (!gtk_widget_is_sensitive (self->publish))
    return;
  g_signal_emit (self, publish_signal, 0, *note != '\0' ? note : NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkWidget *
make_header (SidePublishDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->publish = gtk_button_new_with_label (_("Put in Use"));
  gtk_widget_add_css_class (self->publish, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->publish, "clicked", G_CALLBACK (publish_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->publish);
  return header;
}

static void
add_title (SidePublishDialog *self,
           const char        *words)
{
  GtkWidget *title = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self->content), title);
}

static void
side_publish_dialog_init (SidePublishDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_window_set_title (GTK_WINDOW (self), _("Put in Use"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 560);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->content, "script-content");
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
add_note (SidePublishDialog *self)
{
  add_title (self, self->first ? _("What is this script for? You can leave it empty.") : _("What changes, and why?"));
  self->note = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What changes, and why?"), -1);
  gtk_entry_set_max_length (GTK_ENTRY (self->note), 500);
  g_signal_connect_object (self->note, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "activate", G_CALLBACK (publish_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->content), self->note);
}

static void
add_findings (SidePublishDialog *self,
              const SideScript  *draft)
{
  g_autoptr (GPtrArray) findings = side_script_check (draft);
  GtkWidget *list;

  if (findings->len == 0)
    return;
  self->worst = side_script_findings_worst (findings);
  add_title (self, self->worst == SIDE_SEVERITY_ERROR ? _("The checker found errors: the draft cannot be put in use yet")
                                                      : _("The checker found"));
  list = side_check_line_make_list (draft, findings);
  gtk_widget_add_css_class (list, "boxed-list");
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_box_append (GTK_BOX (self->content), list);
  if (self->worst != SIDE_SEVERITY_WARNING)
    return;
  self->anyway = gtk_check_button_new_with_label (_("Put it in use in spite of the warnings"));
  g_signal_connect_object (self->anyway, "toggled", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->content), self->anyway);
}

/* A version that is as the one before would part the reviews of one form. */
static void
refuse_same (SidePublishDialog *self,
             const SideScript  *draft,
             const SideScript  *in_use)
{
  g_autoptr (GPtrArray) changes = side_script_diff (in_use, draft);
  g_autofree char *words = NULL;

  self->same = changes->len == 0;
  if (!self->same)
    return;
  words = g_strdup_printf (_("The draft is the same as version %d, which is in use: there is nothing to put in use yet. "
                             "Change the draft, or delete it."), in_use->version);
  add_title (self, words);
}

/**
 * side_publish_dialog_new:
 * @parent: (nullable): the window it stands above
 * @draft: what is to be put in use
 * @in_use: (nullable): the version it follows
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_publish_dialog_new (GtkWindow        *parent,
                         const SideScript *draft,
                         const SideScript *in_use)
{
  SidePublishDialog *self = g_object_new (SIDE_TYPE_PUBLISH_DIALOG, "transient-for", parent, "modal", parent != NULL, NULL);
  g_autofree char *words = NULL;

  self->first = in_use == NULL;
  self->worst = SIDE_SEVERITY_HINT;
  if (in_use != NULL)
    refuse_same (self, draft, in_use);
  if (!self->same)
    add_note (self);
  add_findings (self, draft);
  if (in_use != NULL && !self->same)
    {
      words = g_strdup_printf (_("What differs from version %d"), in_use->version);
      add_title (self, words);
      gtk_box_append (GTK_BOX (self->content), side_script_difference_new (in_use, draft));
    }
  update_cb (self);
  side_words_guard_begin (GTK_WINDOW (self));
  if (self->note != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), self->note);   /* not on Cancel, which Enter would press */
  return GTK_WINDOW (self);
}
