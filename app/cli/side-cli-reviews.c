/* side-cli-reviews.c - the finished reviews of a period as CSV or JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reviews, scripts and calibrations come from the server's feed of documents,
 * the calls from its history, and older versions of scripts one by one.
 * Nothing is written before all of it is there.
 */
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "side-calibration.h"
#include "side-cli.h"
#include "side-reviews-export.h"
#include "side-time.h"

typedef struct {
  SideCli         *cli;
  SideProject     *project;
  SideReviewsForm  form;
  gint64           from_ms;
  gint64           to_ms;
  GHashTable      *reviews;    /* id -> SideReview */
  GHashTable      *scripts;    /* "id version" -> SideScript; NULL for one that is nowhere */
  GHashTable      *blind;      /* set of calibrations that are still open */
  GHashTable      *calls;      /* id -> SideCall, of those that were reviewed */
  guint            n_read;     /* documents */
  guint            n_answers;
  guint            n_held_back;
} Gathering;

static void
script_unref_maybe (gpointer script)
{
  if (script != NULL)
    side_script_unref (script);
}

static void
gathering_clear (Gathering *self)
{
  g_clear_pointer (&self->reviews, g_hash_table_unref);
  g_clear_pointer (&self->scripts, g_hash_table_unref);
  g_clear_pointer (&self->blind, g_hash_table_unref);
  g_clear_pointer (&self->calls, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathering, gathering_clear)

/* To whoever looks on; a log has no use for it. */
static void
tell_progress (const char *what,
               guint       n)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K%s: %u", what, n);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
}

static char *
script_key (const char *id,
            int         version)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);

  return g_strdup_printf ("%s %d", lower, version);
}

/* Documents */

static gboolean
take_review (Gathering           *self,
             const SideDocument  *document,
             GError             **error)
{
  g_autoptr (SideReview) review = side_wire_review_from_json (document->body, -1, error);
  SideReview *sealed;

  if (review == NULL)
    return FALSE;
  sealed = side_review_dup_sealed (review);
  if (sealed != NULL)
    g_hash_table_replace (self->reviews, g_strdup (document->id), sealed);
  else
    g_hash_table_remove (self->reviews, document->id);
  return TRUE;
}

static gboolean
take_script (Gathering           *self,
             const SideDocument  *document,
             GError             **error)
{
  SideScript *script = side_wire_script_from_json (document->body, -1, error);

  if (script == NULL)
    return FALSE;
  g_hash_table_replace (self->scripts, script_key (document->id, script->version), script);
  return TRUE;
}

static gboolean
take_calibration (Gathering           *self,
                  const SideDocument  *document,
                  GError             **error)
{
  g_autoptr (SideCalibration) calibration = side_wire_calibration_from_json (document->body, -1, error);

  if (calibration == NULL)
    return FALSE;
  if (calibration->state == SIDE_CALIBRATION_OPEN)
    g_hash_table_add (self->blind, g_strdup (document->id));
  else
    g_hash_table_remove (self->blind, document->id);
  return TRUE;
}

static gboolean
take_document (Gathering           *self,
               const SideDocument  *document,
               GError             **error)
{
  static const struct {
    const char *kind;
    gboolean  (*take) (Gathering *self, const SideDocument *document, GError **error);
  } kinds[] = { { "review", take_review }, { "script", take_script }, { "calibration", take_calibration } };

  if (g_strcmp0 (document->project, self->project->id) != 0)
    return TRUE;
  if (document->deleted || document->body == NULL)
    {
      g_hash_table_remove (self->reviews, document->id);
      g_hash_table_remove (self->blind, document->id);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (document->kind, kinds[i].kind) && !kinds[i].take (self, document, error))
      {
        g_prefix_error (error, "%s %s: ", document->kind, document->id);
        return FALSE;
      }
  return TRUE;
}

static gboolean
gather_documents (Gathering  *self,
                  GError    **error)
{
  gboolean more = TRUE;

  for (gint64 since = 0; more;)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideChangePage) page = NULL;

      side_link_list_changes_async (self->cli->link, since, SIDE_WIRE_MAX_PAGE, NULL, side_cli_async_cb, &result);
      page = side_link_list_changes_finish (self->cli->link, side_cli_wait (&result), error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->documents->len; i++)
        if (!take_document (self, g_ptr_array_index (page->documents, i), error))
          return FALSE;
      if (page->more && page->next <= since)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "The server's pages do not go on");
          return FALSE;
        }
      self->n_read += page->documents->len;
      tell_progress ("Documents", self->n_read);
      since = page->next;
      more = page->more;
    }
  return TRUE;
}

/* What is answered blind stays so until everybody has answered. */
static void
hold_back_blind (Gathering *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->reviews);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SideReview *review = value;

      if (review->selection == SIDE_SELECTION_CALIBRATION && review->plan != NULL && g_hash_table_contains (self->blind, review->plan))
        {
          g_hash_table_iter_remove (&iter);
          self->n_held_back++;
        }
    }
}

/* Calls */

/* Whose calls are wanted: a set of ids that shrinks as they are found. */
static GHashTable *
wanted_calls (const Gathering *self)
{
  GHashTable *wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->reviews);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const SideReview *) value)->call != NULL)
      g_hash_table_add (wanted, ((const SideReview *) value)->call);
  return wanted;
}

static gboolean
gather_calls (Gathering  *self,
              GError    **error)
{
  g_autoptr (GHashTable) wanted = wanted_calls (self);
  g_autofree char *cursor = NULL;
  guint n = 0;

  while (g_hash_table_size (wanted) > 0)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideCallPage) page = NULL;
      SideHistoryQuery query = { .project = self->project->id, .from_ms = self->from_ms, .to_ms = self->to_ms, .cursor = cursor,
                                 .limit = SIDE_WIRE_MAX_PAGE };

      side_link_list_calls_async (self->cli->link, &query, NULL, side_cli_async_cb, &result);
      page = side_link_list_calls_finish (self->cli->link, side_cli_wait (&result), error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->calls->len; i++)
        {
          SideCall *call = g_ptr_array_index (page->calls, i);

          if (g_hash_table_remove (wanted, call->id))
            g_hash_table_replace (self->calls, call->id, side_call_ref (call));
        }
      tell_progress ("Calls", n += page->calls->len);
      if (page->cursor == NULL)
        break;
      g_free (cursor);
      cursor = g_strdup (page->cursor);
    }
  return TRUE;
}

/* Scripts */

/* The version a review was made with, or NULL where nobody has it any more. */
static gboolean
find_script (Gathering         *self,
             const SideReview  *review,
             const SideScript **script,
             GError           **error)
{
  g_autofree char *key = script_key (review->script, review->script_version);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) reason = NULL;
  SideScript *found = NULL;
  gpointer known;

  if (g_hash_table_lookup_extended (self->scripts, key, NULL, &known))
    {
      *script = known;
      return TRUE;
    }
  side_link_get_script_async (self->cli->link, review->script, review->script_version, NULL, side_cli_async_cb, &result);
  document = side_link_get_script_finish (self->cli->link, side_cli_wait (&result), &reason);
  if (document != NULL && document->body != NULL)
    found = side_wire_script_from_json (document->body, -1, &reason);
  if (reason != NULL && !g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  g_hash_table_replace (self->scripts, g_steal_pointer (&key), found);
  *script = found;
  return TRUE;
}

/* Writing */

static int
compare_reviews (gconstpointer a,
                 gconstpointer b)
{
  const SideReview *one = *(const SideReview *const *) a;
  const SideReview *two = *(const SideReview *const *) b;

  if (one->finished_ms != two->finished_ms)
    return one->finished_ms < two->finished_ms ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

static GPtrArray *
sort_reviews (const Gathering *self)
{
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->reviews);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_reviews);
  return sorted;
}

static gboolean
write_text (GOutputStream  *out,
            char           *text,
            GError        **error)
{
  g_autofree char *owned = text;

  return g_output_stream_write_all (out, owned, strlen (owned), NULL, NULL, error);
}

/* Returns: (transfer full) (element-type SideReviewsEntry) (nullable): what is to be written */
static GArray *
gather_entries (Gathering  *self,
                GError    **error)
{
  g_autoptr (GPtrArray) sorted = sort_reviews (self);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (SideReviewsEntry));
  gboolean bounded = self->from_ms != 0 || self->to_ms != 0;

  for (guint i = 0; i < sorted->len; i++)
    {
      const SideReview *review = g_ptr_array_index (sorted, i);
      const SideCall *call = review->call != NULL ? g_hash_table_lookup (self->calls, review->call) : NULL;
      SideReviewsEntry entry = { .review = review, .call = call, .operator_name = call != NULL ? call->operator_name : NULL };

      /* Of another time, or of nobody knows when. */
      if (bounded && call == NULL)
        continue;
      if (!find_script (self, review, &entry.script, error))
        return NULL;
      g_array_append_val (entries, entry);
    }
  side_reviews_export_count_newest ((SideReviewsEntry *) (gpointer) entries->data, entries->len);
  return g_steal_pointer (&entries);
}

static gboolean
write_all (Gathering          *self,
           GArray             *entries,
           SideReviewsExport  *export,
           GOutputStream      *out,
           GError            **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const SideReviewsEntry *entry = &g_array_index (entries, SideReviewsEntry, i);

      side_reviews_export_add (export, entry);
      self->n_answers += entry->review->answers->len;
      if (!write_text (out, side_reviews_export_take (export), error))
        return FALSE;
    }
  return write_text (out, side_reviews_export_finish (export, TRUE), error);
}

static void
tell (const Gathering *self,
      const char      *path,
      guint            n)
{
  static const char *const forms[] = { "csv", "answers", "json" };
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->cli->json)
    {
      if (path != NULL)
        g_print ("%u reviews with %u answers, in %s\n", n, self->n_answers, path);
      if (self->n_held_back > 0)
        side_cli_warn ("%u reviews of calibrations that are still open are held back", self->n_held_back);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", path);
  side_cli_add_text (builder, "format", forms[self->form]);
  side_cli_add_text (builder, "project", self->project->id);
  side_cli_add_number (builder, "reviews", n);
  side_cli_add_number (builder, "answers", self->n_answers);
  side_cli_add_number (builder, "held_back", self->n_held_back);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static int
run (Gathering  *self,
     const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReviewsExport) export = NULL;
  g_autoptr (GArray) entries = NULL;
  g_auto (SideCliTarget) target = { 0 };
  gboolean gathered;

  self->reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_review_unref);
  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, script_unref_maybe);
  self->blind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) side_call_unref);
  gathered = gather_documents (self, &error);
  if (gathered)
    {
      hold_back_blind (self);
      gathered = gather_calls (self, &error);
    }
  if (gathered)
    entries = gather_entries (self, &error);
  end_progress ();
  if (entries == NULL || !side_cli_target_open (&target, path, &error))
    return side_cli_fail (self->cli, error);
  export = side_reviews_export_new (self->form, self->project, self->from_ms, self->to_ms);
  if (!side_cli_target_close (&target, write_all (self, entries, export, target.stream, &error), &error))
    return path == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ? SIDE_CLI_FAILED : side_cli_fail (self->cli, error);
  tell (self, path, side_reviews_export_count (export));
  return SIDE_CLI_OK;
}

static gboolean
choose_form (SideCli         *cli,
             const char      *word,
             SideReviewsForm *form)
{
  if (word == NULL || g_str_equal (word, "csv"))
    *form = SIDE_REVIEWS_CSV;
  else if (g_str_equal (word, "answers"))
    *form = SIDE_REVIEWS_CSV_ANSWERS;
  else if (g_str_equal (word, "json"))
    *form = SIDE_REVIEWS_JSON;
  else
    {
      side_cli_usage (cli, "“%s” is not a format: csv, answers or json", word);
      return FALSE;
    }
  return TRUE;
}

/**
 * side_cli_review_export:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_review_export (SideCli  *cli,
                        int       argc,
                        char    **argv)
{
  static const SideCliHelp help = { NULL, "The finished reviews of a period's calls, as CSV or JSON", 0, TRUE };
  g_autofree char *from = NULL, *to = NULL, *project = NULL, *path = NULL, *form = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day or time of the calls, in the project's zone", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day, or the time before which", "DATE" },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "The project", "ID" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &form, "csv: a row a review; answers: a row an answer; json", "FORMAT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Where to, in place of standard output", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Gathering) gathering = { .cli = cli };
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help) || !choose_form (cli, form, &gathering.form))
    return SIDE_CLI_USAGE;
  if (path != NULL && g_str_equal (path, "-"))
    g_clear_pointer (&path, g_free);
  if (cli->json && path == NULL)
    return side_cli_usage (cli, "The reviews themselves go to standard output; with --json name a file for them with -o");
  if (!side_cli_check_times (cli, from, to))
    return SIDE_CLI_USAGE;
  session = side_cli_connect (cli, &error);
  if (session == NULL || (gathering.project = side_cli_choose_project (session, project, &error)) == NULL)
    return side_cli_fail (cli, error);
  if (!side_cli_parse_bounds (from, to, gathering.project->time_zone, &gathering.from_ms, &gathering.to_ms, &error))
    return side_cli_usage (cli, "%s", error->message);
  return run (&gathering, path);
}
