/* side-check-words.c - what is amiss with a recording, in words and in a table
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is RFC 4180 with the words of a program, so that it reads the same
 * in every language. A cell that a spreadsheet would take for a formula gets an
 * apostrophe.
 */
#include "side-check-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

#define MIN_NUMBER 7   /* digits */

/* Never changes: other programs read it. */
static const char *const codes[SIDE_RECORDING_N_FAULTS] = { "missing", "unplayable", "length", "one-sided" };

/**
 * side_check_finding_new:
 * @call: a call
 * @figures: (nullable): of its recording
 * @faults: what is amiss
 *
 * Returns: (transfer full): it
 */
SideCheckFinding *
side_check_finding_new (const SideCall         *call,
                        const SideSoundFigures *figures,
                        guint                   faults)
{
  SideCheckFinding *self = g_new0 (SideCheckFinding, 1);

  self->call = side_call_copy (call);
  self->faults = faults;
  self->recording_ms = figures != NULL && figures->problem == NULL ? figures->duration_ms : call->recording_ms;
  self->silent = figures != NULL ? side_sound_figures_silent_side (figures) : SIDE_CHANNEL_NONE;
  return self;
}

/**
 * side_check_finding_free:
 * @self: (transfer full): a finding
 */
void
side_check_finding_free (SideCheckFinding *self)
{
  side_call_unref (self->call);
  g_free (self);
}

static char *
length_words (const SideCheckFinding *finding)
{
  g_autofree char *is = side_text_duration (finding->recording_ms);
  g_autofree char *talk = side_text_duration (finding->call->talk_ms);

  return g_strdup_printf (_("the recording is %s long, the talk was %s"), is, talk);
}

/**
 * side_check_words_faults:
 * @finding: a finding
 *
 * Returns: (transfer full): a sentence for a person
 */
char *
side_check_words_faults (const SideCheckFinding *finding)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if ((finding->faults & SIDE_RECORDING_MISSING) != 0)
    g_string_append (words, _("no recording"));
  if ((finding->faults & SIDE_RECORDING_UNPLAYABLE) != 0)
    g_string_append (words, _("the recording cannot be played"));
  if ((finding->faults & SIDE_RECORDING_LENGTH) != 0)
    {
      g_autofree char *length = length_words (finding);

      g_string_append (words, length);
    }
  if ((finding->faults & SIDE_RECORDING_ONE_SIDED) != 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "",
                            finding->silent == SIDE_CHANNEL_CUSTOMER ? _("the customer is not heard")
                                                                     : _("the operator is not heard"));
  return g_strdup (words->str);
}

/**
 * side_check_words_totals:
 * @totals: what was looked at
 *
 * Returns: (transfer full): the same in words
 */
char *
side_check_words_totals (const SideRecordingTotals *totals)
{
  g_autofree char *answered = g_strdup_printf (ngettext ("%u answered call", "%u answered calls", totals->answered),
                                               totals->answered);
  g_autofree char *recorded = g_strdup_printf (ngettext ("%u recording", "%u recordings", totals->recorded), totals->recorded);
  g_autofree char *analysed = g_strdup_printf (ngettext ("%u analysed", "%u analysed", totals->analysed), totals->analysed);

  return g_strdup_printf ("%s · %s · %s", answered, recorded, analysed);
}

/**
 * side_check_words_files:
 * @unmatched: what the server has found
 *
 * Returns: (transfer full): how many, and whether there may be more
 */
char *
side_check_words_files (const SideUnmatched *unmatched)
{
  guint n = unmatched->files->len;
  g_autofree char *count = n == 0 ? g_strdup (_("The server has none of this period that are older than an hour."))
                                  : g_strdup_printf (ngettext ("%u file on the server that no call refers to.",
                                                               "%u files on the server that no call refers to.", n), n);

  return unmatched->complete ? g_steal_pointer (&count)
                             : g_strdup_printf ("%s %s", count, _("Not everything could be looked at: there may be more."));
}

/**
 * side_check_words_file_name:
 * @name: a file's, from the server
 * @masked: whether to hide three digits of what may be a number
 *
 * A file's name is not known to have a number in it: seven digits in a row or
 * more are taken for one.
 *
 * Returns: (transfer full): the name for a person, in one line
 */
char *
side_check_words_file_name (const char *name,
                            gboolean    masked)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = name; *p != '\0';)
    {
      gsize digits = strspn (p, "0123456789");

      if (digits >= MIN_NUMBER && masked)
        g_string_append_printf (out, "%.*s•••%.4s", (int) (digits - 7), p, p + digits - 4);
      else if (digits > 0)
        g_string_append_len (out, p, (gssize) digits);
      else
        g_string_append_unichar (out, g_unichar_isprint (g_utf8_get_char (p)) ? g_utf8_get_char (p) : 0xfffd);
      p = digits > 0 ? p + digits : g_utf8_next_char (p);
    }
  return g_strdup (out->str);
}

static void
add_cell (GString    *out,
          const char *text,
          gboolean    last)
{
  const char *cell = text != NULL ? text : "";
  gboolean formula = *cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL;

  g_string_append (out, formula ? "\"'" : "\"");
  for (const char *p = cell; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append (out, last ? "\"\r\n" : "\",");
}

static void
add_file (GString                 *out,
          const SideUnmatchedFile *file,
          gboolean                 masked)
{
  g_autofree char *at = side_time_to_iso (file->modified_ms);
  g_autofree char *name = side_check_words_file_name (file->name, masked);
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, file->size);

  add_cell (out, at, FALSE);
  for (int i = 0; i < 6; i++)
    add_cell (out, NULL, FALSE);
  add_cell (out, "no-call", FALSE);
  add_cell (out, name, FALSE);
  add_cell (out, bytes, TRUE);
}

static void
add_seconds (GString *out,
             gint64   ms)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", ms / 1000, (int) (ms % 1000));

  add_cell (out, text, FALSE);
}

/**
 * side_check_words_csv:
 * @findings: (element-type SideCheckFinding): what is amiss
 * @unmatched: (nullable): files that belong to no call, which follow
 * @project: (nullable): for the names of queues
 * @masked: whether numbers are hidden in part, as on screen
 *
 * Returns: (transfer full): a table with a heading, UTF-8
 */
char *
side_check_words_csv (GPtrArray           *findings,
                      const SideUnmatched *unmatched,
                      const SideProject   *project,
                      gboolean             masked)
{
  g_autoptr (GString) out = g_string_new ("time,call,queue,operator,number,talk_s,recording_s,faults,file,bytes\r\n");

  for (guint i = 0; i < findings->len; i++)
    {
      const SideCheckFinding *finding = g_ptr_array_index (findings, i);
      const SideCall *call = finding->call;
      g_autofree char *at = side_time_to_iso (call->joined_ms);
      g_autofree char *number = side_text_phone (call->caller, masked);
      g_autoptr (GString) faults = g_string_new (NULL);

      for (guint f = 0; f < SIDE_RECORDING_N_FAULTS; f++)
        if ((finding->faults >> f & 1) != 0)
          g_string_append_printf (faults, "%s%s", faults->len > 0 ? " " : "", codes[f]);
      add_cell (out, at, FALSE);
      add_cell (out, call->id, FALSE);
      add_cell (out, project != NULL ? side_format_queue_name (project, call->queue) : call->queue, FALSE);
      add_cell (out, call->operator_name, FALSE);
      add_cell (out, number, FALSE);
      add_seconds (out, call->talk_ms);
      add_seconds (out, finding->recording_ms);
      add_cell (out, faults->str, FALSE);
      add_cell (out, NULL, FALSE);
      add_cell (out, NULL, TRUE);
    }
  for (guint i = 0; unmatched != NULL && i < unmatched->files->len; i++)
    add_file (out, g_ptr_array_index (unmatched->files, i), masked);
  return g_strdup (out->str);
}
