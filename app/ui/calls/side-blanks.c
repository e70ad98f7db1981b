/* side-blanks.c - which marked spans of a recording are silence in its copy
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row each with a check box. What somebody chose stays chosen while another
 * piece of the recording is looked at, or marks come and go.
 */
#include "side-blanks.h"

#include <glib/gi18n.h>

#include "side-listening.h"
#include "side-text.h"

struct _SideBlanks
{
  AdwPreferencesGroup  parent_instance;
  GPtrArray           *rows;     /* of GtkWidget, as they are shown */
  GArray              *spans;    /* of SideHeard: those of the rows */
  GPtrArray           *checks;   /* of GtkCheckButton: those of the rows */
  GHashTable          *chosen;   /* id of a mark -> whether it is blanked out, where somebody said so */
};

G_DEFINE_FINAL_TYPE (SideBlanks, side_blanks, ADW_TYPE_PREFERENCES_GROUP)

static void
side_blanks_finalize (GObject *object)
{
  SideBlanks *self = SIDE_BLANKS (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->checks);
  g_array_unref (self->spans);
  g_hash_table_unref (self->chosen);
  G_OBJECT_CLASS (side_blanks_parent_class)->finalize (object);
}

static void
side_blanks_class_init (SideBlanksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_blanks_finalize;
}

static void
side_blanks_init (SideBlanks *self)
{
  self->rows = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  self->spans = g_array_new (FALSE, FALSE, sizeof (SideHeard));
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Blank Out"));
}

/**
 * side_blanks_new:
 *
 * Returns: (transfer floating): a group without rows
 */
GtkWidget *
side_blanks_new (void)
{
  return g_object_new (SIDE_TYPE_BLANKS, NULL);
}

static gboolean
is_chosen (SideBlanks      *self,
           const SideBlank *mark)
{
  gpointer value;

  return g_hash_table_lookup_extended (self->chosen, mark->id, NULL, &value) ? GPOINTER_TO_INT (value) : mark->usual;
}

static void
toggled_cb (SideBlanks     *self,
            GtkCheckButton *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "mark");

  g_hash_table_insert (self->chosen, g_strdup (id), GINT_TO_POINTER (gtk_check_button_get_active (check)));
}

static void
add_row (SideBlanks      *self,
         const SideBlank *mark,
         const SideHeard *span)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *from = side_text_duration_tenths (span->from_ms);
  g_autofree char *to = side_text_duration_tenths (span->to_ms);
  g_autofree char *title = g_strdup_printf ("%s–%s · %s", from, to, mark->label);
  g_autofree char *name = g_strdup_printf (_("Blank out %s"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (mark->text != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mark->text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, mark));
  g_object_set_data_full (G_OBJECT (check), "mark", g_strdup (mark->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->checks, check);
  g_array_append_vals (self->spans, span, 1);
}

/**
 * side_blanks_show:
 * @self: a group
 * @marks: all there are
 * @n_marks: how many
 * @from_ms: where the copy begins in the recording
 * @to_ms: where it ends; of a mark the part in between is offered
 */
void
side_blanks_show (SideBlanks      *self,
                  const SideBlank *marks,
                  gsize            n_marks,
                  gint64           from_ms,
                  gint64           to_ms)
{
  g_return_if_fail (SIDE_IS_BLANKS (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->checks, 0);
  g_array_set_size (self->spans, 0);
  for (gsize i = 0; i < n_marks; i++)
    {
      SideHeard span = { MAX (marks[i].from_ms, from_ms), MIN (marks[i].to_ms, to_ms), 1 };

      if (span.from_ms < span.to_ms)
        add_row (self, &marks[i], &span);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), self->rows->len > 0
    ? _("Digital silence on both sides. It cannot be undone in the copy; the recording itself stays as it is.")
    : _("No span is marked here. Mark where a card number is said, and it can be left out of the copy."));
}

/**
 * side_blanks_list:
 * @self: a group
 *
 * Returns: (transfer full) (element-type SideHeard): what is to be silence, in the recording
 */
GArray *
side_blanks_list (SideBlanks *self)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SideHeard));

  g_return_val_if_fail (SIDE_IS_BLANKS (self), spans);

  for (guint i = 0; i < self->spans->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_array_append_val (spans, g_array_index (self->spans, SideHeard, i));
  return spans;
}
