/* side-text.c - how durations, numbers, telephone numbers and money read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-text.h"

#include <math.h>
#include <string.h>

#define NO_VALUE "–"
#define NBSP     "\302\240"

/**
 * side_text_duration:
 * @ms: a duration in ms; negative for "there is none"
 *
 * Returns: (transfer full): "0:11", "1:04:22", or "–"; seconds are cut, not
 *   rounded, so that a ticking wait never shows a second that has not passed
 */
char *
side_text_duration (gint64 ms)
{
  gint64 s = ms / 1000;

  if (ms < 0)
    return g_strdup (NO_VALUE);
  if (s >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", s / 3600, (int) (s / 60 % 60), (int) (s % 60));
  return g_strdup_printf ("%d:%02d", (int) (s / 60), (int) (s % 60));
}

/**
 * side_text_duration_tenths:
 * @ms: a position in a recording, in ms
 *
 * Returns: (transfer full): "1:58.4"
 */
char *
side_text_duration_tenths (gint64 ms)
{
  g_autofree char *whole = side_text_duration (ms);

  if (ms < 0)
    return g_steal_pointer (&whole);
  return g_strdup_printf ("%s.%d", whole, (int) (ms / 100 % 10));
}

/**
 * side_text_parse_duration:
 * @text: "75", "75.25", "1:15.25" or "0:01:15.250", with a point or a comma
 * @ms: (out): the duration in ms, 0 or more; digits behind the third are cut off
 *
 * Returns: whether it is one, below 1000 hours
 */
gboolean
side_text_parse_duration (const char *text,
                          gint64     *ms)
{
  gint64 total = 0, fraction = 0;
  guint groups = 1, digits = 0, decimals = 0;
  gint64 group = 0;
  const char *p;

  for (p = text; g_ascii_isdigit (*p) || (*p == ':' && digits > 0 && groups < 3); p++)
    {
      if (*p == ':')
        {
          total = (total + group) * 60;
          group = 0;
          digits = 0;
          groups++;
          continue;
        }
      group = group * 10 + g_ascii_digit_value (*p);
      if (++digits > 7 || (groups > 1 && group > 59))
        return FALSE;
    }
  if (digits == 0)
    return FALSE;
  if (*p == '.' || *p == ',')
    for (p++; g_ascii_isdigit (*p); p++)
      if (decimals++ < 3)
        fraction = fraction * 10 + g_ascii_digit_value (*p);
  for (; decimals < 3; decimals++)
    fraction *= 10;
  total = (total + group) * 1000 + fraction;
  if (*p != '\0' || total >= G_GINT64_CONSTANT (3600000000))
    return FALSE;
  *ms = total;
  return TRUE;
}

/**
 * side_text_percent:
 * @ratio: 0.83 for 83 %, or NaN where there is none
 * @digits: digits after the point, 0 to 3
 *
 * Returns: (transfer full): "83 %" in the user's number format, or "–"
 */
char *
side_text_percent (double ratio,
                   int    digits)
{
  if (isnan (ratio))
    return g_strdup (NO_VALUE);
  return g_strdup_printf ("%.*f" NBSP "%%", CLAMP (digits, 0, 3), ratio * 100.0);
}

/**
 * side_text_shortest:
 * @value: a finite number
 * @digits: (out caller-allocates): room for it, G_ASCII_DTOSTR_BUF_SIZE
 * @size: its size
 *
 * For files and programs: with a point in every locale.
 *
 * Returns: @digits: as few of them as read back the same
 */
const char *
side_text_shortest (double  value,
                    char   *digits,
                    int     size)
{
  g_ascii_formatd (digits, size, "%.15g", value);
  /* The one place where exact equality of doubles is what is meant. */
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_dtostr (digits, size, value);
  return digits;
}

/* How many digits of an international number are the country's code (ITU-T
 * E.164): one for zones 1 and 7, two or three elsewhere. */
static gsize
country_digits (const char *digits)
{
  static const char *const two[] = {
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
    "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
    "86", "90", "91", "92", "93", "94", "95", "98",
  };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (two); i++)
    if (strncmp (digits, two[i], 2) == 0)
      return 2;
  return 3;
}

/* "+7 903 123-12-44", "+44 114 496-06-98": code, area, the last seven. */
static char *
group_digits (const char *digits,
              gboolean    international)
{
  gsize n = strlen (digits);
  gboolean trunk = !international && n == 11 && digits[0] == '8';
  gsize code = trunk ? 1 : n > 10 || international ? country_digits (digits) : 0;
  gsize area;

  if (n < code + 8)
    return n > 7 ? g_strdup_printf ("%.*s %.3s-%.2s-%.2s", (int) (n - 7), digits, digits + n - 7, digits + n - 4, digits + n - 2)
                 : g_strdup (digits);
  area = n - 7 - code;
  return g_strdup_printf ("%s%.*s%s%.*s %.3s-%.2s-%.2s", code > 0 && !trunk ? "+" : "", (int) code, digits,
                          code > 0 ? " " : "", (int) area, digits + code, digits + n - 7, digits + n - 4, digits + n - 2);
}

/**
 * side_text_phone:
 * @number: (nullable): a number as the PBX gave it, "79031231244"
 * @masked: whether to hide the three digits before the last four
 *
 * Short internal numbers and words ("anonymous") come back as they are.
 *
 * Returns: (transfer full): "+7 903 •••-12-44", or "–" for no number
 */
char *
side_text_phone (const char *number,
                 gboolean    masked)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *grouped = NULL;
  g_autoptr (GString) out = NULL;
  char *dash;
  const char *p;

  if (number == NULL || *number == '\0')
    return g_strdup (NO_VALUE);
  for (p = number; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr ("+ -()", *p) == NULL)
        return g_strdup (number);
    }
  if (digits->len < 8)
    return g_strdup (number);
  grouped = group_digits (digits->str, *number == '+');
  if (!masked)
    return g_steal_pointer (&grouped);
  dash = strchr (grouped, '-');
  if (dash == NULL || dash - grouped < 3)
    return g_steal_pointer (&grouped);
  out = g_string_new_len (grouped, dash - grouped - 3);
  g_string_append (out, "•••");
  g_string_append (out, dash);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct {
  const char *code;
  const char *sign;
  gboolean    before;   /* "£1,320.50", not "1 320,50 ₽" */
} Currency;

static const Currency *
find_currency (const char *code)
{
  static const Currency known[] = {
    { "RUB", "₽", FALSE }, { "EUR", "€", FALSE }, { "KZT", "₸", FALSE }, { "BYN", "Br", FALSE },
    { "USD", "$", TRUE },  { "GBP", "£", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (code, known[i].code) == 0)
      return &known[i];
  return NULL;
}

/**
 * side_text_money:
 * @minor: an amount in the currency's minor unit (kopecks, cents)
 * @currency: ISO 4217 code; two minor digits are taken for all
 *
 * Money reads as it is written where it comes from, whatever the language
 * of the program: a supervisor compares it with the shop's own papers.
 *
 * Returns: (transfer full): "7 480 ₽", "7 480,50 ₽", "£1,320": minor units
 *   only when there are any
 */
char *
side_text_money (gint64      minor,
                 const char *currency)
{
  const Currency *known = find_currency (currency);
  gboolean before = known != NULL && known->before;
  guint64 amount = minor < 0 ? -(guint64) minor : (guint64) minor;
  g_autofree char *plain = g_strdup_printf ("%" G_GUINT64_FORMAT, amount / 100);
  g_autoptr (GString) out = g_string_new (minor < 0 ? "−" : "");
  gsize n = strlen (plain);

  if (before)
    g_string_append (out, known->sign);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (out, before ? "," : NBSP);
      g_string_append_c (out, plain[i]);
    }
  if (amount % 100 != 0)
    g_string_append_printf (out, "%c%02d", before ? '.' : ',', (int) (amount % 100));
  if (!before)
    g_string_append_printf (out, NBSP "%s", known != NULL ? known->sign : currency != NULL ? currency : "");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_text_fold:
 * @text: (nullable): any UTF-8 text
 *
 * What the search compares: without case, ё as е, composed. Both the index
 * and the query go through here, because SQLite's own folding keeps ё apart.
 *
 * Returns: (transfer full): the folded text, "" for %NULL
 */
char *
side_text_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) out = NULL;

  if (text == NULL)
    return g_strdup ("");
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (normal == NULL)
    return g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (normal, -1);
  out = g_string_new (folded);
  g_string_replace (out, "ё", "е", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_text_initials:
 * @name: (nullable): a person's or project's name
 *
 * Returns: (transfer full): up to two capital letters for an avatar
 */
char *
side_text_initials (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean at_word = TRUE;
  int found = 0;

  for (const char *p = name; p != NULL && *p != '\0' && found < 2; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        {
          if (at_word)
            {
              g_string_append_unichar (out, g_unichar_toupper (c));
              found++;
            }
          at_word = FALSE;
        }
      else if (g_unichar_isspace (c) || c == '-')
        {
          at_word = TRUE;
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_id_new:
 *
 * Returns: (transfer full): a new random UUID in lower case, RFC 9562
 */
char *
side_id_new (void)
{
  return g_uuid_string_random ();
}

/**
 * side_id_named:
 * @name: what is told apart by it
 *
 * The same name has the same id on every computer: a UUID of version 5 from
 * SHA-1, RFC 9562 section 5.5, in a namespace of the product's own.
 *
 * Returns: (transfer full): a UUID in lower case
 */
char *
side_id_named (const char *name)
{
  static const guint8 namespace_id[16] = { 0x8e, 0x0f, 0x6b, 0x52, 0x47, 0xd1, 0x4c, 0x0a,
                                           0x9b, 0x63, 0x2d, 0x75, 0xe4, 0x18, 0xa9, 0x3c };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 b[20];
  gsize length = sizeof b;

  g_return_val_if_fail (name != NULL, NULL);

  g_checksum_update (sum, namespace_id, sizeof namespace_id);
  g_checksum_update (sum, (const guchar *) name, -1);
  g_checksum_get_digest (sum, b, &length);
  b[6] = (guint8) ((b[6] & 0x0f) | 0x50);
  b[8] = (guint8) ((b[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
                          b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/**
 * side_id_is_valid:
 * @id: (nullable): a text from outside
 *
 * Returns: whether @id is a UUID
 */
gboolean
side_id_is_valid (const char *id)
{
  return id != NULL && g_uuid_string_is_valid (id);
}

/**
 * side_redact:
 * @text: (nullable): a text that goes to a log
 *
 * Takes out what must never stand in a log: bearer tokens, basic
 * credentials, passwords and secrets in key=value or key: value form.
 *
 * Returns: (transfer full): the text with each of them as "[redacted]"
 */
char *
side_redact (const char *text)
{
  static GRegex *regex;

  if (text == NULL)
    return g_strdup ("");
  if (g_once_init_enter (&regex))
    {
      GRegex *made = g_regex_new ("(?i)((?:bearer|basic|digest)\\s+|(?:password|passwd|secret|token|authorization|(?:api|access|private|secret)[-_ ]?key)[\"']?\\s*[:=]\\s*[\"']?|"
                                  "\\bkey(?:\\s*=\\s*[\"']?|[\"']\\s*[:=]\\s*[\"']?))"
                                  "(?!bearer|basic|digest)[^\\s\"',;&}]+",
                                  G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&regex, made);
    }
  return g_regex_replace (regex, text, -1, 0, "\\1[redacted]", 0, NULL);
}
