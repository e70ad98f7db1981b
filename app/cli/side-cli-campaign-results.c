/* side-cli-campaign-results.c - sidetonectl campaign results: what many test calls say together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From state files of campaigns, answers of "campaign run" and "test-call", and
 * test calls as they are kept: whatever of these a file holds.
 */
#include <math.h>
#include <string.h>

#include "side-cli-caller.h"
#include "side-cli-campaign.h"
#include "side-test-results.h"
#include "side-time.h"
#include "side-wire.h"

#define MAX_BYTES (512 * 1024 * 1024)

/* -- reading */

typedef struct {
  GPtrArray  *calls;    /* of SideTestCall, each once */
  GHashTable *ids;      /* id -> its place, from 1 */
} Heap;

/* Of two of the same id the one that is over, else the later one. */
static void
take_call (Heap     *self,
           JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  SideTestCall *call = side_wire_test_call_from_json (text, -1, NULL);
  guint place;

  if (call == NULL)
    return;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, call->review->id));
  if (place == 0)
    {
      g_ptr_array_add (self->calls, call);
      g_hash_table_insert (self->ids, g_strdup (call->review->id), GUINT_TO_POINTER (self->calls->len));
    }
  else if (call->ended_ms != 0)
    {
      side_test_call_unref (self->calls->pdata[place - 1]);
      self->calls->pdata[place - 1] = call;
    }
  else
    {
      side_test_call_unref (call);
    }
}

static void take_node (Heap *self, JsonNode *node);

static void
take_list (Heap     *self,
           JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    take_node (self, json_array_get_element (array, i));
}

/* A test call has an id and a number; everything else holds some as "call" or in "made". */
static void
take_node (Heap     *self,
           JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return;
  if (json_object_has_member (object, "made"))
    take_list (self, json_object_get_member (object, "made"));
  else if (json_object_has_member (object, "call") && JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "call")))
    take_call (self, json_object_get_member (object, "call"));
  else if (json_object_has_member (object, "id") && json_object_has_member (object, "number") && json_object_has_member (object, "segments"))
    take_call (self, node);
}

static void
take_text (Heap       *self,
           const char *text)
{
  g_autoptr (JsonNode) node = *text != '\0' ? json_from_string (text, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    take_list (self, node);
  else if (node != NULL)
    take_node (self, node);
}

/* Whether its first line is an object by itself: then each is. The parser would take the
 * first one for the whole. */
static gboolean
is_of_lines (const char *text)
{
  const char *end = strchr (text, '\n');
  g_autofree char *first = end != NULL ? g_strndup (text, (gsize) (end - text)) : NULL;
  g_autoptr (JsonNode) node = first != NULL && *first != '\0' ? json_from_string (first, NULL) : NULL;

  return node != NULL;
}

static void
take_lines (Heap *self,
            char *text)
{
  for (char *line = text, *end; line != NULL; line = end)
    {
      end = strchr (line, '\n');
      if (end != NULL)
        *end++ = '\0';
      take_text (self, line);
    }
}

/* One object in the whole file, a list of them, or one a line. */
static gboolean
take_file (Heap        *self,
           const char  *path,
           GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, MAX_BYTES, error);
  guint before = self->calls->len;
  gboolean campaign;
  char *text;

  if (bytes == NULL)
    return FALSE;
  if (bytes->len > MAX_BYTES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "%s is larger than %d MiB", path, MAX_BYTES >> 20);
      return FALSE;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  text = (char *) bytes->data;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s: this is not text in UTF-8", path);
      return FALSE;
    }
  campaign = strstr (text, "\"campaign\"") != NULL;   /* of which nothing was made yet */
  if (is_of_lines (text))
    take_lines (self, text);
  else
    take_text (self, text);
  if (self->calls->len > before || campaign)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s holds no test calls", path);
  return FALSE;
}

/* -- those that do not count */

typedef struct {
  const char *word;
  const char *words;
  guint       n;
} LeftOut;

/* Returns: (transfer full) (element-type LeftOut): why, and how many, in the order they are met with */
static GPtrArray *
find_left_out (GPtrArray *calls)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideTestCall *call = calls->pdata[i];
      const char *word = call->ended_ms == 0 ? "not-over" : side_cli_discount_word (call);
      LeftOut *reason = NULL;

      if (word == NULL)
        continue;
      for (guint k = 0; k < found->len && reason == NULL; k++)
        if (g_str_equal (((LeftOut *) found->pdata[k])->word, word))
          reason = found->pdata[k];
      if (reason == NULL)
        {
          reason = g_new0 (LeftOut, 1);
          reason->word = word;
          reason->words = call->ended_ms == 0 ? "they are not over" : side_cli_discount_words (call);
          g_ptr_array_add (found, reason);
        }
      reason->n++;
    }
  return found;
}

static guint
count_left_out (GPtrArray *reasons)
{
  guint n = 0;

  for (guint i = 0; i < reasons->len; i++)
    n += ((const LeftOut *) reasons->pdata[i])->n;
  return n;
}

static void
add_left_out (JsonBuilder *builder,
              GPtrArray   *reasons)
{
  side_cli_add_number (builder, "not_counted", count_left_out (reasons));
  json_builder_set_member_name (builder, "left_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reasons->len; i++)
    {
      const LeftOut *reason = reasons->pdata[i];

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "says_nothing", reason->word);
      side_cli_add_number (builder, "n", reason->n);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_left_out (GPtrArray *reasons,
                guint      calls)
{
  guint n = count_left_out (reasons);

  if (n == 0)
    return;
  g_print ("%u of %u %s not counted:\n", n, calls, calls == 1 ? "call" : "calls");
  for (guint i = 0; i < reasons->len; i++)
    g_print ("  %u: %s\n", ((const LeftOut *) reasons->pdata[i])->n, ((const LeftOut *) reasons->pdata[i])->words);
}

/* -- telling */

static void
add_interval (JsonBuilder        *builder,
              const char         *name,
              const SideInterval *interval,
              double              scale)
{
  json_builder_set_member_name (builder, name);
  if (!isfinite (interval->low) || !isfinite (interval->high))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, round (interval->low * scale) / scale);
  json_builder_add_double_value (builder, round (interval->high * scale) / scale);
  json_builder_end_array (builder);
}

static char *
day_of (gint64     at_ms,
        GTimeZone *zone)
{
  g_autoptr (GDateTime) local = side_time_to_local (zone, at_ms);

  return g_date_time_format (local, "%Y-%m-%d");
}

static void
add_result (JsonBuilder          *builder,
            const SideTestResult *result,
            GTimeZone            *zone)
{
  g_autofree char *day = result->from_ms != 0 ? day_of (result->from_ms, zone) : NULL;

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "line", result->line);
  side_cli_add_text (builder, "scenario", result->scenario);
  side_cli_add_text (builder, "title", result->title);
  side_cli_add_text (builder, "from", day);
  side_cli_add_number (builder, "n", result->n);
  side_cli_add_number (builder, "answered", result->answered);
  side_cli_add_number (builder, "reached", result->reached);
  add_interval (builder, "reached_share", &result->reached_share, 1e4);
  side_cli_add_number (builder, "sound", result->sound);
  add_interval (builder, "sound_share", &result->sound_share, 1e4);
  json_builder_set_member_name (builder, "wait_ms");
  if (result->waits.n > 0)
    json_builder_add_double_value (builder, round (side_scores_get_mean (&result->waits)));
  else
    json_builder_add_null_value (builder);
  add_interval (builder, "wait_interval_ms", &result->wait, 1);
  json_builder_end_object (builder);
}

static void
print_result (const SideTestResult *result,
              GTimeZone            *zone)
{
  g_autofree char *day = result->from_ms != 0 ? day_of (result->from_ms, zone) : NULL;
  g_autofree char *line = side_cli_plain (result->line != NULL ? result->line : "");
  g_autofree char *title = side_cli_plain (result->title != NULL ? result->title : result->scenario != NULL ? result->scenario : "");
  g_autofree char *what = g_strjoin (" ", line, title, day, NULL);

  g_strstrip (what);
  g_print ("%s\n  %u %s, %u answered\n  nothing wrong     %5.1f %% (%.1f to %.1f)\n  reached a person  %5.1f %% (%.1f to %.1f)\n",
           *what != '\0' ? what : "all", result->n, result->n == 1 ? "call" : "calls", result->answered, 100.0 * result->sound / result->n, result->sound_share.low * 100,
           result->sound_share.high * 100, 100.0 * result->reached / result->n, result->reached_share.low * 100, result->reached_share.high * 100);
  if (result->waits.n > 0)
    {
      g_print ("  waited for one    %5.1f s", side_scores_get_mean (&result->waits) / 1000);
      if (isfinite (result->wait.low))
        g_print (" (%.1f to %.1f)", result->wait.low / 1000, result->wait.high / 1000);
      g_print ("\n");
    }
}

/* -- the command */

/* "line,week" and the like. */
static gboolean
parse_groups (const char *text,
              guint      *groups)
{
  static const struct {
    const char *word;
    guint       group;
  } all[] = { { "line", SIDE_TEST_BY_LINE }, { "scenario", SIDE_TEST_BY_SCENARIO }, { "week", SIDE_TEST_BY_WEEK }, { "month", SIDE_TEST_BY_MONTH } };
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint k = 0;

      while (k < G_N_ELEMENTS (all) && !g_str_equal (words[i], all[k].word))
        k++;
      if (k == G_N_ELEMENTS (all))
        return FALSE;
      *groups |= all[k].group;
    }
  return (*groups & SIDE_TEST_BY_WEEK) == 0 || (*groups & SIDE_TEST_BY_MONTH) == 0;
}

static void
tell (SideCli    *cli,
      GPtrArray  *calls,
      GPtrArray  *results,
      GTimeZone  *zone)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GPtrArray) left_out = find_left_out (calls);

  if (!cli->json)
    {
      for (guint i = 0; i < results->len; i++)
        print_result (results->pdata[i], zone);
      print_left_out (left_out, calls->len);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_number (builder, "calls", calls->len);
  add_left_out (builder, left_out);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < results->len; i++)
    add_result (builder, results->pdata[i], zone);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/**
 * side_cli_campaign_results:
 * @cli: how to answer
 * @argc: number of words, the command's own first
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_campaign_results (SideCli  *cli,
                           int       argc,
                           char    **argv)
{
  g_autofree char *by = NULL, *time_zone = NULL;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, "line, scenario, week or month, or several with commas", "WORDS" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &time_zone, "Where weeks and months begin; this computer's unless named", "ZONE" },
    G_OPTION_ENTRY_NULL
  };
  const SideCliHelp help = { "FILE…", "What the test calls of these files say together, with 95 % intervals.", -1, FALSE };
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  Heap heap = { calls, ids };
  guint groups = 0;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (by != NULL && !parse_groups (by, &groups))
    return side_cli_usage (cli, "--by takes line, scenario, and week or month, with commas between them");
  zone = time_zone != NULL ? side_time_zone_new (time_zone, &error) : g_time_zone_new_local ();
  if (zone == NULL)
    return side_cli_fail (cli, error);
  for (int i = 1; i < argc; i++)
    if (!take_file (&heap, argv[i], &error))
      return side_cli_fail (cli, error);
  results = side_test_results (calls, groups, zone, NULL, NULL);
  tell (cli, calls, results, zone);
  return SIDE_CLI_OK;
}
