/* side-wire.h - protocol v1: JSON to model and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both ends use it: the server to write what it tells and to read what it is
 * told, the app the other way round. Reading is strict about the types of
 * known members and blind to unknown ones; whatever is wrong with an input is
 * SIDE_ERROR_INVALID, or SIDE_ERROR_TOO_LARGE over a limit. Writing never
 * fails: text that is not UTF-8 is made so. docs/protocol.md is the reference.
 *
 * Pure functions without any state; they may be used in any thread, on
 * objects which that thread owns.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "side-alert-act.h"
#include "side-alert-rule.h"
#include "side-analysis.h"
#include "side-board.h"
#include "side-calibration.h"
#include "side-campaign.h"
#include "side-coaching.h"
#include "side-dispute.h"
#include "side-document.h"
#include "side-error.h"
#include "side-listening.h"
#include "side-plan.h"
#include "side-review.h"
#include "side-scenario.h"
#include "side-scorecard.h"
#include "side-script.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_WIRE_PREFIX        "/api/v1"
#define SIDE_WIRE_SUBPROTOCOL   "sidetone.v1"
#define SIDE_WIRE_CONTENT_TYPE  "application/json"
#define SIDE_WIRE_PROBLEM_TYPE  "application/problem+json"

#define SIDE_WIRE_PING_S        15                  /* the server pings this often */
#define SIDE_WIRE_DEAD_MS       30000               /* silence of this length: the link is dead */
#define SIDE_WIRE_QUIET_MS      5000                /* a "tick" is sent when nothing else was for so long */
#define SIDE_WIRE_WINDOW        64                  /* default of a snapshot's "window" */

#define SIDE_WIRE_MAX_MESSAGE   (16 * 1024 * 1024)  /* bytes of an answer or a live message to a client */
#define SIDE_WIRE_PART_BYTES    (2 * 1024 * 1024)   /* a snapshot goes on in another message behind so many */
#define SIDE_WIRE_MAX_BOARD     (64 * 1024 * 1024)  /* bytes of a whole board in one answer */
#define SIDE_WIRE_MAX_EPOCH     64                  /* bytes of an archive's epoch */
#define SIDE_WIRE_MAX_REQUEST   (1024 * 1024)       /* bytes of a request body, a document */
#define SIDE_WIRE_MAX_ACK       1024                /* bytes of a live message to the server */
#define SIDE_WIRE_MAX_DEPTH     32                  /* nesting of objects and arrays */
#define SIDE_WIRE_MAX_PAGE      1000                /* the most a "limit" may ask for */
#define SIDE_WIRE_DEFAULT_PAGE  200

/* Text to tree: RFC 8259 to the letter, bounded in size and depth. */
JsonNode      *side_wire_parse               (const char *text, gssize len, gsize max_bytes, GError **error);
JsonNode      *side_wire_parse_once          (const char *text, gssize len, gsize max_bytes, GError **error);

/**
 * SideWireNameFunc:
 * @project: id of the project
 * @operator_id: id of the operator
 * @name: (nullable): their name as the record has it
 * @alias: (nullable): their alias, where the record has it
 * @user_data: data
 *
 * Returns: (nullable): the name this reader may see; %NULL for none
 */
typedef const char *(*SideWireNameFunc) (const char *project,
                                         const char *operator_id,
                                         const char *name,
                                         const char *alias,
                                         gpointer    user_data);

/**
 * SideWireView: whom something is written for. A %NULL view sees all as it
 * is; with one, each operator's name goes through @name and no alias is
 * written.
 */
typedef struct {
  SideWireNameFunc name;
  gpointer         user_data;
} SideWireView;

SideWireView   side_wire_view_for_client     (SideBoard *board);

/* Records. The append functions write one JSON object at the end of @out. */
void           side_wire_append_event        (GString *out, const SideEvent *event, const SideWireView *view);
char          *side_wire_event_to_json       (const SideEvent *event);
SideEvent     *side_wire_event_from_json     (const char *text, gssize len, GError **error);
SideEvent     *side_wire_event_from_node     (JsonNode *node, GError **error);

void           side_wire_append_call         (GString *out, const SideCall *call, gint64 change, const SideWireView *view);
char          *side_wire_call_to_json        (const SideCall *call);
SideCall      *side_wire_call_from_json      (const char *text, gssize len, GError **error);
SideCall      *side_wire_call_from_node      (JsonNode *node, gint64 *change, GError **error);

void           side_wire_append_project      (GString *out, const SideProject *project);
char          *side_wire_project_to_json     (const SideProject *project);
SideProject   *side_wire_project_from_json   (const char *text, gssize len, GError **error);
SideProject   *side_wire_project_from_node   (JsonNode *node, GError **error);

void           side_wire_append_board        (GString *out, SideBoard *board, const char *const *projects, const SideWireView *view);
char          *side_wire_board_to_json       (SideBoard *board, const char *const *projects, const SideWireView *view);
SideBoard     *side_wire_board_from_json     (const char *text, gssize len, GError **error);
SideBoard     *side_wire_board_from_node     (JsonNode *node, GError **error);

/* The live stream. */
typedef enum {
  SIDE_WIRE_UNKNOWN,      /* a message of a newer peer: to be ignored */
  SIDE_WIRE_SNAPSHOT,
  SIDE_WIRE_EVENTS,
  SIDE_WIRE_TICK,
  SIDE_WIRE_ACK,
  SIDE_WIRE_SNAPSHOT_PART,
  SIDE_WIRE_DOCUMENTS,    /* some of the scope's documents changed */
} SideWireMessageType;

/**
 * SideWireMessage: one message of the live stream, read.
 * @seq: number of the last event it contains or stands for
 * @at_ms: the server's time when it wrote it; 0 in an ack
 * @window: snapshot: how many messages may be under way unacknowledged
 * @epoch: (nullable): snapshot: which archive its numbers are of
 * @more: snapshot or part: the rest comes in the next message
 * @board: (nullable): snapshot: the board; part: the calls that belong to it
 * @events: (nullable): events: of SideEvent, oldest first
 */
typedef struct {
  SideWireMessageType  type;
  guint64              seq;
  gint64               at_ms;
  int                  window;
  char                *epoch;
  gboolean             more;
  SideBoard           *board;
  GPtrArray           *events;
} SideWireMessage;

SideWireMessage *side_wire_message_from_json (const char *text, gssize len, GError **error);
void             side_wire_message_free      (SideWireMessage *message);

/**
 * SideWireSnapshot: what a snapshot says besides the board.
 * @at_ms: now
 * @window: how many messages may be under way unacknowledged, at least 1
 * @epoch: (nullable): which archive the numbers are of
 * @part_bytes: the rest goes into another message behind so many
 */
typedef struct {
  gint64      at_ms;
  int         window;
  const char *epoch;
  gsize       part_bytes;
} SideWireSnapshot;

GPtrArray     *side_wire_snapshot_messages   (SideBoard *board, const char *const *projects, const SideWireView *view,
                                              const SideWireSnapshot *snapshot);
void           side_wire_board_add           (SideBoard *board, SideBoard *part);
void           side_wire_append_events_message (GString *out, SideEvent *const *events, gsize n_events,
                                              guint64 seq, gint64 at_ms, const SideWireView *view);
char          *side_wire_tick_message        (guint64 seq, gint64 at_ms);
char          *side_wire_documents_message   (guint64 seq, gint64 at_ms);
char          *side_wire_ack_message         (guint64 seq);

/* Documents and their bodies. */
void            side_wire_append_document    (GString *out, const SideDocument *document);
char           *side_wire_document_to_json   (const SideDocument *document);
SideDocument   *side_wire_document_from_json (const char *text, gssize len, GError **error);
SideDocument   *side_wire_document_from_node (JsonNode *node, GError **error);

char           *side_wire_script_to_json       (const SideScript *script);
char           *side_wire_script_content       (const SideScript *script);
SideScript     *side_wire_script_from_json     (const char *text, gssize len, GError **error);
SideScript     *side_wire_script_from_json_unchecked (const char *text, gssize len, GError **error);
char           *side_wire_review_to_json       (const SideReview *review);
SideReview     *side_wire_review_from_json     (const char *text, gssize len, GError **error);
gboolean        side_wire_review_has_verdict   (const char *body);
char           *side_wire_review_with_verdict  (const char *body, SideTiming timing, gboolean replaced);
#define SIDE_WIRE_MAX_ALERT_RULES 200
GPtrArray      *side_wire_alert_rules_from_json (const char *text, gssize len, GError **error);
char           *side_wire_alert_rule_to_json   (const SideAlertRule *rule);
SideAlertRule  *side_wire_alert_rule_from_json (const char *text, gssize len, GError **error);
char           *side_wire_alert_act_to_json    (const SideAlertAct *act);
SideAlertAct   *side_wire_alert_act_from_json  (const char *text, gssize len, GError **error);
char           *side_wire_plan_to_json         (const SidePlan *plan);
SidePlan       *side_wire_plan_from_json       (const char *text, gssize len, GError **error);
char           *side_wire_calibration_to_json  (const SideCalibration *calibration);
SideCalibration *side_wire_calibration_from_json (const char *text, gssize len, GError **error);
char           *side_wire_calibration_progress_to_json (const SideCalibrationProgress *progress);
SideCalibrationProgress *side_wire_calibration_progress_from_json (const char *text, gssize len, GError **error);
char           *side_wire_coaching_to_json     (const SideCoaching *coaching);
SideCoaching   *side_wire_coaching_from_json   (const char *text, gssize len, GError **error);

char           *side_wire_scorecard_to_json    (const SideScorecard *card);
SideScorecard  *side_wire_scorecard_from_json  (const char *text, gssize len, GError **error);
char           *side_wire_scenario_to_json     (const SideScenario *scenario);
SideScenario   *side_wire_scenario_from_json   (const char *text, gssize len, GError **error);
char           *side_wire_test_call_to_json    (const SideTestCall *call);
SideTestCall   *side_wire_test_call_from_json  (const char *text, gssize len, GError **error);
char           *side_wire_campaign_to_json     (const SideCampaign *campaign);
SideCampaign   *side_wire_campaign_from_json   (const char *text, gssize len, GError **error);
char           *side_wire_annotation_to_json   (const SideAnnotation *annotation);
SideAnnotation *side_wire_annotation_from_json (const char *text, gssize len, GError **error);
char           *side_wire_tag_to_json          (const SideTag *tag);
SideTag        *side_wire_tag_from_json        (const char *text, gssize len, GError **error);
char           *side_wire_listening_to_json    (const SideListening *listening);
SideListening  *side_wire_listening_from_json  (const char *text, gssize len, GError **error);
char           *side_wire_export_to_json       (const SideExportRecord *record);
SideExportRecord *side_wire_export_from_json   (const char *text, gssize len, GError **error);
char           *side_wire_dispute_to_json      (const SideDispute *dispute);
SideDispute    *side_wire_dispute_from_json    (const char *text, gssize len, GError **error);
char           *side_wire_acknowledgement_to_json (const SideAcknowledgement *acknowledgement);
SideAcknowledgement *side_wire_acknowledgement_from_json (const char *text, gssize len, GError **error);

SideDocument   *side_wire_document_for_script     (const SideScript *script);
SideDocument   *side_wire_document_for_draft      (const SideScript *draft);
SideDocument   *side_wire_document_for_review     (const SideReview *review);
SideDocument   *side_wire_document_for_plan       (const SidePlan *plan);
SideDocument   *side_wire_document_for_calibration (const SideCalibration *calibration);
SideDocument   *side_wire_document_for_coaching   (const SideCoaching *coaching);
SideDocument   *side_wire_document_for_scorecard  (const SideScorecard *card);
SideDocument   *side_wire_document_for_scenario   (const SideScenario *scenario);
SideDocument   *side_wire_document_for_test_call  (const SideTestCall *call);
SideDocument   *side_wire_document_for_campaign   (const SideCampaign *campaign);
SideDocument   *side_wire_document_for_annotation (const SideAnnotation *annotation);
SideDocument   *side_wire_document_for_alert_rule (const SideAlertRule *rule);
SideDocument   *side_wire_document_for_alert_act  (const SideAlertAct *act);
SideDocument   *side_wire_document_for_tag        (const SideTag *tag);
SideDocument   *side_wire_document_for_listening  (const SideListening *listening);
SideDocument   *side_wire_document_for_export     (const SideExportRecord *record);
SideDocument   *side_wire_document_for_dispute    (const SideDispute *dispute);
SideDocument   *side_wire_document_for_acknowledgement (const SideAcknowledgement *acknowledgement);
gboolean        side_wire_document_check_body     (const SideDocument *document, GError **error);

/* What was heard in a recording. */
char           *side_wire_analysis_to_json   (const SideAnalysis *analysis);
SideAnalysis   *side_wire_analysis_from_json (const char *text, gssize len, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideWireMessage, side_wire_message_free)

G_END_DECLS
