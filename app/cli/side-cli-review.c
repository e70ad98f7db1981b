/* side-cli-review.c - what the answers of a review come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a script and the answers to it, either as a review that was exported or
 * as a person writes them: "yes", "partly", "no", "na", or points of a scale.
 */
#include <math.h>
#include <string.h>

#include "side-cli.h"
#include "side-score.h"
#include "side-wire.h"

#define NO_VALUE (-3.0)

static gboolean
refuse (GError     **error,
        const char  *criterion,
        const char  *words)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "criterion “%.60s”: %s", criterion, words);
  return FALSE;
}

static gboolean
read_word (const SideCriterion  *criterion,
           const char           *word,
           double               *value,
           GError              **error)
{
  static const struct { const char *word; double value; } words[] = {
    { "yes", 1 }, { "no", 0 }, { "partly", 0.5 }, { "na", SIDE_ANSWER_NA },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      {
        *value = words[i].value;
        return TRUE;
      }
  return refuse (error, criterion->id, "an answer is yes, partly, no, na or a number");
}

/* A number is points where the criterion has a scale, else a share of a full mark. */
static gboolean
read_plain (const SideCriterion  *criterion,
            JsonNode             *node,
            double               *value,
            GError              **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (JSON_NODE_HOLDS_NULL (node))
    *value = SIDE_ANSWER_NA;
  else if (type == G_TYPE_STRING)
    return read_word (criterion, json_node_get_string (node), value, error);
  else if (type == G_TYPE_BOOLEAN)
    *value = json_node_get_boolean (node) ? 1 : 0;
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_INT64)
    {
      double full = criterion->answers == SIDE_ANSWERS_SCALE ? criterion->scale_max : 1;

      *value = json_node_get_double (node) / full;
      if (!(*value >= 0 && *value <= 1))
        return refuse (error, criterion->id, "the number is not from 0 to a full mark");
    }
  else
    return refuse (error, criterion->id, "an answer is yes, partly, no, na or a number");
  return TRUE;
}

/* Whether the form offers that answer. */
static gboolean
check_answer (const SideCriterion  *criterion,
              double                value,
              GError              **error)
{
  if (value == SIDE_ANSWER_NA)
    return criterion->allow_na || refuse (error, criterion->id, "“not applicable” is not allowed");
  if (criterion->answers == SIDE_ANSWERS_YES_NO && value != 0 && value != 1)
    return refuse (error, criterion->id, "the answer is yes or no");
  if (criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO && value != 0 && value != 0.5 && value != 1)
    return refuse (error, criterion->id, "the answer is yes, partly or no");
  if (criterion->answers == SIDE_ANSWERS_SCALE && fabs (value * criterion->scale_max - round (value * criterion->scale_max)) > 1e-9)
    return refuse (error, criterion->id, "the points are not a whole number");
  return TRUE;
}

static gboolean
take_answer (SideReview        *review,
             const SideScript  *script,
             const char        *id,
             JsonNode          *plain,
             double             value,
             GError           **error)
{
  const SideCriterion *criterion = side_script_find_criterion (script, id);

  if (criterion == NULL)
    return refuse (error, id, "the script has none of that name");
  if (side_review_find_answer (review, id) != NULL)
    return refuse (error, id, "it is answered twice");
  if ((plain != NULL && !read_plain (criterion, plain, &value, error)) || !check_answer (criterion, value, error))
    return FALSE;
  side_review_set_answer (review, id, value, 0, -1);
  return TRUE;
}

/* {"greeting": "yes", "order": {…}}: by the criteria's ids. */
static gboolean
read_by_name (SideReview        *review,
              const SideScript  *script,
              JsonObject        *answers,
              GError           **error)
{
  g_autoptr (GList) names = json_object_get_members (answers);

  for (GList *l = names; l != NULL; l = l->next)
    if (!take_answer (review, script, l->data, json_object_get_member (answers, l->data), 0, error))
      return FALSE;
  return TRUE;
}

/* A word that stands where a number should is no answer of 0. */
static double
read_value (JsonNode *node)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NO_VALUE;
}

/* A review as it was exported, of this script or of an older version of it. */
static gboolean
read_exported (SideReview        *review,
               const SideScript  *script,
               JsonArray         *answers,
               GError           **error)
{
  for (guint i = 0; i < json_array_get_length (answers); i++)
    {
      JsonNode *each = json_array_get_element (answers, i);
      JsonObject *answer = JSON_NODE_HOLDS_OBJECT (each) ? json_node_get_object (each) : NULL;
      const char *id = answer != NULL ? json_object_get_string_member_with_default (answer, "criterion", NULL) : NULL;
      gboolean na = answer != NULL && json_object_get_boolean_member_with_default (answer, "na", FALSE);
      double value = answer != NULL ? read_value (json_object_get_member (answer, "value")) : NO_VALUE;

      if (id == NULL || (!na && !(value >= 0 && value <= 1)))
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "answer %u has no criterion, or no value from 0 to 1", i + 1);
          return FALSE;
        }
      if (!take_answer (review, script, id, NULL, na ? SIDE_ANSWER_NA : value, error))
        return FALSE;
    }
  return TRUE;
}

static char *
read_text (const char  *path,
           gsize       *len,
           GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);

  if (bytes == NULL)
    return NULL;
  *len = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

/* What old answers come to under another version may be what is asked for, or a mistake. */
static void
tell_other_version (const char       *path,
                    JsonObject       *object,
                    const SideScript *script)
{
  JsonNode *told = json_object_get_member (object, "script_version");
  double version = read_value (told);
  JsonNode *id = json_object_get_member (object, "script");

  if (id != NULL && JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING && script->id != NULL
      && !g_str_equal (json_node_get_string (id), script->id))
    side_cli_warn ("%s: these are answers to another script", path);
  else if (told != NULL && version == NO_VALUE)
    side_cli_warn ("%s: “script_version” is not a number, so nobody knows which version these are answers to; they are scored under version %d",
                   path, script->version);
  else if (version != NO_VALUE && version != script->version)
    side_cli_warn ("%s: these are answers to version %.0f of the script; they are scored under version %d", path, version, script->version);
}

static SideReview *
read_answers (const char        *path,
              const SideScript  *script,
              GError           **error)
{
  gsize len;
  g_autofree char *text = read_text (path, &len, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (SideReview) review = side_review_new (NULL, script->project, NULL, script->id, script->version);
  JsonObject *object;
  JsonNode *answers;
  gboolean read;

  if (text == NULL)
    return NULL;
  node = side_wire_parse_once (text, (gssize) len, SIDE_WIRE_MAX_REQUEST, error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (node != NULL)
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the answers are not a JSON object");
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  object = json_node_get_object (node);
  answers = json_object_get_member (object, "answers");
  if (answers != NULL && JSON_NODE_HOLDS_ARRAY (answers))
    read = read_exported (review, script, json_node_get_array (answers), error);
  else
    read = read_by_name (review, script, answers != NULL && JSON_NODE_HOLDS_OBJECT (answers) ? json_node_get_object (answers) : object, error);
  if (!read)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  tell_other_version (path, object, script);
  return g_steal_pointer (&review);
}

/* ---- telling ---- */

static void
add_score (JsonBuilder     *builder,
           const SideScore *score)
{
  side_cli_add_number (builder, "score", score->score);
  side_cli_add_number (builder, "would_be", score->would_be);
  side_cli_add_number (builder, "answered", score->answered);
  side_cli_add_number (builder, "total", score->total);
}

static gboolean
has_failed (const SideScript    *script,
            const SideReview    *review,
            const SideCriterion *criterion)
{
  double answer = side_review_get_answer (review, criterion->id);

  return criterion->critical != SIDE_CRITICAL_NO && answer == 0 && side_score_applies (script, review, criterion);
}

static void
add_failed (JsonBuilder      *builder,
            const SideScript *script,
            const SideReview *review)
{
  json_builder_set_member_name (builder, "failed_critical");
  json_builder_begin_array (builder);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (has_failed (script, review, g_ptr_array_index (section->criteria, k)))
          json_builder_add_string_value (builder, ((const SideCriterion *) g_ptr_array_index (section->criteria, k))->id);
    }
  json_builder_end_array (builder);
}

static void
tell_json (const SideScript *script,
           const SideReview *review,
           const SideScore  *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "script", script->id);
  side_cli_add_number (builder, "version", script->version);
  add_score (builder, score);
  add_failed (builder, script, review);
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);
      SideScore of_section;

      side_score_section (script, section, review, &of_section);
      json_builder_begin_object (builder);
      side_cli_add_text (builder, "id", section->id);
      side_cli_add_text (builder, "title", section->title);
      add_score (builder, &of_section);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_score (const char      *title,
             const SideScore *score)
{
  g_autofree char *plain = side_cli_plain (title);

  if (isnan (score->score))
    g_print ("%-32s –       %u of %u answered\n", plain, score->answered, score->total);
  else if (score->critical_failed)
    g_print ("%-32s %5.1f   %u of %u answered; a critical criterion failed, without it %.1f\n", plain, score->score, score->answered,
             score->total, score->would_be);
  else
    g_print ("%-32s %5.1f   %u of %u answered\n", plain, score->score, score->answered, score->total);
}

/**
 * side_cli_review_score:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_review_score (SideCli  *cli,
                       int       argc,
                       char    **argv)
{
  static const SideCliHelp help = { "SCRIPT.json ANSWERS.json", "What the answers to a script come to", 2, FALSE };
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (SideScript) script = NULL;
  g_autoptr (SideReview) review = NULL;
  g_autoptr (GError) error = NULL;
  SideScore score;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  script = side_cli_read_script (argv[1], NULL, &error);
  review = script != NULL ? read_answers (argv[2], script, &error) : NULL;
  if (review == NULL)
    return side_cli_fail (cli, error);
  side_score_compute (script, review, &score);
  if (cli->json)
    {
      tell_json (script, review, &score);
      return SIDE_CLI_OK;
    }
  print_score (script->title, &score);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);
      SideScore of_section;

      side_score_section (script, section, review, &of_section);
      print_score (section->title, &of_section);
    }
  return SIDE_CLI_OK;
}
