/* side-cli-calls.c - calls of a period as a table, CSV or JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written page by page as it comes, so that a month needs no more memory than
 * a day. The CSV follows RFC 4180, in UTF-8 with a byte order mark, because
 * spreadsheets take it for something else without.
 */
#include <stdio.h>
#include <string.h>

#include "side-cli.h"
#include "side-csv.h"
#include "side-text.h"
#include "side-time.h"

#define CSV_HEAD "id,journey,queue,caller,caller_name,dialled,source,joined,answered,ended,operator,operator_name,outcome," \
                 "ended_by,transfer,target,wait_s,talk_s,hold_s,wrap_up_s,order,amount,currency,topic,note,callback,"      \
                 "recording,test,spam\r\n"

typedef struct {
  gboolean     csv;
  gint64       from_ms;
  gint64       to_ms;
  SideProject *project;
  guint        n;
} Listing;

static void
append_cell (GString    *out,
             const char *text)
{
  g_string_append_c (out, ',');
  side_csv_append_cell (out, text);
}

static char *
local_time (const SideProject *project,
            gint64             at_ms)
{
  g_autoptr (GDateTime) at = NULL;

  if (at_ms == 0)
    return g_strdup ("");
  at = side_time_to_local (project->time_zone, at_ms);
  return g_date_time_format (at, "%Y-%m-%d %H:%M:%S");
}

/* With a point in every locale; @digits after it. */
static void
append_decimal (GString *out,
                gint64   value,
                gint64   one,
                int      digits)
{
  guint64 whole = (guint64) ABS (value);

  g_string_append_printf (out, ",%s%" G_GUINT64_FORMAT ".%0*d", value < 0 ? "-" : "", whole / (guint64) one, digits,
                          (int) (whole % (guint64) one));
}

static void
append_order (GString        *out,
              const SideCall *call)
{
  append_cell (out, call->order_id);
  if (call->order_id != NULL || call->amount_minor != 0)
    append_decimal (out, call->amount_minor, 100, 2);
  else
    g_string_append_c (out, ',');
  append_cell (out, call->currency);
}

static void
print_csv (const Listing  *listing,
           const SideCall *call)
{
  g_autofree char *joined = local_time (listing->project, call->joined_ms);
  g_autofree char *answered = local_time (listing->project, call->answered_ms);
  g_autofree char *ended = local_time (listing->project, call->ended_ms);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *texts[] = { call->id, call->journey, call->queue, call->caller, call->caller_name, call->dialled,
                          call->source, joined, answered, ended, call->operator_id, call->operator_name,
                          call->outcome != SIDE_OUTCOME_NONE ? side_outcome_to_string (call->outcome) : NULL,
                          call->ended_by != SIDE_PARTY_UNKNOWN ? side_party_to_string (call->ended_by) : NULL,
                          call->transfer != SIDE_TRANSFER_NONE ? side_transfer_to_string (call->transfer) : NULL,
                          call->target };
  const gint64 durations[] = { call->wait_ms, call->talk_ms, call->hold_ms, call->wrap_ms };
  const char *marks[] = { call->topic, call->note,
                          call->callback != SIDE_CALLBACK_NONE ? side_callback_mark_to_string (call->callback) : NULL,
                          call->recording, call->test ? "1" : "0", call->spam ? "1" : "0" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    append_cell (out, texts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
    append_decimal (out, durations[i], 1000, 3);
  append_order (out, call);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    append_cell (out, marks[i]);
  g_string_append (out, "\r\n");
  /* Every cell has its comma before it. */
  side_cli_write (out->str + 1);
}

static void
print_call (const Listing  *listing,
            const SideCall *call)
{
  g_autofree char *joined = local_time (listing->project, call->joined_ms);
  g_autofree char *caller = side_cli_plain (call->caller != NULL ? call->caller : "–");
  g_autofree char *queue = side_cli_plain (call->queue != NULL ? call->queue : "–");
  g_autofree char *name = side_cli_plain (call->operator_name);
  g_autofree char *wait = side_text_duration (call->wait_ms);
  g_autofree char *talk = side_text_duration (call->talk_ms);

  g_print ("%s  %-14s %-16s wait %6s  talk %7s  %-13s %s\n", joined, caller, queue,
           wait, talk, call->outcome != SIDE_OUTCOME_NONE ? side_outcome_to_string (call->outcome) : "–", name);
}

static void
print_page (SideCli            *cli,
            Listing            *listing,
            const SideCallPage *page)
{
  for (guint i = 0; i < page->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (page->calls, i);

      if (cli->json)
        {
          g_autofree char *text = side_wire_call_to_json (call);

          side_cli_write (listing->n > 0 ? ",\n" : "\n");
          side_cli_write (text);
        }
      else if (listing->csv)
        {
          print_csv (listing, call);
        }
      else
        {
          print_call (listing, call);
        }
      listing->n++;
    }
}

static SideCallPage *
fetch_page (SideCli        *cli,
            const Listing  *listing,
            const char     *cursor,
            GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SideHistoryQuery query = { .project = listing->project->id, .from_ms = listing->from_ms, .to_ms = listing->to_ms,
                             .cursor = cursor, .limit = SIDE_WIRE_MAX_PAGE };

  side_link_list_calls_async (cli->link, &query, NULL, side_cli_async_cb, &result);
  return side_link_list_calls_finish (cli->link, side_cli_wait (&result), error);
}

/* The first page comes before anything is written: what goes wrong until then
 * has an answer of its own. */
static int
print_all (SideCli      *cli,
           Listing      *listing,
           SideCallPage *first)
{
  g_autoptr (SideCallPage) page = first;
  g_autoptr (GError) error = NULL;

  if (cli->json)
    side_cli_write ("{\"calls\":[");
  else if (listing->csv)
    side_cli_write ("\357\273\277" CSV_HEAD);
  while (page != NULL && !ferror (stdout))
    {
      g_autofree char *cursor = g_strdup (page->cursor);

      print_page (cli, listing, page);
      g_clear_pointer (&page, side_call_page_free);
      page = cursor != NULL ? fetch_page (cli, listing, cursor, &error) : NULL;
    }
  /* A list that broke off says so in the document it had begun. */
  if (cli->json)
    {
      g_autofree char *tail = g_strdup_printf ("],\"count\":%u,\"complete\":%s}\n", listing->n, error == NULL ? "true" : "false");

      side_cli_write (tail);
    }
  if (error == NULL)
    return SIDE_CLI_OK;
  side_cli_warn ("The list is not complete. %s", error->message);
  return SIDE_CLI_FAILED;
}

/**
 * side_cli_calls:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_calls (SideCli  *cli,
                int       argc,
                char    **argv)
{
  static const SideCliHelp help = { NULL, "Calls, newest first", 0, TRUE };
  g_autofree char *from = NULL, *to = NULL, *project = NULL;
  Listing listing = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day or time, in the project's zone", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day, or the time before which", "DATE" },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "The project", "ID" },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &listing.csv, "Answer in CSV, UTF-8", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GError) error = NULL;
  SideCallPage *first;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (listing.csv && cli->json)
    return side_cli_usage (cli, "Either --csv or --json");
  if (!side_cli_check_times (cli, from, to))
    return SIDE_CLI_USAGE;
  session = side_cli_connect (cli, &error);
  if (session == NULL || (listing.project = side_cli_choose_project (session, project, &error)) == NULL)
    return side_cli_fail (cli, error);
  if (!side_cli_parse_bounds (from, to, listing.project->time_zone, &listing.from_ms, &listing.to_ms, &error))
    return side_cli_usage (cli, "%s", error->message);
  first = fetch_page (cli, &listing, NULL, &error);
  if (first == NULL)
    return side_cli_fail (cli, error);
  return print_all (cli, &listing, first);
}
