/* side-json-writer.c - JSON text, written straight into a GString
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tree of nodes costs some 4 µs an event to build and print; the fan-out of
 * the live stream writes thousands of them a second, so text is appended
 * without a tree. Whether a comma is due is read off the last byte written: no
 * JSON value ends in one of those after which none is due.
 */
#include "side-json-writer.h"
#include "side-text.h"

#include <math.h>
#include <string.h>

static void
separate (GString *out)
{
  if (out->len > 0 && strchr ("{[,:\n", out->str[out->len - 1]) == NULL)
    g_string_append_c (out, ',');
}

/* Appends valid UTF-8 between quotes; RFC 8259 §7. */
static void
append_quoted (GString    *out,
               const char *text)
{
  const char *start = text;

  g_string_append_c (out, '"');
  for (const char *p = text;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, start, p - start);
      start = p + 1;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_c (out, '"');
}

/*
 * side_json_name:
 * @out: the text
 * @name: (nullable): the member's name, plain ASCII; %NULL for an array's element
 *
 * Writes all that stands before a value.
 */
void
side_json_name (GString    *out,
                const char *name)
{
  separate (out);
  if (name == NULL)
    return;
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append_len (out, "\":", 2);
}

/* side_json_open: begins the object ('{') or array ('[') @name. */
void
side_json_open (GString    *out,
                const char *name,
                char        bracket)
{
  side_json_name (out, name);
  g_string_append_c (out, bracket);
}

void
side_json_close (GString *out,
                 char     bracket)
{
  g_string_append_c (out, bracket);
}

/* side_json_string: @value may be any bytes; what is not UTF-8 in them is replaced. */
void
side_json_string (GString    *out,
                  const char *name,
                  const char *value)
{
  side_json_name (out, name);
  if (g_utf8_validate (value, -1, NULL))
    {
      append_quoted (out, value);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);
      append_quoted (out, valid);
    }
}

void
side_json_string_maybe (GString    *out,
                        const char *name,
                        const char *value)
{
  if (value != NULL)
    side_json_string (out, name, value);
}

void
side_json_int (GString    *out,
               const char *name,
               gint64      value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  side_json_name (out, name);
  g_string_append_len (out, p, digits + sizeof digits - p);
}

void
side_json_int_maybe (GString    *out,
                     const char *name,
                     gint64      value)
{
  if (value != 0)
    side_json_int (out, name, value);
}

/* side_json_double: as few digits as read back the same; JSON has no word for
 * infinity or "not a number", they become null. */
void
side_json_double (GString    *out,
                  const char *name,
                  double      value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  side_json_name (out, name);
  if (!isfinite (value))
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append (out, side_text_shortest (value, digits, sizeof digits));
}

void
side_json_boolean (GString    *out,
                   const char *name,
                   gboolean    value)
{
  side_json_name (out, name);
  g_string_append (out, value ? "true" : "false");
}
