/* side-library-actions.c - what is done with the recordings of many calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before many recordings are fetched, a person is told how many.
 */
#include "side-library-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-check-window.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-moments-window.h"
#include "side-place.h"

#define MOST_CALLS 10000

typedef struct {
  SideDesk  *desk;
  GtkWidget *page;
  GPtrArray *calls;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->desk);
  g_object_unref (asking->page);
  g_clear_pointer (&asking->calls, g_ptr_array_unref);
  g_free (asking);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  SideLibrarian *librarian = side_desk_get_librarian (asking->desk);

  if (g_str_equal (response, "analyse") && librarian != NULL)
    side_librarian_ask (librarian, asking->calls);
}

static void
present (Asking     *asking,
         const char *heading,
         const char *body,
         gboolean    question)
{
  GtkRoot *root = gtk_widget_get_root (asking->page);
  GtkWidget *dialog;

  if (root == NULL)
    {
      asking_free (asking);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", question ? _("_Cancel") : _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  if (question)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "analyse", _("_Analyse"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "analyse", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "analyse");
    }
  g_object_set_data_full (G_OBJECT (dialog), "side-asking", asking, asking_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *words = NULL;

  asking->calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);
  if (asking->calls == NULL)
    {
      words = side_format_error (error);
      present (asking, _("The calls cannot be read"), words, FALSE);
      return;
    }
  if (asking->calls->len == 0)
    {
      present (asking, _("Nothing to Analyse"), _("All recordings of the calls that are shown were analysed already."), FALSE);
      return;
    }
  /* More are never begun at once; of the list's own order. */
  if (asking->calls->len == MOST_CALLS)
    heading = g_strdup_printf (_("Analyse the First %u Recordings?"), asking->calls->len);
  else
    heading = g_strdup_printf (ngettext ("Analyse %u Recording?", "Analyse %u Recordings?", asking->calls->len),
                               asking->calls->len);
  present (asking, heading,
           _("Those that are not on this computer are fetched first. It goes on in the background, waits while you listen, and can be stopped."),
           TRUE);
}

/**
 * side_library_analyse_shown:
 * @page: what the question stands above
 * @desk: whose calls, with a store
 * @query: which calls are shown
 *
 * Asks, and has the recordings of those calls listened to that were not yet.
 */
void
side_library_analyse_shown (GtkWidget           *page,
                            SideDesk            *desk,
                            const SideCallQuery *query)
{
  g_autoptr (SideCallQuery) wanted = NULL;
  Asking *asking;

  g_return_if_fail (SIDE_IS_DESK (desk) && query != NULL);
  if (side_desk_get_store (desk) == NULL)
    return;
  wanted = side_call_query_copy (query);
  wanted->recorded = SIDE_CALL_MATCH_YES;
  wanted->analysed = SIDE_CALL_MATCH_NO;
  asking = g_new0 (Asking, 1);
  asking->desk = g_object_ref (desk);
  asking->page = g_object_ref (page);
  side_store_list_calls_async (side_desk_get_store (desk), wanted, MOST_CALLS, NULL, listed_cb, asking);
}

static void
open_moment_cb (GtkWidget  *page,
                const char *call,
                gint64      from_ms,
                gint64      to_ms)
{
  side_place_show (page, call, from_ms, to_ms, FALSE);
}

/**
 * side_library_show_moments:
 * @page: what it stands above
 * @desk: whose calls, with a store
 * @query: which calls
 *
 * Opens what is worth hearing of them.
 */
void
side_library_show_moments (GtkWidget           *page,
                           SideDesk            *desk,
                           const SideCallQuery *query)
{
  GtkWindow *window;

  g_return_if_fail (SIDE_IS_DESK (desk) && query != NULL);
  window = side_moments_window_new (GTK_WINDOW (gtk_widget_get_root (page)), desk, query);
  g_signal_connect_object (window, "open-call", G_CALLBACK (open_moment_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
open_call_cb (GtkWidget  *page,
              const char *call)
{
  gtk_widget_activate_action (page, "win.show-call", "s", call);
}

/**
 * side_library_check:
 * @page: what it stands above
 * @desk: whose calls
 *
 * Opens the check of recordings.
 */
void
side_library_check (GtkWidget *page,
                    SideDesk  *desk)
{
  GtkWindow *window;

  g_return_if_fail (SIDE_IS_DESK (desk));
  if (side_desk_get_store (desk) == NULL)
    return;
  window = side_check_window_new (GTK_WINDOW (gtk_widget_get_root (page)), desk);
  g_signal_connect_object (window, "open-call", G_CALLBACK (open_call_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}
