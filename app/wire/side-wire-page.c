/* side-wire-page.c - pages of calls, events and changed documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

/**
 * side_call_page_new:
 *
 * Returns: (transfer full): an empty page
 */
SideCallPage *
side_call_page_new (void)
{
  SideCallPage *page = g_new0 (SideCallPage, 1);

  page->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  page->changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  return page;
}

/**
 * side_call_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
side_call_page_free (SideCallPage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->calls);
  g_array_unref (page->changes);
  g_free (page->cursor);
  g_free (page);
}

/**
 * side_call_page_add:
 * @page: a page
 * @call: (transfer full): a leg
 * @change: its place in the order of changes
 */
void
side_call_page_add (SideCallPage *page,
                    SideCall     *call,
                    gint64        change)
{
  g_ptr_array_add (page->calls, call);
  g_array_append_val (page->changes, change);
}

/**
 * side_call_page_get_change:
 * @page: a page
 * @index: a call's, from 0
 *
 * Returns: its place in the order of changes, 0 if the server did not tell
 */
gint64
side_call_page_get_change (const SideCallPage *page,
                           guint               index)
{
  g_return_val_if_fail (index < page->changes->len, 0);
  return g_array_index (page->changes, gint64, index);
}

/**
 * side_wire_calls_to_json:
 * @page: a page of calls
 * @view: (nullable): whom it is written for
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_calls_to_json (const SideCallPage *page,
                         const SideWireView *view)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "calls", '[');
  for (guint i = 0; i < page->calls->len; i++)
    side_wire_append_call (out, g_ptr_array_index (page->calls, i), side_call_page_get_change (page, i), view);
  side_json_close (out, ']');
  side_json_string_maybe (out, "cursor", page->cursor);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_calls_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the page
 */
SideCallPage *
side_wire_calls_from_json (const char  *text,
                           gssize       len,
                           GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideCallPage) page = NULL;
  JsonArray *calls = NULL;

  if (object == NULL
      || !side_json_read_array (object, "calls", &calls, error)
      || !side_json_need (calls != NULL, "calls", error))
    return NULL;
  page = side_call_page_new ();
  if (!side_json_read_string (object, "cursor", &page->cursor, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (calls); i++)
    {
      gint64 change = 0;
      SideCall *call = side_wire_call_from_node (json_array_get_element (calls, i), &change, error);

      if (call == NULL)
        {
          g_prefix_error (error, "calls %u: ", i);
          return NULL;
        }
      side_call_page_add (page, call, change);
    }
  return g_steal_pointer (&page);
}

/**
 * side_wire_events_to_json:
 * @events: (array length=n_events): events of a call, oldest first
 * @n_events: their number
 * @view: (nullable): whom they are written for
 *
 * Returns: (transfer full): the answer with them
 */
char *
side_wire_events_to_json (SideEvent *const   *events,
                          gsize               n_events,
                          const SideWireView *view)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "events", '[');
  for (gsize i = 0; i < n_events; i++)
    side_wire_append_event (out, events[i], view);
  side_json_close (out, ']');
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
 * side_wire_events_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (element-type SideEvent): the events
 */
GPtrArray *
side_wire_events_from_json (const char  *text,
                            gssize       len,
                            GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);

  if (node == NULL)
    return NULL;
  return _side_wire_read_list (json_node_get_object (node), "events", read_event,
                               (GDestroyNotify) side_event_unref, error);
}

/**
 * side_change_page_new:
 *
 * Returns: (transfer full): an empty page
 */
SideChangePage *
side_change_page_new (void)
{
  SideChangePage *page = g_new0 (SideChangePage, 1);

  page->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  return page;
}

/**
 * side_change_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
side_change_page_free (SideChangePage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->documents);
  g_free (page);
}

/**
 * side_wire_changes_to_json:
 * @page: a page of the feed
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_changes_to_json (const SideChangePage *page)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_open (out, "documents", '[');
  for (guint i = 0; i < page->documents->len; i++)
    side_wire_append_document (out, g_ptr_array_index (page->documents, i));
  side_json_close (out, ']');
  side_json_int (out, "next", page->next);
  side_json_boolean (out, "more", page->more);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gpointer
read_document (JsonNode  *node,
               GError   **error)
{
  return side_wire_document_from_node (node, error);
}

/**
 * side_wire_changes_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the page
 */
SideChangePage *
side_wire_changes_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideChangePage) page = NULL;
  GPtrArray *documents;

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "next"), "next", error))
    return NULL;
  documents = _side_wire_read_list (object, "documents", read_document, (GDestroyNotify) side_document_unref, error);
  if (documents == NULL)
    return NULL;
  page = side_change_page_new ();
  g_ptr_array_unref (page->documents);
  page->documents = documents;
  if (!side_json_read_int64 (object, "next", 0, &page->next, error)
      || !side_json_read_boolean (object, "more", &page->more, error))
    return NULL;
  return g_steal_pointer (&page);
}
