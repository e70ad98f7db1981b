/* side-wire-actions.c - actions: words, requests and answers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-actions.h"

#include <string.h>

#include "side-text.h"
#include "side-wire-private.h"

#define MAX_BODY  (16 * 1024)
#define MAX_WORDS 1000

static const char *const kinds[SIDE_N_ACTIONS] = {
  [SIDE_ACTION_UNKNOWN] = "unknown", [SIDE_ACTION_LISTEN] = "listen", [SIDE_ACTION_WHISPER] = "whisper",
  [SIDE_ACTION_JOIN] = "join", [SIDE_ACTION_PAUSE] = "pause", [SIDE_ACTION_RESUME] = "resume",
  [SIDE_ACTION_HANGUP] = "hangup",
};

static const struct {
  const char *word;
  const char *words;
} hurdles[] = {
  [SIDE_HURDLE_NONE] = { "none", "nothing is in the way" },
  [SIDE_HURDLE_LINK] = { "link", "the PBX is not connected" },
  [SIDE_HURDLE_RIGHT] = { "right", "the server's manager user may not do it: “write=” in the PBX's manager.conf" },
  [SIDE_HURDLE_PHONE] = { "phone", "the server's configuration has no telephone of yours: section [phones]" },
  [SIDE_HURDLE_CONFIGURATION] = { "configuration", "the server's configuration does not allow it: “actions” in the PBX's section" },
  [SIDE_HURDLE_SOURCE] = { "source", "it cannot be done where these calls come from" },
  [SIDE_HURDLE_ROLE] = { "role", "only supervisors may act" },
  [SIDE_HURDLE_UNKNOWN] = { "unknown", "the server says no" },
};

/**
 * side_action_kind_to_string:
 * @kind: an action
 *
 * Returns: (transfer none): the protocol's word for it
 */
const char *
side_action_kind_to_string (SideActionKind kind)
{
  g_return_val_if_fail (kind < SIDE_N_ACTIONS, kinds[0]);
  return kinds[kind];
}

/**
 * side_action_kind_from_string:
 * @word: (nullable): a word of the protocol
 *
 * Returns: the action; SIDE_ACTION_UNKNOWN for a word of a newer peer
 */
SideActionKind
side_action_kind_from_string (const char *word)
{
  for (guint i = 1; i < SIDE_N_ACTIONS; i++)
    if (g_strcmp0 (kinds[i], word) == 0)
      return (SideActionKind) i;
  return SIDE_ACTION_UNKNOWN;
}

/**
 * side_action_kind_needs_phone:
 * @kind: an action
 *
 * Returns: whether a telephone of the user's rings for it
 */
gboolean
side_action_kind_needs_phone (SideActionKind kind)
{
  return kind == SIDE_ACTION_LISTEN || kind == SIDE_ACTION_WHISPER || kind == SIDE_ACTION_JOIN;
}

/**
 * side_action_kind_is_on_call:
 * @kind: an action
 *
 * Returns: whether it is done to a call; else to an operator
 */
gboolean
side_action_kind_is_on_call (SideActionKind kind)
{
  return kind == SIDE_ACTION_HANGUP || side_action_kind_needs_phone (kind);
}

/**
 * side_action_text_is_fine:
 * @text: (nullable): what somebody wrote
 * @max_chars: how many characters it may have
 *
 * A reason goes to the PBX, to its log and to an audit log: none may be made
 * to read as two lines, or otherwise than it does.
 *
 * Returns: whether there is a text, of printable characters alone
 */
gboolean
side_action_text_is_fine (const char *text,
                          glong       max_chars)
{
  gboolean empty = TRUE;

  if (text == NULL || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > max_chars)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (!g_unichar_isprint (c) || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
      empty = empty && g_unichar_isspace (c);
    }
  return !empty;
}

/**
 * side_hurdle_to_string:
 * @hurdle: a hurdle
 *
 * Returns: (transfer none): the protocol's word for it
 */
const char *
side_hurdle_to_string (SideHurdle hurdle)
{
  g_return_val_if_fail (hurdle <= SIDE_HURDLE_UNKNOWN, "unknown");
  return hurdles[hurdle].word;
}

/**
 * side_hurdle_from_string:
 * @word: (nullable): a word of the protocol
 *
 * Returns: the hurdle; SIDE_HURDLE_UNKNOWN for a word of a newer server
 */
SideHurdle
side_hurdle_from_string (const char *word)
{
  /* "none" is no word of the protocol: what is allowed says so. */
  for (guint i = SIDE_HURDLE_NONE + 1; i < G_N_ELEMENTS (hurdles); i++)
    if (g_strcmp0 (hurdles[i].word, word) == 0)
      return (SideHurdle) i;
  return SIDE_HURDLE_UNKNOWN;
}

/**
 * side_hurdle_get_words:
 * @hurdle: a hurdle
 *
 * Returns: (transfer none): what it is, in plain words
 */
const char *
side_hurdle_get_words (SideHurdle hurdle)
{
  g_return_val_if_fail (hurdle <= SIDE_HURDLE_UNKNOWN, "");
  return hurdles[hurdle].words;
}

/* What is asked for */

/**
 * side_action_request_new:
 * @kind: what
 * @request: its UUID
 * @reason: why
 *
 * Returns: (transfer full): a request that says of nobody yet
 */
SideActionRequest *
side_action_request_new (SideActionKind kind,
                         const char    *request,
                         const char    *reason)
{
  SideActionRequest *self = g_new0 (SideActionRequest, 1);

  self->kind = kind;
  self->request = g_strdup (request);
  self->reason = g_strdup (reason);
  return self;
}

/**
 * side_action_request_free:
 * @self: (transfer full) (nullable): a request
 */
void
side_action_request_free (SideActionRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->request);
  g_free (self->call);
  g_free (self->project);
  g_free (self->operator_id);
  g_free (self->queue);
  g_free (self->reason);
  g_free (self->break_reason);
  g_free (self);
}

/**
 * side_wire_action_request_to_json:
 * @request: a request
 *
 * What is to be done stands in the address it is sent to.
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_action_request_to_json (const SideActionRequest *request)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "request", request->request);
  side_json_string_maybe (out, "call", request->call);
  side_json_string_maybe (out, "project", request->project);
  side_json_string_maybe (out, "operator", request->operator_id);
  side_json_string_maybe (out, "queue", request->queue);
  side_json_string (out, "reason", request->reason);
  side_json_string_maybe (out, "break", request->break_reason);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_name (JsonObject  *object,
           const char  *name,
           gboolean     needed,
           char       **value,
           GError     **error)
{
  const char *text = NULL;

  if (!side_json_read_text (object, name, SIDE_JSON_MAX_INTERN, &text, error))
    return FALSE;
  *value = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  return side_json_need (!needed || *value != NULL, name, error);
}

static gboolean
read_aim (JsonObject         *object,
          gboolean            on_call,
          SideActionRequest  *request,
          GError            **error)
{
  if (on_call)
    return read_name (object, "call", TRUE, &request->call, error);
  return read_name (object, "operator", TRUE, &request->operator_id, error)
         && read_name (object, "project", TRUE, &request->project, error)
         && read_name (object, "queue", FALSE, &request->queue, error);
}

static gboolean
check_text (const char  *text,
            const char  *name,
            glong        max_chars,
            GError     **error)
{
  if (side_action_text_is_fine (text, max_chars))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" must be one line of up to %ld characters", name, max_chars);
  return FALSE;
}

/**
 * side_wire_action_request_from_json:
 * @kind: what the address says
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Members the action has not are passed over, like unknown ones: what stands in
 * the request is what it is done to, and what stands on record.
 *
 * Returns: (transfer full): the request, with a reason and somebody to do it to
 */
SideActionRequest *
side_wire_action_request_from_json (SideActionKind   kind,
                                    const char      *text,
                                    gssize           len,
                                    GError         **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, MAX_BODY, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideActionRequest) self = side_action_request_new (kind, NULL, NULL);
  gboolean on_call = side_action_kind_is_on_call (kind);

  if (object == NULL
      || !side_json_read_id (object, "request", &self->request, error)
      || !read_aim (object, on_call, self, error)
      || !side_json_read_needed (object, "reason", &self->reason, error)
      || !check_text (self->reason, "reason", SIDE_ACTION_MAX_REASON, error)
      || (kind == SIDE_ACTION_PAUSE && !side_json_read_string (object, "break", &self->break_reason, error))
      || (self->break_reason != NULL && !check_text (self->break_reason, "break", SIDE_ACTION_MAX_BREAK, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/* What was done */

SideActionDone *
side_action_done_new (SideActionKind kind)
{
  SideActionDone *self = g_new0 (SideActionDone, 1);

  self->kind = kind;
  return self;
}

/**
 * side_action_done_free:
 * @self: (transfer full) (nullable): an answer
 */
void
side_action_done_free (SideActionDone *self)
{
  if (self == NULL)
    return;
  g_free (self->request);
  g_free (self->project);
  g_free (self->call);
  g_free (self->operator_id);
  g_free (self->annotation);
  g_free (self);
}

/**
 * side_wire_action_done_to_json:
 * @done: an answer
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_action_done_to_json (const SideActionDone *done)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "action", side_action_kind_to_string (done->kind));
  side_json_string (out, "request", done->request);
  side_json_string (out, "project", done->project);
  side_json_string_maybe (out, "call", done->call);
  side_json_string_maybe (out, "operator", done->operator_id);
  side_json_string_maybe (out, "annotation", done->annotation);
  side_json_int (out, "at_ms", done->at_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_action_done_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the answer
 */
SideActionDone *
side_wire_action_done_from_json (const char  *text,
                                 gssize       len,
                                 GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideActionDone) self = side_action_done_new (SIDE_ACTION_UNKNOWN);
  const char *word = NULL;

  if (object == NULL
      || !side_json_read_text (object, "action", SIDE_JSON_MAX_INTERN, &word, error)
      || !side_json_need (word != NULL, "action", error)
      || !side_json_read_id (object, "request", &self->request, error)
      || !read_name (object, "project", TRUE, &self->project, error)
      || !read_name (object, "call", FALSE, &self->call, error)
      || !read_name (object, "operator", FALSE, &self->operator_id, error)
      || !read_name (object, "annotation", FALSE, &self->annotation, error)
      || !side_json_need (json_object_has_member (object, "at_ms"), "at_ms", error)
      || !side_json_read_ms (object, "at_ms", 0, &self->at_ms, error))
    return NULL;
  self->kind = side_action_kind_from_string (word);
  return g_steal_pointer (&self);
}

/* What may be done */

static void
place_free (gpointer data)
{
  g_free (((SideActionPlace *) data)->project);
  g_free (data);
}

SideActionOffers *
side_action_offers_new (void)
{
  SideActionOffers *self = g_new0 (SideActionOffers, 1);

  self->breaks = g_ptr_array_new_with_free_func (g_free);
  self->places = g_ptr_array_new_with_free_func (place_free);
  return self;
}

/**
 * side_action_offers_free:
 * @self: (transfer full) (nullable): offers
 */
void
side_action_offers_free (SideActionOffers *self)
{
  if (self == NULL)
    return;
  g_free (self->phone);
  g_ptr_array_unref (self->breaks);
  g_ptr_array_unref (self->places);
  g_free (self);
}

/**
 * side_action_offers_add:
 * @self: offers
 * @project: id of a project
 *
 * Returns: (transfer none): its place, where nothing can be done yet
 */
SideActionPlace *
side_action_offers_add (SideActionOffers *self,
                        const char       *project)
{
  SideActionPlace *place = g_new0 (SideActionPlace, 1);

  place->project = g_strdup (project);
  for (guint i = 0; i < SIDE_N_ACTIONS; i++)
    place->hurdles[i] = SIDE_HURDLE_UNKNOWN;
  g_ptr_array_add (self->places, place);
  return place;
}

/**
 * side_action_offers_get:
 * @self: offers
 * @project: (nullable): id of a project
 * @kind: an action
 *
 * Returns: what is in its way there; SIDE_HURDLE_UNKNOWN where the server did
 *   not say
 */
SideHurdle
side_action_offers_get (const SideActionOffers *self,
                        const char             *project,
                        SideActionKind          kind)
{
  g_return_val_if_fail (self != NULL && kind < SIDE_N_ACTIONS, SIDE_HURDLE_UNKNOWN);
  for (guint i = 0; i < self->places->len; i++)
    {
      const SideActionPlace *place = g_ptr_array_index (self->places, i);

      if (g_strcmp0 (place->project, project) == 0)
        return place->hurdles[kind];
    }
  return SIDE_HURDLE_UNKNOWN;
}

static void
append_place (GString               *out,
              const SideActionPlace *place)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "project", place->project);
  side_json_open (out, "actions", '[');
  for (guint i = 1; i < SIDE_N_ACTIONS; i++)
    {
      gboolean allowed = place->hurdles[i] == SIDE_HURDLE_NONE;

      side_json_open (out, NULL, '{');
      side_json_string (out, "action", kinds[i]);
      side_json_boolean (out, "allowed", allowed);
      side_json_string_maybe (out, "why", allowed ? NULL : side_hurdle_to_string (place->hurdles[i]));
      side_json_string_maybe (out, "detail", allowed ? NULL : side_hurdle_get_words (place->hurdles[i]));
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
}

/**
 * side_wire_action_offers_to_json:
 * @offers: offers
 *
 * Returns: (transfer full): their JSON
 */
char *
side_wire_action_offers_to_json (const SideActionOffers *offers)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string_maybe (out, "phone", offers->phone);
  side_json_open (out, "breaks", '[');
  for (guint i = 0; i < offers->breaks->len; i++)
    side_json_string (out, NULL, g_ptr_array_index (offers->breaks, i));
  side_json_close (out, ']');
  side_json_open (out, "projects", '[');
  for (guint i = 0; i < offers->places->len; i++)
    append_place (out, g_ptr_array_index (offers->places, i));
  side_json_close (out, ']');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gpointer
read_word (JsonNode  *node,
           GError   **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not a word");
  return NULL;
}

static gboolean
read_offer (SideActionPlace  *place,
            JsonNode         *node,
            GError          **error)
{
  JsonObject *object = side_json_as_object (node, "an action", error);
  const char *word = NULL;
  const char *why = NULL;
  gboolean allowed = FALSE;

  if (object == NULL
      || !side_json_read_text (object, "action", SIDE_JSON_MAX_INTERN, &word, error)
      || !side_json_need (word != NULL, "action", error)
      || !side_json_read_boolean (object, "allowed", &allowed, error)
      || !side_json_read_text (object, "why", SIDE_JSON_MAX_INTERN, &why, error))
    return FALSE;
  place->hurdles[side_action_kind_from_string (word)] = allowed ? SIDE_HURDLE_NONE : side_hurdle_from_string (why);
  place->hurdles[SIDE_ACTION_UNKNOWN] = SIDE_HURDLE_UNKNOWN;
  return TRUE;
}

static gboolean
read_place (SideActionOffers  *self,
            JsonNode          *node,
            GError           **error)
{
  JsonObject *object = side_json_as_object (node, "a project", error);
  g_autofree char *project = NULL;
  JsonArray *offers = NULL;
  SideActionPlace *place;

  if (object == NULL || !read_name (object, "project", TRUE, &project, error)
      || !side_json_read_array (object, "actions", &offers, error)
      || !side_json_need (offers != NULL, "actions", error))
    return FALSE;
  place = side_action_offers_add (self, project);
  for (guint i = 0; i < json_array_get_length (offers); i++)
    if (!read_offer (place, json_array_get_element (offers, i), error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_action_offers_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the offers
 */
SideActionOffers *
side_wire_action_offers_from_json (const char  *text,
                                   gssize       len,
                                   GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideActionOffers) self = side_action_offers_new ();
  g_autoptr (GPtrArray) breaks = NULL;
  JsonArray *places = NULL;

  if (object == NULL || !read_name (object, "phone", FALSE, &self->phone, error)
      || !side_json_read_array (object, "projects", &places, error)
      || !side_json_need (places != NULL, "projects", error))
    return NULL;
  breaks = _side_wire_read_list (object, "breaks", read_word, g_free, error);
  if (breaks == NULL)
    return NULL;
  g_ptr_array_set_size (breaks, (int) MIN (breaks->len, MAX_WORDS));
  g_ptr_array_unref (self->breaks);
  self->breaks = g_steal_pointer (&breaks);
  for (guint i = 0; i < json_array_get_length (places); i++)
    if (!read_place (self, json_array_get_element (places, i), error))
      return NULL;
  return g_steal_pointer (&self);
}
