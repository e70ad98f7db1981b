/* bench-calls-data.c - a database of calls for bench-calls, and the store on it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same number of calls is the same database every time: the generator starts
 * from a fixed seed.
 */
#include <math.h>
#include <stdio.h>

#include "bench-calls-data.h"
#include "side-test.h"

#define BATCH 1000

static const char *const syllables[] = {
  "за", "ка", "то", "вар", "дос", "тав", "воз", "врат", "при", "шла", "цвет", "раз", "мер", "куп", "он", "кур",
  "ьер", "оп", "ла", "чен", "ёл", "ки", "зим", "ний", "сап", "ог", "дет", "ск", "ий", "кро", "ссов", "ки",
};

static char *
make_word (guint which)
{
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < 2 + which % 3; i++)
    {
      g_string_append (word, syllables[which % G_N_ELEMENTS (syllables)]);
      which = which * 2654435761u >> 3;
    }
  return g_string_free (word, FALSE);
}

/* Few words are common, most are rare: Zipf's law. */
static void
append_note (GString   *out,
             GPtrArray *words,
             GRand     *rand)
{
  int n = g_rand_int_range (rand, 4, 13);

  for (int i = 0; i < n; i++)
    {
      double u = g_rand_double (rand);
      guint which = MIN (words->len - 1, (guint) (pow (words->len, u) - 1));

      g_string_append (out, words->pdata[which]);
      g_string_append_c (out, ' ');
    }
}

static SideCall *
make_call (guint      n,
           GPtrArray *words,
           GRand     *rand)
{
  g_autofree char *id = g_strdup_printf ("%u.%u", 1760000000 + n * 30, n);
  g_autofree char *queue = g_strdup_printf ("queue-%d", g_rand_int_range (rand, 0, 40));
  g_autoptr (GString) note = g_string_new (NULL);
  SideCall *call = side_call_new (id);
  int operator = g_rand_int_range (rand, 0, 500);
  gboolean answered = g_rand_int_range (rand, 0, 10) != 0;

  append_note (note, words, rand);
  call->note = g_strdup (note->str);
  call->journey = g_strdup (id);
  call->project = g_intern_string (n % 3 == 0 ? "shoes" : n % 3 == 1 ? "books" : "toys");
  call->queue = g_intern_string (queue);
  call->caller = g_strdup_printf ("79%09d", g_rand_int_range (rand, 0, 1000000000));
  call->dialled = g_strdup ("74951234567");
  call->joined_ms = BENCH_START_MS + (gint64) n * BENCH_STEP_MS + g_rand_int_range (rand, 0, 60000);
  call->wait_ms = g_rand_int_range (rand, 0, 120000);
  call->ended_ms = call->joined_ms + call->wait_ms;
  call->outcome = answered ? SIDE_OUTCOME_ANSWERED : (SideOutcome) g_rand_int_range (rand, 2, 10);
  if (answered)
    {
      g_autofree char *op = g_strdup_printf ("op-%03d", operator);
      g_autofree char *name = g_strdup_printf ("%s %s", (char *) words->pdata[operator], (char *) words->pdata[operator + 500]);

      call->operator_id = g_intern_string (op);
      call->operator_name = g_intern_string (name);
      call->answered_ms = call->joined_ms + call->wait_ms;
      call->talk_ms = g_rand_int_range (rand, 5000, 900000);
      call->ended_ms += call->talk_ms;
      call->recording = g_strdup_printf ("rec-%u", n);
      call->sha256 = g_strnfill (64, 'a');
      call->channels = 2;
      call->recording_ms = call->talk_ms;
    }
  return call;
}

SideStore *
bench_open_store (const char *path)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  SideStore *store = side_store_new (path, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_store_open_async (store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, BENCH_TIMEOUT_MS, "the store to open");
  if (!side_store_open_finish (store, result, &error))
    g_error ("%s", error->message);
  return store;
}

void
bench_close_store (SideStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_store_close_async (store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, BENCH_TIMEOUT_MS, "the store to close");
  g_clear_object (&result);
  g_object_unref (store);
}

void
bench_put_calls (SideStore *store,
                 GPtrArray *calls)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, BENCH_TIMEOUT_MS, "calls to be written");
  if (!side_store_put_calls_finish (store, result, &error))
    g_error ("%s", error->message);
}

void
bench_make_database (const char *path,
                     guint       n_calls)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  SideStore *store = bench_open_store (path);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 20000; i++)
    g_ptr_array_add (words, make_word (i));
  for (guint n = 0; n < n_calls; n += BATCH)
    {
      g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

      for (guint i = n; i < MIN (n + BATCH, n_calls); i++)
        g_ptr_array_add (calls, make_call (i, words, rand));
      bench_put_calls (store, calls);
    }
  bench_close_store (store);
  printf ("made %u calls with everything indexed: %.0f calls/s\n", n_calls, n_calls * 1e6 / (double) (g_get_monotonic_time () - start));
}
