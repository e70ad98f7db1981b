/* side-sip-target.c - what a person dials, as an address
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as they are written ("+7 (916) 123-45-67"), user@host and sip:
 * addresses. What goes into a message from outside goes through here, so that
 * nothing of it can become a header of its own. Pure.
 */
#include "side-sip-stack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TARGET 256
#define MAX_HEADER 512
#define USER_CHARS "!*'()&=+$,;/"     /* with those that are never escaped, all that RFC 3261 lets a user have but "?" */
#define HOST_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"

/* Whether @text is a number with the signs people put between the digits.
 * Returns: (transfer full) (nullable): its digits, plus, star and hash */
static char *
as_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 128 && (g_ascii_isdigit ((char) c) || strchr ("+*#", (int) c) != NULL))
        g_string_append_c (digits, (char) c);
      else if (!(c < 128 && strchr ("()-./", (int) c) != NULL) && !g_unichar_isspace (c) && c != 0x2010 && c != 0x2011 && c != 0x2013)
        return NULL;
    }
  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}

/* Whether there is something to it, and nothing in it that means something in a header. */
static gboolean
is_plain (const char *text)
{
  gboolean named = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    named |= g_unichar_isalnum (g_utf8_get_char (p));
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 127 || strchr ("<>\"\\^`{|}?", *p) != NULL)
      return FALSE;
  return named;
}

static char *
join (const char *user,
      const char *host)
{
  g_autofree char *escaped = g_uri_escape_string (user, USER_CHARS, FALSE);
  gboolean bare = strchr (host, ':') != NULL && host[0] != '[' && strchr (host, ':') != strrchr (host, ':');

  return g_strdup_printf (bare ? "sip:%s@[%s]" : "sip:%s@%s", escaped, host);
}

/**
 * side_sip_target_to_uri:
 * @target: a number, "user@host" or "sip:user@host"
 * @domain: the host where none is named
 *
 * Returns: (transfer full): a sip: address, or %NULL with INVALID
 */
char *
side_sip_target_to_uri (const char *target,
                        const char *domain,
                        GError    **error)
{
  g_autofree char *text = g_strstrip (g_strdup (target != NULL ? target : ""));
  g_autofree char *number = NULL;
  const char *at = strrchr (text, '@');

  if (*text != '\0' && strlen (text) <= MAX_TARGET && g_utf8_validate (text, -1, NULL))
    {
      number = as_number (text);
      if (number != NULL)
        return join (number, domain);
      if (g_ascii_strncasecmp (text, "sip:", 4) == 0 && text[4] != '\0' && at != text + 4 && is_plain (text))
        return g_strdup (text);
      if (strchr (text, ':') == NULL || (at != NULL && strchr (text, ':') > at))
        {
          g_autofree char *user = at != NULL ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
          const char *host = at != NULL ? at + 1 : domain;

          if (*user != '\0' && is_plain (user) && *host != '\0' && (at == NULL || host[strspn (host, HOST_CHARS)] == '\0'))
            return join (user, host);
        }
    }
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, _("This is no number that can be called"));
  return NULL;
}

/**
 * side_sip_headers_check:
 * @headers: (nullable): names and values in turn, %NULL at the end
 *
 * Returns: whether each name begins with "X-" and nothing can break out of its line; INVALID
 */
gboolean
side_sip_headers_check (const char *const *headers,
                        GError           **error)
{
  for (; headers != NULL && headers[0] != NULL; headers += 2)
    {
      const char *name = headers[0];
      const char *value = headers[1];
      gboolean fine = g_ascii_strncasecmp (name, "X-", 2) == 0 && name[2] != '\0' && strlen (name) < 64;

      for (const char *p = name; *p != '\0'; p++)
        fine &= g_ascii_isalnum (*p) || *p == '-' || *p == '_';
      fine &= value != NULL && strlen (value) <= MAX_HEADER && g_utf8_validate (value, -1, NULL);
      for (const char *p = value; fine && *p != '\0'; p++)
        fine = (guchar) *p >= ' ' && *p != 127;
      if (!fine)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "Header “%s” cannot be sent", name);
          return FALSE;
        }
    }
  return TRUE;
}
