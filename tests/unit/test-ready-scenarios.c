/* test-ready-scenarios.c - the checker of scenarios, and the scenarios to begin with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-ready-scenarios.h"
#include "side-ready-scripts.h"
#include "side-scenario-check.h"
#include "side-text.h"
#include "side-wire.h"

static const char *const languages[] = { "en", "ru" };

static SideScenario *
load (const SideReadyScenario *ready)
{
  g_autoptr (GError) error = NULL;
  SideScenario *scenario = side_ready_scenario_load (ready->name, ready->language, "tea", &error);

  g_assert_no_error (error);
  return scenario;
}

static gboolean
has_cyrillic (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_CYRILLIC)
      return TRUE;
  return FALSE;
}

/* What is said in a scenario's language; figures alone are of any. */
static void
assert_words (const SideReadyScenario *ready,
              const char              *text,
              gboolean                 foreign)
{
  gboolean russian = g_str_equal (ready->language, "ru") && !foreign;

  g_assert_nonnull (text);
  g_test_message ("%s.%s: “%s”", ready->name, ready->language, text);
  g_assert_true (g_utf8_validate (text, -1, NULL) && *text != '\0');
  g_assert_false (g_ascii_isspace (text[0]) || g_ascii_isspace (text[strlen (text) - 1]));
  if (!russian)
    g_assert_false (has_cyrillic (text));
  else if (strpbrk (text, "0123456789") == NULL)
    g_assert_true (has_cyrillic (text));
}

static void
assert_texts (const SideReadyScenario *ready,
              const SideScenario      *scenario)
{
  gboolean foreign = g_str_equal (ready->name, "other-language");

  assert_words (ready, ready->title, FALSE);
  assert_words (ready, ready->about, FALSE);
  assert_words (ready, scenario->goal, FALSE);
  g_assert_true (foreign || g_strcmp0 (scenario->language, ready->language) == 0);
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      const SideScenarioStep *step = scenario->steps->pdata[i];

      assert_words (ready, step->say, foreign);
      assert_words (ready, step->expect, FALSE);
      if (step->must_not != NULL)
        assert_words (ready, step->must_not, FALSE);
      if (step->branch != NULL)
        assert_words (ready, step->branch, FALSE);
    }
  for (guint i = 0; i < scenario->facts->len; i++)
    {
      const SideScenarioFact *fact = scenario->facts->pdata[i];

      assert_words (ready, fact->question, FALSE);
      assert_words (ready, fact->answer, FALSE);
    }
  for (guint i = 0; i < scenario->prompts->len; i++)
    assert_words (ready, ((const SideScenarioPrompt *) scenario->prompts->pdata[i])->text, FALSE);
}

static void
test_texts (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (GPtrArray) list = side_ready_scenarios_list (languages[l]);

      g_assert_cmpuint (list->len, ==, 14);
      for (guint i = 0; i < list->len; i++)
        {
          const SideReadyScenario *ready = list->pdata[i];
          g_autoptr (SideScenario) scenario = load (ready);

          assert_texts (ready, scenario);
          g_assert_true (side_id_is_valid (scenario->id));
          g_assert_cmpstr (scenario->project, ==, "tea");
          g_assert_cmpint (scenario->version, ==, 1);
          g_assert_null (scenario->number);
          g_assert_true (ready->robot || (ready->n_steps >= 4 && ready->n_facts >= 1));
        }
    }
}

/* What the checker would tell whoever takes one of them over: only to put their number in. */
static void
test_checked (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (GPtrArray) list = side_ready_scenarios_list (languages[l]);

      for (guint i = 0; i < list->len; i++)
        {
          g_autoptr (SideScenario) scenario = load (list->pdata[i]);
          g_autoptr (GPtrArray) findings = side_scenario_check (scenario, NULL, NULL);
          const SideScenarioFinding *first;

          g_assert_cmpuint (findings->len, ==, 1);
          first = findings->pdata[0];
          g_assert_cmpstr (side_scenario_fault_to_string (first->code), ==, "no-number");
          g_assert_cmpint ((int) first->severity, ==, SIDE_SEVERITY_HINT);
        }
    }
}

static void
assert_same (const SideScenario *a,
             const SideScenario *b)
{
  g_assert_cmpuint (a->steps->len, ==, b->steps->len);
  g_assert_cmpuint (a->facts->len, ==, b->facts->len);
  g_assert_cmpuint (a->keys->len, ==, b->keys->len);
  g_assert_cmpuint (a->prompts->len, ==, b->prompts->len);
  g_assert_cmpmem (&a->limits, sizeof a->limits, &b->limits, sizeof b->limits);
  g_assert_cmpmem (&a->hours, sizeof a->hours, &b->hours, sizeof b->hours);
  g_assert_cmpint (a->callback_ms, ==, b->callback_ms);
  g_assert_cmpstr (a->ready_script, ==, b->ready_script);
  for (guint i = 0; i < a->steps->len; i++)
    {
      const SideScenarioStep *x = a->steps->pdata[i];
      const SideScenarioStep *y = b->steps->pdata[i];

      g_assert_cmpstr (x->id, ==, y->id);
      g_assert_cmpint (x->must_not != NULL, ==, y->must_not != NULL);
      g_assert_cmpint (x->branch != NULL, ==, y->branch != NULL);
    }
}

static void
test_alike (void)
{
  g_autoptr (GPtrArray) english = side_ready_scenarios_list ("en_GB.UTF-8");
  g_autoptr (GPtrArray) russian = side_ready_scenarios_list ("ru_RU.UTF-8");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (english->len, ==, russian->len);
  for (guint i = 0; i < english->len; i++)
    {
      const SideReadyScenario *ready = russian->pdata[i];
      g_autoptr (SideScenario) a = load (english->pdata[i]);
      g_autoptr (SideScenario) b = load (ready);
      g_autoptr (SideScript) script = side_ready_script_load (ready->script, "ru", "tea", &error);

      g_assert_no_error (error);   /* the script it is scored with is ready, too */
      g_assert_cmpstr (ready->name, ==, ((const SideReadyScenario *) english->pdata[i])->name);
      assert_same (a, b);
    }
  g_assert_null (side_ready_scenario_load ("nothing", "ru", "tea", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

/* The checker */

static gboolean
has_none (const char *script,
          int         version,
          gpointer    data)
{
  return FALSE;
}

static gboolean
has_it (const char *script,
        int         version,
        gpointer    data)
{
  return version == 2;
}

static void
expect (const SideScenario     *scenario,
        SideScenarioScriptFunc  has_script,
        const char             *words)
{
  g_autoptr (GPtrArray) findings = side_scenario_check (scenario, has_script, NULL);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const SideScenarioFinding *finding = findings->pdata[i];

      g_string_append_printf (told, "%s%s %s %s %s", i > 0 ? "; " : "", side_severity_to_string (finding->severity),
                              side_scenario_fault_to_string (finding->code), finding->part != NULL ? finding->part : "-",
                              finding->id != NULL ? finding->id : "-");
    }
  g_assert_cmpstr (told->str, ==, words);
}

static SideScenario *
make_good (void)
{
  SideScenario *self = side_scenario_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", "Return");

  self->goal = g_strdup ("Money back");
  self->persona = g_strdup ("Ann");
  self->number = g_strdup ("+7 (495) 120-00-07");
  self->script = g_strdup ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12");
  self->script_version = 2;
  self->limits.queue_ms = 20000;
  side_scenario_add_step (self, "1", "Hello");
  side_scenario_add_fact (self, "1", "How long?", "14 days");
  side_scenario_add_prompt (self, "greeting", "Welcome");
  side_scenario_add_key (self, "2", "greeting", 0);
  return self;
}

static void
test_checker_good (void)
{
  g_autoptr (SideScenario) self = make_good ();

  expect (self, NULL, "");
  expect (self, has_it, "");
  g_free (self->number);
  self->number = g_strdup ("sip:orders@shop.example");
  expect (self, has_it, "");
  expect (self, has_none, "error script-missing - 6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12");
}

static void
test_checker_empty (void)
{
  g_autoptr (SideScenario) self = side_scenario_new (NULL, NULL, " ");

  expect (self, NULL, "warning no-title - -; error no-goal - -; warning no-persona - -; hint no-number - -; hint no-script - -; "
                      "hint no-limits - -; error no-steps - -");
  self->robot = TRUE;
  expect (self, NULL, "warning no-title - -; error no-goal - -; hint no-number - -; warning no-limits - -");
}

static void
test_checker_parts (void)
{
  g_autoptr (SideScenario) self = make_good ();

  g_free (self->number);
  self->number = g_strdup ("call me");
  self->hours = (SideHours) { SIDE_HOURS_EVERY_DAY, 600, 600 };
  self->time_zone = g_strdup ("Moscow");
  self->callback_ms = 5;
  self->limits = (SideScenarioLimits) { 999, 0, 3 * 3600000, 10000 };
  side_scenario_add_step (self, "2", " \t");
  side_scenario_add_step (self, "2", "Again");
  side_scenario_add_fact (self, "2", NULL, " ");
  side_scenario_add_fact (self, "1", "What else?", "Nothing");
  side_scenario_add_prompt (self, "queue", NULL);
  side_scenario_add_prompt (self, "greeting", "Twice");
  side_scenario_add_key (self, "E", NULL, 0);
  side_scenario_add_key (self, "", NULL, 0);
  side_scenario_add_key (self, "1", "goodbye", 0);
  expect (self, NULL, "error bad-number - -; error no-hours - -; error bad-zone - Moscow; warning callback - -; "
                      "error limit-short limit ring; warning limit-long limit queue; error empty-step step 2; error duplicate-step step 2; "
                      "error no-question fact 2; error no-answer fact 2; error duplicate-fact fact 1; warning empty-prompt prompt queue; "
                      "error duplicate-prompt prompt greeting; error bad-key key E; error bad-key key ; error key-prompt key 1");
}

/* Two Ogg pages of Opus that say how long they last, and hold nothing. */
static char *
make_line (gint64 length_ms)
{
  guchar bytes[47 + 27] = { 0 };
  guint64 granule = (guint64) length_ms * 48 + 312;

  memcpy (bytes, "OggS", 4);
  memcpy (bytes + 28, "OpusHead", 8);
  bytes[38] = 312 & 0xff;
  bytes[39] = 312 >> 8;
  memcpy (bytes + 47, "OggS", 4);
  for (guint i = 0; i < 8; i++)
    bytes[53 + i] = (guchar) (granule >> (8 * i));
  return g_base64_encode (bytes, sizeof bytes);
}

/* A recorded line says what is to be said; somebody has to be able to read it, and it ends. */
static void
test_checker_recorded (void)
{
  g_autoptr (SideScenario) self = make_good ();
  g_autofree char *line = make_line (4200), *longer = make_line (31000);
  SideScenarioStep *step = side_scenario_add_step (self, "2", NULL);

  expect (self, NULL, "error empty-step step 2");
  step->recording = g_strdup ("ab12");
  expect (self, NULL, "error line-damaged step 2");
  g_assert_cmpint (side_scenario_sound_length_ms (line), ==, 4200);
  g_assert_true (side_scenario_set_line (self, step, line, "ab12"));
  expect (self, NULL, "warning line-no-words step 2");
  step->say = g_strdup ("Where is my order?");
  expect (self, NULL, "");
  g_assert_true (side_scenario_set_line (self, step, longer, "cd34"));
  expect (self, NULL, "error line-long step 2");
  g_assert_true (side_scenario_set_line (self, step, "T2dnUw==", "ef56"));
  expect (self, NULL, "error line-damaged step 2");
  g_assert_true (side_scenario_set_line (self, step, NULL, NULL));
  g_assert_null (step->recording);
  expect (self, NULL, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ready-scenarios/texts", test_texts);
  g_test_add_func ("/ready-scenarios/checked", test_checked);
  g_test_add_func ("/ready-scenarios/alike", test_alike);
  g_test_add_func ("/ready-scenarios/checker-good", test_checker_good);
  g_test_add_func ("/ready-scenarios/checker-empty", test_checker_empty);
  g_test_add_func ("/ready-scenarios/checker-parts", test_checker_parts);
  g_test_add_func ("/ready-scenarios/checker-recorded", test_checker_recorded);
  return g_test_run ();
}
