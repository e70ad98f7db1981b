/* side-wire-operator.c - documents as operators are shown them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An operator is shown how their own calls were scored, and who scored them;
 * no other name, and no other operator's call. Members are taken out of the
 * body as it is, so that those of a newer app stay.
 */
#include "side-wire-operator.h"

#include "side-wire-private.h"

typedef struct {
  const char *operator_id;
  const char *user;
} Viewer;

static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : NULL;
}

static gboolean
flag_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/* Names nobody; the account that asks is no news to itself. */
static void
forget_name (JsonObject   *object,
             const char   *name,
             const Viewer *viewer)
{
  if (g_strcmp0 (text_of (object, name), viewer->user) != 0)
    json_object_remove_member (object, name);
}

static gboolean
is_about (JsonObject   *object,
          const Viewer *viewer)
{
  const char *about = text_of (object, "operator");

  return about != NULL && *about != '\0' && g_str_equal (about, viewer->operator_id);
}

static gboolean
show_review (JsonObject   *object,
             const char   *body,
             const Viewer *viewer)
{
  g_autoptr (SideReview) review = side_wire_review_from_json (body, -1, NULL);

  if (review == NULL || !side_review_counts (review))
    return FALSE;
  json_object_remove_member (object, "holders");
  return TRUE;
}

static gboolean
show_answer (JsonObject   *object,
             const char   *body,
             const Viewer *viewer)
{
  forget_name (object, "author", viewer);
  forget_name (object, "judge", viewer);
  return is_about (object, viewer);
}

static gboolean
show_coaching (JsonObject   *object,
               const char   *body,
               const Viewer *viewer)
{
  forget_name (object, "author", viewer);
  return is_about (object, viewer) && flag_of (object, "shared");
}

static gboolean
show_listening (JsonObject   *object,
                const char   *body,
                const Viewer *viewer)
{
  return viewer->user != NULL && g_strcmp0 (text_of (object, "listener"), viewer->user) == 0;
}

static void
forget_calls (JsonArray  *exemplars,
              guint       i,
              JsonNode   *node,
              gpointer    user_data)
{
  static const char *const members[] = { "call", "from_ms", "to_ms" };

  for (gsize k = 0; JSON_NODE_HOLDS_OBJECT (node) && k < G_N_ELEMENTS (members); k++)
    json_object_remove_member (json_node_get_object (node), members[k]);
}

static void
forget_in_criterion (JsonArray *criteria,
                     guint      i,
                     JsonNode  *node,
                     gpointer   user_data)
{
  JsonNode *exemplars = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "exemplars") : NULL;

  if (exemplars != NULL && JSON_NODE_HOLDS_ARRAY (exemplars))
    json_array_foreach_element (json_node_get_array (exemplars), forget_calls, NULL);
}

static void
forget_in_section (JsonArray *sections,
                   guint      i,
                   JsonNode  *node,
                   gpointer   user_data)
{
  JsonNode *criteria = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "criteria") : NULL;

  if (criteria != NULL && JSON_NODE_HOLDS_ARRAY (criteria))
    json_array_foreach_element (json_node_get_array (criteria), forget_in_criterion, NULL);
}

/* Exemplars stay in words: the calls they are of are others'. */
static gboolean
show_script (JsonObject   *object,
             const char   *body,
             const Viewer *viewer)
{
  JsonNode *sections = json_object_get_member (object, "sections");

  forget_name (object, "author", viewer);
  if (sections != NULL && JSON_NODE_HOLDS_ARRAY (sections))
    json_array_foreach_element (json_node_get_array (sections), forget_in_section, NULL);
  return TRUE;
}

static const struct {
  const char *kind;
  gboolean  (*show) (JsonObject *object, const char *body, const Viewer *viewer);
} shown[] = {
  { "review", show_review },
  { "script", show_script },
  { "dispute", show_answer },
  { "acknowledgement", show_answer },
  { "coaching", show_coaching },
  { "listening", show_listening },
};

/**
 * side_wire_body_for_operator:
 * @kind: the document's kind
 * @body: what is in it
 * @operator_id: the operator who is to see it
 * @user: (nullable): the name of their account
 *
 * That a review is of a call of theirs, and a script one such a review names,
 * the caller sees to.
 *
 * Returns: (transfer full) (nullable): the body as they may see it; %NULL when
 *   it is not for them
 */
char *
side_wire_body_for_operator (const char *kind,
                             const char *body,
                             const char *operator_id,
                             const char *user)
{
  g_autoptr (JsonNode) node = NULL;
  const Viewer viewer = { operator_id, user };

  g_return_val_if_fail (kind != NULL && body != NULL && operator_id != NULL, NULL);

  node = _side_wire_parse_object (body, -1, SIDE_WIRE_MAX_REQUEST, NULL);
  for (gsize i = 0; node != NULL && *operator_id != '\0' && i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (shown[i].kind, kind))
      return shown[i].show (json_node_get_object (node), body, &viewer) ? json_to_string (node, FALSE) : NULL;
  return NULL;
}
