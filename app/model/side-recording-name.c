/* side-recording-name.c - what the name of a recording's file says of its call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pattern becomes one regular expression over the whole name without its
 * ending. Names come from outside: they are short or not looked at, patterns
 * have few places where one could try long, and a date that there is not
 * makes the pattern not fit.
 */
#include "side-recording-name.h"

#include <string.h>

#include "side-error.h"

#define MAX_PATTERN 256   /* bytes */
#define MAX_NAME    512   /* bytes; file systems allow 255 */
#define MAX_OPEN    8     /* places that take anything */
#define MAX_EXTENSION 6   /* digits; longer is a number of the telephone network */

struct _SideNamePattern
{
  GRegex        *regex;
  SideDirection  direction;   /* of every name that fits */
};

/* A date and a time with any of the usual separators, or none. */
#define DATE "(?<date>(?:19|20)[0-9]{2}([-_.]?)[01][0-9]\\g{-1}[0-3][0-9]|[0-3][0-9]([-_.])[01][0-9]\\g{-1}(?:19|20)[0-9]{2})"
#define TIME "(?<time>[0-2][0-9]([-_.:]?)[0-5][0-9](?:\\g{-1}[0-5][0-9])?)"

static const struct {
  const char *word;
  const char *expression;
  gboolean    open;
} places[] = {
  { "date", DATE, FALSE },
  { "time", TIME, FALSE },
  { "unixtime", "(?<unixtime>[0-9]{10})", FALSE },
  { "number", "(?<number>\\+?[0-9]{2,20}|anonymous|unknown|unavailable|private)", FALSE },
  { "extension", "(?<extension>[0-9]{2,6})", FALSE },
  { "operator", "(?<operator>[^\\x00-\\x1f]{1,80}?)", TRUE },
  { "queue", "(?<queue>[^\\x00-\\x1f]{1,80}?)", TRUE },
  { "direction", "(?<direction>incoming|outgoing|internal|external|exten|in|out|вх|исх|вн)", FALSE },
  { "any", "(?:.*?)", TRUE },
};

/* Tried in this order; the more a pattern demands, the earlier it comes.
 * FreePBX puts who is called before who calls. */
static const struct {
  const char    *pattern;
  SideDirection  direction;
} known[] = {
  /* Asterisk's MixMonitor in a queue, FreePBX */
  { "q-{queue}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INCOMING },
  { "rg-{queue}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INCOMING },
  { "in-{any}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INCOMING },
  { "external-{operator}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INCOMING },
  { "out-{number}-{operator}-{date}-{time}-{any}", SIDE_DIRECTION_OUTGOING },
  { "exten-{operator}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INTERNAL },
  { "force-{number}-{extension}-{date}-{time}-{any}", SIDE_DIRECTION_OUTGOING },
  { "force-{operator}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_NONE },
  { "internal-{operator}-{number}-{date}-{time}-{any}", SIDE_DIRECTION_INTERNAL },
  /* FreePBX of old, Elastix */
  { "OUT{extension}-{date}-{time}-{any}", SIDE_DIRECTION_OUTGOING },
  { "q{extension}-{date}-{time}-{any}", SIDE_DIRECTION_INCOMING },
  /* MikoPBX */
  { "mikopbx-{unixtime}.{any}", SIDE_DIRECTION_NONE },
  /* Oktell */
  { "mix_{number}_{extension}__{date}__{time}_{any}", SIDE_DIRECTION_INCOMING },
  { "mix_{extension}_{number}__{date}__{time}_{any}", SIDE_DIRECTION_OUTGOING },
  /* 3CX */
  { "[{any}]_{number}-{extension}_{date}{time}({any})", SIDE_DIRECTION_INCOMING },
  { "[{any}]_{extension}-{number}_{date}{time}({any})", SIDE_DIRECTION_OUTGOING },
  /* What remains often begins with the date. */
  { "{date}-{time}-{number}-{extension}-{any}", SIDE_DIRECTION_NONE },
  { "{date}-{time}_{number}_{extension}", SIDE_DIRECTION_NONE },
  { "{date}_{time}_{number}_{extension}", SIDE_DIRECTION_NONE },
  { "{date}-{time}-{number}-{extension}", SIDE_DIRECTION_NONE },
  { "{date}-{time}-{number}", SIDE_DIRECTION_NONE },
  { "{date}_{time}_{number}", SIDE_DIRECTION_NONE },
  { "{date}-{time}-{any}", SIDE_DIRECTION_NONE },
  { "{date}_{time}_{any}", SIDE_DIRECTION_NONE },
  /* Asterisk's UNIQUEID */
  { "{unixtime}.{any}", SIDE_DIRECTION_NONE },
};

/**
 * side_recording_name_free:
 * @self: what a name said
 */
void
side_recording_name_free (SideRecordingName *self)
{
  g_free (self->number);
  g_free (self->agent);
  g_free (self->queue);
  g_free (self);
}

/**
 * side_name_pattern_free:
 * @self: a pattern
 */
void
side_name_pattern_free (SideNamePattern *self)
{
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

/* What stands in a pattern from @text on up to the next brace, as it is. */
static void
append_plain (GString    *expression,
              const char *text,
              gsize       length)
{
  g_autofree char *plain = g_strndup (text, length);
  g_autofree char *escaped = g_regex_escape_string (plain, -1);

  g_string_append (expression, escaped);
}

static gboolean
append_place (GString     *expression,
              const char  *word,
              gsize        length,
              guint       *n_open,
              GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (strlen (places[i].word) == length && strncmp (places[i].word, word, length) == 0)
      {
        *n_open += places[i].open ? 1 : 0;
        g_string_append (expression, places[i].expression);
        if (*n_open <= MAX_OPEN)
          return TRUE;
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "too many places that take anything");
        return FALSE;
      }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "there is no {%.*s}", (int) length, word);
  return FALSE;
}

static gboolean
append_pattern (GString     *expression,
                const char  *text,
                GError     **error)
{
  const char *at = text;
  guint n_open = 0;

  while (*at != '\0')
    {
      gsize plain = strcspn (at, "{");
      const char *end;

      append_plain (expression, at, plain);
      at += plain;
      if (*at == '\0')
        break;
      end = strchr (at, '}');
      if (end == NULL)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a brace is not closed");
          return FALSE;
        }
      if (!append_place (expression, at + 1, (gsize) (end - at - 1), &n_open, error))
        return FALSE;
      at = end + 1;
    }
  return TRUE;
}

/**
 * side_name_pattern_new:
 * @text: a name without its ending, with {date}, {time}, {unixtime} (seconds
 *   since 1970, ten digits), {number}, {extension}, {operator}, {queue},
 *   {direction} and {any} in their places, each but the last at most once
 * @error: INVALID when it is empty, too long, knows other words or has a word twice
 *
 * Returns: (transfer full) (nullable): the pattern
 */
SideNamePattern *
side_name_pattern_new (const char  *text,
                       GError     **error)
{
  g_autoptr (GString) expression = g_string_new ("^");
  g_autoptr (GError) failure = NULL;
  SideNamePattern *self;
  GRegex *regex;

  g_return_val_if_fail (text != NULL, NULL);
  if (*text == '\0' || strlen (text) > MAX_PATTERN || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a pattern has 1 to 256 bytes");
      return NULL;
    }
  if (!append_pattern (expression, text, error))
    return NULL;
  g_string_append_c (expression, '$');
  regex = g_regex_new (expression->str, G_REGEX_CASELESS | G_REGEX_DOTALL | G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0,
                       &failure);
  if (regex == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a word stands twice: %s", failure->message);
      return NULL;
    }
  self = g_new0 (SideNamePattern, 1);
  self->regex = regex;
  return self;
}

/* The digits of a matched place, without what separates them. */
static char *
fetch_digits (GMatchInfo *match,
              const char *place)
{
  char *text = g_match_info_fetch_named (match, place);
  char *to = text;

  for (const char *from = text; from != NULL && *from != '\0'; from++)
    if (g_ascii_isdigit (*from))
      *to++ = *from;
  if (to != NULL)
    *to = '\0';
  return text;
}

static int
number_at (const char *digits,
           gsize       from,
           gsize       n)
{
  int value = 0;

  for (gsize i = from; i < from + n; i++)
    value = value * 10 + (digits[i] - '0');
  return value;
}

/* Day first, unless it can only be a year: 31.01.2026, but 20260131. */
static gboolean
is_year_first (GMatchInfo *match)
{
  g_autofree char *text = g_match_info_fetch_named (match, "date");

  return g_ascii_isdigit (text[2]) && g_ascii_isdigit (text[3]);
}

/* FALSE when the name tells of an instant that there is not. */
static gboolean
read_instant (GMatchInfo *match,
              GTimeZone  *zone,
              gint64     *at_ms)
{
  g_autofree char *date = fetch_digits (match, "date");
  g_autofree char *clock = fetch_digits (match, "time");
  g_autofree char *seconds = g_match_info_fetch_named (match, "unixtime");
  g_autoptr (GDateTime) at = NULL;
  gboolean year_first;

  *at_ms = 0;
  if (seconds != NULL && *seconds != '\0')
    *at_ms = g_ascii_strtoll (seconds, NULL, 10) * 1000;
  if (date == NULL || strlen (date) != 8)
    return TRUE;
  if (clock == NULL || strlen (clock) < 4)
    {
      g_free (clock);
      clock = g_strdup ("0000");
    }
  year_first = is_year_first (match);
  at = g_date_time_new (zone, number_at (date, year_first ? 0 : 4, 4), number_at (date, year_first ? 4 : 2, 2),
                        number_at (date, year_first ? 6 : 0, 2), number_at (clock, 0, 2), number_at (clock, 2, 2),
                        strlen (clock) >= 6 ? number_at (clock, 4, 2) : 0);
  if (at != NULL)
    *at_ms = g_date_time_to_unix (at) * 1000;
  return at != NULL;
}

static SideDirection
read_direction (GMatchInfo *match)
{
  static const struct { const char *word; SideDirection direction; } words[] = {
    { "in", SIDE_DIRECTION_INCOMING }, { "incoming", SIDE_DIRECTION_INCOMING }, { "external", SIDE_DIRECTION_INCOMING },
    { "вх", SIDE_DIRECTION_INCOMING }, { "out", SIDE_DIRECTION_OUTGOING }, { "outgoing", SIDE_DIRECTION_OUTGOING },
    { "исх", SIDE_DIRECTION_OUTGOING }, { "internal", SIDE_DIRECTION_INTERNAL }, { "exten", SIDE_DIRECTION_INTERNAL },
    { "вн", SIDE_DIRECTION_INTERNAL },
  };
  g_autofree char *text = g_match_info_fetch_named (match, "direction");
  g_autofree char *word = text != NULL ? g_utf8_strdown (text, -1) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return words[i].direction;
  return SIDE_DIRECTION_NONE;
}

static char *
fetch (GMatchInfo *match,
       const char *place)
{
  char *text = g_match_info_fetch_named (match, place);

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* Exchanges write a word where a number is withheld. */
static char *
fetch_number (GMatchInfo *match)
{
  char *text = fetch (match, "number");

  if (text != NULL && *text != '+' && !g_ascii_isdigit (*text))
    g_clear_pointer (&text, g_free);
  return text;
}

/**
 * side_name_pattern_match:
 * @self: a pattern
 * @name: a file's name in UTF-8, without folder and ending
 * @zone: where its date and time were written
 *
 * Returns: (transfer full) (nullable): what it says; %NULL when it does not
 *   fit, or tells of an instant that there is not
 */
SideRecordingName *
side_name_pattern_match (SideNamePattern *self,
                         const char      *name,
                         GTimeZone       *zone)
{
  g_autoptr (GMatchInfo) match = NULL;
  SideRecordingName *said;
  gint64 at_ms;

  g_return_val_if_fail (self != NULL && name != NULL && zone != NULL, NULL);
  if (strlen (name) > MAX_NAME || !g_utf8_validate (name, -1, NULL)
      || !g_regex_match (self->regex, name, 0, &match)
      || !read_instant (match, zone, &at_ms))
    return NULL;
  said = g_new0 (SideRecordingName, 1);
  said->at_ms = at_ms;
  said->number = fetch_number (match);
  said->agent = fetch (match, "operator");
  if (said->agent == NULL)
    said->agent = fetch (match, "extension");
  said->queue = fetch (match, "queue");
  said->direction = read_direction (match);
  if (said->direction == SIDE_DIRECTION_NONE)
    said->direction = self->direction;
  /* FreePBX writes "exten" of whoever rings a line, from within or not. */
  if (said->direction == SIDE_DIRECTION_INTERNAL && said->number != NULL && strlen (said->number) > MAX_EXTENSION)
    said->direction = SIDE_DIRECTION_INCOMING;
  return said;
}

static gpointer
compile_known (gpointer data)
{
  GPtrArray *patterns = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      SideNamePattern *pattern = side_name_pattern_new (known[i].pattern, &error);

      g_assert_no_error (error);
      pattern->direction = known[i].direction;
      g_ptr_array_add (patterns, pattern);
    }
  return patterns;
}

/**
 * side_recording_name_guess:
 * @name: a file's name in UTF-8, without folder and ending
 * @zone: where its date and time were written
 *
 * Returns: (transfer full) (nullable): what it says by the first pattern of a
 *   common exchange that fits; %NULL when none does
 */
SideRecordingName *
side_recording_name_guess (const char *name,
                           GTimeZone  *zone)
{
  static GOnce once = G_ONCE_INIT;
  GPtrArray *patterns = g_once (&once, compile_known, NULL);

  for (guint i = 0; i < patterns->len; i++)
    {
      SideRecordingName *said = side_name_pattern_match (patterns->pdata[i], name, zone);

      if (said != NULL)
        return said;
    }
  return NULL;
}

/**
 * side_recording_name_half:
 * @name: a file's name, without folder and ending
 * @common: (out) (transfer full) (nullable): what both halves' names begin
 *   with; @name when it is no half
 *
 * Only an ending that says so: whether the other half is there is another matter.
 *
 * Returns: which half the file holds
 */
SideNameHalf
side_recording_name_half (const char  *name,
                          char       **common)
{
  static const struct { const char *ending; SideNameHalf half; } endings[] = {
    { "-r", SIDE_NAME_HALF_RECEIVED }, { "_r", SIDE_NAME_HALF_RECEIVED }, { "-in", SIDE_NAME_HALF_RECEIVED },
    { "_in", SIDE_NAME_HALF_RECEIVED }, { "-rx", SIDE_NAME_HALF_RECEIVED }, { "_rx", SIDE_NAME_HALF_RECEIVED },
    { "-t", SIDE_NAME_HALF_SENT }, { "_t", SIDE_NAME_HALF_SENT }, { "-out", SIDE_NAME_HALF_SENT },
    { "_out", SIDE_NAME_HALF_SENT }, { "-tx", SIDE_NAME_HALF_SENT }, { "_tx", SIDE_NAME_HALF_SENT },
  };
  gsize length = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize n = strlen (endings[i].ending);

      if (length > n && g_ascii_strcasecmp (name + length - n, endings[i].ending) == 0)
        {
          *common = g_strndup (name, length - n);
          return endings[i].half;
        }
    }
  *common = g_strdup (name);
  return SIDE_NAME_HALF_NONE;
}
