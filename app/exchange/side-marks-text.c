/* side-marks-text.c - lines, times and texts of marks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are read digit by digit into nanoseconds, so that a time written in
 * decimals comes back as it was; a decimal comma counts as a point. Attributes
 * have one form as text for all formats that keep them beside a mark.
 */
#include <math.h>
#include <string.h>

#include "side-marks-private.h"
#include "side-time.h"

#define LAST_MS G_GINT64_CONSTANT (199999999999999)
#define MAX_HZ  1e9

const char *const side_marks_attribute_names[SIDE_MARKS_N_ATTRIBUTES] = {
  "id", "author", "criterion", "side", "low_hz", "high_hz", "created", "changed", "parent", "tag",
};

/* Reading */

gboolean
side_marks_fail (GError     **error,
                 guint        line,
                 const char  *format,
                 ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "line %u: %s", line, message);
  return FALSE;
}

/* The number of the line @at lies in; CR LF, LF and CR end one. */
guint
side_marks_line_of (const char *start,
                    const char *at)
{
  guint line = 1;

  for (const char *p = start; p < at; p++)
    line += *p == '\n' || (*p == '\r' && (p + 1 == at || p[1] != '\n'));
  return line;
}

static char *
decode_utf16 (const char  *bytes,
              gsize        len,
              const char  *charset,
              gsize       *out_len,
              GError     **error)
{
  char *text = g_convert (bytes + 2, (gssize) len - 2, "UTF-8", charset, NULL, out_len, NULL);

  if (text == NULL)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the file begins as UTF-16 but is not");
  return text;
}

/* The text of a file, without a byte order mark; it ends with a NUL that is
 * not counted and holds no other. */
char *
side_marks_decode (const char  *bytes,
                   gsize        len,
                   gsize       *out_len,
                   GError     **error)
{
  g_autofree char *text = NULL;
  const char *bad;

  if (len > SIDE_MARKS_MAX_BYTES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the file is larger than %d MiB", SIDE_MARKS_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
  *out_len = len;
  if (len >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    text = decode_utf16 (bytes, len, "UTF-16LE", out_len, error);
  else if (len >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    text = decode_utf16 (bytes, len, "UTF-16BE", out_len, error);
  else
    {
      gsize mark = len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

      *out_len = len - mark;
      text = g_malloc (*out_len + 1);
      if (*out_len > 0)
        memcpy (text, bytes + mark, *out_len);
      text[*out_len] = '\0';
    }
  if (text == NULL)
    return NULL;
  if (g_utf8_validate_len (text, *out_len, &bad))
    return g_steal_pointer (&text);
  side_marks_fail (error, side_marks_line_of (text, bad), *bad == '\0' ? "there is a NUL byte in the text" : "the text is not UTF-8");
  return NULL;
}

/* Returns: whether there was another line; it ends with CR LF, LF or CR. */
gboolean
side_marks_next_line (SideMarksReader  *self,
                      const char      **start,
                      gsize            *len)
{
  const char *p = self->at;

  if (p >= self->end)
    return FALSE;
  *start = p;
  while (p < self->end && *p != '\n' && *p != '\r')
    p++;
  *len = (gsize) (p - *start);
  if (p < self->end)
    p += *p == '\r' && p + 1 < self->end && p[1] == '\n' ? 2 : 1;
  self->at = p;
  self->line++;
  return TRUE;
}

/* Times */

/* Trims blanks off both ends. */
static void
trim (const char **text,
      gsize       *len)
{
  while (*len > 0 && (**text == ' ' || **text == '\t'))
    ++*text, --*len;
  while (*len > 0 && ((*text)[*len - 1] == ' ' || (*text)[*len - 1] == '\t'))
    --*len;
}

/* Seconds with an exponent, as programs print very small or large ones. */
static gboolean
parse_scientific (const char *text,
                  gsize       len,
                  gint64     *ns)
{
  char copy[64];
  char *end;
  double value;

  if (len >= sizeof copy)
    return FALSE;
  memcpy (copy, text, len);
  copy[len] = '\0';
  g_strdelimit (copy, ",", '.');
  if (strspn (copy, "+-.0123456789eE") != len)
    return FALSE;
  value = g_ascii_strtod (copy, &end) * 1e9;
  if (*end != '\0' || !isfinite (value) || value < 0.0 || value > (double) SIDE_MARKS_MAX_NS)
    return FALSE;
  *ns = (gint64) llround (value);
  return TRUE;
}

/* "12", "12.5", "12,5", "1e-05": seconds from 0 to SIDE_MARKS_MAX_NS. What is
 * finer than a nanosecond is rounded. */
gboolean
side_marks_parse_seconds (const char *text,
                          gsize       len,
                          gint64     *ns)
{
  gint64 whole = 0, part = 0, unit = SIDE_MARKS_SECOND_NS;
  gboolean negative, in_part = FALSE;
  int n_digits = 0;
  gsize i;

  trim (&text, &len);
  negative = len > 0 && *text == '-';
  for (i = negative || (len > 0 && *text == '+'); i < len; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          int digit = text[i] - '0';

          n_digits++;
          if (!in_part && (whole = whole * 10 + digit) > SIDE_MARKS_MAX_NS / SIDE_MARKS_SECOND_NS)
            return FALSE;
          if (in_part && unit == 1)
            {
              part += digit >= 5;
              unit = 0;
            }
          else if (in_part && unit > 1)
            part += digit * (unit /= 10);
        }
      else if ((text[i] == '.' || text[i] == ',') && !in_part)
        in_part = TRUE;
      else
        return n_digits > 0 && (text[i] == 'e' || text[i] == 'E') && parse_scientific (text, len, ns);
    }
  *ns = whole * SIDE_MARKS_SECOND_NS + part;
  return n_digits > 0 && *ns <= SIDE_MARKS_MAX_NS && (!negative || *ns == 0);
}

/* Seconds, or "mm:ss.mmm", or "hh:mm:ss.mmm". */
gboolean
side_marks_parse_clock (const char *text,
                        gsize       len,
                        gint64     *ns)
{
  const char *colon;
  gint64 above = 0, seconds;
  int n_colons = 0;

  trim (&text, &len);
  while (len > 0 && (colon = memchr (text, ':', len)) != NULL)
    {
      gint64 value = 0;

      if (colon == text || colon - text > 7 || ++n_colons > 2)
        return FALSE;
      for (const char *p = text; p < colon; p++)
        {
          if (!g_ascii_isdigit (*p))
            return FALSE;
          value = value * 10 + (*p - '0');
        }
      /* Only the first part may be greater. */
      if (n_colons == 2 && value > 59)
        return FALSE;
      above = (above + value) * 60;
      len -= (gsize) (colon + 1 - text);
      text = colon + 1;
    }
  if (n_colons > 0 && (len == 0 || !g_ascii_isdigit (*text)))
    return FALSE;
  if (!side_marks_parse_seconds (text, len, &seconds) || (n_colons > 0 && seconds >= 60 * SIDE_MARKS_SECOND_NS))
    return FALSE;
  *ns = above * SIDE_MARKS_SECOND_NS + seconds;
  return *ns <= SIDE_MARKS_MAX_NS;
}

/* A frequency in Hz; one below 0 is none. */
gboolean
side_marks_parse_hz (const char *text,
                     double     *hz)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *end;

  g_strdelimit (copy, ",", '.');
  *hz = g_ascii_strtod (copy, &end);
  if (end == copy || *end != '\0' || !isfinite (*hz) || *hz > MAX_HZ)
    return FALSE;
  if (*hz < 0.0)
    *hz = SIDE_MARK_NO_HZ;
  return TRUE;
}

/* Texts */

/* A text as every format can hold it: line ends are LF; control characters
 * and what is no character become U+FFFD. NULL for an empty one. */
char *
side_marks_clean (const char *text,
                  gsize       len)
{
  GString *out;
  gboolean fine = TRUE;

  for (gsize i = 0; i < len && fine; i++)
    fine = ((guchar) text[i] >= 0x20 && text[i] != 0x7f && (guchar) text[i] != 0xef) || text[i] == '\n' || text[i] == '\t';
  if (fine)
    return len > 0 ? g_strndup (text, len) : NULL;
  out = g_string_sized_new (len);
  for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r')
        {
          if (p + 1 == text + len || p[1] != '\n')
            g_string_append_c (out, '\n');
          continue;
        }
      if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c == 0xfffe || c == 0xffff)
        c = 0xfffd;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, out->len == 0);
}

/* Writing */

/* Exactly, with at least @min_digits decimals and no zeros after them. */
void
side_marks_append_seconds (GString *out,
                           gint64   ns,
                           guint    min_digits)
{
  char digits[16];
  gsize length;

  g_snprintf (digits, sizeof digits, "%09" G_GINT64_FORMAT, ns % SIDE_MARKS_SECOND_NS);
  for (length = 9; length > min_digits && digits[length - 1] == '0'; length--)
    digits[length - 1] = '\0';
  g_string_append_printf (out, "%" G_GINT64_FORMAT, ns / SIDE_MARKS_SECOND_NS);
  if (length > 0)
    {
      g_string_append_c (out, '.');
      g_string_append_len (out, digits, (gssize) length);
    }
}

/* "00:01:02.500" */
void
side_marks_append_clock (GString *out,
                         gint64   ms)
{
  g_string_append_printf (out, "%02d:%02d:%02d.%03d", (int) (ms / SIDE_HOUR_MS), (int) (ms / SIDE_MINUTE_MS % 60),
                          (int) (ms / SIDE_SECOND_MS % 60), (int) (ms % 1000));
}

gint64
side_marks_to_ms (gint64 ns)
{
  return (ns + SIDE_MARKS_MS_NS / 2) / SIDE_MARKS_MS_NS;
}

/* Names and values in turn */

void
side_marks_pairs_add (GPtrArray  **pairs,
                      const char  *name,
                      const char  *value)
{
  if (*pairs == NULL)
    *pairs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*pairs, g_strdup (name));
  g_ptr_array_add (*pairs, g_strdup (value));
}

const char *
side_marks_pairs_get (const GPtrArray *pairs,
                      const char      *name)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i += 2)
    if (g_str_equal (pairs->pdata[i], name))
      return pairs->pdata[i + 1];
  return NULL;
}

/* Attributes */

/* Returns: SIDE_MARKS_N_ATTRIBUTES for a name that is none. */
SideMarksAttribute
side_marks_find_attribute (const char *name,
                           gsize       len)
{
  guint i;

  for (i = 0; i < SIDE_MARKS_N_ATTRIBUTES; i++)
    if (strlen (side_marks_attribute_names[i]) == len && memcmp (side_marks_attribute_names[i], name, len) == 0)
      break;
  return (SideMarksAttribute) i;
}

static char *
hz_to_text (double hz)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return hz >= 0.0 ? g_strdup (g_ascii_dtostr (buffer, sizeof buffer, hz)) : NULL;
}

/* Returns: (nullable): NULL for one the mark does not have. */
char *
side_marks_get_attribute (const SideMark     *mark,
                          SideMarksAttribute  attribute)
{
  switch (attribute)
    {
    case SIDE_MARKS_ID:
      return g_strdup (mark->id);
    case SIDE_MARKS_AUTHOR:
      return g_strdup (mark->author);
    case SIDE_MARKS_CRITERION:
      return g_strdup (mark->criterion);
    case SIDE_MARKS_SIDE:
      if (mark->side == SIDE_MARK_SIDE_NONE)
        return NULL;
      return g_strdup (mark->side == SIDE_MARK_SIDE_OPERATOR ? "operator" : "customer");
    case SIDE_MARKS_LOW:
      return hz_to_text (mark->low_hz);
    case SIDE_MARKS_HIGH:
      return hz_to_text (mark->high_hz);
    case SIDE_MARKS_CREATED:
      return mark->created_ms != 0 ? side_time_to_iso (mark->created_ms) : NULL;
    case SIDE_MARKS_CHANGED:
      return mark->changed_ms != 0 ? side_time_to_iso (mark->changed_ms) : NULL;
    case SIDE_MARKS_PARENT:
      return g_strdup (mark->parent);
    case SIDE_MARKS_TAG:
      return g_strdup (mark->tag);
    case SIDE_MARKS_N_ATTRIBUTES:
    default:
      return NULL;
    }
}

static gboolean
set_instant (gint64     *at_ms,
             const char *value)
{
  gint64 ms = side_time_from_iso (value, NULL, NULL);

  if (ms < 0 || ms > LAST_MS)
    return FALSE;
  *at_ms = ms;
  return TRUE;
}

static gboolean
set_side (SideMark   *mark,
          const char *value)
{
  if (g_ascii_strcasecmp (value, "operator") != 0 && g_ascii_strcasecmp (value, "customer") != 0)
    return FALSE;
  mark->side = g_ascii_tolower (*value) == 'o' ? SIDE_MARK_SIDE_OPERATOR : SIDE_MARK_SIDE_CUSTOMER;
  return TRUE;
}

static gboolean
set_text (char       **slot,
          const char  *value)
{
  g_free (*slot);
  *slot = side_marks_clean (value, strlen (value));
  return TRUE;
}

/* Returns: whether @value is one the attribute can have. */
gboolean
side_marks_set_attribute (SideMark           *mark,
                          SideMarksAttribute  attribute,
                          const char         *value)
{
  switch (attribute)
    {
    case SIDE_MARKS_ID:
      return set_text (&mark->id, value);
    case SIDE_MARKS_AUTHOR:
      return set_text (&mark->author, value);
    case SIDE_MARKS_CRITERION:
      return set_text (&mark->criterion, value);
    case SIDE_MARKS_SIDE:
      return set_side (mark, value);
    case SIDE_MARKS_LOW:
      return side_marks_parse_hz (value, &mark->low_hz);
    case SIDE_MARKS_HIGH:
      return side_marks_parse_hz (value, &mark->high_hz);
    case SIDE_MARKS_CREATED:
      return set_instant (&mark->created_ms, value);
    case SIDE_MARKS_CHANGED:
      return set_instant (&mark->changed_ms, value);
    case SIDE_MARKS_PARENT:
      return set_text (&mark->parent, value);
    case SIDE_MARKS_TAG:
      return set_text (&mark->tag, value);
    case SIDE_MARKS_N_ATTRIBUTES:
    default:
      return FALSE;
    }
}
