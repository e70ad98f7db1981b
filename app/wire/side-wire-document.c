/* side-wire-document.c - documents, whose bodies are JSON themselves
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The envelope is the server's business, the body its author's: a body is
 * carried as it is, with members a newer app put there.
 */
#include "side-wire-private.h"

#include <string.h>

#include "side-json-guard.h"
#include "side-text.h"

/* A body stands one object deep in its envelope, and two in the feed. */
#define BODY_DEPTH (SIDE_WIRE_MAX_DEPTH - 4)

static gboolean
is_json_object (const char *text)
{
  gsize len = strlen (text);

  return side_json_guard (text, len, BODY_DEPTH, len, NULL) && text[strspn (text, " \t\r\n")] == '{';
}

/**
 * side_wire_append_document:
 * @out: the text it is written at the end of
 * @document: a document; a body that is not a JSON object is left out
 *
 * Writes a comma first where one is due.
 */
void
side_wire_append_document (GString            *out,
                           const SideDocument *document)
{
  side_json_open (out, NULL, '{');
  side_json_string_maybe (out, "kind", document->kind);
  side_json_string_maybe (out, "id", document->id);
  side_json_string_maybe (out, "project", document->project);
  side_json_string_maybe (out, "call", document->call);
  side_json_int_maybe (out, "revision", document->revision);
  side_json_int_maybe (out, "change", document->change);
  side_json_int_maybe (out, "changed_ms", document->changed_ms);
  side_json_string_maybe (out, "author", document->author);
  if (document->deleted)
    side_json_boolean (out, "deleted", TRUE);
  if (!document->deleted && document->body != NULL && is_json_object (document->body))
    {
      side_json_name (out, "body");
      g_string_append (out, document->body);
    }
  side_json_close (out, '}');
}

/**
 * side_wire_document_to_json:
 * @document: a document
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_document_to_json (const SideDocument *document)
{
  GString *out = g_string_new (NULL);

  side_wire_append_document (out, document);
  return _side_wire_take (out);
}

static gboolean
read_envelope (SideDocument  *document,
               JsonObject    *object,
               GError       **error)
{
  if (!side_json_read_string (object, "kind", &document->kind, error)
      || !side_json_read_string (object, "id", &document->id, error)
      || !side_json_read_string (object, "project", &document->project, error)
      || !side_json_read_string (object, "call", &document->call, error)
      || !side_json_read_int64 (object, "revision", 0, &document->revision, error)
      || !side_json_read_int64 (object, "change", 0, &document->change, error)
      || !side_json_read_ms (object, "changed_ms", 0, &document->changed_ms, error)
      || !side_json_read_string (object, "author", &document->author, error)
      || !side_json_read_boolean (object, "deleted", &document->deleted, error)
      || !side_json_need (document->kind != NULL, "kind", error)
      || !side_json_need (document->project != NULL, "project", error))
    return FALSE;
  if (side_id_is_valid (document->id))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"id\" is not a UUID");
  return FALSE;
}

/**
 * side_wire_document_from_node:
 * @node: what should be a document
 * @error: SIDE_ERROR_INVALID
 *
 * A kind of a newer peer is no error here; side_document_kind_is_valid() tells.
 *
 * Returns: (transfer full): the document
 */
SideDocument *
side_wire_document_from_node (JsonNode  *node,
                              GError   **error)
{
  JsonObject *object = side_json_as_object (node, "document", error);
  g_autoptr (SideDocument) document = NULL;
  JsonNode *body = NULL;

  if (object == NULL)
    return NULL;
  document = side_document_new (NULL, NULL, NULL);
  if (!read_envelope (document, object, error)
      || !side_json_read_object (object, "body", &body, error)
      || !side_json_need (body != NULL || document->deleted, "body", error))
    return NULL;
  if (!document->deleted)
    document->body = json_to_string (body, FALSE);
  return g_steal_pointer (&document);
}

/**
 * side_wire_document_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the document
 */
SideDocument *
side_wire_document_from_json (const char  *text,
                              gssize       len,
                              GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? side_wire_document_from_node (node, error) : NULL;
}

static SideDocument *
wrap (const char *kind,
      const char *id,
      const char *project,
      const char *call,
      char       *body)
{
  SideDocument *document = side_document_new (kind, id, project);

  document->call = g_strdup (call);
  document->body = body;
  return document;
}

/**
 * side_wire_document_for_script:
 * @script: a script
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_script (const SideScript *script)
{
  return wrap ("script", script->id, script->project, NULL, side_wire_script_to_json (script));
}

/**
 * side_wire_document_for_draft:
 * @draft: a draft of a script
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_draft (const SideScript *draft)
{
  return wrap ("draft", draft->id, draft->project, NULL, side_wire_script_to_json (draft));
}

/**
 * side_wire_document_for_review:
 * @review: a review
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_review (const SideReview *review)
{
  return wrap ("review", review->id, review->project, review->call, side_wire_review_to_json (review));
}

/**
 * side_wire_document_for_calibration:
 * @calibration: a calibration
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_calibration (const SideCalibration *calibration)
{
  return wrap ("calibration", calibration->id, calibration->project, NULL, side_wire_calibration_to_json (calibration));
}

/**
 * side_wire_document_for_plan:
 * @plan: a plan
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_plan (const SidePlan *plan)
{
  return wrap ("plan", plan->id, plan->project, NULL, side_wire_plan_to_json (plan));
}

/**
 * side_wire_document_for_coaching:
 * @coaching: a note about an operator
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_coaching (const SideCoaching *coaching)
{
  return wrap ("coaching", coaching->id, coaching->project, NULL, side_wire_coaching_to_json (coaching));
}

/**
 * side_wire_document_for_scorecard:
 * @card: a scorecard
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_scorecard (const SideScorecard *card)
{
  return wrap ("scorecard", card->review->id, card->review->project, NULL, side_wire_scorecard_to_json (card));
}

/**
 * side_wire_document_for_scenario:
 * @scenario: a scenario of test calls
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_scenario (const SideScenario *scenario)
{
  return wrap ("scenario", scenario->id, scenario->project, NULL, side_wire_scenario_to_json (scenario));
}

/**
 * side_wire_document_for_test_call:
 * @call: a test call
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_test_call (const SideTestCall *call)
{
  return wrap ("test-call", call->review->id, call->review->project, call->call, side_wire_test_call_to_json (call));
}

/**
 * side_wire_document_for_campaign:
 * @campaign: a campaign of test calls
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_campaign (const SideCampaign *campaign)
{
  return wrap ("campaign", campaign->id, campaign->project, NULL, side_wire_campaign_to_json (campaign));
}

/**
 * side_wire_document_for_alert_rule:
 * @rule: a rule of alerts
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_alert_rule (const SideAlertRule *rule)
{
  return wrap ("alert-rule", rule->id, rule->project, NULL, side_wire_alert_rule_to_json (rule));
}

/**
 * side_wire_document_for_alert_act:
 * @act: what somebody did about an alert
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_alert_act (const SideAlertAct *act)
{
  return wrap ("alert-act", act->id, act->project, NULL, side_wire_alert_act_to_json (act));
}

/**
 * side_wire_document_for_annotation:
 * @annotation: an annotation
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_annotation (const SideAnnotation *annotation)
{
  return wrap ("annotation", annotation->id, annotation->project, annotation->call,
               side_wire_annotation_to_json (annotation));
}

/**
 * side_wire_document_for_tag:
 * @tag: a word of a vocabulary
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_tag (const SideTag *tag)
{
  return wrap ("tag", tag->id, tag->project, NULL, side_wire_tag_to_json (tag));
}

/**
 * side_wire_document_for_listening:
 * @listening: what one person heard
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_listening (const SideListening *listening)
{
  return wrap ("listening", listening->id, listening->project, listening->call,
               side_wire_listening_to_json (listening));
}

/**
 * side_wire_document_for_export:
 * @record: what was written to a file
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_export (const SideExportRecord *record)
{
  return wrap ("export", record->id, record->project, record->call, side_wire_export_to_json (record));
}

/**
 * side_wire_document_for_dispute:
 * @dispute: a dispute
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_dispute (const SideDispute *dispute)
{
  return wrap ("dispute", dispute->id, dispute->project, dispute->call, side_wire_dispute_to_json (dispute));
}

/**
 * side_wire_document_for_acknowledgement:
 * @acknowledgement: an acknowledgement
 *
 * Returns: (transfer full): a document that carries it, never sent yet
 */
SideDocument *
side_wire_document_for_acknowledgement (const SideAcknowledgement *acknowledgement)
{
  return wrap ("acknowledgement", acknowledgement->id, acknowledgement->project, acknowledgement->call,
               side_wire_acknowledgement_to_json (acknowledgement));
}

/* Whether what the body says of itself is what its envelope says. */
static gboolean
agrees (const SideDocument  *document,
        const char          *id,
        const char          *project,
        const char          *call,
        GError             **error)
{
  if (g_strcmp0 (document->id, id) == 0 && g_strcmp0 (document->project, project) == 0
      && g_strcmp0 (document->call, call) == 0)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "id, project or call of the body are not the document's");
  return FALSE;
}

static gboolean
check_script (const SideDocument  *document,
              GError             **error)
{
  g_autoptr (SideScript) script = side_wire_script_from_json (document->body, -1, error);

  if (script == NULL || !agrees (document, script->id, script->project, NULL, error))
    return FALSE;
  if (script->state != SIDE_SCRIPT_DRAFT)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a draft is no version of a script");
  return FALSE;
}

static gboolean
check_draft (const SideDocument  *document,
             GError             **error)
{
  g_autoptr (SideScript) draft = side_wire_script_from_json (document->body, -1, error);

  if (draft == NULL || !agrees (document, draft->id, draft->project, NULL, error))
    return FALSE;
  if (draft->state == SIDE_SCRIPT_DRAFT)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"state\" of a draft is \"draft\"");
  return FALSE;
}

static gboolean
check_review (const SideDocument  *document,
              GError             **error)
{
  g_autoptr (SideReview) review = side_wire_review_from_json (document->body, -1, error);

  return review != NULL && agrees (document, review->id, review->project, review->call, error);
}

static gboolean
check_calibration (const SideDocument  *document,
                   GError             **error)
{
  g_autoptr (SideCalibration) calibration = side_wire_calibration_from_json (document->body, -1, error);

  return calibration != NULL && agrees (document, calibration->id, calibration->project, NULL, error);
}

static gboolean
check_plan (const SideDocument  *document,
            GError             **error)
{
  g_autoptr (SidePlan) plan = side_wire_plan_from_json (document->body, -1, error);

  return plan != NULL && agrees (document, plan->id, plan->project, NULL, error);
}

static gboolean
check_coaching (const SideDocument  *document,
                GError             **error)
{
  g_autoptr (SideCoaching) coaching = side_wire_coaching_from_json (document->body, -1, error);

  return coaching != NULL && agrees (document, coaching->id, coaching->project, NULL, error);
}

static gboolean
check_annotation (const SideDocument  *document,
                  GError             **error)
{
  g_autoptr (SideAnnotation) annotation = side_wire_annotation_from_json (document->body, -1, error);

  return annotation != NULL
         && agrees (document, annotation->id, annotation->project, annotation->call, error);
}

static gboolean
check_tag (const SideDocument  *document,
           GError             **error)
{
  g_autoptr (SideTag) tag = side_wire_tag_from_json (document->body, -1, error);

  return tag != NULL && agrees (document, tag->id, tag->project, NULL, error);
}

static gboolean
check_listening (const SideDocument  *document,
                 GError             **error)
{
  g_autoptr (SideListening) listening = side_wire_listening_from_json (document->body, -1, error);

  return listening != NULL && agrees (document, listening->id, listening->project, listening->call, error);
}

static gboolean
check_export (const SideDocument  *document,
              GError             **error)
{
  g_autoptr (SideExportRecord) record = side_wire_export_from_json (document->body, -1, error);

  return record != NULL && agrees (document, record->id, record->project, record->call, error);
}

static gboolean
check_scorecard (const SideDocument  *document,
                 GError             **error)
{
  g_autoptr (SideScorecard) card = side_wire_scorecard_from_json (document->body, -1, error);

  return card != NULL && agrees (document, card->review->id, card->review->project, NULL, error);
}

static gboolean
check_scenario (const SideDocument  *document,
                GError             **error)
{
  g_autoptr (SideScenario) scenario = side_wire_scenario_from_json (document->body, -1, error);

  return scenario != NULL && agrees (document, scenario->id, scenario->project, NULL, error);
}

static gboolean
check_test_call (const SideDocument  *document,
                 GError             **error)
{
  g_autoptr (SideTestCall) call = side_wire_test_call_from_json (document->body, -1, error);

  return call != NULL && agrees (document, call->review->id, call->review->project, call->call, error);
}

static gboolean
check_campaign (const SideDocument  *document,
                GError             **error)
{
  g_autoptr (SideCampaign) campaign = side_wire_campaign_from_json (document->body, -1, error);

  return campaign != NULL && agrees (document, campaign->id, campaign->project, NULL, error);
}

static gboolean
check_alert_rule (const SideDocument  *document,
                  GError             **error)
{
  g_autoptr (SideAlertRule) rule = side_wire_alert_rule_from_json (document->body, -1, error);

  return rule != NULL && agrees (document, rule->id, rule->project, NULL, error);
}

static gboolean
check_alert_act (const SideDocument  *document,
                 GError             **error)
{
  g_autoptr (SideAlertAct) act = side_wire_alert_act_from_json (document->body, -1, error);

  return act != NULL && agrees (document, act->id, act->project, NULL, error);
}

static gboolean
check_dispute (const SideDocument  *document,
               GError             **error)
{
  g_autoptr (SideDispute) dispute = side_wire_dispute_from_json (document->body, -1, error);

  return dispute != NULL && agrees (document, dispute->id, dispute->project, dispute->call, error);
}

static gboolean
check_acknowledgement (const SideDocument  *document,
                       GError             **error)
{
  g_autoptr (SideAcknowledgement) acknowledgement = side_wire_acknowledgement_from_json (document->body, -1, error);

  return acknowledgement != NULL
         && agrees (document, acknowledgement->id, acknowledgement->project, acknowledgement->call, error);
}

/* A reader makes do without some members, because an older peer may have left
 * them out; what is new here has all that its schema asks for. */
static const struct {
  const char *kind;
  gboolean  (*check) (const SideDocument *document, GError **error);
  const char *needed[4];
} checks[] = {
  { "script", check_script, { "version", "sections" } },
  { "draft", check_draft, { "script", "version", "sections" } },
  { "review", check_review, { "script_version", "answers" } },
  { "calibration", check_calibration, { "script_version", "calls" } },
  { "plan", check_plan, { "items", "tasks" } },
  { "coaching", check_coaching, { "operator", "created_ms" } },
  { "scorecard", check_scorecard, { "script_version", "answers" } },
  { "scenario", check_scenario, { "version", "steps" } },
  { "test-call", check_test_call, { "number", "segments", "answers" } },
  { "campaign", check_campaign, { "scenarios", "calls" } },
  { "alert-rule", check_alert_rule, { NULL } },
  { "alert-act", check_alert_act, { "author", "at_ms" } },
  { "annotation", check_annotation, { "from_ms", "to_ms" } },
  { "tag", check_tag, { NULL } },
  { "listening", check_listening, { "spans" } },
  { "export", check_export, { "from_ms", "to_ms" } },
  { "dispute", check_dispute, { "operator", "author" } },
  { "acknowledgement", check_acknowledgement, { "operator", "author" } },
};

static gboolean
has_members (const char         *body,
             const char *const  *names,
             GError            **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (body, -1, SIDE_WIRE_MAX_REQUEST, error);

  if (node == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    if (!side_json_need (json_object_has_member (json_node_get_object (node), names[i]), names[i], error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_document_check_body:
 * @document: a document somebody sent
 * @error: SIDE_ERROR_INVALID; SIDE_ERROR_UNSUPPORTED for a kind we don't know
 *
 * The server calls it before it keeps a document: the scope is decided by the
 * envelope, so a body must not speak of another project or call.
 *
 * Returns: whether the body is one of its kind and agrees with the envelope
 */
gboolean
side_wire_document_check_body (const SideDocument  *document,
                               GError             **error)
{
  g_return_val_if_fail (document != NULL, FALSE);

  if (!side_document_kind_is_valid (document->kind))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "no documents of the kind \"%s\" here",
                   document->kind != NULL ? document->kind : "");
      return FALSE;
    }
  if (document->deleted)
    return TRUE;
  if (!side_json_need (document->body != NULL, "body", error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_str_equal (checks[i].kind, document->kind))
      return checks[i].check (document, error) && has_members (document->body, checks[i].needed, error);
  g_assert_not_reached ();   /* a valid kind is in the table */
}
