/* side-reviews-json.c - finished reviews as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One document of docs/schemas/reviews-export.json, a line a review. Instants
 * are milliseconds since 1970 UTC, and the call's local time beside them.
 */
#include "side-reviews-export-private.h"

#include <math.h>
#include <string.h>

#include "side-members-private.h"

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* The beginning of the document, up to the list of reviews. */
void
_side_reviews_json_begin (SideReviewsExport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *head = NULL;

  json_builder_begin_object (builder);
  _side_member_text (builder, "project", self->project->id);
  _side_member_text (builder, "time_zone", self->project->time_zone_name);
  if (self->from_ms != 0)
    _side_member_int (builder, "from_ms", self->from_ms);
  if (self->to_ms != 0)
    _side_member_int (builder, "to_ms", self->to_ms);
  json_builder_end_object (builder);
  head = to_text (builder);
  /* The object goes on with what is added. */
  g_string_append_len (self->out, head, (gssize) strlen (head) - 1);
  g_string_append (self->out, ",\"reviews\":[");
}

static void
add_call (const SideReviewsExport *self,
          JsonBuilder             *builder,
          const SideReviewsEntry  *entry)
{
  g_autofree char *joined = NULL;

  _side_member_text (builder, "call", entry->review->call);
  if (entry->call == NULL)
    return;
  _side_member_text (builder, "queue", entry->call->queue);
  _side_member_text (builder, "operator", entry->call->operator_id);
  _side_member_text (builder, "operator_name", entry->operator_name);
  if (entry->call->joined_ms == 0)
    return;
  joined = _side_reviews_local_time (self, entry->call->joined_ms);
  _side_member_int (builder, "joined_ms", entry->call->joined_ms);
  _side_member_text (builder, "joined", joined);
}

static void
add_life (JsonBuilder            *builder,
          const SideReviewsEntry *entry)
{
  const SideReview *review = entry->review;

  _side_member_text (builder, "reviewer", review->reviewer);
  _side_member_text (builder, "selection", side_selection_to_string (side_review_get_counted (review)));
  _side_member_text (builder, "plan", review->plan);
  _side_member_flag (builder, "counts", entry->counts);
  if (review->started_ms != 0)
    _side_member_int (builder, "started_ms", review->started_ms);
  _side_member_int (builder, "finished_ms", review->finished_ms);
  _side_member_int (builder, "revision", review->revision);
  _side_member_text (builder, "reason", review->reason);
  _side_member_number (builder, "heard", review->heard >= 0 ? review->heard : NAN);
  _side_member_text (builder, "comment", review->comment);
}

static void
add_score (JsonBuilder            *builder,
           const SideReviewsEntry *entry,
           const SideScore        *score)
{
  g_autoptr (GPtrArray) failed = _side_reviews_failed (entry);

  _side_member_number (builder, "score", score->score);
  _side_member_number (builder, "would_be", score->would_be);
  json_builder_set_member_name (builder, "failed_critical");
  json_builder_begin_array (builder);
  for (guint i = 0; i < failed->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (failed, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_array (builder);
  for (guint i = 0; entry->script != NULL && i < entry->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (entry->script->sections, i);
      SideScore of_section;

      side_score_section (entry->script, section, entry->review, &of_section);
      json_builder_begin_object (builder);
      _side_member_text (builder, "id", section->id);
      _side_member_text (builder, "title", section->title);
      _side_member_number (builder, "score", of_section.score);
      _side_member_number (builder, "would_be", of_section.would_be);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_answer (JsonBuilder            *builder,
            const SideReviewsEntry *entry,
            const SideAnswer       *answer)
{
  g_autofree char *said = NULL;
  SideReviewsAnswer judged;

  _side_reviews_judge (entry, answer, &judged);
  said = _side_reviews_say_answer (&judged);
  json_builder_begin_object (builder);
  _side_member_text (builder, "criterion", answer->criterion);
  if (judged.criterion != NULL)
    {
      _side_member_text (builder, "section", judged.section->id);
      _side_member_text (builder, "text", judged.criterion->text);
      _side_member_number (builder, "weight", judged.criterion->weight);
      _side_member_flag (builder, "applies", judged.applies);
    }
  _side_member_text (builder, "answer", said);
  _side_member_number (builder, "value", answer->value >= 0 ? answer->value : NAN);
  _side_member_number (builder, "points", judged.points);
  if (answer->cause != SIDE_CAUSE_NONE)
    _side_member_text (builder, "cause", side_cause_to_string (answer->cause));
  _side_member_text (builder, "detail", answer->detail);
  _side_member_text (builder, "comment", answer->comment);
  if (answer->position_ms >= 0)
    _side_member_int (builder, "position_ms", answer->position_ms);
  if (answer->to_ms >= 0)
    _side_member_int (builder, "to_ms", answer->to_ms);
  json_builder_end_object (builder);
}

/* One review, on a line of its own. */
void
_side_reviews_json_add (SideReviewsExport      *self,
                        const SideReviewsEntry *entry,
                        const SideScore        *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  _side_member_text (builder, "id", entry->review->id);
  add_call (self, builder, entry);
  _side_member_text (builder, "script", entry->review->script);
  _side_member_int (builder, "script_version", entry->review->script_version);
  if (entry->script != NULL)
    _side_member_text (builder, "script_title", entry->script->title);
  add_life (builder, entry);
  add_score (builder, entry, score);
  json_builder_set_member_name (builder, "answers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->review->answers->len; i++)
    add_answer (builder, entry, g_ptr_array_index (entry->review->answers, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  text = to_text (builder);
  g_string_append (self->out, self->n > 0 ? ",\n" : "\n");
  g_string_append (self->out, text);
}

/* The end of the document. */
void
_side_reviews_json_end (SideReviewsExport *self,
                        gboolean           complete)
{
  g_string_append_printf (self->out, "],\"count\":%u,\"complete\":%s}\n", self->n, complete ? "true" : "false");
}
