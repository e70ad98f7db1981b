/* test-operator-menu.c - what may be done about an operator, and what is said where it may not
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without a server; tests/ui has one, with an exchange that does what is asked.
 */
#include "calls-place.h"
#include "side-action-dialog.h"
#include "side-action-words.h"
#include "side-board-fixture.h"
#include "side-live-note.h"
#include "side-operator-menu.h"
#include "side-settings.h"
#include "side-widget-test.h"
#include "side-wire.h"

#include <string.h>

typedef struct {
  Place        place;
  GtkWidget   *window;
  GtkWidget   *card;
  GtkWidget   *operators;
  SideActions *actions;
} Scene;

static void
put_busy_picture (SideStore *store)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideBoard) board = side_fixture_new_board (project, 8);
  g_autofree char *body = side_wire_board_to_json (board, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  side_store_put_snapshot_async (store, "", body, 1, g_get_real_time () / 1000, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_snapshot_finish (store, side_test_wait_result (&result, 5000, "a picture"), NULL));
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  put_busy_picture (side_desk_get_store (scene->place.desk));
  place_restart (&scene->place);
  scene->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  scene->operators = gtk_button_new_with_label ("operators");
  gtk_box_append (GTK_BOX (scene->card), scene->operators);
  scene->window = side_widget_test_show (scene->card, 600, 700);
  scene->actions = side_actions_new (scene->place.desk);
  side_live_note_attach (scene->operators, scene->card, scene->place.desk);
  side_operator_menu_attach (scene->operators, scene->card, scene->actions);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_operator_menu_detach (scene->operators);
  side_live_note_detach (scene->operators);
  side_widget_test_close (scene->window);
  g_object_unref (scene->actions);
  g_settings_reset (side_settings_get (), "action-reasons");
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

/* The words of all buttons that are shown below @root, those that can be pressed with a "+" before them. */
static void
collect (GtkWidget *root,
         GString   *words)
{
  if (GTK_IS_BUTTON (root) && GTK_IS_BOX (gtk_button_get_child (GTK_BUTTON (root))))
    {
      GtkWidget *title = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (root))), *small = gtk_widget_get_next_sibling (title);

      g_string_append_printf (words, "%s%s", gtk_widget_get_sensitive (root) ? "+" : "-", gtk_label_get_label (GTK_LABEL (title)));
      g_string_append_printf (words, "%s%s\n", small != NULL ? ": " : "", small != NULL ? gtk_label_get_label (GTK_LABEL (small)) : "");
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, words);
}

static char *
menu_of (Scene      *scene,
         const char *operator_id)
{
  GString *words = g_string_new (NULL);

  side_operator_menu_open (scene->operators, operator_id, NULL);
  side_test_run_for (300);
  for (GtkWidget *child = gtk_widget_get_first_child (scene->card); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
      {
        side_widget_test_no_nameless (child);
        collect (child, words);
        gtk_popover_popdown (GTK_POPOVER (child));
      }
  side_test_run_for (400);
  return g_string_free (words, FALSE);
}

static void
test_supervisor (Scene         *scene,
                 gconstpointer  role)
{
  g_autofree char *words = menu_of (scene, "op0");

  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, "+Note on This Call"));
  /* There is no server: nothing may be tried. What is in the way of all is said once. */
  g_assert_nonnull (strstr (words, "-Listen…: The server cannot be asked what may be done now\n-Whisper…\n-Join the Call…\n-Hang Up…\n-Send on a Break…\n"));
}

static void
test_client (Scene         *scene,
             gconstpointer  role)
{
  g_autofree char *words = menu_of (scene, "op0");

  g_assert_nonnull (strstr (words, "Note on This Call"));
  g_assert_null (strstr (words, "Listen"));
}

static void
answer (GtkWidget  *dialog,
        const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  side_test_run_for (100);
}

static void
take (SideActionRequest *request,
      const char        *name,
      gpointer           data)
{
  char **told = data;

  g_free (*told);
  *told = g_strdup_printf ("%s %s: %s, %s", side_action_kind_to_string (request->kind), name, request->reason,
                           request->break_reason != NULL ? request->break_reason : "-");
}

/* A reason is needed, and the last one is there already. */
static void
test_reason (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (SideActionRequest) request = side_action_request_new (SIDE_ACTION_PAUSE, "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "");
  g_autofree char *told = NULL;
  GtkWidget *dialog = side_action_dialog_ask (GTK_WINDOW (scene->window), scene->actions, request, "Anna", take, &told, NULL);
  GtkWidget *entry;

  side_test_run_for (100);
  side_widget_test_no_nameless (dialog);
  entry = GTK_WIDGET (gtk_window_get_focus (GTK_WINDOW (dialog)));
  entry = gtk_widget_get_ancestor (entry, GTK_TYPE_ENTRY);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_editable_set_text (GTK_EDITABLE (entry), " asked by chat ");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  answer (dialog, "do");
  g_assert_cmpstr (told, ==, "pause Anna: asked by chat, -");
  g_clear_pointer (&told, g_free);
  g_settings_set_value (side_settings_get (), "action-reasons", g_variant_new_parsed ("{'listen': ['new here', 'complaint']}"));
  request->kind = SIDE_ACTION_LISTEN;
  dialog = side_action_dialog_ask (GTK_WINDOW (scene->window), scene->actions, request, "Anna", take, &told, NULL);
  side_test_run_for (100);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  side_widget_test_click (side_widget_test_find_button (dialog, "complaint"));
  answer (dialog, "do");
  g_assert_cmpstr (told, ==, "listen Anna: complaint, -");
  g_clear_pointer (&told, g_free);
  dialog = side_action_dialog_ask (GTK_WINDOW (scene->window), scene->actions, request, "Anna", take, &told, NULL);
  answer (dialog, "cancel");
  g_assert_null (told);
}

/* Each failure says what to do; what nobody knows is not called a failure of the exchange. */
static void
test_words (void)
{
  g_autoptr (SideActionRequest) request = side_action_request_new (SIDE_ACTION_LISTEN, "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "x");
  g_autoptr (GError) conflict = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "telephone was not answered");
  g_autoptr (GError) late = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "10 s");
  g_autofree char *first = side_action_words_failed (request, "Anna", conflict), *second = side_action_words_failed (request, "Anna", late);

  g_assert_nonnull (strstr (first, "(telephone was not answered)"));
  g_assert_nonnull (strstr (second, "nobody knows whether it was done"));
  for (SideHurdle hurdle = SIDE_HURDLE_LINK; hurdle <= SIDE_HURDLE_UNKNOWN; hurdle++)
    g_assert_cmpuint (strlen (side_action_words_hurdle (hurdle)), >, 10);
}

int
main (int   argc,
      char *argv[])
{
  gconstpointer supervisor = GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), client = GINT_TO_POINTER (SIDE_ROLE_CLIENT);

  side_widget_test_init (&argc, &argv);
  g_test_add ("/operator-menu/supervisor", Scene, supervisor, set_up, test_supervisor, tear_down);
  g_test_add ("/operator-menu/client", Scene, client, set_up, test_client, tear_down);
  g_test_add ("/operator-menu/reason", Scene, supervisor, set_up, test_reason, tear_down);
  g_test_add_func ("/operator-menu/words", test_words);
  return g_test_run ();
}
