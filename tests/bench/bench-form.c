/* bench-form.c - a long scoring form: opening it, answering, the total
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Puts a script of 130 questions into a cache and shows calls that are scored
 * with it. Each figure is the time of the main thread from the deed to the
 * frame that shows it, as a ratio to a frame of 16.7 ms: the least, the median and
 * the worst of some; where other programs run too the least is nearest the
 * truth. Needs a display.
 *
 * bench-form [questions]
 */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-renderer.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define FRAME_MS 16.7
#define OPENINGS 9

typedef struct {
  Place             place;
  SideReviewKeeper *keeper;
  GtkWidget        *window;
  double            began_ms;   /* of the thread's time; 0 when nothing is measured */
  double            took_ms;    /* 0 until the frame is there */
} Bench;

static double
thread_ms (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);
  return (double) at.tv_sec * 1e3 + (double) at.tv_nsec / 1e6;
}

static void
receive_script (Bench *bench,
                guint  n_questions)
{
  static const char *const words[] = {
    "Greets within five seconds and names the shop", "Asks how to address the customer", "Asks at least two open questions",
    "Repeats the order back by article number", "Confirms the delivery date and the total, and says until when it can be changed",
  };
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "A long one", 9);
  g_autoptr (SideDocument) document = NULL;
  SideSection *section = NULL;

  for (guint i = 0; i < n_questions; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u.%u", i / 10 + 1, i % 10 + 1);
      g_autofree char *title = g_strdup_printf ("Section %u", i / 10 + 1);
      SideCriterion *criterion;

      if (i % 10 == 0)
        section = side_script_add_section (script, title, title);
      criterion = side_section_add_criterion (section, id, words[i % G_N_ELEMENTS (words)], 5);
      criterion->critical = i % 20 == 7 ? SIDE_CRITICAL_SCRIPT : SIDE_CRITICAL_NO;
    }
  document = side_wire_document_for_script (script);
  document->revision = 2;
  document->change = 20;
  place_receive (&bench->place, document);
}

static void
loaded_cb (Bench *bench)
{
  if (bench->began_ms == 0)
    bench->began_ms = thread_ms ();
}

static void
painted_cb (Bench *bench)
{
  if (bench->began_ms != 0 && bench->took_ms == 0)
    bench->took_ms = thread_ms () - bench->began_ms;
}

static gboolean
is_painted (gpointer bench)
{
  return ((Bench *) bench)->took_ms != 0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static gboolean
report (const char *what,
        GArray     *took)
{
  double least, median, worst;

  g_array_sort (took, compare);
  least = g_array_index (took, double, 0);
  median = g_array_index (took, double, took->len / 2);
  worst = g_array_index (took, double, took->len - 1);
  g_print ("%s: least %.2f ms = %.2f of a frame, median %.2f ms = %.2f, worst %.2f ms = %.2f (limit: 1 frame)\n", what,
           least, least / FRAME_MS, median, median / FRAME_MS, worst, worst / FRAME_MS);
  g_array_set_size (took, 0);
  return median < FRAME_MS;
}

static GtkWidget *
new_form (Bench *bench)
{
  GtkWidget *form = side_review_form_new ();

  side_review_form_set_keeper (SIDE_REVIEW_FORM (form), bench->keeper, bench->place.desk);
  gtk_window_set_child (GTK_WINDOW (bench->window), form);
  side_test_run_for (300);
  return form;
}

static void
open_call (Bench  *bench,
           int     number,
           GArray *took)
{
  g_autoptr (SideCall) call = place_call (number);

  side_test_run_for (300);
  bench->began_ms = bench->took_ms = 0;
  side_review_keeper_set_call (bench->keeper, call);
  side_test_wait_until (is_painted, bench, 10000, "the form to be drawn");
  g_array_append_val (took, bench->took_ms);
}

static guint
count_rows (GtkWidget *root)
{
  guint n = g_str_equal (G_OBJECT_TYPE_NAME (root), "SideCriterionRow") ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* The longest that the window stands still while the rest of the form is made. */
static double
longest_turn (GtkWidget *form,
              guint      n_questions)
{
  double longest = 0;

  while (count_rows (form) < n_questions)
    {
      double before = thread_ms ();

      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, thread_ms () - before);
    }
  return longest;
}

static void
answer_all (Bench     *bench,
            GArray    *took,
            GtkWidget *form)
{
  const SideScript *script = side_review_keeper_get_script (bench->keeper);
  guint i = 0;

  for (guint s = 0; s < script->sections->len; s++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, s);

      for (guint k = 0; k < section->criteria->len; k++, i++)
        {
          bench->took_ms = 0;
          bench->began_ms = thread_ms ();
          side_review_keeper_answer (bench->keeper, ((SideCriterion *) g_ptr_array_index (section->criteria, k))->id,
                                     i % 7 == 3 ? 0.5 : 1.0, 1000 * i);
          gtk_widget_queue_draw (form);
          side_test_wait_until (is_painted, bench, 10000, "the answer to be drawn");
          g_array_append_val (took, bench->took_ms);
          side_test_run_for (20);
        }
    }
}

static void
total (Bench  *bench,
       GArray *took)
{
  for (guint i = 0; i < 200; i++)
    {
      SideScore score;
      double before = thread_ms (), one;

      side_review_keeper_get_score (bench->keeper, &score);
      one = thread_ms () - before;
      g_array_append_val (took, one);
    }
}

int
main (int   argc,
      char *argv[])
{
  guint n_questions = argc > 1 ? (guint) atoi (argv[1]) : 130;
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (double));
  Bench bench = { 0 };
  GtkWidget *form;
  gboolean good;
  double turn = 0, one;

  side_renderer_choose ();
  setlocale (LC_ALL, "");
  gtk_init ();
  adw_init ();
  place_set_up_as (&bench.place, SIDE_ROLE_TRAINER);
  receive_script (&bench, n_questions);
  bench.keeper = side_review_keeper_new (bench.place.desk);
  g_signal_connect_swapped (bench.keeper, "loaded", G_CALLBACK (loaded_cb), &bench);
  bench.window = side_widget_test_show (gtk_label_new ("…"), 380, 868);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench.window), "after-paint", G_CALLBACK (painted_cb), &bench);
  g_print ("questions %u\n", n_questions);
  for (int i = 0; i < OPENINGS; i++)
    {
      side_review_keeper_set_call (bench.keeper, NULL);
      form = new_form (&bench);
      open_call (&bench, i % PLACE_CALLS, took);
      one = longest_turn (form, n_questions);
      turn = MAX (turn, one);
    }
  good = report ("opening the form", took);
  g_print ("longest turn while the rest is made: %.2f ms = %.2f of a frame (limit: 1 frame)\n", turn, turn / FRAME_MS);
  for (int i = 0; i < OPENINGS; i++)
    open_call (&bench, (i + 1) % PLACE_CALLS, took);
  good = report ("opening the next call", took) && good;
  answer_all (&bench, took, gtk_window_get_child (GTK_WINDOW (bench.window)));
  good = report ("answering", took) && good;
  total (&bench, took);
  good = report ("the total", took) && good;
  side_test_run_for (500);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.keeper);
  side_test_run_for (200);
  place_tear_down (&bench.place, NULL);
  return good ? 0 : 1;
}
