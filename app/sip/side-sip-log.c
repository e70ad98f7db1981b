/* side-sip-log.c - the stack's log without its secrets
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stack logs in pieces that end anywhere. They are put together to lines,
 * what proves who we are or opens the sound is struck out, and only then does
 * a line go on. Knows nothing of where it goes.
 */
#include "side-sip-private.h"

#include <string.h>

/* A longer line is cut: the rest of it is not a line's beginning, and goes. */
#define MAX_LINE 4096

struct _SideSipLog
{
  void    (*sink) (const char *line, gpointer data);
  gpointer  data;
  GString  *line;
  gboolean  overlong;           /* the rest of this line is not kept */
  gsize     secret_indent;      /* of a header that was struck out and may go on in the next line … */
  gboolean  secret;             /* … if there is one */
};

/**
 * side_sip_log_new:
 * @sink: gets each line, without its end
 * @data: for @sink
 *
 * Returns: (transfer full): a filter
 */
SideSipLog *
side_sip_log_new (void   (*sink) (const char *line, gpointer data),
                  gpointer data)
{
  SideSipLog *self;

  g_return_val_if_fail (sink != NULL, NULL);

  self = g_new0 (SideSipLog, 1);
  self->sink = sink;
  self->data = data;
  self->line = g_string_new (NULL);
  return self;
}

/* Where in @line the first secret begins; its whole length if nowhere. Behind
 * it nothing is kept: what a value ends with is not ours to guess. */
static gsize
find_secret (const char *line)
{
  static const char *const marks[] = {
    "authorization",            /* and Proxy-Authorization, Authorization-Info */
    "authentication-info",
    "a=crypto", "a=key-mgmt", "inline:", "k=clear:", "k=base64:",
    "response=", "rspauth=", "cnonce=", "password", "passwd",
    "digest:",                  /* the stack's own way to write user and password */
  };
  gsize at = strlen (line);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *found = strcasestr (line, marks[i]);

      if (found != NULL && (gsize) (found - line) < at)
        at = (gsize) (found - line);
    }
  return at;
}

static void
end_line (SideSipLog *self)
{
  char *line = self->line->str;
  gsize length = self->line->len;
  gsize indent, at;

  while (length > 0 && line[length - 1] == '\r')
    line[--length] = '\0';
  indent = strspn (line, " \t");
  at = find_secret (line);
  /* A header goes on in lines that begin with space; the stack indents whole
   * messages, so that it is more space which says so. */
  if (self->secret && indent > self->secret_indent)
    at = indent;
  else
    {
      /* What a line that was cut had behind the cut may go on as well. */
      self->secret = at < length || self->overlong;
      self->secret_indent = indent;
    }
  if (at < length)
    {
      g_autofree char *clean = g_strdup_printf ("%.*s[redacted]", (int) at, line);

      self->sink (clean, self->data);
    }
  else
    self->sink (line, self->data);
  explicit_bzero (self->line->str, self->line->len);
  g_string_truncate (self->line, 0);
  self->overlong = FALSE;
}

/**
 * side_sip_log_feed:
 * @self: a filter
 * @piece: what comes next, from less than a line to many
 */
void
side_sip_log_feed (SideSipLog *self,
                   const char *piece)
{
  g_return_if_fail (self != NULL && piece != NULL);

  while (*piece != '\0')
    {
      gsize length = strcspn (piece, "\n");
      gsize room = MAX_LINE - self->line->len;

      if (!self->overlong)
        g_string_append_len (self->line, piece, (gssize) MIN (length, room));
      self->overlong = self->overlong || length > room;
      piece += length;
      if (*piece == '\n')
        {
          end_line (self);
          piece++;
        }
    }
}

/**
 * side_sip_log_free:
 * @self: a filter; what is left of a line goes on first
 */
void
side_sip_log_free (SideSipLog *self)
{
  g_return_if_fail (self != NULL);

  if (self->line->len > 0)
    end_line (self);
  g_string_free (self->line, TRUE);
  g_free (self);
}

/**
 * side_sip_log_hush_environment:
 *
 * Takes out of the environment what makes Sofia-SIP write whole messages to
 * files and to standard error, past any filter, or take name servers and ports
 * from there. To be called before any thread is started.
 */
void
side_sip_log_hush_environment (void)
{
  static const char *const names[] = {
    "TPORT_LOG", "TPORT_DUMP", "TPORT_CAP", "TPORT_SSL", "MSG_DUMP", "SHOW_DEBUG_LEVELS", "SIPCOMPACT", "SRESOLV_CONF",
    "SRES_OPTIONS", "SIP_UDP_CONNECT", "STUN_SERVER", "SU_PORT", "SOFIA_DEBUG", "SU_DEBUG", "NUA_DEBUG", "NTA_DEBUG",
    "TPORT_DEBUG", "SOA_DEBUG", "IPTSEC_DEBUG", "NEA_DEBUG", "NTH_DEBUG", "SRESOLV_DEBUG", "STUN_DEBUG", "_NUA_HANDLE_DEBUG",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}
