/* side-wire-operator.c - documents as operators and clients are shown them
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

/* What was sealed last counts, and what is written over it meanwhile is for nobody yet. */
static void
show_sealed (JsonObject       *object,
             const SideReview *sealed)
{
  static const char *const members[] = {
    "reviewer", "revision", "reason", "comment", "answers", "heard", "changed_ms", "finished_ms", "history",
  };
  g_autofree char *json = side_wire_review_to_json (sealed);
  g_autoptr (JsonNode) node = _side_wire_parse_object (json, -1, SIDE_WIRE_MAX_REQUEST, NULL);

  for (gsize i = 0; node != NULL && i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), members[i]);

      if (member != NULL)
        json_object_set_member (object, members[i], json_node_copy (member));
      else
        json_object_remove_member (object, members[i]);
    }
}

static gboolean
show_review (JsonObject   *object,
             const char   *body,
             const Viewer *viewer)
{
  g_autoptr (SideReview) review = side_wire_review_from_json (body, -1, NULL);
  g_autoptr (SideReview) sealed = review != NULL ? side_review_dup_sealed (review) : NULL;

  if (sealed == NULL || !side_review_counts (sealed))
    return FALSE;
  if (review->finished_ms == 0)
    show_sealed (object, sealed);
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

/* -- what a test call tells clients of */

typedef void (*ForgetFunc) (JsonObject *object);

static void
forget_heard (JsonObject *fact)
{
  json_object_remove_member (fact, "heard");
}

static void
forget_words (JsonObject *answer)
{
  json_object_remove_member (answer, "comment");
}

static JsonArray *
array_of (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
forget_in_each (JsonObject *object,
                const char *name,
                ForgetFunc  forget)
{
  JsonArray *array = array_of (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        forget (json_node_get_object (node));
    }
}

/* Whether it is the name of an announcement of the scenario: nobody's, and what was heard of it is reckoned with. */
static gboolean
names_prompt (JsonObject *object,
              const char *label)
{
  JsonArray *prompts = array_of (object, "prompts");

  for (guint i = 0; label != NULL && prompts != NULL && i < json_array_get_length (prompts); i++)
    {
      JsonNode *node = json_array_get_element (prompts, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && g_strcmp0 (text_of (json_node_get_object (node), "name"), label) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
forget_labels (JsonObject *object)
{
  JsonArray *segments = array_of (object, "segments");

  for (guint i = 0; segments != NULL && i < json_array_get_length (segments); i++)
    {
      JsonNode *node = json_array_get_element (segments, i);
      JsonObject *segment = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (segment != NULL && (flag_of (segment, "by_hand") || g_strcmp0 (text_of (segment, "kind"), "person") == 0)
          && !names_prompt (object, text_of (segment, "label")))
        json_object_remove_member (segment, "label");
    }
}

/* A note with a tag stays without its words; one without a tag would say nothing. */
static void
forget_notes (JsonObject *object)
{
  JsonArray *notes = array_of (object, "notes");

  for (guint i = notes != NULL ? json_array_get_length (notes) : 0; i-- > 0;)
    {
      JsonNode *node = json_array_get_element (notes, i);
      JsonObject *note = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (note == NULL || text_of (note, "tag") == NULL)
        json_array_remove_element (notes, i);
      else
        json_object_set_string_member (note, "text", "");
    }
}

/* One call says little of one person: it is about the line. People are named in whatever somebody typed, and by the
 * call centre's own call; that it was looked for by hand in vain is told with that call. */
static void
hide_answerer (JsonObject *object)
{
  static const char *const members[] = { "operator_name", "comment", "call", "match" };

  if (flag_of (object, "names_shown"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_remove_member (object, members[i]);
  forget_labels (object);
  forget_in_each (object, "facts", forget_heard);
  forget_in_each (object, "answers", forget_words);
  forget_notes (object);
}

/**
 * side_wire_body_for_client:
 * @kind: the kind of a document that clients may see
 * @body: what is in it
 *
 * What is being reviewed, and what measures the reviewers, is not for them; nor
 * is, unless whoever made a test call says so, who answered it, what was written
 * of it in words of one's own, and which call of the call centre's it was.
 *
 * Returns: (transfer full) (nullable): the body as they may see it; %NULL when
 *   it is not for them
 */
char *
side_wire_body_for_client (const char *kind,
                           const char *body)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (kind != NULL && body != NULL, NULL);

  if (!g_str_equal (kind, "review") && !g_str_equal (kind, "test-call"))
    return g_strdup (body);
  node = _side_wire_parse_object (body, -1, SIDE_WIRE_MAX_REQUEST, NULL);
  if (node != NULL && g_str_equal (kind, "test-call"))
    {
      hide_answerer (json_node_get_object (node));
      return json_to_string (node, FALSE);
    }
  return node != NULL && show_review (json_node_get_object (node), body, NULL) ? json_to_string (node, FALSE) : NULL;
}

/**
 * side_wire_coaching_for_calls:
 * @body: a coaching note
 * @is_own: whether a call is the operator's own
 * @data: for @is_own
 *
 * Pieces of others' calls are for whoever wrote the note.
 *
 * Returns: (transfer full) (nullable): the note without them
 */
char *
side_wire_coaching_for_calls (const char      *body,
                              SideWireOwnFunc  is_own,
                              gpointer         data)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (body, -1, SIDE_WIRE_MAX_REQUEST, NULL);
  JsonNode *clips = node != NULL ? json_object_get_member (json_node_get_object (node), "clips") : NULL;
  JsonArray *array = clips != NULL && JSON_NODE_HOLDS_ARRAY (clips) ? json_node_get_array (clips) : NULL;

  for (guint i = array != NULL ? json_array_get_length (array) : 0; i-- > 0;)
    {
      JsonNode *clip = json_array_get_element (array, i);
      const char *call = JSON_NODE_HOLDS_OBJECT (clip) ? text_of (json_node_get_object (clip), "call") : NULL;

      if (call == NULL || !is_own (call, data))
        json_array_remove_element (array, i);
    }
  return node != NULL ? json_to_string (node, FALSE) : NULL;
}
