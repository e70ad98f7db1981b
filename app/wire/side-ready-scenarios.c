/* side-ready-scenarios.c - scenarios to begin with, built into the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are those of data/scenarios, as resources. What each is good for
 * stands in the "note" of its file.
 */
#include "side-ready-scenarios.h"

#include <gio/gio.h>

#include "side-ready-private.h"
#include "side-scenario-resources.h"
#include "side-text.h"
#include "side-wire.h"

#define FOLDER "/org/sidetone/scenarios/"

/* In the order in which a shop's customers live through them; what the computer does alone last. */
static const char *const names[] = {
  "too-expensive", "price-of-article", "order-by-articles", "wholesale", "other-language", "delivery-abroad", "lost-courier",
  "wrong-size", "return-after-14-days", "angry-customer", "callback-promise", "gift-by-tonight", "night-line", "menu-and-greeting",
};

static GResource *
get_resource (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      side_scenarios_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  return side_scenarios_get_resource ();
}

static SideScenario *
read_scenario (const char  *name,
               const char  *language,
               GError     **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, ".", language, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (text != NULL)
    return side_wire_scenario_from_json (text, (gssize) length, error);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no ready scenario “%s”", name);
  return NULL;
}

static void
ready_free (gpointer data)
{
  SideReadyScenario *ready = data;

  g_free (ready->name);
  g_free (ready->title);
  g_free (ready->about);
  g_free (ready->script);
  g_free (ready);
}

/**
 * side_ready_scenarios_list:
 * @language: (nullable): BCP 47 or the name of a locale, "ru", "ru_RU.UTF-8"; %NULL
 *   for that of the session. Anything but Russian gets the English ones
 *
 * Returns: (transfer full) (element-type SideReadyScenario): the ready scenarios
 */
GPtrArray *
side_ready_scenarios_list (const char *language)
{
  const char *chosen = _side_ready_language (language);
  GPtrArray *list = g_ptr_array_new_with_free_func (ready_free);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideScenario) scenario = read_scenario (names[i], chosen, &error);
      SideReadyScenario *ready;

      /* They are part of the program: one that cannot be read is its own fault. */
      if (scenario == NULL)
        {
          g_critical ("Ready scenario %s: %s", names[i], error->message);
          continue;
        }
      ready = g_new0 (SideReadyScenario, 1);
      ready->name = g_strdup (names[i]);
      ready->title = g_strdup (scenario->title);
      ready->about = g_strdup (scenario->note);
      ready->language = chosen;
      ready->script = g_strdup (scenario->ready_script);
      ready->n_steps = scenario->steps->len;
      ready->n_facts = scenario->facts->len;
      ready->robot = scenario->robot;
      g_ptr_array_add (list, ready);
    }
  return list;
}

/**
 * side_ready_scenario_load:
 * @name: of one in the list
 * @language: (nullable): as for side_ready_scenarios_list()
 * @project: the project it shall belong to
 * @error: SIDE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): a new scenario, version 1, with an id of its own,
 *   without a number yet
 */
SideScenario *
side_ready_scenario_load (const char  *name,
                          const char  *language,
                          const char  *project,
                          GError     **error)
{
  SideScenario *scenario;

  g_return_val_if_fail (name != NULL && project != NULL, NULL);

  scenario = read_scenario (name, _side_ready_language (language), error);
  if (scenario == NULL)
    return NULL;
  g_free (scenario->id);
  g_free (scenario->project);
  scenario->id = side_id_new ();
  scenario->project = g_strdup (project);
  scenario->version = 1;
  g_clear_pointer (&scenario->author, g_free);
  return scenario;
}
