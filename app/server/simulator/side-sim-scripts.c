/* side-sim-scripts.c - the scoring forms of the simulated shops
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built in as resources, in the form in which the protocol carries scripts,
 * so that a demo has something to score its calls with.
 */
#include "side-simulator.h"

#include "side-demo-texts.h"
#include "side-wire.h"

#define FOLDER "/org/sidetone/demo-scripts/scripts"

/**
 * side_simulator_list_scripts:
 * @at_ms: when they shall have been written
 * @error: return location
 *
 * Returns: (transfer full) (element-type SideDocument) (nullable): a document
 *   for each script, never sent; %NULL with %SIDE_ERROR_INVALID when one of
 *   them is no script
 */
GPtrArray *
side_simulator_list_scripts (gint64   at_ms,
                             GError **error)
{
  GResource *resource = side_demo_texts_get ();
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  g_auto (GStrv) names = g_resource_enumerate_children (resource, FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (names == NULL)
    return NULL;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, "/", names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      g_autoptr (SideScript) script = NULL;
      SideDocument *document;
      gsize length = 0;
      const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

      if (text != NULL)
        script = side_wire_script_from_json (text, (gssize) length, error);
      if (script == NULL)
        return NULL;
      document = side_wire_document_for_script (script);
      document->changed_ms = at_ms;
      g_ptr_array_add (documents, document);
    }
  return g_steal_pointer (&documents);
}
