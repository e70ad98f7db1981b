/* side-conflict-merge.c - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on the JSON bodies as they are kept, so that it needs to know nothing
 * of what a document means. What both were made from tells who changed what:
 * nobody is asked about what only one of them did. A list whose elements can be
 * told apart is compared element by element: two people may have answered
 * different questions of the same review, or reworded different criteria of the
 * same draft; there a level deeper. Times of change are not asked about; the
 * later one is kept.
 */
#include "side-conflict-merge.h"

#include <string.h>

#include <json-glib/json-glib.h>

/* The list inside an element that is compared element by element too. */
#define INNER_MEMBER "criteria"
#define INNER_MARK   "/"

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

/* When something began is said once: the server has it from whoever was first. */
static gboolean
is_said_once (const char *member)
{
  return g_str_equal (member, "discussed_ms");
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

static void
add_part (GString    *key,
          JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? to_text (node) : NULL;

  if (text != NULL)
    g_string_append_printf (key, "%s%s", key->len > 0 ? " · " : "", text);
}

/* What tells an element from the others of its list; NULL if nothing does. Who
 * has a task of a plan is what changes about it. */
static char *
key_of (JsonNode *element)
{
  static const char *const others[] = { "selection", "reviewer", "name", "fact", "revision" };
  static const char *const of_task[] = { "selection" };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
  g_autoptr (GString) key = g_string_new (NULL);

  if (object == NULL)
    return NULL;
  if (!json_object_has_member (object, "id"))
    add_part (key, object, "call");
  add_part (key, object, json_object_has_member (object, "id") ? "id" : "criterion");
  if (!json_object_has_member (object, "id") && !json_object_has_member (object, "criterion"))
    {
      gboolean is_task = json_object_has_member (object, "call") && json_object_has_member (object, "selection");

      for (gsize i = 0; i < (is_task ? G_N_ELEMENTS (of_task) : G_N_ELEMENTS (others)); i++)
        add_part (key, object, (is_task ? of_task : others)[i]);
      if (!json_object_has_member (object, "reviewer"))
        add_part (key, object, "from_ms");
      /* Notes of older programs on test calls had no more than these two. */
      if (key->len == 0 && json_object_has_member (object, "text"))
        add_part (key, object, "at_ms");
    }
  return key->len > 0 ? g_strdup (key->str) : NULL;
}

static JsonArray *
array_of (JsonNode *list)
{
  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static JsonArray *
inner_of (JsonNode *element)
{
  return element != NULL && JSON_NODE_HOLDS_OBJECT (element)
           ? array_of (json_object_get_member (json_node_get_object (element), INNER_MEMBER))
           : NULL;
}

/* The element that is called @key, and in @place where it stands. */
static JsonNode *
find_element (JsonArray  *array,
              const char *key,
              guint      *place)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *name = key_of (element);

      if (g_strcmp0 (name, key) != 0)
        continue;
      if (place != NULL)
        *place = i;
      return element;
    }
  return NULL;
}

/* Whether each element has a key of its own. */
static gboolean
is_keyed (JsonArray *array)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *key = key_of (json_array_get_element (array, i));

      if (key == NULL || !g_hash_table_add (seen, key))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_keyed (JsonNode *mine,
           JsonNode *theirs)
{
  JsonArray *a = array_of (mine);
  JsonArray *b = array_of (theirs);

  return (a != NULL || mine == NULL) && (b != NULL || theirs == NULL) && (a != NULL || b != NULL)
         && is_keyed (a) && is_keyed (b)
         && (a == NULL ? 0 : json_array_get_length (a)) + (b == NULL ? 0 : json_array_get_length (b)) > 0;
}

/* A copy of an object without what @leaves_out says. */
static JsonNode *
copy_without (JsonNode *element,
              gboolean (*leaves_out) (const char *member))
{
  JsonNode *copy = json_node_alloc ();
  JsonObject *object = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (element));

  for (GList *list = members; list != NULL; list = list->next)
    if (!leaves_out (list->data))
      json_object_set_member (object, list->data, json_node_copy (json_object_get_member (json_node_get_object (element), list->data)));
  json_node_take_object (json_node_init (copy, JSON_NODE_OBJECT), object);
  return copy;
}

static gboolean
is_inner (const char *member)
{
  return g_str_equal (member, INNER_MEMBER);
}

/* An element without the list inside it. */
static JsonNode *
shell_of (JsonNode *element)
{
  return copy_without (element, is_inner);
}

/* Two who answered the same at different times did not answer differently. */
static gboolean
same (JsonNode *a,
      JsonNode *b)
{
  g_autoptr (JsonNode) x = NULL, y = NULL;

  if (a == NULL || b == NULL || !JSON_NODE_HOLDS_OBJECT (a) || !JSON_NODE_HOLDS_OBJECT (b))
    return (a == NULL && b == NULL) || (a != NULL && b != NULL && json_node_equal (a, b));
  x = copy_without (a, is_time);
  y = copy_without (b, is_time);
  return json_node_equal (x, y);
}

/* Whether a value says nothing: it is not there, or an empty text or list. */
static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0' || g_str_equal (text, "[]");
}

/* One thing in both versions, and in what they were made from, where that is @known. */
typedef struct {
  JsonNode *mine;
  JsonNode *theirs;
  JsonNode *base;
  gboolean  known;
} Three;

static void
add_field (GPtrArray   *fields,
           const char  *member,
           const char  *key,
           const Three *of)
{
  SideConflictField *field;
  gboolean only_theirs = of->known && same (of->mine, of->base);
  gboolean only_mine = of->known && same (of->theirs, of->base);

  if (same (of->mine, of->theirs))
    return;
  field = g_new0 (SideConflictField, 1);
  field->member = g_strdup (member);
  field->key = g_strdup (key);
  field->mine = to_text (of->mine);
  field->theirs = to_text (of->theirs);
  field->settled = only_mine || only_theirs;
  /* Where it is not known who changed it, who only presses Save must not wipe out what the other one wrote. */
  field->take_mine = of->known ? !only_theirs : !is_empty (field->mine) || is_empty (field->theirs);
  g_ptr_array_add (fields, field);
}

/* The keys of both lists, ours first, each once. */
static GPtrArray *
list_keys (JsonArray *mine,
           JsonArray *theirs)
{
  JsonArray *lists[] = { mine, theirs };
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (gsize k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; lists[k] != NULL && i < json_array_get_length (lists[k]); i++)
      {
        g_autofree char *key = key_of (json_array_get_element (lists[k], i));

        if (k == 0 || find_element (mine, key, NULL) == NULL)
          g_ptr_array_add (keys, g_steal_pointer (&key));
      }
  return keys;
}

/* The elements that are called @key. */
static Three
find_three (const Three *lists,
            const char  *key)
{
  Three of = { find_element (array_of (lists->mine), key, NULL), find_element (array_of (lists->theirs), key, NULL),
               find_element (array_of (lists->base), key, NULL), lists->known };

  return of;
}

static JsonNode *
inner_node (JsonNode *element)
{
  return inner_of (element) != NULL ? json_object_get_member (json_node_get_object (element), INNER_MEMBER) : NULL;
}

/* Two elements that both have lists inside: what is around those, then each of theirs. */
static void
add_inner (GPtrArray   *fields,
           const char  *member,
           const char  *key,
           const Three *of)
{
  g_autoptr (JsonNode) mine = shell_of (of->mine);
  g_autoptr (JsonNode) theirs = shell_of (of->theirs);
  g_autoptr (JsonNode) base = of->base != NULL && JSON_NODE_HOLDS_OBJECT (of->base) ? shell_of (of->base) : NULL;
  const Three shells = { mine, theirs, base, of->known };
  const Three lists = { inner_node (of->mine), inner_node (of->theirs), inner_node (of->base),
                        of->known && is_keyed (inner_of (of->base)) };
  g_autoptr (GPtrArray) keys = list_keys (inner_of (of->mine), inner_of (of->theirs));

  add_field (fields, member, key, &shells);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *inner = g_ptr_array_index (keys, i);
      g_autofree char *path = g_strconcat (key, INNER_MARK, inner, NULL);
      const Three each = find_three (&lists, inner);

      add_field (fields, member, path, &each);
    }
}

static void
add_elements (GPtrArray   *fields,
              const char  *member,
              const Three *lists)
{
  g_autoptr (GPtrArray) keys = list_keys (array_of (lists->mine), array_of (lists->theirs));

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      const Three each = find_three (lists, key);
      JsonArray *a = inner_of (each.mine);
      JsonArray *b = inner_of (each.theirs);

      if (a != NULL && b != NULL && is_keyed (a) && is_keyed (b))
        add_inner (fields, member, key, &each);
      else
        add_field (fields, member, key, &each);
    }
}

static void
add_member (GPtrArray  *fields,
            const char *member,
            JsonObject *mine,
            JsonObject *theirs,
            JsonObject *base)
{
  Three of = { json_object_get_member (mine, member), json_object_get_member (theirs, member),
               base != NULL ? json_object_get_member (base, member) : NULL, base != NULL };

  if (is_time (member) || is_said_once (member))
    return;
  if (!are_keyed (of.mine, of.theirs))
    {
      add_field (fields, member, NULL, &of);
      return;
    }
  of.known = of.known && (of.base == NULL || (array_of (of.base) != NULL && is_keyed (array_of (of.base))));
  add_elements (fields, member, &of);
}

/**
 * side_conflict_list_fields:
 * @mine: (nullable): JSON of the version here
 * @theirs: (nullable): JSON of the server's version
 * @base: (nullable): JSON of what both were made from; %NULL where it is not known
 *
 * Returns: (transfer full) (element-type SideConflictField): where they
 *   differ. What only one side changed is settled for that one; the rest is set
 *   to keep ours, but without @base to theirs where ours says nothing
 */
GPtrArray *
side_conflict_list_fields (const char *mine,
                           const char *theirs,
                           const char *base)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  g_autoptr (JsonNode) a = parse (mine);
  g_autoptr (JsonNode) b = parse (theirs);
  g_autoptr (JsonNode) c = base != NULL ? parse (base) : NULL;
  JsonObject *before = c != NULL ? json_node_get_object (c) : NULL;
  g_autoptr (GList) ours = json_object_get_members (json_node_get_object (a));
  g_autoptr (GList) other = json_object_get_members (json_node_get_object (b));

  for (GList *list = ours; list != NULL; list = list->next)
    add_member (fields, list->data, json_node_get_object (a), json_node_get_object (b), before);
  for (GList *list = other; list != NULL; list = list->next)
    if (!json_object_has_member (json_node_get_object (a), list->data))
      add_member (fields, list->data, json_node_get_object (a), json_node_get_object (b), before);
  return fields;
}

/* Puts @element in the place of the one called @key, or behind the last;
 * takes that away where @element is %NULL. */
static void
put_element (JsonArray  *array,
             const char *key,
             JsonNode   *element)
{
  guint place = 0;
  JsonNode *old = find_element (array, key, &place);
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  if (old == NULL && element != NULL)
    json_array_add_element (array, json_node_copy (element));
  if (old == NULL)
    return;
  for (guint i = place + 1; i < json_array_get_length (array); i++)
    g_ptr_array_add (rest, json_node_copy (json_array_get_element (array, i)));
  while (json_array_get_length (array) > place)
    json_array_remove_element (array, json_array_get_length (array) - 1);
  if (element != NULL)
    json_array_add_element (array, json_node_copy (element));
  for (guint i = 0; i < rest->len; i++)
    json_array_add_element (array, json_node_copy (g_ptr_array_index (rest, i)));
}

/* What is around the list inside an element. */
static void
put_shell (JsonNode *element,
           JsonNode *mine)
{
  g_autoptr (JsonNode) shell = shell_of (mine);
  JsonObject *object = json_node_get_object (shell);

  json_object_set_member (object, INNER_MEMBER,
                          json_node_copy (json_object_get_member (json_node_get_object (element), INNER_MEMBER)));
  json_node_set_object (element, object);
}

static void
put_keyed (JsonObject              *merged,
           JsonNode                *mine,
           const SideConflictField *field)
{
  const char *mark = strstr (field->key, INNER_MARK);
  g_autofree char *outer = mark != NULL ? g_strndup (field->key, (gsize) (mark - field->key)) : g_strdup (field->key);
  JsonNode *ours = find_element (array_of (mine), outer, NULL);
  JsonArray *array = array_of (json_object_get_member (merged, field->member));
  JsonNode *held;

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (merged, field->member, array);
    }
  held = find_element (array, outer, NULL);
  if (inner_of (ours) == NULL || inner_of (held) == NULL)
    put_element (array, field->key, find_element (array_of (mine), field->key, NULL));
  else if (mark == NULL)
    put_shell (held, ours);
  else
    put_element (inner_of (held), mark + strlen (INNER_MARK), find_element (inner_of (ours), mark + strlen (INNER_MARK), NULL));
}

/* The later of two times of change; of what is said once, theirs. */
static void
keep_times (JsonObject *merged,
            JsonObject *mine)
{
  g_autoptr (GList) members = json_object_get_members (mine);

  for (GList *list = members; list != NULL; list = list->next)
    {
      const char *member = list->data;

      if (is_said_once (member) && !json_object_has_member (merged, member))
        json_object_set_member (merged, member, json_node_copy (json_object_get_member (mine, member)));
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
        put_keyed (merged, member, field);
      else if (member != NULL)
        json_object_set_member (merged, field->member, json_node_copy (member));
      else
        json_object_remove_member (merged, field->member);
    }
  keep_times (merged, ours);
  return json_to_string (b, FALSE);
}

/**
 * side_conflict_keep_choices:
 * @fields: (element-type SideConflictField): where two versions differ
 * @old: (element-type SideConflictField): what was chosen about older ones
 *
 * That holds where both say the same still.
 */
void
side_conflict_keep_choices (GPtrArray *fields,
                            GPtrArray *old)
{
  for (guint i = 0; i < fields->len; i++)
    for (guint k = 0; k < old->len; k++)
      {
        SideConflictField *field = g_ptr_array_index (fields, i);
        const SideConflictField *before = g_ptr_array_index (old, k);

        if (!field->settled && g_str_equal (field->member, before->member) && g_strcmp0 (field->key, before->key) == 0
            && g_strcmp0 (field->mine, before->mine) == 0 && g_strcmp0 (field->theirs, before->theirs) == 0)
          field->take_mine = before->take_mine;
      }
}
