/* fuzz-wire.c - any bytes at all, read as each message of the protocol
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte picks the reader, the rest is the message. What is read is
 * written again, and must then read as the same: a message that is good once
 * is good for ever. What comes off the live stream is also applied to a board,
 * as an app does with it.
 */
#include <stdint.h>
#include <string.h>

#include "side-wire-actions.h"
#include "side-wire-http.h"
#include "side-wire-operator.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

/* GLib lets go of its table of interned texts each time it outgrows it, so
 * that reading it needs no lock. To tell that leak from one of ours, stacks
 * must be whole. */
const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0:malloc_context_size=5";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_intern_string\nleak:g_quark_from_string\n";
}

/* @again: (transfer full) */
static void
check_same (char *written,
            char *again)
{
  g_assert_cmpstr (written, ==, again);
  g_free (written);
  g_free (again);
}

#define ROUND_TRIP(Type, kind, free_func)                                             \
  static void fuzz_##kind (const char *text, gssize len)                              \
  {                                                                                   \
    Type *first = side_wire_##kind##_from_json (text, len, NULL);                     \
    char *written;                                                                    \
    Type *second;                                                                     \
    if (first == NULL)                                                                \
      return;                                                                         \
    written = side_wire_##kind##_to_json (first);                                     \
    second = side_wire_##kind##_from_json (written, -1, NULL);                        \
    g_assert_nonnull (second);                                                        \
    check_same (written, side_wire_##kind##_to_json (second));                        \
    free_func (first);                                                                \
    free_func (second);                                                               \
  }

ROUND_TRIP (SideEvent, event, side_event_unref)
ROUND_TRIP (SideCall, call, side_call_unref)
ROUND_TRIP (SideProject, project, side_project_unref)
ROUND_TRIP (SideDocument, document, side_document_unref)
ROUND_TRIP (SideScript, script, side_script_unref)
ROUND_TRIP (SideReview, review, side_review_unref)
ROUND_TRIP (SideAnnotation, annotation, side_annotation_unref)
ROUND_TRIP (SidePlan, plan, side_plan_unref)
ROUND_TRIP (SideCalibration, calibration, side_calibration_unref)
ROUND_TRIP (SideCoaching, coaching, side_coaching_unref)
ROUND_TRIP (SideDispute, dispute, side_dispute_unref)
ROUND_TRIP (SideAcknowledgement, acknowledgement, side_acknowledgement_unref)
ROUND_TRIP (SideScorecard, scorecard, side_scorecard_unref)
ROUND_TRIP (SideScenario, scenario, side_scenario_unref)
ROUND_TRIP (SideTestCall, test_call, side_test_call_unref)
ROUND_TRIP (SideCampaign, campaign, side_campaign_unref)
ROUND_TRIP (SideTag, tag, side_tag_unref)
ROUND_TRIP (SideListening, listening, side_listening_unref)
ROUND_TRIP (SideExportRecord, export, side_export_record_unref)
ROUND_TRIP (SideSession, session, side_session_unref)
ROUND_TRIP (SideChangePage, changes, side_change_page_free)

static void
fuzz_board (const char *text,
            gssize      len)
{
  g_autoptr (SideBoard) first = side_wire_board_from_json (text, len, NULL);
  g_autoptr (SideBoard) second = NULL;
  char *written;

  if (first == NULL)
    return;
  written = side_wire_board_to_json (first, NULL, NULL);
  second = side_wire_board_from_json (written, -1, NULL);
  g_assert_nonnull (second);
  check_same (written, side_wire_board_to_json (second, NULL, NULL));
}

static void
fuzz_message (const char *text,
              gssize      len)
{
  g_autoptr (SideWireMessage) message = side_wire_message_from_json (text, len, NULL);
  g_autoptr (SideBoard) board = NULL;

  if (message == NULL)
    return;
  board = message->board != NULL ? g_object_ref (message->board) : side_board_new ();
  for (guint i = 0; message->events != NULL && i < message->events->len; i++)
    side_board_apply (board, g_ptr_array_index (message->events, i));
  g_free (side_wire_board_to_json (board, NULL, NULL));
}

static void
fuzz_calls (const char *text,
            gssize      len)
{
  g_autoptr (SideCallPage) page = side_wire_calls_from_json (text, len, NULL);
  g_autoptr (GPtrArray) events = side_wire_events_from_json (text, len, NULL);
  g_autoptr (SideEventPage) log = side_wire_event_page_from_json (text, len, NULL);
  g_autoptr (SideUnmatched) unmatched = side_wire_unmatched_from_json (text, len, NULL);
  g_auto (GStrv) claimed = side_wire_claimed_from_json (text, len, NULL);
  g_autoptr (SideCalibrationProgress) progress = side_wire_calibration_progress_from_json (text, len, NULL);

  if (claimed != NULL)
    g_free (side_wire_claimed_to_json ((const char *const *) claimed));
  if (progress != NULL)
    g_free (side_wire_calibration_progress_to_json (progress));
  if (unmatched != NULL)
    g_free (side_wire_unmatched_to_json (unmatched));
  if (log != NULL)
    g_free (side_wire_event_page_to_json (log, NULL));
  if (page != NULL)
    g_free (side_wire_calls_to_json (page, NULL));
  if (events != NULL)
    g_free (side_wire_events_to_json ((SideEvent **) events->pdata, events->len, NULL));
}

static void
fuzz_problem (const char *text,
              gssize      len)
{
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (GError) error = side_wire_problem_from_json (412, text, len, &current);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  g_assert_nonnull (error);
  side_wire_sign_in_from_json (text, len, &user, &password, NULL);
  if (current != NULL)
    side_wire_document_check_body (current, NULL);
}

ROUND_TRIP (SideActionOffers, action_offers, side_action_offers_free)
ROUND_TRIP (SideActionDone, action_done, side_action_done_free)
ROUND_TRIP (SideAlertRule, alert_rule, side_alert_rule_unref)
ROUND_TRIP (SideAlertAct, alert_act, side_alert_act_unref)

/* What is asked for is read by the address it comes to: of each kind. */
static void
fuzz_actions (const char *text,
              gssize      len)
{
  fuzz_action_offers (text, len);
  fuzz_action_done (text, len);
  for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
    {
      g_autoptr (SideActionRequest) first = side_wire_action_request_from_json ((SideActionKind) kind, text, len, NULL);
      g_autoptr (SideActionRequest) second = NULL;
      char *written;

      if (first == NULL)
        continue;
      g_assert_true (side_action_text_is_fine (first->reason, SIDE_ACTION_MAX_REASON));
      g_assert_null (strpbrk (first->reason, "\r\n"));
      written = side_wire_action_request_to_json (first);
      second = side_wire_action_request_from_json ((SideActionKind) kind, written, -1, NULL);
      g_assert_nonnull (second);
      check_same (written, side_wire_action_request_to_json (second));
    }
}

/* What is left of a body for an operator is a body still, and holds no more. */
static void
fuzz_for_operator (const char *text,
                   gssize      len)
{
  static const char *const kinds[] = { "review", "script", "dispute", "acknowledgement", "coaching", "listening", "draft", "test-call" };
  g_autofree char *body = g_strndup (text, (gsize) len);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      char *shown = side_wire_body_for_operator (kinds[i], body, "op-1", "vera");

      char *for_client = side_wire_body_for_client (kinds[i], body);

      if (shown != NULL)
        check_same (shown, side_wire_body_for_operator (kinds[i], shown, "op-1", "vera"));
      if (for_client != NULL)
        check_same (for_client, side_wire_body_for_client (kinds[i], for_client));
    }
}

static void
fuzz_alert_rules (const char *text,
                  gssize      len)
{
  g_autoptr (GPtrArray) rules = side_wire_alert_rules_from_json (text, len, NULL);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    g_assert_true (side_alert_rule_check (rules->pdata[i], NULL));
}

/* What the guard lets pass, the parser behind it must understand. */
static void
fuzz_parse (const char *text,
            gssize      len)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = side_wire_parse (text, len, 1 << 20, &error);

  g_assert_true ((node == NULL) == (error != NULL));
  if (error != NULL && strstr (error->message, "not JSON: ") != NULL)
    g_error ("guard and parser differ: %s", error->message);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static void (*const readers[]) (const char *text, gssize len) = {
    fuzz_message, fuzz_event, fuzz_call, fuzz_project, fuzz_document, fuzz_script, fuzz_review, fuzz_annotation,
    fuzz_session, fuzz_changes, fuzz_board, fuzz_calls, fuzz_problem, fuzz_parse,
    fuzz_actions, fuzz_plan, fuzz_calibration, fuzz_coaching, fuzz_dispute, fuzz_acknowledgement, fuzz_tag, fuzz_listening,
    fuzz_export, fuzz_for_operator, fuzz_scorecard, fuzz_scenario, fuzz_test_call, fuzz_campaign,
    fuzz_alert_rules,
    fuzz_alert_rule,
    fuzz_alert_act,
  };

  if (size < 1)
    return 0;
  readers[(gsize) (data[0] - 'a') % G_N_ELEMENTS (readers)] ((const char *) data + 1, (gssize) size - 1);
  return 0;
}
