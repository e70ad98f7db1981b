/* side-ami-message.c - looking things up in a message of the manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-ami-reader.h"

#include <string.h>

/**
 * side_ami_message_get:
 * @self: a message
 * @name: a header, in any case
 *
 * Returns: (transfer none) (nullable): the value of the first header so named
 */
const char *
side_ami_message_get (const SideAmiMessage *self,
                      const char           *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->n_fields; i++)
    {
      if (g_ascii_strcasecmp (self->fields[i].name, name) == 0)
        return self->fields[i].value;
    }
  return NULL;
}

/**
 * side_ami_message_get_last:
 * @self: a message
 * @name: a header, in any case
 *
 * Returns: (transfer none) (nullable): the value of the last header so named
 */
const char *
side_ami_message_get_last (const SideAmiMessage *self,
                           const char           *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = self->n_fields; i > 0; i--)
    {
      if (g_ascii_strcasecmp (self->fields[i - 1].name, name) == 0)
        return self->fields[i - 1].value;
    }
  return NULL;
}

/**
 * side_ami_message_count:
 * @self: a message
 * @name: a header, in any case
 *
 * Returns: how many headers are so named
 */
guint
side_ami_message_count (const SideAmiMessage *self,
                        const char           *name)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL && name != NULL, 0);

  for (guint i = 0; i < self->n_fields; i++)
    n += g_ascii_strcasecmp (self->fields[i].name, name) == 0;
  return n;
}

/**
 * side_ami_message_is:
 * @self: a message
 * @name: a header, in any case
 * @value: a value, in any case
 *
 * Returns: whether the first header so named has that value
 */
gboolean
side_ami_message_is (const SideAmiMessage *self,
                     const char           *name,
                     const char           *value)
{
  const char *found = side_ami_message_get (self, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

/**
 * side_ami_message_variable:
 * @self: a message
 * @field: "ChanVariable" or "DestChanVariable", which repeat
 * @variable: a channel variable's name
 *
 * Returns: (transfer none) (nullable): its value, %NULL if empty or not told
 */
const char *
side_ami_message_variable (const SideAmiMessage *self,
                           const char           *field,
                           const char           *variable)
{
  gsize length = strlen (variable);

  for (guint i = 0; i < self->n_fields; i++)
    {
      const char *value = self->fields[i].value;

      if (g_ascii_strcasecmp (self->fields[i].name, field) == 0
          && g_ascii_strncasecmp (value, variable, length) == 0 && value[length] == '=')
        return value[length + 1] != '\0' ? value + length + 1 : NULL;
    }
  return NULL;
}

/**
 * side_ami_message_get_int:
 * @self: a message
 * @name: a header, in any case
 * @otherwise: what to return when it is missing or not a whole number
 *
 * Returns: the number
 */
gint64
side_ami_message_get_int (const SideAmiMessage *self,
                          const char           *name,
                          gint64                otherwise)
{
  const char *value = side_ami_message_get (self, name);
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return otherwise;
  return number;
}

/**
 * side_ami_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy that outlives the reader's room
 */
SideAmiMessage *
side_ami_message_copy (const SideAmiMessage *self)
{
  SideAmiMessage *copy;
  SideAmiField *fields;
  gsize size = self->n_fields * sizeof (SideAmiField);
  char *text;

  for (guint i = 0; i < self->n_fields; i++)
    size += strlen (self->fields[i].name) + strlen (self->fields[i].value) + 2;
  copy = g_new0 (SideAmiMessage, 1);
  copy->copied = g_malloc (MAX (size, 1));
  fields = copy->copied;
  text = (char *) (fields + self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    {
      fields[i].name = text;
      text = g_stpcpy (text, self->fields[i].name) + 1;
      fields[i].value = text;
      text = g_stpcpy (text, self->fields[i].value) + 1;
    }
  copy->fields = fields;
  copy->n_fields = self->n_fields;
  copy->tainted = self->tainted;
  return copy;
}

/**
 * side_ami_message_free:
 * @self: (nullable): a copy
 */
void
side_ami_message_free (SideAmiMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->copied);
  g_free (self);
}
