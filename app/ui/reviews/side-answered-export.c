/* side-answered-export.c - a review for an operator who does not sign in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page of HTML that needs nothing else, can be printed and runs no
 * scripts: the answers with their evidence, and lines to be filled in by hand.
 * What comes back is recorded on the operator's behalf.
 */
#include "side-answered-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-criterion-parts.h"
#include "side-dispute-words.h"
#include "side-format.h"

#define STYLE \
  "body{font:11pt/1.4 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222;background:#fff}" \
  "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.35em .6em;text-align:left;vertical-align:top}" \
  ".score{font-size:2em;font-weight:bold}.line{border-bottom:1px solid #888;height:1.8em}.box{font-size:1.3em}"

static void
append (GString    *out,
        const char *before,
        const char *text,
        const char *after)
{
  g_autofree char *safe = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append_printf (out, "%s%s%s", before, safe, after);
}

static void
append_answer (GString            *out,
               const SideAnswered *answered,
               const SideAnswer   *answer)
{
  g_autofree char *criterion = side_script_name_criterion (answered->script, answer->criterion);
  g_autofree char *value = side_dispute_words_answer (answered->script, answer->criterion, answer->value);
  g_autofree char *span = answer->position_ms >= 0 ? side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE) : NULL;

  append (out, "<tr><td>", criterion, "</td>");
  append (out, "<td>", value, "</td>");
  append (out, "<td>", span, "</td>");
  append (out, "<td>", answer->comment, "</td></tr>\n");
}

static void
append_answers (GString            *out,
                const SideAnswered *answered)
{
  g_string_append (out, "<table>\n<tr>");
  append (out, "<th>", _("Criterion"), "</th>");
  append (out, "<th>", _("Answer"), "</th>");
  append (out, "<th>", _("Where to hear it"), "</th>");
  append (out, "<th>", _("Comment"), "</th></tr>\n");
  for (guint i = 0; i < answered->review->answers->len; i++)
    append_answer (out, answered, answered->review->answers->pdata[i]);
  g_string_append (out, "</table>\n");
}

static void
append_form (GString *out)
{
  append (out, "<h2>", _("My answer"), "</h2>\n");
  append (out, "<p><span class=\"box\">☐</span> ", _("I have read this review and agree with it."), "</p>\n");
  append (out, "<p><span class=\"box\">☐</span> ", _("I dispute these answers, for these reasons:"), "</p>\n");
  for (int i = 0; i < 4; i++)
    g_string_append (out, "<p class=\"line\"></p>\n");
  append (out, "<p>", _("Name, date:"), "</p>\n<p class=\"line\"></p>\n");
}

/**
 * side_answered_export_print:
 * @desk: whose project says what time it is
 * @answered: a review; while somebody changes it, what was sealed last is told
 *
 * Returns: (transfer full): a page of HTML
 */
char *
side_answered_export_print (SideDesk           *desk,
                            const SideAnswered *answered)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                               "<style>" STYLE "</style>\n");
  g_autoptr (SideReview) sealed = side_review_dup_sealed (answered->review);
  SideAnswered told = *answered;
  g_autofree char *call = side_dispute_words_call (desk, answered);
  g_autofree char *about = NULL;
  g_autofree char *score = side_dispute_words_score (answered);

  if (sealed != NULL)
    told.review = sealed;
  about = side_dispute_words_review (desk, &told);

  append (out, "<title>", call, "</title>\n</head>\n<body>\n");
  append (out, "<h1>", call, "</h1>\n");
  append (out, "<p>", about, "</p>\n");
  append (out, "<p>", _("Score"), ": ");
  append (out, "<span class=\"score\">", score, "</span></p>\n");
  if (told.review->reason != NULL)
    append (out, "<p>", told.review->reason, "</p>\n");
  if (told.review->comment != NULL)
    append (out, "<p>", told.review->comment, "</p>\n");
  append_answers (out, &told);
  append_form (out);
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (out, FALSE);
}

/* ---- into a file ---- */

typedef struct {
  GtkWidget            *widget;    /* held */
  GtkFileChooserNative *chooser;
  char                 *text;
  SideAnsweredExported  done;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->chooser);
  g_object_unref (work->widget);
  g_free (work->text);
  g_free (work);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (_("Saved as %s"), name);
  else
    words = g_strdup_printf (_("It could not be saved: %s"), error->message);
  work->done (work->widget, words);
  work_free (work);
}

static void
chosen_cb (Work *work,
           int   response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (work->chooser)) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    {
      work_free (work);
      return;
    }
  bytes = g_bytes_new (work->text, strlen (work->text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, saved_cb, work);
}

/**
 * side_answered_export_save:
 * @widget: who asks; held until it is done
 * @desk: whose project says what time it is
 * @answered: a review
 * @done: told in a sentence how it went; not at all when it was called off
 */
void
side_answered_export_save (GtkWidget            *widget,
                           SideDesk             *desk,
                           const SideAnswered   *answered,
                           SideAnsweredExported  done)
{
  Work *work = g_new0 (Work, 1);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *call = side_dispute_words_call (desk, answered);
  g_autofree char *name = g_strconcat (g_strdelimit (call, "/:\\", '-'), ".html", NULL);

  work->widget = g_object_ref (widget);
  work->text = side_answered_export_print (desk, answered);
  work->done = done;
  work->chooser = gtk_file_chooser_native_new (_("Save for the Operator"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (work->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (work->chooser), name);
  g_signal_connect_swapped (work->chooser, "response", G_CALLBACK (chosen_cb), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}
