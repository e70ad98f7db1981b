/* side-wire-events.c - pages of the log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

/**
 * side_event_page_new:
 *
 * Returns: (transfer full): an empty page, the last one
 */
SideEventPage *
side_event_page_new (void)
{
  SideEventPage *page = g_new0 (SideEventPage, 1);

  page->events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  return page;
}

/**
 * side_event_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
side_event_page_free (SideEventPage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->events);
  g_free (page);
}

/**
 * side_wire_event_page_to_json:
 * @page: a page of the log
 * @view: (nullable): whom it is written for
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_event_page_to_json (const SideEventPage *page,
                              const SideWireView  *view)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "events", '[');
  for (guint i = 0; i < page->events->len; i++)
    side_wire_append_event (out, g_ptr_array_index (page->events, i), view);
  side_json_close (out, ']');
  side_json_int_maybe (out, "next", (gint64) page->next);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gpointer
read_event (JsonNode  *node,
            GError   **error)
{
  return side_wire_event_from_node (node, error);
}

/**
 * side_wire_event_page_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the page
 */
SideEventPage *
side_wire_event_page_from_json (const char  *text,
                                gssize       len,
                                GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  g_autoptr (SideEventPage) page = NULL;
  GPtrArray *events;
  gint64 next = 0;

  if (node == NULL)
    return NULL;
  events = _side_wire_read_list (json_node_get_object (node), "events", read_event,
                                 (GDestroyNotify) side_event_unref, error);
  if (events == NULL)
    return NULL;
  page = side_event_page_new ();
  g_ptr_array_unref (page->events);
  page->events = events;
  if (!side_json_read_int64 (json_node_get_object (node), "next", 0, &next, error))
    return NULL;
  page->next = (guint64) next;
  return g_steal_pointer (&page);
}
