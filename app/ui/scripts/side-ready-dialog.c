/* side-ready-dialog.c - chooses a ready script or scenario to begin with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a script, in the language that is chosen above: that of the program
 * first, because operators may speak another one.
 */
#include "side-ready-dialog.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-draft-fields.h"
#include "side-ready-scenarios.h"
#include "side-ready-scripts.h"
#include "side-window-keys.h"

struct _SideReadyDialog
{
  AdwWindow  parent_instance;
  GtkWidget *language;
  GtkWidget *list;
  gboolean   scenarios; /* else scripts */
  GStrv      names;     /* (nullable): as they stand in the list */
};

G_DEFINE_FINAL_TYPE (SideReadyDialog, side_ready_dialog, ADW_TYPE_WINDOW)

static guint chosen_signal;

static const char *const languages[] = { "en", "ru" };

static void
side_ready_dialog_finalize (GObject *object)
{
  g_strfreev (SIDE_READY_DIALOG (object)->names);
  G_OBJECT_CLASS (side_ready_dialog_parent_class)->finalize (object);
}

static void
side_ready_dialog_class_init (SideReadyDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_ready_dialog_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
  chosen_signal = g_signal_new ("chosen", SIDE_TYPE_READY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_STRING);
}

static guint
chosen_language (SideReadyDialog *self)
{
  return MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->language)), G_N_ELEMENTS (languages) - 1);
}

static void
activated_cb (SideReadyDialog *self,
              GtkListBoxRow   *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (index >= g_strv_length (self->names))
    return;
  g_signal_emit (self, chosen_signal, 0, self->names[index], languages[chosen_language (self)]);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_row (SideReadyDialog *self,
         const char      *title,
         const char      *about,
         const char      *size)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = g_strdup_printf ("%s\n%s", about, size);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static GStrv
add_scripts (SideReadyDialog *self,
             const char      *language)
{
  g_autoptr (GPtrArray) scripts = side_ready_scripts_list (language);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < scripts->len; i++)
    {
      const SideReadyScript *script = scripts->pdata[i];
      g_autofree char *steps = g_strdup_printf (ngettext ("%u step", "%u steps", script->n_steps), script->n_steps);
      g_autofree char *criteria = g_strdup_printf (ngettext ("%u criterion", "%u criteria", script->n_criteria), script->n_criteria);
      g_autofree char *size = script->n_steps > 0 ? g_strdup_printf (_("%s, %s"), steps, criteria) : g_strdup (criteria);

      add_row (self, script->title, script->about, size);
      g_strv_builder_add (names, script->name);
    }
  return g_strv_builder_end (names);
}

static GStrv
add_scenarios (SideReadyDialog *self,
               const char      *language)
{
  g_autoptr (GPtrArray) scenarios = side_ready_scenarios_list (language);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < scenarios->len; i++)
    {
      const SideReadyScenario *scenario = scenarios->pdata[i];
      g_autofree char *steps = g_strdup_printf (ngettext ("%u step", "%u steps", scenario->n_steps), scenario->n_steps);
      g_autofree char *facts = g_strdup_printf (ngettext ("%u fact", "%u facts", scenario->n_facts), scenario->n_facts);
      g_autofree char *size = scenario->n_facts > 0 ? g_strdup_printf (_("%s, %s"), steps, facts) : g_strdup (steps);

      add_row (self, scenario->title, scenario->about, scenario->robot ? _("the computer can call by itself") : size);
      g_strv_builder_add (names, scenario->name);
    }
  return g_strv_builder_end (names);
}

static void
language_cb (SideReadyDialog *self)
{
  const char *language = languages[chosen_language (self)];

  side_clear_children (self->list);
  g_strfreev (self->names);
  self->names = self->scenarios ? add_scenarios (self, language) : add_scripts (self, language);
}

static guint
own_language (void)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
      if (g_str_equal (names[i], languages[k]))
        return k;
  return 0;
}

static void
side_ready_dialog_init (SideReadyDialog *self)
{
  const char *words[] = { "English", "Русский", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_default_size (GTK_WINDOW (self), 560, 600);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  self->language = side_draft_choice_new (_("Language"));
  side_draft_choice_show (self->language, words, own_language ());
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->language);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->list);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static GtkWindow *
new_dialog (GtkWindow  *parent,
            const char *title,
            gboolean    scenarios)
{
  SideReadyDialog *self = g_object_new (SIDE_TYPE_READY_DIALOG, "transient-for", parent, "modal", parent != NULL, "title", title, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->scenarios = scenarios;
  language_cb (self);
  return GTK_WINDOW (self);
}

/**
 * side_ready_dialog_new:
 * @parent: (nullable): the window it stands above
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_ready_dialog_new (GtkWindow *parent)
{
  return new_dialog (parent, _("Ready Scripts"), FALSE);
}

/**
 * side_ready_dialog_new_for_scenarios:
 * @parent: (nullable): the window it stands above
 *
 * Returns: (transfer none): a window to be presented, that chooses among ready scenarios
 */
GtkWindow *
side_ready_dialog_new_for_scenarios (GtkWindow *parent)
{
  return new_dialog (parent, _("Ready Scenarios"), TRUE);
}
