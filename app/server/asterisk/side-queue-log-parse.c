/* side-queue-log-parse.c - one line of Asterisk's queue_log
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   time|callid|queue|agent|event|data|data…
 *
 * The file has no quoting: a caller's number may bring line breaks and "|" of
 * its own, so a stranger can write about 79 bytes of lines. What follows the
 * number in the true line, "|position|name", then stands at the end of the
 * last of them. Therefore each event must have just its columns, with numbers
 * where numbers belong; side-asterisk-log.c looks at the rest.
 */
#include "side-queue-log.h"

#include <string.h>

/* Columns: d a number, u a channel's id, s any text; those after "." may be
 * missing, "*" is any number of texts. */
static const struct {
  const char       *word;
  SideQueueLogKind  kind;
  const char       *columns;
} words[] = {
  { "ENTERQUEUE", SIDE_QUEUE_LOG_ENTER, "*" },
  { "CONNECT", SIDE_QUEUE_LOG_CONNECT, "dud" },
  { "COMPLETECALLER", SIDE_QUEUE_LOG_COMPLETE_CALLER, "ddd" },
  { "COMPLETEAGENT", SIDE_QUEUE_LOG_COMPLETE_AGENT, "ddd" },
  { "BLINDTRANSFER", SIDE_QUEUE_LOG_BLIND_TRANSFER, "ssddd" },
  { "ATTENDEDTRANSFER", SIDE_QUEUE_LOG_ATTENDED_TRANSFER, "ssddd" },
  { "ATTENDEDTRANSFER", SIDE_QUEUE_LOG_ATTENDED_TRANSFER, "sssddd" },
  { "ABANDON", SIDE_QUEUE_LOG_ABANDON, "ddd" },
  { "EXITWITHTIMEOUT", SIDE_QUEUE_LOG_TIMEOUT, "ddd" },
  { "EXITEMPTY", SIDE_QUEUE_LOG_EMPTY, "ddd" },
  { "EXITWITHKEY", SIDE_QUEUE_LOG_KEY, "sddd" },
  { "WITHDRAW", SIDE_QUEUE_LOG_WITHDRAW, "ddd.s" },
  { "SYSCOMPAT", SIDE_QUEUE_LOG_SYSCOMPAT, "*" },
  { "RINGNOANSWER", SIDE_QUEUE_LOG_RING_NO_ANSWER, "d" },
  { "ADDMEMBER", SIDE_QUEUE_LOG_ADD_MEMBER, "*" },
  { "REMOVEMEMBER", SIDE_QUEUE_LOG_REMOVE_MEMBER, "*" },
  { "PAUSE", SIDE_QUEUE_LOG_PAUSE, "*" },
  { "UNPAUSE", SIDE_QUEUE_LOG_UNPAUSE, "*" },
  { "QUEUESTART", SIDE_QUEUE_LOG_QUEUE_START, "*" },
};

static gboolean
is_number (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= 10 && strspn (text, "0123456789") == length;
}

/* "[SYSTEM-]seconds.number"; "NONE" and "MANAGER" where it is no call's. */
static gboolean
is_uniqueid (const char *text)
{
  static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  gsize length = strlen (text);
  const char *dot = strrchr (text, '.');

  return length < 150 && strspn (text, allowed) == length && dot != NULL && dot > text
         && g_ascii_isdigit (dot[-1]) && is_number (dot + 1);
}

static gboolean
has_columns (const SideQueueLogEntry *entry,
             const char              *columns)
{
  gboolean optional = FALSE;
  guint n = 0;

  for (const char *p = columns; *p != '\0'; p++)
    {
      if (*p == '*')
        return TRUE;
      if (*p == '.')
        {
          optional = TRUE;
          continue;
        }
      if (n == entry->n_data)
        return optional;
      if ((*p == 'd' && !is_number (entry->data[n])) || (*p == 'u' && !is_uniqueid (entry->data[n])))
        return FALSE;
      n++;
    }
  return n == entry->n_data;
}

/* What a line with that word says; FALSE when it has not the word's columns. */
static gboolean
find_kind (SideQueueLogEntry *entry,
           const char        *word)
{
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].word, word) != 0)
        continue;
      known = TRUE;
      if (!has_columns (entry, words[i].columns))
        continue;
      entry->kind = words[i].kind;
      return TRUE;
    }
  return !known && *word != '\0';
}

/* A column as clean text: what a stranger put in has no control characters. */
static char *
clean (const char *text,
       gsize       length)
{
  char *made = g_utf8_make_valid (text, (gssize) length);
  char *to = made;

  for (const char *from = made; *from != '\0'; from++)
    {
      if ((guchar) *from >= 0x20 && *from != 0x7f)
        *to++ = *from;
    }
  *to = '\0';
  return made;
}

static gboolean
is_plain (const char *line,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) line[i] < 0x20 || line[i] == 0x7f)
        return FALSE;
    }
  return TRUE;
}

/* Ten digits of seconds: 2001 to 2286. */
static gboolean
read_time (const char *text,
           gsize       length,
           gint64     *at_ms)
{
  gint64 seconds = 0;

  if (length != 10)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      seconds = seconds * 10 + (text[i] - '0');
    }
  *at_ms = seconds * 1000;
  return TRUE;
}

static gboolean
is_call (const char *text)
{
  return strcmp (text, "NONE") == 0 || strcmp (text, "MANAGER") == 0 || strcmp (text, "REALTIME") == 0
         || is_uniqueid (text);
}

/**
 * side_queue_log_entry_free:
 * @self: (nullable): an entry
 */
void
side_queue_log_entry_free (SideQueueLogEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->call);
  g_free (self->queue);
  g_free (self->agent);
  for (gsize i = 0; i < SIDE_QUEUE_LOG_DATA; i++)
    g_free (self->data[i]);
  g_free (self);
}

/**
 * side_queue_log_parse:
 * @line: a line, without its line end
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable): what it says, %NULL when it is none
 */
SideQueueLogEntry *
side_queue_log_parse (const char *line,
                      gsize       length)
{
  g_autoptr (SideQueueLogEntry) entry = NULL;
  char *columns[5 + SIDE_QUEUE_LOG_DATA] = { NULL };
  const char *end;
  gint64 at_ms = 0;
  gsize number = 0;
  gsize n = 0;
  gboolean fine;

  g_return_val_if_fail (line != NULL, NULL);

  if (length > SIDE_QUEUE_LOG_LINE_MAX)
    return NULL;
  end = line + length;
  for (const char *from = line; n < G_N_ELEMENTS (columns) && from <= end; n++)
    {
      const char *bar = from < end ? memchr (from, '|', (gsize) (end - from)) : NULL;
      gsize size = (gsize) ((bar != NULL ? bar : end) - from);

      if (n == 0 && (bar == NULL || !read_time (from, size, &at_ms)))
        return NULL;
      if (n == 6)
        number = (gsize) (from - line);
      columns[n] = clean (from, size);
      from = bar != NULL ? bar + 1 : end + 1;
    }

  entry = g_new0 (SideQueueLogEntry, 1);
  g_free (columns[0]);
  entry->at_ms = at_ms;
  entry->length = length;
  entry->plain = is_plain (line, length);
  entry->call = columns[1];
  entry->queue = columns[2];
  entry->agent = columns[3];
  entry->n_data = n > 5 ? (guint) n - 5 : 0;
  for (gsize i = 0; i < SIDE_QUEUE_LOG_DATA; i++)
    entry->data[i] = columns[5 + i] != NULL ? columns[5 + i] : g_strdup ("");
  fine = columns[4] != NULL && *entry->agent != '\0' && is_call (entry->call) && find_kind (entry, columns[4]);
  g_free (columns[4]);
  if (!fine)
    return NULL;
  if (entry->kind == SIDE_QUEUE_LOG_ENTER)
    {
      entry->number = number;
      entry->cut = entry->n_data < 3 || !is_number (entry->data[2]);
    }
  return g_steal_pointer (&entry);
}
