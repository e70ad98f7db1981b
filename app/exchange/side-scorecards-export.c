/* side-scorecards-export.c - scorecards side by side, as a table or as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is CSV as RFC 4180 has it, in UTF-8 with a byte order mark, a row a
 * scorecard; the JSON is docs/schemas/scorecards-export.json. Numbers have a
 * point and days are ISO 8601 in every locale.
 */
#include "side-scorecards-export.h"

#include <math.h>

#include "side-csv.h"
#include "side-members-private.h"
#include "side-score.h"
#include "side-time.h"

#define BYTE_ORDER_MARK "\357\273\277"

/* "2026-11-22", in the project's zone */
static char *
day_of (const SideProject   *project,
        const SideScorecard *card)
{
  g_autoptr (GDateTime) at = card->at_ms != 0 ? side_time_to_local (project->time_zone, card->at_ms) : NULL;

  return at != NULL ? g_date_time_format (at, "%Y-%m-%d") : NULL;
}

static void
append_number (GString *out,
               double   value)
{
  side_csv_append_number (out, "%.10g", value);
}

static void
append_head (GString          *out,
             const SideScript *script)
{
  g_string_append (out, BYTE_ORDER_MARK "subject,date,author,script_version,score,would_be,answered,total");
  for (guint i = 0; i < script->sections->len; i++)
    side_csv_append (out, ((const SideSection *) script->sections->pdata[i])->title);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint k = 0; k < section->criteria->len; k++)
        side_csv_append (out, ((const SideCriterion *) section->criteria->pdata[k])->text);
    }
  g_string_append (out, ",comment\r\n");
}

static void
append_answers (GString             *out,
                const SideScript    *script,
                const SideScorecard *card)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint k = 0; k < section->criteria->len; k++)
        {
          double value = side_review_get_answer (card->review, ((const SideCriterion *) section->criteria->pdata[k])->id);

          if (value == SIDE_ANSWER_NA)
            g_string_append (out, ",na");
          else
            append_number (out, value == SIDE_ANSWER_NONE ? NAN : value);
        }
    }
}

/**
 * side_scorecards_to_csv:
 * @project: whose they are
 * @script: what all of them were scored with, its version that names the columns
 * @cards: (element-type SideScorecard): scorecards
 *
 * Scores are 0 to 100, answers shares of a full mark, "na" what does not apply.
 *
 * Returns: (transfer full): a table with a row a scorecard
 */
char *
side_scorecards_to_csv (const SideProject *project,
                        const SideScript  *script,
                        GPtrArray         *cards)
{
  GString *out = g_string_new (NULL);

  append_head (out, script);
  for (guint i = 0; i < cards->len; i++)
    {
      const SideScorecard *card = cards->pdata[i];
      g_autofree char *day = day_of (project, card);
      SideScore score;

      side_score_compute (script, card->review, &score);
      side_csv_append_cell (out, card->subject);
      side_csv_append (out, day);
      side_csv_append (out, card->review->reviewer);
      g_string_append_printf (out, ",%d", card->review->script_version);
      append_number (out, score.score);
      append_number (out, score.would_be);
      g_string_append_printf (out, ",%u,%u", score.answered, score.total);
      for (guint k = 0; k < script->sections->len; k++)
        {
          side_score_section (script, script->sections->pdata[k], card->review, &score);
          append_number (out, score.score);
        }
      append_answers (out, script, card);
      side_csv_append (out, card->review->comment);
      g_string_append (out, "\r\n");
    }
  return g_string_free (out, FALSE);
}

static void
add_sections (JsonBuilder         *builder,
              const SideScript    *script,
              const SideScorecard *card)
{
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];
      SideScore score;

      side_score_section (script, section, card->review, &score);
      json_builder_begin_object (builder);
      _side_member_text (builder, "id", section->id);
      _side_member_text (builder, "title", section->title);
      _side_member_number (builder, "score", score.score);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_answers (JsonBuilder         *builder,
             const SideScript    *script,
             const SideScorecard *card)
{
  json_builder_set_member_name (builder, "answers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < card->review->answers->len; i++)
    {
      const SideAnswer *answer = card->review->answers->pdata[i];
      const SideCriterion *criterion = side_script_find_criterion (script, answer->criterion);

      json_builder_begin_object (builder);
      _side_member_text (builder, "criterion", answer->criterion);
      _side_member_text (builder, "text", criterion != NULL ? criterion->text : NULL);
      _side_member_number (builder, "value", answer->value >= 0 ? answer->value : NAN);
      _side_member_flag (builder, "na", answer->value == SIDE_ANSWER_NA);
      _side_member_text (builder, "comment", answer->comment);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_card (JsonBuilder         *builder,
          const SideProject   *project,
          const SideScript    *script,
          const SideScorecard *card)
{
  g_autofree char *day = day_of (project, card);
  SideScore score;

  side_score_compute (script, card->review, &score);
  json_builder_begin_object (builder);
  _side_member_text (builder, "id", card->review->id);
  _side_member_text (builder, "subject", card->subject);
  _side_member_text (builder, "date", day);
  _side_member_text (builder, "author", card->review->reviewer);
  _side_member_int (builder, "script_version", card->review->script_version);
  _side_member_number (builder, "score", score.score);
  _side_member_number (builder, "would_be", score.would_be);
  add_sections (builder, script, card);
  add_answers (builder, script, card);
  _side_member_text (builder, "comment", card->review->comment);
  json_builder_end_object (builder);
}

/**
 * side_scorecards_to_json:
 * @project: whose they are
 * @script: what all of them were scored with
 * @cards: (element-type SideScorecard): scorecards
 *
 * Returns: (transfer full): docs/schemas/scorecards-export.json
 */
char *
side_scorecards_to_json (const SideProject *project,
                         const SideScript  *script,
                         GPtrArray         *cards)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  _side_member_text (builder, "project", project->id);
  _side_member_text (builder, "script", script->id);
  _side_member_text (builder, "script_title", script->title);
  json_builder_set_member_name (builder, "scorecards");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cards->len; i++)
    add_card (builder, project, script, cards->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
