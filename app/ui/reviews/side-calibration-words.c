/* side-calibration-words.c - what is said of a calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is asked and until when, how far it is as far as this person may know,
 * and the question before its answers are opened.
 */
#include "side-calibration-words.h"

#include <glib/gi18n.h>

#include "side-format.h"

/**
 * side_calibration_words_facts:
 * @calibrations: the calibrations
 * @calibration: one of them
 * @script: (nullable): its script, in its version
 *
 * Returns: (transfer full): with which form, who is invited, and until when
 */
char *
side_calibration_words_facts (SideCalibrations      *calibrations,
                              const SideCalibration *calibration,
                              const SideScript      *script)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (calibrations));
  const SideProject *project = side_desk_get_project (desk);
  g_autoptr (GString) names = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < calibration->reviewers->len; i++)
    {
      const char *name = calibration->reviewers->pdata[i];

      g_string_append (names, i > 0 ? ", " : "");
      if (g_strcmp0 (name, calibration->expert) == 0)
        g_string_append_printf (names, _("%s (expert)"), name);
      else
        g_string_append (names, name);
    }
  if (script != NULL)
    {
      g_string_append_printf (out, _("%s, version %d"), script->title, script->version);
      g_string_append (out, " · ");
    }
  /* Translators: %s: names of those invited */
  g_string_append_printf (out, _("Invited: %s"), names->str);
  if (calibration->due_ms > 0 && side_calibration_is_blind (calibration, side_calibrations_get_reviews (calibrations)))
    {
      g_autofree char *due = side_format_date (project != NULL ? project->time_zone : NULL, calibration->due_ms - 1,
                                               side_desk_get_now_ms (desk));

      g_string_append (out, " · ");
      /* Translators: %s: a date */
      g_string_append_printf (out, _("Answers by %s"), due);
    }
  return g_string_free (out, FALSE);
}

/* "boris (1 of 3), clara (0 of 3)"; NULL when all have. */
static char *
list_unfinished (const SideCalibrationProgress *progress)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < progress->people->len; i++)
    {
      const SideCalibrationPerson *person = progress->people->pdata[i];

      if (person->finished >= progress->calls)
        continue;
      g_string_append (names, names->len > 0 ? ", " : "");
      /* Translators: who has not finished, so many of so many calls: "boris (1 of 3)" */
      g_string_append_printf (names, _("%s (%u of %u)"), person->name, person->finished, progress->calls);
    }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

/* What the server counted, for whoever leads it. */
static char *
tell_progress (const SideCalibrationProgress *progress)
{
  guint done = side_calibration_progress_count_done (progress), all = progress->people->len;
  g_autofree char *unfinished = list_unfinished (progress);
  g_autofree char *count = g_strdup_printf (ngettext ("%u of %u has finished.", "%u of %u have finished.", done), done, all);

  if (unfinished == NULL)
    return g_steal_pointer (&count);
  /* Translators: "3 of 5 have finished. Not yet: boris (1 of 3), clara (0 of 3)." */
  return g_strdup_printf (_("%s Not yet: %s."), count, unfinished);
}

/**
 * side_calibration_words_progress:
 * @calibrations: the calibrations
 * @calibration: one that is blind
 * @progress: (nullable): what the server counted, for whoever leads it
 *
 * Returns: (transfer full): why nothing is shown yet, and how far it is
 */
char *
side_calibration_words_progress (SideCalibrations              *calibrations,
                                 const SideCalibration         *calibration,
                                 const SideCalibrationProgress *progress)
{
  const char *user = side_desk_get_user (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (calibrations)));
  GPtrArray *reviews = side_calibrations_get_reviews (calibrations);
  g_autoptr (GString) out = g_string_new (_("Answers stay hidden until everybody has finished, or the discussion is begun."));
  guint done = 0;

  if (side_calibration_asks (calibration, user))
    {
      for (guint i = 0; i < calibration->calls->len; i++)
        done += side_calibration_find_review (calibration, reviews, calibration->calls->pdata[i], user) != NULL ? 1 : 0;
      g_string_append_c (out, ' ');
      g_string_append_printf (out, ngettext ("You have finished %u of %u review.", "You have finished %u of %u reviews.",
                                             calibration->calls->len), done, calibration->calls->len);
    }
  if (progress != NULL)
    {
      g_autofree char *others = tell_progress (progress);

      g_string_append_printf (out, "\n%s", others);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct {
  SideCalibrationBegun begun;
  gpointer             user_data;
} Asking;

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  if (g_str_equal (response, "begin"))
    asking->begun (asking->user_data);
}

static void
asking_free (gpointer data,
             GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->user_data);
  g_free (asking);
}

/**
 * side_calibration_ask_begin:
 * @widget: where it is asked
 * @progress: (nullable): what the server counted; %NULL when it could not be asked
 * @begun: called when the answers are to be opened
 * @user_data: a GObject for it, held until it is answered
 *
 * Opening the answers cannot be taken back, so it is said whom it cuts short.
 */
void
side_calibration_ask_begin (GtkWidget                     *widget,
                            const SideCalibrationProgress *progress,
                            SideCalibrationBegun           begun,
                            gpointer                       user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *told = progress != NULL ? tell_progress (progress)
                                           : g_strdup (_("Who has finished is not known while the server cannot be asked."));
  g_autofree char *body = g_strconcat (told, "\n\n", _("Everybody's answers are shown from now on. Nobody can answer blind any more, "
                                                       "and this cannot be undone."), NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Begin the Discussion?"), body);
  Asking *asking = g_new0 (Asking, 1);

  asking->begun = begun;
  asking->user_data = g_object_ref (user_data);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "begin", _("_Begin Discussion"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "begin", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
