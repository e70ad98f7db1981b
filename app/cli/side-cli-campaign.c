/* side-cli-campaign.c - a campaign and its scenarios from files, and sidetonectl campaign draw
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli-campaign.h"

#include <string.h>

#include "side-campaign-draw.h"
#include "side-time.h"
#include "side-wire.h"

#define MAX_FILES 1000

/**
 * side_cli_places_clear:
 * @self: where files are
 */
void
side_cli_places_clear (SideCliPlaces *self)
{
  g_free (self->scenarios);
  g_free (self->time_zone);
}

/**
 * side_cli_plan_clear:
 * @self: a campaign with its scenarios, or all zero
 */
void
side_cli_plan_clear (SideCliPlan *self)
{
  g_clear_pointer (&self->campaign, side_campaign_unref);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static gboolean
names (const SideCampaign *campaign,
       const char         *id)
{
  for (guint i = 0; id != NULL && i < campaign->scenarios->len; i++)
    if (g_ascii_strcasecmp (campaign->scenarios->pdata[i], id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * side_cli_plan_scenario:
 * @self: a campaign with its scenarios
 * @id: UUID
 *
 * Returns: (transfer none) (nullable): the scenario
 */
SideScenario *
side_cli_plan_scenario (const SideCliPlan *self,
                        const char        *id)
{
  for (guint i = 0; i < self->scenarios->len; i++)
    if (g_ascii_strcasecmp (((const SideScenario *) self->scenarios->pdata[i])->id, id) == 0)
      return self->scenarios->pdata[i];
  return NULL;
}

/* Those of the campaign among the files of @folder; others are none of our business. */
static gboolean
find_scenarios (SideCliPlan  *self,
                const char   *folder,
                GError      **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL && n < MAX_FILES)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (SideScenario) scenario = NULL;
      gsize len;

      if (!g_str_has_suffix (name, ".json") || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      n++;
      if (!side_file_read (path, SIDE_WIRE_MAX_REQUEST, &text, &len, NULL))
        continue;
      scenario = side_wire_scenario_from_json (text, (gssize) len, NULL);
      if (scenario == NULL || !names (self->campaign, scenario->id))
        continue;
      if (side_cli_plan_scenario (self, scenario->id) != NULL)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "%s: scenario %s is in two files", path, scenario->id);
          return FALSE;
        }
      g_ptr_array_add (self->scenarios, g_steal_pointer (&scenario));
    }
  for (guint i = 0; i < self->campaign->scenarios->len; i++)
    if (side_cli_plan_scenario (self, self->campaign->scenarios->pdata[i]) == NULL)
      {
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "no file of %s has the scenario %s", folder,
                     (const char *) self->campaign->scenarios->pdata[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * side_cli_plan_read:
 * @self: all zero; to be cleared whatever is returned
 * @path: file of the campaign
 * @places: where else to look
 * @error: SIDE_ERROR_INVALID, SIDE_ERROR_NOT_FOUND, of files
 *
 * Returns: whether it is there, with every scenario it names
 */
gboolean
side_cli_plan_read (SideCliPlan          *self,
                    const char           *path,
                    const SideCliPlaces  *places,
                    GError              **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);
  g_autofree char *folder = places->scenarios != NULL ? g_strdup (places->scenarios) : g_path_get_dirname (path);

  if (bytes == NULL)
    return FALSE;
  self->scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scenario_unref);
  self->zone = places->time_zone != NULL ? side_time_zone_new (places->time_zone, error) : g_time_zone_new_local ();
  if (self->zone == NULL)
    return FALSE;
  self->campaign = side_wire_campaign_from_json (bytes->len > 0 ? (const char *) bytes->data : "", (gssize) bytes->len, error);
  if (self->campaign == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  return find_scenarios (self, folder, error);
}

/**
 * side_cli_plan_draw:
 * @self: a campaign with its scenarios
 * @error: SIDE_ERROR_INVALID
 *
 * Draws its calls, unless that was done before.
 *
 * Returns: whether it has calls
 */
gboolean
side_cli_plan_draw (SideCliPlan  *self,
                    GError      **error)
{
  g_autoptr (GError) reason = NULL;

  if (self->campaign->calls->len > 0)
    {
      for (guint i = 0; i < self->campaign->calls->len; i++)
        if (side_cli_plan_scenario (self, ((const SideCampaignCall *) self->campaign->calls->pdata[i])->scenario) == NULL)
          {
            g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the campaign has a call by a scenario that it does not name");
            return FALSE;
          }
      return TRUE;
    }
  if (side_campaign_draw (self->campaign, self->scenarios, self->zone, &reason) > 0)
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the hours and the caps of the campaign leave no room for a single call");
  return FALSE;
}

/* What is dialled; NULL where nothing says so. */
const char *
side_cli_plan_number (const SideCliPlan      *self,
                      const SideCampaignCall *call)
{
  return call->number != NULL ? call->number : side_cli_plan_scenario (self, call->scenario)->number;
}

const char *
side_cli_plan_vendor (const SideCliPlan      *self,
                      const SideCampaignCall *call)
{
  const SideCampaignNumber *number = side_campaign_find_number (self->campaign, side_cli_plan_number (self, call));

  return number != NULL ? number->vendor : NULL;
}

/* Returns: (transfer full): the instant on the campaign's clock: "2026-11-22 22:30:07" */
char *
side_cli_plan_time (const SideCliPlan *self,
                    gint64             at_ms)
{
  g_autoptr (GTimeZone) named = self->campaign->time_zone != NULL ? side_time_zone_new (self->campaign->time_zone, NULL) : NULL;
  g_autoptr (GDateTime) local = side_time_to_local (named != NULL ? named : self->zone, at_ms);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

/* The members of a call, into an object that was begun. */
void
side_cli_plan_add_call (const SideCliPlan      *self,
                        JsonBuilder            *builder,
                        const SideCampaignCall *call)
{
  g_autofree char *time = side_cli_plan_time (self, call->at_ms);

  json_builder_set_member_name (builder, "at_ms");
  json_builder_add_int_value (builder, call->at_ms);
  side_cli_add_text (builder, "at", time);
  side_cli_add_text (builder, "scenario", call->scenario);
  side_cli_add_text (builder, "title", side_cli_plan_scenario (self, call->scenario)->title);
  side_cli_add_text (builder, "number", side_cli_plan_number (self, call));
  side_cli_add_text (builder, "vendor", side_cli_plan_vendor (self, call));
}

/* -- the command */

typedef struct {
  SideCliPlaces places;
  char         *seed;
  char         *output;
  gboolean      force;
} Wishes;

static void
wishes_clear (Wishes *self)
{
  side_cli_places_clear (&self->places);
  g_free (self->seed);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

static void
tell_json (const SideCliPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "campaign", plan->campaign->id);
  side_cli_add_text (builder, "title", plan->campaign->title);
  side_cli_add_text (builder, "seed", plan->campaign->seed);
  side_cli_add_number (builder, "wanted", plan->campaign->count);
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->campaign->calls->len; i++)
    {
      json_builder_begin_object (builder);
      side_cli_plan_add_call (plan, builder, plan->campaign->calls->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
tell (const SideCliPlan *plan)
{
  for (guint i = 0; i < plan->campaign->calls->len; i++)
    {
      const SideCampaignCall *call = plan->campaign->calls->pdata[i];
      const SideScenario *scenario = side_cli_plan_scenario (plan, call->scenario);
      const char *number = side_cli_plan_number (plan, call), *vendor = side_cli_plan_vendor (plan, call);
      g_autofree char *time = side_cli_plan_time (plan, call->at_ms);
      g_autofree char *title = side_cli_plain (scenario->title != NULL ? scenario->title : scenario->id);
      g_autofree char *dialled = side_cli_plain (number != NULL ? number : "no number");
      g_autofree char *whose = side_cli_plain (vendor != NULL ? vendor : "");

      g_print ("%s  %-16s %s%s%s\n", time, dialled, title, *whose != '\0' ? "  " : "", whose);
    }
  if (plan->campaign->calls->len < (guint) plan->campaign->count)
    g_print ("%u of %d calls: the hours and the caps have no room for more\n", plan->campaign->calls->len, plan->campaign->count);
}

static gboolean
was_begun (const SideCampaign *campaign)
{
  for (guint i = 0; i < campaign->calls->len; i++)
    if (((const SideCampaignCall *) campaign->calls->pdata[i])->test_call != NULL || ((const SideCampaignCall *) campaign->calls->pdata[i])->skipped != NULL)
      return TRUE;
  return FALSE;
}

/**
 * side_cli_campaign_draw:
 * @cli: how to answer
 * @argc: number of words, the command's own first
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_campaign_draw (SideCli  *cli,
                        int       argc,
                        char    **argv)
{
  g_auto (Wishes) wishes = { 0 };
  const GOptionEntry entries[] = {
    { "seed", 's', 0, G_OPTION_ARG_STRING, &wishes.seed, "What the lots are made of, instead of the campaign's own", "SEED" },
    { "scenarios", 0, 0, G_OPTION_ARG_FILENAME, &wishes.places.scenarios, "Where the scenarios are, if not beside the campaign", "FOLDER" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &wishes.places.time_zone, "For a campaign or scenario that names none", "ZONE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &wishes.output, "Write the campaign with its calls", "FILE.json" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &wishes.force, "Replace a file that is there", NULL },
    G_OPTION_ENTRY_NULL
  };
  const SideCliHelp help = { "CAMPAIGN.json", "Draws when a campaign's calls are to be made; the same seed draws the same calls.", 1, FALSE };
  g_auto (SideCliPlan) plan = { 0 };
  g_autoptr (GError) error = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (!side_cli_plan_read (&plan, argv[1], &wishes.places, &error))
    return side_cli_fail (cli, error);
  if (wishes.seed != NULL)
    {
      g_free (plan.campaign->seed);
      plan.campaign->seed = g_strdup (wishes.seed);
    }
  if (wishes.output != NULL && was_begun (plan.campaign))
    {
      g_set_error_literal (&error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "calls of this campaign were made already: it is not drawn again");
      return side_cli_fail (cli, error);
    }
  g_ptr_array_set_size (plan.campaign->calls, 0);
  if (!side_cli_plan_draw (&plan, &error))
    return side_cli_fail (cli, error);
  if (wishes.output != NULL)
    {
      g_autofree char *json = side_wire_campaign_to_json (plan.campaign);

      if (!side_cli_write_file (wishes.output, json, strlen (json), wishes.force, &error))
        return side_cli_fail (cli, error);
    }
  if (cli->json)
    tell_json (&plan);
  else
    tell (&plan);
  return SIDE_CLI_OK;
}
