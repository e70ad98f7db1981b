/* side-wire-actions.h - protocol v1: what a supervisor asks to be done at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An action is asked for with a reason and an id of its own, so that asking
 * again does not do it again. What stands in the way of each is a hurdle, which
 * a server tells beforehand. The same rules as in side-wire.h.
 */
#pragma once

#include "side-wire.h"

G_BEGIN_DECLS

/**
 * SideActionKind: what can be done.
 * @SIDE_ACTION_LISTEN: hear a call at a telephone
 * @SIDE_ACTION_WHISPER: likewise, and be heard by its operator alone
 * @SIDE_ACTION_JOIN: likewise, and be heard by both
 * @SIDE_ACTION_PAUSE: send an operator on a break
 * @SIDE_ACTION_RESUME: end it
 * @SIDE_ACTION_HANGUP: end a call
 */
typedef enum {
  SIDE_ACTION_UNKNOWN,
  SIDE_ACTION_LISTEN,
  SIDE_ACTION_WHISPER,
  SIDE_ACTION_JOIN,
  SIDE_ACTION_PAUSE,
  SIDE_ACTION_RESUME,
  SIDE_ACTION_HANGUP,
  SIDE_N_ACTIONS,
} SideActionKind;

/**
 * SideHurdle: why an action cannot be done now; a lower one is easier to take.
 * @SIDE_HURDLE_LINK: the PBX is not connected
 * @SIDE_HURDLE_RIGHT: the manager user of the PBX may not do it
 * @SIDE_HURDLE_PHONE: this user has no telephone to listen at
 * @SIDE_HURDLE_CONFIGURATION: the server was not told that it may
 * @SIDE_HURDLE_SOURCE: where the calls come from it cannot be done
 * @SIDE_HURDLE_ROLE: this user's role does not act
 * @SIDE_HURDLE_UNKNOWN: a word of a newer server
 */
typedef enum {
  SIDE_HURDLE_NONE,
  SIDE_HURDLE_LINK,
  SIDE_HURDLE_RIGHT,
  SIDE_HURDLE_PHONE,
  SIDE_HURDLE_CONFIGURATION,
  SIDE_HURDLE_SOURCE,
  SIDE_HURDLE_ROLE,
  SIDE_HURDLE_UNKNOWN,
} SideHurdle;

#define SIDE_ACTION_MAX_REASON 200   /* characters */
#define SIDE_ACTION_MAX_BREAK  40    /* characters */

const char     *side_action_kind_to_string   (SideActionKind kind);
SideActionKind  side_action_kind_from_string (const char *word);
gboolean        side_action_kind_is_on_call  (SideActionKind kind);
gboolean        side_action_kind_needs_phone (SideActionKind kind);
gboolean        side_action_text_is_fine     (const char *text, glong max_chars);
const char     *side_hurdle_to_string        (SideHurdle hurdle);
SideHurdle      side_hurdle_from_string      (const char *word);
const char     *side_hurdle_get_words        (SideHurdle hurdle);

/**
 * SideActionRequest: what is asked for.
 * @request: UUID: asked again with the same one, it is not done again
 * @call: (nullable): id of the leg, for those on a call
 * @project: (nullable): for those on an operator: in whose queues
 * @operator_id: (nullable): the operator
 * @queue: (nullable): only in this one of the project's queues
 * @reason: why; for the audit log
 * @break_reason: (nullable): of a pause: what the PBX and the board show;
 *   without it @reason
 */
typedef struct {
  SideActionKind  kind;
  char           *request;
  char           *call;
  char           *project;
  char           *operator_id;
  char           *queue;
  char           *reason;
  char           *break_reason;
} SideActionRequest;

SideActionRequest *side_action_request_new            (SideActionKind kind, const char *request, const char *reason);
void               side_action_request_free           (SideActionRequest *self);
char              *side_wire_action_request_to_json   (const SideActionRequest *request);
SideActionRequest *side_wire_action_request_from_json (SideActionKind kind, const char *text, gssize len, GError **error);

/**
 * SideActionDone: the answer to one that was done.
 * @project: in which project
 * @at_ms: when the PBX had done it
 * @annotation: (nullable): id of the mark it left on the call
 */
typedef struct {
  SideActionKind  kind;
  char           *request;
  char           *project;
  char           *call;
  char           *operator_id;
  char           *annotation;
  gint64          at_ms;
} SideActionDone;

SideActionDone *side_action_done_new            (SideActionKind kind);
void            side_action_done_free           (SideActionDone *self);
char           *side_wire_action_done_to_json   (const SideActionDone *done);
SideActionDone *side_wire_action_done_from_json (const char *text, gssize len, GError **error);

/**
 * SideActionPlace: what can be done in one project.
 * @hurdles: by SideActionKind
 */
typedef struct {
  char       *project;
  SideHurdle  hurdles[SIDE_N_ACTIONS];
} SideActionPlace;

/**
 * SideActionOffers: what a user may do now, asked for beforehand.
 * @phone: (nullable): the telephone that rings for them when they listen
 * @breaks: of char *: the words one of which a pause must have; any if empty
 * @places: of SideActionPlace
 */
typedef struct {
  char      *phone;
  GPtrArray *breaks;
  GPtrArray *places;
} SideActionOffers;

SideActionOffers *side_action_offers_new            (void);
void              side_action_offers_free           (SideActionOffers *self);
SideActionPlace  *side_action_offers_add            (SideActionOffers *self, const char *project);
SideHurdle        side_action_offers_get            (const SideActionOffers *self, const char *project, SideActionKind kind);
char             *side_wire_action_offers_to_json   (const SideActionOffers *offers);
SideActionOffers *side_wire_action_offers_from_json (const char *text, gssize len, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideActionRequest, side_action_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideActionDone, side_action_done_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideActionOffers, side_action_offers_free)

G_END_DECLS
