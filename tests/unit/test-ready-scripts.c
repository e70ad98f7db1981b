/* test-ready-scripts.c - the scripts to begin with are whole, alike in both languages, and without a fault
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "side-ready-scripts.h"
#include "side-script-check.h"
#include "side-text.h"
#include "side-wire.h"

static const char *const languages[] = { "en", "ru" };

static SideScript *
load (const SideReadyScript *ready)
{
  g_autoptr (GError) error = NULL;
  SideScript *script = side_ready_script_load (ready->name, ready->language, "tea", &error);

  g_assert_no_error (error);
  return script;
}

/* A Latin word may stand in a Russian text (“CVC”); the other way round it was forgotten. */
static gboolean
has_letters_of (const char *text,
                const char *language,
                gboolean    may_be_latin)
{
  gboolean latin = FALSE;
  gboolean cyrillic = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript letters = g_unichar_get_script (g_utf8_get_char (p));

      latin = latin || letters == G_UNICODE_SCRIPT_LATIN;
      cyrillic = cyrillic || letters == G_UNICODE_SCRIPT_CYRILLIC;
    }
  return g_str_equal (language, "ru") ? cyrillic || may_be_latin : latin && !cyrillic;
}

static void
assert_words (const char *text,
              const char *language,
              const char *name,
              const char *where)
{
  if (text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL) && !g_ascii_isspace (text[0])
      && !g_ascii_isspace (text[strlen (text) - 1]) && has_letters_of (text, language, g_str_equal (where, "exemplar")))
    return;
  g_test_message ("%s.%s, %s: “%s”", name, language, where, text);
  g_test_fail ();
}

static void
assert_criterion (const SideReadyScript *ready,
                  const SideCriterion   *criterion)
{
  gboolean full = FALSE, partly = FALSE, none = FALSE;

  assert_words (criterion->text, ready->language, ready->name, "criterion");
  assert_words (criterion->hint, ready->language, ready->name, "hint");
  for (guint i = 0; i < criterion->causes->len; i++)
    assert_words (g_ptr_array_index (criterion->causes, i), ready->language, ready->name, "cause");
  for (guint i = 0; i < criterion->exemplars->len; i++)
    {
      const SideExemplar *exemplar = g_ptr_array_index (criterion->exemplars, i);

      assert_words (exemplar->text, ready->language, ready->name, "exemplar");
      g_assert_null (exemplar->call);
      full = full || exemplar->value >= 1;
      none = none || exemplar->value <= 0;
      partly = partly || (exemplar->value > 0 && exemplar->value < 1);
    }
  g_assert_true (full && none);
  g_assert_cmpint (partly, ==, criterion->answers != SIDE_ANSWERS_YES_NO);
}

static void
assert_texts (const SideReadyScript *ready,
              const SideScript      *script)
{
  assert_words (script->title, ready->language, ready->name, "title");
  assert_words (ready->about, ready->language, ready->name, "about");
  g_assert_cmpstr (script->language, ==, ready->language);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      assert_words (section->title, ready->language, ready->name, "section");
      for (guint k = 0; k < section->criteria->len; k++)
        assert_criterion (ready, g_ptr_array_index (section->criteria, k));
    }
  for (guint i = 0; i < script->steps->len; i++)
    {
      const SideStep *step = g_ptr_array_index (script->steps, i);

      assert_words (step->title, ready->language, ready->name, "step");
      g_assert_true (step->say != NULL || step->hint != NULL);
      if (step->say != NULL)
        assert_words (step->say, ready->language, ready->name, "say");
      if (step->hint != NULL)
        assert_words (step->hint, ready->language, ready->name, "step's hint");
      for (guint k = 0; k < step->branches->len; k++)
        {
          const SideBranch *branch = g_ptr_array_index (step->branches, k);

          if (branch->when != NULL)
            assert_words (branch->when, ready->language, ready->name, "branch");
        }
    }
}

static void
test_texts (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (GPtrArray) list = side_ready_scripts_list (languages[l]);

      g_assert_cmpuint (list->len, ==, 9);
      for (guint i = 0; i < list->len; i++)
        {
          const SideReadyScript *ready = g_ptr_array_index (list, i);
          g_autoptr (SideScript) script = load (ready);

          assert_texts (ready, script);
          g_assert_cmpuint (ready->n_criteria, ==, side_script_count_criteria (script));
          g_assert_cmpuint (ready->n_criteria, >=, 8);
          g_assert_cmpuint (ready->n_criteria, <=, 20);
          g_assert_cmpuint (script->sections->len, >=, 3);
          g_assert_cmpuint (script->sections->len, <=, 6);
          g_assert_cmpuint (ready->n_steps, ==, script->steps->len);
          g_assert_cmpuint (ready->n_steps, >, 3);
        }
    }
}

/* What the checker would tell whoever takes one of them over. */
static void
test_checked (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (GPtrArray) list = side_ready_scripts_list (languages[l]);

      for (guint i = 0; i < list->len; i++)
        {
          const SideReadyScript *ready = g_ptr_array_index (list, i);
          g_autoptr (SideScript) script = load (ready);
          g_autoptr (GPtrArray) findings = side_script_check (script);

          g_assert_cmpfloat_with_epsilon (side_script_total_weight (script), 100, 1e-9);
          for (guint k = 0; k < findings->len; k++)
            {
              const SideScriptFinding *finding = g_ptr_array_index (findings, k);

              g_test_message ("%s.%s: %s %s: section %s, criterion %s, step %s, other %s, %g", ready->name, ready->language,
                              side_severity_to_string (finding->severity), side_script_fault_to_string (finding->code), finding->section,
                              finding->criterion, finding->step, finding->other, finding->number);
              g_assert_cmpint ((int) finding->severity, ==, SIDE_SEVERITY_HINT);
            }
        }
    }
}

static void
assert_same_criterion (const SideCriterion *a,
                       const SideCriterion *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint ((int) a->answers, ==, (int) b->answers);
  g_assert_cmpint (a->scale_max, ==, b->scale_max);
  g_assert_cmpfloat (a->weight, ==, b->weight);
  g_assert_cmpint (a->allow_na, ==, b->allow_na);
  g_assert_cmpint ((int) a->critical, ==, (int) b->critical);
  g_assert_cmpint (a->bonus, ==, b->bonus);
  g_assert_cmpint ((int) a->comment, ==, (int) b->comment);
  g_assert_cmpuint (a->causes->len, ==, b->causes->len);
  g_assert_cmpuint (a->exemplars->len, ==, b->exemplars->len);
  g_assert_cmpstr (a->only_if, ==, b->only_if);
  g_assert_cmpfloat (a->only_low, ==, b->only_low);
  g_assert_cmpfloat (a->only_high, ==, b->only_high);
}

static void
assert_same_steps (const SideScript *a,
                   const SideScript *b)
{
  g_assert_cmpuint (a->steps->len, ==, b->steps->len);
  for (guint i = 0; i < a->steps->len; i++)
    {
      const SideStep *one = g_ptr_array_index (a->steps, i);
      const SideStep *two = g_ptr_array_index (b->steps, i);

      g_assert_cmpstr (one->id, ==, two->id);
      g_assert_cmpstr (one->section, ==, two->section);
      g_assert_cmpint (one->say != NULL, ==, two->say != NULL);
      g_assert_cmpuint (one->branches->len, ==, two->branches->len);
      for (guint k = 0; k < one->branches->len; k++)
        g_assert_cmpstr (((const SideBranch *) g_ptr_array_index (one->branches, k))->step, ==,
                         ((const SideBranch *) g_ptr_array_index (two->branches, k))->step);
    }
}

static void
test_languages (void)
{
  g_autoptr (GPtrArray) english = side_ready_scripts_list ("en");
  g_autoptr (GPtrArray) russian = side_ready_scripts_list ("ru_RU.UTF-8");

  g_assert_cmpuint (english->len, ==, russian->len);
  for (guint i = 0; i < english->len; i++)
    {
      const SideReadyScript *one = g_ptr_array_index (english, i);
      const SideReadyScript *two = g_ptr_array_index (russian, i);
      g_autoptr (SideScript) a = load (one);
      g_autoptr (SideScript) b = load (two);

      g_assert_cmpstr (one->name, ==, two->name);
      g_assert_cmpint ((int) one->purpose, ==, (int) two->purpose);
      g_assert_cmpint (a->above_100, ==, b->above_100);
      g_assert_cmpuint (a->sections->len, ==, b->sections->len);
      for (guint k = 0; k < a->sections->len; k++)
        {
          const SideSection *of_a = g_ptr_array_index (a->sections, k);
          const SideSection *of_b = g_ptr_array_index (b->sections, k);

          g_assert_cmpstr (of_a->id, ==, of_b->id);
          g_assert_cmpuint (of_a->criteria->len, ==, of_b->criteria->len);
          for (guint m = 0; m < of_a->criteria->len; m++)
            assert_same_criterion (g_ptr_array_index (of_a->criteria, m), g_ptr_array_index (of_b->criteria, m));
        }
      assert_same_steps (a, b);
    }
}

/* A draft of the user's own, each time a new one. */
static void
test_taken_over (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) one = side_ready_script_load ("delivery", "ru", "tea", &error);
  g_autoptr (SideScript) two = side_ready_script_load ("delivery", "de_DE", "oak", &error);
  g_autoptr (SideScript) vendors = side_ready_script_load ("call-centre", "en", "tea", &error);
  g_autoptr (SideScript) trial = side_ready_script_load ("test-calls", "en", "tea", &error);

  g_assert_no_error (error);
  g_assert_cmpint ((int) one->state, ==, SIDE_SCRIPT_DRAFT);
  g_assert_cmpint (one->version, ==, 1);
  g_assert_cmpstr (one->project, ==, "tea");
  g_assert_true (side_id_is_valid (one->id) && side_id_is_valid (one->script));
  g_assert_cmpstr (one->id, !=, one->script);
  g_assert_cmpstr (one->id, !=, two->id);
  g_assert_cmpstr (one->script, !=, two->script);
  g_assert_null (one->note);
  g_assert_cmpuint (one->queues->len, ==, 0);
  g_assert_cmpstr (two->language, ==, "en");
  g_assert_cmpint ((int) one->purpose, ==, SIDE_SCRIPT_FOR_CALLS);
  g_assert_cmpint ((int) vendors->purpose, ==, SIDE_SCRIPT_FOR_VENDORS);
  g_assert_cmpint ((int) trial->purpose, ==, SIDE_SCRIPT_FOR_TEST_CALLS);
  g_assert_null (side_ready_script_load ("no-such", "en", "tea", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

/* Whether @b has all that @a has; a number is the same as 4 and as 4.0. */
static gboolean
holds (JsonNode *a,
       JsonNode *b)
{
  if (JSON_NODE_TYPE (a) != JSON_NODE_TYPE (b))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (a))
    {
      JsonArray *of_a = json_node_get_array (a);
      JsonArray *of_b = json_node_get_array (b);

      if (json_array_get_length (of_a) != json_array_get_length (of_b))
        return FALSE;
      for (guint i = 0; i < json_array_get_length (of_a); i++)
        if (!holds (json_array_get_element (of_a, i), json_array_get_element (of_b, i)))
          return FALSE;
      return TRUE;
    }
  if (JSON_NODE_HOLDS_OBJECT (a))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (a));

      for (GList *l = names; l != NULL; l = l->next)
        {
          JsonNode *other = json_object_get_member (json_node_get_object (b), l->data);

          if (other == NULL || !holds (json_object_get_member (json_node_get_object (a), l->data), other))
            {
              g_test_message ("“%s” is not the same", (const char *) l->data);
              return FALSE;
            }
        }
      return TRUE;
    }
  if (json_node_get_value_type (a) == G_TYPE_STRING)
    return g_strcmp0 (json_node_get_string (a), json_node_get_string (b)) == 0;
  if (json_node_get_value_type (a) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (a) == json_node_get_boolean (b);
  return json_node_get_double (a) == json_node_get_double (b);
}

/* A misspelt member would be passed over in silence. */
static void
test_all_of_it_is_read (void)
{
  g_autoptr (GPtrArray) list = side_ready_scripts_list ("en");

  for (guint i = 0; i < list->len; i++)
    for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
      {
        const SideReadyScript *ready = g_ptr_array_index (list, i);
        g_autofree char *path = g_strdup_printf ("/org/sidetone/scripts/%s.%s.json", ready->name, languages[l]);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
        g_autoptr (SideScript) script = NULL;
        g_autoptr (JsonNode) read = NULL;
        g_autoptr (JsonNode) written = NULL;
        g_autofree char *text = NULL;

        g_assert_no_error (error);
        read = json_from_string (g_bytes_get_data (bytes, NULL), &error);
        g_assert_no_error (error);
        script = side_wire_script_from_json (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
        g_assert_no_error (error);
        text = side_wire_script_to_json (script);
        written = json_from_string (text, &error);
        g_assert_no_error (error);
        g_test_message ("%s", path);
        g_assert_true (holds (read, written));
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ready-scripts/texts", test_texts);
  g_test_add_func ("/ready-scripts/checked", test_checked);
  g_test_add_func ("/ready-scripts/languages", test_languages);
  g_test_add_func ("/ready-scripts/taken-over", test_taken_over);
  g_test_add_func ("/ready-scripts/all-of-it-is-read", test_all_of_it_is_read);
  return g_test_run ();
}
