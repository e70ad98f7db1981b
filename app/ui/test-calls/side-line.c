/* side-line.c - a telephone line of this person's, as it is written down
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From JSON and back, and to what the telephone works with. What is wrong with
 * a line is not judged here: SideSipSettings knows.
 */
#include "side-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-text.h"

#define NUMBER_DIGITS 5   /* a user's name of so many is a number others see, not an extension */
#define MAX_TEXT 20000   /* characters of a member; a certificate is the longest */

G_DEFINE_BOXED_TYPE (SideLine, side_line, side_line_copy, side_line_free)

static const char *const transports[] = { "udp", "tcp", "tls" };

/* Every text of a line and its name in the file. */
static const struct {
  const char *name;
  gsize       offset;
} texts[] = {
  { "id", G_STRUCT_OFFSET (SideLine, id) },
  { "label", G_STRUCT_OFFSET (SideLine, label) },
  { "user", G_STRUCT_OFFSET (SideLine, user) },
  { "authUser", G_STRUCT_OFFSET (SideLine, auth_user) },
  { "displayName", G_STRUCT_OFFSET (SideLine, display_name) },
  { "number", G_STRUCT_OFFSET (SideLine, number) },
  { "domain", G_STRUCT_OFFSET (SideLine, domain) },
  { "server", G_STRUCT_OFFSET (SideLine, server) },
  { "trusted", G_STRUCT_OFFSET (SideLine, trusted) },
};

/**
 * side_line_new:
 * @id: UUID
 *
 * Returns: (transfer full): a line as most are: over UDP, with a registration
 */
SideLine *
side_line_new (const char *id)
{
  SideLine *self = g_new0 (SideLine, 1);

  self->id = g_strdup (id);
  self->registers = TRUE;
  return self;
}

/**
 * side_line_copy:
 * @self: a line
 *
 * Returns: (transfer full): the same line
 */
SideLine *
side_line_copy (const SideLine *self)
{
  SideLine *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (SideLine, 1);
  *copy = *self;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, copy, texts[i].offset) = g_strdup (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  return copy;
}

/**
 * side_line_free:
 * @self: a line
 */
void
side_line_free (SideLine *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  g_free (self);
}

/**
 * side_line_dup_settings:
 * @self: a line
 *
 * Returns: (transfer full): what the telephone works with, not checked yet
 */
SideSipSettings *
side_line_dup_settings (const SideLine *self)
{
  g_autoptr (GTlsCertificate) trusted = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* One that cannot be read is none: the server is refused then, and in words. */
  if (self->trusted != NULL)
    trusted = g_tls_certificate_new_from_pem (self->trusted, -1, NULL);
  return g_object_new (SIDE_TYPE_SIP_SETTINGS,
                       "user", self->user,
                       "auth-user", self->auth_user,
                       "display-name", self->display_name,
                       "domain", self->domain,
                       "server", self->server,
                       "transport", self->transport,
                       "media", self->encrypted ? SIDE_SIP_MEDIA_SRTP : SIDE_SIP_MEDIA_PLAIN,
                       "registers", self->registers,
                       "trusted", trusted,
                       NULL);
}

/**
 * side_line_dup_address:
 * @self: a line
 *
 * Returns: (transfer full): "user@domain"
 */
char *
side_line_dup_address (const SideLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_strdup_printf ("%s@%s", self->user != NULL ? self->user : "", self->domain != NULL ? self->domain : "");
}

/**
 * side_line_get_caller:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): the number others see, as far as it is known
 */
const char *
side_line_get_caller (const SideLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->number != NULL && *self->number != '\0')
    return self->number;
  for (const char *p = self->user; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isdigit (*p) && !(*p == '+' && p == self->user))
      return NULL;
  return self->user != NULL && strlen (self->user) >= NUMBER_DIGITS ? self->user : NULL;
}

/**
 * side_line_name_transport:
 * @transport: how messages travel
 *
 * Returns: "UDP", "TCP" or "TLS"
 */
const char *
side_line_name_transport (SideSipTransport transport)
{
  static const char *const names[] = { "UDP", "TCP", "TLS" };

  g_return_val_if_fail (transport < G_N_ELEMENTS (names), NULL);
  return names[transport];
}

/**
 * side_line_dup_words:
 * @self: a line
 *
 * Returns: (transfer full): a line of text on how it works: "shop@pbx.example · TLS · sound encrypted"
 */
char *
side_line_dup_words (const SideLine *self)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  address = side_line_dup_address (self);
  return g_strdup_printf ("%s · %s · %s", address, side_line_name_transport (self->transport),
                          self->encrypted ? _("sound encrypted") : _("sound not encrypted"));
}

/**
 * side_line_write:
 * @self: a line
 * @builder: where a value is expected
 */
void
side_line_write (const SideLine *self,
                 JsonBuilder    *builder)
{
  g_return_if_fail (self != NULL && JSON_IS_BUILDER (builder));

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, self, texts[i].offset);

      if (text == NULL)
        continue;
      json_builder_set_member_name (builder, texts[i].name);
      json_builder_add_string_value (builder, text);
    }
  json_builder_set_member_name (builder, "transport");
  json_builder_add_string_value (builder, transports[self->transport]);
  json_builder_set_member_name (builder, "encrypted");
  json_builder_add_boolean_value (builder, self->encrypted);
  json_builder_set_member_name (builder, "registers");
  json_builder_add_boolean_value (builder, self->registers);
  json_builder_end_object (builder);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MAX_TEXT ? text : NULL;
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/**
 * side_line_read:
 * @object: from side_line_write()
 *
 * Returns: (transfer full) (nullable): the line; %NULL when it has no id
 */
SideLine *
side_line_read (JsonObject *object)
{
  g_autoptr (SideLine) self = g_new0 (SideLine, 1);
  const char *transport;

  g_return_val_if_fail (object != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, self, texts[i].offset) = g_strdup (get_text (object, texts[i].name));
  if (self->id == NULL || !side_id_is_valid (self->id))
    return NULL;
  transport = get_text (object, "transport");
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_strcmp0 (transport, transports[i]) == 0)
      self->transport = (SideSipTransport) i;
  self->encrypted = get_flag (object, "encrypted");
  self->registers = get_flag (object, "registers");
  return g_steal_pointer (&self);
}
