/* side-wire-campaign.c - campaigns of test calls as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

static void
append_lists (GString            *out,
              const SideCampaign *campaign)
{
  _side_wire_append_texts (out, "scenarios", campaign->scenarios);
  side_json_open (out, "numbers", '[');
  for (guint i = 0; i < campaign->numbers->len; i++)
    {
      const SideCampaignNumber *number = campaign->numbers->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "number", number->number);
      side_json_string_maybe (out, "vendor", number->vendor);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "windows", '[');
  for (guint i = 0; i < campaign->windows->len; i++)
    _side_wire_append_hours (out, NULL, &g_array_index (campaign->windows, SideHours, i));
  side_json_close (out, ']');
}

static void
append_calls (GString            *out,
              const SideCampaign *campaign)
{
  side_json_open (out, "calls", '[');
  for (guint i = 0; i < campaign->calls->len; i++)
    {
      const SideCampaignCall *call = campaign->calls->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_int (out, "at_ms", call->at_ms);
      side_json_string (out, "scenario", call->scenario);
      side_json_string_maybe (out, "number", call->number);
      side_json_string_maybe (out, "test_call", call->test_call);
      side_json_string_maybe (out, "skipped", call->skipped);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

/**
 * side_wire_campaign_to_json:
 * @campaign: a campaign
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_campaign_to_json (const SideCampaign *campaign)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", campaign->id);
  side_json_string (out, "project", campaign->project);
  side_json_string_maybe (out, "title", campaign->title);
  append_lists (out, campaign);
  side_json_string_maybe (out, "time_zone", campaign->time_zone);
  side_json_int_maybe (out, "from_ms", campaign->from_ms);
  side_json_int_maybe (out, "to_ms", campaign->to_ms);
  side_json_int (out, "count", campaign->count);
  side_json_int_maybe (out, "per_day", campaign->per_day);
  side_json_int_maybe (out, "per_number", campaign->per_number);
  side_json_string_maybe (out, "seed", campaign->seed);
  side_json_int_maybe (out, "fail_n", campaign->fail_n);
  side_json_int_maybe (out, "fail_m", campaign->fail_m);
  if (campaign->robot)
    side_json_boolean (out, "robot", TRUE);
  _side_wire_append_texts (out, "callers", campaign->callers);
  append_calls (out, campaign);
  side_json_string_maybe (out, "author", campaign->author);
  side_json_int_maybe (out, "created_ms", campaign->created_ms);
  side_json_int_maybe (out, "changed_ms", campaign->changed_ms);
  side_json_int_maybe (out, "closed_ms", campaign->closed_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_number (gpointer     owner,
             JsonObject  *object,
             GError     **error)
{
  SideCampaignNumber *number = side_campaign_add_number (owner, NULL, NULL);

  return side_json_read_needed (object, "number", &number->number, error)
         && side_json_read_string (object, "vendor", &number->vendor, error);
}

static gboolean
read_window (gpointer     owner,
             JsonObject  *object,
             GError     **error)
{
  SideHours hours = side_hours_always ();

  if (!_side_wire_read_hours (object, &hours, error))
    return FALSE;
  g_array_append_val (((SideCampaign *) owner)->windows, hours);
  return TRUE;
}

static gboolean
read_call (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  SideCampaignCall *call = side_campaign_add_call (owner, 0, NULL, NULL);

  return side_json_read_ms (object, "at_ms", 0, &call->at_ms, error)
         && side_json_read_id (object, "scenario", &call->scenario, error)
         && side_json_read_string (object, "number", &call->number, error)
         && side_json_read_string (object, "test_call", &call->test_call, error)
         && (call->test_call == NULL || side_json_read_id (object, "test_call", &call->test_call, error))
         && side_json_read_string (object, "skipped", &call->skipped, error);
}

static gboolean
read_lists (SideCampaign  *campaign,
            JsonObject    *object,
            GError       **error)
{
  return _side_wire_read_texts (object, "scenarios", SIDE_CAMPAIGN_MAX_SCENARIOS, campaign->scenarios, error)
         && _side_wire_each_object (object, "numbers", SIDE_CAMPAIGN_MAX_NUMBERS, read_number, campaign, error)
         && _side_wire_each_object (object, "windows", SIDE_CAMPAIGN_MAX_WINDOWS, read_window, campaign, error)
         && _side_wire_read_texts (object, "callers", SIDE_CAMPAIGN_MAX_CALLERS, campaign->callers, error)
         && _side_wire_each_object (object, "calls", SIDE_CAMPAIGN_MAX_CALLS, read_call, campaign, error);
}

static gboolean
read_numbers (SideCampaign  *campaign,
              JsonObject    *object,
              GError       **error)
{
  if (!side_json_read_ms (object, "from_ms", 0, &campaign->from_ms, error)
      || !side_json_read_ms (object, "to_ms", 0, &campaign->to_ms, error)
      || !side_json_read_int (object, "count", 0, &campaign->count, error)
      || !side_json_read_int (object, "per_day", 0, &campaign->per_day, error)
      || !side_json_read_int (object, "per_number", 0, &campaign->per_number, error)
      || !side_json_read_int (object, "fail_n", 0, &campaign->fail_n, error)
      || !side_json_read_int (object, "fail_m", 0, &campaign->fail_m, error))
    return FALSE;
  if (campaign->count > SIDE_CAMPAIGN_MAX_CALLS)
    return _side_wire_bad ("\"count\" is more than 1000", error);
  return campaign->fail_n <= campaign->fail_m || _side_wire_bad ("\"fail_n\" is more than \"fail_m\"", error);
}

/**
 * side_wire_campaign_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the campaign
 */
SideCampaign *
side_wire_campaign_from_json (const char  *text,
                              gssize       len,
                              GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object_once (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideCampaign) campaign = NULL;

  if (object == NULL)
    return NULL;
  campaign = side_campaign_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &campaign->id, error)
      || !side_json_read_needed (object, "project", &campaign->project, error)
      || !side_json_read_string (object, "title", &campaign->title, error)
      || !read_lists (campaign, object, error)
      || !side_json_read_string (object, "time_zone", &campaign->time_zone, error)
      || !read_numbers (campaign, object, error)
      || !side_json_read_string (object, "seed", &campaign->seed, error)
      || !side_json_read_boolean (object, "robot", &campaign->robot, error)
      || !side_json_read_string (object, "author", &campaign->author, error)
      || !side_json_read_ms (object, "created_ms", 0, &campaign->created_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &campaign->changed_ms, error)
      || !side_json_read_ms (object, "closed_ms", 0, &campaign->closed_ms, error))
    return NULL;
  return g_steal_pointer (&campaign);
}
