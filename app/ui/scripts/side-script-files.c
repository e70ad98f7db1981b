/* side-script-files.c - scripts from files and into files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON as it travels, laid out to be read; CSV has the form alone. What is taken in is a draft of a
 * script of its own, whatever the file was before. Everything that can go
 * wrong with a file is told in a sentence.
 */
#include "side-script-files.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "side-error.h"
#include "side-script-csv.h"
#include "side-script-labels.h"
#include "side-text.h"
#include "side-wire.h"

#define MAX_BYTES (8 * 1024 * 1024)

typedef struct {
  GtkWidget            *widget;    /* held */
  GtkFileChooserNative *chooser;
  char                 *text;      /* to be written, or NULL */
  char                 *project;   /* of what is read, or NULL */
  gboolean              lossy;     /* the file does not hold all of the script */
  SideScriptFilesDone   done;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->chooser);
  g_object_unref (work->widget);
  g_free (work->text);
  g_free (work->project);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- out ---- */

/**
 * side_script_files_print:
 * @script: a script or a draft
 * @format: "json" or "csv"
 *
 * Returns: (transfer full): the file's text
 */
char *
side_script_files_print (const SideScript *script,
                         const char       *format)
{
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *pretty = NULL;
  gsize len;

  if (g_str_equal (format, "csv"))
    return side_script_csv_write (script, &len);
  json = side_wire_script_to_json (script);
  node = json_from_string (json, NULL);
  pretty = node != NULL ? json_to_string (node, TRUE) : g_strdup (json);

  return g_strconcat (pretty, "\n", NULL);
}

static char *
file_name (const SideScript *script,
           const char       *format)
{
  g_autofree char *title = g_strdup (side_script_label_title (script));

  g_strdelimit (title, "/\\:*?\"<>|\n\t", '-');
  return g_strdup_printf (script->state == SIDE_SCRIPT_DRAFT ? "%s v%d draft.%s" : "%s v%d.%s", title, script->version, format);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (work->lossy ? _("“%s” is saved. A table has no room for the conversation, the examples and the queues.")
                                         : _("“%s” is saved."), name);
  else
    words = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
  work->done (work->widget, NULL, words);
}

static void
save_chosen_cb (Work *work,
                int   response)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (work->chooser));
  if (file == NULL)
    {
      work_free (work);
      return;
    }
  bytes = g_bytes_new (work->text, strlen (work->text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb, work);
}

static Work *
begin (GtkWidget            *widget,
       const char           *title,
       GtkFileChooserAction  action,
       const char           *accept,
       SideScriptFilesDone   done)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Work *work = g_new0 (Work, 1);

  work->widget = g_object_ref (widget);
  work->done = done;
  work->chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action,
                                               accept, _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (work->chooser), TRUE);
  return work;
}

static void
ask_where (Work       *work,
           const char *name)
{
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (work->chooser), name);
  g_signal_connect_swapped (work->chooser, "response", G_CALLBACK (save_chosen_cb), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}

/**
 * side_script_files_save:
 * @widget: who asks; held until it is done
 * @title: of the dialog
 * @name: the file's, as it is proposed
 * @text: (transfer full): what is written
 * @done: told in a sentence how it went; not at all when it was called off
 */
void
side_script_files_save (GtkWidget           *widget,
                        const char          *title,
                        const char          *name,
                        char                *text,
                        SideScriptFilesDone  done)
{
  Work *work = begin (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), done);

  work->text = text;
  ask_where (work, name);
}

/**
 * side_script_files_export:
 * @widget: who asks; held until it is done
 * @script: a script or a draft
 * @format: "json" or "csv"
 * @done: told in a sentence how it went; not at all when it was called off
 */
void
side_script_files_export (GtkWidget           *widget,
                          const SideScript    *script,
                          const char          *format,
                          SideScriptFilesDone  done)
{
  Work *work = begin (widget, _("Save the Script"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), done);
  g_autofree char *name = file_name (script, format);

  work->text = side_script_files_print (script, format);
  work->lossy = g_str_equal (format, "csv") && side_script_csv_lost (script) != 0;
  ask_where (work, name);
}

/* ---- in ---- */

static SideScript *
own_draft (const SideScript *read,
           const char       *project)
{
  g_autofree char *id = side_id_new ();
  SideScript *draft = side_script_draft (read, id);

  g_free (draft->script);
  g_free (draft->project);
  draft->script = side_id_new ();
  draft->project = g_strdup (project);
  draft->version = 1;
  g_ptr_array_set_size (draft->queues, 0);   /* those of another project mean nothing here */
  return draft;
}

static gboolean
is_table (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_str_has_suffix (lower, ".csv");
}

/* Returns: (transfer full) (nullable): what was not read of a table */
static char *
tell_passed_over (char **columns)
{
  guint n = columns != NULL ? g_strv_length (columns) : 0;
  g_autofree char *list = n > 0 ? g_strjoinv (", ", columns) : NULL;

  if (n == 0)
    return NULL;
  return g_strdup_printf (ngettext ("A column that means nothing in a script is passed over: %s",
                                    "Columns that mean nothing in a script are passed over: %s", n), list);
}

static gboolean
is_blank (const char *text,
          gsize       len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/**
 * side_script_files_parse:
 * @name: the file's name
 * @text: what is in it
 * @len: bytes of it
 * @project: whose the draft is to be
 * @words: (out) (transfer full): a sentence when it cannot be read, or about
 *   what of it was passed over; %NULL when there is nothing to say
 *
 * Returns: (transfer full) (nullable): a draft of a new script
 */
SideScript *
side_script_files_parse (const char  *name,
                         const char  *text,
                         gsize        len,
                         const char  *project,
                         char       **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) read = NULL;
  g_auto (GStrv) passed_over = NULL;

  *words = NULL;
  if (len > MAX_BYTES || is_blank (text, len))
    {
      *words = g_strdup_printf (len > MAX_BYTES ? _("“%s” is too large to be a script.")
                                                : _("“%s” is empty: there is no script in it."), name);
      return NULL;
    }
  read = is_table (name) ? side_script_csv_read (text, len, NULL, &passed_over, &error)
                         : side_wire_script_from_json (text, (gssize) len, &error);
  if (read != NULL && (read->title == NULL || *read->title == '\0'))
    {
      const char *dot = strrchr (name, '.');

      g_free (read->title);
      read->title = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
    }
  *words = tell_passed_over (passed_over);
  if (read != NULL)
    return own_draft (read, project);
  *words = g_strdup_printf (_("“%s” is not a script that can be read: %s"), name, error->message);
  return NULL;
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
  g_autoptr (SideScript) draft = NULL;
  gsize len;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &len, NULL, &error))
    words = g_strdup_printf (_("“%s” could not be read: %s"), name, error->message);
  else
    draft = side_script_files_parse (name, text, len, work->project, &words);
  work->done (work->widget, draft, words);
}

static void
open_chosen_cb (Work *work,
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
 * side_script_files_import:
 * @widget: who asks; held until it is done
 * @project: whose the draft is to be
 * @done: given the draft, with a sentence about what of the file was passed
 *   over, or told in a sentence why there is none; not called when it was called off
 */
void
side_script_files_import (GtkWidget           *widget,
                          const char          *project,
                          SideScriptFilesDone  done)
{
  Work *work = begin (widget, _("Import a Script"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), done);
  g_autoptr (GtkFileFilter) scripts = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  work->project = g_strdup (project);
  gtk_file_filter_set_name (scripts, _("Scripts"));
  gtk_file_filter_add_suffix (scripts, "json");
  gtk_file_filter_add_suffix (scripts, "csv");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (work->chooser), scripts);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (work->chooser), all);
  g_signal_connect_swapped (work->chooser, "response", G_CALLBACK (open_chosen_cb), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}
