/* side-wire-session.c - who is signed in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <string.h>

#define MAX_CAPABILITIES 256
#define MAX_CREDENTIAL   1024
#define MAX_PERSON_PROJECTS 10000

G_DEFINE_BOXED_TYPE (SideSession, side_session, side_session_ref, side_session_unref)

/**
 * side_person_new:
 * @name: their name at the server
 * @role: what they are
 *
 * Returns: (transfer full): a person without any project
 */
SidePerson *
side_person_new (const char *name,
                 SideRole    role)
{
  SidePerson *self = g_new0 (SidePerson, 1);

  self->name = g_strdup (name);
  self->role = role;
  self->projects = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * side_person_free:
 * @self: (transfer full): a person
 */
void
side_person_free (SidePerson *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->projects);
  g_free (self);
}

/**
 * side_session_new:
 * @user: their name at the server
 * @role: what they are
 *
 * Returns: (transfer full): a session without any project
 */
SideSession *
side_session_new (const char *user,
                  SideRole    role)
{
  SideSession *self = g_new0 (SideSession, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->user = g_strdup (user);
  self->role = role;
  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  self->capabilities = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * side_session_ref:
 * @self: a session
 *
 * Returns: (transfer full): @self
 */
SideSession *
side_session_ref (SideSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_session_unref:
 * @self: (transfer full): a session
 */
void
side_session_unref (SideSession *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self->user);
  g_free (self->operator_id);
  g_free (self->epoch);
  g_ptr_array_unref (self->projects);
  g_ptr_array_unref (self->capabilities);
  g_free (self->server_name);
  g_free (self->server_version);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

/**
 * side_session_find_project:
 * @self: a session
 * @id: (nullable): a project's id
 *
 * Returns: (transfer none) (nullable): its settings, when it is granted
 */
SideProject *
side_session_find_project (const SideSession *self,
                           const char        *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (self->projects, i);

      if (g_strcmp0 (project->id, id) == 0)
        return project;
    }
  return NULL;
}

/**
 * side_session_can:
 * @self: a session
 * @capability: its name
 *
 * Returns: whether the server offers it to this user
 */
gboolean
side_session_can (const SideSession *self,
                  const char        *capability)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->capabilities->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->capabilities, i), capability) == 0)
      return TRUE;
  return FALSE;
}

/**
 * side_session_list_people:
 * @self: a session
 * @project: (nullable): a project's id
 *
 * Returns: (transfer container) (nullable) (element-type SidePerson): who
 *   reviews in @project, as the session has them; %NULL when the server told
 *   of nobody, which is not the same as nobody being there
 */
GPtrArray *
side_session_list_people (const SideSession *self,
                          const char        *project)
{
  GPtrArray *people;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->people == NULL || project == NULL)
    return NULL;
  people = g_ptr_array_new ();
  for (guint i = 0; i < self->people->len; i++)
    {
      SidePerson *person = g_ptr_array_index (self->people, i);

      if (g_ptr_array_find_with_equal_func (person->projects, project, g_str_equal, NULL))
        g_ptr_array_add (people, person);
    }
  return people;
}

static void
append_people (GString   *out,
               GPtrArray *people)
{
  side_json_open (out, "people", '[');
  for (guint i = 0; i < people->len; i++)
    {
      const SidePerson *person = g_ptr_array_index (people, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", person->name);
      side_json_string (out, "role", side_role_to_string (person->role));
      _side_wire_append_texts (out, "projects", person->projects);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

/**
 * side_wire_session_to_json:
 * @session: a session
 *
 * Returns: (transfer full): its JSON, with the token where it has one
 */
char *
side_wire_session_to_json (const SideSession *session)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string_maybe (out, "token", session->token);
  side_json_int_maybe (out, "expires_ms", session->expires_ms);
  side_json_string_maybe (out, "epoch", session->epoch);
  side_json_string (out, "user", session->user);
  side_json_string (out, "role", side_role_to_string (session->role));
  side_json_string_maybe (out, "operator", session->operator_id);
  side_json_open (out, "projects", '[');
  for (guint i = 0; i < session->projects->len; i++)
    side_wire_append_project (out, g_ptr_array_index (session->projects, i));
  side_json_close (out, ']');
  if (session->people != NULL)
    append_people (out, session->people);
  side_json_open (out, "capabilities", '[');
  for (guint i = 0; i < session->capabilities->len; i++)
    side_json_string (out, NULL, g_ptr_array_index (session->capabilities, i));
  side_json_close (out, ']');
  side_json_open (out, "server", '{');
  side_json_string (out, "name", session->server_name != NULL ? session->server_name : "");
  side_json_string (out, "version", session->server_version != NULL ? session->server_version : "");
  side_json_boolean (out, "simulated", session->simulated);
  side_json_int (out, "at_ms", session->at_ms);
  side_json_close (out, '}');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/* It goes back to the server in addresses, so it is a short one. */
gboolean
_side_wire_read_epoch (JsonObject  *object,
                       char       **epoch,
                       GError     **error)
{
  const char *text = NULL;

  if (!side_json_read_text (object, "epoch", SIDE_WIRE_MAX_EPOCH, &text, error))
    return FALSE;
  *epoch = g_strdup (text);
  return TRUE;
}

static gpointer
read_project (JsonNode  *node,
              GError   **error)
{
  return side_wire_project_from_node (node, error);
}

static gpointer
read_capability (JsonNode  *node,
                 GError   **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not a word");
  return NULL;
}

static gpointer
read_person (JsonNode  *node,
             GError   **error)
{
  JsonObject *object = side_json_as_object (node, "person", error);
  g_autoptr (SidePerson) person = NULL;
  const char *role = NULL;

  if (object == NULL)
    return NULL;
  person = side_person_new (NULL, SIDE_ROLE_NONE);
  if (!side_json_read_string (object, "name", &person->name, error)
      || !side_json_need (person->name != NULL && *person->name != '\0', "name", error)
      || !side_json_read_text (object, "role", SIDE_JSON_MAX_INTERN, &role, error)
      || !_side_wire_read_texts (object, "projects", MAX_PERSON_PROJECTS, person->projects, error))
    return NULL;
  person->role = side_role_from_string (role);
  return g_steal_pointer (&person);
}

/* An older server tells of nobody, and so does any to whom it is not for. */
static gboolean
read_people (SideSession  *session,
             JsonObject   *object,
             GError      **error)
{
  if (!json_object_has_member (object, "people") || json_object_get_null_member (object, "people"))
    return TRUE;
  session->people = _side_wire_read_list (object, "people", read_person, (GDestroyNotify) side_person_free, error);
  return session->people != NULL;
}

static gboolean
read_server (SideSession  *session,
             JsonObject   *object,
             GError      **error)
{
  JsonNode *node = NULL;
  JsonObject *server;

  if (!side_json_read_object (object, "server", &node, error)
      || !side_json_need (node != NULL, "server", error))
    return FALSE;
  server = json_node_get_object (node);
  return side_json_read_string (server, "name", &session->server_name, error)
         && side_json_read_string (server, "version", &session->server_version, error)
         && side_json_read_boolean (server, "simulated", &session->simulated, error)
         && side_json_read_ms (server, "at_ms", 0, &session->at_ms, error);
}

/**
 * side_wire_session_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the session
 */
SideSession *
side_wire_session_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GPtrArray) capabilities = NULL;
  const char *role = NULL;

  if (object == NULL)
    return NULL;
  session = side_session_new (NULL, SIDE_ROLE_NONE);
  if (!side_json_read_string (object, "token", &session->token, error)
      || !side_json_read_ms (object, "expires_ms", 0, &session->expires_ms, error)
      || !_side_wire_read_epoch (object, &session->epoch, error)
      || !side_json_read_string (object, "user", &session->user, error)
      || !side_json_need (session->user != NULL, "user", error)
      || !side_json_read_text (object, "role", SIDE_JSON_MAX_INTERN, &role, error)
      || !side_json_read_string (object, "operator", &session->operator_id, error)
      || !read_people (session, object, error)
      || !read_server (session, object, error))
    return NULL;
  session->role = side_role_from_string (role);
  projects = _side_wire_read_list (object, "projects", read_project, (GDestroyNotify) side_project_unref, error);
  if (projects == NULL)
    return NULL;
  capabilities = _side_wire_read_list (object, "capabilities", read_capability, g_free, error);
  if (capabilities == NULL)
    return NULL;
  g_ptr_array_set_size (capabilities, (int) MIN (capabilities->len, MAX_CAPABILITIES));
  g_ptr_array_unref (session->projects);
  session->projects = g_steal_pointer (&projects);
  g_ptr_array_unref (session->capabilities);
  session->capabilities = g_steal_pointer (&capabilities);
  return g_steal_pointer (&session);
}

/**
 * side_wire_sign_in_to_json:
 * @user: a user's name
 * @password: their password
 *
 * Returns: (transfer full): the body of a sign-in
 */
char *
side_wire_sign_in_to_json (const char *user,
                           const char *password)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "user", user);
  side_json_string (out, "password", password);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_sign_in_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @user: (out) (transfer full): the user's name
 * @password: (out) (transfer full): their password
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE; it never quotes the input
 *
 * Returns: whether it was one
 */
gboolean
side_wire_sign_in_from_json (const char  *text,
                             gssize       len,
                             char       **user,
                             char       **password,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, 8 * MAX_CREDENTIAL, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  const char *name = NULL;
  const char *secret = NULL;

  if (object == NULL
      || !side_json_read_text (object, "user", MAX_CREDENTIAL, &name, error)
      || !side_json_need (name != NULL, "user", error)
      || !side_json_read_text (object, "password", MAX_CREDENTIAL, &secret, error)
      || !side_json_need (secret != NULL, "password", error))
    return FALSE;
  *user = g_strdup (name);
  *password = g_strdup (secret);
  return TRUE;
}
