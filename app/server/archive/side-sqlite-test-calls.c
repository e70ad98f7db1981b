/* side-sqlite-test-calls.c - who reads and writes scenarios, test calls and campaigns
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules are the app's own (side-test-rule.h); what is looked up for them
 * here is how a document stood last, also where it was deleted since.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"
#include "side-review-check.h"
#include "side-test-rule.h"
#include "side-time.h"

#define CLOCKS_MS (2 * SIDE_MINUTE_MS)   /* two computers' clocks are rarely further apart */

static gboolean
check_scenario (const SideArchiveItem *item,
                const char            *last,
                GError               **error)
{
  const SideDocument *document = item->document;
  g_autoptr (SideScenario) old = last != NULL ? side_wire_scenario_from_json (last, -1, NULL) : NULL;
  g_autoptr (SideScenario) new = NULL;

  if (document->deleted || document->body == NULL)
    return old == NULL || side_scenario_may_delete (old, document->author, item->supervisor, error);
  new = side_wire_scenario_from_json (document->body, -1, error);
  return new != NULL && side_scenario_may_follow (new, old, document->author, item->supervisor, error);
}

/* What it answers must be on the form, as in a review; a form the server does
 * not have yet may still come, so the call alone is kept until it does. */
static gboolean
check_answers (sqlite3            *db,
               const SideTestCall *call,
               gint64              at_ms,
               GError            **error)
{
  g_autoptr (SideScript) script = NULL;

  if (call->review->answers->len == 0)
    return TRUE;
  if (call->review->script != NULL)
    script = side_sqlite_load_script (db, call->review->project, call->review->script, call->review->script_version);
  return side_review_check_content (call->review, NULL, script, NULL, at_ms, error);
}

/* Whoever could name any call would take any call out of the figures. */
static gboolean
check_match (sqlite3             *db,
             const SideTestCall  *call,
             GError             **error)
{
  g_autoptr (SideCall) theirs = call->call != NULL ? side_sqlite_load_call (db, call->call, NULL) : NULL;

  if (theirs == NULL || theirs->joined_ms == 0
      || (theirs->joined_ms >= call->dialled_ms - CLOCKS_MS
          && (call->ended_ms == 0 || theirs->joined_ms <= call->ended_ms + CLOCKS_MS)))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                       "the call did not come while the test call went on: it is another one");
  return FALSE;
}

/* Only the exchange says that. What it said once is not asked for again: an archive may have been put back. */
static gboolean
check_header (sqlite3             *db,
              const SideTestCall  *call,
              const SideTestCall  *old,
              GError             **error)
{
  if (call->match != SIDE_TEST_MATCH_HEADER || side_sqlite_is_claimed (db, call->review->id, call->call)
      || (old != NULL && old->match == SIDE_TEST_MATCH_HEADER && g_strcmp0 (old->call, call->call) == 0))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "no header of this test call came with that call");
  return FALSE;
}

static gboolean
check_test_call (sqlite3               *db,
                 const SideArchiveItem *item,
                 const char            *last,
                 GError               **error)
{
  const SideDocument *document = item->document;
  g_autoptr (SideTestCall) old = last != NULL ? side_wire_test_call_from_json (last, -1, NULL) : NULL;
  g_autoptr (SideTestCall) new = NULL;

  if (document->deleted || document->body == NULL)
    return old == NULL || side_test_call_may_delete (old, document->author, error);
  new = side_wire_test_call_from_json (document->body, -1, error);
  return new != NULL && side_test_call_may_follow (new, old, document->author, item->at_ms, error)
         && check_match (db, new, error) && check_header (db, new, old, error) && check_answers (db, new, item->at_ms, error);
}

static gboolean
check_campaign (const SideArchiveItem *item,
                const char            *last,
                GError               **error)
{
  const SideDocument *document = item->document;
  g_autoptr (SideCampaign) old = last != NULL ? side_wire_campaign_from_json (last, -1, NULL) : NULL;
  g_autoptr (SideCampaign) new = NULL;

  if (document->deleted || document->body == NULL)
    return old == NULL || side_campaign_may_delete (old, document->author, error);
  new = side_wire_campaign_from_json (document->body, -1, error);
  return new != NULL && side_campaign_may_follow (new, old, document->author, error);
}

/**
 * side_sqlite_refuse_test_call:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 * @current: (nullable): what stands there
 *
 * Returns: whether it is a scenario, a test call or a campaign that cannot be
 *   stored as asked
 */
gboolean
side_sqlite_refuse_test_call (sqlite3            *db,
                              SideArchiveItem    *item,
                              const SideDocument *current)
{
  const SideDocument *document = item->document;
  g_autofree char *last = NULL;

  if (item->own || document->author == NULL
      || (strcmp (document->kind, "scenario") != 0 && strcmp (document->kind, "test-call") != 0 && strcmp (document->kind, "campaign") != 0))
    return FALSE;
  last = side_sqlite_load_last_body (db, document->kind, document->id, current);
  if (strcmp (document->kind, "scenario") == 0)
    return !check_scenario (item, last, &item->refusal);
  if (strcmp (document->kind, "test-call") == 0)
    return !check_test_call (db, item, last, &item->refusal);
  return !check_campaign (item, last, &item->refusal);
}

/* Whether a document with this @body is a campaign that still goes on and is
 * not for @user: those who are called must not read when. */
gboolean
side_sqlite_is_secret (const SideDocument *document,
                       const char         *body,
                       const char         *user)
{
  g_autoptr (SideCampaign) campaign = NULL;

  if (strcmp (document->kind, "campaign") != 0)
    return FALSE;
  campaign = body != NULL ? side_wire_campaign_from_json (body, -1, NULL) : NULL;
  return campaign == NULL || !side_campaign_may_read (campaign, user);
}
