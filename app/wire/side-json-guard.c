/* side-json-guard.c - is this text JSON, and within bounds?
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib's parser is recursive without a bound, takes comments and "var x ="
 * for JSON, wraps integers that are too large and makes some 100 bytes of node
 * out of the two bytes "1,", and an infinity out of 1e999. So every text from
 * outside is first walked here: RFC 8259 to the letter, without recursion and
 * without allocating anything, counting depth and values.
 */
#include "side-json-guard.h"

#include <math.h>
#include <string.h>

#include "side-error.h"

#define GUARD_DEPTH 64

/* Longer than any number that is written with all the digits that mean something. */
#define MAX_NUMBER 64

typedef struct {
  const char *p;
  const char *end;
  guint       depth;
  guint       max_depth;
  gsize       values;
  gsize       max_values;
  char        open[GUARD_DEPTH];    /* the brackets around p */
} Guard;

static void
skip_space (Guard *g)
{
  while (g->p < g->end && strchr (" \t\r\n", *g->p) != NULL && *g->p != '\0')
    g->p++;
}

static gboolean
take (Guard      *g,
      const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (g->end - g->p) < n || memcmp (g->p, word, n) != 0)
    return FALSE;
  g->p += n;
  return TRUE;
}

/* Four hexadecimal digits; Returns: their value, or -1. */
static int
take_hex (Guard *g)
{
  int value = 0;

  if (g->end - g->p < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (g->p[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  g->p += 4;
  return value;
}

/* \uXXXX: no NUL, which C text cannot hold, and no half of a surrogate pair. */
static gboolean
take_unicode (Guard *g)
{
  int unit = take_hex (g);

  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  if (!take (g, "\\u"))
    return FALSE;
  unit = take_hex (g);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

static gboolean
take_string (Guard *g)
{
  if (!take (g, "\""))
    return FALSE;
  while (g->p < g->end)
    {
      guchar c = (guchar) *g->p++;

      if (c == '"')
        return TRUE;
      if (c < 0x20)
        return FALSE;
      if (c != '\\')
        continue;
      if (g->p == g->end)
        return FALSE;
      c = (guchar) *g->p++;
      if (c == 'u' ? !take_unicode (g) : c == '\0' || strchr ("\"\\/bfnrt", c) == NULL)
        return FALSE;
    }
  return FALSE;
}

static gsize
take_digits (Guard *g)
{
  const char *start = g->p;

  while (g->p < g->end && g_ascii_isdigit (*g->p))
    g->p++;
  return (gsize) (g->p - start);
}

/* A number whose exponent takes it beyond all numbers would be an infinity in
 * the tree, which nothing can write again. */
static gboolean
is_finite (const char *start,
           const char *end)
{
  char text[MAX_NUMBER + 1];
  gsize len = (gsize) (end - start);

  if (len > MAX_NUMBER)
    return FALSE;
  memcpy (text, start, len);
  text[len] = '\0';
  return isfinite (g_ascii_strtod (text, NULL));
}

static gboolean
take_number (Guard *g)
{
  const char *start = g->p, *whole;
  gsize digits;

  take (g, "-");
  whole = g->p;
  digits = take_digits (g);
  if (digits == 0 || (digits > 1 && *whole == '0'))
    return FALSE;
  if (take (g, "."))
    {
      if (take_digits (g) == 0)
        return FALSE;
    }
  else if (digits > 18)
    {
      /* Not sure to fit 64 bits, and far beyond what any member may be. */
      return FALSE;
    }
  if (take (g, "e") || take (g, "E"))
    {
      if (!take (g, "+"))
        take (g, "-");
      if (take_digits (g) == 0)
        return FALSE;
    }
  return is_finite (start, g->p);
}

static gboolean
take_scalar (Guard *g)
{
  if (g->p == g->end)
    return FALSE;
  switch (*g->p)
    {
    case '"':
      return take_string (g);
    case 't':
      return take (g, "true");
    case 'f':
      return take (g, "false");
    case 'n':
      return take (g, "null");
    default:
      return take_number (g);
    }
}

/* A member's name and its colon, where an object is open. */
static gboolean
take_name (Guard *g)
{
  if (g->open[g->depth - 1] != '{')
    return TRUE;
  skip_space (g);
  if (!take_string (g))
    return FALSE;
  skip_space (g);
  return take (g, ":");
}

/* One value or the opening of one. *opened tells that it was the latter, and
 * that the next thing is a value inside it. */
static gboolean
take_value (Guard    *g,
            gboolean *opened)
{
  char bracket;

  *opened = FALSE;
  if (++g->values > g->max_values)
    return FALSE;
  skip_space (g);
  bracket = g->p < g->end ? *g->p : '\0';
  if (bracket != '{' && bracket != '[')
    return take_scalar (g);
  g->p++;
  if (g->depth == g->max_depth)
    return FALSE;
  g->open[g->depth++] = bracket;
  skip_space (g);
  if (g->p < g->end && *g->p == (bracket == '{' ? '}' : ']'))
    {
      g->p++;
      g->depth--;
      return TRUE;
    }
  *opened = TRUE;
  return take_name (g);
}

/* Closing brackets after a value, up to the comma before the next one. */
static gboolean
take_closings (Guard *g)
{
  while (g->depth > 0)
    {
      skip_space (g);
      if (take (g, ","))
        return take_name (g);
      if (!take (g, g->open[g->depth - 1] == '{' ? "}" : "]"))
        return FALSE;
      g->depth--;
    }
  return TRUE;
}

/*
 * side_json_guard:
 * @text: bytes from outside
 * @len: their number
 * @max_depth: how deep objects and arrays may nest, up to 64
 * @max_values: how many values there may be in all
 * @error: SIDE_ERROR_INVALID with the place in @text
 *
 * Returns: whether @text is one JSON value and nothing else
 */
gboolean
side_json_guard (const char  *text,
                 gsize        len,
                 guint        max_depth,
                 gsize        max_values,
                 GError     **error)
{
  Guard g = { text, text + len, 0, MIN (max_depth, GUARD_DEPTH), 0, max_values, { 0 } };
  gboolean good = g_utf8_validate_len (text, len, &g.p);

  if (good)
    {
      gboolean opened = FALSE;

      g.p = text;
      do
        good = take_value (&g, &opened) && (opened || take_closings (&g));
      while (good && g.depth > 0);
      skip_space (&g);
      good = good && g.p == g.end;
    }
  if (!good)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not JSON%s at byte %" G_GSIZE_FORMAT,
                 g.values > g.max_values || g.depth == g.max_depth ? ", or too much of it," : "",
                 (gsize) (g.p - text));
  return good;
}
