/* side-sip-body.c - the description of the sound in a message's body
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 2046 §5.1 as far as it takes to find an application/sdp: beside a
 * picture of the caller or a server's own notes it comes in a multipart.
 */
#include "side-sip-private.h"

#include <string.h>

#define MAX_DEPTH    4
#define MAX_PARTS    32
#define MAX_BOUNDARY 200        /* RFC 2046 allows 70 */

typedef struct {
  const char *start;
  const char *end;
} Span;

static gboolean
is_type (const char *content_type,
         const char *type)
{
  gsize length = strlen (type);

  return g_ascii_strncasecmp (content_type, type, length) == 0 &&
         (content_type[length] == '\0' || strchr ("; \t\r\n", content_type[length]) != NULL);
}

/* Returns: (transfer full) (nullable): the parameter @name of a media type. */
static char *
find_parameter (const char *content_type,
                const char *name)
{
  const char *p = strchr (content_type, ';');

  while (p != NULL && *p == ';')
    {
      g_autoptr (GString) value = g_string_new (NULL);
      gsize length;
      gboolean wanted;

      p += strspn (p, "; \t\r\n");
      length = strcspn (p, "=; \t\r\n");
      wanted = length == strlen (name) && g_ascii_strncasecmp (p, name, length) == 0;
      p += length;
      p += strspn (p, " \t\r\n");
      if (*p == '=')
        {
          p++;
          p += strspn (p, " \t\r\n");
        }
      if (*p == '"')
        {
          for (p++; *p != '\0' && *p != '"'; p++)
            {
              if (*p == '\\' && p[1] != '\0')
                p++;
              g_string_append_c (value, *p);
            }
          p += *p == '"' ? 1 : 0;
        }
      else
        while (*p != '\0' && strchr ("; \t\r\n", *p) == NULL)
          g_string_append_c (value, *p++);
      if (wanted)
        return g_string_free (g_steal_pointer (&value), FALSE);
      p = strchr (p, ';');
    }
  return NULL;
}

/* Where the line after @p begins, or @end. */
static const char *
next_line (const char *p,
           const char *end)
{
  const char *newline = memchr (p, '\n', (gsize) (end - p));

  return newline != NULL ? newline + 1 : end;
}

/* The next line in @p that is a boundary, "--" and all, possibly with space
 * behind it; @last: whether it closes the multipart. */
static const char *
find_boundary (const char *p,
               const char *end,
               const char *boundary,
               gboolean   *last)
{
  gsize length = strlen (boundary);

  for (; p < end; p = next_line (p, end))
    {
      const char *stop = next_line (p, end);
      const char *rest;

      if ((gsize) (stop - p) < 2 + length || p[0] != '-' || p[1] != '-' || memcmp (p + 2, boundary, length) != 0)
        continue;
      rest = p + 2 + length;
      *last = stop - rest >= 2 && rest[0] == '-' && rest[1] == '-';
      rest += *last ? 2 : 0;
      while (rest < stop && strchr (" \t\r\n", *rest) != NULL && *rest != '\0')
        rest++;
      if (rest == stop)
        return p;
    }
  return NULL;
}

/* The line break before a boundary belongs to the boundary. */
static const char *
without_break (const char *start,
               const char *end)
{
  if (end > start && end[-1] == '\n')
    end--;
  if (end > start && end[-1] == '\r')
    end--;
  return end;
}

/* Reads a part's head. Returns: (transfer full): its Content-Type, folded lines
 * joined; @body: what follows the empty line. */
static char *
read_head (Span *part)
{
  g_autoptr (GString) type = NULL;
  gboolean in_type = FALSE;

  while (part->start < part->end)
    {
      const char *line = part->start;
      const char *stop = next_line (line, part->end);
      g_autofree char *text = g_strndup (line, (gsize) (stop - line));

      part->start = stop;
      g_strchomp (text);
      if (*text == '\0')
        break;
      if (*text == ' ' || *text == '\t')
        {
          if (in_type)
            g_string_append (type, text);
          continue;
        }
      in_type = FALSE;
      if (type == NULL && (g_ascii_strncasecmp (text, "content-type", 12) == 0 || g_ascii_strncasecmp (text, "c", 1) == 0))
        {
          const char *colon = text + (g_ascii_strncasecmp (text, "content-type", 12) == 0 ? 12 : 1);

          colon += strspn (colon, " \t");
          if (*colon != ':')
            continue;
          type = g_string_new (colon + 1 + strspn (colon + 1, " \t"));
          in_type = TRUE;
        }
    }
  /* RFC 2046 §5.1: a part without a type is plain text. */
  return type != NULL ? g_string_free (g_steal_pointer (&type), FALSE) : g_strdup ("text/plain");
}

static char *find_sdp (const char *content_type, Span body, int depth);

static char *
find_in_parts (const char *content_type,
               Span        body,
               int         depth)
{
  g_autofree char *boundary = find_parameter (content_type, "boundary");
  gboolean last = FALSE;
  const char *at;

  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > MAX_BOUNDARY)
    return NULL;
  at = find_boundary (body.start, body.end, boundary, &last);
  for (int i = 0; at != NULL && !last && i < MAX_PARTS; i++)
    {
      Span part = { next_line (at, body.end), body.end };
      g_autofree char *type = NULL;
      char *found;

      at = find_boundary (part.start, body.end, boundary, &last);
      if (at != NULL)
        part.end = without_break (part.start, at);
      type = read_head (&part);
      found = find_sdp (type, part, depth + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
find_sdp (const char *content_type,
          Span        body,
          int         depth)
{
  gsize length = (gsize) (body.end - body.start);

  content_type += strspn (content_type, " \t\r\n");
  if (is_type (content_type, "application/sdp"))
    return length > 0 && memchr (body.start, '\0', length) == NULL ? g_strndup (body.start, length) : NULL;
  if (depth >= MAX_DEPTH || g_ascii_strncasecmp (content_type, "multipart/", 10) != 0)
    return NULL;
  return find_in_parts (content_type, body, depth);
}

/**
 * side_sip_body_find_sdp:
 * @content_type: (nullable): the value of the message's Content-Type
 * @body: (nullable) (array length=length): its body, which need not end with a NUL
 * @length: bytes of it
 *
 * Returns: (transfer full) (nullable): the first description that is in it,
 *   down to the fourth multipart; %NULL if there is none
 */
char *
side_sip_body_find_sdp (const char *content_type,
                        const char *body,
                        gsize       length)
{
  if (content_type == NULL || body == NULL || length == 0)
    return NULL;
  return find_sdp (content_type, (Span) { body, body + length }, 0);
}
