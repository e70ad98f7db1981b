/* side-marks-saver.c - marks on a recording to a file of another program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ending of the file's name tells its format. What a format has no place
 * for is told when it is written.
 */
#include "side-marks-saver.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"

struct _SideMarksSaver
{
  GObject               parent_instance;
  GtkWindow            *parent;       /* weak, nullable */
  GtkFileChooserNative *chooser;      /* while it is open */
  SideMarkList         *list;
  char                 *name;         /* that is offered */
};

G_DEFINE_FINAL_TYPE (SideMarksSaver, side_marks_saver, G_TYPE_OBJECT)

static guint done_signal;

/* Their file names' ending and the title of each format. */
static const struct { SideMarksFormat format; const char *title; const char *suffix; const char *pattern; } formats[] = {
  { SIDE_MARKS_CSV, N_("Table (CSV)"), "csv", "*.csv" },
  { SIDE_MARKS_AUDACITY, N_("Audacity labels"), "txt", "*.txt" },
  { SIDE_MARKS_TEXTGRID, N_("Praat TextGrid"), "TextGrid", "*.TextGrid" },
  { SIDE_MARKS_EAF, N_("ELAN document"), "eaf", "*.eaf" },
  { SIDE_MARKS_VTT, N_("WebVTT"), "vtt", "*.vtt" },
};

static void
side_marks_saver_finalize (GObject *object)
{
  SideMarksSaver *self = SIDE_MARKS_SAVER (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->list, side_mark_list_unref);
  g_free (self->name);
  G_OBJECT_CLASS (side_marks_saver_parent_class)->finalize (object);
}

static void
side_marks_saver_class_init (SideMarksSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_marks_saver_finalize;
  done_signal = g_signal_new ("done", SIDE_TYPE_MARKS_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_marks_saver_init (SideMarksSaver *self)
{
}

/**
 * side_marks_saver_new:
 * @parent: (nullable): the window it stands above
 * @list: the marks
 * @name: the file name that is offered
 *
 * Returns: (transfer full): to be used once; it lives on while it is asked and written
 */
SideMarksSaver *
side_marks_saver_new (GtkWindow    *parent,
                      SideMarkList *list,
                      const char   *name)
{
  SideMarksSaver *self = g_object_new (SIDE_TYPE_MARKS_SAVER, NULL);

  g_set_weak_pointer (&self->parent, parent);
  self->list = side_mark_list_ref (list);
  self->name = g_strdup (name);
  return self;
}

static void
tell (SideMarksSaver *self,
      const char     *words)
{
  g_signal_emit (self, done_signal, 0, words);
}

static void
tell_error (SideMarksSaver *self,
            const GError   *error)
{
  /* A file's own errors are in the words of the system already. */
  g_autofree char *why = error->domain == SIDE_ERROR ? side_format_error (error) : g_strdup (error->message);
  /* Translators: %s is a sentence that says why */
  g_autofree char *words = g_strdup_printf (_("The marks are not saved. %s"), why);

  tell (self, words);
}

/* ---- writing ---- */

static gboolean
loses_something (SideMarksSaver  *self,
                 SideMarksFormat  format)
{
  for (guint i = 0; format == SIDE_MARKS_AUDACITY && i < self->list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (self->list->marks, i);

      if (mark->author != NULL || mark->criterion != NULL || mark->parent != NULL)
        return TRUE;
    }
  return FALSE;
}

typedef struct {
  SideMarksSaver  *saver;
  SideMarksFormat  format;
  GBytes          *bytes;
} Writing;

static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Writing *writing = data;
  g_autoptr (SideMarksSaver) self = writing->saver;
  g_autoptr (GBytes) bytes = writing->bytes;   /* the file was written from them */
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_marks = self->list->marks->len;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      tell_error (self, error);
      return;
    }
  /* Translators: how many marks, and the name of a file */
  g_string_printf (words, ngettext ("%u mark saved in “%s”.", "%u marks saved in “%s”.", n_marks), n_marks, shown);
  if (loses_something (self, writing->format))
    g_string_append_printf (words, " %s", _("Audacity labels hold no authors, answers and questions."));
  tell (self, words->str);
}

/**
 * side_marks_saver_write_to:
 * @self: a saver
 * @file: where to; replaced if it is there. The ending of its name tells the format
 *
 * Writes all marks. What became of it is told by "done".
 */
void
side_marks_saver_write_to (SideMarksSaver *self,
                           GFile          *file)
{
  g_autofree char *name = g_file_get_basename (file);
  SideMarksFormat format = side_marks_format_from_name (name);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize len = 0;
  Writing *writing;

  g_return_if_fail (SIDE_IS_MARKS_SAVER (self));

  if (format == SIDE_MARKS_NONE)
    {
      tell (self, _("The marks are not saved: the ending of the name tells no format. Use .csv, .txt, .TextGrid, .eaf or .vtt."));
      return;
    }
  text = side_marks_write (self->list, format, &len, &error);
  if (text == NULL)
    {
      tell_error (self, error);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->saver = g_object_ref (self);
  writing->format = format;
  writing->bytes = g_bytes_new_take (text, len);
  /* What is said of a call is for its owner's eyes alone. */
  g_file_replace_contents_bytes_async (file, writing->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, replaced_cb, writing);
}

/* ---- which file ---- */

/**
 * side_marks_saver_add_filters:
 * @chooser: what asks for a file of marks
 * @all_first: whether any of them will do
 */
void
side_marks_saver_add_filters (GtkFileChooser *chooser,
                              gboolean        all_first)
{
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (all, _("All files of marks"));
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_file_filter_add_pattern (all, formats[i].pattern);
  gtk_file_filter_add_pattern (all, "*.tsv");
  if (all_first)
    gtk_file_chooser_add_filter (chooser, all);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(formats[i].title));
      gtk_file_filter_add_pattern (filter, formats[i].pattern);
      g_object_set_data (G_OBJECT (filter), "suffix", (gpointer) formats[i].suffix);
      gtk_file_chooser_add_filter (chooser, filter);
    }
}

/* A name without an ending of ours gets that of the chosen format. */
static GFile *
with_suffix (GtkFileChooser *chooser,
             GFile          *file)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const char *suffix = filter != NULL ? g_object_get_data (G_OBJECT (filter), "suffix") : NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *longer = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);

  if (suffix == NULL || folder == NULL || side_marks_format_from_name (name) != SIDE_MARKS_NONE)
    return g_object_ref (file);
  longer = g_strdup_printf ("%s.%s", name, suffix);
  return g_file_get_child (folder, longer);
}

static void
chosen_cb (GtkNativeDialog *native,
           int              response,
           gpointer         data)
{
  g_autoptr (SideMarksSaver) self = data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (file != NULL)
    {
      g_autoptr (GFile) named = with_suffix (chooser, file);

      if (!g_file_equal (named, file) && g_file_query_exists (named, NULL))
        tell (self, _("Not saved: there is a file of that name already. Choose another name."));
      else
        side_marks_saver_write_to (self, named);
    }
  g_signal_handlers_disconnect_by_data (native, self);
  g_clear_object (&self->chooser);
}

/**
 * side_marks_saver_ask:
 * @self: a saver
 *
 * Asks for a file and writes the marks into it.
 */
void
side_marks_saver_ask (SideMarksSaver *self)
{
  g_return_if_fail (SIDE_IS_MARKS_SAVER (self));

  self->chooser = gtk_file_chooser_native_new (_("Export Marks"), self->parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  side_marks_saver_add_filters (GTK_FILE_CHOOSER (self->chooser), FALSE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), self->name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
