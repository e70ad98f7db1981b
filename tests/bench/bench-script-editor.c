/* bench-script-editor.c - opening and editing a draft of 130 criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints how long the form takes to be made and laid out, how long until it is
 * on the screen, and what a key typed into a wording costs, each beside the
 * 16.7 ms of a frame. Needs a display.
 */
#include <adwaita.h>
#include <locale.h>
#include <stdlib.h>

#include "side-board-fixture.h"
#include "side-script-form.h"
#include "side-script-row.h"
#include "side-test.h"
#include "side-text.h"

#define FRAME_MS 16.7

static SideScript *
make_draft (int n)
{
  g_autofree char *id = side_id_new ();
  SideScript *draft = side_script_new (id, SIDE_FIXTURE_PROJECT, "Large", 1);
  SideSection *section = NULL;

  draft->state = SIDE_SCRIPT_DRAFT;
  draft->script = side_id_new ();
  for (int i = 0; i < n; i++)
    {
      g_autofree char *criterion = g_strdup_printf ("%d.%d", i / 13 + 1, i % 13 + 1);
      g_autofree char *number = g_strdup_printf ("%d", i / 13 + 1);
      g_autofree char *text = g_strdup_printf ("Does the thing number %d that the script asks for", i);

      if (i % 13 == 0)
        section = side_script_add_section (draft, number, "Section");
      side_section_add_criterion (section, criterion, text, 1)->hint = g_strdup ("words or deeds that show it");
    }
  return draft;
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *painted)
{
  *painted = TRUE;
}

/* Until the next frame is on the screen. */
static void
wait_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gint64 limit = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  gtk_widget_queue_draw (window);
  while (!painted && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static double
since (gint64 from)
{
  return (double) (g_get_monotonic_time () - from) / 1000;
}

static void
say (const char *what,
     double      ms)
{
  g_print ("%-44s %7.1f ms = %.2f frames\n", what, ms, ms / FRAME_MS);
}

int
main (int   argc,
      char *argv[])
{
  int n = argc > 1 ? atoi (argv[1]) : 130;
  g_autoptr (SideBoard) board = NULL;
  g_autoptr (SideProject) project = NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (SideClock) clock = NULL;
  g_autoptr (SideDesk) desk = NULL;
  g_autoptr (SideScript) draft = make_draft (n);
  g_autoptr (SideDraftKeeper) keeper = NULL;
  GtkWidget *window, *form;
  gint64 from;

  setlocale (LC_ALL, "");
  gtk_init ();
  adw_init ();
  board = side_board_new ();
  project = side_fixture_new_project ();
  session = side_fixture_new_session (project);
  clock = side_clock_new_system ();
  desk = side_desk_new_for_board (board, session, clock);
  keeper = side_draft_keeper_new (desk, draft, NULL);
  form = side_script_form_new ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 700);
  gtk_window_set_child (GTK_WINDOW (window), form);
  gtk_window_present (GTK_WINDOW (window));
  wait_frame (window);
  from = g_get_monotonic_time ();
  side_script_form_open (SIDE_SCRIPT_FORM (form), draft, keeper, project);
  say ("the rows are made", since (from));
  wait_frame (window);
  say ("they are on the screen", since (from));
  from = g_get_monotonic_time ();
  for (int i = 0; i < 20; i++)
    {
      SideScript *copy = side_draft_keeper_begin (keeper);
      SideCriterion *criterion = g_ptr_array_index (((SideSection *) g_ptr_array_index (copy->sections, 0))->criteria, 0);

      g_free (criterion->text);
      criterion->text = g_strdup_printf ("typed %d", i);
      side_draft_keeper_put (keeper, copy, "criterion changed", "text");
    }
  say ("a key typed into a wording, taken over", since (from) / 20);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
