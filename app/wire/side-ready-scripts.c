/* side-ready-scripts.c - scripts to begin with, built into the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are those of data/scripts, as resources. What each is good for
 * stands in the "note" of its file.
 */
#include "side-ready-scripts.h"

#include <gio/gio.h>
#include <string.h>

#include "side-ready-private.h"
#include "side-ready-resources.h"
#include "side-text.h"
#include "side-wire.h"

#define FOLDER "/org/sidetone/scripts/"

/* In the order in which a shop meets them; those that are not for calls last. */
static const char *const names[] = {
  "order-by-phone", "site-order", "delivery", "return", "angry-customer", "missed-call", "night-line", "test-calls", "call-centre",
};

static GResource *
get_resource (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      side_ready_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  return side_ready_get_resource ();
}

/* "ru_RU.UTF-8" and "ru" are the same; who reads neither of ours reads English. */
const char *
_side_ready_language (const char *language)
{
  const char *wanted = language != NULL ? language : g_get_language_names ()[0];

  return g_ascii_strncasecmp (wanted, "ru", 2) == 0 && !g_ascii_isalpha (wanted[2]) ? "ru" : "en";
}

static SideScript *
read_script (const char  *name,
             const char  *language,
             GError     **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, ".", language, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (text != NULL)
    return side_wire_script_from_json (text, (gssize) length, error);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no ready script “%s”", name);
  return NULL;
}

static void
ready_free (gpointer data)
{
  SideReadyScript *ready = data;

  g_free (ready->name);
  g_free (ready->title);
  g_free (ready->about);
  g_free (ready);
}

/**
 * side_ready_scripts_list:
 * @language: (nullable): BCP 47 or the name of a locale, "ru", "ru_RU.UTF-8"; %NULL
 *   for that of the session. Anything but Russian gets the English ones
 *
 * Returns: (transfer full) (element-type SideReadyScript): the ready scripts, in
 *   the order in which a shop meets them
 */
GPtrArray *
side_ready_scripts_list (const char *language)
{
  const char *chosen = _side_ready_language (language);
  GPtrArray *list = g_ptr_array_new_with_free_func (ready_free);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideScript) script = read_script (names[i], chosen, &error);
      SideReadyScript *ready;

      /* They are part of the program: one that cannot be read is its own fault. */
      if (script == NULL)
        {
          g_critical ("Ready script %s: %s", names[i], error->message);
          continue;
        }
      ready = g_new0 (SideReadyScript, 1);
      ready->name = g_strdup (names[i]);
      ready->title = g_strdup (script->title);
      ready->about = g_strdup (script->note);
      ready->language = chosen;
      ready->purpose = script->purpose;
      ready->n_steps = script->steps->len;
      ready->n_criteria = side_script_count_criteria (script);
      g_ptr_array_add (list, ready);
    }
  return list;
}

/**
 * side_ready_script_load:
 * @name: of one in the list
 * @language: (nullable): as for side_ready_scripts_list()
 * @project: the project it shall belong to
 * @error: SIDE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): a draft of a new script, version 1, with ids of
 *   its own, for all queues of @project
 */
SideScript *
side_ready_script_load (const char  *name,
                        const char  *language,
                        const char  *project,
                        GError     **error)
{
  SideScript *script;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (project != NULL, NULL);

  script = read_script (name, _side_ready_language (language), error);
  if (script == NULL)
    return NULL;
  g_free (script->id);
  g_free (script->script);
  g_free (script->project);
  script->id = side_id_new ();
  script->script = side_id_new ();
  script->project = g_strdup (project);
  script->version = 1;
  script->state = SIDE_SCRIPT_DRAFT;
  script->since_ms = 0;
  g_clear_pointer (&script->note, g_free);
  g_clear_pointer (&script->author, g_free);
  return script;
}
