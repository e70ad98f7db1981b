/* test-emodel.c - the E-model against published and reckoned values
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "side-emodel.h"

/* A line whose delay, packet and all, is @delay_ms. */
static double
mos_of (const char *codec,
        gboolean    concealed,
        double      loss,
        double      delay_ms)
{
  const SideCodecModel *model = side_emodel_find_codec (codec, concealed);
  SideLine line = { codec, concealed, loss, 1, 2 * (delay_ms - 20 - model->delay_ms), 0, 20 };
  SideLineRating rating;

  side_emodel_rate (&line, &rating);
  g_assert_cmpfloat_with_epsilon (rating.delay_ms, delay_ms, 1e-9);
  return rating.mos;
}

static void
test_vectors (void)
{
  static const struct { const char *codec; gboolean concealed; double loss, delay_ms, mos; } known[] = {
    { "PCMA", FALSE, 0, 50, 4.41 }, { "PCMA", FALSE, 0.01, 50, 3.83 }, { "PCMA", FALSE, 0.03, 50, 2.79 },
    { "PCMU", TRUE, 0, 50, 4.41 }, { "PCMU", TRUE, 0.01, 50, 4.33 }, { "PCMU", TRUE, 0.03, 50, 4.13 },
    { "pcma", FALSE, 0, 150, 4.41 }, { "pcma", FALSE, 0, 300, 3.96 }, { "pcma", TRUE, 0.03, 300, 3.52 },
    { "G729", FALSE, 0, 50, 4.10 }, { "G729", FALSE, 0.01, 50, 3.95 }, { "G729", FALSE, 0.03, 50, 3.63 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      double mos = mos_of (known[i].codec, known[i].concealed, known[i].loss, known[i].delay_ms);

      g_test_message ("%s %d %g %g: %.4f", known[i].codec, known[i].concealed, known[i].loss, known[i].delay_ms, mos);
      g_assert_cmpfloat_with_epsilon (mos, known[i].mos, 0.0051);
    }
}

/* More of anything bad is never better, and no score is out of its range. */
static void
test_monotonous (void)
{
  static const char *const codecs[] = { "PCMA", "PCMU", "G729", "G723", "GSM-EFR", "G722", "opus" };

  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    for (int concealed = 0; concealed < 2; concealed++)
      {
        double before = 5, first = mos_of (codecs[i], concealed, 0.02, 60);

        for (int percent = 0; percent <= 100; percent++)
          {
            double mos = mos_of (codecs[i], concealed, percent / 100.0, 60);

            g_assert_true (mos >= 1 && mos <= 4.5 && mos <= before);
            before = mos;
          }
        for (double delay_ms = 67; delay_ms < 2000; delay_ms += 7)
          {
            double mos = mos_of (codecs[i], concealed, 0.02, delay_ms);

            g_assert_true (mos >= 1 && mos <= first + 1e-9);
            first = mos;
          }
      }
  g_assert_cmpfloat (side_emodel_loss_cost (0, 4.3, 0.05, 2), >, side_emodel_loss_cost (0, 4.3, 0.05, 1));
  g_assert_cmpfloat (side_emodel_mos (-5), ==, 1);
  g_assert_cmpfloat (side_emodel_mos (120), ==, 4.5);
  g_assert_cmpfloat (side_emodel_mos (3), ==, 1);
}

/* What is not known makes no figure. */
static void
test_unknown (void)
{
  SideLine line = { "speex", TRUE, 0, 1, 40, 40, 20 };
  SideLineRating rating;
  g_autofree char *words = NULL, *none = NULL, *counted = NULL;

  side_emodel_rate (&line, &rating);
  g_assert_true (isnan (rating.mos));
  words = side_emodel_assumptions (&line);
  g_assert_nonnull (strstr (words, "speex"));
  line.codec = NULL;
  side_emodel_rate (&line, &rating);
  g_assert_true (isnan (rating.r));
  none = side_emodel_assumptions (&line);
  g_assert_nonnull (strstr (none, "no sound"));
  line.codec = "PCMA";
  line.loss = -1;
  side_emodel_rate (&line, &rating);
  g_assert_true (isnan (rating.mos));
  counted = side_emodel_assumptions (&line);
  g_assert_nonnull (strstr (counted, "packets"));
}

static void
test_assumptions (void)
{
  SideLine line = { "opus", TRUE, 0.01, 2, -1, 40, 0 };
  SideLineRating rating;
  g_autofree char *opus = NULL, *alaw = NULL;

  side_emodel_rate (&line, &rating);
  g_assert_true (rating.approximate);
  opus = side_emodel_assumptions (&line);
  g_assert_nonnull (strstr (opus, "our assumption"));
  g_assert_nonnull (strstr (opus, "bursts, 2.0"));
  g_assert_nonnull (strstr (opus, "not known"));
  line = (SideLine) { "PCMA", TRUE, 0.01, 1, 60, 40, 20 };
  alaw = side_emodel_assumptions (&line);
  g_assert_cmpstr (alaw, ==, "E-model (ITU-T G.107) for G.711 A-law, Ie 0, Bpl 25.1, losses covered up as telephones do, unlike here; losses at random; "
                             "delay 90 ms: packet 20, buffer 40, half of the round trip 30; no echo, quiet rooms");
}

static void
test_warnings (void)
{
  SideTestQuality quality = { (char *) "PCMA", TRUE, 0.002, 4, 30, 4.3, NULL };
  g_autoptr (GArray) none = side_line_warnings (&quality);
  g_autoptr (GArray) all = NULL;
  static const char *const said[] = {
    "Loss 4 %: words get lost", "Round trip 320 ms: answers come late", "Jitter 70 ms: the sound stutters", "MOS 2.9: hard to understand",
    "Not encrypted: who sits on the way can listen",
  };
  SideTestQuality unknown = { NULL, FALSE, -1, -1, -1, -1, NULL };
  g_autoptr (GArray) nothing = side_line_warnings (&unknown);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
  quality = (SideTestQuality) { (char *) "PCMA", FALSE, 0.04, 70, 320, 2.9, NULL };
  all = side_line_warnings (&quality);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (said));
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *words = side_line_warning_words (&g_array_index (all, SideLineWarning, i));

      g_assert_cmpstr (words, ==, said[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emodel/vectors", test_vectors);
  g_test_add_func ("/emodel/monotonous", test_monotonous);
  g_test_add_func ("/emodel/unknown", test_unknown);
  g_test_add_func ("/emodel/assumptions", test_assumptions);
  g_test_add_func ("/emodel/warnings", test_warnings);
  return g_test_run ();
}
