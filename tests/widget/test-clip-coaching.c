/* test-clip-coaching.c - which coaching notes a piece of a recording may go into
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-clip-coaching.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define OWN "11111111-1111-4111-8111-11111111110"

/* One that @author wrote about @operator_id. */
static void
put_note (Place      *place,
          const char *id,
          const char *operator_id,
          const char *author,
          const char *goal,
          gboolean    done)
{
  g_autoptr (SideCoaching) coaching = side_coaching_new (id, SIDE_FIXTURE_PROJECT, operator_id);
  g_autoptr (SideDocument) document = NULL;

  coaching->author = g_strdup (author);
  coaching->goal = g_strdup (goal);
  coaching->shared = TRUE;
  coaching->created_ms = coaching->changed_ms = side_fixture_now_ms () - 1000;
  coaching->done_ms = done ? side_fixture_now_ms () : 0;
  document = side_wire_document_for_coaching (coaching);
  document->author = g_strdup (author);
  place_receive (place, document);
}

static GListModel *
notes_of (GtkWidget *dialog)
{
  GtkWidget *row = gtk_widget_get_ancestor (place_find_text (dialog, "Coaching Note"), ADW_TYPE_COMBO_ROW);

  return adw_combo_row_get_model (ADW_COMBO_ROW (row));
}

static gboolean
is_listed (gpointer dialog)
{
  return place_find_text (dialog, "New Coaching Note") != NULL || notes_of (dialog) != NULL;
}

static SideClipDialog *
open_dialog (Place    *place,
             SideCall *call)
{
  SideClipSource source = { .call = call, .from_ms = 2000, .to_ms = 5000, .value = 1 };
  SideClipDialog *dialog;

  dialog = side_clip_coaching_new (NULL, place->desk, &source);
  gtk_window_present (GTK_WINDOW (dialog));
  side_test_wait_until (is_listed, dialog, 5000, "the notes");
  side_test_run_for (100);
  return dialog;
}

static void
chosen_cb (SideClipDialog *dialog,
           GPtrArray      *changes,
           const char     *words,
           char          **told)
{
  g_assert_cmpuint (changes->len, ==, 1);
  *told = g_strdup (words);
}

static SideCall *
call_of_anna (void)
{
  SideCall *call = place_call (0);

  call->operator_id = g_intern_static_string ("anna");
  call->recording = g_strdup ("recording");
  return call;
}

/* Only who wrote a note changes it: another one's, a finished one and one about somebody else are not offered. */
static void
test_own (Place         *place,
          gconstpointer  data)
{
  g_autoptr (SideCall) call = call_of_anna ();
  g_autofree char *told = NULL, *title = NULL;
  SideClipDialog *dialog;
  GListModel *notes;

  put_note (place, OWN "1", "anna", PLACE_USER, "Own and open", FALSE);
  put_note (place, OWN "2", "anna", "boris", "Of another trainer", FALSE);
  put_note (place, OWN "3", "anna", PLACE_USER, "Own and done", TRUE);
  put_note (place, OWN "4", "boris", PLACE_USER, "About another operator", FALSE);
  dialog = open_dialog (place, call);
  notes = notes_of (GTK_WIDGET (dialog));
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 2);
  title = g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (notes), 0));
  g_assert_nonnull (strstr (title, "Own and open"));
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (notes), 1), ==, "New Coaching Note");
  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  g_signal_connect (dialog, "chosen", G_CALLBACK (chosen_cb), &told);
  g_signal_emit_by_name (dialog, "add");
  g_assert_cmpstr (told, ==, "Moment added to the coaching note");
}

/* Without a note that may be written in a new one is begun. */
static void
test_none (Place         *place,
           gconstpointer  data)
{
  g_autoptr (SideCall) call = call_of_anna ();
  g_autofree char *told = NULL;
  SideClipDialog *dialog;

  put_note (place, OWN "2", "anna", "boris", "Of another trainer", FALSE);
  dialog = open_dialog (place, call);
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (GTK_WIDGET (dialog))), ==, 1);
  g_signal_connect (dialog, "chosen", G_CALLBACK (chosen_cb), &told);
  g_signal_emit_by_name (dialog, "add");
  g_assert_cmpstr (told, ==, "Coaching note begun with this moment");
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/clip-coaching/own", Place, NULL, place_set_up, test_own, place_tear_down);
  g_test_add ("/clip-coaching/none", Place, NULL, place_set_up, test_none, place_tear_down);
  return g_test_run ();
}
