/* side-scenario-files.c - scenarios from files and into files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are those of the ready scenarios, and of the command line.
 */
#include "side-scenario-files.h"

#include <glib/gi18n.h>

#include "side-scenario-words.h"
#include "side-script-files.h"
#include "side-wire.h"

#define MAX_BYTES (1024 * 1024)

typedef struct {
  GtkWidget             *widget;
  GtkFileChooserNative  *chooser;
  SideScenarioFilesDone  done;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->chooser);
  g_object_unref (work->widget);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- out ---- */

static void
saved_cb (GtkWidget  *widget,
          SideScript *draft,
          const char *words)
{
  SideScenarioFilesDone done = (SideScenarioFilesDone) g_object_get_data (G_OBJECT (widget), "scenario-saved");

  done (widget, NULL, words);
}

/**
 * side_scenario_files_export:
 * @widget: who asks; held until it is done
 * @scenario: what is saved
 * @done: told in a sentence how it went; not at all when it was called off
 */
void
side_scenario_files_export (GtkWidget             *widget,
                            const SideScenario    *scenario,
                            SideScenarioFilesDone  done)
{
  g_autofree char *title = g_strdup (side_scenario_words_title (scenario));
  g_autofree char *name = NULL;

  g_strdelimit (title, "/\\:*?\"<>|\n\t", '-');
  name = g_strconcat (title, ".json", NULL);
  g_object_set_data (G_OBJECT (widget), "scenario-saved", (gpointer) done);
  side_script_files_save (widget, _("Save the Scenario"), name, side_wire_scenario_to_json (scenario), saved_cb);
}

/* ---- in ---- */

/**
 * side_scenario_files_parse:
 * @name: the file's name
 * @text: what is in it
 * @len: bytes of it
 * @words: (out) (transfer full): a sentence when it cannot be read
 *
 * Returns: (transfer full) (nullable): the scenario, without what means nothing
 *   in another project: its queue, and its script
 */
SideScenario *
side_scenario_files_parse (const char  *name,
                           const char  *text,
                           gsize        len,
                           char       **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScenario) scenario = NULL;

  *words = NULL;
  if (len > MAX_BYTES)
    {
      *words = g_strdup_printf (_("“%s” is too large to be a scenario."), name);
      return NULL;
    }
  scenario = side_wire_scenario_from_json (text, (gssize) len, &error);
  if (scenario == NULL)
    {
      *words = g_strdup_printf (_("“%s” is not a scenario that can be read: %s"), name, error->message);
      return NULL;
    }
  g_clear_pointer (&scenario->queue, g_free);
  g_clear_pointer (&scenario->script, g_free);
  scenario->script_version = 0;
  return g_steal_pointer (&scenario);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  g_autoptr (SideScenario) scenario = NULL;
  gsize len;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &len, NULL, &error))
    words = g_strdup_printf (_("“%s” could not be read: %s"), name, error->message);
  else
    scenario = side_scenario_files_parse (name, text, len, &words);
  work->done (work->widget, scenario, words);
}

static void
chosen_cb (Work *work,
           int   response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (work->chooser));
  if (file == NULL)
    work_free (work);
  else
    g_file_load_contents_async (file, NULL, loaded_cb, work);
}

/**
 * side_scenario_files_import:
 * @widget: who asks; held until it is done
 * @done: given the scenario, or told in a sentence why there is none; not
 *   called when it was called off
 */
void
side_scenario_files_import (GtkWidget             *widget,
                            SideScenarioFilesDone  done)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkFileFilter) scenarios = gtk_file_filter_new ();
  Work *work = g_new0 (Work, 1);

  work->widget = g_object_ref (widget);
  work->done = done;
  work->chooser = gtk_file_chooser_native_new (_("Import a Scenario"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (work->chooser), TRUE);
  gtk_file_filter_set_name (scenarios, _("Scenarios"));
  gtk_file_filter_add_suffix (scenarios, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (work->chooser), scenarios);
  g_signal_connect_swapped (work->chooser, "response", G_CALLBACK (chosen_cb), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}
