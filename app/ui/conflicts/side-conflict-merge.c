/* side-conflict-merge.c - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on the JSON bodies as they are kept, so that it needs to know nothing
 * of what a document means. A list whose elements name a criterion is compared
 * element by element: two people may have answered different questions of the
 * same review. Times of change are not asked about; the later one is kept.
 */
#include "side-conflict-merge.h"

#include <json-glib/json-glib.h>

#define KEY_MEMBER "criterion"

static void
field_free (SideConflictField *field)
{
  g_free (field->member);
  g_free (field->key);
  g_free (field->mine);
  g_free (field->theirs);
  g_free (field);
}

static JsonNode *
parse (const char *body)
{
  JsonNode *node = body != NULL ? json_from_string (body, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  node = json_node_alloc ();
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), json_object_new ());
  return node;
}

static gboolean
is_time (const char *member)
{
  return g_str_has_suffix (member, "changed_ms") || g_str_has_suffix (member, "given_ms");
}

static char *
to_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/* The element of a list that is about @key. */
static JsonNode *
find_element (JsonNode   *list,
              const char *key)
{
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element) &&
          g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (element), KEY_MEMBER, NULL), key) == 0)
        return element;
    }
  return NULL;
}

static gboolean
is_keyed (JsonNode *list)
{
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  JsonNode *first = array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) && json_object_has_member (json_node_get_object (first), KEY_MEMBER);
}

static gboolean
same (JsonNode *a,
      JsonNode *b)
{
  return (a == NULL && b == NULL) || (a != NULL && b != NULL && json_node_equal (a, b));
}

/* Whether a value says nothing: it is not there, or an empty text or list. */
static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0' || g_str_equal (text, "[]");
}

static void
add_field (GPtrArray  *fields,
           const char *member,
           const char *key,
           JsonNode   *mine,
           JsonNode   *theirs)
{
  SideConflictField *field;

  if (same (mine, theirs))
    return;
  field = g_new0 (SideConflictField, 1);
  field->member = g_strdup (member);
  field->key = g_strdup (key);
  field->mine = to_text (mine);
  field->theirs = to_text (theirs);
  /* Who only presses Save must not wipe out what the other one wrote. */
  field->take_mine = !is_empty (field->mine) || is_empty (field->theirs);
  g_ptr_array_add (fields, field);
}

static void
add_elements (GPtrArray  *fields,
              const char *member,
              JsonNode   *mine,
              JsonNode   *theirs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *lists[] = { mine, theirs };

  for (gsize k = 0; k < G_N_ELEMENTS (lists); k++)
    {
      JsonArray *array = lists[k] != NULL && JSON_NODE_HOLDS_ARRAY (lists[k]) ? json_node_get_array (lists[k]) : NULL;

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);
          const char *key = JSON_NODE_HOLDS_OBJECT (element)
                              ? json_object_get_string_member_with_default (json_node_get_object (element), KEY_MEMBER, NULL)
                              : NULL;

          if (key != NULL && g_hash_table_add (seen, (gpointer) key))
            add_field (fields, member, key, find_element (mine, key), find_element (theirs, key));
        }
    }
}

static void
add_member (GPtrArray  *fields,
            const char *member,
            JsonObject *mine,
            JsonObject *theirs)
{
  JsonNode *a = json_object_get_member (mine, member);
  JsonNode *b = json_object_get_member (theirs, member);

  if (is_time (member))
    return;
  if (is_keyed (a) || is_keyed (b))
    add_elements (fields, member, a, b);
  else
    add_field (fields, member, NULL, a, b);
}

/**
 * side_conflict_list_fields:
 * @mine: (nullable): JSON of the version here
 * @theirs: (nullable): JSON of the server's version
 *
 * Returns: (transfer full) (element-type SideConflictField): where they
 *   differ; set to keep ours, but theirs where ours says nothing
 */
GPtrArray *
side_conflict_list_fields (const char *mine,
                           const char *theirs)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  g_autoptr (JsonNode) a = parse (mine);
  g_autoptr (JsonNode) b = parse (theirs);
  g_autoptr (GList) ours = json_object_get_members (json_node_get_object (a));
  g_autoptr (GList) other = json_object_get_members (json_node_get_object (b));

  for (GList *list = ours; list != NULL; list = list->next)
    add_member (fields, list->data, json_node_get_object (a), json_node_get_object (b));
  for (GList *list = other; list != NULL; list = list->next)
    if (!json_object_has_member (json_node_get_object (a), list->data))
      add_member (fields, list->data, json_node_get_object (a), json_node_get_object (b));
  return fields;
}

static void
put_element (JsonObject *merged,
             const char *member,
             const char *key,
             JsonNode   *element)
{
  JsonArray *old = json_object_has_member (merged, member) ? json_object_get_array_member (merged, member) : NULL;
  JsonArray *array = json_array_new ();
  gboolean placed = FALSE;

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonNode *each = json_array_get_element (old, i);
      const char *name = json_object_get_string_member_with_default (json_node_get_object (each), KEY_MEMBER, NULL);

      if (g_strcmp0 (name, key) != 0)
        json_array_add_element (array, json_node_copy (each));
      else if (element != NULL)
        {
          json_array_add_element (array, json_node_copy (element));
          placed = TRUE;
        }
    }
  if (!placed && element != NULL)
    json_array_add_element (array, json_node_copy (element));
  json_object_set_array_member (merged, member, array);
}

/* The later of two times of change. */
static void
keep_later (JsonObject *merged,
            JsonObject *mine)
{
  g_autoptr (GList) members = json_object_get_members (mine);

  for (GList *list = members; list != NULL; list = list->next)
    {
      const char *member = list->data;

      if (is_time (member) && json_object_get_int_member_with_default (mine, member, 0) >
                                json_object_get_int_member_with_default (merged, member, 0))
        json_object_set_member (merged, member, json_node_copy (json_object_get_member (mine, member)));
    }
}

/**
 * side_conflict_merge:
 * @mine: (nullable): JSON of the version here
 * @theirs: (nullable): JSON of the server's version
 * @fields: (element-type SideConflictField): what was decided
 *
 * Returns: (transfer full): JSON of the version that keeps what was decided
 */
char *
side_conflict_merge (const char *mine,
                     const char *theirs,
                     GPtrArray  *fields)
{
  g_autoptr (JsonNode) a = parse (mine);
  g_autoptr (JsonNode) b = parse (theirs);
  JsonObject *ours = json_node_get_object (a);
  JsonObject *merged = json_node_get_object (b);

  for (guint i = 0; i < fields->len; i++)
    {
      const SideConflictField *field = g_ptr_array_index (fields, i);
      JsonNode *member = json_object_get_member (ours, field->member);

      if (!field->take_mine)
        continue;
      if (field->key != NULL)
        put_element (merged, field->member, field->key, find_element (member, field->key));
      else if (member != NULL)
        json_object_set_member (merged, field->member, json_node_copy (member));
      else
        json_object_remove_member (merged, field->member);
    }
  keep_later (merged, ours);
  return json_to_string (b, FALSE);
}
